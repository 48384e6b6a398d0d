//! The desk without a terminal: keys go in, screens come out; the store answers at once, or when it is told to.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use cosell::clock::Clock;
use cosell::config::{Config, ConfigError, Setting, changed};
use cosell::desk::exporting::{Begun, Exports};
use cosell::desk::files;
use cosell::desk::importing::{Coming, Importing};
use cosell::desk::keys::{Code, Key, Table};
use cosell::desk::model::{Effect, Imported, Model, Mouse, Msg, Opening, Size, ToImport};
use cosell::desk::view::{Look, draw};
use cosell::desk::zones::Zones;
use cosell::desk::{Arrival, Carried, Data};
use cosell::domain::instant::Timestamp;
use cosell::domain::programme::organisation::Organisation;
use cosell::domain::programme::ruling::Ruling;
use cosell::i18n::{Language, Sentences};
use cosell::sample;
use cosell::store::{Access, Memory, OfferChange, Reply, Request, Settings, Store};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

/// The morning on which all of it happens.
pub const NOW: &str = "2026-11-21T08:00:00+09:00";

pub struct Driver {
    pub model: Model,
    pub store: Store,
    sentences: Arc<Sentences>,
    look: Look,
    clock: Clock,
    memory: Memory,
    waiting: VecDeque<Request>,
    /// What the store's thread does when nobody asks for anything else.
    idle: VecDeque<Request>,
    importing: Option<Importing>,
    exports: Exports,
    /// Whether requests wait for [`Driver::answer`].
    cranked: bool,
    pub copied: Vec<String>,
    /// The text that the user's editor was opened on.
    pub editing: Option<String>,
    /// Folders whose files the import box offers.
    pub places: Vec<std::path::PathBuf>,
    pub quit: bool,
    pub demo: bool,
    /// What went along from the sample to the user's own desk, once that was asked for.
    pub own: Option<Carried>,
    pub suspended: bool,
    pub mouse: Option<bool>,
    /// The text of the configuration file; `None` where it cannot be written.
    pub settings: Option<String>,
}

impl Driver {
    /// Opens the sample pipeline.
    pub fn sample() -> Self {
        let clock = Clock::from_setting(Some(NOW)).unwrap();
        Self::on(sample::store(Settings::default(), clock.moment()).unwrap(), Config::default())
    }

    /// Opens the sample as it would be had nobody told of offers.
    pub fn sample_without_offers() -> Self {
        let clock = Clock::from_setting(Some(NOW)).unwrap();
        let mut store = sample::store(Settings::default(), clock.moment()).unwrap();
        without_offers(&mut store, clock.now());
        Self::on(store, Config::default())
    }

    /// Opens an empty pipeline.
    pub fn empty() -> Self {
        Self::on(Store::in_memory(Settings::default()).unwrap(), Config::default())
    }

    pub fn on(store: Store, config: Config) -> Self {
        Self::opened(store, config, Access::ReadWrite)
    }

    pub fn opened(store: Store, config: Config, access: Access) -> Self {
        Self::started(store, config, access, Data::Own, Arrival::default())
    }

    /// Opens a pipeline after another one, with what goes along.
    pub fn arriving(store: Store, config: Config, data: Data, arrival: Arrival) -> Self {
        Self::started(store, config, Access::ReadWrite, data, arrival)
    }

    /// Leaves the desk and opens it again.
    pub fn again(self, access: Access, data: Data) -> Self {
        Self::started(self.store, Config::default(), access, data, Arrival::default())
    }

    fn started(store: Store, config: Config, access: Access, data: Data, arrival: Arrival) -> Self {
        let sentences = Arc::new(Sentences::new(Language::ENGLISH));
        let clock = Clock::from_setting(Some(NOW)).unwrap();
        let keys = Table::with(&config.keys).unwrap();
        let look = Look::new(&config, false);
        let size = Size { columns: 80, rows: 24 };
        let kept = store.kept();
        let (say, rules) = (Arc::clone(&sentences), Arc::new(Ruling::shipped().unwrap()));
        let opening = Opening { sentences: say, clock, config, keys, access, data, size, arrival, kept, rules };
        let (model, effects) = Model::open(opening);
        let memory = Memory::of(&store);
        let mut driver = Self {
            model,
            store,
            sentences,
            look,
            clock,
            memory,
            waiting: VecDeque::new(),
            idle: VecDeque::new(),
            importing: None,
            exports: Exports::default(),
            cranked: false,
            copied: Vec::new(),
            editing: None,
            places: Vec::new(),
            quit: false,
            demo: false,
            own: None,
            suspended: false,
            mouse: None,
            settings: Some(String::new()),
        };
        driver.perform(effects);
        driver.settle();
        driver
    }

    /// From here on requests wait until they are answered by hand.
    pub fn crank(&mut self) -> &mut Self {
        self.cranked = true;
        self
    }

    pub fn size(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.tell(Msg::Resized(Size { columns, rows }))
    }

    /// Presses keys by their names, one blank between them: `"j space ctrl-s"`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for name in keys.split(' ').filter(|name| !name.is_empty()) {
            let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"));
            self.tell(Msg::Key { key, burst: false });
        }
        self
    }

    /// Types text character by character.
    pub fn typed(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.tell(Msg::Key { key: Key::char(c), burst: false });
        }
        self
    }

    /// Types text in one piece, as a paste arrives where the terminal marks none.
    pub fn burst(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let key = if c == '\n' { Key::parse("enter").unwrap() } else { Key::char(c) };
            self.tell(Msg::Key { key, burst: true });
        }
        self
    }

    pub fn tell(&mut self, msg: Msg) -> &mut Self {
        let pages = [Code::PageUp, Code::PageDown];
        if matches!(msg, Msg::Mouse(_)) || matches!(msg, Msg::Key { key, .. } if pages.contains(&key.code)) {
            // What is seen can be clicked, and is what a page goes beyond.
            let zones = self.frame().1;
            self.model.painted(zones);
        }
        let effects = self.model.update(msg);
        self.perform(effects);
        self.settle();
        self
    }

    fn coming(&self, file: ToImport) -> Result<(Importing, Request), Box<Imported>> {
        let opening = Coming::start(file, std::env::temp_dir(), &self.sentences)?;
        opening.done(std::time::Duration::from_secs(60), self.clock.now(), &self.sentences).expect("a file opens within a minute")
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Store(request @ Request::Sums(_)) => self.idle.push_back(request),
                Effect::Store(request) => self.waiting.push_back(request),
                Effect::Import(file) => match self.coming(file) {
                    Ok((importing, request)) => {
                        self.importing = Some(importing);
                        self.waiting.push_back(request);
                        let effects = self.model.update(Msg::Importing);
                        self.perform(effects);
                    }
                    Err(failed) => {
                        let effects = self.model.update(Msg::Imported(failed));
                        self.perform(effects);
                    }
                },
                Effect::Export(asked) => match self.exports.begin(asked, &self.sentences, self.clock.moment()) {
                    Begun::Asked(request) => self.waiting.push_back(request),
                    Begun::Aside(work) => {
                        work();
                        self.exported();
                    }
                },
                Effect::Find(wanted) => {
                    let effects = self.model.update(Msg::Found(files::find(wanted, &self.places)));
                    self.perform(effects);
                }
                Effect::Copy(text) => self.copied.push(text),
                Effect::EditText(text) => self.editing = Some(text),
                Effect::Mouse(on) => self.mouse = Some(on),
                Effect::Set { setting, typed } => self.set(setting, &typed),
                Effect::Suspend => self.suspended = true,
                Effect::Demo => self.demo = true,
                Effect::Own(carried) => self.own = Some(carried),
                Effect::Quit => self.quit = true,
                Effect::StopImport | Effect::Repaint => {}
            }
        }
    }

    fn set(&mut self, setting: Setting, typed: &str) {
        let before = self.settings.clone().ok_or(ConfigError::ReadOnly);
        let after = before.and_then(|before| changed(&before, setting, setting.read(typed)?));
        let kept = after.map(|after| {
            self.settings = Some(after.clone());
            (Box::new(Config::parse(&after).unwrap()), Vec::new())
        });
        let kept = kept.map_err(|error| error.said(&self.sentences, std::path::Path::new("config.toml")));
        let effects = self.model.update(Msg::Kept(setting, kept));
        self.look = Look::new(&self.model.config, false);
        self.perform(effects);
    }

    fn settle(&mut self) {
        while !self.cranked && !self.waiting.is_empty() {
            self.answer(0);
        }
        if !self.cranked {
            self.rest();
        }
    }

    /// Answers what the store does when nobody asks for anything else.
    pub fn rest(&mut self) -> &mut Self {
        while let Some(request) = self.idle.pop_front() {
            self.request(request);
        }
        self
    }

    /// Returns how many requests wait.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Answers the request that waits at this place.
    pub fn answer(&mut self, place: usize) -> &mut Self {
        let request = self.waiting.remove(place).unwrap();
        self.request(request);
        self
    }

    fn request(&mut self, request: Request) {
        let mut replies = Vec::new();
        self.store.answer(request, &mut self.memory, &AtomicBool::new(false), &mut |reply| replies.push(reply));
        for reply in replies {
            self.reply(reply);
        }
        self.exported();
    }

    fn exported(&mut self) {
        for (asked, result) in self.exports.ended() {
            let effects = self.model.update(Msg::Exported(asked, result));
            self.perform(effects);
        }
    }

    /// Drops the request that waits at this place and answers with this instead.
    pub fn answer_with(&mut self, place: usize, reply: Reply) -> &mut Self {
        self.waiting.remove(place).unwrap();
        self.reply(reply);
        self
    }

    fn reply(&mut self, reply: Reply) {
        let imported = match &reply {
            Reply::Imported(result) => {
                self.importing.take().map(|importing| importing.finish(result, &self.sentences, &|at| self.model.day(at)))
            }
            _ => None,
        };
        let effects = self.model.update(Msg::Reply(reply));
        self.perform(effects);
        if let Some(imported) = imported {
            let effects = self.model.update(Msg::Imported(Box::new(imported)));
            self.perform(effects);
        }
    }

    /// Returns the title of the selected opportunity.
    pub fn selected(&self) -> String {
        self.model.selected().map(|row| row.title().to_owned()).unwrap_or_default()
    }

    /// Returns the bottom line's sentence.
    pub fn note(&self) -> String {
        self.model.note.as_ref().map(|note| note.text.clone()).unwrap_or_default()
    }

    /// Paints the screen and returns its text, the last line telling where the cursor is.
    pub fn screen(&self) -> String {
        let terminal = self.painted();
        let buffer = terminal.backend().buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                skip = cosell::width::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        let cursor = terminal.backend().cursor_position();
        let shown =
            if terminal.backend().cursor_visible() { format!("cursor {},{}", cursor.x, cursor.y) } else { "no cursor".into() };
        text + &shown
    }

    /// Returns the text of all cells that are shown reversed, as a selection is.
    pub fn reversed(&self) -> String {
        let terminal = self.painted();
        let buffer = terminal.backend().buffer();
        buffer.content().iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).map(|cell| cell.symbol()).collect()
    }

    pub fn painted(&self) -> Terminal<TestBackend> {
        self.frame().0
    }

    fn frame(&self) -> (Terminal<TestBackend>, Zones) {
        let Size { columns, rows } = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut zones = Zones::default();
        terminal.draw(|frame| zones = draw(&self.model, &self.look, frame)).unwrap();
        (terminal, zones)
    }

    /// Clicks the first place of the screen where this text stands.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let (column, row) = self.place_of(text);
        self.tell(Msg::Mouse(Mouse::Click { column, row }))
    }

    /// Clicks it twice.
    pub fn double_click(&mut self, text: &str) -> &mut Self {
        let (column, row) = self.place_of(text);
        self.tell(Msg::Mouse(Mouse::Click { column, row })).tell(Msg::Mouse(Mouse::DoubleClick { column, row }))
    }

    fn place_of(&self, text: &str) -> (u16, u16) {
        let screen = self.screen();
        let found = screen.lines().enumerate().find_map(|(row, line)| Some((&line[..line.find(text)?], row)));
        let (before, row) = found.unwrap_or_else(|| panic!("{text:?} is not on the screen:\n{screen}"));
        (u16::try_from(cosell::width::width(before)).unwrap(), u16::try_from(row).unwrap())
    }

    /// Asserts that the screen holds this text.
    pub fn shows(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not on the screen:\n{screen}");
        self
    }

    pub fn shows_not(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on the screen:\n{screen}");
        self
    }
}

/// Takes every offer back, and what was told of the organisation.
pub fn without_offers(store: &mut Store, now: Timestamp) {
    let all: Vec<OfferChange> = store.offers().unwrap().into_iter().map(OfferChange::Remove).collect();
    store.change_offers(&all, now).unwrap();
    store.change_organisation("us", |ours| *ours = Organisation::default(), now).unwrap();
}

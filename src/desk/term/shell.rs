//! The loop: events and replies go into the model, effects come out of it, and what changed is painted once.

use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{Event, MouseEventKind};
use crossterm::terminal::{Clear, ClearType};
use crossterm::{execute, queue, terminal};
use ratatui::Terminal;

use super::editor;
use super::fault;
use super::guard::{self, Guard};
use super::input::Heard;
use super::scroll::Scrolling;
use super::signals;
use super::source::Source;
use crate::clock::{Clock, Stopwatch};
use crate::config::{self, Config, Ground, Setting, Symbols, Watched};
use crate::desk::exporting::{Begun, Exports};
use crate::desk::files::{self, Found, Where};
use crate::desk::importing::{Coming, Importing};
use crate::desk::keys::{Key, Table};
use crate::desk::model::{CLIPBOARD, Effect, Model, Mouse, Msg, Opening, Size, ToImport};
use crate::desk::view::{Look, draw};
use crate::desk::zones::Zones;
use crate::desk::{Arrival, Carried, Setup};
use crate::hooks::Beside;
use crate::i18n::Sentences;
use crate::intake::REFUSED_FOLDER;
use crate::log::Log;
use crate::store::{Access, Kept, Reply, Request, Worker};

/// How the desk was left.
pub(super) enum Outcome {
    Quit,
    /// To open the sample instead.
    Demo,
    /// To open the user's own pipeline instead of the sample, with what goes along.
    Own(Carried),
}

/// The terminal as one desk hands it to the next: nobody sees the shell in between.
pub(super) struct Taken {
    guard: Guard,
    double: bool,
    asked: bool,
}

/// What works beside the loop, and what the loop listens to: the terminal and a word from the store.
pub(super) struct Threads {
    pub worker: Worker,
    pub hooks: Option<Beside>,
    pub source: Source,
}

/// How long a frame waits for replies, so that a key gives one whole frame instead of two halves.
const REPLY_WAIT: Duration = Duration::from_millis(4);
/// How long the first frame waits: nothing is on the screen yet.
const FIRST_WAIT: Duration = Duration::from_millis(60);
/// How long the loop waits for a key while replies are outstanding, and while nothing is.
const BUSY_POLL: Duration = Duration::from_millis(5);
const IDLE_POLL: Duration = Duration::from_secs(1);
/// How long a frame waits for what the list comes to, and the loop for a key, while that is added up.
const SUMS_WAIT: Duration = Duration::from_millis(4);
const SUMS_POLL: Duration = Duration::from_millis(20);
/// The same once nobody has touched a key for so long.
const ASLEEP_AFTER: Duration = Duration::from_secs(15);
const ASLEEP_POLL: Duration = Duration::from_secs(4);
/// Keys that come in one piece: more than these are a paste in a terminal that does not mark one.
const BURST: usize = 3;
/// How soon a second click makes a double one of the first.
const DOUBLE_CLICK: Duration = Duration::from_millis(500);

type Screen = Terminal<Scrolling<BufWriter<Stdout>>>;

/// The desk with its terminal and its store.
pub(super) struct Shell<'a> {
    model: Model,
    look: Look,
    plain: bool,
    config_path: PathBuf,
    /// What the terminal told of itself: its background, and whether it draws signs of unsettled width two cells wide.
    ground: Ground,
    double: bool,
    /// Whether the terminal was asked how wide a sign is and has not answered: then only is a place of the cursor an answer.
    asked: bool,
    screen: Screen,
    /// Whether the terminal may be told where cells lead.
    links: bool,
    guard: Option<Guard>,
    source: Source,
    worker: Worker,
    /// Behind the worker: that ends what was begun before these are waited for.
    exports: Exports,
    /// Behind the worker, too: what was done last is told.
    hooks: Option<Beside>,
    /// The configuration, which other programs may write; nothing where the system has no room for a thread.
    settings: Option<Watched>,
    /// Awaited requests whose end has not been told.
    outstanding: usize,
    /// Files that are looked for.
    finding: Vec<Receiver<Found>>,
    /// A file that is being opened.
    opening: Option<Coming>,
    importing: Option<Importing>,
    clock: Clock,
    sentences: Arc<Sentences>,
    continued: Arc<AtomicBool>,
    /// Whether the user's editor has the terminal.
    lent: Arc<AtomicBool>,
    editor: Option<String>,
    log: &'a mut Option<Log>,
    /// In its folder the editor's file is put, and refused rows that find no other place.
    log_path: PathBuf,
    ticked: Stopwatch,
    /// Since the last event.
    untouched: Stopwatch,
    /// When and where the last click was.
    clicked: Option<(Stopwatch, (u16, u16))>,
    outcome: Option<Outcome>,
}

impl<'a> Shell<'a> {
    pub(super) fn new(
        setup: &Setup,
        (arrival, taken): (Arrival, Option<Taken>),
        kept: Kept,
        keys: Table,
        access: Access,
        Threads { worker, hooks, source }: Threads,
        log: &'a mut Option<Log>,
    ) -> anyhow::Result<Self> {
        let (columns, rows) = terminal::size().context(setup.sentences.desk_no_size())?;
        let (model, effects) = Model::open(Opening {
            sentences: Arc::clone(&setup.sentences),
            clock: setup.clock,
            config: setup.config.clone(),
            keys,
            access,
            data: setup.data,
            size: Size { columns, rows },
            arrival,
            kept,
            rules: Arc::clone(&setup.rules),
        });
        let mut shell = Self {
            look: looks(&setup.config, setup.ground, false, setup.plain),
            config_path: setup.config_path.clone(),
            ground: setup.ground,
            double: false,
            plain: setup.plain,
            asked: false,
            model,
            screen: screen()?,
            links: setup.links,
            guard: None,
            source,
            worker,
            exports: Exports::default(),
            hooks,
            settings: Watched::start(setup.config_path.clone()).ok(),
            outstanding: 0,
            finding: Vec::new(),
            opening: None,
            importing: None,
            clock: setup.clock,
            sentences: Arc::clone(&setup.sentences),
            continued: Arc::default(),
            lent: Arc::default(),
            editor: setup.editor.clone(),
            log,
            log_path: setup.log.clone(),
            ticked: Stopwatch::start(),
            untouched: Stopwatch::start(),
            clicked: None,
            outcome: None,
        };
        shell.model.complain_of(&setup.complaints);
        shell.perform(effects)?;
        shell.take_terminal(taken).context(setup.sentences.desk_not_taken())?;
        signals::watch(Arc::clone(&shell.continued), Arc::clone(&shell.lent)).context(setup.sentences.desk_no_thread())?;
        Ok(shell)
    }

    fn take_terminal(&mut self, taken: Option<Taken>) -> io::Result<()> {
        if let Some(Taken { guard, double, asked }) = taken {
            (self.guard, self.asked) = (Some(guard), asked);
            // What the desk before painted goes with the first frame, not before it.
            queue!(self.screen.backend_mut(), Clear(ClearType::All))?;
            if double {
                self.double = true;
                self.dress();
            }
            return guard::set_mouse(self.model.mouse);
        }
        self.guard = Some(Guard::take(self.model.mouse)?);
        if cfg!(unix) && self.model.config.symbols == Symbols::Unicode {
            guard::ask_width()?;
            self.asked = true;
        }
        Ok(())
    }

    /// Runs until the user leaves; the terminal is kept where another desk follows.
    pub(super) fn run(mut self) -> anyhow::Result<(Outcome, Option<Taken>)> {
        let sentences = Arc::clone(&self.sentences);
        let outcome = self.turn().with_context(|| sentences.desk_terminal_failed())?;
        let (double, asked) = (self.double, self.asked);
        let taken = match outcome {
            Outcome::Quit => None,
            Outcome::Demo | Outcome::Own(_) => self.guard.take().map(|guard| Taken { guard, double, asked }),
        };
        Ok((outcome, taken))
    }

    fn turn(&mut self) -> anyhow::Result<Outcome> {
        // Whether it is there is not waited for: a home folder may lie behind a slow network.
        self.look_for(Where::ToWriteInto);
        self.model.stand_in(std::env::current_dir().unwrap_or_default());
        self.hear_replies(FIRST_WAIT)?;
        fault::at("thread");
        loop {
            self.paint()?;
            if let Some(outcome) = self.outcome.take() {
                return Ok(outcome);
            }
            self.take_events()?;
            self.hear_opening(Duration::ZERO)?;
            self.hear_found(Duration::ZERO)?;
            self.hear_replies(REPLY_WAIT)?;
            self.hear_exports()?;
            self.hear_beside()?;
            if self.continued.swap(false, Ordering::Relaxed) {
                self.come_back()?;
            }
            if self.ticked.elapsed() >= self.tick() {
                self.ticked = Stopwatch::start();
                self.tell(Msg::Tick(self.clock.now()))?;
                self.hooks.iter().for_each(Beside::wake);
                self.settings.iter_mut().for_each(Watched::wake);
            }
            if !self.worker.is_alive() {
                anyhow::bail!(self.sentences.desk_store_gone());
            }
        }
    }

    fn paint(&mut self) -> io::Result<()> {
        if !self.model.take_dirty() {
            return Ok(());
        }
        let (screen, model, look) = (&mut self.screen, &self.model, &self.look);
        let mut zones = Zones::default();
        guard::begin(screen.backend_mut())?;
        screen.draw(|frame| {
            zones = draw(model, look, frame);
            fault::at("draw");
        })?;
        if self.links && self.model.config.symbols == Symbols::Unicode {
            self.screen.backend_mut().link(zones.links())?;
        }
        self.model.painted(zones);
        guard::end(self.screen.backend_mut())
    }

    /// Returns how often the clock and other programs' writes are looked at.
    fn tick(&self) -> Duration {
        if self.untouched.elapsed() >= ASLEEP_AFTER { ASLEEP_POLL } else { IDLE_POLL }
    }

    /// Waits for events and takes all that are there: one frame shows them all.
    fn take_events(&mut self) -> io::Result<()> {
        let comes = self.outstanding > 0 || self.opening.is_some() || !self.finding.is_empty() || !self.exports.are_none();
        let rest = self.tick().saturating_sub(self.ticked.elapsed());
        let wait = if comes {
            BUSY_POLL
        } else if self.model.awaits_sums() {
            SUMS_POLL.min(rest)
        } else {
            rest
        };
        let heard = self.source.wait(wait)?;
        if heard.is_empty() {
            return Ok(());
        }
        self.untouched = Stopwatch::start();
        let keys = heard.iter().filter(|heard| matches!(heard, Heard::Event(Event::Key(_)))).count();
        for heard in heard {
            let event = match heard {
                Heard::Event(event) => event,
                Heard::Cursor { column } => {
                    self.measured(column);
                    continue;
                }
            };
            for msg in messages(event, keys > BURST) {
                let msg = self.with_double_clicks(msg);
                self.tell(msg)?;
                if self.outcome.is_some() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Two clicks on the same cell, soon after each other, are a double one.
    fn with_double_clicks(&mut self, msg: Msg) -> Msg {
        let Msg::Mouse(Mouse::Click { column, row }) = msg else { return msg };
        let before = self.clicked.take().filter(|(at, place)| *place == (column, row) && at.elapsed() < DOUBLE_CLICK);
        if before.is_some() {
            return Msg::Mouse(Mouse::DoubleClick { column, row });
        }
        self.clicked = Some((Stopwatch::start(), (column, row)));
        msg
    }

    /// The terminal has said where its cursor stood after one sign whose width is not settled.
    fn measured(&mut self, column: u16) {
        if std::mem::take(&mut self.asked) && guard::is_double(column) {
            self.double = true;
            self.dress();
        }
    }

    /// Takes on the look that the configuration and what the terminal told of itself ask for.
    fn dress(&mut self) {
        self.look = looks(&self.model.config, self.ground, self.double, self.plain);
        self.model.make_dirty();
    }

    fn tell(&mut self, msg: Msg) -> io::Result<()> {
        let effects = self.model.update(msg);
        self.perform(effects)
    }

    /// Takes replies until all have come, or the wait is over.
    fn hear_replies(&mut self, mut wait: Duration) -> io::Result<()> {
        let watch = Stopwatch::start();
        while self.outstanding > 0 {
            let Some(reply) = self.worker.reply(wait.saturating_sub(watch.elapsed())) else { return Ok(()) };
            if matches!(reply, Reply::Done) {
                self.outstanding -= 1;
                continue;
            }
            let imported = match &reply {
                Reply::Imported(result) => self.importing.take().map(|importing| {
                    let day = |at| self.model.day(at);
                    importing.finish(result, &self.sentences, &day)
                }),
                _ => None,
            };
            self.tell(Msg::Reply(reply))?;
            if let Some(imported) = imported {
                // What was imported is shown together with the word that it was: the next key may be meant for it.
                wait = watch.elapsed() + FIRST_WAIT;
                self.tell(Msg::Imported(Box::new(imported)))?;
            }
        }
        // What was not asked for may have come too: another program's writes. What is asked because of it is heard like the rest.
        // What the list comes to belongs into the same frame, where that is soon done.
        match self.worker.reply(if self.model.sums_come_soon() { SUMS_WAIT } else { Duration::ZERO }) {
            Some(reply) => {
                self.tell(Msg::Reply(reply))?;
                self.hear_replies(wait.saturating_sub(watch.elapsed()))
            }
            None => Ok(()),
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Store(request) => self.ask(request),
                Effect::Import(file) => self.import(file)?,
                Effect::Export(asked) => {
                    match self.exports.begin(asked, &self.sentences, self.clock.moment()) {
                        Begun::Asked(request) => self.ask(request),
                        // Where there is no room for a thread, whoever listens hears that it came to nothing.
                        Begun::Aside(work) => drop(thread::Builder::new().name("export".into()).spawn(work)),
                    }
                }
                Effect::Find(wanted) => self.find(wanted)?,
                Effect::Copy(text) => self.copy(&text)?,
                Effect::EditText(text) => self.edit(&text)?,
                Effect::StopImport => self.stop_import(),
                Effect::Set { setting, typed } => self.set(setting, &typed)?,
                Effect::Mouse(on) => guard::set_mouse(on)?,
                Effect::Suspend => self.suspend(&self.sentences.desk_suspended())?,
                Effect::Repaint => self.repaint()?,
                Effect::Demo => self.outcome = Some(Outcome::Demo),
                Effect::Own(carried) => self.outcome = Some(Outcome::Own(carried)),
                Effect::Quit => self.outcome = Some(Outcome::Quit),
            }
        }
        Ok(())
    }

    fn ask(&mut self, request: Request) {
        self.outstanding += usize::from(request.is_awaited());
        self.worker.ask(request);
    }

    /// Looks for files on a thread of its own: a folder may lie behind a slow network.
    fn find(&mut self, wanted: Where) -> io::Result<()> {
        self.look_for(wanted);
        self.hear_found(REPLY_WAIT)
    }

    fn look_for(&mut self, wanted: Where) {
        let (tell, found) = mpsc::channel();
        // Where there is no room for a thread, nothing is offered; a name can still be typed.
        let _ = thread::Builder::new().name("files".into()).spawn(move || tell.send(files::find(wanted, &files::places())));
        self.finding.push(found);
    }

    /// Takes over what has come of exports.
    fn hear_exports(&mut self) -> io::Result<()> {
        self.exports.ended().into_iter().try_for_each(|(asked, result)| self.tell(Msg::Exported(asked, result)))
    }

    /// Says which of the user's own commands failed, and takes over what another program set.
    fn hear_beside(&mut self) -> io::Result<()> {
        let failed = self.hooks.iter().find_map(Beside::failed);
        let said = failed.map(|failed| failed.said(&self.sentences, &self.log_path));
        said.map_or(Ok(()), |said| self.tell(Msg::HookFailed(said)))?;
        let settled = self.settings.as_ref().and_then(Watched::news);
        settled.map_or(Ok(()), |news| self.tell(news.into()))
    }

    /// Takes over what was found of files, waiting for it at most so long.
    fn hear_found(&mut self, wait: Duration) -> io::Result<()> {
        for found in std::mem::take(&mut self.finding) {
            match found.recv_timeout(wait) {
                Ok(found) => self.tell(Msg::Found(found))?,
                Err(RecvTimeoutError::Timeout) => self.finding.push(found),
                Err(RecvTimeoutError::Disconnected) => {}
            }
        }
        Ok(())
    }

    fn folder(&self) -> &Path {
        self.log_path.parent().unwrap_or(Path::new(""))
    }

    fn import(&mut self, file: ToImport) -> io::Result<()> {
        match Coming::start(file, self.folder().join(REFUSED_FOLDER), &self.sentences) {
            Ok(opening) => {
                self.opening = Some(opening);
                // What is opened at once is imported at once.
                self.hear_opening(REPLY_WAIT)
            }
            Err(failed) => self.tell(Msg::Imported(failed)),
        }
    }

    /// Takes a file over that has been opened, waiting for it at most so long.
    fn hear_opening(&mut self, wait: Duration) -> io::Result<()> {
        let opened = self.opening.as_ref().and_then(|opening| opening.done(wait, self.clock.now(), &self.sentences));
        let Some(opened) = opened else { return Ok(()) };
        self.opening = None;
        match opened {
            Ok((importing, request)) => {
                self.importing = Some(importing);
                self.ask(request);
                self.tell(Msg::Importing)
            }
            Err(failed) => self.tell(Msg::Imported(failed)),
        }
    }

    fn stop_import(&self) {
        self.opening.iter().for_each(Coming::stop);
        self.importing.iter().for_each(Importing::stop);
        self.worker.stop_import();
    }

    /// Keeps a setting, and looks as it is set then.
    fn set(&mut self, setting: Setting, typed: &str) -> io::Result<()> {
        let kept = config::keep(&self.config_path, setting, typed);
        let kept = kept
            .map(|(config, wrong)| {
                let wrong = super::wrong_of(&config, &wrong, &self.sentences, &self.config_path);
                (Box::new(config), wrong)
            })
            .map_err(|error| error.said(&self.sentences, &self.config_path));
        self.tell(Msg::Kept(setting, kept))?;
        self.dress();
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut end = text.len().min(CLIPBOARD);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        execute!(self.screen.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Lends the terminal to the user's editor.
    fn edit(&mut self, text: &str) -> io::Result<()> {
        let Some(editor) = self.editor.clone() else {
            return self.tell(Msg::TextEdited(Err(self.sentences.editor_none())));
        };
        self.guard = None;
        // While the editor has the terminal, an interrupt is meant for it.
        self.lent.store(true, Ordering::Relaxed);
        let edited = editor::edit(&editor, text, self.folder());
        self.lent.store(false, Ordering::Relaxed);
        self.come_back()?;
        let edited = edited.map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => self.sentences.editor_not_waited_for(editor, error.to_string()),
            _ => self.sentences.editor_failed(error.to_string()),
        });
        self.tell(Msg::TextEdited(edited))
    }

    /// Gives the terminal back, stops the process group, and takes the terminal again when it is continued.
    #[cfg(unix)]
    fn suspend(&mut self, said: &str) -> io::Result<()> {
        self.guard = None;
        writeln!(io::stdout(), "{said}")?;
        rustix::process::kill_current_process_group(rustix::process::Signal::STOP).map_err(io::Error::from)?;
        self.continued.store(false, Ordering::Relaxed);
        self.come_back()
    }

    #[cfg(not(unix))]
    fn suspend(&mut self, _said: &str) -> io::Result<()> {
        Ok(())
    }

    /// Takes the terminal once more and paints everything anew.
    fn come_back(&mut self) -> io::Result<()> {
        self.guard = None;
        self.guard = Some(Guard::take(self.model.mouse)?);
        self.repaint()?;
        let (columns, rows) = terminal::size()?;
        self.tell(Msg::Resized(Size { columns, rows }))?;
        self.tell(Msg::Resumed)?;
        if let Some(log) = self.log {
            log.note(self.clock.now(), "resumed");
        }
        Ok(())
    }

    // Never Terminal::clear(): it asks the terminal where its cursor is, and waits for an answer.
    fn repaint(&mut self) -> io::Result<()> {
        execute!(self.screen.backend_mut(), Clear(ClearType::All))?;
        self.screen = screen()?;
        Ok(())
    }
}

/// Returns the look that a configuration asks for on a terminal of this kind.
fn looks(config: &Config, ground: Ground, double: bool, plain: bool) -> Look {
    let mut config = config.clone();
    config.symbols = if double { Symbols::Ascii } else { config.symbols };
    config.ground = if config.ground == Ground::Auto { ground } else { config.ground };
    Look::new(&config, plain)
}

fn screen() -> io::Result<Screen> {
    Terminal::new(Scrolling::new(BufWriter::with_capacity(1 << 16, io::stdout())))
}

/// Returns what an event means to the model.
fn messages(event: Event, burst: bool) -> Vec<Msg> {
    match event {
        Event::Key(key) => Key::from_event(key).into_iter().map(|key| Msg::Key { key, burst }).collect(),
        Event::Paste(text) => vec![Msg::Paste(text)],
        Event::Resize(columns, rows) => vec![Msg::Resized(Size { columns, rows })],
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => vec![Msg::Mouse(Mouse::Wheel { down: true })],
            MouseEventKind::ScrollUp => vec![Msg::Mouse(Mouse::Wheel { down: false })],
            MouseEventKind::Down(_) => vec![Msg::Mouse(Mouse::Click { column: mouse.column, row: mouse.row })],
            _ => Vec::new(),
        },
        Event::FocusGained | Event::FocusLost => Vec::new(),
    }
}

impl Drop for Shell<'_> {
    fn drop(&mut self) {
        // What was written into the buffer belongs before the screen is given back.
        let _ = Write::flush(self.screen.backend_mut());
        self.guard = None;
    }
}

//! Everything the desk knows, and the one function that changes it; no terminal, no painting, no database here.

mod act;
mod brief;
mod brought;
mod can;
mod check;
mod chooser;
pub mod columns;
mod conflicts;
mod copy;
mod customers;
mod detail;
mod dialog;
mod digest;
mod drafts;
mod elsewhere;
mod entry;
mod explain;
mod export;
mod filter;
mod forms;
mod help;
mod here;
mod history;
mod input;
mod leads;
mod leaving;
mod list;
mod many;
mod marks;
mod matching;
mod menu;
mod messages;
mod mouse;
mod narrowing;
mod offer_status;
mod offers;
mod ours;
mod outbox;
mod outside;
mod pages;
mod palette;
mod picker;
mod priority;
mod question;
mod rank;
mod register;
mod remember;
mod reply;
mod rescue;
mod review;
mod sandbox;
mod saved;
mod settings;
mod sheets;
mod size;
mod sort;
mod suggest;
mod sums;
mod take_back;
mod unsaid;
mod welcome;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

pub use brief::{BriefLine, INDENT as BRIEF_INDENT};
pub use copy::{CLIPBOARD, CopyPart};
pub use detail::DetailLine;
pub use dialog::{About, Dialog, Leaving, Line, Menu, MenuKind, PaletteEntry, Question, Then, Wanted, Words};
pub use export::{ExportBox, ExportLine, ExportOf, ReviewFormat};
pub use filter::Completing;
pub use here::is_before_check;
pub use list::ListState;
pub use menu::MenuRow;
pub use outside::{Effect, Imported, Mouse, Msg, ToImport};
pub use pages::Fact;
pub use picker::Picker;
pub use question::Answer;
pub use settings::After;
pub use size::{Breakpoint, Layout, Size};

use super::files::Found;
use super::form::{Entry, Form};
use super::keys::{Action, Key, Scope, Table};
use super::room::{Cursor, Room};
use super::zones::{Hit, Zones};
use super::{Arrival, Data};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::date::Moment;
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::programme::ruling::Ruling;
use crate::domain::rate::Rates;
use crate::domain::saved_view::Views;
use crate::domain::tab::Tab;
use crate::i18n::{Said, Sentences};
use crate::store::{Access, Counts, Fleeting, Full, Kept, Reply, Request, Row, StepRecord, Steps};
use crate::width::width;
use messages::Messages;
use unsaid::Unsaid;

/// An opportunity on the way to the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Going {
    to: OpportunityId,
    /// Whether its number was typed: then there may never have been one.
    typed: bool,
}

/// What came for a form before it was there.
enum Ahead {
    Key(Key, bool),
    Pasted(String),
}

/// A sentence on the bottom line, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub text: String,
    pub bad: bool,
}

/// How the desk was opened.
pub struct Opening {
    pub sentences: Arc<Sentences>,
    pub clock: Clock,
    pub config: Config,
    pub keys: Table,
    pub access: Access,
    pub data: Data,
    pub size: Size,
    pub arrival: Arrival,
    /// What was kept the last time.
    pub kept: Kept,
    /// The rules by which offers have their status.
    pub rules: Arc<Ruling>,
}

pub struct Model {
    pub say: Arc<Sentences>,
    pub clock: Clock,
    pub config: Config,
    pub keys: Table,
    pub access: Access,
    pub data: Data,
    /// Filter, order, tab and stages under a name.
    pub views: Views,
    pub size: Size,
    pub now: Moment,
    pub tab: Tab,
    lists: [ListState; 3],
    pub counts: Counts,
    pub steps: Steps,
    /// Whether the counts have come: before, nothing is known to be empty.
    pub counted: bool,
    /// What is open over the lists, the topmost last.
    pub rooms: Vec<Room>,
    /// What is over the rooms, the topmost last.
    pub dialogs: Vec<Dialog>,
    unsaid: Unsaid,
    pub detail: Option<Box<Full>>,
    pub marks: BTreeSet<OpportunityId>,
    asked_sums: sums::AskedSums,
    /// What status solutions give deals.
    offers: offer_status::Known,
    /// The exchange rates of today, where a home currency is set.
    rates: Option<Box<Rates>>,
    /// Where a range of marks began, and what was marked before it.
    pub range: Option<(OpportunityId, BTreeSet<OpportunityId>)>,
    pub note: Option<Note>,
    messages: Messages,
    /// What lists were filtered by since the desk was opened, the last one first.
    pub filters: Vec<String>,
    /// Whether it was said already that amounts are compared in each deal's own currency.
    told_currencies: bool,
    pub mouse: bool,
    /// Whether the detail stands beside the list where there is room.
    pub beside: bool,
    /// What can be clicked on the frame that is seen.
    zones: Zones,
    /// What was clicked last, and how many boxes and rooms were open then.
    clicked: Option<(Hit, usize, usize)>,
    /// What is wrong with the settings of the file: defaults stand for them.
    pub wrong_settings: Vec<String>,
    /// What was kept last for the next start.
    remembered: String,
    /// Rows an import has read so far, while one is running.
    pub importing: Option<u64>,
    /// Names of files that were imported, the last one last.
    imports: Vec<String>,
    /// What was said of the last import: what stays on top, and the rest.
    told_of_import: brought::After,
    serial: u64,
    pending: Option<list::Pending>,
    ways_back: list::WaysBack,
    reviews: review::Kept,
    /// A step that is taken back once the store says that it may be, and somebody that it shall.
    asking: Option<(StepRecord, Then)>,
    /// The opportunity that is shown as soon as it has come.
    going: Option<Going>,
    /// A form that is opened as soon as its opportunity has come.
    opening: Option<(forms::Wish, OpportunityId)>,
    /// A form of a deal that is opened as soon as what earlier deals offer has come.
    beginning: Option<(u64, entry::Beginning)>,
    /// What several opportunities are fetched for, by the number of the question.
    gathering: Option<(u64, many::Gathering)>,
    /// Which question asks what is to be marked.
    marking: Option<u64>,
    conflicts: conflicts::Questions,
    /// The chosen way in of the welcome.
    pub welcome: Cursor,
    /// Keys that came while a form was on its way: they are meant for it.
    ahead: Vec<Ahead>,
    /// Which of the last two keys asked to leave.
    leaves: Leaves,
    undoing: Undoing,
    /// Where the database was, once its file is not the one any more that was opened.
    lost: Option<PathBuf>,
    dirty: bool,
    effects: Vec<Effect>,
    /// The cells of the widest name that the detail may tell, whichever is shown.
    widest_name: usize,
}

/// The step that the message on the screen says how to take back, and the one that is taken back once that was confirmed.
#[derive(Debug, Clone, Copy, Default)]
struct Undoing {
    spoken: Option<StepId>,
    meant: Option<StepId>,
    /// What was selected before one was taken back, and what is since.
    selected: Option<(OpportunityId, Option<OpportunityId>)>,
    /// What the sample held when it was opened: nobody took that step here.
    began: Option<Fleeting>,
}

/// Whether the key before this one asked to leave, and whether this one does.
#[derive(Debug, Clone, Copy, Default)]
struct Leaves {
    before: bool,
    now: bool,
    /// Whether something was said on the bottom line until this key.
    told: bool,
}

impl Model {
    /// Opens the desk and returns it with what is to be asked first.
    pub fn open(opening: Opening) -> (Self, Vec<Effect>) {
        let model = Self {
            widest_name: widest(&opening.sentences.names_of_facts()),
            views: opening.sentences.saved_views(opening.kept.views),
            say: opening.sentences,
            clock: opening.clock,
            mouse: opening.config.mouse,
            config: opening.config,
            keys: opening.keys,
            access: opening.access,
            data: opening.data,
            size: opening.size,
            now: opening.clock.moment(),
            tab: Tab::Inbound,
            lists: Tab::DESK.map(ListState::new),
            counts: Counts::default(),
            steps: Steps::default(),
            counted: false,
            rooms: Vec::new(),
            dialogs: Vec::new(),
            unsaid: Unsaid::default(),
            detail: None,
            marks: BTreeSet::new(),
            asked_sums: sums::AskedSums::default(),
            rates: None,
            offers: offer_status::Known::by(opening.rules),
            range: None,
            note: None,
            messages: Messages::default(),
            filters: Vec::new(),
            told_currencies: false,
            zones: Zones::default(),
            clicked: None,
            beside: true,
            wrong_settings: Vec::new(),
            remembered: String::new(),
            importing: None,
            imports: Vec::new(),
            told_of_import: brought::After::default(),
            serial: 0,
            pending: None,
            ways_back: list::WaysBack::default(),
            reviews: review::Kept::default(),
            asking: None,
            going: None,
            opening: None,
            beginning: None,
            gathering: None,
            welcome: Cursor::default(),
            marking: None,
            conflicts: conflicts::Questions::default(),
            ahead: Vec::new(),
            leaves: Leaves::default(),
            undoing: Undoing::default(),
            lost: None,
            dirty: true,
            effects: Vec::new(),
        };
        model.begin_with(opening.kept.desk.as_deref(), opening.arrival)
    }

    /// Takes up what was remembered and brought along, and asks for what is shown.
    fn begin_with(mut self, kept: Option<&str>, arrival: Arrival) -> (Self, Vec<Effect>) {
        self.recall(kept);
        self.show_list();
        self.ask(Request::Counts { now: self.now });
        self.ask(Request::Drafts);
        self.ask_rates();
        self.ask_offer_statuses();
        self.ask_for_copy();
        if self.access == Access::ForcedReadOnly {
            self.warn(self.say.desk_forced_read_only());
        }
        self.arrive(arrival);
        self.ask_whose();
        let effects = std::mem::take(&mut self.effects);
        (self, effects)
    }

    /// Takes one message; the only function that changes the model.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        // The clock, a size that is the same, and where files may go to, change nothing that is seen; nor do offers, where there are none.
        let is_unseen = matches!(
            msg,
            Msg::Tick(_) | Msg::Resized(_) | Msg::Found(Found::ToWriteInto(_)) | Msg::Reply(Reply::OfferStatuses { .. })
        );
        self.dirty |= !is_unseen;
        self.hear(msg);
        self.follow_behind();
        self.follow_selection();
        self.follow_past();
        self.follow_review();
        self.follow_news();
        self.follow_marks();
        self.remember();
        std::mem::take(&mut self.effects)
    }

    fn hear(&mut self, msg: Msg) {
        match msg {
            Msg::Key { key, burst } => {
                let told = self.note.take().is_some();
                self.leaves = Leaves { before: self.leaves.now, now: false, told };
                self.reviews.page = None;
                self.key(key, burst);
                // What was asked of the store meanwhile speaks for itself.
                self.undoing.spoken = None;
            }
            Msg::Paste(text) => {
                self.note = None;
                self.paste(&text);
            }
            Msg::Mouse(mouse) => self.mouse(mouse),
            Msg::Resized(size) => {
                self.dirty |= size != self.size;
                self.size = size;
                self.list_mut().keep_in_sight(size.layout().list_rows);
                self.fill();
            }
            Msg::Tick(now) => self.tick(now),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Found(found) => self.found(found),
            Msg::Importing => self.import_begun(),
            Msg::Imported(imported) => self.imported(&imported),
            Msg::HookFailed(said) => self.warn(said),
            Msg::Exported(asked, result) => self.exported(asked, result),
            Msg::Resumed => self.look(),
            Msg::TextEdited(text) => self.edited(text),
            Msg::Kept(setting, kept) => self.setting_kept(setting, kept),
            Msg::Settled(config) => self.settled_elsewhere(&config),
            Msg::Unsettled(lost) => self.unsettled(&lost),
        }
    }

    /// Returns whether the screen shows something that has changed, and takes note that it is painted now.
    pub const fn take_dirty(&mut self) -> bool {
        std::mem::replace(&mut self.dirty, false)
    }

    /// As [`Model::complain`], of all that was found wrong before the desk was opened.
    pub fn complain_of(&mut self, found: &[Said]) {
        if let Some(first) = found.first() {
            self.complain(&first.sentence, found.iter().map(Said::whole).collect());
        }
    }

    /// Says what is wrong with the configuration: the first complaint, and how many there are; the settings show all of them.
    pub fn complain(&mut self, first: &str, all: Vec<String>) {
        let key = self.keys.key_name(Action::Settings);
        self.warn(self.say.desk_config_wrong(all.len(), first, key));
        self.wrong_settings = all;
    }

    /// Has everything painted once more.
    pub const fn make_dirty(&mut self) {
        self.dirty = true;
    }

    /// Returns the scope of the topmost room: where the keys have their meaning.
    pub fn scope(&self) -> Scope {
        match self.dialogs.last() {
            None => self.rooms.last().map_or(Scope::List, Room::scope),
            Some(Dialog::Menu(menu)) if menu.kind == MenuKind::Results => Scope::Results,
            Some(Dialog::Menu(_) | Dialog::Path { .. } | Dialog::Import(_) | Dialog::Export(_)) => Scope::Menu,
            Some(Dialog::Filter { .. }) => Scope::Filter,
            Some(Dialog::Ask(_) | Dialog::Calendar(_)) => Scope::Dialog,
            Some(Dialog::Form(_) | Dialog::Sheet(_)) => Scope::Form,
        }
    }

    /// Returns the rooms of the screen. The detail takes none of it where it was switched off or there is none.
    pub fn layout(&self) -> Layout {
        let layout = self.size.layout();
        if self.beside && !self.list().rows.is_empty() { layout } else { layout.without_detail() }
    }

    pub fn list(&self) -> &ListState {
        &self.lists[tab_index(self.tab)]
    }

    fn list_mut(&mut self) -> &mut ListState {
        &mut self.lists[tab_index(self.tab)]
    }

    pub fn selected(&self) -> Option<&Row> {
        self.list().selected()
    }

    /// Returns the detail of the selected opportunity, if it has come.
    pub fn selected_detail(&self) -> Option<&Full> {
        let id = self.selected()?.id;
        self.detail.as_deref().filter(|full| full.opportunity.id == id)
    }

    /// Returns the open form, if it is the topmost room.
    pub fn form(&self) -> Option<&Form> {
        match self.dialogs.last() {
            Some(Dialog::Form(form)) => Some(form),
            _ => None,
        }
    }

    /// Returns the open form, also where a question or the calendar lies over it.
    fn form_below(&self) -> Option<&Form> {
        self.dialogs.iter().rev().find_map(|dialog| if let Dialog::Form(form) = dialog { Some(&**form) } else { None })
    }

    /// Returns whether a text field takes the characters that are typed.
    pub fn is_typing(&self) -> bool {
        match self.dialogs.last() {
            Some(Dialog::Filter { .. } | Dialog::Path { .. } | Dialog::Import(_) | Dialog::Export(_)) => true,
            Some(Dialog::Menu(menu)) => menu.filter.is_some(),
            Some(Dialog::Form(form)) => form.focus.is_some_and(|at| matches!(form.entries.get(at), Some(Entry::Text(_)))),
            Some(Dialog::Sheet(_)) => self.is_typing_in_sheet(),
            Some(Dialog::Ask(_) | Dialog::Calendar(_)) => false,
            None => self.is_narrowing(),
        }
    }

    /// Returns whether there is nothing in the database at all: the welcome is shown then.
    pub fn is_welcome(&self) -> bool {
        let is_all = self.role().sees_all();
        is_all && self.counted && self.counts.is_empty() && self.list().filter_text.is_empty()
    }

    /// Writes an instant as a day where the user is.
    pub fn day(&self, at: Timestamp) -> String {
        self.say.day(self.clock.local(at).date(), chrono::Datelike::year(&self.now.today.naive()))
    }

    /// Writes an instant as day and time where the user is; of which only the day is known as that.
    pub fn day_and_time(&self, at: Timestamp) -> String {
        self.say.moment(at, self.clock.local(at), chrono::Datelike::year(&self.now.today.naive()))
    }

    pub const fn is_read_only(&self) -> bool {
        !matches!(self.access, Access::ReadWrite)
    }

    fn ask(&mut self, request: Request) {
        self.effects.push(Effect::Store(request));
    }

    /// The clock has moved: minutes change what is shown, and others may have written.
    fn tick(&mut self, now: Timestamp) {
        let minute = |at: Timestamp| at.micros().div_euclid(60_000_000);
        let before = self.now;
        let turned = minute(now) != minute(before.now);
        self.now = self.clock.moment_of(now);
        if self.now.today != before.today {
            self.renew_filters();
            self.ask_rates();
            self.ask_offer_statuses();
            self.ask_for_copy();
        }
        self.ask(Request::Look { now });
        if turned {
            self.dirty = true;
            self.follow_hour(before);
            self.ask(Request::Counts { now: self.now });
        }
    }

    /// Asks again for everything that is shown.
    fn look(&mut self) {
        self.reload();
        self.ask(Request::Counts { now: self.now });
    }

    /// Asks for the detail of the selected opportunity where it is shown and not there yet.
    fn follow_selection(&mut self) {
        // The one a form waits for comes first: a later question would replace it.
        if self.opening.is_some() || self.going.is_some() {
            return;
        }
        let shown = self.layout().detail_columns > 0 || self.rooms.iter().any(|room| matches!(room, Room::Detail(_)));
        let Some((id, version)) = self.selected().map(|row| (row.id, row.version)) else { return };
        self.rooms.iter_mut().for_each(|room| room.selected(id));
        let fresh = |full: &Full| full.opportunity.id == id && full.opportunity.version == version;
        let asked = self.effects.iter().any(|effect| matches!(effect, Effect::Store(Request::Open(asked)) if *asked == id));
        if shown && !asked && !self.detail.as_deref().is_some_and(fresh) {
            self.ask(Request::Open(id));
        }
    }
}

const fn tab_index(tab: Tab) -> usize {
    match tab {
        Tab::Outbound => 1,
        Tab::Favorites => 2,
        Tab::Inbound | Tab::All => 0,
    }
}

/// Returns whether an action only moves within a list.
const fn is_movement(action: Action) -> bool {
    matches!(
        action,
        Action::Down
            | Action::Up
            | Action::First
            | Action::Last
            | Action::HalfPageDown
            | Action::HalfPageUp
            | Action::ScrollDown
            | Action::ScrollUp
            | Action::PageDown
            | Action::PageUp
    )
}

fn widest(names: &[String]) -> usize {
    names.iter().map(|name| width(name)).max().unwrap_or(0)
}

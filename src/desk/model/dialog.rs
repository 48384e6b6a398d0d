//! What lies over the rooms: menus, forms, questions; a stack of one closed kind, the topmost takes the keys.

use super::copy::CopyPart;
use super::explain::Explained;
use super::export::ExportBox;
use super::filter::{AskedHeld, Completing};
use super::picker::Picker;
use super::settings::After;
use crate::config::Setting;
use crate::desk::column::Column;
use crate::desk::form::{Form, Sheet, TextField};
use crate::desk::keys::{Action, Key};
use crate::domain::change::Change;
use crate::domain::date::Date;
use crate::domain::ids::{DraftId, OpportunityId, StepId, Version};
use crate::domain::lead::Lead;
use crate::domain::preflight::RuleId;
use crate::domain::programme::offer::Submission;
use crate::domain::query::SortKey;
use crate::domain::tab::View;
use crate::store::KeptOffer;

#[derive(Debug, Clone)]
pub enum Dialog {
    /// The filter while it is typed; `before` comes back when it is given up.
    Filter {
        field: TextField,
        before: String,
        error: Option<String>,
        /// What Tab offers, until something else is typed.
        completing: Option<Completing>,
        /// What Tab asked the store for.
        asked: Option<AskedHeld>,
        /// Which of the earlier filters is shown, and what was typed before it.
        earlier: Option<(usize, String)>,
    },
    /// The file to import.
    Import(Box<Picker>),
    /// What is to be exported, and how.
    Export(Box<ExportBox>),
    /// The name of a file, or what else takes one line.
    Path {
        field: TextField,
        wanted: Wanted,
    },
    Menu(Menu),
    Form(Box<Form>),
    /// The form of what is kept beside deals.
    Sheet(Box<Sheet>),
    /// A month to pick the close date of the form below from; the chosen day.
    Calendar(Date),
    Ask(Question),
}

/// A question; which answers it offers is in `model/question.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub text: String,
    pub then: Then,
    /// The place of the chosen answer.
    pub chosen: usize,
}

/// What files are written of, for Partner Center.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Deals that wait.
    Upload,
    Leads,
    Registrations,
}

/// What one line is typed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// To save to it what is held, where the database's own file is gone.
    Save,
    /// No file: the next step, or a note that stays ours, of what is marked or selected.
    Next {
        about: About,
        /// The step that stood there, as it is typed: nothing typed takes it away.
        had: Option<String>,
    },
    Note(About),
    /// No file: the name under which what is shown is kept.
    ViewName,
    /// No file: the past day that a review is to be of.
    PastDay,
    /// No file: the one value that settles what a rule found on several deals.
    Fix(RuleId),
    /// No file: why a lead is declined, or lost.
    LeadReason {
        lead: Box<Lead>,
        lose: bool,
    },
    /// The folder that files are written into.
    Folder(Leaving),
    /// No file: the moment until which a received one is to be answered.
    Deadline(OpportunityId, Version),
    /// No file: what a setting is to be, and what follows.
    Setting(Setting, After),
}

/// What a line is typed about: whatever moves meanwhile, it is meant for these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub ids: Vec<OpportunityId>,
    /// The one there is, or how many.
    pub title: String,
}

/// What a question asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Leaves the form below; what was typed stays as a draft unless it is thrown away.
    Leave,
    /// Saves the form below with the value that was asked about.
    Save,
    Undo,
    Redo,
    /// Takes this step back, whatever came after it.
    UndoStep(StepId),
    /// Writes files into this folder.
    Write(Leaving, String),
    /// Lets the registrations of this file wait again.
    ForgetRegistrations(String),
    /// Lets what stands in this upload file wait again.
    ForgetUpload(String),
    /// Says that the sender of this one has been told.
    Told(OpportunityId),
    /// Makes these changes as one step.
    Fix(Vec<Change>),
    /// Removes the saved view of this name.
    RemoveView(String),
    /// Removes this offer.
    RemoveOffer(Box<KeptOffer>),
    /// Takes this upload file for its answer.
    IsAnswer(String),
    /// Takes this file for a later answer than that which said that rows were refused.
    IsLater(String),
    /// Throws away a deal that is begun.
    DropDraft(DraftId),
    /// Asks for the name of a file to save what is held to.
    Rescue,
    /// Takes the file of this name for Partner Center's newest word.
    TakeOld(String),
    /// Leaves the program, and with it the import that is running.
    Quit,
    /// Leaves the sample, and what was done in it: for the user's own desk, or out of the program.
    Sample {
        home: bool,
    },
    /// Exports into the place of a file that is there.
    WriteOver,
    /// Leaves the sample and does on the user's own desk what the question lies over.
    Own,
}

/// A list of lines to read or to choose from.
#[derive(Debug, Clone)]
pub struct Menu {
    pub kind: MenuKind,
    pub lines: Vec<Line>,
    /// The chosen line among those that pass the filter.
    pub cursor: usize,
    /// The first row on the screen, as long as the chosen line is seen with it.
    pub(super) top: usize,
    /// What was typed to narrow the lines; `None` where they cannot be narrowed.
    pub filter: Option<TextField>,
    /// The line for a number that was typed.
    pub number: Option<Line>,
    /// What a box that explains something is made of.
    pub(super) explained: Option<Box<Explained>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuKind {
    Palette,
    Help,
    Sort,
    Columns,
    /// Saved views.
    Views,
    /// What became of each of the marked opportunities.
    Results,
    /// What an import found.
    Import,
    /// What the next upload file says.
    UploadRows,
    /// Which deal a row of an answer is.
    Matches,
    /// What was said last.
    Messages,
    /// What is shown and what is marked come to, currency by currency.
    Sums,
    /// How far an offer is on its way to Microsoft.
    Submission,
    /// Why this one stands where it does.
    Why(OpportunityId),
    /// What something means.
    Explain,
}

/// One line of a menu.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: String,
    /// What stands left, in a column of its own: a key.
    pub left: String,
    /// What stands right: a key, a date.
    pub right: String,
    /// What stands under it, muted.
    pub under: Vec<String>,
    /// Why it cannot be done now.
    pub why_not: Option<String>,
    pub head: bool,
    pub entry: Option<PaletteEntry>,
    /// What finds it besides its text.
    pub words: Words,
}

/// By which words a line is found, besides those it shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// Other names of what it does, with commas between them.
    pub also: String,
    /// The names of all its keys.
    pub keys: Vec<String>,
    /// Whether it leads out of the program or takes something back: then only a word that says so finds it, and it follows all others.
    pub only_said: bool,
}

/// What choosing a line does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaletteEntry {
    Do(Action),
    /// Press this key in what the menu lies over.
    Press(Key),
    SortBy(SortKey),
    /// Show a column or no longer.
    Column(Column),
    /// Show the columns that fit.
    FitColumns,
    ShowView(View),
    /// Show the saved view of this name.
    ShowSaved(String),
    /// Copy this of the selected one.
    Copy(CopyPart),
    /// Copy the week of the rep at this machine, as text for a mail.
    CopyDigest,
    /// Show one opportunity, wherever it stands.
    GoTo(OpportunityId),
    /// Take this deal for the one that a row is, or none.
    Match(Option<OpportunityId>),
    /// Say that an offer is so far on its way to Microsoft.
    Submit(Box<KeptOffer>, Submission),
    /// Go to a setting.
    Setting(Setting),
    /// Explain the topic of this word.
    Explain(String),
    /// Take the rows of an older copy all the same.
    TakeOld,
}

impl Line {
    pub fn plain(text: impl Into<String>) -> Self {
        let (left, right) = (String::new(), String::new());
        Self {
            text: text.into(),
            left,
            right,
            under: Vec::new(),
            why_not: None,
            head: false,
            entry: None,
            words: Words::default(),
        }
    }

    pub fn head(text: impl Into<String>) -> Self {
        Self { head: true, ..Self::plain(text) }
    }
}

//! What lies over the rooms: menus, forms, questions; a stack of one closed kind, the topmost takes the keys.

use super::filter::Completing;
use crate::desk::form::{Form, TextField};
use crate::desk::keys::Action;
use crate::domain::date::Date;
use crate::domain::field::Field;
use crate::domain::held::Side;
use crate::domain::ids::{DraftId, OpportunityId, StepId, Version};
use crate::domain::query::SortKey;

#[derive(Debug, Clone)]
pub enum Dialog {
    /// The filter while it is typed; `before` comes back when it is given up.
    Filter {
        field: TextField,
        before: String,
        error: Option<String>,
        /// What Tab offers, until something else is typed.
        completing: Option<Completing>,
        /// Which of the earlier filters is shown, and what was typed before it.
        earlier: Option<(usize, String)>,
    },
    /// The name of a file, or what else takes one line.
    Path {
        field: TextField,
        wanted: Wanted,
    },
    Menu(Menu),
    Form(Box<Form>),
    /// A month to pick the close date of the form below from; the chosen day.
    Calendar(Date),
    /// A question that Enter answers with yes and Esc with no.
    Ask {
        question: String,
        hint: String,
        then: Then,
    },
}

/// What one line is typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// To import it.
    Import,
    /// To save to it what is held, where the database's own file is gone.
    Save,
    /// No file: the moment until which a received one is to be answered.
    Deadline(OpportunityId, Version),
}

/// What Enter does in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Leaves the form below; what was typed stays as a draft unless it is thrown away.
    Leave,
    /// Saves the form below with the value that was asked about.
    Save,
    Undo,
    Redo,
    /// Takes this step back, whatever came after it.
    UndoStep(StepId),
    /// Asks for the name of a file to save what is held to.
    Rescue,
    /// Leaves the program, and with it the import that is running.
    Quit,
}

/// A list of lines to read or to choose from.
#[derive(Debug, Clone)]
pub struct Menu {
    pub kind: MenuKind,
    pub lines: Vec<Line>,
    /// The chosen line among those that pass the filter.
    pub cursor: usize,
    /// What was typed to narrow the lines; `None` where they cannot be narrowed.
    pub filter: Option<TextField>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuKind {
    Palette,
    Help,
    Sort,
    /// What became of each of the marked opportunities.
    Results,
    /// What an import found.
    Import,
    /// New deals that are begun and not finished.
    Drafts,
    /// What both sides changed of one.
    Conflicts(OpportunityId),
}

/// One line of a menu.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: String,
    /// What stands right: a key, a date.
    pub right: String,
    /// Why it cannot be done now.
    pub why_not: Option<String>,
    pub head: bool,
    pub entry: Option<PaletteEntry>,
}

/// What choosing a line does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaletteEntry {
    Do(Action),
    SortBy(SortKey),
    /// Begin a new deal although others are begun.
    Start,
    /// Go on with one that is begun.
    Resume(DraftId),
    /// End a conflict, or all of one opportunity.
    Resolve {
        id: OpportunityId,
        field: Option<Field>,
        side: Side,
    },
}

impl Line {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), right: String::new(), why_not: None, head: false, entry: None }
    }

    pub fn head(text: impl Into<String>) -> Self {
        Self { head: true, ..Self::plain(text) }
    }
}

impl Menu {
    pub fn new(kind: MenuKind, lines: Vec<Line>) -> Self {
        let narrows = matches!(kind, MenuKind::Palette | MenuKind::Help);
        Self { kind, lines, cursor: 0, filter: narrows.then(|| TextField::line("")) }
    }

    /// Returns the lines that pass what was typed, best first in the palette.
    pub fn shown(&self) -> Vec<&Line> {
        let typed = self.filter.as_ref().map_or("", TextField::text).trim();
        if typed.is_empty() {
            return self.lines.iter().collect();
        }
        let mut matcher = nucleo_matcher::Matcher::new(nucleo_matcher::Config::DEFAULT);
        let pattern = nucleo_matcher::pattern::Pattern::parse(
            typed,
            nucleo_matcher::pattern::CaseMatching::Ignore,
            nucleo_matcher::pattern::Normalization::Smart,
        );
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, &Line)> = Vec::new();
        for line in self.lines.iter().filter(|line| !line.head) {
            let text = format!("{} {}", line.text, line.right);
            let score = pattern.score(nucleo_matcher::Utf32Str::new(&text, &mut buffer), &mut matcher);
            scored.extend(score.map(|score| (score, line)));
        }
        if self.kind == MenuKind::Palette {
            scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        }
        scored.into_iter().map(|(_, line)| line).collect()
    }

    /// Returns what the chosen line does.
    pub fn chosen(&self) -> Option<PaletteEntry> {
        self.shown().get(self.cursor).and_then(|line| line.entry)
    }
}

//! What both sides changed of one opportunity: field by field, what it was, ours and theirs; the words are made in the model.

use super::{Asked, Cursor};
use crate::desk::keys::Action;
use crate::domain::field::Field;
use crate::domain::held::Side;
use crate::domain::ids::{OpportunityId, Version};
use crate::domain::part::Part;

/// A field that both changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub field: Field,
    pub name: String,
    /// What both sides knew before either changed it.
    pub before: String,
    pub ours: String,
    pub theirs: String,
    /// From whom theirs is, and as of when.
    pub from: String,
    /// Where a third value is typed, or why it cannot be.
    pub third: Result<Part, String>,
}

#[derive(Debug, Clone)]
pub struct Conflicts {
    pub of: OpportunityId,
    pub title: String,
    pub clashes: Vec<Clash>,
    /// Among the fields.
    pub cursor: Cursor,
    /// The side that Enter takes.
    pub side: Side,
    /// Whether something was decided here.
    pub decided: bool,
    /// How many others are in conflict, once that was counted.
    pub others: Option<String>,
    /// As which it was shown, until something is decided: what nobody has seen is not decided.
    pub seen: Option<Version>,
    /// Where the cursor of the form is to be, once that is open.
    pub wanted: Option<Part>,
    /// The field for which a third value is typed.
    pub typed: Option<Field>,
}

impl Conflicts {
    pub const fn new(of: OpportunityId, title: String, clashes: Vec<Clash>) -> Self {
        Self {
            of,
            title,
            clashes,
            cursor: Cursor(0),
            side: Side::Theirs,
            decided: false,
            others: None,
            seen: None,
            wanted: None,
            typed: None,
        }
    }

    /// Takes what is to be decided now: the cursor stays on its field.
    pub fn receive(&mut self, title: String, clashes: Vec<Clash>, seen: Version) {
        self.seen = Some(seen);
        let ended = self.typed.take_if(|typed| clashes.iter().all(|clash| clash.field != *typed));
        self.decided |= ended.is_some();
        let at = self.clashes.get(self.cursor.0).map(|clash| clash.field);
        let found = at.and_then(|at| clashes.iter().position(|clash| clash.field == at));
        self.cursor = Cursor(found.unwrap_or_else(|| self.cursor.0.min(clashes.len().saturating_sub(1))));
        (self.title, self.clashes) = (title, clashes);
    }

    /// Takes what is being decided away at once: the next key is meant for the next field. Returns the fields, and as which it was seen.
    pub fn decide(&mut self, field: Option<Field>) -> (Vec<Field>, Option<Version>) {
        self.decided = true;
        let decided = |clash: &Clash| field.is_none_or(|field| clash.field == field);
        let fields = self.clashes.iter().filter(|clash| decided(clash)).map(|clash| clash.field).collect();
        self.clashes.retain(|clash| !decided(clash));
        self.cursor = Cursor(self.cursor.0.min(self.clashes.len().saturating_sub(1)));
        (fields, self.seen.take())
    }

    /// Puts the cursor on a side of a field, by the number of both.
    pub fn click(&mut self, line: usize) {
        self.cursor = Cursor(line / 2);
        self.side = if line.is_multiple_of(2) { Side::Ours } else { Side::Theirs };
    }

    /// Returns the number of a side of a field.
    pub const fn line(at: usize, side: Side) -> usize {
        at * 2 + if matches!(side, Side::Ours) { 0 } else { 1 }
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        if self.cursor.moves(action, self.clashes.len(), page) {
            return None;
        }
        let Some((field, third)) = self.clashes.get(self.cursor.0).map(|clash| (clash.field, clash.third.clone())) else {
            return match action {
                Action::Open if self.others.is_some() => Some(Asked::ListConflicts),
                Action::Open | Action::Edit | Action::Ours | Action::Theirs | Action::AllOurs | Action::AllTheirs => {
                    Some(Asked::Nothing)
                }
                Action::NextValue | Action::PreviousValue => None,
                _ => Some(Asked::Pass),
            };
        };
        if action == Action::Edit {
            return Some(match third {
                Ok(part) => {
                    (self.wanted, self.typed, self.side) = (Some(part), Some(field), Side::Ours);
                    Asked::Mend(self.of)
                }
                Err(why) => Asked::Cannot(why),
            });
        }
        let decide = |field, side| Some(Asked::Decide { of: self.of, field, side });
        match action {
            Action::Open => decide(Some(field), self.side),
            Action::Ours => decide(Some(field), Side::Ours),
            Action::Theirs => decide(Some(field), Side::Theirs),
            Action::AllOurs => decide(None, Side::Ours),
            Action::AllTheirs => decide(None, Side::Theirs),
            Action::NextValue | Action::PreviousValue => {
                self.side = if action == Action::NextValue { Side::Theirs } else { Side::Ours };
                None
            }
            _ => Some(Asked::Pass),
        }
    }
}

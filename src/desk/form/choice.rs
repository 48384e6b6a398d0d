//! Fields that are chosen from a few: the words of each list, and where the cursor of a list stands.

use crate::domain::draft::{ASSESSMENT, WITH_PARTNER, YES};
use crate::domain::opportunity::HelpKind;
use crate::domain::outcome::Reason;
use crate::domain::programme::registration::MicrosoftSaid;
use crate::domain::programme::registration::contract::{DEPLOYMENTS, PRICINGS, TERMS};

/// A list to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceOf {
    Reason,
    HelpKind,
    /// Ours, with a partner, an assessment.
    Category,
    /// No comes first: it is what nothing said means.
    YesNo,
    /// No or yes, of which nothing said means neither.
    Told,
    Term,
    Deployment,
    Pricing,
    Microsoft,
}

/// Ways of selling, and answers, as drafts keep them.
const CATEGORIES: [&str; 3] = ["ours", WITH_PARTNER, ASSESSMENT];
const YES_NO: [&str; 2] = ["no", YES];

impl ChoiceOf {
    /// Returns the words of the options, in order.
    pub fn codes(self) -> Vec<&'static str> {
        match self {
            Self::Reason => Reason::ALL.map(Reason::code).to_vec(),
            Self::HelpKind => HelpKind::ALL.map(HelpKind::code).to_vec(),
            Self::Category => CATEGORIES.to_vec(),
            Self::YesNo | Self::Told => YES_NO.to_vec(),
            Self::Term => TERMS.to_vec(),
            Self::Deployment => DEPLOYMENTS.to_vec(),
            Self::Pricing => PRICINGS.to_vec(),
            Self::Microsoft => MicrosoftSaid::WORDS.to_vec(),
        }
    }

    /// Returns the option that a text stands for; a list without one to begin with begins at none.
    pub fn read(self, text: &str) -> Option<usize> {
        let found = self.codes().iter().position(|code| *code == text);
        match self {
            // A draft of a command may have the number.
            Self::Reason => Reason::read(text).and_then(|reason| Reason::ALL.iter().position(|known| *known == reason)),
            Self::HelpKind => HelpKind::read(text).and_then(|kind| HelpKind::ALL.iter().position(|known| *known == kind)),
            Self::Category | Self::YesNo => Some(found.unwrap_or(0)),
            Self::Told | Self::Term | Self::Deployment | Self::Pricing | Self::Microsoft => found,
        }
    }

    pub fn count(self) -> usize {
        self.codes().len()
    }
}

/// Things that were added one by one, with a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked<T> {
    pub items: Vec<T>,
    pub cursor: usize,
}

impl<T> Picked<T> {
    pub const fn new(items: Vec<T>) -> Self {
        Self { items, cursor: 0 }
    }

    /// Adds one and puts the cursor on it.
    pub fn add(&mut self, item: T) {
        self.items.push(item);
        self.cursor = self.items.len() - 1;
    }

    /// Takes the one under the cursor off.
    pub fn remove(&mut self) -> Option<T> {
        if self.cursor >= self.items.len() {
            return None;
        }
        let item = self.items.remove(self.cursor);
        self.cursor = self.cursor.min(self.items.len().saturating_sub(1));
        Some(item)
    }

    /// Moves the cursor; returns whether there was somewhere to move.
    pub fn step(&mut self, down: bool) -> bool {
        let wanted = if down { self.cursor + 1 } else { self.cursor.wrapping_sub(1) };
        let there = wanted < self.items.len();
        if there {
            self.cursor = wanted;
        }
        there
    }

    pub fn current(&self) -> Option<&T> {
        self.items.get(self.cursor)
    }

    pub fn current_mut(&mut self) -> Option<&mut T> {
        self.items.get_mut(self.cursor)
    }
}

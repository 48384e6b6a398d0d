//! One page about a deal, before a call: what it says, and how far it is scrolled.

use super::Asked;
use crate::desk::keys::Action;
use crate::domain::ids::OpportunityId;
use crate::i18n::BriefPage;

#[derive(Debug, Clone)]
pub struct Brief {
    pub of: OpportunityId,
    /// `None` until it has come.
    pub page: Option<BriefPage>,
    /// Lines that are hidden above.
    pub scroll: usize,
}

impl Brief {
    pub const fn new(of: OpportunityId) -> Self {
        Self { of, page: None, scroll: 0 }
    }

    /// Scrolls; the desk keeps the end in sight.
    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        let half = (page / 2).max(1);
        self.scroll = match action {
            Action::Down | Action::ScrollDown => self.scroll + 1,
            Action::Up | Action::ScrollUp => self.scroll.saturating_sub(1),
            Action::First => 0,
            Action::Last => usize::MAX,
            Action::PageDown => self.scroll + page,
            Action::PageUp => self.scroll.saturating_sub(page),
            Action::HalfPageDown => self.scroll + half,
            Action::HalfPageUp => self.scroll.saturating_sub(half),
            Action::CopyPage => return Some(Asked::CopyPage),
            _ => return Some(Asked::Pass),
        };
        None
    }
}

//! Everything about the selected opportunity, over the whole screen: how far its text is scrolled.

use super::Asked;
use crate::desk::keys::Action;
use crate::domain::ids::OpportunityId;

#[derive(Debug, Clone, Default)]
pub struct Detail {
    /// Lines that are hidden above.
    pub scroll: usize,
    of: Option<OpportunityId>,
}

impl Detail {
    /// Another one is shown from its beginning, however it came to be the selected one.
    pub(super) fn selected(&mut self, id: OpportunityId) {
        if self.of.replace(id) != Some(id) {
            self.scroll = 0;
        }
    }

    /// Arrows and pages scroll the text; next and previous, as everything else, are the list's.
    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        let half = (page / 2).max(1);
        match action {
            Action::PageDown => self.scroll += page,
            Action::PageUp => self.scroll = self.scroll.saturating_sub(page),
            Action::HalfPageDown => self.scroll += half,
            Action::HalfPageUp => self.scroll = self.scroll.saturating_sub(half),
            Action::ScrollDown => self.scroll += 1,
            Action::ScrollUp => self.scroll = self.scroll.saturating_sub(1),
            _ => return Some(Asked::Pass),
        }
        None
    }
}

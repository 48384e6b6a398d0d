//! Everything about the selected opportunity, over the whole screen: how far its text is scrolled.

use super::{Asked, HistoryStep};
use crate::desk::keys::Action;
use crate::domain::ids::{OpportunityId, Version};

/// Rows of a page that its text does not have: what can be done, a blank one, and the one that says how many lines follow.
const ABOVE_AND_BELOW: usize = 3;
/// Steps of its history that are shown.
pub const PAST: usize = 10;

#[derive(Debug, Clone, Default)]
pub struct Detail {
    /// Lines that are hidden above.
    pub scroll: usize,
    of: Option<OpportunityId>,
    /// The last steps of its history.
    pub past: Vec<HistoryStep>,
    /// Of which its history was asked for, as it stood then.
    asked: Option<(OpportunityId, Version)>,
}

impl Detail {
    /// Another one is shown from its beginning, however it came to be the selected one.
    pub(super) fn selected(&mut self, id: OpportunityId) {
        if self.of.replace(id) != Some(id) {
            self.scroll = 0;
            self.past.clear();
        }
    }

    /// Returns whether the history of this one, as it stands now, has yet to be asked for; from here on it counts as asked for.
    pub fn asks_past(&mut self, id: OpportunityId, version: Version) -> bool {
        self.asked.replace((id, version)) != Some((id, version))
    }

    /// Takes the newest steps of one, if that is the shown one.
    pub fn receive(&mut self, of: OpportunityId, steps: &[HistoryStep]) {
        if self.of == Some(of) {
            self.past = steps.iter().take(PAST).cloned().collect();
        }
    }

    /// Arrows and pages scroll the text; next and previous, as everything else, are the list's.
    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        // A page ends with the line that was seen last.
        let page = page.saturating_sub(ABOVE_AND_BELOW).max(1);
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

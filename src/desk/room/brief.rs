//! One page before a call, about a deal or about its customer: what it says, and how far it is scrolled.

use super::Asked;
use crate::desk::keys::Action;
use crate::domain::ids::OpportunityId;
use crate::i18n::BriefPage;

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Deal,
    /// All deals with its customer.
    Customer,
}

#[derive(Debug, Clone)]
pub struct Brief {
    pub of: OpportunityId,
    pub about: About,
    /// The page about the deal and that about the customer; `None` until they have come.
    pub pages: Option<[BriefPage; 2]>,
    /// Lines that are hidden above.
    pub scroll: usize,
}

impl Brief {
    pub const fn new(of: OpportunityId, about: About) -> Self {
        Self { of, about, pages: None, scroll: 0 }
    }

    /// Returns the page that is shown; `None` until it has come.
    pub fn page(&self) -> Option<&BriefPage> {
        let [deal, customer] = self.pages.as_ref()?;
        Some(match self.about {
            About::Deal => deal,
            About::Customer => customer,
        })
    }

    /// Scrolls, or turns to the other page; the desk keeps the end in sight.
    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        // The last row says how many lines follow: a page ends with the one that was seen last.
        let page = page.saturating_sub(1).max(1);
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
            Action::BriefOfCustomer => {
                self.about = match self.about {
                    About::Deal => About::Customer,
                    About::Customer => About::Deal,
                };
                0
            }
            Action::CopyPage => return Some(Asked::CopyPage),
            Action::Resolve => return Some(Asked::Resolve(self.of)),
            _ => return Some(Asked::Pass),
        };
        None
    }
}

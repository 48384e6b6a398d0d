//! The tabs of the desk and the views by stage: which opportunities show in each; sorting and filtering are `query.rs`.

use super::opportunity::{Direction, Opportunity};
use super::stage::StageKind;

/// One of the three tabs (MG-13), or all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Sent to us (MG-14).
    Inbound,
    /// Made by us (MG-15).
    Outbound,
    /// Marked in either of them (MG-17).
    Favorites,
    All,
}

impl Tab {
    /// The tabs of the desk, in their order.
    pub const DESK: [Self; 3] = [Self::Inbound, Self::Outbound, Self::Favorites];
    pub const CODES: [&'static str; 4] = ["inbound", "outbound", "favorites", "all"];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Favorites => "favorites",
            Self::All => "all",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Inbound, Self::Outbound, Self::Favorites, Self::All].into_iter().find(|tab| tab.code().eq_ignore_ascii_case(code))
    }

    /// Returns whether the opportunity shows in this tab; a favorite stays in its own tab too (MG-21).
    pub fn holds(self, opportunity: &Opportunity) -> bool {
        match self {
            Self::Inbound => opportunity.direction() == Direction::Inbound,
            Self::Outbound => opportunity.direction() == Direction::Outbound,
            Self::Favorites => opportunity.favorite,
            Self::All => true,
        }
    }

    pub const fn directions(self) -> &'static [Direction] {
        match self {
            Self::Inbound => &[Direction::Inbound],
            Self::Outbound => &[Direction::Outbound],
            Self::Favorites | Self::All => &Direction::ALL,
        }
    }
}

/// Which stages of a tab are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// Received and Accepted: what can still be worked on.
    Open,
    Received,
    Accepted,
    /// Won, lost, declined and expired ones (MG-76).
    Archived,
    All,
}

impl View {
    pub const ALL: [Self; 5] = [Self::Open, Self::Received, Self::Accepted, Self::Archived, Self::All];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Archived => "archived",
            Self::All => "all",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code().eq_ignore_ascii_case(code))
    }

    pub const fn stages(self) -> &'static [StageKind] {
        match self {
            Self::Open => &[StageKind::Received, StageKind::Accepted],
            Self::Received => &[StageKind::Received],
            Self::Accepted => &[StageKind::Accepted],
            Self::Archived => &[StageKind::Archived],
            Self::All => &StageKind::ALL,
        }
    }

    /// Returns the views of a tab: what we made is never received.
    pub const fn of(tab: Tab) -> &'static [Self] {
        match tab {
            Tab::Outbound => &[Self::Open, Self::Accepted, Self::Archived, Self::All],
            Tab::Inbound | Tab::Favorites | Tab::All => &Self::ALL,
        }
    }

    /// Returns the view that `t` shows after this one.
    #[must_use]
    pub fn next(self, tab: Tab) -> Self {
        let views = Self::of(tab);
        let here = views.iter().position(|view| *view == self);
        here.map_or(Self::Open, |here| views[(here + 1) % views.len()])
    }
}

#[cfg(test)]
mod tests {
    use super::super::opportunity::tests::{accepted, received};
    use super::*;

    #[test]
    fn mg_13_there_are_three_tabs_in_this_order() {
        assert_eq!(Tab::DESK.map(Tab::code), ["inbound", "outbound", "favorites"]);
    }

    #[test]
    fn mg_14_to_17_tabs_hold_what_was_sent_made_and_marked() {
        let mut sent = received();
        assert!(Tab::Inbound.holds(&sent) && !Tab::Outbound.holds(&sent) && !Tab::Favorites.holds(&sent));
        assert!(Tab::Outbound.holds(&accepted()) && !Tab::Inbound.holds(&accepted()));
        sent.favorite = true;
        assert!(Tab::Favorites.holds(&sent) && Tab::Inbound.holds(&sent), "MG-21: it stays in its tab");
    }

    #[test]
    fn mg_76_the_archived_view_is_reached_by_cycling() {
        let cycle = |tab| {
            let mut seen = vec![View::Open];
            while seen.last().is_some_and(|view| view.next(tab) != View::Open) {
                seen.extend(seen.last().map(|view| view.next(tab)));
            }
            seen
        };
        assert_eq!(cycle(Tab::Inbound), View::ALL);
        assert_eq!(cycle(Tab::Favorites), View::ALL);
        assert_eq!(cycle(Tab::Outbound), View::of(Tab::Outbound), "what we made is never received");
        assert!(!View::of(Tab::Outbound).contains(&View::Received));
        assert_eq!(View::Archived.stages(), [StageKind::Archived]);
    }
}

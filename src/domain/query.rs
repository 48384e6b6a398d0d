//! Which opportunities are asked for and in which order; what a tab or a stage view holds is `tab.rs`, the filter language `filter`.

use super::filter::Filter;
use super::ids::OpportunityId;
use super::tab::{Tab, View};

/// What a list is sorted by. The natural direction is the useful one: least time left, latest, largest, A to Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// Received ones by time left, then the others, newest first.
    TimeLeft,
    /// Last change first.
    Changed,
    /// Newest first.
    Newest,
    Deal,
    Customer,
    /// By currency, then largest first.
    Value,
    CloseDate,
    /// Received, Accepted, Archived; within a stage the last change first.
    Stage,
    /// Favorites first; then the last change first.
    Favorite,
    /// By the owner's name; those without one last.
    Owner,
    /// By the day of the next step; those without one last, of them the last change first.
    Next,
}

impl SortKey {
    pub const ALL: [Self; 11] = [
        Self::TimeLeft,
        Self::Changed,
        Self::Newest,
        Self::Deal,
        Self::Customer,
        Self::Value,
        Self::CloseDate,
        Self::Stage,
        Self::Favorite,
        Self::Owner,
        Self::Next,
    ];
    pub const CODES: [&'static str; 11] =
        ["time-left", "changed", "newest", "deal", "customer", "value", "close", "stage", "favorite", "owner", "next"];

    /// Returns the word of `--sort`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TimeLeft => "time-left",
            Self::Changed => "changed",
            Self::Newest => "newest",
            Self::Deal => "deal",
            Self::Customer => "customer",
            Self::Value => "value",
            Self::CloseDate => "close",
            Self::Stage => "stage",
            Self::Favorite => "favorite",
            Self::Owner => "owner",
            Self::Next => "next",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    pub key: SortKey,
    pub reversed: bool,
}

impl Order {
    /// Reads a sort word; a leading `-` reverses it.
    pub fn read(text: &str) -> Option<Self> {
        let (word, reversed) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
        let key = SortKey::ALL.into_iter().find(|key| key.code().eq_ignore_ascii_case(word))?;
        Some(Self { key, reversed })
    }

    /// Returns whether values grow from the first row to the last; of dates the earlier is the lesser one.
    pub const fn rises(self) -> bool {
        let falls = matches!(self.key, SortKey::Changed | SortKey::Newest | SortKey::Value | SortKey::Favorite);
        falls == self.reversed
    }

    /// Returns the order that asking for a key gives: its own, or the other way round where it is the key already.
    #[must_use]
    pub fn asked_again(self, key: SortKey) -> Self {
        Self { key, reversed: key == self.key && !self.reversed }
    }
}

impl Tab {
    /// Returns the order a tab has before anyone sorts it.
    pub const fn order(self) -> Order {
        match self {
            Self::Inbound => Order { key: SortKey::TimeLeft, reversed: false },
            Self::Outbound | Self::Favorites | Self::All => Order { key: SortKey::Changed, reversed: false },
        }
    }
}

/// Everything a list shows, except where in it one looks.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuery {
    pub tab: Tab,
    pub view: View,
    pub order: Order,
    pub filter: Filter,
}

impl ListQuery {
    /// Returns the query a tab opens with.
    pub const fn tab(tab: Tab) -> Self {
        Self { tab, view: View::Open, order: tab.order(), filter: Filter::none() }
    }

    /// Returns whether another query shows the same opportunities, in whatever order.
    pub fn shows_the_same(&self, other: &Self) -> bool {
        (self.tab, self.view, &self.filter) == (other.tab, other.view, &other.filter)
    }
}

/// Where a window into a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Start,
    End,
    /// The rows after this one, without it.
    After(OpportunityId),
    /// The rows before this one, without it.
    Before(OpportunityId),
    /// This row and those after it; if it is gone, the start.
    At(OpportunityId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sort_words_are_read_with_their_direction() {
        assert_eq!(Order::read("-value"), Some(Order { key: SortKey::Value, reversed: true }));
        assert_eq!(Order::read("Close"), Some(Order { key: SortKey::CloseDate, reversed: false }));
        assert_eq!(Order::read("price"), None);
        assert_eq!(SortKey::ALL.map(SortKey::code), SortKey::CODES);
    }
}

//! The columns a list can have: their names, what sorts them, and the choice of them as text; how wide they are is `desk/model/columns.rs`.

use crate::domain::query::SortKey;

/// A column of the list, besides pointer, mark and heart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Until the answer of a received one, until the close date of an accepted one, since the end of an archived one.
    TimeLeft,
    Deal,
    Customer,
    Value,
    Close,
    Stage,
    Owner,
    /// Of the sale, in percent.
    SalesStage,
    Country,
    Received,
    Next,
    Changed,
}

impl Column {
    /// From left to right.
    pub const ALL: [Self; 12] = [
        Self::TimeLeft,
        Self::Deal,
        Self::Customer,
        Self::Value,
        Self::Close,
        Self::Stage,
        Self::Owner,
        Self::SalesStage,
        Self::Country,
        Self::Received,
        Self::Next,
        Self::Changed,
    ];

    /// Returns the name it is kept by.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TimeLeft => "time-left",
            Self::Deal => "deal",
            Self::Customer => "customer",
            Self::Value => "value",
            Self::Close => "close",
            Self::Stage => "stage",
            Self::Owner => "owner",
            Self::SalesStage => "sales-stage",
            Self::Country => "country",
            Self::Received => "received",
            Self::Next => "next",
            Self::Changed => "changed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == code)
    }

    /// Returns the order in which it rises or falls.
    pub const fn order(self) -> SortKey {
        match self {
            Self::TimeLeft => SortKey::TimeLeft,
            Self::Deal => SortKey::Deal,
            Self::Customer => SortKey::Customer,
            Self::Value => SortKey::Value,
            Self::Close => SortKey::CloseDate,
            Self::Stage => SortKey::Stage,
            Self::Owner => SortKey::Owner,
            Self::SalesStage => SortKey::SalesStage,
            Self::Country => SortKey::Country,
            Self::Received => SortKey::Newest,
            Self::Next => SortKey::Next,
            Self::Changed => SortKey::Changed,
        }
    }
}

/// Which columns a list shows: those that were chosen, else those that its width has room for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(Option<Vec<Column>>);

impl Columns {
    /// As many as fit.
    pub const FITTING: Self = Self(None);

    /// Returns a choice of these; the name of the deal is always among them.
    pub fn of(chosen: &[Column]) -> Self {
        Self(Some(Column::ALL.into_iter().filter(|column| *column == Column::Deal || chosen.contains(column)).collect()))
    }

    /// Reads names with commas between them; nothing is as many as fit. `None` where a name is none.
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::FITTING);
        }
        let chosen: Option<Vec<Column>> = text.split(',').map(|name| Column::from_code(name.trim())).collect();
        chosen.map(|chosen| Self::of(&chosen))
    }

    /// Returns the text that [`Columns::parse`] reads.
    pub fn code(&self) -> String {
        let names: Vec<&str> = self.0.iter().flatten().map(|column| column.code()).collect();
        names.join(",")
    }

    /// Returns those that were chosen; `None` where nobody has.
    pub fn chosen(&self) -> Option<&[Column]> {
        self.0.as_deref()
    }

    /// Returns the choice with one column more or less than those that are shown.
    #[must_use]
    pub fn toggled(&self, column: Column, shown: &[Column]) -> Self {
        let mut chosen = self.chosen().unwrap_or(shown).to_vec();
        if chosen.contains(&column) {
            chosen.retain(|other| *other != column);
        } else {
            chosen.push(column);
        }
        Self::of(&chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_kept_as_names_with_commas() {
        let all = Columns::of(&Column::ALL);
        assert_eq!(all.code(), "time-left,deal,customer,value,close,stage,owner,sales-stage,country,received,next,changed");
        for columns in [all, Columns::FITTING, Columns::of(&[Column::Owner])] {
            assert_eq!(Columns::parse(&columns.code()), Some(columns));
        }
        assert_eq!(Columns::parse("owner, value").map(|columns| columns.code()).as_deref(), Some("deal,value,owner"));
        assert_eq!(Columns::parse("owner,price"), None);
    }

    #[test]
    fn one_more_or_less_begins_with_those_that_are_shown_and_the_deal_stays() {
        let shown = [Column::TimeLeft, Column::Deal, Column::Value];
        let with = Columns::FITTING.toggled(Column::Owner, &shown);
        assert_eq!(with.code(), "time-left,deal,value,owner");
        assert_eq!(with.toggled(Column::Deal, &[]).toggled(Column::TimeLeft, &[]).code(), "deal,value,owner");
    }
}

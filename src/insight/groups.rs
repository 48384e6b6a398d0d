//! The figures by one dimension: per owner, country, solution, customer, campaign, stage or month.

use std::collections::HashMap;

use super::review::{Few, Month, Terms};
use super::stood::Stood;
use super::times::Holds;
use super::worth::Worth;
use crate::domain::fold::fold;
use crate::domain::outcome::OutcomeKind;
use crate::domain::sums::Sums;

/// What a review is grouped by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dimension {
    #[default]
    Owner,
    Country,
    Solution,
    Customer,
    Campaign,
    Stage,
    Month,
}

impl Dimension {
    pub const ALL: [Self; 7] =
        [Self::Owner, Self::Country, Self::Solution, Self::Customer, Self::Campaign, Self::Stage, Self::Month];

    /// Returns the word of commands and of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Country => "country",
            Self::Solution => "solution",
            Self::Customer => "customer",
            Self::Campaign => "campaign",
            Self::Stage => "stage",
            Self::Month => "month",
        }
    }

    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.code() == code)
    }

    /// Returns whether a deal can stand in several groups: then they do not add up to the whole.
    pub const fn overlaps(self) -> bool {
        matches!(self, Self::Solution)
    }

    /// Returns what a deal stands under, as it is told; nothing where it has none of it.
    fn names(self, deal: &Stood) -> Vec<String> {
        let one = |name: Option<String>| name.into_iter().collect();
        match self {
            Self::Owner => one(deal.owner.clone()),
            Self::Country => one(deal.country.map(|country| country.code().to_owned())),
            Self::Solution => {
                let mut ids = deal.solutions.clone();
                ids.sort();
                ids.dedup();
                ids
            }
            Self::Customer => vec![deal.customer.clone()],
            Self::Campaign => one(deal.campaign.clone()),
            Self::Stage => vec![deal.stage.kind().code().to_owned()],
            Self::Month => one(deal.close_date.map(|date| Month::from(date).to_string())),
        }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The deals that have one thing in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// `None` for those that have none of it.
    pub name: Option<String>,
    /// All of them, archived ones too.
    pub deals: Few,
    pub open: Worth,
    /// Whether a filter for the name finds deals of other groups, too: their names hold it.
    pub is_within: bool,
    /// Won and lost in the days of the review.
    pub won: Sums,
    pub lost: Sums,
}

/// So many groups are told one by one.
pub const LOOKED_AT: usize = 12;

/// Deals by what they have in common; names that only differ in how they are written are one.
pub(super) struct Groups {
    by: Dimension,
    found: HashMap<Option<String>, Group>,
}

impl Groups {
    pub(super) fn new(by: Dimension) -> Self {
        Self { by, found: HashMap::new() }
    }

    pub(super) fn add(&mut self, deal: &Stood, terms: &Terms) {
        let names = self.by.names(deal);
        if names.is_empty() {
            self.add_to(None, deal, terms);
        }
        names.into_iter().for_each(|name| self.add_to(Some(name), deal, terms));
    }

    fn add_to(&mut self, name: Option<String>, deal: &Stood, terms: &Terms) {
        let empty = |name| Group {
            name,
            deals: Few::default(),
            open: Worth::default(),
            won: Sums::default(),
            lost: Sums::default(),
            is_within: false,
        };
        let group = self.found.entry(name.as_deref().map(fold)).or_insert_with(|| empty(name));
        group.deals.add(deal.id);
        if deal.is_open() {
            group.open.add(deal.value, terms.percent(deal));
        }
        if deal.ended().is_some_and(|at| terms.days.holds(at) == Holds::Yes) {
            match deal.outcome() {
                Some(OutcomeKind::Won) => group.won.add(deal.value),
                Some(OutcomeKind::Lost) => group.lost.add(deal.value),
                _ => {}
            }
        }
    }

    /// Returns them, the one of most open deals first, then of most won ones; months in their order, what has no name last.
    pub(super) fn sorted(self) -> Vec<Group> {
        let by = self.by;
        let mut groups: Vec<Group> = self.found.into_values().collect();
        groups.sort_by(|a, b| {
            let most = || (b.open.sums.count, b.won.count, b.deals.count).cmp(&(a.open.sums.count, a.won.count, a.deals.count));
            let order = if by == Dimension::Month { std::cmp::Ordering::Equal } else { most() };
            a.name.is_none().cmp(&b.name.is_none()).then(order).then_with(|| a.name.cmp(&b.name))
        });
        let folded: Vec<Option<String>> = groups.iter().map(|group| group.name.as_deref().map(fold)).collect();
        for at in 0..groups.len().min(LOOKED_AT) {
            let Some(name) = &folded[at] else { continue };
            let holds_it = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains(name));
            groups[at].is_within = folded.iter().enumerate().any(|(other, text)| other != at && holds_it(text));
        }
        groups
    }
}

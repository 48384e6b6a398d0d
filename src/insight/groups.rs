//! The figures by one dimension: per owner, country, solution, customer, campaign, stage or month.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::home::InHome;
use super::readiness::Readiness;
use super::review::{Few, Month, Terms};
use super::stood::Stood;
use super::times::Holds;
use super::worth::Worth;
use crate::domain::country::Country;
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
    /// By the best status that a solution of a deal has in the programme.
    OfferStatus,
}

impl Dimension {
    pub const ALL: [Self; 8] =
        [Self::Owner, Self::Country, Self::Solution, Self::Customer, Self::Campaign, Self::Stage, Self::Month, Self::OfferStatus];

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
            Self::OfferStatus => "offer-status",
        }
    }

    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.code() == code)
    }

    /// Returns whether a deal can stand in several groups: then they do not add up to the whole.
    pub const fn overlaps(self) -> bool {
        matches!(self, Self::Solution)
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
    groups: Vec<Group>,
    /// Which group a name stands for, as it is written and as it is compared: few are written in more than one way.
    written: HashMap<String, usize>,
    compared: HashMap<String, usize>,
    nameless: Option<usize>,
}

impl Groups {
    pub(super) fn new(by: Dimension) -> Self {
        Self { by, groups: Vec::new(), written: HashMap::new(), compared: HashMap::new(), nameless: None }
    }

    pub(super) fn add(&mut self, deal: &Stood, terms: &Terms, readiness: &Readiness) {
        match self.by {
            Dimension::OfferStatus => self.add_to(readiness.best(deal).map(|status| status.word.as_str()), deal, terms),
            Dimension::Owner => self.add_to(deal.owner.as_deref(), deal, terms),
            Dimension::Country => self.add_to(deal.country.map(Country::code), deal, terms),
            Dimension::Customer => self.add_to(Some(&deal.customer), deal, terms),
            Dimension::Campaign => self.add_to(deal.campaign.as_deref(), deal, terms),
            Dimension::Stage => self.add_to(Some(deal.stage.kind().code()), deal, terms),
            Dimension::Month => {
                let month = deal.close_date.map(|date| Month::from(date).to_string());
                self.add_to(month.as_deref(), deal, terms);
            }
            Dimension::Solution if deal.solutions.is_empty() => self.add_to(None, deal, terms),
            Dimension::Solution => {
                let mut ids: Vec<&str> = deal.solutions.iter().map(|id| &**id).collect();
                ids.sort_unstable();
                ids.dedup();
                ids.into_iter().for_each(|id| self.add_to(Some(id), deal, terms));
            }
        }
    }

    fn add_to(&mut self, name: Option<&str>, deal: &Stood, terms: &Terms) {
        let at = self.place(name);
        let group = &mut self.groups[at];
        group.deals.add(deal.id);
        if deal.is_open() {
            group.open.add(deal.value, terms.percent(deal));
            return;
        }
        let sums = match deal.outcome() {
            Some(OutcomeKind::Won) => &mut group.won,
            Some(OutcomeKind::Lost) => &mut group.lost,
            _ => return,
        };
        if deal.ended().is_some_and(|at| terms.days.holds(at) == Holds::Yes) {
            sums.add(deal.value);
        }
    }

    /// Returns where the group of a name stands; it is made where there is none.
    fn place(&mut self, name: Option<&str>) -> usize {
        let known = name.map_or(self.nameless, |name| self.written.get(name).copied());
        if let Some(at) = known {
            return at;
        }
        let next = self.groups.len();
        let at = match name {
            Some(name) => {
                let at = *self.compared.entry(fold(name)).or_insert(next);
                self.written.insert(name.to_owned(), at);
                at
            }
            None => *self.nameless.insert(next),
        };
        if at == next {
            self.groups.push(Group {
                name: name.map(str::to_owned),
                deals: Few::default(),
                open: Worth::default(),
                won: Sums::default(),
                lost: Sums::default(),
                is_within: false,
            });
        }
        at
    }

    /// Returns them, in no order.
    pub(super) fn all(self) -> Vec<Group> {
        self.groups
    }
}

/// Orders groups: that whose open deals come to most on top, where what all of them come to can be told in one currency; else that of most
/// open deals, then of most won ones. Months stand in their order, what has no name last. Returns whether it was by what they come to.
pub(super) fn order(groups: &mut [Group], by: Dimension, home: Option<&InHome>) -> bool {
    let values: Option<HashMap<Option<String>, i128>> = match by {
        Dimension::Month => None,
        _ => values(groups, home),
    };
    let value = |group: &Group| values.as_ref().and_then(|values| values.get(&group.name)).copied().unwrap_or_default();
    groups.sort_by(|a, b| {
        let most = || (b.open.sums.count, b.won.count, b.deals.count).cmp(&(a.open.sums.count, a.won.count, a.deals.count));
        let order = if by == Dimension::Month { Ordering::Equal } else { value(b).cmp(&value(a)).then_with(most) };
        a.name.is_none().cmp(&b.name.is_none()).then(order).then_with(|| a.name.cmp(&b.name))
    });
    let folded: Vec<Option<String>> = groups.iter().map(|group| group.name.as_deref().map(fold)).collect();
    for (at, group) in groups.iter_mut().enumerate().take(LOOKED_AT) {
        let Some(name) = &folded[at] else { continue };
        let holds_it = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains(name));
        group.is_within = folded.iter().enumerate().any(|(other, text)| other != at && holds_it(text));
    }
    values.is_some()
}

/// Returns what is open in each, in one currency: that of home, or the only one there is; nothing where a rate is missing.
fn values(groups: &[Group], home: Option<&InHome>) -> Option<HashMap<Option<String>, i128>> {
    let totals = || groups.iter().flat_map(|group| group.open.sums.totals());
    let only = totals().next().filter(|first| totals().all(|total| total.currency == first.currency));
    let value = |group: &Group| match (only, home) {
        (Some(_), _) => Some(group.open.sums.totals().iter().map(|total| total.minor).sum()),
        (None, Some(home)) => home.sums(&group.open.sums).whole(),
        (None, None) => None,
    };
    groups.iter().map(|group| Some((group.name.clone(), value(group)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::{Date, Moment};
    use crate::domain::instant::Timestamp;
    use crate::domain::money::{Currency, Money};
    use crate::domain::opportunity::Opportunity;
    use crate::domain::rate::{Factor, Rate};
    use crate::domain::stage::Stage;
    use crate::domain::text::Line;
    use crate::insight::{Adding, Review, Weights};

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    /// Open deals of owners: each with its value.
    fn review(deals: &[(&str, i64, &str)], home: Option<InHome>) -> Review {
        let at = Timestamp::parse("2026-11-01T09:00:00Z").unwrap();
        let terms = Terms::new(Date::iso("2026-11-23").unwrap(), Moment::from(at), Weights::default(), Dimension::Owner);
        let mut adding = Adding::new(terms);
        for (owner, minor, code) in deals {
            let mut on = Opportunity::blank(Line::parse("한빛정밀").unwrap(), at);
            on.stage = Stage::Accepted { since: Some(at) };
            on.deal.value = Some(Money::from_minor(*minor, currency(code)));
            let owner = (!owner.is_empty()).then(|| (*owner).into());
            adding.add(&Stood { owner, ..Stood::from(&on) });
        }
        adding.review().told_in(home)
    }

    fn names(review: &Review) -> Vec<&str> {
        review.groups.iter().map(|group| group.name.as_deref().unwrap_or("-")).collect()
    }

    #[test]
    fn the_group_whose_open_deals_come_to_most_stands_on_top_where_that_can_be_told() {
        let one = [("a", 10, "USD"), ("a", 10, "USD"), ("", 900, "USD"), ("b", 500, "USD"), ("c", 15, "USD")];
        let told = review(&one, None);
        assert_eq!((names(&told), told.by_value), (vec!["b", "a", "c", "-"], true));
        let several = [("a", 10, "USD"), ("a", 10, "USD"), ("b", 500, "USD"), ("c", 900_000, "KRW")];
        let told = review(&several, None);
        assert_eq!((names(&told), told.by_value), (vec!["a", "b", "c"], false), "currencies have no order");
        let on = Date::iso("2026-10-30").unwrap();
        let rate = |code| Rate::new(on, currency(code), currency("USD"), Factor::parse("0.0007").unwrap()).unwrap();
        let home = |rates: Vec<Rate>| Some(InHome { currency: currency("USD"), on, rates: rates.into_iter().collect() });
        let told = review(&several, home(vec![rate("KRW")]));
        assert_eq!((names(&told), told.by_value), (vec!["c", "b", "a"], true));
        let told = review(&several, home(vec![rate("JPY")]));
        assert_eq!((names(&told), told.by_value), (vec!["a", "b", "c"], false), "a part is never told for the whole");
    }
}

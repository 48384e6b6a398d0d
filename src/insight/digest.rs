//! The week of each owner in named deals: what came, what ended, what is due and what stands still; the same deals that a review counts.

use std::collections::BTreeMap;

use super::home::InHome;
use super::review::Terms;
use super::stood::Stood;
use super::times::{Holds, Known};
use crate::domain::date::{Date, Moment};
use crate::domain::fold::fold;
use crate::domain::ids::OpportunityId;
use crate::domain::money::Money;
use crate::domain::opportunity::{Direction, Opportunity};
use crate::domain::outcome::OutcomeKind;
use crate::domain::stage::{Stage, StageKind};
use crate::domain::sums::Sums;

/// What a digest tells of an owner, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Sent to us in the days.
    Came,
    /// Made by us in the days.
    Made,
    Won,
    Lost,
    /// To be answered until the end of the week.
    Answer,
    /// To be closed until the end of the week.
    Closes,
    /// To be closed on a day that has passed.
    Overdue,
    /// The next step is due until the end of the week.
    Next,
    Stalled,
}

/// A deal by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: OpportunityId,
    pub title: String,
    pub customer: String,
    pub value: Option<Money>,
    /// When it happened or is due, or when it was last changed.
    pub on: Date,
    /// What is to be done next, where that is told.
    pub next: Option<String>,
}

/// The deals of one part.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listed {
    /// What all of them come to.
    pub sums: Sums,
    /// The first of them by day.
    pub named: Vec<Named>,
}

/// So many deals of a part are named.
const NAMED: usize = 5;

/// What there is to tell of one owner.
#[derive(Debug, Clone, PartialEq)]
pub struct Owned {
    /// `None` for deals without an owner.
    pub name: Option<String>,
    pub parts: BTreeMap<Part, Listed>,
}

/// A digest: everybody of whom there is something to tell, by name, deals without an owner last.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    pub terms: Terms,
    /// The last day of the week: what is due until then is told.
    pub until: Date,
    pub owners: Vec<Owned>,
    /// What converts all of it, where [`Terms::home`] is asked for.
    pub home: Option<InHome>,
}

/// Takes deals, and tells them owner by owner.
pub struct Telling {
    terms: Terms,
    moment: Moment,
    owners: BTreeMap<(bool, String), Owned>,
}

impl Telling {
    /// Begins a digest of the days of `terms`, which end at `moment`.
    pub const fn new(terms: Terms, moment: Moment) -> Self {
        Self { terms, moment, owners: BTreeMap::new() }
    }

    fn until(&self) -> Date {
        self.terms.today.monday().plus_days(6)
    }

    /// Adds one deal, as our clock shows it.
    pub fn add(&mut self, on: &Opportunity) {
        let stood = Stood::from(on);
        let parts = self.parts(on, &stood);
        if parts.is_empty() {
            return;
        }
        let name = stood.owner.as_deref().map(str::to_owned);
        let key = (name.is_none(), name.as_deref().map(fold).unwrap_or_default());
        let owned = self.owners.entry(key).or_insert_with(|| Owned { name, parts: BTreeMap::new() });
        for (part, day) in parts {
            let named = Named {
                id: on.id,
                title: on.title().to_string(),
                customer: on.customer.name.to_string(),
                value: on.deal.value,
                on: day,
                next: on.next.as_ref().filter(|_| part == Part::Next).map(|next| next.text.to_string()),
            };
            owned.parts.entry(part).or_default().add(named);
        }
    }

    /// Returns what is told of a deal, each with its day.
    fn parts(&self, on: &Opportunity, stood: &Stood) -> Vec<(Part, Date)> {
        let (terms, until) = (&self.terms, self.until());
        let within = |known: Known| match known {
            Known::At(at) if terms.days.holds(known) == Holds::Yes => Some(self.moment.day_of(at)),
            Known::At(_) | Known::Between { .. } => None,
        };
        let came = within(stood.came()).map(|day| match stood.direction {
            Direction::Inbound => (Part::Came, day),
            Direction::Outbound => (Part::Made, day),
        });
        let ended = stood.ended().and_then(within).and_then(|day| match stood.outcome()? {
            OutcomeKind::Won => Some((Part::Won, day)),
            OutcomeKind::Lost => Some((Part::Lost, day)),
            OutcomeKind::Declined | OutcomeKind::Expired | OutcomeKind::Error => None,
        });
        let answer = match &stood.stage {
            Stage::Received { respond_by } => Some(self.moment.day_of(respond_by.at)).filter(|day| *day <= until),
            _ => None,
        };
        let overdue = terms.is_overdue(stood);
        let is_accepted = stood.stage.kind() == StageKind::Accepted;
        let close = stood.close_date.filter(|day| overdue || (is_accepted && *day <= until));
        let close = close.map(|day| (if overdue { Part::Overdue } else { Part::Closes }, day));
        let next = on.next.as_ref().map(|next| next.on).filter(|day| *day <= until);
        let stalled = terms.has_stalled(stood).then(|| (Part::Stalled, self.moment.day_of(stood.updated_at)));
        let answer = answer.map(|day| (Part::Answer, day));
        let next = next.map(|day| (Part::Next, day));
        [came, ended, answer, close, next, stalled].into_iter().flatten().collect()
    }

    /// Returns the digest of all that were added.
    pub fn digest(self, home: Option<InHome>) -> Digest {
        Digest { terms: self.terms, until: self.until(), owners: self.owners.into_values().collect(), home }
    }
}

impl Listed {
    fn add(&mut self, named: Named) {
        self.sums.add(named.value);
        let at = self.named.partition_point(|other| (other.on, other.id) < (named.on, named.id));
        self.named.insert(at, named);
        self.named.truncate(NAMED);
    }

    /// Returns how many are not named.
    pub fn more(&self) -> u64 {
        self.sums.count - self.named.len() as u64
    }
}

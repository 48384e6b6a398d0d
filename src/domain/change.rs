//! Every change a rep or the clock can make, and what it makes of an opportunity; imports are in `merge`.

use super::contact::Person;
use super::date::{Date, Timestamp};
use super::ids::{OpportunityId, Version};
use super::money::Money;
use super::opportunity::{Opportunity, Origin, Sender};
use super::stage::{Move, NotAllowed, Outcome, Reason, Stage};
use super::text::{Line, Notes};

/// One write. `seen` is the version its author looked at; `None` where the author did not look (scripts, the clock).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub id: OpportunityId,
    pub seen: Option<Version>,
    pub what: What,
}

/// What is done to the opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Accept(Box<Acceptance>),
    Decline { reason: Reason, note: Option<Notes> },
    Win,
    Lose { reason: Reason, note: Option<Notes> },
    Expire,
    Favorite { on: bool },
}

/// What is settled on acceptance (MG-57 to MG-60).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    pub name: Line,
    pub value: Money,
    pub close_date: Date,
    pub notes: Option<Notes>,
    pub crm_id: Option<Line>,
    pub campaign_id: Option<Line>,
    /// People of our company who join those already on the deal.
    pub employees: Vec<Person>,
}

/// What the outbox has to carry after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outgoing {
    /// Partner Center does not know this step yet.
    Update,
    /// The sender is to be told (MG-64, MG-65).
    Notice { to: Sender, outcome: Outcome },
}

impl Outgoing {
    /// Returns the word of the database.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Notice { .. } => "notice",
        }
    }
}

/// Why a change was refused; nothing is changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// Somebody changed it after its author looked at it.
    #[error("changed since it was seen")]
    ChangedSince,
    #[error("there is no opportunity {0}")]
    NoSuch(OpportunityId),
}

impl What {
    /// Returns the move through the stages, `None` for what moves nothing (MG-21).
    pub fn step(&self) -> Option<Move> {
        match self {
            Self::Accept(_) => Some(Move::Accept),
            Self::Decline { reason, note } => Some(Move::Decline { reason: *reason, note: note.clone() }),
            Self::Win => Some(Move::Win),
            Self::Lose { reason, note } => Some(Move::Lose { reason: *reason, note: note.clone() }),
            Self::Expire => Some(Move::Expire),
            Self::Favorite { .. } => None,
        }
    }

    /// Makes the change: returns the opportunity as it is afterwards and what the outbox has to carry.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; the version and the existence are for the caller to check.
    pub fn apply(&self, to: &Opportunity, now: Timestamp) -> Result<(Opportunity, Vec<Outgoing>), Refusal> {
        let mut after = to.clone();
        if let Some(step) = self.step() {
            after.stage = to.stage.apply(&step, now)?;
        }
        match self {
            Self::Accept(acceptance) => acceptance.settle(&mut after),
            Self::Favorite { on } => after.favorite = *on,
            Self::Decline { .. } | Self::Win | Self::Lose { .. } | Self::Expire => {}
        }
        let outgoing = self.outgoing(&after);
        Ok((after, outgoing))
    }

    fn outgoing(&self, after: &Opportunity) -> Vec<Outgoing> {
        let notice = match (&after.origin, &after.stage) {
            (Origin::Inbound { sender }, Stage::Archived { outcome, .. })
                if matches!(outcome, Outcome::Declined { .. } | Outcome::Expired) =>
            {
                Some(Outgoing::Notice { to: sender.clone(), outcome: outcome.clone() })
            }
            _ => None,
        };
        match self {
            Self::Favorite { .. } => Vec::new(),
            // Partner Center lets it expire by itself; only the sender is left to be told.
            Self::Expire => notice.into_iter().collect(),
            _ => [Outgoing::Update].into_iter().chain(notice).collect(),
        }
    }
}

impl Acceptance {
    fn settle(&self, on: &mut Opportunity) {
        on.deal.name = Some(self.name.clone());
        on.deal.value = Some(self.value);
        on.deal.close_date = Some(self.close_date);
        on.deal.notes.clone_from(&self.notes);
        on.deal.crm_id.clone_from(&self.crm_id);
        on.deal.campaign_id.clone_from(&self.campaign_id);
        for person in &self.employees {
            if !on.employees.iter().any(|known| known.is_same(person)) {
                on.employees.push(person.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::opportunity::tests::{accepted, received};
    use super::super::stage::{StageKind, Verb};
    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-21T08:00:00Z").unwrap()
    }

    #[test]
    fn mg_57_to_60_acceptance_settles_the_deal_and_adds_people() {
        let before = received();
        let person =
            Person { first: "Ana".into(), last: "Reyes".into(), phone: "+1 425 555 0100".into(), email: "ana@p.example".into() };
        let acceptance = Acceptance {
            name: Line::parse("ERP 2027").unwrap(),
            value: Money::from_minor(84_000_000, super::super::money::Currency::parse("KRW").unwrap()),
            close_date: Date::iso("2026-12-31").unwrap(),
            notes: Some(Notes::parse("wants a pilot").unwrap()),
            crm_id: Some(Line::parse("OPP-1").unwrap()),
            campaign_id: Some(Line::parse("Spring").unwrap()),
            employees: vec![person.clone(), person],
        };
        let (after, outgoing) = What::Accept(Box::new(acceptance)).apply(&before, now()).unwrap();
        assert_eq!(after.stage, Stage::Accepted { since: Some(now()) });
        assert_eq!(after.deal.name.unwrap().as_str(), "ERP 2027");
        assert_eq!(after.deal.campaign_id.unwrap().as_str(), "Spring");
        assert_eq!(after.employees.len(), before.employees.len() + 1);
        assert_eq!(outgoing, [Outgoing::Update]);
    }

    #[test]
    fn mg_64_declining_tells_the_sender() {
        let decline = What::Decline { reason: Reason::Budget, note: None };
        let (after, outgoing) = decline.apply(&received(), now()).unwrap();
        assert!(after.is_archived());
        assert!(matches!(&outgoing[..], [Outgoing::Update, Outgoing::Notice { to, .. }] if to.organization == "Microsoft"));
    }

    #[test]
    fn mg_65_expiry_tells_the_sender_and_needs_no_upload() {
        let late = now().plus_days(60);
        let (_, outgoing) = What::Expire.apply(&received(), late).unwrap();
        assert!(matches!(&outgoing[..], [Outgoing::Notice { outcome: Outcome::Expired, .. }]));
    }

    #[test]
    fn mg_20_mg_21_mg_78_a_favorite_is_only_a_mark() {
        for before in [received(), accepted()] {
            let (after, outgoing) = What::Favorite { on: true }.apply(&before, now()).unwrap();
            assert!(after.favorite && outgoing.is_empty());
            assert_eq!(after.stage, before.stage);
            let (back, _) = What::Favorite { on: false }.apply(&after, now()).unwrap();
            assert_eq!(back, before);
        }
        let (won, _) = What::Win.apply(&accepted(), now()).unwrap();
        assert!(What::Favorite { on: true }.apply(&won, now()).is_ok(), "MG-19: any opportunity, archived too");
    }

    #[test]
    fn mg_77_no_step_changes_an_archived_opportunity() {
        let (won, outgoing) = What::Win.apply(&accepted(), now()).unwrap();
        assert_eq!(outgoing, [Outgoing::Update]);
        assert_eq!(won.stage.kind(), StageKind::Archived);
        for verb in Verb::ALL {
            assert!(won.stage.check(verb).is_err(), "{verb:?}");
        }
        assert!(matches!(What::Win.apply(&won, now()), Err(Refusal::NotAllowed(NotAllowed::Archived { .. }))));
    }
}

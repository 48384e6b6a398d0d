//! The life of an opportunity: which step may follow which stage (MG-53 to MG-77), and nothing else.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::date::{Span, Timestamp};
use super::text::Notes;

/// Where an opportunity stands. Each stage carries what is true only there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Stage {
    /// Sent to us and not answered yet (MG-54).
    Received { respond_by: Deadline },
    /// We work on it (MG-67). `since` is `None` when an import did not say.
    Accepted { since: Option<Timestamp> },
    /// The end of every opportunity (MG-75): nothing leaves it.
    Archived { at: Option<Timestamp>, accepted: Option<Timestamp>, outcome: Outcome },
}

/// The moment a received opportunity expires (MG-65), and how we know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub at: Timestamp,
    pub basis: Basis,
}

/// What a deadline is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Basis {
    /// Partner Center gave the moment itself.
    Given,
    /// The creation date plus the setting.
    Created,
    /// The first import that showed it plus the setting: the true deadline is this one *at most*.
    FirstSeen,
}

/// How an archived opportunity ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Outcome {
    Won,
    /// The reason is `None` only where an import gave none.
    Lost {
        reason: Option<Reason>,
        note: Option<Notes>,
    },
    Declined {
        reason: Option<Reason>,
        note: Option<Notes>,
    },
    Expired,
    /// Closed as an error in Partner Center; only imports bring it, the reason stays as it came.
    Error {
        reason: Option<String>,
    },
}

/// Why a deal was declined or lost, with the numbers 1 to 8 of the Partner Center files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Budget,
    NoResponse,
    OtherVendor,
    Requirement,
    NotACustomer,
    Timeline,
    Abuse,
    Other,
}

impl Reason {
    pub const ALL: [Self; 8] = [
        Self::Budget,
        Self::NoResponse,
        Self::OtherVendor,
        Self::Requirement,
        Self::NotACustomer,
        Self::Timeline,
        Self::Abuse,
        Self::Other,
    ];

    /// Returns the word of the database, of JSON and of `--reason`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::NoResponse => "no-response",
            Self::OtherVendor => "other-vendor",
            Self::Requirement => "requirement",
            Self::NotACustomer => "not-a-customer",
            Self::Timeline => "timeline",
            Self::Abuse => "abuse",
            Self::Other => "other",
        }
    }

    /// Returns the number Partner Center files use, 1 to 8.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|r| *r == self).map_or(8, |index| index + 1)
    }

    /// Reads the word or the number.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let by_number = text.parse::<usize>().ok().and_then(|n| Self::ALL.get(n.wrapping_sub(1)).copied());
        by_number.or_else(|| Self::ALL.into_iter().find(|r| r.code().eq_ignore_ascii_case(text)))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What a rep may do to move an opportunity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    Accept,
    Decline,
    Win,
    Lose,
}

impl Verb {
    pub const ALL: [Self; 4] = [Self::Accept, Self::Decline, Self::Win, Self::Lose];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Win => "win",
            Self::Lose => "lose",
        }
    }
}

/// A move from one stage to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    Accept,
    Decline {
        reason: Reason,
        note: Option<Notes>,
    },
    Win,
    Lose {
        reason: Reason,
        note: Option<Notes>,
    },
    /// Made by the clock, never by a rep (MG-65).
    Expire,
}

impl Move {
    /// Returns the rep's verb, `None` for the clock's move.
    pub const fn verb(&self) -> Option<Verb> {
        match self {
            Self::Accept => Some(Verb::Accept),
            Self::Decline { .. } => Some(Verb::Decline),
            Self::Win => Some(Verb::Win),
            Self::Lose { .. } => Some(Verb::Lose),
            Self::Expire => None,
        }
    }
}

/// Why a move is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    /// Archived is final (MG-77).
    #[error("archived")]
    Archived { outcome: Outcome, at: Option<Timestamp> },
    /// Winning and losing need acceptance first (MG-56).
    #[error("not accepted yet")]
    NotAccepted,
    /// Accepting and declining answer a received opportunity; this one is accepted (MG-72).
    #[error("already accepted")]
    AlreadyAccepted,
    /// The time to respond has not run out.
    #[error("not due")]
    NotDue { respond_by: Timestamp },
}

impl Stage {
    /// Returns what a rep may do now: two verbs in Received (MG-56) and Accepted (MG-72), none in Archived (MG-77).
    pub const fn allowed(&self) -> &'static [Verb] {
        match self {
            Self::Received { .. } => &[Verb::Accept, Verb::Decline],
            Self::Accepted { .. } => &[Verb::Win, Verb::Lose],
            Self::Archived { .. } => &[],
        }
    }

    /// Makes the move at `now`. An expiry is dated at its deadline, not at `now`.
    ///
    /// # Errors
    /// [`NotAllowed`], with the reason; the stage is then unchanged.
    pub fn apply(&self, step: &Move, now: Timestamp) -> Result<Self, NotAllowed> {
        let archived = |accepted, outcome| Ok(Self::Archived { at: Some(now), accepted, outcome });
        match (self, step) {
            (Self::Archived { outcome, at, .. }, _) => Err(NotAllowed::Archived { outcome: outcome.clone(), at: *at }),
            (Self::Received { .. }, Move::Accept) => Ok(Self::Accepted { since: Some(now) }),
            (Self::Received { .. }, Move::Decline { reason, note }) => {
                archived(None, Outcome::Declined { reason: Some(*reason), note: note.clone() })
            }
            (Self::Received { respond_by }, Move::Expire) if respond_by.at <= now => {
                Ok(Self::Archived { at: Some(respond_by.at), accepted: None, outcome: Outcome::Expired })
            }
            (Self::Received { respond_by }, Move::Expire) => Err(NotAllowed::NotDue { respond_by: respond_by.at }),
            (Self::Received { .. }, Move::Win | Move::Lose { .. }) => Err(NotAllowed::NotAccepted),
            (Self::Accepted { since }, Move::Win) => archived(*since, Outcome::Won),
            (Self::Accepted { since }, Move::Lose { reason, note }) => {
                archived(*since, Outcome::Lost { reason: Some(*reason), note: note.clone() })
            }
            (Self::Accepted { .. }, Move::Accept | Move::Decline { .. } | Move::Expire) => Err(NotAllowed::AlreadyAccepted),
        }
    }

    /// Returns why `verb` cannot be done now.
    ///
    /// # Errors
    /// What [`Stage::apply`] would say.
    pub fn check(&self, verb: Verb) -> Result<(), NotAllowed> {
        let step = match verb {
            Verb::Accept => Move::Accept,
            Verb::Decline => Move::Decline { reason: Reason::Other, note: None },
            Verb::Win => Move::Win,
            Verb::Lose => Move::Lose { reason: Reason::Other, note: None },
        };
        self.apply(&step, Timestamp::from_micros(0)).map(|_| ())
    }

    pub const fn kind(&self) -> StageKind {
        match self {
            Self::Received { .. } => StageKind::Received,
            Self::Accepted { .. } => StageKind::Accepted,
            Self::Archived { .. } => StageKind::Archived,
        }
    }

    pub const fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Archived { outcome, .. } => Some(outcome),
            Self::Received { .. } | Self::Accepted { .. } => None,
        }
    }
}

/// The name of a stage, without what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StageKind {
    Received,
    Accepted,
    Archived,
}

impl StageKind {
    pub const ALL: [Self; 3] = [Self::Received, Self::Accepted, Self::Archived];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Archived => "archived",
        }
    }
}

/// The name of an outcome, without its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeKind {
    Won,
    Lost,
    Declined,
    Expired,
    Error,
}

impl OutcomeKind {
    pub const ALL: [Self; 5] = [Self::Won, Self::Lost, Self::Declined, Self::Expired, Self::Error];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Error => "error",
        }
    }
}

impl Outcome {
    pub const fn kind(&self) -> OutcomeKind {
        match self {
            Self::Won => OutcomeKind::Won,
            Self::Lost { .. } => OutcomeKind::Lost,
            Self::Declined { .. } => OutcomeKind::Declined,
            Self::Expired => OutcomeKind::Expired,
            Self::Error { .. } => OutcomeKind::Error,
        }
    }

    /// Returns the reason's code; of an error the text as it was imported.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Lost { reason, .. } | Self::Declined { reason, .. } => reason.map(Reason::code),
            Self::Error { reason } => reason.as_deref(),
            Self::Won | Self::Expired => None,
        }
    }

    /// Returns what the rep wrote on declining or losing.
    pub const fn note(&self) -> Option<&Notes> {
        match self {
            Self::Lost { note, .. } | Self::Declined { note, .. } => note.as_ref(),
            Self::Won | Self::Expired | Self::Error { .. } => None,
        }
    }

    /// Joins a kind, a reason code and a note as the database and files keep them.
    pub fn of(kind: OutcomeKind, reason: Option<&str>, note: Option<Notes>) -> Self {
        let known = || reason.and_then(Reason::read);
        match kind {
            OutcomeKind::Won => Self::Won,
            OutcomeKind::Lost => Self::Lost { reason: known(), note },
            OutcomeKind::Declined => Self::Declined { reason: known(), note },
            OutcomeKind::Expired => Self::Expired,
            OutcomeKind::Error => Self::Error { reason: reason.map(str::to_owned) },
        }
    }
}

impl Basis {
    pub const ALL: [Self; 3] = [Self::Given, Self::Created, Self::FirstSeen];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Created => "created",
            Self::FirstSeen => "firstSeen",
        }
    }
}

/// How pressing an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressing {
    Later,
    /// Less than three days are left.
    Soon,
    /// Less than one day is left.
    Today,
    /// The moment has passed.
    Over,
}

/// An opportunity is *due* when less than this is left.
pub const SOON: Span = Span::hours(72);

impl Deadline {
    /// Returns how pressing the answer is at `now`; deadlines count by the minute they fall in.
    pub fn pressing(self, now: Timestamp) -> Pressing {
        const MINUTE: i64 = 60_000_000;
        let left = (self.at.micros().div_euclid(MINUTE) - now.micros().div_euclid(MINUTE)) * MINUTE;
        match left {
            _ if self.at <= now => Pressing::Over,
            left if left < Span::hours(24).micros() => Pressing::Today,
            left if left < SOON.micros() => Pressing::Soon,
            _ => Pressing::Later,
        }
    }

    pub const fn is_known(self) -> bool {
        !matches!(self.basis, Basis::FirstSeen)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(days: i64) -> Timestamp {
        Timestamp::from_micros(1_790_000_000_000_000).plus_days(days)
    }

    fn decline(reason: Reason) -> Move {
        Move::Decline { reason, note: None }
    }

    fn lose(reason: Reason) -> Move {
        Move::Lose { reason, note: None }
    }

    fn received() -> Stage {
        Stage::Received { respond_by: Deadline { at: at(14), basis: Basis::Given } }
    }

    #[test]
    fn mg_56_received_offers_exactly_accept_and_decline() {
        assert_eq!(received().allowed(), [Verb::Accept, Verb::Decline]);
        assert_eq!(received().apply(&Move::Win, at(0)), Err(NotAllowed::NotAccepted));
        assert_eq!(received().apply(&lose(Reason::Budget), at(0)), Err(NotAllowed::NotAccepted));
    }

    #[test]
    fn mg_61_accepting_moves_to_the_next_stage() {
        assert_eq!(received().apply(&Move::Accept, at(1)), Ok(Stage::Accepted { since: Some(at(1)) }));
    }

    #[test]
    fn mg_64_a_declined_opportunity_is_archived_with_its_reason() {
        let declined = received().apply(&decline(Reason::Timeline), at(1)).unwrap();
        let outcome = Outcome::Declined { reason: Some(Reason::Timeline), note: None };
        assert_eq!(declined, Stage::Archived { at: Some(at(1)), accepted: None, outcome });
    }

    #[test]
    fn mg_65_no_answer_expires_and_is_dated_at_the_deadline() {
        assert!(matches!(received().apply(&Move::Expire, at(13)), Err(NotAllowed::NotDue { .. })));
        let expired = received().apply(&Move::Expire, at(40)).unwrap();
        assert_eq!(expired, Stage::Archived { at: Some(at(14)), accepted: None, outcome: Outcome::Expired });
        assert!(received().apply(&Move::Expire, at(14)).is_ok(), "the deadline itself is too late");
    }

    #[test]
    fn mg_72_accepted_offers_exactly_won_and_lost() {
        let accepted = Stage::Accepted { since: Some(at(2)) };
        assert_eq!(accepted.allowed(), [Verb::Win, Verb::Lose]);
        let won = accepted.apply(&Move::Win, at(30)).unwrap();
        assert_eq!(won, Stage::Archived { at: Some(at(30)), accepted: Some(at(2)), outcome: Outcome::Won });
        let lost = accepted.apply(&lose(Reason::OtherVendor), at(30)).unwrap();
        assert_eq!(lost.outcome().and_then(Outcome::reason), Some("other-vendor"));
    }

    #[test]
    fn mg_63_there_are_eight_reasons_by_word_and_number() {
        for (number, code) in
            (1..).zip(["budget", "no-response", "other-vendor", "requirement", "not-a-customer", "timeline", "abuse", "other"])
        {
            let reason = Reason::read(code).unwrap();
            assert_eq!((reason.number(), Reason::read(&number.to_string())), (number, Some(reason)));
        }
        for wrong in ["0", "9", "", "Budget please", "-1"] {
            assert_eq!(Reason::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn time_left_is_soon_under_three_days_and_today_under_one() {
        let deadline = Deadline { at: at(14), basis: Basis::Created };
        let before = |hours: i64| Timestamp::from_micros(at(14).micros() - Span::hours(hours).micros());
        for (now, pressing) in [
            (before(100), Pressing::Later),
            (before(72), Pressing::Later),
            (before(71), Pressing::Soon),
            (before(24), Pressing::Soon),
            (before(23), Pressing::Today),
            (before(0), Pressing::Over),
            (before(-1), Pressing::Over),
        ] {
            assert_eq!(deadline.pressing(now), pressing);
        }
    }

    fn any_move() -> impl Strategy<Value = Move> {
        let reason = prop::sample::select(Reason::ALL.to_vec());
        prop_oneof![
            Just(Move::Accept),
            reason.clone().prop_map(decline),
            Just(Move::Win),
            reason.prop_map(lose),
            Just(Move::Expire),
        ]
    }

    proptest! {
        #[test]
        fn mg_77_nothing_leaves_archived_and_allowed_equals_apply(steps in prop::collection::vec((any_move(), 0i64..40), 0..12)) {
            let mut stage = received();
            for (step, day) in steps {
                let now = at(day);
                let allowed = step.verb().map(|verb| stage.allowed().contains(&verb));
                let applied = stage.apply(&step, now);
                if let Some(allowed) = allowed {
                    prop_assert_eq!(allowed, applied.is_ok());
                    prop_assert_eq!(step.verb().map(|v| stage.check(v).is_ok()), Some(allowed));
                }
                if stage.kind() == StageKind::Archived {
                    prop_assert!(applied.is_err());
                    prop_assert!(stage.allowed().is_empty());
                }
                if let Ok(next) = applied {
                    prop_assert!(next.kind() > stage.kind(), "a stage is never entered twice");
                    stage = next;
                }
            }
        }
    }
}

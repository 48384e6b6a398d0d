//! The life of an opportunity: which step may follow which stage (MG-53 to MG-77), and nothing else.

use serde::{Deserialize, Serialize};

use super::deadline::{Basis, Deadline};
use super::instant::Timestamp;
use super::outcome::{Outcome, Reason};
use super::text::Notes;

/// Where an opportunity stands. Each stage carries what is true only there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Stage {
    /// Sent to us and not answered yet (MG-54).
    Received { respond_by: Deadline },
    /// We work on it (MG-67). `since` is `None` when an import did not say.
    Accepted { since: Option<Timestamp> },
    /// Received, and the time to answer ran out by our clock (MG-65): to everybody it is archived as expired, at its deadline. This is
    /// derived, never told: history, files and the comparison with Partner Center see it as received, and a clock that was ahead
    /// takes nothing away.
    #[serde(skip)]
    Lapsed { respond_by: Deadline },
    /// The end of every opportunity (MG-75): nothing leaves it.
    Archived { at: Option<Timestamp>, accepted: Option<Timestamp>, outcome: Outcome },
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
    Decline { reason: Reason, note: Option<Notes> },
    Win,
    Lose { reason: Reason, note: Option<Notes> },
}

impl Move {
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Accept => Verb::Accept,
            Self::Decline { .. } => Verb::Decline,
            Self::Win => Verb::Win,
            Self::Lose { .. } => Verb::Lose,
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
    /// A solution assessment is won only after its steps; it has reached so many percent.
    #[error("the assessment is not done")]
    AssessmentOpen { reached: Option<u8> },
}

impl Stage {
    /// Returns what a rep may do now: two verbs in Received (MG-56) and Accepted (MG-72), none in Archived (MG-77).
    pub const fn allowed(&self) -> &'static [Verb] {
        match self {
            Self::Received { .. } => &[Verb::Accept, Verb::Decline],
            Self::Accepted { .. } => &[Verb::Win, Verb::Lose],
            Self::Lapsed { .. } | Self::Archived { .. } => &[],
        }
    }

    /// Returns the stage as `now` shows it: received ones whose time is over have lapsed (MG-65), and those that had lapsed only by a
    /// clock that was ahead are received again.
    pub fn seen_at(&self, now: Timestamp) -> Self {
        match self {
            Self::Received { respond_by } if respond_by.at <= now => Self::Lapsed { respond_by: *respond_by },
            Self::Lapsed { respond_by } if respond_by.at > now => Self::Received { respond_by: *respond_by },
            other => other.clone(),
        }
    }

    /// Returns the stage without what our clock makes of it.
    pub fn told(&self) -> Self {
        match self {
            Self::Lapsed { respond_by } => Self::Received { respond_by: *respond_by },
            other => other.clone(),
        }
    }

    /// Returns whether two stages differ in nothing but what our clock makes of them.
    pub fn same(&self, other: &Self) -> bool {
        self == other || self.told() == other.told()
    }

    /// Returns whether two stages differ at most in a deadline that we count ourselves: a changed setting moves it.
    pub fn same_but_for_days(&self, other: &Self) -> bool {
        let is_given = |deadline: Deadline| deadline.basis == Basis::Given;
        match (self.deadline(), other.deadline()) {
            (Some(one), Some(another)) => one == another || (!is_given(one) && !is_given(another)),
            _ => self.same(other),
        }
    }

    /// Returns whether a file that says this tells the same story as `ours`, whatever their times.
    pub fn tells_the_same(&self, ours: &Self) -> bool {
        match (self.outcome(), ours.outcome()) {
            (Some(theirs), Some(ours)) => theirs.says_no_more_than(ours),
            (None, None) => self.kind() == ours.kind(),
            _ => false,
        }
    }

    /// Returns until when an answer is, or was, expected.
    pub const fn deadline(&self) -> Option<Deadline> {
        match self {
            Self::Received { respond_by } | Self::Lapsed { respond_by } => Some(*respond_by),
            Self::Accepted { .. } | Self::Archived { .. } => None,
        }
    }

    /// Returns when it was archived, where that is known.
    pub const fn archived_at(&self) -> Option<Timestamp> {
        match self {
            Self::Lapsed { respond_by } => Some(respond_by.at),
            Self::Archived { at, .. } => *at,
            Self::Received { .. } | Self::Accepted { .. } => None,
        }
    }

    /// Returns when it came to its end, where that is known: a deadline that was only counted from when it was first seen is none.
    pub fn known_end(&self) -> Option<Timestamp> {
        match self {
            Self::Lapsed { respond_by } => Some(respond_by.at).filter(|_| respond_by.is_known()),
            _ => self.archived_at(),
        }
    }

    /// Returns when it was accepted, where that is known.
    pub const fn accepted_at(&self) -> Option<Timestamp> {
        match self {
            Self::Accepted { since } => *since,
            Self::Archived { accepted, .. } => *accepted,
            Self::Received { .. } | Self::Lapsed { .. } => None,
        }
    }

    /// Makes the move at `now`.
    ///
    /// # Errors
    /// [`NotAllowed`], with the reason; the stage is then unchanged.
    pub fn apply(&self, step: &Move, now: Timestamp) -> Result<Self, NotAllowed> {
        let archived = |accepted, outcome| Ok(Self::Archived { at: Some(now), accepted, outcome });
        match (self, step) {
            (Self::Archived { outcome, at, .. }, _) => Err(NotAllowed::Archived { outcome: outcome.clone(), at: *at }),
            (Self::Lapsed { respond_by }, _) => Err(NotAllowed::Archived { outcome: Outcome::Expired, at: Some(respond_by.at) }),
            (Self::Received { .. }, Move::Accept) => Ok(Self::Accepted { since: Some(now) }),
            (Self::Received { .. }, Move::Decline { reason, note }) => {
                archived(None, Outcome::Declined { reason: Some(*reason), note: note.clone() })
            }
            (Self::Received { .. }, Move::Win | Move::Lose { .. }) => Err(NotAllowed::NotAccepted),
            (Self::Accepted { since }, Move::Win) => archived(*since, Outcome::Won),
            (Self::Accepted { since }, Move::Lose { reason, note }) => {
                archived(*since, Outcome::Lost { reason: Some(*reason), note: note.clone() })
            }
            (Self::Accepted { .. }, Move::Accept | Move::Decline { .. }) => Err(NotAllowed::AlreadyAccepted),
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
            Self::Lapsed { .. } | Self::Archived { .. } => StageKind::Archived,
        }
    }

    pub const fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Archived { outcome, .. } => Some(outcome),
            Self::Lapsed { .. } => Some(&Outcome::Expired),
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::deadline::Basis;
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
        assert_eq!(received().seen_at(at(13)), received());
        let expired = received().seen_at(at(40));
        assert_eq!((expired.kind(), expired.outcome()), (StageKind::Archived, Some(&Outcome::Expired)));
        assert_eq!(expired.archived_at(), Some(at(14)));
        assert_eq!(received().seen_at(at(14)), expired, "the deadline itself is too late");
        assert!(matches!(expired.apply(&Move::Accept, at(40)), Err(NotAllowed::Archived { outcome: Outcome::Expired, .. })));
    }

    #[test]
    fn what_lapsed_by_a_clock_that_was_ahead_is_received_again() {
        let lapsed = received().seen_at(at(400));
        assert_eq!(lapsed.seen_at(at(2)), received());
        assert!(lapsed.same(&received()) && lapsed.told() == received(), "nobody was told anything");
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

    fn any_move() -> impl Strategy<Value = Move> {
        let reason = prop::sample::select(Reason::ALL.to_vec());
        prop_oneof![Just(Move::Accept), reason.clone().prop_map(decline), Just(Move::Win), reason.prop_map(lose),]
    }

    proptest! {
        #[test]
        fn mg_77_nothing_leaves_archived_and_allowed_equals_apply(steps in prop::collection::vec((any_move(), 0i64..40), 0..12)) {
            let mut stage = received();
            for (step, day) in steps {
                let now = at(day);
                stage = stage.seen_at(now);
                let allowed = stage.allowed().contains(&step.verb());
                let applied = stage.apply(&step, now);
                prop_assert_eq!(allowed, applied.is_ok());
                prop_assert_eq!(stage.check(step.verb()).is_ok(), allowed);
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

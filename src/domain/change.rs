//! Every change a rep or the clock can make, and what it makes of an opportunity; imports are in `merge`.

use super::contact::Person;
use super::date::Date;
use super::deadline::{Basis, Deadline};
use super::field::{BadValue, Field, NotEditable};
use super::held::{Held, Side};
use super::ids::{OpportunityId, Version};
use super::instant::Timestamp;
use super::money::Money;
use super::opportunity::{Help, HelpKind, Kind, Opportunity, SenderKind};
use super::ours::{LogNote, NextStep};
use super::outcome::Reason;
use super::role::Barred;
use super::sales::SalesStage;
use super::stage::{Move, NotAllowed, Stage, Verb};
use super::text::{Line, Notes};

mod edit;

pub use edit::{Edit, Set};

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
    Decline {
        reason: Reason,
        note: Option<Notes>,
    },
    /// With what is corrected before it is frozen.
    Win(Edit),
    Lose {
        reason: Reason,
        note: Option<Notes>,
        correct: Edit,
    },
    Favorite {
        on: bool,
    },
    Edit(Edit),
    AskHelp(Box<HelpRequest>),
    /// Microsoft sellers may see a deal that was private until then, without a request for help; that stays so.
    Share,
    /// Sets what is to be done next, or that nothing is, in every stage.
    Next(Option<NextStep>),
    /// Adds a note that stays ours, in every stage.
    Note {
        by: Option<Line>,
        text: Notes,
    },
    /// Sets until when a received one is to be answered, where the rep knows better than its file.
    RespondBy(Timestamp),
    /// Ends conflicts with Partner Center: of each field with ours or with theirs; with no field named, all of them. Theirs is also
    /// taken for what cannot be sent there any more, as of a deal that was closed there.
    Resolve {
        fields: Vec<Field>,
        side: Side,
    },
    /// Takes back how it ended, where Partner Center refused that.
    Reopen,
}

/// A request that Microsoft helps (MG-51, MG-52). Who makes one has the customer's consent (MG-31).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRequest {
    pub kind: HelpKind,
    pub note: Notes,
    /// The customer's person, who is shared with Microsoft (MG-30).
    pub contact: Person,
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
    #[error("{0:?} cannot be edited: {1:?}")]
    NotEditable(Field, NotEditable),
    /// Help was asked for already; that cannot be taken back or repeated (MG-09).
    #[error("help was asked for already")]
    HelpAsked { since: Option<Timestamp> },
    /// A Microsoft seller sent it or works on it.
    #[error("Microsoft is on it already")]
    MicrosoftIsOnIt,
    /// Solution assessments are agreed with Microsoft before they begin.
    #[error("no help for a solution assessment")]
    NoHelpForAssessment,
    /// Only a private deal can be opened to sellers' eyes; this one has another type.
    #[error("not private but {0:?}")]
    NotPrivate(Kind),
    /// There is nothing to decide, in this field or at all.
    #[error("no conflict")]
    NoConflict(Option<Field>),
    /// Partner Center has not refused how it ended, or it has not ended.
    #[error("its end was not refused")]
    NotRefused,
    /// Nobody with this e-mail is an employee on it.
    #[error("{0} is no employee on it")]
    NotOnIt(Line),
    /// The role in the configuration bars it (MG-02).
    #[error(transparent)]
    Barred(#[from] Barred),
    #[error(transparent)]
    Damaged(#[from] BadValue),
}

/// Returns whether Microsoft can be asked for help with it: once it is accepted and until it is archived (MG-09, MG-12, MG-56), once.
///
/// # Errors
/// [`Refusal`], with the reason.
pub fn check_asking(on: &Opportunity) -> Result<(), Refusal> {
    if let Some(outcome) = on.stage.outcome() {
        return Err(NotAllowed::Archived { outcome: outcome.clone(), at: on.stage.archived_at() }.into());
    }
    if let Some(help) = &on.help {
        return Err(Refusal::HelpAsked { since: help.requested_at });
    }
    if on.sender().is_some_and(|sender| sender.kind == SenderKind::Microsoft) || on.microsoft_status.is_some() {
        return Err(Refusal::MicrosoftIsOnIt);
    }
    if on.kind == Kind::SolutionAssessment {
        return Err(Refusal::NoHelpForAssessment);
    }
    if matches!(on.stage, Stage::Received { .. }) { Err(NotAllowed::NotAccepted.into()) } else { Ok(()) }
}

/// Returns whether a deal can be shown to Microsoft sellers: one that is private, accepted and not archived.
///
/// # Errors
/// [`Refusal`], with the reason.
pub fn check_sharing(on: &Opportunity) -> Result<(), Refusal> {
    match &on.stage {
        Stage::Received { .. } => return Err(NotAllowed::NotAccepted.into()),
        Stage::Accepted { .. } => {}
        ended => ended.check(Verb::Win)?,
    }
    if on.kind == Kind::PrivatePipeline { Ok(()) } else { Err(Refusal::NotPrivate(on.kind)) }
}

/// Returns whether it can be reported as won as far as its type goes: an assessment is done first.
///
/// # Errors
/// [`NotAllowed::AssessmentOpen`].
pub fn check_winning(on: &Opportunity) -> Result<(), NotAllowed> {
    let is_done = on.deal.sales_stage.is_some_and(|stage| stage >= SalesStage::PRESENTED);
    if on.kind == Kind::SolutionAssessment && !is_done {
        return Err(NotAllowed::AssessmentOpen { reached: on.deal.sales_stage.map(SalesStage::percent) });
    }
    Ok(())
}

/// Returns the stage with a deadline that the rep knows.
fn answered_by(seen: &Stage, at: Timestamp) -> Result<Stage, NotAllowed> {
    match seen {
        Stage::Received { .. } => Ok(Stage::Received { respond_by: Deadline { at, basis: Basis::Given } }),
        // Counted from too early a day, perhaps; a deadline that Partner Center gave is over.
        Stage::Lapsed { respond_by } if respond_by.basis != Basis::Given => {
            Ok(Stage::Received { respond_by: Deadline { at, basis: Basis::Given } })
        }
        other => other.check(Verb::Accept).map(|()| other.clone()),
    }
}

impl What {
    /// Returns the move through the stages, `None` for what moves nothing (MG-21).
    pub fn step(&self) -> Option<Move> {
        match self {
            Self::Accept(_) => Some(Move::Accept),
            Self::Decline { reason, note } => Some(Move::Decline { reason: *reason, note: note.clone() }),
            Self::Win(_) => Some(Move::Win),
            Self::Lose { reason, note, .. } => Some(Move::Lose { reason: *reason, note: note.clone() }),
            Self::Favorite { .. } | Self::Edit(_) | Self::AskHelp(_) | Self::Share | Self::RespondBy(_) => None,
            Self::Resolve { .. } | Self::Next(_) | Self::Note { .. } | Self::Reopen => None,
        }
    }

    /// Returns it with what is corrected before the deal is frozen; steps that close nothing correct nothing.
    #[must_use]
    pub fn correcting(self, correct: Edit) -> Self {
        match self {
            Self::Win(_) => Self::Win(correct),
            Self::Lose { reason, note, .. } => Self::Lose { reason, note, correct },
            other => other,
        }
    }

    /// Returns whether it says nothing to Partner Center.
    pub fn is_ours(&self) -> bool {
        match self {
            Self::Favorite { .. } | Self::Next(_) | Self::Note { .. } => true,
            Self::Edit(edit) => edit.0.iter().all(|set| set.field().is_ours()),
            Self::Accept(_) | Self::Decline { .. } | Self::Win(_) | Self::Lose { .. } => false,
            Self::AskHelp(_) | Self::Share | Self::RespondBy(_) | Self::Resolve { .. } | Self::Reopen => false,
        }
    }

    /// Makes the change at `now`: returns what is held afterwards. One that changes nothing returns what was held.
    ///
    /// # Errors
    /// [`Refusal`]; the version and the existence are for the caller to check.
    pub fn apply(&self, held: &Held, now: Timestamp) -> Result<Held, Refusal> {
        let before = &held.opportunity;
        let seen = before.stage.seen_at(now);
        let mut after = before.clone();
        if let Some(step) = self.step() {
            let from = held.to_act_on_by(step.verb(), now).stage;
            // A decline that was refused was made in time.
            let is_in_time = matches!((&before.stage, &step), (Stage::Archived { .. }, Move::Decline { .. }));
            after.stage = if is_in_time { from } else { from.seen_at(now) }.apply(&step, now)?;
        }
        match self {
            Self::Accept(acceptance) => acceptance.settle(&mut after),
            Self::Favorite { on } => after.favorite = *on,
            Self::Edit(edit) | Self::Lose { correct: edit, .. } => edit.put(&seen, held, &mut after)?,
            Self::AskHelp(request) => {
                let act_on = held.to_act_on();
                check_asking(&Opportunity { stage: act_on.stage.seen_at(now), ..act_on })?;
                request.ask(&mut after, now);
            }
            Self::Share => {
                check_sharing(&Opportunity { stage: seen, ..before.clone() })?;
                after.kind = Kind::PartnerLed;
            }
            Self::RespondBy(at) => after.stage = answered_by(&seen, *at)?,
            Self::Next(next) => after.next.clone_from(next),
            Self::Note { by, text } => after.log.push(LogNote { at: now, by: by.clone(), text: text.clone() }),
            Self::Win(correct) => {
                check_winning(before)?;
                correct.put(&seen, held, &mut after)?;
            }
            Self::Resolve { fields, side } => return resolve(held, fields, *side, now),
            Self::Reopen => after.stage = held.stage_before_refusal().ok_or(Refusal::NotRefused)?,
            Self::Decline { .. } => {}
        }
        if after == *before {
            return Ok(held.clone());
        }
        // A mark of one's own is no news about the opportunity.
        if !matches!(self, Self::Favorite { .. }) {
            after.updated_at = now;
        }
        Ok(held.changed_to(after)?)
    }
}

fn resolve(held: &Held, fields: &[Field], side: Side, now: Timestamp) -> Result<Held, Refusal> {
    let stuck = if side == Side::Theirs && held.conflicts.is_empty() { held.unsendable()? } else { Vec::new() };
    if let Some(field) = fields.iter().find(|field| !held.conflicts.contains_key(field) && !stuck.contains(field)) {
        return Err(Refusal::NoConflict(Some(*field)));
    }
    let open = held.conflicts.keys().copied().chain(stuck);
    let all: Vec<Field> = if fields.is_empty() { open.collect() } else { fields.to_vec() };
    if all.is_empty() {
        return Err(Refusal::NoConflict(None));
    }
    let mut after = held.resolved(&all.into_iter().map(|field| (field, side)).collect::<Vec<_>>())?;
    after.opportunity.updated_at = now;
    Ok(after)
}

impl HelpRequest {
    /// The upgrade to co-sell (MG-09, MG-11): from here on Microsoft sellers see it.
    pub(super) fn ask(&self, on: &mut Opportunity, now: Timestamp) {
        let note = Some(self.note.clone());
        on.help = Some(Help { kind: Some(self.kind), note, requested_at: Some(now), consent: true });
        on.customer.contact = Some(self.contact.clone());
        on.kind = Kind::CoSell;
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
    use super::super::held::{Claim, Party};
    use super::super::opportunity::Origin;
    use super::super::opportunity::tests::{accepted, received};
    use super::super::outcome::Outcome;
    use super::super::part::Whose;
    use super::super::stage::StageKind;
    use super::*;

    fn done(what: &What, to: &Opportunity) -> Result<Opportunity, Refusal> {
        what.apply(&Held::new(to.clone(), false), now()).map(|held| held.opportunity)
    }

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
        let after = done(&What::Accept(Box::new(acceptance)), &before).unwrap();
        assert_eq!(after.stage, Stage::Accepted { since: Some(now()) });
        assert_eq!(after.deal.name.unwrap().as_str(), "ERP 2027");
        assert_eq!(after.deal.campaign_id.unwrap().as_str(), "Spring");
        assert_eq!(after.employees.len(), before.employees.len() + 1);
    }

    #[test]
    fn mg_64_declining_tells_the_sender() {
        let decline = What::Decline { reason: Reason::Budget, note: None };
        let after = done(&decline, &received()).unwrap();
        assert!(after.is_archived());
        let held = decline.apply(&Held::new(received(), false), now()).unwrap();
        assert!(matches!(held.notice(), Some(notice) if notice.to.organization == "Microsoft") && held.has_update());
    }

    #[test]
    fn mg_65_expiry_tells_the_sender_and_needs_no_upload() {
        let late = now().plus_days(60);
        let mut held = Held::new(received(), false);
        held.opportunity.stage = held.opportunity.stage.seen_at(late);
        assert!(matches!(held.notice(), Some(notice) if notice.outcome == Outcome::Expired) && !held.has_update());
    }

    #[test]
    fn mg_65_an_answer_after_the_deadline_is_refused_even_before_a_look_has_noticed() {
        let late = now().plus_days(60);
        let refused = What::Win(Edit::default()).apply(&Held::new(received(), false), late);
        assert!(matches!(refused, Err(Refusal::NotAllowed(NotAllowed::Archived { outcome: Outcome::Expired, .. }))));
    }

    #[test]
    fn a_change_that_changes_nothing_leaves_what_was_held() {
        let held = Held::new(Opportunity { favorite: true, ..accepted() }, false);
        assert_eq!(What::Favorite { on: true }.apply(&held, now()).unwrap(), held);
        let same = What::Edit(Edit(vec![Set::Notes(held.opportunity.deal.notes.clone())]));
        assert_eq!(same.apply(&held, now()).unwrap(), held);
    }

    #[test]
    fn a_conflict_is_closed_with_ours_or_with_theirs() {
        let mut held = Held::new(accepted(), false);
        held.opportunity.deal.name = Line::parse("Ours").ok();
        held.base.insert(Field::Name, "Before".into());
        let claim = |theirs: &str| Claim { theirs: theirs.into(), from: Party::Center, at: None };
        held.conflicts.insert(Field::Name, claim("Theirs"));
        held.conflicts.insert(Field::CrmId, claim("CRM-2"));
        let resolve = |fields: &[Field], side| What::Resolve { fields: fields.to_vec(), side }.apply(&held, now());

        let ours = resolve(&[Field::Name], Side::Ours).unwrap();
        assert_eq!(ours.opportunity.deal.name, held.opportunity.deal.name);
        assert_eq!(
            (&ours.base[&Field::Name], ours.conflicts.len()),
            (&"Theirs".into(), 1),
            "they have theirs, ours is to be sent"
        );
        let theirs = resolve(&[], Side::Theirs).unwrap();
        assert_eq!(theirs.opportunity.deal.name, Line::parse("Theirs").ok());
        assert!(theirs.base.is_empty() && theirs.conflicts.is_empty() && !theirs.has_update());
        assert_eq!(resolve(&[Field::Value], Side::Ours), Err(Refusal::NoConflict(Some(Field::Value))));
    }

    #[test]
    fn mg_20_mg_21_mg_78_a_favorite_is_only_a_mark() {
        for before in [received(), accepted()] {
            let after = done(&What::Favorite { on: true }, &before).unwrap();
            assert!(after.favorite && after.updated_at == before.updated_at);
            assert_eq!(after.stage, before.stage);
            let back = done(&What::Favorite { on: false }, &after).unwrap();
            assert_eq!(back, before);
        }
        let won = done(&What::Win(Edit::default()), &accepted()).unwrap();
        assert!(done(&What::Favorite { on: true }, &won).is_ok(), "MG-19: any opportunity, archived too");
    }

    #[test]
    fn mg_77_no_step_changes_an_archived_opportunity() {
        let won = done(&What::Win(Edit::default()), &accepted()).unwrap();
        assert_eq!(won.stage.kind(), StageKind::Archived);
        for verb in Verb::ALL {
            assert!(won.stage.check(verb).is_err(), "{verb:?}");
        }
        assert!(matches!(done(&What::Win(Edit::default()), &won), Err(Refusal::NotAllowed(NotAllowed::Archived { .. }))));
    }

    fn request() -> What {
        let contact = Person::complete("민준", "김", "+82 2-555-0101", "minjun@hanbit.example", Whose::Contact).unwrap();
        let note = Notes::parse("a proof of concept in March").unwrap();
        What::AskHelp(Box::new(HelpRequest { kind: HelpKind::ProofOfConceptOrDemo, note, contact }))
    }

    #[test]
    fn mg_09_mg_12_a_private_deal_becomes_co_sell_in_any_stage_but_archived() {
        for kind in [Kind::PrivatePipeline, Kind::PartnerLed, Kind::PartnerToPartner] {
            let before = Opportunity { kind, ..ours() };
            let after = done(&request(), &before).unwrap();
            assert_eq!((after.kind, &after.stage), (Kind::CoSell, &before.stage), "it moves nothing");
            let help = after.help.clone().unwrap();
            assert_eq!((help.requested_at, help.consent), (Some(now()), true));
            assert_eq!(after.customer.contact.as_ref().unwrap().name(), "김민준");
            assert_eq!(done(&request(), &after), Err(Refusal::HelpAsked { since: Some(now()) }));
            let won = done(&What::Win(Edit::default()), &before).unwrap();
            assert!(matches!(done(&request(), &won), Err(Refusal::NotAllowed(NotAllowed::Archived { .. }))));
        }
        assert_eq!(done(&request(), &received()), Err(Refusal::MicrosoftIsOnIt), "its sender is a seller");
        let assessment = Opportunity { kind: Kind::SolutionAssessment, ..ours() };
        assert_eq!(done(&request(), &assessment), Err(Refusal::NoHelpForAssessment));
    }

    #[test]
    fn mg_56_help_is_asked_for_only_once_it_is_accepted() {
        let sender = super::super::opportunity::Sender {
            kind: SenderKind::Partner,
            organization: "Fabrikam".into(),
            person: None,
            note: None,
        };
        let partner = Opportunity { origin: Origin::Inbound { sender }, microsoft_status: None, help: None, ..received() };
        assert_eq!(done(&request(), &partner), Err(Refusal::NotAllowed(NotAllowed::NotAccepted)));
    }

    #[test]
    fn a_private_deal_is_opened_to_sellers_one_way_and_only_while_it_is_worked_on() {
        let after = done(&What::Share, &ours()).unwrap();
        assert_eq!((after.kind, &after.help), (Kind::PartnerLed, &None));
        assert_eq!(done(&What::Share, &after), Err(Refusal::NotPrivate(Kind::PartnerLed)));
        let won = done(&What::Win(Edit::default()), &ours()).unwrap();
        assert!(matches!(done(&What::Share, &won), Err(Refusal::NotAllowed(NotAllowed::Archived { .. }))));
        let received = Opportunity { kind: Kind::PrivatePipeline, ..received() };
        assert_eq!(done(&What::Share, &received), Err(Refusal::NotAllowed(NotAllowed::NotAccepted)));
    }

    #[test]
    fn an_assessment_is_won_once_it_was_presented() {
        let at = |percent| {
            let mut deal = Opportunity { kind: Kind::SolutionAssessment, ..ours() };
            deal.deal.sales_stage = SalesStage::of(percent);
            done(&What::Win(Edit::default()), &deal)
        };
        for (percent, reached) in [(0, None), (10, Some(10)), (60, Some(60))] {
            assert_eq!(at(percent), Err(Refusal::NotAllowed(NotAllowed::AssessmentOpen { reached })));
        }
        assert!(at(80).is_ok() && at(100).is_ok());
        assert!(done(&What::Lose { reason: Reason::Budget, note: None, correct: Edit::default() }, &ours()).is_ok());
    }

    #[test]
    fn mg_65_the_rep_sets_the_true_deadline_which_is_nothing_to_send() {
        let at = now().plus_days(3);
        let held = What::RespondBy(at).apply(&Held::new(received(), false), now()).unwrap();
        assert_eq!(held.opportunity.stage, Stage::Received { respond_by: Deadline { at, basis: Basis::Given } });
        assert!(held.base.is_empty() && !held.has_update());
        let counted = Deadline { at: now().plus_days(-1), basis: Basis::FirstSeen };
        let lapsed = Opportunity { stage: Stage::Lapsed { respond_by: counted }, ..received() };
        assert_eq!(done(&What::RespondBy(at), &lapsed).unwrap().stage, held.opportunity.stage);
        let given = Deadline { basis: Basis::Given, ..counted };
        let over = Opportunity { stage: Stage::Lapsed { respond_by: given }, ..received() };
        assert!(matches!(done(&What::RespondBy(at), &over), Err(Refusal::NotAllowed(NotAllowed::Archived { .. }))));
        assert_eq!(done(&What::RespondBy(at), &ours()), Err(Refusal::NotAllowed(NotAllowed::AlreadyAccepted)));
    }

    #[test]
    fn mg_40_mg_68_an_accepted_deal_is_edited_and_an_archived_one_is_not() {
        let edit = What::Edit(Edit(vec![Set::Name(Line::parse("ERP 2028").unwrap()), Set::CrmId(None)]));
        let after = done(&edit, &ours()).unwrap();
        assert_eq!((after.deal.name.as_ref().unwrap().as_str(), after.deal.crm_id), ("ERP 2028", None));
        let won = done(&What::Win(Edit::default()), &ours()).unwrap();
        assert_eq!(done(&edit, &won), Err(Refusal::NotEditable(Field::Name, NotEditable::Archived)));
        assert_eq!(done(&edit, &received()), Err(Refusal::NotEditable(Field::Name, NotEditable::Received)));
    }

    fn ours() -> Opportunity {
        Opportunity { origin: Origin::Outbound, kind: Kind::PrivatePipeline, help: None, microsoft_status: None, ..accepted() }
    }
}

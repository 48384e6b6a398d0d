//! Base, ours and theirs: what an import takes, keeps and reports.

use super::super::change::What;
use super::super::date::Date;
use super::super::incoming::{DirectionHint, Status};
use super::super::opportunity::tests::received;
use super::super::outcome::Reason;
use super::super::stage::StageKind;
use super::super::text::Notes;
use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn terms() -> Terms {
    Terms { now: at("2026-11-21T08:00:00Z"), response_days: 14 }
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

/// A row as the bulk CSV brings it: no dates of its own, told to be inbound.
fn row() -> Incoming {
    let told = DirectionHint { told: Some(Direction::Inbound), guess: Direction::Inbound, sure: true };
    Incoming {
        referral_id: super::super::ids::CenterId::read("r-1"),
        direction: told,
        customer_name: Some(line("Contoso")),
        name: Some(Some(line("ERP"))),
        notes: Some(None),
        status: Some(Status { state: State::New, accepted_at: None, closed_at: None }),
        ..Incoming::silent(2)
    }
}

fn held(incoming: &Incoming) -> Held {
    match merge(incoming, None, terms()).unwrap() {
        Merged::New(held) => *held,
        other => panic!("{other:?}"),
    }
}

fn ours(held: &Held, change: impl FnOnce(&mut Opportunity)) -> Held {
    let mut after = held.opportunity.clone();
    change(&mut after);
    held.changed_to(after).unwrap()
}

#[test]
fn the_same_record_twice_changes_nothing() {
    let first = held(&row());
    assert_eq!(merge(&row(), Some(&first), terms()).unwrap(), Merged::Unchanged);
    let later = Terms { now: at("2026-11-25T08:00:00Z"), ..terms() };
    assert_eq!(merge(&row(), Some(&first), later).unwrap(), Merged::Unchanged, "the clock of a row is not restarted");
}

#[test]
fn mg_66_a_deadline_without_dates_counts_from_the_first_import_at_most() {
    let Stage::Received { respond_by } = held(&row()).opportunity.stage else { panic!() };
    assert_eq!(respond_by, Deadline { at: at("2026-12-05T08:00:00Z"), basis: Basis::FirstSeen });
    let created = Incoming { created_at: Some(at("2026-11-10T00:00:00Z")), ..row() };
    let Stage::Received { respond_by } = held(&created).opportunity.stage else { panic!() };
    assert_eq!(respond_by, Deadline { at: at("2026-11-24T00:00:00Z"), basis: Basis::Created });
    let given = Incoming { expires_at: Some(at("2026-11-22T00:00:00Z")), ..created };
    let Stage::Received { respond_by } = held(&given).opportunity.stage else { panic!() };
    assert_eq!(respond_by, Deadline { at: at("2026-11-22T00:00:00Z"), basis: Basis::Given });
}

#[test]
fn the_insights_download_sets_direction_and_deadline_and_never_creates() {
    let mut insights = Incoming { creates: false, ..Incoming::silent(2) };
    insights.referral_id.clone_from(&row().referral_id);
    insights.created_at = Some(at("2026-11-12T00:00:00Z"));
    insights.direction.told = Some(Direction::Inbound);
    assert_eq!(merge(&insights, None, terms()).unwrap(), Merged::Unknown);
    let Merged::Changed { after, taken, .. } = merge(&insights, Some(&held(&row())), terms()).unwrap() else { panic!() };
    assert_eq!(taken, [Field::Stage, Field::CreatedAt]);
    let Stage::Received { respond_by } = after.opportunity.stage else { panic!() };
    assert_eq!((respond_by.at, respond_by.is_known()), (at("2026-11-26T00:00:00Z"), true));
}

#[test]
fn mg_71_what_we_made_ourselves_is_accepted_from_the_start() {
    let outbound = DirectionHint { told: Some(Direction::Outbound), guess: Direction::Outbound, sure: true };
    let made = held(&Incoming { direction: outbound, ..row() });
    assert_eq!(made.opportunity.stage, Stage::Accepted { since: None });
}

#[test]
fn what_only_they_changed_is_taken() {
    let theirs = Incoming { name: Some(Some(line("ERP 2"))), close_date: Some(Date::iso("2027-01-01").ok()), ..row() };
    let Merged::Changed { after, taken, conflicts, .. } = merge(&theirs, Some(&held(&row())), terms()).unwrap() else { panic!() };
    assert_eq!((taken, conflicts), (vec![Field::Name, Field::CloseDate], vec![]));
    assert_eq!(after.opportunity.deal.name, Some(line("ERP 2")));
    assert!(after.base.is_empty());
}

#[test]
fn what_only_we_changed_stays_and_their_silence_is_no_change() {
    let changed = ours(&held(&row()), |o| o.deal.notes = Notes::parse("called them").ok());
    assert_eq!(changed.base.keys().collect::<Vec<_>>(), [&Field::Notes]);
    assert_eq!(merge(&row(), Some(&changed), terms()).unwrap(), Merged::Unchanged);
}

#[test]
fn what_both_changed_is_a_conflict_and_ours_stays() {
    let changed = ours(&held(&row()), |o| o.deal.name = Some(line("Our name")));
    let theirs = Incoming { name: Some(Some(line("Their name"))), ..row() };
    let Merged::Changed { after, taken, conflicts, .. } = merge(&theirs, Some(&changed), terms()).unwrap() else { panic!() };
    assert_eq!((taken, conflicts), (vec![], vec![Field::Name]));
    assert_eq!(after.opportunity.deal.name, Some(line("Our name")));
    assert_eq!(after.conflicts[&Field::Name], Value::from("Their name"));
    assert_eq!(merge(&theirs, Some(&after), terms()).unwrap(), Merged::Unchanged, "a known conflict is not news");

    let decided = ours(&after, |o| o.deal.name = Some(line("Their name")));
    assert!(decided.base.is_empty() && decided.conflicts.is_empty(), "agreeing ends it");
    let Merged::Changed { after: back, .. } = merge(&row(), Some(&after), terms()).unwrap() else { panic!() };
    assert!(back.conflicts.is_empty(), "they took it back");
}

#[test]
fn when_both_say_the_same_nothing_is_left_to_send() {
    let changed = ours(&held(&row()), |o| o.deal.name = Some(line("ERP 2")));
    let theirs = Incoming { name: Some(Some(line("ERP 2"))), ..row() };
    let Merged::Changed { after, taken, settles, .. } = merge(&theirs, Some(&changed), terms()).unwrap() else { panic!() };
    assert!(taken.is_empty() && after.base.is_empty() && settles.updates);
}

#[test]
fn our_decision_and_another_one_of_theirs_are_a_conflict() {
    let before = held(&row());
    let decline = What::Decline { reason: Reason::Budget, note: None };
    let (after, _) = decline.apply(&before.opportunity, terms().now).unwrap();
    let declined = before.changed_to(after).unwrap();
    assert_eq!(merge(&row(), Some(&declined), terms()).unwrap(), Merged::Unchanged, "they do not know it yet");
    let status = Some(Status { state: State::Active, accepted_at: None, closed_at: None });
    let Merged::Changed { after, conflicts, .. } = merge(&Incoming { status, ..row() }, Some(&declined), terms()).unwrap() else {
        panic!()
    };
    assert_eq!(conflicts, [Field::Stage]);
    assert!(after.opportunity.is_archived(), "MG-77: ours stays archived");
}

#[test]
fn partner_center_knows_better_than_our_clock_whether_it_expired() {
    let before = held(&row());
    let (after, _) = What::Expire.apply(&before.opportunity, terms().now.plus_days(20)).unwrap();
    let expired = before.changed_to(after).unwrap();
    assert_eq!(merge(&row(), Some(&expired), terms()).unwrap(), Merged::Unchanged);
    let status = Some(Status { state: State::Active, accepted_at: Some(at("2026-11-30T00:00:00Z")), closed_at: None });
    let Merged::Changed { after, settles, .. } = merge(&Incoming { status, ..row() }, Some(&expired), terms()).unwrap() else {
        panic!()
    };
    assert_eq!(after.opportunity.stage, Stage::Accepted { since: Some(at("2026-11-30T00:00:00Z")) });
    assert!(settles.notices);
}

#[test]
fn mg_77_no_import_brings_an_archived_one_back() {
    let closed = |outcome| Some(Status { state: State::Closed(outcome), accepted_at: None, closed_at: None });
    let won = held(&Incoming { status: closed(Outcome::Won), ..row() });
    let reopened = Some(Status { state: State::Active, accepted_at: None, closed_at: None });
    let Merged::Changed { after, conflicts, .. } = merge(&Incoming { status: reopened, ..row() }, Some(&won), terms()).unwrap()
    else {
        panic!()
    };
    assert_eq!((after.opportunity.stage.kind(), conflicts), (StageKind::Archived, vec![Field::Stage]));
}

#[test]
fn what_is_not_modelled_is_kept_and_added_to() {
    let extra = |name: &str, value: &str| Map::from_iter([(name.to_owned(), Value::from(value))]);
    let first = held(&Incoming { extra: extra("Silicon Type", "x86"), ..row() });
    let Merged::Changed { after, taken, .. } =
        merge(&Incoming { extra: extra("PartnerID", "4711200"), ..row() }, Some(&first), terms()).unwrap()
    else {
        panic!()
    };
    assert!(taken.is_empty());
    assert_eq!(after.extra.keys().collect::<Vec<_>>(), ["PartnerID", "Silicon Type"]);
}

#[test]
fn what_partner_center_does_not_know_has_no_base() {
    let mut own = Held { opportunity: received(), base: Values::new(), conflicts: Values::new(), extra: Map::new() };
    own.opportunity.referral_id = None;
    assert!(ours(&own, |o| o.deal.name = Some(line("x"))).base.is_empty());
}

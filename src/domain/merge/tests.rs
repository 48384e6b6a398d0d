//! Base, ours and theirs: what an import takes, keeps and reports.

use super::super::change::What;
use super::super::date::Date;
use super::super::incoming::{DirectionHint, Status};
use super::super::opportunity::tests::received;
use super::super::outcome::Reason;
use super::super::text::{Line, Notes};
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn terms() -> Terms {
    Terms { now: at("2026-11-21T08:00:00Z"), response_days: 14, as_of: None }
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
    assert_eq!(merge(&row(), Some(&first), terms()).unwrap(), Merged::Unchanged { told: None });
    let later = Terms { now: at("2026-11-25T08:00:00Z"), ..terms() };
    assert_eq!(
        merge(&row(), Some(&first), later).unwrap(),
        Merged::Unchanged { told: None },
        "the clock of a row is not restarted"
    );
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
    assert_eq!(merge(&row(), Some(&changed), terms()).unwrap(), Merged::Unchanged { told: None });
}

#[test]
fn what_both_changed_is_a_conflict_and_ours_stays() {
    let changed = ours(&held(&row()), |o| o.deal.name = Some(line("Our name")));
    let theirs = Incoming { name: Some(Some(line("Their name"))), ..row() };
    let Merged::Changed { after, taken, conflicts, .. } = merge(&theirs, Some(&changed), terms()).unwrap() else { panic!() };
    assert_eq!((taken, conflicts), (vec![], vec![Field::Name]));
    assert_eq!(after.opportunity.deal.name, Some(line("Our name")));
    assert_eq!(after.conflicts[&Field::Name].theirs, Value::from("Their name"));
    assert_eq!(merge(&theirs, Some(&after), terms()).unwrap(), Merged::Unchanged { told: None }, "a known conflict is not news");

    let decided = ours(&after, |o| o.deal.name = Some(line("Their name")));
    assert!(decided.base.is_empty() && decided.conflicts.is_empty(), "agreeing ends it");
    let Merged::Changed { after: back, .. } = merge(&row(), Some(&after), terms()).unwrap() else { panic!() };
    assert!(back.conflicts.is_empty(), "they took it back");
}

#[test]
fn when_both_say_the_same_nothing_is_left_to_send() {
    let changed = ours(&held(&row()), |o| o.deal.name = Some(line("ERP 2")));
    let theirs = Incoming { name: Some(Some(line("ERP 2"))), ..row() };
    let Merged::Changed { after, taken, .. } = merge(&theirs, Some(&changed), terms()).unwrap() else { panic!() };
    assert!(taken.is_empty() && after.base.is_empty() && !after.has_update());
}

#[test]
fn our_decision_and_another_one_of_theirs_are_a_conflict() {
    let before = held(&row());
    let decline = What::Decline { reason: Reason::Budget, note: None };
    let declined = decline.apply(&before, terms().now).unwrap();
    assert_eq!(merge(&row(), Some(&declined), terms()).unwrap(), Merged::Unchanged { told: None }, "they do not know it yet");
    let status = Some(Status { state: State::Active, accepted_at: None, closed_at: None });
    let Merged::Changed { after, conflicts, .. } = merge(&Incoming { status, ..row() }, Some(&declined), terms()).unwrap() else {
        panic!()
    };
    assert_eq!(conflicts, [Field::Stage]);
    assert!(after.opportunity.is_archived(), "MG-77: ours stays archived");
}

#[test]
fn partner_center_knows_better_than_our_clock_whether_it_expired() {
    let mut lapsed = held(&row());
    lapsed.opportunity.stage = lapsed.opportunity.stage.seen_at(terms().now.plus_days(20));
    assert!(lapsed.opportunity.is_archived() && lapsed.notice().is_some());
    assert_eq!(merge(&row(), Some(&lapsed), terms()).unwrap(), Merged::Unchanged { told: None });
    let status = Some(Status { state: State::Active, accepted_at: Some(at("2026-11-30T00:00:00Z")), closed_at: None });
    let Merged::Changed { after, .. } = merge(&Incoming { status, ..row() }, Some(&lapsed), terms()).unwrap() else { panic!() };
    assert_eq!(after.opportunity.stage, Stage::Accepted { since: Some(at("2026-11-30T00:00:00Z")) });
    assert!(!after.bears_notice());
}

fn with_state(state: State) -> Incoming {
    Incoming { status: Some(Status { state, accepted_at: None, closed_at: None }), ..row() }
}

#[test]
fn mg_77_no_import_brings_an_archived_one_back() {
    let won = held(&with_state(State::Closed(Outcome::Won)));
    assert_eq!(merge(&with_state(State::Active), Some(&won), terms()).unwrap(), Merged::Older { told: None });
}

#[test]
fn mg_53_an_older_download_never_takes_an_accepted_one_back_to_received() {
    let accepted = held(&with_state(State::Active));
    assert_eq!(merge(&with_state(State::New), Some(&accepted), terms()).unwrap(), Merged::Older { told: None });
}

#[test]
fn mondays_file_imported_after_tuesdays_changes_nothing() {
    let file = |day, name| (Terms { as_of: Some(at(day)), ..terms() }, Incoming { name: Some(Some(line(name))), ..row() });
    let (monday, old) = file("2026-11-16T08:00:00Z", "Monday's");
    let (tuesday, new) = file("2026-11-17T08:00:00Z", "Tuesday's");
    let Merged::New(known) = merge(&new, None, tuesday).unwrap() else { panic!() };
    assert_eq!(merge(&old, Some(&known), monday).unwrap(), Merged::Older { told: None });
    let more = Incoming { crm_id: Some(Some(line("OPP-1"))), ..old };
    let Merged::Changed { after, taken, .. } = merge(&more, Some(&known), monday).unwrap() else { panic!() };
    assert_eq!(
        (taken, after.opportunity.title()),
        (vec![Field::CrmId], known.opportunity.title()),
        "what nobody said later counts"
    );
}

#[test]
fn a_file_of_the_same_minute_is_no_older_one() {
    let terms = |at| Terms { as_of: Some(at), ..terms() };
    let now = at("2026-11-17T08:00:00Z");
    let Merged::New(known) = merge(&row(), None, terms(now.plus_micros(1_000))).unwrap() else { panic!() };
    let other = Incoming { name: Some(Some(line("ERP 2"))), ..row() };
    assert!(matches!(merge(&other, Some(&known), terms(now)).unwrap(), Merged::Changed { .. }));
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
    let mut own = Held::new(received(), true);
    own.opportunity.referral_id = None;
    assert!(ours(&own, |o| o.deal.name = Some(line("x"))).base.is_empty());
}

/// One record of several kinds at a moment of its own; some speak of everything, some of little.
fn any_record() -> impl Strategy<Value = Incoming> {
    let state = prop_oneof![
        Just(None),
        Just(Some(State::New)),
        Just(Some(State::Active)),
        Just(Some(State::Closed(Outcome::Lost { reason: None, note: None }))),
        Just(Some(State::Closed(Outcome::Lost { reason: Some(Reason::Budget), note: None }))),
    ];
    let texts = prop::collection::vec(prop::option::of(0u8..3), 4);
    (state, texts, any::<[bool; 5]>()).prop_map(|(state, texts, [accepted, closed, expires, created, more])| {
        let day = |n: i64| at("2026-11-01T00:00:00Z").plus_days(n);
        let text = |which: usize| texts[which].map(|n| if n == 0 { None } else { Line::parse(&format!("text {n}")).ok() });
        Incoming {
            referral_id: super::super::ids::CenterId::read("r-1"),
            direction: row().direction,
            customer_name: texts[3].map(|n| line(&format!("Contoso {n}"))),
            name: text(0),
            crm_id: text(1),
            campaign_id: text(2),
            status: state.map(|state| Status {
                accepted_at: Some(day(3)).filter(|_| accepted && state != State::New),
                closed_at: Some(day(5)).filter(|_| closed && matches!(state, State::Closed(_))),
                state,
            }),
            expires_at: expires.then(|| day(60)),
            created_at: created.then(|| day(1)),
            extra: if more { Map::from_iter([(format!("x{}", texts.len()), texts[0].into())]) } else { Map::new() },
            ..Incoming::silent(2)
        }
    })
}

fn all_in_order(first: &Incoming, records: &[(Incoming, Terms)]) -> Held {
    let mut known = held(first);
    for (record, terms) in records {
        match merge(record, Some(&known), *terms).unwrap() {
            Merged::Changed { after, .. } => known = *after,
            Merged::Unchanged { told } | Merged::Older { told } => known.told = told.unwrap_or(known.told),
            other => panic!("{other:?}"),
        }
    }
    known
}

fn shuffled<T: Clone>(records: &[T], seed: u64) -> Vec<T> {
    let (mut shuffled, mut dice) = (records.to_vec(), seed);
    for n in (1..shuffled.len()).rev() {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        shuffled.swap(n, (dice >> 33) as usize % (n + 1));
    }
    shuffled
}

/// Which day the record of a number is from.
fn day_of(n: usize) -> Timestamp {
    at("2026-11-02T00:00:00Z").plus_days(n as i64)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..Default::default() })]

    #[test]
    fn records_of_one_opportunity_imported_in_any_order_end_in_the_same_state(
        records in prop::collection::vec(any_record(), 2..6), seed in any::<u64>(),
    ) {
        let first = Incoming { updated_at: Some(at("2026-10-01T00:00:00Z")), ..row() };
        let dated = |(n, record)| (Incoming { updated_at: Some(day_of(n)), ..record }, terms());
        let dated: Vec<(Incoming, Terms)> = records.into_iter().enumerate().map(dated).collect();
        let (one, other) = (all_in_order(&first, &dated), all_in_order(&first, &shuffled(&dated, seed)));
        prop_assert_eq!(one.opportunity, other.opportunity);
        prop_assert_eq!((one.extra, one.base, one.conflicts), (other.extra, other.base, other.conflicts));
    }

    /// Each file tells how far the opportunity is along; some are copies that were saved long after what stands in them was true.
    #[test]
    fn files_with_dates_of_copies_imported_in_any_order_end_in_the_same_state(
        records in prop::collection::vec(any_record().prop_filter("along", |record| record.status.is_some()), 2..6),
        seed in any::<u64>(),
    ) {
        let first = Incoming { updated_at: Some(at("2026-10-01T00:00:00Z")), ..row() };
        let dated = |(n, record)| (record, Terms { as_of: Some(day_of(n)), now: at("2026-12-01T00:00:00Z"), ..terms() });
        let dated: Vec<(Incoming, Terms)> = records.into_iter().enumerate().map(dated).collect();
        let (mut one, mut other) = (all_in_order(&first, &dated), all_in_order(&first, &shuffled(&dated, seed)));
        // When it was changed here last is when it was imported.
        (one.opportunity.updated_at, other.opportunity.updated_at) = (day_of(0), day_of(0));
        prop_assert_eq!(one.opportunity, other.opportunity);
        prop_assert_eq!((one.extra, one.base, one.conflicts), (other.extra, other.base, other.conflicts));
    }
}

#[test]
fn mg_53_a_copied_download_takes_nothing_back_that_partner_center_told_with_a_later_stage() {
    let saved = |day| Terms { as_of: Some(at(day)), now: at("2026-12-01T00:00:00Z"), ..terms() };
    let name = |text| Some(Some(line(text)));
    let Merged::New(known) = merge(&row(), None, saved("2026-11-16T08:00:00Z")).unwrap() else { panic!() };
    let confirmed = Incoming { name: name("ERP 2"), ..with_state(State::Active) };
    let Merged::Changed { after, .. } = merge(&confirmed, Some(&known), saved("2026-11-17T08:00:00Z")).unwrap() else { panic!() };
    let copied = saved("2026-11-20T08:00:00Z");
    assert_eq!(merge(&row(), Some(&after), copied).unwrap(), Merged::Older { told: None });
    // What only it speaks of is news.
    let more = Incoming { crm_id: name("OPP-1"), ..row() };
    let Merged::Changed { after: more, taken, .. } = merge(&more, Some(&after), copied).unwrap() else { panic!() };
    assert_eq!((taken, more.opportunity.deal.name), (vec![Field::CrmId], Some(line("ERP 2"))));
    // A later download of the same stage counts.
    let later = Incoming { name: name("ERP 3"), ..with_state(State::Active) };
    assert!(matches!(merge(&later, Some(&after), copied).unwrap(), Merged::Changed { .. }));
}

#[test]
fn a_file_dated_by_a_clock_that_was_ahead_silences_no_later_one() {
    let terms = |day| Terms { as_of: Some(at(day)), ..terms() };
    let ahead = Terms { now: at("2027-11-25T00:00:00Z"), ..terms("2027-11-25T00:00:00Z") };
    let Merged::New(known) = merge(&row(), None, ahead).unwrap() else { panic!() };
    let later = Incoming { name: Some(Some(line("ERP 2"))), ..row() };
    assert!(matches!(merge(&later, Some(&known), terms("2026-11-20T00:00:00Z")).unwrap(), Merged::Changed { .. }));
}

#[test]
fn a_row_that_says_nothing_else_is_unchanged_whatever_its_date() {
    let saved = |day| Terms { as_of: Some(at(day)), now: at("2026-12-01T00:00:00Z"), ..terms() };
    let row = with_state(State::Active);
    let Merged::New(known) = merge(&row, None, saved("2026-11-16T08:00:00Z")).unwrap() else { panic!() };
    assert!(matches!(merge(&row, Some(&known), saved("2026-11-10T08:00:00Z")).unwrap(), Merged::Unchanged { .. }));
    let other = Incoming { name: Some(Some(line("another"))), ..row };
    assert!(matches!(merge(&other, Some(&known), saved("2026-11-10T08:00:00Z")).unwrap(), Merged::Older { .. }));
}

//! The log: whole, in order, only appended to; what stood after any step, what waits, and what the clock makes of it.

use super::super::{Happened, OutboxDeal, Settings, StepKind, StepOrigin, Store};
use super::*;
use crate::domain::change::{Edit, Set};
use crate::domain::date::Moment;
use crate::domain::field::Field;
use crate::domain::filter::Filter;
use crate::domain::held::Side;
use crate::domain::query::{From, ListQuery};
use crate::domain::stage::StageKind;
use crate::domain::tab::{Tab, View};

fn first(store: &mut Store, tab: Tab, view: View) -> i64 {
    store.list(&ListQuery { view, ..ListQuery::tab(tab) }, From::Start, 1).unwrap().rows[0].id.0
}

pub(super) fn import_at(store: &mut Store, records: Vec<Incoming>, now: Timestamp) -> ImportReport {
    let mut sources: Vec<Box<dyn Source + Send>> = vec![Box::new(Records { records, whole: true })];
    store.import(&mut sources, Mode::Import, now, &mut |_| ControlFlow::Continue(())).unwrap()
}

fn waits(store: &Store, id: i64) -> (u64, bool) {
    (store.counts(now().into()).unwrap().outbox, store.get(OpportunityId(id)).unwrap().opportunity.waiting)
}

#[test]
fn mg_65_expiry_is_derived_when_the_store_is_opened_and_stands_in_nobodys_way() {
    let mut store = store_of(30);
    let id = first(&mut store, Tab::Inbound, View::Received);
    store.apply(&[change(id, What::Favorite { on: true })], now()).unwrap();
    let later = now().plus_days(30);
    store.catch_up(later).unwrap();
    assert_eq!(store.counts(later.into()).unwrap().of(Tab::Inbound, View::Received), 0);
    let stage = store.get(OpportunityId(id)).unwrap().opportunity.stage;
    assert!(stage.archived_at().unwrap() < later);
    let entry = &store.history_of(OpportunityId(id), None, 1).unwrap()[0];
    assert_eq!((entry.step.kind, entry.what, Some(entry.step.at)), (StepKind::Expire, Happened::Lapsed, stage.archived_at()));
    assert_eq!(store.steps(None, 1).unwrap()[0].origin, StepOrigin::Clock);
    let before = everything(&store);
    store.catch_up(later).unwrap();
    assert_eq!(everything(&store), before, "nothing expires twice");
    assert_eq!(store.undo(later).unwrap().step.kind, StepKind::Favorite, "one expiry never blocks undo");
}

#[test]
fn an_expiry_between_does_not_block_the_undo_of_what_came_before() {
    let mut store = store_of(0);
    import(&mut store, vec![Incoming { created_at: Some(at("2026-11-08T00:00:00Z")), ..record(4) }, record(5)]);
    let declined = What::Decline { reason: Reason::Budget, note: None };
    assert!(store.apply(&[change(2, declined)], now()).unwrap().step.is_some());
    store.apply(&[change(1, What::Favorite { on: true })], now()).unwrap();
    let later = at("2026-11-23T00:00:00Z");
    store.catch_up(later).unwrap();
    assert!(store.get(OpportunityId(1)).unwrap().opportunity.is_archived());
    assert_eq!(store.undo(later).unwrap().step.kind, StepKind::Favorite);
    assert_eq!(store.undo(later).unwrap().step.kind, StepKind::Decline);
    assert_eq!(store.get(OpportunityId(2)).unwrap().opportunity.stage.kind(), StageKind::Received);
}

#[test]
fn mg_65_f19_an_expiry_is_told_once_however_often_its_import_is_undone_and_made_again() {
    let mut store = store_of(0);
    let overdue = Incoming { created_at: Some(at("2026-11-01T00:00:00Z")), ..record(4) };
    import(&mut store, vec![overdue.clone()]);
    let longer = at("2026-12-20T00:00:00Z");
    let expired = store.get(OpportunityId(1)).unwrap().opportunity.stage;
    let expiries = |store: &Store| {
        let steps = store.steps(None, 99).unwrap();
        (steps.iter().filter(|step| step.kind == StepKind::Expire).count(), store.health().unwrap())
    };
    for _ in 0..3 {
        store.undo(now()).unwrap();
        assert!(store.get(OpportunityId(1)).is_err());
        store.redo(now()).unwrap();
        assert_eq!(
            (store.get(OpportunityId(1)).unwrap().opportunity.stage, expiries(&store)),
            (expired.clone(), (1, Default::default()))
        );
    }
    // A later deadline brings it back; to take that back again expires nothing anew.
    import(&mut store, vec![Incoming { expires_at: Some(longer), ..overdue }]);
    assert_eq!(store.get(OpportunityId(1)).unwrap().opportunity.stage.kind(), StageKind::Received);
    store.undo(now()).unwrap();
    assert_eq!((store.get(OpportunityId(1)).unwrap().opportunity.stage, expiries(&store)), (expired, (1, Default::default())));
    // Another deadline that is over is another expiry, and that is told once, too.
    store.redo(now()).unwrap();
    store.catch_up(longer).unwrap();
    for _ in 0..2 {
        assert_eq!(expiries(&store), (2, Default::default()));
        store.undo(longer).unwrap();
        assert_eq!(expiries(&store), (2, Default::default()));
        store.redo(longer).unwrap();
    }
}

#[test]
fn a_clock_that_was_ahead_takes_nothing_away_and_history_tells_it() {
    let mut store = store_of(30);
    let before = everything(&store);
    let received = store.counts(now().into()).unwrap().of(Tab::Inbound, View::Received);
    store.catch_up(at("2027-11-25T00:00:00Z")).unwrap();
    assert_eq!(store.counts(now().into()).unwrap().of(Tab::Inbound, View::Received), 0);
    store.catch_up(now()).unwrap();
    assert_eq!(store.counts(now().into()).unwrap().of(Tab::Inbound, View::Received), received);
    assert_eq!(difference(&before, &everything(&store)), "");
    assert_eq!(store.steps(None, 1).unwrap()[0].kind, StepKind::Revive);
    let id = first(&mut store, Tab::Inbound, View::Received);
    let told: Vec<Happened> = store.history_of(OpportunityId(id), None, 9).unwrap().iter().map(|entry| entry.what).collect();
    assert_eq!(told, [Happened::Revived, Happened::Lapsed, Happened::Made]);
}

#[test]
fn a_step_is_dated_by_the_clock_as_it_stood_and_no_later_deadline_counts_from_a_wrong_day() {
    let mut store = store_of(3);
    let ahead = at("2027-11-25T00:00:00Z");
    store.apply(&[change(1, What::Favorite { on: true })], ahead).unwrap();
    import(&mut store, vec![Incoming { created_at: None, ..record(4) }]);
    let held = store.get(OpportunityId(4)).unwrap().opportunity;
    assert_eq!((held.first_seen_at, held.stage.deadline().unwrap().at), (now(), now().plus_days(14)));
    assert_eq!(store.steps(None, 2).unwrap().iter().map(|step| step.at).collect::<Vec<_>>(), [now(), ahead]);
}

#[test]
fn a_deadline_that_was_counted_by_a_clock_ahead_is_counted_anew_for_figures_too() {
    let mut store = store_of(3);
    let ahead = now().plus_days(9);
    let undated = Incoming { created_at: None, ..record(4) };
    let mut sources: Vec<Box<dyn Source + Send>> = vec![Box::new(Records { records: vec![undated], whole: true })];
    store.import(&mut sources, Mode::Import, ahead, &mut |_| ControlFlow::Continue(())).unwrap();
    let deadline = |store: &Store| store.get(OpportunityId(4)).unwrap().opportunity.stage.deadline().unwrap().at;
    assert_eq!(deadline(&store), ahead.plus_days(14));
    store.catch_up(now()).unwrap();
    assert_eq!((deadline(&store), store.health().unwrap()), (now().plus_days(14), Default::default()));
}

#[test]
fn a_clock_behind_the_last_step_is_told_once() {
    let mut store = store_of(3);
    let ahead = at("2026-12-01T00:00:00Z");
    store.apply(&[change(1, What::Favorite { on: true })], ahead).unwrap();
    assert_eq!(store.clock_behind(ahead).unwrap(), None);
    assert_eq!(store.clock_behind(ahead.plus_micros(-59_000_000)).unwrap(), None, "less than a minute is no matter");
    assert_eq!(store.clock_behind(now()).unwrap(), Some(ahead));
    assert_eq!(store.clock_behind(now()).unwrap(), None, "once");
}

#[test]
fn what_is_overdue_is_shown_as_expired_where_nothing_can_be_written_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    let later = now().plus_days(30);
    let mut store = Store::open(&path, Settings::default(), now()).unwrap();
    import(&mut store, (0..40).map(record).collect());
    store.apply(&[change(5, What::Favorite { on: true })], now()).unwrap();
    drop(store);
    let mut looking = Store::open(&path, Settings { read_only: true, ..Settings::default() }, later).unwrap();
    let seen = seen(&mut looking, later);
    drop(looking);
    let mut writing = Store::open(&path, Settings::default(), later).unwrap();
    assert_eq!(seen, self::seen(&mut writing, later), "as it would be written");
}

/// What lists, filters, counts, the detail and the history show of it all.
fn seen(store: &mut Store, now: Timestamp) -> Vec<String> {
    let moment = Moment { now, today: Date::iso("2026-12-21").unwrap().into(), zone: crate::domain::date::Zone::UTC };
    let told = |deal: OutboxDeal| {
        format!("{} {:?} {:?} {}", deal.held.opportunity.id, deal.notice, deal.pending, deal.held.opportunity.waiting)
    };
    let mut seen: Vec<String> = store.outbox().unwrap().into_iter().map(told).collect();
    seen.push(format!("outbox {}", store.counts(now.into()).unwrap().outbox));
    for tab in [Tab::Inbound, Tab::Outbound, Tab::Favorites, Tab::All] {
        for view in [View::Open, View::Received, View::Accepted, View::Archived, View::All] {
            seen.push(format!("{tab:?} {view:?} {}", store.counts(now.into()).unwrap().of(tab, view)));
            for filter in
                ["", "outcome:expired", "waiting:yes", "-waiting:yes", "stage:received", "-stage:archived", "due:<9d", "ERP"]
            {
                let query = ListQuery { view, filter: Filter::parse(filter, moment).unwrap(), ..ListQuery::tab(tab) };
                let rows = store.list(&query, From::Start, 99).unwrap().rows;
                let mut ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
                ids.sort_unstable();
                seen.push(format!("{tab:?} {view:?} {filter}: {ids:?} {:?}", rows.first().map(|row| row.stage.kind())));
            }
        }
    }
    for id in 1..=40 {
        let entry = store.history_of(OpportunityId(id), None, 1).unwrap().remove(0);
        seen.push(format!(
            "{id} {:?} {:?} {}",
            store.get(OpportunityId(id)).unwrap().opportunity.stage,
            entry.what,
            entry.step.at
        ));
    }
    seen
}

#[test]
fn undo_of_an_import_and_importing_again_does_not_start_the_clock_anew() {
    let mut store = store_of(0);
    let undated = || Incoming { created_at: None, ..record(4) };
    import(&mut store, vec![undated()]);
    let deadline = |store: &Store, id| store.get(OpportunityId(id)).unwrap().opportunity.stage.deadline().unwrap().at;
    assert_eq!(deadline(&store, 1), now().plus_days(14));
    store.undo(now()).unwrap();
    import_at(&mut store, vec![undated()], now().plus_days(9));
    assert_eq!(deadline(&store, 2), now().plus_days(14));
}

#[test]
fn a_changed_setting_refuses_no_open_form_and_is_no_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    let open = |days| Store::open(&path, Settings { response_days: days, ..Settings::default() }, now()).unwrap();
    let mut store = open(14);
    import(&mut store, vec![record(4), record(5)]);
    let seen = store.get(OpportunityId(1)).unwrap().opportunity.version;
    let steps = store.steps(None, 9).unwrap();
    drop(store);
    let mut store = open(30);
    assert_eq!(store.steps(None, 9).unwrap(), steps);
    let form = Change { seen: Some(seen), ..change(1, accept()) };
    assert!(store.apply(&[form], now()).unwrap().results[0].is_ok());
    store.undo(now()).unwrap();
    let deadline = store.get(OpportunityId(1)).unwrap().opportunity.stage.deadline().unwrap();
    assert_eq!(deadline.at, now().plus_days(30), "what comes back is counted by the setting of today");
}

#[test]
fn a_longer_setting_gives_back_what_had_expired_by_the_shorter_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    let open = |days| Store::open(&path, Settings { response_days: days, ..Settings::default() }, now().plus_days(20)).unwrap();
    let mut store = open(14);
    import(&mut store, vec![record(4)]);
    store.catch_up(now().plus_days(20)).unwrap();
    assert!(store.get(OpportunityId(1)).unwrap().opportunity.is_archived());
    drop(store);
    let store = open(30);
    assert_eq!(store.get(OpportunityId(1)).unwrap().opportunity.stage.kind(), StageKind::Received);
    assert_eq!(store.health().unwrap(), Default::default());
}

#[test]
fn editing_a_value_there_and_back_leaves_nothing_waiting() {
    let mut store = store_of(20);
    let named = |name: &str| What::Edit(Edit(vec![Set::Name(line(name))]));
    let id = first(&mut store, Tab::Outbound, View::Accepted);
    store.apply(&[change(id, named("Before"))], now()).unwrap();
    import(&mut store, vec![Incoming { name: Some(Some(line("Before"))), ..record(id as usize - 1) }]);
    let before = store.get(OpportunityId(id)).unwrap().opportunity.deal.name.unwrap();
    assert_eq!(waits(&store, id), (0, false), "they say the same");
    store.apply(&[change(id, named("Another"))], now()).unwrap();
    assert_eq!(waits(&store, id), (1, true));
    store.apply(&[change(id, named(before.as_str()))], now()).unwrap();
    assert_eq!(waits(&store, id), (0, false));
    let today = Moment { now: now(), today: Date::iso("2026-11-21").unwrap().into(), zone: crate::domain::date::Zone::UTC };
    let query = ListQuery { filter: Filter::parse("waiting:yes", today).unwrap(), ..ListQuery::tab(Tab::All) };
    assert!(store.list(&query, From::Start, 9).unwrap().rows.is_empty());
}

#[test]
fn a_row_without_a_referral_id_waits_only_while_it_differs_from_its_file() {
    let mut store = store_of(0);
    let own = || Incoming { referral_id: None, ..record(4) };
    import(&mut store, vec![own()]);
    assert_eq!(waits(&store, 1), (0, false));
    store.apply(&[change(1, accept())], now()).unwrap();
    assert_eq!(waits(&store, 1), (1, true));
    store.undo(now()).unwrap();
    assert_eq!((waits(&store, 1), import(&mut store, vec![own()]).unchanged), ((0, false), 1));
}

#[test]
fn a_mark_that_changes_nothing_is_no_step() {
    let mut store = store_of(3);
    let mark = |on| change(1, What::Favorite { on });
    assert!(store.apply(&[mark(true)], now()).unwrap().step.is_some());
    store.undo(now()).unwrap();
    let applied = store.apply(&[mark(false)], now()).unwrap();
    assert!(applied.step.is_none() && applied.results[0].is_ok());
    assert!(store.redo(now()).is_ok(), "what was undone can still be made again");
}

#[test]
fn undo_and_redo_are_steps_of_their_own_and_nothing_before_them_is_touched() {
    let mut store = store_of(8);
    let id = first(&mut store, Tab::Inbound, View::Received);
    store.apply(&[change(id, accept())], now()).unwrap();
    let kept = |store: &Store| -> Vec<String> {
        let sql = "SELECT step.id || kind || at || detail || coalesce(delta, '') FROM step LEFT JOIN history \
                   ON step_id = step.id ORDER BY step.id, opportunity_id";
        store.connection.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let before = kept(&store);
    store.undo(now().plus_days(1)).unwrap();
    let undone = kept(&store);
    assert_eq!(undone[..before.len()], before);
    store.redo(now().plus_days(2)).unwrap();
    assert_eq!(kept(&store)[..undone.len()], undone);
    let steps = store.steps(None, 9).unwrap();
    let told: Vec<_> = steps.iter().map(|step| (step.kind, step.reverts, step.undone_at.is_some())).collect();
    let (undo, accepted) = (steps[1].id, steps[2].id);
    let expected = [
        (StepKind::Redo, Some(undo), false),
        (StepKind::Undo, Some(accepted), true),
        (StepKind::Accept, None, false),
        (StepKind::Import, None, false),
    ];
    assert_eq!(told, expected);
    assert_eq!(steps[1].at, now().plus_days(1), "at its own time");
    assert!(steps.iter().all(|step| step.uid.is_some()));
}

#[test]
fn who_works_here_stands_on_every_step() {
    let settings = Settings { author: "ana@partner.example".into(), ..Settings::default() };
    let mut store = Store::in_memory(settings).unwrap();
    import(&mut store, vec![record(0)]);
    store.apply(&[change(1, What::Favorite { on: true })], now()).unwrap();
    let steps = store.steps(None, 9).unwrap();
    let who: Vec<_> = steps.iter().map(|step| (step.author.as_deref(), step.origin)).collect();
    assert_eq!(who, [(Some("ana@partner.example"), StepOrigin::Rep), (Some("ana@partner.example"), StepOrigin::File)]);
}

#[test]
fn a_referral_is_its_own_uid_everywhere_and_a_deal_of_our_own_draws_one() {
    let mut store = store_of(2);
    let made = store.create(&super::deals::new("한빛정밀", "ERP", "SOL-1"), None, now()).unwrap();
    let imported = store.get(OpportunityId(1)).unwrap().opportunity;
    assert_eq!((imported.uid, imported.referral_id.unwrap().as_str()), (None, record(0).referral_id.unwrap().as_str()));
    let uid = made.uid().unwrap();
    for given in [uid.as_str(), &uid.as_str()[..13], &uid.as_str().to_uppercase()] {
        assert_eq!(store.find(&crate::domain::ids::Pointer::read(given)).unwrap(), made.id, "{given}");
    }
    store.undo(now()).unwrap();
    store.redo(now()).unwrap();
    assert_eq!(store.get(made.id).unwrap().opportunity.uid(), Some(uid), "it keeps its name");
}

#[test]
fn a_conflict_says_who_and_when_and_is_closed_with_one_undo() {
    let mut store = store_of(8);
    assert!(store.apply(&[change(5, accept())], now()).unwrap().step.is_some());
    let theirs = || Incoming { name: Some(Some(line("Their name"))), ..record(4) };
    assert_eq!(import(&mut store, vec![theirs()]).conflicts, 1);
    let held = store.get(OpportunityId(5)).unwrap();
    assert_eq!((held.conflicts[&Field::Name].from.code(), held.conflicts[&Field::Name].at), ("center", Some(now())));

    let resolve = |side| change(5, What::Resolve { fields: Vec::new(), side });
    store.apply(&[resolve(Side::Ours)], now()).unwrap();
    assert!(store.get(OpportunityId(5)).unwrap().conflicts.is_empty());
    assert_eq!(import(&mut store, vec![theirs()]).unchanged, 1, "ours stays, nobody asks again");
    store.undo(now()).unwrap();
    assert_eq!(store.get(OpportunityId(5)).unwrap().conflicts.len(), 1);
    store.apply(&[resolve(Side::Theirs)], now()).unwrap();
    assert_eq!(store.get(OpportunityId(5)).unwrap().opportunity.title().as_str(), "Their name");
}

#[test]
fn an_edit_of_what_both_sides_changed_decides_it_and_waits_while_they_have_theirs() {
    let mut store = store_of(8);
    let named = |name: &str| change(5, What::Edit(Edit(vec![Set::Name(line(name))])));
    assert!(store.apply(&[change(5, accept())], now()).unwrap().step.is_some());
    let theirs = || Incoming { name: Some(Some(line("Theirs"))), ..record(4) };
    import(&mut store, vec![theirs()]);
    let known = record(4).name.flatten().unwrap();
    store.apply(&[named(known.as_str())], now()).unwrap();
    let held = store.get(OpportunityId(5)).unwrap();
    assert_eq!((held.conflicts.len(), &held.base[&Field::Name]), (0, &"Theirs".into()), "they have theirs");
    import(&mut store, vec![theirs()]);
    assert_eq!(store.get(OpportunityId(5)).unwrap().opportunity.title(), &known, "the same file changes nothing after it");
}

#[test]
fn what_was_edited_before_its_id_came_is_kept_and_sent() {
    let mut store = store_of(0);
    let made = store.create(&super::deals::new("한빛정밀 주식회사", "ERP", "SOL-1"), None, now()).unwrap();
    let notes = Notes::parse("they asked for a pilot").ok();
    store.apply(&[change(made.id.0, What::Edit(Edit(vec![Set::Notes(notes.clone())])))], now()).unwrap();
    let download = Incoming {
        referral_id: CenterId::read("r-1"),
        direction: DirectionHint { told: Some(Direction::Outbound), guess: Direction::Outbound, sure: true },
        name: Some(Some(line("ERP"))),
        notes: Some(Notes::parse("as uploaded").ok()),
        customer_name: Some(line("한빛정밀 주식회사")),
        ..Incoming::silent(2)
    };
    import(&mut store, vec![download]);
    let held = store.get(made.id).unwrap();
    assert_eq!((held.opportunity.deal.notes, held.opportunity.waiting), (notes, true));
}

#[test]
fn a_deadline_counted_from_a_day_that_has_not_come_is_counted_from_the_right_one() {
    let mut store = store_of(0);
    import_at(&mut store, vec![Incoming { created_at: None, ..record(4) }], at("2027-11-25T00:00:00Z"));
    store.catch_up(now()).unwrap();
    let held = store.get(OpportunityId(1)).unwrap().opportunity;
    assert_eq!((held.first_seen_at, held.stage.deadline().unwrap().at), (now(), now().plus_days(14)));
}

#[test]
fn an_expiry_that_partner_center_confirms_waits_no_more_in_whatever_order_it_came() {
    let new = || Incoming { updated_at: Some(now()), ..record(4) };
    let state = State::Closed(Outcome::Expired);
    let status = Some(Status { state, accepted_at: None, closed_at: None });
    let expired = || Incoming { status: status.clone(), updated_at: Some(now().plus_days(20)), ..record(4) };
    let later = now().plus_days(30);
    let mut store = store_of(0);
    import_at(&mut store, vec![new()], now());
    store.catch_up(later).unwrap();
    assert_eq!(waits(&store, 1), (1, true), "the sender is to be told");
    import_at(&mut store, vec![expired()], later);
    assert_eq!(waits(&store, 1), (0, false));
    store.undo(later).unwrap();
    assert_eq!(waits(&store, 1), (1, true));
}

//! Imports: the same file twice, updates, conflicts, files that break off, undo of all of it.

use std::ops::ControlFlow;

use super::super::{Mode, Settings, Source, Store, StoreError, Verdict};
use super::*;
use crate::domain::field::{Field, Named};
use crate::domain::ids::StepId;
use crate::domain::tab::{Tab, View};

#[test]
fn importing_the_same_file_twice_changes_nothing_the_second_time() {
    let mut store = store_of(60);
    let before = everything(&store);
    let report = import(&mut store, (0..60).map(record).collect());
    assert_eq!((report.new, report.changed, report.unchanged, report.step), (0, 0, 60, None));
    assert_eq!(everything(&store), before);
}

#[test]
fn an_import_does_not_write_the_search_index_out_at_each_row() {
    let store = store_of(60);
    let sql = "SELECT max(origin) FROM search_docsize";
    let written: i64 = store.connection.query_row(sql, [], |row| row.get(0)).unwrap();
    assert!(written < 5, "{written} times");
}

#[test]
fn rows_without_an_id_are_found_again_by_customer_and_deal() {
    let mut store = Store::in_memory(Settings::default()).unwrap();
    let own = || Incoming { referral_id: None, ..record(3) };
    assert_eq!(import(&mut store, vec![own()]).new, 1);
    assert_eq!(import(&mut store, vec![own()]).unchanged, 1);
}

#[test]
fn a_dry_run_tells_every_row_and_changes_nothing() {
    let mut store = store_of(10);
    let before = everything(&store);
    let renamed = Incoming { name: Some(Some(line("Renamed"))), ..record(1) };
    let (report, verdicts) = import_as(&mut store, vec![record(0), renamed, record(20)], Mode::DryRun);
    assert_eq!((report.new, report.changed, report.unchanged, report.step), (1, 1, 1, None));
    assert_eq!(verdicts[0].verdict, Verdict::Unchanged);
    assert!(
        matches!(&verdicts[1].verdict, Verdict::Changed { taken, .. } if taken[0].0 == Named::Known(Field::Name) && taken[0].2 == "Renamed")
    );
    assert_eq!(verdicts[2].verdict, Verdict::New);
    assert_eq!(everything(&store), before);
}

#[test]
fn an_import_is_one_undo_step_with_its_updates() {
    let mut store = store_of(10);
    let before = everything(&store);
    let renamed = Incoming {
        name: Some(Some(line("Renamed"))),
        extra: [("PartnerID".to_owned(), "47".into())].into_iter().collect(),
        ..record(1)
    };
    let report = import(&mut store, vec![renamed.clone(), record(50), record(51)]);
    assert_eq!((report.new, report.changed), (2, 1));
    let after = everything(&store);
    store.undo(now()).unwrap();
    assert_eq!(everything(&store), before);
    store.redo(now()).unwrap();
    assert_eq!(everything(&store), after);
    assert_eq!(import(&mut store, vec![renamed]).unchanged, 1);
}

#[test]
fn two_rows_about_the_same_opportunity_are_undone_together() {
    let mut store = store_of(5);
    let before = everything(&store);
    let named = |name: &str| Incoming { name: Some(Some(line(name))), ..record(1) };
    let report =
        import(&mut store, vec![named("First"), named("Second"), record(60), Incoming { crm_id: Some(None), ..record(60) }]);
    assert_eq!((report.new, report.changed), (1, 3));
    store.undo(now()).unwrap();
    assert_eq!(everything(&store), before);
}

#[test]
fn an_import_never_overwrites_what_the_rep_changed() {
    let mut store = store_of(10);
    let received = 5; // record(4): inbound and new
    assert!(store.apply(&[change(received, accept())], now()).unwrap().step.is_some());
    let theirs = Incoming { name: Some(Some(line("Their name"))), crm_id: Some(Some(line("CRM-9"))), ..record(4) };
    let (report, verdicts) = import_as(&mut store, vec![theirs.clone()], Mode::Import);
    assert_eq!((report.changed, report.conflicts), (1, 1));
    let Verdict::Changed { conflicts, .. } = &verdicts[0].verdict else { panic!() };
    assert_eq!(conflicts.iter().map(|c| c.0).collect::<Vec<_>>(), [Field::Name, Field::CrmId]);
    let held = store.get(OpportunityId(received)).unwrap();
    assert_eq!(held.opportunity.deal.name, Some(line("Accepted")), "ours stays");
    assert_eq!(held.conflicts[&Field::Name].theirs, "Their name");
    assert_eq!(import(&mut store, vec![theirs]).unchanged, 1, "the same conflict is not reported again");
}

#[test]
fn what_partner_center_has_learnt_leaves_the_outbox() {
    let mut store = store_of(10);
    assert!(store.apply(&[change(6, What::Decline { reason: Reason::Budget, note: None })], now()).unwrap().step.is_some());
    let parts = |store: &Store| {
        let held = store.get(OpportunityId(6)).unwrap();
        let notices = "SELECT count(*) FROM outbox WHERE kind = 'notice' AND state = 'waiting'";
        let notices: i64 = store.connection.query_row(notices, [], |row| row.get(0)).unwrap();
        (held.has_update(), notices, store.counts(now().into()).unwrap().outbox)
    };
    assert_eq!(parts(&store), (true, 1, 1), "an update and a notice to the sender, of one deal");
    let declined = State::Closed(Outcome::Declined { reason: Some(Reason::Budget), note: None });
    let status = Some(Status { state: declined, accepted_at: None, closed_at: None });
    import(&mut store, vec![Incoming { status, ..record(5) }]);
    assert_eq!(parts(&store), (false, 1, 1), "the sender is still to be told");
    store.undo(now()).unwrap();
    assert_eq!(parts(&store), (true, 1, 1));
}

#[test]
fn a_file_that_breaks_off_leaves_nothing_and_the_others_stay() {
    let mut store = store_of(0);
    let mut sources: Vec<Box<dyn Source + Send>> = vec![
        Box::new(Records { records: vec![record(1), record(2)], whole: false }),
        Box::new(Records { records: vec![record(3)], whole: true }),
    ];
    let report = store.import(&mut sources, Mode::Import, now(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((report.new, report.broken), (1, vec![0]));
    assert_eq!(store.counts(now().into()).unwrap().of(Tab::All, View::All), 1);
}

#[test]
fn what_a_file_that_breaks_off_brought_first_is_not_taken_for_known_in_the_next_one() {
    let mut store = store_of(0);
    let with = |number, campaign: &str| Incoming { campaign_id: Some(Some(line(campaign))), ..record(number) };
    let mut sources: Vec<Box<dyn Source + Send>> = vec![
        Box::new(Records { records: vec![with(1, "Frühling"), with(2, "Herbst")], whole: false }),
        Box::new(Records { records: vec![with(3, "Herbst"), with(4, "Frühling")], whole: true }),
    ];
    store.import(&mut sources, Mode::Import, now(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(store.health().unwrap(), Default::default());
}

#[test]
fn a_stopped_import_leaves_nothing() {
    let mut store = store_of(2);
    let before = everything(&store);
    let records = (10..30).map(record).collect();
    let mut sources: Vec<Box<dyn Source + Send>> = vec![Box::new(Records { records, whole: true })];
    let mut seen = 0;
    let stopped = store.import(&mut sources, Mode::Import, now(), &mut |_| {
        seen += 1;
        if seen == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    assert_eq!(everything(&store), before);
}

#[test]
fn mg_65_what_is_already_overdue_expires_on_import_dated_at_its_deadline() {
    let mut store = store_of(0);
    let old = Incoming { created_at: Some(at("2026-10-01T00:00:00Z")), ..record(4) };
    import(&mut store, vec![old]);
    let stage = store.get(OpportunityId(1)).unwrap().opportunity.stage;
    assert_eq!((stage.archived_at(), stage.outcome()), (Some(at("2026-10-15T00:00:00Z")), Some(&Outcome::Expired)));
    store.undo(now()).unwrap();
    assert!(store.counts(now().into()).unwrap().is_empty(), "undoing the import takes the expiry along");
    store.redo(now()).unwrap();
    store.catch_up(now()).unwrap();
    assert!(store.get(OpportunityId(1)).unwrap().opportunity.is_archived());
    assert_eq!(store.counts(now().into()).unwrap().outbox, 1);
}

#[test]
fn rows_of_a_file_stand_in_the_order_of_the_file() {
    let mut store = Store::in_memory(Settings::default()).unwrap();
    import(&mut store, (0..9).map(|n| record(n * 3)).collect());
    let query = crate::domain::query::ListQuery { view: View::All, ..crate::domain::query::ListQuery::tab(Tab::Outbound) };
    let page = store.list(&query, crate::domain::query::From::Start, 9).unwrap();
    assert_eq!(page.rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), (1..=9).collect::<Vec<_>>());
}

/// A file of a day of its own.
struct Dated(std::vec::IntoIter<Incoming>, Timestamp);

impl Source for Dated {
    fn next_record(&mut self) -> Option<Incoming> {
        self.0.next()
    }

    fn is_whole(&self) -> bool {
        true
    }

    fn name(&self) -> String {
        "download.csv".into()
    }

    fn as_of(&self) -> Option<Timestamp> {
        Some(self.1)
    }

    fn dated(&self) -> Option<Timestamp> {
        Some(self.1)
    }

    fn finish(&mut self, _taken: bool) {}
}

/// Imports what was told so many hours after [`now`]; returns the step.
fn import_after(store: &mut Store, hours: i64, records: Vec<Incoming>) -> StepId {
    let at = now().plus_micros(hours * 3_600_000_000);
    let report = store.import(&mut [Dated(records.into_iter(), at)], Mode::Import, at, &mut |_| ControlFlow::Continue(()));
    report.unwrap().step.unwrap()
}

#[test]
fn whichever_import_is_undone_first_what_all_of_them_confirmed_is_known_as_of_the_day_before_them() {
    let renamed = |n: usize| Incoming { name: Some(Some(line(&format!("Renamed {n}")))), ..record(n) };
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut store = Store::in_memory(Settings::default()).unwrap();
        import_after(&mut store, 0, (0..9).map(record).collect());
        let dates = |store: &Store| {
            let told = (1..=9).map(|id| store.get(OpportunityId(id)).unwrap().told).collect::<Vec<_>>();
            (told, store.imported_at().unwrap())
        };
        let before = dates(&store);
        // Each changes a deal of its own, and says of all others what is held.
        let steps: Vec<StepId> = (0..3)
            .map(|n| {
                let rows = (0..9).map(|row| if row <= n { renamed(row) } else { record(row) });
                import_after(&mut store, n as i64 + 1, rows.collect())
            })
            .collect();
        assert_ne!(dates(&store), before);
        for n in order {
            store.undo_step(steps[n], now().plus_days(2)).unwrap();
        }
        assert_eq!(dates(&store), before, "{order:?}");
        assert_eq!(store.health().unwrap(), Default::default());
    }
}

#[test]
fn what_an_import_only_confirmed_of_many_deals_leaves_one_row_and_no_history() {
    let mut store = Store::in_memory(Settings::default()).unwrap();
    import_after(&mut store, 0, (0..2_000).map(record).collect());
    let named = Incoming { name: Some(Some(line("Renamed"))), ..record(0) };
    import_after(&mut store, 1, std::iter::once(named).chain((1..2_000).map(record)).collect());
    let count = |sql: &str| store.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM history WHERE step_id = 2"), 1);
    assert_eq!(count("SELECT count(*) FROM confirmed"), 1);
    assert!(count("SELECT sum(length(told)) FROM confirmed") < 3 * 2_000, "{}", count("SELECT sum(length(told)) FROM confirmed"));
}

//! The sample by keys: what is done in it is asked about before it would be lost, and the ways out lead back.

use cosell::clock::Clock;
use cosell::config::Config;
use cosell::desk::{Arrival, Carried, Data};
use cosell::domain::part::Part;
use cosell::sample;
use cosell::store::{Settings, Store};

use super::deals::filled;
use crate::support::driver::{Driver, NOW};

const FROM_OWN: Data = Data::Demo { from_own: true };

fn sample() -> Driver {
    opened(FROM_OWN)
}

fn opened(data: Data) -> Driver {
    let moment = Clock::from_setting(Some(NOW)).unwrap().moment();
    Driver::arriving(sample::store(Settings::default(), moment).unwrap(), Config::default(), data, Arrival::default())
}

#[test]
fn an_import_into_the_sample_asks_whether_it_is_meant_for_the_own_desk() {
    let mut desk = sample();
    desk.press("i").typed("/tmp/next week.csv").press("enter");
    desk.shows("This is the sample; nothing here is kept.").press("enter");
    assert_eq!(desk.own, Some(Carried::Import("/tmp/next week.csv".into())));
    let mut desk = sample();
    desk.press("i").typed("/no/such.csv").press("enter esc").shows("/no/such.csv").press("enter t");
    assert_eq!(desk.own, None);
    desk.shows("/no/such.csv is not there.");
}

#[test]
fn what_is_imported_from_the_sample_stands_on_the_own_desk() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("three.json");
    std::fs::write(&file, crate::support::cli::THREE).unwrap();
    let carried = Carried::Import(file.display().to_string());
    let store = Store::in_memory(Settings::default()).unwrap();
    let arrival = Arrival { carried, said: None, back: true };
    let mut desk = Driver::arriving(store, Config::default(), Data::Own, arrival);
    desk.shows("한빛정밀").shows("3 new");
}

#[test]
fn a_deal_that_is_made_in_the_sample_is_made_on_the_own_desk() {
    let mut desk = filled();
    desk.model.data = FROM_OWN;
    desk.press("ctrl-s ctrl-s").shows("Do it on your own").press("enter");
    let Some(carried @ Carried::Deal(_)) = desk.own.take() else { panic!("nothing goes along") };
    let store = || Store::in_memory(Settings::default()).unwrap();
    let arrival = Arrival { carried: carried.clone(), said: None, back: true };
    let own = Driver::arriving(store(), Config::default(), Data::Own, arrival);
    assert_eq!(own.model.tab, cosell::domain::tab::Tab::Outbound, "{}", own.screen());
    assert!(own.note().contains("u undoes it"), "{}", own.note());
    assert!(own.store.drafts().unwrap().is_empty(), "made, it is no draft");

    let said = Some("The database is busy.".to_owned());
    let arrival = Arrival { carried, said, back: false };
    let mut again = Driver::arriving(store(), Config::default(), Data::Demo { from_own: false }, arrival);
    assert!(again.model.form().is_some_and(|form| !form.text(Part::Name).is_empty()), "typed once is enough: {}", again.screen());
    assert!(again.note().contains("busy"), "{}", again.note());
    again.press("ctrl-s t");
    assert!(again.note().contains("u undoes it"), "tried in the sample: {}", again.note());
}

#[test]
fn every_way_out_of_the_sample_leads_back_to_the_own_desk_it_was_opened_from() {
    for key in ["D", "q", "esc"] {
        let mut desk = sample();
        desk.press(key);
        assert_eq!((desk.own.take(), desk.quit), (Some(Carried::Nothing), false), "{key}");
    }
    let mut desk = sample();
    desk.press("space esc");
    assert_eq!(desk.own, None, "Esc takes the mark away first");
    desk.press("/").typed("ERP").press("enter esc").shows_not("filter: ERP").press("f");
    assert!(!desk.note().is_empty());
    desk.press("esc");
    assert_eq!((desk.own.as_ref(), desk.note().as_str()), (None, ""), "the filter, and what was said, before the sample");
    desk.press("?").typed("own desk").shows("Back to your own desk");
    let arrival = Arrival { back: true, ..Arrival::default() };
    let own = Driver::arriving(Store::in_memory(Settings::default()).unwrap(), Config::default(), Data::Own, arrival);
    assert_eq!(own.note(), "Your own desk again. Nothing of the sample was kept.");
}

#[test]
fn what_was_done_in_the_sample_is_not_gone_with_two_presses_of_esc() {
    let mut desk = sample();
    desk.press("f esc esc").shows("Leave the sample? What was done in it is not kept: 1 step.");
    assert_eq!(desk.own, None);
    desk.press("esc").shows_not("Leave the sample?");
    assert_eq!((desk.own.as_ref(), desk.model.dialogs.len()), (None, 0), "Esc stays");
    for key in ["D", "q", "esc"] {
        desk.press(key).shows("not kept: 1 step.").press("n");
    }
    desk.press("esc enter");
    assert_eq!((desk.own.take(), desk.quit), (Some(Carried::Nothing), false), "Enter leaves");

    let mut desk = sample();
    desk.press("f j f esc esc").shows("not kept: 2 steps.").press("n u u esc esc");
    assert_eq!(desk.own, Some(Carried::Nothing), "what was taken back again is no loss");
}

#[test]
fn a_deal_that_is_begun_in_the_sample_is_told_before_it_is_left() {
    let mut desk = sample();
    desk.press("n").typed("Northwind").press("esc enter esc esc").shows("not kept: 1 draft.");
    desk.press("n n enter esc x esc esc");
    assert_eq!(desk.own, Some(Carried::Nothing), "thrown away, it is no loss: {}", desk.screen());
}

#[test]
fn the_sample_of_the_command_asks_before_it_ends_with_what_was_done_in_it() {
    let mut desk = opened(Data::Demo { from_own: false });
    desk.press("f q").shows("not kept: 1 step.").press("n");
    assert!(!desk.quit);
    desk.press("q y");
    assert!(desk.quit && desk.own.is_none());
}

#[test]
fn the_sample_that_was_started_by_its_command_ends_with_q() {
    let mut desk = opened(Data::Demo { from_own: false });
    desk.press("esc");
    assert_eq!((desk.note().as_str(), desk.quit), ("Nothing is open here. q quits.", false));
    desk.press("q");
    assert!(desk.quit && desk.own.is_none());
}

#[test]
fn the_key_that_leaves_at_once_says_what_ends_with_the_sample() {
    let mut desk = sample();
    desk.press("ctrl-c");
    assert_eq!(desk.note(), "^c again leaves; drafts are kept.");
    desk.press("f ctrl-c");
    assert_eq!((desk.note().as_str(), desk.quit), ("^c again leaves. What was done in the sample is not kept: 1 step.", false));
}

#[test]
fn a_step_in_the_place_of_one_that_the_sample_came_with_is_told_too() {
    let mut desk = sample();
    desk.press("u").press("f q").shows("What was done in it is not kept: ");
}

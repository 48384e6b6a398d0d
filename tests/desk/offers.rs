//! Offers as a room: told by hand through their forms, narrowed, sent on their way, removed, taken over from a file.

use std::sync::atomic::AtomicBool;

use cosell::clock::Clock;
use cosell::config::{Config, Setting};
use cosell::desk::model::{Dialog, Msg};
use cosell::domain::contact::Person;
use cosell::domain::date::Date;
use cosell::domain::programme::offer::{Offer, Submission};
use cosell::domain::programme::organisation::Fact;
use cosell::domain::role::Role;
use cosell::store::{Access, Memory, Request, Settings, Store};

use crate::support::driver::{Driver, NOW};

const FILE: &str = "name,type,published,transactable,csp,countries,contacts,one-pager,landing-page,social-or-case-study,colour\n\
    한빛 ERP,saas,yes,yes,no,KR,KR=민준;김;+82 2-555-0100;kim@hanbit.example,yes,https://h.example,https://h.example/c,red\n\
    販売管理クラウド,saas,yes,no,no,JP,JP=太郎;山田;+81 3-5550-0100;taro@y.example,yes,https://y.example,,\n\
    Advice,service,no,no,no,US,,,,,\n\
    Wrong,boat,perhaps,no,no,,,,,,\n";

fn offers(desk: &Driver) -> Vec<Offer> {
    desk.store.offers().unwrap().into_iter().map(|kept| kept.offer).collect()
}

/// The sample with the offers of a file in it, and their room open.
fn with_offers() -> (Driver, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offers.csv");
    std::fs::write(&file, FILE).unwrap();
    let mut desk = Driver::sample_without_offers();
    desk.press("i ctrl-u").typed(file.to_str().unwrap()).press("enter");
    (desk, folder)
}

/// Types a new offer that has all that co-sell ready asks for, but for the business profile.
fn type_offer(desk: &mut Driver, name: &str) {
    desk.press("n").typed(name).press("tab 5 tab tab 2 tab 2 tab tab tab").typed("KR").press("tab");
    desk.typed("KR=민준;김;+82 2-555-0100;kim@hanbit.example").press("tab").typed("one.pdf").press("tab tab");
    desk.typed("https://h.example").press("tab").typed("https://h.example/c");
}

#[test]
fn rules_of_ones_own_count_as_soon_as_they_are_set() {
    let (mut desk, folder) = with_offers();
    desk.press("O").shows("Missing for Co-sell ready");
    let own = "[[requirement]]\nrule = \"PE-14/published\"\nfor = \"coSellReady\"\nwhat = \"live\"\nsay = \"It is live\"\nnext = \"Go\"\n\
        needs = \"published:yes\"\nfrom = \"2020-05-19\"\nsource = \"ours\"\ndocument = \"ours\"\n";
    std::fs::write(folder.path().join("rules.toml"), own).unwrap();
    let set = |rules: &str| Config { programme: Some(rules.into()), folder: folder.path().to_owned(), ..Config::default() };
    desk.tell(Msg::Kept(Setting::Programme, Ok((Box::new(set("rules.toml")), Vec::new()))));
    desk.press("esc O").press("end enter").shows("It is live (ours)");
    desk.press("esc esc");
    desk.tell(Msg::Kept(Setting::Programme, Ok((Box::new(set("nowhere.toml")), Vec::new()))));
    desk.press("O").press("end enter").shows("It is live (ours)");
}

#[test]
fn pe_14_pe_17_an_offer_goes_from_nothing_to_incentivized_through_its_form() {
    let mut desk = Driver::sample_without_offers();
    desk.press("O").shows("No offers. n adds one, i takes them over");
    type_offer(&mut desk, "한빛 ERP");
    desk.press("ctrl-s");
    assert!(desk.note().starts_with("Added the offer “한빛 ERP”: Not ready."), "{}", desk.note());
    desk.shows("1 offer: Not ready 1.").shows("Missing for Co-sell ready: Business profile complete");
    desk.press("enter").shows("missing  The business profile in Partner Center").shows("(PE-14)").press("esc");
    desk.press("f").shows("Facts about the organisation").press("2 ctrl-s");
    desk.shows("1 offer: Co-sell ready 1.");
    desk.press("f tab tab").typed("120k").press("end ctrl-s");
    desk.press("e tab tab tab tab tab tab 2 tab tab tab tab tab tab tab tab").typed("60").press("ctrl-s");
    assert!(desk.note().contains("Co-sell ready → Azure IP co-sell incentivized"), "{}", desk.note());
    desk.press("enter").shows("Azure IP co-sell incentivized, since 2026-11-21").shows("reached").press("enter");
    desk.size(120, 60).press("enter").shows("Expected by 21 Dec 2026.").press("enter");
    desk.press("u").shows("Co-sell ready 1").press("ctrl-r").shows("incentivized 1");
}

#[test]
fn everything_that_is_wrong_stands_at_its_field_at_once() {
    let mut desk = Driver::sample_without_offers();
    desk.size(80, 50).press("O n ctrl-s").shows("Choose what kind of offer it is").shows("Offer is missing");
    assert!(desk.note().contains("2 things are missing or wrong"), "{}", desk.note());
    desk.typed("ERP").press("tab 5 tab 2 tab tab tab tab tab").typed("KR;Atlantis").press("tab").typed("KR=Kim").press("ctrl-s");
    assert!(desk.note().contains("2 things are missing or wrong"), "{}", desk.note());
    desk.shows("! Eligible countries: ").shows("! Sales contacts: ");
    let sheet = desk.model.sheet().unwrap();
    assert_eq!(sheet.fields[sheet.focus.unwrap()].part.code(), "countries", "the cursor is at the first");
    assert!(offers(&desk).is_empty());
    desk.press("ctrl-u").typed("KR").press("tab ctrl-u ctrl-s");
    desk.shows("! IP or service");
    assert!(offers(&desk).is_empty(), "PE-03: packaged software is no service");
    desk.press("backspace ctrl-s");
    assert_eq!(offers(&desk).len(), 1);
    // There is one of the name: it is not written over.
    desk.press("n").typed("ｅｒｐ").press("tab 8 ctrl-s").shows("there is another “ｅｒｐ” already");
    assert_eq!(offers(&desk)[0].kind.code(), "saas");
}

#[test]
fn what_was_typed_outlives_leaving_and_a_program_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::from_setting(Some(NOW)).unwrap();
    let open = || Store::open(&folder.path().join("cosell.db"), Settings::default(), clock.now()).unwrap();
    let mut desk = Driver::on(open(), Config::default());
    desk.press("O n").typed("한빛 ERP").press("tab 5 esc").shows("Leave this form?").press("n");
    assert!(matches!(desk.model.dialogs.last(), Some(Dialog::Sheet(_))));
    desk.press("esc enter").shows("An offer is begun: n goes on with it.");
    assert_eq!(desk.note(), "What you typed is kept: open the form again to go on.");
    desk.press("n").shows("한빛 ERP").shows("SaaS");
    assert_eq!(desk.note(), "Your draft is back.");
    std::mem::forget(desk);
    let mut desk = Driver::on(open(), Config::default());
    desk.press("O n").shows("한빛 ERP").press("ctrl-s esc");
    assert_eq!(offers(&desk).len(), 1);
    assert!(desk.store.drafts().unwrap().is_empty(), "what is kept is no draft any more");
    // One that is left is thrown away only where that is said; another offer has a draft of its own.
    desk.press("O e end").typed(" 2").press("esc enter n").shows_not("한빛").press("esc e").shows("한빛 ERP 2").press("esc x");
    assert_eq!((desk.note().as_str(), desk.store.drafts().unwrap().len()), ("Thrown away.", 0));
}

#[test]
fn a_form_that_changed_nothing_says_so_and_one_that_others_changed_meanwhile_stays_open() {
    let (mut desk, _folder) = with_offers();
    let steps = desk.store.steps(None, 100).unwrap().len();
    desk.press("g e ctrl-s");
    assert_eq!((desk.note().as_str(), desk.store.steps(None, 100).unwrap().len()), ("Nothing was changed.", steps));
    desk.press("e end").typed(" Pro");
    let seen = desk.store.offer_named("Advice").unwrap().unwrap();
    let other = Offer { csp: true, ..seen.offer.clone() };
    let change = cosell::store::OfferChange::Change { seen: Box::new(seen), offer: other };
    desk.store.change_offers(&[change], Clock::from_setting(Some(NOW)).unwrap().now()).unwrap();
    desk.press("ctrl-s").shows("Advice Pro").shows("was changed in another window");
}

#[test]
fn pe_28_to_pe_30_the_submission_offers_the_steps_and_says_why_one_cannot_follow() {
    let (mut desk, _folder) = with_offers();
    desk.press("f 2 ctrl-s / h").typed("anbit").press("esc /").typed("ㅎㅂ").press("enter").shows_not("Advice");
    desk.press("s").shows("한빛 ERP: Draft").shows("Sent to Microsoft").shows("does not follow from that").press("3");
    assert!(desk.note().contains("does not follow from that"), "{}", desk.note());
    desk.press("s 2");
    assert!(desk.note().starts_with("“한빛 ERP”: Sent to Microsoft."), "{}", desk.note());
    desk.press("s 4").shows("Does not qualify yet");
    desk.press("s 2 s 3");
    assert_eq!(desk.store.offer_named("한빛 ERP").unwrap().unwrap().offer.submission, Submission::Qualified);
    desk.press("u");
    assert_eq!(desk.store.offer_named("한빛 ERP").unwrap().unwrap().offer.submission, Submission::Published);
    // PE-29: what is not complete is not published.
    desk.press("esc /").typed("販売").press("enter s").shows("lacks what its next status asks for").press("2");
    assert!(desk.note().contains("Social media or case study"), "{}", desk.note());
}

#[test]
fn an_offer_is_removed_after_a_question_and_comes_back() {
    let (mut desk, _folder) = with_offers();
    desk.press("g delete").shows("Remove the offer “Advice”?").press("n").shows("3 offers").press("delete y");
    assert!(desk.note().starts_with("Removed the offer “Advice”."), "{}", desk.note());
    desk.shows("2 offers").press("u").shows("3 offers").shows("Advice");
    desk.press("esc f").typed("").press("esc").press(":").typed("history of everything").press("enter");
    desk.shows("Undone: Removed the offer “Advice”");
}

#[test]
fn a_file_of_offers_is_known_by_its_heads_and_opens_their_room() {
    let (mut desk, folder) = with_offers();
    assert!(desk.note().contains("offers.csv: 3 new"), "{}", desk.note());
    assert!(desk.note().contains("colour") && desk.note().contains("One row was refused"), "{}", desk.note());
    desk.shows("3 offers").shows("販売管理クラウド").press("esc");
    desk.places = vec![folder.path().to_owned()];
    desk.press("i").shows("offers.csv").shows("offers");
    desk.press("esc O").press("i ctrl-u").typed(folder.path().join("offers.csv").to_str().unwrap()).press("enter");
    assert!(desk.note().contains("0 new, 0 changed, 3 unchanged"), "{}", desk.note());
    desk.press("x");
    assert!(desk.note().contains("cosell offers export"), "{}", desk.note());
}

#[test]
fn the_room_is_narrowed_while_one_types_in_whatever_script() {
    let (mut desk, _folder) = with_offers();
    desk.press("/").typed("ㅎㅂ").shows("한빛 ERP").shows_not("Advice").shows("1 of them is shown; Esc shows all.");
    desk.press("ctrl-u").typed("管理").shows("販売管理クラウド").shows_not("한빛");
    desk.press("ctrl-u").typed("nothing").shows("None of them fits").press("esc").shows("Advice").shows("한빛 ERP");
    desk.press("/")
        .tell(cosell::desk::model::Msg::Paste("Advice".into()))
        .shows("1 of them")
        .press("enter e")
        .shows("Edit: Advice");
    desk.press("esc esc").shows("3 offers").press("esc").shows_not("3 offers");
}

#[test]
fn mg_02_a_viewer_sees_offers_and_is_told_why_nothing_changes() {
    let viewer = "Viewers change nothing: role in [me] of the configuration.";
    let (desk, _folder) = with_offers();
    let mut store = desk.store;
    let settle = Request::Settle {
        response_days: 14,
        author: String::new(),
        role: Role::Viewer,
        now: Clock::from_setting(Some(NOW)).unwrap().now(),
    };
    let mut memory = Memory::of(&store);
    store.answer(settle, &mut memory, &AtomicBool::new(false), &mut |_| {});
    let config = Config { role: Role::Viewer, me: Person::default(), ..Config::default() };
    let mut desk = Driver::on(store, config);
    desk.press("O").shows("한빛 ERP").press("enter").shows("things are missing").press("enter");
    for key in ["n", "e", "s", "f", "delete", "i", "u"] {
        desk.press(key);
        assert_eq!((desk.note().as_str(), desk.model.dialogs.len()), (viewer, 0), "{key}");
    }
    let mut looking = Driver::opened(desk.store, Config::default(), Access::AskedReadOnly);
    looking.press("O").shows("한빛 ERP");
    for key in ["n", "e", "s", "f", "delete"] {
        looking.press(key);
        assert!(looking.note().contains("open for reading only") && looking.model.dialogs.is_empty(), "{key}");
    }
}

#[test]
fn facts_of_the_organisation_hold_from_the_day_that_was_typed() {
    let (mut desk, _folder) = with_offers();
    desk.press("f tab tab").typed("a lot").press("ctrl-s").shows("! Azure consumed revenue");
    desk.press("ctrl-u").typed("120k").press("tab tab tab").typed("2026-07-01").press("ctrl-s");
    let told: Vec<String> =
        desk.store.organisation().unwrap().all().map(|(fact, from, text)| format!("{} {from:?} {text}", fact.code())).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    desk.press("f").shows("120000").press("tab tab ctrl-u").typed("90k").press("tab tab tab ctrl-u ctrl-s");
    desk.shows("something is told from 2026-07-01");
    desk.press("tab ctrl-s");
    assert!(desk.model.sheet().is_some());
}

#[test]
fn facts_that_a_command_told_while_the_form_was_open_are_not_written_over() {
    let (mut desk, _folder) = with_offers();
    let now = Clock::from_setting(Some(NOW)).unwrap().now();
    let tell = |desk: &mut Driver, fact: Fact, text: &str| {
        desk.store.change_organisation("us", |ours| ours.tell(fact, None, text.into()), now).unwrap();
    };
    desk.press("f tab tab").typed("120k");
    tell(&mut desk, Fact::AcrTtmUsd, "95000");
    desk.press("ctrl-s").shows("120k").shows("was changed in another window");
    let acr = |desk: &Driver| {
        desk.store.organisation().unwrap().on(Fact::AcrTtmUsd, Date::iso("2026-11-21").unwrap()).map(str::to_owned)
    };
    assert_eq!(acr(&desk).as_deref(), Some("95000"));
    // Another fact than those that are told is nothing to this form.
    desk.press("esc x f").shows("95000").press("tab tab ctrl-u").typed("120k");
    tell(&mut desk, Fact::IsvConnect, "premium");
    desk.press("ctrl-s");
    assert_eq!(acr(&desk).as_deref(), Some("120000"));
}

#[test]
fn what_is_told_of_one_is_scrolled_to_its_end_and_the_next_is_shown_from_its_beginning() {
    let (mut desk, _folder) = with_offers();
    desk.size(40, 10).press("G enter").shows_not("Brings nothing yet.");
    desk.press("pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn")
        .shows("Brings nothing yet.")
        .shows("한빛 ERP")
        .shows_not("Missing for");
    desk.press("up").shows_not("Brings nothing yet.").press("down").shows("Brings nothing yet.");
    desk.press("k").shows("販売管理").shows("Missing for").shows_not("Brings").press("f3").shows("Not co-sell ready");
    desk.press("esc e tab f3").shows("offer").press("esc esc");
}

#[test]
fn what_stands_below_the_smallest_screen_is_reached_without_opening_it() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("O j").shows("Ledger Insight").shows_not("SaaS · Draft");
    desk.press("down").shows("Ledger Insight").shows("SaaS · Draft").press("up").shows_not("SaaS · Draft");
    desk.press("pgdn").shows("Ledger Insight").shows("SaaS · Draft").press("pgdn").shows("3 of 6");
    desk.press("k").shows("Ledger Insight").shows("Missing for").press("j k j").shows("3 of 6");
    // What is said of all of them leaves room for them.
    desk.press("n").typed("한빛").press("esc enter /").typed("store").shows("1 of them is shown").shows("Store Analytics");
}

#[test]
fn the_room_and_its_form_at_three_sizes() {
    for (columns, rows) in [(40, 10), (80, 24), (200, 50)] {
        let (mut desk, _folder) = with_offers();
        desk.size(columns, rows).press("f 2 ctrl-s g j");
        insta::assert_snapshot!(format!("offers_{columns}x{rows}"), desk.screen());
        desk.press("enter");
        insta::assert_snapshot!(format!("offers_opened_{columns}x{rows}"), desk.screen());
        desk.press("enter /").typed("管理");
        insta::assert_snapshot!(format!("offers_narrowed_{columns}x{rows}"), desk.screen());
        desk.press("esc e tab");
        insta::assert_snapshot!(format!("offers_form_{columns}x{rows}"), desk.screen());
    }
}

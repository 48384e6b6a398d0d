//! Registering won deals on the desk: said before Won, the form of the contract, and why it does not open (MG-73, MG-74).

use cosell::config::Config;
use cosell::desk::model::Msg;
use cosell::domain::date::Date;
use cosell::domain::ids::OpportunityId;
use cosell::domain::instant::Timestamp;
use cosell::domain::money::Currency;
use cosell::domain::programme::registration::state::{Entered, RegistrationState};
use cosell::domain::programme::registration::{Next, Registration};
use cosell::domain::rate::{Factor, Rate};
use cosell::store::{Mode, Reply, Settings, Store};

use crate::center::{eligible, won_there};
use crate::support::cli::THREE;
use crate::support::driver::{Driver, NOW};

const DEAL: OpportunityId = OpportunityId(1);

/// How old the data is stands in the header.
fn dated(file: &std::path::Path) {
    let written = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_795_200_000);
    std::fs::File::options().write(true).open(file).unwrap().set_modified(written).unwrap();
}

/// A desk on which deal 1 is accepted; `created` is when it was made.
fn accepted(created: &str, with_offer: bool) -> Driver {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("three.json");
    let records = THREE
        .replacen("\"status\":\"New\",\"substatus\":\"Pending\"", "\"status\":\"Active\",\"substatus\":\"Accepted\"", 1)
        .replacen("2026-11-10T03:00:00Z", created, 1);
    std::fs::write(&file, records).unwrap();
    dated(&file);
    let now = Timestamp::parse(NOW).unwrap();
    let mut store = Store::in_memory(Settings::default()).unwrap();
    if with_offer {
        eligible(&mut store, now);
    }
    let (dollar, won) = (Currency::parse("USD").unwrap(), Currency::parse("KRW").unwrap());
    let rate = Rate::new(Date::iso("2026-11-01").unwrap(), dollar, won, Factor::parse("1400").unwrap()).unwrap();
    store.put_rates(&[rate], Mode::Import).unwrap();
    let mut desk = Driver::on(store, Config::default());
    desk.press("i ctrl-u").typed(file.to_str().unwrap()).press("enter esc");
    desk.press(":").typed("1").press("enter").shows("ERP 마이그레이션");
    desk
}

fn won() -> Driver {
    let mut desk = accepted("2026-11-10T03:00:00Z", true);
    desk.press("w ctrl-s");
    assert!(desk.note().contains("R at #1 registers it"), "{}", desk.note());
    desk.press(":").typed("1").press("enter");
    desk
}

fn registration(desk: &Driver) -> Option<Registration> {
    desk.store.registration(DEAL).unwrap()
}

/// Fills the form from its first field on, up to the term.
fn fill(desk: &mut Driver) {
    desk.shows("Microsoft-managed").press("2 tab").press("2 tab").typed("60000").press("tab ctrl-u").typed("USD").press("tab");
}

/// Fills the rest of it.
fn fill_rest(desk: &mut Driver) {
    desk.press("2 tab").typed("2026-11-20").press("tab").typed("2026-12-01").press("tab").typed("2027-11-30").press("tab");
    desk.typed("50000").press("tab tab 2 tab 1 tab 2 tab 1");
}

#[test]
fn mg_73_before_won_the_dialog_says_from_when_it_is_registrable_and_what_is_asked_then() {
    let mut desk = accepted("2026-11-19T05:10:00Z", true);
    desk.size(100, 40).press("w").shows("registrable from").shows("14:10").shows("registration asks then");
    let mut old = accepted("2026-11-10T03:00:00Z", true);
    old.size(100, 40).press("w").shows("it can be registered in Partner Center").shows_not("registrable from");
}

#[test]
fn mg_73_before_won_the_dialog_names_the_rule_that_bars_it_and_after_it_the_key_says_why() {
    let mut desk = accepted("2026-11-10T03:00:00Z", true);
    let now = Timestamp::parse(NOW).unwrap();
    desk.store.change_organisation("x", |ours| *ours = Default::default(), now).unwrap();
    desk.size(100, 40).press("w").shows("could not be registered").shows("eligible for Azure IP co-sell").press("ctrl-s");
    desk.press(":")
        .typed("1")
        .press("enter R")
        .shows("cannot be registered as it stands")
        .shows("Azure IP co-sell or ISV Connect");
    assert_eq!(registration(&desk), None);
}

#[test]
fn only_what_was_won_is_registered_and_the_key_says_so() {
    let mut desk = accepted("2026-11-10T03:00:00Z", true);
    desk.press("R");
    assert!(desk.note().contains("Only a won deal"), "{}", desk.note());
}

#[test]
fn mg_74_the_form_complains_of_everything_at_its_field_keeps_one_step_and_undo_takes_it_back() {
    let mut desk = won();
    desk.size(100, 50).press("R").shows("Register the won deal").press("ctrl-s");
    assert!(desk.note().contains("missing or wrong"), "{}", desk.note());
    for said in ["Microsoft-managed is missing", "Contract value is missing", "Signed on is missing", "Term is missing"] {
        desk.shows(said);
    }
    fill(&mut desk);
    desk.press("2 tab").typed("2026-11-22").press("tab").typed("2026-12-01").press("tab").typed("2026-11-01").press("tab");
    desk.typed("70000").press("tab tab");
    desk.shows("is in the future").shows("is before the start on 2026-12-01").shows("more than the contract is worth");
    desk.press("2 tab 1 tab 2 tab 1 ctrl-s");
    assert_eq!(registration(&desk), None);
    insta::assert_snapshot!("registration_form_100x50", desk.screen());
}

#[test]
fn mg_73_what_cannot_be_read_in_the_form_is_not_called_missing() {
    let mut desk = won();
    desk.size(100, 50).press("R").shows("Microsoft-managed").press("2 tab").press("2 tab").typed("many").press("tab ctrl-u tab");
    desk.press("1 tab").typed("2026-11-20").press("tab").typed("2026-12-01").press("tab").typed("some").press("ctrl-s");
    desk.shows("“many” is not an amount").shows("“some” is not an amount");
    desk.shows_not("Contract value is missing").shows_not("Solution value is missing").shows_not("Solution currency is missing");
}

#[test]
fn mg_73_the_form_of_a_contract_hears_of_a_rate_that_came_meanwhile() {
    let mut desk = won();
    desk.size(100, 50).press("R").press("2 tab").press("2 tab").typed("60000").press("tab ctrl-u").typed("EUR").press("tab");
    desk.press("ctrl-s").shows("rate");
    let (euro, dollar) = (Currency::parse("EUR").unwrap(), Currency::parse("USD").unwrap());
    let rate = Rate::new(Date::iso("2026-11-01").unwrap(), euro, dollar, Factor::parse("1.1").unwrap()).unwrap();
    desk.store.put_rates(&[rate], Mode::Import).unwrap();
    desk.tell(Msg::Reply(Reply::Moved)).shows("60000").shows_not("no rate");
}

#[test]
fn mg_73_a_contract_that_is_whole_is_kept_as_one_step_and_what_was_typed_survives_as_a_draft() {
    let mut desk = won();
    desk.size(100, 50).press("R");
    fill(&mut desk);
    desk.press("esc y");
    assert!(desk.note().contains("is kept"), "{}", desk.note());
    desk.press("R").shows("60000").shows("USD");
    // The cursor stands where it was left.
    fill_rest(&mut desk);
    desk.shows("to be registered in Partner Center by 2027-01-19").press("ctrl-s");
    assert!(
        desk.note().contains("Registration of “ERP 마이그레이션” kept, to be there by 2027-01-19: it waits in the outbox (o)"),
        "{}",
        desk.note()
    );
    let kept = registration(&desk).unwrap();
    assert_eq!((kept.next(), kept.contract.signed_on), (Next::Write, Some(Date::iso("2026-11-20").unwrap())));
    assert_eq!((kept.told.managed, kept.contract.value.unwrap().to_string()), (Some(true), "60000.00 USD".to_owned()));
    desk.shows("not sent").press("u");
    assert_eq!(registration(&desk), None);
    desk.press("ctrl-r R").shows("60000").press("esc").shows_not("Keep registration");
}

#[test]
fn mg_73_mg_74_registrations_are_written_from_the_outbox_answered_through_the_import_box_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = won();
    desk.size(100, 50).press("R");
    fill(&mut desk);
    fill_rest(&mut desk);
    desk.press("ctrl-s esc o").shows("Registrations that stay here for now · 1").shows("does not know yet that it is won");
    desk.shows("To be registered by 2027-01-19").shows_not("to be written: R").press("R");
    assert!(desk.note().contains("No registration is ready"), "nothing is asked where nothing is written: {}", desk.note());
    let known = folder.path().join("won.json");
    std::fs::write(&known, won_there(THREE)).unwrap();
    dated(&known);
    desk.press("i ctrl-u").typed(known.to_str().unwrap()).press("enter esc");
    desk.press("o").shows("Registrations to be written · 1").shows("To be registered by 2027-01-19");
    desk.shows("One registration is to be written: R");
    let write = |desk: &mut Driver| {
        desk.press("R ctrl-u")
            .typed(folder.path().to_str().unwrap())
            .press("enter")
            .shows("Write one registration into")
            .press("y");
    };
    write(&mut desk);
    assert!(desk.note().contains("Wrote one registration"), "{}", desk.note());
    desk.shows("Registrations written, answer awaited · 1");
    // Where it was written is another folder each time.
    desk.press("j k");
    insta::assert_snapshot!("registration_outbox_100x50", desk.screen());
    // The line of the registration stands below that of its deal.
    desk.press("G f").shows("never uploaded").press("y");
    assert!(desk.note().contains("its registration waits again"), "{}", desk.note());
    assert_eq!(registration(&desk).unwrap().next(), Next::Write);
    write(&mut desk);
    let file = folder.path().join("cosell-registrations-2026-11-21-2.csv");
    let mut center = crate::center::RegistrationCenter::default();
    let answer = center.upload(&std::fs::read_to_string(&file).unwrap(), "11/21/2026");
    let answered = folder.path().join("answer.csv");
    std::fs::write(&answered, answer).unwrap();
    desk.press("i ctrl-u").typed(answered.to_str().unwrap()).press("enter");
    assert!(desk.note().contains("1 changed"), "{}", desk.note());
    assert_eq!(registration(&desk).unwrap().state().map(RegistrationState::code), Some("reviewPending"));
    desk.shows_not("Registrations written");
    desk.press("R");
    assert!(desk.note().contains("No registration is ready"), "{}", desk.note());
    desk.press("esc").press(":").typed("1").press("enter R");
    assert!(desk.note().contains("cannot be changed"), "{}", desk.note());
}

#[test]
fn the_detail_of_a_won_deal_names_the_key_that_registers_it_and_no_command() {
    let mut desk = won();
    desk.size(120, 50).shows("R says what its registration still needs").shows_not("cosell register");
}

/// A desk whose deal 1 is registered: Microsoft's answer came on 21 November.
fn registered() -> Driver {
    let mut desk = won();
    let won = desk.store.get(DEAL).unwrap().opportunity;
    let states = vec![Entered::told(RegistrationState::ReviewFailed, Date::iso("2026-11-20").unwrap())];
    let to = Registration { states, registered_on: Date::iso("2026-11-20").ok(), ..Registration::default() };
    desk.store.register(&won, None, &to, Timestamp::parse(NOW).unwrap()).unwrap();
    desk.press("esc f5").press(":").typed("1").press("enter");
    desk
}

#[test]
fn mg_74_an_exception_is_asked_for_on_the_desk_and_what_microsoft_decided_is_told_there() {
    let mut desk = registered();
    let ask = |desk: &mut Driver| {
        desk.press(":").typed("예외").shows("Ask for an exception of a registration").press("enter");
    };
    ask(&mut desk);
    desk.shows("Ask for an exception").shows("Why *").shows("Sent on *").shows("2026-11-21").press("ctrl-s");
    desk.shows("Why is missing").typed("계약일이 다릅니다").press("tab ctrl-u").typed("2026-11-19").press("ctrl-s");
    desk.shows("2026-11-19 lies before 2026-11-20").press("ctrl-u").typed("2026-11-22").press("ctrl-s").shows("still to come");
    desk.press("ctrl-u").typed("today").press("ctrl-s").shows_not("Sent on *");
    assert!(
        desk.note().starts_with("An exception was asked for on 2026-11-21; Microsoft decides by 2026-12-10."),
        "{}",
        desk.note()
    );
    let asked = registration(&desk).unwrap().exception.unwrap();
    assert_eq!((asked.text.as_str(), asked.decided), ("계약일이 다릅니다", None));

    // There is one a referral: from now on the same way leads to what became of it.
    ask(&mut desk);
    desk.shows("What Microsoft decided")
        .shows("1 granted it")
        .shows("2 refused it")
        .press("ctrl-s")
        .shows("Microsoft is missing");
    desk.press("2 tab tab enter").shows_not("Decided on *");
    assert!(desk.note().starts_with("The exception was refused on 2026-11-21."), "{}", desk.note());
    ask(&mut desk);
    assert!(desk.note().contains("the exception was refused on 2026-11-21, and that is final"), "{}", desk.note());
    desk.press("u enter");
    assert_eq!(registration(&desk).unwrap().exception.unwrap().decided, None, "undo takes the decision back");
    desk.press("u enter");
    assert_eq!(registration(&desk).unwrap().exception, None);
}

#[test]
fn the_form_of_an_exception_is_explained_by_f3_and_opens_the_editor_for_its_text_and_a_calendar_for_its_day() {
    let mut desk = registered();
    desk.press(":")
        .typed("예외")
        .press("enter")
        .typed("늦었")
        .press("f3")
        .shows("Deal registration")
        .shows("MG-74")
        .press("esc ctrl-o");
    assert_eq!(desk.editing.as_deref(), Some("늦었"));
    desk.tell(Msg::TextEdited(Ok("늦었습니다\n두 줄".to_owned()))).shows("늦었습니다").shows("두 줄");
    desk.press("tab ctrl-o").shows("2026-11").press("left enter").shows("2026-11-20").shows("늦었습니다");
    desk.press("ctrl-s");
    let asked = registration(&desk).unwrap().exception.unwrap();
    assert_eq!((asked.text.as_str(), asked.asked_on), ("늦었습니다\n두 줄", Date::iso("2026-11-20").unwrap()));
}

#[test]
fn mg_74_of_what_is_not_registered_no_exception_is_asked_for_and_what_was_typed_stays_as_a_draft() {
    let mut desk = won();
    desk.press(":").typed("예외").press("enter");
    assert!(desk.note().contains("has no registration at Microsoft"), "{}", desk.note());
    let mut desk = registered();
    desk.press(":").typed("exception").press("enter").typed("둘 다 9월에").press("esc").shows("Leave this form?").press("y");
    desk.press(":").typed("exception").press("enter").shows("둘 다 9월에");
}

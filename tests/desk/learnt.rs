//! What a new deal begins with by itself, learnt from earlier ones: typing takes its place, and nothing is learnt from nothing.

use cosell::config::Config;
use cosell::domain::part::Part;
use cosell::i18n::{Language, Sentences};
use cosell::store::{Settings, Store};

use super::deals::{desk, filled, made};
use crate::support::driver::Driver;

fn texts<const N: usize>(desk: &Driver, parts: [Part; N]) -> [String; N] {
    parts.map(|part| desk.model.form().unwrap().text(part))
}

const WHERE: [Part; 2] = [Part::Country, Part::Currency];
const CONTACT: [Part; 4] = [Part::ContactFirst, Part::ContactLast, Part::ContactPhone, Part::ContactEmail];

/// A rep who has made a deal with a customer and its person, and begins the next one.
fn second_deal() -> Driver {
    let mut desk = desk();
    desk.press("n")
        .typed("KR")
        .press("tab")
        .typed("누리온")
        .press("down enter")
        .typed("문")
        .press("tab")
        .typed("태경")
        .press("tab");
    desk.typed("+82 55-555-0109").press("tab").typed("tk.moon@nurion.example").press("pgdn").typed("ERP 2기").press("tab");
    desk.typed("84m").press("tab tab").typed("+30d").press("pgdn 1 pgdn").typed("plant cloud").press("down enter ctrl-s ctrl-s");
    assert!(desk.note().starts_with("Made: ERP 2기"), "{}", desk.screen());
    assert!(made(&desk).customer.contact.is_some());
    desk.press("n");
    desk
}

#[test]
fn the_first_deal_begins_in_the_country_of_the_locale_with_its_currency_and_later_ones_where_the_last_was_made() {
    let country = |tag: &str| Language::country_of_locale(tag);
    assert_eq!(
        ["C.UTF-8", "en", "ko_KR.UTF-8", "zh-Hant-TW", "de_CH@euro"].map(|tag| country(tag).map(|at| at.code().to_owned())),
        [None, None, Some("KR".to_owned()), Some("TW".to_owned()), Some("CH".to_owned())]
    );
    let mut desk = Driver::empty();
    let say = Sentences::new(Language::ENGLISH).with_home(country("ko_KR.UTF-8"));
    desk.model.say = std::sync::Arc::new(say);
    desk.press("n");
    let text = |desk: &Driver, part| desk.model.form().unwrap().text(part);
    assert_eq!((text(&desk, Part::Country).as_str(), text(&desk, Part::Currency).as_str()), ("KR", "KRW"));
    desk.typed("Japan");
    assert_eq!((text(&desk, Part::Country).as_str(), text(&desk, Part::Currency).as_str()), ("Japan", "JPY"), "it makes way");
    desk.press("pgdn tab tab ctrl-u").shows("1 JPY").shows("2 USD");
}

#[test]
fn where_nothing_was_made_only_the_home_currency_stands_there() {
    let mut desk = Driver::empty();
    desk.press("n");
    assert_eq!(texts(&desk, WHERE), ["", ""]);
    let config = Config::parse("home-currency = \"EUR\"").unwrap();
    let mut desk = Driver::on(Store::in_memory(Settings::default()).unwrap(), config);
    desk.press("n");
    assert_eq!(texts(&desk, WHERE), ["", "EUR"]);
    desk.press("esc");
    assert!(desk.model.form().is_none(), "what was only offered is no reason to ask");
}

#[test]
fn the_country_of_the_last_deal_stands_there_and_typing_takes_its_place() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s n");
    assert_eq!(texts(&desk, WHERE), ["KR", "KRW"]);
    assert_eq!(desk.model.form().unwrap().focused().unwrap().part, Part::Country, "the cursor stands where it always did");
    desk.press("esc");
    assert!(desk.model.form().is_none(), "what was only offered is no reason to ask");
    desk.press("n").typed("JP");
    assert_eq!(texts(&desk, WHERE), ["JP", "JPY"]);
    desk.press("backspace backspace").typed("germ").press("down enter");
    assert_eq!(texts(&desk, WHERE), ["DE", "EUR"]);
}

#[test]
fn one_deleting_key_takes_what_is_offered_and_a_moving_one_makes_it_ones_own() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s n backspace");
    assert_eq!(texts(&desk, WHERE), ["", "KRW"]);
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s n home").typed("x");
    assert_eq!(texts(&desk, WHERE), ["xKR", "KRW"]);
}

#[test]
fn a_currency_that_was_typed_does_not_follow_the_country_and_none_changes_under_an_amount() {
    let mut desk = desk();
    desk.press("n").typed("JP");
    assert_eq!(texts(&desk, WHERE), ["JP", "JPY"]);
    desk.press("pgdn tab tab").typed("usd").press("pgup ctrl-u").typed("KR");
    assert_eq!(texts(&desk, WHERE), ["KR", "usd"]);
    let mut desk = self::desk();
    desk.press("n pgdn tab").typed("84m").press("pgup").typed("JP");
    assert_eq!(texts(&desk, WHERE), ["JP", "KRW"]);
}

#[test]
fn a_known_customer_brings_its_person_and_another_name_is_another_person() {
    let mut desk = second_deal();
    desk.press("tab").typed("누리온").press("down enter");
    assert_eq!(texts(&desk, CONTACT), ["태경", "문", "+82 55-555-0109", "tk.moon@nurion.example"]);
    desk.typed("박");
    assert_eq!(texts(&desk, CONTACT), ["", "박", "", ""]);
    let mut desk = second_deal();
    desk.press("tab").typed("누리온").press("down enter tab tab").typed("+82 55-555-0110");
    assert_eq!(texts(&desk, CONTACT), ["태경", "문", "+82 55-555-0110", "tk.moon@nurion.example"]);
    desk.press("tab delete");
    assert_eq!(texts(&desk, CONTACT), ["태경", "문", "+82 55-555-0110", ""]);
}

#[test]
fn the_person_goes_with_its_customer_and_takes_no_place_of_one_who_is_typed() {
    let mut desk = second_deal();
    desk.press("tab").typed("누리온").press("down enter up up up up up up up ctrl-u").typed("새봄전자");
    assert_eq!(texts(&desk, CONTACT), ["", "", "", ""], "{}", desk.screen());
    let mut desk = second_deal();
    desk.press("tab").typed("누리온").crank().press("down enter");
    while desk.waiting() > 0 && texts(&desk, [Part::Duns])[0].is_empty() {
        desk.answer(0);
    }
    desk.typed("박");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert_eq!(texts(&desk, CONTACT), ["", "박", "", ""]);
}

#[test]
fn whom_a_sender_named_is_not_brought_into_a_deal_of_ours() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("tab").typed("누리온").press("down enter");
    assert_eq!(texts(&desk, CONTACT), ["", "", "", ""]);
}

#[test]
fn beside_a_new_deal_nothing_is_called_missing_that_stands_there_already() {
    let mut desk = second_deal();
    desk.size(140, 40).shows("Still missing").shows("Customer · Deal name").shows_not("Country · Customer");
}

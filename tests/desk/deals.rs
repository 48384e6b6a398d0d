//! Deals by keys alone: each page of the form, the whole entry, drafts, edits, help requests; nothing typed is lost.

use cosell::clock::Clock;
use cosell::config::Config;
use cosell::desk::model::{Dialog, Msg};
use cosell::domain::change::{Change, Edit, Set, What};
use cosell::domain::ids::OpportunityId;
use cosell::domain::opportunity::{HelpKind, Kind, Opportunity};
use cosell::domain::part::Part;
use cosell::domain::tab::Tab;
use cosell::domain::text::Notes;
use cosell::sample;
use cosell::store::Settings;

use crate::support::driver::{Driver, NOW};

/// The sample, opened by a rep whose name and currency are known.
pub fn desk() -> Driver {
    let moment = Clock::from_setting(Some(NOW)).unwrap().moment();
    let config = Config::parse(
        "home-currency = \"KRW\"\n[me]\nfirst-name = \"민준\"\nlast-name = \"김\"\nphone = \"+82 2-555-0100\"\nemail = \"minjun@partner.example\"\n",
    );
    Driver::on(sample::store(Settings::default(), moment).unwrap(), config.unwrap())
}

/// Types customer, deal, one colleague and one solution; the cursor is on the page of selling.
pub fn filled() -> Driver {
    let mut desk = desk();
    desk.press("n").typed("KR").press("tab").typed("누리온").press("down enter pgdn");
    desk.typed("ERP 2기").press("tab").typed("84m").press("tab tab").typed("+30d").press("pgdn 1 pgdn");
    desk.typed("plant cloud").press("down enter pgdn");
    desk
}

pub fn made(desk: &Driver) -> Opportunity {
    let id = desk.model.selected().unwrap().id;
    desk.store.get(id).unwrap().opportunity
}

#[test]
fn mg_24_to_mg_52_mg_71_a_whole_deal_is_entered_by_keys_alone() {
    let mut desk = filled();
    desk.press("ctrl-s").shows("[ Make the deal ]").press("enter");
    assert!(desk.note().starts_with("Made: ERP 2기"), "{}", desk.note());
    assert_eq!((desk.model.tab, desk.selected().as_str()), (Tab::Outbound, "ERP 2기"));
    desk.shows("outbox 3").shows("Accepted");
    let deal = made(&desk);
    assert_eq!(deal.kind, Kind::PrivatePipeline);
    assert_eq!(deal.customer.duns.unwrap().to_string(), "687214093");
    assert_eq!(deal.employees[0].name(), "김민준");
    assert_eq!(deal.deal.close_date.unwrap().to_string(), "2026-12-21");
    desk.press("u");
    assert!(desk.note().starts_with("Undone: Made “ERP 2기”"), "{}", desk.note());
    desk.shows("outbox 2").shows_not("ERP 2기  ");
}

#[test]
fn mg_25_mg_26_mg_27_legal_entities_of_one_company_are_told_apart_before_one_is_picked() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("tab").typed("누리온정밀");
    let screen = desk.screen();
    let entities: Vec<&str> = screen.lines().filter(|line| line.contains("㈜누리온정밀")).collect();
    assert_eq!(entities.len(), 2, "one name, one place, two legal entities: {screen}");
    assert!(entities[0].contains("687214093") && entities[1].contains("687214119"), "{entities:?}");
    assert!(entities.iter().all(|line| line.contains("창원시")), "{entities:?}");
    desk.press("down down").shows("▸ 2 ").press("enter");
    let form = desk.model.form().unwrap();
    assert_eq!((form.text(Part::Duns).as_str(), form.text(Part::City).as_str()), ("687214119", "창원시"));
    assert_eq!(
        form.focused().unwrap().part,
        Part::ContactLast,
        "then the contact is asked for (MG-29), in Korea by the family name"
    );
}

#[test]
fn a_customer_is_found_by_initial_consonants_width_case_and_company_form() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("tab");
    for typed in ["ㄴㄹㅇ", "온정", "주식회사 누리온", "누리온저"] {
        desk.press("ctrl-u").typed(typed).shows("㈜누리온정밀");
    }
}

#[test]
fn mg_28_a_customer_that_nobody_knows_is_typed_in() {
    let mut desk = filled();
    desk.press("pgup pgup pgup pgup tab ctrl-u")
        .typed("새봄전자")
        .press("tab ctrl-u tab ctrl-u tab tab ctrl-u tab ctrl-u tab ctrl-u");
    desk.press("ctrl-s enter");
    assert!(desk.note().starts_with("Made:"), "{}", desk.screen());
    let deal = made(&desk);
    assert_eq!((deal.customer.name.as_str(), deal.customer.duns, deal.customer.address.city), ("새봄전자", None, None));
}

#[test]
fn the_country_is_found_by_name_in_five_languages() {
    for (typed, name) in [("대한", "South Korea"), ("日本", "Japan"), ("臺灣", "Taiwan"), ("中国", "China"), ("germ", "Germany")]
    {
        let mut desk = desk();
        desk.press("n").typed(typed).shows(name).press("down enter");
        assert_eq!(desk.model.form().unwrap().text(Part::Country).len(), 2, "{typed}");
    }
}

#[test]
fn keys_typed_faster_than_suggestions_come_are_for_the_list_all_the_same() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("tab").crank();
    desk.typed("누리온").press("down enter");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert_eq!(desk.model.form().unwrap().text(Part::Duns), "687214093", "{}", desk.screen());
}

#[test]
fn mg_35_mg_36_money_and_date_are_understood_while_they_are_typed_and_warned_of() {
    let mut desk = desk();
    desk.press("n pgdn tab").typed("８４００만").shows("₩ 84,000,000").press("tab tab").typed("2026-01-31");
    desk.shows("The close date 2026-01-31 is in the past.").press("ctrl-u").typed("end of quarter").shows("2026-12-31");
    desk.press("up up ctrl-u").typed("2,000,000,000,000").shows("is very much. Is it right?");
}

#[test]
fn mg_36_a_close_date_is_picked_from_a_calendar() {
    let mut desk = desk();
    desk.press("n pgdn tab tab tab").shows("^o calendar").press("ctrl-o").shows("2026-11-21").press("pgdn down right");
    desk.shows("2026-12-29").press("enter");
    let form = desk.model.form().unwrap();
    assert_eq!((form.text(Part::CloseDate).as_str(), form.focused().unwrap().part), ("2026-12-29", Part::CrmId));
    desk.press("up ctrl-o esc").shows_not("Arrows by day");
    assert_eq!(desk.model.form().unwrap().text(Part::CloseDate), "2026-12-29", "Esc takes nothing");
}

#[test]
fn mg_38_campaigns_of_earlier_deals_are_suggested() {
    let mut desk = desk();
    desk.press("n pgdn tab tab tab tab tab");
    let screen = desk.screen();
    let first = screen.lines().find(|line| line.contains("    1 ")).unwrap_or_else(|| panic!("{screen}")).to_owned();
    desk.press("down enter");
    let campaign = desk.model.form().unwrap().text(Part::CampaignId);
    assert!(!campaign.is_empty() && first.contains(&campaign), "{first}: {campaign}");
}

#[test]
fn mg_39_notes_take_lines_and_come_back_from_the_editor() {
    let mut desk = desk();
    desk.press("n pgdn tab tab tab tab tab tab")
        .typed("첫 줄")
        .press("enter")
        .typed("둘째")
        .shows("^o your editor")
        .press("ctrl-o");
    assert_eq!(desk.editing.as_deref(), Some("첫 줄\n둘째"));
    desk.tell(Msg::TextEdited(Ok("첫 줄\n둘째 줄\n셋째".into()))).shows("셋째");
    assert_eq!(desk.model.form().unwrap().text(Part::Notes), "첫 줄\n둘째 줄\n셋째");
    desk.tell(Msg::TextEdited(Err("The editor could not be run.".into()))).shows("셋째");
    assert_eq!(desk.note(), "The editor could not be run.");
}

#[test]
fn mg_42_mg_43_somebody_new_is_typed_in_and_must_be_complete() {
    let mut desk = desk();
    desk.press("n pgdn pgdn tab")
        .typed("서연")
        .press("tab")
        .typed("이")
        .press("tab")
        .typed("12")
        .press("tab")
        .typed("x")
        .press("enter");
    let said = desk.note();
    assert!(said.contains("phone") && said.contains("e-mail"), "{said}");
    desk.press("ctrl-u").typed("seoyeon@partner.example").press("up ctrl-u").typed("+82 2-555-0102").press("down enter");
    desk.shows("이서연, +82 2-555-0102, seoyeon@partner.example");
    let form = desk.model.form().unwrap();
    assert_eq!((form.people().unwrap().items.len(), form.text(Part::EmployeeEmail).as_str()), (1, ""));
    desk.press("x").shows("nobody yet");
}

#[test]
fn mg_45_recent_colleagues_are_at_the_side_one_key_each_and_i_am_the_first() {
    let mut desk = desk();
    desk.size(120, 40).press("n pgdn pgdn").shows("Recent: a number adds, x takes off, e").shows("1 김민준, +82 2-555-0100");
    desk.press("1").shows("on this deal").shows("1 김민준");
    desk.press("1 2");
    let people = &desk.model.form().unwrap().people().unwrap().items;
    assert_eq!((people.len(), people[0].first.as_str()), (2, "민준"), "the numbers stay, and nobody comes twice");
    desk.press("tab").typed("whit").shows("1 Grace Whitfield").press("alt-1");
    assert_eq!(desk.model.form().unwrap().people().unwrap().items[2].last, "Whitfield");
}

#[test]
fn mg_46_mg_48_solutions_of_everybody_are_found_and_take_quantity_and_price() {
    let mut desk = desk();
    desk.press("n pgdn pgdn pgdn").typed("azure");
    let screen = desk.screen();
    assert!(screen.contains("(Microsoft)"), "{screen}");
    desk.press("down enter").typed("SOL-99999-XYZ").press("enter tab").typed("3").press("tab").typed("1.2k");
    desk.press("ctrl-s").shows("!");
    let draft = desk.model.form().unwrap().deal();
    assert_eq!(draft.solutions.len(), 2, "one that the catalogue does not know counts too");
    assert_eq!((draft.solutions[1].quantity.as_str(), draft.solutions[1].price.as_str()), ("3", "1.2k"));
}

#[test]
fn mg_51_mg_52_help_asks_for_kind_note_contact_and_consent() {
    let mut desk = filled();
    desk.press("tab 2").shows("Kind of help *").shows("Microsoft has 14 days to decide").press("ctrl-s");
    desk.shows("1 Customer !5").shows("5 Selling !2");
    assert_eq!(desk.note(), "7 things are missing or wrong.");
    desk.typed("박").press("tab").typed("지우").press("tab").typed("+82 2-555-0199").press("tab").typed("jiwoo@nuri.example");
    desk.press("tab space pgdn pgdn pgdn pgdn tab tab 3 tab").typed("3월 데모").press("ctrl-s");
    desk.shows("Its type is Co-sell.").shows("that cannot be taken");
    desk.press("ctrl-s");
    let deal = made(&desk);
    assert_eq!((deal.kind, deal.help.as_ref().unwrap().kind), (Kind::CoSell, Some(HelpKind::ProofOfConceptOrDemo)));
    assert!(deal.help.unwrap().consent && deal.customer.contact.is_some());
}

#[test]
fn mg_49_mg_50_without_help_it_may_be_shown_to_sellers_or_not() {
    let mut desk = filled();
    desk.press("tab")
        .shows("May Microsoft sellers see it?")
        .press("tab 2 ctrl-s")
        .shows("Microsoft sellers may see the deal")
        .press("ctrl-s");
    assert_eq!(made(&desk).kind, Kind::PartnerLed);
}

#[test]
fn ov_12_with_another_partner_and_as_an_assessment() {
    let mut desk = filled();
    desk.press("2")
        .shows("What they bring *")
        .shows_not("May Microsoft sellers")
        .press("tab tab")
        .typed("Contoso")
        .press("tab")
        .typed("data");
    desk.press("ctrl-s ctrl-s");
    assert_eq!(made(&desk).kind, Kind::PartnerToPartner);
    let mut desk = filled();
    desk.press("3").shows_not("Would you like Microsoft's help?").press("ctrl-s");
    desk.shows("is no assessment");
    desk.press("shift-tab").press("pgup pgup pgup pgdn pgdn pgdn x tab").typed("assessment").press("down enter ctrl-s ctrl-s");
    assert_eq!(made(&desk).kind, Kind::SolutionAssessment, "{}", desk.screen());
}

#[test]
fn an_absurd_value_is_asked_about_once_before_it_is_saved() {
    let mut desk = filled();
    desk.press("pgup pgup pgup tab ctrl-u").typed("2,000,000,000,000").press("ctrl-s").shows("is very much. Is it right?");
    desk.press("ctrl-s").shows("Go on with it").press("esc").shows("[ Make the deal ]").press("enter enter");
    assert!(desk.note().starts_with("Made: ERP 2기"), "{}", desk.note());
    desk.press("e tab end").typed("0").press("ctrl-s").shows("Go on with it").press("enter");
    assert!(desk.note().starts_with("Edited: ERP 2기"), "{}", desk.note());
    desk.press("e").typed("!").press("ctrl-s");
    assert!(desk.note().starts_with("Edited: ERP 2기!"), "a value that stays is not asked about again: {}", desk.note());
}

#[test]
fn the_names_of_the_pages_fit_80_columns_with_complaints_on_all_of_them() {
    let mut desk = desk();
    desk.press("n pgdn pgdn pgdn pgdn tab 2 ctrl-s");
    desk.shows("1 Customer !7 2 Deal !3 3 Employees !1 4 Solutions !1 5 Selling !2 6 Check");
}

#[test]
fn what_is_wrong_with_a_field_is_told_when_it_is_left_and_not_what_is_only_missing() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("tab tab").typed("12").shows_not("Nine digits");
    desk.press("tab").shows("! D-U-N-S number: “12” is not a D-U-N-S number.").shows("1 Customer !1").shows_not("is missing");
    desk.press("pgdn")
        .typed("ERP")
        .press("tab")
        .typed("lots")
        .shows("2 Deal  ")
        .press("pgdn")
        .shows("2 Deal !1")
        .shows("3 Employees  ");
    desk.press("pgup pgup tab tab ctrl-u").shows_not("Nine digits").shows("1 Customer  ");
}

#[test]
fn a_wrong_value_in_the_field_after_a_pick_is_told_when_it_is_left_too() {
    let mut desk = desk();
    desk.press("n pgdn tab tab ctrl-u").typed("jp").press("down enter").typed("someday").shows_not("is not a date");
    assert_eq!(desk.model.form().unwrap().text(Part::Currency), "JPY");
    desk.press("tab").shows("! Close date: “someday” is not a date.");
}

#[test]
fn mg_26_another_street_is_pointed_out_as_the_command_does() {
    let mut desk = filled();
    desk.press("pgup pgup pgup pgup tab tab ctrl-u tab tab tab tab ctrl-u").typed("다른길 1").press("pgdn");
    desk.shows("In the directory: ㈜누리온정밀");
}

#[test]
fn all_complaints_stand_on_the_titles_and_the_cursor_goes_to_the_first() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("pgdn").typed("ERP").press("ctrl-s");
    desk.shows("1 Customer !1").shows("2 Deal !2").shows("3 Employees !1").shows("4 Solutions !1");
    let form = desk.model.form().unwrap();
    assert_eq!(form.focused().unwrap().part, Part::CustomerName);
    desk.typed("새봄전자").shows_not("1 Customer !1");
    desk.press("pgdn pgdn pgdn pgdn pgdn").shows("! Value is missing.").shows("! Employees are missing.");
}

#[test]
fn a_similar_open_deal_and_a_nearly_identical_customer_are_pointed_out_and_do_not_block() {
    let mut desk = filled();
    desk.press("ctrl-s").shows("Similar deal: 38").press("ctrl-s");
    assert!(desk.note().starts_with("Made:"), "{}", desk.note());
    let mut desk = filled();
    desk.press("pgup pgup pgup pgup tab ctrl-u").typed("누리온정밀 주식회사").press("tab ctrl-u tab ctrl-u tab tab ctrl-u pgdn");
    desk.shows("In the directory: ㈜누리온정밀");
}

#[test]
fn a_save_that_fails_keeps_the_whole_form() {
    let mut desk = filled();
    desk.press("ctrl-s").crank().press("ctrl-s").shows("Saving");
    let place = desk.waiting() - 1;
    desk.answer_with(place, cosell::store::Reply::Created(Err(cosell::store::StoreError::Full)));
    desk.shows("The disk is full.").press("ctrl-s");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert!(desk.note().starts_with("Made:"), "{}", desk.note());
}

#[test]
fn mg_40_mg_68_to_mg_70_an_accepted_deal_is_edited_on_three_pages() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s e").shows("Edit: ERP 2기").shows("1 Deal  2 Employees  3 Solutions").shows_not("Customer *");
    desk.typed(" v2").press("pgdn 2 pgdn").press("ctrl-s");
    assert!(desk.note().starts_with("Edited: ERP 2기 v2"), "{}", desk.note());
    assert_eq!(made(&desk).employees.len(), 2);
    desk.press("e ctrl-s");
    assert_eq!(desk.note(), "Nothing was changed.");
    desk.press("e ctrl-u ctrl-s").shows("1 Deal !1").press("esc x");
    desk.press("u");
    assert_eq!(made(&desk).title().as_str(), "ERP 2기");
}

#[test]
fn mg_77_what_cannot_be_edited_or_asked_says_why() {
    let mut desk = Driver::sample();
    desk.press("e").shows("Respond by").shows("when you accept").press("esc");
    desk.press("t t t e");
    assert!(desk.note().contains("nothing can be changed"), "{}", desk.note());
    desk.press("h");
    assert!(desk.note().contains("nothing can be changed"), "{}", desk.note());
}

#[test]
fn mg_09_mg_12_mg_52_a_private_deal_asks_for_help_with_its_consequences_told_before() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s h").shows("Ask for Microsoft's help: ERP 2기").press("ctrl-s");
    assert!(desk.note().contains("missing or wrong"), "{}", desk.note());
    desk.typed("박")
        .press("tab")
        .typed("지우")
        .press("tab")
        .typed("+82 2-555-0199")
        .press("tab")
        .typed("j@nuri.example")
        .press("tab space tab 4 tab");
    desk.typed("견적").shows("Once uploaded, that cannot be taken").press("ctrl-s");
    assert!(desk.note().contains("is co-sell now"), "{}", desk.note());
    let deal = made(&desk);
    assert_eq!((deal.kind, deal.help.unwrap().kind), (Kind::CoSell, Some(HelpKind::QuotesOrLicensing)));
    desk.press("h");
    assert_eq!(desk.note(), "Microsoft's help was asked for on 21 Nov.");
    desk.size(120, 60).press("enter").shows("has 14 days from the upload");
}

#[test]
fn mg_33_next_leads_from_page_to_page_to_the_check() {
    let mut desk = desk();
    desk.press("n");
    for next in ["Deal", "Employees", "Solutions", "Selling", "Check"] {
        desk.shows(&format!("[ Next: {next} ]"));
        while desk.model.form().unwrap().focus.is_some() {
            desk.press("tab");
        }
        desk.press("enter");
    }
    desk.shows("[ Make the deal ]").shows("Missing or wrong");
}

#[test]
fn mg_37_mg_41_a_deal_needs_no_crm_id_but_the_currency_of_its_value() {
    let mut desk = filled();
    desk.press("pgup pgup pgup tab tab ctrl-u ctrl-s").shows("! Currency is missing.").shows("2 Deal !1");
    desk.typed("jpy").press("ctrl-s ctrl-s");
    let deal = made(&desk);
    assert_eq!((deal.deal.crm_id, deal.deal.value.unwrap().currency().code()), (None, "JPY"));
}

#[test]
fn mg_47_quantity_and_price_of_a_solution_change_after_the_deal_is_made() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s e pgdn pgdn tab tab").typed("12").press("tab").typed("1.2k").press("ctrl-s");
    assert!(desk.note().starts_with("Edited: ERP 2기"), "{}", desk.note());
    let solution = made(&desk).solutions.remove(0);
    assert_eq!((solution.quantity, solution.price.as_ref().map(|price| price.as_str())), (Some(12), Some("1200")));
    desk.press("enter").shows("12 x ₩ 1,200");
}

#[test]
fn mg_11_a_private_deal_stands_in_outbound_with_help_one_key_away() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s");
    assert_eq!((desk.model.tab, made(&desk).kind), (Tab::Outbound, Kind::PrivatePipeline));
    desk.press("h").shows("Ask for Microsoft's help: ERP 2기");
}

#[test]
fn a_deal_is_cloned_into_a_new_one() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s c").shows("New deal").shows("㈜누리온정밀").press("pgdn").shows("ERP 2기");
    let form = desk.model.form().unwrap();
    assert_eq!(form.text(Part::CloseDate), "", "a date belongs to one deal");
    desk.press("tab tab tab").typed("+60d").press("ctrl-s ctrl-s");
    assert!(desk.note().starts_with("Made:"), "{}", desk.note());
    assert!(made(&desk).id > OpportunityId(61));
}

#[test]
fn n_is_a_new_deal_whatever_is_filtered() {
    let mut desk = desk();
    desk.press("/").typed("country:KR").press("enter n").shows("New deal");
}

#[test]
fn a_pasted_line_break_makes_no_deal() {
    let mut desk = filled();
    desk.press("ctrl-s").burst("\n\n\n\n");
    assert!(matches!(desk.model.dialogs.last(), Some(Dialog::Form(_))), "{}", desk.screen());
}

#[test]
fn the_cursor_stands_behind_what_is_typed_in_any_script() {
    for (typed, column) in [("한빛", 22), ("ERP", 21), ("東雲物産", 26), ("ｶﾞ", 20)] {
        let mut desk = desk();
        desk.press("n tab").typed(typed);
        let screen = desk.screen();
        assert!(screen.ends_with(&format!("cursor {column},6")), "{typed}: {screen}");
    }
}

#[test]
fn suggestions_that_come_while_a_question_is_open_do_not_lock_the_list() {
    let mut desk = desk();
    desk.press("n").typed("KR").press("tab").crank().typed("누리온").press("esc");
    desk.shows("Leave this form?");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.press("esc down enter");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert_eq!(desk.model.form().unwrap().text(Part::Duns), "687214093", "{}", desk.screen());
}

#[test]
fn long_notes_that_came_in_are_not_cut_by_opening_their_form() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s");
    let id = made(&desk).id;
    let long = "긴 메모 ".repeat(6_000);
    let set = vec![Set::Notes(Notes::parse(&long).ok())];
    desk.store.apply(&[Change { id, seen: None, what: What::Edit(Edit(set)) }], desk.model.now.now).unwrap();
    desk.press("ctrl-l e ctrl-s");
    assert_eq!(desk.note(), "Nothing was changed.");
    desk.press("e").typed("!").press("ctrl-s");
    assert_eq!(made(&desk).deal.notes.unwrap().as_str(), long.trim());
}

#[test]
fn words_that_are_only_looked_for_make_no_solution() {
    let mut desk = filled();
    desk.press("pgup tab").typed("dynamics").press("tab ctrl-s");
    desk.shows("Solutions: nothing was chosen for “dynamics”.").shows("4 Solutions !1");
    desk.press("ctrl-u ctrl-s ctrl-s");
    assert_eq!(made(&desk).solutions.len(), 1);
}

#[test]
fn mg_28_another_name_lets_go_of_the_number_and_address_of_the_one_that_was_picked() {
    let mut desk = filled();
    desk.press("pgup pgup pgup pgup tab").typed(" 아닌 회사");
    let form = desk.model.form().unwrap();
    assert_eq!((form.text(Part::Duns), form.text(Part::City)), (String::new(), String::new()));
    assert_eq!(form.text(Part::CustomerName), "㈜누리온정밀 아닌 회사");
}

#[test]
fn mg_32_the_person_who_is_typed_is_the_one_who_is_said_to_be_shared() {
    let mut desk = filled();
    desk.press("ctrl-s ctrl-s h").typed("박").press("tab").typed("지우").shows("Microsoft may speak directly to 박지우");
}

#[test]
fn mg_44_a_colleague_is_corrected_by_e_or_by_typing_the_same_address_again() {
    let mut desk = desk();
    desk.press("n pgdn pgdn 1 e");
    let form = desk.model.form().unwrap();
    assert_eq!((form.text(Part::EmployeeFirst).as_str(), form.people().unwrap().items.len()), ("민준", 0));
    desk.press("tab tab ctrl-u").typed("+82 2-555-0999").press("tab enter").shows("+82 2-555-0999");
    desk.press("tab").typed("민준").press("tab").typed("김").press("tab").typed("+82 2-555-0888").press("tab");
    desk.typed("MINJUN@partner.example").press("enter");
    let people = &desk.model.form().unwrap().people().unwrap().items;
    assert_eq!((people.len(), people[0].phone.as_str()), (1, "+82 2-555-0888"));
}

#[test]
fn a_form_that_is_saved_while_something_lies_over_it_closes_all_the_same() {
    let mut desk = filled();
    desk.press("ctrl-s").crank().press("ctrl-s");
    desk.model.dialogs.push(Dialog::Menu(cosell::desk::model::Menu::new(cosell::desk::model::MenuKind::Import, Vec::new())));
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    assert!(!desk.model.dialogs.iter().any(|dialog| matches!(dialog, Dialog::Form(_))), "{}", desk.screen());
    assert!(matches!(desk.model.dialogs.last(), Some(Dialog::Menu(_))), "what was shown meanwhile stays");
}

//! Leads as a room: named beside what is inbound, imported, answered, and made into a deal with their data.

use cosell::store::Store;

use crate::support::driver::Driver;

const LEADS: &str = "Errors,Referral ID,Lead Name,Lead Type,Lead Source,Customer Name,Customer Country,Customer Contact Name,\
Customer Contact Email,Lead Status,Lead Substatus,Declined/Lost/Error reason,Estimated Lead Value,Lead Currency,Created Date,Notes,Heart\n\
,L-1,재고 관리 도입 문의,Marketing qualified lead,AppSource,한빛정밀 주식회사,South Korea,Ana 김,m@hanbit.example,New,Received,,\"1,250,000\",KRW,11/14/2026,데모 요청,yes\n\
,L-2,ERP,Sales qualified lead,Microsoft,株式会社東雲物産,Japan,,,New,Received,,,,11/10/2026,,\n\
,L-3,Old one,Offer lead,Azure Marketplace,Northwind,United States,,,Closed,Lost,,,,11/01/2026,,\n";

/// The sample with these leads in it.
fn desk() -> (Driver, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("leads.csv");
    std::fs::write(&file, LEADS).unwrap();
    let mut desk = Driver::sample();
    desk.press("i ctrl-u").typed(file.to_str().unwrap()).press("enter");
    (desk, folder)
}

fn lead(store: &Store, id: &str) -> cosell::domain::lead::Lead {
    store.lead(id).unwrap().unwrap()
}

#[test]
fn n_among_leads_that_are_none_begins_a_deal_as_everywhere() {
    let mut desk = Driver::empty();
    desk.press("L n");
    assert!(desk.model.form().is_some(), "{}", desk.screen());
}

#[test]
fn mg_83_a_file_of_leads_opens_their_room_and_the_header_of_inbound_names_them() {
    let (mut desk, _folder) = desk();
    assert!(desk.note().contains("leads.csv: 3 new"), "{}", desk.note());
    desk.shows("재고 관리 도입 문의 · 한빛정밀 주식회사").shows_not("Old one").shows("t shows one more that is closed");
    desk.press("t").shows("Old one").press("t esc").shows("2 leads: L");
    desk.click("2 leads: L").shows("Marketing qualified").press("esc L").shows("株式会社東雲物産");
    for (columns, rows) in [(40, 10), (80, 24)] {
        desk.size(columns, rows).press("g");
        insta::assert_snapshot!(format!("leads_{columns}x{rows}"), desk.screen());
        desk.press("enter");
        insta::assert_snapshot!(format!("leads_opened_{columns}x{rows}"), desk.screen());
        desk.press("enter");
    }
    desk.press("esc").size(80, 24);
    insta::assert_snapshot!("leads_named_80x24", desk.screen());
    desk.size(40, 10).shows("·2 L   2 13   3 6");
}

#[test]
fn the_footer_of_leads_names_what_the_lead_at_the_cursor_can_take_not_the_deal_behind() {
    let (mut desk, _folder) = desk();
    let footer = |desk: &mut Driver, key: &str| desk.press(key).size(160, 24).screen().lines().nth(23).unwrap().to_owned();
    let before = footer(&mut desk, "g");
    assert!(before.contains("a accept") && before.contains("d decline") && !before.contains("w won"), "{before}");
    desk.press("a esc L");
    let after = footer(&mut desk, "G");
    assert!(!after.contains("a accept") && after.contains("w won") && after.contains("l lost"), "{after}");
}

#[test]
fn mg_83_a_lead_is_answered_by_its_keys_and_each_says_why_it_cannot_act() {
    let (mut desk, _folder) = desk();
    desk.press("g w");
    assert!(desk.note().contains("not accepted yet"), "{}", desk.note());
    desk.press("a").shows("Accepted · to be written");
    assert_eq!(lead(&desk.store, "L-1").stage().code(), "accepted");
    desk.press("a");
    assert!(desk.note().contains("accepted already"), "{}", desk.note());
    desk.press("g d").shows("Why?").typed("8").press("enter");
    assert!(desk.note().contains("note"), "{}", desk.note());
    desk.typed(" moved abroad").press("enter").shows_not("株式会社東雲物産");
    assert_eq!(lead(&desk.store, "L-2").text(cosell::domain::lead::LeadPart::ReasonNote), "moved abroad");
    desk.press("u").shows("株式会社東雲物産");
    desk.press("G l").shows("Why?").typed("timeline").press("enter esc").shows("1 lead: L");
}

#[test]
fn why_a_lead_is_declined_stands_there_again_after_esc() {
    let (mut desk, _folder) = desk();
    desk.press("g d").shows("Why?").typed("8 담당자 퇴사").press("esc").shows_not("담당자");
    // Another question about the same lead, and the same about another, are not meant.
    desk.press("j d").shows("Why?").shows_not("담당자").press("esc k d").shows("8 담당자 퇴사");
    assert_eq!(desk.note(), "Your draft is back.");
    desk.press("enter");
    assert_eq!(lead(&desk.store, "L-1").text(cosell::domain::lead::LeadPart::ReasonNote), "담당자 퇴사");
    desk.press("u g d").shows("Why?").shows_not("담당자");
}

#[test]
fn ov_06_a_deal_of_a_lead_opens_the_form_with_its_data_and_is_tied_to_it() {
    let (mut desk, _folder) = desk();
    desk.press("g n");
    assert!(desk.note().contains("answered first"), "{}", desk.note());
    desk.press("a n").shows("한빛정밀 주식회사");
    desk.size(80, 24);
    insta::assert_snapshot!("leads_deal_80x24", desk.screen());
    let drafts = desk.store.drafts().unwrap();
    let texts = &drafts.first().unwrap().texts;
    assert_eq!((texts["lead.id"].as_str(), texts["customer.address.country"].as_str()), ("L-1", "KR"));
    assert_eq!(texts["customer.contact.lastName"], "김");
}

#[test]
fn a_deal_that_was_begun_of_a_lead_goes_on_and_is_not_begun_again() {
    let (mut desk, _folder) = desk();
    desk.press("g a n").shows("한빛정밀 주식회사").typed("경기도").press("esc").shows("Leave this form?").press("enter");
    desk.shows_not("경기도").press("G n").shows("경기도").shows("한빛정밀 주식회사");
    let drafts = desk.store.drafts().unwrap();
    assert_eq!((drafts.len(), drafts[0].texts["lead.id"].as_str()), (1, "L-1"));
}

#[test]
fn f3_among_leads_explains_leads_and_not_the_deal_behind() {
    let (mut desk, _folder) = desk();
    desk.press("g f3").shows("Leads").shows_not("Received");
}

/// A database of one's own with these leads, of which the first is accepted.
fn own() -> (Driver, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("leads.csv");
    std::fs::write(&file, LEADS).unwrap();
    let mut desk = Driver::sample();
    desk.press("i ctrl-u").typed(file.to_str().unwrap()).press("enter").press("g a");
    (desk, folder)
}

#[test]
fn mg_83_a_lead_is_edited_within_its_rules_and_nothing_typed_is_lost() {
    use cosell::domain::lead::LeadPart;
    let (mut desk, _folder) = own();
    desk.press("G e").shows("Edit: 재고 관리 도입 문의").shows("1250000");
    for (columns, rows) in [(40, 10), (80, 24)] {
        desk.size(columns, rows);
        insta::assert_snapshot!(format!("leads_form_{columns}x{rows}"), desk.screen());
    }
    // Value is the second field: everything that is wrong is told at its field.
    desk.press("tab ctrl-u").typed("much").press("tab ctrl-u").typed("XYZ").press("ctrl-s");
    assert!(desk.note().contains('2'), "{}", desk.note());
    desk.shows("! ").press("esc").shows("draft");
    desk.press("esc").shows("! ").press("esc y").press("e").shows("much");
    assert_eq!(lead(&desk.store, "L-1").text(LeadPart::Value), "1250000");
    desk.press("tab ctrl-u").typed("2000000").press("tab ctrl-u").typed("KRW").press("ctrl-s");
    assert!(desk.note().contains("was changed"), "{}", desk.note());
    assert_eq!(lead(&desk.store, "L-1").text(LeadPart::Value), "2000000");
    assert!(desk.store.drafts().unwrap().is_empty(), "its draft is not needed any more");
    desk.press("u");
    assert_eq!(lead(&desk.store, "L-1").text(LeadPart::Value), "1250000");
    // Of one that nobody accepted only what is ours; of a closed one nothing.
    desk.press("g e").shows("CRM ID").shows_not("Currency").press("esc t G e");
    assert!(desk.note().contains("is closed"), "{}", desk.note());
}

#[test]
fn mg_83_what_both_sides_changed_is_decided_in_the_room_and_undone() {
    let (mut desk, folder) = own();
    desk.press("G o");
    assert!(desk.note().contains("Nothing of the lead is in conflict"), "{}", desk.note());
    let later = folder.path().join("later.csv");
    std::fs::write(&later, LEADS.replacen("New,Received,,\"1", "Closed,Expired,,\"1", 1)).unwrap();
    desk.press("i ctrl-u").typed(later.to_str().unwrap()).press("enter").press("G").shows("conflict");
    desk.press("x");
    assert!(desk.note().contains("both sides changed it: o keeps yours, T takes theirs"), "{}", desk.note());
    desk.press("T").shows("t shows 2 more that are closed");
    assert_eq!(lead(&desk.store, "L-1").text(cosell::domain::lead::LeadPart::Stage), "expired");
    desk.press("u G").shows("conflict").press("o");
    assert_eq!(lead(&desk.store, "L-1").text(cosell::domain::lead::LeadPart::Stage), "accepted");
    assert!(lead(&desk.store, "L-1").waits().is_ok());
}

#[test]
fn mg_83_leads_are_written_from_their_room_and_the_answer_comes_back_through_the_import_box() {
    let (mut desk, folder) = own();
    desk.press("x").shows("Write an upload file into").press("ctrl-u").typed(folder.path().to_str().unwrap()).press("enter");
    desk.shows("Write one lead into").shows("cosell-leads-").press("y");
    assert!(desk.note().contains("1 lead") && desk.note().contains("Upload it under Leads"), "{}", desk.note());
    let is_ours = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("cosell-leads-");
    let files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    let file = files.into_iter().find(is_ours).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("L-1") && text.contains("Active,Accepted") && !text.contains("L-2"), "{text}");
    desk.press("x");
    assert!(desk.note().contains("No lead waits"), "{}", desk.note());
    let answer = folder.path().join("answer.csv");
    std::fs::write(&answer, text.replacen(",L-1", "Not now,L-1", 1)).unwrap();
    desk.press("i ctrl-u").typed(answer.to_str().unwrap()).press("enter").press("G enter").shows("Not now");
    assert!(lead(&desk.store, "L-1").waits().is_ok(), "it waits again");
    std::fs::write(&answer, &text).unwrap();
    desk.press("i ctrl-u").typed(answer.to_str().unwrap()).press("enter").shows_not("Not now");
    assert!(lead(&desk.store, "L-1").waits().is_err());
    // What has no folder, and the sample, write nothing.
    let (mut desk, _folder) = self::desk();
    desk.press("g a");
    desk.model.data = cosell::desk::Data::Demo { from_own: true };
    desk.press("x");
    assert!(desk.note().contains("This is the sample"), "{}", desk.note());
    let (mut desk, _folder) = own();
    let folder = tempfile::tempdir().unwrap();
    desk.press("x ctrl-u").typed(folder.path().join("none/at/all").to_str().unwrap()).press("enter");
    assert!(desk.note().starts_with("There is no folder"), "{}", desk.note());
    assert!(lead(&desk.store, "L-1").waits().is_ok());
}

#[test]
fn a_step_about_leads_leads_to_no_deal_and_the_history_says_so() {
    let (mut desk, _folder) = desk();
    desk.press("esc :").typed("history of everything").press("enter enter");
    assert!(desk.note().contains("about no deal that could be opened"), "{}", desk.note());
}

#[test]
fn an_empty_room_of_leads_names_the_key_that_brings_some_and_none_that_does_nothing() {
    let mut desk = Driver::sample();
    desk.press("L").shows("No leads. i imports").shows("i import").shows_not("Enter open").shows_not("w won").shows_not("n new");
}

//! Tests of leads: stages and steps, what may be edited when, what later downloads say, the deal of one.

use super::*;
use crate::domain::date::Date;

fn today() -> Today {
    Date::new(2026, 3, 2).unwrap().into()
}

fn cell(head: &str, text: &str, part: Option<LeadPart>) -> LeadCell {
    LeadCell { head: head.into(), text: text.into(), part }
}

/// A lead as a download tells it.
fn lead(stage: LeadStage, parts: &[(LeadPart, &str)]) -> Lead {
    let mut lead = Lead::new(Line::parse("LEAD-1").unwrap());
    let (status, substatus) = stage.words();
    lead.tell(LeadPart::Stage, stage.code().into());
    let mut row = vec![
        cell("Referral ID", "LEAD-1", None),
        cell("Lead Status", status, Some(LeadPart::Stage)),
        cell("Lead Substatus", substatus, Some(LeadPart::Substage)),
        cell("Heart", "x", None),
    ];
    for (part, text) in parts {
        lead.tell(*part, (*text).to_owned());
        row.push(cell(part.code(), text, Some(*part)));
    }
    lead.came_in(LeadFile::Bulk, row);
    lead
}

fn cells(lead: &Lead) -> Vec<(String, String)> {
    lead.row().into_iter().map(|(head, text)| (head.to_owned(), text)).collect()
}

#[test]
fn mg_83_parts_have_the_words_that_they_are_kept_by() {
    for part in LeadPart::ALL {
        assert_eq!(serde_json::to_value(part).unwrap(), part.code());
        assert_eq!(LeadPart::of_code(part.code()), Some(part));
    }
    for code in LeadPart::EDITABLE {
        assert!(LeadPart::of_code(code).is_some_and(|part| !part.is_told()), "{code}");
    }
    for stage in LeadStage::ALL {
        assert_eq!(LeadStage::of_code(stage.code()), Some(stage));
        let (status, substatus) = stage.words();
        assert_eq!(LeadStage::read(status, substatus), Ok(Some(stage)));
    }
}

#[test]
fn mg_83_status_and_substatus_are_read_from_one_column_or_two() {
    let read = |status, substatus| LeadStage::read(status, substatus);
    assert_eq!(read("new", ""), Ok(Some(LeadStage::Received)));
    assert_eq!(read("", "Won"), Ok(Some(LeadStage::Won)));
    assert_eq!(read("Declined", ""), Ok(Some(LeadStage::Declined)));
    assert_eq!(read("Archived", "lost"), Ok(Some(LeadStage::Lost)));
    assert_eq!(read("", ""), Ok(None));
    assert_eq!(read("Active", "Lost"), Err(Invalid::UnknownStatus("Active / Lost".into())));
    assert_eq!(read("perhaps", ""), Err(Invalid::UnknownStatus("perhaps".into())));
}

#[test]
fn mg_83_a_lead_is_answered_first_and_closed_is_final() {
    let decline = LeadStep::Decline { reason: Reason::Budget, note: None };
    let lose = LeadStep::Lose { reason: Reason::Other, note: Some(Notes::parse("moved").unwrap()) };
    let mut one = lead(LeadStage::Received, &[]);
    assert_eq!(one.step(&LeadStep::Win), Err(LeadRefusal::NotAccepted));
    assert_eq!(one.step(&lose), Err(LeadRefusal::NotAccepted));
    assert_eq!(one.may_become_deal(), Err(LeadRefusal::NotAccepted));
    one.step(&LeadStep::Accept).unwrap();
    assert_eq!(one.step(&LeadStep::Accept), Err(LeadRefusal::Accepted));
    assert_eq!(one.step(&decline), Err(LeadRefusal::Accepted));
    assert_eq!(one.may_become_deal(), Ok(()));
    one.step(&lose).unwrap();
    assert_eq!((one.stage(), one.text(LeadPart::Reason), one.text(LeadPart::ReasonNote)), (LeadStage::Lost, "other", "moved"));
    for stage in LeadStage::ALL.into_iter().filter(|stage| stage.is_closed()) {
        let mut closed = lead(stage, &[]);
        assert_eq!(closed.step(&LeadStep::Accept), Err(LeadRefusal::Closed(stage)));
        assert_eq!(closed.may_edit(LeadPart::Notes), Err(LeadRefusal::Closed(stage)), "read-only when closed");
    }
}

#[test]
fn mg_83_what_was_told_stays_and_the_rest_is_edited_once_it_is_accepted() {
    let mut one = lead(LeadStage::Received, &[(LeadPart::Source, "AppSource")]);
    assert_eq!(one.may_edit(LeadPart::Source), Err(LeadRefusal::Told(LeadPart::Source)));
    assert_eq!(one.may_edit(LeadPart::Value), Err(LeadRefusal::Later(LeadPart::Value)));
    one.edit(&[(LeadPart::Notes, "called".into())], today()).unwrap();
    one.step(&LeadStep::Accept).unwrap();
    let wrong =
        [(LeadPart::Value, "much".to_owned()), (LeadPart::Email, "nobody".to_owned()), (LeadPart::Stage, "won".to_owned())];
    let (refusals, complaints) = one.edit(&wrong, today()).unwrap_err();
    assert_eq!((refusals.len(), complaints.len()), (1, 2), "everything at once");
    let right = [(LeadPart::Value, "1,250,000"), (LeadPart::Country, "대한민국"), (LeadPart::CloseDate, "2026-06-30")];
    one.edit(&right.map(|(part, text)| (part, text.to_owned())), today()).unwrap();
    assert_eq!((one.text(LeadPart::Value), one.text(LeadPart::Country)), ("1250000", "KR"));
    one.edit(&[(LeadPart::Value, String::new())], today()).unwrap();
    assert_eq!(one.text(LeadPart::Value), "");
}

#[test]
fn mg_83_what_was_edited_goes_back_in_the_columns_it_came_in_and_nothing_else_changes() {
    let mut one = lead(LeadStage::Received, &[(LeadPart::Value, "1.000,00"), (LeadPart::CloseDate, "2026-06-30")]);
    assert_eq!(one.waits(), Err(LeadStays::Nothing));
    one.step(&LeadStep::Accept).unwrap();
    let told = [(LeadPart::CloseDate, "2026-07-31".to_owned()), (LeadPart::CrmId, "C-1".to_owned())];
    one.edit(&told, today()).unwrap();
    let waits = one.waits().unwrap();
    assert_eq!(
        waits.keys().copied().collect::<Vec<_>>(),
        [LeadPart::Stage, LeadPart::CloseDate],
        "there is no column of the CRM"
    );
    let texts: Vec<String> = cells(&one).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["LEAD-1", "Active", "Accepted", "x", "1.000,00", "07/31/2026"]);
    one.written = Some(LeadWritten { file: "leads-1.csv".into(), on: *today(), values: waits });
    assert_eq!(one.waits(), Err(LeadStays::Nothing), "it is not written twice");
    one.step(&LeadStep::Lose { reason: Reason::Timeline, note: None }).unwrap();
    assert!(one.waits().is_ok());
    let mut other = lead(LeadStage::Accepted, &[(LeadPart::Reason, "")]);
    other.step(&LeadStep::Lose { reason: Reason::Timeline, note: None }).unwrap();
    assert_eq!(cells(&other).last().unwrap().1, "6", "reasons go by their number");
    let mut told = lead(LeadStage::Accepted, &[]);
    told.rows.clear();
    told.step(&LeadStep::Win).unwrap();
    assert_eq!(told.waits(), Err(LeadStays::NoRow));
}

#[test]
fn mg_83_a_later_download_brings_what_is_new_keeps_what_is_ours_and_tells_conflicts() {
    let mut ours = lead(LeadStage::Received, &[(LeadPart::Value, "100"), (LeadPart::City, "Busan")]);
    assert_eq!(ours.hear(&lead(LeadStage::Received, &[(LeadPart::Value, "100")])), Heard::default());
    ours.step(&LeadStep::Accept).unwrap();
    ours.edit(&[(LeadPart::Value, "200".into())], today()).unwrap();
    let heard = ours.hear(&lead(LeadStage::Received, &[(LeadPart::Value, "150"), (LeadPart::City, "Seoul")]));
    assert_eq!((heard.taken, heard.clashes), (vec![LeadPart::City], vec![LeadPart::Value]));
    assert_eq!((ours.text(LeadPart::Value), ours.stage()), ("200", LeadStage::Accepted), "ours is kept");
    assert_eq!(ours.waits(), Err(LeadStays::Clash));
    let again = ours.hear(&lead(LeadStage::Received, &[(LeadPart::Value, "150")]));
    assert_eq!((again.clashes.len(), ours.clashes().len()), (0, 1), "it is told once and stays to be decided");
    let mut theirs = ours.clone();
    theirs.decide(false);
    assert_eq!((theirs.text(LeadPart::Value), theirs.clashes().len()), ("150", 0));
    ours.decide(true);
    assert_eq!(ours.waits().unwrap().len(), 2);
    let heard = ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "200")]));
    assert!(heard.confirmed && heard.taken.is_empty() && ours.waits() == Err(LeadStays::Nothing));
}

#[test]
fn mg_83_what_was_written_and_changed_once_more_is_no_conflict_when_it_is_confirmed() {
    let mut ours = lead(LeadStage::Accepted, &[(LeadPart::Value, "100")]);
    ours.edit(&[(LeadPart::Value, "200".into())], today()).unwrap();
    ours.written = Some(LeadWritten { file: "leads-1.csv".into(), on: *today(), values: ours.waits().unwrap() });
    ours.edit(&[(LeadPart::Value, "300".into())], today()).unwrap();
    let heard = ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "200")]));
    assert!(heard.confirmed && heard.clashes.is_empty() && ours.waits().is_ok(), "{heard:?}");
    // Confirmed, changed there, and changed back here: the same words are a new change.
    ours.edit(&[(LeadPart::Value, "200".into())], today()).unwrap();
    assert!(ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "200")])) == Heard::default() && ours.written.is_none());
    ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "400")]));
    ours.edit(&[(LeadPart::Value, "200".into())], today()).unwrap();
    assert!(ours.waits().is_ok());
}

#[test]
fn mg_83_what_was_changed_back_after_it_was_written_is_not_replaced_by_its_own_confirmation() {
    let mut ours = lead(LeadStage::Accepted, &[(LeadPart::Value, "100")]);
    ours.edit(&[(LeadPart::Value, "200".into())], today()).unwrap();
    ours.written = Some(LeadWritten { file: "leads-1.csv".into(), on: *today(), values: ours.waits().unwrap() });
    ours.edit(&[(LeadPart::Value, "100".into())], today()).unwrap();
    let heard = ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "200")]));
    assert!(heard.confirmed && heard.taken.is_empty() && ours.text(LeadPart::Value) == "100", "{heard:?}");
    assert_eq!(ours.waits().unwrap().get(&LeadPart::Value).map(String::as_str), Some("100"), "what we went back to waits");
    // That they went there again later is news.
    ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "100")]));
    let heard = ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "200")]));
    assert_eq!((heard.taken, ours.text(LeadPart::Value)), (vec![LeadPart::Value], "200"));
}

#[test]
fn mg_83_what_stays_ours_for_want_of_a_column_keeps_nothing_else_from_being_answered() {
    let mut ours = lead(LeadStage::Accepted, &[(LeadPart::Value, "100")]);
    ours.rows.get_mut(&LeadFile::Bulk).unwrap().retain(|cell| cell.part != Some(LeadPart::CrmId));
    ours.edit(&[(LeadPart::CrmId, "C-1".into()), (LeadPart::Value, "200".into())], today()).unwrap();
    ours.written = Some(LeadWritten { file: "leads-1.csv".into(), on: *today(), values: ours.waits().unwrap() });
    ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "200")]));
    assert!(ours.written.is_none(), "all that could be written is answered");
}

#[test]
fn mg_83_what_was_refused_says_why_until_something_new_is_told() {
    let refused = |parts: &[(LeadPart, &str)]| Lead { error: Some("no".into()), ..lead(LeadStage::Accepted, parts) };
    let mut ours = lead(LeadStage::Accepted, &[(LeadPart::Value, "100")]);
    assert!(ours.hear(&refused(&[(LeadPart::Value, "100")])).older && ours.error.is_none(), "nothing of ours was to be taken");
    ours.edit(&[(LeadPart::Value, "200".into())], today()).unwrap();
    ours.written = Some(LeadWritten { file: "leads-1.csv".into(), on: *today(), values: ours.waits().unwrap() });
    assert!(ours.hear(&refused(&[(LeadPart::Value, "200")])).refused && ours.waits().is_ok());
    ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "100")]));
    assert_eq!(ours.error.as_deref(), Some("no"), "a download that tells nothing new does not answer it");
    ours.hear(&lead(LeadStage::Accepted, &[(LeadPart::Value, "200")]));
    assert_eq!(ours.error, None);
}

#[test]
fn mg_83_an_older_download_takes_nothing_back() {
    let mut ours = lead(LeadStage::Accepted, &[(LeadPart::Updated, "2026-03-01")]);
    assert!(ours.hear(&lead(LeadStage::Received, &[(LeadPart::Updated, "2026-02-01")])).older);
    assert_eq!(ours.stage(), LeadStage::Accepted);
}

#[test]
fn ov_06_a_lead_becomes_a_deal_with_its_data() {
    let one = lead(
        LeadStage::Accepted,
        &[
            (LeadPart::Name, "한빛 재고"),
            (LeadPart::Customer, "한빛정밀"),
            (LeadPart::Country, "KR"),
            (LeadPart::ContactName, "Ana Maria Silva"),
            (LeadPart::Email, "ana@hanbit.example"),
            (LeadPart::OfferId, "SOL-1; SOL-2"),
            (LeadPart::Notes, "wants a demo"),
        ],
    );
    let draft = one.draft();
    assert_eq!(
        (draft.name.as_str(), draft.customer.name.as_str(), draft.notes.as_str()),
        ("한빛 재고", "한빛정밀", "wants a demo")
    );
    assert_eq!((draft.contact.first.as_str(), draft.contact.last.as_str()), ("Ana Maria", "Silva"));
    assert_eq!(draft.solutions.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["SOL-1", "SOL-2"]);
    let mut dealt = one;
    dealt.deal = Some(OpportunityId(7));
    assert_eq!(dealt.may_become_deal(), Err(LeadRefusal::IsDeal(OpportunityId(7))));
}

#[test]
fn mg_83_a_lead_whose_decline_was_refused_is_declined_for_another_reason_or_accepted() {
    let decline = |reason| LeadStep::Decline { reason, note: None };
    let mut ours = lead(LeadStage::Received, &[]);
    ours.step(&decline(Reason::Budget)).unwrap();
    assert_eq!(ours.step(&decline(Reason::Timeline)), Err(LeadRefusal::Closed(LeadStage::Declined)), "nobody has refused it");
    assert!(ours.hear(&Lead { error: Some("no".into()), ..lead(LeadStage::Declined, &[]) }).refused);
    ours.step(&decline(Reason::Timeline)).unwrap();
    assert_eq!(ours.text(LeadPart::Reason), Reason::Timeline.code());
    assert!(ours.edit(&[(LeadPart::CrmId, "C-2".into())], today()).is_ok());
    ours.step(&LeadStep::Accept).unwrap();
    assert_eq!((ours.stage(), ours.text(LeadPart::Reason)), (LeadStage::Accepted, ""));
    ours.hear(&lead(LeadStage::Accepted, &[]));
    assert_eq!(ours.step(&decline(Reason::Budget)), Err(LeadRefusal::Accepted));
}

#[test]
fn mg_83_an_end_that_nobody_has_refused_is_final_though_an_edit_was_refused() {
    let lost = |reason| LeadStep::Lose { reason, note: None };
    let mut ours = lead(LeadStage::Accepted, &[(LeadPart::Value, "100")]);
    ours.edit(&[(LeadPart::Value, "200".into())], today()).unwrap();
    assert!(ours.hear(&Lead { error: Some("no".into()), ..lead(LeadStage::Accepted, &[(LeadPart::Value, "200")]) }).refused);
    ours.step(&lost(Reason::Budget)).unwrap();
    assert_eq!(ours.step(&lost(Reason::Timeline)), Err(LeadRefusal::Closed(LeadStage::Lost)));
}

#[test]
fn mg_83_why_a_lead_was_closed_stays_here_where_its_file_has_no_column_for_it() {
    let mut ours = lead(LeadStage::Received, &[(LeadPart::Reason, "")]);
    ours.step(&LeadStep::Decline { reason: Reason::Other, note: Notes::parse("abroad").ok() }).unwrap();
    assert_eq!(ours.stays_here(), [LeadPart::ReasonNote]);
    ours.rows.get_mut(&LeadFile::Bulk).unwrap().retain(|cell| cell.part != Some(LeadPart::Reason));
    assert_eq!(ours.stays_here(), [LeadPart::Reason, LeadPart::ReasonNote]);
}

//! Who joins when a deal is accepted: picked by number as in the form of a deal, beside those who are on it already.

use cosell::domain::draft::Texts;
use cosell::domain::ids::OpportunityId;
use cosell::domain::part::Part;
use cosell::store::DraftKey;

use super::deals::{desk, made};
use crate::support::driver::Driver;

/// Puts the cursor on the list of employees of an open acceptance.
fn on_employees(desk: &mut Driver) -> &mut Driver {
    desk.press("tab tab tab tab tab tab tab")
}

fn accept_of(desk: &Driver) -> (OpportunityId, DraftKey) {
    let id = desk.model.selected().unwrap().id;
    (id, DraftKey::About("accept", id))
}

#[test]
fn accepting_offers_recent_colleagues_by_number_and_me_as_the_first_who_joins() {
    let mut desk = desk();
    let (id, _) = accept_of(&desk);
    on_employees(desk.press("a"))
        .shows("김민준, +82 2-555-0100")
        .shows("Recent: a number adds, x takes off, e corrects")
        .press("2");
    let form = desk.model.form().unwrap();
    let people: Vec<String> = form.people().unwrap().items.iter().map(|person| person.email.clone()).collect();
    assert_eq!((people.len(), people[0].as_str()), (2, "minjun@partner.example"), "{}", desk.screen());
    desk.press("ctrl-s");
    assert!(desk.note().starts_with("Accepted"), "{}", desk.note());
    let on = desk.store.get(id).unwrap().opportunity.employees;
    assert!(people.iter().all(|email| on.iter().any(|person| person.email == *email)), "{on:?}");
}

#[test]
fn who_is_on_the_deal_already_is_shown_and_not_offered_again() {
    let mut desk = Driver::sample();
    let there = loop {
        let on = made(&desk).employees;
        if let Some(person) = on.first() {
            break person.clone();
        }
        desk.press("j");
    };
    on_employees(desk.press("a").size(80, 40)).shows(&format!("{}  on this deal", there.name()));
    let form = desk.model.form().unwrap();
    assert!(form.aids.people.iter().all(|person| !person.is_same(&there)));
    assert!(form.people().unwrap().items.is_empty(), "they stay without being named: {}", desk.screen());
}

#[test]
fn somebody_who_joins_is_typed_in_where_nobody_is_known_and_nobody_need_join() {
    let mut desk = Driver::empty();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("one.json");
    std::fs::write(
        &file,
        r#"{"id":"a","status":"New","substatus":"Pending","createdDateTime":"2026-11-20T00:00:00Z",
        "direction":"Incoming","customerProfile":{"name":"Contoso"}}"#,
    )
    .unwrap();
    desk.press("i").typed(file.to_str().unwrap()).press("enter esc a");
    // The empty list is passed by: what is typed would go nowhere.
    desk.typed("ERP").press("tab").typed("5000").press("tab").typed("USD").press("tab").typed("2026-12-18");
    desk.press("tab tab tab tab").typed("서연").press("tab").typed("이").press("tab").typed("+82 2-555-0102").press("tab");
    desk.typed("seoyeon@partner.example").press("enter").shows("이서연, +82 2-555-0102, seoyeon@partner.example");
    desk.press("x").shows("nobody yet").press("ctrl-s");
    assert!(desk.note().starts_with("Accepted"), "{}", desk.note());
}

#[test]
fn a_draft_with_a_line_for_each_who_joins_is_still_read() {
    let mut desk = desk();
    let (_, key) = accept_of(&desk);
    let path = Part::Employees.path();
    let line = "민준;김;+82 2-555-0100;minjun@partner.example";
    let texts: Texts = [
        (path.to_owned(), format!("{line}\nAna;Reyes;+1 425 555 0100;ana@p.example\nJiwoo")),
        (format!("was.{path}"), line.to_owned()),
    ]
    .into();
    desk.store.keep_draft(key, &texts, desk.model.now.now).unwrap();
    desk.press("a");
    assert_eq!(desk.note(), "Your draft is back.", "nothing was changed by others");
    on_employees(&mut desk).size(80, 40).shows("Ana Reyes, +1 425 555 0100, ana@p.example").shows("Jiwoo");
    desk.press("ctrl-s").shows("missing or wrong");
}

#[test]
fn the_employees_who_join() {
    for (columns, rows) in [(40, 10), (80, 24)] {
        let mut desk = desk();
        on_employees(desk.size(columns, rows).press("a")).press("2 3");
        insta::assert_snapshot!(format!("accept_employees_{columns}x{rows}"), desk.screen());
    }
}

//! Tests of forms as data: focus, complaints, drafts, choices.

use super::*;
use crate::clock::Clock;
use crate::desk::keys::Key;
use crate::domain::contact::Person;
use crate::domain::date::Moment;
use crate::domain::draft::DealDraft;
use crate::domain::field::Field;
use crate::domain::money::Currency;
use crate::domain::opportunity::tests::accepted;
use crate::domain::outcome::Reason;
use crate::domain::part::{Place, Whose};
use crate::domain::text::Line;

fn subject() -> Subject {
    Subject { targets: vec![(OpportunityId(1), None)], title: "ERP".into(), ..Subject::default() }
}

fn texts(values: &[(Part, &str)]) -> Texts {
    values.iter().map(|(part, text)| (part.path().to_owned(), (*text).to_owned())).collect()
}

fn today() -> Today {
    Date::iso("2026-11-21").unwrap().into()
}

fn moment() -> Moment {
    Clock::from_setting(Some("2026-11-21T08:00:00Z")).unwrap().moment()
}

#[test]
fn what_is_missing_and_what_follows_is_known_before_anything_is_painted() {
    let mut form = Form::open(FormKind::New, Subject::default(), &texts(&[(Part::Name, "ERP"), (Part::CloseDate, "2026-01-31")]));
    form.recheck(moment());
    assert!(form.complaints.is_empty(), "nobody came to the fields yet");
    let missing: Vec<Place> = form.standing.missing.iter().map(|c| c.at.clone()).collect();
    assert!(missing.contains(&Place::Part(Part::Value)) && missing.contains(&Place::Part(Part::Country)), "{missing:?}");
    assert_eq!(form.standing.follows, []);
    assert_eq!(form.standing.remarks, [Warning::CloseDatePast(Date::iso("2026-01-31").unwrap())]);
}

#[test]
fn a_field_tells_how_it_will_be_kept() {
    let typed =
        [(Part::Currency, "krw"), (Part::PostalCode, "５１５４３"), (Part::Duns, "１２３-456 789"), (Part::City, " 창원시 ")];
    let form = Form::open(FormKind::New, Subject::default(), &texts(&typed));
    let kept = [Part::Currency, Part::PostalCode, Part::Duns, Part::City].map(|part| form.stored(part));
    assert_eq!(kept, ["KRW", "51543", "123456789", "창원시"]);
}

#[test]
fn the_family_name_of_a_colleague_comes_first_where_the_customer_s_does_or_the_rep_s_language_has_it_so() {
    let names = |country: &str, family_name_first: bool| {
        let form = Form::open(FormKind::New, Subject::default(), &texts(&[(Part::Country, country)]));
        let form = Form { family_name_first, ..form };
        let parts = form.in_order().into_iter().map(|at| form.kind.fields()[at].part);
        parts.filter(|part| [Part::EmployeeFirst, Part::EmployeeLast].contains(part)).collect::<Vec<_>>()
    };
    for country in ["KR", "JP", "CN", "TW"] {
        assert_eq!(names(country, false), [Part::EmployeeLast, Part::EmployeeFirst], "{country}");
    }
    assert_eq!(names("US", false), [Part::EmployeeFirst, Part::EmployeeLast]);
    assert_eq!(names("US", true), [Part::EmployeeLast, Part::EmployeeFirst]);
    let mut form = Form::open(FormKind::Accept, subject(), &Texts::new());
    form.family_name_first = true;
    let name = |form: &Form, part| form.index(part).unwrap();
    let order = form.in_order();
    let at = |part| order.iter().position(|field| *field == name(&form, part));
    assert!(at(Part::EmployeeLast) < at(Part::EmployeeFirst), "on accepting, too");
}

#[test]
fn saving_shows_every_complaint_and_goes_to_the_first() {
    let mut form = Form::open(FormKind::Accept, subject(), &texts(&[(Part::Name, "ERP")]));
    assert_eq!(form.check(today()), None);
    let places: Vec<Place> = form.complaints.iter().map(|c| c.at.clone()).collect();
    assert_eq!(places, [Part::Value, Part::Currency, Part::CloseDate].map(Place::Part));
    assert_eq!(form.focused().unwrap().part, Part::Value);
    form.text_field().unwrap().paste("84m");
    form.recheck(moment());
    assert_eq!(form.complaints.len(), 2, "once red, every key checks again");
}

#[test]
fn short_forms_are_understood_while_they_are_typed() {
    let typed = [(Part::Name, "ERP"), (Part::Value, "84m"), (Part::Currency, "KRW"), (Part::CloseDate, "+30d")];
    let form = Form::open(FormKind::Accept, subject(), &texts(&typed));
    let money = Money::from_minor(84_000_000, Currency::parse("KRW").unwrap());
    assert_eq!(form.understood(1, today()), Some(Understood::Money(money)));
    assert_eq!(form.understood(3, today()), Some(Understood::Date(Date::by("2026-12-21", today()).unwrap())));
    assert_eq!(form.understood(0, today()), None);
    assert_eq!(Form::open(FormKind::Accept, subject(), &Texts::new()).understood(1, today()), None);
}

#[test]
fn defaults_do_not_count_as_changes_and_drafts_do() {
    let mut form = Form::open(FormKind::Accept, subject(), &texts(&[(Part::Name, "ERP"), (Part::Value, "5")]));
    assert!(!form.is_changed());
    form.restore(&texts(&[(Part::Name, "ERP"), (Part::Value, "84m"), (Part::Currency, "KRW")]));
    assert!(form.is_changed());
    assert_eq!((form.text(Part::Value).as_str(), form.text(Part::Currency).as_str()), ("84m", "KRW"));
}

#[test]
fn mg_63_a_reason_is_chosen_by_arrows_or_number() {
    let mut form = Form::open(FormKind::Decline, subject(), &Texts::new());
    assert!(form.check(today()).is_none());
    assert!(form.choose(1));
    assert_eq!(form.text(Part::Reason), "budget");
    assert!(form.choose_number(8));
    assert!(form.check(today()).is_none(), "other needs a note");
    assert_eq!(form.focus, Some(1));
    form.text_field().unwrap().key(Key::char('x'));
    assert!(matches!(form.check(today()), Some(Built::Change(What::Decline { reason: Reason::Other, note: Some(_) }))));
}

#[test]
fn several_people_join_also_from_a_draft_with_one_a_line() {
    let mut form = Form::open(
        FormKind::Accept,
        subject(),
        &texts(&[
            (Part::Name, "ERP"),
            (Part::Value, "5"),
            (Part::Currency, "USD"),
            (Part::CloseDate, "+30d"),
            (Part::Employees, "Ana;Reyes;+1 425 555 0100;ana@p.example\n\nKim"),
        ]),
    );
    assert_eq!(form.check(today()), None);
    assert!(form.complaints_of(7).count() > 0);
    assert_eq!(form.focus, Some(7));
    let people = form.people_mut().unwrap();
    assert_eq!((people.items.len(), people.items[1].first.as_str()), (2, "Kim"), "what is no person is not lost");
    people.cursor = 1;
    people.remove();
    assert!(matches!(form.check(today()), Some(Built::Change(What::Accept(a))) if a.employees.len() == 1));
}

#[test]
fn an_edit_in_a_form_leaves_the_owner_and_who_is_taken_off_owns_it_no_more() {
    let person = |first: &str, email: &str| Person::complete(first, "Reyes", "+1 425 555 0100", email, Whose::Contact).unwrap();
    let on = Opportunity {
        employees: vec![person("Ana", "ana@p.example"), person("Bo", "bo@p.example")],
        owner: Line::parse("bo@p.example").ok(),
        ..accepted()
    };
    let built = |without_owner: bool| {
        let mut draft = DealDraft::of(&on);
        draft.notes = "new".into();
        draft.employees.truncate(if without_owner { 1 } else { 2 });
        let subject = Subject { on: Some(Box::new(on.clone())), ..subject() };
        match Form::open(FormKind::Edit, subject, &draft.texts()).check(today()) {
            Some(Built::Change(What::Edit(edit))) => edit.0.iter().map(|set| set.field()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(built(false), [Field::Notes]);
    assert_eq!(built(true), [Field::Notes, Field::Employees, Field::Owner]);
}

#[test]
fn a_new_deal_that_was_refused_is_corrected_in_its_customer_too() {
    let on = accepted();
    let mut draft = DealDraft::of(&on);
    (draft.customer.country, draft.customer.city) = ("KR".into(), "부산".into());
    draft.notes = "new".into();
    let subject = Subject { on: Some(Box::new(on)), ..subject() };
    let mut form = Form::open(FormKind::Correct, subject, &draft.texts());
    assert_eq!(form.kind.pages().first(), Some(&Page::Customer));
    match form.check(today()) {
        Some(Built::Change(What::Edit(edit))) => {
            assert_eq!(edit.0.iter().map(|set| set.field()).collect::<Vec<_>>(), [Field::Notes, Field::Address]);
        }
        other => panic!("{other:?}"),
    }
}

//! Tests of the deal draft: what a new deal must have, and what each refused value is told.

use super::super::super::held::Held;
use super::*;
use crate::domain::change::What;
use crate::domain::date::Date;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{Direction, tests::accepted};
use crate::domain::solution::{Owner, Price};
use crate::domain::stage::StageKind;

fn today() -> Date {
    Date::iso("2026-11-21").unwrap()
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T08:00:00Z").unwrap()
}

fn person(first: &str, email: &str) -> PersonDraft {
    PersonDraft {
        first: first.into(),
        last: "김".into(),
        phone: "+82 2-555-0101".into(),
        email: email.into(),
        ..Default::default()
    }
}

/// A deal with everything that is needed, and nothing more.
fn complete() -> DealDraft {
    DealDraft {
        customer: CustomerDraft {
            name: "한빛정밀 주식회사".into(),
            country: "KR".into(),
            duns: "08-146-6849".into(),
            line1: "27-29".into(),
            city: "서울".into(),
            ..Default::default()
        },
        name: "ERP 마이그레이션".into(),
        value: "84m".into(),
        currency: "KRW".into(),
        close_date: "end of quarter".into(),
        employees: vec![person("민준", "minjun@partner.example")],
        solutions: vec![SolutionDraft::of_id("SOL-34104-EBB")],
        ..Default::default()
    }
}

fn places(draft: &DealDraft) -> Vec<String> {
    draft.build(today()).unwrap_err().into_iter().map(|complaint| complaint.at.to_string()).collect()
}

#[test]
fn mg_24_mg_34_to_36_mg_43_mg_46_everything_that_is_missing_is_told_at_once() {
    assert_eq!(
        places(&DealDraft::default()),
        [
            "customer.address.country",
            "customer.name",
            "deal.name",
            "deal.value",
            "deal.currency",
            "deal.closeDate",
            "employees",
            "solutions"
        ]
    );
}

#[test]
fn mg_50_mg_71_a_deal_without_help_is_private_outbound_and_accepted() {
    let (new, warnings) = complete().build(today()).unwrap();
    assert_eq!(warnings, []);
    let made = new.make(now()).opportunity;
    assert_eq!(
        (made.kind, made.direction(), made.stage.kind()),
        (Kind::PrivatePipeline, Direction::Outbound, StageKind::Accepted)
    );
    assert_eq!(made.deal.value.unwrap().to_string(), "84000000 KRW");
    assert_eq!(made.deal.close_date.unwrap().to_string(), "2026-12-31");
    assert_eq!(made.customer.duns.unwrap().to_string(), "081466849");
    assert_eq!((made.customer.contact, made.help), (None, None), "MG-30: a contact is optional");
    let shared = DealDraft { share: true, ..complete() };
    assert_eq!(shared.build(today()).unwrap().0.kind(), Kind::PartnerLed);
}

#[test]
fn mg_30_mg_31_mg_51_mg_52_help_needs_contact_consent_kind_and_note() {
    let help = Some(HelpDraft::default());
    let asked = DealDraft { help, ..complete() };
    assert_eq!(
        places(&asked),
        [
            "customer.contact.firstName",
            "customer.contact.lastName",
            "customer.contact.phone",
            "customer.contact.email",
            "help.consent",
            "help.kind",
            "help.note"
        ]
    );
    let help = Some(HelpDraft { kind: "3".into(), note: "a proof of concept".into() });
    let asked = DealDraft { help, contact: person("지우", "jiwoo@hanbit.example"), consent: true, ..complete() };
    let made = asked.build(today()).unwrap().0.make(now()).opportunity;
    assert_eq!(made.kind, Kind::CoSell);
    let help = made.help.unwrap();
    assert_eq!((help.kind, help.requested_at, help.consent), (Some(HelpKind::ProofOfConceptOrDemo), Some(now()), true));
    assert_eq!(made.customer.contact.unwrap().name(), "김지우");
    let wrong = DealDraft { help: Some(HelpDraft { kind: "7".into(), note: "x".into() }), ..asked };
    assert_eq!(wrong.build(today()).unwrap_err(), [Complaint::new("help.kind", Invalid::UnknownHelp("7".into()))]);
}

#[test]
fn mg_31_a_contact_that_sellers_may_see_needs_consent_and_a_private_one_does_not() {
    let contact = person("지우", "jiwoo@hanbit.example");
    let private = DealDraft { contact, ..complete() };
    assert!(private.build(today()).is_ok());
    assert_eq!(places(&DealDraft { share: true, ..private.clone() }), ["help.consent"]);
    assert!(DealDraft { share: true, consent: true, ..private }.build(today()).is_ok());
    let half = DealDraft { contact: PersonDraft { first: "지우".into(), ..Default::default() }, ..complete() };
    let (new, _) = half.build(today()).unwrap();
    assert_eq!(new.customer.contact.unwrap().name(), "지우", "MG-30: whom nobody is to call need not be known whole");
    let asked = DealDraft { help: Some(HelpDraft::default()), consent: true, ..half };
    assert_eq!(
        places(&asked)[..3],
        ["customer.contact.lastName", "customer.contact.phone", "customer.contact.email"],
        "and whole where help is asked"
    );
}

#[test]
fn ov_16_partner_to_partner_says_which_partner_and_what_they_bring() {
    let draft = DealDraft { category: Category::WithPartner, ..complete() };
    assert_eq!(places(&draft), ["partner.organization", "partner.brings"]);
    let partner = PartnerDraft { organization: "Contoso Consulting".into(), brings: "data migration".into() };
    let made = DealDraft { partner, ..draft }.build(today()).unwrap().0.make(now()).opportunity;
    assert_eq!(made.kind, Kind::PartnerToPartner);
    assert_eq!(made.partner.unwrap().organization.as_str(), "Contoso Consulting");
}

#[test]
fn ov_18_a_solution_assessment_has_exactly_one_assessment_and_asks_for_no_help() {
    let one = |assessment| SolutionDraft { assessment, ..SolutionDraft::of_id("SA-1") };
    let draft = |solutions| DealDraft { category: Category::Assessment, solutions, ..complete() };
    assert_eq!(draft(vec![one(Some(true))]).build(today()).unwrap().0.kind(), Kind::SolutionAssessment);
    assert!(draft(vec![one(None)]).build(today()).is_ok(), "one the catalogue does not know");
    let two = draft(vec![one(Some(true)), SolutionDraft::of_id("SA-2")]);
    assert_eq!(two.build(today()).unwrap_err(), [Complaint::new("solutions", Invalid::NotExactlyOne)]);
    let other = draft(vec![one(Some(false))]).build(today()).unwrap_err();
    assert_eq!(other, [Complaint::new("solutions[0]", Invalid::NotAnAssessment("SA-1".into()))]);
    let help = Some(HelpDraft { kind: "1".into(), note: "x".into() });
    let asked = DealDraft { help, contact: person("지우", "a@b.example"), consent: true, ..draft(vec![one(None)]) };
    assert_eq!(places(&asked), ["help"]);
}

#[test]
fn mg_42_mg_43_every_employee_is_complete_at_most_50_and_none_twice() {
    let draft = |employees| DealDraft { employees, ..complete() };
    let half = PersonDraft { first: "Ana".into(), email: "ana".into(), ..Default::default() };
    assert_eq!(places(&draft(vec![half])), ["employees[0].lastName", "employees[0].phone", "employees[0].email"]);
    let twice = draft(vec![person("민준", "a@b.example"), person("민준", "A@b.example")]);
    assert_eq!(places(&twice), ["employees[1]"]);
    let many: Vec<PersonDraft> = (0..51).map(|n| person("민준", &format!("a{n}@b.example"))).collect();
    assert_eq!(places(&draft(many)), ["employees"]);
}

#[test]
fn mg_48_solutions_take_quantity_and_price_in_the_currency_of_the_deal() {
    let priced = |quantity: &str, price: &str| SolutionDraft {
        quantity: quantity.into(),
        price: price.into(),
        owner: Owner::Microsoft,
        ..SolutionDraft::of_id("SOL-1")
    };
    let draft = |solution| DealDraft { solutions: vec![solution], ..complete() };
    let (new, _) = draft(priced("１２", "1.2k")).build(today()).unwrap();
    let solution = &new.solutions[0];
    assert_eq!((solution.quantity, solution.price.as_ref().map(Price::as_str)), (Some(12), Some("1200")));
    assert_eq!(solution.currency.unwrap().code(), "KRW");
    for (quantity, price, at) in [
        ("0", "", "solutions[0].quantity"),
        ("1.5", "", "solutions[0].quantity"),
        ("x", "", "solutions[0].quantity"),
        ("", "10.5", "solutions[0].price"),
        ("", "-1", "solutions[0].price"),
    ] {
        assert_eq!(places(&draft(priced(quantity, price))), [at], "{quantity} {price}");
    }
    assert_eq!(places(&draft(SolutionDraft::of_id("SOL 1"))), ["solutions[0].id"]);
    let twice = vec![SolutionDraft::of_id("SOL-1"), SolutionDraft::of_id("SOL-1")];
    assert_eq!(places(&DealDraft { solutions: twice, ..complete() }), ["solutions[1]"]);
}

#[test]
fn an_address_that_an_upload_would_lack_is_pointed_out_and_does_not_block() {
    let mut draft = complete();
    draft.customer.city.clear();
    let (_, warnings) = draft.build(today()).unwrap();
    assert_eq!(warnings, [Warning::AddressForUpload { street: false, city: true }]);
}

#[test]
fn mg_25_a_country_is_a_code_or_a_name_and_a_duns_number_has_nine_digits() {
    let mut draft = complete();
    for country in ["kr", "대한민국", "South Korea", "韓国"] {
        draft.customer.country = country.into();
        assert_eq!(draft.build(today()).unwrap().0.customer.address.country.unwrap().code(), "KR");
    }
    draft.customer.country = "Atlantis".into();
    draft.customer.duns = "81466849".into();
    assert_eq!(places(&draft), ["customer.address.country", "customer.duns"], "leading zeros are not guessed");
}

#[test]
fn mg_68_to_mg_70_an_edit_sets_only_what_differs() {
    let before = complete().build(today()).unwrap().0.make(now()).opportunity;
    let unchanged = DealDraft::of(&before);
    assert_eq!(unchanged.edit(&before, today()).unwrap().0.0, []);
    let draft = DealDraft {
        name: "ERP 2028".into(),
        value: "84,000,000".into(),
        notes: "둘째 줄".into(),
        employees: vec![unchanged.employees[0].clone(), person("서연", "seoyeon@partner.example")],
        ..unchanged.clone()
    };
    let (edit, _) = draft.edit(&before, today()).unwrap();
    assert_eq!(edit.0.len(), 3, "the same value in other words is no change: {edit:?}");
    let after = What::Edit(edit).apply(&Held::new(before.clone(), true), now()).unwrap().opportunity;
    assert_eq!(after.employees.len(), 2);
    assert_eq!(after.deal.name.unwrap().as_str(), "ERP 2028");
    let wrong = DealDraft { name: String::new(), value: "0".into(), employees: Vec::new(), solutions: Vec::new(), ..unchanged };
    let complaints = wrong.edit(&before, today()).unwrap_err();
    let places: Vec<String> = complaints.iter().map(|c| c.at.to_string()).collect();
    assert_eq!(places, ["deal.name", "deal.value", "employees", "solutions"]);
}

#[test]
fn mg_44_an_edit_leaves_incomplete_people_of_an_import_alone() {
    let mut before = accepted();
    before.employees = vec![Person { email: "rep@partner.example".into(), ..Person::default() }];
    let mut draft = DealDraft::of(&before);
    draft.name = "New name".into();
    assert!(draft.edit(&before, today()).is_ok());
    draft.employees.push(person("서연", "seoyeon@partner.example"));
    assert!(draft.edit(&before, today()).is_ok(), "joined by a complete one");
    draft.employees[0].first = "Ana".into();
    let complaints = draft.edit(&before, today()).unwrap_err();
    assert!(complaints.iter().all(|c| matches!(c.at, Place::Within(0, _))), "{complaints:?}");
}

#[test]
fn a_clone_takes_everything_but_what_was_given_for_one_deal() {
    let help = Some(HelpDraft { kind: "3".into(), note: "a proof of concept".into() });
    let contact = person("지우", "jiwoo@hanbit.example");
    let draft = DealDraft { help, contact, consent: true, crm_id: "CRM-7".into(), campaign_id: "Spring".into(), ..complete() };
    let clone = DealDraft::clone_of(&draft.build(today()).unwrap().0.make(now()).opportunity);
    assert_eq!((clone.consent, clone.help, clone.close_date.as_str(), clone.crm_id.as_str()), (false, None, "", ""));
    assert_eq!((clone.campaign_id.as_str(), clone.employees.len(), clone.solutions.len()), ("Spring", 1, 1));
    assert_eq!(clone.customer.duns, "081466849");
}

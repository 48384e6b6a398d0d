//! Each rule with a deal that meets it and one that does not, and what is told of whole deals.

use serde_json::json;

use super::table::INTENT;
use super::*;
use crate::domain::contact::Person;
use crate::domain::deadline::{Basis, Deadline};
use crate::domain::ids::CenterId;
use crate::domain::money::{Currency, Money};
use crate::domain::opportunity::tests::{accepted, received};
use crate::domain::opportunity::{Help, HelpKind, Partner};
use crate::domain::outcome::{Outcome, Reason};
use crate::domain::refused::RefusedRow;
use crate::domain::rules::{Warning, address_warning};
use crate::domain::sales::SalesStage;
use crate::domain::solution::{Owner, Price, Solution};
use crate::domain::text::{Line, Notes};

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn terms(layout: Layout) -> PreflightTerms {
    let now = Timestamp::parse("2026-11-25T08:00:00Z").unwrap();
    PreflightTerms { now, today: Date::iso("2026-11-25").unwrap(), layout }
}

fn ana() -> Person {
    Person { first: "Ana".into(), last: "Silva".into(), phone: "+1 425 555 0100".into(), email: "ana@partner.example".into() }
}

fn solution(id: &str) -> Solution {
    Solution { id: Line::stored(id.to_owned()), name: None, owner: Owner::Mine, currency: None, price: None, quantity: None }
}

/// A deal of ours with everything that an upload wants, unknown to Partner Center.
fn new() -> Held {
    let mut deal = accepted();
    deal.referral_id = None;
    deal.deal.name = Some(line("ERP"));
    deal.deal.value = Some(Money::from_minor(5_000_000, Currency::parse("USD").unwrap()));
    deal.deal.close_date = Date::iso("2026-12-31").ok();
    deal.deal.notes = Notes::parse("as agreed").ok();
    deal.deal.sales_stage = SalesStage::of(40);
    let customer = &mut deal.customer;
    customer.duns = crate::domain::customer::Duns::parse("081466849").ok();
    customer.address.line1 = Some(line("1 Main Street"));
    customer.address.city = Some(line("Seoul"));
    customer.address.country = crate::domain::customer::Country::parse("KR").ok();
    customer.contact = Some(ana());
    deal.employees = vec![ana()];
    deal.solutions = vec![solution("SOL-1")];
    deal.help = Some(Help { kind: Some(HelpKind::ProofOfConceptOrDemo), note: None, requested_at: None, consent: true });
    let mut held = Held::new(deal, true);
    held.extra.insert(INTENT.to_owned(), json!("Yes"));
    held
}

/// The same, known to Partner Center, with a new name that it does not know.
fn update() -> Held {
    let mut held = new();
    held.made_here = false;
    held.opportunity.referral_id = CenterId::read("7204e52d-b222-4a58-808a-05a6c4647159");
    held.opportunity.engagement_id = CenterId::read("1c8f6b20-0000-4000-8000-000000000003");
    held.base.insert(Field::Name, json!("before"));
    held
}

fn kind(kind: Kind, mut held: Held) -> Held {
    held.opportunity.kind = kind;
    if kind != Kind::CoSell {
        held.opportunity.help = None;
    }
    held
}

fn with(mut held: Held, change: impl FnOnce(&mut Held)) -> Held {
    change(&mut held);
    held
}

fn deal(held: Held, change: impl FnOnce(&mut Opportunity)) -> Held {
    with(held, |held| change(&mut held.opportunity))
}

fn contact(change: impl FnOnce(&mut Person)) -> Held {
    deal(new(), |on| change(on.customer.contact.as_mut().unwrap()))
}

/// Ours of a field differs, and theirs is what stands in the base.
fn differs(held: Held, field: Field, theirs: serde_json::Value) -> Held {
    with(held, |held| {
        held.base.insert(field, theirs);
    })
}

fn closed(outcome: Outcome) -> Stage {
    Stage::Archived { at: None, accepted: None, outcome }
}

/// Ended here by this outcome, which Partner Center does not know.
fn ended(outcome: Outcome) -> Held {
    let open = serde_json::to_value(Stage::Accepted { since: None }).unwrap();
    deal(differs(update(), Field::Stage, open), |on| on.stage = closed(outcome))
}

/// Accepted here while Partner Center waits for an answer until then.
fn answered(until: &str) -> Held {
    let respond_by = Deadline { at: Timestamp::parse(until).unwrap(), basis: Basis::Given };
    differs(update(), Field::Stage, serde_json::to_value(Stage::Received { respond_by }).unwrap())
}

fn declined(reason: Option<Reason>) -> Outcome {
    Outcome::Declined { reason, note: None }
}

/// What Partner Center refused of a deal, which says it still or has been corrected.
fn refused(as_it_stands: bool) -> Option<Box<RefusedRow>> {
    let (file, message) = ("cosell-upload.csv".to_owned(), "Notes are too long".to_owned());
    Some(Box::new(RefusedRow {
        file,
        written_at: Timestamp::from_micros(0),
        message,
        as_it_stands,
        told: Vec::new(),
        ends: false,
    }))
}

type Cases = Vec<(RuleId, Held, Held)>;

/// Each rule with a deal that meets it and one that does not.
fn cases() -> Cases {
    [cases_of_rows(), cases_of_the_sale(), cases_of_sharing(), cases_of_lists()].concat()
}

fn cases_of_rows() -> Cases {
    use RuleId as R;
    let shut = with(update(), |held| held.opportunity.stage = closed(Outcome::Won));
    let theirs = serde_json::to_value(Person { first: "Bo".into(), ..ana() }).unwrap();
    vec![
        (R::ClosedThere, ended(Outcome::Won), shut),
        (
            R::RefusedBefore,
            with(update(), |held| held.refused = refused(false)),
            with(update(), |held| held.refused = refused(true)),
        ),
        (
            R::RefusedCorrected,
            with(update(), |held| held.refused = refused(true)),
            with(update(), |held| held.refused = refused(false)),
        ),
        (R::EngagementIdMissing, update(), deal(update(), |on| on.engagement_id = None)),
        (R::ReferralIdMissing, update(), deal(update(), |on| on.referral_id = None)),
        (R::NameMissing, new(), deal(new(), |on| on.deal.name = None)),
        (R::CustomerStays, update(), differs(update(), Field::CustomerName, json!("other"))),
        (R::StreetMissing, new(), deal(new(), |on| on.customer.address.line1 = None)),
        (R::CityMissing, new(), deal(new(), |on| on.customer.address.city = None)),
        (R::CountryMissing, new(), deal(new(), |on| on.customer.address.country = None)),
        (R::AddressStays, update(), differs(update(), Field::Address, json!({}))),
        (R::DunsMissing, new(), deal(new(), |on| on.customer.duns = None)),
        (R::DunsStays, update(), differs(update(), Field::Duns, json!(null))),
        (R::ContactFirstMissing, new(), contact(|person| person.first.clear())),
        (R::ContactLastMissing, new(), contact(|person| person.last = " ".into())),
        (R::ContactPhoneMissing, new(), contact(|person| person.phone.clear())),
        (R::ContactEmailMissing, new(), deal(new(), |on| on.customer.contact = None)),
        (R::ContactStays, differs(update(), Field::Contact, json!(null)), differs(update(), Field::Contact, theirs)),
        (R::ReasonMissing, ended(declined(Some(Reason::Budget))), ended(declined(None))),
        (R::AnswerLate, answered("2026-11-25T08:00:01Z"), answered("2026-11-25T08:00:00Z")),
    ]
}

fn cases_of_the_sale() -> Cases {
    use RuleId as R;
    let assessment = || kind(Kind::SolutionAssessment, new());
    vec![
        (R::StageMissing, assessment(), deal(assessment(), |on| on.deal.sales_stage = None)),
        (
            R::AssessmentOpen,
            deal(kind(Kind::SolutionAssessment, ended(Outcome::Won)), |on| on.deal.sales_stage = SalesStage::of(80)),
            kind(Kind::SolutionAssessment, ended(Outcome::Won)),
        ),
        (R::ValueMissing, new(), deal(new(), |on| on.deal.value = None)),
        (R::ValueZero, new(), deal(new(), |on| on.deal.value = Some(Money::from_minor(0, Currency::parse("USD").unwrap())))),
        (
            R::ValueHuge,
            new(),
            deal(new(), |on| on.deal.value = Some(Money::from_minor(i64::MAX, Currency::parse("USD").unwrap()))),
        ),
        (R::CurrencyMissing, new(), deal(new(), |on| on.deal.value = None)),
        (R::CloseDateMissing, new(), deal(new(), |on| on.deal.close_date = None)),
        (
            R::CloseDatePast,
            deal(new(), |on| on.deal.close_date = Date::iso("2026-11-25").ok()),
            deal(new(), |on| on.deal.close_date = Date::iso("2026-11-24").ok()),
        ),
        (R::NotesMissing, new(), deal(new(), |on| on.deal.notes = None)),
    ]
}

fn cases_of_sharing() -> Cases {
    use RuleId as R;
    let shared = serde_json::to_value(Kind::PartnerLed).unwrap();
    let asked = serde_json::to_value(Help { kind: None, note: None, requested_at: None, consent: false }).unwrap();
    let partner = Partner { organization: line("Contoso"), brings: Notes::parse("data").unwrap() };
    let consent = |said: &str| {
        with(new(), |held| drop(held.extra.insert("consent to share customer/partner contact ".into(), json!(said))))
    };
    vec![
        (R::HelpKindMissing, new(), deal(new(), |on| on.help.as_mut().unwrap().kind = None)),
        (R::HelpStays, differs(update(), Field::Help, json!(null)), differs(update(), Field::Help, asked)),
        (
            R::ShareStays,
            differs(update(), Field::Kind, shared.clone()),
            kind(Kind::PrivatePipeline, differs(update(), Field::Kind, shared)),
        ),
        (
            R::PrivateByUpload,
            kind(Kind::PrivatePipeline, with(update(), |held| held.base.clear())),
            kind(Kind::PrivatePipeline, new()),
        ),
        (R::PartnerByHand, new(), deal(new(), |on| on.partner = Some(partner))),
        (R::ConsentRefused, consent("Yes"), consent("NO")),
        (R::ConsentUnknown, new(), kind(Kind::PrivatePipeline, new())),
        (R::IntentUnknown, new(), with(new(), |held| held.extra.clear())),
    ]
}

fn cases_of_lists() -> Cases {
    use RuleId as R;
    let assessment = || kind(Kind::SolutionAssessment, new());
    let many = |n: usize| vec![solution("SOL-1"); n];
    let person = |change: fn(&mut Person)| deal(new(), |on| change(&mut on.employees[0]));
    vec![
        (R::SolutionMissing, new(), deal(new(), |on| on.solutions.clear())),
        (R::SolutionsTooMany, deal(new(), |on| on.solutions = many(50)), deal(new(), |on| on.solutions = many(51))),
        (R::AssessmentSolutions, assessment(), deal(assessment(), |on| on.solutions = many(2))),
        (R::SolutionCell, new(), deal(new(), |on| on.solutions = vec![solution("SOL-1"), solution("SOL,2")])),
        (R::TeamMissing, new(), deal(new(), |on| on.employees.clear())),
        (R::TeamTooMany, deal(new(), |on| on.employees = vec![ana(); 50]), deal(new(), |on| on.employees = vec![ana(); 51])),
        (R::TeamCell, new(), person(|ana| ana.last = "Silva, PhD".into())),
        (R::TeamIncomplete, new(), person(|ana| ana.phone.clear())),
    ]
}

fn codes(held: &Held, layout: Layout) -> Vec<&'static str> {
    findings(held, &terms(layout)).into_iter().map(|finding| finding.rule.code()).collect()
}

#[test]
fn every_rule_has_a_deal_that_meets_it_and_one_that_does_not() {
    let cases = cases();
    for rule in &RULES {
        let (_, passing, failing) =
            cases.iter().find(|(id, ..)| *id == rule.id).unwrap_or_else(|| panic!("{} has no cases", rule.id.code()));
        for layout in Layout::ALL {
            let (passing, failing) = (codes(passing, layout), codes(failing, layout));
            let code = rule.id.code();
            assert!(!passing.contains(&code), "{code} in {layout:?}: {passing:?}");
            assert_eq!(failing.contains(&code), rule.layouts.contains(&layout), "{code} in {layout:?}: {failing:?}");
        }
        let (case_terms, on) = (terms(rule.layouts[0]), passing);
        assert!(rule.when.is_so(&case(on, &case_terms)), "{} is about the deal that meets it", rule.id.code());
    }
    assert_eq!(cases.len(), RULES.len());
}

#[test]
fn a_deal_with_everything_has_nothing_against_it() {
    for layout in Layout::ALL {
        assert_eq!(codes(&new(), layout), [""; 0]);
        assert_eq!(codes(&update(), layout), [""; 0]);
    }
}

#[test]
fn names_of_rules_are_read_back_and_the_table_is_in_their_order() {
    for (rule, id) in RULES.iter().zip(RuleId::ALL) {
        assert_eq!((rule.id, id.rule().id, RuleId::from_code(&id.code().to_uppercase())), (id, id, Some(id)));
        assert!(rule.part.is_none_or(|part| Part::of_path(rule.field()) == Some(part)));
        assert!(id.code().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    }
    assert_eq!(Layout::ALL.map(Layout::code), Layout::CODES);
    assert_eq!((Layout::from_code(" 2023"), Layout::from_code("2022")), (Some(Layout::Y2023), None));
}

#[test]
fn a_new_deal_that_lacks_everything_is_told_so_at_once_in_the_order_of_the_columns() {
    let mut bare = accepted();
    bare.referral_id = None;
    bare.help = Some(Help { kind: None, note: None, requested_at: None, consent: false });
    let told = codes(&Held::new(bare, true), Layout::Y2026);
    let expected = [
        "name-missing",
        "street-missing",
        "city-missing",
        "country-missing",
        "duns-missing",
        "contact-first-name-missing",
        "contact-last-name-missing",
        "contact-phone-missing",
        "contact-email-missing",
        "value-missing",
        "currency-missing",
        "close-date-missing",
        "help-kind-missing",
        "consent-unknown",
        "purchase-intent-unknown",
        "solution-missing",
        "team-missing",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_decline_says_nothing_of_the_sale_and_what_is_not_answered_or_closed_there_has_no_row() {
    let at = Stage::Received { respond_by: Deadline { at: terms(Layout::Y2023).now.plus_days(3), basis: Basis::Given } };
    let mut bare = Held::new(received(), false);
    assert_eq!(codes(&bare, Layout::Y2023), [""; 0], "not answered");
    bare.opportunity.stage = closed(declined(Some(Reason::Budget)));
    assert_eq!(codes(&bare, Layout::Y2023), [""; 0], "closed there");
    bare.base.insert(Field::Stage, serde_json::to_value(&at).unwrap());
    assert_eq!(codes(&bare, Layout::Y2023), ["engagement-id-missing"]);
}

#[test]
fn the_cure_is_one_that_is_open_to_the_rep() {
    let cure = |held: &Held, id: RuleId| {
        let found = findings(held, &terms(Layout::Y2023));
        found.iter().find(|finding| finding.rule == id).map(|finding| finding.cure)
    };
    let nameless = |held: Held| deal(held, |on| on.deal.name = None);
    assert_eq!(cure(&nameless(new()), RuleId::NameMissing), Some(Cure::Set));
    assert_eq!(cure(&nameless(ended(Outcome::Won)), RuleId::NameMissing), Some(Cure::TakeBack), "won here, still waiting");
    let homeless = |held: Held| deal(held, |on| on.customer.address.city = None);
    assert_eq!(cure(&homeless(new()), RuleId::CityMissing), Some(Cure::MakeAnew));
    assert_eq!(cure(&homeless(update()), RuleId::CityMissing), Some(Cure::InCenter));
    let two = |held: Held| deal(kind(Kind::SolutionAssessment, held), |on| on.solutions.push(solution("SOL-2")));
    assert_eq!(cure(&two(new()), RuleId::AssessmentSolutions), Some(Cure::MakeAnew));
    assert_eq!(cure(&ended(declined(None)), RuleId::ReasonMissing), Some(Cure::TakeBack));
    let shut = deal(update(), |on| on.stage = closed(declined(None)));
    assert_eq!(cure(&shut, RuleId::ReasonMissing), Some(Cure::InCenter));
}

#[test]
fn cells_that_cannot_be_read_back_are_named() {
    let found = |held: &Held, id: RuleId| {
        findings(held, &terms(Layout::Y2023)).into_iter().find(|finding| finding.rule == id).map(|finding| finding.detail)
    };
    for broken in ["a,b", "a\u{7}", "a\nb"] {
        let held = deal(new(), |on| on.employees.push(Person { email: broken.into(), ..ana() }));
        assert_eq!(found(&held, RuleId::TeamCell), Some(Detail::Named(vec!["Ana Silva".into()])), "{broken:?}");
    }
    let held = deal(new(), |on| on.solutions[0].price = Some(Price::stored("1,000".into())));
    assert_eq!(found(&held, RuleId::SolutionCell), Some(Detail::Named(vec!["SOL-1".into()])));
    let held = deal(new(), |on| on.solutions = vec![solution("SOL 1")]);
    assert_eq!(found(&held, RuleId::SolutionCell), Some(Detail::Named(vec!["SOL 1".into()])));
    let held = deal(new(), |on| on.solutions = vec![solution("SOL-1"); 60]);
    assert_eq!(found(&held, RuleId::SolutionsTooMany), Some(Detail::Count(60)));
}

#[test]
fn what_is_read_only_there_is_told_by_field() {
    let t = terms(Layout::Y2023);
    let held = differs(update(), Field::CustomerName, json!("other"));
    assert!(is_read_only_there(&held, Field::CustomerName, &t) && !is_read_only_there(&held, Field::Name, &t));
    assert!(!is_read_only_there(&new(), Field::CustomerName, &t), "it has not read it yet");
    let shut = deal(update(), |on| on.stage = closed(Outcome::Won));
    assert!(is_read_only_there(&shut, Field::Name, &t), "closed");
}

#[test]
fn the_form_warns_of_the_address_where_the_table_finds_it_missing() {
    for (street, city) in [(true, true), (true, false), (false, true), (false, false)] {
        let held = deal(new(), |on| {
            let address = &mut on.customer.address;
            (address.line1, address.city) = (address.line1.take().filter(|_| street), address.city.take().filter(|_| city));
        });
        let told = codes(&held, Layout::Y2023);
        let expected = (!street || !city).then_some(Warning::AddressForUpload { street: !street, city: !city });
        assert_eq!(address_warning(&held.opportunity.customer.address), expected);
        assert_eq!((told.contains(&"street-missing"), told.contains(&"city-missing")), (!street, !city));
    }
}

//! Tests of the fields: what may be edited when, and the plain form that history and drafts keep, which must never change.

use super::super::opportunity::tests::{accepted, received};
use super::*;
use crate::domain::change::{Edit, What};
use crate::domain::contact::Person;
use crate::domain::customer::{Address, Country, Duns};
use crate::domain::date::Date;
use crate::domain::deadline::{Basis, Deadline};
use crate::domain::held::Held;
use crate::domain::ids::CenterId;
use crate::domain::instant::Timestamp;
use crate::domain::money::{Currency, Money};
use crate::domain::opportunity::{Help, HelpKind, Origin, Partner, Sender, SenderKind};
use crate::domain::ours::{LogNote, NextStep};
use crate::domain::outcome::{Outcome, Reason};
use crate::domain::part::Whose;
use crate::domain::sales::SalesStage;
use crate::domain::solution::{Owner, Price, Solution};
use crate::domain::stage::Stage;
use crate::domain::text::{Line, Notes};

#[test]
fn mg_68_to_mg_70_and_mg_77_what_may_be_edited_when() {
    let now = Timestamp::parse("2026-11-21T08:00:00Z").unwrap();
    let archived = What::Win(Edit::default()).apply(&Held::new(accepted(), false), now).unwrap().opportunity;
    for field in [
        Field::Name,
        Field::Value,
        Field::CloseDate,
        Field::Notes,
        Field::CrmId,
        Field::CampaignId,
        Field::SalesStage,
        Field::Employees,
        Field::Solutions,
    ] {
        assert_eq!(field.check_edit(&received()), Err(NotEditable::Received), "{field:?}");
        assert_eq!(field.check_edit(&accepted()), Ok(()), "{field:?}");
        assert_eq!(field.check_edit(&archived), Err(NotEditable::Archived), "{field:?}");
    }
    for (field, why) in [
        (Field::Stage, NotEditable::BySteps),
        (Field::Contact, NotEditable::WithHelp),
        (Field::Kind, NotEditable::WithHelp),
        (Field::CustomerName, NotEditable::AtCreation),
        (Field::Duns, NotEditable::AtCreation),
        (Field::ReferralId, NotEditable::ByImport),
    ] {
        assert_eq!(field.check_edit(&accepted()), Err(why), "{field:?}");
    }
    let mut assessment = accepted();
    assessment.kind = Kind::SolutionAssessment;
    assert_eq!(Field::Solutions.check_edit(&assessment), Err(NotEditable::Assessment));
    assert_eq!(Field::Employees.check_edit(&assessment), Ok(()));
}

#[test]
fn every_stage_stands_in_the_editing_table() {
    for kind in StageKind::ALL {
        assert_eq!(EDITING.iter().filter(|(stage, _)| *stage == kind).count(), 1, "{kind:?}");
    }
}

/// Every field with its values in plain form, as they stand in databases that exist: add to it, change nothing in it.
const PLAIN: &str = include_str!("../../../tests/fixtures/plain.json");

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn notes(text: &str) -> Option<Notes> {
    Some(Notes::parse(text).unwrap())
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn person() -> Person {
    Person::complete("민준", "김", "+82 2-555-0100", "minjun@hanbit.example", Whose::Contact).unwrap()
}

fn money(minor: i64, code: &str) -> Option<Money> {
    Some(Money::from_minor(minor, Currency::parse(code).unwrap()))
}

fn stages() -> Vec<Stage> {
    let (accepted, end) = (Some(at("2026-11-20T08:30:00Z")), Some(at("2026-12-01T09:15:30.123456Z")));
    let received = Basis::ALL.map(|basis| Stage::Received { respond_by: Deadline { at: at("2026-11-26T00:00:00Z"), basis } });
    let reasons = || Reason::ALL.map(Some).into_iter().chain([None]);
    let note = |reason: Option<Reason>| reason.filter(|reason| *reason == Reason::Other).and_then(|_| notes("moved\nabroad"));
    let lost = reasons().map(|reason| Outcome::Lost { reason, note: note(reason) });
    let declined = reasons().map(|reason| Outcome::Declined { reason, note: note(reason) });
    let errors = [Some("9".to_owned()), None].map(|reason| Outcome::Error { reason });
    let outcomes = [Outcome::Won, Outcome::Expired].into_iter().chain(lost).chain(declined).chain(errors);
    let archived = outcomes.map(|outcome| Stage::Archived { at: end, accepted, outcome });
    let bare = [Stage::Accepted { since: None }, Stage::Archived { at: None, accepted: None, outcome: Outcome::Won }];
    received.into_iter().chain([Stage::Accepted { since: accepted }]).chain(bare).chain(archived).collect()
}

fn solutions() -> Vec<Solution> {
    let bare = |owner| Solution { id: line("SOL-34104-EBB"), name: None, owner, currency: None, price: None, quantity: None };
    let mut all = Owner::ALL.map(bare).to_vec();
    all[0].name = Some(line("ERP in a box"));
    all[0].currency = Currency::parse("USD").ok();
    all[0].price = Price::parse("10.50").ok();
    all[0].quantity = Some(100);
    all
}

fn origins() -> Vec<Origin> {
    let sender = |kind| Sender { kind, organization: "Contoso".to_owned(), person: Some(person()), note: notes("please help") };
    let bare = Sender::microsoft(None);
    let senders = SenderKind::ALL.map(sender).into_iter().chain([bare]);
    senders.map(|sender| Origin::Inbound { sender }).chain([Origin::Outbound]).collect()
}

fn helps() -> Vec<Option<Help>> {
    let requested_at = Some(at("2026-11-21T08:00:00Z"));
    let asked = HelpKind::ALL.map(|kind| Some(Help { kind: Some(kind), note: notes("a demo"), requested_at, consent: true }));
    let bare = Some(Help { kind: None, note: None, requested_at: None, consent: false });
    asked.into_iter().chain([bare, None]).collect()
}

/// Returns opportunities with every kind of value that a field can have. A new field asks for its values here, and a new variant
/// of a stage, an outcome or a kind comes in by its list of all.
fn samples(field: Field) -> Vec<Opportunity> {
    fn each<T>(values: impl IntoIterator<Item = T>, set: impl Fn(&mut Opportunity, T)) -> Vec<Opportunity> {
        let made = |value| {
            let mut opportunity = received();
            set(&mut opportunity, value);
            opportunity
        };
        values.into_iter().map(made).collect()
    }
    let both = |text: &str| [Some(line(text)), None];
    let id = |text: &str| [CenterId::read(text), None];
    let full = Address {
        line1: Some(line("27-29")),
        line2: Some(line("3층")),
        city: Some(line("서울")),
        state: Some(line("서울특별시")),
        postal_code: Some(line("04524")),
        country: Country::parse("KR").ok(),
    };
    match field {
        Field::Stage => each(stages(), |o, v| o.stage = v),
        Field::Name => each(both("ERP 마이그레이션"), |o, v| o.deal.name = v),
        Field::Value => each([money(84_000_000, "KRW"), money(5_000_050, "USD"), None], |o, v| o.deal.value = v),
        Field::CloseDate => each([Date::iso("2026-12-18").ok(), None], |o, v| o.deal.close_date = v),
        Field::SalesStage => each(SalesStage::ALL.map(Some).into_iter().chain([None]), |o, v| o.deal.sales_stage = v),
        Field::CrmId => each(both("CRM-7"), |o, v| o.deal.crm_id = v),
        Field::CampaignId => each(both("Spring"), |o, v| o.deal.campaign_id = v),
        Field::Notes => each([notes("첫 줄\n둘째 줄"), None], |o, v| o.deal.notes = v),
        Field::CustomerName => each([line("한빛정밀 주식회사")], |o, v| o.customer.name = v),
        Field::Duns => each([Duns::parse("081466849").ok(), None], |o, v| o.customer.duns = v),
        Field::Address => each([full, Address::default()], |o, v| o.customer.address = v),
        Field::Contact => each([Some(person()), Some(Person::default()), None], |o, v| o.customer.contact = v),
        Field::Employees => each([vec![person(), Person::default()], Vec::new()], |o, v| o.employees = v),
        Field::Solutions => each([solutions(), Vec::new()], |o, v| o.solutions = v),
        Field::Help => each(helps(), |o, v| o.help = v),
        Field::Partner => {
            let partner = Partner { organization: line("Contoso"), brings: notes("data\nmigration").unwrap() };
            each([Some(partner), None], |o, v| o.partner = v)
        }
        Field::MicrosoftStatus => each(both("Accepted"), |o, v| o.microsoft_status = v),
        Field::Kind => each(Kind::ALL, |o, v| o.kind = v),
        Field::Origin => each(origins(), |o, v| o.origin = v),
        Field::CreatedAt => each([Some(at("2026-11-12T00:00:00Z")), None], |o, v| o.created_at = v),
        Field::ReferralId => each(id("7204e52d-b222-4a58-808a-05a6c4647159"), |o, v| o.referral_id = v),
        Field::EngagementId => each(id("0fb1c4d2-1111-4a58-808a-05a6c4647159"), |o, v| o.engagement_id = v),
        Field::Favorite => each([true, false], |o, v| o.favorite = v),
        Field::Owner => each(both("minjun@hanbit.example"), |o, v| o.owner = v),
        Field::Next => {
            let next = NextStep { text: line("다시 전화하기"), on: Date::iso("2026-12-01").unwrap() };
            each([Some(next), None], |o, v| o.next = v)
        }
        Field::Log => {
            let note = |by| LogNote { at: at("2026-11-21T08:00:00Z"), by, text: notes("첫 줄\n둘째 줄").unwrap() };
            each([vec![note(Some(line("minjun@hanbit.example"))), note(None)], Vec::new()], |o, v| o.log = v)
        }
    }
}

#[test]
fn the_plain_form_of_every_field_is_frozen() {
    let of = |field: &Field| {
        let values: Vec<String> = samples(*field).iter().map(|sample| format!("    {}", field.get(sample))).collect();
        format!("  \"{}\": [\n{}\n  ]", field.path(), values.join(",\n"))
    };
    let now = format!("{{\n{}\n}}\n", Field::ALL.iter().map(of).collect::<Vec<_>>().join(",\n"));
    assert!(now == PLAIN, "databases that exist hold it otherwise; this is new:\n{now}");
}

#[test]
fn what_is_kept_in_plain_form_is_read_back() {
    let kept: Value = serde_json::from_str(PLAIN).unwrap();
    for field in Field::ALL {
        let values = kept[field.path()].as_array().unwrap();
        for (value, sample) in values.iter().zip(samples(field)) {
            let mut blank = accepted();
            field.put(&mut blank, value).unwrap_or_else(|error| panic!("{error}: {value}"));
            assert!(field.same(&blank, &sample), "{value}");
            assert_eq!(field.get(&blank), *value);
        }
        assert!(field.put(&mut accepted(), &serde_json::json!(["\u{7}"])).is_err(), "{field:?}");
    }
}

#[test]
fn what_partner_center_takes_is_what_the_rep_may_change() {
    for field in Field::ALL {
        let taken = match field.sendable() {
            Sendable::Patch(paths, columns) => {
                assert!(!paths.is_empty() && !columns.is_empty() && paths.iter().all(|path| path.starts_with('/')), "{field:?}");
                true
            }
            Sendable::Column(columns) => !columns.is_empty(),
            Sendable::Never(_) => false,
        };
        let ours = matches!(field.may_change(), MayChange::UntilArchived | MayChange::BySteps | MayChange::WithHelp);
        assert_eq!(taken, ours, "{field:?}");
        let aside = field.scope() == Scope::Personal || field.is_ours();
        assert_eq!(aside, field.may_change() == MayChange::Always, "{field:?}");
    }
}

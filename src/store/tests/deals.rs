//! Deals of our own: made, undone and made again, kept as drafts, compared with what is there, and the older schema brought on.

use std::fs;

use super::super::{DraftKey, Settings, Store, StoreError};
use super::*;
use crate::domain::change::{Edit, HelpRequest, Set};
use crate::domain::create::{NewOpportunity, Selling};
use crate::domain::customer::Customer;
use crate::domain::draft::Texts;
use crate::domain::ids::Pointer;
use crate::domain::opportunity::HelpKind;
use crate::domain::query::{From, ListQuery};
use crate::domain::tab::{Tab, View};

fn person(name: &str) -> Person {
    Person { first: name.into(), last: "김".into(), phone: "+82 2-555-0101".into(), email: format!("{name}@partner.example") }
}

pub(super) fn new(customer: &str, deal: &str, solution: &str) -> NewOpportunity {
    NewOpportunity {
        sales_stage: None,
        favorite: false,
        owner: None,
        customer: Customer {
            name: line(customer),
            duns: None,
            address: Address { city: Some(line("서울")), country: Country::parse("KR").ok(), ..Default::default() },
            contact: None,
        },
        name: line(deal),
        value: Money::from_minor(84_000_000, Currency::parse("KRW").unwrap()),
        close_date: Date::iso("2026-12-31").unwrap(),
        crm_id: None,
        campaign_id: Some(line("Spring")),
        notes: Notes::parse("첫 줄\n둘째 줄").ok(),
        employees: vec![person("minjun")],
        solutions: vec![Solution::cell(solution, &mut Default::default()).unwrap().unwrap()],
        selling: Selling::Ours { share: false },
        help: None,
    }
}

fn store() -> Store {
    Store::in_memory(Settings::default()).unwrap()
}

#[test]
fn mg_15_mg_71_a_new_deal_stands_in_outbound_accepted_and_in_the_outbox() {
    let mut store = store();
    let made = store.create(&new("한빛정밀 주식회사", "ERP", "SOL-1"), None, now()).unwrap();
    let page = store.list(&ListQuery { view: View::Accepted, ..ListQuery::tab(Tab::Outbound) }, From::Start, 9).unwrap();
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [made.id]);
    assert!(store.list(&ListQuery::tab(Tab::Inbound), From::Start, 9).unwrap().rows.is_empty());
    assert_eq!(store.counts(now().into()).unwrap().outbox, 1);
    assert_eq!(store.get(made.id).unwrap().opportunity, made);
    assert_eq!(store.health().unwrap(), Default::default());
}

#[test]
fn mg_48_a_deal_comes_back_from_the_database_as_it_was_made() {
    let mut store = store();
    let contact = person("jiwoo");
    let note = Notes::parse("a demo in March").unwrap();
    let help = HelpRequest { kind: HelpKind::ProofOfConceptOrDemo, note, contact };
    let partner = crate::domain::opportunity::Partner { organization: line("Contoso"), brings: Notes::parse("data").unwrap() };
    for whole in [
        NewOpportunity { help: Some(help), ..new("東雲物産㈱", "販売管理", "SOL-1, JPY, 10, 2") },
        NewOpportunity { selling: Selling::WithPartner(partner), ..new("Northwind Traders", "Landing zone", "SOL-2") },
        NewOpportunity { selling: Selling::Assessment, ..new("云帆科技", "评估", "SA-1") },
    ] {
        let made = store.create(&whole, None, now()).unwrap();
        assert_eq!(store.get(made.id).unwrap().opportunity, made);
        assert_eq!(made.kind, whole.kind());
    }
}

#[test]
fn a_new_deal_is_undone_whole_and_comes_back_under_its_number() {
    let mut store = store();
    let made = store.create(&new("한빛정밀", "ERP", "SOL-1"), None, now()).unwrap();
    store.undo(now()).unwrap();
    assert!(matches!(store.get(made.id), Err(StoreError::NoSuch(_))));
    assert_eq!(store.counts(now().into()).unwrap().outbox, 0);
    assert_eq!(store.health().unwrap(), Default::default());
    store.redo(now()).unwrap();
    let back = store.get(made.id).unwrap().opportunity;
    assert_eq!((back.waiting, back.deal, back.customer), (true, made.deal, made.customer));
    assert_eq!(store.counts(now().into()).unwrap().outbox, 1);
    assert_eq!(store.health().unwrap(), Default::default());
}

#[test]
fn a_deal_that_was_edited_is_undone_step_by_step() {
    let mut store = store();
    let made = store.create(&new("한빛정밀", "ERP", "SOL-1"), None, now()).unwrap();
    let edit = What::Edit(Edit(vec![Set::Name(line("ERP 2028")), Set::Employees(vec![person("minjun"), person("jiwoo")])]));
    store.apply(&[Change { id: made.id, seen: Some(made.version), what: edit }], now()).unwrap();
    let edited = store.get(made.id).unwrap().opportunity;
    assert_eq!((edited.title().as_str(), edited.employees.len()), ("ERP 2028", 2));
    assert_eq!(store.find(&Pointer::read(&made.id.to_string())).unwrap(), made.id);
    store.undo(now()).unwrap();
    assert_eq!(store.get(made.id).unwrap().opportunity.employees, made.employees);
    store.undo(now()).unwrap();
    assert!(store.get(made.id).is_err());
    assert!(matches!(store.undo(now()), Err(StoreError::NothingToUndo)));
}

#[test]
fn the_draft_of_a_deal_goes_with_its_making_and_others_stay() {
    let mut store = store();
    let [one, other] = [store.new_draft(now()).unwrap(), store.new_draft(now()).unwrap()];
    let texts = |name: &str| Texts::from([("deal.name".to_owned(), name.to_owned())]);
    assert!(store.drafts().unwrap().is_empty(), "nothing was typed into them");
    store.keep_draft(DraftKey::New(one), &texts("하나"), now()).unwrap();
    store.keep_draft(DraftKey::New(other), &texts("둘"), now().plus_micros(1)).unwrap();
    let names: Vec<_> = store.drafts().unwrap().into_iter().map(|draft| draft.texts["deal.name"].clone()).collect();
    assert_eq!(names, ["둘", "하나"]);
    store.create(&new("한빛정밀", "하나", "SOL-1"), Some(one), now()).unwrap();
    assert_eq!(store.drafts().unwrap().iter().map(|draft| draft.id).collect::<Vec<_>>(), [other]);
    let later = store.new_draft(now().plus_days(3)).unwrap();
    assert!(later > other, "a number is never used twice");
}

#[test]
fn what_a_later_version_put_into_a_draft_outlives_this_one() {
    let store = store();
    let draft = DraftKey::New(store.new_draft(now()).unwrap());
    let texts = |name: &str| Texts::from([("deal.name".to_owned(), name.to_owned())]);
    store.connection.execute(r#"UPDATE draft SET content = '{"deal.mood":"good","deal.name":"하나"}'"#, []).unwrap();
    store.keep_draft(draft, &texts("둘"), now()).unwrap();
    let kept = store.draft(draft).unwrap().unwrap();
    assert_eq!((kept["deal.mood"].as_str(), kept["deal.name"].as_str()), ("good", "둘"));
}

#[test]
fn mg_45_people_and_campaigns_of_the_latest_deals_are_offered_once_each() {
    let mut store = store();
    for (deal, who) in [("A", "minjun"), ("B", "jiwoo"), ("C", "minjun")] {
        let deal = NewOpportunity { employees: vec![person(who)], ..new("한빛정밀", deal, "SOL-1") };
        store.create(&deal, None, now()).unwrap();
    }
    let aids = store.aids(None).unwrap();
    let people: Vec<&str> = aids.people.iter().map(|person| person.first.as_str()).collect();
    assert_eq!((people, aids.campaigns.len(), aids.countries.len()), (vec!["minjun", "jiwoo"], 1, 1));
    assert_eq!(aids.draft, None);
}

#[test]
fn a_similar_open_deal_is_found_through_company_forms_and_a_closed_one_is_not() {
    let mut store = store();
    let made = store.create(&new("한빛정밀 주식회사", "ERP", "SOL-1"), None, now()).unwrap();
    let customer = |name: &str| Customer { name: line(name), duns: None, address: Default::default(), contact: None };
    for name in ["㈜한빛정밀", "(주) 한빛정밀", "한빛정밀"] {
        let similar = store.similar(&customer(name), &["sol-1".to_owned()]).unwrap();
        assert_eq!(similar.deals.iter().map(|deal| deal.id).collect::<Vec<_>>(), [made.id], "{name}");
    }
    assert!(store.similar(&customer("한빛정밀"), &["SOL-2".to_owned()]).unwrap().deals.is_empty());
    assert!(store.similar(&customer("한빛정공"), &["SOL-1".to_owned()]).unwrap().deals.is_empty());
    store.apply(&[Change { id: made.id, seen: None, what: What::Win(Edit::default()) }], now()).unwrap();
    assert!(store.similar(&customer("한빛정밀"), &["SOL-1".to_owned()]).unwrap().deals.is_empty());
}

#[test]
fn a_deal_of_our_own_gets_its_id_from_the_download_instead_of_a_twin() {
    let mut store = store();
    let made = store.create(&new("한빛정밀 주식회사", "ERP", "SOL-1"), None, now()).unwrap();
    let download = Incoming {
        referral_id: CenterId::read("r-1"),
        direction: DirectionHint { told: Some(Direction::Outbound), guess: Direction::Outbound, sure: true },
        name: Some(Some(line("ERP"))),
        customer_name: Some(line("한빛정밀 주식회사")),
        ..Incoming::silent(2)
    };
    let report = import(&mut store, vec![download]);
    assert_eq!((report.new, report.changed), (0, 1));
    let held = store.get(made.id).unwrap().opportunity;
    assert_eq!(held.referral_id, CenterId::read("r-1"));
    assert!(!held.waiting, "Partner Center has it: nothing is left to send");
}

#[test]
fn a_database_of_the_first_schema_is_brought_on_with_everything_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cosell.db");
    fs::write(&path, include_bytes!("../../../tests/fixtures/schema-1.db")).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let mut store = Store::open(&path, Settings::default(), now()).unwrap();
    let all = store.list(&ListQuery { view: View::All, ..ListQuery::tab(Tab::All) }, From::Start, 9).unwrap();
    assert_eq!(all.rows.len(), 3);
    assert_eq!(store.get(OpportunityId(1)).unwrap().opportunity.title().as_str(), "ERP 이전");
    assert_eq!(store.get(OpportunityId(3)).unwrap().opportunity.partner, None);
    let draft = store.draft(DraftKey::About("accept", OpportunityId(2))).unwrap().unwrap();
    assert_eq!((draft["deal.name"].as_str(), draft["deal.notes"].as_str()), ("판매 관리", "한 줄\n둘째 줄"));
    assert_eq!(store.draft(DraftKey::About("lose", OpportunityId(0))).unwrap().unwrap()["reason"], "budget");
    assert_eq!(store.health().unwrap(), Default::default());
    store.undo(now()).unwrap();
    store.redo(now()).unwrap();
    store.create(&new("한빛정밀", "ERP 2", "SOL-1"), None, now()).unwrap();
    drop(store);
    assert!(Store::open(&path, Settings::default(), now()).is_ok());
}

//! Every field through every door: import, draft, form, flags, JSON out and in, search, filter, history. A new field does not compile
//! here before it says which doors it goes through, and a door that forgets it fails.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;

use cosell::desk::form::{Form, FormKind, Subject};
use cosell::domain::contact::Person;
use cosell::domain::customer::{Address, Country, Customer, Duns};
use cosell::domain::date::{Date, Moment};
use cosell::domain::document::Document;
use cosell::domain::draft::{DealDraft, EDIT_PARTS, PersonDraft, SolutionDraft, Texts};
use cosell::domain::field::{Field, MayChange, Sendable};
use cosell::domain::filter::Filter;
use cosell::domain::held::Held;
use cosell::domain::ids::{CenterId, OpportunityId, Version};
use cosell::domain::incoming::{Incoming, State, Status};
use cosell::domain::instant::Timestamp;
use cosell::domain::merge::{Merged, Terms, merge};
use cosell::domain::money::{Currency, Money};
use cosell::domain::opportunity::{Deal, Direction, Help, HelpKind, Kind, Opportunity, Origin, Partner, Sender, SenderKind};
use cosell::domain::ours::{LogNote, NextStep};
use cosell::domain::part::{Part, Whose};
use cosell::domain::sales::SalesStage;
use cosell::domain::solution::{Owner, Price, Solution};
use cosell::domain::stage::Stage;
use cosell::domain::text::{Line, Notes};
use cosell::exchange::{self, json};
use serde_json::{Value, json};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn moment() -> Moment {
    Moment {
        now: at("2026-11-21T08:00:00Z"),
        today: Date::iso("2026-11-21").unwrap().into(),
        zone: cosell::domain::date::Zone::UTC,
    }
}

fn terms() -> Terms {
    Terms { now: moment().now, response_days: 14, as_of: None }
}

/// A deal of our own of which nothing is known but the customer.
fn bare() -> Opportunity {
    Opportunity {
        id: OpportunityId(1),
        version: Version(1),
        uid: None,
        referral_id: None,
        engagement_id: None,
        kind: Kind::PrivatePipeline,
        origin: Origin::Outbound,
        stage: Stage::Accepted { since: None },
        favorite: false,
        waiting: false,
        created_at: None,
        first_seen_at: at("2026-11-20T08:00:00Z"),
        updated_at: at("2026-11-20T08:00:00Z"),
        deal: Deal::default(),
        customer: Customer { name: Line::parse("Nobody").unwrap(), duns: None, address: Address::default(), contact: None },
        employees: Vec::new(),
        solutions: Vec::new(),
        help: None,
        partner: None,
        microsoft_status: None,
        owner: None,
        next: None,
        log: Vec::new(),
    }
}

fn person(first: &str) -> Person {
    let email = format!("{}@p.example", first.to_lowercase());
    Person::complete(first, "Reyes", "+1 425 555 0100", &email, Whose::Contact).unwrap()
}

/// One of which everything is known, and everything otherwise than of the bare one.
fn full() -> Opportunity {
    let line = |text: &str| Line::parse(text).ok();
    let currency = Currency::parse("KRW").unwrap();
    let sender =
        Sender { kind: SenderKind::Partner, organization: "Contoso".into(), person: None, note: Notes::parse("hi").ok() };
    Opportunity {
        referral_id: CenterId::read("7204e52d-b222-4a58-808a-05a6c4647159"),
        engagement_id: CenterId::read("0fb1c4d2-1111-4a58-808a-05a6c4647159"),
        kind: Kind::CoSell,
        origin: Origin::Inbound { sender },
        stage: Stage::Archived {
            at: Some(at("2026-11-19T08:00:00Z")),
            accepted: None,
            outcome: cosell::domain::outcome::Outcome::Won,
        },
        favorite: true,
        created_at: Some(at("2026-11-12T00:00:00Z")),
        deal: Deal {
            name: line("Warehouse"),
            value: Some(Money::from_minor(84_000_000, currency)),
            close_date: Date::iso("2026-12-18").ok(),
            sales_stage: SalesStage::of(40),
            crm_id: line("CRM-7"),
            campaign_id: line("Spring"),
            notes: Notes::parse("decision in March").ok(),
        },
        customer: Customer {
            name: Line::parse("한빛정밀").unwrap(),
            duns: Duns::parse("081466849").ok(),
            address: Address {
                line1: line("27-29"),
                line2: line("3층"),
                city: line("서울"),
                state: line("경기도"),
                postal_code: line("04524"),
                country: Country::parse("KR").ok(),
            },
            contact: Some(person("Jiwoo")),
        },
        employees: vec![person("Ana")],
        solutions: vec![Solution {
            id: Line::parse("SOL-34104-EBB").unwrap(),
            name: line("ERP in a box"),
            owner: Owner::Mine,
            currency: Some(currency),
            price: Price::parse("1200").ok(),
            quantity: Some(12),
        }],
        help: Some(Help {
            kind: Some(HelpKind::ProofOfConceptOrDemo),
            note: Notes::parse("a demo").ok(),
            requested_at: Some(at("2026-11-18T08:00:00Z")),
            consent: true,
        }),
        partner: Some(Partner { organization: Line::parse("Kaze Systems").unwrap(), brings: Notes::parse("data").unwrap() }),
        microsoft_status: line("Accepted"),
        owner: line("bo@p.example"),
        next: Some(NextStep { text: Line::parse("send the offer").unwrap(), on: Date::iso("2026-12-01").unwrap() }),
        log: vec![LogNote { at: at("2026-11-19T08:00:00Z"), by: line("Ana"), text: Notes::parse("budget is secured").unwrap() }],
        ..bare()
    }
}

/// As [`full`], as we can have made it ourselves.
fn ours() -> Opportunity {
    let mut ours = Opportunity { origin: Origin::Outbound, stage: Stage::Accepted { since: None }, ..full() };
    (ours.referral_id, ours.engagement_id, ours.microsoft_status, ours.deal.sales_stage) = (None, None, None, None);
    ours
}

/// What a field is to the doors.
struct Doors {
    /// Says in a record what `full` has; nothing for what Partner Center does not tell.
    said: Option<fn(&mut Incoming, &Opportunity)>,
    /// Finds it; nothing where no filter asks for it.
    filter: Option<&'static str>,
    /// Whether the search index holds words of it.
    searched: bool,
    /// Whether a form has it.
    form: bool,
}

const fn doors(said: Option<fn(&mut Incoming, &Opportunity)>, filter: Option<&'static str>, searched: bool, form: bool) -> Doors {
    Doors { said, filter, searched, form }
}

fn doors_of(field: Field) -> Doors {
    match field {
        Field::Stage => {
            let won = |i: &mut Incoming, o: &Opportunity| {
                let state = State::Closed(o.stage.outcome().cloned().unwrap());
                i.status = Some(Status { state, accepted_at: None, closed_at: Some(at("2026-11-19T08:00:00Z")) });
            };
            doors(Some(won), Some("stage:archived"), true, true)
        }
        Field::Name => doors(Some(|i, o| i.name = Some(o.deal.name.clone())), Some("warehouse"), true, true),
        Field::Value => doors(Some(|i, o| i.value = Some(o.deal.value)), Some("value:>=84m"), true, true),
        Field::CloseDate => doors(Some(|i, o| i.close_date = Some(o.deal.close_date)), Some("close:2026-12-18"), false, true),
        Field::SalesStage => doors(Some(|i, o| i.sales_stage = Some(o.deal.sales_stage)), Some("sales-stage:>=40"), false, true),
        Field::CrmId => doors(Some(|i, o| i.crm_id = Some(o.deal.crm_id.clone())), Some("crm:CRM-7"), true, true),
        Field::CampaignId => {
            doors(Some(|i, o| i.campaign_id = Some(o.deal.campaign_id.clone())), Some("campaign:spring"), true, true)
        }
        Field::Notes => doors(Some(|i, o| i.notes = Some(o.deal.notes.clone())), Some("march"), true, true),
        Field::CustomerName => {
            doors(Some(|i, o| i.customer_name = Some(o.customer.name.clone())), Some("customer:한빛"), true, true)
        }
        Field::Duns => doors(Some(|i, o| i.duns = Some(o.customer.duns)), Some("081466849"), true, true),
        Field::Address => doors(Some(|i, o| i.address = Some(o.customer.address.clone())), Some("country:KR"), true, true),
        Field::Contact => doors(Some(|i, o| i.contact = Some(o.customer.contact.clone())), Some("jiwoo"), true, true),
        Field::Employees => doors(Some(|i, o| i.employees = Some(o.employees.clone())), Some("employee:ana"), true, true),
        Field::Solutions => {
            doors(Some(|i, o| i.solutions = Some(o.solutions.clone())), Some("solution:SOL-34104-EBB"), true, true)
        }
        Field::Help => doors(Some(|i, o| i.help = Some(o.help.clone())), Some("help:ProofOfConceptOrDemo"), true, true),
        Field::Partner => doors(None, None, false, true),
        Field::MicrosoftStatus => doors(Some(|i, o| i.microsoft_status = Some(o.microsoft_status.clone())), None, false, false),
        Field::Kind => doors(Some(|i, o| i.kind = Some(o.kind)), Some("type:coSell"), true, true),
        Field::Origin => {
            let inbound = |i: &mut Incoming, o: &Opportunity| {
                (i.direction.told, i.sender) = (Some(Direction::Inbound), o.sender().cloned());
            };
            doors(Some(inbound), Some("sender:contoso"), true, false)
        }
        Field::CreatedAt => doors(Some(|i, o| i.created_at = o.created_at), Some("created:2026-11-12"), false, false),
        Field::ReferralId => doors(Some(|i, o| i.referral_id.clone_from(&o.referral_id)), Some("7204e52d-b222"), true, false),
        Field::EngagementId => {
            doors(Some(|i, o| i.engagement_id.clone_from(&o.engagement_id)), Some("0fb1c4d2-1111"), true, false)
        }
        // A mark of ours: an import brings it only with a new one.
        Field::Favorite => doors(None, Some("favorite:yes"), false, false),
        // What is ours no file brings.
        Field::Owner => doors(None, Some("owner:bo@p.example"), true, true),
        Field::Next => doors(None, Some("next:2026-12-01 offer"), true, false),
        Field::Log => doors(None, Some("secured"), true, false),
    }
}

#[test]
fn history_takes_each_field_and_puts_it_back() {
    for field in Field::ALL {
        let mut back = bare();
        assert!(!field.same(&back, &full()), "{field:?}: the samples differ in everything");
        field.put(&mut back, &field.get(&full())).unwrap();
        assert!(field.same(&back, &full()), "{field:?}");
        assert_eq!(Field::ALL.iter().filter(|other| !other.same(&back, &bare())).collect::<Vec<_>>(), [&field]);
    }
}

#[test]
fn an_import_takes_each_field_that_partner_center_tells() {
    for field in Field::ALL {
        let Some(said) = doors_of(field).said else { continue };
        let held = Held::new(bare(), false);
        let mut incoming = Incoming::silent(1);
        said(&mut incoming, &full());
        match merge(&incoming, Some(&held), terms()).unwrap() {
            Merged::Changed { after, taken, .. } => {
                assert!(taken.contains(&field), "{field:?}: {taken:?}");
                assert!(field.same(&after.opportunity, &full()), "{field:?}");
            }
            other => panic!("{field:?}: {other:?}"),
        }
    }
}

/// Returns the fields that a file brings of a record of which everything is said.
fn brought(name: &str, content: &str) -> BTreeSet<Field> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let mut file = exchange::open(&path, None, |row: &exchange::RefusedRow<'_>| panic!("{:?}", row.complaints)).unwrap();
    let record = file.next_valid().unwrap();
    assert!(file.remarks().unknown_columns.is_empty(), "{:?}", file.remarks());
    let Merged::New(held) = merge(&record, None, terms()).unwrap() else { panic!("not made") };
    Field::ALL.into_iter().filter(|field| !field.same(&held.opportunity, &bare())).collect()
}

fn all_but(missing: &[Field]) -> BTreeSet<Field> {
    Field::ALL.into_iter().filter(|field| !missing.contains(field)).collect()
}

#[test]
fn files_of_partner_center_bring_each_field_that_they_have() {
    let person = json!([{ "firstName": "Ana", "lastName": "Reyes", "phoneNumber": "1", "email": "a@p.example" }]);
    let referral = json!({
        "id": "7204e52d-b222", "engagementId": "0fb1c4d2", "name": "Warehouse", "externalReferenceId": "CRM-7", "campaignId": "Spring",
        "createdDateTime": "2026-11-12T00:00:00Z", "direction": "Outgoing", "type": "Shared", "status": "Closed", "substatus": "Won",
        "favorite": true, "salesStage": "40", "team": person, "target": [{ "type": "BusinessProfileLocation", "id": "msft" }],
        "customerProfile": { "name": "한빛정밀", "team": person, "address": { "city": "서울" }, "ids": [{ "profileType": "Duns", "id": "081466849" }] },
        "details": { "notes": "x", "dealValue": 5, "currency": "USD", "closingDateTime": "2026-12-18T00:00:00Z",
                     "requirements": { "solutions": [{ "id": "SOL-1" }] } },
    });
    // An inbound one has no help request of ours, and an outbound one no sender.
    let ours: Vec<Field> = Field::ALL.into_iter().filter(|field| field.is_ours()).collect();
    let missing = [&ours[..], &[Field::Partner, Field::MicrosoftStatus]].concat();
    assert_eq!(brought("a.json", &referral.to_string()), all_but(&[&missing[..], &[Field::Origin]].concat()));
    let mut inbound = referral;
    inbound["direction"] = "Incoming".into();
    assert_eq!(brought("a.json", &inbound.to_string()), all_but(&[&missing[..], &[Field::Help]].concat()));

    let columns: Vec<(&str, &str)> = Field::ALL
        .into_iter()
        .flat_map(|field| match field.sendable() {
            Sendable::Patch(_, columns) | Sendable::Column(columns) => columns.to_vec(),
            Sendable::Never(_) => Vec::new(),
        })
        .map(|column| (column, cell(column)))
        .chain([("Referral ID", "r-1"), ("Engagement ID", "e-1"), ("Customer Name", "한빛정밀"), ("Customer City", "서울")])
        .chain([("Customer Address Line 1", "27"), ("Customer Country", "KR"), ("Customer D-U-N-S ID", "081466849")])
        .chain([("Microsoft Referral Status", "Accepted")])
        .collect();
    let row = |cells: Vec<&str>| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let (names, cells): (Vec<&str>, Vec<&str>) = columns.into_iter().unzip();
    let missing = [&ours[..], &[Field::Partner, Field::Origin, Field::CreatedAt, Field::Favorite]].concat();
    assert_eq!(brought("ExportDeals_outbound.csv", &format!("{}\r\n{}\r\n", row(names), row(cells))), all_but(&missing));
}

/// A cell for each column that an upload may have.
fn cell(column: &str) -> &'static str {
    match column {
        "Partner Referral Status" => "Closed",
        "Partner Referral Substatus" => "Lost",
        "Declined/Lost/Error reason" => "2",
        "Estimated Close Date" => "12/18/2026",
        "Sales Stage" => "40",
        "Estimated Deal Value" => "5",
        "Currency" => "USD",
        "Team member" => "Ana, Reyes, 1, a@p.example",
        "Microsoft help required?" | "Share with Microsoft sales team" => "Yes",
        "What specific help from Microsoft?" => "3",
        "Solution" => "SOL-1",
        _ => "text",
    }
}

#[test]
fn json_tells_each_field_and_a_new_deal_is_read_from_it() {
    let told = json::opportunity(&full());
    for field in Field::ALL {
        let pointer = format!("/{}", field.path().replace('.', "/"));
        assert!(!told.pointer(&pointer).unwrap_or(&Value::Null).is_null(), "{field:?}");
    }
    let whole = DealDraft::whole(&ours()).texts();
    let (read, complaints) = exchange::deal(&json::opportunity(&ours()).to_string()).unwrap();
    assert_eq!(complaints, []);
    let read = read.texts();
    // Consent is told to nobody, and a price without the currency that it has already.
    for part in Part::ALL.into_iter().filter(|part| !matches!(part, Part::Consent | Part::Solutions)) {
        assert_eq!(read.get(part.path()), whole.get(part.path()), "{part:?}");
    }
    assert!(read[Part::Solutions.path()].contains("SOL-34104-EBB"));
}

/// Parts that stand for a whole, or that only entries of lists have.
const NOWHERE_TYPED: [Part; 6] =
    [Part::Contact, Part::SolutionId, Part::SolutionName, Part::SolutionOwner, Part::Help, Part::Kind];
const FORMS: [FormKind; 9] = [
    FormKind::Accept,
    FormKind::Decline,
    FormKind::Win,
    FormKind::Lose,
    FormKind::New,
    FormKind::Edit,
    FormKind::EditMany,
    FormKind::AskHelp,
    FormKind::Register,
];

#[test]
fn each_part_is_in_a_form_and_kept_in_its_draft() {
    let specs = || FORMS.iter().flat_map(|kind| kind.fields());
    for part in Part::ALL {
        assert_eq!(specs().any(|spec| spec.part == part), !NOWHERE_TYPED.contains(&part), "{part:?}");
    }
    for field in Field::ALL {
        assert_eq!(specs().any(|spec| spec.part.field() == field), doors_of(field).form, "{field:?}");
    }
    // Whose it is is set by itself, and how far its sale has come once the deal is held.
    let on = ours();
    let deal = Deal { sales_stage: None, ..on.deal.clone() };
    let whole = DealDraft::whole(&Opportunity { owner: None, deal, ..on }).texts();
    let form = Form::open(FormKind::New, Subject::default(), &whole);
    assert_eq!(form.texts(), DealDraft::of_texts(&whole).texts().into_iter().collect::<Texts>());
}

#[test]
fn each_part_of_a_deal_is_kept_as_text() {
    let lists = [Part::Employees, Part::Solutions];
    let answers = [Part::Consent, Part::Category, Part::HelpAsked, Part::Share];
    // What stands for a whole, the fields of one who is typed in, and what belongs to steps.
    let no_text = |part: Part| part == Part::Contact || part == Part::Help || part == Part::Kind || part.field() == Field::Stage;
    let of_entry = |part: Part| part.list().is_some() && part != Part::SolutionFind;
    for part in Part::ALL.into_iter().filter(|part| !no_text(*part) && !of_entry(*part)) {
        let text = match part {
            Part::Employees => serde_json::to_string(&[PersonDraft::from(&person("Ana"))]).unwrap(),
            Part::Solutions => serde_json::to_string(&[SolutionDraft::of_id("SOL-1")]).unwrap(),
            Part::Category => "assessment".to_owned(),
            part if answers.contains(&part) => "yes".to_owned(),
            _ => format!("text of {part:?}"),
        };
        let mut texts = Texts::from([(part.path().to_owned(), text)]);
        if matches!(part, Part::HelpKind | Part::HelpNote) {
            texts.insert(Part::HelpAsked.path().to_owned(), "yes".to_owned());
        }
        assert_eq!(DealDraft::of_texts(&texts).texts(), texts, "{part:?}");
        let slot = DealDraft::of_texts(&texts).slot(part).is_some();
        assert_eq!(slot, !lists.contains(&part) && !answers.contains(&part), "{part:?}");
    }
}

#[test]
fn each_field_that_may_be_edited_has_a_name_in_the_command_and_is_set_by_its_draft() {
    let named: BTreeSet<Field> = EDIT_PARTS.iter().map(|part| part.field()).collect();
    // The owner is set as the deal's fields are; the rest of what is ours has commands of its own.
    let may = |field: &Field| field.may_change() == MayChange::UntilArchived || *field == Field::Owner;
    let may: BTreeSet<Field> = Field::ALL.into_iter().filter(may).collect();
    assert_eq!(named, may);
    for part in EDIT_PARTS {
        assert!(!part.flag().is_empty(), "{part:?}");
        let mut draft = DealDraft::of(&ours());
        match part {
            Part::Employees => draft.employees.push(PersonDraft::from(&person("Minjun"))),
            Part::Solutions => draft.solutions.push(SolutionDraft::of_id("SOL-2")),
            _ => {
                let text = match part {
                    Part::Value => "5",
                    Part::Currency => "USD",
                    Part::CloseDate => "2027-01-31",
                    Part::SalesStage => "60",
                    Part::Owner => "ana@p.example",
                    _ => "another",
                };
                text.clone_into(draft.slot(part).unwrap());
            }
        }
        let (edit, _) = draft.edit(&ours(), moment().today).unwrap();
        let fields: Vec<Field> = edit.0.iter().map(|set| set.field()).collect();
        assert_eq!(fields, [part.field()], "{part:?}");
    }
    for field in Field::ALL.into_iter().filter(|field| field.may_change() == MayChange::AtCreation) {
        assert!(Part::ALL.iter().any(|part| part.field() == field && !part.flag().is_empty()), "{field:?}");
    }
}

#[test]
fn each_field_is_searched_and_filtered_as_its_line_says() {
    for field in Field::ALL {
        let doors = doors_of(field);
        let mut known = bare();
        field.put(&mut known, &field.get(&full())).unwrap();
        let none = serde_json::Map::new();
        assert_eq!(Document::of(&known, &none) != Document::of(&bare(), &none), doors.searched, "{field:?}");
        if let Some(text) = doors.filter {
            let filter = Filter::parse(text, moment()).unwrap();
            assert!(
                filter.passes(&Held::new(known.clone(), false)) && !filter.passes(&Held::new(bare(), false)),
                "{field:?}: {text}"
            );
        }
    }
}

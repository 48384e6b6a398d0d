//! A new deal as JSON, in the shape of `cosell show --json`: read into a draft, with a complaint for everything that does not fit.

use serde_json::{Map, Value};

use super::FileError;
use crate::domain::draft::{Category, CustomerDraft, DealDraft, HelpDraft, PartnerDraft, PersonDraft, SolutionDraft};
use crate::domain::fold::meant;
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::opportunity::Kind;
use crate::domain::sales::SalesStage;
use crate::domain::solution::Owner;

/// Members that say nothing about a deal that is yet to be made.
const SILENT: [&str; 9] =
    ["id", "createdAt", "updatedAt", "receivedAt", "acceptedAt", "respondBy", "respondByKnown", "favorite", "waiting"];
/// Members that a new deal may only have with this value, or not at all.
const FIXED: [(&str, &[&str]); 8] = [
    ("referralId", &[]),
    ("engagementId", &[]),
    ("direction", &["outbound"]),
    ("stage", &["accepted"]),
    ("outcome", &[]),
    ("reason", &[]),
    ("sender", &[]),
    ("archivedAt", &[]),
];
/// Members that make the deal.
const MADE_OF: [&str; 7] = ["type", "deal", "customer", "employees", "solutions", "help", "partner"];
const DEAL: [&str; 8] = ["name", "value", "currency", "closeDate", "salesStage", "crmId", "campaignId", "notes"];
const CUSTOMER: [&str; 4] = ["name", "duns", "address", "contact"];
const ADDRESS: [&str; 6] = ["line1", "line2", "city", "state", "postalCode", "country"];
const PERSON: [&str; 4] = ["firstName", "lastName", "phone", "email"];
const SOLUTION: [&str; 5] = ["id", "name", "owner", "quantity", "price"];
const HELP: [&str; 6] = ["kind", "note", "consent", "requestedAt", "respondBy", "microsoftStatus"];
const PARTNER: [&str; 2] = ["organization", "brings"];

/// Reads the JSON of a new deal. The complaints are those of its shape; the values are checked when the draft is built.
///
/// # Errors
/// [`FileError`] when it is not JSON at all.
pub fn deal(text: &str) -> Result<(DealDraft, Complaints), FileError> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    let mut reader = Reader { complaints: Complaints::new() };
    let draft = reader.deal(&value);
    Ok((draft, reader.complaints))
}

struct Reader {
    complaints: Complaints,
}

impl Reader {
    fn deal(&mut self, value: &Value) -> DealDraft {
        let Value::Object(members) = value else {
            self.complain("", Invalid::WrongShape(Shape::Object));
            return DealDraft::default();
        };
        self.others(members);
        let mut draft = DealDraft::default();
        if let Some(deal) = self.object(members, "", "deal", &DEAL) {
            draft.name = self.text(deal, "deal", "name");
            draft.value = self.text(deal, "deal", "value");
            draft.currency = self.text(deal, "deal", "currency");
            draft.close_date = self.text(deal, "deal", "closeDate");
            draft.crm_id = self.text(deal, "deal", "crmId");
            draft.campaign_id = self.text(deal, "deal", "campaignId");
            draft.notes = self.text(deal, "deal", "notes");
            let stage = self.text(deal, "deal", "salesStage");
            if !stage.is_empty() && SalesStage::parse(&stage) != Ok(SalesStage::FIRST) {
                self.complain("deal.salesStage", Invalid::NotForANewDeal(stage));
            }
        }
        if let Some(customer) = self.object(members, "", "customer", &CUSTOMER) {
            self.customer(customer, &mut draft);
        }
        draft.employees = self.list(members, "employees", Self::person);
        draft.solutions = self.list(members, "solutions", Self::solution);
        if let Some(help) = self.object(members, "", "help", &HELP) {
            draft.help = Some(HelpDraft { kind: self.text(help, "help", "kind"), note: self.text(help, "help", "note") });
            draft.consent = help.get("consent") == Some(&Value::Bool(true));
        }
        if let Some(partner) = self.object(members, "", "partner", &PARTNER) {
            let (organization, brings) = (self.text(partner, "partner", "organization"), self.text(partner, "partner", "brings"));
            draft.partner = PartnerDraft { organization, brings };
            draft.category = Category::WithPartner;
        }
        self.kind(members, &mut draft);
        draft
    }

    /// What a new deal cannot have is refused where it says something else than a new deal would.
    fn others(&mut self, members: &Map<String, Value>) {
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            if let Some((_, allowed)) = FIXED.iter().find(|(fixed, _)| fixed == name) {
                if !value.as_str().is_some_and(|text| allowed.contains(&text)) {
                    self.complain(name, Invalid::NotForANewDeal(short(value)));
                }
            } else if !MADE_OF.contains(&name.as_str()) && !SILENT.contains(&name.as_str()) {
                self.unknown("", name, &MADE_OF);
            }
        }
    }

    fn customer(&mut self, customer: &Map<String, Value>, draft: &mut DealDraft) {
        let text = |reader: &mut Self, name| reader.text(customer, "customer", name);
        draft.customer = CustomerDraft { name: text(self, "name"), duns: text(self, "duns"), ..Default::default() };
        if let Some(address) = self.object(customer, "customer", "address", &ADDRESS) {
            let part = |reader: &mut Self, name| reader.text(address, "customer.address", name);
            let to = &mut draft.customer;
            to.line1 = part(self, "line1");
            to.line2 = part(self, "line2");
            to.city = part(self, "city");
            to.state = part(self, "state");
            to.postal_code = part(self, "postalCode");
            to.country = part(self, "country");
        }
        if let Some(contact) = self.object(customer, "customer", "contact", &PERSON) {
            draft.contact = self.person_of(contact, "customer.contact");
        }
    }

    /// The type may be left out; where it is given it says how the deal is sold, or has to agree with what else is there.
    fn kind(&mut self, members: &Map<String, Value>, draft: &mut DealDraft) {
        let given = self.text(members, "", "type");
        if given.is_empty() {
            return;
        }
        let Some(given) = Kind::ALL.into_iter().find(|kind| kind.code() == given) else {
            return self.complain("type", Invalid::NotOneOf { given, allowed: &KINDS });
        };
        match given {
            Kind::PartnerLed => draft.share = true,
            Kind::PartnerToPartner => draft.category = Category::WithPartner,
            Kind::SolutionAssessment => draft.category = Category::Assessment,
            // What it needs is then complained of by name.
            Kind::CoSell => drop(draft.help.get_or_insert_default()),
            Kind::PrivatePipeline => {}
        }
        let meant = match (draft.category, &draft.help) {
            (Category::Assessment, None) => Kind::SolutionAssessment,
            (_, Some(_)) => Kind::CoSell,
            (Category::WithPartner, None) => Kind::PartnerToPartner,
            (Category::Ours, None) => given,
        };
        if meant != given {
            self.complain("type", Invalid::OtherType { given, meant });
        }
    }

    fn person(&mut self, value: &Value, at: &str) -> PersonDraft {
        match value {
            Value::Object(person) => {
                self.known(person, at, &PERSON);
                self.person_of(person, at)
            }
            _ => {
                self.complain(at, Invalid::WrongShape(Shape::Object));
                PersonDraft::default()
            }
        }
    }

    fn person_of(&mut self, person: &Map<String, Value>, at: &str) -> PersonDraft {
        PersonDraft {
            first: self.text(person, at, "firstName"),
            last: self.text(person, at, "lastName"),
            phone: self.text(person, at, "phone"),
            email: self.text(person, at, "email"),
        }
    }

    fn solution(&mut self, value: &Value, at: &str) -> SolutionDraft {
        match value {
            Value::String(id) => SolutionDraft::of_id(id),
            Value::Object(solution) => {
                self.known(solution, at, &SOLUTION);
                let owner = self.text(solution, at, "owner");
                let known = Owner::from_code(&owner);
                if known.is_none() && !owner.is_empty() {
                    self.complain(&format!("{at}.owner"), Invalid::NotOneOf { given: owner, allowed: &OWNERS });
                }
                SolutionDraft {
                    name: self.text(solution, at, "name"),
                    owner: known.unwrap_or(Owner::Unknown),
                    quantity: self.text(solution, at, "quantity"),
                    price: self.text(solution, at, "price"),
                    ..SolutionDraft::of_id(self.text(solution, at, "id"))
                }
            }
            _ => {
                self.complain(at, Invalid::WrongShape(Shape::Object));
                SolutionDraft::of_id("")
            }
        }
    }

    fn list<T>(
        &mut self,
        members: &Map<String, Value>,
        name: &str,
        mut each: impl FnMut(&mut Self, &Value, &str) -> T,
    ) -> Vec<T> {
        match members.get(name) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => {
                items.iter().enumerate().map(|(index, item)| each(self, item, &format!("{name}[{index}]"))).collect()
            }
            Some(_) => {
                self.complain(name, Invalid::WrongShape(Shape::List));
                Vec::new()
            }
        }
    }

    fn object<'a>(
        &mut self,
        members: &'a Map<String, Value>,
        within: &str,
        name: &str,
        known: &'static [&'static str],
    ) -> Option<&'a Map<String, Value>> {
        match members.get(name)? {
            Value::Null => None,
            Value::Object(object) => {
                self.known(object, &joined(within, name), known);
                Some(object)
            }
            _ => {
                self.complain(&joined(within, name), Invalid::WrongShape(Shape::Object));
                None
            }
        }
    }

    /// Returns a member as it would be typed; numbers are taken as they stand.
    fn text(&mut self, members: &Map<String, Value>, within: &str, name: &str) -> String {
        match members.get(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => {
                self.complain(&joined(within, name), Invalid::WrongShape(Shape::Text));
                String::new()
            }
        }
    }

    fn known(&mut self, object: &Map<String, Value>, at: &str, known: &'static [&'static str]) {
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            self.unknown(at, name, known);
        }
    }

    fn unknown(&mut self, within: &str, name: &str, known: &'static [&'static str]) {
        let at = joined(within, name);
        self.complain(&at, Invalid::UnknownField { given: at.clone(), meant: meant(name, known), known });
    }

    fn complain(&mut self, at: &str, why: Invalid) {
        self.complaints.push(Complaint::new(at, why));
    }
}

const KINDS: [&str; 5] = ["coSell", "privatePipeline", "partnerLed", "partnerToPartner", "solutionAssessment"];
const OWNERS: [&str; 4] = ["mine", "microsoft", "thirdParty", "unknown"];

fn joined(within: &str, name: &str) -> String {
    if within.is_empty() { name.to_owned() } else { format!("{within}.{name}") }
}

fn short(value: &Value) -> String {
    value.as_str().map_or_else(|| if value.is_object() { "{…}".to_owned() } else { value.to_string() }, str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::date::{Date, Timestamp};

    fn read(value: &Value) -> (DealDraft, Vec<(String, &'static str)>) {
        let (draft, complaints) = deal(&value.to_string()).unwrap();
        (draft, complaints.into_iter().map(|complaint| (complaint.at, complaint.why.code())).collect())
    }

    fn whole() -> Value {
        json!({
            "deal": { "name": "ERP", "value": 84_000_000, "currency": "KRW", "closeDate": "2026-12-31", "notes": null },
            "customer": { "name": "한빛정밀", "address": { "country": "KR", "city": "서울", "line1": "27-29" },
                          "contact": { "firstName": "지우", "lastName": "박", "phone": "+82 2-555-0199", "email": "j@h.example" } },
            "employees": [{ "firstName": "민준", "lastName": "김", "phone": "+82 2-555-0100", "email": "m@p.example" }],
            "solutions": ["SOL-1", { "id": "SOL-2", "owner": "microsoft", "quantity": 3 }],
            "help": { "kind": "ProofOfConceptOrDemo", "note": "a demo", "consent": true },
        })
    }

    #[test]
    fn a_whole_deal_is_read_and_its_type_follows() {
        let (draft, complaints) = read(&whole());
        assert_eq!(complaints, []);
        let (new, _) = draft.build(Date::iso("2026-11-21").unwrap()).unwrap();
        assert_eq!((new.kind(), new.solutions.len(), new.solutions[1].quantity), (Kind::CoSell, 2, Some(3)));
    }

    #[test]
    fn what_show_prints_of_a_deal_of_our_own_makes_the_like_of_it() {
        let (draft, _) = read(&whole());
        let private = DealDraft { help: None, ..draft };
        let made = private.build(Date::iso("2026-11-21").unwrap()).unwrap().0.make(Timestamp::from_micros(0));
        let (again, complaints) = read(&super::super::json::opportunity(&made));
        assert_eq!(complaints, []);
        assert_eq!(again.texts(), DealDraft { consent: false, ..DealDraft::of(&made) }.texts());
    }

    #[test]
    fn everything_that_does_not_fit_is_told_at_once() {
        let value = json!({
            "type": "privatePipeline", "stage": "archived", "referralId": "r-1", "sender": { "kind": "microsoft" }, "direction": "outbound",
            "deal": { "nmae": "x", "value": [], "salesStage": 40 }, "customer": "Contoso", "employees": {}, "solutions": [7],
            "help": { "kind": "1" }, "favourite": true, "id": 4,
        });
        let (_, complaints) = read(&value);
        let expected = [
            ("deal.nmae", "unknown-field"),
            ("deal.value", "wrong-shape"),
            ("deal.salesStage", "not-for-a-new-deal"),
            ("customer", "wrong-shape"),
            ("employees", "wrong-shape"),
            ("solutions[0]", "wrong-shape"),
            ("type", "other-type"),
            ("stage", "not-for-a-new-deal"),
            ("referralId", "not-for-a-new-deal"),
            ("sender", "not-for-a-new-deal"),
            ("favourite", "unknown-field"),
        ];
        for (at, code) in expected {
            assert!(complaints.contains(&(at.to_owned(), code)), "{at} {code}: {complaints:?}");
        }
        assert_eq!(complaints.len(), expected.len(), "{complaints:?}");
    }

    #[test]
    fn the_type_says_how_it_is_sold() {
        let of = |kind: &str| {
            let (draft, complaints) = read(&json!({ "type": kind }));
            assert_eq!(complaints, [], "{kind}");
            draft
        };
        assert!(of("partnerLed").share);
        assert!(of("coSell").help.is_some(), "what is missing of the request is then named");
        assert_eq!(of("partnerToPartner").category, Category::WithPartner);
        assert_eq!(of("solutionAssessment").category, Category::Assessment);
        assert_eq!(read(&json!({ "type": "cosell" })).1, [("type".to_owned(), "not-one-of")]);
    }

    #[test]
    fn no_json_at_all_is_an_error_with_its_place() {
        assert!(matches!(deal("{\"deal\": "), Err(FileError::Json { line: 1, .. })));
    }
}

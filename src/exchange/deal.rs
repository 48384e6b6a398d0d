//! A new deal as JSON, in the shape of `cosell show --json`: read into a draft, with a complaint for everything that does not fit.

use serde_json::{Map, Value};

use super::document::mend;
use super::encoding::all;
use super::error::{FileError, JsonExpected, Long};
use super::input::Input;
use super::json::OFFER_STATUS;
use super::twice::Twice;
use crate::domain::draft::{Category, DealDraft, HelpDraft, PersonDraft, SolutionDraft};
use crate::domain::field::Field;
use crate::domain::fold::meant;
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::money::Currency;
use crate::domain::opportunity::Kind;
use crate::domain::part::{Part, Place, Whose};
use crate::domain::solution::Owner;

/// Members that say nothing about a deal that is yet to be made.
const SILENT: [&str; 17] = [
    "id",
    "uid",
    "createdAt",
    "firstSeenAt",
    "updatedAt",
    "receivedAt",
    "acceptedAt",
    "respondBy",
    "respondByKnown",
    "archivedAtKnown",
    "waiting",
    "microsoftStatus",
    "conflicts",
    "refused",
    "extra",
    Field::Next.path(),
    Field::Log.path(),
];
/// Members that a new deal may only have with this value, or not at all.
const FIXED: [(&str, &[&str]); 9] = [
    ("closingNote", &[]),
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
const MADE_OF: [&str; 9] = [
    Part::Kind.path(),
    "deal",
    "customer",
    Part::Employees.path(),
    Part::Solutions.path(),
    Part::Help.path(),
    Field::Partner.path(),
    Field::Favorite.path(),
    Part::Owner.path(),
];
const DEAL: [Part; 8] =
    [Part::Name, Part::Value, Part::Currency, Part::CloseDate, Part::SalesStage, Part::CrmId, Part::CampaignId, Part::Notes];
const CUSTOMER: [Part; 2] = [Part::CustomerName, Part::Duns];
const ADDRESS: [Part; 6] = [Part::Line1, Part::Line2, Part::City, Part::State, Part::PostalCode, Part::Country];
const SOLUTION: [Part; 5] =
    [Part::SolutionId, Part::SolutionName, Part::SolutionOwner, Part::SolutionQuantity, Part::SolutionPrice];
const HELP: [Part; 2] = [Part::HelpKind, Part::HelpNote];
const PARTNER: [Part; 2] = [Part::Partner, Part::PartnerBrings];

// The names of the members, in the order in which they are told.
const DEAL_NAMES: [&str; 8] = Part::members(DEAL);
/// Further people come by files only.
const CUSTOMER_NAMES: [&str; 5] = ["name", "duns", "address", "contact", "contacts"];
const ADDRESS_NAMES: [&str; 6] = Part::members(ADDRESS);
const PERSON_NAMES: [&str; 4] = Part::members(Whose::CONTACT);
/// The currency of a price that is not in the currency of the deal.
const PRICE_CURRENCY: &str = "currency";
const SOLUTION_NAMES: [&str; 6] = {
    let [id, name, owner, quantity, price] = Part::members(SOLUTION);
    [id, name, owner, quantity, price, PRICE_CURRENCY]
};
const HELP_NAMES: [&str; 6] = ["kind", "note", "consent", "requestedAt", "respondBy", "microsoftStatus"];
const PARTNER_NAMES: [&str; 2] = Part::members(PARTNER);

/// Reads the JSON of a new deal. The complaints are those of its shape; the values are checked when the draft is built.
///
/// # Errors
/// [`FileError`] when it is not JSON at all.
pub fn deal(text: &str) -> Result<(DealDraft, Complaints), FileError> {
    let text = text.trim_start_matches('\u{feff}');
    let (value, twice) = super::twice::read(text.as_bytes()).map_err(|error| FileError::json_in(text, error))?;
    let mut reader = Reader { complaints: twice.iter().map(Twice::complaint).collect() };
    let draft = reader.deal(&value);
    Ok((draft, reader.complaints))
}

/// Returns the text of a document that is read whole, and how many halves of a sign became U+FFFD in it.
///
/// # Errors
/// [`FileError::Encoding`], [`FileError::TooLong`], [`FileError::Json`] of a workbook, or what the file system says.
pub fn document(input: &Input) -> Result<(String, u64), FileError> {
    if input.is_book() {
        return Err(FileError::Json { line: 1, column: 1, expected: JsonExpected::Value });
    }
    if let Some(line) = input.damaged() {
        return Err(input.encoding_error(line));
    }
    let text = all(input.text()?, Long::Record.limit())?;
    let Some(mut text) = text else { return Err(FileError::TooLong { line: 1, long: Long::Record }) };
    let mended = mend(&mut text);
    let text = String::from_utf8(text).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        input.encoding_error(memchr::memchr_iter(b'\n', before).count() as u64 + 1)
    })?;
    Ok((text, mended))
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
        if let Some(deal) = self.object(members, "deal", &DEAL_NAMES) {
            self.texts(deal, &DEAL, &mut draft);
        }
        if let Some(customer) = self.object(members, "customer", &CUSTOMER_NAMES) {
            self.texts(customer, &CUSTOMER, &mut draft);
            if let Some(address) = self.object(customer, Field::Address.path(), &ADDRESS_NAMES) {
                self.texts(address, &ADDRESS, &mut draft);
            }
            if let Some(contact) = self.object(customer, Part::Contact.path(), &PERSON_NAMES) {
                draft.contact = self.person_of(contact, Whose::Contact);
            }
        }
        draft.employees = self.list(members, Part::Employees, Self::person);
        draft.solutions = self.list(members, Part::Solutions, Self::solution);
        if let Some(help) = self.object(members, Part::Help.path(), &HELP_NAMES) {
            draft.help = Some(HelpDraft::default());
            self.texts(help, &HELP, &mut draft);
            draft.consent = help.get(Part::Consent.member()) == Some(&Value::Bool(true));
        }
        if let Some(partner) = self.object(members, Field::Partner.path(), &PARTNER_NAMES) {
            self.texts(partner, &PARTNER, &mut draft);
            draft.category = Category::WithPartner;
        }
        // The first one need not be named.
        let owner = self.text(members, Part::Owner.member(), Part::Owner);
        draft.owner =
            Some(owner).filter(|owner| draft.employees.first().is_none_or(|first| first.email != *owner)).unwrap_or_default();
        self.kind(members, &mut draft);
        match members.get(Field::Favorite.path()) {
            None | Some(Value::Null) => {}
            Some(Value::Bool(favorite)) => draft.favorite = *favorite,
            Some(other) => {
                let given = short(other);
                self.complain(Field::Favorite.path(), Invalid::NotOneOf { given, allowed: &["true", "false"] });
            }
        }
        draft
    }

    /// What a new deal cannot have is refused where it says something else than a new deal would.
    fn others(&mut self, members: &Map<String, Value>) {
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            if let Some((_, allowed)) = FIXED.iter().find(|(fixed, _)| fixed == name) {
                if !value.as_str().is_some_and(|text| allowed.contains(&text)) {
                    self.complain(name.as_str(), Invalid::NotForANewDeal(short(value)));
                }
            } else if !MADE_OF.contains(&name.as_str()) && !SILENT.contains(&name.as_str()) {
                self.unknown("", name, &MADE_OF);
            }
        }
    }

    /// Reads members that are a text each into their parts of the draft.
    fn texts(&mut self, members: &Map<String, Value>, parts: &[Part], draft: &mut DealDraft) {
        for part in parts {
            if let Some(slot) = draft.slot(*part) {
                *slot = self.text(members, part.member(), *part);
            }
        }
    }

    /// The type may be left out; where it is given it says how the deal is sold, or has to agree with what else is there.
    fn kind(&mut self, members: &Map<String, Value>, draft: &mut DealDraft) {
        let given = self.text(members, Part::Kind.member(), Part::Kind);
        if given.is_empty() {
            return;
        }
        let Some(given) = Kind::ALL.into_iter().find(|kind| kind.code() == given) else {
            return self.complain(Part::Kind, Invalid::NotOneOf { given, allowed: &KINDS });
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
            self.complain(Part::Kind, Invalid::OtherType { given, meant });
        }
    }

    fn person(&mut self, value: &Value, number: usize) -> PersonDraft {
        let whose = Whose::Employee(number);
        match value {
            Value::Object(person) => {
                self.known(person, &whose.place().to_string(), &PERSON_NAMES);
                self.person_of(person, whose)
            }
            _ => {
                self.complain(whose.place(), Invalid::WrongShape(Shape::Object));
                PersonDraft::default()
            }
        }
    }

    fn person_of(&mut self, person: &Map<String, Value>, whose: Whose) -> PersonDraft {
        let [first, last, phone, email] = PERSON_NAMES;
        let [at_first, at_last, at_phone, at_email] = whose.parts();
        PersonDraft::of([
            self.text(person, first, at_first),
            self.text(person, last, at_last),
            self.text(person, phone, at_phone),
            self.text(person, email, at_email),
        ])
    }

    fn solution(&mut self, value: &Value, number: usize) -> SolutionDraft {
        match value {
            Value::String(id) => SolutionDraft::of_id(id),
            Value::Object(solution) => {
                // What `show` tells beside it follows from offers: nobody decides it here.
                let told =
                    solution.iter().filter(|(name, _)| *name != OFFER_STATUS).map(|(name, value)| (name.clone(), value.clone()));
                self.known(&told.collect(), &Place::Entry(Part::Solutions, number).to_string(), &SOLUTION_NAMES);
                let mut text = |part: Part| self.text(solution, part.member(), Place::Within(number, part));
                let [id, name, owner, quantity, price] = SOLUTION.map(&mut text);
                let known = Owner::from_code(&owner);
                if known.is_none() && !owner.is_empty() {
                    let why = Invalid::NotOneOf { given: owner, allowed: &OWNERS };
                    self.complain(Place::Within(number, Part::SolutionOwner), why);
                }
                let at = format!("{}.{PRICE_CURRENCY}", Place::Entry(Part::Solutions, number));
                let currency = self.text(solution, PRICE_CURRENCY, at.as_str());
                if !currency.is_empty()
                    && let Err(why) = Currency::parse(&currency)
                {
                    self.complain(at, why);
                }
                let owner = known.unwrap_or(Owner::Unknown);
                SolutionDraft { name, owner, quantity, price, currency, ..SolutionDraft::of_id(id) }
            }
            _ => {
                self.complain(Place::Entry(Part::Solutions, number), Invalid::WrongShape(Shape::Object));
                SolutionDraft::of_id("")
            }
        }
    }

    fn list<T>(
        &mut self,
        members: &Map<String, Value>,
        list: Part,
        mut each: impl FnMut(&mut Self, &Value, usize) -> T,
    ) -> Vec<T> {
        match members.get(list.member()) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => items.iter().enumerate().map(|(number, item)| each(self, item, number)).collect(),
            Some(_) => {
                self.complain(list, Invalid::WrongShape(Shape::List));
                Vec::new()
            }
        }
    }

    /// Returns the object at a path, out of the one around it.
    fn object<'a>(
        &mut self,
        members: &'a Map<String, Value>,
        path: &str,
        known: &'static [&'static str],
    ) -> Option<&'a Map<String, Value>> {
        match members.get(path.rsplit('.').next().unwrap_or(path))? {
            Value::Null => None,
            Value::Object(object) => {
                self.known(object, path, known);
                Some(object)
            }
            _ => {
                self.complain(path, Invalid::WrongShape(Shape::Object));
                None
            }
        }
    }

    /// Returns a member as it would be typed; numbers are taken as they stand.
    fn text(&mut self, members: &Map<String, Value>, name: &str, at: impl Into<Place>) -> String {
        match members.get(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            // One decimal more keeps a point from being read as one that groups.
            Some(Value::Number(number)) if number.is_f64() && !number.to_string().contains('e') => format!("{number}0"),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => {
                self.complain(at, Invalid::WrongShape(Shape::Text));
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
        self.complain(at.as_str(), Invalid::UnknownField { given: at.clone(), meant: meant(name, known), known });
    }

    fn complain(&mut self, at: impl Into<Place>, why: Invalid) {
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
    use crate::domain::date::Date;
    use crate::domain::instant::Timestamp;

    fn read(value: &Value) -> (DealDraft, Vec<(String, &'static str)>) {
        let (draft, complaints) = deal(&value.to_string()).unwrap();
        (draft, complaints.into_iter().map(|complaint| (complaint.at.to_string(), complaint.why.code())).collect())
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
        let made = private.build(Date::iso("2026-11-21").unwrap()).unwrap().0.make(Timestamp::from_micros(0)).opportunity;
        let (again, complaints) = read(&super::super::json::opportunity(&made));
        assert_eq!(complaints, []);
        assert_eq!(again.texts(), DealDraft { consent: false, ..DealDraft::of(&made) }.texts());
    }

    #[test]
    fn everything_that_does_not_fit_is_told_at_once() {
        let value = json!({
            "type": "privatePipeline", "stage": "archived", "referralId": "r-1", "sender": { "kind": "microsoft" }, "direction": "outbound",
            "deal": { "nmae": "x", "value": [] }, "customer": "Contoso", "employees": {}, "solutions": [7, { "currency": "XXZ" }],
            "help": { "kind": "1" }, "favourite": true, "id": 4,
        });
        let (_, complaints) = read(&value);
        let expected = [
            ("deal.nmae", "unknown-field"),
            ("deal.value", "wrong-shape"),
            ("customer", "wrong-shape"),
            ("employees", "wrong-shape"),
            ("solutions[0]", "wrong-shape"),
            ("solutions[1].currency", "unknown-currency"),
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

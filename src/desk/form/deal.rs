//! The forms of a deal: what was typed on their pages as one draft, people and solutions that are added to them one by one.

use super::{Entry, Form, Picked, TextField, YES};
use crate::domain::draft::{Category, CustomerDraft, DealDraft, HelpDraft, PartnerDraft, PersonDraft, SolutionDraft};
use crate::store::Texts;

/// The fields of a person who is typed in, and the parts of a complaint they belong to.
const PERSON: [(&str, &str); 4] = [
    ("firstName", "employee.firstName"),
    ("lastName", "employee.lastName"),
    ("phone", "employee.phone"),
    ("email", "employee.email"),
];

impl Form {
    /// Returns everything that was typed, whole. A person who is only typed in and a solution that is only looked for count as
    /// added: nothing on the screen is left out in silence.
    pub fn deal(&self) -> DealDraft {
        let text = |path: &str| self.text(path);
        let contact = |part: &str| self.text(&format!("customer.contact.{part}"));
        let before = self.subject.on.as_deref().map(DealDraft::of).unwrap_or_default();
        DealDraft {
            customer: CustomerDraft {
                name: text("customer.name"),
                country: text("customer.address.country"),
                duns: text("customer.duns"),
                line1: text("customer.address.line1"),
                line2: text("customer.address.line2"),
                city: text("customer.address.city"),
                state: text("customer.address.state"),
                postal_code: text("customer.address.postalCode"),
            },
            contact: PersonDraft {
                first: contact("firstName"),
                last: contact("lastName"),
                phone: contact("phone"),
                email: contact("email"),
            },
            consent: text("help.consent") == YES,
            name: text("deal.name"),
            value: text("deal.value"),
            currency: text("deal.currency"),
            close_date: text("deal.closeDate"),
            sales_stage: before.sales_stage,
            crm_id: text("deal.crmId"),
            campaign_id: text("deal.campaignId"),
            notes: text("deal.notes"),
            employees: self.people().into_iter().flat_map(|p| &p.items).cloned().chain(self.typed_person()).collect(),
            solutions: self.solutions().into_iter().flat_map(|p| &p.items).cloned().chain(self.typed_solution()).collect(),
            category: match text("selling.category").as_str() {
                "partner" => Category::WithPartner,
                "assessment" => Category::Assessment,
                _ => Category::Ours,
            },
            share: self.said_yes("selling.share"),
            help: self.said_yes("selling.help").then(|| HelpDraft { kind: text("help.kind"), note: text("help.note") }).or_else(
                || self.index("selling.help").is_none().then(|| HelpDraft { kind: text("help.kind"), note: text("help.note") }),
            ),
            partner: PartnerDraft { organization: text("partner.organization"), brings: text("partner.brings") },
        }
    }

    /// Returns whether a question is there and was answered with yes.
    fn said_yes(&self, path: &str) -> bool {
        self.index(path).is_some_and(|index| self.is_there(index)) && self.text(path) == YES
    }

    pub fn people(&self) -> Option<&Picked<PersonDraft>> {
        self.entries.iter().find_map(|entry| if let Entry::People(people) = entry { Some(people) } else { None })
    }

    pub fn people_mut(&mut self) -> Option<&mut Picked<PersonDraft>> {
        self.entries.iter_mut().find_map(|entry| if let Entry::People(people) = entry { Some(people) } else { None })
    }

    pub fn solutions(&self) -> Option<&Picked<SolutionDraft>> {
        self.entries.iter().find_map(|entry| if let Entry::Solutions(solutions) = entry { Some(solutions) } else { None })
    }

    pub fn solutions_mut(&mut self) -> Option<&mut Picked<SolutionDraft>> {
        self.entries.iter_mut().find_map(|entry| if let Entry::Solutions(solutions) = entry { Some(solutions) } else { None })
    }

    /// Returns the person in the four fields; `None` while they are empty.
    pub fn typed_person(&self) -> Option<PersonDraft> {
        let text = |path: &str| self.text(path);
        let typed = PersonDraft {
            first: text("employee.firstName"),
            last: text("employee.lastName"),
            phone: text("employee.phone"),
            email: text("employee.email"),
        };
        Some(typed).filter(|typed| !typed.is_empty())
    }

    /// Returns the solution whose id stands in the search; `None` while it is empty.
    pub fn typed_solution(&self) -> Option<SolutionDraft> {
        let typed = self.text("solution.find");
        Some(SolutionDraft::of_id(typed.trim())).filter(|typed| !typed.id.is_empty())
    }

    /// Adds a person; one who is there already is only pointed at. Returns whether they were new.
    pub fn add_person(&mut self, person: PersonDraft) -> bool {
        let Some(people) = self.people_mut() else { return false };
        let same = |known: &PersonDraft| known.email.trim().eq_ignore_ascii_case(person.email.trim());
        if let Some(at) = people.items.iter().position(same) {
            people.cursor = at;
            return false;
        }
        people.add(person);
        true
    }

    /// Puts the person in the four fields on the list and empties the fields.
    pub fn add_typed_person(&mut self) -> bool {
        let Some(person) = self.typed_person() else { return false };
        let added = self.add_person(person);
        PERSON.iter().for_each(|(_, path)| self.set(path, ""));
        added
    }

    /// Adds a solution; one that is there already is only pointed at. Returns whether it was new.
    pub fn add_solution(&mut self, solution: SolutionDraft) -> bool {
        let Some(solutions) = self.solutions_mut() else { return false };
        let known = solutions.items.iter().position(|known| known.id.eq_ignore_ascii_case(&solution.id));
        match known {
            Some(at) => solutions.cursor = at,
            None => solutions.add(solution),
        }
        self.show_current_solution();
        known.is_none()
    }

    /// Shows quantity and price of the solution under the cursor in their fields.
    pub fn show_current_solution(&mut self) {
        let current = self.solutions().and_then(Picked::current).cloned();
        let (quantity, price) = current.map_or_else(Default::default, |solution| (solution.quantity, solution.price));
        for (path, text) in [("solution.quantity", quantity), ("solution.price", price)] {
            if let Some(index) = self.index(path) {
                self.entries[index] = Entry::Text(TextField::line(&text));
            }
        }
    }

    /// Takes quantity and price from their fields to the solution under the cursor.
    pub fn keep_current_solution(&mut self) {
        let (quantity, price) = (self.text("solution.quantity"), self.text("solution.price"));
        if let Some(current) = self.solutions_mut().and_then(Picked::current_mut) {
            (current.quantity, current.price) = (quantity, price);
        }
    }

    /// Returns the field for a complaint about a part of a list.
    pub(super) fn path_in_list(&self, list: &str, number: usize, part: &str) -> &'static str {
        let people = self.people().map_or(0, |people| people.items.len());
        let solutions = self.solutions();
        match list {
            "employees" if number >= people => {
                PERSON.iter().find(|(name, _)| *name == part).map_or("employee.firstName", |(_, path)| path)
            }
            "solutions" if solutions.is_some_and(|picked| number >= picked.items.len()) => "solution.find",
            "solutions" if solutions.is_some_and(|picked| number == picked.cursor) && part == "quantity" => "solution.quantity",
            "solutions" if solutions.is_some_and(|picked| number == picked.cursor) && part == "price" => "solution.price",
            "solutions" => "solutions",
            _ => "employees",
        }
    }
}

/// Returns a draft as the texts of a form.
pub fn texts_of(draft: &DealDraft) -> Texts {
    let list = |text: Result<String, serde_json::Error>| text.unwrap_or_default();
    let (customer, contact) = (&draft.customer, &draft.contact);
    let texts = [
        ("customer.address.country", customer.country.clone()),
        ("customer.name", customer.name.clone()),
        ("customer.duns", customer.duns.clone()),
        ("customer.address.line1", customer.line1.clone()),
        ("customer.address.line2", customer.line2.clone()),
        ("customer.address.city", customer.city.clone()),
        ("customer.address.state", customer.state.clone()),
        ("customer.address.postalCode", customer.postal_code.clone()),
        ("customer.contact.firstName", contact.first.clone()),
        ("customer.contact.lastName", contact.last.clone()),
        ("customer.contact.phone", contact.phone.clone()),
        ("customer.contact.email", contact.email.clone()),
        ("deal.name", draft.name.clone()),
        ("deal.value", draft.value.clone()),
        ("deal.currency", draft.currency.clone()),
        ("deal.closeDate", draft.close_date.clone()),
        ("deal.crmId", draft.crm_id.clone()),
        ("deal.campaignId", draft.campaign_id.clone()),
        ("deal.notes", draft.notes.clone()),
        ("employees", list(serde_json::to_string(&draft.employees))),
        ("solutions", list(serde_json::to_string(&draft.solutions))),
        (
            "selling.category",
            match draft.category {
                Category::Ours => String::new(),
                Category::WithPartner => "partner".to_owned(),
                Category::Assessment => "assessment".to_owned(),
            },
        ),
        ("selling.share", if draft.share { YES.to_owned() } else { String::new() }),
        ("partner.organization", draft.partner.organization.clone()),
        ("partner.brings", draft.partner.brings.clone()),
    ];
    texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(path, text)| (path.to_owned(), text)).collect()
}

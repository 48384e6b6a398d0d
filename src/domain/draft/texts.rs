//! A deal draft as texts by path, the form in which forms hold it and drafts are kept.

use std::collections::BTreeMap;

use super::deal::{Category, CustomerDraft, DealDraft, HelpDraft, PartnerDraft};
use super::people::PersonDraft;
use super::solutions::SolutionDraft;

/// What stands in the fields of a form, by their paths; nothing for a field that says nothing.
pub type Texts = BTreeMap<String, String>;

/// Stands before the path of what stood in a field when the draft was typed.
pub const WAS: &str = "was:";
/// Under which what was picked from the directory is kept: JSON, texts by path.
pub const PICKED: &str = "customer.picked";
/// The answer to a question that means yes; every other means no.
pub const YES: &str = "yes";
/// The ways of selling beside our own, as they are kept.
pub const WITH_PARTNER: &str = "partner";
pub const ASSESSMENT: &str = "assessment";

impl DealDraft {
    /// Reads a draft back. A person who is only typed in counts as added, and what is left in the search is complained of: nothing
    /// on the screen is left out in silence. Answers to questions that are not asked any more count as no.
    pub fn of_texts(texts: &Texts) -> Self {
        let text = |path: &str| texts.get(path).cloned().unwrap_or_default();
        let contact = |part: &str| text(&format!("customer.contact.{part}"));
        let typed = PersonDraft {
            first: text("employee.firstName"),
            last: text("employee.lastName"),
            phone: text("employee.phone"),
            email: text("employee.email"),
        };
        let found = text("solution.find").trim().to_owned();
        let category = match text("selling.category").as_str() {
            WITH_PARTNER => Category::WithPartner,
            ASSESSMENT => Category::Assessment,
            _ => Category::Ours,
        };
        let asked = text("selling.help") == YES && category != Category::Assessment;
        let employees = list::<PersonDraft>(&text("employees"));
        let solutions = list::<SolutionDraft>(&text("solutions"));
        Self {
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
            sales_stage: text("deal.salesStage"),
            crm_id: text("deal.crmId"),
            campaign_id: text("deal.campaignId"),
            notes: text("deal.notes"),
            employees: employees.into_iter().chain(Some(typed).filter(|typed| !typed.is_empty())).collect(),
            solutions,
            looked_for: found,
            category,
            share: text("selling.share") == YES && category == Category::Ours && !asked,
            help: asked.then(|| HelpDraft { kind: text("help.kind"), note: text("help.note") }),
            partner: PartnerDraft { organization: text("partner.organization"), brings: text("partner.brings") },
        }
    }

    /// Returns the draft as texts.
    pub fn texts(&self) -> Texts {
        let yes = |said: bool| if said { YES.to_owned() } else { String::new() };
        let (customer, contact) = (&self.customer, &self.contact);
        let help = self.help.clone().unwrap_or_default();
        let category = match self.category {
            Category::Ours => "",
            Category::WithPartner => WITH_PARTNER,
            Category::Assessment => ASSESSMENT,
        };
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
            ("help.consent", yes(self.consent)),
            ("deal.name", self.name.clone()),
            ("deal.value", self.value.clone()),
            ("deal.currency", self.currency.clone()),
            ("deal.closeDate", self.close_date.clone()),
            ("deal.salesStage", self.sales_stage.clone()),
            ("deal.crmId", self.crm_id.clone()),
            ("deal.campaignId", self.campaign_id.clone()),
            ("deal.notes", self.notes.clone()),
            ("employees", list_text(&self.employees)),
            ("solutions", list_text(&self.solutions)),
            ("solution.find", self.looked_for.clone()),
            ("selling.category", category.to_owned()),
            ("selling.help", yes(self.help.is_some())),
            ("help.kind", help.kind),
            ("help.note", help.note),
            ("selling.share", yes(self.share)),
            ("partner.organization", self.partner.organization.clone()),
            ("partner.brings", self.partner.brings.clone()),
        ];
        texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(path, text)| (path.to_owned(), text)).collect()
    }
}

/// Returns a list as it is kept; nothing for an empty one.
pub fn list_text<T: serde::Serialize>(items: &[T]) -> String {
    if items.is_empty() { String::new() } else { serde_json::to_string(items).unwrap_or_default() }
}

/// What cannot be read was written by something else: an empty list is better than a form that does not open.
fn list<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_kept_whole() {
        let person = PersonDraft { first: "민준".into(), last: "김".into(), phone: "+82".into(), email: "m@p.example".into() };
        let draft = DealDraft {
            customer: CustomerDraft { name: "한빛정밀".into(), country: "KR".into(), ..Default::default() },
            contact: person.clone(),
            consent: true,
            notes: "첫 줄\n둘째 줄".into(),
            employees: vec![person],
            solutions: vec![SolutionDraft { quantity: "12".into(), ..SolutionDraft::of_id("SOL-1") }],
            category: Category::WithPartner,
            help: Some(HelpDraft { kind: "3".into(), note: "PoC".into() }),
            partner: PartnerDraft { organization: "Contoso".into(), brings: "data".into() },
            ..Default::default()
        };
        assert_eq!(DealDraft::of_texts(&draft.texts()), draft);
        assert_eq!(DealDraft::of_texts(&Texts::new()), DealDraft::default());
        assert!(DealDraft::default().texts().is_empty());
    }

    #[test]
    fn what_is_only_typed_in_counts_and_answers_that_are_hidden_do_not() {
        let texts = |pairs: &[(&str, &str)]| pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let draft = DealDraft::of_texts(&texts(&[("employee.firstName", "Ana"), ("solution.find", " SOL-9 ")]));
        assert_eq!((draft.employees[0].first.as_str(), draft.looked_for.as_str()), ("Ana", "SOL-9"));
        let words = DealDraft::of_texts(&texts(&[("solution.find", "dynamics")]));
        assert_eq!((words.solutions.len(), words.looked_for.as_str()), (0, "dynamics"), "words of a name only find something");
        let draft =
            DealDraft::of_texts(&texts(&[("selling.category", ASSESSMENT), ("selling.help", YES), ("selling.share", YES)]));
        assert_eq!((draft.help, draft.share), (None, false));
        let draft = DealDraft::of_texts(&texts(&[("selling.help", YES), ("selling.share", YES)]));
        assert_eq!((draft.help.is_some(), draft.share), (true, false));
    }
}

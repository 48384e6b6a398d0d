//! A deal draft as texts by path, the form in which forms hold it and drafts are kept.

use std::collections::BTreeMap;

use super::deal::{Category, DealDraft, HelpDraft};
use super::people::PersonDraft;
use crate::domain::part::{Part, Whose};

/// What stands in the fields of a form, by their paths; nothing for a field that says nothing.
pub type Texts = BTreeMap<String, String>;

/// Stands before the path of what stood in a field when the draft was typed.
pub const WAS: &str = "was:";
/// Under which what was picked from the directory is kept: JSON, texts by path.
pub const PICKED: &str = "customer.picked";
/// Under which the place where a form was left is kept: its page, counted from zero, and the path of its field.
pub const LEFT_AT: &str = "form.left-at";
/// The answer to a question that means yes; every other means no.
pub const YES: &str = "yes";
/// The ways of selling beside our own, as they are kept.
pub const WITH_PARTNER: &str = "partner";
pub const ASSESSMENT: &str = "assessment";

/// Returns whether a kept text is of a field that this version does not know: it is kept as it is.
pub fn is_foreign(path: &str) -> bool {
    let path = path.strip_prefix(WAS).unwrap_or(path);
    Part::of_path(path).is_none() && path != PICKED && path != LEFT_AT
}

impl DealDraft {
    /// Returns the text of a part; `None` for what is no text of its own: answers, lists, what only forms have, and a help
    /// request that is not asked for.
    pub fn slot(&mut self, part: Part) -> Option<&mut String> {
        let (customer, contact) = (&mut self.customer, &mut self.contact);
        Some(match part {
            Part::Country => &mut customer.country,
            Part::CustomerName => &mut customer.name,
            Part::Duns => &mut customer.duns,
            Part::Line1 => &mut customer.line1,
            Part::Line2 => &mut customer.line2,
            Part::City => &mut customer.city,
            Part::State => &mut customer.state,
            Part::PostalCode => &mut customer.postal_code,
            Part::ContactFirst => &mut contact.first,
            Part::ContactLast => &mut contact.last,
            Part::ContactPhone => &mut contact.phone,
            Part::ContactEmail => &mut contact.email,
            Part::Name => &mut self.name,
            Part::Value => &mut self.value,
            Part::Currency => &mut self.currency,
            Part::CloseDate => &mut self.close_date,
            Part::SalesStage => &mut self.sales_stage,
            Part::CrmId => &mut self.crm_id,
            Part::CampaignId => &mut self.campaign_id,
            Part::Notes => &mut self.notes,
            Part::SolutionFind => &mut self.looked_for,
            Part::HelpKind => &mut self.help.as_mut()?.kind,
            Part::HelpNote => &mut self.help.as_mut()?.note,
            Part::Partner => &mut self.partner.organization,
            Part::PartnerBrings => &mut self.partner.brings,
            Part::Owner => &mut self.owner,
            Part::Consent | Part::Category | Part::HelpAsked | Part::Share => return None,
            Part::Contact | Part::Employees | Part::Solutions | Part::Help | Part::Kind => return None,
            Part::EmployeeFirst | Part::EmployeeLast | Part::EmployeePhone | Part::EmployeeEmail => return None,
            Part::SolutionId | Part::SolutionName | Part::SolutionOwner => return None,
            Part::SolutionQuantity | Part::SolutionPrice | Part::Reason | Part::Note => return None,
            Part::ContractValue | Part::ContractCurrency | Part::ContractTerm | Part::SignDate | Part::StartDate => return None,
            Part::EndDate | Part::SolutionValue | Part::SolutionCurrency | Part::DeployedOnAzure => return None,
            Part::PrimaryDeployment | Part::PricingModel | Part::Marketplace | Part::MarketplaceDate => return None,
            Part::CustomerManaged | Part::MicrosoftSaid => return None,
        })
    }

    /// Reads a draft back. A person who is only typed in counts as added, and what is left in the search is complained of: nothing
    /// on the screen is left out in silence. Answers to questions that are not asked any more count as no.
    pub fn of_texts(texts: &Texts) -> Self {
        let said = |part: Part| texts.get(part.path()).map_or("", String::as_str);
        let category = match said(Part::Category) {
            WITH_PARTNER => Category::WithPartner,
            ASSESSMENT => Category::Assessment,
            _ => Category::Ours,
        };
        let asked = said(Part::HelpAsked) == YES && category != Category::Assessment;
        let typed = PersonDraft::of(Whose::EMPLOYEE.map(|part| said(part).to_owned()));
        let employees = list::<PersonDraft>(said(Part::Employees)).into_iter();
        let mut draft = Self {
            consent: said(Part::Consent) == YES,
            employees: employees.chain(Some(typed).filter(|typed| !typed.is_empty())).collect(),
            solutions: list(said(Part::Solutions)),
            category,
            share: said(Part::Share) == YES && category == Category::Ours && !asked,
            help: asked.then(HelpDraft::default),
            ..Self::default()
        };
        for part in Part::ALL {
            if let (Some(slot), Some(text)) = (draft.slot(part), texts.get(part.path())) {
                slot.clone_from(text);
            }
        }
        draft.looked_for = draft.looked_for.trim().to_owned();
        draft
    }

    /// Returns the draft as texts.
    pub fn texts(&self) -> Texts {
        let yes = |said: bool| if said { YES } else { "" }.to_owned();
        let category = match self.category {
            Category::Ours => "",
            Category::WithPartner => WITH_PARTNER,
            Category::Assessment => ASSESSMENT,
        };
        let mut texts = Texts::new();
        for (part, text) in [
            (Part::Consent, yes(self.consent)),
            (Part::Employees, list_text(&self.employees)),
            (Part::Solutions, list_text(&self.solutions)),
            (Part::Category, category.to_owned()),
            (Part::HelpAsked, yes(self.help.is_some())),
            (Part::Share, yes(self.share)),
        ] {
            texts.insert(part.path().to_owned(), text);
        }
        let mut draft = self.clone();
        for part in Part::ALL {
            if let Some(slot) = draft.slot(part) {
                texts.insert(part.path().to_owned(), std::mem::take(slot));
            }
        }
        texts.retain(|_, text| !text.is_empty());
        texts
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
    use super::super::deal::{CustomerDraft, PartnerDraft};
    use super::super::solutions::SolutionDraft;
    use super::*;

    #[test]
    fn a_draft_is_kept_whole() {
        let person = PersonDraft {
            first: "민준".into(),
            last: "김".into(),
            phone: "+82".into(),
            email: "m@p.example".into(),
            ..Default::default()
        };
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
        let texts =
            |said: &[(Part, &str)]| said.iter().map(|(part, text)| (part.path().to_owned(), (*text).to_owned())).collect();
        let draft = DealDraft::of_texts(&texts(&[(Part::EmployeeFirst, "Ana"), (Part::SolutionFind, " SOL-9 ")]));
        assert_eq!((draft.employees[0].first.as_str(), draft.looked_for.as_str()), ("Ana", "SOL-9"));
        let words = DealDraft::of_texts(&texts(&[(Part::SolutionFind, "dynamics")]));
        assert_eq!((words.solutions.len(), words.looked_for.as_str()), (0, "dynamics"), "words of a name only find something");
        let draft = DealDraft::of_texts(&texts(&[(Part::Category, ASSESSMENT), (Part::HelpAsked, YES), (Part::Share, YES)]));
        assert_eq!((draft.help, draft.share), (None, false));
        let draft = DealDraft::of_texts(&texts(&[(Part::HelpAsked, YES), (Part::Share, YES)]));
        assert_eq!((draft.help.is_some(), draft.share), (true, false));
    }
}

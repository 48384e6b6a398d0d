//! The forms there are: their pages, which fields each has, in which order, which are needed, and what helps to fill them.

use super::choice::ChoiceOf;
use crate::domain::part::Part;
use crate::domain::stage::Verb;

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormKind {
    Accept,
    Decline,
    Win,
    Lose,
    /// A deal of our own.
    New,
    Edit,
    /// The same of a deal that Partner Center refused to make: the customer too.
    Correct,
    /// What is set on all that is marked.
    EditMany,
    AskHelp,
    /// The contract of a won deal (MG-73, MG-74).
    Register,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Line,
    Notes,
    Choice(ChoiceOf),
    /// A box to tick.
    Check,
    People,
    Solutions,
}

/// A page of a form of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Customer,
    Deal,
    Employees,
    Solutions,
    Selling,
    /// Everything once more, what is missing, and what will be sent to whom.
    Check,
}

/// What stands over fields that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    Customer,
    Address,
    Contact,
    /// Somebody of ours who was on no deal yet.
    SomeoneElse,
    Help,
}

/// When a field is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Always,
    /// While Microsoft's help can be asked for.
    NoAssessment,
    HelpAsked,
    /// When neither help nor a partner is asked for.
    Alone,
    WithPartner,
    /// When the form is about one opportunity.
    One,
    /// Once something of a person who is on no list yet is typed.
    SomeoneTyped,
    /// While the contract has an end.
    Finite,
    /// When it was sold through the marketplace.
    InMarketplace,
    /// When Microsoft was asked for help with the deal.
    CoSell,
}

/// What is suggested while a field is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggests {
    Nothing,
    Country,
    Customer,
    Currency,
    Campaign,
    Person,
    Owner,
    Solution,
    Partner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Complaints name it, drafts keep its path, and it says what the field is called.
    pub part: Part,
    pub kind: FieldKind,
    pub required: bool,
    pub page: usize,
    pub when: When,
    pub suggests: Suggests,
    /// Nothing where a field speaks for itself.
    pub head: Option<Head>,
}

const fn field(part: Part, kind: FieldKind, required: bool) -> FieldSpec {
    FieldSpec { part, kind, required, page: 0, when: When::Always, suggests: Suggests::Nothing, head: None }
}

const fn line(part: Part) -> FieldSpec {
    field(part, FieldKind::Line, false)
}

const fn needed(part: Part) -> FieldSpec {
    field(part, FieldKind::Line, true)
}

impl FieldSpec {
    /// Returns whether it is typed somewhere else as well: a date in the calendar, notes in the user's editor.
    pub fn is_expandable(&self) -> bool {
        self.kind == FieldKind::Notes || self.part.is_day()
    }

    const fn on(self, page: usize) -> Self {
        Self { page, ..self }
    }

    const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    const fn suggests(self, suggests: Suggests) -> Self {
        Self { suggests, ..self }
    }

    const fn under(self, head: Head) -> Self {
        Self { head: Some(head), ..self }
    }

    /// Returns how many cells it is shown to have at least, where there is room: about as long as what is typed into it.
    pub const fn cells(&self) -> u16 {
        match (self.kind, self.part) {
            (FieldKind::Notes, _) => 72,
            (FieldKind::Choice(_) | FieldKind::Check | FieldKind::People | FieldKind::Solutions, _) => 0,
            (_, Part::Currency | Part::SalesStage | Part::ContractCurrency | Part::SolutionCurrency) => 6,
            (_, Part::Duns | Part::PostalCode | Part::SolutionQuantity) => 14,
            (_, part) if part.is_day() => 14,
            (_, Part::ContractValue | Part::SolutionValue) => 24,
            (_, Part::Value | Part::SolutionPrice | Part::ContactPhone | Part::EmployeePhone) => 24,
            (_, Part::ContactFirst | Part::ContactLast | Part::EmployeeFirst | Part::EmployeeLast) => 24,
            (_, Part::Country | Part::City | Part::State | Part::CrmId | Part::CampaignId) => 32,
            (_, Part::ContactEmail | Part::EmployeeEmail | Part::Owner) => 40,
            _ => 56,
        }
    }

    /// Returns a field that is chosen from a list.
    const fn choice(part: Part, of: ChoiceOf, required: bool) -> Self {
        field(part, FieldKind::Choice(of), required)
    }
}

/// Acceptance (MG-57 to MG-60).
const ACCEPT: [FieldSpec; 12] = [
    needed(Part::Name).when(When::One),
    needed(Part::Value).when(When::One),
    needed(Part::Currency).when(When::One),
    needed(Part::CloseDate).when(When::One),
    field(Part::Notes, FieldKind::Notes, false).when(When::One),
    line(Part::CrmId).when(When::One),
    line(Part::CampaignId).when(When::One),
    FieldSpec { required: false, ..PEOPLE[0] }.when(When::One),
    PEOPLE[1].when(When::One),
    PEOPLE[2].when(When::One),
    PEOPLE[3].when(When::SomeoneTyped),
    PEOPLE[4].when(When::SomeoneTyped),
];

/// Winning: what it came to (MG-73); several have values of their own, and may have closed on one day.
const WIN: [FieldSpec; 3] = [line(Part::Value).when(When::One), line(Part::Currency).when(When::One), line(Part::CloseDate)];

/// Losing (MG-72).
const LOSE: [FieldSpec; 5] = [REASON[0], REASON[1], WIN[0], WIN[1], WIN[2]];

/// Declining (MG-63).
const REASON: [FieldSpec; 2] =
    [FieldSpec::choice(Part::Reason, ChoiceOf::Reason, true), field(Part::Note, FieldKind::Notes, false)];

const NEW_PAGES: [Page; 6] = [Page::Customer, Page::Deal, Page::Employees, Page::Solutions, Page::Selling, Page::Check];
const CORRECT_PAGES: [Page; 4] = [Page::Customer, Page::Deal, Page::Employees, Page::Solutions];
const EDIT_PAGES: [Page; 3] = [Page::Deal, Page::Employees, Page::Solutions];

/// MG-24 to MG-32: location first, then the name, with what tells legal entities apart; then the customer's person.
const CUSTOMER: [FieldSpec; 13] = [
    needed(Part::Country).suggests(Suggests::Country).under(Head::Customer),
    needed(Part::CustomerName).suggests(Suggests::Customer).under(Head::Customer),
    line(Part::Duns).under(Head::Customer),
    line(Part::Line1).under(Head::Address),
    line(Part::Line2).under(Head::Address),
    line(Part::City).under(Head::Address),
    line(Part::State).under(Head::Address),
    line(Part::PostalCode).under(Head::Address),
    line(Part::ContactFirst).under(Head::Contact),
    line(Part::ContactLast).under(Head::Contact),
    line(Part::ContactPhone).under(Head::Contact),
    line(Part::ContactEmail).under(Head::Contact),
    field(Part::Consent, FieldKind::Check, false).under(Head::Contact),
];

/// MG-34 to MG-41.
const DEAL: [FieldSpec; 7] = [
    needed(Part::Name),
    needed(Part::Value),
    needed(Part::Currency).suggests(Suggests::Currency),
    needed(Part::CloseDate),
    line(Part::CrmId),
    line(Part::CampaignId).suggests(Suggests::Campaign),
    field(Part::Notes, FieldKind::Notes, false),
];

/// The same of a deal that is held: how far its sale has come (MG-68) is told there.
const DEAL_HELD: [FieldSpec; 8] = [DEAL[0], DEAL[1], DEAL[2], DEAL[3], line(Part::SalesStage), DEAL[4], DEAL[5], DEAL[6]];

/// MG-42 to MG-45: who is on it, and four fields for one who was on none yet.
const PEOPLE: [FieldSpec; 5] = [
    field(Part::Employees, FieldKind::People, true).suggests(Suggests::Person),
    line(Part::EmployeeFirst).suggests(Suggests::Person).under(Head::SomeoneElse),
    line(Part::EmployeeLast).suggests(Suggests::Person).under(Head::SomeoneElse),
    line(Part::EmployeePhone).under(Head::SomeoneElse),
    line(Part::EmployeeEmail).under(Head::SomeoneElse),
];

/// The same of a deal that is held: whose it is stands below who is on it.
const PEOPLE_HELD: [FieldSpec; 6] =
    [PEOPLE[0], line(Part::Owner).suggests(Suggests::Owner), PEOPLE[1], PEOPLE[2], PEOPLE[3], PEOPLE[4]];

/// MG-46 to MG-48: what is on it, the search, and quantity and price of the chosen one.
const SOLUTIONS: [FieldSpec; 4] = [
    field(Part::Solutions, FieldKind::Solutions, true),
    line(Part::SolutionFind).suggests(Suggests::Solution),
    line(Part::SolutionQuantity),
    line(Part::SolutionPrice),
];

/// What may be set on several at once: what is left empty stays as it is on each.
const EDIT_MANY: [FieldSpec; 3] =
    [line(Part::SalesStage), line(Part::CampaignId).suggests(Suggests::Campaign), line(Part::Owner).suggests(Suggests::Owner)];

const HELP_KIND: FieldSpec = FieldSpec::choice(Part::HelpKind, ChoiceOf::HelpKind, true);
const HELP_NOTE: FieldSpec = field(Part::HelpNote, FieldKind::Notes, true);

/// MG-49 to MG-52 and OV-12.
const SELLING: [FieldSpec; 7] = [
    FieldSpec::choice(Part::Category, ChoiceOf::Category, true),
    FieldSpec::choice(Part::HelpAsked, ChoiceOf::YesNo, true).when(When::NoAssessment),
    HELP_KIND.when(When::HelpAsked),
    HELP_NOTE.when(When::HelpAsked),
    FieldSpec::choice(Part::Share, ChoiceOf::YesNo, true).when(When::Alone),
    needed(Part::Partner).when(When::WithPartner).suggests(Suggests::Partner),
    field(Part::PartnerBrings, FieldKind::Notes, true).when(When::WithPartner),
];

/// The upgrade to co-sell (MG-09, MG-30, MG-31, MG-52).
const ASK_HELP: [FieldSpec; 7] = [
    needed(Part::ContactFirst).under(Head::Contact),
    needed(Part::ContactLast).under(Head::Contact),
    needed(Part::ContactPhone).under(Head::Contact),
    needed(Part::ContactEmail).under(Head::Contact),
    field(Part::Consent, FieldKind::Check, true).under(Head::Contact),
    HELP_KIND.under(Head::Help),
    HELP_NOTE.under(Head::Help),
];

/// What a registration asks for: two facts that no file tells, then the contract.
const REGISTER: [FieldSpec; 15] = [
    FieldSpec::choice(Part::CustomerManaged, ChoiceOf::Told, true),
    FieldSpec::choice(Part::MicrosoftSaid, ChoiceOf::Microsoft, false).when(When::CoSell),
    needed(Part::ContractValue),
    needed(Part::ContractCurrency).suggests(Suggests::Currency),
    FieldSpec::choice(Part::ContractTerm, ChoiceOf::Term, true),
    needed(Part::SignDate),
    needed(Part::StartDate),
    needed(Part::EndDate).when(When::Finite),
    needed(Part::SolutionValue),
    line(Part::SolutionCurrency).suggests(Suggests::Currency),
    FieldSpec::choice(Part::DeployedOnAzure, ChoiceOf::Told, true),
    FieldSpec::choice(Part::PrimaryDeployment, ChoiceOf::Deployment, true),
    FieldSpec::choice(Part::PricingModel, ChoiceOf::Pricing, true),
    FieldSpec::choice(Part::Marketplace, ChoiceOf::Told, true),
    needed(Part::MarketplaceDate).when(When::InMarketplace),
];

/// Puts pages one behind the other.
const fn joined<const N: usize>(pages: &[&[FieldSpec]]) -> [FieldSpec; N] {
    let mut fields = [CUSTOMER[0]; N];
    let (mut page, mut next) = (0, 0);
    while page < pages.len() {
        let mut index = 0;
        while index < pages[page].len() {
            fields[next] = pages[page][index].on(page);
            next += 1;
            index += 1;
        }
        page += 1;
    }
    fields
}

const NEW: [FieldSpec; 36] = joined(&[&CUSTOMER, &DEAL, &PEOPLE, &SOLUTIONS, &SELLING]);
const CORRECT: [FieldSpec; 30] = joined(&[CUSTOMER.split_at(12).0, &DEAL_HELD, &PEOPLE_HELD, &SOLUTIONS]);
const EDIT: [FieldSpec; 18] = joined(&[&DEAL_HELD, &PEOPLE_HELD, &SOLUTIONS]);

impl FormKind {
    pub const fn fields(self) -> &'static [FieldSpec] {
        match self {
            Self::Accept => &ACCEPT,
            Self::Decline => &REASON,
            Self::Win => &WIN,
            Self::Lose => &LOSE,
            Self::New => &NEW,
            Self::Edit => &EDIT,
            Self::Correct => &CORRECT,
            Self::EditMany => &EDIT_MANY,
            Self::AskHelp => &ASK_HELP,
            Self::Register => &REGISTER,
        }
    }

    /// Returns the pages by name; none for a form of one page.
    pub const fn pages(self) -> &'static [Page] {
        match self {
            Self::New => &NEW_PAGES,
            Self::Edit => &EDIT_PAGES,
            Self::Correct => &CORRECT_PAGES,
            Self::Accept | Self::Decline | Self::Win | Self::Lose | Self::EditMany | Self::AskHelp | Self::Register => &[],
        }
    }

    /// Returns the word under which drafts are kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => Verb::Accept.code(),
            Self::Decline => Verb::Decline.code(),
            Self::Win => Verb::Win.code(),
            Self::Lose => Verb::Lose.code(),
            Self::New => crate::store::NEW_DRAFT,
            Self::Edit => "edit",
            Self::Correct => "correct",
            Self::EditMany => "edit-many",
            Self::AskHelp => "ask-help",
            Self::Register => "register",
        }
    }

    pub const fn of(verb: Verb) -> Self {
        match verb {
            Verb::Accept => Self::Accept,
            Verb::Decline => Self::Decline,
            Verb::Win => Self::Win,
            Verb::Lose => Self::Lose,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_on_a_page_and_every_part_is_there_once() {
        for kind in [
            FormKind::Accept,
            FormKind::Decline,
            FormKind::Win,
            FormKind::Lose,
            FormKind::New,
            FormKind::Edit,
            FormKind::Correct,
            FormKind::AskHelp,
            FormKind::Register,
        ] {
            let mut parts: Vec<Part> = kind.fields().iter().map(|spec| spec.part).collect();
            parts.sort_unstable();
            let all = parts.len();
            parts.dedup();
            assert_eq!(parts.len(), all, "{kind:?}");
            assert!(kind.fields().iter().all(|spec| spec.page < kind.pages().len().max(1)), "{kind:?}");
            assert!(kind.fields().windows(2).all(|pair| pair[0].page <= pair[1].page), "{kind:?}");
        }
        assert_eq!(FormKind::New.fields().last().map(|spec| spec.part), Some(Part::PartnerBrings));
        assert_eq!(FormKind::Edit.fields().last().map(|spec| spec.part), Some(Part::SolutionPrice));
    }
}

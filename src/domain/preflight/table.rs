//! The table of the rules: each with how much hangs on it, which deals and layouts it is about, where it is, what helps, its source.

use super::{Case, Cure, Detail, Layout, Rule, Severity, Source, When};
use crate::domain::change::check_winning;
use crate::domain::contact::Person;
use crate::domain::field::Field;
use crate::domain::fold::bare;
use crate::domain::outcome::Outcome;
use crate::domain::part::Part;
use crate::domain::rules::{Warning, warnings};
use crate::domain::solution::{LIST_MAX, Price, Solution};
use crate::domain::stage::Stage;

const ALL: &[Layout] = &Layout::ALL;
const FROM_2023: &[Layout] = &[Layout::Y2023, Layout::Y2026];
const ONLY_2023: &[Layout] = &[Layout::Y2023];

pub(super) const CONSENT: &str = "Consent to share Customer/Partner contact";
pub(super) const INTENT: &str = "Marketplace Purchase Intent";
const REASON: &str = "Declined/Lost/Error reason";

/// Makes the names of the rules and the table out of a line for each rule.
macro_rules! rules {
    ($(
        $id:ident $code:literal $severity:ident, $when:ident, $layouts:ident, $part:expr, $column:expr, $cure:ident,
        $source:ident, $check:expr;
    )*) => {
        /// The name of a rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId {
            $($id,)*
        }

        impl RuleId {
            pub const ALL: [Self; [$($code),*].len()] = [$(Self::$id),*];

            /// Returns the word of commands and of JSON; it stays what it is.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$id => $code,)*
                }
            }
        }

        /// Every rule, in the order of the columns.
        pub static RULES: [Rule; RuleId::ALL.len()] = [$(Rule {
            id: RuleId::$id,
            severity: Severity::$severity,
            when: When::$when,
            layouts: $layouts,
            part: $part,
            column: $column,
            cure: Cure::$cure,
            source: Source::$source,
            check: $check,
        }),*];
    };
}

impl RuleId {
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.code().eq_ignore_ascii_case(code.trim()))
    }

    pub fn rule(self) -> &'static Rule {
        // The table has its rows in the order of the names.
        &RULES[self as usize]
    }
}

// Name, code, severity, which deals, which layouts, part, column, cure, source, check.
rules! {
    ClosedThere "closed-there" Error, Update, ALL, None, "Partner Referral Status", Undo, Closed,
        |case| so(case.is_closed_there() && !case.held.base.is_empty());
    RefusedBefore "refused-before" Warning, Every, ALL, None, "Errors", Correct, BulkLimits,
        |case| case.held.refused.as_ref().filter(|row| row.as_it_stands).map(|row| Detail::Named(vec![row.message.clone()]));
    RefusedCorrected "refused-corrected" Hint, Every, ALL, None, "Errors", Look, BulkLimits, |case| {
        let refused = case.held.refused.as_ref().filter(|row| !row.as_it_stands && case.held.has_update());
        refused.map(|row| Detail::Named(vec![row.message.clone()]))
    };
    EngagementIdMissing "engagement-id-missing" Error, Update, ALL, None, "Engagement ID", Import, BulkIds,
        |case| so(case.on().engagement_id.is_none());
    ReferralIdMissing "referral-id-missing" Error, Update, ALL, None, "Referral ID", Import, BulkIds,
        |case| so(case.on().referral_id.is_none());
    // MG-34 to MG-36, MG-41: name, value, currency and close date.
    NameMissing "name-missing" Error, Worked, ALL, Some(Part::Name), "Deal Name", Set, RequiredColumns,
        |case| so(case.on().deal.name.is_none());
    CustomerStays "customer-stays" Warning, Update, ALL, Some(Part::CustomerName), "Customer Name", Look, ReadOnlyColumns,
        |case| so(case.stays(Field::CustomerName));
    StreetMissing "street-missing" Error, Worked, ALL, Some(Part::Line1), "Customer Address Line 1", Set, RequiredColumns,
        |case| so(case.on().customer.address.line1.is_none());
    CityMissing "city-missing" Error, Worked, ALL, Some(Part::City), "Customer City", Set, RequiredColumns,
        |case| so(case.on().customer.address.city.is_none());
    CountryMissing "country-missing" Error, Worked, ALL, Some(Part::Country), "Customer Country", Set, RequiredColumns,
        |case| so(case.on().customer.address.country.is_none());
    AddressStays "address-stays" Warning, Update, ALL, Some(Part::Line1), "Customer Address Line 1", Look, ReadOnlyColumns,
        |case| so(case.stays(Field::Address));
    DunsMissing "duns-missing" Hint, New, ALL, Some(Part::Duns), "Customer D-U-N-S ID", Look, Matching,
        |case| so(case.on().customer.duns.is_none());
    DunsStays "duns-stays" Warning, Update, ALL, Some(Part::Duns), "Customer D-U-N-S ID", Look, ReadOnlyColumns,
        |case| so(case.stays(Field::Duns));
    // MG-30: the contact, in all four parts, with a help request.
    ContactFirstMissing "contact-first-name-missing" Error, Help, ALL, Some(Part::ContactFirst), "Customer Contact First Name",
        Set, RequiredColumns, |case| contact_lacks(case, |person| &person.first);
    ContactLastMissing "contact-last-name-missing" Error, Help, ALL, Some(Part::ContactLast), "Customer Contact Last Name",
        Set, RequiredColumns, |case| contact_lacks(case, |person| &person.last);
    ContactPhoneMissing "contact-phone-missing" Error, Help, ALL, Some(Part::ContactPhone), "Customer Contact Phone number",
        Set, RequiredColumns, |case| contact_lacks(case, |person| &person.phone);
    ContactEmailMissing "contact-email-missing" Error, Help, ALL, Some(Part::ContactEmail), "Customer Contact Email Address",
        Set, RequiredColumns, |case| contact_lacks(case, |person| &person.email);
    ContactStays "contact-stays" Warning, Update, ALL, Some(Part::Contact), "Customer Contact First Name", Look, ReadOnlyColumns,
        |case| so(case.stays(Field::Contact));
    // MG-63, MG-72.
    ReasonMissing "reason-missing" Error, Reasoned, ALL, Some(Part::Reason), REASON, TakeBack, Reasons,
        |case| so(case.on().stage.outcome().is_some_and(|outcome| outcome.reason().is_none()));
    // MG-65.
    AnswerLate "answer-late" Warning, Update, ALL, None, "Partner Referral Substatus", Import, Lifecycle, answered_late;
    StageMissing "sales-stage-missing" Error, Assessment, ALL, Some(Part::SalesStage), "Sales Stage", Set, Assessments,
        |case| so(When::Worked.is_so(case) && case.on().deal.sales_stage.is_none());
    AssessmentOpen "assessment-open" Error, Assessment, ALL, Some(Part::SalesStage), "Sales Stage", Set, Assessments,
        |case| so(matches!(case.on().stage.outcome(), Some(Outcome::Won)) && check_winning(case.on()).is_err());
    ValueMissing "value-missing" Error, Worked, ALL, Some(Part::Value), "Estimated Deal Value", Set, RequiredColumns,
        |case| so(case.on().deal.value.is_none());
    ValueZero "value-zero" Warning, Worked, ALL, Some(Part::Value), "Estimated Deal Value", Set, RequiredColumns,
        |case| so(case.on().deal.value.is_some_and(|value| value.minor() == 0));
    ValueHuge "value-huge" Warning, Open, ALL, Some(Part::Value), "Estimated Deal Value", Set, RequiredColumns,
        |case| so(warns(case, |warning| matches!(warning, Warning::ValueHuge(_))));
    CurrencyMissing "currency-missing" Error, Worked, ALL, Some(Part::Currency), "Currency", Set, RequiredColumns,
        |case| so(case.on().deal.value.is_none());
    CloseDateMissing "close-date-missing" Error, Worked, ALL, Some(Part::CloseDate), "Estimated Close Date", Set, RequiredColumns,
        |case| so(case.on().deal.close_date.is_none());
    CloseDatePast "close-date-past" Warning, Open, ALL, Some(Part::CloseDate), "Estimated Close Date", Set, RequiredColumns,
        |case| {
            let past = warns(case, |warning| matches!(warning, Warning::CloseDatePast(_)));
            case.on().deal.close_date.map(Detail::Day).filter(|_| past)
        };
    NotesMissing "notes-missing" Warning, New, ONLY_2023, Some(Part::Notes), "Notes", Set, RequiredColumns,
        |case| so(case.on().deal.notes.is_none());
    // MG-51, MG-52.
    HelpKindMissing "help-kind-missing" Error, Help, ALL, Some(Part::HelpKind), "What specific help from Microsoft?", Set, Help,
        |case| so(case.on().help.as_ref().is_some_and(|help| help.kind.is_none()));
    HelpStays "help-stays" Warning, Update, ALL, Some(Part::HelpKind), "What specific help from Microsoft?", Look, ReadOnlyColumns,
        |case| so(case.stays(Field::Help));
    // MG-09: what is shared stays so.
    ShareStays "share-stays" Warning, Update, ALL, Some(Part::Share), "Share with Microsoft sales team", Look, ReadOnlyColumns,
        |case| so(case.stays(Field::Kind));
    // MG-50.
    PrivateByUpload "private-by-upload" Hint, Private, ALL, Some(Part::Share), "Share with Microsoft sales team", Look, DealTypes,
        |case| so(case.held.has_update());
    // OV-16: no layout has a column for a partner.
    PartnerByHand "partner-by-hand" Hint, Every, ALL, Some(Part::Partner), "", Look, DealTypes,
        |case| so(case.on().partner.is_some() && (case.there.is_none() || case.held.base.contains_key(&Field::Partner)));
    // MG-31.
    ConsentRefused "consent-refused" Error, Every, ALL, Some(Part::Consent), CONSENT, Ask, RequiredColumns,
        |case| so(kept(case, CONSENT).is_some_and(|said| said.eq_ignore_ascii_case("no")));
    ConsentUnknown "consent-unknown" Warning, New, ALL, Some(Part::Consent), CONSENT, Ask, RequiredColumns,
        |case| so(kept(case, CONSENT).is_none() && !case.on().help.as_ref().is_some_and(|help| help.consent));
    IntentUnknown "purchase-intent-unknown" Warning, Worked, FROM_2023, None, INTENT, InCenter, Template2026,
        |case| so(kept(case, INTENT).is_none());
    // MG-46.
    SolutionMissing "solution-missing" Error, Worked, ALL, Some(Part::Solutions), "Solution 1", Set, RequiredColumns,
        |case| so(case.on().solutions.is_empty());
    SolutionsTooMany "solutions-too-many" Error, Every, ALL, Some(Part::Solutions), "Solution 50", TakeOff, BulkLimits,
        |case| too_many(case.on().solutions.len());
    AssessmentSolutions "assessment-solutions" Error, Assessment, ALL, Some(Part::Solutions), "Solution 2", TakeOff, Assessments,
        |case| Some(case.on().solutions.len()).filter(|n| *n > 1).map(Detail::Count);
    SolutionCell "solution-cell" Error, Every, ALL, Some(Part::Solutions), "Solution 1", TakeOff, BulkCells,
        |case| named(case.on().solutions.iter().filter(|one| !fits_a_solution_cell(one)).map(|one| one.id.to_string()));
    // MG-43.
    TeamMissing "team-missing" Error, Worked, ALL, Some(Part::Employees), "Team member 1", Set, RequiredColumns,
        |case| so(case.on().employees.is_empty());
    TeamTooMany "team-too-many" Error, Every, ALL, Some(Part::Employees), "Team member 50", TakeOff, BulkLimits,
        |case| too_many(case.on().employees.len());
    TeamCell "team-cell" Error, Every, ALL, Some(Part::Employees), "Team member 1", TakeOff, BulkCells,
        |case| named(case.on().employees.iter().filter(|one| !fits_a_person_cell(one)).map(Person::name));
    TeamIncomplete "team-incomplete" Warning, Worked, ALL, Some(Part::Employees), "Team member 1", TakeOff, BulkCells,
        |case| named(case.on().employees.iter().filter(|one| !one.is_complete()).map(Person::name));
}

fn so(found: bool) -> Option<Detail> {
    found.then_some(Detail::Plain)
}

fn named(names: impl Iterator<Item = String>) -> Option<Detail> {
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then_some(Detail::Named(names))
}

fn too_many(len: usize) -> Option<Detail> {
    (len > LIST_MAX).then_some(Detail::Count(len))
}

fn contact_lacks(case: &Case<'_>, part: fn(&Person) -> &String) -> Option<Detail> {
    so(case.on().customer.contact.as_ref().is_none_or(|person| part(person).trim().is_empty()))
}

fn warns(case: &Case<'_>, which: fn(&Warning) -> bool) -> bool {
    let deal = &case.on().deal;
    warnings(deal.value, deal.close_date, case.terms.today).iter().any(which)
}

/// What Partner Center still takes for unanswered may have expired there before the answer comes (MG-65).
fn answered_late(case: &Case<'_>) -> Option<Detail> {
    let Some(Stage::Received { respond_by }) = case.there.as_ref().map(|there| &there.stage) else { return None };
    let is_answered = case.held.base.contains_key(&Field::Stage);
    Some(Detail::Moment(respond_by.at)).filter(|_| is_answered && respond_by.at <= case.terms.now)
}

/// Returns what a column that is not modelled said, however its head was written; nothing for an empty cell.
fn kept<'a>(case: &Case<'a>, column: &str) -> Option<&'a str> {
    let wanted = bare(column);
    let said = case.held.extra.iter().find(|(name, _)| bare(name) == wanted)?.1;
    said.as_str().map(str::trim).filter(|said| !said.is_empty())
}

/// The cell is `first, last, phone, email`: a comma within a part makes another part of what follows.
fn fits_a_person_cell(person: &Person) -> bool {
    [&person.first, &person.last, &person.phone, &person.email].into_iter().all(|part| fits_a_cell(part))
}

/// The cell is `id, currency, price, quantity`.
fn fits_a_solution_cell(solution: &Solution) -> bool {
    let id = solution.id.as_str();
    let price = solution.price.as_ref().is_none_or(|price| Price::parse(price.as_str()).is_ok());
    fits_a_cell(id) && !id.contains(char::is_whitespace) && price
}

fn fits_a_cell(part: &str) -> bool {
    !part.contains(',') && !part.chars().any(char::is_control)
}

//! What Partner Center asks of an upload, as one table of rules, and what of it a deal does not meet yet; no files and no words.
//!
//! What a type cannot hold is no rule here: a deal has a customer's name and a status, a sales stage is one of six, a currency and a
//! country are of ISO.

use super::date::{Date, Moment};
use super::draft::EDIT_PARTS;
use super::field::{Field, NeverSent, NotEditable, Sendable};
use super::held::Held;
use super::instant::Timestamp;
use super::opportunity::{Kind, Opportunity};
use super::outcome::OutcomeKind;
use super::part::Part;
use super::stage::Stage;

mod table;

pub use table::{RULES, RuleId};

/// The columns that an upload needs and that no deal can lack, because their types do not let it.
pub const ALWAYS_THERE: [&str; 3] = ["Customer Name", "Partner Referral Status", "Partner Referral Substatus"];

/// The layouts of the upload file, by the year of their template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Layout {
    Y2021,
    Y2023,
    #[default]
    Y2026,
}

impl Layout {
    pub const ALL: [Self; 3] = [Self::Y2021, Self::Y2023, Self::Y2026];
    /// The words of `--layout`, in the order of [`Self::ALL`].
    pub const CODES: [&'static str; 3] = ["2021", "2023", "2026"];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Y2021 => "2021",
            Self::Y2023 => "2023",
            Self::Y2026 => "2026",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.code() == code.trim())
    }
}

/// How much hangs on a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Partner Center would refuse the row.
    Error,
    /// The row is taken, but it says something that deserves a look, or leaves something out.
    Warning,
    /// Good to know.
    Hint,
}

impl Severity {
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Hint];

    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// Which deals a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    Every,
    /// Partner Center does not know it yet.
    New,
    /// Partner Center knows it.
    Update,
    /// We work on it, or have won or lost it: a decline says nothing of the sale.
    Worked,
    /// We work on it.
    Open,
    /// Microsoft's help is asked for (MG-51).
    Help,
    /// It is declined, lost or an error.
    Reasoned,
    Assessment,
    Private,
}

impl When {
    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Every => "every",
            Self::New => "new",
            Self::Update => "update",
            Self::Worked => "worked",
            Self::Open => "open",
            Self::Help => "help",
            Self::Reasoned => "reasoned",
            Self::Assessment => "assessment",
            Self::Private => "private",
        }
    }

    fn is_so(self, case: &Case<'_>) -> bool {
        let on = case.on();
        let outcome = || on.stage.outcome().map(super::outcome::Outcome::kind);
        let is_open = matches!(on.stage, Stage::Accepted { .. });
        match self {
            Self::Every => true,
            Self::New => case.there.is_none(),
            Self::Update => case.there.is_some(),
            Self::Worked => is_open || matches!(outcome(), Some(OutcomeKind::Won | OutcomeKind::Lost)),
            Self::Open => is_open,
            Self::Help => on.help.is_some(),
            Self::Reasoned => matches!(outcome(), Some(OutcomeKind::Declined | OutcomeKind::Lost | OutcomeKind::Error)),
            Self::Assessment => on.kind == Kind::SolutionAssessment,
            Self::Private => on.kind == Kind::PrivatePipeline,
        }
    }
}

/// What a rule is known from: the pages of Partner Center's documentation, and the templates themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    RequiredColumns,
    Template2026,
    BulkLimits,
    BulkIds,
    BulkCells,
    ReadOnlyColumns,
    Closed,
    Reasons,
    Help,
    Lifecycle,
    DealTypes,
    Assessments,
    Matching,
}

impl Source {
    pub const ALL: [Self; 13] = [
        Self::RequiredColumns,
        Self::Template2026,
        Self::BulkLimits,
        Self::BulkIds,
        Self::BulkCells,
        Self::ReadOnlyColumns,
        Self::Closed,
        Self::Reasons,
        Self::Help,
        Self::Lifecycle,
        Self::DealTypes,
        Self::Assessments,
        Self::Matching,
    ];
}

/// One rule of the receiving side.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub id: RuleId,
    pub severity: Severity,
    pub when: When,
    /// The layouts whose files it is about.
    pub layouts: &'static [Layout],
    /// What of the deal it is about; `None` for what is no part of it.
    pub part: Option<Part>,
    /// The column of the upload that it is about; nothing where there is none.
    pub column: &'static str,
    pub cure: Cure,
    pub source: Source,
    check: fn(&Case<'_>) -> Option<Detail>,
}

impl Rule {
    /// Returns where in a deal it is: the path of a part, else the name of the column.
    pub const fn field(&self) -> &'static str {
        match self.part {
            Some(part) => part.path(),
            None => self.column,
        }
    }

    /// Returns whether one value can settle it on several deals: its part is one that the rep edits.
    pub fn is_fixable(&self) -> bool {
        self.cure == Cure::Set && self.part.is_some_and(|part| EDIT_PARTS.contains(&part))
    }

    /// Returns what it finds about a deal that a row is written of.
    fn find(&'static self, case: &Case<'_>) -> Option<Finding> {
        if !self.layouts.contains(&case.terms.layout) || !self.when.is_so(case) {
            return None;
        }
        (self.check)(case).map(|detail| Finding { rule: self.id, detail, cure: self.cured(case) })
    }

    /// Returns the cure that is open to the rep: what cannot be edited any more has another one.
    fn cured(&self, case: &Case<'_>) -> Cure {
        let part = match (self.cure, self.part) {
            (Cure::Set | Cure::TakeOff, Some(part)) => part,
            (Cure::TakeBack, _) if !case.is_decided_here() => return Cure::InCenter,
            _ => return self.cure,
        };
        match case.held.check_edit(part.field()) {
            Ok(()) => self.cure,
            Err(NotEditable::Archived) if case.is_decided_here() => Cure::TakeBack,
            Err(_) if case.there.is_none() => Cure::MakeAnew,
            Err(_) => Cure::InCenter,
        }
    }
}

/// What helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cure {
    /// Its part is set, or an entry added to it.
    Set,
    /// Entries are taken off.
    TakeOff,
    /// The step that closed it is taken back, and done again.
    TakeBack,
    /// The change is taken back.
    Undo,
    /// It is made once more, and this one taken back.
    MakeAnew,
    /// It is set in Partner Center and comes in with the next import.
    InCenter,
    /// A newer download is imported.
    Import,
    /// Somebody is asked before the upload.
    Ask,
    /// What was refused is corrected.
    Correct,
    /// Nothing has to be done.
    Look,
}

impl Cure {
    pub const ALL: [Self; 10] = [
        Self::Set,
        Self::TakeOff,
        Self::TakeBack,
        Self::Undo,
        Self::MakeAnew,
        Self::InCenter,
        Self::Import,
        Self::Ask,
        Self::Correct,
        Self::Look,
    ];
}

/// What of a deal does not meet a rule, beyond that it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    Plain,
    /// So many, where at most [`super::solution::LIST_MAX`] or exactly one are taken.
    Count(usize),
    Day(Date),
    Moment(Timestamp),
    /// These people, or these solutions.
    Named(Vec<String>),
}

/// A rule that a deal does not meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: RuleId,
    pub detail: Detail,
    pub cure: Cure,
}

impl Finding {
    pub fn severity(&self) -> Severity {
        self.rule.rule().severity
    }
}

/// What a deal is checked against.
#[derive(Debug, Clone, Copy)]
pub struct PreflightTerms {
    pub now: Timestamp,
    pub today: Date,
    pub layout: Layout,
}

impl PreflightTerms {
    pub fn at(moment: Moment, layout: Layout) -> Self {
        Self { now: moment.now, today: *moment.today, layout }
    }
}

/// A deal that is checked.
struct Case<'a> {
    held: &'a Held,
    /// As Partner Center knows it; `None` where it does not.
    there: Option<Opportunity>,
    terms: &'a PreflightTerms,
}

impl Case<'_> {
    const fn on(&self) -> &Opportunity {
        &self.held.opportunity
    }

    /// Returns whether its stage is a decision that Partner Center has not heard of.
    fn is_decided_here(&self) -> bool {
        self.there.is_none() || self.held.base.contains_key(&Field::Stage)
    }

    fn is_closed_there(&self) -> bool {
        self.there.as_ref().is_some_and(|there| matches!(there.stage, Stage::Archived { .. }))
    }

    /// Returns whether ours of a field differs from theirs and cannot go there any more.
    fn stays(&self, field: Field) -> bool {
        let Some(there) = self.there.as_ref().filter(|_| self.held.base.contains_key(&field)) else { return false };
        let is_shared = matches!(there.kind, Kind::CoSell | Kind::PartnerLed);
        match field {
            _ if self.is_closed_there() => false,
            Field::Contact => is_shared && there.customer.contact.is_some(),
            Field::Help => there.help.is_some(),
            Field::Kind => is_shared && self.on().kind != Kind::CoSell,
            _ => match field.sendable() {
                Sendable::Never(NeverSent::AfterCreation | NeverSent::ReadOnly | NeverSent::NoPlace) => true,
                Sendable::Never(NeverSent::Personal | NeverSent::Ours) | Sendable::Patch(..) | Sendable::Column(_) => false,
            },
        }
    }
}

/// Returns whether Partner Center takes no new value of a field of a deal that it knows, because it is read-only there by now.
pub fn is_read_only_there(held: &Held, field: Field, terms: &PreflightTerms) -> bool {
    let case = case(held, terms);
    case.is_closed_there() || case.stays(field)
}

fn case<'a>(held: &'a Held, terms: &'a PreflightTerms) -> Case<'a> {
    // A kept value that cannot be read is for the doctor; what we hold is the next best.
    let there = || held.as_known_there().unwrap_or_else(|_| held.opportunity.clone());
    Case { held, there: (!held.is_unknown_there()).then(there), terms }
}

/// Returns whether there is anything to send of it, now or as soon as something is edited: of what is closed there, or not answered
/// yet, there is not.
fn has_a_row(held: &Held) -> bool {
    held.has_update() || matches!(held.opportunity.stage, Stage::Accepted { .. })
}

/// Returns everything that keeps the row of a deal from being taken, or deserves a look before it is sent, in the order of the
/// columns. Of a deal without a row it is nothing.
pub fn findings(held: &Held, terms: &PreflightTerms) -> Vec<Finding> {
    if !has_a_row(held) {
        return Vec::new();
    }
    let case = case(held, terms);
    RULES.iter().filter_map(|rule| rule.find(&case)).collect()
}

#[cfg(test)]
mod tests;

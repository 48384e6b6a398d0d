//! The forms there are: which fields each has, in which order, and which of them are needed.

use crate::domain::stage::Verb;

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormKind {
    Accept,
    Decline,
    Win,
    Lose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Line,
    Notes,
    Reason,
}

/// What a field is called; the words are in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    Name,
    Value,
    Currency,
    CloseDate,
    Notes,
    CrmId,
    CampaignId,
    Employees,
    Reason,
    Note,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// The path of the JSON shape; complaints name it.
    pub path: &'static str,
    pub label: Label,
    pub kind: FieldKind,
    pub required: bool,
}

const fn field(path: &'static str, label: Label, kind: FieldKind, required: bool) -> FieldSpec {
    FieldSpec { path, label, kind, required }
}

/// Acceptance (MG-57 to MG-60).
const ACCEPT: [FieldSpec; 8] = [
    field("deal.name", Label::Name, FieldKind::Line, true),
    field("deal.value", Label::Value, FieldKind::Line, true),
    field("deal.currency", Label::Currency, FieldKind::Line, true),
    field("deal.closeDate", Label::CloseDate, FieldKind::Line, true),
    field("deal.notes", Label::Notes, FieldKind::Notes, false),
    field("deal.crmId", Label::CrmId, FieldKind::Line, false),
    field("deal.campaignId", Label::CampaignId, FieldKind::Line, false),
    field("employees", Label::Employees, FieldKind::Notes, false),
];

/// Declining and losing (MG-63, MG-72).
const REASON: [FieldSpec; 2] =
    [field("reason", Label::Reason, FieldKind::Reason, true), field("notes", Label::Note, FieldKind::Notes, false)];

impl FormKind {
    pub const fn fields(self) -> &'static [FieldSpec] {
        match self {
            Self::Accept => &ACCEPT,
            Self::Decline | Self::Lose => &REASON,
            Self::Win => &[],
        }
    }

    /// Returns the word under which drafts are kept.
    pub const fn code(self) -> &'static str {
        self.verb().code()
    }

    pub const fn verb(self) -> Verb {
        match self {
            Self::Accept => Verb::Accept,
            Self::Decline => Verb::Decline,
            Self::Win => Verb::Win,
            Self::Lose => Verb::Lose,
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

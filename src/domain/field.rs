//! Every field of an opportunity once: its path, how it is read and set as a plain value, who may change it when.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::opportunity::{Kind, Opportunity};
use super::stage::StageKind;

/// A field that history, imports and conflicts speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Stage,
    Name,
    Value,
    CloseDate,
    SalesStage,
    CrmId,
    CampaignId,
    Notes,
    CustomerName,
    Duns,
    Address,
    Contact,
    Employees,
    Solutions,
    Help,
    Partner,
    MicrosoftStatus,
    Kind,
    Origin,
    CreatedAt,
    ReferralId,
    EngagementId,
    Favorite,
}

/// Who may change a field, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayChange {
    /// The rep, until it is archived (MG-40, MG-44, MG-47, MG-68 to MG-70).
    UntilArchived,
    /// The rep, always (MG-19, MG-78).
    Always,
    /// Only steps of the life of an opportunity.
    BySteps,
    /// Only a help request, with which it is shared and settled (MG-09, MG-30).
    WithHelp,
    /// Nobody once the deal is made: Partner Center reads it then and never again.
    AtCreation,
    /// Only Partner Center, through an import.
    ByImport,
}

/// Why the rep may not edit a field of an opportunity now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEditable {
    /// Archived is final (MG-77).
    Archived,
    /// Not answered yet: accepting settles it (MG-57).
    Received,
    /// The one solution of a solution assessment stays what it is.
    Assessment,
    BySteps,
    WithHelp,
    AtCreation,
    ByImport,
}

/// What a stage makes of editing: one row for each, in the order of life. `None` is "as the field says".
const EDITING: [(StageKind, Option<NotEditable>); 3] = [
    (StageKind::Received, Some(NotEditable::Received)),
    (StageKind::Accepted, None),
    (StageKind::Archived, Some(NotEditable::Archived)),
];

impl Field {
    pub const ALL: [Self; 23] = [
        Self::Stage,
        Self::Name,
        Self::Value,
        Self::CloseDate,
        Self::SalesStage,
        Self::CrmId,
        Self::CampaignId,
        Self::Notes,
        Self::CustomerName,
        Self::Duns,
        Self::Address,
        Self::Contact,
        Self::Employees,
        Self::Solutions,
        Self::Help,
        Self::Partner,
        Self::MicrosoftStatus,
        Self::Kind,
        Self::Origin,
        Self::CreatedAt,
        Self::ReferralId,
        Self::EngagementId,
        Self::Favorite,
    ];

    /// Returns the path of the JSON shape; also the key in history and in the database.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Name => "deal.name",
            Self::Value => "deal.value",
            Self::CloseDate => "deal.closeDate",
            Self::SalesStage => "deal.salesStage",
            Self::CrmId => "deal.crmId",
            Self::CampaignId => "deal.campaignId",
            Self::Notes => "deal.notes",
            Self::CustomerName => "customer.name",
            Self::Duns => "customer.duns",
            Self::Address => "customer.address",
            Self::Contact => "customer.contact",
            Self::Employees => "employees",
            Self::Solutions => "solutions",
            Self::Help => "help",
            Self::Partner => "partner",
            Self::MicrosoftStatus => "help.microsoftStatus",
            Self::Kind => "type",
            Self::Origin => "sender",
            Self::CreatedAt => "createdAt",
            Self::ReferralId => "referralId",
            Self::EngagementId => "engagementId",
            Self::Favorite => "favorite",
        }
    }

    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.path() == path)
    }

    pub const fn may_change(self) -> MayChange {
        match self {
            Self::Name | Self::Value | Self::CloseDate | Self::SalesStage | Self::CrmId | Self::CampaignId | Self::Notes => {
                MayChange::UntilArchived
            }
            Self::Employees | Self::Solutions => MayChange::UntilArchived,
            Self::Favorite => MayChange::Always,
            Self::Stage => MayChange::BySteps,
            Self::Help | Self::Kind | Self::Contact => MayChange::WithHelp,
            Self::CustomerName | Self::Duns | Self::Address | Self::Partner => MayChange::AtCreation,
            Self::MicrosoftStatus | Self::Origin | Self::CreatedAt | Self::ReferralId | Self::EngagementId => MayChange::ByImport,
        }
    }

    /// Returns why the rep may not edit the field of an opportunity in its present stage (MG-40, MG-68 to MG-70, MG-77).
    ///
    /// # Errors
    /// [`NotEditable`].
    pub fn check_edit(self, on: &Opportunity) -> Result<(), NotEditable> {
        match self.may_change() {
            MayChange::Always => return Ok(()),
            MayChange::BySteps => return Err(NotEditable::BySteps),
            MayChange::WithHelp => return Err(NotEditable::WithHelp),
            MayChange::AtCreation => return Err(NotEditable::AtCreation),
            MayChange::ByImport => return Err(NotEditable::ByImport),
            MayChange::UntilArchived => {}
        }
        let stage = on.stage.kind();
        if let Some((_, Some(why))) = EDITING.iter().find(|(kind, _)| *kind == stage) {
            return Err(*why);
        }
        if self == Self::Solutions && on.kind == Kind::SolutionAssessment { Err(NotEditable::Assessment) } else { Ok(()) }
    }

    /// Returns whether the rep freezes it by archiving; the consequence dialogs count these.
    pub fn is_frozen_by_archiving(self) -> bool {
        self.may_change() == MayChange::UntilArchived
    }

    /// Returns whether two records agree in this field.
    pub fn same(self, a: &Opportunity, b: &Opportunity) -> bool {
        match self {
            Self::Stage => a.stage == b.stage,
            Self::Name => a.deal.name == b.deal.name,
            Self::Value => a.deal.value == b.deal.value,
            Self::CloseDate => a.deal.close_date == b.deal.close_date,
            Self::SalesStage => a.deal.sales_stage == b.deal.sales_stage,
            Self::CrmId => a.deal.crm_id == b.deal.crm_id,
            Self::CampaignId => a.deal.campaign_id == b.deal.campaign_id,
            Self::Notes => a.deal.notes == b.deal.notes,
            Self::CustomerName => a.customer.name == b.customer.name,
            Self::Duns => a.customer.duns == b.customer.duns,
            Self::Address => a.customer.address == b.customer.address,
            Self::Contact => a.customer.contact == b.customer.contact,
            Self::Employees => a.employees == b.employees,
            Self::Solutions => a.solutions == b.solutions,
            Self::Help => a.help == b.help,
            Self::Partner => a.partner == b.partner,
            Self::MicrosoftStatus => a.microsoft_status == b.microsoft_status,
            Self::Kind => a.kind == b.kind,
            Self::Origin => a.origin == b.origin,
            Self::CreatedAt => a.created_at == b.created_at,
            Self::ReferralId => a.referral_id == b.referral_id,
            Self::EngagementId => a.engagement_id == b.engagement_id,
            Self::Favorite => a.favorite == b.favorite,
        }
    }

    /// Returns the field's value in plain form, as history keeps it.
    pub fn get(self, from: &Opportunity) -> Value {
        match self {
            Self::Stage => plain(&from.stage),
            Self::Name => plain(&from.deal.name),
            Self::Value => plain(&from.deal.value),
            Self::CloseDate => plain(&from.deal.close_date),
            Self::SalesStage => plain(&from.deal.sales_stage),
            Self::CrmId => plain(&from.deal.crm_id),
            Self::CampaignId => plain(&from.deal.campaign_id),
            Self::Notes => plain(&from.deal.notes),
            Self::CustomerName => plain(&from.customer.name),
            Self::Duns => plain(&from.customer.duns),
            Self::Address => plain(&from.customer.address),
            Self::Contact => plain(&from.customer.contact),
            Self::Employees => plain(&from.employees),
            Self::Solutions => plain(&from.solutions),
            Self::Help => plain(&from.help),
            Self::Partner => plain(&from.partner),
            Self::MicrosoftStatus => plain(&from.microsoft_status),
            Self::Kind => plain(&from.kind),
            Self::Origin => plain(&from.origin),
            Self::CreatedAt => plain(&from.created_at),
            Self::ReferralId => plain(&from.referral_id),
            Self::EngagementId => plain(&from.engagement_id),
            Self::Favorite => plain(&from.favorite),
        }
    }

    /// Sets the field from its plain form.
    ///
    /// # Errors
    /// [`BadValue`] when the value was not made by [`Field::get`]; the record is then unchanged.
    pub fn put(self, into: &mut Opportunity, value: &Value) -> Result<(), BadValue> {
        match self {
            Self::Stage => into.stage = self.read(value)?,
            Self::Name => into.deal.name = self.read(value)?,
            Self::Value => into.deal.value = self.read(value)?,
            Self::CloseDate => into.deal.close_date = self.read(value)?,
            Self::SalesStage => into.deal.sales_stage = self.read(value)?,
            Self::CrmId => into.deal.crm_id = self.read(value)?,
            Self::CampaignId => into.deal.campaign_id = self.read(value)?,
            Self::Notes => into.deal.notes = self.read(value)?,
            Self::CustomerName => into.customer.name = self.read(value)?,
            Self::Duns => into.customer.duns = self.read(value)?,
            Self::Address => into.customer.address = self.read(value)?,
            Self::Contact => into.customer.contact = self.read(value)?,
            Self::Employees => into.employees = self.read(value)?,
            Self::Solutions => into.solutions = self.read(value)?,
            Self::Help => into.help = self.read(value)?,
            Self::Partner => into.partner = self.read(value)?,
            Self::MicrosoftStatus => into.microsoft_status = self.read(value)?,
            Self::Kind => into.kind = self.read(value)?,
            Self::Origin => into.origin = self.read(value)?,
            Self::CreatedAt => into.created_at = self.read(value)?,
            Self::ReferralId => into.referral_id = self.read(value)?,
            Self::EngagementId => into.engagement_id = self.read(value)?,
            Self::Favorite => into.favorite = self.read(value)?,
        }
        Ok(())
    }

    fn read<T: DeserializeOwned>(self, value: &Value) -> Result<T, BadValue> {
        T::deserialize(value).map_err(|_| BadValue(self.path()))
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.path())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        Self::from_path(&path).ok_or_else(|| serde::de::Error::custom(format_args!("no field {path}")))
    }
}

/// A kept value that does not fit its field: the database was changed by something else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the kept value of {0} cannot be read")]
pub struct BadValue(pub &'static str);

fn plain<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests;

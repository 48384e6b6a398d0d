//! Every field of an opportunity once: its path and place, whose it is, who may change it when, and where Partner Center takes it.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::opportunity::{Kind, Opportunity};
use super::stage::StageKind;

/// Makes everything that is said of fields out of one table: a line for each field.
macro_rules! fields {
    ($($field:ident $path:literal at $($place:ident).+, $scope:ident, $may:ident, $sendable:expr;)*) => {
        /// A field that history, imports and conflicts speak of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($field,)*
        }

        impl Field {
            pub const ALL: [Self; [$($path),*].len()] = [$(Self::$field),*];

            /// Returns the path of the JSON shape; also the key in history and in the database.
            pub const fn path(self) -> &'static str {
                match self {
                    $(Self::$field => $path,)*
                }
            }

            /// Returns whose the field is.
            pub const fn scope(self) -> Scope {
                match self {
                    $(Self::$field => Scope::$scope,)*
                }
            }

            pub const fn may_change(self) -> MayChange {
                match self {
                    $(Self::$field => MayChange::$may,)*
                }
            }

            /// Returns whether and where Partner Center takes a new value of the field on a deal that it knows.
            pub const fn sendable(self) -> Sendable {
                match self {
                    $(Self::$field => $sendable,)*
                }
            }

            /// Returns whether two records agree in this field, whatever our clock makes of it.
            pub fn same(self, a: &Opportunity, b: &Opportunity) -> bool {
                match self {
                    Self::Stage => a.stage.same(&b.stage),
                    $(#[allow(unreachable_patterns, reason = "the stage stands above")] Self::$field => a.$($place).+ == b.$($place).+,)*
                }
            }

            /// Returns the field's value in plain form, as history keeps it: as it was told, without what our clock makes of it.
            pub fn get(self, from: &Opportunity) -> Value {
                match self {
                    Self::Stage => plain(&from.stage.told()),
                    $(#[allow(unreachable_patterns, reason = "the stage stands above")] Self::$field => plain(&from.$($place).+),)*
                }
            }

            /// Sets the field from its plain form.
            ///
            /// # Errors
            /// [`BadValue`] when the value was not made by [`Field::get`]; the record is then unchanged.
            pub fn put(self, into: &mut Opportunity, value: &Value) -> Result<(), BadValue> {
                self.put_from(into, value)
            }

            /// As [`Field::put`], from any source of a plain form: JSON that was not read yet needs no value in between.
            ///
            /// # Errors
            /// As there.
            pub fn put_from<'de, D: Deserializer<'de>>(self, into: &mut Opportunity, plain: D) -> Result<(), BadValue> {
                match self {
                    $(Self::$field => into.$($place).+ = self.read(plain)?,)*
                }
                Ok(())
            }
        }
    };
}

use NeverSent as N;
use Sendable::{Column, Never, Patch};

// A field, its path, its place in the record, whose it is, who may change it, where Partner Center takes it.
fields! {
    Stage "stage" at stage, Shared, BySteps, Patch(&["/status", "/substatus", "/statusReason"],
        &["Partner Referral Status", "Partner Referral Substatus", "Declined/Lost/Error reason"]);
    Name "deal.name" at deal.name, Shared, UntilArchived, Column(&["Deal Name"]);
    Value "deal.value" at deal.value, Shared, UntilArchived,
        Patch(&["/details/dealValue", "/details/currency"], &["Estimated Deal Value", "Currency"]);
    CloseDate "deal.closeDate" at deal.close_date, Shared, UntilArchived,
        Patch(&["/details/closingDateTime"], &["Estimated Close Date"]);
    SalesStage "deal.salesStage" at deal.sales_stage, Shared, UntilArchived, Patch(&["/salesStage"], &["Sales Stage"]);
    CrmId "deal.crmId" at deal.crm_id, Shared, UntilArchived, Patch(&["/externalReferenceId"], &["CRM ID"]);
    CampaignId "deal.campaignId" at deal.campaign_id, Shared, UntilArchived, Patch(&["/campaignId"], &["Marketing Campaign ID"]);
    Notes "deal.notes" at deal.notes, Shared, UntilArchived, Patch(&["/details/notes"], &["Notes"]);
    CustomerName "customer.name" at customer.name, Shared, AtCreation, Never(N::AfterCreation);
    Duns "customer.duns" at customer.duns, Shared, AtCreation, Never(N::AfterCreation);
    Address "customer.address" at customer.address, Shared, AtCreation, Never(N::AfterCreation);
    Contact "customer.contact" at customer.contact, Shared, WithHelp, Patch(&["/customerProfile/team"],
        &["Customer Contact First Name", "Customer Contact Last Name", "Customer Contact Phone number", "Customer Contact Email Address"]);
    Employees "employees" at employees, Shared, UntilArchived, Patch(&["/team"], &["Team member"]);
    Solutions "solutions" at solutions, Shared, UntilArchived, Patch(&["/details/requirements/solutions"], &["Solution"]);
    Help "help" at help, Shared, WithHelp,
        Column(&["Microsoft help required?", "What specific help from Microsoft?", "Notes to Microsoft"]);
    Partner "partner" at partner, Shared, AtCreation, Never(N::NoPlace);
    MicrosoftStatus "help.microsoftStatus" at microsoft_status, Shared, ByImport, Never(N::ReadOnly);
    Kind "type" at kind, Shared, WithHelp,
        Patch(&["/consent/consentToShareReferralWithMicrosoftSellers"], &["Share with Microsoft sales team"]);
    Origin "sender" at origin, Shared, ByImport, Never(N::ReadOnly);
    CreatedAt "createdAt" at created_at, Shared, ByImport, Never(N::ReadOnly);
    ReferralId "referralId" at referral_id, Shared, ByImport, Never(N::ReadOnly);
    EngagementId "engagementId" at engagement_id, Shared, ByImport, Never(N::ReadOnly);
    Favorite "favorite" at favorite, Personal, Always, Never(N::Personal);
    Owner "owner" at owner, Shared, Always, Never(N::Ours);
    Next "next" at next, Shared, Always, Never(N::Ours);
    Log "log" at log, Shared, Always, Never(N::Ours);
}

/// Whose a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's who works on the deal.
    Shared,
    /// Of the one rep at this machine.
    Personal,
    /// Nobody's: it follows from other fields, from settings and from the clock.
    Derived,
}

/// Whether and where Partner Center takes a new value of a field on a deal that it knows. What it takes by the API it takes in an
/// upload too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sendable {
    /// At these paths of a PATCH of the Referrals API, and in these columns of an upload.
    Patch(&'static [&'static str], &'static [&'static str]),
    /// Only in these columns of an upload: the API documents no path for it.
    Column(&'static [&'static str]),
    Never(NeverSent),
}

/// Why Partner Center takes no new value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeverSent {
    /// It reads it when the deal is made, and never again.
    AfterCreation,
    /// It sets it itself.
    ReadOnly,
    /// Neither the API nor the upload has a place for it.
    NoPlace,
    /// It is a mark of one rep.
    Personal,
    /// It is for us and our colleagues alone.
    Ours,
}

impl NeverSent {
    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AfterCreation => "afterCreation",
            Self::ReadOnly => "readOnly",
            Self::NoPlace => "noPlace",
            Self::Personal => "personal",
            Self::Ours => "ours",
        }
    }
}

/// Who may change a field, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayChange {
    /// The rep, until it is archived (MG-40, MG-44, MG-47, MG-68 to MG-70).
    UntilArchived,
    /// The rep, always (MG-19, MG-78): it says nothing to Partner Center.
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
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.path() == path)
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

    /// Returns whether it stays with us and our colleagues: Partner Center neither tells nor hears of it.
    pub fn is_ours(self) -> bool {
        self.sendable() == Sendable::Never(NeverSent::Ours)
    }

    /// Returns whether it is a list that is only added to: a change of it is told by what is added, not by all that stands there.
    pub const fn grows(self) -> bool {
        matches!(self, Self::Log)
    }

    /// Returns whether the rep freezes it by archiving; the consequence dialogs count these.
    pub fn is_frozen_by_archiving(self) -> bool {
        self.may_change() == MayChange::UntilArchived
    }

    fn read<'de, T: Deserialize<'de>>(self, plain: impl Deserializer<'de>) -> Result<T, BadValue> {
        T::deserialize(plain).map_err(|_| BadValue(self.path()))
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.path())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        Self::from_path(&path).ok_or_else(|| serde::de::Error::custom(format_args!("no field {path}")))
    }
}

/// A field as the history names it: one that this version does not know keeps its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Known(Field),
    Foreign(String),
}

impl Named {
    pub fn path(&self) -> &str {
        match self {
            Self::Known(field) => field.path(),
            Self::Foreign(path) => path,
        }
    }
}

impl Serialize for Named {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.path())
    }
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        Ok(Field::from_path(&path).map_or(Self::Foreign(path), Self::Known))
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

//! The parts of a lead: what each is called, how a text becomes one, whether it is told or may be changed; when is the lead's.

use serde::{Deserialize, Serialize};

use crate::domain::amount::Amount;
use crate::domain::contact::{parse_email, parse_phone};
use crate::domain::customer::{Country, Duns};
use crate::domain::date::{Date, Today};
use crate::domain::invalid::Invalid;
use crate::domain::money::Currency;
use crate::domain::text::{Line, Notes};

/// What is told of a lead by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeadPart {
    Name,
    Stage,
    /// Only a column: the second word about the stage.
    Substage,
    Reason,
    /// Ours: what was written about the reason.
    ReasonNote,
    /// What kind of lead it is, as [`LeadKind`] knows it, else as it was told.
    Type,
    /// Where the customer found us: a marketplace, Microsoft, a partner.
    Source,
    /// What the customer was asked to do there.
    CallToAction,
    /// The referral programme it comes from.
    Program,
    /// The offer the customer asks for, by id and by name.
    OfferId,
    OfferName,
    Value,
    Currency,
    CloseDate,
    Customer,
    Duns,
    Line1,
    Line2,
    City,
    State,
    PostalCode,
    Country,
    ContactFirst,
    ContactLast,
    /// Where a file has one column for the whole name.
    ContactName,
    Phone,
    Email,
    Created,
    Updated,
    CrmId,
    Notes,
}

impl LeadPart {
    pub const ALL: [Self; 31] = [
        Self::Name,
        Self::Stage,
        Self::Substage,
        Self::Reason,
        Self::ReasonNote,
        Self::Type,
        Self::Source,
        Self::CallToAction,
        Self::Program,
        Self::OfferId,
        Self::OfferName,
        Self::Value,
        Self::Currency,
        Self::CloseDate,
        Self::Customer,
        Self::Duns,
        Self::Line1,
        Self::Line2,
        Self::City,
        Self::State,
        Self::PostalCode,
        Self::Country,
        Self::ContactFirst,
        Self::ContactLast,
        Self::ContactName,
        Self::Phone,
        Self::Email,
        Self::Created,
        Self::Updated,
        Self::CrmId,
        Self::Notes,
    ];

    /// The words of all, in order: keys of the command and of JSON.
    pub const CODES: [&'static str; 31] = [
        "name",
        "stage",
        "substage",
        "reason",
        "reason-note",
        "type",
        "source",
        "call-to-action",
        "program",
        "offer-id",
        "offer-name",
        "value",
        "currency",
        "close-date",
        "customer",
        "duns",
        "line1",
        "line2",
        "city",
        "state",
        "postal-code",
        "country",
        "contact-first",
        "contact-last",
        "contact-name",
        "phone",
        "email",
        "created",
        "updated",
        "crm-id",
        "notes",
    ];

    /// What `cosell leads edit` changes.
    pub const EDITABLE: [&'static str; 20] = [
        Self::Name.code(),
        Self::Value.code(),
        Self::Currency.code(),
        Self::CloseDate.code(),
        Self::Customer.code(),
        Self::Duns.code(),
        Self::Line1.code(),
        Self::Line2.code(),
        Self::City.code(),
        Self::State.code(),
        Self::PostalCode.code(),
        Self::Country.code(),
        Self::ContactFirst.code(),
        Self::ContactLast.code(),
        Self::ContactName.code(),
        Self::Phone.code(),
        Self::Email.code(),
        Self::OfferId.code(),
        Self::CrmId.code(),
        Self::Notes.code(),
    ];

    pub const fn code(self) -> &'static str {
        Self::CODES[self as usize]
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Returns whether it stays as it was told: steps change the stage, and nobody the rest.
    pub fn is_told(self) -> bool {
        !Self::EDITABLE.contains(&self.code())
    }

    /// Returns whether it is for our own use, whatever the stage.
    pub const fn is_ours(self) -> bool {
        matches!(self, Self::CrmId | Self::Notes)
    }

    /// Returns whether a column is about another part as well.
    pub const fn is_of(self, other: Self) -> bool {
        matches!((self, other), (Self::Substage, Self::Stage))
    }

    /// Reads what somebody types; nothing is an empty text.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(self, text: &str, today: Today) -> Result<String, Invalid> {
        if text.trim().is_empty() {
            return Ok(String::new());
        }
        match self {
            Self::Value => Amount::parse(text).map(|amount| amount.to_string()),
            Self::Currency => Currency::parse(text).map(|currency| currency.code().to_owned()),
            Self::CloseDate | Self::Created | Self::Updated => Date::by(text, today).map(|typed| typed.date.to_string()),
            Self::Country => Country::typed(text).map(|country| country.code().to_owned()),
            Self::Duns => Duns::parse(text).map(|duns| duns.to_string()),
            Self::Phone => parse_phone(text),
            Self::Email => parse_email(text),
            Self::Notes | Self::ReasonNote => Notes::parse(text).map(|notes| notes.to_string()),
            Self::PostalCode | Self::CrmId | Self::OfferId => Line::code(text).map(|line| line.to_string()),
            _ => Line::parse(text).map(|line| line.to_string()),
        }
    }
}

/// What kind of lead it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadKind {
    MarketingQualified,
    SalesQualified,
    /// Qualified, and the file does not say by whom.
    Qualified,
    /// A customer asked through our business profile.
    Inquiry,
    /// A customer asked for an offer in a marketplace.
    Offer,
}

impl LeadKind {
    pub const ALL: [Self; 5] = [Self::MarketingQualified, Self::SalesQualified, Self::Qualified, Self::Inquiry, Self::Offer];

    pub const fn code(self) -> &'static str {
        match self {
            Self::MarketingQualified => "marketing-qualified",
            Self::SalesQualified => "sales-qualified",
            Self::Qualified => "qualified",
            Self::Inquiry => "inquiry",
            Self::Offer => "offer",
        }
    }

    /// Reads the word of a file or our own; `None` for another one, which is kept as it is.
    pub fn read(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match bare.strip_suffix("lead").unwrap_or(&bare) {
            "marketingqualified" | "mql" => Some(Self::MarketingQualified),
            "salesqualified" | "sql" => Some(Self::SalesQualified),
            "qualified" => Some(Self::Qualified),
            "customerinquiry" | "inquiry" | "profile" | "direct" => Some(Self::Inquiry),
            "offer" | "marketplace" => Some(Self::Offer),
            _ => None,
        }
    }
}

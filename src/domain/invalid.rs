//! What can be wrong with a value, as data; the sentence about it is made in `i18n`.

use super::money::Currency;
use super::opportunity::Kind;
use super::outcome::Reason;
use super::part::Place;
use super::programme::registration::check::Fault;
use super::programme::registration::exception::NoException;

/// One thing wrong with one value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why} at {at}")]
pub struct Complaint {
    /// Where the value stands: in the JSON shape (`deal.value`, `customer.contact.email`), or in a file.
    pub at: Place,
    pub why: Invalid,
}

/// Everything wrong with an input, found in one pass and never empty when returned as an error.
pub type Complaints = Vec<Complaint>;

impl Complaint {
    pub fn new(at: impl Into<Place>, why: Invalid) -> Self {
        Self { at: at.into(), why }
    }
}

/// Why a value was refused. Texts are kept as typed so that the sentence can quote them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Invalid {
    #[error("missing")]
    Missing,
    #[error("control character U+{:04X}", u32::from(*.0))]
    ControlCharacter(char),
    #[error("longer than {max} characters")]
    TooLong { max: usize },
    #[error("more than {max} entries")]
    TooMany { max: usize },
    #[error("not an amount: {0}")]
    NotAnAmount(String),
    #[error("more decimals than {currency} has")]
    TooPrecise { currency: Currency, decimals: u32 },
    /// It can be two amounts, which are written without groups here.
    #[error("either {one} or {other}")]
    TwoReadings { one: String, other: String },
    #[error("{0} is not counted in lakh and crore")]
    LakhOf(Currency),
    #[error("not more than zero")]
    NotPositive,
    /// A rate is a number above zero of at most 12 decimals and 17 digits.
    #[error("not an exchange rate: {0}")]
    NotARate(String),
    #[error("{0} has no rate with itself")]
    SameCurrency(Currency),
    #[error("too large")]
    TooLarge,
    #[error("unknown currency: {0}")]
    UnknownCurrency(String),
    #[error("not a date: {0}")]
    NotADate(String),
    #[error("not a date: {0}")]
    NoDateOfAFile(String),
    #[error("not a time: {0}")]
    NotATime(String),
    /// A moment that is over, where one to come is meant.
    #[error("{0} is over")]
    IsOver(String),
    #[error("not an e-mail address: {0}")]
    NotAnEmail(String),
    #[error("not a phone number: {0}")]
    NotAPhone(String),
    #[error("not a D-U-N-S number: {0}")]
    NotADuns(String),
    /// Fewer digits than a D-U-N-S number has; a spreadsheet may have eaten its leading zeros.
    #[error("not nine digits: {0}")]
    ShortDuns(String),
    #[error("unknown country: {0}")]
    UnknownCountry(String),
    #[error("not First;Last;phone;email: {0}")]
    NotAPerson(String),
    #[error("not from 0 to 100: {0}")]
    NotAPercentage(String),
    #[error("{0} separates contacts")]
    Separates(char),
    #[error("no state of a country: {0}")]
    NotAState(String),
    #[error("unknown reason: {0}")]
    UnknownReason(String),
    #[error("reason {0} needs a note")]
    NeedsNote(Reason),
    #[error("unknown status: {0}")]
    UnknownStatus(String),
    #[error("not one of {}: {given}", .allowed.join(", "))]
    NotOneOf { given: String, allowed: &'static [&'static str] },
    #[error("not a solution: {0}")]
    NotASolution(String),
    /// The id of a solution holds neither blank nor comma.
    #[error("{0:?} is no id of a solution")]
    NotASolutionId(String),
    #[error("not a whole number: {0}")]
    NotAWholeNumber(String),
    #[error("not of the expected form: {0:?}")]
    WrongShape(Shape),
    /// Contact data is given to Microsoft only with the customer's consent (MG-31).
    #[error("consent is missing")]
    NeedsConsent,
    #[error("unknown kind of help: {0}")]
    UnknownHelp(String),
    /// A solution assessment has exactly one solution.
    #[error("not exactly one solution")]
    NotExactlyOne,
    #[error("not an assessment: {0}")]
    NotAnAssessment(String),
    #[error("given twice: {0}")]
    Twice(String),
    /// It is in a document twice, with different values: nobody knows which one is meant.
    #[error("both {one} and {other}")]
    TwoValues { one: String, other: String },
    /// Something else has the name.
    #[error("taken: {0}")]
    Taken(String),
    /// What was told later hides what is told from an earlier day on; the later day.
    #[error("told since {0} already")]
    ToldSince(String),
    /// The type that was given is not the one the rest amounts to.
    #[error("the type is given as {} and amounts to {}", .given.code(), .meant.code())]
    OtherType { given: Kind, meant: Kind },
    /// A part of a file that says something new deals cannot have.
    #[error("not for a new deal: {0}")]
    NotForANewDeal(String),
    /// A field that does not exist, with the one that was probably meant.
    #[error("unknown field: {given}")]
    UnknownField { given: String, meant: Option<&'static str>, known: &'static [&'static str] },
    /// Changed by itself or not at all.
    #[error("not together with {0}")]
    OnlyAlone(String),
    /// Nothing is added to a field of one value.
    #[error("not a list")]
    NotAList,
    /// A list is changed one by one.
    #[error("only adding and taking off")]
    OnlyAddOrTakeOff,
    #[error("not there: {0}")]
    NotThere(String),
    /// Only who is on the deal can own it; `known` are their e-mail addresses.
    #[error("not an employee on it: {given}")]
    NotAnEmployee { given: String, known: String },
    /// Words that found something, of which nothing was chosen.
    #[error("nothing chosen for: {0}")]
    NotChosen(String),
    /// A sign of money that says another currency.
    #[error("{sign} is no sign of {currency}")]
    OtherSign { sign: char, currency: Currency },
    /// A rule of registration (MG-73, MG-74).
    #[error("against a rule of registration: {}", .0.code())]
    OfContract(Box<Fault>),
    /// What keeps an exception of a registration from being asked for or decided.
    #[error("{}", .0.code())]
    OfException(Box<NoException>),
}

/// The form a piece of a file should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As many cells as the header.
    Row,
    /// Quotation marks around a cell, or doubled in it, and nowhere else.
    Quote,
    /// A quotation mark that is closed again.
    ClosedQuote,
    /// A cell without further rows in it.
    OneRow,
    /// A row that the end of the file does not cut.
    WholeRow,
    /// `first name, last name, phone, email`.
    PersonCell,
    /// A JSON object.
    Object,
    /// A JSON list.
    List,
    /// A JSON text.
    Text,
}

impl Invalid {
    /// Returns the stable word for scripts (`errors[].code` of the JSON output).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::ControlCharacter(_) => "control-character",
            Self::TooLong { .. } => "too-long",
            Self::TooMany { .. } => "too-many",
            Self::NotAnAmount(_) => "not-an-amount",
            Self::TooPrecise { .. } => "too-many-decimals",
            Self::TwoReadings { .. } => "two-readings",
            Self::LakhOf(_) => "lakh",
            Self::NotPositive => "not-positive",
            Self::NotARate(_) => "not-a-rate",
            Self::SameCurrency(_) => "same-currency",
            Self::TooLarge => "too-large",
            Self::UnknownCurrency(_) => "unknown-currency",
            Self::NotADate(_) | Self::NoDateOfAFile(_) => "not-a-date",
            Self::NotATime(_) => "not-a-time",
            Self::IsOver(_) => "is-over",
            Self::NotAnEmail(_) => "not-an-email",
            Self::NotAPhone(_) => "not-a-phone",
            Self::NotADuns(_) => "not-a-duns",
            Self::ShortDuns(_) => "short-duns",
            Self::UnknownCountry(_) => "unknown-country",
            Self::NotAPerson(_) => "not-a-person",
            Self::NotAPercentage(_) => "not-a-percentage",
            Self::Separates(_) => "separates",
            Self::NotAState(_) => "not-a-state",
            Self::UnknownReason(_) => "unknown-reason",
            Self::NeedsNote(_) => "needs-note",
            Self::UnknownStatus(_) => "unknown-status",
            Self::NotOneOf { .. } => "not-one-of",
            Self::NotASolution(_) | Self::NotASolutionId(_) => "not-a-solution",
            Self::NotAWholeNumber(_) => "not-a-number",
            Self::WrongShape(Shape::Quote) => "wrong-quote",
            Self::WrongShape(Shape::ClosedQuote) => "open-quote",
            Self::WrongShape(Shape::OneRow) => "rows-in-cell",
            Self::WrongShape(Shape::WholeRow) => "cut-off",
            Self::WrongShape(_) => "wrong-shape",
            Self::OfContract(fault) => fault.code(),
            Self::OfException(why) => why.code(),
            Self::NeedsConsent => "needs-consent",
            Self::UnknownHelp(_) => "unknown-help",
            Self::NotExactlyOne => "not-exactly-one",
            Self::NotAnAssessment(_) => "not-an-assessment",
            Self::Twice(_) => "twice",
            Self::TwoValues { .. } => "two-values",
            Self::Taken(_) => "exists",
            Self::ToldSince(_) => "told-since",
            Self::OtherType { .. } => "other-type",
            Self::NotForANewDeal(_) => "not-for-a-new-deal",
            Self::UnknownField { .. } => "unknown-field",
            Self::NotAList => "not-a-list",
            Self::OnlyAlone(_) => "only-alone",
            Self::OnlyAddOrTakeOff => "only-add-or-take-off",
            Self::NotThere(_) => "not-there",
            Self::NotAnEmployee { .. } => "not-an-employee",
            Self::NotChosen(_) => "not-chosen",
            Self::OtherSign { .. } => "other-sign",
        }
    }
}

/// Puts the value into `into` or the complaint into `complaints`; the one way in which many checks are made in one pass.
pub fn take<T>(checked: Result<T, Invalid>, at: impl Into<Place>, complaints: &mut Complaints) -> Option<T> {
    match checked {
        Ok(value) => Some(value),
        Err(why) => {
            complaints.push(Complaint::new(at, why));
            None
        }
    }
}

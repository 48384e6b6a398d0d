//! What one row or record of a Partner Center file says of an opportunity; how files are read is in `exchange`.

use serde_json::{Map, Value};

use super::contact::Person;
use super::customer::{Address, Duns};
use super::date::{Date, Timestamp};
use super::ids::CenterId;
use super::money::Money;
use super::opportunity::{Direction, Help, Kind, Sender};
use super::sales::SalesStage;
use super::solution::Solution;
use super::text::{Line, Notes};

/// `None`: the file does not speak of it. `Some`: what the file says, which may be "nothing".
pub type Said<T> = Option<T>;

/// One record of a file, already parsed: every value in it is valid.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The line of the file it begins in, from 1.
    pub line: u64,
    pub referral_id: Option<CenterId>,
    pub engagement_id: Said<CenterId>,
    pub direction: DirectionHint,
    pub kind: Said<Kind>,
    /// Who sent it; used when it is inbound.
    pub sender: Said<Sender>,
    pub status: Said<Status>,
    pub created_at: Said<Timestamp>,
    pub updated_at: Said<Timestamp>,
    pub expires_at: Said<Timestamp>,
    pub name: Said<Option<Line>>,
    pub value: Said<Option<Money>>,
    pub close_date: Said<Option<Date>>,
    pub sales_stage: Said<Option<SalesStage>>,
    pub crm_id: Said<Option<Line>>,
    pub campaign_id: Said<Option<Line>>,
    pub notes: Said<Option<Notes>>,
    pub customer_name: Said<Line>,
    pub duns: Said<Option<Duns>>,
    pub address: Said<Address>,
    pub contact: Said<Option<Person>>,
    pub employees: Said<Vec<Person>>,
    pub solutions: Said<Vec<Solution>>,
    pub help: Said<Option<Help>>,
    pub microsoft_status: Said<Option<Line>>,
    pub favorite: Said<bool>,
    /// Members and columns that are not modelled, by name; kept and given back.
    pub extra: Map<String, Value>,
    /// Whether an opportunity that is not here yet may be made of it; the insights download says too little for that.
    pub creates: bool,
}

impl Incoming {
    /// Returns a record that says nothing yet.
    pub fn silent(line: u64) -> Self {
        Self {
            line,
            referral_id: None,
            engagement_id: None,
            direction: DirectionHint { told: None, guess: Direction::Outbound, sure: false },
            kind: None,
            sender: None,
            status: None,
            created_at: None,
            updated_at: None,
            expires_at: None,
            name: None,
            value: None,
            close_date: None,
            sales_stage: None,
            crm_id: None,
            campaign_id: None,
            notes: None,
            customer_name: None,
            duns: None,
            address: None,
            contact: None,
            employees: None,
            solutions: None,
            help: None,
            microsoft_status: None,
            favorite: None,
            extra: Map::new(),
            creates: true,
        }
    }
}

/// Which way it went, as far as the file tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DirectionHint {
    /// Said by `--tab`, by the file's name or by the record itself.
    pub told: Option<Direction>,
    /// Otherwise what the row looks like, for one that is not here yet.
    pub guess: Direction,
    /// Whether anything in the row speaks for the guess; if not, the report says that it was a guess.
    pub sure: bool,
}

/// Where Partner Center says it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub state: State,
    pub accepted_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
}

/// Partner Center's status and substatus, joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// New: Pending or Received.
    New,
    /// Active: Accepted.
    Active,
    /// Closed, with the substatus and the reason.
    Closed(super::stage::Outcome),
}

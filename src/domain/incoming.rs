//! What one row or record of a Partner Center file says of an opportunity; how files are read is in `exchange`.

use serde_json::{Map, Value};

use super::contact::Person;
use super::customer::{Address, Duns};
use super::date::Date;
use super::field::Field;
use super::held::Held;
use super::ids::CenterId;
use super::instant::Timestamp;
use super::money::{Currency, Money};
use super::opportunity::{Direction, Help, Kind, Opportunity, Sender};
use super::part::Part;
use super::sales::SalesStage;
use super::solution::Solution;
use super::text::{Line, Notes};
use super::told::{ACCEPTED_AT, CLOSED_AT, DIRECTION, RESPOND_BY};
use super::unsaid::{fill_address, fill_contact};

/// `None`: the file does not speak of it. `Some`: what the file says, which may be "nothing".
pub type Said<T> = Option<T>;

/// How the version of a record is called in [`Incoming::extra`], however the record calls it: not a word about the opportunity.
pub const ETAG: &str = "eTag";

/// So many rows a download of Partner Center has at most: what is longer is none, and its rows get no [`Incoming::mark`].
pub const DOWNLOAD_ROWS: usize = 5_000;

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
    /// Parts of its address and its contact that the file has no column for.
    pub unsaid: Vec<Part>,
    /// Members and columns that are not modelled, by name; kept and given back.
    pub extra: Map<String, Value>,
    /// Whether an opportunity that is not here yet may be made of it; the insights download says too little for that.
    pub creates: bool,
    /// Whether it is a deal of our own that Partner Center has yet to hear of: a row of a template.
    pub ours: bool,
    /// What a row of a download is known by when it comes again, in whatever line; `None` where it is not looked for.
    pub mark: Option<Mark>,
    /// Why Partner Center took nothing of this row when it was uploaded.
    pub refusal: Option<String>,
    /// What it says if it went the other way than `direction` supposes; `None` where it says the same, or its direction is told.
    pub otherwise: Option<Box<Way>>,
}

/// What a row of a download is known by when it comes again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// All that it says.
    pub whole: u64,
    /// The deal that it speaks of.
    pub deal: u64,
    /// What each cell says, in the order of the columns' numbers; one for each column of the file.
    pub pieces: Vec<Piece>,
}

/// What a cell says, as a number it is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    pub column: u32,
    /// 0: nothing.
    pub says: u32,
}

/// What a record says only if it went one way: a help request is ours and a sender is theirs, and what is neither is kept beside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Way {
    pub kind: Said<Kind>,
    pub sender: Said<Sender>,
    pub help: Said<Option<Help>>,
    pub extra: Map<String, Value>,
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
            unsaid: Vec::new(),
            extra: Map::new(),
            creates: true,
            ours: false,
            mark: None,
            refusal: None,
            otherwise: None,
        }
    }

    /// Sets what it says if it went one way.
    pub fn go(&mut self, way: Way) {
        (self.kind, self.sender, self.help, self.extra) = (way.kind, way.sender, way.help, way.extra);
    }

    /// Settles by what is held what the record alone leaves open: which way it went, unless that was told, and when on its day it was
    /// made. Returns whether its postal code has lost the zeros that it began with.
    pub fn settle(&mut self, held: &Held) -> bool {
        self.fill(held);
        let lost_zeros = self.keep_zeros(held);
        let extra = &held.extra;
        let held = &held.opportunity;
        let direction = held.direction();
        if self.direction.told.is_none()
            && self.direction.guess != direction
            && let Some(otherwise) = self.otherwise.take()
        {
            self.go(*otherwise);
            self.direction.guess = direction;
        }
        if let Some(value) = held.deal.value {
            drop_known_currency(&mut self.extra, value.currency());
        }
        call_alike(&mut self.extra, extra);
        without_nothing(&mut self.extra, Some(extra));
        let same_day = |at: &Timestamp| at.end_of_day() == held.created_at.map_or(*at, Timestamp::end_of_day);
        if held.created_at.is_some() && self.created_at.as_ref().is_some_and(|at| at.is_day_only() && same_day(at)) {
            self.created_at = None;
        }
        lost_zeros
    }

    /// Fills what its file has no column for by what Partner Center is known to have.
    fn fill(&mut self, held: &Held) {
        // Most files have them all: nothing is copied for those.
        if self.unsaid.is_empty() {
            return;
        }
        if let Ok(known) = held.as_known_there() {
            fill_address(&mut self.address, &known.customer.address, &self.unsaid);
            fill_contact(&mut self.contact, &known.customer, &self.unsaid);
        }
    }

    /// Gives the postal code the zeros again that it began with and a spreadsheet has taken away, by the one that is held; returns
    /// whether they were lost.
    fn keep_zeros(&mut self, held: &Held) -> bool {
        let known = &held.opportunity.customer.address;
        let Some(said) = self.address.as_mut().filter(|said| known.lost_zeros_in(said)) else { return false };
        said.postal_code.clone_from(&known.postal_code);
        true
    }
}

/// Returns the members that are said to be something.
pub(super) fn something_of(said: &Map<String, Value>) -> Map<String, Value> {
    let something = |(name, value): (&String, &Value)| match value {
        Value::Null => None,
        Value::Object(members) => {
            let some = something_of(members);
            (members.is_empty() || !some.is_empty()).then(|| (name.clone(), Value::Object(some)))
        }
        value => Some((name.clone(), value.clone())),
    };
    said.iter().filter_map(something).collect()
}

/// One column, which templates call otherwise than others do.
pub const ALIKE: [&str; 2] = ["PartnerID", "PartnerID (formerly MPN ID)"];

/// Calls a column as it is held, which another template may call otherwise.
fn call_alike(said: &mut Map<String, Value>, held: &Map<String, Value>) {
    let is_one = |name: &&String| ALIKE.iter().any(|alike| alike.eq_ignore_ascii_case(name));
    let one_of = |of: &Map<String, Value>| {
        let mut found = of.keys().filter(is_one);
        found.next().filter(|_| found.next().is_none()).cloned()
    };
    let (Some(name), Some(known)) = (one_of(said), one_of(held)) else { return };
    if name != known
        && let Some(value) = said.remove(&name)
    {
        said.insert(known, value);
    }
}

/// Drops members that are said to be nothing, unless `held` has them: only there it is news.
fn without_nothing(said: &mut Map<String, Value>, held: Option<&Map<String, Value>>) {
    said.retain(|name, value| {
        let held = held.and_then(|held| held.get(name));
        match value {
            Value::Null => held.is_some(),
            Value::Object(members) => {
                let any = !members.is_empty();
                without_nothing(members, held.and_then(Value::as_object));
                !(any && members.is_empty())
            }
            _ => true,
        }
    });
}

/// A shortened record names the currency of a value that it does not repeat.
fn drop_known_currency(extra: &mut Map<String, Value>, known: Currency) {
    let Some((_, Value::Object(details))) = extra.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case("details")) else {
        return;
    };
    let is_known = |value: &Value| value.as_str().is_some_and(|code| Currency::parse(code) == Ok(known));
    details.retain(|name, value| !(name.eq_ignore_ascii_case("currency") && is_known(value)));
    if details.is_empty() {
        extra.retain(|name, _| !name.eq_ignore_ascii_case("details"));
    }
}

/// Members that say nothing about an opportunity, only how the file came to be: kept, but neither shown nor searched.
pub fn is_technical(name: &str) -> bool {
    name.starts_with('@') || name.eq_ignore_ascii_case(ETAG) || name.eq_ignore_ascii_case("links")
}

/// What a record says of fields, once: the field, the member that says it, and where the opportunity holds it. An id or a time that is
/// said is never "nothing".
macro_rules! members {
    (values { $($field:ident $member:ident at $($place:ident).+;)* } known { $($some:ident $said:ident at $held:ident;)* }) => {
        impl Incoming {
            /// Returns the names of what the record speaks of, as `told` knows them; what is not modelled is apart.
            pub fn said(&self) -> Vec<&'static str> {
                let status = self.status.as_ref();
                let all = [
                    (Field::Stage.path(), status.is_some()),
                    (ACCEPTED_AT, status.is_some_and(|status| status.accepted_at.is_some())),
                    (CLOSED_AT, status.is_some_and(|status| status.closed_at.is_some())),
                    (RESPOND_BY, self.expires_at.is_some()),
                    (DIRECTION, self.direction.told.is_some()),
                    (Field::Origin.path(), self.sender.is_some()),
                    (Field::Help.path(), self.help.is_some()),
                    $((Field::$field.path(), self.$member.is_some()),)*
                    $((Field::$some.path(), self.$said.is_some()),)*
                ];
                all.into_iter().filter(|(_, said)| *said).map(|(name, _)| name).collect()
            }

            /// Takes back what the record says of `name`, one of [`Incoming::said`]; the times of a stage go with it.
            pub fn silence(&mut self, name: &str) {
                match (name, Field::from_path(name)) {
                    (DIRECTION, _) => self.direction.told = None,
                    (RESPOND_BY, _) => self.expires_at = None,
                    (_, Some(Field::Stage)) => self.status = None,
                    (_, Some(Field::Origin)) => self.sender = None,
                    (_, Some(Field::Help)) => self.help = None,
                    $((_, Some(Field::$field)) => self.$member = None,)*
                    $((_, Some(Field::$some)) => self.$said = None,)*
                    // Neither partner nor mark comes by a file, nor what is ours.
                    (_, Some(Field::Partner | Field::Favorite | Field::Owner | Field::Next | Field::Log) | None) => {}
                }
            }

            /// Sets what the record speaks of and what stands by itself; stage, help and origin hang together and are laid in `merge`.
            pub(super) fn lay_values(&self, on: &mut Opportunity) {
                $(if let Some(value) = &self.$member {
                    on.$($place).+.clone_from(value);
                })*
                $(if self.$said.is_some() {
                    on.$held.clone_from(&self.$said);
                })*
            }
        }
    };
}

members! {
    values {
    Kind kind at kind;
    Name name at deal.name;
    Value value at deal.value;
    CloseDate close_date at deal.close_date;
    SalesStage sales_stage at deal.sales_stage;
    CrmId crm_id at deal.crm_id;
    CampaignId campaign_id at deal.campaign_id;
    Notes notes at deal.notes;
    CustomerName customer_name at customer.name;
    Duns duns at customer.duns;
    Address address at customer.address;
    Contact contact at customer.contact;
    Employees employees at employees;
    Solutions solutions at solutions;
    MicrosoftStatus microsoft_status at microsoft_status;
    }
    known {
    ReferralId referral_id at referral_id;
    EngagementId engagement_id at engagement_id;
    CreatedAt created_at at created_at;
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
    Closed(super::outcome::Outcome),
}

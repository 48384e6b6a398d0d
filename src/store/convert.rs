//! Rows of the database to records of the domain and back; the only place that knows the columns of an opportunity.

use rusqlite::Row;
use rusqlite::types::{FromSql, Value as Sql};

use super::error::{StoreError, While};
use super::packed;
use crate::domain::customer::{Address, Country, Customer, Duns, bare_name};
use crate::domain::date::Date;
use crate::domain::deadline::{Basis, Deadline};
use crate::domain::fold::fold;
use crate::domain::held::Held;
use crate::domain::ids::{CenterId, OpportunityId, Uid, Version};
use crate::domain::instant::Timestamp;
use crate::domain::invalid::Invalid;
use crate::domain::money::{Currency, Money};
use crate::domain::opportunity::{Deal, Direction, Help, HelpKind, Kind, Opportunity, Origin, Partner, Sender, SenderKind};
use crate::domain::ours::{DealOwner, NextStep};
use crate::domain::outcome::{Outcome, OutcomeKind};
use crate::domain::sales::SalesStage;
use crate::domain::stage::Stage;
use crate::domain::text::{Line, Notes};
use crate::domain::told::Told;

/// The written columns of `opportunity`, in the order in which [`values`] gives them and [`held`] reads them.
macro_rules! columns {
    () => {
        $crate::store::convert::columns!("base, conflicts, extra")
    };
    ($kept:literal) => {
        concat!(
            "version, uid, referral_id, engagement_id, kind, direction, sender_kind, sender_name, sender_note, stage, respond_by, \
             respond_basis, accepted_at, archived_at, outcome, reason, closing_note, favorite, created_at, first_seen_at, \
             updated_at, deal_name, value_minor, currency, close_date, sales_stage, crm_id, campaign_id, notes, customer_name, \
             duns, address_line1, address_line2, city, state, postal_code, country, help_asked, help_kind, help_note, \
             help_requested_at, help_consent, partner_name, partner_brings, microsoft_status, ",
            $kept,
            ", made_here, lapsed_basis, told_at, told_keys, told, waiting, people, solutions, deal_folded, customer_folded, \
             value_key, owner, next_text, next_on, log, owner_key"
        )
    };
}

pub(super) const COLUMNS: &str = columns!();

/// Reads everything [`held`] wants.
pub(super) const SELECT: &str = concat!("SELECT id, ", columns!(), " FROM opportunity WHERE id = ?");

/// As [`SELECT`], without what no filter asks for; what is not modelled comes last, as [`looked`] reads it.
pub(super) const LOOK: &str = concat!("SELECT id, ", columns!("NULL, conflicts, NULL"), ", extra FROM opportunity WHERE id = ?");

/// Reads everything [`held`] wants of all there are, in the order of their numbers.
pub(super) const EACH: &str = concat!("SELECT id, ", columns!(), " FROM opportunity ORDER BY id");

macro_rules! lean {
    ($behind:literal) => {
        concat!(
            "SELECT id, direction, stage, respond_by, respond_basis, accepted_at, archived_at, outcome, reason, closing_note, \
             lapsed_basis, created_at, first_seen_at, value_minor, currency, close_date, sales_stage, campaign_id, customer_name, \
             country, people, owner, updated_at, solutions, next_text, next_on FROM opportunity ",
            $behind
        )
    };
}

/// Reads of all there are, or of one, what [`lean()`] wants.
pub(super) const EACH_LEAN: &str = lean!("ORDER BY id");
pub(super) const ONE_LEAN: &str = lean!("WHERE id = ?");
/// As [`EACH_LEAN`], of those whose deadline is told or was.
pub(super) const DUE_LEAN: &str = lean!("WHERE shelf = 0 OR lapsed_basis IS NOT NULL");

macro_rules! places {
    () => {
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
    };
}
pub(super) use {columns, places};

/// Reads the columns of a row one after the other.
pub(super) struct Cells<'a> {
    row: &'a Row<'a>,
    next: usize,
}

impl<'a> Cells<'a> {
    pub(super) const fn new(row: &'a Row<'a>) -> Self {
        Self { row, next: 0 }
    }

    pub(super) fn take<T: FromSql>(&mut self) -> Result<T, StoreError> {
        let value = self.row.get(self.next).reading()?;
        self.next += 1;
        Ok(value)
    }

    pub(super) fn line(&mut self) -> Result<Option<Line>, StoreError> {
        Ok(self.take::<Option<String>>()?.map(Line::stored))
    }

    fn notes(&mut self) -> Result<Option<Notes>, StoreError> {
        Ok(self.take::<Option<String>>()?.map(Notes::stored))
    }

    pub(super) fn time(&mut self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.take::<Option<i64>>()?.map(Timestamp::from_micros))
    }

    /// Reads a word and what it stands for.
    pub(super) fn word<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
        let column = self.next;
        let word: Option<String> = self.take()?;
        word.map(|word| read(&word).ok_or_else(|| damaged(column, &word))).transpose()
    }

    pub(super) fn sales_stage(&mut self) -> Result<Option<SalesStage>, StoreError> {
        let column = self.next;
        let percent: Option<u8> = self.take()?;
        percent.map(|percent| SalesStage::of(percent).ok_or_else(|| damaged(column, &percent.to_string()))).transpose()
    }

    fn checked<T>(&mut self, read: impl Fn(&str) -> Result<T, Invalid>) -> Result<Option<T>, StoreError> {
        self.word(|word| read(word).ok())
    }
}

fn damaged(column: usize, word: &str) -> StoreError {
    StoreError::Damaged(format!("column {column} holds {word:?}"))
}

fn missing(what: &str) -> StoreError {
    StoreError::Damaged(format!("{what} is missing"))
}

/// Reads money from its two columns, amount and currency.
pub(super) fn money(cells: &mut Cells<'_>) -> Result<Option<Money>, StoreError> {
    let minor: Option<i64> = cells.take()?;
    let currency = cells.word(Currency::from_code)?;
    Ok(minor.zip(currency).map(|(minor, currency)| Money::from_minor(minor, currency)))
}

pub(super) fn kind(cells: &mut Cells<'_>) -> Result<Kind, StoreError> {
    cells.word(|word| Kind::ALL.into_iter().find(|k| k.code() == word))?.ok_or_else(|| missing("kind"))
}

pub(super) fn direction(cells: &mut Cells<'_>) -> Result<Direction, StoreError> {
    cells.word(|word| Direction::ALL.into_iter().find(|d| d.code() == word))?.ok_or_else(|| missing("direction"))
}

pub(super) fn sender_kind(cells: &mut Cells<'_>) -> Result<Option<SenderKind>, StoreError> {
    cells.word(|word| SenderKind::ALL.into_iter().find(|k| k.code() == word))
}

/// Reads the stage from its eight columns, `stage` to `closing_note`.
pub(super) fn stage(cells: &mut Cells<'_>) -> Result<Stage, StoreError> {
    let word: String = cells.take()?;
    let respond_by = cells.time()?;
    let basis = cells.word(|word| Basis::ALL.into_iter().find(|b| b.code() == word))?;
    let (accepted, archived) = (cells.time()?, cells.time()?);
    let outcome = cells.word(|word| OutcomeKind::ALL.into_iter().find(|o| o.code() == word))?;
    let (reason, note): (Option<String>, _) = (cells.take()?, cells.notes()?);
    match (word.as_str(), respond_by, basis, outcome) {
        ("received", Some(at), Some(basis), None) => Ok(Stage::Received { respond_by: Deadline { at, basis } }),
        ("accepted", None, None, None) => Ok(Stage::Accepted { since: accepted }),
        ("archived", None, None, Some(kind)) => {
            Ok(Stage::Archived { at: archived, accepted, outcome: Outcome::of(kind, reason.as_deref(), note) })
        }
        _ => Err(missing("a part of the stage")),
    }
}

/// Reads `id, COLUMNS`.
pub(super) fn held(row: &Row<'_>) -> Result<Held, StoreError> {
    let mut cells = Cells::new(row);
    let cells = &mut cells;
    let id = OpportunityId(cells.take()?);
    let version = Version(cells.take()?);
    let uid = cells.word(Uid::read)?;
    let (referral_id, engagement_id) = (cells.word(CenterId::read)?, cells.word(CenterId::read)?);
    let kind = kind(cells)?;
    let origin = origin(cells)?;
    let stage = stage(cells)?;
    let favorite = cells.take()?;
    let created_at = cells.time()?;
    let first_seen_at = cells.time()?.ok_or_else(|| missing("first_seen_at"))?;
    let updated_at = cells.time()?.ok_or_else(|| missing("updated_at"))?;
    let deal = deal(cells)?;
    let customer = customer(cells)?;
    let help = help(cells)?;
    let partner = partner(cells)?;
    let microsoft_status = cells.line()?;
    let (base, conflicts, extra) = (json(cells, plain)?, json(cells, plain)?, json(cells, packed::read_extra)?);
    let made_here = cells.take()?;
    let stage = lapsed(stage, cells)?;
    let told = told(cells)?;
    let waiting: i64 = cells.take()?;
    let (people, solutions): (Option<String>, Option<String>) = (cells.take()?, cells.take()?);
    // What names are compared as, which follows from them.
    cells.next += 3;
    let owner = cells.line()?;
    let next = next_step(cells)?;
    let log = json(cells, plain)?;
    let mut opportunity = Opportunity {
        id,
        version,
        uid,
        referral_id,
        engagement_id,
        kind,
        origin,
        stage,
        favorite,
        waiting: waiting > 0,
        created_at,
        first_seen_at,
        updated_at,
        deal,
        customer,
        employees: Vec::new(),
        solutions: packed::read_solutions(solutions.as_deref().unwrap_or_default())?,
        help,
        partner,
        microsoft_status,
        owner,
        next,
        log,
    };
    packed::put_people(people.as_deref().unwrap_or_default(), &mut opportunity)?;
    Ok(Held { base, conflicts, extra, told, ..Held::new(opportunity, made_here) })
}

/// Reads the columns of [`EACH_LEAN`]: of an opportunity what figures are made of, nothing else.
pub(super) fn lean(row: &Row<'_>) -> Result<Held, StoreError> {
    let mut cells = Cells::new(row);
    let cells = &mut cells;
    let id = OpportunityId(cells.take()?);
    let direction = direction(cells)?;
    let stage = stage(cells)?;
    let stage = lapsed(stage, cells)?;
    let created_at = cells.time()?;
    let first_seen_at = cells.time()?.ok_or_else(|| missing("first_seen_at"))?;
    let (value, close_date, sales_stage) = (money(cells)?, cells.checked(Date::iso)?, cells.sales_stage()?);
    let campaign_id = cells.line()?;
    let name = cells.line()?.ok_or_else(|| missing("the customer's name"))?;
    let country = cells.word(Country::from_code)?;
    let people: Option<String> = cells.take()?;
    let mut opportunity = Opportunity::blank(name, first_seen_at);
    opportunity.id = id;
    if direction == Direction::Inbound {
        // Who sent it is in no figure.
        opportunity.origin = Origin::Inbound { sender: Sender::microsoft(None) };
    }
    (opportunity.stage, opportunity.created_at) = (stage, created_at);
    opportunity.deal = Deal { value, close_date, sales_stage, campaign_id, ..Deal::default() };
    opportunity.customer.address.country = country;
    opportunity.employees = packed::employees(people.as_deref().unwrap_or_default())?;
    opportunity.owner = cells.line()?;
    opportunity.updated_at = cells.time()?.ok_or_else(|| missing("updated_at"))?;
    let solutions: Option<String> = cells.take()?;
    opportunity.solutions = packed::read_solutions(solutions.as_deref().unwrap_or_default())?;
    opportunity.next = next_step(cells)?;
    Ok(Held::new(opportunity, false))
}

/// Reads direction and sender; the person stands among the people.
fn origin(cells: &mut Cells<'_>) -> Result<Origin, StoreError> {
    let direction = direction(cells)?;
    let (sender_kind, sender_name, note): (_, Option<String>, _) = (sender_kind(cells)?, cells.take()?, cells.notes()?);
    match (direction, sender_kind, sender_name) {
        (Direction::Outbound, None, None) => Ok(Origin::Outbound),
        (Direction::Inbound, Some(kind), Some(organization)) => {
            Ok(Origin::Inbound { sender: Sender { kind, organization, person: None, note } })
        }
        _ => Err(missing("the sender")),
    }
}

/// Reads the row of [`LOOK`]; what is not modelled only where its text `may` matter: to take it apart costs more than the rest.
pub(super) fn looked(row: &Row<'_>, may: impl Fn(&str) -> bool) -> Result<Held, StoreError> {
    let mut held = held(row)?;
    let column = row.as_ref().column_count().saturating_sub(1);
    let kept = row.get_ref(column).reading()?.as_str_or_null().map_err(|_| damaged(column, "no text"))?;
    if let Some(json) = kept.filter(|json| may(json)) {
        held.extra = packed::read_extra(json).map_err(|_| damaged(column, json))?;
    }
    Ok(held)
}

/// Reads whether it was archived by the clock alone: then its deadline is kept beside it.
pub(super) fn lapsed(stage: Stage, cells: &mut Cells<'_>) -> Result<Stage, StoreError> {
    let basis = cells.word(|word| Basis::ALL.into_iter().find(|b| b.code() == word))?;
    Ok(match (basis, stage.archived_at()) {
        (Some(basis), Some(at)) => Stage::Lapsed { respond_by: Deadline { at, basis } },
        _ => stage,
    })
}

/// Reads `told_at, told_keys, told`.
fn told(cells: &mut Cells<'_>) -> Result<Told, StoreError> {
    let at = cells.time()?;
    let keys = cells.take::<Option<i64>>()?.unwrap_or(0);
    Ok(Told::of(at, keys, json(cells, plain)?))
}

fn deal(cells: &mut Cells<'_>) -> Result<Deal, StoreError> {
    Ok(Deal {
        name: cells.line()?,
        value: money(cells)?,
        close_date: cells.checked(Date::iso)?,
        sales_stage: cells.sales_stage()?,
        crm_id: cells.line()?,
        campaign_id: cells.line()?,
        notes: cells.notes()?,
    })
}

/// Reads name, D-U-N-S number, two address lines, city, state, postal code and country.
pub(super) fn customer(cells: &mut Cells<'_>) -> Result<Customer, StoreError> {
    Ok(Customer {
        name: cells.line()?.ok_or_else(|| missing("the customer's name"))?,
        duns: cells.checked(Duns::parse)?,
        address: Address {
            line1: cells.line()?,
            line2: cells.line()?,
            city: cells.line()?,
            state: cells.line()?,
            postal_code: cells.line()?,
            country: cells.word(Country::from_code)?,
        },
        contact: None,
    })
}

/// Reads text and day of a next step.
pub(super) fn next_step(cells: &mut Cells<'_>) -> Result<Option<NextStep>, StoreError> {
    let (text, on) = (cells.line()?, cells.checked(Date::iso)?);
    Ok(text.zip(on).map(|(text, on)| NextStep { text, on }))
}

fn help(cells: &mut Cells<'_>) -> Result<Option<Help>, StoreError> {
    let asked: bool = cells.take()?;
    let help =
        Help { kind: cells.word(HelpKind::read)?, note: cells.notes()?, requested_at: cells.time()?, consent: cells.take()? };
    Ok(Some(help).filter(|_| asked))
}

fn partner(cells: &mut Cells<'_>) -> Result<Option<Partner>, StoreError> {
    let (organization, brings) = (cells.line()?, cells.notes()?);
    Ok(organization.zip(brings).map(|(organization, brings)| Partner { organization, brings }))
}

fn plain<T: serde::de::DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    serde_json::from_str(text)
}

fn json<T: Default>(cells: &mut Cells<'_>, read: impl Fn(&str) -> serde_json::Result<T>) -> Result<T, StoreError> {
    let column = cells.next;
    let text: Option<String> = cells.take()?;
    text.map_or_else(|| Ok(T::default()), |text| read(&text).map_err(|_| damaged(column, &text)))
}

/// Returns the values of [`COLUMNS`].
pub(super) fn values(held: &Held) -> Vec<Sql> {
    let o = &held.opportunity;
    let mut values = Vec::with_capacity(64);
    values.extend([
        Sql::Integer(o.version.0),
        text(o.uid.as_ref().map(Uid::as_str)),
        text(o.referral_id.as_ref().map(CenterId::as_str)),
        text(o.engagement_id.as_ref().map(CenterId::as_str)),
        text(Some(o.kind.code())),
        text(Some(o.direction().code())),
        text(o.sender().map(|s| s.kind.code())),
        text(o.sender().map(|s| s.organization.as_str())),
        text(o.sender().and_then(|s| s.note.as_ref()).map(Notes::as_str)),
    ]);
    values.extend(stage_values(&o.stage));
    values.push(Sql::Integer(o.favorite.into()));
    values.extend([time(o.created_at), time(Some(o.first_seen_at)), time(Some(o.updated_at))]);
    let deal = &o.deal;
    values.extend([
        text(deal.name.as_ref().map(Line::as_str)),
        deal.value.map_or(Sql::Null, |v| Sql::Integer(v.minor())),
        text(deal.value.map(|v| v.currency().code())),
        text(deal.close_date.map(|d| d.to_string()).as_deref()),
        deal.sales_stage.map_or(Sql::Null, |s| Sql::Integer(s.percent().into())),
        text(deal.crm_id.as_ref().map(Line::as_str)),
        text(deal.campaign_id.as_ref().map(Line::as_str)),
        text(deal.notes.as_ref().map(Notes::as_str)),
        text(Some(o.customer.name.as_str())),
        text(o.customer.duns.map(|d| d.to_string()).as_deref()),
    ]);
    values.extend(address_values(&o.customer.address));
    let help = o.help.as_ref();
    values.extend([
        Sql::Integer(help.is_some().into()),
        text(help.and_then(|h| h.kind).map(HelpKind::code)),
        text(help.and_then(|h| h.note.as_ref()).map(Notes::as_str)),
        time(help.and_then(|h| h.requested_at)),
        Sql::Integer(help.is_some_and(|h| h.consent).into()),
        text(o.partner.as_ref().map(|p| p.organization.as_str())),
        text(o.partner.as_ref().map(|p| p.brings.as_str())),
        text(o.microsoft_status.as_ref().map(Line::as_str)),
        text(json_text(&held.base, held.base.is_empty()).as_deref()),
        text(json_text(&held.conflicts, held.conflicts.is_empty()).as_deref()),
        text(packed::extra(&held.extra).as_deref()),
        Sql::Integer(held.made_here.into()),
        match &o.stage {
            Stage::Lapsed { respond_by } => text(Some(respond_by.basis.code())),
            Stage::Received { .. } | Stage::Accepted { .. } | Stage::Archived { .. } => Sql::Null,
        },
    ]);
    values.extend(told_values(&held.told));
    values.extend([Sql::Integer(o.waiting.into()), text(packed::people(o).as_deref()), text(packed::solutions(o).as_deref())]);
    let (deal_folded, customer_folded) = sort_names(o);
    values.extend([deal_folded, customer_folded, Sql::Integer(deal.value.map_or(0, value_key))]);
    values.extend(ours_values(o));
    values
}

/// Returns the values of `owner, next_text, next_on, log, owner_key`.
fn ours_values(o: &Opportunity) -> [Sql; 5] {
    [
        text(o.owner.as_ref().map(Line::as_str)),
        text(o.next.as_ref().map(|next| next.text.as_str())),
        text(o.next.as_ref().map(|next| next.on.to_string()).as_deref()),
        text(json_text(&o.log, o.log.is_empty()).as_deref()),
        owner_key(o.owned_by()),
    ]
}

/// Returns what the names of deal and customer sort by, each NULL where that is the name itself.
pub(super) fn sort_names(o: &Opportunity) -> (Sql, Sql) {
    let (title, customer) = (o.title().as_str(), o.customer.name.as_str());
    (folded(fold(title), title), folded(bare_name(customer), customer))
}

/// Reads whose it is from who was named and the people on it.
pub(super) fn owner_name(cells: &mut Cells<'_>) -> Result<Option<String>, StoreError> {
    let (named, people): (Option<String>, Option<String>) = (cells.take()?, cells.take()?);
    let employees = packed::employees(people.as_deref().unwrap_or_default())?;
    Ok(DealOwner::of(named.as_deref(), &employees).map(DealOwner::name))
}

/// Returns what the owner's name sorts by; NULL for nobody.
pub(super) fn owner_key(owner: Option<DealOwner<'_>>) -> Sql {
    text(owner.map(|owner| fold(&owner.name())).as_deref())
}

/// Returns what a name is compared as, where the schema cannot tell it from the name.
fn folded(key: String, name: &str) -> Sql {
    if key == name { Sql::Null } else { Sql::Text(key) }
}

fn text(text: Option<&str>) -> Sql {
    text.map_or(Sql::Null, |text| Sql::Text(text.to_owned()))
}

fn time(time: Option<Timestamp>) -> Sql {
    time.map_or(Sql::Null, |time| Sql::Integer(time.micros()))
}

fn address_values(address: &Address) -> [Sql; 6] {
    let line = |part: &Option<Line>| text(part.as_ref().map(Line::as_str));
    let country = text(address.country.map(Country::code));
    let Address { line1, line2, city, state, postal_code, .. } = address;
    [line(line1), line(line2), line(city), line(state), line(postal_code), country]
}

/// Returns the values of `told_at, told_keys, told`.
pub(super) fn told_values(told: &Told) -> [Sql; 3] {
    let keys = told.packed().map_or(Sql::Null, Sql::Integer);
    [time(told.at.map(|as_of| as_of.at())), keys, text(json_text(&told.apart, told.apart.is_empty()).as_deref())]
}

/// Reads what [`told_values`] are.
pub(super) fn told_of(at: Option<i64>, keys: Option<i64>, apart: Option<String>) -> Result<Told, StoreError> {
    let damaged = |_| StoreError::Damaged("as of when something was told cannot be read".into());
    let apart = apart.map(|apart| serde_json::from_str(&apart).map_err(damaged)).transpose()?.unwrap_or_default();
    Ok(Told::of(at.map(Timestamp::from_micros), keys.unwrap_or(0), apart))
}

fn json_text<T: serde::Serialize>(kept: &T, is_empty: bool) -> Option<String> {
    if is_empty { None } else { serde_json::to_string(kept).ok() }
}

/// Orders money by currency, then by amount.
pub(super) fn value_key(money: Money) -> i64 {
    value_key_of(money.currency(), money.minor())
}

/// Returns the sort key of an amount in smallest units; amounts beyond what is kept stay within their currency.
pub(super) fn value_key_of(currency: Currency, minor: i64) -> i64 {
    (i64::from(currency.number()) << VALUE_BITS) + (minor.clamp(-VALUE_HALF, VALUE_HALF - 1) + VALUE_HALF)
}

/// How many bits of a sort key tell the amount, which begins at the lowest one.
const VALUE_BITS: u32 = 53;
const VALUE_HALF: i64 = 1 << (VALUE_BITS - 1);

/// Returns the first and the last sort key of the currency that a key is of.
pub(super) const fn keys_beside(key: i64) -> (i64, i64) {
    let first = key >> VALUE_BITS << VALUE_BITS;
    (first, first + ((1 << VALUE_BITS) - 1))
}

/// Returns the value that a sort key was made of: every amount that is kept is in it whole.
pub(super) fn value_of_key(key: i64) -> Option<Money> {
    let currency = Currency::from_number(u16::try_from(key >> VALUE_BITS).ok()?)?;
    Some(Money::from_minor((key & ((1 << VALUE_BITS) - 1)) - VALUE_HALF, currency))
}

fn stage_values(stage: &Stage) -> [Sql; 8] {
    let word = |w: &str| text(Some(w));
    let mut values = [const { Sql::Null }; 8];
    values[0] = word(stage.kind().code());
    match stage {
        Stage::Received { respond_by } => {
            values[1] = time(Some(respond_by.at));
            values[2] = word(respond_by.basis.code());
        }
        Stage::Accepted { since } => values[3] = time(*since),
        Stage::Lapsed { respond_by } => {
            values[4] = time(Some(respond_by.at));
            values[5] = word(OutcomeKind::Expired.code());
        }
        Stage::Archived { at, accepted, outcome } => {
            values[3] = time(*accepted);
            values[4] = time(*at);
            values[5] = word(outcome.kind().code());
            values[6] = text(outcome.reason());
            values[7] = text(outcome.note().map(Notes::as_str));
        }
    }
    values
}

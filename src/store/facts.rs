//! What figures are made of, packed beside each opportunity: a review reads these few bytes and no whole row; what it makes of them is
//! `insight`, and how they are told one after the other `facts/standing.rs`.
//!
//! They are derived: whoever writes a row writes its fact, and `health` compares them. The customer's name is not among them.

mod standing;

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use super::convert;
use super::error::{StoreError, While};
use super::open::Store;
use crate::domain::country::Country;
use crate::domain::date::Date;
use crate::domain::deadline::{Basis, Deadline};
use crate::domain::held::Held;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::money::{Currency, Money};
use crate::domain::opportunity::Direction;
use crate::domain::outcome::{Outcome, OutcomeKind, Reason};
use crate::domain::sales::SalesStage;
use crate::domain::stage::Stage;
use crate::insight::{Dimension, Stood};

/// Returns the number that stands for one of several: one more than its place, nought for none.
fn place<T: PartialEq>(all: &[T], one: Option<&T>) -> u8 {
    let at = one.and_then(|one| all.iter().position(|other| other == one));
    at.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(0)
}

fn placed<T: Copy>(all: &[T], number: u8) -> Option<T> {
    all.get(usize::from(number).checked_sub(1)?).copied()
}

/// Where a fact stands; beside it what the four stages have of their own.
const RECEIVED: u8 = 0;
const LAPSED: u8 = 1;
const ACCEPTED: u8 = 2;
const ARCHIVED: u8 = 3;

/// What there is of a fact, each a bit of its second byte.
const VALUE: u8 = 1;
const CLOSE_DATE: u8 = 1 << 1;
const CREATED: u8 = 1 << 2;
const ACCEPTED_AT: u8 = 1 << 3;
const ARCHIVED_AT: u8 = 1 << 4;
const COUNTRY: u8 = 1 << 5;
const OWNER: u8 = 1 << 6;
const CAMPAIGN: u8 = 1 << 7;

/// Bits of the first byte: two for where it stands, one each for direction and next step, the rest for what is told of its stage.
const INBOUND: u8 = 1 << 2;
const HAS_NEXT: u8 = 1 << 3;
const OF_STAGE: u8 = 4;

/// A fact while it is packed. Numbers are written seven bits to a byte, the lowest first.
#[derive(Default)]
struct Packing {
    bytes: Vec<u8>,
}

impl Packing {
    fn number(&mut self, mut number: u64) {
        while number > 0x7F {
            self.bytes.push((number & 0x7F) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Writes a number that may be less than nought: its sign comes first.
    fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    /// Most times are whole seconds: what lies between is only written where there is some.
    fn time(&mut self, at: Timestamp) {
        let (seconds, micros) = (at.micros().div_euclid(SECOND), at.micros().rem_euclid(SECOND));
        self.signed(seconds << 1 | i64::from(micros != 0));
        if micros != 0 {
            self.number(micros as u64);
        }
    }
}

const SECOND: i64 = 1_000_000;

/// Returns where a deal stands, what is told of that, when it was accepted and when it was archived.
fn stage_of(deal: &Stood) -> (u8, u8, Option<Timestamp>, Option<Timestamp>) {
    match &deal.stage {
        Stage::Received { respond_by } => (RECEIVED, place(&Basis::ALL, Some(&respond_by.basis)), None, None),
        Stage::Lapsed { respond_by } => (LAPSED, place(&Basis::ALL, Some(&respond_by.basis)), None, None),
        Stage::Accepted { since } => (ACCEPTED, 0, *since, None),
        Stage::Archived { at, accepted, outcome } => (ARCHIVED, place(&OutcomeKind::ALL, Some(&outcome.kind())), *accepted, *at),
    }
}

/// Packs what stands of a deal; `number` gives the number of a name.
fn pack(deal: &Stood, number: &mut dyn FnMut(&str) -> Result<u64, StoreError>) -> Result<Vec<u8>, StoreError> {
    let (stage, of_stage, accepted, archived) = stage_of(deal);
    let bit = |is: bool, bit: u8| if is { bit } else { 0 };
    let mut to = Packing { bytes: Vec::with_capacity(64) };
    to.bytes
        .push(stage | bit(deal.direction == Direction::Inbound, INBOUND) | bit(deal.has_next, HAS_NEXT) | of_stage << OF_STAGE);
    to.bytes.push(
        bit(deal.value.is_some(), VALUE)
            | bit(deal.close_date.is_some(), CLOSE_DATE)
            | bit(deal.created_at.is_some(), CREATED)
            | bit(accepted.is_some(), ACCEPTED_AT)
            | bit(archived.is_some(), ARCHIVED_AT)
            | bit(deal.country.is_some(), COUNTRY)
            | bit(deal.owner.is_some(), OWNER)
            | bit(deal.campaign.is_some(), CAMPAIGN),
    );
    to.bytes.push(deal.sales_stage.map_or(0, SalesStage::percent));
    to.time(deal.first_seen_at);
    to.time(deal.updated_at);
    [deal.created_at, accepted, archived, deal.stage.deadline().map(|deadline| deadline.at)]
        .into_iter()
        .flatten()
        .for_each(|at| to.time(at));
    if let Some(value) = deal.value {
        to.number(value.currency().number().into());
        to.signed(value.minor());
    }
    if let Some(date) = deal.close_date {
        to.signed(date.number());
    }
    if let Some(country) = deal.country {
        to.bytes.extend(country.code().bytes());
    }
    if let Stage::Archived { outcome, .. } = &deal.stage {
        match outcome {
            Outcome::Lost { reason, .. } | Outcome::Declined { reason, .. } => {
                to.bytes.push(place(&Reason::ALL, reason.as_ref()))
            }
            Outcome::Error { reason } => {
                let reason = reason.as_deref().map(&mut *number).transpose()?;
                to.number(reason.map_or(0, |number| number + 1));
            }
            Outcome::Won | Outcome::Expired => {}
        }
    }
    let names = deal.owner.iter().chain(&deal.campaign).chain(&deal.solutions);
    for name in names {
        to.number(number(name)?);
    }
    Ok(to.bytes)
}

/// Which texts of a fact are read: those that figures are grouped by, and solutions where they are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub by: Dimension,
    pub with_solutions: bool,
}

impl Wanted {
    /// Leaves out of a deal what is not wanted, and the note about its end, which no fact holds.
    pub(super) fn of(self, mut deal: Stood) -> Stood {
        let with_solutions = self.with_solutions || self.by == Dimension::Solution;
        if let Stage::Archived { outcome: Outcome::Lost { note, .. } | Outcome::Declined { note, .. }, .. } = &mut deal.stage {
            *note = None;
        }
        Stood {
            country: deal.country.filter(|_| self.by == Dimension::Country),
            owner: deal.owner.filter(|_| self.by == Dimension::Owner),
            customer: if self.by == Dimension::Customer { deal.customer } else { String::new() },
            solutions: if with_solutions { deal.solutions } else { Vec::new() },
            ..deal
        }
    }
}

/// Gives the name of a number.
type Naming<'a> = &'a dyn Fn(u64) -> Option<Arc<str>>;

/// A fact while it is read.
struct Reading<'a> {
    bytes: &'a [u8],
}

impl Reading<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn time(&mut self) -> Option<Timestamp> {
        let seconds = self.signed()?;
        let micros = if seconds & 1 == 1 { i64::try_from(self.number()?).ok()? } else { 0 };
        Some(Timestamp::from_micros((seconds >> 1).checked_mul(SECOND)?.checked_add(micros)?))
    }

    /// Reads a fact; `name` gives the name of a number. The customer stays empty, and so does what nothing is grouped by, but for
    /// solutions where they are asked for.
    fn fact(&mut self, id: OpportunityId, Wanted { by, with_solutions }: Wanted, name: Naming<'_>) -> Option<Stood> {
        let (head, has, percent) = (self.byte()?, self.byte()?, self.byte()?);
        let has = |bit: u8| has & bit != 0;
        let (first_seen_at, updated_at) = (self.time()?, self.time()?);
        let mut time_if = |is: bool| if is { self.time().map(Some) } else { Some(None) };
        let (created_at, accepted, archived) = (time_if(has(CREATED))?, time_if(has(ACCEPTED_AT))?, time_if(has(ARCHIVED_AT))?);
        let is = head & 3;
        let due = time_if(is == RECEIVED || is == LAPSED)?;
        let value = if has(VALUE) {
            let currency = Currency::from_number(u16::try_from(self.number()?).ok()?)?;
            Some(Money::from_minor(self.signed()?, currency))
        } else {
            None
        };
        let close_date = if has(CLOSE_DATE) { Some(Date::from_number(self.signed()?)?) } else { None };
        let code = if has(COUNTRY) { Some([self.byte()?, self.byte()?]) } else { None };
        let country = match code.filter(|_| by == Dimension::Country) {
            Some(code) => Some(Country::from_code(std::str::from_utf8(&code).ok()?)?),
            None => None,
        };
        let of_stage = head >> OF_STAGE;
        let deadline = || Some(Deadline { at: due?, basis: placed(&Basis::ALL, of_stage)? });
        let stage = match is {
            RECEIVED => Stage::Received { respond_by: deadline()? },
            LAPSED => Stage::Lapsed { respond_by: deadline()? },
            ACCEPTED => Stage::Accepted { since: accepted },
            _ => Stage::Archived { at: archived, accepted, outcome: self.outcome(placed(&OutcomeKind::ALL, of_stage)?, name)? },
        };
        let number = if has(OWNER) { Some(self.number()?) } else { None };
        let owner = match number.filter(|_| by == Dimension::Owner) {
            Some(number) => Some(name(number)?),
            None => None,
        };
        let campaign = if has(CAMPAIGN) { Some(name(self.number()?)?) } else { None };
        let mut solutions = Vec::new();
        while (with_solutions || by == Dimension::Solution) && !self.bytes.is_empty() {
            solutions.push(name(self.number()?)?);
        }
        Some(Stood {
            id,
            direction: if head & INBOUND != 0 { Direction::Inbound } else { Direction::Outbound },
            stage,
            value,
            close_date,
            sales_stage: SalesStage::of(percent),
            campaign,
            country,
            customer: String::new(),
            owner,
            solutions,
            has_next: head & HAS_NEXT != 0,
            created_at,
            first_seen_at,
            updated_at,
        })
    }

    fn outcome(&mut self, kind: OutcomeKind, name: Naming<'_>) -> Option<Outcome> {
        Some(match kind {
            OutcomeKind::Won => Outcome::Won,
            OutcomeKind::Expired => Outcome::Expired,
            OutcomeKind::Lost => Outcome::Lost { reason: placed(&Reason::ALL, self.byte()?), note: None },
            OutcomeKind::Declined => Outcome::Declined { reason: placed(&Reason::ALL, self.byte()?), note: None },
            OutcomeKind::Error => {
                let reason = self.number()?.checked_sub(1);
                let reason = match reason {
                    Some(number) => Some(name(number)?.to_string()),
                    None => None,
                };
                Outcome::Error { reason }
            }
        })
    }
}

/// The numbers of names that a transaction has met: a file has few owners, campaigns and solutions, and each in many rows. One that is
/// given in it may be taken back with it, so each begins with none.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    known: HashMap<Box<str>, u64>,
}

impl Numbers {
    /// So many are kept.
    const MOST: usize = 10_000;

    fn packed(&mut self, connection: &Connection, deal: &Stood) -> Result<Vec<u8>, StoreError> {
        pack(deal, &mut |name| self.of(connection, name))
    }

    /// Returns the number of a name, which it gets now where it has none.
    fn of(&mut self, connection: &Connection, name: &str) -> Result<u64, StoreError> {
        if let Some(number) = self.known.get(name) {
            return Ok(*number);
        }
        let mut find = connection.prepare_cached("SELECT id FROM fact_name WHERE name = ?").reading()?;
        let found: Option<u64> = find.query_row([name], |row| row.get(0)).optional().reading()?;
        let number = match found {
            Some(number) => number,
            None => {
                let sql = "INSERT OR FAIL INTO fact_name (name) VALUES (?)";
                connection.prepare_cached(sql).writing()?.execute([name]).writing()?;
                connection.last_insert_rowid().unsigned_abs()
            }
        };
        if self.known.len() == Self::MOST {
            self.known.clear();
        }
        self.known.insert(name.into(), number);
        Ok(number)
    }
}

const INSERT: &str = "INSERT OR FAIL INTO fact (id, packed) VALUES (?, ?)";

/// Packs all there are, inside the transaction that brings the file on; `told` hears of every thousand rows.
pub(super) fn make_facts(connection: &Connection, told: &mut dyn FnMut(u64)) -> Result<(), StoreError> {
    let mut select = connection.prepare(convert::EACH_LEAN).opening()?;
    let mut rows = select.query([]).opening()?;
    let mut insert = connection.prepare(INSERT).opening()?;
    let (mut made, mut numbers) = (0, Numbers::default());
    while let Some(row) = rows.next().opening()? {
        let on = convert::lean(row)?.opportunity;
        insert.execute((on.id.0, numbers.packed(connection, &Stood::from(&on))?)).opening()?;
        made += 1;
        if made % 1_000 == 0 {
            told(made);
        }
    }
    Ok(())
}

impl Store {
    /// Forgets which names have which numbers: a step begins, or what one has written is taken back.
    pub(super) fn forget_numbers(&self) {
        self.numbers.set(Numbers::default());
    }

    fn packed(&self, deal: &Stood) -> Result<Vec<u8>, StoreError> {
        let mut numbers = self.numbers.take();
        let fact = numbers.packed(&self.connection, deal);
        self.numbers.set(numbers);
        fact
    }

    /// Writes what figures are made of, of an opportunity that was not held.
    pub(super) fn put_fact(&self, id: OpportunityId, held: &Held) -> Result<(), StoreError> {
        let fact = self.packed(&Stood::from(&held.opportunity))?;
        self.connection.prepare_cached(INSERT).writing()?.execute((id.0, fact)).writing()?;
        Ok(())
    }

    /// Writes it anew where it has changed.
    pub(super) fn change_fact(&self, before: &Held, after: &Held) -> Result<(), StoreError> {
        let deal = Stood::from(&after.opportunity);
        if Stood::from(&before.opportunity) == deal { Ok(()) } else { self.set_fact(&deal) }
    }

    fn set_fact(&self, deal: &Stood) -> Result<(), StoreError> {
        let fact = self.packed(deal)?;
        // No `ON CONFLICT`: for that SQLite would make the search index write itself out each time, see `journal`.
        let sql = "UPDATE OR FAIL fact SET packed = ? WHERE id = ?";
        if self.connection.prepare_cached(sql).writing()?.execute((&fact, deal.id.0)).writing()? == 0 {
            self.connection.prepare_cached(INSERT).writing()?.execute((deal.id.0, fact)).writing()?;
        }
        Ok(())
    }

    pub(super) fn drop_fact(&self, id: OpportunityId) -> Result<(), StoreError> {
        self.connection.prepare_cached("DELETE FROM fact WHERE id = ?").writing()?.execute([id.0]).writing()?;
        Ok(())
    }

    /// Writes those anew that have, or had, a deadline: they were counted by other days.
    pub(super) fn recount_facts(&self) -> Result<(), StoreError> {
        self.forget_numbers();
        let mut select = self.connection.prepare(convert::DUE_LEAN).reading()?;
        let mut rows = select.query([]).reading()?;
        while let Some(row) = rows.next().reading()? {
            self.set_fact(&Stood::from(&convert::lean(row)?.opportunity))?;
        }
        Ok(())
    }

    /// Returns how many facts are not those of their rows.
    pub(super) fn wrong_facts(&self) -> Result<u64, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM fact WHERE id NOT IN (SELECT id FROM opportunity))";
        let mut wrong: u64 = self.connection.query_row(sql, [], |row| row.get(0)).reading()?;
        let mut find = self.connection.prepare("SELECT packed FROM fact WHERE id = ?").reading()?;
        let mut select = self.connection.prepare(convert::EACH_LEAN).reading()?;
        let mut rows = select.query([]).reading()?;
        while let Some(row) = rows.next().reading()? {
            // Of a row that cannot be read others tell.
            let Ok(held) = convert::lean(row) else { continue };
            let fact: Option<Vec<u8>> = find.query_row([held.opportunity.id.0], |row| row.get(0)).optional().reading()?;
            let mut find_number = |name: &str| {
                let sql = "SELECT coalesce((SELECT id FROM fact_name WHERE name = ?), 0)";
                self.connection.prepare_cached(sql).reading()?.query_row([name], |row| row.get(0)).reading()
            };
            wrong += u64::from(fact != Some(pack(&Stood::from(&held.opportunity), &mut find_number)?));
        }
        Ok(wrong)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::opportunity::{Opportunity, Origin, Sender};
    use crate::domain::text::Line;

    fn any_time() -> impl Strategy<Value = Timestamp> {
        prop_oneof![
            (-5_000_000_000_i64..5_000_000_000).prop_map(|seconds| Timestamp::from_micros(seconds * SECOND)),
            any::<i32>().prop_map(|micros| Timestamp::from_micros(1_700_000_000_000_000 + i64::from(micros))),
        ]
    }

    fn any_stage() -> impl Strategy<Value = Stage> {
        let due = (any_time(), prop::sample::select(Basis::ALL.to_vec())).prop_map(|(at, basis)| Deadline { at, basis });
        let reason = || prop::option::of(prop::sample::select(Reason::ALL.to_vec()));
        let outcome = prop_oneof![
            Just(Outcome::Won),
            Just(Outcome::Expired),
            reason().prop_map(|reason| Outcome::Lost { reason, note: None }),
            reason().prop_map(|reason| Outcome::Declined { reason, note: None }),
            prop::option::of("[a-c가]{1,2}").prop_map(|reason| Outcome::Error { reason }),
        ];
        prop_oneof![
            (due, any::<bool>()).prop_map(|(respond_by, lapsed)| {
                if lapsed { Stage::Lapsed { respond_by } } else { Stage::Received { respond_by } }
            }),
            prop::option::of(any_time()).prop_map(|since| Stage::Accepted { since }),
            (prop::option::of(any_time()), prop::option::of(any_time()), outcome)
                .prop_map(|(at, accepted, outcome)| Stage::Archived { at, accepted, outcome }),
        ]
    }

    prop_compose! {
        fn any_deal()(
            stage in any_stage(),
            money in prop::option::of((any::<i64>(), prop::sample::select(vec!["USD", "KRW", "KWD"]))),
            day in prop::option::of(-700_000_i64..2_900_000),
            percent in prop::option::of(prop::sample::select(vec![10_u8, 40, 100])),
            names in prop::collection::vec(prop::sample::select(vec!["김민수", "SOL-1", "Frühling", "x"]), 0..6),
            country in prop::option::of(prop::sample::select(vec!["KR", "US"])),
            times in (prop::option::of(any_time()), any_time(), any_time()),
            flags in any::<[bool; 4]>(),
        ) -> Stood {
            let mut on = Opportunity::blank(Line::parse("한빛정밀").unwrap(), times.1);
            if flags[0] {
                on.origin = Origin::Inbound { sender: Sender::microsoft(None) };
            }
            let mut deal = Stood::from(&on);
            let name = |at: usize| names.get(at).map(|name| Arc::from(*name));
            (deal.id, deal.stage, deal.created_at, deal.updated_at) = (OpportunityId(7), stage, times.0, times.2);
            deal.value = money.map(|(minor, code)| Money::from_minor(minor, Currency::parse(code).unwrap()));
            deal.close_date = day.and_then(Date::from_number);
            deal.sales_stage = percent.and_then(SalesStage::of);
            deal.country = country.and_then(Country::from_code);
            (deal.owner, deal.campaign) = (name(0).filter(|_| flags[1]), name(1).filter(|_| flags[2]));
            deal.solutions = names.iter().skip(2).map(|name| Arc::from(*name)).collect();
            (deal.customer, deal.has_next) = (String::new(), flags[3]);
            deal
        }
    }

    proptest! {
        #[test]
        fn a_fact_tells_all_that_was_packed_and_of_names_what_is_grouped_by(deal in any_deal()) {
            let mut names: Vec<String> = Vec::new();
            let bytes = pack(&deal, &mut |name| {
                let at = names.iter().position(|known| known == name).unwrap_or(names.len());
                if at == names.len() {
                    names.push(name.to_owned());
                }
                Ok(at as u64)
            }).unwrap();
            let name = |number: u64| names.get(usize::try_from(number).ok()?).map(|name| Arc::from(name.as_str()));
            for by in Dimension::ALL {
                let only = |is: Dimension| by == is;
                let wanted = Stood {
                    country: deal.country.filter(|_| only(Dimension::Country)),
                    owner: deal.owner.clone().filter(|_| only(Dimension::Owner)),
                    solutions: if only(Dimension::Solution) { deal.solutions.clone() } else { Vec::new() },
                    ..deal.clone()
                };
                prop_assert_eq!(Reading { bytes: &bytes }.fact(deal.id, Wanted { by, with_solutions: false }, &name), Some(wanted.clone()));
                let with = Stood { solutions: deal.solutions.clone(), ..wanted };
                prop_assert_eq!(Reading { bytes: &bytes }.fact(deal.id, Wanted { by, with_solutions: true }, &name), Some(with));
            }
        }
    }
}

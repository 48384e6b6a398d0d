//! What figures are made of as it stood at earlier moments: what later steps tell that there was before them, laid over what figures know of
//! each deal now; a row is read only for who owned it. Whole deals of a past moment are `past.rs`.

use std::collections::{BTreeSet, HashMap};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::convert;
use super::delta::read_image;
use super::error::{StoreError, While};
use super::facts::Wanted;
use super::history::Happened;
use super::idset::IdSet;
use super::journal::count_days_of;
use super::open::Store;
use super::past::Past;
use crate::domain::field::Field;
use crate::domain::held::Held;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::text::Line;
use crate::insight::{Dimension, Stood};

/// Steps after one in their order. What earlier versions undid in place is not in what is held.
const AFTER: &str = "SELECT step_id, opportunity_id, what, delta FROM history WHERE step_id > ?1 \
     AND step_id NOT IN (SELECT id FROM step WHERE undone_at IS NOT NULL) ORDER BY step_id, opportunity_id";

/// How many rows are read between two looks whether somebody waits.
const ROWS: u64 = 4_096;

/// The fields that figures are made of.
const FIGURED: [Field; 13] = [
    Field::Stage,
    Field::Origin,
    Field::Value,
    Field::CloseDate,
    Field::SalesStage,
    Field::CampaignId,
    Field::CustomerName,
    Field::Address,
    Field::Employees,
    Field::Owner,
    Field::Solutions,
    Field::Next,
    Field::CreatedAt,
];

/// As much of a change as figures need; a value is read where it turns out to be the one that stood.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    #[serde(borrow)]
    fields: Vec<(&'a RawValue, &'a RawValue, IgnoredAny)>,
    updated_at: (i64, i64),
}

/// What later steps tell of what a deal was before them.
#[derive(Debug, Default)]
struct Before {
    begins: Begins,
    /// What stood in a field before the first step that changed it, in plain form.
    old: Vec<(Field, Box<str>)>,
    /// When it was changed last, before and after each step.
    dates: Vec<(i64, i64)>,
}

/// How the first of them found it.
#[derive(Debug, Default)]
enum Begins {
    /// Held, as it is now but for what they changed.
    #[default]
    Held,
    NotHeld,
    /// Held as this tells it, but for what they had changed: it was removed.
    Removed(Box<str>),
}

impl Before {
    /// Hears of the next step.
    fn hear(&mut self, what: Happened, kept: &str) -> Result<(), StoreError> {
        if !matches!(self.begins, Begins::Held) {
            return Ok(());
        }
        match what {
            Happened::Made => self.begins = Begins::NotHeld,
            Happened::Removed => self.begins = Begins::Removed(kept.into()),
            Happened::Changed => {
                let unreadable = |_| StoreError::Damaged("a change in the history cannot be read".into());
                let change: Change<'_> = serde_json::from_str(kept).map_err(unreadable)?;
                for (name, old, _) in change.fields {
                    let name = name.get().trim_matches('"');
                    let Some(field) = FIGURED.into_iter().find(|field| field.path() == name) else { continue };
                    if !self.old.iter().any(|(known, _)| *known == field) {
                        self.old.push((field, old.get().into()));
                    }
                }
                match self.dates.last_mut() {
                    Some(last) if last.1 == change.updated_at.0 => last.1 = change.updated_at.1,
                    _ => self.dates.push(change.updated_at),
                }
            }
            // What the clock makes of it follows from the deadline, and sending changes nothing of what is held.
            Happened::Lapsed | Happened::Revived | Happened::Sent | Happened::Refused => {}
        }
        Ok(())
    }

    /// Puts what stood in the fields.
    fn put(&self, into: &mut Opportunity) -> Result<(), StoreError> {
        for (field, old) in &self.old {
            let unreadable = |_| StoreError::Damaged("a value in the history cannot be read".into());
            let old: Value = serde_json::from_str(old).map_err(unreadable)?;
            field.put(into, &old)?;
        }
        Ok(())
    }

    fn has(&self, field: Field) -> bool {
        self.old.iter().any(|(known, _)| *known == field)
    }

    /// Returns a deal with what stood in its fields. Who owned it hangs on what is not among figures: that is left as it is.
    fn laid_over(&self, mut deal: Stood) -> Result<Stood, StoreError> {
        if self.old.is_empty() {
            return Ok(deal);
        }
        let mut told = Opportunity::blank(Line::stored(String::new()), deal.first_seen_at);
        self.put(&mut told)?;
        let told = Stood::from(&told);
        for (field, _) in &self.old {
            match field {
                Field::Stage => deal.stage = told.stage.clone(),
                Field::Origin => deal.direction = told.direction,
                Field::Value => deal.value = told.value,
                Field::CloseDate => deal.close_date = told.close_date,
                Field::SalesStage => deal.sales_stage = told.sales_stage,
                Field::CampaignId => deal.campaign = told.campaign.clone(),
                Field::CustomerName => deal.customer.clone_from(&told.customer),
                Field::Address => deal.country = told.country,
                Field::Solutions => deal.solutions.clone_from(&told.solutions),
                Field::Next => deal.has_next = told.has_next,
                Field::CreatedAt => deal.created_at = told.created_at,
                _ => {}
            }
        }
        Ok(deal)
    }

    /// Returns when it had been changed last, of when it has been now.
    fn date(&self, now: Timestamp) -> Timestamp {
        let back = |date, (before, after): &(i64, i64)| if date == *after { *before } else { date };
        Timestamp::from_micros(self.dates.iter().rev().fold(now.micros(), back))
    }
}

/// How a deal stood at an earlier moment.
pub(super) enum Then {
    /// No step has touched it since, only the clock may have.
    Untouched,
    /// It was held so, or not at all.
    Was(Option<Box<Stood>>),
}

/// Takes a deal as it stands now, and as it stood at some moments.
type Each<'a, const N: usize> = &'a mut dyn FnMut(Option<&Stood>, [Then; N]);

impl Then {
    /// Returns how it stood at that moment, of how it stands now.
    pub(super) fn at(self, now: Option<&Stood>, at: Timestamp) -> Option<Stood> {
        match self {
            Self::Untouched => now.map(|now| now.as_seen(at)),
            Self::Was(then) => then.map(|then| *then),
        }
    }
}

/// A moment, and of each deal that steps after it touched what they tell.
struct Touched {
    past: Past,
    deals: HashMap<OpportunityId, Before>,
}

impl Store {
    /// Reads what later steps tell of the deals at some moments.
    fn told_since<const N: usize>(&self, pasts: [Past; N], waits: &mut dyn FnMut() -> bool) -> Result<[Touched; N], StoreError> {
        let mut all = pasts.map(|past| Touched { past, deals: HashMap::new() });
        let Some(first) = pasts.iter().map(|past| past.step).min() else { return Ok(all) };
        let mut statement = self.connection.prepare_cached(AFTER).reading()?;
        let mut rows = statement.query([first.0]).reading()?;
        let mut read = 0_u64;
        while let Some(row) = rows.next().reading()? {
            read += 1;
            if read.is_multiple_of(ROWS) && waits() {
                return Err(StoreError::Stopped);
            }
            let (step, id): (i64, i64) = (row.get(0).reading()?, row.get(1).reading()?);
            let what = Happened::read(row.get_ref(2).reading()?.as_str().unwrap_or_default());
            let kept = row.get_ref(3).reading()?.as_str_or_null().ok().flatten().unwrap_or_default();
            for touched in all.iter_mut().filter(|touched| step > touched.past.step.0) {
                touched.deals.entry(OpportunityId(id)).or_default().hear(what, kept)?;
            }
        }
        Ok(all)
    }

    /// Calls `each` with every deal that is held now or was at one of the moments, `only` those in a set, in the order of their numbers: as
    /// it stands now, and how it stood at each of the moments.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `waits` tells that somebody waits, or that the database cannot be read.
    pub(super) fn each_backdated<const N: usize>(
        &self,
        pasts: [Past; N],
        (only, wanted): (Option<&IdSet>, Wanted),
        waits: &mut dyn FnMut() -> bool,
        each: Each<'_, N>,
    ) -> Result<(), StoreError> {
        let touched = self.told_since(pasts, waits)?;
        let is_gone = |before: &Before| matches!(before.begins, Begins::Removed(_));
        let gone = touched.iter().flat_map(|touched| &touched.deals).filter(|(_, before)| is_gone(before));
        // Some were made anew: they stand among those that are held.
        let mut gone: BTreeSet<OpportunityId> =
            gone.map(|(id, _)| *id).filter(|id| only.is_none_or(|set| set.contains(*id))).collect();
        let mut tell = |id: OpportunityId, now: Option<&Stood>| -> Result<(), StoreError> {
            let mut then = [const { Then::Untouched }; N];
            for (then, touched) in then.iter_mut().zip(&touched) {
                *then = match touched.deals.get(&id) {
                    Some(before) => Then::Was(self.then(before, touched.past, (id, now), wanted)?.map(Box::new)),
                    None if now.is_none() => Then::Was(None),
                    None => Then::Untouched,
                };
            }
            each(now, then);
            Ok(())
        };
        self.each_standing((only, wanted), waits, &mut |deal| {
            while let Some(id) = gone.first().copied().filter(|id| *id <= deal.id) {
                gone.remove(&id);
                if id < deal.id {
                    tell(id, None)?;
                }
            }
            tell(deal.id, Some(&deal))
        })?;
        gone.into_iter().try_for_each(|id| tell(id, None))
    }

    /// Returns how a deal stood that later steps touched.
    fn then(
        &self,
        before: &Before,
        past: Past,
        (id, now): (OpportunityId, Option<&Stood>),
        wanted: Wanted,
    ) -> Result<Option<Stood>, StoreError> {
        let of_owner = || wanted.by == Dimension::Owner && (before.has(Field::Owner) || before.has(Field::Employees));
        let whole = match &before.begins {
            Begins::NotHeld => return Ok(None),
            Begins::Removed(image) => Some(read_image(image)?.held()?),
            Begins::Held if of_owner() => self.lean(id)?,
            Begins::Held => None,
        };
        let mut deal = match (whole, now) {
            (Some(mut held), _) => {
                held.opportunity.id = id;
                before.put(&mut held.opportunity)?;
                Stood::from(&held.opportunity)
            }
            (None, Some(now)) => before.laid_over(now.clone())?,
            (None, None) => return Ok(None),
        };
        deal.updated_at = before.date(deal.updated_at);
        deal.first_seen_at = deal.first_seen_at.min(past.at);
        let (created, first_seen) = (deal.created_at, deal.first_seen_at);
        count_days_of(&mut deal.stage, created, first_seen, past.days);
        deal.stage = deal.stage.seen_at(past.at);
        Ok(Some(wanted.of(deal)))
    }

    /// Returns one deal as far as figures are made of it.
    fn lean(&self, id: OpportunityId) -> Result<Option<Held>, StoreError> {
        let mut statement = self.connection.prepare_cached(convert::ONE_LEAN).reading()?;
        let mut rows = statement.query([id.0]).reading()?;
        rows.next().reading()?.map(convert::lean).transpose()
    }
}

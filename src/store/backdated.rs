//! What figures are made of as it stood at earlier moments: what later steps tell that there was before them, laid over what figures know of
//! each deal now; a row is read only for who owned it. Whole deals of a past moment are `past.rs`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::abreast::{Put, abreast};
use super::convert;
use super::delta::read_image;
use super::error::{StoreError, While};
use super::facts::Wanted;
use super::history::Happened;
use super::idset::IdSet;
use super::journal::count_days_of;
use super::open::Store;
use super::past::Past;
use super::skim::{Skimmed, skim};
use crate::domain::field::Field;
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::text::Line;
use crate::insight::{Dimension, Stood};
use rusqlite::Row;

/// Steps after one in their order.
const AFTER: &str = "SELECT step_id, opportunity_id, what, delta FROM history WHERE step_id > ? ORDER BY step_id, opportunity_id";

/// What earlier versions undid in place: that is not in what is held.
const UNDONE: &str = "SELECT id FROM step WHERE undone_at IS NOT NULL";

/// So many rows are read at once; between them it is asked whether somebody waits.
const ROWS: usize = 1_024;

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

/// What a step did to a deal, as much of it as figures need.
enum Deed<'a> {
    Made,
    Removed(&'a str),
    Changed(Skimmed<'a>),
}

impl<'a> Deed<'a> {
    /// Reads it; `None` where it changed nothing of what is held: what the clock makes of a deal follows from the deadline.
    fn read(what: Happened, kept: &'a str) -> Result<Option<Self>, StoreError> {
        Ok(match what {
            Happened::Made => Some(Self::Made),
            Happened::Removed => Some(Self::Removed(kept)),
            Happened::Changed => Some(Self::Changed(skim(kept)?)),
            Happened::Lapsed | Happened::Revived | Happened::Sent | Happened::Refused => None,
        })
    }
}

/// What later steps tell of what a deal was before them.
#[derive(Debug, Default)]
struct Before {
    begins: Begins,
    /// Which of the old values that are kept was told last: one more than its place, nought for none.
    old: u32,
    /// When it was changed last, before and after the first step, and after those that follow.
    date: Option<(i64, i64)>,
    dates: Vec<(i64, i64)>,
    /// Who owned it, where that is wanted and was another.
    owner: Option<Option<Arc<str>>>,
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
    fn hear(&mut self, deed: &Deed<'_>, kept: &mut Olds) {
        if !matches!(self.begins, Begins::Held) {
            return;
        }
        match deed {
            Deed::Made => self.begins = Begins::NotHeld,
            Deed::Removed(image) => self.begins = Begins::Removed((*image).into()),
            Deed::Changed(change) => {
                for (name, old) in &change.fields {
                    let Some(field) = FIGURED.into_iter().find(|field| field.path() == *name) else { continue };
                    if !kept.has(self.old, field) {
                        self.old = kept.put(self.old, field, old);
                    }
                }
                self.hear_date(change.updated_at);
            }
        }
    }

    fn hear_date(&mut self, (before, after): (i64, i64)) {
        match self.dates.last_mut().or(self.date.as_mut()) {
            None => self.date = Some((before, after)),
            Some(last) if last.1 == before => last.1 = after,
            Some(_) => self.dates.push((before, after)),
        }
    }

    /// Puts what stood in its fields into a deal; what is read on the way is written into a record.
    fn lay_over(&self, deal: &mut Stood, kept: &Olds, record: &mut Opportunity) -> Result<(), StoreError> {
        kept.put_into(self.old, record)?;
        kept.of(self.old).for_each(|(field, _)| deal.take(field, record));
        if let Some(owner) = &self.owner {
            deal.owner.clone_from(owner);
        }
        Ok(())
    }

    /// Returns how a deal stood, of how it stands now.
    fn then(
        &self,
        (past, kept): (Past, &Olds),
        (id, now): (OpportunityId, Option<&Stood>),
        wanted: Wanted,
        record: &mut Opportunity,
    ) -> Result<Option<Stood>, StoreError> {
        let mut deal = match (&self.begins, now) {
            (Begins::NotHeld, _) | (Begins::Held, None) => return Ok(None),
            (Begins::Removed(image), _) => {
                let mut held = read_image(image)?.held()?;
                held.opportunity.id = id;
                kept.put_into(self.old, &mut held.opportunity)?;
                Stood::from(&held.opportunity)
            }
            (Begins::Held, Some(now)) => {
                let mut deal = now.clone();
                self.lay_over(&mut deal, kept, record)?;
                deal
            }
        };
        deal.updated_at = self.date(deal.updated_at);
        deal.first_seen_at = deal.first_seen_at.min(past.at);
        let (created, first_seen) = (deal.created_at, deal.first_seen_at);
        count_days_of(&mut deal.stage, created, first_seen, past.days);
        deal.stage = deal.stage.seen_at(past.at);
        Ok(Some(wanted.of(deal)))
    }

    /// Returns when it had been changed last, of when it has been now.
    fn date(&self, now: Timestamp) -> Timestamp {
        let back = |date, (before, after): &(i64, i64)| if date == *after { *before } else { date };
        Timestamp::from_micros(self.date.iter().chain(&self.dates).rev().fold(now.micros(), back))
    }
}

/// What stood in fields before the first step that changed them, of many deals, in plain form.
#[derive(Default)]
struct Olds {
    /// Of each its field, where its value ends, and which one of its deal was told before.
    all: Vec<(Field, usize, u32)>,
    values: String,
}

impl Olds {
    /// Keeps one; returns its number.
    fn put(&mut self, before: u32, field: Field, value: &str) -> u32 {
        self.values.push_str(value);
        self.all.push((field, self.values.len(), before));
        u32::try_from(self.all.len()).unwrap_or(0)
    }

    /// Returns those of a deal, the last one first.
    fn of(&self, last: u32) -> impl Iterator<Item = (Field, &str)> {
        let mut next = last;
        std::iter::from_fn(move || {
            let at = (next as usize).checked_sub(1)?;
            let (field, end, before) = *self.all.get(at)?;
            next = before;
            let begin = at.checked_sub(1).map_or(0, |before| self.all[before].1);
            Some((field, &self.values[begin..end]))
        })
    }

    fn has(&self, last: u32, field: Field) -> bool {
        self.of(last).any(|(known, _)| known == field)
    }

    /// Puts what stood in the fields of a deal.
    fn put_into(&self, last: u32, into: &mut Opportunity) -> Result<(), StoreError> {
        for (field, old) in self.of(last) {
            let mut old = serde_json::Deserializer::from_str(old);
            field.put_from(into, &mut old)?;
            old.end().map_err(|_| StoreError::Damaged("a value in the history cannot be read".into()))?;
        }
        Ok(())
    }
}

/// How a deal stood at an earlier moment.
pub(super) enum Then<'a> {
    /// No step has touched it since, only the clock may have.
    Untouched,
    /// It was held so, or not at all.
    Was(Option<&'a Stood>),
}

/// Takes a deal as it stands now, and as it stood at some moments.
type Each<'a, const N: usize> = &'a mut (dyn FnMut(Option<&Stood>, [Then<'_>; N]) + Send);

impl<'a> Then<'a> {
    /// Returns how it stood at that moment, of how it stands now.
    pub(super) fn at(self, now: Option<&Stood>, at: Timestamp) -> Option<Cow<'a, Stood>> {
        match self {
            Self::Untouched => now.map(|now| Cow::Owned(now.as_seen(at))),
            Self::Was(then) => then.map(Cow::Borrowed),
        }
    }
}

/// A moment, and of each deal that steps after it touched what they tell.
struct Touched {
    past: Past,
    deals: Vec<(OpportunityId, Before)>,
    /// By the number of a deal one more than its place among these, nought where it is not: the deals of one step stand beside each other,
    /// in a table of hashes each were somewhere else.
    places: Vec<u32>,
    olds: Olds,
}

impl Touched {
    fn new(past: Past) -> Self {
        Self { past, deals: Vec::new(), places: Vec::new(), olds: Olds::default() }
    }

    fn of(&self, id: OpportunityId) -> Option<&Before> {
        let place = *self.places.get(usize::try_from(id.0).ok()?)?;
        self.deals.get(usize::try_from(place).ok()?.checked_sub(1)?).map(|(_, before)| before)
    }

    /// Returns those that were removed, `only` those in a set. Some were made anew: they stand among those that are held.
    fn gone(&self, only: Option<&IdSet>) -> BTreeSet<OpportunityId> {
        let gone = self.deals.iter().filter(|(_, before)| matches!(before.begins, Begins::Removed(_)));
        gone.map(|(id, _)| *id).filter(|id| only.is_none_or(|set| set.contains(*id))).collect()
    }

    fn hear(&mut self, id: OpportunityId, deed: &Deed<'_>) {
        let Ok(at) = usize::try_from(id.0) else { return };
        if at >= self.places.len() {
            self.places.resize(at + 1, 0);
        }
        if self.places[at] == 0 {
            let Ok(place) = u32::try_from(self.deals.len() + 1) else { return };
            self.deals.push((id, Before::default()));
            self.places[at] = place;
        }
        self.deals[self.places[at] as usize - 1].1.hear(deed, &mut self.olds);
    }
}

/// A record that what stood in fields is read into on its way.
fn blank() -> Opportunity {
    Opportunity::blank(Line::stored(String::new()), Timestamp::from_micros(0))
}

/// Rows of the journal as they were read.
#[derive(Default)]
struct Rows {
    /// Of each its step and its deal, and where its change ends.
    rows: Vec<(StepId, OpportunityId, Happened, usize)>,
    kept: String,
}

impl Rows {
    fn put(&mut self, step: StepId, row: &Row<'_>) -> Result<(), StoreError> {
        let what = Happened::read(row.get_ref(2).reading()?.as_str().unwrap_or_default());
        self.kept.push_str(row.get_ref(3).reading()?.as_str_or_null().ok().flatten().unwrap_or_default());
        self.rows.push((step, OpportunityId(row.get(1).reading()?), what, self.kept.len()));
        Ok(())
    }

    /// Tells them to the moments that they are after.
    fn tell(&self, all: &mut [Touched]) -> Result<(), StoreError> {
        let mut from = 0;
        for (step, id, what, to) in &self.rows {
            if let Some(deed) = Deed::read(*what, &self.kept[from..*to])? {
                all.iter_mut().filter(|touched| *step > touched.past.step).for_each(|touched| touched.hear(*id, &deed));
            }
            from = *to;
        }
        Ok(())
    }
}

impl Store {
    /// Reads what later steps tell of the deals at some moments.
    fn told_since<const N: usize>(&self, pasts: [Past; N], waits: &mut dyn FnMut() -> bool) -> Result<[Touched; N], StoreError> {
        let mut all = pasts.map(Touched::new);
        let Some(first) = pasts.iter().map(|past| past.step).min() else { return Ok(all) };
        let mut undone = self.connection.prepare_cached(UNDONE).reading()?;
        let undone = undone.query_map([], |row| row.get(0).map(StepId)).reading()?;
        let undone = undone.collect::<Result<BTreeSet<StepId>, _>>().reading()?;
        let read = |put: Put<'_, Rows>| {
            let mut statement = self.connection.prepare_cached(AFTER).reading()?;
            let mut told = statement.query([first.0]).reading()?;
            let mut rows = Rows::default();
            while let Some(row) = told.next().reading()? {
                let step = StepId(row.get(0).reading()?);
                if !undone.contains(&step) {
                    rows.put(step, row)?;
                }
                if rows.rows.len() == ROWS {
                    if waits() {
                        return Err(StoreError::Stopped);
                    }
                    if !put(std::mem::take(&mut rows))? {
                        return Ok(());
                    }
                }
            }
            put(rows).map(|_| ())
        };
        abreast(read, |rows| rows.tell(&mut all))?;
        Ok(all)
    }

    /// As [`Store::told_since`], with who owned the deals where that is wanted.
    fn touched_since<const N: usize>(
        &self,
        pasts: [Past; N],
        wanted: Wanted,
        waits: &mut dyn FnMut() -> bool,
    ) -> Result<[Touched; N], StoreError> {
        let mut touched = self.told_since(pasts, waits)?;
        if wanted.by == Dimension::Owner {
            self.learn_owners(&mut touched)?;
        }
        Ok(touched)
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
        let touched = self.touched_since(pasts, wanted, waits)?;
        let mut gone: BTreeSet<OpportunityId> = touched.iter().flat_map(|touched| touched.gone(only)).collect();
        let mut record = blank();
        let mut tell = |id: OpportunityId, now: Option<&Stood>| -> Result<(), StoreError> {
            let mut stood = [const { None }; N];
            for (stood, touched) in stood.iter_mut().zip(&touched) {
                let before = |before: &Before| before.then((touched.past, &touched.olds), (id, now), wanted, &mut record);
                *stood = touched.of(id).map(before).transpose()?;
            }
            each(
                now,
                std::array::from_fn(|at| match &stood[at] {
                    Some(then) => Then::Was(then.as_ref()),
                    None if now.is_none() => Then::Was(None),
                    None => Then::Untouched,
                }),
            );
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

    /// Calls `each` with every deal that is held now, and whether no step has touched it since a moment, on a thread of its own; meanwhile
    /// `changed` with every other one that is held or was held then, as it stood then and stands now, in no order.
    ///
    /// # Errors
    /// As [`Store::each_backdated`].
    pub(super) fn each_changed(
        &self,
        past: Past,
        (only, wanted): (Option<&IdSet>, Wanted),
        waits: &mut dyn FnMut() -> bool,
        each: &mut (dyn FnMut(&Stood, bool) + Send),
        changed: &mut dyn FnMut(Option<&Stood>, Option<&Stood>),
    ) -> Result<(), StoreError> {
        let [touched] = &self.touched_since([past], wanted, waits)?;
        let mut gone = touched.gone(only);
        let mut record = blank();
        let mut tell = |id: OpportunityId, now: Option<&Stood>| -> Result<(), StoreError> {
            let Some(before) = touched.of(id) else { return Ok(()) };
            let then = before.then((past, &touched.olds), (id, now), wanted, &mut record)?;
            changed(then.as_ref(), now);
            Ok(())
        };
        let is_touched = |id| touched.of(id).is_some();
        let mut here = |deal: Stood| {
            gone.remove(&deal.id);
            tell(deal.id, Some(&deal))
        };
        self.each_standing_and(
            (only, wanted),
            waits,
            &mut |deal| {
                each(&deal, !is_touched(deal.id));
                Ok(())
            },
            (&is_touched, &mut here),
        )?;
        gone.into_iter().try_for_each(|id| tell(id, None))
    }

    /// Learns who owned the deals at some moments: that hangs on what is not among figures.
    fn learn_owners(&self, all: &mut [Touched]) -> Result<(), StoreError> {
        for Touched { deals, olds, .. } in all {
            for (id, before) in deals {
                let has = |field| olds.has(before.old, field);
                let was_another = matches!(before.begins, Begins::Held) && (has(Field::Owner) || has(Field::Employees));
                if let Some(mut held) = if was_another { self.lean(*id)? } else { None } {
                    olds.put_into(before.old, &mut held.opportunity)?;
                    before.owner = Some(Stood::from(&held.opportunity).owner);
                }
            }
        }
        Ok(())
    }

    /// Returns one deal as far as figures are made of it.
    fn lean(&self, id: OpportunityId) -> Result<Option<Held>, StoreError> {
        let mut statement = self.connection.prepare_cached(convert::ONE_LEAN).reading()?;
        let mut rows = statement.query([id.0]).reading()?;
        rows.next().reading()?.map(convert::lean).transpose()
    }
}

//! Registrations of won deals, as records of the journal beside their deals: told, written, answered; their rules are in `domain`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::{StoreError, While};
use super::history::{Entry as HistoryEntry, STEP, StepKind, StepRecord, step_record};
use super::open::Store;
use super::record::{Entry, Record, RecordKind};
use super::undo::Unfounded;
use crate::domain::date::Date;
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::programme::registration::judge::Grounds;
use crate::domain::programme::registration::{Answer, Answered, Registration, RegistrationStays, Written};
use crate::domain::programme::ruling::Ruling;
use crate::domain::role::Deed;

/// A registration as it is kept, with its deal.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRegistration {
    pub deal: Opportunity,
    pub registration: Registration,
    /// Whether Partner Center knows that the deal is won.
    pub is_won_there: bool,
    /// The upload file that tells it that, where nobody has answered.
    pub win_in: Option<String>,
}

impl KeptRegistration {
    /// Returns why it stays here although it is told.
    pub fn stays(&self, grounds: &Grounds, now: Timestamp) -> Option<RegistrationStays> {
        grounds.stays(&self.deal, &self.registration, self.is_won_there, now)
    }
}

/// What the desk asks of registrations.
pub enum OfRegistrations {
    /// What deals are held against; `of` tells the answer apart from those of earlier questions.
    Grounds { of: u64, ruling: Arc<Ruling>, now: Timestamp },
    /// To keep one, if it is still what was seen.
    Keep { deal: Box<Opportunity>, seen: Option<Box<Registration>>, to: Box<Registration>, now: Timestamp },
    /// All of them, each with why it stays here.
    List { ruling: Arc<Ruling>, now: Timestamp },
    /// To write their file, or to take an answer.
    Run(Box<dyn RegistrationErrand>),
    /// To let those of a file wait again: it was never uploaded.
    Forget { file: String, now: Timestamp },
}

/// Takes registrations out of the store or answers in.
pub trait RegistrationErrand: Send {
    /// Returns what is to be said.
    ///
    /// # Errors
    /// What is to be said where nothing was done, and what is wrong with the store.
    fn run(self: Box<Self>, store: &mut Store) -> Result<Vec<String>, (Vec<String>, Option<StoreError>)>;
}

/// What registrations answer.
pub enum RegistrationsSaid {
    Grounds {
        of: u64,
        found: Result<Box<Grounds>, StoreError>,
    },
    Kept {
        deal: Box<Opportunity>,
        to: Box<Registration>,
        done: Result<Option<StepId>, StoreError>,
    },
    Listed(Result<Vec<(KeptRegistration, Option<RegistrationStays>)>, StoreError>),
    Ran(Result<Vec<String>, (Vec<String>, Option<StoreError>)>),
    /// How many wait again.
    Forgotten {
        file: String,
        done: Result<usize, StoreError>,
    },
}

fn read(record: &Record) -> Result<Registration, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged(format!("a registration cannot be read: {error}"));
    serde_json::from_str(&record.value).map_err(damaged)
}

fn key(id: OpportunityId) -> String {
    id.to_string()
}

/// What became of an answer: of which deal, and what.
type Heard = Option<(OpportunityId, Answered)>;
/// Registrations that change, with their deals.
type Changed = BTreeMap<OpportunityId, (Opportunity, Registration)>;

impl Store {
    /// Answers what the desk asks of registrations.
    pub(super) fn of_registrations(&mut self, of: OfRegistrations) -> RegistrationsSaid {
        match of {
            OfRegistrations::Grounds { of, ruling, now } => {
                RegistrationsSaid::Grounds { of, found: self.grounds(ruling, now).map(Box::new) }
            }
            OfRegistrations::Keep { deal, seen, to, now } => {
                let done = self.register(&deal, seen.as_deref(), &to, now);
                RegistrationsSaid::Kept { deal, to, done }
            }
            OfRegistrations::List { ruling, now } => RegistrationsSaid::Listed(self.staying(ruling, now)),
            OfRegistrations::Run(errand) => RegistrationsSaid::Ran(errand.run(self)),
            OfRegistrations::Forget { file, now } => {
                let done = self.forget_registrations(&file, now);
                RegistrationsSaid::Forgotten { file, done }
            }
        }
    }

    /// Returns what deals are held against, by rules and by what is known at `now`.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn grounds(&self, ruling: Arc<Ruling>, now: Timestamp) -> Result<Grounds, StoreError> {
        let offers = self.offers()?.into_iter().map(|kept| kept.offer).collect();
        Ok(Grounds { ruling, offers, organisation: self.organisation()?, rates: self.rates_on(Date::in_utc(now))? })
    }

    /// Returns the registration of a deal, where something is told of one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn registration(&self, id: OpportunityId) -> Result<Option<Registration>, StoreError> {
        self.record_by(RecordKind::Registration, &key(id))?.as_ref().map(read).transpose()
    }

    /// Returns all registrations with their deals, by the number of the deal. One whose deal was taken back, or is not seen (MG-02), is
    /// passed over.
    ///
    /// # Errors
    /// As [`Store::registration`].
    pub fn registrations(&self) -> Result<Vec<KeptRegistration>, StoreError> {
        let mut all = Vec::new();
        for record in self.records(RecordKind::Registration)? {
            let Ok(id) = record.key.parse().map(OpportunityId) else { continue };
            if !self.sees(id)? {
                continue;
            }
            match self.get(id) {
                Ok(held) => {
                    let (is_won_there, win_in) = (held.is_won_there(), held.win_in_file().map(str::to_owned));
                    all.push(KeptRegistration { deal: held.opportunity, registration: read(&record)?, is_won_there, win_in });
                }
                Err(StoreError::NoSuch(_)) => {}
                Err(error) => return Err(error),
            }
        }
        all.sort_by_key(|kept| kept.deal.id);
        Ok(all)
    }

    /// Returns the registrations that have left of deals that Partner Center is known to have as won: what an import has confirmed is
    /// known no more once that is taken back.
    pub(super) fn registered_as_won(&self, taken_back: &StepRecord) -> Result<Vec<Unfounded>, StoreError> {
        if taken_back.kind != StepKind::Import {
            return Ok(Vec::new());
        }
        let has_left = |kept: &KeptRegistration| kept.registration.written.is_some() || !kept.registration.states.is_empty();
        let kept = self.registrations()?.into_iter().filter(|kept| kept.is_won_there && has_left(kept));
        let told = kept.map(|kept| Unfounded {
            id: kept.deal.id,
            title: kept.deal.title().to_string(),
            file: kept.registration.written.map(|written| written.file.to_string()),
        });
        Ok(told.collect())
    }

    /// Returns those of them whose deals Partner Center is not known to have as won.
    pub(super) fn unfounded(&self, registered: Vec<Unfounded>) -> Result<Vec<Unfounded>, StoreError> {
        let mut unfounded = Vec::new();
        for one in registered {
            if !self.find_held(one.id)?.is_some_and(|held| held.is_won_there()) {
                unfounded.push(one);
            }
        }
        Ok(unfounded)
    }

    fn staying(
        &self,
        ruling: Arc<Ruling>,
        now: Timestamp,
    ) -> Result<Vec<(KeptRegistration, Option<RegistrationStays>)>, StoreError> {
        let grounds = self.grounds(ruling, now)?;
        let stays = |kept: KeptRegistration| {
            let stays = kept.stays(&grounds, now);
            (kept, stays)
        };
        Ok(self.registrations()?.into_iter().map(stays).collect())
    }

    /// Puts the steps that were done to the registration of a deal among what was done to the deal, latest first.
    pub(super) fn add_registration_steps(
        &self,
        id: OpportunityId,
        before: Option<StepId>,
        limit: usize,
        entries: &mut Vec<HistoryEntry>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {STEP} FROM record JOIN record_history ON record_history.record_id = record.id \
             JOIN step ON step.id = record_history.step_id \
             WHERE record.kind = ? AND record.key = ? AND record_history.step_id < ? ORDER BY record_history.step_id DESC LIMIT ?"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let before = before.map_or(i64::MAX, |id| id.0);
        let mut rows = statement.query((RecordKind::Registration.code(), key(id), before, limit)).reading()?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().reading()? {
            found.push(step_record(row)?);
        }
        found.retain(|step| entries.iter().all(|entry| entry.step.id != step.id));
        entries.extend(found.into_iter().map(HistoryEntry::beside));
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.step.id));
        entries.truncate(limit);
        Ok(())
    }

    /// Tells the registration of a deal, if it is still what was seen. Returns the step, if anything changed.
    ///
    /// # Errors
    /// [`StoreError::RecordStale`] when it is not what was seen.
    pub fn register(
        &mut self,
        deal: &Opportunity,
        seen: Option<&Registration>,
        to: &Registration,
        at: Timestamp,
    ) -> Result<Option<StepId>, StoreError> {
        self.may(Deed::Change)?;
        self.bars(Deed::Change, Some(deal))?;
        self.in_transaction(|store| {
            if store.registration(deal.id)?.as_ref() != seen {
                return Err(StoreError::RecordStale { name: deal.title().to_string() });
            }
            store.put_registrations(StepKind::Register, &[(deal, to)], at)
        })
    }

    /// Notes that registrations were written to a file; `keep` gives the file its name, and says whether it could: both or neither.
    ///
    /// # Errors
    /// [`StoreError::RecordStale`] when one is not what was read for the file, or when it cannot be noted; the file has no name then.
    pub fn note_registrations<E>(
        &mut self,
        kept: &[KeptRegistration],
        written: &Written,
        keep: impl FnOnce() -> Result<(), E>,
    ) -> Result<Result<(), E>, StoreError> {
        self.may(Deed::Send)?;
        let mut failure = None;
        let noted = self.in_transaction(|store| {
            for one in kept {
                if store.registration(one.deal.id)?.as_ref() != Some(&one.registration) {
                    return Err(StoreError::RecordStale { name: one.deal.title().to_string() });
                }
            }
            let sent: Vec<Registration> = kept
                .iter()
                .map(|one| Registration {
                    waits: false,
                    errors: None,
                    written: Some(written.clone()),
                    ..one.registration.clone()
                })
                .collect();
            let all: Vec<(&Opportunity, &Registration)> = kept.iter().map(|one| &one.deal).zip(&sent).collect();
            store.put_registrations(StepKind::RegistrationFile, &all, written.at)?;
            keep().map_err(|error| {
                failure = Some(error);
                StoreError::Damaged("a file of registrations cannot be named".into())
            })
        });
        match (noted, failure) {
            (_, Some(failure)) => Ok(Err(failure)),
            (Ok(()), None) => Ok(Ok(())),
            (Err(error), None) => Err(error),
        }
    }

    /// Lets the registrations of a file wait again: it was never uploaded. Returns how many they are; none where no file that is not
    /// answered has the name.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn forget_registrations(&mut self, file: &str, at: Timestamp) -> Result<usize, StoreError> {
        self.may(Deed::Send)?;
        self.in_transaction(|store| {
            let mut all = store.registrations()?;
            all.retain(|kept| kept.registration.written.as_ref().is_some_and(|written| written.file.as_str() == file));
            all.iter_mut().for_each(|kept| kept.registration.forget_file());
            let to: Vec<(&Opportunity, &Registration)> = all.iter().map(|kept| (&kept.deal, &kept.registration)).collect();
            if !to.is_empty() {
                store.put_registrations(StepKind::RegistrationFile, &to, at)?;
            }
            Ok(to.len())
        })
    }

    /// Takes in what a file of Microsoft says of the registrations of deals, by their referral ids, in one step; without `write` it only
    /// says what would become of them. `None` where no deal has the id.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn answer_registrations(
        &mut self,
        answers: &[(String, Answer)],
        today: Date,
        at: Timestamp,
        write: bool,
    ) -> Result<Vec<Heard>, StoreError> {
        if !write {
            return Ok(self.hear_registrations(answers, today)?.0);
        }
        self.may(Deed::Send)?;
        // What stands is read where nobody else writes.
        self.in_transaction(|store| {
            let (told, changed) = store.hear_registrations(answers, today)?;
            let all: Vec<(&Opportunity, &Registration)> = changed.values().map(|(deal, to)| (deal, to)).collect();
            store.put_registrations(StepKind::RegistrationFile, &all, at)?;
            Ok(told)
        })
    }

    /// Returns what became of each answer, and the registrations that change by them; a second answer to a deal goes on from the first. A
    /// deal that is not seen (MG-02) is as good as none.
    fn hear_registrations(&self, answers: &[(String, Answer)], today: Date) -> Result<(Vec<Heard>, Changed), StoreError> {
        let (mut told, mut changed) = (Vec::new(), Changed::new());
        for (referral, answer) in answers {
            let id = match self.by_referral(referral)? {
                Some(id) if self.sees(id)? => id,
                _ => {
                    told.push(None);
                    continue;
                }
            };
            let mut registration = match changed.get(&id) {
                Some((_, registration)) => registration.clone(),
                None => self.registration(id)?.unwrap_or_default(),
            };
            let became = registration.answer(answer.clone(), today);
            told.push(Some((id, became)));
            if matches!(became, Answered::Taken | Answered::Refused) {
                changed.insert(id, (self.get(id)?.opportunity, registration));
            }
        }
        Ok((told, changed))
    }

    fn put_registrations(
        &self,
        kind: StepKind,
        all: &[(&Opportunity, &Registration)],
        at: Timestamp,
    ) -> Result<Option<StepId>, StoreError> {
        let mut journal = self.begin(kind, at)?;
        for (deal, to) in all {
            let value = serde_json::to_string(to).map_err(|error| StoreError::Damaged(error.to_string()))?;
            let key = key(deal.id);
            let before = journal.store().record_by(RecordKind::Registration, &key)?;
            let (name, kind) = (deal.title().to_string(), RecordKind::Registration.code());
            journal.record(before.as_ref(), Entry { kind, name: &name, key: &key, after: Some(&value) })?;
        }
        journal.end()
    }
}

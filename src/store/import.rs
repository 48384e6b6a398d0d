//! Takes the records of files over: one transaction, one step and one undo for all of them; a file that breaks off leaves nothing.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use serde_json::Value;

use super::answers::{Answered, Asking, Meant, note_refused, note_taken};
use super::bulk::Bulk;
use super::confirmed::Confirmed;
use super::crm::CrmDeals;
use super::delta::unmodelled;
use super::error::{StoreError, While};
use super::history::StepKind;
use super::imported::{Download, Picture, Seen};
use super::journal::{Aside, Journal};
use super::learn::Learned;
use super::open::Store;
use super::verdict::{AnsweredFile, ImportReport, OPEN_ROWS, OpenDeal, OpenRow, RowVerdict, Verdict};
use super::write::Ending;
use crate::domain::field::{Field, Named};
use crate::domain::held::Held;
use crate::domain::ids::{CenterId, OpportunityId, UploadId};
use crate::domain::incoming::{DOWNLOAD_ROWS, Incoming};
use crate::domain::instant::Timestamp;
use crate::domain::merge::{Merged, Terms, merge, merge_answered};
use crate::domain::opportunity::Opportunity;
use crate::domain::role::Deed;
use crate::domain::told::Told;

/// A file whose records are imported.
pub trait Source {
    /// Returns the next record that was found valid; refused ones the source keeps to itself.
    fn next_record(&mut self) -> Option<Incoming>;

    /// Returns whether the file could be read to its end; asked after the last record.
    fn is_whole(&self) -> bool;

    /// Returns the name that the history shows.
    fn name(&self) -> String;

    /// Returns how old the data is, if the file tells.
    fn as_of(&self) -> Option<Timestamp>;

    /// Returns the date of the file where its records have none of their own: what they say is no newer.
    fn dated(&self) -> Option<Timestamp>;

    /// Returns whether the user says that it is Partner Center's answer to an upload.
    fn is_answer(&self) -> bool {
        false
    }

    /// Returns whether the user says that nothing is newer, though it was imported before.
    fn is_newest(&self) -> bool {
        false
    }

    /// Returns whether it is a file of our own CRM: what it says is said by us, and Partner Center does not know it.
    fn is_of_crm(&self) -> bool {
        false
    }

    /// Returns what the file is known by again, where it is no larger than an upload file.
    fn fingerprint(&self) -> Option<u64> {
        None
    }

    /// Returns the deals that the user says rows are, by their lines.
    fn matches(&self) -> &[(u64, OpportunityId)] {
        &[]
    }

    /// Hears, once and last, whether its records were taken.
    fn finish(&mut self, taken: bool);
}

impl<S: Source + ?Sized> Source for Box<S> {
    fn next_record(&mut self) -> Option<Incoming> {
        (**self).next_record()
    }

    fn is_whole(&self) -> bool {
        (**self).is_whole()
    }

    fn name(&self) -> String {
        (**self).name()
    }

    fn as_of(&self) -> Option<Timestamp> {
        (**self).as_of()
    }

    fn dated(&self) -> Option<Timestamp> {
        (**self).dated()
    }

    fn is_answer(&self) -> bool {
        (**self).is_answer()
    }

    fn is_newest(&self) -> bool {
        (**self).is_newest()
    }

    fn is_of_crm(&self) -> bool {
        (**self).is_of_crm()
    }

    fn fingerprint(&self) -> Option<u64> {
        (**self).fingerprint()
    }

    fn matches(&self) -> &[(u64, OpportunityId)] {
        (**self).matches()
    }

    fn finish(&mut self, taken: bool) {
        (**self).finish(taken);
    }
}

/// Whether an import is made or only tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Import,
    DryRun,
}

/// Page cache while importing, in KiB; lists get by with much less.
pub(super) const IMPORT_CACHE: i64 = 65_536;
pub(super) const LIST_CACHE: i64 = 2_000;

impl Store {
    /// Imports all files as one step, or with [`Mode::DryRun`] finds out what that would do.
    ///
    /// `told` hears of every record and may stop the import; then nothing of it stays.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] after a stop, else what the database says; nothing is changed then.
    pub fn import<S: Source>(
        &mut self,
        sources: &mut [S],
        mode: Mode,
        now: Timestamp,
        told: &mut dyn FnMut(&RowVerdict) -> ControlFlow<()>,
    ) -> Result<ImportReport, StoreError> {
        self.may(Deed::Import)?;
        self.set_cache(IMPORT_CACHE)?;
        let mut imported = self.in_transaction_ending(|store| {
            let journal = store.begin(StepKind::Import, now)?;
            let first = store.holds_nothing()?;
            let mut import = Import::begun(store, journal, told)?;
            sources.iter_mut().enumerate().try_for_each(|(file, source)| import.source(file, source))?;
            let Import { journal, mut report, bulk, seen, .. } = import;
            if mode == Mode::Import {
                bulk.end(store)?;
            }
            store.finish_import(journal, sources, &mut report)?;
            store.keep_seen(seen, report.step, now)?;
            store.keep_confirmed(report.step)?;
            report.step.map_or(Ok(()), |step| store.begin_news(step, first))?;
            Ok(if mode == Mode::DryRun {
                (ImportReport { step: None, ..report }, Ending::Forget)
            } else {
                (report, Ending::Write)
            })
        });
        for (file, source) in sources.iter_mut().enumerate() {
            let taken = imported.as_ref().is_ok_and(|report: &ImportReport| !report.broken.contains(&file));
            source.finish(taken && mode == Mode::Import);
        }
        // Neither undoes what was imported; the next opening, or the next look, makes up for both.
        let _ = self.set_cache(LIST_CACHE);
        if mode == Mode::Import && imported.is_ok() {
            let _ = self.follow_clock(now);
        }
        if let Ok(report) = &mut imported
            && let Some(Ok(Some(brought))) = report.step.map(|step| self.brought(Some(step)))
        {
            report.expired = brought.expired;
        }
        imported
    }

    fn finish_import<S: Source>(
        &self,
        mut journal: Journal<'_>,
        sources: &[S],
        report: &mut ImportReport,
    ) -> Result<(), StoreError> {
        let whole = || sources.iter().enumerate().filter(|(file, _)| !report.broken.contains(file)).map(|(_, source)| source);
        // What was true before what is known is no newer picture, whenever it was copied.
        let is_overtaken = |file: usize| report.known.iter().any(|known| known.file == file && known.is_overtaken);
        let dated = sources.iter().enumerate().filter(|(file, _)| !report.broken.contains(file) && !is_overtaken(*file));
        let newest = dated.filter_map(|(_, source)| source.as_of()).max();
        let known = self.imported_at()?;
        let is_before = |source: &S| !source.is_newest() && source.dated().zip(known).is_some_and(|(dated, known)| dated < known);
        report.dated_before = (0..sources.len()).filter(|file| is_before(&sources[*file])).collect();
        if let Some(newest) = newest.filter(|newest| known.is_none_or(|known| *newest > known)) {
            self.set_meta("imported_at", &newest.to_string())?;
            journal.note_picture(Some((known, self.imported_at()?)));
        }
        let files: Vec<String> = whole().map(|source| source.name()).collect();
        journal.name_files(files.clone());
        report.step = journal.end()?;
        if report.step.is_none() && report.rows() > 0 {
            self.note_quiet(&files)?;
        }
        Ok(())
    }

    pub(super) fn set_cache(&self, kibibytes: i64) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "cache_size", -kibibytes).opening()
    }

    /// A deadline that counts from the first look goes on counting when what was taken back is imported again.
    fn remember_first_seen(&self, made: &mut Held) -> Result<(), StoreError> {
        let Some(referral) = &made.opportunity.referral_id else { return Ok(()) };
        let mut statement = self.connection.prepare_cached("SELECT at FROM first_seen WHERE referral_id = ?").reading()?;
        let mut rows = statement.query([referral.as_str()]).reading()?;
        if let Some(row) = rows.next().reading()? {
            made.opportunity.first_seen_at = Timestamp::from_micros(row.get(0).reading()?);
        }
        Ok(())
    }

    fn any_first_seen(&self) -> Result<bool, StoreError> {
        self.connection.query_row("SELECT EXISTS (SELECT 1 FROM first_seen)", [], |row| row.get(0)).reading()
    }
}

pub(super) struct Import<'a> {
    pub(super) store: &'a Store,
    pub(super) journal: Journal<'a>,
    /// How old the file is that is read.
    pub(super) as_of: Option<Timestamp>,
    pub(super) report: ImportReport,
    pub(super) asking: Asking,
    /// The deals that the user says rows of the file are.
    pub(super) matches: Vec<(u64, OpportunityId)>,
    /// The downloads that were taken over so far.
    pub(super) seen: Vec<Seen>,
    /// Of a file of our own CRM, whose deals are whose.
    pub(super) crm: Option<CrmDeals>,
    /// What says what is held already, and moves the day as of which that is known.
    confirmed: Confirmed,
    /// Whether something may come again that was taken back.
    again: bool,
    told: &'a mut dyn FnMut(&RowVerdict) -> ControlFlow<()>,
    learned: Learned<'a>,
    bulk: Bulk,
    /// The referrals that the file spoke of so far, each as the hash of its id: ids of a million rows would fill the memory.
    spoken: HashSet<u64>,
    /// Whether the user says of the file that nothing is newer.
    is_newest: bool,
    /// How many rows of the file say otherwise than an answer before it that refused them, and of which upload file the first is.
    kept_refused: BTreeMap<UploadId, u64>,
    /// Refused rows of the file whose deal another row of it says was taken: their lines, and that row's.
    pub(super) contradicted: BTreeMap<u64, u64>,
}

impl<'a> Import<'a> {
    /// Begins one, before any file.
    fn begun(
        store: &'a Store,
        journal: Journal<'a>,
        told: &'a mut dyn FnMut(&RowVerdict) -> ControlFlow<()>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            asking: store.asking()?,
            again: store.any_first_seen()?,
            journal,
            as_of: None,
            report: ImportReport::default(),
            told,
            learned: Learned::new(store)?,
            bulk: Bulk::new(store)?,
            spoken: HashSet::new(),
            matches: Vec::new(),
            crm: None,
            seen: Vec::new(),
            contradicted: BTreeMap::new(),
            kept_refused: BTreeMap::new(),
            is_newest: false,
            confirmed: Confirmed::default(),
            store,
        })
    }
}

impl Import<'_> {
    fn source(&mut self, file: usize, source: &mut dyn Source) -> Result<(), StoreError> {
        let now = self.journal.at();
        self.is_newest = source.is_newest() && !source.is_answer();
        // An answer that counts all the same says no more of what came since than it did.
        self.as_of = source.dated().map(|at| if source.is_newest() && !source.is_answer() { now } else { at });
        self.ask(file, source)?;
        self.matches = source.matches().to_vec();
        self.crm = if source.is_of_crm() { Some(self.store.crm_deals()?) } else { None };
        self.file(file, source)
    }

    /// Finds out what a file is to what was written.
    fn ask(&mut self, file: usize, source: &dyn Source) -> Result<(), StoreError> {
        if !self.asking.any_sent {
            return Ok(());
        }
        self.asking.upload = self.store.named_as_upload(&source.name())?;
        self.asking.is_own = !source.is_answer() && self.store.upload_itself(source.fingerprint())?.is_some();
        self.asking.is_answer = source.is_answer() || self.asking.upload.is_some();
        self.asking.is_insisted = self.asking.is_answer && source.is_newest();
        self.report.own.extend(self.asking.is_own.then_some(file));
        Ok(())
    }

    fn file(&mut self, file: usize, source: &mut dyn Source) -> Result<(), StoreError> {
        self.store.connection.execute_batch("SAVEPOINT file").writing()?;
        let before = (self.report.clone(), self.journal.mark());
        self.spoken.clear();
        self.kept_refused.clear();
        // A download fits into the memory; only once all of it is read can be told whether it came before.
        let mut ahead: VecDeque<Incoming> = VecDeque::new();
        let mut is_over = false;
        while ahead.len() <= DOWNLOAD_ROWS && !is_over {
            let next = source.next_record();
            is_over = next.is_none();
            ahead.extend(next);
        }
        let picture = if ahead.len() <= DOWNLOAD_ROWS { Picture::of(ahead.make_contiguous()) } else { None };
        let known = picture.map(|picture| self.store.known_download(picture)).transpose()?.flatten();
        self.asking.answered_at = known.as_ref().filter(|_| !source.is_newest()).map(|known| known.at);
        self.contradicted = self.contradictions(ahead.make_contiguous())?;
        let mut download = match picture {
            Some(picture) => self.download(file, ahead.make_contiguous(), (picture, known), source.is_newest())?,
            None => None,
        };
        let mut next = || ahead.pop_front().or_else(|| if is_over { None } else { source.next_record() });
        while let Some(incoming) = next() {
            let mark = incoming.mark.as_ref().map(|mark| mark.whole);
            let verdict = self.record(file, incoming, download.as_ref())?;
            self.report.count(&verdict);
            download.iter_mut().for_each(|download| download.note(mark, &verdict.verdict));
            if (self.told)(&verdict).is_break() {
                return Err(StoreError::Stopped);
            }
        }
        let is_read = self.report.rows() > before.0.rows();
        let answerless = source.is_answer() && is_read && self.report.answers() == before.0.answers();
        if source.is_whole() && !answerless {
            self.learned.write()?;
            self.confirmed.write(self.store)?;
            self.note_answered(file, source.fingerprint())?;
            self.seen.extend(download.and_then(|download| {
                let as_of = download.as_of(self.as_of);
                download.seen(source.name(), as_of)
            }));
            return self.store.connection.execute_batch("RELEASE file").writing();
        }
        self.report = before.0;
        self.journal.back_to(before.1);
        self.learned.forget();
        self.confirmed.forget();
        self.report.broken.push(file);
        self.report.answerless.extend(answerless.then_some(file));
        self.store.forget_team();
        self.store.connection.execute_batch("ROLLBACK TO file; RELEASE file").writing()
    }

    fn record(&mut self, file: usize, mut incoming: Incoming, of: Option<&Download>) -> Result<RowVerdict, StoreError> {
        let as_of = of.map_or(self.as_of, |of| of.as_of(self.as_of));
        let terms = Terms { as_of, ..self.terms() };
        let mut row = RowVerdict {
            file,
            line: incoming.line,
            id: None,
            title: title_of(&incoming),
            guessed: false,
            // Nothing of a refused row has become true: there is nothing in which it could differ.
            again: incoming.refusal.is_none() && incoming.referral_id.as_ref().is_some_and(|id| !self.spoken.insert(hash_of(id))),
            confirmed: false,
            closed_there: false,
            stays: false,
            lost_zeros: false,
            by_date: false,
            stays_refused: false,
            verdict: Verdict::Unchanged,
        };
        if let Some(of) = of
            && let Some((id, verdict)) = self.old(&incoming, of)?
        {
            return Ok(RowVerdict { id: Some(id), verdict, ..row });
        }
        if self.crm.is_some() {
            self.of_crm(&incoming, terms, &mut row)?;
            return Ok(row);
        }
        let held = match self.meant(&incoming, terms)? {
            Meant::Several(ids) => {
                self.note_open(&row, &ids)?;
                row.verdict = Verdict::Ambiguous(ids);
                return Ok(row);
            }
            Meant::One(held) => Some(*held),
            Meant::Nobody => None,
        };
        let Some(held) = held else {
            match incoming.refusal.take() {
                Some(message) => row.verdict = Verdict::RefusedThere(message),
                None if self.asking.is_own => row.verdict = Verdict::Unknown,
                None => self.merge_new(&incoming, terms, &mut row)?,
            }
            return Ok(row);
        };
        if self.is_of_others(&held, &incoming) {
            row.verdict = Verdict::Others;
            return Ok(row);
        }
        row.id = Some(held.opportunity.id);
        if let (Some(taken), Some(message)) = (self.contradicted.get(&row.line), &incoming.refusal) {
            row.verdict = Verdict::Contradicted { message: message.clone(), taken: *taken };
        } else if !self.asking.is_own {
            row.lost_zeros = incoming.settle(&held);
            self.merge_into(&held, &incoming, terms, &mut row)?;
        }
        Ok(row)
    }

    /// Keeps which deals a row could be, for whoever is asked.
    fn note_open(&mut self, row: &RowVerdict, ids: &[OpportunityId]) -> Result<(), StoreError> {
        if self.report.may_open_more() {
            let deal = |id: &OpportunityId| {
                let of = self.store.get(*id)?.opportunity;
                let title = of.title().to_string();
                Ok(OpenDeal { id: of.id, title, value: of.deal.value, made_at: of.created_at })
            };
            let deals = ids.iter().map(deal).collect::<Result<_, StoreError>>()?;
            self.report.open_rows.push(OpenRow { line: row.line, title: row.title.clone(), deals });
        }
        Ok(())
    }

    /// Lays a record over what is held, once it was looked whether it answers what was written.
    fn merge_into(&mut self, held: &Held, incoming: &Incoming, terms: Terms, row: &mut RowVerdict) -> Result<(), StoreError> {
        let answered = self.store.answered(incoming, held, &self.asking, terms)?;
        if let Some(message) = &incoming.refusal {
            row.verdict = self.refuse(held, &answered, message)?;
            return Ok(());
        }
        if let Some(sent) = answered.kept_refused() {
            self.keep_refused(sent.upload);
            row.verdict = Verdict::AnsweredBefore;
            return Ok(());
        }
        row.confirmed = note_taken(self.store, &mut self.journal, &answered.taken()?)?;
        if answered.is_past(incoming, held) {
            row.verdict = if row.confirmed { Verdict::Older } else { Verdict::AnsweredBefore };
            return Ok(());
        }
        let written = answered.written();
        match merge_answered(incoming, Some(held), &written, terms)? {
            Merged::Changed { after, taken, conflicts } => {
                // That it knows by now what we told it is no change of anything here.
                if !(row.confirmed && taken.is_empty() && conflicts.is_empty()) {
                    row.verdict = compare(held, &after, &taken, &conflicts);
                }
                row.stays_refused = answered.stays_refused();
                self.journal.put(Some(held), Some(*after), Aside::default())?;
            }
            Merged::Older { told } => {
                row.verdict = Verdict::Older;
                // A record with a date of its own is older by that, whatever its file is taken for.
                let is_undated = incoming.updated_at.is_none();
                let newest = Terms { as_of: Some(terms.now), ..terms };
                row.by_date =
                    is_undated && matches!(merge_answered(incoming, Some(held), &written, newest)?, Merged::Changed { .. });
                // Else its stage makes it older.
                if self.is_newest && is_undated && !row.by_date {
                    self.report.moved_on_count += 1;
                    let name = || held.opportunity.numbered();
                    self.report.moved_on.extend((self.report.moved_on.len() < OPEN_ROWS).then(name));
                }
                self.touch(held, told)?;
            }
            Merged::Unchanged { told } => self.touch(held, told)?,
            Merged::New(_) | Merged::Unknown => row.verdict = Verdict::Unknown,
        }
        Ok(())
    }

    /// Notes that Partner Center took nothing of a row: nothing of it has become true there.
    fn refuse(&mut self, held: &Held, answered: &Answered, message: &str) -> Result<Verdict, StoreError> {
        if let Some(sent) = answered.refused() {
            note_refused(self.store, &mut self.journal, held, sent, message)?;
            return Ok(Verdict::RefusedThere(message.to_owned()));
        }
        if answered.was_taken() {
            return Ok(Verdict::AnsweredBefore);
        }
        let Some((sent, known)) = answered.refused_before() else { return Ok(Verdict::RefusedThere(message.to_owned())) };
        if known != message {
            self.keep_refused(sent.upload);
        }
        Ok(Verdict::AnsweredBefore)
    }

    /// Finds what a record speaks of: what the user says, else what the store finds.
    pub(super) fn meant(&self, incoming: &Incoming, terms: Terms) -> Result<Meant, StoreError> {
        match self.matches.iter().find(|(line, _)| *line == incoming.line) {
            Some((line, id)) => self.store.matched(incoming, *line, *id),
            None => match self.store.meant(incoming, &self.asking, terms)? {
                Meant::Nobody => self.store.renamed(incoming, &self.asking, terms),
                meant => Ok(meant),
            },
        }
    }

    pub(super) fn merge_new(&mut self, incoming: &Incoming, terms: Terms, row: &mut RowVerdict) -> Result<(), StoreError> {
        let Merged::New(mut made) = merge(incoming, None, terms)? else {
            row.verdict = Verdict::Unknown;
            return Ok(());
        };
        if self.store.bars(Deed::Import, Some(&made.opportunity)).is_err() {
            row.verdict = Verdict::Others;
            return Ok(());
        }
        if self.again {
            self.store.remember_first_seen(&mut made)?;
        }
        if incoming.updated_at.is_none() {
            // Lists show the last change first: a file's rows then stand in the order of the file. No change is known of since it came.
            let place = i64::try_from(self.report.new).unwrap_or(0);
            made.opportunity.updated_at = made.opportunity.first_seen_at.plus_micros(-place);
        }
        if let Some(made) = self.journal.put(None, Some(*made), Aside::default())? {
            self.store.learn(&made.opportunity, &mut self.learned)?;
            row.id = Some(made.opportunity.id);
        }
        self.bulk.row_comes(self.store)?;
        row.guessed = incoming.direction.told.is_none() && !incoming.direction.sure;
        row.verdict = Verdict::New;
        Ok(())
    }

    /// Returns whether whoever imports is in the team neither as it is held nor as the record says it (MG-02).
    pub(super) fn is_of_others(&self, held: &Held, incoming: &Incoming) -> bool {
        let told = incoming.employees.clone().map(|employees| Opportunity { employees, ..held.opportunity.clone() });
        let bars = |deal: &Opportunity| self.store.bars(Deed::Import, Some(deal)).is_err();
        bars(&held.opportunity) && told.as_ref().is_none_or(bars)
    }

    fn keep_refused(&mut self, of: UploadId) {
        *self.kept_refused.entry(of).or_default() += 1;
    }

    /// Tells of which upload file an answer had come before: where this is that file as it was written, or where it says otherwise.
    fn note_answered(&mut self, file: usize, fingerprint: Option<u64>) -> Result<(), StoreError> {
        let mut kept_refused = std::mem::take(&mut self.kept_refused);
        if kept_refused.is_empty() && self.asking.is_own {
            kept_refused.extend(self.store.upload_itself(fingerprint)?.map(|upload| (upload, 0)));
        }
        for (upload, kept) in kept_refused {
            let answered = self.store.answered_file(upload)?;
            self.report.answered.extend(answered.map(|of| AnsweredFile { file, kept, ..of }));
        }
        Ok(())
    }

    fn touch(&mut self, held: &Held, told: Option<Told>) -> Result<(), StoreError> {
        let Some(told) = told else { return Ok(()) };
        self.confirmed.note(self.store, held.opportunity.id, &held.told, &told)?;
        self.store.touch(held.opportunity.id, &told)
    }
}

/// Returns what a rep knows a record by.
fn title_of(incoming: &Incoming) -> String {
    let named = incoming.name.as_ref().and_then(Option::as_ref).or(incoming.customer_name.as_ref());
    let id = || incoming.referral_id.as_ref().map(CenterId::to_string).unwrap_or_default();
    named.map_or_else(id, ToString::to_string)
}

fn hash_of(id: &CenterId) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

pub(super) fn compare(before: &Held, after: &Held, taken: &[Field], conflicts: &[Field]) -> Verdict {
    let fields = taken.iter().map(|f| (Named::Known(*f), f.get(&before.opportunity), f.get(&after.opportunity)));
    let conflicts = conflicts
        .iter()
        .map(|f| (*f, f.get(&before.opportunity), after.conflicts.get(f).map_or(Value::Null, |claim| claim.theirs.clone())));
    Verdict::Changed { taken: fields.chain(unmodelled(before, after)).collect(), conflicts: conflicts.collect() }
}

//! The last three months of the sample: what was imported and done on which day, so that its journal leads to the pipeline of today.

use std::collections::HashMap;
use std::ops::ControlFlow;

use serde::Deserialize;

use super::document;
use crate::domain::change::{Acceptance, Change, Edit, Set, What};
use crate::domain::date::{Date, Moment};
use crate::domain::ids::OpportunityId;
use crate::domain::incoming::{Incoming, State};
use crate::domain::instant::Timestamp;
use crate::domain::invalid::Invalid;
use crate::domain::money::Money;
use crate::domain::ours::NextStep;
use crate::domain::outcome::{Outcome, Reason};
use crate::domain::sales::SalesStage;
use crate::domain::text::{Line, Notes};
use crate::store::{Mode, Source, Store, StoreError};

static PAST: &str = include_str!("../../assets/sample/past.json");

/// What is told of the past; deals are called by their names.
#[derive(Debug, Default, Deserialize)]
struct Past {
    /// When a file of Partner Center came, the first one first; the last one is today's.
    imports: Vec<At>,
    /// What was said of a deal before its record of today, the oldest first.
    earlier: HashMap<String, Vec<Earlier>>,
    /// What was done on this desk, the first step first.
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct At(Timestamp);

impl TryFrom<String> for At {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Timestamp::parse(&text).map(Self)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Earlier {
    until: At,
    sales_stage: SalesStage,
    /// In whole units of the deal's currency.
    value: i64,
    close: Date,
}

#[derive(Debug, Deserialize)]
struct Step {
    at: At,
    deal: String,
    #[serde(rename = "do")]
    deed: Deed,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Deed {
    /// What Partner Center's record of the deal says from then on was done here first: it was accepted, ended or edited.
    Tell,
    Accept,
    Lose(Reason),
    Next(NextStep),
    /// The next step is done.
    Done,
    Note(Notes),
    /// The last step is taken back, which was of this deal.
    Undo,
}

/// Imports the records as they stood on each of the days, and makes the steps between, until today.
///
/// # Errors
/// [`StoreError`] when SQLite has no memory for it.
pub(super) fn live(store: &mut Store, records: Vec<Incoming>, moment: Moment) -> Result<(), StoreError> {
    let past: Past = serde_json::from_value(document(PAST, moment)).unwrap_or_default();
    let mut life = Life { store, records, earlier: past.earlier, ids: HashMap::new(), brought: Vec::new() };
    let mut steps = past.steps.into_iter().peekable();
    let mut before = None;
    for at in past.imports.into_iter().map(|At(at)| at) {
        while let Some(step) = steps.next_if(|step| step.at.0 <= at) {
            life.make(step)?;
        }
        let is_last = at == moment.now;
        let name = if is_last { "pipeline.json".to_owned() } else { format!("pipeline-{}.json", day(at)) };
        life.import(name, before, at)?;
        before = Some(at);
    }
    life.look_at_all()
}

fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}

struct Life<'a> {
    store: &'a mut Store,
    /// As they are today.
    records: Vec<Incoming>,
    earlier: HashMap<String, Vec<Earlier>>,
    /// By the names of the deals, or of their customers.
    ids: HashMap<String, OpportunityId>,
    /// What the last import brought.
    brought: Vec<OpportunityId>,
}

impl Life<'_> {
    /// Imports what has come or changed since the import before.
    fn import(&mut self, name: String, before: Option<Timestamp>, at: Timestamp) -> Result<(), StoreError> {
        let then = self.records.iter().rev().filter_map(|record| {
            let earlier = self.earlier_of(record);
            let changed = changed_at(record, earlier, at)?;
            before.is_none_or(|before| changed > before).then(|| as_of(record, earlier, changed, at))
        });
        let mut source = Download { records: then.collect(), name, at };
        self.brought.clear();
        let (ids, brought) = (&mut self.ids, &mut self.brought);
        self.store.import(std::slice::from_mut(&mut source), Mode::Import, at, &mut |row| {
            ids.extend(row.id.map(|id| (row.title.clone(), id)));
            brought.extend(row.id);
            ControlFlow::Continue(())
        })?;
        Ok(())
    }

    fn earlier_of(&self, record: &Incoming) -> &[Earlier] {
        named(record).and_then(|name| self.earlier.get(name.as_str())).map_or(&[], Vec::as_slice)
    }

    fn make(&mut self, step: Step) -> Result<(), StoreError> {
        let Some(id) = self.ids.get(&step.deal).copied() else { return Ok(()) };
        let At(at) = step.at;
        let what = match step.deed {
            Deed::Undo => return self.store.undo(at).map(drop),
            Deed::Next(next) => What::Next(Some(next)),
            Deed::Done => What::Next(None),
            Deed::Lose(reason) => What::Lose { reason, note: None, correct: Edit::default() },
            Deed::Note(text) => What::Note { by: self.author(&step.deal), text },
            Deed::Tell | Deed::Accept => {
                let Some(record) = self.record(&step.deal, at) else { return Ok(()) };
                if step.deed == Deed::Accept { accept(record) } else { told(record, at) }
            }
        };
        self.store.apply(&[Change { id, seen: None, what }], at)?;
        Ok(())
    }

    fn today(&self, deal: &str) -> Option<&Incoming> {
        self.records.iter().find(|record| named(record).is_some_and(|name| name.as_str() == deal))
    }

    fn record(&self, deal: &str, at: Timestamp) -> Option<Incoming> {
        let record = self.today(deal)?;
        let earlier = self.earlier_of(record);
        Some(as_of(record, earlier, changed_at(record, earlier, at)?, at))
    }

    /// Returns who writes the notes on a deal: the first of us who is on it.
    fn author(&self, deal: &str) -> Option<Line> {
        Line::parse(&self.today(deal)?.employees.as_ref()?.first()?.email).ok()
    }

    /// Nothing is marked as new on a desk that nobody has seen before.
    fn look_at_all(&mut self) -> Result<(), StoreError> {
        self.brought.iter().try_for_each(|id| self.store.note_seen(*id))
    }
}

fn named(record: &Incoming) -> Option<&Line> {
    record.name.as_ref()?.as_ref()
}

/// Returns when a record was changed last before a moment; `None` where there was none yet.
fn changed_at(record: &Incoming, earlier: &[Earlier], at: Timestamp) -> Option<Timestamp> {
    let status = record.status.as_ref();
    let told = [record.updated_at, status.and_then(|status| status.accepted_at), status.and_then(|status| status.closed_at)];
    let made = record.created_at.filter(|made| *made <= at)?;
    let changes = earlier.iter().map(|earlier| earlier.until.0).chain(told.into_iter().flatten()).filter(|change| *change <= at);
    Some(changes.fold(made, Timestamp::max))
}

/// Returns a record as it was at a moment, when it had been changed last at `changed`.
fn as_of(record: &Incoming, earlier: &[Earlier], changed: Timestamp, at: Timestamp) -> Incoming {
    let mut then = record.clone();
    if record.updated_at <= Some(at) {
        return then;
    }
    then.updated_at = Some(changed);
    if let Some(status) = &mut then.status {
        status.accepted_at = status.accepted_at.filter(|accepted| *accepted <= at);
        status.closed_at = status.closed_at.filter(|closed| *closed <= at);
        if status.closed_at.is_none() {
            status.state = if status.accepted_at.is_some() { State::Active } else { State::New };
        }
        if status.accepted_at.is_none() {
            (then.sales_stage, then.employees) = (None, None);
        }
    }
    // What is written on a deal of today is what was learnt last.
    then.notes = None;
    if let Some(earlier) = earlier.iter().find(|earlier| at < earlier.until.0) {
        let money = record.value.flatten().map(|value| {
            let unit = 10_i64.pow(value.currency().decimals());
            Money::from_minor(earlier.value * unit, value.currency())
        });
        then.value = Some(money);
        then.close_date = Some(Some(earlier.close));
        if then.sales_stage.is_some() {
            then.sales_stage = Some(Some(earlier.sales_stage));
        }
    }
    then
}

/// Returns what a rep does so that the deal stands as its record says.
fn told(record: Incoming, at: Timestamp) -> What {
    match record.status.as_ref().map(|status| &status.state) {
        Some(State::Closed(Outcome::Won)) => What::Win(edit(record)),
        Some(State::Closed(Outcome::Lost { reason: Some(reason), note })) => {
            What::Lose { reason: *reason, note: note.clone(), correct: edit(record) }
        }
        Some(State::Closed(Outcome::Declined { reason: Some(reason), note })) => {
            What::Decline { reason: *reason, note: note.clone() }
        }
        _ if record.status.as_ref().is_some_and(|status| status.accepted_at == Some(at)) => accept(record),
        _ => What::Edit(edit(record)),
    }
}

/// Returns the values of a record; those that stand already change nothing.
fn edit(record: Incoming) -> Edit {
    let all = [
        record.value.flatten().map(Set::Value),
        record.close_date.flatten().map(Set::CloseDate),
        record.sales_stage.flatten().map(Set::SalesStage),
        record.notes.flatten().map(|notes| Set::Notes(Some(notes))),
    ];
    Edit(all.into_iter().flatten().collect())
}

fn accept(record: Incoming) -> What {
    match (record.name.flatten(), record.value.flatten(), record.close_date.flatten()) {
        (Some(name), Some(value), Some(close_date)) => What::Accept(Box::new(Acceptance {
            name,
            value,
            close_date,
            notes: record.notes.flatten(),
            crm_id: record.crm_id.flatten(),
            campaign_id: record.campaign_id.flatten(),
            employees: record.employees.unwrap_or_default(),
        })),
        _ => What::Edit(Edit::default()),
    }
}

/// What one file of Partner Center says, last record first.
struct Download {
    records: Vec<Incoming>,
    name: String,
    at: Timestamp,
}

impl Source for Download {
    fn next_record(&mut self) -> Option<Incoming> {
        self.records.pop()
    }

    fn is_whole(&self) -> bool {
        true
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn as_of(&self) -> Option<Timestamp> {
        Some(self.at)
    }

    fn dated(&self) -> Option<Timestamp> {
        None
    }

    fn finish(&mut self, _taken: bool) {}
}

#[cfg(test)]
mod tests {
    use super::super::tests::moment;
    use super::super::{records, store};
    use super::*;
    use crate::domain::opportunity::Opportunity;
    use crate::domain::outcome::OutcomeKind;
    use crate::domain::query::{From, ListQuery};
    use crate::domain::stage::StageKind;
    use crate::domain::tab::{Tab, View};
    use crate::insight::{Dimension, Review, Terms, Weights};
    use crate::store::{Reviewed, Settings, StepKind};

    fn days_ago(days: i64) -> Timestamp {
        moment().now.plus_days(-days)
    }

    fn stood(store: &Store, days: i64) -> Vec<Opportunity> {
        let mut all = Vec::new();
        let each = &mut |held: crate::domain::held::Held| {
            all.push(held.opportunity);
            ControlFlow::Continue(())
        };
        store.as_it_stood(days_ago(days), each).unwrap();
        all
    }

    fn today(store: &mut Store) -> Vec<Opportunity> {
        let all = ListQuery { view: View::All, ..ListQuery::tab(Tab::All) };
        let rows = store.list(&all, From::Start, 1000).unwrap().rows;
        let mut all: Vec<_> = rows.iter().map(|row| store.get(row.id).unwrap().opportunity).collect();
        all.sort_by_key(|deal| deal.id);
        all
    }

    fn review(store: &Store, since: i64) -> Review {
        let first = moment().today.plus_days(-since);
        let terms = Terms::new(first, moment(), Weights::default(), Dimension::Campaign);
        let of = Reviewed {
            filter: crate::domain::filter::Filter::default(),
            terms,
            past: false,
            offers: Default::default(),
            rules: Default::default(),
        };
        store.review(&of, &mut || false).unwrap()
    }

    #[test]
    fn what_is_told_of_the_past_is_of_deals_of_the_sample_and_in_order() {
        let past: Past = serde_json::from_value(document(PAST, moment())).unwrap();
        let records = records(moment());
        let deals: Vec<&str> = records.iter().filter_map(named).map(Line::as_str).collect();
        for name in past.earlier.keys().chain(past.steps.iter().map(|step| &step.deal)) {
            assert_eq!(deals.iter().filter(|deal| *deal == name).count(), 1, "{name}");
        }
        assert!(past.imports.is_sorted_by_key(|at| at.0) && past.imports.last() == Some(&At(moment().now)));
        assert!(past.steps.is_sorted_by_key(|step| step.at.0));
        assert!(past.earlier.values().all(|earlier| earlier.is_sorted_by_key(|earlier| earlier.until.0)));
    }

    #[test]
    fn the_past_leads_to_the_pipeline_of_today_and_nothing_of_it_waits_or_is_new() {
        let mut lived = Store::in_memory(Settings::default()).unwrap();
        live(&mut lived, records(moment()), moment()).unwrap();
        let mut plain = Store::in_memory(Settings::default()).unwrap();
        let name = "pipeline.json".to_owned();
        let mut source = Download { records: records(moment()).into_iter().rev().collect(), name, at: moment().now };
        let goes_on = &mut |_: &crate::store::RowVerdict| ControlFlow::Continue(());
        plain.import(std::slice::from_mut(&mut source), Mode::Import, moment().now, goes_on).unwrap();
        let (lived, plain) = (today(&mut lived), today(&mut plain));
        assert_eq!(lived.len(), plain.len());
        for (lived, plain) in lived.into_iter().zip(plain) {
            let (uid, log, first_seen_at, version) = (plain.uid.clone(), plain.log.clone(), plain.first_seen_at, plain.version);
            assert_eq!(Opportunity { uid, log, first_seen_at, version, ..lived }, plain);
        }
    }

    #[test]
    fn a_month_and_two_ago_the_pipeline_was_smaller_and_nothing_in_it_had_still_to_come() {
        let store = store(Settings::default(), moment()).unwrap();
        let sizes = [90, 60, 30, 0].map(|days| stood(&store, days).len());
        assert!(sizes.is_sorted() && sizes[0] >= 10 && sizes[1] + 8 <= sizes[2] && sizes[2] + 20 < sizes[3], "{sizes:?}");
        for days in [89, 60, 30, 14, 3] {
            let all = stood(&store, days);
            let stages: Vec<_> = all.iter().map(|deal| deal.stage.kind()).collect();
            assert!(stages.contains(&StageKind::Accepted) && stages.contains(&StageKind::Archived), "{days}");
            for deal in &all {
                let known = [deal.created_at, deal.stage.accepted_at(), deal.stage.archived_at(), Some(deal.updated_at)];
                assert!(known.into_iter().flatten().all(|at| at <= days_ago(days)), "{days} days ago: {deal:?}");
            }
        }
        let changed = |days: i64, of: fn(&Opportunity) -> String| {
            let now = stood(&store, 0);
            stood(&store, days).iter().filter(|then| now.iter().any(|now| now.id == then.id && of(now) != of(then))).count()
        };
        assert!(changed(30, |deal| format!("{:?}", deal.deal.value)) >= 6);
        assert!(changed(30, |deal| format!("{:?}", deal.deal.close_date)) >= 6);
        assert!(changed(30, |deal| format!("{:?}", deal.deal.sales_stage)) >= 10);
    }

    #[test]
    fn mg_80_the_review_of_the_sample_has_what_was_won_lost_and_declined_with_reasons_in_every_script() {
        let store = store(Settings::default(), moment()).unwrap();
        let month = review(&store, 30);
        for outcome in [OutcomeKind::Won, OutcomeKind::Lost, OutcomeKind::Declined, OutcomeKind::Expired] {
            assert!(month.closed.iter().any(|(of, sums)| *of == outcome && sums.count > 0), "{outcome:?}: {:?}", month.closed);
        }
        let reasons: Vec<_> = month.reasons.keys().filter_map(|(_, reason)| reason.as_deref()).collect();
        assert!(reasons.len() >= 4, "{reasons:?}");
        assert!(review(&store, 90).closed.values().map(|sums| sums.count).sum::<u64>() >= 14);
        let campaigns: String = month.groups.iter().filter_map(|group| group.name.clone()).collect();
        for script in ['서', '示', '华', 's'] {
            assert!(campaigns.contains(script), "{campaigns}");
        }
    }

    #[test]
    fn its_journal_has_steps_of_every_kind_on_many_days_two_of_them_taken_back() {
        let store = store(Settings::default(), moment()).unwrap();
        let steps = store.steps(None, 1000).unwrap();
        let count = |kind| steps.iter().filter(|step| step.kind == kind).count();
        for (kind, least) in [
            (StepKind::Import, 8),
            (StepKind::Accept, 5),
            (StepKind::Edit, 5),
            (StepKind::Win, 3),
            (StepKind::Lose, 3),
            (StepKind::Decline, 1),
            (StepKind::Next, 4),
            (StepKind::Note, 3),
            (StepKind::Undo, 2),
        ] {
            assert!(count(kind) >= least, "{kind:?}: {}", count(kind));
        }
        let texts: String = steps.iter().filter_map(|step| step.only.as_ref()).map(|(_, title)| title.as_str()).collect();
        for letter in ['콜', '盤', '贴', 'D'] {
            assert!(texts.contains(letter), "{letter}: {texts}");
        }
    }
}

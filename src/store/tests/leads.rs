//! Leads in the journal: taken over, changed, written, tied to their deals, and all of it taken back.

use super::*;
use crate::domain::lead::{Lead, LeadPart, LeadStage, LeadStep, OF_LEAD};
use crate::domain::role::Role;
use crate::domain::text::Line;
use crate::store::{DraftKey, StoreError};
use crate::store::{LeadVerdict, StepKind};

fn lead(id: &str, value: &str) -> Lead {
    let mut lead = Lead::new(Line::parse(id).unwrap());
    lead.tell(LeadPart::Name, format!("한빛 {}", id.to_uppercase()));
    lead.tell(LeadPart::Value, value.to_owned());
    lead.tell(LeadPart::Stage, "received".to_owned());
    lead
}

fn take(store: &mut Store, leads: &[Lead]) -> Vec<LeadVerdict> {
    let rows: Vec<(u64, Lead)> = (2..).zip(leads.iter().cloned()).collect();
    let taken = store.take_leads(&rows, Mode::Import, now()).unwrap();
    taken.rows.into_iter().map(|row| row.verdict).collect()
}

#[test]
fn mg_83_leads_come_in_once_and_again_unchanged_and_are_taken_back() {
    let mut store = store_of(0);
    assert_eq!(take(&mut store, &[lead("L-1", "1"), lead("L-2", "2")]), [LeadVerdict::New, LeadVerdict::New]);
    assert_eq!(
        take(&mut store, &[lead("l-1", "1"), lead("L-2", "3")])[0],
        LeadVerdict::Unchanged,
        "ids are the same in any case"
    );
    assert_eq!((store.lead_counts().unwrap().received, store.lead("L-2").unwrap().unwrap().text(LeadPart::Value)), (2, "3"));
    let undone = store.undo(now()).unwrap();
    assert_eq!((undone.step.kind, undone.step.record.as_deref()), (StepKind::Lead, Some("한빛 L-2")));
    assert_eq!(store.lead("L-2").unwrap().unwrap().text(LeadPart::Value), "2");
    store.undo(now()).unwrap();
    assert_eq!(store.leads().unwrap(), []);
    store.redo(now()).unwrap();
    assert_eq!(store.leads().unwrap().len(), 2);
    assert_eq!(store.leads_on(now().plus_micros(-1)).unwrap(), []);
}

#[test]
fn mg_83_a_dry_run_changes_nothing_and_a_stale_lead_is_not_changed() {
    let mut store = store_of(0);
    assert_eq!(store.take_leads(&[(2, lead("L-1", "1"))], Mode::DryRun, now()).unwrap().rows[0].verdict, LeadVerdict::New);
    assert_eq!(store.leads().unwrap(), []);
    take(&mut store, &[lead("L-1", "1")]);
    let seen = store.lead("L-1").unwrap().unwrap();
    let mut accepted = seen.clone();
    accepted.step(&LeadStep::Accept).unwrap();
    store.change_leads(&[(seen.clone(), accepted)], now()).unwrap().unwrap();
    assert!(matches!(store.change_leads(&[(seen.clone(), seen)], now()), Err(StoreError::RecordStale { .. })));
    assert_eq!(store.lead_counts().unwrap().open, 1);
}

#[test]
fn mg_83_what_is_written_stands_only_with_its_file() {
    let mut store = store_of(0);
    take(&mut store, &[lead("L-1", "1")]);
    let seen = store.lead("L-1").unwrap().unwrap();
    let day = crate::domain::date::Date::iso("2026-03-02").unwrap();
    let written = [(seen.clone(), "leads-1.csv".to_owned())];
    assert!(!store.note_leads_written(&written, day, now(), &mut || false).unwrap());
    assert_eq!(store.lead("L-1").unwrap().unwrap(), seen);
    assert!(store.note_leads_written(&written, day, now(), &mut || true).unwrap());
    assert_eq!(store.lead("L-1").unwrap().unwrap().written.unwrap().file, "leads-1.csv");
}

#[test]
fn ov_06_the_deal_of_a_lead_is_noted_with_its_making_and_taken_back_with_it() {
    let mut store = store_of(0);
    take(&mut store, &[lead("L-1", "1")]);
    let draft = store.new_draft(now()).unwrap();
    let texts = [(OF_LEAD.to_owned(), "L-1".to_owned())].into_iter().collect();
    store.keep_draft(DraftKey::New(draft), &texts, now()).unwrap();
    let made = store.create(&deals::new("한빛정밀", "한빛 재고", "SOL-1"), Some(draft), now()).unwrap();
    assert_eq!(store.lead("L-1").unwrap().unwrap().deal, Some(made.id));
    let undone = store.undo(now()).unwrap();
    assert_eq!((undone.step.kind, undone.step.count), (StepKind::Create, 1));
    assert_eq!((store.lead("L-1").unwrap().unwrap().deal, store.lead_counts().unwrap().open), (None, 1));
    assert_eq!(store.lead("L-1").unwrap().unwrap().stage(), LeadStage::Received);
}

#[test]
fn mg_02_mg_83_a_referrals_user_is_told_how_many_leads_are_open_as_everybody_is() {
    let settings = Settings { role: Role::ReferralsUser, author: "ana@p.example".into(), ..Settings::default() };
    let mut store = Store::in_memory(settings).unwrap();
    take(&mut store, &[lead("L-1", "1"), lead("L-2", "2")]);
    assert_eq!(store.counts(now().into()).unwrap().leads, 2);
}

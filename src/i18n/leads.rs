//! Leads in words: where one stands, what its parts say, why something is not done with it, what a file brought.

use super::{Said, Sentences};
use crate::domain::customer::Country;
use crate::domain::lead::{Lead, LeadFile, LeadKind, LeadPart, LeadRefusal, LeadStage, LeadStays};
use crate::domain::money::{Amount, Currency, Money};
use crate::domain::outcome::Reason;
use crate::store::{LeadRow, LeadVerdict};

/// Writes a day.
type Day<'a> = &'a dyn Fn(crate::domain::date::Date) -> String;

impl Sentences {
    /// Names a part of a lead.
    pub fn lead_part_name(&self, part: LeadPart) -> String {
        self.lead_part(part.code())
    }

    /// Names a stage of leads.
    pub fn stage_of_lead(&self, stage: LeadStage) -> String {
        self.lead_stage(stage.code())
    }

    /// Writes what stands in a part of a lead, as people read it.
    pub fn lead_text(&self, lead: &Lead, part: LeadPart, day: Day<'_>) -> String {
        self.lead_words(part, lead.text(part), lead.text(LeadPart::Currency), day)
    }

    /// Writes what Partner Center told last of a part of a lead.
    pub fn lead_told_text(&self, lead: &Lead, part: LeadPart, day: Day<'_>) -> String {
        self.lead_words(part, lead.told(part), lead.told(LeadPart::Currency), day)
    }

    fn lead_words(&self, part: LeadPart, text: &str, currency: &str, day: Day<'_>) -> String {
        if text.is_empty() {
            return self.none();
        }
        let as_it_is = || text.to_owned();
        match part {
            LeadPart::Stage => LeadStage::of_code(text).map_or_else(as_it_is, |stage| self.stage_of_lead(stage)),
            LeadPart::Type => LeadKind::read(text).map_or_else(as_it_is, |kind| self.lead_kind(kind.code())),
            LeadPart::Reason => Reason::read(text).map_or_else(as_it_is, |reason| self.reason(reason)),
            LeadPart::Country => Country::from_code(text).map_or_else(as_it_is, |country| self.country(country)),
            LeadPart::Created | LeadPart::Updated | LeadPart::CloseDate => {
                crate::domain::date::Date::iso(text).map_or_else(|_| text.to_owned(), day)
            }
            LeadPart::Value => {
                let currency = Currency::from_code(currency);
                let money = Amount::machine(text).ok().zip(currency).and_then(|(a, c)| Money::new(a, c).ok());
                money.map_or_else(as_it_is, |money| self.money(money))
            }
            _ => as_it_is(),
        }
    }

    /// Says what of why a lead was closed goes into no file, and how Microsoft hears of it.
    pub fn lead_stays(&self, lead: &Lead) -> Vec<String> {
        let said = |part: LeadPart| if part == LeadPart::Reason { self.lead_reason_stays() } else { self.lead_note_stays() };
        lead.stays_here().into_iter().map(said).collect()
    }

    /// Writes everything about a lead, line by line: its parts, what Partner Center told otherwise, what is kept.
    pub fn lead_lines(&self, lead: &Lead, day: Day<'_>) -> Vec<String> {
        let mut lines = vec![format!("{} · {}", lead.id, lead.title())];
        let state = self.lead_state(lead, day);
        lines.extend(Some(state).filter(|state| !state.is_empty()));
        lines.extend(lead.error.as_ref().map(|error| self.lead_line(self.verdict_refused_there(), error)));
        let said = |part: &LeadPart| !(lead.text(*part).is_empty() && lead.told(*part).is_empty());
        for part in LeadPart::ALL.into_iter().filter(said) {
            let (name, value) = (self.lead_part_name(part), self.lead_text(lead, part, day));
            let differs = lead.text(part) != lead.told(part) && part != LeadPart::ReasonNote;
            lines.push(if differs {
                self.lead_line_told(name, self.lead_told_text(lead, part, day), value)
            } else {
                self.lead_line(name, value)
            });
        }
        lines.extend(self.lead_stays(lead));
        let kept: Vec<String> = lead.kept().map(|(head, text)| format!("  {}", self.lead_line(head, text))).collect();
        if !kept.is_empty() {
            lines.push(self.lead_kept());
            lines.extend(kept);
        }
        lines
    }

    /// Says in a word what is open about a lead: a conflict, its deal, that it waits or was written; nothing where nothing is.
    pub fn lead_state(&self, lead: &Lead, day: Day<'_>) -> String {
        let written = || lead.written.as_ref().filter(|_| LeadPart::ALL.iter().any(|part| lead.text(*part) != lead.told(*part)));
        match (lead.waits(), lead.deal) {
            _ if lead.error.is_some() => self.verdict_refused_there(),
            _ if !lead.clashes().is_empty() => self.lead_state_conflict(),
            (Ok(_), _) => self.lead_state_waits(),
            (Err(_), Some(deal)) => self.lead_state_deal(deal.to_string()),
            (Err(LeadStays::Nothing), None) => {
                written().map(|written| self.lead_state_written(day(written.on))).unwrap_or_default()
            }
            (Err(_), None) => String::new(),
        }
    }

    /// Says why something is not done with a lead.
    pub fn lead_refusal(&self, refusal: LeadRefusal, id: &str) -> Said {
        match refusal {
            LeadRefusal::Closed(stage) => {
                Said::new("closed", self.lead_closed(self.stage_of_lead(stage)), self.lead_closed_hint())
            }
            LeadRefusal::NotAccepted => Said::new("not-accepted", self.lead_not_accepted(), self.lead_not_accepted_hint(id)),
            LeadRefusal::Accepted => Said::new("already-accepted", self.lead_accepted(), self.lead_accepted_hint(id)),
            LeadRefusal::Told(part) => {
                let parts = LeadPart::EDITABLE.join(", ");
                Said::new("not-editable", self.lead_told(self.lead_part_name(part)), self.lead_told_hint(parts))
            }
            LeadRefusal::Later(part) => {
                Said::new("not-accepted", self.lead_later(self.lead_part_name(part)), self.lead_later_hint(id))
            }
            LeadRefusal::IsDeal(deal) => {
                Said::new("is-deal", self.lead_is_deal(deal.to_string()), self.lead_is_deal_hint(deal.to_string()))
            }
        }
    }

    /// Says what is to be told of a file of leads besides its counts.
    pub fn leads_remarks(&self, kind: LeadFile, rows: &[LeadRow]) -> Vec<String> {
        let count = |is: &dyn Fn(&LeadVerdict) -> bool| rows.iter().filter(|row| is(&row.verdict)).count() as u64;
        let older = count(&|verdict| *verdict == LeadVerdict::Older);
        let conflicts = count(&|verdict| matches!(verdict, LeadVerdict::Changed(heard) if !heard.clashes.is_empty()));
        let confirmed = count(&|verdict| matches!(verdict, LeadVerdict::Changed(heard) if heard.confirmed));
        let refused = count(&|verdict| matches!(verdict, LeadVerdict::Changed(heard) if heard.refused));
        let lines = [
            (refused > 0).then(|| self.leads_import_refused(refused)),
            (older > 0).then(|| self.leads_import_older(older)),
            (conflicts > 0).then(|| self.leads_import_conflicts(conflicts)),
            (confirmed > 0).then(|| self.leads_import_confirmed(confirmed)),
            (kind == LeadFile::Insights).then(|| self.leads_import_insights()),
        ];
        lines.into_iter().flatten().collect()
    }
}

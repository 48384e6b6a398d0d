//! An opportunity as a list of facts in words, for the detail of the desk and for `cosell show`.

use super::left::TimeRoom;
use super::sentences::Sentences;
use super::values::{address_line, person_line, solution_line};
use crate::domain::date::Moment;
use crate::domain::deadline::Pressing;
use crate::domain::field::Field;
use crate::domain::held::{Claim, Held};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{Opportunity, SenderKind};
use crate::domain::ours::{DealOwner, LogNote};
use crate::domain::outcome::{Outcome, OutcomeKind};
use crate::domain::refused::RefusedRow;
use crate::domain::rules::{MicrosoftAnswer, microsoft_answer};
use crate::domain::solution::{Owner, Price, Solution};
use crate::domain::stage::{Stage, Verb};
use crate::domain::text::{Line, Notes};
use crate::store::Full;

/// One thing that is known, with its name. The value may have several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: String,
    pub tone: Tone,
}

/// How much a fact presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// A deadline of less than three days, a conflict.
    Warn,
    /// A deadline of less than one day.
    Bad,
    /// Data that is only kept.
    Muted,
}

/// Collects facts, leaving out what is not known.
struct Facts(Vec<Fact>);

impl Facts {
    fn add(&mut self, name: String, value: Option<String>) {
        self.toned(name, value, Tone::Plain);
    }

    fn toned(&mut self, name: String, value: Option<String>, tone: Tone) {
        self.0.extend(value.filter(|value| !value.is_empty()).map(|value| Fact { name, value, tone }));
    }
}

/// How a way to go on is named.
#[derive(Debug, Clone, Copy)]
pub enum Ways<'a> {
    /// By the command that does it.
    Commands,
    /// By the keys of the desk: what registers a won deal, what takes the values of Partner Center, and what opens the offers.
    Keys { register: &'a str, theirs: &'a str, offers: &'a str },
}

/// Where our own notes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OurNotes {
    /// Among the facts.
    Within,
    /// By whoever asked.
    Apart,
}

impl Sentences {
    /// Returns everything known about an opportunity; `moment` writes an instant as day and time where the user is.
    pub fn describe(
        &self,
        full: &Full,
        now: Moment,
        notes: OurNotes,
        ways: Ways<'_>,
        moment: &dyn Fn(Timestamp) -> String,
    ) -> Vec<Fact> {
        let mut facts = Facts(Vec::new());
        self.describe_stage(full, now, ways, moment, &mut facts);
        self.describe_deal(&full.opportunity, &mut facts);
        self.describe_people(&full.opportunity, &mut facts);
        if let Some(answer) = microsoft_answer(&full.opportunity, full.help_waits(), now.now) {
            let tone = if matches!(answer, MicrosoftAnswer::Lapsed(_)) { Tone::Warn } else { Tone::Plain };
            facts.toned(self.show_microsoft(), Some(self.microsoft_answer(answer, moment)), tone);
        }
        let o = &full.opportunity;
        facts.add(self.show_registration(), self.registration_of(full, ways));
        let kept = self.kept(o, &full.extra, moment);
        kept.known.into_iter().for_each(|(name, value)| facts.add(name, Some(value)));
        facts.add(self.field_log(), self.log(o, moment).filter(|_| notes == OurNotes::Within));
        facts.add(self.field_referral_id(), o.referral_id.as_ref().map(ToString::to_string));
        facts.add(self.field_engagement_id(), o.engagement_id.as_ref().map(ToString::to_string));
        facts.add(self.show_number(), Some(format!("#{}", o.id)));
        let uid = o.uid().map(|uid| uid.to_string());
        facts.add(self.show_uid(), uid.filter(|uid| o.referral_id.as_ref().is_none_or(|id| id.as_str() != uid)));
        facts.toned(self.show_extra(), Some(kept.others), Tone::Muted);
        facts.0
    }

    /// Returns every name that a fact may have, so that one column holds them all.
    pub fn names_of_facts(&self) -> Vec<String> {
        let ours = [self.field_log(), self.field_owner(), self.field_next(), self.field_note(), self.field_favorite()];
        let stage = [
            self.field_stage(),
            self.show_respond_by(),
            self.show_conflict(),
            self.show_refused(),
            self.show_outbox(),
            self.field_type(),
        ];
        let origin =
            [self.field_origin(), self.show_direction(), self.show_sender_note(), self.show_received(), self.field_created_at()];
        let deal = [
            self.field_value(),
            self.field_close_date(),
            self.field_sales_stage(),
            self.field_crm_id(),
            self.field_campaign_id(),
            self.field_notes(),
        ];
        let people = [
            self.field_customer_name(),
            self.field_duns(),
            self.field_address(),
            self.field_contact(),
            self.field_employees(),
            self.field_solutions(),
            self.show_offer_status(),
        ];
        let help = [
            self.field_help(),
            self.show_help_note(),
            self.field_partner(),
            self.field_microsoft_status(),
            self.show_microsoft(),
            self.show_registration(),
        ];
        let ids = [self.field_referral_id(), self.field_engagement_id(), self.show_number(), self.show_uid(), self.show_extra()];
        let kept = self.kept_names();
        ours.into_iter().chain(stage).chain(origin).chain(deal).chain(people).chain(help).chain(ids).chain(kept).collect()
    }

    fn describe_stage(&self, full: &Full, now: Moment, ways: Ways<'_>, moment: &dyn Fn(Timestamp) -> String, facts: &mut Facts) {
        let o = &full.opportunity;
        let (since, known) = o.entered();
        let (days, _) = now.now.since(since).days_hours();
        let age = match (known, days) {
            (true, days) => self.age_days(days),
            // Hours that nobody counted say less than when it came.
            (false, 0) => self.age_since_at_latest(moment(since)),
            (false, days) => self.age_days_at_least(days),
        };
        facts.add(self.field_stage(), Some(self.show_age(age, self.stage_and_outcome(&o.stage))));
        if let Stage::Received { respond_by } = &o.stage {
            let tone = match respond_by.pressing(now.now) {
                Pressing::Later => Tone::Plain,
                Pressing::Soon => Tone::Warn,
                Pressing::Today | Pressing::Over => Tone::Bad,
            };
            let left = self.time_left_told(*respond_by, now, TimeRoom::Short);
            let at = moment(respond_by.at);
            let value = if respond_by.is_known() { self.show_respond(at, left) } else { self.show_respond_at_most(at, left) };
            facts.toned(self.show_respond_by(), Some(value), tone);
        }
        facts.add(self.field_note(), o.stage.outcome().and_then(|outcome| outcome.note()).map(Notes::to_string));
        for (field, claim) in &full.conflicts {
            facts.toned(self.show_conflict(), Some(self.conflict(*field, o, claim, moment)), Tone::Warn);
        }
        let refused = full.refused.as_ref().map(|row| self.refused_row(row, moment));
        facts.toned(self.show_refused(), refused, Tone::Bad);
        facts.add(self.show_outbox(), o.waiting.then(|| self.in_outbox(full, now, ways, moment)));
        facts.add(self.field_favorite(), o.favorite.then(|| self.yes()));
        facts.add(self.field_owner(), o.owned_by().map(DealOwner::name));
        let next = o.next.as_ref();
        facts.add(self.field_next(), next.map(|next| self.next_line(next.on.to_string(), next.text.as_str())));
        facts.add(self.field_type(), Some(self.kind(o.kind)));
        let origin = if o.sender().is_some() { self.field_origin() } else { self.show_direction() };
        facts.add(origin, Some(self.origin(o)));
        facts.add(self.show_sender_note(), o.sender().and_then(|sender| sender.note.as_ref()).map(Notes::to_string));
        let since = if o.sender().is_some() { self.show_received() } else { self.field_created_at() };
        facts.add(since, o.created_at.map(moment));
    }

    /// Says what Partner Center refused: its message, the file and the day, and the fields that it names.
    fn refused_row(&self, row: &RefusedRow, moment: &dyn Fn(Timestamp) -> String) -> String {
        let names = self.refused_names(&row.message);
        let said = self.show_refused_row(&row.file, &row.message, moment(row.written_at));
        [Some(said), names].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// Says by which commands what Partner Center refused is corrected, or what both sides changed is decided.
    pub fn cure_of(&self, full: &Held, now: Timestamp) -> Option<String> {
        if !full.conflicts.is_empty() {
            return Some(self.show_conflict_cure(full.opportunity.id.to_string()));
        }
        full.to_correct()?;
        let (id, verb) = (full.opportunity.id.to_string(), full.opportunity.stage.outcome().map(Outcome::kind));
        let verb = match verb.filter(|_| full.stage_before_refusal().is_some()) {
            Some(OutcomeKind::Declined) => Verb::Decline,
            Some(OutcomeKind::Lost) => Verb::Lose,
            Some(OutcomeKind::Won) => Verb::Win,
            _ => {
                return Some(match full.refused_accept_until() {
                    Some(until) if until > now => self.show_refused_cure_accept(id),
                    Some(_) => self.show_refused_cure_late(id),
                    None => self.show_refused_cure(id),
                });
            }
        };
        Some(self.show_refused_cure_end(id, verb.code()))
    }

    fn describe_deal(&self, o: &Opportunity, facts: &mut Facts) {
        let deal = &o.deal;
        facts.add(self.field_value(), deal.value.map(|value| self.money(value)));
        facts.add(self.field_close_date(), deal.close_date.map(|date| date.to_string()));
        facts.add(self.field_sales_stage(), deal.sales_stage.map(|stage| format!("{stage} %")));
        facts.add(self.field_crm_id(), deal.crm_id.as_ref().map(Line::to_string));
        facts.add(self.field_campaign_id(), deal.campaign_id.as_ref().map(Line::to_string));
        facts.add(self.field_notes(), deal.notes.as_ref().map(Notes::to_string));
    }

    fn describe_people(&self, o: &Opportunity, facts: &mut Facts) {
        let lines = |items: Vec<String>| Some(items.join("\n"));
        facts.add(self.field_customer_name(), Some(o.customer.name.to_string()));
        facts.add(self.field_duns(), o.customer.duns.map(|duns| duns.to_string()));
        facts.add(self.field_address(), Some(address_line(&o.customer.address)));
        facts.add(self.field_contact(), o.customer.contact.as_ref().map(person_line));
        facts.add(self.field_employees(), lines(o.employees.iter().map(person_line).collect()));
        facts.add(self.field_solutions(), lines(o.solutions.iter().map(|solution| self.solution(solution)).collect()));
        facts.add(
            self.field_help(),
            o.help.as_ref().map(|help| help.kind.map_or_else(|| self.yes(), |kind| self.help_kind(kind))),
        );
        facts.add(self.show_help_note(), o.help.as_ref().and_then(|help| help.note.as_ref()).map(Notes::to_string));
        let partner = o.partner.as_ref().map(|p| self.show_partner(p.brings.as_str(), p.organization.as_str()));
        facts.add(self.field_partner(), partner);
        facts.add(self.field_microsoft_status(), o.microsoft_status.as_ref().map(Line::to_string));
    }

    /// Returns our own notes, the last one first.
    fn log(&self, o: &Opportunity, moment: &dyn Fn(Timestamp) -> String) -> Option<String> {
        let line = |note: &LogNote| match &note.by {
            Some(by) => self.log_line(note.text.as_str(), moment(note.at), by.as_str()),
            None => self.log_line_nobody(note.text.as_str(), moment(note.at)),
        };
        Some(o.log.iter().rev().map(line).collect::<Vec<_>>().join("\n"))
    }

    fn origin(&self, o: &Opportunity) -> String {
        match o.sender() {
            None => self.outbound(),
            Some(sender) => {
                let organization = Some(&sender.organization).filter(|_| sender.kind == SenderKind::Partner).cloned();
                let known: Vec<String> = organization.into_iter().chain(sender.person.as_ref().map(person_line)).collect();
                let kind = self.sender_kind(sender.kind);
                if known.is_empty() { kind } else { format!("{kind}: {}", known.join(", ")) }
            }
        }
    }

    fn solution(&self, solution: &Solution) -> String {
        let name = solution.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        let title = format!("{}{name}", solution.id);
        let title = match solution.owner {
            Owner::Unknown => title,
            owner => self.show_solution(self.owner(owner), title),
        };
        let money = |price: &Price| price.money(solution.currency?);
        let price =
            solution.price.as_ref().map(|price| money(price).map_or_else(|| price.to_string(), |money| self.money(money)));
        let quantity = solution.quantity.map(|many| many.to_string());
        solution_line(title, &quantity.unwrap_or_default(), &price.unwrap_or_default())
    }

    /// Says what both sides have of a field, and as of when theirs is.
    pub fn conflict(&self, field: Field, ours: &Opportunity, claim: &Claim, moment: &dyn Fn(Timestamp) -> String) -> String {
        let line = self.conflict_line(self.field(field), self.value(field, &field.get(ours)), self.value(field, &claim.theirs));
        match claim.at {
            Some(at) => self.conflict_as_of(line, moment(at)),
            None => line,
        }
    }
}

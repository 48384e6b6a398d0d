//! Sentences about steps, for desk and commands alike: what was done, what follows, what is worth a second look.

use super::sentences::Sentences;
use super::values::person_line;
use crate::domain::change::{Set, What};
use crate::domain::held::Side;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::rules::{Consequence, MICROSOFT_DAYS, Warning};
use crate::domain::text::Line;
use crate::store::{Happened, StepKind, StepRecord};

impl Sentences {
    /// Says that a mark was, or was not, there already.
    pub fn favorite_as_it_was(&self, on: &Opportunity) -> String {
        let name = on.numbered();
        if on.favorite { self.done_favorite_already(name) } else { self.done_unfavorite_already(name) }
    }

    /// Returns the sentence about a step of the history: on one opportunity by its title, else on how many, or the files of an import.
    pub fn step(&self, step: &StepRecord) -> String {
        if let StepKind::Undo | StepKind::Redo = step.kind {
            let of = StepRecord { kind: step.of.unwrap_or(StepKind::Edit), ..step.clone() };
            return if step.kind == StepKind::Undo { self.step_undo(self.step(&of)) } else { self.step_redo(self.step(&of)) };
        }
        let what = step.only.as_ref().map_or_else(|| self.step_what_many(step.count), |(_, title)| self.step_what_one(title));
        match step.kind {
            StepKind::Offer => match (&step.record, step.became) {
                (Some(name), Happened::Made) => self.step_offer_added(name),
                (Some(name), Happened::Removed) => self.step_offer_removed(name),
                (name, _) => self.step_offer(step.count, name.as_deref().unwrap_or_default()),
            },
            StepKind::Organisation => self.step_organisation(),
            StepKind::Register | StepKind::RegistrationFile => self.step_of_registrations(step),
            StepKind::Lead if step.did.as_deref().is_some_and(|did| did != "new" || step.count > 1) => {
                let leads = self.step_leads(step.count, step.record.as_deref().unwrap_or_default());
                self.step_leads_did(step.did.as_deref().unwrap_or_default(), leads)
            }
            StepKind::Lead => match (&step.record, step.became) {
                (Some(name), Happened::Made) => self.step_lead_added(name),
                (name, _) => self.step_lead(step.count, name.as_deref().unwrap_or_default()),
            },
            StepKind::Import => self.step_import(step.count, step.files.join(", ")),
            StepKind::Write => self.step_write(step.files.join(", "), what),
            kind => self.step_of(kind, what),
        }
    }

    /// Says what was done to registrations, or what Partner Center said of them.
    fn step_of_registrations(&self, step: &StepRecord) -> String {
        let (count, name) = (step.count, step.record.as_deref().unwrap_or_default());
        let what = self.step_registrations(count, name);
        match step.did.as_deref() {
            Some("written") => self.step_registration_written(what),
            Some("refused") => self.step_registration_refused(what),
            Some("forgotten") => self.step_registration_forgotten(what),
            Some("changed") => self.step_registration_changed(what),
            Some(state) => self.step_registration_state(self.registration_state("", state), what),
            None if step.kind == StepKind::Register => self.step_register(count, name),
            None => self.step_registration_file(count, name),
        }
    }

    /// Says a step that was done to something; of an import only to what.
    pub(super) fn step_of(&self, kind: StepKind, what: String) -> String {
        match kind {
            StepKind::Accept => self.step_accept(what),
            StepKind::Decline => self.step_decline(what),
            StepKind::Win => self.step_win(what),
            StepKind::Lose => self.step_lose(what),
            StepKind::Expire => self.step_expire(what),
            StepKind::Revive => self.step_revive(what),
            StepKind::Resolve => self.step_resolve(what),
            StepKind::Reopen => self.step_reopen(what),
            StepKind::Import
            | StepKind::Write
            | StepKind::Undo
            | StepKind::Redo
            | StepKind::Offer
            | StepKind::Organisation
            | StepKind::Lead
            | StepKind::Register
            | StepKind::RegistrationFile => what,
            StepKind::Favorite => self.step_favorite(what),
            StepKind::Unfavorite => self.step_unfavorite(what),
            StepKind::Create => self.step_create(what),
            StepKind::Edit => self.step_edit(what),
            StepKind::AskHelp => self.step_ask_help(what),
            StepKind::Next => self.step_next(what),
            StepKind::Note => self.step_note(what),
        }
    }

    /// Returns the sentence about a change that was just made; `after` is the opportunity as it is now, and `title` how it is named.
    pub fn done(&self, what: &What, after: &Opportunity, title: &str) -> String {
        match what {
            What::Accept(_) => self.done_accept(title),
            What::Decline { note, .. } => {
                let sender = after.sender().map_or("", |sender| &sender.organization);
                self.with_note(self.done_decline(sender, title), note.is_some())
            }
            What::Win(_) => self.done_win(title),
            What::Lose { note, .. } => self.with_note(self.done_lose(title), note.is_some()),
            What::Resolve { side: Side::Ours, .. } => self.done_resolve_ours(title),
            What::Resolve { side: Side::Theirs, .. } => self.done_resolve_theirs(title),
            What::Favorite { on: true } => self.done_favorite(title),
            What::Favorite { on: false } => self.done_unfavorite(title),
            What::Edit(edit) => match (&edit.0[..], after.owned_by()) {
                ([Set::Owner(_) | Set::OwnerOnIt(_)], Some(owner)) => self.done_owner(owner.name(), title),
                _ => self.done_edit(title),
            },
            What::AskHelp(_) => self.done_ask_help(title),
            What::Share => self.done_share(title),
            What::RespondBy(_) => self.done_respond_by(title),
            What::Next(Some(next)) => self.done_next(next.on.to_string(), next.text.as_str(), title),
            What::Next(None) => self.done_next_none(title),
            What::Note { .. } => self.done_note(title),
            What::Reopen => self.done_reopen(title),
        }
    }

    /// Says to how many of several something was done, and how many were left out; why, where it is the same of all these.
    pub fn done_many<'w>(&self, what: &What, done: usize, mut left_out: impl ExactSizeIterator<Item = &'w str>) -> String {
        let act = match what {
            What::Accept(_) => self.results_accept(done),
            What::Decline { .. } => self.results_decline(done),
            What::Win(_) => self.results_win(done),
            What::Lose { .. } => self.results_lose(done),
            What::Favorite { on: true } => self.results_favorite(done),
            What::Favorite { on: false } => self.results_unfavorite(done),
            What::Edit(edit) => {
                let fields: Vec<String> = edit.0.iter().map(|set| self.field(set.field())).collect();
                self.results_edit(fields.join(", "), done)
            }
            What::Next(Some(_)) => self.results_next(done),
            What::Next(None) => self.results_next_none(done),
            What::Note { .. } => self.results_note(done),
            What::Resolve { side: Side::Ours, .. } => self.results_resolve_ours(done),
            What::Resolve { side: Side::Theirs, .. } => self.results_resolve_theirs(done),
            What::AskHelp(_) | What::Share | What::RespondBy(_) | What::Reopen => self.results_other(done),
        };
        let head = self.results_head(act, left_out.len());
        match left_out.next() {
            Some(why) if left_out.all(|other| other == why) => self.results_why(head, why),
            _ => head,
        }
    }

    /// Says of one whose end was taken back that its time is over meanwhile (MG-65).
    pub fn reopened_too_late(
        &self,
        what: &What,
        after: &Opportunity,
        now: Timestamp,
        moment: &dyn Fn(Timestamp) -> String,
    ) -> Option<String> {
        let over = after.stage.deadline().filter(|deadline| *what == What::Reopen && deadline.at <= now)?;
        Some(self.done_reopen_over(moment(over.at)))
    }

    /// Says that what Partner Center refused goes out no more, where a change has left nothing of it to be sent. That an end is taken back
    /// says so by itself.
    pub fn refusal_let_go(&self, what: &What, let_go: Option<&str>) -> Option<String> {
        let_go.filter(|_| *what != What::Reopen).map(|message| self.outbox_let_go_refused(message))
    }

    /// Adds that a note does not go where the step goes, where there is one.
    fn with_note(&self, done: String, is_there: bool) -> String {
        if is_there { self.done_note_stays(done) } else { done }
    }

    /// Returns the sentence about a deal that was just made, with how it is named.
    pub fn created(&self, made: &Opportunity, title: &str) -> String {
        self.done_create(self.kind(made.kind), title)
    }

    /// Says what follows from a step; `moment` writes an instant as day and time where the user is.
    pub fn consequence(&self, follows: &Consequence, moment: &dyn Fn(Timestamp) -> String) -> String {
        match follows {
            Consequence::MovesTo(stage, None) => self.follows_moves(self.stage(*stage)),
            Consequence::MovesTo(stage, Some(outcome)) => self.follows_archived(self.outcome(*outcome), self.stage(*stage)),
            Consequence::Freezes(_) => self.follows_freezes(),
            Consequence::Tells(sender) => self.follows_tells(&sender.organization),
            Consequence::TellsEach => self.follows_tells_each(),
            Consequence::Opens(verbs) => {
                let names: Vec<String> = verbs.iter().map(|verb| self.verb(*verb)).collect();
                self.follows_opens(names.join(", "))
            }
            Consequence::MayNeedRegistration => self.follows_registration(),
            Consequence::EarlyForRegistration { until } => self.follows_early(moment(*until)),
            Consequence::Registrable { .. }
            | Consequence::NotRegistrable(_)
            | Consequence::RegisterBy(_)
            | Consequence::MicrosoftReviews
            | Consequence::RegistrationAdvice { .. } => self.consequence_of_registration(follows, moment),
            Consequence::UndoUntilUpload => self.follows_undo(),
            Consequence::Becomes(kind) => self.follows_becomes(self.kind(*kind)),
            Consequence::SharesWithMicrosoft => self.follows_shares(),
            Consequence::SharesContact(person) => self.follows_contact(person_line(person)),
            Consequence::MicrosoftDecides => self.follows_microsoft(MICROSOFT_DAYS),
            Consequence::ShowsToMicrosoft => self.follows_shows(),
            Consequence::StaysPrivate => self.follows_private(),
            Consequence::NamesPartner(partner) => self.follows_partner(partner.organization.as_str()),
            Consequence::WaitsInOutbox => self.follows_outbox(),
            Consequence::WaitsToBeReleased => self.follows_released(),
        }
    }

    /// Puts a warning into words.
    pub fn warning(&self, warning: &Warning) -> String {
        match warning {
            Warning::CloseDatePast(date) => self.warning_close_date_past(date.to_string()),
            Warning::ValueHuge(value) => self.warning_value_huge(self.money(*value)),
            Warning::PricesElsewhere(ids) => {
                let ids: Vec<&str> = ids.iter().map(Line::as_str).collect();
                self.warning_prices_elsewhere(ids.join(", "))
            }
            Warning::AddressForUpload { street, city } => self.warning_address(usize::from(*city), usize::from(*street)),
        }
    }
}

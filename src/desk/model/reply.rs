//! What the store answers, and what the desk makes of it; an answer out of date never reaches the screen.

use std::collections::BTreeSet;

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind};
use crate::desk::keys::{Action, Scope};
use crate::domain::change::{Change, Refusal, What};
use crate::domain::ids::{OpportunityId, StepId};
use crate::store::{Applied, Counts, Done, Full, NotUndone, OfViews, Reply, Request, Steps, StoreError, Undone};

impl Model {
    pub(super) fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::Done => {}
            Reply::Outbox(posted) => self.posted(posted),
            Reply::Leads(said) => self.leads_said(said),
            Reply::Listed { serial, page: Ok(page), .. } => self.listed(serial, page),
            Reply::Listed { serial, page: Err(error), .. } => {
                self.list_failed(serial);
                self.fail(&error);
            }
            Reply::Passing { query, count } => self.counted_passing(&query, count),
            Reply::Sums { of, sums } => self.summed(of, sums),
            Reply::Undated { query, count } => self.counted_undated(&query, count),
            Reply::Rates { on, rates } => self.rates_came_for(on, rates),
            Reply::Elsewhere { query, found } => self.found_elsewhere(&query, found),
            Reply::Counted(Ok(counted)) => self.counted_anew(*counted),
            Reply::Opened { id, full } => self.opened(id, full),
            Reply::Briefed { id, brief } => self.briefed(id, brief),
            Reply::Ids { of, found } => match self.conflicts.counting.take_if(|(serial, _)| *serial == of) {
                Some((_, whom)) => self.conflicts_counted(whom, found),
                None => self.mark_these(of, found),
            },
            Reply::Several { of, found } => match self.conflicts.reading.take_if(|serial| *serial == of) {
                Some(_) => self.conflicts_read(found),
                None => self.several(of, found),
            },
            Reply::Steps { before, steps: Ok(steps) } => self.steps_came(before, steps),
            Reply::History { of, before, entries: Ok(entries) } => self.entries_came(of, before, entries),
            Reply::Brought { from, found: Ok(found) } => self.brought_came(from, found.map(|found| *found)),
            Reply::Applied { changes, applied: Ok(applied) } => self.applied(&changes, &applied),
            Reply::Applied { changes, applied: Err(error) } => {
                self.ours_failed(&changes);
                self.refresh_conflicts();
                self.fail_in_form(&error);
            }
            Reply::MayUndo { step, may } => self.may_undo(step, may),
            Reply::Undone(done) => self.took_back(done, true),
            Reply::Redone(done) => self.took_back(done, false),
            Reply::Progress { rows } => self.importing = Some(rows),
            // The report follows as a message of its own, with what the files said.
            Reply::Imported(_) => self.importing = None,
            Reply::Views { of, found } => self.views_came(of, found),
            Reply::Moved => self.moved(),
            Reply::Lost(error) => self.lost(&error),
            Reply::Saved(saved) => self.saved(&saved),
            Reply::BackedUp(made) => self.copy_made(&made),
            #[rustfmt::skip]
            reply @ (Reply::Draft { .. } | Reply::Drafts(_) | Reply::Aids { .. } | Reply::Similar { .. } | Reply::Created(_)
            | Reply::Suggested { .. } | Reply::Registrations(_) | Reply::Stocked(..) | Reply::Offers(_) | Reply::Reviewed { .. } | Reply::Stood { .. }
            | Reply::Digest(_) | Reply::OfferStatuses { .. } | Reply::DraftFailed(_) | Reply::DraftJoined { .. } | Reply::ClockBehind(_)) => self.entry_reply(reply),
            Reply::Ranked => self.rank_anew(),
            Reply::Reasons { id, found } => self.reasons_came(id, found),
            #[rustfmt::skip]
            Reply::Counted(Err(error)) | Reply::Steps { steps: Err(error), .. }
            | Reply::History { entries: Err(error), .. } | Reply::Brought { found: Err(error), .. } => self.fail(&error),
        }
    }

    /// It was counted what the lists hold, and which steps there are.
    fn counted_anew(&mut self, counted: (Counts, Steps)) {
        (self.counts, self.steps) = counted;
        self.counted = true;
        self.begin_sample();
    }

    /// A step was taken back, or made again, or cannot be.
    fn took_back(&mut self, done: Result<Undone, StoreError>, is_undo: bool) {
        match done {
            Ok(done) => self.undone(&done, is_undo),
            Err(error) => self.not_undone(&error),
        }
    }

    /// Something else than the desk has changed the data.
    fn moved(&mut self) {
        self.ask(Request::Views(OfViews::Read));
        self.refresh_history();
        self.ask_rates();
        self.ask_offer_statuses();
        self.renew_grounds();
        self.look();
    }

    fn opened(&mut self, id: OpportunityId, full: Result<Box<Full>, StoreError>) {
        match full {
            Ok(full) => {
                self.open_waiting_form(&full);
                self.go_to(&full);
                if self.selected().is_some_and(|row| row.id == id) {
                    self.detail = Some(full);
                }
            }
            // It may be gone since it was asked for; the list is asked for anew and will tell.
            Err(StoreError::NoSuch(_)) => {
                self.give_form_up();
                if let Some(going) = self.going.take() {
                    self.not_there(going);
                }
                self.look();
            }
            Err(error) => {
                self.give_form_up();
                self.going = None;
                self.fail(&error);
            }
        }
    }

    /// What forms of deals, and reviews, asked for.
    fn entry_reply(&mut self, reply: Reply) {
        match reply {
            Reply::Draft { key, texts: Ok(texts) } => self.draft(key, texts.as_ref()),
            Reply::Draft { texts: Err(error), .. } => {
                // Typed over, the draft that cannot be read would be lost.
                self.dialogs.pop_if(|dialog| matches!(dialog, Dialog::Form(form) if form.awaits_draft));
                self.dialogs.pop_if(|dialog| matches!(dialog, Dialog::Sheet(sheet) if sheet.awaits_draft));
                self.give_form_up();
                self.fail(&error);
            }
            Reply::Digest(found) => self.digest_came(found),
            Reply::Registrations(said) => self.registrations_said(said),
            Reply::Offers(said) => self.offers_said(said),
            Reply::Stocked(taken, said) => self.stocked(taken, &said),
            Reply::Drafts(Ok(drafts)) => self.tell_drafts(&drafts),
            Reply::Aids { of, found: Ok(aids) } => self.aids(of, *aids),
            Reply::Similar { of, found: Ok(similar) } => self.similar(of, *similar),
            Reply::Suggested { serial, found: Ok(found) } => self.suggested(serial, found),
            Reply::Created(Ok(made)) => self.created(&made),
            Reply::Created(Err(error)) => self.fail_in_form(&error),
            Reply::Aids { found: Err(error), .. } => {
                self.keep_carried();
                self.give_form_up();
                self.fail(&error);
            }
            Reply::Suggested { serial, found: Err(error) } => self.not_suggested(serial, &error),
            Reply::ClockBehind(last) => {
                let last = self.day_and_time(last);
                self.warn(self.say.clock_behind(last));
            }
            Reply::DraftJoined { key, joined } => self.draft_joined(key, &joined),
            Reply::DraftFailed(error) => {
                let said = self.said(&error);
                self.warn(self.say.form_draft_failed(said));
            }
            Reply::Stood { query, ids } => self.stood(&query, ids),
            Reply::Reviewed { of, review: Ok(review) } => self.reviewed(&of, review.into()),
            Reply::Reviewed { of, review: Err(error) } => self.review_failed(&of, &error),
            Reply::Drafts(Err(error)) | Reply::Similar { found: Err(error), .. } => self.fail(&error),
            // Told by whoever handed this over.
            Reply::Done | Reply::Outbox(_) | Reply::Listed { .. } | Reply::Counted(_) | Reply::Briefed { .. } => {}
            Reply::History { .. } | Reply::Applied { .. } | Reply::Undone(_) | Reply::Redone(_) | Reply::BackedUp(_) => {}
            Reply::Opened { .. } | Reply::Steps { .. } | Reply::Leads(_) | Reply::Ranked | Reply::Reasons { .. } => {}
            Reply::Moved
            | Reply::Views { .. }
            | Reply::Brought { .. }
            | Reply::Several { .. }
            | Reply::Ids { .. }
            | Reply::Passing { .. }
            | Reply::Elsewhere { .. }
            | Reply::Lost(_)
            | Reply::MayUndo { .. }
            | Reply::Saved(_) => {}
            Reply::Progress { .. } | Reply::Imported(_) | Reply::Sums { .. } | Reply::Undated { .. } | Reply::Rates { .. } => {}
            Reply::OfferStatuses { at, found } => self.offer_statuses_came(at, found),
        }
    }

    pub(super) fn said(&self, error: &StoreError) -> String {
        if let StoreError::NotUndone(why) = error {
            return self.why_not_undone(*why);
        }
        self.say.store_error(error, &|at| self.day(at)).whole()
    }

    /// Says why a step cannot be taken back, with the keys of what can be done instead.
    pub(super) fn why_not_undone(&self, why: NotUndone) -> String {
        let keys = [self.keys.key_in(Scope::Outbox, Action::ForgetUpload), self.keys.key_name(Action::Outbox)];
        match (why, keys) {
            (NotUndone::Sent, [key, outbox]) => self.say.store_not_undone_sent_desk(key, outbox),
            (why, _) => self.say.not_undone(why),
        }
    }

    pub(super) fn fail(&mut self, error: &StoreError) {
        let said = self.said(error);
        self.warn(said);
        self.offer_rescue(error);
    }

    /// What a form asked for was not done: it stays open and says why.
    pub(super) fn fail_in_form(&mut self, error: &StoreError) {
        let said = self.said(error);
        if !self.form_failed(&said) {
            self.warn(said);
        }
        self.offer_rescue(error);
    }

    fn applied(&mut self, changes: &[Change], applied: &Applied) {
        if let ([_], [Err(refusal)]) = (changes, &applied.results[..]) {
            let said = self.refusal(refusal);
            let changed_since = *refusal == Refusal::ChangedSince;
            let in_form = if changed_since { self.say.form_changed_since() } else { said.clone() };
            if !self.form_failed(&in_form) {
                self.warn(said);
            }
            self.refresh_conflicts();
            if changed_since {
                self.look();
            }
            return;
        }
        let left_out = self.left_out();
        let again = self.saving_form().and_then(|form| {
            form.goes_again().map(|message| match form.subject.of_accept {
                true => self.say.done_again_accept(message),
                false => self.say.done_again(message),
            })
        });
        self.form_saved();
        self.refresh_history();
        let Some(what) = changes.first().map(|change| &change.what) else { return };
        let done: BTreeSet<OpportunityId> =
            changes.iter().zip(&applied.results).filter(|(_, result)| result.is_ok()).map(|(change, _)| change.id).collect();
        match &applied.results[..] {
            [Ok(done)] if left_out.is_empty() => {
                let said = self.say.done(what, &done.after, done.after.title().as_str());
                let late = self.say.reopened_too_late(what, &done.after, self.now.now, &|at| self.day_and_time(at));
                let let_go = self.say.refusal_let_go(what, done.let_go.as_deref());
                let said = [Some(said), late, let_go, again].into_iter().flatten().collect::<Vec<_>>().join(" ");
                self.tell_step(self.with_registration(said, what, &done.after), applied.step);
            }
            results => self.show_results(changes, results, left_out, applied.step),
        }
        self.unmark(&done);
        match (what, changes) {
            // It stays where it is, perhaps further up: the cursor stays on it.
            (What::Edit(_) | What::AskHelp(_) | What::Share | What::RespondBy(_) | What::Resolve { .. }, [change]) => {
                self.reload_wanting(change.id)
            }
            (What::Reopen, _) => applied.results.iter().flatten().for_each(|done| self.stay_on(&done.after)),
            (What::Favorite { .. } | What::Next(_) | What::Note { .. }, _) => self.reload_without(&BTreeSet::new()),
            _ => self.reload_without(&done),
        }
        self.ask(Request::Counts { now: self.now });
    }

    /// Says what was done, and how it is taken back; what changed nothing is no step, and the one before it is not what was spoken of.
    pub(super) fn tell_step(&mut self, said: String, step: Option<StepId>) {
        self.tell(if step.is_some() { self.with_undo(said) } else { said });
        self.undoing.spoken = step;
    }

    /// Returns what was done with the key that takes it back.
    pub(super) fn with_undo(&self, said: String) -> String {
        self.say.desk_done(said, self.keys.key_name(Action::Undo))
    }

    /// One line for each of the marked ones; those that were refused, or left out before, come first.
    fn show_results(
        &mut self,
        changes: &[Change],
        results: &[Result<Done, Refusal>],
        mut left_out: Vec<(String, String)>,
        step: Option<StepId>,
    ) {
        let Some(what) = changes.first().map(|change| &change.what) else { return };
        for (change, result) in changes.iter().zip(results) {
            if let Err(refusal) = result {
                let known = self.list().rows.iter().find(|row| row.id == change.id);
                let title = known.map_or_else(|| change.id.to_string(), |row| row.title().to_owned());
                left_out.push((title, self.refusal(refusal)));
            }
        }
        let done: Vec<&Done> = results.iter().flatten().collect();
        let head = self.say.done_many(what, done.len(), left_out.iter().map(|(_, why)| why.as_str()));
        if !left_out.is_empty() || !matches!(what, What::Favorite { .. } | What::Next(_) | What::Note { .. }) {
            let out = left_out.into_iter().map(|(title, why)| Line { why_not: Some(why), ..Line::plain(title) });
            let right = self.say.results_done();
            let done = done.iter().map(|done| Line { right: right.clone(), ..Line::plain(done.after.title().as_str()) });
            let lines = std::iter::once(Line::head(head.clone())).chain(out).chain(done).collect();
            self.show_menu(Menu::new(MenuKind::Results, lines));
        }
        self.tell_step(head, step);
    }

    fn undone(&mut self, undone: &Undone, back: bool) {
        let step = self.say.step(&undone.step);
        let done = if back { self.say.undo_done(step) } else { self.say.redo_done(step) };
        let unfounded = undone.unfounded.iter().map(|one| self.say.unfounded(one));
        self.tell(std::iter::once(done).chain(unfounded).collect::<Vec<_>>().join(" "));
        self.detail = None;
        self.undone_from_rooms(undone.step.id, back);
        // What it told is not so any more.
        self.dialogs.retain(|dialog| !matches!(dialog, Dialog::Menu(menu) if menu.kind == MenuKind::Results));
        self.refresh_history();
        self.ask_offer_statuses();
        match undone.touched.filter(|_| undone.step.count == 1) {
            Some(id) => self.reload_wanting(id),
            None => self.reload_after_step(back),
        }
        self.ask(Request::Counts { now: self.now });
    }
}

//! Sentences about the outbox, for desk and commands alike: where a deal stands, what goes, what stays and why, what came back.

use super::describe::Ways;
use super::sentences::Sentences;
use crate::domain::date::Moment;
use crate::domain::field::{Field, Named, NeverSent};
use crate::domain::instant::Timestamp;
use crate::domain::outcome::OutcomeKind;
use crate::domain::outgoing::{Answer, Pending, SentRow, Standing};
use crate::domain::preflight::{Layout, PreflightTerms, Severity, findings};
use crate::domain::refused::fields_named;
use crate::exchange::upload::Unwritable;
use crate::store::{Full, OutboxDeal};

impl Sentences {
    /// Says where a deal stands in the outbox, as the outbox itself says it.
    pub(super) fn in_outbox(&self, full: &Full, now: Moment, ways: Ways<'_>, moment: &dyn Fn(Timestamp) -> String) -> String {
        let Some(of) = &full.in_outbox else { return self.show_outbox_waiting() };
        let terms = PreflightTerms::at(now, Layout::default());
        let is_faulty = || findings(full, &terms).iter().any(|finding| finding.severity() == Severity::Error);
        if of.standing == Standing::Ready && is_faulty() {
            return self.outbox_standing_faulty();
        }
        match (&of.standing, ways) {
            (Standing::Stuck, Ways::Keys { theirs, .. }) => self.outbox_standing_stuck_desk(theirs),
            (standing, _) => self.outbox_standing(standing, of.sent.as_ref(), moment),
        }
    }

    /// Says where a deal stands in the outbox; `sent` is what was written of it last.
    pub fn outbox_standing(&self, standing: &Standing, sent: Option<&SentRow>, moment: &dyn Fn(Timestamp) -> String) -> String {
        let file = sent.map_or("", |sent| &sent.file);
        match standing {
            Standing::Ready if sent.is_some_and(|sent| matches!(sent.answer, Answer::Refused(_))) => self.outbox_standing_again(),
            Standing::Ready => self.outbox_standing_ready(),
            Standing::Written if sent.is_some_and(|sent| sent.answer == Answer::Taken) => self.outbox_standing_taken(file),
            Standing::Written => {
                self.outbox_standing_written(file, sent.map_or_else(String::new, |sent| moment(sent.written_at)))
            }
            Standing::Conflict(fields) => self.outbox_standing_conflict(self.list(fields.iter().map(|field| self.field(*field)))),
            Standing::HeldBack => self.outbox_standing_held(),
            Standing::Private => self.outbox_standing_private(),
            Standing::Stuck => self.outbox_standing_stuck(),
            Standing::Notice => self.outbox_standing_notice(),
        }
    }

    /// Says one value that Partner Center does not know; of a deal that is new to it without what it knows.
    pub fn outbox_change(&self, pending: &Pending, is_new: bool) -> String {
        let field = pending.field;
        let ours = self.value(field, &pending.ours);
        if is_new {
            return self.outbox_pending_new(self.field(field), ours);
        }
        let line = self.changed(&Named::Known(field), &pending.known, &pending.ours);
        match pending.never {
            None => line,
            Some(why) => self.outbox_never(line, self.outbox_never_why(why)),
        }
    }

    fn outbox_never_why(&self, why: NeverSent) -> String {
        match why {
            NeverSent::AfterCreation => self.outbox_never_after_creation(),
            NeverSent::ReadOnly => self.outbox_never_read_only(),
            NeverSent::NoPlace => self.outbox_never_no_place(),
            NeverSent::Personal | NeverSent::Ours => self.outbox_never_ours(),
        }
    }

    /// Names the fields that a refusal speaks of, where it names any.
    pub(super) fn refused_names(&self, message: &str) -> Option<String> {
        let fields = fields_named(message);
        (!fields.is_empty()).then(|| self.outbox_refused_field(self.list(fields.into_iter().map(|field| self.field(field)))))
    }

    /// Says everything about a deal of the outbox, line by line, beneath its name.
    pub fn outbox_lines(&self, deal: &OutboxDeal) -> Vec<String> {
        let is_new = deal.held.is_unknown_there();
        let mut lines = Vec::new();
        if let Some((Answer::Refused(message), sent)) = deal.sent.as_ref().map(|sent| (&sent.answer, sent)) {
            lines.push(self.outbox_refused(&sent.file, message));
            lines.extend(self.refused_names(message));
            lines.extend(deal.held.to_correct().map(|row| match row.as_it_stands {
                true => self.outbox_refused_unchanged(),
                false => self.outbox_refused_corrected(),
            }));
        }
        match deal.sent.as_ref().map(|sent| &sent.answer).filter(|_| is_new) {
            // That it has been written, or made, says where it stands.
            Some(Answer::Open | Answer::Taken) => {}
            Some(Answer::Refused(_)) => lines.push(self.outbox_new_refused()),
            Some(Answer::Dropped) | None => lines.extend(is_new.then(|| self.outbox_new())),
        }
        lines.extend(deal.pending.iter().map(|pending| self.outbox_change(pending, is_new)));
        let is_told = |pending: &&Pending| pending.field == Field::Stage && pending.never.is_none();
        let note =
            deal.pending.iter().find(is_told).and(deal.held.opportunity.stage.outcome()).and_then(|outcome| outcome.note());
        lines.extend(note.map(|note| self.outbox_note_stays(note.to_string())));
        if let Some(notice) = &deal.notice {
            let organization = &notice.to.organization;
            lines.push(match notice.outcome.kind() {
                OutcomeKind::Expired => self.outbox_notice_expired(organization),
                _ if deal.held.has_update() => self.outbox_notice_declined(organization),
                _ => self.outbox_notice_declined_known(organization),
            });
        }
        if deal.pending.iter().any(|pending| pending.field == Field::Help && !pending.ours.is_null()) {
            lines.push(self.outbox_help_asked());
        }
        lines
    }

    /// Says why no row can be written of a deal.
    pub fn outbox_unwritable(&self, why: &Unwritable) -> String {
        match why {
            Unwritable::Fields(fields) => self.outbox_unwritable_fields(self.list(fields.iter().map(|field| self.field(*field)))),
            Unwritable::Row(complaints) => {
                let said: Vec<String> = complaints.iter().map(|complaint| self.complaint(complaint).sentence).collect();
                self.outbox_unwritable_row(said.join(" "))
            }
        }
    }
}

//! The outbox on the desk: its room is filled, single deals are held back and let go, and upload files are written.

use std::sync::Arc;

use super::Model;
use super::dialog::{Line, Menu, MenuKind, Then};
use crate::desk::keys::{Action, Scope};
use crate::desk::room::{Outbox, OutboxLine, OutboxPart, Room};
use crate::dispatch::{Layout, refusals, row_of};
use crate::domain::change::{Change, What};
use crate::domain::field::Field;
use crate::domain::held::{Held, Side};
use crate::domain::ids::OpportunityId;
use crate::domain::outcome::{Outcome, OutcomeKind};
use crate::domain::outgoing::{Answer, Choice, Standing};
use crate::domain::role::Deed;
use crate::store::{OfOutbox, OfRegistrations, OutboxDeal, Posted, Request, StoreError, Unwritten, Written};

/// Of so many deals the rows of the next upload file are shown at once.
const SHOWN_ROWS: usize = 100;

impl Model {
    /// Shows what waits for Partner Center, once that has come.
    pub(super) fn open_outbox(&mut self) {
        self.rooms.retain(|room| !matches!(room, Room::Outbox(_)));
        self.rooms.push(Room::Outbox(Box::default()));
        self.refresh_outbox();
    }

    pub(super) fn outbox_room(&mut self) -> Option<&mut Outbox> {
        self.rooms.iter_mut().find_map(|room| if let Room::Outbox(outbox) = room { Some(&mut **outbox) } else { None })
    }

    /// Asks again what waits, where the room is open.
    pub(super) fn refresh_outbox(&mut self) {
        let serial = self.serial + 1;
        let Some(room) = self.outbox_room() else { return };
        room.asked = Some(serial);
        self.serial = serial;
        self.ask(Request::Outbox(OfOutbox::List { of: serial }));
        let ruling = Arc::clone(&self.offers.rules);
        self.ask(Request::Registrations(OfRegistrations::List { ruling, now: self.now.now }));
    }

    /// What waits has come.
    fn outbox_came(&mut self, of: u64, found: Result<Vec<OutboxDeal>, StoreError>) {
        let lines = match found {
            Ok(deals) => {
                if self.outbox_room().is_some_and(|room| room.rows_asked.take_if(|asked| *asked == of).is_some()) {
                    return self.show_upload_rows(&deals);
                }
                deals.iter().map(|deal| self.outbox_line(deal)).collect()
            }
            Err(error) => return self.fail(&error),
        };
        if let Some(room) = self.outbox_room().filter(|room| room.asked == Some(of)) {
            room.asked = None;
            room.receive(lines);
        }
    }

    fn outbox_line(&self, deal: &OutboxDeal) -> OutboxLine {
        let on = &deal.held.opportunity;
        let refused = matches!(deal.sent.as_ref().map(|sent| &sent.answer), Some(Answer::Refused(_)));
        let faults = refusals(deal, Layout::default(), self.now);
        let part = if faults.is_empty() { OutboxPart::of(&deal.standing, refused) } else { OutboxPart::Faulty };
        let standing = match part {
            OutboxPart::Conflict | OutboxPart::Written => {
                self.say.outbox_standing(&deal.standing, deal.sent.as_ref(), &|at| self.day_and_time(at))
            }
            _ if deal.choice == Choice::Released => self.say.outbox_let_go(),
            _ => String::new(),
        };
        let title = on.title().to_string();
        let faults = faults.iter().map(|finding| self.say.finding(finding, &|at| self.day_and_time(at)));
        let lines = faults.chain(self.say.outbox_lines(deal)).chain(self.cure_keys(&deal.held, Scope::Outbox)).collect();
        let open = deal.sent.as_ref().filter(|sent| sent.answer == Answer::Open);
        OutboxLine {
            id: on.id,
            version: on.version,
            part,
            choice: deal.choice,
            title,
            standing,
            lines,
            open_in: open.map(|sent| sent.file.clone()),
            unchanged: deal.held.refused.as_ref().is_some_and(|row| row.as_it_stands),
            tells: open.is_some_and(|sent| sent.said.news.contains(&Field::Stage)),
            tell: deal.notice.as_ref().map(|notice| notice.to.organization.to_string()),
        }
    }

    /// Says by which keys what was refused is corrected, or what both sides changed is decided.
    pub(super) fn cure_keys(&self, held: &Held, scope: Scope) -> Option<String> {
        // What both sides changed is decided before anything of it goes again.
        if !held.conflicts.is_empty() {
            return Some(self.say.outbox_cure_conflict(self.keys.key_name(Action::Resolve)));
        }
        held.to_correct()?;
        let key = |action| self.keys.key_in(scope, action);
        let (edit, palette) = (key(Action::Edit), self.keys.key_name(Action::Palette));
        let may_accept = held.refused_accept_until().is_some_and(|until| self.now.now < until);
        Some(match held.stage_before_refusal() {
            None if may_accept => self.say.outbox_cure_accept(key(Action::Accept), key(Action::Decline), edit),
            Some(_) => {
                let again = match held.opportunity.stage.outcome().map(Outcome::kind) {
                    Some(OutcomeKind::Won) => Action::Win,
                    Some(OutcomeKind::Lost) => Action::Lose,
                    _ => Action::Decline,
                };
                self.say.outbox_cure_ended(key(again), edit, palette)
            }
            None => self.say.outbox_cure(edit),
        })
    }

    /// Returns what stands on top of the room.
    pub fn outbox_summary(&self, room: &Outbox) -> String {
        if !room.has_come {
            return self.say.check_coming();
        }
        if room.deals.is_empty() {
            return self.say.outbox_none();
        }
        let count = (room.waiting() > 0).then(|| self.say.outbox_count(room.waiting() as u64));
        let old = self.counts.imported_at.filter(|at| self.now.day_of(*at) < *self.now.today);
        let old = old.map(|at| self.say.outbox_old_data(self.day_and_time(at)));
        let to_register = room.to_register() as u64;
        let key = || self.keys.key_name(Action::WriteRegistrations);
        let register = (to_register > 0).then(|| self.say.outbox_registrations(to_register, key()));
        [count, register, old].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Returns the head of a part, with how many stand under it.
    pub fn outbox_part(&self, room: &Outbox, part: OutboxPart) -> String {
        let count = room.deals.iter().filter(|deal| deal.part == part).count();
        let s = &self.say;
        let head = match part {
            OutboxPart::Refused => s.outbox_part_refused(),
            OutboxPart::Ready => s.outbox_part_ready(),
            OutboxPart::Faulty => s.outbox_part_faulty(),
            OutboxPart::Conflict => s.outbox_part_conflict(),
            OutboxPart::HeldBack => s.outbox_part_held(),
            OutboxPart::Private => s.outbox_part_private(),
            OutboxPart::Stuck => s.outbox_part_stuck(self.keys.key_name(Action::Theirs)),
            OutboxPart::Written => s.outbox_part_written(),
            OutboxPart::Notice => s.outbox_part_notice(),
            OutboxPart::RegistrationToMend => s.outbox_part_registration_mend(),
            OutboxPart::RegistrationKept => s.outbox_part_registration_kept(),
            OutboxPart::RegistrationReady => s.outbox_part_registration_ready(),
            OutboxPart::RegistrationWritten => s.outbox_part_registration_written(),
        };
        s.outbox_part_count(self.say.number(count as u64), head)
    }

    /// Holds a deal back, or lets one go that is held back or private; says why where that changes nothing.
    pub(super) fn hold(&mut self, id: OpportunityId, part: OutboxPart, choice: Choice) {
        if let Err(why) = self.may(Deed::Send) {
            return self.warn(why);
        }
        let choice = match (part.may_be_held(), part, choice) {
            (None, ..) => return self.tell(self.say.outbox_hold_not()),
            (Some(false), OutboxPart::Private, _) => Choice::Released,
            (Some(false), ..) | (Some(true), _, Choice::Released) => Choice::Open,
            (Some(true), ..) => Choice::HeldBack,
        };
        self.ask(Request::Outbox(OfOutbox::Choose { id, choice }));
    }

    /// Asks whether the upload file of a deal was never uploaded; says why where it is in none that waits for its answer.
    pub(super) fn ask_to_forget_upload(&mut self, id: OpportunityId) {
        if let Err(why) = self.may(Deed::Send) {
            return self.warn(why);
        }
        let Some(room) = self.outbox_room() else { return };
        let open = room.deal(id).and_then(|deal| deal.open_in.clone());
        match open.map(|file| (room.open_in(&file) as u64, file)) {
            Some((count, file)) => self.put(self.say.outbox_ask_forget(count, &file), Then::ForgetUpload(file)),
            None => self.tell(self.say.outbox_forget_not()),
        }
    }

    /// Asks whether the sender of a deal has been told; says why where nobody is to be.
    pub(super) fn ask_whether_told(&mut self, id: OpportunityId) {
        if let Err(why) = self.may(Deed::Send) {
            return self.warn(why);
        }
        let Some(deal) = self.outbox_room().and_then(|room| room.deal(id).cloned()) else { return };
        match (deal.tell, deal.open_in) {
            (Some(organization), _) => self.put(self.say.outbox_ask_told(deal.title, organization), Then::Told(id)),
            (None, Some(file)) if deal.tells => self.tell(self.say.outbox_told_by_file(file)),
            (None, _) => self.tell(self.say.outbox_told_already(deal.title)),
        }
    }

    /// Takes theirs for what of a deal cannot be sent any more; says why where something of it still can.
    pub(super) fn take_theirs(&mut self, id: OpportunityId) {
        if let Err(why) = self.may(Deed::Change) {
            return self.warn(why);
        }
        if self.outbox_room().and_then(|room| room.deal(id)).is_none_or(|deal| deal.part != OutboxPart::Stuck) {
            return self.tell(self.say.outbox_theirs_not(self.keys.key_name(Action::Resolve)));
        }
        let what = What::Resolve { fields: Vec::new(), side: Side::Theirs };
        self.ask(Request::Apply { changes: vec![Change { id, seen: None, what }], now: self.now.now });
    }

    /// A file counts as never uploaded, or not: it is said, and what waits is asked again.
    fn upload_forgotten(&mut self, file: &str, done: Result<u64, StoreError>) {
        match done {
            Ok(count) => self.tell(self.say.outbox_forgotten(count, file)),
            Err(error) => self.fail(&error),
        }
        self.refresh_outbox();
        self.look();
    }

    /// A sender counts as told, or not.
    fn sender_told(&mut self, id: OpportunityId, done: Result<bool, StoreError>) {
        let deal = self.outbox_room().and_then(|room| room.deal(id).cloned());
        let title = deal.as_ref().map_or_else(|| id.to_string(), |deal| deal.title.clone());
        match (done, deal.and_then(|deal| deal.tell)) {
            (Ok(true), Some(organization)) => {
                // The key that takes back stands below: it must not be taken for this.
                let undo = self.steps.undo.as_ref().map(|step| self.say.step(step));
                let key = self.keys.key_in(Scope::Outbox, Action::Undo);
                let said = self.say.outbox_told(title, organization);
                self.tell(match undo {
                    Some(step) => self.say.outbox_told_final_but(key, said, step),
                    None => self.say.outbox_told_final(said),
                });
            }
            (Ok(_), _) => self.tell(self.say.outbox_told_already(title)),
            (Err(error), _) => self.fail(&error),
        }
        self.refresh_outbox();
        self.look();
    }

    /// The outbox has answered.
    pub(super) fn posted(&mut self, posted: Posted) {
        match posted {
            Posted::Listed { of, found } => self.outbox_came(of, found),
            Posted::Chosen(Ok(())) => self.refresh_outbox(),
            Posted::Chosen(Err(error)) => self.fail(&error),
            Posted::Written(done) => self.uploads_written(done),
            Posted::Forgotten { file, done } => self.upload_forgotten(&file, done),
            Posted::Told { id, done } => self.sender_told(id, done),
        }
    }

    /// Asks what the next upload file says.
    pub(super) fn ask_upload_rows(&mut self) {
        let serial = self.serial + 1;
        let Some(room) = self.outbox_room() else { return };
        if room.ready() == 0 {
            return self.tell(self.say.outbox_write_nothing());
        }
        room.rows_asked = Some(serial);
        self.serial = serial;
        self.ask(Request::Outbox(OfOutbox::List { of: serial }));
    }

    /// Shows the rows of the next upload file as a table, from the deal at the cursor on.
    fn show_upload_rows(&mut self, deals: &[OutboxDeal]) {
        let chosen = self.outbox_room().and_then(|room| room.at_cursor().map(|deal| deal.id));
        let at = deals.iter().position(|deal| Some(deal.held.opportunity.id) == chosen).unwrap_or(0);
        let mut left = deals[at..].iter().chain(&deals[..at]).filter(|deal| deal.standing == Standing::Ready);
        let mut lines = Vec::new();
        for deal in left.by_ref().take(SHOWN_ROWS) {
            lines.push(Line::head(deal.held.opportunity.title().as_str()));
            match row_of(deal, Layout::default(), self.now) {
                Ok(Ok(cells)) => lines.extend(cells.into_iter().map(|(column, cell)| Line { left: column, ..Line::plain(cell) })),
                Ok(Err(stays)) => lines.push(Line::plain(stays.said(&self.say, &|at| self.day_and_time(at)))),
                Err(error) => return self.fail(&error),
            }
        }
        let more = left.count() as u64;
        lines.extend((more > 0).then(|| Line::head(self.say.outbox_rows_more(more))));
        self.show_menu(Menu::new(MenuKind::UploadRows, lines));
    }

    /// Upload files were written, or not: it is said, and what waits is asked again.
    fn uploads_written(&mut self, done: Result<Written, Unwritten>) {
        let s = &self.say;
        match done {
            Ok(Written { files, left, .. }) if files.is_empty() => {
                let text = s.outbox_write_nothing_left(left as u64);
                self.tell(text);
            }
            Ok(Written { files, left, strays, made }) => {
                let rows = files.iter().map(|(_, rows)| rows).sum::<usize>() as u64;
                let first = files.first().map_or_else(String::new, |(path, _)| path.display().to_string());
                let said = if files.len() == 1 {
                    s.outbox_written(first, rows)
                } else {
                    s.outbox_written_many(first, files.len() as u64, rows)
                };
                let stays = (left > 0).then(|| s.outbox_left_here(left as u64));
                let strays = (!strays.is_empty()).then(|| s.outbox_strays(strays.len(), strays.join(", ")));
                let made = made.map(|made| s.place_made(made.display().to_string()));
                let said = [made, Some(said), stays, Some(s.outbox_upload_it()), strays];
                let text = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
                self.tell(text);
            }
            Err(Unwritten::File(error)) => {
                let text = format!("{} {}", s.outbox_file_failed(error.to_string()), s.outbox_file_failed_hint());
                self.warn(text);
            }
            Err(Unwritten::Store(error)) => self.fail(&error),
        }
        self.refresh_outbox();
        // What undo would take back came before it now.
        self.ask(Request::Counts { now: self.now });
    }
}

//! Leads on the desk: their room is filled, one is answered, or the form of a new deal opens with its data (MG-83, OV-06).

use super::Model;
use super::dialog::{Dialog, Wanted};
use super::entry::Beginning;
use crate::desk::form::{FormKind, Sheet, Subject};
use crate::desk::keys::Action;
use crate::desk::room::{LeadWish, Leads, Room};
use crate::domain::change::What;
use crate::domain::date::Date;
use crate::domain::draft::{ReasonDraft, Texts};
use crate::domain::held::Side;
use crate::domain::lead::{Lead, LeadPart, LeadRefusal, LeadStep, OF_LEAD};
use crate::domain::role::Deed;
use crate::domain::stage::Verb;
use crate::store::{Aids, DraftKey, LeadsSaid, OfLeads, Request, Unwritten, Written};

impl Model {
    /// Shows the leads, once they have come.
    pub(super) fn open_leads(&mut self) {
        self.rooms.retain(|room| !matches!(room, Room::Leads(_)));
        self.rooms.push(Room::Leads(Box::default()));
        self.refresh_leads();
    }

    pub(super) fn leads_room(&mut self) -> Option<&mut Leads> {
        self.rooms.iter_mut().find_map(|room| if let Room::Leads(leads) = room { Some(&mut **leads) } else { None })
    }

    /// Asks for them again, where the room is open.
    pub(super) fn refresh_leads(&mut self) {
        if self.leads_room().is_some() {
            self.ask(Request::Leads(OfLeads::List));
        }
    }

    /// Writes a day as everywhere on the desk.
    pub fn lead_day(&self, date: Date) -> String {
        self.say.day(date.naive(), chrono::Datelike::year(&self.now.today.naive()))
    }

    /// Returns what stands on top of the room.
    pub fn leads_summary(&self, room: &Leads) -> String {
        if !room.has_come {
            return self.say.check_coming();
        }
        let count = room.shown().count() as u64;
        let key = self.keys.key_name(Action::View);
        let hidden = room.hidden() as u64;
        match (count, hidden) {
            (0, 0) => self.say.leads_room_none(self.keys.key_name(Action::Import)),
            (0, hidden) => self.say.leads_room_closed(hidden, key),
            (count, 0) => self.say.leads_room_count(count),
            (count, hidden) => [self.say.leads_room_count(count), self.say.leads_room_hidden(hidden, key)].join(" "),
        }
    }

    /// What was asked of leads has come.
    pub(super) fn leads_said(&mut self, said: LeadsSaid) {
        match said {
            LeadsSaid::Listed(Ok(leads)) => {
                if let Some(room) = self.leads_room() {
                    room.receive(leads);
                }
            }
            LeadsSaid::Changed(lead, Ok(step)) => {
                let stage = self.say.stage_of_lead(lead.stage());
                let edited = self.sheet_below().is_some_and(|sheet| sheet.saving);
                self.sheet_saved();
                let said = if edited { self.say.lead_edited(lead.title()) } else { self.say.lead_done(lead.title(), stage) };
                self.tell_step(said, step);
                self.leads_moved();
            }
            LeadsSaid::Taken(taken, said) => {
                self.importing = None;
                self.import_begun();
                match taken {
                    Ok(taken) => {
                        self.messages.keep(self.now.now, &said.join("\n"));
                        self.tell_step(said.join(" "), taken.step);
                        self.open_leads();
                        self.leads_moved();
                    }
                    Err(error) => self.fail(&error),
                }
            }
            LeadsSaid::Written(done) => self.leads_written(done),
            LeadsSaid::Listed(Err(error)) => self.fail(&error),
            LeadsSaid::Changed(_, Err(error)) => {
                let said = self.said(&error);
                if !self.sheet_failed(&said) {
                    self.fail(&error);
                }
                self.refresh_leads();
            }
        }
    }

    fn leads_moved(&mut self) {
        self.refresh_history();
        self.ask(Request::Counts { now: self.now });
    }

    /// Does with a lead what was wished in its room, or says why not.
    pub(super) fn do_with_lead(&mut self, wish: LeadWish, lead: Box<Lead>) {
        if let Err(why) = self.may(Deed::Change) {
            return self.warn(why);
        }
        let may = |step: LeadStep| lead.may_step(&step).map(|()| step);
        let reasoned = |reason| LeadStep::Lose { reason, note: None };
        let other = crate::domain::outcome::Reason::Other;
        let step = match wish {
            LeadWish::Deal => match lead.may_become_deal() {
                Ok(()) => return self.begin(Beginning::Lead(lead)),
                Err(why) => Err(why),
            },
            LeadWish::Edit => return self.edit_lead(*lead),
            LeadWish::Ours => return self.decide_lead(*lead, Side::Ours),
            LeadWish::Theirs => return self.decide_lead(*lead, Side::Theirs),
            LeadWish::Accept => may(LeadStep::Accept),
            LeadWish::Win => may(LeadStep::Win),
            LeadWish::Lose => may(reasoned(other)),
            LeadWish::Decline => may(LeadStep::Decline { reason: other, note: None }),
        };
        match step {
            Ok(step @ (LeadStep::Accept | LeadStep::Win)) => self.change_lead(*lead, &step),
            Ok(step) => {
                let lose = matches!(step, LeadStep::Lose { .. });
                self.ask_line("", Wanted::LeadReason { lead, lose });
            }
            Err(why) => self.warn(self.lead_refused(why, &lead)),
        }
    }

    /// Returns whether the lead at the cursor of its room can take the step of an action, or become a deal; `None` of any other action,
    /// and elsewhere.
    pub fn lead_can(&self, action: Action) -> Option<bool> {
        let Some(Room::Leads(room)) = self.rooms.last() else { return None };
        let (reason, note) = (crate::domain::outcome::Reason::Other, None);
        let step = match action {
            Action::Accept => LeadStep::Accept,
            Action::Decline => LeadStep::Decline { reason, note },
            Action::Win => LeadStep::Win,
            Action::Lose => LeadStep::Lose { reason, note },
            Action::New => return room.chosen().map(|lead| lead.may_become_deal().is_ok()),
            _ => return None,
        };
        Some(room.chosen().is_some_and(|lead| lead.may_step(&step).is_ok()))
    }

    /// Says why something is not done with a lead; here it is a key away, and no command is needed.
    fn lead_refused(&self, why: LeadRefusal, lead: &Lead) -> String {
        self.say.lead_refusal(why, lead.id.as_str()).sentence
    }

    fn change_lead(&mut self, seen: Lead, step: &LeadStep) {
        let mut lead = seen.clone();
        match lead.step(step) {
            Ok(()) => {
                let (seen, lead) = (Box::new(seen), Box::new(lead));
                self.ask(Request::Leads(OfLeads::Change { seen, lead, now: self.now.now }));
            }
            Err(why) => self.warn(self.lead_refused(why, &seen)),
        }
    }

    /// Opens the form of a lead with what of it may be changed now, or says why nothing may.
    fn edit_lead(&mut self, lead: Lead) {
        if let Err(why) = lead.may_edit(LeadPart::Notes) {
            return self.warn(self.lead_refused(why, &lead));
        }
        let Some(number) = self.leads_room().and_then(|room| room.number(&lead)) else { return };
        if lead.may_edit(LeadPart::Value).is_err() {
            self.tell(self.say.leads_room_later(self.keys.key_name(Action::Accept)));
        }
        self.show_sheet(Sheet::of_lead(number, lead));
    }

    /// Decides everything that both sides changed of a lead, or says that there is nothing to decide.
    fn decide_lead(&mut self, seen: Lead, side: Side) {
        if seen.clashes().is_empty() {
            let text = [self.say.lead_no_conflict(), self.say.leads_room_no_conflict(self.keys.key_name(Action::Open))].join(" ");
            return self.warn(text);
        }
        let mut lead = seen.clone();
        lead.decide(side == Side::Ours);
        self.ask(Request::Leads(OfLeads::Change { seen: Box::new(seen), lead: Box::new(lead), now: self.now.now }));
    }

    /// Files of leads were written, or not: it is said, and what waits is asked again.
    fn leads_written(&mut self, done: Result<Written, Unwritten>) {
        let s = &self.say;
        match done {
            Ok(Written { files, left, made, .. }) => {
                let made = made.map(|made| s.place_made(made.display().to_string()));
                let written = files.iter().map(|(path, rows)| s.leads_written(path.display().to_string(), *rows as u64));
                let mut said: Vec<String> = made.into_iter().chain(written).collect();
                said.push(if files.is_empty() { s.leads_write_nothing() } else { s.leads_write_hint() });
                said.extend((left > 0).then(|| self.leads_left(left)));
                self.tell(said.join(" "));
            }
            Err(Unwritten::File(error)) => {
                let text = format!("{} {}", s.outbox_file_failed(error.to_string()), s.outbox_file_failed_hint());
                self.warn(text);
            }
            Err(Unwritten::Store(error)) => self.fail(&error),
        }
        self.refresh_leads();
        self.leads_moved();
    }

    /// The reason was typed: its number or word, and behind it a note.
    pub(super) fn lead_reason_typed(&mut self, lead: &Lead, lose: bool) {
        let Some(Dialog::Path { field, .. }) = self.dialogs.last() else { return };
        let typed = field.text().trim();
        let (reason, note) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        let draft = ReasonDraft { reason: reason.to_owned(), note: note.trim().to_owned() };
        let step = match draft.build(if lose { Verb::Lose } else { Verb::Decline }) {
            Ok(What::Lose { reason, note, .. }) => LeadStep::Lose { reason, note },
            Ok(What::Decline { reason, note }) => LeadStep::Decline { reason, note },
            Ok(_) => return,
            Err(complaints) => {
                let said = complaints.iter().map(|complaint| self.say.complaint(complaint).whole()).collect::<Vec<_>>();
                return self.warn(said.join(" "));
            }
        };
        self.dialogs.pop();
        self.change_lead(lead.clone(), &step);
    }

    /// Opens the form of a new deal with everything a lead knows; its draft knows the lead from the start.
    pub(super) fn open_deal_of_lead(&mut self, lead: &Lead, aids: Aids) {
        // What was begun of it goes on: two drafts would make two deals.
        if let Some(begun) = aids.drafts.iter().find(|draft| draft.is_of_lead(lead.id.as_str())) {
            let begun = begun.id;
            return self.resume_from(aids, begun);
        }
        let texts = lead.draft().texts();
        if let Some(draft) = aids.draft {
            let mut kept: Texts = texts.clone();
            kept.insert(OF_LEAD.to_owned(), lead.id.to_string());
            self.ask(Request::KeepDraft { key: DraftKey::New(draft), texts: kept, now: self.now.now });
        }
        self.open_deal(FormKind::New, Subject::default(), texts, aids);
        self.suggest();
    }
}

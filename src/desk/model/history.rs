//! The history of one or of all: asked for page by page, and what its keys do to the desk.

use super::dialog::{Leaving, Then};
use super::{Going, Model};
use crate::desk::keys::Action;
use crate::desk::room::{Asked, BROUGHT_PAGE, Detail, HISTORY_PAGE, History, HistoryStep, PAST, Room};
use crate::domain::ids::{OpportunityId, StepId};
use crate::domain::role::Deed;
use crate::store::{Entry, Full, NotUndone, Request, StepKind, StepRecord, StoreError};

impl Model {
    /// Opens the history of one, or of all; the one that is open gets another subject.
    pub(super) fn open_history(&mut self, of: Option<OpportunityId>) {
        let title = match self.selected().filter(|_| of.is_some()) {
            Some(row) => self.say.history_of(row.title()),
            None => self.say.history_all(),
        };
        self.rooms.pop_if(|room| matches!(room, Room::History(_)));
        self.rooms.push(Room::History(History::new(of, title)));
        self.ask(Request::History { of, before: None, limit: HISTORY_PAGE });
    }

    fn histories(&mut self) -> impl Iterator<Item = &mut History> {
        self.rooms.iter_mut().filter_map(|room| if let Room::History(history) = room { Some(history) } else { None })
    }

    /// Reads what is shown of every open history again.
    pub(super) fn refresh_history(&mut self) {
        let asked: Vec<_> = self.histories().map(|history| (history.of, history.again())).collect();
        for (of, limit) in asked {
            self.ask(Request::History { of, before: None, limit });
        }
        self.refresh_brought();
        self.refresh_conflicts();
        self.refresh_check();
        self.refresh_outbox();
        self.refresh_leads();
        self.refresh_offers();
        self.ask_customers();
        self.ask_review();
        self.ask_brief();
    }

    /// Hands steps to the histories of their subject; there may be one of it below another room.
    fn receive(&mut self, of: Option<OpportunityId>, before: Option<StepId>, steps: &[HistoryStep]) {
        self.histories().filter(|history| history.of == of).for_each(|history| history.receive(before, steps));
    }

    pub(super) fn steps_came(&mut self, before: Option<StepId>, steps: Vec<StepRecord>) {
        let steps: Vec<HistoryStep> = steps.into_iter().map(|record| self.history_step(record)).collect();
        self.receive(None, before, &steps);
    }

    pub(super) fn entries_came(&mut self, of: OpportunityId, before: Option<StepId>, entries: Vec<Entry>) {
        let steps: Vec<HistoryStep> = entries
            .into_iter()
            .map(|entry| {
                let made = entry.is_made_by_import().then(|| self.say.step_created());
                let changes = made.into_iter().chain(self.say.entry_lines(&entry)).collect();
                HistoryStep { changes, ..self.history_step(entry.step) }
            })
            .collect();
        self.receive(Some(of), before, &steps);
        for room in self.rooms.iter_mut().filter(|_| before.is_none()) {
            if let Room::Detail(detail) = room {
                detail.receive(of, &steps);
            }
        }
    }

    /// Asks for the last steps of the one whose detail fills the screen, once it has come; nothing is asked while a list is gone through.
    pub(super) fn follow_past(&mut self) {
        let Some((id, version)) = self.selected_detail().map(|full| (full.opportunity.id, full.opportunity.version)) else {
            return;
        };
        let Some(Room::Detail(detail)) = self.rooms.last_mut() else { return };
        if detail.asks_past(id, version) {
            // A history of it that lies below hears the same answer.
            let limit = self.histories().find(|history| history.of == Some(id)).map_or(PAST, History::again);
            self.ask(Request::History { of: Some(id), before: None, limit });
        }
    }

    fn history_step(&self, record: StepRecord) -> HistoryStep {
        let undone = record.undone_at.map(|at| self.say.step_undone(self.day_and_time(at)));
        HistoryStep { text: self.say.step(&record), right: self.day_and_time(record.at), undone, changes: Vec::new(), record }
    }

    /// Says that the room has nothing to act on.
    fn tell_nothing_there(&mut self) {
        self.tell(match self.rooms.last() {
            Some(Room::Conflicts(_)) => self.say.conflicts_agree(),
            Some(Room::Outbox(_)) => self.say.outbox_none(),
            Some(Room::Leads(_)) => self.say.lead_not_chosen(),
            Some(Room::Offers(_)) => self.say.offer_not_chosen(),
            Some(Room::Customers(_)) => self.say.customers_room_not_chosen(),
            _ => self.say.history_empty(),
        });
    }

    /// Does what a room asks for.
    pub(super) fn grant(&mut self, asked: Asked) {
        match asked {
            Asked::Pass => {}
            Asked::Earlier { of, before } => {
                self.ask(Request::History { of, before: Some(before), limit: HISTORY_PAGE });
            }
            Asked::MoreBrought { of, from } => {
                self.ask(Request::Brought { of: Some(of), from: Some(from), limit: BROUGHT_PAGE });
            }
            Asked::TakeOld => self.ask_to_take_old(),
            Asked::Go(id) => self.start_going(Going { to: id, typed: false }),
            Asked::Nothing if matches!(self.rooms.last(), Some(Room::Drafts(_))) => self.tell(self.say.drafts_not_chosen()),
            Asked::Nothing => self.tell_nothing_there(),
            Asked::Show(step) => match &step.only {
                Some((id, _)) => {
                    self.start_going(Going { to: *id, typed: false });
                }
                None if step.of.unwrap_or(step.kind).is_beside_deals() => self.tell(self.say.history_beside()),
                None if step.kind == StepKind::Import && step.undone_at.is_none() => self.open_brought(Some(step.id)),
                None => {
                    let key = self.keys.key_name(Action::History);
                    self.tell(self.say.history_many(step.count, key));
                }
            },
            Asked::UndoStep(step) => self.undo_step(&step),
            Asked::Turn(setting, turn) => self.turn_setting(setting, turn),
            Asked::Decide { of, field, side } => self.decide(of, field, side),
            Asked::CopyPage => self.copy_page(),
            Asked::ListConflicts => self.list_conflicts(),
            Asked::Resolve(id) => self.resolve_one(id),
            Asked::Figure(line) => self.show_figure(&line),
            Asked::Review => self.ask_review(),
            Asked::PastDay => self.ask_past_day(),
            Asked::Resume(draft) => self.resume(draft),
            Asked::DropDraft(draft) => self.ask_to_drop_draft(draft),
            Asked::StartNew => self.start_new(),
            Asked::Mend(id) => self.mend(id),
            Asked::Step(verb, id) => self.step_on(verb, id),
            Asked::Cannot(why) => self.warn(why),
            Asked::MendAll(rule) => self.mend_all(rule),
            Asked::Hold(id, part, choice) => self.hold(id, part, choice),
            Asked::WriteUpload => self.ask_where_to_write(Leaving::Upload),
            Asked::WriteLeads => self.ask_where_to_write(Leaving::Leads),
            Asked::Customers => self.ask_customers(),
            Asked::DealsWith(listed) => self.list_deals_with(&listed),
            Asked::BriefWith(listed) => self.open_brief_with(&listed),
            Asked::NewWith(known) => self.begin_with_customer(known),
            Asked::CopyCustomer(known) => self.copy_customer(&known),
            Asked::WriteRegistrations => self.ask_where_to_write(Leaving::Registrations),
            Asked::ForgetRegistrations(file) => self.ask_to_forget_registrations(file),
            Asked::ForgetUpload(id) => self.ask_to_forget_upload(id),
            Asked::Reopen(id, seen) => self.reopen(id, seen),
            Asked::TakeTheirs(id) => self.take_theirs(id),
            Asked::Told(id) => self.ask_whether_told(id),
            Asked::UploadRows => self.ask_upload_rows(),
            Asked::Lead(wish, lead) => self.do_with_lead(wish, lead),
            Asked::Offer(wish, of) => self.do_with_offer(wish, of),
        }
    }

    /// Asks for one that is shown as soon as it has come.
    pub(super) fn start_going(&mut self, going: Going) {
        self.going = Some(going);
        self.ask(Request::Open(going.to));
    }

    /// The one that was asked for has come: it is shown where it stands, over the room that led to it or over its list.
    pub(super) fn go_to(&mut self, full: &Full) {
        let on = &full.opportunity;
        if self.going.take_if(|going| going.to == on.id).is_some() {
            if self.rooms.last().is_some_and(Room::leaves_lists) {
                self.keep_behind();
            }
            self.show_row(on.id, on.direction());
            self.rooms.pop_if(|room| matches!(room, Room::Detail(_)));
            self.rooms.push(Room::Detail(Detail::default()));
        }
    }

    /// It is not there, or not any more.
    pub(super) fn not_there(&mut self, going: Going) {
        let gone = if going.typed { self.say.palette_no_such(going.to.to_string()) } else { self.say.history_gone() };
        self.warn(gone);
    }

    /// A step is named and asked about before it is taken back: later ones stay.
    fn undo_step(&mut self, step: &StepRecord) {
        if let Err(why) = self.may(Deed::TakeBack) {
            return self.warn(why);
        }
        if let Some(why) = NotUndone::of(step) {
            return self.warn(self.why_not_undone(why));
        }
        if step.is_small() {
            return self.ask(Request::UndoStep { step: step.id, now: self.now.now });
        }
        self.ask_to_undo(step.clone(), Then::UndoStep(step.id));
    }

    /// Asks about a large step, once the store has said that it may be taken back at all.
    pub(super) fn ask_to_undo(&mut self, step: StepRecord, then: Then) {
        self.ask(Request::MayUndo(step.id));
        self.asking = Some((step, then));
    }

    pub(super) fn may_undo(&mut self, of: StepId, may: Result<(), StoreError>) {
        let Some((step, then)) = self.asking.take_if(|(step, _)| step.id == of) else { return };
        let ahead = std::mem::take(&mut self.ahead);
        match may {
            Ok(()) => {
                let said = self.say.step(&step);
                let asked = self.asked_of_undo(&then, said);
                self.put(asked, then);
                // What was pressed meanwhile was meant as the answer.
                ahead.into_iter().for_each(|ahead| self.take_up(ahead));
            }
            Err(error) => self.not_undone(&error),
        }
    }

    /// Says why a step stays: here it is a key away, and no command is needed to see it.
    pub(super) fn not_undone(&mut self, error: &StoreError) {
        match error {
            StoreError::ChangedSince { .. } | StoreError::RecordChanged { .. } | StoreError::Written { .. } => {
                self.warn(self.say.store_error(error, &|at| self.day(at)).sentence);
            }
            _ => self.fail(error),
        }
    }
}

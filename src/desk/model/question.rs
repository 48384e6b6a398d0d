//! Questions over the desk: the one place that says which answers each offers, by which letters, and what each does.

use super::Model;
use super::dialog::{Dialog, Question, Then};
use crate::desk::keys::{Action, Key};
use crate::store::{OfOutbox, OfViews, OfferChange, Request};

/// What somebody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// What the question asks for: Enter, as long as nothing else is chosen.
    Yes,
    /// Another way of going on.
    Other,
    /// What changes nothing, as Esc.
    No,
}

impl Then {
    /// Returns the answers in the order in which they stand, each with its letter.
    pub const fn answers(&self) -> &'static [(char, Answer)] {
        match self {
            Self::Leave => &[('y', Answer::Yes), ('x', Answer::Other), ('n', Answer::No)],
            Self::Own => &[('y', Answer::Yes), ('t', Answer::Other), ('n', Answer::No)],
            _ => &[('y', Answer::Yes), ('n', Answer::No)],
        }
    }
}

impl Question {
    pub const fn new(text: String, then: Then) -> Self {
        Self { text, then, chosen: 0 }
    }

    /// Moves to the next answer or the one before, round and round; returns whether the action is a movement.
    pub(super) fn moves(&mut self, action: Action) -> bool {
        let last = self.then.answers().len() - 1;
        self.chosen = match action {
            Action::Down if self.chosen >= last => 0,
            Action::Down => self.chosen + 1,
            Action::Up => self.chosen.checked_sub(1).unwrap_or(last),
            Action::First => 0,
            Action::Last => last,
            _ => return false,
        };
        true
    }

    /// Returns the place of the answer with this letter.
    pub(super) fn with_letter(&self, key: Key) -> Option<usize> {
        let typed = key.command().text()?;
        self.then.answers().iter().position(|(letter, _)| *letter == typed)
    }
}

impl Model {
    /// Puts a question over everything else.
    pub(super) fn put(&mut self, text: String, then: Then) {
        self.dialogs.push(Dialog::Ask(Question::new(text, then)));
    }

    /// Puts a question whose answer is no, unless something else is chosen.
    pub(super) fn put_doubted(&mut self, text: String, then: Then) {
        let chosen = then.answers().len() - 1;
        self.dialogs.push(Dialog::Ask(Question { chosen, ..Question::new(text, then) }));
    }

    /// Returns what an answer says.
    pub fn answer_text(&self, then: &Then, answer: Answer) -> String {
        let s = &self.say;
        match (then, answer) {
            (Then::Leave, Answer::Yes) if self.is_sample() => s.answer_keep_in_sample(),
            (Then::Leave, Answer::Yes) => s.answer_keep_draft(),
            (Then::Leave, Answer::Other) | (Then::DropDraft(_), Answer::Yes) => s.answer_throw_away(),
            (Then::Leave | Then::Save, Answer::No) => s.answer_to_form(),
            (Then::Save, _) => s.answer_go_on(),
            (Then::Undo | Then::UndoStep(_), Answer::Yes) => s.answer_undo(),
            (Then::Redo, Answer::Yes) => s.answer_redo(),
            (Then::Fix(_), Answer::Yes) => s.check_answer_change(),
            (Then::Write(..), Answer::Yes) => s.outbox_answer_write(),
            (Then::ForgetUpload(_) | Then::ForgetRegistrations(_), Answer::Yes) => s.outbox_answer_forget(),
            (Then::Told(_), Answer::Yes) => s.outbox_answer_told(),
            (Then::IsAnswer(_), Answer::Yes) => s.answer_is_answer(),
            (Then::IsLater(_), Answer::Yes) => s.answer_take_old(),
            (Then::RemoveView(_) | Then::RemoveOffer(_), Answer::Yes) => s.answer_remove(),
            (Then::RemoveView(_) | Then::RemoveOffer(_) | Then::DropDraft(_), _) => s.answer_keep(),
            (Then::TakeOld(_), Answer::Yes) => s.answer_take_old(),
            (Then::Rescue, Answer::Yes) => s.answer_rescue(),
            (Then::Rescue, _) => s.answer_look_on(),
            (Then::WriteOver, Answer::Yes) => s.answer_write_over(),
            (Then::Quit | Then::Sample { .. }, Answer::Yes) => s.answer_quit(),
            (Then::Sample { .. }, _) => s.answer_stay_in_sample(),
            (Then::Quit, _) => s.answer_let_end(),
            (Then::Own, Answer::Yes) => s.answer_own(),
            (Then::Own, Answer::Other) => s.answer_here(),
            (Then::Undo | Then::UndoStep(_) | Then::Redo | Then::Own | Then::Fix(_) | Then::WriteOver, _)
            | (Then::Write(..) | Then::ForgetUpload(_) | Then::ForgetRegistrations(_), _)
            | (Then::Told(_) | Then::TakeOld(_) | Then::IsAnswer(_) | Then::IsLater(_), _) => s.answer_leave_it(),
        }
    }

    /// A letter answers at once.
    pub(super) fn question_key(&mut self, key: Key) {
        let Some(Dialog::Ask(question)) = self.dialogs.last() else { return };
        match question.with_letter(key) {
            Some(answer) => self.answer(Some(answer)),
            None if self.is_no_answer(key) => self.tell_answers(),
            None => self.dispatch(key),
        }
    }

    /// Returns whether a key neither answers the question nor does anything else while it is open.
    fn is_no_answer(&self, key: Key) -> bool {
        self.keys.find(self.scope(), key).is_none()
    }

    /// Names the keys that answer the question.
    fn tell_answers(&mut self) {
        let Some(Dialog::Ask(question)) = self.dialogs.last() else { return };
        let answers = question.then.answers().iter();
        let told = answers.map(|(letter, answer)| format!("{letter} {}", self.answer_text(&question.then, *answer)));
        let told = told.collect::<Vec<_>>().join(" · ");
        self.tell(self.say.ask_answers(told));
    }

    /// Gives the answer at this place, or the chosen one.
    pub(super) fn answer(&mut self, at: Option<usize>) {
        let Some(Dialog::Ask(question)) = self.dialogs.last() else { return };
        let Some((_, answer)) = question.then.answers().get(at.unwrap_or(question.chosen)) else { return };
        let then = question.then.clone();
        match (answer, then) {
            (Answer::No, _) => self.leave_dialog(),
            (Answer::Other, Then::Own) => self.do_in_sample(),
            (Answer::Other, _) => self.throw_draft_away(),
            (Answer::Yes, then) => {
                self.dialogs.pop();
                self.go_ahead(then);
            }
        }
    }

    /// Does what a question asked for.
    fn go_ahead(&mut self, then: Then) {
        match then {
            Then::Leave => {
                self.keep_form();
                self.dialogs.pop();
                self.count_sample();
                self.tell(self.say.form_draft_kept());
            }
            Then::Save => {
                self.with_form(|form| form.sure_of = form.huge_value());
                self.save_form();
            }
            Then::Undo | Then::Redo => self.take_step(then),
            Then::DropDraft(id) => self.drop_begun(id),
            Then::RemoveOffer(seen) => self.change_offer(OfferChange::Remove(*seen)),
            Then::RemoveView(name) => self.ask(Request::Views(OfViews::Remove(name))),
            Then::UndoStep(step) => self.ask(Request::UndoStep { step, now: self.now.now }),
            Then::Fix(changes) => self.ask(Request::Apply { changes, now: self.now.now }),
            Then::Write(what, folder) => self.write_out(what, folder),
            Then::ForgetRegistrations(file) => self.forget_registrations(file),
            Then::ForgetUpload(file) => self.ask(Request::Outbox(OfOutbox::Forget { file })),
            Then::Told(id) => self.ask(Request::Outbox(OfOutbox::Tell { id })),
            Then::TakeOld(path) => self.take_old(path),
            Then::IsAnswer(path) => self.take_answer(path, false),
            Then::IsLater(path) => self.take_answer(path, true),
            Then::Rescue => self.ask_where_to_save(),
            Then::WriteOver => self.write_over(),
            Then::Quit => self.leave_desk(),
            Then::Sample { home } => self.leave_sample(home),
            Then::Own => self.do_at_home(),
        }
    }
}

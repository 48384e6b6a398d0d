//! Opening, typing into, saving and leaving forms; nothing that was typed is lost on the way.

use std::collections::BTreeSet;

use super::Model;
use super::overlay::{Overlay, Then};
use crate::desk::form::{Edited, Form, FormKind, Subject};
use crate::desk::keys::{Action, Code, Key, Scope};
use crate::domain::change::Change;
use crate::domain::draft::AcceptanceDraft;
use crate::domain::ids::OpportunityId;
use crate::domain::rules::consequences;
use crate::domain::stage::Verb;
use crate::store::{Full, Request};

/// The id under which the draft of a form about several opportunities is kept.
const SEVERAL: OpportunityId = OpportunityId(0);

impl Model {
    /// Opens the form of a verb, for everything marked or else for the selected one, once that has come.
    pub(super) fn open_form(&mut self, verb: Verb) {
        if !self.marks.is_empty() {
            let targets: Vec<_> = self.targets().into_iter().map(|id| (id, None)).collect();
            let title = self.say.step_what_many(targets.len());
            let subject = Subject { targets, title, consequences: Vec::new() };
            return self.show_form(Form::open(FormKind::of(verb), subject, &[]));
        }
        let Some((id, version)) = self.selected().map(|row| (row.id, row.version)) else { return };
        match self.selected_detail().filter(|full| full.opportunity.version == version).cloned() {
            Some(full) => self.open_form_of(verb, &full),
            None => {
                self.opening = Some((verb, id));
                self.ask(Request::Open(id));
            }
        }
    }

    /// Opens a form that was waiting for this opportunity.
    pub(super) fn open_waiting_form(&mut self, full: &Full) {
        if let Some((verb, _)) = self.opening.take_if(|(_, id)| *id == full.opportunity.id) {
            self.open_form_of(verb, full);
        }
    }

    fn open_form_of(&mut self, verb: Verb, full: &Full) {
        let opportunity = &full.opportunity;
        let follows = match consequences(opportunity, verb, self.now.now) {
            Ok(follows) => follows,
            Err(why) => return self.warn(self.refused(&why)),
        };
        let subject = Subject {
            targets: vec![(opportunity.id, Some(opportunity.version))],
            title: opportunity.title().to_string(),
            consequences: follows,
        };
        let values = match verb {
            Verb::Accept => self.acceptance_values(full),
            Verb::Decline | Verb::Win | Verb::Lose => Vec::new(),
        };
        self.show_form(Form::open(FormKind::of(verb), subject, &values));
    }

    /// What came in with the opportunity, and the rep as the one who joins.
    fn acceptance_values(&self, full: &Full) -> Vec<String> {
        let draft = AcceptanceDraft::of(&full.opportunity, self.config.home_currency);
        let me = Some(&self.config.me).filter(|me| me.is_complete() && !full.opportunity.employees.iter().any(|p| p.is_same(me)));
        let me = me.map(|me| format!("{};{};{};{}", me.first, me.last, me.phone, me.email)).unwrap_or_default();
        vec![draft.name, draft.value, draft.currency, draft.close_date, draft.notes, draft.crm_id, draft.campaign_id, me]
    }

    fn show_form(&mut self, mut form: Form) {
        form.recheck(self.now.today);
        let (kind, id) = (form.kind.code(), draft_id(&form));
        let asks_draft = !form.entries.is_empty();
        self.overlays.push(Overlay::Form(Box::new(form)));
        if asks_draft {
            self.ask(Request::Draft { form: kind, id });
        }
    }

    /// Puts a draft back into the form that asked for it, unless something was typed meanwhile.
    pub(super) fn draft(&mut self, kind: &str, id: OpportunityId, values: Option<&[String]>) {
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return };
        if let Some(values) = values.filter(|_| form.kind.code() == kind && draft_id(form) == id && !form.is_changed()) {
            form.restore(values);
            form.recheck(self.now.today);
            let restored = form.is_changed();
            if restored {
                self.tell(self.say.form_draft_restored());
            }
        }
    }

    /// A key in a form: the field first, then the form, then what the key means everywhere.
    pub(super) fn form_key(&mut self, key: Key, burst: bool) {
        let cells = usize::from(self.size.form_columns());
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return };
        if form.saving {
            let leaving = self.keys.find(Scope::Form, key) == Some(Action::Leave);
            return if leaving { self.perform(Action::Leave) } else { self.tell(self.say.form_saving()) };
        }
        if let Some(field) = form.text_field() {
            let vertical = matches!(key.code, Code::Up | Code::Down) && field.has_many_lines();
            if vertical && field.move_line(key.code == Code::Down, cells) {
                return;
            }
            match field.key(key) {
                Edited::Text => return self.typed(),
                Edited::Cursor => return,
                Edited::No => {}
            }
        } else if self.choose(key) {
            return;
        }
        match (self.keys.find(Scope::Form, key), key.code) {
            (Some(Action::NextField), _) => self.with_form(Form::next_field),
            (Some(Action::PreviousField), _) => self.with_form(Form::previous_field),
            (Some(Action::Save), _) => self.save_form(),
            (None, Code::Enter) => self.enter_in_form(burst),
            (Some(action), _) => self.perform(action),
            (None, _) => self.tell_unknown(key),
        }
    }

    /// A key on a list of reasons.
    fn choose(&mut self, key: Key) -> bool {
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return false };
        let chosen = match key.command().code {
            Code::Down | Code::Char('j') => form.choose(1),
            Code::Up | Code::Char('k') => form.choose(-1),
            Code::Char(digit @ '1'..='8') => form.choose_number(digit.to_digit(10).unwrap_or(0) as usize),
            _ => false,
        };
        if chosen {
            self.typed();
        }
        chosen
    }

    /// Enter goes to the next field; on the button it saves. Keys that came in one piece never save.
    fn enter_in_form(&mut self, burst: bool) {
        let on_button = self.form().is_some_and(Form::on_button);
        match (on_button, burst) {
            (true, false) => self.save_form(),
            (true, true) => self.warn(self.say.form_enter_pasted()),
            (false, _) => self.with_form(Form::next_field),
        }
    }

    fn with_form(&mut self, change: impl FnOnce(&mut Form)) {
        if let Some(Overlay::Form(form)) = self.overlays.last_mut() {
            change(form);
        }
    }

    pub(super) fn paste_into_form(&mut self, text: &str) {
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return };
        let cut = form.text_field().map(|field| field.paste(text));
        match cut {
            None => self.warn(self.say.desk_paste_nowhere()),
            Some(cut) => {
                if cut > 0 {
                    self.warn(self.say.form_paste_cut(cut));
                }
                self.typed();
            }
        }
    }

    /// Something was typed: it is checked, and kept as a draft.
    fn typed(&mut self) {
        let (today, now) = (self.now.today, self.now.now);
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return };
        form.failure = None;
        form.recheck(today);
        let (kind, id, values) = (form.kind.code(), draft_id(form), form.values());
        self.ask(Request::KeepDraft { form: kind, id, values, now });
    }

    fn save_form(&mut self) {
        let (today, now) = (self.now.today, self.now.now);
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return };
        let Some(what) = form.check(today) else {
            let count = form.complaints.len();
            return self.warn(self.say.form_complaints(count));
        };
        form.saving = true;
        form.failure = None;
        let changes = form.subject.targets.iter().map(|(id, seen)| Change { id: *id, seen: *seen, what: what.clone() }).collect();
        self.ask(Request::Apply { changes, now });
    }

    /// The store has saved what the topmost form asked for: it closes, and its draft is not needed any more.
    pub(super) fn form_saved(&mut self) {
        if let Some(Overlay::Form(form)) = self.overlays.pop_if(|overlay| matches!(overlay, Overlay::Form(form) if form.saving)) {
            self.ask(Request::DropDraft { form: form.kind.code(), id: draft_id(&form) });
        }
    }

    /// The store could not save: the form stays as it is, with the sentence why.
    pub(super) fn form_failed(&mut self, why: &str) -> bool {
        match self.overlays.last_mut() {
            Some(Overlay::Form(form)) if form.saving => {
                form.saving = false;
                form.failure = Some(why.to_owned());
                true
            }
            _ => false,
        }
    }

    /// Leaves the topmost room. A form into which something was typed asks first.
    pub(super) fn leave_overlay(&mut self) {
        match self.overlays.last() {
            Some(Overlay::Form(form)) if form.saving => {}
            Some(Overlay::Form(form)) if form.is_changed() => {
                let (question, hint) = (self.say.ask_leave_form(), self.say.ask_leave_form_hint());
                self.overlays.push(Overlay::Ask { question, hint, then: Then::Leave });
            }
            Some(Overlay::Form(form)) => {
                let (kind, id) = (form.kind.code(), draft_id(form));
                self.overlays.pop();
                self.ask(Request::DropDraft { form: kind, id });
            }
            Some(Overlay::Filter { before, .. }) => {
                let before = before.clone();
                self.overlays.pop();
                self.set_filter(&before);
            }
            _ => {
                self.overlays.pop();
            }
        }
    }

    /// Throws what was typed into the form under a question away.
    pub(super) fn throw_draft_away(&mut self) {
        self.overlays.pop();
        if let Some(Overlay::Form(form)) = self.overlays.pop() {
            self.ask(Request::DropDraft { form: form.kind.code(), id: draft_id(&form) });
            self.tell(self.say.form_thrown_away());
        }
    }

    /// Takes the marks off what was done.
    pub(super) fn unmark(&mut self, done: &BTreeSet<OpportunityId>) {
        self.marks.retain(|id| !done.contains(id));
        self.range = None;
    }
}

fn draft_id(form: &Form) -> OpportunityId {
    match form.subject.targets[..] {
        [(id, _)] => id,
        _ => SEVERAL,
    }
}

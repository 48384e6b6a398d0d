//! Opening, typing into, saving and leaving forms; nothing that was typed is lost on the way.

use std::collections::BTreeSet;

use super::dialog::{Dialog, MenuKind, Question, Then};
use super::entry::Beginning;
use super::many::Gathering;
use super::{Effect, Model};
use crate::desk::form::{Built, Edited, Entry, FieldKind, Form, FormKind, Page, Subject};
use crate::desk::keys::{Action, Code, Key, Scope};
use crate::dispatch::parts_named;
use crate::domain::change::{Change, What};
use crate::domain::contact::Person;
use crate::domain::draft::{DealDraft, PersonDraft, Texts};
use crate::domain::ids::OpportunityId;
use crate::domain::opportunity::Opportunity;
use crate::domain::outcome::Reason;
use crate::domain::part::Part;
use crate::domain::rules::{Consequence, Warning, consequences};
use crate::domain::stage::Verb;
use crate::store::{Aids, DraftKey, Full, Joined, Request};

/// What a form was asked for, while its opportunity is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Step(Verb),
    Edit,
    AskHelp,
    Register,
    Exception,
    Clone,
    /// Decide what both sides changed.
    Resolve,
}

impl Wish {
    /// Returns what a key that asks something of Microsoft wishes for.
    pub(super) fn of_asking(action: Action) -> Self {
        match action {
            Action::Register => Self::Register,
            Action::AskException => Self::Exception,
            _ => Self::AskHelp,
        }
    }
}

/// Returns why one ended, as it is offered where that is told anew.
fn reason_of(on: &Opportunity) -> Texts {
    let outcome = on.stage.outcome();
    let reason = outcome.and_then(|outcome| outcome.reason()).and_then(|said| Some(Reason::read(said)?.code().to_owned()));
    let note = outcome.and_then(|outcome| outcome.note()).map(ToString::to_string);
    [(Part::Reason, reason), (Part::Note, note)]
        .into_iter()
        .filter_map(|(part, text)| Some((part.path().to_owned(), text?)))
        .collect()
}

impl Model {
    /// Opens the form of a verb, for everything marked or else for the selected one, once that has come.
    pub(super) fn open_form(&mut self, verb: Verb) {
        if !self.marks.is_empty() {
            return self.gather(Gathering::Step(verb));
        }
        self.open_wish(Wish::Step(verb));
    }

    /// Opens a form about the selected opportunity, once that has come.
    pub(super) fn open_wish(&mut self, wish: Wish) {
        let Some((id, version)) = self.selected().map(|row| (row.id, row.version)) else { return };
        match self.selected_detail().filter(|full| full.opportunity.version == version).cloned() {
            Some(full) => self.open_form_of(wish, &full),
            None => {
                // Of two that are asked for the later one comes.
                self.going = None;
                self.opening = Some((wish, id));
                self.ask(Request::Open(id));
            }
        }
    }

    /// Opens a form that was waiting for this opportunity.
    pub(super) fn open_waiting_form(&mut self, full: &Full) {
        if let Some((wish, _)) = self.opening.take_if(|(_, id)| *id == full.opportunity.id) {
            self.open_form_of(wish, full);
            self.replay();
        }
    }

    fn open_form_of(&mut self, wish: Wish, full: &Full) {
        match wish {
            Wish::Step(verb) => self.open_step(verb, full),
            Wish::Edit => self.open_edit(full),
            Wish::AskHelp => self.open_ask_help(full),
            Wish::Register => self.begin_registering(Beginning::Contract(Box::new(full.clone()))),
            Wish::Exception => self.open_exception(full),
            Wish::Clone => self.open_clone(full),
            Wish::Resolve => self.open_conflicts(full),
        }
    }

    pub(super) fn open_step(&mut self, verb: Verb, full: &Full) {
        let consequences = match consequences(&full.to_act_on_by(verb, self.now.now), verb, self.now.now) {
            Ok(follows) => follows,
            Err(why) => return self.warn(self.refused(&why)),
        };
        if consequences.contains(&Consequence::MayNeedRegistration) {
            return self.begin_registering(Beginning::Win(Box::new(full.clone())));
        }
        self.open_step_that(verb, full, consequences);
    }

    /// Opens the form of a step from which this follows.
    pub(super) fn open_step_that(&mut self, verb: Verb, full: &Full, consequences: Vec<Consequence>) {
        let opportunity = &full.opportunity;
        let anew = full.refused_before(verb, self.now.now).is_some();
        let of_accept = full.refused_accept(verb).is_some();
        let mut subject = Subject { consequences, anew, of_accept, ..subject_of(full) };
        let texts = match verb {
            Verb::Accept => return self.begin(Beginning::Accept(Box::new(full.clone()))),
            Verb::Decline => reason_of(opportunity),
            Verb::Win | Verb::Lose => {
                subject.on = Some(Box::new(opportunity.clone()));
                let reason = if verb == Verb::Lose { reason_of(opportunity) } else { Texts::new() };
                DealDraft::of(opportunity).texts().into_iter().chain(reason).collect()
            }
        };
        self.show_form(Form::open(FormKind::of(verb), subject, &texts));
    }

    /// Opens the acceptance with what came in, and the rep as the one who joins; those who are on it are not offered again.
    pub(super) fn open_acceptance(&mut self, full: &Full, mut aids: Aids) {
        let opportunity = &full.to_act_on_by(Verb::Accept, self.now.now);
        let consequences = match consequences(opportunity, Verb::Accept, self.now.now) {
            Ok(follows) => follows,
            Err(why) => return self.warn(self.refused(&why)),
        };
        let there = |person: &Person| opportunity.employees.iter().any(|known| known.is_same(person));
        aids.people.retain(|person| !there(person));
        let mut draft = DealDraft::accepting(opportunity, self.config.home_currency);
        draft.employees.extend(Some(&self.config.me).filter(|me| me.is_complete() && !there(me)).map(PersonDraft::from));
        let anew = full.refused_before(Verb::Accept, self.now.now).is_some();
        let subject = Subject { consequences, anew, on: Some(Box::new(opportunity.clone())), ..subject_of(full) };
        self.open_deal(FormKind::Accept, subject, draft.texts(), aids);
    }

    pub(super) fn show_form(&mut self, mut form: Form) {
        form.family_name_first = self.say.family_name_first();
        form.go_to_refused();
        form.recheck(self.now);
        let key = form.draft;
        // The draft of a new deal is known when the form is opened.
        form.awaits_draft = !form.entries.is_empty() && matches!(key, DraftKey::About(..));
        let asks_draft = form.awaits_draft;
        self.dialogs.push(Dialog::Form(Box::new(form)));
        self.suggest();
        if asks_draft {
            self.ask(Request::Draft(key));
        }
    }

    /// Puts a draft back into the form that asked for it. What stands there now is compared with what stood there then.
    pub(super) fn draft(&mut self, key: DraftKey, texts: Option<&Texts>) {
        if self.draft_of_sheet(key, texts) {
            return;
        }
        let now = self.now;
        let mut changed = None;
        self.with_form(|form| {
            if form.draft != key || !form.awaits_draft {
                return;
            }
            form.awaits_draft = false;
            if let Some(texts) = texts {
                changed = Some(form.restore(texts)).filter(|_| form.is_changed());
                form.recheck(now);
            }
        });
        match changed {
            Some(changed) if changed.is_empty() => self.tell(self.say.form_draft_restored()),
            Some(changed) => {
                let fields: Vec<String> = changed.iter().map(|part| self.say.part(*part)).collect();
                self.warn(self.say.form_draft_overtaken(fields.join(", ")));
            }
            None => {}
        }
        self.suggest();
        self.replay();
    }

    /// Others typed into the draft of the open form: what only they changed is taken over, what both changed is told.
    pub(super) fn draft_joined(&mut self, key: DraftKey, joined: &Joined) {
        if self.sheet_joined(key, joined) {
            return;
        }
        let now = self.now;
        let mut is_open = false;
        self.with_form(|form| {
            is_open = form.draft == key && !form.saving;
            if is_open {
                form.join(&joined.theirs);
                form.recheck(now);
            }
        });
        if !is_open {
            return;
        }
        let named = |paths: &mut dyn Iterator<Item = &String>| {
            paths.filter_map(|path| Part::of_path(path)).map(|part| self.say.part(part)).collect::<Vec<_>>().join(", ")
        };
        let (theirs, clashes) = (named(&mut joined.theirs.keys()), named(&mut joined.clashes.iter()));
        if !clashes.is_empty() {
            self.warn(self.say.form_draft_clash(clashes));
        } else if !theirs.is_empty() {
            self.tell(self.say.form_draft_joined(theirs));
        }
    }

    /// A key in a form: the field first, then the form, then what the key means everywhere.
    pub(super) fn form_key(&mut self, key: Key, burst: bool) {
        let cells = self.form().map_or(0, |form| self.form_cells(form));
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return };
        if form.saving {
            let leaving = self.keys.find(Scope::Form, key) == Some(Action::Leave);
            return if leaving { self.perform(Action::Leave) } else { self.tell(self.say.form_saving()) };
        }
        let action = self.keys.find(Scope::Form, key);
        if form.kind.pages().is_empty() && !matches!(action, Some(Action::NextPage | Action::PreviousPage)) {
            // What was read ahead is left for the field again.
            (form.scroll, form.reads) = (0, false);
        }
        if self.suggestion_key(key, action) {
            return;
        }
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return };
        if form.make_way(key) {
            return self.typed();
        }
        if form.begin_note(key, action.is_none()) {
            self.moved_in_form();
        }
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return };
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
        } else if self.choose(key) || self.list_key(key) {
            return;
        }
        match (action, key.code) {
            (Some(Action::NextField), _) => self.next_field(),
            (Some(Action::PreviousField), _) => self.previous_field(),
            (Some(Action::NextPage), _) => self.turn_page(true),
            (Some(Action::PreviousPage), _) => self.turn_page(false),
            (Some(Action::Expand), _) => self.expand_field(),
            (Some(Action::Save), _) => self.save_form(),
            (Some(Action::NextSuggestion | Action::Pick | Action::Remove), _) => {
                self.tell(self.say.form_not_here(key.to_string()));
            }
            (None, Code::Enter) => self.enter_in_form(burst),
            (Some(action), _) => self.perform(action),
            (None, _) => self.tell_unknown(key),
        }
    }

    /// A key on a list to choose from, or on a box to tick.
    fn choose(&mut self, key: Key) -> bool {
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return false };
        let code = key.command().code;
        let ticked = form.focused().is_some_and(|spec| spec.kind == FieldKind::Check);
        if let Some(Entry::Check(on)) =
            form.focus.and_then(|at| form.entries.get_mut(at)).filter(|_| ticked && code == Code::Char(' '))
        {
            *on = !*on;
            self.typed();
            return true;
        }
        let before = form.texts();
        let chosen = match code {
            // At the end of the list the arrow goes on to the next field.
            Code::Down => form.choose(1) && form.texts() != before,
            Code::Up => form.choose(-1) && form.texts() != before,
            Code::Char('j') | Code::Right => form.choose(1),
            Code::Char('k') | Code::Left => form.choose(-1),
            Code::Char(digit @ '1'..='8') => form.choose_number(digit.to_digit(10).unwrap_or(0) as usize),
            _ => false,
        };
        if chosen {
            self.typed();
        }
        chosen
    }

    fn next_field(&mut self) {
        if self.scroll_check(true) {
            return;
        }
        self.with_form(Form::next_field);
        self.moved_in_form();
    }

    fn previous_field(&mut self) {
        if self.scroll_check(false) {
            return;
        }
        self.with_form(Form::previous_field);
        self.moved_in_form();
    }

    pub(super) fn turn_page(&mut self, on: bool) {
        let mut turned = false;
        let checking = self.form().is_some_and(|form| form.page() == Some(Page::Check) && (on || form.scroll > 0));
        if checking {
            return self.page_check(on);
        }
        if self.form().is_some_and(|form| form.kind.pages().is_empty()) {
            return self.read_on(on);
        }
        self.with_form(|form| turned = form.turn_page(on));
        if turned {
            self.moved_in_form();
        }
    }

    /// Enter goes to the next field; on a button it goes on or saves. Keys that came in one piece never save.
    pub(super) fn enter_in_form(&mut self, burst: bool) {
        let Some(form) = self.form() else { return };
        let last = form.page + 1 >= form.kind.pages().len();
        match (form.on_button(), burst) {
            (true, false) if last => self.save_form(),
            (true, true) if last => self.warn(self.say.form_enter_pasted()),
            (false, _) if self.is_adding_person() => self.add_typed_person(),
            (false, _) if self.is_adding_solution() => self.add_typed_solution(),
            _ => {
                self.with_form(Form::next_field);
                self.moved_in_form();
            }
        }
    }

    /// Changes the open form, also where a question or the calendar lies over it.
    pub(super) fn with_form(&mut self, change: impl FnOnce(&mut Form)) {
        let forms = self.dialogs.iter_mut().rev();
        let form = forms.filter_map(|dialog| if let Dialog::Form(form) = dialog { Some(form) } else { None }).next();
        if let Some(form) = form {
            change(form);
        }
    }

    pub(super) fn paste_into_form(&mut self, text: &str) {
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return };
        form.make_way_for_paste();
        if form.go_to_note() {
            self.moved_in_form();
        }
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return };
        // What is pasted is seen.
        if form.page() != Some(Page::Check) {
            (form.scroll, form.reads) = (0, false);
        }
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
    pub(super) fn typed(&mut self) {
        let now = self.now;
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return };
        form.failure = None;
        form.keep_current_solution();
        form.let_go_of_picked();
        if form.kind == FormKind::New {
            form.follow_country();
        }
        if form.focused().is_some_and(|spec| matches!(spec.part, Part::CustomerName | Part::Duns | Part::Solutions)) {
            // What was alike is not any more.
            form.similar = Default::default();
        }
        form.recheck(now);
        let (key, texts) = (form.draft, form.kept(now.today));
        self.ask(Request::KeepDraft { key, texts, now: now.now });
        self.suggest();
    }

    pub(super) fn save_form(&mut self) {
        let (today, now, in_sample) = (self.now.today, self.now.now, self.is_sample());
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return };
        let Some(built) = form.check(today) else {
            let count = form.complaints.len();
            let first = form.complaints.first().map(|complaint| self.say.form_complaint(complaint));
            self.suggest();
            // On a low screen it may stand out of sight.
            let first = first.filter(|_| count == 1 && self.size.is_low());
            return self.warn(first.unwrap_or_else(|| self.say.form_complaints(count)));
        };
        let check = form.kind.pages().iter().position(|page| *page == Page::Check);
        if let Some(check) = check.filter(|check| *check != form.page) {
            form.go_to_page(check);
            return self.moved_in_form();
        }
        form.failure = None;
        if matches!(&built, Built::Change(What::Edit(edit)) if edit.0.is_empty()) {
            let key = form.draft;
            self.dialogs.pop();
            self.ask(Request::DropDraft(key));
            return self.tell(self.say.form_nothing_changed());
        }
        if let Some(value) = form.huge_value().filter(|value| form.sure_of != Some(*value)) {
            let question = self.say.warning(&Warning::ValueHuge(value));
            return self.put(question, Then::Save);
        }
        if in_sample && matches!(built, Built::New(_)) && !form.in_sample {
            return self.ask_where();
        }
        form.saving = true;
        let request = match built {
            Built::Registration(deal, to) => super::register::keeping(&form.subject, deal, to, now),
            Built::New(new) => Request::Create { new, draft: form.new_draft(), now },
            Built::Each(each) => {
                let seen =
                    |id: OpportunityId| form.subject.targets.iter().find(|(target, _)| *target == id).and_then(|(_, seen)| *seen);
                let changes = each.into_iter().map(|(id, what)| Change { id, seen: seen(id), what });
                Request::Apply { changes: changes.collect(), now }
            }
            Built::Change(what) => {
                let change = |(id, seen): &(OpportunityId, _)| Change { id: *id, seen: *seen, what: what.clone() };
                Request::Apply { changes: form.subject.targets.iter().map(change).collect(), now }
            }
        };
        self.ask(request);
    }

    /// The store has saved what a form asked for: it closes with what lies over it, and its draft is not needed any more.
    pub(super) fn form_saved(&mut self) {
        if let Some(draft) = self.close_saving() {
            self.ask(Request::DropDraft(draft));
        }
    }

    /// Takes the form that waits for its saving away, and what only made sense over it.
    pub(super) fn close_saving(&mut self) -> Option<DraftKey> {
        let at = self.dialogs.iter().position(|dialog| matches!(dialog, Dialog::Form(form) if form.saving))?;
        let above = self.dialogs.split_off(at + 1);
        let form = self.dialogs.pop();
        let stays = |dialog: &Dialog| !matches!(dialog, Dialog::Ask(Question { then: Then::Leave, .. }) | Dialog::Calendar(_));
        self.dialogs.extend(above.into_iter().filter(stays));
        if let Some(Dialog::Form(form)) = form { Some(form.draft) } else { None }
    }

    /// The store could not save: the form stays as it is, with the sentence why.
    pub(super) fn form_failed(&mut self, why: &str) -> bool {
        let forms = self.dialogs.iter_mut();
        let saving =
            forms.filter_map(|dialog| if let Dialog::Form(form) = dialog { Some(form) } else { None }).find(|form| form.saving);
        saving.is_some_and(|form| {
            form.saving = false;
            form.scroll = 0;
            form.failure = Some(why.to_owned());
            true
        })
    }

    /// Leaves the topmost room. A form into which something was typed asks first.
    pub(super) fn leave_dialog(&mut self) {
        if self.leave_sheet() {
            return;
        }
        match self.dialogs.last() {
            Some(Dialog::Form(form)) if form.saving => {}
            Some(Dialog::Import(_)) if self.is_opening_file() => {
                self.effects.push(Effect::StopImport);
            }
            Some(Dialog::Form(form)) if form.is_changed() => self.put(self.say.ask_leave_form(), Then::Leave),
            Some(Dialog::Form(form)) if form.awaits_draft => {
                self.ahead.clear();
                self.dialogs.pop();
            }
            Some(Dialog::Form(form)) => {
                let key = form.draft;
                self.dialogs.pop();
                self.ask(Request::DropDraft(key));
            }
            Some(Dialog::Menu(menu)) if menu.kind == MenuKind::Matches => {
                self.dialogs.pop();
                self.leave_matches();
            }
            Some(Dialog::Filter { before, .. }) => {
                let before = before.clone();
                self.dialogs.pop();
                self.set_filter(&before);
            }
            _ => {
                self.keep_unsaid();
                self.dialogs.pop();
            }
        }
    }

    /// Throws what was typed into the form under a question away.
    pub(super) fn throw_draft_away(&mut self) {
        self.dialogs.pop();
        let draft = match self.dialogs.pop() {
            Some(Dialog::Form(form)) => form.draft,
            Some(Dialog::Sheet(sheet)) => sheet.draft,
            _ => return,
        };
        self.ask(Request::DropDraft(draft));
        self.count_sample();
        self.refresh_offers();
        self.tell(self.say.form_thrown_away());
    }

    /// Takes the marks off what was done.
    pub(super) fn unmark(&mut self, done: &BTreeSet<OpportunityId>) {
        self.marks.retain(|id| !done.contains(id));
        self.range = None;
    }
}

/// Returns what a form about one opportunity is about.
pub(super) fn subject_of(full: &Full) -> Subject {
    let opportunity = &full.opportunity;
    let refused = full.to_correct().filter(|row| row.as_it_stands);
    Subject {
        refused: refused.map(|row| (row.message.clone(), parts_named(&row.message))),
        targets: vec![(opportunity.id, Some(opportunity.version))],
        title: opportunity.title().to_string(),
        ..Subject::default()
    }
}

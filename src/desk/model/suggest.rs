//! Suggestions and lists in a form: what is offered for the field with the cursor, and what keys make of it.

use std::sync::Arc;

use super::Model;
use super::dialog::Dialog;
use crate::desk::form::{Entry, FieldKind, Form, Item, RECENT, SUGGESTED, Wanted};
use crate::desk::keys::{Action, Code, Key, Scope};
use crate::domain::draft::{PersonDraft, SolutionDraft};
use crate::domain::part::{Part, Whose};
use crate::store::{Request, StoreError, Suggest, Suggested};

impl Model {
    /// Finds what to suggest for the field with the cursor.
    pub(super) fn suggest(&mut self) {
        self.serial += 1;
        let serial = self.serial;
        let mut wanted = None;
        self.with_form(|form| {
            wanted = form.suggest();
            form.suggestions.serial = serial;
            form.suggestions.awaited = wanted.is_some();
        });
        let what = match wanted {
            None => return,
            Some(Wanted::Customers { typed, country }) => Suggest::Customers { typed, country },
            Some(Wanted::Solutions { typed }) => Suggest::Solutions { typed },
        };
        self.ask(Request::Suggest { serial, what, limit: SUGGESTED });
    }

    /// Suggestions have come; those for an earlier text are dropped.
    pub(super) fn suggested(&mut self, serial: u64, found: Suggested) {
        let found = match found {
            Suggested::Held(values) => return self.held_came(serial, &values),
            Suggested::Listed(listed) => return self.customers_came(serial, listed),
            found => found,
        };
        let mut held = Vec::new();
        let offers = Arc::clone(self.offer_statuses());
        self.with_form(|form| {
            if form.suggestions.serial == serial {
                take(form, found);
                form.suggest_offers(&offers);
                held = std::mem::take(&mut form.suggestions.held);
            }
        });
        held.into_iter().for_each(|key| self.key(key, false));
    }

    /// They could not be read: what waits for them waits no more.
    pub(super) fn not_suggested(&mut self, serial: u64, error: &StoreError) {
        self.fail(error);
        self.suggested(serial, Suggested::Solutions(Vec::new()));
        self.customers_settled(serial);
    }

    /// A key that goes into the suggestions or takes one; returns whether it was one.
    pub(super) fn suggestion_key(&mut self, key: Key, action: Option<Action>) -> bool {
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return false };
        if form.suggestions.awaited && !matches!(action, Some(Action::Leave | Action::Back)) {
            let enters = key.code == Code::Enter && form.focused().is_some_and(|spec| spec.part == Part::SolutionFind);
            let for_list = enters || key.code == Code::Down || matches!(action, Some(Action::NextSuggestion | Action::Pick));
            if for_list || !form.suggestions.held.is_empty() {
                form.suggestions.held.push(key);
                return true;
            }
        }
        form.suggestions.held.clear();
        let in_list = matches!(form.focused().map(|spec| spec.kind), Some(FieldKind::People));
        let chosen = form.suggestions.cursor;
        match (key.code, action) {
            (Code::Down, _) if !in_list && chosen.is_none_or(|at| at + 1 < form.suggestions.items.len()) => {
                form.suggestions.step(true)
            }
            (Code::Up, _) if chosen.is_some() => form.suggestions.step(false),
            (_, Some(Action::NextSuggestion)) => form.suggestions.step(true),
            (Code::Enter, _) => {
                let meant = Some(0).filter(|_| form.is_meant());
                chosen.or(meant).is_some_and(|at| self.pick(at))
            }
            (Code::Char(digit @ '1'..='9'), Some(Action::Pick)) => self.pick(digit as usize - '1' as usize),
            (Code::Char(digit @ '1'..='9'), None) if in_list => self.pick(digit as usize - '1' as usize),
            _ => false,
        }
    }

    pub(super) fn pick(&mut self, index: usize) -> bool {
        let item = self.form().and_then(|form| form.suggestions.items.get(index));
        if let Some(Item::Offer(name)) = item {
            let said =
                [self.say.form_offer_no_id(name.as_str()), self.say.form_offer_no_id_hint(self.keys.key_name(Action::Offers))];
            self.warn(said.join(" "));
            return true;
        }
        let mut picked = false;
        self.with_form(|form| picked = form.pick(index));
        if picked {
            self.typed();
            self.ask_contact();
        }
        picked
    }

    /// A key on the list of people or solutions; returns whether it was for it.
    pub(super) fn list_key(&mut self, key: Key) -> bool {
        let removes = self.keys.find(Scope::Form, key) == Some(Action::Remove);
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return false };
        let Some(entry) = form.focus.and_then(|at| form.entries.get_mut(at)) else { return false };
        let code = key.command().code;
        let down = matches!(code, Code::Down | Code::Char('j'));
        let moves = down || matches!(code, Code::Up | Code::Char('k'));
        let removes = removes || matches!(code, Code::Backspace | Code::Char('x'));
        if code == Code::Char('e') && matches!(entry, Entry::People(_)) {
            if form.correct_person() {
                self.typed();
            }
            return true;
        }
        let done = match entry {
            Entry::People(people) if removes => people.remove().is_some(),
            Entry::Solutions(solutions) if removes => solutions.remove().is_some(),
            Entry::People(people) if moves => return people.step(down),
            Entry::Solutions(solutions) if moves => {
                let moved = solutions.step(down);
                form.show_current_solution();
                return moved;
            }
            _ => return false,
        };
        if done {
            form.show_current_solution();
            self.typed();
        }
        true
    }

    /// Returns whether Enter completes a person who is typed in.
    pub(super) fn is_adding_person(&self) -> bool {
        self.form().is_some_and(|form| {
            form.focused().is_some_and(|spec| spec.part == Part::EmployeeEmail) && form.typed_person().is_some()
        })
    }

    /// Returns whether Enter adds the solution whose id is typed.
    pub(super) fn is_adding_solution(&self) -> bool {
        self.form().is_some_and(|form| {
            form.focused().is_some_and(|spec| spec.part == Part::SolutionFind) && !form.text(Part::SolutionFind).trim().is_empty()
        })
    }

    /// Adds what is typed where it is an id; words of a name only find something.
    pub(super) fn add_typed_solution(&mut self) {
        let Some(typed) = self.form().map(|form| form.text(Part::SolutionFind).trim().to_owned()) else { return };
        let same = |item: &Item| matches!(item, Item::Solution(known) if known.id.as_str().eq_ignore_ascii_case(&typed));
        if let Some(at) = self.form().and_then(|form| form.suggestions.items.iter().position(same)) {
            self.pick(at);
            return;
        }
        let Some(solution) = SolutionDraft::typed(&typed) else {
            return self.tell(self.say.form_solution_not_chosen());
        };
        self.with_form(|form| {
            form.set(Part::SolutionFind, "");
            form.add_solution(solution);
        });
        self.typed();
    }

    /// Puts the typed person on the list when nothing is missing; else says what is.
    pub(super) fn add_typed_person(&mut self) {
        let Some(person) = self.form().and_then(Form::typed_person) else { return };
        if let Err(complaints) = PersonDraft::build(&person, Whose::Employee(0)) {
            let said: Vec<String> = complaints.iter().map(|complaint| self.say.complaint(complaint).sentence).collect();
            return self.warn(said.join(" "));
        }
        self.with_form(|form| {
            form.add_typed_person();
            form.focus = form.kind.fields().iter().position(|spec| spec.part == Part::Employees);
        });
        self.typed();
    }
}

/// Shows what was found for the field with the cursor.
fn take(form: &mut Form, found: Suggested) {
    let typed = form.focused().map(|spec| form.text(spec.part)).unwrap_or_default();
    form.suggestions.cursor = None;
    form.suggestions.awaited = false;
    form.suggestions.items = match found {
        Suggested::Customers(list) => list.into_iter().map(|(customer, _)| Item::Customer(Box::new(customer))).collect(),
        Suggested::Held(_) | Suggested::Listed(_) => Vec::new(),
        Suggested::Solutions(list) => list.into_iter().map(|(solution, _)| Item::Solution(Box::new(solution))).collect(),
    };
    if typed.trim().is_empty() {
        form.suggestions.items.truncate(RECENT);
    }
    // What was just picked need not be offered again.
    if let [Item::Customer(only)] = &form.suggestions.items[..]
        && only.name.as_str() == typed
        && only.duns.map(|duns| duns.to_string()).unwrap_or_default() == form.text(Part::Duns)
    {
        form.suggestions.clear();
        form.suggestions.picked = true;
    }
}

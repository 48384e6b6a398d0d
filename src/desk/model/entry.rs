//! Forms of deals on the desk: opening them with what earlier deals offer, suggestions, lists, calendar and editor.

use super::forms::subject_of;
use super::overlay::{Line, Menu, MenuKind, Overlay, PaletteEntry};
use super::{Effect, Model};
use crate::desk::form::{
    Entry, FieldKind, FieldSpec, Form, FormKind, Item, Page, RECENT, SUGGESTED, Subject, Suggests, Understood, Wanted,
};
use crate::desk::keys::{Action, Code, Key};
use crate::domain::contact::Person;
use crate::domain::customer::{Country, Customer, Duns};
use crate::domain::date::Date;
use crate::domain::draft::{DealDraft, PersonDraft, SolutionDraft, Texts};
use crate::domain::ids::DraftId;
use crate::domain::opportunity::Opportunity;
use crate::domain::query::Tab;
use crate::domain::rules::of_asking;
use crate::domain::text;
use crate::i18n::person_line;
use crate::store::{Aids, Draft, DraftKey, Full, Request, Similar, Suggest, Suggested};
use crate::width::width;

/// A form that is opened as soon as what earlier deals offer has come.
#[derive(Debug, Clone)]
pub(super) enum Beginning {
    New,
    Clone(Box<Full>),
    Edit(Box<Full>),
}

impl Model {
    /// Begins a new deal, or shows those that are begun and not finished.
    pub(super) fn open_new(&mut self) {
        self.begin(Beginning::New);
    }

    pub(super) fn open_clone(&mut self, full: &Full) {
        self.begin(Beginning::Clone(Box::new(full.clone())));
    }

    pub(super) fn open_edit(&mut self, full: &Full) {
        self.begin(Beginning::Edit(Box::new(full.clone())));
    }

    fn begin(&mut self, beginning: Beginning) {
        let new = !matches!(beginning, Beginning::Edit(_));
        self.beginning = Some(beginning);
        self.ask(Request::Aids { new, now: self.now.now });
    }

    /// What earlier deals offer has come: the form that waits for it is opened.
    pub(super) fn aids(&mut self, mut aids: Aids) {
        let Some(beginning) = self.beginning.take() else { return };
        let me = &self.config.me;
        if me.is_complete() {
            aids.people.retain(|person| !person.is_same(me));
            aids.people.insert(0, me.clone());
        }
        match beginning {
            Beginning::New if !aids.drafts.is_empty() => self.show_drafts(aids),
            Beginning::New => self.open_deal(FormKind::New, Subject::default(), Texts::new(), aids),
            Beginning::Clone(full) => {
                let mut draft = DealDraft::clone_of(&full.opportunity);
                draft.employees.retain(|person| person.build("employees").is_ok());
                self.open_deal(FormKind::New, Subject::default(), draft.texts(), aids);
            }
            Beginning::Edit(full) => {
                let subject = Subject { on: Some(Box::new(full.opportunity.clone())), ..subject_of(&full) };
                self.open_deal(FormKind::Edit, subject, DealDraft::of(&full.opportunity).texts(), aids);
            }
        }
    }

    fn open_deal(&mut self, kind: FormKind, subject: Subject, mut texts: Texts, aids: Aids) {
        let home = self.config.home_currency.map(|currency| currency.to_string());
        if let Some(home) = home.filter(|_| kind == FormKind::New) {
            texts.entry("deal.currency".to_owned()).or_insert(home);
        }
        let mut form = Form::open(kind, subject, &texts);
        if let Some(draft) = aids.draft {
            form.draft = DraftKey::New(draft);
        }
        form.aids = aids;
        self.show_form(form);
    }

    /// The deals that are begun and not finished, below the way to a new one.
    fn show_drafts(&mut self, aids: Aids) {
        let begun = aids.drafts.iter().map(|draft| {
            let text = |path: &str| draft.texts.get(path).cloned().unwrap_or_default();
            let title = Some(text("deal.name")).filter(|title| !title.is_empty()).unwrap_or_else(|| self.say.drafts_untitled());
            let line = self.say.drafts_line(text("customer.name"), title);
            Line { right: self.day_and_time(draft.at), entry: Some(PaletteEntry::Resume(draft.id)), ..Line::plain(line) }
        });
        let fresh = Line { entry: Some(PaletteEntry::Start), ..Line::plain(self.say.drafts_start()) };
        let lines = std::iter::once(fresh).chain(begun).collect();
        self.begun = Some(Box::new(aids));
        self.show_menu(Menu::new(MenuKind::Drafts, lines));
    }

    /// Begins a new deal although others are begun.
    pub(super) fn start_new(&mut self) {
        if let Some(aids) = self.begun.take() {
            self.open_deal(FormKind::New, Subject::default(), Texts::new(), *aids);
        }
    }

    /// Goes on with a deal that is begun.
    pub(super) fn resume(&mut self, id: DraftId) {
        let Some(mut aids) = self.begun.take() else { return };
        let Some(draft) = aids.drafts.iter().find(|draft| draft.id == id).cloned() else { return };
        // The number that was taken for another new deal is not needed.
        if let Some(spare) = aids.draft.replace(id) {
            self.ask(Request::DropDraft(DraftKey::New(spare)));
        }
        let Draft { texts, .. } = draft;
        self.open_deal(FormKind::New, Subject::default(), Texts::new(), *aids);
        self.with_form(|form| form.restore(&texts));
        self.tell(self.say.form_draft_restored());
        self.moved_in_form();
    }

    /// Opens the request for Microsoft's help, with what follows from it (MG-09).
    pub(super) fn open_ask_help(&mut self, full: &Full) {
        let on = &full.opportunity;
        let consequences = match of_asking(on, on.customer.contact.as_ref(), self.now.now) {
            Ok(follows) => follows,
            Err(why) => return self.warn(self.refusal(&why)),
        };
        let subject = Subject { consequences, ..subject_of(full) };
        let texts = DealDraft::of(on).texts();
        self.show_form(Form::open(FormKind::AskHelp, subject, &texts));
    }

    /// The deal is made: it is shown where it stands (MG-15, MG-71).
    pub(super) fn created(&mut self, made: &Opportunity) {
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::Form(form) if form.saving));
        let undo = self.keys.key_name(Action::Undo);
        self.tell(self.say.desk_done(self.say.created(made), undo));
        self.show_tab(Tab::Outbound);
        self.reload_wanting(made.id);
        self.ask(Request::Counts { now: self.now.now });
    }

    /// Finds what to suggest for the field with the cursor.
    pub(super) fn suggest(&mut self) {
        self.serial += 1;
        let serial = self.serial;
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return };
        let wanted = form.suggest();
        form.suggestions.serial = serial;
        form.suggestions.awaited = wanted.is_some();
        let what = match wanted {
            None => return,
            Some(Wanted::Customers { typed, country }) => Suggest::Customers { typed, country },
            Some(Wanted::Solutions { typed }) => Suggest::Solutions { typed },
        };
        self.ask(Request::Suggest { serial, what, limit: SUGGESTED });
    }

    /// Suggestions have come; those for an earlier text are dropped.
    pub(super) fn suggested(&mut self, serial: u64, found: Suggested) {
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return };
        if form.suggestions.serial != serial {
            return;
        }
        let typed = form.focused().map(|spec| form.text(spec.path)).unwrap_or_default();
        form.suggestions.cursor = None;
        form.suggestions.awaited = false;
        form.suggestions.items = match found {
            Suggested::Customers(list) => list.into_iter().map(|(customer, _)| Item::Customer(Box::new(customer))).collect(),
            Suggested::Solutions(list) => list.into_iter().map(|(solution, _)| Item::Solution(Box::new(solution))).collect(),
        };
        if typed.trim().is_empty() {
            form.suggestions.items.truncate(RECENT);
        }
        // What was just picked need not be offered again.
        if let [Item::Customer(only)] = &form.suggestions.items[..]
            && only.name.as_str() == typed
            && only.duns.map(|duns| duns.to_string()).unwrap_or_default() == form.text("customer.duns")
        {
            form.suggestions.clear();
            form.suggestions.picked = true;
        }
        for key in std::mem::take(&mut form.suggestions.held) {
            self.form_key(key, false);
        }
    }

    /// A key that goes into the suggestions or takes one; returns whether it was one.
    pub(super) fn suggestion_key(&mut self, key: Key, action: Option<Action>) -> bool {
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return false };
        if form.suggestions.awaited && !matches!(action, Some(Action::Leave | Action::Back)) {
            let for_list = key.code == Code::Down || matches!(action, Some(Action::NextSuggestion | Action::Pick));
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
            (Code::Enter, _) => chosen.is_some_and(|at| self.pick(at)),
            (Code::Char(digit @ '1'..='9'), Some(Action::Pick)) => self.pick(digit as usize - '1' as usize),
            (Code::Char(digit @ '1'..='9'), None) if in_list => self.pick(digit as usize - '1' as usize),
            _ => false,
        }
    }

    fn pick(&mut self, index: usize) -> bool {
        let mut picked = false;
        self.with_form(|form| picked = form.pick(index));
        if picked {
            self.typed();
        }
        picked
    }

    /// A key on the list of people or solutions; returns whether it was for it.
    pub(super) fn list_key(&mut self, key: Key) -> bool {
        let removes = self.keys.find(crate::desk::keys::Scope::Form, key) == Some(Action::Remove);
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return false };
        let Some(entry) = form.focus.and_then(|at| form.entries.get_mut(at)) else { return false };
        let code = key.command().code;
        let down = matches!(code, Code::Down | Code::Char('j'));
        let moves = down || matches!(code, Code::Up | Code::Char('k'));
        let removes = removes || matches!(code, Code::Backspace | Code::Char('x'));
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
        self.form()
            .is_some_and(|form| form.focused().is_some_and(|spec| spec.path == "employee.email") && form.typed_person().is_some())
    }

    /// Returns whether Enter adds the solution whose id is typed.
    pub(super) fn is_adding_solution(&self) -> bool {
        self.form().is_some_and(|form| {
            form.focused().is_some_and(|spec| spec.path == "solution.find") && !form.text("solution.find").trim().is_empty()
        })
    }

    /// Adds what is typed where it is an id; words of a name only find something.
    pub(super) fn add_typed_solution(&mut self) {
        let Some(typed) = self.form().map(|form| form.text("solution.find").trim().to_owned()) else { return };
        let same = |item: &Item| matches!(item, Item::Solution(known) if known.id.as_str().eq_ignore_ascii_case(&typed));
        if let Some(at) = self.form().and_then(|form| form.suggestions.items.iter().position(same)) {
            self.pick(at);
            return;
        }
        if typed.contains(char::is_whitespace) || !typed.contains(|c: char| c.is_ascii_digit()) {
            return self.tell(self.say.form_solution_not_chosen());
        }
        self.with_form(|form| {
            form.set("solution.find", "");
            form.add_solution(SolutionDraft::of_id(typed));
        });
        self.typed();
    }

    /// Puts the typed person on the list when nothing is missing; else says what is.
    pub(super) fn add_typed_person(&mut self) {
        let Some(person) = self.form().and_then(Form::typed_person) else { return };
        if let Err(complaints) = PersonDraft::build(&person, "employees[0]") {
            let said: Vec<String> = complaints.iter().map(|complaint| self.say.complaint(complaint).sentence).collect();
            return self.warn(said.join(" "));
        }
        self.with_form(|form| {
            form.add_typed_person();
            form.focus = form.kind.fields().iter().position(|spec| spec.path == "employees");
        });
        self.typed();
    }

    /// The cursor came to another field, perhaps of another page.
    pub(super) fn moved_in_form(&mut self) {
        self.suggest();
        let Some(form) = self.form() else { return };
        if !matches!(form.kind, FormKind::New) || !matches!(form.page(), Some(Page::Review | Page::Deal | Page::Selling)) {
            return;
        }
        if let Some(customer) = customer_of(form) {
            let solutions = form.deal().solutions.into_iter().map(|solution| solution.id).collect();
            self.ask(Request::Similar { customer: Box::new(customer), solutions });
        }
    }

    pub(super) fn similar(&mut self, similar: Similar) {
        self.with_form(|form| form.similar = similar);
    }

    /// On the review the arrows scroll; returns whether they did.
    pub(super) fn scroll_review(&mut self, down: bool) -> bool {
        let Some(Overlay::Form(form)) = self.overlays.last_mut() else { return false };
        if form.page() != Some(Page::Review) {
            return false;
        }
        if !down && form.scroll == 0 {
            return false;
        }
        form.scroll = if down { form.scroll + 1 } else { form.scroll - 1 };
        self.keep_review_in_sight();
        true
    }

    /// Scrolls the review by half a screen.
    pub(super) fn page_review(&mut self, down: bool) {
        let half = usize::from(self.size.rows / 2);
        self.with_form(|form| form.scroll = if down { form.scroll + half } else { form.scroll.saturating_sub(half) });
        self.keep_review_in_sight();
    }

    /// Never further than there are lines, roughly: painting knows exactly and stops there.
    fn keep_review_in_sight(&mut self) {
        const BESIDE_FACTS: usize = 12;
        let lines = self.form().map_or(0, |form| {
            let facts = self.facts_of(form).iter().map(|(_, value)| value.lines().count()).sum::<usize>();
            facts + form.complaints.len() + form.similar.deals.len() + form.similar.customers.len() + BESIDE_FACTS
        });
        self.with_form(|form| form.scroll = form.scroll.min(lines));
    }

    /// A calendar for a date, the user's editor for notes.
    pub(super) fn expand_field(&mut self) {
        let Some(form) = self.form() else { return };
        let Some(spec) = form.focused() else { return self.tell(self.say.form_no_expand()) };
        match spec.kind {
            FieldKind::Notes => {
                let text = form.text(spec.path);
                self.effects.push(Effect::EditText(text));
            }
            _ if spec.path == "deal.closeDate" => {
                let chosen = Date::typed(&form.text(spec.path), self.now.today).unwrap_or(self.now.today);
                self.overlays.push(Overlay::Calendar(chosen));
            }
            _ => self.tell(self.say.form_no_expand()),
        }
    }

    /// The editor was left; what was written there stands in the field.
    pub(super) fn edited(&mut self, text: Result<String, String>) {
        match text {
            Err(why) => self.warn(why),
            Ok(text) => {
                self.with_form(|form| {
                    if let Some(spec) = form.focused() {
                        form.set(spec.path, &text);
                    }
                });
                self.typed();
            }
        }
    }

    /// A key in the calendar: by days, weeks and months; Enter takes the day.
    pub(super) fn calendar_key(&mut self, key: Key) -> bool {
        let today = self.now.today;
        let Some(Overlay::Calendar(chosen)) = self.overlays.last_mut() else { return false };
        let moved = match key.command().code {
            Code::Left | Code::Char('h') => chosen.plus_days(-1),
            Code::Right | Code::Char('l') => chosen.plus_days(1),
            Code::Up | Code::Char('k') => chosen.plus_days(-7),
            Code::Down | Code::Char('j') => chosen.plus_days(7),
            Code::PageUp => chosen.plus_months(-1),
            Code::PageDown => chosen.plus_months(1),
            Code::Home | Code::Char('t') => today,
            Code::End => chosen.end_of(1),
            Code::Enter => {
                let taken = chosen.to_string();
                self.overlays.pop();
                self.with_form(|form| {
                    form.set("deal.closeDate", &taken);
                    form.next_field();
                });
                self.typed();
                return true;
            }
            _ => return false,
        };
        *chosen = moved;
        true
    }

    /// Says after the start that deals are begun and not finished.
    pub(super) fn tell_drafts(&mut self, drafts: &[Draft]) {
        let begun = drafts.iter().filter(|draft| draft.form == crate::store::NEW_DRAFT).count();
        if begun > 0 && self.note.is_none() {
            let key = self.keys.key_name(Action::New);
            self.tell(self.say.form_drafts_one(key, begun));
        }
    }

    /// `n` is the next match while a filter is active, else a new deal.
    pub(super) fn new_or_next(&mut self) {
        if self.list().filter_text.is_empty() { self.open_new() } else { self.move_cursor(true, 1) }
    }
}

/// Returns the customer as far as it is typed, for comparing; `None` without a name.
fn customer_of(form: &Form) -> Option<Customer> {
    let typed = form.deal().customer;
    let line = |text: &str| text::Line::parse(text).ok();
    Some(Customer {
        name: line(&typed.name)?,
        duns: Duns::parse(&typed.duns).ok(),
        address: crate::domain::customer::Address {
            city: line(&typed.city),
            country: Country::typed(&typed.country).ok(),
            ..Default::default()
        },
        contact: None,
    })
}

/// What painting and moving in a form have in common, and the facts of its review.
impl Model {
    /// Returns the cells between the borders of a form.
    pub fn form_room(&self, kind: FormKind) -> u16 {
        self.size.form_columns(!kind.pages().is_empty())
    }

    /// Returns the cells that the labels of the page take beside their fields; longer ones stand above.
    pub fn form_labels(&self, form: &Form) -> usize {
        let most = usize::from(self.form_room(form.kind)) / 3;
        let here = |spec: &&FieldSpec| spec.page == form.page || form.page() == Some(Page::Review);
        let labels = form.kind.fields().iter().filter(here).map(|spec| width(&self.form_label_of(spec)));
        labels.filter(|label| *label <= most).max().unwrap_or(0)
    }

    pub fn form_label_of(&self, spec: &FieldSpec) -> String {
        let name = self.say.form_label(spec.label);
        if spec.required { format!("{name} *") } else { name }
    }

    /// Returns the cells of a text field.
    pub(super) fn form_cells(&self, form: &Form) -> usize {
        let room = usize::from(self.form_room(form.kind));
        room.saturating_sub(self.form_labels(form) + 2).max(2)
    }

    /// Returns everything a deal's form says, for the review: names and values.
    pub fn facts_of(&self, form: &Form) -> Vec<(String, String)> {
        let mut facts = Vec::new();
        for (index, spec) in form.kind.fields().iter().enumerate().filter(|(index, _)| form.is_there(*index)) {
            let text = form.text(spec.path);
            let value = match (&form.entries[index], spec.kind) {
                (Entry::People(people), _) => {
                    let people = people.items.iter().cloned().chain(form.typed_person());
                    let line =
                        |p: PersonDraft| person_line(&Person { first: p.first, last: p.last, phone: p.phone, email: p.email });
                    people.map(line).collect::<Vec<_>>().join("\n")
                }
                (Entry::Solutions(_), _) => {
                    let line = |s: SolutionDraft| {
                        let parts = [s.id, s.name, s.quantity, s.price];
                        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
                    };
                    form.deal().solutions.into_iter().map(line).collect::<Vec<_>>().join("\n")
                }
                (Entry::Choice(Some(chosen)), FieldKind::Choice(of)) => self.say.option(of, *chosen),
                (Entry::Check(on), _) => {
                    if *on {
                        self.say.yes()
                    } else {
                        String::new()
                    }
                }
                _ if spec.path.starts_with("employee.") || spec.path.starts_with("solution.") => String::new(),
                _ => match form.understood(index, self.now.today) {
                    Some(Understood::Money(money)) => self.say.money(money),
                    Some(Understood::Date(date)) => date.to_string(),
                    None if spec.suggests == Suggests::Country => {
                        Country::typed(&text).map_or(text, |country| format!("{country} {}", self.say.country(country)))
                    }
                    None => text,
                },
            };
            if !value.is_empty() {
                facts.push((self.say.form_label(spec.label), value));
            }
        }
        facts
    }
}

//! Moving through the pages of a deal: hints on the way, the check, the calendar and the editor, and the room of a form.

use super::dialog::Dialog;
use super::{Effect, Model};
use crate::desk::form::{Entry, FieldKind, FieldSpec, Form, FormKind, Page, SUGGESTED, Suggests, Understood};
use crate::desk::keys::{Code, Key};
use crate::domain::customer::{Address, Country, Customer, Duns};
use crate::domain::date::Date;
use crate::domain::draft::{PersonDraft, SolutionDraft};
use crate::domain::part::Part;
use crate::domain::text::Line;
use crate::i18n::{person_line, solution_line};
use crate::store::{DraftKey, Request, Similar};
use crate::width::width;

impl Model {
    /// The cursor came to another field, perhaps of another page.
    pub(super) fn moved_in_form(&mut self) {
        self.suggest();
        let now = self.now;
        self.with_form(|form| form.recheck(now));
        let Some(form) = self.form() else { return };
        if !matches!(form.kind, FormKind::New) || !matches!(form.page(), Some(Page::Check | Page::Deal | Page::Selling)) {
            return;
        }
        self.ask_similar();
    }

    /// A customer was picked: the person of its last deal is asked for.
    pub(super) fn ask_contact(&mut self) {
        if self.form().is_some_and(|form| form.wants_contact) {
            self.ask_similar();
        }
    }

    /// Asks what the deal may be the same as.
    fn ask_similar(&mut self) {
        let Some(form) = self.form() else { return };
        if let Some(customer) = customer_of(form) {
            let solutions = form.deal().solutions.into_iter().map(|solution| solution.id).collect();
            let of = form.draft;
            self.ask(Request::Similar { of, customer: Box::new(customer), solutions });
        }
    }

    pub(super) fn similar(&mut self, of: DraftKey, similar: Similar) {
        let now = self.now;
        self.with_form(|form| {
            if form.draft != of {
                return;
            }
            // An id that was typed in or came with a clone: the catalogue may know whose it is, and whether it is an assessment.
            for solution in form.solutions_mut().into_iter().flat_map(|picked| &mut picked.items) {
                let known = similar.known.iter().find(|known| known.id.as_str().eq_ignore_ascii_case(&solution.id));
                if let Some(known) = known.filter(|_| solution.assessment.is_none()) {
                    solution.learn(known);
                }
            }
            // Of two that were picked one after the other the later one counts.
            let same = customer_of(form).map(|customer| (customer.name, customer.duns)) == similar.asked;
            if form.wants_contact && same {
                form.offer_contact(similar.contact.as_ref());
            }
            form.similar = similar;
            form.recheck(now);
        });
    }

    /// On the check the arrows scroll; returns whether they did.
    pub(super) fn scroll_check(&mut self, down: bool) -> bool {
        let Some(Dialog::Form(form)) = self.dialogs.last_mut() else { return false };
        if form.page() != Some(Page::Check) {
            return false;
        }
        if !down && form.scroll == 0 {
            return false;
        }
        form.scroll = if down { form.scroll + 1 } else { form.scroll - 1 };
        self.keep_check_in_sight();
        true
    }

    /// Reads on in a form of one page, without leaving the field: what follows may be more than the screen has room for.
    pub(super) fn read_on(&mut self, down: bool) {
        /// Never further than there are lines, roughly: a sentence is no longer than so many cells, a field no higher than so many lines.
        const SENTENCE: usize = 240;
        const FIELD: usize = 3;
        let rows = usize::from(self.size.rows.saturating_sub(5)).max(1);
        let cells = usize::from(self.size.form_columns(false)).max(1);
        let lines = |form: &Form| form.standing.follows.len() * (SENTENCE / cells + 1) + form.entries.len() * FIELD;
        let follows = self.form().map_or(0, lines);
        self.with_form(|form| {
            // What stands above the field is read from the top.
            form.scroll = match (form.reads, down) {
                (false, false) => 0,
                (_, true) => (form.scroll + rows).min(follows),
                (true, false) => form.scroll.saturating_sub(rows),
            };
            form.reads = true;
        });
    }

    /// Scrolls the check by half a screen.
    pub(super) fn page_check(&mut self, down: bool) {
        let half = usize::from(self.size.rows / 2);
        self.with_form(|form| form.scroll = if down { form.scroll + half } else { form.scroll.saturating_sub(half) });
        self.keep_check_in_sight();
    }

    /// Never further than there are lines, roughly: painting knows exactly and stops there.
    fn keep_check_in_sight(&mut self) {
        const BESIDE_FACTS: usize = 20;
        let lines = self.form().map_or(0, |form| {
            let facts = self.facts_of(form).iter().map(|fact| fact.value.lines().count()).sum::<usize>();
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
                let text = form.text(spec.part);
                self.effects.push(Effect::EditText(text));
            }
            _ if spec.part.is_day() => {
                let chosen = Date::by(&form.text(spec.part), self.now.today).map_or(*self.now.today, |typed| typed.date);
                self.dialogs.push(Dialog::Calendar(chosen));
            }
            _ => self.tell(self.say.form_no_expand()),
        }
    }

    /// The editor was left; what was written there stands in the field.
    pub(super) fn edited(&mut self, text: Result<String, String>) {
        match text {
            Err(why) => self.warn(why),
            Ok(text) if self.fill_sheet(&text) => {}
            Ok(text) => {
                self.with_form(|form| {
                    if let Some(spec) = form.focused() {
                        form.set(spec.part, &text);
                    }
                });
                self.typed();
            }
        }
    }

    /// A key in the calendar: by days, weeks and months; Enter takes the day.
    pub(super) fn calendar_key(&mut self, key: Key) -> bool {
        let today = *self.now.today;
        let Some(Dialog::Calendar(chosen)) = self.dialogs.last_mut() else { return false };
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
                self.dialogs.pop();
                if self.fill_sheet(&taken) {
                    return true;
                }
                self.with_form(|form| {
                    let day = form.focused().map(|spec| spec.part).filter(|part| part.is_day());
                    form.set(day.unwrap_or(Part::CloseDate), &taken);
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

    /// Returns the cells between the borders of a form.
    pub fn form_room(&self, kind: FormKind) -> u16 {
        self.size.form_columns(!kind.pages().is_empty())
    }

    /// Returns the cells that the labels of the page take beside their fields; longer ones stand above.
    pub fn form_labels(&self, form: &Form) -> usize {
        let most = usize::from(self.form_room(form.kind)) / 3;
        let here = |spec: &&FieldSpec| spec.page == form.page || form.page() == Some(Page::Check);
        let labels = form.kind.fields().iter().filter(here).map(|spec| width(&self.form_label_of(spec)));
        labels.filter(|label| *label <= most).max().unwrap_or(0)
    }

    pub fn form_label_of(&self, spec: &FieldSpec) -> String {
        let name = self.say.form_label(spec.part);
        if spec.required { format!("{name} *") } else { name }
    }

    /// Returns the cell at which text fields begin: where something is chosen on the page, below the options, which have a sign
    /// before them.
    pub fn form_begin(&self, form: &Form) -> usize {
        let here = form.kind.fields().iter().filter(|spec| spec.page == form.page);
        let chooses = here.into_iter().any(|spec| matches!(spec.kind, FieldKind::Choice(_)));
        self.form_labels(form) + if chooses { 4 } else { 2 }
    }

    /// Returns the cells of a text field.
    pub(super) fn form_cells(&self, form: &Form) -> usize {
        let room = usize::from(self.form_main(form).0);
        room.saturating_sub(self.form_begin(form)).max(2)
    }

    /// Returns the columns of the fields of a form, and whether something stands beside them.
    pub fn form_main(&self, form: &Form) -> (u16, bool) {
        /// From so many on colleagues stand beside the fields (MG-45), and from so many what a deal is so far.
        const PEOPLE: u16 = 88;
        const SO_FAR: u16 = 96;
        let room = self.form_room(form.kind);
        let beside = match (form.kind, form.page()) {
            (_, Some(Page::Employees)) => {
                let fields = self.beside_people(form, room).filter(|_| room >= PEOPLE);
                return fields.map_or((room, false), |fields| (fields, true));
            }
            // The questions about selling need the room.
            (FormKind::New, page) => room >= SO_FAR && !matches!(page, Some(Page::Check | Page::Selling)),
            _ => false,
        };
        if beside { (room * 3 / 5, true) } else { (room, false) }
    }

    /// Returns the columns that the fields of colleagues take beside those who can be added; `None` where an e-mail would be cut on either
    /// side.
    fn beside_people(&self, form: &Form, room: u16) -> Option<u16> {
        /// Fields need no more.
        const MOST: u16 = 62;
        /// A number or a sign before a name; and what stands between the fields and the others, with the line there.
        const SIGN: usize = 2;
        const BETWEEN: usize = 3;
        let fields = (room * 3 / 5).min(MOST);
        let side = usize::from(room - fields).saturating_sub(BETWEEN);
        let lines = form.people().into_iter().flat_map(|people| &people.items).map(|draft| width(&person_line(&draft.person())));
        let fit = lines.map(|line| self.form_labels(form) + 2 + SIGN + line).all(|line| line <= usize::from(fields));
        let whole = form.recent_people().iter().take(SUGGESTED).all(|person| width(&person.email) + SIGN <= side);
        Some(fields).filter(|_| fit && whole)
    }

    /// Returns everything a deal's form says, for the check.
    pub fn facts_of(&self, form: &Form) -> Vec<Fact> {
        let facts = form.in_order().into_iter().filter(|index| form.is_there(*index)).map(|index| {
            let spec = &form.kind.fields()[index];
            let page = form.kind.pages().get(spec.page).map(|page| self.say.page(*page));
            let head = spec.head.map(|head| self.say.form_head(head)).or(page).unwrap_or_default();
            // What cannot be understood is told where it is wrong, and is not known so far.
            let wrong = form.standing.missing.iter().any(|complaint| form.place_of(complaint) == Some(index));
            let needed = spec.required && !form.text(spec.part).is_empty() && !wrong;
            Fact { head, name: self.say.form_label(spec.part), value: self.fact(form, index, spec), needed }
        });
        facts.filter(|fact| !fact.value.is_empty()).collect()
    }

    /// Returns what one field says, as it will be kept.
    fn fact(&self, form: &Form, index: usize, spec: &FieldSpec) -> String {
        match (&form.entries[index], spec.kind) {
            (Entry::People(people), _) => {
                let people = people.items.iter().cloned().chain(form.typed_person());
                let line = |person: PersonDraft| person_line(&person.person());
                people.map(line).collect::<Vec<_>>().join("\n")
            }
            (Entry::Solutions(_), _) => {
                let line =
                    |s: SolutionDraft| solution_line(format!("{} {}", s.id, s.name).trim_end().to_owned(), &s.quantity, &s.price);
                form.deal().solutions.into_iter().map(line).collect::<Vec<_>>().join("\n")
            }
            (Entry::Choice(Some(chosen)), FieldKind::Choice(of)) => self.say.option(of, *chosen),
            (Entry::Check(true), _) => self.say.yes(),
            (Entry::Check(false), _) => String::new(),
            _ if spec.part.list().is_some() => String::new(),
            _ => match form.understood(index, self.now.today) {
                Some(Understood::Money(money)) => self.say.money(money),
                Some(Understood::Date(typed)) => self.say.typed_date(typed),
                None if spec.suggests == Suggests::Country => {
                    let text = form.text(spec.part);
                    Country::typed(&text).map_or(text, |country| format!("{country} {}", self.say.country(country)))
                }
                None => form.stored(spec.part),
            },
        }
    }
}

/// What a field says once more, and what it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub head: String,
    pub name: String,
    pub value: String,
    /// Whether a deal cannot do without it, and it was not only left as it was.
    pub needed: bool,
}

/// Returns the customer as far as it is typed, for comparing; `None` without a name.
fn customer_of(form: &Form) -> Option<Customer> {
    let typed = form.deal().customer;
    let line = |text: &str| Line::parse(text).ok();
    Some(Customer {
        name: line(&typed.name)?,
        duns: Duns::parse(&typed.duns).ok(),
        address: Address {
            line1: line(&typed.line1),
            city: line(&typed.city),
            country: Country::typed(&typed.country).ok(),
            ..Default::default()
        },
        contact: None,
    })
}

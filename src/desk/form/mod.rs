//! Forms as data: fields on pages, what was typed, complaints; no form has its own event loop, and nothing here paints.

mod check;
mod choice;
mod contract;
mod deal;
mod field;
mod offer;
mod order;
mod past;
mod sheet;
mod spec;
mod standing;
mod suggest;
mod words;

pub use choice::{ChoiceOf, Picked};
pub use contract::{Contracting, bars_for_good};
pub use field::{Edited, TextField, VisualLine};
pub use sheet::{ExceptionOf, Made, Sheet, SheetField, SheetOf, SheetPart, Slot, is_taken};
pub use spec::{FieldKind, FieldSpec, FormKind, Head, Page, Suggests, When};
pub use standing::Standing;
pub use suggest::{Item, RECENT, SUGGESTED, Suggestions, Wanted, texts_of};

use std::collections::BTreeSet;

use crate::desk::keys::{Code, Key};
use crate::domain::change::{Acceptance, What};
use crate::domain::contact::Person;
use crate::domain::create::NewOpportunity;
use crate::domain::customer::Country;
use crate::domain::date::{Date, Today};
use crate::domain::draft::{ASSESSMENT, LEFT_AT, PICKED, PersonDraft, SolutionDraft, Texts, WAS, WITH_PARTNER, YES, list_text};
use crate::domain::ids::{DraftId, OpportunityId, Version};
use crate::domain::invalid::Complaints;
use crate::domain::money::Money;
use crate::domain::opportunity::Opportunity;
use crate::domain::part::Part;
use crate::domain::programme::registration::Registration;
use crate::domain::rules::{Consequence, Warning};
use crate::domain::typed::Typed;
use crate::store::{Aids, DraftKey, Similar};

/// What a form is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    /// One, or several that are marked; none for a new deal.
    pub targets: Vec<(OpportunityId, Option<Version>)>,
    pub title: String,
    /// What follows from the step, where it is about one.
    pub consequences: Vec<Consequence>,
    /// Of several: the first of them and what they come to, and which are left out.
    pub about: Vec<String>,
    /// What each of several is accepted with.
    pub each: Vec<(OpportunityId, Acceptance)>,
    /// Which of several are left out, by name, and why.
    pub left_out: Vec<(String, String)>,
    /// The deal that is edited.
    pub on: Option<Box<Opportunity>>,
    /// Everybody of ours on any of several.
    pub colleagues: Vec<Person>,
    /// The rep, who can own whatever they like.
    pub me: Option<Person>,
    /// What a contract is held against, where a deal is registered.
    pub contract: Option<Box<Contracting>>,
    /// What Partner Center said when it refused the deal as it still stands, and what it names.
    pub refused: Option<(String, Vec<Part>)>,
    /// Whether that was said of the same step, which is done anew.
    pub anew: bool,
    /// Whether it was said of the acceptance, which goes out with this step.
    pub of_accept: bool,
}

/// A field with what was typed into it.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    Text(TextField),
    /// One of a few; `None` until one is chosen.
    Choice(Option<usize>),
    Check(bool),
    People(Picked<PersonDraft>),
    Solutions(Picked<SolutionDraft>),
}

/// What typed text means, where that is shorter than it or said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Understood {
    Money(Money),
    Date(Typed),
}

/// What a form asks for when it is saved.
#[derive(Debug, Clone, PartialEq)]
pub enum Built {
    Change(What),
    New(Box<NewOpportunity>),
    /// To each something of its own.
    Each(Vec<(OpportunityId, What)>),
    Registration(Box<Opportunity>, Box<Registration>),
}

/// An open form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub kind: FormKind,
    pub subject: Subject,
    pub entries: Vec<Entry>,
    pub page: usize,
    /// The field with the cursor; `None` is the button of the page.
    pub focus: Option<usize>,
    pub complaints: Complaints,
    pub warnings: Vec<Warning>,
    pub standing: Standing,
    /// What this deal may be the same as.
    pub similar: Similar,
    /// Whether saving was tried: from then on every key checks again.
    pub checked: bool,
    /// The fields that were left: from then on what is wrong with them is told.
    left: BTreeSet<usize>,
    /// The field that the cursor came to last.
    entered: Option<usize>,
    /// The absurd value that the user has said is right.
    pub sure_of: Option<Money>,
    /// Whether the deal is to be made in the sample, although nothing of it stays.
    pub in_sample: bool,
    /// Whether the store was asked to save and has not answered.
    pub saving: bool,
    /// Whether the name of the family comes first where the rep is at home.
    pub family_name_first: bool,
    /// What the store said when it could not save.
    pub failure: Option<String>,
    /// Under which key what is typed is kept.
    pub draft: DraftKey,
    /// Whether the store was asked for an earlier draft and has not answered: nothing may be typed or dropped before.
    pub awaits_draft: bool,
    /// What was picked from the directory, by the paths it went to.
    pub picked: Texts,
    /// What the form put into fields by itself, by their paths: typing takes its place.
    offered: Texts,
    /// The country whose currency was looked at last.
    followed: Option<Country>,
    /// Whether a customer was picked whose person of an earlier deal is on its way.
    pub wants_contact: bool,
    pub suggestions: Suggestions,
    /// People, campaigns and countries of earlier deals.
    pub aids: Aids,
    /// How far the check is scrolled, or a form of one page that is read.
    pub scroll: usize,
    /// Whether a form of one page is read by its keys: else the field with the cursor is seen.
    pub reads: bool,
    /// The list that was answered by number: there letters do not move any more.
    numbered: Option<usize>,
    opening: Texts,
}

/// The id under which the draft of a form about several opportunities is kept.
const SEVERAL: OpportunityId = OpportunityId(0);

impl Form {
    /// Opens a form. `texts` is what its fields begin with.
    pub fn open(kind: FormKind, subject: Subject, texts: &Texts) -> Self {
        let about = match subject.targets[..] {
            [(id, _)] if subject.about.is_empty() => id,
            _ => SEVERAL,
        };
        let mut form = Self {
            kind,
            subject,
            entries: kind
                .fields()
                .iter()
                .map(|spec| entry(spec, texts.get(spec.part.path()).map_or("", String::as_str)))
                .collect(),
            page: 0,
            focus: None,
            complaints: Vec::new(),
            warnings: Vec::new(),
            standing: Standing::default(),
            similar: Similar::default(),
            checked: false,
            left: BTreeSet::new(),
            sure_of: None,
            in_sample: false,
            entered: None,
            saving: false,
            family_name_first: false,
            failure: None,
            draft: DraftKey::About(kind.code(), about),
            awaits_draft: false,
            picked: Texts::new(),
            offered: Texts::new(),
            followed: None,
            wants_contact: false,
            suggestions: Suggestions::default(),
            aids: Aids::default(),
            scroll: 0,
            reads: false,
            numbered: None,
            opening: Texts::new(),
        };
        form.show_current_solution();
        form.focus = form.first_of(0);
        form.entered = form.focus;
        form.opening = form.texts();
        form
    }

    /// Returns what stands in the fields, by their paths; nothing for fields that say nothing.
    pub fn texts(&self) -> Texts {
        let fields = self.kind.fields().iter().zip(&self.entries);
        let said = fields.filter(|(spec, _)| !matches!(spec.part, Part::SolutionQuantity | Part::SolutionPrice));
        let texts = said.map(|(spec, entry)| (spec.part.path().to_owned(), text_of(spec, entry)));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Returns what stands in one field; nothing where the form has no such field.
    pub fn text(&self, part: Part) -> String {
        self.index(part).map_or_else(String::new, |index| text_of(&self.kind.fields()[index], &self.entries[index]))
    }

    pub(super) fn index(&self, part: Part) -> Option<usize> {
        self.kind.fields().iter().position(|spec| spec.part == part)
    }

    /// Puts a text into a field, as if it had been typed.
    pub fn set(&mut self, part: Part, text: &str) {
        let Some(index) = self.index(part) else { return };
        match (&mut self.entries[index], entry(&self.kind.fields()[index], text)) {
            (Entry::Text(field), Entry::Text(new)) => field.become_text(new),
            (there, new) => *there = new,
        }
    }

    /// Returns what is kept as a draft. Of a new deal that is everything; of a form about an opportunity what differs from how
    /// it opened, with what stood there then: others may change it before the draft is taken up again. A day that was typed as
    /// `+30d` is kept as the day it means today.
    pub fn kept(&self, today: Today) -> Texts {
        let mut texts = self.texts();
        for part in Part::ALL.into_iter().filter(|part| part.is_day()) {
            if let Some(date) = texts.get_mut(part.path())
                && let Ok(day) = Date::by(date, today)
            {
                *date = day.date.to_string();
            }
        }
        if matches!(self.draft, DraftKey::New(_)) {
            if !self.picked.is_empty() {
                texts.extend(serde_json::to_string(&self.picked).ok().map(|picked| (PICKED.to_owned(), picked)));
            }
            self.keep_place(&mut texts);
            return texts;
        }
        let mut kept = Texts::new();
        for path in self.opening.keys().chain(self.texts().keys()) {
            let (was, is) = (self.opening.get(path), texts.get(path));
            if was != is {
                kept.insert(path.clone(), is.cloned().unwrap_or_default());
                kept.insert(format!("{WAS}{path}"), was.cloned().unwrap_or_default());
            }
        }
        self.keep_place(&mut kept);
        kept
    }

    /// Keeps where the cursor stands beside what was typed, if anything was.
    fn keep_place(&self, kept: &mut Texts) {
        if !kept.is_empty() {
            let path = self.focused().map_or("", |spec| spec.part.path());
            kept.insert(LEFT_AT.to_owned(), format!("{} {path}", self.page));
        }
    }

    /// Goes where it was left; where that is not known any more, the form stays on its first page.
    fn go_where_it_was_left(&mut self, kept: &Texts) {
        let Some((page, path)) = kept.get(LEFT_AT).and_then(|place| place.split_once(' ')) else { return };
        let field = Part::of_path(path).and_then(|part| self.index(part)).filter(|index| self.is_there(*index));
        let page = field.map(|index| self.kind.fields()[index].page).or_else(|| page.parse().ok());
        if let Some(page) = page.filter(|page| *page < self.kind.pages().len().max(1)) {
            self.go_to_page(page);
            self.focus = field.or(self.focus.filter(|_| !path.is_empty()));
            self.entered = self.focus;
        }
    }

    /// Puts back what was typed earlier, over what stands here now. What the form opened with stays what a change is measured
    /// by. Returns where something else stood when it was typed.
    pub fn restore(&mut self, kept: &Texts) -> Vec<Part> {
        let mut changed = Vec::new();
        for (path, text) in kept {
            match path.strip_prefix(WAS) {
                Some(path) if self.opening.get(path).map_or("", String::as_str) != self.read_as(path, text) => {
                    changed.extend(Part::of_path(path));
                }
                Some(_) => {}
                None => Part::of_path(path).into_iter().for_each(|part| self.set(part, text)),
            }
        }
        self.own_everything();
        self.picked = kept.get(PICKED).and_then(|picked| serde_json::from_str(picked).ok()).unwrap_or_default();
        self.show_current_solution();
        self.go_where_it_was_left(kept);
        changed
    }

    /// Returns a text as its field says it: earlier versions wrote some otherwise.
    fn read_as(&self, path: &str, text: &str) -> String {
        let index = Part::of_path(path).and_then(|part| self.index(part));
        let spec = index.and_then(|index| self.kind.fields().get(index));
        spec.map_or_else(|| text.to_owned(), |spec| text_of(spec, &entry(spec, text)))
    }

    /// Takes over what another window typed into the same draft.
    pub fn join(&mut self, theirs: &Texts) {
        for (path, text) in theirs.iter().filter(|(path, _)| !path.starts_with(WAS)) {
            if let Some(part) = Part::of_path(path) {
                self.set(part, text);
            }
        }
        self.show_current_solution();
    }

    /// Returns whether anything differs from what the form opened with.
    pub fn is_changed(&self) -> bool {
        self.texts() != self.opening
    }

    /// Returns the number of its draft, where it makes a new deal.
    pub const fn new_draft(&self) -> Option<DraftId> {
        match self.draft {
            DraftKey::New(id) => Some(id),
            DraftKey::About(..) | DraftKey::Beside(..) => None,
        }
    }

    pub const fn on_button(&self) -> bool {
        self.focus.is_none()
    }

    /// Returns the page's name, where the form has several.
    pub fn page(&self) -> Option<Page> {
        self.kind.pages().get(self.page).copied()
    }

    /// Returns the field with the cursor.
    pub fn focused(&self) -> Option<&'static FieldSpec> {
        self.kind.fields().get(self.focus?)
    }

    /// Returns the head that stands over a field: where the fields before it on its page stand under another.
    pub fn head_over(&self, index: usize) -> Option<Head> {
        let spec = self.kind.fields().get(index)?;
        let stops = self.stops(spec.page).into_iter().flatten();
        let before = stops.take_while(|before| *before != index).last().map(|before| &self.kind.fields()[before]);
        spec.head.filter(|_| before.is_none_or(|before| before.head != spec.head))
    }

    /// Returns whether a field is there now.
    pub fn is_there(&self, index: usize) -> bool {
        let Some(spec) = self.kind.fields().get(index) else { return false };
        let category = self.text(Part::Category);
        let asked = self.text(Part::HelpAsked) == YES;
        match spec.when {
            When::Always => true,
            When::NoAssessment => category != ASSESSMENT,
            When::HelpAsked => asked && category != ASSESSMENT,
            When::Alone => !asked && category.is_empty(),
            When::WithPartner => category == WITH_PARTNER,
            When::One => self.subject.about.is_empty(),
            When::SomeoneTyped => self.typed_person().is_some(),
            When::Finite | When::InMarketplace | When::CoSell => self.asks_of_contract(spec.when),
        }
    }

    /// Returns the places of a page where the cursor can stand: its fields, then its button.
    pub fn stops(&self, page: usize) -> Vec<Option<usize>> {
        let is_here = |index: &usize| self.kind.fields()[*index].page == page && self.is_there(*index);
        self.in_order().into_iter().filter(is_here).map(Some).chain([None]).collect()
    }

    /// Returns the text field with the cursor.
    pub fn text_field(&mut self) -> Option<&mut TextField> {
        match self.entries.get_mut(self.focus?) {
            Some(Entry::Text(field)) => Some(field),
            _ => None,
        }
    }

    /// Goes to the next field; behind the last one of a page to the next page, behind the last page to the first.
    pub fn next_field(&mut self) {
        let stops = self.stops(self.page);
        let at = stops.iter().position(|stop| *stop == self.focus).unwrap_or(0);
        // On a list with nothing on it, what is typed would go nowhere.
        let empty = |stop: &&Option<usize>| stop.is_some_and(|index| self.is_empty_list(index));
        match stops.iter().skip(at + 1).find(|stop| !empty(stop)) {
            Some(next) => self.focus = *next,
            None => self.go_to_page((self.page + 1) % self.kind.pages().len().max(1)),
        }
    }

    /// Goes to the field before; from the first one of a page to the button of the page before.
    pub fn previous_field(&mut self) {
        let stops = self.stops(self.page);
        match stops.iter().position(|stop| *stop == self.focus) {
            Some(at) if at > 0 => self.focus = stops[at - 1],
            _ => {
                let pages = self.kind.pages().len().max(1);
                self.go_to_page((self.page + pages - 1) % pages);
                self.focus = None;
            }
        }
    }

    /// Goes to the first field of a page.
    pub fn go_to_page(&mut self, page: usize) {
        self.page = page;
        self.scroll = 0;
        self.focus = self.first_of(page);
    }

    /// Goes to the field of a part; of a list that is empty to where somebody or something is added.
    pub fn go_to_part(&mut self, part: Part) {
        let Some(index) = self.index(part).filter(|index| self.is_there(*index)) else { return };
        self.go_to_page(self.kind.fields()[index].page);
        if !self.is_empty_list(index) {
            self.focus = Some(index);
        }
        self.entered = self.focus;
    }

    /// Goes to the first field that was refused.
    pub fn go_to_refused(&mut self) {
        let first = self.in_order().into_iter().find(|index| self.refused_for(*index).is_some());
        if let Some(first) = first {
            self.go_to_part(self.kind.fields()[first].part);
        }
    }

    /// Returns with which words Partner Center refused what stands in a field, until something else stands there.
    pub fn refused_for(&self, index: usize) -> Option<&str> {
        let (message, parts) = self.subject.refused.as_ref()?;
        let part = self.kind.fields().get(index).filter(|_| self.is_there(index))?.part;
        let was = self.opening.get(part.path()).map_or("", String::as_str);
        (parts.contains(&part) && self.text(part) == was).then_some(message.as_str())
    }

    /// Returns with which words Partner Center refused the same step, while what it refused would go out again.
    pub fn goes_again(&self) -> Option<&str> {
        let (message, parts) = self.subject.refused.as_ref().filter(|_| self.subject.anew)?;
        let is_named = self.kind.fields().iter().any(|spec| parts.contains(&spec.part));
        let is_same = if is_named { self.is_refused_at_a_field() } else { self.subject.of_accept || !self.is_changed() };
        is_same.then_some(message.as_str())
    }

    /// Returns whether a field says what was refused of it.
    pub fn is_refused_at_a_field(&self) -> bool {
        self.refused_fields().next().is_some()
    }

    /// Returns the fields that say what was refused of them.
    pub fn refused_fields(&self) -> impl Iterator<Item = &'static FieldSpec> {
        let fields = self.kind.fields();
        (0..self.entries.len()).filter(|index| self.refused_for(*index).is_some()).filter_map(|index| fields.get(index))
    }

    /// Returns where the cursor stands first on a page: on a list only while there is something on it, or somebody to be added.
    fn first_of(&self, page: usize) -> Option<usize> {
        self.stops(page).into_iter().find(|stop| stop.is_none_or(|index| !self.is_empty_list(index))).flatten()
    }

    fn is_empty_list(&self, index: usize) -> bool {
        match self.entries.get(index) {
            Some(Entry::Solutions(picked)) => picked.items.is_empty(),
            Some(Entry::People(picked)) => picked.items.is_empty() && self.aids.people.is_empty(),
            _ => false,
        }
    }

    /// Goes a page on or back; returns whether there was one.
    pub fn turn_page(&mut self, on: bool) -> bool {
        let wanted = if on { self.page + 1 } else { self.page.wrapping_sub(1) };
        let there = wanted < self.kind.pages().len();
        if there {
            self.go_to_page(wanted);
        }
        there
    }

    /// Moves the choice of the field with the cursor; returns whether there is one.
    pub fn choose(&mut self, step: isize) -> bool {
        let Some(FieldKind::Choice(of)) = self.focused().map(|spec| spec.kind) else { return false };
        let Some(Entry::Choice(chosen)) = self.focus.and_then(|at| self.entries.get_mut(at)) else { return false };
        self.numbered = None;
        let last = of.count() - 1;
        *chosen = Some(match *chosen {
            None if step > 0 => 0,
            None => last,
            Some(index) => index.saturating_add_signed(step).min(last),
        });
        true
    }

    /// Chooses by number, from 1; returns whether there was one to choose.
    pub fn choose_number(&mut self, number: usize) -> bool {
        let Some(FieldKind::Choice(of)) = self.focused().map(|spec| spec.kind) else { return false };
        let wanted = number.wrapping_sub(1);
        match self.focus.and_then(|at| self.entries.get_mut(at)) {
            Some(Entry::Choice(chosen)) if wanted < of.count() => {
                *chosen = Some(wanted);
                self.numbered = self.focus;
                true
            }
            _ => false,
        }
    }

    /// Goes from a list to the note right below it where a letter begins a text: whoever has chosen goes on with why. `free` says
    /// that the key does nothing else here.
    pub fn begin_note(&mut self, key: Key, free: bool) -> bool {
        let chosen = matches!(self.focus.and_then(|at| self.entries.get(at)), Some(Entry::Choice(Some(_))));
        let numbered = self.numbered.is_some() && self.numbered == self.focus;
        let begins = |c: char| c.is_alphabetic() && (numbered || (free && !matches!(key.command().code, Code::Char('j' | 'k'))));
        chosen && key.text().is_some_and(begins) && self.go_to_note()
    }

    /// Goes from a list to the note right below it; returns whether there is one.
    pub fn go_to_note(&mut self) -> bool {
        let on_list = self.focused().is_some_and(|spec| matches!(spec.kind, FieldKind::Choice(_)));
        let stops = self.stops(self.page).into_iter().skip_while(|stop| *stop != self.focus);
        let below = stops.flatten().nth(1).filter(|index| on_list && self.kind.fields()[*index].kind == FieldKind::Notes);
        self.focus = below.or(self.focus);
        below.is_some()
    }
}

/// Returns a field with a text in it.
fn entry(spec: &FieldSpec, text: &str) -> Entry {
    match spec.kind {
        FieldKind::Line => Entry::Text(TextField::line(text)),
        FieldKind::Notes => Entry::Text(TextField::lines(text)),
        FieldKind::Choice(of) => Entry::Choice(of.read(text)),
        FieldKind::Check => Entry::Check(text == YES),
        FieldKind::People => Entry::People(Picked::new(people(text))),
        FieldKind::Solutions => Entry::Solutions(Picked::new(serde_json::from_str(text).unwrap_or_default())),
    }
}

/// Reads a list of people; drafts of earlier versions have a line for each, and one that is no person is still not lost.
fn people(text: &str) -> Vec<PersonDraft> {
    let of_line = |line: &str| {
        PersonDraft::read(line).unwrap_or_else(|_| PersonDraft { first: line.trim().to_owned(), ..PersonDraft::default() })
    };
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).map(of_line).collect();
    serde_json::from_str(text).unwrap_or_else(|_| lines())
}

/// Returns the text that [`entry`] reads; nothing for what a field says by itself.
fn text_of(spec: &FieldSpec, entry: &Entry) -> String {
    match (entry, spec.kind) {
        (Entry::Text(field), _) => field.text().to_owned(),
        (Entry::Choice(Some(index)), FieldKind::Choice(of)) if of.read("") != Some(*index) => of.codes()[*index].to_owned(),
        (Entry::Check(true), _) => YES.to_owned(),
        (Entry::People(people), _) => list_text(&people.items),
        (Entry::Solutions(solutions), _) => list_text(&solutions.items),
        (Entry::Choice(_) | Entry::Check(false), _) => String::new(),
    }
}

#[cfg(test)]
mod tests;

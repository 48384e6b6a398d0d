//! What a field, a stage or a reason means, in a box over whatever is open: about what the cursor is on, and searched while one types.

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind, PaletteEntry};
use crate::desk::form::{Form, FormKind, Sheet, SheetOf, SheetPart};
use crate::desk::room::{Offers, Room};
use crate::domain::date::Date;
use crate::domain::programme::explain::Answer;
use crate::domain::programme::offer::OfferPart;
use crate::domain::programme::statement::{Standing, Statement, Statements};
use crate::domain::programme::topic::{Topic, of_deal, of_field, of_part};
use crate::i18n::Sentences;

/// So many topics stand over what has the words.
const TOPICS: usize = 6;

/// What the programme says, and what the box shows while nothing is typed.
#[derive(Debug, Clone)]
pub(super) struct Explained {
    statements: Statements,
    page: Vec<Line>,
}

impl Model {
    /// Helps with keys, or with what something means.
    pub(super) fn help(&mut self, explains: bool) {
        if explains { self.open_explain() } else { self.open_help() }
    }

    /// Opens the box about what the cursor is on; the same key closes it.
    fn open_explain(&mut self) {
        if matches!(self.dialogs.last(), Some(Dialog::Menu(menu)) if menu.kind == MenuKind::Explain) {
            self.dialogs.pop();
            return;
        }
        let topics = self.topics_here();
        self.explain(&topics);
    }

    /// Opens the box about these topics; without one it lists all there are.
    pub(super) fn explain(&mut self, topics: &[String]) {
        let statements = Statements::shipped();
        let page = Page { say: &self.say, statements: &statements, day: *self.now.today };
        let known: Vec<&Topic> = topics.iter().filter_map(|id| statements.topic(id)).collect();
        let lines = if known.is_empty() { page.topics() } else { page.chapters(&known) };
        let mut menu = Menu::new(MenuKind::Explain, lines.clone());
        menu.explained = Some(Box::new(Explained { statements, page: lines }));
        self.show_menu(menu);
    }

    /// What was typed into the box has changed: it shows what has these words, or again what it was opened about.
    pub(super) fn explain_typed(&mut self) {
        let Some(Dialog::Menu(menu)) = self.dialogs.last_mut() else { return };
        let Some(explained) = &menu.explained else { return };
        let typed = menu.filter.as_ref().map_or("", |field| field.text()).trim();
        let page = Page { say: &self.say, statements: &explained.statements, day: *self.now.today };
        menu.lines = if typed.is_empty() { explained.page.clone() } else { page.answer(typed) };
    }

    /// Returns the topic of the status that the offer at the cursor has; without one, of all of them.
    fn topics_of_offers(&self, room: &Offers) -> Vec<String> {
        let status = room.chosen().map(|kept| self.offer_standing(room, &kept.offer).id().to_owned());
        vec![status.map_or_else(|| "status".to_owned(), |status| format!("status.{status}"))]
    }

    /// Returns the topics of what the cursor is on: the field of a form, or the deal.
    fn topics_here(&self) -> Vec<String> {
        if let Some(form) = self.form_below() {
            return topics_of_form(form);
        }
        if let Some(sheet) = self.sheet() {
            return topics_of_sheet(sheet);
        }
        match self.rooms.last() {
            Some(Room::Offers(room)) => self.topics_of_offers(room),
            Some(Room::Leads(_)) => vec!["leads".to_owned()],
            // What is shown there is of other deals than the one behind.
            Some(Room::Settings(_) | Room::Review(_) | Room::History(_) | Room::Conflicts(_)) => Vec::new(),
            Some(Room::Outbox(_) | Room::Check(_) | Room::Brought(_)) => vec!["upload".to_owned()],
            Some(Room::Drafts(_) | Room::Customers(_)) => vec!["creation".to_owned()],
            Some(Room::Brief(_)) if !self.shows_selected() => Vec::new(),
            _ => self.selected().map(|row| of_deal(&row.stage, row.sales_stage, row.kind)).unwrap_or_default(),
        }
    }
}

/// Returns the topics of the field of a sheet with the cursor.
fn topics_of_sheet(sheet: &Sheet) -> Vec<String> {
    use OfferPart as P;
    let topic = match sheet.focus.and_then(|at| sheet.fields.get(at)).map(|field| field.part) {
        Some(SheetPart::Offer(P::Type | P::Nature)) => "offer-types",
        Some(SheetPart::Offer(P::Countries | P::Contacts)) => "offer-contacts",
        Some(SheetPart::Offer(P::OnePager | P::Presentation | P::LandingPage)) => "offer-documents",
        Some(SheetPart::Offer(P::SocialOrCaseStudy | P::ReferenceArchitecture)) => "offer-documents",
        Some(SheetPart::Fact(_) | SheetPart::From) => "readiness",
        Some(SheetPart::Offer(_) | SheetPart::Lead(_) | SheetPart::Exception(_)) | None => match sheet.of {
            SheetOf::Offer(_) => "offers",
            SheetOf::Facts(_) => "readiness",
            SheetOf::Lead(_) => "leads",
            SheetOf::Exception(_) => "registration",
        },
    };
    vec![topic.to_owned()]
}

/// Returns the topics of the field with the cursor; without one, those of what the form is for.
fn topics_of_form(form: &Form) -> Vec<String> {
    if let Some(spec) = form.focused() {
        return of_part(spec.part, &form.text(spec.part));
    }
    let topic = match form.kind {
        FormKind::Accept => "accept".to_owned(),
        FormKind::Decline => "decline".to_owned(),
        FormKind::Win => "outcome.won".to_owned(),
        FormKind::Lose => "outcome.lost".to_owned(),
        FormKind::New => "creation".to_owned(),
        FormKind::Edit | FormKind::Correct | FormKind::EditMany => "stage.accepted".to_owned(),
        FormKind::AskHelp => of_field("help"),
        FormKind::Register => "registration".to_owned(),
    };
    vec![topic]
}

/// Makes lines of what is said, as of a day.
struct Page<'a> {
    say: &'a Sentences,
    statements: &'a Statements,
    day: Date,
}

impl Page<'_> {
    /// Every topic, each leading to what is said of it.
    fn topics(&self) -> Vec<Line> {
        let head = Line::head(self.say.explain_topics());
        [head].into_iter().chain(self.statements.topics.iter().map(way_to)).collect()
    }

    fn chapters(&self, topics: &[&Topic]) -> Vec<Line> {
        let mut lines = Vec::new();
        for (topic, said) in self.statements.chapters(topics, self.day) {
            if !lines.is_empty() {
                lines.push(Line::plain(""));
            }
            lines.push(Line { right: topic.id.clone(), ..Line::head(topic.name.as_str()) });
            lines.extend(said.iter().map(|one| self.statement(one)));
        }
        lines
    }

    /// What is found by what was typed.
    fn answer(&self, typed: &str) -> Vec<Line> {
        match self.statements.ask(typed) {
            Answer::Number(found) => found.iter().map(|one| self.statement(one)).collect(),
            Answer::Topics(topics, elsewhere) => {
                let head = (!elsewhere.is_empty()).then(|| [Line::plain(""), Line::head(self.say.explain_elsewhere())]);
                let told = elsewhere.iter().map(|one| self.statement(one));
                self.chapters(&topics).into_iter().chain(head.into_iter().flatten()).chain(told).collect()
            }
            Answer::Words(found) => {
                let ways = self.statements.topics_with(typed).into_iter().take(TOPICS).map(way_to);
                let head = Line::head(self.say.explain_words());
                ways.chain([head]).chain(found.iter().map(|one| self.statement(one))).collect()
            }
            Answer::Nothing(near) => near.into_iter().map(way_to).collect(),
        }
    }

    /// A statement with where it comes from; one that is not said on the day stands back, and says when it is.
    fn statement(&self, one: &Statement) -> Line {
        let told = self.say.told_statement(self.statements, one, self.day);
        let line = Line { left: told.number, under: vec![told.source], ..Line::plain(told.text) };
        match told.standing {
            Standing::InForce => Line { under: line.under.into_iter().chain(told.otherwise).collect(), ..line },
            Standing::Past | Standing::Ahead => Line { why_not: told.otherwise, ..line },
        }
    }
}

fn way_to(topic: &Topic) -> Line {
    Line { right: topic.id.clone(), entry: Some(PaletteEntry::Explain(topic.id.clone())), ..Line::plain(topic.name.as_str()) }
}

//! What forms of deals show besides plain fields: their pages, suggestions, lists, the check and the calendar.

use chrono::Datelike;
use ratatui::layout::Rect;

use super::canvas::{Canvas, centered};
use super::lines::FormLine;
use super::look::Role;
use crate::desk::form::{FieldKind, FieldSpec, Form, FormKind, Item, Page, Picked, SUGGESTED, Suggests};
use crate::desk::keys::Action;
use crate::desk::model::{Breakpoint, Fact, Model};
use crate::desk::zones::{FormHit, Hit};
use crate::domain::customer::{Address, Country};
use crate::domain::date::Date;
use crate::domain::directory::KnownCustomer;
use crate::domain::draft::SolutionDraft;
use crate::domain::part::Part;
use crate::domain::solution::Owner;
use crate::domain::text::Line;
use crate::i18n::{person_line, place_line, solution_line};
use crate::width::{cut, left, width, wrap};

/// Below so many rows every line is needed for fields.
const SHORT: u16 = 16;

/// Returns the rows that the names of the pages take.
pub(super) const fn page_rows(screen: Rect) -> u16 {
    if screen.height < SHORT { 1 } else { 2 }
}

/// Paints the names of the pages with how many complaints each has.
pub(super) fn draw_pages(model: &Model, canvas: &mut Canvas<'_>, room: Rect, form: &Form) {
    let pages = form.kind.pages();
    let name = |index: usize, page: Page| format!("{} {}", index + 1, model.say.page(page));
    let sign = |index: usize| match form.complaints_on(index) {
        0 => String::new(),
        wrong => format!(" !{wrong}"),
    };
    let cells = |(index, page): (usize, &Page)| width(&name(index, *page)) + width(&sign(index)) + 2;
    let wide: usize = pages.iter().enumerate().map(cells).sum();
    // With complaints on every page the gaps give way.
    let gap = if wide > usize::from(room.width) + 2 { 1 } else { 2 };
    let mut x = 0;
    for (index, page) in pages.iter().enumerate() {
        let here = index == form.page;
        if model.size.breakpoint() == Breakpoint::Narrow && !here {
            continue;
        }
        let text = name(index, *page);
        let start = x;
        x += canvas.text(room, x, 0, &text, if here { Role::Title } else { Role::Muted });
        canvas.click(room, start, 0, x - start, Hit::Form(FormHit::Page(index)));
        if here {
            canvas.restyle(
                Rect {
                    x: room.x + x - u16::try_from(width(&text)).unwrap_or(x),
                    y: room.y,
                    width: u16::try_from(width(&text)).unwrap_or(0),
                    height: 1,
                },
                Role::Match,
            );
        }
        x += canvas.text(room, x, 0, &sign(index), Role::Bad) + gap;
    }
}

/// Returns how a suggestion looks: muted where it is taken already.
pub(super) fn suggestion_role(form: &Form, index: usize, item: &Item, plain: Role) -> Role {
    match item {
        _ if form.suggestions.cursor == Some(index) => Role::Selected,
        Item::Person(person) if form.has_person(person) => Role::Muted,
        _ => plain,
    }
}

/// Adds the suggestions under the field with the cursor.
pub(super) fn suggestions(model: &Model, pointer: &str, form: &Form, room: u16, lines: &mut Vec<FormLine>) {
    if form.suggestions.items.is_empty() {
        let typed = form.focused().is_some_and(|spec| !form.text(spec.part).trim().is_empty());
        let said = match form.focused().map(|spec| spec.suggests) {
            _ if !typed || form.suggestions.awaited || form.suggestions.picked => return,
            Some(Suggests::Customer) => model.say.form_no_customer(),
            Some(Suggests::Solution) => model.say.form_no_solution(model.keys.key_name(Action::Import)),
            _ => return,
        };
        let said = wrap(&said, usize::from(room.saturating_sub(4)));
        lines.extend(said.into_iter().map(|said| FormLine { x: 4, focused: true, ..FormLine::plain(said, Role::Muted) }));
        return;
    }
    for (index, item) in form.suggestions.items.iter().enumerate() {
        let here = form.suggestions.cursor == Some(index);
        let cells = usize::from(room.saturating_sub(6));
        let text = format!("{} {} {}", left(if here { pointer } else { "" }, 1), index + 1, words(model, form, item, cells));
        let role = suggestion_role(form, index, item, Role::Accent);
        let rest = Some(item).filter(|_| here).and_then(|item| cut_address(item, &text)).unwrap_or_default();
        let hit = Some(FormHit::Suggestion(index));
        lines.push(FormLine { x: 2, focused: true, hit, ..FormLine::plain(text, role) });
        for line in wrap(&rest, cells).into_iter().filter(|line| !line.is_empty()) {
            lines.push(FormLine { x: 6, focused: true, ..FormLine::plain(line, Role::Text) });
        }
    }
    let on_list = form.focused().is_some_and(|spec| spec.kind == FieldKind::People);
    let pick = model.keys.key_name(Action::Pick);
    let hint = match on_list {
        true => model.say.form_recent(),
        false if form.is_meant() => model.say.form_suggestion_meant(pick),
        false => model.say.form_suggestions(pick),
    };
    let more = form.suggestions.items.len() >= SUGGESTED && !on_list;
    let hint = if more { format!("{hint} · {}", model.say.form_type_on()) } else { hint };
    lines.push(FormLine { x: 4, focused: true, ..FormLine::plain(hint, Role::Muted) });
}

/// Returns the address of a customer whose line has not room for all of it: two entities may differ only there (MG-27).
fn cut_address(item: &Item, shown: &str) -> Option<String> {
    let Item::Customer(customer) = item else { return None };
    Some(place_line(&customer.address)).filter(|place| !shown.contains(place.as_str()))
}

/// Returns a suggestion in one line: of a customer everything that tells it from its neighbours (MG-27).
pub(super) fn words(model: &Model, form: &Form, item: &Item, cells: usize) -> String {
    match item {
        Item::Country(country) => format!("{} {}", country, model.say.country(*country)),
        Item::Customer(customer) => customer_words(model, customer, cells),
        Item::Currency(currency) => currency.to_string(),
        Item::Campaign(line) | Item::Partner(line) => line.to_string(),
        Item::Person(person) if form.has_person(person) => format!("{}  {}", person.name(), model.say.form_on_deal()),
        Item::Person(person) | Item::Owner(person) => person_line(person),
        Item::Solution(solution) => {
            let name = solution.name.as_ref().map(Line::as_str).unwrap_or_default();
            let said = solution_words(model, solution.id.as_str(), name, solution.owner);
            with_status(model, said, solution.id.as_str(), name)
        }
        Item::Offer(name) => with_status(model, name.to_string(), "", name.as_str()),
    }
}

/// Returns a solution with its status in the programme, where an offer is told for it.
fn with_status(model: &Model, said: String, id: &str, name: &str) -> String {
    let offers = model.offer_statuses();
    match offers.of_solution(id, Some(name)) {
        Some(offer) => model.say.offer_status_solution(said, offers.status(offer).name.as_str()),
        None => said,
    }
}

fn customer_words(model: &Model, customer: &KnownCustomer, cells: usize) -> String {
    let duns = customer.duns.map_or_else(|| "-".to_owned(), |duns| duns.to_string());
    // In a narrow terminal the place matters more: used ones come first anyway.
    let used = if customer.used && cells >= 48 { format!("  {}", model.say.form_in_deals()) } else { String::new() };
    let half = (cells.saturating_sub(13) / 2).max(8);
    let room = cells.saturating_sub(half + 13 + width(&used)).max(4);
    let mut place = place_line(&customer.address);
    let largest_first = customer.address.country.is_some_and(Country::begins_with_the_largest);
    if largest_first && width(&place) > room {
        // The city tells more than what it lies in.
        place = place_line(&Address { state: None, ..customer.address.clone() });
    }
    // Of a place that has no room at least the city is whole, or the name has its room.
    let city = customer.address.city.as_ref().map_or(0, |city| width(city.as_str()));
    if width(&place) > room && city + 2 > room {
        let fits = city > 0 && city <= room;
        let place = customer.address.city.as_ref().filter(|_| fits).map_or("", Line::as_str);
        let name_room = if fits { half } else { cells.saturating_sub(13 + width(&used)).max(8) };
        let place = if fits { format!("  {}", left(place, room)) } else { String::new() };
        return format!("{}  {}{place}{used}", left(customer.name.as_str(), name_room), left(&duns, 9));
    }
    let place = cut(&place, room);
    format!("{}  {}  {place}{used}", left(customer.name.as_str(), half), left(&duns, 9))
}

fn solution_words(model: &Model, id: &str, name: &str, owner: Owner) -> String {
    let title = [id, name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    model.say.show_solution(model.say.owner(owner), title)
}

/// A box to tick with its statement (MG-31, MG-32).
pub(super) fn check(model: &Model, on: bool, label: &str, x: u16, room: u16, focused: bool, lines: &mut Vec<FormLine>) {
    let sign = if on { "[x]" } else { "[ ]" };
    let cells = usize::from(room.saturating_sub(x + 4)).max(8);
    for (index, text) in wrap(&model.say.form_consent(), cells).into_iter().enumerate() {
        let role = if focused { Role::Title } else { Role::Text };
        let (text, label) =
            if index == 0 { (format!("{sign} {text}"), label.to_owned()) } else { (format!("    {text}"), String::new()) };
        let cursor = (focused && index == 0).then_some(1);
        lines.push(FormLine { x, label, cursor, focused, ..FormLine::plain(text, role) });
    }
}

/// The people on the deal: above them those who are on it already where others are to join.
pub(super) fn people(model: &Model, pointer: &str, form: &Form, label: &str, x: u16, focused: bool, lines: &mut Vec<FormLine>) {
    let Some(people) = form.people() else { return };
    let there = form.subject.on.as_ref().filter(|_| form.kind == FormKind::Accept).map_or(&[][..], |on| &on.employees);
    for (index, person) in there.iter().enumerate() {
        let text = format!("  {}  {}", person.name(), model.say.form_on_deal());
        let label = if index == 0 { label.to_owned() } else { String::new() };
        lines.push(FormLine { x, label, ..FormLine::plain(text, Role::Muted) });
    }
    let label = if there.is_empty() { label } else { "" };
    let said = people.items.iter().map(|person| person_line(&person.person()));
    let empty = if there.is_empty() { model.say.form_list_empty_people() } else { model.say.form_list_empty_joining() };
    picked(pointer, said.collect(), people.cursor, &empty, label, x, focused, lines);
}

/// The solutions on the deal.
pub(super) fn solutions(
    model: &Model,
    pointer: &str,
    solutions: &Picked<SolutionDraft>,
    label: &str,
    x: u16,
    focused: bool,
    lines: &mut Vec<FormLine>,
) {
    let words = |s: &SolutionDraft| with_status(model, solution_words(model, &s.id, &s.name, s.owner), &s.id, &s.name);
    let said = solutions.items.iter().map(|s| solution_line(words(s), &s.quantity, &s.price));
    picked(pointer, said.collect(), solutions.cursor, &model.say.form_list_empty_solutions(), label, x, focused, lines);
}

#[allow(clippy::too_many_arguments, reason = "what a list of a form is painted from")]
fn picked(
    pointer: &str,
    said: Vec<String>,
    cursor: usize,
    empty: &str,
    label: &str,
    x: u16,
    focused: bool,
    lines: &mut Vec<FormLine>,
) {
    if said.is_empty() {
        let cursor = focused.then_some(0);
        lines.push(FormLine { x, label: label.to_owned(), cursor, focused, ..FormLine::plain(empty, Role::Muted) });
    }
    for (index, text) in said.into_iter().enumerate() {
        let here = index == cursor;
        let sign = left(if here && focused { pointer } else { "" }, 1);
        let label = if index == 0 { label.to_owned() } else { String::new() };
        let role = if here && focused { Role::Title } else { Role::Text };
        let place = (focused && here).then_some(0);
        // Only the chosen one is kept in sight: the list may be longer than the screen.
        lines.push(FormLine {
            x,
            label,
            cursor: place,
            focused: focused && here,
            ..FormLine::plain(format!("{sign} {text}"), role)
        });
    }
}

/// Says what a field of a deal is understood as.
pub(super) fn meaning(model: &Model, form: &Form, spec: &FieldSpec) -> Option<String> {
    if matches!(spec.part, Part::SolutionQuantity | Part::SolutionPrice) {
        return form.solutions().and_then(Picked::current).map(|solution| solution.id.clone());
    }
    if spec.suggests == Suggests::Country {
        return Country::typed(&form.text(spec.part)).ok().map(|country| model.say.country(country));
    }
    None
}

/// What may be the same as the deal that is made, and that no solution of it is ready (MG-22); never in the way.
pub(super) fn hints(model: &Model, form: &Form) -> Vec<String> {
    let similar = if form.kind == FormKind::New { model.say.similar(&form.similar) } else { Vec::new() };
    similar.into_iter().chain(model.ready_hint(form)).collect()
}

/// What the check says is missing.
pub(super) fn missing(model: &Model, form: &Form, room: u16) -> Vec<FormLine> {
    let mut lines = Vec::new();
    if !form.standing.missing.is_empty() {
        lines.push(FormLine::plain(model.say.form_check_missing(), Role::Title));
    }
    for complaint in &form.standing.missing {
        let said = wrap(&model.say.form_complaint_short(complaint), usize::from(room.saturating_sub(2)));
        lines.extend(said.into_iter().map(|text| FormLine::plain(format!("! {text}"), Role::Bad)));
    }
    lines
}

/// Everything once more, head by head.
pub(super) fn facts(model: &Model, form: &Form, room: u16) -> Vec<FormLine> {
    fact_lines(&model.facts_of(form), true, room)
}

/// What a deal cannot do without, as far as it was said.
pub(super) fn facts_in_short(model: &Model, form: &Form, room: u16) -> Vec<FormLine> {
    let facts: Vec<Fact> = model.facts_of(form).into_iter().filter(|fact| fact.needed).collect();
    fact_lines(&facts, false, room)
}

fn fact_lines(facts: &[Fact], heads: bool, room: u16) -> Vec<FormLine> {
    let most = usize::from(room) * 2 / 5;
    let label_room = facts.iter().map(|fact| width(&fact.name)).filter(|label| *label <= most).max().unwrap_or(0);
    let x = u16::try_from(label_room + 2).unwrap_or(0);
    let cells = usize::from(room.saturating_sub(x)).max(4);
    let mut lines = Vec::new();
    let mut head = "";
    for fact in facts {
        if heads && fact.head != head {
            head = &fact.head;
            lines.push(FormLine::plain(head, Role::Title));
        }
        let long = width(&fact.name) > label_room;
        if long {
            lines.push(FormLine { label: fact.name.clone(), ..FormLine::plain("", Role::Text) });
        }
        for (index, text) in fact.value.lines().flat_map(|line| wrap(line, cells)).enumerate() {
            let label = if index == 0 && !long { left(&fact.name, label_room) } else { String::new() };
            lines.push(FormLine { x, label, ..FormLine::plain(text, Role::Text) });
        }
    }
    lines
}

/// Paints a month to pick a day from; returns where the cursor stands.
pub(super) fn draw_calendar(model: &Model, canvas: &mut Canvas<'_>, area: Rect, chosen: Date) -> (u16, u16) {
    let hint = wrap(&model.say.calendar_hint(), 34);
    let rows = u16::try_from(hint.len()).unwrap_or(0) + 11;
    // The keys below it stay in sight; on a low screen the box is named by the chosen day, for the weeks to have its row.
    let low = area.height < 11;
    let title = if low { model.say.weekday_and_date(chosen) } else { model.say.calendar_title() };
    let inside = canvas.open_box(centered(area, 38, rows), &title);
    let naive = chosen.naive();
    if !low {
        canvas.text(inside, 0, 0, &format!("{}-{:02}", naive.year(), naive.month()), Role::Title);
        canvas.right(inside, 0, &model.say.weekday_and_date(chosen), Role::Accent);
    }
    let weekdays = u16::from(!low);
    for (x, name) in (0..).step_by(4).zip(model.say.calendar_weekdays().split(' ')) {
        canvas.text(inside, x, weekdays, name, Role::Muted);
    }
    let mut cursor = (inside.x, inside.y);
    let first = chosen.start_of(1);
    let mut day = first;
    let mut row = weekdays + 1;
    while day.naive().month() == naive.month() && day.naive().year() == naive.year() {
        let column = u16::try_from(day.naive().weekday().num_days_from_monday()).unwrap_or(0) * 4;
        let role = match day {
            day if day == chosen => Role::Selected,
            day if day == *model.now.today => Role::Accent,
            day if day < *model.now.today => Role::Muted,
            _ => Role::Text,
        };
        canvas.text(inside, column, row, &format!("{:>2}", day.naive().day()), role);
        if day == chosen {
            cursor = (inside.x + column, inside.y + row);
        }
        if column == 24 {
            row += 1;
        }
        let next = day.plus_days(1);
        if next == day {
            break;
        }
        day = next;
    }
    for (y, line) in (weekdays + 8..).zip(&hint) {
        canvas.text(inside, 0, y, line, Role::Muted);
    }
    cursor
}

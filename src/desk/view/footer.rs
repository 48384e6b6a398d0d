//! The bottom lines: what was just said, whole; else one line with the keys of the room, as many as there is room for.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::form::FieldKind;
use crate::desk::keys::{Action, Binding};
use crate::desk::model::{Dialog, Model, Wanted, is_before_check};
use crate::desk::room::{Outbox, OutboxPart, Room};
use crate::desk::zones::Hit;
use crate::width::{width, wrap, wrap_within};

/// Most lines of what was said, and which part of the screen they may take; the ways to the rest may have one more.
const LONG: usize = 6;
const PART: u16 = 4;
/// On a screen with fewer rows a box needs the line that only help would stand in; a key that is unknown there names it.
const LOW: u16 = 14;

/// What was just said, as lines, and whether it is a warning.
pub(super) struct Note {
    lines: Vec<String>,
    role: Role,
    /// The ways to everything else and to help, beside the end of it.
    ways: Vec<Hint>,
}

impl Note {
    pub(super) fn of(model: &Model, area: Rect) -> Option<Self> {
        let importing = model.importing_said();
        let (text, role) = match (&model.note, model.dialogs.last()) {
            (Some(note), _) => (&note.text, if note.bad { Role::Warn } else { Role::Accent }),
            (None, Some(Dialog::Filter { completing: Some(completing), .. })) => (&completing.line(), Role::Accent),
            (None, Some(Dialog::Filter { error: Some(error), .. })) => (error, Role::Warn),
            (None, _) => (importing.as_ref()?, Role::Accent),
        };
        let cells = usize::from(inside(area).width);
        let most = LONG.min(usize::from(area.height / PART)).max(1);
        let mut ways: Vec<Hint> = hints(model).into_iter().filter(|(_, _, action)| is_way(*action)).collect();
        let taken = usize::from(room(&ways));
        let mut lines = wrap(text, cells);
        if lines.len() > most {
            // Only where even these do not do it is cut: between sentences where there are some, with the way to the rest.
            let more = model.say.messages_more(model.keys.key_name(Action::Palette));
            lines = wrap_within(text, cells, most, &more);
        } else if !has_room(&lines, taken, cells) && (model.dialogs.is_empty() || area.height >= LOW) {
            // Words go into the line that the ways need anyway.
            lines = Some(wrap(text, cells.saturating_sub(taken))).filter(|all| all.len() <= lines.len() + 1).unwrap_or(lines);
        }
        // The ways to everything else and to help never go: they have a line of their own rather.
        if !has_room(&lines, taken, cells) {
            if model.dialogs.is_empty() || area.height >= LOW {
                lines.push(String::new());
            } else {
                ways.retain(|(_, _, action)| *action == Action::Help);
                let fits = has_room(&lines, usize::from(room(&ways)), cells);
                ways.retain(|_| fits);
            }
        }
        Some(Self { lines, role, ways })
    }

    pub(super) fn rows(&self) -> u16 {
        u16::try_from(self.lines.len()).unwrap_or(1)
    }
}

/// Returns whether the last line leaves so many of its cells.
fn has_room(lines: &[String], taken: usize, cells: usize) -> bool {
    lines.last().is_none_or(|last| width(last) + taken <= cells)
}

fn inside(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, note: Option<&Note>) {
    let line = inside(area);
    if let Some(note) = note {
        for (y, text) in (0..).zip(&note.lines) {
            canvas.text(line, 0, y, text, note.role);
        }
        let last = Rect { y: line.y + note.rows().saturating_sub(1), height: 1, ..line };
        let mut x = (line.width + GAP).saturating_sub(room(&note.ways));
        for way in &note.ways {
            x = write(canvas, last, x, way);
        }
        return;
    }
    let mut x = 0;
    for hint in &fitting(hints(model), line.width) {
        x = write(canvas, line, x, hint);
    }
}

/// Returns what the keys of the topmost room or box do, most important first.
fn hints(model: &Model) -> Vec<Hint> {
    let hint = |binding: &Binding| {
        // Where text is typed, only a key that types none is a command.
        let key = binding.keys.iter().find(|key| !model.is_typing() || key.text().is_none())?;
        let letters = model.dialogs.last().filter(|_| binding.action == Action::Confirm).and_then(letters);
        Some((
            letters.map_or_else(|| key.to_string(), |letters| format!("{key} {letters}")),
            word(model, binding.action)?,
            binding.action,
        ))
    };
    model.keys.footer(model.scope()).into_iter().filter_map(hint).collect()
}

/// Returns the letters that answer a question.
fn letters(dialog: &Dialog) -> Option<String> {
    let Dialog::Ask(question) = dialog else { return None };
    let letters = question.then.answers().iter().map(|(letter, _)| letter.to_string());
    Some(letters.collect::<Vec<_>>().join(" "))
}

const fn is_way(action: Action) -> bool {
    matches!(action, Action::Palette | Action::Help)
}

const fn is_pinned(action: Action) -> bool {
    matches!(action, Action::Back | Action::Palette | Action::Help)
}

/// Returns the hints that there is room for. The way back, to help and to everything else are never missing: the word of the first goes
/// where the first keys of the room need its place, those of the others where the very first does, and only where nothing else is left to
/// give way they do.
fn fitting(hints: Vec<Hint>, cells: u16) -> Vec<Hint> {
    let (mut pinned, others): (Vec<Hint>, Vec<Hint>) = hints.into_iter().partition(|(_, _, action)| is_pinned(*action));
    let fits = |hints: &[Hint], pinned: &[Hint]| room(hints) + room(pinned) <= cells + GAP;
    let first = |count: usize| &others[..count.min(others.len())];
    let long = pinned.iter().find(|(_, _, action)| *action == Action::Back).cloned();
    if !fits(first(3), &pinned) {
        pinned.iter_mut().filter(|(_, _, action)| *action == Action::Back).for_each(|(_, word, _)| word.clear());
    }
    // Without what the place is for, the ways to everything else are of no use: rather their words go.
    for action in [Action::Palette, Action::Help] {
        if !fits(first(1), &pinned) {
            pinned.iter_mut().filter(|(_, _, other)| *other == action).for_each(|(_, word, _)| word.clear());
        }
    }
    for action in [Action::Palette, Action::Help] {
        if !fits(&[], &pinned) {
            pinned.retain(|(_, _, other)| *other != action);
        }
    }
    let mut shown: Vec<Hint> = Vec::new();
    for hint in others {
        shown.push(hint);
        if !fits(&shown, &pinned) {
            shown.pop();
        }
    }
    let mut whole = pinned.clone();
    if let Some(long) = long {
        whole.iter_mut().filter(|(_, _, action)| *action == Action::Back).for_each(|hint| *hint = long.clone());
    }
    shown.append(if fits(&shown, &whole) { &mut whole } else { &mut pinned });
    shown
}

/// Returns the columns that hints take, each with the gap behind it.
fn room(hints: &[Hint]) -> u16 {
    let cells = |(key, word, _): &Hint| width(key) + if word.is_empty() { 0 } else { 1 + width(word) };
    hints.iter().map(|hint| u16::try_from(cells(hint)).unwrap_or(u16::MAX / 16) + GAP).sum()
}

/// A key, a word for what it does, and that.
type Hint = (String, String, Action);

/// Columns between two hints.
const GAP: u16 = 2;

fn write(canvas: &mut Canvas<'_>, line: Rect, x: u16, (key, word, action): &Hint) -> u16 {
    let start = x;
    let x = x + canvas.text(line, x, 0, key, Role::Title);
    let end = if word.is_empty() { x } else { x + 1 + canvas.text(line, x + 1, 0, word, Role::Muted) };
    canvas.click(line, start, 0, end - start, Hit::Do(*action));
    end + GAP
}

/// Returns whether an action would do nothing to the offer at the cursor: whether a deal is selected does not matter there.
fn is_useless_on_offers(model: &Model, action: Action) -> bool {
    let Some(Room::Offers(room)) = model.rooms.last() else { return true };
    room.chosen().is_none() || (action == Action::Edit && model.can(Action::Submit).is_err())
}

/// Returns whether an action has nothing to act on, as nothing is in the room.
fn is_useless_in_empty_room(model: &Model, action: Action) -> bool {
    let is_act = matches!(
        action,
        Action::Open | Action::Accept | Action::Decline | Action::Win | Action::Lose | Action::Edit | Action::New
    );
    let is_side = matches!(action, Action::Ours | Action::Theirs | Action::AllOurs | Action::AllTheirs);
    match model.rooms.last().filter(|_| model.dialogs.is_empty()) {
        Some(Room::Leads(room)) if room.chosen().is_none() => {
            is_act || is_side || action == Action::WriteUpload || (action == Action::View && room.hidden() == 0)
        }
        Some(Room::Conflicts(room)) if room.clashes.is_empty() => {
            is_side || action == Action::Edit || (action == Action::Open && room.others.is_none())
        }
        _ => false,
    }
}

/// Returns the word for what Enter does with one line.
fn path_word(model: &Model, wanted: &Wanted) -> String {
    match wanted {
        Wanted::PastDay => model.say.footer_show(),
        Wanted::Folder(_) => model.say.footer_write(),
        Wanted::Fix(_) => model.say.footer_go_on(),
        Wanted::LeadReason { .. } => model.say.footer_decline_close(),
        Wanted::Save | Wanted::Next { .. } | Wanted::Note(_) | Wanted::ViewName | Wanted::Deadline(..) | Wanted::Setting(..) => {
            model.say.footer_keep_line()
        }
    }
}

/// Returns the word for what an action does to the deal at the cursor of the outbox, or with those that are ready.
fn outbox_word(model: &Model, room: &Outbox, action: Action) -> Option<String> {
    if action == Action::Resolve {
        return room.at_cursor().filter(|deal| deal.part == OutboxPart::Conflict).and(model.say.footer(action));
    }
    match (action, room.at_cursor().and_then(|deal| deal.part.may_be_held())) {
        (Action::Hold, held) => held.map(|held| if held { model.say.footer_hold() } else { model.say.footer_release() }),
        (action, _) => model.say.footer(action).filter(|_| room.ready() > 0),
    }
}

/// Returns the word for what an action does to the customer at the cursor.
fn customers_word(model: &Model, action: Action) -> Option<String> {
    let Some(Room::Customers(room)) = model.rooms.last() else { return None };
    let chosen = room.chosen().filter(|_| model.can(action).is_ok() || action != Action::New)?;
    match action {
        Action::Open => Some(model.say.footer_customers_deals()).filter(|_| !chosen.deals.is_empty()),
        Action::BriefOfCustomer => Some(model.say.footer_customers_brief()).filter(|_| !chosen.deals.is_empty()),
        _ => Some(model.say.footer_customers_new()),
    }
}

/// Returns the word for what an action does here; `None` for one that would do nothing.
fn word(model: &Model, action: Action) -> Option<String> {
    if let (Action::Hold | Action::WriteUpload | Action::Resolve, None, Some(Room::Outbox(room))) =
        (action, model.dialogs.last(), model.rooms.last())
    {
        return outbox_word(model, room, action);
    }
    if is_useless_in_empty_room(model, action) {
        return None;
    }
    let useless = match (action, model.dialogs.last()) {
        (Action::Confirm, Some(Dialog::Filter { .. })) => return Some(model.say.footer_keep()),
        (Action::Confirm, Some(Dialog::Import(_))) => return model.say.footer(Action::Import),
        (Action::Confirm, Some(Dialog::Export(_))) => return Some(model.say.footer_write()),
        (Action::Confirm, Some(Dialog::Path { wanted, .. })) => return Some(path_word(model, wanted)),
        (Action::Confirm, Some(Dialog::Menu(menu))) if menu.chosen().is_none() => {
            return if menu.shown().is_empty() { None } else { Some(model.say.footer_close()) };
        }
        (Action::Confirm, Some(Dialog::Menu(_))) => false,
        (Action::Confirm, Some(Dialog::Ask(_))) => false,
        // The calendar names its own keys.
        (Action::Confirm | Action::Down, Some(Dialog::Calendar(_))) => true,
        (Action::Confirm, _) => true,
        // While what narrows a room is typed.
        (Action::Open, None) if model.is_typing() => return Some(model.say.footer_keep()),
        (Action::Filter, None) if model.is_typing() => true,
        (Action::New, None) if matches!(model.rooms.last(), Some(Room::Offers(_))) => {
            return Some(model.say.footer_new_offer());
        }
        (Action::Open | Action::Edit, None) if matches!(model.rooms.last(), Some(Room::Offers(_))) => {
            is_useless_on_offers(model, action)
        }
        (Action::Open | Action::New | Action::BriefOfCustomer, None)
            if matches!(model.rooms.last(), Some(Room::Customers(_))) =>
        {
            return customers_word(model, action);
        }
        (Action::TakeOld, None) => !model.has_old(),
        (Action::Back, None) => model.rooms.is_empty(),
        // What Enter does where nothing is found stands beside that.
        (Action::Open, None) if model.rooms.is_empty() && model.list().rows.is_empty() => true,
        // A draft can be opened whatever the lists hold.
        (Action::Open, None) if matches!(model.rooms.last(), Some(Room::Drafts(_))) => false,
        (Action::Open, None) if matches!(model.rooms.last(), Some(Room::Settings(_))) => return Some(model.say.footer_change()),
        (Action::Save, Some(Dialog::Form(form))) if is_before_check(form) => return Some(model.say.footer_check()),
        (Action::Save, Some(Dialog::Sheet(_))) => return Some(model.say.footer_keep_sheet()),
        (Action::NextPage | Action::Expand, Some(Dialog::Sheet(_))) => true,
        (Action::Save, Some(Dialog::Form(form))) => return Some(model.say.form_does(form.kind)),
        (Action::NextField, Some(Dialog::Form(form))) if form.focused().is_some_and(|spec| spec.kind == FieldKind::Notes) => {
            return Some(model.say.footer_in_notes());
        }
        (Action::EarlierFilter, _) => model.filters.iter().all(|earlier| *earlier == model.list().filter_text),
        (Action::NextPage, Some(Dialog::Form(form))) => form.kind.pages().is_empty(),
        (action, None) if model.lead_can(action).is_some() => model.lead_can(action) == Some(false),
        (action, _) => model.can(action).is_err() || model.is_for_no_mark(action),
    };
    if useless { None } else { model.say.footer(action) }
}

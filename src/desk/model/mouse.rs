//! What the mouse does: a click what lies under it says, the wheel what arrows do.

use super::dialog::Dialog;
use super::{Model, Mouse};
use crate::desk::form::Entry;
use crate::desk::keys::{Action, Key};
use crate::desk::room::{Cursor, Room};
use crate::desk::zones::{FormHit, Hit, Zones};

impl Model {
    /// Takes note of what can be clicked on the frame that is seen now.
    pub fn painted(&mut self, zones: Zones) {
        self.zones = zones;
    }

    pub(super) fn mouse(&mut self, mouse: Mouse) {
        // As keys do, a click waits its turn: it is not taken for what is on its way.
        if self.is_form_coming() || self.is_answer_coming() {
            return self.tell(self.say.form_coming());
        }
        match mouse {
            Mouse::Wheel { down } => self.wheel(down),
            Mouse::Click { column, row } => {
                let hit = self.zones.at(column, row);
                self.clicked = hit.map(|hit| (hit, self.dialogs.len(), self.rooms.len()));
                if let Some(hit) = hit {
                    self.note = None;
                    self.click(hit);
                }
            }
            Mouse::DoubleClick { column, row } => {
                let hit = self.zones.at(column, row);
                // What the first of both has chosen already; where that has led elsewhere, it is a click of its own.
                let same = hit.is_some() && self.clicked.take() == hit.map(|hit| (hit, self.dialogs.len(), self.rooms.len()));
                match hit.filter(|_| same) {
                    Some(Hit::Row(_)) if self.has_kept_filter() => self.perform(Action::Open),
                    Some(Hit::Row(_)) => {}
                    Some(Hit::Line(_)) => match self.dialogs.last() {
                        Some(Dialog::Import(_)) => self.import_chosen(),
                        None if !self.rooms.is_empty() => self.perform(Action::Open),
                        _ => {}
                    },
                    _ => self.mouse(Mouse::Click { column, row }),
                }
            }
        }
    }

    fn wheel(&mut self, down: bool) {
        match (self.dialogs.last(), self.rooms.last()) {
            (None, None) => self.move_cursor(down, 3),
            (None, Some(room)) => self.perform(room.wheel(down)),
            (Some(_), _) => self.perform(if down { Action::Down } else { Action::Up }),
        }
    }

    fn click(&mut self, hit: Hit) {
        if !matches!(hit, Hit::Row(_)) && !self.has_kept_filter() {
            return;
        }
        match hit {
            Hit::Do(action) => self.perform(action),
            Hit::View(view) => self.show_view(view),
            Hit::Sort(key) => self.sort_by(key),
            Hit::Row(on_screen) => {
                let list = self.list();
                let wanted = list.first_seen(self.size.layout().list_rows) + on_screen;
                if wanted < list.rows.len() {
                    let (down, by) = (wanted > list.cursor, wanted.abs_diff(list.cursor));
                    self.move_cursor(down, by);
                }
            }
            Hit::Line(line) => self.click_line(line),
            Hit::Form(hit) if self.sheet().is_some() => self.click_in_sheet(hit),
            Hit::Form(hit) => self.click_in_form(hit),
        }
    }

    /// A filter that is being typed is kept before something else is shown; returns whether none is typed then.
    fn has_kept_filter(&mut self) -> bool {
        if matches!(self.dialogs.last(), Some(Dialog::Filter { .. })) {
            self.keep_filter();
        }
        !matches!(self.dialogs.last(), Some(Dialog::Filter { .. }))
    }

    fn click_in_form(&mut self, hit: FormHit) {
        if self.form().is_some_and(|form| form.saving) {
            return self.tell(self.say.form_saving());
        }
        match hit {
            FormHit::Page(page) => self.with_form(|form| form.go_to_page(page)),
            FormHit::Field(field) => {
                let ticks = self.form().is_some_and(|form| matches!(form.entries.get(field), Some(Entry::Check(_))));
                self.with_form(|form| form.focus = Some(field));
                if ticks {
                    return self.form_key(Key::char(' '), false);
                }
            }
            FormHit::Option(field, option) => {
                self.with_form(|form| {
                    form.focus = Some(field);
                    form.choose_number(option);
                });
                self.typed();
            }
            FormHit::Suggestion(suggestion) => drop(self.pick(suggestion)),
            FormHit::Button => {
                self.with_form(|form| form.focus = None);
                return self.enter_in_form(false);
            }
        }
        self.moved_in_form();
    }

    /// A line of a menu that does something does it; others are chosen.
    fn click_line(&mut self, line: usize) {
        match self.dialogs.last_mut() {
            Some(Dialog::Menu(menu)) => {
                menu.cursor = line;
                if menu.chosen().is_some() {
                    self.confirm();
                }
            }
            Some(Dialog::Import(picker)) => picker.cursor = line,
            Some(Dialog::Export(_)) => self.click_export(line),
            Some(Dialog::Ask(_)) => self.answer(Some(line)),
            Some(_) => {}
            None => match self.rooms.last_mut() {
                Some(Room::History(history)) => history.cursor = Cursor(line),
                Some(Room::Settings(settings)) => settings.cursor = Cursor(line),
                Some(Room::Brought(brought)) => brought.cursor = Cursor(line),
                Some(Room::Drafts(drafts)) => drafts.cursor = Cursor(line),
                Some(Room::Check(check)) => check.cursor = Cursor(line),
                Some(Room::Outbox(outbox)) => outbox.cursor = Cursor(line),
                Some(Room::Leads(leads)) => leads.cursor = Cursor(line),
                Some(Room::Offers(offers)) => offers.cursor = Cursor(line),
                Some(Room::Customers(customers)) => customers.cursor = Cursor(line),
                Some(Room::Conflicts(room)) => room.click(line),
                Some(Room::Review(room)) => room.cursor = Cursor(line),
                Some(Room::Detail(_) | Room::Brief(_)) => {}
                None => {
                    self.welcome = Cursor(line);
                    self.perform(Action::Open);
                }
            },
        }
    }
}

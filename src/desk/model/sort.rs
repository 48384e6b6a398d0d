//! In which order the list stands: a letter for each, and the cursor stays on its opportunity.

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind, PaletteEntry};
use crate::domain::query::{Order, SortKey};
use crate::domain::stage::StageKind;

impl Model {
    pub(super) fn open_sort(&mut self) {
        let now = self.list().order();
        let lines = SortKey::ALL.map(|key| {
            let right = if key == now.key { self.say.sort_now() } else { String::new() };
            let entry = Some(PaletteEntry::SortBy(key));
            Line {
                left: letter(key).to_owned(),
                right,
                entry,
                ..Line::plain(self.say.order(now.asked_again(key), self.list().scale()))
            }
        });
        let mut menu = Menu::new(MenuKind::Sort, lines.to_vec());
        menu.cursor = SortKey::ALL.iter().position(|key| *key == now.key).unwrap_or(0);
        self.dialogs.push(Dialog::Menu(menu));
    }

    /// Says in which order the list stands: where nothing shown has time left to answer, it is that of the others.
    pub fn order_said(&self) -> String {
        let (list, view) = (self.list(), self.list().place().1);
        let order = list.order();
        let waits = view.stages().contains(&StageKind::Received);
        let key = if order.key == SortKey::TimeLeft && !waits { SortKey::Newest } else { order.key };
        self.say.order(Order { key, ..order }, list.scale())
    }

    /// Sorts by a key; by the same key once more, the other way round.
    pub(super) fn sort_by(&mut self, key: SortKey) {
        let list = self.list_mut();
        list.set_order(list.order().asked_again(key));
        self.tell(self.say.desk_sorted(self.order_said()));
        self.load_around();
    }
}

/// Returns the letter that sorts by a key; none of them moves in a menu or leaves it.
const fn letter(key: SortKey) -> &'static str {
    match key {
        SortKey::TimeLeft => "t",
        SortKey::Changed => "l",
        SortKey::Newest => "n",
        SortKey::Deal => "d",
        SortKey::Customer => "c",
        SortKey::Value => "v",
        SortKey::CloseDate => "o",
        SortKey::Stage => "s",
        SortKey::Favorite => "f",
        SortKey::Owner => "w",
        SortKey::Next => "x",
        SortKey::SalesStage => "p",
        SortKey::Country => "y",
        SortKey::Archived => "a",
        SortKey::Priority => "r",
    }
}

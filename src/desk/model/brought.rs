//! What an import brought, and what of it somebody has seen since.

use super::Model;
use crate::desk::room::Room;
use crate::store::Request;

impl Model {
    /// What is shown whole has been seen: it is new no more.
    pub(super) fn follow_news(&mut self) {
        let shown = matches!(self.rooms.last(), Some(Room::Detail(_))) && self.selected_detail().is_some();
        let Some(id) = self.selected().filter(|row| row.fresh && shown).map(|row| row.id) else { return };
        if self.is_read_only() {
            return;
        }
        for row in self.lists.iter_mut().flat_map(|list| &mut list.rows).filter(|row| row.id == id) {
            row.fresh = false;
        }
        self.ask(Request::Seen(id));
    }
}

//! Customers: those used last, or what fits what is typed, each with how many deals there are with it; what is said is made in the model.

use super::{Asked, Cursor};
use crate::desk::form::TextField;
use crate::desk::keys::Action;
use crate::domain::directory::KnownCustomer;
use crate::store::ListedCustomer;

/// So many are listed at once: of more somebody types on.
pub const LISTED: usize = 50;

#[derive(Debug, Clone)]
pub struct Customers {
    pub listed: Vec<ListedCustomer>,
    pub cursor: Cursor,
    /// What was typed to narrow them, and whether it is being typed.
    pub typed: TextField,
    pub narrows: bool,
    pub has_come: bool,
    /// The question that was asked of the store and has not been answered.
    pub asked: Option<u64>,
    /// Whether something else was typed for it: then the cursor goes to the first that fits.
    pub retyped: bool,
}

impl Default for Customers {
    fn default() -> Self {
        Self {
            listed: Vec::new(),
            cursor: Cursor::default(),
            typed: TextField::line(""),
            narrows: false,
            has_come: false,
            asked: None,
            retyped: false,
        }
    }
}

impl Customers {
    /// Returns the one the cursor is on.
    pub fn chosen(&self) -> Option<&ListedCustomer> {
        self.listed.get(self.cursor.0)
    }

    /// Returns whether there may be more than are listed.
    pub const fn is_full(&self) -> bool {
        self.listed.len() >= LISTED
    }

    /// Takes what fits now: the cursor stays on its customer, and on the first one where something else was typed.
    pub fn receive(&mut self, listed: Vec<ListedCustomer>) {
        let retyped = std::mem::take(&mut self.retyped);
        let at = self.chosen().filter(|_| !retyped).map(|customer| key(&customer.known));
        let found = at.and_then(|at| listed.iter().position(|customer| key(&customer.known) == at));
        (self.listed, self.has_come) = (listed, true);
        let at = if retyped { 0 } else { self.cursor.0 };
        self.cursor.0 = found.unwrap_or_else(|| at.min(self.listed.len().saturating_sub(1)));
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        if self.cursor.moves(action, self.listed.len(), page) {
            return None;
        }
        match action {
            Action::Filter => {
                self.narrows = true;
                return None;
            }
            Action::Back if self.narrows || !self.typed.text().is_empty() => {
                self.typed.clear();
                self.narrows = false;
                return Some(Asked::Customers);
            }
            _ => {}
        }
        let Some(chosen) = self.chosen() else {
            let wants_one = matches!(action, Action::Open | Action::BriefOfCustomer | Action::Copy);
            return Some(if wants_one { Asked::Nothing } else { Asked::Pass });
        };
        Some(match action {
            Action::Open => Asked::DealsWith(Box::new(chosen.clone())),
            Action::New => Asked::NewWith(Box::new(chosen.known.clone())),
            Action::BriefOfCustomer => Asked::BriefWith(Box::new(chosen.clone())),
            Action::Copy => Asked::CopyCustomer(Box::new(chosen.known.clone())),
            _ => Asked::Pass,
        })
    }
}

/// What one is known by when they come again.
fn key(known: &KnownCustomer) -> (String, i64) {
    (known.name.to_string(), known.identity())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::Address;
    use crate::domain::directory::Rank;
    use crate::domain::text::Line;

    fn customer(name: &str) -> ListedCustomer {
        let known = KnownCustomer { name: Line::parse(name).unwrap(), duns: None, address: Address::default(), used: true };
        ListedCustomer { known, rank: Rank::Prefix, open: 1, deals: Vec::new(), more: false }
    }

    #[test]
    fn the_cursor_stays_on_its_customer_and_back_first_shows_all() {
        let mut room = Customers::default();
        assert_eq!(room.act(Action::Open, 10), Some(Asked::Nothing));
        room.receive(vec![customer("한빛정밀"), customer("東雲物産")]);
        room.act(Action::Down, 10);
        room.receive(vec![customer("Contoso"), customer("한빛정밀"), customer("東雲物産")]);
        assert_eq!(room.chosen().map(|chosen| chosen.known.name.as_str()), Some("東雲物産"));
        assert_eq!(room.act(Action::Back, 10), Some(Asked::Pass));
        room.retyped = true;
        room.receive(vec![customer("株式会社"), customer("東雲物産")]);
        assert_eq!(room.cursor.0, 0, "the first that fits what is typed now");
        room.act(Action::Filter, 10);
        room.typed = TextField::line("한");
        assert_eq!(room.act(Action::Back, 10), Some(Asked::Customers));
        assert!(room.typed.text().is_empty() && !room.narrows);
    }
}

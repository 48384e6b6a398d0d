//! Offers of the programme: which there are, which are shown and where the cursor is; what each is on a day is made in the model.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Asked, Cursor};
use crate::desk::form::TextField;
use crate::desk::keys::Action;
use crate::domain::fold::{fold, initials};
use crate::domain::ids::RecordId;
use crate::domain::programme::organisation::Organisation;
use crate::domain::programme::ruling::Ruling;
use crate::domain::programme::since::Past;
use crate::store::KeptOffer;

/// What is wished in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferWish {
    New,
    Edit,
    Remove,
    /// The next step of its way to Microsoft.
    Submit,
    /// To tell facts about the organisation.
    Facts,
    Export,
}

impl OfferWish {
    /// Returns whether it is about the offer at the cursor.
    pub const fn is_of_one(self) -> bool {
        matches!(self, Self::Edit | Self::Remove | Self::Submit)
    }
}

#[derive(Debug, Clone)]
pub struct Offers {
    /// The rules that count.
    pub rules: Arc<Ruling>,
    offers: Vec<KeptOffer>,
    /// By what each is found besides its name, in the same order.
    words: Vec<String>,
    pub organisation: Organisation,
    /// What they were told to be.
    pub pasts: BTreeMap<RecordId, Past>,
    /// Whether a new one is begun and not finished.
    pub begun: bool,
    /// Among those that are shown.
    pub cursor: Cursor,
    /// Whether everything about the one at the cursor is shown.
    pub opened: bool,
    /// Lines of the one at the cursor that are hidden above, and how many at most: then its end is seen.
    pub scroll: usize,
    pub most: usize,
    /// What was typed to narrow them.
    pub typed: TextField,
    /// Whether it is being typed.
    pub narrows: bool,
    pub has_come: bool,
    /// The key of the offer to which the cursor goes once the others have come.
    pub wanted: Option<String>,
}

impl Offers {
    pub fn new(rules: Arc<Ruling>) -> Self {
        Self {
            rules,
            offers: Vec::new(),
            words: Vec::new(),
            organisation: Organisation::default(),
            pasts: BTreeMap::new(),
            begun: false,
            cursor: Cursor::default(),
            opened: false,
            scroll: 0,
            most: 0,
            typed: TextField::line(""),
            narrows: false,
            has_come: false,
            wanted: None,
        }
    }

    /// Returns all of them.
    pub fn all(&self) -> &[KeptOffer] {
        &self.offers
    }

    /// Returns those that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &KeptOffer> {
        let typed: Vec<String> = self.typed.text().split_whitespace().map(fold).collect();
        let fits = move |words: &str| typed.iter().all(|word| words.contains(word.as_str()));
        self.offers.iter().zip(&self.words).filter(move |(_, words)| fits(words)).map(|(kept, _)| kept)
    }

    /// Returns whether not all are shown, or somebody is about to narrow them.
    pub fn is_narrowed(&self) -> bool {
        self.narrows || !self.typed.text().is_empty()
    }

    /// Returns the one the cursor is on.
    pub fn chosen(&self) -> Option<&KeptOffer> {
        self.shown().nth(self.cursor.0)
    }

    /// Takes what there is now, each with the words it is found by: the cursor stays on its offer.
    pub fn receive(&mut self, offers: Vec<(KeptOffer, String)>, organisation: Organisation) {
        let at = self.chosen().map(|kept| kept.id);
        let found = |(kept, words): &(KeptOffer, String)| {
            let name = kept.offer.name.as_str();
            format!("{} {} {}", fold(name), initials(name), fold(words))
        };
        self.words = offers.iter().map(found).collect();
        self.offers = offers.into_iter().map(|(kept, _)| kept).collect();
        self.organisation = organisation;
        self.has_come = true;
        self.go_to(at);
        if let Some(wanted) = self.wanted.take() {
            self.go_to_name(&wanted);
        }
    }

    /// Puts the cursor on the offer of a name.
    fn go_to_name(&mut self, key: &str) {
        let at = self.offers.iter().find(|kept| kept.offer.key() == key).map(|kept| kept.id);
        if at.is_some() {
            if !self.shown().any(|kept| Some(kept.id) == at) {
                self.typed.clear();
            }
            self.go_to(at);
        }
    }

    fn go_to(&mut self, at: Option<crate::domain::ids::RecordId>) {
        let count = self.shown().count();
        let found = at.and_then(|at| self.shown().position(|kept| kept.id == at));
        self.opened &= found.is_some();
        self.scroll = if found.is_some() { self.scroll } else { 0 };
        self.cursor.0 = found.unwrap_or_else(|| self.cursor.0.min(count.saturating_sub(1)));
    }

    /// Something else was typed: the cursor goes to the first that fits.
    pub const fn narrowed(&mut self) {
        (self.cursor, self.opened, self.scroll) = (Cursor(0), false, 0);
    }

    /// Reads on in one that is not opened and yet higher than the room, before the cursor goes on; returns whether the action does that.
    fn reads_on(&mut self, action: Action) -> bool {
        let to = match action {
            Action::ScrollDown if self.scroll < self.most => self.scroll + 1,
            Action::PageDown | Action::HalfPageDown if self.scroll < self.most => self.most,
            Action::ScrollUp if self.scroll > 0 => self.scroll - 1,
            Action::PageUp | Action::HalfPageUp if self.scroll > 0 => 0,
            _ => return false,
        };
        self.scroll = to;
        true
    }

    /// Scrolls what is told of the opened one; returns whether the action does that.
    const fn scrolls(&mut self, action: Action, page: usize) -> bool {
        let half = page / 2 + 1;
        self.scroll = match action {
            Action::ScrollDown => self.scroll + 1,
            Action::ScrollUp => self.scroll.saturating_sub(1),
            Action::PageDown => self.scroll + page,
            Action::PageUp => self.scroll.saturating_sub(page),
            Action::HalfPageDown => self.scroll + half,
            Action::HalfPageUp => self.scroll.saturating_sub(half),
            _ => return false,
        };
        true
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        let count = self.shown().count();
        if if self.opened { self.scrolls(action, page) } else { self.reads_on(action) } {
            return None;
        }
        let moved = match action {
            Action::ScrollDown => Action::Down,
            Action::ScrollUp => Action::Up,
            action => action,
        };
        if self.cursor.moves(moved, count, page) {
            self.scroll = 0;
            return None;
        }
        let wish = match action {
            Action::Open => {
                (self.opened, self.scroll) = (!self.opened && count > 0, 0);
                return None;
            }
            Action::Filter => {
                self.narrows = true;
                return None;
            }
            Action::Back if self.opened && !self.narrows => {
                (self.opened, self.scroll) = (false, 0);
                return None;
            }
            Action::Back if self.narrows || !self.typed.text().is_empty() => {
                let at = self.chosen().map(|kept| kept.id);
                self.typed.clear();
                self.narrows = false;
                self.go_to(at);
                return None;
            }
            Action::New => OfferWish::New,
            Action::Edit => OfferWish::Edit,
            Action::RemoveOffer => OfferWish::Remove,
            Action::Submit => OfferWish::Submit,
            Action::Facts => OfferWish::Facts,
            Action::Export => OfferWish::Export,
            _ => return Some(Asked::Pass),
        };
        let of = self.chosen().filter(|_| wish.is_of_one()).cloned().map(Box::new);
        Some(if wish.is_of_one() && of.is_none() { Asked::Nothing } else { Asked::Offer(wish, of) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::RecordId;
    use crate::domain::programme::offer::{Offer, OfferType};
    use crate::domain::text::Line;

    fn room() -> Offers {
        let mut room = Offers::new(Arc::new(Ruling::shipped().unwrap()));
        let kept = |(id, name): (i64, &str)| {
            let offer = Offer::new(Line::parse(name).unwrap(), OfferType::Saas);
            (KeptOffer { id: RecordId(id), offer }, "SaaS, co-sell ready".to_owned())
        };
        let all = [(1, "한빛 ERP"), (2, "販売管理クラウド"), (3, "Northwind Sync")].map(kept);
        room.receive(all.to_vec(), Organisation::default());
        room
    }

    #[test]
    fn offers_are_narrowed_by_name_initials_and_what_they_are_however_it_is_written() {
        for (typed, found) in [
            ("한빛", &["한빛 ERP"][..]),
            ("ㅎㅂ", &["한빛 ERP"]),
            ("erp saas", &["한빛 ERP"]),
            ("ＮＯＲＴＨ", &["Northwind Sync"]),
            ("管理", &["販売管理クラウド"]),
            ("ready", &["한빛 ERP", "販売管理クラウド", "Northwind Sync"]),
            ("absent", &[]),
        ] {
            let mut room = room();
            room.typed = TextField::line(typed);
            let names: Vec<&str> = room.shown().map(|kept| kept.offer.name.as_str()).collect();
            assert_eq!(names, found, "{typed}");
        }
    }

    #[test]
    fn the_cursor_stays_on_its_offer_and_back_first_shuts_then_shows_all() {
        let mut room = room();
        room.act(Action::Last, 10);
        room.typed = TextField::line("north");
        room.narrowed();
        assert_eq!(room.act(Action::Open, 10), None);
        assert!(room.opened);
        assert_eq!(room.act(Action::Back, 10), None);
        assert!(!room.opened && !room.typed.text().is_empty());
        assert_eq!(room.act(Action::Back, 10), None);
        assert_eq!((room.cursor.0, room.shown().count()), (2, 3));
        assert_eq!(room.act(Action::Back, 10), Some(Asked::Pass));
        assert!(matches!(room.act(Action::Edit, 10), Some(Asked::Offer(OfferWish::Edit, Some(_)))));
        room.receive(Vec::new(), Organisation::default());
        assert_eq!(room.act(Action::Edit, 10), Some(Asked::Nothing));
        assert_eq!(room.act(Action::New, 10), Some(Asked::Offer(OfferWish::New, None)));
    }
}

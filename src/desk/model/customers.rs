//! Customers on the desk: asked for while somebody types, their deals listed, a new deal begun with one.

use super::entry::Beginning;
use super::{Effect, Model};
use crate::desk::form::{FormKind, Subject, texts_of};
use crate::desk::keys::{Action, Key, Scope};
use crate::desk::room::{About, Customers, LISTED_CUSTOMERS, Room};
use crate::domain::directory::KnownCustomer;
use crate::domain::filter::one_word;
use crate::domain::part::Part;
use crate::domain::text::Line;
use crate::insight::drill;
use crate::store::{Aids, ListedCustomer, Request, Suggest};
use crate::width::visible;

impl Model {
    /// Shows the customers used last, once they have come.
    pub(super) fn open_customers(&mut self) {
        self.rooms.retain(|room| !matches!(room, Room::Customers(_)));
        self.rooms.push(Room::Customers(Box::default()));
        self.ask_customers();
    }

    fn customers_room(&mut self) -> Option<&mut Customers> {
        self.rooms.iter_mut().find_map(|room| if let Room::Customers(customers) = room { Some(&mut **customers) } else { None })
    }

    /// Asks for those that fit what is typed, where the room is open.
    pub(super) fn ask_customers(&mut self) {
        let serial = self.serial + 1;
        let Some(room) = self.customers_room() else { return };
        room.asked = Some(serial);
        let typed = room.typed.text().to_owned();
        self.serial = serial;
        self.ask(Request::Suggest { serial, what: Suggest::Listed { typed }, limit: LISTED_CUSTOMERS });
    }

    /// They have come; those for an earlier text are dropped.
    pub(super) fn customers_came(&mut self, serial: u64, listed: Vec<ListedCustomer>) {
        if let Some(room) = self.customers_room().filter(|room| room.asked == Some(serial)) {
            room.receive(listed);
            self.customers_settled(serial);
        }
    }

    /// They have come, or could not be read: what was pressed for the one that would stand first is done now.
    pub(super) fn customers_settled(&mut self, serial: u64) {
        if self.customers_room().is_some_and(|room| room.asked.take_if(|asked| *asked == serial).is_some())
            && !self.is_answer_coming()
            && !self.is_form_coming()
        {
            std::mem::take(&mut self.ahead).into_iter().for_each(|ahead| self.take_up(ahead));
        }
    }

    /// Returns whether a key is about a customer who is not known yet, as what was typed is still looked for: it waits for that, and so
    /// does what is pressed after it.
    pub(super) fn waits_for_customers(&mut self, key: Key) -> bool {
        let Some(Room::Customers(room)) = self.rooms.last().filter(|_| self.dialogs.is_empty()) else { return false };
        if room.narrows || room.asked.is_none() {
            return false;
        }
        match self.keys.find(Scope::Customers, key) {
            Some(Action::Leave | Action::Back) => {
                self.ahead.clear();
                false
            }
            Some(Action::Open | Action::New | Action::BriefOfCustomer | Action::Copy) => true,
            _ => !self.ahead.is_empty(),
        }
    }

    /// Returns what stands on top of the room.
    pub fn customers_summary(&self, room: &Customers) -> String {
        let s = &self.say;
        let filter = || self.keys.key_in(Scope::Customers, Action::Filter);
        match (room.has_come, room.typed.text().is_empty(), room.listed.is_empty()) {
            (false, ..) => s.check_coming(),
            (_, true, true) => s.customers_room_none(self.keys.key_name(Action::Import)),
            (_, false, true) => s.customers_room_none_fits(self.keys.key_name(Action::Back)),
            (_, true, false) => s.customers_room_last(filter()),
            (_, false, false) if room.is_full() => s.customers_room_first(room.listed.len() as u64),
            (_, false, false) => s.customers_room_found(room.listed.len() as u64),
        }
    }

    /// Returns where it is and by what it is told from others.
    pub fn customer_facts(&self, known: &KnownCustomer) -> Vec<String> {
        let address = &known.address;
        let place = [&address.line1, &address.city].into_iter().flatten().map(Line::to_string);
        let country = address.country.map(|country| self.say.country(country));
        let duns = known.duns.map(|duns| self.say.customers_room_duns(duns.to_string()));
        place.chain(country).chain(duns).collect()
    }

    /// Lists the deals with a customer, wherever they stand: by their numbers, as another may be called alike; of very many by its name.
    pub(super) fn list_deals_with(&mut self, listed: &ListedCustomer) {
        let name = listed.known.name.as_str();
        if listed.deals.is_empty() {
            let key = self.keys.key_in(Scope::Customers, Action::New);
            return self.tell(self.say.customers_room_no_deals_yet(key, name));
        }
        let deals = if listed.more { format!("customer:{}", one_word(name)) } else { drill::these(&listed.deals) };
        let said = self.say.customers_room_listed(name);
        if let Some(room) = self.rooms.pop_if(|room| matches!(room, Room::Customers(_))) {
            self.rooms.clear();
            self.list_behind(room, &drill::everywhere(&deals), said);
        }
    }

    /// Shows the page before a call about a customer.
    pub(super) fn open_brief_with(&mut self, listed: &ListedCustomer) {
        match listed.deals.first() {
            Some(deal) => self.open_brief(*deal, About::Customer),
            None => self.list_deals_with(listed),
        }
    }

    /// Copies one as a row, as deals are copied.
    pub(super) fn copy_customer(&mut self, known: &KnownCustomer) {
        let cells = std::iter::once(known.name.to_string()).chain(self.customer_facts(known));
        let row = cells.map(|cell| visible(&cell).into_owned()).collect::<Vec<_>>().join("\t");
        self.tell(self.say.customers_room_copied(known.name.as_str()));
        self.effects.push(Effect::Copy(row));
    }

    /// Begins a new deal with a customer.
    pub(super) fn begin_with_customer(&mut self, known: Box<KnownCustomer>) {
        match self.may_do(Action::New) {
            Ok(()) => self.begin(Beginning::With(known)),
            Err(why) => self.warn(why),
        }
    }

    /// What earlier deals offer has come: the form opens with the customer in it, and its contact comes along.
    pub(super) fn open_deal_with(&mut self, known: &KnownCustomer, aids: Aids) {
        let country = known.address.country.map(|country| (Part::Country, country.code().to_owned()));
        let texts = texts_of(known).into_iter().chain(country).filter(|(_, text)| !text.is_empty());
        let texts = texts.map(|(part, text)| (part.path().to_owned(), text)).collect();
        self.open_deal(FormKind::New, Subject::default(), texts, aids);
        self.with_form(|form| form.take_customer(known));
        self.ask_contact();
        self.suggest();
    }
}

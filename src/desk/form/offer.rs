//! What a form offers by itself, learnt from earlier deals: it stands in its field, and what is typed there takes its place.

use super::Form;
use crate::desk::keys::{Code, Key};
use crate::domain::contact::Person;
use crate::domain::customer::Country;
use crate::domain::draft::PersonDraft;
use crate::domain::money::Currency;
use crate::domain::part::{Part, Whose};

impl Form {
    /// Puts a value into a field that nobody typed.
    pub fn offer(&mut self, part: Part, text: &str) {
        self.set(part, text);
        self.offered.insert(part.path().to_owned(), text.to_owned());
    }

    /// Returns whether a field holds what was offered, as nobody has touched it.
    pub fn is_offered(&self, part: Part) -> bool {
        self.offered.get(part.path()).is_some_and(|offered| !offered.is_empty() && *offered == self.text(part))
    }

    /// A key in a field that holds what was offered: what is typed takes its place, and a deleting key takes all of it. Any other key
    /// in the text makes it the user's own. Returns whether the field was emptied and the key is done with.
    pub fn make_way(&mut self, key: Key) -> bool {
        let Some(part) = self.focused().map(|spec| spec.part).filter(|part| self.is_offered(*part)) else { return false };
        let deletes = matches!(key.code, Code::Backspace | Code::Delete);
        let moves = matches!(key.code, Code::Left | Code::Right | Code::Home | Code::End);
        if deletes || key.text().is_some() {
            self.make_way_for_paste();
        } else if moves {
            self.offered.remove(part.path());
        }
        deletes
    }

    /// Empties the field with the cursor where it holds what was offered. Another name is another person: what was offered with the
    /// name goes with it.
    pub fn make_way_for_paste(&mut self) {
        let Some(part) = self.focused().map(|spec| spec.part).filter(|part| self.is_offered(*part)) else { return };
        let names = matches!(part, Part::ContactFirst | Part::ContactLast);
        let others = Whose::CONTACT.into_iter().filter(|other| names && self.is_offered(*other));
        for part in others.chain([part]).collect::<Vec<_>>() {
            self.offered.remove(part.path());
            self.set(part, "");
        }
    }

    /// Offers the country of the deals that were made last, before any that of the user, and the currency of that country, where the form
    /// begins without them.
    pub fn offer_of_last_deals(&mut self, home: Option<Country>) {
        let Some(country) = self.aids.made_in.or(home).filter(|_| self.text(Part::Country).is_empty()) else { return };
        self.offer(Part::Country, country.code());
        self.followed = Some(country);
        if self.text(Part::Currency).is_empty() {
            self.offer_currency_of(country);
        }
        self.opening = self.texts();
    }

    /// The country may be another one now: its currency is offered, unless one was typed, or an amount that would change with it.
    pub fn follow_country(&mut self) {
        let country = Country::typed(&self.text(Part::Country)).ok();
        let Some(country) = country.filter(|country| self.followed != Some(*country)) else { return };
        self.followed = Some(country);
        let is_free = self.text(Part::Currency).is_empty() || self.is_offered(Part::Currency);
        if is_free && self.text(Part::Value).is_empty() {
            self.offer_currency_of(country);
        }
    }

    fn offer_currency_of(&mut self, country: Country) {
        if let Some(currency) = Currency::of_country(country) {
            self.offer(Part::Currency, currency.code());
        }
    }

    /// What stands in the form was typed earlier: nothing of it is an offer any more.
    pub fn own_everything(&mut self) {
        self.offered.clear();
        self.followed = Country::typed(&self.text(Part::Country)).ok();
    }

    /// Offers the person of the last deal with the customer that was just picked, where none is typed.
    pub fn offer_contact(&mut self, person: Option<&Person>) {
        self.wants_contact = false;
        let Some(person) = person.filter(|_| Whose::CONTACT.iter().all(|part| self.text(*part).is_empty())) else { return };
        let PersonDraft { first, last, phone, email, .. } = PersonDraft::from(person);
        for (part, text) in Whose::CONTACT.into_iter().zip([first, last, phone, email]) {
            self.offer(part, &text);
            self.picked.insert(part.path().to_owned(), text);
        }
    }
}

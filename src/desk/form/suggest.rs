//! What is suggested for the field with the cursor, which of it is chosen, and what picking it puts into the form.

use std::collections::BTreeSet;

use super::{Form, FormKind, Suggests};
use crate::desk::keys::Key;
use crate::domain::contact::Person;
use crate::domain::customer::Country;
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::draft::{PersonDraft, SolutionDraft};
use crate::domain::fold::fold;
use crate::domain::money::Currency;
use crate::domain::part::{Part, Whose};
use crate::domain::programme::deal::{DealOffer, OfferStatuses};
use crate::domain::solution::Owner;
use crate::domain::text::Line;

/// Something that can be picked.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Country(Country),
    Customer(Box<KnownCustomer>),
    Currency(Currency),
    Campaign(Line),
    Partner(Line),
    Person(Person),
    /// Who it can belong to.
    Owner(Person),
    Solution(Box<KnownSolution>),
    /// An offer of ours of which nobody has told the id by which deals would name it: nothing can be taken over of it yet.
    Offer(Line),
}

/// The suggestions that are shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestions {
    pub items: Vec<Item>,
    /// The chosen one; `None` while nobody has gone into the list.
    pub cursor: Option<usize>,
    /// Which question to the store they answer, or are to answer.
    pub serial: u64,
    /// Whether the field holds what was picked from them.
    pub picked: bool,
    /// Whether the store has not answered yet.
    pub awaited: bool,
    /// Keys for the list that came before it did: who types fast must not hit something else.
    pub held: Vec<Key>,
}

/// How many are suggested at once: one for each digit.
pub const SUGGESTED: usize = 9;

/// How many are offered before anything is typed: the fields below stay in sight.
pub const RECENT: usize = 5;

/// What has to be asked of the store to suggest something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Customers { typed: String, country: Option<Country> },
    Solutions { typed: String },
}

impl Suggestions {
    pub fn clear(&mut self) {
        self.items.clear();
        self.cursor = None;
        self.picked = false;
    }

    /// Moves the choice; from above the first one it leaves the list. Returns whether there was something to move in.
    pub fn step(&mut self, down: bool) -> bool {
        let last = match self.items.len() {
            0 => return false,
            count => count - 1,
        };
        self.cursor = match (self.cursor, down) {
            (None, true) => Some(0),
            (None, false) => return false,
            (Some(at), true) => Some((at + 1).min(last)),
            (Some(at), false) => at.checked_sub(1),
        };
        true
    }
}

impl Form {
    /// Finds what can be suggested without the store, or says what is to be asked of it.
    pub fn suggest(&mut self) -> Option<Wanted> {
        self.suggestions.clear();
        let suggests = self.focused().map_or(Suggests::Nothing, |spec| spec.suggests);
        let typed = self.focused().map(|spec| self.text(spec.part)).unwrap_or_default();
        // What was offered was not typed: other ones are suggested beside it.
        let offered = self.focused().is_some_and(|spec| self.is_offered(spec.part));
        let is_choice = matches!(suggests, Suggests::Country | Suggests::Currency);
        let typed = if offered && is_choice { "" } else { typed.trim() };
        let aids = &self.aids;
        self.suggestions.items = match suggests {
            Suggests::Nothing => return None,
            Suggests::Country if typed.is_empty() => aids.countries.iter().take(RECENT).copied().map(Item::Country).collect(),
            Suggests::Country if typed.len() == 2 && Country::parse(typed).is_ok() => Vec::new(),
            Suggests::Country => Country::beginning_with(typed).into_iter().map(Item::Country).collect(),
            Suggests::Currency if Currency::parse(typed).is_ok() => Vec::new(),
            Suggests::Currency => {
                let country = Country::typed(&self.text(Part::Country)).ok();
                currencies(typed, country.and_then(Currency::of_country))
            }
            Suggests::Campaign => lines(typed, &aids.campaigns).map(Item::Campaign).collect(),
            Suggests::Partner => lines(typed, &aids.partners).map(Item::Partner).collect(),
            Suggests::Person => self.recent_people().into_iter().map(Item::Person).collect(),
            Suggests::Owner => self.owners(typed).map(Item::Owner).collect(),
            Suggests::Customer => {
                let country = Country::typed(&self.text(Part::Country)).ok();
                return Some(Wanted::Customers { typed: typed.to_owned(), country });
            }
            Suggests::Solution => return Some(Wanted::Solutions { typed: typed.to_owned() }),
        };
        self.suggestions.items.truncate(SUGGESTED);
        None
    }

    /// Puts our own offers that fit what is typed beside the solutions that were found: the catalogue need not hold them (MG-48).
    pub fn suggest_offers(&mut self, offers: &OfferStatuses) {
        if self.focused().is_none_or(|spec| spec.suggests != Suggests::Solution) {
            return;
        }
        let typed = fold(self.focused().map(|spec| self.text(spec.part)).unwrap_or_default().trim());
        let most = if typed.is_empty() { RECENT } else { SUGGESTED };
        let items = &mut self.suggestions.items;
        let is_there = |offer: &DealOffer, items: &[Item]| {
            items.iter().any(|item| match item {
                Item::Solution(known) => {
                    let name = known.name.as_ref().map(Line::as_str);
                    offers.of_solution(known.id.as_str(), name).is_some_and(|found| found.name == offer.name)
                }
                _ => false,
            })
        };
        let fits = |offer: &&DealOffer| {
            let texts = [Some(&offer.name), offer.solution.as_ref()];
            texts.into_iter().flatten().any(|text| fold(text.as_str()).contains(&typed))
        };
        let own: Vec<Item> = offers.offers.iter().filter(fits).filter(|offer| !is_there(offer, items)).map(own).collect();
        // There is room for one of them at least.
        items.truncate(most.saturating_sub(own.len()).max(most - 1));
        items.extend(own);
        items.truncate(most);
    }

    /// Returns who can be added with one key (MG-45): those on earlier deals, by what is typed of a name. Who is on this one keeps
    /// their number: the next one is typed before the eye has looked again.
    pub fn recent_people(&self) -> Vec<Person> {
        let typed: Vec<String> = [Part::EmployeeFirst, Part::EmployeeLast].map(|part| fold(self.text(part).trim())).into();
        let fits = |person: &Person| {
            let name = fold(&format!("{} {} {} {}", person.name(), person.first, person.last, person.email));
            typed.iter().all(|typed| name.contains(typed.as_str()))
        };
        self.aids.people.iter().filter(|person| fits(person)).cloned().collect()
    }

    /// Returns who can own it, by what is typed: the rep, and who is on it.
    fn owners(&self, typed: &str) -> impl Iterator<Item = Person> {
        let on_it = self.people().map(|people| people.items.iter().map(PersonDraft::person).collect::<Vec<_>>());
        let on_it = on_it.unwrap_or_else(|| self.subject.colleagues.clone());
        let able = self.subject.me.iter().cloned().chain(on_it);
        let (wanted, mut seen) = (fold(typed), BTreeSet::new());
        able.filter(move |person| {
            let email = fold(&person.email);
            let fits = fold(&person.name()).contains(&wanted) || email.contains(&wanted);
            fits && !email.is_empty() && email != wanted && seen.insert(email)
        })
    }

    /// Returns whether a suggested person is on the deal already.
    pub fn has_person(&self, person: &Person) -> bool {
        self.people().is_some_and(|people| people.items.iter().any(|known| known.email.eq_ignore_ascii_case(&person.email)))
    }

    /// Returns whether there is one suggestion only, and what is typed means nothing by itself: then Enter takes it.
    pub fn is_meant(&self) -> bool {
        let [only] = &self.suggestions.items[..] else { return false };
        let Some(typed) = self.focused().map(|spec| self.text(spec.part)).filter(|typed| !typed.trim().is_empty()) else {
            return false;
        };
        match only {
            Item::Country(_) => Country::typed(&typed).is_err(),
            Item::Currency(_) => Currency::parse(&typed).is_err(),
            Item::Owner(_) => !typed.contains('@'),
            _ => false,
        }
    }

    /// Takes a suggestion over into the form; the cursor goes on to what is asked next.
    pub fn pick(&mut self, index: usize) -> bool {
        let Some(item) = self.suggestions.items.get(index).cloned() else { return false };
        match item {
            Item::Country(country) => {
                self.set(Part::Country, country.code());
                self.next_field();
            }
            Item::Currency(currency) => {
                self.set(Part::Currency, currency.code());
                self.next_field();
            }
            Item::Campaign(campaign) => {
                self.set(Part::CampaignId, campaign.as_str());
                self.next_field();
            }
            Item::Partner(partner) => {
                self.set(Part::Partner, partner.as_str());
                self.next_field();
            }
            Item::Customer(customer) => {
                self.take_customer(&customer);
                self.focus = self.first_of_contact();
            }
            Item::Person(person) => {
                self.set(Part::EmployeeFirst, "");
                self.set(Part::EmployeeLast, "");
                if !self.has_person(&person) {
                    self.add_person(PersonDraft::from(&person));
                }
            }
            Item::Owner(person) => {
                self.set(Part::Owner, &person.email);
                self.next_field();
            }
            Item::Solution(solution) => {
                self.set(Part::SolutionFind, "");
                let mut added = SolutionDraft::of_id(solution.id.as_str());
                added.learn(&solution);
                self.add_solution(added);
            }
            Item::Offer(_) => return false,
        }
        true
    }

    /// The legal entity that was picked, with everything that tells it from its neighbours (MG-27, MG-28).
    pub fn take_customer(&mut self, customer: &KnownCustomer) {
        if self.text(Part::CustomerName) != customer.name.as_str()
            || self.picked.get(Part::Duns.path()) != Some(&self.text(Part::Duns))
        {
            // Consent was given by somebody of another customer, if at all.
            self.set(Part::Consent, "");
        }
        // The person of the customer that was picked before.
        let came_along = |part: &Part| self.picked.get(part.path()) == Some(&self.text(*part));
        let theirs: Vec<Part> = Whose::CONTACT.into_iter().filter(came_along).collect();
        theirs.into_iter().for_each(|part| self.set(part, ""));
        self.picked.clear();
        self.wants_contact = self.kind == FormKind::New;
        for (part, value) in texts_of(customer) {
            self.set(part, &value);
            self.picked.insert(part.path().to_owned(), value);
        }
        if let Some(country) = customer.address.country {
            self.set(Part::Country, country.code());
        }
    }
}

impl Form {
    /// Another name stands where one was picked: what came with the picked one belongs to it, and so did the consent (MG-28, MG-31).
    pub fn let_go_of_picked(&mut self) {
        if self.picked.is_empty() || self.picked.get(Part::CustomerName.path()) == Some(&self.text(Part::CustomerName)) {
            return;
        }
        for (path, value) in std::mem::take(&mut self.picked) {
            let part = Part::of_path(&path).filter(|part| *part != Part::CustomerName && self.text(*part) == value);
            part.into_iter().for_each(|part| self.set(part, ""));
        }
        self.set(Part::Consent, "");
    }
}

/// Returns an offer of ours as it is picked.
fn own(offer: &DealOffer) -> Item {
    let known = |id: &Line| KnownSolution {
        id: id.clone(),
        name: Some(offer.name.clone()),
        owner: Owner::Mine,
        assessment: false,
        used: false,
    };
    offer.solution.as_ref().map_or_else(|| Item::Offer(offer.name.clone()), |id| Item::Solution(Box::new(known(id))))
}

/// Returns the lines that hold what was typed; not one that is typed already.
fn lines<'a>(typed: &str, known: &'a [Line]) -> impl Iterator<Item = Line> + 'a {
    let wanted = fold(typed);
    known.iter().filter(move |line| fold(line.as_str()).contains(&wanted) && fold(line.as_str()) != wanted).cloned()
}

/// Returns currencies that begin as typed: that of the customer's country first, then those of big markets.
fn currencies(typed: &str, theirs: Option<Currency>) -> Vec<Item> {
    const FIRST: [&str; 8] = ["USD", "EUR", "KRW", "JPY", "CNY", "TWD", "GBP", "HKD"];
    let wanted = typed.to_uppercase();
    let first = FIRST.iter().filter_map(|code| Currency::parse(code).ok()).filter(|first| Some(*first) != theirs);
    let mut found: Vec<Currency> = theirs.into_iter().chain(first).collect();
    Currency::for_each(|currency| {
        if Currency::parse(currency.code()).is_ok() && !found.contains(&currency) {
            found.push(currency);
        }
    });
    found.into_iter().filter(|currency| currency.code().starts_with(&wanted)).map(Item::Currency).collect()
}
/// Returns what a customer of the directory says in the fields of a deal, the country aside.
pub fn texts_of(customer: &KnownCustomer) -> [(Part, String); 7] {
    let text = |line: &Option<Line>| line.as_ref().map(Line::to_string).unwrap_or_default();
    let address = &customer.address;
    [
        (Part::CustomerName, customer.name.to_string()),
        (Part::Duns, customer.duns.map(|duns| duns.to_string()).unwrap_or_default()),
        (Part::Line1, text(&address.line1)),
        (Part::Line2, text(&address.line2)),
        (Part::City, text(&address.city)),
        (Part::State, text(&address.state)),
        (Part::PostalCode, text(&address.postal_code)),
    ]
}

//! The filter language of desk and commands: how it is read, and which opportunities pass; no database.

use std::ops::Bound;
use std::sync::Arc;

use super::contact::Person;
use super::customer::Country;
use super::date::{Date, Moment};
use super::document::{Column, Words};
use super::fold::{Phrase, push_tokens};
use super::held::Held;
use super::ids::{CenterId, OpportunityId};
use super::instant::Timestamp;
use super::money::Money;
use super::money::{Amount, Currency};
use super::opportunity::{HelpKind, Kind, Opportunity};
use super::outcome::{Outcome, OutcomeKind, Reason};
use super::programme::deal::OfferStatuses;
use super::rate::{HomeRange, HomeRates};
use super::saved_view::Views;
use super::stage::{Stage, StageKind};
use super::tab::Tab;
use super::text::normal;

mod amounts;
mod called;
mod complete;
mod joined;
mod keys;
mod offers;
pub(in crate::domain) mod read;
mod spans;
mod undated;
mod views;
mod whom;

pub use complete::{Completion, HeldKey, complete, held_key, may_complete, one_word};
pub use joined::quoted_key;
pub use keys::{KEYS, YES_NO_KEYS, nearest, of_word};
pub use offers::{Giving, INCENTIVIZED, OfferTest, UNKNOWN};
pub use undated::Dated;
pub use whom::Whom;

/// What the words of a filter are read by.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Relative dates count from here.
    pub moment: Moment,
    /// Who asks.
    pub me: &'a Person,
    /// What `view:` can name.
    pub views: &'a Views,
    /// The currency that amounts without one are meant in, where there are rates; a sign of several currencies means it, where it is one of
    /// them. `None` where each amount is compared in its own.
    pub home: Option<HomeRates<'a>>,
    /// What status solutions give a deal on the day; `None` where no offer is told.
    pub offers: Option<&'a Arc<OfferStatuses>>,
}

/// What a filter asks for; every term has to hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub terms: Vec<Term>,
}

/// One word or `key:value` of a filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Whether it excludes (`-country:KR`).
    pub negated: bool,
    pub test: Test,
}

/// What one term asks of an opportunity. A list of values asks for any of them.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    Text(Field, Vec<Word>),
    Tab(Vec<Tab>),
    Stage(Vec<StageKind>),
    Outcome(Vec<OutcomeKind>),
    Kind(Vec<Kind>),
    Country(Vec<Country>),
    Currency(Vec<Currency>),
    Favorite(bool),
    Waiting(bool),
    Conflict(bool),
    /// Whether the last import brought it or something of it, and nobody has seen it since.
    New(bool),
    /// Who of us it belongs to.
    Owner(Vec<Whom>),
    /// Who of us is on it, where the rep at this machine is among those that are asked for; else words tell.
    Employee(Vec<Whom>),
    /// Whether there is a next step.
    HasNext(bool),
    /// The day of the next step.
    Next((Bound<Date>, Bound<Date>)),
    /// Compared as plain numbers, whatever the currency.
    Value((Bound<Amount>, Bound<Amount>)),
    /// Of amounts of this currency.
    ValueIn(Currency, (Bound<Amount>, Bound<Amount>)),
    /// What it comes to in the home currency; nothing where there is no rate for it.
    HomeValue(HomeRange),
    SalesStage((Bound<u8>, Bound<u8>)),
    /// Why it was declined or lost.
    Reason(Vec<Reason>),
    Help(Vec<Asked>),
    /// The best status that a solution of it has in the programme.
    Offers(OfferTest),
    /// The number that commands know it by.
    Id(Vec<OpportunityId>),
    /// How its name beyond this machine begins.
    Uid(Vec<String>),
    Close((Bound<Date>, Bound<Date>)),
    /// Not archived, and to be closed before this day.
    Overdue(Date),
    /// The deadline of a received one.
    Due((Bound<Timestamp>, Bound<Timestamp>)),
    /// The deadline of one that nobody answered in time.
    RanOut((Bound<Timestamp>, Bound<Timestamp>)),
    /// Creation, where it is known.
    Created(When),
    /// Acceptance, where it is known when.
    Accepted((Bound<Timestamp>, Bound<Timestamp>)),
    /// Its end, where it is known when.
    Archived((Bound<Timestamp>, Bound<Timestamp>)),
    Changed((Bound<Timestamp>, Bound<Timestamp>)),
    /// Any of several ranges of one key (`value:10k|50k`).
    AnyOf(Vec<Test>),
    /// All that any of these saved views asks for.
    Views(Vec<Filter>),
}

/// What is asked of our request for help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// That there is one.
    Any,
    /// That there is none.
    None,
    For(HelpKind),
}

/// A span of time, for what happened at a moment and for that of which only the day is known: a day is the same one in every zone.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    pub moments: (Bound<Timestamp>, Bound<Timestamp>),
    /// From midnight to midnight UTC, as days are kept.
    pub days: (Bound<Timestamp>, Bound<Timestamp>),
}

impl When {
    fn has(&self, at: Timestamp) -> bool {
        within(if at.is_day_only() { &self.days } else { &self.moments }, &at)
    }
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Anywhere,
    Customer,
    Solution,
    Employee,
    Sender,
    Campaign,
    Crm,
    City,
    State,
}

impl Field {
    /// Returns the columns of the search index that are looked at; they may hold more than the field, see [`Field::is_part`].
    pub const fn columns(self) -> &'static [Column] {
        use Column as C;
        match self {
            Self::Anywhere => &[
                C::Deal,
                C::Customer,
                C::Contact,
                C::Employees,
                C::Sender,
                C::Solutions,
                C::Notes,
                C::Crm,
                C::Campaign,
                C::Place,
                C::Initials,
            ],
            Self::Customer => &[C::Customer, C::Initials],
            Self::Solution => &[C::Solutions],
            Self::Employee => &[C::Employees],
            Self::Sender => &[C::Sender],
            Self::Campaign => &[C::Campaign],
            Self::Crm => &[C::Crm],
            Self::City | Self::State => &[C::Place],
        }
    }

    /// Returns whether the field is one of several in its column: then only a look tells in which of them a word stands.
    pub const fn is_part(self) -> bool {
        matches!(self, Self::City | Self::State)
    }

    /// Returns the text of a field that is one of several in its column.
    fn part(self, on: &Opportunity) -> Option<&str> {
        let address = &on.customer.address;
        let line = match self {
            Self::City => address.city.as_ref(),
            Self::State => address.state.as_ref(),
            _ => None,
        };
        line.map(AsRef::as_ref)
    }
}

/// A word that is looked for: as typed, and as the index finds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub typed: String,
    /// `None` when it holds neither letter nor digit; such a word is looked for letter by letter.
    pub phrase: Option<Phrase>,
}

impl Word {
    pub fn new(typed: &str) -> Self {
        // As stored text is: composed.
        let typed = normal(typed).into_owned();
        Self { phrase: Phrase::of(&typed), typed }
    }

    /// Returns whether it stands in a text.
    fn is_in(&self, text: &str) -> bool {
        let Some(phrase) = &self.phrase else { return text.contains(self.typed.as_str()) };
        let mut tokens = String::new();
        push_tokens(text, &mut tokens);
        phrase.is_in(&tokens)
    }

    /// Returns the word as the beginning of an id of Partner Center: at least four hexadecimal digits.
    pub fn id(&self) -> Option<String> {
        let word = self.typed.trim().to_ascii_lowercase();
        let digits = word.bytes().filter(u8::is_ascii_hexdigit).count();
        let shaped = word.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        let like_one = digits >= 8 || word.bytes().any(|b| b.is_ascii_digit());
        if digits >= 4 && shaped && like_one { Some(word) } else { None }
    }
}

impl Filter {
    pub const fn none() -> Self {
        Self { terms: Vec::new() }
    }

    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns whether amounts of several currencies may be compared with one number.
    pub fn mixes_currencies(&self) -> bool {
        self.any(&|test| test.is_value()) && !self.names_a_currency()
    }

    /// Returns whether all amounts are of one currency that is named.
    fn names_a_currency(&self) -> bool {
        let of_one = |term: &Term| !term.negated && matches!(&term.test, Test::Currency(currencies) if currencies.len() == 1);
        self.terms.iter().any(of_one)
    }

    /// Returns filters that stand beside each other with amounts meant in the home currency, but for those whose own is named.
    fn meant<const N: usize>(mut filters: [Self; N], home: Option<HomeRates<'_>>) -> [Self; N] {
        let named = filters.iter().any(Self::names_a_currency);
        if let Some(home) = home.filter(|home| !named && !home.rates.is_empty()) {
            filters.iter_mut().flat_map(|filter| &mut filter.terms).for_each(|term| term.test.put_in_home(home));
        }
        filters
    }

    /// Returns a range that is meant in the home currency, where there is one.
    pub fn home_range(&self) -> Option<&HomeRange> {
        self.terms.iter().find_map(|term| term.test.home_range())
    }

    /// Returns the typed words that must be found somewhere; lists underline them.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.terms
            .iter()
            .filter(|term| !term.negated)
            .filter_map(|term| match &term.test {
                Test::Text(_, words) => Some(words.iter().map(|w| w.typed.as_str())),
                _ => None,
            })
            .flatten()
    }

    /// Returns whether a word that is looked for anywhere may stand in a text; quicker than to take the text apart.
    pub fn may_want(&self, text: &str) -> bool {
        let wants = |word: &Word| word.phrase.as_ref().is_some_and(|phrase| phrase.may_be_in(text));
        self.any(&|test| matches!(test, Test::Text(Field::Anywhere, words) if words.iter().any(wants)))
    }

    /// Returns whether it matters whether an opportunity is new.
    pub fn asks_for_news(&self) -> bool {
        self.any(&|test| matches!(test, Test::New(_)))
    }

    /// Returns whether any test is so, those of saved views in it too.
    fn any(&self, is: &dyn Fn(&Test) -> bool) -> bool {
        self.terms.iter().any(|term| match &term.test {
            Test::Views(views) => views.iter().any(|view| view.any(is)),
            test => is(test),
        })
    }

    /// Returns whether the opportunity passes. The search index answers the same question for many at once.
    pub fn passes(&self, held: &Held) -> bool {
        if self.is_empty() {
            return true;
        }
        self.holds(held, &Words::of(&held.opportunity, &held.extra))
    }

    fn holds(&self, held: &Held, words: &Words<'_>) -> bool {
        self.terms.iter().all(|term| term.test.holds(held, words) != term.negated)
    }
}

impl Test {
    fn put_in_home(&mut self, home: HomeRates<'_>) {
        match self {
            Self::Value(range) => *self = Self::HomeValue(home.range(range)),
            Self::AnyOf(tests) => tests.iter_mut().for_each(|test| test.put_in_home(home)),
            Self::Views(views) => {
                for view in views {
                    let [meant] = Filter::meant([std::mem::take(view)], Some(home));
                    *view = meant;
                }
            }
            _ => {}
        }
    }

    fn home_range(&self) -> Option<&HomeRange> {
        match self {
            Self::HomeValue(range) => Some(range),
            Self::AnyOf(tests) => tests.iter().find_map(Self::home_range),
            Self::Views(views) => views.iter().find_map(Filter::home_range),
            _ => None,
        }
    }

    fn is_value(&self) -> bool {
        match self {
            Self::Value(_) => true,
            Self::AnyOf(tests) => tests.iter().any(Self::is_value),
            _ => false,
        }
    }

    fn holds(&self, held: &Held, document: &Words<'_>) -> bool {
        let on = &held.opportunity;
        match self {
            Self::Text(field, words) => words.iter().any(|word| finds(*field, word, on, document)),
            Self::Tab(tabs) => tabs.iter().any(|tab| tab.holds(on)),
            Self::Stage(stages) => stages.contains(&on.stage.kind()),
            Self::Outcome(outcomes) => on.stage.outcome().is_some_and(|o| outcomes.contains(&o.kind())),
            Self::Kind(kinds) => kinds.contains(&on.kind),
            Self::Country(countries) => on.customer.address.country.is_some_and(|c| countries.contains(&c)),
            Self::Currency(currencies) => on.deal.value.is_some_and(|v| currencies.contains(&v.currency())),
            Self::Favorite(yes) => on.favorite == *yes,
            Self::Waiting(yes) => on.waiting == *yes,
            Self::Conflict(yes) => held.conflicts.is_empty() != *yes,
            Self::New(yes) => held.fresh == *yes,
            Self::Owner(whom) => whom.iter().any(|whom| whom.is(on)),
            Self::Employee(whom) => whom.iter().any(|whom| whom.is_on(on, document)),
            Self::HasNext(yes) => on.next.is_some() == *yes,
            Self::Next(range) => on.next.as_ref().is_some_and(|next| within(range, &next.on)),
            Self::Value(range) => on.deal.value.is_some_and(|value| comes_to(range, value)),
            Self::ValueIn(currency, range) => {
                on.deal.value.is_some_and(|value| value.currency() == *currency && comes_to(range, value))
            }
            Self::HomeValue(range) => on.deal.value.is_some_and(|value| range.holds(value)),
            Self::Close(range) => on.deal.close_date.is_some_and(|date| within(range, &date)),
            Self::Overdue(day) => !on.is_archived() && on.deal.close_date.is_some_and(|date| date < *day),
            Self::SalesStage(range) => on.deal.sales_stage.is_some_and(|stage| within(range, &stage.percent())),
            Self::Reason(reasons) => match on.stage.outcome() {
                Some(Outcome::Lost { reason, .. } | Outcome::Declined { reason, .. }) => {
                    reason.is_some_and(|r| reasons.contains(&r))
                }
                _ => false,
            },
            Self::Help(asked) => asked.iter().any(|asked| match asked {
                Asked::Any => on.help.is_some(),
                Asked::None => on.help.is_none(),
                Asked::For(kind) => on.help.as_ref().is_some_and(|help| help.kind == Some(*kind)),
            }),
            Self::Offers(test) => test.holds(&on.solutions),
            Self::Id(ids) => ids.contains(&on.id),
            Self::Uid(beginnings) => on.uid().is_some_and(|uid| beginnings.iter().any(|b| uid.as_str().starts_with(b.as_str()))),
            Self::Due(range) => match &on.stage {
                Stage::Received { respond_by } => within(range, &respond_by.at),
                Stage::Accepted { .. } | Stage::Lapsed { .. } | Stage::Archived { .. } => false,
            },
            Self::RanOut(range) => match &on.stage {
                Stage::Lapsed { respond_by } | Stage::Received { respond_by } => within(range, &respond_by.at),
                Stage::Accepted { .. } | Stage::Archived { .. } => false,
            },
            Self::Created(when) => on.created_at.is_some_and(|at| when.has(at)),
            Self::Accepted(range) => on.stage.accepted_at().is_some_and(|at| within(range, &at)),
            Self::Archived(range) => on.stage.known_end().is_some_and(|at| within(range, &at)),
            Self::Changed(range) => undated::is_changed_within(range, on),
            Self::AnyOf(tests) => tests.iter().any(|test| test.holds(held, document)),
            Self::Views(views) => views.iter().any(|view| view.holds(held, document)),
        }
    }
}

fn comes_to((from, to): &(Bound<Amount>, Bound<Amount>), value: Money) -> bool {
    let above = match from {
        Bound::Included(amount) => amount.compare(value).is_le(),
        Bound::Excluded(amount) => amount.compare(value).is_lt(),
        Bound::Unbounded => true,
    };
    let below = match to {
        Bound::Included(amount) => amount.compare(value).is_ge(),
        Bound::Excluded(amount) => amount.compare(value).is_gt(),
        Bound::Unbounded => true,
    };
    above && below
}

fn within<T: PartialOrd>(range: &(Bound<T>, Bound<T>), value: &T) -> bool {
    std::ops::RangeBounds::contains(range, value)
}

fn finds(field: Field, word: &Word, on: &Opportunity, document: &Words<'_>) -> bool {
    let begins = |id: &Option<CenterId>, beginning: &str| id.as_ref().is_some_and(|id| id.as_str().starts_with(beginning));
    if field == Field::Anywhere
        && word.id().is_some_and(|beginning| begins(&on.referral_id, &beginning) || begins(&on.engagement_id, &beginning))
    {
        return true;
    }
    match &word.phrase {
        Some(phrase) if field.is_part() => field.part(on).is_some_and(|text| phrase.is_in(&tokens(text))),
        Some(phrase) => field.columns().iter().any(|column| document.have(*column, phrase)),
        None => raw_texts(field, on).any(|text| text.contains(word.typed.as_str())),
    }
}

fn tokens(text: &str) -> String {
    let mut tokens = String::new();
    push_tokens(text, &mut tokens);
    tokens
}

/// The texts in which a word without letters and digits is looked for.
fn raw_texts(field: Field, on: &Opportunity) -> impl Iterator<Item = &str> {
    let deal = &on.deal;
    let all = field == Field::Anywhere;
    let name = deal.name.as_ref().map(AsRef::as_ref).filter(|_| all);
    let notes = deal.notes.as_ref().map(AsRef::as_ref).filter(|_| all);
    let customer = Some(on.customer.name.as_str()).filter(|_| all || field == Field::Customer);
    let crm = deal.crm_id.as_ref().map(AsRef::as_ref).filter(|_| all || field == Field::Crm);
    let campaign = deal.campaign_id.as_ref().map(AsRef::as_ref).filter(|_| all || field == Field::Campaign);
    [name, notes, customer, crm, campaign, field.part(on)].into_iter().flatten()
}

/// What is wrong with a filter, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why:?} in {word}")]
pub struct FilterError {
    /// The word as typed.
    pub word: String,
    pub why: FilterWhy,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterWhy {
    /// Which keys exist is in [`KEYS`], which one was probably meant in [`nearest`].
    UnknownKey(String),
    /// The key takes one of these.
    UnknownValue {
        key: &'static str,
        value: String,
        /// The one that was probably meant.
        meant: Option<&'static str>,
        allowed: Vec<&'static str>,
    },
    NoValue {
        key: &'static str,
    },
    /// A range whose end lies before its beginning.
    Backwards {
        key: &'static str,
        value: String,
    },
    NotAnAmount {
        value: String,
    },
    /// A comma that may stand before decimals or between alternatives.
    AmbiguousComma {
        key: &'static str,
        value: String,
        /// Both ways of writing it without a comma.
        one: String,
        other: String,
    },
    /// A point that may group or stand before decimals.
    TwoReadings {
        value: String,
        one: String,
        other: String,
    },
    /// A sign that several currencies are written with, and nothing says which is meant.
    ManyCurrencies {
        value: String,
        of: Vec<Currency>,
    },
    /// A range of amounts of two currencies.
    TwoCurrencies {
        value: String,
    },
    /// An amount in a currency that the filter does not ask for.
    OtherCurrency {
        value: String,
        currency: Currency,
    },
    NotADate {
        key: &'static str,
        value: String,
    },
    UnknownCountry {
        value: String,
    },
    UnknownCurrency {
        value: String,
    },
    NotAnId {
        value: String,
    },
    NotAUid {
        value: String,
    },
    OpenQuote,
    /// No saved view is called so.
    UnknownView {
        name: String,
        meant: Option<String>,
        known: Vec<String>,
    },
    /// What the filter of a saved view says is not understood.
    ViewWrong {
        name: String,
        error: Box<FilterError>,
    },
    /// A saved view that names itself, through others or not.
    ViewCircle {
        name: String,
    },
    /// Saved views that name others, and these again others, and so on.
    ViewsWithoutEnd,
    /// `owner:me` where nothing says who that is.
    NoMe,
}

#[cfg(test)]
pub(super) mod tests;

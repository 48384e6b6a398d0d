//! Reads the filter language: words, `key:value`, `-`, quotes, lists, ranges and relative dates.

use std::ops::Bound;

use super::amounts::{self, Currencies};
use super::keys;
use super::{Asked, Asking, Field, Filter, FilterError, FilterWhy, Term, Test, Whom, Word, called, joined, offers, spans, views};
use crate::domain::contact::Person;
use crate::domain::customer::Country;
use crate::domain::date::{Moment, Today};
use crate::domain::fold::meant;
use crate::domain::ids::OpportunityId;
use crate::domain::money::Currency;
use crate::domain::opportunity::{HelpKind, Kind};
use crate::domain::outcome::{OutcomeKind, Reason};
use crate::domain::sales::SalesStage;
use crate::domain::saved_view::Views;
use crate::domain::stage::StageKind;
use crate::domain::tab::Tab;
use crate::domain::text::{is_dash, is_unseen};
use crate::domain::typed::Typed;

impl Filter {
    /// As [`Filter::parse_for`], where nothing is known of who asks.
    ///
    /// # Errors
    /// As there.
    pub fn parse(text: &str, moment: Moment) -> Result<Self, FilterError> {
        Self::parse_for(text, moment, &Person::default())
    }

    /// As [`Filter::read`], where there are no saved views.
    ///
    /// # Errors
    /// As there.
    pub fn parse_for(text: &str, moment: Moment, me: &Person) -> Result<Self, FilterError> {
        Self::read(text, &Asking { moment, me, views: &Views::default(), home: None, offers: None })
    }

    /// Reads a filter.
    ///
    /// # Errors
    /// The first word that cannot be understood, with the keys or values there are.
    pub fn read(text: &str, asking: &Asking<'_>) -> Result<Self, FilterError> {
        let filters = Self::read_together([text], asking, &mut Within::default()).map_err(|(_, error)| error)?;
        let [filter] = Self::meant(filters, asking.home);
        Ok(filter)
    }

    /// Returns the first day of a filter that can mean two, as it is typed, and what it is read as.
    pub fn day_of_two(text: &str, today: Today) -> Option<(String, Typed)> {
        joined::words(text, today).ok()?.into_iter().find_map(|word| {
            let (key, value) = word.trim_start_matches(is_dash).split_once(':')?;
            spans::of_two(keys::known(&key.to_lowercase())?, value, today)
        })
    }

    pub(super) fn read_within(text: &str, asking: &Asking<'_>, within: &mut Within) -> Result<Self, FilterError> {
        Self::read_together([text], asking, within).map(|[filter]| filter).map_err(|(_, error)| error)
    }

    /// Reads texts that stand beside each other as one filter; an error tells in which of them it is.
    pub(super) fn read_together<const N: usize>(
        texts: [&str; N],
        asking: &Asking<'_>,
        within: &mut Within,
    ) -> Result<[Self; N], (usize, FilterError)> {
        let mut words = Vec::new();
        for (of, text) in texts.into_iter().enumerate() {
            // Marks of copied text show nothing; those inside a word are left out where words are compared.
            let marks = |c: char| is_unseen(c) && c != '\u{200D}' && !('\u{FE00}'..='\u{FE0F}').contains(&c);
            let text: String = text.chars().filter(|c| !marks(*c)).collect();
            let apart = joined::words(&text, asking.moment.today).map_err(|error| (of, error))?;
            words.extend(apart.into_iter().map(|word| (of, word)));
        }
        let outside = within.currencies.clone();
        let mut read: Vec<Result<Vec<Term>, FilterWhy>> = vec![Ok(Vec::new()); words.len()];
        // What is said of currencies, wherever it stands, is known before an amount is read.
        for turn in [Turn::Currencies, Turn::Others, Turn::Amounts] {
            for (terms, (_, word)) in read.iter_mut().zip(&words).filter(|(_, (_, word))| Turn::of(word) == turn) {
                *terms = terms_of(word, asking, within);
                terms.iter().flatten().for_each(|term| within.currencies.add(term));
            }
        }
        within.currencies = outside;
        let mut filters = [const { Self::none() }; N];
        for (terms, (of, word)) in read.into_iter().zip(words) {
            filters[of].terms.extend(terms.map_err(|why| (of, FilterError { word, why }))?);
        }
        Ok(filters)
    }
}

/// Reads a word, with the terms that it stands for.
fn terms_of(word: &str, asking: &Asking<'_>, within: &mut Within) -> Result<Vec<Term>, FilterWhy> {
    let (negated, rest) = word.strip_prefix(is_dash).filter(|rest| !rest.is_empty()).map_or((false, word), |rest| (true, rest));
    Ok(views::terms(negated, test(rest, asking, within)?))
}

/// In which turn a word is read.
#[derive(PartialEq)]
enum Turn {
    Currencies,
    Others,
    Amounts,
}

impl Turn {
    fn of(word: &str) -> Self {
        let key = word.trim_start_matches(is_dash).split([':', '：']).next().unwrap_or_default();
        match keys::known(&key.to_lowercase()) {
            Some("currency") => Self::Currencies,
            Some("value") => Self::Amounts,
            _ => Self::Others,
        }
    }
}

/// The saved views whose filters are being read, the innermost last.
#[derive(Default)]
pub(super) struct Within {
    /// What of their names is compared.
    pub views: Vec<String>,
    /// How many were looked into so far.
    pub seen: usize,
    /// What is said of currencies around what is being read.
    pub currencies: Currencies,
}

/// Splits at blanks outside quotes; the quotes stay, so that `"a:b"` is a word and not a key.
pub(in crate::domain) fn split(text: &str) -> Result<Vec<String>, FilterError> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' | '“' | '”' | '＂' => {
                quoted = !quoted;
                word.push('"');
            }
            c if c.is_whitespace() && !quoted => words.extend(Some(std::mem::take(&mut word)).filter(|w| !w.is_empty())),
            c => word.push(c),
        }
    }
    if quoted {
        // A lone quote is looked for as it is; an open one around words is a slip.
        return if word == "\"" {
            Ok([words, vec![word]].concat())
        } else {
            Err(FilterError { word, why: FilterWhy::OpenQuote })
        };
    }
    words.extend(Some(word).filter(|w| !w.is_empty()));
    Ok(words)
}

pub(super) fn unquoted(text: &str) -> String {
    if text == "\"" { text.to_owned() } else { text.replace('"', "") }
}

fn test(word: &str, asking: &Asking<'_>, within: &mut Within) -> Result<Test, FilterWhy> {
    let key_end = word.find([':', '：']).filter(|_| !word.starts_with('"'));
    let Some((key, value)) = key_end.map(|at| (&word[..at], word[at..].trim_start_matches([':', '：']))) else {
        return Ok(Test::Text(Field::Anywhere, words_of(&unquoted(word))));
    };
    let lower = key.to_lowercase();
    let Some(key) = keys::known(&lower) else {
        // `http://…` and `:-)` are words; `contry:KR` is a slip.
        let is_name = key.chars().all(char::is_alphabetic) || (key.contains('-') && keys::nearest(&lower).is_some());
        let like_a_key = !key.is_empty() && is_name && !value.starts_with('/');
        return if like_a_key {
            Err(FilterWhy::UnknownKey(key.to_owned()))
        } else {
            Ok(Test::Text(Field::Anywhere, vec![Word::new(word)]))
        };
    };
    // Nothing but separators is no value either.
    if list(value).iter().all(|part| part.trim().is_empty()) {
        return Err(FilterWhy::NoValue { key });
    }
    match key {
        "view" => views::named(value, asking, within),
        offers::KEY => offers::read(value, asking),
        "value" => any(value, |one| amounts::test(key, one, &within.currencies, asking.home.map(|home| home.currency))),
        _ => keyed(key, value, asking),
    }
}

/// Returns the words by which one is found: itself, and where signs join it what they join (`smith&jones` stands in `Smith & Jones`).
fn words_of(typed: &str) -> Vec<Word> {
    let joins = |c: char| matches!(c, '&' | '+');
    let inside = typed.trim_matches(|c: char| !c.is_alphanumeric());
    let apart = inside.contains(joins) && !inside.contains(char::is_whitespace);
    let apart = apart.then(|| Word::new(&inside.replace(joins, " ")));
    // A phone number is kept as one; its groups may be set apart as they like.
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.' | '/') || c.is_whitespace();
    let number = typed.contains(char::is_whitespace) && typed.chars().all(is_number);
    let number = number.then(|| Word::new(&typed.replace(char::is_whitespace, "-")));
    [Word::new(typed)].into_iter().chain(apart).chain(number).collect()
}

fn keyed(key: &'static str, value: &str, asking: &Asking<'_>) -> Result<Test, FilterWhy> {
    let (moment, me) = (asking.moment, asking.me);
    let words = |field| Ok(Test::Text(field, list(value).iter().flat_map(|v| words_of(v)).collect()));
    match key {
        "tab" => one_of(key, value, Tab::from_code).map(Test::Tab),
        "stage" => one_of(key, value, by_code(StageKind::ALL, StageKind::code)).map(Test::Stage),
        "outcome" => one_of(key, value, by_code(OutcomeKind::ALL, OutcomeKind::code)).map(Test::Outcome),
        "type" => one_of(key, value, by_code(Kind::ALL, Kind::code)).map(Test::Kind),
        "reason" => one_of(key, value, Reason::read).map(Test::Reason),
        "help" => one_of(key, value, help).map(Test::Help),
        "sales-stage" => any_of_list(value, |one| sales_stages(key, one).map(Test::SalesStage)),
        "id" => each(value, id).map(Test::Id),
        "uid" => each(value, beginning_of_uid).map(Test::Uid),
        "country" => {
            each(value, |v| Country::typed(v).map_err(|_| FilterWhy::UnknownCountry { value: v.to_owned() })).map(Test::Country)
        }
        "currency" => each(value, |v| Currency::parse(v).map_err(|_| FilterWhy::UnknownCurrency { value: v.to_owned() }))
            .map(Test::Currency),
        "customer" => words(Field::Customer),
        "solution" => words(Field::Solution),
        "employee" => {
            let whom = list(value).iter().map(|one| employee(one, me)).collect::<Result<Vec<_>, _>>()?.concat();
            let has_me = whom.iter().any(|whom| matches!(whom, Whom::Me(_)));
            if has_me { Ok(Test::Employee(whom)) } else { words(Field::Employee) }
        }
        "sender" => words(Field::Sender),
        "campaign" => words(Field::Campaign),
        "crm" => words(Field::Crm),
        "city" => words(Field::City),
        "state" => words(Field::State),
        "favorite" => yes_no(key, value).map(Test::Favorite),
        "waiting" => yes_no(key, value).map(Test::Waiting),
        "conflict" => yes_no(key, value).map(Test::Conflict),
        "new" => yes_no(key, value).map(Test::New),
        "owner" => each(value, |one| whom(one, me)).map(Test::Owner),
        "next" => yes_no(key, value).map(Test::HasNext).or_else(|_| any_of_list(value, |one| spans::next(key, one, moment))),
        "close" => any_of_list(value, |one| spans::close(key, one, moment)),
        "due" => any_of_list(value, |one| spans::due(key, one, moment)),
        "received" | "created" => any_of_list(value, |one| spans::when(key, one, moment).map(Test::Created)),
        "accepted" => any_of_list(value, |one| spans::behind(key, one, moment).map(Test::Accepted)),
        "archived" => any_of_list(value, |one| spans::behind(key, one, moment).map(Test::Archived)),
        _ => any_of_list(value, |one| spans::behind(key, one, moment).map(Test::Changed)),
    }
}

fn whom(value: &str, me: &Person) -> Result<Whom, FilterWhy> {
    let lower = value.to_lowercase();
    match called::value("owner", &lower).unwrap_or(&lower) {
        "me" if me.email.is_empty() && me.name().is_empty() => Err(FilterWhy::NoMe),
        "me" => Ok(Whom::Me(me.clone())),
        "none" => Ok(Whom::Nobody),
        _ => Ok(Whom::Named(Word::new(value))),
    }
}

/// Returns whom a value means among employees, in each spelling that is looked for elsewhere, too.
fn employee(value: &str, me: &Person) -> Result<Vec<Whom>, FilterWhy> {
    Ok(match whom(value, me)? {
        Whom::Me(me) => vec![Whom::Me(me)],
        Whom::Nobody | Whom::Named(_) => words_of(value).into_iter().map(Whom::Named).collect(),
    })
}

/// Splits a value at commas outside quotes.
pub(in crate::domain) fn list(value: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut quoted = false;
    for c in value.chars().chain([',']) {
        match c {
            '"' => quoted = !quoted,
            ',' | '、' if !quoted => parts.push(std::mem::take(&mut part)),
            c => part.push(c),
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn each<T>(value: &str, read: impl Fn(&str) -> Result<T, FilterWhy>) -> Result<Vec<T>, FilterWhy> {
    list(value).iter().map(|v| read(v.trim())).collect()
}

/// Reads a list of what a key names; a wrong one is told with all there are.
fn one_of<T>(key: &'static str, value: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, FilterWhy> {
    let named = |v: &str| called::value(key, v).and_then(&read);
    each(value, |v| read(&unquoted(v)).or_else(|| named(&unquoted(v))).ok_or_else(|| unknown(key, v)))
}

fn unknown(key: &'static str, value: &str) -> FilterWhy {
    let allowed = keys::values(key);
    // Numbers are not near each other by their digits.
    let meant = Some(unquoted(value)).filter(|v| v.contains(char::is_alphabetic)).and_then(|v| meant(&v, &allowed));
    FilterWhy::UnknownValue { key, value: value.to_owned(), meant, allowed }
}

fn by_code<T: Copy, const N: usize>(all: [T; N], code: fn(T) -> &'static str) -> impl Fn(&str) -> Option<T> {
    move |v| all.into_iter().find(|item| code(*item).eq_ignore_ascii_case(v))
}

fn yes_no(key: &'static str, value: &str) -> Result<bool, FilterWhy> {
    let typed = unquoted(value);
    let value = typed.to_lowercase();
    read_yes_no(called::value(key, &value).unwrap_or(&value))
        .or(match value.as_str() {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        })
        .ok_or_else(|| unknown(key, &typed))
}

fn read_yes_no(value: &str) -> Option<bool> {
    match value {
        "yes" | "y" | "true" => Some(true),
        "no" | "n" | "false" => Some(false),
        _ => None,
    }
}

/// Digits are the numbers of the kinds, not yes and no.
fn help(value: &str) -> Option<Asked> {
    match read_yes_no(&value.to_lowercase()) {
        Some(true) => Some(Asked::Any),
        Some(false) => Some(Asked::None),
        None => HelpKind::read(value).map(Asked::For),
    }
}

/// Reads percent: one of the six stages, or a range of any.
fn sales_stages(key: &'static str, value: &str) -> Result<Bounds<u8>, FilterWhy> {
    let percent = |text: &str| {
        let number = text.trim_end_matches('%').trim_end();
        number.parse().ok().filter(|n| *n <= 100).ok_or_else(|| unknown(key, text))
    };
    let bounds = range(value, percent)?;
    match bounds {
        (Bound::Included(one), Bound::Included(other)) if one == other && SalesStage::of(one).is_none() => {
            Err(unknown(key, value))
        }
        (Bound::Included(from), Bound::Included(to)) if from > to => Err(FilterWhy::Backwards { key, value: value.to_owned() }),
        bounds => Ok(bounds),
    }
}

fn id(value: &str) -> Result<OpportunityId, FilterWhy> {
    let digits = unquoted(value);
    let digits = digits.trim();
    let number = digits.strip_prefix('#').unwrap_or(digits).parse::<i64>().ok().filter(|number| *number > 0);
    number.map(OpportunityId).ok_or_else(|| FilterWhy::NotAnId { value: value.to_owned() })
}

fn beginning_of_uid(value: &str) -> Result<String, FilterWhy> {
    let beginning = unquoted(value).trim().to_ascii_lowercase();
    let is_one = beginning.len() <= 36 && beginning.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    if is_one && !beginning.is_empty() { Ok(beginning) } else { Err(FilterWhy::NotAUid { value: value.to_owned() }) }
}

pub(in crate::domain) type Bounds<T> = (Bound<T>, Bound<T>);

/// Reads `>x`, `>=x`, `<x`, `<=x`, `a..b` (both included), `a..`, `..b` or `x`.
pub(in crate::domain) fn range<T: Clone>(
    value: &str,
    read: impl Fn(&str) -> Result<T, FilterWhy>,
) -> Result<Bounds<T>, FilterWhy> {
    let value = unquoted(value).replace('＞', ">").replace('＜', "<");
    let value = value.trim();
    if let Some((from, to)) = value.split_once("..") {
        let bound =
            |text: &str| if text.trim().is_empty() { Ok(Bound::Unbounded) } else { read(text.trim()).map(Bound::Included) };
        return Ok((bound(from)?, bound(to)?));
    }
    if let Some(rest) = value.strip_prefix(">=") {
        return Ok((Bound::Included(read(rest)?), Bound::Unbounded));
    }
    if let Some(rest) = value.strip_prefix("<=") {
        return Ok((Bound::Unbounded, Bound::Included(read(rest)?)));
    }
    if let Some(rest) = value.strip_prefix('>') {
        return Ok((Bound::Excluded(read(rest)?), Bound::Unbounded));
    }
    if let Some(rest) = value.strip_prefix('<') {
        return Ok((Bound::Unbounded, Bound::Excluded(read(rest)?)));
    }
    let exact = read(value)?;
    Ok((Bound::Included(exact.clone()), Bound::Included(exact)))
}

/// Reads alternatives between strokes.
fn any(value: &str, read: impl Fn(&str) -> Result<Test, FilterWhy>) -> Result<Test, FilterWhy> {
    let parts: Vec<&str> = value.split('|').map(str::trim).filter(|part| !unquoted(part).trim().is_empty()).collect();
    match parts[..] {
        [] | [_] => read(parts.first().copied().unwrap_or(value)),
        _ => parts.into_iter().map(read).collect::<Result<_, _>>().map(Test::AnyOf),
    }
}

/// As [`any`]; a comma, which no day has but one in words, separates as well.
pub(super) fn any_of_list(value: &str, read: impl Fn(&str) -> Result<Test, FilterWhy>) -> Result<Test, FilterWhy> {
    any(value, |part| {
        read(part).or_else(|why| {
            let days = list(part);
            let each = || days.iter().map(|day| read(day.trim())).collect::<Result<Vec<_>, _>>();
            if days.len() > 1 { each().map(Test::AnyOf).map_err(|_| why) } else { Err(why) }
        })
    })
}

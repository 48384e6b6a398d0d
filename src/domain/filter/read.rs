//! Reads the filter language: words, `key:value`, `-`, quotes, lists, ranges and relative dates.

use std::ops::Bound;

use super::{Field, Filter, FilterError, FilterWhy, KEYS, Term, Test, When, Whom, Word, YES_NO_KEYS};
use crate::domain::contact::Person;
use crate::domain::customer::Country;
use crate::domain::date::{Date, Moment};
use crate::domain::instant::Timestamp;
use crate::domain::money::{Amount, Currency, Mark};
use crate::domain::opportunity::Kind;
use crate::domain::outcome::OutcomeKind;
use crate::domain::stage::StageKind;
use crate::domain::tab::Tab;
use crate::domain::text::{half_width, is_dash, is_unseen};

impl Filter {
    /// As [`Filter::parse_for`], where nothing is known of who asks.
    ///
    /// # Errors
    /// As there.
    pub fn parse(text: &str, moment: Moment) -> Result<Self, FilterError> {
        Self::parse_for(text, moment, &Person::default())
    }

    /// Reads a filter; relative dates count from `moment`, and `me` is who asks.
    ///
    /// # Errors
    /// The first word that cannot be understood, with the keys or values there are.
    pub fn parse_for(text: &str, moment: Moment, me: &Person) -> Result<Self, FilterError> {
        let mut terms = Vec::new();
        // Marks of copied text show nothing; those inside a word are left out where words are compared.
        let marks = |c: char| is_unseen(c) && c != '\u{200D}' && !('\u{FE00}'..='\u{FE0F}').contains(&c);
        let text: String = text.chars().filter(|c| !marks(*c)).collect();
        for word in split(&text)? {
            let word = as_typed_without_input_method(word);
            let (negated, rest) =
                word.strip_prefix(is_dash).filter(|rest| !rest.is_empty()).map_or((false, word.as_str()), |rest| (true, rest));
            let test = test(rest, moment, me).map_err(|why| FilterError { word: word.clone(), why })?;
            terms.push(Term { negated, test });
        }
        Ok(Self { terms })
    }
}

/// Returns a word in half width; one of nothing but signs is looked for as it is.
fn as_typed_without_input_method(word: String) -> String {
    if word.is_ascii() || !word.contains(char::is_alphanumeric) { word } else { half_width(&word).into_owned() }
}

/// Splits at blanks outside quotes; the quotes stay, so that `"a:b"` is a word and not a key.
fn split(text: &str) -> Result<Vec<String>, FilterError> {
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

fn unquoted(text: &str) -> String {
    if text == "\"" { text.to_owned() } else { text.replace('"', "") }
}

fn test(word: &str, moment: Moment, me: &Person) -> Result<Test, FilterWhy> {
    let key_end = word.find([':', '：']).filter(|_| !word.starts_with('"'));
    let Some((key, value)) = key_end.map(|at| (&word[..at], word[at..].trim_start_matches([':', '：']))) else {
        return Ok(Test::Text(Field::Anywhere, words_of(&unquoted(word))));
    };
    let lower = key.to_lowercase();
    let known = KEYS.into_iter().chain(YES_NO_KEYS).find(|k| *k == lower);
    let Some(key) = known else {
        // `http://…` and `:-)` are words; `contry:KR` is a slip.
        let like_a_key = !key.is_empty() && key.chars().all(char::is_alphabetic) && !value.starts_with('/');
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
    keyed(key, value, moment, me)
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

fn keyed(key: &'static str, value: &str, moment: Moment, me: &Person) -> Result<Test, FilterWhy> {
    let words = |field| Ok(Test::Text(field, list(value).iter().flat_map(|v| words_of(v)).collect()));
    match key {
        "tab" => any_of(key, value, &Tab::CODES, Tab::from_code).map(Test::Tab),
        "stage" => named(key, value, StageKind::ALL, StageKind::code).map(Test::Stage),
        "outcome" => named(key, value, OutcomeKind::ALL, OutcomeKind::code).map(Test::Outcome),
        "type" => named(key, value, Kind::ALL, Kind::code).map(Test::Kind),
        "country" => {
            each(value, |v| Country::typed(v).map_err(|_| FilterWhy::UnknownCountry { value: v.to_owned() })).map(Test::Country)
        }
        "currency" => each(value, |v| Currency::parse(v).map_err(|_| FilterWhy::UnknownCurrency { value: v.to_owned() }))
            .map(Test::Currency),
        "customer" => words(Field::Customer),
        "solution" => words(Field::Solution),
        "employee" => words(Field::Employee),
        "sender" => words(Field::Sender),
        "campaign" => words(Field::Campaign),
        "crm" => words(Field::Crm),
        "favorite" => yes_no(key, value).map(Test::Favorite),
        "waiting" => yes_no(key, value).map(Test::Waiting),
        "conflict" => yes_no(key, value).map(Test::Conflict),
        "owner" => each(value, |one| whom(one, me)).map(Test::Owner),
        "next" => yes_no(key, value).map(Test::HasNext).or_else(|_| any_day(value, |one| next(key, one, moment).map(Test::Next))),
        "value" => any(value, |one| amounts(key, one).map(Test::Value)),
        "close" => any_day(value, |one| dates(key, one, moment).map(Test::Close)),
        "due" => any_day(value, |one| times(key, one, moment, Ahead::Yes).map(Test::Due)),
        "received" => any_day(value, |one| {
            let (moments, days) = (times(key, one, moment, Ahead::No)?, times(key, one, moment.among_days(), Ahead::No)?);
            Ok(Test::Received(When { moments, days }))
        }),
        _ => any_day(value, |one| times(key, one, moment, Ahead::No).map(Test::Changed)),
    }
}

fn whom(value: &str, me: &Person) -> Result<Whom, FilterWhy> {
    match value.to_lowercase().as_str() {
        "me" if me.email.is_empty() && me.name().is_empty() => Err(FilterWhy::NoMe),
        "me" => Ok(Whom::Me(me.clone())),
        "none" => Ok(Whom::Nobody),
        _ => Ok(Whom::Named(Word::new(value))),
    }
}

fn next(key: &'static str, value: &str, moment: Moment) -> Result<Bounds<Date>, FilterWhy> {
    let is_overdue = unquoted(value).eq_ignore_ascii_case("overdue");
    if is_overdue { Ok((Bound::Unbounded, Bound::Excluded(moment.today))) } else { dates(key, value, moment) }
}

/// Splits a value at commas outside quotes.
fn list(value: &str) -> Vec<String> {
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

fn any_of<T>(
    key: &'static str,
    value: &str,
    allowed: &[&'static str],
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, FilterWhy> {
    each(value, |v| read(v).ok_or_else(|| FilterWhy::UnknownValue { key, value: v.to_owned(), allowed: allowed.to_vec() }))
}

fn named<T: Copy, const N: usize>(
    key: &'static str,
    value: &str,
    all: [T; N],
    code: fn(T) -> &'static str,
) -> Result<Vec<T>, FilterWhy> {
    any_of(key, value, &all.map(code), |v| all.into_iter().find(|item| code(*item).eq_ignore_ascii_case(v)))
}

fn yes_no(key: &'static str, value: &str) -> Result<bool, FilterWhy> {
    match unquoted(value).to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        other => Err(FilterWhy::UnknownValue { key, value: other.to_owned(), allowed: vec!["yes", "no"] }),
    }
}

type Bounds<T> = (Bound<T>, Bound<T>);

/// Reads `>x`, `>=x`, `<x`, `<=x`, `a..b` (both included), `a..`, `..b` or `x`.
fn range<T: Clone>(value: &str, read: impl Fn(&str) -> Result<T, FilterWhy>) -> Result<Bounds<T>, FilterWhy> {
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

/// As [`any`]; between days a comma, which no day has but one in words, separates as well.
fn any_day(value: &str, read: impl Fn(&str) -> Result<Test, FilterWhy>) -> Result<Test, FilterWhy> {
    any(value, |part| {
        read(part).or_else(|why| {
            let days = list(part);
            let each = || days.iter().map(|day| read(day.trim())).collect::<Result<Vec<_>, _>>();
            if days.len() > 1 { each().map(Test::AnyOf).map_err(|_| why) } else { Err(why) }
        })
    })
}

fn amounts(key: &'static str, value: &str) -> Result<Bounds<Amount>, FilterWhy> {
    // `5,10` may be five and a tenth, or five and ten.
    let decimal_comma = |text: &str| {
        let behind = text.rsplit_once(',').map(|(_, behind)| behind.chars().take_while(char::is_ascii_digit).count());
        !text.contains('.') && behind.is_some_and(|digits| digits < 3)
    };
    let plain = unquoted(value);
    // No number has a blank behind its comma.
    if plain.contains(", ") || plain.contains('、') {
        let parts = plain.replace(", ", "、");
        let other = parts.split('、').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("|");
        return Err(FilterWhy::AmbiguousComma { key, value: plain, one: other.clone(), other });
    }
    let is_list = list(value).len() > 1 && list(value).iter().all(|part| range(part, amount).is_ok());
    let one = range(value, amount);
    let ambiguous = plain.contains(',') && is_list && (one.is_err() || plain.split("..").any(decimal_comma));
    if ambiguous {
        let other = list(value).iter().map(|part| part.trim().to_owned()).collect::<Vec<_>>().join("|");
        // Where it can be no decimal comma there is one way of writing it.
        let decimal = if one.is_ok() { plain.replace(',', ".") } else { other.clone() };
        return Err(FilterWhy::AmbiguousComma { key, value: plain, one: decimal, other });
    }
    one
}

fn amount(text: &str) -> Result<Amount, FilterWhy> {
    let wrong = || FilterWhy::NotAnAmount { value: text.to_owned() };
    let amount = Amount::parse(text).map_err(|_| wrong())?;
    if amount.open() == Some(Mark::Point) {
        let [one, other] = amount.readings().map(|amount| amount.to_string());
        return Err(FilterWhy::TwoReadings { value: text.to_owned(), one, other });
    }
    Ok(amount)
}

/// Returns first and last day of `today`, `this-week`, `next-month`, `last-quarter`, `this-year`, `2026-12` or `2026`.
fn period(value: &str, today: Date) -> Option<(Date, Date)> {
    if value == "today" {
        return Some((today, today));
    }
    if let Some((which, unit)) = value.split_once('-') {
        let step: i64 = match which {
            "this" => 0,
            "next" => 1,
            "last" => -1,
            _ => return month(value),
        };
        if unit == "week" {
            let monday = today.monday().plus_days(step * 7);
            return Some((monday, monday.plus_days(6)));
        }
        let months = match unit {
            "month" => 1,
            "quarter" => 3,
            "year" => 12,
            _ => return None,
        };
        let inside = match step {
            1 => today.end_of(months).plus_days(1),
            -1 => today.start_of(months).plus_days(-1),
            _ => today,
        };
        return Some((inside.start_of(months), inside.end_of(months)));
    }
    let year = Some(value).filter(|v| v.len() == 4).and_then(|v| v.parse().ok()).and_then(|y| Date::new(y, 1, 1))?;
    Some((year, year.end_of(12)))
}

fn month(value: &str) -> Option<(Date, Date)> {
    let first = Date::iso(&format!("{value}-01")).ok()?;
    Some((first, first.end_of(1)))
}

/// A number of days counted from now, as `<3d` and `>=2w` have it.
struct Days {
    /// Whether it is less than so many.
    less: bool,
    /// Whether the last day belongs to it.
    included: bool,
    days: i64,
}

fn days(value: &str) -> Option<Days> {
    let sign = value.chars().next().filter(|c| matches!(c, '<' | '>'))?;
    let (rest, included) = value[1..].strip_prefix('=').map_or((&value[1..], false), |rest| (rest, true));
    let (count, unit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
    let count: i64 = count.parse().ok().filter(|n| (0..=36_500).contains(n))?;
    let days = match unit {
        "d" => count,
        "w" => count * 7,
        "m" => count * 30,
        "y" => count * 365,
        _ => return None,
    };
    Some(Days { less: sign == '<', included, days })
}

fn dates(key: &'static str, value: &str, moment: Moment) -> Result<Bounds<Date>, FilterWhy> {
    let plain = unquoted(value).replace('＜', "<").replace('＞', ">").to_lowercase();
    if let Some((first, last)) = period(&plain, moment.today) {
        return Ok((Bound::Included(first), Bound::Included(last)));
    }
    if let Some(Days { less, included, days }) = days(&plain) {
        let date = moment.today.plus_days(days);
        let bound = if included { Bound::Included(date) } else { Bound::Excluded(date) };
        return Ok(if less { (Bound::Unbounded, bound) } else { (bound, Bound::Unbounded) });
    }
    range(value, |text| Date::typed(text, moment.today).map_err(|_| FilterWhy::NotADate { key, value: text.to_owned() }))
}

/// Whether `<3d` looks ahead (a deadline) or back (an age).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ahead {
    Yes,
    No,
}

fn times(key: &'static str, value: &str, moment: Moment, ahead: Ahead) -> Result<Bounds<Timestamp>, FilterWhy> {
    let plain = unquoted(value).replace('＜', "<").replace('＞', ">").to_lowercase();
    if let Some(Days { less, included, days }) = days(&plain) {
        let days = if ahead == Ahead::Yes { days } else { -days };
        let before = less == (ahead == Ahead::Yes);
        // With its last day, a number of days goes to the edge of that day where the user is.
        let day = moment.today.plus_days(days);
        return Ok(match (before, included) {
            (true, false) => (Bound::Unbounded, Bound::Excluded(moment.now.plus_days(days))),
            (true, true) => (Bound::Unbounded, Bound::Excluded(moment.start_of(day.plus_days(1)))),
            (false, false) => (Bound::Excluded(moment.now.plus_days(days)), Bound::Unbounded),
            (false, true) => (Bound::Included(moment.start_of(day)), Bound::Unbounded),
        });
    }
    let (from, to) = dates(key, value, moment)?;
    let start = |date: Date| moment.start_of(date);
    let after = |date: Date| moment.start_of(date.plus_days(1));
    let from = match from {
        Bound::Included(date) => Bound::Included(start(date)),
        Bound::Excluded(date) => Bound::Included(after(date)),
        Bound::Unbounded => Bound::Unbounded,
    };
    let to = match to {
        Bound::Included(date) => Bound::Excluded(after(date)),
        Bound::Excluded(date) => Bound::Excluded(start(date)),
        Bound::Unbounded => Bound::Unbounded,
    };
    Ok((from, to))
}

//! Amounts of a filter, and the currency that a sign or code beside one names.

use std::ops::Bound;

use super::read::{Bounds, list, range, unquoted};
use super::{FilterWhy, Term, Test};
use crate::domain::invalid::Invalid;
use crate::domain::money::{Amount, Currency, Mark};

/// What a filter says of currencies: what amounts beside it can be in.
#[derive(Debug, Clone, Default)]
pub(super) struct Currencies {
    asked: Vec<Vec<Currency>>,
    excluded: Vec<Currency>,
}

impl Currencies {
    /// Takes what a term says of them.
    pub(super) fn add(&mut self, term: &Term) {
        match &term.test {
            Test::Currency(currencies) if term.negated => self.excluded.extend(currencies),
            Test::Currency(currencies) => self.asked.push(currencies.clone()),
            _ => {}
        }
    }

    /// Returns whether some are asked for by name.
    fn is_asked(&self) -> bool {
        !self.asked.is_empty()
    }

    fn allow(&self, currency: Currency) -> bool {
        self.asked.iter().all(|any| any.contains(&currency)) && !self.excluded.contains(&currency)
    }
}

/// An amount as it was typed, with the currencies that its sign or code can mean, the most usual first.
#[derive(Debug, Clone)]
struct Typed {
    amount: Amount,
    of: Option<Vec<Currency>>,
    /// Whether the first of them is meant where nothing else decides.
    is_usual: bool,
}

/// Reads a range of amounts, in the currency of its signs where it has some.
pub(super) fn test(key: &'static str, value: &str, beside: &Currencies, home: Option<Currency>) -> Result<Test, FilterWhy> {
    let bounds = amounts(key, value)?;
    let each = [&bounds.0, &bounds.1].into_iter().filter_map(|bound| match bound {
        Bound::Included(typed) | Bound::Excluded(typed) => Some(typed),
        Bound::Unbounded => None,
    });
    let signed: Vec<(&Vec<Currency>, bool)> = each.filter_map(|typed| Some((typed.of.as_ref()?, typed.is_usual))).collect();
    let plain = |bound: &Bound<Typed>| bound.as_ref().map(|typed| typed.amount);
    let range = (plain(&bounds.0), plain(&bounds.1));
    let Some((first, is_usual)) = signed.first().copied() else { return Ok(Test::Value(range)) };
    let value = unquoted(value);
    let all: Vec<Currency> = first.iter().copied().filter(|one| signed.iter().all(|(of, _)| of.contains(one))).collect();
    if all.is_empty() {
        return Err(FilterWhy::TwoCurrencies { value });
    }
    let own = home.filter(|home| all.contains(home)).or(is_usual.then_some(all[0]));
    let allowed: Vec<Currency> = all.iter().copied().filter(|currency| beside.allow(*currency)).collect();
    match (own.filter(|own| allowed.contains(own)), &allowed[..]) {
        (Some(own), _) => Ok(Test::ValueIn(own, range)),
        (None, [only]) if own.is_none() || beside.is_asked() => Ok(Test::ValueIn(*only, range)),
        (None, [_, _, ..]) if own.is_none() || beside.is_asked() => Err(FilterWhy::ManyCurrencies { value, of: allowed }),
        _ => Err(FilterWhy::OtherCurrency { value, currency: own.unwrap_or(all[0]) }),
    }
}

/// Returns whether an amount goes on behind a blank: before it stands a unit, or behind it a unit or a currency in capitals. What are
/// digits on both sides can be another word that is looked for.
pub(super) fn goes_on(value: &str, next: &str) -> bool {
    let begins_with_digit = next.starts_with(|c: char| c.is_ascii_digit());
    let is_code = next.len() == 3 && next.bytes().all(|b| b.is_ascii_alphabetic());
    let unit_before = value.ends_with(|c: char| !c.is_ascii() && c.is_alphabetic());
    if is_code { next.bytes().all(|b| b.is_ascii_uppercase()) } else { unit_before || !begins_with_digit }
}

/// Returns whether a text is an amount or a range of them, though it can be read in two ways.
pub(super) fn is_one(text: &str) -> bool {
    matches!(range(text, amount), Ok(_) | Err(FilterWhy::TwoReadings { .. }))
}

fn amounts(key: &'static str, value: &str) -> Result<Bounds<Typed>, FilterWhy> {
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
    match &one {
        Ok((Bound::Included(from), Bound::Included(to))) if from.amount.is_above(to.amount) => {
            Err(FilterWhy::Backwards { key, value: plain })
        }
        _ => one,
    }
}

fn amount(text: &str) -> Result<Typed, FilterWhy> {
    let (rest, code) = without_code(text.trim());
    let amount = Amount::parse(rest).map_err(|why| match why {
        Invalid::TwoReadings { one, other } => FilterWhy::TwoReadings { value: text.to_owned(), one, other },
        _ => FilterWhy::NotAnAmount { value: text.to_owned() },
    })?;
    if amount.open() == Some(Mark::Point) {
        let [one, other] = amount.readings().map(|amount| amount.to_string());
        return Err(FilterWhy::TwoReadings { value: text.to_owned(), one, other });
    }
    let (signs, is_usual) = Amount::signs(rest).map_or((None, false), |(signs, is_usual)| (Some(signs), is_usual));
    let of = match (code, signs) {
        (Some(code), Some(signs)) => Some(code.into_iter().filter(|one| signs.contains(one)).collect()),
        (code, signs) => code.or(signs),
    };
    Ok(Typed { amount, of, is_usual })
}

/// Signs that begin with letters; those of money alone are known to every amount.
const SIGNS: [(&str, &[&str]); 14] = [
    ("US$", &["USD"]),
    ("AU$", &["AUD"]),
    ("A$", &["AUD"]),
    ("CA$", &["CAD"]),
    ("C$", &["CAD"]),
    ("NZ$", &["NZD"]),
    ("SG$", &["SGD"]),
    ("S$", &["SGD"]),
    ("HK$", &["HKD"]),
    ("NT$", &["TWD"]),
    ("R$", &["BRL"]),
    ("MX$", &["MXN"]),
    ("RMB", &["CNY"]),
    ("KR", &["SEK", "NOK", "DKK", "ISK"]),
];

/// Takes a currency code, or a sign with letters, off either end of an amount; returns what is left and the currencies it can mean.
fn without_code(text: &str) -> (&str, Option<Vec<Currency>>) {
    // `5 cr` is five crore.
    if Amount::parse(text).is_ok() {
        return (text, None);
    }
    let named = |part: &str| -> Option<Vec<Currency>> {
        let sign = SIGNS.iter().find(|(sign, _)| part.eq_ignore_ascii_case(sign));
        let of_sign = sign.map(|(_, codes)| codes.iter().filter_map(|code| Currency::from_code(code)).collect());
        let is_code = part.len() == 3 && part.bytes().all(|b| b.is_ascii_alphabetic());
        of_sign.or_else(|| Currency::parse(part).ok().filter(|_| is_code).map(|currency| vec![currency]))
    };
    for length in [3, 2] {
        let front = text.split_at_checked(length).and_then(|(part, rest)| Some((rest, named(part)?)));
        let end = text.len().checked_sub(length).and_then(|at| text.split_at_checked(at));
        let end = end.and_then(|(rest, part)| Some((rest, named(part)?)));
        if let Some((rest, of)) = front.or(end).filter(|(rest, _)| Amount::parse(rest).is_ok()) {
            return (rest.trim(), Some(of));
        }
    }
    (text, None)
}

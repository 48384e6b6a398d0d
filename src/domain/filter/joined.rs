//! Words of a filter, and which of them are one value although a blank stands between them: `close:12월 31일`, `value:>1억 2,000만`.

use super::read::{split, unquoted};
use super::{FilterError, amounts, keys, spans};
use crate::domain::date::Today;
use crate::domain::text::{half_width, is_dash};

/// More words than these are no day and no amount.
const MOST: usize = 5;

/// Splits a filter at blanks, but where a day or an amount goes on behind one.
pub(super) fn words(text: &str, today: Today) -> Result<Vec<String>, FilterError> {
    let apart: Vec<String> = split(text)?.into_iter().map(as_typed_without_input_method).collect();
    let mut words = Vec::with_capacity(apart.len());
    let mut at = 0;
    while let Some(word) = apart.get(at) {
        let more = more_of(word, &apart[at + 1..], today);
        words.push(apart[at..=at + more].join(" "));
        at += more + 1;
    }
    Ok(words)
}

/// Returns the first word that begins with a key which stands in quotation marks, alone or with its value (`"stage:accepted"`,
/// `"고객":한빛`), without them, and whether it excludes: it is looked for as it is.
pub fn quoted_key(text: &str) -> Option<(String, bool)> {
    split(text).ok()?.into_iter().find_map(|word| {
        let plain = word.trim_start_matches(is_dash);
        let behind = plain.strip_prefix('"')?.split_once('"')?.1;
        let told = unquoted(plain);
        let (key, value) = told.split_once([':', '：']).filter(|_| behind.is_empty() || behind.starts_with([':', '：']))?;
        keys::known(&key.to_lowercase()).filter(|_| !value.is_empty())?;
        Some((told, plain.len() < word.len()))
    })
}

/// Returns how many of the words behind one belong to it.
fn more_of(word: &str, behind: &[String], today: Today) -> usize {
    let parts = word.trim_start_matches(is_dash).split_once([':', '：']).filter(|_| !word.starts_with('"'));
    let Some((key, value)) = parts.and_then(|(key, value)| Some((keys::known(&key.to_lowercase())?, value))) else { return 0 };
    if value.is_empty() || value.contains('"') {
        return 0;
    }
    let goes_on = |word: &&String| !word.contains([':', '：', '"']) && !word.starts_with(is_dash);
    let most = behind.iter().take(MOST).take_while(goes_on).count();
    let is_one = |more: &usize| {
        let joined = [value].into_iter().chain(behind[..*more].iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
        spans::are_days(key, &joined, today) || key == "value" && amounts::goes_on(value, &behind[0]) && amounts::is_one(&joined)
    };
    (1..=most).rev().find(is_one).unwrap_or(0)
}

/// Returns a word in half width; one of nothing but signs is looked for as it is.
fn as_typed_without_input_method(word: String) -> String {
    if word.is_ascii() || !word.contains(char::is_alphanumeric) { word } else { half_width(&word).into_owned() }
}

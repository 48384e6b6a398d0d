//! The keys of the filter language and the values they take: what messages name; how they are read is `read.rs`.

use super::spans::OVER;
use super::{called, offers};
use crate::domain::fold::meant;
use crate::domain::opportunity::{HelpKind, Kind};
use crate::domain::outcome::{OutcomeKind, Reason};
use crate::domain::period::Period;
use crate::domain::sales::SalesStage;
use crate::domain::stage::StageKind;
use crate::domain::tab::Tab;

/// The keys of the language.
pub const KEYS: [&str; 31] = [
    "tab",
    "stage",
    "outcome",
    "type",
    "country",
    "city",
    "state",
    "customer",
    "solution",
    "offer-status",
    "value",
    "currency",
    "sales-stage",
    "close",
    "due",
    "created",
    "received",
    "accepted",
    "archived",
    "changed",
    "reason",
    "help",
    "employee",
    "sender",
    "campaign",
    "crm",
    "id",
    "uid",
    "owner",
    "next",
    "view",
];
/// The keys that take yes or no.
pub const YES_NO_KEYS: [&str; 4] = ["favorite", "waiting", "conflict", "new"];

/// Returns the key that is so called, in small letters.
pub(super) fn known(typed: &str) -> Option<&'static str> {
    let key = KEYS.into_iter().chain(YES_NO_KEYS).find(|key| *key == typed);
    key.or_else(|| called::key(typed))
}

/// Returns the key that was probably meant. Partner Center says status of what is a stage here, and substatus of an outcome.
pub fn nearest(typed: &str) -> Option<&'static str> {
    match typed.to_lowercase().as_str() {
        "status" => Some("stage"),
        "substatus" => Some("outcome"),
        typed => meant(typed, &[&KEYS[..], &YES_NO_KEYS].concat()),
    }
}

/// Returns the one key that takes a word which another does not.
pub fn of_word(word: &str) -> Option<&'static str> {
    let named = ["stage", "outcome", "tab", "type", "reason", offers::KEY];
    let mut keys = named.into_iter().filter(|key| values(key).iter().any(|value| value.eq_ignore_ascii_case(word)));
    keys.next().filter(|_| keys.next().is_none())
}

/// Returns the values that a key takes or, of days, the usual ones; none where it takes words or numbers.
pub(super) fn values(key: &str) -> Vec<&'static str> {
    match key {
        "tab" => Tab::CODES.to_vec(),
        "stage" => StageKind::ALL.map(StageKind::code).to_vec(),
        "outcome" => OutcomeKind::ALL.map(OutcomeKind::code).to_vec(),
        "type" => Kind::ALL.map(Kind::code).to_vec(),
        "reason" => Reason::ALL.map(Reason::code).to_vec(),
        "help" => ["yes", "no"].into_iter().chain(HelpKind::ALL.map(HelpKind::code)).collect(),
        "sales-stage" => SalesStage::WORDS.to_vec(),
        offers::KEY => offers::WORDS.to_vec(),
        "owner" => vec!["me", "none"],
        "employee" => vec!["me"],
        "next" => ["yes", "no"].into_iter().chain(Period::AHEAD).chain(OVER).collect(),
        "close" | "due" => [&Period::AHEAD[..], &OVER].concat(),
        "created" | "received" | "accepted" | "archived" | "changed" => Period::BEHIND.to_vec(),
        key if YES_NO_KEYS.contains(&key) => vec!["yes", "no"],
        _ => Vec::new(),
    }
}

//! What an opportunity is and which rules it obeys; knows no database, no terminal, no clock and no language.

/// Serialises a type as the text it prints and reads it back with its own parser.
macro_rules! as_text {
    ($type:ty, $read:expr) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read: fn(&str) -> Result<Self, $crate::domain::invalid::Invalid> = $read;
                read(&<String as serde::Deserialize>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
}
use as_text;

/// Reads a type that is kept as text back from JSON, with a check that leaves the text as it is.
macro_rules! from_text {
    ($type:ty, $read:expr) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read: fn(String) -> Result<Self, $crate::domain::invalid::Invalid> = $read;
                read(<String as serde::Deserialize>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
}
use from_text;

pub mod agenda;
pub mod amount;
mod amount_words;
pub mod brief;
mod calendar_words;
pub mod campaign;
pub mod cell_date;
pub mod change;
pub mod company;
pub mod contact;
pub mod country;
pub mod create;
pub mod customer;
pub mod date;
pub mod deadline;
pub mod directory;
pub mod document;
pub mod draft;
pub mod field;
pub mod filter;
pub mod fold;
pub mod hangul;
pub mod held;
pub mod ids;
pub mod incoming;
pub mod instant;
pub mod invalid;
pub mod lead;
pub mod merge;
pub mod money;
pub mod opportunity;
pub mod ours;
pub mod outcome;
pub mod outgoing;
pub mod part;
pub mod period;
pub mod preflight;
pub mod priority;
pub mod programme;
pub mod query;
pub mod rate;
pub mod refused;
pub mod role;
pub mod rules;
pub mod sales;
pub mod saved_view;
pub mod solution;
pub mod spellings;
pub mod stage;
pub mod suggest;
pub mod sums;
pub mod tab;
pub mod text;
pub mod told;
pub mod typed;
pub mod unsaid;

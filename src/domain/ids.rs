//! The numbers and names by which things are known, and how a user may point at an opportunity.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::invalid::Invalid;
use super::text::plain;

/// The local number of an opportunity, from 1 up; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OpportunityId(pub i64);

/// The number of a step in the history; later steps have larger numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub i64);

/// The number of a draft, from 1 up; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftId(pub i64);

/// The number of an upload file; later ones have larger numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UploadId(pub i64);

/// The number of what is kept beside deals, an offer for one; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(pub i64);

/// Counts the changes of one opportunity; a change that has seen an older one is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub i64);

impl fmt::Display for OpportunityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// An id given by Partner Center (of a referral or an engagement), in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CenterId(String);

super::from_text!(CenterId, |text| Self::read(&text).ok_or(Invalid::Missing));

/// Returns a text without what controls a terminal or ends a line.
fn in_one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')).collect()
}

impl CenterId {
    /// Reads an id; `None` when nothing is left. GUIDs differ in case between files, so case is dropped, and so is what shows nothing and
    /// every end of a line.
    pub fn read(raw: &str) -> Option<Self> {
        let id = in_one_line(plain(raw).trim_matches(['{', '}']));
        if id.is_empty() { None } else { Some(Self(id.to_ascii_lowercase())) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CenterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name that holds beyond this machine: a GUID in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Uid(String);

impl Uid {
    /// Reads one; `None` for anything that is no GUID.
    pub fn read(raw: &str) -> Option<Self> {
        let raw = raw.to_ascii_lowercase();
        let is_guid = raw.len() == 36
            && raw.bytes().enumerate().all(|(place, byte)| match place {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        is_guid.then_some(Self(raw))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a user points at one opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pointer {
    /// By its local number.
    Number(OpportunityId),
    /// By a referral id, a uid, or the beginning of one.
    Beginning(String),
}

impl Pointer {
    /// Reads what was typed; digits alone are a local number as typed, anything else, and digits that begin with a zero, the
    /// beginning of an id.
    pub fn read(typed: &str) -> Self {
        let typed = in_one_line(&plain(typed));
        match typed.parse() {
            Ok(number) if typed.bytes().all(|b| b.is_ascii_digit()) && !typed.starts_with('0') => {
                Self::Number(OpportunityId(number))
            }
            _ => Self::Beginning(typed.to_ascii_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opportunity_is_named_by_number_or_referral_id() {
        assert_eq!(Pointer::read(" 42 "), Pointer::Number(OpportunityId(42)));
        assert_eq!(Pointer::read("7204E52D-b222"), Pointer::Beginning("7204e52d-b222".into()));
        assert_eq!(Pointer::read("-1"), Pointer::Beginning("-1".into()));
        assert_eq!(CenterId::read(" {7204E52D} ").unwrap().as_str(), "7204e52d");
        assert_eq!(CenterId::read("  "), None);
        for copied in [
            "7204e52d‑b222",
            "\u{200b}7204e52d-b222",
            "7204e52d-\u{feff}b222\u{a0}",
            "７２０４e52d-b222",
            "7204E52D–B222\u{200e}",
            "7204e52d\u{2028}-b222",
            "7204e52d-\nb222",
        ] {
            assert_eq!(CenterId::read(copied), CenterId::read("7204e52d-b222"), "{copied:?} is the same referral");
            assert_eq!(Pointer::read(copied), Pointer::read("7204e52d-b222"), "{copied:?}");
        }
        assert!(
            serde_json::from_value::<CenterId>(" \u{7}".into()).is_err() && serde_json::from_value::<CenterId>(7.into()).is_err()
        );
        assert_eq!(serde_json::from_value::<CenterId>("7204E52D".into()).unwrap().as_str(), "7204e52d");
    }

    #[test]
    fn an_id_that_begins_with_a_zero_never_becomes_another_number() {
        assert_eq!(Pointer::read("0123"), Pointer::Beginning("0123".into()));
        assert_eq!(Pointer::read("0"), Pointer::Beginning("0".into()));
    }

    #[test]
    fn a_uid_is_a_guid_and_nothing_else() {
        assert_eq!(Uid::read("7204E52D-B222-4A58-808A-05A6C4647159").unwrap().as_str(), "7204e52d-b222-4a58-808a-05a6c4647159");
        for wrong in ["7204e52d", "7204e52d-b222-4a58-808a-05a6c464715", "7204e52d-b222-4a58-808a-05a6c464715g", "r-1", ""] {
            assert_eq!(Uid::read(wrong), None, "{wrong}");
        }
    }
}

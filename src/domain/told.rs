//! As of when each value was told by Partner Center, so that an older record never takes a newer one back; what is told is in `merge`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::instant::Timestamp;

/// The names of what a record may speak of, each with a place of its own in [`Told::keys`]. Append only: databases hold the places.
const KEYS: [&str; 27] = [
    Field::Stage.path(),
    ACCEPTED_AT,
    CLOSED_AT,
    RESPOND_BY,
    Field::Name.path(),
    Field::Value.path(),
    Field::CloseDate.path(),
    Field::SalesStage.path(),
    Field::CrmId.path(),
    Field::CampaignId.path(),
    Field::Notes.path(),
    Field::CustomerName.path(),
    Field::Duns.path(),
    Field::Address.path(),
    Field::Contact.path(),
    Field::Employees.path(),
    Field::Solutions.path(),
    Field::Help.path(),
    Field::Partner.path(),
    Field::MicrosoftStatus.path(),
    Field::Kind.path(),
    Field::Origin.path(),
    Field::CreatedAt.path(),
    Field::ReferralId.path(),
    Field::EngagementId.path(),
    DIRECTION,
    EXTRA,
];

/// Parts of what a record says that are no field of their own.
pub const ACCEPTED_AT: &str = "acceptedAt";
pub const CLOSED_AT: &str = "closedAt";
pub const RESPOND_BY: &str = "respondBy";
pub const DIRECTION: &str = "direction";

/// Stands for every name that is not modelled, as far as it does not stand apart.
pub const EXTRA: &str = "+";

/// When what was told. Most records of a file speak of the same things, so one moment and the places of what it holds for are enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When the last dated record was true.
    pub at: Option<AsOf>,
    /// What it spoke of, one bit a name.
    pub keys: u64,
    /// What was told at another time, by its name; names that are not modelled begin with `+`.
    pub apart: BTreeMap<String, AsOf>,
}

/// When a record was true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AsOf {
    /// Partner Center wrote the moment into the record.
    Exactly(Timestamp),
    /// The date of its file: what it says is no newer, but it may well be older.
    AtMost((Timestamp,)),
}

/// Dates of files that differ by less say nothing of which is older.
const ROUGHLY: i64 = 60_000_000;

/// The time of what an undated record told.
const UNDATED: AsOf = AsOf::Exactly(Timestamp::from_micros(-62_135_596_800_000_000));

impl AsOf {
    pub const fn at(self) -> Timestamp {
        match self {
            Self::Exactly(at) | Self::AtMost((at,)) => at,
        }
    }

    /// Returns whether this is certainly older than what is known from `known`.
    pub fn is_older_than(self, known: Self) -> bool {
        match (self, known) {
            (Self::Exactly(at), Self::Exactly(known)) => at < known,
            (Self::AtMost((at,)), Self::Exactly(known) | Self::AtMost((known,))) => {
                at.micros().saturating_add(ROUGHLY) < known.micros()
            }
            // The file may have been written long after what stands in it was true.
            (Self::Exactly(_), Self::AtMost(_)) => false,
        }
    }
}

fn bit(key: &str) -> u64 {
    let key = if key.starts_with(EXTRA) { EXTRA } else { key };
    KEYS.iter().position(|known| *known == key).map_or(0, |place| 1 << place)
}

impl Told {
    /// Returns as of when `key` was told; `None` when no dated record spoke of it.
    pub fn when(&self, key: &str) -> Option<AsOf> {
        let known = self.apart.get(key).copied().or_else(|| self.at.filter(|_| self.keys & bit(key) != 0));
        known.filter(|at| *at != UNDATED)
    }

    /// Notes that a record told these; an undated one leaves no time, so that what comes after it counts as newer. `extra` are
    /// the names that are not modelled and were held before.
    pub fn note(&mut self, keys: &[&str], at: Option<AsOf>, extra: &[&str]) {
        let bits = keys.iter().fold(0, |bits, key| bits | bit(key));
        match at {
            None => {
                self.keys &= !(bits & !bit(EXTRA));
                for key in keys {
                    self.apart.remove(*key);
                    if key.starts_with(EXTRA) && self.keys & bit(EXTRA) != 0 {
                        self.apart.insert((*key).to_owned(), UNDATED);
                    }
                }
            }
            Some(at) if self.at.is_some_and(|known| at.at() < known.at()) => {
                self.keys &= !(bits & !bit(EXTRA));
                self.apart.extend(keys.iter().map(|key| ((*key).to_owned(), at)));
            }
            Some(at) => {
                if let Some(known) = self.at.filter(|known| *known != at) {
                    self.set_apart(keys, known, extra);
                }
                for key in keys {
                    self.apart.remove(*key);
                }
                self.at = Some(at);
                self.keys |= bits;
            }
        }
        if self.keys == 0 {
            self.at = None;
        }
    }

    /// Keeps the time of what the newer record does not speak of.
    fn set_apart(&mut self, keys: &[&str], known: AsOf, extra: &[&str]) {
        let left = |name: &&&str| self.keys & bit(name) != 0 && !keys.contains(*name) && !self.apart.contains_key(**name);
        let modelled = KEYS.iter().filter(|name| **name != EXTRA);
        let apart: Vec<String> = modelled.chain(extra).filter(left).map(|name| (*name).to_owned()).collect();
        self.apart.extend(apart.into_iter().map(|name| (name, known)));
        self.keys = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(n: i64) -> AsOf {
        AsOf::Exactly(Timestamp::from_micros(n * 1_000_000_000))
    }

    #[test]
    fn each_name_keeps_the_time_it_was_told_last() {
        let mut told = Told::default();
        told.note(&["stage", "deal.name", "+PartnerID"], Some(at(2)), &[]);
        told.note(&["deal.name", "deal.value"], Some(at(3)), &["+PartnerID"]);
        told.note(&["help"], Some(at(1)), &["+PartnerID"]);
        for (key, when) in [
            ("stage", Some(2)),
            ("deal.name", Some(3)),
            ("deal.value", Some(3)),
            ("help", Some(1)),
            ("+PartnerID", Some(2)),
            ("deal.notes", None),
        ] {
            assert_eq!(told.when(key), when.map(at), "{key}");
        }
        told.note(&["stage", "deal.name"], None, &["+PartnerID"]);
        assert_eq!((told.when("stage"), told.when("deal.name"), told.when("deal.value")), (None, None, Some(at(3))));
    }

    #[test]
    fn one_kind_of_file_needs_no_list_of_names() {
        let mut told = Told::default();
        for day in 1..4 {
            told.note(&["stage", "deal.name", "+PartnerID"], Some(at(day)), &["+PartnerID"]);
        }
        assert_eq!((told.at, told.apart.len()), (Some(at(3)), 0));
    }

    #[test]
    fn dates_of_files_count_from_a_minute_apart() {
        let rough = |n: i64| AsOf::AtMost((at(n).at(),));
        let soon = AsOf::AtMost((at(1).at().plus_micros(30_000_000),));
        assert!(!rough(1).is_older_than(soon) && rough(1).is_older_than(rough(2)) && rough(1).is_older_than(at(2)));
        assert!(at(1).is_older_than(at(2)) && !at(1).is_older_than(at(1)));
        assert!(!at(1).is_older_than(rough(2)), "a file may be written long after what stands in it was true");
    }
}

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
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Told {
    /// When the last dated record was true.
    pub at: Option<AsOf>,
    /// What it spoke of, one bit a name.
    pub keys: u64,
    /// What was told at another time, by its name; names that are not modelled begin with `+`.
    pub apart: BTreeMap<String, AsOf>,
}

/// When a record was true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct AsOf {
    at: Timestamp,
    dated: Dated,
    /// How far the opportunity was along in it, where the record says so.
    along: Option<Along>,
}

/// What tells when a record was true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Dated {
    /// Partner Center wrote the moment into the record.
    ByItself,
    /// The date of its file: what it says is no newer, but it may well be older.
    ByItsFile,
}

/// How far an opportunity is along: Partner Center moves none of them back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Along {
    Received,
    Accepted,
    Archived,
}

impl Along {
    const ALL: [Self; 3] = [Self::Received, Self::Accepted, Self::Archived];

    /// Returns its number, from 1; 0 stands for none.
    const fn number(along: Option<Self>) -> u8 {
        match along {
            None => 0,
            Some(along) => along as u8 + 1,
        }
    }

    fn of(number: u64) -> Option<Self> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        Self::ALL.get(place).copied()
    }
}

/// [`AsOf`] as databases hold it; the first two from before it was told how far a record was along.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    ByItself(Timestamp),
    ByItsFile((Timestamp,)),
    Along(Timestamp, bool, u8),
}

impl From<Kept> for AsOf {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::ByItself(at) => Self::by_itself(at, None),
            Kept::ByItsFile((at,)) => Self::by_its_file(at, None),
            Kept::Along(at, true, along) => Self::by_itself(at, Along::of(along.into())),
            Kept::Along(at, false, along) => Self::by_its_file(at, Along::of(along.into())),
        }
    }
}

impl From<AsOf> for Kept {
    fn from(AsOf { at, dated, along }: AsOf) -> Self {
        match (dated, along) {
            (Dated::ByItself, None) => Self::ByItself(at),
            (Dated::ByItsFile, None) => Self::ByItsFile((at,)),
            (dated, along) => Self::Along(at, dated == Dated::ByItself, Along::number(along)),
        }
    }
}

/// Dates of files that differ by less say nothing of which is older.
const ROUGHLY: i64 = 60_000_000;

/// The time of what an undated record told.
const UNDATED: AsOf = AsOf::by_itself(Timestamp::from_micros(-62_135_596_800_000_000), None);

impl AsOf {
    /// As of a moment that Partner Center wrote into the record.
    pub const fn by_itself(at: Timestamp, along: Option<Along>) -> Self {
        Self { at, dated: Dated::ByItself, along }
    }

    /// As of the date of a file, at most.
    pub const fn by_its_file(at: Timestamp, along: Option<Along>) -> Self {
        Self { at, dated: Dated::ByItsFile, along }
    }

    pub const fn at(self) -> Timestamp {
        self.at
    }

    /// Returns whether the record itself is dated.
    pub fn is_exact(self) -> bool {
        self.dated == Dated::ByItself
    }

    /// Returns whether this is certainly older than what is known from `known`.
    pub fn is_older_than(self, known: Self) -> bool {
        match (self.dated, known.dated) {
            (Dated::ByItself, Dated::ByItself) => self.at < known.at,
            // Whatever the date of a file that was copied: nothing of it is from after the step that it does not know of.
            _ if self.along.zip(known.along).is_some_and(|(one, other)| one != other) => self.along < known.along,
            (Dated::ByItsFile, _) => self.at.micros().saturating_add(ROUGHLY) < known.at.micros(),
            // The file may have been written long after what stands in it was true.
            (Dated::ByItself, Dated::ByItsFile) => false,
        }
    }
}

/// The place of [`Along`] among the keys, beyond those that names have.
const ALONG: u32 = 40;

fn bit(key: &str) -> u64 {
    let key = if key.starts_with(EXTRA) { EXTRA } else { key };
    KEYS.iter().position(|known| *known == key).map_or(0, |place| 1 << place)
}

impl Told {
    /// Puts together what [`Told::packed`] took apart.
    pub fn of(at: Option<Timestamp>, packed: i64, apart: BTreeMap<String, AsOf>) -> Self {
        let bits = packed.unsigned_abs();
        let along = Along::of(bits >> ALONG);
        let as_of = |at| if packed < 0 { AsOf::by_its_file(at, along) } else { AsOf::by_itself(at, along) };
        Self { at: at.map(as_of), keys: bits & ((1 << ALONG) - 1), apart }
    }

    /// Returns what the last dated record spoke of and how far it was along, in one number: below zero where its file dates it.
    pub fn packed(&self) -> Option<i64> {
        let at = self.at?;
        let along = u64::from(Along::number(at.along)) << ALONG;
        let number = i64::try_from(self.keys | along).unwrap_or(0);
        Some(if at.is_exact() { number } else { -number })
    }

    /// Returns as of when `key` was told; `None` when no dated record spoke of it.
    pub fn when(&self, key: &str) -> Option<AsOf> {
        let known = self.apart.get(key).copied().or_else(|| self.at.filter(|_| self.keys & bit(key) != 0));
        known.filter(|at| *at != UNDATED)
    }

    /// Notes that a record told these; an undated one leaves no time, so that what comes after it counts as newer. `extra` are
    /// the names that are not modelled and were held before.
    pub fn note(&mut self, keys: &[&str], at: Option<AsOf>, extra: &[&str]) {
        if keys.is_empty() {
            return;
        }
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
        AsOf::by_itself(Timestamp::from_micros(n * 1_000_000_000), None)
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
        let rough = |n: i64| AsOf::by_its_file(at(n).at(), None);
        let soon = AsOf::by_its_file(at(1).at().plus_micros(30_000_000), None);
        assert!(!rough(1).is_older_than(soon) && rough(1).is_older_than(rough(2)) && rough(1).is_older_than(at(2)));
        assert!(at(1).is_older_than(at(2)) && !at(1).is_older_than(at(1)));
        assert!(!at(1).is_older_than(rough(2)), "a file may be written long after what stands in it was true");
    }

    #[test]
    fn what_a_copied_file_tells_is_older_than_the_step_it_does_not_know_of() {
        use Along::{Accepted, Archived, Received};
        let file = |n: i64, along| AsOf::by_its_file(at(n).at(), Some(along));
        assert!(file(9, Received).is_older_than(file(1, Accepted)) && !file(1, Accepted).is_older_than(file(9, Received)));
        assert!(file(9, Accepted).is_older_than(AsOf::by_itself(at(1).at(), Some(Archived))));
        assert!(file(1, Accepted).is_older_than(file(9, Accepted)), "else the date counts");
        let itself = |n: i64, along| AsOf::by_itself(at(n).at(), Some(along));
        assert!(!itself(9, Received).is_older_than(itself(1, Accepted)), "what Partner Center dated itself is as old as it says");
        assert!(!file(9, Received).is_older_than(at(1)), "of a record without a stage nothing is known");
    }

    #[test]
    fn as_of_when_is_kept_and_read_as_it_was_kept_before() {
        for (as_of, kept) in [
            (at(2), "2000000000"),
            (AsOf::by_its_file(at(2).at(), None), "[2000000000]"),
            (AsOf::by_its_file(at(2).at(), Some(Along::Accepted)), "[2000000000,false,2]"),
        ] {
            assert_eq!(serde_json::to_string(&as_of).unwrap(), kept);
            assert_eq!(serde_json::from_str::<AsOf>(kept).unwrap(), as_of);
            let told = Told { at: Some(as_of), keys: 0b101, apart: BTreeMap::new() };
            assert_eq!(Told::of(Some(as_of.at()), told.packed().unwrap(), BTreeMap::new()), told);
        }
        assert_eq!(Told::of(Some(at(2).at()), -5, BTreeMap::new()).at, Some(AsOf::by_its_file(at(2).at(), None)));
    }
}

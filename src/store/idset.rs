//! A set of opportunities that is quick to ask and to cut with another, however many there are; knows no database.

use crate::domain::ids::OpportunityId;

/// A set of opportunities as one bit for each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct IdSet {
    bits: Vec<u64>,
    len: usize,
}

impl IdSet {
    pub(super) fn insert(&mut self, id: i64) {
        let Ok(id) = usize::try_from(id) else { return };
        if id / 64 >= self.bits.len() {
            self.bits.resize(id / 64 + 1, 0);
        }
        let bit = 1 << (id % 64);
        self.len += usize::from(self.bits[id / 64] & bit == 0);
        self.bits[id / 64] |= bit;
    }

    /// Returns how many are in it.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    pub(super) fn contains(&self, id: OpportunityId) -> bool {
        usize::try_from(id.0).is_ok_and(|id| self.bits.get(id / 64).is_some_and(|word| word >> (id % 64) & 1 == 1))
    }

    /// Keeps only what the other set has, too.
    pub(super) fn keep_common(&mut self, other: &Self) {
        self.bits.truncate(other.bits.len());
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a &= b);
        self.len = self.bits.iter().map(|word| word.count_ones() as usize).sum();
    }

    /// Returns what is in it, in ascending order.
    pub(super) fn ids(&self) -> impl Iterator<Item = OpportunityId> {
        self.bits.iter().enumerate().flat_map(|(index, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| OpportunityId((index * 64 + bit) as i64))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(ids: &[i64]) -> IdSet {
        let mut set = IdSet::default();
        ids.iter().for_each(|id| set.insert(*id));
        set
    }

    fn listed(set: &IdSet) -> Vec<i64> {
        set.ids().map(|id| id.0).collect()
    }

    #[test]
    fn a_set_holds_each_id_once_and_lists_them_in_order() {
        let set = set(&[640, 1, 64, 63, 1, 640]);
        assert_eq!((set.len(), listed(&set)), (4, vec![1, 63, 64, 640]));
        for (id, held) in [(1, true), (2, false), (63, true), (64, true), (639, false), (640, true), (1_000_000, false)] {
            assert_eq!(set.contains(OpportunityId(id)), held, "{id}");
        }
    }

    #[test]
    fn what_is_no_id_is_in_no_set() {
        let set = set(&[-1, i64::MIN]);
        assert_eq!((set.len(), listed(&set)), (0, Vec::new()));
        assert!(!set.contains(OpportunityId(-1)));
    }

    #[test]
    fn cutting_keeps_what_both_hold_whichever_is_longer() {
        let (short, long) = ([3, 5, 64], [5, 64, 65, 900]);
        for (one, other) in [(&short[..], &long[..]), (&long[..], &short[..])] {
            let mut common = set(one);
            common.keep_common(&set(other));
            assert_eq!((common.len(), listed(&common)), (2, vec![5, 64]));
        }
        let mut common = set(&short);
        common.keep_common(&IdSet::default());
        assert_eq!((common.len(), listed(&common)), (0, Vec::new()));
    }
}

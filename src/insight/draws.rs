//! What open deals may come to together: drawn many times by their chances, the same each time it is asked; whose chances they are is
//! `odds.rs`.

use super::odds::SURE;

/// How often it is drawn.
const RUNS: usize = 2_000;
/// So many of the largest deals are won or lost one by one; all smaller ones together follow a bell curve of the same mean and width.
const ALONE: usize = 500;
/// Where the draws begin: another number would be as good, but each review has to say the same.
const SEED: u64 = 0x5EED_C0DE;

/// An open deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chance {
    /// In smallest units.
    pub(super) value: i64,
    /// In parts of [`SURE`].
    pub(super) chance: u64,
}

/// What something may come to, in smallest units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// It is less than this with one chance in ten.
    pub low: i128,
    /// Less and more are as likely.
    pub middle: i128,
    /// It is more than this with one chance in ten.
    pub high: i128,
}

impl Range {
    pub fn has(&self, minor: i128) -> bool {
        (self.low..=self.high).contains(&minor)
    }
}

/// Returns what comes to be, when `sure` is there already, each of `deals` is won or not, and one of `later` is added.
pub(super) fn range(sure: i128, mut deals: Vec<Chance>, later: &[i128]) -> Range {
    let sure = sure + deals.iter().filter(|deal| deal.chance >= SURE).map(|deal| i128::from(deal.value)).sum::<i128>();
    deals.retain(|deal| (1..SURE).contains(&deal.chance));
    // The largest first, whatever the order they came in.
    let many = deals.len().min(ALONE);
    if many < deals.len() {
        deals.select_nth_unstable_by(many, |one, other| other.cmp(one));
    }
    let (alone, small) = deals.split_at_mut(many);
    alone.sort_unstable_by(|one, other| other.cmp(one));
    let (mut runs, mut draw) = (vec![sure; RUNS], Draw(SEED));
    for deal in alone {
        let value = i128::from(deal.value);
        runs.iter_mut().for_each(|run| *run += if draw.next() >> 32 < deal.chance { value } else { 0 });
    }
    if let Some(together) = Together::of(small) {
        runs.iter_mut().for_each(|run| *run += together.at(draw.bell()));
    }
    if let Some(of) = u64::try_from(later.len()).ok().filter(|of| *of > 0) {
        runs.iter_mut().for_each(|run| *run += usize::try_from(draw.next() % of).map_or(0, |at| later[at]));
    }
    runs.sort_unstable();
    Range { low: runs[RUNS / 10], middle: runs[RUNS / 2], high: runs[RUNS - 1 - RUNS / 10] }
}

/// Many small deals together.
struct Together {
    most: i128,
    mean: i128,
    /// How far it usually is from the mean.
    width: i128,
}

impl Together {
    fn of(deals: &[Chance]) -> Option<Self> {
        let largest = deals.iter().map(|deal| deal.value).max()?;
        // Coarser units, so that the squares of a million deals fit.
        let coarser = (i64::BITS - largest.leading_zeros()).saturating_sub(31);
        let part = |deal: &Chance| (i128::from(deal.value) * i128::from(deal.chance)) >> 32;
        let square = |deal: &Chance| {
            let value = (deal.value >> coarser).unsigned_abs();
            let spread = (deal.chance >> 16) * ((SURE - deal.chance) >> 16);
            (u128::from(value * value) * u128::from(spread)) >> 32
        };
        let width = deals.iter().map(square).sum::<u128>().isqrt() << coarser;
        Some(Self {
            most: deals.iter().map(|deal| i128::from(deal.value)).sum(),
            mean: deals.iter().map(part).sum(),
            width: i128::try_from(width).unwrap_or(0),
        })
    }

    fn at(&self, eighths: i128) -> i128 {
        (self.mean + self.width * eighths / 8).clamp(0, self.most)
    }
}

/// Numbers that are as good as chance, and the same each time (SplitMix64).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns how far from its middle a bell curve is hit, in eighths of its width: 256 coins are thrown.
    fn bell(&mut self) -> i128 {
        (0..4).map(|_| i128::from(self.next().count_ones())).sum::<i128>() - 128
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chance(value: i64, percent: u64) -> Chance {
        Chance { value, chance: SURE * percent / 100 }
    }

    /// Every way it can come out, with its chance; there are no draws in it.
    fn every_way(deals: &[Chance], later: &[i128]) -> Vec<(i128, f64)> {
        #[allow(clippy::cast_precision_loss)]
        let share = |deal: &Chance| deal.chance as f64 / SURE as f64;
        let mut ways = vec![(0_i128, 1.0_f64)];
        for deal in deals {
            let p = share(deal);
            ways = ways.iter().flat_map(|(sum, q)| [(sum + i128::from(deal.value), q * p), (*sum, q * (1.0 - p))]).collect();
        }
        if !later.is_empty() {
            #[allow(clippy::cast_precision_loss)]
            let p = 1.0 / later.len() as f64;
            ways = ways.iter().flat_map(|(sum, q)| later.iter().map(move |more| (sum + more, q * p))).collect();
        }
        ways
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_draws_agree_with_every_way_a_few_deals_can_come_out(
            deals in prop::collection::vec((1_i64..1_000, 1_u64..100), 0..10),
            later in prop::collection::vec(0_i128..500, 0..4),
        ) {
            let deals: Vec<Chance> = deals.into_iter().map(|(value, percent)| chance(value, percent)).collect();
            let range = range(0, deals.clone(), &later);
            prop_assert!(range.low <= range.middle && range.middle <= range.high);
            let ways = every_way(&deals, &later);
            for (at, share) in [(range.low, 0.1), (range.middle, 0.5), (range.high, 0.9)] {
                let below: f64 = ways.iter().filter(|(sum, _)| *sum < at).map(|(_, q)| q).sum();
                let up_to: f64 = ways.iter().filter(|(sum, _)| *sum <= at).map(|(_, q)| q).sum();
                prop_assert!(below <= share + 0.04 && up_to >= share - 0.04, "{at} at {share}: {below} to {up_to}");
            }
            // The same again, in whatever order; and what is sure moves all of it by what it is worth.
            let mut turned = deals.clone();
            turned.reverse();
            turned.push(chance(250, 100));
            let moved = super::range(40, turned, &later);
            prop_assert_eq!([moved.low, moved.middle, moved.high], [range.low, range.middle, range.high].map(|minor| minor + 290));
        }
    }

    #[test]
    fn many_small_deals_together_come_out_as_if_each_was_drawn() {
        // 2,000 of a hundred at one in four: 50,000 in the middle, and 1,936 is how far off it usually is.
        let range = range(0, vec![chance(100, 25); 2_000], &[]);
        let off = |minor: i128, expected: i128| (minor - expected).abs() < 250;
        assert!(off(range.middle, 50_000) && off(range.low, 50_000 - 2_481) && off(range.high, 50_000 + 2_481), "{range:?}");
        let huge = super::range(0, vec![chance(1_000_000_000_000_000_000, 50); 1_000], &[]);
        assert!(huge.low < huge.middle && huge.middle < huge.high, "{huge:?}");
        assert_eq!(super::range(7, Vec::new(), &[]), Range { low: 7, middle: 7, high: 7 });
    }
}

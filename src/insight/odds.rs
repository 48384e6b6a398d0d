//! How likely an open deal is won within so many days, learnt from our own deals; who may be asked, and what it comes to, is elsewhere.
//!
//! Day by day: of the deals that were open so long and came as far, so many were won on that day, so many lost. A deal of today goes
//! through the days that are left one by one. Deals that are still open count on every day they have been through, so what lies there
//! without an end lowers the rates. A won deal came all the way; of a lost or open one the sales stage it has tells how far it came.
//! Where few deals were open so long or came as far, the rate of all deals of that age, and behind that of all days, counts as
//! [`AS_MANY`] deals more.

/// Whole and sure: chances are parts of it.
pub(super) const SURE: u64 = 1 << 32;
/// What is known of all counts in each single rate as so many deals.
const AS_MANY: u64 = 10;
/// Ages above are one: after four years no day is like another.
const OLDEST: usize = 4 * 365;
/// How far a sale is: no sales stage and the first one are one.
pub(super) const LEVELS: usize = 6;

/// How a deal stands at the moment it is learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Won,
    Lost,
    Open,
}

/// Deals that ended, or are open, at one age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Day {
    won: u64,
    lost: u64,
    open: u64,
}

/// What is learnt from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Learnt {
    /// By how far they came, then by their age in days.
    levels: Vec<Vec<Day>>,
    pub(super) won: u64,
    pub(super) lost: u64,
}

impl Learnt {
    /// Learns by so many steps of a sale.
    pub(super) fn by(levels: usize) -> Self {
        Self { levels: vec![Vec::new(); levels.max(1)], won: 0, lost: 0 }
    }

    /// Learns from a deal that came to a level; its age is that at its end, or now.
    pub(super) fn add(&mut self, level: usize, age: usize, end: End) {
        let (top, age) = (self.levels.len() - 1, age.min(OLDEST));
        let days = &mut self.levels[if end == End::Won { top } else { level.min(top) }];
        if days.len() <= age {
            days.resize(age + 1, Day::default());
        }
        match end {
            End::Won => (days[age].won, self.won) = (days[age].won + 1, self.won + 1),
            End::Lost => (days[age].lost, self.lost) = (days[age].lost + 1, self.lost + 1),
            End::Open => days[age].open += 1,
        }
    }
}

/// One day of an age.
#[derive(Debug, Clone, Copy, Default)]
struct Rate {
    won: u64,
    ended: u64,
    /// Deals that were open when the day began.
    open: u64,
}

/// The chances of deals to be won within so many days.
#[derive(Debug)]
pub(super) struct Odds {
    /// By how far they came at least, then by their age in days.
    levels: Vec<Vec<Rate>>,
    /// Of a day of any age.
    any: Rate,
    days: u32,
    /// What was asked already.
    known: Vec<Vec<Option<u64>>>,
}

impl Odds {
    pub(super) fn of(learnt: &Learnt, days: u32) -> Self {
        let mut levels: Vec<Vec<Rate>> = Vec::new();
        let mut together: Vec<Day> = Vec::new();
        for level in learnt.levels.iter().rev() {
            if together.len() < level.len() {
                together.resize(level.len(), Day::default());
            }
            for (all, more) in together.iter_mut().zip(level) {
                *all = Day { won: all.won + more.won, lost: all.lost + more.lost, open: all.open + more.open };
            }
            levels.push(rates(&together));
        }
        levels.reverse();
        let mut any = Rate::default();
        for rate in &levels[0] {
            any = Rate { won: any.won + rate.won, ended: any.ended + rate.ended, open: any.open + rate.open };
        }
        let known = vec![Vec::new(); levels.len()];
        Self { levels, any, days, known }
    }

    /// Returns the chance of a deal, in parts of [`SURE`]; where its age is not known, that of any age.
    pub(super) fn chance(&mut self, level: usize, age: Option<usize>) -> u64 {
        let any = || through(std::iter::repeat_n(self.any, self.days as usize));
        let Some(age) = age.map(|age| age.min(OLDEST)) else { return any() };
        let level = level.min(self.levels.len() - 1);
        if let Some(known) = self.known[level].get(age).copied().flatten() {
            return known;
        }
        let mut chance = self.blended(0, age, any());
        if level > 0 {
            chance = self.blended(level, age, chance);
        }
        let known = &mut self.known[level];
        if known.len() <= age {
            known.resize(age + 1, None);
        }
        known[age] = Some(chance);
        chance
    }

    fn blended(&self, level: usize, age: usize, of_all: u64) -> u64 {
        let days = self.levels[level].get(age + 1..).unwrap_or_default();
        let deals = days.first().map_or(0, |day| day.open);
        let own = through(days.iter().copied().take(self.days as usize));
        (own * deals + of_all * AS_MANY) / (deals + AS_MANY)
    }
}

fn rates(days: &[Day]) -> Vec<Rate> {
    let mut open = 0;
    let mut rates: Vec<Rate> = days
        .iter()
        .rev()
        .map(|day| {
            open += day.won + day.lost + day.open;
            Rate { won: day.won, ended: day.won + day.lost, open }
        })
        .collect();
    rates.reverse();
    rates
}

/// Returns a chance, lowered or raised so that all together are `wanted` instead of `together`.
pub(super) fn scaled(chance: u64, wanted: u128, together: u128) -> u64 {
    let scaled = (u128::from(chance) * wanted).checked_div(together).unwrap_or(0);
    u64::try_from(scaled).unwrap_or(SURE).min(SURE)
}

/// Returns the chance to be won on any of these days, one after the other.
fn through(days: impl Iterator<Item = Rate>) -> u64 {
    let (mut open, mut won) = (SURE, 0);
    for day in days.take_while(|day| day.open > 0) {
        won += open * day.won / day.open;
        open -= open * day.ended / day.open;
    }
    won
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(chance: u64) -> u64 {
        (chance * 100 + SURE / 2) / SURE
    }

    #[test]
    fn a_chance_is_the_share_that_was_won_in_as_many_days_among_those_open_as_long() {
        let mut learnt = Learnt::by(LEVELS);
        // A thousand: 200 lost on day 5, 400 won on day 20, 400 won on day 60.
        for (age, count, end) in [(5, 200, End::Lost), (20, 400, End::Won), (60, 400, End::Won)] {
            (0..count).for_each(|_| learnt.add(0, age, end));
        }
        let mut odds = Odds::of(&learnt, 30);
        assert_eq!(percent(odds.chance(0, Some(0))), 40, "of all that began");
        assert_eq!(percent(odds.chance(0, Some(5))), 50, "of those that were not lost");
        assert_eq!(percent(odds.chance(0, Some(31))), 99, "one that is as old as the rest was is won when they were");
        let mut odds = Odds::of(&learnt, 100);
        assert_eq!(percent(odds.chance(0, Some(0))), 80);
        assert_eq!(Odds::of(&learnt, 0).chance(0, Some(9)), 0, "nothing is won when no day is left");
    }

    #[test]
    fn what_lies_open_without_an_end_lowers_the_rates() {
        let mut learnt = Learnt::by(1);
        (0..500).for_each(|_| learnt.add(0, 10, End::Won));
        let before = Odds::of(&learnt, 30).chance(0, Some(0));
        (0..500).for_each(|_| learnt.add(0, 300, End::Open));
        let with = Odds::of(&learnt, 30).chance(0, Some(0));
        assert!(percent(before) >= 99 && (49..=51).contains(&percent(with)), "{before} {with}");
        // Those that began yesterday tell nothing of the days they have still to go through.
        (0..500).for_each(|_| learnt.add(0, 1, End::Open));
        assert!((48..=51).contains(&percent(Odds::of(&learnt, 30).chance(0, Some(1)))));
    }

    #[test]
    fn the_further_a_sale_is_the_more_likely_it_is_won_and_few_deals_move_little() {
        let mut learnt = Learnt::by(LEVELS);
        for level in 0..LEVELS {
            (0..100).for_each(|_| learnt.add(level, 40, End::Lost));
        }
        (0..100).for_each(|_| learnt.add(0, 40, End::Won));
        let mut odds = Odds::of(&learnt, 60);
        let chances: Vec<u64> = (0..LEVELS).map(|level| percent(odds.chance(level, Some(10)))).collect();
        assert!(chances.is_sorted() && chances[0] == 14 && chances[5] > 45, "{chances:?}");
        // No deal was ever so old: what is known of all is all that is known.
        assert_eq!(odds.chance(3, Some(900)), odds.chance(0, None));
        // One deal that came far and was won makes nothing sure.
        let mut few = Learnt::by(LEVELS);
        (0..50).for_each(|_| few.add(0, 40, End::Lost));
        few.add(5, 40, End::Won);
        let chance = percent(Odds::of(&few, 60).chance(5, Some(10)));
        assert!(chance < 20, "{chance}");
    }
}

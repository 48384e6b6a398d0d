//! What is drawn beside a count, as signs in cells: bars, the steps of a funnel, the days of a week, a line of weeks.

/// What is drawn beside the count of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Drawn {
    /// As long as the count is of [`super::ReviewLine::of`]; nothing where that is 0.
    #[default]
    Bar,
    /// The same in the middle: below each other they narrow.
    Funnel,
    /// A number for each day of a week from Monday on, each as wide as `each` cells; nothing on days that are over.
    Days { days: [Option<u64>; 7], each: usize },
    /// As high as each number is of the highest one.
    Weeks(Vec<u64>),
}

/// The signs that it is drawn with, each of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    pub bar: &'static str,
    /// From nothing to the highest.
    pub levels: [&'static str; 8],
    /// A day on which nothing is.
    pub none: &'static str,
}

impl Marks {
    pub const UNICODE: Self = Self { bar: "█", levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], none: "·" };
    pub const ASCII: Self = Self { bar: "#", levels: ["_", ".", ":", "-", "=", "+", "*", "#"], none: "-" };
}

impl Drawn {
    /// Returns the cells it takes, where a bar takes so many.
    pub const fn cells(&self, bar: usize) -> usize {
        match self {
            Self::Bar | Self::Funnel => bar,
            Self::Days { each, .. } => 7 * *each + 6,
            Self::Weeks(numbers) => numbers.len(),
        }
    }

    /// Returns the signs, where the count is `count` of `of` and a bar takes so many cells.
    pub fn text(&self, count: u64, of: u64, bar: usize, marks: Marks) -> String {
        match self {
            Self::Bar => marks.bar.repeat(full(count, of, bar)),
            Self::Funnel => {
                let full = full(count, of, bar);
                format!("{}{}", " ".repeat((bar - full) / 2), marks.bar.repeat(full))
            }
            Self::Days { days, each } => {
                let day = |day: &Option<u64>| match day {
                    None => String::new(),
                    Some(0) => marks.none.to_owned(),
                    Some(count) => short(*count),
                };
                days.iter().map(|one| format!("{:>each$}", day(one))).collect::<Vec<_>>().join(" ")
            }
            Self::Weeks(numbers) => {
                let most = numbers.iter().copied().max().unwrap_or(0);
                let level = |number: u64| full(number, most, marks.levels.len() - 1);
                numbers.iter().filter_map(|number| marks.levels.get(level(*number)).copied()).collect()
            }
        }
    }
}

/// Returns how many of `cells` a part of a whole fills; whatever there is at all is seen.
fn full(part: u64, whole: u64, cells: usize) -> usize {
    let cells = cells as u64;
    let full = part.saturating_mul(cells).div_ceil(whole.max(1)).min(cells);
    usize::try_from(full).unwrap_or(0)
}

/// Returns a count in no more than four cells.
pub(super) fn short(count: u64) -> String {
    match count {
        0..1_000 => count.to_string(),
        1_000..1_000_000 => format!("{}K", count / 1_000),
        _ => format!("{}M", (count / 1_000_000).min(999)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_there_is_at_all_is_seen_and_nothing_is_longer_than_its_place() {
        for (drawn, count, of, text) in [
            (Drawn::Bar, 5, 10, "█████"),
            (Drawn::Bar, 1, 1_000, "█"),
            (Drawn::Bar, 0, 10, ""),
            (Drawn::Bar, 3, 0, "██████████"),
            (Drawn::Funnel, 10, 10, "██████████"),
            (Drawn::Funnel, 4, 10, "   ████"),
            (Drawn::Funnel, 1, 10, "    █"),
            (Drawn::Weeks(vec![0, 1, 7, 14, 100, 100]), 0, 0, "▁▂▂▂██"),
            (Drawn::Weeks(vec![0, 0]), 0, 0, "▁▁"),
            (
                Drawn::Days { days: [None, Some(0), Some(3), Some(12), Some(0), Some(0), Some(1)], each: 2 },
                16,
                0,
                "    ·  3 12  ·  ·  1",
            ),
            (
                Drawn::Days { days: [Some(1_234), None, None, None, None, None, Some(999)], each: 3 },
                0,
                0,
                " 1K                     999",
            ),
        ] {
            let said = drawn.text(count, of, 10, Marks::UNICODE);
            assert_eq!(said, text, "{drawn:?}");
            assert!(said.chars().count() <= drawn.cells(10), "{drawn:?}");
        }
    }

    #[test]
    fn plain_signs_are_ascii() {
        let marks = Marks::ASCII;
        assert!(marks.bar.is_ascii() && marks.none.is_ascii() && marks.levels.iter().all(|level| level.is_ascii()));
        assert_eq!(Drawn::Weeks(vec![0, 1, 7]).text(0, 0, 10, marks), "_.#");
    }
}

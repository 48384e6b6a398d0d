//! What makes a deal the next one to work on, and how much each of that counts: a setting; what it comes to is `insight/priority.rs`.

use std::fmt;

use super::fold::fold;
use super::text::plain;

/// One of the things that make a deal the next one to work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// How much time is left to answer, or until the close date.
    Time,
    /// How much it is worth.
    Value,
    /// How long it has stood in its stage.
    Age,
    /// What nobody has filled in yet.
    Missing,
    /// The day of its next step.
    FollowUp,
    /// Deals like it that were won.
    WonBefore,
}

impl Aspect {
    pub const ALL: [Self; 6] = [Self::Time, Self::Value, Self::Age, Self::Missing, Self::FollowUp, Self::WonBefore];

    /// Returns the word of the setting and of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Value => "value",
            Self::Age => "age",
            Self::Missing => "missing",
            Self::FollowUp => "follow-up",
            Self::WonBefore => "won-before",
        }
    }
}

/// How much each aspect counts: whole numbers from 0, which leaves it out, to 100. A setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriorityWeights([u8; Aspect::ALL.len()]);

impl Default for PriorityWeights {
    fn default() -> Self {
        Self([10, 6, 2, 3, 8, 4])
    }
}

impl PriorityWeights {
    const MOST: u8 = 100;

    /// Reads them as people write them: `time 10, value 6`, also with colons or equals signs and without commas; what is not named keeps
    /// its default.
    ///
    /// # Errors
    /// The part that is none, or that names an aspect twice.
    pub fn parse(typed: &str) -> Result<Self, String> {
        let text = fold(&plain(typed));
        let mut words =
            text.split(|c: char| c.is_whitespace() || ",;:=、".contains(c)).filter(|word| !word.is_empty()).peekable();
        let (mut weights, mut named) = (Self::default(), Vec::new());
        while words.peek().is_some() {
            // `won before 4` is `won-before 4`.
            let mut name: Vec<&str> = Vec::new();
            while let Some(word) = words.next_if(|word| !word.starts_with(|c: char| c.is_ascii_digit() || c == '-')) {
                name.push(word);
            }
            let number = words.next().unwrap_or_default();
            let part = || [&name[..], &[number]].concat().join(" ").trim().to_owned();
            let code = name.join("-");
            let aspect = Aspect::ALL.into_iter().find(|aspect| aspect.code() == code).ok_or_else(part)?;
            let weight = number.parse::<u8>().ok().filter(|weight| *weight <= Self::MOST).ok_or_else(part)?;
            if named.contains(&aspect) {
                return Err(part());
            }
            named.push(aspect);
            weights.0[aspect as usize] = weight;
        }
        if named.is_empty() { Err(text) } else { Ok(weights) }
    }

    pub const fn of(self, aspect: Aspect) -> u8 {
        self.0[aspect as usize]
    }
}

impl fmt::Display for PriorityWeights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let each = Aspect::ALL.map(|aspect| format!("{} {}", aspect.code(), self.of(aspect)));
        f.write_str(&each.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_typed_in_any_order_and_what_is_not_named_keeps_its_default() {
        let all = "time 10, value 6, age 2, missing 3, follow-up 8, won-before 4";
        assert_eq!(PriorityWeights::default().to_string(), all);
        assert_eq!(PriorityWeights::parse(all), Ok(PriorityWeights::default()));
        for (typed, is) in [
            ("time 0", "time 0, value 6, age 2, missing 3, follow-up 8, won-before 4"),
            ("Won-Before: 100; time=1", "time 1, value 6, age 2, missing 3, follow-up 8, won-before 100"),
            ("follow up 5 won before 6 age ７", "time 10, value 6, age 7, missing 3, follow-up 5, won-before 6"),
        ] {
            let weights = PriorityWeights::parse(typed).unwrap();
            assert_eq!(weights.to_string(), is, "{typed}");
            assert_eq!(PriorityWeights::parse(&weights.to_string()), Ok(weights));
        }
    }

    #[test]
    fn the_part_that_is_wrong_is_named() {
        for (typed, wrong) in [
            ("time 10, speed 4", "speed 4"),
            ("time 101", "time 101"),
            ("value -1", "value -1"),
            ("value", "value"),
            ("10", "10"),
            ("time 1.5", "time 1.5"),
            ("time 1, age 2, time 3", "time 3"),
            (",", ","),
        ] {
            assert_eq!(PriorityWeights::parse(typed), Err(wrong.to_owned()), "{typed}");
        }
    }
}

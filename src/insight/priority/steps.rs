//! The steps by which time, value, age, follow-ups and earlier deals become numbers from 0 to 10.

use super::Won;
use crate::domain::date::Date;
use crate::domain::money::{Currency, Money};
use crate::domain::rate::Rates;

/// Returns the level of the first step that is above a number; 0 above all of them.
fn below(steps: &[(i64, u8)], number: i64) -> u8 {
    steps.iter().find(|(limit, _)| number < *limit).map_or(0, |(_, level)| *level)
}

/// Returns the level of the last step that a number reaches.
fn reached(steps: &[(i64, u8)], number: i64) -> u8 {
    steps.iter().rev().find(|(limit, _)| number >= *limit).map_or(0, |(_, level)| *level)
}

/// Takes the whole hours that are left to answer.
pub(super) fn of_answer(hours: i64) -> u8 {
    below(&[(4, 10), (24, 9), (48, 8), (72, 7), (5 * 24, 5), (7 * 24, 4), (10 * 24, 2), (14 * 24, 1)], hours)
}

/// Takes the days until the close date; what should have closed is as urgent as what closes today.
pub(super) fn of_close(days: i64) -> u8 {
    below(&[(1, 8), (4, 7), (8, 6), (15, 4), (31, 2), (61, 1)], days)
}

/// Takes the days until the next step.
pub(super) fn of_follow_up(days: i64) -> u8 {
    below(&[(0, 10), (1, 9), (2, 5), (4, 3), (8, 1)], days)
}

/// Takes the days that a deal has stood in its stage.
pub(super) fn of_age(days: i64) -> u8 {
    reached(&[(7, 1), (14, 2), (21, 3), (30, 4), (45, 5), (60, 6), (90, 8), (180, 10)], days)
}

/// A customer who bought before counts most, then what sold before, then where.
pub(super) fn of_won(won: Won) -> u8 {
    let customer = reached(&[(1, 4), (2, 5), (3, 6)], won.customer.into());
    let solution = reached(&[(1, 1), (3, 2), (10, 3)], won.solution.into());
    customer + solution + u8::from(won.country > 0)
}

/// From how much on a value comes to the next level, in units of a currency of the size of a dollar.
const WORTH: [i128; 10] = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000];

/// Returns how many of its units are about one of the size of a dollar, as a power of ten: so what is large in one currency is large in
/// another, also where no rate is known. It only says where the steps lie; nothing is converted by it.
fn size(currency: Currency) -> i128 {
    match currency.code() {
        "CNY" | "HKD" | "TWD" | "THB" | "MXN" | "ZAR" | "SEK" | "NOK" | "DKK" | "CZK" | "TRY" | "MDL" | "UYU" | "GTQ" => 10,
        "JPY" | "INR" | "PHP" | "RUB" | "HUF" | "ISK" | "PKR" | "LKR" | "BDT" | "NPR" | "EGP" | "KES" | "RSD" | "ALL" | "DZD" => {
            100
        }
        "KRW" | "CLP" | "COP" | "ARS" | "NGN" | "KZT" | "MNT" | "KHR" | "MMK" | "TZS" | "UGX" | "IQD" | "AMD" | "CRC" | "XOF"
        | "XAF" => 1_000,
        "IDR" | "VND" | "UZS" | "LAK" | "PYG" | "GNF" | "IRR" => 10_000,
        "LBP" => 100_000,
        _ => 1,
    }
}

/// The steps of a currency, in its smallest units.
#[derive(Debug, Clone)]
pub(super) struct Steps {
    minor: [i128; WORTH.len()],
    /// Whether they are those of the home currency.
    pub in_home: bool,
}

impl Steps {
    /// Takes the steps of the home currency where there is a rate for it, else those of the currency itself.
    pub(super) fn new(currency: Currency, home: Option<Currency>, rates: &Rates, on: Date) -> Self {
        let steps = |of: Currency| WORTH.map(|worth| worth * size(of) * 10_i128.pow(of.decimals()));
        let convert = |home: Currency| {
            let each = steps(home).map(|minor| rates.convert_minor(minor, home, currency, on).map(|converted| converted.minor));
            let all: Option<Vec<i128>> = each.into_iter().collect();
            <[i128; WORTH.len()]>::try_from(all?).ok()
        };
        match home.and_then(convert) {
            Some(minor) => Self { minor, in_home: true },
            None => Self { minor: steps(currency), in_home: false },
        }
    }

    pub(super) fn level(&self, value: Money) -> u8 {
        let reached = self.minor.partition_point(|step| *step <= i128::from(value.minor()));
        u8::try_from(reached).unwrap_or(super::MOST)
    }
}

//! Numbers, money, dates and times as people write them in a language; pure text, no clock.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::sentences::Sentences;
use crate::domain::date::Date;
use crate::domain::deadline::{Deadline, Pressing};
use crate::domain::instant::Timestamp;
use crate::domain::money::{Currency, Money};
use crate::domain::typed::{Told, Typed, Unit};

/// Puts commas between groups of three digits; all our languages do.
pub(super) fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::with_capacity(number.len() + number.len() / 3);
    out.push_str(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Returns the sign of a currency where it is one people know, else its code.
pub fn currency_sign(currency: Currency) -> &'static str {
    match currency.code() {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "KRW" => "₩",
        "JPY" => "¥",
        code => code,
    }
}

impl Sentences {
    pub fn number(&self, number: u64) -> String {
        grouped(&number.to_string())
    }

    /// Returns an amount with its groups; decimals only where they are not zero.
    pub fn amount(&self, money: Money) -> String {
        let amount = money.amount();
        let short = amount.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|b| b == b'0')).map(|(whole, _)| whole);
        grouped(short.unwrap_or(&amount))
    }

    /// Returns sign and amount in three digits that count (`₩ 1.03B`), for sums and narrow columns.
    pub fn money_short(&self, currency: Currency, minor: i128) -> String {
        let decimals = currency.decimals();
        let mut amount = minor.unsigned_abs();
        let step = 10_u128.pow(amount.checked_ilog10().map_or(0, |log| log.saturating_sub(2)));
        // Rounded first: 999,950 is a million, and not a thousand thousands.
        amount = (amount + step / 2) / step * step;
        let unit = |zeros: u32| 10_u128.pow(decimals + zeros);
        let zeros = [12, 9, 6, 3].into_iter().find(|zeros| amount >= unit(*zeros)).unwrap_or(0);
        let fraction = format!("{:0width$}", amount % unit(zeros), width = (decimals + zeros) as usize);
        let number = format!("{}.{fraction}", amount / unit(zeros));
        let number = grouped(number.trim_end_matches('0').trim_end_matches('.'));
        let number = if minor < 0 { format!("-{number}") } else { number };
        let number = match zeros {
            0 => number,
            3 => self.amount_thousand(number),
            6 => self.amount_million(number),
            9 => self.amount_billion(number),
            _ => self.amount_trillion(number),
        };
        format!("{} {number}", currency_sign(currency))
    }

    /// Returns sign and amount (`₩ 84,000,000`).
    pub fn money(&self, money: Money) -> String {
        format!("{} {}", currency_sign(money.currency()), self.amount(money))
    }

    /// Returns a total in full; one that no single amount can be, in three digits that count.
    pub fn money_total(&self, currency: Currency, minor: i128) -> String {
        let whole = i64::try_from(minor).map(|minor| self.money(Money::from_minor(minor, currency)));
        whole.unwrap_or_else(|_| self.money_short(currency, minor))
    }

    /// Returns the time left to respond: `2d 11h`, `28h`, `42 min`, `≤ 13d`, `over`.
    pub fn time_left(&self, deadline: Deadline, now: Timestamp) -> String {
        if deadline.pressing(now) == Pressing::Over {
            return self.time_left_over();
        }
        let left = deadline.at.since(now);
        let (days, hours) = left.days_hours();
        if !deadline.is_known() {
            // "At most" rounds up: one that has 12 days and an hour left has at most 13.
            return self.time_left_at_most(days + i64::from(left.micros() % 86_400_000_000 >= 60_000_000));
        }
        if days == 0 && hours == 0 {
            return self.time_left_minutes(left.micros() / 60_000_000);
        }
        // Below two days hours are what counts.
        if days < 2 {
            return self.time_left_hours(days * 24 + hours);
        }
        self.time_left_days(days, format!("{hours:02}"))
    }

    /// Returns a day: `3 Nov`, with the year where it is not `this_year`.
    pub fn day(&self, date: NaiveDate, this_year: i32) -> String {
        let month = self.month(date.month());
        if date.year() == this_year {
            self.day_month(date.day().to_string(), month)
        } else {
            self.day_month_year(date.day().to_string(), month, date.year().to_string())
        }
    }

    /// Returns a date of whichever year, with it: `3 Nov 2026`.
    pub fn written_day(&self, date: Date) -> String {
        let day = date.naive();
        self.day_month_year(day.day().to_string(), self.month(day.month()), day.year().to_string())
    }

    /// Returns a date as it was understood: its weekday, how it is stored, and what its writing leaves open.
    pub fn typed_date(&self, typed: Typed) -> String {
        let day = self.weekday_and_date(typed.date);
        let (year, month) = (typed.date.naive().year().to_string(), typed.date.naive().month());
        match typed.told {
            Told::Nothing => day,
            Told::Or(other) => self.date_or(day, self.weekday_and_date(other)),
            Told::EndOf(Unit::Month) => self.date_end_of(day, format!("{} {year}", self.month(month))),
            Told::EndOf(Unit::Quarter) => self.date_end_of(day, format!("Q{} {year}", month.div_ceil(3))),
            Told::EndOf(Unit::Year) => self.date_end_of(day, year),
            Told::EndOf(Unit::Day | Unit::Week) => self.date_end_of_week(day),
        }
    }

    /// Returns a date as it is stored, with its weekday.
    pub fn weekday_and_date(&self, date: Date) -> String {
        let names = self.weekdays();
        let at = date.naive().weekday().num_days_from_monday() as usize;
        self.weekday_date(date.to_string(), names.split(' ').nth(at).unwrap_or_default())
    }

    /// Returns day and time: `19 Nov 08:12`.
    fn day_and_time(&self, at: NaiveDateTime, this_year: i32) -> String {
        self.day_time(self.day(at.date(), this_year), format!("{:02}:{:02}", at.hour(), at.minute()))
    }

    /// Returns an instant, of which clocks where the user is show `local`, as day and time; of which only the day is known as that.
    pub fn moment(&self, at: Timestamp, local: NaiveDateTime, this_year: i32) -> String {
        if at.is_day_only() { self.day(local.date(), this_year) } else { self.day_and_time(local, this_year) }
    }

    pub(super) fn month(&self, month: u32) -> String {
        match month {
            1 => self.month_1(),
            2 => self.month_2(),
            3 => self.month_3(),
            4 => self.month_4(),
            5 => self.month_5(),
            6 => self.month_6(),
            7 => self.month_7(),
            8 => self.month_8(),
            9 => self.month_9(),
            10 => self.month_10(),
            11 => self.month_11(),
            _ => self.month_12(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadline::Basis;
    use crate::i18n::Language;

    fn english() -> Sentences {
        Sentences::new(Language::ENGLISH)
    }

    #[test]
    fn numbers_and_money_are_grouped() {
        for (number, text) in [("0", "0"), ("999", "999"), ("1000", "1,000"), ("-1234567.50", "-1,234,567.50")] {
            assert_eq!(grouped(number), text);
        }
        let money = |minor, code| english().money(Money::from_minor(minor, Currency::parse(code).unwrap()));
        assert_eq!(money(84_000_000, "KRW"), "₩ 84,000,000");
        assert_eq!(money(12_000_000, "USD"), "$ 120,000");
        assert_eq!(money(18_000_050, "EUR"), "€ 180,000.50");
        assert_eq!(money(100, "TWD"), "TWD 1");
        assert_eq!(english().age_days(1_200_u64), "for 1,200 days");
    }

    #[test]
    fn short_amounts_have_three_digits_that_count() {
        #[rustfmt::skip]
        let table = [
            (120_000_000, "USD", "$ 1.2M"), (1_030_000_000, "KRW", "₩ 1.03B"), (89_000_000, "JPY", "¥ 89M"), (540_000_000, "CNY", "CNY 5.4M"),
            (64_000_000, "USD", "$ 640K"), (183_000_000, "KRW", "₩ 183M"), (18_640_000_000, "KRW", "₩ 18.6B"),
            // Rounded up into the next word, and just not.
            (99_995_000, "USD", "$ 1M"), (99_949_999, "USD", "$ 999K"), (99_950_000, "USD", "$ 1M"), (999_500, "KRW", "₩ 1M"), (999_499, "KRW", "₩ 999K"),
            (999_500_000, "KRW", "₩ 1B"), (999_999_999_999, "KRW", "₩ 1T"), (9_995, "KRW", "₩ 10K"), (9_994, "KRW", "₩ 9.99K"),
            (1_005, "KRW", "₩ 1.01K"), (1_004, "KRW", "₩ 1K"), (999, "KRW", "₩ 999"), (1_000, "KRW", "₩ 1K"),
            // Small ones, nothing, and what is owed.
            (0, "USD", "$ 0"), (0, "KRW", "₩ 0"), (5, "USD", "$ 0.05"), (950, "USD", "$ 9.5"), (12_345, "USD", "$ 123"), (99_999, "USD", "$ 1K"),
            (-120_000_000, "USD", "$ -1.2M"), (1_234, "KWD", "KWD 1.23"), (1_234_567, "KWD", "KWD 1.23K"),
            // More than one deal can come to.
            (1_000_000_000_000_000_000_000, "KRW", "₩ 1,000,000,000T"),
        ];
        for (minor, code, expected) in table {
            assert_eq!(english().money_short(Currency::parse(code).unwrap(), minor), expected, "{minor} {code}");
        }
    }

    #[test]
    fn time_left_says_how_sure_it_is() {
        let now = Timestamp::parse("2026-11-21T08:00:00Z").unwrap();
        let left = |text: &str, basis| english().time_left(Deadline { at: Timestamp::parse(text).unwrap(), basis }, now);
        assert_eq!(left("2026-11-21T13:30:00Z", Basis::Given), "5h");
        assert_eq!(left("2026-11-22T12:30:00Z", Basis::Given), "28h");
        assert_eq!(left("2026-11-23T19:00:00Z", Basis::Created), "2d 11h");
        assert_eq!(left("2026-11-21T08:42:30Z", Basis::Created), "42 min");
        assert_eq!(left("2026-12-04T08:00:00Z", Basis::FirstSeen), "≤ 13d");
        assert_eq!(left("2026-12-04T09:00:00Z", Basis::FirstSeen), "≤ 14d");
        assert_eq!(left("2026-11-21T08:00:00Z", Basis::Created), "over");
    }

    #[test]
    fn days_have_their_year_when_it_is_another() {
        let at = |text: &str| Timestamp::parse(text).unwrap().utc();
        assert_eq!(english().day_and_time(at("2026-11-19T08:12:00Z"), 2026), "19 Nov 08:12");
        assert_eq!(english().day(at("2025-01-03T00:00:00Z").date(), 2026), "3 Jan 2025");
    }
}

//! Dates as people type them, in the five languages; dates of files and of the database are `date.rs`.

use chrono::{Datelike, Months};
use unicode_normalization::UnicodeNormalization;

use super::date::{Date, mdy, number, year, ymd};
use super::invalid::Invalid;
use super::period::day_named;

impl Date {
    /// Reads a date as people type it: ISO, `31.12.`, `12/31/2026`, `31 Dec 2026`, `12월 31일`, `+30d`, `+2w`, `+3m`, `today`,
    /// `end of quarter`, `분기말`, `月末`. A date without a year is the next such day from `today` on.
    ///
    /// # Errors
    /// [`Invalid::NotADate`].
    pub fn typed(text: &str, today: Self) -> Result<Self, Invalid> {
        let plain = plain(text);
        relative(&plain, today)
            .or_else(|| ymd(&plain, '-'))
            .or_else(|| ymd(&plain, '/'))
            .or_else(|| mdy(&plain))
            .or_else(|| dotted(&plain, today))
            .or_else(|| asian(&plain, today))
            .or_else(|| named(&plain, today))
            .ok_or_else(|| Invalid::NotADate(text.to_owned()))
    }
}

/// Returns what was typed in half width and small letters.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_lowercase()
}

/// Returns the first such day on or after `today`.
fn next(month: u32, day: u32, today: Date) -> Option<Date> {
    (0..=8).find_map(|ahead| Date::new(today.naive().year() + ahead, month, day).filter(|date| *date >= today))
}

fn dotted(text: &str, today: Date) -> Option<Date> {
    let parts: Vec<&str> = text.split('.').map(str::trim).filter(|p| !p.is_empty()).collect();
    match parts[..] {
        [y, m, d] if y.len() == 4 => Date::new(year(y)?, number(m, 2)?, number(d, 2)?),
        [d, m, y] => Date::new(year(y)?, number(m, 2)?, number(d, 2)?),
        [d, m] => next(number(m, 2)?, number(d, 2)?, today),
        _ => None,
    }
}

fn asian(text: &str, today: Date) -> Option<Date> {
    let (before_day, rest) = text.split_once(['日', '일']).or_else(|| text.split_once('号'))?;
    if !rest.trim().is_empty() {
        return None;
    }
    let (before_month, day) = before_day.split_once(['月', '월'])?;
    let day = number(day, 2)?;
    match before_month.split_once(['年', '년']) {
        Some((y, month)) => Date::new(year(y)?, number(month, 2)?, day),
        None => next(number(before_month, 2)?, day, today),
    }
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Returns the month that a word in small letters names, whole or by three letters or more.
pub(super) fn month_named(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
    u32::try_from(at + 1).ok()
}

/// Reads `31 Dec 2026`, `Dec 31, 2026` and both without a year.
fn named(text: &str, today: Date) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', ',', '.', '-']).filter(|word| !word.is_empty()).collect();
    let (day, month, rest) = match words[..] {
        [first, second, ref rest @ ..] => match (month_named(first), month_named(second)) {
            (Some(month), None) => (second, month, rest),
            (None, Some(month)) => (first, month, rest),
            _ => return None,
        },
        _ => return None,
    };
    let day = number(day, 2)?;
    match rest {
        [] => next(month, day, today),
        [given] => Date::new(year(given)?, month, day),
        _ => None,
    }
}

fn relative(text: &str, today: Date) -> Option<Date> {
    if let Some(day) = day_named(text, today) {
        return Some(day);
    }
    // `end-of-quarter` needs no quotes in a shell.
    match text.replace('-', " ").as_str() {
        "end of month" | "eom" | "월말" | "月末" | "月底" => return Some(today.end_of(1)),
        "end of quarter" | "eoq" | "분기말" | "四半期末" | "季末" | "季度末" | "季底" => {
            return Some(today.end_of(3));
        }
        "end of year" | "eoy" | "연말" | "年末" | "年底" => return Some(today.end_of(12)),
        _ => {}
    }
    let rest = text.strip_prefix('+')?;
    let (count, unit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
    let count = number(count, 4)?;
    match unit {
        "d" => Some(today.plus_days(i64::from(count))),
        "w" => Some(today.plus_days(i64::from(count) * 7)),
        "m" => today.naive().checked_add_months(Months::new(count)).filter(|d| d.year() <= 9999).map(Date::from),
        "y" => today.naive().checked_add_months(Months::new(count * 12)).filter(|d| d.year() <= 9999).map(Date::from),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Date {
        Date::iso(text).unwrap()
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        let today = date("2026-11-21");
        for (typed, expected) in [
            ("2026-12-31", "2026-12-31"),
            ("2026/12/31", "2026-12-31"),
            ("2026.12.31", "2026-12-31"),
            ("31.12.2026", "2026-12-31"),
            ("31.12.", "2026-12-31"),
            ("1.3.", "2027-03-01"),
            ("29.2.", "2028-02-29"),
            ("12/31/2026", "2026-12-31"),
            ("1/30/2027", "2027-01-30"),
            ("２０２６－１２－３１", "2026-12-31"),
            ("2026年12月31日", "2026-12-31"),
            ("2026년 12월 31일", "2026-12-31"),
            ("12월 31일", "2026-12-31"),
            ("3月1日", "2027-03-01"),
            ("12月31号", "2026-12-31"),
            ("today", "2026-11-21"),
            ("+30d", "2026-12-21"),
            ("+2w", "2026-12-05"),
            ("+3m", "2027-02-21"),
            ("+1Y", "2027-11-21"),
            ("end of quarter", "2026-12-31"),
            ("end-of-quarter", "2026-12-31"),
            ("end-of-year", "2026-12-31"),
            ("eom", "2026-11-30"),
            ("31 Dec 2026", "2026-12-31"),
            ("December 31, 2026", "2026-12-31"),
            ("1 mar", "2027-03-01"),
            ("Mar 1", "2027-03-01"),
            ("2026. 12. 31.", "2026-12-31"),
            ("분기말", "2026-12-31"),
            ("月末", "2026-11-30"),
            ("明天", "2026-11-22"),
            ("어제", "2026-11-20"),
        ] {
            assert_eq!(Date::typed(typed, today).map(|d| d.to_string()).as_deref(), Ok(expected), "{typed}");
        }
        for typed in [
            "",
            "31.13.",
            "2026-02-30",
            "13/13/2026",
            "+d",
            "+3x",
            "soon",
            "31 de 2026",
            "ma 1",
            "31 Dec 26",
            "26-1-1",
            "1/2/3/2026",
            "+",
            "한",
        ] {
            assert!(Date::typed(typed, today).is_err(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn printed_dates_are_read_back(days in -600_000i64..2_000_000) {
            let printed = date("2026-11-21").plus_days(days);
            prop_assert_eq!(Date::typed(&printed.to_string(), date("2026-11-21")), Ok(printed));
        }

        /// As each of the five languages writes a day, also in full-width digits.
        #[test]
        fn days_written_in_five_languages_are_read_back(days in 0_i64..40_000, wide in any::<bool>(), language in 0_usize..6) {
            let day = date("2026-11-21").plus_days(days);
            let (y, m, d) = (day.naive().year(), day.naive().month(), day.naive().day());
            let mut written = match language {
                0 => format!("{m}/{d}/{y}"),
                1 => format!("{y}년 {m}월 {d}일"),
                2 => format!("{y}年{m}月{d}日"),
                3 => format!("{y}年{m}月{d}号"),
                4 => format!("{y}/{m:02}/{d:02}"),
                _ => format!("{y}. {m}. {d}."),
            };
            if wide {
                written = written.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).filter(|_| c.is_ascii_digit()).unwrap_or(c)).collect();
            }
            prop_assert_eq!(Date::typed(&written, date("2026-11-21")), Ok(day), "{}", written);
        }

        #[test]
        fn no_text_makes_the_parser_fall_over(text in ".{0,16}") {
            let _ = Date::typed(&text, date("2026-11-21"));
        }
    }
}

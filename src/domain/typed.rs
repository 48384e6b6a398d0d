//! Dates as people type them, in the five languages; dates of files and of the database are `date.rs`.

use chrono::Datelike;
use unicode_normalization::UnicodeNormalization;

pub use super::calendar_words::Unit;
use super::calendar_words::{ahead_named, end_named, month_named, weekday_named, whose_end};
use super::date::{Date, Order, Today, number, year, ymd};
use super::invalid::Invalid;
use super::period::{Lacking, Period, day_named, year_before_sign};

/// A date as it was typed, with what its writing leaves open or does not say by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    pub date: Date,
    pub told: Told,
}

/// What is to be told beside a date, so that nobody takes it for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Nothing,
    /// A month, say, was typed: it is its last day.
    EndOf(Unit),
    /// It can be read as this day too.
    Or(Date),
}

impl Typed {
    const fn plain(date: Date) -> Self {
        Self { date, told: Told::Nothing }
    }
}

impl Date {
    /// Reads a day as people type it: ISO, `20261231`, `31.12.`, `12/31/2026`, `31 Dec 2026`, `12월 31일`, `令和8年12月31日`, `+30d`, `in 2 weeks`,
    /// `3개월 후`, `today`, `next friday`, `下周五`, `end of quarter`, `분기말`, `다음달 말`. A date without a year is the next such day from `today` on.
    ///
    /// # Errors
    /// [`Invalid::NotADate`].
    pub fn typed(text: &str, today: impl Into<Today>) -> Result<Self, Invalid> {
        Self::on(text, today).map(|typed| typed.date)
    }

    /// Reads a day as [`Date::typed`], with what its writing leaves open.
    ///
    /// # Errors
    /// [`Invalid::NotADate`].
    pub fn on(text: &str, today: impl Into<Today>) -> Result<Typed, Invalid> {
        one_day(&plain(text), today.into()).ok_or_else(|| Invalid::NotADate(text.to_owned()))
    }

    /// Reads the day by which something is to be: as [`Date::typed`], and the last day of a span (`Q1`, `2026-12`, `다음달`, `12월`) that is
    /// not over, `2w`, and six digits.
    ///
    /// # Errors
    /// [`Invalid::NotADate`].
    pub fn by(text: &str, today: impl Into<Today>) -> Result<Typed, Invalid> {
        let (plain, today) = (plain(text), today.into());
        one_day(&plain, today)
            .or_else(|| six_digits(&plain, today))
            .or_else(|| numeric(&plain.replace(' ', ""), today))
            .or_else(|| ahead_named(&plain).and_then(|(count, unit, _)| ahead(count, unit, *today)).map(Typed::plain))
            .or_else(|| end_of_span(&plain, *today))
            .ok_or_else(|| Invalid::NotADate(text.to_owned()))
    }
}

/// Returns what was typed in half width and small letters.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_lowercase()
}

fn one_day(text: &str, today: Today) -> Option<Typed> {
    dated(text, today).or_else(|| relative(text, *today).map(Typed::plain)).or_else(|| weekday(text, *today))
}

/// Reads a day that is named by its month.
fn dated(text: &str, today: Today) -> Option<Typed> {
    numeric(text, today).or_else(|| asian(text, *today).or_else(|| named(text, *today)).map(Typed::plain))
}

/// Reads a day that is named by its month, in what [`plain`] returns; without a year it is the last such one, today included.
pub(super) fn last_dated(text: &str, today: Today) -> Option<Typed> {
    let year_ago = Today { date: today.plus_months(-12).plus_days(1), ..today };
    let typed = dated(text, year_ago).or_else(|| six_digits(text, year_ago))?;
    let is_yearless = text.split(['/', '-', '.']).filter(|part| !part.trim().is_empty()).count() == 2;
    match typed.told {
        // Of two days the one that is not behind us is not meant; one whose year was typed is.
        Told::Or(other) if typed.date > *today && is_yearless => Some(Typed { date: other, told: Told::Or(typed.date) }),
        _ => Some(typed),
    }
    .filter(|typed| typed.date <= *today)
}

/// Returns the first such day on or after `today`.
fn next(month: u32, day: u32, today: Date) -> Option<Date> {
    (0..=8).find_map(|ahead| Date::new(today.naive().year() + ahead, month, day).filter(|date| *date >= today))
}

/// Returns the first of the readings there are; another one beside it, where that is another day.
fn first_of(readings: impl IntoIterator<Item = Option<Date>>) -> Option<Typed> {
    let mut readings = readings.into_iter().flatten();
    let date = readings.next()?;
    let told = readings.find(|other| *other != date).map_or(Told::Nothing, Told::Or);
    Some(Typed { date, told })
}

/// Reads a date of nothing but digits and marks.
fn numeric(text: &str, today: Today) -> Option<Typed> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Date::new(year(&text[..4])?, number(&text[4..6], 2)?, number(&text[6..], 2)?).map(Typed::plain);
    }
    let mark = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    // `31.12.`
    let text = text.strip_suffix('.').filter(|_| mark == '.').unwrap_or(text);
    let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
    match parts[..] {
        [_, _, _] if parts[0].len() == 4 => ymd(&parts.join("-"), '-').map(Typed::plain),
        [one, other, y] if y.len() == 4 => in_year(year(y)?, number(one, 2)?, number(other, 2)?, mark, today.order),
        [one, between, other] if one.len() == 2 || other.len() == 2 => {
            let whole = parts.iter().all(|part| part.len() == 2);
            // `31.12. 27 units` is no day of 2027.
            let is_open = text.contains(' ') || (mark == '-' && !whole);
            if is_open { None } else { two_digit_year([one, between, other], mark, today) }
        }
        [one, other] => {
            let (one, other) = (number(one, 2)?, number(other, 2)?);
            let (month_first, day_first) = (next(one, other, *today), next(other, one, *today));
            // `3.4.` is the third of April wherever months are not written first with points.
            let by_month = if mark == '.' { today.order == Order::Year } else { today.order != Order::Day };
            first_of(if by_month { [month_first, day_first] } else { [day_first, month_first] })
        }
        _ => None,
    }
}

/// Reads a date that ends with its year in four digits.
fn in_year(year: i32, one: u32, other: u32, mark: char, order: Order) -> Option<Typed> {
    let (month_first, day_first) = (Date::new(year, one, other), Date::new(year, other, one));
    match mark {
        // Nobody writes the month first with points and the year behind.
        '.' => day_first.map(Typed::plain),
        _ if order == Order::Day => first_of([day_first, month_first]),
        _ => first_of([month_first, day_first]),
    }
}

/// Reads a date with a year of two digits: of its readings those from today on that are not far off, else all.
fn two_digit_year([one, between, other]: [&str; 3], mark: char, today: Today) -> Option<Typed> {
    /// Deals close within so many years.
    const NEAR: i32 = 4;
    let of = |y: &str, m: &str, d: &str| {
        let y = number(y, 2).filter(|_| y.len() == 2).and_then(|y| i32::try_from(y).ok())?;
        Date::new(2_000 + y, number(m, 2)?, number(d, 2)?)
    };
    let year_first = of(one, between, other);
    let day_first = of(other, between, one);
    let month_first = of(other, one, between).filter(|_| mark == '/');
    let readings = match today.order {
        Order::Year => [year_first, month_first, day_first],
        Order::Month if mark == '/' => [month_first, day_first, year_first],
        Order::Month => [year_first, day_first, month_first],
        Order::Day => [day_first, year_first, month_first],
    };
    let is_near = |date: &Date| *date >= *today && date.naive().year() <= today.naive().year() + NEAR;
    // One of the last years is not meant, but told.
    let may_be = |date: &Date| (date.naive().year() - today.naive().year()).abs() <= NEAR;
    let near = readings.map(|date| date.filter(is_near));
    if near.iter().all(Option::is_none) {
        return first_of(readings);
    }
    first_of(near.into_iter().chain(readings.map(|date| date.filter(may_be))))
}

/// Reads `261231` or `311226`.
fn six_digits(text: &str, today: Today) -> Option<Typed> {
    let shaped = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    let order = if today.order == Order::Day { Order::Day } else { Order::Year };
    if shaped { two_digit_year([&text[..2], &text[2..4], &text[4..]], '.', Today { order, ..today }) } else { None }
}

fn asian(text: &str, today: Date) -> Option<Date> {
    let (before_month, rest) = text.split_once(['月', '월'])?;
    let day = rest.trim().strip_suffix(['日', '일', '号'])?;
    let day = number(day, 2)?;
    match before_month.split_once(['年', '년']) {
        Some((y, month)) => Date::new(year_before_sign(y, today)?, number(month, 2)?, day),
        None => next(number(before_month, 2)?, day, today),
    }
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
    if let Some(unit) = end_named(text) {
        return Some(today.end_of(unit.months()));
    }
    if let Some((count, unit, true)) = ahead_named(text) {
        return ahead(count, unit, today);
    }
    let (span, unit) = Period::named(whose_end(text)?, today, Lacking::NotOver)?;
    Some(span.last).filter(|_| unit != Unit::Day)
}

/// Returns the day so far ahead; `None` beyond the calendar.
fn ahead(count: u32, unit: Unit, today: Date) -> Option<Date> {
    let many = i64::from(count);
    let moved = match unit {
        Unit::Day => today.plus_days(many),
        Unit::Week => today.plus_days(many * 7),
        Unit::Month | Unit::Quarter | Unit::Year => today.plus_months(i32::try_from(count * unit.months()).ok()?),
    };
    (count == 0 || moved != today).then_some(moved)
}

/// Reads `fri`, `next friday`, `다음주 금요일`. The word alone is the next such day after today; English `next` may mean that one or the
/// one of the next week.
fn weekday(text: &str, today: Date) -> Option<Typed> {
    let (day, week) = weekday_named(text)?;
    let this = today.monday().plus_days(day);
    let coming = if this > today { this } else { this.plus_days(7) };
    let Some(week) = week else { return Some(Typed::plain(coming)) };
    let date = this.plus_days(week * 7);
    let is_open = text.starts_with("next") && !text.starts_with("next week") && date != coming;
    Some(Typed { date, told: if is_open { Told::Or(coming) } else { Told::Nothing } })
}

/// Reads a span whose last day is meant; a bare number is no year.
fn end_of_span(text: &str, today: Date) -> Option<Typed> {
    let is_bare = text.bytes().all(|b| b.is_ascii_digit());
    let (span, unit) = Period::named(text, today, Lacking::NotOver).filter(|_| !is_bare)?;
    Some(Typed { date: span.last, told: Told::EndOf(unit) })
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

    fn read(text: &str, order: Order) -> String {
        let today = Today { date: date("2026-11-21"), order };
        match Date::by(text, today) {
            Err(_) => "-".to_owned(),
            Ok(Typed { date, told: Told::Nothing }) => date.to_string(),
            Ok(Typed { date, told: Told::EndOf(unit) }) => format!("{date} end of {unit:?}"),
            Ok(Typed { date, told: Told::Or(other) }) => format!("{date} or {other}"),
        }
    }

    #[test]
    fn days_of_digits_are_read_as_they_are_written_where_people_live() {
        #[rustfmt::skip]
        let table = [
            // typed, where the year, the month, the day comes first
            ("12/31", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("31/12", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("12-31", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("3/4", "2027-03-04 or 2027-04-03", "2027-03-04 or 2027-04-03", "2027-04-03 or 2027-03-04"),
            ("5/5", "2027-05-05", "2027-05-05", "2027-05-05"),
            ("12.31", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("12. 31.", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("31.12.", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("3.4.", "2027-03-04 or 2027-04-03", "2027-04-03 or 2027-03-04", "2027-04-03 or 2027-03-04"),
            ("31/12/2026", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("12/31/2026", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("01/02/2027", "2027-01-02 or 2027-02-01", "2027-01-02 or 2027-02-01", "2027-02-01 or 2027-01-02"),
            ("31-12-2026", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("1.2.2027", "2027-02-01", "2027-02-01", "2027-02-01"),
            ("26.12.31", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("26. 12. 31.", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("26/12/31", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("26-12-31", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("31.12.26", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("12/31/26", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("27.01.28", "2027-01-28 or 2028-01-27", "2027-01-28 or 2028-01-27", "2028-01-27 or 2027-01-28"),
            ("26.10.28", "2028-10-26 or 2026-10-28", "2028-10-26 or 2026-10-28", "2028-10-26 or 2026-10-28"),
            ("20261231", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("２０２６１２３１", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("261231", "2026-12-31", "2026-12-31", "2026-12-31"),
            ("311226", "2026-12-31", "2026-12-31", "2026-12-31"),
        ];
        for (typed, year, month, day) in table {
            assert_eq!([Order::Year, Order::Month, Order::Day].map(|order| read(typed, order)), [year, month, day], "{typed}");
        }
    }

    #[test]
    fn a_deal_is_closed_at_the_end_of_the_span_that_was_typed() {
        #[rustfmt::skip]
        let table = [
            ("다음달 말", "2026-12-31"), ("다음달말", "2026-12-31"), ("내달말", "2026-12-31"), ("내달 말", "2026-12-31"),
            ("来月末", "2026-12-31"), ("來月末", "2026-12-31"), ("下个月底", "2026-12-31"), ("下個月底", "2026-12-31"),
            ("end of next month", "2026-12-31"), ("end-of-next-month", "2026-12-31"), ("next month end", "2026-12-31"),
            ("내년 3월 말", "2027-03-31"), ("来年3月末", "2027-03-31"), ("明年3月底", "2027-03-31"), ("3월 말", "2027-03-31"),
            ("1분기 말", "2027-03-31"), ("end of Q1", "2027-03-31"), ("내년 말", "2027-12-31"), ("明年底", "2027-12-31"),
            ("end of march", "2027-03-31"), ("end of 2027", "2027-12-31"), ("this month end", "2026-11-30"),
            ("다음달", "2026-12-31 end of Month"), ("来月", "2026-12-31 end of Month"), ("下个月", "2026-12-31 end of Month"),
            ("下個月", "2026-12-31 end of Month"), ("next month", "2026-12-31 end of Month"), ("next-month", "2026-12-31 end of Month"),
            ("Q1", "2027-03-31 end of Quarter"), ("q4", "2026-12-31 end of Quarter"), ("Q1 2028", "2028-03-31 end of Quarter"),
            ("1분기", "2027-03-31 end of Quarter"), ("내년 2분기", "2027-06-30 end of Quarter"), ("第4四半期", "2026-12-31 end of Quarter"),
            ("下季度", "2027-03-31 end of Quarter"), ("next quarter", "2027-03-31 end of Quarter"),
            ("2026-12", "2026-12-31 end of Month"), ("12/2026", "2026-12-31 end of Month"), ("Dec 2026", "2026-12-31 end of Month"),
            ("2026년 12월", "2026-12-31 end of Month"), ("12월", "2026-12-31 end of Month"), ("3月", "2027-03-31 end of Month"),
            ("2027-02", "2027-02-28 end of Month"), ("dec", "2026-12-31 end of Month"), ("11월", "2026-11-30 end of Month"),
            ("내년", "2027-12-31 end of Year"), ("next year", "2027-12-31 end of Year"), ("2027년", "2027-12-31 end of Year"),
            ("next week", "2026-11-29 end of Week"), ("다음주", "2026-11-29 end of Week"),
            // A number alone says too little.
            ("2027", "-"), ("12", "-"), ("1231", "-"), ("999999", "-"), ("20261331", "-"), ("end of", "-"), ("말", "-"), ("2 weeks ago", "-"),
        ];
        for (typed, expected) in table {
            assert_eq!(read(typed, Order::Month), expected, "{typed}");
        }
    }

    #[test]
    fn weekdays_counts_and_eras_are_read() {
        // The 21st is a Saturday.
        #[rustfmt::skip]
        let table = [
            ("fri", "2026-11-27"), ("Friday", "2026-11-27"), ("sat", "2026-11-28"), ("금요일", "2026-11-27"), ("金曜日", "2026-11-27"),
            ("周五", "2026-11-27"), ("星期五", "2026-11-27"), ("next friday", "2026-11-27"), ("next-friday", "2026-11-27"),
            ("다음주 금요일", "2026-11-27"), ("来週金曜", "2026-11-27"), ("下周五", "2026-11-27"), ("下週五", "2026-11-27"), ("下星期日", "2026-11-29"),
            ("next sunday", "2026-11-29 or 2026-11-22"), ("this sunday", "2026-11-22"), ("next week tuesday", "2026-11-24"),
            ("2w", "2026-12-05"), ("30d", "2026-12-21"), ("in 30 days", "2026-12-21"), ("in 2 weeks", "2026-12-05"), ("+ 3 months", "2027-02-21"),
            ("30일 후", "2026-12-21"), ("2주 뒤", "2026-12-05"), ("3개월 후", "2027-02-21"), ("30日後", "2026-12-21"), ("2週間後", "2026-12-05"),
            ("3か月後", "2027-02-21"), ("30天后", "2026-12-21"), ("3個月後", "2027-02-21"), ("모레", "2026-11-23"), ("明日", "2026-11-22"),
            ("令和8年12月31日", "2026-12-31"), ("令和元年5月1日", "2019-05-01"), ("民國115年12月31日", "2026-12-31"), ("民国115年12月31日", "2026-12-31"),
            ("12月31日", "2026-12-31"), ("12월 31일", "2026-12-31"), ("내년 3월 15일", "2027-03-15"), ("来年3月15日", "2027-03-15"),
            ("Jan 15", "2027-01-15"), ("-30d", "-"), ("+-30d", "-"), ("in days", "-"), ("30일", "-"), ("-", "-"), ("/", "-"), ("./.", "-"),
        ];
        for (typed, expected) in table {
            assert_eq!(read(typed, Order::Month), expected, "{typed}");
        }
    }

    #[test]
    fn what_follows_a_day_in_a_next_step_is_no_part_of_it() {
        let day = |typed: &str| Date::typed(typed, date("2026-11-21")).ok().map(|day| day.to_string());
        for typed in ["31.12. 27", "may", "Dec", "2w", "Q1", "next month", "261231", "2027"] {
            assert_eq!(day(typed), None, "{typed}");
        }
        for typed in ["12/31", "20261231", "31.12.", "26.12.31"] {
            assert_eq!(day(typed).as_deref(), Some("2026-12-31"), "{typed}");
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
        fn no_text_makes_the_parser_fall_over(text in ".{0,16}|[0-9./ +-]{0,10}") {
            for order in [Order::Year, Order::Month, Order::Day] {
                let _ = Date::by(&text, Today { date: date("2026-11-21"), order });
            }
        }
    }
}

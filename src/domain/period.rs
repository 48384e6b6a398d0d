//! Spans of the calendar as people type them, in the five languages: days, weeks, months, quarters, years; a single day is `typed.rs`.

use chrono::Datelike;

use super::calendar_words::{Unit, ahead_named, last_weekday_named, month_named, step_named, weekday_named};
use super::date::{Date, Today, number, year};
use super::typed::{Told, Typed, last_dated, plain};

/// The days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub first: Date,
    pub last: Date,
}

impl Period {
    /// The words that are offered for what lies behind us, and for what lies ahead.
    pub const BEHIND: [&'static str; 8] =
        ["today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-quarter", "this-year"];
    pub const AHEAD: [&'static str; 8] =
        ["today", "tomorrow", "this-week", "next-week", "this-month", "next-month", "this-quarter", "this-year"];

    const fn day(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// Returns the month, quarter or year (1, 3 or 12 months) that holds a date.
    fn around(date: Date, months: u32) -> Self {
        Self { first: date.start_of(months), last: date.end_of(months) }
    }

    /// Reads `today`, `this-week`, `nextmonth`, `다음달`, `Q1`, `2026-12`, `12/2026`, `Dec 2026`, `2026`, `last friday`, or one day as
    /// [`Date::typed`] does. A month or quarter without a year is that of this year.
    pub fn typed(text: &str, today: impl Into<Today>) -> Option<Self> {
        let (text, today) = (plain(text), today.into());
        // Nothing shows here how `12/26` or `26.10.28` was read: what can be two days, or a month, is none.
        let is_open = text.split_once('/').is_some_and(|(_, rest)| !rest.contains('/'));
        let day = Date::on(&text, today).ok().filter(|typed| !is_open && !matches!(typed.told, Told::Or(_)));
        Self::read(&text, *today, Lacking::ThisYear, day.map(|typed| typed.date))
    }

    /// Reads what lies ahead as the forms do: a day, month or quarter without a year is the next such one that is not over (`12/31`,
    /// `31.10.`, `Jan`), and digits that can be two days are read as they are written where people live.
    pub fn ahead(text: &str, today: impl Into<Today>) -> Option<Self> {
        let (text, today) = (plain(text), today.into());
        let day = Self::day_ahead(&text, today).map(|typed| typed.date);
        Self::read(&text, *today, Lacking::NotOver, day)
    }

    /// Reads what lies behind us, as [`Period::either_behind`] does; digits that can be two days are none, where nothing shows which.
    pub fn behind(text: &str, today: impl Into<Today>) -> Option<Self> {
        let today = today.into();
        Self::either_behind(text, today).filter(|_| Self::of_two(text, today, false).is_none())
    }

    /// Reads what lies behind us, as [`Period::ahead`] reads what lies ahead: a day of the week, or a day, month or quarter without
    /// a year, is the last such one (`friday`, `12/31`, `31.10.`, `Dec`).
    pub fn either_behind(text: &str, today: impl Into<Today>) -> Option<Self> {
        let (text, today) = (plain(text), today.into());
        if let Some((day, None)) = weekday_named(&text) {
            return Some(Self::day(last_weekday(day, *today)));
        }
        let day = Self::day_behind(&text, today).map(|typed| typed.date);
        Self::read(&text, *today, Lacking::Begun, day)
    }

    /// Returns the day that a text is read as, ahead or behind, with the other one that it can mean; `None` where it means but one.
    pub fn of_two(text: &str, today: impl Into<Today>, is_ahead: bool) -> Option<Typed> {
        let (text, today) = (plain(text), today.into());
        let day = if is_ahead { Self::day_ahead(&text, today) } else { Self::day_behind(&text, today) };
        day.filter(|typed| matches!(typed.told, Told::Or(_)))
    }

    fn day_ahead(text: &str, today: Today) -> Option<Typed> {
        // What is counted (`2w`) counts from today only where it says so.
        let counts = matches!(ahead_named(text), Some((_, _, false)));
        let day = Date::by(text, today).ok().filter(|_| !counts)?;
        Some(day).filter(|typed| !matches!(typed.told, Told::EndOf(_)))
    }

    fn day_behind(text: &str, today: Today) -> Option<Typed> {
        last_dated(text, today).or_else(|| Self::day_ahead(text, today))
    }

    /// `day` is what the text is as a day, where it is one.
    fn read(text: &str, today: Date, lacking: Lacking, day: Option<Date>) -> Option<Self> {
        let named = Self::named(text, today, lacking).map(|(period, _)| period);
        let last = || last_weekday_named(text).map(|day| last_weekday(day, today));
        named.or_else(|| last().or(day).map(Self::day))
    }

    /// Reads a span as [`Period::typed`] does, with what it is a span of; no single day but where a word names it.
    pub(super) fn named(text: &str, today: Date, lacking: Lacking) -> Option<(Self, Unit)> {
        let of = |unit| move |period| (period, unit);
        by_name(text, today)
            .or_else(|| of_year(text).map(of(Unit::Year)))
            .or_else(|| month(text, today, lacking).map(of(Unit::Month)))
            .or_else(|| quarter(text, today, lacking).map(of(Unit::Quarter)))
    }
}

/// Which month or quarter is meant where its year is not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lacking {
    /// That of this year.
    ThisYear,
    /// The next that is not over.
    NotOver,
    /// The last that has begun.
    Begun,
}

/// Returns the last such day of the week before today, counted from Monday.
fn last_weekday(day: i64, today: Date) -> Date {
    today.plus_days(-1 - day).monday().plus_days(day)
}

/// Returns the span that begins in a month, in a year where that is named, else in the one that is meant.
fn beginning(year: Option<i32>, month: u32, months: u32, today: Date, lacking: Lacking) -> Option<Period> {
    let of = |year: i32| Date::new(year, month, 1).map(|first| Period::around(first, months));
    let this = today.naive().year();
    match year {
        Some(year) => of(year),
        None => match lacking {
            Lacking::ThisYear => of(this),
            Lacking::NotOver => of(this).filter(|span| span.last >= today).or_else(|| of(this + 1)),
            Lacking::Begun => of(this).filter(|span| span.first <= today).or_else(|| of(this - 1)),
        },
    }
}

/// Returns the day that a word names: today, yesterday, tomorrow.
pub(super) fn day_named(text: &str, today: Date) -> Option<Date> {
    step_named(text).filter(|(unit, _)| *unit == Unit::Day).map(|(_, step)| today.plus_days(step))
}

/// Reads a year before its 年 or 년: its number, that of an era (`令和8`, `民國115`), or what stands before it in `내년`, `来年`.
pub(super) fn year_before_sign(text: &str, today: Date) -> Option<i32> {
    /// Each era with the year before its first one.
    const ERAS: [(&str, i32); 4] = [("令和", 2018), ("平成", 1988), ("民國", 1911), ("民国", 1911)];
    let text = text.trim();
    let by_era = || {
        let (rest, before) = ERAS.iter().find_map(|(era, before)| Some((text.strip_prefix(era)?.trim(), before)))?;
        let years = if rest == "元" { 1 } else { number(rest, 3).and_then(|y| i32::try_from(y).ok())? };
        Some(before + years)
    };
    let by_word = || {
        let named = ["年", "년"].iter().find_map(|sign| step_named(&format!("{text}{sign}")));
        named.filter(|(unit, _)| *unit == Unit::Year).and_then(|(_, step)| Some(today.naive().year() + i32::try_from(step).ok()?))
    };
    year(text).or_else(by_era).or_else(by_word)
}

fn by_name(text: &str, today: Date) -> Option<(Period, Unit)> {
    let (unit, step) = step_named(text)?;
    let period = match unit {
        Unit::Day => Period::day(today.plus_days(step)),
        Unit::Week => {
            let monday = today.monday().plus_days(step * 7);
            Period { first: monday, last: monday.plus_days(6) }
        }
        Unit::Month | Unit::Quarter | Unit::Year => {
            let months = unit.months();
            let inside = match step {
                1 => today.end_of(months).plus_days(1),
                -1 => today.start_of(months).plus_days(-1),
                _ => today,
            };
            Period::around(inside, months)
        }
    };
    Some((period, unit))
}

fn of_year(text: &str) -> Option<Period> {
    let text = text.strip_suffix(['年', '년']).unwrap_or(text);
    Date::new(year(text)?, 1, 1).map(|first| Period::around(first, 12))
}

fn month(text: &str, today: Date, lacking: Lacking) -> Option<Period> {
    let of = |year: Option<i32>, month: u32| beginning(year, month, 1, today, lacking);
    if let Some(rest) = text.strip_suffix(['月', '월']) {
        return match rest.split_once(['年', '년']) {
            Some((y, m)) => of(Some(year_before_sign(y, today)?), number(m, 2)?),
            None => of(None, number(rest, 2)?),
        };
    }
    let parts: Vec<&str> = text.split([' ', ',', '-', '/', '.']).filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [name] => of(None, month_named(name)?),
        [one, other] => match (year(one), year(other)) {
            (Some(y), None) => of(Some(y), month_named(other).or_else(|| number(other, 2))?),
            (None, Some(y)) => of(Some(y), month_named(one).or_else(|| number(one, 2))?),
            _ => None,
        },
        _ => None,
    }
}

fn quarter(text: &str, today: Date, lacking: Lacking) -> Option<Period> {
    let of = |year: Option<i32>, which: u32| beginning(year, which * 3 - 2, 3, today, lacking);
    if let Some((y, which)) = text.split_once(['年', '년']) {
        return of(Some(year_before_sign(y, today)?), quarter_numbered(which.trim())?);
    }
    let parts: Vec<&str> = text.split([' ', '-', '/', '.']).filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [which] => of(None, quarter_numbered(which)?),
        [one, other] => match (year(one), year(other)) {
            (Some(y), None) => of(Some(y), quarter_numbered(other)?),
            (None, Some(y)) => of(Some(y), quarter_numbered(one)?),
            _ => None,
        },
        _ => None,
    }
}

/// Reads `q1`, `1분기`, `第1四半期`, `第一季度`.
fn quarter_numbered(text: &str) -> Option<u32> {
    let ends = ["분기", "四半期", "季度", "季"];
    let digit = text
        .strip_prefix('q')
        .or_else(|| ends.iter().find_map(|end| text.strip_suffix(end)).map(|rest| rest.strip_prefix('第').unwrap_or(rest)))?;
    let at = |digits: [&str; 4]| digits.iter().position(|known| *known == digit);
    let place = at(["1", "2", "3", "4"]).or_else(|| at(["一", "二", "三", "四"]))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::calendar_words::STEPS;
    use super::super::date::Order;
    use super::*;

    fn date(text: &str) -> Date {
        Date::iso(text).unwrap()
    }

    fn said(text: &str) -> Option<String> {
        Period::typed(text, date("2026-11-21")).map(|period| format!("{} {}", period.first, period.last))
    }

    #[test]
    fn a_day_that_can_be_two_is_none_where_nothing_shows_which_it_is() {
        for text in ["26.10.28", "3-4", "3.4"] {
            assert_eq!(Period::typed(text, date("2026-11-21")), None, "{text}");
        }
        assert!(["26.12.31", "28.2."].iter().all(|text| Period::typed(text, date("2026-11-21")).is_some()));
    }

    #[test]
    fn what_lies_behind_us_is_the_last_such_day_month_or_quarter() {
        let behind = |text: &str, today: &str| {
            let period = Period::behind(text, date(today));
            period.map_or(
                "-".to_owned(),
                |Period { first, last }| if first == last { first.to_string() } else { format!("{first} {last}") },
            )
        };
        // The 21st is a Saturday, the 23rd a Monday.
        #[rustfmt::skip]
        let table = [
            // typed, on 2026-11-21, on 2026-11-23
            ("friday", "2026-11-20", "2026-11-20"), ("Fri", "2026-11-20", "2026-11-20"), ("last friday", "2026-11-20", "2026-11-20"),
            ("last-friday", "2026-11-20", "2026-11-20"), ("금요일", "2026-11-20", "2026-11-20"), ("지난 금요일", "2026-11-20", "2026-11-20"),
            ("金曜日", "2026-11-20", "2026-11-20"), ("前の金曜日", "2026-11-20", "2026-11-20"), ("星期五", "2026-11-20", "2026-11-20"),
            ("週五", "2026-11-20", "2026-11-20"), ("monday", "2026-11-16", "2026-11-16"), ("last monday", "2026-11-16", "2026-11-16"),
            ("월요일", "2026-11-16", "2026-11-16"), ("saturday", "2026-11-14", "2026-11-21"), ("last sunday", "2026-11-15", "2026-11-22"),
            ("last week friday", "2026-11-13", "2026-11-20"), ("지난주 금요일", "2026-11-13", "2026-11-20"), ("上周五", "2026-11-13", "2026-11-20"),
            ("先週の金曜日", "2026-11-13", "2026-11-20"), ("this monday", "2026-11-16", "2026-11-23"),
            ("31.10.", "2026-10-31", "2026-10-31"), ("31 Oct", "2026-10-31", "2026-10-31"), ("10월 31일", "2026-10-31", "2026-10-31"),
            ("11월 21일", "2026-11-21", "2026-11-21"), ("22 Nov", "2025-11-22", "2026-11-22"), ("12月1日", "2025-12-01", "2025-12-01"),
            ("2026-11-03", "2026-11-03", "2026-11-03"), ("2027-01-01", "2027-01-01", "2027-01-01"), ("yesterday", "2026-11-20", "2026-11-22"),
            ("Dec", "2025-12-01 2025-12-31", "2025-12-01 2025-12-31"), ("11월", "2026-11-01 2026-11-30", "2026-11-01 2026-11-30"),
            ("q4", "2026-10-01 2026-12-31", "2026-10-01 2026-12-31"), ("2026-12", "2026-12-01 2026-12-31", "2026-12-01 2026-12-31"),
            ("last-week", "2026-11-09 2026-11-15", "2026-11-16 2026-11-22"), ("+3d", "2026-11-24", "2026-11-26"),
            ("12/26", "2025-12-26", "2025-12-26"), ("11/20", "2026-11-20", "2026-11-20"), ("3/4", "-", "-"), ("26.10.28", "-", "-"), ("2w", "-", "-"),
            ("last", "-", "-"), ("last nothing", "-", "-"), ("", "-", "-"),
        ];
        for (typed, saturday, monday) in table {
            assert_eq!(behind(typed, "2026-11-21"), saturday, "{typed}");
            assert_eq!(behind(typed, "2026-11-23"), monday, "{typed}");
        }
    }

    #[test]
    fn what_lies_ahead_is_read_as_the_forms_read_it() {
        let ahead = |text: &str, order: Order| {
            let today = Today { date: date("2026-11-21"), order };
            let period = Period::ahead(text, today);
            let other = Period::of_two(text, today, true).map_or(String::new(), |typed| format!(" told {}", typed.date));
            period.map_or("-".to_owned(), |Period { first, last }| {
                if first == last { format!("{first}{other}") } else { format!("{first} {last}{other}") }
            })
        };
        #[rustfmt::skip]
        let table = [
            // typed, where the month comes first, where the day does
            ("12/31", "2026-12-31", "2026-12-31"), ("1/15", "2027-01-15", "2027-01-15"), ("11/21", "2026-11-21", "2026-11-21"),
            ("31.10.", "2027-10-31", "2027-10-31"), ("3/4", "2027-03-04 told 2027-03-04", "2027-04-03 told 2027-04-03"),
            ("12/26", "2026-12-26", "2026-12-26"), ("26.12.31", "2026-12-31", "2026-12-31"), ("261231", "2026-12-31", "2026-12-31"),
            ("friday", "2026-11-27", "2026-11-27"), ("+2w", "2026-12-05", "2026-12-05"), ("2w", "-", "-"), ("12/2026", "2026-12-01 2026-12-31", "2026-12-01 2026-12-31"),
            ("Jan", "2027-01-01 2027-01-31", "2027-01-01 2027-01-31"), ("Q1", "2027-01-01 2027-03-31", "2027-01-01 2027-03-31"),
            ("11월", "2026-11-01 2026-11-30", "2026-11-01 2026-11-30"), ("last friday", "2026-11-20", "2026-11-20"), ("soon", "-", "-"),
        ];
        for (typed, month_first, day_first) in table {
            assert_eq!(ahead(typed, Order::Month), month_first, "{typed}");
            assert_eq!(ahead(typed, Order::Day), day_first, "{typed}");
        }
    }

    #[test]
    fn what_may_lie_ahead_is_the_next_such_day_unless_the_last_is_named() {
        for (typed, day) in [
            ("friday", "2026-11-27"),
            ("금요일", "2026-11-27"),
            ("31.10.", "2027-10-31"),
            ("last friday", "2026-11-20"),
            ("지난 금요일", "2026-11-20"),
        ] {
            assert_eq!(said(typed), Some(format!("{day} {day}")), "{typed}");
        }
        for typed in ["friday", "금요일", "周五"] {
            assert_eq!(Date::by(typed, date("2026-11-21")).map(|typed| typed.date), Ok(date("2026-11-27")), "{typed} in a form");
        }
    }

    #[test]
    fn weeks_months_quarters_and_years_have_names_in_five_languages() {
        for (words, span) in [
            ("yesterday 어제 昨日 昨天", "2026-11-20 2026-11-20"),
            ("today 오늘 今日 今天", "2026-11-21 2026-11-21"),
            ("tomorrow 내일 明日 明天", "2026-11-22 2026-11-22"),
            ("last-week LastWeek 지난주 先週 上周 上週 上個星期", "2026-11-09 2026-11-15"),
            ("this-week this_week 이번주 今週 这周 這週 本週", "2026-11-16 2026-11-22"),
            ("next-week 다음주 来週 來週 下周 下個星期", "2026-11-23 2026-11-29"),
            ("last-month 지난달 先月 上个月 上個月", "2026-10-01 2026-10-31"),
            ("this-month 이번달 今月 本月 這個月", "2026-11-01 2026-11-30"),
            ("next-month nextmonth 다음달 来月 來月 下个月 下個月", "2026-12-01 2026-12-31"),
            ("last-quarter 지난분기 前四半期 上季度", "2026-07-01 2026-09-30"),
            ("this-quarter 이번분기 今四半期 当四半期 當四半期 本季度", "2026-10-01 2026-12-31"),
            ("next-quarter 다음분기 来四半期 下季度", "2027-01-01 2027-03-31"),
            ("last-year 작년 昨年 去年", "2025-01-01 2025-12-31"),
            ("this-year 올해 今年", "2026-01-01 2026-12-31"),
            ("next-year 내년 来年 明年", "2027-01-01 2027-12-31"),
            (
                "2026-12 2026/12 12/2026 12.2026 2026년12월 2026年12月 dec-2026 2026-dec １２/２０２６ 12월 12月 Dec",
                "2026-12-01 2026-12-31",
            ),
            ("q1 Q1 2026-Q1 q1/2026 1분기 2026년1분기 第1四半期 第一季度 2026年第1四半期", "2026-01-01 2026-03-31"),
            ("2026 2026年 2026년", "2026-01-01 2026-12-31"),
            ("2026-12-18 18.12. 12/18/2026 12월18일 +27d", "2026-12-18 2026-12-18"),
            ("eom 월말 月末 月底", "2026-11-30 2026-11-30"),
        ] {
            for word in words.split(' ') {
                assert_eq!(said(word).as_deref(), Some(span), "{word}");
            }
        }
        for (words, span) in [
            ("this week", "2026-11-16 2026-11-22"),
            ("다음 달", "2026-12-01 2026-12-31"),
            ("Dec 2026", "2026-12-01 2026-12-31"),
            ("December, 2026", "2026-12-01 2026-12-31"),
            ("2026년 12월", "2026-12-01 2026-12-31"),
            ("Q1 2027", "2027-01-01 2027-03-31"),
        ] {
            assert_eq!(said(words).as_deref(), Some(span), "{words}");
        }
        for wrong in ["", "week", "soon", "q5", "q", "13/2026", "2026-13", "0", "99999", "ma", "0月", "五季度", "12/26"] {
            assert_eq!(said(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_period_begins_before_it_ends_and_this_one_holds_today(days in -600_000_i64..2_000_000, text in ".{0,12}") {
            let today = date("2026-11-21").plus_days(days);
            for (unit, step, words) in STEPS {
                let period = Period::typed(words[0], today).unwrap();
                prop_assert!(period.first <= period.last);
                prop_assert!(*step != 0 || matches!(unit, Unit::Day) || (period.first <= today && today <= period.last));
            }
            prop_assert!(Period::typed(&text, today).is_none_or(|period| period.first <= period.last));
        }
    }
}

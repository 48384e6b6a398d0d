//! Reads spans of days in the filter language: relative days, names of periods, ranges; what is days where the user is becomes moments.

use std::ops::Bound;

use chrono::Datelike;

use super::read::{Bounds, any_of_list, unquoted};
use super::{FilterWhy, Test, When};
use crate::domain::date::{Date, Moment, Today};
use crate::domain::instant::Timestamp;
use crate::domain::period::Period;
use crate::domain::typed::Typed;

/// Whether `<3d` looks ahead (a deadline) or back (an age).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ahead {
    Yes,
    No,
}

/// The keys of days that lie ahead as a rule, and of those behind us.
const AHEAD: [&str; 3] = ["close", "due", "next"];
const BEHIND: [&str; 5] = ["created", "received", "accepted", "archived", "changed"];

/// What is behind us, for days that lie ahead as a rule.
pub(super) const OVER: [&str; 2] = ["overdue", "past"];

/// Returns the test of a close date; `overdue` is one that was to be closed before today and is not.
pub(super) fn close(key: &'static str, value: &str, moment: Moment) -> Result<Test, FilterWhy> {
    let before = (Bound::Unbounded, Bound::Excluded(*moment.today));
    match plain(value).as_str() {
        "overdue" => Ok(Test::Overdue(*moment.today)),
        "past" => Ok(Test::Close(before)),
        _ => days(key, value, moment.today, Ahead::Yes).map(Test::Close),
    }
}

/// Returns the test of the day of a next step.
pub(super) fn next(key: &'static str, value: &str, moment: Moment) -> Result<Test, FilterWhy> {
    if OVER.contains(&plain(value).as_str()) {
        return Ok(Test::Next((Bound::Unbounded, Bound::Excluded(*moment.today))));
    }
    days(key, value, moment.today, Ahead::Yes).map(Test::Next)
}

/// Returns the test of a deadline: of those that can still be answered or, where the span is over, of those that ran out in it.
pub(super) fn due(key: &'static str, value: &str, moment: Moment) -> Result<Test, FilterWhy> {
    if OVER.contains(&plain(value).as_str()) {
        return Ok(Test::RanOut((Bound::Unbounded, Bound::Included(moment.now))));
    }
    let span = moments(days(key, value, moment.today, Ahead::Yes)?, moment);
    let is_over = match span.1 {
        Bound::Included(end) => end < moment.now,
        Bound::Excluded(end) => end <= moment.now,
        Bound::Unbounded => false,
    };
    Ok(if is_over { Test::RanOut(span) } else { Test::Due(span) })
}

/// Returns what is typed, and the day that it is read as, of the first day in a value that can be two.
pub(super) fn of_two(key: &str, value: &str, today: Today) -> Option<(String, Typed)> {
    let ahead = if AHEAD.contains(&key) { true } else { BEHIND.contains(&key).then_some(false)? };
    let plain = plain(value);
    let parts = plain.split(['|', ',', '、']);
    parts.flat_map(|part| two_in(part, today, if ahead { Ahead::Yes } else { Ahead::No })).next()
}

/// Returns the days in a part of a value that can be two, each as it is read there: in a range one end may move with the other.
fn two_in(part: &str, today: Today, ahead: Ahead) -> Vec<(String, Typed)> {
    let of = |text: &str| Period::of_two(text, today, ahead == Ahead::Yes);
    let Some((from, to)) = part.split_once("..") else {
        let day = part.trim().trim_start_matches(['<', '>', '=']).trim();
        return of(day).map(|typed| (day.to_owned(), typed)).into_iter().collect();
    };
    let used = in_order(period(from, today, ahead), period(to, today, ahead), [from, to], today, ahead);
    let ends = [(from, used.0), (to, used.1)].into_iter();
    let moved = |(text, used): (&str, Option<Period>)| {
        let typed = of(text)?;
        Some((text.trim().to_owned(), Typed { date: used.map_or(typed.date, |used| used.first), ..typed }))
    };
    ends.filter_map(moved).collect()
}

/// Returns whether a value is one of days, of a key that takes them, though it may end before it begins.
pub(super) fn are_days(key: &'static str, value: &str, today: Today) -> bool {
    let ahead = if AHEAD.contains(&key) { Ahead::Yes } else { Ahead::No };
    let each = |one: &str| days(key, one, today, ahead).map(Test::Close);
    (AHEAD.contains(&key) || BEHIND.contains(&key))
        && matches!(any_of_list(value, each), Ok(_) | Err(FilterWhy::Backwards { .. }))
}

/// Returns the span of moments that lie behind us.
pub(super) fn behind(key: &'static str, value: &str, moment: Moment) -> Result<Bounds<Timestamp>, FilterWhy> {
    days(key, value, moment.today, Ahead::No).map(|days| moments(days, moment))
}

/// As [`behind`], for what happened at a moment and for that of which only the day is known.
pub(super) fn when(key: &'static str, value: &str, moment: Moment) -> Result<When, FilterWhy> {
    Ok(When { moments: behind(key, value, moment)?, days: behind(key, value, moment.among_days())? })
}

fn plain(value: &str) -> String {
    unquoted(value).replace('＜', "<").replace('＞', ">").trim().to_lowercase()
}

/// Reads `<3d`, `>=2w`, `this-month`, `>this-week`, `2026-12..`, `today`. A number of days is one of calendar days: `<3d` and `>=3d`
/// leave nothing out, nor do `<=3d`, with the third day, and `>3d`.
fn days(key: &'static str, value: &str, today: Today, ahead: Ahead) -> Result<Bounds<Date>, FilterWhy> {
    let plain = plain(value);
    if let Some((sign, count)) = counted(&plain) {
        let day = today.plus_days(if ahead == Ahead::Yes { count } else { -count });
        let period = Period { first: day, last: day };
        // A larger age is an earlier day.
        return Ok(compared(if ahead == Ahead::Yes { sign } else { sign.turned() }, period));
    }
    let read = |text: &str| period(text, today, ahead).ok_or_else(|| FilterWhy::NotADate { key, value: text.trim().to_owned() });
    if let Some((from, to)) = plain.split_once("..") {
        let end = |text: &str| Some(text).filter(|text| !text.trim().is_empty()).map(read).transpose();
        let (from, to) = in_order(end(from)?, end(to)?, [from, to], today, ahead);
        if let (Some(first), Some(last)) = (from, to)
            && last.last < first.first
        {
            return Err(FilterWhy::Backwards { key, value: plain });
        }
        let bound = |date: Option<Date>| date.map_or(Bound::Unbounded, Bound::Included);
        return Ok((bound(from.map(|period| period.first)), bound(to.map(|period| period.last))));
    }
    match signed(&plain) {
        Some((sign, rest)) => Ok(compared(sign, read(rest)?)),
        None => read(&unquoted(value)).map(|Period { first, last }| (Bound::Included(first), Bound::Included(last))),
    }
}

fn period(text: &str, today: Today, ahead: Ahead) -> Option<Period> {
    if ahead == Ahead::Yes { Period::ahead(text, today) } else { Period::either_behind(text, today) }
}

/// Returns the ends of a range, those without a year in a year in which one follows the other: `15.11..15.12.` holds today, of `dec..feb`
/// February follows December, and what lies behind us begins with the last such day, though it end ahead of us.
fn in_order(
    from: Option<Period>,
    to: Option<Period>,
    texts: [&str; 2],
    today: Today,
    ahead: Ahead,
) -> (Option<Period>, Option<Period>) {
    let (Some(first), Some(last)) = (from, to) else { return (from, to) };
    if first.first <= last.last {
        return (from, to);
    }
    // `12/31..12/1` is turned round, and no span of a year.
    let [one, other] = [first, last].map(|period| (period.first == period.last).then_some(period.first.naive()));
    if one.zip(other).is_some_and(|(one, other)| one.month() == other.month() && other.day() < one.day()) {
        return (from, to);
    }
    let begun = || Period::either_behind(texts[0], today).filter(|begun| begun.first <= last.last);
    let following = || Period::ahead(texts[1], Today { date: first.first, ..today }).filter(|end| first.first <= end.last);
    match (ahead == Ahead::Yes).then(begun).flatten() {
        Some(begun) => (Some(begun), to),
        None => (from, following().or(to)),
    }
}

/// How a day is compared with a period.
#[derive(Clone, Copy)]
struct Sign {
    less: bool,
    /// Whether the period itself belongs to it.
    included: bool,
}

impl Sign {
    const fn turned(self) -> Self {
        Self { less: !self.less, ..self }
    }
}

fn signed(value: &str) -> Option<(Sign, &str)> {
    let (less, rest) =
        value.strip_prefix('<').map(|rest| (true, rest)).or_else(|| value.strip_prefix('>').map(|rest| (false, rest)))?;
    let (included, rest) = rest.strip_prefix('=').map_or((false, rest), |rest| (true, rest));
    Some((Sign { less, included }, rest.trim()))
}

fn compared(sign: Sign, Period { first, last }: Period) -> Bounds<Date> {
    match (sign.less, sign.included) {
        (true, false) => (Bound::Unbounded, Bound::Excluded(first)),
        (true, true) => (Bound::Unbounded, Bound::Included(last)),
        (false, false) => (Bound::Excluded(last), Bound::Unbounded),
        (false, true) => (Bound::Included(first), Bound::Unbounded),
    }
}

/// Reads a number of days counted from today, as `<3d` and `>=2w` have it.
fn counted(value: &str) -> Option<(Sign, i64)> {
    let (sign, rest) = signed(value)?;
    let (count, unit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
    let count: i64 = count.parse().ok().filter(|n| (0..=36_500).contains(n))?;
    let days = match unit {
        "d" => count,
        "w" => count * 7,
        "m" => count * 30,
        "y" => count * 365,
        _ => return None,
    };
    Some((sign, days))
}

/// Returns the moments from the beginning of the first day to the end of the last one, where the user is.
fn moments((from, to): Bounds<Date>, moment: Moment) -> Bounds<Timestamp> {
    let start = |date: Date| moment.start_of(date);
    let after = |date: Date| moment.start_of(date.plus_days(1));
    let from = match from {
        Bound::Included(date) => Bound::Included(start(date)),
        Bound::Excluded(date) => Bound::Included(after(date)),
        Bound::Unbounded => Bound::Unbounded,
    };
    let to = match to {
        Bound::Included(date) => Bound::Excluded(after(date)),
        Bound::Excluded(date) => Bound::Excluded(start(date)),
        Bound::Unbounded => Bound::Unbounded,
    };
    (from, to)
}

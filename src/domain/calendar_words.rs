//! Words of the calendar in the five languages: days, weeks, months, quarters, years, their ends and how far off they are. Single days
//! and spans are made of them in `typed.rs` and `period.rs`.

use super::fold::fold;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    pub(super) const fn months(self) -> u32 {
        match self {
            Self::Quarter => 3,
            Self::Year => 12,
            Self::Day | Self::Week | Self::Month => 1,
        }
    }
}

/// Words for the unit so many steps from the present one, without blanks and hyphens; other forms of a character are the same.
#[rustfmt::skip]
pub(super) const STEPS: &[(Unit, i64, &[&str])] = &[
    (Unit::Day,     -2, &["그제", "그저께", "一昨日", "おととい", "前天"]),
    (Unit::Day,     -1, &["yesterday", "어제", "昨日", "昨天"]),
    (Unit::Day,      0, &["today", "오늘", "今日", "今天"]),
    (Unit::Day,      1, &["tomorrow", "내일", "明日", "明天"]),
    (Unit::Day,      2, &["모레", "내일모레", "明後日", "あさって", "后天"]),
    (Unit::Day,      3, &["글피", "明々後日", "しあさって", "大后天"]),
    (Unit::Week,    -1, &["lastweek", "지난주", "저번주", "先週", "上周", "上星期", "上个星期"]),
    (Unit::Week,     0, &["thisweek", "이번주", "금주", "今週", "本周", "这周", "本星期", "这星期", "这个星期"]),
    (Unit::Week,     1, &["nextweek", "다음주", "来週", "下周", "下星期", "下个星期"]),
    (Unit::Month,   -1, &["lastmonth", "지난달", "저번달", "先月", "上个月", "上月"]),
    (Unit::Month,    0, &["thismonth", "이번달", "이달", "今月", "这个月", "本月"]),
    (Unit::Month,    1, &["nextmonth", "다음달", "내달", "来月", "下个月", "下月"]),
    (Unit::Quarter, -1, &["lastquarter", "지난분기", "전분기", "前四半期", "上季度", "上个季度", "上季"]),
    (Unit::Quarter,  0, &["thisquarter", "이번분기", "今四半期", "当四半期", "本季度", "这个季度", "本季"]),
    (Unit::Quarter,  1, &["nextquarter", "다음분기", "来四半期", "翌四半期", "下季度", "下个季度", "下季"]),
    (Unit::Year,    -1, &["lastyear", "작년", "지난해", "昨年", "去年"]),
    (Unit::Year,     0, &["thisyear", "올해", "금년", "今年"]),
    (Unit::Year,     1, &["nextyear", "내년", "다음해", "来年", "明年"]),
];

/// Words for the end of the present month, quarter or year.
#[rustfmt::skip]
const ENDS: &[(Unit, &[&str])] = &[
    (Unit::Month,   &["endofmonth", "endofthemonth", "eom", "월말", "말일", "月末", "月底"]),
    (Unit::Quarter, &["endofquarter", "endofthequarter", "eoq", "분기말", "四半期末", "季末", "季度末", "季底"]),
    (Unit::Year,    &["endofyear", "endoftheyear", "eoy", "연말", "年末", "年底"]),
];

/// What is counted in `in 2 weeks`, `2주 후`.
#[rustfmt::skip]
const COUNTED: &[(Unit, &[&str])] = &[
    (Unit::Day,   &["d", "day", "days", "일", "日", "天"]),
    (Unit::Week,  &["w", "week", "weeks", "주", "주일", "週間", "週", "星期", "个星期"]),
    (Unit::Month, &["m", "month", "months", "개월", "달", "か月", "カ月", "ヶ月", "ヵ月", "个月"]),
    (Unit::Year,  &["y", "year", "years", "년", "年"]),
];

/// Words for the days of a week, from Monday on; English ones may be cut to three letters.
#[rustfmt::skip]
const WEEKDAYS: [(&str, &[&str]); 7] = [
    ("monday",    &["월요일", "月曜日", "月曜", "周一", "星期一"]),
    ("tuesday",   &["화요일", "火曜日", "火曜", "周二", "星期二"]),
    ("wednesday", &["수요일", "水曜日", "水曜", "周三", "星期三"]),
    ("thursday",  &["목요일", "木曜日", "木曜", "周四", "星期四"]),
    ("friday",    &["금요일", "金曜日", "金曜", "周五", "星期五"]),
    ("saturday",  &["토요일", "土曜日", "土曜", "周六", "星期六"]),
    ("sunday",    &["일요일", "日曜日", "日曜", "周日", "星期日", "周天", "星期天"]),
];

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// What says of a day of the week that it is the last such one.
const LAST: [&str; 5] = ["last", "지난", "저번", "前の", "この前の"];

/// What makes a span its end: before it, or behind it.
const END_BEFORE: [&str; 2] = ["end of ", "end-of-"];
const END_BEHIND: [&str; 12] =
    [" end", "-end", "말일", "말", "마지막 날", "마지막날", "末日", "末", "最終日", "最后一天", "最後一天", "底"];

/// Returns a text as the words of the tables are compared.
fn bare(text: &str) -> String {
    fold(text).replace([' ', '-', '_'], "")
}

fn is_one(words: &[&str], typed: &str) -> bool {
    words.iter().filter(|word| word.is_ascii() == typed.is_ascii()).any(|word| bare(word) == typed)
}

/// Returns the unit that a word names, and how many steps it is from the present one.
pub(super) fn step_named(text: &str) -> Option<(Unit, i64)> {
    let typed = bare(text);
    STEPS.iter().find(|(_, _, words)| is_one(words, &typed)).map(|(unit, step, _)| (*unit, *step))
}

/// Returns of what the text names the present end.
pub(super) fn end_named(text: &str) -> Option<Unit> {
    let typed = bare(text);
    ENDS.iter().find(|(_, words)| is_one(words, &typed)).map(|(unit, _)| *unit)
}

/// Returns the span of which the text names the end (`다음달 말`, `end of Q1`).
pub(super) fn whose_end(text: &str) -> Option<&str> {
    let before = END_BEFORE.iter().find_map(|word| text.strip_prefix(word));
    // `来月の末日`
    let behind = END_BEHIND.iter().find_map(|word| text.strip_suffix(word));
    before.map(str::trim).or_else(|| behind.map(|span| span.trim_end_matches(['の', '의', '的', ' '])))
}

/// Returns the month that a word in small letters names, whole or by three letters or more.
pub(super) fn month_named(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|name| is_cut(name, word))?;
    u32::try_from(at + 1).ok()
}

fn is_cut(name: &str, word: &str) -> bool {
    word.len() >= 3 && name.starts_with(word)
}

/// Returns the day of the week that a word names, counted from Monday; and, where it names the week too, how many weeks off that is.
pub(super) fn weekday_named(text: &str) -> Option<(i64, Option<i64>)> {
    let typed = bare(text);
    if let Some(day) = weekday(&typed) {
        return Some((day, None));
    }
    let weeks = STEPS.iter().filter(|(unit, ..)| *unit == Unit::Week);
    let worded = weeks.flat_map(|(_, step, words)| words.iter().map(|word| (*step, bare(word))));
    let mut of_week = worded.chain([(0, "this".to_owned()), (1, "next".to_owned())]);
    of_week.find_map(|(step, word)| {
        let rest = typed.strip_prefix(&word)?;
        // `来週の金曜日`
        let rest = rest.strip_prefix(&bare("の")).unwrap_or(rest);
        // `下周五`
        let by_digit = || word.ends_with(['周', '期']).then(|| weekday(&bare(&format!("周{rest}")))).flatten();
        Some((weekday(rest).or_else(by_digit)?, Some(step)))
    })
}

/// Returns the day of the week of which a text names the last such one (`last friday`, `지난 금요일`), counted from Monday.
pub(super) fn last_weekday_named(text: &str) -> Option<i64> {
    let typed = bare(text);
    LAST.iter().find_map(|word| weekday(typed.strip_prefix(&bare(word))?))
}

fn weekday(typed: &str) -> Option<i64> {
    let at = WEEKDAYS.iter().position(|(english, words)| is_cut(english, typed) || is_one(words, typed))?;
    i64::try_from(at).ok()
}

/// Reads how far off something is: `+30d`, `in 2 weeks`, `3개월 후`, `30日後`. The flag says whether the text says that it counts from
/// today: `2w` alone does not.
pub(super) fn ahead_named(text: &str) -> Option<(u32, Unit, bool)> {
    let signed = text.trim_start_matches('+').trim_start();
    if signed.starts_with('-') {
        return None;
    }
    let typed = bare(text);
    let begun = typed.strip_prefix('+').or_else(|| typed.strip_prefix("in"));
    let rest = begun.unwrap_or(&typed);
    let ended = ["후", "뒤", "後", "后"].iter().find_map(|word| rest.strip_suffix(&bare(word)));
    let rest = ended.unwrap_or(rest);
    let at = rest.find(|c: char| !c.is_ascii_digit()).filter(|at| (1..=4).contains(at))?;
    let (count, unit) = rest.split_at(at);
    let unit = COUNTED.iter().find(|(_, words)| is_one(words, unit)).map(|(unit, _)| *unit)?;
    let says = begun.is_some() || ended.is_some();
    // `30일` alone is a day of a month.
    if says || rest.is_ascii() { Some((count.parse().ok()?, unit, says)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_for_two_things() {
        let steps = STEPS.iter().flat_map(|(_, _, words)| words.iter());
        let ends = ENDS.iter().flat_map(|(_, words)| words.iter());
        let days = WEEKDAYS.iter().flat_map(|(english, words)| words.iter().chain([english]));
        let mut all: Vec<String> = steps.chain(ends).chain(days).map(|word| bare(word)).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}

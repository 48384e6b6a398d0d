//! What a cell of a workbook holds, as the text that a CSV file of the same sheet would have: numbers to their last digit, days as days.

use chrono::NaiveTime;

use crate::domain::date::Date;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Empty,
    Text(String),
    /// A number as it is, without a format that says more: digits, and decimals behind a point.
    Number(String),
    /// `#N/A` and its like.
    Error,
    /// A formula whose value was not saved with it.
    Unvalued,
}

/// A row of a sheet, from its first column on.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// From 1, as programs show it.
    pub number: u64,
    pub cells: Vec<Value>,
}

/// What a number format makes of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Look {
    #[default]
    Number,
    /// A day, without a time even where the number has one.
    Day,
    /// A day with its time, or a time.
    Moment,
    Percent,
    /// Digits with their leading zeros, at the places of the zeros: `00000`, `000-0000`.
    Digits(String),
}

/// Digits that programs of workbooks keep.
const EXACT: usize = 15;
/// Digits of a whole number that is stored as it is.
const WHOLE: usize = 17;

impl Look {
    /// Returns what a format of this number makes, where no code of its own is told.
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Day,
            18..=22 | 32..=35 | 45 | 47 | 55 | 56 => Self::Moment,
            9 | 10 => Self::Percent,
            _ => Self::Number,
        }
    }

    /// Reads the code of a format.
    pub(super) fn of(code: &str) -> Self {
        let Some(plain) = unquoted(code) else { return Self::Number };
        let has = |signs: &[char]| plain.contains(signs);
        let zeros = plain.chars().filter(|c| *c == '0').count();
        if plain == "general" {
            Self::Number
        } else if has(&['h', 's']) {
            Self::Moment
        } else if has(&['d', 'm', 'y']) {
            Self::Day
        } else if has(&['%']) {
            Self::Percent
        } else if zeros > 1 && plain.starts_with('0') && plain.chars().all(|c| matches!(c, '0' | '-' | ' ')) {
            Self::Digits(plain)
        } else {
            Self::Number
        }
    }

    /// Returns what a number shows, as it stands in the file; `None` where it is none.
    pub(super) fn shows(&self, number: &str, is_1904: bool) -> Option<Value> {
        let plain = decimal(number, 0)?;
        let text = match self {
            Self::Number => None,
            Self::Day => moment(number.trim().parse().ok()?, is_1904, false),
            Self::Moment => moment(number.trim().parse().ok()?, is_1904, true),
            Self::Percent => decimal(number, 2).map(|percent| format!("{percent}%")),
            Self::Digits(places) => placed(&plain, places),
        };
        Some(text.map_or(Value::Number(plain), Value::Text))
    }
}

/// Returns the first part of a format without what stands in it as text; `None` of one that counts time (`[h]:mm`).
fn unquoted(code: &str) -> Option<String> {
    let mut plain = String::new();
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => break,
            '"' => {
                let text: String = signs.by_ref().take_while(|sign| *sign != '"').collect();
                plain.extend(Some(text).filter(|text| text == "-"));
            }
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let counts = inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'));
                if counts && !inside.is_empty() {
                    return None;
                }
            }
            // A dash or a blank that is told to be itself belongs to digits.
            '\\' => plain.extend(signs.next().filter(|sign| matches!(sign, '-' | ' '))),
            '_' | '*' => drop(signs.next()),
            sign => plain.push(sign.to_ascii_lowercase()),
        }
    }
    Some(plain.trim_end().to_owned())
}

/// Puts the digits of a whole number at the places of the zeros, and zeros before them; `None` where it is no whole number.
fn placed(number: &str, places: &str) -> Option<String> {
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let room = places.bytes().filter(|byte| *byte == b'0').count();
    let digits = format!("{number:0>room$}");
    let (before, fitting) = digits.split_at(digits.len() - room);
    let mut fitting = fitting.chars();
    let placed = places.chars().filter_map(|place| if place == '0' { fitting.next() } else { Some(place) });
    Some(before.chars().chain(placed).collect())
}

/// Returns a number without an exponent, times ten to `shift`, to the digits that programs keep: beyond them stands what binary
/// fractions make of decimals (`0.30000000000000004`). `None` of what is no number, or has more digits than any amount.
pub(super) fn decimal(number: &str, shift: i32) -> Option<String> {
    let number = number.trim();
    let (unsigned, negative) = match number.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (number.strip_prefix('+').unwrap_or(number), false),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) || exponent.unsigned_abs() > 400 {
        return None;
    }
    let digits = all.trim_start_matches('0');
    let stripped = i32::try_from(all.len() - digits.len()).ok()?;
    let mut point = i32::try_from(whole.len()).ok()? - stripped + exponent + shift;
    let is_whole = fraction.is_empty() && exponent == 0 && digits.len() <= WHOLE;
    let mut digits = digits.to_owned();
    if !is_whole {
        point += i32::from(rounded(&mut digits));
    }
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let length = i32::try_from(digits.len()).ok()?;
    if !(-30..=40).contains(&point) {
        return None;
    }
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    let plain = if point <= 0 {
        format!("0.{}{digits}", zeros(-point))
    } else if point >= length {
        format!("{digits}{}", zeros(point - length))
    } else {
        let (whole, fraction) = digits.split_at(usize::try_from(point).ok()?);
        format!("{whole}.{fraction}")
    };
    Some(if negative { format!("-{plain}") } else { plain })
}

/// Rounds digits to those that are kept; returns whether one more stands before them.
fn rounded(digits: &mut String) -> bool {
    let up = digits.as_bytes().get(EXACT).is_some_and(|digit| *digit >= b'5');
    digits.truncate(EXACT);
    if !up {
        return false;
    }
    let kept = digits.trim_end_matches('9').len();
    digits.truncate(kept);
    match digits.pop() {
        Some(last) => {
            digits.push(char::from_digit(last.to_digit(10).unwrap_or_default() + 1, 10).unwrap_or('9'));
            false
        }
        None => {
            digits.push('1');
            true
        }
    }
}

/// Returns the day that programs of workbooks count so, with its time where one is wanted and there is one; a time alone of a number
/// below one. `None` of days that no workbook has.
pub(super) fn moment(serial: f64, is_1904: bool, timed: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    // Below the number of days until the year 9999, and below the seconds of one.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 3,000,000, and 0 and 86,400")]
    let (mut days, mut seconds) = (serial.floor() as i64, (serial.fract() * 86_400.0).round() as u32);
    if seconds == 86_400 {
        (days, seconds) = (days + 1, 0);
    }
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?;
    if timed && serial < 1.0 && !is_1904 {
        return Some(time.to_string());
    }
    let first = match (is_1904, days) {
        (true, _) => Date::new(1904, 1, 1)?,
        // The programs count a day that there was not: 29 February 1900.
        (false, ..60) => Date::new(1899, 12, 31)?,
        (false, _) => Date::new(1899, 12, 30)?,
    };
    let day = first.plus_days(days);
    Some(if timed && time != NaiveTime::MIN { format!("{day} {time}") } else { day.to_string() })
}

/// Returns a day or moment in the writing of the standard as cells have it elsewhere; midnight says nothing.
pub(super) fn iso_moment(text: &str) -> String {
    let text = text.trim();
    match text.split_once('T') {
        Some((day, time)) if !time.ends_with('Z') && !time.contains(['+', '-']) => {
            let time = time.split('.').next().unwrap_or_default();
            if matches!(time, "00:00:00" | "00:00") { day.to_owned() } else { format!("{day} {time}") }
        }
        _ => text.to_owned(),
    }
}

/// Returns a text with the signs that programs write as `_x000D_`.
pub(super) fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text.as_str();
    loop {
        let unit = rest.strip_prefix("_x").and_then(|rest| Some((rest.get(..4)?, rest.get(4..)?.strip_prefix('_')?)));
        let unit = unit.filter(|(digits, _)| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some((unit, behind)) = unit.and_then(|(digits, behind)| Some((u16::from_str_radix(digits, 16).ok()?, behind))) {
            units.push(unit);
            rest = behind;
            continue;
        }
        plain.push_str(&String::from_utf16_lossy(&units));
        units.clear();
        let Some(sign) = rest.chars().next() else { return plain };
        plain.push(sign);
        rest = &rest[sign.len_utf8()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_was_typed_and_no_binary_fraction_of_it() {
        for (stored, shown) in [
            ("84000000", "84000000"),
            ("84000000.000000001", "84000000"),
            ("0.30000000000000004", "0.3"),
            ("1.1000000000000001", "1.1"),
            ("120000.55", "120000.55"),
            ("8.4E7", "84000000"),
            ("1.2345678901234568E+18", "1234567890123460000"),
            ("4.9999999999999999E-2", "0.05"),
            ("99999999999999.999", "100000000000000"),
            ("9007199254740991", "9007199254740991"),
            ("-12.5", "-12.5"),
            ("+3.0", "3"),
            ("0", "0"),
            ("0.0", "0"),
            (" 7 ", "7"),
            ("1E-3", "0.001"),
        ] {
            assert_eq!(decimal(stored, 0).as_deref(), Some(shown), "{stored}");
        }
        for wrong in ["", "x", "1e", "--1", "1.2.3", "1E300", "NaN", "1E999999"] {
            assert_eq!(decimal(wrong, 0), None, "{wrong}");
        }
    }

    #[test]
    fn a_format_tells_days_times_percents_and_places_of_digits() {
        for (code, look) in [
            ("General", Look::Number),
            ("0", Look::Number),
            ("0.00", Look::Number),
            ("#,##0.00\\ \"kr\"", Look::Number),
            ("[$USD] #,##0.00", Look::Number),
            ("_-* #,##0.00_-;\\-* #,##0.00_-;_-* \"-\"??_-;_-@_-", Look::Number),
            ("#,##0 ;[Red](#,##0)", Look::Number),
            ("0.00E+00", Look::Number),
            ("#,##0.0####\" YMD\"", Look::Number),
            ("[h]:mm:ss", Look::Number),
            ("yyyy-mm-dd", Look::Day),
            ("[$-409]d-mmm-yy;@", Look::Day),
            ("yyyy\"年\"m\"月\"d\"日\"", Look::Day),
            ("m/d/yy h:mm", Look::Moment),
            ("h:mm AM/PM", Look::Moment),
            ("0.0%", Look::Percent),
            ("00000", Look::Digits("00000".into())),
            ("00000\\-0000", Look::Digits("00000-0000".into())),
            ("[$-411]000\"-\"0000", Look::Digits("000-0000".into())),
            ("000000000;@", Look::Digits("000000000".into())),
        ] {
            assert_eq!(Look::of(code), look, "{code}");
        }
    }

    #[test]
    fn numbers_show_what_their_format_makes_of_them() {
        let shows = |look: &str, number: &str| match Look::of(look).shows(number, false) {
            Some(Value::Text(text) | Value::Number(text)) => text,
            other => format!("{other:?}"),
        };
        for (look, number, shown) in [
            ("00000", "2139", "02139"),
            ("00000-0000", "21390001", "02139-0001"),
            ("00000", "123456", "123456"),
            ("00000", "12.5", "12.5"),
            ("0%", "0.25", "25%"),
            ("0.0%", "0.1235", "12.35%"),
            ("yyyy-mm-dd", "46354", "2026-11-28"),
            ("yyyy-mm-dd", "46354.9", "2026-11-28"),
            ("yyyy-mm-dd hh:mm", "46354.5", "2026-11-28 12:00:00"),
            ("h:mm", "0.75", "18:00:00"),
            ("yyyy-mm-dd", "-3", "-3"),
            ("General", "46354", "46354"),
        ] {
            assert_eq!(shows(look, number), shown, "{look} {number}");
        }
    }

    #[test]
    fn days_are_counted_from_1900_or_1904_and_a_day_stays_a_day() {
        assert_eq!(moment(1.0, false, true).as_deref(), Some("1900-01-01"));
        assert_eq!(moment(59.0, false, true).as_deref(), Some("1900-02-28"));
        assert_eq!(moment(61.0, false, true).as_deref(), Some("1900-03-01"));
        assert_eq!(moment(46_354.0, false, true).as_deref(), Some("2026-11-28"));
        assert_eq!(moment(44_892.0, true, true).as_deref(), Some("2026-11-28"));
        assert_eq!(moment(46_353.999_999_99, false, true).as_deref(), Some("2026-11-28"));
        assert_eq!(iso_moment("2026-11-28T00:00:00"), "2026-11-28");
        assert_eq!(iso_moment("2026-11-28T10:30:00.5"), "2026-11-28 10:30:00");
        assert_eq!(iso_moment("2026-11-28T10:30:00Z"), "2026-11-28T10:30:00Z");
    }

    #[test]
    fn signs_that_are_written_as_numbers_become_signs() {
        for (stored, text) in [
            ("a_x000D_\nb", "a\r\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_x12_ _xZZZZ_ a_x", "_x12_ _xZZZZ_ a_x"),
            ("장_x0009_x", "장\tx"),
        ] {
            assert_eq!(unescaped(stored.to_owned()), text, "{stored}");
        }
    }
}

//! Days and times as the cells of downloads and spreadsheets have them, and which of two readings a file's own dates prove.

use chrono::NaiveTime;
use unicode_normalization::UnicodeNormalization;

use super::date::Date;
use super::instant::Timestamp;
use super::invalid::Invalid;
use super::text::is_unseen;

/// What a cell says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A day that can be read in one way only, with the time of day that stands behind it, if one does.
    Day(Date, Option<NaiveTime>),
    /// An instant, with its offset from UTC.
    Instant(Timestamp),
    /// Two numbers and a year: month first and day first, as far as such days exist; and the time of day.
    Either(Option<Date>, Option<Date>, Option<NaiveTime>),
}

/// Which number of a date stands first in a file, as far as its own dates prove it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    month_first: bool,
    day_first: bool,
}

impl Order {
    /// Takes note of a cell that only one order can have written.
    pub fn learn(&mut self, cell: &str) {
        match read(cell) {
            Ok(Cell::Either(Some(_), None, _)) => self.month_first = true,
            Ok(Cell::Either(None, Some(_), _)) => self.day_first = true,
            _ => {}
        }
    }

    /// Returns whether days stand first: some do, and no month does.
    pub const fn is_day_first(self) -> bool {
        self.day_first && !self.month_first
    }

    /// Returns whether nothing settles which stands first, or the file has both.
    pub const fn is_open(self) -> bool {
        self.day_first == self.month_first
    }

    /// Reads a cell as a day; a day that comes as an instant is the nearest midnight in UTC. The month stands first, as Partner Center
    /// writes it, unless the file proves otherwise; whether the other reading would be another day comes with it.
    ///
    /// # Errors
    /// [`Invalid::NoDateOfAFile`].
    pub fn day(self, cell: &str) -> Result<(Date, bool), Invalid> {
        let (read, open) = self.settled(cell)?;
        match read {
            Cell::Instant(at) => Ok((nearest_day(at), false)),
            Cell::Day(day, _) | Cell::Either(Some(day), ..) | Cell::Either(None, Some(day), _) => Ok((day, open)),
            Cell::Either(None, None, _) => Err(Invalid::NoDateOfAFile(cell.trim().to_owned())),
        }
    }

    /// Reads a cell as a moment, in UTC; a day without a time is known as such.
    ///
    /// # Errors
    /// [`Invalid::NoDateOfAFile`].
    pub fn moment(self, cell: &str) -> Result<(Timestamp, bool), Invalid> {
        let (read, open) = self.settled(cell)?;
        match read {
            Cell::Instant(at) => Ok((at, false)),
            Cell::Day(day, time) | Cell::Either(Some(day), _, time) | Cell::Either(None, Some(day), time) => {
                Ok((time.map_or_else(|| day.as_created(), |time| at(day, time)), open))
            }
            Cell::Either(None, None, _) => Err(Invalid::NoDateOfAFile(cell.trim().to_owned())),
        }
    }

    fn settled(self, cell: &str) -> Result<(Cell, bool), Invalid> {
        Ok(match read(cell)? {
            Cell::Either(month_first, day_first, time) => {
                let open = self.is_open() && month_first.is_some() && day_first.is_some() && month_first != day_first;
                let first = if self.is_day_first() { day_first.or(month_first) } else { month_first.or(day_first) };
                (Cell::Either(first, None, time), open)
            }
            settled => (settled, false),
        })
    }
}

fn at(day: Date, time: NaiveTime) -> Timestamp {
    Timestamp::from_micros(day.naive().and_time(time).and_utc().timestamp_micros())
}

/// Returns the day whose midnight in UTC is nearest: programs store a day as the midnight of where they ran.
pub fn nearest_day(at: Timestamp) -> Date {
    Date::from(at.plus_micros(12 * 3_600_000_000).utc().date())
}

/// Reads what a cell says: `2/28/2027`, `28/2/2027`, `28.02.2027`, `2027-02-28`, `2027/2/28`, `28-Feb-27`, `Feb 28, 2027`,
/// `2027年2月28日`, `2027. 2. 28.`, a day number of a spreadsheet, each but the last with a time behind it; or an instant.
///
/// # Errors
/// [`Invalid::NoDateOfAFile`].
pub fn read(cell: &str) -> Result<Cell, Invalid> {
    let wrong = || Invalid::NoDateOfAFile(cell.trim().to_owned());
    let plain: String = cell.chars().filter(|c| !is_unseen(*c)).nfkc().collect();
    let plain = plain.trim();
    let is_iso = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    if plain.as_bytes().get(10) == Some(&b'T') && plain.bytes().take(10).enumerate().all(is_iso) {
        let offset = plain.ends_with(['Z', 'z']) || plain.split_once('T').is_some_and(|(_, time)| time.contains(['+', '-']));
        let instant = Timestamp::parse(plain).map_err(|_| wrong())?;
        return Ok(if offset {
            Cell::Instant(instant)
        } else {
            Cell::Day(Date::from(instant.utc().date()), Some(instant.utc().time()))
        });
    }
    if let Some(day) = serial(plain) {
        return Ok(day);
    }
    let (day, time) = split_time(plain).ok_or_else(wrong)?;
    // A midnight that a spreadsheet shows behind a day says nothing.
    let time = time.filter(|time| *time != NaiveTime::MIN);
    by_name(day).or_else(|| by_numbers(day)).map(|read| with_time(read, time)).ok_or_else(wrong)
}

fn with_time(read: Cell, time: Option<NaiveTime>) -> Cell {
    match read {
        Cell::Day(day, _) => Cell::Day(day, time),
        Cell::Either(a, b, _) => Cell::Either(a, b, time),
        instant @ Cell::Instant(_) => instant,
    }
}

/// Spreadsheets count days from the end of 1899; those of the years 1954 to 2118 are taken for such.
fn serial(text: &str) -> Option<Cell> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || !digits(fraction) || fraction.len() > 15 {
        return None;
    }
    let days: i64 = whole.parse().ok().filter(|days| (20_000..80_000).contains(days))?;
    let day = Date::new(1899, 12, 30)?.plus_days(days);
    let seconds = format!("0.{fraction}").parse::<f64>().ok()? * 86_400.0;
    // A fraction of a day, which is below the seconds of one.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 86,400")]
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds.round() as u32, 0);
    Some(Cell::Day(day, time.filter(|time| *time != NaiveTime::MIN)))
}

/// Takes `10:30`, `10:30:00.000`, `10:30 AM` off the end.
fn split_time(text: &str) -> Option<(&str, Option<NaiveTime>)> {
    let Some(colon) = text.find(':') else { return Some((text, None)) };
    let start = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (day, time) = text.split_at(start);
    let lower = time.trim().to_ascii_lowercase();
    let (clock, half) = match lower.strip_suffix("am").or_else(|| lower.strip_suffix("pm")) {
        Some(clock) => (clock.trim(), Some(lower.ends_with("pm"))),
        None => (lower.trim_end_matches("utc").trim_end_matches('z').trim(), None),
    };
    let clock = clock.split('.').next().unwrap_or_default();
    let mut parts = clock.split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(after_noon) => hour % 12 + if after_noon { 12 } else { 0 },
        None => hour,
    };
    let time = NaiveTime::from_hms_opt(hour, minute, second).filter(|_| parts.next().is_none())?;
    Some((day.trim().trim_end_matches(',').trim(), Some(time)))
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a day whose month is a word: `28-Feb-27`, `Feb 28, 2027`, `28 February 2027`.
fn by_name(text: &str) -> Option<Cell> {
    let parts: Vec<&str> = text.split([' ', '-', '/', '.', ',']).filter(|part| !part.is_empty()).collect();
    let [a, b, c] = parts[..] else { return None };
    let month = |word: &str| {
        let word = word.to_ascii_lowercase();
        let known = word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase());
        let at = MONTHS.iter().position(|month| known && word.starts_with(month))?;
        u32::try_from(at + 1).ok()
    };
    let (day, month) = match (month(a), month(b)) {
        (Some(month), None) => (b, month),
        (None, Some(month)) => (a, month),
        _ => return None,
    };
    Some(Cell::Day(Date::new(year(c)?, month, number(day)?)?, None))
}

fn by_numbers(text: &str) -> Option<Cell> {
    let marks = |c: char| matches!(c, '/' | '-' | '.' | '年' | '月' | '日' | '년' | '월' | '일');
    let parts: Vec<&str> = text.split(marks).map(str::trim).collect();
    let parts = parts.strip_suffix(&[""]).unwrap_or(&parts);
    let [a, b, c] = parts[..] else { return None };
    if a.len() == 4 {
        return Some(Cell::Day(Date::new(year(a)?, number(b)?, number(c)?)?, None));
    }
    let (year, a, b) = (year(c)?, number(a)?, number(b)?);
    let (month_first, day_first) = (Date::new(year, a, b), Date::new(year, b, a));
    match (month_first, day_first) {
        (None, None) => None,
        // Nobody writes the month first before a point.
        (_, Some(day)) if text.contains('.') => Some(Cell::Day(day, None)),
        _ => Some(Cell::Either(month_first, day_first, None)),
    }
}

fn number(text: &str) -> Option<u32> {
    super::date::number(text, 2)
}

/// Two digits are a year of this century until 2079.
fn year(text: &str) -> Option<i32> {
    match text.len() {
        4 => super::date::year(text),
        2 => number(text).and_then(|year| i32::try_from(year).ok()).map(|year| if year < 80 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(cell: &str, order: Order) -> Result<String, Invalid> {
        order.day(cell).map(|(day, _)| day.to_string())
    }

    fn learnt(cells: &[&str]) -> Order {
        let mut order = Order::default();
        cells.iter().for_each(|cell| order.learn(cell));
        order
    }

    #[test]
    fn a_month_in_capitals_with_a_t_in_it_is_no_time() {
        for (cell, read) in [("28-OCT-2027", "2027-10-28"), ("OCT 28, 2027", "2027-10-28"), ("28 AUGUST 2027", "2027-08-28")] {
            assert_eq!(day(cell, Order::default()).as_deref(), Ok(read), "{cell}");
        }
    }

    #[test]
    fn dates_of_spreadsheets_are_read() {
        for cell in [
            "2/28/2027",
            "28-FEB-2027",
            "28 FEBRUARY 2027",
            "02/28/2027",
            "2/28/27",
            "28/02/2027",
            "28.02.2027",
            "28.2.27",
            "2027-02-28",
            "2027/2/28",
            "2027.02.28",
            "2027. 2. 28.",
            "2027年2月28日",
            "2027년 2월 28일",
            "2027-02-28 00:00:00",
            "2027-02-28 00:00",
            "2027-02-28T00:00:00",
            "2027-02-28T00:00:00Z",
            "2027-02-27T15:00:00Z",
            "2/28/2027 12:00:00 AM",
            "28-Feb-27",
            "28-Feb-2027",
            "28 February 2027",
            "Feb 28, 2027",
            "46446",
            "46446.0",
            "46446.75",
            "２０２７／２／２８",
        ] {
            assert_eq!(day(cell, Order::default()).as_deref(), Ok("2027-02-28"), "{cell}");
        }
        for bad in [
            "",
            "soon",
            "2/30/2027",
            "13/13/2027",
            "2027-02-30",
            "28-Foo-27",
            "99999",
            "1234",
            "2/28",
            "2/28/2027 25:00",
            "1/2/3/4",
        ] {
            assert!(matches!(day(bad, Order::default()), Err(Invalid::NoDateOfAFile(_))), "{bad}");
        }
    }

    #[test]
    fn a_file_that_writes_the_day_first_is_read_so() {
        let open = Order::default();
        assert_eq!(open.day("2/9/2027").unwrap(), (Date::iso("2027-02-09").unwrap(), true), "told as open");
        assert!(!open.day("2/2/2027").unwrap().1, "both are the same day");
        let british = learnt(&["2/9/2027", "28/2/2027"]);
        assert_eq!(british.day("2/9/2027").unwrap(), (Date::iso("2027-09-02").unwrap(), false));
        let american = learnt(&["2/9/2027", "2/28/2027"]);
        assert_eq!(american.day("2/9/2027").unwrap(), (Date::iso("2027-02-09").unwrap(), false));
        let both = learnt(&["28/2/2027", "2/28/2027"]);
        assert_eq!((both.day("2/9/2027").unwrap().1, day("28/2/2027", both).as_deref()), (true, Ok("2027-02-28")));
    }

    #[test]
    fn a_time_is_used_to_the_minute_and_a_day_is_known_as_one() {
        let moment = |cell: &str| Order::default().moment(cell).unwrap().0;
        for (cell, expected) in [
            ("11/15/2026 10:30:00 AM", "2026-11-15T10:30:00Z"),
            ("11/15/2026, 10:30 pm", "2026-11-15T22:30:00Z"),
            ("2026-11-15 10:30", "2026-11-15T10:30:00Z"),
            ("2026-11-15T10:30:00+09:00", "2026-11-15T01:30:00Z"),
            ("46341.4375", "2026-11-15T10:30:00Z"),
        ] {
            assert_eq!(moment(cell).to_string(), expected, "{cell}");
            assert!(!moment(cell).is_day_only(), "{cell}");
        }
        for cell in ["11/15/2026", "2026-11-15 00:00:00", "46341"] {
            assert_eq!(moment(cell).to_string(), "2026-11-15T00:00:00Z", "{cell}");
            assert!(moment(cell).is_day_only(), "{cell}");
        }
    }

    #[test]
    fn a_day_stored_as_local_midnight_is_the_nearest_one_in_utc() {
        for at in [
            "2027-06-29T15:00:00Z",
            "2027-06-29T18:30:00Z",
            "2027-06-29T23:00:00Z",
            "2027-06-30T00:00:00Z",
            "2027-06-30T05:00:00Z",
        ] {
            assert_eq!(nearest_day(Timestamp::parse(at).unwrap()).to_string(), "2027-06-30", "{at}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_cell_makes_the_reader_fall_over(cell in "\\PC{0,24}|[0-9/.:\\- TZapm]{0,24}") {
            let _ = read(&cell);
        }
    }
}

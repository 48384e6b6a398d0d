//! A workbook of Excel: sheets of real numbers, real dates and plain text, row by row into a file; what it says is handed in.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDateTime, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::refused::write_new_with;
use super::report::is_left_out;
use crate::domain::date::Date;
use crate::domain::instant::Timestamp;
use crate::domain::money::Currency;
use crate::width::width;

/// What one cell holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    /// Written as text, whatever it looks like: no formula, no link, no number.
    Text(String),
    /// A heading over what follows.
    Title(String),
    /// A remark, which may reach over the cells beside it.
    Note(String),
    Count(u64),
    /// So many percent.
    Percent(u8),
    /// So many smallest units.
    Money(Currency, i128),
    Date(Date),
    /// What clocks show, to the minute.
    At(NaiveDateTime),
}

/// What is to be seen of a sheet beside its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// On its tab; what Excel takes for none is replaced.
    pub name: String,
    /// The row that stays in sight.
    pub heads: Vec<String>,
    /// How many columns stay in sight.
    pub frozen: u16,
    /// Whether rows can be chosen by what stands in a column.
    pub filter: bool,
}

/// A workbook that is being written; until [`Book::write`] there is no file.
pub struct Book {
    workbook: Workbook,
    looks: Looks,
    sheet: Option<Sheet>,
    names: Vec<String>,
}

/// The sheet that rows are added to.
struct Sheet {
    worksheet: Worksheet,
    layout: Layout,
    row: u32,
    /// Of each column the widest text so far, in cells of a terminal.
    widths: Vec<usize>,
    /// How many sheets of the same rows there are.
    part: usize,
}

/// How cells look.
struct Looks {
    head: Format,
    title: Format,
    note: Format,
    date: Format,
    time: Format,
    percent: Format,
    /// By currency.
    money: HashMap<&'static str, Format>,
}

/// Rows that Excel holds.
const ROWS: u32 = 1_048_576;
/// Signs that Excel holds in a cell.
const SIGNS: usize = 32_767;
/// Signs of the name of a sheet.
const NAME: usize = 31;
/// Excel keeps numbers as binary fractions and shows fifteen digits: an amount below this, in smallest units, is shown as it is.
const EXACT: u128 = 1_000_000_000_000_000;
/// The narrowest and the widest column.
const WIDTHS: (usize, usize) = (8, 60);

impl Book {
    /// Begins a workbook; `title` and when it is made stand in its properties.
    ///
    /// # Errors
    /// That the time lies outside of the years that Excel knows.
    pub fn new(title: &str, made: Timestamp) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_timestamp(made.micros().div_euclid(1_000_000)).map_err(failure)?;
        workbook.set_properties(&DocProperties::new().set_title(shown(title)).set_creation_datetime(&made));
        let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
        let looks = Looks {
            title: Format::new().set_bold(),
            note: Format::new().set_italic(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            percent: Format::new().set_num_format("0%"),
            money: HashMap::new(),
            head,
        };
        Ok(Self { workbook, looks, sheet: None, names: Vec::new() })
    }

    /// Begins a sheet; rows go into it from here on.
    ///
    /// # Errors
    /// That no file can be made for its rows until it is whole.
    pub fn begin(&mut self, layout: Layout) -> io::Result<()> {
        self.end()?;
        self.begin_part(layout, 1)
    }

    fn begin_part(&mut self, layout: Layout, part: usize) -> io::Result<()> {
        let mut worksheet = self.workbook.new_worksheet_with_constant_memory().map_err(failure)?;
        let name = self.free_name(&layout.name, part);
        worksheet.set_name(&name).map_err(failure)?;
        self.names.push(name.to_lowercase());
        for (column, head) in (0..).zip(&layout.heads) {
            worksheet.write_string_with_format(0, column, shown(head), &self.looks.head).map_err(failure)?;
        }
        worksheet.set_freeze_panes(1, layout.frozen).map_err(failure)?;
        worksheet.set_repeat_rows(0, 0).map_err(failure)?.set_landscape().set_print_fit_to_pages(1, 0);
        // Room for the arrow beside a head.
        let widths = layout.heads.iter().map(|head| width(head) + 3).collect();
        self.sheet = Some(Sheet { worksheet, layout, row: 0, widths, part });
        Ok(())
    }

    /// Returns a name that Excel takes and no other sheet has.
    fn free_name(&self, wanted: &str, part: usize) -> String {
        let clean: String = shown(wanted).chars().map(|c| if "[]:*?/\\'\n".contains(c) { ' ' } else { c }).collect();
        let clean = Some(clean.trim()).filter(|clean| !clean.is_empty()).unwrap_or("-").to_owned();
        let numbered = |number: usize| match number {
            1 => cut(&clean, NAME),
            number => {
                let number = format!(" {number}");
                format!("{}{number}", cut(&clean, NAME - number.len()))
            }
        };
        let mut names = (part..).map(numbered);
        names.find(|name| !self.names.contains(&name.to_lowercase())).unwrap_or_default()
    }

    /// Adds a row to the sheet that was begun; where Excel holds no more rows in one, the next sheet of the name goes on.
    ///
    /// # Errors
    /// What the file system says.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        if let Some(full) = self.sheet.take_if(|sheet| sheet.row + 1 >= ROWS) {
            let (layout, part) = (full.layout.clone(), full.part + 1);
            self.keep(full)?;
            self.begin_part(layout, part)?;
        }
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        sheet.row += 1;
        for (column, cell) in (0..).zip(cells) {
            let wide = self.looks.write(&mut sheet.worksheet, (sheet.row, column), cell).map_err(failure)?;
            match sheet.widths.get_mut(usize::from(column)) {
                Some(widest) => *widest = wide.max(*widest),
                None => sheet.widths.push(wide),
            }
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.sheet.take().map_or(Ok(()), |sheet| self.keep(sheet))
    }

    fn keep(&mut self, mut sheet: Sheet) -> io::Result<()> {
        for (column, wide) in (0..).zip(&sheet.widths) {
            let wide = (*wide).clamp(WIDTHS.0, WIDTHS.1);
            sheet.worksheet.set_column_width(column, f64::from(u32::try_from(wide).unwrap_or(0)) + 1.0).map_err(failure)?;
        }
        let last = u16::try_from(sheet.layout.heads.len()).unwrap_or(0).checked_sub(1);
        if let Some(last) = last.filter(|_| sheet.layout.filter) {
            sheet.worksheet.autofilter(0, 0, sheet.row, last).map_err(failure)?;
        }
        self.workbook.push_worksheet(sheet.worksheet);
        Ok(())
    }

    /// Writes a file that was not there, whole or not at all.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] where something is there, else what the file system says.
    pub fn write(mut self, path: &Path) -> io::Result<()> {
        self.end()?;
        if path.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        write_new_with(path, |file| {
            let mut to = BufWriter::new(file);
            self.write_to(&mut to)?;
            to.flush()
        })
    }

    /// Writes all of it, whole only once this is done.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write_to(&mut self, to: &mut (impl Write + Send)) -> io::Result<()> {
        self.end()?;
        self.workbook.save_to_writer(to).map_err(failure)
    }
}

impl Looks {
    /// Writes a cell; returns how wide it is.
    fn write(&mut self, to: &mut Worksheet, (row, column): (u32, u16), cell: &Cell) -> Result<usize, XlsxError> {
        match cell {
            Cell::Empty => return Ok(0),
            Cell::Text(text) => {
                let text = shown(text);
                to.write_string(row, column, &text)?;
                return Ok(text.lines().map(width).max().unwrap_or(0));
            }
            // What stands over others may reach over the cells beside it.
            Cell::Title(text) => {
                to.write_string_with_format(row, column, shown(text), &self.title)?;
                return Ok(0);
            }
            Cell::Note(text) => {
                to.write_string_with_format(row, column, shown(text), &self.note)?;
                return Ok(0);
            }
            Cell::Count(count) => {
                to.write_number(row, column, *count as f64)?;
            }
            Cell::Percent(percent) => {
                to.write_number_with_format(row, column, f64::from(*percent) / 100.0, &self.percent)?;
            }
            Cell::Date(date) => return self.date(to, (row, column), *date),
            Cell::At(at) => return self.time(to, (row, column), *at),
            Cell::Money(currency, minor) => return self.money(to, (row, column), *currency, *minor),
        }
        Ok(WIDTHS.0)
    }

    fn date(&self, to: &mut Worksheet, (row, column): (u32, u16), date: Date) -> Result<usize, XlsxError> {
        let day = date.naive();
        let (year, month, of_month) = (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day()));
        // Excel counts its days from 1900 on, with a day that there was not: what is earlier is text.
        match (year, month, of_month) {
            (Ok(year @ 1901..), Ok(month), Ok(day)) => {
                let date = ExcelDateTime::from_ymd(year, month, day)?;
                to.write_datetime_with_format(row, column, &date, &self.date)?;
            }
            _ => {
                to.write_string(row, column, date.to_string())?;
            }
        }
        Ok("2026-11-23".len())
    }

    fn time(&self, to: &mut Worksheet, (row, column): (u32, u16), at: NaiveDateTime) -> Result<usize, XlsxError> {
        let (year, month, day) = (u16::try_from(at.year()), u8::try_from(at.month()), u8::try_from(at.day()));
        let (hour, minute) = (u16::try_from(at.hour()).unwrap_or(0), u8::try_from(at.minute()).unwrap_or(0));
        match (year, month, day) {
            (Ok(year @ 1901..), Ok(month), Ok(day)) => {
                let time = ExcelDateTime::from_ymd(year, month, day)?.and_hms(hour, minute, 0)?;
                to.write_datetime_with_format(row, column, &time, &self.time)?;
            }
            _ => {
                to.write_string(row, column, at.format("%Y-%m-%d %H:%M").to_string())?;
            }
        }
        Ok("2026-11-23 08:12".len())
    }

    /// Writes an amount as a number, or as text where a number of Excel would not be all of it.
    fn money(
        &mut self,
        to: &mut Worksheet,
        (row, column): (u32, u16),
        currency: Currency,
        minor: i128,
    ) -> Result<usize, XlsxError> {
        let amount = currency.amount(minor);
        match amount.parse::<f64>() {
            Ok(number) if minor.unsigned_abs() < EXACT => {
                let look = self.money.entry(currency.code()).or_insert_with(|| {
                    let decimals = "0".repeat(currency.decimals() as usize);
                    let point = if decimals.is_empty() { "" } else { "." };
                    Format::new().set_num_format(format!("[${}] #,##0{point}{decimals}", currency.code()))
                });
                to.write_number_with_format(row, column, number, look)?;
            }
            _ => {
                to.write_string(row, column, format!("{} {amount}", currency.code()))?;
            }
        }
        // The code before it, and a comma before each three digits.
        Ok(amount.len() + amount.len() / 3 + 4)
    }
}

/// Returns text as a cell holds it: what no page may hold is replaced, what is too long for Excel ends with an ellipsis.
fn shown(text: &str) -> String {
    cut(&text.chars().map(|c| if is_left_out(c) { '\u{FFFD}' } else { c }).collect::<String>(), SIGNS)
}

/// Returns no more than so many signs, as Excel counts them.
fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut left = most - 1;
    let fits = |c: &char| match left.checked_sub(c.len_utf16()) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

fn failure(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_where_excel_ends_and_never_within_a_sign() {
        assert_eq!(cut("한빛", 2), "한빛");
        assert_eq!(cut("한빛정밀", 3), "한빛…");
        assert_eq!(cut("𠮷野家", 3), "𠮷…");
        assert_eq!(shown("a\u{202E}b\u{1b}c\n"), "a\u{FFFD}b\u{FFFD}c\n");
        assert_eq!(shown(&"x".repeat(40_000)).chars().count(), SIGNS);
    }

    #[test]
    fn every_sheet_has_a_name_that_excel_takes_and_no_other_has() {
        let mut book = Book::new("", Timestamp::from_micros(0)).unwrap();
        let long = "거래".repeat(20);
        for wanted in ["Deals", "deals", "a/b:c?", "'", "", &long, &long] {
            book.begin(Layout { name: wanted.to_owned(), ..Layout::default() }).unwrap();
        }
        assert_eq!(book.names[..5], ["deals", "deals 2", "a b c", "-", "- 2"]);
        assert!(book.names.iter().all(|name| name.chars().count() <= NAME), "{:?}", book.names);
        assert_ne!(book.names[5], book.names[6]);
    }
}

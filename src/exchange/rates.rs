//! Files of exchange rates: tables with a line for each rate, and those of the European Central Bank, packed or not; wrong rows are told.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::ahead::Ahead;
use super::bulk::rows::{fits, is_blank};
use super::error::FileError;
use super::input::{Input, Reading};
use super::open::{Aside, is_hopeless};
use super::table::{Heads, Once, Role, Table, same_name};
use super::workbook;
use crate::domain::amount::Mark;
use crate::domain::cell_date::Order;
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape, take};
use crate::domain::money::Currency;
use crate::domain::rate::{Factor, Rate};

/// What a file of rates holds.
#[derive(Debug, Default)]
pub struct RateFile {
    pub rates: Vec<Rate>,
    /// Lines that were refused, with every reason.
    pub refused: Vec<(u64, Complaints)>,
    /// Columns that are passed over: of currencies that are none any more, and others.
    pub unknown_columns: Vec<String>,
    /// Days that would be others with the day first.
    pub open_dates: u64,
    pub aside: Aside,
}

/// Most that is unpacked of an archive, in MiB: the bank's whole history is a fortieth of it.
const MOST: u64 = 64;
/// How an archive begins.
const PACKED: &[u8] = b"PK\x03\x04";

/// Opens a file of rates; of an archive that is no workbook, the one table in it.
///
/// # Errors
/// As [`Input::open`], [`FileError::Archive`] where there is not exactly one table in it, or it is damaged.
pub fn open(path: &Path, reading: Reading) -> Result<Input, FileError> {
    let is_file = path.metadata().is_ok_and(|data| data.is_file());
    let mut begins = [0; 4];
    if !is_file || File::open(path)?.read_exact(&mut begins).is_err() || begins != PACKED {
        return Input::open(path, reading);
    }
    if workbook::is_packed(&File::open(path)?) {
        return Input::open(path, reading);
    }
    let mut archive = ZipArchive::new(File::open(path)?).map_err(of_archive)?;
    let is_table = |name: &String| {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        !name.starts_with("__MACOSX") && matches!(ending.as_deref(), Some("csv" | "tsv" | "txt"))
    };
    let names = archive.file_names().map(|name| name.map(Cow::into_owned)).collect::<Result<Vec<String>, _>>();
    let tables: Vec<String> = names.map_err(of_archive)?.into_iter().filter(is_table).collect();
    let [table] = &tables[..] else { return Err(FileError::Archive) };
    let packed = archive.by_name(table).map_err(of_archive)?;
    Input::piped(path, &mut Unpacked { packed, left: MOST << 20 }, reading)
}

fn of_archive(error: ZipError) -> FileError {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => error.into(),
        _ => FileError::Archive,
    }
}

/// What comes out of an archive, up to as much as is taken.
struct Unpacked<R> {
    packed: R,
    left: u64,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let broken = |error: io::Error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ => FileError::Archive.into(),
        };
        let count = self.packed.read(piece).map_err(broken)?;
        self.left = self.left.checked_sub(count as u64).ok_or(FileError::TooLarge { mib: MOST })?;
        Ok(count)
    }
}

/// What a line holds.
enum Layout {
    /// One rate: in which cells its day, its currencies and itself are.
    Long { on: usize, from: usize, to: usize, rate: usize },
    /// What one euro was on a day in many currencies.
    Wide { on: usize, euro: Currency, others: Vec<(usize, Currency)> },
}

const ON: [&str; 3] = ["date", "on", "day"];
const FROM: [&str; 4] = ["from", "base", "from currency", "base currency"];
const TO: [&str; 4] = ["to", "quote", "to currency", "quote currency"];
const RATE: [&str; 2] = ["rate", "exchange rate"];

fn is_one(names: &[&str], head: &str) -> bool {
    names.iter().any(|name| same_name(head, name))
}

/// Returns the currency that a column is named after.
fn currency(head: &str) -> Option<Currency> {
    Currency::parse(head).ok().filter(|_| head.trim().len() == 3)
}

impl Layout {
    fn new(header: &csv::StringRecord) -> Result<Self, FileError> {
        let at = |names: &[&str]| header.iter().position(|head| is_one(names, head));
        let [on, from, to, rate] = [at(&ON), at(&FROM), at(&TO), at(&RATE)];
        if let (Some(on), Some(from), Some(to), Some(rate)) = (on, from, to, rate) {
            return Ok(Self::Long { on, from, to, rate });
        }
        let others: Vec<_> = (0..).zip(header).filter_map(|(at, head)| Some((at, currency(head)?))).collect();
        let is_long = from.is_some() || to.is_some() || rate.is_some();
        // A table that has the euro beside others has another currency on the other side, which it does not name.
        let euro = Currency::from_code("EUR").filter(|euro| !others.iter().any(|(_, other)| other == euro));
        match (on, euro) {
            (Some(on), Some(euro)) if !is_long && !others.is_empty() => Ok(Self::Wide { on, euro, others }),
            _ => {
                let needed = [(on, "date"), (from, "from"), (to, "to"), (rate, "rate")];
                Err(FileError::MissingColumns(needed.into_iter().filter(|(at, _)| at.is_none()).map(|(_, name)| name).collect()))
            }
        }
    }

    const fn on(&self) -> usize {
        match self {
            Self::Long { on, .. } | Self::Wide { on, .. } => *on,
        }
    }

    /// Returns the cells that hold rates.
    fn rates(&self) -> Vec<usize> {
        match self {
            Self::Long { rate, .. } => vec![*rate],
            Self::Wide { others, .. } => others.iter().map(|(at, _)| *at).collect(),
        }
    }

    fn reads(&self, at: usize) -> bool {
        match self {
            Self::Long { on, from, to, rate } => [*on, *from, *to, *rate].contains(&at),
            Self::Wide { on, others, .. } => *on == at || others.iter().any(|(other, _)| *other == at),
        }
    }
}

/// What the rows of a file prove of how it is written.
#[derive(Default)]
struct Manner {
    days: Order,
    comma: bool,
    point: bool,
}

impl Manner {
    fn learn(&mut self, layout: &Layout, row: &csv::StringRecord) {
        self.days.learn(row.get(layout.on()).unwrap_or_default());
        for mark in layout.rates().into_iter().filter_map(|at| Factor::proves(row.get(at)?)) {
            self.comma |= mark == Mark::Comma;
            self.point |= mark == Mark::Point;
        }
    }

    /// Returns the decimal mark, where the file has one and not both.
    const fn mark(&self) -> Option<Mark> {
        match (self.comma, self.point) {
            (true, false) => Some(Mark::Comma),
            (false, true) => Some(Mark::Point),
            _ => None,
        }
    }
}

/// Reads all rates of a file.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read: then nothing of it is to be taken.
pub fn read(input: Input) -> Result<RateFile, FileError> {
    let mut aside = Aside::of(&input);
    let names = [&ON[..], &FROM, &TO, &RATE];
    let known = |head: &str| names.iter().any(|names| is_one(names, head)) || currency(head).is_some();
    let role = |head: &str| if is_one(&RATE, head) || currency(head).is_some() { Role::Amount } else { Role::Other };
    let heads = Heads { known: &known, fits: &|header| Layout::new(header).is_ok(), role };
    let table = Table::open(input, Once::Known, &heads)?;
    aside.sheet = table.sheet().cloned();
    let (layout, header) = (Layout::new(&table.header)?, table.header.clone());
    let mut manner = Manner::default();
    let mut table = Ahead::read(table, |row| manner.learn(&layout, row));
    let unknown = (0..).zip(&header).filter(|(at, head)| !layout.reads(*at) && !head.is_empty());
    let unknown_columns = unknown.map(|(_, head)| head.to_owned()).collect();
    let mut file = RateFile { unknown_columns, ..RateFile::default() };
    let mut lines = 0;
    while let Some(line) = table.next()? {
        lines += 1;
        let mut row = Row { header: &header, cells: table.row(), manner: &manner, complaints: Vec::new(), open_dates: 0 };
        let read = table.faults().or(|| row.rates(&layout));
        file.open_dates += row.open_dates;
        match read {
            Ok(rates) => file.rates.extend(rates),
            Err(complaints) => file.refused.push((line, complaints)),
        }
        if is_hopeless(lines, file.refused.len() as u64) {
            return Err(FileError::NothingFits { rows: lines });
        }
    }
    file.aside = Aside { unended: table.table.unended(), ..aside };
    Ok(file)
}

/// One line on its way to rates, collecting complaints by the name of the column.
struct Row<'a> {
    header: &'a csv::StringRecord,
    cells: &'a csv::StringRecord,
    manner: &'a Manner,
    complaints: Complaints,
    open_dates: u64,
}

impl Row<'_> {
    fn rates(&mut self, layout: &Layout) -> Result<Vec<Rate>, Complaints> {
        if !fits(self.cells, self.header.len(), Some(layout.on())) {
            return Err(vec![Complaint::new("row", Invalid::WrongShape(Shape::Row))]);
        }
        let on = self.cell(layout.on(), |row, cell| {
            let (on, open) = row.manner.days.day(cell)?;
            row.open_dates += u64::from(open);
            Ok(on)
        });
        let mut rates = Vec::new();
        match layout {
            Layout::Long { from, to, rate, .. } => {
                let currencies = [*from, *to].map(|at| self.cell(at, |_, cell| Currency::parse(cell)));
                let rate = self.cell(*rate, |row, cell| Factor::in_file(cell, row.manner.mark()));
                if let (Some(on), [Some(from), Some(to_one)], Some(rate)) = (on, currencies, rate) {
                    let name = self.header.get(*to).unwrap_or_default();
                    rates.extend(take(Rate::new(on, from, to_one, rate), name, &mut self.complaints));
                }
            }
            Layout::Wide { euro, others, .. } => {
                for (at, other) in others {
                    // The bank writes so where it has none.
                    let none = self.cells.get(*at).is_none_or(|cell| is_blank(cell) || cell.trim().eq_ignore_ascii_case("n/a"));
                    let rate = if none { None } else { self.cell(*at, |row, cell| Factor::in_file(cell, row.manner.mark())) };
                    rates.extend(on.zip(rate).map(|(on, rate)| Rate { on, from: *euro, to: *other, rate }));
                }
            }
        }
        if self.complaints.is_empty() { Ok(rates) } else { Err(std::mem::take(&mut self.complaints)) }
    }

    fn cell<T>(&mut self, at: usize, read: impl FnOnce(&mut Self, &str) -> Result<T, Invalid>) -> Option<T> {
        let cell = self.cells.get(at).map(str::trim).filter(|cell| !is_blank(cell));
        let value = cell.ok_or(Invalid::Missing).and_then(|cell| read(self, cell));
        take(value, self.header.get(at).unwrap_or_default(), &mut self.complaints)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const HISTORY: &str = "Date,USD,JPY,BGN,CYP,KRW,\r\n2026-11-20,1.0842,163.5,1.9558,N/A,1502.61,\r\n\
                           2026-11-19,1.081,163.2,N/A,N/A,1500,\r\n";

    fn bytes_read(name: &str, bytes: &[u8]) -> Result<RateFile, FileError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        read(open(&path, Reading::default())?)
    }

    fn text(file: &RateFile) -> Vec<String> {
        file.rates.iter().map(|r| format!("{} {}{} {}", r.on, r.from, r.to, r.rate)).collect()
    }

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn the_bank_s_history_and_its_one_line_are_read_with_the_euro_on_the_other_side() {
        let file = bytes_read("eurofxref-hist.csv", HISTORY.as_bytes()).unwrap();
        let expected = [
            "2026-11-20 EURUSD 1.0842",
            "2026-11-20 EURJPY 163.5",
            "2026-11-20 EURBGN 1.9558",
            "2026-11-20 EURKRW 1502.61",
            "2026-11-19 EURUSD 1.081",
            "2026-11-19 EURJPY 163.2",
            "2026-11-19 EURKRW 1500",
        ];
        assert_eq!(text(&file), expected.to_vec(), "{:?}", file.refused);
        assert_eq!((file.unknown_columns, file.refused.len(), file.open_dates), (vec!["CYP".to_owned()], 0, 0));
        let file = bytes_read("eurofxref.csv", b"Date, USD, JPY, \n20 November 2026, 1.0842, 163.5, \n").unwrap();
        assert_eq!(text(&file), ["2026-11-20 EURUSD 1.0842", "2026-11-20 EURJPY 163.5"]);
    }

    #[test]
    fn an_archive_is_unpacked_where_there_is_one_table_in_it() {
        let file = bytes_read("eurofxref.zip", &packed(&[("eurofxref.csv", HISTORY.as_bytes())])).unwrap();
        assert_eq!(file.rates.len(), 7);
        let twice = packed(&[("a.csv", HISTORY.as_bytes()), ("b.csv", HISTORY.as_bytes())]);
        for bytes in [packed(&[]), packed(&[("a.png", b"x")]), twice, b"PK\x03\x04 and no more".to_vec()] {
            assert!(matches!(bytes_read("a.zip", &bytes), Err(FileError::Archive | FileError::NotText)));
        }
        let mut broken = packed(&[("a.csv", &HISTORY.repeat(50).into_bytes())]);
        broken[60] ^= 0xFF;
        assert!(matches!(bytes_read("a.zip", &broken), Err(FileError::Archive)));
    }

    #[test]
    fn what_swells_without_end_is_not_unpacked() {
        let line = format!("{}\n", "x".repeat(1_023)).into_bytes();
        let mut unpacked = Unpacked { packed: std::io::repeat(b'x'), left: MOST << 20 };
        let end = std::iter::from_fn(|| unpacked.read(&mut [0; 1 << 16]).err()).next();
        assert!(end.is_none(), "not at the first piece");
        let mut unpacked = Unpacked { packed: &line[..], left: 1_000 };
        let error = FileError::from(unpacked.read(&mut [0; 1_024]).unwrap_err());
        assert!(matches!(error, FileError::TooLarge { mib: MOST }));
    }

    #[test]
    fn a_line_for_each_rate_is_read_in_any_order_of_columns_and_either_decimal_mark() {
        let file =
            bytes_read("rates.csv", b"Rate;To;From;Date;Note\n1,0842;usd;EUR;20.11.2026;x\n1,385;CHF;EUR;2026-11-20;\n").unwrap();
        assert_eq!(text(&file), ["2026-11-20 EURUSD 1.0842", "2026-11-20 EURCHF 1.385"], "{:?}", file.refused);
        assert_eq!(file.unknown_columns, ["Note"]);
        let file =
            bytes_read("rates.tsv", b"date\tfrom\tto\trate\n2026-11-20\tUSD\tKRW\t1,385.20\n2026-11-20\tUSD\tJPY\t1,385\n")
                .unwrap();
        assert_eq!(text(&file), ["2026-11-20 USDKRW 1385.2", "2026-11-20 USDJPY 1385"]);
    }

    #[test]
    fn every_wrong_cell_of_a_line_is_told_and_the_good_lines_stay() {
        let file = bytes_read(
            "rates.csv",
            b"date,from,to,rate\nsoon,EUR,XXQ,0\n2026-11-20,EUR,USD,1.0842\n2026-11-20,EUR,EUR,1\n2026-11-20,EUR,,\n2026-11-20,EUR,JPY,\"1,385\"\n",
        )
        .unwrap();
        assert_eq!(text(&file), ["2026-11-20 EURUSD 1.0842", "2026-11-20 EURJPY 1385"]);
        let told: Vec<(u64, Vec<&str>)> =
            file.refused.iter().map(|(line, all)| (*line, all.iter().map(|c| c.why.code()).collect())).collect();
        let expected = [
            (2, vec!["not-a-date", "unknown-currency", "not-a-rate"]),
            (4, vec!["same-currency"]),
            (5, vec!["missing", "missing"]),
        ];
        assert_eq!(told, expected);
        let file = bytes_read("rates.csv", b"Date,USD,JPY\n2026-11-20,-1,163\n2026-11-19,1.08,163\n").unwrap();
        assert_eq!((file.rates.len(), file.refused.len()), (2, 1));
    }

    #[test]
    fn a_table_of_something_else_is_refused_as_a_whole() {
        assert!(matches!(bytes_read("a.csv", b"Deal,Customer\nx,y\n"), Err(FileError::UnknownFormat { .. })));
        for text in ["Date,From,Rate\n2026-11-20,EUR,1\n", "Date,USD,EUR\n2026-11-20,1,2\n", "USD,JPY\n1,2\n"] {
            assert!(matches!(bytes_read("a.csv", text.as_bytes()), Err(FileError::MissingColumns(_))), "{text}");
        }
    }
}

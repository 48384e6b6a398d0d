//! Files of customers and of solutions: columns under their usual names, in five languages, become entries; a wrong row is refused.

use std::path::{Path, PathBuf};

use super::bulk::rows::{fits, is_blank};
use super::error::FileError;
use super::heads::{CUSTOMER, Column, Meaning, Names, SOLUTION, meaning};
use super::input::Input;
use super::open::{Aside, Listener, is_hopeless};
use super::refused::{REASON, RefusedRow};
use super::table::{Heads, Once, Role, Table};
use crate::domain::customer::{Address, Country, Duns};
use crate::domain::directory::{KnownCustomer, KnownSolution};
use crate::domain::draft::solution_id;
use crate::domain::fold::yes_no;
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::solution::Owner;
use crate::domain::text::{Cleaned, Line, unseen};

/// What is told about a file of customers besides the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terms {
    /// The country of all rows that name none.
    pub country: Option<Country>,
    /// Whether D-U-N-S numbers get back the leading zeros that a spreadsheet has eaten.
    pub restore_zeros: bool,
}

use Column as C;

/// What every row needs, as the error names it.
const CUSTOMER_NEEDS: [(Column, &str); 2] = [(C::Name, "Name"), (C::Country, "Country")];
const SOLUTION_NEEDS: [(Column, &str); 1] = [(C::Id, "ID")];

/// Where the columns of one file are.
struct Layout {
    /// What each column means, as far as it is read.
    columns: Vec<Option<Meaning>>,
    header: csv::StringRecord,
}

impl Layout {
    fn new(header: &csv::StringRecord, names: &Names) -> Self {
        let meant: Vec<Option<Meaning>> = header.iter().map(|head| meaning(head, names)).collect();
        // Of two columns of the same kind the better one counts, else the first one.
        let best = |at: usize, one: Meaning| {
            let same = |other: &&Meaning| (other.column, other.elsewhere) == (one.column, one.elsewhere);
            let rivals =
                meant.iter().enumerate().filter_map(|(at, other)| other.as_ref().filter(same).map(|other| (other.rank, at)));
            rivals.min() == Some((one.rank, at))
        };
        let columns = meant.iter().enumerate().map(|(at, one)| one.filter(|one| best(at, *one))).collect();
        Self { columns, header: header.clone() }
    }

    /// Returns where a column is; `elsewhere` one of an address that comes second.
    fn index(&self, column: Column, elsewhere: bool) -> Option<usize> {
        self.columns.iter().position(|found| found.is_some_and(|found| (found.column, found.elsewhere) == (column, elsewhere)))
    }

    fn has(&self, column: Column) -> bool {
        self.index(column, false).or_else(|| self.index(column, true)).is_some()
    }

    fn unknown(&self) -> Vec<String> {
        let columns = self.header.iter().zip(&self.columns);
        let unknown = columns.filter(|(name, column)| column.is_none() && !name.is_empty() && *name != REASON);
        unknown.map(|(name, _)| name.to_owned()).collect()
    }
}

/// Reads a row as an entry.
type Read<E> = Box<dyn Fn(&mut Row<'_>) -> Option<E> + Send>;

/// An open file whose entries are taken one by one.
pub struct StockFile<E, L> {
    path: PathBuf,
    table: Table,
    layout: Layout,
    read: Read<E>,
    listener: L,
    aside: Aside,
    taken: u64,
    refused: u64,
    cleaned: Cleaned,
    failure: Option<FileError>,
}

/// Opens a file of customers.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read, or lacks names, or countries and `terms` has none.
pub fn customers<L: Listener>(input: Input, terms: Terms, listener: L) -> Result<StockFile<KnownCustomer, L>, FileError> {
    let needs: Vec<_> =
        CUSTOMER_NEEDS.into_iter().filter(|(column, _)| *column != C::Country || terms.country.is_none()).collect();
    open(input, &CUSTOMER, &needs, listener, Box::new(move |row| row.customer(terms)))
}

/// Opens a file of solutions.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read, or lacks ids.
pub fn solutions<L: Listener>(input: Input, listener: L) -> Result<StockFile<KnownSolution, L>, FileError> {
    open(input, &SOLUTION, &SOLUTION_NEEDS, listener, Box::new(|row| row.solution()))
}

fn open<E, L: Listener>(
    input: Input,
    names: &'static Names,
    needs: &[(Column, &'static str)],
    listener: L,
    read: Read<E>,
) -> Result<StockFile<E, L>, FileError> {
    let (path, mut aside) = (input.path().to_owned(), Aside::of(&input));
    let fits = |header: &csv::StringRecord| {
        let layout = Layout::new(header, names);
        needs.iter().all(|(column, _)| layout.has(*column))
    };
    let heads = Heads { known: &|column| meaning(column, names).is_some(), fits: &fits, role };
    let table = Table::open(input, Once::Known, &heads)?;
    aside.sheet = table.sheet().cloned();
    let layout = Layout::new(&table.header, names);
    let missing: Vec<&'static str> = needs.iter().filter(|(column, _)| !layout.has(*column)).map(|(_, name)| *name).collect();
    if !missing.is_empty() {
        return Err(FileError::MissingColumns(missing));
    }
    let (taken, refused, cleaned, failure) = (0, 0, Cleaned::default(), None);
    Ok(StockFile { path, table, layout, read, listener, aside, taken, refused, cleaned, failure })
}

/// Returns what the numbers of a column are.
fn role(head: &str) -> Role {
    let is_code = meaning(head, &CUSTOMER).is_some_and(|meaning| meaning.column == C::PostalCode);
    if is_code { Role::Code } else { Role::Other }
}

impl<E, L: Listener> StockFile<E, L> {
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub const fn listener(&mut self) -> &mut L {
        &mut self.listener
    }

    /// Returns how many rows were refused so far.
    pub const fn refused(&self) -> u64 {
        self.refused
    }

    /// Returns what was not kept as it came so far.
    pub const fn cleaned(&self) -> Cleaned {
        self.cleaned
    }

    /// Returns what is to be told of how it was read, up to where it was read.
    pub fn aside(&self) -> Aside {
        Aside { unended: self.table.unended(), ..self.aside.clone() }
    }

    /// Returns the columns that are passed over.
    pub fn unknown_columns(&self) -> Vec<String> {
        self.layout.unknown()
    }

    /// Returns why the file broke off, if it did.
    pub const fn failure(&self) -> Option<&FileError> {
        self.failure.as_ref()
    }

    /// Returns the next entry that is valid, with its line; `None` at the end, or where the file breaks off.
    pub fn next_valid(&mut self) -> Option<(u64, E)> {
        loop {
            let line = match self.table.next() {
                Ok(line) => line?,
                Err(failure) => {
                    self.failure = Some(failure);
                    return None;
                }
            };
            let mut row =
                Row { layout: &self.layout, cells: self.table.row(), complaints: Complaints::new(), cleaned: Cleaned::default() };
            let entry = self.table.faults().or(|| row.checked(&self.read));
            self.cleaned += row.cleaned;
            match entry {
                Ok(entry) => {
                    self.taken += 1;
                    return Some((line, entry));
                }
                Err(complaints) => {
                    self.refused += 1;
                    self.listener.refused(&RefusedRow { line, content: self.table.content(), complaints });
                    if is_hopeless(self.taken + self.refused, self.refused) {
                        self.failure = Some(FileError::NothingFits { rows: self.taken + self.refused });
                        return None;
                    }
                }
            }
        }
    }
}

/// One row on its way to an entry, collecting complaints by the name of the column.
struct Row<'a> {
    layout: &'a Layout,
    cells: &'a csv::StringRecord,
    complaints: Complaints,
    cleaned: Cleaned,
}

impl Row<'_> {
    fn checked<E>(&mut self, read: &dyn Fn(&mut Self) -> Option<E>) -> Result<E, Complaints> {
        let needed = [C::Name, C::Id].into_iter().filter_map(|column| self.layout.index(column, false)).min();
        if !fits(self.cells, self.layout.columns.len(), needed) {
            return Err(vec![Complaint::new("row", Invalid::WrongShape(Shape::Row))]);
        }
        let entry = read(self);
        match entry {
            Some(entry) if self.complaints.is_empty() => Ok(entry),
            _ => Err(std::mem::take(&mut self.complaints)),
        }
    }

    fn cell(&self, column: Column) -> Option<&str> {
        self.index(column).and_then(|index| self.cells.get(index)).map(str::trim).filter(|cell| !is_blank(cell))
    }

    /// Returns where a column of the row is: of two addresses all parts are of the first, unless it is empty.
    fn index(&self, column: Column) -> Option<usize> {
        let address = [C::Line1, C::Line2, C::City, C::State, C::PostalCode, C::Country];
        let holds = |column: &Column| {
            let cell = self.layout.index(*column, false).and_then(|index| self.cells.get(index));
            cell.is_some_and(|cell| !is_blank(cell))
        };
        let elsewhere = address.contains(&column) && !address.iter().any(holds);
        let second = || self.layout.index(column, true);
        if elsewhere { second().or_else(|| self.layout.index(column, false)) } else { self.layout.index(column, false) }
    }

    fn complain(&mut self, column: Column, why: Invalid) {
        let name = self.index(column).and_then(|index| self.layout.header.get(index)).unwrap_or_default();
        self.complaints.push(Complaint::new(name, why));
    }

    fn line(&mut self, column: Column) -> Option<Line> {
        self.read(column, Line::imported)
    }

    fn read(&mut self, column: Column, read: fn(&str, &mut Cleaned) -> Result<Option<Line>, Invalid>) -> Option<Line> {
        let cell = self.cell(column)?;
        let mut cleaned = Cleaned::default();
        let line = read(cell, &mut cleaned);
        self.cleaned += cleaned;
        line.unwrap_or_else(|why| {
            self.complain(column, why);
            None
        })
    }

    fn needed(&mut self, column: Column, read: fn(&str, &mut Cleaned) -> Result<Option<Line>, Invalid>) -> Option<Line> {
        let before = self.complaints.len();
        let line = self.read(column, read);
        if line.is_none() && self.complaints.len() == before {
            self.complain(column, Invalid::Missing);
        }
        line
    }

    fn customer(&mut self, terms: Terms) -> Option<KnownCustomer> {
        let name = self.needed(C::Name, Line::imported);
        self.cleaned.unseen +=
            [C::Country, C::Duns].into_iter().filter_map(|column| self.cell(column)).map(unseen).sum::<usize>();
        let country = match self.cell(C::Country).map(Country::typed) {
            None if terms.country.is_none() => Err(Invalid::Missing),
            None => Ok(terms.country),
            Some(read) => read.map(Some),
        };
        let country = country.unwrap_or_else(|why| {
            self.complain(C::Country, why);
            None
        });
        let duns = self.duns(terms);
        let address = Address {
            line1: self.line(C::Line1),
            line2: self.line(C::Line2),
            city: self.line(C::City),
            state: self.line(C::State),
            postal_code: self.read(C::PostalCode, Line::imported_code),
            country,
        };
        Some(KnownCustomer { name: name?, duns, address, used: false })
    }

    fn duns(&mut self, terms: Terms) -> Option<Duns> {
        let cell = self.cell(C::Duns)?;
        let read = match (Duns::parse(cell), Duns::in_file(cell)) {
            (Ok(duns), _) => Ok(Some(duns)),
            (Err(_), Ok(found)) if terms.restore_zeros || found.is_none() => Ok(found),
            (Err(_), Ok(_)) => Err(Invalid::ShortDuns(cell.to_owned())),
            (Err(why), Err(_)) => Err(why),
        };
        read.map_err(|why| self.complain(C::Duns, why)).ok().flatten()
    }

    fn solution(&mut self) -> Option<KnownSolution> {
        let id = self.needed(C::Id, |cell, cleaned| {
            let id = Line::imported_code(cell, cleaned)?;
            id.map(|id| solution_id(id.as_str())).transpose()
        });
        let name = self.line(C::Name);
        let given = |cell: &str, allowed| Invalid::NotOneOf { given: cell.to_owned(), allowed };
        let owner =
            self.cell(C::Owner).map_or(Ok(Owner::Unknown), |cell| Owner::read(cell).ok_or_else(|| given(cell, &Owner::WORDS)));
        let assessment =
            self.cell(C::Assessment).map_or(Ok(false), |cell| yes_no(cell).ok_or_else(|| given(cell, &["yes", "no"])));
        let owner = owner.unwrap_or_else(|why| {
            self.complain(C::Owner, why);
            Owner::Unknown
        });
        let assessment = assessment.unwrap_or_else(|why| {
            self.complain(C::Assessment, why);
            false
        });
        Some(KnownSolution { id: id?, name, owner, assessment, used: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::input::Reading;

    fn read(text: &str, terms: Terms) -> (Vec<KnownCustomer>, Vec<(u64, Complaints)>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("customers.csv");
        std::fs::write(&path, text).unwrap();
        let mut refused = Vec::new();
        let input = Input::open(&path, Reading::default()).unwrap();
        let mut file = customers(input, terms, |row: &RefusedRow<'_>| refused.push((row.line, row.complaints.clone()))).unwrap();
        let entries = std::iter::from_fn(|| file.next_valid()).map(|(_, entry)| entry).collect();
        drop(file);
        (entries, refused)
    }

    #[test]
    fn columns_are_known_by_their_usual_names_in_five_languages() {
        for header in [
            "Country,Legal Name,City,D-U-N-S® Number",
            "국가;회사명;도시;던스 번호",
            "国\t会社名\t都市\tDUNS",
            "国家,公司名称,城市,邓白氏编码",
            "\u{feff}國家,公司名稱,城市,DUNS Number",
            "Customer Country,Customer Name,Customer City,Customer D-U-N-S ID",
        ] {
            let separator = header.chars().find(|c| [',', ';', '\t'].contains(c)).unwrap();
            let row = "kr|한빛정밀|수원시|08-146-6849".replace('|', &separator.to_string());
            let (entries, refused) = read(&format!("{header}\r\n{row}\r\n"), Terms::default());
            assert_eq!(refused, [], "{header}");
            assert_eq!(
                (entries[0].name.as_str(), entries[0].duns.unwrap().to_string().as_str()),
                ("한빛정밀", "081466849"),
                "{header}"
            );
            assert_eq!(entries[0].address.country.unwrap().code(), "KR", "{header}");
        }
    }

    #[test]
    fn every_wrong_cell_of_a_row_is_told_and_lost_zeros_are_put_back_only_when_asked() {
        let text = "Name,Country,DUNS\n,Atlantis,1\nContoso,US,81466849\n";
        let (entries, refused) = read(text, Terms::default());
        assert_eq!(entries, []);
        let told: Vec<(u64, Vec<&str>)> =
            refused.iter().map(|(line, all)| (*line, all.iter().map(|c| c.why.code()).collect())).collect();
        assert_eq!(told, [(2, vec!["missing", "unknown-country", "short-duns"]), (3, vec!["short-duns"])]);
        let (entries, _) = read(text, Terms { restore_zeros: true, ..Terms::default() });
        assert_eq!(entries[0].duns.unwrap().to_string(), "081466849");
        let (entries, refused) = read("Name\nContoso\n", Terms { country: Country::typed("US").ok(), ..Terms::default() });
        assert_eq!((entries.len(), refused.len()), (1, 0));
    }
}

//! Files of leads (MG-83): rows become leads that keep their cells, and leads go back as rows in the columns they came in.
//!
//! Two files tell of leads: the download that is changed and taken back (edit only: a row of a lead that Partner Center does not know is
//! nothing it takes), and that of the analysis, whose nineteen columns are published. Of the first no list of columns is published: its
//! names here are ours, put together from its neighbours, to be confirmed by a real file; they are read loosely, and a column that means
//! nothing here is kept and goes back as it came.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::bulk::columns::bare;
use super::bulk::rows::{fits, is_blank};
use super::error::FileError;
use super::input::Input;
use super::open::{Aside, Listener};
use super::refused::{REASON, RefusedRow, RowContent, folder_of, keep_new};
use super::sheet::{self, Book};
use super::table::{Heads, Once, Role, Table};
use super::unnamed::unnamed_in;
use super::upload::{ROWS_MAX, UploadFormat};
use crate::domain::amount::Amount;
use crate::domain::cell_date::Order;
use crate::domain::customer::{Country, Duns};
use crate::domain::instant::Timestamp;
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::lead::{Lead, LeadCell, LeadFile, LeadKind, LeadPart, LeadStage};
use crate::domain::money::{Currency, Money};
use crate::domain::outcome::Reason;
use crate::domain::text::{Cleaned, Line, Notes, unseen};

use LeadPart as P;

/// Parts that are read as what they mean: marks that show nothing do not come with them.
const AS_VALUES: [LeadPart; 9] =
    [P::Currency, P::Country, P::Duns, P::CloseDate, P::Created, P::Updated, P::Stage, P::Substage, P::Value];

/// Heads of the id.
const ID: [&str; 3] = ["referralid", "leadid", "leadreferralid"];

/// Heads by what they mean, in small letters without blanks and marks.
const HEADS: [(LeadPart, &str); 29] = [
    (P::Name, "leadname,leadtitle,name,title"),
    (P::Stage, "leadstatus,status,referralstatus,stage"),
    (P::Substage, "leadsubstatus,substatus,referralsubstatus"),
    (P::Reason, "leadstatusreason,statusreason,declinedlosterrorreason,declinelosterrorreason,closedreason,reason"),
    (P::Type, "leadtype,leadqualification,qualification,qualificationtype"),
    (P::Source, "leadsource,referralsource,source"),
    (P::CallToAction, "calltoaction,leadaction"),
    (P::Program, "referralprogram,leadprogram,program"),
    (P::OfferId, "offerid,solutionid,offerids"),
    (P::OfferName, "offername,offertitle,solutionname,offernames"),
    (P::Value, "leadvalue,estimatedleadvalue,estimatedvalue,value"),
    (P::Currency, "leadcurrency,estimatedleadcurrency,currency"),
    (P::CloseDate, "estimatedclosedate,leadclosedate,estimatedclosingdate,closedate"),
    (P::Customer, "customername,customercompanyname,companyname,customer,company"),
    (P::Duns, "customerdunsid,customerdunsnumber,duns"),
    (P::Line1, "customeraddressline1,addressline1,customeraddress,address"),
    (P::Line2, "customeraddressline2,addressline2"),
    (P::City, "customercity,city"),
    (P::State, "customerstate,customerstateprovince,state,stateprovince"),
    (P::PostalCode, "customerpostalcode,customerzip,postalcode,zipcode"),
    (P::Country, "customercountry,customercountryregion,country,countryregion"),
    (P::ContactFirst, "customercontactfirstname,contactfirstname,firstname"),
    (P::ContactLast, "customercontactlastname,contactlastname,lastname"),
    (P::ContactName, "customercontactname,contactname,customercontact"),
    (P::Phone, "customercontactphonenumber,customercontactphone,contactphonenumber,contactphone,phonenumber,phone"),
    (P::Email, "customercontactemailaddress,customercontactemail,contactemailaddress,contactemail,emailaddress,email"),
    (P::Created, "creationdate,createddate,receiveddate,leadcreationdate,leadcreateddate,createddatetime"),
    (P::Updated, "updateddate,lastupdateddate,leadupdateddate,updateddatetime"),
    (P::Notes, "notes,leadnotes,customernotes,comments,message"),
];

/// Heads of the customer relationship number, which both files may have.
const CRM: [&str; 3] = ["crmid", "leadcrmid", "externalreferenceid"];

/// Heads that only leads have.
pub(super) const ONLY: [&str; 9] = [
    "leadname",
    "leadstatus",
    "leadsubstatus",
    "estimatedleadvalue",
    "leadid",
    "leadtype",
    "leadvalue",
    "leadvalueusd",
    "leadcurrency",
];

fn meaning(head: &str) -> Option<LeadPart> {
    let plain = bare(head);
    if CRM.contains(&plain.as_str()) {
        return Some(P::CrmId);
    }
    HEADS.into_iter().find(|(_, names)| names.split(',').any(|name| name == plain)).map(|(part, _)| part)
}

/// Whether it is the column in which Partner Center says why it refused a row.
fn is_errors(head: &str) -> bool {
    matches!(bare(head).as_str(), "errors" | "error")
}

fn is_id(head: &str) -> bool {
    ID.contains(&bare(head).as_str())
}

/// Returns whether these are the heads of a file of leads.
pub(super) fn is_leads(heads: &csv::StringRecord) -> bool {
    let has = |names: &[&str]| heads.iter().any(|head| names.contains(&bare(head).as_str()));
    has(&ID) && has(&ONLY) && !has(&["dealname", "partnerreferralstatus", "registrationstatus"])
}

fn role(head: &str) -> Role {
    match meaning(head) {
        Some(P::Value) => Role::Amount,
        Some(P::PostalCode) => Role::Code,
        _ => Role::Other,
    }
}

/// A file of leads, read whole: Partner Center gives out 5,000 rows at most.
#[derive(Debug)]
pub struct LeadsFile {
    pub path: PathBuf,
    pub kind: LeadFile,
    /// Each with the line of its row.
    pub leads: Vec<(u64, Lead)>,
    pub refused: u64,
    pub cleaned: Cleaned,
    /// Days that could be read in another order as well.
    pub open_dates: u64,
    /// Columns that mean nothing here; their cells are kept.
    pub unknown: Vec<String>,
    pub aside: Aside,
}

/// Reads a file of leads; each refused row goes to `listener`.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read, or is none of leads.
pub fn read(input: Input, listener: &mut impl Listener) -> Result<LeadsFile, FileError> {
    let (path, mut aside) = (input.path().to_owned(), Aside::of(&input));
    let known = |head: &str| is_id(head) || meaning(head).is_some();
    let mut table = Table::open(input, Once::Known, &Heads { known: &known, fits: &is_leads, role })?;
    aside.sheet = table.sheet().cloned();
    if !is_leads(&table.header) {
        return Err(FileError::MissingColumns(vec!["Referral ID", "Lead Name"]));
    }
    let mut rows = Vec::new();
    while let Some(line) = table.next()? {
        rows.push((line, table.row().clone(), table.faults()));
    }
    aside.unended = table.unended();
    let mut layout = Layout::new(&table.header);
    rows.iter().for_each(|(_, cells, _)| layout.learn(cells));
    let mut file = LeadsFile {
        path,
        kind: layout.kind,
        leads: Vec::new(),
        refused: 0,
        cleaned: Cleaned::default(),
        open_dates: 0,
        unknown: layout.unknown(),
        aside,
    };
    let mut seen = BTreeSet::new();
    for (line, cells, faults) in rows {
        let read = faults.or(|| layout.lead(&cells, &mut file.cleaned, &mut file.open_dates));
        let read = read.and_then(|lead| {
            let twice = || vec![Complaint::new(layout.header[layout.id].to_owned(), Invalid::Twice(lead.id.to_string()))];
            if seen.insert(lead.id.clone()) { Ok(lead) } else { Err(twice()) }
        });
        match read {
            Ok(lead) => file.leads.push((line, lead)),
            Err(complaints) => {
                file.refused += 1;
                let content = RowContent::Table { header: &layout.header, separator: table.separator, cells: &cells };
                listener.refused(&RefusedRow { line, content, complaints });
            }
        }
    }
    Ok(file)
}

/// Where the columns of one file are.
struct Layout {
    header: csv::StringRecord,
    id: usize,
    /// What each column means; of two with one meaning the first counts.
    parts: Vec<Option<LeadPart>>,
    kind: LeadFile,
    order: Order,
}

impl Layout {
    fn new(header: &csv::StringRecord) -> Self {
        let mut seen = BTreeSet::new();
        let parts = header.iter().map(|head| meaning(head).filter(|part| seen.insert(*part))).collect();
        let has = |name: &str| header.iter().any(|head| bare(head) == name);
        // The analysis names the action and the programme, and has nothing to change.
        let kind = if has("calltoaction") && has("leadtype") && !has("leadname") { LeadFile::Insights } else { LeadFile::Bulk };
        let id = header.iter().position(is_id).unwrap_or_default();
        Self { header: header.clone(), id, parts, kind, order: Order::default() }
    }

    fn learn(&mut self, cells: &csv::StringRecord) {
        for (cell, part) in cells.iter().zip(&self.parts) {
            if matches!(part, Some(P::CloseDate | P::Created | P::Updated)) {
                self.order.learn(cell);
            }
        }
    }

    fn unknown(&self) -> Vec<String> {
        let heads = self.header.iter().zip(&self.parts).enumerate();
        let unknown = heads.filter(|(at, (head, part))| {
            part.is_none() && *at != self.id && !head.is_empty() && *head != REASON && !is_errors(head)
        });
        unknown.map(|(_, (head, _))| head.to_owned()).collect()
    }

    fn cell<'a>(&self, cells: &'a csv::StringRecord, part: LeadPart) -> Option<(&str, &'a str)> {
        let at = self.parts.iter().position(|known| *known == Some(part))?;
        Some((&self.header[at], cells.get(at).map(str::trim).filter(|cell| !is_blank(cell)).unwrap_or_default()))
    }

    /// Reads a row.
    fn lead(&self, cells: &csv::StringRecord, cleaned: &mut Cleaned, open: &mut u64) -> Result<Lead, Complaints> {
        if !fits(cells, self.parts.len(), Some(self.id)) {
            return Err(vec![Complaint::new("row", Invalid::WrongShape(Shape::Row))]);
        }
        let mut complaints = Complaints::new();
        let id = Line::imported_code(cells.get(self.id).unwrap_or_default(), cleaned);
        let id = id.and_then(|id| id.ok_or(Invalid::Missing));
        let id = id.map_err(|why| complaints.push(Complaint::new(self.header[self.id].to_owned(), why))).ok();
        let mut told: BTreeMap<LeadPart, String> = BTreeMap::new();
        for part in LeadPart::ALL.into_iter().filter(|part| !matches!(part, P::Stage | P::Substage | P::Value)) {
            let Some((head, cell)) = self.cell(cells, part) else { continue };
            match self.text(part, cell, cleaned, open) {
                Ok(text) => drop(told.insert(part, text)),
                Err(why) => complaints.push(Complaint::new(head.to_owned(), why)),
            }
        }
        self.value(cells, &mut told, &mut complaints);
        cleaned.unseen +=
            AS_VALUES.into_iter().filter_map(|part| self.cell(cells, part)).map(|(_, cell)| unseen(cell)).sum::<usize>();
        let words = [P::Stage, P::Substage].map(|part| self.cell(cells, part));
        let [status, substatus] = words.map(|found| found.map_or("", |(_, cell)| cell));
        match LeadStage::read(status, substatus) {
            Ok(stage) => drop(told.insert(P::Stage, stage.map_or("", LeadStage::code).to_owned())),
            Err(why) => {
                let head = words.into_iter().flatten().next().map_or("", |(head, _)| head);
                complaints.push(Complaint::new(head.to_owned(), why));
            }
        }
        let Some(id) = id.filter(|_| complaints.is_empty()) else { return Err(complaints) };
        let mut lead = Lead::new(id);
        told.into_iter().for_each(|(part, text)| lead.tell(part, text));
        let row = self.header.iter().zip(&self.parts).enumerate().filter(|(_, (head, _))| *head != REASON);
        let cell = |(at, (head, part)): (usize, (&str, &Option<LeadPart>))| LeadCell {
            head: head.to_owned(),
            text: cells.get(at).filter(|_| !is_errors(head)).unwrap_or_default().to_owned(),
            part: *part,
        };
        lead.came_in(self.kind, row.map(cell).collect());
        let errors = self.header.iter().position(is_errors).and_then(|at| cells.get(at)).filter(|cell| !is_blank(cell));
        lead.error =
            errors.map(|text| Notes::imported(text, cleaned)).transpose().ok().flatten().flatten().map(|text| text.to_string());
        Ok(lead)
    }

    /// Reads a cell as the text of its part.
    fn text(&self, part: LeadPart, cell: &str, cleaned: &mut Cleaned, open: &mut u64) -> Result<String, Invalid> {
        let line = |line: Option<Line>| line.map(|line| line.to_string()).unwrap_or_default();
        if cell.is_empty() {
            return Ok(String::new());
        }
        match part {
            P::Currency => Currency::parse(cell).map(|currency| currency.code().to_owned()),
            P::Country => Country::typed(cell).map(|country| country.code().to_owned()),
            P::Duns => Duns::in_file(cell).map(|duns| duns.map(|duns| duns.to_string()).unwrap_or_default()),
            P::CloseDate | P::Created | P::Updated => {
                let (day, is_open) = self.order.day(cell)?;
                *open += u64::from(is_open);
                Ok(day.to_string())
            }
            P::Type => {
                LeadKind::read(cell).map_or_else(|| Line::imported(cell, cleaned).map(line), |kind| Ok(kind.code().into()))
            }
            P::Reason => Reason::read(cell).map_or_else(|| Line::imported(cell, cleaned).map(line), |why| Ok(why.code().into())),
            P::Notes => Notes::imported(cell, cleaned).map(|notes| notes.map(|notes| notes.to_string()).unwrap_or_default()),
            P::PostalCode | P::CrmId | P::OfferId => Line::imported_code(cell, cleaned).map(line),
            // What a customer typed into somebody's page is kept as it is, a wrong number too.
            _ => Line::imported(cell, cleaned).map(line),
        }
    }

    /// Reads the value, by the currency that stands beside it.
    fn value(&self, cells: &csv::StringRecord, told: &mut BTreeMap<LeadPart, String>, complaints: &mut Complaints) {
        let Some((head, cell)) = self.cell(cells, P::Value) else { return };
        if cell.is_empty() {
            told.insert(P::Value, String::new());
            return;
        }
        let currency = told.get(&P::Currency).and_then(|code| Currency::from_code(code));
        let amount = Amount::parse(cell).and_then(|amount| match currency {
            Some(currency) => Money::in_file(amount, currency, None).and_then(|money| Amount::machine(&money.amount())),
            None => amount.settled(2, None),
        });
        match amount {
            Ok(amount) => drop(told.insert(P::Value, amount.to_string())),
            Err(why) => complaints.push(Complaint::new(head.to_owned(), why)),
        }
    }
}

/// A file of leads that is written and has no name yet: it goes away unless it is given one.
pub struct Unnamed {
    file: NamedTempFile,
    pub path: PathBuf,
    /// The ids of its rows.
    pub ids: Vec<Line>,
}

impl Unnamed {
    /// Gives the file its name. Nothing that is there is ever replaced.
    ///
    /// # Errors
    /// What the file system says, as that it is there by now.
    pub fn keep(self) -> io::Result<PathBuf> {
        keep_new(self.file, &self.path)?;
        Ok(self.path)
    }
}

/// Writes leads into a folder, each in the columns it came in: a file for each thousand rows of the same columns, under the first names
/// that nothing there has.
///
/// # Errors
/// What the file system says; nothing is left then.
pub fn write(folder: &Path, stem: &str, leads: &[Lead], format: UploadFormat, made: Timestamp) -> io::Result<Vec<Unnamed>> {
    let mut by_heads: BTreeMap<Vec<&str>, Vec<(&Lead, Vec<String>)>> = BTreeMap::new();
    for lead in leads {
        let (heads, cells) = lead.row().into_iter().unzip();
        by_heads.entry(heads).or_default().push((lead, cells));
    }
    let mut names = (1..10_000).map(|number| folder.join(format!("{stem}-{number}.{}", format.ending())));
    let mut files = Vec::new();
    for (heads, rows) in by_heads {
        for rows in rows.chunks(ROWS_MAX) {
            let free = names.find(|path| path.symlink_metadata().is_err());
            let path = free.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
            let mut file = unnamed_in(folder_of(&path))?;
            match format {
                UploadFormat::Csv => write_csv(&mut file, &heads, rows)?,
                UploadFormat::Xlsx => write_xlsx(&mut file, &heads, rows, made)?,
            }
            file.as_file().sync_all()?;
            let ids = rows.iter().map(|(lead, _)| lead.id.clone()).collect();
            files.push(Unnamed { file, path, ids });
        }
    }
    Ok(files)
}

fn write_csv(file: &mut NamedTempFile, heads: &[&str], rows: &[(&Lead, Vec<String>)]) -> io::Result<()> {
    let mut buffer = io::BufWriter::new(file.as_file_mut());
    // Excel, in which many look at it first, takes text without this for another encoding.
    buffer.write_all(b"\xEF\xBB\xBF")?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(buffer);
    writer.write_record(heads)?;
    for (_, cells) in rows {
        writer.write_record(cells)?;
    }
    writer.flush()
}

/// All of it is text: a date or a number would be written the way of whoever opens it.
fn write_xlsx(file: &mut NamedTempFile, heads: &[&str], rows: &[(&Lead, Vec<String>)], made: Timestamp) -> io::Result<()> {
    let heads = heads.iter().map(|head| (*head).to_owned()).collect();
    let mut book = Book::new("Leads", made)?;
    book.begin(sheet::Layout { name: "Leads".to_owned(), heads, frozen: 0, filter: false })?;
    for (_, cells) in rows {
        let of = |text: &String| if text.is_empty() { sheet::Cell::Empty } else { sheet::Cell::Text(text.clone()) };
        book.row(&cells.iter().map(of).collect::<Vec<_>>())?;
    }
    let mut to = io::BufWriter::new(file.as_file_mut());
    book.write_to(&mut to)?;
    to.flush()
}

#[cfg(test)]
mod tests;

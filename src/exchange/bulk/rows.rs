//! A row of the bulk CSV as a record, with everything that is wrong with it; which column is which is `columns.rs`.

use serde_json::{Map, Value};

use super::columns::{Column, Columns};
use crate::domain::contact::Person;
use crate::domain::customer::{Address, Country, Duns};
use crate::domain::date::Date;
use crate::domain::ids::CenterId;
use crate::domain::incoming::{DirectionHint, Incoming, State, Status};
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::money::{Amount, Currency, Money};
use crate::domain::opportunity::{Direction, Help, HelpKind, Kind, Sender};
use crate::domain::outcome::{Outcome, OutcomeKind, Reason};
use crate::domain::sales::SalesStage;
use crate::domain::solution::{LIST_MAX, Solution};
use crate::domain::text::{Cleaned, Line, Notes, plain};

use Column as C;

/// How the rows of one file are read.
pub(in crate::exchange) struct Layout {
    columns: Columns,
    told: Option<Direction>,
}

/// Small things about a file that the report mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Columns that are kept without being understood.
    pub unknown_columns: Vec<String>,
    /// What was not kept as it came: control characters, marks that show nothing, entities of HTML.
    pub cleaned: Cleaned,
    /// D-U-N-S numbers whose leading zeros a spreadsheet had eaten.
    pub duns_restored: u64,
}

impl Layout {
    /// Reads a header. `told` is the direction that `--tab` or the file's name tells.
    ///
    /// # Errors
    /// The needed columns that are not there.
    pub(in crate::exchange) fn new(
        header: &csv::StringRecord,
        told: Option<Direction>,
        remarks: &mut Remarks,
    ) -> Result<Self, Vec<&'static str>> {
        let columns = Columns::of(header)?;
        remarks.unknown_columns = columns.unknown().map(str::to_owned).collect();
        Ok(Self { columns, told })
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it, by the name of the column.
    pub(in crate::exchange) fn record(
        &self,
        line: u64,
        cells: &csv::StringRecord,
        remarks: &mut Remarks,
    ) -> Result<Incoming, Complaints> {
        if cells.len() != self.columns.len() {
            return Err(vec![Complaint::new("row", Invalid::WrongShape(Shape::Row))]);
        }
        let mut row = Row { layout: self, cells, complaints: Complaints::new(), cleaned: Cleaned::default(), duns_restored: 0 };
        let incoming = row.read(line);
        remarks.cleaned += row.cleaned;
        remarks.duns_restored += row.duns_restored;
        if row.complaints.is_empty() { Ok(incoming) } else { Err(row.complaints) }
    }
}

/// One row on its way to a record, collecting complaints.
struct Row<'a> {
    layout: &'a Layout,
    cells: &'a csv::StringRecord,
    complaints: Complaints,
    cleaned: Cleaned,
    duns_restored: u64,
}

impl<'a> Row<'a> {
    fn read(&mut self, line: u64) -> Incoming {
        self.complain_of_gaps();
        let mut incoming = Incoming::silent(line);
        incoming.referral_id = self.cell(C::ReferralId).and_then(CenterId::read);
        incoming.engagement_id = self.cell(C::EngagementId).and_then(CenterId::read);
        incoming.name = self.line(C::DealName);
        incoming.customer_name = self.line(C::CustomerName).flatten();
        incoming.notes = self.said(C::Notes, Notes::imported);
        incoming.crm_id = self.code(C::CrmId);
        incoming.campaign_id = self.code(C::CampaignId);
        incoming.microsoft_status = self.line(C::MicrosoftStatus);
        incoming.close_date = self.optional(C::CloseDate, Date::partner_center);
        incoming.sales_stage = self.optional(C::SalesStage, SalesStage::parse);
        incoming.value = self.value();
        incoming.duns = self.duns();
        incoming.address = self.address();
        incoming.contact = self.contact();
        incoming.solutions = self.solutions();
        incoming.employees = self.people(C::TeamMember).map(|people| people.into_iter().filter(|p| !p.is_empty()).collect());
        let seller = self.people(C::MicrosoftMember).and_then(|people| people.into_iter().find(|p| !p.is_empty()));
        incoming.status = self.status();
        let help = self.help();
        incoming.direction = self.direction(&incoming, seller.is_some(), help.as_ref());
        let direction = incoming.direction.told.unwrap_or(incoming.direction.guess);
        incoming.kind = self.kind(direction, help.is_some());
        incoming.sender = seller.map(|seller| Sender::microsoft(Some(seller)));
        if self.has(C::HelpRequired) {
            incoming.help = Some(help);
        }
        incoming.extra = self.extra();
        incoming
    }

    fn complain(&mut self, at: &str, why: Invalid) {
        self.complaints.push(Complaint::new(at, why));
    }

    fn index(&self, column: Column) -> Option<usize> {
        self.layout.columns.first(column)
    }

    fn has(&self, column: Column) -> bool {
        self.index(column).is_some()
    }

    /// Returns a cell that holds something.
    fn cell(&self, column: Column) -> Option<&'a str> {
        self.index(column).and_then(|index| self.cells.get(index)).map(str::trim).filter(|cell| !cell.is_empty())
    }

    fn name(&self, column: Column) -> &'a str {
        let layout: &'a Layout = self.layout;
        self.index(column).map_or("", |index| layout.columns.name(index))
    }

    fn complain_of_gaps(&mut self) {
        let layout = self.layout;
        for index in layout.columns.needed() {
            if self.cells.get(index).is_none_or(|cell| cell.trim().is_empty()) {
                self.complain(layout.columns.name(index), Invalid::Missing);
            }
        }
    }

    /// Reads a column with a parser that may drop control characters; `None` when the file has no such column.
    fn said<T>(&mut self, column: Column, read: impl Fn(&str, &mut Cleaned) -> Result<Option<T>, Invalid>) -> Option<Option<T>> {
        let cell = self.cells.get(self.index(column)?)?;
        match read(cell, &mut self.cleaned) {
            Ok(value) => Some(value),
            Err(why) => {
                self.complain(self.name(column), why);
                None
            }
        }
    }

    fn line(&mut self, column: Column) -> Option<Option<Line>> {
        self.said(column, Line::imported)
    }

    fn code(&mut self, column: Column) -> Option<Option<Line>> {
        self.said(column, Line::imported_code)
    }

    fn optional<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, Invalid>) -> Option<Option<T>> {
        self.said(column, |cell, _| if cell.trim().is_empty() { Ok(None) } else { read(cell).map(Some) })
    }

    fn value(&mut self) -> Option<Option<Money>> {
        let (amount, currency) = (self.optional(C::Value, Amount::parse), self.optional(C::Currency, Currency::parse));
        let (Some(amount), Some(currency)) = (amount?, currency?) else { return Some(None) };
        match Money::new(amount, currency) {
            Ok(money) if money.minor() < 0 => {
                self.complain(self.name(C::Value), Invalid::NotPositive);
                None
            }
            Ok(money) => Some(Some(money)),
            Err(why) => {
                self.complain(self.name(C::Value), why);
                None
            }
        }
    }

    fn duns(&mut self) -> Option<Option<Duns>> {
        let duns = self.said(C::Duns, |cell, _| Duns::in_file(cell))?;
        let digits = self.cell(C::Duns).map_or(9, |cell| cell.chars().filter(char::is_ascii_digit).count());
        self.duns_restored += u64::from(duns.is_some() && digits < 9);
        Some(duns)
    }

    fn address(&mut self) -> Option<Address> {
        if ![C::Line1, C::City, C::Country].iter().any(|column| self.has(*column)) {
            return None;
        }
        Some(Address {
            line1: self.line(C::Line1).flatten(),
            line2: self.line(C::Line2).flatten(),
            city: self.line(C::City).flatten(),
            state: self.line(C::State).flatten(),
            postal_code: self.code(C::PostalCode).flatten(),
            country: self.optional(C::Country, Country::typed).flatten(),
        })
    }

    fn contact(&mut self) -> Option<Option<Person>> {
        if !self.has(C::ContactFirst) && !self.has(C::ContactLast) {
            return None;
        }
        let mut part = |column| self.line(column).flatten().map(|line| line.to_string()).unwrap_or_default();
        let person = Person {
            first: part(C::ContactFirst),
            last: part(C::ContactLast),
            phone: plain(&part(C::ContactPhone)),
            email: plain(&part(C::ContactEmail)),
        };
        Some(Some(person).filter(|p| !p.is_empty()))
    }

    fn solutions(&mut self) -> Option<Vec<Solution>> {
        let found = self.each(C::Solution, Solution::cell)?;
        Some(found.into_iter().flatten().collect())
    }

    fn people(&mut self, column: Column) -> Option<Vec<Person>> {
        self.each(column, person)
    }

    /// Reads all columns of a numbered kind; `None` when the file has none.
    fn each<T>(&mut self, column: Column, read: impl Fn(&str, &mut Cleaned) -> Result<T, Invalid>) -> Option<Vec<T>> {
        let layout = self.layout;
        let indexes: Vec<usize> = layout.columns.each(column).collect();
        let filled = indexes.iter().filter(|index| self.cells.get(**index).is_some_and(|cell| !cell.trim().is_empty())).count();
        if filled > LIST_MAX {
            self.complain(self.name(column), Invalid::TooMany { max: LIST_MAX });
        }
        let mut values = Vec::new();
        for index in &indexes {
            match read(self.cells.get(*index).unwrap_or_default(), &mut self.cleaned) {
                Ok(value) => values.push(value),
                Err(why) => self.complain(layout.columns.name(*index), why),
            }
        }
        if indexes.is_empty() { None } else { Some(values) }
    }

    fn status(&mut self) -> Option<Status> {
        let (status, substatus) = (self.cell(C::Status)?, self.cell(C::Substatus)?);
        let is = |a: &str, b: &str| status.eq_ignore_ascii_case(a) && substatus.eq_ignore_ascii_case(b);
        let outcome = OutcomeKind::ALL.into_iter().find(|kind| is("Closed", kind.code()));
        let state = match outcome {
            Some(kind) => State::Closed(self.outcome(kind)),
            None if is("New", "Pending") || is("New", "Received") => State::New,
            None if is("Active", "Accepted") => State::Active,
            None => {
                let name = self.name(C::Substatus).to_owned();
                self.complain(&name, Invalid::UnknownStatus(format!("{status} / {substatus}")));
                return None;
            }
        };
        Some(Status { state, accepted_at: None, closed_at: None })
    }

    fn outcome(&mut self, kind: OutcomeKind) -> Outcome {
        let cell = self.cell(C::Reason);
        let name = self.name(C::Reason).to_owned();
        match (kind, cell) {
            (OutcomeKind::Declined | OutcomeKind::Lost | OutcomeKind::Error, None) if self.has(C::Reason) => {
                self.complain(&name, Invalid::Missing);
            }
            (OutcomeKind::Declined | OutcomeKind::Lost, Some(cell)) if Reason::read(cell).is_none() => {
                self.complain(&name, Invalid::UnknownReason(cell.to_owned()));
            }
            _ => {}
        }
        Outcome::of(kind, cell, None)
    }

    fn yes(&mut self, column: Column) -> bool {
        match self.cell(column) {
            Some(cell) if cell.eq_ignore_ascii_case("yes") => true,
            Some(cell) if !cell.eq_ignore_ascii_case("no") => {
                let given = cell.to_owned();
                self.complain(self.name(column), Invalid::NotOneOf { given, allowed: &["Yes", "No"] });
                false
            }
            _ => false,
        }
    }

    fn help(&mut self) -> Option<Help> {
        let kind = self.optional(C::HelpKind, |cell| {
            let given = || cell.trim().to_owned();
            HelpKind::read(cell).ok_or_else(|| Invalid::NotOneOf { given: given(), allowed: &["1", "2", "3", "4", "5", "6"] })
        });
        let note = self.said(C::NotesToMicrosoft, Notes::imported).flatten();
        let asked = self.yes(C::HelpRequired);
        Some(Help { kind: kind.flatten(), note, requested_at: None, consent: false }).filter(|_| asked)
    }

    /// Inbound: nobody answers or has answered for us, or a seller is named. Outbound: Microsoft was asked.
    fn direction(&self, incoming: &Incoming, seller: bool, help: Option<&Help>) -> DirectionHint {
        let answered = incoming.status.as_ref().is_some_and(|status| match &status.state {
            State::New => true,
            State::Active => false,
            State::Closed(outcome) => matches!(outcome.kind(), OutcomeKind::Expired | OutcomeKind::Declined),
        });
        let asked = help.is_some_and(|help| help.kind.is_some()) || self.cell(C::MicrosoftStatus).is_some();
        let inbound = seller || answered;
        let guess = if inbound { Direction::Inbound } else { Direction::Outbound };
        // A row without a referral id is one that we make.
        let own = incoming.referral_id.is_none() && !inbound;
        // What a seller sent cannot have been made by us, whatever is told of the file as a whole.
        DirectionHint { told: self.layout.told.filter(|_| !seller), guess, sure: inbound || asked || own }
    }

    fn kind(&mut self, direction: Direction, helped: bool) -> Option<Kind> {
        let shared = self.yes(C::Share);
        match direction {
            _ if !self.has(C::HelpRequired) => None,
            Direction::Inbound => Some(Kind::CoSell),
            Direction::Outbound if helped => Some(Kind::CoSell),
            Direction::Outbound if shared => Some(Kind::PartnerLed),
            Direction::Outbound => Some(Kind::PrivatePipeline),
        }
    }

    /// Keeps what is not modelled, as it came except for control characters.
    fn extra(&mut self) -> Map<String, Value> {
        let mut extra = Map::new();
        for (index, name) in self.layout.columns.kept() {
            let cell = self.cells.get(index).unwrap_or_default();
            if let Ok(Some(text)) = Notes::imported(cell, &mut self.cleaned) {
                extra.insert(name.to_owned(), Value::from(text.as_str()));
            }
        }
        extra
    }
}

/// Reads `first, last, phone, email`.
fn person(cell: &str, cleaned: &mut Cleaned) -> Result<Person, Invalid> {
    let mut parts = Vec::new();
    for part in cell.split(',') {
        parts.push(Line::imported(part, cleaned)?.map(|line| line.to_string()).unwrap_or_default());
    }
    match <[String; 4]>::try_from(parts) {
        Ok([first, last, phone, email]) => Ok(Person { first, last, phone: plain(&phone), email: plain(&email) }),
        Err(parts) if parts.iter().all(String::is_empty) => Ok(Person::default()),
        Err(_) => Err(Invalid::WrongShape(Shape::PersonCell)),
    }
}

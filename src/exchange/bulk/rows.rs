//! A row of the bulk CSV as a record, with everything that is wrong with it; which column is which is `columns.rs`, and what hangs on
//! whose deal it is `way.rs`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::columns::{Column, Columns};
use super::way::Parts;
use crate::domain::amount::Mark;
use crate::domain::cell_date::Order;
use crate::domain::contact::Person;
use crate::domain::customer::{Address, Country, Duns};
use crate::domain::ids::CenterId;
use crate::domain::incoming::{Incoming, State, Status};
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::money::{Amount, Currency, Money};
use crate::domain::opportunity::{Direction, HelpKind};
use crate::domain::outcome::{Outcome, OutcomeKind, Reason};
use crate::domain::part::Part;
use crate::domain::sales::SalesStage;
use crate::domain::solution::{LIST_MAX, Solution};
use crate::domain::text::{Cleaned, Line, Notes, half_width, plain, shows_nothing, unseen};

use Column as C;

/// The columns of what stands together in an opportunity.
const PARTS: [(Column, Part); 10] = [
    (C::Line1, Part::Line1),
    (C::Line2, Part::Line2),
    (C::City, Part::City),
    (C::State, Part::State),
    (C::PostalCode, Part::PostalCode),
    (C::Country, Part::Country),
    (C::ContactFirst, Part::ContactFirst),
    (C::ContactLast, Part::ContactLast),
    (C::ContactPhone, Part::ContactPhone),
    (C::ContactEmail, Part::ContactEmail),
];

/// How the rows of one file are read.
pub(in crate::exchange) struct Layout {
    pub(super) columns: Columns,
    pub(super) told: Option<Direction>,
    order: Order,
    marks: Marks,
    /// Whether each row gets the mark by which it is known again.
    pub(in crate::exchange) is_marked: bool,
}

/// Which decimal marks the amounts of a file prove.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    point: bool,
    comma: bool,
}

impl Marks {
    fn learn(&mut self, cell: &str) {
        match Amount::parse(cell).ok().and_then(Amount::proves) {
            Some(Mark::Point) => self.point = true,
            Some(Mark::Comma) => self.comma = true,
            None => {}
        }
    }

    /// Returns the one that is proved; `None` where none is, or both are.
    const fn mark(self) -> Option<Mark> {
        match (self.point, self.comma) {
            (true, false) => Some(Mark::Point),
            (false, true) => Some(Mark::Comma),
            _ => None,
        }
    }
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
    /// Columns for which Partner Center would refuse an upload, with how many rows leave them empty or, of consent, say No.
    pub gaps: BTreeMap<String, u64>,
    /// Dates that were read month first, though nothing in the file tells that the day does not stand first.
    pub open_dates: u64,
    /// Amounts in which a mark before three digits was read as one that groups, though nothing in the file tells.
    pub open_amounts: u64,
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
        // The heads that nobody knows are kept with theirs.
        let known = header.iter().map(unseen).sum::<usize>() - columns.unknown().map(unseen).sum::<usize>();
        remarks.cleaned.unseen += known;
        Ok(Self { columns, told, order: Order::default(), marks: Marks::default(), is_marked: false })
    }

    /// Learns from a row that is yet to be read how the file writes what can be read in two ways.
    pub(in crate::exchange) fn learn(&mut self, cells: &csv::StringRecord) {
        for column in [C::CloseDate, C::CreatedAt] {
            if let Some(cell) = self.columns.first(column).and_then(|index| cells.get(index)) {
                self.order.learn(cell);
            }
        }
        if let Some(cell) = self.columns.first(C::Value).and_then(|index| cells.get(index)) {
            self.marks.learn(cell);
        }
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
        let needed = [C::CustomerName, C::Status, C::Substatus].into_iter().filter_map(|column| self.columns.first(column));
        if !fits(cells, self.columns.len(), needed.max()) {
            return Err(vec![Complaint::new("row", Invalid::WrongShape(Shape::Row))]);
        }
        let mut row = Row {
            layout: self,
            cells,
            complaints: Complaints::new(),
            cleaned: Cleaned::default(),
            duns_restored: 0,
            open_dates: 0,
            open_amounts: 0,
        };
        let incoming = row.read(line);
        remarks.cleaned += row.cleaned;
        if !row.complaints.is_empty() {
            return Err(row.complaints);
        }
        remarks.duns_restored += row.duns_restored;
        remarks.open_dates += row.open_dates;
        remarks.open_amounts += row.open_amounts;
        for gap in row.gaps() {
            *remarks.gaps.entry(self.columns.name(gap).to_owned()).or_insert(0) += 1;
        }
        Ok(incoming)
    }
}

/// Returns whether a row has a cell for each column, but for empty ones at its end: programs leave those away, or add some. It ends not
/// before the column `needed`, and one whose cells hold quotation marks or line breaks may be short because they swallowed others.
pub(in crate::exchange) fn fits(cells: &csv::StringRecord, columns: usize, needed: Option<usize>) -> bool {
    let swallowing = || cells.iter().any(|cell| cell.contains(['"', '\n']));
    match cells.len() {
        len if len > columns => cells.iter().skip(columns).all(is_blank),
        len => len == columns || (needed.is_none_or(|needed| needed < len) && !swallowing()),
    }
}

/// Returns whether nothing of a cell can be seen.
pub(in crate::exchange) fn is_blank(cell: &str) -> bool {
    shows_nothing(cell)
}

/// One row on its way to a record, collecting complaints.
pub(super) struct Row<'a> {
    pub(super) layout: &'a Layout,
    pub(super) cells: &'a csv::StringRecord,
    complaints: Complaints,
    pub(super) cleaned: Cleaned,
    duns_restored: u64,
    open_dates: u64,
    open_amounts: u64,
}

impl<'a> Row<'a> {
    fn read(&mut self, line: u64) -> Incoming {
        for column in [C::CustomerName, C::Status, C::Substatus] {
            if self.cell(column).is_none() {
                self.complain(self.name(column), Invalid::Missing);
            }
        }
        for column in [C::Status, C::Substatus, C::Reason, C::HelpRequired, C::Share] {
            self.cleaned.unseen += self.cell(column).map_or(0, unseen);
        }
        let mut incoming = Incoming::silent(line);
        incoming.referral_id = self.id(C::ReferralId);
        incoming.engagement_id = self.id(C::EngagementId);
        incoming.name = self.line(C::DealName);
        incoming.customer_name = self.line(C::CustomerName).flatten();
        incoming.notes = self.said(C::Notes, Notes::imported);
        incoming.crm_id = self.code(C::CrmId);
        incoming.campaign_id = self.code(C::CampaignId);
        incoming.microsoft_status = self.line(C::MicrosoftStatus);
        let order = self.layout.order;
        incoming.close_date = self.dated(C::CloseDate, |cell| order.day(cell));
        incoming.created_at = self.dated(C::CreatedAt, |cell| order.moment(cell)).flatten();
        incoming.sales_stage = self.optional(C::SalesStage, |cell| SalesStage::parse(&half_width(cell)));
        incoming.value = self.value();
        incoming.duns = self.duns();
        incoming.address = self.address();
        incoming.contact = self.contact();
        incoming.unsaid = PARTS.iter().filter(|(column, _)| !self.has(*column)).map(|(_, part)| *part).collect();
        incoming.solutions = self.solutions();
        incoming.employees = self.people(C::TeamMember).map(|people| people.into_iter().filter(|p| !p.is_empty()).collect());
        incoming.status = self.status();
        incoming.ours = self.is_template(&incoming);
        incoming.refusal = self.cell(C::Errors).map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
        let parts = self.parts();
        incoming.direction = self.direction(&incoming, &parts);
        let kept = self.kept(&incoming);
        incoming.mark = self.layout.is_marked.then(|| self.mark(&incoming, &kept, &parts));
        let direction = incoming.direction.told.unwrap_or(incoming.direction.guess);
        if incoming.direction.told.is_none() {
            let other = if direction == Direction::Inbound { Direction::Outbound } else { Direction::Inbound };
            let cleaned = self.cleaned;
            incoming.otherwise = Some(Box::new(self.way(other, &parts, kept.clone())));
            self.cleaned = cleaned;
        }
        incoming.go(self.way(direction, &parts, kept));
        incoming
    }

    /// Complains of a cell, once: some are read in more than one way.
    pub(super) fn complain(&mut self, at: &str, why: Invalid) {
        let complaint = Complaint::new(at, why);
        if !self.complaints.contains(&complaint) {
            self.complaints.push(complaint);
        }
    }

    fn index(&self, column: Column) -> Option<usize> {
        self.layout.columns.first(column)
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.index(column).is_some()
    }

    /// Returns a cell in which something can be seen.
    pub(super) fn cell(&self, column: Column) -> Option<&'a str> {
        self.index(column).and_then(|index| self.cells.get(index)).map(str::trim).filter(|cell| !is_blank(cell))
    }

    /// Returns a cell that holds one of a few words, however it is written and whatever shows nothing stands in it.
    fn chosen(&self, column: Column) -> Option<Cow<'a, str>> {
        self.cell(column).map(half_width)
    }

    pub(super) fn name(&self, column: Column) -> &'a str {
        let layout: &'a Layout = self.layout;
        self.index(column).map_or("", |index| layout.columns.name(index))
    }

    /// Returns where the row leaves empty what an upload needs, or says No where one must say Yes; on its way in it is taken as it is.
    fn gaps(&self) -> impl Iterator<Item = usize> {
        let needs_reason = ["declined", "lost", "error"];
        let ended =
            self.chosen(C::Substatus).is_some_and(|substatus| needs_reason.iter().any(|s| substatus.eq_ignore_ascii_case(s)));
        let reason = self.index(C::Reason).filter(|_| ended);
        let refused = self.chosen(C::Consent).is_some_and(|consent| consent.eq_ignore_ascii_case("no"));
        let empty = self.layout.columns.needed().chain(reason).filter(|index| self.cells.get(*index).is_none_or(is_blank));
        empty.chain(self.index(C::Consent).filter(|_| refused))
    }

    /// Reads a column with a parser that may drop control characters; `None` when the file has no such column.
    pub(super) fn said<T>(
        &mut self,
        column: Column,
        read: impl Fn(&str, &mut Cleaned) -> Result<Option<T>, Invalid>,
    ) -> Option<Option<T>> {
        let cell = self.cells.get(self.index(column)?).unwrap_or_default();
        match read(cell, &mut self.cleaned) {
            Ok(value) => Some(value),
            Err(why) => {
                self.complain(self.name(column), why);
                None
            }
        }
    }

    fn id(&mut self, column: Column) -> Option<CenterId> {
        let cell = self.cell(column)?;
        self.cleaned.unseen += unseen(cell);
        CenterId::read(cell)
    }

    fn line(&mut self, column: Column) -> Option<Option<Line>> {
        self.said(column, Line::imported)
    }

    fn code(&mut self, column: Column) -> Option<Option<Line>> {
        self.said(column, Line::imported_code)
    }

    pub(super) fn optional<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, Invalid>) -> Option<Option<T>> {
        self.said(column, |cell, cleaned| {
            cleaned.unseen += unseen(cell);
            if is_blank(cell) { Ok(None) } else { read(cell).map(Some) }
        })
    }

    /// Reads a date, and counts it where the file does not settle how it is written.
    fn dated<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<(T, bool), Invalid>) -> Option<Option<T>> {
        let read = self.optional(column, read)?;
        Some(read.map(|(value, open)| {
            self.open_dates += u64::from(open);
            value
        }))
    }

    fn value(&mut self) -> Option<Option<Money>> {
        let (amount, currency) = (self.optional(C::Value, Amount::parse), self.optional(C::Currency, Currency::parse));
        if matches!((&amount, &currency), (Some(Some(_)), Some(None) | None)) {
            let at = if self.has(C::Currency) { self.name(C::Currency) } else { self.name(C::Value) };
            self.complain(at, Invalid::Missing);
        }
        let (Some(amount), Some(currency)) = (amount?, currency?) else { return Some(None) };
        let is_open = amount.open().is_some() && self.layout.marks.mark().is_none();
        // Where there are three decimals a point stands before them, as everywhere.
        self.open_amounts += u64::from(is_open && currency.decimals() < 3);
        match Money::in_file(amount, currency, self.layout.marks.mark()) {
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
        let duns = self.said(C::Duns, |cell, cleaned| {
            cleaned.unseen += unseen(cell);
            Duns::in_file(cell)
        })?;
        let digits = self.cell(C::Duns).map_or(9, |cell| cell.chars().filter(char::is_ascii_digit).count());
        self.duns_restored += u64::from(duns.is_some() && digits < 9);
        Some(duns)
    }

    fn address(&mut self) -> Option<Address> {
        if ![C::Line1, C::Line2, C::City, C::State, C::PostalCode, C::Country].iter().any(|column| self.has(*column)) {
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
        if ![C::ContactFirst, C::ContactLast, C::ContactPhone, C::ContactEmail].iter().any(|column| self.has(*column)) {
            return None;
        }
        let mut part = |column| self.line(column).flatten().map(String::from).unwrap_or_default();
        let [first, last, phone, email] = [C::ContactFirst, C::ContactLast, C::ContactPhone, C::ContactEmail].map(&mut part);
        let person = reached(first, last, &phone, &email, &mut self.cleaned);
        Some(Some(person).filter(|p| !p.is_empty()))
    }

    fn solutions(&mut self) -> Option<Vec<Solution>> {
        let found = self.each(C::Solution, Solution::cell)?;
        Some(found.into_iter().flatten().collect())
    }

    pub(super) fn people(&mut self, column: Column) -> Option<Vec<Person>> {
        self.each(column, person)
    }

    /// Reads all columns of a numbered kind; `None` when the file has none.
    fn each<T>(&mut self, column: Column, read: impl Fn(&str, &mut Cleaned) -> Result<T, Invalid>) -> Option<Vec<T>> {
        let layout = self.layout;
        let indexes: Vec<usize> = layout.columns.each(column).collect();
        let filled = indexes.iter().filter(|index| self.cells.get(**index).is_some_and(|cell| !is_blank(cell))).count();
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
        let (status, substatus) = (self.chosen(C::Status)?, self.chosen(C::Substatus)?);
        let is = |a: &str, b: &str| status.eq_ignore_ascii_case(a) && substatus.eq_ignore_ascii_case(b);
        let outcome = OutcomeKind::ALL.into_iter().find(|kind| is("Closed", kind.code()));
        let state = match outcome {
            Some(kind) => State::Closed(self.outcome(kind)),
            None if is("New", "Pending") || is("New", "Received") => State::New,
            // Templates have a deal that is yet to be made so.
            None if is("Active", "Accepted") || is("New", "Accepted") => State::Active,
            None => {
                let name = self.name(C::Substatus).to_owned();
                self.complain(&name, Invalid::UnknownStatus(format!("{status} / {substatus}")));
                return None;
            }
        };
        Some(Status { state, accepted_at: None, closed_at: None })
    }

    /// A row of a template makes a deal of our own that Partner Center has not heard of.
    fn is_template(&self, incoming: &Incoming) -> bool {
        let new = self.chosen(C::Status).is_some_and(|status| status.eq_ignore_ascii_case("new"));
        let accepted = incoming.status.as_ref().is_some_and(|status| status.state == State::Active);
        new && accepted && incoming.referral_id.is_none() && incoming.engagement_id.is_none()
    }

    fn outcome(&mut self, kind: OutcomeKind) -> Outcome {
        let cell = self.chosen(C::Reason);
        let cell = cell.as_deref();
        if let (OutcomeKind::Declined | OutcomeKind::Lost, Some(cell)) = (kind, cell)
            && Reason::read(cell).is_none()
        {
            self.complain(self.name(C::Reason), Invalid::UnknownReason(cell.to_owned()));
        }
        Outcome::of(kind, cell, None)
    }

    pub(super) fn yes(&mut self, column: Column) -> bool {
        match self.chosen(column) {
            Some(cell) if cell.eq_ignore_ascii_case("yes") => true,
            Some(cell) if !cell.eq_ignore_ascii_case("no") => {
                let given = cell.into_owned();
                self.complain(self.name(column), Invalid::NotOneOf { given, allowed: &["Yes", "No"] });
                false
            }
            _ => false,
        }
    }

    fn parts(&mut self) -> Parts {
        let kind = self.optional(C::HelpKind, |cell| {
            let cell = &half_width(cell);
            let given = || cell.trim().to_owned();
            HelpKind::read(cell).ok_or_else(|| Invalid::NotOneOf { given: given(), allowed: &["1", "2", "3", "4", "5", "6"] })
        });
        Parts {
            asked: self.yes(C::HelpRequired),
            kind: kind.flatten(),
            note: self.said(C::NotesToMicrosoft, Notes::imported).flatten(),
            shared: self.yes(C::Share),
            sellers: self.people(C::MicrosoftMember).unwrap_or_default(),
        }
    }

    /// Keeps what is not modelled, and of what is modelled what the record has no place for, as it came except for control characters.
    /// An empty cell is kept as nothing: it takes away what stood there.
    fn kept(&mut self, incoming: &Incoming) -> Map<String, Value> {
        let mut extra = Map::new();
        let columns = &self.layout.columns;
        for (index, name) in columns.kept() {
            extra.insert(name.to_owned(), self.text(index, name, true));
        }
        for (index, name) in columns.nameless() {
            let text = self.text(index, &name, true);
            extra.entry(name).or_insert(text);
        }
        let outcome = incoming.status.as_ref().and_then(|status| match &status.state {
            State::Closed(outcome) => outcome.reason(),
            State::New | State::Active => None,
        });
        let without_value = matches!(incoming.value, None | Some(None));
        self.beside(C::Reason, outcome.is_none(), &mut extra);
        self.beside(C::Currency, without_value, &mut extra);
        extra
    }

    /// Keeps the cell of a modelled column where the record has no place for it.
    pub(super) fn beside(&mut self, column: Column, homeless: bool, extra: &mut Map<String, Value>) {
        if let Some(index) = self.index(column) {
            let name = self.layout.columns.name(index);
            extra.insert(name.to_owned(), self.text(index, name, homeless));
        }
    }

    /// Returns a cell as it is kept; nothing where it holds nothing, or has a place elsewhere. What is too long is complained of.
    pub(super) fn text(&mut self, index: usize, name: &str, homeless: bool) -> Value {
        let cell = self.cells.get(index).filter(|_| homeless);
        match Notes::imported(cell.unwrap_or_default(), &mut self.cleaned) {
            Ok(text) => text.map_or(Value::Null, |text| Value::from(text.as_str())),
            Err(why) => {
                self.complain(name, why);
                Value::Null
            }
        }
    }
}

/// Returns a person with phone and e-mail in half width and without marks that show nothing, which are counted.
fn reached(first: String, last: String, phone: &str, email: &str, cleaned: &mut Cleaned) -> Person {
    cleaned.unseen += unseen(phone) + unseen(email);
    Person { first, last, phone: plain(phone), email: plain(email) }
}

/// Reads `first, last, phone, email`.
fn person(cell: &str, cleaned: &mut Cleaned) -> Result<Person, Invalid> {
    // As most of the columns of a row are.
    if cell.is_empty() {
        return Ok(Person::default());
    }
    let mut parts = Vec::with_capacity(4);
    for part in cell.split(',') {
        parts.push(Line::imported(part, cleaned)?.map(String::from).unwrap_or_default());
    }
    match <[String; 4]>::try_from(parts) {
        Ok([first, last, phone, email]) => Ok(reached(first, last, &phone, &email, cleaned)),
        Err(parts) if parts.iter().all(String::is_empty) => Ok(Person::default()),
        Err(_) => Err(Invalid::WrongShape(Shape::PersonCell)),
    }
}

//! What a file looks like from its beginning, for lists to choose from; whether it can be read is found out when it is opened.

use std::fs::File;
use std::io::Read;

use super::bulk::rows::{Layout, Remarks};
use super::encoding::{Charset, marked};
use super::heads::{CUSTOMER, Column, Names, SOLUTION, meaning};
use super::neighbour::{Neighbour, begins_everything};
use super::workbook;
use super::{insights, leads};

/// What a file seems to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appearance {
    /// Deals, as Partner Center's bulk download has them.
    Deals,
    /// Deals, as this program wrote them for Partner Center, or as they came back with its answer.
    Upload,
    Insights,
    /// Deal registrations.
    Registrations,
    /// Records of the Referrals API.
    Api,
    /// Everything that was kept, out of `export --all`.
    Everything,
    Leads,
    /// Offers of the programme.
    Offers,
    Customers,
    Solutions,
    /// A table that this program exported.
    Export,
    /// Something else, or nothing that its beginning tells.
    Other,
}

/// What a file looks like, and how many rows it says it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    pub looks: Appearance,
    pub rows: Option<u64>,
}

/// Lines above the heads that are looked through.
const ABOVE: usize = 12;

impl Glance {
    /// Looks into a file: into its first bytes, or the first rows of the sheets of a workbook.
    pub fn into_file(file: &mut File) -> Self {
        let mut head = Vec::new();
        if file.take(Appearance::ENOUGH).read_to_end(&mut head).is_err() {
            return Self { looks: Appearance::Other, rows: None };
        }
        if workbook::may_be(&head) {
            let (looks, rows) = workbook::glance(file, Appearance::of_names);
            return Self { looks, rows };
        }
        Self { looks: Appearance::of(&head), rows: None }
    }
}

impl Appearance {
    /// How many bytes of a file are enough.
    pub const ENOUGH: u64 = 32 << 10;

    /// Tells it from the beginning of a file.
    pub fn of(head: &[u8]) -> Self {
        let charset = marked(head).unwrap_or(Charset::UTF_8);
        let even = if charset.is_utf_16() { &head[..head.len() & !1] } else { head };
        let text = charset.decode(even).unwrap_or_else(|| String::from_utf8_lossy(head).into_owned());
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if begins_everything(text.as_bytes()) {
            return Self::Everything;
        }
        if text.starts_with(['{', '[']) {
            return Self::Api;
        }
        text.lines().take(ABOVE).map(Self::of_heads).find(|found| *found != Self::Other).unwrap_or(Self::Other)
    }

    fn of_heads(line: &str) -> Self {
        let separators = [b',', b'\t', b';'];
        let Some(most) = separators.into_iter().max_by_key(|mark| line.bytes().filter(|byte| byte == mark).count()) else {
            return Self::Other;
        };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(most).has_headers(false).trim(csv::Trim::All).from_reader(line.as_bytes());
        let Some(Ok(heads)) = reader.records().next() else { return Self::Other };
        Self::of_names(&heads)
    }

    fn of_names(heads: &csv::StringRecord) -> Self {
        let has =
            |names: &Names, column| heads.iter().any(|head| meaning(head, names).is_some_and(|found| found.column == column));
        if Neighbour::of_header(heads) == Some(Neighbour::Registrations) {
            Self::Registrations
        } else if Neighbour::of_header(heads) == Some(Neighbour::Export) {
            Self::Export
        } else if Neighbour::of_header(heads) == Some(Neighbour::Offers) {
            Self::Offers
        } else if leads::is_leads(heads) {
            Self::Leads
        } else if heads.iter().any(insights::knows) && insights::Layout::new(heads).is_ok() {
            Self::Insights
        } else if Layout::new(heads, None, &mut Remarks::default()).is_ok() {
            Self::Deals
        } else if has(&CUSTOMER, Column::Name) && has(&CUSTOMER, Column::Country) {
            Self::Customers
        } else if has(&SOLUTION, Column::Id) && has(&SOLUTION, Column::Name) {
            Self::Solutions
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_apart_by_their_first_bytes() {
        for (head, seems) in [
            (&include_bytes!("../../tests/fixtures/bulk-2023.csv")[..4_000], Appearance::Deals),
            (&b"\xEF\xBB\xBF[{\"id\":\"a\"}]"[..], Appearance::Api),
            (b"{\n  \"cosell\": \"everything\",", Appearance::Everything),
            (b"Errors,Referral ID,Lead Name,Lead Status\n", Appearance::Leads),
            (b"Referral ID,Creation Date,Customer Name,Lead Type,Call to action,Status\n", Appearance::Leads),
            (b"Referral ID\tReferral Creation Date\tDeal Direction\n", Appearance::Insights),
            (b"name,type,published,csp,countries,contacts\n", Appearance::Offers),
            ("고객명;국가;도시\n한빛;KR;서울\n".as_bytes(), Appearance::Customers),
            (b"Referral ID,Registration Date,Registration Status\n", Appearance::Registrations),
            (b"Deal name,Customer,Country,Value,Currency,Stage,Private pipeline\n", Appearance::Export),
            (b"Customer,Country,City,Employees,Value\n", Appearance::Customers),
            (b"Customer,Country,City,Owner\n", Appearance::Customers),
            (b"Solution ID,Solution name\nSOL-34104-EBB,ERP\n", Appearance::Solutions),
            (b"Downloaded on 3 May\n\nSolution ID,Solution name\n", Appearance::Solutions),
            (b"dear diary, today\n", Appearance::Other),
            (b"PK\x03\x04\0\0", Appearance::Other),
            (b"", Appearance::Other),
        ] {
            assert_eq!(Appearance::of(head), seems, "{}", String::from_utf8_lossy(head));
        }
    }
}

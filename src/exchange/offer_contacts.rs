//! Partner Center's own list of the sales contacts of an offer: a line for each person, with the countries and states it is asked in.

use super::bulk::rows::{fits, is_blank};
use super::error::FileError;
use super::input::Input;
use super::open::Aside;
use super::table::{Heads, Once, Role, Table, same_name};
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::programme::sales_contact::ListedContact;

/// The columns, as Partner Center's page has them.
pub const COLUMNS: [&str; 6] = ["Name", "Email", "Job title", "Role", "Countries", "States"];

/// What they are called elsewhere.
const OTHERS: [&[&str]; 6] = [
    &["full name", "contact name", "이름", "名前", "姓名"],
    &["e-mail", "email address", "전자 메일", "이메일", "メール", "电子邮件", "電子郵件"],
    &["title", "직함", "役職", "职务", "職稱"],
    &["역할", "役割", "ロール", "角色"],
    &["country", "country/region", "countries/regions", "국가", "국가/지역", "国", "国/地域", "国家/地区", "國家/地區"],
    &["state", "주", "州"],
];

/// What such a list holds.
#[derive(Debug, Default)]
pub struct ContactList {
    pub rows: Vec<ListedContact>,
    /// Lines that were refused, with every reason.
    pub refused: Vec<(u64, Complaints)>,
    pub unknown_columns: Vec<String>,
    pub aside: Aside,
}

fn column(head: &str) -> Option<usize> {
    let is_one = |name: &&str| same_name(head, name);
    (0..COLUMNS.len()).find(|&at| is_one(&COLUMNS[at]) || OTHERS[at].iter().any(is_one))
}

/// Reads such a list, with whichever separator the spreadsheet of its region writes.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read, or lacks names, addresses or countries.
pub fn read(input: Input) -> Result<ContactList, FileError> {
    let mut aside = Aside::of(&input);
    let missing = |header: &csv::StringRecord| -> Vec<&'static str> {
        [0, 1, 4].into_iter().filter(|at| !header.iter().any(|head| column(head) == Some(*at))).map(|at| COLUMNS[at]).collect()
    };
    let whole = |header: &csv::StringRecord| missing(header).is_empty();
    let heads = Heads { known: &|head| column(head).is_some(), fits: &whole, role: |_| Role::Other };
    let mut table = Table::open(input, Once::Known, &heads)?;
    aside.sheet = table.sheet().cloned();
    let missing = missing(&table.header);
    if !missing.is_empty() {
        return Err(FileError::MissingColumns(missing));
    }
    let header = table.header.clone();
    let columns: Vec<Option<usize>> = header.iter().map(column).collect();
    let unknown = header.iter().zip(&columns).filter(|(head, column)| column.is_none() && !head.is_empty());
    let mut list =
        ContactList { unknown_columns: unknown.map(|(head, _)| head.to_owned()).collect(), aside, ..ContactList::default() };
    while let Some(line) = table.next()? {
        let cells = table.row();
        if cells.iter().all(is_blank) {
            continue;
        }
        let cell = |at: usize| {
            let place = columns.iter().position(|column| *column == Some(at));
            place.and_then(|place| cells.get(place)).unwrap_or_default()
        };
        let read = table.faults().or(|| match fits(cells, header.len(), None) {
            true => ListedContact::read([cell(0), cell(1), cell(2), cell(3), cell(4), cell(5)]),
            false => Err(vec![Complaint::new("row", Invalid::WrongShape(Shape::Row))]),
        });
        match read {
            Ok(row) => list.rows.push(row),
            Err(complaints) => list.refused.push((line, complaints)),
        }
    }
    list.aside.unended = table.unended();
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Reading;

    fn read_text(text: &str) -> Result<ContactList, FileError> {
        read(Input::piped(std::path::Path::new("contacts.csv"), &mut text.as_bytes(), Reading::default()).unwrap())
    }

    #[test]
    fn the_list_is_read_with_the_separator_of_any_region_and_heads_of_five_languages() {
        for text in [
            "Name,Email,Job title,Role,Countries,States\nAnn Lee,ann@lee.example,Lead,Sales,\"US,CA\",US-WA\n",
            "Name;Email;Job title;Role;Countries;States\nAnn Lee;ann@lee.example;Lead;Sales;US,CA;US-WA\n",
            "이름\t이메일\t직함\t역할\t국가\t주\nAnn Lee\tann@lee.example\tLead\tSales\tUS,CA\tUS-WA\n",
        ] {
            let list = read_text(text).unwrap();
            assert_eq!((list.rows.len(), list.refused.len(), list.unknown_columns.len()), (1, 0, 0), "{text}");
            let cells = ["Ann Lee", "ann@lee.example", "Lead", "Sales", "CA,US", "US-WA"];
            assert_eq!(list.rows[0].cells(), cells.map(str::to_owned));
        }
    }

    #[test]
    fn a_list_without_addresses_is_none_and_a_wrong_row_says_its_columns() {
        assert!(matches!(read_text("Name,Countries\nAnn,US\n"), Err(FileError::MissingColumns(missing)) if missing == ["Email"]));
        let list = read_text("Name,Email,Countries\nAnn,ann,US\nBob,bob@lee.example,OOO\n").unwrap();
        assert_eq!((list.rows.len(), list.refused[0].0), (1, 2));
    }
}

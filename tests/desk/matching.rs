//! Rows of an answer that fit several deals: which is which is chosen on the desk, row by row, and never guessed.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use cosell::clock::Clock;
use cosell::domain::contact::Person;
use cosell::domain::create::{NewOpportunity, Selling};
use cosell::domain::customer::{Address, Country, Customer};
use cosell::domain::date::Date;
use cosell::domain::money::{Currency, Money};
use cosell::domain::solution::Solution;
use cosell::domain::text::{Cleaned, Line};

use crate::support::driver::{Driver, NOW};

fn twin(desk: &mut Driver) {
    let line = |text: &str| Line::parse(text).unwrap();
    let address =
        Address {
            line1: Some(line("1-2")), city: Some(line("서울")), country: Country::parse("KR").ok(), ..Address::default()
        };
    let person = |text: &str| text.to_owned();
    let new = NewOpportunity {
        sales_stage: None,
        favorite: false,
        owner: None,
        customer: Customer { name: line("가온 주식회사"), duns: None, address, contact: None },
        name: line("쌍둥이"),
        value: Money::from_minor(84_000_000, Currency::parse("KRW").unwrap()),
        close_date: Date::iso("2027-03-01").unwrap(),
        crm_id: None,
        campaign_id: None,
        notes: None,
        employees: vec![Person {
            first: person("서연"),
            last: person("이"),
            phone: person("+82 2-555-3205"),
            email: person("rep@partner.example"),
        }],
        solutions: vec![Solution::cell("SOL-1, KRW, 10, 2", &mut Cleaned::default()).unwrap().unwrap()],
        selling: Selling::Ours { share: true },
        help: None,
    };
    desk.store.create(&new, None, Clock::from_setting(Some(NOW)).unwrap().now()).unwrap();
}

/// Two deals that are the same in everything, written, and the answer of Partner Center, which told no ids.
fn twins(folder: &Path) -> (Driver, PathBuf) {
    let (mut desk, file) = written_twins(folder);
    let answer = folder.join("answer.csv");
    std::fs::write(&answer, std::fs::read_to_string(file).unwrap().replace("\r\n", "\n")).unwrap();
    // How old the data is stands on the screen.
    let saved = UNIX_EPOCH + Duration::from_secs(1_795_143_600);
    File::options().write(true).open(&answer).unwrap().set_modified(saved).unwrap();
    desk.press("i").typed(answer.to_str().unwrap()).press("enter");
    (desk, answer)
}

/// Two deals that are the same in everything, and the upload file that has both.
fn written_twins(folder: &Path) -> (Driver, PathBuf) {
    let mut desk = Driver::empty();
    twin(&mut desk);
    twin(&mut desk);
    desk.press("f5 o").shows("Waits to be written · 2");
    desk.press("x ctrl-u").typed(folder.to_str().unwrap()).press("enter y").shows("In a file, unconfirmed · 2");
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    (desk, file)
}

#[test]
fn rows_that_fit_several_deals_are_chosen_one_by_one_and_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = twins(folder.path());
    desk.shows("Which deal is it?").shows("Row 1 of 2: unclear which deal").shows("Line 2 says").shows("₩ 84,000,000");
    desk.shows("None of these");
    for (columns, rows) in [(40, 10), (80, 24)] {
        desk.size(columns, rows);
        insta::assert_snapshot!(format!("matches_{columns}x{rows}"), desk.screen());
    }
    desk.press("j enter").shows("Row 2 of 2: unclear which deal").shows("Line 3 says");
    // A deal is one row's only.
    let is_offered = |line: &&str| line.starts_with('│') && line.contains("84,000,000");
    let left: Vec<String> = desk.screen().lines().filter(is_offered).map(str::to_owned).collect();
    assert_eq!(left.len(), 1, "{left:?}");
    desk.press("enter").shows("Partner Center has taken 2 rows").shows_not("Which deal is it?");
}

#[test]
fn rows_that_are_left_out_leave_their_deals_written_and_may_be_chosen_later() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, answer) = twins(folder.path());
    desk.press("esc").shows_not("Which deal is it?");
    assert!(desk.note().contains("Import the file again to choose"), "{}", desk.note());
    desk.press("esc esc").press("o").shows("In a file, unconfirmed · 2");
    desk.press("i").typed(answer.to_str().unwrap()).press("enter").shows("Row 1 of 2");
    // One is chosen, the other is none of them: it is not asked about again.
    desk.press("enter G enter").shows("Partner Center has taken one row").shows_not("Which deal is it?");
}

#[test]
fn deals_that_are_chosen_for_rows_of_a_later_answer_are_no_longer_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, file) = written_twins(folder.path());
    let mut lines = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n").lines().map(str::to_owned).collect::<Vec<_>>();
    lines[1..].iter_mut().for_each(|line| line.insert_str(0, "Estimated Close Date is not valid"));
    let refused = folder.path().join("refused.csv");
    std::fs::write(&refused, lines.join("\n")).unwrap();
    desk.press("i").typed(refused.to_str().unwrap()).press("enter").shows("Which deal is it?");
    desk.press("enter enter").shows("0 taken · 2 refused");
    desk.press("esc esc i").typed(file.to_str().unwrap()).press("enter").shows("was answered already");
    desk.press("y").shows("Which deal is it?").press("enter enter").shows("Partner Center has taken 2 rows");
}

//! A download that comes again as a copy: it is known by its rows, whatever its name, its format and its date, and takes nothing back.

use std::fs::{self, File};
use std::time::{Duration, UNIX_EPOCH};

use serde_json::json;

use super::outbox::{CALM, desk, upload, waiting, write};
use crate::center::Center;
use crate::support::cli::Cli;

/// Hours before the clock of the desk, 20 November 23:00 UTC.
fn saved(cli: &Cli, name: &str, text: &str, hours: u64) -> String {
    let file = cli.file(name, text);
    let at = UNIX_EPOCH + Duration::from_secs(1_795_215_600 - hours * 3_600);
    File::options().write(true).open(&file).unwrap().set_modified(at).unwrap();
    file
}

fn value(cli: &Cli) -> String {
    cli.run(&["show", "1", "--json"]).json()["deal"]["value"].as_str().unwrap().to_owned()
}

/// An edit that a later download has confirmed; returns the download from before it.
fn confirmed() -> (Cli, Center, String) {
    let (cli, mut center) = desk();
    cli.run(&["accept", "1"]).done();
    let files = write(&cli, &[]);
    let answer = upload(&cli, &mut center, &files[0], CALM);
    cli.run(&["outbox", "confirm", &answer]).done();
    let old = center.download();
    cli.run(&["import", &saved(&cli, "monday.csv", &old, 9)]).done();
    cli.run(&["edit", "1", "value=9000만"]).done();
    let files = write(&cli, &[]);
    center.upload(&fs::read_to_string(&files[0]).unwrap(), CALM).unwrap();
    let told = cli.run(&["import", &saved(&cli, "tuesday.csv", &center.download(), 5)]).done();
    assert!(told.contains("Partner Center has taken one row"), "{told}");
    (cli, center, old)
}

#[test]
fn a_copy_of_mondays_download_that_was_saved_last_takes_nothing_back() {
    let (cli, _, old) = confirmed();
    let copy = saved(&cli, "copy of monday.csv", &old, 1);
    let dry = cli.run(&["import", &copy, "--dry-run", "--json"]).json();
    assert_eq!(dry["rows"][0]["verdict"], "older", "{dry}");
    let told = cli.run(&["import", &copy]).done();
    assert!(told.contains("0 new, 0 changed, 2 unchanged"), "{told}");
    assert!(told.contains("It says what monday.csv said, imported 21 Nov 08:00: what came since stays."), "{told}");
    assert_eq!((value(&cli), waiting(&cli)), ("90000000".to_owned(), vec![]));
    // The list still says how old the picture is that it shows.
    let told = cli.run(&["import", &copy, "--json"]).json();
    let known = json!({ "file": "monday.csv", "importedAt": "2026-11-20T23:00:00Z", "overtaken": true });
    assert_eq!((&told["files"][0]["knownAs"], &told["files"][0]["older"]), (&known, &json!(1)), "{told}");
}

#[test]
fn a_download_that_has_a_deal_twice_is_not_called_overtaken_by_itself() {
    let (cli, center, _) = confirmed();
    let text = center.download();
    let row = text.lines().nth(1).unwrap();
    let twice = text.replacen(row, &format!("{}\n{row}", row.replacen("90000000", "70000000", 1)), 1);
    assert_ne!(twice, text);
    let file = saved(&cli, "twice.csv", &twice, 2);
    cli.run(&["import", &file, "--json"]);
    let again = cli.run(&["import", &file, "--json"]).json();
    assert_eq!((&again["files"][0]["knownAs"]["overtaken"], value(&cli).as_str()), (&json!(false), "90000000"), "{again}");
}

#[test]
fn a_copy_with_its_rows_in_another_order_and_its_amounts_written_otherwise_is_known_again() {
    let (cli, _, old) = confirmed();
    let mut lines: Vec<&str> = old.lines().collect();
    lines[1..].reverse();
    let copy = saved(&cli, "sorted.csv", &lines.join("\n").replace("84000000", "84000000.00"), 1);
    assert!(cli.run(&["import", &copy]).done().contains("It says what monday.csv said"));
    assert_eq!(value(&cli), "90000000");
}

#[test]
fn a_seller_who_sets_a_value_back_is_heard_where_anything_else_is_new() {
    let (cli, mut center, _) = confirmed();
    let referrals: Vec<String> = center.records.keys().cloned().collect();
    center.edit(&referrals[0], "Estimated Deal Value", "84000000");
    center.edit(&referrals[1], "Notes", "new there");
    let told = cli.run(&["import", &saved(&cli, "wednesday.csv", &center.download(), 1)]).done();
    assert!(told.contains("2 changed") && !told.contains("It says what"), "{told}");
    assert_eq!(value(&cli), "84000000");
}

#[test]
fn a_download_that_is_once_more_as_an_old_one_is_taken_where_the_user_says_that_it_is_the_newest() {
    let (cli, mut center, old) = confirmed();
    let referral = center.records.keys().next().unwrap().clone();
    center.edit(&referral, "Estimated Deal Value", "84000000");
    assert_eq!(center.download(), old, "nobody can tell it from a copy");
    let back = saved(&cli, "wednesday.csv", &center.download(), 1);
    assert!(cli.run(&["import", &back]).done().contains("If Partner Center says so again by now: cosell import --newest FILE."));
    assert_eq!(value(&cli), "90000000");
    // Whatever the file's own date.
    let back = saved(&cli, "wednesday.csv", &old, 30);
    assert!(cli.run(&["import", "--newest", &back]).done().contains("1 changed"));
    assert_eq!(value(&cli), "84000000");
    let told = cli.run(&["import", &back]).done();
    assert!(told.contains("It says what monday.csv said, imported 21 Nov 08:00.\n"), "nothing is newer now: {told}");
}

#[test]
fn an_undo_right_after_an_import_that_changed_nothing_does_not_take_the_import_before_back_unasked() {
    let (cli, center, _) = morning();
    let file = cli.file("again.csv", center.download());
    assert!(cli.run(&["import", &file, "--dry-run"]).done().contains("3 unchanged"));
    cli.run(&["import", &file]).done();
    let told = cli.run(&["undo"]);
    assert_eq!(told.code, 3, "{told:?}");
    assert!(told.err.contains("The last import, of again.csv, changed nothing: nothing of it is to be undone."), "{told:?}");
    assert!(told.err.contains("Once more takes back what was done before: Imported morning.csv (3 opportunities)."), "{told:?}");
    assert_eq!(cli.run(&["list", "--json"]).json().as_array().map(Vec::len), Some(3));
    assert!(cli.run(&["undo"]).done().contains("Undone: Imported morning.csv"));
    cli.run(&["redo"]).done();
    // Any step after it is what is meant.
    cli.run(&["import", &file]).done();
    cli.run(&["favorite", "1"]).done();
    assert!(!cli.run(&["undo"]).done().contains("Imported"));
    // And what was only tried is nothing.
    cli.run(&["import", &file, "--dry-run"]).done();
    assert!(cli.run(&["undo"]).done().contains("Undone: Imported morning.csv"));
}

#[test]
fn a_deal_that_expires_meanwhile_does_not_make_undo_take_the_import_before_back_unasked() {
    let (cli, center, _) = morning();
    cli.run(&["import", &cli.file("again.csv", center.download())]).done();
    // Opening the file notices that their time is over.
    let cli = cli.at("2026-12-24T08:00:00Z");
    let told = cli.run(&["undo"]);
    assert!(told.err.contains("The last import, of again.csv, changed nothing"), "{told:?}");
    assert!(cli.run(&["history"]).done().contains("xpired"), "the clock has made a step");
    assert!(cli.run(&["undo"]).done().contains("Undone: Imported morning.csv"));
}

#[test]
fn rows_that_are_older_by_the_date_of_their_file_say_how_they_are_taken_all_the_same() {
    let (cli, center, referrals) = morning();
    let (mut noon, mut evening) = (center.clone(), center);
    noon.edit(&referrals[0], "Notes", "of noon");
    evening.edit(&referrals[0], "Notes", "of the evening");
    cli.run(&["import", &saved(&cli, "evening.csv", &evening.download(), 1)]).done();
    let noon = saved(&cli, "noon.csv", &noon.download(), 5);
    let told = cli.run(&["import", &noon]).done();
    assert!(
        told.contains("0 new, 0 changed, 2 unchanged") && told.contains("1 row is older than what is known and changed nothing."),
        "{told}"
    );
    assert!(told.contains("If the file is newer than its date says: cosell import --newest FILE."), "{told}");
    let told = cli.run(&["import", "--newest", &noon]).done();
    assert!(told.contains("1 changed") && !told.contains("--newest"), "{told}");
    assert_eq!(notes(&cli, "1"), "of noon");
}

#[test]
fn what_is_older_by_its_stage_is_offered_no_way_that_does_nothing_and_newest_says_of_each_deal_why() {
    let (cli, center, referrals) = morning();
    let (mut noon, mut evening) = (center.clone(), center);
    noon.edit(&referrals[0], "Notes", "of noon");
    for (column, value) in [("Partner Referral Substatus", "Won"), ("Partner Referral Status", "Closed")] {
        evening.edit(&referrals[0], column, value);
    }
    cli.run(&["import", &saved(&cli, "evening.csv", &evening.download(), 1)]).done();
    let noon = saved(&cli, "noon.csv", &noon.download(), 5);
    let told = cli.run(&["import", &noon]).done();
    assert!(told.contains("1 row is older than what is known") && !told.contains("--newest"), "{told}");
    let told = cli.run(&["import", "--newest", &noon]).done();
    assert!(told.contains("is further along here than the file has it") && told.contains("moved back by no file"), "{told}");
}

#[test]
fn a_download_from_between_is_taken_though_a_copy_of_the_first_was_saved_after_it() {
    let (cli, center, referrals) = morning();
    let copy = saved(&cli, "morning (1).csv", &center.download(), 1);
    let told = cli.run(&["import", &copy]).done();
    assert!(told.contains("3 unchanged") && told.contains("It says what morning.csv said"), "{told}");
    // Nor does a part of it.
    let two = rewritten(&center.download(), |at, row| {
        if at == 3 {
            row.clear()
        }
    });
    let told = cli.run(&["import", &saved(&cli, "two.csv", &two, 1)]).done();
    assert!(told.contains("2 unchanged") && !told.contains("It says what"), "{told}");
    // Nor a copy of the part.
    cli.run(&["import", &saved(&cli, "two (1).csv", &two, 0)]).done();
    let mut noon = center;
    noon.edit(&referrals[0], "Notes", "of noon");
    let told = cli.run(&["import", &saved(&cli, "noon.csv", &noon.download(), 5)]).done();
    assert!(told.contains("1 changed") && !told.contains("older"), "{told}");
    assert_eq!(notes(&cli, "1"), "of noon");
    // By now the copy is an old one.
    let told = cli.run(&["import", &copy]).done();
    assert!(told.contains("what came since stays"), "{told}");
    assert_eq!(notes(&cli, "1"), "of noon");
}

#[test]
fn a_download_whose_import_was_taken_back_comes_as_if_for_the_first_time() {
    let (cli, center) = desk();
    let referral = center.records.keys().next().unwrap().clone();
    let mut later = center.clone();
    later.edit(&referral, "Estimated Deal Value", "90000000");
    let file = saved(&cli, "later.csv", &later.download(), 2);
    cli.run(&["import", &file]).done();
    // It changes nothing, so there is no step of it: it is known as the other is.
    cli.run(&["import", &saved(&cli, "same.csv", &later.download(), 1)]).done();
    let told = cli.run(&["undo"]);
    assert!(told.err.contains("The last import, of same.csv, changed nothing"), "{told:?}");
    cli.run(&["undo"]).done();
    assert_eq!(value(&cli), "84000000");
    let told = cli.run(&["import", &file]).done();
    assert!(told.contains("1 changed") && !told.contains("It says what"), "{told}");
    assert_eq!(value(&cli), "90000000");
    let told = cli.run(&["import", &saved(&cli, "inbound (1).csv", &center.download(), 0)]).done();
    assert!(told.contains("It says what inbound.csv said"), "{told}");
    assert_eq!(value(&cli), "90000000");
}

/// Three deals as of the morning; returns the download.
fn morning() -> (Cli, Center, Vec<String>) {
    let (cli, mut center) = (Cli::new(), Center::default());
    for name in ["ERP 마이그레이션", "販売管理クラウド化", "Azure landing zone"] {
        center.send(name);
    }
    cli.run(&["import", &saved(&cli, "morning.csv", &center.download(), 9)]).done();
    let referrals = center.records.keys().cloned().collect();
    (cli, center, referrals)
}

fn notes(cli: &Cli, id: &str) -> String {
    cli.run(&["show", id, "--json"]).json()["deal"]["notes"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_download_from_between_is_taken_once_the_later_import_that_only_confirmed_its_deals_is_undone() {
    let (cli, center, referrals) = morning();
    let (mut noon, mut evening) = (center.clone(), center);
    noon.edit(&referrals[1], "Notes", "of noon");
    evening.edit(&referrals[0], "Notes", "of the evening");
    let (noon, evening) = (noon.download(), evening.download());
    cli.run(&["import", &saved(&cli, "evening.csv", &evening, 1)]).done();
    let noon = saved(&cli, "noon.csv", &noon, 5);
    let told = cli.run(&["import", &noon, "--dry-run", "--json"]).json();
    assert_eq!(told["rows"][1]["verdict"], "older", "{told}");
    cli.run(&["undo"]).done();
    cli.run(&["import", &noon]).done();
    assert_eq!(notes(&cli, "2"), "of noon");
    // What was made again is known as of the evening again.
    cli.run(&["undo"]).done();
    cli.run(&["import", &saved(&cli, "evening again.csv", &evening, 1)]).done();
    cli.run(&["undo"]).done();
    cli.run(&["redo"]).done();
    let told = cli.run(&["import", &noon, "--dry-run", "--json"]).json();
    assert_eq!(told["rows"][1]["verdict"], "older", "{told}");
    assert_eq!(cli.run(&["doctor"]).code, 0);
}

#[test]
fn imports_that_are_undone_one_after_the_other_in_whatever_order_each_take_their_own_day_back() {
    let (cli, center, referrals) = morning();
    let later = |hour: u64, at: usize| {
        let mut center = center.clone();
        center.edit(&referrals[at], "Notes", &format!("{hour} hours ago"));
        saved(&cli, &format!("{hour}.csv"), &center.download(), hour)
    };
    // Each changes another deal, and confirms the third.
    let (six, four) = (later(6, 0), later(4, 1));
    let between = [later(8, 2), later(5, 2)];
    let verdict = |file: &str| cli.run(&["import", file, "--dry-run", "--json"]).json()["rows"][2]["verdict"].clone();
    let both = || between.each_ref().map(|file| verdict(file));
    cli.run(&["import", &six]).done();
    // The notes that it lacks are taken from it as well: they stand for themselves.
    cli.run(&["import", &four]).done();
    assert_eq!(both(), ["older", "older"]);
    cli.run(&["undo"]).done();
    assert_eq!(both(), [json!("older"), json!("changed")]);
    cli.run(&["undo"]).done();
    assert_eq!(both(), ["changed", "changed"]);
    cli.run(&["redo"]).done();
    assert_eq!(both(), [json!("older"), json!("changed")]);
    cli.run(&["redo"]).done();
    assert_eq!(both(), ["older", "older"]);
}

/// Returns a file with something done to each of its rows, the head first.
fn rewritten(text: &str, with: impl Fn(usize, &mut Vec<String>)) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (at, row) in reader.records().enumerate() {
        let mut row: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        with(at, &mut row);
        if !row.is_empty() {
            writer.write_record(row).unwrap();
        }
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn column(text: &str, name: &str) -> usize {
    csv::Reader::from_reader(text.as_bytes()).headers().unwrap().iter().position(|head| head == name).unwrap()
}

#[test]
fn a_copy_with_a_row_or_a_column_less_takes_nothing_back() {
    let (cli, _, old) = confirmed();
    // The last deal is left away, then what nobody needs.
    let shorter = rewritten(&old, |at, row| {
        if at == 3 {
            row.clear()
        }
    });
    let notes = column(&old, "Notes");
    let narrower = rewritten(&old, |_, row| drop(row.remove(notes)));
    let sorted = rewritten(&narrower, |at, row| {
        if at == 2 {
            row.clear()
        }
    });
    for (at, text) in [shorter, narrower, sorted].iter().enumerate() {
        let copy = saved(&cli, &format!("copy {at}.csv"), text, 1);
        let told = cli.run(&["import", &copy]).done();
        assert!(told.contains("0 new, 0 changed") && told.contains("It says what monday.csv said"), "{at}: {told}");
        assert_eq!((value(&cli), waiting(&cli)), ("90000000".to_owned(), vec![]), "{at}");
    }
    let told =
        cli.run(&["import", "--newest", &saved(&cli, "copy 3.csv", &rewritten(&old, |_, row| drop(row.remove(notes))), 1)]);
    assert!(told.out.contains("1 changed"), "{told:?}");
}

#[test]
fn a_download_without_a_column_of_the_address_or_the_contact_leaves_that_part_as_it_is() {
    let (cli, mut center, referrals) = morning();
    let customer = |cli: &Cli| cli.run(&["show", "1", "--json"]).json()["customer"].clone();
    for (name, said) in [("Customer Contact First Name", "민준"), ("Customer Contact Email Address", "minjun@hanbit.example")] {
        center.edit(&referrals[0], name, said);
    }
    cli.run(&["import", &saved(&cli, "noon.csv", &center.download(), 5)]).done();
    let known = customer(&cli);
    assert_eq!((&known["address"]["line1"], &known["contact"]["email"]), (&json!("1-2"), &json!("minjun@hanbit.example")));
    center.edit(&referrals[0], "Notes", "new there");
    let mut narrow = center.download();
    for name in ["Customer Address Line 1", "Customer City", "Customer Contact Email Address"] {
        let at = column(&narrow, name);
        narrow = rewritten(&narrow, |_, row| drop(row.remove(at)));
    }
    let told = cli.run(&["import", &saved(&cli, "narrow.csv", &narrow, 1)]).done();
    assert!(told.contains("1 changed"), "{told}");
    assert_eq!((customer(&cli), notes(&cli, "1").as_str()), (known, "new there"));
    // A cell that is there and empty says that there is none.
    center.edit(&referrals[0], "Customer Address Line 1", "");
    cli.run(&["import", &saved(&cli, "empty.csv", &center.download(), 0)]).done();
    assert_eq!(customer(&cli)["address"]["line1"], json!(null), "{}", customer(&cli));
}

#[test]
fn a_single_row_that_is_as_it_was_and_a_part_of_a_new_download_are_news() {
    let (cli, mut center, old) = confirmed();
    let referrals: Vec<String> = center.records.keys().cloned().collect();
    // What the last download said is no old one, whatever part of it comes.
    let told = cli.run(&[
        "import",
        &saved(
            &cli,
            "part.csv",
            &rewritten(&center.download(), |at, row| {
                if at == 2 {
                    row.clear()
                }
            }),
            2,
        ),
    ]);
    assert!(told.out.contains("2 unchanged") && !told.out.contains("It says what"), "{told:?}");
    // With another deal beside it that no download had so.
    center.edit(&referrals[0], "Estimated Deal Value", "84000000");
    center.edit(&referrals[2], "CRM ID", "X-1");
    let part = rewritten(&center.download(), |at, row| {
        if at == 2 {
            row.clear()
        }
    });
    let told = cli.run(&["import", &saved(&cli, "wednesday.csv", &part, 1), "--dry-run"]);
    assert!(told.out.contains("2 changed"), "{told:?}");
    // Alone, the deal may have been set back.
    let alone = rewritten(&old, |at, row| {
        if at > 1 {
            row.clear()
        }
    });
    assert!(cli.run(&["import", &saved(&cli, "one.csv", &alone, 1)]).done().contains("1 changed"));
    assert_eq!(value(&cli), "84000000");
}

/// A download whose customers have this postal code.
pub fn at_postal_code(text: &str, code: &str) -> String {
    rewritten(text, |at, row| row.push(if at == 0 { "Customer Postal code".to_owned() } else { code.to_owned() }))
}

#[test]
fn a_copy_whose_postal_codes_lost_their_zeros_in_a_spreadsheet_takes_nothing_back() {
    let (cli, mut center) = desk();
    cli.run(&["import", &saved(&cli, "monday.csv", &at_postal_code(&center.download(), "04524"), 9)]).done();
    let old = center.download();
    let referral = center.records.keys().next().unwrap().clone();
    center.edit(&referral, "Estimated Deal Value", "90000000");
    cli.run(&["import", &saved(&cli, "tuesday.csv", &at_postal_code(&center.download(), "04524"), 5)]).done();
    let told = cli.run(&["import", &saved(&cli, "copy.csv", &at_postal_code(&old, "4524"), 1)]).done();
    assert!(told.contains("0 new, 0 changed") && told.contains("It says what monday.csv said"), "{told}");
    assert_eq!(value(&cli), "90000000");
}

#[test]
fn a_postal_code_that_lost_its_zeros_is_told_and_is_no_change() {
    let (cli, mut center) = desk();
    cli.run(&["import", &saved(&cli, "monday.csv", &at_postal_code(&center.download(), "04524"), 9)]).done();
    let referral = center.records.keys().next().unwrap().clone();
    center.edit(&referral, "Notes", "new there");
    let file = saved(&cli, "tuesday.csv", &at_postal_code(&center.download(), "4524"), 5);
    let dry = cli.run(&["import", &file, "--dry-run", "--json"]).json();
    assert_eq!(dry["files"][0]["postalCodesWithoutZeros"], 3, "{dry}");
    let told = cli.run(&["import", &file]).done();
    assert!(told.contains("0 new, 1 changed, 2 unchanged"), "{told}");
    assert!(told.contains("3 postal codes have lost the zeros that they begin with: those that are here stay."), "{told}");
    let code = |cli: &Cli| cli.run(&["show", "1", "--json"]).json()["customer"]["address"]["postalCode"].clone();
    assert_eq!((code(&cli), notes(&cli, "1").as_str()), (json!("04524"), "new there"));
    // Another code is one.
    let told = cli.run(&["import", &saved(&cli, "wednesday.csv", &at_postal_code(&center.download(), "4525"), 3)]).done();
    assert!(told.contains("3 changed") && !told.contains("zeros"), "{told}");
    assert_eq!(code(&cli), "4525");
}

#[test]
fn a_partner_id_is_the_same_column_by_whichever_name_a_download_calls_it() {
    let (cli, center) = (Cli::new(), {
        let mut center = Center::default();
        center.send("ERP");
        center
    });
    let with = |head: &str, id: &str| {
        rewritten(&center.download(), |at, row| row.push(if at == 0 { head.to_owned() } else { id.to_owned() }))
    };
    cli.run(&["import", &saved(&cli, "monday.csv", &with("PartnerID (formerly MPN ID)", "4711"), 9)]).done();
    let told = cli.run(&["import", &saved(&cli, "tuesday.csv", &with("PartnerID", "4711"), 7)]).done();
    assert!(told.contains("0 changed, 1 unchanged"), "{told}");
    let told = cli.run(&["import", &saved(&cli, "wednesday.csv", &with("PartnerID", "4712"), 5)]).done();
    assert!(told.contains("1 changed"), "{told}");
    let told = cli.run(&["import", &saved(&cli, "thursday.csv", &with("PartnerID (formerly MPN ID)", "4712"), 3)]).done();
    assert!(told.contains("0 changed, 1 unchanged"), "{told}");
    let extra = cli.run(&["show", "1", "--json"]).json()["extra"].clone();
    assert_eq!(extra.as_object().unwrap().keys().filter(|name| name.starts_with("PartnerID")).count(), 1, "{extra}");
}

#[test]
fn a_part_of_a_download_of_long_ago_is_known_by_it_among_all_that_came_since_and_one_new_row_makes_it_news() {
    let (cli, mut center) = (Cli::new(), Center::default());
    let referrals: Vec<String> = (0..4).map(|number| center.send(&format!("Deal {number}"))).collect();
    let mut downloads = Vec::new();
    // Each day another deal has another value, so that one row alone never tells which download it was.
    for day in 0..12 {
        center.edit(&referrals[day % 4], "Estimated Deal Value", &format!("{}", 90_000_000 + day));
        downloads.push(center.download());
        cli.run(&["import", &saved(&cli, &format!("day {day}.csv"), &downloads[day], 40 - day as u64)]).done();
    }
    let held = cli.run(&["list", "--json"]).json();
    let part = |day: usize| downloads[day].lines().take(4).collect::<Vec<_>>().join("\n") + "\n";
    // The last one that said all of it: what is not in the part may have changed until then.
    for (day, name) in [(1, "day 1.csv"), (2, "day 3.csv"), (6, "day 7.csv")] {
        let told = cli.run(&["import", &saved(&cli, "part.csv", &part(day), 1)]).done();
        assert!(told.contains("0 new, 0 changed") && told.contains(&format!("It says what {name} said")), "{told}");
        assert_eq!(cli.run(&["list", "--json"]).json(), held);
    }
    let news = part(6).replace("90000004", "95000000");
    assert_ne!(news, part(6));
    let told = cli.run(&["import", &saved(&cli, "news.csv", &news, 0)]).done();
    assert!(told.contains("3 changed") && !told.contains("It says what"), "{told}");
}

//! An upload in several files, as one has at most 1,000 rows: answered in any order, in one command or in several.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::outbox::{CALM, write};
use crate::center::{Center, Whims};
use crate::support::cli::Cli;

const ROWS: usize = 1_002;

/// As many deals as two files hold, each with another value here than there, and both files as they were written.
fn two_files() -> (Cli, Center, Vec<PathBuf>) {
    let (cli, mut center) = (Cli::new(), Center::default());
    let mut crm = "Opportunity Name,Account Name,Amount,Amount Currency\n".to_owned();
    for number in 1..=ROWS {
        let name = format!("Deal {number:04}");
        let referral = center.send(&name);
        center.edit(&referral, "Partner Referral Status", "Active");
        center.edit(&referral, "Partner Referral Substatus", "Accepted");
        crm.push_str(&format!("{name},한빛정밀 주식회사,{},KRW\n", 1_000_000 + number));
    }
    cli.run(&["import", &cli.file("inbound.csv", center.download())]).done();
    let told = cli.run(&["import", "--map", "salesforce", &cli.file("crm.csv", crm)]).done();
    assert!(told.contains("1,002 changed"), "{told}");
    let files = write(&cli, &[]);
    assert_eq!(files.len(), 2);
    (cli, center, files)
}

fn answer(cli: &Cli, center: &mut Center, file: &PathBuf, whims: Whims) -> String {
    let name = format!("answer to {}", file.file_name().unwrap().to_str().unwrap());
    cli.file(&name, center.upload(&fs::read_to_string(file).unwrap(), whims).unwrap())
}

/// How many rows of each file were taken, were refused and have no answer, the newest file first.
fn answered(cli: &Cli) -> Vec<[Value; 3]> {
    let files = cli.run(&["outbox", "files", "--json"]).json();
    let one = |file: &Value| ["taken", "refused", "open"].map(|key| file[key].clone());
    files.as_array().unwrap().iter().map(one).collect()
}

fn waits(cli: &Cli) -> Vec<Value> {
    let deals = cli.run(&["outbox", "--json"]).json();
    deals.as_array().unwrap().iter().map(|deal| deal["standing"].clone()).collect()
}

#[test]
fn an_upload_in_several_files_is_answered_in_any_order_and_what_no_answer_speaks_of_stays_written() {
    let (cli, mut center, files) = two_files();
    let first = answer(&cli, &mut center, &files[0], CALM);
    let second = answer(&cli, &mut center, &files[1], Whims { refuse_each: Some(2), ..CALM });
    let none = json!(0);
    // Without the first one.
    let told = cli.run(&["outbox", "confirm", &second]);
    assert!(told.code == 4 && told.out.contains("1 taken · 1 refused"), "{told:?}");
    assert_eq!(answered(&cli), [[json!(1), json!(1), none.clone()], [none.clone(), none.clone(), json!(1_000)]]);
    let standings = waits(&cli);
    assert_eq!(standings.iter().filter(|standing| **standing == "written").count(), 1_000);
    assert_eq!(standings.len(), 1_001, "the refused one waits again");
    // It comes after: the other is known, and is said to be.
    let told = cli.run(&["outbox", "confirm", &first, &second]);
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.out.contains("1,000 rows") && told.out.contains("2 rows were answered before"), "{told:?}");
    assert_eq!(answered(&cli), [[json!(1), json!(1), none.clone()], [json!(1_000), none.clone(), none.clone()]]);
    assert_eq!(waits(&cli), ["ready"]);
    // All of it in one command, the last file first, is one step and the same.
    cli.run(&["undo"]).done();
    cli.run(&["undo"]).done();
    assert_eq!(waits(&cli).iter().filter(|standing| **standing == "written").count(), ROWS);
    let told = cli.run(&["outbox", "confirm", &second, &first]);
    assert_eq!(told.code, 4, "{told:?}");
    assert_eq!(answered(&cli), [[json!(1), json!(1), none.clone()], [json!(1_000), none.clone(), none]]);
    assert_eq!(waits(&cli), ["ready"]);
    assert_eq!(cli.run(&["history", "--json"]).json()[0]["files"].as_array().unwrap().len(), 2);
}

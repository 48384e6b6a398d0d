//! What stays ours by command: owner, next step and dated notes; what is said, refused, listed and given as JSON.

use serde_json::{Value, json};

use crate::support::cli::{Cli, THREE};

fn shown(cli: &Cli, id: &str) -> Value {
    cli.run(&["show", id, "--json"]).json()
}

fn ids(cli: &Cli, arguments: &[&str]) -> Vec<i64> {
    let listed = cli.run(&[&["list", "--json"], arguments].concat()).json();
    listed.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

const ANA: &str = "Ana;Reyes;+1 425 555 0100;ana@p.example";
const BO: &str = "Bo;Lind;+1 425 555 0101;bo@p.example";

/// The first one accepted, with two colleagues on it.
fn two() -> Cli {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1", "--employee", ANA, "--employee", BO]).done();
    cli
}

#[test]
fn the_owner_is_the_first_employee_unless_another_is_named() {
    let cli = two();
    assert_eq!(shown(&cli, "1")["owner"], "ana@p.example");
    assert_eq!(
        cli.run(&["edit", "1", "owner=BO@p.example"]).done(),
        "ERP 마이그레이션 (1) belongs to Bo Lind now.\n",
        "nothing waits for it"
    );
    assert_eq!(shown(&cli, "1")["owner"], "bo@p.example");
    assert!(cli.run(&["show", "1"]).done().contains("  Bo Lind\n"));
    assert!(cli.run(&["history", "1"]).done().contains("    Owner: none → bo@p.example\n"));
    assert_eq!((ids(&cli, &["owner:bo"]), ids(&cli, &["owner:ana"]), ids(&cli, &["employee:ana"])), (vec![1], vec![], vec![1]));
    cli.run(&["edit", "1", "owner="]).done();
    assert_eq!(shown(&cli, "1")["owner"], "ana@p.example");
    cli.run(&["undo"]).done();
    // Who is taken off the deal owns it no more; one undo brings both back.
    cli.run(&["edit", "1", "employee-=bo@p.example"]).done();
    assert_eq!(shown(&cli, "1")["owner"], "ana@p.example");
    cli.run(&["undo"]).done();
    assert_eq!(shown(&cli, "1")["owner"], "bo@p.example");
    cli.run(&["win", "1"]).done();
    cli.run(&["edit", "1", "owner=ana@p.example"]).done();
    assert_eq!(shown(&cli, "1")["owner"], "ana@p.example", "in every stage");
}

#[test]
fn only_an_employee_on_it_can_own_a_deal() {
    let cli = two();
    let refused = cli.run(&["edit", "1", "owner=eve@p.example", "--json"]);
    let errors: Value = serde_json::from_str(&refused.err).unwrap();
    assert_eq!(
        (refused.code, &errors["errors"][0]["field"], &errors["errors"][0]["code"]),
        (3, &json!("owner"), &json!("not-an-employee"))
    );
    let said = cli.run(&["edit", "1", "owner=eve@p.example"]).failed(3);
    assert!(said.starts_with("Owner: “eve@p.example” is no employee on it.\n  One of ana@p.example, bo@p.example;"), "{said}");
    let said = cli.run(&["edit", "2", "owner=eve@p.example"]).failed(3);
    assert!(said.contains("No employee on it has an e-mail address"), "{said}");
    let both = ["edit", "1", "employee+=Eve;Ek;+1 425 555 0102;eve@p.example", "owner=eve@p.example"];
    cli.run(&both).done();
    assert_eq!(shown(&cli, "1")["owner"], "eve@p.example", "who joins with the same edit is on it");
    assert!(cli.run(&["edit", "1", "next=call"]).failed(3).starts_with("There is no field “next”."));
}

#[test]
fn lists_go_by_owner_and_have_a_column_for_it_where_there_is_room() {
    let mut cli = two();
    assert_eq!(ids(&cli, &["--sort", "owner"])[0], 1);
    assert_eq!(*ids(&cli, &["--sort", "-owner"]).last().unwrap(), 1);
    assert!(cli.run(&["list", "owner:ana"]).done().lines().nth(1).unwrap().ends_with("Accepted  Ana Reyes"));
    cli.columns = Some(80);
    assert!(!cli.run(&["list"]).done().contains("Owner"));
    let csv = cli.run(&["list", "--csv", "owner:ana"]).done();
    assert!(
        csv.lines().next().unwrap().ends_with(",owner,next.on,next.text") && csv.trim_end().ends_with(",ana@p.example,,"),
        "{csv}"
    );
}

#[test]
fn me_is_who_the_configuration_says() {
    let cli = two();
    let said = cli.run(&["list", "owner:me"]).failed(2);
    assert!(said.starts_with("owner:me: nothing says who you are.\n  Set email"), "{said}");
    let by_email = cli.file("email.toml", "[me]\nemail = \"ANA@p.example\"\n");
    let by_name = cli.file("name.toml", "[me]\nfirst-name = \"Ana\"\nlast-name = \"Reyes\"\n");
    for config in [&by_email, &by_name] {
        assert_eq!(ids(&cli, &["owner:me", "--config", config]), [1], "{config}");
    }
    cli.run(&["note", "1", "mine", "--config", &by_email]).done();
    cli.run(&["note", "1", "named", "--config", &by_name]).done();
    cli.run(&["note", "1", "nobody's"]).done();
    let by: Vec<Value> = shown(&cli, "1")["log"].as_array().unwrap().iter().map(|note| note["by"].clone()).collect();
    assert_eq!(by, [json!("ANA@p.example"), json!("Ana Reyes"), json!(null)]);
}

#[test]
fn a_next_step_has_a_day_and_is_done_one_day_in_every_stage() {
    let cli = two();
    let said = cli.run(&["next", "1", "Call Ana", "--on", "+2d"]).done();
    assert_eq!(said, "Next step of ERP 마이그레이션 (1) on 2026-11-23: Call Ana.\n");
    assert_eq!(shown(&cli, "1")["next"], json!({ "text": "Call Ana", "on": "2026-11-23" }));
    cli.run(&["decline", "2", "--reason", "timeline"]).done();
    cli.run(&["next", "2", "내년에 다시", "--on", "2026-11-20"]).done();
    assert_eq!((ids(&cli, &["next:overdue"]), ids(&cli, &["--sort", "next"])[..2].to_vec()), (vec![2], vec![2, 1]));
    assert_eq!(ids(&cli, &["다시"]), [2]);
    let done = cli.run(&["next", "2", "--done"]).done();
    assert!(done.starts_with("No next step any more: "), "{done}");
    assert!(cli.run(&["next", "2", "--done"]).done().starts_with("There was no next step: "));
    cli.run(&["undo"]).done();
    assert_eq!(shown(&cli, "2")["next"]["on"], "2026-11-20");
    let refused = cli.run(&["next", "1"]).failed(3);
    assert_eq!(refused.lines().filter(|line| line.contains("is missing")).count(), 2, "{refused}");
    assert!(cli.run(&["next", "1", "x", "--on", "soon"]).failed(3).starts_with("Day of the next step: “soon” is not a date."));
    assert_eq!(cli.run(&["next", "1", "x", "--done"]).code, 2);
    assert!(cli.run(&["list", "next:someday"]).failed(2).starts_with("“someday” is not a date for next."));
}

#[test]
fn notes_stay_ours_and_the_last_one_is_told_first() {
    let cli = two();
    assert_eq!(cli.run(&["note", "1", "Budget is secured"]).done(), "Noted, for us alone: ERP 마이그레이션 (1).\n");
    cli.piped(&["note", "1", "-"], "두 줄\n둘째 줄\n").done();
    let shown_text = cli.run(&["show", "1"]).done();
    let at = |text: &str| shown_text.find(text).unwrap();
    assert!(at("두 줄") < at("Budget is secured"), "{shown_text}");
    assert_eq!(shown(&cli, "1")["log"][0], json!({ "at": "2026-11-20T23:00:00Z", "by": null, "text": "Budget is secured" }));
    assert_eq!(ids(&cli, &["secured"]), [1]);
    assert!(cli.run(&["history", "1"]).done().contains("    Our notes: Budget is secured\n"));
    assert_eq!(cli.run(&["undo"]).done(), "Undone: Noted something about “ERP 마이그레이션”.\n");
    assert_eq!(shown(&cli, "1")["log"].as_array().unwrap().len(), 1);
    assert_eq!(cli.run(&["note", "1", " "]).code, 3);
}

#[test]
fn a_deal_made_again_from_its_json_has_the_same_owner_and_neither_step_nor_notes() {
    let cli = Cli::new();
    let made = [
        "new",
        "--customer",
        "한빛정밀",
        "--country",
        "KR",
        "--city",
        "서울",
        "--street",
        "27",
        "--name",
        "ERP",
        "--value",
        "5m",
        "--currency",
        "KRW",
        "--close",
        "+30d",
        "--employee",
        ANA,
        "--employee",
        BO,
        "--solution",
        "SOL-1",
    ];
    cli.run(&made).done();
    cli.run(&["edit", "1", "owner=bo@p.example"]).done();
    cli.run(&["next", "1", "Call", "--on", "+1d"]).done();
    cli.run(&["note", "1", "for us"]).done();
    let old = shown(&cli, "1");
    let again = cli.piped(&["new", "--from", "-", "--json"], &old.to_string()).json();
    assert_eq!((&again["owner"], &again["next"], &again["log"]), (&json!("bo@p.example"), &json!(null), &json!([])));
    let mut gone = old;
    gone["owner"] = "eve@p.example".into();
    assert_eq!(
        cli.piped(&["new", "--from", "-", "--json"], &gone.to_string()).json()["owner"],
        "ana@p.example",
        "who is not on it cannot own it"
    );
}

/// Answers due, next steps of yesterday and to come, close dates; one of them far away.
fn busy() -> Cli {
    let cli = two();
    cli.run(&["next", "1", "Call Ana; then, mail", "--on", "+2d"]).done();
    cli.run(&["next", "3", "다시 묻기", "--on", "2026-11-20"]).done();
    cli
}

#[test]
fn the_agenda_puts_what_is_to_be_done_in_the_order_of_its_days() {
    let cli = busy();
    let kinds = |arguments: &[&str]| -> Vec<(String, String)> {
        let items = cli.run(&[&["agenda", "--json"], arguments].concat()).json();
        let text = |item: &Value, name: &str| item[name].as_str().unwrap().to_owned();
        items.as_array().unwrap().iter().map(|item| (text(item, "on"), text(item, "kind"))).collect()
    };
    let all = kinds(&[]);
    assert!(all.is_sorted_by_key(|(on, _)| on.clone()), "{all:?}");
    assert_eq!(all[0], ("2026-11-20".to_owned(), "next".to_owned()));
    for kind in ["respondBy", "next", "closeDate"] {
        assert!(all.iter().any(|(_, found)| found == kind), "{kind}: {all:?}");
    }
    assert!(kinds(&["--days", "1"]).iter().all(|(on, _)| on.as_str() <= "2026-11-22"));
    assert_eq!(kinds(&["--days", "2", "owner:ana"]), [("2026-11-23".to_owned(), "next".to_owned())]);
    assert!(kinds(&["--days", "2", "-owner:ana"]).contains(&all[0]));
    let table = cli.run(&["agenda", "--days", "2"]).done();
    assert!(table.lines().nth(1).unwrap().starts_with("2026-11-20 overdue   3  다시 묻기"), "{table}");
    let closes = || {
        let items = cli.run(&["agenda", "--days", "365", "--json"]).json();
        items.as_array().unwrap().iter().any(|item| item["id"] == 1 && item["kind"] == "closeDate")
    };
    assert!(closes());
    cli.run(&["win", "1"]).done();
    assert!(!closes(), "what is archived is closed");
    let filtered = cli.run(&["agenda", "zzzz"]).err;
    assert!(filtered.starts_with("Nothing that passes the filter is to be done"), "{filtered}");
    assert!(Cli::new().run(&["agenda"]).err.starts_with("Nothing is to be done in the next 30 days, and nothing is overdue."));
    assert_eq!(cli.run(&["agenda", "--days", "many"]).code, 2);
}

#[test]
fn the_agenda_goes_into_a_calendar_file_that_is_written_again_and_no_other() {
    let cli = busy();
    let path = cli.path("agenda.ics");
    let file = path.to_str().unwrap();
    let said = cli.run(&["agenda", "--ics", file, "--days", "2"]).done();
    assert_eq!(said, format!("{file}: 2 entries.\n"));
    let text = std::fs::read_to_string(&path).unwrap();
    let unfolded = text.replace("\r\n ", "");
    assert!(
        unfolded.contains("\r\nDTSTART;VALUE=DATE:20261123\r\n")
            && unfolded.contains("SUMMARY:Call Ana\\; then\\, mail: ERP 마이그레이션\r\n")
    );
    assert!(unfolded.contains("UID:0b7e5a10-0000-4000-8000-000000000001-next@cosell\r\n"), "{text}");
    assert_eq!(cli.run(&["agenda", "--ics", file, "--days", "400", "--json"]).json()["file"], file);
    let whole = std::fs::read_to_string(&path).unwrap();
    assert!(whole.contains("\r\nSUMMARY:Answer: ") && whole.contains("Z\r\nSUMMARY:Answer"), "{whole}");
    let other = cli.file("mine.ics", "BEGIN:VCALENDAR\r\n");
    let refused = cli.run(&["agenda", "--ics", &other]).failed(3);
    assert!(refused.contains("is no calendar of cosell in a plain file. It was not touched."), "{refused}");
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "BEGIN:VCALENDAR\r\n");
    let nowhere = cli.path("nowhere/agenda.ics");
    assert_eq!(cli.run(&["agenda", "--ics", nowhere.to_str().unwrap()]).code, 1);
}

#[test]
fn a_note_from_standard_input_that_is_too_long_or_no_text_is_refused_whole() {
    let cli = two();
    let said = cli.piped(&["note", "1", "-"], &"가".repeat(200_000));
    assert!(said.code == 3 && said.err.contains("longer than"), "{said:?}");
    assert_eq!(shown(&cli, "1")["log"], json!([]));
}

#[test]
fn an_owner_whose_address_alone_is_corrected_stays_the_owner() {
    let cli = two();
    cli.run(&["edit", "1", "owner=bo@p.example"]).done();
    let people = shown(&cli, "1")["employees"].as_array().unwrap().len();
    cli.run(&["edit", "1", "employee-=bo@p.example", "employee+=Bo;Lind;+1 425 555 0101;bo.lind@p.example"]).done();
    let after = shown(&cli, "1");
    assert_eq!((&after["owner"], after["employees"].as_array().unwrap().len()), (&json!("bo.lind@p.example"), people));
}

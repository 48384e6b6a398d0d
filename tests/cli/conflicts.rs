//! Conflicts, undo and the clock as a shell sees them: what is told, decided and taken back, by number and by uid.

use serde_json::{Value, json};

use crate::support::cli::{Cli, THREE};

const UID: &str = "1c8f6b20-0000-4000-8000-000000000003";

/// Both sides change name and CRM id of the third.
fn conflicting() -> Cli {
    let cli = Cli::with(THREE);
    cli.run(&["edit", "3", "name=우리 이름", "crm-id=OURS"]).done();
    let theirs = THREE.replace(
        r#""createdDateTime":"2026-10-01T03:00:00Z","name":"販売管理クラウド化""#,
        r#""createdDateTime":"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-20T03:00:00Z","name":"先方の名前","externalReferenceId":"THEIRS""#,
    );
    let file = cli.file("theirs.json", theirs);
    cli.run(&["import", &file]).done();
    cli
}

fn show(cli: &Cli, id: &str) -> Value {
    cli.run(&["show", id, "--json"]).json()
}

#[test]
fn what_both_sides_changed_is_listed_with_who_and_when() {
    let cli = conflicting();
    let told = cli.run(&["conflicts", "--json"]).json();
    assert_eq!((&told[0]["id"], &told[0]["uid"]), (&json!(3), &json!(UID)));
    let name = json!({ "field": "deal.name", "ours": "우리 이름", "theirs": "先方の名前", "from": "center", "at": "2026-11-20T03:00:00Z" });
    assert!(told[0]["conflicts"].as_array().unwrap().contains(&name), "{told}");
    assert!(show(&cli, "3")["conflicts"].as_array().unwrap().contains(&name));
    let ran = cli.run(&["conflicts"]);
    assert!(ran.out.contains("yours 우리 이름, theirs 先方の名前") && ran.err.contains("cosell resolve"), "{ran:?}");
    assert_eq!(cli.run(&["list", "conflict:yes", "--json"]).json().as_array().unwrap().len(), 1);
    assert_eq!(cli.run(&["list", "-conflict:yes", "--json"]).json().as_array().unwrap().len(), 2);
}

#[test]
fn ours_stays_and_nobody_asks_again() {
    let cli = conflicting();
    cli.run(&["resolve", "3", "--ours"]).done();
    let deal = show(&cli, "3");
    assert_eq!((&deal["deal"]["name"], deal.get("conflicts"), &deal["waiting"]), (&json!("우리 이름"), None, &json!(true)));
    let again = cli.path("theirs.json");
    cli.run(&["import", again.to_str().unwrap()]).done();
    assert!(cli.run(&["conflicts"]).err.contains("both sides agree"));
    assert!(cli.run(&["undo"]).err.contains("theirs.json, changed nothing"), "the import is not what is taken back");
    cli.run(&["undo"]).done();
    assert_ne!(cli.run(&["conflicts", "--json"]).json(), json!([]), "one undo");
}

#[test]
fn the_history_tells_when_a_conflict_came_up_and_how_it_ended() {
    let cli = conflicting();
    let newest = |cli: &Cli| cli.run(&["history", "3", "--limit", "1"]).done();
    let told = newest(&cli);
    assert!(told.contains("Deal name: theirs is 先方の名前, to be decided") && told.contains("theirs is THEIRS"), "{told}");
    let json = &cli.run(&["history", "3", "--limit", "1", "--json"]).json()[0]["conflicts"];
    assert!(
        json.as_array().unwrap().contains(&json!({ "field": "deal.crmId", "became": "raised", "theirs": "THEIRS" })),
        "{json}"
    );
    cli.run(&["resolve", "3", "name", "--ours"]).done();
    assert!(newest(&cli).contains("Deal name: yours stays"), "{}", newest(&cli));
    cli.run(&["resolve", "3", "--theirs"]).done();
    let told = newest(&cli);
    assert!(told.contains("THEIRS") && !told.contains("decided"), "{told}");
    cli.run(&["undo"]).done();
    assert!(newest(&cli).contains("theirs is THEIRS, to be decided"), "{}", newest(&cli));
    for _ in 0..2 {
        cli.run(&["undo"]).done();
    }
    assert!(newest(&cli).contains("nothing is to be decided any more"), "{}", newest(&cli));
}

#[test]
fn the_history_tells_what_changed_of_columns_that_are_not_modelled() {
    let cli = Cli::with(THREE);
    let text = THREE.replace(
        r#""createdDateTime":"2026-10-01T03:00:00Z","#,
        r#""createdDateTime":"2026-10-01T03:00:00Z","territory":"Kansai","#,
    );
    assert_ne!(text, THREE);
    let file = cli.file("more.json", text);
    cli.run(&["import", &file]).done();
    let told = cli.run(&["history", "3", "--limit", "1"]).done();
    assert!(told.contains("territory") && told.contains("Kansai"), "{told}");
}

#[test]
fn theirs_is_taken_field_by_field_and_what_is_wrong_is_told() {
    let cli = conflicting();
    let errors = cli.run(&["resolve", "3", "nmae", "--theirs", "--json"]).errors();
    assert_eq!(errors, [(String::new(), "unknown-field".to_owned())]);
    assert!(cli.run(&["resolve", "3", "value", "--theirs"]).failed(3).contains("nothing to decide"));
    cli.run(&["resolve", "3"]).failed(2);
    cli.run(&["resolve", "3", "--ours", "--theirs"]).failed(2);
    cli.run(&["resolve", "3", "name", "--theirs"]).done();
    let deal = show(&cli, "3");
    assert_eq!((&deal["deal"]["name"], &deal["deal"]["crmId"]), (&json!("先方の名前"), &json!("OURS")));
    cli.run(&["resolve", "3", "--theirs"]).done();
    assert_eq!((&show(&cli, "3")["deal"]["crmId"], &show(&cli, "3")["waiting"]), (&json!("THEIRS"), &json!(false)));
    assert!(cli.run(&["resolve", "3", "--theirs"]).failed(3).contains("nothing to decide"));
}

#[test]
fn every_id_takes_a_uid_or_its_beginning() {
    let cli = Cli::with(THREE);
    for given in [UID, "1c8f6b20", "1C8F"] {
        assert_eq!(show(&cli, given)["id"], 3, "{given}");
    }
    let new = ["new", "--customer", "한빛정밀", "--name", "ERP", "--value", "1000", "--currency", "USD", "--close", "2026-12-31"];
    let rest = ["--employee", "민준;김;+82 2-555-0101;m@p.example", "--solution", "SOL-1", "--country", "KR", "--json"];
    let made = cli.run(&[&new[..], &rest[..]].concat()).json();
    let uid = made["uid"].as_str().unwrap();
    assert_eq!(uid.len(), 36);
    let edited = cli.run(&["edit", &uid[..13], "name=ERP 2"]);
    assert_eq!(edited.code, 0, "{edited:?}");
    assert!(edited.err.contains("is 4 ERP (한빛정밀)"), "{}", edited.err);
    assert_eq!(show(&cli, uid)["deal"]["name"], "ERP 2");
}

#[test]
fn a_digits_only_beginning_with_a_zero_never_hits_another_opportunity() {
    let both = THREE
        .replace("0b7e5a10-0000-4000-8000-000000000001", "0123abcd-0000-4000-8000-000000000001")
        .replace("0b7e5a10-0000-4000-8000-000000000002", "12345678-0000-4000-8000-000000000002");
    let cli = Cli::with(&both);
    assert_eq!(show(&cli, "0123")["id"], 1);
    assert!(cli.run(&["show", "03"]).failed(3).contains("03"), "no local number as typed");
}

#[test]
fn history_tells_undo_as_a_step_and_expiry_at_its_deadline() {
    let cli = Cli::with(THREE);
    cli.run(&["favorite", "3"]).done();
    cli.run(&["undo"]).done();
    let later = cli.at("2026-12-30T00:00:00Z");
    let told = later.run(&["history", "--json"]).json();
    let kinds: Vec<&str> = told.as_array().unwrap().iter().map(|step| step["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["expire", "expire", "undo", "favorite", "import"]);
    assert_eq!((&told[2]["reverts"], &told[3]["step"]), (&told[3]["step"], &told[2]["reverts"]));
    assert_eq!((&told[1]["at"], &told[1]["origin"]), (&json!("2026-11-24T03:00:00Z"), &json!("clock")));
    let text = later.run(&["history"]).done();
    assert!(text.contains("Undone: Marked “販売管理クラウド化” as favorite"), "{text}");
    assert_eq!(later.run(&["history", "1", "--json"]).json()[0]["what"], "lapsed");
}

#[test]
fn what_is_overdue_is_expired_for_who_may_only_look_too() {
    let cli = Cli::with(THREE);
    let later = cli.at("2026-12-30T00:00:00Z");
    assert_eq!(later.run(&["--read-only", "list", "stage:received", "--json"]).json(), json!([]));
    assert_eq!(later.run(&["--read-only", "list", "outcome:expired", "--json"]).json().as_array().unwrap().len(), 2);
    assert_eq!(later.run(&["--read-only", "show", "1", "--json"]).json()["archivedAt"], "2026-11-24T03:00:00Z");
    assert!(later.run(&["--read-only", "history", "1"]).done().contains("Expired"));
    let looked = later.run(&["--read-only", "history"]).done();
    let (first, steps) =
        (later.run(&["--read-only", "history", "--limit", "1"]).done(), later.run(&["--read-only", "history", "--json"]).json());
    assert_eq!(later.run(&["history"]).done(), looked, "the history tells it like everything else");
    assert_eq!(looked.lines().next(), first.lines().next());
    let written = later.run(&["history", "--json"]).json();
    for name in ["at", "kind", "origin", "count"] {
        assert_eq!(steps[0][name], written[0][name], "{name}");
        assert_eq!(steps[1][name], written[1][name], "{name}");
    }
}

#[test]
fn many_deadlines_that_are_over_are_one_step_for_who_may_only_look_as_for_who_writes() {
    let referral = |minute: u32| {
        format!(
            r#"{{"id":"r{minute}","status":"New","substatus":"Pending","direction":"Incoming","customerProfile":{{"name":"한빛"}},
               "createdDateTime":"2026-11-20T00:00:00Z","expirationDateTime":"2026-11-24T03:{minute:02}:00Z"}}"#
        )
    };
    let cli = Cli::with(&format!("[{}]", (0..60).map(referral).collect::<Vec<_>>().join(",")));
    let later = cli.at("2026-12-30T00:00:00Z");
    let looked = later.run(&["--read-only", "history"]).done();
    assert!(looked.starts_with("24 Nov 03:59  Expired 60 opportunities\n"), "{looked}");
    assert_eq!(later.run(&["history"]).done(), looked);
}

#[test]
fn one_look_with_the_year_2027_expires_nothing_for_good_and_a_clock_behind_is_told_once() {
    let cli = Cli::with(THREE);
    let ahead = cli.at("2027-11-25T00:00:00Z");
    assert_eq!(ahead.run(&["list", "stage:received", "--json"]).json(), json!([]));
    ahead.run(&["favorite", "3"]).done();
    let cli = ahead.at("2026-11-21T08:00:00Z");
    let ran = cli.run(&["list", "stage:received"]);
    assert!(ran.err.contains("This clock stands before the last step"), "{ran:?}");
    assert!(ran.out.contains("Northwind Traders") && ran.out.contains("ERP"), "{ran:?}");
    cli.run(&["list"]).done();
    let history = cli.run(&["history"]).done();
    assert!(history.contains("the clock had been ahead") && history.contains("Expired"), "{history}");
}

#[test]
fn an_older_record_is_told_and_changes_nothing() {
    let cli = Cli::with(THREE);
    let older = THREE.replace("ERP 마이그레이션", "옛 이름").replace("2026-11-12T03:00:00Z", "2026-11-11T03:00:00Z");
    let file = cli.file("older.json", older);
    let ran = cli.run(&["import", &file]);
    assert!(ran.out.contains("1 row is older than what is known"), "{ran:?}");
    assert_eq!(show(&cli, "1")["deal"]["name"], "ERP 마이그레이션");
    assert_eq!(cli.run(&["import", &file, "--dry-run", "--json"]).json()["rows"][0]["verdict"], "older");
}

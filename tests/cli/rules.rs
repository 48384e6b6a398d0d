//! Which opportunity is meant, what may be done to it when, and how arguments are read.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::support::cli::{Cli, THREE};

fn referral(id: &str, name: &str) -> Value {
    json!({
        "id": id, "status": "New", "substatus": "Pending", "direction": "Incoming", "name": name,
        "createdDateTime": "2026-11-15T00:00:00Z", "customerProfile": { "name": "Fabrikam" }
    })
}

fn with(referrals: &[Value]) -> Cli {
    Cli::with(&json!({ "value": referrals }).to_string())
}

fn shown(cli: &Cli, id: &str) -> Value {
    cli.run(&["show", id, "--json"]).json()
}

#[test]
fn digits_that_begin_with_a_zero_never_hit_another_opportunity() {
    let cli = with(&[referral("0123abcd-1", "Meant"), referral("12345678-2", "Other"), referral("0400ffff-3", "Third")]);
    let ran = cli.run(&["decline", "0123", "--reason", "budget"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.err, "“0123” is 1 Meant (Fabrikam).\n", "it is said which one that is");
    assert!(ran.out.contains("Declined: Meant (1)"), "{}", ran.out);
    assert_eq!(shown(&cli, "2")["stage"], "received");
    assert_eq!(shown(&cli, "0400")["deal"]["name"], "Third");
    assert_eq!(shown(&cli, "0400ffff-3")["id"], 3);
    assert!(cli.run(&["show", "0999999999999"]).failed(3).contains("0999999999999"));
    let quiet = cli.run(&["decline", "2", "--reason", "budget"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""), "a number says it by itself");
}

#[test]
fn a_beginning_that_fits_several_names_them() {
    let cli = with(&[referral("abcd0001", "First"), referral("abcd0002", "Second"), referral("abce0003", "Third")]);
    let said = cli.run(&["decline", "abcd", "--reason", "budget"]).failed(3);
    assert!(said.contains("1 First (Fabrikam); 2 Second (Fabrikam)") && !said.contains("Third"), "{said}");
    let many: Vec<Value> = (1..=9).map(|n| referral(&format!("beef000{n}"), &format!("No {n}"))).collect();
    let said = with(&many).run(&["accept", "beef"]).failed(3);
    assert!(said.contains("9 opportunities") && said.contains("5 No 5") && !said.contains("No 6"), "{said}");
}

#[test]
fn a_key_of_the_filter_without_a_value_is_wrong_usage_and_no_fault_of_the_database() {
    let cli = Cli::with(THREE);
    for key in ["customer", "solution", "employee", "sender", "campaign", "crm", "country", "stage", "tab", "type", "currency"] {
        for value in ["", ",", ",,", "、"] {
            let said = cli.run(&["list", &format!("{key}:{value}")]).failed(2);
            assert!(said.contains(key), "{key}:{value}: {said}");
        }
    }
}

#[test]
fn values_that_begin_with_a_hyphen_or_are_called_like_a_command_are_values() {
    let cli = Cli::with(THREE);
    let first = |arguments: &[&str]| cli.run(arguments).json()[0]["id"].clone();
    assert_eq!(first(&["list", "--json", "--sort", "-value", "tab:all"]), first(&["list", "--json", "--sort=-value"]));
    assert_eq!(cli.run(&["list", "--json", "-country:KR", "--sort", "-deal"]).json().as_array().unwrap().len(), 2);
    let said = cli.run(&["accept", "1", "--name", "list", "--notes", "-budget ok"]);
    assert_eq!(said.code, 0, "{said:?}");
    let deal = &shown(&cli, "1")["deal"];
    assert_eq!((&deal["name"], &deal["notes"]), (&json!("list"), &json!("-budget ok")));
}

#[test]
fn mg_56_help_is_asked_for_an_accepted_one_only() {
    let cli = Cli::with(THREE);
    let ask = |id: &str| {
        let contact = "Min;Kim;+82 2-555-0101;m@h.example";
        cli.run(&["ask-help", id, "--kind", "3", "--note", "n", "--contact", contact, "--consent"])
    };
    assert!(ask("2").failed(3).contains("Not accepted yet"));
    assert_eq!(shown(&cli, "2")["stage"], "received");
    assert_eq!(ask("3").code, 0);
}

#[test]
fn a_private_deal_becomes_partner_led_one_way() {
    let cli = Cli::with(THREE);
    assert!(cli.run(&["edit", "3", "type=coSell"]).failed(3).contains("partnerLed"));
    assert!(cli.run(&["edit", "3", "share=yes", "name=Other"]).failed(3).contains("together"));
    assert!(cli.run(&["edit", "3", "type=partnerLed"]).done().contains("partner-led"));
    let deal = shown(&cli, "3");
    assert_eq!((&deal["type"], &deal["waiting"]), (&json!("partnerLed"), &json!(true)));
    assert!(cli.run(&["edit", "3", "share=yes"]).failed(3).contains("Only a private deal"));
    cli.run(&["undo"]).done();
    assert_eq!(shown(&cli, "3")["type"], "privatePipeline");
    cli.run(&["edit", "3", "share=yes"]).done();
    assert_eq!(shown(&cli, "3")["type"], "partnerLed");
}

#[test]
fn mg_65_the_rep_sets_the_true_deadline_and_an_imported_one_wins_over_it() {
    let cli = with(&[json!({
        "id": "a1", "status": "New", "substatus": "Pending", "direction": "Incoming", "customerProfile": { "name": "Fabrikam" }
    })]);
    assert_eq!(shown(&cli, "1")["respondByKnown"], false);
    cli.run(&["edit", "1", "respond-by=2026-11-25 17:00"]).done();
    let set = shown(&cli, "1");
    assert_eq!((&set["respondBy"], &set["respondByKnown"]), (&json!("2026-11-25T08:00:00Z"), &json!(true)));
    assert_eq!(set["waiting"], false, "nothing for Partner Center");
    cli.run(&["undo"]).done();
    assert_eq!(shown(&cli, "1")["respondByKnown"], false);
    cli.run(&["edit", "1", "respond-by=2026-11-25"]).done();
    assert_eq!(shown(&cli, "1")["respondBy"], "2026-11-25T14:59:00Z", "a bare day ends it");
    let again = cli.file(
        "again.json",
        json!({
            "id": "a1", "status": "New", "substatus": "Pending", "direction": "Incoming", "name": "Named",
            "customerProfile": { "name": "Fabrikam" }
        })
        .to_string(),
    );
    cli.run(&["import", &again]).done();
    assert_eq!(shown(&cli, "1")["respondBy"], "2026-11-25T14:59:00Z", "a file that does not know takes nothing away");
    let told = cli.file("told.json", json!({
        "id": "a1", "status": "New", "substatus": "Pending", "direction": "Incoming", "customerProfile": { "name": "Fabrikam" },
        "expirationDateTime": "2026-11-28T00:00:00Z"
    }).to_string());
    cli.run(&["import", &told]).done();
    assert_eq!(shown(&cli, "1")["respondBy"], "2026-11-28T00:00:00Z");
    for wrong in ["respond-by=soon", "respond-by=", "respond-by+=2026-11-25"] {
        cli.run(&["edit", "1", wrong]).failed(3);
    }
    assert!(Cli::with(THREE).run(&["edit", "3", "respond-by=2026-11-25"]).failed(3).contains("Already accepted"));
}

/// A deal that lacks nothing.
const DEAL: [&str; 17] = [
    "new",
    "--customer",
    "Fabrikam",
    "--country",
    "US",
    "--name",
    "Deal",
    "--value",
    "5",
    "--currency",
    "USD",
    "--close",
    "2026-12-31",
    "--employee",
    "Ana;Reyes;+1 425 555 0100;ana@p.example",
    "--solution",
    "SOL-1",
];

#[test]
fn an_assessment_is_won_only_once_it_was_presented() {
    let cli = Cli::new();
    let made = cli.run(&[&DEAL[..], &["--assessment"]].concat());
    assert_eq!(made.code, 0, "{made:?}");
    assert!(cli.run(&["win", "1"]).failed(3).contains("80 %"));
    assert_eq!(shown(&cli, "1")["stage"], "accepted");
    cli.run(&["edit", "1", "sales-stage=80"]).done();
    assert_eq!(cli.run(&["win", "1"]).code, 0);
}

#[test]
fn mg_30_a_partly_known_contact_is_enough_where_no_help_is_asked() {
    let cli = Cli::new();
    let new = |contact: &str, more: &[&str]| cli.run(&[&DEAL[..], &["--contact", contact], more].concat());
    assert_eq!(new("Min;Kim;;", &[]).code, 0);
    let contact = &shown(&cli, "1")["customer"]["contact"];
    assert_eq!((&contact["firstName"], &contact["lastName"]), (&json!("Min"), &json!("Kim")));
    assert!(new("Min;Kim;;nowhere", &[]).failed(3).contains("nowhere"), "what is given is checked");
    let said = new("Min;Kim;;", &["--kind", "3", "--note", "n", "--consent"]).failed(3);
    assert!(said.to_lowercase().contains("phone"), "{said}");
}

#[test]
fn a_mark_that_changes_nothing_is_no_step() {
    let cli = Cli::with(THREE);
    cli.run(&["favorite", "1"]).done();
    assert!(cli.run(&["favorite", "1"]).done().contains("A favorite already"));
    assert!(cli.run(&["favorite", "--off", "3"]).done().contains("No favorite before either"));
    assert_eq!(cli.run(&["favorite", "2", "2", "2"]).done().lines().count(), 1);
    cli.run(&["undo"]).done();
    cli.run(&["favorite", "--off", "3"]).done();
    assert_eq!(shown(&cli, "2")["favorite"], false);
    cli.run(&["redo"]).done();
    assert_eq!(shown(&cli, "2")["favorite"], true, "what changes nothing ends no redo");
}

#[test]
fn nothing_is_claimed_of_what_was_not_asked_for() {
    let cli = Cli::with(THREE);
    assert_eq!(cli.run(&["history", "--limit", "0"]).done(), "");
    assert_eq!(cli.run(&["list", "--limit", "0"]).done(), "");
    let said = cli.run(&["solutions", "add", "SOL-1 X", "--name", "A", "--owner", "mine"]).failed(3);
    assert!(said.contains("SOL-1 X"), "{said}");
}

#[test]
fn people_who_are_added_by_two_programs_at_once_are_all_there() {
    let cli = Arc::new(Cli::with(THREE));
    cli.run(&["accept", "1", "--employee", "Ana;Reyes;+1 425 555 0100;ana@p.example"]).done();
    let threads: Vec<_> = (0..2)
        .map(|program| {
            let home = cli.path("data/cosell.db");
            std::thread::spawn(move || {
                let mut cli = Cli::new();
                cli.variables.insert("COSELL_DB".into(), home.display().to_string());
                for n in 0..8 {
                    let person = format!("employee+=Rep;No{program}{n};+1 425 555 01{program}{n};rep{program}{n}@p.example");
                    let ran = cli.run(&["edit", "1", &person]);
                    assert_eq!(ran.code, 0, "{ran:?}");
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(shown(&cli, "1")["employees"].as_array().unwrap().len(), 17);
}

#[test]
fn what_ran_out_by_a_deadline_that_was_counted_says_that_only_the_latest_day_is_known() {
    let cli = with(&[json!({
        "id": "a1", "status": "New", "substatus": "Pending", "direction": "Incoming", "customerProfile": { "name": "Fabrikam" }
    })]);
    let cli = cli.at("2027-01-20T08:00:00Z");
    let deal = shown(&cli, "1");
    assert_eq!(
        (&deal["outcome"], &deal["respondByKnown"], &deal["archivedAtKnown"]),
        (&json!("expired"), &json!(false), &json!(false))
    );
    assert!(cli.run(&["show", "1"]).done().contains("days or longer"), "{}", cli.run(&["show", "1"]).done());
    let review = cli.run(&["review", "--since", "2026-11-01"]).done();
    assert!(review.contains("Expired, day not known"), "{review}");
}

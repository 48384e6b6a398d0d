//! The statements of the source document about tabs and stages that no other test names, each shown on the commands.

use serde_json::{Value, json};

use crate::support::cli::{Cli, THREE};

fn shown(cli: &Cli, id: &str) -> Value {
    cli.run(&["show", id, "--json"]).json()
}

/// Ids of a list, in the order of the ids.
fn ids(cli: &Cli, arguments: &[&str]) -> Vec<i64> {
    let listed = cli.run(&[&["list", "--json"], arguments].concat()).json();
    let mut ids: Vec<i64> = listed.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn mg_15_outbound_holds_what_we_made_and_mg_16_both_of_its_categories() {
    let asked = THREE.replacen(r#""type":"Independent""#, r#""type":"Shared""#, 1).replace("1c8f6b20", "2d8f6b20");
    let cli = Cli::with(THREE);
    let file = cli.file("asked.json", asked.replace("0b7e5a10", "3e7e5a10"));
    cli.run(&["import", &file]).done();
    let outbound = cli.run(&["list", "--tab", "outbound", "--json"]).json();
    let mut kinds: Vec<&str> = outbound.as_array().unwrap().iter().map(|row| row["type"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["coSell", "privatePipeline"]);
    assert!(outbound.as_array().unwrap().iter().all(|row| row["sender"].is_null()));
}

#[test]
fn mg_17_favorites_lists_what_is_marked_in_either_tab() {
    let cli = Cli::with(THREE);
    cli.run(&["favorite", "1", "3"]).done();
    assert_eq!(ids(&cli, &["--tab", "favorites"]), [1, 3]);
    assert_eq!((ids(&cli, &["--tab", "inbound"]), ids(&cli, &["--tab", "outbound"])), (vec![1, 2], vec![3]), "MG-21");
}

#[test]
fn mg_53_the_stages_are_three_and_mg_75_every_way_ends_in_archived() {
    let cli = Cli::with(THREE);
    let stage = |id: &str| (shown(&cli, id)["stage"].clone(), shown(&cli, id)["outcome"].clone());
    assert_eq!(stage("1"), (json!("received"), Value::Null));
    cli.run(&["accept", "1"]).done();
    assert_eq!(stage("1"), (json!("accepted"), Value::Null));
    cli.run(&["win", "1"]).done();
    assert_eq!(stage("1"), (json!("archived"), json!("won")));
    cli.run(&["lose", "3", "--reason", "budget"]).done();
    assert_eq!(stage("3"), (json!("archived"), json!("lost")));
    let late = cli.at("2026-12-20T08:00:00+09:00");
    assert_eq!(shown(&late, "2")["outcome"], "expired", "who is not answered ends there too");
    assert_eq!(ids(&late, &["stage:archived"]), [1, 2, 3], "MG-76");
}

#[test]
fn mg_54_received_holds_what_microsoft_and_what_other_partners_sent() {
    let cli = Cli::with(THREE);
    let senders: Vec<Value> = ["1", "2"].iter().map(|id| shown(&cli, id)["sender"]["kind"].clone()).collect();
    assert_eq!(senders, ["microsoft", "partner"]);
    assert_eq!(ids(&cli, &["stage:received"]), [1, 2]);
}

#[test]
fn mg_59_crm_id_and_employees_and_mg_60_campaign_are_ours_to_give_or_leave() {
    let cli = Cli::with(THREE);
    let people = [
        "--employee",
        "하은;최;+82 2-555-0102;haeun@partner.example",
        "--employee",
        "Ana;Reyes;+1 425 555 0100;ana@partner.example",
    ];
    cli.run(&[&["accept", "1", "--crm-id", "OPP-7", "--campaign-id", "봄-2027"], &people[..]].concat()).done();
    let accepted = shown(&cli, "1");
    assert_eq!((&accepted["deal"]["crmId"], &accepted["deal"]["campaignId"]), (&json!("OPP-7"), &json!("봄-2027")));
    assert_eq!(accepted["employees"].as_array().unwrap().len(), 2);
    cli.run(&["undo"]).done();
    cli.run(&["accept", "1"]).done();
    assert!(shown(&cli, "1")["deal"]["crmId"].is_null() && shown(&cli, "1")["deal"]["campaignId"].is_null());
}

#[test]
fn mg_62_what_was_entered_on_acceptance_finds_the_deal_later() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1", "--name", "스마트 공장", "--notes", "두 번째 라인", "--campaign-id", "spring-27"]).done();
    for words in ["스마트", "라인", "campaign:spring-27", "value:>80m stage:accepted country:KR"] {
        let words: Vec<&str> = words.split(' ').collect();
        assert_eq!(ids(&cli, &words), [1], "{words:?}");
    }
}

#[test]
fn mg_67_an_accepted_deal_stays_open_until_its_outcome_is_reported() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1"]).done();
    let years_later = cli.at("2029-01-01T00:00:00Z");
    assert_eq!(shown(&years_later, "1")["stage"], "accepted", "nothing expires that was answered");
    years_later.run(&["accept", "1"]).failed(3);
    years_later.run(&["decline", "1", "--reason", "budget"]).failed(3);
    years_later.run(&["win", "1"]).done();
}

#[test]
fn mg_68_to_mg_70_details_people_and_solutions_follow_partner_center_and_mg_77_an_import_never_revives_what_is_archived() {
    let cli = Cli::with(THREE);
    let later = |cli: &Cli, name: &str, round: u32| {
        let changed = THREE
            .replace("販売管理クラウド化", name)
            .replace(r#""dealValue":"9800000""#, &format!(r#""dealValue":"{}""#, 5_000_000 + round))
            .replace(r#""closingDateTime":"2027-02-26T00:00:00Z"}"#, r#""closingDateTime":"2027-03-31T00:00:00Z","notes":"稟議中",
                "requirements":{"solutions":[{"id":"SOL-9-XYZ"}]}},"callbackUrl":null,
                "team":[{"firstName":"遥","lastName":"長谷部","phoneNumber":"+81 3-5550-0101","email":"haruka@partner.example"}]"#)
            .replace("2026-10-01T03:00:00Z", &format!(r#"2026-10-01T03:00:00Z","updatedDateTime":"2026-11-2{round}T03:00:00Z"#));
        let file = cli.file(&format!("later{round}.json"), changed);
        cli.run(&["import", &file]).done()
    };
    later(&cli, "販売管理の刷新", 1);
    let deal = shown(&cli, "3");
    assert_eq!(deal["deal"]["name"], "販売管理の刷新", "{deal}");
    assert_eq!((&deal["deal"]["value"], &deal["deal"]["closeDate"]), (&json!("5000001"), &json!("2027-03-31")));
    assert_eq!((&deal["deal"]["notes"], &deal["solutions"][0]["id"]), (&json!("稟議中"), &json!("SOL-9-XYZ")));
    assert_eq!(deal["employees"][0]["email"], "haruka@partner.example", "MG-69");
    cli.run(&["win", "3"]).done();
    later(&cli, "さらに別の名前", 2);
    let archived = shown(&cli, "3");
    assert_eq!((&archived["stage"], &archived["outcome"]), (&json!("archived"), &json!("won")), "Active in the file, won here");
    assert_eq!(archived["deal"]["name"], "さらに別の名前", "what Partner Center knows of it is still kept up");
    for command in [&["win", "3"][..], &["accept", "3"], &["lose", "3", "--reason", "budget"]] {
        cli.run(command).failed(3);
    }
}

#[test]
fn mg_74_that_microsoft_reviews_a_registration_is_told_with_won() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1"]).done();
    let told = cli.run(&["win", "1"]).done();
    assert!(told.contains("registered in Partner Center") && told.contains("Microsoft reviews it"), "{told}");
    let private = cli.run(&["win", "3"]).done();
    assert!(!private.contains("registered"), "a private pipeline deal is not registered: {private}");
}

#[test]
fn mg_65_the_history_dates_an_expiry_at_its_deadline_not_when_it_was_noticed() {
    let cli = Cli::with(THREE).at("2026-12-20T08:00:00+09:00");
    let history = cli.run(&["history", "1"]).done();
    assert!(history.starts_with("24 Nov 12:00  Expired"), "{history}");
}

#[test]
fn sender_partner_finds_what_partners_sent_and_sender_microsoft_what_microsoft_did() {
    let cli = Cli::with(THREE);
    assert_eq!((ids(&cli, &["sender:partner"]), ids(&cli, &["sender:microsoft"])), (vec![2], vec![1]));
}

#[test]
fn the_history_in_json_has_times_as_everywhere_else() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1"]).done();
    let history = cli.run(&["history", "1", "--json"]).json();
    let change = &history[0]["changes"][0];
    assert_eq!(
        (&change["new"]["stage"], &change["new"]["since"]),
        (&json!("accepted"), &json!("2026-11-20T23:00:00Z")),
        "{change}"
    );
    assert_eq!(change["old"]["respondBy"]["at"], "2026-11-24T03:00:00Z");
}

#[test]
fn mg_72_mg_82_what_a_deal_came_to_is_told_when_it_is_won_or_lost() {
    let cli = Cli::with(THREE);
    let unanswered = cli.run(&["win", "1", "--value", "lots"]).failed(3);
    assert!(!unanswered.contains("lots"), "first of all it is not accepted: {unanswered}");
    let refused = cli.run(&["win", "3", "--value", "lots", "--close", "soon"]).failed(3);
    assert!(refused.contains("lots") && refused.contains("soon"), "{refused}");
    cli.run(&["win", "3", "--value", "9.9m", "--close", "2026-11-20"]).done();
    let won = cli.run(&["show", "3", "--json"]).json();
    assert_eq!((won["deal"]["value"].as_str(), won["deal"]["closeDate"].as_str()), (Some("9900000"), Some("2026-11-20")));
    assert_eq!(won["outcome"], "won");
    cli.run(&["undo"]).done();
    cli.run(&["lose", "3", "--reason", "2", "--close", "2026-11-19"]).done();
    assert_eq!(cli.run(&["show", "3", "--json"]).json()["deal"]["closeDate"], "2026-11-19");
    cli.run(&["undo"]).done();
    assert_eq!(cli.run(&["show", "3", "--json"]).json()["deal"]["value"], "9800000");
}

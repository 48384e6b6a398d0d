//! `accept`, `decline`, `win`, `lose`, `favorite`, `undo`, `redo`, `history`, `show`.

use serde_json::{Value, json};

use crate::support::cli::{Cli, THREE};

fn show(cli: &Cli, id: &str) -> Value {
    cli.run(&["show", id, "--json"]).json()
}

#[test]
fn the_json_of_an_opportunity_has_exactly_the_agreed_shape() {
    let cli = Cli::with(THREE);
    let one = show(&cli, "1");
    assert_eq!(
        one,
        json!({
            "id": 1, "uid": "0b7e5a10-0000-4000-8000-000000000001",
            "referralId": "0b7e5a10-0000-4000-8000-000000000001", "engagementId": "e1",
            "direction": "inbound", "type": "coSell", "stage": "received", "outcome": null, "reason": null,
            "sender": { "kind": "microsoft", "organization": "Microsoft", "person": null, "contact": null, "message": "담당자와 이야기 나눴습니다" },
            "receivedAt": "2026-11-10T03:00:00Z", "respondBy": "2026-11-24T03:00:00Z", "respondByKnown": true,
            "acceptedAt": null, "archivedAt": null, "archivedAtKnown": true, "createdAt": "2026-11-10T03:00:00Z", "updatedAt": "2026-11-12T03:00:00Z",
            "firstSeenAt": "2026-11-20T23:00:00Z", "microsoftStatus": null, "closingNote": null,
            "extra": { "inviteContext": { "invitedBy": { "organizationId": "msft", "organizationName": "Microsoft" } } },
            "favorite": false, "waiting": false,
            "deal": { "name": "ERP 마이그레이션", "value": "84000000", "currency": "KRW", "closeDate": "2026-12-18", "salesStage": null,
                      "crmId": null, "campaignId": null, "notes": "온프레미스에서 이전" },
            "customer": { "name": "한빛정밀 주식회사", "duns": "081466849",
                          "address": { "line1": "27-29", "line2": null, "city": "서울", "state": null, "postalCode": "04524", "country": "KR" },
                          "contact": { "firstName": "민준", "lastName": "김", "phone": "+82 2-555-0101", "email": "minjun@hanbit.example" } },
            "employees": [],
            "solutions": [ { "id": "SOL-34104-EBB", "name": "ERP Cloud", "owner": "unknown" } ],
            "help": null, "owner": null, "next": null, "log": []
        })
    );
}

#[test]
fn mg_57_to_61_accept_takes_what_is_given_and_keeps_what_came() {
    let cli = Cli::with(THREE);
    let said = cli
        .run(&[
            "accept",
            "1",
            "--value",
            "90m",
            "--close",
            "+30d",
            "--notes",
            "wants a pilot",
            "--crm-id",
            "C-1",
            "--campaign-id",
            "spring",
            "--employee",
            "Ana;Reyes;+1 425 555 0100;ana@p.example",
        ])
        .done();
    assert!(said.starts_with("Accepted: ERP 마이그레이션 (1)."), "{said}");
    let one = show(&cli, "1");
    assert_eq!(one["stage"], "accepted");
    assert_eq!(one["acceptedAt"], "2026-11-20T23:00:00Z");
    assert_eq!(one["waiting"], true);
    assert_eq!(one["deal"]["name"], "ERP 마이그레이션");
    assert_eq!((&one["deal"]["value"], &one["deal"]["currency"]), (&json!("90000000"), &json!("KRW")));
    assert_eq!(one["deal"]["closeDate"], "2026-12-21");
    assert_eq!((&one["deal"]["crmId"], &one["deal"]["campaignId"]), (&json!("C-1"), &json!("spring")));
    assert_eq!(one["employees"][0]["email"], "ana@p.example");
}

#[test]
fn all_complaints_come_at_once_and_nothing_is_changed() {
    let cli = Cli::with(THREE);
    let before = show(&cli, "2");
    let ran = cli.run(&["accept", "2", "--value", "abc", "--close", "31.13.", "--employee", "Kim", "--json"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    let fields: Vec<String> = ran.errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["deal.name", "deal.value", "deal.currency", "deal.closeDate", "employees[0]"]);
    assert_eq!(show(&cli, "2"), before);
    let text = cli.run(&["accept", "2", "--value", "abc"]).failed(3);
    assert!(text.contains("Value: “abc” is not an amount.\n  For example"), "{text}");
}

#[test]
fn mg_63_mg_64_decline_needs_a_reason_by_word_or_number() {
    let cli = Cli::with(THREE);
    assert_eq!(cli.run(&["decline", "1", "--json"]).errors(), [("reason".into(), "missing".into())]);
    assert_eq!(cli.run(&["decline", "1", "--reason", "9", "--json"]).errors(), [("reason".into(), "unknown-reason".into())]);
    assert_eq!(cli.run(&["decline", "1", "--reason", "other", "--json"]).errors(), [("notes".into(), "needs-note".into())]);
    cli.run(&["decline", "1", "--reason", "6", "--notes", "they start in June"]).done();
    let one = show(&cli, "1");
    assert_eq!((&one["stage"], &one["outcome"], &one["reason"]), (&json!("archived"), &json!("declined"), &json!("timeline")));
    assert!(cli.run(&["accept", "1"]).failed(3).contains("Declined"), "MG-77");
}

#[test]
fn mg_72_win_and_lose_close_what_was_accepted() {
    let cli = Cli::with(THREE);
    assert!(cli.run(&["win", "1"]).failed(3).contains("Not accepted yet"));
    cli.run(&["win", "3"]).done();
    assert_eq!(show(&cli, "3")["outcome"], "won");
    cli.run(&["undo"]).done();
    cli.run(&["lose", "3", "--reason", "other-vendor"]).done();
    let three = show(&cli, "3");
    assert_eq!(
        (&three["outcome"], &three["reason"], &three["archivedAt"]),
        (&json!("lost"), &json!("other-vendor"), &json!("2026-11-20T23:00:00Z"))
    );
}

#[test]
fn mg_65_what_nobody_answered_expires_at_its_deadline_when_the_store_is_next_opened() {
    let cli = Cli::with(THREE).at("2027-03-01T00:00:00Z");
    let one = show(&cli, "1");
    assert_eq!((&one["outcome"], &one["archivedAt"]), (&json!("expired"), &json!("2026-11-24T03:00:00Z")));
    assert_eq!(show(&cli, "2")["archivedAt"], "2026-12-02T03:00:00Z", "14 days after it was created");
    assert!(cli.run(&["history"]).done().contains("Expired"));
    assert_eq!(show(&cli, "3")["stage"], "accepted", "only received ones expire");
}

#[test]
fn mg_66_the_days_to_respond_are_a_setting() {
    let cli = Cli::new();
    std::fs::create_dir_all(cli.path("config")).unwrap();
    cli.file("config/config.toml", "response-days = 21\n");
    let file = cli.file("start.json", THREE);
    cli.run(&["import", &file]).done();
    assert_eq!(show(&cli, "2")["respondBy"], "2026-12-09T03:00:00Z");
    assert_eq!(show(&cli, "1")["respondBy"], "2026-11-24T03:00:00Z", "what Partner Center says wins");
}

#[test]
fn mg_19_mg_20_favorites_go_on_and_off_in_every_stage() {
    let cli = Cli::with(THREE);
    cli.run(&["decline", "2", "--reason", "budget"]).done();
    cli.run(&["favorite", "1", "2", "3"]).done();
    assert_eq!(cli.run(&["list", "--tab", "favorites", "--json"]).json().as_array().unwrap().len(), 3);
    cli.run(&["favorite", "2", "--off"]).done();
    assert_eq!(show(&cli, "2")["favorite"], false);
    assert_eq!(show(&cli, "1")["stage"], "received", "MG-21: a mark moves nothing");
    assert!(cli.run(&["favorite", "1", "99"]).failed(3).contains("no opportunity 99"));
}

#[test]
fn undo_and_redo_say_what_they_did_and_end_with_a_refusal() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1"]).done();
    assert_eq!(cli.run(&["undo"]).done(), "Undone: Accepted “ERP 마이그레이션”.\n");
    assert_eq!(show(&cli, "1")["stage"], "received");
    assert_eq!(cli.run(&["redo"]).done(), "Done again: Accepted “ERP 마이그레이션”.\n");
    cli.run(&["undo"]).done();
    assert_eq!(cli.run(&["undo"]).done(), "Undone: Imported start.json (3 opportunities).\n");
    cli.run(&["undo"]).failed(3);
    assert!(cli.run(&["list"]).err.contains("cosell import"));
}

#[test]
fn history_tells_every_change_with_old_and_new() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1", "--value", "90m"]).done();
    let said = cli.run(&["history", "1"]).done();
    assert!(said.contains("Value: ₩ 84,000,000 → ₩ 90,000,000"), "{said}");
    assert!(said.contains("Stage: Received → Accepted"), "{said}");
    assert!(said.contains("Made by this import"), "{said}");
    let entries = cli.run(&["history", "1", "--json"]).json();
    assert_eq!(entries[0]["kind"], "accept");
    assert!(entries[0]["changes"].as_array().unwrap().iter().any(|c| c["field"] == "deal.value" && c["old"] == "84000000 KRW"));
}

#[test]
fn an_opportunity_is_named_by_number_id_or_a_unique_beginning_of_it() {
    let cli = Cli::with(THREE);
    for name in ["3", "1c8f6b20-0000-4000-8000-000000000003", "1c8f"] {
        assert_eq!(show(&cli, name)["id"], 3, "{name}");
    }
    let said = cli.run(&["show", "0b7e"]).failed(3);
    assert!(said.contains("0b7e"), "{said}");
    assert!(cli.run(&["show", "ffff"]).failed(3).contains("ffff"));
}

#[test]
fn a_database_that_is_only_read_is_not_changed() {
    let cli = Cli::with(THREE);
    assert!(cli.run(&["--read-only", "accept", "1"]).failed(1).contains("read"));
    assert_eq!(show(&cli, "1")["stage"], "received");
}

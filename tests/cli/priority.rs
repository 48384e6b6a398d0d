//! What to do next as commands: `list --sort priority` and `why`.

use serde_json::Value;

use crate::support::cli::{Cli, THREE};

fn listed(cli: &Cli, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["list", "--json", "--sort", "priority"];
    all.extend(arguments);
    cli.run(&all).json().as_array().unwrap().clone()
}

fn points(one: &Value) -> u64 {
    one["priority"]["points"].as_u64().unwrap()
}

#[test]
fn the_list_stands_by_points_and_json_tells_them_term_by_term() {
    let cli = Cli::with(THREE);
    let all = listed(&cli, &[]);
    assert_eq!(all.len(), 3);
    assert!(all.windows(2).all(|pair| points(&pair[0]) >= points(&pair[1])), "{all:?}");
    for one in &all {
        let terms = one["priority"]["terms"].as_array().unwrap();
        let codes: Vec<&str> = terms.iter().map(|term| term["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["time", "value", "age", "missing", "follow-up", "won-before"]);
        assert_eq!(terms.iter().map(|term| term["points"].as_u64().unwrap()).sum::<u64>(), points(one));
    }
    let reversed: Vec<Value> = all.iter().rev().map(|one| one["id"].clone()).collect();
    let back: Vec<Value> = cli.run(&["list", "--json", "--sort", "-priority"]).json().as_array().unwrap().clone();
    assert_eq!(back.iter().map(|one| one["id"].clone()).collect::<Vec<_>>(), reversed);
    assert!(cli.run(&["list", "--json"]).json()[0].get("priority").is_none(), "only where it is asked for");
}

#[test]
fn why_tells_each_reason_with_its_points_and_its_place() {
    let cli = Cli::with(THREE);
    cli.run(&["next", "1", "전화", "--on", "2026-11-20"]).done();
    let said = cli.run(&["why", "1"]).done();
    assert!(said.contains(" points: place 1 of 2 in Inbound\n"), "{said}");
    assert!(said.contains("  +80  the next step was due yesterday\n"), "{said}");
    assert!(said.contains("answer due in 3d 04h"), "{said}");
    let told = cli.run(&["why", "1", "--json"]).json();
    let first = listed(&cli, &[]).into_iter().find(|one| one["id"] == 1).unwrap();
    assert_eq!((&told["id"], points(&told)), (&first["id"], points(&first)));
    assert_eq!((told["place"]["place"].as_u64(), told["place"]["of"].as_u64()), (Some(1), Some(2)));
    let follow_up = &told["priority"]["terms"][4];
    assert_eq!((follow_up["code"].as_str(), follow_up["points"].as_u64()), (Some("follow-up"), Some(80)));
    assert_eq!(follow_up["message"], "the next step was due yesterday");
}

#[test]
fn what_is_archived_has_no_priority_and_says_so() {
    let cli = Cli::with(THREE);
    cli.run(&["decline", "2", "--reason", "budget"]).done();
    assert!(cli.run(&["why", "2"]).done().contains("It is archived: nothing is to be done next about it"));
    let told = cli.run(&["why", "2", "--json"]).json();
    assert!(told["priority"].is_null() && told["place"].is_null());
    let all = listed(&cli, &[]);
    assert_eq!((all[2]["id"].as_u64(), all[2]["priority"].is_null()), (Some(2), true), "it comes last");
    cli.run(&["why", "99"]).failed(3);
}

#[test]
fn weights_are_a_setting_and_what_is_wrong_with_them_is_named() {
    let cli = Cli::with(THREE);
    assert_eq!(
        cli.run(&["config", "set", "priority-weights", "time 20, age 0"]).done(),
        "priority-weights is time 20, value 6, age 0, missing 3, follow-up 8, won-before 4 now.\n"
    );
    let codes: Vec<String> = listed(&cli, &[])[0]["priority"]["terms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|term| term["code"].as_str().unwrap().to_owned())
        .collect();
    assert!(!codes.contains(&"age".to_owned()), "a weight of nothing leaves the reason out: {codes:?}");
    assert_eq!(cli.run(&["config", "--json"]).json()["priorityWeights"]["time"], 20);
    let said = cli.run(&["config", "set", "priority-weights", "time 20, speed 5"]).failed(3);
    assert!(said.contains("speed 5") && said.contains("follow-up and won-before"), "{said}");
    for wrong in ["priority-weights = \"time 200\"\n", "priority-weights = [10, 20]\n"] {
        let file = cli.file("wrong.toml", wrong);
        let said = cli.run(&["--config", &file, "list"]).failed(1);
        assert!(said.contains("priority-weights") && said.contains("0 to 100"), "{said}");
    }
}

#[test]
fn a_past_day_is_listed_by_what_was_to_be_done_next_then() {
    let mut cli = Cli::with(THREE);
    let order = |cli: &Cli, arguments: &[&str]| -> Vec<u64> {
        let mut all = vec!["list", "--json", "--sort", "priority"];
        all.extend(arguments);
        cli.run(&all).json().as_array().unwrap().iter().map(|one| one["id"].as_u64().unwrap()).collect()
    };
    let then = order(&cli, &[]);
    cli = cli.at("2026-11-23T08:00:00Z");
    cli.run(&["decline", &then[0].to_string(), "--reason", "budget"]).done();
    assert_eq!(order(&cli, &["--as-of", "2026-11-21"]), then);
    assert_ne!(order(&cli, &[]), then);
}

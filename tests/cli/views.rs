//! `views` and `list --view`: saved views by their names, in filters too, and what is said where there is none.

use serde_json::json;

use crate::support::cli::{Cli, THREE};

fn ids(cli: &Cli, arguments: &[&str]) -> Vec<u64> {
    let all: Vec<&str> = ["list", "--json"].into_iter().chain(arguments.iter().copied()).collect();
    cli.run(&all).json().as_array().unwrap().iter().map(|one| one["id"].as_u64().unwrap()).collect()
}

fn with_me(cli: Cli) -> Cli {
    std::fs::create_dir_all(cli.path("config")).unwrap();
    cli.file("config/config.toml", "[me]\nfirst-name = \"민준\"\nlast-name = \"김\"\nemail = \"minjun@p.example\"\n");
    cli
}

#[test]
fn some_views_are_there_to_begin_with_and_what_each_holds_is_listed() {
    let cli = with_me(Cli::new());
    let listed = cli.run(&["views"]).done();
    assert_eq!(
        listed.lines().map(str::trim_end).collect::<Vec<_>>(),
        [
            "Name            Filter                               Sort       Tab      Stages  Note",
            "due this week   due:this-week                        time-left  inbound  open    built in",
            "mine            owner:me                             time-left  all      open    built in",
            "won this month  outcome:won archived:this-month      changed    all      open    built in",
            "stalled         stage:accepted changed:>30d next:no  -changed   all      open    built in",
        ]
    );
    assert!(!cli.path("data/cosell.db").exists(), "looking makes no database");
    let all = cli.run(&["views", "--json"]).json();
    assert_eq!(
        all[1],
        json!({ "name": "mine", "filter": "owner:me", "sort": "time-left", "tab": "all", "stages": "open", "columns": null,
                "builtIn": true, "wrong": null })
    );
}

#[test]
fn a_view_lists_what_it_keeps_narrowed_by_words_and_overruled_by_flags() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1"]).done();
    cli.run(&["win", "1"]).done();
    cli.run(&["accept", "2", "--name", "Azure", "--close", "2027-01-31", "--value", "5", "--currency", "USD"]);
    assert_eq!(ids(&cli, &["--view", "won this month"]), [1], "the filter says which stages are shown");
    assert_eq!(ids(&cli, &["--view", "WON-this-month", "country:JP"]), Vec::<u64>::new());
    let said = cli.run(&["views", "keep", "아시아 딜", "country:KR,JP", "--sort", "-value", "--tab", "outbound"]).done();
    assert_eq!(said, "Kept as view “아시아 딜”.\n");
    assert_eq!(ids(&cli, &["--view", "아시아 딜"]), [3]);
    assert_eq!(ids(&cli, &["--view", "아시아-딜", "--tab", "all"]), [3, 1], "smallest first");
    assert_eq!(ids(&cli, &["--view", "아시아 딜", "--tab", "all", "--sort", "value"]), [1, 3]);
    assert_eq!(ids(&cli, &["--view", "아시아 딜", "--tab", "all", "stage:archived"]), [1]);
    assert_eq!(ids(&cli, &["view:아시아 딜", "--sort", "deal"]).len(), 2, "in a filter it is what it filters by");
    assert_eq!(ids(&cli, &["view:아시아-딜", "-view:won-this-month"]), [3]);
    assert_eq!(ids(&cli, &["-view:아시아-딜"]), [2]);
    cli.run(&["views", "keep", "out", "tab:outbound"]).done();
    assert_eq!(ids(&cli, &["--view", "out", "--tab", "inbound"]).len(), 2, "a flag goes before what the view says");
    let agenda = cli.run(&["agenda", "view:out", "--days", "300", "--json"]).json();
    assert!(agenda.as_array().unwrap().iter().all(|item| item["id"] == 3) && agenda[0]["id"] == 3, "{agenda}");
}

#[test]
fn views_are_kept_replaced_and_removed_and_a_built_in_one_comes_back() {
    let cli = with_me(Cli::with(THREE));
    let first = cli.run(&["views", "keep", "big", "value:>1m", "--json"]).json();
    assert_eq!((&first["filter"], &first["tab"], &first["builtIn"]), (&json!("value:>1m"), &json!(null), &json!(false)));
    assert_eq!(
        cli.run(&["views", "keep", "BIG", "-country:KR", "value:>2m"]).done(),
        "Kept as view “BIG”; it replaces the one before.\n"
    );
    let said = cli.run(&["views", "keep", "mine", "owner:me", "country:KR"]).done();
    assert!(said.contains("comes back"), "{said}");
    let all = cli.run(&["views", "--json"]).json();
    let names: Vec<&str> = all.as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["BIG", "mine", "due this week", "won this month", "stalled"]);
    assert_eq!((&all[0]["filter"], &all[1]["builtIn"]), (&json!("-country:KR value:>2m"), &json!(false)));
    assert_eq!(cli.run(&["views", "remove", "Mine"]).done(), "Removed the view “mine”; the built-in one is back.\n");
    assert_eq!(cli.run(&["views", "remove", "big", "--json"]).json(), json!({ "removed": "BIG" }));
    assert_eq!(cli.run(&["views", "--json"]).json().as_array().unwrap().len(), 4);
    assert!(cli.run(&["views", "remove", "mine"]).failed(3).contains("built in"));
    assert!(cli.run(&["views", "remove", "stalld"]).failed(3).contains("Did you mean “stalled”?"));
    assert!(cli.run(&["history"]).done().lines().count() < 4, "no step");
}

#[test]
fn removing_a_view_says_which_others_no_longer_work() {
    let cli = Cli::with(THREE);
    for arguments in
        [&["kr", "country:KR"][..], &["big kr", "view:kr", "value:>1m"], &["erp", "-view:big-kr"], &["jp", "country:JP"]]
    {
        cli.run(&[&["views", "keep"], arguments].concat()).done();
    }
    assert_eq!(cli.run(&["views", "remove", "jp"]).done(), "Removed the view “jp”.\n");
    let said = cli.run(&["views", "remove", "kr"]).done();
    assert_eq!(said, "Removed the view “kr”. Views that name it and do not work without it: big kr, erp.\n");
    cli.run(&["views", "keep", "kr", "country:KR"]).done();
    assert_eq!(cli.run(&["views", "remove", "kr", "--json"]).json(), json!({ "removed": "kr", "broken": ["big kr", "erp"] }));
}

#[test]
fn an_unknown_view_says_which_there_are_and_which_was_meant() {
    let cli = Cli::with(THREE);
    for arguments in
        [&["list", "--view", "won this moth"][..], &["list", "view:won-this-moth"], &["agenda", "view:won-this-moth"]]
    {
        let said = cli.run(arguments).failed(2);
        assert!(said.contains("Did you mean “won this month”?") && said.contains("stalled"), "{said}");
    }
    assert!(cli.run(&["list", "--view", "zzz"]).failed(2).contains("There is no view “zzz”."));
    assert_eq!(cli.run(&["list", "--view", "zzz", "--json"]).errors(), [("view".into(), "filter".into())]);
}

#[test]
fn what_makes_no_sense_is_not_kept_and_says_why() {
    let cli = Cli::with(THREE);
    for (arguments, code, said) in [
        (&["x", "colour:red"][..], 2, "View “x”: There is no key “colour”."),
        (&["x", "view:x"], 2, "leads back to itself"),
        (&["x", "--sort", "price"], 2, "price"),
        (&["x", "--tab", "here"], 2, "here"),
        (&["\"\""], 3, "Name is missing."),
        (&["mine2", "view:mine"], 2, "View “mine”: owner:me: nothing says who you are."),
    ] {
        let all: Vec<&str> = ["views", "keep"].into_iter().chain(arguments.iter().copied()).collect();
        let err = cli.run(&all).failed(code);
        assert!(err.contains(said), "{arguments:?}: {err}");
    }
    cli.run(&["views", "keep", "a", "country:KR"]).done();
    cli.run(&["views", "keep", "b", "view:a"]).done();
    let circle = cli.run(&["views", "keep", "a", "view:b"]).failed(2);
    assert!(circle.contains("The view “a” leads back to itself."), "{circle}");
    assert!(cli.run(&["--read-only", "views", "keep", "c"]).failed(1).contains("reading only"));
    assert_eq!(ids(&cli, &["--view", "b"]), [1]);
}

#[test]
fn what_a_hand_wrote_wrong_is_named_and_the_others_go_on() {
    let cli = with_me(Cli::with(THREE));
    let write = |text: &str| {
        let database = rusqlite::Connection::open(cli.path("data/cosell.db")).unwrap();
        database.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('views', ?)", [text]).unwrap();
    };
    write(
        r#"[{"name": "odd", "filter": "colour:red"}, {"name": "한국", "filter": "country:KR", "sort": "price"},
              {"name": "a", "filter": "view:b"}, {"name": "b", "filter": "view:a"}, {"name": "good", "columns": "deal,value"}]"#,
    );
    let ran = cli.run(&["views"]);
    assert_eq!(ran.code, 0);
    for said in ["View “odd”: There is no key “colour”.", "View “한국”: “price” is no order.", "“a” leads back", "“b” leads back"]
    {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    assert!(cli.run(&["list", "--view", "한국"]).failed(2).contains("“price” is no order."));
    assert!(cli.run(&["list", "view:odd"]).failed(2).contains("View “odd”: There is no key “colour”."));
    assert!(cli.run(&["list", "view:a"]).failed(2).contains("leads back to itself"));
    assert_eq!(ids(&cli, &["view:한국"]), [1], "its filter reads");
    cli.run(&["views", "keep", "good", "erp"]).done();
    assert_eq!(cli.run(&["views", "--json"]).json()[4]["columns"], "deal,value", "what it does not say stays");
    write("{");
    let said = cli.run(&["views"]).failed(1);
    assert!(said.contains("saved views in the database are not understood"), "{said}");
    assert!(cli.run(&["views", "keep", "x"]).failed(1).contains("not understood"), "nothing is written over it");
    assert_eq!(ids(&cli, &[]).len(), 3);
}

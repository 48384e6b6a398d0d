//! `cosell export --all` and its way back: what one machine kept, another one keeps just so.

use crate::support::cli::Cli;

/// A home in which all kinds of things were done.
fn lived_in() -> Cli {
    let cli = Cli::with(
        r#"[{"id":"0b7e5a10-0000-4000-8000-000000000001","status":"New","substatus":"Pending","direction":"Incoming",
          "createdDateTime":"2026-11-19T03:00:00Z","updatedDateTime":"2026-11-20T03:00:00Z","name":"ERP 마이그레이션","odd":{"kept":[1,2]},
          "customerProfile":{"name":"한빛정밀 주식회사","address":{"country":"KR"}},"details":{"dealValue":84000000,"currency":"KRW",
          "closingDateTime":"2026-12-18T00:00:00Z"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}},
         {"id":"0b7e5a10-0000-4000-8000-000000000002","status":"New","substatus":"Pending","direction":"Incoming",
          "createdDateTime":"2026-11-18T03:00:00Z","updatedDateTime":"2026-11-20T03:00:00Z","name":"Rollout",
          "customerProfile":{"name":"Contoso","address":{"country":"US"}},"details":{"dealValue":5000,"currency":"USD",
          "closingDateTime":"2026-12-20T00:00:00Z"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}}]"#,
    );
    for arguments in [
        &["decline", "2", "--reason", "budget", "--notes", "later \"perhaps\""][..],
        &["favorite", "1"],
        &["note", "1", "called; \u{202e}odd"],
        &["next", "1", "call Kim", "--on", "2026-12-01"],
        &["views", "keep", "Korea", "country:KR"],
        &["rates", "add", "2026-11-20", "USD", "KRW", "1400"],
    ] {
        let ran = cli.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
    }
    cli
}

#[test]
fn everything_goes_into_one_file_and_is_there_again_elsewhere() {
    let (one, other) = (lived_in(), Cli::new());
    let file = one.path("everything.json");
    let named = file.to_str().unwrap();
    let said = one.run(&["export", "--all", "-o", named]).done();
    assert_eq!(said, format!("Everything is in {named}: 2 deals with their history, and all that is kept beside them.\n"));
    assert_eq!(
        other.run(&["import", named, "--dry-run"]).done(),
        "2 deals would be here again with their history, and all that was kept beside them.\n"
    );
    let said = other.run(&["import", named]).done();
    assert_eq!(said, "Everything is here again: 2 deals with their history, and all that was kept beside them.\n");
    let again = other.path("again.json");
    other.run(&["export", "--all", "-o", again.to_str().unwrap()]).done();
    assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(&again).unwrap(), "byte by byte");
    for arguments in [
        &["list", "--json"][..],
        &["list", "--view", "Korea"],
        &["show", "1", "--json"],
        &["history", "--json"],
        &["history", "2"],
        &["review", "--json"],
        &["rates"],
        &["views"],
        &["agenda"],
        &["undo"],
        &["undo"],
        &["redo"],
        &["list", "--json"],
        &["doctor"],
    ] {
        let (here, there) = (one.run(arguments), other.run(arguments));
        let plain = |text: &str, cli: &Cli| text.replace(cli.home.path().to_str().unwrap(), "HOME");
        assert_eq!(here.code, there.code, "{arguments:?}: {there:?}");
        if arguments != ["doctor"] {
            assert_eq!(plain(&here.out, &one), plain(&there.out, &other), "{arguments:?}");
        }
    }
}

#[test]
fn it_is_refused_where_something_is_held_or_the_file_is_not_whole() {
    let one = lived_in();
    let file = one.path("everything.json");
    let named = file.to_str().unwrap();
    one.run(&["export", "--all", "-o", named]).done();
    let said = one.run(&["import", named]).failed(3);
    assert!(said.contains("holds something already. Nothing was changed.") && said.contains("--db"), "{said}");
    let said = one.run(&["export", "--all", "-o", named]).failed(3);
    assert!(said.contains("is there already"), "{said}");
    let text = std::fs::read_to_string(&file).unwrap();
    let other = Cli::new();
    let newer = other.file("newer.json", text.replace("\"format\":1", "\"format\":99"));
    assert!(other.run(&["import", &newer]).failed(3).contains("was written by a newer version of cosell"));
    let half = other.file("half.json", &text.as_bytes()[..text.len() / 2]);
    assert!(other.run(&["import", &half]).failed(3).contains("is not whole"));
    assert_eq!(other.run(&["list", "--json"]).done(), "[]\n");
    for (arguments, said) in [
        (&["export", "--all"][..], "--output"),
        (&["export", "--all", "-o", "x.csv"], "Everything goes into one JSON file."),
        (&["export", "--all", "-o", "x.json", "--format", "xlsx"], "Everything goes into one JSON file."),
        (&["export", "--all", "country:KR", "-o", "x.json"], "do not go together"),
    ] {
        let error = other.run(arguments).failed(2);
        assert!(error.contains(said), "{arguments:?}: {error}");
    }
}

//! `cosell explain`: what the documents say of a topic, with document, date and number, on any day.

use crate::support::cli::Cli;

#[test]
fn a_field_is_explained_with_document_date_and_number() {
    let cli = Cli::new();
    let said = cli.run(&["explain", "deal.value"]).done();
    assert!(said.starts_with("Estimated value · field.deal.value\n  MG-35  The estimated value is required"), "{said}");
    assert!(said.contains("\n           Manage co-sell opportunities, 2020-06-02\n"), "{said}");
    assert_eq!(said, cli.run(&["explain", "예상 값"]).done());
    assert_eq!(said, cli.run(&["explain", "estimated", "value"]).done());
    assert!(!cli.path("cosell.db").exists(), "nothing is opened for it");
}

#[test]
fn what_has_the_words_elsewhere_stands_below_the_topic_that_is_called_so() {
    for (words, topic, elsewhere) in [
        ("dynamics 365", "Connectors", "OV-30"),
        ("連絡人", "Customer's contact", "PE-27"),
        ("智慧財產", "Share of own IP", "PE-03"),
    ] {
        let cli = Cli::new();
        let said = cli.run(&["explain", words]).done();
        let (above, below) = said.split_once("What has these words elsewhere").unwrap();
        assert!(above.starts_with(topic) && below.contains(elsewhere), "{said}");
        let numbers = cli.run(&["explain", words, "--json"]).json();
        assert!(numbers.as_array().unwrap().iter().any(|one| one["number"] == elsewhere), "{numbers}");
    }
}

#[test]
fn a_reason_is_explained_by_its_code() {
    let said = Cli::new().run(&["explain", "no-response"]).done();
    assert!(said.contains("PC-36") && said.contains("the customer did not respond."), "{said}");
    assert!(said.contains("Partner Center, Bulk operations, 2021-02-03"), "{said}");
}

#[test]
fn where_a_later_document_says_otherwise_both_stand_there_with_their_dates() {
    let said = Cli::new().run(&["explain", "OV-31"]).done();
    let words: Vec<&str> = said.split_whitespace().collect();
    let said = words.join(" ");
    assert!(
        said.contains(
            "Co-sell overview, 2021-03-17; again 2021-04-15 Until 2021-07-13; from then on D-01 (Co-sell overview, 2021-07-13)."
        ),
        "{said}"
    );
    let said = Cli::new().run(&["explain", "badge"]).done();
    assert!(
        said.contains("PE-12") && said.contains("Until 2021-03-17; from then on OV-37 (Co-sell overview, 2021-03-17)."),
        "{said}"
    );
}

#[test]
fn the_day_decides_what_is_in_force_and_what_comes_first() {
    let cli = Cli::new();
    let found = |day: &str| {
        let json = cli.run(&["explain", "fee", "--as-of", day, "--json"]).json();
        let told =
            json.as_array().unwrap().iter().map(|one| (one["number"].as_str().unwrap().to_owned(), one["inForce"] == true));
        told.collect::<Vec<_>>()
    };
    let is = |number: &str, on: bool| (number.to_owned(), on);
    assert_eq!(found("2020-12-31")[..2], [is("PE-07", true), is("PE-08", true)]);
    assert_eq!(found("2021-07-12"), [is("OV-31", true), is("PE-07", false), is("PE-08", false), is("D-01", false)]);
    assert_eq!(found("2021-07-13"), [is("D-01", true), is("OV-31", false), is("PE-07", false), is("PE-08", false)]);
    let ahead = cli.run(&["explain", "OV-39", "--as-of", "2021-04-14"]).done();
    assert!(ahead.contains("Said only from 2021-04-15 on."), "{ahead}");
    cli.run(&["explain", "fee", "--as-of", "someday"]).failed(2);
}

#[test]
fn json_has_number_topic_text_document_and_days() {
    let json = Cli::new().run(&["explain", "MG-65", "--json"]).json();
    let one = &json[0];
    assert_eq!((&one["number"], &one["topic"]), (&"MG-65".into(), &"deadline".into()));
    assert_eq!((&one["document"], &one["date"]), (&"Manage co-sell opportunities".into(), &"2020-06-02".into()));
    assert_eq!((&one["from"], &one["until"]), (&"2020-06-02".into(), &serde_json::Value::Null));
    assert!(one["text"].as_str().unwrap().contains("14 days"));
}

#[test]
fn without_a_topic_all_topics_are_listed() {
    let cli = Cli::new();
    let said = cli.run(&["explain"]).done();
    assert!(said.contains("stage.received") && said.contains("Received"), "{said}");
    let json = cli.run(&["explain", "--json"]).json();
    assert!(json.as_array().unwrap().len() > 90 && json[0]["statements"].as_u64().unwrap() > 3);
}

#[test]
fn words_in_any_language_of_the_documents_find_statements() {
    for words in [&["문제", "종결"][..], &["共同販売の準備完了"], &["潜在顾客"], &["金級專長認證"], &["heart", "row"]]
    {
        let said = Cli::new().run(&[&["explain"], words].concat()).done();
        assert!(said.lines().count() > 2, "{words:?}: {said}");
    }
}

#[test]
fn what_nobody_speaks_of_is_refused_with_what_was_meant_perhaps() {
    let cli = Cli::new();
    let said = cli.run(&["explain", "regstration"]).failed(3);
    assert!(said.contains("Nothing is said of “regstration”.") && said.contains("Did you mean registration?"), "{said}");
    let said = cli.run(&["explain", "xyzzyplugh"]).failed(3);
    assert!(said.contains("cosell explain lists all topics"), "{said}");
    assert_eq!(cli.run(&["explain", "MG-99", "--json"]).errors()[0].1, "no-topic");
}

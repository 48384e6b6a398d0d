//! What columns and members of files mean, from the file to what `show --json` tells.

use serde_json::{Value, json};

use crate::support::cli::Cli;

const HEAD: &str = "Referral ID,Deal Name,Customer Name,Customer Address Line 1,Customer City,Customer Country,Partner Referral Status,\
                    Partner Referral Substatus,Microsoft Referral Status,Estimated Deal Value,Currency,Estimated Close Date,\
                    Microsoft help required?,What specific help from Microsoft?,Share with Microsoft sales team,Notes to Microsoft,\
                    Microsoft team member 1,Microsoft team member 2";
const SAM: &str = "\"Sam, Seller, 9999990779, sam@microsoft.example\"";
const LEE: &str = "\"Lee, Second, 9999990780, lee@microsoft.example\"";

/// A row: status, Microsoft's status, help, its number, share, the note, two sellers.
fn row(status: &str, end: &str) -> String {
    format!("{HEAD}\r\nr1,Deal,Contoso,1 Way,Boston,US,{status},1000,USD,12/31/2026,{end}\r\n")
}

fn imported(cli: &Cli, name: &str, text: impl AsRef<[u8]>, more: &[&str]) -> Value {
    let file = cli.file(name, text);
    let arguments: Vec<&str> = ["import", &file, "--json"].into_iter().chain(more.iter().copied()).collect();
    let ran = cli.run(&arguments);
    assert!(ran.err.is_empty(), "{ran:?}");
    ran.json()["files"][0].clone()
}

fn shown(cli: &Cli) -> Value {
    cli.run(&["show", "1", "--json"]).json()
}

fn extra<'a>(shown: &'a Value, name: &str) -> &'a Value {
    &shown["extra"][name]
}

#[test]
fn mg_15_our_own_deal_with_a_seller_on_it_stays_ours_with_its_help() {
    let text = row("Active,Accepted,Accepted", &format!("Yes,3,Yes,NOTE,{SAM},"));
    for (name, more) in [("a.csv", &["--tab", "outbound"][..]), ("ExportDeals_outboundCosell.csv", &[][..]), ("b.csv", &[][..])] {
        let cli = Cli::new();
        imported(&cli, name, &text, more);
        let deal = shown(&cli);
        assert_eq!((&deal["direction"], &deal["sender"]), (&json!("outbound"), &Value::Null), "{name}");
        assert_eq!((&deal["help"]["kind"], &deal["help"]["note"]), (&json!("ProofOfConceptOrDemo"), &json!("NOTE")), "{name}");
        assert!(extra(&deal, "Microsoft team member 1").as_str().unwrap().contains("sam@microsoft.example"), "{deal}");
        assert!(cli.run(&["list", "seller", "--json"]).out.contains("Contoso"), "the seller is found");
    }
}

#[test]
fn a_seller_who_comes_to_an_outbound_deal_already_held_is_kept_beside_it() {
    let cli = Cli::new();
    imported(&cli, "outbound.csv", row("Active,Accepted,", "Yes,3,Yes,NOTE,,"), &[]);
    imported(&cli, "next.csv", row("Active,Accepted,", &format!("No,,No,,{SAM},")), &[]);
    let deal = shown(&cli);
    assert_eq!(deal["direction"], "outbound");
    assert!(extra(&deal, "Microsoft team member 1").as_str().unwrap().contains("Sam"), "{deal}");
    imported(&cli, "gone.csv", row("Active,Accepted,", "No,,No,,,"), &[]);
    assert_eq!(extra(&shown(&cli), "Microsoft team member 1"), &Value::Null, "what is taken away there goes here");
}

#[test]
fn help_cells_that_are_no_request_of_ours_are_kept() {
    let cli = Cli::new();
    imported(&cli, "x.csv", row("Active,Accepted,", "No,3,No,NOTE,,"), &["--tab", "outbound"]);
    let deal = shown(&cli);
    assert_eq!(deal["help"], Value::Null);
    assert_eq!(
        (extra(&deal, "What specific help from Microsoft?"), extra(&deal, "Notes to Microsoft")),
        (&json!("3"), &json!("NOTE"))
    );
    let cli = Cli::new();
    imported(&cli, "x.csv", row("New,Received,", &format!("Yes,3,Yes,NOTE,{SAM},{LEE}")), &["--tab", "inbound"]);
    let deal = shown(&cli);
    for (name, value) in [
        ("Microsoft help required?", "Yes"),
        ("What specific help from Microsoft?", "3"),
        ("Notes to Microsoft", "NOTE"),
        ("Share with Microsoft sales team", "Yes"),
        ("Microsoft team member 2", "Lee, Second, 9999990780, lee@microsoft.example"),
    ] {
        assert_eq!(extra(&deal, name), &json!(value), "{deal}");
    }
    assert_eq!(deal["sender"]["person"], "Sam Seller");
    assert!(cli.run(&["show", "1"]).done().contains("lee@microsoft.example"));
    assert!(cli.run(&["list", "lee@microsoft.example", "--json"]).out.contains("Contoso"));
}

#[test]
fn the_tab_that_the_rep_gives_is_never_overruled_by_a_hint() {
    let record = r#"{"id":"r1","status":"New","substatus":"Pending","direction":"Incoming","customerProfile":{"name":"A"}}"#;
    for (name, text, tab, expected) in [
        ("a.csv", row("New,Received,", "No,,No,,,"), "outbound", "outbound"),
        ("b.csv", row("Active,Accepted,", "Yes,3,Yes,N,,"), "inbound", "inbound"),
        ("ExportDeals_inbound.csv", row("Active,Accepted,", "No,,No,,,"), "outbound", "outbound"),
        ("a.json", record.to_owned(), "outbound", "outbound"),
    ] {
        let cli = Cli::new();
        imported(&cli, name, text, &["--tab", tab]);
        assert_eq!(shown(&cli)["direction"], expected, "{name} {tab}");
    }
}

#[test]
fn who_invites_others_to_a_deal_of_its_own_has_made_it() {
    let record = |by: &str, direction: &str| {
        format!(
            r#"{{"id":"r1","organizationId":"0F0F","status":"Active","substatus":"Accepted",{direction}"customerProfile":{{"name":"A"}},
                "inviteContext":{{"notes":"note for all","assistanceRequestCode":"ProofOfConceptOrDemo","invitedBy":{{"organizationId":"{by}","organizationName":"Org"}}}}}}"#
        )
    };
    for (by, direction, expected) in
        [("0f0f", "", "outbound"), ("0f0f", r#""direction":"","#, "outbound"), ("7777", "", "inbound"), ("msft", "", "inbound")]
    {
        let cli = Cli::new();
        imported(&cli, "a.json", record(by, direction), &[]);
        let deal = shown(&cli);
        assert_eq!(deal["direction"], expected, "{by} {direction}");
        let text = cli.run(&["show", "1"]).done();
        assert!(text.contains("note for all"), "{text}");
    }
}

#[test]
fn a_row_of_a_template_is_a_new_deal_of_ours() {
    let cli = Cli::new();
    let text = row("New,Accepted,", "No,,No,,,").replace("\nr1,", "\n,");
    imported(&cli, "template.csv", &text, &[]);
    let deal = shown(&cli);
    assert_eq!(
        (&deal["direction"], &deal["stage"], &deal["waiting"], &deal["referralId"]),
        (&json!("outbound"), &json!("accepted"), &json!(true), &Value::Null),
        "{deal}"
    );
    assert_eq!(imported(&cli, "again.csv", &text, &[])["unchanged"], 1);
    let cli = Cli::new();
    imported(&cli, "template.csv", row("New,Accepted,", "No,,No,,,"), &[]);
    let deal = shown(&cli);
    assert_eq!((&deal["stage"], &deal["waiting"]), (&json!("accepted"), &json!(false)), "with an id Partner Center knows it");
}

#[test]
fn what_an_upload_needs_is_taken_as_it_is_with_a_remark() {
    let cli = Cli::new();
    let text = row("Closed,Lost,", "No,,No,,,").replace("Boston", "").replace("12/31/2026", "").replace("Deal,", ",");
    let file = cli.file("x.csv", &text);
    let ran = cli.run(&["import", &file]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(ran.out.contains("Customer City (1)") && ran.out.contains("Estimated Close Date (1)"), "{ran:?}");
    assert_eq!(shown(&cli)["deal"]["closeDate"], Value::Null);
    let without = text
        .replacen(",Microsoft team member 2", ",Consent to share Customer/Partner contact", 1)
        .replace("No,,No,,,\r\n", "No,,No,,,No\r\n");
    let ran = cli.run(&["import", "--dry-run", &cli.file("no.csv", without)]);
    assert!(ran.out.contains("  Consent to share Customer/Partner contact: none → No\n"), "{ran:?}");
    assert!(ran.out.contains("Consent to share Customer/Partner contact (1)"), "{ran:?}");
}

#[test]
fn rows_whose_trailing_empty_cells_are_missing_or_too_many_are_taken() {
    for end in ["No,,No", "No,,No,,,,,,,", "No"] {
        let cli = Cli::new();
        let told = imported(&cli, "x.csv", row("Active,Accepted,", end), &[]);
        assert_eq!((&told["new"], &told["refused"]), (&json!(1), &json!(0)), "{end}: {told}");
    }
    for end in ["No,,No,,,,surplus", "No,,No,\"one, \"\"swallowed\"\"\""] {
        let cli = Cli::new();
        let told = cli.run(&["import", &cli.file("x.csv", row("Active,Accepted,", end)), "--json"]).json();
        assert_eq!(told["files"][0]["refused"], 1, "{end}: {told}");
    }
}

const TEMPLATE: &str = "Referral ID,Deal Name,Partner Referral Status,Partner Referral Substatus,Microsoft Referral Status,\
    Microsoft Referral Substatus,Decline/Lost/Error reason,Estimated Deal Value,Currency,Estimated Close Date,Customer Name,\
    Customer D-U-N-S id,Microsoft help required?,What specific help from Microsoft ?,Created Date,Estimated ACR Value,Moodys Account Match 1\r\n";

#[test]
fn what_stands_under_an_empty_head_is_kept_and_what_is_too_long_to_keep_refuses_its_row() {
    let cli = Cli::new();
    let with = |head: &str, cell: &str| {
        row("Active,Accepted,", "No,,No,,,").replacen("2\r\n", &format!("2,,{head}\r\n"), 1).replacen(
            ",No,,,\r\n",
            &format!(",No,,,,하나,{cell}\r\n"),
            1,
        )
    };
    imported(&cli, "a.csv", with("Mood", "good"), &[]);
    let deal = shown(&cli);
    assert_eq!((extra(&deal, "Column 19"), extra(&deal, "Mood")), (&json!("하나"), &json!("good")), "{deal}");
    assert!(cli.run(&["list", "하나", "--json"]).out.contains("Contoso"));
    imported(&cli, "c.csv", with("Mood", "good").replace("하나", ""), &[]);
    assert_eq!(extra(&shown(&cli), "Column 19"), &Value::Null, "an empty cell takes away what stood there");
    let long = cli.file("b.csv", with("Mood", &"x".repeat(100_001)));
    let ran = cli.run(&["import", &long]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("line 2: Mood is longer") && ran.err.contains("100,000"), "{}", ran.err);
}

#[test]
fn a_cell_that_is_read_in_two_ways_is_complained_of_once() {
    let cli = Cli::new();
    let file = cli.file("x.csv", row("Active,Accepted,", &format!("No,,No,{},,", "x".repeat(100_001))));
    let ran = cli.run(&["import", &file]);
    assert_eq!((ran.code, ran.err.matches("Notes to Microsoft").count()), (3, 1), "{}", ran.err);
}

#[test]
fn the_template_that_moved_on_is_read_by_its_new_names() {
    let cli = Cli::new();
    let text = format!(
        "{TEMPLATE}r1,One,New,Received,,,,1000,USD,12/31/2026,Contoso,081466849,No,,11/18/2026,4500.5,Match A\r\n\
         r2,Two,Closed,Lost,Accepted,Active,3,1000,USD,12/31/2026,Fabrikam,,Yes,3,11/18/2026 10:30:00 AM,,\r\n"
    );
    let told = imported(&cli, "t.csv", text, &[]);
    assert_eq!((&told["new"], &told["unknownColumns"]), (&json!(2), &json!([])), "{told}");
    let one = shown(&cli);
    assert_eq!(
        (&one["createdAt"], &one["respondBy"], &one["respondByKnown"]),
        (&json!("2026-11-18T00:00:00Z"), &json!("2026-12-02T23:59:59Z"), &json!(false)),
        "a day is at most its end: {one}"
    );
    assert_eq!(
        (extra(&one, "Estimated ACR Value"), extra(&one, "Moodys Account Match 1")),
        (&json!("4500.5"), &json!("Match A"))
    );
    let two = cli.run(&["show", "2", "--json"]).json();
    assert_eq!(
        (&two["outcome"], &two["reason"], &two["help"]["kind"], &two["createdAt"]),
        (&json!("lost"), &json!("other-vendor"), &json!("ProofOfConceptOrDemo"), &json!("2026-11-18T10:30:00Z"))
    );
}

#[test]
fn a_bare_creation_day_is_that_day_in_new_york_and_in_seoul() {
    for now in ["2026-11-20T08:00:00-05:00", "2026-11-20T08:00:00+09:00"] {
        let cli = Cli::new().at(now);
        let text =
            format!("{TEMPLATE}r1,One,New,Received,,,,1000,USD,12/31/2026,Contoso,081466849,No,,11/18/2026,4500.5,Match A\r\n");
        imported(&cli, "t.csv", text, &[]);
        let told = cli.run(&["show", "1"]).done();
        assert!(told.lines().any(|line| line.ends_with(" 18 Nov")), "{told}");
        for (filter, found) in [("2026-11-18", 1), ("2026-11-17", 0), ("2026-11-19", 0), (">=2026-11-18", 1), ("<2026-11-18", 0)]
        {
            let rows = cli.run(&["list", &format!("received:{filter}"), "--json"]).json();
            assert_eq!(rows.as_array().unwrap().len(), found, "{filter} {now}");
            let looked = cli.run(&["list", &format!("received:{filter}"), "-favorite:yes", "-waiting:yes", "--json"]).json();
            assert_eq!(looked, rows, "{filter} {now}");
        }
    }
}

#[test]
fn insights_use_a_time_to_the_minute_and_a_day_at_most() {
    for (created, respond_by, known) in [
        ("11/07/2026", "2026-11-21T23:59:59Z", false),
        ("11/15/2026 10:30:00 AM", "2026-11-29T10:30:00Z", true),
        ("2026-11-15T10:30:00Z", "2026-11-29T10:30:00Z", true),
    ] {
        let cli = Cli::new();
        imported(&cli, "x.csv", row("New,Pending,", "No,,No,,,"), &[]);
        let insights = format!(
            "Referral ID\tReferral Creation Date\tDeal Direction\tSolution Name\r\nr1\t{created}\tIncoming\tERP Cloud\r\n"
        );
        imported(&cli, "i.tsv", insights, &[]);
        let deal = shown(&cli);
        assert_eq!(
            (&deal["stage"], &deal["respondBy"], &deal["respondByKnown"]),
            (&json!("received"), &json!(respond_by), &json!(known)),
            "{created}: {deal}"
        );
        assert_eq!(extra(&deal, "Solution Name"), "ERP Cloud");
        imported(&cli, "again.csv", row("New,Pending,", "No,,No,,,"), &[]);
        assert_eq!(shown(&cli)["respondBy"], respond_by, "and stays so");
    }
}

#[test]
fn a_close_date_stored_as_local_midnight_is_that_day() {
    for at in [
        "2027-06-29T15:00:00Z",
        "2027-06-29T18:30:00Z",
        "2027-06-29T23:00:00Z",
        "2027-06-30T00:00:00Z",
        "2027-06-30T00:00:00+09:00",
    ] {
        let cli = Cli::new();
        let record = format!(
            r#"{{"id":"r1","status":"Active","substatus":"Accepted","customerProfile":{{"name":"A"}},"details":{{"closingDateTime":"{at}"}}}}"#
        );
        imported(&cli, "a.json", record, &[]);
        assert_eq!(shown(&cli)["deal"]["closeDate"], "2027-06-30", "{at}");
    }
}

#[test]
fn a_file_whose_own_dates_have_the_day_first_is_read_so_and_else_it_is_told() {
    let close = |file: &[&str]| {
        let cli = Cli::new();
        let row =
            |(number, date): (usize, &&str)| format!("r{number},D,C{number},W,B,US,Active,Accepted,,1,USD,{date},No,,No,,,\r\n");
        let rows: String = file.iter().enumerate().map(row).collect();
        let told = imported(&cli, "d.csv", format!("{HEAD}\r\n{rows}"), &[]);
        (cli.run(&["show", "1", "--json"]).json()["deal"]["closeDate"].clone(), told["openDates"].clone())
    };
    assert_eq!(close(&["2/9/2027", "28/2/2027"]), (json!("2027-09-02"), json!(0)));
    assert_eq!(close(&["2/9/2027", "2/28/2027"]), (json!("2027-02-09"), json!(0)));
    assert_eq!(close(&["2/9/2027", "3/4/2027"]), (json!("2027-02-09"), json!(2)));
    assert_eq!(close(&["28-Feb-27"]), (json!("2027-02-28"), json!(0)));
}

#[test]
fn a_deadline_that_counts_from_the_first_look_goes_on_after_an_undo_and_the_same_import() {
    let cli = Cli::new();
    let text = row("New,Pending,", "No,,No,,,");
    imported(&cli, "x.csv", &text, &[]);
    let before = shown(&cli)["respondBy"].clone();
    cli.run(&["undo"]).done();
    let later = cli.at("2026-11-25T08:00:00+09:00");
    imported(&later, "x.csv", &text, &[]);
    let id = later.run(&["list", "--json"]).json()[0]["respondBy"].clone();
    assert_eq!(id, before);
}

#[test]
fn the_day_of_the_import_is_no_day_of_an_event() {
    let cli = Cli::new();
    imported(&cli, "x.csv", row("Closed,Won,", "No,,No,,,"), &[]);
    let deal = shown(&cli);
    for name in ["createdAt", "receivedAt", "acceptedAt", "archivedAt"] {
        assert_eq!(deal[name], Value::Null, "{name}: {deal}");
    }
    assert!(deal["firstSeenAt"].is_string());
    assert_eq!(cli.run(&["list", "received:today", "--json"]).out, "[]\n");
}

#[test]
fn what_the_api_tells_and_we_do_not_model_is_shown_and_found() {
    let cli = Cli::new();
    let record = r#"{"id":"r1","status":"Active","substatus":"Accepted","direction":"Outgoing","type":"Shared",
        "expirationDateTime":"2027-01-05T00:00:00Z",
        "customerProfile":{"name":"A","address":{"city":"Seoul","country":"KR","region":"Gangnam"},
          "ids":[{"profileType":"External","id":"EXT-4711"},{"profileType":"Duns","id":"081466849"}],
          "team":[{"firstName":"Min","lastName":"Kim","phoneNumber":"1","email":"m@x.example"},
                  {"firstName":"Joe","lastName":"Hansen","phoneNumber":"2","email":"joe@x.example"}]},
        "details":{"currency":"USD","requirements":{"solutions":[{"id":"SOL-1","publisherName":"Tailspin"}]}},
        "registrations":[{"id":"REG-9","status":"Approved"}],"newThing":{"deep":{"x":"fathom"}}}"#;
    imported(&cli, "a.json", record, &[]);
    let text = cli.run(&["show", "1"]).done();
    for (word, written) in [
        ("gangnam", "address region: Gangnam"),
        ("ext-4711", "EXT-4711"),
        ("hansen", "Hansen"),
        ("tailspin", "Tailspin"),
        ("approved", "Registrations 1 status: Approved"),
        ("fathom", "New thing deep x: fathom"),
    ] {
        assert!(text.contains(written), "{written}: {text}");
        assert_ne!(cli.run(&["list", word, "--json"]).out, "[]\n", "{word} is found");
    }
    let deal = shown(&cli);
    assert_eq!(deal["customer"]["contacts"][0]["lastName"], "Hansen");
    assert_eq!(deal["extra"]["expirationDateTime"], "2027-01-05T00:00:00Z");
    assert_eq!(deal["extra"]["details"]["currency"], "USD", "of a deal without a value");
}

#[test]
fn a_member_that_a_record_has_twice_with_two_values_refuses_it_and_the_others_are_taken() {
    let cli = Cli::new();
    let one = |id: u32, details: &str, more: &str| {
        format!(
            r#"{{"id":"6a1e2f3c-0000-4000-8000-00000000000{id}","name":"ERP {id}","status":"New","substatus":"Received","direction":"Incoming",
            "customerProfile":{{"name":"한빛"}},"details":{{{details}}}{more}}}"#
        )
    };
    let list = [
        one(1, r#""dealValue":100,"dealValue":200,"currency":"USD","closingDateTime":"never""#, ""),
        one(2, r#""dealValue":100,"dealValue":100,"currency":"USD""#, ""),
        one(3, "", r#","outlook":{"mood":"fine","mood":"grim"}"#),
    ];
    let file = cli.file("r.json", format!("[{}]", list.join(",")));
    let ran = cli.run(&["import", &file]);
    assert_eq!(ran.code, 4, "{ran:?}");
    for said in [
        "details.dealValue is in it twice, as “100” and as “200”.",
        "outlook.mood is in it twice, as “fine” and as “grim”.",
        "never",
    ] {
        assert!(ran.err.contains(said), "{said}: {ran:?}");
    }
    assert_eq!(cli.run(&["show", "1", "--json"]).json()["deal"]["name"], "ERP 2", "the same twice is one");
    // The file of what was refused has both: as it is, it is refused again.
    let again = cli.run(&["import", cli.path("r.refused.json").to_str().unwrap()]);
    let has_both = again.err.contains("details.dealValue is in it twice, as “100” and as “200”.");
    assert!(again.code == 3 && has_both && again.err.contains("outlook.mood is in it twice"), "{again:?}");
    // The answer of a flow is a text that holds them.
    let text = serde_json::to_string(&format!("[{}]", list[0])).unwrap();
    let file = cli.file("flow.json", format!(r#"{{"body":{text}}}"#));
    let ran = cli.run(&["import", &file]);
    assert!(ran.code == 3 && ran.err.contains("    record 1: details.dealValue is in it twice"), "{ran:?}");
    let both = format!(r#"{{"body":{},"body":{}}}"#, list[1], list[2]);
    let file = cli.file("bodies.json", both);
    assert_eq!(cli.run(&["import", &file]).code, 3, "of two answers of a flow none is taken");
    let file =
        cli.file("new.json", r#"{"deal":{"name":"A","value":"1","value":"2","currency":"USD"},"customer":{"name":"한빛"}}"#);
    assert!(cli.run(&["new", "--from", &file]).failed(3).contains("Value is in it twice, as “1” and as “2”."));
}

#[test]
fn a_price_keeps_its_currency_from_show_to_new() {
    let cli = Cli::new();
    let deal = json!({
        "deal": { "name": "ERP", "value": "1000", "currency": "EUR", "closeDate": "2026-12-31", "salesStage": 40 },
        "customer": { "name": "Contoso", "address": { "country": "US" } },
        "employees": [{ "firstName": "Ana", "lastName": "Reyes", "phone": "+1 425 555 0100", "email": "a@p.example" }],
        "solutions": [{ "id": "SOL-1", "price": "10", "currency": "USD", "quantity": 2 }],
        "favorite": true,
    });
    let made = cli.piped(&["new", "--from", "-", "--json"], &deal.to_string());
    assert_eq!(made.code, 0, "{made:?}");
    let made = made.json();
    assert_eq!((&made["deal"]["salesStage"], &made["favorite"]), (&json!(40), &json!(true)), "{made}");
    assert_eq!((&made["solutions"][0]["currency"], &made["solutions"][0]["price"]), (&json!("USD"), &json!("10.00")));
    let again = cli.piped(&["new", "--from", "-", "--json"], &shown(&cli).to_string());
    assert_eq!(again.code, 0, "{again:?}");
    let again = again.json();
    for member in ["deal", "customer", "employees", "solutions", "favorite", "type"] {
        assert_eq!(again[member], made[member], "{member}");
    }
}

#[test]
fn a_files_own_amounts_settle_what_one_cell_leaves_open_and_the_rest_is_told() {
    let values = |file: &[&str], currency: &str| {
        let cli = Cli::new();
        let row = |(number, value): (usize, &&str)| {
            format!("r{number},D,C{number},W,B,DE,Active,Accepted,,\"{value}\",{currency},12/31/2026,No,,No,,,\r\n")
        };
        let rows: String = file.iter().enumerate().map(row).collect();
        let told = imported(&cli, "d.csv", format!("{HEAD}\r\n{rows}"), &[]);
        let value = |number: usize| cli.run(&["show", &number.to_string(), "--json"]).json()["deal"]["value"].clone();
        ((1..=file.len()).map(value).collect::<Vec<_>>(), told["openAmounts"].clone())
    };
    let (german, open) = values(&["12.500", "1.250.000", "12.500,00", "12,500", "3.000", "4.500,5", "12.345"], "EUR");
    assert_eq!(german, ["12500.00", "1250000.00", "12500.00", "12500.00", "3000.00", "4500.50", "12345.00"].map(Value::from));
    assert_eq!(open, 0);
    assert_eq!(values(&["12.500"], "EUR"), (vec![json!("12500.00")], json!(1)), "nothing settles it: told");
    assert_eq!(values(&["12.500", "1.250,5"], "KWD").0, vec![json!("12500.000"), json!("1250.500")]);
}

//! `leads`: the download taken over, leads answered, changed, written back, read again, and made into deals.

use crate::support::cli::Cli;

const HEADS: &str = "Errors,Referral ID,Lead Name,Lead Type,Lead Source,Customer Name,Customer Country,Customer Contact Name,\
                     Customer Contact Email,Offer ID,Lead Status,Lead Substatus,Declined/Lost/Error reason,Estimated Lead Value,\
                     Lead Currency,Created Date,Notes,Heart";
const ROWS: [&str; 2] = [
    ",L-1,재고 관리,Marketing qualified lead,AppSource,한빛정밀 주식회사,South Korea,민준 김,m@hanbit.example,SOL-34104-EBB,New,Received,,\"1,250,000\",KRW,11/14/2026,데모 요청,yes",
    ",L-2,ERP,Sales qualified lead,Microsoft,Northwind,United States,Ana Silva,ana@northwind.example,,New,Received,,,,11/10/2026,,",
];

fn download(rows: &[&str]) -> String {
    format!("{HEADS}\r\n{}\r\n", rows.join("\r\n"))
}

fn with_leads() -> Cli {
    let cli = Cli::new();
    let file = cli.file("leads.csv", download(&ROWS));
    cli.run(&["import", &file]).done();
    cli
}

#[test]
fn mg_83_a_download_of_leads_comes_in_once_and_again_unchanged() {
    let cli = Cli::new();
    let wrong = ",L-3,X,,,,Atlantis,,,,New,,,much,USD,,,";
    let file = cli.file("leads.csv", download(&[ROWS[0], ROWS[1], wrong]));
    let ran = cli.run(&["import", &file, "--dry-run"]);
    assert!(ran.out.contains("2: new  재고 관리") && ran.out.contains("would be 2 new"), "{ran:?}");
    assert!(cli.run(&["leads"]).err.contains("No open leads."));
    let ran = cli.run(&["import", &file]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.out.starts_with("leads.csv: 2 new, 0 changed, 0 unchanged.\n  Kept without being understood: Heart."), "{ran:?}");
    assert!(ran.err.contains("line 4: Customer Country: ") && ran.err.contains("Estimated Lead Value: "), "{ran:?}");
    let list = cli.run(&["leads"]).done();
    assert!(list.contains("L-1") && list.contains("Marketing qualified") && list.contains("한빛정밀"), "{list}");
    let again = cli.run(&["import", &cli.file("again.csv", download(&ROWS)), "--json"]).json();
    assert_eq!((&again["leads"], &again["files"][0]["unchanged"]), (&true.into(), &2.into()));
    assert!(cli.run(&["undo"]).done().contains("Undone: Took over 2 leads"));
    assert!(cli.run(&["leads"]).err.contains("No open leads."));
}

#[test]
fn mg_83_a_lead_is_answered_changed_within_its_rules_written_and_read_back() {
    let cli = with_leads();
    let refused = cli.run(&["leads", "win", "L-1"]);
    assert!(refused.code == 3 && refused.err.contains("cosell leads accept L-1"), "{refused:?}");
    assert!(cli.run(&["leads", "edit", "L-1", "value=5"]).err.contains("Accept it first"));
    let several = cli.run(&["leads", "show", "l-"]).failed(3);
    assert!(several.contains("several leads: L-1 재고 관리; L-2 ERP") && several.contains("Type more"), "{several}");
    assert!(cli.run(&["leads", "show", "L-3"]).failed(3).contains("There is no lead"));
    let said = cli.run(&["leads", "accept", "l-1"]).done();
    assert_eq!(said, "The lead “재고 관리” is now Accepted.\nIt waits to be written: cosell leads write DIR.\n");
    let refused = cli.run(&["leads", "edit", "L-1", "source=mine", "vale=1", "email=nobody"]);
    assert!(
        refused.err.contains("Source stays as it was told") && refused.err.contains("value") && refused.err.contains("nobody")
    );
    cli.run(&["leads", "edit", "L-1", "value=2000000", "notes=월요일 전화"]).done();
    cli.run(&["leads", "decline", "L-2", "--reason", "budget"]).done();
    let written = cli.run(&["leads", "write", cli.home.path().to_str().unwrap()]);
    assert!(written.out.contains("cosell-leads-2026-11-21-1.csv: 2 leads"), "{written:?}");
    let file = cli.path("cosell-leads-2026-11-21-1.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[0].ends_with(HEADS) && rows[1].contains(",Active,Accepted,,2000000,KRW,11/14/2026,월요일 전화,yes"), "{text}");
    assert!(rows[2].contains(",Closed,Declined,1,,,11/10/2026,,"), "{text}");
    assert!(cli.run(&["leads", "write", cli.home.path().to_str().unwrap()]).done().contains("No lead waits"));
    let back = cli.run(&["import", file.to_str().unwrap()]).done();
    assert!(back.contains("2 leads stand in Partner Center as they were changed here."), "{back}");
    let closed = cli.run(&["leads", "edit", "L-2", "notes=x"]);
    assert!(closed.err.contains("The lead is closed (Declined)"), "{closed:?}");
    assert!(cli.run(&["doctor"]).done().contains("Everything is in order."));
}

#[test]
fn mg_83_what_both_sides_changed_is_told_ours_is_kept_and_it_is_decided() {
    let cli = with_leads();
    cli.run(&["leads", "accept", "L-1"]).done();
    cli.run(&["leads", "edit", "L-1", "value=2000000"]).done();
    let later = cli.file("later.csv", download(&[&ROWS[0].replace("1,250,000", "1,500,000")]));
    assert!(cli.run(&["import", &later]).done().contains("One lead was changed here and in Partner Center: yours stays"));
    let lead = cli.run(&["leads", "show", "L-1", "--json"]).json();
    assert_eq!((&lead["parts"]["value"], &lead["told"]["value"]), (&"2000000".into(), &"1500000".into()));
    assert_eq!(lead["conflicts"][0], "value");
    assert!(cli.run(&["leads", "show", "L-1"]).done().contains("(Partner Center: "));
    let folder = cli.home.path().to_str().unwrap().to_owned();
    let held = cli.run(&["leads", "write", &folder]);
    assert!(held.err.contains("One lead stays here"), "{held:?}");
    cli.run(&["leads", "resolve", "L-1", "theirs"]).done();
    assert_eq!(cli.run(&["leads", "show", "L-1", "--json"]).json()["parts"]["value"], "1500000");
    assert!(cli.run(&["leads", "resolve", "L-1", "ours"]).err.contains("Nothing of the lead is in conflict."));
    assert!(cli.run(&["leads", "write", &folder]).out.contains("1 lead\n"));
    let xlsx = cli.run(&["leads", "edit", "L-1", "value=9"]);
    assert_eq!(xlsx.code, 0);
    assert!(cli.run(&["leads", "write", &folder, "--format", "xlsx"]).out.contains(".xlsx: 1 lead"));
}

#[test]
fn mg_83_what_partner_center_refused_is_no_confirmation_and_waits_again() {
    let cli = with_leads();
    cli.run(&["leads", "accept", "L-1"]).done();
    let folder = cli.home.path().to_str().unwrap().to_owned();
    assert_eq!(cli.run(&["leads", "write", &folder]).code, 0);
    let written = std::fs::read_to_string(cli.path("cosell-leads-2026-11-21-1.csv")).unwrap();
    let answer = cli.file("answer.csv", written.replace("\n,L-1", "\nLead is locked,L-1"));
    let said = cli.run(&["import", &answer]).done();
    assert!(said.contains("Partner Center refused one lead") && !said.contains("stands in Partner Center"), "{said}");
    assert!(cli.run(&["leads", "show", "L-1"]).done().contains("refused by Partner Center: Lead is locked"));
    assert!(cli.run(&["leads", "write", &folder]).out.contains("-2.csv: 1 lead"));
    let again = std::fs::read_to_string(cli.path("cosell-leads-2026-11-21-2.csv")).unwrap();
    assert!(again.contains("\n,L-1") && !again.contains("locked"), "{again}");
}

#[test]
fn ov_06_an_accepted_lead_becomes_a_draft_with_what_it_lacks_or_a_deal() {
    let cli = with_leads();
    assert!(cli.run(&["leads", "deal", "L-1"]).err.contains("answered first"));
    cli.run(&["leads", "accept", "L-1"]).done();
    let begun = cli.run(&["leads", "deal", "L-1"]);
    assert!(
        begun.out.contains("Draft 1 was begun from the lead “재고 관리”") && begun.out.contains("cosell new --draft 1"),
        "{begun:?}"
    );
    let draft = cli.run(&["drafts", "show", "1"]).done();
    assert!(draft.contains("customer.name: 한빛정밀 주식회사") && draft.contains("데모 요청"), "{draft}");
    let other = with_leads();
    other.run(&["leads", "accept", "L-1"]).done();
    assert_eq!(other.run(&["leads", "deal", "L-1"]).code, 4, "begun, not made");
    let rest = ["--close", "2027-03-31", "--employee", "Jin;Park;+82 2 555 0100;jin@partner.example"];
    let contact = [
        "--contact",
        "민준;김;+82 2 555 0101;m@hanbit.example",
        "--street",
        "테헤란로 1",
        "--city",
        "서울",
        "--postal-code",
        "06133",
    ];
    let made = cli.run(&[&["leads", "deal", "L-1"], &rest[..], &contact[..]].concat());
    assert_eq!(made.code, 0, "{made:?}");
    assert_eq!(cli.run(&["drafts", "--json"]).json(), serde_json::json!([]), "what was begun of it went on");
    // Finished from the draft, it is the deal of the lead as well.
    let finished = other.run(&[&["new", "--draft", "1"], &rest[..], &contact[..]].concat());
    assert_eq!(finished.code, 0, "{finished:?}");
    assert!(other.run(&["leads", "show", "L-1", "--json"]).json()["deal"].is_i64());
    let lead = cli.run(&["leads", "show", "L-1", "--json"]).json();
    let deal = lead["deal"].as_i64().unwrap().to_string();
    let shown = cli.run(&["show", &deal, "--json"]).json();
    assert_eq!(
        (&shown["customer"]["name"], &shown["solutions"][0]["id"]),
        (&"한빛정밀 주식회사".into(), &"SOL-34104-EBB".into())
    );
    assert!(cli.run(&["leads", "deal", "L-1"]).err.contains("A deal was made of the lead already"));
    cli.run(&["undo"]).done();
    assert_eq!(cli.run(&["leads", "show", "L-1", "--json"]).json()["deal"], serde_json::Value::Null);
}

#[test]
fn of_one_lead_there_is_one_deal_whatever_is_undone_begun_anew_and_redone() {
    let cli = with_leads();
    cli.run(&["leads", "accept", "L-1"]).done();
    assert_eq!(cli.run(&["leads", "deal", "L-1"]).code, 4, "begun");
    let rest = ["--close", "2027-03-31", "--employee", "Jin;Park;+82 2 555 0100;jin@partner.example"];
    let contact = ["--contact", "민준;김;+82 2 555 0101;m@hanbit.example", "--street", "테헤란로 1", "--city", "서울"];
    let finish =
        |draft: &str| cli.run(&[&["new", "--draft", draft], &rest[..], &contact[..], &["--postal-code", "06133"]].concat());
    assert_eq!(finish("1").code, 0);
    cli.run(&["undo"]).done();
    // The draft that was left of it is dropped, another is begun, and then the first comes back.
    let left = cli.run(&["drafts", "--json"]).json()[0]["draft"].to_string();
    cli.run(&["drafts", "drop", &left]).done();
    assert_eq!(cli.run(&["leads", "deal", "L-1"]).code, 4, "begun anew");
    cli.run(&["redo"]).done();
    let deal = cli.run(&["leads", "show", "L-1", "--json"]).json()["deal"].as_i64().unwrap();
    let drafts = cli.run(&["drafts", "--json"]).json();
    let refused = finish(&drafts[0]["draft"].to_string());
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.err.contains(&format!("A deal was made of the lead already: #{deal}.")), "{refused:?}");
    assert_eq!(cli.run(&["list", "--tab", "all", "--json"]).json().as_array().map(Vec::len), Some(1));
    assert_eq!(cli.run(&["drafts", "--json"]).json(), drafts, "what was typed stays");
}

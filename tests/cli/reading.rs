//! Files that come through pipes, in older encodings, or without end, as the commands take them.

use crate::support::cli::{Cli, THREE};

/// A list of so many customers.
fn customers(count: usize) -> String {
    let rows = (0..count).map(|number| format!("한빛 {number},KR,서울\r\n"));
    std::iter::once("Name,Country,City\r\n".to_owned()).chain(rows).collect()
}

#[cfg(unix)]
fn pipe(cli: &Cli, content: impl Into<Vec<u8>>) -> (String, std::thread::JoinHandle<()>) {
    let path = cli.path("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR, 0)
        .unwrap();
    let (name, content) = (path.to_str().unwrap().to_owned(), content.into());
    (name, std::thread::spawn(move || std::fs::write(path, content).unwrap()))
}

#[cfg(unix)]
#[test]
fn of_a_list_through_a_pipe_every_customer_comes_and_none_is_invented() {
    let cli = Cli::new();
    let text = customers(20_000);
    let (path, writer) = pipe(&cli, text.as_str());
    let told = cli.run(&["customers", "import", &path, "--json"]).json();
    writer.join().unwrap();
    assert_eq!((&told["new"], &told["refused"]), (&20_000.into(), &0.into()), "{told}");
    let again = Cli::new();
    assert!(again.piped(&["customers", "import", "-"], &text).done().contains("20,000 new"));
    let found = again.run(&["customers", "search", "한빛 19999"]).done();
    assert!(found.contains("한빛 19999"), "{found}");
}

#[cfg(unix)]
#[test]
fn every_command_that_reads_a_file_reads_a_pipe() {
    let deal = r#"{"deal":{"name":"x","value":"1k","currency":"GBP","closeDate":"2026-12-31","notes":"cut \ud83d"},
        "customer":{"name":"K Ltd","address":{"country":"GB","city":"York","line1":"1 Way"}},
        "employees":[{"firstName":"Ana","lastName":"R","phone":"+44 20 7946 0000","email":"a@p.example"}],"solutions":["SOL-1"]}"#;
    for (arguments, content, says) in [
        (&["import"][..], THREE, "3 new"),
        (&["solutions", "import"], "ID,Name\nSOL-1,ERP\n", "1 new"),
        (&["new", "--from"], deal, "Made: x"),
    ] {
        let cli = Cli::new();
        let (path, writer) = pipe(&cli, content);
        let ran = cli.run(&[arguments, &[path.as_str()]].concat());
        writer.join().unwrap();
        assert!(ran.code == 0 && ran.out.contains(says), "{ran:?}");
        let ran = Cli::new().piped(&[arguments, &["-"]].concat(), content);
        assert!(ran.code == 0 && ran.out.contains(says), "{ran:?}");
        assert_eq!(ran.err.contains("half of a sign was replaced"), content == deal, "{ran:?}");
    }
}

#[test]
fn the_encoding_of_an_older_file_is_named_and_can_be_told() {
    let cli = Cli::new();
    let korean = encoding_rs::EUC_KR.encode(&customers(3)).0.into_owned();
    let file = cli.file("c.csv", &korean);
    let text = cli.run(&["customers", "import", &file, "--dry-run"]).done();
    assert!(text.contains("Read as EUC-KR (CP949)"), "{text}");
    let told = cli.run(&["customers", "import", &file, "--json", "--encoding", "cp949"]).json();
    assert_eq!((&told["encoding"], &told["encodingGuessed"], &told["new"]), (&"EUC-KR".into(), &false.into(), &3.into()));
    assert!(cli.run(&["customers", "search", "한빛"]).done().contains("한빛 2"));
    let wrong = cli.run(&["customers", "import", &file, "--encoding", "utf-8"]);
    assert!(wrong.code == 3 && wrong.err.contains("line 2"), "{wrong:?}");
    let unknown = cli.run(&["import", &file, "--encoding", "klingon"]).failed(2);
    assert!(unknown.contains("klingon") && unknown.contains("CP949"), "{unknown}");
}

#[test]
fn what_may_be_in_a_western_encoding_is_refused_and_the_way_is_told() {
    let cli = Cli::new();
    let file = cli.file("c.csv", b"Name,Country\r\nM\xFCller,DE\r\nK\xF6nig,DE\r\n");
    let told = cli.run(&["customers", "import", &file]).failed(3);
    assert!(told.contains("line 2: this is not text in UTF-8") && told.contains("--encoding windows-1252"), "{told}");
    cli.run(&["customers", "import", &file, "--encoding", "windows-1252"]).done();
    assert!(cli.run(&["customers", "search", "Müller"]).done().contains("Müller"));
}

#[test]
fn a_page_of_a_longer_list_and_a_file_without_its_end_are_told() {
    let cli = Cli::new();
    let page = THREE.replacen('{', r#"{"@odata.count":437,"@odata.nextLink":"https://x.invalid","#, 1);
    let text = cli.run(&["import", &cli.file("page.json", &page)]).done();
    assert!(text.contains("3 of 437: the rest is not in this file."), "{text}");
    let told = cli.run(&["import", "--dry-run", "--json", &cli.file("page.json", &page)]).json();
    assert_eq!(told["files"][0]["page"], serde_json::json!({ "here": 3, "of": 437 }));
    let cut = cli.run(&["customers", "import", &cli.file("cut.csv", customers(2).trim_end())]).done();
    assert!(cut.contains("ends in line 3 without a line break"), "{cut}");
}

#[test]
fn a_row_with_a_wrong_quotation_mark_is_refused_with_its_line_and_can_be_corrected() {
    let cli = Cli::new();
    let file = cli.file("c.csv", "Name,Country,City\r\nA,US,Boston\r\n\"\"B\",US,Boston\r\nC,US,Boston\r\n");
    let ran = cli.run(&["customers", "import", &file]);
    assert!(ran.code == 4 && ran.out.contains("2 new") && ran.err.contains("line 3: Name: a quotation mark"), "{ran:?}");
    let refused = std::fs::read_to_string(cli.path("c.refused.csv")).unwrap();
    let corrected = cli.file("b.csv", refused.replace("\"\"\"\"\"B\"\"\"", "B"));
    assert!(cli.run(&["customers", "import", &corrected]).done().contains("1 new"), "{refused}");
}

#[test]
fn of_a_row_with_several_wrong_quotation_marks_all_is_told_and_none_is_missing_in_the_file_of_the_refused() {
    let cli = Cli::new();
    let head = "Referral ID,Deal Name,Customer Name,Partner Referral Status,Partner Referral Substatus,Estimated Deal Value,Currency,Notes";
    let file = cli.file(
        "d.csv",
        format!("{head}\nr1,\"New\" plant,\"한빛\" 정밀,Active,Accepted,12x,USD,fine\nr2,B,C,Active,Accepted,5,USD,fine\n"),
    );
    let ran = cli.run(&["import", &file]);
    assert!(ran.code == 4 && ran.out.contains("1 new"), "{ran:?}");
    for told in ["Deal Name: a quotation mark", "Customer Name: a quotation mark", "Estimated Deal Value"] {
        assert!(ran.err.contains(told), "{told}: {ran:?}");
    }
    let refused = std::fs::read_to_string(cli.path("d.refused.csv")).unwrap();
    assert!(refused.contains(r#""""New"" plant","""한빛"" 정밀""#), "{refused}");
    let corrected = cli.file("b.csv", refused.replace("12x", "12"));
    assert!(cli.run(&["import", &corrected]).done().contains("1 new"), "{refused}");
    assert!(cli.run(&["show", "r1", "--json"]).done().contains(r#"\"한빛\" 정밀"#));
}

#[test]
fn a_mark_that_shows_nothing_in_a_status_or_a_choice_is_left_out_and_told_and_lines_end_at_no_sign_of_their_own() {
    let cli = Cli::new();
    let head = "Referral ID,Deal Name,Customer Name,Partner Referral Status,Partner Referral Substatus,\
                Declined/Lost/Error reason,Sales Stage,Microsoft help required?,What specific help from Microsoft?";
    let row = "r1,ab\u{2028}cd,C,Closed\u{200b},\u{200e}Lost,\u{feff}1,\u{200b}40,Ｎｏ\u{200b},\u{200b}2";
    let ran = cli.run(&["import", &cli.file("d.csv", format!("{head}\n{row}\n"))]);
    assert!(ran.code == 0 && ran.out.contains("1 new"), "{ran:?}");
    assert!(ran.out.contains("6 marks that show nothing"), "{ran:?}");
    assert!(cli.run(&["show", "r1", "--json"]).done().contains(r#""ab cd""#));
    let insights = "Referral ID,Created Date,Deal Direction,Deal Type\nr2,2026-11-01,Incoming\u{200b},\u{200b}Co-sell\n";
    let ran = cli.run(&["import", &cli.file("i.csv", insights)]);
    assert!(!ran.err.contains("is not possible"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_device_without_end_and_a_pipe_that_nobody_writes_to_are_told() {
    let cli = Cli::new();
    for arguments in [&["import"][..], &["customers", "import"], &["solutions", "import"], &["new", "--from"]] {
        let ran = cli.run(&[arguments, &["/dev/zero"]].concat());
        assert!(ran.code == 3 && ran.err.contains("/dev/zero is neither text nor a workbook"), "{ran:?}");
    }
    let large = cli.file("large.json", format!("{{\"deal\":{{\"notes\":[{}0]}}}}", "0,".repeat(700_000)));
    assert!(cli.run(&["new", "--from", &large]).failed(3).contains("this record is larger than"));
    let path = cli.path("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0).unwrap();
    let told = cli.run(&["import", path.to_str().unwrap()]).failed(1);
    assert!(told.contains("no program has written to it"), "{told}");
}

#[test]
fn members_whose_names_differ_only_in_case_are_refused_with_both_values_and_never_silently_the_last() {
    let cli = Cli::new();
    let deal = |more: &str| {
        format!(r#"{{"id":"a","status":"Active","substatus":"Accepted","name":"x","customerProfile":{{"name":"K Ltd"}}{more}}}"#)
    };
    let file = cli.file("two.json", format!("[{}]", deal(r#","details":{"DealValue":1,"dealValue":2,"currency":"KRW"}"#)));
    let told = cli.run(&["import", &file, "--json"]);
    assert_eq!(told.code, 3, "{told:?}");
    let told = told.json()["files"][0]["refusedRows"].to_string();
    assert!(told.contains("details.dealValue") && told.contains('1') && told.contains('2'), "{told}");
    let kept = std::fs::read_to_string(cli.path("two.refused.json")).unwrap();
    assert!(kept.contains("DealValue\":1") || kept.contains("DealValue\": 1"), "{kept}");
    let same = cli.file("same.json", format!("[{}]", deal(r#","Name":"x""#)));
    assert!(cli.run(&["import", &same]).done().contains("1 new"), "the same twice is no contradiction");
}

#[test]
fn a_list_that_says_two_numbers_of_its_referrals_is_told() {
    let cli = Cli::new();
    let list = r#"{"@odata.count":437,"value":[{"id":"a","status":"Active","substatus":"Accepted","customerProfile":{"name":"K Ltd"}}],"@odata.count":1}"#;
    let file = cli.file("list.json", list);
    let told = cli.run(&["import", &file]).done();
    assert!(told.contains("The file says twice how many there are, 437 and 1"), "{told}");
    assert!(told.contains("1 of 437: the rest is not in this file."), "the larger one is believed: {told}");
    let told = cli.run(&["import", &file, "--json"]).json();
    assert_eq!(told["files"][0]["countsTold"], serde_json::json!([437, 1]));
}

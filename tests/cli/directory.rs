//! `customers` and `solutions`: files taken over, searches in five scripts, the catalogue; what is refused and why.

use crate::support::cli::{Cli, THREE};

const CUSTOMERS: &str = "Name,D-U-N-S,Address,City,Country,Region code\n\
    한빛정밀 주식회사,08-146-6849,27-29,서울,KR,x\n\
    한빛정밀 주식회사,081466850,31,서울,KR,x\n\
    株式会社東雲物産,,1-2,東京,JPN,x\n\
    云帆科技有限公司,,,宁波市,CN,x\n\
    Northwind Traders Inc.,,,Reno,us,x\n";

fn names(cli: &Cli, arguments: &[&str]) -> Vec<String> {
    let found = cli.run(&[&["--json", "customers", "search"], arguments].concat()).json();
    found.as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_directory_is_taken_over_and_a_second_time_changes_nothing() {
    let cli = Cli::new();
    let file = cli.file("customers.csv", CUSTOMERS);
    let said = cli.run(&["customers", "import", &file]).done();
    assert_eq!(
        said,
        "customers.csv: 5 new, 0 changed, 0 unchanged.\n  Undo does not take such a list back; a corrected file changes it.\n  Passed over: the columns Region code.\n"
    );
    let again = cli.run(&["customers", "import", &file, "--json"]).json();
    assert_eq!((&again["new"], &again["unchanged"], &again["refused"]), (&0.into(), &5.into(), &0.into()));
    let moved = cli.file("moved.csv", CUSTOMERS.replace("31,서울", "99,부산"));
    assert!(cli.run(&["customers", "import", &moved]).done().contains("0 new, 1 changed, 4 unchanged"));
    assert!(cli.run(&["customers", "search", "081466850"]).done().contains("부산"));
    assert!(cli.run(&["doctor"]).done().contains("Everything is in order."));
}

#[test]
fn undo_after_a_list_takes_back_nothing_that_came_before_it_and_says_that_the_list_stays() {
    let cli = Cli::with(THREE);
    cli.run(&["edit", "3", "name=우리 이름"]).done();
    let file = cli.file("customers.csv", CUSTOMERS);
    cli.run(&["customers", "import", &file]).done();
    let undo = cli.run(&["undo"]);
    assert!(undo.code == 3 && undo.err.contains("customers.csv was a list of customers or solutions: undo does not"), "{undo:?}");
    assert!(undo.err.contains("Once more takes back what was done before: Edited"), "{undo:?}");
    let name = || cli.run(&["show", "3", "--json"]).json()["deal"]["name"].clone();
    assert_eq!(name(), "우리 이름");
    cli.run(&["undo"]).done();
    assert_ne!(name(), "우리 이름");
    // What was done after a list is taken back at once.
    cli.run(&["customers", "import", &cli.file("moved.csv", CUSTOMERS.replace("31,서울", "99,부산"))]).done();
    cli.run(&["edit", "3", "name=새 이름"]).done();
    cli.run(&["undo"]).done();
}

#[test]
fn customers_are_found_in_every_script_by_number_and_with_a_letter_wrong() {
    let cli = Cli::new();
    let file = cli.file("customers.csv", CUSTOMERS);
    cli.run(&["customers", "import", &file]).done();
    for (typed, first) in [
        ("ㅎㅂㅈㅁ", "한빛정밀 주식회사"),
        ("정밀", "한빛정밀 주식회사"),
        ("東雲", "株式会社東雲物産"),
        ("科技", "云帆科技有限公司"),
        ("norhtwind", "Northwind Traders Inc."),
        ("0814", "한빛정밀 주식회사"),
    ] {
        assert_eq!(names(&cli, &[typed]).first().map(String::as_str), Some(first), "{typed}");
    }
    assert_eq!(names(&cli, &["정밀", "--country", "KR", "--limit", "1"]).len(), 1);
    assert_eq!(names(&cli, &["정밀", "--country", "JP"]), [""; 0]);
    let table = cli.run(&["customers", "search", "한빛"]).done();
    assert!(table.starts_with("Name") && table.contains("081466849") && table.contains("27-29"), "{table}");
    let found = cli.run(&["customers", "search", "northwind", "traders", "--json"]).json();
    assert_eq!((&found[0]["match"], &found[0]["used"]), (&"exact".into(), &false.into()));
    assert_eq!((&found[0]["deals"], &found[0]["open"], &found[0]["more"]), (&0.into(), &0.into(), &false.into()));
    let none = cli.run(&["customers", "search", "zzz"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(none.err.contains("No customer fits."));
}

#[test]
fn a_refused_row_says_line_column_reason_and_what_is_right() {
    let cli = Cli::new();
    let file = cli.file("customers.csv", "Company;Country;DUNS\n;US;\nContoso;Koera;81466849\nFabrikam;US;\n");
    let ran = cli.run(&["customers", "import", &file]);
    assert_eq!(ran.code, 4);
    assert_eq!(
        ran.out,
        "customers.csv: 1 new, 0 changed, 0 unchanged.\n  Undo does not take such a list back; a corrected file changes it.\n"
    );
    for part in [
        "2 rows were refused.",
        "line 2: Company is missing. For example Northwind Traders Inc.",
        "line 3: Country: “Koera” is no country. Two letters",
        "DUNS: “81466849” has not nine digits.",
        "--restore-zeros",
        "customers.refused.csv",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    let again = cli.path("customers.refused.csv");
    let corrected = std::fs::read_to_string(&again).unwrap().replace("Koera", "Korea").replace("\n;US", "\nTailspin;US");
    let file = cli.file("corrected.csv", corrected);
    let ran = cli.run(&["customers", "import", &file, "--restore-zeros", "--json"]);
    let value = ran.json();
    assert_eq!((ran.code, &value["new"], &value["unknownColumns"]), (0, &2.into(), &serde_json::json!([])), "{value}");
    assert!(cli.run(&["customers", "search", "contoso"]).done().contains("081466849"));
}

#[test]
fn a_file_without_countries_needs_the_flag_and_without_names_is_refused() {
    let cli = Cli::new();
    let file = cli.file("customers.csv", "회사명\t도시\n한빛정밀\t서울\n");
    let said = cli.run(&["customers", "import", &file]).failed(3);
    assert!(said.contains("no column Country") && said.contains("--country KR"), "{said}");
    assert!(cli.run(&["customers", "import", &file, "--country", "KR"]).done().contains("1 new"));
    assert!(cli.run(&["customers", "import", &file, "--country", "Atlantis"]).failed(2).contains("Atlantis"));
    let other = cli.file("other.csv", "a,b\n1,2\n");
    assert!(cli.run(&["customers", "import", &other]).failed(3).contains("no column is known"));
    assert_eq!(cli.run(&["customers", "import", "nowhere.csv"]).code, 1);
    let open = cli.file("open.csv", "Name,Country\nContoso,US\n\"Fabrikam,US\nTailspin,US\n");
    let ran = cli.run(&["customers", "import", &open]);
    assert!(ran.code == 4 && ran.err.contains("line 3: Name: a quotation mark is opened"), "{ran:?}");
    assert_eq!(names(&cli, &["contoso"]).len(), 1, "an open mark costs its own row");
}

#[test]
fn a_dry_run_says_what_would_happen_to_each_row_and_changes_nothing() {
    let cli = Cli::new();
    let file = cli.file("customers.csv", format!("{CUSTOMERS},,,,,\n"));
    let ran = cli.run(&["customers", "import", &file, "--dry-run"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("line 2: new  한빛정밀 주식회사\n") || ran.out.contains("2: new"), "{}", ran.out);
    assert!(ran.out.contains("Nothing was changed."), "{}", ran.out);
    let rows = cli.run(&["customers", "import", &file, "--dry-run", "--json"]).json();
    assert_eq!((rows["rows"].as_array().unwrap().len(), &rows["rows"][0]["verdict"]), (5, &"new".into()));
    assert_eq!(names(&cli, &["한빛"]), [""; 0]);
}

#[test]
fn deals_that_are_imported_teach_their_customers_and_solutions() {
    let cli = Cli::with(THREE);
    let found = cli.run(&["customers", "search", "ㅎㅂ", "--json"]).json();
    assert_eq!(
        (&found[0]["name"], &found[0]["used"], &found[0]["duns"]),
        (&"한빛정밀 주식회사".into(), &true.into(), &"081466849".into())
    );
    let known = cli.run(&["solutions", "list", "--json"]).json();
    assert_eq!(
        (&known[0]["id"], &known[0]["owner"], &known[0]["used"]),
        (&"SOL-34104-EBB".into(), &"unknown".into(), &true.into())
    );
    cli.run(&["solutions", "add", "sol-34104-ebb", "--name", "ERP Cloud", "--owner", "ours"]).done();
    let known = cli.run(&["solutions", "list", "erp", "--json"]).json();
    assert_eq!((known.as_array().unwrap().len(), &known[0]["owner"], &known[0]["used"]), (1, &"mine".into(), &true.into()));
}

#[test]
fn mg_48_a_catalogue_knows_whose_a_solution_is() {
    let cli = Cli::new();
    let file = cli.file(
        "catalogue.csv",
        "Solution ID,Solution Name,Owner,Assessment\nSOL-1,데이터 진단,ours,yes\nSOL-2,Backup,third party,\nSOL-3,Azure,MSFT,no\nSOL-4,X,nobody,\n",
    );
    let ran = cli.run(&["solutions", "import", &file]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (
            4,
            "catalogue.csv: 3 new, 0 changed, 0 unchanged.\n  Undo does not take such a list back; a corrected file changes it.\n"
        ),
        "{ran:?}"
    );
    assert!(ran.err.contains("line 5: Owner: “nobody” is not possible. One of mine, microsoft, third-party."), "{}", ran.err);
    let table = cli.run(&["solutions", "list"]).done();
    assert_eq!(table.lines().count(), 4, "{table}");
    assert!(table.contains("third party") && table.contains("Microsoft") && table.contains("yes"), "{table}");
    assert!(cli.run(&["solutions", "list", "진단"]).done().contains("SOL-1"));
    assert_eq!(cli.run(&["solutions", "add", "SOL-9", "--name", "Kit", "--owner", "mine"]).done(), "Added: SOL-9 Kit.\n");
    let errors = cli.run(&["solutions", "add", "SOL-9", "--owner", "me", "--json"]).errors();
    assert_eq!(errors, [("name".into(), "missing".into()), ("owner".into(), "not-one-of".into())]);
}

#[test]
fn commands_of_a_group_have_help_and_tell_what_is_missing() {
    let cli = Cli::new();
    assert!(cli.run(&["customers", "import", "--help"]).done().contains("--restore-zeros"));
    assert!(cli.run(&["help", "solutions"]).done().contains("import"));
    assert!(cli.run(&["customers"]).failed(2).contains("<COMMAND> must be given."));
    assert!(cli.run(&["solutions", "add"]).failed(2).contains("cosell solutions add --help shows how."));
    assert!(cli.run(&["customers", "serch", "x"]).failed(2).contains("Did you mean “search”?"));
    assert!(cli.run(&["completions", "bash"]).done().contains("restore-zeros"));
}

#[test]
fn countries_of_a_file_may_be_named_in_the_language_of_the_file() {
    let cli = Cli::new();
    let file = cli.file(
        "회사.csv",
        "회사명,국가,도시\n한빛정밀 주식회사,대한민국,서울\n東雲物産,日本,東京\n晴川電子,臺灣,臺北\nContoso,Atlantis,x\n",
    );
    let ran = cli.run(&["customers", "import", &file]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("“Atlantis”"), "{}", ran.err);
    for (country, name) in [("KR", "한빛정밀 주식회사"), ("일본", "東雲物産"), ("TW", "晴川電子")] {
        assert_eq!(names(&cli, &["", "--country", country]), Vec::<String>::new(), "nothing is used yet");
        assert_eq!(names(&cli, &[&name[..name.char_indices().nth(2).unwrap().0], "--country", country]), [name]);
    }
}

#[test]
fn a_catalogue_takes_no_id_that_no_deal_can_name() {
    let cli = Cli::new();
    let file = cli.file("solutions.csv", "Solution ID,Name\nSOL-1,하나\nSOL 2,둘\n\"SOL-3,x\",셋\nＳＯＬ-4,넷\n");
    let ran = cli.run(&["solutions", "import", &file]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (
            4,
            "solutions.csv: 2 new, 0 changed, 0 unchanged.\n  Undo does not take such a list back; a corrected file changes it.\n"
        ),
        "{}",
        ran.err
    );
    for part in ["line 3: Solution ID: “SOL 2” is no id of a solution. An id without blanks and commas", "line 4"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert!(cli.run(&["solutions", "list"]).done().contains("SOL-4"));
}

#[test]
fn a_customer_is_told_with_its_deals_and_not_with_those_of_another_of_its_name() {
    let cli = Cli::new();
    let deal = |duns: &str, name: &str| {
        let customer = format!(
            "{{\"name\":\"한빛정밀 주식회사\",\"duns\":\"{duns}\",\"address\":{{\"line1\":\"27-29\",\"city\":\"서울\",\"postalCode\":\"04524\",\"country\":\"KR\"}}}}"
        );
        let deal = format!("{{\"name\":\"{name}\",\"value\":\"1000\",\"currency\":\"KRW\",\"closeDate\":\"2027-03-31\"}}");
        let who = "[{\"firstName\":\"민준\",\"lastName\":\"김\",\"phone\":\"02-555-0101\",\"email\":\"m@p.example\"}]";
        let what = "[{\"id\":\"SOL-1\"}]";
        cli.file("deal.json", format!("{{\"customer\":{customer},\"deal\":{deal},\"employees\":{who},\"solutions\":{what}}}"))
    };
    for (duns, name) in [("081466849", "하나"), ("081466849", "둘"), ("689340127", "셋")] {
        assert_eq!(cli.run(&["new", "--from", &deal(duns, name)]).code, 0);
    }
    cli.run(&["win", "2"]).done();
    let found = cli.run(&["customers", "search", "081466849", "--json"]).json();
    assert_eq!((&found[0]["deals"], &found[0]["open"]), (&2.into(), &1.into()), "{found}");
    assert!(cli.run(&["customers", "search", "081466849"]).done().contains("1 open of 2 deals"));
}

//! `rates`: files of several kinds taken over, told by hand, listed and removed; what is refused and why.

use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::cli::Cli;

/// As the European Central Bank publishes it: newest first, `N/A` where it had none, a currency that is none any more, a comma at the end.
const HISTORY: &str = "Date,USD,JPY,BGN,CYP,KRW,\r\n2026-11-20,1.0842,163.5,1.9558,N/A,1502.61,\r\n\
                       2026-11-19,1.081,163.2,N/A,N/A,1500.5,\r\n1999-01-04,1.1789,133.73,N/A,0.58231,N/A,\r\n";

fn packed(name: &str, text: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, SimpleFileOptions::default()).unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn the_bank_s_files_are_taken_over_packed_or_not_and_a_second_time_changes_nothing() {
    let cli = Cli::new();
    let file = cli.file("eurofxref-hist.csv", HISTORY);
    let said = cli.run(&["rates", "import", &file]).done();
    assert_eq!(said, "eurofxref-hist.csv: 9 new, 0 changed, 0 unchanged.\n  Passed over: the columns CYP.\n");
    let archive = cli.file("eurofxref-hist.zip", packed("eurofxref-hist.csv", HISTORY));
    assert!(cli.run(&["rates", "import", &archive]).done().starts_with("eurofxref-hist.zip: 0 new, 0 changed, 9 unchanged."));
    let daily = cli.file("eurofxref.csv", "Date, USD, JPY, \n23 November 2026, 1.09, 163.5, \n");
    let ahead =
        "eurofxref.csv: 2 new, 0 changed, 0 unchanged.\n  2 rates are dated ahead of today; each counts from its day on.\n";
    assert_eq!(cli.run(&["rates", "import", &daily]).done(), ahead);
    let table = cli.run(&["rates"]).done();
    let expected = "One  In      Rate  On          Since\n\
                    EUR  BGN   1.9558  2026-11-20  2026-11-20\n\
                    EUR  JPY    163.5  2026-11-23  1999-01-04\n\
                    EUR  KRW  1502.61  2026-11-20  2026-11-19\n\
                    EUR  USD     1.09  2026-11-23  1999-01-04\n";
    assert_eq!(table, expected);
    assert_eq!(cli.run(&["rates", "list"]).done(), table);
    let json = cli.run(&["rates", "--json"]).json();
    let dollar = serde_json::json!({ "from": "EUR", "to": "USD", "first": "1999-01-04", "last": "2026-11-23", "rate": "1.09" });
    assert_eq!(json[3], dollar);
}

#[test]
fn wrong_lines_are_told_all_at_once_and_the_good_ones_stay() {
    let cli = Cli::new();
    let file = cli.file("rates.csv", "from;to;rate;date\nEUR;USD;1,0842;20.11.2026\nEUR;XXQ;0;soon\nEUR;EUR;1;20.11.2026\n");
    let ran = cli.run(&["rates", "import", &file]);
    assert_eq!((ran.code, ran.out.as_str()), (4, "rates.csv: 1 new, 0 changed, 0 unchanged.\n"));
    for part in ["line 3", "“XXQ”", "“0” is no exchange rate", "“soon”", "line 4", "EUR has no rate with itself"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    let json = cli.run(&["rates", "import", &file, "--json"]);
    let told: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, &told[0]["unchanged"], &told[0]["refused"]), (4, &1.into(), &2.into()));
    assert_eq!(told[0]["refusedRows"][0]["errors"][2]["code"], "not-a-rate");
    let none = cli.file("none.csv", "date,from,to,rate\nsoon,EUR,USD,1\n");
    assert_eq!(cli.run(&["rates", "import", &none]).code, 3);
    let other = cli.file("other.csv", "Deal,Customer\nx,y\n");
    let ran = cli.run(&["rates", "import", &other]);
    assert!(
        ran.code == 3 && ran.err.contains("no column is known") && ran.err.contains("date, from, to and rate"),
        "{}",
        ran.err
    );
    let absent = cli.path("absent.csv");
    assert_eq!(cli.run(&["rates", "import", absent.to_str().unwrap()]).code, 1);
    let both = cli.run(&["rates", "import", &other, &file]);
    assert!(both.code == 4 && both.err.contains("no column is known"), "{}", both.err);
    let broken = cli.file("broken.zip", b"PK\x03\x04 and no more");
    let ran = cli.run(&["rates", "import", &broken]);
    assert!(ran.code == 3 && ran.err.contains("is an archive that is damaged"), "{}", ran.err);
}

#[test]
fn a_dry_run_and_a_read_only_look_keep_nothing() {
    let cli = Cli::new();
    let file = cli.file("rates.csv", "date,from,to,rate\n2026-11-20,EUR,USD,1.0842\n");
    assert!(cli.run(&["rates", "import", &file, "--dry-run"]).done().contains("1"));
    let none = cli.run(&["rates"]);
    assert!(none.out.is_empty() && none.err.contains("There are no exchange rates."), "{}", none.err);
    assert_eq!(cli.run(&["rates", "--json"]).json(), serde_json::json!([]));
    assert!(!cli.path("data/cosell.db").exists(), "a dry run makes no database");
}

#[test]
fn one_rate_is_told_told_again_and_removed() {
    let cli = Cli::new();
    let said = cli.run(&["rates", "add", "2026-11-20", "usd", "KRW", "1,385.20"]).done();
    assert_eq!(said, "One USD was 1385.2 KRW on 2026-11-20.\n");
    let said = cli.run(&["rates", "add", "2026-11-20", "usd", "KRW", "1390"]).done();
    assert_eq!(said, "One USD was 1390 KRW on 2026-11-20, instead of what was known.\n");
    assert_eq!(cli.run(&["rates", "add", "2026-11-21", "USD", "KRW", "1400", "--json"]).json()["rate"], "1400");
    let ahead = cli.run(&["rates", "add", "2099-01-01", "USD", "KRW", "1"]);
    assert!(ahead.out.contains("One rate is dated ahead of today; it counts from its day on."), "{}", ahead.out);
    cli.run(&["rates", "remove", "USD", "KRW", "2099-01-01"]).done();
    let file = cli.file("ahead.csv", "date,from,to,rate\n2026-11-20,EUR,CHF,0.9\n2098-01-01,EUR,CHF,1\n2099-01-01,EUR,CHF,1\n");
    let said = cli.run(&["rates", "import", &file]).done();
    assert!(said.contains("2 rates are dated ahead of today"), "{said}");
    let ran = cli.run(&["rates", "add", "never", "XXQ", "KRW", "-1"]);
    assert!(ran.code == 3 && ran.err.contains("never") && ran.err.contains("XXQ") && ran.err.contains("-1"), "{}", ran.err);
    assert_eq!(cli.run(&["rates", "add", "2026-11-20", "USD", "USD", "1"]).code, 3);
    let ambiguous = cli.run(&["rates", "add", "2026-11-20", "USD", "KRW", "1,385"]);
    assert!(ambiguous.code == 3 && ambiguous.err.contains("1.385"), "{}", ambiguous.err);
    assert_eq!(cli.run(&["rates", "remove", "USD", "KRW", "2026-11-20"]).done(), "One rate of USD in KRW was removed.\n");
    assert_eq!(cli.run(&["rates", "remove", "USD", "KRW", "2026-11-20"]).code, 3);
    assert_eq!(cli.run(&["rates", "remove", "USD", "KRW", "--json"]).json()["removed"], 1);
    let undo = cli.run(&["undo"]);
    assert_eq!(undo.code, 3, "rates are no steps: {}", undo.out);
}

#[test]
fn an_amount_in_a_filter_is_meant_in_the_home_currency_where_there_are_rates() {
    let cosell = Cli::new().at("2026-11-25T08:00:00Z");
    let deal = |n: u8, value: u32, currency: &str| {
        format!(
            r#"{{"id":"0b7e5a10-0000-4000-8000-00000000000{n}","status":"New","direction":"Incoming","name":"Deal {n}",
            "createdDateTime":"2026-11-24T03:00:00Z","customerProfile":{{"name":"한빛정밀"}},
            "details":{{"dealValue":{value},"currency":"{currency}"}},"inviteContext":{{"invitedBy":{{"organizationId":"msft"}}}}}}"#
        )
    };
    let deals = [deal(1, 84_000_000, "KRW"), deal(2, 59_000, "USD"), deal(3, 60_001, "USD"), deal(4, 90_000_000, "JPY")];
    let file = cosell.file("deals.json", format!("[{}]", deals.join(",")));
    cosell.run(&["import", &file]).done();
    let listed = |filter: &[&str]| {
        let args = [&["list"], filter, &["--json"]].concat();
        let list = cosell.run(&args).json();
        let mut ids: Vec<i64> = list.as_array().unwrap().iter().map(|deal| deal["id"].as_i64().unwrap()).collect();
        ids.sort_unstable();
        ids
    };
    cosell.run(&["rates", "add", "2026-11-20", "USD", "KRW", "1400"]).done();
    assert_eq!(listed(&["value:>=60k"]), [1, 3, 4], "without a home currency as plain numbers");
    cosell.run(&["config", "set", "home-currency", "USD"]).done();
    assert_eq!(listed(&["value:>=60k"]), [1, 3], "yen have no rate");
    assert_eq!(listed(&["value:>60k"]), [3]);
    assert_eq!(listed(&["value:>60k", "currency:JPY"]), [4]);
    let said = cosell.run(&["list", "value:>60k"]);
    assert!(said.err.contains("value: is meant in USD, by the rates of Fri 2026-11-20"), "{}", said.err);
}

#[test]
fn a_list_by_value_compares_in_the_home_currency_and_says_so() {
    let cosell = Cli::new().at("2026-11-25T08:00:00Z");
    let deal = |n: u8, details: &str| {
        format!(
            r#"{{"id":"0b7e5a10-0000-4000-8000-00000000000{n}","status":"New","direction":"Incoming","name":"Deal {n}",
            "createdDateTime":"2026-11-24T03:00:00Z","customerProfile":{{"name":"한빛정밀"}},
            "details":{{{details}}},"inviteContext":{{"invitedBy":{{"organizationId":"msft"}}}}}}"#
        )
    };
    let value = |value: u32, currency: &str| format!(r#""dealValue":{value},"currency":"{currency}""#);
    let deals = [
        deal(1, &value(84_000_000, "KRW")),
        deal(2, &value(59_000, "USD")),
        deal(3, &value(60_000, "USD")),
        deal(4, &value(90_000_000, "JPY")),
        deal(5, ""),
        deal(6, &value(90_000_000, "KRW")),
    ];
    let file = cosell.file("deals.json", format!("[{}]", deals.join(",")));
    cosell.run(&["import", &file]).done();
    let listed = |sort: &[&str]| -> Vec<i64> {
        let list = cosell.run(&[&["list", "--json"], sort].concat()).json();
        list.as_array().unwrap().iter().map(|deal| deal["id"].as_i64().unwrap()).collect()
    };
    let by_currency = listed(&["--sort", "value"]);
    assert!(!cosell.run(&["list", "--sort", "value"]).err.contains("Sorted by"));
    cosell.run(&["rates", "add", "2026-11-20", "USD", "KRW", "1400"]).done();
    assert_eq!(listed(&["--sort", "value"]), by_currency, "there is no home currency");
    cosell.run(&["config", "set", "home-currency", "USD"]).done();
    // 84 million won are exactly 60,000 dollars: the later number first, as in every order that falls.
    assert_eq!(listed(&["--sort", "value"]), [6, 3, 1, 2, 4, 5]);
    assert_eq!(listed(&["--sort", "-value"]), [5, 4, 2, 1, 3, 6]);
    assert_eq!(listed(&["--sort", "value", "currency:KRW"]), [6, 1]);
    let said = cosell.run(&["list", "--sort", "value"]).err;
    assert!(said.contains("Sorted by what values come to in USD, by the rates of Fri 2026-11-20; what has no rate"), "{said}");
    let said = cosell.run(&["list", "--sort", "-value"]).err;
    assert!(said.contains("the smallest first") && said.contains("what has no rate stands before that"), "{said}");
    assert!(!cosell.run(&["list"]).err.contains("Sorted by"));
    cosell.run(&["views", "keep", "largest", "--sort", "value"]).done();
    assert_eq!(listed(&["--view", "largest"])[..3], [6, 3, 1]);
    // On the day before there was no rate yet.
    cosell.run(&["rates", "add", "2026-11-25", "USD", "KRW", "1600"]).done();
    assert_eq!(listed(&["--sort", "value"]), [3, 2, 6, 1, 4, 5]);
}

//! What the quarter may come to, in `cosell review`: figures, past quarters beside them, and why there are none.

use serde_json::{Value, json};

use crate::support::cli::Cli;
use crate::support::team::team;

fn forecast(cli: &Cli, more: &[&str]) -> Value {
    cli.run(&[&["review", "--json"], more].concat()).json()["forecast"].clone()
}

fn minor(value: &Value) -> f64 {
    value.as_str().unwrap_or_else(|| panic!("{value}")).parse().unwrap()
}

#[test]
fn the_quarter_is_foreseen_with_what_was_foreseen_in_past_ones_beside_what_they_came_to() {
    let cli = Cli::with(&team(1_000, "USD"));
    let told = forecast(&cli, &[]);
    assert_eq!((&told["quarter"], &told["until"], &told["daysLeft"]), (&json!("2026-Q4"), &json!("2026-12-31"), &json!(41)));
    assert_eq!((&told["currency"], &told["learntFrom"]["isEnough"]), (&json!("USD"), &json!(true)));
    let [won, low, middle, high] = ["wonValue", "low", "middle", "high"].map(|name| minor(&told[name]));
    assert!(won < low && low <= middle && middle <= high, "{told}");
    assert_eq!(minor(&told["won"]["values"][0]["value"]), won);
    let past = told["past"].as_array().unwrap();
    let quarters: Vec<_> = past.iter().map(|past| past["quarter"].as_str().unwrap()).collect();
    assert_eq!(quarters, ["2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"]);
    for past in past {
        let [low, high, result] = ["low", "high", "result"].map(|name| minor(&past[name]));
        assert_eq!(past["within"], json!((low..=high).contains(&result)), "{past}");
    }
    assert!(past.iter().filter(|past| past["within"] == true).count() >= 3, "{told}");
    // The same each time.
    assert_eq!(forecast(&cli, &[]), told);
    assert_eq!(forecast(&cli, &["--by", "stage"]), told);
    let said = cli.run(&["review", "--linear"]).done();
    for part in [
        "What Q4 2026 may come to.\nWon so far: ",
        "; with one chance in ten it is less.\nMiddle: ",
        "By the stage weights: ",
        "Past quarters: ",
        " of 4 came out within.",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn the_filter_narrows_the_forecast_and_a_past_day_tells_its_own() {
    let cli = Cli::with(&team(1_000, "USD"));
    let (all, korea) = (forecast(&cli, &[]), forecast(&cli, &["country:KR"]));
    let learnt = |told: &Value| told["learntFrom"]["won"].as_u64().unwrap();
    assert!(learnt(&korea) < learnt(&all) && minor(&korea["high"]) < minor(&all["low"]), "{korea}");
    // Today as a past day is today, but for the hours of it that are left.
    let later = cli.at("2026-11-22T08:00:00+09:00");
    let past = forecast(&later, &["--as-of", "2026-11-21"]);
    assert_eq!((&past["quarter"], &past["won"], &past["open"]["count"]), (&all["quarter"], &all["won"], &all["open"]["count"]));
    assert!((minor(&past["middle"]) - minor(&all["middle"])).abs() <= 1_000.0, "{past} {all}");
}

#[test]
fn too_few_won_and_lost_deals_say_how_many_it_takes_and_no_amount_is_made_up() {
    let cli = Cli::with(&team(1_000, "USD"));
    let told = forecast(&cli, &["\"ERP 7\""]);
    assert_eq!((&told["learntFrom"]["isEnough"], &told["low"], &told["past"]), (&json!(false), &json!(null), &json!(null)));
    let said = cli.run(&["review", "ERP 7", "created:<=2024-06-30", "--linear"]).done();
    let few = "Too few to tell: 1 won or lost on known days, 1 of them won; it takes 20, and 5 won.";
    assert!(said.contains(few), "{said}");
}

#[test]
fn several_currencies_are_foreseen_in_the_home_currency_or_in_that_of_most_deals_which_says_so() {
    let cli = Cli::with(&team(1_000, "USD"));
    let won = team(1_400_000, "KRW").replace("0b7e5a10", "1b7e5a10").replace("\"ERP ", "\"CRM ");
    let won: Vec<Value> = serde_json::from_str::<Vec<Value>>(&won).unwrap().into_iter().skip(340).collect();
    let file = cli.file("won.json", Value::from(won).to_string());
    cli.run(&["import", &file]).done();
    let told = forecast(&cli, &[]);
    assert_eq!((&told["currency"], &told["otherCurrencies"]), (&json!("USD"), &json!(["KRW"])));
    let said = cli.run(&["review"]).done();
    assert!(said.contains("In other currencies") && said.contains("KRW: without a rate they are not in it"), "{said}");
    cli.run(&["config", "set", "home-currency", "USD"]).done();
    cli.run(&["rates", "add", "2026-11-01", "USD", "KRW", "1400"]).done();
    let home = forecast(&cli, &[]);
    assert_eq!((&home["currency"], &home["otherCurrencies"]), (&json!("USD"), &json!([])));
    assert!(minor(&home["low"]) > minor(&told["low"]), "{home} {told}");
    assert!(cli.run(&["review"]).done().contains("≈\u{a0}$"), "what is converted is marked");
}

//! Nothing of a file vanishes: every cell and every member of every fixture is found again, in a field or beside it, shown and searchable.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::cli::Cli;
use cosell::clock::Clock;
use cosell::domain::cell_date::Order;
use cosell::domain::customer::Country;
use cosell::domain::filter::Filter;
use cosell::domain::held::Held;
use cosell::domain::ids::Pointer;
use cosell::domain::money::Amount;
use cosell::store::{Settings, Store};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Columns and members whose words become something else: a stage, a type, a kind of help.
const TRANSLATED: [&str; 12] = [
    "Partner Referral Status",
    "Partner Referral Substatus",
    "Declined/Lost/Error reason",
    "Declined/Lost reason",
    "Microsoft help required?",
    "What specific help from Microsoft?",
    "Share with Microsoft sales team",
    "status",
    "substatus",
    "direction",
    "type",
    "assistanceRequestCode",
];

/// Returns every text of a JSON value.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        Value::String(text) => drop(found.insert(text.to_lowercase())),
        Value::Number(number) => drop(found.insert(number.to_string())),
        Value::Null | Value::Bool(_) => {}
    }
}

/// Returns whether a text of a file stands in what is shown, as it is or as a day, a time or an amount is written there.
fn is_in(leaf: &str, shown: &BTreeSet<String>) -> bool {
    let plain = leaf.trim().to_lowercase().replace("\r\n", "\n");
    let is_amount = |other: &String| matches!((Amount::machine(&plain), Amount::machine(other)), (Ok(a), Ok(b)) if a == b);
    let day = Order::default().day(leaf).map(|(day, _)| day.to_string()).unwrap_or_default();
    let time = Order::default().moment(leaf).map(|(at, _)| at.to_string().to_lowercase()).unwrap_or_default();
    let country = Country::typed(leaf).map(|country| country.code().to_lowercase()).unwrap_or_default();
    shown.iter().any(|text| {
        *text == plain
            || (!country.is_empty() && *text == country)
            || *text == day
            || *text == time
            || text.contains(&plain)
            || is_amount(text)
    })
}

struct Imported {
    cli: Cli,
    store: Store,
}

fn imported(name: &str) -> Imported {
    let cli = Cli::new();
    let path = fixture(name);
    let ran = cli.run(&["import", path.to_str().unwrap(), "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let now = Clock::from_setting(Some("2026-11-21T08:00:00Z")).unwrap().now();
    let store = Store::open(&cli.path("data/cosell.db"), Settings::default(), now).unwrap();
    Imported { cli, store }
}

impl Imported {
    fn held(&self, referral: &str) -> Held {
        self.store.get(self.store.find(&Pointer::read(referral)).unwrap()).unwrap()
    }

    fn shown(&self, referral: &str) -> (BTreeSet<String>, String) {
        let mut found = BTreeSet::new();
        texts(&self.cli.run(&["show", referral, "--json"]).json(), &mut found);
        (found, self.cli.run(&["show", referral]).done())
    }
}

fn is_found(leaf: &str, held: &Held) -> bool {
    let moment = Clock::from_setting(Some("2026-11-21T08:00:00Z")).unwrap().moment();
    let words = leaf.replace(['"', '\n', '\r'], " ");
    Filter::parse(&format!("\"{}\"", words.trim()), moment).unwrap().passes(held)
}

#[test]
fn every_cell_of_every_download_is_found_again_shown_and_searchable() {
    for name in ["bulk-2023.csv", "bulk-2021-excel.csv"] {
        let imported = imported(name);
        let text = std::fs::read_to_string(fixture(name)).unwrap().trim_start_matches('\u{feff}').to_owned();
        let separator = if name.contains("excel") { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let id = header.iter().position(|head| head == "Referral ID").unwrap();
        for row in reader.records().map(Result::unwrap).take(12) {
            let (held, (shown, described)) = (imported.held(&row[id]), imported.shown(&row[id]));
            let cells = header.iter().zip(&row).filter(|(head, cell)| !TRANSLATED.contains(head) && !cell.trim().is_empty());
            for (head, cell) in cells {
                let numbered = ["Solution ", "Team member ", "Microsoft team member "].iter().any(|list| head.starts_with(list));
                let parts: Vec<&str> = if numbered { cell.split(',').collect() } else { vec![cell] };
                for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
                    assert!(is_in(part, &shown), "{name}, {head}: {part} is in {shown:?}");
                    let words = ["Name", "Address", "City", "Notes", "CRM", "Campaign", "Domain", "Intent", "Email"];
                    // The note of a help request is a field of its own, which is shown.
                    if words.iter().any(|word| head.contains(word)) && head != "Notes to Microsoft" {
                        assert!(is_found(part, &held), "{name}, {head}: {part} is found");
                        let first = part.trim().lines().next().unwrap_or_default();
                        assert!(described.contains(first), "{name}, {head}: {part} is in {described}");
                    }
                }
            }
        }
    }
}

fn leaves<'a>(path: &str, value: &'a Value, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| leaves(&format!("{path}.{name}"), value, found)),
        Value::Array(list) => list.iter().for_each(|value| leaves(path, value, found)),
        Value::Null => {}
        leaf => found.push((path.to_owned(), leaf)),
    }
}

#[test]
fn every_member_of_every_referral_is_found_again_shown_and_searchable() {
    for name in ["api-list.json", "api-pascal.json"] {
        let imported = imported(name);
        let document: Value =
            serde_json::from_str(std::fs::read_to_string(fixture(name)).unwrap().trim_start_matches('\u{feff}')).unwrap();
        let list = match &document {
            Value::Array(list) => list.clone(),
            Value::Object(members) => {
                members.get("value").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![document.clone()])
            }
            other => panic!("{other}"),
        };
        for referral in &list {
            let id = referral.as_object().unwrap().iter().find(|(name, _)| name.eq_ignore_ascii_case("id")).unwrap().1;
            let id = id.as_str().unwrap();
            let (held, (shown, _)) = (imported.held(id), imported.shown(id));
            let mut all = Vec::new();
            leaves("", referral, &mut all);
            for (path, leaf) in all {
                let last = path.rsplit('.').next().unwrap_or_default();
                let translated = TRANSLATED.iter().any(|name| name.eq_ignore_ascii_case(last));
                let text = leaf.as_str().map_or_else(|| leaf.to_string(), str::to_owned);
                if translated
                    || text.trim().is_empty()
                    || leaf.is_boolean()
                    || text == "true"
                    || text == "false"
                    || text == "Duns"
                {
                    continue;
                }
                assert!(is_in(&text, &shown), "{name} {path}: {text} is in {shown:?}");
                let searched = leaf.is_string() && !path.to_lowercase().contains("datetime") && !path.contains("links");
                let coded =
                    ["country", "currency", "dealvalue", "phonenumber", "salesstage"].contains(&last.to_lowercase().as_str());
                if searched && !coded && !last.starts_with('@') && !last.eq_ignore_ascii_case("etag") {
                    let is_id = ["id", "engagementid"].contains(&path.trim_start_matches('.').to_lowercase().as_str());
                    // The note of a help request is a field of its own, which is shown.
                    let is_note = path.eq_ignore_ascii_case(".InviteContext.Notes");
                    assert!(is_id || is_note || is_found(&text, &held), "{name} {path}: {text} is found");
                }
            }
        }
    }
}

//! The page of a review in a real browser: at any width, light, dark and on paper nothing is cut off, unreadable or fetched.
//!
//! Takes a Chromium, and pdftotext for what stands on paper. Where there is none it says so and passes; with
//! `COSELL_BROWSER=required`, as `.ci/run` has it, it fails.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, unreachable_pub)]

#[path = "../support/mod.rs"]
mod support;

mod chromium;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use chromium::{Chromium, program};
use cosell::clock::Clock;
use cosell::sample;
use cosell::store::Settings;
use serde_json::{Value, json};

use crate::support::cli::Cli;

/// Returns a program, or says that what follows is not tested without it.
fn needed(names: &[&str]) -> Option<PathBuf> {
    let found = program(names);
    if found.is_none() {
        let why = format!("the page of a review is not tested in a browser: there is no {}", names.join(", "));
        assert!(std::env::var_os("COSELL_BROWSER").is_none_or(|is| is != "required"), "{why}");
        // Not through `eprintln!`, which nobody sees of a test that passes.
        std::io::stderr().write_all(format!("SKIPPED: {why}\n").as_bytes()).unwrap();
    }
    found
}

/// A customer whose name is as wide as none, and one who is called like a script.
const ODD: &str = r#"[
 {"id":"0b7e5a10-0000-4000-8000-0000000000f1","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-11-16T03:00:00Z","updatedDateTime":"2026-11-18T03:00:00Z","acceptedDateTime":"2026-11-17T03:00:00Z",
  "name":"x","customerProfile":{"name":"AWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"},
  "details":{"dealValue":84000000,"currency":"KRW"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}},
 {"id":"0b7e5a10-0000-4000-8000-0000000000f2","status":"Active","substatus":"Accepted","direction":"Incoming",
  "createdDateTime":"2026-11-16T03:00:00Z","updatedDateTime":"2026-11-18T03:00:00Z","acceptedDateTime":"2026-11-17T03:00:00Z",
  "name":"y","customerProfile":{"name":"<img src=http://127.0.0.1/x onerror=document.title=1>"},
  "details":{"dealValue":5,"currency":"USD"},"inviteContext":{"invitedBy":{"organizationId":"msft"}}}
]"#;

/// Writes the report of the sample by customer, with two odd ones.
fn report(cosell: &Cli) -> PathBuf {
    let clock = Clock::from_setting(cosell.variables.get("COSELL_NOW").map(String::as_str)).unwrap();
    let database = cosell.path("sample.db");
    sample::store(Settings::default(), clock.moment()).unwrap().save_as(&database).unwrap();
    let (database, page) = (database.to_str().unwrap(), cosell.path("review.html"));
    let odd = cosell.file("odd.json", ODD);
    cosell.run(&["--db", database, "import", &odd]).done();
    cosell.run(&["config", "set", "home-currency", "USD"]).done();
    let asked = ["--db", database, "review", "--by", "customer", "--since", "2026-09-01", "-o", page.to_str().unwrap()];
    cosell.run(&asked).done();
    page
}

/// What a page shows of itself: how wide it is, what reaches over its edge or out of its own box, bars without words, and how much text
/// stands out from its ground (1 is not at all, 21 is black on white).
const LOOK: &str = r"(() => {
  const light = colour => {
    const parts = colour.match(/[\d.]+/g).slice(0, 3).map(part => part / 255);
    const [r, g, b] = parts.map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  const contrast = colour => {
    const [low, high] = [light(colour), ground].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const all = (what, is) => [...document.querySelectorAll(what)].filter(is).map(found => found.outerHTML.slice(0, 200));
  const texts = [...document.querySelectorAll('h1,h2,p,th,td')].filter(found => found.innerText.trim());
  const bars = [...document.querySelectorAll('svg')];
  const isSeen = found => found.getClientRects().length > 0;
  return {
    over: document.documentElement.scrollWidth - innerWidth,
    beyond: all('body *', found => isSeen(found) && (found.getBoundingClientRect().right > innerWidth + 0.5
      || found.getBoundingClientRect().left < -0.5)),
    cut: all('h1,h2,p,th,td', found => isSeen(found) && found.scrollWidth > found.clientWidth + 1),
    nameless: all('svg', bar => bar.getAttribute('role') !== 'img' || !bar.getAttribute('aria-label')
      || bar.getAttribute('aria-label') !== bar.querySelector('title').textContent),
    bars: bars.filter(isSeen).length, texts: texts.length,
    contrast: Math.min(...texts.map(found => contrast(getComputedStyle(found).color)),
      ...[...document.querySelectorAll('svg text')].map(found => contrast(getComputedStyle(found).fill))),
    bar: Math.min(...[...document.querySelectorAll('svg rect:not(.q)')].map(bar => contrast(getComputedStyle(bar).fill))),
    ground, scripts: document.scripts.length, fetched: performance.getEntriesByType('resource').length,
  };
})()";

#[test]
fn the_page_of_a_review_is_whole_at_any_width_light_dark_and_on_paper() {
    let Some(browser) = needed(&["chromium", "chromium-browser", "google-chrome"]) else { return };
    let cosell = Cli::new();
    let page = report(&cosell);
    let mut browser = Chromium::start(&browser);
    let told = browser.open(&page);
    nothing_but_the_page_was_asked_for(&told);
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (wide, scheme) in [(400, "light"), (400, "dark"), (1280, "light"), (1280, "dark")] {
        browser.show(wide, scheme, "screen");
        let look = browser.find(LOOK);
        is_whole(&look, &format!("{wide} {scheme}"));
        assert!(look["ground"].as_f64().unwrap() < 0.1 || scheme == "light", "{scheme}: {look}");
        browser.picture(&pictures.join(format!("review-{wide}-{scheme}.png")));
    }
    every_bar_is_heard(&mut browser);
    // As wide as what is printed between the margins.
    for (paper, wide, inches) in [("A4", 680, (8.27, 11.69)), ("Letter", 702, (8.5, 11.0))] {
        browser.show(wide, "dark", "print");
        let look = browser.find(LOOK);
        is_whole(&look, paper);
        assert!(look["ground"].as_f64().unwrap() > 0.99, "paper is white: {look}");
        let printed = pictures.join(format!("review-{paper}.pdf"));
        std::fs::write(&printed, browser.print(inches)).unwrap();
        everything_is_on_paper(&mut browser, &printed, inches);
    }
}

fn nothing_but_the_page_was_asked_for(told: &[Value]) {
    let of = |method: &str| told.iter().filter(|event| event["method"] == method).collect::<Vec<_>>();
    let asked: Vec<&Value> = of("Network.requestWillBeSent").iter().map(|event| &event["params"]["request"]["url"]).collect();
    assert!(asked.len() <= 1 && asked.iter().all(|url| url.as_str().unwrap().ends_with("/review.html")), "{asked:?}");
    for complaint in ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"] {
        assert_eq!(of(complaint), Vec::<&Value>::new());
    }
}

fn is_whole(look: &Value, at: &str) {
    assert!(look["over"].as_f64() <= Some(0.0), "{at}: {look}");
    assert_eq!((&look["beyond"], &look["cut"]), (&json!([]), &json!([])), "{at}");
    assert_eq!((&look["nameless"], &look["scripts"], &look["fetched"]), (&json!([]), &json!(0), &json!(0)), "{at}");
    assert!(look["texts"].as_u64() > Some(50) && look["bars"].as_u64() > Some(10), "{at}: {look}");
    assert!(look["contrast"].as_f64() >= Some(4.5) && look["bar"].as_f64() >= Some(3.0), "{at}: {look}");
}

/// What a screen reader is told of the bars.
fn every_bar_is_heard(browser: &mut Chromium) {
    let bars = browser.find("document.querySelectorAll('svg').length").as_u64().unwrap();
    let tree = browser.ask("Accessibility.getFullAXTree", json!({}));
    let images = tree["nodes"].as_array().unwrap().iter().filter(|node| node["role"]["value"] == "image");
    let names: Vec<&str> = images.map(|node| node["name"]["value"].as_str().unwrap_or_default()).collect();
    assert_eq!(names.len() as u64, bars);
    assert!(names.iter().all(|name| name.contains(": ")), "{names:?}");
}

/// Every text of the page is on one of the sheets, whole and within its edges.
fn everything_is_on_paper(browser: &mut Chromium, printed: &Path, (wide, high): (f64, f64)) {
    let Some(reader) = needed(&["pdftotext"]) else { return };
    let read = |how: &str| {
        let read = Command::new(&reader).args([how, "-enc", "UTF-8"]).arg(printed).arg("-").output().unwrap();
        assert!(read.status.success());
        String::from_utf8(read.stdout).unwrap()
    };
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
    let paper = plain(&read("-raw"));
    let texts = browser.find("[...document.querySelectorAll('h1,h2,p,th,td')].map(found => found.innerText)");
    let missing: Vec<&str> =
        texts.as_array().unwrap().iter().filter_map(Value::as_str).filter(|text| !paper.contains(&plain(text))).collect();
    assert!(missing.is_empty(), "{missing:?}\n{paper}");
    let words = read("-bbox");
    assert!(words.matches("<page ").count() > 1, "a long review takes several sheets");
    let number = |line: &str, name: &str| {
        let from = line.find(name).unwrap() + name.len() + 2;
        line[from..].split('"').next().unwrap().parse::<f64>().unwrap()
    };
    for word in words.lines().filter(|line| line.trim_start().starts_with("<word ")) {
        let inside = number(word, "xMin") >= 30.0 && number(word, "xMax") <= wide * 72.0 - 30.0;
        assert!(inside && number(word, "yMin") >= 30.0 && number(word, "yMax") <= high * 72.0 - 30.0, "{word}");
    }
}

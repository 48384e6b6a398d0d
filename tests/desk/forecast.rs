//! What the quarter may come to, in the review on the desk: the chapter, the deals behind its figures, and why there is none.

use cosell::config::Config;
use cosell::store::{Settings, Store};

use crate::support::driver::Driver;
use crate::support::team::team;

/// A desk of a team with a past, in the review, on what was won so far.
fn foreseen() -> Driver {
    let mut desk = Driver::on(Store::in_memory(Settings::default()).unwrap(), Config::default());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.json");
    std::fs::write(&path, team(84_000_000, "KRW")).unwrap();
    // How old the data is stands in the header.
    let written = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_795_200_000);
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
    desk.press("i").typed(path.to_str().unwrap()).press("enter esc").press("r");
    to(&mut desk, "▸  Won so far");
    desk
}

fn to(desk: &mut Driver, line: &str) {
    let mut lines = 0;
    while !desk.screen().contains(line) && lines < 80 {
        desk.press("j");
        lines += 1;
    }
    desk.shows(line);
}

#[test]
fn the_review_tells_what_the_quarter_may_come_to_and_what_was_foreseen_before() {
    let mut desk = foreseen();
    desk.press("j j j j j j j j j j");
    insta::assert_snapshot!("forecast_80x24", desk.screen());
    desk.size(120, 40).shows("with one chance in ten it is less").shows("of 4 came out within");
    desk.press("w").shows("Low: ₩\u{a0}");
}

#[test]
fn enter_on_what_was_won_and_on_what_is_open_lists_the_deals_and_esc_leads_back() {
    let mut desk = foreseen();
    desk.size(120, 40).press("enter").shows("outcome:won archived:2026-10-01..2026-11-21 tab:all").press("esc");
    desk.shows("▸  Won so far").press("j enter").shows("stage:accepted tab:all").press("esc").shows("▸  Accepted and open");
    to(&mut desk, "▸  Low");
    desk.press("enter").shows("This line has no list of its own");
}

#[test]
fn a_pipeline_of_three_months_has_too_few_decided_deals_and_says_how_many_it_takes() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("r");
    to(&mut desk, "▸  Too few to tell");
    desk.shows("won or lost on known days").shows("it takes 20, and 5 won");
}

//! What an import brought: marked in the list until it was seen, and each of it a key away.

use cosell::config::Config;
use cosell::store::{Settings, Store};

use crate::support::driver::Driver;

/// A received one: its number, the deal, the customer, when it was sent and until when it is to be answered.
fn received(n: u8, name: &str, customer: &str, created: &str, until: &str) -> String {
    format!(
        r#"{{"id":"0b7e5a10-0000-4000-8000-0000000000{n:02}","status":"New","substatus":"Pending","direction":"Incoming",
        "createdDateTime":"{created}T03:00:00Z","updatedDateTime":"{created}T03:00:00Z","expirationDateTime":"{until}T03:00:00Z",
        "name":"{name}","customerProfile":{{"name":"{customer}","address":{{"country":"KR"}}}},
        "inviteContext":{{"invitedBy":{{"organizationId":"msft","organizationName":"Microsoft"}}}}}}"#
    )
}

fn import(desk: &mut Driver, records: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.json");
    std::fs::write(&path, format!("[{}]", records.join(","))).unwrap();
    desk.press("i").typed(path.to_str().unwrap()).press("enter");
}

fn early(n: u8) -> String {
    received(n, &format!("예전 {n}"), "한빛정밀 주식회사", "2026-11-18", "2026-12-02")
}

/// Two that were there, then one of them changed and two new ones.
fn after_two() -> Driver {
    let mut desk = Driver::empty();
    import(&mut desk, &[early(1), early(2)]);
    desk.press("esc");
    let new = |n, name| received(n, name, "누리온정밀", "2026-11-20", "2026-12-04");
    let changed = received(2, "바뀐 이름", "한빛정밀 주식회사", "2026-11-20", "2026-12-02");
    import(&mut desk, &[early(1), changed, new(3, "새 설비"), new(4, "ERP 3기")]);
    desk
}

#[test]
fn what_an_import_brought_bears_a_sign_until_it_was_opened_or_decided_on() {
    let mut desk = after_two();
    desk.press("esc");
    assert_eq!(desk.screen().matches('◦').count(), 3, "{}", desk.screen());
    desk.press("/").typed("new:yes").press("enter").shows("바뀐 이름").shows("새 설비").shows_not("예전 1");
    desk.press("esc").press("/").typed("새 설비").press("enter enter").shows("누리온정밀").press("esc esc");
    assert_eq!(desk.screen().matches('◦').count(), 2, "{}", desk.screen());
    desk.press("/").typed("바뀐").press("enter f esc");
    assert_eq!(desk.screen().matches('◦').count(), 1, "{}", desk.screen());
    desk.press("/").typed("new:yes").press("enter").shows("ERP 3기").shows_not("바뀐 이름").press("esc");
    import(&mut desk, &[early(5)]);
    desk.press("esc");
    assert_eq!(desk.screen().matches('◦').count(), 1, "the next import begins anew: {}", desk.screen());
    desk.shows("예전 5");
}

#[test]
fn a_first_import_marks_nothing_and_a_mark_outlives_the_program() {
    let mut desk = Driver::empty();
    import(&mut desk, &[early(1), early(2)]);
    desk.press("esc").shows("예전 1").shows_not("◦");
    import(&mut desk, &[early(3)]);
    desk.press("esc");
    let mut desk = desk.again(cosell::store::Access::ReadWrite, cosell::desk::Data::Own);
    desk.shows("◦").press("u enter").shows_not("◦");
    let plain = Config::parse("[theme]\nsymbols = \"ascii\"").unwrap();
    let mut desk = Driver::on(Store::in_memory(Settings::default()).unwrap(), plain);
    import(&mut desk, &[early(1)]);
    import(&mut desk, &[early(2)]);
    desk.press("esc").shows("o ").shows_not("◦");
}

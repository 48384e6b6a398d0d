//! MG-02: what a role bars on the desk, and a look that changes nothing: each key says why.

use std::sync::atomic::AtomicBool;

use cosell::clock::Clock;
use cosell::config::{Config, ConfigError, Lost};
use cosell::desk::Data;
use cosell::desk::keys::{Action, Scope, Table};
use cosell::desk::model::Msg;
use cosell::domain::contact::Person;
use cosell::domain::role::{Deed, Role};
use cosell::domain::tab::{Tab, View};
use cosell::store::{Access, Memory, Request, Store};

use crate::support::driver::{Driver, NOW};

const MINE: &str = "harin.lee@haneul-partners.example";
const VIEWER: &str = "Viewers change nothing: role in [me] of the configuration.";

fn config(role: Role, email: &str) -> Config {
    Config { role, me: Person { email: email.to_owned(), ..Person::default() }, ..Config::default() }
}

/// The sample as one's own database, with this role.
fn desk(role: Role, email: &str) -> Driver {
    let mut store = Driver::sample().store;
    take_role(&mut store, role, email);
    Driver::on(store, config(role, email))
}

fn take_role(store: &mut Store, role: Role, email: &str) {
    let now = Clock::from_setting(Some(NOW)).unwrap().now();
    let mut memory = Memory::of(store);
    let settle = Request::Settle { response_days: 14, author: email.to_owned(), role, now };
    store.answer(settle, &mut memory, &AtomicBool::new(false), &mut |_| {});
}

/// Presses everything in the list that does something to the deals; each says why not, and opens nothing.
fn nothing_is_done(desk: &mut Driver, why: &str, bars: impl Fn(Deed) -> bool) {
    let steps = desk.store.steps(None, 1_000).unwrap();
    let keys = Table::with(&[]).unwrap();
    let mut pressed = Vec::new();
    for binding in keys.rows().filter(|binding| matches!(binding.scope, Scope::List | Scope::Detail)) {
        let Some(deed) = binding.action.deed().filter(|deed| bars(*deed)) else { continue };
        for key in &binding.keys {
            if binding.scope == Scope::Detail {
                desk.press("enter");
            }
            desk.press(&key.to_string());
            assert!(desk.note().contains(why), "{:?} {deed:?}: {:?}", binding.action, desk.note());
            assert!(desk.model.dialogs.is_empty(), "{:?}", binding.action);
            desk.press("esc");
            pressed.push(binding.action);
        }
    }
    for action in [Action::Accept, Action::Decline, Action::Win, Action::Lose, Action::Edit, Action::Favorite, Action::New] {
        assert!(pressed.contains(&action), "{action:?}");
    }
    assert_eq!(desk.store.steps(None, 1_000).unwrap(), steps);
}

#[test]
fn mg_02_every_key_of_a_viewer_that_would_change_something_says_why_not() {
    let mut desk = desk(Role::Viewer, "");
    desk.size(120, 40).shows("viewer");
    nothing_is_done(&mut desk, VIEWER, Deed::is_of_deals);
    for action in Action::ALL.iter().filter(|action| action.deed().is_some_and(Deed::is_of_deals)) {
        assert_eq!(desk.model.can(*action), Err(VIEWER.to_owned()), "{action:?}, in whatever room");
    }
    // Marked ones, the palette, the rooms.
    desk.press("space space f");
    assert_eq!(desk.note(), VIEWER);
    desk.press("esc :").typed("accept").shows(VIEWER).press("esc");
    desk.press("o x");
    assert_eq!(desk.note(), VIEWER);
    desk.press("esc H u");
    assert_eq!(desk.note(), VIEWER);
    // What somebody looks at is their own affair.
    desk.press("esc V").typed("mine").press("enter");
    assert_eq!(desk.store.views().unwrap().len(), 1);
}

#[test]
fn while_only_looking_every_key_says_so_and_the_configuration_stays() {
    let mut desk = Driver::opened(Driver::sample().store, Config::default(), Access::AskedReadOnly);
    desk.size(40, 10).shows("READ ONLY").size(120, 40).shows("READ ONLY");
    nothing_is_done(&mut desk, "open for reading only", |_| true);
    desk.press(", j j enter");
    assert!(desk.note().contains("not changed while only looking"), "{}", desk.note());
    desk.press("j j right");
    assert!(desk.note().contains("not changed while only looking"), "{}", desk.note());
    desk.press("esc M");
    assert!(desk.note().contains("not changed while only looking"), "who they are cannot be kept: {}", desk.note());
    assert_eq!((desk.settings.as_deref(), desk.model.dialogs.len()), (Some(""), 0));
}

#[test]
fn mg_02_a_referrals_user_sees_the_deals_of_their_team_only() {
    let whole = Driver::sample();
    let of_mine = |desk: &Driver| -> Vec<u64> {
        [Tab::Inbound, Tab::Outbound, Tab::Favorites].map(|tab| desk.model.counts.of(tab, View::All)).to_vec()
    };
    let mut mine = desk(Role::ReferralsUser, MINE);
    mine.size(120, 40).shows("deals of your team only");
    let (all, seen) = (of_mine(&whole), of_mine(&mine));
    assert!(seen.iter().zip(&all).all(|(seen, all)| seen <= all) && seen[0] + seen[1] > 0 && seen != all, "{seen:?} of {all:?}");
    for keys in ["1", "2", "3"] {
        mine.press(keys);
        for view in ["", "t", "t", "t"] {
            mine.press(view);
            let rows: Vec<_> = mine.model.list().rows.iter().map(|row| row.id).collect();
            let (tab, view) = mine.model.list().place();
            assert_eq!(rows.len() as u64, mine.model.counts.of(tab, view), "{tab:?} {view:?}: the count is of what is seen");
            for id in rows {
                let deal = mine.store.get(id).unwrap().opportunity;
                assert!(deal.employees.iter().any(|person| person.email == MINE), "{}", deal.title());
            }
        }
    }
    // Nor does Tab name a customer of others: of customers it names none.
    mine.press("1 /").typed("customer:").press("tab");
    assert!(mine.note().contains("No deal holds anything that begins so"), "{}", mine.note());
    mine.press("esc");
    // A filter finds no others, and what is theirs is theirs to change.
    mine.press("1 /").typed("stage:received,accepted,archived tab:inbound,outbound").press("enter");
    let n = mine.model.list().rows.len() as u64;
    assert_eq!(n, seen[0] + seen[1]);
    mine.press("f");
    assert_eq!(mine.store.steps(None, 1).unwrap()[0].kind.code(), "favorite");
}

#[test]
fn mg_02_a_referrals_user_whom_nobody_knows_is_asked_who_they_are() {
    let mut mine = desk(Role::ReferralsUser, "");
    mine.settings = Some("[me]\nrole = \"referrals-user\"\n".into());
    mine.shows("Who are you?");
    assert!(mine.model.list().rows.is_empty());
    mine.typed(MINE).press("enter").size(120, 40).shows("deals of your team only");
    assert!(mine.model.counts.of(Tab::All, View::All) > 0);
    assert!(mine.settings.as_deref().unwrap().contains(MINE));
}

#[test]
fn in_the_sample_everybody_tries_everything_and_takes_nothing_home_that_is_barred_there() {
    let store = Driver::sample().store;
    let mut desk = Driver::arriving(store, Config::default(), Data::Demo { from_own: true }, Default::default());
    desk.model.config = config(Role::Viewer, "");
    desk.size(120, 40).shows_not("viewer").press("f");
    assert_ne!(desk.note(), VIEWER);
}

#[test]
fn mg_02_the_role_is_chosen_in_the_settings_and_holds_at_once() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press(", j j j j right").shows("My role: referrals-admin → partner-admin.").press("right");
    assert!(desk.note().contains("My role: partner-admin → referrals-user. u brings back"), "{}", desk.note());
    assert!(desk.note().contains("your e-mail is not known"), "{}", desk.note());
    desk.press("right").shows("My role: referrals-user → viewer.");
    desk.press("esc a");
    assert_eq!(desk.note(), VIEWER);
    desk.press(", j j j j delete esc").press("f");
    assert_eq!(desk.store.steps(None, 1).unwrap()[0].kind.code(), "favorite");
}

#[test]
fn in_the_sample_a_role_that_is_set_meanwhile_bars_nothing() {
    let moment = cosell::clock::Clock::from_setting(Some(crate::support::driver::NOW)).unwrap().moment();
    let store = cosell::sample::store(cosell::store::Settings::default(), moment).unwrap();
    let data = cosell::desk::Data::Demo { from_own: true };
    let mut desk = Driver::arriving(store, config(Role::PartnerAdmin, MINE), data, cosell::desk::Arrival::default());
    desk.tell(Msg::Settled(Box::new(config(Role::Viewer, MINE)))).press("f").shows_not(VIEWER);
    assert!(desk.model.selected().unwrap().favorite, "{}", desk.screen());
}

#[test]
fn a_role_that_another_program_sets_holds_at_once_and_is_said() {
    let mut desk = desk(Role::PartnerAdmin, MINE);
    desk.press("f").shows("Favorite");
    // Nothing of it is another word for what holds already.
    let before = desk.screen();
    desk.tell(Msg::Settled(Box::new(config(Role::PartnerAdmin, MINE))));
    assert_eq!(desk.screen(), before);
    desk.tell(Msg::Settled(Box::new(config(Role::Viewer, MINE))))
        .shows("Changed outside this desk: My role: partner-admin → viewer.");
    desk.press("f").shows(VIEWER);
    // Whose deals are seen is another matter: only those of the team are, and the mark of it stands on top.
    let all = desk.model.list().rows.len();
    desk.press("esc").tell(Msg::Settled(Box::new(config(Role::ReferralsUser, MINE)))).shows("Changed outside this desk");
    assert!(desk.model.list().rows.len() < all);
    // Who that is, nobody knows any more.
    desk.tell(Msg::Settled(Box::new(config(Role::ReferralsUser, ""))));
    assert_eq!(desk.model.list().rows.len(), 0);
}

#[test]
fn the_question_who_one_is_goes_where_another_program_answers_it_and_stays_where_something_is_typed() {
    let mut desk = desk(Role::ReferralsUser, "");
    desk.shows("Who are you?");
    desk.tell(Msg::Settled(Box::new(config(Role::PartnerAdmin, "")))).shows_not("Who are you?");
    desk.tell(Msg::Settled(Box::new(config(Role::ReferralsUser, "")))).shows("Who are you?");
    desk.tell(Msg::Settled(Box::new(config(Role::ReferralsUser, MINE)))).shows_not("Who are you?");
    desk.tell(Msg::Settled(Box::new(config(Role::ReferralsUser, "")))).shows("Who are you?").typed("somebody");
    desk.tell(Msg::Settled(Box::new(config(Role::PartnerAdmin, "")))).shows("Who are you?").shows("somebody");
}

#[test]
fn a_configuration_that_vanishes_or_breaks_while_the_desk_is_open_is_said_and_the_role_stays() {
    let mut desk = desk(Role::Viewer, MINE);
    let path = std::path::PathBuf::from("/home/rep/config.toml");
    desk.tell(Msg::Unsettled(Lost::Gone(path.clone()))).shows("/home/rep/config.toml is gone. Until it is there and right again");
    desk.press("f").shows(VIEWER);
    let wrong = ConfigError::Syntax { line: 2, detail: "a quote is missing".into() };
    desk.tell(Msg::Unsettled(Lost::Wrong(path.clone(), vec![wrong]))).shows("a quote is missing");
    assert!(desk.note().contains("goes on with the settings it had"), "{}", desk.note());
    desk.press("f").shows(VIEWER);
    // It stands among the settings; what is known is not told again, and once it is mended nothing of it is left.
    desk.press(",").shows("a quote is missing").press("esc");
    let wrong = ConfigError::Syntax { line: 2, detail: "a quote is missing".into() };
    desk.tell(Msg::Unsettled(Lost::Wrong(path, vec![wrong])));
    assert_eq!(desk.note(), "");
    desk.tell(Msg::Settled(Box::new(config(Role::Viewer, MINE)))).press(",").shows_not("a quote is missing");
}

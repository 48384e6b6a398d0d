//! What stays ours by keys: whose a deal is, what is to be done next, and notes.

use cosell::config::Config;
use cosell::store::Store;

use crate::support::driver::Driver;

#[test]
fn a_next_step_is_typed_with_its_day_and_counted_once_it_is_due() {
    let mut desk = Driver::sample();
    let id = desk.model.selected().unwrap().id;
    let title = desk.selected();
    desk.press("F").shows("Next step with a day").typed("call Kim").press("enter");
    assert!(desk.note().contains("call"), "it begins with no day: {}", desk.note());
    desk.press("ctrl-u").typed("today 김 부장님께 전화").press("enter");
    assert_eq!(desk.selected(), title, "it stays where it is");
    desk.shows("1 to do").size(120, 40).shows("김 부장님께 전화");
    assert_eq!(desk.store.get(id).unwrap().opportunity.next.unwrap().text.as_str(), "김 부장님께 전화");
    desk.press("F").shows("2026-11-21 김").shows("Nothing at all takes it away").press("ctrl-u enter").shows_not("to do");
    assert!(desk.store.get(id).unwrap().opportunity.next.is_none());
    desk.press("u").shows("1 to do").press("u").shows_not("to do");
    desk.press("space space F").typed("+3d offer").press("enter").press("esc / ").typed("next:yes").press("enter");
    assert_eq!(desk.model.list().rows.len(), 2, "all that is marked: {}", desk.screen());
    desk.press("space space F").shows("Next step with a day: 2 opportunities").press("enter");
    assert!(desk.note().contains("missing"), "an untouched Enter takes nothing away: {}", desk.note());
}

#[test]
fn the_box_of_a_next_step_says_which_day_it_reads_as_it_is_typed() {
    let mut desk = Driver::sample();
    desk.press("F").typed("call").shows_not("2026-11");
    desk.press("ctrl-u").typed("12/4").shows("Fri 2026-12-04").typed(" 견적 보내기").shows("Fri 2026-12-04");
    desk.press("ctrl-u").typed("다음달 말").shows("Thu 2026-12-31");
    desk.press("ctrl-u").typed("fri").shows("Fri 2026-11-27").press("ctrl-u").shows_not("Fri 2026");
}

#[test]
fn a_note_stays_with_the_deal_dated_and_signed_and_is_undone_like_anything() {
    let mut desk = Driver::sample();
    let id = desk.model.selected().unwrap().id;
    desk.press("m enter");
    assert!(desk.note().contains("Nothing is typed yet"), "{}", desk.note());
    desk.typed("회의 후 예산 확인").press("enter").size(200, 90).shows("회의 후 예산 확인");
    assert_eq!(desk.store.get(id).unwrap().opportunity.log.len(), 1);
    desk.press("u").shows_not("예산 확인");
}

#[test]
fn a_note_or_next_step_that_was_left_with_esc_stands_there_again_when_it_is_asked_for() {
    let mut desk = Driver::sample();
    desk.press("m").typed("예산 확인 중").press("esc j m").shows_not("예산 확인").press("esc k m").shows("예산 확인 중");
    assert_eq!(desk.note(), "Your draft is back.");
    desk.press("enter").size(200, 90).shows("예산 확인 중").press("m").typed("x").press("ctrl-u esc m");
    assert_eq!(desk.note(), "", "nothing stood there");
    // A next step that was only looked at is none that was typed.
    desk.press("esc F").typed("mon 전화").press("enter F esc F");
    assert_eq!(desk.note(), "");
    desk.typed(" 다시").press("esc F").shows("전화 다시");
}

#[test]
fn mine_only_asks_for_the_e_mail_where_only_a_first_name_is_set() {
    let half = Config::parse("[me]\nfirst-name = \"하린\"").unwrap();
    let mut desk = Driver::on(Driver::sample().store, half);
    desk.settings = Some("[me]\nfirst-name = \"하린\"\n".into());
    desk.press("M").shows("Who are you?").typed("harin.lee@haneul-partners.example").press("enter").shows("owner:me");
    assert!(!desk.model.list().rows.is_empty());
    let name = Config::parse("[me]\nfirst-name = \"하린\"\nlast-name = \"이\"").unwrap();
    let mut desk = Driver::on(Driver::sample().store, name);
    desk.press("M").shows("owner:me");
    assert!(!desk.model.list().rows.is_empty(), "a whole name is enough");
}

#[test]
fn mine_only_is_one_key_and_asks_who_one_is_where_nobody_is_known() {
    let mut desk = Driver::sample();
    desk.press("M").shows("Who are you?").press("esc").shows_not("owner:me");
    let config =
        Config::parse("[me]\nfirst-name = \"하린\"\nlast-name = \"이\"\nemail = \"harin.lee@haneul-partners.example\"").unwrap();
    let store: Store = Driver::sample().store;
    let mut desk = Driver::on(store, config);
    let all = desk.model.list().rows.len();
    desk.press("M").shows("owner:me");
    let mine = desk.model.list().rows.len();
    assert!(mine > 0 && mine < all, "{mine} of {all}");
    desk.size(200, 50).shows("Owner").shows("이하린").press("M").shows_not("owner:me");
    assert_eq!(desk.model.list().rows.len(), all);
}

#[test]
fn a_note_is_kept_with_the_deal_it_was_begun_for_whatever_moves_meanwhile() {
    let mut desk = Driver::sample();
    let id = desk.model.selected().unwrap().id;
    desk.press("m").typed("말씀 나눔");
    let away = cosell::domain::change::What::Decline { reason: cosell::domain::outcome::Reason::Timeline, note: None };
    let change = cosell::domain::change::Change { id, seen: None, what: away };
    desk.store.apply(&[change], desk.model.now.now).unwrap();
    desk.tell(cosell::desk::model::Msg::Reply(cosell::store::Reply::Moved));
    assert_ne!(desk.model.selected().unwrap().id, id, "another one is selected now");
    desk.press("enter");
    assert_eq!(desk.store.get(id).unwrap().opportunity.log.len(), 1);
}

#[test]
fn lines_that_are_pasted_where_no_paste_is_marked_do_not_run_as_commands() {
    let mut desk = Driver::sample();
    let id = desk.model.selected().unwrap().id;
    desk.press("m").burst("called\nasked for dates").shows("calledasked for dates");
    assert!(desk.store.get(id).unwrap().opportunity.log.is_empty() && !desk.quit);
    desk.press("enter");
    assert_eq!(desk.store.get(id).unwrap().opportunity.log.len(), 1);
}

#[test]
fn an_untouched_enter_is_no_step_and_u_is_not_said_to_take_it_back() {
    let mut desk = Driver::sample();
    let id = desk.model.selected().unwrap().id;
    desk.press("F").typed("+3d offer").press("enter F enter");
    assert!(desk.note().ends_with("offer."), "nothing was done that could be taken back: {}", desk.note());
    desk.press("space F").shows("Next step with a day: 全店舗").press("esc esc");
    assert!(desk.store.get(id).unwrap().opportunity.next.is_some());
}

#[test]
fn one_that_is_marked_has_its_own_next_step_and_name_in_the_box_wherever_the_cursor_is() {
    let mut desk = Driver::sample();
    let (id, title) = (desk.model.selected().unwrap().id, desk.selected());
    desk.press("F").typed("+3d offer").press("enter space j j F").shows("offer").shows(&title[..title.len().min(12)]);
    desk.press("ctrl-u enter");
    assert!(desk.store.get(id).unwrap().opportunity.next.is_none(), "what was seen there is taken away");
}

#[test]
fn a_deal_is_given_to_me_by_the_palette_in_every_stage_and_asks_who_i_am_first() {
    let mut desk = Driver::sample();
    desk.settings = Some(String::new());
    let id = desk.model.selected().unwrap().id;
    desk.press(":").typed("give it to me").press("enter").shows("Who are you?").press("esc");
    assert!(desk.store.get(id).unwrap().opportunity.owner.is_none());
    desk.press(":").typed("give it to me").press("enter").typed("haneul@hanbit.example").press("enter");
    assert_eq!(desk.store.get(id).unwrap().opportunity.owner.unwrap().as_str(), "haneul@hanbit.example");
    assert!(desk.note().contains("belongs to haneul@hanbit.example now"), "{}", desk.note());
    desk.press("u");
    assert!(desk.store.get(id).unwrap().opportunity.owner.is_none());
    desk.press("t t t ctrl-a :").typed("give it to me").press("enter").shows("Owner set: 13.").press("esc esc M");
    assert!(desk.model.list().rows.len() > 5, "archived ones too: {}", desk.screen());
}

#[test]
fn the_edit_form_names_the_owner_among_who_is_on_the_deal_and_me() {
    let config =
        Config::parse("[me]\nfirst-name = \"하린\"\nlast-name = \"이\"\nemail = \"new.rep@haneul-partners.example\"").unwrap();
    let mut desk = Driver::on(Driver::sample().store, config);
    desk.press("t t");
    let id = desk.model.selected().unwrap().id;
    desk.press("e pgdn tab").shows("Owner").shows("이하린");
    desk.typed("nobody@x.example").press("ctrl-s").shows("is no employee on it. One of");
    desk.press("ctrl-u").typed("new.rep@haneul-partners.example").press("ctrl-s");
    assert_eq!(desk.store.get(id).unwrap().opportunity.owner.unwrap().as_str(), "new.rep@haneul-partners.example");
    desk.press("e pgdn tab ctrl-u ctrl-s");
    assert!(desk.store.get(id).unwrap().opportunity.owner.is_none(), "nothing is the first employee: {}", desk.screen());
}

#[test]
fn the_palette_copies_the_own_week_for_a_mail_and_asks_who_that_is_first() {
    let mine =
        Config::parse("[me]\nfirst-name = \"하린\"\nlast-name = \"이\"\nemail = \"harin.lee@haneul-partners.example\"").unwrap();
    let mut desk = Driver::on(Driver::sample().store, mine);
    desk.press(":").typed("weekly digest").press("enter").shows("Your week was copied as text for a mail.");
    let copied = desk.copied.last().unwrap();
    assert!(copied.starts_with("Weekly digest\n") && copied.contains("이하린") && copied.contains("\n    #"), "{copied}");
    assert!(!copied.contains("Without an owner"), "{copied}");
    let mut nobody = Driver::sample();
    nobody.settings = Some(String::new());
    nobody.press(":").typed("weekly digest").press("enter");
    assert!(nobody.copied.is_empty());
    nobody.typed("harin.lee@haneul-partners.example").press("enter");
    assert!(nobody.copied.last().is_some_and(|copied| copied.contains("이하린")), "{}", nobody.screen());
}

//! The last messages: what was on the bottom line can be read again, whole and with its time.

use cosell::clock::Clock;
use cosell::desk::model::{Dialog, Msg};

use crate::support::driver::Driver;

fn messages(desk: &mut Driver) -> Vec<(String, String)> {
    desk.press(":").typed("last messages").press("enter");
    let Some(Dialog::Menu(menu)) = desk.model.dialogs.last() else { panic!("no menu") };
    menu.lines.iter().map(|line| (line.left.clone(), line.text.clone())).collect()
}

#[test]
fn what_was_said_leaves_the_way_to_help_on_the_screen() {
    let mut desk = Driver::sample();
    desk.press("f");
    let bottom = |desk: &Driver| desk.screen().lines().rfind(|line| line.contains("help")).unwrap_or_default().to_owned();
    assert!(!desk.note().is_empty());
    assert!(bottom(&desk).contains(&desk.note()) && bottom(&desk).contains("? help"), "{}", desk.screen());
    desk.press("/ f7");
    assert!(bottom(&desk).contains("F1 help"), "{}", desk.screen());
    desk.press("esc").size(40, 10).press("i enter");
    assert!(desk.screen().contains("Type the name of a file first.\n"), "it takes no line of its own: {}", desk.screen());
}

#[test]
fn what_was_said_stays_to_be_read_newest_first_with_its_time() {
    let mut desk = Driver::sample();
    desk.press(":").typed("notifications").press("enter").shows("Nothing has been said yet.").press("enter");
    desk.press("f j w w w");
    let later = Clock::from_setting(Some("2026-11-22T09:30:00+09:00")).unwrap();
    desk.tell(Msg::Tick(later.now())).press("y j");
    assert_eq!(desk.note(), "", "the bottom line has forgotten it");
    let said = messages(&mut desk);
    let texts: Vec<&str> = said.iter().map(|(_, text)| text.as_str()).collect();
    let favorite = "Favorite: 全店舗の売上ダッシュボード. u undoes it.";
    assert_eq!(
        texts,
        ["Copied as a row for Excel or Outlook: 晶圓廠零信任導入", "Not accepted yet: accept or decline it first.", favorite]
    );
    assert_eq!((said[0].0.as_str(), said[2].0.as_str()), ("22 Nov 09:30", "21 Nov 08:00"));
    desk.size(40, 10).shows("▸22 Nov 09:30  Copied as a").shows("Outlook").shows("1 of 3").press("j j").shows("undoes it.");
}

#[test]
fn a_hundred_are_kept() {
    let mut desk = Driver::sample();
    for _ in 0..60 {
        desk.press("f w");
    }
    let said = messages(&mut desk);
    assert_eq!(said.len(), 100);
    desk.press("G").shows("100 of 100");
}

#[test]
fn a_long_message_is_shown_whole_or_ends_with_a_sentence_and_the_way_to_the_rest() {
    let mut desk = Driver::sample();
    let sentence = |n: usize| format!("This is sentence number {n} of what was said here, and it is not a short one.");
    let said = |count: usize| (1..=count).map(sentence).collect::<Vec<_>>().join(" ");
    desk.model.note = Some(cosell::desk::model::Note { text: said(5), bad: false });
    assert!(desk.screen().replace(['\n', ' '], "").contains(&sentence(5).replace(' ', "")), "{}", desk.screen());
    desk.model.note = Some(cosell::desk::model::Note { text: said(12), bad: true });
    desk.shows("not a short one.\n … (: messages)").shows("number 5").shows_not("number 6");
    desk.size(40, 10).shows("… (: messages)").shows("sentence number 1");
    desk.press(":").typed("messages").press("enter").shows("Nothing has been said yet.");
}

#[test]
fn the_ways_to_everything_and_to_help_stay_beside_every_message_on_every_width() {
    let mut desk = Driver::sample();
    for rows in [10, 24] {
        for columns in (40..=200).step_by(3) {
            desk.size(columns, rows);
            for words in [1, 6, 9, 12, 16, 25, 40] {
                let text = vec!["something"; words].join(" ") + ".";
                desk.model.complain(&text, vec![text.clone()]);
                desk.shows(": all").shows("? help");
                let screen = desk.screen();
                let last = screen.lines().rfind(|line| !line.starts_with("cursor")).unwrap();
                assert!(last.contains(": all") && last.contains("? help"), "{columns}x{rows}, {words} words: {screen}");
            }
        }
    }
}

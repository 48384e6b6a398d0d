//! The filter while typing, and lists that explain why they are empty.

use cosell::clock::Clock;
use cosell::config::Config;
use cosell::domain::date::Order;
use cosell::domain::stage::StageKind;
use cosell::domain::tab::{Tab, View};
use cosell::sample;
use cosell::store::Settings;

use crate::sums::{ALL, desk_with};
use crate::support::driver::{Driver, NOW};

#[test]
fn a_filter_by_a_date_says_how_many_are_left_out_for_an_unknown_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.csv");
    std::fs::write(&path, include_str!("../fixtures/bulk-2023.csv")).unwrap();
    let mut desk = Driver::sample();
    desk.press("i").typed(&path.display().to_string()).press("enter esc");
    let undated = desk.model.list().rows.iter().filter(|row| !row.is_dated).count();
    assert!(undated > 0);
    desk.press("1 /").typed("received:>2020-01-01").press("enter").shows(&format!("{undated} undated"));
    desk.size(140, 30).shows(&format!("{undated} with unknown date left out"));
    desk.press("/ ctrl-u").typed("received:<2001-01-01").press("enter");
    desk.shows(&format!("{undated} are left out only because their date is unknown."));
    desk.press("esc").shows_not("undated").shows_not("left out");
}

#[test]
fn an_empty_inbound_says_that_deals_stand_in_outbound_and_by_which_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.json");
    let made = r#"[{"id":"a1b2c3d4-0000-4000-8000-000000000001","status":"Active","direction":"Outgoing","customerProfile":{"name":"한빛"}}]"#;
    std::fs::write(&path, made).unwrap();
    let mut desk = Driver::empty();
    desk.press("i")
        .typed(&path.display().to_string())
        .press("enter esc 1")
        .shows("Nothing is Open in Inbound.")
        .shows("Elsewhere: 1 in Outbound (2)");
    desk.press("2").shows("한빛").press("t t").shows("Nothing is Archived in Outbound.").shows_not("Elsewhere");
}

#[test]
fn the_list_narrows_with_every_letter_and_says_how_many_pass() {
    let mut desk = Driver::sample();
    desk.press("/").typed("クラ").shows("1 of 26").shows("生産管理").press("enter").shows("filter: クラ");
    desk.press("esc").shows_not("filter:");
}

#[test]
fn half_width_kana_hiragana_case_and_initial_consonants_find_the_same() {
    for (typed, found) in [
        ("ｸﾗｳﾄﾞ", "生産管理"),
        ("くらうど", "生産管理"),
        ("CANNER", "canneries"),
        ("ㄴㄹㅇ", "누리온정밀"),
        ("누리온", "누리온정밀"),
    ] {
        let mut desk = Driver::sample();
        desk.press("/").typed(typed).size(120, 24).shows(found);
        assert!(desk.model.list().rows.len() < 5, "{typed} finds {}", desk.model.list().rows.len());
    }
}

#[test]
fn what_is_wrong_with_a_filter_stands_on_the_bottom_line_while_the_rest_filters() {
    let mut desk = Driver::sample();
    desk.press("/").typed("クラウド country:X").shows("“X” is no country.").shows("1 of 26");
    desk.press("enter").shows("“X” is no country.").shows("filter: クラウド country:X");
    desk.press("backspace").typed("JP").shows_not("no country").shows("1 of 26").press("enter");
    assert!(desk.model.dialogs.is_empty());
}

#[test]
fn esc_while_typing_brings_the_filter_before_back() {
    let mut desk = Driver::sample();
    desk.press("/").typed("country:KR").press("enter");
    let rows = desk.model.list().rows.len();
    desk.press("/ ctrl-u").typed("nothing at all").shows("Nothing passes").press("esc");
    assert_eq!(desk.model.list().rows.len(), rows);
    desk.shows("/ country:KR");
}

#[test]
fn an_empty_list_says_which_filter_hides_how_many_and_how_to_clear_it() {
    let mut desk = Driver::sample();
    desk.press("/").typed("zzzz").press("enter");
    desk.shows("Nothing passes the filter “zzzz”.").shows("It hides 26. Esc clears it.").press("esc").shows("全店舗");
}

#[test]
fn arrows_and_enter_choose_on_the_welcome() {
    let mut desk = Driver::empty();
    assert!(desk.reversed().contains("import a download"), "{}", desk.screen());
    desk.press("down");
    assert!(desk.reversed().contains("enter a deal"), "{}", desk.screen());
    desk.press("enter").shows("New deal").press("esc down enter");
    assert!(desk.demo);
    desk.size(40, 10).press("up up up");
    assert!(desk.reversed().contains("import a download"), "{}", desk.screen());
}

#[test]
fn an_empty_database_is_welcomed_with_ways_in() {
    let mut desk = Driver::empty();
    desk.shows("Welcome").shows("i        import a download").shows("D        look at a sample pipeline");
    desk.press("D");
    assert!(desk.demo);
    desk.press("i").shows("Import a file");
}

#[test]
fn next_and_previous_match_go_on_outside_the_filter() {
    let keys = [("next-match", "ctrl-n"), ("previous-match", "ctrl-b")];
    let keys = keys.map(|(action, key)| (action.to_owned(), vec![key.to_owned()])).to_vec();
    let config = Config { keys, ..Config::default() };
    let moment = Clock::from_setting(Some(NOW)).unwrap().moment();
    let mut desk = Driver::on(sample::store(Settings::default(), moment).unwrap(), config);
    desk.press("/").typed("country:KR").press("enter");
    let first = desk.selected();
    desk.press("ctrl-n");
    assert_ne!(desk.selected(), first);
    desk.press("ctrl-b");
    assert_eq!(desk.selected(), first);
    // Without its partner on n, which begins a deal, N is nobody's.
    desk.press("N");
    assert_eq!(desk.note(), "N does nothing here. ? shows the keys.");
}

#[test]
fn matches_are_underlined_in_names() {
    use ratatui::style::Modifier;
    let mut desk = Driver::sample();
    desk.press("/").typed("누리온").press("enter");
    let terminal = desk.painted();
    let underlined: String = terminal
        .backend()
        .buffer()
        .content()
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::UNDERLINED) && cell.symbol().chars().any(|c| c >= '가'))
        .map(|cell| cell.symbol())
        .collect();
    assert!(underlined.starts_with("누리온"), "{underlined}");
}

#[test]
fn the_key_that_is_named_beside_a_hit_elsewhere_leads_to_it() {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("/").typed("Loyalty").shows("After Enter: 1 in Archived (t) · Enter looks everywhere");
    // One press, however many stages lie between.
    desk.press("enter")
        .shows("1 in Archived (t)")
        .shows("Enter looks everywhere")
        .press("t")
        .shows("[Archived")
        .shows("Loyalty app")
        .shows("1 of 13");
    desk.press("esc 2 t t t /")
        .typed("Loyalty")
        .press("enter")
        .shows("1 in Inbound")
        .press("1")
        .shows("Loyalty app")
        .shows("filter: Loyalty");
    assert!(!desk.model.list().everywhere);
}

#[test]
fn the_tab_with_the_hits_opens_in_the_stage_that_has_them() {
    // One that was lost, so that the header says where it is; Esc leads back.
    let mut desk = Driver::sample();
    desk.size(120, 30).press("2 /").typed("Loyalty").press("enter").shows("1 in Inbound (1)").press("1");
    desk.shows("[Archived").shows("Loyalty app").shows("1 of 13").press("esc").shows("[Open 13]");
    // In several stages: the narrowest view that holds them.
    let found = |desk: &Driver| desk.model.list().rows.iter().map(|row| row.stage.kind()).collect::<Vec<_>>();
    desk.press("t t /").typed("country:JP value:>1 ク").press("enter").shows("in Inbound (1)").press("1");
    let (view, stages) = (desk.model.list().query.view, found(&desk));
    assert!([StageKind::Received, StageKind::Accepted].iter().all(|stage| stages.contains(stage)), "{stages:?}");
    assert_eq!(view, View::Open, "{}", desk.screen());
}

#[test]
fn nothing_of_nothing_is_not_said_where_the_filter_names_a_stage() {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("2 /").typed("stage:received").press("enter");
    let open = desk.model.counts.of(Tab::Outbound, View::Open);
    desk.shows(&format!("It hides {open}.")).shows(&format!("0 of {open}")).shows_not("0 of 0");
    desk.press("esc").shows(&format!("[Open {open}]"));
}

#[test]
fn every_line_of_the_welcome_has_its_key_and_what_stands_there_does_it() {
    let mut desk = Driver::empty();
    desk.shows(":mouse   work with the mouse as well").press(":").typed("mouse").press("enter");
    assert_eq!(desk.mouse, Some(true));
    desk.shows("i   import a download").shows_not(":mouse");
    let config = Config { keys: vec![("mouse".to_owned(), vec!["ctrl-n".to_owned()])], ..Config::default() };
    Driver::on(Driver::empty().store, config).shows("^n   work with the mouse as well");
}

#[test]
fn a_key_pressed_before_it_is_said_where_a_filter_finds_something_does_what_is_said_then() {
    for (keys, shown) in [("t", "[Archived"), ("enter", "All tabs and stages"), ("t j", "[Archived")] {
        let mut desk = Driver::sample();
        desk.size(120, 30).crank().press("/").typed("Loyalty").press("enter");
        while desk.waiting() > 0 && !desk.model.list().rows.is_empty() {
            desk.answer(0);
        }
        desk.press(keys).shows("Nothing passes the filter").shows_not("1 in Archived");
        while desk.waiting() > 0 {
            desk.answer(0);
        }
        desk.shows(shown).shows("Loyalty app");
    }
    // Esc is never waited for.
    let mut desk = Driver::sample();
    desk.size(120, 30).crank().press("/").typed("Loyalty").press("enter");
    while desk.waiting() > 0 && !desk.model.list().rows.is_empty() {
        desk.answer(0);
    }
    desk.press("t esc");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows("[Open").shows_not("Loyalty");
}

#[test]
fn a_key_in_quotation_marks_that_finds_nothing_is_said_to_be_a_word() {
    let mut desk = Driver::sample();
    let said = "In quotation marks stage:accepted is looked for as it is; without them it is a filter.";
    desk.size(120, 30).press("/").typed("\"stage:accepted\"").press("enter").shows("Nothing passes the filter").shows(said);
    desk.press("esc /").typed("\"zzz\"").press("enter").shows("Nothing passes the filter").shows_not("quotation");
    // What goes on behind a blank needs none.
    desk.press("esc /").typed("close:next month").press("enter").shows("of 26").shows_not("Nothing passes");
}

#[test]
fn tab_completes_keys_and_values_and_goes_on_to_the_next_one() {
    let mut desk = Driver::sample();
    desk.press("/").typed("coun").press("tab").shows("filter: country:");
    desk.typed("JP クラ").shows("1 of 26").press("ctrl-u");
    desk.typed("stage:").press("tab").shows("filter: stage:received").shows("[received]  accepted  archived");
    desk.press("tab").shows("filter: stage:accepted").press("shift-tab").shows("filter: stage:received");
    desk.press("shift-tab").shows("filter: stage:archived").press("tab tab").shows("filter: stage:accepted");
    desk.typed(",rec")
        .press("tab")
        .shows("filter: stage:accepted,received")
        .press("enter")
        .shows("filter: stage:accepted,received");
    desk.press("/ ctrl-u").typed("close:next-").press("tab").shows("[next-week]  next-month");
    desk.press("left").shows_not("[next-week]");
    desk.press("ctrl-u ctrl-k").typed("zzz").press("tab").shows("No key or value begins so. F1 lists them.");
}

#[test]
fn arrows_in_the_filter_line_bring_earlier_filters_once_each_and_what_was_typed_comes_back() {
    let mut desk = Driver::sample();
    desk.press("/ up").shows("There is no other filter yet.").press("esc");
    for filter in ["country:KR", "erp", "country:KR", "country:JP"] {
        desk.press("/ ctrl-u").typed(filter).press("enter");
    }
    assert_eq!(desk.model.filters, ["country:JP", "country:KR", "erp"]);
    desk.press("/ ctrl-u").typed("cl").press("up").shows("filter: country:JP").press("up").shows("filter: country:KR");
    let rows = desk.model.list().rows.len();
    desk.press("up up up").shows("filter: erp").press("down down").shows("filter: country:JP");
    desk.press("down").shows("filter: cl").press("down").shows("filter: cl");
    desk.press("up up enter");
    assert_eq!(desk.model.list().rows.len(), rows);
    desk.shows("/ country:KR");
    // What stands there already is not brought once more, and Esc still brings the filter before back.
    desk.press("/ up").shows("filter: country:JP").press("esc").shows("/ country:KR");
    assert_eq!(desk.model.filters, ["country:KR", "country:JP", "erp"], "nothing that was given up is remembered");
}

#[test]
fn footer_and_help_of_the_filter_line_name_its_keys() {
    let mut desk = Driver::sample();
    desk.press("/").shows("Enter keep it").shows("Tab complete").shows_not("earlier filters").shows("Esc back");
    desk.typed("erp").press("enter /").shows_not("earlier filters");
    desk.press("ctrl-u").typed("cio").shows("↑ earlier filters").press("esc /");
    desk.press("f1").size(120, 50).shows("Complete the key or value").shows("An earlier filter").shows("sales-stage:>=40");
    desk.press("esc").shows("filter: erp");
}

#[test]
fn n_is_a_new_deal_while_a_filter_is_on_too() {
    let mut desk = Driver::sample();
    desk.press("/").typed("country:KR").press("enter").size(120, 24).shows("n new deal").shows_not("next match");
    desk.press("n").shows("New deal");
}

#[test]
fn a_wrong_key_names_the_one_that_was_meant_first() {
    let mut desk = Driver::sample();
    desk.press("/").typed("countr:KR").shows("There is no key “countr”. Did you mean country:?");
    desk.press("ctrl-u").typed("stage:archve").shows("“archve” is no stage. Did you mean archived?");
}

#[test]
fn that_amounts_are_compared_each_in_its_own_currency_is_said_once() {
    let said = "value: compares each deal in its own currency; add currency:USD to compare one.";
    let mut desk = Driver::sample();
    desk.press("/").typed("currency:KRW value:>1m").press("enter");
    assert_eq!(desk.note(), "", "of one currency there is nothing to say");
    desk.press("esc /").typed("value:>1m|<10").press("enter");
    assert_eq!(desk.note(), said);
    desk.press("esc /").typed("value:>2m").press("enter");
    assert_eq!(desk.note(), "", "once is enough");
}

#[test]
fn a_filter_that_names_stage_or_tab_overrules_them_and_the_header_says_so() {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("2").shows("[Open");
    desk.press("/")
        .typed("outcome:won")
        .press("enter")
        .shows("Stages by filter · sort:")
        .shows_not("[Open")
        .shows_not("[Archived");
    let found = desk.model.list().rows.len();
    assert!(found > 0 && desk.model.list().rows.iter().all(|row| row.stage.outcome().is_some()));
    let archived = desk.model.counts.of(Tab::Outbound, View::Archived);
    desk.shows(&format!("{found} of {archived}"));
    desk.press("t").shows("The filter “outcome:won” says which stages are shown. Esc clears it.");
    desk.press("f5").shows(&format!("{found} of {archived}"));
    desk.press("u").shows(&format!("{} of {}", found - 1, archived - 1));
    desk.press(": ").typed("stage view: all").shows("says which stages").press("esc esc").shows("[Open");
    desk.press("/").typed("tab:inbound").press("enter").shows("Tab by filter").shows("[Open");
    let inbound = desk.model.counts.of(Tab::Inbound, View::Open);
    desk.shows(&format!("{inbound} of {inbound}")).press("t").shows("Tab by filter").shows("[Received");
    desk.press("/").typed(" due:<9d").press("enter").shows("Tab and stages by filter");
    desk.press("esc").shows("[Open");
}

#[test]
fn what_a_filter_that_overrules_the_view_shows_is_summed_and_marked() {
    let mut desk = Driver::sample();
    desk.press("2 /").typed("outcome:won").press("enter");
    let won = desk.model.list().rows.len();
    desk.rest();
    desk.shows(&format!("{won} shown · ")).press("ctrl-a").shows(&format!("{won} marked"));
}

#[test]
fn a_filter_that_overrules_the_view_pages_and_keeps_its_count() {
    let mut desk = Driver::sample();
    desk.size(80, 12).press("2 /").typed("tab:all stage:archived,accepted,received").press("enter");
    let all = desk.model.counts.of(Tab::All, View::All);
    assert!(desk.model.list().after, "there are more than a window");
    desk.press("G").shows(&format!("{all} of {all}"));
    let last = desk.selected();
    desk.press("g pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn pgdn");
    assert_eq!(desk.selected(), last);
}

#[test]
fn mg_71_a_view_that_holds_nothing_of_a_tab_is_neither_shown_nor_offered_there() {
    let mut desk = Driver::sample();
    desk.size(120, 30)
        .shows(" Received ")
        .press("2")
        .shows_not(" Received ")
        .press("t")
        .shows("[Accepted")
        .press("t")
        .shows("[Archived");
    desk.press(":")
        .typed("stage view: rec")
        .shows_not("view: Received")
        .press("esc 1 :")
        .typed("stage view: rec")
        .shows("view: Received");
}

#[test]
fn a_filter_that_finds_nothing_here_says_where_it_finds_something_and_enter_shows_it() {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("t t /").typed("country:KR").press("enter").shows("of 9").press("esc 2 t t");
    // Nothing of Japan ended among ours; but there are ones elsewhere.
    desk.press("/").typed("country:JP ク").shows("Nothing passes the filter").shows("in Inbound").shows("Enter looks everywhere");
    desk.press("enter enter").shows("All tabs and stages");
    let all = desk.model.counts.of(Tab::All, View::All);
    let found = desk.model.list().rows.len();
    assert!(found > 0);
    desk.shows(&format!("{found} of {all}")).press("f5").shows(&format!("{found} of {all}"));
    // With the filter that is over, and the view is the one of before.
    desk.press("esc").shows("[Archived").shows_not("All tabs and stages");
    desk.press("/").typed("zzz").press("enter").shows("Nothing passes it in other stages or tabs either.");
    desk.press("enter").shows("Nothing is selected.");
}

#[test]
fn where_else_something_passes_is_asked_for_only_where_nothing_passes() {
    let mut desk = Driver::sample();
    desk.press("/").crank().typed("a").answer(0);
    assert_eq!(desk.waiting(), 0, "there are rows");
    desk.typed("qqq");
    while desk.waiting() > 1 {
        desk.answer(0);
    }
    desk.answer(0).shows("Nothing passes the filter").shows_not("other stages or tabs");
    assert_eq!(desk.waiting(), 1);
    // An answer to an earlier filter is not shown.
    desk.typed("z").answer(0).shows_not("other stages or tabs");
    desk.answer(0).shows_not("other stages or tabs").answer(0).shows("other stages or tabs");
}

#[test]
fn today_in_a_filter_is_another_day_after_midnight() {
    let mut desk = Driver::sample();
    desk.press("/").typed("due:tomorrow").press("enter");
    let ids = |desk: &Driver| desk.model.list().rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let tomorrow = ids(&desk);
    desk.press("esc /").typed("due:today").press("enter");
    assert_ne!(ids(&desk), tomorrow);
    let midnight = desk.model.now.now.plus_micros(16 * 3_600_000_000 + 1);
    desk.tell(cosell::desk::model::Msg::Tick(midnight));
    assert_eq!(ids(&desk), tomorrow, "the desk stayed open overnight: {}", desk.screen());
}

#[test]
fn with_a_home_currency_an_amount_is_meant_in_it_and_that_is_said() {
    let mut desk = desk_with(Some("USD"), &ALL);
    desk.press("/").typed("value:>300k tab:all").press("enter");
    desk.shows("value: is meant in USD, by the rates of Fri 2026-11-20");
    // 300,000 won are 300 dollars.
    let in_dollars = desk.screen();
    desk.press("/ ctrl-u").typed("value:>300k tab:all currency:KRW").press("enter").shows("₩");
    assert_ne!(desk.screen(), in_dollars);
    let mut own = desk_with(None, &ALL);
    own.press("/").typed("value:>300k tab:all").press("enter").shows("compares each deal in its own currency");
}

#[test]
fn the_words_of_partner_center_lead_to_those_of_the_filter() {
    let mut desk = Driver::sample();
    desk.press("/").typed("status:won").press("enter");
    assert!(desk.note().contains("Did you mean stage:?"), "{}", desk.note());
    desk.press("ctrl-u").typed("stage:won").press("enter");
    assert!(desk.note().contains("Did you mean outcome:won?"), "{}", desk.note());
}

#[test]
fn the_detail_of_the_only_hit_closes_when_that_is_declined_and_shows_no_blank_page() {
    let mut desk = Driver::sample();
    desk.press("t");
    let id = desk.model.selected().unwrap().id;
    desk.press("/").typed(&format!("id:{id}")).press("enter").shows("1 of").press("enter").shows("a Accept");
    desk.press("d 1 ctrl-s").shows("Nothing passes the filter").shows("Esc clears it");
}

#[test]
fn a_day_without_a_year_is_understood_in_the_filter_as_in_the_form() {
    for (order, read) in [(Order::Month, "Thu 2027-03-04"), (Order::Day, "Sat 2027-04-03")] {
        let mut desk = Driver::sample();
        desk.model.now.today.order = order;
        desk.press("/")
            .typed("close:<12/31")
            .shows_not("is no date")
            .press("enter")
            .shows("/ close:<12/31")
            .shows_not("can mean");
        desk.press("esc /").typed("close:<3/4").press("enter");
        assert!(desk.note().contains(&format!("“3/4” is read as {read}")), "{}", desk.note());
    }
}

#[test]
fn closed_in_a_filter_is_archived() {
    let mut desk = Driver::sample();
    let shown = |desk: &Driver| desk.model.list().rows.iter().map(|row| row.id).collect::<Vec<_>>();
    desk.press("/").typed("closed").press("tab").shows("archived:").typed("this-month").press("enter");
    let archived = shown(&desk);
    assert!(!archived.is_empty());
    desk.press("esc /").typed("closed:this-month").press("enter").shows("filter: closed:this-month");
    assert_eq!(shown(&desk), archived);
}

#[test]
fn the_counts_of_the_stages_stay_in_the_head_while_a_filter_or_another_order_stands() {
    let mut desk = Driver::sample();
    desk.size(80, 24).press("/").typed("country:KR").press("enter");
    desk.shows(" [Open 26] Received 17 Accepted 9 Archived 13 All 39 · / country:KR").shows("6 of 26");
    desk.press("s v").shows("Archived 13 All 39 · / country:KR").shows("Value ▾");
    // The end of a longer one goes before the counts do; a click on it opens it whole.
    desk.press("esc /").typed("country:KR value:>1m 클라우드").press("enter").shows("Archived 13 All 39 · / country").shows("…");
    // No column tells this order.
    desk.press("esc s r").shows("[Open 26] Received 17 Accepted 9 Archived 13 All 39 · sort: ");
    desk.size(120, 24).press("/").typed("country:KR").press("enter").shows("All 39 · sort: ").shows(" · filter: country:KR");
}

#[test]
fn esc_leads_back_to_where_the_rep_was_before_a_key_led_to_hits_elsewhere() {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("j j");
    let here = desk.selected();
    desk.press("/").typed("Loyalty").press("enter t").shows("[Archived").shows("Loyalty app");
    desk.press("esc").shows("[Open 26]").shows_not("filter:");
    assert_eq!(desk.selected(), here);
    // Into the other tab, which is left as it stood.
    desk.press("2 t t").shows("[Archived").press("j").press("/").typed("Cold-chain").press("enter").shows("1 in Inbound (1)");
    desk.press("1").shows("Cold-chain sensors").press("esc").shows("[Archived").shows_not("filter:");
    desk.press("1").shows("[Open 26]").shows_not("filter:");
    // An order that was chosen there stays.
    desk.press("/").typed("Loyalty").press("enter t s c esc").shows("[Open 26]").press("t t t").shows("sort: customer");
    desk.press("t t");
    // Who goes on from there stays.
    desk.press("/").typed("Loyalty").press("enter t t").shows("[All 39]").press("esc").shows("[All 39]");
}

#[test]
fn tab_behind_the_beginning_of_a_number_completes_to_the_name_that_finds_the_deal() {
    let mut desk = Driver::sample();
    let rows: Vec<_> = desk.model.list().rows.iter().map(|row| row.id).collect();
    let customers = rows.iter().map(|id| desk.store.get(*id).unwrap().opportunity.customer);
    let customer = customers.into_iter().find(|customer| customer.duns.is_some()).unwrap();
    let duns = customer.duns.unwrap().to_string();
    // The directory calls it otherwise since a list of companies came.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("companies.csv");
    let country = customer.address.country.unwrap().code();
    std::fs::write(&file, format!("Company name,D-U-N-S,City,Country\nQuite another name,{duns},Seoul,{country}\n")).unwrap();
    desk.press("i").typed(file.to_str().unwrap()).press("enter esc esc");
    desk.size(120, 30).press("/").typed(&format!("customer:{}", &duns[..7])).press("tab enter");
    let text = desk.model.list().filter_text.clone();
    assert!(text.contains(customer.name.as_str()), "{text} is not {}", customer.name);
    assert!(desk.model.list().rows.iter().any(|row| row.customer.as_str() == customer.name.as_str()), "{}", desk.screen());
}

#[test]
fn the_beginning_of_a_legal_form_offers_customers_whose_names_begin_so_or_nothing() {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("/").typed("customer:주식회").press("tab");
    let text = desk.model.list().filter_text.clone();
    assert!(text.contains("주식회사") && !desk.model.list().rows.is_empty(), "{text}");
    desk.press("ctrl-u").typed("customer:株式会").press("tab");
    let text = desk.model.list().filter_text.clone();
    assert!(text.contains("株式会社") && !desk.model.list().rows.is_empty(), "{text}");
    desk.press("ctrl-u").typed("customer:-").press("tab").shows("No deal holds anything that begins so.");
}

#[test]
fn tab_offers_what_deals_hold_before_anything_else() {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("/").typed("country:").press("tab").shows("filter: country:KR").shows("[KR]  JP");
    desk.press("tab").shows("filter: country:JP").press("ctrl-u").typed("currency:").press("tab").shows("[KRW]");
    desk.press("ctrl-u").typed("city:서").press("tab").shows("filter: city:서울특별시");
    desk.press("ctrl-u").typed("customer:Cont").press("tab").shows("filter: customer:\"Contoso Outdoor Ltd\"");
    // What is complete stays as it is, and nothing is said against it.
    desk.press("tab").shows("filter: customer:\"Contoso Outdoor Ltd\"").shows_not("begins so");
    desk.press("ctrl-u")
        .typed("고객:\"harrowmill f")
        .press("tab")
        .shows("고객:\"Harrowmill Foods, Inc.\"")
        .press("enter")
        .shows("1 of 26");
    desk.press("/ ctrl-u").typed("customer:zzz").press("tab").shows("No deal holds anything that begins so.");
    desk.press("ctrl-u").typed("employee:an").press("tab").shows("Any words may stand here; none are offered.");
    desk.press("ctrl-u").typed("zzz").press("tab").shows("No key or value begins so.");
}

#[test]
fn a_key_that_is_named_while_the_filter_is_typed_is_pressed_after_it_is_kept_as_it_says() {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("/").typed("Loyalty").shows("After Enter: 1 in Archived (t)").press("enter t").shows("[Archived");
    let mut desk = Driver::sample();
    desk.size(120, 30)
        .press("/")
        .typed("Loyalty")
        .press("enter")
        .shows_not("After Enter")
        .press("enter")
        .shows("All tabs and stages");
}

#[test]
fn an_empty_desk_never_counts_none_of_nothing() {
    let mut desk = Driver::empty();
    desk.press("/").typed("contoso").shows_not("0 of").press("enter");
    desk.shows_not("0 of").shows_not("hides 0").shows("Without it there is nothing either. Esc clears it.");
    desk.press("esc").shows("Welcome");
}

#[test]
fn what_tab_asked_for_is_not_put_behind_what_was_typed_meanwhile() {
    let mut desk = Driver::sample();
    desk.press("/").typed("country:").crank().press("tab").typed("J");
    while desk.waiting() > 0 {
        desk.answer(0);
    }
    desk.shows("filter: country:J").shows_not("[KR]");
}

#[test]
fn a_key_alone_in_quotation_marks_or_one_that_excludes_is_said_to_be_a_word() {
    let mut desk = Driver::sample();
    desk.size(120, 30).press("/").typed("\"고객\":한빛").press("enter");
    desk.shows("In quotation marks 고객:한빛 is looked for as it is; without them it is a filter.");
    desk.press("esc /").typed("-\"단계:수락\"").press("enter");
    assert_eq!(desk.note(), "In quotation marks 단계:수락 is left out as it is; without them it is a filter.");
    desk.press("esc /").typed("-stage:accepted").press("enter");
    assert_eq!(desk.note(), "");
}

#[test]
fn who_the_rep_is_the_filter_asks_for_by_a_key_and_names_no_command() {
    let mut desk = Driver::sample();
    desk.size(120, 30)
        .press("/")
        .typed("owner:me")
        .shows("nothing says who you are. Enter asks for it")
        .shows_not("cosell config");
    desk.press("enter").shows("Who are you?");
}

#[test]
fn that_a_currency_has_no_rates_names_the_key_that_takes_them_over_and_no_command() {
    let mut desk = desk_with(Some("USD"), &[]);
    desk.press("/").typed("value:>300k tab:all").press("enter");
    let said =
        "value: compares each deal in its own currency: there are no exchange rates for USD yet. i takes a file of them over.";
    assert_eq!(desk.note(), said);
}

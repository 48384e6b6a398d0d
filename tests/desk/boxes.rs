//! How boxes look: as high as what they hold, what lies behind them muted or gone.

use ratatui::style::Modifier;

use crate::support::driver::Driver;

/// Returns the lines of the screen, and in which of them the words stand.
fn line_of(desk: &Driver, words: &str) -> usize {
    let screen = desk.screen();
    screen.lines().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words:?} is not on the screen:\n{screen}"))
}

#[test]
fn boxes_of_one_line_name_enter_at_the_bottom() {
    for (keys, told) in [
        ("F", "Enter keep it"),
        ("m", "Enter keep it"),
        ("V", "Enter keep it"),
        ("x", "Enter write it"),
        ("i", "Enter import"),
        ("/", "Enter keep it"),
        ("e", "Enter keep it"),
        ("r d", "Enter show it"),
    ] {
        let mut desk = Driver::sample();
        desk.press(keys);
        let screen = desk.screen();
        let bottom = screen.lines().find(|line| line.contains("Esc") && line.contains("F1 help")).unwrap_or_default();
        assert!(bottom.contains(told), "{keys}: {screen}");
    }
}

#[test]
fn the_button_stands_below_the_last_field_however_high_the_screen_is() {
    for (columns, rows) in [(80, 24), (120, 40), (200, 50), (300, 100)] {
        let mut desk = Driver::sample();
        desk.size(columns, rows).press("n pgdn");
        assert_eq!(line_of(&desk, "[ Next: Employees ]"), line_of(&desk, "Notes") + 2, "{columns}x{rows}: {}", desk.screen());
        let top = line_of(&desk, "┌─ New deal");
        for page in 0..4 {
            assert_eq!(line_of(&desk, "┌─ New deal"), top, "page {page}: only its lower edge moves");
            desk.press("pgdn");
        }
    }
}

#[test]
fn no_shards_of_the_list_stand_beside_a_form_of_pages() {
    let mut desk = Driver::sample();
    desk.size(200, 50).press("n").shows_not("全店舗").shows_not("[Open").shows("1 Inbound 26");
    for line in desk.screen().lines().skip(1).filter(|line| line.contains('│')) {
        assert!(line.starts_with(&" ".repeat(32)) && line.ends_with('│'), "{line}");
    }
}

#[test]
fn what_lies_behind_a_box_is_muted_and_neither_reversed_nor_coloured() {
    let mut desk = Driver::sample();
    desk.press("d").shows("[Open 26]");
    assert_eq!(desk.reversed(), "", "one thing at a time is selected");
    let terminal = desk.painted();
    let buffer = terminal.backend().buffer();
    let behind = |x: u16, y: u16| &buffer[(x, y)];
    for x in 0..80 {
        assert!(behind(x, 1).modifier == Modifier::DIM && behind(x, 1).fg == ratatui::style::Color::Reset, "column {x}");
    }
    let corner = behind(0, 3);
    assert_eq!((corner.symbol(), corner.modifier), ("┌", Modifier::empty()), "the border stands out");
}

#[test]
fn an_empty_field_is_seen_with_an_example_and_filled_with_what_is_typed() {
    let mut desk = Driver::sample();
    desk.press("n pgdn").shows("e.g. 84m or 120,000").press("tab").typed("8");
    desk.shows_not("e.g. 84m").shows("Value *       8 ");
    let terminal = desk.painted();
    let buffer = terminal.backend().buffer();
    let row = u16::try_from(line_of(&desk, "Value *")).unwrap();
    let underlined = (0..80).filter(|x| buffer[(*x, row)].modifier.contains(Modifier::UNDERLINED)).count();
    assert_eq!(underlined, 24, "the field's extent, whatever stands in it");
    let muted = u16::try_from(line_of(&desk, "e.g. +30d")).unwrap();
    assert!(buffer[(20, muted)].modifier.contains(Modifier::DIM | Modifier::UNDERLINED));
}

#[test]
fn plain_signs_show_a_field_without_underlining() {
    let config = cosell::config::Config::parse("[theme]\nsymbols = \"ascii\"\ncolour = \"never\"").unwrap();
    let mut desk = Driver::on(cosell::store::Store::in_memory(Default::default()).unwrap(), config);
    desk.press("n pgdn tab tab").shows("e.g. KRW_").typed("KR").shows("KR____").shows("+- New deal");
}

#[test]
fn fields_stand_under_small_heads_that_name_what_they_have_in_common() {
    let mut desk = Driver::sample();
    desk.size(120, 40).press("n");
    let heads = ["│ Customer   ", "│ Address   ", "│ Contact   "].map(|head| line_of(&desk, head));
    assert!(heads.is_sorted(), "{}", desk.screen());
    assert!(line_of(&desk, "│ First name") == heads[2] + 1, "{}", desk.screen());
    desk.press("pgdn pgdn").shows("│ Someone else").shows("│ First name");
}

#[test]
fn a_value_or_day_that_is_not_understood_is_not_told_as_known_so_far() {
    let mut desk = super::deals::desk();
    desk.size(140, 40)
        .press("n")
        .typed("KR")
        .press("tab")
        .typed("한빛")
        .press("pgdn")
        .typed("ERP")
        .press("tab")
        .typed("84 apples")
        .press("tab ctrl-u")
        .typed("krw");
    desk.shows("84 apples").shows("The deal so far").shows("! Value: ");
    assert_eq!(desk.screen().matches("84 apples").count(), 3, "in its field and where it is wrong: {}", desk.screen());
}

#[test]
fn from_100_columns_on_the_deal_so_far_and_what_is_missing_stand_beside_the_fields() {
    let mut desk = super::deals::desk();
    desk.size(100, 24).press("n").typed("KR").press("tab").typed("한빛").press("pgdn").typed("ERP").press("tab").typed("84m");
    desk.press("tab ctrl-u").typed("krw").shows("│ The deal so far").shows("한빛").shows("₩ 84,000,000").shows("│ Still missing");
    desk.shows("│ Close date · Employees · Solutions").press("tab").typed("+30d").shows("+30d            Mon 2026-12-21");
    desk.shows("│ Employees · Solutions").shows_not("Close date · Employees");
    desk.size(99, 24).shows_not("The deal so far");
}

#[test]
fn the_check_says_what_will_be_kept_and_with_which_weekday() {
    let mut desk = super::deals::desk();
    desk.press("n")
        .typed("KR")
        .press("tab tab")
        .typed("１２３-456 789")
        .press("pgdn tab tab ctrl-u")
        .typed("krw")
        .shows("krw     KRW");
    desk.press("tab").typed("+30d").press("pgdn pgdn pgdn pgdn").size(80, 50);
    desk.shows("123456789").shows("KRW").shows("Mon 2026-12-21").shows_not("krw").shows_not("１２３");
}

#[test]
fn who_knows_no_colleagues_and_no_catalogue_yet_is_led_on() {
    let mut desk = Driver::empty();
    desk.press("n pgdn pgdn").typed("김").press("tab").typed("하늘").shows("First name   김").shows("Last name    하늘");
    desk.press("pgdn").typed("erp").shows("like SOL-34104-EBB. i").shows("imports your list of solutions");
}

#[test]
fn boxes_of_one_line_show_where_one_types_as_fields_of_forms_do() {
    for keys in ["i", "F", "m", "x"] {
        let mut desk = Driver::sample();
        desk.press(keys).press("ctrl-u");
        let painted = desk.painted();
        let buffer = painted.backend().buffer();
        let most = (0..24).map(|y| (0..80).filter(|x| buffer[(*x, y)].modifier.contains(Modifier::UNDERLINED)).count()).max();
        assert!(most.unwrap() > 40, "{keys}: {}", desk.screen());
    }
}

#[test]
fn the_letters_of_a_question_stand_in_the_bottom_line() {
    let mut desk = Driver::sample();
    desk.press("n").typed("x").press("esc").shows("Enter y x n choose").press("n").shows("New deal");
}

#[test]
fn what_is_typed_below_a_choice_stands_below_its_options() {
    let mut desk = Driver::sample();
    desk.press("t t l");
    let screen = desk.screen();
    let column = |text: &str| {
        let line = screen.lines().find(|line| line.contains(text)).unwrap();
        cosell::width::width(&line[..line.find(text).unwrap()])
    };
    assert_eq!(column("1 Project budget"), column("245000000"), "{screen}");
    assert_eq!(column("245000000"), column("2027-02-13"), "{screen}");
}

#[test]
fn what_a_date_means_stands_under_the_field_where_it_has_no_room_beside_it() {
    let mut desk = Driver::sample();
    desk.size(100, 30).press("n pgdn").press("tab tab tab").typed("the last day of the quarter after the next one");
    desk.press("ctrl-u").typed("다음달 마지막 날").shows("2026-12-31");
    let screen = desk.screen();
    let at = screen.lines().position(|line| line.contains("Close date *")).unwrap();
    assert!(screen.lines().skip(at).take(2).any(|line| line.split('│').nth(1).unwrap().contains("2026-12-31")), "{screen}");
}

#[test]
fn a_customer_in_a_narrow_form_has_the_room_of_its_name_and_a_city_is_whole_or_not_there() {
    let mut desk = Driver::sample();
    desk.size(100, 30).press("n tab").typed("co");
    let screen = desk.screen();
    // The lines offered have the number of the customer, or a dash for none, between the name and the place.
    let offered: Vec<&str> = screen.lines().filter(|line| line.contains(" -  ") || line.contains("  -")).collect();
    assert!(!offered.is_empty(), "{screen}");
    assert!(offered.iter().all(|line| !line.contains(", …")), "{screen}");
}

#[test]
fn names_of_settings_are_read_whole_on_a_small_screen() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press(",").press(&"down ".repeat(8));
    let screen = desk.screen();
    assert!(!screen.lines().skip(3).any(|line| line.contains('…')), "{screen}");
}

#[test]
fn e_mails_of_colleagues_are_whole_on_a_wide_screen() {
    let mut desk = Driver::sample();
    desk.size(200, 50).press("n pgdn pgdn").shows("dohyun.park@haneul-partners.example");
}

#[test]
fn reasons_and_what_follows_are_read_whole_on_the_smallest_screen() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("d").shows("1 Project budget not adequate");
    let mut seen = String::new();
    for _ in 0..8 {
        seen += &desk.screen();
        desk.press("down");
    }
    for reason in ["Customer chose another vendor", "Customer requirement not met", "Report as abuse, spam or", "phishing"] {
        assert!(seen.contains(reason), "{reason} is not whole in\n{seen}");
    }
    // What is missing is said where its place is out of sight.
    let mut desk = Driver::sample();
    desk.size(40, 10).press("d ctrl-s");
    assert_eq!(desk.note(), "Choose why: 1 to 8.");
}

#[test]
fn a_key_reads_on_to_all_that_follows_from_a_step_on_the_smallest_screen() {
    for keys in ["2 w", "d", "2 l", "a"] {
        let mut high = Driver::sample();
        high.size(40, 60).press(keys);
        let all: Vec<String> = high.screen().lines().filter(|line| line.contains('│')).map(str::to_owned).collect();
        let mut desk = Driver::sample();
        desk.size(40, 10).press(keys).shows("more lines, PgDn");
        let mut seen = String::new();
        for _ in 0..9 {
            seen += &desk.screen();
            desk.press("pgdn");
        }
        for line in all.iter().filter(|line| line.contains("- ") || line.contains("│   ") && !line.contains('_')) {
            assert!(seen.contains(line.as_str()), "{keys}: {line} is never seen in\n{seen}");
        }
        for _ in 0..9 {
            desk.press("pgup");
        }
        assert!(desk.screen().contains(all[0].as_str()), "{keys}: the first line is seen again\n{}", desk.screen());
    }
}

#[test]
fn what_stands_above_the_first_choice_of_a_box_is_read_on_the_smallest_screen() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("g space j space d").shows("1 Project budget").shows_not("全店舗").press("pgup").shows("全店舗");
    desk.press("6").shows("▸ 6");
}

#[test]
fn the_acceptance_of_several_is_read_from_its_top_on_the_smallest_screen() {
    let mut desk = Driver::sample();
    desk.size(40, 10).press("g space j space a");
    let top = desk.screen().lines().nth(2).unwrap_or_default().to_owned();
    desk.press("pgdn pgup pgup pgup");
    assert_eq!(desk.screen().lines().nth(2), Some(top.as_str()), "{}", desk.screen());
    assert!(!top.contains("Accept"), "{top}");
}

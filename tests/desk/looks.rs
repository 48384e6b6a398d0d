//! How the selected row looks: one plain piece on every background, with what was urgent in bold.

use cosell::config::Config;
use ratatui::style::{Color, Modifier};

use crate::support::driver::Driver;

/// Returns the pieces of a line of the screen that look alike: how, and what stands in them.
fn pieces(desk: &Driver, y: u16) -> Vec<(String, String)> {
    let terminal = desk.painted();
    let buffer = terminal.backend().buffer();
    let mut pieces: Vec<(String, String)> = Vec::new();
    let mut half = 0;
    for x in 0..buffer.area.width {
        if half > 0 {
            half -= 1;
            continue;
        }
        half = cosell::width::width(buffer[(x, y)].symbol()).saturating_sub(1);
        let cell = &buffer[(x, y)];
        let colours = [(cell.fg, ""), (cell.bg, "on ")];
        let colours =
            colours.into_iter().filter(|(colour, _)| *colour != Color::Reset).map(|(colour, on)| format!("{on}{colour:?}"));
        let modifiers = cell.modifier.iter_names().map(|(name, _)| name.to_lowercase());
        let look = modifiers.chain(colours).collect::<Vec<_>>().join(" ");
        match pieces.last_mut() {
            Some((before, text)) if *before == look => text.push_str(cell.symbol()),
            _ => pieces.push((look, cell.symbol().to_owned())),
        }
    }
    pieces
}

fn with(config: &str) -> Driver {
    let Driver { store, .. } = Driver::sample();
    Driver::on(store, Config::parse(config).unwrap())
}

fn looks(desk: &Driver, y: u16) -> Vec<String> {
    pieces(desk, y).into_iter().map(|(look, _)| look).collect()
}

/// The lines of the screen with the first rows of the list.
const FIRST: u16 = 3;

#[test]
fn the_selected_row_is_one_plain_piece_with_its_deadline_in_bold() {
    for config in
        ["", "[theme]\nground = \"light\"", "[theme]\ncolour = \"never\"", "[theme]\nwarn = \"yellow\"\nmuted = \"dim\""]
    {
        let mut desk = with(config);
        desk.press("f");
        for row in 0..12 {
            let y = FIRST + row;
            let screen = desk.screen();
            let urgent = ["today", "soon"].iter().any(|word| screen.lines().nth(usize::from(y)).unwrap().contains(word));
            let found = pieces(&desk, y);
            let shown: Vec<&str> = found.iter().map(|(look, _)| look.as_str()).collect();
            let bold: String = found.iter().filter(|(look, _)| look.contains("bold")).map(|(_, text)| text.trim()).collect();
            assert!(shown.iter().all(|look| ["reversed", "bold reversed"].contains(look)), "{config}: {shown:?}");
            assert_eq!(urgent, bold.ends_with("today") || bold.ends_with("soon"), "{config}: {found:?}");
            desk.press("j");
        }
    }
}

#[test]
fn a_deal_without_a_name_is_as_readable_as_others_once_it_is_selected() {
    let mut desk = Driver::sample();
    desk.press("t");
    let mut seen = false;
    for _ in 0..17 {
        let row = desk.model.selected().unwrap();
        seen |= row.name.is_none();
        let (_, y) = cursor(&desk);
        assert!(looks(&desk, y).iter().all(|look| !look.contains("dim")), "{}", desk.selected());
        desk.press("j");
    }
    assert!(seen, "the sample has one");
}

fn cursor(desk: &Driver) -> (u16, u16) {
    let place = desk.painted().backend().cursor_position();
    (place.x, place.y)
}

#[test]
fn what_a_filter_finds_stays_underlined_in_the_selected_row() {
    let mut desk = Driver::sample();
    desk.press("/").typed("erp").press("enter");
    let (_, y) = cursor(&desk);
    let found = pieces(&desk, y);
    let hit = found.iter().find(|(look, _)| look == "underlined reversed").map(|(_, text)| text.to_lowercase());
    assert_eq!(hit.as_deref(), Some("erp"), "{found:?}");
}

#[test]
fn nothing_on_the_screen_is_yellow_alone() {
    let yellow = |desk: &Driver, alone: bool| {
        let terminal = desk.painted();
        let cells = terminal.backend().buffer().content().iter();
        cells.filter(|cell| cell.fg == Color::Yellow && (!alone || !cell.modifier.contains(Modifier::BOLD))).count()
    };
    let mut desk = Driver::sample();
    assert!(yellow(&desk, false) > 0 && yellow(&desk, true) == 0, "{}", desk.screen());
    assert_eq!(yellow(desk.size(40, 10).press("a"), true), 0);
    assert_eq!(yellow(&with("[theme]\nground = \"light\""), false), 0);
}

#[test]
fn the_chosen_line_of_a_menu_is_one_plain_piece() {
    let mut desk = Driver::sample();
    for keys in [":", "esc s", "esc f : e v e r y t h i n g enter"] {
        desk.press(keys);
        let (_, mut y) = cursor(&desk);
        // While text is typed the cursor stands there; the chosen line is two below.
        y += u16::from(keys == ":") * 2;
        let found = pieces(&desk, y);
        let looks: Vec<&str> = found.iter().map(|(look, _)| look.as_str()).filter(|look| look.contains("reversed")).collect();
        assert_eq!(looks, ["reversed"], "{keys}: {found:?}");
    }
}

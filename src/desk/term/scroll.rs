//! A backend that lets the terminal scroll: where rows only moved by one, they are moved there and not written again; and that makes
//! links of cells that stand already (OSC 8), so that they change no width.

use std::io::{self, Write};

use crossterm::cursor::{MoveTo, RestorePosition, SavePosition};
use crossterm::{Command, queue};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Modifier;

use crate::desk::zones::Area;

/// Fewer rows than these are not worth a scroll.
const WORTH: u16 = 4;

/// Writes to a terminal through crossterm and knows what stands on it.
#[derive(Debug)]
pub(super) struct Scrolling<W: Write> {
    inner: CrosstermBackend<W>,
    shown: Buffer,
    /// What the terminal has as links.
    linked: Vec<(Area, String)>,
    /// Whether cells were written since then.
    written: bool,
}

/// Rows from `top` to `bottom` that move by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Move {
    top: u16,
    bottom: u16,
    up: bool,
}

impl<W: Write> Scrolling<W> {
    /// Takes a terminal whose screen is empty.
    pub(super) fn new(writer: W) -> Self {
        Self { inner: CrosstermBackend::new(writer), shown: Buffer::default(), linked: Vec::new(), written: false }
    }

    /// Makes links of these cells, and of no others. They stand on the screen already and are written once more with where they lead, as
    /// are those that led somewhere before: where a cell is written without it, the terminal forgets it.
    pub(super) fn link(&mut self, links: &[(Area, String)]) -> io::Result<()> {
        if self.linked == links && !std::mem::take(&mut self.written) {
            return Ok(());
        }
        self.written = false;
        let before = std::mem::replace(&mut self.linked, links.to_vec());
        if before.is_empty() && links.is_empty() {
            return Ok(());
        }
        queue!(self.inner, SavePosition)?;
        for (area, _) in before.iter().filter(|link| !links.contains(link)) {
            self.write_again(*area)?;
        }
        for (area, to) in links {
            write!(self.inner, "\x1b]8;;{to}\x1b\\")?;
            self.write_again(*area)?;
            write!(self.inner, "\x1b]8;;\x1b\\")?;
        }
        queue!(self.inner, RestorePosition)
    }

    /// Writes cells of a row as they stand there.
    fn write_again(&mut self, area: Area) -> io::Result<()> {
        let mut cells_there = Vec::new();
        let right = area.column.saturating_add(area.columns).min(self.shown.area.width);
        // From the beginning of the row: what stands there by now may begin before the area with a sign of two cells, whose second
        // half is none to be written.
        let mut x = 0;
        while x < right && area.row < self.shown.area.height {
            let cell = &self.shown[(x, area.row)];
            let next = x.saturating_add(u16::try_from(cells(cell)).unwrap_or(1).max(1));
            if next > area.column {
                cells_there.push((x, area.row, cell));
            }
            x = next;
        }
        self.inner.draw(cells_there.into_iter())
    }

    /// Makes sure that what is known of the screen has its size; of a screen that has another size nothing is known.
    fn fit(&mut self, content: &[(u16, u16, &Cell)]) -> io::Result<()> {
        let area = self.shown.area;
        if content.iter().any(|(x, y, _)| *x >= area.width || *y >= area.height) {
            let Size { width, height } = self.inner.size()?;
            let beyond =
                |at: fn(&(u16, u16, &Cell)) -> u16| content.iter().map(|cell| at(cell).saturating_add(1)).max().unwrap_or(0);
            let (width, height) = (width.max(beyond(|cell| cell.0)), height.max(beyond(|cell| cell.1)));
            self.shown = Buffer::empty(Rect::new(0, 0, width, height));
            self.linked.clear();
        }
        Ok(())
    }

    fn scroll(&mut self, rows: Move) -> io::Result<()> {
        queue!(self.inner, Region(Some((rows.top, rows.bottom))))?;
        // Line feed and reverse index: every terminal since the VT100 scrolls by them.
        if rows.up {
            queue!(self.inner, MoveTo(0, rows.bottom))?;
            self.inner.write_all(b"\n")?;
        } else {
            queue!(self.inner, MoveTo(0, rows.top))?;
            self.inner.write_all(b"\x1bM")?;
        }
        queue!(self.inner, Region(None))?;
        let width = usize::from(self.shown.area.width);
        let span = usize::from(rows.top) * width..(usize::from(rows.bottom) + 1) * width;
        for (area, _) in self.linked.iter_mut().filter(|(area, _)| (rows.top..=rows.bottom).contains(&area.row)) {
            // They moved with their rows; what left the screen is written again where it would have gone, which harms nothing.
            area.row = if rows.up { area.row.saturating_sub(1) } else { area.row.saturating_add(1) };
        }
        let cells = &mut self.shown.content[span];
        let fresh = if rows.up {
            cells.rotate_left(width);
            cells.len() - width..cells.len()
        } else {
            cells.rotate_right(width);
            0..width
        };
        cells[fresh].iter_mut().for_each(Cell::reset);
        Ok(())
    }
}

impl<W: Write> Backend for Scrolling<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let content: Vec<_> = content.collect();
        self.fit(&content)?;
        let content = with_second_halves(&self.shown, content);
        self.written |= !content.is_empty();
        if content.len() < usize::from(WORTH) * usize::from(self.shown.area.width / 4) {
            write(&mut self.shown, &content);
            return self.inner.draw(content.into_iter());
        }
        let mut wanted = self.shown.clone();
        write(&mut wanted, &content);
        let Some(rows) = find_move(&self.shown, &wanted) else {
            self.shown = wanted;
            return self.inner.draw(content.into_iter());
        };
        self.scroll(rows)?;
        let changes = with_second_halves(&self.shown, self.shown.diff(&wanted));
        self.inner.draw(changes.into_iter())?;
        self.shown = wanted;
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.linked.clear();
        self.shown = Buffer::default();
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        // What is left standing is not known here; what is written next makes it known again.
        self.shown = Buffer::default();
        self.linked.clear();
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

impl<W: Write> Write for Scrolling<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.inner)
    }
}

/// Sets or lifts the rows that scroll.
struct Region(Option<(u16, u16)>);

impl Command for Region {
    fn write_ansi(&self, out: &mut impl std::fmt::Write) -> std::fmt::Result {
        match self.0 {
            Some((top, bottom)) => write!(out, "\x1b[{};{}r", top + 1, bottom + 1),
            None => out.write_str("\x1b[r"),
        }
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        Ok(())
    }
}

/// What stands in the second half of a wide character of a selected row once that is gone.
static SELECTED_BLANK: Cell = {
    let mut blank = Cell::EMPTY;
    blank.modifier = Modifier::REVERSED;
    blank
};

/// Adds the second half of each wide character whose first half is written over: terminals differ in what they leave there. It is a blank
/// that is not new, of a row that is selected still.
fn with_second_halves<'a>(shown: &Buffer, content: Vec<(u16, u16, &'a Cell)>) -> Vec<(u16, u16, &'a Cell)> {
    let mut all = Vec::with_capacity(content.len());
    let mut content = content.into_iter().peekable();
    while let Some((x, y, cell)) = content.next() {
        all.push((x, y, cell));
        let behind = x.saturating_add(u16::try_from(cells(cell)).unwrap_or(1).max(1));
        let halved = behind < shown.area.width && cells(&shown[(behind - 1, y)]) > 1;
        let is_selected = halved && shown[(behind - 1, y)].modifier.contains(Modifier::REVERSED);
        if halved && content.peek().is_none_or(|next| (next.0, next.1) != (behind, y)) {
            all.push((behind, y, if is_selected { &SELECTED_BLANK } else { &Cell::EMPTY }));
        }
    }
    all
}

fn cells(cell: &Cell) -> usize {
    crate::width::width(cell.symbol())
}

/// Notes what is written; a wide character takes the cell behind it too.
fn write(shown: &mut Buffer, content: &[(u16, u16, &Cell)]) {
    let width = shown.area.width;
    for (x, y, cell) in content {
        shown[(*x, *y)] = (*cell).clone();
        for behind in x + 1..x.saturating_add(u16::try_from(cells(cell)).unwrap_or(1)).min(width) {
            shown[(behind, *y)].reset();
            // It is seen on its second half as well.
            shown[(behind, *y)].modifier = cell.modifier & Modifier::REVERSED;
        }
    }
}

/// Finds the longest run of rows that stand one row higher or lower than before.
fn find_move(shown: &Buffer, wanted: &Buffer) -> Option<Move> {
    let (width, height) = (usize::from(shown.area.width), shown.area.height);
    let row = |buffer: &'_ Buffer, y: u16| -> std::ops::Range<usize> {
        let start = usize::from(y) * width;
        debug_assert!(start + width <= buffer.content.len());
        start..start + width
    };
    let moved = |from: u16, to: u16| shown.content[row(shown, from)] == wanted.content[row(wanted, to)];
    let stayed = |y: u16| shown.content[row(shown, y)] == wanted.content[row(wanted, y)];
    let mut best: Option<Move> = None;
    for up in [true, false] {
        let mut start: Option<u16> = None;
        for y in 0..height {
            let fits = y + 1 < height && if up { moved(y + 1, y) && !stayed(y) } else { moved(y, y + 1) && !stayed(y + 1) };
            match (fits, start) {
                (true, None) => start = Some(y),
                (false, Some(top)) => {
                    let rows = Move { top, bottom: y, up };
                    if y - top >= WORTH && best.is_none_or(|best| best.bottom - best.top < y - top) {
                        best = Some(rows);
                    }
                    start = None;
                }
                _ => {}
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::*;

    const SIZE: Rect = Rect { x: 0, y: 0, width: 24, height: 12 };

    /// A screen with a title, a list from `first` on with one row selected, and a last line.
    fn screen(first: usize, selected: u16, rows: &[&str], last: &str) -> Buffer {
        let mut buffer = Buffer::empty(SIZE);
        buffer.set_string(0, 0, "title", Style::new());
        for y in 1..SIZE.height - 1 {
            let text = rows[(first + usize::from(y)) % rows.len()];
            buffer.set_stringn(0, y, format!("{} {text}", first + usize::from(y)), usize::from(SIZE.width), Style::new());
        }
        // As the desk does: blanks, and second halves of wide characters too.
        buffer.set_style(Rect { y: selected, height: 1, ..SIZE }, Style::new().add_modifier(Modifier::REVERSED));
        buffer.set_string(0, SIZE.height - 1, last, Style::new());
        buffer
    }

    /// Shows the screens one after the other, as ratatui does, and returns what a terminal then shows, and the bytes of each.
    fn play(screens: &[Buffer]) -> (vt100::Parser, Vec<usize>) {
        let (mut bytes, mut sizes) = (Vec::new(), Vec::new());
        let mut before = Buffer::empty(SIZE);
        let mut backend = Scrolling {
            inner: CrosstermBackend::new(&mut bytes),
            shown: Buffer::empty(SIZE),
            linked: Vec::new(),
            written: false,
        };
        for screen in screens {
            backend.draw(before.diff(screen).into_iter()).unwrap();
            backend.write_all(b"\x1b]0;end\x07").unwrap();
            before = screen.clone();
        }
        Backend::flush(&mut backend).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        sizes.extend(text.split("\x1b]0;end\x07").map(str::len));
        let mut parser = vt100::Parser::new(SIZE.height.try_into().unwrap(), SIZE.width.try_into().unwrap(), 0);
        parser.process(text.as_bytes());
        (parser, sizes)
    }

    /// Returns text and emphasis of every cell; one that was never written is a blank.
    fn painted(parser: &vt100::Parser) -> Vec<(String, bool)> {
        let cell = |at: u16| {
            let cell = parser.screen().cell(at / SIZE.width, at % SIZE.width).unwrap();
            (cell.contents().trim().to_owned(), cell.inverse())
        };
        (0..SIZE.width * SIZE.height).map(cell).collect()
    }

    fn expected(screen: &Buffer) -> Vec<(String, bool)> {
        painted(&play(std::slice::from_ref(screen)).0)
    }

    const ROWS: [&str; 7] = ["Contoso", "한빛정밀 주식회사", "株式会社東雲物産", "a\u{301}bc", "远航物流", "x", "감귤 유통 ERP"];

    #[test]
    fn a_list_that_moves_by_one_is_scrolled_and_not_written_again() {
        let screens = [screen(0, 10, &ROWS, "keys"), screen(1, 10, &ROWS, "keys"), screen(0, 1, &ROWS, "keys")];
        let (parser, sizes) = play(&screens);
        assert_eq!(painted(&parser), expected(&screens[2]));
        assert!(sizes[1] * 3 < sizes[0], "{sizes:?}");
    }

    #[test]
    fn links_are_written_around_cells_that_stand_and_taken_away_again() {
        let mut bytes = Vec::new();
        let mut backend = Scrolling {
            inner: CrosstermBackend::new(&mut bytes),
            shown: Buffer::empty(SIZE),
            linked: Vec::new(),
            written: false,
        };
        let mut buffer = Buffer::empty(SIZE);
        buffer.set_string(0, 2, "한빛 a@b.example x", Style::new());
        backend.draw(Buffer::empty(SIZE).diff(&buffer).into_iter()).unwrap();
        let link = [(Area { column: 5, row: 2, columns: 11, rows: 1 }, "mailto:a@b.example".to_owned())];
        for links in [&link[..], &link[..], &[], &[]] {
            backend.write_all(b"|").unwrap();
            backend.link(links).unwrap();
        }
        Backend::flush(&mut backend).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let parts: Vec<&str> = text.split('|').skip(1).collect();
        assert!(parts[0].contains("\u{1b}]8;;mailto:a@b.example\u{1b}\\") && parts[0].contains("a@b.example"), "{parts:?}");
        assert!(parts[0].ends_with("\u{1b}]8;;\u{1b}\\\u{1b}8"), "{parts:?}");
        assert_eq!(parts[1], "", "what stands so already is not written again");
        assert!(parts[2].contains("a@b.example") && !parts[2].contains("]8;;"), "{parts:?}");
        assert_eq!(parts[3], "");
        let mut parser = vt100::Parser::new(SIZE.height.try_into().unwrap(), SIZE.width.try_into().unwrap(), 0);
        parser.process(text.replace('|', "").as_bytes());
        assert_eq!(painted(&parser), expected(&buffer));
    }

    #[test]
    fn a_link_that_ends_leaves_the_wide_signs_that_stand_there_now_whole() {
        let mut bytes = Vec::new();
        let (inner, shown) = (CrosstermBackend::new(&mut bytes), Buffer::empty(SIZE));
        let mut backend = Scrolling { inner, shown, linked: Vec::new(), written: false };
        let mut before = Buffer::empty(SIZE);
        before.set_string(0, 2, "한빛 a@b.example x", Style::new());
        backend.draw(Buffer::empty(SIZE).diff(&before).into_iter()).unwrap();
        backend.link(&[(Area { column: 5, row: 2, columns: 11, rows: 1 }, "mailto:a@b.example".to_owned())]).unwrap();
        let mut buffer = Buffer::empty(SIZE);
        buffer.set_string(0, 2, "資料分析平台晴川精密", Style::new());
        backend.draw(before.diff(&buffer).into_iter()).unwrap();
        backend.link(&[]).unwrap();
        Backend::flush(&mut backend).unwrap();
        let mut parser = vt100::Parser::new(SIZE.height.try_into().unwrap(), SIZE.width.try_into().unwrap(), 0);
        parser.process(&bytes);
        assert_eq!(painted(&parser), expected(&buffer));
    }

    #[test]
    fn a_selected_row_has_no_holes_where_its_wide_characters_moved_by_one() {
        let row = |text: &str| {
            let mut buffer = Buffer::empty(SIZE);
            buffer.set_string(0, 2, text, Style::new());
            buffer.set_style(Rect { y: 2, height: 1, ..SIZE }, Style::new().add_modifier(Modifier::REVERSED));
            buffer
        };
        let screens = [row("9 감귤 유통"), row("  감귤 유통"), row(" 감귤 유통 ERP"), row("감귤 유 통 ERP"), row(" 귤 유통 ERP")];
        for count in 2..=screens.len() {
            assert_eq!(painted(&play(&screens[..count]).0), expected(&screens[count - 1]), "{count}");
        }
    }

    #[test]
    fn rows_that_all_look_alike_need_no_scroll() {
        let buffer = Buffer::empty(SIZE);
        assert_eq!(find_move(&buffer, &buffer), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn whatever_was_shown_before_the_screen_is_the_one_wanted(steps in prop::collection::vec((prop_oneof![0usize..6, 4usize..12], 1u16..11, any::<bool>()), 1..8)) {
            let screens: Vec<Buffer> = steps.iter().map(|(first, selected, long)| {
                screen(*first, *selected, &ROWS, if *long { "한 줄 a accept" } else { "q" })
            }).collect();
            let (parser, _) = play(&screens);
            let (shown, wanted) = (painted(&parser), expected(screens.last().unwrap()));
            let wrong = (0..shown.len()).find(|at| shown[*at] != wanted[*at]);
            prop_assert_eq!(wrong.map(|at| (at / 24, at % 24, &shown[at], &wanted[at])), None);
        }
    }
}

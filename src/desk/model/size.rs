//! How much room there is: the breakpoints of the layout as numbers, the same for the model and for painting.

/// Columns and rows of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

/// How wide the screen is, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breakpoint {
    /// Below 40 x 10: one sentence says so.
    TooSmall,
    Narrow,
    Normal,
    /// The detail stands beside the list.
    Wide,
}

/// The rooms of the screen, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    pub breakpoint: Breakpoint,
    pub list_columns: u16,
    /// Rows of opportunities, without the heads.
    pub list_rows: usize,
    /// Rows of a room that stands in the place of the list, without its head.
    pub room_rows: usize,
    /// Whether the line below the list has room, which says what the deals come to.
    pub sums: bool,
    /// 0 where the detail does not stand beside the list.
    pub detail_columns: u16,
}

/// From so many rows on one is left for what the deals come to.
const SUMS_FROM: u16 = 18;

/// From so many columns on the detail stands beside the list.
pub(super) const BESIDE_FROM: u16 = 100;

/// What the list keeps then at least, and what it gets before the detail gets more than its least: as much as a screen of 80 columns has.
const LIST_LEAST: u16 = 64;
const LIST_FAIR: u16 = 80;

/// What the detail has at most.
const DETAIL_MOST: u16 = 60;

/// On a screen with fewer rows boxes take nearly all of them.
const LOW: u16 = 14;

/// Header, views and sort, heads of the columns, footer.
const CHROME_ROWS: u16 = 4;

impl Layout {
    /// Returns the same with the list as wide as the screen.
    #[must_use]
    pub const fn without_detail(self) -> Self {
        Self { list_columns: self.list_columns + self.detail_columns, detail_columns: 0, ..self }
    }
}

impl Size {
    pub fn breakpoint(self) -> Breakpoint {
        match self.columns {
            _ if self.columns < 40 || self.rows < 10 => Breakpoint::TooSmall,
            40..70 => Breakpoint::Narrow,
            70..BESIDE_FROM => Breakpoint::Normal,
            _ => Breakpoint::Wide,
        }
    }

    pub fn layout(self) -> Layout {
        let breakpoint = self.breakpoint();
        let detail_columns = match breakpoint {
            Breakpoint::Wide => {
                let fair = (self.columns * 2 / 5).min(DETAIL_MOST).min(self.columns.saturating_sub(LIST_FAIR));
                fair.max(BESIDE_FROM - LIST_LEAST)
            }
            _ => 0,
        };
        let sums = breakpoint >= Breakpoint::Normal && self.rows >= SUMS_FROM;
        Layout {
            breakpoint,
            list_columns: self.columns - detail_columns,
            list_rows: usize::from(self.rows.saturating_sub(CHROME_ROWS + u16::from(sums))).max(1),
            room_rows: usize::from(self.rows.saturating_sub(CHROME_ROWS)).max(1),
            sums,
            detail_columns,
        }
    }

    /// Returns whether boxes have so few rows that not all of them is seen at once.
    pub const fn is_low(self) -> bool {
        self.rows < LOW
    }

    /// Returns the cells of a line in a room that stands in the place of the list.
    pub fn room_columns(self) -> usize {
        usize::from(self.columns).saturating_sub(3)
    }

    /// Returns how many rows what is said on top of such a room takes at most: what stands in it has the other half.
    pub fn summary_rows(self) -> usize {
        (self.layout().room_rows / 2).max(1)
    }

    /// Returns columns and rows of a dialog that wants to be so large; it never is larger than the screen.
    pub fn dialog(self, columns: u16, rows: u16) -> (u16, u16) {
        // Where only a few columns of the list would be seen beside it, it takes them too.
        let columns = if self.columns < columns.saturating_add(8) { self.columns } else { columns };
        (columns, rows.min(self.rows.saturating_sub(2)))
    }

    /// Returns the cells between the borders of a form. Those of several pages take more and, where only slivers of the list
    /// would be left beside them, everything.
    pub fn form_columns(self, pages: bool) -> u16 {
        const PAGES: u16 = 112;
        const WIDE: u16 = 136;
        const SLIVERS: u16 = 28;
        let columns = match pages {
            true if self.columns < PAGES + SLIVERS => self.columns,
            true if self.columns >= WIDE + SLIVERS => WIDE,
            true => PAGES,
            false => 84,
        };
        self.dialog(columns, 0).0.saturating_sub(4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breakpoints_stand_where_the_documentation_says() {
        for (columns, rows, breakpoint) in [
            (39, 24, Breakpoint::TooSmall),
            (80, 9, Breakpoint::TooSmall),
            (40, 10, Breakpoint::Narrow),
            (80, 24, Breakpoint::Normal),
            (100, 24, Breakpoint::Wide),
            (0, 0, Breakpoint::TooSmall),
        ] {
            assert_eq!(Size { columns, rows }.breakpoint(), breakpoint);
        }
        assert_eq!(Size { columns: 200, rows: 50 }.layout().detail_columns, 60);
        let narrow = Size { columns: 100, rows: 24 }.layout();
        assert_eq!((narrow.list_columns, narrow.detail_columns, narrow.without_detail().list_columns), (64, 36, 100));
        let list = |columns| Size { columns, rows: 24 }.layout().list_columns;
        assert_eq!((list(110), list(116), list(120), list(140)), (74, 80, 80, 84), "the list grows first");
        assert_eq!(Size { columns: 80, rows: 24 }.layout().list_rows, 19);
        assert_eq!(Size { columns: 0, rows: 0 }.layout().list_rows, 1);
        for (columns, rows, sums) in
            [(40, 10, false), (69, 24, false), (80, 17, false), (70, 18, true), (80, 24, true), (200, 50, true)]
        {
            let layout = Size { columns, rows }.layout();
            assert_eq!((layout.sums, layout.list_rows), (sums, usize::from(rows - 4 - u16::from(sums))), "{columns}x{rows}");
        }
    }
}

//! The list on the screen: a window of rows around the cursor, and how it moves and grows; the rows come from the store.

use std::collections::BTreeSet;

use super::elsewhere::Followed;
use super::saved::Chosen;
use super::sums::Summary;
use super::{Model, tab_index};
use crate::desk::column::Columns;
use crate::desk::room::Room;
use crate::domain::ids::OpportunityId;
use crate::domain::opportunity::{Direction, Opportunity};
use crate::domain::query::{From, ListQuery, Order, SortKey};
use crate::domain::rate::HomeScale;
use crate::domain::tab::{Tab, View};
use crate::store::{Count, Hits, Page, Request, Row};

/// The order that what is archived has before anyone sorts it.
const LAST_CLOSED: Order = Order { key: SortKey::Archived, reversed: false };

/// The list of one tab.
#[derive(Debug, Clone)]
pub struct ListState {
    pub query: ListQuery,
    /// The filter as typed.
    pub filter_text: String,
    /// The order of what is archived; of everything else it is that of the query.
    pub archived_order: Order,
    pub columns: Columns,
    /// Whether what passes the filter is shown of all tabs and stages, until the filter changes.
    pub everywhere: bool,
    /// The saved view that was chosen last.
    pub(super) saved: Option<Chosen>,
    /// The one the cursor was on before a filter stood here.
    pub(super) before_filter: Option<OpportunityId>,
    /// Where else something passes a filter that nothing passes here, once that has come.
    pub(super) elsewhere: Option<(ListQuery, Vec<Hits>)>,
    pub rows: Vec<Row>,
    /// Whether there are rows before and after the window.
    pub before: bool,
    pub after: bool,
    pub count: Count,
    /// Whether the rows are not in the order that was asked for yet.
    pub unranked: bool,
    /// What those that a query shows come to.
    pub(super) sums: Option<(ListQuery, Summary)>,
    /// How many are left out only because a date is unknown.
    pub(super) undated: Option<(ListQuery, u64)>,
    /// The selected row, counted in the window.
    pub cursor: usize,
    /// The first row on the screen, counted in the window.
    pub top: usize,
    /// Whether the rows have come since the query changed.
    pub loaded: bool,
    /// Whether something may have changed since they came.
    pub stale: bool,
    /// The row of the screen on which the selected one shall stand once the rows above it have come.
    hang: Option<usize>,
}

/// What a list was asked for, to know what to do with the answer.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub serial: u64,
    tab: Tab,
    purpose: Purpose,
}

#[derive(Debug, Clone)]
enum Purpose {
    /// The rows replace the window; the cursor goes to the first of these that is there, else to a row of the screen.
    Replace {
        wanted: Vec<OpportunityId>,
        screen_row: usize,
        /// The row that was selected when they were asked for: who moves on meanwhile stays where they went.
        selected: Option<OpportunityId>,
        /// Whether they begin with the first that is wanted: it stood further down than they reached.
        sought: bool,
        /// Whether it may be asked for where the first page ends above it.
        seeks: bool,
    },
    /// The rows replace the window and begin with this one, which keeps the cursor and its row of the screen.
    Around {
        id: OpportunityId,
        screen_row: usize,
    },
    /// As [`Purpose::Replace`], with the cursor on the last row.
    End,
    /// The rows follow the window; the cursor goes on by so many.
    Append {
        on: usize,
    },
    Prepend {
        on: usize,
    },
}

/// The lists as they stood before one was opened from what an import brought.
#[derive(Debug, Clone)]
pub(super) struct Behind {
    pub tab: Tab,
    pub lists: [ListState; 3],
}

/// The lists as they come back.
#[derive(Debug, Default)]
pub(super) struct WaysBack {
    /// Once what was opened from an import is closed.
    pub behind: Option<Box<Behind>>,
    /// Once a filter that led elsewhere is taken away.
    pub followed: Option<Box<Followed>>,
    /// What a filter that nothing passes here is looked for in elsewhere; `None` where that is known.
    pub looking: Option<Box<ListQuery>>,
}

impl Purpose {
    const fn from_start() -> Self {
        Self::Replace { wanted: Vec::new(), screen_row: 0, selected: None, sought: false, seeks: false }
    }
}

impl ListState {
    pub(super) fn new(tab: Tab) -> Self {
        Self {
            query: ListQuery::tab(tab),
            filter_text: String::new(),
            archived_order: LAST_CLOSED,
            columns: Columns::FITTING,
            everywhere: false,
            saved: None,
            before_filter: None,
            elsewhere: None,
            rows: Vec::new(),
            before: false,
            after: false,
            count: Count::All,
            unranked: false,
            sums: None,
            undated: None,
            cursor: 0,
            top: 0,
            loaded: false,
            stale: false,
            hang: None,
        }
    }

    /// Returns what is listed, after what the filter overrules.
    pub fn listed(&self) -> ListQuery {
        let ((tab, view), order) = (self.place(), self.order());
        // Another order does not change with the rates.
        let home = self.query.home.clone().filter(|_| order.key == SortKey::Value);
        ListQuery { tab, view, order, home, ..self.query.clone() }
    }

    /// Returns what an order by value compares by, where that is the home currency.
    pub fn scale(&self) -> Option<&HomeScale> {
        self.query.home.as_deref()
    }

    /// Returns the order in which it is listed.
    pub fn order(&self) -> Order {
        if self.place().1 == View::Archived { self.archived_order } else { self.query.order }
    }

    /// Puts what is listed into another order.
    pub(super) fn set_order(&mut self, order: Order) {
        let of = if self.place().1 == View::Archived { &mut self.archived_order } else { &mut self.query.order };
        *of = order;
    }

    /// Returns tab and view of what is listed.
    pub fn place(&self) -> (Tab, View) {
        let (tab, view) = if self.everywhere { (Tab::All, View::All) } else { (self.query.tab, self.query.view) };
        self.query.filter.place(tab, view)
    }

    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    /// Returns the rows on the screen and the number of the selected one among them. It is seen also while a message of several
    /// lines leaves less room than there was when it was moved to.
    pub fn visible(&self, height: usize) -> (&[Row], usize) {
        let first = self.first_seen(height);
        let last = (first + height).min(self.rows.len());
        (&self.rows[first..last], self.cursor.saturating_sub(first))
    }

    /// Returns which row stands first where so many are seen.
    pub(super) fn first_seen(&self, height: usize) -> usize {
        self.top.max((self.cursor + 1).saturating_sub(height)).min(self.rows.len())
    }

    /// Scrolls as far as the cursor needs to be seen.
    pub(super) fn keep_in_sight(&mut self, height: usize) {
        let height = height.max(1);
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(height));
        if !self.after {
            // No empty rows below the end while there are rows above.
            self.top = self.top.min(self.rows.len().saturating_sub(height));
        }
    }

    /// Moves the cursor within the window and returns how far it still would have to go.
    fn step(&mut self, down: bool, by: usize) -> usize {
        let room = if down { self.rows.len().saturating_sub(self.cursor + 1) } else { self.cursor };
        let done = by.min(room);
        self.cursor = if down { self.cursor + done } else { self.cursor - done };
        by - done
    }
}

impl Model {
    /// Shows the current tab's list, asking for it unless it is there and fresh.
    pub(super) fn show_list(&mut self) {
        let list = self.list();
        if !list.loaded {
            self.load(From::Start, Purpose::from_start());
        } else if list.stale {
            self.reload();
        }
    }

    /// Asks for the list from its beginning, with the cursor on the first row.
    pub(super) fn load_from_start(&mut self) {
        self.load(From::Start, Purpose::from_start());
    }

    /// As [`Model::load_from_start`], with the cursor on this one where it is there.
    pub(super) fn load_at(&mut self, id: OpportunityId) {
        let screen_row = self.size.layout().list_rows / 2;
        self.load(From::At(id), Purpose::Around { id, screen_row });
    }

    pub(super) fn load_end(&mut self) {
        self.load(From::End, Purpose::End);
    }

    /// Asks for the list in another order, with the cursor where it was: on its opportunity and on its row of the screen.
    pub(super) fn load_around(&mut self) {
        let list = self.list();
        // Of another view or filter whose rows are still to come, nothing is selected yet.
        let coming = |pending: &Pending| matches!(pending.purpose, Purpose::Replace { selected: None, .. } | Purpose::End);
        let selected = list.selected().filter(|_| !self.pending.as_ref().is_some_and(coming));
        let Some(id) = selected.map(|row| row.id) else { return self.load_from_start() };
        let screen_row = list.cursor.saturating_sub(list.top);
        self.load(From::At(id), Purpose::Around { id, screen_row });
    }

    /// Asks for what is shown once more, staying where we are.
    pub(super) fn reload(&mut self) {
        self.reload_without(&BTreeSet::new());
    }

    /// As [`Model::reload`], with the cursor on this one if the rows show it.
    pub(super) fn reload_wanting(&mut self, id: OpportunityId) {
        self.reload_seeking();
        if let Some(Pending { purpose: Purpose::Replace { wanted, .. }, .. }) = &mut self.pending {
            wanted.insert(0, id);
        }
    }

    /// A step was taken back or made again: the cursor stays on its deal, also on one that was gone in between.
    pub(super) fn reload_after_step(&mut self, back: bool) {
        let here = self.list().selected().map(|row| row.id);
        if back {
            self.undoing.selected = here.map(|here| (here, None));
            return self.reload();
        }
        match self.undoing.selected.take() {
            Some((before, to)) if to == here => self.reload_wanting(before),
            _ => self.reload_seeking(),
        }
    }

    /// As [`Model::reload`], where much may have come before what the cursor is on.
    fn reload_seeking(&mut self) {
        self.reload();
        if let Some(Pending { purpose: Purpose::Replace { seeks, .. }, .. }) = &mut self.pending {
            *seeks = true;
        }
    }

    /// Stays on one whose stage was taken back: in the list that is shown where that has such, else in one that does.
    pub(super) fn stay_on(&mut self, after: &Opportunity) {
        let query = &self.list().query;
        if query.filter.terms.is_empty() && query.view.stages().contains(&after.stage.kind()) {
            return self.reload_wanting(after.id);
        }
        self.lists.iter_mut().for_each(|list| list.stale = true);
        self.show_list_of(after.id, after.direction());
    }

    /// Keeps the lists as they stand, until nothing lies over the room that led to a deal.
    pub(super) fn keep_behind(&mut self) {
        if self.ways_back.behind.is_none() {
            self.ways_back.behind = Some(Box::new(self.as_it_stands()));
        }
    }

    pub(super) fn as_it_stands(&self) -> Behind {
        Behind { tab: self.tab, lists: self.lists.clone() }
    }

    /// Brings the lists back as they stood; what happened meanwhile is read anew.
    pub(super) fn follow_behind(&mut self) {
        let at = self.rooms.iter().position(Room::leaves_lists);
        if at.is_some_and(|at| at + 1 < self.rooms.len()) {
            return;
        }
        if let Some(behind) = self.ways_back.behind.take() {
            (self.tab, self.lists) = (behind.tab, behind.lists);
            self.reload();
        }
    }

    /// Shows the list that holds one, whatever view and filter were, with the cursor on it.
    pub(super) fn show_row(&mut self, id: OpportunityId, direction: Direction) {
        let there = self.list().rows.iter().position(|row| row.id == id);
        if let Some(cursor) = there {
            self.list_mut().cursor = cursor;
            return self.settle();
        }
        self.show_list_of(id, direction);
    }

    /// As [`Model::show_row`], in a list that is read anew: where it stood it may be no more.
    fn show_list_of(&mut self, id: OpportunityId, direction: Direction) {
        let tab = if direction == Direction::Inbound { Tab::Inbound } else { Tab::Outbound };
        (self.tab, self.range) = (tab, None);
        let height = self.size.layout().list_rows;
        let list = self.list_mut();
        let fresh = ListState { archived_order: list.archived_order, columns: list.columns.clone(), ..ListState::new(tab) };
        let ListQuery { order, home, .. } = std::mem::replace(list, fresh).query;
        list.query = ListQuery { order, home, view: View::All, ..ListQuery::tab(tab) };
        self.load(From::At(id), Purpose::Around { id, screen_row: height / 2 });
    }

    /// As [`Model::reload`], for rows that may be gone or elsewhere: the cursor goes to the next one that is not.
    pub(super) fn reload_without(&mut self, moved: &BTreeSet<OpportunityId>) {
        for (index, list) in self.lists.iter_mut().enumerate() {
            list.stale |= index != tab_index(self.tab);
        }
        let list = self.list();
        if !list.loaded {
            return self.load_from_start();
        }
        let stays = |row: &&Row| !moved.contains(&row.id);
        let anchor = list.rows.iter().skip(list.top).find(stays).or_else(|| list.rows.iter().take(list.top).rev().find(stays));
        let from = match anchor {
            Some(row) if list.before || list.top > 0 => From::At(row.id),
            _ => From::Start,
        };
        let after = list.rows.iter().skip(list.cursor).filter(stays);
        let before = list.rows.iter().take(list.cursor).rev().filter(stays);
        let wanted: Vec<OpportunityId> = after.chain(before).map(|row| row.id).take(64).collect();
        let screen_row = list.cursor.saturating_sub(list.top);
        let next = wanted.first().and_then(|id| list.rows.iter().position(|row| row.id == *id));
        if let Some(next) = next.filter(|_| !moved.is_empty()) {
            // At once: the next key may come before the rows do, and is not meant for the one that is done.
            let height = self.size.layout().list_rows;
            let list = self.list_mut();
            list.cursor = next;
            list.keep_in_sight(height);
        }
        let selected = self.list().selected().map(|row| row.id);
        self.load(from, Purpose::Replace { wanted, screen_row, selected, sought: false, seeks: false });
    }

    fn load(&mut self, from: From, purpose: Purpose) {
        self.serial += 1;
        let limit = (self.size.layout().list_rows * 3).max(30);
        self.pending = Some(Pending { serial: self.serial, tab: self.tab, purpose });
        let query = self.list().listed();
        self.weigh_for(&query);
        self.ask(Request::List { serial: self.serial, query, from, limit });
    }

    /// Moves the cursor; where the window ends the rest of the way waits for more rows.
    pub(super) fn move_cursor(&mut self, down: bool, by: usize) {
        let list = self.list_mut();
        let left = list.step(down, by);
        let goes_on = if down { list.after } else { list.before };
        if left > 0 && goes_on {
            self.grow(down, left);
        }
        self.settle();
    }

    /// Moves cursor and screen by a page.
    pub(super) fn move_page(&mut self, down: bool, by: usize) {
        let list = self.list_mut();
        let screen_row = list.cursor.saturating_sub(list.top);
        let left = list.step(down, by);
        list.top = list.cursor.saturating_sub(screen_row);
        let goes_on = if down { list.after } else { list.before };
        if left > 0 && goes_on {
            self.grow(down, left);
        }
        self.settle();
    }

    pub(super) fn move_to_start(&mut self) {
        if self.list().before {
            self.load_from_start();
        } else {
            self.list_mut().cursor = 0;
            self.settle();
        }
    }

    pub(super) fn move_to_end(&mut self) {
        if self.list().after {
            self.load_end();
        } else {
            let list = self.list_mut();
            list.cursor = list.rows.len().saturating_sub(1);
            self.settle();
        }
    }

    fn settle(&mut self) {
        let height = self.size.layout().list_rows;
        let list = self.list_mut();
        list.hang = None;
        list.keep_in_sight(height);
        self.mark_range();
        self.fill();
    }

    fn grow(&mut self, down: bool, on: usize) {
        let list = self.list();
        let edge = if down { list.rows.last() } else { list.rows.first() };
        match edge.map(|row| row.id) {
            Some(id) if down => self.load(From::After(id), Purpose::Append { on }),
            Some(id) => self.load(From::Before(id), Purpose::Prepend { on }),
            None => {}
        }
    }

    /// Asks for more rows before the cursor comes to the edge of the window, so that moving never waits.
    pub(super) fn fill(&mut self) {
        let margin = self.size.layout().list_rows;
        let list = self.list();
        if self.pending.is_some() || !list.loaded {
            return;
        }
        let below = list.rows.len().saturating_sub(list.cursor + 1);
        if list.after && below < margin * 2 {
            self.grow(true, 0);
        } else if list.before && list.cursor < margin {
            self.grow(false, 0);
        }
    }

    /// Asks for another page where this one does not hold what the cursor is to be on, and returns whether it did.
    fn is_elsewhere(&mut self, purpose: &Purpose, page: &Page) -> bool {
        let Purpose::Replace { wanted, screen_row, selected, sought, seeks } = purpose else { return false };
        let here = self.list().selected().map(|row| row.id);
        let moved = here.filter(|_| selected.is_some() && here != *selected);
        let wanted: Vec<OpportunityId> = moved.into_iter().chain(wanted.iter().copied()).collect();
        // One that is gone leaves the rows that are shown to say where it was; one further down than the page reaches is sought.
        match wanted.first().copied().filter(|id| page.rows.iter().all(|row| row.id != *id)) {
            Some(_) if *sought => self.reload(),
            Some(id) if *seeks && page.after => {
                let (row, selected) = (*screen_row, here);
                self.load(From::At(id), Purpose::Replace { wanted, screen_row: row, selected, sought: true, seeks: false });
            }
            _ => return false,
        }
        true
    }

    /// Takes a page of rows. One that was asked for by an older question is dropped.
    pub(super) fn listed(&mut self, serial: u64, page: Page) {
        let Some(pending) = self.pending.take_if(|pending| pending.serial == serial) else { return };
        if pending.tab != self.tab {
            return;
        }
        if self.is_elsewhere(&pending.purpose, &page) {
            return;
        }
        let height = self.size.layout().list_rows;
        let list = &mut self.lists[tab_index(pending.tab)];
        (list.count, list.unranked) = (page.count, page.unranked);
        let on = match pending.purpose {
            Purpose::Replace { mut wanted, screen_row, selected, sought, .. } => {
                let here = list.selected().map(|row| row.id);
                if let Some(here) = here.filter(|_| selected.is_some() && here != selected) {
                    wanted.insert(0, here);
                }
                list.take(page);
                let found = wanted.iter().find_map(|id| list.rows.iter().position(|row| row.id == *id));
                list.cursor = found.unwrap_or(screen_row);
                list.hang = (sought && list.cursor == 0 && list.before).then_some(screen_row);
                None
            }
            Purpose::Around { id, screen_row } => {
                list.take_around(page, id, screen_row);
                None
            }
            Purpose::End => {
                list.take(page);
                list.cursor = list.rows.len().saturating_sub(1);
                None
            }
            Purpose::Append { on } => {
                list.after = page.after;
                list.rows.extend(page.rows);
                let surplus = list.rows.len().saturating_sub(height * 10).min(list.top.saturating_sub(height));
                list.rows.drain(..surplus);
                list.before |= surplus > 0;
                (list.cursor, list.top) = (list.cursor - surplus, list.top - surplus);
                Some((true, on))
            }
            Purpose::Prepend { on } => {
                list.before = page.before;
                let added = page.rows.len();
                list.rows.splice(0..0, page.rows);
                (list.cursor, list.top) = (list.cursor + added, list.top + added);
                if let Some(screen_row) = list.hang.take() {
                    list.top = list.cursor.saturating_sub(screen_row);
                }
                let kept = (height * 10).max(list.top + height * 2);
                list.after |= list.rows.len() > kept;
                list.rows.truncate(kept);
                Some((false, on))
            }
        };
        list.keep_in_sight(height);
        self.go_on(on);
    }

    /// Notes where the cursor came to after a step was taken back: from there it goes back to its deal once that is made again.
    fn taken_back_to(&mut self) {
        let here = self.list().selected().map(|row| row.id);
        if let Some((_, to @ None)) = &mut self.undoing.selected {
            *to = here;
        }
    }

    /// What follows once a page has come: the rest of a move that waited for it, and what is told beside the rows.
    fn go_on(&mut self, moved: Option<(bool, usize)>) {
        if moved.is_none() {
            self.taken_back_to();
            self.ask_sums();
            if self.list().rows.is_empty() {
                // Of nothing there is no detail.
                self.rooms.pop_if(|room| matches!(room, Room::Detail(_)));
            }
        }
        match moved {
            Some((down, by)) if by > 0 => self.move_page(down, by),
            _ => self.fill(),
        }
        self.look_elsewhere();
    }

    /// What passes the filter was counted; a list that is shown no longer does not care.
    pub(super) fn counted_passing(&mut self, query: &ListQuery, count: Count) {
        self.lists.iter_mut().filter(|list| list.listed() == *query).for_each(|list| list.count = count);
    }

    /// The list could not be read: what is there stays, and it is said.
    pub(super) fn list_failed(&mut self, serial: u64) {
        self.pending.take_if(|pending| pending.serial == serial);
    }
}

impl ListState {
    /// Takes rows that begin with the one the cursor shall be on. Who moves on meanwhile stays where they went, if that is near.
    fn take_around(&mut self, page: Page, id: OpportunityId, screen_row: usize) {
        let here = self.selected().map(|row| row.id);
        self.take(page);
        let place = |wanted| self.rows.iter().position(|row| row.id == wanted);
        self.cursor = here.and_then(place).or_else(|| place(id)).unwrap_or(0);
        self.hang = (self.cursor == 0 && self.before).then_some(screen_row);
    }

    fn take(&mut self, page: Page) {
        self.before = page.before;
        self.after = page.after;
        self.rows = page.rows;
        self.top = 0;
        self.cursor = 0;
        self.loaded = true;
        self.stale = false;
        self.hang = None;
    }
}

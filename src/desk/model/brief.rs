//! One page about a deal or its customer on the desk: asked for, broken into lines as wide as they are painted, and copied whole.

use super::{Effect, Model};
use crate::desk::links::{self, Links, Wrapped};
use crate::desk::room::{About, Brief as BriefRoom, Room};
use crate::domain::ids::OpportunityId;
use crate::i18n::{BriefPage, ReviewLine};
use crate::store::{Brief, Request, StoreError};
use crate::width::{visible, width};

/// A line of the page, with what can be opened from it.
#[derive(Debug, Clone, Default)]
pub struct BriefLine {
    /// What stands left of the text: only of the first line.
    pub label: String,
    /// The column of the text.
    pub x: usize,
    pub text: String,
    pub links: Links,
    /// Whether it is the title of a chapter.
    pub is_title: bool,
}

/// Columns by which what belongs to a chapter is moved in.
pub const INDENT: usize = 2;
/// Columns beside the text.
const BESIDE: usize = 4;

impl Model {
    /// Opens the page about one, or about its customer.
    pub(super) fn open_brief(&mut self, of: OpportunityId, about: About) {
        self.rooms.retain(|room| !matches!(room, Room::Brief(_)));
        self.rooms.push(Room::Brief(Box::new(BriefRoom::new(of, about))));
        self.ask(Request::Brief(of));
    }

    fn briefs(&mut self) -> impl Iterator<Item = &mut BriefRoom> {
        self.rooms.iter_mut().filter_map(|room| if let Room::Brief(brief) = room { Some(&mut **brief) } else { None })
    }

    /// Asks for what the page is made of now; nothing where none is open.
    pub(super) fn ask_brief(&mut self) {
        let Some(of) = self.briefs().next().map(|room| room.of) else { return };
        self.ask(Request::Brief(of));
    }

    pub(super) fn briefed(&mut self, id: OpportunityId, brief: Result<Box<Brief>, StoreError>) {
        match brief {
            Ok(brief) => {
                let moment = |at| self.day_and_time(at);
                let customer = &brief.full.opportunity.customer;
                let of_customer = self.say.brief_of_customer(customer, &brief.with_customer(), self.now, &moment);
                let pages = [self.say.brief(&brief, self.now, &moment), of_customer];
                self.briefs().filter(|room| room.of == id).for_each(|room| room.pages = Some(pages.clone()));
                self.keep_brief_in_sight();
            }
            Err(error) => {
                let open = self.rooms.len();
                self.rooms.retain(|room| !matches!(room, Room::Brief(brief) if brief.of == id));
                match error {
                    StoreError::NoSuch(_) if self.rooms.len() < open => self.warn(self.say.brief_gone()),
                    StoreError::NoSuch(_) => {}
                    error => self.fail(&error),
                }
            }
        }
    }

    /// Returns the lines of a page for columns so wide.
    pub fn brief_lines(&self, page: &BriefPage, room: usize) -> Vec<BriefLine> {
        let mut lines = Vec::new();
        for chapter in &page.chapters {
            if !lines.is_empty() {
                lines.push(BriefLine::default());
            }
            let title = BriefLine { text: chapter.title.clone(), is_title: true, ..BriefLine::default() };
            lines.push(title);
            let widest = chapter.lines.iter().map(|line| width(&line.label)).max().unwrap_or(0);
            let names = widest.min(room.saturating_sub(INDENT) / 3);
            chapter.lines.iter().for_each(|line| push(line, names, room, &mut lines));
        }
        lines
    }

    /// Keeps the page from being scrolled past its end.
    pub(super) fn keep_brief_in_sight(&mut self) {
        let Some(Room::Brief(brief)) = self.rooms.last() else { return };
        let wide = usize::from(self.size.columns).saturating_sub(BESIDE);
        let lines = brief.page().map_or(0, |page| self.brief_lines(page, wide).len());
        let text = self.size.layout().room_rows;
        if let Some(Room::Brief(brief)) = self.rooms.last_mut() {
            brief.scroll = brief.scroll.min(lines.saturating_sub(text));
        }
    }

    /// Copies the page that is open, as text.
    pub(super) fn copy_page(&mut self) {
        if matches!(self.rooms.last(), Some(Room::Review(_))) {
            return self.copy_review();
        }
        let Some(Room::Brief(brief)) = self.rooms.last() else { return };
        let Some(page) = brief.page() else { return self.warn(self.say.brief_coming()) };
        let text = visible(&page.text()).into_owned();
        let said = self.say.brief_copied(&page.title);
        self.tell(said);
        self.effects.push(Effect::Copy(text));
    }
}

/// Breaks a line of a chapter: its label stands in a column of its own, beside all of its text.
fn push(line: &ReviewLine, names: usize, room: usize, lines: &mut Vec<BriefLine>) {
    let x = if line.label.is_empty() { INDENT } else { INDENT + names + 2 };
    for (at, Wrapped { text, links }) in links::wrap(&line.says, room.saturating_sub(x)).into_iter().enumerate() {
        let label = if at == 0 { line.label.clone() } else { String::new() };
        lines.push(BriefLine { label, x, text, links, is_title: false });
    }
}

//! The lines of the detail, with what happened to it, as wide as they are painted, and how far they can be scrolled.

use std::cmp::Reverse;

use super::Model;
use crate::desk::keys::{Action, Scope};
use crate::desk::links::{self, Links, Wrapped};
use crate::desk::room::{Detail, HistoryStep, Room};
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::text::Line;
use crate::i18n::{Fact, OurNotes, Tone, Ways};
use crate::store::{Full, StepKind};
use crate::width::width;

/// Cells that values keep as their names get theirs; until a long name has them, too, it has a line of its own.
const VALUE_COLUMNS: usize = 24;
/// Where a value begins that stands below its name.
const INDENT: usize = 2;
/// Of so many changes of a step it is told what they were.
const CHANGES: usize = 5;
/// Rows of the body that the detail has above its text, beside the list's own head.
const HEAD_ROWS: usize = 2;

/// A line of the detail, with what can be opened from it.
pub struct DetailLine {
    pub fact: Fact,
    pub links: Links,
    /// The column where the value begins.
    pub indent: usize,
}

impl Model {
    /// Returns the facts about one, broken into lines for columns so wide; only the first line of each bears its name. In a room of
    /// its own it ends with what happened to it.
    pub fn detail_lines(&self, full: &Full, room: usize, of: Option<&Detail>) -> Vec<DetailLine> {
        let notes = if of.is_some() { OurNotes::Apart } else { OurNotes::Within };
        let register = self.keys.key_name(Action::Register);
        let theirs = [self.keys.key_name(Action::Outbox), self.keys.key_in(Scope::Outbox, Action::Theirs)].join(" ");
        let ways = Ways::Keys { register: &register, theirs: &theirs, offers: &self.keys.key_name(Action::Offers) };
        let mut facts = self.say.describe(full, self.now, notes, ways, &|at| self.day_and_time(at));
        facts = self.say.with_offer_status(facts, &full.opportunity, self.offer_statuses(), ways);
        facts.extend(of.into_iter().flat_map(|detail| self.timeline(&full.opportunity, &detail.past)));
        let names = self.name_columns(room);
        let mut lines = Vec::new();
        for Fact { name, value, tone } in facts {
            // A name, an e-mail or a number that has no room beside the other takes the whole width.
            let beside = room.saturating_sub(names + 2);
            let is_cut = |word: &str| word.is_ascii() && width(word) > beside && width(word) + INDENT <= room;
            let below = width(&name) > names || value.split_whitespace().any(is_cut);
            // So does a text that is longer beside its name than with it above.
            let rows = |cells: usize| links::wrap(&value, cells).len();
            let below = below || value.len() > beside && rows(beside) > 1 + rows(room.saturating_sub(INDENT));
            let indent = if below { INDENT } else { names + 2 };
            let mut name = Some(name);
            if below {
                let fact = Fact { name: name.take().unwrap_or_default(), value: String::new(), tone };
                lines.push(DetailLine { fact, links: Vec::new(), indent });
            }
            for Wrapped { text, links } in links::wrap(&value, room.saturating_sub(indent)) {
                let name = name.take().unwrap_or_default();
                lines.push(DetailLine { fact: Fact { name, value: text, tone }, links, indent });
            }
        }
        lines
    }

    /// Returns our notes and the last steps under one head, the newest first.
    fn timeline(&self, on: &Opportunity, past: &[HistoryStep]) -> Vec<Fact> {
        let fact = |at: Timestamp, value, tone| (at, Fact { name: self.day_and_time(at), value, tone });
        let notes = on.log.iter().rev().map(|note| {
            let text = note.text.as_str();
            let said = note.by.as_ref().map(Line::as_str).map(|by| self.say.timeline_note(text, by));
            fact(note.at, said.unwrap_or_else(|| self.say.timeline_note_nobody(text)), Tone::Plain)
        });
        // A step that only added a note is told by the note.
        let steps = past.iter().filter(|step| step.record.kind != StepKind::Note).map(|step| {
            let lines = std::iter::once(&step.text).chain(&step.undone).chain(step.changes.iter().take(CHANGES));
            let tone = if step.undone.is_some() { Tone::Muted } else { Tone::Plain };
            fact(step.record.at, lines.map(String::as_str).collect::<Vec<_>>().join("\n"), tone)
        });
        let mut all: Vec<(Timestamp, Fact)> = notes.chain(steps).collect();
        all.sort_by_key(|(at, _)| Reverse(*at));
        let key = self.keys.key_name(Action::History);
        let head = Fact { name: self.say.timeline_head(), value: self.say.timeline_all(key), tone: Tone::Muted };
        let head = (!all.is_empty()).then_some(head);
        head.into_iter().chain(all.into_iter().map(|(_, fact)| fact)).collect()
    }

    /// Returns the columns of the names beside the values in a room so wide, whatever is told: in a wider one the values never have less.
    pub fn name_columns(&self, room: usize) -> usize {
        self.widest_name.min((room / 3).max(room.saturating_sub(2 + VALUE_COLUMNS)))
    }

    /// Keeps the detail from being scrolled past its end.
    pub(super) fn keep_detail_in_sight(&mut self) {
        let Some(Room::Detail(detail)) = self.rooms.last() else { return };
        let wide = usize::from(self.size.columns).saturating_sub(4);
        let lines = self.selected_detail().map_or(0, |full| self.detail_lines(full, wide, Some(detail)).len());
        let text = self.size.layout().room_rows.saturating_sub(HEAD_ROWS).max(1);
        if let Some(Room::Detail(detail)) = self.rooms.last_mut() {
            detail.scroll = detail.scroll.min(lines.saturating_sub(text));
        }
    }
}

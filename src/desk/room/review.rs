//! The pipeline review: what it is asked for, its chapters line by line, and which figure the cursor is on.

use std::sync::Arc;

use super::{Asked, Cursor};
use crate::desk::keys::Action;
use crate::domain::date::Date;
use crate::i18n::{Chapter, ReviewLine};
use crate::insight::drill::Figure;
use crate::insight::{Dimension, Review as Figures, last_monday};
use crate::store::Reviewed;

/// The days a review looks back on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Back {
    /// Since Monday.
    #[default]
    Week,
    /// Since the Monday before.
    TwoWeeks,
    Month,
    Quarter,
    Year,
    /// Since the review before, where there was one.
    Last,
}

impl Back {
    const ALL: [Self; 6] = [Self::Week, Self::TwoWeeks, Self::Month, Self::Quarter, Self::Year, Self::Last];

    /// Returns the first day; `last` is that of the review before.
    fn since(self, today: Date, last: Option<Date>) -> Date {
        match self {
            Self::Last => last.unwrap_or_else(|| last_monday(today)),
            Self::Week => last_monday(today),
            Self::TwoWeeks => last_monday(today).plus_days(-7),
            Self::Month => today.start_of(1),
            Self::Quarter => today.start_of(3),
            Self::Year => today.start_of(12),
        }
    }

    fn next(self) -> Self {
        turned(&Self::ALL, self)
    }
}

/// Returns what follows one of several; after the last comes the first.
fn turned<T: Copy + PartialEq>(all: &[T], one: T) -> T {
    let at = all.iter().position(|other| *other == one).map_or(0, |at| (at + 1) % all.len());
    all.get(at).copied().unwrap_or(one)
}

#[derive(Debug, Clone, Default)]
pub struct Review {
    pub back: Back,
    pub by: Dimension,
    /// The day of the review before.
    pub last: Option<Date>,
    /// The past day at whose end everything is shown as it stood; `None` for now.
    pub as_of: Option<Date>,
    /// What it was worked out of; `None` until something was asked.
    pub of: Option<Reviewed>,
    /// The figures themselves; `None` until they come, and of what can be told of no day.
    pub told: Option<Arc<Figures>>,
    pub head: String,
    pub chapters: Vec<Chapter>,
    /// Among the lines of all chapters.
    pub cursor: Cursor,
    /// Whether something was asked for that has not come.
    pub asked: bool,
    /// Whether the cursor goes to the groups when they come.
    wants_groups: bool,
    /// Whether it is told in sentences, without bars.
    pub in_words: bool,
}

impl Review {
    /// Returns the first day it looks back to.
    pub fn since(&self, today: Date) -> Date {
        self.back.since(today, self.last)
    }

    /// Returns whether that is the day of the review before.
    pub fn is_since_last(&self) -> bool {
        self.back == Back::Last
    }

    /// Returns how many lines the cursor stops at.
    pub fn lines(&self) -> usize {
        self.chapters.iter().map(|chapter| chapter.lines.len()).sum()
    }

    /// Returns a line with its chapter, and whether it is the first or the last of it.
    pub fn line(&self, at: usize) -> Option<(&Chapter, &ReviewLine, usize)> {
        let mut before = 0;
        for chapter in &self.chapters {
            if let Some(line) = chapter.lines.get(at - before) {
                return Some((chapter, line, at - before));
            }
            before += chapter.lines.len();
        }
        None
    }

    /// Returns the figure the cursor is on.
    pub fn chosen(&self) -> Option<&ReviewLine> {
        self.line(self.cursor.0).map(|(_, line, _)| line)
    }

    /// Takes what was told of figures: the cursor stays on its line.
    pub fn receive(&mut self, head: String, chapters: Vec<Chapter>, told: Option<Arc<Figures>>) {
        self.told = told;
        let on = self.chosen().and_then(|line| line.figure.clone());
        (self.head, self.chapters, self.asked) = (head, chapters, false);
        let last = self.lines().saturating_sub(1);
        let (by, groups) = (self.by, std::mem::take(&mut self.wants_groups));
        let is_it = |figure: &Figure| match figure {
            Figure::Group(dimension, _) if groups => *dimension == by,
            figure => !groups && on.as_ref() == Some(figure),
        };
        let mut lines = self.chapters.iter().flat_map(|chapter| &chapter.lines);
        let found = lines.position(|line| line.figure.as_ref().is_some_and(&is_it));
        // A figure may stand in several chapters.
        let is_there = !groups && self.chosen().and_then(|line| line.figure.as_ref()).is_some_and(&is_it);
        let found = if is_there { None } else { found };
        self.cursor.0 = found.unwrap_or(self.cursor.0).min(last);
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        if self.cursor.moves(action, self.lines(), page) {
            return None;
        }
        match action {
            Action::Open => Some(self.chosen().map_or(Asked::Nothing, |line| Asked::Figure(Box::new(line.clone())))),
            Action::OtherGroups => {
                self.by = turned(&Dimension::ALL, self.by);
                self.wants_groups = true;
                Some(Asked::Review)
            }
            Action::OtherDays => {
                self.back = self.back.next();
                if self.back == Back::Last && self.last.is_none() {
                    self.back = self.back.next();
                }
                Some(Asked::Review)
            }
            Action::PastDay => Some(Asked::PastDay),
            Action::CopyPage => Some(Asked::CopyPage),
            Action::InWords => {
                self.in_words = !self.in_words;
                None
            }
            _ => Some(Asked::Pass),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_looked_back_on_begin_where_people_say() {
        let today = Date::iso("2026-11-25").unwrap();
        let last = Date::iso("2026-11-19").ok();
        let since = Back::ALL.map(|back| back.since(today, last).to_string());
        assert_eq!(since, ["2026-11-23", "2026-11-16", "2026-11-01", "2026-10-01", "2026-01-01", "2026-11-19"]);
        let mut room = Review { back: Back::Year, ..Review::default() };
        room.act(Action::OtherDays, 10);
        assert_eq!(
            (room.back, Back::Year.next()),
            (Back::Week, Back::Last),
            "without a review before there is none to look back to"
        );
    }

    #[test]
    fn the_cursor_stays_on_its_figure_when_the_figures_come_anew() {
        let line = |figure: &Figure| ReviewLine { figure: Some(figure.clone()), ..ReviewLine::default() };
        let chapter =
            |figures: &[Figure]| Chapter { title: String::new(), note: String::new(), lines: figures.iter().map(line).collect() };
        let mut room = Review::default();
        room.receive(String::new(), vec![chapter(&[Figure::AllOpen]), chapter(&[Figure::Overdue, Figure::Stalled])], None);
        room.cursor.0 = 2;
        room.receive(String::new(), vec![chapter(&[Figure::Stalled])], None);
        assert_eq!((room.cursor.0, room.chosen().and_then(|line| line.figure.clone())), (0, Some(Figure::Stalled)));
        room.receive(String::new(), Vec::new(), None);
        assert_eq!((room.cursor.0, room.chosen()), (0, None));
    }
}

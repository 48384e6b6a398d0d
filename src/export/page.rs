//! A review as one page to send, for desk and commands: what it says, and as what; its workbook, which has deals too, is `book.rs`.

use std::io::{self, Write};
use std::path::Path;

use super::{Done, Failed};
use crate::domain::filter::Filter;
use crate::exchange::new_file::NewFile;
use crate::exchange::pictures::Picture;
use crate::exchange::report::{self, Report, ReportLine, Section};
use crate::i18n::{Chapter, Drawn, ReviewLine, Sentences};
use crate::insight::Review;

/// What a page can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageFormat {
    Html,
    Markdown,
}

impl PageFormat {
    /// Returns how the name of its file ends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }

    /// Returns what the ending of a file's name says.
    pub fn of(path: &Path) -> Option<Self> {
        path.extension().and_then(|ending| ending.to_str()).and_then(Self::read)
    }
}

/// What a review says, before it is of a format.
#[derive(Debug, Clone, PartialEq)]
pub struct Page(Report);

impl Page {
    /// `typed` is the filter in the words of the user.
    pub fn of(s: &Sentences, review: &Review, typed: &str, filter: &Filter) -> Self {
        let days = s.calendar_weekdays();
        let line = |line: &ReviewLine| ReportLine {
            label: line.label.clone(),
            count: line.count,
            of: line.of,
            says: line.says.clone(),
            picture: picture(&line.drawn, &days),
            shown: line.shown.clone(),
        };
        let section = |chapter: &Chapter| Section {
            title: chapter.title.clone(),
            note: chapter.note.clone(),
            lines: chapter.lines.iter().map(line).collect(),
        };
        Self(Report {
            language: s.language().tag().to_owned(),
            title: s.review_title(),
            heads: Self::heads_of(s, review, typed, filter),
            sections: s.review(review).iter().map(section).collect(),
        })
    }

    /// Returns what stands above its figures.
    pub fn heads(&self) -> &[String] {
        &self.0.heads
    }

    /// Returns what stands above the figures: days, filter, number of deals.
    pub fn heads_of(s: &Sentences, review: &Review, typed: &str, filter: &Filter) -> Vec<String> {
        let days = review.terms.days;
        let heads = [
            Some(s.review_range(s.weekday_and_date(days.first), s.weekday_and_date(days.last))),
            s.filter_told(typed, filter),
            Some(s.review_deals(review.deals, s.number(review.deals))),
        ];
        heads.into_iter().flatten().collect()
    }

    /// Makes a file of it; `over` is whether it may take the place of one.
    ///
    /// # Errors
    /// Why there is none.
    pub fn write(&self, path: &Path, over: bool, format: PageFormat) -> Result<Done, Failed> {
        let put = || -> io::Result<()> {
            let mut file = NewFile::begin(path, over)?;
            file.write_all(self.text(format).as_bytes())?;
            file.keep()
        };
        put().map(|()| Done { path: path.to_owned(), deals: None }).map_err(|error| Failed::of(path, error))
    }

    pub fn text(&self, format: PageFormat) -> String {
        match format {
            PageFormat::Html => report::html(&self.0),
            PageFormat::Markdown => report::markdown(&self.0),
        }
    }
}

fn picture(drawn: &Drawn, names: &str) -> Picture {
    match drawn {
        Drawn::Bar => Picture::Bar,
        Drawn::Funnel => Picture::Funnel,
        Drawn::Days { days, .. } => Picture::Days(names.split(' ').map(str::to_owned).zip(*days).collect()),
        Drawn::Weeks(numbers) => Picture::Weeks(numbers.clone()),
    }
}

//! A review as one file to send: what it is to be, by a word or the ending of its name, and how it is written; what it says is `export/page.rs`.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;

use super::review_sheet::{self as sheet, Asked};
use super::{Context, Exit, Failure, list};
use crate::exchange::report;
use crate::export::{Page, PageFormat};
use crate::i18n::{Said, Sentences};
use crate::insight::Review;
use crate::store::Store;

/// What a file is to be.
#[derive(Clone, Copy)]
pub(super) enum Format {
    Page(PageFormat),
    Xlsx,
    /// Plain text; only of a digest.
    Text,
}

/// Returns what was asked for; `None` where no file was.
pub(super) fn format(matches: &ArgMatches, s: &Sentences) -> Result<Option<Format>, Failure> {
    let ending = matches
        .get_one::<PathBuf>("output")
        .and_then(|path| path.extension())
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let word =
        matches.get_one::<String>("format").cloned().or(ending.or_else(|| matches.contains_id("output").then(String::new)));
    match word.as_deref() {
        None => Ok(None),
        Some("xlsx") => Ok(Some(Format::Xlsx)),
        Some("txt" | "text") if matches.get_flag("digest") => Ok(Some(Format::Text)),
        Some("") => Err(Failure::usage(Said::new("usage", s.review_format_open(), s.review_format_open_hint()))),
        Some(other) => {
            if let Some(page) = PageFormat::read(other) {
                return Ok(Some(Format::Page(page)));
            }
            let known = if matches.get_flag("digest") { "txt, md" } else { "md, html, xlsx" };
            Err(Failure::usage(Said::new("usage", s.usage_value("--format", other), s.usage_value_hint(known))))
        }
    }
}

/// Writes the file that was asked for, and says so.
pub(super) fn write(
    context: &mut Context<'_>,
    store: &mut Store,
    review: &Arc<Review>,
    matches: &ArgMatches,
    (format, asked): (Format, Asked<'_>),
) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let Some(path) = matches.get_one::<PathBuf>("output") else {
        return Err(Failure::usage(Said::new("usage", s.review_file_needs(), s.review_file_needs_hint())));
    };
    let typed = list::filter_text(matches);
    let page = |format| Page::of(&s, review, &typed, asked.filter).text(format);
    // Told before its deals are read.
    if path.symlink_metadata().is_ok() {
        return Err(failure(&s, path, &ErrorKind::AlreadyExists.into()));
    }
    let done = match format {
        Format::Text => report::write(path, &page(PageFormat::Markdown)),
        Format::Page(format) => report::write(path, &page(format)),
        Format::Xlsx => {
            let heads = Page::heads_of(&s, review, &typed, asked.filter);
            sheet::book(context, store, review, &heads, asked, path)?.write(path)
        }
    };
    written(context, path, done)
}

/// Says that a file was written, or why not.
pub(super) fn written(context: &mut Context<'_>, path: &Path, done: io::Result<()>) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    done.map_err(|error| failure(&s, path, &error))?;
    context.output.line(&s.review_written(path.display().to_string()))?;
    Ok(Exit::Done)
}

/// Says why a file could not be written.
pub(super) fn failure(s: &Sentences, path: &Path, error: &io::Error) -> Failure {
    let shown = path.display().to_string();
    match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::Refused(vec![Said::new("file-exists", s.review_file_exists(&shown), s.review_file_exists_hint())])
        }
        _ => {
            let failed = || Said::new("file", s.review_file_failed(error.to_string(), &shown), s.review_file_failed_hint());
            Failure::CouldNot(vec![s.unfit_around(path).unwrap_or_else(failed)])
        }
    }
}

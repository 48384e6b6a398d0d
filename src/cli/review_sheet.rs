//! A review as a workbook, by the command: which deals are in it; what it says of them is `export/book.rs`.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::list::Listing;
use super::past::PastDay;
use super::review_file::failure;
use super::{Context, Failure};
use crate::domain::date::Moment;
use crate::domain::filter::Filter;
use crate::domain::saved_view::Views;
use crate::exchange::sheet::Book;
use crate::export::{ReviewBook, closed_in, listed};
use crate::insight::Review;
use crate::store::Store;

/// What a review was asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub filter: &'a Filter,
    pub moment: Moment,
    /// Where it is of a day that is over.
    pub day: Option<PastDay>,
}

/// Returns the workbook, not written yet; `path` is where it will be.
pub(super) fn book(
    context: &Context<'_>,
    store: &mut Store,
    review: &Arc<Review>,
    heads: &[String],
    asked: Asked<'_>,
    path: &Path,
) -> Result<Book, Failure> {
    let s = Arc::clone(&context.sentences);
    let failed = |error: io::Error| failure(&s, path, &error);
    let mut book = ReviewBook::begin(&s, review, heads, asked.moment, context.clock.now()).map_err(failed)?;
    let closed = Filter::read(&closed_in(review), &context.asking_at(asked.moment, &Views::default(), None))
        .map_err(|error| Failure::usage(s.filter_error(&error)))?;
    for query in listed(asked.filter, closed) {
        let mut listing = Listing::of(context, store, &query, asked.day, usize::MAX)?;
        while let Some(rows) = listing.next(context, store)? {
            for listed in rows {
                let held = listed.held(context, store)?;
                book.deal(&held).map_err(failed)?;
            }
        }
    }
    book.end().map_err(failed)
}

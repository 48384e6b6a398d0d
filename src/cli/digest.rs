//! `cosell review --digest`: the week of each owner in named deals, as plain text or Markdown for a mail.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;

use super::past::PastDay;
use super::review_file::{self as file, Format};
use super::{Context, Exit, Failure, list, review};
use crate::domain::date::{Date, Moment};
use crate::domain::filter::Filter;
use crate::domain::saved_view::Views;
use crate::exchange::report;
use crate::i18n::Said;
use crate::store::Reviewed;

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let format = match file::format(matches, &s)? {
        Some(Format::Html | Format::Xlsx) => {
            return Err(Failure::usage(Said::new("usage", s.digest_format(), s.digest_format_hint())));
        }
        format => format,
    };
    let day = PastDay::given(context, matches)?;
    let moment = day.map_or_else(|| context.clock.moment(), PastDay::end);
    let terms = review::terms(matches, moment, context.config.stage_weights, &s)?.told_in(context.config.home_currency);
    let owner = owner(context, matches, moment)?;
    let (mut filter, store) = list::filter_at(context, matches, moment)?;
    day.map_or(Ok(()), |day| day.check(context, &filter))?;
    filter.terms.extend(owner.terms);
    let of = Reviewed { filter, terms, past: day.is_some() };
    let failed = |error| context.store_failure(&error);
    let digest = store.digest(&of, moment, &mut || false).map_err(failed)?;
    // Of a past day what was imported later tells nothing.
    let imported = store.counts(moment).map_err(failed)?.imported_at.filter(|at| day.is_none() || *at <= moment.now);
    let page = s.digest(&digest, &list::filter_text(matches), imported.map(|at| Date::from(moment.local(at).date())));
    let text = if matches!(format, Some(Format::Markdown)) { page.markdown() } else { page.text() };
    if let Some(path) = matches.get_one::<PathBuf>("output") {
        return write(context, path, &text);
    }
    text.lines().try_for_each(|line| context.output.line(line))?;
    Ok(Exit::Done)
}

fn write(context: &mut Context<'_>, path: &Path, text: &str) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    report::write(path, text).map_err(|error| file::failure(&s, path, &error))?;
    context.output.line(&s.review_written(path.display().to_string()))?;
    Ok(Exit::Done)
}

/// Returns what `--owner` asks for, in the words of the filter.
fn owner(context: &Context<'_>, matches: &ArgMatches, moment: Moment) -> Result<Filter, Failure> {
    let Some(owner) = matches.get_one::<String>("owner") else { return Ok(Filter::default()) };
    let text = format!("owner:\"{}\"", owner.replace('"', " "));
    Filter::read(if owner == "me" { "owner:me" } else { &text }, &context.asking_at(moment, &Views::default(), None))
        .map_err(|error| Failure::usage(context.sentences.filter_error(&error)))
}

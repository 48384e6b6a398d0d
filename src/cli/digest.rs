//! `cosell review --digest`: the week of each owner in named deals, as plain text or Markdown for a mail.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use super::review::Given;
use super::review_file::{self as file, Format};
use super::{Context, Exit, Failure, list};
use crate::domain::date::Moment;
use crate::domain::filter::Filter;
use crate::domain::query::{From, ListQuery};
use crate::domain::saved_view::Views;
use crate::domain::tab::{Tab, View};
use crate::exchange::report;
use crate::export::PageFormat;
use crate::i18n::Said;
use crate::store::Store;

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let format = match file::format(matches, &s)? {
        Some(Format::Page(PageFormat::Html) | Format::Xlsx) => {
            return Err(Failure::usage(Said::new("usage", s.digest_format(), s.digest_format_hint())));
        }
        format => format,
    };
    let Given { day, moment, mut of, mut store } = Given::of(context, matches)?;
    let told = s.filter_told(&list::filter_text(matches), &of.filter);
    let asked = owner(context, matches, moment)?;
    if day.is_none() {
        is_somebody(context, &mut store, matches, &asked)?;
    }
    of.filter.terms.extend(asked.terms);
    let failed = |error| context.store_failure(&error);
    let digest = store.digest(&of, moment, &mut || false).map_err(failed)?;
    // Of a past day what was imported later tells nothing.
    let imported = store.counts(moment).map_err(failed)?.imported_at.filter(|at| day.is_none() || *at <= moment.now);
    let page = s.digest(&digest, told, imported.map(|at| moment.day_of(at)));
    let text = if matches!(format, Some(Format::Page(PageFormat::Markdown))) { page.markdown() } else { page.text() };
    if let Some(path) = matches.get_one::<PathBuf>("output") {
        return file::written(context, path, report::write(path, &text));
    }
    text.lines().try_for_each(|line| context.output.line(line))?;
    Ok(Exit::Done)
}

/// Returns what `--owner` asks for, in the words of the filter.
fn owner(context: &Context<'_>, matches: &ArgMatches, moment: Moment) -> Result<Filter, Failure> {
    let Some(owner) = matches.get_one::<String>("owner") else { return Ok(Filter::default()) };
    let text = format!("owner:\"{}\"", owner.replace('"', " "));
    Filter::read(if owner == "me" { "owner:me" } else { &text }, &context.asking_at(moment, &Views::default(), None))
        .map_err(|error| Failure::usage(context.sentences.filter_error(&error)))
}

/// Refuses a name or e-mail that no owner of a deal has, and names those there are.
fn is_somebody(context: &Context<'_>, store: &mut Store, matches: &ArgMatches, asked: &Filter) -> Result<(), Failure> {
    /// So many owners are named.
    const NAMED: usize = 12;
    let failed = |error| context.store_failure(&error);
    let named = matches.get_one::<String>("owner").filter(|owner| !matches!(owner.as_str(), "me" | "none"));
    let Some(owner) = named else { return Ok(()) };
    let query = ListQuery { view: View::All, filter: asked.clone(), ..ListQuery::tab(Tab::All) };
    if !store.list(&query, From::Start, 1).map_err(failed)?.rows.is_empty() {
        return Ok(());
    }
    let (s, names) = (&context.sentences, store.owners(NAMED).map_err(failed)?);
    let hint = if names.is_empty() { s.digest_no_owner_hint_none() } else { s.digest_no_owner_hint(names.join(", ")) };
    Err(Failure::Refused(vec![Said::new("owner", s.digest_no_owner(owner), hint)]))
}

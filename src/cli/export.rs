//! `cosell export`: deals as a file, or on standard output, in the format and with the columns that were asked for.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::args::{option, sort_words};
use super::past::{self, PastDay};
use super::review_file::failure;
use super::{Context, Exit, Failure, list, map, whole, why};
use crate::domain::filter::{KEYS, YES_NO_KEYS};
use crate::domain::query::SortKey;
use crate::exchange::new_file::NewFile;
use crate::export::{Column, Format, Manner, Writing};
use crate::i18n::{Said, Sentences};
use crate::store::past::PastList;
use crate::store::{Exported, Store, StoreError};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let keys = [&KEYS[..], &YES_NO_KEYS].concat().join(", ");
    let flag = |name: &'static str, help: String| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    command
        .arg(Arg::new("filter").value_name("FILTER").num_args(0..).help(s.command_export_filter(keys)))
        .arg(option("tab", "TAB", s.command_list_tab()))
        .arg(option("sort", "KEY", s.command_list_sort(sort_words())))
        .arg(option("view", "NAME", s.command_list_view()))
        .arg(past::argument(s))
        .arg(option("format", "FORMAT", s.command_export_format(formats())))
        .arg(option("columns", "NAMES", s.command_export_columns(Column::names())))
        .arg(
            option("output", "FILE", s.command_export_output())
                .short('o')
                .value_parser(PathBufValueParser::new())
                .allow_hyphen_values(false),
        )
        .arg(
            flag("all", s.command_export_all())
                .requires("output")
                .conflicts_with_all(["filter", "tab", "sort", "view", "as-of", "columns", "plain"]),
        )
        .arg(option("for", "CRM", s.command_export_for(map::names())).conflicts_with_all(["format", "columns", "plain", "all"]))
        .arg(flag("plain", s.command_export_plain()))
        .arg(flag("force", s.command_export_force()).requires("output"))
}

fn formats() -> String {
    Format::ALL.map(Format::code).join(", ")
}

/// What is written: as it is, or as it stood.
enum Deals {
    Now(Exported),
    Then(PastList),
}

/// What kept it from being written.
enum Stopped {
    Store(StoreError),
    Stream(io::Error),
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.get_flag("all") {
        return whole::write(context, matches);
    }
    let s = Arc::clone(&context.sentences);
    let manner = manner(context, matches)?;
    let past = PastDay::given(context, matches)?;
    let moment = context.clock.moment();
    let (query, mut store) = list::query(context, matches, past.map_or(moment, PastDay::end))?;
    if query.order.key == SortKey::Priority {
        match past {
            None => why::rank(context, &mut store, moment)?,
            Some(past) => store.weigh(why::weighing(context, past.end())),
        }
    }
    let path = matches.get_one::<PathBuf>("output");
    let force = matches.get_flag("force");
    // Told before deals are read.
    let file = path.map(|path| NewFile::begin(path, force).map_err(|error| unwritten(&s, path, force, &error))).transpose()?;
    list::say_home(context, &query.filter)?;
    let deals = match past {
        None => Deals::Now(Exported { query, only: None }),
        Some(past) => Deals::Then(past.list(context, &store, &query)?),
    };
    let plain = manner.plain;
    let writing = Writing::new(manner, &s, moment)?;
    let written = match (path, file) {
        (Some(path), Some(file)) => {
            let written = to_file(&mut store, deals, writing, file).map_err(|stopped| match stopped {
                Stopped::Store(error) => context.store_failure(&error),
                Stopped::Stream(error) => unwritten(&s, path, force, &error),
            })?;
            told(context, path, written)?;
            written
        }
        _ => to_stream(&mut store, deals, writing, &mut *context.output.out).map_err(|stopped| match stopped {
            Stopped::Store(error) => context.store_failure(&error),
            Stopped::Stream(error) => Failure::from(error),
        })?,
    };
    if !plain {
        past.map_or(Ok(()), |past| past.tell(context))?;
    }
    if written == 0 && !context.output.json {
        context.output.remark(&s.export_nothing())?;
    }
    Ok(Exit::Done)
}

/// Returns how deals are to be written.
fn manner(context: &Context<'_>, matches: &ArgMatches) -> Result<Manner, Failure> {
    let s = &context.sentences;
    let usage = |sentence: String, hint: String| Failure::usage(Said::new("usage", sentence, hint));
    let path = matches.get_one::<PathBuf>("output");
    if let Some(given) = matches.get_one::<String>("for") {
        if let Some(format) = path.and_then(|path| Format::of(path)).filter(|format| *format != Format::Csv) {
            return Err(usage(s.export_for_csv(format.code()), s.export_for_csv_hint()));
        }
        return Ok(Manner::for_crm(map::given(context, given)?));
    }
    let format = match (matches.get_one::<String>("format"), path) {
        (Some(word), _) => {
            Format::read(word).ok_or_else(|| usage(s.usage_value("--format", word), s.usage_value_hint(formats())))?
        }
        (None, Some(path)) => Format::of(path).ok_or_else(|| usage(s.export_format_open(), s.export_format_open_hint()))?,
        (None, None) if context.output.json => Format::Json,
        (None, None) => Format::Csv,
    };
    if format == Format::Xlsx && path.is_none() {
        return Err(usage(s.export_needs_file(), s.export_needs_file_hint()));
    }
    let columns = match matches.get_one::<String>("columns") {
        Some(_) if format.is_whole() => return Err(usage(s.export_whole(format.code()), s.export_whole_hint())),
        Some(names) => Column::read(names).map_err(|wrong| {
            let hint = wrong.meant.map_or_else(|| s.usage_value_hint(Column::names()), |meant| s.usage_did_you_mean(meant));
            usage(s.usage_value("--columns", wrong.given), hint)
        })?,
        None => Column::usual(),
    };
    Ok(Manner { format, columns, plain: matches.get_flag("plain"), map: None })
}

fn to_file(store: &mut Store, deals: Deals, mut writing: Writing, mut file: NewFile) -> Result<u64, Stopped> {
    write_deals(store, deals, &mut writing, &mut file)?;
    let written = writing.end(&mut file).map_err(Stopped::Stream)?;
    file.keep().map_err(Stopped::Stream)?;
    Ok(written)
}

fn to_stream(store: &mut Store, deals: Deals, mut writing: Writing, to: &mut dyn Write) -> Result<u64, Stopped> {
    write_deals(store, deals, &mut writing, to)?;
    writing.end_text(to).map_err(Stopped::Stream)
}

fn write_deals(store: &mut Store, deals: Deals, writing: &mut Writing, to: &mut dyn Write) -> Result<(), Stopped> {
    /// Deals of a past day that are read at once.
    const PAGE: usize = 500;
    writing.begin(to).map_err(Stopped::Stream)?;
    match deals {
        Deals::Now(exported) => {
            let mut failed = None;
            let read = store.each_exported(&exported, writing.is_whole(), &mut |held| match writing.take(held, to) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            });
            read.map_err(Stopped::Store)?;
            failed.map_or(Ok(()), |error| Err(Stopped::Stream(error)))
        }
        Deals::Then(mut list) => loop {
            let page = store.page_of_past(&mut list, PAGE).map_err(Stopped::Store)?;
            if page.is_empty() {
                return Ok(());
            }
            page.iter().try_for_each(|held| writing.take(held, to)).map_err(Stopped::Stream)?;
        },
    }
}

fn told(context: &mut Context<'_>, path: &Path, deals: u64) -> Result<(), Failure> {
    let shown = path.display().to_string();
    if context.output.json {
        context.output.json(&json!({ "file": shown, "deals": deals }))?;
    } else {
        let said = context.sentences.export_done(deals, shown);
        context.output.line(&said)?;
    }
    Ok(())
}

/// Says why a file could not be written.
pub(super) fn unwritten(s: &Sentences, path: &Path, force: bool, error: &io::Error) -> Failure {
    let shown = path.display().to_string();
    let refused = |sentence, hint| Failure::Refused(vec![Said::new("file-exists", sentence, hint)]);
    match error.kind() {
        io::ErrorKind::AlreadyExists if force => refused(s.export_no_file(shown), s.export_no_file_hint()),
        io::ErrorKind::AlreadyExists => refused(s.export_exists(shown), s.export_exists_hint()),
        _ => failure(s, path, error),
    }
}

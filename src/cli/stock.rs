//! What `customers import` and `solutions import` share: the way of a file into the store, and the report of it.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::import::{Progress, file_name, refused_file_error, refused_option, refused_to, tell_refused, told_rows};
use super::taken::refused_rows;
use super::{Context, Exit, Failure, reading};
use crate::exchange::FileError;
use crate::i18n::{Said, Sentences, StockKind};
use crate::intake::stock::Stocktake;
use crate::intake::{Manner, Told, reasons};
use crate::store::{Mode, Put, Stocked, Store, StoreError};

/// Adds what both commands are given.
pub(super) fn with_file(command: Command, help: String, s: &Sentences) -> Command {
    let file = Arg::new("file").value_name("FILE").required(true).value_parser(PathBufValueParser::new());
    let dry_run = Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue);
    let encoding = super::args::option("encoding", "NAME", s.command_import_encoding());
    command.arg(file.help(help)).arg(dry_run.help(s.command_stock_dry_run())).arg(refused_option(s)).arg(encoding)
}

/// Returns how the file is to be taken over.
///
/// # Errors
/// Where a file for refused rows was named that cannot be made.
pub(super) fn manner(context: &Context<'_>, matches: &ArgMatches) -> Result<Manner, Failure> {
    let mode = if matches.get_flag("dry-run") { Mode::DryRun } else { Mode::Import };
    let refused = refused_to(context, matches, 1)?;
    Ok(Manner {
        tab: None,
        mode,
        refused,
        told: told_rows(context),
        is_answer: false,
        is_newest: false,
        matches: Vec::new(),
        map: None,
    })
}

/// Says why a file could not be opened.
pub(super) fn unopened(context: &Context<'_>, kind: StockKind, path: &Path, error: &FileError) -> Failure {
    let said = vec![context.sentences.stock_error(kind, path, error)];
    if reading::could_not(error) { Failure::CouldNot(said) } else { Failure::Refused(said) }
}

/// An import on its way.
pub(super) struct Import<'a, 'b> {
    pub context: &'a mut Context<'b>,
    pub path: &'a Path,
    pub mode: Mode,
    pub told: Receiver<Told>,
}

/// Hears of each entry and what became of it.
pub(super) type Hears<'a, E> = &'a mut dyn FnMut(u64, &E, Put) -> ControlFlow<()>;

/// Hands a file to the store.
pub(super) type Take<E> = fn(&mut Store, &mut Stocktake<E>, Mode, Hears<'_, E>) -> Result<Stocked, StoreError>;

impl Import<'_, '_> {
    /// Takes a file over and reports it; `title` names an entry.
    pub(super) fn run<E>(self, file: &mut Stocktake<E>, title: fn(&E) -> String, take: Take<E>) -> Result<Exit, Failure> {
        let Self { context, path, mode, told } = self;
        let mut store = context.store_for(mode)?;
        let mut progress = Progress::new();
        let mut rows = Vec::new();
        let mut unwritten = None;
        let stocked = take(&mut store, file, mode, &mut |line, entry, put| {
            progress.tell(context, path);
            if mode == Mode::DryRun {
                let row = (line, title(entry), put);
                if context.output.json {
                    rows.push(row_json(&row));
                } else if let Err(error) = print_row(context, &row) {
                    unwritten = Some(error);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        });
        context.output.end_progress();
        if let Some(error) = unwritten {
            return Err(Failure::from(error));
        }
        let stocked = stocked.map_err(|error| context.store_failure(&error))?;
        let refused: Vec<(u64, Vec<Said>)> = told.try_iter().filter_map(refused_row).collect();
        let report = Report { path, mode, stocked, refused, rows };
        report.tell(context, file)
    }
}

fn refused_row(told: Told) -> Option<(u64, Vec<Said>)> {
    match told {
        Told::Refused { line, said } => Some((line, said)),
        Told::Finished(_) => None,
    }
}

type Row = (u64, String, Put);

fn row_json((line, title, put): &Row) -> Value {
    let word = match put {
        Put::New => "new",
        Put::Changed => "changed",
        Put::Unchanged => "unchanged",
    };
    json!({ "line": line, "title": title, "verdict": word })
}

fn print_row(context: &mut Context<'_>, (line, title, put): &Row) -> io::Result<()> {
    let s = &context.sentences;
    let word = match put {
        Put::New => s.verdict_new(),
        Put::Changed => s.verdict_changed(),
        Put::Unchanged => s.verdict_unchanged(),
    };
    let text = format!("{}  {title}", s.import_row(line.to_string(), word));
    context.output.line(&text)
}

struct Report<'a> {
    path: &'a Path,
    mode: Mode,
    stocked: Stocked,
    refused: Vec<(u64, Vec<Said>)>,
    rows: Vec<Value>,
}

impl Report<'_> {
    fn tell<E>(self, context: &mut Context<'_>, file: &Stocktake<E>) -> Result<Exit, Failure> {
        let s = Arc::clone(&context.sentences);
        let failure = file.failure(&s);
        let taken = self.stocked.new + self.stocked.changed + self.stocked.unchanged;
        if context.output.json {
            let value = self.json(file);
            context.output.json(&value)?;
        } else if !self.stocked.broken {
            self.text(context, file, &s)?;
        }
        match failure {
            Some(said) => Err(Failure::Refused(vec![said])),
            None if file.refused() > 0 && taken == 0 => Err(Failure::told_refusal()),
            None if file.refused() > 0 => Ok(Exit::Part),
            None => Ok(Exit::Done),
        }
    }

    fn text<E>(&self, context: &mut Context<'_>, file: &Stocktake<E>, s: &Sentences) -> io::Result<()> {
        let Stocked { new, changed, unchanged, .. } = self.stocked;
        let name = file_name(self.path);
        let done = match self.mode {
            Mode::Import => s.import_done(changed, name, new, unchanged),
            Mode::DryRun => s.import_done_dry(changed, name, new, unchanged),
        };
        context.output.line(&done)?;
        if self.mode == Mode::Import && new + changed > 0 {
            context.output.line(&format!("  {}", s.stock_taken_stays()))?;
        }
        for line in file.remarks(s) {
            context.output.line(&format!("  {line}"))?;
        }
        let rows: Vec<String> =
            self.refused.iter().map(|(line, said)| s.import_refused_row(line.to_string(), reasons(said))).collect();
        tell_refused(context, s, file.refused(), &rows, file.refused_file())
    }

    fn json<E>(&self, file: &Stocktake<E>) -> Value {
        let mut value = json!({
            "dryRun": self.mode == Mode::DryRun,
            "file": self.path,
            "taken": !self.stocked.broken,
            "new": self.stocked.new,
            "changed": self.stocked.changed,
            "unchanged": self.stocked.unchanged,
            "refused": file.refused(),
            "refusedRows": refused_rows(&self.refused),
            "refusedFile": file.refused_file().path(),
            "refusedFileError": refused_file_error(file.refused_file()),
            "unknownColumns": file.unknown_columns(),
        });
        reading::add_aside(&mut value, &file.aside());
        if self.mode == Mode::DryRun {
            value["rows"] = Value::from(self.rows.clone());
        }
        value
    }
}

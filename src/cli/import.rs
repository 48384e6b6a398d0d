//! `cosell import`: takes files over, or says row by row what that would do.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::args::{self, option};
use super::{Context, Exit, Failure, leads_import, map, reading, registrations, whole};
use crate::clock::Stopwatch;
use crate::domain::ids::OpportunityId;
use crate::domain::opportunity::Direction;
use crate::domain::tab::Tab;
use crate::exchange::crm::CrmMap;
use crate::exchange::{Charset, RefusedTo, RefusedWriter};
use crate::i18n::{Said, Sentences};
use crate::intake::{
    FileReport, HELD_ROWS, Intake, Manner, REFUSED_FOLDER, RefusedFile, SHOWN_ROWS, Told, answer_of, answered_said,
    is_only_answer, known_said, moved_on_said, older_said, reasons, stay_refused_said,
};
use crate::store::{AnsweredFile, ContradictedRow, ImportReport, KnownFile, Mode, RowVerdict, Store, Verdict};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let file = Arg::new("file").value_name("FILE").num_args(1..).required(true).value_parser(PathBufValueParser::new());
    command
        .arg(file.help(s.command_import_file()))
        .arg(option("tab", "TAB", s.command_import_tab()))
        .arg(refused_option(s))
        .arg(Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help(s.command_import_dry_run()))
        .arg(Arg::new("newest").long("newest").action(ArgAction::SetTrue).help(s.command_import_newest()))
        .arg(option("map", "MAP", s.command_import_map(map::names())).conflicts_with("tab"))
        .arg(option("encoding", "NAME", s.command_import_encoding()))
}

pub(super) fn refused_option(s: &Sentences) -> Arg {
    Arg::new("refused")
        .long("refused")
        .value_name("FILE")
        .value_parser(PathBufValueParser::new())
        .help(s.command_import_refused())
}

/// Returns where refused rows of `files` files are to go: as the user says, else beside each file or into the folder of states.
///
/// # Errors
/// Where the user names a file that cannot be made, or one for the rows of several.
pub(super) fn refused_to(context: &Context<'_>, matches: &ArgMatches, files: usize) -> Result<RefusedTo, Failure> {
    let s = &context.sentences;
    let Some(named) = matches.get_one::<PathBuf>("refused") else {
        return Ok(RefusedTo::Beside { otherwise: context.log.parent().map(|state| state.join(REFUSED_FOLDER)) });
    };
    if named.as_os_str() == "none" {
        return Ok(RefusedTo::Nowhere);
    }
    if files > 1 {
        return Err(Failure::usage(Said::new("usage", s.refused_one_file(), s.refused_one_file_hint())));
    }
    match RefusedWriter::check(named) {
        Ok(()) => Ok(RefusedTo::File(named.clone())),
        Err(error) => {
            let path = named.display().to_string();
            let said = if error.kind() == io::ErrorKind::AlreadyExists {
                Said::new("refused-file", s.refused_file_exists(path), s.refused_file_exists_hint())
            } else {
                Said::new("refused-file", s.refused_file_failed(error.to_string(), path), s.refused_file_failed_hint())
            };
            Err(Failure::CouldNot(vec![said]))
        }
    }
}

/// How many refused rows are told one by one: with `--json` all, else as many as may have to be shown.
pub(super) fn told_rows(context: &Context<'_>) -> u64 {
    if context.output.json { u64::MAX } else { HELD_ROWS }
}

/// Everything an import found out, as the report tells it.
#[derive(Default)]
struct Findings {
    /// Verdicts of a dry run and refused rows, by file.
    rows: Vec<Value>,
    /// Files that could not be opened or broke off.
    failures: Vec<Said>,
    /// Whether a file could not even be read.
    unreadable: bool,
    reports: Vec<FileReport>,
    refused_rows: Vec<(usize, u64, Vec<Said>)>,
    guessed: u64,
    /// Rows that Partner Center refused, and rows that could be any of several deals, by file.
    answers: Vec<(usize, String)>,
    /// What became of the records of each file.
    counts: Vec<ImportReport>,
    /// Whether the user says that they are answers.
    is_answer: bool,
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let tab = match matches.get_one::<String>("tab") {
        None => None,
        Some(given) => match args::tab(given, &["inbound", "outbound"], &context.sentences).map_err(Failure::usage)? {
            Tab::Inbound => Some(Direction::Inbound),
            _ => Some(Direction::Outbound),
        },
    };
    let charset = reading::charset(context, matches)?;
    let map = matches.get_one::<String>("map").map(|given| map::given(context, given)).transpose()?;
    let mode = if matches.get_flag("dry-run") { Mode::DryRun } else { Mode::Import };
    let paths: Vec<PathBuf> = matches.get_many::<PathBuf>("file").into_iter().flatten().cloned().collect();
    if let [path] = &paths[..]
        && map.is_none()
        && whole::is_whole(path)
    {
        return whole::restore(context, path, mode);
    }
    if map.is_none() && paths.iter().any(|path| registrations::holds(path)) {
        let s = &context.sentences;
        let mixed = || Said::new("usage", s.registrations_mixed(), s.registrations_mixed_hint());
        return match &paths[..] {
            [path] => registrations::confirm(context, path, mode),
            _ => Err(Failure::usage(mixed())),
        };
    }
    let refused = refused_to(context, matches, paths.len())?;
    if map.is_none() && paths.iter().all(|path| leads_import::is_leads(path)) {
        return leads_import::run(context, &paths, charset, (mode, refused));
    }
    let mut store = context.store_for(mode)?;
    let is_newest = matches.get_flag("newest");
    take(
        context,
        &mut store,
        &paths,
        charset,
        Asked { tab, mode, refused, is_answer: false, is_newest, matches: Vec::new(), map },
    )
}

/// How files are to be taken over.
pub(super) struct Asked {
    pub tab: Option<Direction>,
    pub mode: Mode,
    pub refused: RefusedTo,
    /// Whether the user says that they are answers of Partner Center.
    pub is_answer: bool,
    /// Whether the user says that nothing is newer, though it was imported before.
    pub is_newest: bool,
    /// The deals that the user says rows are, by their lines.
    pub matches: Vec<(u64, OpportunityId)>,
    /// By which map the files of a CRM are read.
    pub map: Option<CrmMap>,
}

/// Takes files over, and tells what became of them.
pub(super) fn take(
    context: &mut Context<'_>,
    store: &mut Store,
    paths: &[PathBuf],
    charset: Option<Charset>,
    asked: Asked,
) -> Result<Exit, Failure> {
    let Asked { tab, mode, refused, is_answer, is_newest, matches, map } = asked;
    let manner = Manner { tab, mode, refused, told: told_rows(context), is_answer, is_newest, matches, map };
    let mut findings = Findings { is_answer, ..Findings::default() };
    let mut intakes = Vec::new();
    let mut told = Vec::new();
    for path in paths {
        let input = reading::input(context, path, charset);
        match input.and_then(|input| Intake::of(input, &manner, &context.sentences)) {
            Ok((intake, hear)) => {
                intakes.push(intake);
                told.push((path.clone(), hear));
                findings.counts.push(ImportReport::default());
            }
            Err(error) => {
                findings.unreadable |= reading::could_not(&error);
                findings.failures.push(context.sentences.file_error(path, &error));
            }
        }
    }
    let now = context.clock.now();
    let mut progress = Progress::new();
    let imported = store.import(&mut intakes, mode, now, &mut |verdict| {
        progress.tell(context, &told[verdict.file].0);
        findings.note(context, verdict, mode, &told)
    });
    context.output.end_progress();
    let report = imported.map_err(|error| context.store_failure(&error))?;
    for (file, (_, hear)) in told.iter().enumerate() {
        findings.hear(context, file, hear, mode)?;
    }
    findings.tell(context, &report, mode)
}

/// The progress line, for imports that take longer than a second.
pub(super) struct Progress {
    watch: Stopwatch,
    rows: u64,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { watch: Stopwatch::start(), rows: 0 }
    }

    pub(super) fn tell(&mut self, context: &mut Context<'_>, path: &Path) {
        self.rows += 1;
        if self.rows.is_multiple_of(1_000) && self.watch.elapsed().as_millis() > 1_000 && !context.output.json {
            let line = context.sentences.import_progress(file_name(path), self.rows);
            context.output.progress(&line);
        }
    }
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Tells how many rows were refused, the first of them, and where they were written.
pub(super) fn tell_refused(
    context: &mut Context<'_>,
    s: &Sentences,
    count: u64,
    rows: &[String],
    written: &RefusedFile,
) -> io::Result<()> {
    if count == 0 {
        return Ok(());
    }
    context.output.remark(&format!("  {}", s.import_refused(count)))?;
    // Where they stand in no file, here is the only place.
    let rows = if written.path().is_some() { &rows[..rows.len().min(SHOWN_ROWS)] } else { rows };
    for row in rows {
        context.output.remark(&format!("    {row}"))?;
    }
    let more = count.saturating_sub(rows.len() as u64);
    if more > 0 && !rows.is_empty() {
        context.output.remark(&format!("    {}", s.import_refused_more(more)))?;
    }
    written.said(s).map_or(Ok(()), |said| context.output.remark(&format!("  {said}")))
}

impl Findings {
    fn note(
        &mut self,
        context: &mut Context<'_>,
        verdict: &RowVerdict,
        mode: Mode,
        told: &[(PathBuf, Receiver<Told>)],
    ) -> ControlFlow<()> {
        self.guessed += u64::from(verdict.guessed);
        self.answers.extend(answer(verdict, &context.sentences).map(|said| (verdict.file, said)));
        self.counts[verdict.file].count(verdict);
        if mode == Mode::Import {
            return ControlFlow::Continue(());
        }
        let (path, hear) = &told[verdict.file];
        let written = self.hear(context, verdict.file, hear, mode).and_then(|()| {
            if context.output.json {
                self.rows.push(row_json(&file_name(path), verdict));
                return Ok(());
            }
            print_row(context, verdict).map_err(Failure::from)
        });
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Takes what the reader told since it was last heard.
    fn hear(&mut self, context: &mut Context<'_>, file: usize, hear: &Receiver<Told>, mode: Mode) -> Result<(), Failure> {
        for told in hear.try_iter() {
            match told {
                Told::Finished(report) => self.reports.push(*report),
                Told::Refused { line, said } if mode == Mode::DryRun && !context.output.json => {
                    let s = Arc::clone(&context.sentences);
                    let reasons = reasons(&said);
                    let place = s.import_row(line.to_string(), s.verdict_refused());
                    context.output.line(&format!("{place}  {reasons}"))?;
                }
                Told::Refused { line, said } => self.refused_rows.push((file, line, said)),
            }
        }
        Ok(())
    }

    fn refused(&self) -> u64 {
        self.reports.iter().map(|report| report.refused).sum()
    }

    fn tell(mut self, context: &mut Context<'_>, report: &ImportReport, mode: Mode) -> Result<Exit, Failure> {
        self.failures.extend(self.reports.iter_mut().filter_map(|report| report.failure.take()));
        for file in &report.answerless {
            let (name, s) = (file_name(&self.reports[*file].path), &context.sentences);
            self.failures.push(Said::new("no-answer", s.outbox_no_answer(&name), s.outbox_no_answer_hint(name)));
        }
        if context.output.json {
            let value = self.json(report, mode);
            context.output.json(&value)?;
        } else {
            self.text(context, report, mode)?;
        }
        // A file whose rows were all refused changed nothing; one without rows is done with.
        let whole = (0..self.reports.len()).filter(|file| !report.broken.contains(file));
        // A row that Partner Center refused, or that nobody could tell whose it is, is not done either.
        let undone = |file: &usize| {
            let counts = &self.counts[*file];
            counts.refused_there + counts.contradicted.len() as u64 + counts.ambiguous
        };
        // An answer that says what was answered before changes nothing.
        let before = |file: &usize| if self.is_answer { self.counts[*file].answered_before } else { 0 };
        let none = |file: &usize| self.reports[*file].refused + undone(file) + before(file) == 0;
        let taken = whole.clone().any(|file| self.counts[file].rows() > undone(&file) + before(&file) || none(&file));
        let left = whole.clone().map(|file| undone(&file)).sum::<u64>();
        let lost = whole.map(|file| self.reports[file].lost(&self.counts[file])).sum::<u64>();
        if !self.failures.is_empty() {
            context.output.errors(&self.failures)?;
        }
        match (taken, self.failures.is_empty(), self.refused() + lost + left) {
            (true, true, 0) => Ok(Exit::Done),
            (true, ..) => Ok(Exit::Part),
            (false, ..) if self.unreadable => Err(Failure::CouldNot(Vec::new())),
            (false, ..) => Err(Failure::told_refusal()),
        }
    }

    fn text(&self, context: &mut Context<'_>, report: &ImportReport, mode: Mode) -> io::Result<()> {
        let s = Arc::clone(&context.sentences);
        for (file, about) in self.reports.iter().enumerate() {
            if report.broken.contains(&file) {
                continue;
            }
            let own = report.own.iter().copied().filter(|own| *own == file).collect();
            let answered = report.answered.iter().filter(|answered| answered.file == file).cloned().collect();
            let counts = &ImportReport { own, answered, ..self.counts[file].clone() };
            let name = file_name(&about.path);
            for head in heads(counts, &name, mode, &s) {
                context.output.line(&head)?;
            }
            for known in report.known.iter().filter(|known| known.file == file) {
                let said = known_said(known, context.day_and_time(known.at), &s);
                context.output.line(&format!("  {said}"))?;
            }
            for answered in report.answered.iter().filter(|answered| answered.file == file) {
                let (newest, own) = (|| s.import_answered_newest(), || Some(s.import_answered_own_newest()));
                for line in answered_said(answered, context.day_and_time(answered.at), &s, (newest, own)) {
                    context.output.line(&format!("  {line}"))?;
                }
            }
            let stay_refused = stay_refused_said(counts, &s, || s.import_stay_refused_newest());
            for line in about.remarks(counts, &s).into_iter().chain(stay_refused) {
                context.output.line(&format!("  {line}"))?;
            }
            let older = older_said(report, file, counts.older_by_date, || s.import_older_newest()).filter(|_| !self.is_answer);
            if let Some(line) = older {
                context.output.line(&format!("  {line}"))?;
            }
            if counts.conflicts > 0 {
                context.output.line(&format!("    {}", s.import_conflicts_where()))?;
            }
            let untaken = counts.answers() + counts.unknown + counts.older;
            let beside = if self.is_answer { counts.rows().saturating_sub(untaken) } else { 0 };
            if beside > 0 {
                context.output.line(&format!("  {}", s.import_beside(beside)))?;
            }
            self.answers_text(context, file, counts.refused_there > 0 && report.step.is_some())?;
            self.refused_text(context, file, about, &s)?;
        }
        for line in moved_on_said(report, &s) {
            context.output.line(&line)?;
        }
        if self.guessed > 0 && report.step.is_some() {
            context.output.line(&s.import_guessed(self.guessed))?;
        }
        if report.step.is_some() {
            context.output.line(&s.import_undo())?;
        }
        Ok(())
    }

    /// Tells the first rows that Partner Center refused or of which nobody knows whose they are; those that `wait_again` stand elsewhere.
    fn answers_text(&self, context: &mut Context<'_>, file: usize, wait_again: bool) -> io::Result<()> {
        let s = Arc::clone(&context.sentences);
        let answers: Vec<&String> = self.answers.iter().filter(|(of, _)| *of == file).map(|(_, said)| said).collect();
        for said in answers.iter().take(SHOWN_ROWS) {
            context.output.line(&format!("    {said}"))?;
        }
        let more = answers.len().saturating_sub(SHOWN_ROWS);
        if more > 0 {
            context.output.line(&format!("    {}", s.import_refused_more(more as u64)))?;
        }
        if wait_again {
            context.output.line(&format!("  {}", s.import_refused_where()))?;
        }
        Ok(())
    }

    fn refused_text(&self, context: &mut Context<'_>, file: usize, about: &FileReport, s: &Sentences) -> io::Result<()> {
        let rows = self.refused_rows.iter().filter(|(of, ..)| *of == file);
        let rows: Vec<String> = rows.map(|(_, line, said)| about.refused_row(*line, said, s)).collect();
        tell_refused(context, s, about.refused, &rows, &about.refused_file)
    }

    fn json(&self, report: &ImportReport, mode: Mode) -> Value {
        let refused = |file: usize| -> Vec<Value> {
            let rows = self.refused_rows.iter().filter(|(of, ..)| *of == file);
            rows.map(|(_, line, said)| json!({ "line": line, "errors": said.iter().map(said_json).collect::<Vec<_>>() }))
                .collect()
        };
        let files: Vec<Value> = self
            .reports
            .iter()
            .enumerate()
            .map(|(file, about)| {
                let counts = &self.counts[file];
                let mut told = json!({
                    "file": about.path,
                    "taken": !report.broken.contains(&file),
                    "new": counts.new,
                    "changed": counts.changed,
                    "unchanged": counts.unchanged,
                    "conflicts": counts.conflicts,
                    "older": counts.older,
                    "knownAs": report.known.iter().find(|known| known.file == file).map(known_json),
                    "isUpload": report.own.contains(&file),
                    "answeredBy": report.answered.iter().find(|answered| answered.file == file).map(answered_json),
                    "unknown": counts.unknown,
                    "confirmed": counts.confirmed,
                    "refusedThere": counts.refused_there,
                    "contradicted": counts.contradicted.iter().map(contradicted_json).collect::<Vec<_>>(),
                    "answeredBefore": counts.answered_before,
                    "stayRefused": counts.stay_refused,
                    "ambiguous": counts.ambiguous,
                    "others": counts.others,
                    "answers": self.answers.iter().filter(|(of, _)| *of == file).map(|(_, said)| said).collect::<Vec<_>>(),
                    "closedInCrm": counts.closed_there,
                    "stays": counts.stays,
                    "postalCodesWithoutZeros": counts.lost_zeros,
                    "leftColumns": about.aside.left,
                    "again": counts.again,
                    "rows": about.rows,
                    "refused": about.refused,
                    "refusedRows": refused(file),
                    "refusedFile": about.refused_file.path(),
                    "refusedFileError": refused_file_error(&about.refused_file),
                    "unknownColumns": about.remarks.unknown_columns,
                    "gaps": about.remarks.gaps,
                    "openDates": about.remarks.open_dates,
                    "openAmounts": about.remarks.open_amounts,
                    "controlsDropped": about.remarks.cleaned.controls,
                    "marksDropped": about.remarks.cleaned.unseen,
                    "entitiesRead": about.remarks.cleaned.entities,
                });
                reading::add_aside(&mut told, &about.aside);
                told
            })
            .collect();
        match mode {
            Mode::Import => json!({ "dryRun": false, "files": files }),
            Mode::DryRun => json!({ "dryRun": true, "files": files, "rows": self.rows }),
        }
    }
}

/// Says what became of the rows of a file: of an answer first what was taken and refused, then what came of other rows.
fn heads(counts: &ImportReport, name: &str, mode: Mode, s: &Sentences) -> Vec<String> {
    let answer = answer_of(counts).map(|(taken, refused)| match mode {
        Mode::Import => s.import_answer_done(name, refused, taken),
        Mode::DryRun => s.import_answer_done_dry(name, refused, taken),
    });
    let done = || match mode {
        Mode::Import => s.import_done(counts.changed, name, counts.new, counts.unchanged),
        Mode::DryRun => s.import_done_dry(counts.changed, name, counts.new, counts.unchanged),
    };
    answer.into_iter().chain((!is_only_answer(counts)).then(done)).collect()
}

fn contradicted_json(row: &ContradictedRow) -> Value {
    json!({ "id": row.id, "line": row.line, "takenLine": row.taken, "title": row.title, "message": row.message })
}

fn answered_json(answered: &AnsweredFile) -> Value {
    json!({ "upload": answered.upload, "importedAt": answered.at.to_string(), "taken": answered.taken, "refused": answered.refused,
            "open": answered.open, "stayRefused": answered.kept })
}

fn known_json(known: &KnownFile) -> Value {
    json!({ "file": known.name, "importedAt": known.at.to_string(), "overtaken": known.is_overtaken })
}

/// Returns the file of refused rows that could not be written, and why.
pub(super) fn refused_file_error(file: &RefusedFile) -> Value {
    match file {
        RefusedFile::Unwritten(path, detail) => json!({ "file": path, "message": detail }),
        RefusedFile::None | RefusedFile::Written(_) | RefusedFile::Planned(_) => Value::Null,
    }
}

pub(super) fn said_json(said: &Said) -> Value {
    json!({ "field": said.field, "code": said.code, "message": said.sentence, "hint": said.hint })
}

/// Says what Partner Center said of a row, or which deals it could be.
fn answer(row: &RowVerdict, s: &Sentences) -> Option<String> {
    match &row.verdict {
        Verdict::RefusedThere(message) => {
            let deal = row.id.map_or_else(|| row.title.clone(), |id| format!("#{id} {}", row.title));
            Some(s.import_refused_there_row(deal, message))
        }
        Verdict::Ambiguous(ids) => {
            let more = ids.len().saturating_sub(SHOWN_ROWS) as u64;
            let ids = ids.iter().take(SHOWN_ROWS).map(|id| format!("#{id}")).collect::<Vec<_>>().join(", ");
            let ids = if more > 0 { s.import_ambiguous_more(more, ids) } else { ids };
            Some(s.import_ambiguous_row(ids, row.line.to_string(), &row.title))
        }
        _ => None,
    }
}

fn row_json(file: &str, row: &RowVerdict) -> Value {
    let word = match &row.verdict {
        Verdict::New => "new",
        Verdict::Changed { conflicts, .. } if !conflicts.is_empty() => "conflict",
        Verdict::Changed { .. } => "changed",
        Verdict::Unchanged => "unchanged",
        Verdict::Older => "older",
        Verdict::Unknown => "unknown",
        Verdict::RefusedThere(_) => "refusedThere",
        Verdict::Contradicted { .. } => "contradicted",
        Verdict::AnsweredBefore => "answeredBefore",
        Verdict::Ambiguous(_) => "ambiguous",
        Verdict::Others => "others",
    };
    let (changes, conflicts): (Vec<Value>, Vec<Value>) = match &row.verdict {
        Verdict::Changed { taken, conflicts } => (
            taken.iter().map(|(field, old, new)| json!({ "field": field.path(), "old": old, "new": new })).collect(),
            conflicts
                .iter()
                .map(|(field, ours, theirs)| json!({ "field": field.path(), "ours": ours, "theirs": theirs }))
                .collect(),
        ),
        _ => (Vec::new(), Vec::new()),
    };
    json!({ "file": file, "line": row.line, "id": row.id, "title": row.title, "confirmed": row.confirmed, "verdict": word, "changes": changes, "conflicts": conflicts })
}

fn print_row(context: &mut Context<'_>, row: &RowVerdict) -> io::Result<()> {
    let s = Arc::clone(&context.sentences);
    let (word, taken, conflicts): (String, &[_], &[_]) = match &row.verdict {
        Verdict::New => (s.verdict_new(), &[], &[]),
        Verdict::Changed { taken, conflicts } if conflicts.is_empty() => (s.verdict_changed(), taken, conflicts),
        Verdict::Changed { taken, conflicts } => (s.verdict_conflict(), taken, conflicts),
        Verdict::Unchanged => (s.verdict_unchanged(), &[], &[]),
        Verdict::Older => (s.verdict_older(), &[], &[]),
        Verdict::Unknown => (s.verdict_unknown(), &[], &[]),
        Verdict::RefusedThere(_) => (s.verdict_refused_there(), &[], &[]),
        Verdict::Ambiguous(_) => (s.verdict_ambiguous(), &[], &[]),
        Verdict::Contradicted { .. } => (s.verdict_contradicted(), &[], &[]),
        Verdict::AnsweredBefore => (s.verdict_answered_before(), &[], &[]),
        Verdict::Others => (s.verdict_others(), &[], &[]),
    };
    let word = if row.confirmed { s.verdict_confirmed() } else { word };
    context.output.line(&format!("{}  {}", s.import_row(row.line.to_string(), word), row.title))?;
    for (field, old, new) in taken {
        context.output.line(&format!("  {}", s.changed(field, old, new)))?;
    }
    for (field, ours, theirs) in conflicts {
        let line = s.conflict_line(s.field(*field), s.value(*field, ours), s.value(*field, theirs));
        context.output.line(&format!("  {line}"))?;
    }
    Ok(())
}

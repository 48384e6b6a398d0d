//! The commands: the same changes and lists as the desk, for scripts and for people without a full-screen terminal.

mod accept;
mod agenda;
mod args;
mod ask_help;
mod backup;
mod bar;
mod brief;
mod campaigns;
mod check;
mod check_fix;
mod clone;
mod commands;
mod config;
mod conflicts;
mod customers;
mod deal;
mod decline;
mod digest;
mod doctor;
mod drafts;
mod edit;
mod exception;
mod explain;
mod export;
mod favorite;
mod history;
mod import;
mod keys;
mod leads;
mod leads_import;
mod leads_out;
mod list;
mod lose;
mod map;
mod new;
mod next;
mod note;
mod offers;
mod offers_contacts;
mod offers_file;
mod offers_show;
mod open;
mod outbox;
mod outbox_write;
mod output;
mod past;
mod rates;
mod reading;
mod redo;
mod register;
mod registrations;
mod reopen;
mod resolve;
mod restore;
mod review;
mod review_file;
mod review_sheet;
mod shell;
mod show;
mod solutions;
mod step;
mod stock;
mod taken;
mod undo;
mod views;
mod whole;
mod why;
mod win;

use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::ArgMatches;
use clap::error::ErrorKind;

pub use output::Output;

use crate::clock::Clock;
use crate::config::{Config, Places};
use crate::desk;
use crate::domain::ids::{OpportunityId, Pointer};
use crate::domain::instant::Timestamp;
use crate::hooks::Hooking;
use crate::i18n::{Language, Said, Sentences, number_marks_of_country, order_of_country};
use crate::store::{Access, Candidate, Holds, Mode, Settings, Store, StoreError, is_due};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// Some of it (an import with refused rows).
    Part,
}

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// Wrong usage (2).
    Usage(Vec<Said>),
    /// Refused by a rule or a value; nothing was changed (3).
    Refused(Vec<Said>),
    /// Input, output or database (1).
    CouldNot(Vec<Said>),
    /// The output could not be written (1). Where whoever read it has gone away, that is no error (0).
    Unwritten(io::Error),
}

impl Failure {
    fn usage(said: Said) -> Self {
        Self::Usage(vec![said])
    }

    /// A refusal whose sentences were written already.
    const fn told_refusal() -> Self {
        Self::Refused(Vec::new())
    }

    /// Returns the sentences about it.
    fn said(&self) -> &[Said] {
        match self {
            Self::Usage(said) | Self::Refused(said) | Self::CouldNot(said) => said,
            Self::Unwritten(_) => &[],
        }
    }

    fn code(&self) -> u8 {
        match self {
            Self::Unwritten(error) => u8::from(error.kind() != io::ErrorKind::BrokenPipe),
            Self::CouldNot(_) => 1,
            Self::Usage(_) => 2,
            Self::Refused(_) => 3,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unwritten(error)
    }
}

/// Looks environment variables up; names of files need not be text.
pub type Variables = Box<dyn Fn(&str) -> Option<OsString>>;

/// The environment a command runs in, as far as it matters.
pub struct Environment {
    pub arguments: Vec<OsString>,
    pub variable: Variables,
    pub places: Option<Places>,
    /// Standard input.
    pub input: Box<dyn Read>,
    /// Whether somebody types at it.
    pub typed: bool,
}

impl Environment {
    /// Returns the environment of this process.
    pub fn of_process() -> Self {
        let variable = |name: &str| std::env::var_os(name);
        Self {
            arguments: std::env::args_os().collect(),
            variable: Box::new(variable),
            places: Places::of_platform(),
            input: Box::new(io::stdin()),
            typed: io::stdin().is_terminal(),
        }
    }
}

/// What every command is given.
pub struct Context<'a> {
    pub sentences: Arc<Sentences>,
    pub clock: Clock,
    pub config: Config,
    /// What is wrong with the configuration; where it is wrong, it has its default.
    pub complaints: Vec<Said>,
    pub database: PathBuf,
    pub config_path: PathBuf,
    pub log: PathBuf,
    pub read_only: bool,
    pub output: Output<'a>,
    pub variable: Variables,
    pub input: Box<dyn Read>,
    /// Whether somebody types at standard input.
    pub typed: bool,
    /// Whether the database was opened to be written to.
    is_opened: bool,
}

impl Context<'_> {
    /// Opens the database as [`Context::store`] does; where there is none yet, nothing is made, and an empty one takes its place.
    fn store_there(&mut self) -> Result<Store, Failure> {
        if self.read_only || fs::symlink_metadata(&self.database).is_ok() || self.database.file_name().is_none() {
            return self.store();
        }
        let settings = Settings { backups: 0, ..self.settings() };
        Store::passing(settings).map_err(|error| self.store_failure(&error))
    }

    /// Returns how the database is kept, by the configuration.
    fn settings(&self) -> Settings {
        Settings {
            response_days: self.config.response_days,
            read_only: self.read_only,
            author: self.config.me.email.clone(),
            role: self.config.role,
            backups: self.config.backups,
        }
    }

    /// Opens the database for an import: a dry run makes none.
    fn store_for(&mut self, mode: Mode) -> Result<Store, Failure> {
        match mode {
            Mode::DryRun => self.store_there(),
            Mode::Import => self.store(),
        }
    }

    /// Opens the database, and makes it where there is none; whoever watches is told while one of an earlier version is brought on, and once when the clock stands before
    /// the last step.
    fn store(&mut self) -> Result<Store, Failure> {
        let settings = self.settings();
        let now = self.clock.now();
        let mut is_told = false;
        let mut tell = |rows| {
            if !self.output.json {
                self.output.progress(&self.sentences.bringing_on(rows));
                is_told = true;
            }
        };
        let opened = Store::open_telling(&self.database, settings, now, &mut tell);
        if is_told {
            self.output.end_progress();
        }
        let mut store = opened.map_err(|error| self.store_failure(&error))?;
        self.hooking().begin(&mut store).map_err(|error| self.store_failure(&error))?;
        self.is_opened |= store.access() == Access::ReadWrite;
        let behind = if self.output.json { None } else { store.clock_behind(now).map_err(|error| self.store_failure(&error))? };
        if let Some(last) = behind {
            let said = self.sentences.clock_behind(self.day_and_time(last));
            self.output.remark(&said)?;
        }
        Ok(store)
    }

    fn hooking(&self) -> Hooking {
        Hooking::new(&self.config, &self.config_path, self.clock, &self.log)
    }

    /// Opens the database once more, after all that was asked for is done. Whoever reads the answer does not wait for what is done then;
    /// that it cannot be written is told by its end.
    fn store_again(&mut self) -> Result<Store, StoreError> {
        let _ = self.output.out.flush();
        let settings = Settings { backups: self.config.backups, response_days: self.config.response_days, ..Settings::default() };
        Store::open(&self.database, settings, self.clock.now())
    }

    /// Runs the user's own commands on what happened, where the database was opened to be written to; which of them failed is said.
    fn tell_hooks(&mut self) {
        let (hooking, never) = (self.hooking(), AtomicBool::new(false));
        if !self.is_opened || hooking.is_empty() {
            return;
        }
        let told = self.store_again().and_then(|mut store| hooking.tell(&mut store, &never));
        let said = match told {
            Ok(failed) => failed.iter().map(|failed| failed.said(&self.sentences, &self.log)).collect(),
            Err(error) => vec![self.sentences.store_error(&error, &|at| self.day(at)).whole()],
        };
        for said in said {
            if !self.output.json {
                // As with the answer.
                let _ = self.output.remark(&said);
            }
        }
    }

    /// Makes the copy of the day where the database was opened to be written to, after all that was asked for is done; why it was
    /// not made is said.
    fn back_up_day(&mut self) {
        let today = *self.clock.moment().today;
        if !self.is_opened || !is_due(&self.database, today, self.config.backups) {
            return;
        }
        let made = self.store_again().and_then(|store| store.back_up_day(today));
        if let Err(error) = made
            && !self.output.json
        {
            let why = self.sentences.store_error(&error, &|at| self.day(at)).whole();
            let said = self.sentences.backup_day_failed(why);
            let _ = self.output.remark(&said);
        }
    }

    /// Says what a database holds.
    fn holds(&self, holds: &Holds) -> String {
        self.sentences.held_in(holds, holds.last.map(|at| self.day_and_time(at)).unwrap_or_default())
    }

    /// Returns the opportunity that an argument points at.
    fn id(&self, store: &Store, given: &str) -> Result<OpportunityId, Failure> {
        store.find(&Pointer::read(given)).map_err(|error| self.store_failure(&error))
    }

    /// As [`Context::id`], for what is decided: where the beginning of an id was given, it is said first which opportunity that is.
    fn id_to_decide(&mut self, store: &Store, given: &str) -> Result<OpportunityId, Failure> {
        let id = self.id(store, given)?;
        if Pointer::read(given) != Pointer::Number(id) && !self.output.json {
            let held = store.get(id).map_err(|error| self.store_failure(&error))?;
            let candidate = self.sentences.candidate(&Candidate::of(&held.opportunity));
            let said = self.sentences.id_meant(candidate, given);
            self.output.remark(&said)?;
        }
        Ok(id)
    }

    /// As [`Context::id_to_decide`], of all that the argument `id` names, each once; what is wrong with any of them is told together.
    fn ids_to_decide(&mut self, store: &Store, matches: &ArgMatches) -> Result<Vec<OpportunityId>, Failure> {
        let (mut ids, mut unknown) = (Vec::new(), Vec::new());
        for given in matches.get_many::<String>("id").into_iter().flatten() {
            match self.id_to_decide(store, given) {
                Ok(id) if ids.contains(&id) => {}
                Ok(id) => ids.push(id),
                Err(Failure::Refused(said)) => unknown.extend(said),
                Err(other) => return Err(other),
            }
        }
        if unknown.is_empty() { Ok(ids) } else { Err(Failure::Refused(unknown)) }
    }

    /// Puts a database error into words; what a rule refused is a refusal.
    fn store_failure(&self, error: &StoreError) -> Failure {
        let said = vec![self.sentences.store_error(error, &|at| self.day(at))];
        match error {
            StoreError::Refused(_)
            | StoreError::NoSuch(_)
            | StoreError::Ambiguous { .. }
            | StoreError::NothingKnown { .. }
            | StoreError::NothingToUndo
            | StoreError::NothingToRedo
            | StoreError::LeadIsDeal(_)
            | StoreError::ChangedSince { .. }
            | StoreError::RecordChanged { .. }
            | StoreError::RecordStale { .. }
            | StoreError::RecordExists { .. }
            | StoreError::UploadStale { .. }
            | StoreError::NoUpload { .. }
            | StoreError::NotThatDeal { .. }
            | StoreError::Written { .. } => Failure::Refused(said),
            // Nothing is written over unasked.
            StoreError::File { source, .. } if source.kind() == io::ErrorKind::AlreadyExists => Failure::Refused(said),
            _ => Failure::CouldNot(said),
        }
    }

    /// Writes an instant as a day where the user is.
    fn day(&self, at: Timestamp) -> String {
        let this_year = chrono::Datelike::year(&self.clock.moment().today.naive());
        self.sentences.day(self.clock.local(at).date(), this_year)
    }

    /// Writes an instant as day and time where the user is; of which only the day is known as that.
    fn day_and_time(&self, at: Timestamp) -> String {
        let this_year = chrono::Datelike::year(&self.clock.moment().today.naive());
        self.sentences.moment(at, self.clock.local(at), this_year)
    }
}

/// Runs the program with the process's own streams and returns its exit code.
pub fn main() -> u8 {
    desk::outlive_limits();
    let (stdout, mut err) = (io::stdout(), io::stderr());
    let columns = if stdout.is_terminal() { desk::columns() } else { None };
    let watched = err.is_terminal();
    // Never locked: from the desk, other threads give the terminal back.
    let mut out = io::BufWriter::with_capacity(1 << 16, stdout);
    let mut output = Output { out: &mut out, err: &mut err, json: false, columns, watched };
    run(Environment::of_process(), &mut output)
}

/// Runs the program and returns its exit code.
pub fn run(environment: Environment, output: &mut Output<'_>) -> u8 {
    let early = Early::read(&environment.arguments);
    output.json = early.json;
    match prepare(environment, early) {
        Err((sentences, failure)) => report(output, &sentences, &failure),
        Ok((prepared, arguments)) => {
            let sentences = Arc::clone(&prepared.sentences);
            let code = start(prepared, &arguments, output);
            match output.out.flush() {
                // What failed was told already.
                Err(error) if matches!(code, 0 | 4) => match report(output, &sentences, &Failure::from(error)) {
                    0 => code,
                    unwritten => unwritten,
                },
                _ => code,
            }
        }
    }
}

fn report(output: &mut Output<'_>, s: &Sentences, failure: &Failure) -> u8 {
    let unwritten;
    let said = match failure {
        Failure::Unwritten(error) if failure.code() != 0 => {
            unwritten = [Said::new("output", s.output_failed(error.to_string()), None)];
            &unwritten[..]
        }
        other => other.said(),
    };
    if !said.is_empty() {
        // Where even the error cannot be written, the exit code is all that is left.
        let _ = output.errors(said);
    }
    failure.code()
}

/// What must be known before the arguments can be read in the user's language.
struct Early {
    lang: Option<String>,
    config: Option<PathBuf>,
    json: bool,
}

impl Early {
    fn read(arguments: &[OsString]) -> Self {
        let mut early = Self { lang: None, config: None, json: false };
        let mut rest = arguments.iter().skip(1);
        while let Some(argument) = rest.next() {
            let (flag, value) = args::flag_and_value(argument);
            let mut value = || value.clone().or_else(|| rest.next().cloned());
            match flag.as_str() {
                "--" => break,
                "--json" => early.json = true,
                "--lang" => early.lang = value().map(|value| value.to_string_lossy().into_owned()),
                "--config" => early.config = value().map(PathBuf::from),
                _ => {}
            }
        }
        early
    }
}

/// A context without its streams.
struct Prepared {
    sentences: Arc<Sentences>,
    clock: Clock,
    config: Config,
    complaints: Vec<Said>,
    config_path: PathBuf,
    places: Places,
    variable: Variables,
    input: Box<dyn Read>,
    typed: bool,
}

type Unprepared = (Arc<Sentences>, Failure);

fn prepare(environment: Environment, early: Early) -> Result<(Prepared, Vec<OsString>), Unprepared> {
    let Environment { arguments, variable, places, input, typed } = environment;
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let text = |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| text(name));
    let spoken = |config: Option<Language>| sentences(early.lang.as_deref(), config, locale.as_deref());
    let places = places.unwrap_or_else(|| {
        let here = |name: &str| PathBuf::from(name);
        Places { database: here("cosell.db"), config: here("cosell.toml"), log: here("cosell.log") }
    });
    if let Some(relative) = [&places.database, &places.config, &places.log].into_iter().find(|path| is_astray(path)) {
        let s = Arc::new(spoken(None));
        let said = Said::new("home", s.home_relative(relative.display().to_string()), s.home_relative_hint());
        return Err((Arc::clone(&s), Failure::usage(said)));
    }
    let named = early.config.clone().or_else(|| set("COSELL_CONFIG").map(PathBuf::from));
    let config_path = named.clone().unwrap_or_else(|| places.config.clone());
    let (config, errors) = Config::with_complaints(&config_path, named.is_some());
    // Numbers and lists have the marks of the locale, else those of where the home currency is at home.
    let here = ["LC_ALL", "LC_NUMERIC", "LANG"].iter().find_map(|name| text(name));
    let home = || config.home_currency.map(|currency| number_marks_of_country(&currency.code()[..2]));
    let marks = here.and_then(|locale| Language::number_marks_of_locale(&locale)).or_else(home).unwrap_or_default();
    let country =
        ["LC_ALL", "LC_ADDRESS", "LANG"].iter().filter_map(|name| text(name)).find_map(|at| Language::country_of_locale(&at));
    let sentences = Arc::new(spoken(config.language).with_number_marks(marks).with_home(country));
    let complaints = errors.iter().map(|error| error.said(&sentences, &config_path)).collect();
    let clock = Clock::from_setting(text("COSELL_NOW").as_deref()).map_err(|given| {
        let said = Said::new("usage", sentences.time_not_readable(given), sentences.time_not_readable_hint());
        (Arc::clone(&sentences), Failure::usage(said))
    })?;
    // Dates are written as the locale has them, else as where the home currency is at home.
    let here = ["LC_ALL", "LC_TIME", "LANG"].iter().find_map(|name| text(name));
    let home = || config.home_currency.map(|currency| order_of_country(&currency.code()[..2]));
    let order = here.and_then(|locale| Language::order_of_locale(&locale)).or_else(home).unwrap_or_default();
    let clock = clock.where_dates_are(order);
    Ok((Prepared { sentences, clock, config, complaints, config_path, places, variable, input, typed }, arguments))
}

/// Returns the sentences of the language that is asked for, else set, else that of the locale, else English. A locale whose language is
/// not there yet still tells in which order names are written.
fn sentences(asked: Option<&str>, set: Option<Language>, locale: Option<&str>) -> Sentences {
    match asked.and_then(Language::read).or(set).or_else(|| locale.and_then(Language::of_locale)) {
        Some(language) => Sentences::new(language),
        None => Sentences::new(Language::ENGLISH).with_family_name_first(locale.is_some_and(Language::family_name_first)),
    }
}

/// Returns whether a place depends on where the program was started, because the home directory does.
fn is_astray(path: &Path) -> bool {
    path.is_relative() && path.components().count() > 1
}

fn start(prepared: Prepared, arguments: &[OsString], output: &mut Output<'_>) -> u8 {
    let s = Arc::clone(&prepared.sentences);
    let matches = match commands::tree_for(&s, arguments).try_get_matches_from(args::shielded(arguments)) {
        Ok(matches) => matches,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            return match write!(output.out, "{}", error.render()) {
                Err(error) => report(output, &s, &Failure::from(error)),
                Ok(()) => 0,
            };
        }
        Err(error) => return report(output, &s, &Failure::usage(args::complaint(&error, arguments, &commands::tree(&s), &s))),
    };
    if let Some(tag) = matches.get_one::<String>("lang").filter(|tag| Language::read(tag).is_none()) {
        let allowed: Vec<&str> = Language::all().map(Language::tag).collect();
        let said = Said::new("usage", s.usage_value("--lang", tag), s.usage_value_hint(allowed.join(", ")));
        return report(output, &s, &Failure::usage(said));
    }
    let database = matches.get_one::<PathBuf>("db").cloned();
    let database = database.or_else(|| (prepared.variable)("COSELL_DB").filter(|v| !v.is_empty()).map(PathBuf::from));
    let json = matches.get_flag("json");
    let mut context = Context {
        sentences: prepared.sentences,
        clock: prepared.clock,
        config: prepared.config,
        complaints: prepared.complaints,
        database: database.unwrap_or(prepared.places.database),
        config_path: prepared.config_path,
        log: prepared.places.log,
        read_only: matches.get_flag("read-only"),
        output: Output { out: &mut *output.out, err: &mut *output.err, json, columns: output.columns, watched: output.watched },
        variable: prepared.variable,
        input: prepared.input,
        typed: prepared.typed,
        is_opened: false,
    };
    let done = commands::run(&mut context, &matches);
    context.tell_hooks();
    context.back_up_day();
    match done {
        Ok(Exit::Done) => 0,
        Ok(Exit::Part) => 4,
        Err(failure) => report(&mut context.output, &s, &failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_whose_language_is_not_there_still_tells_how_names_are_written() {
        let first = |asked, set, locale| sentences(asked, set, locale).family_name_first();
        assert!(first(None, None, Some("ko_KR.UTF-8")) && first(Some("tlh"), None, Some("ja_JP.UTF-8")));
        assert!(!first(None, None, Some("de_DE.UTF-8")) && !first(None, None, None));
        let english = Some(Language::ENGLISH);
        assert!(
            !first(Some("en"), None, Some("ko_KR.UTF-8")) && !first(None, english, Some("ko_KR.UTF-8")),
            "what is asked for holds"
        );
    }
}

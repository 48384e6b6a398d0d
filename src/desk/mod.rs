//! The full-screen front end: model, rooms, keys, forms, painting and the terminal; the database is behind requests and replies.

pub mod column;
pub mod exporting;
pub mod files;
pub mod form;
pub mod importing;
pub mod keys;
pub mod links;
pub mod model;
pub mod room;
pub mod term;
pub mod view;
mod words;
pub mod zones;

use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::{Config, Ground};
use crate::domain::draft::Texts;
use crate::domain::programme::ruling::Ruling;
use crate::i18n::{Said, Sentences};

/// Which pipeline is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data {
    Own,
    /// A sample in memory, thrown away at the end.
    Demo {
        /// Whether it was opened from the user's own desk, to which leaving it leads back.
        from_own: bool,
    },
}

/// What goes along from the sample to the user's own desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Carried {
    #[default]
    Nothing,
    /// A file to import, as it was named.
    Import(String),
    /// A deal to make, as it was typed.
    Deal(Texts),
}

/// How the desk came to be opened, after another one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrival {
    pub carried: Carried,
    /// Why it is not the desk that was asked for.
    pub said: Option<String>,
    /// Whether the sample was left for it.
    pub back: bool,
}

/// Everything the desk is opened with.
pub struct Setup {
    pub sentences: Arc<Sentences>,
    pub clock: Clock,
    pub config: Config,
    /// What is wrong with the configuration; where it is wrong, it has its default.
    pub complaints: Vec<Said>,
    pub config_path: PathBuf,
    /// The rules of the co-sell programme, as they are set.
    pub rules: Arc<Ruling>,
    pub database: PathBuf,
    pub log: PathBuf,
    pub read_only: bool,
    /// Whether the terminal wants no colour.
    pub plain: bool,
    /// Whether the terminal may be told where texts lead.
    pub links: bool,
    /// What the terminal tells of its background.
    pub ground: Ground,
    pub data: Data,
    /// The user's editor, as a command of the shell.
    pub editor: Option<String>,
}

/// Runs the desk until the user leaves it.
///
/// # Errors
/// What keeps it from opening, in words; the terminal is then as it was.
pub fn run(setup: Setup) -> Result<(), Vec<Said>> {
    term::run(setup)
}

/// Lets a write fail that is beyond the size a file may have, where the system would end the program for it.
pub fn outlive_limits() {
    term::outlive_limits();
}

/// Asks the terminal whether it draws signs of unsettled width, those of boxes among them, two cells wide; `None` where nobody answers.
pub fn draws_double() -> Option<bool> {
    term::draws_double()
}

/// Returns the columns of the terminal behind standard output.
pub fn columns() -> Option<usize> {
    term::columns()
}

//! What comes to the desk from outside it, and what it asks to be done there; what either means is the model's.

use super::{ExportBox, Size};
use crate::config::{Config, Lost, News, Setting};
use crate::desk::Carried;
use crate::desk::files::{self, Found};
use crate::desk::keys::Key;
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::export::{Done, Failed};
use crate::i18n::Said;
use crate::intake::FileReport;
use crate::store::{ImportReport, Reply, Request};

/// What happens to the desk.
pub enum Msg {
    /// A key; `burst` tells that it came in one piece with several others, as a paste does where the terminal marks none.
    Key {
        key: Key,
        burst: bool,
    },
    Paste(String),
    /// The mouse, where it is on.
    Mouse(Mouse),
    Resized(Size),
    Tick(Timestamp),
    Reply(Reply),
    /// What was found of files to import.
    Found(Found),
    /// A file could be opened: its rows come.
    Importing,
    /// What an import found, file by file.
    Imported(Box<Imported>),
    /// An export has ended.
    Exported(Box<ExportBox>, Result<Done, Failed>),
    /// A command of the user's own failed, in words.
    HookFailed(String),
    /// The desk is back on the screen after it was suspended.
    Resumed,
    /// The user's editor was left: the text, or why it could not be run.
    TextEdited(Result<String, String>),
    /// A setting was kept: what is set now and what is still wrong, or why it was not.
    Kept(Setting, Result<(Box<Config>, Vec<String>), Said>),
    /// Another program wrote the configuration: what it says now.
    Settled(Box<Config>),
    /// The configuration is gone, or wrong.
    Unsettled(Lost),
}

impl From<News> for Msg {
    fn from(news: News) -> Self {
        match news {
            News::Settled(config) => Self::Settled(config),
            News::Lost(lost) => Self::Unsettled(lost),
        }
    }
}

/// What an import found.
#[derive(Debug, Default)]
pub struct Imported {
    /// Why nothing could be read at all.
    pub failures: Vec<Said>,
    pub report: ImportReport,
    pub files: Vec<FileReport>,
    /// The first refused rows: line and reasons.
    pub refused: Vec<(u64, Vec<Said>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    Wheel {
        down: bool,
    },
    Click {
        column: u16,
        row: u16,
    },
    /// The second of two clicks that came soon after each other; the first was told as one.
    DoubleClick {
        column: u16,
        row: u16,
    },
}

/// A file that is to be imported, and what is said of it.
#[derive(Debug, Clone, Default)]
pub struct ToImport {
    pub path: String,
    /// By their lines, the deals that rows are.
    pub matches: Vec<(u64, OpportunityId)>,
    /// Whether it is said to be the answer to an upload.
    pub is_answer: bool,
    /// Whether it is said to be Partner Center's newest word, though it came before.
    pub is_newest: bool,
}

/// What is to be done outside the model.
pub enum Effect {
    Store(Request),
    /// Open a file and have the store import it.
    Import(ToImport),
    /// Write deals to a file.
    Export(Box<ExportBox>),
    /// Look for files to import.
    Find(files::Where),
    /// Send text to the terminal's clipboard.
    Copy(String),
    /// Open the user's editor on a text.
    EditText(String),
    /// Stop the import that is running.
    StopImport,
    /// Keep what was typed for a setting in the configuration file; nothing takes it away.
    Set {
        setting: Setting,
        typed: String,
    },
    /// Switch the mouse on or off.
    Mouse(bool),
    Suspend,
    /// Paint the whole screen anew.
    Repaint,
    /// Leave this pipeline and open the sample.
    Demo,
    /// Leave the sample and open the user's own pipeline, with what goes along.
    Own(Carried),
    Quit,
}

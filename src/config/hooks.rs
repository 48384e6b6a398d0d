//! The commands of the section `[hooks]`: what each is run on, and how long it may take; running them is the room `hooks`.

use std::time::Duration;

use toml::Value;

/// What a command can be run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HookEvent {
    Accept,
    Decline,
    Win,
    Lose,
    /// The time to answer had run out.
    Expire,
    /// A file came in.
    Import,
    /// Upload files were written.
    Write,
    /// A file that came in answered what was written.
    Confirm,
    /// A step was taken back.
    Undo,
}

impl HookEvent {
    pub const ALL: [Self; 9] =
        [Self::Accept, Self::Decline, Self::Win, Self::Lose, Self::Expire, Self::Import, Self::Write, Self::Confirm, Self::Undo];

    /// Returns its name in the file, in the environment of the command and in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Win => "win",
            Self::Lose => "lose",
            Self::Expire => "expire",
            Self::Import => "import",
            Self::Write => "write",
            Self::Confirm => "confirm",
            Self::Undo => "undo",
        }
    }
}

/// What is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookCommand {
    /// A line for the shell.
    Line(String),
    /// A program and its arguments, which no shell takes apart.
    Program(Vec<String>),
}

impl HookCommand {
    /// What a command can be, in words of the file.
    pub(super) const ALLOWED: &str = "\"a line for the shell\", [\"program\", \"argument\"]";

    pub(super) fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(line) => Some(Self::Line(line.clone())).filter(|_| !line.trim().is_empty()),
            Value::Array(words) => {
                let words: Option<Vec<String>> = words.iter().map(|word| word.as_str().map(str::to_owned)).collect();
                words.filter(|words| words.first().is_some_and(|program| !program.trim().is_empty())).map(Self::Program)
            }
            _ => None,
        }
    }

    /// Returns it as it stands in the file.
    pub fn value(&self) -> Value {
        match self {
            Self::Line(line) => line.clone().into(),
            Self::Program(words) => words.clone().into(),
        }
    }
}

/// The whole section; empty by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hooks {
    pub commands: Vec<(HookEvent, HookCommand)>,
    /// How long one of them may take before it is ended.
    pub limit: Duration,
}

impl Default for Hooks {
    fn default() -> Self {
        Self { commands: Vec::new(), limit: Duration::from_secs(10) }
    }
}

impl Hooks {
    /// The key of the limit, in seconds.
    pub(super) const LIMIT: &str = "time-limit";
    /// What the limit can be, in words of the file.
    pub(super) const LIMITS: &str = "1 … 300";

    pub(super) fn read_limit(value: &Value) -> Option<Duration> {
        value
            .as_integer()
            .filter(|seconds| (1..=300).contains(seconds))
            .map(|seconds| Duration::from_secs(seconds.unsigned_abs()))
    }

    /// Returns what is to be run on an event.
    pub fn on(&self, event: HookEvent) -> Option<&HookCommand> {
        self.commands.iter().find(|(on, _)| *on == event).map(|(_, command)| command)
    }
}

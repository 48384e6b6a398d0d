//! Where things are kept and what the user has set: the configuration file, checked whole, every complaint at once.

mod hooks;
mod rules;
mod said;
mod setting;
mod watched;
mod write;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use toml::{Table, Value};

use crate::domain::contact::Person;
use crate::domain::fold::meant;
use crate::domain::invalid::Complaint;
use crate::domain::money::Currency;
use crate::domain::priority::PriorityWeights;
use crate::domain::role::Role;
use crate::domain::sales::Weights;
use crate::i18n::Language;
pub use hooks::{HookCommand, HookEvent, Hooks};
pub use rules::RulesError;
pub use setting::Setting;
pub use watched::{Lost, News, Watched};
pub use write::{changed, keep};

/// Everything that can be set; each setting has a default.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub language: Option<Language>,
    /// Days to respond, where Partner Center does not say (MG-66).
    pub response_days: i64,
    /// The currency that forms begin with, and that sums are converted into.
    pub home_currency: Option<Currency>,
    /// How likely deals are counted as won, in the review.
    pub stage_weights: Weights,
    /// How much each reason counts in what is to be done next.
    pub priority_weights: PriorityWeights,
    /// The copies of how many days are kept beside the database; 0 keeps none.
    pub backups: u32,
    /// Rules of the programme that are laid over those of the program; beside the configuration where it is no whole path.
    pub programme: Option<PathBuf>,
    /// The rep.
    pub me: Person,
    /// What the rep may do (MG-02).
    pub role: Role,
    /// Key bindings by the name of the action, as written.
    pub keys: Vec<(String, Vec<String>)>,
    pub symbols: Symbols,
    pub colour: Colour,
    pub ground: Ground,
    /// Styles by role, with the text that asked for them.
    pub roles: Vec<(&'static str, RoleStyle, String)>,
    pub mouse: bool,
    /// What is run on what happens; nothing by default.
    pub hooks: Hooks,
    /// What the file says something of.
    pub given: Vec<Setting>,
    /// What the command line or the environment decides instead.
    pub overruled: Vec<Setting>,
    /// Where its file is, or would be: what is named in it without a whole path stands there.
    pub folder: PathBuf,
}

/// Which signs the chrome is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbols {
    Unicode,
    /// For terminals that draw lines and hearts two cells wide.
    Ascii,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Unless `NO_COLOR` is set or the terminal is dumb.
    Auto,
    Never,
}

/// What the terminal's background is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// As the terminal says; where it says nothing, colours are chosen that both bear.
    Auto,
    Dark,
    Light,
}

impl Ground {
    /// Reads what some terminals say of their colours in `COLORFGBG`: the number of the background stands last.
    pub fn told(colorfgbg: &str) -> Self {
        match colorfgbg.rsplit(';').next().and_then(|background| background.trim().parse().ok()) {
            Some(7 | 9..=15) => Self::Light,
            Some(0..=6 | 8) => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// How something of a role is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoleStyle {
    pub colour: Option<Ansi>,
    pub bold: bool,
    pub dim: bool,
    pub underlined: bool,
    pub reversed: bool,
}

/// The colours every terminal has, in the shades its user chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ansi {
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
}

impl RoleStyle {
    /// Reads words: a colour and any of bold, dim, underlined, reversed; `none` alone for plain text.
    fn read(text: &str) -> Option<Self> {
        let mut style = Self::default();
        for word in text.split_whitespace() {
            match word {
                "none" => {}
                "bold" => style.bold = true,
                "dim" => style.dim = true,
                "underlined" => style.underlined = true,
                "reversed" => style.reversed = true,
                "red" => style.colour = Some(Ansi::Red),
                "green" => style.colour = Some(Ansi::Green),
                "yellow" => style.colour = Some(Ansi::Yellow),
                "blue" => style.colour = Some(Ansi::Blue),
                "magenta" => style.colour = Some(Ansi::Magenta),
                "cyan" => style.colour = Some(Ansi::Cyan),
                _ => return None,
            }
        }
        Some(style).filter(|_| !text.trim().is_empty())
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            language: None,
            response_days: 14,
            home_currency: None,
            stage_weights: Weights::default(),
            priority_weights: PriorityWeights::default(),
            backups: 7,
            programme: None,
            me: Person::default(),
            role: Role::default(),
            keys: Vec::new(),
            symbols: Symbols::Unicode,
            colour: Colour::Auto,
            ground: Ground::Auto,
            roles: Vec::new(),
            mouse: false,
            hooks: Hooks::default(),
            given: Vec::new(),
            overruled: Vec::new(),
            folder: PathBuf::new(),
        }
    }
}

/// What is wrong with a configuration file.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{0}")]
    Io(io::Error),
    /// A folder, or something that is written while it is read.
    #[error("no file")]
    NotAFile,
    /// A link to nothing.
    #[error("a link to nothing")]
    Astray,
    #[error("too long")]
    TooLong,
    #[error("line {line}: {detail}")]
    Syntax { line: usize, detail: String },
    /// Perhaps another one was meant.
    #[error("unknown setting {key}")]
    Unknown { key: String, meant: Option<&'static str> },
    /// What was typed is no such thing.
    #[error("{0:?}")]
    Invalid(Box<Complaint>),
    #[error("not written: {0}")]
    Unwritten(io::Error),
    #[error("not to be changed")]
    ReadOnly,
    /// Another program has changed it since it was read.
    #[error("changed meanwhile")]
    ChangedMeanwhile,
    /// It stands in the file in a way that only its user can change.
    #[error("{key} has no place")]
    Unplaceable { key: &'static str },
    #[error("{key} cannot be {value}")]
    Value { key: &'static str, value: String, allowed: String },
}

const SETTINGS: [&str; 12] = [
    "language",
    "response-days",
    "home-currency",
    "stage-weights",
    "priority-weights",
    "backups",
    "programme",
    "me",
    "keys",
    "theme",
    "mouse",
    "hooks",
];
const ME: [&str; 5] = ["first-name", "last-name", "phone", "email", "role"];
/// Roles of the theme whose colour can be set.
pub const ROLES: [&str; 7] = ["accent", "good", "warn", "bad", "muted", "match", "title"];

impl Config {
    /// Reads a file; one that is not there is as good as an empty one unless the user named it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(path: &Path, named: bool) -> Result<Self, Vec<ConfigError>> {
        whole(Self::with_complaints(path, named))
    }

    /// As [`Config::load`]; what is wrong has its default, and is told beside.
    pub fn with_complaints(path: &Path, named: bool) -> (Self, Vec<ConfigError>) {
        let (config, complaints) = match text_of(path) {
            Ok(text) => Self::of_text(&text),
            Err(ConfigError::Io(e)) if e.kind() == io::ErrorKind::NotFound && !named => (Self::default(), Vec::new()),
            Err(error) => (Self::default(), vec![error]),
        };
        (config.beside(path), complaints)
    }

    /// Returns it as one whose file is `path`.
    fn beside(self, path: &Path) -> Self {
        Self { folder: path.parent().map(Path::to_owned).unwrap_or_default(), ..self }
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Vec<ConfigError>> {
        whole(Self::of_text(text))
    }

    fn of_text(text: &str) -> (Self, Vec<ConfigError>) {
        let table: Table = match text.parse() {
            Ok(table) => table,
            Err(e) => {
                return (Self::default(), vec![syntax(text, &e)]);
            }
        };
        let mut reader = Reader { complaints: Vec::new() };
        let mut config = reader.read(&table);
        config.given = Setting::ALL.iter().copied().filter(|setting| setting.stands_in(&table)).collect();
        (config, reader.complaints)
    }
}

/// Names the line in which a file cannot be read.
fn syntax(text: &str, error: &toml::de::Error) -> ConfigError {
    let at = error.span().map_or(0, |span| span.start);
    let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    ConfigError::Syntax { line, detail: error.message().to_owned() }
}

fn whole((config, complaints): (Config, Vec<ConfigError>)) -> Result<Config, Vec<ConfigError>> {
    if complaints.is_empty() { Ok(config) } else { Err(complaints) }
}

/// Longest configuration that is read.
const LONGEST: u64 = 1 << 20;

/// Reads a file that need not be one: nothing is waited for, and nothing is read without end.
fn text_of(path: &Path) -> Result<String, ConfigError> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(_) if fs::symlink_metadata(path).is_ok_and(|link| link.is_symlink()) => return Err(ConfigError::Astray),
        Err(e) => return Err(ConfigError::Io(e)),
    };
    #[cfg(unix)]
    let is_queue = std::os::unix::fs::FileTypeExt::is_fifo(&found.file_type());
    #[cfg(not(unix))]
    let is_queue = false;
    if found.is_dir() || is_queue {
        return Err(ConfigError::NotAFile);
    }
    let mut text = String::new();
    let file = fs::File::open(path).map_err(ConfigError::Io)?;
    file.take(LONGEST + 1).read_to_string(&mut text).map_err(ConfigError::Io)?;
    if text.len() as u64 > LONGEST { Err(ConfigError::TooLong) } else { Ok(text) }
}

/// What settings take, in words of the file.
const CURRENCIES: &str = "USD, EUR, KRW, JPY …";
const DAYS: &str = "1 … 365";
const BACKUPS: &str = "0 … 365";
/// Most days whose copies can be kept.
const MOST_BACKUPS: u32 = 365;
const WEIGHTS: &str = "[10, 20, 40, 60, 80]";
const STYLES: &str = "\"red\", \"green\", \"yellow\", \"blue\", \"magenta\", \"cyan\", with \"bold\", \"dim\", \"underlined\", \"reversed\", or \"none\"";

struct Reader {
    complaints: Vec<ConfigError>,
}

impl Reader {
    fn read(&mut self, table: &Table) -> Config {
        let mut config = Config::default();
        self.known(table, &SETTINGS, "");
        config.language = self.with(table, "language", "en", |v| v.as_str().and_then(Language::read));
        if let Some(days) = self.with(table, "response-days", DAYS, |v| v.as_integer().filter(|d| (1..=365).contains(d))) {
            config.response_days = days;
        }
        config.home_currency = self.with(table, "home-currency", CURRENCIES, |v| Currency::parse(v.as_str()?).ok());
        let weights = |value: &Value| {
            let percents: Option<Vec<i64>> = value.as_array()?.iter().map(Value::as_integer).collect();
            Weights::new(&percents?)
        };
        config.stage_weights = self.with(table, "stage-weights", WEIGHTS, weights).unwrap_or_default();
        config.priority_weights = self.priority_weights(table);
        let days = |value: &Value| u32::try_from(value.as_integer()?).ok().filter(|days| *days <= MOST_BACKUPS);
        config.backups = self.with(table, "backups", BACKUPS, days).unwrap_or(config.backups);
        config.programme = self.with(table, "programme", "\"rules.toml\"", |v| Some(v.as_str()?.into()));
        if let Some(mouse) = self.with(table, "mouse", "true, false", Value::as_bool) {
            config.mouse = mouse;
        }
        if let Some(me) = self.with(table, "me", "[me]", |v| v.as_table().cloned()) {
            self.known(&me, &ME, "me.");
            let mut part = |name| self.with(&me, name, "\"…\"", |v| v.as_str().map(str::to_owned)).unwrap_or_default();
            config.me = Person { first: part("first-name"), last: part("last-name"), phone: part("phone"), email: part("email") };
            let allowed = Role::ALL.map(Role::code).join(", ");
            config.role = self.with(&me, "role", &allowed, |v| Role::read(v.as_str()?)).unwrap_or_default();
        }
        if let Some(keys) = self.with(table, "keys", "[keys]", |v| v.as_table().cloned()) {
            config.keys = keys
                .into_iter()
                .filter_map(|(action, value)| self.bindings(&action, &value).map(|keys| (action, keys)))
                .collect();
        }
        if let Some(theme) = self.with(table, "theme", "[theme]", |v| v.as_table().cloned()) {
            self.theme(&theme, &mut config);
        }
        if let Some(hooks) = self.with(table, "hooks", "[hooks]", |v| v.as_table().cloned()) {
            config.hooks = self.hooks(&hooks);
        }
        config
    }

    fn hooks(&mut self, table: &Table) -> Hooks {
        let names: Vec<&'static str> = HookEvent::ALL.iter().map(|event| event.code()).chain([Hooks::LIMIT]).collect();
        self.known(table, &names, "hooks.");
        let mut hooks = Hooks::default();
        for event in HookEvent::ALL {
            let command = self.with(table, event.code(), HookCommand::ALLOWED, HookCommand::read);
            hooks.commands.extend(command.map(|command| (event, command)));
        }
        hooks.limit = self.with(table, Hooks::LIMIT, Hooks::LIMITS, Hooks::read_limit).unwrap_or(hooks.limit);
        hooks
    }

    /// Names the part that is wrong.
    fn priority_weights(&mut self, table: &Table) -> PriorityWeights {
        let key = Setting::PriorityWeights.path();
        let Some(value) = table.get(key) else { return PriorityWeights::default() };
        let read = value.as_str().map_or_else(|| Err(value.to_string()), PriorityWeights::parse);
        read.unwrap_or_else(|wrong| {
            self.complaints.push(ConfigError::Value { key, value: wrong, allowed: String::new() });
            PriorityWeights::default()
        })
    }

    fn theme(&mut self, theme: &Table, config: &mut Config) {
        let names: Vec<&'static str> = ["symbols", "colour", "ground"].into_iter().chain(ROLES).collect();
        self.known(theme, &names, "theme.");
        let symbols = |v: &Value| match v.as_str()? {
            "unicode" => Some(Symbols::Unicode),
            "ascii" => Some(Symbols::Ascii),
            _ => None,
        };
        let colour = |v: &Value| match v.as_str()? {
            "auto" => Some(Colour::Auto),
            "never" => Some(Colour::Never),
            _ => None,
        };
        let ground = |v: &Value| match v.as_str()? {
            "auto" => Some(Ground::Auto),
            "dark" => Some(Ground::Dark),
            "light" => Some(Ground::Light),
            _ => None,
        };
        config.symbols = self.with(theme, "symbols", "\"unicode\", \"ascii\"", symbols).unwrap_or(config.symbols);
        config.colour = self.with(theme, "colour", "\"auto\", \"never\"", colour).unwrap_or(config.colour);
        config.ground = self.with(theme, "ground", "\"auto\", \"dark\", \"light\"", ground).unwrap_or(config.ground);
        for role in ROLES {
            let read = |v: &Value| v.as_str().and_then(|text| RoleStyle::read(text).map(|style| (role, style, text.to_owned())));
            let style = self.with(theme, role, STYLES, read);
            config.roles.extend(style);
        }
    }

    /// Reads one key or a list of keys; an empty list unbinds.
    fn bindings(&mut self, action: &str, value: &Value) -> Option<Vec<String>> {
        let read = match value {
            Value::String(key) => Some(vec![key.clone()]),
            Value::Array(keys) => keys.iter().map(|key| key.as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        if read.is_none() {
            let allowed = "\"a\", [\"a\", \"ctrl-a\"], []".to_owned();
            self.complaints.push(ConfigError::Value { key: "keys", value: format!("{action} = {value}"), allowed });
        }
        read
    }

    fn with<T>(&mut self, table: &Table, key: &'static str, allowed: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let value = table.get(key)?;
        let read = read(value);
        if read.is_none() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            self.complaints.push(ConfigError::Value { key, value, allowed: allowed.to_owned() });
        }
        read
    }

    fn known(&mut self, table: &Table, names: &[&'static str], prefix: &str) {
        for key in table.keys().filter(|key| !names.contains(&key.as_str())) {
            self.complaints.push(ConfigError::Unknown { key: format!("{prefix}{key}"), meant: meant(key, names) });
        }
    }
}

/// Where the program keeps its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    pub database: PathBuf,
    pub config: PathBuf,
    pub log: PathBuf,
}

impl Places {
    /// Returns the platform's places; `None` where there is no home directory.
    pub fn of_platform() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "cosell")?;
        let state = dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir());
        Some(Self {
            database: dirs.data_dir().join("cosell.db"),
            config: dirs.config_dir().join("config.toml"),
            log: state.join("cosell.log"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file_is_read() {
        let config = Config::parse(
            "language = \"en\"\nresponse-days = 10\nhome-currency = \"KRW\"\nmouse = true\n[me]\nfirst-name = \"민준\"\nlast-name = \"김\"\n\
             [keys]\naccept = [\"A\", \"ctrl-a\"]\nundo = \"z\"\nquit = []\n[theme]\nsymbols = \"ascii\"\ncolour = \"never\"\nwarn = \"bold yellow\"\n",
        )
        .unwrap();
        assert_eq!((config.response_days, config.mouse, config.symbols), (10, true, Symbols::Ascii));
        assert_eq!(config.me.name(), "김민준");
        assert!(config.keys.contains(&("accept".into(), vec!["A".into(), "ctrl-a".into()])));
        assert!(config.keys.contains(&("quit".into(), vec![])));
        let style = RoleStyle { colour: Some(Ansi::Yellow), bold: true, ..RoleStyle::default() };
        assert_eq!(config.roles, [("warn", style, "bold yellow".to_owned())]);
        assert!(Config::parse("[theme]\nbad = \"pinkish\"").is_err());
        assert_eq!(Config::parse("").unwrap(), Config::default());
    }

    #[test]
    fn every_wrong_setting_is_named_with_what_was_meant() {
        let errors = Config::parse(
            "respons-days = 3\nlanguage = \"klingon\"\nmouse = \"yes\"\n[me]\nfirstname = \"A\"\n[theme]\ncolor = \"auto\"\n",
        )
        .unwrap_err();
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 5, "{said:?}");
        assert!(matches!(&errors[0], ConfigError::Unknown { meant: Some("response-days"), .. }));
        assert!(
            errors.iter().any(|e| matches!(e, ConfigError::Unknown { key, meant: Some("first-name") } if key == "me.firstname"))
        );
        assert!(errors.iter().any(|e| matches!(e, ConfigError::Unknown { meant: Some("colour"), .. })));
        assert!(matches!(Config::parse("a = 1\nb = ").unwrap_err()[..], [ConfigError::Syntax { line: 2, .. }]));
        for wrong in [
            "[10, 20, 40, 60]",
            "[20, 10, 40, 60, 80]",
            "[10, 20, 40, 60, 101]",
            "[10, 20, 40, 60, \"80\"]",
            "\"10 20 40 60 80\"",
            "10",
        ] {
            let errors = Config::parse(&format!("stage-weights = {wrong}")).unwrap_err();
            assert!(matches!(errors[..], [ConfigError::Value { key: "stage-weights", .. }]), "{wrong}");
        }
        assert!(matches!(Config::parse("response-days = 0").unwrap_err()[..], [ConfigError::Value { key: "response-days", .. }]));
    }

    #[test]
    fn hooks_are_lines_for_the_shell_or_programs_and_nothing_else() {
        let config = Config::parse("[hooks]\nwin = \"mail boss\"\nexpire = [\"tell\", \"한빛\"]\ntime-limit = 3\n").unwrap();
        assert_eq!(config.hooks.on(HookEvent::Win), Some(&HookCommand::Line("mail boss".into())));
        assert_eq!(config.hooks.on(HookEvent::Expire), Some(&HookCommand::Program(vec!["tell".into(), "한빛".into()])));
        assert_eq!((config.hooks.on(HookEvent::Lose), config.hooks.limit.as_secs()), (None, 3));
        assert_eq!(Config::default().hooks.commands, [], "off by default");
        let errors = Config::parse("[hooks]\nwon = \"x\"\nlose = 3\nwin = \"\"\ntime-limit = 0\nimport = []\n").unwrap_err();
        assert_eq!(errors.len(), 5, "{errors:?}");
        let meant = errors.iter().any(|e| matches!(e, ConfigError::Unknown { key, meant: Some("win") } if key == "hooks.won"));
        assert!(meant, "{errors:?}");
    }

    #[test]
    fn a_missing_file_matters_only_when_it_was_named() {
        let nowhere = Path::new("/nowhere/config.toml");
        assert_eq!(Config::load(nowhere, false).unwrap(), Config { folder: "/nowhere".into(), ..Config::default() });
        assert!(matches!(Config::load(nowhere, true).unwrap_err()[..], [ConfigError::Io(_)]));
    }
}

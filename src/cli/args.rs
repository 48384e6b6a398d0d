//! What arguments are made of and read with, in the language of the user, and what is said when they do not fit.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::Failure;
use crate::domain::query::SortKey;
use crate::domain::tab::Tab;
use crate::i18n::{Said, Sentences};

/// Looks, before anything is read, whether files can be written into the folder that was given.
pub(super) fn check_folder(s: &Sentences, folder: &Path) -> Result<(), Failure> {
    s.unfit_folder(folder).map_or(Ok(()), |said| Err(Failure::CouldNot(vec![said])))
}

/// Gives a command our headings and our help flag.
pub(super) fn furnish(command: Command, s: &Sentences) -> Command {
    let template = format!("{{about}}\n\n{} {{usage}}\n\n{{all-args}}\n", s.heading_usage());
    let help =
        Arg::new("help").long("help").short('h').action(ArgAction::Help).help(s.flag_help()).help_heading(s.heading_everywhere());
    command
        .help_template(template)
        .disable_help_flag(true)
        .next_help_heading(s.heading_options())
        .mut_args(|arg| if arg.is_positional() { arg.help_heading(s.heading_arguments()) } else { arg })
        .arg(help)
}

/// Returns a command without arguments of its own.
pub(super) fn plain(name: &'static str, about: String) -> Command {
    Command::new(name).about(about)
}

/// Makes a command one that is nothing but commands of its own.
pub(super) fn group<const N: usize>(command: Command, commands: [Command; N], s: &Sentences) -> Command {
    command
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(s.heading_commands())
        .subcommand_value_name("COMMAND")
        .subcommands(commands.map(|command| furnish(command, s)))
}

/// Returns the text of an argument; nothing where it was not given.
pub(super) fn typed<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}

/// Adds the argument that points at one opportunity.
pub(super) fn with_id(command: Command, s: &Sentences) -> Command {
    command.arg(Arg::new("id").value_name("ID").required(true).help(s.command_id()))
}

/// Returns an option that takes a text; texts may begin with a hyphen.
pub(super) fn option(name: &'static str, value: &'static str, help: String) -> Arg {
    Arg::new(name).long(name).value_name(value).allow_hyphen_values(true).help(help)
}

/// Takes `--flag=value` apart; a value that is the name of a file need not be text.
pub(super) fn flag_and_value(argument: &OsStr) -> (String, Option<OsString>) {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let bytes = argument.as_bytes();
        let Some(at) = bytes.iter().position(|byte| *byte == b'=') else {
            return (argument.to_string_lossy().into_owned(), None);
        };
        (String::from_utf8_lossy(&bytes[..at]).into_owned(), Some(OsStr::from_bytes(&bytes[at + 1..]).to_owned()))
    }
    #[cfg(windows)]
    {
        use std::os::windows::ffi::{OsStrExt, OsStringExt};
        let units: Vec<u16> = argument.encode_wide().collect();
        let Some(at) = units.iter().position(|unit| *unit == u16::from(b'=')) else {
            return (argument.to_string_lossy().into_owned(), None);
        };
        (String::from_utf16_lossy(&units[..at]), Some(OsString::from_wide(&units[at + 1..])))
    }
}

pub(super) fn sort_words() -> String {
    SortKey::CODES.join(", ")
}

/// Reads a tab of `--tab`.
///
/// # Errors
/// The sentence that lists the tabs there are.
pub(super) fn tab(given: &str, allowed: &[&'static str], s: &Sentences) -> Result<Tab, Said> {
    let found = Tab::from_code(given).filter(|tab| allowed.contains(&tab.code()));
    found.ok_or_else(|| Said::new("usage", s.usage_value("--tab", given), s.usage_value_hint(allowed.join(", "))))
}

/// Stands before a filter word that begins with a hyphen while the arguments are taken apart.
const SHIELD: char = '\u{1}';

/// The options that take a value: everywhere, and those of the commands that take a filter.
#[rustfmt::skip]
const VALUED: [&str; 19] = ["--db", "--config", "--lang", "--tab", "--sort", "--view", "--limit", "--days", "--ics", "--as-of", "--format",
    "--columns", "--output", "-o", "--layout", "--fix", "--since", "--by", "--owner"];
/// The commands that take a filter.
const FILTERED: [&str; 6] = ["list", "agenda", "views", "check", "export", "review"];

/// Keeps `-key:value` in a filter from being taken for an option. What an option is given stays as it is.
pub(super) fn shielded(arguments: &[OsString]) -> Vec<OsString> {
    let mut command: Option<String> = None;
    let mut awaits_value = false;
    let shield = |argument: &OsString| {
        let text = argument.to_string_lossy();
        let is_value = std::mem::replace(&mut awaits_value, VALUED.contains(&text.as_ref()));
        if is_value {
            awaits_value = false;
            return argument.clone();
        }
        let word = command.as_deref().is_some_and(|command| FILTERED.contains(&command))
            && text.len() > 2
            && text.starts_with('-')
            && !text.starts_with("--")
            // `-oFILE` names a file; no key of a filter begins so.
            && !(["export", "review"].map(Some).contains(&command.as_deref()) && text.starts_with("-o") && !text.contains(':'));
        if command.is_none() && !text.starts_with('-') {
            command = Some(text.to_string());
        }
        if word { format!("{SHIELD}{text}").into() } else { argument.clone() }
    };
    let (program, rest) = arguments.split_at(arguments.len().min(1));
    program.iter().cloned().chain(rest.iter().map(shield)).collect()
}

/// Returns a filter word as it was typed.
pub(super) fn unshielded(word: &str) -> &str {
    word.trim_start_matches(SHIELD)
}

/// Says what does not fit the command that the arguments name.
pub(super) fn complaint(error: &clap::Error, arguments: &[OsString], tree: &Command, s: &Sentences) -> Said {
    let mut command = "cosell".to_owned();
    let mut named = tree;
    for argument in arguments.iter().skip(1).filter_map(|argument| argument.to_str()) {
        if let Some(found) = named.find_subcommand(argument) {
            command = format!("{command} {argument}");
            named = found;
        }
    }
    let command = command.as_str();
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => texts.first().cloned(),
        _ => None,
    };
    let given = || text(ContextKind::InvalidArg).or_else(|| text(ContextKind::InvalidSubcommand)).unwrap_or_default();
    let suggested = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(names)) => names.clone(),
        _ => text(ContextKind::SuggestedSubcommand).into_iter().collect(),
    };
    // Of several the nearest comes last.
    let nearest = suggested.into_iter().rev().find(|name| may_be_meant(name, &given()));
    let meant = text(ContextKind::SuggestedArg).or(nearest);
    let (sentence, hint) = match error.kind() {
        ErrorKind::InvalidSubcommand => (s.usage_unknown_command(given()), s.usage_unknown_command_hint()),
        ErrorKind::UnknownArgument if !given().starts_with('-') => (s.usage_too_many(given()), s.usage_too_many_hint(command)),
        ErrorKind::UnknownArgument => (s.usage_unknown_flag(given()), s.usage_unknown_flag_hint(command)),
        ErrorKind::MissingSubcommand => (s.usage_missing("<COMMAND>"), s.usage_missing_hint(command)),
        ErrorKind::MissingRequiredArgument => (s.usage_missing(given()), s.usage_missing_hint(command)),
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_none_or(|value| value.is_empty()) => {
            (s.usage_value_missing(given()), s.usage_value_missing_hint(command))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let hint = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(values)) if !values.is_empty() => s.usage_value_hint(values.join(", ")),
                // The only values without a list of words are numbers.
                _ => s.usage_value_number_hint(),
            };
            (s.usage_value(given(), text(ContextKind::InvalidValue).unwrap_or_default()), hint)
        }
        ErrorKind::ArgumentConflict if text(ContextKind::PriorArg).is_some() => {
            let other = text(ContextKind::PriorArg).unwrap_or_default();
            (s.usage_conflict(given(), other), s.usage_conflict_hint())
        }
        _ => (s.usage_other(), s.usage_other_hint(command)),
    };
    let hint = meant.map_or(hint, |meant| s.usage_did_you_mean(meant));
    Said::new("usage", sentence, hint)
}

/// Returns whether a command is proposed for a word: one that decides about a deal is only where a single letter is wrong.
fn may_be_meant(command: &str, word: &str) -> bool {
    const DECIDING: [&str; 11] =
        ["accept", "decline", "win", "lose", "reopen", "ask-help", "register", "resolve", "restore", "undo", "redo"];
    !DECIDING.contains(&command) || strsim::damerau_levenshtein(command, &word.to_lowercase()) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_decides_is_proposed_for_a_word_that_is_not_nearly_it() {
        for (command, word, is_meant) in [
            ("accept", "acept", true),
            ("lose", "loes", true),
            ("accept", "acet", false),
            ("lose", "list-", false),
            ("win", "wind-up", false),
            ("list", "lits-", true),
        ] {
            assert_eq!(may_be_meant(command, word), is_meant, "{command} for {word}");
        }
    }

    fn shielded_text(line: &str) -> String {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let shielded: Vec<String> = shielded(&arguments).into_iter().map(|word| word.into_string().unwrap()).collect();
        shielded.join(" ").replace(SHIELD, "^")
    }

    #[test]
    fn only_the_words_of_a_filter_are_kept_from_being_options() {
        for (given, kept) in [
            ("cosell list -country:KR", "cosell list ^-country:KR"),
            ("cosell list --sort -value -erp", "cosell list --sort -value ^-erp"),
            ("cosell list --sort=-value", "cosell list --sort=-value"),
            ("cosell --db list accept 1 --notes -budget", "cosell --db list accept 1 --notes -budget"),
            ("cosell accept 1 --name list --notes -budget", "cosell accept 1 --name list --notes -budget"),
            ("cosell --json --lang en list -x1 --limit 3", "cosell --json --lang en list ^-x1 --limit 3"),
            ("list list -country:KR", "list list ^-country:KR"),
            ("cosell list -h --json", "cosell list -h --json"),
            ("cosell list --view -x -country:KR", "cosell list --view -x ^-country:KR"),
            ("cosell views keep KR -owner:me --sort -value", "cosell views keep KR ^-owner:me --sort -value"),
            ("cosell agenda --days 3 -owner:me", "cosell agenda --days 3 ^-owner:me"),
            ("cosell export -owner:me -o x.csv --columns name", "cosell export ^-owner:me -o x.csv --columns name"),
        ] {
            assert_eq!(shielded_text(given), kept);
        }
        assert_eq!(shielded(&[]), Vec::<OsString>::new());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_whose_name_is_no_text_is_named_by_a_flag() {
        use std::os::unix::ffi::OsStringExt;
        let given = OsString::from_vec(b"--config=caf\xe9.toml".to_vec());
        assert_eq!(flag_and_value(&given), ("--config".to_owned(), Some(OsString::from_vec(b"caf\xe9.toml".to_vec()))));
        assert_eq!(flag_and_value(OsStr::new("--json")), ("--json".to_owned(), None));
    }
}

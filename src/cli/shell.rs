//! `cosell completions`, `cosell man` and `cosell help`: the command tree for shells and readers.

use clap::{Arg, ArgMatches, Command};
use clap_complete::Shell;

use super::commands::tree;
use super::{Context, Exit, Failure};
use crate::i18n::{Said, Sentences};

const SHELLS: [(&str, Shell); 5] = [
    ("bash", Shell::Bash),
    ("elvish", Shell::Elvish),
    ("fish", Shell::Fish),
    ("powershell", Shell::PowerShell),
    ("zsh", Shell::Zsh),
];

pub(super) fn completions_arguments(command: Command, s: &Sentences) -> Command {
    let shell = Arg::new("shell").value_name("SHELL").required(true).help(s.command_completions_shell());
    command.arg(shell)
}

pub(super) fn completions(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = &context.sentences;
    let given = matches.get_one::<String>("shell").map_or("", String::as_str);
    let Some((_, shell)) = SHELLS.into_iter().find(|(name, _)| *name == given) else {
        let allowed = SHELLS.map(|(name, _)| name).join(", ");
        return Err(Failure::usage(Said::new("usage", s.usage_value("SHELL", given), s.usage_value_hint(allowed))));
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut tree(s), "cosell", &mut script);
    context.output.out.write_all(&script)?;
    Ok(Exit::Done)
}

pub(super) fn man(context: &mut Context<'_>, _: &ArgMatches) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(tree(&context.sentences)).render(&mut page)?;
    context.output.out.write_all(&page)?;
    Ok(Exit::Done)
}

pub(super) fn help_arguments(command: Command, _: &Sentences) -> Command {
    command.arg(Arg::new("command").value_name("COMMAND"))
}

pub(super) fn help(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = &context.sentences;
    let mut whole = tree(s);
    whole.build();
    let named = matches.get_one::<String>("command");
    let command = match named {
        None => Some(&mut whole),
        Some(name) => whole.find_subcommand_mut(name),
    };
    let Some(command) = command else {
        let said = Said::new("usage", s.usage_unknown_command(named.map_or("", String::as_str)), s.usage_unknown_command_hint());
        return Err(Failure::usage(said));
    };
    let text = command.render_help().to_string();
    context.output.out.write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

//! The table of commands: what each is called, takes and does; the arguments and the work are in the file of its name.

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{
    Context, Exit, Failure, accept, agenda, args, ask_help, backup, brief, campaigns, check, clone, config, conflicts, customers,
    decline, doctor, drafts, edit, explain, export, favorite, history, import, keys, leads, list, lose, map, new, next, note,
    offers, open, outbox, rates, redo, register, registrations, resolve, restore, review, shell, show, solutions, undo, views,
    why, win,
};
use crate::desk::Data;
use crate::i18n::{Language, Sentences};
use crate::store::Store;

/// A command. Help lists them as they stand in the table.
struct Row {
    name: &'static str,
    about: fn(&Sentences) -> String,
    /// Gives the command its arguments.
    arguments: fn(Command, &Sentences) -> Command,
    run: Run,
}

/// What a command needs before it can do its work.
#[derive(Clone, Copy)]
enum Run {
    /// A terminal to open the desk in.
    Desk(Data),
    /// The store, opened; where there is none yet, there is nothing to work on, and none is made.
    Store(fn(&mut Context<'_>, &mut Store, &ArgMatches) -> Result<Exit, Failure>),
    /// Nothing; where it wants the store it opens it itself, after it has looked at its arguments.
    Alone(fn(&mut Context<'_>, &ArgMatches) -> Result<Exit, Failure>),
}

const TABLE: [Row; 47] = [
    row("demo", Sentences::command_demo, bare, Run::Desk(Data::Demo { from_own: false })),
    row("import", Sentences::command_import, import::arguments, Run::Alone(import::run)),
    row("list", Sentences::command_list, list::arguments, Run::Alone(list::run)),
    row("views", Sentences::command_views, views::arguments, Run::Alone(views::run)),
    row("export", Sentences::command_export, export::arguments, Run::Alone(export::run)),
    row("map", Sentences::command_map, map::arguments, Run::Alone(map::run)),
    row("show", Sentences::command_show, show::arguments, Run::Store(show::run)),
    row("accept", Sentences::command_accept, accept::arguments, Run::Store(accept::run)),
    row("decline", Sentences::command_decline, decline::arguments, Run::Store(decline::run)),
    row("win", Sentences::command_win, win::arguments, Run::Store(win::run)),
    row("lose", Sentences::command_lose, lose::arguments, Run::Store(lose::run)),
    row("register", Sentences::command_register, register::arguments, Run::Store(register::run)),
    row("registrations", Sentences::command_registrations, registrations::arguments, Run::Alone(registrations::run)),
    row("new", Sentences::command_new, new::arguments, Run::Alone(new::run)),
    row("edit", Sentences::command_edit, edit::arguments, Run::Alone(edit::run)),
    row("ask-help", Sentences::command_ask_help, ask_help::arguments, Run::Store(ask_help::run)),
    row("clone", Sentences::command_clone, clone::arguments, Run::Store(clone::run)),
    row("drafts", Sentences::command_drafts, drafts::arguments, Run::Store(drafts::run)),
    row("conflicts", Sentences::command_conflicts, bare, Run::Store(conflicts::run)),
    row("resolve", Sentences::command_resolve, resolve::arguments, Run::Store(resolve::run)),
    row("outbox", Sentences::command_outbox, outbox::arguments, Run::Alone(outbox::run)),
    row("check", Sentences::command_check, check::arguments, Run::Alone(check::run)),
    row("favorite", Sentences::command_favorite, favorite::arguments, Run::Store(favorite::run)),
    row("next", Sentences::command_next, next::arguments, Run::Store(next::run)),
    row("note", Sentences::command_note, note::arguments, Run::Store(note::run)),
    row("agenda", Sentences::command_agenda, agenda::arguments, Run::Alone(agenda::run)),
    row("review", Sentences::command_review, review::arguments, Run::Alone(review::run)),
    row("brief", Sentences::command_brief, brief::arguments, Run::Store(brief::run)),
    row("explain", Sentences::command_explain, explain::arguments, Run::Alone(explain::run)),
    row("why", Sentences::command_why, why::arguments, Run::Store(why::run)),
    row("undo", Sentences::command_undo, bare, Run::Store(undo::run)),
    row("redo", Sentences::command_redo, bare, Run::Store(redo::run)),
    row("history", Sentences::command_history, history::arguments, Run::Store(history::run)),
    row("leads", Sentences::command_leads, leads::arguments, Run::Alone(leads::run)),
    row("customers", Sentences::command_customers, customers::arguments, Run::Alone(customers::run)),
    row("solutions", Sentences::command_solutions, solutions::arguments, Run::Alone(solutions::run)),
    row("rates", Sentences::command_rates, rates::arguments, Run::Alone(rates::run)),
    row("campaigns", Sentences::command_campaigns, campaigns::arguments, Run::Alone(campaigns::run)),
    row("offers", Sentences::command_offers, offers::arguments, Run::Alone(offers::run)),
    row("backup", Sentences::command_backup, backup::arguments, Run::Alone(backup::run)),
    row("restore", Sentences::command_restore, restore::arguments, Run::Alone(restore::run)),
    row("keys", Sentences::command_keys, bare, Run::Alone(keys::run)),
    row("config", Sentences::command_config, config::arguments, Run::Alone(config::run)),
    row("doctor", Sentences::command_doctor, doctor::arguments, Run::Alone(doctor::run)),
    row("completions", Sentences::command_completions, shell::completions_arguments, Run::Alone(shell::completions)),
    row("man", Sentences::command_man, bare, Run::Alone(shell::man)),
    row("help", Sentences::command_help, shell::help_arguments, Run::Alone(shell::help)),
];

const fn row(
    name: &'static str,
    about: fn(&Sentences) -> String,
    arguments: fn(Command, &Sentences) -> Command,
    run: Run,
) -> Row {
    Row { name, about, arguments, run }
}

/// The arguments of a command without any.
fn bare(command: Command, _: &Sentences) -> Command {
    command
}

/// Returns the whole tree.
pub(super) fn tree(s: &Sentences) -> Command {
    let commands = TABLE.map(|row| args::furnish((row.arguments)(args::plain(row.name, (row.about)(s)), s), s));
    let tree = Command::new("cosell").about(s.about()).version(env!("CARGO_PKG_VERSION"));
    globals(args::furnish(tree, s), s)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_help_heading(s.heading_commands())
        .subcommand_value_name("COMMAND")
        .subcommands(commands)
        .arg(Arg::new("version").long("version").short('V').action(ArgAction::Version).help(s.flag_version()))
}

fn globals(command: Command, s: &Sentences) -> Command {
    let languages: Vec<&str> = Language::all().map(Language::tag).collect();
    let global =
        |name: &'static str, help: String| Arg::new(name).long(name).global(true).help(help).help_heading(s.heading_everywhere());
    command
        .arg(global("db", s.flag_db()).value_name("FILE").value_parser(PathBufValueParser::new()))
        .arg(global("config", s.flag_config()).value_name("FILE").value_parser(PathBufValueParser::new()))
        .arg(global("lang", s.flag_lang(languages.join(", "))).value_name("TAG"))
        .arg(global("read-only", s.flag_read_only()).action(ArgAction::SetTrue))
        .arg(global("json", s.flag_json()).action(ArgAction::SetTrue))
}

/// Does what the arguments say. Without a command that is to open the desk.
pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let named = matches.subcommand().and_then(|(name, matches)| Some((TABLE.into_iter().find(|row| row.name == name)?, matches)));
    let Some((row, matches)) = named else { return open::desk(context, Data::Own) };
    // Nobody is locked out of the desk, nor of the command that says what is wrong, nor of a shell that asks for completions at its start.
    let bears_it = matches!(row.run, Run::Desk(_))
        || ["doctor", "restore", "help", "completions", "man"].contains(&row.name)
        || row.name == "config" && config::is_mending(matches);
    if !bears_it {
        let mut complaints = std::mem::take(&mut context.complaints);
        complaints.extend(keys::complaints(context));
        if !complaints.is_empty() {
            return Err(Failure::CouldNot(complaints));
        }
    }
    match row.run {
        Run::Desk(data) => open::desk(context, data),
        Run::Alone(run) => run(context, matches),
        Run::Store(run) => {
            let mut store = context.store_there()?;
            run(context, &mut store, matches)
        }
    }
}

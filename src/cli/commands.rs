//! The table of commands: what each is called, takes and does; the arguments and the work are in the file of its name.

use std::ffi::OsString;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::bar::DeedOf;
use super::{
    Context, Exit, Failure, accept, agenda, args, ask_help, backup, bar, brief, campaigns, check, clone, config, conflicts,
    customers, decline, doctor, drafts, edit, explain, export, favorite, history, import, keys, leads, list, lose, map, new,
    next, note, offers, open, outbox, rates, redo, register, registrations, reopen, resolve, restore, review, shell, show,
    solutions, undo, views, why, win,
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
    /// What it does to the deals or the configuration.
    deed: DeedOf,
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

#[rustfmt::skip]
const TABLE: [Row; 48] = [
    row("demo", Sentences::command_demo, bare, bar::looks, Run::Desk(Data::Demo { from_own: false })),
    row("import", Sentences::command_import, import::arguments, bar::imports, Run::Alone(import::run)),
    row("list", Sentences::command_list, list::arguments, bar::looks, Run::Alone(list::run)),
    row("views", Sentences::command_views, views::arguments, bar::views, Run::Alone(views::run)),
    row("export", Sentences::command_export, export::arguments, bar::looks, Run::Alone(export::run)),
    row("map", Sentences::command_map, map::arguments, bar::looks, Run::Alone(map::run)),
    row("show", Sentences::command_show, show::arguments, bar::looks, Run::Store(show::run)),
    row("accept", Sentences::command_accept, accept::arguments, bar::changes, Run::Store(accept::run)),
    row("decline", Sentences::command_decline, decline::arguments, bar::changes, Run::Store(decline::run)),
    row("win", Sentences::command_win, win::arguments, bar::changes, Run::Store(win::run)),
    row("lose", Sentences::command_lose, lose::arguments, bar::changes, Run::Store(lose::run)),
    row("reopen", Sentences::command_reopen, args::with_id, bar::changes, Run::Store(reopen::run)),
    row("register", Sentences::command_register, register::arguments, bar::registers, Run::Store(register::run)),
    row("registrations", Sentences::command_registrations, registrations::arguments, bar::registrations, Run::Alone(registrations::run)),
    row("new", Sentences::command_new, new::arguments, bar::makes, Run::Alone(new::run)),
    row("edit", Sentences::command_edit, edit::arguments, bar::changes, Run::Alone(edit::run)),
    row("ask-help", Sentences::command_ask_help, ask_help::arguments, bar::changes, Run::Store(ask_help::run)),
    row("clone", Sentences::command_clone, clone::arguments, bar::clones, Run::Store(clone::run)),
    row("drafts", Sentences::command_drafts, drafts::arguments, bar::drafts, Run::Store(drafts::run)),
    row("conflicts", Sentences::command_conflicts, bare, bar::looks, Run::Store(conflicts::run)),
    row("resolve", Sentences::command_resolve, resolve::arguments, bar::changes, Run::Store(resolve::run)),
    row("outbox", Sentences::command_outbox, outbox::arguments, bar::sends, Run::Alone(outbox::run)),
    row("check", Sentences::command_check, check::arguments, bar::fixes, Run::Alone(check::run)),
    row("favorite", Sentences::command_favorite, favorite::arguments, bar::changes, Run::Store(favorite::run)),
    row("next", Sentences::command_next, next::arguments, bar::changes, Run::Store(next::run)),
    row("note", Sentences::command_note, note::arguments, bar::changes, Run::Store(note::run)),
    row("agenda", Sentences::command_agenda, agenda::arguments, bar::looks, Run::Alone(agenda::run)),
    row("review", Sentences::command_review, review::arguments, bar::looks, Run::Alone(review::run)),
    row("brief", Sentences::command_brief, brief::arguments, bar::looks, Run::Store(brief::run)),
    row("explain", Sentences::command_explain, explain::arguments, bar::looks, Run::Alone(explain::run)),
    row("why", Sentences::command_why, why::arguments, bar::looks, Run::Store(why::run)),
    row("undo", Sentences::command_undo, bare, bar::takes_back, Run::Store(undo::run)),
    row("redo", Sentences::command_redo, bare, bar::takes_back, Run::Store(redo::run)),
    row("history", Sentences::command_history, history::arguments, bar::looks, Run::Store(history::run)),
    row("leads", Sentences::command_leads, leads::arguments, bar::leads, Run::Alone(leads::run)),
    row("customers", Sentences::command_customers, customers::arguments, bar::stocks, Run::Alone(customers::run)),
    row("solutions", Sentences::command_solutions, solutions::arguments, bar::stocks, Run::Alone(solutions::run)),
    row("rates", Sentences::command_rates, rates::arguments, bar::stocks, Run::Alone(rates::run)),
    row("campaigns", Sentences::command_campaigns, campaigns::arguments, bar::stocks, Run::Alone(campaigns::run)),
    row("offers", Sentences::command_offers, offers::arguments, bar::offers, Run::Alone(offers::run)),
    row("backup", Sentences::command_backup, backup::arguments, bar::looks, Run::Alone(backup::run)),
    row("restore", Sentences::command_restore, restore::arguments, bar::replaces, Run::Alone(restore::run)),
    row("keys", Sentences::command_keys, bare, bar::looks, Run::Alone(keys::run)),
    row("config", Sentences::command_config, config::arguments, bar::configures, Run::Alone(config::run)),
    row("doctor", Sentences::command_doctor, doctor::arguments, bar::mends, Run::Alone(doctor::run)),
    row("completions", Sentences::command_completions, shell::completions_arguments, bar::looks, Run::Alone(shell::completions)),
    row("man", Sentences::command_man, bare, bar::looks, Run::Alone(shell::man)),
    row("help", Sentences::command_help, shell::help_arguments, bar::looks, Run::Alone(shell::help)),
];

const fn row(
    name: &'static str,
    about: fn(&Sentences) -> String,
    arguments: fn(Command, &Sentences) -> Command,
    deed: DeedOf,
    run: Run,
) -> Row {
    Row { name, about, arguments, deed, run }
}

/// The arguments of a command without any.
fn bare(command: Command, _: &Sentences) -> Command {
    command
}

/// Returns the whole tree.
pub(super) fn tree(s: &Sentences) -> Command {
    tree_of(s, &|_| true)
}

/// Returns the tree as far as arguments can need it: the commands that they do not name are known by name alone, so that none of the
/// others costs the start anything.
pub(super) fn tree_for(s: &Sentences, arguments: &[OsString]) -> Command {
    tree_of(s, &|name| arguments.iter().any(|argument| argument == name))
}

fn tree_of(s: &Sentences, is_whole: &dyn Fn(&str) -> bool) -> Command {
    let commands = TABLE.map(|row| {
        let plain = args::plain(row.name, (row.about)(s));
        if is_whole(row.name) { args::furnish((row.arguments)(plain, s), s) } else { plain }
    });
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
    bar::check(context, row.name, (row.deed)(matches))?;
    match row.run {
        Run::Desk(data) => open::desk(context, data),
        Run::Alone(run) => run(context, matches),
        Run::Store(run) => {
            let mut store = context.store_there()?;
            run(context, &mut store, matches)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::role::Deed;

    /// Arguments of each way to write, and of ways to look that stand beside them.
    const DEEDS: [(&str, Option<Deed>); 109] = [
        ("demo", None),
        ("import a.csv", Some(Deed::Import)),
        ("import a.csv --dry-run", None),
        ("list", None),
        ("views", None),
        ("views keep a", Some(Deed::View)),
        ("views remove a", Some(Deed::View)),
        ("export", None),
        ("map a.csv", None),
        ("show 1", None),
        ("accept 1", Some(Deed::Change)),
        ("decline 1 --reason other", Some(Deed::Change)),
        ("win 1", Some(Deed::Change)),
        ("lose 1 --reason other", Some(Deed::Change)),
        ("register 1 value=1", Some(Deed::Change)),
        ("register 1 value=1 --dry-run", None),
        ("registrations", None),
        ("registrations write out", Some(Deed::Send)),
        ("registrations write out --dry-run", None),
        ("registrations confirm a.csv", Some(Deed::Send)),
        ("registrations forget a.csv", Some(Deed::Send)),
        ("registrations exception 1", None),
        ("registrations exception 1 --text why", Some(Deed::Change)),
        ("registrations exception 1 --granted", Some(Deed::Change)),
        ("explain", None),
        ("leads", None),
        ("leads list", None),
        ("leads show 1", None),
        ("leads accept 1", Some(Deed::Change)),
        ("leads decline 1 --reason other", Some(Deed::Change)),
        ("leads win 1", Some(Deed::Change)),
        ("leads lose 1 --reason other", Some(Deed::Change)),
        ("leads edit 1 notes=a", Some(Deed::Change)),
        ("leads resolve 1 ours", Some(Deed::Change)),
        ("leads write out", Some(Deed::Change)),
        ("leads deal 1", Some(Deed::Change)),
        ("offers", None),
        ("offers list", None),
        ("offers show a", None),
        ("offers add a type=saas", Some(Deed::Offer)),
        ("offers set a csp=yes", Some(Deed::Offer)),
        ("offers remove a", Some(Deed::Offer)),
        ("offers import a.csv", Some(Deed::Offer)),
        ("offers import a.csv --dry-run", None),
        ("offers export", None),
        ("offers contacts a", None),
        ("offers contacts a a.csv", Some(Deed::Offer)),
        ("offers contacts a a.csv --dry-run", None),
        ("offers organisation", None),
        ("offers organisation isv-connect=none", Some(Deed::Offer)),
        ("offers submission a draft", Some(Deed::Offer)),
        ("offers worth a 1 USD", None),
        ("offers rules", None),
        ("new", Some(Deed::Make)),
        ("new --check", None),
        ("edit 1 name=a", Some(Deed::Change)),
        ("ask-help 1", Some(Deed::Change)),
        ("clone 1", Some(Deed::Draft)),
        ("drafts", None),
        ("drafts show 1", None),
        ("drafts drop 1", Some(Deed::Draft)),
        ("conflicts", None),
        ("resolve 1 --ours", Some(Deed::Change)),
        ("outbox", None),
        ("outbox list", None),
        ("outbox files", None),
        ("outbox write out", Some(Deed::Send)),
        ("outbox confirm a.csv", Some(Deed::Send)),
        ("outbox forget a.csv", Some(Deed::Send)),
        ("outbox hold 1", Some(Deed::Send)),
        ("outbox release 1", Some(Deed::Send)),
        ("outbox told 1", Some(Deed::Send)),
        ("check", None),
        ("check --fix R1=a", Some(Deed::Change)),
        ("check --fix R1=a --dry-run", None),
        ("favorite 1", Some(Deed::Change)),
        ("reopen 1", Some(Deed::Change)),
        ("next 1 a --on friday", Some(Deed::Change)),
        ("note 1 a", Some(Deed::Change)),
        ("agenda", None),
        ("review", None),
        ("brief a", None),
        ("why 1", None),
        ("undo", Some(Deed::TakeBack)),
        ("redo", Some(Deed::TakeBack)),
        ("history", None),
        ("customers import a.csv", Some(Deed::Stock)),
        ("customers search a", None),
        ("solutions import a.csv", Some(Deed::Stock)),
        ("solutions add a", Some(Deed::Stock)),
        ("solutions list", None),
        ("rates", None),
        ("rates import a.csv", Some(Deed::Stock)),
        ("rates add 2026-11-02 USD KRW 1400", Some(Deed::Stock)),
        ("rates list", None),
        ("rates remove USD KRW", Some(Deed::Stock)),
        ("campaigns", None),
        ("campaigns list", None),
        ("campaigns cost a 1 USD", Some(Deed::Stock)),
        ("campaigns forget a", Some(Deed::Stock)),
        ("backup a.db", None),
        ("restore a.db", Some(Deed::Replace)),
        ("keys", None),
        ("config", None),
        ("config set mouse on", Some(Deed::Configure)),
        ("config unset mouse", Some(Deed::Configure)),
        ("doctor", None),
        ("doctor --mend", Some(Deed::Mend)),
        ("help", None),
    ];

    /// MG-02: every command, and every part of one, says whether it changes something; a new one cannot forget to.
    #[test]
    fn each_command_says_what_it_does_to_the_deals() {
        let s = Sentences::new(Language::ENGLISH);
        let (mut left, mut parts, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
        for row in &TABLE {
            let whole = args::furnish((row.arguments)(args::plain(row.name, String::new()), &s), &s);
            parts.extend(whole.get_subcommands().map(|part| format!("{} {}", row.name, part.get_name())));
            left.push(row.name.to_owned());
        }
        left.extend(parts);
        for (line, deed) in DEEDS {
            let words = std::iter::once("cosell").chain(line.split(' '));
            let matches = match tree(&s).try_get_matches_from(words) {
                Ok(matches) => matches,
                Err(error) => {
                    wrong.push(format!("{line}: {error}"));
                    continue;
                }
            };
            let (name, matches) = matches.subcommand().unwrap();
            let row = TABLE.iter().find(|row| row.name == name).unwrap();
            assert_eq!((row.deed)(matches), deed, "{line}");
            let part = matches.subcommand_name().map(|part| format!("{name} {part}"));
            left.retain(|other| other != name && Some(other) != part.as_ref());
        }
        assert_eq!(wrong, Vec::<String>::new());
        // What only prints about the program itself, or stands beside a part that does the same.
        left.retain(|name| !["completions", "man"].contains(&name.as_str()));
        assert_eq!(left, Vec::<String>::new(), "say above what these do");
    }
}

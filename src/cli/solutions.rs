//! `cosell solutions`: the catalogue of solutions that deals can have.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

use super::args::{self, option};
use super::output::Column;
use super::stock::{self, Import};
use super::{Context, Exit, Failure, reading};
use crate::domain::directory::KnownSolution;
use crate::domain::draft::solution_id;
use crate::domain::invalid::{Complaints, Invalid, take};
use crate::domain::solution::Owner;
use crate::domain::text::Line;
use crate::exchange::json;
use crate::i18n::{Sentences, StockKind};
use crate::intake::stock::Stocktake;
use crate::store::Put;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let import = args::plain("import", s.command_solutions_import());
    let import = stock::with_file(import, s.command_solutions_import_file(), s);
    let assessment = Arg::new("assessment").long("assessment").action(ArgAction::SetTrue);
    let add = args::plain("add", s.command_solutions_add())
        .arg(Arg::new("id").value_name("ID").required(true).help(s.command_solutions_add_id()))
        .arg(option("name", "NAME", s.command_solutions_add_name()))
        .arg(option("owner", "OWNER", s.command_solutions_add_owner(Owner::WORDS.join(", "))))
        .arg(assessment.help(s.command_solutions_add_assessment()));
    let list = args::plain("list", s.command_solutions_list())
        .arg(Arg::new("text").value_name("TEXT").num_args(0..).help(s.command_solutions_list_text()));
    args::group(command, [import, add, list], s)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("import", matches)) => import(context, matches),
        Some(("add", matches)) => add(context, matches),
        Some((_, matches)) => list(context, matches),
        None => Ok(Exit::Done),
    }
}

fn import(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let path: &Path = matches.get_one::<PathBuf>("file").map_or(Path::new(""), PathBuf::as_path);
    let manner = stock::manner(context, matches)?;
    let mode = manner.mode;
    let charset = reading::charset(context, matches)?;
    let input = reading::input(context, path, charset);
    let opened = input.and_then(|input| Stocktake::solutions(input, &manner, &context.sentences));
    let (mut file, told) = opened.map_err(|error| stock::unopened(context, StockKind::Solutions, path, &error))?;
    Import { context, path, mode, told }
        .run(&mut file, title, |store, file, mode, hears| store.import_solutions(file, mode, hears))
}

fn title(solution: &KnownSolution) -> String {
    solution.name.as_ref().map_or_else(|| solution.id.to_string(), |name| format!("{} {name}", solution.id))
}

fn add(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let given = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let mut complaints = Complaints::new();
    let id = take(solution_id(given("id")), "id", &mut complaints);
    let name = take(Line::parse(given("name")), "name", &mut complaints);
    let owner = match given("owner") {
        "" => Err(Invalid::Missing),
        typed => Owner::read(typed).ok_or_else(|| Invalid::NotOneOf { given: typed.to_owned(), allowed: &Owner::WORDS }),
    };
    let owner = take(owner, "owner", &mut complaints);
    let (Some(id), Some(name), Some(owner)) = (id, name, owner) else {
        return Err(Failure::Refused(
            complaints.iter().map(|complaint| context.sentences.solution_complaint(complaint)).collect(),
        ));
    };
    let solution = KnownSolution { id, name: Some(name), owner, assessment: matches.get_flag("assessment"), used: false };
    let mut store = context.store()?;
    let put = store.add_solution(&solution).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let kept = store.solution(solution.id.as_str()).map_err(|error| context.store_failure(&error))?;
        context.output.json(&kept.as_ref().map_or(Value::Null, json::known_solution))?;
        return Ok(Exit::Done);
    }
    let s = &context.sentences;
    let done = match put {
        Put::New => s.solution_new(title(&solution)),
        Put::Changed => s.solution_changed(title(&solution)),
        Put::Unchanged => s.solution_unchanged(title(&solution)),
    };
    context.output.line(&done)?;
    Ok(Exit::Done)
}

fn list(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let words: Vec<&str> = matches.get_many::<String>("text").into_iter().flatten().map(String::as_str).collect();
    let store = context.store_there()?;
    let found = if words.is_empty() {
        store.solutions()
    } else {
        store
            .suggest_solutions(&words.join(" "), usize::MAX)
            .map(|found| found.into_iter().map(|(solution, _)| solution).collect())
    };
    let found = found.map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&Value::from_iter(found.iter().map(json::known_solution)))?;
        return Ok(Exit::Done);
    }
    text(context, &found)
}

fn text(context: &mut Context<'_>, found: &[KnownSolution]) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    if found.is_empty() {
        context.output.remark(&s.solutions_none())?;
        context.output.remark(&format!("  {}", s.solutions_none_hint()))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.column_id(), false),
        Column::text(s.column_name(), true),
        Column::text(s.column_owner(), false),
        Column::text(s.column_assessment(), false),
        Column::text(s.column_used(), false),
    ];
    let yes = |yes: bool| if yes { s.yes() } else { String::new() };
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|solution| {
            let name = solution.name.as_ref().map(Line::to_string).unwrap_or_default();
            vec![solution.id.to_string(), name, s.owner(solution.owner), yes(solution.assessment), yes(solution.used)]
        })
        .collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

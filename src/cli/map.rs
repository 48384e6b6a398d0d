//! `cosell map`: proposes the map of a CRM's file from its heads; and the maps that other commands are given.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use super::{Context, Exit, Failure, reading};
use crate::exchange::crm::{CrmMap, CrmMapError, SHIPPED, heads_of, proposed};
use crate::i18n::{Said, Sentences};

/// Longest map that is read.
const LONGEST: u64 = 1 << 20;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let file = Arg::new("file").value_name("FILE").required(true).value_parser(PathBufValueParser::new());
    command.arg(file.help(s.command_map_file()))
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let heads = reading::input(context, &path, None).and_then(heads_of);
    let heads = heads.map_err(|error| {
        let said = vec![context.sentences.file_error(&path, &error)];
        if reading::could_not(&error) { Failure::CouldNot(said) } else { Failure::Refused(said) }
    })?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let map = proposed(&name, heads.iter().map(String::as_str));
    if context.output.json {
        context.output.json(&json!({ "heads": heads, "map": map }))?;
    } else {
        for line in context.sentences.map_head().lines().map(|line| format!("# {line}")).chain(map.lines().map(str::to_owned)) {
            context.output.line(&line)?;
        }
    }
    Ok(Exit::Done)
}

/// Returns the names of the maps that come with the program.
pub(super) fn names() -> String {
    SHIPPED.map(|(name, _)| name).join(", ")
}

/// Returns a map that comes with the program, or of the user.
///
/// # Errors
/// That there is none, or all that is wrong with it.
pub(super) fn given(context: &Context<'_>, given: &str) -> Result<CrmMap, Failure> {
    let s = &context.sentences;
    let home = context.config.home_currency.map(|currency| currency.code());
    if let Some(map) = CrmMap::shipped(given) {
        return Ok(map.with_currency(home));
    }
    let path = Path::new(given);
    if !fs::metadata(path).is_ok_and(|found| found.is_file()) {
        return Err(Failure::usage(Said::new("map", s.crm_map_none(given), s.crm_map_none_hint(names()))));
    }
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    let wrong = |why: String| Said::new("map", s.crm_map_wrong(given, why), s.crm_map_wrong_hint(names()));
    read.map_err(|error| Failure::CouldNot(vec![wrong(error.to_string())]))?;
    let map = CrmMap::read(&text).map_err(|all| Failure::Refused(all.iter().map(|error| wrong(said(s, error))).collect()))?;
    Ok(map.with_currency(home))
}

fn said(s: &Sentences, error: &CrmMapError) -> String {
    match error {
        CrmMapError::Syntax { line, detail } => s.crm_map_syntax(detail.as_str(), line.to_string()),
        CrmMapError::Value { key, value } => s.crm_map_value(key.as_str(), value.as_str()),
        CrmMapError::Unknown { key, meant: None } => s.crm_map_unknown(key.as_str()),
        CrmMapError::Unknown { key, meant: Some(meant) } => s.crm_map_unknown_meant(key.as_str(), *meant),
        CrmMapError::Missing(column) => s.crm_map_missing(*column),
        CrmMapError::Twice(head) => s.crm_map_twice(head.as_str()),
    }
}

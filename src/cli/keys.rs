//! `cosell keys`: the keys of the desk, from the table that the desk itself uses.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::output::Column;
use super::{Context, Exit, Failure};
use crate::desk::keys::Table;
use crate::i18n::Said;

/// Returns what is wrong with the keys of the configuration.
pub(super) fn complaints(context: &Context<'_>) -> Vec<Said> {
    let path = context.config_path.display().to_string();
    let complaints = Table::with(&context.config.keys).err().unwrap_or_default();
    complaints.iter().map(|complaint| context.sentences.key_complaint(&path, complaint)).collect()
}

pub(super) fn run(context: &mut Context<'_>, _: &ArgMatches) -> Result<Exit, Failure> {
    let s = &context.sentences;
    let bindings = Table::with(&context.config.keys).map_err(|_| Failure::CouldNot(complaints(context)))?;
    if context.output.json {
        let all: Vec<Value> = bindings
            .rows()
            .map(|row| json!({ "action": row.action.name(), "scope": row.scope.name(), "keys": row.keys.iter().map(ToString::to_string).collect::<Vec<_>>() }))
            .collect();
        context.output.json(&Value::from(all))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.keys_column_where(), false),
        Column::text(s.keys_column_key(), false),
        Column::text(s.keys_column_does(), true),
        Column::text(s.keys_column_name(), false),
    ];
    let rows: Vec<Vec<String>> = bindings
        .rows()
        .map(|row| {
            let keys: Vec<String> = row.keys.iter().map(ToString::to_string).collect();
            vec![s.scope(row.scope), keys.join(" "), s.action(row.action), row.action.name().to_owned()]
        })
        .collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

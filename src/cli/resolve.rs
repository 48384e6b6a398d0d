//! `cosell resolve`: decides what both sides changed, of some fields or of all: ours stays, or theirs is taken.

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};

use super::{Context, Exit, Failure, args, step};
use crate::domain::change::What;
use crate::domain::field::Field;
use crate::domain::held::Side;
use crate::i18n::{Said, Sentences};
use crate::store::Store;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    args::with_id(command, s)
        .arg(Arg::new("field").value_name("FIELD").num_args(0..).help(s.command_resolve_field()))
        .arg(Arg::new("ours").long("ours").action(ArgAction::SetTrue).help(s.command_resolve_ours()))
        .arg(Arg::new("theirs").long("theirs").action(ArgAction::SetTrue).help(s.command_resolve_theirs()))
        .group(ArgGroup::new("side").args(["ours", "theirs"]).required(true))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, args::typed(matches, "id"))?;
    let held = store.get(id).map_err(|error| context.store_failure(&error))?;
    let s = &context.sentences;
    let (mut fields, mut unknown) = (Vec::new(), Vec::new());
    for given in matches.get_many::<String>("field").into_iter().flatten() {
        match named(given) {
            Some(field) => fields.push(field),
            None => {
                let known: Vec<&str> = held.conflicts.keys().map(|field| field.path()).collect();
                unknown.push(Said::new("unknown-field", s.resolve_unknown(given), s.resolve_unknown_hint(known.join(", "))));
            }
        }
    }
    if !unknown.is_empty() {
        return Err(Failure::Refused(unknown));
    }
    let side = if matches.get_flag("ours") { Side::Ours } else { Side::Theirs };
    step::make(context, store, id, What::Resolve { fields, side })
}

/// Reads the name of a field: its path, or the last part of it, however it is written.
fn named(given: &str) -> Option<Field> {
    let bare = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let last = |path: &'static str| path.rsplit('.').next().unwrap_or(path);
    let wanted = bare(given);
    Field::ALL.into_iter().find(|field| bare(field.path()) == wanted || bare(last(field.path())) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_by_its_path_or_the_end_of_it() {
        for (given, field) in [
            ("deal.value", Some(Field::Value)),
            ("value", Some(Field::Value)),
            ("close-date", Some(Field::CloseDate)),
            ("closeDate", Some(Field::CloseDate)),
            ("stage", Some(Field::Stage)),
            ("deal.name", Some(Field::Name)),
            ("price", None),
        ] {
            assert_eq!(named(given), field, "{given}");
        }
    }
}

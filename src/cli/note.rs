//! `cosell note`: adds a dated note about an opportunity that stays ours; in every stage.

use std::io::Read;

use clap::{Arg, ArgMatches, Command};

use super::{Context, Exit, Failure, args, step};
use crate::domain::change::What;
use crate::domain::field::Field;
use crate::domain::invalid::{Complaints, take};
use crate::domain::ours::signature;
use crate::domain::text::{NOTES_MAX, Notes};
use crate::i18n::Sentences;
use crate::store::Store;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let text = Arg::new("text").value_name("TEXT").allow_hyphen_values(true).required(true).help(s.command_note_text());
    args::with_id(command, s).arg(text)
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, matches.get_one::<String>("id").map_or("", String::as_str))?;
    let mut text = matches.get_one::<String>("text").cloned().unwrap_or_default();
    if text == "-" {
        /// Bytes of the longest note, of a character each that is as long as any.
        const LONGEST: u64 = NOTES_MAX as u64 * 4 + 1;
        text.clear();
        context.input.by_ref().take(LONGEST).read_to_string(&mut text)?;
    }
    let mut complaints = Complaints::new();
    match take(Notes::parse(&text), Field::Log.path(), &mut complaints) {
        Some(text) => {
            let by = signature(&context.config.me);
            step::make(context, store, id, What::Note { by, text })
        }
        None => Err(step::refused(context, &complaints)),
    }
}

//! `cosell note`: adds a dated note about an opportunity that stays ours; in every stage.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use clap::{Arg, ArgMatches, Command};

use super::{Context, Exit, Failure, args, step};
use crate::domain::change::What;
use crate::domain::field::Field;
use crate::domain::invalid::{Complaints, take};
use crate::domain::ours::signature;
use crate::domain::text::{NOTES_MAX, Notes};
use crate::i18n::{Said, Sentences};
use crate::store::Store;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let text = Arg::new("text").value_name("TEXT").allow_hyphen_values(true).required(true).help(s.command_note_text());
    args::with_id(command, s).arg(text)
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, args::typed(matches, "id"))?;
    let mut text = matches.get_one::<String>("text").cloned().unwrap_or_default();
    if text == "-" {
        text = piped(context)?;
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

/// Reads a note, or another text of as many characters at most, from standard input: a little more than the longest there may be, so
/// that one that is longer is told as that.
pub(super) fn piped(context: &mut Context<'_>) -> Result<String, Failure> {
    /// Bytes of the longest note, of a character each that is as long as any.
    const LONGEST: u64 = NOTES_MAX as u64 * 4 + 1;
    let s = Arc::clone(&context.sentences);
    let mut bytes = Vec::new();
    let read = context.input.by_ref().take(LONGEST).read_to_end(&mut bytes);
    read.map_err(|error| Failure::CouldNot(vec![s.file_error(Path::new("-"), &error.into())]))?;
    let is_cut = bytes.len() as u64 == LONGEST;
    String::from_utf8(bytes).or_else(|error| match error.utf8_error().error_len() {
        // The end was cut within a character.
        None if is_cut => Ok(String::from_utf8_lossy(error.as_bytes()).into_owned()),
        _ => Err(Failure::Refused(vec![Said::new("not-text", s.note_not_text(), s.note_not_text_hint())])),
    })
}

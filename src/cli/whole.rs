//! `cosell export --all`, and the import of such a file: all that is kept, out of one database and into an empty one.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::json;

use super::export::unwritten;
use super::review_file::failure;
use super::{Context, Exit, Failure};
use crate::exchange::new_file::NewFile;
use crate::exchange::{BEGIN, begins_everything};
use crate::export::Format;
use crate::i18n::{Said, Sentences};
use crate::store::{Mode, WholeError};

/// Writes everything into the file that was named.
pub(super) fn write(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let path = matches.get_one::<PathBuf>("output").cloned().unwrap_or_default();
    let format = match matches.get_one::<String>("format") {
        Some(word) => Some(Format::read(word)),
        None => Format::of(&path).map(Some),
    };
    if format.is_some_and(|format| format != Some(Format::Json)) {
        return Err(Failure::usage(Said::new("usage", s.whole_json(), s.whole_json_hint())));
    }
    let force = matches.get_flag("force");
    let mut file = NewFile::begin(&path, force).map_err(|error| unwritten(&s, &path, force, &error))?;
    let store = context.store_there()?;
    let written = store.write_whole(&mut file).and_then(|deals| Ok(file.keep().map(|()| deals)?));
    let deals = written.map_err(|error| match error {
        WholeError::Store(error) => context.store_failure(&error),
        WholeError::File(error) => unwritten(&s, &path, force, &error),
        WholeError::NotWhole(_) | WholeError::Newer | WholeError::NotEmpty => failure(&s, &path, &io::ErrorKind::Other.into()),
    })?;
    let shown = path.display().to_string();
    if context.output.json {
        context.output.json(&json!({ "file": shown, "deals": deals }))?;
    } else {
        context.output.line(&s.whole_written(deals, shown))?;
    }
    Ok(Exit::Done)
}

/// Returns whether a file begins as one of `export --all` does. What is no plain file is not looked into.
pub(super) fn is_whole(path: &Path) -> bool {
    let mut begin = Vec::new();
    let is_read = fs::metadata(path).is_ok_and(|found| found.is_file())
        && File::open(path).and_then(|file| file.take(BEGIN as u64).read_to_end(&mut begin)).is_ok();
    is_read && begins_everything(&begin)
}

/// Makes everything anew that such a file holds; the database must be empty.
pub(super) fn restore(context: &mut Context<'_>, path: &Path, mode: Mode) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let mut file = File::open(path).map_err(|error| unread(&s, path, &error))?;
    let mut store = context.store_for(mode)?;
    let dry = mode == Mode::DryRun;
    let restored = store.restore_whole(&mut file, dry);
    let deals = restored.map_err(|error| match error {
        WholeError::Store(error) => context.store_failure(&error),
        WholeError::File(error) => unread(&s, path, &error),
        other => refused(&s, path, &context.database, other),
    })?;
    if context.output.json {
        context.output.json(&json!({ "restored": deals, "dryRun": dry }))?;
    } else {
        let said = if dry { s.whole_would_restore(deals) } else { s.whole_restored(deals) };
        context.output.line(&said)?;
    }
    Ok(Exit::Done)
}

fn unread(s: &Sentences, path: &Path, error: &io::Error) -> Failure {
    let shown = path.display().to_string();
    Failure::CouldNot(vec![Said::new("file", s.whole_unread(error.to_string(), shown), s.whole_unread_hint())])
}

fn refused(s: &Sentences, path: &Path, database: &Path, error: WholeError) -> Failure {
    let (shown, database) = (path.display().to_string(), database.display().to_string());
    let said = match error {
        WholeError::NotEmpty => Said::new("not-empty", s.whole_not_empty(database), s.whole_not_empty_hint()),
        WholeError::Newer => Said::new("newer", s.whole_newer(shown), s.whole_newer_hint()),
        WholeError::NotWhole(detail) => Said::new("not-whole", s.whole_broken(detail, shown), s.whole_broken_hint()),
        WholeError::Store(_) | WholeError::File(_) => Said::new("not-whole", s.whole_broken("", shown), s.whole_broken_hint()),
    };
    Failure::Refused(vec![said])
}

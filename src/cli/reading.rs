//! How the commands come by the bytes of a file: by its name, from standard input, in the encoding that was told; and what is told of it.

use std::path::Path;

use clap::ArgMatches;
use serde_json::{Value, json};

use super::{Context, Failure};
use crate::exchange::{Aside, Charset, FileError, Input, Reading};
use crate::i18n::Said;

/// Returns the encoding that `--encoding` names.
pub(super) fn charset(context: &Context<'_>, matches: &ArgMatches) -> Result<Option<Charset>, Failure> {
    let Some(name) = matches.get_one::<String>("encoding") else { return Ok(None) };
    let s = &context.sentences;
    let unknown = || Said::new("encoding", s.encoding_unknown(name), s.encoding_unknown_hint(Charset::NAMES));
    Charset::named(name).map(Some).ok_or_else(|| Failure::usage(unknown()))
}

/// Opens a file, or standard input where it is `-`.
pub(super) fn input(context: &mut Context<'_>, path: &Path, charset: Option<Charset>) -> Result<Input, FileError> {
    let reading = Reading { charset, ..Reading::default() };
    if path == Path::new("-") { Input::piped(path, &mut context.input, reading) } else { Input::open(path, reading) }
}

/// Returns whether a file could not be had at all; else there is something wrong with it.
pub(super) const fn could_not(error: &FileError) -> bool {
    matches!(error, FileError::Io(_) | FileError::NoRoomAside { .. } | FileError::NobodyWrites { .. })
}

/// Adds how a file was read to what JSON tells of it.
pub(super) fn add_aside(told: &mut Value, aside: &Aside) {
    let page = aside.page.lacks_some().then(|| json!({ "here": aside.page.here, "of": aside.page.of }));
    told["encoding"] = Value::from(aside.charset.map(Charset::name));
    told["encodingGuessed"] = Value::from(aside.guessed);
    told["page"] = Value::from(page);
    told["countsTold"] = aside.page.counts.map_or(Value::Null, |counts| json!(counts));
    told["halvesReplaced"] = Value::from(aside.mended);
    told["footLines"] = Value::from(aside.foot_lines.clone());
    told["unendedLine"] = Value::from(aside.unended);
    told["sheet"] = aside.sheet.as_ref().map_or(Value::Null, |sheet| {
        json!({
            "name": sheet.name,
            "others": sheet.others,
            "errorCells": sheet.errors,
            "formulasWithoutValue": sheet.unvalued,
            "postalCodesAsNumbers": sheet.bare_codes,
        })
    });
}

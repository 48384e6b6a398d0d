//! Files of offers for `cosell offers`: taken over from CSV and workbooks, written as either.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::{Value, json};

use super::review_file::failure;
use super::taken::{Taken, unread};
use super::{Context, Exit, Failure, reading};
use crate::domain::programme::offer::{Offer, OfferPart};
use crate::exchange::new_file::NewFile;
use crate::exchange::offers::{OfferFile, read};
use crate::exchange::rows::{Hand, Table};
use crate::exchange::sheet::{Book, Cell, Layout};
use crate::exchange::{Input, Reading};
use crate::intake::offers::changes;
use crate::store::{Mode, OfferChange, OffersPut};

pub(super) fn import(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let charset = reading::charset(context, matches)?;
    let mode = if matches.get_flag("dry-run") { Mode::DryRun } else { Mode::Import };
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let input = if path.as_path() == Path::new("-") {
        reading::input(context, &path, charset)
    } else {
        Input::open(&path, Reading { charset, ..Reading::default() })
    };
    let mut file = input.and_then(read).map_err(|error| {
        let s = &context.sentences;
        let said = vec![unread(s, &path, &error, s.offers_columns_hint(OfferPart::CODES.join(", ")))];
        if reading::could_not(&error) { Failure::CouldNot(said) } else { Failure::Refused(said) }
    })?;
    let mut store = context.store_for(mode)?;
    let there = store.offers().map_err(|error| context.store_failure(&error))?;
    let changes = changes(&mut file, &there);
    let put = match mode {
        Mode::Import => store.change_offers(&changes, context.clock.now()),
        Mode::DryRun => Ok(counted(&changes)),
    };
    let put = put.map_err(|error| context.store_failure(&error))?;
    report(context, &path, &file, put, mode)?;
    Ok(match (file.refused.len(), changes.len()) {
        (0, _) => Exit::Done,
        (_, 0) => return Err(Failure::told_refusal()),
        _ => Exit::Part,
    })
}

/// Counts what would become of offers.
fn counted(changes: &[OfferChange]) -> OffersPut {
    let mut put = OffersPut::default();
    for change in changes {
        match change {
            OfferChange::Put(_) | OfferChange::Make(_) => put.new += 1,
            OfferChange::Change { seen, offer } if seen.offer == *offer => put.unchanged += 1,
            OfferChange::Change { .. } | OfferChange::Remove(_) => put.changed += 1,
        }
    }
    put
}

fn report(context: &mut Context<'_>, path: &Path, file: &OfferFile, put: OffersPut, mode: Mode) -> Result<(), Failure> {
    let OffersPut { new, changed, unchanged, .. } = put;
    let (refused, unknown_columns, aside) = (&file.refused[..], &file.unknown_columns[..], &file.aside);
    let taken = Taken { path, mode, new, changed, unchanged, refused, unknown_columns, aside };
    if context.output.json {
        let value = taken.json(&context.sentences);
        return Ok(context.output.json(&Value::from(vec![value]))?);
    }
    Ok(taken.tell(context, [])?)
}

pub(super) fn export(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let offers = store.offers().map_err(|error| context.store_failure(&error))?;
    let cells = |offer: &Offer| OfferPart::ALL.map(|part| Cell::Text(part.text(offer))).to_vec();
    let rows: Vec<Vec<Cell>> = offers.iter().map(|kept| cells(&kept.offer)).collect();
    let heads: Vec<String> = OfferPart::CODES.iter().map(|&code| code.to_owned()).collect();
    let hand = Hand { kind: Table::Separated(','), plain: matches.get_one::<PathBuf>("output").is_none(), decimal: '.' };
    let text = || {
        let mut text = String::new();
        hand.head(&heads, &[], &mut text);
        rows.iter().for_each(|row| hand.row(row, &mut text));
        text
    };
    let Some(path) = matches.get_one::<PathBuf>("output") else {
        context.output.out.write_all(text().as_bytes())?;
        return Ok(Exit::Done);
    };
    let s = Arc::clone(&context.sentences);
    let write = || {
        let mut file = NewFile::begin(path, false)?;
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
            let mut book = Book::new(&s.command_offers(), context.clock.now())?;
            book.begin(Layout { name: "offers".into(), heads: heads.clone(), frozen: 1, filter: true })?;
            rows.iter().try_for_each(|row| book.row(row))?;
            book.write_to(&mut file)?;
        } else {
            file.write_all(text().as_bytes())?;
        }
        file.keep()
    };
    write().map_err(|error| failure(&s, path, &error))?;
    if context.output.json {
        context.output.json(&json!({ "file": path, "offers": offers.len() }))?;
    } else {
        context.output.line(&s.offers_written(offers.len(), path.display().to_string()))?;
    }
    Ok(Exit::Done)
}

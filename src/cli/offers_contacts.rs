//! `cosell offers contacts`: the sales contacts of an offer, taken over from Partner Center's own list and written as one.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::json;

use super::args::typed;
use super::offers::change_said;
use super::review_file::failure;
use super::taken::{Taken, unread};
use super::{Context, Exit, Failure, reading};
use crate::domain::programme::offer::Offer;
use crate::domain::programme::sales_contact::{EVERYWHERE, ListedContact, SalesContact};
use crate::exchange::new_file::NewFile;
use crate::exchange::offer_contacts::{COLUMNS, ContactList, read};
use crate::exchange::rows::{Hand, Table};
use crate::exchange::sheet::Cell;
use crate::exchange::{Input, Reading};
use crate::store::{KeptOffer, Mode, OfferChange};

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.get_one::<PathBuf>("file") {
        Some(path) => import(context, matches, path),
        None => export(context, matches),
    }
}

fn import(context: &mut Context<'_>, matches: &ArgMatches, path: &Path) -> Result<Exit, Failure> {
    let charset = reading::charset(context, matches)?;
    let mode = if matches.get_flag("dry-run") { Mode::DryRun } else { Mode::Import };
    let input = if path == Path::new("-") {
        reading::input(context, path, charset)
    } else {
        Input::open(path, Reading { charset, ..Reading::default() })
    };
    let list = input.and_then(read).map_err(|error| {
        let s = &context.sentences;
        let said = vec![unread(s, path, &error, s.offers_columns_hint(COLUMNS.join(", ")))];
        if reading::could_not(&error) { Failure::CouldNot(said) } else { Failure::Refused(said) }
    })?;
    let mut store = context.store_there()?;
    let seen = context.offer(&store, typed(matches, "name"))?;
    let contacts: Vec<SalesContact> = list.rows.iter().flat_map(|row| row.contacts(&seen.offer.contacts)).collect();
    // The list takes the place of what was told before: with a wrong row somebody would be gone, so nothing of it is taken then.
    if contacts.is_empty() || !list.refused.is_empty() {
        report(context, path, &list, &seen, &seen.offer, mode)?;
        if !list.refused.is_empty() && !context.output.json {
            let said = context.sentences.offers_contacts_none_taken();
            context.output.remark(&format!("  {said}"))?;
        }
        return if list.refused.is_empty() { Ok(Exit::Done) } else { Err(Failure::told_refusal()) };
    }
    let offer = Offer { contacts, ..seen.offer.clone() };
    if mode == Mode::Import {
        let change = OfferChange::Change { seen: Box::new(seen.clone()), offer: offer.clone() };
        store.change_offers(&[change], context.clock.now()).map_err(|error| context.store_failure(&error))?;
    }
    report(context, path, &list, &seen, &offer, mode)?;
    if mode == Mode::Import && !context.output.json {
        let said = change_said(context, &store, Some(&seen.offer), &offer)?;
        context.output.line(&format!("  {said}"))?;
    }
    Ok(Exit::Done)
}

/// Tells what became of the contacts: new ones, those that are told otherwise, and for which countries there is nobody yet.
fn report(
    context: &mut Context<'_>,
    path: &Path,
    list: &ContactList,
    seen: &KeptOffer,
    offer: &Offer,
    mode: Mode,
) -> Result<(), Failure> {
    let before = &seen.offer.contacts;
    let same = |one: &SalesContact, other: &SalesContact| one.country == other.country && one.person.is_same(&other.person);
    let is_known = |contact: &&SalesContact| before.iter().any(|known| same(known, contact));
    // Whoever stands for every country now stands for each of before.
    let stays = |known: &SalesContact, contact: &SalesContact| {
        same(known, contact) || contact.country.is_none() && contact.person.is_same(&known.person)
    };
    let gone = before.iter().filter(|known| !offer.contacts.iter().any(|contact| stays(known, contact)));
    let place = |contact: &SalesContact| contact.country.map_or_else(|| EVERYWHERE.to_owned(), |country| country.to_string());
    let gone: Vec<String> = gone.map(|contact| format!("{} ({})", contact.person.name(), place(contact))).collect();
    let unchanged = offer.contacts.iter().filter(|contact| before.contains(contact)).count() as u64;
    let known = offer.contacts.iter().filter(is_known).count() as u64;
    let (new, changed) = (offer.contacts.len() as u64 - known, known - unchanged.min(known));
    let (refused, unknown_columns, aside) = (&list.refused[..], &list.unknown_columns[..], &list.aside);
    let taken = Taken { path, mode, new, changed, unchanged, refused, unknown_columns, aside };
    let nobody: Vec<String> = offer.countries_without_contact().iter().map(ToString::to_string).collect();
    if context.output.json {
        let mut value = taken.json(&context.sentences);
        value["countriesWithoutContact"] = json!(nobody);
        value["gone"] = json!(gone);
        return Ok(context.output.json(&json!([value]))?);
    }
    let s = Arc::clone(&context.sentences);
    let left = (!nobody.is_empty()).then(|| s.offers_contacts_nobody(nobody.join(", ")));
    let gone = (!gone.is_empty()).then(|| s.offers_contacts_gone(gone.join(", ")));
    Ok(taken.tell(context, gone.into_iter().chain(left))?)
}

fn export(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let offer = context.offer(&store, typed(matches, "name"))?.offer;
    let rows = ListedContact::of(&offer.contacts);
    let output = matches.get_one::<PathBuf>("output");
    let hand = Hand { kind: Table::Separated(','), plain: output.is_none(), decimal: '.' };
    let mut text = String::new();
    hand.head(&COLUMNS.map(str::to_owned), &[], &mut text);
    rows.iter().for_each(|row| hand.row(&row.cells().map(Cell::Text), &mut text));
    let Some(path) = output else {
        context.output.out.write_all(text.as_bytes())?;
        return Ok(Exit::Done);
    };
    let s = Arc::clone(&context.sentences);
    let write = || {
        let mut file = NewFile::begin(path, false)?;
        file.write_all(text.as_bytes())?;
        file.keep()
    };
    write().map_err(|error| failure(&s, path, &error))?;
    if context.output.json {
        context.output.json(&json!({ "file": path, "contacts": rows.len() }))?;
    } else {
        context.output.line(&s.offers_contacts_written(rows.len(), path.display().to_string()))?;
    }
    Ok(Exit::Done)
}

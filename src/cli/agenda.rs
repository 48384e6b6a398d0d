//! `cosell agenda`: what is to be done on which day, as a table, as JSON or as a calendar file.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Value, json};

use super::args::option;
use super::list::{self, Pages};
use super::output::Column;
use super::register::grounds;
use super::{Context, Exit, Failure};
use crate::domain::agenda::{Item, Matter, order};
use crate::domain::date::Date;
use crate::domain::filter::{Filter, Term, Test};
use crate::domain::opportunity::Opportunity;
use crate::domain::query::{ListQuery, Order, SortKey};
use crate::domain::stage::Stage;
use crate::domain::tab::{Tab, View};
use crate::exchange::ical::{self, Event, When};
use crate::i18n::{Said, Sentences};
use crate::store::{KeptRegistration, Row, Store};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let ics = Arg::new("ics").long("ics").value_name("FILE").value_parser(PathBufValueParser::new());
    command
        .arg(Arg::new("filter").value_name("FILTER").num_args(0..).help(s.command_agenda_filter()))
        .arg(option("days", "N", s.command_agenda_days()).value_parser(value_parser!(u16)))
        .arg(ics.help(s.command_agenda_ics()))
}

/// Days ahead, where nothing else was asked for.
const DAYS: u16 = 30;

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let (filter, mut store) = list::filter(context, matches)?;
    let days = matches.get_one::<u16>("days").copied().unwrap_or(DAYS);
    let items = items(context, &mut store, &filter, days)?;
    match matches.get_one::<std::path::PathBuf>("ics") {
        Some(path) => write(context, &store, &items, path),
        None if context.output.json => {
            let all = items.iter().map(|item| to_json(context, &store, item)).collect::<Result<Vec<Value>, Failure>>()?;
            context.output.json(&Value::from(all))?;
            Ok(Exit::Done)
        }
        None if items.is_empty() => {
            let s = &context.sentences;
            let days = u64::from(days);
            let said = if filter.is_empty() { s.agenda_empty(days) } else { s.agenda_empty_filtered(days) };
            context.output.remark(&said)?;
            Ok(Exit::Done)
        }
        None => table(context, &items),
    }
}

/// Returns everything until so many days from today, in order.
fn items(context: &Context<'_>, store: &mut Store, filter: &Filter, days: u16) -> Result<Vec<Item>, Failure> {
    let moment = context.clock.moment();
    let last = moment.today.plus_days(days.into());
    let until = (Bound::Unbounded, Bound::Included(last));
    let mut items = Vec::new();
    for (view, key, test) in [
        (View::Received, SortKey::TimeLeft, Test::Due((Bound::Unbounded, Bound::Excluded(moment.start_of(last.plus_days(1)))))),
        (View::All, SortKey::Next, Test::Next(until)),
        (View::Open, SortKey::CloseDate, Test::Close(until)),
    ] {
        let terms = filter.terms.iter().cloned().chain([Term { negated: false, test }]).collect();
        let query =
            ListQuery { view, order: Order { key, reversed: false }, filter: Filter { terms }, ..ListQuery::tab(Tab::All) };
        let mut pages = Pages::new(&query, usize::MAX);
        while let Some(rows) = pages.next(context, store)? {
            items.extend(rows.into_iter().filter_map(|row| item(context, key, row)));
        }
    }
    items.extend(registrations(context, store, filter, last)?);
    order(&mut items);
    Ok(items)
}

/// Returns what is to be registered until a day, of the deals that a filter lets through.
fn registrations(context: &Context<'_>, store: &mut Store, filter: &Filter, last: Date) -> Result<Vec<Item>, Failure> {
    let all = store.registrations().map_err(|error| context.store_failure(&error))?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let grounds = grounds(context, store)?;
    let due = |kept: KeptRegistration| {
        Some((kept.registration.deadline(&grounds.ruling.registration).filter(|on| *on <= last)?, kept.deal))
    };
    let mut due: Vec<(Date, Opportunity)> = all.into_iter().filter_map(due).collect();
    if !filter.is_empty() {
        let query = ListQuery { view: View::All, filter: filter.clone(), ..ListQuery::tab(Tab::All) };
        let (mut pages, mut through) = (Pages::new(&query, usize::MAX), BTreeSet::new());
        while let Some(rows) = pages.next(context, store)? {
            through.extend(rows.into_iter().map(|row| row.id));
        }
        due.retain(|(_, deal)| through.contains(&deal.id));
    }
    let item = |(on, deal): (Date, Opportunity)| Item {
        on,
        what: Matter::Register,
        id: deal.id,
        title: deal.title().to_string(),
        owner: deal.owned_by().map(|owner| owner.name().to_string()),
        customer: deal.customer.name,
    };
    Ok(due.into_iter().map(item).collect())
}

fn item(context: &Context<'_>, key: SortKey, row: Row) -> Option<Item> {
    let title = row.title().to_owned();
    let (on, what) = match (key, row.stage, row.next) {
        (SortKey::TimeLeft, Stage::Received { respond_by }, _) => {
            (Date::from(context.clock.local(respond_by.at).date()), Matter::RespondBy(respond_by))
        }
        (SortKey::Next, _, Some(next)) => (next.on, Matter::Next(next.text)),
        (SortKey::CloseDate, ..) => (row.close_date?, Matter::Close),
        _ => return None,
    };
    Some(Item { on, what, id: row.id, title, customer: row.customer, owner: row.owner })
}

fn what(context: &Context<'_>, matter: &Matter) -> String {
    let s = &context.sentences;
    match matter {
        Matter::RespondBy(deadline) if deadline.at.is_day_only() => s.agenda_respond_day(),
        Matter::RespondBy(deadline) => {
            let time = context.clock.local(deadline.at).format("%H:%M").to_string();
            if deadline.is_known() { s.agenda_respond(time) } else { s.agenda_respond_at_most(time) }
        }
        Matter::Next(text) => text.to_string(),
        Matter::Close => s.agenda_close(),
        Matter::Register => s.agenda_register(),
    }
}

fn table(context: &mut Context<'_>, items: &[Item]) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let today = context.clock.moment().today;
    let columns = [
        Column::text(s.agenda_column_day(), false),
        Column { head: s.column_id(), number: true, gives: false },
        Column::text(s.agenda_column_what(), true),
        Column::text(s.column_deal(), true),
        Column::text(s.column_customer(), true),
        Column::text(s.column_owner(), true),
    ];
    let cells = |item: &Item| {
        let day = match item.on.cmp(&today) {
            std::cmp::Ordering::Less => s.agenda_overdue(item.on.to_string()),
            std::cmp::Ordering::Equal => s.agenda_today(item.on.to_string()),
            std::cmp::Ordering::Greater => item.on.to_string(),
        };
        let owner = item.owner.clone().unwrap_or_default();
        vec![day, item.id.to_string(), what(context, &item.what), item.title.clone(), item.customer.to_string(), owner]
    };
    let rows: Vec<Vec<String>> = items.iter().map(cells).collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

/// Returns the name of an item's opportunity beyond this machine.
fn uid(context: &Context<'_>, store: &Store, item: &Item) -> Result<String, Failure> {
    let held = store.get(item.id).map_err(|error| context.store_failure(&error))?.opportunity;
    Ok(held.uid().map_or_else(|| item.id.to_string(), |uid| uid.to_string()))
}

fn to_json(context: &Context<'_>, store: &Store, item: &Item) -> Result<Value, Failure> {
    let (at, text) = match &item.what {
        Matter::RespondBy(deadline) => (Some(deadline.at.to_string()), None),
        Matter::Next(text) => (None, Some(text)),
        Matter::Close | Matter::Register => (None, None),
    };
    Ok(json!({
        "on": item.on,
        "at": at,
        "kind": item.what.code(),
        "text": text,
        "overdue": item.on < *context.clock.moment().today,
        "id": item.id,
        "uid": uid(context, store, item)?,
        "title": item.title,
        "customer": item.customer,
        "owner": item.owner,
    }))
}

fn write(context: &mut Context<'_>, store: &Store, items: &[Item], path: &Path) -> Result<Exit, Failure> {
    let event = |item: &Item| -> Result<Event, Failure> {
        let when = match &item.what {
            Matter::RespondBy(deadline) if !deadline.at.is_day_only() => When::At(deadline.at),
            Matter::RespondBy(_) | Matter::Next(_) | Matter::Close | Matter::Register => When::Day(item.on),
        };
        // The calendar tells the hour itself.
        let what = match &item.what {
            Matter::RespondBy(_) => context.sentences.agenda_respond_day(),
            other => what(context, other),
        };
        let summary = context.sentences.agenda_event(&item.title, what);
        let customer = Some(item.customer.to_string()).filter(|customer| *customer != item.title);
        let description = [customer, item.owner.clone()].into_iter().flatten().collect::<Vec<_>>().join("\n");
        let uid = format!("{}-{}@cosell", uid(context, store, item)?, item.what.code());
        Ok(Event { uid, when, summary, description })
    };
    let events: Vec<Event> = items.iter().map(event).collect::<Result<_, _>>()?;
    let s = Arc::clone(&context.sentences);
    let shown = path.display().to_string();
    ical::write(path, &ical::calendar(&events, context.clock.now())).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::Refused(vec![Said::new("file-exists", s.agenda_file_exists(&shown), s.agenda_file_exists_hint())])
        }
        _ => Failure::CouldNot(vec![Said::new(
            "file",
            s.agenda_file_failed(error.to_string(), &shown),
            s.agenda_file_failed_hint(),
        )]),
    })?;
    if context.output.json {
        context.output.json(&json!({ "file": shown, "entries": events.len() }))?;
    } else {
        context.output.line(&s.agenda_written(events.len() as u64, shown))?;
    }
    Ok(Exit::Done)
}

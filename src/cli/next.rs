//! `cosell next`: sets what is to be done next about an opportunity and on which day, or that it is done; in every stage.

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{Context, Exit, Failure, args, step};
use crate::domain::change::What;
use crate::domain::date::{Date, Today};
use crate::domain::field::Field;
use crate::domain::invalid::{Complaints, Invalid, take};
use crate::domain::ours::NextStep;
use crate::domain::text::Line;
use crate::i18n::Sentences;
use crate::store::Store;

/// The path of the day in the JSON shape.
const ON: &str = "next.on";

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let text = Arg::new("text").value_name("TEXT").allow_hyphen_values(true).help(s.command_next_text());
    let done = Arg::new("done").long("done").action(ArgAction::SetTrue).conflicts_with_all(["text", "on"]);
    args::with_id(command, s).arg(text).arg(args::option("on", "DATE", s.command_next_on())).arg(done.help(s.command_next_done()))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, args::typed(matches, "id"))?;
    if matches.get_flag("done") {
        let held = store.get(id).map_err(|error| context.store_failure(&error))?.opportunity;
        if held.next.is_none() && !context.output.json {
            let said = context.sentences.done_next_none_before(held.numbered());
            context.output.line(&said)?;
            return Ok(Exit::Done);
        }
        return step::make(context, store, id, What::Next(None));
    }
    let given = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let mut complaints = Complaints::new();
    let text = take(Line::parse(given("text")), Field::Next.path(), &mut complaints);
    let on = take(day(given("on"), context.clock.moment().today), ON, &mut complaints);
    match text.zip(on) {
        Some((text, on)) => step::make(context, store, id, What::Next(Some(NextStep { text, on }))),
        None => Err(step::refused(context, &complaints)),
    }
}

fn day(typed: &str, today: Today) -> Result<Date, Invalid> {
    if typed.trim().is_empty() { Err(Invalid::Missing) } else { Date::by(typed, today).map(|typed| typed.date) }
}

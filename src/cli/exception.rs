//! `cosell registrations exception`: what Microsoft is asked to let be otherwise about a registration, until when, and what it decided (MG-74).

use std::sync::Arc;

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use serde_json::json;

use super::register::{grounds, registration_json};
use super::{Context, Exit, Failure, args, note};
use crate::domain::date::Date;
use crate::domain::invalid::Complaint;
use crate::domain::opportunity::Opportunity;
use crate::domain::programme::registration::Registration;
use crate::domain::programme::registration::rules::RegistrationRules;
use crate::i18n::{Said, Sentences};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let text = Arg::new("text").long("text").value_name("TEXT").allow_hyphen_values(true);
    let decided = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let on = Arg::new("on").long("on").value_name("DATE").requires("what");
    args::with_id(command, s)
        .arg(text.help(s.command_exception_text()))
        .arg(decided("granted").help(s.command_exception_granted()))
        .arg(decided("refused").help(s.command_exception_refused()))
        .arg(on.help(s.command_exception_on()))
        .group(ArgGroup::new("what").args(["text", "granted", "refused"]))
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut store = context.store_there()?;
    let id = context.id_to_decide(&store, args::typed(matches, "id"))?;
    let grounds = grounds(context, &store)?;
    let rules = &grounds.ruling.registration;
    let deal = store.get(id).map_err(|error| context.store_failure(&error))?.opportunity;
    let seen = store.registration(id).map_err(|error| context.store_failure(&error))?;
    let mut to = seen.clone().unwrap_or_default();
    let on = day(context, matches)?;
    let asked = match matches.get_one::<String>("text").map(String::as_str) {
        Some("-") => Some(note::piped(context)?),
        text => text.map(ToOwned::to_owned),
    };
    let decided = ["granted", "refused"].into_iter().find(|name| matches.get_flag(name));
    let done = match (&asked, decided) {
        (Some(text), _) => to.ask_exception(text, rules, on),
        (None, Some(decided)) => to.decide_exception(decided == "granted", on),
        (None, None) => return show(context, &deal, &to, rules),
    };
    done.map_err(|why| Failure::Refused(vec![context.sentences.no_exception(deal.numbered(), &why)]))?;
    let kept = store.register(&deal, seen.as_ref(), &to, context.clock.now());
    kept.map_err(|error| context.store_failure(&error))?;
    show(context, &deal, &to, rules)
}

/// Returns the day on which it was asked or decided: the one that is told, else today.
fn day(context: &Context<'_>, matches: &ArgMatches) -> Result<Date, Failure> {
    let (s, moment) = (&context.sentences, context.clock.moment());
    let Some(text) = matches.get_one::<String>("on") else { return Ok(*moment.today) };
    match Date::typed(text, moment.today) {
        Ok(day) if day <= *moment.today => Ok(day),
        Ok(day) => Err(Failure::usage(Said::new("usage", s.exception_to_come(day.to_string()), s.exception_to_come_hint()))),
        Err(why) => Err(Failure::usage(s.complaint(&Complaint::new("on", why)))),
    }
}

fn show(context: &mut Context<'_>, deal: &Opportunity, of: &Registration, rules: &RegistrationRules) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let until = if of.exception.is_some() { Ok(None) } else { of.exception_until(rules, *context.clock.moment().today) };
    let until = until.map_err(|why| Failure::Refused(vec![s.no_exception(deal.numbered(), &why)]))?;
    if context.output.json {
        let mut told = registration_json(deal, of, rules);
        told["exceptionUntil"] = json!(until);
        context.output.json(&told)?;
        return Ok(Exit::Done);
    }
    let Some(asked) = &of.exception else {
        context.output.line(&match until {
            Some(last) => s.exception_may(last.to_string(), deal.numbered()),
            None => s.exception_may_undated(deal.numbered()),
        })?;
        context.output.remark(&s.exception_may_undated_hint(deal.id.to_string()))?;
        return Ok(Exit::Done);
    };
    context.output.line(&s.exception_stands(of).unwrap_or_default())?;
    for line in asked.text.as_str().lines() {
        context.output.line(&format!("  {line}"))?;
    }
    if asked.decided.is_none() {
        context.output.remark(&s.exception_by_hand())?;
    }
    Ok(Exit::Done)
}

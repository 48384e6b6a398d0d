//! `cosell brief`: one page before a call, about a deal or about a customer with all deals; as text, as Markdown or as JSON.

use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::history::entry_json;
use super::review::{ROOM, marks, with_bars};
use super::{Context, Exit, Failure};
use crate::domain::brief::questions;
use crate::domain::customer::Customer;
use crate::domain::ids::{OpportunityId, Pointer};
use crate::exchange::json;
use crate::i18n::{BriefPage, Said, Sentences, address_line};
use crate::store::{Brief, Called, Deals, Store, StoreError};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let flag = |name: &'static str, help: String| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    command
        .arg(Arg::new("what").value_name("ID|CUSTOMER").num_args(1..).required(true).help(s.command_brief_what()))
        .arg(flag("customer", s.command_brief_customer()))
        .arg(flag("md", s.command_brief_md()).conflicts_with("json"))
}

/// What a page is about.
enum About {
    Deal(OpportunityId),
    Customer(Box<Customer>),
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let words: Vec<&str> = matches.get_many::<String>("what").into_iter().flatten().map(String::as_str).collect();
    let about = about(context, store, &words.join(" "), matches.get_flag("customer"))?;
    let s = Arc::clone(&context.sentences);
    let now = context.clock.moment();
    let page = match &about {
        About::Deal(id) => {
            let brief = store.brief(*id).map_err(|error| context.store_failure(&error))?;
            if context.output.json {
                context.output.json(&deal_json(&brief, context))?;
                return Ok(Exit::Done);
            }
            s.brief(&brief, now, &|at| context.day_and_time(at))
        }
        About::Customer(customer) => {
            let deals = store.deals_with(customer, None).map_err(|error| context.store_failure(&error))?;
            if context.output.json {
                context.output.json(&customer_json(customer, &deals, context))?;
                return Ok(Exit::Done);
            }
            s.brief_of_customer(customer, &deals, now, &|at| context.day_and_time(at))
        }
    };
    tell(context, &page, matches.get_flag("md"))
}

fn tell(context: &mut Context<'_>, page: &BriefPage, markdown: bool) -> Result<Exit, Failure> {
    if markdown {
        for line in page.markdown().lines() {
            context.output.line(line)?;
        }
        return Ok(Exit::Done);
    }
    context.output.line(&page.title)?;
    for chapter in &page.chapters {
        context.output.line("")?;
        for line in with_bars(chapter, context.output.columns.unwrap_or(ROOM), marks(&context.config), &context.sentences.clone())
        {
            context.output.line(&line)?;
        }
    }
    Ok(Exit::Done)
}

/// Returns what is meant: an opportunity by its ID, else a customer by name; `customer` asks for the customer, of an ID too.
fn about(context: &Context<'_>, store: &mut Store, given: &str, customer: bool) -> Result<About, Failure> {
    let pointer = Pointer::read(given);
    let by_name = customer && !matches!(pointer, Pointer::Number(_));
    let found = if by_name { Err(StoreError::NoSuch(given.to_owned())) } else { store.find(&pointer) };
    match found {
        Ok(id) if customer => {
            let held = store.get(id).map_err(|error| context.store_failure(&error))?;
            Ok(About::Customer(Box::new(held.opportunity.customer)))
        }
        Ok(id) => Ok(About::Deal(id)),
        Err(error @ (StoreError::NoSuch(_) | StoreError::Ambiguous { .. })) => {
            let called = store.customers_called(given).map_err(|error| context.store_failure(&error))?;
            match (<[Called; 1]>::try_from(called), error) {
                (Ok([one]), _) => Ok(About::Customer(Box::new(one.customer))),
                (Err(none), error @ StoreError::Ambiguous { .. }) if none.is_empty() => Err(context.store_failure(&error)),
                (Err(several), _) => Err(Failure::Refused(vec![not_one(&context.sentences, given, &several, by_name)])),
            }
        }
        Err(error) => Err(context.store_failure(&error)),
    }
}

/// Customers that are named where several may be meant.
const NAMED: usize = 10;

/// Says that nobody is called so, or who all is, and how one of them is chosen.
fn not_one(s: &Sentences, given: &str, called: &[Called], by_name: bool) -> Said {
    if called.is_empty() && by_name {
        return Said::new("no-customer", s.brief_no_customer(given), s.brief_no_customer_hint());
    }
    if called.is_empty() {
        return Said::new("no-such", s.brief_nobody(given), s.brief_nobody_hint());
    }
    let line = |called: &Called| {
        let customer = &called.customer;
        let duns = customer.duns.map(|duns| format!("{} {duns}", s.field_duns()));
        let parts = [Some(customer.name.to_string()), Some(address_line(&customer.address)), duns];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        s.brief_customer_line(parts.join(", "), called.of.to_string())
    };
    let more = called.len().saturating_sub(NAMED);
    let lines = called.iter().take(NAMED).map(line).chain((more > 0).then(|| s.brief_customers_more(more)));
    let customers = lines.collect::<Vec<_>>().join("\n  ");
    Said::new("ambiguous", s.brief_several(called.len(), given), s.brief_several_hint(customers))
}

fn deal_json(brief: &Brief, context: &Context<'_>) -> Value {
    let (o, today) = (&brief.full.opportunity, *context.clock.moment().today);
    let asked = questions(&brief.full, today).into_iter();
    let asked = asked.map(|asked| json!({ "code": asked.code(), "message": context.sentences.question(asked, o, today) }));
    json!({
        "asOf": today,
        "opportunity": json::held(&brief.full),
        "questions": asked.collect::<Vec<_>>(),
        "changes": brief.changes.iter().map(entry_json).collect::<Vec<_>>(),
        "others": brief.others.deals.iter().map(json::held).collect::<Vec<_>>(),
        "moreOthers": brief.others.more,
    })
}

fn customer_json(customer: &Customer, deals: &Deals, context: &Context<'_>) -> Value {
    json!({
        "asOf": *context.clock.moment().today,
        "customer": { "name": customer.name, "duns": customer.duns, "address": customer.address },
        "deals": deals.deals.iter().map(json::held).collect::<Vec<_>>(),
        "moreDeals": deals.more,
    })
}

//! `cosell campaigns`: what each campaign cost, told by hand; the review sets it beside what the campaign brought.

use std::sync::Arc;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use super::args::typed;
use super::output::Column;
use super::{Context, Exit, Failure, args, step};
use crate::domain::amount::Amount;
use crate::domain::campaign::Cost;
use crate::domain::filter::{Field, Filter, Term, Test, Word};
use crate::domain::fold::fold;
use crate::domain::invalid::{Complaints, Invalid, take};
use crate::domain::money::{Currency, Money};
use crate::domain::query::{From, ListQuery};
use crate::domain::tab::{Tab, View};
use crate::domain::text::Line;
use crate::i18n::{Said, Sentences};
use crate::store::{Store, StoreError};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let needed =
        |name: &'static str, shown: &'static str, help: String| Arg::new(name).value_name(shown).required(true).help(help);
    let cost = args::plain("cost", s.command_campaigns_cost())
        .arg(needed("campaign", "ID", s.command_campaigns_id()))
        .arg(needed("amount", "AMOUNT", s.command_campaigns_amount()))
        .arg(needed("currency", "CURRENCY", s.command_campaigns_currency()));
    let forget = args::plain("forget", s.command_campaigns_forget()).arg(needed("campaign", "ID", s.command_campaigns_id()));
    let list = args::plain("list", s.command_campaigns_list());
    args::group(command, [cost, forget, list], s).subcommand_required(false)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("cost", matches)) => cost(context, matches),
        Some(("forget", matches)) => forget(context, matches),
        _ => list(context),
    }
}

fn cost(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut complaints = Complaints::new();
    let campaign = take(Line::parse(typed(matches, "campaign")), "campaign", &mut complaints);
    let amount = take(Amount::parse(typed(matches, "amount")), "amount", &mut complaints);
    let currency = take(Currency::parse(typed(matches, "currency")), "currency", &mut complaints);
    let cost =
        amount.zip(currency).and_then(|(amount, currency)| take(not_negative(amount, currency), "amount", &mut complaints));
    let Some((campaign_id, cost)) = campaign.zip(cost) else { return Err(step::refused(context, &complaints)) };
    let cost = Cost { campaign_id, cost };
    let mut store = context.store()?;
    store.keep_cost(cost.clone()).map_err(|error| context.store_failure(&error))?;
    if !is_named(&mut store, cost.campaign_id.as_str()).map_err(|error| context.store_failure(&error))? {
        let said = context.sentences.campaign_unnamed();
        context.output.remark(&said)?;
    }
    if context.output.json {
        context.output.json(&to_json(&cost))?;
        return Ok(Exit::Done);
    }
    let said = context.sentences.campaign_costs(context.sentences.money(cost.cost), cost.campaign_id.as_str());
    context.output.line(&said)?;
    Ok(Exit::Done)
}

/// Returns whether a deal names a campaign, as the review finds it.
fn is_named(store: &mut Store, id: &str) -> Result<bool, StoreError> {
    /// Deals whose campaign has the same words in it are looked at, so many at most.
    const LOOKS: usize = 500;
    let term = Term { negated: false, test: Test::Text(Field::Campaign, vec![Word::new(id)]) };
    let query = ListQuery { view: View::All, filter: Filter { terms: vec![term] }, ..ListQuery::tab(Tab::All) };
    for row in store.list(&query, From::Start, LOOKS)?.rows {
        let deal = store.get(row.id)?.opportunity.deal;
        if deal.campaign_id.is_some_and(|campaign| fold(campaign.as_str()) == fold(id)) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn not_negative(amount: Amount, currency: Currency) -> Result<Money, Invalid> {
    Money::new(amount, currency).and_then(|cost| if cost.minor() < 0 { Err(Invalid::NotPositive) } else { Ok(cost) })
}

fn forget(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = typed(matches, "campaign").trim().to_owned();
    let mut store = context.store_there()?;
    let was = store.forget_cost(&id).map_err(|error| context.store_failure(&error))?;
    let s = Arc::clone(&context.sentences);
    let Some(was) = was else {
        return Err(Failure::Refused(vec![Said::new("no-cost", s.campaign_no_cost(id), s.campaign_no_cost_hint())]));
    };
    if context.output.json {
        context.output.json(&to_json(&was))?;
    } else {
        context.output.line(&s.campaign_forgotten(was.campaign_id.as_str()))?;
    }
    Ok(Exit::Done)
}

fn to_json(cost: &Cost) -> Value {
    json!({ "campaignId": cost.campaign_id, "value": cost.cost.amount(), "currency": cost.cost.currency() })
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let costs = store.costs().map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&Value::from_iter(costs.all().map(to_json)))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if costs.all().next().is_none() {
        context.output.remark(&s.campaign_none())?;
        context.output.remark(&format!("  {}", s.campaign_none_hint()))?;
        return Ok(Exit::Done);
    }
    let columns =
        [Column::text(s.campaign_column_id(), false), Column { head: s.campaign_column_cost(), number: true, gives: false }];
    let rows: Vec<Vec<String>> = costs.all().map(|cost| vec![cost.campaign_id.to_string(), s.money(cost.cost)]).collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

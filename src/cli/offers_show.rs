//! What offers are on a day, for `cosell offers`: listed, one with its whole way, what that means for an amount, the rules themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::{Value, json};

use super::args::typed;
use super::output::Column;
use super::{Context, Exit, Failure, step};
use crate::domain::amount::Amount;
use crate::domain::date::{Date, Moment};
use crate::domain::ids::RecordId;
use crate::domain::invalid::{Complaints, take};
use crate::domain::money::{Currency, Money};
use crate::domain::period::Period;
use crate::domain::programme::dated::About;
use crate::domain::programme::deal::on_deal;
use crate::domain::programme::offer::{Offer, Way};
use crate::domain::programme::organisation::Organisation;
use crate::domain::programme::rules::{Benefit, Programme};
use crate::domain::programme::ruling::Ruling;
use crate::domain::programme::since::{Judged, Past};
use crate::domain::programme::status::{Rung, Standing};
use crate::i18n::Said;
use crate::store::{KeptOffer, Store};

/// Returns the day that was asked for; rules are asked about days to come as well.
fn day(context: &Context<'_>, matches: Option<&ArgMatches>) -> Result<Moment, Failure> {
    let (s, moment) = (&context.sentences, context.clock.moment());
    let Some(typed) = matches.and_then(|matches| matches.get_one::<String>("as-of")) else { return Ok(moment) };
    let period = Period::typed(typed, moment.today)
        .ok_or_else(|| Failure::usage(Said::new("as-of", s.as_of_wrong(typed), s.as_of_wrong_hint())))?;
    Ok(if period.last == *moment.today { moment } else { moment.end_of(period.last) })
}

/// Returns what offers were told until a day, and what the organisation is told to be.
fn told(context: &Context<'_>, store: &Store, moment: Moment) -> Result<(Vec<KeptOffer>, Organisation), Failure> {
    let offers = store.offers_on(moment.now).map_err(|error| context.store_failure(&error))?;
    Ok((offers, store.organisation().map_err(|error| context.store_failure(&error))?))
}

/// Returns what each of some offers was told to be until a moment.
pub(super) fn pasts(context: &Context<'_>, store: &Store, at: Moment) -> Result<BTreeMap<RecordId, Past>, Failure> {
    let told = store.offers_told().map_err(|error| context.store_failure(&error))?;
    Ok(told.into_iter().map(|(id, told)| (id, Past::of(&told, at))).collect())
}

/// Returns what people call the status of an offer.
pub(super) fn status_name(programme: &Programme, offer: &Offer, organisation: &Organisation, day: Date) -> String {
    name_of(programme, &programme.standing(offer, organisation, day))
}

fn name_of(programme: &Programme, standing: &Standing<'_>) -> String {
    let lowest = || programme.statuses.first().map(|status| status.name.clone());
    standing.status().map(|status| status.name.clone()).or_else(lowest).unwrap_or_default()
}

/// Returns an offer with its status in the shape of `offers list --json`.
pub(super) fn to_json(programme: &Programme, of: Judged<'_>) -> Value {
    let (offer, day) = (of.offer, of.day);
    let standing = programme.standing(offer, of.organisation, day);
    let missing = standing.ladder.iter().filter(|rung| !rung.held).flat_map(|rung| {
        rung.missing().map(|one| {
            let countries = offer.countries_lacking(&one.what);
            json!({
                "for": rung.status.id, "rule": one.about.source, "what": one.what, "next": one.next, "countries": countries,
            })
        })
    });
    let missing: Vec<Value> = missing.collect();
    let benefits: Vec<Value> = standing
        .benefits
        .iter()
        .map(|one| {
            let from =
                programme.brought_since(one, of).map(|since| one.about.in_force.from.map_or(since, |from| from.max(since)));
            let expected = programme.expected(one, of);
            // Until then it counts for the status, not for this offer.
            let needs = offer.lacks_for(&one.id).map(Way::code);
            json!({
                "id": one.id, "from": from.filter(|_| needs.is_none()), "expectedBy": expected.filter(|_| needs.is_none()),
                "needs": needs, "source": one.about.source, "document": one.about.document,
            })
        })
        .collect();
    let mut value = json!(offer);
    if let Some(members) = value.as_object_mut() {
        let share = members.remove("ipShare").and_then(|share| share.as_f64()).map(|share| share / 100.0);
        members.insert("ipSharePercent".into(), json!(share));
        members.insert("status".into(), standing.id().into());
        members.insert("missing".into(), missing.into());
        members.insert("benefits".into(), benefits.into());
        members.insert("asOf".into(), json!(day));
    }
    value
}

pub(super) fn list(context: &mut Context<'_>, matches: Option<&ArgMatches>) -> Result<Exit, Failure> {
    let moment = day(context, matches)?;
    let programme = context.programme()?;
    let store = context.store_there()?;
    let (offers, organisation) = told(context, &store, moment)?;
    let day = *moment.today;
    if context.output.json {
        let (pasts, untold) = (pasts(context, &store, moment)?, Past::default());
        let all = offers.iter().map(|KeptOffer { id, offer }| {
            let past = pasts.get(id).unwrap_or(&untold);
            to_json(&programme, Judged { offer, past, organisation: &organisation, day })
        });
        context.output.json(&Value::from_iter(all))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if offers.is_empty() {
        context.output.remark(&s.offers_none())?;
        context.output.remark(&format!("  {}", s.offers_none_hint()))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.offer_part_name(), true),
        Column::text(s.offer_part_type(), true),
        Column::text(s.offers_column_status(), false),
        Column::text(s.offers_column_missing(), true),
        Column::text(s.offers_column_submission(), true),
    ];
    let row = |kept: &KeptOffer| {
        let offer = &kept.offer;
        let standing = programme.standing(offer, &organisation, day);
        let missing: Vec<&str> = standing.next().into_iter().flat_map(Rung::missing).map(|one| one.what.as_str()).collect();
        let status = name_of(&programme, &standing);
        vec![offer.name.to_string(), s.offer_type(offer.kind), status, missing.join(", "), s.submission(offer.submission)]
    };
    let rows: Vec<Vec<String>> = offers.iter().map(row).collect();
    context.output.table(&columns, &rows)?;
    tell_day(context, &programme, day)
}

/// Says by the rules of which day that is, where that is not today.
fn tell_day(context: &mut Context<'_>, programme: &Programme, day: Date) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    if programme.turns().first().is_some_and(|first| day < *first) {
        context.output.remark(&s.offers_no_rules(day.to_string()))?;
    } else if day != *context.clock.moment().today {
        context.output.remark(&s.offers_on_day(day.to_string()))?;
    }
    Ok(Exit::Done)
}

pub(super) fn show(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let moment = day(context, Some(matches))?;
    let programme = context.programme()?;
    let store = context.store_there()?;
    let named = context.offer(&store, typed(matches, "name"))?;
    let (offers, organisation) = told(context, &store, moment)?;
    let kept = offers.into_iter().find(|kept| kept.id == named.id).unwrap_or(named);
    let day = *moment.today;
    let past = pasts(context, &store, moment)?.remove(&kept.id).unwrap_or_default();
    let of = Judged { offer: &kept.offer, past: &past, organisation: &organisation, day };
    if context.output.json {
        let value = to_json(&programme, of);
        context.output.json(&value)?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    for line in s.offer_page(&programme, of) {
        context.output.line(&line)?;
    }
    tell_day(context, &programme, day)
}

pub(super) fn worth(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if let Some(deal) = matches.get_one::<String>("deal") {
        return worth_of_deal(context, matches, deal);
    }
    let mut complaints = Complaints::new();
    let amount = take(Amount::parse(typed(matches, "amount")), "amount", &mut complaints);
    let currency = take(Currency::parse(typed(matches, "currency")), "currency", &mut complaints);
    let money = amount.zip(currency).and_then(|(amount, currency)| take(Money::new(amount, currency), "amount", &mut complaints));
    let Some(money) = money else { return Err(step::refused(context, &complaints)) };
    let moment = day(context, Some(matches))?;
    let programme = context.programme()?;
    let store = context.store_there()?;
    let named = context.offer(&store, typed(matches, "name"))?;
    let (offers, organisation) = told(context, &store, moment)?;
    let offer = offers.into_iter().find(|kept| kept.id == named.id).unwrap_or(named).offer;
    let day = *moment.today;
    let by = (&programme, &organisation, day);
    if context.output.json {
        context.output.json(&worth_of_offer(by, &offer, money))?;
        return Ok(Exit::Done);
    }
    say_worth(context, by, &offer, money)?;
    tell_day(context, &programme, day)
}

/// The rules, the organisation and the day by which a worth is told.
type By<'a> = (&'a Programme, &'a Organisation, Date);

fn worth_of_offer((programme, organisation, day): By<'_>, offer: &Offer, money: Money) -> Value {
    let standing = programme.standing(offer, organisation, day);
    let all = standing.benefits.iter().filter_map(|one| worth_json(one, offer, money));
    json!({ "name": offer.name, "asOf": day, "status": standing.id(), "value": money.amount(), "currency": money.currency(), "benefits": Vec::from_iter(all) })
}

fn say_worth(context: &mut Context<'_>, by: By<'_>, offer: &Offer, money: Money) -> Result<(), Failure> {
    let (s, (programme, organisation, day)) = (Arc::clone(&context.sentences), by);
    let standing = programme.standing(offer, organisation, day);
    context.output.line(&s.offers_worth_head(s.money(money), offer.name.as_str(), name_of(programme, &standing)))?;
    for line in s.offer_worth(programme, offer, organisation, money, day) {
        context.output.line(&line)?;
    }
    Ok(())
}

/// Says what the status of each offer on a deal means for the deal's value.
fn worth_of_deal(context: &mut Context<'_>, matches: &ArgMatches, given: &str) -> Result<Exit, Failure> {
    let moment = day(context, Some(matches))?;
    let programme = context.programme()?;
    let store = context.store_there()?;
    let id = context.id(&store, given)?;
    let deal = store.get(id).map_err(|error| context.store_failure(&error))?.opportunity;
    let s = Arc::clone(&context.sentences);
    let number = id.to_string();
    let money = deal.deal.value.ok_or_else(|| {
        let said = Said::new("no-value", s.offers_worth_deal_no_value(&number), s.offers_worth_deal_no_value_hint(&number));
        Failure::Refused(vec![said])
    })?;
    let statuses = context.offer_statuses(&store, moment)?;
    let (offers, organisation) = told(context, &store, moment)?;
    let solutions = deal.solutions.iter().map(on_deal);
    let on_it: BTreeSet<String> =
        solutions.filter_map(|(id, name, _)| statuses.of_solution(id, name)).map(|offer| offer.name.to_string()).collect();
    let on_it: Vec<&Offer> = offers.iter().map(|kept| &kept.offer).filter(|offer| on_it.contains(offer.name.as_str())).collect();
    let by = (&programme, &organisation, *moment.today);
    if context.output.json {
        let all = on_it.iter().map(|offer| worth_of_offer(by, offer, money));
        context.output.json(&Value::from_iter(all))?;
        return Ok(Exit::Done);
    }
    if on_it.is_empty() {
        context.output.remark(&s.offers_worth_deal_none(&number))?;
        context.output.remark(&format!("  {}", s.offers_worth_deal_none_hint()))?;
        return Ok(Exit::Done);
    }
    on_it.iter().try_for_each(|offer| say_worth(context, by, offer, money))?;
    tell_day(context, &programme, *moment.today)
}

fn worth_json(benefit: &Benefit, offer: &Offer, money: Money) -> Option<Value> {
    let part = benefit.share_of(money)?;
    let without = benefit.without_of(money).map(Money::amount);
    Some(
        json!({ "id": benefit.id, "percent": benefit.percent, "amount": part.amount(), "insteadOfPercent": benefit.instead_of, "insteadOf": without, "needs": offer.lacks_for(&benefit.id).map(Way::code), "source": benefit.about.source }),
    )
}

/// Lists the rules, of a day those in force on it.
pub(super) fn rules(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let asked = matches.get_one::<String>("as-of").is_some();
    let day = *day(context, Some(matches))?.today;
    let Ruling { programme, registration } = context.rules()?;
    let s = Arc::clone(&context.sentences);
    let statuses = programme.statuses.iter().map(|one| (&one.about, "", one.id.as_str(), one.name.as_str()));
    let requirements =
        programme.requirements.iter().map(|one| (&one.about, one.status.as_str(), one.what.as_str(), one.say.as_str()));
    let benefits = programme.benefits.iter().map(|one| (&one.about, one.of[0].as_str(), one.id.as_str(), one.say.as_str()));
    let registering = registration.rules.iter().map(|one| (&one.about, "registration", "", one.say.as_str()));
    let limits: Vec<(&About, String)> =
        registration.limits.iter().map(|one| (&one.about, format!("{} = {}", one.what.code(), one.is))).collect();
    let limits = limits.iter().map(|(about, says)| (*about, "registration", "limit", says.as_str()));
    let all = statuses.chain(requirements).chain(benefits).chain(registering).chain(limits);
    let all: Vec<(&About, &str, &str, &str)> = all.filter(|(about, ..)| !asked || about.in_force.on(day)).collect();
    if context.output.json {
        let value = |(about, of, what, say): &(&About, &str, &str, &str)| json!({ "rule": about.rule, "for": of, "what": what, "says": say, "from": about.in_force.from, "until": about.in_force.until, "source": about.source, "document": about.document });
        context.output.json(&Value::from_iter(all.iter().map(value)))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.offers_rules_column_rule(), false),
        Column::text(s.offers_rules_column_days(), false),
        Column::text(s.offers_rules_column_source(), false),
        Column::text(s.offers_rules_column_says(), true),
    ];
    let days = |about: &About| {
        let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        format!("{} … {}", text(about.in_force.from), text(about.in_force.until)).trim().to_owned()
    };
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|(about, _, _, say)| {
            vec![about.rule.clone(), days(about), format!("{} {}", about.source, about.document), (*say).to_owned()]
        })
        .collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

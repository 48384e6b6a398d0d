//! `cosell review`: the figures of the pipeline as bars, in plain sentences, or as JSON.

use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::args::option;
use super::list;
use super::past::{self, PastDay};
use super::{Context, Exit, Failure, digest};
use super::{review_file as file, review_sheet as sheet};
use crate::config::{Config, Symbols};
use crate::domain::date::{Date, Moment};
use crate::domain::filter::UNKNOWN;
use crate::domain::fold::fold;
use crate::domain::ids::OpportunityId;
use crate::domain::money::{Currency, Money};
use crate::domain::outcome::OutcomeKind;
use crate::domain::period::Period;
use crate::domain::programme::deal::Missing;
use crate::domain::sums::{Home, Sums, Total};
use crate::i18n::{Chapter, Drawn, Marks, Said, Sentences};
use crate::insight::{
    Change, ChangeKind, CloseWeek, DECIDED, Deals, Dimension, Group, Improvement, OpenAt, Outlook, Past, Quarter, Review, Rise,
    Standing, Terms, ToRegister, WITHIN_DAYS, WON, Weights, Worth, drill, last_monday,
};
use crate::store::{Reviewed, Store};
use crate::width::{left, right, width, wrap};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let digest = Arg::new("digest").long("digest").action(ArgAction::SetTrue);
    command
        .arg(Arg::new("filter").value_name("FILTER").num_args(0..).help(s.command_review_filter()))
        .arg(option("format", "FORMAT", s.command_review_format()).conflicts_with("json"))
        .arg(
            option("output", "FILE", s.command_review_output())
                .short('o')
                .value_parser(PathBufValueParser::new())
                .conflicts_with("json"),
        )
        .arg(option("since", "DATE", s.command_review_since()))
        .arg(past::argument(s))
        .arg(option("by", "WORD", s.command_review_by(dimensions())))
        .arg(Arg::new("linear").long("linear").action(ArgAction::SetTrue).conflicts_with("json").help(s.command_review_linear()))
        .arg(digest.conflicts_with_all(["json", "linear", "by"]).help(s.command_review_digest()))
        .arg(option("owner", "WHO", s.command_review_owner()).requires("digest"))
}

fn dimensions() -> String {
    Dimension::ALL.map(Dimension::code).join(", ")
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.get_flag("digest") {
        return digest::run(context, matches);
    }
    let s = Arc::clone(&context.sentences);
    let format = file::format(matches, &s)?;
    let Given { day, moment, of, mut store } = Given::of(context, matches)?;
    let terms = of.terms;
    let review = store.review(&of, &mut || false).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&to_json(&review))?;
        return Ok(Exit::Done);
    }
    if let Some(format) = format {
        let asked = sheet::Asked { filter: &of.filter, moment, day };
        return file::write(context, &mut store, &Arc::new(review), matches, (format, asked));
    }
    let head = format!("{} · {}", s.review_title(), s.review_range(terms.days.first.to_string(), terms.days.last.to_string()));
    let typed = list::filter_text(matches);
    let filtered = Some(typed).filter(|text| !text.is_empty()).map(|text| s.review_filter(text));
    let deals = s.review_deals(review.deals, s.number(review.deals));
    let head = [Some(head), filtered, Some(deals)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    context.output.line(&head)?;
    list::say_home(context, &of.filter)?;
    if review.is_empty() {
        context.output.remark(&s.review_nothing())?;
        return Ok(Exit::Done);
    }
    let (linear, room) = (matches.get_flag("linear"), context.output.columns.unwrap_or(ROOM));
    for chapter in s.review(&review) {
        context.output.line("")?;
        let lines = if linear { in_words(&chapter) } else { with_bars(&chapter, room, marks(&context.config), &s) };
        for line in lines {
            context.output.line(&line)?;
        }
    }
    Ok(Exit::Done)
}

/// What a review, or a digest, is asked for.
pub(super) struct Given {
    /// Where it is of a day that is over.
    pub day: Option<PastDay>,
    /// The end of its days.
    pub moment: Moment,
    pub of: Reviewed,
    pub store: Store,
}

impl Given {
    pub(super) fn of(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Self, Failure> {
        let day = PastDay::given(context, matches)?;
        let moment = day.map_or_else(|| context.clock.moment(), PastDay::end);
        // What is wrong with what was given is told before anything is opened.
        let (weights, s) = (context.config.stage_weights, Arc::clone(&context.sentences));
        let terms_since = |last| terms(matches, moment, weights, &s, last);
        let mut terms = terms_since(None)?;
        let (filter, store) = list::filter_at(context, matches, moment)?;
        if matches.get_one::<String>("since").is_some_and(|typed| is_last_review(typed)) {
            terms = terms_since(Some(last_review(context, &store, *moment.today)?))?;
        }
        let terms = terms.told_in(context.config.home_currency);
        day.map_or(Ok(()), |day| day.check(context, &filter))?;
        let (offers, rules) = (context.offer_statuses(&store, moment)?, Arc::new(context.rules()?));
        Ok(Self { day, moment, of: Reviewed { filter, terms, past: day.is_some(), offers, rules }, store })
    }
}

/// Returns whether a first day was given as that of the review before.
fn is_last_review(typed: &str) -> bool {
    matches!(fold(typed.trim()).replace(['-', '_'], " ").as_str(), "last review")
}

/// Returns the day on which the review was opened on the desk, before a day.
fn last_review(context: &Context<'_>, store: &Store, day: Date) -> Result<Date, Failure> {
    let s = &context.sentences;
    let last = store.last_review(day).map_err(|error| context.store_failure(&error))?;
    last.ok_or_else(|| Failure::Refused(vec![Said::new("no-review", s.review_no_last(), s.review_no_last_hint())]))
}

/// Returns what is asked for; without a first day it is last Monday. `last` is the day of the review before, where that is asked for.
fn terms(matches: &ArgMatches, moment: Moment, weights: Weights, s: &Sentences, last: Option<Date>) -> Result<Terms, Failure> {
    let first_day = |typed: &String| {
        if is_last_review(typed) {
            return Ok(last.unwrap_or(*moment.today));
        }
        let wrong = || {
            let hint = s.usage_value_hint(format!("2026-11-23, friday, last-review, {}", Period::BEHIND.join(", ")));
            Failure::usage(Said::new("usage", s.usage_value("--since", typed), hint))
        };
        Period::behind(typed, moment.today).map(|period| period.first).ok_or_else(wrong)
    };
    let by = match matches.get_one::<String>("by") {
        None => Dimension::default(),
        Some(word) => Dimension::read(word)
            .ok_or_else(|| Failure::usage(Said::new("usage", s.usage_value("--by", word), s.usage_value_hint(dimensions()))))?,
    };
    let since = matches.get_one("since").map_or_else(|| Ok(last_monday(*moment.today)), first_day)?;
    if since > *moment.today {
        let said = s.review_wrong_since(since.to_string(), moment.today.to_string());
        return Err(Failure::usage(Said::new("usage", said, s.review_wrong_since_hint())));
    }
    Ok(Terms::new(since, moment, weights, by))
}

/// Columns where nobody tells how many there are.
pub(super) const ROOM: usize = 100;
/// The longest bar, in cells.
const BAR: usize = 20;
/// What a label may take.
const LABEL: usize = 36;

/// Returns the lines of a chapter as a table, with what is drawn where there is room for it.
pub(super) fn with_bars(chapter: &Chapter, room: usize, marks: Marks, s: &Sentences) -> Vec<String> {
    let widest = chapter.lines.iter().map(|line| width(&line.label)).max().unwrap_or(0).min(LABEL.min(room / 3));
    let bar = if room >= 80 { BAR } else { 0 };
    let drawn = chapter.lines.iter().map(|line| line.cells(bar)).max().unwrap_or(0);
    let mut lines = vec![chapter.title.clone()];
    let row = |label: &str, count: &str, picture: &str| {
        let mut cells = vec![left(label, widest)];
        if chapter.lines.iter().any(|line| line.count.is_some()) {
            cells.push(right(count, 6));
        }
        if drawn > 0 {
            cells.push(left(picture, drawn));
        }
        format!("  {}", cells.join("  "))
    };
    let each = chapter.lines.iter().find_map(|line| if let Drawn::Days { each, .. } = line.drawn { Some(each) } else { None });
    let heads = |each| s.calendar_weekdays().split(' ').map(|name| right(name, each)).collect::<Vec<_>>().join(" ");
    lines.extend(each.map(|each| row("", "", &heads(each)).trim_end().to_owned()));
    for line in &chapter.lines {
        let count = line.count.map(|count| count.to_string()).unwrap_or_default();
        let before = row(&line.label, &count, &line.picture(bar, marks));
        let indent = width(&before) + 2;
        let says = wrap(&line.says, room.saturating_sub(indent).max(20));
        if says.is_empty() {
            lines.push(before.trim_end().to_owned());
        }
        for (at, part) in says.iter().enumerate() {
            let start = if at == 0 { before.clone() } else { " ".repeat(indent - 2) };
            lines.push(format!("{start}  {part}").trim_end().to_owned());
        }
    }
    let note = wrap(&chapter.note, room.saturating_sub(2)).into_iter().filter(|note| !note.is_empty());
    lines.extend(note.map(|note| format!("  {note}")));
    lines
}

/// Returns what charts are drawn with.
pub(super) const fn marks(config: &Config) -> Marks {
    match config.symbols {
        Symbols::Ascii => Marks::ASCII,
        Symbols::Unicode => Marks::UNICODE,
    }
}

/// Returns the lines of a chapter as sentences, one after the other, for those who hear them.
fn in_words(chapter: &Chapter) -> Vec<String> {
    let mut lines = vec![format!("{}.", chapter.title)];
    lines.extend(chapter.lines.iter().map(|line| format!("{}.", line.in_words())));
    lines.extend(Some(chapter.note.clone()).filter(|note| !note.is_empty()));
    lines
}

fn amount(total: &Total) -> String {
    total.currency.amount(total.minor)
}

fn values(sums: &Sums) -> Value {
    let each = sums
        .totals()
        .into_iter()
        .map(|total| json!({ "currency": total.currency, "value": amount(&total), "count": total.count }));
    Value::from(each.collect::<Vec<_>>())
}

/// Returns the whole of it in the home currency; `null` where there is none, or no rate for a part.
fn whole(home: Option<Home>) -> Value {
    home.and_then(|home| Some(home.currency.amount(home.whole()?))).into()
}

fn home(review: &Review, sums: &Sums) -> Value {
    whole(review.home.as_ref().map(|home| home.sums(sums)))
}

fn counted(review: &Review, sums: &Sums) -> Value {
    json!({ "count": sums.count, "values": values(sums), "home": home(review, sums), "withoutValue": sums.without_value })
}

/// Returns one entry a currency; those without a value by themselves.
fn open(at: &OpenAt, worth: &Worth) -> Vec<Value> {
    let weighted = worth.weighted();
    let entry = |currency: Value, count: u64, value: Value, weighted: Value| {
        json!({ "stage": at.stage.code(), "salesStage": at.sales_stage, "currency": currency, "count": count, "value": value,
            "weighted": weighted })
    };
    let each = worth.sums.totals().into_iter().zip(weighted);
    let mut entries: Vec<Value> = each
        .map(|(total, weighted)| entry(json!(total.currency), total.count, json!(amount(&total)), json!(amount(&weighted))))
        .collect();
    if worth.sums.without_value > 0 {
        entries.push(entry(Value::Null, worth.sums.without_value, Value::Null, Value::Null));
    }
    entries
}

fn to_json(review: &Review) -> Value {
    let none = Sums::default();
    let counted = |sums: &Sums| counted(review, sums);
    let home = |sums: &Sums| home(review, sums);
    let expected = |worth: &Worth| whole(review.home.as_ref().map(|home| home.weighted(worth)));
    let mut all_open = Worth::default();
    review.open.values().for_each(|worth| all_open.add_all(worth));
    let all = review.home.as_ref().map(|home| home.sums(&review.all_sums()));
    let of = |outcome| counted(review.closed.get(&outcome).unwrap_or(&none));
    let closed: serde_json::Map<String, Value> =
        OutcomeKind::ALL.into_iter().map(|outcome| (outcome.code().to_owned(), of(outcome))).collect();
    let campaign = |group: &Group| {
        json!({ "campaignId": group.name, "deals": group.deals.count, "won": group.won.count, "values": values(&group.won),
            "home": home(&group.won), "cost": group.name.as_deref().and_then(|id| review.costs.of(id)).map(cost_json) })
    };
    let months = review.months.iter().map(|(month, worth)| {
        let month = month.map(|month| month.to_string());
        json!({ "month": month, "count": worth.sums.count, "values": values(&worth.sums), "home": home(&worth.sums),
            "weighted": values_of(&worth.weighted()), "weightedHome": expected(worth) })
    });
    let reasons = review.reasons.iter().map(|((outcome, reason), sums)| {
        json!({ "outcome": outcome.code(), "reason": reason, "count": sums.count, "values": values(sums), "home": home(sums) })
    });
    json!({
        "asOf": review.terms.days.last, "since": review.terms.days.first,
        "homeCurrency": review.terms.home,
        "missingRates": all.as_ref().map(|all| all.missing.as_slice()).unwrap_or_default(),
        "ratesOf": all.as_ref().and_then(|all| all.oldest),
        "deals": review.deals,
        "open": review.open.iter().flat_map(|(at, worth)| open(at, worth)).collect::<Vec<_>>(),
        "openHome": { "value": home(&all_open.sums), "weighted": expected(&all_open) },
        "months": months.collect::<Vec<_>>(),
        "closed": closed,
        "reasons": reasons.collect::<Vec<_>>(),
        "winRate": review.win_rate.center(),
        "winRateOfDecided": review.win_rate.of_decided(),
        "funnel": funnel(review),
        "overdue": counted(&review.overdue),
        "closing": { "weeks": closing(review), "later": counted(&review.closing.later) },
        "weekly": weekly(review),
        "stalled": counted(&review.stalled),
        "unknownDates": review.unknown.deals,
        "standing": standing(&review.standing),
        "standingBefore": standing(&review.standing_before),
        "improvements": review.improvements.first().iter().map(improvement).collect::<Vec<_>>(),
        "pushedAgain": pushed_again(review), "toRegister": to_register(review),
        "by": { "dimension": review.terms.by.code(), "groups": review.groups.iter().map(|of| group(review, of)).collect::<Vec<_>>() },
        "changes": review.changes.kinds.iter().flat_map(|(kind, change)| change_json(*kind, change)).collect::<Vec<_>>(),
        "openThen": counted(&review.changes.from),
        "openNow": counted(&review.changes.until),
        "journalBegins": review.begins.map(|begins| begins.to_string()),
        "campaigns": review.campaigns.iter().map(campaign).collect::<Vec<_>>(),
        "forecast": forecast(review),
        "offers": offers(review),
    })
}

fn group(review: &Review, of: &Group) -> Value {
    // Statuses are words of the filter, as that of those without any offer is.
    let unknown = || (review.terms.by == Dimension::OfferStatus).then_some(UNKNOWN);
    let name = of.name.as_deref().or_else(unknown);
    json!({ "name": name, "deals": of.deals.count, "open": counted(review, &of.open.sums), "won": counted(review, &of.won),
        "lost": counted(review, &of.lost) })
}

/// Returns open deals by the best status of their solutions, and the offers with which it would rise.
fn offers(review: &Review) -> Value {
    let expected = |worth: &Worth| {
        let home = whole(review.home.as_ref().map(|home| home.weighted(worth)));
        json!({ "open": counted(review, &worth.sums), "weighted": values_of(&worth.weighted()), "weightedHome": home })
    };
    let by = review.readiness.by_status().map(|(status, worth)| {
        let (id, name) = (status.map(|status| &status.id), status.map(|status| &status.name));
        json!({ "status": id, "name": name, "deals": expected(worth) })
    });
    let missing = |one: &Missing| json!({ "what": one.what, "next": one.next, "rule": one.source });
    let rise = |rise: &Rise<'_>| {
        json!({ "offer": rise.offer.name, "solution": rise.offer.solution, "status": rise.from.id, "next": rise.to.id,
            "missing": rise.missing.iter().map(missing).collect::<Vec<_>>(), "deals": expected(rise.worth), "ids": rise.deals.all(),
            "filter": drill::filter(&rise.figure(), &review.terms) })
    };
    json!({ "byStatus": Vec::from_iter(by), "wouldRise": review.readiness.rises().iter().map(rise).collect::<Vec<_>>() })
}

/// Returns what the quarter may come to; its amounts are `null` where there is too little to learn from.
fn forecast(review: &Review) -> Value {
    let (forecast, outlook) = (&review.forecast, review.forecast.outlook.as_ref());
    let told = |minor: fn(&Outlook) -> i128| outlook.map(|outlook| outlook.currency.amount(minor(outlook)));
    let past = |outlook: &Outlook, past: &Past| {
        let amount = |minor| outlook.currency.amount(minor);
        json!({ "quarter": past.quarter.to_string(), "on": past.on, "low": amount(past.range.low), "middle": amount(past.range.middle),
            "high": amount(past.range.high), "result": amount(past.result), "within": past.is_within() })
    };
    let later = |outlook: &Outlook, (quarter, minor): &(Quarter, i128)| json!({ "quarter": quarter.to_string(), "value": outlook.currency.amount(*minor) });
    json!({
        "quarter": forecast.quarter.to_string(),
        "until": forecast.quarter.last(),
        "daysLeft": forecast.left,
        "won": counted(review, &forecast.won),
        "open": counted(review, &forecast.open),
        "learntFrom": { "won": forecast.learnt.won, "lost": forecast.learnt.lost, "neededDecided": DECIDED, "neededWon": WON,
            "isEnough": forecast.learnt.is_enough(), "undated": forecast.undated.count },
        "currency": outlook.map(|outlook| outlook.currency),
        "otherCurrencies": outlook.map(|outlook| outlook.other.as_slice()).unwrap_or_default(),
        "wonValue": told(|outlook| outlook.won),
        "low": told(|outlook| outlook.range.low),
        "middle": told(|outlook| outlook.range.middle),
        "high": told(|outlook| outlook.range.high),
        "weighted": told(|outlook| outlook.weighted),
        "later": outlook.map(|outlook| outlook.later.iter().map(|of| later(outlook, of)).collect::<Vec<_>>()),
        "past": outlook.map(|outlook| outlook.past.iter().map(|of| past(outlook, of)).collect::<Vec<_>>()),
    })
}

/// Returns the weeks of close dates from this one on, with a number for each day from Monday; `null` for days that are over.
fn closing(review: &Review) -> Value {
    let week = |week: &CloseWeek| {
        json!({ "first": week.first, "last": week.last, "days": week.days(), "count": week.sums.count,
            "values": values(&week.sums), "home": home(review, &week.sums) })
    };
    review.closing.weeks().iter().map(week).collect()
}

fn funnel(review: &Review) -> Value {
    let funnel = review.funnel;
    json!({ "received": funnel.received, "accepted": funnel.accepted, "won": funnel.won, "waiting": funnel.waiting,
        "declined": funnel.declined, "expired": funnel.expired, "lost": funnel.lost, "outbound": review.win_rate.outbound })
}

/// Won deals that are to be registered, with the nearest last day in UTC; by themselves those of whose contract nothing is told.
fn to_register(review: &Review) -> Value {
    // Of a past day nobody looked: what was to be registered then is not told.
    if review.past {
        return Value::Null;
    }
    let ToRegister { begun, nearest, not_begun, .. } = &review.to_register;
    let deals = |deals: &Deals| {
        let mut told = counted(review, &deals.sums);
        told["ids"] = json!(deals.ids);
        told
    };
    let mut told = deals(begun);
    told["nearest"] = json!(nearest);
    told["notBegun"] = deals(not_begun);
    told
}

fn pushed_again(review: &Review) -> Value {
    let again = &review.pushed_again;
    let (values, home) = (values(&again.sums), home(review, &again.sums));
    json!({ "count": again.sums.count, "values": values, "home": home, "ids": again.few.all() })
}

fn weekly(review: &Review) -> Value {
    let behind = &review.behind;
    json!({ "from": behind.mondays(), "received": behind.received.counts, "won": behind.won.counts, "lost": behind.lost.counts })
}

fn cost_json(cost: Money) -> Value {
    json!({ "value": cost.amount(), "currency": cost.currency() })
}

fn improvement((id, what): &(OpportunityId, Improvement)) -> Value {
    match what {
        Improvement::Answer { within, left } => json!({ "id": id, "withinDays": within, "hoursLeft": left.tenths_of_hours() }),
        Improvement::Report(lacks) => {
            json!({ "id": id, "lacks": { "value": lacks.value, "closeDate": lacks.close_date, "status": lacks.status } })
        }
    }
}

/// Returns one entry a currency, and one for the deals without a value.
fn change_json(kind: ChangeKind, change: &Change) -> Vec<Value> {
    let ids = |currency: Option<Currency>| {
        let of = change.moved.iter().filter(|moved| moved.adds.map(Money::currency) == currency);
        of.map(|moved| moved.id).collect::<Vec<_>>()
    };
    let entry = |currency: Option<Currency>, count: u64, value: Option<String>| json!({ "kind": kind.code(), "currency": currency, "count": count, "value": value, "ids": ids(currency) });
    let totals = change.sums.totals();
    let mut entries: Vec<Value> =
        totals.iter().map(|total| entry(Some(total.currency), total.count, Some(amount(total)))).collect();
    if change.sums.without_value > 0 {
        entries.push(entry(None, change.sums.without_value, None));
    }
    entries
}

fn values_of(totals: &[Total]) -> Value {
    Value::from(totals.iter().map(|total| json!({ "currency": total.currency, "value": amount(total) })).collect::<Vec<_>>())
}

fn standing(standing: &Standing) -> Value {
    let hours = |span: crate::domain::instant::Span| span.tenths_of_hours();
    let within: serde_json::Map<String, Value> =
        WITHIN_DAYS.into_iter().map(|days| (days.to_string(), json!(standing.within(days)))).collect();
    json!({
        "answered": standing.answered(), "timed": standing.timed(), "medianHours": standing.median().map(hours),
        "worstHours": standing.worst().map(hours), "withinDays": within, "accepted": standing.accepted,
        "declined": standing.declined, "expired": standing.expired, "acceptance": standing.acceptance(),
        "won": standing.won, "lost": standing.lost, "stillOpen": standing.still_open, "completeness": standing.completeness(),
    })
}

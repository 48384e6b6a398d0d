//! `cosell list`: opportunities as a table, as JSON or as CSV; a page at a time, however many there are.

use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::Value;

use super::args::{self, option, sort_words};
use super::output::{self, Column, inert, table};
use super::past::{self, PastDay};
use super::{Context, Exit, Failure, why};
use crate::domain::date::Moment;
use crate::domain::filter::{Asking, Filter, KEYS, Test, YES_NO_KEYS};
use crate::domain::held::Held;
use crate::domain::part::Part;
use crate::domain::query::{From, ListQuery, Order, SortKey};
use crate::domain::saved_view::{Shown, Views};
use crate::domain::stage::Stage;
use crate::domain::tab::{Tab, View};
use crate::exchange::json;
use crate::i18n::{Said, Sentences, TimeRoom};
use crate::store::past::PastList;
use crate::store::{Row, Store};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let keys = [&KEYS[..], &YES_NO_KEYS].concat().join(", ");
    let filter = Arg::new("filter").value_name("FILTER").num_args(0..).help(s.command_list_filter(keys));
    command
        .arg(filter)
        .arg(option("tab", "TAB", s.command_list_tab()))
        .arg(option("sort", "KEY", s.command_list_sort(sort_words())))
        .arg(option("view", "NAME", s.command_list_view()))
        .arg(past::argument(s))
        .arg(option("limit", "N", s.command_list_limit()).value_parser(value_parser!(u32)))
        .arg(Arg::new("csv").long("csv").action(ArgAction::SetTrue).conflicts_with("json").help(s.command_list_csv()))
        .arg(Arg::new("help-filter").long("help-filter").action(ArgAction::SetTrue).help(s.command_list_help_filter()))
}

/// Rows read at once.
const PAGE: usize = 500;

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.get_flag("help-filter") {
        let help = context.sentences.filter_help();
        context.output.line(&help)?;
        return Ok(Exit::Done);
    }
    let past = PastDay::given(context, matches)?;
    let moment = past.map_or_else(|| context.clock.moment(), PastDay::end);
    let (query, mut store) = query(context, matches, moment)?;
    let limit = matches.get_one::<u32>("limit").map_or(usize::MAX, |limit| *limit as usize);
    match past {
        _ if query.order.key != SortKey::Priority => {}
        None => why::rank(context, &mut store, moment)?,
        Some(_) => store.weigh(why::weighing(context, moment)),
    }
    let mut listing = Listing::of(context, &store, &query, past, limit)?;
    past.map_or(Ok(()), |past| past.tell(context))?;
    if context.output.json {
        return json_list(context, &mut store, &mut listing);
    }
    if matches.get_flag("csv") {
        let done = csv_list(context, &mut store, &mut listing)?;
        say_undated(context, &store, &query, past)?;
        return Ok(done);
    }
    say_home(context, &query.filter)?;
    if let Some(scale) = &query.home {
        let said = context.sentences.sorted_home(scale, query.order);
        context.output.remark(&said)?;
    }
    let shown = text_list(context, &mut store, &mut listing, moment)?;
    // Behind the rows, which need not wait for it.
    say_undated(context, &store, &query, past)?;
    if shown || limit == 0 {
        return Ok(Exit::Done);
    }
    say_empty(context, &store, &query, past)
}

/// Returns what is listed, and the store: saved views lie there.
pub(super) fn query(context: &mut Context<'_>, matches: &ArgMatches, moment: Moment) -> Result<(ListQuery, Store), Failure> {
    let s = Arc::clone(&context.sentences);
    let (tab, order) = (tab_given(matches, &s)?, order_given(matches, &s)?);
    let Some(name) = matches.get_one::<String>("view") else {
        let (filter, store) = filter_at(context, matches, moment)?;
        let (tab, order) = (tab.unwrap_or(Tab::All), order.unwrap_or(Tab::All.order()));
        let home = context.scale(&store, order, moment)?;
        return Ok((ListQuery { tab, view: View::All, order, filter, home }, store));
    };
    let store = context.store_there()?;
    let views = context.views(&store)?;
    let rates = context.home_rates(&store, moment)?;
    let offers = context.offer_statuses(&store, moment)?;
    let asking = Asking { offers: Some(&offers), ..context.asking_at(moment, &views, rates.as_ref()) };
    let (shown, more) = context.shown(&views, name, &filter_text(matches), &asking)?;
    tell_day(context, &filter_text(matches), moment)?;
    let Shown { filter: Filter { mut terms }, order: its_order, tab: its_tab, stages } = shown;
    if tab.is_some() {
        terms.retain(|term| !matches!(term.test, Test::Tab(_)));
    }
    terms.extend(more.terms);
    let order = order.or(its_order).unwrap_or(Tab::All.order());
    let whole = ListQuery {
        tab: tab.or(its_tab).unwrap_or(Tab::All),
        view: stages.unwrap_or(View::All),
        order,
        filter: Filter { terms },
        home: context.scale(&store, order, moment)?,
    };
    let listed = whole.listed();
    Ok((ListQuery { tab: tab.unwrap_or(listed.tab), ..listed }, store))
}

/// Returns the tab of `--tab`.
pub(super) fn tab_given(matches: &ArgMatches, s: &Sentences) -> Result<Option<Tab>, Failure> {
    matches.get_one::<String>("tab").map(|given| args::tab(given, &Tab::CODES, s).map_err(Failure::usage)).transpose()
}

/// Returns the order of `--sort`.
pub(super) fn order_given(matches: &ArgMatches, s: &Sentences) -> Result<Option<Order>, Failure> {
    let wrong = |given: &str| Said::new("usage", s.usage_value("--sort", given), s.usage_value_hint(sort_words()));
    let given = matches.get_one::<String>("sort");
    given.map(|given| Order::read(given).ok_or_else(|| Failure::usage(wrong(given)))).transpose()
}

/// Returns what the words of a filter ask for, and the store: saved views that they name lie there.
pub(super) fn filter(context: &mut Context<'_>, matches: &ArgMatches) -> Result<(Filter, Store), Failure> {
    filter_at(context, matches, context.clock.moment())
}

/// As [`filter`], with relative days from another moment on.
pub(super) fn filter_at(context: &mut Context<'_>, matches: &ArgMatches, moment: Moment) -> Result<(Filter, Store), Failure> {
    let text = filter_text(matches);
    // What is wrong with words that name no view is told before anything is opened.
    let none = Views::default();
    let read_alone = || read(context, &text, &context.asking_at(moment, &none, None));
    let alone = !Filter::may_name_views(&text) && !Filter::may_ask_for_offers(&text);
    let known = if alone { Some(read_alone()?) } else { None };
    let store = context.store_there()?;
    let rates = context.home_rates(&store, moment)?;
    let filter = match known {
        Some(filter) if rates.is_none() || !filter.mixes_currencies() => filter,
        _ => {
            let (views, offers) = (context.views(&store)?, context.offer_statuses(&store, moment)?);
            let asking = Asking { offers: Some(&offers), ..context.asking_at(moment, &views, rates.as_ref()) };
            read(context, &text, &asking)?
        }
    };
    tell_day(context, &text, moment)?;
    Ok((filter, store))
}

/// Says how a day of a filter was read that can be another one too.
fn tell_day(context: &mut Context<'_>, text: &str, moment: Moment) -> Result<(), Failure> {
    let said = Filter::day_of_two(text, moment.today).map(|(typed, day)| context.sentences.day_of_filter(&typed, day));
    Ok(said.map_or(Ok(()), |said| context.output.remark(&said))?)
}

fn read(context: &Context<'_>, text: &str, asking: &Asking<'_>) -> Result<Filter, Failure> {
    Filter::read(text, asking).map_err(|error| Failure::usage(context.sentences.filter_error(&error)))
}

/// Says which currency amounts are meant in, where the home currency has to do with it.
pub(super) fn say_home(context: &mut Context<'_>, filter: &Filter) -> Result<(), Failure> {
    let said = context.sentences.filter_meant(filter, context.config.home_currency, None);
    Ok(said.map_or(Ok(()), |said| context.output.remark(&said))?)
}

/// Says how many deals are left out only because a date that is asked for is unknown.
fn say_undated(context: &mut Context<'_>, store: &Store, query: &ListQuery, past: Option<PastDay>) -> Result<(), Failure> {
    // What was known of a past day is another question.
    if past.is_some() {
        return Ok(());
    }
    let undated = store.undated(&query.listed(), &mut || false).map_err(|error| context.store_failure(&error))?;
    let undated = undated.filter(|n| *n > 0);
    let said = undated.map(|n| context.sentences.list_undated(n));
    Ok(said.map_or(Ok(()), |said| context.output.remark(&said))?)
}

/// Returns the words of a filter as they would be typed in the desk.
pub(super) fn filter_text(matches: &ArgMatches) -> String {
    let words = matches.get_many::<String>("filter").into_iter().flatten().map(|word| args::unshielded(word));
    // The shell has taken quotation marks away: a word with blanks was one word.
    let quoted = |word: &str| match word.split_once(':') {
        Some((key, value)) if word.contains(char::is_whitespace) && !word.contains('"') => format!("{key}:\"{value}\""),
        _ => word.to_owned(),
    };
    words.map(quoted).collect::<Vec<_>>().join(" ")
}

/// The pages of a list, one after the other, up to a limit.
pub(super) struct Pages<'a> {
    query: &'a ListQuery,
    from: Option<From>,
    left: usize,
}

impl<'a> Pages<'a> {
    pub(super) const fn new(query: &'a ListQuery, limit: usize) -> Self {
        Self { query, from: Some(From::Start), left: limit }
    }

    pub(super) fn next(&mut self, context: &Context<'_>, store: &mut Store) -> Result<Option<Vec<Row>>, Failure> {
        let Some(from) = self.from.take().filter(|_| self.left > 0) else { return Ok(None) };
        let page = store.list(self.query, from, PAGE.min(self.left)).map_err(|error| context.store_failure(&error))?;
        self.left -= page.rows.len();
        self.from = page.rows.last().filter(|_| page.after).map(|last| From::After(last.id));
        Ok(Some(page.rows))
    }
}

/// What is listed, as it is or as it stood.
pub(super) enum Listing<'a> {
    Now(Pages<'a>),
    /// With how many more are wanted.
    Then(PastList, usize),
}

/// A row of a list; whole where that was read with it.
pub(super) struct Listed {
    row: Row,
    whole: Option<Held>,
}

impl<'a> Listing<'a> {
    /// Begins a list of at most so many; of a past day it is read at once which ones they are.
    pub(super) fn of(
        context: &Context<'_>,
        store: &Store,
        query: &'a ListQuery,
        past: Option<PastDay>,
        limit: usize,
    ) -> Result<Self, Failure> {
        match past {
            None => Ok(Self::Now(Pages::new(query, limit))),
            Some(past) => past.list(context, store, query).map(|list| Self::Then(list, limit)),
        }
    }

    pub(super) fn next(&mut self, context: &Context<'_>, store: &mut Store) -> Result<Option<Vec<Listed>>, Failure> {
        match self {
            Self::Now(pages) => {
                let rows = pages.next(context, store)?;
                Ok(rows.map(|rows| rows.into_iter().map(|row| Listed { row, whole: None }).collect()))
            }
            Self::Then(list, left) => {
                let page = store.page_of_past(list, PAGE.min(*left)).map_err(|error| context.store_failure(&error))?;
                *left -= page.len();
                let listed = |held: Held| Listed { row: Row::of(held.clone()), whole: Some(held) };
                Ok(Some(page).filter(|page| !page.is_empty()).map(|page| page.into_iter().map(listed).collect()))
            }
        }
    }
}

impl Listed {
    /// Returns everything about it.
    pub(super) fn held(self, context: &Context<'_>, store: &Store) -> Result<Held, Failure> {
        self.whole.map_or_else(|| store.get(self.row.id), Ok).map_err(|error| context.store_failure(&error))
    }
}

/// Returns what stands for a row in JSON; where the list is by what is to be done next, with its priority: of a past day only the order
/// tells it.
fn as_json(context: &Context<'_>, store: &mut Store, listed: Listed, with_priority: bool) -> Result<Value, Failure> {
    let held = listed.held(context, store)?;
    let mut value = json::held(&held);
    if with_priority {
        let priority = store.explain(&held, &mut || false).map_err(|error| context.store_failure(&error))?;
        value["priority"] = why::priority_json(priority.as_ref());
    }
    Ok(value)
}

/// Written one by one: a million opportunities need not fit into memory.
fn json_list(context: &mut Context<'_>, store: &mut Store, listing: &mut Listing<'_>) -> Result<Exit, Failure> {
    let with_priority = matches!(listing, Listing::Now(pages) if pages.query.order.key == SortKey::Priority);
    let mut before = "[\n";
    while let Some(rows) = listing.next(context, store)? {
        for row in rows {
            let opportunity = as_json(context, store, row, with_priority)?;
            write!(context.output.out, "{before}{}", inert(&opportunity.to_string()))?;
            before = ",\n";
        }
    }
    writeln!(context.output.out, "{}]", if before == "[\n" { "[" } else { "\n" })?;
    Ok(Exit::Done)
}

/// The columns of `--csv`: paths of the JSON shape.
const CSV: [&str; 24] = [
    "id",
    "referralId",
    "direction",
    "type",
    "stage",
    "outcome",
    "reason",
    "respondBy",
    "createdAt",
    "updatedAt",
    "favorite",
    "waiting",
    Part::Name.path(),
    Part::Value.path(),
    Part::Currency.path(),
    Part::CloseDate.path(),
    Part::CrmId.path(),
    Part::CampaignId.path(),
    Part::Notes.path(),
    Part::CustomerName.path(),
    Part::Country.path(),
    Part::Owner.path(),
    "next.on",
    "next.text",
];

fn csv_list(context: &mut Context<'_>, store: &mut Store, listing: &mut Listing<'_>) -> Result<Exit, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(CSV).map_err(std::io::Error::from)?;
    while let Some(rows) = listing.next(context, store)? {
        for row in rows {
            let value = as_json(context, store, row, false)?;
            let cells = CSV.map(|path| {
                let cell = path.split('.').try_fold(&value, |value, member| value.get(member));
                match cell {
                    None | Some(Value::Null) => String::new(),
                    Some(Value::String(text)) => output::cell(text).into_owned(),
                    Some(other) => output::cell(&other.to_string()).into_owned(),
                }
            });
            writer.write_record(cells).map_err(std::io::Error::from)?;
        }
        let block = writer.into_inner().map_err(|error| Failure::from(error.into_error()))?;
        context.output.out.write_all(&block)?;
        writer = csv::Writer::from_writer(Vec::new());
    }
    Ok(Exit::Done)
}

/// Returns whether there was anything.
fn text_list(context: &mut Context<'_>, store: &mut Store, listing: &mut Listing<'_>, moment: Moment) -> Result<bool, Failure> {
    let s = Arc::clone(&context.sentences);
    let owner = context.output.columns.is_none_or(|room| room >= WITH_OWNER);
    let columns = columns(&s, owner);
    let mut nothing = true;
    while let Some(rows) = listing.next(context, store)? {
        let cells: Vec<Vec<String>> = rows.iter().map(|listed| cells(&s, &listed.row, owner, moment)).collect();
        // The head of the table stands once, above the first page.
        let lines = table(&columns, &cells, context.output.columns);
        for line in lines.iter().skip(usize::from(!nothing)).filter(|_| !rows.is_empty()) {
            context.output.line(line)?;
        }
        nothing &= rows.is_empty();
    }
    Ok(!nothing)
}

fn say_empty(context: &mut Context<'_>, store: &Store, query: &ListQuery, past: Option<PastDay>) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    if past.is_some() {
        let said = if query.filter.is_empty() { s.as_of_empty() } else { s.as_of_empty_filtered() };
        context.output.remark(&said)?;
        return Ok(Exit::Done);
    }
    let hidden = store.counts(context.clock.moment()).map_err(|error| context.store_failure(&error))?.of(query.tab, View::All);
    if hidden > 0 {
        context.output.remark(&s.list_empty_filtered(hidden))?;
    } else {
        context.output.remark(&s.list_empty())?;
        context.output.remark(&format!("  {}", s.list_empty_hint()))?;
    }
    Ok(Exit::Done)
}

/// Columns of a terminal that has room for the owner.
const WITH_OWNER: usize = 110;

fn columns(s: &Sentences, owner: bool) -> Vec<Column> {
    let column = |head, number, gives| Column { head, number, gives };
    let all = [
        column(s.column_id(), true, false),
        column(s.column_favorite(), false, false),
        column(s.column_time_left(), false, false),
        column(s.column_deal(), false, true),
        column(s.column_customer(), false, true),
        column(s.column_value(), true, false),
        column(s.column_close(), false, false),
        column(s.column_stage(), false, false),
    ];
    all.into_iter().chain(owner.then(|| column(s.column_owner(), false, true))).collect()
}

fn cells(s: &Sentences, row: &Row, owner: bool, moment: Moment) -> Vec<String> {
    let time_left = match &row.stage {
        Stage::Received { respond_by } => s.time_left_told(*respond_by, moment, TimeRoom::Short),
        Stage::Accepted { .. } | Stage::Lapsed { .. } | Stage::Archived { .. } => String::new(),
    };
    let stage = row.stage.outcome().map_or_else(|| s.stage(row.stage.kind()), |outcome| s.outcome(outcome.kind()));
    let all = [
        row.id.to_string(),
        if row.favorite { s.column_favorite() } else { String::new() },
        time_left,
        row.title().to_owned(),
        row.customer.to_string(),
        row.value.map(|value| s.money(value)).unwrap_or_default(),
        row.close_date.map(|date| date.to_string()).unwrap_or_default(),
        stage,
    ];
    all.into_iter().chain(owner.then(|| row.owner.clone().unwrap_or_default())).collect()
}

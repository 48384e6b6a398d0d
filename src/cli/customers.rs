//! `cosell customers`: the directory of customers that are known before a deal is made.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::Value;

use super::args::{self, option};
use super::output::Column;
use super::stock::{self, Import};
use super::{Context, Exit, Failure, reading};
use crate::domain::customer::Country;
use crate::domain::directory::KnownCustomer;
use crate::domain::invalid::Complaint;
use crate::domain::text::Line;
use crate::exchange::directory::Terms;
use crate::exchange::json;
use crate::i18n::{Sentences, StockKind};
use crate::intake::stock::Stocktake;
use crate::store::{ListedCustomer, Store};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let import = args::plain("import", s.command_customers_import());
    let zeros = Arg::new("restore-zeros").long("restore-zeros").action(ArgAction::SetTrue);
    let import = stock::with_file(import, s.command_customers_import_file(), s)
        .arg(option("country", "CC", s.command_customers_import_country()))
        .arg(zeros.help(s.command_customers_import_zeros()));
    let search = args::plain("search", s.command_customers_search())
        .arg(Arg::new("text").value_name("TEXT").required(true).num_args(1..).help(s.command_customers_search_text()))
        .arg(option("country", "CC", s.command_customers_search_country()))
        .arg(option("limit", "N", s.command_search_limit()).value_parser(value_parser!(u32)));
    args::group(command, [import, search], s)
}

/// How many are shown where nobody says.
const LIMIT: u32 = 20;

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("import", matches)) => import(context, matches),
        Some((_, matches)) => search(context, matches),
        None => Ok(Exit::Done),
    }
}

fn country(context: &Context<'_>, matches: &ArgMatches) -> Result<Option<Country>, Failure> {
    let given = matches.get_one::<String>("country").map(|given| Country::typed(given)).transpose();
    given.map_err(|why| Failure::usage(context.sentences.complaint(&Complaint::new("--country", why))))
}

fn import(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let terms = Terms { country: country(context, matches)?, restore_zeros: matches.get_flag("restore-zeros") };
    let path: &Path = matches.get_one::<PathBuf>("file").map_or(Path::new(""), PathBuf::as_path);
    let manner = stock::manner(context, matches)?;
    let mode = manner.mode;
    let charset = reading::charset(context, matches)?;
    let input = reading::input(context, path, charset);
    let opened = input.and_then(|input| Stocktake::customers(input, terms, &manner, &context.sentences));
    let (mut file, told) = opened.map_err(|error| stock::unopened(context, StockKind::Customers, path, &error))?;
    let title = |entry: &KnownCustomer| entry.name.to_string();
    Import { context, path, mode, told }
        .run(&mut file, title, |store, file, mode, hears| store.import_customers(file, mode, hears))
}

fn search(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let country = country(context, matches)?;
    let words: Vec<&str> = matches.get_many::<String>("text").into_iter().flatten().map(String::as_str).collect();
    let limit = matches.get_one::<u32>("limit").map_or(LIMIT, |limit| *limit) as usize;
    let store: Store = context.store_there()?;
    let found = store.list_customers(&words.join(" "), country, limit).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&Value::from_iter(found.iter().map(told)))?;
        return Ok(Exit::Done);
    }
    text(context, &found)
}

/// Returns a customer with how many deals there are with it, and whether there are more than that.
fn told(listed: &ListedCustomer) -> Value {
    let mut told = json::known_customer(&listed.known, listed.rank);
    (told["deals"], told["open"], told["more"]) = (listed.deals.len().into(), listed.open.into(), listed.more.into());
    told
}

fn text(context: &mut Context<'_>, found: &[ListedCustomer]) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    if found.is_empty() {
        context.output.remark(&s.customers_none())?;
        context.output.remark(&format!("  {}", s.customers_none_hint()))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.column_name(), true),
        Column::text(s.column_city(), true),
        Column::text(s.column_address(), true),
        Column::text(s.column_duns(), false),
        Column::text(s.column_country(), false),
        Column::text(s.column_deals(), false),
    ];
    let rows: Vec<Vec<String>> = found.iter().map(|customer| cells(customer, &s)).collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

fn cells(listed: &ListedCustomer, s: &Sentences) -> Vec<String> {
    let customer = &listed.known;
    let address = &customer.address;
    let street: Vec<&str> = [&address.line1, &address.line2].into_iter().flatten().map(Line::as_str).collect();
    vec![
        customer.name.to_string(),
        address.city.as_ref().map(Line::to_string).unwrap_or_default(),
        street.join(", "),
        customer.duns.map(|duns| duns.to_string()).unwrap_or_default(),
        address.country.map(|country| country.to_string()).unwrap_or_default(),
        if listed.deals.is_empty() { String::new() } else { s.customer_deals(listed) },
    ]
}

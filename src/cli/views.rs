//! `cosell views`: saved views, listed, kept and removed; `cosell list --view` shows one.

use std::sync::Arc;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use super::args::{self, option, sort_words};
use super::list::{filter_text, order_given, tab_given};
use super::output::Column;
use super::{Context, Exit, Failure};
use crate::domain::date::Moment;
use crate::domain::filter::{Asking, Filter, FilterError};
use crate::domain::invalid::Complaint;
use crate::domain::query::{Order, SortKey};
use crate::domain::rate::{HomeRates, HomeScale, Rates};
use crate::domain::saved_view::{SavedView, Shown, Views};
use crate::i18n::{Said, Sentences};
use crate::store::Store;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let name = |help| Arg::new("name").value_name("NAME").required(true).help(help);
    let keep = args::plain("keep", s.command_views_keep())
        .arg(name(s.command_views_keep_name()))
        .arg(Arg::new("filter").value_name("FILTER").num_args(0..).help(s.command_views_keep_filter()))
        .arg(option("sort", "KEY", s.command_views_keep_sort(sort_words())))
        .arg(option("tab", "TAB", s.command_views_keep_tab()));
    let remove = args::plain("remove", s.command_views_remove()).arg(name(s.command_views_remove_name()));
    args::group(command, [keep, remove], s).subcommand_required(false)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("keep", matches)) => keep(context, matches),
        Some((_, matches)) => remove(context, matches),
        None => list(context),
    }
}

impl Context<'_> {
    /// Returns every saved view there is.
    pub(super) fn views(&self, store: &Store) -> Result<Views, Failure> {
        let own = store.views().map_err(|error| self.store_failure(&error))?;
        Ok(self.sentences.saved_views(own))
    }

    /// Returns what filters are read by.
    pub(super) fn asking<'a>(&'a self, views: &'a Views) -> Asking<'a> {
        self.asking_at(self.clock.moment(), views, None)
    }

    /// As [`Context::asking`], of another moment, with amounts meant in the home currency where there are rates.
    pub(super) fn asking_at<'a>(&'a self, moment: Moment, views: &'a Views, rates: Option<&'a Rates>) -> Asking<'a> {
        let rates = rates.unwrap_or(Rates::NONE);
        let home = self.config.home_currency.map(|currency| HomeRates { currency, on: moment.today.date, rates });
        Asking { moment, me: &self.config.me, views, home, offers: None }
    }

    /// Returns what an order by value compares by; `None` where each currency stands by itself, and for every other order.
    pub(super) fn scale(&self, store: &Store, order: Order, moment: Moment) -> Result<Option<Arc<HomeScale>>, Failure> {
        if order.key != SortKey::Value {
            return Ok(None);
        }
        let (none, rates) = (Views::default(), self.home_rates(store, moment)?);
        let home = self.asking_at(moment, &none, rates.as_ref()).home;
        Ok(home.and_then(|home| home.scale()).map(Arc::new))
    }

    /// Returns the rates of a day; `None` without a home currency.
    pub(super) fn home_rates(&self, store: &Store, moment: Moment) -> Result<Option<Rates>, Failure> {
        let rates = self.config.home_currency.map(|_| store.rates_on(moment.today.date));
        rates.transpose().map_err(|error| self.store_failure(&error))
    }

    /// Returns what the view of a name shows, and what more is asked for beside it.
    pub(super) fn shown(&self, views: &Views, name: &str, more: &str, asking: &Asking<'_>) -> Result<(Shown, Filter), Failure> {
        let view = views.named(name).map_err(|why| {
            let said = self.sentences.filter_error(&FilterError { word: name.to_owned(), why });
            Failure::usage(Said { field: Some("view".to_owned()), ..said })
        })?;
        view.open_beside(more, asking).map_err(|why| Failure::usage(self.sentences.view_wrong(&view.name, &why)))
    }
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let views = context.views(&store)?;
    let s = Arc::clone(&context.sentences);
    let wrong: Vec<Option<Said>> =
        views.all().map(|view| view.open(&context.asking(&views)).err().map(|why| s.view_wrong(&view.name, &why))).collect();
    if context.output.json {
        let all = views.all().zip(&wrong).map(|(view, wrong)| to_json(&views, view, wrong.as_ref()));
        context.output.json(&Value::from_iter(all))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.column_name(), false),
        Column::text(s.views_column_filter(), true),
        Column::text(s.views_column_sort(), false),
        Column::text(s.views_column_tab(), false),
        Column::text(s.views_column_stages(), false),
        Column::text(s.views_column_note(), false),
    ];
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let row = |view: &SavedView| {
        let note = if views.is_own(&view.name) { String::new() } else { s.views_built_in() };
        vec![view.name.clone(), view.filter.clone(), text(&view.sort), text(&view.tab), text(&view.stages), note]
    };
    let rows: Vec<Vec<String>> = views.all().map(row).collect();
    context.output.table(&columns, &rows)?;
    for said in wrong.iter().flatten() {
        context.output.remark(&said.whole())?;
    }
    Ok(Exit::Done)
}

fn to_json(views: &Views, view: &SavedView, wrong: Option<&Said>) -> Value {
    let SavedView { name, filter, sort, tab, stages, columns } = view;
    json!({
        "name": name,
        "filter": filter,
        "sort": sort,
        "tab": tab,
        "stages": stages,
        "columns": columns,
        "builtIn": !views.is_own(name),
        "wrong": wrong.map(Said::whole),
    })
}

fn given_name(matches: &ArgMatches) -> String {
    matches.get_one::<String>("name").map(|name| args::unshielded(name).to_owned()).unwrap_or_default()
}

fn keep(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let (tab, order) = (tab_given(matches, &s)?, order_given(matches, &s)?);
    let name = SavedView::name(&given_name(matches))
        .map_err(|why| Failure::Refused(vec![s.complaint(&Complaint::new(s.column_name(), why))]))?;
    let mut store = context.store()?;
    let mut views = context.views(&store)?;
    let before = views.find(&name).cloned();
    let was_own = views.is_own(&name);
    let view = SavedView {
        name,
        filter: filter_text(matches),
        sort: order.map(Order::code),
        tab: tab.map(|tab| tab.code().to_owned()),
        stages: None,
        columns: before.as_ref().and_then(|view| view.columns.clone()),
    };
    views.keep(view.clone());
    view.open(&context.asking(&views)).map_err(|why| Failure::usage(s.view_wrong(&view.name, &why)))?;
    store.keep_view(&view).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&to_json(&views, &view, None))?;
    } else {
        context.output.line(&s.view_kept(&view.name, before.is_some(), was_own))?;
    }
    Ok(Exit::Done)
}

fn remove(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let name = given_name(matches);
    let mut store = context.store_there()?;
    let views = context.views(&store)?;
    let Some(removed) = views.own().iter().find(|view| view.is_called(&name)) else {
        let said = match views.named(&name) {
            Ok(built_in) => Said::new("view", s.views_not_kept(&built_in.name), s.views_not_kept_hint()),
            Err(why) => s.filter_error(&FilterError { word: name, why }),
        };
        return Err(Failure::Refused(vec![said]));
    };
    let (after, broken) = views.without(&name, &context.asking(&views));
    store.remove_view(&name).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let mut done = json!({ "removed": removed.name });
        if !broken.is_empty() {
            done["broken"] = json!(broken);
        }
        context.output.json(&done)?;
    } else {
        context.output.line(&s.view_removed(&removed.name, after.find(&name).is_some(), &broken))?;
    }
    Ok(Exit::Done)
}

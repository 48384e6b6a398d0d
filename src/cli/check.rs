//! `cosell check`: what Partner Center would refuse of an upload, deal by deal, before it is written; the rules are in the domain.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::args::option;
use super::list::{self, Pages};
use super::output::{Column, inert};
use super::{Context, Exit, Failure, check_fix};
use crate::domain::filter::{Filter, Term, Test};
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, Pointer};
use crate::domain::preflight::{Cure, Finding, Layout, PreflightTerms, RULES, Rule, RuleId, Severity, findings};
use crate::domain::programme::deal::{OfferStatuses, on_deal};
use crate::domain::query::ListQuery;
use crate::domain::tab::{Tab, View};
use crate::i18n::Sentences;
use crate::store::Store;
use crate::width::left;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let flag = |name: &'static str, help: String| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let layout = option("layout", "YEAR", s.command_check_layout(Layout::CODES.join(", ")));
    command
        .arg(Arg::new("filter").value_name("FILTER").num_args(0..).help(s.command_check_filter()))
        .arg(layout.value_parser(Layout::CODES))
        .arg(flag("all", s.command_check_all()))
        .arg(flag("rules", s.command_check_rules()).conflicts_with_all(["filter", "all", "fix"]))
        .arg(option("fix", "RULE=VALUE", s.command_check_fix()).action(ArgAction::Append))
        .arg(flag("dry-run", s.command_check_dry_run()).requires("fix"))
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.get_flag("rules") {
        return rules(context);
    }
    let layout = matches.get_one::<String>("layout").and_then(|code| Layout::from_code(code)).unwrap_or_default();
    let fixes = check_fix::given(context, matches)?;
    let (query, store) = query(context, matches)?;
    let terms = PreflightTerms::at(context.clock.moment(), layout);
    let named = named(context, &store, matches)?;
    let only_waiting = !is_narrowed(matches);
    let offers = context.offer_statuses(&store, context.clock.moment())?;
    let mut walk = Walk { pages: Pages::new(&query, usize::MAX), named, store, terms, only_waiting };
    if !fixes.is_empty() {
        return check_fix::run(context, &mut walk, &fixes, matches.get_flag("dry-run"));
    }
    let mut told = Told { offers, ..Told::default() };
    if context.output.json {
        tell_json(context, &mut walk, &mut told)?;
    } else {
        tell(context, &mut walk, &mut told)?;
        summary(context, &told, is_narrowed(matches))?;
    }
    if told.counts[0] > 0 { Err(Failure::told_refusal()) } else { Ok(Exit::Done) }
}

/// Returns whether the deals that are checked were named.
fn is_narrowed(matches: &ArgMatches) -> bool {
    matches.get_flag("all") || matches.contains_id("filter")
}

/// Returns the deals that are named by their numbers, where nothing but numbers is given: as in every command that takes a deal, a number
/// is that of a deal; among words it is one of them.
fn named(context: &Context<'_>, store: &Store, matches: &ArgMatches) -> Result<Option<Vec<OpportunityId>>, Failure> {
    let given: Vec<Pointer> =
        matches.get_many::<String>("filter").into_iter().flatten().map(|word| Pointer::read(word)).collect();
    if given.is_empty() || !given.iter().all(|pointer| matches!(pointer, Pointer::Number(_))) {
        return Ok(None);
    }
    let ids = given.iter().map(|pointer| store.find(pointer)).collect::<Result<BTreeSet<_>, _>>();
    ids.map(|ids| Some(ids.into_iter().collect())).map_err(|error| context.store_failure(&error))
}

/// Returns what is checked: what a filter lets through, or everything, else what waits.
fn query(context: &mut Context<'_>, matches: &ArgMatches) -> Result<(ListQuery, Store), Failure> {
    let (mut filter, store) = list::filter(context, matches)?;
    list::say_home(context, &filter)?;
    if !is_narrowed(matches) {
        filter = Filter { terms: vec![Term { negated: false, test: Test::Waiting(true) }] };
    }
    Ok((ListQuery { view: View::All, filter, ..ListQuery::tab(Tab::All) }, store))
}

/// The deals that are checked, a page at a time.
pub(super) struct Walk<'a> {
    pages: Pages<'a>,
    /// The deals that are named, which are all then.
    named: Option<Vec<OpportunityId>>,
    pub store: Store,
    terms: PreflightTerms,
    /// A notice alone has no row in an upload.
    only_waiting: bool,
}

impl Walk<'_> {
    /// Hands every deal with what was found about it to `each`.
    pub(super) fn each(
        &mut self,
        context: &mut Context<'_>,
        mut each: impl FnMut(&mut Context<'_>, &Store, &Held, &[Finding]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if let Some(ids) = self.named.take() {
            for id in ids {
                let held = self.store.get(id).map_err(|error| context.store_failure(&error))?;
                each(context, &self.store, &held, &findings(&held, &self.terms))?;
            }
            return Ok(());
        }
        while let Some(rows) = self.pages.next(context, &mut self.store)? {
            for row in rows {
                let held = self.store.get(row.id).map_err(|error| context.store_failure(&error))?;
                if self.only_waiting && !held.has_update() {
                    continue;
                }
                each(context, &self.store, &held, &findings(&held, &self.terms))?;
            }
        }
        Ok(())
    }
}

/// What was told of all deals.
#[derive(Default)]
struct Told {
    deals: usize,
    /// Of each severity, in its order.
    counts: [usize; 3],
    /// On how many deals each rule found something.
    by_rule: BTreeMap<RuleId, usize>,
    /// How many are co-sold without a ready solution (MG-22); that is no rule of an upload.
    without_ready: usize,
    offers: Arc<OfferStatuses>,
}

impl Told {
    fn count(&mut self, held: &Held, found: &[Finding]) {
        self.deals += 1;
        let on = &held.opportunity;
        let lacks = self.offers.lacks_ready(on.kind, on.solutions.iter().map(on_deal));
        self.without_ready += usize::from(lacks && !on.is_archived());
        for finding in found {
            self.counts[finding.severity() as usize] += 1;
            *self.by_rule.entry(finding.rule).or_default() += 1;
        }
    }
}

fn tell(context: &mut Context<'_>, walk: &mut Walk<'_>, told: &mut Told) -> Result<(), Failure> {
    let s = Arc::clone(&context.sentences);
    let wide = Severity::ALL.into_iter().map(|severity| crate::width::width(&s.severity(severity))).max().unwrap_or_default();
    walk.each(context, |context, _, held, found| {
        told.count(held, found);
        let Some(on) = Some(&held.opportunity).filter(|_| !found.is_empty()) else { return Ok(()) };
        context.output.line(&format!("{}  {}", on.id, on.title()))?;
        for finding in found {
            let severity = left(&s.severity(finding.severity()), wide);
            let sentence = s.finding(finding, &|at| context.day_and_time(at));
            let cure = cure(context, &s, held, finding);
            context.output.line(&format!("    {severity}  {sentence}  → {cure}"))?;
        }
        Ok(())
    })
}

/// Says how much was found, and what several deals share.
fn summary(context: &mut Context<'_>, told: &Told, narrowed: bool) -> Result<(), Failure> {
    let s = Arc::clone(&context.sentences);
    if told.deals == 0 {
        let said = if narrowed { s.check_none_there() } else { s.check_nothing_waits() };
        return Ok(context.output.remark(&said)?);
    }
    let mut shared: Vec<(&RuleId, &usize)> = told.by_rule.iter().filter(|(_, deals)| **deals > 1).collect();
    shared.sort_by_key(|(id, deals)| (id.rule().severity, std::cmp::Reverse(**deals)));
    if !told.by_rule.is_empty() {
        context.output.line("")?;
    }
    for (id, deals) in shared {
        let said = s.check_shared(*deals, s.preflight_rule(*id));
        let fix = id.rule().is_fixable().then(|| format!("  → {}", s.check_shared_fix(id.code())));
        context.output.line(&format!("{said}{}", fix.unwrap_or_default()))?;
    }
    context.output.line(&s.checked(told.deals, told.counts))?;
    if told.without_ready > 0 {
        let many = told.without_ready;
        context.output.remark(&s.check_lacks_ready(many, s.number(many as u64)))?;
        context.output.remark(&format!("  {}", s.check_lacks_ready_hint()))?;
    }
    Ok(())
}

/// Written one by one: as many as there are need not fit into memory.
fn tell_json(context: &mut Context<'_>, walk: &mut Walk<'_>, told: &mut Told) -> Result<(), Failure> {
    let s = Arc::clone(&context.sentences);
    let mut before = "[\n";
    walk.each(context, |context, _, held, found| {
        told.count(held, found);
        for finding in found {
            let value = as_json(context, &s, held, finding);
            write!(context.output.out, "{before}{}", inert(&value.to_string()))?;
            before = ",\n";
        }
        Ok(())
    })?;
    Ok(writeln!(context.output.out, "{}]", if before == "[\n" { "[" } else { "\n" })?)
}

fn as_json(context: &Context<'_>, s: &Sentences, held: &Held, finding: &Finding) -> Value {
    let (on, rule) = (&held.opportunity, finding.rule.rule());
    json!({
        "id": on.id,
        "uid": on.uid(),
        "rule": rule.id.code(),
        "severity": rule.severity.code(),
        "field": rule.field(),
        "column": column(rule),
        "message": s.finding(finding, &|at| context.day_and_time(at)),
        "cure": cure(context, s, held, finding),
        "source": s.rule_source(rule.source),
    })
}

/// Says what helps; what was refused is corrected, told anew or taken back, by what it was.
fn cure(context: &Context<'_>, s: &Sentences, held: &Held, finding: &Finding) -> String {
    let of_refused = (finding.cure == Cure::Correct).then(|| s.cure_of(held, context.clock.now())).flatten();
    of_refused.unwrap_or_else(|| s.finding_cure(finding.cure, finding.rule.rule(), Some(held.opportunity.id)))
}

/// Returns the column of a rule, where there is one.
fn column(rule: &Rule) -> Option<&'static str> {
    Some(rule.column).filter(|column| !column.is_empty())
}

/// Lists the rules themselves.
fn rules(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    let layouts = |rule: &Rule| rule.layouts.iter().map(|layout| layout.code()).collect::<Vec<_>>();
    if context.output.json {
        let all = RULES.iter().map(|rule| {
            json!({
                "rule": rule.id.code(),
                "severity": rule.severity.code(),
                "field": rule.field(),
                "column": column(rule),
                "when": rule.when.code(),
                "layouts": layouts(rule),
                "message": s.preflight_rule(rule.id),
                "cure": s.finding_cure(rule.cure, rule, None),
                "source": s.rule_source(rule.source),
                "fixable": rule.is_fixable(),
            })
        });
        context.output.json(&Value::from_iter(all))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.check_column_rule(), false),
        Column::text(s.check_column_severity(), false),
        Column::text(s.check_column_what(), true),
        Column::text(s.check_column_when(), true),
        Column::text(s.check_column_layouts(), false),
        Column::text(s.check_column_source(), true),
    ];
    let row = |rule: &Rule| {
        vec![
            rule.id.code().to_owned(),
            s.severity(rule.severity),
            s.preflight_rule(rule.id),
            s.rule_is_about(rule.when),
            layouts(rule).join(" "),
            s.rule_source(rule.source),
        ]
    };
    context.output.table(&columns, &RULES.iter().map(row).collect::<Vec<_>>())?;
    Ok(Exit::Done)
}

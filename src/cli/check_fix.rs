//! `cosell check --fix`: the same value for every deal with a finding, shown before it is set, in one step and with one undo.

use std::sync::Arc;

use clap::ArgMatches;
use serde_json::{Value, json};

use super::check::Walk;
use super::{Context, Exit, Failure, edit};
use crate::domain::change::{Change, What};
use crate::domain::field::{Field, Named};
use crate::domain::fold;
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, Uid};
use crate::domain::part::Part;
use crate::domain::preflight::{Cure, Finding, RULES, RuleId};
use crate::domain::text::Line;
use crate::i18n::{Said, Sentences};
use crate::store::Store;

/// A rule with the value that settles it.
pub(super) struct Fix {
    rule: RuleId,
    part: Part,
    value: String,
}

/// Reads what `--fix` was given.
pub(super) fn given(context: &Context<'_>, matches: &ArgMatches) -> Result<Vec<Fix>, Failure> {
    let s = &context.sentences;
    let read = |given: &String| {
        let Some((name, value)) = given.split_once('=').filter(|(_, value)| !value.trim().is_empty()) else {
            return Err(Failure::usage(Said::new("usage", s.check_no_value(given.as_str()), s.check_no_value_hint())));
        };
        let Some(id) = RuleId::from_code(name) else { return Err(Failure::usage(unknown(s, name))) };
        match id.rule().part.filter(|_| id.rule().is_fixable()) {
            Some(part) => Ok(Fix { rule: id, part, value: value.to_owned() }),
            None => {
                let these = RULES.iter().filter(|rule| rule.is_fixable()).map(|rule| rule.id.code()).collect::<Vec<_>>();
                let hint = s.check_not_fixable_hint(these.join(", "));
                Err(Failure::usage(Said::new("usage", s.check_not_fixable(id.code()), hint)))
            }
        }
    };
    matches.get_many::<String>("fix").into_iter().flatten().map(read).collect()
}

fn unknown(s: &Sentences, given: &str) -> Said {
    let names = RuleId::ALL.map(RuleId::code);
    let hint = fold::meant(given, &names).map_or_else(|| s.check_no_rule_hint(), |meant| s.usage_did_you_mean(meant));
    Said::new("usage", s.check_no_rule(given), hint)
}

/// Which deal is meant, as people and scripts know it.
#[derive(Clone)]
struct Deal {
    id: OpportunityId,
    uid: Option<Uid>,
    title: Line,
}

impl Deal {
    fn of(held: &Held) -> Self {
        let on = &held.opportunity;
        Self { id: on.id, uid: on.uid(), title: on.title().clone() }
    }
}

/// What becomes of the deals.
#[derive(Default)]
struct Plan {
    changes: Vec<Change>,
    /// Field, old and new value of each change.
    fixed: Vec<(Deal, Field, Value, Value)>,
    /// The deals for which it cannot be done, and why.
    cannot: Vec<(Deal, String)>,
}

pub(super) fn run(context: &mut Context<'_>, walk: &mut Walk<'_>, fixes: &[Fix], dry: bool) -> Result<Exit, Failure> {
    let mut plan = Plan::default();
    walk.each(context, |context, store, held, found| plan.add(context, store, held, found, fixes))?;
    if !dry {
        plan.apply(context, &mut walk.store)?;
    }
    let s = Arc::clone(&context.sentences);
    if context.output.json {
        context.output.json(&plan.json(dry))?;
    } else {
        for (deal, field, old, new) in &plan.fixed {
            let changed = s.changed(&Named::Known(*field), old, new);
            context.output.line(&format!("{}  {}  {changed}", deal.id, deal.title))?;
        }
        for (deal, why) in &plan.cannot {
            let cannot = s.check_fix_cannot(why.as_str());
            context.output.line(&format!("{}  {}  {cannot}", deal.id, deal.title))?;
        }
        let said = match plan.changes.len() {
            0 if plan.cannot.is_empty() => s.check_fix_none(),
            0 => return Err(Failure::told_refusal()),
            n if dry => s.check_fix_dry(n),
            n => s.check_fix_done(n),
        };
        context.output.line(&said)?;
    }
    match (plan.changes.is_empty(), plan.cannot.is_empty()) {
        (_, true) => Ok(Exit::Done),
        (false, false) => Ok(Exit::Part),
        (true, false) => Err(Failure::told_refusal()),
    }
}

impl Plan {
    /// Adds the change of one deal that settles what was found about it.
    fn add(
        &mut self,
        context: &mut Context<'_>,
        store: &Store,
        held: &Held,
        found: &[Finding],
        fixes: &[Fix],
    ) -> Result<(), Failure> {
        let settles = |fix: &&Fix| found.iter().any(|finding| finding.rule == fix.rule);
        let meant: Vec<(Part, &str)> = fixes.iter().filter(settles).map(|fix| (fix.part, fix.value.as_str())).collect();
        let Some(first) = found.iter().find(|finding| fixes.iter().any(|fix| fix.rule == finding.rule)) else { return Ok(()) };
        let s = Arc::clone(&context.sentences);
        if first.cure != Cure::Set {
            let why = s.finding_cure(first.cure, first.rule.rule(), Some(held.opportunity.id));
            self.cannot.push((Deal::of(held), why));
            return Ok(());
        }
        let edit = match edit::of_parts(context, store, &held.opportunity, &meant)? {
            Ok(edit) => edit,
            Err(said) => {
                let why = said.iter().map(|said| said.sentence.as_str()).collect::<Vec<_>>().join(" ");
                self.cannot.push((Deal::of(held), why));
                return Ok(());
            }
        };
        let fields: Vec<Field> = edit.0.iter().map(crate::domain::change::Set::field).collect();
        let what = What::Edit(edit);
        match what.apply(held, context.clock.now()) {
            Ok(after) => {
                let of = |field: &Field| (Deal::of(held), *field, field.get(&held.opportunity), field.get(&after.opportunity));
                self.fixed.extend(fields.iter().map(of));
                self.changes.push(Change { id: held.opportunity.id, seen: Some(held.opportunity.version), what });
            }
            Err(refusal) => self.cannot.push((Deal::of(held), s.refusal(&refusal, &|at| context.day(at)).sentence)),
        }
        Ok(())
    }

    /// Makes all changes as one step; what somebody else changed meanwhile is not.
    fn apply(&mut self, context: &Context<'_>, store: &mut Store) -> Result<(), Failure> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let applied = store.apply(&self.changes, context.clock.now()).map_err(|error| context.store_failure(&error))?;
        for (change, result) in std::mem::take(&mut self.changes).into_iter().zip(applied.results) {
            match result {
                Ok(_) => self.changes.push(change),
                Err(refusal) => {
                    let why = context.sentences.refusal(&refusal, &|at| context.day(at)).sentence;
                    let is_it = |fixed: &(Deal, Field, Value, Value)| fixed.0.id == change.id;
                    let deal = self.fixed.iter().find(|fixed| is_it(fixed)).map(|fixed| fixed.0.clone());
                    self.fixed.retain(|fixed| !is_it(fixed));
                    self.cannot.extend(deal.map(|deal| (deal, why)));
                }
            }
        }
        Ok(())
    }

    fn json(&self, dry: bool) -> Value {
        let fixed = self
            .fixed
            .iter()
            .map(|(deal, field, old, new)| json!({ "id": deal.id, "uid": deal.uid, "field": field, "old": old, "new": new }));
        let cannot = self.cannot.iter().map(|(deal, why)| json!({ "id": deal.id, "uid": deal.uid, "why": why }));
        json!({ "dryRun": dry, "fixed": Value::from_iter(fixed), "cannot": Value::from_iter(cannot) })
    }
}

//! `cosell register`: says whether a won deal can be registered, and takes the data of its contract, all complaints at once (MG-73, MG-74).

use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::{Context, Exit, Failure, args};
use crate::domain::fold::meant;
use crate::domain::ids::OpportunityId;
use crate::domain::invalid::Invalid;
use crate::domain::opportunity::{Kind, Opportunity};
use crate::domain::programme::registration::check::{Fault, Flaw};
use crate::domain::programme::registration::contract::{Contract, ContractPart};
use crate::domain::programme::registration::judge::{Grounds, program};
use crate::domain::programme::registration::rules::{Check, Finding, RegistrationRules};
use crate::domain::programme::registration::state::RegistrationState;
use crate::domain::programme::registration::{MicrosoftSaid, Next, Program, Registration};
use crate::i18n::{Said, Sentences};
use crate::store::Store;

/// Facts that no file tells.
const MANAGED: &str = "customer-managed";
const MICROSOFT: &str = "microsoft";

/// Everything that can be told.
fn known() -> Vec<&'static str> {
    ContractPart::CODES.into_iter().chain([MANAGED, MICROSOFT]).collect()
}

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let set = Arg::new("set").value_name("KEY=VALUE").num_args(0..).help(s.command_register_set(known().join(", ")));
    let dry_run = Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help(s.command_register_dry_run());
    args::with_id(command, s).arg(set).arg(dry_run)
}

/// Returns everything that deals are held against.
pub(super) fn grounds(context: &Context<'_>, store: &Store) -> Result<Grounds, Failure> {
    store.grounds(Arc::new(context.rules()?), context.clock.now()).map_err(|error| context.store_failure(&error))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, args::typed(matches, "id"))?;
    let deal = store.get(id).map_err(|error| context.store_failure(&error))?.opportunity;
    let seen = store.registration(id).map_err(|error| context.store_failure(&error))?;
    let given: Vec<&str> = matches.get_many::<String>("set").into_iter().flatten().map(String::as_str).collect();
    let mut to = seen.clone().unwrap_or_default();
    let mut wrong = tell(context, &mut to, &given);
    if !given.is_empty() && !to.is_editable() {
        let s = &context.sentences;
        let said = Said::new(
            "registration-closed",
            s.register_closed(deal.numbered(), s.registration_stands(&to)),
            s.register_closed_hint(),
        );
        return Err(Failure::Refused(vec![said]));
    }
    let grounds = grounds(context, store)?;
    let checks = grounds.checks(&deal, &to, context.clock.now());
    to.program = program(&checks);
    wrong.extend(checks.iter().filter(|check| check.bars()).map(|check| context.sentences.barred_by_rule(check)));
    let terms = grounds.terms(&deal, to.program, context.clock.now());
    // What is registered is Microsoft's: whether it was in time is not asked again.
    let mut flaws = if to.is_editable() { to.contract.flaws(&terms) } else { Vec::new() };
    // What cannot be read is there all the same.
    let is_given =
        |at: ContractPart| given.iter().filter_map(|pair| pair.split_once('=')).any(|(key, _)| key.trim() == at.code());
    flaws.retain(|flaw| flaw.why != Fault::Invalid(Invalid::Missing) || wrong.is_empty() || !is_given(flaw.at));
    let reviewed = to.contract.is_reviewed(&deal, &terms);
    let is_ready = wrong.is_empty() && flaws.is_empty();
    let dry = matches.get_flag("dry-run") || given.is_empty();
    if !dry && is_ready {
        (to.waits, to.errors) = (true, None);
        let kept = store.register(&deal, seen.as_ref(), &to, context.clock.now());
        kept.map_err(|error| context.store_failure(&error))?;
    }
    if context.output.json && (is_ready || dry) {
        context.output.json(&to_json(context, &deal, &to, &grounds.ruling.registration, &checks, &flaws))?;
        return if is_ready { Ok(Exit::Done) } else { Err(Failure::told_refusal()) };
    }
    if !context.output.json {
        told(context, &deal, &checks, is_ready)?;
    }
    if !is_ready {
        if !given.is_empty() && !context.output.json {
            let said = context.sentences.register_not_kept();
            context.output.line(&said)?;
        }
        wrong.extend(flaws.iter().map(|flaw| context.sentences.flaw(flaw)));
        return Err(Failure::Refused(wrong));
    }
    done(context, &deal, &to, &grounds.ruling.registration, (dry, reviewed))
}

/// Says after Won which rules keep a deal from being registered, or how it is; of a kind that never is, nothing.
pub(super) fn after_won(context: &mut Context<'_>, store: &Store, deal: &Opportunity) -> Result<(), Failure> {
    if !matches!(deal.kind, Kind::CoSell | Kind::PartnerLed) {
        return Ok(());
    }
    let s = Arc::clone(&context.sentences);
    let grounds = grounds(context, store)?;
    let checks = grounds.checks(deal, &Registration::default(), context.clock.now());
    for check in checks.iter().filter(|check| check.finding == Finding::NotMet && check.bars()) {
        context.output.line(&s.check(check))?;
    }
    let said = if checks.iter().any(|check| check.finding == Finding::NotMet && check.bars()) {
        s.register_cannot(deal.numbered())
    } else {
        s.register_maybe(deal.id.to_string())
    };
    Ok(context.output.line(&said)?)
}

/// Says what came of it.
fn done(
    context: &mut Context<'_>,
    deal: &Opportunity,
    to: &Registration,
    rules: &RegistrationRules,
    (dry, reviewed): (bool, bool),
) -> Result<Exit, Failure> {
    let s = Arc::clone(&context.sentences);
    if !to.is_editable() {
        context.output.line(&s.registrations_answer(deal.numbered(), s.registration_stands(to)))?;
        return Ok(Exit::Done);
    }
    if dry {
        context.output.line(&s.register_done_dry())?;
    } else {
        context.output.line(&match to.deadline(rules) {
            Some(day) => s.register_done(day.to_string(), deal.numbered()),
            None => s.register_done_undated(deal.numbered()),
        })?;
    }
    if reviewed {
        context.output.line(&s.register_reviewed())?;
    }
    let hint = if to.program == Program::IsvConnect { s.register_by_hand_hint() } else { s.register_write_hint() };
    context.output.remark(&hint)?;
    Ok(Exit::Done)
}

/// Says what every rule finds; what keeps it from being registered comes as an error.
fn told(context: &mut Context<'_>, deal: &Opportunity, checks: &[Check<'_>], is_right: bool) -> Result<(), Failure> {
    let s = Arc::clone(&context.sentences);
    let barred = checks.iter().any(Check::bars);
    let name = deal.numbered();
    context.output.line(&match (barred, is_right) {
        (true, _) => s.register_cannot(name),
        (false, true) => s.register_can(name),
        (false, false) => s.register_can_once(name),
    })?;
    for check in checks.iter().filter(|check| !check.bars()) {
        context.output.line(&format!("  {}", s.check(check)))?;
    }
    Ok(())
}

/// Takes what was given; returns everything that is wrong with it.
fn tell(context: &Context<'_>, to: &mut Registration, given: &[&str]) -> Vec<Said> {
    let s = &context.sentences;
    let (mut wrong, mut parts) = (Vec::new(), Vec::new());
    for given in given {
        let Some((key, value)) = given.split_once('=') else {
            wrong.push(Said::new("no-value", s.register_no_value(*given), s.register_no_value_hint(*given)));
            continue;
        };
        let (key, value) = (key.trim(), value.trim());
        let fact = match (key, value) {
            (MANAGED, "") => {
                to.told.managed = None;
                Ok(())
            }
            (MICROSOFT, "") => {
                to.told.microsoft = None;
                Ok(())
            }
            (MANAGED, text) => Contract::yes_no(text).map(|yes| to.told.managed = Some(yes)),
            (MICROSOFT, text) => MicrosoftSaid::told(text).map(|said| to.told.microsoft = Some(said)),
            _ => {
                match ContractPart::of_code(key) {
                    Some(part) => parts.push((part, value)),
                    None => wrong.push(unknown(s, key)),
                }
                Ok(())
            }
        };
        if let Err(why) = fact {
            wrong.push(fact_wrong(s, key, why));
        }
    }
    if let Err(flaws) = to.contract.tell(&parts, context.clock.moment().today) {
        wrong.extend(flaws.iter().map(|flaw| s.flaw(flaw)));
    }
    wrong
}

fn fact_wrong(s: &Sentences, key: &str, why: Invalid) -> Said {
    s.complaint(&crate::domain::invalid::Complaint::new(key.to_owned(), why))
}

fn unknown(s: &Sentences, key: &str) -> Said {
    let hint = meant(key, &known()).map_or_else(|| known().join(", "), |meant| format!("{meant}="));
    Said {
        field: Some(key.to_owned()),
        ..Said::new("unknown-field", s.register_unknown_key(key), s.register_unknown_key_hint(hint))
    }
}

fn to_json(
    context: &Context<'_>,
    deal: &Opportunity,
    to: &Registration,
    rules: &RegistrationRules,
    checks: &[Check<'_>],
    flaws: &[Flaw],
) -> Value {
    let s = &context.sentences;
    let check = |check: &Check<'_>| {
        let about = &check.rule.about;
        json!({
            "rule": about.rule, "finding": check.finding.code(), "optional": check.rule.optional, "denied": check.is_denied, "say": check.rule.say,
            "next": (check.finding != Finding::Met).then_some(&check.rule.next),
            "source": about.source, "document": about.document,
        })
    };
    let flaw = |flaw: &Flaw| {
        let said = s.flaw(flaw);
        json!({ "field": said.field, "code": said.code, "message": said.sentence, "hint": said.hint })
    };
    let mut told = registration_json(deal, to, rules);
    told["eligible"] = Value::from(!checks.iter().any(Check::bars));
    told["checks"] = checks.iter().map(check).collect();
    told["complaints"] = flaws.iter().map(flaw).collect();
    told
}

/// Returns a registration as JSON.
pub(super) fn registration_json(deal: &Opportunity, of: &Registration, rules: &RegistrationRules) -> Value {
    let id: OpportunityId = deal.id;
    let next: Next = of.next();
    let states: Vec<Value> = of.states.iter().map(|entered| json!({ "state": entered.state.code(), "on": entered.on })).collect();
    json!({
        "id": id,
        "title": deal.title(),
        "customer": deal.customer.name,
        "program": of.program,
        "contract": of.contract,
        "told": of.told,
        "state": of.state().map(RegistrationState::code),
        "states": states,
        "registeredOn": of.registered_on,
        "reason": of.reason,
        "errors": of.errors,
        "exception": of.exception.as_ref().map(|asked| json!({
            "text": asked.text, "askedOn": asked.asked_on, "decisionBy": asked.decision_by,
            "granted": asked.decided.map(|decided| decided.is_granted), "decidedOn": asked.decided.map(|decided| decided.on),
        })),
        "waits": of.waits,
        "file": of.written.as_ref().map(|written| &written.file),
        "deadline": of.deadline(rules),
        "next": next.code(),
    })
}

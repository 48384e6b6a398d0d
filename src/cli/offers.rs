//! `cosell offers`: offers of the programme, told and changed by hand; what they are is `offers_show.rs`, their files `offers_file.rs` and
//! `offers_contacts.rs`.

use std::sync::Arc;

use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::args::{self, option, typed};
use super::output::Column;
use super::{Context, Exit, Failure, offers_contacts, offers_file, offers_show, step};
use crate::domain::date::{Date, Moment};
use crate::domain::fold::meant;
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::programme::offer::{Offer, OfferPart, OfferType, Submission};
use crate::domain::programme::organisation::Fact;
use crate::domain::programme::rules::Programme;
use crate::domain::programme::ruling::Ruling;
use crate::domain::programme::since::Judged;
use crate::domain::programme::status::NotSubmitted;
use crate::domain::text::Line;
use crate::i18n::{Said, Sentences};
use crate::store::{KeptOffer, OfferChange, Store};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let name = || Arg::new("name").value_name("NAME").required(true).help(s.command_offers_name());
    let values =
        |keys: &[&str]| Arg::new("values").value_name("KEY=VALUE").num_args(0..).help(s.command_offers_values(keys.join(", ")));
    let day = || option("as-of", "DAY", s.command_as_of());
    let file = || Arg::new("file").value_name("FILE").required(true).value_parser(PathBufValueParser::new());
    let output = || Arg::new("output").long("output").short('o').value_name("FILE").value_parser(PathBufValueParser::new());
    let dry_run = || Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help(s.command_stock_dry_run());
    let states: Vec<&str> = Submission::ALL.iter().map(|state| state.code()).collect();
    let list = args::plain("list", s.command_offers_list()).arg(day());
    let show = args::plain("show", s.command_offers_show()).arg(name()).arg(day());
    let add = args::plain("add", s.command_offers_add()).arg(name()).arg(values(&OfferPart::CODES[1..]));
    let set = args::plain("set", s.command_offers_set()).arg(name()).arg(values(&OfferPart::CODES).required(true));
    let remove = args::plain("remove", s.command_offers_remove()).arg(name());
    let import = args::plain("import", s.command_offers_import())
        .arg(file().help(s.command_offers_file(OfferPart::CODES[1..].join(", "))))
        .arg(dry_run())
        .arg(option("encoding", "NAME", s.command_import_encoding()));
    let export = args::plain("export", s.command_offers_export()).arg(output().help(s.command_offers_output()));
    let contacts = args::plain("contacts", s.command_offers_contacts())
        .arg(name())
        .arg(file().required(false).help(s.command_offers_contacts_file()))
        .arg(output().help(s.command_offers_contacts_output()).conflicts_with("file"))
        .arg(dry_run())
        .arg(option("encoding", "NAME", s.command_import_encoding()));
    let facts = Arg::new("values").value_name("KEY=VALUE").num_args(0..);
    let organisation = args::plain("organisation", s.command_offers_organisation())
        .visible_alias("organization")
        .arg(facts.help(s.command_offers_facts(Fact::CODES.join(", "))))
        .arg(option("from", "DATE", s.command_offers_from()));
    let submission = args::plain("submission", s.command_offers_submission())
        .arg(name())
        .arg(Arg::new("state").value_name("STATE").required(true).value_parser(states).help(s.command_offers_state()));
    let worth = args::plain("worth", s.command_offers_worth())
        .arg(name().required(false).required_unless_present("deal"))
        .arg(Arg::new("amount").value_name("AMOUNT").required_unless_present("deal").help(s.command_offers_amount()))
        .arg(Arg::new("currency").value_name("CURRENCY").required_unless_present("deal").help(s.command_offers_currency()))
        .arg(option("deal", "ID", s.command_offers_deal()).conflicts_with_all(["name", "amount", "currency"]))
        .arg(day());
    let rules = args::plain("rules", s.command_offers_rules()).arg(day());
    let all = [list, show, add, set, remove, import, export, contacts, organisation, submission, worth, rules];
    args::group(command, all, s).subcommand_required(false)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("show", matches)) => offers_show::show(context, matches),
        Some(("add", matches)) => add(context, matches),
        Some(("set", matches)) => set(context, matches),
        Some(("remove", matches)) => remove(context, matches),
        Some(("import", matches)) => offers_file::import(context, matches),
        Some(("export", matches)) => offers_file::export(context, matches),
        Some(("contacts", matches)) => offers_contacts::run(context, matches),
        Some(("organisation", matches)) => organisation(context, matches),
        Some(("submission", matches)) => submission(context, matches),
        Some(("worth", matches)) => offers_show::worth(context, matches),
        Some(("rules", matches)) => offers_show::rules(context, matches),
        Some((_, matches)) => offers_show::list(context, Some(matches)),
        None => offers_show::list(context, None),
    }
}

impl Context<'_> {
    /// Returns the rules of the programme, as they are set.
    pub(super) fn rules(&self) -> Result<Ruling, Failure> {
        self.config.rules().map_err(|error| Failure::CouldNot(error.said(&self.sentences)))
    }

    /// Returns those of offers.
    pub(super) fn programme(&self) -> Result<Programme, Failure> {
        self.rules().map(|rules| rules.programme)
    }

    /// Returns what status solutions give deals at a moment.
    pub(super) fn offer_statuses(&self, store: &Store, at: Moment) -> Result<Arc<OfferStatuses>, Failure> {
        let found = store.offer_statuses(&self.programme()?, at);
        found.map(Arc::new).map_err(|error| self.store_failure(&error))
    }

    /// Returns the offer of a name; one that is not there is told with the nearest.
    pub(super) fn offer(&self, store: &Store, name: &str) -> Result<KeptOffer, Failure> {
        if let Some(kept) = store.offer_named(name).map_err(|error| self.store_failure(&error))? {
            return Ok(kept);
        }
        let all = store.offers().map_err(|error| self.store_failure(&error))?;
        let names: Vec<&str> = all.iter().map(|kept| kept.offer.name.as_str()).collect();
        let s = &self.sentences;
        let hint = meant(name, &names).map_or_else(|| s.offers_no_such_hint(), |meant| s.offers_no_such_did_you_mean(meant));
        Err(Failure::Refused(vec![Said::new("no-such-offer", s.offers_no_such(name), hint)]))
    }
}

/// Takes `KEY=VALUE` apart; everything that is wrong is told at once.
fn pairs<'a, T>(
    context: &Context<'_>,
    matches: &'a ArgMatches,
    known: &[&'static str],
    of_code: fn(&str) -> Option<T>,
) -> Result<Vec<(T, &'a str)>, Failure> {
    let s = &context.sentences;
    let mut wrong = Vec::new();
    let mut pairs = Vec::new();
    for given in matches.get_many::<String>("values").into_iter().flatten() {
        let Some((key, value)) = given.split_once('=') else {
            wrong.push(Said::new("usage", s.offers_not_a_pair(given), s.offers_not_a_pair_hint(known.join(", "))));
            continue;
        };
        let key = key.trim().to_lowercase().replace('_', "-");
        match of_code(&key) {
            Some(part) => pairs.push((part, value)),
            None => {
                let hint = meant(&key, known).map_or_else(
                    || s.offers_unknown_key_hint(known.join(", ")),
                    |meant| s.offers_unknown_key_did_you_mean(meant),
                );
                wrong.push(Said::new("usage", s.offers_unknown_key(key), hint));
            }
        }
    }
    if wrong.is_empty() { Ok(pairs) } else { Err(Failure::Usage(wrong)) }
}

/// Sets what was given, the type first: the nature of an offer follows from it where nobody tells it.
fn fill(offer: &mut Offer, mut given: Vec<(OfferPart, &str)>) -> Complaints {
    given.sort_by_key(|(part, _)| *part);
    let mut complaints = Complaints::new();
    for (part, text) in given {
        complaints.extend(part.set(offer, text).err().into_iter().flatten());
        if part == OfferPart::Type {
            offer.nature = Offer::new(offer.name.clone(), offer.kind).nature;
        }
    }
    if complaints.is_empty() {
        complaints = offer.complaints();
    }
    complaints
}

fn add(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let given = pairs(context, matches, &OfferPart::CODES, OfferPart::of_code)?;
    let mut complaints = Complaints::new();
    let name = take(Line::parse(typed(matches, "name")), OfferPart::Name.code(), &mut complaints);
    if !given.iter().any(|(part, _)| *part == OfferPart::Type) {
        complaints.push(Complaint::new(OfferPart::Type.code(), Invalid::Missing));
    }
    let mut offer = Offer::new(name.unwrap_or_else(|| Line::stored(String::new())), OfferType::Saas);
    complaints.extend(fill(&mut offer, given));
    if !complaints.is_empty() {
        return Err(step::refused(context, &complaints));
    }
    let mut store = context.store()?;
    let there = store.offer_named(offer.name.as_str()).map_err(|error| context.store_failure(&error))?;
    if let Some(there) = there {
        let s = &context.sentences;
        let said = Said::new("exists", s.offers_exists(there.offer.name.as_str()), s.offers_exists_hint());
        return Err(Failure::Refused(vec![said]));
    }
    let now = context.clock.now();
    store.change_offers(&[OfferChange::Put(offer.clone())], now).map_err(|error| context.store_failure(&error))?;
    told(context, &store, None, &offer)
}

fn set(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let given = pairs(context, matches, &OfferPart::CODES, OfferPart::of_code)?;
    let mut store = context.store_there()?;
    let seen = context.offer(&store, typed(matches, "name"))?;
    let mut offer = seen.offer.clone();
    let complaints = fill(&mut offer, given);
    if !complaints.is_empty() {
        return Err(step::refused(context, &complaints));
    }
    let change = OfferChange::Change { seen: Box::new(seen.clone()), offer: offer.clone() };
    store.change_offers(&[change], context.clock.now()).map_err(|error| context.store_failure(&error))?;
    told(context, &store, Some(&seen.offer), &offer)
}

/// Tells what an offer is now, and what it was before.
fn told(context: &mut Context<'_>, store: &Store, before: Option<&Offer>, offer: &Offer) -> Result<Exit, Failure> {
    if context.output.json {
        let programme = context.programme()?;
        let organisation = store.organisation().map_err(|error| context.store_failure(&error))?;
        let now = context.clock.moment();
        let kept = store.offer_named(offer.name.as_str()).map_err(|error| context.store_failure(&error))?;
        if let Some(kept) = kept {
            let past = offers_show::pasts(context, store, now)?.remove(&kept.id).unwrap_or_default();
            let of = Judged { offer: &kept.offer, past: &past, organisation: &organisation, day: *now.today };
            let value = offers_show::to_json(&programme, of);
            context.output.json(&value)?;
        }
        return Ok(Exit::Done);
    }
    let said = change_said(context, store, before, offer)?;
    context.output.line(&said)?;
    let all = store.offers().map_err(|error| context.store_failure(&error))?;
    if let Some(other) = offer.same_solution(all.iter().map(|kept| &kept.offer)) {
        let said = context.sentences.offers_same_solution(other.name.as_str());
        context.output.remark(&said)?;
    }
    Ok(Exit::Done)
}

/// Says what an offer is now, and what it was before.
pub(super) fn change_said(
    context: &Context<'_>,
    store: &Store,
    before: Option<&Offer>,
    offer: &Offer,
) -> Result<String, Failure> {
    let programme = context.programme()?;
    let organisation = store.organisation().map_err(|error| context.store_failure(&error))?;
    let today = *context.clock.moment().today;
    let s = &context.sentences;
    let status = |offer: &Offer| offers_show::status_name(&programme, offer, &organisation, today);
    let (name, now) = (offer.name.as_str(), status(offer));
    Ok(match before {
        None => s.offers_added(name, now),
        Some(before) if before == offer => s.offers_unchanged(name, now),
        Some(before) if status(before) == now => s.offers_changed(name, now),
        Some(before) => s.offers_changed_status(status(before), name, now),
    })
}

fn remove(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut store = context.store_there()?;
    let seen = context.offer(&store, typed(matches, "name"))?;
    let name = seen.offer.name.to_string();
    let now = context.clock.now();
    store.change_offers(&[OfferChange::Remove(seen)], now).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&serde_json::json!({ "removed": name }))?;
    } else {
        let said = context.sentences.offers_removed(name);
        context.output.line(&said)?;
    }
    Ok(Exit::Done)
}

fn submission(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let given = typed(matches, "state");
    let next = Submission::ALL.into_iter().find(|state| state.code() == given).unwrap_or_default();
    let mut store = context.store_there()?;
    let seen = context.offer(&store, typed(matches, "name"))?;
    let s = Arc::clone(&context.sentences);
    let (name, is) = (seen.offer.name.to_string(), seen.offer.submission);
    let programme = context.programme()?;
    let organisation = store.organisation().map_err(|error| context.store_failure(&error))?;
    let standing = programme.standing(&seen.offer, &organisation, *context.clock.moment().today);
    standing.may_submit(&seen.offer, next).map_err(|why| {
        Failure::Refused(vec![match why {
            NotSubmitted::DoesNotFollow => {
                let sentence = s.offers_submission_refused(s.submission(is), &name, s.submission(next));
                Said::new("not-allowed", sentence, s.offers_submission_refused_hint())
            }
            NotSubmitted::Missing(all) => {
                let missing: Vec<&str> = all.into_iter().map(|one| one.say.as_str()).collect();
                let sentence = s.offers_submission_missing(missing.join("; "), &name);
                Said::new("incomplete", sentence, s.offers_submission_missing_hint())
            }
        }])
    })?;
    let offer = Offer { submission: next, ..seen.offer.clone() };
    let change = OfferChange::Change { seen: Box::new(seen), offer };
    store.change_offers(&[change], context.clock.now()).map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        context.output.json(&serde_json::json!({ "name": name, "submission": next.code() }))?;
    } else {
        context.output.line(&s.offers_submission_done(name, s.submission(next)))?;
    }
    Ok(Exit::Done)
}

fn organisation(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let given = pairs(context, matches, &Fact::CODES, Fact::of_code)?;
    if given.is_empty() {
        return facts(context);
    }
    let mut complaints = Complaints::new();
    let from = match matches.get_one::<String>("from") {
        Some(typed) => take(Date::typed(typed, context.clock.moment().today), "from", &mut complaints).map(Some),
        None => Some(None),
    };
    let mut read = Vec::new();
    for (fact, text) in given {
        if text.trim().is_empty() {
            read.push((fact, None));
        } else {
            read.extend(take(fact.read(text), fact.code(), &mut complaints).map(|text| (fact, Some(text))));
        }
    }
    let Some(from) = from.filter(|_| complaints.is_empty()) else { return Err(step::refused(context, &complaints)) };
    let s = Arc::clone(&context.sentences);
    let mut store = context.store()?;
    let change = |organisation: &mut crate::domain::programme::organisation::Organisation| {
        for (fact, text) in &read {
            match text {
                Some(text) => organisation.tell(*fact, from, text.clone()),
                None => drop(organisation.forget(*fact, from)),
            }
        }
    };
    let told = store.change_organisation(&s.offers_said_organisation(), change, context.clock.now());
    let told = told.map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        return facts(context);
    }
    let all: Vec<String> =
        read.iter().map(|(fact, text)| format!("{} = {}", fact.code(), text.as_deref().unwrap_or("-"))).collect();
    context.output.line(&if told.is_some() {
        s.offers_organisation_told(all.join(", "))
    } else {
        s.offers_organisation_same()
    })?;
    Ok(Exit::Done)
}

/// Lists what is told of the organisation.
fn facts(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = context.store_there()?;
    let organisation = store.organisation().map_err(|error| context.store_failure(&error))?;
    if context.output.json {
        let all = organisation
            .all()
            .map(|(fact, from, value)| serde_json::json!({ "fact": fact.code(), "value": value, "from": from }));
        context.output.json(&serde_json::Value::from_iter(all))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    if organisation.all().next().is_none() {
        context.output.remark(&s.offers_organisation_none())?;
        context.output.remark(&format!("  {}", s.offers_organisation_none_hint()))?;
        return Ok(Exit::Done);
    }
    let columns = [
        Column::text(s.offers_organisation_column_fact(), true),
        Column::text(s.offers_organisation_column_value(), false),
        Column::text(s.offers_organisation_column_from(), false),
    ];
    let from = |day: Option<Date>| day.map_or_else(|| s.offers_from_the_beginning(), |day| day.to_string());
    let rows: Vec<Vec<String>> = organisation
        .all()
        .map(|(fact, day, value)| vec![format!("{} ({})", s.fact(fact), fact.code()), value.to_owned(), from(day)])
        .collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

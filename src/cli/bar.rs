//! What a command does to the deals or the configuration, as the table of commands says it, and whether that is barred (MG-02).

use clap::ArgMatches;

use super::{Context, Failure};
use crate::domain::change::Refusal;
use crate::domain::role::{Deed, Role};
use crate::store::StoreError;

/// Says what a command does, by its arguments; `None` where it only looks.
pub(super) type DeedOf = fn(&ArgMatches) -> Option<Deed>;

/// Commands that speak neither of deals nor of what belongs to them: they need not know whose those are.
const BESIDE_DEALS: [&str; 10] = ["demo", "explain", "map", "backup", "keys", "config", "doctor", "completions", "man", "help"];

/// Refuses what is barred: while it is only looked, and by the role in the configuration.
pub(super) fn check(context: &Context<'_>, name: &str, deed: Option<Deed>) -> Result<(), Failure> {
    if let Some(deed) = deed.filter(|_| context.read_only) {
        let s = &context.sentences;
        return Err(match deed {
            Deed::Configure => Failure::CouldNot(vec![s.config_only_looked()]),
            _ => context.store_failure(&StoreError::ReadOnly),
        });
    }
    let (role, me) = (context.config.role, context.config.me.email.as_str());
    let barred = match deed {
        Some(deed) => role.may(deed, None, me).err(),
        // Which deals are theirs cannot be told of somebody unknown.
        None if role == Role::ReferralsUser && !BESIDE_DEALS.contains(&name) => role.may(Deed::Change, None, me).err(),
        None => None,
    };
    barred.map_or(Ok(()), |why| Err(context.store_failure(&StoreError::Refused(Refusal::Barred(why)))))
}

pub(super) fn looks(_: &ArgMatches) -> Option<Deed> {
    None
}

pub(super) fn changes(_: &ArgMatches) -> Option<Deed> {
    Some(Deed::Change)
}

pub(super) fn makes(matches: &ArgMatches) -> Option<Deed> {
    Some(Deed::Make).filter(|_| !is_tried(matches, "check"))
}

pub(super) fn takes_back(_: &ArgMatches) -> Option<Deed> {
    Some(Deed::TakeBack)
}

pub(super) fn imports(matches: &ArgMatches) -> Option<Deed> {
    Some(Deed::Import).filter(|_| !is_tried(matches, "dry-run"))
}

pub(super) fn replaces(_: &ArgMatches) -> Option<Deed> {
    Some(Deed::Replace)
}

pub(super) fn mends(matches: &ArgMatches) -> Option<Deed> {
    Some(Deed::Mend).filter(|_| matches.get_flag("mend"))
}

pub(super) fn fixes(matches: &ArgMatches) -> Option<Deed> {
    Some(Deed::Change).filter(|_| matches.contains_id("fix") && !is_tried(matches, "dry-run"))
}

pub(super) fn clones(_: &ArgMatches) -> Option<Deed> {
    Some(Deed::Draft)
}

pub(super) fn drafts(matches: &ArgMatches) -> Option<Deed> {
    by_part(matches, &["show"], Deed::Draft)
}

pub(super) fn views(matches: &ArgMatches) -> Option<Deed> {
    by_part(matches, &[], Deed::View)
}

pub(super) fn configures(matches: &ArgMatches) -> Option<Deed> {
    by_part(matches, &[], Deed::Configure)
}

pub(super) fn sends(matches: &ArgMatches) -> Option<Deed> {
    by_part(matches, &["list", "files"], Deed::Send)
}

pub(super) fn registrations(matches: &ArgMatches) -> Option<Deed> {
    match matches.subcommand() {
        Some(("exception", part)) => {
            let tells = part.contains_id("text") || part.get_flag("granted") || part.get_flag("refused");
            tells.then_some(Deed::Change)
        }
        _ => sends(matches),
    }
}

pub(super) fn registers(matches: &ArgMatches) -> Option<Deed> {
    Some(Deed::Change).filter(|_| !is_tried(matches, "dry-run"))
}

pub(super) fn leads(matches: &ArgMatches) -> Option<Deed> {
    by_part(matches, &["list", "show"], Deed::Change)
}

pub(super) fn offers(matches: &ArgMatches) -> Option<Deed> {
    let tells = |(name, part): (&str, &ArgMatches)| match name {
        "organisation" => part.contains_id("values"),
        "contacts" => part.contains_id("file"),
        _ => true,
    };
    matches
        .subcommand()
        .is_none_or(tells)
        .then(|| by_part(matches, &["list", "show", "export", "worth", "rules"], Deed::Offer))
        .flatten()
}

pub(super) fn stocks(matches: &ArgMatches) -> Option<Deed> {
    by_part(matches, &["list", "search"], Deed::Stock)
}

/// Returns the deed of a command with parts: each does it but those that look, and what is only tried.
fn by_part(matches: &ArgMatches, looking: &[&str], deed: Deed) -> Option<Deed> {
    let (name, matches) = matches.subcommand()?;
    Some(deed).filter(|_| !looking.contains(&name) && !is_tried(matches, "dry-run"))
}

fn is_tried(matches: &ArgMatches, flag: &str) -> bool {
    matches.try_get_one::<bool>(flag).ok().flatten().copied().unwrap_or(false)
}

//! `cosell win`: reports an accepted opportunity as won.

use clap::ArgMatches;

use super::{Context, Exit, Failure, step};
use crate::domain::change::What;
use crate::store::Store;

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, matches.get_one::<String>("id").map_or("", String::as_str))?;
    step::make(context, store, id, What::Win)
}

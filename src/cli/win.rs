//! `cosell win`: reports an accepted opportunity as won.

use clap::ArgMatches;

use super::{Context, Exit, Failure, step};
use crate::domain::change::What;

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut store = context.store()?;
    let id = context.id(&store, matches.get_one::<String>("id").map_or("", String::as_str))?;
    step::make(context, &mut store, id, What::Win)
}

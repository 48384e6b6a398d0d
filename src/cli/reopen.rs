//! `cosell reopen`: takes back how a deal ended, where Partner Center refused that.

use clap::ArgMatches;

use super::{Context, Exit, Failure, args, step};
use crate::domain::change::What;
use crate::store::Store;

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, args::typed(matches, "id"))?;
    step::make(context, store, id, What::Reopen)
}

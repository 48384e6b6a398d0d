//! `cosell lose`: reports an accepted opportunity as lost, with a reason.

use clap::ArgMatches;

use super::decline::close;
use super::{Context, Exit, Failure};
use crate::domain::stage::Verb;
use crate::store::Store;

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    close(context, store, matches, Verb::Lose)
}

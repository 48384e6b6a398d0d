//! `cosell lose`: reports an accepted opportunity as lost, with a reason and what it came to.

use clap::{ArgMatches, Command};

use super::{Context, Exit, Failure, decline, win};
use crate::domain::stage::Verb;
use crate::i18n::Sentences;
use crate::store::Store;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    win::with_closing(decline::arguments(command, s), s)
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    decline::close(context, store, matches, Verb::Lose)
}

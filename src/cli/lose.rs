//! `cosell lose`: reports an accepted opportunity as lost, with a reason.

use clap::{ArgMatches, Command};

use super::args;
use super::decline::{close, with_reason};
use super::{Context, Exit, Failure};
use crate::domain::stage::Verb;
use crate::i18n::Sentences;

pub(super) fn command(s: &Sentences) -> Command {
    with_reason(args::with_id(args::plain("lose", s.command_lose()), s), s)
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    close(context, matches, Verb::Lose)
}

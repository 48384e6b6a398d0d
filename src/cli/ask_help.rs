//! `cosell ask-help`: asks Microsoft for help with a deal, which makes it co-sell (MG-09, MG-12).

use clap::{ArgMatches, Command};

use super::{Context, Exit, Failure, args, deal, step};
use crate::domain::change::{Change, What, check_asking};
use crate::domain::draft::DealDraft;
use crate::domain::invalid::Complaints;
use crate::domain::opportunity::Kind;
use crate::domain::rules::of_asking;
use crate::i18n::{Sentences, Ways};
use crate::store::Store;

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    args::with_id(command, s).args(deal::help_flags(s))
}

pub(super) fn run(context: &mut Context<'_>, store: &mut Store, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = context.id_to_decide(store, args::typed(matches, "id"))?;
    let held = store.get(id).map_err(|error| context.store_failure(&error))?.to_act_on();
    if let Err(refusal) = check_asking(&held) {
        return Err(Failure::Refused(vec![context.sentences.refusal(&refusal, &|at| context.day(at))]));
    }
    let mut draft = DealDraft::of(&held);
    let mut shape = Complaints::new();
    deal::lay_help(matches, &mut draft, &mut shape);
    let request = match (draft.build_help(), shape.is_empty()) {
        (Ok(request), true) => request,
        (built, _) => return Err(deal::refused(context, shape, built.err().unwrap_or_default())),
    };
    // What the desk says in its dialog before the step.
    let follows = of_asking(&held, Some(&request.contact)).unwrap_or_default();
    let what = What::AskHelp(Box::new(request));
    let exit = step::make_seen(context, store, Change { id, seen: Some(held.version), what })?;
    let offers = context.offer_statuses(store, context.clock.moment())?;
    let lacks = context.sentences.offer_status_lacks(Kind::CoSell, &held.solutions, &offers, Ways::Commands);
    lacks.map_or(Ok(()), |said| context.output.remark(&said))?;
    if !context.output.json {
        for follows in follows {
            let said = context.sentences.consequence(&follows, &|at| context.day_and_time(at));
            context.output.line(&format!("- {said}"))?;
        }
    }
    Ok(exit)
}

//! Sentences about the registration of won deals: how rules find a deal, what is wrong with a contract, where it stands and what is next.

use super::errors::Said;
use super::sentences::Sentences;
use crate::domain::ids::OpportunityId;
use crate::domain::invalid::{Complaint, Invalid};
use crate::domain::opportunity::Kind;
use crate::domain::outcome::Outcome;
use crate::domain::programme::registration::Registration;
use crate::domain::programme::registration::check::{Fault, Flaw};
use crate::domain::programme::registration::rules::{Check, Finding};
use crate::store::Full;

impl Sentences {
    /// Says how a rule finds a deal, with its document.
    pub fn check(&self, check: &Check<'_>) -> String {
        let (say, document) = (&check.rule.say, &check.rule.about.document);
        match check.finding {
            Finding::Met => self.register_met(say),
            _ if check.rule.optional => self.register_advice(document, say),
            Finding::NotMet => self.register_not_met(document, say),
            Finding::NotKnown => self.register_not_known(document, say),
        }
    }

    /// Says which rule keeps a deal from being registered, and what to do.
    pub fn barred_by_rule(&self, check: &Check<'_>) -> Said {
        let code = if check.finding == Finding::NotKnown { "not-known" } else { "not-eligible" };
        let field = Some(check.rule.about.rule.clone());
        Said { field, ..Said::new(code, self.check(check), check.rule.next.clone()) }
    }

    /// Says what is wrong with a part of a contract.
    pub fn flaw(&self, flaw: &Flaw) -> Said {
        let part = self.contract_part(flaw.at.code());
        let example = self.contract_example(flaw.at.code());
        let (sentence, hint) = match &flaw.why {
            Fault::Invalid(why) => {
                let said = self.complaint(&Complaint::new(flaw.at.code(), why.clone()));
                let hint = if *why == Invalid::Missing { Some(example) } else { said.hint };
                (if *why == Invalid::Missing { self.invalid_missing(part) } else { said.sentence }, hint)
            }
            Fault::InFuture { today } => (self.flaw_in_future(part, today.to_string()), Some(example)),
            Fault::TooLongAgo { earliest, days } => (self.flaw_too_long_ago(*days, earliest.to_string(), part), Some(example)),
            Fault::BeforeTheDeal { earliest } => (self.flaw_before_the_deal(earliest.to_string(), part), Some(example)),
            Fault::BeforeSigning { signed } => (self.flaw_before_signing(part, signed.to_string()), Some(example)),
            Fault::EndsBeforeStart { start } => (self.flaw_ends_before_start(part, start.to_string()), Some(example)),
            Fault::EndOfPerpetual => (self.flaw_end_of_perpetual(part), Some(example)),
            Fault::StartsOtherDay { signed } => (self.flaw_starts_other_day(part, signed.to_string()), Some(example)),
            Fault::AnnualTooSmall { annual, least } => {
                (self.flaw_annual_too_small(self.money(*annual), *least, part), Some(example))
            }
            Fault::NoRate { from, to } => (self.flaw_no_rate(from.code(), part, to.code()), Some(self.flaw_no_rate_hint())),
            Fault::AboveContract { contract } => (self.flaw_above_contract(self.money(*contract), part), Some(example)),
            Fault::NoTransaction => (self.flaw_no_transaction(part), Some(example)),
        };
        Said { field: Some(flaw.at.code().to_owned()), ..Said::new(flaw.why.code(), sentence, hint) }
    }

    /// Says where a registration stands.
    pub fn registration_stands(&self, of: &Registration) -> String {
        let file = of.written.as_ref().map(|written| written.file.to_string());
        let word = if file.is_some() { "written" } else { of.state().map_or("none", |state| state.code()) };
        self.registration_state(file.unwrap_or_default(), word)
    }

    /// Says where the registration of a deal stands or, of one that was won and has none, who tells whether it can be registered.
    pub(super) fn registration_of(&self, full: &Full) -> Option<String> {
        let on = &full.opportunity;
        let is_won = matches!(on.stage.outcome(), Some(Outcome::Won)) && matches!(on.kind, Kind::CoSell | Kind::PartnerLed);
        let told = full.registration.as_deref().map(|of| self.registration_told(of, on.id));
        told.or_else(|| is_won.then(|| self.register_maybe(on.id.to_string())))
    }

    /// Says where one stands, what was wrong with it or why it stands there, and what is to be done.
    fn registration_told(&self, of: &Registration, id: OpportunityId) -> String {
        let refused = of.errors.as_ref().map(|errors| self.registrations_refused(errors.as_str()));
        let reason = of.reason.as_ref().map(ToString::to_string);
        let lines = [Some(self.registration_stands(of)), refused, reason, Some(self.registration_to_do(of, id))];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// Says what is to be done about one.
    pub fn registration_to_do(&self, of: &Registration, id: OpportunityId) -> String {
        self.registration_next(id.to_string(), of.next().code())
    }
}

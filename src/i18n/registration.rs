//! Sentences about the registration of won deals: how rules find a deal, what is wrong with a contract, where it stands and what is next.

use super::describe::Ways;
use super::errors::Said;
use super::sentences::Sentences;
use crate::domain::instant::Timestamp;
use crate::domain::invalid::{Complaint, Invalid};
use crate::domain::opportunity::{Kind, Opportunity};
use crate::domain::outcome::Outcome;
use crate::domain::part::Part;
use crate::domain::programme::registration::check::{Fault, Flaw};
use crate::domain::programme::registration::exception::{Decided, NoException};
use crate::domain::programme::registration::judge::Bar;
use crate::domain::programme::registration::rules::{Check, Finding};
use crate::domain::programme::registration::state::RegistrationState;
use crate::domain::programme::registration::{Next, Registration, RegistrationStays};
use crate::domain::rules::Consequence;
use crate::store::{Full, Unfounded};

impl Sentences {
    /// Says that a registration has left of a deal that Partner Center is not known any more to have as won.
    pub fn unfounded(&self, of: &Unfounded) -> String {
        let deal = format!("#{} {}", of.id, of.title);
        match &of.file {
            Some(file) => self.registration_unfounded(deal, file),
            None => self.registration_unfounded_there(deal),
        }
    }

    /// Says how a rule finds a deal, with its document.
    pub fn check(&self, check: &Check<'_>) -> String {
        let (say, document) = (&check.rule.say, &check.rule.about.document);
        match check.finding {
            Finding::Met => self.register_met(say),
            _ if check.rule.optional => self.register_advice(document, say),
            Finding::NotMet => self.also_denied(self.register_not_met(document, say), check.is_denied),
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
            fault => self.fault(&part, example, fault),
        };
        Said { field: Some(flaw.at.code().to_owned()), ..Said::new(flaw.why.code(), sentence, hint) }
    }

    /// Says what is wrong with a part of a contract by a rule; the example is the hint of what can be typed otherwise.
    pub(super) fn fault(&self, part: &str, example: String, fault: &Fault) -> (String, Option<String>) {
        match fault {
            Fault::Invalid(_) => (self.invalid_missing(part), Some(example)),
            Fault::Barred(bar) => (self.bar(bar), Some(bar.next.clone())),
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
        }
    }

    /// Says what is wrong with a field of a contract, and what to do where that is not plain from it.
    pub(super) fn of_contract(&self, field: &str, fault: &Fault) -> (String, String) {
        let (sentence, hint) = self.fault(field, String::new(), fault);
        (sentence, hint.unwrap_or_default())
    }

    /// Adds that Microsoft has said so.
    fn also_denied(&self, said: String, is_denied: bool) -> String {
        if is_denied { format!("{said}. {}", self.offers_denied()) } else { said }
    }

    /// Says which rule keeps a deal from being registered, and why.
    pub fn bar(&self, bar: &Bar) -> String {
        if bar.is_open {
            self.register_not_known(&bar.document, &bar.say)
        } else {
            self.also_denied(self.register_not_met(&bar.document, &bar.say), bar.is_denied)
        }
    }

    /// Says what follows for the registration of a deal.
    pub(super) fn consequence_of_registration(&self, follows: &Consequence, moment: &dyn Fn(Timestamp) -> String) -> String {
        match follows {
            Consequence::Registrable { from, open } => {
                let can = from.map_or_else(|| self.follows_registrable(), |from| self.follows_registrable_from(moment(from)));
                let asked: Vec<&str> = open.iter().map(|bar| bar.say.as_str()).collect();
                let asks = (!asked.is_empty()).then(|| self.follows_registration_asks(asked.join("; ")));
                [Some(can), asks].into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            Consequence::NotRegistrable(bars) => {
                let why = bars.iter().map(|bar| format!("{}. {}", self.bar(bar), bar.next));
                self.follows_not_registrable(why.collect::<Vec<_>>().join(" "))
            }
            Consequence::RegisterBy(day) => self.follows_register_by(day.to_string()),
            Consequence::RegistrationAdvice { say, document } => self.register_advice(document, say),
            _ => self.register_reviewed(),
        }
    }

    /// Returns the word for a part of the contract, and for what is told beside it.
    pub fn contract_label(&self, part: Part) -> String {
        match part {
            Part::ContractValue => self.contract_label_value(),
            Part::ContractCurrency => self.contract_label_currency(),
            Part::ContractTerm => self.contract_label_term(),
            Part::SignDate => self.contract_label_sign_date(),
            Part::StartDate => self.contract_label_start_date(),
            Part::EndDate => self.contract_label_end_date(),
            Part::SolutionValue => self.contract_label_solution_value(),
            Part::SolutionCurrency => self.contract_label_solution_currency(),
            Part::DeployedOnAzure => self.contract_label_deployed_on_azure(),
            Part::PrimaryDeployment => self.contract_label_primary_deployment(),
            Part::PricingModel => self.contract_label_pricing_model(),
            Part::Marketplace => self.contract_label_marketplace(),
            Part::MarketplaceDate => self.contract_label_marketplace_date(),
            Part::CustomerManaged => self.contract_label_managed(),
            _ => self.contract_label_microsoft(),
        }
    }

    /// Says where a registration stands.
    pub fn registration_stands(&self, of: &Registration) -> String {
        let file = of.written.as_ref().map(|written| written.file.to_string());
        // What Microsoft has taken says where it stands; until then a refusal does.
        let none = if of.errors.is_some() { "refused" } else { "none" };
        let word = if file.is_some() { "written" } else { of.state().map_or(none, |state| state.code()) };
        self.registration_state(file.unwrap_or_default(), word)
    }

    /// Says how the exception stands that Microsoft was asked for.
    pub fn exception_stands(&self, of: &Registration) -> Option<String> {
        let asked = of.exception.as_ref()?;
        Some(match asked.decided {
            Some(Decided { is_granted, on }) => {
                self.exception_decided(on.to_string(), if is_granted { "granted" } else { "refused" })
            }
            None => match asked.decision_by {
                Some(by) => self.exception_asked(by.to_string(), asked.asked_on.to_string()),
                None => self.exception_asked_undated(asked.asked_on.to_string()),
            },
        })
    }

    /// Says what is wrong with a field of the form of an exception.
    pub(super) fn of_exception(&self, field: &str, why: &NoException) -> (String, String) {
        let said = self.no_exception(field.to_owned(), why);
        (said.sentence, said.hint.unwrap_or_default())
    }

    /// Says why no exception can be asked for or decided.
    pub fn no_exception(&self, deal: String, why: &NoException) -> Said {
        let (sentence, hint) = match why {
            NoException::NotRegistered => (self.no_exception_not_registered(deal), self.no_exception_not_registered_hint()),
            NoException::TooLate { last } => {
                (self.no_exception_too_late(deal, last.to_string()), self.no_exception_too_late_hint())
            }
            NoException::ToCome { on } => (self.exception_to_come(on.to_string()), self.exception_to_come_hint()),
            NoException::TooEarly { on, first } => {
                (self.no_exception_too_early(deal, first.to_string(), on.to_string()), self.no_exception_too_early_hint())
            }
            NoException::Asked { on } => (self.no_exception_asked(deal, on.to_string()), self.no_exception_asked_hint()),
            NoException::NotAsked => (self.no_exception_not_asked(deal), self.no_exception_not_asked_hint()),
            NoException::Decided(Decided { is_granted, on }) => {
                let what = if *is_granted { "granted" } else { "refused" };
                (self.no_exception_decided(deal, on.to_string(), what), self.no_exception_decided_hint())
            }
            NoException::Text(why) => return self.complaint(&Complaint::new("text", why.clone())),
        };
        Said::new(why.code(), sentence, hint)
    }

    /// Says where the registration of a deal stands or, of one that was won and has none, who tells whether it can be registered.
    pub(super) fn registration_of(&self, full: &Full, ways: Ways<'_>) -> Option<String> {
        let on = &full.opportunity;
        let is_won = matches!(on.stage.outcome(), Some(Outcome::Won)) && matches!(on.kind, Kind::CoSell | Kind::PartnerLed);
        let told = full.registration.as_deref().map(|of| self.registration_told(of, full));
        let maybe = || match ways {
            Ways::Commands => self.register_maybe(on.id.to_string()),
            Ways::Keys { register, .. } => self.register_maybe_desk(register),
        };
        told.or_else(|| is_won.then(maybe))
    }

    /// Says where one stands, what was wrong with it or why it stands there, and what is to be done.
    fn registration_told(&self, of: &Registration, full: &Full) -> String {
        let on = &full.opportunity;
        let refused = of.errors.as_ref().map(|errors| self.registrations_refused(errors.as_str()));
        let reason = of.reason.as_ref().map(ToString::to_string);
        let stays = of.stays(on, full.is_won_there());
        let to_do = Some(self.registration_to_do(of, stays, (on, full.win_in_file())));
        let lines = [Some(self.registration_stands(of)), refused, reason, self.exception_stands(of), to_do];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// Says what is to be done about that of a deal, or why it stays here; `win_in` is the upload file that tells that it is won, where
    /// nobody has answered that.
    pub fn registration_to_do(
        &self,
        of: &Registration,
        stays: Option<RegistrationStays>,
        (deal, win_in): (&Opportunity, Option<&str>),
    ) -> String {
        match stays {
            Some(stays) if stays != RegistrationStays::ByHand => self.registration_stays(stays, of, (deal, win_in)),
            _ if of.next() == Next::Wait && of.state().is_some_and(RegistrationState::is_decided) => self.registration_decided(),
            _ => self.registration_next(deal.id.to_string(), of.next().code()),
        }
    }

    /// Says why that of a deal stays here, as [`Sentences::registration_to_do`].
    pub fn registration_stays(
        &self,
        stays: RegistrationStays,
        of: &Registration,
        (deal, win_in): (&Opportunity, Option<&str>),
    ) -> String {
        match stays {
            RegistrationStays::ByHand => self.registration_next(deal.id.to_string(), of.next().code()),
            RegistrationStays::NoReferral => self.registrations_no_referral(),
            RegistrationStays::NotWonThere if !matches!(deal.stage.outcome(), Some(Outcome::Won)) => self.registrations_not_won(),
            RegistrationStays::NotWonThere => match win_in {
                Some(file) => self.registrations_win_in_file(file),
                None => self.registrations_not_won_there(),
            },
            RegistrationStays::Flawed => self.registrations_flawed(deal.id.to_string()),
            RegistrationStays::OverMost => self.registrations_over_thousand(),
        }
    }
}

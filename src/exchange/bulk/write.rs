//! A deal as a row of an upload file: our values in Partner Center's words, what came in and is not modelled as it came; the columns are
//! `layout.rs`, the file is `exchange/upload.rs`.

use std::collections::HashMap;

use super::columns::{Column, bare, known};
use crate::domain::contact::Person;
use crate::domain::date::Date;
use crate::domain::field::{BadValue, Sendable};
use crate::domain::held::Held;
use crate::domain::opportunity::{Direction, Kind, Opportunity, Sender};
use crate::domain::outcome::{Outcome, OutcomeKind, Reason};
use crate::domain::solution::Solution;
use crate::domain::stage::Stage;

use Column as C;

/// What Partner Center is told of the customer's purchase where nobody has said anything.
const NOT_DECIDED: &str = "Have not decided";

/// Columns that are called otherwise in another layout.
const RENAMED: [[&str; 2]; 1] = [["PartnerID", "PartnerID (formerly MPN ID)"]];

/// One deal on its way into a row.
pub(in crate::exchange) struct Outward<'a> {
    held: &'a Held,
    /// Ours, but what Partner Center never takes anew as it knows it.
    opportunity: Opportunity,
    /// What is not modelled, by the bare name of its column.
    kept: HashMap<String, &'a str>,
}

impl<'a> Outward<'a> {
    /// Takes a deal.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub(in crate::exchange) fn new(held: &'a Held) -> Result<Self, BadValue> {
        let mut opportunity = held.opportunity.clone();
        for (field, value) in held.base.iter().filter(|(field, _)| matches!(field.sendable(), Sendable::Never(_))) {
            field.put(&mut opportunity, value)?;
        }
        if held.is_unknown_there() {
            opportunity.stage = Stage::Accepted { since: None };
        }
        let kept = held.extra.iter().filter_map(|(name, value)| Some((bare(name), value.as_str()?)));
        Ok(Self { held, opportunity, kept: kept.collect() })
    }

    /// Returns how many columns of solutions, of our people and of Microsoft's it fills.
    pub(in crate::exchange) fn lists(&self) -> (usize, usize, usize) {
        let sellers = (1..).take_while(|number| self.seller(*number).is_some()).count();
        (self.opportunity.solutions.len(), self.opportunity.employees.len(), sellers)
    }

    /// Returns the row, a cell for each name of the head.
    pub(in crate::exchange) fn row(&self, head: &[String]) -> Vec<String> {
        head.iter().map(|name| self.cell(name)).collect()
    }

    fn cell(&self, name: &str) -> String {
        let Some((column, _)) = known(name) else { return String::new() };
        let number = || name.rsplit(' ').next().and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(1);
        let on = &self.opportunity;
        let (deal, customer) = (&on.deal, &on.customer);
        match column {
            C::EngagementId => text(on.engagement_id.as_ref()),
            C::ReferralId => text(on.referral_id.as_ref()),
            C::DealName => text(deal.name.as_ref()),
            C::CustomerName => customer.name.to_string(),
            C::Line1 => text(customer.address.line1.as_ref()),
            C::Line2 => text(customer.address.line2.as_ref()),
            C::City => text(customer.address.city.as_ref()),
            C::State => text(customer.address.state.as_ref()),
            C::PostalCode => text(customer.address.postal_code.as_ref()),
            C::Country => customer.address.country.map(|country| country.code().to_owned()).unwrap_or_default(),
            C::Duns => text(customer.duns.as_ref()),
            C::ContactFirst => self.contact(|contact| &contact.first),
            C::ContactLast => self.contact(|contact| &contact.last),
            C::ContactPhone => self.contact(|contact| &contact.phone),
            C::ContactEmail => self.contact(|contact| &contact.email),
            C::Status => self.status().0.to_owned(),
            C::Substatus => self.status().1.to_owned(),
            C::MicrosoftStatus => text(on.microsoft_status.as_ref()),
            C::Reason => self.reason(name),
            C::SalesStage => text(deal.sales_stage.as_ref()),
            C::Value => deal.value.map(|value| plain_amount(&value.amount())).unwrap_or_default(),
            C::Currency => {
                deal.value.map_or_else(|| self.came(name).unwrap_or_default().to_owned(), |value| value.currency().to_string())
            }
            C::CloseDate => deal.close_date.map(|date| date.as_partner_center()).unwrap_or_default(),
            // Partner Center says when it has made a deal: of one that it has not there is nothing to say.
            C::CreatedAt if self.held.is_unknown_there() => String::new(),
            C::CreatedAt => on.created_at.map(|at| Date::in_utc(at).as_partner_center()).unwrap_or_default(),
            C::CrmId => text(deal.crm_id.as_ref()),
            C::CampaignId => text(deal.campaign_id.as_ref()),
            C::Notes => text(deal.notes.as_ref()),
            C::HelpRequired | C::HelpKind | C::Share | C::NotesToMicrosoft => self.help(column, name),
            C::Consent => self.consent(name),
            C::Solution => on.solutions.get(number() - 1).map(solution).unwrap_or_default(),
            C::TeamMember => on.employees.get(number() - 1).map(person).unwrap_or_default(),
            C::MicrosoftMember => self.seller(number()).unwrap_or_default(),
            C::Kept if bare(name) == bare("Marketplace Purchase Intent") => self.came(name).unwrap_or(NOT_DECIDED).to_owned(),
            C::Kept => self.came(name).unwrap_or_default().to_owned(),
            // What Partner Center says of a row is not said back to it.
            C::Errors | C::Passed => String::new(),
        }
    }

    /// Returns what came in under a name, however it was written.
    fn came(&self, name: &str) -> Option<&'a str> {
        let named = |name: &str| self.kept.get(&bare(name)).copied();
        named(name).or_else(|| RENAMED.into_iter().filter(|names| names.contains(&name)).flatten().find_map(named))
    }

    fn contact(&self, part: impl Fn(&Person) -> &String) -> String {
        self.opportunity.customer.contact.as_ref().map(|contact| part(contact).clone()).unwrap_or_default()
    }

    /// Returns status and substatus. A deal that is yet to be made is new and accepted.
    fn status(&self) -> (&'static str, &'static str) {
        match &self.opportunity.stage {
            Stage::Accepted { .. } if self.held.is_unknown_there() => ("New", "Accepted"),
            Stage::Received { .. } | Stage::Lapsed { .. } => ("New", "Received"),
            Stage::Accepted { .. } => ("Active", "Accepted"),
            Stage::Archived { outcome, .. } => (
                "Closed",
                match outcome.kind() {
                    OutcomeKind::Won => "Won",
                    OutcomeKind::Lost => "Lost",
                    OutcomeKind::Declined => "Declined",
                    OutcomeKind::Expired => "Expired",
                    OutcomeKind::Error => "Error",
                },
            ),
        }
    }

    fn reason(&self, name: &str) -> String {
        match self.opportunity.stage.outcome() {
            Some(Outcome::Declined { reason, .. } | Outcome::Lost { reason, .. }) => {
                let number = |reason: Reason| reason.number().to_string();
                reason.map_or_else(|| self.came(name).unwrap_or_default().to_owned(), number)
            }
            Some(Outcome::Error { reason }) => reason.clone().unwrap_or_default(),
            Some(Outcome::Won | Outcome::Expired) | None => self.came(name).unwrap_or_default().to_owned(),
        }
    }

    /// On what was sent to us these columns say why it was sent; on a deal of ours they are our request.
    fn help(&self, column: Column, name: &str) -> String {
        let on = &self.opportunity;
        let yes = |yes: bool| if yes { "Yes" } else { "No" }.to_owned();
        let came = || self.came(name).unwrap_or_default().to_owned();
        if on.direction() == Direction::Inbound {
            let open = came();
            return match column {
                C::HelpRequired | C::Share if open.is_empty() => yes(false),
                _ => open,
            };
        }
        let help = on.help.as_ref();
        match column {
            C::HelpRequired => yes(help.is_some()),
            C::HelpKind => help.map_or_else(came, |help| help.kind.map(|kind| kind.number().to_string()).unwrap_or_default()),
            C::NotesToMicrosoft => help.map_or_else(came, |help| text(help.note.as_ref())),
            // That it is shared follows from the type, unless something else came in.
            _ => self.came(name).map_or_else(|| yes(on.kind != Kind::PrivatePipeline), str::to_owned),
        }
    }

    /// A row that says No is refused. What came in stays; else it says Yes, as the rep does by writing it.
    fn consent(&self, name: &str) -> String {
        self.came(name).unwrap_or("Yes").to_owned()
    }

    /// Returns the cell of a seller of Microsoft: the sender is the first of those that have one.
    fn seller(&self, number: usize) -> Option<String> {
        let came = |number: usize| self.came(&format!("Microsoft team member {number}")).map(str::to_owned);
        let sender = self.opportunity.sender().filter(|_| self.opportunity.direction() == Direction::Inbound);
        let sender = sender.and_then(|Sender { person: seller, .. }| seller.as_ref()).map(person);
        match (number, sender) {
            (1, Some(sender)) => Some(sender),
            (number, _) => came(number),
        }
    }
}

fn text<T: ToString>(value: Option<&T>) -> String {
    value.map(T::to_string).unwrap_or_default()
}

/// An amount without decimals that say nothing: what is read in most ways is read in one.
fn plain_amount(amount: &str) -> String {
    match amount.split_once('.') {
        Some((whole, decimals)) if decimals.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        _ => amount.to_owned(),
    }
}

/// `id, currency, price, quantity`, as far as it is known.
fn solution(solution: &Solution) -> String {
    let parts = [
        Some(solution.id.to_string()),
        solution.currency.map(|currency| currency.to_string()),
        solution.price.as_ref().map(ToString::to_string),
        solution.quantity.map(|quantity| quantity.to_string()),
    ];
    let known = parts.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    parts.into_iter().take(known).map(Option::unwrap_or_default).collect::<Vec<_>>().join(", ")
}

/// `first, last, phone, email`.
fn person(person: &Person) -> String {
    [&person.first, &person.last, &person.phone, &person.email].map(String::as_str).join(", ")
}

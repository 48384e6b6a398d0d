//! Solutions as they are typed or found, with quantity and price.

use serde::{Deserialize, Serialize};

use super::deal::DealDraft;
use super::{count, optional};
use crate::domain::directory::KnownSolution;
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::money::{Amount, Currency, Money};
use crate::domain::part::{Part, Place};
use crate::domain::solution::{Owner, Price, Solution};
use crate::domain::text::Line;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SolutionDraft {
    pub id: String,
    #[serde(default)]
    pub name: String,
    #[serde(default = "unknown_owner")]
    pub owner: Owner,
    /// Whether the catalogue calls it an assessment; `None` where it does not know the solution.
    #[serde(default)]
    pub assessment: Option<bool>,
    #[serde(default)]
    pub quantity: String,
    /// Of one.
    #[serde(default)]
    pub price: String,
    /// The currency of a price that was there before; nothing means that of the deal.
    #[serde(default)]
    pub currency: String,
}

const fn unknown_owner() -> Owner {
    Owner::Unknown
}

impl SolutionDraft {
    /// Returns a solution by its id alone, as far as nobody knows more of it.
    pub fn of_id(id: impl Into<String>) -> Self {
        let empty = String::new;
        Self {
            id: id.into(),
            name: empty(),
            owner: Owner::Unknown,
            assessment: None,
            quantity: empty(),
            price: empty(),
            currency: empty(),
        }
    }

    /// Reads `id;quantity;price`, the last two optional.
    pub fn read(given: &str) -> Self {
        let mut parts = given.splitn(3, [';', '；']).map(|part| part.trim().to_owned());
        let id = parts.next().unwrap_or_default();
        let (quantity, price) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        Self { quantity, price, ..Self::of_id(id) }
    }

    /// Reads a whole id where somebody searches: it has letters and digits, at least five characters and no blank. Words of a
    /// name, and numbers meant for another field, only find something.
    pub fn typed(text: &str) -> Option<Self> {
        const SHORTEST: usize = 5;
        let text = text.trim();
        let has = |kind: fn(&char) -> bool| text.chars().any(|c| kind(&c));
        let whole = has(char::is_ascii_digit) && has(char::is_ascii_alphabetic) && text.len() >= SHORTEST;
        (whole && !text.contains(char::is_whitespace)).then(|| Self::of_id(text))
    }

    /// Fills in what the catalogue knows and nobody said. One that was only learned from deals is not known to be no assessment.
    pub fn learn(&mut self, known: &KnownSolution) {
        self.assessment = Some(known.assessment).filter(|_| known.owner != Owner::Unknown || known.assessment);
        if self.name.is_empty() {
            self.name = known.name.as_ref().map(Line::to_string).unwrap_or_default();
        }
        if self.owner == Owner::Unknown {
            self.owner = known.owner;
        }
    }

    /// Returns the currency its price is in, as far as it can be read.
    fn money_of(&self, deal: Option<Currency>) -> Option<Currency> {
        if self.currency.is_empty() { deal } else { Currency::parse(&self.currency).ok() }
    }

    fn build(&self, number: usize, currency: Option<Currency>, complaints: &mut Complaints) -> Option<Solution> {
        let at = |part| Place::Within(number, part);
        let id = take(solution_id(&self.id), at(Part::SolutionId), complaints);
        let name = optional(&self.name, Line::parse, at(Part::SolutionName), complaints);
        let quantity = optional(&self.quantity, whole_number, at(Part::SolutionQuantity), complaints);
        let price = optional(&self.price, |typed| price(typed, self.money_of(currency)), at(Part::SolutionPrice), complaints);
        let price = price.flatten();
        let currency = self.money_of(currency).filter(|_| price.is_some());
        Some(Solution { id: id?, name, owner: self.owner, currency, price, quantity })
    }
}

impl From<&Solution> for SolutionDraft {
    fn from(solution: &Solution) -> Self {
        Self {
            id: solution.id.to_string(),
            name: solution.name.as_ref().map(Line::to_string).unwrap_or_default(),
            owner: solution.owner,
            assessment: None,
            quantity: solution.quantity.map(|quantity| quantity.to_string()).unwrap_or_default(),
            price: solution.price.as_ref().map(Price::to_string).unwrap_or_default(),
            currency: solution.currency.map(|currency| currency.to_string()).unwrap_or_default(),
        }
    }
}

/// Checks a list of solutions: at least one, at most 50, none twice. What `known` returns is taken as it is.
pub(super) fn solutions(
    draft: &DealDraft,
    known: &dyn Fn(&SolutionDraft) -> Option<Solution>,
    complaints: &mut Complaints,
) -> Vec<Solution> {
    let typed = &draft.solutions;
    if draft.looked_for.is_empty() {
        count(typed.len(), Part::Solutions, complaints);
    } else {
        complaints.push(Complaint::new(Part::SolutionFind, Invalid::NotChosen(draft.looked_for.clone())));
    }
    let currency = Currency::parse(&draft.currency).ok();
    let in_deal = |solution: &SolutionDraft| solution.currency.is_empty() && !solution.price.trim().is_empty();
    let priced = typed.iter().any(|solution| in_deal(solution) && known(solution).is_none());
    if priced && currency.is_none() && !complaints.iter().any(|complaint| complaint.at == Place::Part(Part::Currency)) {
        complaints.push(Complaint::new(Part::Currency, Invalid::Missing));
    }
    let mut solutions: Vec<Solution> = Vec::new();
    for (index, draft) in typed.iter().enumerate() {
        match known(draft).or_else(|| draft.build(index, currency, complaints)) {
            Some(built) if solutions.iter().any(|other| other.id.as_str().eq_ignore_ascii_case(built.id.as_str())) => {
                complaints.push(Complaint::new(Place::Entry(Part::Solutions, index), Invalid::Twice(built.id.to_string())));
            }
            built => solutions.extend(built),
        }
    }
    solutions
}

/// Reads the id of a solution: one line without blank and comma.
///
/// # Errors
/// [`Invalid::NotASolutionId`], and those of [`Line::code`].
pub fn solution_id(typed: &str) -> Result<Line, Invalid> {
    let id = Line::code(typed)?;
    if id.as_str().contains([',', ' ', '\u{3000}']) { Err(Invalid::NotASolutionId(typed.trim().to_owned())) } else { Ok(id) }
}

fn whole_number(typed: &str) -> Result<u64, Invalid> {
    let wrong = || Invalid::NotAWholeNumber(typed.trim().to_owned());
    let number = Amount::parse(typed).and_then(|amount| amount.settled(0, None)).map_err(|_| wrong())?;
    let (minor, exact) = number.floor_minor(0);
    match u64::try_from(minor) {
        Ok(0) => Err(Invalid::NotPositive),
        Ok(number) if exact && number <= 1_000_000_000 => Ok(number),
        Ok(_) if exact => Err(Invalid::TooLarge),
        _ => Err(wrong()),
    }
}

/// A price is kept as a decimal text in the currency of the deal; a wrong currency is complained of there.
fn price(typed: &str, currency: Option<Currency>) -> Result<Option<Price>, Invalid> {
    let amount = Amount::parse(typed)?;
    currency.map(|currency| Price::of(Money::new(amount, currency)?)).transpose()
}

//! What to do next, in words: why a deal stands where it does, one plain sentence for each reason.

use super::left::TimeRoom;
use super::sentences::Sentences;
use crate::domain::country::Country;
use crate::domain::date::{Date, Moment};
use crate::domain::deadline::Pressing;
use crate::domain::money::{Currency, Money};
use crate::domain::rate::Converted;
use crate::domain::tab::Tab;
use crate::insight::priority::{Lack, MOST, Priority, Term, Why, Won};
use crate::store::Reasons;

impl Sentences {
    /// Returns what all reasons come to, and its place, where that is known; or why there is nothing to tell.
    pub fn standing_of(&self, reasons: &Reasons) -> String {
        let Some(priority) = &reasons.priority else { return self.why_archived() };
        if priority.terms.is_empty() {
            return self.why_nothing_counts();
        }
        let points = self.why_points(priority.points);
        let inbound = reasons.full.opportunity.sender().is_some();
        let tab = self.tab(if inbound { Tab::Inbound } else { Tab::Outbound });
        match reasons.place {
            Some((place, of)) => self.why_place(self.number(of), self.number(place), points, tab),
            None => points,
        }
    }

    /// Returns each reason with its points and its sentence, what counts most first.
    pub fn reasons(&self, reasons: &Reasons, moment: Moment) -> Vec<(String, String)> {
        let country = reasons.full.opportunity.customer.address.country;
        let Some(Priority { terms, .. }) = &reasons.priority else { return Vec::new() };
        let mut terms: Vec<&Term> = terms.iter().collect();
        terms.sort_by_key(|term| std::cmp::Reverse(term.points));
        terms.into_iter().map(|term| (format!("+{}", term.points), self.why_so(&term.why, country, moment))).collect()
    }

    /// Says why a term has its points.
    pub fn why_so(&self, why: &Why, country: Option<Country>, moment: Moment) -> String {
        let days_until = |day: Date| (day.naive() - moment.today.naive()).num_days();
        match why {
            Why::Answer(deadline) if deadline.pressing(moment.now) == Pressing::Over => self.priority_answer_over(),
            Why::Answer(deadline) => self.priority_answer(self.time_left(*deadline, moment.now)),
            Why::Close(day) if days_until(*day) < 0 => self.priority_close_over(days_until(*day).unsigned_abs()),
            Why::Close(day) => self.closes(*day, *moment.today, TimeRoom::Short),
            Why::NoCloseDate => self.priority_no_close_date(),
            Why::Worth { value, home, no_rate, step } => self.counted_worth(*value, *home, *no_rate, *step),
            Why::NoValue => self.priority_no_value(),
            Why::Stands { days, known: true } => self.priority_stands(*days),
            Why::Stands { days, known: false } => self.priority_stands_at_least(*days),
            Why::Lacks(lacks) if lacks.is_empty() => self.priority_lacks_nothing(),
            Why::Lacks(lacks) => {
                let lacks: Vec<String> = lacks.iter().map(|lack| self.lack(*lack)).collect();
                self.priority_lacks(lacks.join(", "))
            }
            Why::FollowUp(day) => match days_until(*day) {
                0 => self.priority_next_today(),
                days @ ..0 => self.priority_next_over(days.unsigned_abs()),
                days => self.priority_next_in(days),
            },
            Why::NoFollowUp => self.priority_no_next(),
            Why::Won(won) => self.won_before(*won, country),
        }
    }

    fn counted_worth(&self, value: Money, home: Option<Converted>, no_rate: Option<Currency>, step: u8) -> String {
        let value = self.money(value);
        match (home, no_rate) {
            (Some(home), _) => self.priority_worth_home(self.money_short(home.currency, home.minor), step, MOST, value),
            (None, Some(currency)) => self.priority_worth_own(currency.code(), step, MOST, value),
            (None, None) => self.priority_worth(step, MOST, value),
        }
    }

    fn lack(&self, lack: Lack) -> String {
        match lack {
            Lack::Value => self.priority_lack_value(),
            Lack::CloseDate => self.priority_lack_close_date(),
            Lack::Contact => self.priority_lack_contact(),
            Lack::Solutions => self.priority_lack_solutions(),
            Lack::SalesStage => self.priority_lack_sales_stage(),
            Lack::Owner => self.priority_lack_owner(),
        }
    }

    fn won_before(&self, won: Won, country: Option<Country>) -> String {
        let customer = (won.customer > 0).then(|| self.priority_won_customer(won.customer));
        let solution = (won.solution > 0).then(|| self.priority_won_solution(won.solution));
        let country =
            country.filter(|_| won.country > 0).map(|country| self.priority_won_country(self.country(country), won.country));
        let parts: Vec<String> = [customer, solution, country].into_iter().flatten().collect();
        if parts.is_empty() { self.priority_won_nothing() } else { self.priority_won(parts.join(", ")) }
    }
}

//! By which filter the deals behind a figure are listed: every figure of a review is a filter, in the language of the desk.

use super::groups::{Dimension, Group};
use super::review::{Month, OpenAt, Terms};
use super::times::Days;
use crate::domain::date::Date;
use crate::domain::filter::UNKNOWN;
use crate::domain::ids::OpportunityId;
use crate::domain::outcome::{OutcomeKind, Reason};

/// One figure of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    Open(OpenAt),
    AllOpen,
    /// Accepted ones to be closed in this month, or without a close date.
    Closing(Option<Month>),
    Closed(OutcomeKind),
    Reason(OutcomeKind, Option<String>),
    Overdue,
    Stalled,
    /// Sent to us, or made by us, in the days.
    Received,
    Made,
    Group(Dimension, Option<String>),
    /// Open ones of this best status among their solutions, by its word; `None` where no offer is told for any.
    OfferStatus(Option<String>),
    /// Open ones with this solution whose best status is one of these.
    Rising(String, Vec<String>),
    /// What something happened to.
    These(Vec<OpportunityId>),
    /// The ones that can still be answered.
    Waiting,
    /// Accepted ones that are open.
    Accepted,
    /// Won in days of their own.
    WonIn(Days),
    /// Open ones to be closed from a day to another, or at any time after it.
    ClosingFrom(Date, Option<Date>),
    /// Sent to us in the weeks that are looked back on.
    ReceivedLately,
    ClosedLately(OutcomeKind),
}

impl Figure {
    /// Returns the figure of a group; `None` where its deals cannot be asked for. One whose name stands in those of others, too, is asked
    /// for deal by deal where it can be.
    pub fn of_group(by: Dimension, group: &Group) -> Option<Self> {
        let is_exact = matches!(by, Dimension::Country | Dimension::Stage | Dimension::Month | Dimension::OfferStatus);
        // A filter compares words: `C++` and `C#` are one to it.
        let has_signs = group.name.as_ref().is_some_and(|name| name.contains(|c: char| !c.is_alphanumeric() && c != ' '));
        match group.deals.all() {
            Some(ids) if group.name.is_none() || ((group.is_within || has_signs) && !is_exact) => Some(Self::These(ids.to_vec())),
            _ if group.name.is_some() || matches!(by, Dimension::Owner | Dimension::Month | Dimension::OfferStatus) => {
                Some(Self::Group(by, group.name.clone()))
            }
            _ => None,
        }
    }
}

/// Every stage: a filter that names none shows only what the list behind it shows.
const EVERY_STAGE: &str = "stage:received,accepted,archived";
const OPEN: &str = "stage:received,accepted";
const EVERY_TAB: &str = "tab:all";

/// Returns the filter of a figure, whatever tab and stages are shown; it belongs behind that of the review.
pub fn filter(figure: &Figure, terms: &Terms) -> String {
    let bare = bare(figure, terms);
    let names_stages = match figure {
        Figure::Received | Figure::ReceivedLately | Figure::Made | Figure::These(_) => false,
        Figure::Group(by, _) => *by == Dimension::Stage,
        _ => true,
    };
    let stages = if names_stages { None } else { Some(EVERY_STAGE) };
    let tab = if matches!(figure, Figure::Received | Figure::ReceivedLately | Figure::Made) { None } else { Some(EVERY_TAB) };
    [stages, Some(bare.as_str()), tab].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Returns the filter of some deals by their numbers.
pub fn these(ids: &[OpportunityId]) -> String {
    let mut ids: Vec<String> = ids.iter().map(OpportunityId::to_string).collect();
    ids.dedup();
    format!("id:{}", ids.join(","))
}

/// Returns a filter that finds what it does in whatever tab and stages are shown.
pub fn everywhere(bare: &str) -> String {
    [EVERY_STAGE, bare, EVERY_TAB].join(" ")
}

fn bare(figure: &Figure, terms: &Terms) -> String {
    let days = span((terms.days.first, terms.days.last));
    match figure {
        Figure::Open(OpenAt { stage, sales_stage: Some(percent) }) => format!("stage:{} sales-stage:{percent}", stage.code()),
        Figure::Open(OpenAt { stage, sales_stage: None }) => format!("stage:{} -sales-stage:..", stage.code()),
        Figure::Closing(Some(month)) => format!("stage:accepted close:{month}"),
        Figure::Closing(None) => "stage:accepted -close:..".to_owned(),
        Figure::Closed(outcome) => format!("outcome:{} archived:{days}", outcome.code()),
        Figure::Reason(outcome, Some(reason)) => format!("outcome:{} reason:{reason} archived:{days}", outcome.code()),
        Figure::Reason(outcome, None) => {
            let all = Reason::ALL.map(Reason::code).join(",");
            format!("outcome:{} -reason:{all} archived:{days}", outcome.code())
        }
        Figure::Overdue => format!("{OPEN} close:overdue"),
        Figure::Stalled => "stage:accepted changed:>30d next:no".to_owned(),
        Figure::AllOpen => OPEN.to_owned(),
        Figure::Received => format!("tab:inbound received:{days}"),
        Figure::Made => format!("tab:outbound received:{days}"),
        Figure::These(ids) => these(ids),
        Figure::Group(by, name) => group(*by, name.as_deref()),
        Figure::OfferStatus(word) => format!("{OPEN} offer-status:{}", word.as_deref().unwrap_or(UNKNOWN)),
        Figure::Rising(solution, words) => {
            format!("{OPEN} solution:\"{}\" offer-status:{}", solution.replace('"', " "), words.join(","))
        }
        Figure::Waiting => "stage:received".to_owned(),
        Figure::Accepted => "stage:accepted".to_owned(),
        Figure::WonIn(days) => format!("outcome:won archived:{}", span((days.first, days.last))),
        Figure::ClosingFrom(first, Some(last)) => format!("{OPEN} close:{}", span((*first, *last))),
        Figure::ClosingFrom(first, None) => format!("{OPEN} close:{first}.."),
        Figure::ReceivedLately => format!("tab:inbound received:{}", span(terms.weeks_behind())),
        Figure::ClosedLately(outcome) => format!("outcome:{} archived:{}", outcome.code(), span(terms.weeks_behind())),
    }
}

fn span((first, last): (Date, Date)) -> String {
    format!("{first}..{last}")
}

fn group(by: Dimension, name: Option<&str>) -> String {
    let key = match by {
        Dimension::Month => "close",
        other => other.code(),
    };
    match (by, name) {
        (Dimension::Owner, None) => "owner:none".to_owned(),
        (Dimension::Month, None) => "-close:..".to_owned(),
        (Dimension::OfferStatus, None) => format!("{key}:{UNKNOWN}"),
        // See `Figure::of_group`.
        (_, None) => String::new(),
        (Dimension::Country | Dimension::Stage | Dimension::Month | Dimension::OfferStatus, Some(name)) => {
            format!("{key}:{name}")
        }
        (_, Some(name)) => format!("{key}:\"{}\"", name.replace('"', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sums::Sums;
    use crate::insight::{Few, Worth};

    #[test]
    fn names_with_signs_lead_to_their_deals_one_by_one_as_a_filter_takes_them_for_each_other() {
        let group = |name: &str| {
            let mut deals = Few::default();
            deals.add(OpportunityId(7));
            let (open, won, lost) = (Worth::default(), Sums::default(), Sums::default());
            Group { name: Some(name.to_owned()), deals, open, is_within: false, won, lost }
        };
        let figure = |by, name| Figure::of_group(by, &group(name));
        let these = Some(Figure::These(vec![OpportunityId(7)]));
        for name in ["C++", "R&D", "a,b", "=F(\"a\")"] {
            assert_eq!((figure(Dimension::Campaign, name), figure(Dimension::Customer, name)), (these.clone(), these.clone()));
        }
        for (by, name) in [(Dimension::Customer, "한빛정밀 주식회사"), (Dimension::Month, "2026-12")] {
            assert_eq!(figure(by, name), Some(Figure::Group(by, Some(name.to_owned()))));
        }
    }
}

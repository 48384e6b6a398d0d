//! A pipeline review in words: chapters of lines, each with its number, what it comes to and the figure behind it.

use super::drawn::{Drawn, Marks};
use super::sentences::Sentences;
use super::worth::Told;
use crate::domain::country::Country;
use crate::domain::instant::Span;
use crate::domain::outcome::{OutcomeKind, Reason};
use crate::domain::stage::StageKind;
use crate::domain::sums::Sums;
use crate::domain::tab::View;
use crate::insight::drill::Figure;
use crate::insight::{
    Ages, Dimension, Group, InHome, LOOKED_AT, Month, OpenAt, Review, Standing, WITHIN_DAYS, Worth, tenths_back,
};

/// What belongs together in a review.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    pub title: String,
    /// What its numbers mean, where that does not go without saying.
    pub note: String,
    pub lines: Vec<ReviewLine>,
}

/// One line of a review.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReviewLine {
    pub label: String,
    pub count: Option<u64>,
    /// What the deals come to, or what else there is to say.
    pub says: String,
    /// The same for a screen, in the home currency alone; `None` where nothing was converted.
    pub short: Option<String>,
    /// The largest count of its chapter, which its bar is drawn against; 0 for none.
    pub of: u64,
    pub drawn: Drawn,
    /// What is drawn, in words; empty where the count says all of it.
    pub shown: String,
    /// The deals behind it.
    pub figure: Option<Figure>,
    /// What it comes to, in numbers.
    pub amounts: Vec<Amounts>,
}

/// What deals come to in numbers, for those who go on reckoning.
#[derive(Debug, Clone, PartialEq)]
pub struct Amounts {
    /// What they are called where a line tells of several.
    pub label: String,
    pub worth: Worth,
}

impl Amounts {
    pub(super) fn all(worth: impl Into<Worth>) -> Vec<Self> {
        vec![Self { label: String::new(), worth: worth.into() }]
    }
}

impl ReviewLine {
    /// Returns what it says on a screen, where each cell counts.
    pub fn shortly(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.says)
    }

    /// Returns the cells that its drawing takes, where a bar takes so many; 0 where nothing is drawn.
    pub const fn cells(&self, bar: usize) -> usize {
        match &self.drawn {
            Drawn::Bar | Drawn::Funnel if self.of == 0 => 0,
            drawn => drawn.cells(bar),
        }
    }

    /// Returns its drawing as signs.
    pub fn picture(&self, bar: usize, marks: Marks) -> String {
        if self.cells(bar) == 0 { String::new() } else { self.drawn.text(self.count.unwrap_or(0), self.of, bar, marks) }
    }

    /// Returns it as a sentence, for those who hear it.
    pub fn in_words(&self) -> String {
        let count = self.count.map(|count| count.to_string());
        let told = [&self.says, &self.shown].into_iter().filter(|told| !told.is_empty()).cloned();
        let said = count.into_iter().chain(told).collect::<Vec<_>>();
        if said.is_empty() { self.label.clone() } else { format!("{}: {}", self.label, said.join(", ")) }
    }
}

impl Sentences {
    /// Tells a review, chapter by chapter; one that holds nothing is left out.
    pub fn review(&self, review: &Review) -> Vec<Chapter> {
        let chapters = [
            self.review_open_chapter(review),
            self.review_looks_chapter(review),
            self.review_calendar_chapter(review),
            self.review_closed_chapter(review),
            self.review_behind_chapter(review),
            self.review_changes_chapter(review),
            self.review_months_chapter(review),
            self.review_forecast_chapter(review),
            self.review_rates_chapter(review),
            self.review_funnel_chapter(review),
            self.review_ageing_chapter(review),
            self.review_reasons_chapter(review),
            self.review_groups_chapter(review),
            self.review_campaigns_chapter(review),
            self.review_offers_chapter(review),
            self.review_readiness_chapter(review),
            self.review_standing_chapter(review),
            self.review_improve_chapter(review),
            self.review_unknown_chapter(review),
            self.review_home_chapter(review),
        ];
        chapters.into_iter().filter(|chapter| !chapter.lines.is_empty()).collect()
    }

    fn review_open_chapter(&self, review: &Review) -> Chapter {
        let label = |at: &OpenAt| match (at.stage, at.sales_stage) {
            (StageKind::Received, _) => self.review_open_received(),
            (_, Some(stage)) => self.review_open_stage(self.sales_stage_name(stage.percent()), stage.percent()),
            (_, None) => self.review_open_none(),
        };
        // A received one is not ours yet: how far its sale is tells nothing.
        let home = review.home.as_ref();
        let mut received = Worth::default();
        let mut lines = Vec::new();
        for (at, worth) in &review.open {
            if at.stage == StageKind::Received {
                received.add_all(worth);
            } else {
                lines.push(self.worth_line(label(at), worth, home, Figure::Open(*at)));
            }
        }
        if received.sums.count > 0 {
            let all = OpenAt { stage: StageKind::Received, sales_stage: None };
            lines.insert(0, line(label(&all), &received.sums, self.told(&received.sums, home), Figure::Waiting));
        }
        let mut all = received;
        all.add_all(&review.open_of(StageKind::Accepted));
        let mut chapter = chapter(self.review_open(), self.review_open_note(review.terms.weights.to_string()), lines);
        if chapter.lines.len() > 1 {
            chapter.lines.push(self.worth_line(self.review_open_all(), &all, home, Figure::AllOpen));
        }
        chapter
    }

    pub(super) fn worth_line(&self, label: String, worth: &Worth, home: Option<&InHome>, figure: Figure) -> ReviewLine {
        let line = line(label, &worth.sums, self.worth(worth, home), figure);
        ReviewLine { amounts: Amounts::all(worth.clone()), ..line }
    }

    fn sales_stage_name(&self, percent: u8) -> String {
        match percent {
            10 => self.sales_stage_10(),
            20 => self.sales_stage_20(),
            40 => self.sales_stage_40(),
            60 => self.sales_stage_60(),
            80 => self.sales_stage_80(),
            _ => self.sales_stage_100(),
        }
    }

    fn review_looks_chapter(&self, review: &Review) -> Chapter {
        let waiting = review.open_of(StageKind::Received).sums;
        let undated = review.months.get(&None).map(|worth| worth.sums.clone()).unwrap_or_default();
        let lines = [
            (self.review_waiting(), &waiting, Figure::Waiting),
            (self.review_overdue(), &review.overdue, Figure::Overdue),
            (self.review_stalled(), &review.stalled, Figure::Stalled),
            (self.review_no_date(), &undated, Figure::Closing(None)),
        ];
        let lines = lines.into_iter().filter(|(_, sums, _)| sums.count > 0);
        let told = |sums| self.told(sums, review.home.as_ref());
        let mut lines: Vec<ReviewLine> = lines.map(|(label, sums, figure)| line(label, sums, told(sums), figure)).collect();
        let again = &review.pushed_again;
        if again.sums.count > 0 {
            let figure = again.few.all().map(|ids| Figure::These(ids.to_vec()));
            let at = line(self.review_pushed_again(), &again.sums, told(&again.sums), Figure::Overdue);
            lines.push(ReviewLine { figure, ..at });
        }
        let register = &review.to_register;
        if register.begun.sums.count > 0 {
            let nearest = register.nearest.map(|nearest| self.review_to_register(nearest.to_string()));
            let at = line(
                nearest.unwrap_or_else(|| self.review_to_register_undated()),
                &register.begun.sums,
                told(&register.begun.sums),
                Figure::These(register.begun.ids.clone()),
            );
            lines.push(at);
        }
        let left = &register.not_begun;
        if left.sums.count > 0 {
            lines.push(line(self.review_not_begun(), &left.sums, told(&left.sums), Figure::These(left.ids.clone())));
        }
        chapter(self.review_looks(), String::new(), lines)
    }

    fn review_closed_chapter(&self, review: &Review) -> Chapter {
        let lines = review.closed.iter();
        let told = |sums| self.told(sums, review.home.as_ref());
        let lines = lines.map(|(outcome, sums)| line(self.outcome(*outcome), sums, told(sums), Figure::Closed(*outcome)));
        chapter(self.review_closed(), String::new(), lines.collect())
    }

    fn review_months_chapter(&self, review: &Review) -> Chapter {
        // Without a date they stand last, as in every list.
        let (none, dated): (Vec<_>, Vec<_>) = review.months.iter().partition(|(month, _)| month.is_none());
        let label = |month: &Option<Month>| month.map_or_else(|| self.review_months_none(), |month| month.to_string());
        let lines = dated.into_iter().chain(none);
        let home = review.home.as_ref();
        let lines = lines.map(|(month, worth)| self.worth_line(label(month), worth, home, Figure::Closing(*month)));
        chapter(self.review_months(), String::new(), lines.collect())
    }

    fn review_rates_chapter(&self, review: &Review) -> Chapter {
        let rate = review.win_rate;
        let center = rate.center().map_or_else(
            || self.review_rate_none(),
            |share| self.review_rate_formula(rate.accepted, rate.outbound, percent(share), rate.won),
        );
        let decided = rate.of_decided().map_or_else(
            || self.review_rate_none(),
            |share| self.review_rate_formula_decided(rate.won + rate.lost, percent(share), rate.won),
        );
        let lines = vec![says(self.review_rate_center(), center), says(self.review_rate_decided(), decided)];
        chapter(self.review_rates(), self.review_rates_note(), lines)
    }

    fn review_ageing_chapter(&self, review: &Review) -> Chapter {
        let lines = review.ageing.stages.iter().map(|(stage, ages)| ReviewLine {
            label: self.stage(*stage),
            says: self.ages(ages),
            ..ReviewLine::default()
        });
        chapter(self.review_ageing(), self.review_ageing_note(), lines.collect())
    }

    fn ages(&self, ages: &Ages) -> String {
        let known = match (ages.median(), ages.oldest(), ages.limit()) {
            (Some(median), Some(oldest), Some(limit)) => self.review_age(limit, ages.long(), median, oldest),
            _ => self.review_age_none(),
        };
        let unknown = Some(ages.unknown).filter(|unknown| *unknown > 0).map(|unknown| self.review_age_unknown(unknown));
        [Some(known), unknown].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn review_reasons_chapter(&self, review: &Review) -> Chapter {
        let lines = review.reasons.iter().map(|((outcome, reason), sums)| {
            let known = reason.as_deref().and_then(Reason::read).map(|reason| self.reason(reason));
            let told = known.unwrap_or_else(|| self.review_reason_none());
            let label = self.review_reason(self.outcome(*outcome), told);
            line(label, sums, self.told(sums, review.home.as_ref()), Figure::Reason(*outcome, reason.clone()))
        });
        chapter(self.review_reasons(), String::new(), lines.collect())
    }

    /// Returns the heading of the figures by a dimension.
    pub fn review_by(&self, by: Dimension) -> String {
        match by {
            Dimension::Owner => self.review_by_owner(),
            Dimension::Country => self.review_by_country(),
            Dimension::Solution => self.review_by_solution(),
            Dimension::Customer => self.review_by_customer(),
            Dimension::Campaign => self.review_by_campaign(),
            Dimension::Stage => self.review_by_stage(),
            Dimension::Month => self.review_by_month(),
            Dimension::OfferStatus => self.review_by_offer_status(),
        }
    }

    fn review_groups_chapter(&self, review: &Review) -> Chapter {
        let by = review.terms.by;
        let order = match by {
            Dimension::Month => None,
            _ if review.groups.len() < 2 => None,
            _ if review.by_value => Some(self.review_by_owner_value()),
            _ => Some(self.review_by_owner_count()),
        };
        // What has no name stands last whatever it comes to.
        let has_nameless = order.is_some() && review.groups.iter().any(|group| group.name.is_none());
        let last = has_nameless.then(|| self.review_by_owner_last());
        let overlap = by.overlaps().then(|| self.review_by_solution_note());
        let note = overlap.into_iter().chain(order).chain(last).collect::<Vec<_>>().join(" ");
        chapter(self.review_by(by), note, self.group_lines(by, &review.groups, review))
    }

    fn review_campaigns_chapter(&self, review: &Review) -> Chapter {
        // Told already, but for what they cost.
        let has_costs = review.campaigns.iter().any(|group| self.campaign_cost(group, review).is_some());
        let mut lines = match review.terms.by {
            Dimension::Campaign if !has_costs => Vec::new(),
            _ => self.group_lines(Dimension::Campaign, &review.campaigns, review),
        };
        for (line, group) in lines.iter_mut().zip(review.campaigns.iter().take(LOOKED_AT)) {
            if let Some(cost) = self.campaign_cost(group, review) {
                line.says = format!("{} · {cost}", line.says);
                line.short = line.short.take().map(|short| format!("{short} · {cost}"));
            }
        }
        chapter(self.review_campaigns(), self.review_campaigns_note(), lines)
    }

    /// Returns what a campaign cost and, where both are told in one currency, how many times that was won.
    fn campaign_cost(&self, group: &Group, review: &Review) -> Option<String> {
        let cost = review.costs.of(group.name.as_deref()?)?;
        let told = self.money_short(cost.currency(), cost.minor().into()).replace(' ', "\u{a0}");
        let times = tenths_back(&group.won, cost, review.home.as_ref());
        let times = times.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
        Some(times.map_or_else(|| self.review_campaign_cost(&told), |times| self.review_campaign_return(&told, times)))
    }

    fn group_lines(&self, by: Dimension, groups: &[Group], review: &Review) -> Vec<ReviewLine> {
        let mut lines: Vec<ReviewLine> = groups.iter().take(LOOKED_AT).map(|group| self.group_line(by, group, review)).collect();
        let rest = groups.len().saturating_sub(LOOKED_AT);
        if rest > 0 {
            lines.push(ReviewLine { label: self.review_group_more(rest, self.number(rest as u64)), ..ReviewLine::default() });
        }
        lines
    }

    fn group_line(&self, by: Dimension, group: &Group, review: &Review) -> ReviewLine {
        let home = review.home.as_ref();
        let name = match (by, group.name.as_deref()) {
            (Dimension::OfferStatus, None) => self.review_offers_unknown(),
            (Dimension::OfferStatus, Some(word)) => review.readiness.name_of(word).unwrap_or(word).to_owned(),
            (_, None) => self.review_group_none(),
            (Dimension::Country, Some(code)) => {
                Country::from_code(code).map_or_else(|| code.to_owned(), |country| self.country(country))
            }
            (Dimension::Stage, Some(code)) => {
                let stage = StageKind::ALL.into_iter().find(|stage| stage.code() == code);
                stage.map_or_else(|| code.to_owned(), |stage| self.stage(stage))
            }
            (_, Some(name)) => name.to_owned(),
        };
        let counts = self.review_group(group.lost.count, group.open.sums.count, group.won.count);
        let open = self.told(&group.open.sums, home).map_some(|sums| self.review_group_sums(sums));
        let won = self.told(&group.won, home).map_some(|sums| self.review_group_won(sums));
        let told = open
            .into_iter()
            .chain(won)
            .fold(Told::from(counts), |told, more| told.with(&more, |told, more| format!("{told} · {more}")));
        let parts = [
            (self.view(View::Open), group.open.clone()),
            (self.outcome(OutcomeKind::Won), Worth::from(&group.won)),
            (self.outcome(OutcomeKind::Lost), Worth::from(&group.lost)),
        ];
        ReviewLine {
            label: name,
            count: Some(group.deals.count),
            says: told.says,
            short: told.short,
            figure: Figure::of_group(by, group),
            amounts: parts.into_iter().map(|(label, worth)| Amounts { label, worth }).collect(),
            ..ReviewLine::default()
        }
    }

    fn review_standing_chapter(&self, review: &Review) -> Chapter {
        let (now, before) = (&review.standing, &review.standing_before);
        let both = |tell: &dyn Fn(&Standing) -> Option<String>| {
            let told = tell(now)?;
            Some(match tell(before) {
                Some(before) => format!("{told}  {}", self.review_before(before)),
                None => told,
            })
        };
        let mut lines = Vec::new();
        if now.answered() + now.expired > 0 {
            let answers = |s: &Standing| Some(self.review_answers(s.accepted, s.declined, s.expired));
            lines.push(says(self.review_answered(), both(&answers).unwrap_or_default()));
            let times = |s: &Standing| Some(self.review_response_times(self.span(s.median()?), self.span(s.worst()?)));
            lines.push(says(self.review_response(), both(&times).unwrap_or_else(|| self.review_response_none())));
            for days in WITHIN_DAYS {
                let within = |s: &Standing| {
                    let share = crate::insight::share(s.within(days), s.timed())?;
                    Some(self.review_within_of(s.within(days), percent(share), s.timed()))
                };
                lines.extend(both(&within).map(|told| says(self.review_within(days), told)));
            }
            lines.extend(both(&|s| s.acceptance().map(percent)).map(|told| says(self.review_acceptance(), told)));
        }
        if now.accepted > 0 {
            lines.push(says(self.review_became(), self.review_became_of(now.lost, now.still_open, now.won)));
            let complete = |s: &Standing| {
                let rate = percent(s.completeness()?);
                Some(self.review_complete_of(s.accepted, s.with_close_date, rate, s.with_status, s.with_value))
            };
            lines.extend(both(&complete).map(|told| says(self.review_complete(), told)));
        }
        let days = review.terms.days.count();
        chapter(self.review_standing(), self.review_standing_note(days), lines)
    }

    fn review_unknown_chapter(&self, review: &Review) -> Chapter {
        let unknown = &review.unknown;
        let lines = [
            (self.review_unknown_expired(), &unknown.expired),
            (self.review_unknown_ended(), &unknown.ended),
            (self.review_unknown_accepted(), &unknown.accepted),
            (self.review_unknown_came(), &unknown.came),
        ];
        let lines = lines.into_iter().filter(|(_, few)| few.count > 0).map(|(label, few)| ReviewLine {
            label,
            count: Some(few.count),
            figure: few.all().map(|ids| Figure::These(ids.to_vec())),
            ..ReviewLine::default()
        });
        chapter(self.review_unknown(), self.review_unknown_note(), lines.collect())
    }

    /// Says how old the rates are that all was converted by, and which currencies have none.
    fn review_home_chapter(&self, review: &Review) -> Chapter {
        let Some(home) = &review.home else { return chapter(String::new(), String::new(), Vec::new()) };
        let (code, all) = (home.currency.code(), home.sums(&review.all_sums()));
        let missing: Vec<&str> = all.missing.iter().map(|currency| currency.code()).collect();
        let note = if missing.is_empty() {
            self.review_home_note(code, self.weekday_and_date(home.on))
        } else {
            self.review_home_missing_note()
        };
        let oldest = all.oldest.map(|on| says(self.review_home_oldest(), self.weekday_and_date(on)));
        let without = Some(missing).filter(|missing| !missing.is_empty());
        let without = without.map(|missing| says(self.review_home_missing(), missing.join(", ")));
        chapter(self.review_home(code), note, oldest.into_iter().chain(without).collect())
    }

    /// Says a time as the list says what is left: in hours below two days, in days and hours from there on.
    pub(super) fn span(&self, span: Span) -> String {
        let hours = span.micros() / Span::hours(1).micros();
        match (hours / 24, hours % 24) {
            _ if hours < 48 => self.review_hours(hours),
            (days, 0) => self.review_days(days),
            (days, hours) => self.review_days_hours(days, hours),
        }
    }
}

pub(super) fn says(label: String, says: String) -> ReviewLine {
    ReviewLine { label, says, ..ReviewLine::default() }
}

fn line(label: String, sums: &Sums, told: impl Into<Told>, figure: Figure) -> ReviewLine {
    let Told { says, short } = told.into();
    let amounts = Amounts::all(sums);
    ReviewLine { label, count: Some(sums.count), says, short, figure: Some(figure), amounts, ..ReviewLine::default() }
}

/// Puts lines together; bars are drawn against the largest of them.
pub(super) fn chapter(title: String, note: String, mut lines: Vec<ReviewLine>) -> Chapter {
    let most = lines.iter().filter_map(|line| line.count).max().unwrap_or(0);
    lines.iter_mut().filter(|line| line.count.is_some()).for_each(|line| line.of = most);
    Chapter { title, note, lines }
}

/// Returns a share as people read it.
#[allow(clippy::cast_possible_truncation)]
pub(super) fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_time_beyond_three_days_is_not_told_as_three_days() {
        let s = Sentences::new(Language::ENGLISH);
        let told = [47, 48, 71, 72, 76, 240].map(|hours| s.span(Span::hours(hours)));
        assert_eq!(told, ["47 h", "2 d", "2 d 23 h", "3 d", "3 d 4 h", "10 d"]);
    }
}

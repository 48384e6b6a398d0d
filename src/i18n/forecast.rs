//! What the quarter will come to in words: a chapter of the review, with what would have been said of past quarters.

use super::review::{Chapter, ReviewLine, chapter, says};
use super::sentences::Sentences;
use super::worth::Told;
use crate::insight::drill::Figure;
use crate::insight::{DECIDED, Forecast, Outlook, Past, Quarter, Review, WON};

impl Sentences {
    /// Returns the chapter; without lines where no deal was ever accepted.
    pub(super) fn review_forecast_chapter(&self, review: &Review) -> Chapter {
        let forecast = &review.forecast;
        let title = self.forecast_title(self.quarter(forecast.quarter));
        let (home, mut lines) = (review.home.as_ref(), Vec::new());
        let decided = forecast.learnt.decided();
        if decided + forecast.undated.count + forecast.open.count == 0 {
            return chapter(title, String::new(), lines);
        }
        let counted = |label, count, told: Told, figure| {
            let Told { says, short } = told;
            ReviewLine { label, count: Some(count), says, short, figure, ..ReviewLine::default() }
        };
        let won = self.told(&forecast.won, home);
        lines.push(counted(self.forecast_won(), forecast.won.count, won, Some(Figure::WonIn(forecast.so_far))));
        let open = self.told(&forecast.open, home);
        let open = open.map_some(|sums| self.forecast_open_says(forecast.left, sums)).unwrap_or_default();
        lines.push(counted(self.forecast_open(), forecast.open.count, open, Some(Figure::Accepted)));
        match &forecast.outlook {
            Some(outlook) => lines.extend(self.outlook_lines(forecast, outlook)),
            None => lines.push(self.no_outlook(forecast)),
        }
        if forecast.undated.count > 0 {
            let these = forecast.undated.all().map(|ids| Figure::These(ids.to_vec()));
            let says = self.forecast_undated_says().into();
            lines.push(counted(self.forecast_undated(), forecast.undated.count, says, these));
        }
        let note = if forecast.outlook.is_some() { self.forecast_title_note() } else { String::new() };
        Chapter { title, note, lines }
    }

    fn no_outlook(&self, forecast: &Forecast) -> ReviewLine {
        let learnt = forecast.learnt;
        if learnt.is_enough() {
            return says(self.forecast_worthless(), self.forecast_worthless_says());
        }
        let told = self.forecast_few_says(self.number(learnt.decided()), DECIDED, WON, self.number(learnt.won));
        says(self.forecast_few(), told)
    }

    fn outlook_lines(&self, forecast: &Forecast, outlook: &Outlook) -> Vec<ReviewLine> {
        let amount = |minor| self.foreseen(outlook, minor);
        let range = outlook.range;
        let weighted = self.forecast_weighted_says(amount(outlook.weighted), forecast.quarter.last().to_string());
        let mut lines = vec![
            says(self.forecast_low(), self.forecast_low_says(amount(range.low))),
            says(self.forecast_middle(), self.forecast_middle_says(amount(range.middle))),
            says(self.forecast_high(), self.forecast_high_says(amount(range.high))),
            says(self.forecast_weighted(), weighted),
            says(self.forecast_later(), self.later(outlook)),
        ];
        lines.extend(outlook.past.iter().map(|past| says(self.quarter(past.quarter), self.past(outlook, past))));
        let within = outlook.past.iter().filter(|past| past.is_within()).count();
        let past = match outlook.past.len() {
            0 => self.forecast_past_none(),
            count => self.forecast_past_says(count, within),
        };
        lines.push(says(self.forecast_past(), past));
        if outlook.other_deals > 0 {
            let codes: Vec<&str> = outlook.other.iter().map(|currency| currency.code()).collect();
            let told = self.forecast_other_says(codes.join(", "));
            lines.push(ReviewLine { count: Some(outlook.other_deals), ..says(self.forecast_other(), told) });
        }
        lines
    }

    fn later(&self, outlook: &Outlook) -> String {
        let each = |(quarter, minor): &(Quarter, i128)| {
            self.forecast_later_of(self.foreseen(outlook, *minor), self.quarter(*quarter)).replace(' ', "\u{a0}")
        };
        let amounts: Vec<String> = outlook.later.iter().map(each).collect();
        if amounts.is_empty() { self.forecast_later_none() } else { self.forecast_later_says(amounts.join(", ")) }
    }

    fn past(&self, outlook: &Outlook, past: &Past) -> String {
        let [low, high, result] = [past.range.low, past.range.high, past.result].map(|minor| self.foreseen(outlook, minor));
        let day = past.on.to_string();
        if past.is_within() {
            self.forecast_within(day, high, low, result)
        } else if past.result < past.range.low {
            self.forecast_below(day, high, low, result)
        } else {
            self.forecast_above(day, high, low, result)
        }
    }

    fn foreseen(&self, outlook: &Outlook, minor: i128) -> String {
        let amount = self.money_short(outlook.currency, minor);
        let told = if outlook.is_converted { self.review_in_home(amount) } else { amount };
        // A sign stays beside its amount where a line is broken.
        told.replace(' ', "\u{a0}")
    }

    fn quarter(&self, quarter: Quarter) -> String {
        self.forecast_quarter(quarter.number(), quarter.year().to_string())
    }
}

//! How wide the columns of the list are, which of them a width has room for, and what stands in their cells.

use std::borrow::Cow;

use super::Model;
use crate::desk::column::Column;
use crate::domain::date::Date;
use crate::domain::deadline::Pressing;
use crate::domain::instant::Timestamp;
use crate::domain::money::Money;
use crate::domain::outcome::OutcomeKind;
use crate::domain::query::SortKey;
use crate::domain::stage::{Stage, StageKind};
use crate::domain::tab::{Tab, View};
use crate::i18n::{TimeRoom, currency_sign};
use crate::store::Row;
use crate::width::{right, width};

/// How what stands in a cell is to be taken; how that looks is the view's affair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    Warn,
    Bad,
    Muted,
}

/// Pointer, mark and heart, and a gap.
pub const SIGNS: usize = 4;
/// Cells between two columns.
pub const GAP: usize = 2;

/// The columns of a list with their widths, and in which form their values are.
pub struct Laid {
    pub wide: Vec<(Column, usize)>,
    time: TimeRoom,
    /// Whether amounts and close dates are written in short.
    short_value: bool,
    short_close: bool,
}

/// What is left to the names of deal and customer where a close date comes: eight Korean syllables or Chinese characters each; where values
/// are written out of columns that were chosen, and where all that a list has is shown.
const NAMES_LEAST: usize = 36;
const NAMES_GOOD: usize = 44;
const NAMES_AMPLE: usize = 60;

/// Those of the columns that were chosen by hand which come behind the first ones, the most important first.
const FURTHER: [Column; 8] = [
    Column::Close,
    Column::Stage,
    Column::Owner,
    Column::SalesStage,
    Column::Country,
    Column::Received,
    Column::Next,
    Column::Changed,
];

/// What comes next where there is more room.
#[derive(Clone, Copy)]
enum Step {
    Time(TimeRoom),
    Column(Column),
    /// Amounts in full.
    Values,
}

/// Returns what a list adds as it gets wider, and what it leaves to the names then. The names never get less by it: what comes later leaves
/// them no less. What the rows of a view cannot have, or another column tells, comes late or not at all.
fn steps(tab: Tab, view: View) -> Vec<(Step, usize)> {
    let time_tells_close = tab == Tab::Outbound || view == View::Archived;
    let one_stage = view != View::Archived && (view.stages().len() == 1 || (tab, view) == (Tab::Outbound, View::Open));
    let waits = view.stages() == [StageKind::Received];
    let column = |column, least| Some((Step::Column(column), least));
    let steps = [
        Some((Step::Time(TimeRoom::Short), NAMES_LEAST)),
        column(Column::Close, NAMES_LEAST).filter(|_| !time_tells_close),
        Some((Step::Time(TimeRoom::Whole), NAMES_GOOD)),
        column(Column::Stage, NAMES_GOOD).filter(|_| !one_stage),
        // What waits for an answer is nobody's yet as a rule, and has no sales stage.
        column(Column::Owner, NAMES_GOOD).filter(|_| !waits),
        column(Column::SalesStage, NAMES_GOOD).filter(|_| !waits),
        column(Column::Country, NAMES_GOOD),
        Some((Step::Values, NAMES_GOOD)),
        column(Column::Received, NAMES_GOOD),
        column(Column::Owner, NAMES_GOOD).filter(|_| waits),
        column(Column::Changed, 50),
        column(Column::Next, 52),
        column(Column::Close, NAMES_AMPLE).filter(|_| time_tells_close),
    ];
    steps.into_iter().flatten().collect()
}

impl Laid {
    /// Lays out those that were chosen as far as there is room, else those that fit. Deal and customer share what the others leave.
    pub fn new(model: &Model, room: u16, rows: &[Row]) -> Self {
        let room = usize::from(room);
        let mut columns = Self { wide: Vec::new(), time: TimeRoom::Least, short_value: true, short_close: true };
        let names = match model.list().columns.chosen() {
            Some(chosen) => columns.take(model, room, rows, chosen),
            None => columns.fit(model, room, rows),
        };
        columns.spread(columns.names(room) - names);
        let both = columns.has(Column::Customer);
        let deal = if both { names.div_ceil(2) } else { names };
        for (column, wide) in &mut columns.wide {
            match column {
                Column::Deal => *wide = deal,
                Column::Customer => *wide = names - deal,
                _ => {}
            }
        }
        columns
    }

    /// Gives cells that the names do not get to the columns that begin at the left.
    fn spread(&mut self, cells: usize) {
        let ends_right = |column| matches!(column, Column::Value | Column::SalesStage);
        let mut others: Vec<_> = self.wide.iter_mut().filter(|(column, _)| !is_name(*column) && !ends_right(*column)).collect();
        let count = others.len().max(1);
        for (at, (_, wide)) in others.iter_mut().enumerate() {
            *wide += cells / count + usize::from(at < cells % count);
        }
    }

    /// Returns those that are shown.
    pub fn shown(&self) -> Vec<Column> {
        self.wide.iter().map(|(column, _)| *column).collect()
    }

    fn has(&self, column: Column) -> bool {
        self.wide.iter().any(|(other, _)| *other == column)
    }

    fn add(&mut self, model: &Model, column: Column, rows: &[Row]) {
        self.wide.push((column, 0));
        self.wide.sort_unstable();
        self.measure(model, column, rows);
        if column == Column::Stage {
            // It tells the stage no more.
            self.measure(model, Column::TimeLeft, rows);
        }
    }

    /// Takes as many of those that were chosen as leave the names a little; returns what the names get.
    fn take(&mut self, model: &Model, room: usize, rows: &[Row], chosen: &[Column]) -> usize {
        const SHORT_FROM: usize = 70;
        // Eight syllables or characters of each name, where there is room for that at all.
        const READ_FROM: usize = 60;
        let [deal, customer] = if room >= READ_FROM { [16, 16] } else { [14, 10] };
        if room >= SHORT_FROM {
            self.time = TimeRoom::Short;
        }
        self.add(model, Column::Deal, rows);
        let order = [Column::TimeLeft, Column::Customer, Column::Value].into_iter().chain(FURTHER);
        for column in order.filter(|column| chosen.contains(column)) {
            let before = self.wide.clone();
            self.add(model, column, rows);
            if self.names(room) < deal + if self.has(Column::Customer) { customer } else { 0 } {
                self.wide = before;
            }
        }
        if room >= SHORT_FROM {
            self.write_out(model, room, rows, Column::TimeLeft, NAMES_LEAST);
        }
        self.write_out(model, room, rows, Column::Value, NAMES_GOOD);
        self.write_out(model, room, rows, Column::Close, NAMES_GOOD);
        self.names(room)
    }

    /// Takes what matters, then one after the other what there is room for; returns what the names get: where something is still to come no
    /// more than it will leave them, so that a wider screen never has less of them.
    fn fit(&mut self, model: &Model, room: usize, rows: &[Row]) -> usize {
        const STEPS_FROM: usize = 60;
        for (from, column) in [(0, Column::TimeLeft), (0, Column::Deal), (50, Column::Customer), (STEPS_FROM, Column::Value)] {
            if room >= from {
                self.add(model, column, rows);
            }
        }
        if room < STEPS_FROM {
            return self.names(room);
        }
        let (tab, view) = model.list().place();
        let mut coming = None;
        for (step, least) in steps(tab, view) {
            let before = (self.wide.clone(), self.time, self.short_value);
            match step {
                Step::Column(column) => self.add(model, column, rows),
                Step::Time(time) => {
                    self.time = time;
                    self.measure(model, Column::TimeLeft, rows);
                }
                Step::Values => {
                    self.short_value = false;
                    self.measure(model, Column::Value, rows);
                }
            }
            if self.names(room) < least {
                (self.wide, self.time, self.short_value) = before;
                coming = Some(least);
                break;
            }
        }
        let most = coming.unwrap_or(NAMES_AMPLE);
        // Until then the rest writes out what is in short.
        let written =
            [Column::TimeLeft, Column::Value, Column::Close].map(|column| self.write_out(model, room, rows, column, most));
        let names = self.names(room);
        if coming.is_none() && written == [true; 3] { names } else { names.min(most) }
    }

    /// Writes out the values of a column that are in short, where the names keep so much; returns whether they do.
    fn write_out(&mut self, model: &Model, room: usize, rows: &[Row], column: Column, least: usize) -> bool {
        let before = (self.wide.clone(), self.time, self.short_value, self.short_close);
        match column {
            Column::TimeLeft => self.time = TimeRoom::Whole,
            Column::Value => self.short_value = false,
            _ => self.short_close = false,
        }
        self.measure(model, column, rows);
        let fits = self.names(room) >= least;
        if !fits {
            (self.wide, self.time, self.short_value, self.short_close) = before;
        }
        fits
    }

    /// Returns the cells that are left to the names.
    fn names(&self, room: usize) -> usize {
        let fixed: usize = self.wide.iter().filter(|(column, _)| !is_name(*column)).map(|(_, wide)| wide).sum();
        room.saturating_sub(SIGNS + fixed + GAP * (self.wide.len() - 1) + 1)
    }

    /// Gives a column its width: what the rows that are seen need, with room for the arrow over it; a name gets what is left.
    fn measure(&mut self, model: &Model, column: Column, rows: &[Row]) {
        let stage = self.has(Column::Stage);
        let widest = |said: &dyn Fn(&Row) -> String| rows.iter().map(|row| width(&said(row))).max().unwrap_or(0);
        let head = width(&head(model, column)) + 2;
        let measured = match column {
            Column::Deal | Column::Customer => 0,
            Column::TimeLeft => widest(&|row| self.time(model, row, stage).0).clamp(head, 22),
            Column::Value => widest(&|row| row.value.map_or_else(String::new, |value| self.said(model, value))).clamp(head, 20),
            Column::Close => widest(&|row| self.close(model, row).0).clamp(head, 13),
            Column::Stage => 9,
            Column::Owner => widest(&|row| row.owner.clone().unwrap_or_default()).clamp(head, 14),
            Column::SalesStage | Column::Country => 7,
            Column::Received => widest(&|row| came(model, row)).clamp(head, 12),
            Column::Changed => widest(&|row| changed(model, row)).clamp(head, 12),
            Column::Next => 18,
        };
        self.wide.iter_mut().filter(|(other, _)| *other == column).for_each(|(_, wide)| *wide = measured);
    }

    /// Returns what a cell says.
    pub fn cell<'a>(&self, model: &Model, (column, wide): (Column, usize), row: &'a Row) -> (Cow<'a, str>, Tone) {
        let plain = |text: String| (text.into(), Tone::Plain);
        match column {
            Column::TimeLeft => {
                let (text, role) = self.time(model, row, self.has(Column::Stage));
                (text.into(), role)
            }
            Column::Deal => (row.title().into(), if row.name.is_some() { Tone::Plain } else { Tone::Muted }),
            Column::Customer => (row.customer.as_str().into(), Tone::Plain),
            Column::Value => plain(self.value(model, row, wide)),
            Column::Close => {
                let (text, role) = self.close(model, row);
                (text.into(), role)
            }
            Column::Stage => {
                let (text, role) = stage(model, row);
                (text.into(), role)
            }
            Column::Owner => (row.owner.as_deref().unwrap_or_default().into(), Tone::Plain),
            Column::SalesStage => plain(right(&row.sales_stage.map(|stage| format!("{stage} %")).unwrap_or_default(), wide)),
            Column::Country => (row.country.map_or("", |country| country.code()).into(), Tone::Plain),
            Column::Received => plain(came(model, row)),
            Column::Changed => plain(changed(model, row)),
            Column::Next => row.next.as_ref().map_or((Cow::Borrowed(""), Tone::Plain), |next| {
                let passed = next.on < *model.now.today;
                let text = model.say.next_line(mark(short_day(model, next.on), passed), next.text.as_str());
                (text.into(), if passed { Tone::Bad } else { Tone::Plain })
            }),
        }
    }

    fn said(&self, model: &Model, value: Money) -> String {
        if self.short_value { model.say.money_short(value.currency(), value.minor().into()) } else { model.say.money(value) }
    }

    /// Currency sign left, amount right, so that both stand in columns.
    fn value(&self, model: &Model, row: &Row, wide: usize) -> String {
        row.value.map_or_else(String::new, |value| {
            let said = self.said(model, value);
            let sign = currency_sign(value.currency());
            let amount = said.strip_prefix(sign).unwrap_or(&said).trim_start();
            format!("{sign} {}", right(amount, wide.saturating_sub(width(sign) + 1)))
        })
    }

    /// The close date; of an open deal one that has passed has a mark.
    fn close(&self, model: &Model, row: &Row) -> (String, Tone) {
        let Some(date) = row.close_date else { return (String::new(), Tone::Plain) };
        let passed = row.stage.outcome().is_none() && date < *model.now.today;
        let text = if self.short_close { short_day(model, date) } else { date.to_string() };
        (mark(text, passed), if passed { Tone::Bad } else { Tone::Plain })
    }

    /// The time that counts: until the answer, until the deal closes, since it was closed. Where no column tells the stage this one does.
    fn time(&self, model: &Model, row: &Row, stage_elsewhere: bool) -> (String, Tone) {
        match &row.stage {
            Stage::Received { respond_by } => {
                let role = match respond_by.pressing(model.now.now) {
                    Pressing::Later => Tone::Plain,
                    Pressing::Soon => Tone::Warn,
                    Pressing::Today | Pressing::Over => Tone::Bad,
                };
                (model.say.time_left_told(*respond_by, model.now, self.time), role)
            }
            Stage::Accepted { .. } => match row.close_date {
                Some(date) => {
                    let role = match (date.naive() - model.now.today.naive()).num_days() {
                        ..0 => Tone::Bad,
                        0..3 => Tone::Warn,
                        _ => Tone::Plain,
                    };
                    (model.say.closes(date, *model.now.today, self.time), role)
                }
                None if stage_elsewhere => (String::new(), Tone::Plain),
                None => stage(model, row),
            },
            Stage::Lapsed { .. } | Stage::Archived { .. } => {
                let (outcome, role) = stage(model, row);
                match (row.stage.archived_at(), stage_elsewhere) {
                    (Some(at), true) => (local(model, at).to_string(), Tone::Plain),
                    (Some(at), false) => {
                        // Of a deadline that was counted from when it was first seen only the latest day is known.
                        let day = bounded(model, (at, row.stage.known_end().is_some()));
                        (model.say.outcome_on(day, outcome), role)
                    }
                    (None, true) => (String::new(), Tone::Plain),
                    (None, false) => (outcome, role),
                }
            }
        }
    }
}

const fn is_name(column: Column) -> bool {
    matches!(column, Column::Deal | Column::Customer)
}

/// Returns what stands over a column; over the time what it counts to.
pub fn head(model: &Model, column: Column) -> String {
    let (tab, view) = model.list().place();
    match column {
        Column::TimeLeft if view == View::Archived => model.say.column_closed(),
        Column::TimeLeft if closes(tab, view) => model.say.column_closes(),
        column => model.say.column(column.order()),
    }
}

/// Returns whether the time of what is listed counts to the day it closes: nothing there waits for an answer.
fn closes(tab: Tab, view: View) -> bool {
    tab == Tab::Outbound || !view.stages().contains(&StageKind::Received)
}

/// Returns the order in which a column of the list rises or falls.
pub fn order(model: &Model, column: Column) -> SortKey {
    let (tab, view) = model.list().place();
    match column {
        Column::TimeLeft if view == View::Archived => SortKey::Archived,
        Column::TimeLeft if closes(tab, view) => SortKey::CloseDate,
        column => column.order(),
    }
}

fn stage(model: &Model, row: &Row) -> (String, Tone) {
    match row.stage.outcome().map(|outcome| outcome.kind()) {
        None => (model.say.stage(row.stage.kind()), Tone::Plain),
        Some(outcome @ OutcomeKind::Won) => (model.say.outcome(outcome), Tone::Good),
        Some(outcome) => (model.say.outcome(outcome), Tone::Muted),
    }
}

fn local(model: &Model, at: Timestamp) -> Date {
    Date::from(model.clock.local(at).date())
}

/// Says when a deal was made; where no source tells it, when that was at the latest.
fn came(model: &Model, row: &Row) -> String {
    bounded(model, (row.newest, row.is_dated))
}

/// Says when a deal was last changed, as [`came`] does.
fn changed(model: &Model, row: &Row) -> String {
    bounded(model, row.changed)
}

fn bounded(model: &Model, (at, is_known): (Timestamp, bool)) -> String {
    let day = short_day(model, local(model, at));
    if is_known { day } else { model.say.day_at_most(day) }
}

/// A day without its year where only one year can be meant.
fn short_day(model: &Model, date: Date) -> String {
    match (date.naive() - model.now.today.naive()).num_days() {
        -300..300 => model.say.day(date.naive(), chrono::Datelike::year(&date.naive())),
        _ => date.to_string(),
    }
}

/// What has passed is never told by colour alone.
fn mark(text: String, passed: bool) -> String {
    if passed { format!("{text} !") } else { text }
}

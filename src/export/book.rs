//! A review as a workbook, for desk and commands: its figures on one sheet, its deals on another, its weeks on a third; how cells are
//! written is `exchange/sheet.rs`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use super::file::Filling;
use crate::domain::date::{Date, Moment};
use crate::domain::filter::{Filter, Term, Test};
use crate::domain::held::Held;
use crate::domain::instant::Timestamp;
use crate::domain::money::Currency;
use crate::domain::opportunity::Direction;
use crate::domain::ours::DealOwner;
use crate::domain::query::ListQuery;
use crate::domain::stage::StageKind;
use crate::domain::sums::{Home, Sums, Total};
use crate::domain::tab::{Tab, View};
use crate::exchange::new_file::NewFile;
use crate::exchange::sheet::{Book, Cell, Layout};
use crate::i18n::{Amounts, Chapter, ReviewLine, Sentences};
use crate::insight::{Known, Review, Stood, Worth};

/// A workbook that deals are being written to.
pub struct ReviewBook {
    book: Book,
    review: Arc<Review>,
    s: Arc<Sentences>,
    /// The end of the days of the review.
    moment: Moment,
}

impl ReviewBook {
    /// Begins one with its figures; `heads` stand above them, `made` is now.
    ///
    /// # Errors
    /// What keeps a workbook from being made.
    pub fn begin(
        s: &Arc<Sentences>,
        review: &Arc<Review>,
        heads: &[String],
        moment: Moment,
        made: Timestamp,
    ) -> io::Result<Self> {
        let mut book = Book::new(&s.review_title(), made)?;
        add_figures(&mut book, s, review, heads)?;
        book.begin(deals_layout(s, review))?;
        Ok(Self { book, review: Arc::clone(review), s: Arc::clone(s), moment })
    }

    /// Writes a deal.
    ///
    /// # Errors
    /// As [`ReviewBook::begin`].
    pub fn deal(&mut self, held: &Held) -> io::Result<()> {
        self.book.row(&deal(&self.s, &self.review, held, self.moment))
    }

    /// Returns the workbook with all that comes after the deals, not written yet.
    ///
    /// # Errors
    /// As [`ReviewBook::begin`].
    pub fn end(mut self) -> io::Result<Book> {
        add_weeks(&mut self.book, &self.s, &self.review)?;
        Ok(self.book)
    }
}

impl Filling for ReviewBook {
    fn is_whole(&self) -> bool {
        false
    }

    fn take(&mut self, held: &Held, _: &mut NewFile) -> io::Result<()> {
        self.deal(held)
    }

    fn end(self, file: &mut NewFile) -> io::Result<Option<u64>> {
        Self::end(self)?.write_to(file)?;
        file.flush().map(|()| None)
    }
}

/// Returns the filter of the deals that were closed in the days of a review, in the words that its figures open them with on the desk.
pub fn closed_in(review: &Review) -> String {
    format!("archived:{}..{}", review.terms.days.first, review.terms.days.last)
}

/// Returns what lists the deals of a review: those that are open, then those that were closed in its days, as [`closed_in`] was read.
pub fn listed(filter: &Filter, closed: Filter) -> [ListQuery; 2] {
    let of = |stages: Vec<StageKind>, more: Vec<Term>| {
        let stages = Term { negated: false, test: Test::Stage(stages) };
        let terms = filter.terms.iter().cloned().chain([stages]).chain(more).collect();
        ListQuery { view: View::All, filter: Filter { terms }, ..ListQuery::tab(Tab::All) }
    };
    [of(vec![StageKind::Received, StageKind::Accepted], Vec::new()), of(vec![StageKind::Archived], closed.terms)]
}

/// The currencies that the figures have columns for.
struct Columns {
    values: Vec<Currency>,
    expected: Vec<Currency>,
    home: Option<Currency>,
}

impl Columns {
    fn of(chapters: &[Chapter], review: &Review) -> Self {
        let all = || chapters.iter().flat_map(|chapter| &chapter.lines).flat_map(|line| &line.amounts);
        let mut sums = Sums::default();
        all().for_each(|amounts| sums.add_all(&amounts.worth.sums));
        let values: Vec<Currency> = sums.totals().iter().map(|total| total.currency).collect();
        let weighted: Vec<Total> = all().flat_map(|amounts| amounts.worth.weighted()).collect();
        let is_expected = |currency: &Currency| weighted.iter().any(|total| total.currency == *currency && total.minor != 0);
        let expected = values.iter().copied().filter(is_expected).collect();
        Self { values, expected, home: review.home.as_ref().map(|home| home.currency) }
    }

    fn heads(&self, s: &Sentences) -> Vec<String> {
        let values = self.values.iter().map(|currency| s.sheet_value(currency.code()));
        let expected = self.expected.iter().map(|currency| s.sheet_expected(currency.code()));
        let home = self.home.iter().flat_map(|home| [s.sheet_home(home.code()), s.sheet_home_expected(home.code())]);
        let first = [s.review_title(), s.sheet_deals()];
        first.into_iter().chain(values).chain(expected).chain(home).chain([s.sheet_words()]).collect()
    }

    fn cells(&self, worth: &Worth, review: &Review) -> Vec<Cell> {
        let of = |totals: &[Total], currency: &Currency| {
            let found = totals.iter().find(|total| total.currency == *currency);
            found.map_or(Cell::Empty, |total| Cell::Money(total.currency, total.minor))
        };
        let (sums, weighted) = (worth.sums.totals(), worth.weighted());
        let values = self.values.iter().map(|currency| of(&sums, currency));
        let expected = self.expected.iter().map(|currency| of(&weighted, currency));
        // A part is never told for the whole.
        let whole = |home: Home| home.whole().map_or(Cell::Empty, |minor| Cell::Money(home.currency, minor));
        let home = review.home.iter().flat_map(|home| {
            let expected = if weighted.is_empty() { Cell::Empty } else { whole(home.weighted(worth)) };
            [whole(home.sums(&worth.sums)), expected]
        });
        values.chain(expected).chain(home).collect()
    }

    /// Returns how many columns there are between the number of deals and the words.
    fn between(&self) -> usize {
        self.values.len() + self.expected.len() + if self.home.is_some() { 2 } else { 0 }
    }
}

fn add_figures(book: &mut Book, s: &Sentences, review: &Review, heads: &[String]) -> io::Result<()> {
    let chapters = s.review(review);
    let columns = Columns::of(&chapters, review);
    book.begin(Layout { name: s.review_title(), heads: columns.heads(s), frozen: 1, filter: false })?;
    heads.iter().try_for_each(|head| book.row(&[Cell::Note(head.clone())]))?;
    for chapter in &chapters {
        book.row(&[])?;
        book.row(&[Cell::Title(chapter.title.clone())])?;
        for line in &chapter.lines {
            figure_rows(s, review, &columns, line).iter().try_for_each(|row| book.row(row))?;
        }
        if !chapter.note.is_empty() {
            book.row(&[Cell::Note(chapter.note.clone())])?;
        }
    }
    Ok(())
}

/// The weeks behind and ahead, each with its days and how many; what was not counted of a week stays empty.
fn add_weeks(book: &mut Book, s: &Sentences, review: &Review) -> io::Result<()> {
    let heads = [
        s.sheet_week_first(),
        s.sheet_week_last(),
        s.review_behind_received(),
        s.review_behind_won(),
        s.review_behind_lost(),
        s.sheet_week_closing(),
    ];
    book.begin(Layout { name: s.sheet_weeks(), heads: heads.to_vec(), frozen: 2, filter: false })?;
    let (behind, mut weeks) = (&review.behind, BTreeMap::<Date, [Cell; 4]>::new());
    for (at, monday) in behind.mondays().into_iter().enumerate() {
        let counts = [&behind.received, &behind.won, &behind.lost].map(|weekly| Cell::Count(weekly.counts[at]));
        weeks.entry(monday).or_default()[..3].clone_from_slice(&counts);
    }
    for week in review.closing.weeks() {
        weeks.entry(week.first.monday()).or_default()[3] = Cell::Count(week.sums.count);
    }
    for (monday, counts) in weeks {
        let days = [Cell::Date(monday), Cell::Date(monday.plus_days(6))];
        book.row(&days.into_iter().chain(counts).collect::<Vec<_>>())?;
    }
    if review.closing.later.count > 0 {
        let later = [Cell::Date(review.closing.later_from()), Cell::Text(s.sheet_week_later())];
        let rest = [Cell::Empty, Cell::Empty, Cell::Empty, Cell::Count(review.closing.later.count)];
        book.row(&later.into_iter().chain(rest).collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Returns the row of a line; where it tells of several, one of each of them below.
fn figure_rows(s: &Sentences, review: &Review, columns: &Columns, line: &ReviewLine) -> Vec<Vec<Cell>> {
    let row = |label: String, count: Option<u64>, amounts: Vec<Cell>, says: String| {
        let first = [Cell::Text(label), count.map_or(Cell::Empty, Cell::Count)];
        first.into_iter().chain(amounts).chain([Cell::Text(says)]).collect::<Vec<Cell>>()
    };
    let amounts = match &line.amounts[..] {
        [one] => columns.cells(&one.worth, review),
        _ => vec![Cell::Empty; columns.between()],
    };
    let whole = row(line.label.clone(), line.count, amounts, line.says.clone());
    let several = Some(&line.amounts).filter(|all| all.len() > 1).into_iter().flatten();
    let part = |part: &Amounts| {
        let label = s.sheet_part(&line.label, &part.label);
        row(label, Some(part.worth.sums.count), columns.cells(&part.worth, review), String::new())
    };
    std::iter::once(whole).chain(several.filter(|part| part.worth.sums.count > 0).map(part)).collect()
}

fn deals_layout(s: &Sentences, review: &Review) -> Layout {
    let home = review.terms.home.map(|home| s.sheet_home(home.code()));
    let first = [
        s.column_id(),
        s.column_deal(),
        s.column_customer(),
        s.column_country(),
        s.field_owner(),
        s.show_direction(),
        s.field_stage(),
        s.sheet_outcome(),
        s.field_reason(),
        s.field_sales_stage(),
        s.field_currency(),
        s.field_value(),
        s.sheet_deals_expected(),
    ];
    let last = [
        s.field_close_date(),
        s.sheet_came(),
        s.sheet_accepted(),
        s.sheet_closed(),
        s.field_next_on(),
        s.field_next(),
        s.field_crm_id(),
        s.field_campaign_id(),
        s.field_referral_id(),
    ];
    Layout { name: s.sheet_deals(), heads: first.into_iter().chain(home).chain(last).collect(), frozen: 2, filter: true }
}

/// Returns the row of a deal. What no source dates stays empty.
fn deal(s: &Sentences, review: &Review, held: &Held, moment: Moment) -> Vec<Cell> {
    let (o, stood) = (&held.opportunity, Stood::from(&held.opportunity));
    let text = |text: Option<&str>| text.map_or(Cell::Empty, |text| Cell::Text(text.to_owned()));
    let day = |known: Option<Known>| match known {
        Some(Known::At(at)) => Cell::Date(moment.day_of(at)),
        Some(Known::Between { .. }) | None => Cell::Empty,
    };
    let direction = match o.direction() {
        Direction::Inbound => s.inbound(),
        Direction::Outbound => s.outbound(),
    };
    let outcome = o.stage.outcome();
    let mut worth = Worth::default();
    if stood.is_open() {
        worth.add(o.deal.value, review.terms.percent(&stood));
    }
    let home = review.terms.home.map(|_| in_home(review, held));
    let first = [
        Cell::Count(u64::try_from(o.id.0).unwrap_or(0)),
        text(Some(o.title().as_str())),
        text(Some(o.customer.name.as_str())),
        o.customer.address.country.map_or(Cell::Empty, |country| Cell::Text(s.country(country))),
        o.owned_by().map_or(Cell::Empty, |owner| Cell::Text(DealOwner::name(owner))),
        Cell::Text(direction),
        Cell::Text(s.stage(o.stage.kind())),
        outcome.map_or(Cell::Empty, |outcome| Cell::Text(s.outcome(outcome.kind()))),
        outcome.and_then(|outcome| s.outcome_reason(outcome)).map_or(Cell::Empty, Cell::Text),
        o.deal.sales_stage.map_or(Cell::Empty, |stage| Cell::Percent(stage.percent())),
        text(o.deal.value.map(|value| value.currency().code())),
        o.deal.value.map_or(Cell::Empty, |value| Cell::Money(value.currency(), value.minor().into())),
        worth.weighted().first().map_or(Cell::Empty, |total| Cell::Money(total.currency, total.minor)),
    ];
    let last = [
        o.deal.close_date.map_or(Cell::Empty, Cell::Date),
        day(Some(stood.came())),
        day(stood.accepted()),
        day(stood.ended()),
        o.next.as_ref().map_or(Cell::Empty, |next| Cell::Date(next.on)),
        text(o.next.as_ref().map(|next| next.text.as_str())),
        text(o.deal.crm_id.as_ref().map(|id| id.as_str())),
        text(o.deal.campaign_id.as_ref().map(|id| id.as_str())),
        text(o.referral_id.as_ref().map(|id| id.as_str())),
    ];
    first.into_iter().chain(home).chain(last).collect()
}

/// Returns what a deal is worth in the home currency; nothing where there is no rate.
fn in_home(review: &Review, held: &Held) -> Cell {
    let value = held.opportunity.deal.value.zip(review.home.as_ref()).and_then(|(value, home)| {
        let sums: Sums = [Some(value)].into_iter().collect();
        Some(Cell::Money(home.currency, home.sums(&sums).whole()?))
    });
    value.unwrap_or_default()
}

//! The week of each owner in words, in short lines for a mail: as plain text, and as Markdown.

use super::sentences::Sentences;
use crate::domain::date::Date;
use crate::exchange::report::markdown_plain;
use crate::insight::InHome;
use crate::insight::digest::{Digest, Listed, Named, Part};
use crate::width::{cut, visible, width, wrap};

/// What a line of a digest is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    Title,
    Remark,
    Owner,
    Part,
    Deal,
}

/// A digest in lines.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestPage {
    lines: Vec<(Rank, String)>,
}

/// The widest line, in cells: mails are broken there.
const ROOM: usize = 72;

impl Sentences {
    /// Tells a digest; `filter` says what its deals were chosen by, `data_of` of which day the last file is that was imported.
    pub fn digest(&self, digest: &Digest, filter: Option<String>, data_of: Option<Date>) -> DigestPage {
        let days = digest.terms.days;
        let mut lines = vec![
            (Rank::Title, self.digest_title()),
            (Rank::Remark, self.review_range(self.weekday_and_date(days.first), self.weekday_and_date(days.last))),
        ];
        lines.extend(filter.map(|filter| (Rank::Remark, filter)));
        if digest.owners.is_empty() {
            lines.push((Rank::Remark, self.digest_quiet()));
        }
        for owned in &digest.owners {
            lines.push((Rank::Owner, owned.name.clone().unwrap_or_else(|| self.digest_nobody())));
            for (part, listed) in &owned.parts {
                lines.push((Rank::Part, self.digest_part(*part, listed, digest)));
                lines.extend(listed.named.iter().map(|named| (Rank::Deal, self.digest_deal(named))));
                let more = Some(listed.more()).filter(|more| *more > 0);
                lines.extend(more.map(|more| (Rank::Deal, self.review_moved_more(self.number(more)))));
            }
        }
        let age = data_of.map(|day| self.digest_age(day, digest.terms.today));
        let rate = digest.home.as_ref().and_then(|home| oldest_rate(digest, home));
        let rate = rate.map(|on| format!("{}: {}", self.review_home_oldest(), self.weekday_and_date(on)));
        let data: Vec<String> = age.into_iter().chain(rate).collect();
        lines.extend((!data.is_empty()).then(|| (Rank::Owner, self.digest_data())));
        lines.extend(data.into_iter().map(|told| (Rank::Part, told)));
        DigestPage { lines }
    }

    fn digest_part(&self, part: Part, listed: &Listed, digest: &Digest) -> String {
        let until = || self.weekday_and_date(digest.until);
        let label = match part {
            Part::Came => self.digest_came(),
            Part::Made => self.review_funnel_outbound(),
            Part::Won => self.outcome_won(),
            Part::Lost => self.outcome_lost(),
            Part::Answer => self.digest_answer(until()),
            Part::Closes => self.digest_closes(until()),
            Part::Overdue => self.review_overdue(),
            Part::Next => self.digest_next(until()),
            Part::Stalled => self.review_stalled(),
        };
        let told = self.told(&listed.sums, digest.home.as_ref());
        let told = told.short.unwrap_or(told.says);
        let told = [self.number(listed.sums.count), told].into_iter().filter(|told| !told.is_empty());
        format!("{label}: {}", told.collect::<Vec<_>>().join(" · "))
    }

    /// Returns a deal on one line: its name is cut where there is no room for it, its number, value and day are not.
    fn digest_deal(&self, named: &Named) -> String {
        let number = format!("#{} ", named.id);
        let value = named.value.map(|value| self.money(value).replace(' ', "\u{a0}"));
        let behind = value.into_iter().chain([named.on.to_string()]).map(|part| format!(" · {part}")).collect::<String>();
        let customer = Some(&named.customer).filter(|customer| **customer != named.title && !customer.is_empty());
        let what = named.next.clone().into_iter().chain([named.title.clone()]).chain(customer.cloned());
        let what = visible(&what.collect::<Vec<_>>().join(" · ")).replace('\n', " ");
        let room = ROOM.saturating_sub(indent(Rank::Deal) + width(&number) + width(&behind));
        format!("{number}{}{behind}", cut(&what, room))
    }

    fn digest_age(&self, data_of: Date, today: Date) -> String {
        let age = today.naive().signed_duration_since(data_of.naive()).num_days().max(0);
        self.digest_data_of(age, self.weekday_and_date(data_of))
    }
}

/// Returns the day of the oldest rate that any of it was converted by.
fn oldest_rate(digest: &Digest, home: &InHome) -> Option<Date> {
    let parts = digest.owners.iter().flat_map(|owned| owned.parts.values());
    parts.filter_map(|listed| home.sums(&listed.sums).oldest).min()
}

const fn indent(rank: Rank) -> usize {
    match rank {
        Rank::Title | Rank::Remark | Rank::Owner => 0,
        Rank::Part => 2,
        Rank::Deal => 4,
    }
}

impl DigestPage {
    /// Returns it as plain text in lines of at most 72 cells.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (rank, line) in &self.lines {
            if *rank == Rank::Owner {
                text.push('\n');
            }
            let before = " ".repeat(indent(*rank));
            // The line of a deal is as long as it may be already.
            let whole = if *rank == Rank::Deal { vec![line.clone()] } else { wrap(&visible(line), ROOM - indent(*rank) - 2) };
            for (at, part) in whole.iter().enumerate() {
                // What goes on in a line of its own stands further in.
                let further = if at == 0 { "" } else { "  " };
                text.push_str(format!("{before}{further}{part}").trim_end());
                text.push('\n');
            }
        }
        text
    }

    /// Returns it as Markdown.
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        for (rank, line) in &self.lines {
            let line = markdown_plain(&visible(line));
            text.push_str(&match rank {
                Rank::Title => format!("# {line}\n\n"),
                Rank::Remark => format!("{line}  \n"),
                Rank::Owner => format!("\n## {line}\n\n"),
                Rank::Part => format!("- {line}\n"),
                Rank::Deal => format!("  - {line}\n"),
            });
        }
        text
    }
}

//! The rules of the programme as dated data: statuses, what each asks for, what each brings; as they are written and as they are
//! kept.
//!
//! A file of them is read in `ruling.rs`; what an offer is by them is `status.rs`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::condition::{Asked, Condition, Keys};
use super::dated::{About, Reading, RuleFault, Texts, put};
use super::offer::{NATURES, TYPES};
use super::organisation::ISV_CONNECT;
use crate::domain::date::Date;

/// What conditions can ask of an offer and its organisation.
pub const KEYS: &Keys = &[
    ("type", Asked::Word(&TYPES)),
    ("nature", Asked::Word(&NATURES)),
    ("published", Asked::YesNo),
    ("transactable", Asked::YesNo),
    ("csp", Asked::YesNo),
    ("countries", Asked::YesNo),
    ("contacts", Asked::YesNo),
    ("one-pager", Asked::YesNo),
    ("presentation", Asked::YesNo),
    ("landing-page", Asked::YesNo),
    ("social-or-case-study", Asked::YesNo),
    ("reference-architecture", Asked::YesNo),
    ("built-on-azure", Asked::YesNo),
    ("ip-share-percent", Asked::Number),
    ("business-profile", Asked::YesNo),
    ("gold-competency", Asked::YesNo),
    ("acr-ttm-usd", Asked::Number),
    ("billed-revenue-usd", Asked::Number),
    ("isv-connect", Asked::Word(&ISV_CONNECT)),
];

/// A status that offers can have.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    pub about: About,
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The status that comes before it (OV-27, PE-21).
    pub above: Option<String>,
}

/// Something a status asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    pub about: About,
    /// The status it is for.
    pub status: String,
    /// A word for it.
    pub what: String,
    pub say: String,
    /// What to do where it is missing.
    pub next: String,
    pub needs: Condition,
    /// Whether the status is reached without it: it is advice.
    pub optional: bool,
}

/// Something a status brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Benefit {
    pub about: About,
    pub id: String,
    /// The statuses that bring it, any of them.
    pub of: Vec<String>,
    pub say: String,
    /// What can be said to a customer.
    pub customer: Option<String>,
    /// What it asks for beside the status, where not every offer of the status has it.
    pub needs: Condition,
    /// So many days it may take until it shows (OV-39).
    pub delay_days: u16,
    /// What it is of what is sold, in percent, and what it would be without it (PE-07, PE-09).
    pub percent: Option<u8>,
    pub instead_of: Option<u8>,
}

/// All rules that are known, whenever they are in force.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Programme {
    /// By the number of those below each, so that what comes before another stands before it.
    pub statuses: Vec<Status>,
    pub requirements: Vec<Requirement>,
    pub benefits: Vec<Benefit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FileStatus {
    rule: Spanned<String>,
    from: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    source: String,
    document: String,
    applies: Option<Spanned<Texts>>,
    id: String,
    name: String,
    above: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FileRequirement {
    rule: Spanned<String>,
    from: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    source: String,
    document: String,
    applies: Option<Spanned<Texts>>,
    r#for: Spanned<String>,
    what: String,
    say: String,
    next: String,
    needs: Spanned<Texts>,
    #[serde(default)]
    optional: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FileBenefit {
    rule: Spanned<String>,
    from: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    source: String,
    document: String,
    applies: Option<Spanned<Texts>>,
    id: String,
    of: Vec<Spanned<String>>,
    say: String,
    customer: Option<String>,
    needs: Option<Spanned<Texts>>,
    #[serde(default)]
    delay_days: u16,
    percent: Option<u8>,
    instead_of: Option<u8>,
}

impl Programme {
    /// Lays rules over those that are there: one of the same name takes the place of the one before.
    pub(super) fn lay(
        &mut self,
        reading: &mut Reading<'_>,
        statuses: Vec<FileStatus>,
        requirements: Vec<FileRequirement>,
        benefits: Vec<FileBenefit>,
    ) {
        let above: Vec<(usize, String)> = statuses
            .iter()
            .filter_map(|one| Some((one.rule.span().start, one.above.clone()?)))
            .chain(requirements.iter().map(|one| (one.r#for.span().start, one.r#for.as_ref().clone())))
            .chain(benefits.iter().flat_map(|one| &one.of).map(|of| (of.span().start, of.as_ref().clone())))
            .collect();
        for one in statuses {
            let about = reading.about(one.rule, (one.from, one.until), (one.source, one.document), (one.applies, KEYS));
            put(&mut self.statuses, Status { about, id: one.id, name: one.name, above: one.above }, |one| &one.about);
        }
        for one in requirements {
            let needs = reading.condition(Some(&one.needs), KEYS);
            let about = reading.about(one.rule, (one.from, one.until), (one.source, one.document), (one.applies, KEYS));
            let (status, optional) = (one.r#for.into_inner(), one.optional);
            let (what, say, next) = (one.what, one.say, one.next);
            put(&mut self.requirements, Requirement { about, status, what, say, next, needs, optional }, |one| &one.about);
        }
        for one in benefits {
            let needs = reading.condition(one.needs.as_ref(), KEYS);
            let about = reading.about(one.rule, (one.from, one.until), (one.source, one.document), (one.applies, KEYS));
            let of = one.of.into_iter().map(Spanned::into_inner).collect();
            let (id, say, customer, delay_days) = (one.id, one.say, one.customer, one.delay_days);
            let (percent, instead_of) = (one.percent, one.instead_of);
            let benefit = Benefit { about, id, of, say, customer, needs, delay_days, percent, instead_of };
            put(&mut self.benefits, benefit, |one| &one.about);
        }
        for (at, status) in above {
            if !self.statuses.iter().any(|one| one.id == status) {
                reading.wrong(at, RuleFault::UnknownStatus(status));
            }
        }
        self.in_order(reading);
    }

    /// Returns what every rule says of itself.
    pub(super) fn abouts_mut(&mut self) -> impl Iterator<Item = &mut About> {
        let abouts = self.statuses.iter_mut().map(|one| &mut one.about);
        let abouts = abouts.chain(self.requirements.iter_mut().map(|one| &mut one.about));
        abouts.chain(self.benefits.iter_mut().map(|one| &mut one.about))
    }

    /// Brings statuses in order: what comes before another stands before it, wherever the files have them.
    fn in_order(&mut self, reading: &mut Reading<'_>) {
        let above: BTreeMap<&str, &str> =
            self.statuses.iter().filter_map(|one| Some((one.id.as_str(), one.above.as_deref()?))).collect();
        let height = |id: &str| {
            let mut height = 0;
            let mut at = id;
            while let Some(next) = above.get(at) {
                at = next;
                height += 1;
                if height > above.len() {
                    return Err(());
                }
            }
            Ok(height)
        };
        let heights: Vec<Result<usize, ()>> = self.statuses.iter().map(|one| height(&one.id)).collect();
        if let Some(at) = heights.iter().position(Result::is_err) {
            let name = self.statuses[at].id.clone();
            reading.wrong(0, RuleFault::Circle(name));
            return;
        }
        let mut with: Vec<(usize, Status)> =
            heights.into_iter().map(Result::unwrap_or_default).zip(std::mem::take(&mut self.statuses)).collect();
        with.sort_by(|(a, one), (b, other)| {
            (a, &one.id, one.about.in_force.from).cmp(&(b, &other.id, other.about.in_force.from))
        });
        self.statuses = with.into_iter().map(|(_, one)| one).collect();
        self.requirements.sort_by(|one, other| one.about.rule.cmp(&other.about.rule));
        self.benefits.sort_by(|one, other| one.about.rule.cmp(&other.about.rule));
    }

    /// Returns the days on which anything begins or ends, in order.
    pub fn turns(&self) -> BTreeSet<Date> {
        let abouts = self.statuses.iter().map(|one| &one.about);
        let abouts = abouts.chain(self.requirements.iter().map(|one| &one.about));
        let abouts = abouts.chain(self.benefits.iter().map(|one| &one.about));
        abouts.flat_map(|about| [about.in_force.from, about.in_force.until]).flatten().collect()
    }
}

//! The rules of the programme as dated data: statuses, what each asks for, what each brings; read from text and laid over each other.
//!
//! What an offer is by them is `status.rs`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::condition::{Asked, Condition, Keys};
use super::dated::{About, Reading, RuleError, RuleFault, Texts};
use super::offer::{NATURES, TYPES};
use super::organisation::ISV_CONNECT;
use crate::domain::date::Date;

/// The rules of the documents that come with the program.
pub const SHIPPED: &str = include_str!("../../../assets/programme/rules.toml");

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

/// A file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    status: Vec<FileStatus>,
    #[serde(default)]
    requirement: Vec<FileRequirement>,
    #[serde(default)]
    benefit: Vec<FileBenefit>,
    #[serde(default)]
    end: Vec<FileEnd>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileStatus {
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
struct FileRequirement {
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
struct FileBenefit {
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEnd {
    rule: Spanned<String>,
    on: Spanned<String>,
}

impl Programme {
    /// Returns the rules that come with the program.
    ///
    /// # Errors
    /// What is wrong with them; a test reads them.
    pub fn shipped() -> Result<Self, Vec<RuleError>> {
        let mut programme = Self::default();
        programme.lay_over(SHIPPED)?;
        Ok(programme)
    }

    /// Lays the rules of a text over those that are there: one of the same name takes its place, `[[end]]` ends one.
    ///
    /// # Errors
    /// Everything that is wrong with it, by line; nothing is changed then.
    pub fn lay_over(&mut self, text: &str) -> Result<(), Vec<RuleError>> {
        let (mut reading, file) = Reading::begin::<File>(text, KEYS)?;
        let mut laid = self.clone();
        let above: Vec<(usize, String)> = file
            .status
            .iter()
            .filter_map(|one| Some((one.rule.span().start, one.above.clone()?)))
            .chain(file.requirement.iter().map(|one| (one.r#for.span().start, one.r#for.as_ref().clone())))
            .chain(file.benefit.iter().flat_map(|one| &one.of).map(|of| (of.span().start, of.as_ref().clone())))
            .collect();
        for one in file.status {
            let about = reading.about(one.rule, (one.from, one.until), (one.source, one.document), one.applies);
            put(&mut laid.statuses, Status { about, id: one.id, name: one.name, above: one.above }, |one| &one.about);
        }
        for one in file.requirement {
            let needs = reading.condition(Some(&one.needs));
            let about = reading.about(one.rule, (one.from, one.until), (one.source, one.document), one.applies);
            let (status, optional) = (one.r#for.into_inner(), one.optional);
            let (what, say, next) = (one.what, one.say, one.next);
            put(&mut laid.requirements, Requirement { about, status, what, say, next, needs, optional }, |one| &one.about);
        }
        for one in file.benefit {
            let needs = reading.condition(one.needs.as_ref());
            let about = reading.about(one.rule, (one.from, one.until), (one.source, one.document), one.applies);
            let of = one.of.into_iter().map(Spanned::into_inner).collect();
            let (id, say, customer, delay_days) = (one.id, one.say, one.customer, one.delay_days);
            let (percent, instead_of) = (one.percent, one.instead_of);
            let benefit = Benefit { about, id, of, say, customer, needs, delay_days, percent, instead_of };
            put(&mut laid.benefits, benefit, |one| &one.about);
        }
        for (at, status) in above {
            if !laid.statuses.iter().any(|one| one.id == status) {
                reading.wrong(at, RuleFault::UnknownStatus(status));
            }
        }
        for one in file.end {
            laid.end(&mut reading, one);
        }
        laid.in_order(&mut reading);
        reading.end()?;
        *self = laid;
        Ok(())
    }

    fn end(&mut self, reading: &mut Reading<'_>, end: FileEnd) {
        let Some(on) = reading.day(&end.on) else { return };
        let abouts = self.statuses.iter_mut().map(|one| &mut one.about);
        let abouts = abouts.chain(self.requirements.iter_mut().map(|one| &mut one.about));
        let mut abouts = abouts.chain(self.benefits.iter_mut().map(|one| &mut one.about));
        match abouts.find(|about| about.rule == *end.rule.as_ref()) {
            Some(about) => about.in_force.until = Some(on),
            None => reading.wrong(end.rule.span().start, RuleFault::UnknownRule(end.rule.into_inner())),
        }
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

/// Puts a rule in the place of the one of its name.
fn put<T>(into: &mut Vec<T>, one: T, about: impl Fn(&T) -> &About) {
    into.retain(|other| about(other).rule != about(&one).rule);
    into.push(one);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_that_come_with_the_program_can_be_read() {
        let rules = Programme::shipped().unwrap();
        assert!(rules.statuses.len() >= 5 && rules.requirements.len() >= 12 && rules.benefits.len() >= 7);
        let days: Vec<String> = rules.turns().into_iter().map(|day| day.to_string()).collect();
        assert!(["2020-05-19", "2021-03-17", "2021-04-15", "2021-07-13"].iter().all(|day| days.contains(&(*day).to_owned())));
    }

    #[test]
    fn everything_that_is_wrong_with_a_file_is_told_by_its_line() {
        let mut rules = Programme::shipped().unwrap();
        let before = rules.clone();
        let text = "[[requirement]]\nrule = \"X\"\nsource = \"X-1\"\ndocument = \"X\"\nfrom = \"2027-02-30\"\n\
                    for = \"goldStatus\"\nwhat = \"x\"\nsay = \"x\"\nnext = \"x\"\nneeds = \"publised:yes\"\n\
                    [[end]]\nrule = \"NONE\"\non = \"2027-07-01\"\n";
        let errors = rules.lay_over(text).unwrap_err();
        let lines: Vec<usize> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [5, 6, 10, 12], "{errors:?}");
        assert!(matches!(rules.lay_over("[[status]]\nrule = 1").unwrap_err()[..], [RuleError { line: 2, .. }]));
        assert_eq!(rules, before, "nothing of it was laid over");
    }

    #[test]
    fn a_newer_file_takes_the_place_of_a_rule_or_ends_it() {
        let mut rules = Programme::shipped().unwrap();
        let rule = rules.requirements[0].about.rule.clone();
        let (many, day) = (rules.requirements.len(), Date::iso("2027-07-01").unwrap());
        rules.lay_over(&format!("[[end]]\nrule = \"{rule}\"\non = \"2027-07-01\"\n")).unwrap();
        assert_eq!(rules.requirements[0].about.in_force.until, Some(day));
        let text = format!(
            "[[requirement]]\nrule = \"{rule}\"\nsource = \"N-1\"\ndocument = \"N\"\nfor = \"coSellReady\"\nwhat = \"x\"\n\
             say = \"x\"\nnext = \"x\"\nneeds = \"published:yes\"\n"
        );
        rules.lay_over(&text).unwrap();
        assert_eq!((rules.requirements.len(), rules.requirements[0].about.source.as_str()), (many, "N-1"));
    }
}

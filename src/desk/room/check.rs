//! What would be refused of what waits: the rules that found something, each with its deals below; no words.

use super::{Asked, Cursor};
use crate::desk::keys::Action;
use crate::domain::ids::OpportunityId;
use crate::domain::part::Part;
use crate::domain::preflight::{Cure, Finding, RuleId};
use crate::store::Full;

/// A deal with what was found about it.
#[derive(Debug, Clone)]
pub struct Checked {
    pub full: Full,
    pub found: Vec<Finding>,
}

/// A line of the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckLine {
    Rule(RuleId),
    /// A deal below its rule, by its number among the deals.
    Deal(RuleId, usize),
}

#[derive(Debug, Clone, Default)]
pub struct Check {
    pub deals: Vec<Checked>,
    pub lines: Vec<CheckLine>,
    pub cursor: Cursor,
    /// Whether more wait than were checked.
    pub more: bool,
    pub has_come: bool,
    /// The question that was asked of the store and has not been answered.
    pub asked: Option<u64>,
    /// The field at which the form that was asked for is to open.
    pub wanted: Option<Part>,
}

impl Check {
    /// Takes what was found: what weighs most first, then what most deals share. The cursor stays on its line.
    pub fn receive(&mut self, deals: Vec<Checked>) {
        let at = self.lines.get(self.cursor.0).map(|line| self.key(*line));
        self.deals = deals;
        let with = |id: RuleId| {
            self.deals.iter().enumerate().filter(move |(_, deal)| deal.found.iter().any(|f| f.rule == id)).map(|(at, _)| at)
        };
        let mut rules: Vec<(RuleId, usize)> = RuleId::ALL.map(|id| (id, with(id).count())).to_vec();
        rules.retain(|(_, count)| *count > 0);
        rules.sort_by_key(|(id, count)| (id.rule().severity, std::cmp::Reverse(*count)));
        let below = |id: RuleId| std::iter::once(CheckLine::Rule(id)).chain(with(id).map(move |at| CheckLine::Deal(id, at)));
        self.lines = rules.into_iter().flat_map(|(id, _)| below(id)).collect();
        let found = at.and_then(|at| self.lines.iter().position(|line| self.key(*line) == at));
        self.cursor = Cursor(found.unwrap_or_else(|| self.cursor.0.min(self.lines.len().saturating_sub(1))));
        self.has_come = true;
    }

    /// What a line stays known by when the deals come again.
    fn key(&self, line: CheckLine) -> (RuleId, Option<OpportunityId>) {
        match line {
            CheckLine::Rule(rule) => (rule, None),
            CheckLine::Deal(rule, at) => (rule, self.deals.get(at).map(|deal| deal.full.opportunity.id)),
        }
    }

    /// Returns the deals about which a rule found something.
    pub fn with(&self, rule: RuleId) -> impl Iterator<Item = &Checked> {
        self.deals.iter().filter(move |deal| deal.found.iter().any(|finding| finding.rule == rule))
    }

    /// Returns the deal of a line with what the rule above found about it.
    pub fn deal(&self, rule: RuleId, at: usize) -> Option<(&Checked, &Finding)> {
        let deal = self.deals.get(at)?;
        Some((deal, deal.found.iter().find(|finding| finding.rule == rule)?))
    }

    /// Returns how many findings of each severity there are.
    pub fn counts(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        for finding in self.deals.iter().flat_map(|deal| &deal.found) {
            counts[finding.severity() as usize] += 1;
        }
        counts
    }

    pub(super) fn act(&mut self, action: Action, page: usize) -> Option<Asked> {
        if self.cursor.moves(action, self.lines.len(), page) {
            return None;
        }
        let here = self.lines.get(self.cursor.0).copied();
        if let (Action::Resolve, Some(CheckLine::Deal(rule, at))) = (action, here) {
            return Some(self.deal(rule, at).map_or(Asked::Pass, |(deal, _)| Asked::Resolve(deal.full.opportunity.id)));
        }
        if action != Action::Open {
            return Some(Asked::Pass);
        }
        let asked = match here {
            None => return None,
            Some(CheckLine::Rule(rule)) => Asked::MendAll(rule),
            Some(CheckLine::Deal(rule, at)) => match self.deal(rule, at) {
                Some((deal, finding)) if matches!(finding.cure, Cure::Set | Cure::TakeOff) => {
                    let part = rule.rule().part;
                    let id = deal.full.opportunity.id;
                    self.wanted = part;
                    Asked::Mend(id)
                }
                Some((deal, _)) => Asked::Go(deal.full.opportunity.id),
                None => return None,
            },
        };
        Some(asked)
    }
}

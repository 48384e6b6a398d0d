//! What a form asks for when it is saved, and what is wrong with it: all complaints at once, each at its field.

use std::collections::BTreeSet;

use super::{Built, Form, FormKind, Understood};
use crate::domain::change::{Acceptance, Edit, Set, What};
use crate::domain::contact::Person;
use crate::domain::date::{Date, Moment, Today};
use crate::domain::draft::{DealDraft, ReasonDraft};
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::money::{Amount, Currency, Money};
use crate::domain::ours::typed_owner;
use crate::domain::part::{Part, Place};
use crate::domain::rules::Warning;
use crate::domain::sales::SalesStage;
use crate::domain::stage::Verb;
use crate::domain::text::Line;

impl Form {
    /// Returns what the form asks for.
    ///
    /// # Errors
    /// All complaints at once.
    pub fn build(&self, today: Today) -> Result<(Built, Vec<Warning>), Complaints> {
        let change = |(what, warnings)| (Built::Change(what), warnings);
        let plain = |what: What| (Built::Change(what), Vec::new());
        match self.kind {
            FormKind::Accept if !self.subject.each.is_empty() => {
                let accept = |(id, acceptance): &(_, Acceptance)| (*id, What::Accept(Box::new(acceptance.clone())));
                Ok((Built::Each(self.subject.each.iter().map(accept).collect()), Vec::new()))
            }
            FormKind::EditMany => self.edit_many().map(|edit| plain(What::Edit(edit))),
            FormKind::Accept => {
                self.deal().accept(today).map(|(acceptance, warnings)| change((What::Accept(Box::new(acceptance)), warnings)))
            }
            FormKind::Decline => self.reason().build(Verb::Decline).map(plain),
            FormKind::Lose => self.lost(today),
            FormKind::Win => self.closing(today).map(|(edit, warnings)| change((What::Win(edit), warnings))),
            FormKind::New => self.deal().build(today).map(|(new, warnings)| (Built::New(Box::new(new)), warnings)),
            FormKind::Edit | FormKind::Correct => match &self.subject.on {
                Some(on) => {
                    let deal = DealDraft { me: self.subject.me.clone(), ..self.deal() };
                    let edit = if self.kind == FormKind::Correct { deal.correct(on, today) } else { deal.edit(on, today) };
                    edit.map(|(edit, warnings)| change((What::Edit(edit), warnings)))
                }
                None => Ok(plain(What::Edit(Default::default()))),
            },
            FormKind::AskHelp => self.deal().build_help().map(|request| plain(What::AskHelp(Box::new(request)))),
            FormKind::Register => self.registration(today).map(|(deal, to)| (Built::Registration(deal, to), Vec::new())),
        }
    }

    /// Returns what is corrected when it is closed; of several at once the close date, where one was typed.
    fn closing(&self, today: Today) -> Result<(Edit, Vec<Warning>), Complaints> {
        let typed = self.text(Part::CloseDate);
        match &self.subject.on {
            Some(on) => self.deal().closing(on, today),
            None if typed.trim().is_empty() => Ok(Default::default()),
            None => match Date::by(&typed, today) {
                Ok(day) => Ok((Edit(vec![Set::CloseDate(day.date)]), Vec::new())),
                Err(why) => Err(vec![Complaint::new(Part::CloseDate, why)]),
            },
        }
    }

    fn lost(&self, today: Today) -> Result<(Built, Vec<Warning>), Complaints> {
        match (self.reason().build(Verb::Lose), self.closing(today)) {
            (Ok(what), Ok((correct, warnings))) => Ok((Built::Change(what.correcting(correct)), warnings)),
            (reason, closing) => Err(reason.err().into_iter().chain(closing.err()).flatten().collect()),
        }
    }

    /// Returns what is set on each of several: only what was typed.
    fn edit_many(&self) -> Result<Edit, Complaints> {
        let mut complaints = Complaints::new();
        let said = |part: Part| Some(self.text(part)).filter(|text| !text.trim().is_empty());
        let stage = said(Part::SalesStage).and_then(|text| take(SalesStage::parse(&text), Part::SalesStage, &mut complaints));
        let campaign = said(Part::CampaignId).and_then(|text| take(Line::code(&text), Part::CampaignId, &mut complaints));
        let owner = said(Part::Owner).and_then(|text| take(self.owner_of_many(&text), Part::Owner, &mut complaints)).flatten();
        let set = stage.map(Set::SalesStage).into_iter().chain(campaign.map(|id| Set::CampaignId(Some(id))));
        let edit = Edit(set.chain(owner).collect());
        if complaints.is_empty() { Ok(edit) } else { Err(complaints) }
    }

    /// Returns what makes somebody the owner of several: the rep of all, a colleague of those they are on.
    fn owner_of_many(&self, typed: &str) -> Result<Option<Set>, Invalid> {
        if let Ok(Some(me)) = typed_owner(typed, self.subject.me.as_slice()) {
            return Ok(Some(Set::Owner(Some(me))));
        }
        let able: Vec<Person> = self.subject.colleagues.iter().chain(&self.subject.me).cloned().collect();
        typed_owner(typed, &able).map(|owner| owner.map(Set::OwnerOnIt))
    }

    fn reason(&self) -> ReasonDraft {
        ReasonDraft { reason: self.text(Part::Reason), note: self.text(Part::Note) }
    }

    /// Checks everything; complaints are kept, and the cursor goes to the first one.
    pub fn check(&mut self, today: Today) -> Option<Built> {
        self.checked = true;
        match self.build(today) {
            Ok((built, warnings)) => {
                self.complaints.clear();
                self.warnings = warnings;
                Some(built)
            }
            Err(complaints) => {
                self.complaints = complaints;
                let wrong: BTreeSet<usize> = self.complaints.iter().filter_map(|complaint| self.place_of(complaint)).collect();
                let first = self.in_order().into_iter().find(|field| wrong.contains(field));
                if let Some(first) = first {
                    self.page = self.kind.fields()[first].page;
                    self.focus = if self.is_empty_list(first) { self.first_of(self.page) } else { Some(first) };
                    self.scroll = 0;
                }
                None
            }
        }
    }

    /// Checks again without moving the cursor: once saving was tried everything, before that what stands in fields that were
    /// left, and nothing that is only missing; warnings are shown from the start.
    pub fn recheck(&mut self, now: Moment) {
        if self.entered != self.focus {
            self.left.extend(self.entered);
            self.entered = self.focus;
        }
        if let Some(contract) = &mut self.subject.contract {
            contract.now = now.now;
        }
        self.standing = self.standing_at(now);
        match self.build(now.today) {
            Ok((_, warnings)) => {
                self.complaints.clear();
                self.warnings = warnings;
            }
            Err(mut complaints) => {
                if !self.checked {
                    let left = |complaint: &Complaint| self.place_of(complaint).is_some_and(|at| self.left.contains(&at));
                    complaints.retain(|complaint| complaint.why != Invalid::Missing && left(complaint));
                }
                self.complaints = complaints;
            }
        }
    }

    /// Returns the value that is so large that it is asked about before it is saved.
    pub fn huge_value(&self) -> Option<Money> {
        self.warnings.iter().find_map(|warning| if let Warning::ValueHuge(value) = warning { Some(*value) } else { None })
    }

    /// Returns what the text of a field is understood as: `84m` is an amount, `+30d` a day.
    pub fn understood(&self, index: usize, today: Today) -> Option<Understood> {
        match self.kind.fields().get(index)?.part {
            Part::Value => self.money_in(Part::Value, Part::Currency),
            Part::ContractValue => self.money_in(Part::ContractValue, Part::ContractCurrency),
            Part::SolutionValue if self.text(Part::SolutionCurrency).trim().is_empty() => {
                self.money_in(Part::SolutionValue, Part::ContractCurrency)
            }
            Part::SolutionValue => self.money_in(Part::SolutionValue, Part::SolutionCurrency),
            part if part.is_day() => Date::by(&self.text(part), today).ok().map(Understood::Date),
            _ => None,
        }
    }

    fn money_in(&self, amount: Part, currency: Part) -> Option<Understood> {
        let amount = Amount::parse(&self.text(amount)).ok()?;
        let currency = Currency::parse(&self.text(currency)).ok()?;
        Money::new(amount, currency).ok().filter(|money| money.minor() > 0).map(Understood::Money)
    }

    /// Returns the complaints of one field.
    pub fn complaints_of(&self, index: usize) -> impl Iterator<Item = &Complaint> {
        self.complaints.iter().filter(move |complaint| self.place_of(complaint) == Some(index))
    }

    /// Returns how many complaints a page has.
    pub fn complaints_on(&self, page: usize) -> usize {
        let place = |complaint: &Complaint| self.place_of(complaint).map(|index| self.kind.fields()[index].page);
        self.complaints.iter().filter(|complaint| place(complaint) == Some(page)).count()
    }

    /// Returns the field that a complaint belongs to: one about a part of a list to the list, or to the fields of that part.
    pub fn place_of(&self, complaint: &Complaint) -> Option<usize> {
        let (part, list) = match &complaint.at {
            Place::Part(Part::Help) => (Part::HelpAsked, Part::Help),
            Place::Part(part) => (*part, *part),
            Place::Entry(list, number) => (self.part_in_list(*list, *number, None), *list),
            Place::Within(number, part) => {
                let list = part.list()?;
                (self.part_in_list(list, *number, Some(*part)), list)
            }
            Place::Named(_) => return None,
        };
        self.index(part).or_else(|| self.index(list))
    }
}

//! What is done to all that is marked: everything about each is fetched first, so that a form can name them and tell their sum.

use std::collections::HashMap;

use super::Model;
use super::copy::CopyPart;
use super::dialog::Dialog;
use crate::desk::form::{Form, FormKind, Subject};
use crate::domain::change::{Acceptance, Refusal, check_winning};
use crate::domain::draft::{DealDraft, Texts};
use crate::domain::field::Field;
use crate::domain::ids::OpportunityId;
use crate::domain::invalid::Complaint;
use crate::domain::opportunity::Opportunity;
use crate::domain::rules::of_many;
use crate::domain::stage::Verb;
use crate::domain::sums::Sums;
use crate::store::{Full, Request, StoreError};

/// What several opportunities are fetched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gathering {
    Copy,
    Part(CopyPart),
    Step(Verb),
    Edit,
}

/// So many are named one by one.
const NAMED: usize = 2;
/// So many reasons are told for what is left out.
const TOLD: usize = 4;

impl Model {
    /// Fetches everything about what a verb acts on.
    pub(super) fn gather(&mut self, what: Gathering) {
        self.gather_of(what, self.targets());
    }

    pub(super) fn gather_of(&mut self, what: Gathering, targets: Vec<OpportunityId>) {
        if !targets.is_empty() {
            self.serial += 1;
            self.gathering = Some((self.serial, what));
            self.ask(Request::Several { of: self.serial, ids: targets });
        }
    }

    /// What was fetched has come.
    pub(super) fn several(&mut self, of: u64, found: Result<Vec<Full>, StoreError>) {
        let Some(found) = self.check_came(of, found) else { return };
        let Some((_, what)) = self.gathering.take_if(|(serial, _)| *serial == of) else { return };
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                self.give_form_up();
                return self.fail(&error);
            }
        };
        match (what, &found[..]) {
            (_, []) => self.look(),
            (Gathering::Copy, found) => self.copy_rows(found),
            (Gathering::Part(part), [full, ..]) => self.copy_part_of(part, &full.opportunity),
            (Gathering::Step(verb), [full]) => match full.to_act_on_by(verb, self.now.now).stage.check(verb) {
                Ok(()) => self.open_step(verb, full),
                Err(why) => self.warn_of(full, self.refused(&why)),
            },
            (Gathering::Edit, [full]) if full.check_edit(Field::Name).is_ok() => self.open_edit(full),
            (Gathering::Edit, [full]) => match self.can_still(&full.opportunity.stage) {
                Ok(()) => self.open_edit(full),
                Err(why) => self.warn_of(full, why),
            },
            (Gathering::Step(Verb::Accept), found) => self.accept_many(found),
            (Gathering::Step(verb), found) => self.step_many(verb, found),
            (Gathering::Edit, found) => self.edit_many(found),
        }
        self.replay();
    }

    /// Says why nothing is done with one; the one that is marked need not be the one at the cursor, and is named.
    fn warn_of(&mut self, full: &Full, why: String) {
        let title = full.opportunity.title().as_str();
        self.warn(if self.marks.is_empty() { why } else { self.say.many_one(title, why) });
    }

    /// Asks about a step of all; which of them will be refused is said before.
    fn step_many(&mut self, verb: Verb, found: &[Full]) {
        let check = |on: &Opportunity| {
            on.stage.check(verb)?;
            if verb == Verb::Win { check_winning(on) } else { Ok(()) }
        };
        // What Partner Center refused is done anew from where it was.
        let acted: Vec<Opportunity> = found.iter().map(|full| full.to_act_on_by(verb, self.now.now)).collect();
        let refused = |on: &Opportunity| check(on).err().map(|why| (on.title().to_string(), self.refused(&why)));
        let out: Vec<(String, String)> = acted.iter().filter_map(refused).collect();
        if out.len() == found.len() {
            let out = self.by_reason(out, |titles, why| self.say.many_one(titles, why), |more| self.say.many_more_such(more));
            return self.warn(self.say.many_none_allowed(out.join(" ")));
        }
        let (goes, ends): (Vec<&Full>, Vec<&Opportunity>) = found.iter().zip(&acted).filter(|(_, on)| check(on).is_ok()).unzip();
        // It is tried with all of them, but what it comes to is of those that go.
        let about = self.subject_of_many(goes.iter().copied()).about;
        let mut subject = Subject { about, consequences: of_many(verb), ..self.subject_of_many(found.iter()) };
        if matches!(verb, Verb::Win | Verb::Lose) {
            self.tell_worth(&ends, &mut subject.about);
        }
        subject.about.extend(self.refused_before(verb, goes.into_iter()));
        let out = self.by_reason(out, |titles, why| self.say.many_refused(titles, why), |more| self.say.many_more_such(more));
        subject.about.extend(out);
        self.show_form(Form::open(FormKind::of(verb), subject, &Texts::new()));
    }

    /// Says what each of those that are closed comes to and when it closes, as the form of one does; of many what they have in common.
    fn tell_worth(&self, closed: &[&Opportunity], about: &mut Vec<String>) {
        if closed.len() <= TOLD {
            let each = |on: &&Opportunity| {
                let value = on.deal.value.map_or_else(|| self.say.many_no_value(), |value| self.say.money(value));
                let day =
                    on.deal.close_date.map_or_else(|| self.say.many_no_close(), |day| self.say.many_closes(day.to_string()));
                self.say.many_worth(day, on.title().as_str(), value)
            };
            return about.extend(closed.iter().map(each));
        }
        let days = || closed.iter().filter_map(|on| on.deal.close_date);
        if let Some((first, last)) = days().min().zip(days().max()) {
            about.push(self.say.many_close_dates(first.to_string(), last.to_string()));
        }
        let named = |lacking: &dyn Fn(&Opportunity) -> bool| {
            let titles: Vec<String> = closed.iter().filter(|on| lacking(on)).map(|on| on.title().to_string()).collect();
            (!titles.is_empty()).then(|| self.named(&titles, ", "))
        };
        about.extend(named(&|on| on.deal.value.is_none()).map(|names| self.say.many_without_value(names)));
        about.extend(named(&|on| on.deal.close_date.is_none()).map(|names| self.say.many_without_close(names)));
    }

    /// Returns the first of several by name, and how many more there are; `between` stands between two names.
    fn named(&self, titles: &[String], between: &str) -> String {
        let names = titles.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(between);
        let more = titles.len().saturating_sub(NAMED);
        if more > 0 { self.say.many_named(more, names) } else { names }
    }

    /// Opens the form that sets the same on all. Whose it is can be set in every stage, the rest on what is accepted.
    fn edit_many(&mut self, found: &[Full]) {
        let refused = |full: &Full| {
            let why = Field::SalesStage.check_edit(&full.opportunity).err()?;
            let why = self.refusal(&Refusal::NotEditable(Field::SalesStage, why));
            Some((full.opportunity.title().to_string(), why))
        };
        let out = found.iter().filter_map(refused).collect();
        let said = self.by_reason(out, |titles, why| self.say.many_only_owner(titles, why), |more| self.say.many_more_such(more));
        let colleagues = found.iter().flat_map(|full| full.opportunity.employees.iter().cloned()).collect();
        let mut subject = Subject { colleagues, me: self.me(), ..self.subject_of_many(found.iter()) };
        subject.about.extend(said);
        self.show_form(Form::open(FormKind::EditMany, subject, &Texts::new()));
    }

    /// Asks whether all are to be accepted with the values that came; what lacks one is left out and named.
    fn accept_many(&mut self, found: &[Full]) {
        let (mut taken, mut each, mut out) = (Vec::new(), Vec::new(), Vec::new());
        for full in found {
            match self.acceptance(&full.to_act_on_by(Verb::Accept, self.now.now)) {
                Ok(acceptance) => {
                    taken.push(full);
                    each.push((full.opportunity.id, acceptance));
                }
                Err(why) => out.push((full.opportunity.title().to_string(), why)),
            }
        }
        let left_out = out.clone();
        let out =
            self.by_reason(out, |titles, why| self.say.many_left_out(titles, why), |more| self.say.many_left_out_more(more));
        if each.is_empty() {
            return self.warn(self.say.many_none(out.join(" ")));
        }
        let mut subject = Subject { consequences: of_many(Verb::Accept), ..self.subject_of_many(taken.iter().copied()) };
        subject.about.push(self.say.many_as_came());
        subject.about.extend(self.refused_before(Verb::Accept, taken.into_iter()));
        subject.about.extend(out);
        (subject.each, subject.left_out) = (each, left_out);
        self.show_form(Form::open(FormKind::Accept, subject, &Texts::new()));
    }

    /// Returns what the form that is saved leaves out of all that is marked, with the reasons.
    pub(super) fn left_out(&self) -> Vec<(String, String)> {
        self.saving_form().map(|form| form.subject.left_out.clone()).unwrap_or_default()
    }

    /// Returns the form that waits for its saving.
    pub(super) fn saving_form(&self) -> Option<&Form> {
        let mut forms =
            self.dialogs.iter().filter_map(|dialog| if let Dialog::Form(form) = dialog { Some(&**form) } else { None });
        forms.find(|form| form.saving)
    }

    /// Says of which the same goes out again that Partner Center refused.
    fn refused_before<'a>(&self, verb: Verb, found: impl Iterator<Item = &'a Full>) -> Vec<String> {
        let said = found.filter_map(|full| {
            let row = full.refused_before(verb, self.now.now)?;
            Some((full.opportunity.title().to_string(), row.message.to_string()))
        });
        self.by_reason(said.collect(), |titles, why| self.say.many_again(why, titles), |more| self.say.many_more_such(more))
    }

    /// Says each reason once with the deals that have it, and of how many more there are others.
    fn by_reason(
        &self,
        out: Vec<(String, String)>,
        say: impl Fn(String, &str) -> String,
        more: impl Fn(usize) -> String,
    ) -> Vec<String> {
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (title, why) in out {
            let at = *places.entry(why.clone()).or_insert(reasons.len());
            if at == reasons.len() {
                reasons.push((why, Vec::new()));
            }
            reasons[at].1.push(title);
        }
        let hidden: usize = reasons.iter().skip(TOLD).map(|(_, titles)| titles.len()).sum();
        // A comma could be part of a name, as of a reason.
        let said = reasons.iter().take(TOLD).map(|(why, titles)| say(self.named(titles, "; "), why));
        said.chain((hidden > 0).then(|| more(hidden))).collect()
    }

    /// Returns the acceptance of one with the values that came in, or why there is none.
    fn acceptance(&self, on: &Opportunity) -> Result<Acceptance, String> {
        on.stage.check(Verb::Accept).map_err(|why| self.refused(&why))?;
        let draft = DealDraft::accepting(on, self.config.home_currency);
        let said = |complaints: Vec<Complaint>| {
            complaints.iter().map(|complaint| self.say.complaint(complaint).sentence).collect::<Vec<_>>().join(" ")
        };
        draft.accept(self.now.today).map(|(acceptance, _)| acceptance).map_err(said)
    }

    /// Returns what a form about several is about: how many, the first of them, and what they come to.
    fn subject_of_many<'a>(&self, found: impl Iterator<Item = &'a Full> + Clone) -> Subject {
        let targets: Vec<(OpportunityId, _)> =
            found.clone().map(|full| (full.opportunity.id, Some(full.opportunity.version))).collect();
        let named = self.named(&found.clone().map(|full| full.opportunity.title().to_string()).collect::<Vec<_>>(), ", ");
        let sums: Sums = found.map(|full| full.opportunity.deal.value).collect();
        let sums = sums.totals().into_iter().map(|total| self.say.money_short(total.currency, total.minor));
        let about = std::iter::once(named).chain(sums).collect::<Vec<_>>().join(" · ");
        Subject { title: self.say.step_what_many(targets.len()), targets, about: vec![about], ..Subject::default() }
    }
}

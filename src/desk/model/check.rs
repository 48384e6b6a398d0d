//! What would be refused of what waits: its room is filled, a finding opens what it is about, one value settles many.

use super::Model;
use super::dialog::{Dialog, Then, Wanted};
use super::forms::Wish;
use crate::desk::form::TextField;
use crate::desk::keys::{Action, Scope};
use crate::desk::room::{Check, CheckLine, Checked, Room};
use crate::domain::change::{Change, Set, What};
use crate::domain::draft::DealDraft;
use crate::domain::field::{Field, Named};
use crate::domain::filter::{Filter, Term, Test};
use crate::domain::ids::OpportunityId;
use crate::domain::invalid::Complaint;
use crate::domain::part::Part;
use crate::domain::preflight::{Cure, Finding, Layout, PreflightTerms, RuleId, findings};
use crate::domain::query::ListQuery;
use crate::domain::role::Deed;
use crate::domain::stage::Verb;
use crate::domain::tab::{Tab, View};
use crate::store::{Full, Request, StoreError};

/// Numbers, and whether there are more.
type Ids = Result<(Vec<OpportunityId>, bool), StoreError>;
type Fulls = Result<Vec<Full>, StoreError>;

/// So many are checked: as many rows as an upload has.
const CHECKED: usize = 1_000;
/// So many changes are shown one by one.
const SHOWN: usize = 4;

impl Model {
    /// Shows what would be refused of what waits, once that has come.
    pub(super) fn open_check(&mut self) {
        self.rooms.retain(|room| !matches!(room, Room::Check(_)));
        self.rooms.push(Room::Check(Box::default()));
        self.refresh_check();
    }

    fn check_room(&mut self) -> Option<&mut Check> {
        self.rooms.iter_mut().find_map(|room| if let Room::Check(check) = room { Some(&mut **check) } else { None })
    }

    /// Checks again what waits, where the room is open.
    pub(super) fn refresh_check(&mut self) {
        let serial = self.serial + 1;
        let Some(room) = self.check_room() else { return };
        room.asked = Some(serial);
        self.serial = serial;
        let filter = Filter { terms: vec![Term { negated: false, test: Test::Waiting(true) }] };
        let query = ListQuery { view: View::All, filter, ..ListQuery::tab(Tab::All) };
        self.ask(Request::Ids { of: serial, query, limit: CHECKED });
    }

    /// What waits has come by its numbers, unless they were asked for by something else: then they are handed back.
    pub(super) fn check_listed(&mut self, of: u64, found: Ids) -> Option<Ids> {
        let serial = self.serial + 1;
        let Some(room) = self.check_room().filter(|room| room.asked == Some(of)) else { return Some(found) };
        match found {
            Ok((ids, more)) => {
                (room.more, room.asked) = (more, Some(serial));
                self.serial = serial;
                self.ask(Request::Several { of: serial, ids });
            }
            Err(error) => {
                room.asked = None;
                self.fail(&error);
            }
        }
        None
    }

    /// What waits has come whole, unless it was asked for by something else: then it is handed back.
    pub(super) fn check_came(&mut self, of: u64, found: Fulls) -> Option<Fulls> {
        let terms = PreflightTerms::at(self.now, Layout::default());
        let Some(room) = self.check_room().filter(|room| room.asked == Some(of)) else { return Some(found) };
        room.asked = None;
        match found {
            Ok(found) => {
                // A notice alone has no row in an upload.
                let with_row = found.into_iter().filter(Full::has_update);
                room.receive(with_row.map(|full| Checked { found: findings(&full, &terms), full }).collect());
            }
            Err(error) => self.fail(&error),
        }
        None
    }

    /// Opens the form of a deal at the field that a finding is about, once it has come.
    pub(super) fn mend(&mut self, id: OpportunityId) {
        if let Err(why) = self.may(Deed::Change) {
            return self.warn(why);
        }
        self.going = None;
        self.opening = Some((Wish::Edit, id));
        self.ask(Request::Open(id));
    }

    /// Opens the form of a step on a deal of a room, once that has come; it says why the step cannot be.
    pub(super) fn step_on(&mut self, verb: Verb, id: OpportunityId) {
        if let Err(why) = self.may(Deed::Change) {
            return self.warn(why);
        }
        self.going = None;
        self.opening = Some((Wish::Step(verb), id));
        self.ask(Request::Open(id));
    }

    /// The form of a deal was opened: where a finding or a conflict led to it, its field has the cursor.
    pub(super) fn go_to_finding(&mut self) {
        let of_finding = self.check_room().and_then(|room| room.wanted.take());
        if let Some(part) = of_finding.or_else(|| self.third_wanted()) {
            self.with_form(|form| form.go_to_part(part));
            self.moved_in_form();
        }
    }

    /// Asks for the one value that settles a finding on all deals that have it.
    pub(super) fn mend_all(&mut self, rule: RuleId) {
        if let Err(why) = self.may(Deed::Change) {
            return self.warn(why);
        }
        if !rule.rule().is_fixable() {
            return self.tell(self.say.check_no_fix());
        }
        self.dialogs.push(Dialog::Path { field: TextField::line(""), wanted: Wanted::Fix(rule) });
    }

    /// Returns over what the value is asked for: the finding, and on how many deals.
    pub fn fix_title(&self, rule: RuleId) -> String {
        let room = self.rooms.iter().find_map(|room| if let Room::Check(check) = room { Some(check) } else { None });
        self.say.check_fix_title(room.map_or(0, |room| room.with(rule).count()), self.say.preflight_rule(rule))
    }

    /// The value was typed: what it changes is shown, and asked about.
    pub(super) fn fix_typed(&mut self, rule: RuleId) {
        let Some(Dialog::Path { field, .. }) = self.dialogs.last() else { return };
        let value = field.text().trim().to_owned();
        let Some(part) = rule.rule().part.filter(|_| !value.is_empty()) else { return };
        let deals: Vec<Checked> = self.check_room().map(|room| room.with(rule).cloned().collect()).unwrap_or_default();
        let (mut changes, mut shown, mut out) = (Vec::new(), Vec::new(), Vec::new());
        for deal in &deals {
            let on = &deal.full.opportunity;
            let title = on.title().to_string();
            match self.fixed(deal, rule, &[(part, &value)]) {
                Ok((change, changed)) => {
                    changes.push(change);
                    shown.push(self.say.check_fix_change(changed, title));
                }
                Err(why) => out.push(self.say.check_fix_out(title, why)),
            }
        }
        if changes.is_empty() {
            let why = out.into_iter().next().unwrap_or_default();
            return self.warn(why);
        }
        self.dialogs.pop();
        let lines = [self.first(shown), self.first(out)].concat();
        self.put(self.say.check_fix_ask(lines.join(" "), changes.len()), Then::Fix(changes));
    }

    /// Returns the change of one deal with its old and new value, or why there is none.
    fn fixed(&self, deal: &Checked, rule: RuleId, given: &[(Part, &str)]) -> Result<(Change, String), String> {
        let on = &deal.full.opportunity;
        let cure = deal.found.iter().find(|finding| finding.rule == rule).map_or(Cure::Set, |finding| finding.cure);
        if cure != Cure::Set {
            return Err(self.say.finding_cure(cure, rule.rule(), Some(on.id)));
        }
        let (draft, complaints) = DealDraft::giving(on, given);
        let edit = match draft.edit(on, self.now.today) {
            Ok((edit, _)) if complaints.is_empty() => edit,
            Ok(_) => return Err(self.complained(&complaints)),
            Err(more) => return Err(self.complained(&[complaints, more].concat())),
        };
        let fields: Vec<_> = edit.0.iter().map(Set::field).collect();
        let what = What::Edit(edit);
        let after = what.apply(&deal.full, self.now.now).map_err(|why| self.refusal(&why))?;
        let changed = |field: &Field| self.say.changed(&Named::Known(*field), &field.get(on), &field.get(&after.opportunity));
        let changed = fields.iter().map(changed).collect::<Vec<_>>().join(", ");
        Ok((Change { id: on.id, seen: Some(on.version), what }, changed))
    }

    fn complained(&self, complaints: &[Complaint]) -> String {
        complaints.iter().map(|complaint| self.say.complaint(complaint).sentence).collect::<Vec<_>>().join(" ")
    }

    /// Returns the first of several lines, and how many there are more.
    fn first(&self, mut lines: Vec<String>) -> Vec<String> {
        let more = lines.len().saturating_sub(SHOWN);
        lines.truncate(SHOWN);
        lines.extend((more > 0).then(|| self.say.check_fix_more(more)));
        lines
    }

    /// Returns what stands on top of the room.
    pub fn check_summary(&self, room: &Check) -> String {
        if !room.has_come {
            return self.say.check_coming();
        }
        if room.deals.is_empty() {
            return self.say.check_nothing_waits();
        }
        let first = room.more.then(|| self.say.check_first(room.deals.len()));
        [Some(self.say.checked(room.deals.len(), room.counts())), first].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Returns a line of the room with what stands at its right.
    pub fn check_line(&self, room: &Check, line: CheckLine) -> (String, String) {
        match line {
            CheckLine::Rule(id) => {
                let severity = self.say.severity(id.rule().severity);
                let deals = self.say.check_deals(room.with(id).count());
                (self.say.check_rule_line(self.say.preflight_rule(id), severity), deals)
            }
            CheckLine::Deal(rule, at) => {
                let Some((deal, finding)) = room.deal(rule, at) else { return Default::default() };
                (deal.full.opportunity.title().to_string(), self.check_cure(&deal.full, finding))
            }
        }
    }

    /// Says what helps: what is edited here opens at its field.
    fn check_cure(&self, full: &Full, finding: &Finding) -> String {
        match finding.cure {
            Cure::Set | Cure::TakeOff => self.say.check_enter_field(),
            cure => {
                // Enter corrects it here; everything else is done to the deal in the list or its page.
                let of_refused = (cure == Cure::Correct).then(|| self.cure_keys(full, Scope::List)).flatten();
                let open = || self.keys.key_in(Scope::Check, Action::Open);
                let of_refused = of_refused.map(|keys| self.say.check_cure_there(keys, open()));
                of_refused.unwrap_or_else(|| self.say.finding_cure(cure, finding.rule.rule(), Some(full.opportunity.id)))
            }
        }
    }
}

//! What both sides changed of one opportunity, and deciding it: theirs is taken or ours stays, field by field or all at once.

use super::Model;
use super::forms::Wish;
use crate::desk::keys::Action;
use crate::desk::room::{Clash, Conflicts, Room};
use crate::domain::change::{Change, Refusal, What};
use crate::domain::field::{Field, NotEditable};
use crate::domain::filter::Filter;
use crate::domain::held::{Claim, Party, Side};
use crate::domain::ids::OpportunityId;
use crate::domain::opportunity::Opportunity;
use crate::domain::part::{Part, Place};
use crate::domain::query::ListQuery;
use crate::domain::role::Deed;
use crate::domain::tab::{Tab, View};
use crate::store::{Full, Request, StoreError};

/// What finds everything that is to be decided.
const UNDECIDED: &str = "conflict:yes";
/// So many others are counted.
const COUNTED: usize = 999;

/// What was asked of the store about conflicts, by the number of the question.
#[derive(Debug, Default)]
pub(super) struct Questions {
    /// What rooms show.
    pub reading: Option<u64>,
    /// How many there are, and for whom that is.
    pub counting: Option<(u64, For)>,
}

/// For whom those in conflict are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// A room that is open and has nothing to decide any more.
    Room,
    /// The selected deal, which has nothing to decide.
    Selected,
    /// Nobody's deal: they are listed.
    List,
}

impl Model {
    /// Goes to what is to be decided: of the deal that is seen or, from where none is, of all; of one with nothing to decide it is told
    /// how many others there are.
    pub(super) fn resolve(&mut self) {
        let seen = self.selected().filter(|_| self.shows_selected()).map(|row| row.conflict);
        match seen {
            Some(true) => self.open_wish(Wish::Resolve),
            Some(false) => self.count_conflicts(For::Selected),
            None => self.count_conflicts(For::List),
        }
    }

    /// As [`Model::resolve`], of a deal of a room.
    pub(super) fn resolve_one(&mut self, id: OpportunityId) {
        self.going = None;
        self.opening = Some((Wish::Resolve, id));
        self.ask(Request::Open(id));
    }

    /// Shows what is to be decided; of one with nothing to decide, how many others there are.
    pub(super) fn open_conflicts(&mut self, full: &Full) {
        let (title, clashes) = self.clashes(full);
        self.rooms.retain(|room| !matches!(room, Room::Conflicts(_)));
        let seen = Some(full.opportunity.version);
        let agrees = clashes.is_empty();
        self.rooms.push(Room::Conflicts(Conflicts { seen, ..Conflicts::new(full.opportunity.id, title, clashes) }));
        if agrees {
            self.count_conflicts(For::Room);
        }
    }

    fn clashes(&self, full: &Full) -> (String, Vec<Clash>) {
        let on = &full.opportunity;
        let clash = |(field, claim): (&Field, &Claim)| Clash {
            field: *field,
            name: self.say.field(*field),
            before: self.say.value(*field, full.base.get(field).unwrap_or(&field.get(on))),
            ours: self.say.value(*field, &field.get(on)),
            theirs: self.say.value(*field, &claim.theirs),
            from: self.claimed(claim),
            third: self.third(*field, on),
        };
        (on.title().to_string(), full.conflicts.iter().map(clash).collect())
    }

    /// Returns where a value that is neither side's is typed, or why it cannot be.
    fn third(&self, field: Field, on: &Opportunity) -> Result<Part, String> {
        field.check_edit(on).map_err(|why| self.refusal(&Refusal::NotEditable(field, why)))?;
        match Place::read(field.path()) {
            Place::Part(part) => Ok(part),
            _ => Err(self.refusal(&Refusal::NotEditable(field, NotEditable::ByImport))),
        }
    }

    /// Returns where the form that was opened from a room of conflicts is to begin.
    pub(super) fn third_wanted(&mut self) -> Option<Part> {
        self.conflict_rooms().find_map(|room| room.wanted.take())
    }

    /// Says from whom a value is, and as of when.
    fn claimed(&self, claim: &Claim) -> String {
        let from = match claim.from {
            Party::Center => self.say.conflicts_side_center(),
        };
        claim.at.map_or(from.clone(), |at| self.say.conflicts_from(self.day_and_time(at), &from))
    }

    fn conflict_rooms(&mut self) -> impl Iterator<Item = &mut Conflicts> {
        self.rooms.iter_mut().filter_map(|room| if let Room::Conflicts(room) = room { Some(room) } else { None })
    }

    /// Reads what is to be decided again.
    pub(super) fn refresh_conflicts(&mut self) {
        let ids: Vec<OpportunityId> = self.conflict_rooms().map(|room| room.of).collect();
        if !ids.is_empty() {
            self.serial += 1;
            self.conflicts.reading = Some(self.serial);
            self.ask(Request::Several { of: self.serial, ids });
        }
    }

    /// What rooms show has come again.
    pub(super) fn conflicts_read(&mut self, found: Result<Vec<Full>, StoreError>) {
        match found {
            Ok(found) => found.iter().for_each(|full| self.conflicts_came(full)),
            Err(error) => self.fail(&error),
        }
    }

    /// What a room shows has come again; where nothing is left, the others are counted.
    fn conflicts_came(&mut self, full: &Full) {
        let (title, clashes) = self.clashes(full);
        let Some(room) = self.conflict_rooms().find(|room| room.of == full.opportunity.id) else { return };
        let ended = clashes.is_empty();
        room.receive(title, clashes, full.opportunity.version);
        if ended {
            self.count_conflicts(For::Room);
        }
    }

    /// Asks how many are in conflict at all.
    fn count_conflicts(&mut self, whom: For) {
        let Ok(filter) = Filter::read(UNDECIDED, &self.asking()) else { return };
        self.serial += 1;
        self.conflicts.counting = Some((self.serial, whom));
        let query = ListQuery { view: View::All, filter, ..ListQuery::tab(Tab::All) };
        self.ask(Request::Ids { of: self.serial, query, limit: COUNTED });
    }

    /// They were counted: told in the room that has nothing left to decide or in one about the selected deal, else listed.
    pub(super) fn conflicts_counted(&mut self, whom: For, found: Result<(Vec<OpportunityId>, bool), StoreError>) {
        let (ids, more) = match found {
            Ok(found) => found,
            Err(error) => return self.fail(&error),
        };
        let others = (!ids.is_empty()).then(|| self.say.number(ids.len() as u64) + if more { "+" } else { "" });
        let is_on_top = matches!(self.rooms.last(), Some(Room::Conflicts(_)));
        if let Some(room) = self.conflict_rooms().next().filter(|_| is_on_top || whom == For::Room) {
            room.others = others;
            return;
        }
        let selected = self.selected().map(|row| (row.id, row.title().to_owned()));
        match (whom, others, selected) {
            // It was closed meanwhile.
            (For::Room, ..) => {}
            (For::Selected, others @ Some(_), Some((id, title))) => {
                self.rooms.push(Room::Conflicts(Conflicts { others, ..Conflicts::new(id, title, Vec::new()) }));
            }
            (_, Some(_), _) => self.list_conflicts(),
            (For::List, None, _) => self.tell(self.say.conflicts_none()),
            (For::Selected, None, _) => self.warn(self.say.refused_no_conflict()),
        }
    }

    /// Returns what the room says where it has nothing to decide.
    pub fn conflicts_rest(&self, room: &Conflicts) -> String {
        let undo = self.keys.key_name(Action::Undo);
        let here = if room.decided { self.say.conflicts_decided(undo) } else { self.say.conflicts_agree() };
        let others = room.others.as_ref().map(|count| self.say.conflicts_elsewhere(count));
        [Some(here), others].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Lists everything that is to be decided, wherever it stands.
    pub(super) fn list_conflicts(&mut self) {
        self.rooms.clear();
        self.set_filter(UNDECIDED);
        self.show_everywhere();
    }

    /// Ends the conflict of a field, or all of one opportunity.
    pub(super) fn decide(&mut self, id: OpportunityId, field: Option<Field>, side: Side) {
        if let Err(why) = self.may(Deed::Change) {
            return self.warn(why);
        }
        let Some((fields, seen)) = self.conflict_rooms().find(|room| room.of == id).map(|room| room.decide(field)) else {
            return;
        };
        let what = What::Resolve { fields, side };
        self.ask(Request::Apply { changes: vec![Change { id, seen, what }], now: self.now.now });
    }
}

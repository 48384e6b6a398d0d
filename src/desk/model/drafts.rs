//! New deals that are begun and not finished: what their room shows of each, and how one is resumed, thrown away or left for another.

use super::Model;
use super::dialog::Then;
use crate::desk::form::{Form, FormKind, Subject};
use crate::desk::keys::Action;
use crate::desk::room::{Drafts, Room};
use crate::domain::draft::Texts;
use crate::domain::ids::DraftId;
use crate::store::{Aids, Draft, DraftKey, NEW_DRAFT, Request};

impl Model {
    /// Shows the deals that are begun, with the cursor on the latest.
    pub(super) fn show_drafts(&mut self, aids: Aids) {
        self.take_drafts();
        self.rooms.push(Room::Drafts(Box::new(Drafts::new(aids))));
    }

    /// Closes their room and returns it; `None` where it is not open.
    fn take_drafts(&mut self) -> Option<Drafts> {
        let at = self.rooms.iter().position(|room| matches!(room, Room::Drafts(_)))?;
        match self.rooms.remove(at) {
            Room::Drafts(drafts) => Some(*drafts),
            _ => None,
        }
    }

    /// Says where a deal was left, and what it cannot do without and has not yet.
    pub fn draft_state(&self, draft: &Draft) -> String {
        let mut form = Form::open(FormKind::New, Subject::default(), &Texts::new());
        drop(form.restore(&draft.texts));
        form.recheck(self.now);
        let page = form.page().map(|page| self.say.page(page)).unwrap_or_default();
        let missing = self.say.form_missing(&form).join(", ");
        if missing.is_empty() { self.say.drafts_whole(page) } else { self.say.drafts_missing(missing, page) }
    }

    pub(super) fn ask_to_drop_draft(&mut self, id: DraftId) {
        self.put(self.say.ask_drop_draft(), Then::DropDraft(id));
    }

    /// Throws a deal away that is begun; the others are shown again.
    pub(super) fn drop_begun(&mut self, id: DraftId) {
        self.ask(Request::DropDraft(DraftKey::New(id)));
        self.count_sample();
        for room in &mut self.rooms {
            if let Room::Drafts(drafts) = room {
                drafts.drop_draft(id);
            }
        }
        self.tell(self.say.drafts_gone());
    }

    /// Begins a new deal although others are begun.
    pub(super) fn start_new(&mut self) {
        if let Some(drafts) = self.take_drafts() {
            self.open_new_deal(drafts.aids);
        }
    }

    /// Goes on with a deal that is begun, where it was left.
    pub(super) fn resume(&mut self, id: DraftId) {
        if let Some(Drafts { aids, .. }) = self.take_drafts() {
            self.resume_from(aids, id);
        }
    }

    /// Opens one of the drafts that came with what earlier deals offer.
    pub(super) fn resume_from(&mut self, mut aids: Aids, id: DraftId) {
        let Some(Draft { texts, .. }) = aids.drafts.iter().find(|draft| draft.id == id).cloned() else { return };
        // The number that was taken for another new deal is not needed.
        if let Some(spare) = aids.draft.replace(id) {
            self.ask(Request::DropDraft(DraftKey::New(spare)));
        }
        self.open_deal(FormKind::New, Subject::default(), Texts::new(), aids);
        self.with_form(|form| drop(form.restore(&texts)));
        self.tell(self.say.form_draft_restored());
        self.moved_in_form();
    }

    /// Keeps the form below a question as it stands, with the place where it is left.
    pub(super) fn keep_form(&mut self) {
        if self.keep_sheet() {
            return;
        }
        let now = self.now;
        let mut kept = None;
        self.with_form(|form| kept = Some((form.draft, form.kept(now.today))));
        if let Some((key, texts)) = kept {
            self.ask(Request::KeepDraft { key, texts, now: now.now });
        }
    }

    /// Says after the start that deals are begun and not finished.
    pub(super) fn tell_drafts(&mut self, drafts: &[Draft]) {
        let begun = drafts.iter().filter(|draft| draft.form == NEW_DRAFT).count();
        if begun > 0 && self.note.is_none() {
            let key = self.keys.key_name(Action::New);
            self.tell(self.say.form_drafts_one(key, begun));
        }
    }
}

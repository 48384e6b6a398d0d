//! Sheets on the desk: opening, typing into, saving and leaving the forms of what is kept beside deals; what was typed is kept as a draft.

use super::dialog::{Dialog, Question, Then};
use super::{Effect, Model};
use crate::desk::form::{Edited, Made, Sheet, SheetOf, Slot, is_taken};
use crate::desk::keys::{Action, Code, Key, Scope};
use crate::desk::zones::FormHit;
use crate::domain::date::Date;
use crate::domain::draft::Texts;
use crate::domain::invalid::{Complaint, Invalid};
use crate::domain::lead::Lead;
use crate::domain::programme::offer::OfferPart;
use crate::domain::programme::organisation::{Organisation, Telling};
use crate::domain::programme::registration::Registration;
use crate::store::{DraftKey, Joined, OfLeads, OfOffers, OfRegistrations, OfferChange, Request};

impl Model {
    /// Returns the open sheet, if it is the topmost.
    pub fn sheet(&self) -> Option<&Sheet> {
        if let Some(Dialog::Sheet(sheet)) = self.dialogs.last() { Some(sheet) } else { None }
    }

    /// Returns the open sheet, also where a question lies over it.
    pub(super) fn sheet_below(&mut self) -> Option<&mut Sheet> {
        let sheets = self.dialogs.iter_mut().rev();
        sheets.filter_map(|dialog| if let Dialog::Sheet(sheet) = dialog { Some(&mut **sheet) } else { None }).next()
    }

    /// Shows a sheet, once its earlier draft has come.
    pub(super) fn show_sheet(&mut self, sheet: Sheet) {
        let key = sheet.draft;
        self.dialogs.push(Dialog::Sheet(Box::new(sheet)));
        self.ask(Request::Draft(key));
    }

    /// Puts an earlier draft into the sheet that asked for it; returns whether it was a sheet.
    pub(super) fn draft_of_sheet(&mut self, key: DraftKey, texts: Option<&Texts>) -> bool {
        let today = self.now.today;
        let Some(sheet) = self.sheet_below().filter(|sheet| sheet.draft == key && sheet.awaits_draft) else { return false };
        sheet.awaits_draft = false;
        let changed = texts.map(|texts| sheet.restore(texts)).filter(|_| sheet.is_changed());
        sheet.recheck(today);
        match changed {
            Some(changed) if changed.is_empty() => self.tell(self.say.form_draft_restored()),
            Some(changed) => {
                let fields: Vec<String> = changed.into_iter().map(|part| self.say.sheet_label(part)).collect();
                self.warn(self.say.form_draft_overtaken(fields.join(", ")));
            }
            None => {}
        }
        self.replay();
        true
    }

    /// Another window typed into the draft of the open sheet; returns whether it is one.
    pub(super) fn sheet_joined(&mut self, key: DraftKey, joined: &Joined) -> bool {
        let today = self.now.today;
        let Some(sheet) = self.sheet_below().filter(|sheet| sheet.draft == key && !sheet.saving) else { return false };
        let theirs = sheet.join(&joined.theirs);
        sheet.recheck(today);
        let fields: Vec<String> = theirs.into_iter().map(|part| self.say.sheet_label(part)).collect();
        if !joined.clashes.is_empty() {
            self.warn(self.say.form_draft_clash(joined.clashes.join(", ")));
        } else if !fields.is_empty() {
            self.tell(self.say.form_draft_joined(fields.join(", ")));
        }
        true
    }

    /// A key in a sheet: the field first, then the sheet, then what the key means everywhere.
    pub(super) fn sheet_key(&mut self, key: Key, burst: bool) {
        let action = self.keys.find(Scope::Form, key);
        let Some(Dialog::Sheet(sheet)) = self.dialogs.last_mut() else { return };
        if sheet.saving {
            return if action == Some(Action::Leave) { self.perform(Action::Leave) } else { self.tell(self.say.form_saving()) };
        }
        if let Some(Slot::Line(field)) = sheet.focused().map(|field| &mut field.slot) {
            match field.key(key) {
                Edited::Text => return self.sheet_typed(),
                Edited::Cursor => return,
                Edited::No => {}
            }
        } else if chooses(sheet, key) {
            return self.sheet_typed();
        }
        match (action, key.code) {
            (Some(Action::NextField), _) => self.move_in_sheet(Sheet::next_field),
            (Some(Action::PreviousField), _) => self.move_in_sheet(Sheet::previous_field),
            (Some(Action::NextPage), _) => self.move_in_sheet(|sheet| sheet.go_to(None)),
            (Some(Action::PreviousPage), _) => self.move_in_sheet(|sheet| sheet.go_to(Some(0))),
            (Some(Action::Save), _) => self.save_sheet(),
            (Some(Action::Expand), _) => self.expand_in_sheet(),
            (Some(Action::NextSuggestion | Action::Pick | Action::Remove), _) => {
                self.tell(self.say.form_not_here(key.to_string()));
            }
            (None, Code::Enter) => self.enter_in_sheet(burst),
            (Some(action), _) => self.perform(action),
            (None, _) => self.tell_unknown(key),
        }
    }

    /// A calendar for a day, the user's editor for several lines, as in the forms of deals.
    pub(super) fn expand_in_sheet(&mut self) {
        let today = self.now.today;
        let field = self.sheet_below().and_then(Sheet::focused).map(|field| (field.part, field.text().to_owned()));
        match field {
            Some((part, text)) if part.is_day() => {
                let chosen = Date::by(&text, today).map_or(*today, |typed| typed.date);
                self.dialogs.push(Dialog::Calendar(chosen));
            }
            Some((part, text)) if part.is_long() => self.effects.push(Effect::EditText(text)),
            _ => self.tell(self.say.form_no_expand()),
        }
    }

    /// Writes into the field of the sheet what the calendar or the editor brings; returns whether a sheet is open.
    pub(super) fn fill_sheet(&mut self, text: &str) -> bool {
        let Some(sheet) = self.sheet_below() else { return false };
        sheet.fill(text);
        self.sheet_typed();
        true
    }

    fn move_in_sheet(&mut self, change: impl FnOnce(&mut Sheet)) {
        let today = self.now.today;
        if let Some(sheet) = self.sheet_below() {
            change(sheet);
            sheet.recheck(today);
        }
    }

    /// Enter goes to the next field, and on the button saves; keys that came in one piece never save.
    fn enter_in_sheet(&mut self, burst: bool) {
        match self.sheet().map(|sheet| sheet.focus) {
            Some(None) if burst => self.warn(self.say.form_enter_pasted()),
            Some(None) => self.save_sheet(),
            _ => self.move_in_sheet(Sheet::next_field),
        }
    }

    pub(super) fn paste_into_sheet(&mut self, text: &str) {
        let Some(Slot::Line(field)) = self.sheet_below().and_then(Sheet::focused).map(|field| &mut field.slot) else {
            return self.warn(self.say.desk_paste_nowhere());
        };
        let cut = field.paste(text.trim_end_matches(['\n', '\r']));
        if cut > 0 {
            self.warn(self.say.form_paste_cut(cut));
        }
        self.sheet_typed();
    }

    pub(super) fn click_in_sheet(&mut self, hit: FormHit) {
        match hit {
            FormHit::Field(at) => self.move_in_sheet(|sheet| sheet.go_to(Some(at))),
            FormHit::Option(at, option) => {
                self.move_in_sheet(|sheet| {
                    sheet.go_to(Some(at));
                    sheet.choose_number(Some(option));
                });
                self.sheet_typed();
            }
            FormHit::Button => {
                self.move_in_sheet(|sheet| sheet.go_to(None));
                self.enter_in_sheet(false);
            }
            FormHit::Page(_) | FormHit::Suggestion(_) => {}
        }
    }

    /// Something was typed: it is checked, and kept as a draft.
    pub(super) fn sheet_typed(&mut self) {
        let (today, now) = (self.now.today, self.now.now);
        let Some(sheet) = self.sheet_below() else { return };
        sheet.failure = None;
        sheet.recheck(today);
        let (key, texts) = (sheet.draft, sheet.kept());
        self.ask(Request::KeepDraft { key, texts, now });
    }

    /// Keeps the draft of the sheet as it stands; returns whether one is open.
    pub(super) fn keep_sheet(&mut self) -> bool {
        let now = self.now.now;
        let kept = self.sheet_below().map(|sheet| (sheet.draft, sheet.kept()));
        let is_open = kept.is_some();
        kept.into_iter().for_each(|(key, texts)| self.ask(Request::KeepDraft { key, texts, now }));
        self.refresh_offers();
        is_open
    }

    /// Has what was typed kept, or says what is wrong with it.
    pub(super) fn save_sheet(&mut self) {
        let (today, now) = (self.now.today, self.now.now);
        let all = self.offers_room().map(|room| room.all().to_vec()).unwrap_or_default();
        let name = self.say.offers_said_organisation();
        let Some(sheet) = self.sheet_below() else { return };
        let mut made = sheet.check(today);
        if let Some(Made::Offer(offer)) = &made
            && is_taken(offer, sheet.seen(), &all)
        {
            sheet.complain(vec![Complaint::new(OfferPart::Name.code(), Invalid::Taken(offer.name.to_string()))]);
            made = None;
        }
        let Some(made) = made else {
            let count = sheet.complaints.len();
            return self.warn(self.say.form_complaints(count));
        };
        let seen = if let SheetOf::Lead(seen) = &sheet.of { Some(seen.clone()) } else { None };
        let told = if let SheetOf::Facts(told) = &sheet.of { told.clone() } else { Box::default() };
        let request = match (made, sheet.seen().cloned()) {
            (Made::Lead(lead), _) if seen.as_ref() == Some(&lead) => return self.sheet_unchanged(),
            (Made::Lead(lead), _) => Asking::Lead(seen.unwrap_or_else(|| lead.clone()), lead),
            (Made::Offer(offer), Some(seen)) if seen.offer == *offer => return self.sheet_unchanged(),
            (Made::Offer(offer), Some(seen)) => OfferChange::Change { seen: Box::new(seen), offer: *offer }.into(),
            (Made::Offer(offer), None) => OfferChange::Make(*offer).into(),
            (Made::Facts(facts), _) if facts.is_empty() => return self.sheet_unchanged(),
            (Made::Facts(facts), _) => Asking::Facts(told, facts),
            (Made::Exception(to), _) => Asking::Exception(to),
        };
        let of_exception = if let SheetOf::Exception(of) = &sheet.of { Some(of.clone()) } else { None };
        (sheet.saving, sheet.failure) = (true, None);
        self.ask(match request {
            Asking::Exception(to) => {
                let Some(of) = of_exception else { return };
                let (deal, seen) = (Box::new(of.deal), Some(Box::new(of.seen)));
                Request::Registrations(OfRegistrations::Keep { deal, seen, to, now })
            }
            Asking::Change(change) => Request::Offers(OfOffers::Change { change, now }),
            Asking::Facts(seen, facts) => Request::Offers(OfOffers::Tell { name, seen, facts, now }),
            Asking::Lead(seen, lead) => Request::Leads(OfLeads::Change { seen, lead, now }),
        });
    }

    fn sheet_unchanged(&mut self) {
        if let Some(Dialog::Sheet(sheet)) = self.dialogs.pop() {
            self.ask(Request::DropDraft(sheet.draft));
        }
        self.tell(self.say.form_nothing_changed());
    }

    /// What a sheet asked for is kept: it closes with the question over it, and its draft is not needed any more.
    pub(super) fn sheet_saved(&mut self) {
        let saving = |dialog: &Dialog| matches!(dialog, Dialog::Sheet(sheet) if sheet.saving);
        let Some(at) = self.dialogs.iter().position(saving) else { return };
        let above = self.dialogs.split_off(at + 1);
        if let Some(Dialog::Sheet(sheet)) = self.dialogs.pop() {
            self.ask(Request::DropDraft(sheet.draft));
        }
        let stays = |dialog: &Dialog| !matches!(dialog, Dialog::Ask(Question { then: Then::Leave, .. }));
        self.dialogs.extend(above.into_iter().filter(stays));
    }

    /// It could not be kept: the sheet stays as it is and says why; returns whether one was being saved.
    pub(super) fn sheet_failed(&mut self, why: &str) -> bool {
        let Some(sheet) = self.sheet_below().filter(|sheet| sheet.saving) else { return false };
        (sheet.saving, sheet.failure) = (false, Some(why.to_owned()));
        true
    }

    /// Leaves the topmost sheet; one into which something was typed asks first. Returns whether there is one.
    pub(super) fn leave_sheet(&mut self) -> bool {
        let Some(sheet) = self.sheet() else { return false };
        let (key, saving, changed, awaits) = (sheet.draft, sheet.saving, sheet.is_changed(), sheet.awaits_draft);
        if saving {
            return true;
        }
        if changed {
            self.put(self.say.ask_leave_form(), Then::Leave);
            return true;
        }
        self.dialogs.pop();
        if awaits {
            self.ahead.clear();
        } else {
            self.ask(Request::DropDraft(key));
        }
        true
    }
}

/// What a sheet asks the store for.
enum Asking {
    Lead(Box<Lead>, Box<Lead>),
    Change(Box<OfferChange>),
    Facts(Box<Organisation>, Vec<Telling>),
    Exception(Box<Registration>),
}

impl From<OfferChange> for Asking {
    fn from(change: OfferChange) -> Self {
        Self::Change(Box::new(change))
    }
}

/// A key on a choice; returns whether it chose something.
fn chooses(sheet: &mut Sheet, key: Key) -> bool {
    match key.command().code {
        // At the end of the list the arrow goes on to the next field.
        Code::Down => sheet.choose(true),
        Code::Up => sheet.choose(false),
        Code::Char('j') | Code::Right => {
            sheet.choose(true);
            true
        }
        Code::Char('k') | Code::Left => {
            sheet.choose(false);
            true
        }
        Code::Char(' ') => sheet.turn(),
        Code::Backspace | Code::Delete => sheet.choose_number(None),
        Code::Char(digit @ '1'..='8') => sheet.choose_number(digit.to_digit(10).map(|digit| digit as usize)),
        _ => false,
    }
}

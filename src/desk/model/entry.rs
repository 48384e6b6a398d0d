//! Forms of deals on the desk: opening them with what earlier deals offer, the drafts that are begun, and what was made.

use super::Model;
use super::dialog::{Dialog, Wanted};
use super::forms::subject_of;
use crate::desk::form::{Form, FormKind, Subject, TextField};
use crate::domain::change::{Change, What};
use crate::domain::deadline;
use crate::domain::directory::KnownCustomer;
use crate::domain::draft::{DealDraft, Texts};
use crate::domain::ids::{OpportunityId, Version};
use crate::domain::invalid::Complaint;
use crate::domain::lead::Lead;
use crate::domain::opportunity::Opportunity;
use crate::domain::part::{Part, Whose};
use crate::domain::rules::of_asking;
use crate::domain::stage::Stage;
use crate::domain::tab::Tab;
use crate::store::{Aids, DraftKey, Full, Request};

/// A form that is opened as soon as what earlier deals offer has come.
#[derive(Debug, Clone)]
pub(super) enum Beginning {
    New,
    Clone(Box<Full>),
    Edit(Box<Full>),
    Accept(Box<Full>),
    Lead(Box<Lead>),
    /// A new deal with a customer of the directory.
    With(Box<KnownCustomer>),
    /// The step to Won, once it is known whether it could be registered then.
    Win(Box<Full>),
    /// The contract of a won deal.
    Contract(Box<Full>),
    /// A deal that was typed in the sample.
    Carried(Texts),
}

impl Model {
    /// Begins a new deal, or shows those that are begun and not finished.
    pub(super) fn open_new(&mut self) {
        self.begin(Beginning::New);
    }

    pub(super) fn open_clone(&mut self, full: &Full) {
        self.begin(Beginning::Clone(Box::new(full.clone())));
    }

    pub(super) fn open_edit(&mut self, full: &Full) {
        let on = &full.opportunity;
        if let Some(until) = self.deadline_shown(&on.stage) {
            let wanted = Wanted::Deadline(on.id, on.version);
            return self.dialogs.push(Dialog::Path { field: TextField::line(&until), wanted });
        }
        self.begin(Beginning::Edit(Box::new(full.clone())));
    }

    /// Returns the deadline of a received one as it is offered to be changed.
    fn deadline_shown(&self, stage: &Stage) -> Option<String> {
        let Stage::Received { respond_by } = stage else { return None };
        Some(self.clock.local(respond_by.at).format("%Y-%m-%d %H:%M").to_string())
    }

    /// The deadline of a received one was typed, as the mail of Partner Center has it.
    pub(super) fn set_deadline(&mut self, id: OpportunityId, seen: Version) {
        let Some(Dialog::Path { field, .. }) = self.dialogs.last() else { return };
        // What was only looked at says nothing: a deadline that is counted stays one.
        if self.selected().is_some_and(|row| row.id == id && self.deadline_shown(&row.stage).as_deref() == Some(field.text())) {
            self.dialogs.pop();
            return;
        }
        match deadline::typed(field.text(), self.now) {
            Ok(at) => {
                self.dialogs.pop();
                let changes = vec![Change { id, seen: Some(seen), what: What::RespondBy(at) }];
                self.ask(Request::Apply { changes, now: self.now.now });
            }
            Err(why) => {
                let complaint = Complaint::new(self.say.deadline_field(), why);
                self.warn(self.say.complaint(&complaint).whole());
            }
        }
    }

    pub(super) fn begin(&mut self, beginning: Beginning) {
        let new = !matches!(beginning, Beginning::Edit(_) | Beginning::Accept(_));
        // While rows are read it takes a while: nobody looks at a desk that does not answer.
        if self.importing.is_some() {
            self.tell(self.say.form_coming());
        }
        self.serial += 1;
        self.beginning = Some((self.serial, beginning));
        self.ask(Request::Aids { of: self.serial, new, now: self.now.now });
    }

    /// What earlier deals offer has come: the form that waits for it is opened.
    pub(super) fn aids(&mut self, of: u64, mut aids: Aids) {
        let beginning = self.beginning.take_if(|(serial, _)| *serial == of).filter(|_| self.form_below().is_none());
        let Some((_, beginning)) = beginning else {
            // It was given up, or another form was faster: the number that was taken is given back.
            aids.draft.into_iter().for_each(|spare| self.ask(Request::DropDraft(DraftKey::New(spare))));
            return;
        };
        let me = &self.config.me;
        if me.is_complete() {
            aids.people.retain(|person| !person.is_same(me));
            aids.people.insert(0, me.clone());
        }
        match beginning {
            Beginning::New if !aids.drafts.is_empty() => self.show_drafts(aids),
            Beginning::New => self.open_new_deal(aids),
            Beginning::Carried(texts) => {
                self.open_deal(FormKind::New, Subject::default(), Texts::new(), aids);
                self.carried_deal(&texts);
            }
            Beginning::Clone(full) => {
                let mut draft = DealDraft::clone_of(&full.opportunity);
                draft.employees.retain(|person| person.build(Whose::Employee(0)).is_ok());
                self.open_deal(FormKind::New, Subject::default(), draft.texts(), aids);
            }
            Beginning::Lead(lead) => self.open_deal_of_lead(&lead, aids),
            Beginning::With(known) => self.open_deal_with(&known, aids),
            Beginning::Accept(full) => self.open_acceptance(&full, aids),
            // These wait for something else.
            Beginning::Win(_) | Beginning::Contract(_) => {}
            Beginning::Edit(full) => {
                let subject = Subject { on: Some(Box::new(full.opportunity.clone())), me: self.me(), ..subject_of(&full) };
                let is_refused = full.refused.is_some() && full.is_unknown_there();
                let kind = if is_refused { FormKind::Correct } else { FormKind::Edit };
                self.open_deal(kind, subject, DealDraft::of(&full.opportunity).texts(), aids);
                self.go_to_finding();
            }
        }
        self.replay();
    }

    pub(super) fn open_deal(&mut self, kind: FormKind, subject: Subject, mut texts: Texts, aids: Aids) {
        let home = self.config.home_currency.filter(|_| kind == FormKind::New && !texts.contains_key(Part::Currency.path()));
        texts.extend(home.map(|home| (Part::Currency.path().to_owned(), home.to_string())));
        let mut form = Form::open(kind, subject, &texts);
        match home {
            Some(home) => form.offer(Part::Currency, home.code()),
            None => form.own_everything(),
        }
        if let Some(draft) = aids.draft.filter(|_| kind == FormKind::New) {
            form.draft = DraftKey::New(draft);
        }
        form.aids = aids;
        self.show_form(form);
    }

    /// Opens the form of a new deal with what the last ones let expect.
    pub(super) fn open_new_deal(&mut self, aids: Aids) {
        self.open_deal(FormKind::New, Subject::default(), Texts::new(), aids);
        let home = self.say.home();
        let now = self.now;
        self.with_form(|form| {
            form.offer_of_last_deals(home);
            // What is offered is not missing.
            form.recheck(now);
        });
        self.suggest();
    }

    /// Opens the request for Microsoft's help, with what follows from it (MG-09).
    pub(super) fn open_ask_help(&mut self, full: &Full) {
        let on = &full.to_act_on();
        let consequences = match of_asking(on, on.customer.contact.as_ref()) {
            Ok(follows) => follows,
            Err(why) => return self.warn(self.refusal(&why)),
        };
        let subject = Subject { consequences, on: Some(Box::new(on.clone())), ..subject_of(full) };
        let texts = DealDraft::of(on).texts();
        self.show_form(Form::open(FormKind::AskHelp, subject, &texts));
    }

    /// The deal is made: it is shown where it stands (MG-15, MG-71).
    pub(super) fn created(&mut self, made: &Opportunity) {
        self.close_saving();
        self.refresh_history();
        let said = self.say.created(made, made.title().as_str());
        self.tell(self.with_undo(said));
        self.show_tab(Tab::Outbound);
        self.reload_wanting(made.id);
        self.ask(Request::Counts { now: self.now });
    }
}

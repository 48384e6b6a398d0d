//! Registering a won deal on the desk: whether it could be is said before Won, the form of its contract is opened, and what was kept is told.

use std::sync::Arc;

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind, Then};
use super::entry::Beginning;
use super::forms::subject_of;
use crate::desk::form::{Contracting, ExceptionOf, Form, FormKind, Sheet, SheetOf, Subject, bars_for_good};
use crate::desk::keys::Action;
use crate::desk::room::{OutboxLine, OutboxPart};
use crate::domain::change::What;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::outgoing::Choice;
use crate::domain::programme::registration::judge::{Grounds, is_of_kind};
use crate::domain::programme::registration::{Next, Registration, RegistrationStays};
use crate::domain::role::Deed;
use crate::domain::rules::consequences;
use crate::domain::stage::Verb;
use crate::store::{Full, KeptRegistration, OfRegistrations, RegistrationsSaid, Request, StoreError};

impl Model {
    /// Opens a form once it is known what a deal is held against.
    pub(super) fn begin_registering(&mut self, beginning: Beginning) {
        self.serial += 1;
        self.beginning = Some((self.serial, beginning));
        let ruling = Arc::clone(&self.offers.rules);
        self.ask(Request::Registrations(OfRegistrations::Grounds { of: self.serial, ruling, now: self.now.now }));
    }

    /// What a contract is held against may be otherwise by now: its open form is to hear of it.
    pub(super) fn renew_grounds(&mut self) {
        if self.form_below().is_some_and(|form| form.kind == FormKind::Register) {
            self.serial += 1;
            let ruling = Arc::clone(&self.offers.rules);
            self.ask(Request::Registrations(OfRegistrations::Grounds { of: self.serial, ruling, now: self.now.now }));
        }
    }

    pub(super) fn registrations_said(&mut self, said: RegistrationsSaid) {
        match said {
            RegistrationsSaid::Grounds { of, found: Ok(grounds) } => self.grounds_came(of, *grounds),
            RegistrationsSaid::Grounds { found: Err(error), .. } => {
                self.give_form_up();
                self.fail(&error);
            }
            RegistrationsSaid::Kept { deal, to, done: Ok(step) } if self.is_saving_exception() => {
                self.sheet_saved();
                self.refresh_history();
                let said = self.exception_kept(&to).unwrap_or_default();
                self.tell_step(said, step);
                self.registrations_moved(&deal);
            }
            RegistrationsSaid::Kept { deal, to, done: Ok(step) } => {
                self.form_saved();
                self.refresh_history();
                let outbox = self.keys.key_name(Action::Outbox);
                let kept = || match to.deadline(&self.offers.rules.registration) {
                    Some(day) => self.say.register_kept(day.to_string(), deal.title().as_str(), outbox),
                    None => self.say.register_kept_undated(deal.title().as_str(), outbox),
                };
                let said = if step.is_some() { kept() } else { self.say.form_nothing_changed() };
                self.tell_step(said, step);
                self.registrations_moved(&deal);
            }
            RegistrationsSaid::Kept { done: Err(error), .. } if self.is_saving_exception() => {
                let said = self.said(&error);
                self.sheet_failed(&said);
                self.offer_rescue(&error);
            }
            RegistrationsSaid::Kept { done: Err(error), .. } => self.fail_in_form(&error),
            RegistrationsSaid::Listed(Ok(all)) => {
                let lines = all.iter().filter_map(|(kept, stays)| self.registration_line(kept, *stays)).collect();
                if let Some(room) = self.outbox_room() {
                    room.receive_registrations(lines);
                }
            }
            RegistrationsSaid::Listed(Err(error)) => self.fail(&error),
            RegistrationsSaid::Ran(done) => self.registrations_ran(done),
            RegistrationsSaid::Forgotten { file, done } => {
                match done {
                    Ok(count) => self.tell(self.say.registrations_forgotten(count, file)),
                    Err(error) => self.fail(&error),
                }
                self.registrations_changed();
            }
        }
    }

    /// The file was written, or an answer was taken: it is said, line by line in the messages.
    fn registrations_ran(&mut self, done: Result<Vec<String>, (Vec<String>, Option<StoreError>)>) {
        self.importing = None;
        self.import_begun();
        match done {
            Ok(said) => {
                self.messages.keep(self.now.now, &said.join("\n"));
                self.tell(said.join(" "));
            }
            Err((_, Some(error))) => self.fail(&error),
            Err((said, None)) => self.warn(said.join(" ")),
        }
        self.registrations_changed();
    }

    fn is_saving_exception(&self) -> bool {
        let is_it = |sheet: &Sheet| sheet.saving && matches!(sheet.of, SheetOf::Exception(_));
        self.dialogs.iter().any(|dialog| matches!(dialog, Dialog::Sheet(sheet) if is_it(sheet)))
    }

    fn registrations_changed(&mut self) {
        self.detail = None;
        self.refresh_history();
        self.refresh_outbox();
        self.look();
    }

    /// Returns the line of the outbox for a registration; `None` where nothing of it is on its way.
    fn registration_line(&self, kept: &KeptRegistration, stays: Option<RegistrationStays>) -> Option<OutboxLine> {
        let of = &kept.registration;
        let part = match (of.next(), stays) {
            (Next::Mend | Next::Act | Next::ByHand, _) | (Next::Write, Some(RegistrationStays::Flawed)) => {
                OutboxPart::RegistrationToMend
            }
            (Next::Write, Some(_)) => OutboxPart::RegistrationKept,
            (Next::Write, None) => OutboxPart::RegistrationReady,
            (Next::Upload, _) => OutboxPart::RegistrationWritten,
            (Next::Wait | Next::Nothing, _) => return None,
        };
        let stays = stays.map(|stays| self.say.registration_stays(stays, of, (&kept.deal, kept.win_in.as_deref())));
        let refused = of.errors.as_ref().map(|errors| self.say.registrations_refused(errors.as_str()));
        let reason = of.reason.as_ref().map(ToString::to_string);
        let by = of.deadline(&self.offers.rules.registration).map(|day| self.say.outbox_register_by(day.to_string()));
        Some(OutboxLine {
            id: kept.deal.id,
            version: kept.deal.version,
            part,
            choice: Choice::Open,
            title: kept.deal.title().to_string(),
            standing: self.say.registration_stands(of),
            lines: [stays, by, refused, reason].into_iter().flatten().collect(),
            open_in: of.written.as_ref().map(|written| written.file.to_string()),
            unchanged: false,
            tells: false,
            tell: None,
        })
    }

    /// Asks whether the file of a registration was never uploaded; says why where none awaits its answer.
    pub(super) fn ask_to_forget_registrations(&mut self, file: Option<String>) {
        if let Err(why) = self.may(Deed::Send) {
            return self.warn(why);
        }
        match file {
            Some(file) => self.put(self.say.registrations_ask_forget(&file), Then::ForgetRegistrations(file)),
            None => self.tell(self.say.registrations_forget_not()),
        }
    }

    pub(super) fn forget_registrations(&mut self, file: String) {
        self.ask(Request::Registrations(OfRegistrations::Forget { file, now: self.now.now }));
    }

    /// The registration of a deal is another one: what is shown of it is read anew.
    fn registrations_moved(&mut self, deal: &Opportunity) {
        self.detail = None;
        self.reload_wanting(deal.id);
        self.ask(Request::Counts { now: self.now });
    }

    /// What a deal is held against has come: the form that waits for it is opened.
    fn grounds_came(&mut self, of: u64, grounds: Grounds) {
        let now = self.now;
        self.with_form(|form| {
            if let Some(contract) = form.subject.contract.as_mut().filter(|_| form.kind == FormKind::Register) {
                contract.grounds = grounds.clone();
                form.recheck(now);
            }
        });
        let beginning = self.beginning.take_if(|(serial, _)| *serial == of).filter(|_| self.form_below().is_none());
        match beginning {
            Some((_, Beginning::Win(full))) => {
                let on = &full.opportunity;
                match consequences(on, Verb::Win, self.now.now) {
                    Ok(follows) => self.open_step_that(Verb::Win, &full, grounds.of_winning(follows, on, self.now.now)),
                    Err(why) => self.warn(self.refused(&why)),
                }
            }
            Some((_, Beginning::Contract(full))) => self.open_contract(&full, grounds),
            _ => return,
        }
        self.replay();
    }

    /// Opens the form of a contract or, where nothing that could be told in it makes the deal eligible, says which rules bar it and why.
    fn open_contract(&mut self, full: &Full, grounds: Grounds) {
        let (on, now) = (&full.opportunity, self.now.now);
        let seen = full.registration.as_deref().cloned();
        let held = seen.clone().unwrap_or_default();
        if !held.is_editable() {
            let stands = self.say.registration_stands(&held);
            let closed = self.say.register_closed(on.title().as_str(), stands);
            let by_palette = || self.say.exception_by_palette(self.keys.key_name(Action::Palette));
            let may = held.may_go_on_with_exception(&self.offers.rules.registration, *self.now.today).is_ok();
            let said = [Some(closed), self.say.exception_stands(&held), may.then(by_palette)];
            return self.warn(said.into_iter().flatten().collect::<Vec<_>>().join(" "));
        }
        let lines = self.bars(on, &held, &grounds);
        if !lines.is_empty() {
            let head = Line::head(self.say.register_cannot(on.title().as_str()));
            return self.show_menu(Menu::new(MenuKind::Results, std::iter::once(head).chain(lines).collect()));
        }
        let contract = Contracting { grounds, seen, now };
        let texts = contract.texts(on);
        let subject = Subject { on: Some(Box::new(on.clone())), contract: Some(Box::new(contract)), ..subject_of(full) };
        let mut form = Form::open(FormKind::Register, subject, &texts);
        form.own_everything();
        self.show_form(form);
        // What was refused says what is to be mended.
        if let Some(errors) = &held.errors {
            self.warn(self.say.registrations_refused(errors.as_str()));
        }
    }

    /// Opens the form of an exception of a registration or of what Microsoft decided, or says why there is none (MG-74).
    pub(super) fn open_exception(&mut self, full: &Full) {
        let on = &full.opportunity;
        let seen = full.registration.as_deref().cloned().unwrap_or_default();
        let rules = Arc::clone(&self.offers.rules);
        if let Err(why) = seen.may_go_on_with_exception(&rules.registration, *self.now.today) {
            return self.warn(self.say.no_exception(on.title().to_string(), &why).sentence);
        }
        let of = ExceptionOf { deal: on.clone(), seen, rules };
        self.show_sheet(Sheet::of_exception(of, self.now.today));
    }

    /// An exception was noted, or what became of it.
    fn exception_kept(&self, to: &Registration) -> Option<String> {
        let stands = self.say.exception_stands(to)?;
        let is_open = to.exception.as_ref().is_some_and(|asked| asked.decided.is_none());
        Some(if is_open { self.say.exception_noted(stands) } else { stands })
    }

    /// Returns the rules that bar a deal for good, with why and what to do.
    fn bars(&self, on: &Opportunity, held: &Registration, grounds: &Grounds) -> Vec<Line> {
        let bars = bars_for_good(&grounds.checks(on, held, self.now.now));
        let lines = |bar| {
            let (why, next) = (self.say.bar(&bar), bar.next);
            [Line::plain(why), Line::plain(format!("  {next}"))]
        };
        bars.into_iter().flat_map(lines).collect()
    }

    /// Names, after Won, the key that registers a deal of a kind that can be registered; nothing is forced.
    pub(super) fn with_registration(&self, said: String, what: &What, deal: &Opportunity) -> String {
        if !matches!(what, What::Win(_)) || !is_of_kind(deal) {
            return said;
        }
        format!("{said} {}", self.say.register_by_key(deal.id.to_string(), self.keys.key_name(Action::Register)))
    }
}

/// Returns what keeps the registration that a form asks for.
pub(super) fn keeping(subject: &Subject, deal: Box<Opportunity>, to: Box<Registration>, now: Timestamp) -> Request {
    let seen = subject.contract.as_ref().and_then(|contract| contract.seen.clone()).map(Box::new);
    Request::Registrations(OfRegistrations::Keep { deal, seen, to, now })
}

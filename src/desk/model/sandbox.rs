//! The sample is a sandbox: what would be lost with it is done on the user's own desk; which database is opened is `term`'s affair.

use super::dialog::{Dialog, Then};
use super::entry::Beginning;
use super::{Effect, Model};
use crate::desk::form::{FormKind, Subject};
use crate::desk::keys::Action;
use crate::desk::{Arrival, Carried, Data};
use crate::domain::draft::{LEFT_AT, Texts};
use crate::domain::role::Deed;
use crate::store::{Aids, Request};

impl Model {
    pub const fn is_sample(&self) -> bool {
        matches!(self.data, Data::Demo { .. })
    }

    /// Returns whether leaving the sample leads to the user's own desk rather than out of the program.
    pub(super) const fn came_from_own(&self) -> bool {
        matches!(self.data, Data::Demo { from_own: true })
    }

    /// Leaves the sample for the user's own desk.
    pub(super) fn go_home(&mut self, carried: Carried) {
        self.effects.push(Effect::Own(carried));
    }

    /// The way into the sample, and out of it.
    pub(super) fn change_desks(&mut self) {
        if self.is_sample() { self.ask_to_leave_sample(true) } else { self.effects.push(Effect::Demo) }
    }

    /// Takes note of what the sample holds by itself: what comes after it was done by whoever tries it out.
    pub(super) fn begin_sample(&mut self) {
        if self.is_sample() && self.undoing.began.is_none() {
            self.undoing.began = self.steps.fleeting;
        }
    }

    /// What is begun in the sample is told before it is left, as it then stands.
    pub(super) fn count_sample(&mut self) {
        if self.is_sample() {
            self.ask(Request::Counts { now: self.now });
        }
    }

    /// Returns what ends with the sample, of what was done in it; nothing where nothing was, or this is none.
    fn lost_with_sample(&self) -> Option<String> {
        let held = self.steps.fleeting.unwrap_or_default();
        let began = self.undoing.began.unwrap_or(held);
        // What the sample came with may have been taken back: that was done here, too.
        let steps = held.steps.abs_diff(began.steps).max(u64::from(held.last != began.last));
        let drafts = held.drafts.saturating_sub(began.drafts);
        let done = (steps > 0).then(|| self.say.sample_steps(steps));
        let begun = (drafts > 0).then(|| self.say.sample_drafts(drafts));
        let lost = [done, begun].into_iter().flatten().collect::<Vec<_>>();
        Some(lost.join(", ")).filter(|lost| !lost.is_empty() && self.is_sample())
    }

    /// Leaves the sample; where something was done in it that ends with it, once that was confirmed.
    pub(super) fn ask_to_leave_sample(&mut self, home: bool) {
        match self.lost_with_sample() {
            None => self.leave_sample(home),
            Some(lost) => self.put(self.say.ask_leave_sample(lost), Then::Sample { home }),
        }
    }

    /// Returns what the key that leaves at its second press says at the first one.
    pub(super) fn leave_again(&self) -> String {
        let key = self.keys.key_name(Action::Leave);
        match self.lost_with_sample() {
            _ if self.importing.is_some() => self.say.desk_leave_again_importing(key),
            None => self.say.desk_leave_again(key),
            Some(lost) => self.say.desk_leave_again_sample(key, lost),
        }
    }

    /// Leaves the sample for the user's own desk, or out of the program.
    pub(super) fn leave_sample(&mut self, home: bool) {
        if home { self.go_home(Carried::Nothing) } else { self.effects.push(Effect::Quit) }
    }

    /// Asks whether what is about to be done is meant for the user's own desk, where it stays.
    pub(super) fn ask_where(&mut self) {
        self.put(self.say.ask_own_desk(), Then::Own);
    }

    /// Does on the user's own desk what the question lies over.
    pub(super) fn do_at_home(&mut self) {
        let today = self.now.today;
        let deed = if matches!(self.dialogs.last(), Some(Dialog::Import(_))) { Deed::Import } else { Deed::Make };
        // What was typed stays in the sample where it is not let into the own desk.
        if let Err(why) = self.config.role.may(deed, None, &self.config.me.email) {
            return self.warn(self.say.barred(why).sentence);
        }
        let carried = match self.dialogs.last() {
            Some(Dialog::Import(_)) => self.named_file().map_or(Carried::Nothing, Carried::Import),
            Some(Dialog::Form(form)) => {
                // There it is gone through from its beginning.
                let mut texts = form.kept(today);
                texts.remove(LEFT_AT);
                Carried::Deal(texts)
            }
            _ => Carried::Nothing,
        };
        self.go_home(carried);
    }

    /// Does it in the sample although nothing of it stays.
    pub(super) fn do_in_sample(&mut self) {
        self.dialogs.pop();
        match self.dialogs.last_mut() {
            Some(Dialog::Import(_)) => self.start_import(),
            Some(Dialog::Form(form)) => {
                form.in_sample = true;
                self.save_form();
            }
            _ => {}
        }
    }

    /// Takes over what was brought from the sample, or back to it where the own desk did not open.
    pub(super) fn arrive(&mut self, arrival: Arrival) {
        let Arrival { carried, said, back } = arrival;
        match carried {
            Carried::Nothing => {}
            Carried::Import(path) => {
                self.open_import(&path);
                if !self.is_sample() {
                    self.import_chosen();
                }
            }
            Carried::Deal(texts) => self.begin(Beginning::Carried(texts)),
        }
        if let Some(said) = said {
            self.warn(said);
        } else if back {
            self.tell(self.say.desk_own_again());
        }
    }

    /// What earlier deals offer cannot be had: a deal that was brought along stands in its form all the same.
    pub(super) fn keep_carried(&mut self) {
        if let Some((_, Beginning::Carried(texts))) =
            self.beginning.take_if(|(_, beginning)| matches!(beginning, Beginning::Carried(_)))
        {
            self.open_deal(FormKind::New, Subject::default(), Texts::new(), Aids::default());
            self.with_form(|form| drop(form.restore(&texts)));
        }
    }

    /// The form of a deal that was brought along; on the user's own desk it is made at once where nothing is missing.
    pub(super) fn carried_deal(&mut self, texts: &Texts) {
        self.with_form(|form| drop(form.restore(texts)));
        self.typed();
        // The first press shows the last page, the second makes it.
        self.save_form();
        if !self.is_sample() {
            self.save_form();
        }
    }
}

//! Files that leave for Partner Center: into which folder is asked, once more as what is written is final, and then they are written; what
//! came of it is told by whoever shows what waits.

use std::sync::Arc;

use super::dialog::{Dialog, Leaving, Then, Wanted};
use super::picker::plain_path;
use super::{Effect, Model};
use crate::desk::files::Where;
use crate::desk::form::TextField;
use crate::desk::importing::expanded;
use crate::desk::keys::{Action, Scope};
use crate::dispatch::leads::{self, LeadsOutgoing};
use crate::dispatch::registrations::RegistrationsOut;
use crate::dispatch::{Outgoing, Wanted as Upload};
use crate::domain::role::Deed;
use crate::private::{Spot, Unfit};
use crate::store::{OfLeads, OfOutbox, OfRegistrations, Request};

impl Model {
    /// Asks into which folder files are to be written; says why where nothing can be.
    pub(super) fn ask_where_to_write(&mut self, what: Leaving) {
        if let Err(why) = self.may(Deed::Send) {
            return self.warn(why);
        }
        if self.is_sample() {
            return self.tell(self.say.outbox_write_sample());
        }
        if self.leaving(what) == 0 {
            let why = self.nothing_leaves(what);
            return self.tell(why);
        }
        let folder = self.folder_of(what).and_then(|known| known.clone()).unwrap_or_else(|| self.unsaid.folder.clone());
        self.dialogs.push(Dialog::Path { field: TextField::line(&folder), wanted: Wanted::Folder(what) });
    }

    /// The folder was named: whether it takes files is looked at before anything else is asked.
    pub(super) fn folder_typed(&mut self) {
        let Some(Dialog::Path { field, .. }) = self.dialogs.last() else { return };
        let folder = plain_path(field.text());
        if folder.is_empty() {
            return self.warn(self.say.place_which());
        }
        self.unsaid.looking = true;
        self.effects.push(Effect::Find(Where::Into(folder)));
    }

    /// It was looked at: what keeps files from it is said at once, else it is asked once more.
    pub(super) fn folder_looked_at(&mut self, folder: &str, spot: Result<Spot, Unfit>) {
        let Some(Dialog::Path { field, wanted: Wanted::Folder(what) }) = self.dialogs.last() else { return };
        let what = *what;
        if !std::mem::take(&mut self.unsaid.looking) || plain_path(field.text()) != folder {
            return;
        }
        let ahead = std::mem::take(&mut self.ahead);
        let spot = match spot {
            Ok(spot) => spot,
            Err(why) => return self.warn(self.say.unfit(&why).whole()),
        };
        self.dialogs.pop();
        let ask = self.ask_of_leaving(what, folder);
        let made = (spot == Spot::New).then(|| self.say.place_will_be_made());
        let text = [Some(ask), made].into_iter().flatten().collect::<Vec<_>>().join(" ");
        self.put(text, Then::Write(what, folder.to_owned()));
        // What was pressed meanwhile was meant as the answer.
        ahead.into_iter().for_each(|ahead| self.take_up(ahead));
    }

    fn ask_of_leaving(&mut self, what: Leaving, folder: &str) -> String {
        let count = self.leaving(what) as u64;
        match what {
            Leaving::Upload => {
                let ask = self.say.outbox_ask(count, folder);
                match self.outbox_room().map_or(0, |room| room.unchanged()) {
                    0 => ask,
                    unchanged => self.say.outbox_ask_unchanged(ask, unchanged as u64),
                }
            }
            Leaving::Leads => self.say.leads_room_ask(count, folder, leads::first_name(*self.now.today)),
            Leaving::Registrations => self.say.registrations_ask(count, folder),
        }
    }

    /// Writes everything that is ready into a folder.
    pub(super) fn write_out(&mut self, what: Leaving, folder: String) {
        let (into, now) = (expanded(&folder), self.now);
        if let Some(known) = self.folder_of(what) {
            *known = Some(folder);
        }
        self.ask(match what {
            Leaving::Upload => {
                let errand = Outgoing { folder: into, wanted: Upload::default(), now };
                Request::Outbox(OfOutbox::Write(Box::new(errand)))
            }
            Leaving::Leads => Request::Leads(OfLeads::Write(Box::new(LeadsOutgoing { folder: into, now }))),
            Leaving::Registrations => {
                let (ruling, sentences) = (Arc::clone(&self.offers.rules), Arc::clone(&self.say));
                let errand = RegistrationsOut { folder: into, ruling, now, sentences };
                Request::Registrations(OfRegistrations::Run(Box::new(errand)))
            }
        });
    }

    /// Returns how many deals, leads or registrations are ready.
    fn leaving(&mut self, what: Leaving) -> usize {
        match what {
            Leaving::Upload => self.outbox_room().map_or(0, |room| room.ready()),
            Leaving::Leads => self.leads_room().map_or(0, |room| room.waiting()),
            Leaving::Registrations => self.outbox_room().map_or(0, |room| room.to_register()),
        }
    }

    /// Says why nothing is written.
    fn nothing_leaves(&mut self, what: Leaving) -> String {
        match what {
            Leaving::Upload => self.say.outbox_write_nothing(),
            Leaving::Registrations => self.say.registrations_write_none(),
            Leaving::Leads => {
                let clashing = self.leads_room().map_or(0, |room| room.clashing());
                let left = (clashing > 0).then(|| self.leads_left(clashing));
                [Some(self.say.leads_write_nothing()), left].into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// Says how many leads stay here as both sides changed them, and the keys that decide it.
    pub(super) fn leads_left(&self, count: usize) -> String {
        let [ours, theirs] = [Action::Ours, Action::Theirs].map(|action| self.keys.key_in(Scope::Leads, action));
        self.say.leads_room_left(count as u64, ours, theirs)
    }

    /// Returns where the room remembers the folder that was named last.
    fn folder_of(&mut self, what: Leaving) -> Option<&mut Option<String>> {
        match what {
            Leaving::Upload | Leaving::Registrations => self.outbox_room().map(|room| &mut room.folder),
            Leaving::Leads => self.leads_room().map(|room| &mut room.folder),
        }
    }
}

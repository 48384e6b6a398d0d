//! Offers on the desk: their room is filled, what each is and lacks is said, and what was wished is done (PE-28 to PE-30).

use std::sync::Arc;

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind, PaletteEntry, Then};
use crate::desk::form::Sheet;
use crate::desk::keys::Action;
use crate::desk::room::{OfferWish, Offers, Room};
use crate::domain::programme::offer::{Offer, OfferPart, Submission};
use crate::domain::programme::organisation::Fact;
use crate::domain::programme::rules::Requirement;
use crate::domain::programme::since::{Judged, Past};
use crate::domain::programme::status::{NotSubmitted, Standing};
use crate::domain::role::Deed;
use crate::i18n::Said;
use crate::store::{KeptOffer, OfOffers, OfferChange, OffersFound, OffersPut, OffersSaid, Request};
use crate::width::wrap;

impl Model {
    /// Shows the offers, once they have come.
    pub(super) fn open_offers(&mut self) {
        // A file of one's own may have been mended meanwhile.
        if self.config.programme.is_some() {
            self.renew_rules();
        }
        self.rooms.retain(|room| !matches!(room, Room::Offers(_)));
        self.rooms.push(Room::Offers(Box::new(Offers::new(Arc::clone(&self.offers.rules)))));
        self.refresh_offers();
    }

    /// Lives by the rules that are set now, or says what is wrong with them: then those before stay.
    pub(super) fn renew_rules(&mut self) {
        match self.config.rules() {
            Ok(rules) if rules == *self.offers.rules => {}
            Ok(rules) => {
                self.offers.rules = Arc::new(rules);
                let rules = Arc::clone(&self.offers.rules);
                if let Some(room) = self.offers_room() {
                    room.rules = rules;
                }
                self.ask_offer_statuses();
                self.renew_grounds();
                self.refresh_outbox();
                self.ask_review();
            }
            Err(error) => {
                let said: Vec<String> = error.said(&self.say).iter().map(Said::whole).collect();
                self.warn(said.join(" "));
            }
        }
    }

    pub(super) fn offers_room(&mut self) -> Option<&mut Offers> {
        self.rooms.iter_mut().find_map(|room| if let Room::Offers(offers) = room { Some(&mut **offers) } else { None })
    }

    /// Asks for them again, where the room is open.
    pub(super) fn refresh_offers(&mut self) {
        if self.offers_room().is_some() {
            self.ask(Request::Offers(OfOffers::List));
        }
    }

    /// Returns what an offer of the room is today.
    pub fn offer_standing<'r>(&self, room: &'r Offers, offer: &Offer) -> Standing<'r> {
        room.rules.programme.standing(offer, &room.organisation, *self.now.today)
    }

    /// Returns what people call its status.
    pub fn offer_status(&self, room: &Offers, offer: &Offer) -> String {
        let status = self.offer_standing(room, offer).status().map(|status| status.name.clone());
        status.or_else(|| room.rules.programme.statuses.first().map(|status| status.name.clone())).unwrap_or_default()
    }

    /// Names what is required.
    fn required(&self, one: &Requirement) -> String {
        let part = OfferPart::of_code(&one.what).map(|part| self.say.offer_part(part));
        part.or_else(|| Fact::of_code(&one.what).map(|fact| self.say.fact(fact))).unwrap_or_else(|| one.say.clone())
    }

    /// Says what an offer lacks for its next status.
    pub fn offer_missing(&self, room: &Offers, offer: &Offer) -> String {
        let standing = self.offer_standing(room, offer);
        let Some(next) = standing.next() else { return self.say.offers_room_whole() };
        let missing: Vec<String> = next.missing().map(|one| self.required(one)).collect();
        if missing.is_empty() {
            return self.say.offers_room_next(next.status.name.as_str());
        }
        self.say.offers_room_missing(missing.join("; "), next.status.name.as_str())
    }

    /// Returns what stands under the name of an offer in `wide` cells: what it lacks and is, and everything about it.
    pub fn offer_text(&self, room: &Offers, KeptOffer { id, offer }: &KeptOffer, wide: usize) -> (Vec<String>, Vec<String>) {
        let indented = |text: &str, by: usize| {
            let lines = wrap(text, wide.saturating_sub(by));
            lines.into_iter().map(|line| format!("{}{line}", " ".repeat(by))).collect::<Vec<_>>()
        };
        // What is missing comes first: it is what there is to do.
        let is = [self.say.offer_type(offer.kind), self.say.submission(offer.submission)].join(" · ");
        let short = [self.offer_missing(room, offer), is].iter().flat_map(|text| indented(text, 2)).collect();
        let (past, untold) = (room.pasts.get(id), Past::default());
        let of = Judged { offer, past: past.unwrap_or(&untold), organisation: &room.organisation, day: *self.now.today };
        let page = self.say.offer_page(&room.rules.programme, of);
        let whole = page.iter().skip(1).flat_map(|line| {
            // What is indented stays so where it is wrapped, as far as there is room.
            let by = line.len() - line.trim_start().len();
            indented(line.trim_start(), 4 + by.min(wide / 8))
        });
        (short, whole.collect())
    }

    /// Scrolls the offer at the cursor no further than to its end.
    pub(super) fn keep_offer_in_sight(&mut self) {
        let Some(Room::Offers(room)) = self.rooms.last() else { return };
        let Some(kept) = room.chosen() else { return };
        let wide = self.size.room_columns();
        let (short, whole) = self.offer_text(room, kept, wide);
        let under = short.len() + if room.opened { whole.len() } else { 0 };
        let summary = wrap(&self.offers_summary(room), wide).len().min(self.size.summary_rows());
        // Its name, and what was typed to narrow the room.
        let above = summary + usize::from(room.is_narrowed()) + 1;
        let most = under.saturating_sub(self.size.layout().room_rows.saturating_sub(above));
        if let Some(Room::Offers(room)) = self.rooms.last_mut() {
            (room.most, room.scroll) = (most, room.scroll.min(most));
        }
    }

    /// Returns what stands on top of the room.
    pub fn offers_summary(&self, room: &Offers) -> String {
        if !room.has_come {
            return self.say.check_coming();
        }
        let key = |action| self.keys.key_name(action);
        let all = room.all();
        let begun = room.begun.then(|| self.say.offers_room_begun(key(Action::New)));
        if all.is_empty() {
            let none = self.say.offers_room_none(key(Action::Import), key(Action::New));
            return begun.into_iter().chain([none]).collect::<Vec<_>>().join(" ");
        }
        let mut counts: Vec<(String, u64)> = Vec::new();
        for kept in all {
            let status = self.offer_status(room, &kept.offer);
            match counts.iter_mut().find(|(known, _)| *known == status) {
                Some((_, count)) => *count += 1,
                None => counts.push((status, 1)),
            }
        }
        let of_each = counts.iter().map(|(status, count)| format!("{status} {}", self.say.number(*count)));
        let of_each = of_each.collect::<Vec<_>>().join(" · ");
        let said = [Some(self.say.offers_room_count(all.len() as u64, of_each)), begun];
        let said = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let narrowed = match (room.is_narrowed(), room.shown().count() as u64) {
            (false, _) => return said,
            (true, 0) => self.say.offers_room_none_fits(key(Action::Back)),
            (true, shown) => self.say.offers_room_narrowed(shown, key(Action::Back)),
        };
        // On a small screen what is typed comes first, and what it finds.
        let whole = [said, narrowed.clone()].join(" ");
        if wrap(&whole, self.size.room_columns()).len() > self.size.summary_rows() { narrowed } else { whole }
    }

    /// What was asked of offers has come.
    pub(super) fn offers_said(&mut self, said: OffersSaid) {
        match said {
            OffersSaid::Listed(Ok(found)) => self.offers_came(found),
            OffersSaid::Changed(change, Ok(put)) => self.offer_changed(&change, put),
            OffersSaid::Told(Ok(step)) => {
                self.sheet_saved();
                self.tell_step(self.say.offers_room_told(), step);
                self.offers_moved();
            }
            OffersSaid::Taken(taken, said) => {
                self.importing = None;
                self.import_begun();
                match taken {
                    Ok(put) => {
                        self.messages.keep(self.now.now, &said.join("\n"));
                        self.tell_step(said.join(" "), put.step);
                        self.open_offers();
                        self.offers_moved();
                    }
                    Err(error) => self.fail(&error),
                }
            }
            OffersSaid::Listed(Err(error)) => self.fail(&error),
            OffersSaid::Changed(_, Err(error)) | OffersSaid::Told(Err(error)) => {
                let said = self.said(&error);
                if !self.sheet_failed(&said) {
                    self.fail(&error);
                }
                self.refresh_offers();
            }
        }
    }

    fn offers_came(&mut self, found: OffersFound) {
        let OffersFound { offers, told, organisation, begun } = found;
        let (now, say) = (self.now, Arc::clone(&self.say));
        let Some(room) = self.offers_room() else { return };
        let rules = Arc::clone(&room.rules);
        let words = |kept: &KeptOffer| {
            let offer = &kept.offer;
            let standing = rules.programme.standing(offer, &organisation, *now.today);
            let status = standing.status().map(|status| status.name.as_str()).unwrap_or_default();
            let solution = offer.solution.as_ref().map(ToString::to_string).unwrap_or_default();
            [say.offer_type(offer.kind), status.to_owned(), say.submission(offer.submission), solution].join(" ")
        };
        let found = offers.into_iter().map(|kept| (words(&kept), kept)).map(|(words, kept)| (kept, words)).collect();
        room.receive(found, organisation);
        room.pasts = told.into_iter().map(|(id, told)| (id, Past::of(&told, now))).collect();
        room.begun = begun;
    }

    /// An offer was made, changed or removed: it is said what it is now.
    fn offer_changed(&mut self, change: &OfferChange, put: OffersPut) {
        self.sheet_saved();
        let status = |model: &Self, offer: &Offer| {
            let mut rooms = model.rooms.iter();
            let room = rooms.find_map(|room| if let Room::Offers(room) = room { Some(room) } else { None });
            room.map(|room| model.offer_status(room, offer)).unwrap_or_default()
        };
        let said = match change {
            OfferChange::Put(offer) | OfferChange::Make(offer) => {
                let now = status(self, offer);
                self.say.offers_added(offer.name.as_str(), now)
            }
            OfferChange::Change { seen, offer } if seen.offer.submission != offer.submission => {
                self.say.offers_submission_done(offer.name.as_str(), self.say.submission(offer.submission))
            }
            OfferChange::Change { seen, offer } => {
                let (before, now) = (status(self, &seen.offer), status(self, offer));
                if before == now {
                    self.say.offers_changed(offer.name.as_str(), now)
                } else {
                    self.say.offers_changed_status(before, offer.name.as_str(), now)
                }
            }
            OfferChange::Remove(seen) => self.say.offers_room_removed(seen.offer.name.as_str()),
        };
        let same = match change {
            OfferChange::Put(offer) | OfferChange::Make(offer) => self.said_twice(offer, offer),
            OfferChange::Change { seen, offer } => self.said_twice(offer, &seen.offer),
            OfferChange::Remove(_) => None,
        };
        self.tell_step([Some(said), same].into_iter().flatten().collect::<Vec<_>>().join(" "), put.step);
        if let OfferChange::Put(offer) | OfferChange::Make(offer) | OfferChange::Change { offer, .. } = change
            && let Some(room) = self.offers_room()
        {
            room.wanted = Some(offer.key());
        }
        self.offers_moved();
    }

    /// Says which other offer of the room, not what it was before, tells the same solution.
    fn said_twice(&mut self, offer: &Offer, before: &Offer) -> Option<String> {
        let say = Arc::clone(&self.say);
        let all = self.offers_room()?.all();
        let other = offer.same_solution(all.iter().map(|kept| &kept.offer).filter(|other| other.key() != before.key()))?;
        Some(say.offers_same_solution(other.name.as_str()))
    }

    fn offers_moved(&mut self) {
        self.ask_offer_statuses();
        self.refresh_history();
        self.ask(Request::Counts { now: self.now });
    }

    /// Does what was wished in the room, or says why not.
    pub(super) fn do_with_offer(&mut self, wish: OfferWish, of: Option<Box<KeptOffer>>) {
        if wish == OfferWish::Export {
            return self.tell(self.say.offers_room_export());
        }
        if let Err(why) = self.may(Deed::Offer) {
            return self.warn(why);
        }
        match (wish, of) {
            (OfferWish::Edit, Some(seen)) => self.show_sheet(Sheet::of_offer(Some(*seen))),
            (OfferWish::Remove, Some(seen)) => {
                let question = self.say.ask_remove_offer(seen.offer.name.as_str());
                self.put(question, Then::RemoveOffer(seen));
            }
            (OfferWish::Submit, Some(seen)) => self.ask_how_far(&seen),
            (OfferWish::Facts, _) => {
                let told = self.offers_room().map(|room| room.organisation.clone()).unwrap_or_default();
                self.show_sheet(Sheet::of_facts(told, self.now.today));
            }
            _ => self.show_sheet(Sheet::of_offer(None)),
        }
    }

    /// Asks how far an offer is on its way to Microsoft: each step says why it cannot follow, where it cannot.
    fn ask_how_far(&mut self, seen: &KeptOffer) {
        let lines: Vec<Line> = Submission::ALL
            .into_iter()
            .enumerate()
            .filter(|(_, next)| *next != seen.offer.submission)
            .map(|(at, next)| Line {
                left: (at + 1).to_string(),
                why_not: self.may_submit(seen, next).err(),
                entry: Some(PaletteEntry::Submit(Box::new(seen.clone()), next)),
                ..Line::plain(self.say.submission(next))
            })
            .collect();
        let head = self.say.offers_room_stands(seen.offer.name.as_str(), self.say.submission(seen.offer.submission));
        let lines = [Line::head(head)].into_iter().chain(lines).collect();
        self.show_menu(Menu::new(MenuKind::Submission, lines));
    }

    /// Returns whether an offer may become this: everything required is there before it is published (PE-29).
    fn may_submit(&self, seen: &KeptOffer, next: Submission) -> Result<(), String> {
        let Some(Room::Offers(room)) = self.rooms.iter().find(|room| matches!(room, Room::Offers(_))) else { return Ok(()) };
        let (offer, say) = (&seen.offer, &self.say);
        self.offer_standing(room, offer).may_submit(offer, next).map_err(|why| match why {
            NotSubmitted::DoesNotFollow => {
                say.offers_submission_refused(say.submission(offer.submission), offer.name.as_str(), say.submission(next))
            }
            NotSubmitted::Missing(all) => {
                let missing: Vec<String> = all.into_iter().map(|one| self.required(one)).collect();
                say.offers_submission_missing(missing.join("; "), offer.name.as_str())
            }
        })
    }

    /// The step was chosen.
    pub(super) fn submit(&mut self, seen: KeptOffer, next: Submission) {
        if let Err(why) = self.may_submit(&seen, next) {
            return self.warn(why);
        }
        let offer = Offer { submission: next, ..seen.offer.clone() };
        self.change_offer(OfferChange::Change { seen: Box::new(seen), offer });
    }

    pub(super) fn change_offer(&mut self, change: OfferChange) {
        self.ask(Request::Offers(OfOffers::Change { change: Box::new(change), now: self.now.now }));
    }

    /// Returns the sheet that takes what is typed, where one is the topmost and its field is a line.
    pub(super) fn is_typing_in_sheet(&self) -> bool {
        self.sheet().is_some_and(|sheet| {
            let field = sheet.focus.and_then(|at| sheet.fields.get(at));
            field.is_some_and(|field| matches!(field.slot, crate::desk::form::Slot::Line(_)))
        })
    }

    /// Returns whether a sheet waits for its earlier draft.
    pub(super) fn is_sheet_coming(&self) -> bool {
        matches!(self.dialogs.last(), Some(Dialog::Sheet(sheet)) if sheet.awaits_draft)
    }
}

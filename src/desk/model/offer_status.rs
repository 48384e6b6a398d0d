//! What status solutions give deals, as the desk knows it: asked for when it opens, when a day begins and when offers may have changed;
//! of a past day once a review is of one. How it is worked out is `domain/programme/deal.rs`.

use std::sync::Arc;

use super::Model;
use crate::desk::form::{Form, FormKind, Page};
use crate::desk::keys::Action;
use crate::domain::date::{Date, Moment};
use crate::domain::opportunity::Kind;
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::programme::ruling::Ruling;
use crate::i18n::Ways;
use crate::store::{Request, StoreError};

/// What is known of offers.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// The rules of the programme in force, those of registering too.
    pub rules: Arc<Ruling>,
    /// As they are today.
    pub now: Arc<OfferStatuses>,
    /// As they were on the past day that was asked about last.
    then: Option<(Date, Arc<OfferStatuses>)>,
}

impl Known {
    pub(super) fn by(rules: Arc<Ruling>) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Returns whether those of a past day have come.
    pub(super) fn has(&self, day: Date) -> bool {
        self.then.as_ref().is_some_and(|(on, _)| *on == day)
    }

    /// Returns them as they were on a past day where they have come, else as they are.
    pub(super) fn on(&self, day: Date) -> &Arc<OfferStatuses> {
        self.then.as_ref().filter(|(on, _)| *on == day).map_or(&self.now, |(_, then)| then)
    }
}

impl Model {
    /// Returns what status solutions give deals today.
    pub fn offer_statuses(&self) -> &Arc<OfferStatuses> {
        &self.offers.now
    }

    /// Asks what status solutions give deals today; what was known of a past day may be otherwise by now.
    pub(super) fn ask_offer_statuses(&mut self) {
        self.offers.then = None;
        self.ask_offer_statuses_at(self.now);
    }

    pub(super) fn ask_offer_statuses_at(&mut self, at: Moment) {
        self.ask(Request::OfferStatuses { rules: Arc::clone(&self.offers.rules), at });
    }

    /// Says that none of the solutions in a form is ready, where co-selling would need one: while they are chosen and the deal may still
    /// become co-sell, and where help is asked for (MG-22, MG-23).
    pub fn ready_hint(&self, form: &Form) -> Option<String> {
        let offers = &self.offers.now;
        if offers.is_empty() {
            return None;
        }
        // Only what opens the offers is named here.
        let key = self.keys.key_name(Action::Offers);
        let ways = Ways::Keys { register: "", theirs: "", offers: &key };
        let on = form.subject.on.as_ref();
        let is_co_sold = match (form.kind, form.page()) {
            (FormKind::New, Some(Page::Solutions)) => true,
            (FormKind::New, Some(Page::Selling | Page::Check)) => form.deal().help.is_some(),
            (FormKind::Edit | FormKind::Correct, Some(Page::Solutions)) => on.is_some_and(|on| on.kind == Kind::CoSell),
            (FormKind::AskHelp, _) => {
                return self.say.offer_status_lacks(Kind::CoSell, on.map_or(&[], |on| &on.solutions), offers, ways);
            }
            _ => false,
        };
        let draft = Some(form.deal()).filter(|_| is_co_sold)?;
        let solutions = || draft.solutions.iter().map(|one| (one.id.as_str(), Some(one.name.as_str()), one.owner));
        let offer = || solutions().find_map(|(id, name, _)| offers.of_solution(id, name)).map(|offer| offer.name.as_str());
        offers.lacks_ready(Kind::CoSell, solutions()).then(|| self.say.lacks_ready_said(offer(), ways))
    }

    pub(super) fn offer_statuses_came(&mut self, at: Moment, found: Result<Arc<OfferStatuses>, StoreError>) {
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                self.dirty = true;
                return self.fail(&error);
            }
        };
        let is_unfiltered = self.lists.iter().all(|list| list.filter_text.is_empty());
        let is_bare = is_unfiltered && self.rooms.is_empty() && self.dialogs.is_empty();
        self.dirty |= !(is_bare && found.is_empty() && self.offers.now.is_empty());
        if *at.today != *self.now.today {
            self.offers.then = Some((*at.today, found));
            self.ask_review();
        } else if *self.offers.now != *found {
            self.offers.now = found;
            self.renew_filters();
        }
    }
}

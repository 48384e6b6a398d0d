//! What to do next on the desk: by what deals are weighed, and why the selected one stands where it does.

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind};
use crate::desk::keys::Action;
use crate::domain::date::Moment;
use crate::domain::ids::OpportunityId;
use crate::domain::query::{ListQuery, SortKey};
use crate::insight::priority::Weighing;
use crate::store::{Reasons, Request, StoreError};

impl Model {
    fn weighing_at(&self, moment: Moment) -> Weighing {
        Weighing::new(moment, self.config.priority_weights, self.config.home_currency)
    }

    /// Tells the store by what deals are weighed now, before a list asks for that.
    pub(super) fn weigh_for(&mut self, query: &ListQuery) {
        if query.order.key == SortKey::Priority {
            let weighing = self.weighing_at(self.now);
            self.ask(Request::Weigh(weighing));
        }
    }

    /// Asks for the lists by what is to be done next once more, where their order has changed; the cursor stays on its deal.
    pub(super) fn rank_anew(&mut self) {
        let is_ranked = |list: &super::ListState| list.order().key == SortKey::Priority;
        self.lists.iter_mut().filter(|list| is_ranked(list)).for_each(|list| list.stale = true);
        if is_ranked(self.list()) {
            self.load_around();
        }
    }

    /// Within an hour no deal becomes more urgent; with the next one some do.
    pub(super) fn follow_hour(&mut self, before: Moment) {
        if self.weighing_at(before) != self.weighing_at(self.now) {
            self.rank_anew();
        }
    }

    /// Opens the box that tells why a deal stands where it does.
    pub(super) fn open_why(&mut self, id: OpportunityId) {
        let weighing = self.weighing_at(self.now);
        self.dialogs.push(Dialog::Menu(Menu::new(MenuKind::Why(id), vec![Line::plain(self.say.why_coming())])));
        self.ask(Request::Reasons(id, weighing));
    }

    pub(super) fn reasons_came(&mut self, id: OpportunityId, found: Result<Box<Reasons>, StoreError>) {
        let is_this = |dialog: &Dialog| matches!(dialog, Dialog::Menu(menu) if menu.kind == MenuKind::Why(id));
        if !self.dialogs.iter().any(is_this) {
            return;
        }
        match found {
            Ok(reasons) => {
                let menu = Menu::new(MenuKind::Why(id), self.lines_of(&reasons));
                if let Some(Dialog::Menu(open)) = self.dialogs.iter_mut().find(|dialog| is_this(dialog)) {
                    *open = menu;
                }
            }
            Err(error) => {
                self.dialogs.retain(|dialog| !is_this(dialog));
                self.fail(&error);
            }
        }
    }

    fn lines_of(&self, reasons: &Reasons) -> Vec<Line> {
        let head = [
            Line::head(reasons.full.opportunity.numbered()),
            Line { head: reasons.priority.is_some(), ..Line::plain(self.say.standing_of(reasons)) },
        ];
        let terms = self.say.reasons(reasons, self.now).into_iter();
        let terms = terms.map(|(left, sentence)| Line { left, ..Line::plain(sentence) });
        let weights = || {
            let key = self.keys.key_name(Action::Settings);
            let text = self.say.why_weights(key, self.config.priority_weights.to_string());
            [Line::plain(""), Line::plain(text)]
        };
        let weights = reasons.priority.is_some().then(weights).into_iter().flatten();
        head.into_iter().chain(terms).chain(weights).collect()
    }
}

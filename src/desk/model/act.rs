//! What each action does.

use super::dialog::{Dialog, MenuKind, PaletteEntry, Then};
use super::forms::Wish;
use super::many::Gathering;
use super::{Effect, Going, Model, is_movement};
use crate::desk::keys::Action;
use crate::desk::room::{About, Asked, Detail, Room, Settings};
use crate::domain::change::{Change, What};
use crate::domain::ids::{OpportunityId, Version};
use crate::domain::stage::Verb;
use crate::domain::tab::{Tab, View};
use crate::store::{Request, StepRecord};

impl Model {
    /// Does an action, or says why it cannot be done.
    pub(super) fn perform(&mut self, action: Action) {
        if let Err(why) = self.may_do(action) {
            return self.bar(action, why);
        }
        if !self.is_done_in_welcome(action) && !self.is_done_in_room(action) {
            self.perform_on_list(action);
        }
    }

    /// Says why something is not done; where a role bars it whose deals nobody can tell, who that is is asked.
    fn bar(&mut self, action: Action, why: String) {
        self.warn(why);
        if self.may_do(action).is_err() {
            self.ask_whose();
        }
    }

    /// As [`Model::perform`], whatever room is open: so the palette does what its line says.
    fn perform_on_list(&mut self, action: Action) {
        if let Err(why) = self.can(action) {
            return self.bar(action, why);
        }
        match action {
            action if is_movement(action) => self.move_by(action),
            Action::Inbound => self.show_tab(Tab::Inbound),
            Action::Outbound => self.show_tab(Tab::Outbound),
            Action::Favorites => self.show_tab(Tab::Favorites),
            Action::NextTab | Action::PreviousTab => self.turn_tab(if action == Action::NextTab { 1 } else { 2 }),
            Action::Open if self.list().may_look_everywhere() => self.show_everywhere(),
            Action::Open => self.rooms.push(Room::Detail(Detail::default())),
            Action::Back => self.back(),
            Action::Close => self.close(),
            Action::Filter => self.open_filter(),
            Action::Complete | Action::CompleteBack => self.complete(action == Action::Complete),
            Action::EarlierFilter | Action::LaterFilter => self.earlier_filter(action == Action::EarlierFilter),
            Action::NextMatch | Action::PreviousMatch => self.move_cursor(action == Action::NextMatch, 1),
            Action::Sort => self.open_sort(),
            Action::Columns | Action::Sums => self.open_of_list(action == Action::Sums),
            Action::View => self.next_view(),
            Action::Views | Action::KeepView | Action::RemoveView => self.do_with_views(action),
            Action::Mark | Action::MarkRange | Action::MarkAll | Action::MarkDown | Action::MarkUp => self.mark_by(action),
            Action::Accept => self.open_form(Verb::Accept),
            Action::Decline => self.open_form(Verb::Decline),
            Action::Win => self.open_form(Verb::Win),
            Action::Lose => self.open_form(Verb::Lose),
            Action::Favorite => self.favorite(),
            Action::New => self.open_new(),
            Action::Edit if !self.marks.is_empty() => self.gather(Gathering::Edit),
            Action::Edit => self.open_wish(Wish::Edit),
            Action::AskHelp | Action::Register | Action::AskException => self.open_wish(Wish::of_asking(action)),
            Action::Clone => self.open_wish(Wish::Clone),
            Action::Resolve => self.resolve(),
            Action::NextStep => self.open_next(),
            Action::Note => self.open_note(),
            Action::Mine => self.show_mine(),
            Action::GiveToMe => self.give_to_me(self.targets()),
            Action::Undo | Action::Redo | Action::Reopen => self.take_back(action),
            Action::Copy | Action::Export | Action::WriteReview => self.take_along(action),
            Action::History | Action::Brief | Action::BriefOfCustomer | Action::Why => self.open_room_of_one(action),
            #[rustfmt::skip]
            Action::HistoryOfAll | Action::LastImport | Action::Review | Action::Check | Action::Outbox
            | Action::Leads | Action::Offers | Action::Customers => self.open_room_of_all(action),
            Action::Import => self.open_import(""),
            Action::Demo => self.change_desks(),
            Action::Palette => self.open_palette(),
            Action::Help | Action::Explain => self.help(action == Action::Explain),
            Action::Reload => self.read_again(),
            Action::Messages => self.open_messages(),
            Action::Mouse | Action::Beside => self.switch(action),
            Action::Settings => self.open_settings(Settings::default()),
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Leave => self.leave(),
            Action::Confirm => self.confirm(),
            // In a form these are done by the form itself.
            _ => {}
        }
    }

    /// Opens a room that is about the opportunity at the cursor.
    fn open_room_of_one(&mut self, action: Action) {
        let of = self.selected().map(|row| row.id);
        match (action, of) {
            (Action::Brief, Some(of)) => self.open_brief(of, About::Deal),
            (Action::BriefOfCustomer, Some(of)) => self.open_brief(of, About::Customer),
            (Action::Why, Some(of)) => self.open_why(of),
            _ => self.open_history(of),
        }
    }

    /// Opens a room that is about more than the opportunity at the cursor.
    fn open_room_of_all(&mut self, action: Action) {
        match action {
            Action::HistoryOfAll => self.open_history(None),
            Action::LastImport => self.open_brought(None),
            Action::Check => self.open_check(),
            Action::Outbox => self.open_outbox(),
            Action::Leads => self.open_leads(),
            Action::Offers => self.open_offers(),
            Action::Customers => self.open_customers(),
            _ => self.open_review(),
        }
    }

    fn open_of_list(&mut self, sums: bool) {
        if sums { self.open_sums() } else { self.open_columns() }
    }

    fn read_again(&mut self) {
        self.effects.push(Effect::Repaint);
        self.look();
    }

    /// Lets the topmost room do it; returns whether it is its affair.
    fn is_done_in_room(&mut self, action: Action) -> bool {
        let page = self.size.layout().room_rows;
        if !self.dialogs.is_empty() {
            return false;
        }
        self.keep_offer_in_sight();
        let Some(room) = self.rooms.last_mut() else { return false };
        // What the message says that it is taken back goes before what the room shows.
        if let (Action::Undo, Room::Brought(brought), Some(spoken)) = (action, &*room, self.undoing.spoken)
            && brought.of != Some(spoken)
        {
            return false;
        }
        // An entry may take several rows: a page is what is seen, and nothing is passed over.
        let down = matches!(action, Action::PageDown | Action::HalfPageDown);
        let pages = down || matches!(action, Action::PageUp | Action::HalfPageUp);
        let seen = room.place().filter(|_| pages).and_then(|(at, each)| self.zones.seen_from(at.0, each, down));
        let page = seen.map_or(page, |seen| seen.max(1));
        match room.act(action, page) {
            None => {
                self.keep_detail_in_sight();
                self.keep_brief_in_sight();
                self.keep_offer_in_sight();
                true
            }
            Some(Asked::Pass) => false,
            Some(asked) => {
                self.grant(asked);
                true
            }
        }
    }

    fn move_by(&mut self, action: Action) {
        let rows = self.size.layout().list_rows;
        let half = (rows / 2).max(1);
        match self.dialogs.last_mut() {
            None | Some(Dialog::Filter { .. }) => match action {
                Action::Down => self.move_cursor(true, 1),
                Action::Up => self.move_cursor(false, 1),
                Action::First => self.move_to_start(),
                Action::Last => self.move_to_end(),
                Action::HalfPageDown => self.move_page(true, half),
                Action::HalfPageUp => self.move_page(false, half),
                Action::PageDown => self.move_page(true, rows),
                _ => self.move_page(false, rows),
            },
            Some(Dialog::Menu(menu)) => menu.move_by(action, self.size),
            Some(Dialog::Ask(question)) => drop(question.moves(action)),
            Some(_) => {}
        }
    }

    pub(super) fn show_tab(&mut self, tab: Tab) {
        if tab != self.tab {
            let found = self.list().found_in(tab).map(|view| (view, self.as_it_stands()));
            self.tab = tab;
            self.range = None;
            if let Some((view, before)) = found {
                return self.show_found(view, before);
            }
        }
        self.show_list();
    }

    fn turn_tab(&mut self, by: usize) {
        let at = Tab::DESK.iter().position(|tab| *tab == self.tab).unwrap_or(0);
        self.show_tab(Tab::DESK[(at + by) % Tab::DESK.len()]);
    }

    /// One level back: what is over the list, then a range, marks, the filter. Never out of the program.
    fn back(&mut self) {
        if self.opening.is_some() || self.beginning.is_some() || self.gathering.is_some() {
            return self.give_form_up();
        }
        if !self.dialogs.is_empty() {
            return self.leave_dialog();
        }
        if self.rooms.pop().is_some() {
            return self.ask_whose();
        }
        if self.importing.is_some() {
            return self.effects.push(Effect::StopImport);
        }
        self.clear();
    }

    fn clear(&mut self) {
        if self.range.take().is_some() {
            return;
        }
        if !self.marks.is_empty() {
            self.marks.clear();
        } else if !self.list().filter_text.is_empty() {
            self.drop_filter();
        } else if self.came_from_own() {
            // What was said is cleared first, so that Esc at a message does not leave with it unread.
            if !self.leaves.told {
                self.ask_to_leave_sample(true);
            }
        } else {
            let key = self.keys.key_name(Action::Close);
            self.tell(self.say.desk_nothing_to_leave(key));
        }
    }

    /// Closes this room; at the top the program.
    fn close(&mut self) {
        if !self.dialogs.is_empty() {
            return self.leave_dialog();
        }
        if self.rooms.pop().is_some() {
            return;
        }
        // What was read, and perhaps waited for, is not thrown away by one key.
        if self.importing.is_some() {
            return self.put(self.say.ask_leave_import(), Then::Quit);
        }
        self.leave_desk();
    }

    /// Leaves the program or, where the sample was opened from it, the sample for the user's own desk.
    pub(super) fn leave_desk(&mut self) {
        if self.is_sample() { self.ask_to_leave_sample(self.came_from_own()) } else { self.effects.push(Effect::Quit) }
    }

    /// Copies what is marked, as `^c` does elsewhere; else leaves, at the second press in a row: drafts are kept.
    fn leave(&mut self) {
        if self.leaving_copies() {
            return self.copy();
        }
        if self.leaves.before {
            return self.effects.push(Effect::Quit);
        }
        self.leaves.now = true;
        self.tell(self.leave_again());
    }

    fn next_view(&mut self) {
        let (tab, view) = self.list().place();
        // Where it was said that the filter finds something by this key, it does.
        match self.list().found_in(tab) {
            Some(view) => self.show_found(view, self.as_it_stands()),
            None => self.show_view(view.next(tab)),
        }
    }

    pub(super) fn show_view(&mut self, view: View) {
        if let Err(why) = self.can(Action::View) {
            return self.warn(why);
        }
        let list = self.list_mut();
        (list.query.view, list.everywhere) = (view, false);
        self.load_from_start();
    }

    fn favorite(&mut self) {
        let targets = self.targets();
        let known = |id: &OpportunityId| self.list().rows.iter().find(|row| row.id == *id);
        // Rows that are not loaded follow those that are.
        let mut seen = targets.iter().filter_map(known).peekable();
        let on = seen.peek().is_none() || seen.any(|row| !row.favorite);
        let changes = targets.into_iter().map(|id| Change { id, seen: None, what: What::Favorite { on } }).collect();
        self.ask(Request::Apply { changes, now: self.now.now });
    }

    /// Takes the last step back, or makes it again, or takes back how the selected one ended.
    fn take_back(&mut self, action: Action) {
        match action {
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            _ => {
                let Some((id, seen)) = self.selected().map(|row| (row.id, row.version)) else { return };
                self.reopen(id, seen);
            }
        }
    }

    /// Takes back how one ended, which Partner Center refused.
    pub(super) fn reopen(&mut self, id: OpportunityId, seen: Version) {
        let changes = vec![Change { id, seen: Some(seen), what: What::Reopen }];
        self.ask(Request::Apply { changes, now: self.now.now });
    }

    /// Takes back what the message before spoke of, else the last step.
    fn undo(&mut self) {
        self.undoing.meant = self.undoing.spoken.or(self.steps.undo.as_ref().map(|step| step.id));
        self.step_back(self.steps.undo.clone(), Then::Undo);
    }

    fn redo(&mut self) {
        self.step_back(self.steps.redo.clone(), Then::Redo);
    }

    /// Small steps are taken back at once; a large one is named and asked about first.
    fn step_back(&mut self, step: Option<StepRecord>, then: Then) {
        let Some(step) = step else { return };
        if step.is_small() && !self.is_before_what_stays(&then) {
            return self.take_step(then);
        }
        if then == Then::Undo {
            return self.ask_to_undo(step, then);
        }
        self.put(self.say.ask_redo(self.say.step(&step)), then);
    }

    /// Returns whether something came after what would be taken back that stays, upload files or a list: what came before it is not
    /// taken back unasked.
    fn is_before_what_stays(&self, then: &Then) -> bool {
        *then == Then::Undo && (self.steps.written || self.steps.list.is_some())
    }

    /// Asks about a step, by its words, with what came after it and stays.
    pub(super) fn asked_of_undo(&self, then: &Then, step: String) -> String {
        match &self.steps.list {
            _ if !self.is_before_what_stays(then) => self.say.ask_undo(step),
            Some(file) => self.say.ask_undo_before_list(file, step),
            None => self.say.ask_undo_before_write(step),
        }
    }

    pub(super) fn take_step(&mut self, then: Then) {
        let now = self.now.now;
        let meant = self.undoing.meant.take();
        self.ask(if then == Then::Undo { Request::Undo { meant, now } } else { Request::Redo { now } });
    }

    /// Returns whether the key that leaves copies what is marked.
    pub(super) fn leaving_copies(&self) -> bool {
        !self.marks.is_empty() && !self.dialogs.iter().any(|dialog| !matches!(dialog, Dialog::Menu(_)))
    }

    fn switch(&mut self, action: Action) {
        if action == Action::Beside {
            self.beside = !self.beside;
            let key = self.keys.key_name(Action::Beside);
            return self.tell(if self.beside { self.say.desk_beside_on() } else { self.say.desk_beside_off(key) });
        }
        self.mouse = !self.mouse;
        self.effects.push(Effect::Mouse(self.mouse));
        self.tell(if self.mouse { self.say.desk_mouse_on() } else { self.say.desk_mouse_off() });
    }

    /// Enter in a menu or a question.
    pub(super) fn confirm(&mut self) {
        match self.dialogs.last() {
            Some(Dialog::Menu(menu)) if menu.filter.is_some() && menu.shown().is_empty() => {}
            Some(Dialog::Menu(menu)) => {
                let (chosen, is_palette) = (menu.chosen(), menu.kind == MenuKind::Palette);
                self.dialogs.pop();
                let Some(entry) = chosen else { return };
                match self.box_first(&entry).filter(|_| is_palette) {
                    Some(first) => self.tell(first),
                    None => self.do_entry(entry),
                }
            }
            Some(Dialog::Ask(_)) => self.answer(None),
            _ => {}
        }
    }

    /// Does what the line of a menu stands for.
    fn do_entry(&mut self, entry: PaletteEntry) {
        self.leave_rooms_for(&entry);
        match entry {
            PaletteEntry::Do(action) if self.own_actions().contains(&action) => self.do_here(action),
            PaletteEntry::Do(action) => match self.out_of_sight(action) {
                Some(why) => self.bar(action, why),
                None => self.perform_on_list(action),
            },
            PaletteEntry::Press(key) => self.key(key, false),
            PaletteEntry::SortBy(key) => self.sort_by(key),
            PaletteEntry::Column(column) => self.toggle_column(column),
            PaletteEntry::FitColumns => self.fit_columns(),
            PaletteEntry::ShowView(view) => self.show_view(view),
            PaletteEntry::ShowSaved(name) => self.show_saved(&name),
            PaletteEntry::Copy(part) => self.copy_part(part),
            PaletteEntry::CopyDigest => self.ask_digest(),
            PaletteEntry::GoTo(id) => self.start_going(Going { to: id, typed: true }),
            PaletteEntry::Match(deal) => self.matched(deal),
            PaletteEntry::Submit(seen, next) => self.submit(*seen, next),
            PaletteEntry::Setting(setting) => self.go_to_setting(setting),
            PaletteEntry::TakeOld => self.ask_to_take_old(),
            PaletteEntry::Explain(topic) => self.explain(&[topic]),
        }
    }

    /// What is looked at in the list is looked at there, whichever room it is chosen from.
    fn leave_rooms_for(&mut self, entry: &PaletteEntry) {
        let leaves = match entry {
            PaletteEntry::Do(action) if self.own_actions().contains(action) => false,
            PaletteEntry::Do(action) => action.is_of_list() || (shapes_list(*action) && !self.shows_selected()),
            PaletteEntry::ShowView(_) | PaletteEntry::ShowSaved(_) | PaletteEntry::SortBy(_) => !self.shows_selected(),
            _ => false,
        };
        let may = match entry {
            PaletteEntry::Do(action) => self.can(*action).is_ok(),
            PaletteEntry::ShowView(_) => self.can(Action::View).is_ok(),
            _ => true,
        };
        if leaves && may && !self.rooms.is_empty() {
            self.rooms.clear();
            self.show_list();
        }
    }
}

/// Returns whether an action says what the list shows, or how.
const fn shapes_list(action: Action) -> bool {
    matches!(
        action,
        Action::Sort | Action::View | Action::Columns | Action::Views | Action::Mine | Action::NextMatch | Action::PreviousMatch
    )
}

//! Saved views in the desk: the menu of them, choosing one, keeping what is shown under a name, and removing one.

use super::dialog::{Dialog, Line, Menu, MenuKind, PaletteEntry, Then, Wanted, Words};
use super::list::ListState;
use super::{Model, tab_index};
use crate::desk::column::Columns;
use crate::desk::form::TextField;
use crate::desk::keys::Action;
use crate::domain::filter::{Asking, FilterError};
use crate::domain::fold::initials;
use crate::domain::invalid::Complaint;
use crate::domain::query::Order;
use crate::domain::saved_view::{SavedView, Shown};
use crate::domain::tab::{Tab, View};
use crate::store::{OfViews, Request, StoreError};

/// What shows every tab, at the end of a filter: the desk has no tab for all.
const EVERY_TAB: &str = "tab:all";

/// The saved view that a list showed last, and what it showed by that: it is said as long as that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    name: String,
    filter: String,
    order: Order,
    stages: View,
}

impl ListState {
    /// Takes note that what is shown now is this view.
    pub(super) fn choose(&mut self, name: String) {
        let (order, stages) = (self.order(), self.query.view);
        self.saved = Some(Chosen { name, filter: self.filter_text.clone(), order, stages });
    }

    /// Returns the name of the saved view that is shown, until filter, order or stage view are others.
    pub fn chosen_view(&self) -> Option<&str> {
        let shown =
            |saved: &&Chosen| (&saved.filter, saved.order, saved.stages) == (&self.filter_text, self.order(), self.query.view);
        self.saved.as_ref().filter(shown).map(|saved| saved.name.as_str())
    }
}

impl Model {
    pub(super) fn do_with_views(&mut self, action: Action) {
        match action {
            Action::KeepView => self.open_keep_view(),
            Action::RemoveView => self.ask_to_remove_view(),
            _ => self.open_views(),
        }
    }

    fn open_views(&mut self) {
        let lines = self.view_lines();
        let mut menu = Menu::new(MenuKind::Views, lines);
        let here = self.list().chosen_view().map(|name| PaletteEntry::ShowSaved(name.to_owned()));
        if let Some(at) = menu.lines.iter().position(|line| here.is_some() && line.entry == here) {
            menu.cursor = at;
        }
        self.show_menu(menu);
        // Another program may have kept one meanwhile.
        self.ask(Request::Views(OfViews::Read));
    }

    fn view_lines(&self) -> Vec<Line> {
        let line = |view: &SavedView| Line { right: self.say.view_holds(view), ..self.view_line(view, view.name.clone()) };
        self.views.all().map(line).collect()
    }

    fn view_line(&self, view: &SavedView, text: String) -> Line {
        let why = view.open(&self.asking()).err();
        Line {
            why_not: why.map(|why| self.say.view_wrong(&view.name, &why).sentence),
            entry: Some(PaletteEntry::ShowSaved(view.name.clone())),
            words: Words { also: initials(&view.name), ..Words::default() },
            ..Line::plain(text)
        }
    }

    /// Every view as a line of the palette.
    pub(super) fn palette_views(&self) -> Vec<Line> {
        let line = |view: &SavedView| {
            let mut line = self.view_line(view, self.say.palette_saved_view(&view.name));
            line.words.also = format!("{}, {}", line.words.also, self.say.palette_also_saved_view());
            line
        };
        self.views.all().map(line).collect()
    }

    /// Shows what a view holds; what it says nothing of stays as it is.
    pub(super) fn show_saved(&mut self, name: &str) {
        let found = self.views.named(name).cloned();
        let view = match found {
            Ok(view) => view,
            Err(why) => {
                let error = FilterError { word: name.to_owned(), why };
                return self.warn(self.filter_wrong(&error));
            }
        };
        let Shown { filter, order, tab, stages } = match view.open(&self.asking()) {
            Ok(shown) => shown,
            Err(why) => return self.warn(self.say.view_wrong(&view.name, &why).whole()),
        };
        // A tab of its own for all is not there: the filter shows them.
        let everywhere = tab == Some(Tab::All) && filter.tab().is_none();
        let text = if everywhere { format!("{} {EVERY_TAB}", view.filter) } else { view.filter.clone() };
        self.rooms.clear();
        if let Some(tab) = tab.filter(|tab| Tab::DESK.contains(tab)) {
            self.tab = tab;
        }
        self.range = None;
        let list = &mut self.lists[tab_index(self.tab)];
        list.query.view = stages.unwrap_or(list.query.view);
        self.set_filter(text.trim());
        let list = self.list_mut();
        list.everywhere = false;
        list.set_order(order.unwrap_or(list.order()));
        list.columns = view.columns.as_deref().and_then(Columns::parse).unwrap_or_else(|| list.columns.clone());
        list.choose(view.name.clone());
        self.load_from_start();
        self.tell(self.say.desk_view_shown(&view.name));
    }

    fn open_keep_view(&mut self) {
        let name = self.list().saved.as_ref().map(|saved| saved.name.clone()).unwrap_or_default();
        self.ask_view_name(&name);
    }

    fn ask_view_name(&mut self, name: &str) {
        self.dialogs.push(Dialog::Path { field: TextField::line(name), wanted: Wanted::ViewName });
    }

    /// Says what Enter does with the name that is typed.
    pub fn keep_view_hint(&self, typed: &str) -> String {
        match self.views.find(typed) {
            None => self.say.keep_view_hint(),
            Some(view) if self.views.is_own(typed) => self.say.keep_view_hint_replaces(&view.name),
            Some(view) => self.say.keep_view_hint_built_in(&view.name),
        }
    }

    /// The name for what is shown was typed.
    pub(super) fn keep_view(&mut self) {
        let Some(Dialog::Path { field, .. }) = self.dialogs.last() else { return };
        let name = match SavedView::name(field.text()) {
            Ok(name) => name,
            Err(why) => return self.warn(self.say.complaint(&Complaint::new(self.say.column_name(), why)).whole()),
        };
        let view = self.view_shown(name);
        let mut after = self.views.clone();
        after.keep(view.clone());
        let asking = Asking { views: &after, ..self.asking() };
        if let Err(why) = view.open(&asking) {
            return self.warn(self.say.view_wrong(&view.name, &why).whole());
        }
        self.dialogs.pop();
        self.ask(Request::Views(OfViews::Keep(view)));
    }

    /// Returns what is shown as a view.
    fn view_shown(&self, name: String) -> SavedView {
        let list = self.list();
        // What shows every tab was put into the filter, or is how it is looked for everywhere.
        let bare =
            list.filter_text.strip_suffix(EVERY_TAB).filter(|rest| rest.is_empty() || rest.ends_with(' ')).map(str::trim_end);
        let tab = if list.everywhere || bare.is_some() { Tab::All } else { self.tab };
        let stages = if list.everywhere { View::All } else { list.query.view };
        SavedView {
            columns: Some(list.columns.code()),
            name,
            filter: bare.unwrap_or(&list.filter_text).to_owned(),
            sort: Some(list.order().code()),
            tab: Some(tab.code().to_owned()),
            stages: Some(stages.code().to_owned()),
        }
    }

    /// Returns the view of the menu that can be removed.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn removable_view(&self) -> Result<String, String> {
        let chosen = match self.dialogs.last() {
            Some(Dialog::Menu(menu)) if menu.kind == MenuKind::Views => menu.chosen(),
            _ => None,
        };
        let Some(PaletteEntry::ShowSaved(name)) = chosen else { return Err(self.say.view_not_chosen()) };
        if self.views.is_own(&name) { Ok(name) } else { Err(self.say.views_not_kept(&name)) }
    }

    fn ask_to_remove_view(&mut self) {
        let Ok(name) = self.removable_view() else { return };
        let (_, broken) = self.views.without(&name, &self.asking());
        self.put(self.say.with_broken(self.say.ask_remove_view(&name), &broken), Then::RemoveView(name));
    }

    /// What is kept of views has come, or was changed.
    pub(super) fn views_came(&mut self, of: OfViews, found: Result<Vec<SavedView>, StoreError>) {
        let own = match (found, &of) {
            (Ok(own), _) => own,
            // Where nobody looks at them nobody waits for them.
            (Err(_), OfViews::Read) if !self.shows_views() => return,
            (Err(error), OfViews::Keep(view)) => {
                // What was typed stands in its box again.
                self.ask_view_name(&view.name);
                return self.fail(&error);
            }
            (Err(error), _) => return self.fail(&error),
        };
        let replaced = match &of {
            OfViews::Keep(view) => (self.views.find(&view.name).is_some(), self.views.is_own(&view.name)),
            OfViews::Read | OfViews::Remove(_) => (false, false),
        };
        let broken = match &of {
            OfViews::Remove(name) => self.views.without(name, &self.asking()).1,
            OfViews::Read | OfViews::Keep(_) => Vec::new(),
        };
        if own != self.views.own() {
            self.views.renew(own);
            self.renew_filters();
        }
        match of {
            OfViews::Read => {}
            OfViews::Keep(view) => {
                let said = self.say.view_kept(&view.name, replaced.0, replaced.1);
                self.tell(if self.is_sample() { self.say.view_kept_in_sample(said) } else { said });
                if self.view_shown(view.name.clone()) == view {
                    self.list_mut().choose(view.name);
                }
            }
            OfViews::Remove(name) => self.tell(self.say.view_removed(&name, self.views.find(&name).is_some(), &broken)),
        }
        self.renew_view_menu();
    }

    pub(super) fn shows_views(&self) -> bool {
        matches!(self.dialogs.last(), Some(Dialog::Menu(menu)) if menu.kind == MenuKind::Views)
    }

    /// An open menu of views shows those there are now, with what was typed and the cursor where it was.
    fn renew_view_menu(&mut self) {
        let lines = self.view_lines();
        if let Some(Dialog::Menu(menu)) = self.dialogs.last_mut()
            && menu.kind == MenuKind::Views
            && menu.lines != lines
        {
            menu.lines = lines;
            menu.cursor = menu.cursor.min(menu.shown().len().saturating_sub(1));
        }
    }
}

//! What the desk remembers of one start for the next: tab, stage views, orders, columns, filters, the mouse, the detail beside the list and when the pipeline was reviewed.

use serde_json::{Map, Value, json};

use super::Model;
use crate::desk::Data;
use crate::desk::column::Columns;
use crate::domain::date::Date;
use crate::domain::filter::Filter;
use crate::domain::query::Order;
use crate::domain::tab::{Tab, View};
use crate::store::{Access, Request};

impl Model {
    fn memory(&self) -> String {
        // What is opened from an import changes nothing that is remembered.
        let (tab, lists) = self.ways_back.behind.as_deref().map_or((self.tab, &self.lists), |behind| (behind.tab, &behind.lists));
        let tabs: Map<String, Value> = lists
            .iter()
            .map(|list| {
                let query = &list.query;
                let kept = json!({
                    "view": query.view.code(), "sort": query.order.code(), "sortArchived": list.archived_order.code(),
                    "columns": list.columns.code(), "filter": self.before_figure(&list.filter_text).unwrap_or(&list.filter_text), "saved": list.chosen_view(),
                });
                (query.tab.code().to_owned(), kept)
            })
            .collect();
        // A mouse that nobody has switched follows the configuration.
        let mouse = Some(self.mouse).filter(|mouse| *mouse != self.config.mouse);
        json!({ "tab": tab.code(), "mouse": mouse, "beside": self.beside, "tabs": tabs, "review": self.reviews.on, "reviewBefore": self.reviews.before })
            .to_string()
    }

    /// Has what is to be remembered kept where it has changed; a filter not before it is whole.
    pub(super) fn remember(&mut self) {
        if self.data != Data::Own || self.access != Access::ReadWrite || self.is_typing() {
            return;
        }
        let memory = self.memory();
        if self.remembered != memory {
            self.remembered.clone_from(&memory);
            self.ask(Request::KeepDesk(memory));
        }
    }

    /// Takes up what was remembered; what is not understood stays as it is in a new desk.
    pub(super) fn recall(&mut self, kept: Option<&str>) {
        let kept: Value = kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if let Some(tab) = Tab::from_code(&text(&kept["tab"])).filter(|tab| Tab::DESK.contains(tab)) {
            self.tab = tab;
        }
        if let Some(mouse) = kept["mouse"].as_bool() {
            self.mouse = mouse;
        }
        self.beside = kept["beside"].as_bool().unwrap_or(true);
        let day = |value: &Value| value.as_str().and_then(|text| Date::iso(text).ok());
        (self.reviews.on, self.reviews.before) = (day(&kept["review"]), day(&kept["reviewBefore"]));
        let mut dropped = None;
        // Rates are not there yet: when they come, filters are read again.
        let asking = super::filter::asking(&self.config, self.now, &self.views, None, &self.offers.now);
        for list in &mut self.lists {
            let kept = &kept["tabs"][list.query.tab.code()];
            list.query.view = View::from_code(&text(&kept["view"])).unwrap_or(list.query.view);
            list.query.order = Order::read(&text(&kept["sort"])).unwrap_or(list.query.order);
            list.archived_order = Order::read(&text(&kept["sortArchived"])).unwrap_or(list.archived_order);
            list.columns = Columns::parse(&text(&kept["columns"])).unwrap_or_default();
            let filter = text(&kept["filter"]);
            match Filter::read(&filter, &asking) {
                Ok(parsed) => (list.query.filter, list.filter_text) = (parsed, filter),
                Err(_) => dropped = Some(filter),
            }
            if let Some(view) = kept["saved"].as_str().and_then(|name| self.views.find(name)) {
                list.choose(view.name.clone());
            }
        }
        if let Some(filter) = dropped {
            self.warn(self.say.desk_filter_dropped(filter));
        }
        self.remembered = self.memory();
    }
}

//! The filter line: filtering while it is typed, completing keys and values, and the filters of before; the language is `domain/filter`.

use std::ops::Range;
use std::sync::Arc;

use super::{After, Dialog, Model};
use crate::config::Config;
use crate::desk::form::TextField;
use crate::desk::keys::Action;
use crate::domain::date::Moment;
use crate::domain::filter::{Asking, Filter, FilterError, FilterWhy, complete, held_key, may_complete, quoted_key};
use crate::domain::programme::deal::OfferStatuses;
use crate::domain::query::SortKey;
use crate::domain::rate::{HomeRates, Rates};
use crate::domain::saved_view::Views;
use crate::store::{Request, Suggest};

/// So many filters are remembered.
const REMEMBERED: usize = 50;

/// What Tab offers at a place of the filter, and which of it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completing {
    place: Range<usize>,
    options: Vec<String>,
    at: usize,
}

impl Completing {
    /// Returns the first or last option at the cursor; `None` where there is none.
    fn at_cursor(field: &TextField, views: &Views, held: &[String], forward: bool) -> Option<Self> {
        let found = complete(field.text(), field.cursor_byte(), views, held);
        let last = found.options.len().checked_sub(1)?;
        Some(Self { place: found.place, options: found.options, at: if forward { 0 } else { last } })
    }

    fn turned(mut self, forward: bool) -> Self {
        let count = self.options.len();
        self.at = (self.at + if forward { 1 } else { count - 1 }) % count;
        self
    }

    fn put_into(&mut self, field: &mut TextField) {
        let option = &self.options[self.at];
        field.replace(self.place.clone(), option);
        self.place.end = self.place.start + option.len();
    }

    /// Returns all options as one line, the one that stands there in brackets.
    pub fn line(&self) -> String {
        let shown = |(at, option): (usize, &String)| if at == self.at { format!("[{option}]") } else { option.clone() };
        self.options.iter().enumerate().map(shown).collect::<Vec<_>>().join("  ")
    }
}

/// What deals hold was asked for, to complete what stood there then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedHeld {
    serial: u64,
    text: String,
    cursor: usize,
    forward: bool,
}

/// So many values that deals hold are offered.
const HELD: usize = 24;

/// Returns two filters as one.
pub(super) fn joined(one: &str, other: &str) -> String {
    [one.trim(), other.trim()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns what filters are read by; amounts are meant in the home currency where there are rates.
pub(super) fn asking<'a>(
    config: &'a Config,
    moment: Moment,
    views: &'a Views,
    rates: Option<&'a Rates>,
    offers: &'a Arc<OfferStatuses>,
) -> Asking<'a> {
    let rates = rates.unwrap_or(Rates::NONE);
    let home = config.home_currency.map(|currency| HomeRates { currency, on: moment.today.date, rates });
    Asking { moment, me: &config.me, views, home, offers: Some(offers) }
}

impl Model {
    /// Returns what filters are read by.
    pub(super) fn asking(&self) -> Asking<'_> {
        asking(&self.config, self.now, &self.views, self.rates.as_deref(), &self.offers.now)
    }

    pub(super) fn open_filter(&mut self) {
        let before = self.list().filter_text.clone();
        let field = TextField::line(&before);
        self.dialogs.push(Dialog::Filter { field, before, error: None, completing: None, asked: None, earlier: None });
    }

    /// What was typed is filtered by; what was completed or brought back before is over.
    pub(super) fn filter_typed(&mut self) {
        if let Some(Dialog::Filter { completing, earlier, .. }) = self.dialogs.last_mut() {
            (*completing, *earlier) = (None, None);
        }
        self.filter_as_shown();
    }

    fn filter_as_shown(&mut self) {
        if let Some(Dialog::Filter { field, .. }) = self.dialogs.last() {
            let text = field.text().to_owned();
            self.set_filter(&text);
        }
    }

    /// Another day has begun, or other rates came: `today` in a filter is that day now, and amounts are meant and compared in the home
    /// currency.
    pub(super) fn renew_filters(&mut self) {
        let (mut is_shown_anew, mut is_ordered_anew) = (false, false);
        let asking = asking(&self.config, self.now, &self.views, self.rates.as_deref(), &self.offers.now);
        let home = asking.home.and_then(|home| home.scale()).map(Arc::new);
        for list in &mut self.lists {
            if list.query.home != home {
                list.query.home.clone_from(&home);
                let by_value = list.order().key == SortKey::Value;
                list.stale |= by_value;
                is_ordered_anew |= by_value && list.query.tab == self.tab;
            }
            if let Ok(filter) = Filter::read(&list.filter_text, &asking)
                && filter != list.query.filter
            {
                (list.query.filter, list.loaded) = (filter, false);
                is_shown_anew |= list.query.tab == self.tab;
            }
        }
        let list = self.list();
        if is_shown_anew || is_ordered_anew && list.cursor == 0 && !list.before {
            self.load_from_start();
        } else if is_ordered_anew {
            self.load_around();
        }
    }

    /// Filters by a text. Where the last word makes no sense (yet), the words before it filter, and it is said what is wrong.
    pub(super) fn set_filter(&mut self, text: &str) {
        let parsed = Filter::read(text, &self.asking());
        let wrong = parsed.as_ref().err().map(|error| self.filter_wrong(error));
        if let Some(Dialog::Filter { error, .. }) = self.dialogs.last_mut() {
            error.clone_from(&wrong);
        }
        let (before_last, _) = text.trim_end().rsplit_once(char::is_whitespace).unwrap_or_default();
        let before_last = parsed.is_err().then(|| Filter::read(before_last, &self.asking()).map(|filter| (before_last, filter)));
        let (text, filter) = match (parsed, before_last) {
            (Ok(filter), _) => (text, filter),
            (Err(_), Some(Ok((before_last, filter)))) => (before_last, filter),
            (Err(_), _) => return,
        };
        // Another filter leads back nowhere.
        self.ways_back.followed = None;
        let list = self.list_mut();
        text.trim().clone_into(&mut list.filter_text);
        if list.query.filter != filter {
            if list.query.filter.is_empty() {
                list.before_filter = list.selected().map(|row| row.id);
            }
            (list.query.filter, list.everywhere) = (filter, false);
            self.load_from_start();
        }
    }

    /// Says what is wrong with a filter; who the rep is the desk asks for by itself.
    pub(super) fn filter_wrong(&self, error: &FilterError) -> String {
        if error.why == FilterWhy::NoMe {
            return self.say.filter_no_me_desk(
                self.keys.key_name(Action::Confirm),
                self.keys.key_name(Action::Settings),
                &error.word,
            );
        }
        self.say.filter_error(error).whole()
    }

    pub(super) fn keep_filter(&mut self) {
        if let Some(Dialog::Filter { error: Some(wrong), .. }) = self.dialogs.last() {
            let wrong = wrong.clone();
            return if self.lacks_me() { self.ask_who(After::Filter) } else { self.warn(wrong) };
        }
        self.dialogs.pop();
        let text = self.list().filter_text.clone();
        if !text.is_empty() {
            self.remember_filter(text);
        }
        let day = Filter::day_of_two(&self.list().filter_text, self.now.today);
        let day = day.map(|(typed, day)| self.say.day_of_filter(&typed, day));
        let import = self.keys.key_name(Action::Import);
        let meant = self.say.filter_meant(&self.list().query.filter, self.config.home_currency, Some(&import));
        // Where such a word narrows, the list that is empty for it says so.
        let out = quoted_key(&self.list().filter_text).filter(|(_, excludes)| *excludes);
        let told: Vec<String> = [day, meant, out.map(|(key, _)| self.say.filter_quoted_out(key))].into_iter().flatten().collect();
        if !told.is_empty() {
            self.tell(told.join(" "));
        } else if !self.told_currencies && self.list().query.filter.mixes_currencies() {
            self.told_currencies = true;
            self.tell(self.say.filter_own_currency());
        }
    }

    /// Keeps a filter among the earlier ones, the last first.
    pub(super) fn remember_filter(&mut self, text: String) {
        self.filters.retain(|earlier| *earlier != text);
        self.filters.insert(0, text);
        self.filters.truncate(REMEMBERED);
    }

    /// Returns whether what is typed only wants to know who the rep is.
    fn lacks_me(&self) -> bool {
        let Some(Dialog::Filter { field, .. }) = self.dialogs.last() else { return false };
        let wrong = Filter::parse_for(field.text(), self.now, &self.config.me).err();
        wrong.is_some_and(|wrong| wrong.why == FilterWhy::NoMe)
    }

    /// Completes the key or value at the cursor; once more, the next one that begins as what was typed. What deals hold the store says.
    pub(super) fn complete(&mut self, forward: bool) {
        let Some(Dialog::Filter { field, completing, asked, earlier, .. }) = self.dialogs.last_mut() else { return };
        *earlier = None;
        if let Some(before) = completing.take() {
            return self.put_completed(Some(before.turned(forward)));
        }
        let (text, cursor) = (field.text().to_owned(), field.cursor_byte());
        if let Some((key, begun)) = held_key(&text, cursor) {
            self.serial += 1;
            *asked = Some(AskedHeld { serial: self.serial, text, cursor, forward });
            return self.ask(Request::Suggest { serial: self.serial, what: Suggest::Held { key, begun }, limit: HELD });
        }
        let found = Completing::at_cursor(field, &self.views, &[], forward);
        self.put_completed(found);
    }

    /// What deals hold has come; where something else was typed since, it is not wanted any more.
    pub(super) fn held_came(&mut self, serial: u64, held: &[String]) {
        let Some(Dialog::Filter { field, asked, .. }) = self.dialogs.last_mut() else { return };
        let Some(asked) = asked.take_if(|asked| asked.serial == serial) else { return };
        if field.text() == asked.text && field.cursor_byte() == asked.cursor {
            let found = Completing::at_cursor(field, &self.views, held, asked.forward);
            self.put_completed(found);
        }
    }

    fn put_completed(&mut self, found: Option<Completing>) {
        let Some(Dialog::Filter { field, completing, .. }) = self.dialogs.last_mut() else { return };
        let Some(mut found) = found else {
            let (text, cursor) = (field.text(), field.cursor_byte());
            // A key that types a character is none here.
            let help = self.keys.keys_of(Action::Help).into_iter().find(|key| key.text().is_none());
            let help = help.map(|key| key.to_string()).unwrap_or_default();
            let said = match held_key(text, cursor) {
                Some(_) => self.say.desk_nothing_held(),
                None if may_complete(text, cursor) => self.say.desk_nothing_to_complete(help),
                None => self.say.desk_any_words(),
            };
            return self.tell(said);
        };
        found.put_into(field);
        // Where there is but one, what comes next is what stands behind it.
        *completing = Some(found).filter(|found| found.options.len() > 1);
        self.filter_as_shown();
    }

    /// Brings the filter before the one that is shown, or the one after it; behind the last is what was typed.
    pub(super) fn earlier_filter(&mut self, back: bool) {
        let Some(Dialog::Filter { field, completing, earlier, .. }) = self.dialogs.last_mut() else { return };
        let (shown, typed) = earlier.take().map_or_else(|| (None, field.text().to_owned()), |(at, typed)| (Some(at), typed));
        // What stands there already is not brought once more.
        let others = |at: &usize| self.filters[*at] != typed;
        let wanted = if back {
            (shown.map_or(0, |at| at + 1)..self.filters.len()).find(others)
        } else {
            shown.and_then(|at| (0..at).rev().find(others))
        };
        let text = match (wanted, shown) {
            (Some(at), _) => self.filters[at].clone(),
            // The earliest one stays.
            (None, Some(at)) if back => {
                *earlier = Some((at, typed));
                return;
            }
            (None, Some(_)) => typed.clone(),
            (None, None) if back => return self.tell(self.say.desk_no_earlier_filter()),
            (None, None) => return,
        };
        (*earlier, *completing) = (wanted.map(|at| (at, typed)), None);
        *field = TextField::line(&text);
        self.filter_as_shown();
    }
}

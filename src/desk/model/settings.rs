//! The settings of the person on the desk: what each is and where that comes from, and what follows at once when one has changed.

use std::sync::Arc;

use super::dialog::{Dialog, Line, PaletteEntry, Wanted, Words};
use super::{Effect, Model};
use crate::config::{Config, ConfigError, Lost, Setting};
use crate::desk::form::TextField;
use crate::desk::keys::{Action, Scope, Table};
use crate::desk::room::{Room, Settings, Turn};
use crate::domain::ids::OpportunityId;
use crate::domain::invalid::Complaint;
use crate::domain::role::{Barred, Deed};
use crate::i18n::Said;
use crate::store::Request;

/// What is done once it is known who the rep is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    Nothing,
    /// Shows only what is the rep's own.
    Mine,
    /// Makes these the rep's own.
    Give(Vec<OpportunityId>),
    /// Filters by what is typed below.
    Filter,
    /// Copies the rep's own week.
    Digest,
    /// Shows the deals whose team holds the rep.
    Team,
}

impl Model {
    pub(super) fn open_settings(&mut self, settings: Settings) {
        self.rooms.pop_if(|room| matches!(room, Room::Settings(_)));
        self.rooms.push(Room::Settings(settings));
    }

    /// Goes to a setting from the palette: what is text is typed at once.
    pub(super) fn go_to_setting(&mut self, setting: Setting) {
        self.open_settings(Settings::at(setting));
        if setting.choices().is_empty() {
            self.turn_setting(setting, Turn::Change);
        }
    }

    pub(super) fn turn_setting(&mut self, setting: Setting, turn: Turn) {
        let choices = setting.choices();
        let step = match turn {
            Turn::Default => return self.set(setting, ""),
            Turn::Back => return self.set_as_before(),
            Turn::Change if choices.is_empty() => return self.ask_setting(setting, After::Nothing),
            // Arrows walk among few; a text has none before or after it.
            Turn::Next | Turn::Previous if choices.is_empty() => return,
            Turn::Change | Turn::Next => 1,
            Turn::Previous => choices.len() - 1,
        };
        if choices.len() < 2 {
            return self.tell(self.say.setting_only_one());
        }
        let now = self.setting_value(setting);
        let at = choices.iter().position(|choice| *choice == now).unwrap_or(0);
        self.set(setting, choices[(at + step) % choices.len()]);
    }

    /// Brings back what the setting was that was changed last.
    fn set_as_before(&mut self) {
        match self.settings_room().and_then(|room| room.before.clone()) {
            Some((setting, before)) => self.set(setting, &before),
            None => self.tell(self.say.setting_nothing_before()),
        }
    }

    fn settings_room(&mut self) -> Option<&mut Settings> {
        self.rooms.iter_mut().find_map(|room| if let Room::Settings(settings) = room { Some(settings) } else { None })
    }

    fn set(&mut self, setting: Setting, typed: &str) {
        if let Err(why) = self.may(Deed::Configure) {
            return self.warn(why);
        }
        self.effects.push(Effect::Set { setting, typed: typed.to_owned() });
    }

    fn ask_setting(&mut self, setting: Setting, after: After) {
        if let Err(why) = self.may(Deed::Configure) {
            return self.warn(why);
        }
        let field = TextField::line(&setting.value(&self.config));
        self.dialogs.push(Dialog::Path { field, wanted: Wanted::Setting(setting, after) });
    }

    /// Asks who the rep is, where something needs it, and carries that out then.
    pub(super) fn ask_who(&mut self, after: After) {
        self.ask_setting(Setting::Email, after);
    }

    /// Asks who a referrals user is, where nobody knows: no deal can be told to be theirs (MG-02).
    pub(super) fn ask_whose(&mut self) {
        let is_asked = self.dialogs.iter().any(|dialog| matches!(dialog, Dialog::Path { wanted: Wanted::Setting(..), .. }));
        if !self.knows_whose() && !is_asked {
            self.warn(self.say.barred(Barred::NoEmail).sentence);
            self.ask_who(After::Team);
        }
    }

    fn knows_whose(&self) -> bool {
        self.role().sees_all() || !self.config.me.email.is_empty()
    }

    /// A setting was typed: what is wrong with it is told, and the box stays.
    pub(super) fn setting_typed(&mut self, setting: Setting, after: &After) {
        let Some(Dialog::Path { field, .. }) = self.dialogs.last() else { return };
        let typed = field.text().to_owned();
        match setting.read(&typed) {
            Err(ConfigError::Value { value, .. }) => {
                let (name, hint) = (setting.name(&self.say), setting.hint(&self.say));
                self.warn(format!("{} {hint}", self.say.setting_cannot_be(name, value)));
            }
            Err(ConfigError::Invalid(complaint)) => {
                let named = Complaint::new(setting.name(&self.say), complaint.why);
                self.warn(self.say.complaint(&named).whole());
            }
            Err(why) => self.warn(why.said(&self.say, std::path::Path::new("")).whole()),
            Ok(None) if *after != After::Nothing => self.warn(self.say.setting_who_missing()),
            Ok(_) => self.set(setting, &typed),
        }
    }

    /// The file was written, or was not.
    pub(super) fn setting_kept(&mut self, setting: Setting, kept: Result<(Box<Config>, Vec<String>), Said>) {
        let (config, wrong) = match kept {
            Err(said) => return self.warn(said.whole()),
            Ok((config, wrong)) => (*config, wrong),
        };
        self.wrong_settings = wrong;
        let asked = self.dialogs.pop_if(|dialog| matches!(dialog, Dialog::Path { wanted: Wanted::Setting(..), .. }));
        let shown = self.setting_shown(setting);
        let had = if self.config.given.contains(&setting) { self.setting_value(setting) } else { String::new() };
        self.take_settings(setting, config);
        let said = self.setting_turned(setting, shown, had);
        self.tell(said.clone());
        match asked {
            Some(Dialog::Path { wanted: Wanted::Setting(_, After::Mine), .. }) => self.show_mine(),
            Some(Dialog::Path { wanted: Wanted::Setting(_, After::Digest), .. }) => self.ask_digest(),
            Some(Dialog::Path { wanted: Wanted::Setting(_, After::Give(ids)), .. }) => self.give_to_me(ids),
            Some(Dialog::Path { wanted: Wanted::Setting(_, After::Filter), .. }) => {
                self.filter_typed();
                self.keep_filter();
            }
            _ => {}
        }
        if setting == Setting::Role && !self.knows_whose() {
            self.warn(format!("{said} {}", self.say.barred(Barred::NoEmail).sentence));
        }
    }

    /// Another program wrote the configuration: who one is, and what one may do, holds at once (MG-02); all else at the next start.
    pub(super) fn settled_elsewhere(&mut self, config: &Config) {
        const WHO: [Setting; 2] = [Setting::Role, Setting::Email];
        let before = WHO.map(|setting| self.setting_shown(setting));
        let given =
            WHO.iter().chain(&self.config.given).filter(|setting| !WHO.contains(setting) || config.given.contains(setting));
        let given = given.copied().collect();
        let (me, role) = (config.me.clone(), config.role);
        // It can be read: what was wrong with it was mended, keys aside.
        if !self.wrong_settings.is_empty() && Table::with(&config.keys).is_ok() {
            self.wrong_settings.clear();
            self.dirty = true;
        }
        if (&me.email, role) == (&self.config.me.email, self.config.role) {
            return;
        }
        self.take_settings(Setting::Role, Config { me, role, given, ..self.config.clone() });
        let turned = WHO.into_iter().zip(before).filter_map(|(setting, before)| {
            let now = self.setting_shown(setting);
            (now != before).then(|| self.say.setting_turned(before, now, setting.name(&self.say)))
        });
        let said = self.say.setting_turned_elsewhere(turned.collect::<Vec<_>>().join(" "));
        self.dirty = true;
        self.tell(said);
        self.drop_who();
        self.ask_whose();
    }

    /// The configuration is gone, or wrong: the desk goes on with what that said before, and says so. What is known to be wrong with it,
    /// as it was when a setting was written into it here, is not told again.
    pub(super) fn unsettled(&mut self, lost: &Lost) {
        let why = match lost {
            Lost::Gone(path) => self.say.settings_gone(path.display().to_string()),
            Lost::Wrong(path, wrong) => {
                let all = wrong.iter().map(|one| one.said(&self.say, path).whole());
                let new: Vec<String> = all.filter(|one| !self.wrong_settings.contains(one)).collect();
                let Some(first) = new.first().cloned() else { return };
                self.wrong_settings.extend(new);
                first
            }
        };
        self.dirty = true;
        self.warn(self.say.settings_lost(why));
    }

    /// Takes the box away that asks who one is where that has come from outside, unless something is typed in it.
    fn drop_who(&mut self) {
        let had = Setting::Email.value(&self.config);
        if self.knows_whose() {
            self.dialogs.retain(|dialog| match dialog {
                Dialog::Path { field, wanted: Wanted::Setting(Setting::Email, After::Team) } => {
                    !field.text().is_empty() && field.text() != had
                }
                _ => true,
            });
        }
    }

    /// Says what a setting is now and what it was; in their room, by which key that comes back.
    fn setting_turned(&mut self, setting: Setting, before: String, had: String) -> String {
        let (name, now) = (setting.name(&self.say), self.setting_shown(setting));
        if before == now {
            return self.say.setting_is(name, now);
        }
        let key = self.keys.key_in(Scope::Settings, Action::AsBefore);
        let say = Arc::clone(&self.say);
        match self.settings_room() {
            Some(room) if !key.is_empty() => {
                room.before = Some((setting, had));
                say.setting_turned_back(before, key, now, name)
            }
            _ => say.setting_turned(before, now, name),
        }
    }

    /// Lives by other settings from now on.
    fn take_settings(&mut self, setting: Setting, config: Config) {
        let before = std::mem::replace(&mut self.config, config);
        self.config.overruled.clone_from(&before.overruled);
        if setting == Setting::Mouse && self.mouse != self.config.mouse {
            self.mouse = self.config.mouse;
            self.effects.push(Effect::Mouse(self.mouse));
        }
        if before.home_currency != self.config.home_currency {
            self.ask_rates();
        }
        if (before.priority_weights, before.home_currency) != (self.config.priority_weights, self.config.home_currency) {
            self.rank_anew();
        }
        if before.backups != self.config.backups {
            self.ask_for_copy();
        }
        if before.programme != self.config.programme {
            self.renew_rules();
        }
        if before.me != self.config.me {
            self.renew_filters();
        }
        let kept = |config: &Config| (config.response_days, config.me.email.clone(), config.role);
        if kept(&before) != kept(&self.config) {
            let (response_days, author, _) = kept(&self.config);
            self.ask(Request::Settle { response_days, author, role: self.role(), now: self.now.now });
            self.look();
        }
    }

    fn setting_value(&self, setting: Setting) -> String {
        match setting {
            // The key for it may have switched it since.
            Setting::Mouse => self.mouse.to_string(),
            Setting::Language => self.say.language().tag().to_owned(),
            setting => setting.value(&self.config),
        }
    }

    /// Returns what a setting is now, in words.
    pub fn setting_shown(&self, setting: Setting) -> String {
        match (setting, self.setting_value(setting)) {
            (_, value) if value.is_empty() => self.say.setting_none(),
            (Setting::Mouse, value) if value == "true" => self.say.setting_on(),
            (Setting::Mouse, _) => self.say.setting_off(),
            (_, value) => value,
        }
    }

    /// Returns where that comes from.
    pub fn setting_from(&self, setting: Setting) -> String {
        if setting == Setting::Mouse && self.mouse != self.config.mouse {
            return self.say.setting_from_desk();
        }
        match self.config.given.contains(&setting) {
            _ if self.config.overruled.contains(&setting) => self.say.setting_from_outside(),
            true => self.say.setting_from_file(),
            false => self.say.setting_from_default(),
        }
    }

    /// By which words a setting is found besides its name.
    fn other_words(&self, setting: Setting) -> String {
        let also = self.say.palette_also_settings();
        match setting {
            Setting::HomeCurrency => format!("{}, {also}", self.say.palette_also_rates()),
            setting if setting.is_colour() => format!("{}, {also}", self.say.palette_also_looks()),
            _ => also,
        }
    }

    /// Every setting as a line of the palette.
    pub(super) fn setting_lines(&self) -> impl Iterator<Item = Line> {
        Setting::ALL.iter().map(|setting| Line {
            right: self.setting_shown(*setting),
            entry: Some(PaletteEntry::Setting(*setting)),
            words: Words { also: self.other_words(*setting), ..Words::default() },
            ..Line::plain(self.say.palette_setting(setting.name(&self.say)))
        })
    }
}

//! The key table: dispatch, footer, help, palette and `cosell keys` all read it; the user's own keys are laid over it.

use super::action::{Action, Scope};
use super::defaults::{DEFAULTS, Default_};
use super::key::Key;
use crate::domain::fold::meant;

/// A row of the live table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub scope: Scope,
    pub keys: Vec<Key>,
    pub action: Action,
    /// How early the footer shows it; 0 is never.
    pub footer: u8,
}

/// What is wrong with the user's own keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyComplaint {
    UnknownAction {
        name: String,
        meant: Option<&'static str>,
    },
    UnknownKey {
        action: String,
        key: String,
    },
    /// Two actions of one scope want the same key.
    Twice {
        key: Key,
        one: &'static str,
        other: &'static str,
    },
    /// The way out may not be taken away.
    NoWayOut,
}

impl KeyComplaint {
    /// Returns whether both say the same of two actions, whichever comes first.
    fn is_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Twice { key, one, other }, Self::Twice { key: same, one: first, other: second }) => {
                key == same && ((one, other) == (first, second) || (one, other) == (second, first))
            }
            _ => self == other,
        }
    }
}

/// The live table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table(Vec<Binding>);

impl Default for Table {
    fn default() -> Self {
        let binding = |row: &Default_| Binding {
            scope: row.scope,
            keys: row.keys.iter().filter_map(|key| Key::parse(key)).collect(),
            action: row.action,
            footer: row.footer,
        };
        Self(DEFAULTS.iter().map(binding).collect())
    }
}

impl Table {
    /// Returns the default table with the user's own keys laid over it, by the names of the actions.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn with(own: &[(String, Vec<String>)]) -> Result<Self, Vec<KeyComplaint>> {
        let mut table = Self::default();
        let mut complaints = Vec::new();
        for (name, keys) in own {
            let Some(action) = Action::from_name(name) else {
                let names: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
                complaints.push(KeyComplaint::UnknownAction { name: name.clone(), meant: meant(name, &names) });
                continue;
            };
            let mut parsed = Vec::new();
            for key in keys {
                match Key::parse(key) {
                    Some(key) => parsed.push(key),
                    None => complaints.push(KeyComplaint::UnknownKey { action: name.clone(), key: key.clone() }),
                }
            }
            for binding in table.0.iter_mut().filter(|binding| binding.action == action) {
                binding.keys.clone_from(&parsed);
            }
        }
        table.give_way(own);
        complaints.extend(table.clashes());
        if table.keys_of(Action::Leave).is_empty() {
            complaints.push(KeyComplaint::NoWayOut);
        }
        if complaints.is_empty() { Ok(table) } else { Err(complaints) }
    }

    /// A key that the user gave to something that works everywhere is taken from what it did in single rooms.
    fn give_way(&mut self, own: &[(String, Vec<String>)]) {
        let is_own = |action: Action| own.iter().any(|(name, _)| name == action.name());
        let taken: Vec<Key> =
            self.0.iter().filter(|b| b.scope == Scope::Everywhere && is_own(b.action)).flat_map(|b| b.keys.clone()).collect();
        for binding in self.0.iter_mut().filter(|b| b.scope != Scope::Everywhere && !is_own(b.action)) {
            binding.keys.retain(|key| !taken.contains(key));
        }
    }

    fn clashes(&self) -> Vec<KeyComplaint> {
        let mut clashes = Vec::new();
        for (index, one) in self.0.iter().enumerate() {
            for other in self.0[index + 1..].iter().filter(|other| other.scope == one.scope) {
                let key = one.keys.iter().find(|key| other.keys.contains(key));
                let clash = key.map(|key| KeyComplaint::Twice { key: *key, one: one.action.name(), other: other.action.name() });
                // The same two meet in several rooms, in either order.
                clashes.extend(clash.filter(|clash| !clashes.iter().any(|known| clash.is_as(known))));
            }
        }
        clashes
    }

    pub fn rows(&self) -> impl Iterator<Item = &Binding> {
        self.0.iter()
    }

    /// Returns what a key asks for in a scope: the scope's own meaning first, then the one it has everywhere.
    pub fn find(&self, scope: Scope, key: Key) -> Option<Action> {
        let command = key.command();
        let inside = |scope: Scope, key: Key| self.0.iter().find(|b| b.scope == scope && b.keys.contains(&key)).map(|b| b.action);
        [key, command].into_iter().find_map(|key| inside(scope, key).or_else(|| inside(Scope::Everywhere, key)))
    }

    /// Returns the keys of an action in whatever scope has it.
    pub fn keys_of(&self, action: Action) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for key in self.0.iter().filter(|binding| binding.action == action).flat_map(|binding| &binding.keys) {
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
        keys
    }

    /// Returns the first key of an action as it is shown, or nothing.
    pub fn key_name(&self, action: Action) -> String {
        self.keys_of(action).first().map(Key::to_string).unwrap_or_default()
    }

    /// Returns how the first key of an action in this scope is named.
    pub fn key_in(&self, scope: Scope, action: Action) -> String {
        let keys = self.0.iter().filter(|binding| binding.scope == scope && binding.action == action);
        keys.flat_map(|binding| &binding.keys).next().map(Key::to_string).unwrap_or_default()
    }

    /// Returns what the footer shows in a scope, most important first.
    pub fn footer(&self, scope: Scope) -> Vec<&Binding> {
        let shown = |b: &&Binding| b.footer > 0 && !b.keys.is_empty() && (b.scope == scope || b.scope == Scope::Everywhere);
        let mut bindings: Vec<&Binding> = self.0.iter().filter(shown).collect();
        bindings.sort_by_key(|binding| binding.footer);
        bindings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_key_is_one_and_none_is_bound_twice_in_a_scope() {
        for row in DEFAULTS {
            for key in row.keys {
                assert!(Key::parse(key).is_some(), "{key}");
            }
        }
        assert_eq!(Table::default().clashes(), []);
    }

    #[test]
    fn every_action_stands_in_the_table() {
        for action in Action::ALL.iter().copied() {
            assert!(DEFAULTS.iter().any(|row| row.action == action), "{action:?}");
        }
    }

    #[test]
    fn the_users_keys_replace_the_defaults() {
        let own = |rows: &[(&str, &[&str])]| -> Vec<(String, Vec<String>)> {
            rows.iter().map(|(name, keys)| ((*name).to_owned(), keys.iter().map(|k| (*k).to_owned()).collect())).collect()
        };
        let table = Table::with(&own(&[("undo", &["z"]), ("favorite", &[])])).unwrap();
        assert_eq!(table.find(Scope::List, Key::char('z')), Some(Action::Undo));
        assert_eq!(table.find(Scope::List, Key::char('u')), None);
        assert_eq!(table.find(Scope::Detail, Key::char('z')), Some(Action::Undo), "the same meaning in every room");
        assert_eq!(table.find(Scope::List, Key::char('f')), None);
        let table = Table::with(&own(&[("suspend", &["ctrl-z"])])).unwrap();
        assert_eq!(table.find(Scope::List, Key::parse("ctrl-z").unwrap()), Some(Action::Suspend), "it gives way");
        assert_eq!(table.find(Scope::List, Key::char('u')), Some(Action::Undo));
        let wrong = Table::with(&own(&[("acept", &["x"]), ("win", &["hyper-q"]), ("lose", &["a"]), ("leave", &[])])).unwrap_err();
        assert!(wrong.contains(&KeyComplaint::UnknownAction { name: "acept".into(), meant: Some("accept") }));
        assert!(wrong.contains(&KeyComplaint::UnknownKey { action: "win".into(), key: "hyper-q".into() }));
        assert!(wrong.iter().any(|c| matches!(c, KeyComplaint::Twice { one: "accept", other: "lose", .. })));
        assert!(wrong.contains(&KeyComplaint::NoWayOut));
    }

    #[test]
    fn two_actions_on_one_key_are_told_once() {
        for (one, other) in [("accept", "w"), ("win", "a")] {
            let wrong = Table::with(&[(one.into(), vec![other.into()])]).unwrap_err();
            let twice = wrong.iter().filter(|c| matches!(c, KeyComplaint::Twice { .. })).count();
            assert_eq!(twice, 1, "{wrong:?}");
        }
    }

    #[test]
    fn keys_keep_their_meaning_while_a_korean_input_method_is_on() {
        let table = Table::default();
        assert_eq!(table.find(Scope::List, Key::char('ㅁ')), Some(Action::Accept));
        assert_eq!(table.find(Scope::List, Key::char('ㅓ')), Some(Action::Down));
    }
}

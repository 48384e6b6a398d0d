//! Help for the room one is in, from the live table: each line that names a key does what the key does.

use super::Model;
use super::dialog::{Dialog, Line, Menu, MenuKind, PaletteEntry};
use crate::desk::form::{Edited, TextField};
use crate::desk::keys::{Action, Group, Key, Scope};

/// Below so many rows the keys come first.
const LOW: u16 = 16;

/// So many keys are named one by one.
const NAMED: usize = 4;

impl Model {
    pub(super) fn open_help(&mut self) {
        let scope = self.scope();
        // On a small screen the keys of the room begin at the top, and what is typed where follows them.
        let is_low = self.size.rows < LOW;
        let typing = if scope == Scope::Form { self.typing_lines() } else { Vec::new() };
        let mut lines = vec![Line::plain(self.say.help_intro())];
        lines.extend(typing.iter().filter(|_| !is_low).cloned());
        for group in Group::ALL {
            let of_group = self.help_lines(scope, group);
            if !of_group.is_empty() {
                lines.push(Line::head(self.say.group(group)));
                lines.extend(of_group);
            }
        }
        lines.extend(typing.into_iter().filter(|_| is_low));
        if matches!(scope, Scope::List | Scope::Filter) {
            lines.push(Line::head(self.say.help_times()));
            lines.extend(self.say.help_times_text().lines().map(Line::plain));
            lines.push(Line::head(self.say.help_filter()));
            let [complete, earlier, later] =
                [Action::Complete, Action::EarlierFilter, Action::LaterFilter].map(|action| self.keys.key_name(action));
            lines.push(Line::plain(self.say.help_filter_typing(complete, earlier, later)));
            lines.extend(prose(&self.say.filter_help()));
        }
        if self.mouse {
            lines.push(Line::plain(self.say.help_mouse()));
        }
        self.show_menu(Menu::new(MenuKind::Help, lines));
    }

    /// What is typed in a form, and where.
    fn typing_lines(&self) -> Vec<Line> {
        let form = self.say.help_form();
        std::iter::once(Line::head(self.say.help_typing())).chain(form.lines().map(Line::plain)).collect()
    }

    /// One line for each action of a group that has a key here.
    fn help_lines(&self, scope: Scope, group: Group) -> Vec<Line> {
        let here = |s: Scope| s == scope || s == Scope::Everywhere;
        let mut keys: Vec<(Action, Vec<Key>)> = Vec::new();
        let (own, others): (Vec<_>, Vec<_>) =
            self.keys.rows().filter(|binding| binding.action.group() == group).partition(|binding| here(binding.scope));
        for binding in own.into_iter().chain(others.into_iter().filter(|binding| binding.scope == Scope::List)) {
            // Of the list's keys those act in a room that lead out of it.
            let acts = |key: &Key| !self.is_typed(*key) && (here(binding.scope) || self.leads_out(*key, binding.action));
            let acting: Vec<Key> = binding.keys.iter().copied().filter(acts).collect();
            if acting.is_empty() {
                continue;
            }
            match keys.iter_mut().find(|(action, _)| *action == binding.action) {
                Some((_, keys)) => keys.extend(acting.into_iter().filter(|key| !keys.contains(key)).collect::<Vec<_>>()),
                None => keys.push((binding.action, acting)),
            }
        }
        keys.into_iter().map(|(action, keys)| self.help_line(action, &keys)).collect()
    }

    /// Returns whether a key is for the text that is typed here and does nothing else.
    fn is_typed(&self, key: Key) -> bool {
        let in_form = matches!(self.dialogs.last(), Some(Dialog::Form(_)));
        self.is_typing() && (key.text().is_some() || !in_form && TextField::line("a").key(key) != Edited::No)
    }

    fn help_line(&self, action: Action, keys: &[Key]) -> Line {
        let left = match keys {
            [first, .., last] if keys.len() > NAMED => format!("{first} … {last}"),
            keys => keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        };
        let entry = keys.first().map_or(PaletteEntry::Do(action), |key| PaletteEntry::Press(*key));
        let mut words = self.words_of(action);
        // Nothing is ranked here, and everything is there to be read.
        words.only_said = false;
        Line { left, entry: Some(entry), words, ..Line::plain(self.action_name(action)) }
    }
}

/// Makes lines of text that is broken for commands: its sentences are joined again, of its table each row is one.
fn prose(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let row = line.strip_prefix("  ").and_then(|row| row.trim_start().split_once("  "));
        match (row, lines.last_mut()) {
            (Some((left, text)), _) => lines.push(Line { left: left.to_owned(), ..Line::plain(text.trim_start()) }),
            (None, Some(last)) if goes_on && !line.trim().is_empty() => last.text = format!("{} {}", last.text, line.trim()),
            (None, _) => lines.push(Line::plain(line.trim())),
        }
        goes_on = row.is_none() && !line.trim().is_empty();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_joined_and_rows_of_a_table_are_not() {
        let lines =
            prose("Words are\nsearched.\n\n  key:value   examples\n  value       value:>50000   value:10k\nMore.\nAnd more.");
        let shown: Vec<(&str, &str)> = lines.iter().map(|line| (line.left.as_str(), line.text.as_str())).collect();
        let table = [("key:value", "examples"), ("value", "value:>50000   value:10k")];
        assert_eq!(shown[..2], [("", "Words are searched."), ("", "")]);
        assert_eq!((&shown[2..4], shown[4]), (&table[..], ("", "More. And more.")));
    }
}

//! The palette: everything that can be done, shown or sorted by, in one menu.

use std::collections::BTreeSet;

use super::dialog::{Line, Menu, MenuKind, PaletteEntry, Words};
use super::{Model, is_movement};
use crate::desk::keys::{Action, Group, Key, Scope};
use crate::domain::query::SortKey;
use crate::domain::tab::View;

/// The groups in the order of the palette; behind what is looked at stand stage views and orders.
const GROUPS: [Group; 6] = [Group::Decide, Group::Mark, Group::Look, Group::Move, Group::Form, Group::Program];

impl Model {
    pub(super) fn open_palette(&mut self) {
        let own = self.own_actions();
        let mut lines: Vec<Line> = own.iter().map(|action| self.own_line(*action)).collect();
        let actions: Vec<Action> = self.general_actions().into_iter().filter(|action| !own.contains(action)).collect();
        // Where nothing can be decided, that does not come first.
        let idle = |action: &Action| self.why_idle(*action).is_some();
        let (idle, groups): (Vec<Group>, Vec<Group>) =
            GROUPS.into_iter().partition(|group| actions.iter().all(|action| action.group() != *group || idle(action)));
        for group in groups.into_iter().chain(idle) {
            let mut of_group: Vec<Line> = actions
                .iter()
                .filter(|action| action.group() == group && !leaves(**action))
                .map(|action| self.palette_line(*action))
                .collect();
            of_group.sort_by_key(|line| (line.why_not.is_some(), line.words.only_said));
            lines.extend(of_group);
            if group == Group::Look {
                lines.extend(self.copy_lines());
                lines.push(self.digest_line());
                lines.extend(self.palette_views());
                lines.extend(self.views_and_orders());
            }
        }
        lines.extend(self.setting_lines());
        lines.extend(actions.iter().filter(|action| leaves(**action)).map(|action| self.palette_line(*action)));
        let lines = self.far_last(lines, &own);
        self.show_menu(Menu::new(MenuKind::Palette, lines));
    }

    /// Puts what is not done from this place at the end, under the reason for all of it.
    fn far_last(&self, lines: Vec<Line>, own: &[Action]) -> Vec<Line> {
        let (mut near, mut far, mut reason) = (Vec::new(), Vec::new(), None);
        for line in lines {
            let why = line.entry.as_ref().and_then(|entry| match entry {
                PaletteEntry::Do(action) if own.contains(action) => None,
                PaletteEntry::Do(action) => self.box_first(entry).or_else(|| self.out_of_sight(*action)),
                entry => self.box_first(entry),
            });
            match why {
                Some(why) => {
                    far.push(Line { why_not: Some(String::new()), ..line });
                    reason = Some(why);
                }
                None => near.push(line),
            }
        }
        near.extend(reason.map(Line::head));
        near.append(&mut far);
        near
    }

    /// Returns what is done whatever room is open.
    fn general_actions(&self) -> Vec<Action> {
        let mut seen = BTreeSet::new();
        let inside = self.keys.rows().filter(|binding| matches!(binding.scope, Scope::List | Scope::Everywhere));
        let passes =
            |action: &Action| !is_movement(*action) && !matches!(action, Action::Back | Action::Confirm | Action::Palette);
        inside.map(|binding| binding.action).filter(passes).filter(|action| seen.insert(*action)).collect()
    }

    /// Returns the line of what the room or form itself does.
    fn own_line(&self, action: Action) -> Line {
        Line {
            right: self.key_here(action),
            why_not: self.may_do(action).err(),
            entry: Some(PaletteEntry::Do(action)),
            words: self.words_of(action),
            ..Line::plain(self.action_name(action))
        }
    }

    fn palette_line(&self, action: Action) -> Line {
        let step = match action {
            Action::Undo => self.steps.undo.as_ref(),
            Action::Redo => self.steps.redo.as_ref(),
            _ => None,
        };
        let name = self.action_name(action);
        let text = step.map_or_else(|| name.clone(), |step| self.say.action_with_step(&name, self.say.step(step)));
        Line {
            right: self.key_here(action),
            why_not: self.why_idle(action),
            entry: Some(PaletteEntry::Do(action)),
            words: self.words_of(action),
            ..Line::plain(text)
        }
    }

    fn why_idle(&self, action: Action) -> Option<String> {
        self.out_of_sight(action).or_else(|| self.can(action).err())
    }

    /// Returns why an action on the deal of the list is not done from a room that shows others: nobody sees what it would be done to.
    pub(super) fn out_of_sight(&self, action: Action) -> Option<String> {
        #[rustfmt::skip]
        let is_of_the_list = matches!(
            action,
            Action::Open | Action::Accept | Action::Decline | Action::Win | Action::Lose | Action::Edit | Action::Clone | Action::Reopen
            | Action::AskHelp | Action::Register | Action::AskException | Action::Favorite | Action::NextStep | Action::Note
            | Action::GiveToMe | Action::Copy | Action::Export | Action::Mark | Action::MarkRange | Action::MarkAll
            | Action::MarkDown | Action::MarkUp | Action::History | Action::Why | Action::Brief | Action::BriefOfCustomer
        );
        (is_of_the_list && !self.shows_selected()).then(|| self.say.palette_out_of_sight(self.keys.key_name(Action::Back)))
    }

    /// Returns by which words an action is found besides its name.
    pub(super) fn words_of(&self, action: Action) -> Words {
        let keys = self.keys.keys_of(action).iter().map(Key::to_string).collect();
        let only_said = leaves(action) || matches!(action, Action::Undo | Action::Redo);
        Words { also: self.say.action_also(action), keys, only_said }
    }

    /// Every stage view, and every order the list can have.
    fn views_and_orders(&self) -> Vec<Line> {
        let order = self.list().order();
        let (tab, shown) = self.list().place();
        let here = |is: bool| if is { self.say.sort_now() } else { String::new() };
        let line = |text, also: String, right, entry| {
            let words = Words { also, ..Words::default() };
            Line { right, entry: Some(entry), words, ..Line::plain(text) }
        };
        let views = View::of(tab).iter().copied().map(|view| {
            let text = self.say.palette_view(self.say.view(view));
            let why_not = self.can(Action::View).err();
            let here = here(view == shown && why_not.is_none());
            Line { why_not, ..line(text, self.say.palette_also_views(), here, PaletteEntry::ShowView(view)) }
        });
        let orders = SortKey::ALL.into_iter().map(|key| {
            let text = self.say.palette_sort(self.say.order(order.asked_again(key), self.list().scale()));
            let also = if key == SortKey::Priority { self.say.palette_also_priority() } else { self.say.palette_also_orders() };
            line(text, also, here(key == order.key), PaletteEntry::SortBy(key))
        });
        views.chain(orders).collect()
    }
}

/// Returns whether an action leads out of the program, or at least off the screen.
const fn leaves(action: Action) -> bool {
    matches!(action, Action::Suspend | Action::Close | Action::Leave)
}

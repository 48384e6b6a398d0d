//! The words for what only the desk has: actions, groups of keys, labels of forms.

use super::form::Label;
use super::keys::{Action, Group, KeyComplaint, Scope};
use crate::i18n::{Said, Sentences};

impl Sentences {
    pub fn action(&self, action: Action) -> String {
        match action {
            Action::Down => self.action_down(),
            Action::Up => self.action_up(),
            Action::First => self.action_first(),
            Action::Last => self.action_last(),
            Action::HalfPageDown => self.action_half_page_down(),
            Action::HalfPageUp => self.action_half_page_up(),
            Action::PageDown => self.action_page_down(),
            Action::PageUp => self.action_page_up(),
            Action::Inbound => self.action_inbound(),
            Action::Outbound => self.action_outbound(),
            Action::Favorites => self.action_favorites(),
            Action::NextTab => self.action_next_tab(),
            Action::PreviousTab => self.action_previous_tab(),
            Action::Open => self.action_open(),
            Action::Back => self.action_back(),
            Action::Close => self.action_close(),
            Action::Filter => self.action_filter(),
            Action::NextMatch => self.action_next_match(),
            Action::PreviousMatch => self.action_previous_match(),
            Action::Sort => self.action_sort(),
            Action::View => self.action_view(),
            Action::Mark => self.action_mark(),
            Action::MarkRange => self.action_mark_range(),
            Action::Accept => self.action_accept(),
            Action::Decline => self.action_decline(),
            Action::Win => self.action_win(),
            Action::Lose => self.action_lose(),
            Action::Favorite => self.action_favorite(),
            Action::Undo => self.action_undo(),
            Action::Redo => self.action_redo(),
            Action::Copy => self.action_copy(),
            Action::History => self.action_history(),
            Action::HistoryOfAll => self.action_history_of_all(),
            Action::Import => self.action_import(),
            Action::Demo => self.action_demo(),
            Action::Palette => self.action_palette(),
            Action::Help => self.action_help(),
            Action::Reload => self.action_reload(),
            Action::Mouse => self.action_mouse(),
            Action::Suspend => self.action_suspend(),
            Action::Leave => self.action_leave(),
            Action::Confirm => self.action_confirm(),
            Action::NextField => self.action_next_field(),
            Action::PreviousField => self.action_previous_field(),
            Action::Save => self.action_save(),
        }
    }

    /// Returns the short word of the footer; `None` for actions that it does not show.
    pub fn footer(&self, action: Action) -> Option<String> {
        Some(match action {
            Action::Accept => self.footer_accept(),
            Action::Decline => self.footer_decline(),
            Action::Win => self.footer_win(),
            Action::Lose => self.footer_lose(),
            Action::Favorite => self.footer_favorite(),
            Action::Mark => self.footer_mark(),
            Action::Filter => self.footer_filter(),
            Action::Sort => self.footer_sort(),
            Action::View => self.footer_view(),
            Action::Open => self.footer_open(),
            Action::Undo => self.footer_undo(),
            Action::Import => self.footer_import(),
            Action::Down => self.footer_down(),
            Action::Up => self.footer_up(),
            Action::PageDown => self.footer_page_down(),
            Action::Confirm => self.footer_confirm(),
            Action::Save => self.footer_save(),
            Action::NextField => self.footer_next_field(),
            Action::Back => self.footer_back(),
            Action::Palette => self.footer_palette(),
            Action::Help => self.footer_help(),
            _ => return None,
        })
    }

    pub fn group(&self, group: Group) -> String {
        match group {
            Group::Move => self.group_move(),
            Group::Look => self.group_look(),
            Group::Decide => self.group_decide(),
            Group::Mark => self.group_mark(),
            Group::Program => self.group_program(),
            Group::Form => self.group_form(),
        }
    }

    pub fn scope(&self, scope: Scope) -> String {
        match scope {
            Scope::Everywhere => self.keys_where_everywhere(),
            Scope::List => self.keys_where_list(),
            Scope::Detail => self.keys_where_detail(),
            Scope::Menu => self.keys_where_menu(),
            Scope::Dialog => self.keys_where_dialog(),
            Scope::Form => self.keys_where_form(),
        }
    }

    pub fn form_label(&self, label: Label) -> String {
        match label {
            Label::Name => self.form_label_name(),
            Label::Value => self.form_label_value(),
            Label::Currency => self.form_label_currency(),
            Label::CloseDate => self.form_label_close_date(),
            Label::Notes => self.form_label_notes(),
            Label::CrmId => self.form_label_crm_id(),
            Label::CampaignId => self.form_label_campaign_id(),
            Label::Employees => self.form_label_employees(),
            Label::Reason => self.form_label_reason(),
            Label::Note => self.form_label_note(),
        }
    }

    /// Says what is wrong with the user's own keys.
    pub fn key_complaint(&self, path: &str, complaint: &KeyComplaint) -> Said {
        let (sentence, hint) = match complaint {
            KeyComplaint::UnknownAction { name, meant } => {
                let hint = meant.map_or_else(|| self.key_unknown_action_hint(), |meant| self.config_unknown_did_you_mean(meant));
                (self.key_unknown_action(name, path), hint)
            }
            KeyComplaint::UnknownKey { action, key } => (self.key_unknown_key(action, key, path), self.key_unknown_key_hint()),
            KeyComplaint::Twice { key, one, other } => {
                (self.config_key_twice(key.to_string(), *one, *other, path), self.config_key_twice_hint())
            }
            KeyComplaint::NoWayOut => (self.key_no_way_out(path), self.key_no_way_out_hint()),
        };
        Said::new("keys", sentence, hint)
    }
}

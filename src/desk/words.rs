//! The words for what only the desk has: actions, groups of keys, labels of forms.

use super::form::{ChoiceOf, FormKind, Page};
use super::keys::{Action, Group, KeyComplaint, Scope, Table};
use crate::domain::opportunity::HelpKind;
use crate::domain::outcome::Reason;
use crate::domain::part::Part;
use crate::domain::stage::Verb;
use crate::i18n::{Said, Sentences};

impl Sentences {
    pub fn action(&self, action: Action) -> String {
        match action {
            #[rustfmt::skip]
            Action::Down | Action::Up | Action::First | Action::Last | Action::HalfPageDown | Action::HalfPageUp | Action::ScrollDown
            | Action::ScrollUp | Action::PageDown | Action::PageUp | Action::Inbound | Action::Outbound | Action::Favorites
            | Action::NextTab | Action::PreviousTab => self.movement(action),
            Action::Open => self.action_open(),
            Action::Back => self.action_back(),
            Action::Close => self.action_close(),
            Action::Filter => self.action_filter(),
            Action::Complete => self.action_complete(),
            Action::CompleteBack => self.action_complete_back(),
            Action::EarlierFilter | Action::LaterFilter => self.of_filters(action == Action::EarlierFilter),
            Action::NextMatch | Action::PreviousMatch => self.of_matches(action == Action::NextMatch),
            Action::Sort => self.action_sort(),
            Action::View => self.action_view(),
            Action::Columns | Action::Sums => self.of_list(action == Action::Sums),
            Action::Views => self.action_views(),
            Action::KeepView => self.action_keep_view(),
            Action::RemoveView | Action::DropDraft | Action::ForgetUpload => self.of_dropping(action),
            Action::Mark => self.action_mark(),
            Action::MarkRange => self.action_mark_range(),
            Action::MarkAll => self.action_mark_all(),
            Action::MarkDown => self.action_mark_down(),
            Action::MarkUp => self.action_mark_up(),
            Action::Accept => self.action_accept(),
            Action::Decline => self.action_decline(),
            Action::Win => self.action_win(),
            Action::Lose => self.action_lose(),
            Action::Favorite => self.action_favorite(),
            Action::New => self.action_new(),
            Action::Edit => self.action_edit(),
            Action::AskHelp => self.action_ask_help(),
            Action::Clone => self.action_clone(),
            Action::Resolve | Action::Ours | Action::Theirs | Action::AllOurs | Action::AllTheirs => self.of_conflicts(action),
            Action::NextStep => self.action_next_step(),
            Action::Note => self.action_note(),
            Action::Mine | Action::GiveToMe => self.of_owners(action == Action::Mine),
            Action::Undo | Action::Redo | Action::Reopen => self.of_taking_back(action),
            Action::Copy | Action::Export => self.of_taking_along(action == Action::Export),
            #[rustfmt::skip]
            Action::HistoryOfAll | Action::LastImport | Action::Review | Action::OtherGroups | Action::OtherDays | Action::PastDay
            | Action::InWords | Action::WriteReview | Action::Brief | Action::BriefOfCustomer | Action::CopyPage | Action::Why | Action::UploadRows | Action::Check | Action::History | Action::Outbox | Action::Leads | Action::Offers | Action::Customers | Action::Facts | Action::Submit | Action::RemoveOffer
            | Action::Hold | Action::WriteUpload | Action::Told | Action::Register | Action::AskException | Action::WriteRegistrations => self.of_rooms(action),
            Action::Import | Action::TakeOld => self.of_importing(action == Action::Import),
            Action::Demo => self.action_demo(),
            Action::Palette => self.action_palette(),
            Action::Help | Action::Explain => self.of_helping(action == Action::Explain),
            Action::Reload => self.action_reload(),
            Action::Messages => self.action_messages(),
            Action::Mouse | Action::Beside => self.of_switches(action == Action::Mouse),
            Action::Settings => self.action_settings(),
            Action::NextValue | Action::PreviousValue | Action::Default | Action::AsBefore => self.of_setting(action),
            Action::Suspend | Action::Leave => self.of_leaving(action == Action::Leave),
            #[rustfmt::skip]
            Action::Confirm | Action::NextField | Action::PreviousField | Action::NextPage | Action::PreviousPage
            | Action::NextSuggestion | Action::Pick | Action::Remove | Action::Expand | Action::Save => self.in_form(action),
        }
    }

    fn of_list(&self, sums: bool) -> String {
        if sums { self.action_sums() } else { self.action_columns() }
    }

    fn of_switches(&self, is_mouse: bool) -> String {
        if is_mouse { self.action_mouse() } else { self.action_beside() }
    }

    fn of_importing(&self, new: bool) -> String {
        if new { self.action_import() } else { self.action_take_old() }
    }

    fn of_helping(&self, explains: bool) -> String {
        if explains { self.action_explain() } else { self.action_help() }
    }

    fn of_filters(&self, earlier: bool) -> String {
        if earlier { self.action_earlier_filter() } else { self.action_later_filter() }
    }

    fn of_taking_along(&self, file: bool) -> String {
        if file { self.action_export() } else { self.action_copy() }
    }

    fn of_matches(&self, next: bool) -> String {
        if next { self.action_next_match() } else { self.action_previous_match() }
    }

    fn of_setting(&self, action: Action) -> String {
        match action {
            Action::NextValue => self.action_next_value(),
            Action::PreviousValue => self.action_previous_value(),
            Action::AsBefore => self.action_as_before(),
            _ => self.action_default(),
        }
    }

    fn of_leaving(&self, for_good: bool) -> String {
        if for_good { self.action_leave() } else { self.action_suspend() }
    }

    fn of_offers(&self, action: Action) -> String {
        match action {
            Action::Facts => self.action_facts(),
            Action::Submit => self.action_submit(),
            _ => self.action_remove_offer(),
        }
    }

    fn of_rooms(&self, action: Action) -> String {
        match action {
            Action::History => self.action_history(),
            Action::HistoryOfAll => self.action_history_of_all(),
            Action::LastImport => self.action_last_import(),
            Action::Check => self.action_check(),
            Action::Outbox => self.action_outbox(),
            Action::Leads => self.action_leads(),
            Action::Offers => self.action_offers(),
            Action::Customers => self.action_customers(),
            Action::Facts | Action::Submit | Action::RemoveOffer => self.of_offers(action),
            Action::Hold => self.action_hold(),
            Action::UploadRows => self.action_upload_rows(),
            Action::WriteUpload => self.action_write_upload(),
            Action::Told => self.action_told(),
            Action::Register => self.action_register(),
            Action::AskException => self.action_ask_exception(),
            Action::WriteRegistrations => self.action_write_registrations(),
            Action::OtherGroups => self.action_other_groups(),
            Action::OtherDays => self.action_other_days(),
            Action::PastDay => self.action_past_day(),
            Action::InWords => self.action_in_words(),
            Action::WriteReview => self.action_write_review(),
            Action::Brief => self.action_brief(),
            Action::BriefOfCustomer => self.action_brief_of_customer(),
            Action::CopyPage => self.action_copy_page(),
            Action::Why => self.action_why(),
            _ => self.action_review(),
        }
    }

    fn of_conflicts(&self, action: Action) -> String {
        match action {
            Action::Ours => self.action_keep_ours(),
            Action::Theirs => self.action_take_theirs(),
            Action::AllOurs => self.action_keep_all_ours(),
            Action::AllTheirs => self.action_take_all_theirs(),
            _ => self.action_resolve(),
        }
    }

    fn of_taking_back(&self, action: Action) -> String {
        match action {
            Action::Undo => self.action_undo(),
            Action::Redo => self.action_redo(),
            _ => self.action_reopen(),
        }
    }

    fn of_owners(&self, mine: bool) -> String {
        if mine { self.action_mine() } else { self.action_give_to_me() }
    }

    fn in_form(&self, action: Action) -> String {
        match action {
            Action::Confirm => self.action_confirm(),
            Action::NextField => self.action_next_field(),
            Action::PreviousField => self.action_previous_field(),
            Action::NextPage => self.action_next_page(),
            Action::PreviousPage => self.action_previous_page(),
            Action::NextSuggestion => self.action_next_suggestion(),
            Action::Pick => self.action_pick(),
            Action::Remove => self.action_remove(),
            Action::Expand => self.action_expand(),
            _ => self.action_save(),
        }
    }

    /// Returns the other words that find an action, with commas between them.
    pub fn action_also(&self, action: Action) -> String {
        match action {
            Action::Inbound | Action::Outbound | Action::Favorites => self.palette_also_tab(),
            Action::Open => self.palette_also_open(),
            Action::Filter => self.palette_also_filter(),
            Action::Sort => self.palette_also_sort(),
            Action::View => self.palette_also_view(),
            Action::Columns => self.palette_also_columns(),
            Action::Views => self.palette_also_views_menu(),
            Action::KeepView => self.palette_also_keep_view(),
            Action::Copy => self.palette_also_copy(),
            Action::Export | Action::WriteReview => self.palette_also_export(),
            Action::History | Action::HistoryOfAll => self.palette_also_history(),
            Action::Mark => self.palette_also_mark(),
            Action::Accept => self.palette_also_accept(),
            Action::Decline => self.palette_also_decline(),
            Action::Win => self.palette_also_win(),
            Action::Lose => self.palette_also_lose(),
            Action::Favorite => self.palette_also_favorite(),
            Action::New => self.palette_also_new(),
            Action::Edit => self.palette_also_edit(),
            Action::AskHelp => self.palette_also_ask_help(),
            Action::Register => self.palette_also_register(),
            Action::AskException => self.palette_also_ask_exception(),
            Action::Clone => self.palette_also_clone(),
            Action::Resolve => self.palette_also_resolve(),
            Action::NextStep => self.palette_also_next_step(),
            Action::Note => self.palette_also_note(),
            Action::Mine => self.palette_also_mine(),
            Action::GiveToMe => self.palette_also_give_to_me(),
            Action::Reopen => self.palette_also_reopen(),
            Action::Explain => self.palette_also_explain(),
            Action::Undo => self.palette_also_undo(),
            Action::Redo => self.palette_also_redo(),
            Action::Import => self.palette_also_import(),
            Action::Brief | Action::BriefOfCustomer => self.palette_also_brief(),
            Action::Why => self.palette_also_why(),
            Action::Review => self.palette_also_review(),
            Action::LastImport => self.palette_also_last_import(),
            Action::Check => self.palette_also_check(),
            Action::Outbox => self.palette_also_outbox(),
            Action::Customers => self.palette_also_customers(),
            Action::Leads => self.palette_also_leads(),
            Action::Offers => self.palette_also_offers(),
            Action::Facts => self.palette_also_facts(),
            Action::Demo => self.palette_also_demo(),
            Action::Help => self.palette_also_help(),
            Action::Reload => self.palette_also_reload(),
            Action::Messages => self.palette_also_messages(),
            Action::Mouse => self.palette_also_mouse(),
            Action::Beside => self.palette_also_beside(),
            Action::Sums => self.palette_also_sums(),
            Action::Settings => self.palette_also_settings(),
            Action::Suspend => self.palette_also_suspend(),
            Action::Close => self.palette_also_close(),
            Action::Leave => self.palette_also_leave(),
            _ => String::new(),
        }
    }

    fn movement(&self, action: Action) -> String {
        match action {
            Action::Down => self.action_down(),
            Action::Up => self.action_up(),
            Action::First => self.action_first(),
            Action::Last => self.action_last(),
            Action::HalfPageDown => self.action_half_page_down(),
            Action::HalfPageUp => self.action_half_page_up(),
            Action::ScrollDown => self.action_scroll_down(),
            Action::ScrollUp => self.action_scroll_up(),
            Action::PageDown => self.action_page_down(),
            Action::PageUp => self.action_page_up(),
            Action::Inbound => self.action_inbound(),
            Action::Outbound => self.action_outbound(),
            Action::Favorites => self.action_favorites(),
            Action::NextTab => self.action_next_tab(),
            Action::PreviousTab => self.action_previous_tab(),
            _ => String::new(),
        }
    }

    fn of_dropping(&self, action: Action) -> String {
        match action {
            Action::DropDraft => self.action_drop_draft(),
            Action::ForgetUpload => self.action_forget_upload(),
            _ => self.action_remove_view(),
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
            Action::New => self.footer_new(),
            Action::Edit => self.footer_edit(),
            Action::AskHelp => self.footer_ask_help(),
            Action::Mark => self.footer_mark(),
            Action::Filter => self.footer_filter(),
            Action::Default => self.footer_default(),
            Action::AsBefore => self.footer_as_before(),
            Action::TakeOld => self.footer_take_old(),
            Action::Complete => self.footer_complete(),
            Action::EarlierFilter => self.footer_earlier_filter(),
            Action::Sort => self.footer_sort(),
            Action::View => self.footer_view(),
            Action::Open => self.footer_open(),
            Action::RemoveView => self.footer_remove_view(),
            Action::DropDraft => self.footer_drop_draft(),
            Action::Ours => self.footer_ours(),
            Action::Theirs => self.footer_theirs(),
            Action::Resolve => self.footer_resolve(),
            Action::AllOurs => self.footer_all_ours(),
            Action::AllTheirs => self.footer_all_theirs(),
            Action::WriteUpload => self.footer_write_upload(),
            Action::ForgetUpload => self.footer_forget_upload(),
            Action::Told => self.footer_told(),
            Action::Hold => self.footer_hold(),
            Action::UploadRows => self.footer_upload_rows(),
            Action::Check => self.footer_check(),
            Action::Facts => self.footer_facts(),
            Action::Submit => self.footer_submit(),
            Action::RemoveOffer => self.footer_remove_offer(),
            Action::Undo => self.footer_undo(),
            Action::Import => self.footer_import(),
            Action::CopyPage => self.footer_copy_page(),
            Action::BriefOfCustomer => self.footer_brief_of_customer(),
            Action::Review => self.footer_review(),
            Action::OtherGroups => self.footer_other_groups(),
            Action::OtherDays => self.footer_other_days(),
            Action::PastDay => self.footer_past_day(),
            Action::InWords => self.footer_in_words(),
            Action::WriteReview => self.footer_write_review(),
            Action::Down => self.footer_down(),
            Action::Up => self.footer_up(),
            Action::PageDown => self.footer_page_down(),
            Action::Confirm => self.footer_confirm(),
            Action::NextField => self.footer_next_field(),
            Action::NextPage => self.footer_next_page(),
            Action::Expand => self.footer_expand(),
            Action::Back => self.footer_back(),
            Action::Palette => self.footer_palette(),
            Action::Help => self.footer_help(),
            Action::Explain => self.footer_explain(),
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
            Scope::History => self.keys_where_history(),
            Scope::Settings => self.keys_where_settings(),
            Scope::Brought => self.keys_where_brought(),
            Scope::Conflicts => self.keys_where_conflicts(),
            Scope::Review => self.keys_where_review(),
            Scope::Brief => self.keys_where_brief(),
            Scope::Drafts => self.keys_where_drafts(),
            Scope::Check => self.keys_where_check(),
            Scope::Outbox => self.keys_where_outbox(),
            Scope::Leads => self.keys_where_leads(),
            Scope::Offers => self.keys_where_offers(),
            Scope::Customers => self.keys_where_customers(),
            Scope::Menu => self.keys_where_menu(),
            Scope::Results => self.keys_where_results(),
            Scope::Filter => self.keys_where_filter(),
            Scope::Dialog => self.keys_where_dialog(),
            Scope::Form => self.keys_where_form(),
        }
    }

    /// Returns what a field of a form is called: where it stands there alone, as everywhere.
    pub fn form_label(&self, part: Part) -> String {
        match part {
            Part::Name => self.form_label_name(),
            Part::Value => self.form_label_value(),
            Part::Currency => self.form_label_currency(),
            Part::CloseDate => self.form_label_close_date(),
            Part::Notes => self.form_label_notes(),
            Part::CrmId => self.form_label_crm_id(),
            Part::CampaignId => self.form_label_campaign_id(),
            Part::Employees => self.form_label_employees(),
            Part::Reason => self.form_label_reason(),
            Part::Note => self.form_label_note(),
            Part::CustomerName => self.form_label_customer(),
            Part::Line2 => self.form_label_line2(),
            Part::ContactFirst | Part::EmployeeFirst => self.form_label_first_name(),
            Part::ContactLast | Part::EmployeeLast => self.form_label_last_name(),
            Part::ContactPhone | Part::EmployeePhone => self.form_label_phone(),
            Part::ContactEmail | Part::EmployeeEmail => self.form_label_email(),
            Part::SolutionFind => self.form_label_find(),
            Part::SolutionQuantity => self.form_label_quantity(),
            Part::SolutionPrice => self.form_label_price(),
            Part::Category => self.form_label_category(),
            Part::HelpAsked => self.form_label_help(),
            Part::Share => self.form_label_share(),
            Part::Country | Part::Duns | Part::Line1 | Part::City | Part::State | Part::PostalCode => self.part(part),
            Part::Consent | Part::HelpKind | Part::HelpNote | Part::Partner | Part::PartnerBrings => self.part(part),
            Part::Contact | Part::SalesStage | Part::Solutions | Part::Help | Part::Kind => self.part(part),
            Part::SolutionId | Part::SolutionName | Part::SolutionOwner | Part::Owner => self.part(part),
            part => self.contract_label(part),
        }
    }

    /// Returns the name of a page.
    pub fn page(&self, page: Page) -> String {
        match page {
            Page::Customer => self.page_customer(),
            Page::Deal => self.page_deal(),
            Page::Employees => self.page_employees(),
            Page::Solutions => self.page_solutions(),
            Page::Selling => self.page_selling(),
            Page::Check => self.page_check(),
        }
    }

    /// Returns the words of an option.
    pub fn option(&self, of: ChoiceOf, index: usize) -> String {
        let category = [Self::option_ours, Self::option_partner, Self::option_assessment];
        let yes_no = [Self::no, Self::yes];
        match of {
            ChoiceOf::Reason => Reason::ALL.get(index).map(|reason| self.reason(*reason)),
            ChoiceOf::HelpKind => HelpKind::ALL.get(index).map(|kind| self.help_kind(*kind)),
            ChoiceOf::Category => category.get(index).map(|say| say(self)),
            ChoiceOf::YesNo | ChoiceOf::Told => yes_no.get(index).map(|say| say(self)),
            ChoiceOf::Term | ChoiceOf::Deployment | ChoiceOf::Pricing | ChoiceOf::Microsoft => {
                of.codes().get(index).map(|code| self.contract_option(*code))
            }
        }
        .unwrap_or_default()
    }

    /// Returns what stands over a form.
    pub fn form_heading(&self, kind: FormKind, title: &str) -> String {
        match kind {
            FormKind::Accept => self.form_title(title, self.verb(Verb::Accept)),
            FormKind::Decline => self.form_title(title, self.form_button_close()),
            FormKind::Win => self.form_title(title, self.verb(Verb::Win)),
            FormKind::Lose => self.form_title(title, self.verb(Verb::Lose)),
            FormKind::New if title.is_empty() => self.action_new(),
            FormKind::New => self.form_title(title, self.action_new()),
            FormKind::Edit | FormKind::Correct | FormKind::EditMany => self.form_title(title, self.action_edit()),
            FormKind::AskHelp => self.form_title(title, self.action_ask_help()),
            FormKind::Register => self.form_title(title, self.action_register()),
        }
    }

    /// Returns the word on the button that saves a form.
    pub fn form_button(&self, kind: FormKind) -> String {
        match kind {
            FormKind::Accept => self.verb(Verb::Accept),
            FormKind::Decline => self.form_button_close(),
            FormKind::Win => self.verb(Verb::Win),
            FormKind::Lose => self.verb(Verb::Lose),
            FormKind::New => self.form_button_create(),
            FormKind::Edit | FormKind::Correct | FormKind::EditMany => self.action_edit(),
            FormKind::AskHelp => self.form_button_ask(),
            FormKind::Register => self.form_button_register(),
        }
    }

    /// Returns the word of the bottom line for what the button of a form does.
    pub fn form_does(&self, kind: FormKind) -> String {
        match kind {
            FormKind::Accept => self.footer_accept(),
            FormKind::Decline => self.footer_decline_close(),
            FormKind::Win => self.footer_win(),
            FormKind::Lose => self.footer_lose(),
            FormKind::New => self.footer_create(),
            FormKind::Edit | FormKind::Correct | FormKind::EditMany => self.footer_edit(),
            FormKind::AskHelp => self.footer_ask_help(),
            FormKind::Register => self.footer_register(),
        }
    }

    /// Says what is wrong with the user's own keys.
    pub fn key_complaint(&self, path: &str, complaint: &KeyComplaint) -> Said {
        let (sentence, hint) = match complaint {
            KeyComplaint::UnknownAction { name, meant } => {
                let hint = meant.map_or_else(|| self.key_unknown_action_hint(), |meant| self.config_unknown_did_you_mean(meant));
                (self.key_unknown_action(name, path), hint)
            }
            KeyComplaint::UnknownKey { action, key } => {
                let kept = Action::from_name(action).map(default_key).unwrap_or_default();
                let said = self.key_unknown_key(action, key, path);
                (if kept.is_empty() { said } else { self.key_kept(kept, said) }, self.key_unknown_key_hint())
            }
            KeyComplaint::Twice { key, one, other } => {
                let kept = [one, other].map(|name| Action::from_name(name).map(default_key).unwrap_or_default());
                let said = self.config_key_twice(key.to_string(), *one, *other, path);
                let [first, second] = kept;
                let is_known = !first.is_empty() && !second.is_empty();
                (if is_known { self.key_kept_both(first, said, second) } else { said }, self.config_key_twice_hint())
            }
            KeyComplaint::NoWayOut => (self.key_no_way_out(path), self.key_no_way_out_hint()),
        };
        Said::new("keys", sentence, hint)
    }
}

/// Returns the key that an action has where nobody gave it another: with a wrong one in the configuration all keys are as they come.
fn default_key(action: Action) -> String {
    Table::default().key_name(action)
}

//! The word for each thing of the domain; exhaustive, so that a new variant asks for its word.

use super::sentences::Sentences;
use crate::domain::field::{Field, Named};
use crate::domain::opportunity::{HelpKind, Kind, SenderKind};
use crate::domain::outcome::{Outcome, OutcomeKind, Reason};
use crate::domain::query::{Order, SortKey};
use crate::domain::rate::HomeScale;
use crate::domain::solution::Owner;
use crate::domain::stage::{StageKind, Verb};
use crate::domain::tab::{Tab, View};

impl Sentences {
    pub fn tab(&self, tab: Tab) -> String {
        match tab {
            Tab::Inbound => self.inbound(),
            Tab::Outbound => self.outbound(),
            Tab::Favorites => self.favorites(),
            Tab::All => self.tab_all(),
        }
    }

    pub fn view(&self, view: View) -> String {
        match view {
            View::Open => self.view_open(),
            View::Received => self.view_received(),
            View::Accepted => self.view_accepted(),
            View::Archived => self.view_archived(),
            View::All => self.view_all(),
        }
    }

    pub fn stage(&self, stage: StageKind) -> String {
        match stage {
            StageKind::Received => self.stage_received(),
            StageKind::Accepted => self.stage_accepted(),
            StageKind::Archived => self.stage_archived(),
        }
    }

    pub fn outcome(&self, outcome: OutcomeKind) -> String {
        match outcome {
            OutcomeKind::Won => self.outcome_won(),
            OutcomeKind::Lost => self.outcome_lost(),
            OutcomeKind::Declined => self.outcome_declined(),
            OutcomeKind::Expired => self.outcome_expired(),
            OutcomeKind::Error => self.outcome_error(),
        }
    }

    pub fn kind(&self, kind: Kind) -> String {
        match kind {
            Kind::CoSell => self.type_co_sell(),
            Kind::PrivatePipeline => self.type_private_pipeline(),
            Kind::PartnerLed => self.type_partner_led(),
            Kind::PartnerToPartner => self.type_partner_to_partner(),
            Kind::SolutionAssessment => self.type_solution_assessment(),
        }
    }

    pub fn sender_kind(&self, kind: SenderKind) -> String {
        match kind {
            SenderKind::Microsoft => self.sender_microsoft(),
            SenderKind::Partner => self.sender_partner(),
        }
    }

    pub fn owner(&self, owner: Owner) -> String {
        match owner {
            Owner::Mine => self.owner_mine(),
            Owner::Microsoft => self.owner_microsoft(),
            Owner::ThirdParty => self.owner_third_party(),
            Owner::Unknown => self.owner_unknown(),
        }
    }

    pub fn reason(&self, reason: Reason) -> String {
        match reason {
            Reason::Budget => self.reason_budget(),
            Reason::NoResponse => self.reason_no_response(),
            Reason::OtherVendor => self.reason_other_vendor(),
            Reason::Requirement => self.reason_requirement(),
            Reason::NotACustomer => self.reason_not_a_customer(),
            Reason::Timeline => self.reason_timeline(),
            Reason::Abuse => self.reason_abuse(),
            Reason::Other => self.reason_other(),
        }
    }

    /// Returns the reason of an outcome in words; of an error the words for its number, else the text as it came.
    pub fn outcome_reason(&self, outcome: &Outcome) -> Option<String> {
        match outcome {
            Outcome::Lost { reason, .. } | Outcome::Declined { reason, .. } => reason.map(|reason| self.reason(reason)),
            Outcome::Error { reason } => reason.as_deref().map(|reason| self.error_reason(reason)),
            Outcome::Won | Outcome::Expired => None,
        }
    }

    fn error_reason(&self, reason: &str) -> String {
        match reason.trim() {
            "1" => self.error_reason_1(),
            "2" => self.error_reason_2(),
            "3" => self.error_reason_3(),
            "4" => self.error_reason_4(),
            "5" => self.error_reason_5(),
            "6" => self.error_reason_6(),
            "7" => self.error_reason_7(),
            "8" => self.error_reason_8(),
            "9" => self.error_reason_9(),
            text => text.to_owned(),
        }
    }

    pub fn help_kind(&self, kind: HelpKind) -> String {
        match kind {
            HelpKind::WorkloadSpecificValueProposition => self.help_workload(),
            HelpKind::CustomerTechnicalArchitecture => self.help_architecture(),
            HelpKind::ProofOfConceptOrDemo => self.help_proof(),
            HelpKind::QuotesOrLicensing => self.help_quotes(),
            HelpKind::PostSalesCustomerSuccess => self.help_post_sales(),
            HelpKind::GeneralOrOther => self.help_general(),
        }
    }

    /// Returns the name of a field as the history knows it; one of a later version has only its path.
    pub fn named(&self, field: &Named) -> String {
        match field {
            Named::Known(field) => self.field(*field),
            Named::Foreign(path) => path.clone(),
        }
    }

    pub fn field(&self, field: Field) -> String {
        match field {
            Field::Stage => self.field_stage(),
            Field::Name => self.field_name(),
            Field::Value => self.field_value(),
            Field::CloseDate => self.field_close_date(),
            Field::SalesStage => self.field_sales_stage(),
            Field::CrmId => self.field_crm_id(),
            Field::CampaignId => self.field_campaign_id(),
            Field::Notes => self.field_notes(),
            Field::CustomerName => self.field_customer_name(),
            Field::Duns => self.field_duns(),
            Field::Address => self.field_address(),
            Field::Contact => self.field_contact(),
            Field::Employees => self.field_employees(),
            Field::Solutions => self.field_solutions(),
            Field::Help => self.field_help(),
            Field::Partner => self.field_partner(),
            Field::MicrosoftStatus => self.field_microsoft_status(),
            Field::Kind => self.field_type(),
            Field::Origin => self.field_origin(),
            Field::CreatedAt => self.field_created_at(),
            Field::ReferralId => self.field_referral_id(),
            Field::EngagementId => self.field_engagement_id(),
            Field::Favorite => self.field_favorite(),
            Field::Owner => self.field_owner(),
            Field::Next => self.field_next(),
            Field::Log => self.field_log(),
        }
    }

    pub fn verb(&self, verb: Verb) -> String {
        match verb {
            Verb::Accept => self.verb_accept(),
            Verb::Decline => self.verb_decline(),
            Verb::Win => self.verb_win(),
            Verb::Lose => self.verb_lose(),
        }
    }

    /// Returns what stands over a column that sorts by this.
    pub fn column(&self, key: SortKey) -> String {
        match key {
            SortKey::TimeLeft => self.column_time_left(),
            SortKey::Changed => self.column_changed(),
            SortKey::Newest => self.show_received(),
            SortKey::Deal => self.column_deal(),
            SortKey::Customer => self.column_customer(),
            SortKey::Value => self.column_value(),
            SortKey::CloseDate => self.column_close(),
            SortKey::Stage => self.column_stage(),
            SortKey::Favorite => self.column_favorite(),
            SortKey::Owner => self.field_owner(),
            SortKey::Next => self.field_next(),
            SortKey::SalesStage => self.column_sales_stage(),
            SortKey::Country => self.column_country(),
            SortKey::Archived => self.column_closed(),
            SortKey::Priority => self.sort_priority(),
        }
    }

    /// Says by what a list is sorted; `home` is the currency in which an order by value compares.
    pub fn order(&self, order: Order, home: Option<&HomeScale>) -> String {
        let sort = match order.key {
            SortKey::TimeLeft => self.sort_time_left(),
            SortKey::Changed => self.sort_changed(),
            SortKey::Newest => self.sort_newest(),
            SortKey::Deal => self.sort_deal(),
            SortKey::Customer => self.sort_customer(),
            SortKey::Value => home.map_or_else(|| self.sort_value(), |scale| self.sort_value_in(scale.home.code())),
            SortKey::CloseDate => self.sort_close(),
            SortKey::Stage => self.sort_stage(),
            SortKey::Favorite => self.sort_favorite(),
            SortKey::Owner => self.sort_owner(),
            SortKey::Next => self.sort_next(),
            SortKey::SalesStage => self.sort_sales_stage(),
            SortKey::Country => self.sort_country(),
            SortKey::Archived => self.sort_archived(),
            SortKey::Priority => self.sort_priority(),
        };
        if order.reversed { self.sort_reversed(sort) } else { sort }
    }
}

//! Offers of the programme in words: their parts and types, how far they are, the facts of the organisation, what went
//! wrong with what is kept beside deals.

use super::errors::Said;
use super::sentences::Sentences;
use crate::domain::instant::Timestamp;
use crate::domain::programme::offer::{Nature, OfferPart, OfferType, Submission};
use crate::domain::programme::organisation::Fact;
use crate::store::StoreError;

impl Sentences {
    pub fn offer_part(&self, part: OfferPart) -> String {
        match part {
            OfferPart::Name => self.offer_part_name(),
            OfferPart::Type => self.offer_part_type(),
            OfferPart::Nature => self.offer_part_nature(),
            OfferPart::Published => self.offer_part_published(),
            OfferPart::Transactable => self.offer_part_transactable(),
            OfferPart::Csp => self.offer_part_csp(),
            OfferPart::Countries => self.offer_part_countries(),
            OfferPart::Contacts => self.offer_part_contacts(),
            OfferPart::OnePager => self.offer_part_one_pager(),
            OfferPart::Presentation => self.offer_part_presentation(),
            OfferPart::LandingPage => self.offer_part_landing_page(),
            OfferPart::SocialOrCaseStudy => self.offer_part_social_or_case_study(),
            OfferPart::BuiltOnAzure => self.offer_part_built_on_azure(),
            OfferPart::IpShare => self.offer_part_ip_share(),
            OfferPart::ReferenceArchitecture => self.offer_part_reference_architecture(),
            OfferPart::Solution => self.offer_part_solution(),
        }
    }

    pub fn offer_type(&self, kind: OfferType) -> String {
        match kind {
            OfferType::AzureApplication => self.offer_type_azure_application(),
            OfferType::AzureContainer => self.offer_type_azure_container(),
            OfferType::AzureVm => self.offer_type_azure_vm(),
            OfferType::IotEdge => self.offer_type_iot_edge(),
            OfferType::Saas => self.offer_type_saas(),
            OfferType::DynamicsCustomerEngagement => self.offer_type_dynamics_customer_engagement(),
            OfferType::DynamicsOperations => self.offer_type_dynamics_operations(),
            OfferType::Service => self.offer_type_service(),
        }
    }

    pub fn nature(&self, nature: Nature) -> String {
        match nature {
            Nature::Ip => self.offer_nature_ip(),
            Nature::Service => self.offer_nature_service(),
        }
    }

    pub fn submission(&self, submission: Submission) -> String {
        match submission {
            Submission::Draft => self.submission_draft(),
            Submission::Published => self.submission_published(),
            Submission::Qualified => self.submission_qualified(),
            Submission::NotQualified => self.submission_not_qualified(),
        }
    }

    pub fn fact(&self, fact: Fact) -> String {
        match fact {
            Fact::BusinessProfile => self.fact_business_profile(),
            Fact::GoldCompetency => self.fact_gold_competency(),
            Fact::AcrTtmUsd => self.fact_acr_ttm_usd(),
            Fact::BilledRevenueUsd => self.fact_billed_revenue_usd(),
            Fact::IsvConnect => self.fact_isv_connect(),
        }
    }

    /// Says why nothing was done with what is kept beside deals.
    pub(super) fn record_missed(&self, error: &StoreError, day: &dyn Fn(Timestamp) -> String) -> Said {
        match error {
            StoreError::RecordChanged { name, at, .. } => {
                Said::new("changed-since", self.record_changed(day(*at), name), self.record_changed_hint())
            }
            StoreError::RecordExists { name } => Said::new("exists", self.record_exists(name), self.record_exists_hint()),
            StoreError::RecordStale { name } => Said::new("changed-meanwhile", self.record_stale(name), self.record_stale_hint()),
            _ => Said::new("database", self.store_failed(error.to_string()), self.store_failed_hint()),
        }
    }
}

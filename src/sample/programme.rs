//! The offers of the sample's company and what is told of it, so that the programme is seen at work: one offer that brings incentives,
//! others on their way there.

use serde::Deserialize;

use crate::domain::date::Moment;
use crate::domain::programme::offer::Offer;
use crate::domain::programme::organisation::{Fact, Organisation};
use crate::store::{OfferChange, Store, StoreError};

static OFFERS: &str = include_str!("../../assets/sample/offers.json");
/// The company whose desk the sample is.
const COMPANY: &str = "Haneul Partners";
/// How long ago it was all told.
const BEFORE: i64 = 95 * 24 * 3_600 * 1_000_000;

#[derive(Debug, Default, Deserialize)]
struct Told {
    organisation: Vec<(Fact, String)>,
    offers: Vec<Offer>,
}

/// Tells the offers and the facts, before anything else is told.
///
/// # Errors
/// [`StoreError`] when SQLite has no memory for it.
pub(super) fn tell(store: &mut Store, moment: Moment) -> Result<(), StoreError> {
    let told: Told = serde_json::from_str(OFFERS).unwrap_or_default();
    let at = moment.now.plus_micros(-BEFORE);
    let facts = |organisation: &mut Organisation| {
        told.organisation.into_iter().for_each(|(fact, text)| organisation.tell(fact, None, text));
    };
    store.change_organisation(COMPANY, facts, at)?;
    let offers: Vec<OfferChange> = told.offers.into_iter().map(OfferChange::Put).collect();
    store.change_offers(&offers, at)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fold::fold;
    use crate::domain::programme::ruling::Ruling;
    use crate::store::Settings;

    #[test]
    fn each_offer_of_the_sample_is_whole_and_some_bring_incentives_while_others_lack_something() {
        let told: Told = serde_json::from_str(OFFERS).unwrap();
        assert!(told.offers.iter().all(|offer| offer.complaints().is_empty()));
        for (fact, text) in &told.organisation {
            assert_eq!(fact.read(text).as_ref(), Ok(text));
        }
        let moment: Moment = crate::domain::instant::Timestamp::parse("2026-11-21T08:00:00+09:00").unwrap().into();
        let store = crate::sample::store(Settings::default(), moment).unwrap();
        let (ruling, organisation) = (Ruling::shipped().unwrap(), store.organisation().unwrap());
        let statuses: Vec<(String, String)> = store
            .offers()
            .unwrap()
            .into_iter()
            .map(|kept| {
                let standing = ruling.programme.standing(&kept.offer, &organisation, *moment.today);
                (kept.offer.name.to_string(), standing.status().map(|status| status.id.clone()).unwrap_or_default())
            })
            .collect();
        let of = |name: &str| statuses.iter().find(|(known, _)| fold(known) == fold(name)).map(|(_, status)| status.as_str());
        assert_eq!(of("Plant Cloud ERP"), Some("azureIpCoSell"));
        for ready in ["Store Analytics", "IoT Factory Link", "クラウド移行パック"] {
            assert_eq!(of(ready), Some("coSellReady"), "{ready}");
        }
        assert_eq!((of("Ledger Insight"), of("데이터 플랫폼 구축")), (Some("notReady"), Some("notReady")));
    }
}

//! Each rule of registration on a deal that meets it and on one that does not, on both sides of every day on which rules change.

use super::super::super::offer::{OfferType, Submission};
use super::*;
use crate::domain::money::Money;
use crate::domain::opportunity::Kind;
use crate::domain::opportunity::tests::accepted;
use crate::domain::outcome::Outcome;
use crate::domain::programme::ruling::Ruling;
use crate::domain::rate::{Factor, Rate};
use crate::domain::solution::{Owner, Solution};
use crate::domain::stage::Stage;
use crate::domain::text::Line;

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn day(text: &str) -> Date {
    Date::iso(text).unwrap()
}

fn money(text: &str) -> Option<Money> {
    let (amount, code) = text.split_once(' ').unwrap();
    Some(Money::new(crate::domain::money::Amount::machine(amount).unwrap(), Currency::parse(code).unwrap()).unwrap())
}

/// A deal that meets every rule, and what is known beside it.
struct World {
    deal: Opportunity,
    offers: Vec<Offer>,
    programme: Programme,
    rates: Rates,
    told: Told,
    contract: Contract,
}

impl World {
    fn new() -> Self {
        let mut deal = accepted();
        let won = at("2026-11-16T00:00:00Z");
        deal.kind = Kind::CoSell;
        deal.created_at = Some(at("2026-11-12T00:00:00Z"));
        deal.stage = Stage::Archived { outcome: Outcome::Won, at: Some(won), accepted: None };
        deal.microsoft_status = Some(line("Accepted"));
        deal.deal.value = money("25000.00 USD");
        deal.solutions =
            vec![Solution { id: line("SOL-1"), name: None, owner: Owner::Mine, currency: None, price: None, quantity: None }];
        let mut offer = Offer::new(line("ERP"), OfferType::Saas);
        offer.solution = Some(line("sol-1"));
        let mut rules = Ruling::default();
        let status = |id: &str, applies: &str| {
            format!(
                "[[status]]\nrule = \"{id}\"\nid = \"{id}\"\nname = \"x\"\nsource = \"x\"\ndocument = \"x\"\napplies = \"{applies}\"\n"
            )
        };
        let text = status("azureIpCoSell", "type:saas") + &status("businessApplicationsPremium", "type:dynamics-operations");
        rules.lay_over(&text).unwrap();
        let programme = rules.programme;
        let contract = Contract { marketplace: Some(false), deployed_on_azure: Some(true), ..Contract::default() };
        let told = Told { managed: Some(true), microsoft: None };
        Self { deal, offers: vec![offer], programme, rates: Rates::default(), told, contract }
    }

    /// What is not met (`-`) and not known (`?`) on a day.
    fn wants(&self, on: &str) -> Vec<String> {
        let organisation = Organisation::default();
        let candidate = Candidate {
            deal: &self.deal,
            offers: &self.offers,
            organisation: &organisation,
            programme: &self.programme,
            rates: &self.rates,
            told: self.told,
            contract: &self.contract,
        };
        let rules = Ruling::shipped().unwrap().registration;
        let word = |check: &Check<'_>| {
            let name = check.rule.about.rule.trim_start_matches("registration/");
            match check.finding {
                Finding::Met => None,
                Finding::NotMet => Some(format!("-{name}")),
                Finding::NotKnown => Some(format!("?{name}")),
            }
        };
        rules.eligible(&candidate, day(on)).iter().filter_map(word).collect()
    }
}

const TODAY: &str = "2026-11-21";

#[test]
fn mg_73_a_deal_that_meets_every_rule_can_be_registered() {
    assert_eq!(World::new().wants(TODAY), [""; 0]);
    assert_eq!(Ruling::shipped().unwrap().registration.eligible_count(TODAY), 9);
}

impl RegistrationRules {
    fn eligible_count(&self, on: &str) -> usize {
        self.rules.iter().filter(|rule| rule.about.in_force.on(day(on)) && !rule.about.rule.contains("isv")).count()
    }
}

#[test]
fn mg_73_each_rule_alone_keeps_a_deal_from_it() {
    type Case = (&'static str, fn(&mut World));
    let cases: [Case; 14] = [
        ("-won", |w| w.deal.stage = Stage::Accepted { since: None }),
        ("?solution", |w| w.deal.solutions.clear()),
        ("-type", |w| w.deal.kind = Kind::PrivatePipeline),
        ("-type", |w| w.deal.kind = Kind::SolutionAssessment),
        ("-microsoft", |w| w.deal.microsoft_status = Some(line("Declined"))),
        ("?microsoft", |w| w.deal.microsoft_status = None),
        ("-value", |w| w.deal.deal.value = money("24999.99 USD")),
        ("?value", |w| w.deal.deal.value = money("30000000 KRW")),
        ("?managed", |w| w.told.managed = None),
        ("-managed", |w| w.told.managed = Some(false)),
        ("-marketplace", |w| w.contract.marketplace = Some(true)),
        ("?marketplace", |w| w.contract.marketplace = None),
        ("-azure", |w| w.contract.deployed_on_azure = Some(false)),
        ("?azure", |w| w.contract.deployed_on_azure = None),
    ];
    for (wanted, change) in cases {
        let mut world = World::new();
        change(&mut world);
        assert_eq!(world.wants(TODAY), [wanted]);
    }
}

#[test]
fn pe_30_an_offer_that_microsoft_says_does_not_qualify_makes_no_deal_eligible() {
    let mut world = World::new();
    for (submission, wants) in
        [(Submission::Published, &[][..]), (Submission::Qualified, &[]), (Submission::NotQualified, &["-solution"])]
    {
        world.offers[0].submission = submission;
        assert_eq!(world.wants(TODAY), wants, "{submission:?}");
    }
    let mut other = Offer::new(line("Other"), OfferType::Saas);
    other.solution = Some(line("SOL-2"));
    world.offers.push(other);
    let more = Solution { id: line("SOL-2"), ..world.deal.solutions[0].clone() };
    world.deal.solutions.push(more);
    assert_eq!(world.wants(TODAY), [""; 0], "another one on it is eligible");
}

#[test]
fn mg_73_partner_led_needs_no_seller_and_what_a_rep_tells_counts_before_the_file() {
    let mut world = World::new();
    (world.deal.kind, world.deal.microsoft_status) = (Kind::PartnerLed, None);
    assert_eq!(world.wants(TODAY), [""; 0]);
    let mut world = World::new();
    world.deal.microsoft_status = Some(line("Received"));
    assert_eq!(world.wants(TODAY), ["-microsoft"]);
    world.told.microsoft = Some(MicrosoftSaid::Won);
    assert_eq!(world.wants(TODAY), [""; 0]);
}

#[test]
fn mg_73_the_value_counts_in_dollars_by_the_rates_on_hand() {
    let mut world = World::new();
    world.deal.deal.value = money("40000000 KRW");
    assert_eq!(world.wants(TODAY), ["?value"], "a rate that nobody knows is not guessed");
    let won_dollar = |rate: &str| {
        let (from, to) = (Currency::parse("USD").unwrap(), Currency::parse("KRW").unwrap());
        Rate::new(day("2026-11-01"), from, to, Factor::parse(rate).unwrap()).unwrap()
    };
    world.rates.add(won_dollar("1600"));
    assert_eq!(world.wants(TODAY), [""; 0]);
    world.rates.add(won_dollar("1601"));
    assert_eq!(world.wants(TODAY), ["-value"]);
    world.contract.value = money("90000000 KRW");
    assert_eq!(world.wants(TODAY), [""; 0], "the contract counts before the estimate");
}

#[test]
fn mg_73_isv_connect_asks_for_more_than_5000_dollars() {
    let mut world = World::new();
    world.offers[0].kind = OfferType::DynamicsOperations;
    world.deal.deal.value = money("5000.01 USD");
    world.contract.marketplace = None;
    assert_eq!(world.wants(TODAY), [""; 0]);
    world.deal.deal.value = money("5000.00 USD");
    assert_eq!(world.wants(TODAY), ["-value/isv-connect"]);
    assert_eq!(world.wants("2022-01-01"), ["-solution/2020"], "then only Azure IP co-sell was");
}

#[test]
fn mg_74_less_than_72_hours_to_won_is_advice_on_both_sides_of_the_minute() {
    for (won, expected) in [("2026-11-15T00:00:00Z", &[][..]), ("2026-11-14T23:59:00Z", &["-72-hours"][..])] {
        let mut world = World::new();
        world.deal.stage = Stage::Archived { outcome: Outcome::Won, at: Some(at(won)), accepted: None };
        assert_eq!(world.wants(TODAY), expected, "{won}");
    }
    let mut world = World::new();
    world.deal.created_at = Some(day("2026-11-13").as_created());
    world.deal.stage = Stage::Archived { outcome: Outcome::Won, at: Some(at("2026-11-16T12:00:00Z")), accepted: None };
    assert_eq!(world.wants(TODAY), ["?72-hours"], "of a day alone nobody can say");
    let rules = Ruling::shipped().unwrap().registration;
    assert!(rules.rules.iter().filter(|rule| rule.optional).all(|rule| rule.about.source.starts_with("MG-")));
}

#[test]
fn mg_73_rules_hold_from_their_day_on() {
    let mut world = World::new();
    world.deal.deal.value = money("100.00 USD");
    world.told.managed = Some(false);
    world.contract.marketplace = Some(true);
    for (on, expected) in [
        ("2020-12-15", &[][..]),
        ("2020-12-16", &[]),
        ("2023-05-12", &[]),
        ("2023-05-13", &["-value", "-managed"]),
        ("2023-06-30", &["-value", "-managed"]),
        ("2023-07-01", &["-value", "-managed", "-marketplace"]),
    ] {
        assert_eq!(world.wants(on), expected, "{on}");
    }
}

#[test]
fn a_limit_is_listed_by_the_word_by_which_files_of_rules_set_it() {
    for limit in Ruling::shipped().unwrap().registration.limits {
        let code = limit.what.code();
        assert_eq!(serde_json::from_value::<Measure>(code.into()).unwrap(), limit.what, "{code}");
    }
}

#[test]
fn mg_73_what_a_download_says_has_ended_at_microsoft_is_told_otherwise_by_nobody() {
    let mut world = World::new();
    world.told.microsoft = Some(MicrosoftSaid::Accepted);
    for (imported, wants) in [("Declined", true), ("Expired", true), ("Lost", true), ("Pending", false), ("Won", false)] {
        world.deal.microsoft_status = Some(line(imported));
        assert_eq!(world.wants(TODAY).contains(&"-microsoft".to_owned()), wants, "{imported}");
    }
    assert_eq!(world.told.microsoft_of(&world.deal), Some(MicrosoftSaid::Won));
}

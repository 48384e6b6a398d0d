//! Each rule on dates and amounts, passing and failing, at the edge of the day in UTC.

use super::super::contract::Deployment;
use super::*;
use crate::domain::amount::Amount;
use crate::domain::opportunity::Help;
use crate::domain::opportunity::tests::accepted;
use crate::domain::programme::ruling::Ruling;

fn day(text: &str) -> Date {
    Date::iso(text).unwrap()
}

fn usd(text: &str) -> Option<Money> {
    Some(Money::new(Amount::machine(text).unwrap(), Currency::parse("USD").unwrap()).unwrap())
}

fn contract() -> Contract {
    Contract {
        value: usd("60000"),
        term: Some(ContractTerm::Finite),
        signed_on: Some(day("2026-11-20")),
        starts_on: Some(day("2026-12-01")),
        ends_on: Some(day("2027-11-30")),
        solution_value: usd("60000"),
        deployed_on_azure: Some(true),
        deployment: Some(Deployment::Customer),
        pricing: Some(Pricing::Other),
        marketplace: Some(false),
        transacted_on: None,
    }
}

/// What is wrong with a contract at a moment, of a deal that was made on 1 September.
fn wrong_at(contract: &Contract, now: &str) -> Vec<(ContractPart, &'static str)> {
    let rules = Ruling::shipped().unwrap().registration;
    let terms = Terms {
        rules: &rules,
        rates: Rates::NONE,
        program: Program::AzureIpCoSell,
        origin: Some(day("2026-09-01")),
        now: Timestamp::parse(now).unwrap(),
    };
    contract.flaws(&terms).iter().map(|flaw| (flaw.at, flaw.why.code())).collect()
}

fn wrong(contract: &Contract) -> Vec<(ContractPart, &'static str)> {
    wrong_at(contract, "2026-11-21T08:00:00Z")
}

#[test]
fn mg_74_a_whole_contract_is_taken_and_everything_that_is_missing_told_at_once() {
    assert_eq!(wrong(&contract()), []);
    let missing = wrong(&Contract::default());
    assert_eq!(missing.len(), 9);
    assert!(missing.iter().all(|(_, code)| *code == "missing"));
    let finite = Contract { ends_on: None, ..contract() };
    assert_eq!(wrong(&finite), [(ContractPart::EndDate, "missing")]);
}

#[test]
fn mg_74_the_sign_date_is_not_in_the_future_of_utc() {
    let tomorrow = Contract { signed_on: Some(day("2026-11-22")), ..contract() };
    // 23:30 UTC is the 22nd in Seoul, and not yet there.
    assert_eq!(wrong_at(&tomorrow, "2026-11-21T23:59:59Z"), [(ContractPart::SignDate, "in-future")]);
    assert_eq!(wrong_at(&tomorrow, "2026-11-22T00:00:00Z"), []);
    assert_eq!(wrong_at(&tomorrow, "2026-11-22T08:59:00+09:00"), [(ContractPart::SignDate, "in-future")]);
}

#[test]
fn mg_74_the_sign_date_is_at_most_60_days_back_in_utc() {
    let old = Contract { signed_on: Some(day("2026-09-22")), ..contract() };
    assert_eq!(wrong_at(&old, "2026-11-21T23:59:59Z"), [], "the sixtieth day");
    assert_eq!(wrong_at(&old, "2026-11-22T00:00:00Z"), [(ContractPart::SignDate, "too-long-ago")]);
}

#[test]
fn mg_74_it_was_signed_after_the_deal_was_made_and_microsoft_invited() {
    let now = "2026-09-10T00:00:00Z";
    let on = |signed: &str| Contract { signed_on: Some(day(signed)), starts_on: Some(day("2026-09-10")), ..contract() };
    assert_eq!(wrong_at(&on("2026-09-01"), now), []);
    assert_eq!(wrong_at(&on("2026-08-31"), now), [(ContractPart::SignDate, "before-the-deal")]);
    let mut deal = accepted();
    deal.created_at = Some(Timestamp::parse("2026-11-12T23:30:00Z").unwrap());
    assert_eq!(origin(&deal), Some(day("2026-11-12")), "the day in UTC");
    let asked = Timestamp::parse("2026-11-14T00:30:00Z").unwrap();
    deal.help = Some(Help { kind: None, note: None, requested_at: Some(asked), consent: true });
    assert_eq!(origin(&deal), Some(day("2026-11-14")), "whichever is later");
}

#[test]
fn mg_74_the_start_is_at_most_90_days_back_and_in_2021_not_before_signing() {
    let early = Contract { starts_on: Some(day("2026-08-23")), ..contract() };
    assert_eq!(wrong_at(&early, "2026-11-21T23:59:59Z"), [], "the ninetieth day, and before signing");
    assert_eq!(wrong_at(&early, "2026-11-22T00:00:00Z"), [(ContractPart::StartDate, "too-long-ago")]);
    let then = |start: &str| Contract {
        signed_on: Some(day("2023-05-01")),
        starts_on: Some(day(start)),
        ends_on: Some(day("2024-05-31")),
        ..contract()
    };
    let without_origin = |contract: &Contract, now: &str| {
        let found = wrong_at(contract, now);
        found.into_iter().filter(|(_, code)| *code != "before-the-deal").collect::<Vec<_>>()
    };
    assert_eq!(without_origin(&then("2023-04-30"), "2023-05-12T23:59:59Z"), [(ContractPart::StartDate, "before-signing")]);
    assert_eq!(without_origin(&then("2023-05-01"), "2023-05-12T23:59:59Z"), []);
    assert_eq!(without_origin(&then("2023-04-30"), "2023-05-13T00:00:00Z"), []);
}

#[test]
fn mg_74_the_end_is_not_before_the_start_and_a_perpetual_one_has_none() {
    let ends = |end: &str| Contract { value: usd("60000"), ends_on: Some(day(end)), ..contract() };
    assert_eq!(wrong(&ends("2026-12-01")), []);
    assert_eq!(wrong(&ends("2026-11-30")), [(ContractPart::EndDate, "ends-before-start")]);
    let perpetual = Contract { term: Some(ContractTerm::Perpetual), value: usd("160000"), ..contract() };
    assert_eq!(wrong(&perpetual), [(ContractPart::EndDate, "end-of-perpetual")]);
    assert_eq!(wrong(&Contract { ends_on: None, ..perpetual }), []);
}

#[test]
fn mg_73_a_year_of_the_contract_is_worth_more_than_25000_dollars() {
    let of = |value: &str, end: Option<&str>| Contract {
        value: usd(value),
        solution_value: usd("100"),
        term: Some(if end.is_some() { ContractTerm::Finite } else { ContractTerm::Perpetual }),
        ends_on: end.map(day),
        ..contract()
    };
    let small = [(ContractPart::Value, "annual-too-small")];
    for (value, end, expected) in [
        ("25000.00", Some("2027-11-30"), &small[..]),
        ("25000.01", Some("2027-11-30"), &[]),
        // Three years to the day, a leap day among them.
        ("75000.00", Some("2029-11-30"), &small),
        ("75000.03", Some("2029-11-30"), &[]),
        // A contract of less than a year counts whole.
        ("25000.01", Some("2027-01-31"), &[]),
        // Without an end it counts as six years.
        ("150000.00", None, &small),
        ("150000.06", None, &[]),
    ] {
        assert_eq!(wrong(&of(value, end)), expected, "{value} {end:?}");
    }
}

#[test]
fn mg_73_the_solution_is_not_worth_more_than_the_contract_and_no_rate_is_guessed() {
    let of = |value: Option<Money>| Contract { solution_value: value, ..contract() };
    assert_eq!(wrong(&of(usd("60000.01"))), [(ContractPart::SolutionValue, "above-contract")]);
    let won = Money::new(Amount::machine("1000").unwrap(), Currency::parse("KRW").unwrap()).unwrap();
    assert_eq!(wrong(&of(Some(won))), [(ContractPart::SolutionValue, "no-rate")]);
}

#[test]
fn mg_74_paid_as_it_is_used_it_starts_when_it_is_signed_and_is_always_reviewed() {
    let payg = Contract { pricing: Some(Pricing::PayAsYouGo), ..contract() };
    assert_eq!(wrong(&payg), [(ContractPart::StartDate, "starts-other-day")]);
    let same = Contract { starts_on: payg.signed_on, ..payg };
    assert_eq!(wrong(&same), []);
    let rules = Ruling::shipped().unwrap().registration;
    let terms = Terms {
        rules: &rules,
        rates: Rates::NONE,
        program: Program::AzureIpCoSell,
        origin: None,
        now: Timestamp::parse("2026-11-21T08:00:00Z").unwrap(),
    };
    assert!(same.is_reviewed(&accepted(), &terms) && !contract().is_reviewed(&accepted(), &terms));
    let large = Contract { value: usd("1000000.01"), ..contract() };
    assert!(large.is_reviewed(&accepted(), &terms));
    assert!(!Contract { value: usd("1000000.00"), ..contract() }.is_reviewed(&accepted(), &terms));
}

#[test]
fn mg_74_a_marketplace_transaction_needs_its_date_and_no_transaction_has_none() {
    let of = |sold, on: Option<&str>| Contract { marketplace: Some(sold), transacted_on: on.map(day), ..contract() };
    assert_eq!(wrong(&of(true, None)), [(ContractPart::MarketplaceDate, "missing")]);
    assert_eq!(wrong(&of(true, Some("2026-12-05"))), []);
    assert_eq!(wrong(&of(false, Some("2026-12-05"))), [(ContractPart::MarketplaceDate, "no-transaction")]);
}

//! Deals from a CRM and for one: maps that come with the program and of the user's own, what is ours and what Partner Center knows.

use serde_json::{Value, json};

use crate::support::cli::{Cli, THREE};

const REPORT: &str = "Opportunity ID,Opportunity Name,Account Name,Amount,Amount Currency,Close Date,Stage,Billing City,Billing Country,Owner Role\n\
006Ht00000AAAAA,Renewal,한빛정밀 주식회사,84000000,KRW,2027-03-31,Negotiation/Review,서울,South Korea,East\n\
006Ht00000BBBBB,Renewal,한빛정밀 주식회사,1000,KRW,2027-06-30,Prospecting,서울,South Korea,East\n\
006Ht00000CCCCC,Migration,Contoso GmbH,\"12,500.50\",EUR,2026-10-01,Closed Won,Berlin,Germany,West\n\
006Ht00000DDDDD,Lost one,Contoso GmbH,10,EUR,2026-10-01,Closed Lost,Berlin,Germany,West\n\
006Ht00000EEEEE,No account,,10,EUR,2026-10-01,Prospecting,Berlin,Germany,West\n";

fn deals(cli: &Cli) -> Vec<Value> {
    cli.run(&["list", "--json"]).json().as_array().unwrap().clone()
}

fn by_crm(cli: &Cli, id: &str) -> Value {
    deals(cli).into_iter().find(|deal| deal["deal"]["crmId"] == id).unwrap_or_else(|| panic!("{id}"))
}

#[test]
fn opportunities_of_a_crm_come_in_as_deals_of_our_own_and_again_as_edits_of_ours_mg_83() {
    let cli = Cli::new();
    let file = cli.file("report.csv", REPORT);
    let ran = cli.run(&["import", &file, "--map", "salesforce"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.out.contains("4 new") && ran.err.contains("Account Name is missing"), "{ran:?}");
    assert!(ran.out.contains("Left out, as the map does not name them: Owner Role."), "{ran:?}");
    let renewal = by_crm(&cli, "006Ht00000AAAAA");
    assert_eq!(renewal["deal"]["value"], "84000000");
    assert_eq!(
        (&renewal["stage"], &renewal["direction"], &renewal["waiting"]),
        (&json!("accepted"), &json!("outbound"), &json!(true))
    );
    assert_eq!((&renewal["type"], &renewal["customer"]["address"]["country"]), (&json!("privatePipeline"), &json!("KR")));
    assert_eq!(by_crm(&cli, "006Ht00000CCCCC")["outcome"], "won");
    assert_eq!(by_crm(&cli, "006Ht00000DDDDD")["outcome"], "lost");

    assert!(cli.run(&["import", &file, "--map", "salesforce"]).out.contains("4 unchanged"));
    // The same deal by its longer id, with another value, and closed there.
    let later = "Id,Name,Account.Name,Amount,CurrencyIsoCode,CloseDate,StageName\n\
                 006Ht00000AAAAAXYZ,Renewal,한빛정밀 주식회사,90000000,KRW,2027-03-31,Closed Won\n";
    let later = cli.file("later.csv", later);
    let ran = cli.run(&["import", &later, "--map", "salesforce"]).done();
    assert!(ran.contains("1 changed") && ran.contains("One deal is closed in your CRM and open here"), "{ran}");
    let renewal = by_crm(&cli, "006Ht00000AAAAA");
    assert_eq!((&renewal["deal"]["value"], &renewal["stage"]), (&json!("90000000"), &json!("accepted")));
    cli.run(&["undo"]).done();
    assert_eq!(by_crm(&cli, "006Ht00000AAAAA")["deal"]["value"], "84000000");
}

#[test]
fn totals_and_footers_of_a_report_are_passed_over_and_told_not_refused() {
    let cli = Cli::new();
    let report = "\"Opportunity Name\",\"Account Name\",\"Amount Currency\",\"Amount\",\"Close Date\",\"Stage\"\n\
        \"ERP 마이그레이션\",\"한빛정밀\",\"KRW\",\"84000000\",\"2026-12-18\",\"Prospecting\"\n\
        \"No account\",,\"KRW\",\"1\",,\n\n\n\
        \"Grand Totals (2 records)\",,,,,\n\n\
        \"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\"\n\
        \"Confidential Information - Do Not Distribute\"\n";
    let file = cli.file("report.csv", report);
    let ran = cli.run(&["import", &file, "--map", "salesforce"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(
        ran.out.contains("1 new") && ran.err.contains("One row was refused.") && ran.err.contains("line 3: Account Name"),
        "{ran:?}"
    );
    assert!(
        ran.out.contains("3 lines were passed over as totals or footers, only one cell of each says anything: 6, 8, 9."),
        "{ran:?}"
    );
    let json = cli.run(&["import", &file, "--map", "salesforce", "--dry-run", "--json"]);
    let told: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(told["files"][0]["footLines"], json!([6, 8, 9]));
}

#[test]
fn what_was_exported_for_people_is_named_when_it_is_imported() {
    let cli = Cli::with(THREE);
    for plain in [&[][..], &["--plain"]] {
        let name = cli.path(if plain.is_empty() { "people.csv" } else { "plain.csv" }).display().to_string();
        cli.run(&[&["export", "--format", "csv", "-o", &name], plain].concat()).done();
        let said = cli.run(&["import", &name]).failed(3);
        assert!(said.contains("was exported by cosell") && said.contains("cosell export --all"), "{said}");
    }
}

#[test]
fn long_ids_of_another_crm_that_begin_alike_are_different_deals() {
    let cli = Cli::new();
    let file = cli.file("deals.csv", "Record ID,Deal Name,Associated Company,Amount,Currency\nOPP000000000000001,Alpha,Müller GmbH,1,EUR\nOPP000000000000002,Beta,Schmidt AG,2,EUR\n");
    assert!(cli.run(&["import", &file, "--map", "hubspot"]).done().contains("2 new"));
    assert_eq!(deals(&cli).len(), 2);
}

#[test]
fn two_rows_of_the_same_names_without_an_id_are_not_laid_over_each_other() {
    let cli = Cli::new();
    let file =
        cli.file("deals.csv", "Deal Name,Associated Company,Amount,Currency\nRenewal,Acme,1000,EUR\nRenewal,Acme,2000,EUR\n");
    let told = cli.run(&["import", &file, "--map", "hubspot"]);
    assert!(told.out.contains("1 new, 0 changed"), "{told:?}");
    assert_eq!(deals(&cli)[0]["deal"]["value"], "1000.00");
}

#[test]
fn what_a_crm_says_of_a_deal_that_partner_center_knows_waits_in_the_outbox() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1", "--crm-id", "OPP-1"]).done();
    let waited = cli.run(&["show", "1", "--json"]).json();
    let file = cli.file(
        "deals.csv",
        "Record ID,Deal Name,Associated Company,Amount,Currency,Close Date,Deal Stage\n\
         OPP-1,ERP 마이그레이션 2차,한빛정밀 주식회사,85000000,KRW,12/20/2026,contractsent\n\
         OPP-2,販売管理クラウド化,株式会社東雲物産,9900000,JPY,2027-02-26,contractsent\n",
    );
    let told = cli.run(&["import", &file, "--map", "hubspot", "--dry-run"]);
    assert!(told.out.contains("85,000,000"), "{told:?}");
    assert_eq!(cli.run(&["show", "1", "--json"]).json(), waited, "a dry run changes nothing");
    cli.run(&["import", &file, "--map", "hubspot"]).done();
    let outbox = cli.run(&["outbox"]).out;
    assert!(outbox.contains("₩ 84,000,000 → ₩ 85,000,000"), "{outbox}");
    let named = cli.run(&["show", "3", "--json"]).json();
    assert_eq!((&named["deal"]["crmId"], &named["deal"]["value"]), (&json!("OPP-2"), &json!("9900000")), "found by its names");
    assert_eq!(deals(&cli).len(), 3);
}

#[test]
fn deals_go_out_as_a_crm_takes_them_and_come_back_unchanged() {
    let cli = Cli::new();
    let file = cli.file("report.csv", REPORT);
    cli.run(&["import", &file, "--map", "salesforce"]);
    for (crm, head, won) in [
        (
            "salesforce",
            "Id,Name,Account.Name,Amount,CurrencyIsoCode,CloseDate,StageName,Description,Account.BillingStreet",
            "Closed Won",
        ),
        (
            "dynamics",
            "opportunityid,name,parentaccountid,estimatedvalue,transactioncurrencyid,estimatedclosedate,statecode",
            "Won",
        ),
        ("hubspot", "hs_object_id,dealname,associatedcompany,amount,deal_currency_code,closedate,dealstage", "closedwon"),
    ] {
        let out = cli.run(&["export", "--for", crm]).done();
        let mut heads: Vec<&str> = out.lines().next().unwrap().split(',').collect();
        heads.sort_unstable();
        assert!(head.split(',').all(|head| heads.contains(&head)), "{crm}: {heads:?}");
        assert!(out.contains(won) && out.contains("12500.50") && out.contains("2027-03-31") && out.contains("한빛정밀"), "{out}");
        let back = cli.file("back.csv", &out);
        let told = cli.run(&["import", &back, "--map", crm]).done();
        assert!(told.contains("4 unchanged"), "{crm}: {told}");
    }
}

#[test]
fn a_map_is_proposed_corrected_and_a_wrong_one_says_what_it_wanted() {
    let cli = Cli::new();
    let file = cli.file("pipeline.csv", "Vorgang,Firma,Deal Name,Betrag\n1,Contoso GmbH,Umzug,100\n");
    let proposed = cli.run(&["map", &file]).done();
    assert!(proposed.contains("name = [\"Deal Name\"]") && proposed.contains("#   \"Firma\""), "{proposed}");
    let map = cli.file(
        "ours.toml",
        proposed.replace("# customer = []", "customer = 'Firma'\nvalue = 'Betrag'").replace("# value = []\n", "") + "\n",
    );
    let told = cli.run(&["import", &file, "--map", &map]);
    assert!(told.err.contains("Currency is missing") && told.code == 3, "an amount without a currency: {told:?}");
    let text = std::fs::read_to_string(&map).unwrap();
    cli.file("ours.toml", format!("currency = 'EUR'\n{text}"));
    cli.run(&["import", &file, "--map", &map]).done();
    assert_eq!(deals(&cli)[0]["deal"]["currency"], "EUR");

    let wrong = cli.run(&["import", &file, "--map", "salesforce"]).failed(3);
    assert!(wrong.contains("Account.Name / Account Name") && wrong.contains("Vorgang, Firma"), "{wrong}");
    assert!(cli.run(&["import", &file, "--map", "sugar"]).failed(2).contains("salesforce, dynamics, hubspot"));
    let broken = cli.file("broken.toml", "[columns]\nnam = 'x'\n");
    let wrong = cli.run(&["import", &file, "--map", &broken]).failed(3);
    assert!(wrong.contains("columns.nam (did you mean name?)") && wrong.contains("says nothing of customer"), "{wrong}");
}

#[test]
fn what_cannot_be_edited_here_is_told_and_not_called_the_same() {
    let cli = Cli::new();
    let deal = |customer: &str, country: &str| {
        let text = format!(
            "Record ID,Deal Name,Associated Company,Amount,Currency,Deal Stage,Country/Region\nA1,Renewal,{customer},1000,EUR,open,{country}\n"
        );
        cli.file("deals.csv", text)
    };
    cli.run(&["import", &deal("Acme", "DE"), "--map", "hubspot"]).done();
    assert!(!cli.run(&["import", &deal("Acme", "Germany"), "--map", "hubspot"]).done().contains("otherwise"));
    for other in [deal("Acme Renamed", "DE"), deal("Acme", "FR")] {
        let told = cli.run(&["import", &other, "--map", "hubspot"]).done();
        assert!(told.contains("In one row your CRM says otherwise what cannot be edited here"), "{told}");
    }
    cli.run(&["win", "1"]).done();
    let file =
        cli.file("later.csv", "Record ID,Deal Name,Associated Company,Amount,Currency,Owner\nA1,Renewal,Acme,2000,EUR,me\n");
    let told = cli.run(&["import", &file, "--map", "hubspot", "--json"]).json();
    let told = &told["files"][0];
    assert_eq!((&told["stays"], &told["closedInCrm"], &told["leftColumns"]), (&json!(1), &json!(0), &json!(["Owner"])), "{told}");
}

#[test]
fn text_that_looks_like_a_formula_comes_back_as_it_was_and_an_open_stage_is_left_to_the_crm() {
    let cli = Cli::new();
    let file = cli.file(
        "deals.csv",
        "Record ID,Deal Name,Associated Company,Amount,Currency\n=A9,+Plus,@Acme,1,EUR\n,-Minus,@Acme,2,EUR\n",
    );
    cli.run(&["import", &file, "--map", "hubspot"]).done();
    let out = cli.run(&["export", "--for", "hubspot"]).done();
    assert!(out.contains("'=A9") && out.contains("'+Plus") && out.contains("'@Acme"), "{out}");
    let stages = out.matches("appointmentscheduled").count();
    assert_eq!(stages, 1, "only the deal that the CRM does not have is given a stage: {out}");
    let back = cli.file("back.csv", &out);
    assert!(cli.run(&["import", &back, "--map", "hubspot"]).done().contains("0 new, 0 changed, 2 unchanged"));
    let path = cli.path("deals.xlsx");
    assert!(cli.run(&["export", "--for", "hubspot", "-o", path.to_str().unwrap()]).failed(2).contains("A CRM takes CSV"));
}

#[test]
fn a_map_of_ones_own_has_owner_contact_and_solutions_written_and_what_comes_back_is_unchanged() {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1", "--crm-id", "OPP-1", "--employee", "서연;이;+82 2-555-3205;rep@partner.example"]).done();
    let columns =
        "crm = 'Id'\nname = 'Name'\ncustomer = 'Account'\nvalue = 'Amount'\ncurrency = 'Currency'\nclose = 'Close Date'\n";
    let written = "[written]\nowner-email = 'Owner_Email__c'\ncontact = 'Contact__c'\ncontact-email = 'Contact_Email__c'\n\
                   solutions = 'Solutions__c'\nreferral-id = 'Referral__c'\n";
    let map = cli.file("ours.toml", format!("name = 'Ours'\n[columns]\n{columns}{written}"));
    let out = cli.run(&["export", "--for", &map, "ERP"]).done();
    let lines: Vec<&str> = out.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].ends_with("Owner_Email__c,Contact__c,Contact_Email__c,Solutions__c,Referral__c"), "{out}");
    for said in ["rep@partner.example", "minjun@hanbit.example", "SOL-34104-EBB", "0b7e5a10-0000-4000-8000-000000000001"] {
        assert!(lines[1].contains(said), "{said}: {out}");
    }
    let told = cli.run(&["import", &cli.file("back.csv", &out), "--map", &map]).done();
    assert!(told.contains("0 new, 0 changed, 1 unchanged") && !told.contains("Left out"), "{told}");
    let proposed = cli.run(&["map", &cli.file("heads.csv", "Deal Name,Company\nA,B\n")]).done();
    assert!(proposed.contains("# [written]\n") && proposed.contains("# owner-email = \"\"\n"), "{proposed}");
}

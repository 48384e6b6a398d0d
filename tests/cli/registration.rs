//! Registering won deals: which can be, what is missing, the file there and back, and what the agenda says (MG-73, MG-74).

use cosell::domain::instant::Timestamp;
use cosell::store::{Settings, Store};
use serde_json::json;

use crate::registrations::{RegistrationCenter, eligible, won_there};
use crate::support::cli::{Cli, THREE};

const REFERRAL: &str = "0b7e5a10-0000-4000-8000-000000000001";
/// Everything that a contract is.
const CONTRACT: [&str; 10] = [
    "value=60000",
    "currency=USD",
    "term=finite",
    "sign-date=2026-11-20",
    "start-date=2026-12-01",
    "end-date=2027-11-30",
    "solution-value=50000",
    "deployed-on-azure=yes",
    "primary-deployment=customer",
    "pricing-model=other",
];
const FACTS: [&str; 3] = ["marketplace=no", "customer-managed=yes", "microsoft=accepted"];

/// A home in which deal 1 is won with a solution that is Azure IP co-sell incentivized.
fn won() -> Cli {
    let cli = Cli::with(THREE);
    let rates = cli.file("rates.csv", "date,from,to,rate\n2026-11-01,USD,KRW,1400\n");
    cli.run(&["rates", "import", &rates]).done();
    let now = Timestamp::parse("2026-11-20T00:00:00Z").unwrap();
    let mut store = Store::open(&cli.path("data/cosell.db"), Settings::default(), now).unwrap();
    eligible(&mut store, now);
    drop(store);
    assert_eq!(cli.run(&["accept", "1"]).code, 0);
    assert_eq!(cli.run(&["win", "1"]).code, 0);
    cli
}

/// Partner Center tells that it knows of that.
fn known_there(cli: &Cli) {
    let file = cli.file("won.json", won_there(THREE));
    cli.run(&["import", &file]).done();
}

fn register(cli: &Cli, with: &[&str]) -> crate::support::cli::Ran {
    cli.run(&[&["register", "1"], &CONTRACT[..], &FACTS, with].concat())
}

/// Writes the file of the one registration that is ready; returns its text.
fn write(cli: &Cli) -> String {
    let told = cli.run(&["registrations", "write", cli.home.path().to_str().unwrap(), "--json"]).json();
    assert_eq!(told["rows"], 1);
    std::fs::read_to_string(told["file"].as_str().unwrap()).unwrap()
}

#[test]
fn mg_73_what_keeps_a_deal_from_it_and_everything_that_is_missing_is_told_at_once() {
    let cli = won();
    let ran = cli.run(&["register", "1"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.out.contains("cannot be registered") && ran.out.contains("met: The deal is won"), "{ran:?}");
    for said in [
        "customer-managed=yes",
        "microsoft=accepted",
        "marketplace=yes or no",
        "sign-date=2026-11-20",
        "Register deals, 2023-05-13",
    ] {
        assert!(ran.err.contains(said), "{said}: {ran:?}");
    }
    let open = cli.run(&["register", "3", "--json"]);
    let told = open.json();
    assert_eq!((open.code, &told["eligible"]), (3, &json!(false)));
    let checks = told["checks"].as_array().unwrap().clone();
    let finding = |rule: &str| checks.iter().find(|check| check["rule"] == rule).unwrap()["finding"].clone();
    assert_eq!((finding("registration/won"), finding("registration/type")), (json!("notMet"), json!("notMet")));
    assert_eq!(finding("registration/solution"), json!("notKnown"));
    let wrong = cli.run(&["register", "1", "sing-date=2026-11-20", "value", "term=long", "--json"]);
    let errors = wrong.errors();
    assert!(errors.iter().any(|(field, code)| field == "sing-date" && code == "unknown-field"), "{errors:?}");
    assert!(errors.iter().any(|(field, code)| field == "term" && code == "not-one-of"), "{errors:?}");
    assert!(errors.iter().any(|(_, code)| code == "no-value"), "{errors:?}");
}

#[test]
fn mg_73_a_registration_is_kept_undone_and_stands_in_the_agenda_until_its_day() {
    let cli = won();
    assert!(cli.run(&["show", "1"]).done().contains("cosell register 1 says"));
    let dry = register(&cli, &["--dry-run"]);
    assert!(dry.code == 0 && dry.out.contains("Nothing was written"), "{dry:?}");
    assert!(cli.run(&["registrations", "--json"]).json().as_array().unwrap().is_empty());
    let done = register(&cli, &[]);
    assert!(done.code == 0 && done.out.contains("Register it by 2027-01-19"), "{done:?}");
    let listed = cli.run(&["registrations", "--json"]).json();
    assert_eq!(
        (&listed[0]["id"], &listed[0]["next"], &listed[0]["deadline"]),
        (&json!(1), &json!("write"), &json!("2027-01-19"))
    );
    let shown = cli.run(&["show", "1"]).done();
    assert!(shown.contains("Registration") && shown.contains("not sent"), "{shown}");
    let table = cli.run(&["registrations"]).done();
    assert!(table.contains("not sent") && table.contains("2027-01-19"), "{table}");
    // It stands in the history of its deal, among what was done to that, page by page.
    let history = |args: &[&str]| {
        let told = cli.run(&[&["history", "1", "--json"], args].concat()).json();
        told.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((history(&["--limit", "2"]), history(&[]).len()), (vec!["register".to_owned(), "win".to_owned()], 4));
    assert!(cli.run(&["history", "1"]).done().contains("Told the registration of"));
    let kinds = |cli: &Cli, filter: &[&str]| {
        let agenda = cli.run(&[&["agenda", "--days", "90", "--json"], filter].concat()).json();
        agenda.as_array().unwrap().iter().filter(|one| one["kind"] == "register").count()
    };
    assert_eq!((kinds(&cli, &[]), kinds(&cli, &["country:KR"]), kinds(&cli, &["country:JP"])), (1, 1, 0));
    let ics = cli.path("a.ics");
    cli.run(&["agenda", "--days", "90", "--ics", ics.to_str().unwrap()]).done();
    assert!(std::fs::read_to_string(&ics).unwrap().contains("DTSTART;VALUE=DATE:20270119"));
    let review = cli.run(&["review", "--json"]).json();
    assert_eq!((&review["toRegister"]["count"], &review["toRegister"]["nearest"]), (&json!(1), &json!("2027-01-19")));
    let review = cli.run(&["review"]).done();
    assert!(review.contains("To register, first by 2027-01-19"), "{review}");
    let undone = cli.run(&["undo"]).done();
    assert!(undone.contains("registration of"), "{undone}");
    assert_eq!((kinds(&cli, &[]), cli.run(&["registrations", "--json"]).json()), (0, json!([])));
    assert!(cli.run(&["redo"]).code == 0 && kinds(&cli, &[]) == 1);
    // On the day after the last one nobody is told to write it.
    let cli = cli.at("2027-01-21T00:00:00Z");
    let table = cli.run(&["registrations"]).done();
    assert!(table.contains("its data no longer holds; cosell register 1 --dry-run") && !table.contains("Write it"), "{table}");
}

#[test]
fn mg_74_a_start_far_back_brings_the_last_day_forward_wherever_it_is_told() {
    let cli = won();
    let started = |with: &[&str]| register(&cli, &[&["start-date=2026-08-30"], with].concat());
    let done = started(&[]);
    assert!(done.code == 0 && done.out.contains("Register it by 2026-11-28"), "{done:?}");
    assert_eq!(started(&["--json"]).json()["deadline"], "2026-11-28");
    assert_eq!(cli.run(&["registrations", "--json"]).json()[0]["deadline"], "2026-11-28");
    assert!(cli.run(&["registrations"]).done().contains("2026-11-28"));
    let agenda = cli.run(&["agenda", "--days", "10", "--json"]).json();
    let on = agenda.as_array().unwrap().iter().find(|one| one["kind"] == "register").map(|one| one["on"].clone());
    assert_eq!(on, Some(json!("2026-11-28")), "{agenda}");
    assert_eq!(cli.run(&["review", "--json"]).json()["toRegister"]["nearest"], "2026-11-28");
    assert!(cli.run(&["review"]).done().contains("To register, first by 2026-11-28"));
    // It holds on the day that was told, and no longer on the next.
    let last = cli.at("2026-11-28T23:00:00Z");
    assert_eq!(last.run(&["register", "1", "--dry-run"]).code, 0);
    let next = last.at("2026-11-29T00:00:00Z");
    assert!(next.run(&["register", "1", "--dry-run"]).err.contains("more than 90 days back"));
}

#[test]
fn mg_73_the_review_counts_won_deals_that_may_be_registered_and_are_not_begun() {
    let cli = won();
    let not_begun = |filter: &[&str]| {
        let review = cli.run(&[&["review", "--json"], filter].concat()).json();
        let found = &review["toRegister"]["notBegun"];
        (found["count"].as_u64().unwrap(), found["ids"].clone())
    };
    assert_eq!((not_begun(&[]), not_begun(&["country:JP"])), ((1, json!([1])), (0, json!([]))));
    let review = cli.run(&["review"]).done();
    assert!(review.contains("To register, not begun"), "{review}");
    assert_eq!(register(&cli, &[]).code, 0);
    assert_eq!(not_begun(&[]), (0, json!([])));
    assert_eq!(cli.run(&["undo"]).code, 0);
    assert_eq!(not_begun(&[]).0, 1);
    let later = cli.at("2026-11-25T09:00:00Z");
    assert_eq!(later.run(&["review", "--json", "--as-of", "2026-11-22"]).json()["toRegister"], json!(null), "nobody looked then");
    assert_eq!(later.run(&["review", "--json", "-country:KR"]).json()["toRegister"]["notBegun"]["count"], 0);
    let late = later.at("2027-02-28T09:00:00Z");
    assert_eq!(late.run(&["review", "--json"]).json()["toRegister"]["notBegun"]["count"], 0, "it was won too long ago");
}

#[test]
fn a_deal_is_won_though_the_rules_of_registering_cannot_be_read_and_doctor_names_them() {
    let cli = Cli::with(THREE);
    assert_eq!(cli.run(&["accept", "1"]).code, 0);
    assert_eq!(cli.run(&["config", "set", "programme", "rules.toml"]).code, 0);
    cli.file("config/rules.toml", "[[limit]");
    let set = cli.run(&["config", "set", "programme", "rules.toml"]);
    assert!(set.code == 0 && set.err.contains("rules.toml, line 1"), "{set:?}");
    let won = cli.run(&["win", "1"]);
    assert!(won.code == 0 && won.out.contains("Won") && won.err.contains("rules.toml, line 1"), "{won:?}");
    let doctor = cli.run(&["doctor"]);
    assert!(doctor.code != 0 && doctor.out.contains("rules.toml, line 1"), "{doctor:?}");
}

#[test]
fn mg_74_rules_of_ones_own_set_until_when_to_register() {
    let cli = won();
    let rules = "[[limit]]\nrule = \"FY27/within\"\nwhat = \"register-within-days\"\nis = 30\nfrom = \"2026-07-01\"\nsource = \"FY27\"\n\
                 document = \"our guide\"\n\n[[end]]\nrule = \"registration/managed\"\non = \"2026-07-01\"\n";
    assert_eq!(cli.run(&["config", "set", "programme", "rules.toml"]).code, 0);
    cli.file("config/rules.toml", rules);
    let listed = cli.run(&["offers", "rules", "--as-of", "2026-11-20"]).done();
    assert!(listed.contains("register-within-days = 30") && !listed.contains("registration/managed"), "{listed}");
    let told: Vec<&str> = FACTS.into_iter().filter(|fact| !fact.starts_with("customer-managed")).collect();
    let done = cli.run(&[&["register", "1"], &CONTRACT[..], &told].concat());
    assert!(done.code == 0 && done.out.contains("Register it by 2026-12-20"), "{done:?}");
    assert_eq!(cli.run(&["review", "--json"]).json()["toRegister"]["nearest"], "2026-12-20");
}

#[test]
fn mg_74_an_exception_is_asked_for_once_and_what_became_of_it_is_told() {
    let (cli, mut center) = (won(), RegistrationCenter::default());
    let exception = |with: &[&str]| cli.run(&[&["registrations", "exception", "1"], with].concat());
    assert!(exception(&[]).failed(3).contains("has no registration at Microsoft"));
    assert_eq!(exception(&["--json"]).errors(), [(String::new(), "not-registered".to_owned())]);
    known_there(&cli);
    assert_eq!(register(&cli, &[]).code, 0);
    let answer = cli.file("answer.csv", center.upload(&write(&cli), "11/20/2026"));
    cli.run(&["registrations", "confirm", &answer]).done();
    assert!(exception(&[]).out.contains("one exception can be asked for until 2027-01-19"));
    assert!(exception(&["--text", "why", "--on", "2026-11-19"]).failed(3).contains("2026-11-19 lies before 2026-11-20"));
    assert_eq!(exception(&["--on", "2026-11-21"]).code, 2, "a day of nothing");
    assert!(exception(&["--text", "why", "--granted"]).failed(2).contains("do not go together"));
    let piped = cli.piped_bytes(&["registrations", "exception", "1", "--text", "-"], b"\xB0\xE8\xBE\xE0");
    assert!(piped.failed(3).contains("no text in UTF-8. Nothing was changed."));
    assert!(exception(&["--text", &"한".repeat(5_001)]).failed(3).contains("5,000"));
    let asked = exception(&["--text", "계약일이 다릅니다"]).out;
    assert!(
        asked.contains("asked for on 2026-11-21") && asked.contains("by 2026-12-10") && asked.contains("계약일이"),
        "{asked}"
    );
    assert!(exception(&["--text", "once more"]).failed(3).contains("there is one a referral"));
    assert!(cli.run(&["show", "1"]).done().contains("An exception was asked for on 2026-11-21"));
    let told = exception(&["--refused", "--on", "2026-11-21", "--json"]).json();
    assert_eq!((&told["exception"]["granted"], &told["exception"]["decidedOn"]), (&json!(false), &json!("2026-11-21")));
    assert!(exception(&["--granted"]).failed(3).contains("that is final"));
    assert!(exception(&["--text", "x", "--on", "2026-11-01"]).failed(3).contains("that is final"));
    assert!(cli.run(&["registrations"]).err.contains("The exception was refused on 2026-11-21"));
    cli.run(&["undo"]).done();
    assert_eq!(exception(&["--json"]).json()["exception"]["granted"], json!(null));
}

#[test]
fn mg_74_dates_and_amounts_are_refused_with_why_and_nothing_is_kept() {
    let cli = won();
    let wrong = ["sign-date=2026-11-22", "end-date=2026-11-01", "value=25000", "solution-value=30000", "--json"];
    let mut errors = register(&cli, &wrong).errors();
    errors.sort();
    let expected = [("end-date", "ends-before-start"), ("sign-date", "in-future"), ("solution-value", "above-contract")];
    for (field, code) in expected {
        assert!(errors.contains(&(field.to_owned(), code.to_owned())), "{errors:?}");
    }
    assert_eq!(cli.run(&["registrations", "--json"]).json(), json!([]));
    let said = register(&cli, &["sign-date=2026-11-22"]);
    assert!(said.code == 3 && said.out.contains("its contract is not right yet"), "{said:?}");
    assert!(said.out.contains("Nothing of what was typed is kept"), "{said:?}");
    assert!(!cli.run(&["register", "1"]).out.contains("is kept"), "nothing was typed");
}

#[test]
fn mg_73_what_cannot_be_read_of_a_contract_is_not_called_missing() {
    let cli = won();
    let errors = cli.run(&["register", "1", "value=abc", "currency=USD", "--json"]).errors();
    let of_value: Vec<&str> = errors.iter().filter(|(field, _)| field == "value").map(|(_, code)| code.as_str()).collect();
    assert_eq!(of_value, ["not-an-amount"], "{errors:?}");
    assert!(errors.contains(&("sign-date".to_owned(), "missing".to_owned())), "what is not there still is: {errors:?}");
}

#[test]
fn mg_73_mg_74_a_registration_goes_to_partner_center_is_answered_and_followed_to_its_end() {
    let (cli, mut center) = (won(), RegistrationCenter::default());
    let folder = cli.home.path().to_str().unwrap().to_owned();
    assert!(cli.run(&["registrations", "write", &folder]).out.contains("No registration is ready"));
    known_there(&cli);
    assert_eq!(register(&cli, &["value=6m"]).code, 0);
    let first = write(&cli);
    assert!(first.contains("11/20/2026") && first.contains("AzureIPCoSell") && first.contains("6000000.00"), "{first}");
    let listed = cli.run(&["registrations"]).done();
    assert!(listed.contains("answer awaited"), "{listed}");
    assert_eq!(register(&cli, &[]).code, 3, "what was written waits for its answer");
    assert!(cli.run(&["undo"]).err.contains("cannot be undone") || cli.run(&["history"]).out.contains("Partner Center"));
    let answer = cli.file("answer.csv", center.upload(&first, "11/21/2026"));
    let read = cli.run(&["registrations", "confirm", &answer]);
    assert!(read.code == 3 && read.out.contains("Contract Value does not fit the deal"), "all of it was refused: {read:?}");
    assert_eq!(cli.run(&["registrations", "--json"]).json()[0]["next"], "mend");
    let listed = cli.run(&["registrations"]).out;
    assert!(listed.contains("refused") && !listed.contains("not sent"), "it was sent: {listed}");
    assert_eq!(register(&cli, &[]).code, 0);
    let second = write(&cli);
    assert_ne!(first, second);
    let answer = cli.file("answer2.csv", center.upload(&second, "11/22/2026"));
    assert_eq!(cli.run(&["import", &answer, "--dry-run"]).code, 0);
    assert_eq!(cli.run(&["registrations", "--json"]).json()[0]["state"], json!(null), "a dry run changes nothing");
    let read = cli.run(&["import", &answer]).done();
    assert!(read.contains("in review"), "{read}");
    center.decide(REFERRAL, "ActionRequired", "Action Required Date", "Proof of execution is missing", "11/25/2026");
    let download = cli.file("d.csv", center.download());
    cli.run(&["import", &download]).done();
    let one = cli.run(&["registrations", "--json"]).json()[0].clone();
    assert_eq!((&one["next"], &one["reason"]), (&json!("act"), &json!("Proof of execution is missing")));
    assert_eq!(register(&cli, &["solution-value=55000"]).code, 0, "while an action is pending it can be changed");
    let answer = cli.file("answer3.csv", center.upload(&write(&cli), "11/26/2026"));
    cli.run(&["registrations", "confirm", &answer]).done();
    center.decide(REFERRAL, "Passed", "Passed Date", "", "11/30/2026");
    cli.run(&["import", &cli.file("d2.csv", center.download())]).done();
    let listed = cli.run(&["registrations"]).done();
    assert!(listed.contains("Microsoft has decided") && !listed.contains("Microsoft decides"), "{listed}");
    center.decide(REFERRAL, "Closed", "Approved Date", "", "");
    cli.run(&["import", &cli.file("d3.csv", center.download())]).done();
    assert!(cli.run(&["import", &download]).done().contains("1 older"), "an older file changes nothing");
    let one = cli.run(&["registrations", "--json"]).json()[0].clone();
    let states: Vec<&str> = one["states"].as_array().unwrap().iter().map(|state| state["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["reviewPending", "actionRequired", "reviewPending", "reviewPassed", "closed"]);
    assert_eq!((&one["next"], &one["registeredOn"]), (&json!("nothing"), &json!("2026-11-22")));
    assert_eq!(cli.run(&["register", "1", "value=1"]).code, 3, "closed is closed");
}

#[test]
fn mg_73_a_registration_stays_here_until_partner_center_knows_that_its_deal_is_won() {
    let cli = won();
    assert_eq!(register(&cli, &[]).code, 0);
    let why = "Partner Center does not know yet that it is won: that goes through the outbox, upload and answer.";
    let folder = cli.home.path().to_str().unwrap().to_owned();
    let written = cli.run(&["registrations", "write", &folder]);
    assert!(
        written.code == 3
            && written.out.contains("No registration is ready")
            && format!("{}{}", written.out, written.err).contains(why),
        "{written:?}"
    );
    assert!(cli.run(&["registrations"]).done().contains(why));
    assert!(cli.run(&["show", "1"]).done().contains("does not know yet that it is won"));
    known_there(&cli);
    assert!(cli.run(&["registrations"]).done().contains("Write it: cosell registrations write DIR"));
    assert_eq!(write(&cli).lines().count(), 2);
}

#[test]
fn undo_of_what_confirmed_a_win_says_that_its_registration_is_out_already() {
    let cli = won();
    assert_eq!(register(&cli, &[]).code, 0);
    known_there(&cli);
    let told = cli.run(&["undo"]).done();
    assert!(!told.contains("registration"), "nothing of it has left: {told}");
    cli.run(&["redo"]).done();
    write(&cli);
    let told = cli.run(&["undo"]).done();
    assert!(told.starts_with("Undone: Imported won.json"), "{told}");
    let said = "stands in cosell-registrations-2026-11-21-1.csv already: upload that only once it is known again";
    assert!(told.contains("The registration of #1 ") && told.contains(said), "{told}");
    cli.run(&["redo"]).done();
    let json = cli.run(&["undo", "--json"]).json();
    assert_eq!(json["registrationsOut"][0]["id"], 1, "{json}");
}

#[test]
fn a_registration_whose_win_stands_in_a_written_upload_file_names_the_file_and_not_the_outbox() {
    let cli = won();
    // With somebody in its team an upload file takes it.
    for again in
        [&["undo"][..], &["undo"], &["accept", "1", "--employee", "서연;이;+82 2-555-3205;rep@partner.example"], &["win", "1"]]
    {
        assert_eq!(cli.run(again).code, 0);
    }
    assert_eq!(register(&cli, &[]).code, 0);
    let folder = cli.home.path().to_str().unwrap().to_owned();
    let file = cli.run(&["outbox", "write", &folder, "--json"]).json()["files"][0]["file"].as_str().unwrap().to_owned();
    let why = "it is won: that stands in cosell-upload-2026-11-21-1.csv, and nobody has confirmed it";
    for command in [&["registrations"][..], &["show", "1"], &["registrations", "write", &folder]] {
        let ran = cli.run(command);
        let told = format!("{}{}", ran.out, ran.err);
        assert!(told.contains(why) && !told.contains("through the outbox"), "{told}");
    }
    cli.run(&["outbox", "forget", &file]).done();
    assert!(cli.run(&["registrations"]).done().contains("that goes through the outbox"));
}

#[test]
fn files_of_registrations_are_read_by_themselves_and_say_what_is_wrong() {
    let cli = won();
    let head = crate::registrations::HEAD.join(",");
    let file = cli.file("r.csv", format!("{head}\n,99/99/2026,,Perhaps{}\nunknown-id{}\n", ",".repeat(20), ",".repeat(23)));
    let ran = cli.run(&["import", &file]);
    assert!(ran.code == 3 && ran.out.contains("line 2") && ran.out.contains("1 of no deal here"), "nothing was taken: {ran:?}");
    let start = cli.path("start.json").to_str().unwrap().to_owned();
    assert!(cli.run(&["import", &file, &start]).failed(2).contains("by themselves"));
    // As Partner Center's menu gives it, where the deal itself was never imported.
    let download = "Referral ID,Registration Date,Registration Type,Registration Status,Contract Value,Contract Currency,Errors\n\
                    b2000000-0000-4000-8000-000000000001,,,ReviewPending,5000,GBP,\n";
    let file = cli.file("deal-registrations.csv", download);
    let ran = cli.run(&["import", &file]);
    assert_eq!(ran.code, 3, "{ran:?}");
    for part in ["line 2: no deal here has its Referral ID", "Take the download of deals over first", "deal registrations"] {
        assert!(ran.out.contains(part), "{part}: {ran:?}");
    }
    let gone = cli.run(&["registrations", "write", "/nonexistent/folder"]);
    assert_eq!(gone.code, 1, "{gone:?}");
}

#[test]
fn mg_73_a_file_that_was_never_uploaded_is_forgotten_and_a_download_that_says_something_else_is_no_answer() {
    let cli = won();
    known_there(&cli);
    assert_eq!(register(&cli, &[]).code, 0);
    let folder = cli.path("out");
    std::fs::create_dir_all(&folder).unwrap();
    let folder = folder.to_str().unwrap();
    let cli = cli.at("2027-03-01T08:00:00Z");
    let late = cli.run(&["registrations", "write", folder]);
    assert!(late.code == 3 && late.out.contains("No registration is ready"), "too late for all of it: {late:?}");
    let late = cli.run(&["registrations", "write", folder, "--json"]);
    assert_eq!((late.code, late.json()["rows"].clone()), (3, json!(0)));
    let cli = cli.at("2026-11-21T08:00:00+09:00");
    assert_eq!(cli.run(&["registrations", "write", folder]).code, 0);
    let wrong = cli.run(&["registrations", "forget", "cosell-registrations-2020-01-01-1.csv"]);
    assert!(wrong.code == 3 && wrong.err.contains("No registration that awaits its answer"), "{wrong:?}");
    let said = cli.run(&["registrations", "forget", "cosell-registrations-2026-11-21-1.csv"]).done();
    assert!(said.contains("waits again"), "{said}");
    assert_eq!(cli.run(&["registrations", "--json"]).json()[0]["next"], json!("write"));
    assert_eq!(cli.run(&["registrations", "write", folder]).code, 0);
    let other = "Referral ID,Registration Type,Registration Status,Contract Value,Contract Currency\n\
        0b7e5a10-0000-4000-8000-000000000001,AzureIPCoSell,,75000,USD\n";
    let other = cli.file("download.csv", other);
    cli.run(&["import", &other]).done();
    let listed = cli.run(&["registrations", "--json"]).json();
    assert_eq!((&listed[0]["next"], &listed[0]["file"]), (&json!("upload"), &json!("cosell-registrations-2026-11-21-2.csv")));
}

#[test]
fn pe_30_what_microsoft_says_does_not_qualify_promises_a_deal_nothing() {
    let cli = won();
    assert!(register(&cli, &["--dry-run"]).out.contains("met: A solution of it is eligible"));
    let name = cli.run(&["offers", "list", "--json"]).json()[0]["name"].as_str().unwrap().to_owned();
    let to = |state: &str| cli.run(&["offers", "submission", &name, state]).done();
    to("published");
    to("not-qualified");
    let said = register(&cli, &["--dry-run"]);
    assert!(said.code == 3 && said.err.contains("not met: A solution of it is eligible"), "{said:?}");
    assert!(said.err.contains("Microsoft has said that the offer does not qualify."), "{said:?}");
    let worth = cli.run(&["offers", "worth", &name, "50k", "USD"]).done();
    assert!(worth.contains("until it does, nothing of this counts") && !worth.contains("10 %"), "{worth}");
    let page = cli.run(&["offers", "show", &name]).done();
    assert!(page.contains("Azure IP co-sell incentivized") && page.contains("Would bring, by the rules"), "{page}");
    let benefits = cli.run(&["offers", "show", &name, "--json"]).json()["benefits"].clone();
    assert!(benefits.as_array().unwrap().iter().all(|one| one["needs"] == "qualified" && one["from"].is_null()), "{benefits}");
    let deal = cli.run(&["show", "1"]).done();
    assert!(deal.contains(&format!("Microsoft has said that “{name}” does not qualify")), "{deal}");
    to("published");
    to("qualified");
    assert_eq!(register(&cli, &["--dry-run"]).code, 0);
}

#[test]
fn the_history_and_undo_name_what_was_done_to_a_registration() {
    let cli = won();
    known_there(&cli);
    register(&cli, &[]);
    register(&cli, &["value=70000"]);
    let last = |cli: &Cli| cli.run(&["history", "1"]).done();
    assert!(
        last(&cli).contains("Told the registration of") && last(&cli).contains("Changed the registration of"),
        "{}",
        last(&cli)
    );
    let undone = cli.run(&["undo"]).done();
    assert!(undone.contains("Undone: Changed the registration of"), "{undone}");
    let redone = cli.run(&["redo"]).done();
    assert!(redone.contains("Done again: Changed the registration of"), "{redone}");
    write(&cli);
    assert!(last(&cli).contains("Wrote the registration of"), "{}", last(&cli));
    assert!(!last(&cli).contains("went to or came from"));
}

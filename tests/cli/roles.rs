//! MG-02: what a role bars, and a look that changes nothing, in the commands.

use crate::support::cli::{Cli, THREE};

/// A home with three deals, the first of which has Ana in its team, and every role in a configuration of its own.
fn home() -> Cli {
    let cli = Cli::with(THREE);
    cli.run(&["accept", "1", "--employee", "Ana;Reyes;+1 425 555 0100;Ana@P.example"]).done();
    for role in ["viewer", "referrals-user", "partner-admin"] {
        cli.file(&format!("{role}.toml"), format!("[me]\nemail = \"ana@p.example\"\nrole = \"{role}\"\n"));
    }
    cli.file("nobody.toml", "[me]\nrole = \"referrals-user\"\n");
    cli
}

fn config(cli: &Cli, role: &str) -> String {
    cli.path(&format!("{role}.toml")).to_str().unwrap().to_owned()
}

/// Every way to write there is, with arguments that would do something.
const WRITING: [&str; 34] = [
    "accept 2",
    "decline 2 --reason other",
    "win 1",
    "lose 1 --reason other",
    "new --name a",
    "edit 1 name=Another",
    "ask-help 1",
    "clone 1",
    "drafts drop 1",
    "resolve 1 --ours",
    "outbox write out",
    "outbox confirm start.json",
    "outbox forget a.csv",
    "outbox hold 1",
    "outbox release 1",
    "outbox told 1",
    "check --fix DEAL-NAME=a",
    "favorite 1",
    "next 1 call --on 2026-12-01",
    "note 1 hello",
    "undo",
    "redo",
    "import start.json",
    "customers import start.json",
    "solutions import start.json",
    "solutions add a --name b",
    "rates import start.json",
    "rates add 2026-11-02 USD KRW 1400",
    "rates remove USD KRW",
    "campaigns cost spring 10 USD",
    "campaigns forget spring",
    "restore start.json --yes",
    "doctor --mend",
    "favorite 1 --off",
];

fn lines<'a>(of: &'a [&'a str]) -> impl Iterator<Item = Vec<&'a str>> {
    of.iter().map(|line| line.split(' ').collect())
}

#[test]
fn mg_02_a_viewer_looks_at_everything_and_changes_nothing() {
    let cli = home();
    let viewer = config(&cli, "viewer");
    let before = (cli.run(&["history", "--json"]).json(), cli.run(&["list", "--json"]).json());
    for mut line in lines(&WRITING) {
        line.extend(["--config", &viewer]);
        let ran = cli.run(&line);
        // What clap does not know is no way to write at all.
        assert_eq!(ran.code, 3, "{line:?}: {}", ran.err);
        assert!(ran.err.contains("Viewers change nothing: role in [me] of the configuration"), "{line:?}: {}", ran.err);
    }
    let after = (cli.run(&["history", "--json"]).json(), cli.run(&["list", "--json"]).json());
    assert_eq!(before, after);
    for line in ["list", "show 2", "review", "history", "export", "outbox", "agenda", "views keep mine stage:received", "doctor"]
    {
        let mut line: Vec<&str> = line.split(' ').collect();
        line.extend(["--config", &viewer]);
        assert_eq!(cli.run(&line).code, 0, "{line:?}");
    }
    let said = cli.run(&["favorite", "1", "--json", "--config", &viewer]);
    assert!(said.failed(3).contains("\"barred\""));
}

#[test]
fn while_only_looking_no_command_changes_deals_or_configuration() {
    let cli = home();
    let own = cli.path("own.toml");
    std::fs::write(&own, "[me]\nemail = \"ana@p.example\"\n").unwrap();
    let before = (cli.run(&["history", "--json"]).json(), cli.run(&["list", "--json"]).json());
    let others = ["views keep mine stage:received", "views remove mine", "config set mouse on", "config unset me.email"];
    for mut line in lines(&WRITING).chain(lines(&others)) {
        line.extend(["--read-only", "--config", own.to_str().unwrap()]);
        let ran = cli.run(&line);
        assert_eq!(ran.code, 1, "{line:?}: {}", ran.err);
        assert!(ran.err.contains("Start without --read-only"), "{line:?}: {}", ran.err);
    }
    assert_eq!(std::fs::read_to_string(&own).unwrap(), "[me]\nemail = \"ana@p.example\"\n");
    assert_eq!(before, (cli.run(&["history", "--json"]).json(), cli.run(&["list", "--json"]).json()));
}

#[test]
fn mg_02_a_referrals_user_sees_and_edits_the_deals_whose_team_holds_them() {
    let cli = home();
    let user = config(&cli, "referrals-user");
    let run = |line: &[&str]| cli.run(&[line, &["--config", &user][..]].concat());
    let ids = |value: &serde_json::Value| value.as_array().unwrap().iter().map(|deal| deal["id"].clone()).collect::<Vec<_>>();
    assert_eq!(
        cli.run(&["list", "stage:received,accepted,archived", "tab:inbound,outbound", "--json"]).json().as_array().unwrap().len(),
        3
    );
    assert_eq!(ids(&run(&["list", "stage:received,accepted,archived", "tab:inbound,outbound", "--json"]).json()), [1]);
    assert_eq!(ids(&run(&["list", "stage:accepted", "--json"]).json()), [1]);
    assert_eq!(run(&["list", "-stage:accepted", "--json"]).json(), serde_json::json!([]));
    assert_eq!(run(&["export"]).done().lines().count(), 2, "a head and a row");
    let titles = run(&["history"]).done();
    assert!(
        titles.contains("ERP") && cli.run(&["decline", "2", "--reason", "other", "--notes", "no"]).done().contains("Declined"),
        "{titles}"
    );
    assert!(!run(&["history"]).done().contains("Declined") && cli.run(&["history"]).done().contains("Declined"));
    for line in [&["show", "2"][..], &["history", "2"], &["note", "2", "x"], &["edit", "3", "name=x"], &["favorite", "1", "3"]] {
        assert!(run(line).failed(3).contains("not in the team of this deal"), "{line:?}");
    }
    assert!(run(&["undo"]).failed(3).contains("not in the team"), "the last step was about another deal");
    assert!(run(&["edit", "1", "name=Better"]).done().contains("Better"));
    assert!(run(&["undo"]).done().contains("Better") || run(&["show", "1"]).done().contains("ERP"));
    assert!(run(&["restore", "start.json", "--yes"]).failed(3).contains("more than the deals of your team"));
}

/// What a file says of deals of other teams is not taken over, and said.
#[test]
fn mg_02_a_file_brings_a_referrals_user_only_what_is_theirs() {
    let cli = home();
    let user = config(&cli, "referrals-user");
    let said = cli.run(&["import", cli.path("start.json").to_str().unwrap(), "--config", &user]);
    assert!(said.out.contains("2 rows speak of deals whose teams do not hold you"), "{} {}", said.out, said.err);
    let before = cli.run(&["list", "--json"]).json();
    let changed = THREE.replace("2026-11-12T03:00:00Z", "2026-11-13T03:00:00Z").replace("ERP 마이그레이션", "새 이름");
    let file = cli.file("later.json", changed);
    cli.run(&["import", &file, "--config", &user]);
    let after = cli.run(&["list", "--json"]).json();
    assert_eq!(before.as_array().unwrap().len(), after.as_array().unwrap().len());
}

#[test]
fn mg_02_a_deal_a_referrals_user_makes_has_them_in_its_team() {
    let cli = home();
    let user = config(&cli, "referrals-user");
    let file = |email: &str| {
        format!(
            r#"{{"deal":{{"name":"Neu","value":"10000","currency":"EUR","closeDate":"2026-12-20"}},
                "customer":{{"name":"Acme","address":{{"line1":"Am Platz 1","city":"Bonn","postalCode":"53111","country":"DE"}},
                "contact":{{"firstName":"A","lastName":"B","phone":"+49 228 5550100","email":"a@acme.example"}}}},
                "employees":[{{"firstName":"Ana","lastName":"Reyes","phone":"+1 425 555 0100","email":"{email}"}}],
                "solutions":[{{"id":"SOL-34104-EBB","name":"ERP Cloud","owner":"mine"}}],"type":"privatePipeline"}}"#
        )
    };
    let path = cli.file("other.json", file("bo@p.example"));
    let refused = cli.run(&["new", "--from", &path, "--config", &user]);
    assert!(
        refused.code == 3 && refused.err.contains("Put yourself on it, with the e-mail that stands in [me]"),
        "{}",
        refused.err
    );
    let path = cli.file("own.json", file("ANA@p.example"));
    let made = cli.run(&["new", "--from", &path, "--config", &user]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(cli.run(&["show", "4", "--config", &user]).done().contains("Neu"));
}

#[test]
fn mg_02_without_an_e_mail_nobody_knows_which_deals_are_a_referrals_users() {
    let cli = home();
    let nobody = config(&cli, "nobody");
    for line in ["list", "show 1", "review", "favorite 1", "import start.json", "export"] {
        let mut line: Vec<&str> = line.split(' ').collect();
        line.extend(["--config", &nobody]);
        assert!(cli.run(&line).failed(3).contains("cosell config set me.email"), "{line:?}");
    }
    for line in ["config", "keys", "doctor", "help"] {
        cli.run(&[line, "--config", &nobody]).done();
    }
    cli.run(&["config", "set", "me.email", "ana@p.example", "--config", &nobody]).done();
    assert!(cli.run(&["list", "--config", &nobody]).done().contains("ERP"));
}

#[test]
fn mg_02_a_partner_admin_may_what_a_referrals_admin_may_and_any_other_role_is_refused() {
    let cli = home();
    cli.run(&["favorite", "3", "--config", &config(&cli, "partner-admin")]).done();
    let wrong = cli.file("wrong.toml", "[me]\nrole = \"boss\"\n");
    let said = cli.run(&["list", "--config", &wrong]);
    assert!(said.failed(1).contains("referrals-admin, partner-admin, referrals-user, viewer"));
    let own = cli.path("set.toml").to_str().unwrap().to_owned();
    assert!(cli.run(&["config", "set", "me.role", "boss", "--config", &own]).failed(3).contains("referrals-user"));
    assert_eq!(cli.run(&["config", "set", "role", "viewer", "--config", &own]).done(), "me.role is viewer now.\n");
    assert!(cli.run(&["config", "--config", &own]).done().contains("role = \"viewer\""));
    assert_eq!(cli.run(&["config", "--json", "--config", &own]).json()["role"], "viewer");
    cli.run(&["favorite", "3", "--config", &own]).failed(3);
    cli.run(&["config", "unset", "me.role", "--config", &own]).done();
    cli.run(&["favorite", "3", "--config", &own]).done();
}

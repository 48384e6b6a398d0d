//! The commands in this process: arguments go in; exit code, standard output and standard error come out.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use cosell::cli::{Environment, Output, run};
use cosell::config::Places;
use serde_json::Value;
use tempfile::TempDir;

/// A home of its own, thrown away at the end.
pub struct Cli {
    pub home: TempDir,
    pub variables: BTreeMap<String, String>,
    /// Variables whose values need not be text.
    pub odd: BTreeMap<String, OsString>,
    pub columns: Option<usize>,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: u8,
    pub out: String,
    pub err: String,
}

impl Cli {
    pub fn new() -> Self {
        let now = ("COSELL_NOW".to_owned(), "2026-11-21T08:00:00+09:00".to_owned());
        Self { home: tempfile::tempdir().unwrap(), variables: BTreeMap::from([now]), odd: BTreeMap::new(), columns: None }
    }

    /// A home into which these referrals (JSON) have been imported.
    pub fn with(referrals: &str) -> Self {
        let cli = Self::new();
        let file = cli.file("start.json", referrals);
        cli.run(&["import", &file]).done();
        cli
    }

    pub fn at(mut self, now: &str) -> Self {
        self.variables.insert("COSELL_NOW".to_owned(), now.to_owned());
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file and returns its name.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, None)
    }

    /// Runs a command with this on its standard input.
    pub fn piped(&self, arguments: &[&str], input: &str) -> Ran {
        self.piped_bytes(arguments, input.as_bytes())
    }

    /// As [`Cli::piped`], of what need not be text.
    pub fn piped_bytes(&self, arguments: &[&str], input: &[u8]) -> Ran {
        self.run_with(arguments, Some(input))
    }

    fn run_with(&self, arguments: &[&str], input: Option<&[u8]>) -> Ran {
        let (variables, odd) = (self.variables.clone(), self.odd.clone());
        let environment = Environment {
            arguments: std::iter::once("cosell").chain(arguments.iter().copied()).map(Into::into).collect(),
            variable: Box::new(move |name| odd.get(name).cloned().or_else(|| variables.get(name).map(Into::into))),
            places: Some(Places {
                database: self.path("data/cosell.db"),
                config: self.path("config/config.toml"),
                log: self.path("state/cosell.log"),
            }),
            typed: input.is_none(),
            input: Box::new(std::io::Cursor::new(input.unwrap_or_default().to_owned())),
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut output = Output { out: &mut out, err: &mut err, json: false, columns: self.columns, watched: false };
        let code = run(environment, &mut output);
        Ran { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
    }
}

impl Ran {
    /// Asserts that it did what was asked, and returns standard output.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{self:?}");
        self.out
    }

    /// Asserts that it was not done with this exit code, that nothing stands on standard output, and returns the errors.
    #[track_caller]
    pub fn failed(self, code: u8) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{self:?}");
        assert!(self.err.lines().count() >= 1, "an error has a sentence: {self:?}");
        self.err
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Returns the errors of `--json`: field and code of each.
    #[track_caller]
    pub fn errors(&self) -> Vec<(String, String)> {
        let value: Value = serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        let errors = value["errors"].as_array().unwrap().clone();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        errors
            .iter()
            .map(|error| {
                assert!(error["message"].is_string() && error.get("hint").is_some(), "{error}");
                (text(&error["field"]), text(&error["code"]))
            })
            .collect()
    }
}

/// Two received opportunities (one from Microsoft, one from a partner) and one of our own, accepted.
pub const THREE: &str = r#"{"value":[
  {"id":"0b7e5a10-0000-4000-8000-000000000001","engagementId":"e1","status":"New","substatus":"Pending","direction":"Incoming",
   "createdDateTime":"2026-11-10T03:00:00Z","updatedDateTime":"2026-11-12T03:00:00Z","expirationDateTime":"2026-11-24T03:00:00Z",
   "name":"ERP 마이그레이션","customerProfile":{"name":"한빛정밀 주식회사","ids":{"profileType":"Duns","id":"081466849"},
   "address":{"addressLine1":"27-29","city":"서울","postalCode":"04524","country":"KR"},
   "team":[{"firstName":"민준","lastName":"김","phoneNumber":"+82 2-555-0101","email":"minjun@hanbit.example"}]},
   "details":{"dealValue":84000000,"currency":"KRW","closingDateTime":"2026-12-18T00:00:00Z","notes":"온프레미스에서 이전",
   "requirements":{"solutions":[{"id":"SOL-34104-EBB","name":"ERP Cloud"}]}},
   "inviteContext":{"notes":"담당자와 이야기 나눴습니다","invitedBy":{"organizationId":"msft","organizationName":"Microsoft"}}},
  {"id":"0b7e5a10-0000-4000-8000-000000000002","status":"New","substatus":"Pending","direction":"Incoming",
   "createdDateTime":"2026-11-18T03:00:00Z","customerProfile":{"name":"Northwind Traders"},
   "inviteContext":{"invitedBy":{"organizationId":"7d23","organizationName":"Contoso Consulting"}}},
  {"id":"1c8f6b20-0000-4000-8000-000000000003","status":"Active","substatus":"Accepted","direction":"Outgoing","type":"Independent",
   "createdDateTime":"2026-10-01T03:00:00Z","name":"販売管理クラウド化","customerProfile":{"name":"株式会社東雲物産","address":{"country":"JP"}},
   "details":{"dealValue":"9800000","currency":"JPY","closingDateTime":"2027-02-26T00:00:00Z"},
   "consent":{"consentToShareReferralWithMicrosoftSellers":false}}]}"#;

//! Maps of the opportunities of CRM programs: which of their columns is which of ours, and what their stages mean; those that come with
//! the program, and those of the user. How a file is read by one is `crm/rows.rs`.

pub(super) mod rows;

use std::fmt::Write as _;

use toml::Value;

use super::bulk::columns::bare;
use super::error::FileError;
use super::heads::{self, meaning};
use super::input::Input;
use super::table;
use crate::domain::fold::meant;
use crate::domain::outcome::OutcomeKind;

/// A column of ours that a CRM can have: its name, as `export` knows it, and what the bulk CSV calls it.
pub(super) const COLUMNS: [(&str, &str); 16] = [
    ("crm", "CRM ID"),
    (NAME, "Deal Name"),
    (CUSTOMER, "Customer Name"),
    ("value", "Estimated Deal Value"),
    ("currency", "Currency"),
    ("close", "Estimated Close Date"),
    ("sales-stage", "Sales Stage"),
    ("notes", "Notes"),
    ("campaign", "Marketing Campaign ID"),
    ("duns", "Customer D-U-N-S ID"),
    ("street", "Customer Address Line 1"),
    ("street-2", "Customer Address Line 2"),
    ("city", "Customer City"),
    ("state", "Customer State"),
    ("postal-code", "Customer Postal code"),
    ("country", "Customer Country"),
];
const NAME: &str = "name";
const CUSTOMER: &str = "customer";
/// The column that tells whether a deal is open, won or lost; no column of the bulk CSV says it alone.
pub const STAGE: &str = "stage";

/// What a map may have written beside: columns of exports that no row of a CRM is read by. A deal of a CRM has people and products as
/// records of their own, under ids that nobody here knows, and whoever owns it there is one of its users: each CRM, and each house,
/// takes them in columns of its own, if at all. So no map that comes with the program has any.
pub const BESIDE: [&str; 8] =
    ["owner", "owner-email", "contact", "contact-phone", "contact-email", "employees", "solutions", "referral-id"];

/// The maps that come with the program, by the word that names each.
pub const SHIPPED: [(&str, &str); 3] = [
    ("salesforce", include_str!("../../assets/maps/salesforce.toml")),
    ("dynamics", include_str!("../../assets/maps/dynamics.toml")),
    ("hubspot", include_str!("../../assets/maps/hubspot.toml")),
];

/// How CRM programs call them in Korean, Japanese and Chinese; what companies have is known as in lists of them.
const WORDS: [(&str, &str); 7] = [
    ("crm", "기회id,영업기회id,딜id,商談id,案件id,商机id,机会id,機會id,商機id"),
    (NAME, "기회명,기회이름,영업기회명,딜명,거래명,商談名,案件名,取引名,商机名称,商机名,机会名称,商機名稱,機會名稱"),
    ("value", "금액,예상금액,예상매출,金額,見込金額,予想金額,金额,预计金额,預計金額"),
    ("currency", "통화,通貨,货币,币种,貨幣,幣別"),
    ("close", "마감일,예상마감일,종료일,完了予定日,クローズ予定日,締切日,结束日期,预计结束日期,預計結束日期,截止日期"),
    (STAGE, "단계,영업단계,フェーズ,ステージ,阶段,销售阶段,階段"),
    ("notes", "설명,메모,비고,説明,メモ,備考,描述,备注,備註"),
];

/// Returns the column of ours that a head of lists of companies stands for.
fn of_company(head: &str) -> Option<&'static str> {
    Some(match meaning(head, &heads::CUSTOMER)?.column {
        heads::Column::Name => CUSTOMER,
        heads::Column::Country => "country",
        heads::Column::City => "city",
        heads::Column::Line1 => "street",
        heads::Column::Line2 => "street-2",
        heads::Column::State => "state",
        heads::Column::PostalCode => "postal-code",
        heads::Column::Duns => "duns",
        heads::Column::Id | heads::Column::Owner | heads::Column::Assessment => return None,
    })
}

/// Where a deal stands in a CRM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrmStage {
    Open,
    Won,
    Lost,
}

impl CrmStage {
    const ALL: [Self; 3] = [Self::Open, Self::Won, Self::Lost];

    const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// Returns where a deal stands that ended so, or has not.
    pub const fn of(outcome: Option<OutcomeKind>) -> Self {
        match outcome {
            None => Self::Open,
            Some(OutcomeKind::Won) => Self::Won,
            Some(_) => Self::Lost,
        }
    }
}

/// What is wrong with the text of a map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrmMapError {
    #[error("line {line}: {detail}")]
    Syntax { line: usize, detail: String },
    #[error("{key} cannot be {value}")]
    Value { key: String, value: String },
    #[error("unknown {key}")]
    Unknown { key: String, meant: Option<&'static str> },
    /// Without it no deal is made.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// One head for two columns.
    #[error("{0} stands twice")]
    Twice(String),
}

/// Which columns of a CRM's file are which of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrmMap {
    pub name: String,
    /// The currency of amounts where no column tells it.
    currency: Option<String>,
    /// Column of ours, and how the CRM calls it; the first is written.
    columns: Vec<(&'static str, Vec<String>)>,
    stages: Vec<(CrmStage, Vec<String>)>,
    /// Columns that are written and not read, each with its head.
    beside: Vec<(&'static str, String)>,
}

impl CrmMap {
    /// Reads the text of a map.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(text: &str) -> Result<Self, Vec<CrmMapError>> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
            vec![CrmMapError::Syntax { line, detail: error.message().to_owned() }]
        })?;
        let mut wrong = Vec::new();
        let known = |keys: &toml::Table, names: &[&'static str], before: &str, wrong: &mut Vec<CrmMapError>| {
            let unknown = keys.keys().filter(|key| !names.contains(&key.as_str()));
            wrong.extend(unknown.map(|key| CrmMapError::Unknown { key: format!("{before}{key}"), meant: meant(key, names) }));
        };
        known(&table, &["name", "currency", "columns", "stages", "written"], "", &mut wrong);
        let ours: Vec<&'static str> = COLUMNS.iter().map(|(name, _)| *name).chain([STAGE]).collect();
        let section = |key: &str| table.get(key).and_then(Value::as_table).cloned().unwrap_or_default();
        let (columns, stages, written) = (section("columns"), section("stages"), section("written"));
        known(&columns, &ours, "columns.", &mut wrong);
        known(&stages, &CrmStage::ALL.map(CrmStage::code), "stages.", &mut wrong);
        known(&written, &BESIDE, "written.", &mut wrong);
        let texts = |of: &toml::Table, before: &str, key: &'static str, wrong: &mut Vec<CrmMapError>| {
            let value = of.get(key)?;
            let texts = match value {
                Value::String(text) => Some(vec![text.clone()]),
                Value::Array(texts) => texts.iter().map(|text| text.as_str().map(str::to_owned)).collect(),
                _ => None,
            };
            if texts.is_none() {
                wrong.push(CrmMapError::Value { key: format!("{before}{key}"), value: value.to_string() });
            }
            texts.filter(|texts| !texts.is_empty())
        };
        let text = |key: &'static str, wrong: &mut Vec<CrmMapError>| texts(&table, "", key, wrong).map(|texts| texts.concat());
        let mut map = Self {
            name: text("name", &mut wrong).unwrap_or_default(),
            currency: text("currency", &mut wrong),
            columns: ours.iter().filter_map(|name| Some((*name, texts(&columns, "columns.", name, &mut wrong)?))).collect(),
            stages: Vec::new(),
            beside: Vec::new(),
        };
        for name in BESIDE {
            let head = texts(&written, "written.", name, &mut wrong).and_then(|heads| heads.into_iter().next());
            map.beside.extend(head.map(|head| (name, head)));
        }
        for stage in CrmStage::ALL {
            map.stages.extend(texts(&stages, "stages.", stage.code(), &mut wrong).map(|words| (stage, words)));
        }
        wrong.extend([NAME, CUSTOMER].into_iter().filter(|needed| map.heads(needed).is_empty()).map(CrmMapError::Missing));
        wrong.extend(map.twice().map(CrmMapError::Twice));
        if wrong.is_empty() { Ok(map) } else { Err(wrong) }
    }

    /// Returns the map that comes with the program under this name.
    pub fn shipped(name: &str) -> Option<Self> {
        let (_, text) = SHIPPED.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Self::read(text).ok()
    }

    /// Has amounts be in this currency where neither a column nor the map tells one.
    #[must_use]
    pub fn with_currency(mut self, code: Option<&str>) -> Self {
        self.currency = self.currency.or_else(|| code.map(str::to_owned));
        self
    }

    /// Returns a head that stands for two columns.
    fn twice(&self) -> Option<String> {
        let read = || self.columns.iter().flat_map(|(ours, heads)| heads.iter().map(move |head| (*ours, head)));
        let all = || read().chain(self.beside.iter().map(|(ours, head)| (*ours, head)));
        let other = |ours, head: &str| all().any(|(known, other)| known != ours && bare(other) == bare(head));
        all().rfind(|(ours, head)| other(*ours, head)).map(|(_, head)| head.clone())
    }

    /// Returns how a column of ours is called there.
    fn heads(&self, ours: &str) -> &[String] {
        self.columns.iter().find(|(name, _)| *name == ours).map_or(&[], |(_, heads)| heads)
    }

    /// Returns how the columns are called, for people, without which no deal is made, those of them that `lacks` tells.
    pub(super) fn needed(&self, lacks: impl Fn(&str) -> bool) -> Vec<String> {
        [NAME, CUSTOMER].into_iter().filter(|ours| lacks(ours)).map(|ours| self.heads(ours).join(" / ")).collect()
    }

    /// Returns the column of ours that a head stands for.
    pub(super) fn column(&self, head: &str) -> Option<&'static str> {
        let same = bare(head);
        self.columns.iter().find(|(_, heads)| heads.iter().any(|head| bare(head) == same)).map(|(name, _)| *name)
    }

    /// Returns the columns of a file that is written by it: ours, and the head over each.
    pub fn written(&self) -> Vec<(&'static str, &str)> {
        let read = self.columns.iter().filter_map(|(name, heads)| Some((*name, heads.first()?.as_str())));
        read.chain(self.beside.iter().map(|(name, head)| (*name, head.as_str()))).collect()
    }

    /// Returns whether a head is of a column that is written and not read.
    pub(super) fn is_beside(&self, head: &str) -> bool {
        self.beside.iter().any(|(_, known)| bare(known) == bare(head))
    }

    /// Returns the word for where a deal stands.
    pub fn stage_word(&self, stage: CrmStage) -> &str {
        let words = self.stages.iter().find(|(known, _)| *known == stage).and_then(|(_, words)| words.first());
        words.map_or(stage.code(), String::as_str)
    }

    /// Returns where a deal stands; a word that nobody knows is that of an open one.
    pub(super) fn stage(&self, word: &str) -> CrmStage {
        let same = bare(word);
        let found = self.stages.iter().find(|(_, words)| words.iter().any(|word| bare(word) == same));
        found.map_or(CrmStage::Open, |(stage, _)| *stage)
    }
}

/// Returns the heads of a table, whatever they are: its first row.
///
/// # Errors
/// What is wrong with the file.
pub fn heads_of(input: Input) -> Result<Vec<String>, FileError> {
    let any = |head: &str| !head.is_empty();
    let role = |_: &str| table::Role::Other;
    let heads = table::Heads { known: &any, fits: &|header| header.len() > 1, role };
    let table = table::Table::open(input, table::Once::Known, &heads)?;
    Ok(table.header.iter().map(str::to_owned).collect())
}

/// Proposes a map for a file with these heads: what is known of the maps that come with the program and of the bulk CSV, and the heads
/// that are left, as text that can be read as a map once it is right.
pub fn proposed<'a>(name: &str, heads: impl Iterator<Item = &'a str> + Clone) -> String {
    let maps: Vec<CrmMap> = SHIPPED.iter().filter_map(|(name, _)| CrmMap::shipped(name)).collect();
    // Of several that know a head, the one that knows most of the file.
    let knows = |map: &CrmMap| heads.clone().filter(|head| map.column(head).is_some()).count();
    let best = maps.iter().max_by_key(|map| knows(map));
    let of_bulk = |head: &str| COLUMNS.iter().find(|(_, known)| bare(known) == bare(head)).map(|(ours, _)| *ours);
    let of_maps = |head: &str| best.into_iter().chain(&maps).find_map(|map| map.column(head));
    let by_name = |head: &str| COLUMNS.iter().find(|(ours, _)| bare(ours) == bare(head)).map(|(ours, _)| *ours);
    let by_word =
        |head: &str| WORDS.iter().find(|(_, words)| words.split(',').any(|word| bare(word) == bare(head))).map(|(ours, _)| *ours);
    let column = |head: &str| {
        of_maps(head).or_else(|| of_bulk(head)).or_else(|| by_name(head)).or_else(|| by_word(head)).or_else(|| of_company(head))
    };
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for head in heads.clone().filter(|head| !head.trim().is_empty()) {
        match column(head) {
            Some(ours) if taken.iter().all(|(known, _)| *known != ours) => taken.push((ours, head)),
            _ => left.push(head),
        }
    }
    let quoted = |text: &str| Value::from(text).to_string();
    let mut text = format!("name = {}\n\n[columns]\n", quoted(name));
    for (ours, head) in &taken {
        let _ = writeln!(text, "{ours} = [{}]", quoted(head));
    }
    for ours in COLUMNS.iter().map(|(ours, _)| *ours).chain([STAGE]).filter(|ours| taken.iter().all(|(known, _)| known != ours)) {
        let _ = writeln!(text, "# {ours} = []");
    }
    for head in left {
        let _ = writeln!(text, "#   {}", quoted(head));
    }
    let words = |stage: CrmStage| best.map_or(stage.code(), |map| map.stage_word(stage));
    text.push_str("\n[stages]\n");
    for stage in CrmStage::ALL {
        let _ = writeln!(text, "{} = [{}]", stage.code(), quoted(words(stage)));
    }
    let _ = writeln!(text, "\n# [written]");
    for name in BESIDE {
        let _ = writeln!(text, "# {name} = \"\"");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maps_that_come_with_the_program_are_right_and_know_their_own_heads() {
        for (name, text) in SHIPPED {
            let map = CrmMap::read(text).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
            for (ours, head) in map.written() {
                assert_eq!(map.column(head), Some(ours), "{name}: {head}");
            }
            for stage in CrmStage::ALL {
                assert_eq!(map.stage(map.stage_word(stage)), stage, "{name}");
            }
        }
        let salesforce = CrmMap::shipped("Salesforce").unwrap();
        assert_eq!((salesforce.column("billing country"), salesforce.column("Owner")), (Some("country"), None));
        assert_eq!((salesforce.stage("Negotiation/Review"), salesforce.stage("closed won")), (CrmStage::Open, CrmStage::Won));
    }

    #[test]
    fn everything_wrong_with_a_map_is_told_at_once() {
        let wrong = CrmMap::read(
            "nam = 'x'\n[columns]\nname = 3\ncustmer = 'Account'\nvalue = ['A']\nclose = ['a']\n[stages]\nwin = 'x'\n",
        )
        .unwrap_err();
        assert_eq!(
            wrong,
            [
                CrmMapError::Unknown { key: "nam".into(), meant: Some("name") },
                CrmMapError::Unknown { key: "columns.custmer".into(), meant: Some("customer") },
                CrmMapError::Unknown { key: "stages.win".into(), meant: Some("won") },
                CrmMapError::Value { key: "columns.name".into(), value: "3".into() },
                CrmMapError::Missing("name"),
                CrmMapError::Missing("customer"),
                CrmMapError::Twice("a".into()),
            ]
        );
        assert!(matches!(CrmMap::read("name = \n").unwrap_err()[..], [CrmMapError::Syntax { line: 1, .. }]));
        let wrong = CrmMap::read("[columns]\nname = 'A'\ncustomer = 'B'\n[written]\nownr = 'C'\nowner = 1\ncontact = 'b'\n");
        let unknown = CrmMapError::Unknown { key: "written.ownr".into(), meant: Some("owner") };
        let value = CrmMapError::Value { key: "written.owner".into(), value: "1".into() };
        assert_eq!(wrong.unwrap_err(), [unknown, value, CrmMapError::Twice("b".into())]);
    }

    #[test]
    fn a_map_is_proposed_from_the_heads_of_a_file_and_can_be_read() {
        let heads = ["Opportunity ID", "Opportunity Name", "Account Name", "Amount", "Close Date", "Stage", "Owner Role", "고객"];
        let text = proposed("ours", heads.into_iter());
        let map = CrmMap::read(&text).unwrap_or_else(|wrong| panic!("{wrong:?}\n{text}"));
        for (head, ours) in heads.iter().zip(["crm", "name", "customer", "value", "close", "stage"]) {
            assert_eq!(map.column(head), Some(ours), "{head}");
        }
        assert!(
            text.contains("# country = []") && text.contains("#   \"Owner Role\"") && text.contains("#   \"고객\""),
            "{text}"
        );
        assert_eq!(map.stage("Closed Lost"), CrmStage::Lost);
    }

    #[test]
    fn heads_in_korean_japanese_and_chinese_are_proposed_as_well() {
        let ours = ["crm", "name", "customer", "value", "currency", "close", "stage", "country"];
        for heads in [
            "기회 ID,영업기회명,고객사,금액,통화,마감일,단계,국가",
            "商談ID,商談名,取引先名,金額,通貨,完了予定日,フェーズ,国",
            "商机ID,商机名称,客户名称,预计金额,币种,预计结束日期,阶段,国家",
            "商機ID,商機名稱,客戶名稱,預計金額,幣別,預計結束日期,階段,國家",
        ] {
            let map = CrmMap::read(&proposed("ours", heads.split(','))).unwrap_or_else(|wrong| panic!("{heads}: {wrong:?}"));
            for (head, ours) in heads.split(',').zip(ours) {
                assert_eq!(map.column(head), Some(ours), "{head}");
            }
        }
    }
}

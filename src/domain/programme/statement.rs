//! What the documents of the programme say, statement by statement, with their days and sources; how a question finds one is `explain.rs`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::topic::Topic;
use crate::domain::date::Date;

const DOCUMENTS: &str = include_str!("../../../assets/programme/documents.toml");
const TOPICS: &str = include_str!("../../../assets/programme/topics.toml");
const STATEMENTS: [&str; 6] = [
    include_str!("../../../assets/programme/statements/mg.toml"),
    include_str!("../../../assets/programme/statements/ov.toml"),
    include_str!("../../../assets/programme/statements/pe.toml"),
    include_str!("../../../assets/programme/statements/d.toml"),
    include_str!("../../../assets/programme/statements/pc.toml"),
    include_str!("../../../assets/programme/statements/cs.toml"),
];

/// What a statement can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// One of the five documents that the programme is known from.
    Document,
    /// A later page of Partner Center.
    Page,
    /// Nobody but this program: no document speaks of it.
    Program,
}

impl Source {
    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Page => "page",
            Self::Program => "program",
        }
    }
}

/// A document that statements come from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub id: String,
    pub kind: Source,
    /// In English.
    pub title: String,
    /// In its own language, where that is not English.
    pub local: Option<String>,
    /// The tag of the language it is written in.
    pub language: String,
    /// The day it is of, or the month or year where no more is known.
    pub date: Option<String>,
}

/// One statement, in our own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// `MG-57`.
    pub number: String,
    /// The words of the topics that it speaks of.
    pub topics: Vec<String>,
    pub text: String,
    /// Terms of the document's own language that find it.
    pub local: Option<String>,
    /// The document that says it first.
    pub document: String,
    /// Later versions of the document that say it again.
    pub again: Vec<String>,
    /// Documents that say otherwise, where it is about a disagreement (D-01 to D-17).
    pub against: Vec<String>,
    /// The statements of later documents that say otherwise.
    pub instead: Vec<String>,
    /// The first day of it; what only this program says has none.
    pub from: Option<Date>,
    /// The first day on which it is said no more.
    pub until: Option<Date>,
}

/// How a statement stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    InForce,
    /// It was said before, and is not any more.
    Past,
    /// It is said only later.
    Ahead,
}

impl Statement {
    pub fn standing(&self, day: Date) -> Standing {
        match (self.from, self.until) {
            (Some(from), _) if day < from => Standing::Ahead,
            (_, Some(until)) if until <= day => Standing::Past,
            _ => Standing::InForce,
        }
    }

    pub fn is_about(&self, topic: &str) -> bool {
        self.topics.iter().any(|about| about == topic)
    }
}

/// What is wrong with the files of statements: all of it is told at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("{0}")]
    Toml(String),
    #[error("{number} names {named}, which there is not")]
    Unknown { number: String, named: String },
    #[error("{0} is there twice")]
    Twice(String),
    #[error("{0} has no document, no topic, or no first day")]
    Bare(String),
    #[error("{0} ends before it begins")]
    Days(String),
}

/// All documents, topics and statements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statements {
    pub documents: Vec<Document>,
    pub topics: Vec<Topic>,
    pub all: Vec<Statement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentFile {
    document: Vec<Document>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicFile {
    topics: Vec<Topic>,
}

/// A file of statements: what its first lines say holds for every statement that does not say otherwise itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementFile {
    document: Option<String>,
    from: Option<Date>,
    #[serde(default)]
    again: Vec<String>,
    statement: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    number: String,
    topics: Vec<String>,
    text: String,
    local: Option<String>,
    document: Option<String>,
    again: Option<Vec<String>>,
    #[serde(default)]
    against: Vec<String>,
    #[serde(default)]
    instead: Vec<String>,
    from: Option<Date>,
    until: Option<Date>,
}

impl Statements {
    /// Returns what comes with the program.
    pub fn shipped() -> Self {
        // A test reads the same files: what is wrong in them does not get past it.
        Self::read(DOCUMENTS, TOPICS, &STATEMENTS).unwrap_or_default()
    }

    /// Reads documents, topics and statements.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn read(documents: &str, topics: &str, statements: &[&str]) -> Result<Self, Vec<Wrong>> {
        let unread = |error: toml::de::Error| vec![Wrong::Toml(error.to_string())];
        let documents: DocumentFile = toml::from_str(documents).map_err(unread)?;
        let topics: TopicFile = toml::from_str(topics).map_err(unread)?;
        let mut all = Vec::new();
        for file in statements {
            let file: StatementFile = toml::from_str(file).map_err(unread)?;
            let StatementFile { document, from, again, statement } = file;
            all.extend(statement.into_iter().map(|written| whole(written, document.as_deref(), from, &again)));
        }
        let read = Self { documents: documents.document, topics: topics.topics, all };
        let wrong = read.wrong();
        if wrong.is_empty() { Ok(read) } else { Err(wrong) }
    }

    fn wrong(&self) -> Vec<Wrong> {
        let documents: BTreeMap<&str, Source> = self.documents.iter().map(|one| (one.id.as_str(), one.kind)).collect();
        let topics: BTreeSet<&str> = self.topics.iter().map(|topic| topic.id.as_str()).collect();
        let numbers: BTreeSet<&str> = self.all.iter().map(|statement| statement.number.as_str()).collect();
        let mut wrong = twice(self.documents.iter().map(|one| one.id.as_str()));
        wrong.extend(twice(self.topics.iter().map(|one| one.id.as_str())));
        wrong.extend(twice(self.all.iter().map(|one| one.number.as_str())));
        for one in &self.all {
            let of_documents = [&one.document].into_iter().chain(&one.again).chain(&one.against);
            let unknown = of_documents
                .filter(|id| !documents.contains_key(id.as_str()))
                .chain(one.topics.iter().filter(|id| !topics.contains(id.as_str())))
                .chain(one.instead.iter().filter(|number| !numbers.contains(number.as_str())));
            wrong.extend(unknown.map(|named| Wrong::Unknown { number: one.number.clone(), named: named.clone() }));
            let is_ours = documents.get(one.document.as_str()) == Some(&Source::Program);
            if one.document.is_empty() || one.topics.is_empty() || (one.from.is_none() && !is_ours) {
                wrong.push(Wrong::Bare(one.number.clone()));
            }
            if one.from.zip(one.until).is_some_and(|(from, until)| until <= from) {
                wrong.push(Wrong::Days(one.number.clone()));
            }
        }
        wrong
    }

    /// Returns the statement of a number as it stands in the files: `MG-57`.
    pub fn by_number(&self, number: &str) -> Option<&Statement> {
        self.all.iter().find(|statement| statement.number == number)
    }

    /// Returns what is said of a topic, in the order of the documents.
    pub fn about<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Statement> {
        self.all.iter().filter(move |statement| statement.is_about(topic))
    }

    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }
}

fn whole(written: Written, document: Option<&str>, from: Option<Date>, again: &[String]) -> Statement {
    let Written { number, topics, text, local, document: own, again: own_again, against, instead, from: own_from, until } =
        written;
    Statement {
        number,
        topics,
        text,
        local,
        document: own.or_else(|| document.map(str::to_owned)).unwrap_or_default(),
        again: own_again.unwrap_or_else(|| again.to_vec()),
        against,
        instead,
        from: own_from.or(from),
        until,
    }
}

fn twice<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Wrong> {
    let mut seen = BTreeSet::new();
    names.filter(|name| !seen.insert(*name)).map(|name| Wrong::Twice(name.to_owned())).collect()
}

#[cfg(test)]
mod tests;

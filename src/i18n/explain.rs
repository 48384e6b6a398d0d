//! Statements of the programme in words: where one comes from, until when it was said, and what says otherwise.

use super::Sentences;
use crate::domain::date::Date;
use crate::domain::programme::statement::{Document, Source, Standing, Statement, Statements};

/// A statement as it is told on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldStatement {
    pub number: String,
    pub text: String,
    /// The document with its date, and later versions that say it again.
    pub source: String,
    /// When it begins or ends, and what says otherwise, with the days of both.
    pub otherwise: Option<String>,
    pub standing: Standing,
}

impl Sentences {
    /// Tells a statement as it stands on a day, with where it comes from and what a later document says instead.
    pub fn told_statement(&self, statements: &Statements, one: &Statement, day: Date) -> ToldStatement {
        let standing = one.standing(day);
        let parts = [self.begins(one, standing), self.says_otherwise(statements, one)];
        let otherwise: Vec<String> = parts.into_iter().flatten().collect();
        ToldStatement {
            number: one.number.clone(),
            text: one.text.clone(),
            source: self.source_of(statements, one),
            otherwise: (!otherwise.is_empty()).then(|| otherwise.join(" ")),
            standing,
        }
    }

    fn begins(&self, one: &Statement, standing: Standing) -> Option<String> {
        one.from.filter(|_| standing == Standing::Ahead).map(|from| self.explain_ahead(from.to_string()))
    }

    fn says_otherwise(&self, statements: &Statements, one: &Statement) -> Option<String> {
        let later: Vec<&Statement> = one.instead.iter().filter_map(|number| statements.by_number(number)).collect();
        let named = |one: &&Statement| self.explain_other(&one.number, self.document_of(statements, &one.document));
        let others = later.iter().map(named).collect::<Vec<_>>().join("; ");
        match (one.until, later.iter().filter_map(|one| one.from).min()) {
            (Some(until), _) => Some(self.explain_until(until.to_string(), others)),
            (None, Some(from)) => Some(self.explain_otherwise(from.to_string(), others)),
            (None, None) => None,
        }
    }

    fn source_of(&self, statements: &Statements, one: &Statement) -> String {
        let itself = self.document_of(statements, &one.document);
        let dates = |ids: &[String]| -> Vec<String> {
            ids.iter().filter_map(|id| statements.document(id)).filter_map(|document| document.date.clone()).collect()
        };
        let again = dates(&one.again);
        let against: Vec<String> =
            one.against.iter().filter(|id| **id != one.document).map(|id| self.document_of(statements, id)).collect();
        match (again.is_empty(), against.is_empty()) {
            (false, _) => self.explain_again(again.join(", "), itself),
            (true, false) => self.explain_against(against.join("; "), itself),
            (true, true) => itself,
        }
    }

    fn document_of(&self, statements: &Statements, id: &str) -> String {
        statements.document(id).map_or_else(|| id.to_owned(), |document| self.dated_document(document))
    }

    /// Names a document with its date; a page of Partner Center as one.
    pub fn dated_document(&self, document: &Document) -> String {
        match (document.kind, &document.date) {
            (Source::Document, Some(date)) => self.explain_document(date, &document.title),
            (Source::Page, Some(date)) => self.explain_page(date, &document.title),
            _ => self.explain_program(),
        }
    }
}

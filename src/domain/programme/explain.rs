//! What a question about the programme leads to: a number, a topic by any of its words, or the statements that have the words.

use super::statement::{Statement, Statements};
use super::topic::Topic;
use crate::domain::date::Date;
use crate::domain::fold::{bare, fold};

/// What a question leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<'a> {
    /// One statement by its number, and those that it says otherwise than, or that say otherwise than it.
    Number(Vec<&'a Statement>),
    /// Topics that are called so, and what has the words without being about one of them.
    Topics(Vec<&'a Topic>, Vec<&'a Statement>),
    /// What has the words; what has them itself comes before what its topics have.
    Words(Vec<&'a Statement>),
    /// Nothing: topics that are called nearly so.
    Nothing(Vec<&'a Topic>),
}

/// So many topics are named where none is called so.
const NEAR: usize = 3;

impl Statements {
    /// Returns what a question leads to: a number first, then a topic, then words.
    pub fn ask(&self, question: &str) -> Answer<'_> {
        if let Some(one) = number(question).and_then(|number| self.by_number(&number)) {
            return Answer::Number(self.with_others(one));
        }
        let called: Vec<&Topic> = self.topics.iter().filter(|topic| topic.is_called(question)).collect();
        if !called.is_empty() {
            let is_told = |one: &Statement| called.iter().any(|topic| one.is_about(&topic.id));
            let (mut elsewhere, _) = self.with_words(question);
            elsewhere.retain(|one| !is_told(one));
            return Answer::Topics(called, elsewhere);
        }
        let (mut found, mut of_topics) = self.with_words(question);
        found.append(&mut of_topics);
        if found.is_empty() { Answer::Nothing(self.near(question)) } else { Answer::Words(found) }
    }

    /// Returns a statement, then those that say otherwise than it, and those than which it says otherwise.
    fn with_others<'a>(&'a self, one: &'a Statement) -> Vec<&'a Statement> {
        let otherwise = |other: &&Statement| one.instead.contains(&other.number) || other.instead.contains(&one.number);
        [one].into_iter().chain(self.all.iter().filter(otherwise)).collect()
    }

    /// Returns what is said of topics, one after the other, each statement once; of each topic what is in force on the day comes first.
    pub fn chapters<'a>(&'a self, topics: &[&'a Topic], day: Date) -> Vec<(&'a Topic, Vec<&'a Statement>)> {
        let mut told: Vec<&str> = Vec::new();
        let mut chapters = Vec::new();
        for topic in topics {
            let fresh = |one: &&Statement| !told.contains(&one.number.as_str());
            let mut said: Vec<&Statement> = self.about(&topic.id).filter(fresh).collect();
            said.sort_by_key(|one| one.standing(day));
            told.extend(said.iter().map(|one| one.number.as_str()));
            if !said.is_empty() {
                chapters.push((*topic, said));
            }
        }
        chapters
    }

    /// Returns the statements that have all words of a question themselves (in their text, their number, the terms of their document),
    /// and those that have them with the words of their topics.
    fn with_words(&self, question: &str) -> (Vec<&Statement>, Vec<&Statement>) {
        let words: Vec<String> = fold(question).split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let (mut own, mut of_topics) = (Vec::new(), Vec::new());
        for one in &self.all {
            let itself = fold(&format!("{} {} {}", one.number, one.text, one.local.as_deref().unwrap_or_default()));
            if words.iter().all(|word| has(&itself, word)) {
                own.push(one);
                continue;
            }
            let topics = one.topics.iter().filter_map(|id| self.topic(id)).flat_map(Topic::words);
            let around: Vec<String> = topics.map(fold).collect();
            if words.iter().all(|word| has(&itself, word) || around.iter().any(|topic| has(topic, word))) {
                of_topics.push(one);
            }
        }
        (own, of_topics)
    }

    /// Returns the topics of which one word has all words of a question, as far as they are typed.
    pub fn topics_with(&self, question: &str) -> Vec<&Topic> {
        let words: Vec<String> = fold(question).split_whitespace().map(str::to_owned).collect();
        let has_all = |topic: &&Topic| topic.words().map(fold).any(|called| words.iter().all(|word| has(&called, word)));
        self.topics.iter().filter(has_all).collect()
    }

    /// Returns the topics with a word that is nearly what was asked for, the nearest first.
    fn near(&self, question: &str) -> Vec<&Topic> {
        let asked = bare(question);
        let length = asked.chars().count();
        let most = length / 3 + 1;
        // Of two letters, two that are wrong are not nearly the same.
        let distance = |word: &str| {
            let word = bare(word);
            let wrong = strsim::damerau_levenshtein(&asked, &word);
            (wrong <= most && wrong * 2 < length.min(word.chars().count())).then_some(wrong)
        };
        let nearest = |topic: &Topic| topic.words().filter_map(distance).min();
        let mut near: Vec<(usize, &Topic)> = self.topics.iter().filter_map(|topic| Some((nearest(topic)?, topic))).collect();
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().map(|(_, topic)| topic).take(NEAR).collect()
    }
}

/// Returns whether folded text has a folded word: where letters have blanks between words, at the beginning of one.
fn has(text: &str, word: &str) -> bool {
    let spaced = word.starts_with(|c: char| c.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, _)| !spaced || !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Reads a number as people write it: `mg57`, `MG 57`, `OV-7`.
fn number(question: &str) -> Option<String> {
    let plain = bare(question);
    let digits = plain.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let kind = plain.strip_suffix(digits)?;
    let number: u16 = digits.parse().ok()?;
    (!kind.is_empty()).then(|| format!("{}-{number:02}", kind.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(statements: &[&Statement]) -> Vec<String> {
        statements.iter().map(|one| one.number.clone()).collect()
    }

    fn topics(answer: &Answer<'_>) -> Vec<String> {
        match answer {
            Answer::Topics(topics, _) | Answer::Nothing(topics) => topics.iter().map(|topic| topic.id.clone()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_number_leads_to_its_statement_and_to_what_says_otherwise() {
        let statements = Statements::shipped();
        for asked in ["MG-57", "mg-57", "MG57", " mg 57 "] {
            assert!(matches!(&statements.ask(asked), Answer::Number(found) if numbers(found) == ["MG-57"]), "{asked}");
        }
        for (asked, expected) in
            [("MG-05", &["MG-05", "PC-01"][..]), ("ov-31", &["OV-31", "PE-07", "PE-08", "D-01"]), ("D-1", &["D-01", "OV-31"])]
        {
            assert!(matches!(&statements.ask(asked), Answer::Number(found) if numbers(found) == expected), "{asked}");
        }
        assert!(matches!(statements.ask("MG-99"), Answer::Nothing(_)));
    }

    #[test]
    fn a_topic_is_found_in_the_languages_of_the_documents() {
        let statements = Statements::shipped();
        for (asked, expected) in [
            ("거절", "decline"),
            ("拒绝", "decline"),
            ("받음", "stage.received"),
            ("受諾", "stage.accepted"),
            ("수락", "accept"),
            ("no-response", "reason.no-response"),
            ("고객이 응답하지 않음", "reason.no-response"),
            ("notes", "field.deal.notes"),
            ("メモ", "field.deal.notes"),
            ("D-U-N-S 번호", "field.customer.duns"),
            ("ProofOfConceptOrDemo", "help.ProofOfConceptOrDemo"),
            ("40 %", "sales-stage.40"),
            ("共同販売の準備完了", "status.coSellReady"),
            ("MACC", "benefit.consumptionCommitment"),
        ] {
            assert!(topics(&statements.ask(asked)).contains(&expected.to_owned()), "{asked}");
        }
    }

    #[test]
    fn every_word_of_a_topic_leads_to_it() {
        let statements = Statements::shipped();
        for topic in &statements.topics {
            for word in topic.words() {
                assert!(topics(&statements.ask(word)).contains(&topic.id), "{word} leads to {}", topic.id);
            }
        }
    }

    #[test]
    fn words_find_statements_by_their_text_and_by_the_terms_of_their_topics() {
        let statements = Statements::shipped();
        let found = |asked: &str| match statements.ask(asked) {
            Answer::Words(found) => numbers(&found),
            other => panic!("{asked}: {other:?}"),
        };
        assert_eq!(found("service fee falls")[..2], ["OV-31", "PE-07"]);
        assert!(found("문제 종").contains(&"MG-63".to_owned()), "by the term of the document");
        assert!(found("heart row").contains(&"MG-18".to_owned()));
        assert!(!found("ip solutions").contains(&"MG-13".to_owned()), "a word begins where it stands");
    }

    #[test]
    fn what_is_nearly_called_so_is_named_and_the_rest_is_not() {
        let statements = Statements::shipped();
        assert_eq!(topics(&statements.ask("regstration"))[0], "registration");
        assert_eq!(topics(&statements.ask("xyzzyplugh")), [""; 0]);
        assert_eq!(topics(&statements.ask("")), [""; 0]);
    }

    #[test]
    fn each_statement_is_told_once_and_what_is_in_force_on_the_day_first() {
        let statements = Statements::shipped();
        let fee = statements.topic("benefit.serviceFee10").unwrap();
        let azure = statements.topic("status.azureIpCoSell").unwrap();
        let on = |day: &str| statements.chapters(&[fee, azure], Date::iso(day).unwrap());
        assert_eq!(numbers(&on("2020-06-01")[0].1)[..2], ["PE-07", "PE-08"]);
        assert_eq!(numbers(&on("2021-07-12")[0].1), ["OV-31", "PE-07", "PE-08", "D-01"]);
        assert_eq!(numbers(&on("2021-07-13")[0].1), ["D-01", "OV-31", "PE-07", "PE-08"]);
        assert!(!numbers(&on("2021-07-13")[1].1).contains(&"OV-31".to_owned()), "it was told already");
    }
}

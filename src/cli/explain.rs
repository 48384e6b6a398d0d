//! `cosell explain`: what a field, stage, reason, status or benefit means, statement by statement, each with its document and day.

use std::sync::Arc;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use super::args::option;
use super::output::Column;
use super::review::ROOM;
use super::{Context, Exit, Failure};
use crate::domain::date::Date;
use crate::domain::period::Period;
use crate::domain::programme::explain::Answer;
use crate::domain::programme::statement::{Standing, Statement, Statements};
use crate::domain::programme::topic::Topic;
use crate::i18n::{Said, Sentences};
use crate::width::{left, width, wrap};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    command.arg(Arg::new("topic").value_name("TOPIC").num_args(0..).help(s.command_explain_topic())).arg(option(
        "as-of",
        "DAY",
        s.command_explain_as_of(),
    ))
}

/// What is told under one heading.
struct Part<'a> {
    title: String,
    /// The topic that led here; where a number or words did, each statement's own first one stands for it.
    topic: Option<&'a str>,
    statements: Vec<&'a Statement>,
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let words: Vec<&str> = matches.get_many::<String>("topic").into_iter().flatten().map(String::as_str).collect();
    let question = words.join(" ");
    let day = day(context, matches)?;
    let statements = Statements::shipped();
    if question.trim().is_empty() {
        return list(context, &statements);
    }
    let parts = parts(context, &statements, &question, day)?;
    if context.output.json {
        let all = parts.iter().flat_map(|part| part.statements.iter().map(|one| to_json(&statements, one, part.topic, day)));
        context.output.json(&Value::from(all.collect::<Vec<_>>()))?;
        return Ok(Exit::Done);
    }
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            context.output.line("")?;
        }
        tell(context, &statements, part, day)?;
    }
    Ok(Exit::Done)
}

/// Returns the day that the documents are asked for; today, where none was given.
fn day(context: &Context<'_>, matches: &ArgMatches) -> Result<Date, Failure> {
    let today = context.clock.moment().today;
    let Some(typed) = matches.get_one::<String>("as-of") else { return Ok(*today) };
    let s = &context.sentences;
    let wrong = || Failure::usage(Said::new("as-of", s.as_of_wrong(typed), s.as_of_wrong_hint()));
    Period::typed(typed, today).map(|period| period.last).ok_or_else(wrong)
}

fn parts<'a>(context: &Context<'_>, statements: &'a Statements, question: &str, day: Date) -> Result<Vec<Part<'a>>, Failure> {
    let s = &context.sentences;
    Ok(match statements.ask(question) {
        Answer::Number(found) => {
            let title = s.explain_number(found.first().map_or("", |one| one.number.as_str()));
            vec![Part { title, topic: None, statements: found }]
        }
        Answer::Words(found) => vec![Part { title: s.explain_words(), topic: None, statements: found }],
        Answer::Topics(topics, elsewhere) => {
            let chapters = statements.chapters(&topics, day).into_iter();
            let part = |(topic, statements): (&'a Topic, _)| Part {
                title: s.explain_title(&topic.name, &topic.id),
                topic: Some(topic.id.as_str()),
                statements,
            };
            let last = Part { title: s.explain_elsewhere(), topic: None, statements: elsewhere };
            chapters.map(part).chain((!last.statements.is_empty()).then_some(last)).collect()
        }
        Answer::Nothing(near) => {
            let names: Vec<&str> = near.iter().map(|topic| topic.id.as_str()).collect();
            let hint = if names.is_empty() { s.explain_near_none() } else { s.explain_near(names.join(", ")) };
            return Err(Failure::Refused(vec![Said::new("no-topic", s.explain_nothing(question), hint)]));
        }
    })
}

fn tell(context: &mut Context<'_>, statements: &Statements, part: &Part<'_>, day: Date) -> Result<(), Failure> {
    let s = Arc::clone(&context.sentences);
    context.output.line(&part.title)?;
    let numbers = part.statements.iter().map(|one| width(&one.number)).max().unwrap_or(0);
    let room = context.output.columns.unwrap_or(ROOM).saturating_sub(numbers + 4).max(20);
    for one in &part.statements {
        let told = s.told_statement(statements, one, day);
        let below = [Some(told.source), told.otherwise].into_iter().flatten().flat_map(|text| wrap(&text, room));
        let lines = wrap(&told.text, room).into_iter().chain(below.map(|line| format!("  {line}")));
        for (at, line) in lines.enumerate() {
            let number = if at == 0 { told.number.as_str() } else { "" };
            context.output.line(&format!("  {}  {line}", left(number, numbers)))?;
        }
    }
    Ok(())
}

fn to_json(statements: &Statements, one: &Statement, topic: Option<&str>, day: Date) -> Value {
    let document = statements.document(&one.document);
    json!({
        "number": one.number,
        "topic": topic.or(one.topics.first().map(String::as_str)),
        "topics": one.topics,
        "text": one.text,
        "document": document.map(|document| document.title.as_str()),
        "documentId": one.document,
        "kind": document.map(|document| document.kind.code()),
        "date": document.and_then(|document| document.date.as_deref()),
        "from": one.from,
        "until": one.until,
        "inForce": one.standing(day) == Standing::InForce,
        "instead": one.instead,
    })
}

/// Lists all topics, with how much is said of each.
fn list(context: &mut Context<'_>, statements: &Statements) -> Result<Exit, Failure> {
    let said = |topic: &Topic| statements.about(&topic.id).count();
    if context.output.json {
        let topic = |topic: &Topic| json!({ "topic": topic.id, "name": topic.name, "statements": said(topic) });
        context.output.json(&Value::from(statements.topics.iter().map(topic).collect::<Vec<_>>()))?;
        return Ok(Exit::Done);
    }
    let s = Arc::clone(&context.sentences);
    let columns = [
        Column::text(s.explain_column_topic(), false),
        Column::text(s.explain_column_name(), true),
        Column { head: s.explain_column_statements(), number: true, gives: false },
    ];
    let row = |topic: &Topic| vec![topic.id.clone(), topic.name.clone(), s.number(said(topic) as u64)];
    let rows: Vec<Vec<String>> = statements.topics.iter().map(row).collect();
    context.output.table(&columns, &rows)?;
    Ok(Exit::Done)
}

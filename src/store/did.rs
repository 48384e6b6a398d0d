//! What a step did to a registration or a lead, as a word: it follows from how that stood before and after.

use serde::de::DeserializeOwned;

use super::record::RecordKind;
use crate::domain::lead::Lead;
use crate::domain::programme::registration::Registration;

/// Returns the word for what became of a record; `None` where no more is to be said than that it was made, changed or removed.
pub(super) fn did(kind: &str, before: Option<&str>, after: Option<&str>) -> Option<String> {
    let word = if kind == RecordKind::Registration.code() {
        registration(&read(before).unwrap_or_default(), &read(after)?)
    } else if kind == RecordKind::Lead.code() {
        lead(read(before).as_ref(), &read(after)?)
    } else {
        None
    };
    word.map(str::to_owned)
}

fn read<T: DeserializeOwned>(text: Option<&str>) -> Option<T> {
    serde_json::from_str(text?).ok()
}

fn registration(before: &Registration, after: &Registration) -> Option<&'static str> {
    let is_new = *before == Registration::default();
    match after.state() {
        _ if after.written.is_some() && after.written != before.written => Some("written"),
        _ if after.errors.is_some() && after.errors != before.errors => Some("refused"),
        Some(state) if before.state() != Some(state) => Some(state.code()),
        _ if before.written.is_some() && after.written.is_none() && after.waits => Some("forgotten"),
        _ if !is_new && (after.contract != before.contract || after.told != before.told) => Some("changed"),
        _ => None,
    }
}

fn lead(before: Option<&Lead>, after: &Lead) -> Option<&'static str> {
    let Some(before) = before else { return Some("new") };
    let has_come = before.rows != after.rows || before.told != after.told;
    match &after.written {
        Some(written) if before.written.as_ref() != Some(written) && !has_come => Some("written"),
        _ if after.error.is_some() && after.error != before.error => Some("refused"),
        None if before.written.is_some() && has_come => Some("answered"),
        None if before.written.is_some() => Some("forgotten"),
        _ if has_come => Some("imported"),
        _ if after.stage() != before.stage() => Some(after.stage().code()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instant::Timestamp;
    use crate::domain::programme::registration::Written;
    use crate::domain::programme::registration::state::{Entered, RegistrationState};
    use crate::domain::text::{Line, Notes};

    #[test]
    fn what_is_done_to_a_lead_and_what_comes_of_it_have_words_of_their_own() {
        let told = |stage: &str| format!(r#"{{"id":"L-1","values":{{"stage":"{stage}"}},"told":{{}},"rows":{{}}}}"#);
        let sent = told("accepted").replace("\"rows\"", r#""written":{"file":"l.csv","on":"2026-11-21","values":{}},"rows""#);
        let answered = told("accepted").replace("\"told\":{}", r#""told":{"stage":"accepted"}"#);
        for (before, after, word) in [
            (None, told("received"), Some("new")),
            (Some(told("received")), told("accepted"), Some("accepted")),
            (Some(told("accepted")), sent.clone(), Some("written")),
            (Some(sent.clone()), answered.clone(), Some("answered")),
            (Some(sent), told("accepted"), Some("forgotten")),
            (Some(told("accepted")), answered, Some("imported")),
            (Some(told("accepted")), told("accepted").replace("{\"stage", r#"{"notes":"x","stage"#), None),
        ] {
            assert_eq!(did("lead", before.as_deref(), Some(&after)).as_deref(), word, "{before:?} → {after}");
        }
    }

    #[test]
    fn each_thing_that_happens_to_a_registration_has_its_word() {
        let told = Registration { waits: true, ..Registration::default() };
        let file = Written { at: Timestamp::from_micros(0), file: Line::parse("r-1.csv").unwrap() };
        let written = Registration { waits: false, written: Some(file), ..told.clone() };
        let refused = Registration { written: None, errors: Notes::parse("too low").ok(), ..written.clone() };
        let on = crate::domain::date::Date::iso("2026-11-21").unwrap();
        let states = vec![Entered::told(RegistrationState::ReviewPassed, on)];
        let passed = Registration { written: None, states, ..written.clone() };
        let mut other = told.clone();
        other.told.managed = Some(true);
        let text = |of: &Registration| serde_json::to_string(of).unwrap();
        for (before, after, word) in [
            (&told, &written, "written"),
            (&written, &refused, "refused"),
            (&written, &passed, "reviewPassed"),
            (&written, &told, "forgotten"),
            (&told, &other, "changed"),
        ] {
            assert_eq!(did("registration", Some(&text(before)), Some(&text(after))).as_deref(), Some(word));
        }
        assert_eq!((did("registration", None, Some(&text(&told))), did("offer", None, Some("{}"))), (None, None));
    }
}

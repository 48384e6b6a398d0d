//! Values of fields in words, from the plain form that history and conflicts keep them in.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::sentences::Sentences;
use crate::domain::contact::Person;
use crate::domain::customer::{Address, Country, NAME_LANGUAGES};
use crate::domain::deadline::Deadline;
use crate::domain::field::{Field, Named};
use crate::domain::instant::Timestamp;
use crate::domain::money::Money;
use crate::domain::opportunity::{Help, Kind, Origin, Partner};
use crate::domain::ours::{LogNote, NextStep};
use crate::domain::solution::Solution;
use crate::domain::stage::Stage;
use crate::domain::text::Line;
use crate::store::{Conflict, Entry};

impl Sentences {
    /// Returns what was changed on one line: the field, its new and its old value.
    pub fn changed(&self, field: &Named, old: &Value, new: &Value) -> String {
        let value = |value: &Value| match field {
            Named::Known(field) => self.value(*field, value),
            Named::Foreign(_) if value.is_null() => self.none(),
            Named::Foreign(_) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        };
        // A deadline that moved is no other stage.
        if let (Named::Known(Field::Stage), Some(new), Some(old)) = (field, deadline_of(new), deadline_of(old)) {
            return self.change_line(self.deadline_field(), self.deadline(new), self.deadline(old));
        }
        if let Named::Known(grown) = field
            && grown.grows()
        {
            return match (new.as_array().is_some_and(Vec::is_empty), old.as_array().is_some_and(Vec::is_empty)) {
                (false, true) => self.change_added(self.named(field), value(new)),
                (true, false) => self.change_taken(self.named(field), value(old)),
                _ => self.change_line(self.named(field), value(new), value(old)),
            };
        }
        self.change_line(self.named(field), value(new), value(old))
    }

    /// Says a deadline to the minute, and whether it is the latest that it can be.
    fn deadline(&self, deadline: Deadline) -> String {
        let at = deadline.at.utc().format("%Y-%m-%d %H:%M UTC");
        if deadline.is_known() { at.to_string() } else { format!("≤ {at}") }
    }

    /// Says on one line each what a step changed of an opportunity, and what became of its conflicts.
    pub fn entry_lines(&self, entry: &Entry) -> Vec<String> {
        let changes = entry.changes.iter().map(|(field, old, new)| self.changed(field, old, new));
        let conflicts = entry.conflicts.iter().map(|(field, conflict)| {
            let name = self.field(*field);
            match conflict {
                Conflict::Raised(theirs) => self.conflict_raised(name, self.value(*field, theirs)),
                Conflict::Ours => self.conflict_ours(name),
                Conflict::Over => self.conflict_over(name),
            }
        });
        let refusal = entry.refusal.as_ref().map(|message| self.history_refused(message));
        changes.chain(conflicts).chain(refusal).collect()
    }

    /// Returns a kept value on one line; `none` for nothing.
    pub fn value(&self, field: Field, value: &Value) -> String {
        if value.is_null() {
            return self.none();
        }
        let words = match field {
            Field::Stage => read(value).map(|stage: Stage| self.stage_and_outcome(&stage)),
            Field::Value => read(value).map(|money: Money| self.money(money)),
            Field::Contact => read(value).map(|person: Person| person_line(&person)),
            Field::Employees => read(value).map(|people: Vec<Person>| self.list(people.iter().map(person_line))),
            Field::Solutions => read(value).map(|list: Vec<Solution>| self.list(list.iter().map(|s| s.id.to_string()))),
            Field::Address => read(value).map(|address: Address| address_line(&address)),
            Field::Help => read(value).map(|help: Help| help.kind.map_or_else(|| self.yes(), |kind| self.help_kind(kind))),
            Field::Partner => read(value).map(|partner: Partner| format!("{}: {}", partner.organization, partner.brings)),
            Field::Kind => read(value).map(|kind: Kind| self.kind(kind)),
            Field::Origin => read(value).map(|origin: Origin| match origin {
                Origin::Inbound { sender } => format!("{} ({})", self.inbound(), sender.organization),
                Origin::Outbound => self.outbound(),
            }),
            Field::CreatedAt => read(value).map(|at: Timestamp| at.to_string()),
            Field::Favorite => read(value).map(|yes: bool| if yes { self.yes() } else { self.no() }),
            Field::SalesStage => Some(format!("{value} %")),
            Field::Next => read(value).map(|next: NextStep| self.next_line(next.on.to_string(), next.text.as_str())),
            Field::Log => read(value).map(|notes: Vec<LogNote>| self.list(notes.iter().map(|note| one_line(note.text.as_str())))),
            _ => value.as_str().map(one_line),
        };
        words.unwrap_or_else(|| value.to_string())
    }

    /// Returns the stage and, of an archived one, how it ended and why: `Archived: Lost (Customer did not respond)`.
    pub fn stage_and_outcome(&self, stage: &Stage) -> String {
        let name = self.stage(stage.kind());
        match stage.outcome() {
            None => name,
            Some(outcome) => {
                let reason = self.outcome_reason(outcome).map(|reason| format!(" ({reason})"));
                format!("{name}: {}{}", self.outcome(outcome.kind()), reason.unwrap_or_default())
            }
        }
    }

    /// Returns the name of a country, in the language of the screen where that is known.
    pub fn country(&self, country: Country) -> String {
        let language = NAME_LANGUAGES.iter().position(|tag| *tag == self.language().tag()).unwrap_or(0);
        country.names().nth(language).unwrap_or(country.code()).to_owned()
    }

    pub(super) fn list(&self, items: impl Iterator<Item = String>) -> String {
        let items: Vec<String> = items.collect();
        if items.is_empty() { self.none() } else { items.join("; ") }
    }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// Returns the deadline of a received one, as a kept stage has it.
fn deadline_of(stage: &Value) -> Option<Deadline> {
    match read(stage)? {
        Stage::Received { respond_by } => Some(respond_by),
        Stage::Accepted { .. } | Stage::Lapsed { .. } | Stage::Archived { .. } => None,
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

/// Returns a person on one line: name, phone, e-mail, as far as they are known.
pub fn person_line(person: &Person) -> String {
    let name = person.name();
    [name.as_str(), &person.phone, &person.email].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Returns a solution on one line: its words, then how many of it at which price, as far as they are known.
pub fn solution_line(words: String, quantity: &str, price: &str) -> String {
    let terms: Vec<&str> = [quantity, price].into_iter().filter(|part| !part.is_empty()).collect();
    if terms.is_empty() { words } else { format!("{words}  {}", terms.join(" x ")) }
}

/// Returns an address on one line, as far as it is known.
pub fn address_line(address: &Address) -> String {
    let (lines, largest_first) = address.lines();
    let lines: Vec<&str> = lines.into_iter().map(Line::as_str).collect();
    // `51543 경상남도 창원시 공단로 271`; in Latin letters blanks alone would run the parts together.
    let blank = if largest_first && !lines.iter().all(|line| line.is_ascii()) { " " } else { ", " };
    let whole = Some(lines.join(blank)).filter(|whole| !whole.is_empty());
    let country = address.country.map(|country| country.code().to_owned());
    whole.into_iter().chain(country).collect::<Vec<_>>().join(", ")
}

/// Returns where in its country somebody is: city, street, state; where the largest place comes first state, city, street.
pub fn place_line(address: &Address) -> String {
    let largest_first = address.country.is_some_and(Country::begins_with_the_largest);
    let Address { line1, city, state, .. } = address;
    let parts = if largest_first { [state, city, line1] } else { [city, line1, state] };
    parts.into_iter().flatten().map(Line::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_place_is_told_in_the_order_of_its_country() {
        let at = |country: &str| {
            let line = |text: &str| Line::parse(text).ok();
            let country = Country::parse(country).ok();
            place_line(&Address { line1: line("a"), city: line("b"), state: line("c"), country, ..Address::default() })
        };
        assert_eq!((at("KR").as_str(), at("TW").as_str(), at("US").as_str()), ("c, b, a", "c, b, a", "b, a, c"));
    }

    #[test]
    fn kept_values_are_told_in_words() {
        let english = Sentences::new(Language::ENGLISH);
        for (field, value, words) in [
            (Field::Value, json!("84000000 KRW"), "₩ 84,000,000"),
            (
                Field::Stage,
                json!({"stage": "archived", "at": null, "accepted": null, "outcome": {"kind": "lost", "reason": "budget", "note": null}}),
                "Archived: Lost (Project budget not adequate)",
            ),
            (Field::Notes, json!("two\nlines"), "two lines"),
            (Field::Name, json!(null), "none"),
            (
                Field::Employees,
                json!([{"firstName": "민준", "lastName": "김", "phone": "", "email": "m@p.example"}]),
                "김민준, m@p.example",
            ),
            (Field::Employees, json!([]), "none"),
            (Field::Favorite, json!(true), "yes"),
            (Field::SalesStage, json!(40), "40 %"),
            (Field::Kind, json!("partnerLed"), "Partner-led"),
            (Field::Origin, json!({"direction": "outbound"}), "Outbound"),
            (Field::Value, json!(7), "7"),
        ] {
            assert_eq!(english.value(field, &value), words);
        }
    }

    #[test]
    fn an_address_stands_in_the_order_of_its_country() {
        let address = |country: &str, parts: [&str; 5]| {
            let [line1, line2, city, state, postal_code] = parts.map(|part| Line::parse(part).ok());
            address_line(&Address { line1, line2, city, state, postal_code, country: Country::parse(country).ok() })
        };
        for (country, parts, expected) in [
            ("KR", ["공단로 271", "3층", "창원시", "경상남도", "51543"], "51543 경상남도 창원시 공단로 271 3층, KR"),
            ("JP", ["丸の内1-1", "", "千代田区", "東京都", "100-0005"], "100-0005 東京都 千代田区 丸の内1-1, JP"),
            ("TW", ["信義路五段7號", "", "台北市", "", ""], "台北市 信義路五段7號, TW"),
            ("KR", ["271 Gongdan-ro", "", "Changwon", "", "51543"], "51543, Changwon, 271 Gongdan-ro, KR"),
            ("US", ["1 Main St", "Floor 3", "Springfield", "IL", "62701"], "1 Main St, Floor 3, Springfield, IL, 62701, US"),
            ("CN", ["", "", "", "", ""], "CN"),
        ] {
            assert_eq!(address(country, parts), expected);
        }
    }

    #[test]
    fn a_deadline_that_was_moved_is_told_with_both_days() {
        let english = Sentences::new(Language::ENGLISH);
        let received = |at: &str, basis: &str| {
            let at = Timestamp::parse(at).unwrap().micros();
            json!({"stage": "received", "respondBy": {"at": at, "basis": basis}})
        };
        let (old, new) = (received("2026-12-09T08:00:00Z", "firstSeen"), received("2026-11-28T23:59:00Z", "given"));
        let told = english.changed(&Named::Known(Field::Stage), &old, &new);
        assert!(
            told.contains("≤ 2026-12-09 08:00 UTC") && told.contains("2026-11-28 23:59 UTC") && !told.contains("Received"),
            "{told}"
        );
    }
}

//! A JSON value together with which members of its objects are in it twice with different values, and how it is written with both again;
//! what that means is for the readers.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value};

use crate::domain::invalid::{Complaint, Invalid};

/// Reads a value; of a member that is there twice with different values the last one is in it, and the others beside it.
///
/// # Errors
/// What `serde_json` says of text that is no JSON.
pub(super) fn read(json: &[u8]) -> serde_json::Result<(Value, Vec<Twice>)> {
    let mut twice = Vec::new();
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = Whole { twice: &mut twice }.deserialize(&mut reader)?;
    reader.end()?;
    Ok((value, twice))
}

/// A member that is there twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Twice {
    path: String,
    /// What stood there first, and what came after it.
    values: [Value; 2],
    /// Whether both are in the value, under names that differ only in case.
    is_in: bool,
}

impl Twice {
    pub(super) fn complaint(&self) -> Complaint {
        let [one, other] = &self.values;
        Complaint::new(self.path.clone(), Invalid::TwoValues { one: shortened(one), other: shortened(other) })
    }

    /// Returns it as one of the referral of this number in a document that wraps several; `None` of another one's.
    pub(super) fn within(&self, number: usize) -> Option<Self> {
        let mut path = self.path.as_str();
        path = path.strip_prefix("body.").unwrap_or(path);
        path = path.strip_prefix("body").filter(|rest| rest.starts_with('[')).unwrap_or(path);
        path = path.strip_prefix("value").filter(|rest| rest.starts_with('[')).unwrap_or(path);
        if let Some((place, rest)) = path.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            if place.parse() != Ok(number) {
                return None;
            }
            path = rest.strip_prefix('.').unwrap_or(rest);
            path = path.strip_prefix("body.").unwrap_or(path);
        }
        Some(Self { path: path.to_owned(), values: self.values.clone(), is_in: self.is_in })
    }
}

/// A value with the members that were there twice, as they were.
pub(super) struct AsItWas<'a> {
    pub value: &'a Value,
    pub twice: &'a [Twice],
    /// The path of the value; of the whole it is empty.
    pub path: String,
}

impl Serialize for AsItWas<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let within = |path: String, value| AsItWas { value, twice: self.twice, path };
        match self.value {
            _ if self.twice.is_empty() => self.value.serialize(to),
            Value::Object(members) => {
                let mut object = to.serialize_map(None)?;
                for (name, value) in members {
                    let path = if self.path.is_empty() { name.clone() } else { format!("{}.{name}", self.path) };
                    for twice in self.twice.iter().filter(|twice| twice.path == path && !twice.is_in) {
                        object.serialize_entry(name, &twice.values[0])?;
                    }
                    object.serialize_entry(name, &within(path, value))?;
                }
                object.end()
            }
            Value::Array(list) => {
                to.collect_seq(list.iter().enumerate().map(|(at, value)| within(format!("{}[{at}]", self.path), value)))
            }
            other => other.serialize(to),
        }
    }
}

/// Most characters of a value that a complaint names.
const SHOWN: usize = 120;

fn shortened(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Reads a value and notes what is in it twice; paths begin at that value.
struct Whole<'a> {
    twice: &'a mut Vec<Twice>,
}

impl Whole<'_> {
    /// Puts the step that led to what was noted from `begin` on before its path.
    fn under(&mut self, begin: usize, step: impl Fn() -> String) {
        for found in &mut self.twice[begin..] {
            let (step, path) = (step(), &found.path);
            let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
            found.path = format!("{step}{dot}{path}");
        }
    }
}

impl<'de> DeserializeSeed<'de> for Whole<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_some<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        Value::deserialize(reader)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        loop {
            let begin = self.twice.len();
            let Some(value) = list.next_element_seed(Whole { twice: self.twice })? else { return Ok(Value::Array(values)) };
            self.under(begin, || format!("[{}]", values.len()));
            values.push(value);
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let begin = self.twice.len();
            let value = members.next_value_seed(Whole { twice: self.twice })?;
            self.under(begin, || name.clone());
            let before = object.insert(name.clone(), value);
            if let (Some(before), Some(value)) = (before, object.get(&name))
                && before != *value
            {
                self.twice.push(Twice { path: name, values: [before, value.clone()], is_in: false });
            }
        }
        self.twice.extend(alike(&object));
        Ok(Value::Object(object))
    }
}

/// Returns the members whose names differ only in case, which the readers take for one, where their values differ.
fn alike(object: &Map<String, Value>) -> Vec<Twice> {
    let folded = |name: &str| {
        name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
        })
    };
    // An object may have as many members as it likes: none is held against all others.
    let mut names: Vec<(u64, &String, &Value)> = object.iter().map(|(name, value)| (folded(name), name, value)).collect();
    names.sort_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
    let is_twice = |pair: &&[(u64, &String, &Value)]| pair[0].1.eq_ignore_ascii_case(pair[1].1) && pair[0].2 != pair[1].2;
    let twice = |pair: &[(u64, &String, &Value)]| {
        let values = [pair[0].2.clone(), pair[1].2.clone()];
        Twice { path: pair[1].1.clone(), values, is_in: true }
    };
    names.windows(2).filter(is_twice).map(twice).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn told(text: &str) -> (Value, Vec<String>) {
        let (value, twice) = read(text.as_bytes()).unwrap();
        (value, twice.iter().map(|twice| twice.complaint().to_string()).collect())
    }

    #[test]
    fn what_was_there_twice_is_written_twice_again() {
        for text in [r#"{"a":1,"d":{"v":1,"v":2,"v":"x"},"t":[{"x":0},{"e":null,"e":"a"}]}"#, r#"[{"a":{"b":1,"b":[2]}}]"#, "7"] {
            let (value, twice) = read(text.as_bytes()).unwrap();
            assert_eq!(serde_json::to_string(&AsItWas { value: &value, twice: &twice, path: String::new() }).unwrap(), text);
        }
    }

    #[test]
    fn of_several_referrals_each_has_its_own() {
        let twice = |path: &str| Twice { path: path.to_owned(), values: [1.into(), 2.into()], is_in: false };
        for (path, own) in [
            ("body.details.v", Some("details.v")),
            ("body.value[1].name", Some("name")),
            ("[1].details.v", Some("details.v")),
            ("body[1].id", Some("id")),
            ("[1].body.id", Some("id")),
            ("value[0].name", None),
            ("name", Some("name")),
        ] {
            assert_eq!(twice(path).within(1).map(|twice| twice.path), own.map(str::to_owned), "{path}");
        }
    }

    #[test]
    fn a_member_with_two_values_is_named_with_its_path_and_both() {
        let text = r#"{"a":1,"details":{"dealValue":100,"dealValue":"200"},"team":[{"x":0},{"email":null,"email":"a"}],"a":1}"#;
        let (value, twice) = told(text);
        assert_eq!(value, json!({"a":1,"details":{"dealValue":"200"},"team":[{"x":0},{"email":"a"}]}));
        assert_eq!(twice, ["both 100 and 200 at details.dealValue", "both null and a at team[1].email"]);
        assert_eq!(told(r#"[{"a":{"b":[[{"c":1,"c":2}]]}}]"#).1, ["both 1 and 2 at [0].a.b[0][0].c"]);
        let long = format!(r#"{{"a":1,"a":"{}"}}"#, "글".repeat(500));
        assert_eq!(told(&long).1, [format!("both 1 and {}… at a", "글".repeat(SHOWN))]);
    }

    #[test]
    fn names_that_differ_only_in_case_are_one_member_and_both_values_stay() {
        let text = r#"{"details":{"DealValue":1,"currency":"KRW","dealValue":2},"Name":"a","name":"a"}"#;
        assert_eq!(told(text).1, ["both 1 and 2 at details.dealValue"]);
        let (value, twice) = read(text.as_bytes()).unwrap();
        assert_eq!(serde_json::to_value(AsItWas { value: &value, twice: &twice, path: String::new() }).unwrap(), value);
    }

    proptest! {
        #[test]
        fn anything_is_read_as_the_library_reads_it(text in r#"(\{|\}|\[|\]|,|:|"a"|"b"|"ü\\u00e9"|1|-2|3\.5e2|null|true| ){0,12}"#) {
            let plain: Option<Value> = serde_json::from_str(&text).ok();
            prop_assert_eq!(read(text.as_bytes()).ok().map(|(value, _)| value), plain);
        }
    }
}

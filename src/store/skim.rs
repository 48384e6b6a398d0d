//! What figures need of a change in the history: which fields it changed, from what, and when the deal was changed last. The rest of its
//! text is passed over unread where it is written without blanks, as it is here; any other is read whole.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::error::StoreError;

/// As much of a change as figures need; a value is read where it turns out to be the one that stood.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Skimmed<'a> {
    /// Of each field its path, and its old value in JSON.
    pub fields: Vec<(&'a str, &'a str)>,
    /// When the deal was changed last, before and after.
    pub updated_at: (i64, i64),
}

/// The same, found by reading all of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Whole<'a> {
    #[serde(borrow)]
    fields: Vec<(&'a RawValue, &'a RawValue, IgnoredAny)>,
    updated_at: (i64, i64),
}

/// Returns what figures need of a change.
///
/// # Errors
/// [`StoreError::Damaged`] of one that cannot be read.
pub(super) fn skim(text: &str) -> Result<Skimmed<'_>, StoreError> {
    Skim { text, at: 0 }.change().map_or_else(|| whole(text), Ok)
}

fn whole(text: &str) -> Result<Skimmed<'_>, StoreError> {
    let unreadable = |_| StoreError::Damaged("a change in the history cannot be read".into());
    let Whole { fields, updated_at } = serde_json::from_str(text).map_err(unreadable)?;
    let fields = fields.into_iter().map(|(name, old, _)| (name.get().trim_matches('"'), old.get())).collect();
    Ok(Skimmed { fields, updated_at })
}

/// A text that is gone through once; each step is `None` where it goes on otherwise than expected.
struct Skim<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Skim<'a> {
    /// Returns what is needed of its members, in whatever order they stand.
    fn change(&mut self) -> Option<Skimmed<'a>> {
        let (mut fields, mut updated_at) = (None, None);
        self.expect("{")?;
        loop {
            self.expect("\"")?;
            let name = self.until_quote()?;
            self.expect(":")?;
            match name {
                "fields" => fields = Some(self.fields()?),
                "updatedAt" => updated_at = Some(self.times()?),
                _ => drop(self.value()?),
            }
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => return Some(Skimmed { fields: fields?, updated_at: updated_at? }),
                _ => return None,
            }
        }
    }

    fn fields(&mut self) -> Option<Vec<(&'a str, &'a str)>> {
        let mut fields = Vec::new();
        self.expect("[")?;
        while self.peek()? == b'[' {
            self.expect("[\"")?;
            let path = self.until_quote()?;
            self.expect(",")?;
            let old = self.value()?;
            self.expect(",")?;
            self.value()?;
            self.expect("]")?;
            fields.push((path, old));
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
        self.expect("]").map(|()| fields)
    }

    fn times(&mut self) -> Option<(i64, i64)> {
        self.expect("[")?;
        let before = self.value()?.parse().ok()?;
        self.expect(",")?;
        let after = self.value()?.parse().ok()?;
        self.expect("]").map(|()| (before, after))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn expect(&mut self, expected: &str) -> Option<()> {
        self.text.as_bytes().get(self.at..)?.starts_with(expected.as_bytes()).then(|| self.at += expected.len())
    }

    /// Returns a name that ends with the next quotation mark; one with an escape is not read here.
    fn until_quote(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..)?;
        let end = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\'))?;
        self.at += end + 1;
        rest.as_bytes().get(end).filter(|byte| **byte == b'"').and_then(|_| rest.get(..end))
    }

    /// Passes over a value, and returns its text.
    fn value(&mut self) -> Option<&'a str> {
        let from = self.at;
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => self.pass_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => break,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            if depth == 0 && matches!(self.peek()?, b',' | b']' | b'}') {
                break;
            }
        }
        self.text.get(from..self.at).filter(|value| !value.is_empty())
    }

    fn pass_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
            Just(Value::from("\"]},[{\\")),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(".{0,6}", inner, 0..4).prop_map(|all| Value::Object(all.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_passed_over_unread_is_as_what_is_read_whole(
            fields in prop::collection::vec(("[a-zA-Z.]{1,12}", values(), values()), 0..4),
            before in any::<i64>(), after in any::<i64>(), rest in values(),
        ) {
            let fields: Vec<Value> = fields.into_iter().map(|(path, old, new)| json!([path, old, new])).collect();
            let text = json!({ "base": rest, "fields": fields, "format": 1, "updatedAt": [before, after] }).to_string();
            let skimmed = Skim { text: &text, at: 0 }.change();
            let read = whole(&text).ok();
            prop_assert!(skimmed.is_some());
            prop_assert_eq!(&skimmed, &read);
            // In another order it is passed over as well; with blanks it is read whole, and says the same.
            let fields = Value::from(fields);
            let other = format!("{{\"updatedAt\":[{before},{after}],\"fields\":{fields},\"told\":null}}");
            prop_assert_eq!(&Skim { text: &other, at: 0 }.change(), &skimmed);
            let blanks = format!("{{\"updatedAt\": [{before}, {after}], \"fields\":{fields}}}");
            let passed = Skim { text: &blanks, at: 0 }.change();
            prop_assert_eq!(passed, None);
            prop_assert_eq!(skim(&blanks).unwrap(), skimmed.unwrap());
        }

        #[test]
        fn a_text_that_is_cut_off_is_an_error(cut in 0_usize..80) {
            let text = "{\"base\":[],\"fields\":[[\"deal.name\",\"a\\\"]\",\"b\"]],\"format\":1,\"updatedAt\":[1,2]}";
            prop_assert!(skim(&text[..cut.min(text.len() - 1)]).is_err());
            prop_assert!(skim(text).is_ok());
        }
    }

    #[test]
    fn what_is_no_change_is_an_error() {
        for text in [
            "",
            "null",
            "{}",
            "{\"format\":1,\"fields\":[[\"deal.name\"]],\"updatedAt\":[1,2]}",
            "{\"format\":1,\"fields\":[],\"updatedAt\":[1,x]}",
        ] {
            assert!(skim(text).is_err(), "{text}");
        }
    }
}

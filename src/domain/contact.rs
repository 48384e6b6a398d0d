//! People on a deal: our employees, the customer's contact and the sender's person.

use super::fold::fold;
use super::invalid::{Complaints, Invalid, take};
use super::part::Whose;
use super::text::{Line, empty_or_line, plain};
use serde::{Deserialize, Deserializer, Serialize};

/// A person; a part that is not known is empty. Only imports bring incomplete people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    #[serde(rename = "firstName", deserialize_with = "part")]
    pub first: String,
    #[serde(rename = "lastName", deserialize_with = "part")]
    pub last: String,
    #[serde(deserialize_with = "part")]
    pub phone: String,
    #[serde(deserialize_with = "part")]
    pub email: String,
}

/// A part as it was kept. Imports bring phone numbers and addresses of any shape, so only its text is checked.
fn part<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    empty_or_line(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

impl Person {
    /// Checks the four parts of a complete person (MG-42, MG-43); complaints say of `whose` they are.
    ///
    /// # Errors
    /// Every missing part, and a phone number or e-mail address that cannot be one.
    pub fn complete(first: &str, last: &str, phone: &str, email: &str, whose: Whose) -> Result<Self, Complaints> {
        let mut complaints = Complaints::new();
        let [at_first, at_last, at_phone, at_email] = whose.parts();
        let first = take(Line::parse(first), at_first, &mut complaints);
        let last = take(Line::parse(last), at_last, &mut complaints);
        let phone = take(parse_phone(phone), at_phone, &mut complaints);
        let email = take(parse_email(email), at_email, &mut complaints);
        match (first, last, phone, email) {
            (Some(first), Some(last), Some(phone), Some(email)) => {
                Ok(Self { first: first.to_string(), last: last.to_string(), phone, email })
            }
            _ => Err(complaints),
        }
    }

    /// Returns whether all four parts are known (MG-43).
    pub fn is_complete(&self) -> bool {
        ![&self.first, &self.last, &self.phone, &self.email].iter().any(|part| part.is_empty())
    }

    pub fn is_empty(&self) -> bool {
        [&self.first, &self.last, &self.phone, &self.email].iter().all(|part| part.is_empty())
    }

    /// Returns the name as its bearer writes it: family name first and unspaced where the script is Han or Hangul.
    pub fn name(&self) -> String {
        let cjk = |text: &str| text.chars().any(|c| matches!(c, '\u{3040}'..='\u{9FFF}' | '가'..='힣'));
        match (self.first.is_empty(), self.last.is_empty()) {
            (false, false) if cjk(&self.last) => format!("{}{}", self.last, self.first),
            (false, false) => format!("{} {}", self.first, self.last),
            (true, _) => self.last.clone(),
            (_, true) => self.first.clone(),
        }
    }

    /// Returns whether both are the same person: the same e-mail address or, without one, the same name.
    pub fn is_same(&self, other: &Self) -> bool {
        if self.email.is_empty() || other.email.is_empty() {
            return fold(&self.name()) == fold(&other.name());
        }
        fold(&self.email) == fold(&other.email)
    }
}

/// Checks the shape of a phone number and keeps it as typed, in plain digits and hyphens and without marks that show nothing.
///
/// # Errors
/// [`Invalid::Missing`] or [`Invalid::NotAPhone`]: 5 to 20 digits with blanks, `+ - . ( ) /` and an extension (`x12`, `#12`).
pub fn parse_phone(typed: &str) -> Result<String, Invalid> {
    let plain = plain(typed);
    if plain.is_empty() {
        return Err(Invalid::Missing);
    }
    let wrong = || Invalid::NotAPhone(typed.trim().to_owned());
    let lower = plain.to_lowercase().replace("ext.", "x").replace("ext", "x").replace('#', "x");
    let (number, extension) = lower.split_once('x').map_or((lower.as_str(), None), |(n, e)| (n, Some(e.trim())));
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let shaped = number.char_indices().all(|(i, c)| c.is_ascii_digit() || " -.()/".contains(c) || (c == '+' && i == 0));
    let extended = extension.is_none_or(|e| !e.is_empty() && e.len() <= 8 && e.bytes().all(|b| b.is_ascii_digit()));
    if (5..=20).contains(&digits) && shaped && extended { Ok(plain) } else { Err(wrong()) }
}

/// Checks the shape of an e-mail address, not whether it exists.
///
/// # Errors
/// [`Invalid::Missing`] or [`Invalid::NotAnEmail`].
pub fn parse_email(typed: &str) -> Result<String, Invalid> {
    let plain = plain(typed);
    if plain.is_empty() {
        return Err(Invalid::Missing);
    }
    let options = email_address::Options::default().with_required_tld().without_display_text().without_domain_literal();
    match email_address::EmailAddress::parse_with_options(&plain, options) {
        Ok(_) if !plain.chars().any(|c| c.is_control() || c.is_whitespace()) => Ok(plain),
        _ => Err(Invalid::NotAnEmail(typed.trim().to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mg_43_a_person_needs_name_phone_and_email() {
        let complaints = Person::complete("", "Kim", " ", "kim", Whose::Employee(0)).unwrap_err();
        let places: Vec<String> = complaints.iter().map(|c| c.at.to_string()).collect();
        assert_eq!(places, ["employees[0].firstName", "employees[0].phone", "employees[0].email"]);
        let person = Person::complete("민준", "김", "+82 2-555-0100", "kim@hanbit.example", Whose::Contact).unwrap();
        assert!(person.is_complete());
        assert_eq!(person.name(), "김민준");
    }

    #[test]
    fn phones_and_addresses_are_checked_for_shape_only() {
        for good in
            ["+82 2-555-0100", "(425) 555 0100", "０３-５５５０-１２３４", "425.555.0100 x12", "9999990779", "+49 89/5550 ext. 7"]
        {
            assert!(parse_phone(good).is_ok(), "{good}");
        }
        for bad in ["", "1234", "call me", "555-0100 +1", "+1 555 0100 x", "1".repeat(21).as_str()] {
            assert!(parse_phone(bad).is_err(), "{bad}");
        }
        for good in ["a@b.example", "rep7+x@sub.partner.example", "o'neil@partner.example", "用户@例子.example"] {
            assert!(parse_email(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "a@", "@b.example", "a b@c.example", "a@b", "Kim <a@b.example>", "a@b.example\u{1b}"] {
            assert!(parse_email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn kept_people_have_four_parts_of_one_line() {
        let kept = |first: &str| {
            let value = serde_json::json!({ "firstName": first, "lastName": "김", "phone": "?", "email": "" });
            serde_json::from_value::<Person>(value)
        };
        assert_eq!(kept("민준").unwrap().first, "민준");
        assert!(kept("a\nb").is_err() && kept("a\u{1b}[31m").is_err() && kept(&"a".repeat(1_001)).is_err());
        assert!(serde_json::from_value::<Person>(serde_json::json!({ "firstName": "Ana" })).is_err());
    }

    #[test]
    fn people_are_the_same_by_address_else_by_name() {
        let a = Person { first: "Ana".into(), last: "Reyes".into(), phone: String::new(), email: "ANA@x.example".into() };
        let b = Person { email: "ana@x.example".into(), ..Person::default() };
        assert!(a.is_same(&b));
        assert!(a.is_same(&Person { email: String::new(), ..a.clone() }));
        assert!(!a.is_same(&Person { email: "bob@x.example".into(), ..a.clone() }));
    }
}

//! People of our company as they are typed, one by one.

use serde::{Deserialize, Serialize};

use super::count;
use crate::domain::contact::{Person, parse_email, parse_phone};
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::domain::part::{Part, Whose};
use crate::domain::text::Line;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersonDraft {
    #[serde(rename = "firstName")]
    pub first: String,
    #[serde(rename = "lastName")]
    pub last: String,
    pub phone: String,
    pub email: String,
    /// A line that was to be a person and is none.
    #[serde(skip)]
    pub unread: Option<String>,
}

impl PersonDraft {
    /// Returns a person of first and last name, phone and e-mail.
    pub fn of([first, last, phone, email]: [String; 4]) -> Self {
        Self { first, last, phone, email, unread: None }
    }

    /// Returns the person as far as they are typed, unchecked; for showing.
    pub fn person(&self) -> Person {
        let Self { first, last, phone, email, .. } = self.clone();
        Person { first, last, phone, email }
    }

    /// Returns the person with the parts that were given and can be read.
    pub fn as_far_as_known(&self) -> Person {
        let line = |typed: &str| Line::parse(typed).map(|line| line.to_string()).unwrap_or_default();
        Person {
            first: line(&self.first),
            last: line(&self.last),
            phone: parse_phone(&self.phone).unwrap_or_default(),
            email: parse_email(&self.email).unwrap_or_default(),
        }
    }

    pub fn is_empty(&self) -> bool {
        [&self.first, &self.last, &self.phone, &self.email].iter().all(|part| part.trim().is_empty())
    }

    /// Reads `First;Last;phone;email`, the form of the command line.
    ///
    /// # Errors
    /// [`Invalid::NotAPerson`] when there are not four parts.
    pub fn read(typed: &str) -> Result<Self, Invalid> {
        let parts: Vec<&str> = typed.split([';', '；']).map(str::trim).collect();
        let [first, last, phone, email] = parts[..] else { return Err(Invalid::NotAPerson(typed.to_owned())) };
        Ok(Self { first: first.into(), last: last.into(), phone: phone.into(), email: email.into(), unread: None })
    }

    /// Returns one line of several as [`Self::read`] does; one that is no person is complained of at its number.
    pub fn of_line(typed: &str) -> Self {
        Self::read(typed).unwrap_or_else(|_| Self { unread: Some(typed.to_owned()), ..Self::default() })
    }

    /// Checks the four parts; complaints say of `whose` they are.
    ///
    /// # Errors
    /// [`Invalid::NotAPerson`], else as [`Person::complete`].
    pub fn build(&self, whose: Whose) -> Result<Person, Complaints> {
        if let Some(typed) = &self.unread {
            return Err(vec![Complaint::new(whose.place(), Invalid::NotAPerson(typed.clone()))]);
        }
        Person::complete(&self.first, &self.last, &self.phone, &self.email, whose)
    }
}

impl From<&Person> for PersonDraft {
    fn from(person: &Person) -> Self {
        let Person { first, last, phone, email } = person.clone();
        Self { first, last, phone, email, unread: None }
    }
}

/// At least one, each complete (MG-43), at most 50, nobody twice. Whom `known` returns is taken as they are.
pub(super) fn employees(
    typed: &[PersonDraft],
    known: &dyn Fn(&PersonDraft) -> Option<Person>,
    complaints: &mut Complaints,
) -> Vec<Person> {
    count(typed.len(), Part::Employees, complaints);
    let mut people: Vec<Person> = Vec::new();
    for (index, draft) in typed.iter().enumerate() {
        let whose = Whose::Employee(index);
        match known(draft).map_or_else(|| draft.build(whose), Ok) {
            Ok(person) if people.iter().any(|known| known.is_same(&person)) => {
                complaints.push(Complaint::new(whose.place(), Invalid::Twice(person.name())));
            }
            Ok(person) => people.push(person),
            Err(found) => complaints.extend(found),
        }
    }
    people
}

//! People of our company as they are typed, one by one.

use serde::{Deserialize, Serialize};

use super::count;
use crate::domain::contact::Person;
use crate::domain::invalid::{Complaint, Complaints, Invalid};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersonDraft {
    #[serde(rename = "firstName")]
    pub first: String,
    #[serde(rename = "lastName")]
    pub last: String,
    pub phone: String,
    pub email: String,
}

impl PersonDraft {
    /// Returns the person as far as they are typed, unchecked; for showing.
    pub fn person(&self) -> Person {
        let Self { first, last, phone, email } = self.clone();
        Person { first, last, phone, email }
    }

    pub fn is_empty(&self) -> bool {
        [&self.first, &self.last, &self.phone, &self.email].iter().all(|part| part.trim().is_empty())
    }

    /// Checks the four parts. `at` is the path complaints begin with.
    ///
    /// # Errors
    /// As [`Person::complete`].
    pub fn build(&self, at: &str) -> Result<Person, Complaints> {
        Person::complete(&self.first, &self.last, &self.phone, &self.email, at)
    }
}

impl From<&Person> for PersonDraft {
    fn from(person: &Person) -> Self {
        let Person { first, last, phone, email } = person.clone();
        Self { first, last, phone, email }
    }
}

/// At least one, each complete (MG-43), at most 50, nobody twice. Whom `known` returns is taken as they are.
pub(super) fn employees(
    typed: &[PersonDraft],
    known: &dyn Fn(&PersonDraft) -> Option<Person>,
    complaints: &mut Complaints,
) -> Vec<Person> {
    count(typed.len(), "employees", complaints);
    let mut people: Vec<Person> = Vec::new();
    for (index, draft) in typed.iter().enumerate() {
        let at = format!("employees[{index}]");
        match known(draft).map_or_else(|| draft.build(&at), Ok) {
            Ok(person) if people.iter().any(|known| known.is_same(&person)) => {
                complaints.push(Complaint::new(at, Invalid::Twice(person.name())));
            }
            Ok(person) => people.push(person),
            Err(found) => complaints.extend(found),
        }
    }
    people
}

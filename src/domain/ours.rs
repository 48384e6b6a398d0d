//! What stays ours of an opportunity: whose it is, its next step, dated notes. Colleagues see it, and Partner Center never does.

use serde::{Deserialize, Serialize};

use super::contact::Person;
use super::date::{Date, Today};
use super::fold::fold;
use super::instant::Timestamp;
use super::invalid::Invalid;
use super::opportunity::Opportunity;
use super::text::{Line, Notes};
use super::typed::Typed;

/// What is to be done next, and on which day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    pub text: Line,
    pub on: Date,
}

/// A dated note. It is never changed, only taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogNote {
    pub at: Timestamp,
    /// Who wrote it, where that is known: e-mail, else name.
    pub by: Option<Line>,
    pub text: Notes,
}

/// Who of us an opportunity belongs to: an employee on it, or only the e-mail of one who is there no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealOwner<'a> {
    Employee(&'a Person),
    Email(&'a str),
}

impl<'a> DealOwner<'a> {
    /// Returns whose it is: who was named, else the first employee, if name or e-mail of that one is known.
    pub fn of(named: Option<&'a str>, employees: &'a [Person]) -> Option<Self> {
        let found = match named {
            Some(named) => return Some(employee(named, employees).map_or(Self::Email(named), Self::Employee)),
            None => Self::Employee(employees.first()?),
        };
        Some(found).filter(|owner| !owner.name().is_empty())
    }

    /// Returns the name, where one is known, else the e-mail.
    pub fn name(self) -> String {
        match self {
            Self::Employee(person) => Some(person.name()).filter(|name| !name.is_empty()).unwrap_or_else(|| person.email.clone()),
            Self::Email(email) => email.to_owned(),
        }
    }

    pub fn email(self) -> Option<&'a str> {
        let email = match self {
            Self::Employee(person) => person.email.as_str(),
            Self::Email(email) => email,
        };
        Some(email).filter(|email| !email.is_empty())
    }

    /// Returns the texts by which the owner is looked for.
    pub fn texts(self) -> [String; 2] {
        [self.name(), self.email().unwrap_or_default().to_owned()]
    }

    /// Returns whether it is this person: by e-mail, by name where either has none.
    pub fn is(self, person: &Person) -> bool {
        match self {
            Self::Employee(owner) if owner.email.is_empty() || person.email.is_empty() => {
                !person.name().is_empty() && owner.is_same(person)
            }
            Self::Employee(owner) => owner.is_same(person),
            Self::Email(email) => fold(email) == fold(&person.email),
        }
    }
}

fn employee<'a>(email: &str, employees: &'a [Person]) -> Option<&'a Person> {
    let email = fold(email);
    employees.iter().find(|person| fold(&person.email) == email)
}

impl Opportunity {
    /// Returns who of us it belongs to.
    pub fn owned_by(&self) -> Option<DealOwner<'_>> {
        DealOwner::of(self.owner.as_ref().map(Line::as_str), &self.employees)
    }
}

/// Returns the e-mail of the employee that was typed; `None` for nothing.
///
/// # Errors
/// [`Invalid::NotAnEmployee`].
pub fn typed_owner(typed: &str, employees: &[Person]) -> Result<Option<Line>, Invalid> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let known = || employees.iter().map(|person| person.email.as_str()).filter(|email| !email.is_empty());
    let found = employee(typed, employees)
        .ok_or_else(|| Invalid::NotAnEmployee { given: typed.to_owned(), known: known().collect::<Vec<_>>().join(", ") })?;
    Line::parse(&found.email).map(Some)
}

/// Reads a next step as it is typed in one line: its day first, in any way a day is typed, then what is to be done; nothing is none.
///
/// # Errors
/// [`Invalid::NotADate`] where it begins with no day, [`Invalid::Missing`] where nothing is to be done.
pub fn typed_next(typed: &str, today: impl Into<Today>) -> Result<Option<NextStep>, Invalid> {
    let (typed, today) = (typed.trim(), today.into());
    if typed.is_empty() {
        return Ok(None);
    }
    let (Typed { date: on, .. }, at) = day_first(typed, today)
        .ok_or_else(|| Invalid::NotADate(typed.split_whitespace().next().unwrap_or_default().to_owned()))?;
    let text = typed[at..].trim();
    if text.is_empty() { Err(Invalid::Missing) } else { Ok(Some(NextStep { text: Line::parse(text)?, on })) }
}

/// Returns the day that a next step begins with as it is typed, with what its writing leaves open; `None` while it begins with none.
pub fn day_of_next(typed: &str, today: impl Into<Today>) -> Option<Typed> {
    day_first(typed.trim(), today.into()).map(|(day, _)| day)
}

/// Returns the day at the beginning of a line, and where it ends.
fn day_first(typed: &str, today: Today) -> Option<(Typed, usize)> {
    /// A day has at most so many words (`end of next month`).
    const WORDS: usize = 4;
    let blanks = typed.match_indices(char::is_whitespace).map(|(at, _)| at).chain([typed.len()]);
    blanks.take(WORDS).filter_map(|at| Some((Date::on(&typed[..at], today).ok()?, at))).last()
}

/// Returns how a person signs what stays ours: e-mail, else name; `None` where neither is known.
pub fn signature(person: &Person) -> Option<Line> {
    [&person.email, &person.name()].into_iter().find_map(|text| Line::parse(text).ok())
}

#[cfg(test)]
mod tests {
    use super::super::date::Order;
    use super::super::opportunity::tests::received;
    use super::*;

    fn person(first: &str, email: &str) -> Person {
        Person { first: first.into(), last: String::new(), phone: String::new(), email: email.into() }
    }

    #[test]
    fn it_belongs_to_who_was_named_else_to_the_first_employee() {
        let mut on = received();
        assert_eq!(on.owned_by(), None);
        on.employees = vec![person("Ana", "ana@p.example"), person("Bo", "bo@p.example")];
        assert_eq!(on.owned_by().unwrap().name(), "Ana");
        on.owner = typed_owner(" BO@p.example", &on.employees).unwrap();
        assert_eq!((on.owned_by().unwrap().name(), on.owner.as_ref().unwrap().as_str()), ("Bo".to_owned(), "bo@p.example"));
        on.employees.truncate(1);
        let gone = on.owned_by().unwrap();
        assert_eq!(
            (gone.name().as_str(), gone.email()),
            ("bo@p.example", Some("bo@p.example")),
            "who left the deal was named all the same"
        );
        on.owner = None;
        on.employees = vec![person("", "ana@p.example")];
        assert_eq!(on.owned_by().unwrap().name(), "ana@p.example");
        on.employees = vec![Person { phone: "1".into(), ..person("", "") }];
        assert_eq!(on.owned_by(), None, "a phone number is nobody's name");
    }

    #[test]
    fn a_next_step_is_typed_as_its_day_and_what_is_to_be_done() {
        let today = Date::iso("2026-11-21").unwrap();
        let next = |typed: &str| typed_next(typed, today).map(|next| next.map(|n| (n.on.to_string(), n.text.to_string())));
        for (typed, on, text) in [
            ("+3d call Kim", "2026-11-24", "call Kim"),
            ("2026-12-01  send the offer", "2026-12-01", "send the offer"),
            ("내일 견적 보내기", "2026-11-22", "견적 보내기"),
            ("明日 電話", "2026-11-22", "電話"),
            ("end of month call", "2026-11-30", "call"),
        ] {
            assert_eq!(next(typed), Ok(Some((on.to_owned(), text.to_owned()))), "{typed}");
        }
        assert_eq!(next("  "), Ok(None));
        assert_eq!(next("tomorrow"), Err(Invalid::Missing));
        assert_eq!(next("call Kim"), Err(Invalid::NotADate("call".into())));
    }

    #[test]
    fn the_day_of_a_next_step_is_known_before_what_is_to_be_done() {
        let today = Today { order: Order::Day, ..Today::from(Date::iso("2026-11-21").unwrap()) };
        let day = |typed: &str| day_of_next(typed, today).map(|day| day.date.to_string());
        for (typed, on) in [
            ("3.12.", Some("2026-12-03")),
            ("3/12 call", Some("2026-12-03")),
            ("fri", Some("2026-11-27")),
            (" 내일 견적", Some("2026-11-22")),
            ("end of month call", Some("2026-11-30")),
            ("", None),
            ("call fri", None),
        ] {
            assert_eq!(day(typed).as_deref(), on, "{typed}");
        }
    }

    #[test]
    fn only_an_employee_on_it_can_be_named() {
        let employees = [person("Ana", "ana@p.example"), person("Bo", "")];
        assert_eq!(typed_owner("  ", &employees), Ok(None));
        let refused = Invalid::NotAnEmployee { given: "eve@p.example".into(), known: "ana@p.example".into() };
        assert_eq!(typed_owner("eve@p.example", &employees), Err(refused));
    }

    #[test]
    fn i_am_known_by_my_address_and_where_there_is_none_by_my_name() {
        let (by_name, by_both) = (person("Ana", ""), person("Ana", "ana@p.example"));
        let is = |owner: &Person, me: &Person| DealOwner::Employee(owner).is(me);
        assert!(is(&by_name, &by_both) && is(&by_both, &by_name) && is(&person("A.", "ANA@p.example"), &by_both));
        assert!(!is(&by_both, &person("Ana", "other@p.example")) && !is(&person("", ""), &person("", "")));
        assert!(DealOwner::Email("Ana@p.example").is(&by_both));
        assert_eq!(signature(&by_name).unwrap().as_str(), "Ana");
        assert_eq!((signature(&by_both).unwrap().as_str(), signature(&Person::default())), ("ana@p.example", None));
    }
}

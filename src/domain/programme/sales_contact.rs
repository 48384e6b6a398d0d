//! Whom Microsoft's sellers ask about an offer, country by country: as one text, and as the rows of Partner Center's own list.

use std::collections::BTreeSet;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::offer::OfferPart;
use crate::domain::contact::{Person, parse_email, parse_phone};
use crate::domain::customer::Country;
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::domain::text::Line;

/// Whom Microsoft's sellers ask about an offer in one country (PE-16, PE-27).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SalesContact {
    /// None where it is every country of the offer, whichever are told later too.
    #[serde(serialize_with = "write_where", deserialize_with = "read_where")]
    pub country: Option<Country>,
    /// The list of Partner Center has no phone number: it may be empty.
    #[serde(flatten)]
    pub person: Person,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_title: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Line>,
    /// Of the country, where it is not asked about in all of it: `US-WA`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub states: BTreeSet<State>,
}

fn write_where<S: Serializer>(country: &Option<Country>, to: S) -> Result<S::Ok, S::Error> {
    match country {
        Some(country) => country.serialize(to),
        None => to.serialize_str(EVERYWHERE),
    }
}

fn read_where<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Country>, D::Error> {
    let text = String::deserialize(from)?;
    let country = || Country::from_code(&text).ok_or_else(|| D::Error::custom(format!("“{text}” is no country")));
    if text == EVERYWHERE { Ok(None) } else { country().map(Some) }
}

/// A state of a country, as Partner Center's list names it: `US-WA`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct State(String);

impl State {
    fn read(text: &str) -> Result<(Country, Self), Invalid> {
        let typed = text.trim().to_uppercase();
        let wrong = || Invalid::NotAState(text.trim().to_owned());
        let (country, state) = typed.split_once('-').ok_or_else(wrong)?;
        let is_code = (1..=3).contains(&state.len()) && state.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let country = Country::from_code(country).filter(|_| is_code).ok_or_else(wrong)?;
        Ok((country, Self(typed)))
    }

    pub fn code(&self) -> &str {
        &self.0
    }
}

/// What stands for every country in Partner Center's list.
pub const EVERYWHERE: &str = "OOO";

/// A row of Partner Center's list: one person, who is asked in several countries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedContact {
    pub person: Person,
    pub job_title: Option<Line>,
    pub role: Option<Line>,
    /// None where it is every country that the offer is for.
    pub countries: Option<BTreeSet<Country>>,
    states: Vec<(Country, State)>,
}

impl ListedContact {
    /// Reads the cells of a row: name, e-mail, job title, role, countries and states.
    ///
    /// # Errors
    /// Everything that is wrong with it, by the names of the columns.
    pub fn read([name, email, title, role, countries, states]: [&str; 6]) -> Result<Self, Complaints> {
        let mut complaints = Complaints::new();
        let mut keep = |at: &str, why: Invalid| complaints.push(Complaint::new(at, why));
        for (at, text) in [("Name", name), ("Job title", title), ("Role", role)] {
            if let Some(c) = text.chars().find(|c| matches!(c, ';' | '|')) {
                keep(at, Invalid::Separates(c));
            }
        }
        let name = Line::parse(name).map_err(|why| keep("Name", why)).ok();
        let email = parse_email(email).map_err(|why| keep("Email", why)).ok();
        let job_title = line(title).map_err(|why| keep("Job title", why)).ok().flatten();
        let role = line(role).map_err(|why| keep("Role", why)).ok().flatten();
        let countries = if countries.trim().eq_ignore_ascii_case(EVERYWHERE) {
            Some(None)
        } else {
            let read = listed(countries).map(Country::typed).collect::<Result<BTreeSet<_>, _>>();
            let some = read.and_then(|read| if read.is_empty() { Err(Invalid::Missing) } else { Ok(Some(read)) });
            some.map_err(|why| keep("Countries", why)).ok()
        };
        let states = listed(states).map(State::read).collect::<Result<Vec<_>, _>>();
        let states = states.map_err(|why| keep("States", why)).ok();
        if let (Some(Some(countries)), Some(states)) = (&countries, &states) {
            let elsewhere = states.iter().filter(|(of, _)| !countries.contains(of));
            elsewhere.for_each(|(_, state)| keep("States", Invalid::NotAState(state.code().to_owned())));
        }
        match (name, email, countries, states) {
            (Some(name), Some(email), Some(countries), Some(states)) if complaints.is_empty() => {
                let (first, last) = parted(name.as_str());
                let person = Person { first, last, phone: String::new(), email };
                Ok(Self { person, job_title, role, countries, states })
            }
            _ => Err(complaints),
        }
    }

    /// Returns whom it names for each country, once where it is every one. A phone number that was told of the same person before stays:
    /// the list has none.
    pub fn contacts(&self, before: &[SalesContact]) -> Vec<SalesContact> {
        let known = before.iter().map(|known| &known.person).find(|known| known.is_same(&self.person));
        let mut person = self.person.clone();
        if let Some(known) = known.filter(|_| person.phone.is_empty()) {
            person.phone.clone_from(&known.phone);
        }
        if let Some(known) = known.filter(|known| known.name() == person.name()) {
            // A list has the name in one piece.
            (person.first, person.last) = (known.first.clone(), known.last.clone());
        }
        let one = |country: Option<Country>| SalesContact {
            country,
            person: person.clone(),
            job_title: self.job_title.clone(),
            role: self.role.clone(),
            states: self
                .states
                .iter()
                .filter(|(of, _)| country.is_none_or(|country| *of == country))
                .map(|(_, state)| state.clone())
                .collect(),
        };
        match &self.countries {
            Some(countries) => countries.iter().map(|country| one(Some(*country))).collect(),
            None => vec![one(None)],
        }
    }

    /// Returns the rows of contacts: whoever is asked in several countries stands once.
    pub fn of(contacts: &[SalesContact]) -> Vec<Self> {
        let mut rows: Vec<Self> = Vec::new();
        for contact in contacts {
            let states = contact.states.iter().filter_map(|state| State::read(state.code()).ok());
            let same = |row: &&mut Self| {
                let is_everywhere = row.countries.is_none() == contact.country.is_none();
                is_everywhere && row.person == contact.person && row.job_title == contact.job_title && row.role == contact.role
            };
            if let Some(row) = rows.iter_mut().find(same) {
                row.countries.iter_mut().for_each(|countries| countries.extend(contact.country));
                row.states.extend(states);
            } else {
                rows.push(Self {
                    person: contact.person.clone(),
                    job_title: contact.job_title.clone(),
                    role: contact.role.clone(),
                    countries: contact.country.map(|country| BTreeSet::from([country])),
                    states: states.collect(),
                });
            }
        }
        rows
    }

    /// Returns the cells of its row, in the order of [`ListedContact::read`].
    pub fn cells(&self) -> [String; 6] {
        let text = |line: &Option<Line>| line.as_ref().map(ToString::to_string).unwrap_or_default();
        let countries = self.countries.as_ref().map_or_else(
            || EVERYWHERE.to_owned(),
            |countries| countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        );
        let states: Vec<&str> = self.states.iter().map(|(_, state)| state.code()).collect();
        let Person { email, .. } = &self.person;
        [self.person.name(), email.clone(), text(&self.job_title), text(&self.role), countries, states.join(",")]
    }
}

fn line(text: &str) -> Result<Option<Line>, Invalid> {
    Some(text).filter(|text| !text.trim().is_empty()).map(Line::parse).transpose()
}

/// Takes a list apart, whichever separator a spreadsheet left in it.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ',', '、', '，']).map(str::trim).filter(|part| !part.is_empty())
}

/// Takes a name apart as its bearer writes it: the family name first in Hangul and Han, last elsewhere; one word is the family name.
fn parted(name: &str) -> (String, String) {
    let cjk = |text: &str| text.chars().any(|c| matches!(c, '\u{3040}'..='\u{9FFF}' | '가'..='힣'));
    let split = if cjk(name) { name.split_once(' ').map(|(last, first)| (first, last)) } else { name.rsplit_once(' ') };
    split.map_or_else(|| (String::new(), name.to_owned()), |(first, last)| (first.trim().to_owned(), last.trim().to_owned()))
}

/// Reads `US=First;Last;phone;email|KR=…`; several countries may share a person (`US,CA=…`), `OOO=…` is every one. Job title, role and states may follow.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn contacts(text: &str) -> Result<Vec<SalesContact>, Complaints> {
    let mut read = Vec::new();
    let mut complaints = Complaints::new();
    for one in text.split('|').map(str::trim).filter(|one| !one.is_empty()) {
        match contact(one) {
            Ok(contacts) => read.extend(contacts),
            Err(whys) => complaints.extend(whys.into_iter().map(|why| Complaint::new(OfferPart::Contacts.code(), why))),
        }
    }
    if complaints.is_empty() { Ok(read) } else { Err(complaints) }
}

fn contact(one: &str) -> Result<Vec<SalesContact>, Vec<Invalid>> {
    let not_one = || vec![Invalid::NotAPerson(one.to_owned())];
    let (of, person) = one.split_once('=').ok_or_else(not_one)?;
    let parts: Vec<&str> = person.split(';').map(str::trim).collect();
    let (&[first, last, phone, email], more) = parts.split_first_chunk::<4>().ok_or_else(not_one)?;
    if more.len() > 3 {
        return Err(not_one());
    }
    let mut whys = Vec::new();
    let more = |at: usize| more.get(at).copied().unwrap_or_default();
    let mut name = |text: &str| line(text).map_err(|why| whys.push(why)).ok().flatten().map(|line| line.to_string());
    let (first, last) = (name(first).unwrap_or_default(), name(last).unwrap_or_default());
    if first.is_empty() && last.is_empty() && whys.is_empty() {
        return Err(not_one());
    }
    let phone = if phone.is_empty() { Ok(String::new()) } else { parse_phone(phone) };
    let (phone, email) = (phone.map_err(|why| whys.push(why)), parse_email(email).map_err(|why| whys.push(why)));
    let everywhere = of.trim().eq_ignore_ascii_case(EVERYWHERE);
    let of = listed(if everywhere { "" } else { of }).map(Country::typed).collect::<Result<BTreeSet<_>, _>>();
    let of = of.map_err(|why| whys.push(why));
    let (title, role) = (line(more(0)).map_err(|why| whys.push(why)), line(more(1)).map_err(|why| whys.push(why)));
    let states = listed(more(2)).map(State::read).collect::<Result<Vec<_>, _>>().map_err(|why| whys.push(why));
    let (Ok(phone), Ok(email), Ok(of), Ok(job_title), Ok(role), Ok(states)) = (phone, email, of, title, role, states) else {
        return Err(whys);
    };
    if !whys.is_empty() || of.is_empty() && !everywhere {
        return Err(if whys.is_empty() { not_one() } else { whys });
    }
    let person = Person { first, last, phone, email };
    let countries = (!everywhere).then_some(of);
    Ok(ListedContact { person, job_title, role, countries, states }.contacts(&[]))
}

/// Returns what [`contacts`] reads of one.
pub(super) fn contact_text(contact: &SalesContact) -> String {
    let Person { first, last, phone, email } = &contact.person;
    let text = |line: &Option<Line>| line.as_ref().map(ToString::to_string).unwrap_or_default();
    let states: Vec<&str> = contact.states.iter().map(State::code).collect();
    let more = format!(";{};{};{}", text(&contact.job_title), text(&contact.role), states.join(","));
    let of = contact.country.map_or_else(|| EVERYWHERE.to_owned(), |country| country.to_string());
    format!("{of}={first};{last};{phone};{email}{}", more.trim_end_matches(';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_partner_centers_list_names_somebody_for_each_of_its_countries_pe_16_pe_27() {
        let row = ["Ann Lee", "ann@lee.example", "Sales lead", "Sales", "US, CA", "US-WA;us-or"];
        let read = ListedContact::read(row).unwrap();
        let contacts = read.contacts(&[]);
        let told: Vec<String> = contacts.iter().map(contact_text).collect();
        assert_eq!(
            told,
            ["CA=Ann;Lee;;ann@lee.example;Sales lead;Sales", "US=Ann;Lee;;ann@lee.example;Sales lead;Sales;US-OR,US-WA"]
        );
        assert_eq!(super::contacts(&told.join("|")).unwrap(), contacts, "as text it comes back whole");
        let again = ListedContact::of(&contacts);
        assert_eq!(again.len(), 1);
        assert_eq!(
            again[0].cells(),
            ["Ann Lee", "ann@lee.example", "Sales lead", "Sales", "CA,US", "US-OR,US-WA"].map(str::to_owned)
        );
    }

    #[test]
    fn every_country_stays_every_country_and_a_phone_number_that_was_told_stays() {
        let read = ListedContact::read(["김 민준", "kim@hanbit.example", "", "", "ooo", ""]).unwrap();
        let before = super::contacts("KR=민준;김;+82 2-555-0100;kim@hanbit.example").unwrap();
        let contacts = read.contacts(&before);
        let told: Vec<String> = contacts.iter().map(contact_text).collect();
        assert_eq!(told, ["OOO=민준;김;+82 2-555-0100;kim@hanbit.example"]);
        assert_eq!(super::contacts(&told[0]).unwrap(), contacts, "as text it comes back whole");
        let kept = serde_json::to_string(&contacts).unwrap();
        assert!(kept.contains(r#""country":"OOO""#), "{kept}");
        assert_eq!(serde_json::from_str::<Vec<SalesContact>>(&kept).unwrap(), contacts);
        let (both, rows) = ([before, contacts].concat(), |all: &[SalesContact]| ListedContact::of(all).len());
        assert_eq!(rows(&both), 2, "of one country and of every one are two rows");
        assert_eq!(read.cells()[0], "김민준");
        assert_eq!(read.cells()[4], "OOO");
    }

    #[test]
    fn a_wrong_row_says_everything_at_once_by_its_columns() {
        let wrong = ListedContact::read(["", "ann", "", "", "Atlantis", "WA"]).unwrap_err();
        let at: Vec<String> = wrong.iter().map(|complaint| complaint.at.to_string()).collect();
        assert_eq!(at, ["Name", "Email", "Countries", "States"]);
        assert!(ListedContact::read(["Ann", "ann@lee.example", "", "", "", ""]).is_err(), "nobody is asked nowhere");
        let wrong = ListedContact::read(["Ann", "ann@lee.example", "Sales | EMEA", "a;b", "US", "US-WA,CA-ON"]).unwrap_err();
        let whys: Vec<&str> = wrong.iter().map(|complaint| complaint.why.code()).collect();
        assert_eq!(whys, ["separates", "separates", "not-a-state"], "what would not come back, or be lost");
    }
}

//! Parts of an address or a contact that a file has no column for: what is known of them stays. What a whole record says is in `incoming`.

use super::contact::Person;
use super::customer::{Address, Customer};
use super::fold::fold;
use super::incoming::Said;
use super::part::Part;
use super::text::Line;

/// Fills what is not said of an address by the one that is known, where it may be the same place: its city and country are as known, or
/// not said either; a postal code and a second line only where the street is.
pub(super) fn fill_address(said: &mut Said<Address>, known: &Address, unsaid: &[Part]) {
    let Some(said) = said.as_mut().filter(|_| !unsaid.is_empty()) else { return };
    let is = |part| unsaid.contains(&part);
    let is_same = |part, said: &Option<Line>, known: &Option<Line>| {
        let folded = |line: &Option<Line>| line.as_ref().map(|line| fold(line.as_str()));
        is(part) || folded(said) == folded(known)
    };
    let is_there = is_same(Part::City, &said.city, &known.city) && (is(Part::Country) || said.country == known.country);
    if !is_there {
        return;
    }
    let is_street = is_same(Part::Line1, &said.line1, &known.line1);
    let parts = [
        (Part::Line1, &mut said.line1, &known.line1),
        (Part::Line2, &mut said.line2, &known.line2),
        (Part::City, &mut said.city, &known.city),
        (Part::State, &mut said.state, &known.state),
        (Part::PostalCode, &mut said.postal_code, &known.postal_code),
    ];
    let stays = |part| is(part) && (is_street || !matches!(part, Part::Line2 | Part::PostalCode));
    parts.into_iter().filter(|(part, ..)| stays(*part)).for_each(|(_, said, known)| said.clone_from(known));
    if is(Part::Country) {
        said.country = known.country;
    }
}

/// Fills what is not said of a contact by the one that is known, where it is the same person by what is said. Where no name can be said
/// and nothing else is, the file does not speak of a contact.
pub(super) fn fill_contact(said: &mut Said<Option<Person>>, known: &Customer, unsaid: &[Part]) {
    let is_nameless = [Part::ContactFirst, Part::ContactLast].iter().all(|part| unsaid.contains(part));
    if *said == Some(None) && is_nameless {
        *said = None;
    }
    let (Some(Some(said)), Some(known)) = (said.as_mut(), &known.contact) else { return };
    let parts = [
        (Part::ContactFirst, &mut said.first, &known.first),
        (Part::ContactLast, &mut said.last, &known.last),
        (Part::ContactPhone, &mut said.phone, &known.phone),
        (Part::ContactEmail, &mut said.email, &known.email),
    ];
    let is_name = |part| matches!(part, Part::ContactFirst | Part::ContactLast);
    let mut names = parts.iter().filter(|(part, ..)| is_name(*part) && !unsaid.contains(part)).peekable();
    // Without a name it is known by how it is reached.
    let is_one = if names.peek().is_some() {
        names.all(|(_, said, known)| **said == **known)
    } else {
        parts.iter().any(|(part, said, known)| !unsaid.contains(part) && !said.is_empty() && **said == **known)
    };
    if is_one {
        parts.into_iter().filter(|(part, ..)| unsaid.contains(part)).for_each(|(_, said, known)| said.clone_from(known));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(city: &str, postal_code: &str) -> Address {
        Address { city: Line::parse(city).ok(), postal_code: Line::parse(postal_code).ok(), ..Address::default() }
    }

    #[test]
    fn what_a_file_has_no_column_for_stays_where_it_may_be_the_same_place() {
        let known = address("서울", "04524");
        let filled = |said: Address, unsaid: &[Part]| {
            let mut said = Some(said);
            fill_address(&mut said, &known, unsaid);
            said.unwrap()
        };
        assert_eq!(filled(address("서울", ""), &[Part::PostalCode]), known);
        assert_eq!(filled(address("", "04524"), &[Part::City]), known);
        assert_eq!(filled(address("부산", ""), &[Part::PostalCode]), address("부산", ""), "another place");
        assert_eq!(filled(address("서울", ""), &[]), address("서울", ""), "it says that there is none");
        let moved = Address { line1: Line::parse("테헤란로 1").ok(), ..address("서울", "") };
        assert_eq!(filled(moved.clone(), &[Part::PostalCode]), moved, "another street has another code");
    }

    #[test]
    fn a_contact_keeps_what_a_file_has_no_column_for_while_it_is_the_same_person() {
        let person = |first: &str, last: &str, phone: &str, email: &str| Person {
            first: first.into(),
            last: last.into(),
            phone: phone.into(),
            email: email.into(),
        };
        let kim = person("민준", "김", "+82 2-555-0101", "minjun@hanbit.example");
        let known = Customer {
            name: Line::parse("한빛정밀").unwrap(),
            duns: None,
            address: Address::default(),
            contact: Some(kim.clone()),
        };
        let filled = |said: Person, unsaid: &[Part]| {
            let mut said = Some(Some(said));
            fill_contact(&mut said, &known, unsaid);
            said.unwrap().unwrap()
        };
        assert_eq!(filled(person("민준", "김", "", ""), &[Part::ContactPhone, Part::ContactEmail]), kim);
        assert_eq!(filled(person("서연", "이", "", ""), &[Part::ContactPhone]), person("서연", "이", "", ""), "another person");
        assert_eq!(
            filled(person("", "", "", "minjun@hanbit.example"), &[Part::ContactFirst, Part::ContactLast, Part::ContactPhone]),
            kim
        );
        assert_eq!(
            filled(person("", "", "", "x@y.example"), &[Part::ContactFirst, Part::ContactLast]),
            person("", "", "", "x@y.example")
        );
    }
}

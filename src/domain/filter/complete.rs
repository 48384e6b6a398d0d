//! What the key or the value at the cursor may become, while a filter is typed; what the rest of the filter says is not looked at.

use std::ops::Range;

use super::called;
use super::keys::{KEYS, YES_NO_KEYS, known, values};
use crate::domain::customer::Country;
use crate::domain::fold::fold;
use crate::domain::money::Currency;
use crate::domain::saved_view::Views;
use crate::domain::text::is_dash;

/// What may stand at a place of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that are replaced.
    pub place: Range<usize>,
    pub options: Vec<String>,
}

/// A key whose values are what deals have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldKey {
    Country,
    Currency,
    City,
    Customer,
}

impl HeldKey {
    fn read(key: &str) -> Option<Self> {
        match known(key)? {
            "country" => Some(Self::Country),
            "currency" => Some(Self::Currency),
            "city" => Some(Self::City),
            "customer" => Some(Self::Customer),
            _ => None,
        }
    }
}

/// The value at the cursor: its key, the bytes where it stands, and what is typed of it without quotation marks.
struct Value {
    key: String,
    from: usize,
    typed: String,
    quoted: bool,
}

/// Returns where the last word begins behind its dash, and its value where it has one.
fn at_cursor(before: &str) -> (usize, bool, Option<Value>) {
    let (start, open) = word_start(before);
    let start = start + before[start..].strip_prefix(is_dash).map_or(0, |rest| before.len() - start - rest.len());
    let colon = before[start..].find([':', '：']).map(|at| start + at).filter(|_| !before[start..].starts_with(QUOTES));
    let value = colon.map(|colon| {
        let key = fold(&before[start..colon]);
        // Names have full stops in them.
        let is_name = matches!(HeldKey::read(&key), Some(HeldKey::Customer | HeldKey::City));
        let separates = |c: char| match c {
            ':' | '：' | ',' | '、' => true,
            c => !is_name && ['|', '<', '>', '=', '.'].contains(&c),
        };
        let mut from = colon;
        let mut inside = false;
        for (at, c) in before[colon..].char_indices() {
            inside ^= QUOTES.contains(&c);
            if !inside && separates(c) {
                from = colon + at + c.len_utf8();
            }
        }
        let typed = before[from..].replace(QUOTES, "");
        Value { key, from, typed, quoted: before[from..].starts_with(QUOTES) }
    });
    (start, open, value)
}

const QUOTES: [char; 4] = ['"', '“', '”', '＂'];

/// Returns which key whose values are held the cursor stands behind, and what is typed of the value.
pub fn held_key(text: &str, cursor: usize) -> Option<(HeldKey, String)> {
    let (_, _, value) = at_cursor(text.get(..cursor)?);
    let value = value?;
    Some((HeldKey::read(&value.key)?, value.typed))
}

/// Returns whether anything is ever offered at the cursor: of a key that takes any words nothing is.
pub fn may_complete(text: &str, cursor: usize) -> bool {
    let (_, _, value) = at_cursor(text.get(..cursor).unwrap_or(text));
    let Some(key) = value.and_then(|value| known(&value.key)) else { return true };
    // Of an employee any words are told, `me` only among them.
    key == "view" || HeldKey::read(key).is_some() || key != "employee" && !values(key).is_empty()
}

/// Returns what the word at the cursor, a place in bytes, may become: a key with its colon or, behind one, a value; first what deals hold.
pub fn complete(text: &str, cursor: usize, views: &Views, held: &[String]) -> Completion {
    let (before, behind) = text.split_at_checked(cursor).unwrap_or((text, ""));
    let (start, open, value) = at_cursor(before);
    let none = Completion { place: cursor..cursor, options: Vec::new() };
    if open && !value.as_ref().is_some_and(|value| value.quoted && HeldKey::read(&value.key).is_some()) {
        return none;
    }
    let end = |marks: &[char]| cursor + behind.find(|c: char| c.is_whitespace() || marks.contains(&c)).unwrap_or(behind.len());
    match value {
        None => {
            let end = end(&[':']);
            // Its colon goes with it.
            let place = start..end + usize::from(text[end..].starts_with(':'));
            let typed = &before[start..];
            let keys = KEYS.into_iter().chain(YES_NO_KEYS).map(|key| format!("{key}:"));
            let begun = begun(typed, keys);
            // A key that is called otherwise, too, comes behind those that begin so.
            let others = called::keys(typed).map(|key| format!("{key}:")).filter(|key| !begun.contains(key)).collect();
            Completion { options: [begun, others].concat(), place }
        }
        Some(Value { key, from, typed, quoted }) => {
            let end = match (open, HeldKey::read(&key)) {
                (true, _) => cursor + quoted_rest(behind),
                (false, Some(HeldKey::Customer | HeldKey::City)) => end(&[',', '、']),
                (false, _) => end(&[',', '、', '|', '.']),
            };
            let place = if quoted { from..end.max(cursor) } else { from..end };
            Completion { place, options: begun_values(&key, &typed, views, held) }
        }
    }
}

/// Returns how much behind the cursor belongs to what stands in quotation marks: with the mark that closes them, unless another key comes
/// before it.
fn quoted_rest(behind: &str) -> usize {
    let closed = behind.find(QUOTES);
    let rest = closed.map_or(behind, |at| &behind[..at]);
    match rest.find(char::is_whitespace).filter(|_| rest.contains([':', '：'])) {
        Some(blank) => blank,
        None => closed.map_or(behind.len(), |at| at + 1),
    }
}

/// Returns where the last word begins, and whether it stands in quotation marks.
fn word_start(text: &str) -> (usize, bool) {
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            c if QUOTES.contains(&c) => quoted = !quoted,
            c if c.is_whitespace() && !quoted => start = at + c.len_utf8(),
            _ => {}
        }
    }
    (start, quoted)
}

fn begun(typed: &str, all: impl Iterator<Item = String>) -> Vec<String> {
    let typed = fold(typed);
    all.filter(|one| fold(one).starts_with(&typed)).collect()
}

fn begun_values(key: &str, typed: &str, views: &Views, held: &[String]) -> Vec<String> {
    let first = |all: Vec<String>| {
        let here: Vec<String> = held.iter().filter(|value| all.contains(value)).cloned().collect();
        let rest = all.into_iter().filter(|value| !held.contains(value));
        here.iter().cloned().chain(rest).collect()
    };
    match (HeldKey::read(key), key) {
        (Some(HeldKey::Country), _) => {
            first(Country::beginning_with(typed).into_iter().map(|country| country.code().to_owned()).collect())
        }
        (Some(HeldKey::Currency), _) => {
            let mut all = Vec::new();
            Currency::for_each(|currency| all.push(currency.code().to_owned()));
            first(begun(typed, all.into_iter()))
        }
        (Some(HeldKey::City), _) => begun(typed, held.iter().cloned()).iter().map(|city| one_word(city)).collect(),
        // Which name a word of begins so was found already.
        (Some(HeldKey::Customer), _) => held.iter().map(|name| one_word(name)).collect(),
        (None, "view") => begun(typed, views.words().into_iter()),
        (None, key) => {
            let key = known(key).unwrap_or(key);
            let begun = begun(typed, values(key).into_iter().map(str::to_owned));
            let others = called::values(key, typed).map(str::to_owned).filter(|value| !begun.contains(value)).collect();
            [begun, others].concat()
        }
    }
}

/// Returns a value as one word of the filter.
pub fn one_word(value: &str) -> String {
    let is_plain = value.chars().all(|c| c.is_alphanumeric());
    if is_plain { value.to_owned() } else { format!("\"{}\"", value.replace(QUOTES, "")) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::saved_view::SavedView;

    fn views() -> Views {
        let named = |name: &str| SavedView { name: name.to_owned(), ..SavedView::default() };
        Views::new(["due this week", "한국 대형", "a.b"].map(named).to_vec(), Vec::new())
    }

    /// The cursor stands at the stroke.
    fn completed(typed: &str) -> (String, Vec<String>) {
        let cursor = typed.find('¦').unwrap();
        let text = typed.replace('¦', "");
        let Completion { place, options } = complete(&text, cursor, &views(), &[]);
        let first = options.first().map(|option| format!("{}{option}{}", &text[..place.start], &text[place.end..]));
        (first.unwrap_or_default(), options)
    }

    #[test]
    fn keys_and_values_are_completed_where_the_cursor_stands() {
        for (typed, first) in [
            ("coun¦", "country:"),
            ("erp -coun¦ x", "erp -country: x"),
            ("coun¦try:KR", "country:KR"),
            ("COUN¦", "country:"),
            ("ｃｏｕｎ¦", "country:"),
            ("sales-¦", "sales-stage:"),
            ("stage:¦", "stage:received"),
            ("stage:acc¦", "stage:accepted"),
            ("stage:accepted,ar¦ erp", "stage:accepted,archived erp"),
            ("stage:r¦e,archived", "stage:received,archived"),
            ("type:p¦", "type:privatePipeline"),
            ("help:quo¦", "help:QuotesOrLicensing"),
            ("favorite:¦", "favorite:yes"),
            ("close:next-¦", "close:next-week"),
            ("close:this-month..next-m¦", "close:this-month..next-month"),
            ("close:this-m¦..next-month", "close:this-month..next-month"),
            ("next:y¦", "next:yes"),
            ("due:<=to¦", "due:<=today"),
            ("due:o¦", "due:overdue"),
            ("archived:last¦", "archived:last-week"),
            ("closed¦", "archived:"),
            ("closed:last¦", "closed:last-week"),
            ("country:K¦", "country:KR"),
            ("country:한¦", "country:KR"),
            ("currency:kr¦", "currency:KRW"),
            ("view:du¦", "view:due-this-week"),
            ("-view:한¦ erp", "-view:한국-대형 erp"),
            ("view:a¦", ""),
            ("zz¦", ""),
            ("customer:a¦", ""),
            ("country:¦", "country:AD"),
            ("country:\"hong k¦", "country:HK"),
            ("nokey:a¦", ""),
        ] {
            let (found, options) = completed(typed);
            match typed {
                "country:K¦" => assert!(options.contains(&"KR".to_owned()), "{options:?}"),
                _ => assert_eq!(found, first, "{typed}: {options:?}"),
            }
        }
        assert_eq!(completed("¦").1.len(), KEYS.len() + YES_NO_KEYS.len());
        assert_eq!(
            completed("c¦").1,
            [
                "country:",
                "city:",
                "customer:",
                "currency:",
                "close:",
                "created:",
                "changed:",
                "campaign:",
                "crm:",
                "conflict:",
                "archived:"
            ]
        );
    }

    #[test]
    fn what_deals_hold_is_offered_first_and_a_name_of_several_words_as_one() {
        let held = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let done = |typed: &str, names: &[&str]| {
            let cursor = typed.find('¦').unwrap();
            let text = typed.replace('¦', "");
            let Completion { place, options } = complete(&text, cursor, &views(), &held(names));
            options.first().map(|option| format!("{}{option}{}", &text[..place.start], &text[place.end..])).unwrap_or_default()
        };
        for (typed, names, first) in [
            ("country:¦", &["KR", "JP"][..], "country:KR"),
            ("country:j¦", &["KR", "JP"], "country:JP"),
            ("국가:¦ erp", &["KR"], "국가:KR erp"),
            ("currency:¦", &["TWD"], "currency:TWD"),
            ("customer:Con¦", &["Contoso Outdoor Ltd"], "customer:\"Contoso Outdoor Ltd\""),
            ("-customer:\"Contoso O¦ erp", &["Contoso Outdoor Ltd"], "-customer:\"Contoso Outdoor Ltd\""),
            ("customer:\"Foods, Inc.\"¦ erp", &["Foods, Inc."], "customer:\"Foods, Inc.\" erp"),
            ("customer:contoso,한¦", &["한빛정밀"], "customer:contoso,한빛정밀"),
            ("city:창¦", &["서울", "창원시"], "city:창원시"),
            ("customer:zz¦", &[], ""),
        ] {
            assert_eq!(done(typed, names), first, "{typed}");
        }
        assert_eq!(held_key("erp 고객:\"Contoso O", 21), Some((HeldKey::Customer, "Contoso O".to_owned())));
        assert!(!may_complete("employee:an", 11) && may_complete("empl", 4) && may_complete("city:", 5));
    }

    proptest! {
        #[test]
        fn no_text_and_no_place_makes_it_fall_over(text in "[a-z:,\"<. -]{0,16}|.{0,12}", at in 0_usize..40) {
            let cursor = text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(text.len());
            let found = complete(&text, cursor, &views(), &[]);
            prop_assert!(text.get(found.place).is_some());
        }
    }

    #[test]
    fn a_full_stop_is_part_of_a_name_and_an_open_quotation_mark_takes_no_other_key() {
        let one = |text: &str, held: &str| {
            let cursor = text.find('¦').unwrap();
            let text = text.replace('¦', "");
            let Completion { options, place } = complete(&text, cursor, &views(), &[held.to_owned()]);
            format!("{}{}{}", &text[..place.start], options[0], &text[place.end..])
        };
        assert_eq!(one("customer:Co.¦", "Co. Ltd"), "customer:\"Co. Ltd\"");
        assert_eq!(one("city:St.¦", "St. Gallen"), "city:\"St. Gallen\"");
        let other = "customer:\"Contoso Ltd\" country:KR city:\"New York\"";
        assert_eq!(one("customer:\"Cont¦ country:KR city:\"New York\"", "Contoso Ltd"), other);
    }
}

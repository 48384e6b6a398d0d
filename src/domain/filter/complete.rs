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

/// Returns what the word at the cursor, a place in bytes, may become: a key with its colon or, behind one, a value.
pub fn complete(text: &str, cursor: usize, views: &Views) -> Completion {
    let (before, behind) = text.split_at_checked(cursor).unwrap_or((text, ""));
    let (start, quoted) = word_start(before);
    let none = Completion { place: cursor..cursor, options: Vec::new() };
    if quoted {
        return none;
    }
    let start = start + before[start..].strip_prefix(is_dash).map_or(0, |rest| before.len() - start - rest.len());
    let end = |marks: &[char]| cursor + behind.find(|c: char| c.is_whitespace() || marks.contains(&c)).unwrap_or(behind.len());
    match before[start..].find([':', '：']) {
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
        Some(colon) => {
            let key = fold(&before[start..start + colon]);
            let from = before.rfind([':', '：', ',', '、', '|', '<', '>', '=', '.']).unwrap_or(start);
            let from = from + before[from..].chars().next().map_or(0, char::len_utf8);
            let typed = &before[from..];
            Completion { place: from..end(&[',', '、', '|', '.']), options: begun_values(&key, typed, views) }
        }
    }
}

/// Returns where the last word begins, and whether it stands in quotation marks.
fn word_start(text: &str) -> (usize, bool) {
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' | '“' | '”' | '＂' => quoted = !quoted,
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

fn begun_values(key: &str, typed: &str, views: &Views) -> Vec<String> {
    // Of what there are hundreds of a beginning is needed.
    match key {
        "country" | "currency" if typed.is_empty() => Vec::new(),
        "country" => Country::beginning_with(typed).into_iter().map(|country| country.code().to_owned()).collect(),
        "currency" => {
            let mut all = Vec::new();
            Currency::for_each(|currency| all.push(currency.code().to_owned()));
            begun(typed, all.into_iter())
        }
        "view" => begun(typed, views.words().into_iter()),
        key => {
            let key = known(key).unwrap_or(key);
            let begun = begun(typed, values(key).into_iter().map(str::to_owned));
            let others = called::values(key, typed).map(str::to_owned).filter(|value| !begun.contains(value)).collect();
            [begun, others].concat()
        }
    }
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
        let Completion { place, options } = complete(&text, cursor, &views());
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
            ("country:¦", ""),
            ("country:\"hong k¦", ""),
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

    proptest! {
        #[test]
        fn no_text_and_no_place_makes_it_fall_over(text in "[a-z:,\"<. -]{0,16}|.{0,12}", at in 0_usize..40) {
            let cursor = text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(text.len());
            let found = complete(&text, cursor, &views());
            prop_assert!(text.get(found.place).is_some());
        }
    }
}

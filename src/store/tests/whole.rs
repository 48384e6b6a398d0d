//! Everything in one document: what is made of it is the same in every list, figure and step, and says the same again.

use std::io::Read;

use proptest::prelude::*;

use super::super::{Health, WholeError};
use super::*;
use crate::domain::draft::Texts;
use crate::domain::query::{From, ListQuery, Order, SortKey};
use crate::domain::tab::{Tab, View};
use crate::sample;
use crate::store::DraftKey;

fn whole(store: &Store) -> Vec<u8> {
    let mut to = Vec::new();
    store.write_whole(&mut to).unwrap();
    to
}

fn made_of(document: &[u8]) -> Store {
    let mut store = Store::in_memory(Settings::default()).unwrap();
    store.restore_whole(&mut &document[..], false).unwrap();
    store
}

fn refused(document: &[u8]) -> WholeError {
    let mut store = Store::in_memory(Settings::default()).unwrap();
    let before = whole(&store);
    let error = store.restore_whole(&mut &document[..], false).unwrap_err();
    assert_eq!(whole(&store), before, "nothing was changed");
    error
}

/// Everything that a user sees of both is the same.
fn assert_same(one: &mut Store, other: &mut Store) {
    assert_eq!(difference(&everything(one), &everything(other)), "");
    assert_eq!(one.counts(now().into()).unwrap(), other.counts(now().into()).unwrap());
    for key in SortKey::ALL {
        let query = ListQuery { view: View::All, order: Order { key, reversed: false }, ..ListQuery::tab(Tab::All) };
        let rows = |store: &mut Store| store.list(&query, From::Start, 1_000).unwrap().rows;
        assert_eq!(rows(one), rows(other), "{key:?}");
    }
    assert_eq!(one.drafts().unwrap(), other.drafts().unwrap());
    assert_eq!(other.health().unwrap(), Health::default());
}

#[test]
fn what_is_made_of_the_sample_is_the_sample_and_goes_on_like_it() {
    let mut one = sample::store(Settings::default(), now().into()).unwrap();
    let texts = Texts::from([("deal.name".to_owned(), "한빛 \"ERP\"".to_owned())]);
    one.keep_draft(DraftKey::About("accept", OpportunityId(1)), &texts, now()).unwrap();
    let document = whole(&one);
    assert!(
        serde_json::from_slice::<serde_json::Value>(&document).unwrap()["tables"]["opportunity"]["rows"].as_array().is_some()
    );
    let mut other = made_of(&document);
    assert_eq!(whole(&other), document, "byte by byte");
    assert_same(&mut one, &mut other);
    // A step that is made now has a name of its own.
    assert_eq!(one.steps(None, 1_000).unwrap(), other.steps(None, 1_000).unwrap());
    assert_eq!(one.undo_and_redo().unwrap(), other.undo_and_redo().unwrap());
    for store in [&mut one, &mut other] {
        store.undo(now()).unwrap();
        store.redo(now()).unwrap();
        store.apply(&[change(2, What::Favorite { on: true })], now()).unwrap();
    }
    assert_same(&mut one, &mut other);
}

#[test]
fn no_number_is_given_twice() {
    let mut one = store_of(3);
    one.undo(now()).unwrap();
    let mut other = made_of(&whole(&one));
    for store in [&mut one, &mut other] {
        import(store, vec![record(1)]);
    }
    assert_same(&mut one, &mut other);
}

#[test]
fn only_an_empty_database_takes_it_and_only_what_is_whole_is_taken() {
    let document = whole(&store_of(5));
    let mut full = store_of(1);
    assert!(matches!(full.restore_whole(&mut &document[..], false), Err(WholeError::NotEmpty)));
    let text = String::from_utf8(document.clone()).unwrap();
    assert!(matches!(refused(&document[..document.len() / 2]), WholeError::NotWhole(_)));
    assert!(matches!(refused(text.replace("\"format\":1", "\"format\":2").as_bytes()), WholeError::Newer));
    assert!(matches!(refused(text.replace("\"schema\":", "\"schema\":9").as_bytes()), WholeError::Newer));
    for (from, to) in [
        ("\"everything\"", "\"something\""),
        ("\"opportunity\":{", "\"oportunity\":{"),
        ("\"customer_name\"", "\"customer_nom\""),
        ("\"rows\":[\n[1,", "\"rows\":[\n[1,1,"),
    ] {
        assert!(text.contains(from), "{from}");
        assert!(matches!(refused(text.replacen(from, to, 1).as_bytes()), WholeError::NotWhole(_)), "{from}");
    }
    for other in ["", "[]", "{}", "{\"cosell\":\"everything\"}", "null"] {
        assert!(matches!(refused(other.as_bytes()), WholeError::NotWhole(_)), "{other}");
    }
    let mut dry = Store::in_memory(Settings::default()).unwrap();
    assert_eq!(dry.restore_whole(&mut &document[..], true).unwrap(), 5);
    assert!(dry.counts(now().into()).unwrap().is_empty(), "a dry run keeps nothing");
}

#[test]
fn a_file_that_breaks_off_while_it_is_read_changes_nothing() {
    struct Broken(usize);
    impl Read for Broken {
        fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            self.0 -= 1;
            to[0] = b' ';
            Ok(1)
        }
    }
    let mut store = Store::in_memory(Settings::default()).unwrap();
    assert!(matches!(store.restore_whole(&mut Broken(3), false), Err(WholeError::File(_))));
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn whatever_was_done_is_made_anew_without_loss(
        records in prop::collection::vec(0_usize..400, 1..20),
        again in prop::collection::vec(0_usize..400, 0..6),
        steps in prop::collection::vec((1_i64..12, 0_usize..4), 0..12),
    ) {
        let mut one = Store::in_memory(Settings::default()).unwrap();
        import(&mut one, records.into_iter().map(record).collect());
        for (id, what) in steps {
            let what = match what {
                0 => What::Favorite { on: true },
                1 => accept(),
                2 => What::Note { text: Notes::parse("한빛: \"call\"\u{202e}\n\\").unwrap(), by: None },
                _ => {
                    let _ = one.undo(now());
                    continue;
                }
            };
            let _ = one.apply(&[change(id, what)], now());
        }
        import(&mut one, again.into_iter().map(record).collect());
        let document = whole(&one);
        let mut other = made_of(&document);
        prop_assert_eq!(whole(&other), document);
        prop_assert_eq!(one.steps(None, 1_000).unwrap(), other.steps(None, 1_000).unwrap());
        assert_same(&mut one, &mut other);
    }
}

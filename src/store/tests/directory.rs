//! The directory and the catalogue: what deals teach, what is found in which order, what is nearly the same.

use proptest::prelude::*;

use super::*;
use crate::domain::customer::Customer;
use crate::domain::directory::{KnownCustomer, KnownSolution, Rank};
use crate::domain::solution::Owner;
use crate::domain::suggest::{Place, Query, Squeezed, spans};
use crate::store::keys::{Keys, Own};
use crate::store::{Entries, Put, StoreError};

fn entry(name: &str, country: &str, city: &str, duns: Option<&str>) -> KnownCustomer {
    KnownCustomer {
        name: line(name),
        duns: duns.map(|duns| Duns::parse(duns).unwrap()),
        address: Address { city: Some(line(city)), country: Country::parse(country).ok(), ..Address::default() },
        used: false,
    }
}

fn customer(name: &str, country: &str, city: &str, duns: Option<&str>) -> Customer {
    let entry = entry(name, country, city, duns);
    Customer { name: entry.name, duns: entry.duns, address: entry.address, contact: None }
}

fn directory(entries: &[KnownCustomer]) -> Store {
    let store = Store::in_memory(Settings::default()).unwrap();
    for entry in entries {
        store.put_customer(&mut Keys::direct(&store), entry, Own::of(entry), None).unwrap();
    }
    store
}

fn names(found: &[(KnownCustomer, Rank)]) -> Vec<(&str, Rank)> {
    found.iter().map(|(customer, rank)| (customer.name.as_str(), *rank)).collect()
}

const NAMES: [(&str, &str); 14] = [
    ("Northwind Traders Inc.", "US"),
    ("Northwind", "US"),
    ("Old Northwind Ltd", "US"),
    ("Norfolk Dairy", "US"),
    ("Microsoft", "US"),
    ("한빛정밀 주식회사", "KR"),
    ("(주)한국한빛", "KR"),
    ("한빛", "KR"),
    ("한구석", "KR"),
    ("株式会社東雲物産", "JP"),
    ("ツバメ薬局", "JP"),
    ("云帆科技有限公司", "CN"),
    ("晴川電子股份有限公司", "TW"),
    ("晴川電機股份有限公司", "TW"),
];

fn five_scripts() -> Store {
    directory(&NAMES.map(|(name, country)| entry(name, country, "X", None)))
}

#[test]
fn exact_names_stand_first_then_used_ones_then_beginnings_words_and_insides() {
    use Rank::{Exact, Inside, Prefix, Word};
    let store = five_scripts();
    let found = |typed: &str| store.suggest_customers(typed, None, 10).unwrap();
    assert_eq!(
        names(&found("northwind")),
        [("Northwind", Exact), ("Northwind Traders Inc.", Prefix), ("Old Northwind Ltd", Word)]
    );
    assert_eq!(names(&found("한빛")), [("한빛", Exact), ("한빛정밀 주식회사", Prefix), ("(주)한국한빛", Inside)]);
    assert_eq!(names(&found("northwind inc"))[0], ("Northwind", Exact));
    assert_eq!(names(&found("traders north")), [("Northwind Traders Inc.", Word)]);
    assert_eq!(names(&found("soft")), [("Microsoft", Inside)]);
    store.learn_customer(&customer("Old Northwind Ltd", "US", "X", None), now()).unwrap();
    assert_eq!(
        names(&found("northwind")),
        [("Northwind", Exact), ("Old Northwind Ltd", Word), ("Northwind Traders Inc.", Prefix)],
        "used in a deal: before the unused ones"
    );
    assert_eq!(names(&store.suggest_customers("nor", None, 2).unwrap()).len(), 2);
}

#[test]
fn of_a_begun_legal_form_names_that_begin_so_come_before_those_that_end_in_it() {
    use Rank::{Prefix, Word};
    let store = directory(&[entry("주식회관 유한회사", "KR", "X", None)]);
    for (name, seconds) in [("주식회사 달무리", 1), ("주식회의실 (주)", 2), ("한빛정밀 주식회사", 3), ("누리온주식회사", 4)]
    {
        store.learn_customer(&customer(name, "KR", "X", None), now().plus_micros(seconds * 1_000_000)).unwrap();
    }
    let found = store.suggest_customers("주식회", None, 10).unwrap();
    let begin = [("주식회의실 (주)", Prefix), ("주식회관 유한회사", Prefix), ("주식회사 달무리", Prefix)];
    let end = [("누리온주식회사", Word), ("한빛정밀 주식회사", Word)];
    assert_eq!(names(&found), [&begin[..], &end[..]].concat());
    assert_eq!(names(&store.suggest_customers("주식회", None, 3).unwrap()), begin);
    // Signs alone are no beginning of anything: the ones used last stand there.
    assert!(!crate::domain::suggest::is_of_signs("㈜"));
    for signs in ["-", ".", "·"] {
        assert_eq!(
            names(&store.suggest_customers(signs, None, 10).unwrap()),
            names(&store.suggest_customers("", None, 10).unwrap())
        );
    }
}

#[test]
fn every_script_is_found_by_two_characters_initials_and_with_one_letter_wrong() {
    let store = five_scripts();
    for (typed, first, rank) in [
        ("ㅎㅂㅈㅁ", "한빛정밀 주식회사", Rank::Prefix),
        ("빛정", "한빛정밀 주식회사", Rank::Inside),
        ("한구", "한구석", Rank::Prefix),
        ("한빗정밀", "한빛정밀 주식회사", Rank::Fuzzy),
        ("東雲", "株式会社東雲物産", Rank::Prefix),
        ("物産", "株式会社東雲物産", Rank::Inside),
        ("つばめ", "ツバメ薬局", Rank::Prefix),
        ("东帆科技", "云帆科技有限公司", Rank::Fuzzy),
        ("晴川電子", "晴川電子股份有限公司", Rank::Exact),
        ("norhtwind tra", "Northwind Traders Inc.", Rank::Fuzzy),
        ("nothwind", "Northwind", Rank::Fuzzy),
        ("nortthwind", "Northwind", Rank::Fuzzy),
        ("nprthwind", "Northwind", Rank::Fuzzy),
        ("ｍｉｃｒｏ", "Microsoft", Rank::Prefix),
    ] {
        let found = store.suggest_customers(typed, None, 10).unwrap();
        assert_eq!(names(&found).first(), Some(&(first, rank)), "{typed}: {found:?}");
    }
    let jp = Country::parse("JP").unwrap();
    assert_eq!(store.suggest_customers("한빛", Some(jp), 10).unwrap(), []);
    let found = store.suggest_customers("한국", None, 10).unwrap();
    assert_eq!(names(&found)[0], ("(주)한국한빛", Rank::Prefix));
}

#[test]
fn mg_27_a_duns_number_or_its_beginning_finds_the_legal_entity() {
    let store = directory(&[
        entry("Contoso", "US", "Reno", Some("081466849")),
        entry("Contoso", "US", "Reno", Some("081466850")),
        entry("0814 Ltd", "US", "Reno", None),
    ]);
    let found = |typed: &str| store.suggest_customers(typed, None, 10).unwrap();
    assert_eq!(found("08-146-6849").len(), 1);
    assert_eq!(found("081466849")[0].1, Rank::Exact);
    assert_eq!(found("0814").len(), 3, "a name may begin so too");
    assert_eq!(found("contoso").len(), 2, "told apart by their number");
}

#[test]
fn names_longer_than_what_is_kept_of_them_are_found_to_their_end() {
    let latin = "Consolidated Riverbend Instrumentation and Metering Corporation";
    let other = "Consolidated Riverbend Instruments Inc.";
    let korean = "한강유역환경데이터분석연구소 주식회사";
    let store = directory(&[latin, other, korean].map(|name| entry(name, "US", "X", None)));
    let found = |typed: &str| store.suggest_customers(typed, None, 10).unwrap();
    assert_eq!(names(&found(latin)), [(latin, Rank::Exact)]);
    assert_eq!(names(&found("consolidated riverbend instrumentation a")), [(latin, Rank::Prefix)]);
    assert_eq!(found("consolidated riverbend inst").len(), 2);
    assert_eq!(names(&found("한강유역환경데이터분석연구소")), [(korean, Rank::Exact)]);
    assert_eq!(names(&found("한강유역환경데이터분석연")), [(korean, Rank::Prefix)]);
    assert_eq!(names(&found("유역환경데이터분석연구소")), [(korean, Rank::Inside)]);
    let alike = store.alike_customers(&customer("한강유역환경데이터분석연구원", "US", "X", None), 5).unwrap();
    assert_eq!(alike.len(), 1, "one letter off behind what is kept: {alike:?}");
}

#[test]
fn nothing_typed_gives_those_used_last() {
    let store = five_scripts();
    for (n, (name, country)) in NAMES[..6].iter().enumerate() {
        store.learn_customer(&customer(name, country, "X", None), now().plus_micros(n as i64)).unwrap();
    }
    let us = Country::parse("US").unwrap();
    let found = store.suggest_customers(" ", Some(us), 2).unwrap();
    assert_eq!(found.iter().map(|(c, _)| c.name.as_str()).collect::<Vec<_>>(), ["Microsoft", "Norfolk Dairy"]);
    assert_eq!(store.suggest_customers("", None, 1).unwrap()[0].0.name.as_str(), "한빛정밀 주식회사");
}

#[test]
fn an_entry_is_recognised_by_its_number_else_by_name_country_and_city() {
    let store = directory(&[entry("Contoso Ltd", "US", "Reno", None)]);
    let put = |entry: &KnownCustomer| store.put_customer(&mut Keys::direct(&store), entry, Own::of(entry), None).unwrap();
    assert_eq!(put(&entry("CONTOSO LTD", "US", "reno", None)), Put::Changed, "the way it is written");
    assert_eq!(put(&entry("CONTOSO LTD", "US", "reno", None)), Put::Unchanged);
    assert_eq!(put(&entry("Contoso Ltd", "US", "Reno", Some("081466849"))), Put::Changed, "it gets its number");
    assert_eq!(put(&entry("Contoso Ltd", "US", "Reno", Some("081466850"))), Put::New, "another legal entity");
    assert_eq!(put(&entry("Contoso Limited", "US", "Reno", Some("081466849"))), Put::Changed, "renamed");
    assert_eq!(put(&entry("Contoso Ltd", "US", "Tahoe", None)), Put::New);
    let found = store.suggest_customers("contoso", None, 10).unwrap();
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn mg_26_legal_entities_of_one_city_stay_apart_by_their_streets() {
    let store = directory(&[]);
    let at = |street: Option<&str>, duns: Option<&str>| {
        let mut entry = entry("Contoso Ltd", "US", "Reno", duns);
        entry.address.line1 = street.map(|street| Line::parse(street).unwrap());
        entry
    };
    let put = |entry: &KnownCustomer| store.put_customer(&mut Keys::direct(&store), entry, Own::of(entry), None).unwrap();
    assert_eq!(put(&at(None, None)), Put::New);
    assert_eq!(put(&at(Some("1 Main St"), None)), Put::Changed, "the one whose street nobody knew");
    assert_eq!(put(&at(Some("1 MAIN ST"), None)), Put::Changed, "the way it is written");
    assert_eq!(put(&at(Some("2 Main St"), None)), Put::New, "another house");
    assert_eq!(put(&at(None, None)), Put::Unchanged, "says nothing new of one of them");
    assert_eq!(put(&at(Some("2 Main St"), Some("081466849"))), Put::Changed, "it gets its number");
    assert_eq!(put(&at(Some("2 Main St"), Some("081466850"))), Put::New, "two entities in one house");
    assert_eq!(store.suggest_customers("contoso", None, 10).unwrap().len(), 3);
}

#[test]
fn a_deal_fills_in_what_the_directory_leaves_open_and_changes_nothing_else() {
    let store = directory(&[entry("Contoso Ltd", "US", "Reno", Some("081466849"))]);
    let mut seen = customer("Contoso Holdings", "US", "Tahoe", Some("081466849"));
    seen.address.line1 = Some(line("1 Main St"));
    store.learn_customer(&seen, now()).unwrap();
    let (found, _) = store.suggest_customers("contoso", None, 10).unwrap().remove(0);
    assert_eq!((found.name.as_str(), found.used), ("Contoso Ltd", true));
    assert_eq!(found.address.city, Some(line("Reno")));
    assert_eq!(found.address.line1, Some(line("1 Main St")));
}

#[test]
fn mg_26_entries_that_are_nearly_the_same_are_told() {
    let store = directory(&[
        entry("Contoso Ltd", "US", "Reno", Some("081466849")),
        entry("Contoso Inc", "US", "Reno", Some("081466850")),
        entry("Contosa", "US", "Reno", None),
        entry("Contoso", "CA", "Reno", None),
        entry("Contoso Dairy", "US", "Reno", None),
    ]);
    let alike = store.alike_customers(&customer("contoso ltd", "US", "Reno", Some("081466849")), 10).unwrap();
    assert_eq!(alike.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["Contoso Inc", "Contosa"]);
    let alike = store.alike_customers(&customer("Contoso", "US", "Tahoe", None), 10).unwrap();
    assert_eq!(alike.len(), 3, "{alike:?}");
}

#[test]
fn deals_teach_customers_and_solutions_once_each() {
    let store = store_of(40);
    let found = store.suggest_customers("", None, 100).unwrap();
    assert!(found.iter().all(|(customer, _)| customer.used) && found.len() >= 5, "{found:?}");
    assert_eq!(
        store.suggest_customers("ㅎㅂ", None, 100).unwrap().len(),
        store.suggest_customers("한빛정밀", None, 100).unwrap().len()
    );
    let solutions = store.solutions().unwrap();
    assert!(!solutions.is_empty() && solutions.iter().all(|solution| solution.used));
    let first = solutions[0].id.to_string();
    assert_eq!(store.suggest_solutions(&first, 10).unwrap()[0].1, Rank::Exact);
}

#[test]
fn mg_48_solutions_are_found_by_id_and_name_and_the_catalogue_knows_whose_they_are() {
    let mut store = Store::in_memory(Settings::default()).unwrap();
    let solution = |id: &str, name: Option<&str>, owner| KnownSolution {
        id: line(id),
        name: name.map(line),
        owner,
        assessment: false,
        used: false,
    };
    assert_eq!(store.add_solution(&solution("SOL-34104-EBB", Some("ERP Cloud"), Owner::Mine)).unwrap(), Put::New);
    assert_eq!(store.add_solution(&solution("SOL-34104-EBB", Some("ERP Cloud 2"), Owner::Mine)).unwrap(), Put::Changed);
    store.add_solution(&solution("SOL-1", Some("데이터 진단"), Owner::Microsoft)).unwrap();
    for (typed, id) in
        [("sol-341", "SOL-34104-EBB"), ("341", "SOL-34104-EBB"), ("clo", "SOL-34104-EBB"), ("진단", "SOL-1"), ("ㄷㅇㅌ", "SOL-1")]
    {
        assert_eq!(store.suggest_solutions(typed, 10).unwrap()[0].0.id.as_str(), id, "{typed}");
    }
    let deal = Solution { id: line("sol-1"), name: None, owner: Owner::Unknown, currency: None, price: None, quantity: None };
    store.learn_solution(&deal, now()).unwrap();
    let known = store.solution("SOL-1").unwrap().unwrap();
    assert_eq!((known.id.as_str(), known.owner, known.used), ("SOL-1", Owner::Microsoft, true));
    assert_eq!(store.solutions().unwrap().len(), 2);
    assert_eq!(store.suggest_solutions("", usize::MAX).unwrap().len(), 1, "used in deals");
}

/// A file of entries in memory.
struct List {
    entries: Vec<KnownCustomer>,
    whole: bool,
    taken: Option<bool>,
}

impl List {
    fn of(entries: &[KnownCustomer]) -> Self {
        Self { entries: entries.iter().rev().cloned().collect(), whole: true, taken: None }
    }
}

impl Entries<KnownCustomer> for List {
    fn next_entry(&mut self) -> Option<(u64, KnownCustomer)> {
        self.entries.pop().map(|entry| (1, entry))
    }

    fn is_whole(&self) -> bool {
        self.whole
    }

    fn finish(&mut self, taken: bool) {
        self.taken = Some(taken);
    }
}

fn take(store: &mut Store, entries: &[KnownCustomer]) -> (u64, u64, u64) {
    let mut list = List::of(entries);
    let stocked = store.import_customers(&mut list, Mode::Import, &mut |_, _, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(list.taken, Some(true));
    (stocked.new, stocked.changed, stocked.unchanged)
}

/// Every key and every entry, to compare two ways to the same directory.
fn everything_known(store: &Store) -> Vec<String> {
    let mut seen = Vec::new();
    store
        .scan_keys("", "\u{10FFFF}", |key, id| {
            seen.push(format!("{key} {id}"));
            Ok(true)
        })
        .unwrap();
    for (customer, rank) in store.suggest_customers("co", None, 1_000).unwrap() {
        seen.push(format!("{customer:?} {rank:?}"));
    }
    seen
}

#[test]
fn a_directory_that_breaks_off_is_stopped_or_only_tried_leaves_nothing() {
    let mut store = five_scripts();
    let before = everything_known(&store);
    let new = [entry("Contoso", "US", "Reno", None), entry("Northwind", "US", "Y", None)];
    let mut broken = List { whole: false, ..List::of(&new) };
    let told = &mut |_: u64, _: &KnownCustomer, _: Put| ControlFlow::Continue(());
    assert!(store.import_customers(&mut broken, Mode::Import, told).unwrap().broken);
    assert_eq!(broken.taken, Some(false));
    assert_eq!(store.import_customers(&mut List::of(&new), Mode::DryRun, told).unwrap().new, 2);
    let stop = &mut |_: u64, _: &KnownCustomer, _: Put| ControlFlow::Break(());
    let stopped = store.import_customers(&mut List::of(&new), Mode::Import, stop);
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    assert_eq!(everything_known(&store), before);
}

#[test]
fn a_file_of_deals_that_breaks_off_teaches_nothing_and_the_next_one_does() {
    let mut store = store_of(0);
    let mut sources: Vec<Box<dyn Source + Send>> = vec![
        Box::new(Records { records: vec![record(0), record(5)], whole: false }),
        Box::new(Records { records: vec![record(1), record(5)], whole: true }),
    ];
    store.import(&mut sources, Mode::Import, now(), &mut |_| ControlFlow::Continue(())).unwrap();
    let found = store.suggest_customers("", None, 10).unwrap();
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(store.health().unwrap().directory_wrong, None);
    import_as(&mut store, vec![record(2)], Mode::DryRun);
    assert_eq!(store.suggest_customers("", None, 10).unwrap().len(), 2, "nor does a dry run");
}

#[test]
fn a_database_from_before_the_directory_gets_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    {
        let old = rusqlite::Connection::open(&path).unwrap();
        old.execute_batch(include_str!("../../../assets/schema/0001_start.sql")).unwrap();
        old.pragma_update(None, "application_id", 0x636F_736C).unwrap();
        old.pragma_update(None, "user_version", 1).unwrap();
    }
    let reading = Settings { read_only: true, ..Settings::default() };
    assert!(matches!(Store::open(&path, reading.clone(), now()), Err(StoreError::Earlier { .. })));
    let mut store = Store::open(&path, Settings::default(), now()).unwrap();
    assert_eq!(store.suggest_customers("co", None, 10).unwrap(), []);
    assert_eq!(take(&mut store, &[entry("Contoso", "US", "Reno", None)]), (1, 0, 0));
    drop(store);
    let mut store = Store::open(&path, reading, now()).unwrap();
    assert_eq!(store.suggest_customers("co", None, 10).unwrap().len(), 1);
    let refused = store.import_customers(&mut List::of(&[]), Mode::Import, &mut |_, _, _| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(StoreError::ReadOnly)));
}

#[test]
fn entries_that_nothing_finds_are_told_by_doctor() {
    let store = five_scripts();
    assert_eq!(store.health().unwrap().directory_wrong, None);
    store.connection.execute("DELETE FROM suggestion WHERE key LIKE '#i%' AND id < 3", []).unwrap();
    assert_eq!(store.health().unwrap().directory_wrong.as_deref(), Some("2"));
}

/// Entries that often are the same, or the same under another name.
fn some_entry() -> impl Strategy<Value = KnownCustomer> {
    let name = prop::sample::select(vec!["Contoso", "Contoso Ltd", "Cottus", "한빛 Co", "코코정밀", "Cocoa 365"]);
    let number = prop::option::of(prop::sample::select(vec!["000000001", "000000002", "000000003"]));
    (name, prop::sample::select(vec!["US", "KR"]), prop::sample::select(vec!["A", "B"]), number)
        .prop_map(|(name, country, city, number)| entry(name, country, city, number))
}

fn some_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[가각나한빛정밀]{2,5}",
        "[東雲物産青木]{2,5}",
        "[云帆科技明]{2,5}",
        "[晴川電子機]{2,5}",
        "[ab][no][rt]{1,2} [ab][no][rt]{1,2}",
        "(주)[한빛]{2} [ab]{2}[0-9]{2}",
    ]
}

proptest! {
    #![proptest_config(config(100))]
    #[test]
    fn what_is_found_and_its_order_are_those_of_reading_every_name(
        named in prop::collection::vec((some_name(), prop::sample::select(vec!["KR", "JP", "US"]), any::<bool>()), 1..25),
        which in any::<prop::sample::Index>(),
        part in (0_usize..4, 1_usize..5),
        in_country in any::<bool>(),
    ) {
        let store = directory(&[]);
        for (name, country, used) in &named {
            let entry = entry(name, country, "X", None);
            store.put_customer(&mut Keys::direct(&store), &entry, Own::of(&entry), used.then(now)).unwrap();
        }
        let (name, country, _) = which.get(&named);
        let typed: String = name.chars().skip(part.0).take(part.1).collect();
        let Some(query) = Query::of(&typed) else { return Ok(()) };
        let country = in_country.then(|| Country::parse(country).unwrap());
        let found = store.suggest_customers(&typed, country, 1_000).unwrap();
        let inside = query.text.chars().count() > 1;
        for (name, of, _) in named.iter().filter(|(_, of, _)| country.is_none_or(|country| country.code() == *of)) {
            let mut wanted = false;
            Squeezed::of_name(name).each_word(|place, word| {
                wanted |= (inside || place != Place::Inside) && query.texts().flat_map(spans).any(|span| span.has(word));
            });
            let is_found = found.iter().any(|(found, rank)| {
                let same = found.name.as_str() == name && found.address.country.unwrap().code() == *of;
                same && (!wanted || *rank <= Rank::Inside)
            });
            prop_assert!(!wanted || is_found, "{} in {}: {:?}", typed, name, found);
        }
        let order: Vec<_> = found
            .iter()
            .map(|(customer, rank)| match rank {
                Rank::Exact => (0, !customer.used, *rank),
                Rank::Fuzzy => (2, !customer.used, *rank),
                rank => (1, !customer.used, *rank),
            })
            .collect();
        prop_assert!(order.is_sorted(), "{}: {:?}", typed, found);
    }

    #[test]
    fn one_by_one_and_by_a_file_the_directory_is_the_same(
        entries in prop::collection::vec(some_entry(), 1..30),
        used in prop::collection::vec(any::<bool>(), 30),
    ) {
        let one_by_one = directory(&[]);
        let mut at_once = directory(&[]);
        for (entry, used) in entries.iter().zip(&used) {
            let used_at = used.then(now);
            one_by_one.put_customer(&mut Keys::direct(&one_by_one), entry, Own::of(entry), used_at).unwrap();
        }
        at_once
            .in_transaction(|store| {
                let mut keys = Keys::later(store)?;
                for (entry, used) in entries.iter().zip(&used) {
                    store.put_customer(&mut keys, entry, Own::of(entry), used.then(now))?;
                }
                keys.write()
            })
            .unwrap();
        prop_assert_eq!(everything_known(&one_by_one), everything_known(&at_once));
        prop_assert_eq!(at_once.health().unwrap().directory_wrong, None);
        let (new, changed, _) = take(&mut at_once, &[]);
        prop_assert_eq!((new, changed), (0, 0));
    }
}

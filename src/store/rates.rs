//! Exchange rates, as files and people tell them: reference data, so taking them over is no step and undo does not touch them.

use rusqlite::{OptionalExtension, params};

use super::directory::Put;
use super::error::{StoreError, While};
use super::import::Mode;
use super::open::Store;
use super::stock::Stocked;
use super::write::Ending;
use crate::domain::date::Date;
use crate::domain::money::Currency;
use crate::domain::rate::{Factor, Rate, Rates};
use crate::domain::role::Deed;

/// The rates of one currency in another: the first and the last that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    pub first: Rate,
    pub last: Rate,
}

/// Each of them is one look at the key, whatever lies before and behind.
const NEXT_PAIR: &str = r#"SELECT "from", "to" FROM rate WHERE ("from", "to") > (?, ?) ORDER BY "from", "to" LIMIT 1"#;
const LATEST: &str = r#"SELECT "on", rate FROM rate WHERE "from" = ? AND "to" = ? AND "on" <= ? ORDER BY "on" DESC LIMIT 1"#;
const FIRST: &str = r#"SELECT "on", rate FROM rate WHERE "from" = ? AND "to" = ? ORDER BY "on" LIMIT 1"#;

/// Later than any day there is.
const LAST_DAY: &str = "9999-12-31";

impl Store {
    /// Takes rates over, all of them or none, or with [`Mode::DryRun`] finds out what that would do. One of the same currencies and
    /// day takes the place of that which was there.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn put_rates(&mut self, rates: &[Rate], mode: Mode) -> Result<Stocked, StoreError> {
        self.may(Deed::Stock)?;
        self.in_transaction_ending(|store| {
            let mut stocked = Stocked::default();
            for rate in rates {
                stocked.count(store.put_rate(rate)?);
            }
            Ok((stocked, if mode == Mode::DryRun { Ending::Forget } else { Ending::Write }))
        })
    }

    fn put_rate(&self, rate: &Rate) -> Result<Put, StoreError> {
        let (from, to, on, value) = (rate.from.code(), rate.to.code(), rate.on.to_string(), rate.rate.to_string());
        let sql = r#"SELECT rate FROM rate WHERE "from" = ? AND "to" = ? AND "on" = ?"#;
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let held: Option<String> = statement.query_row([from, to, &on], |row| row.get(0)).optional().reading()?;
        let put = match held {
            Some(held) if held == value => return Ok(Put::Unchanged),
            Some(_) => Put::Changed,
            None => Put::New,
        };
        let sql =
            r#"INSERT INTO rate ("from", "to", "on", rate) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET rate = excluded.rate"#;
        self.connection.prepare_cached(sql).writing()?.execute([from, to, &on, &value]).writing()?;
        Ok(put)
    }

    /// Removes the rates of one currency in another, of one day or of all, and returns how many there were.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn remove_rates(&mut self, from: Currency, to: Currency, on: Option<Date>) -> Result<usize, StoreError> {
        self.may(Deed::Stock)?;
        self.in_transaction(|store| {
            let sql = r#"DELETE FROM rate WHERE "from" = ?1 AND "to" = ?2 AND (?3 IS NULL OR "on" = ?3)"#;
            let on = on.map(|on| on.to_string());
            store.connection.prepare_cached(sql).writing()?.execute(params![from.code(), to.code(), on]).writing()
        })
    }

    /// Returns the latest rate of each pair of currencies on or before a day: all that converting by the rates of that day asks for.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn rates_on(&self, day: Date) -> Result<Rates, StoreError> {
        let pairs = self.rate_pairs()?;
        let latest = pairs.into_iter().map(|pair| self.rate_of(pair, LATEST, Some(&day.to_string())));
        latest.filter_map(Result::transpose).collect()
    }

    /// Returns which currencies have rates in which, by their codes, and from when until when.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn courses(&self) -> Result<Vec<Course>, StoreError> {
        let mut courses = Vec::new();
        for pair in self.rate_pairs()? {
            let first = self.rate_of(pair.clone(), FIRST, None)?;
            let last = self.rate_of(pair, LATEST, Some(LAST_DAY))?;
            courses.extend(first.zip(last).map(|(first, last)| Course { first, last }));
        }
        Ok(courses)
    }

    fn rate_pairs(&self) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(NEXT_PAIR).reading()?;
        let mut pairs: Vec<(String, String)> = Vec::new();
        loop {
            let (from, to) = pairs.last().map_or(("", ""), |(from, to)| (from, to));
            let next = statement.query_row([from, to], |row| Ok((row.get(0)?, row.get(1)?))).optional().reading()?;
            match next {
                Some(pair) => pairs.push(pair),
                None => return Ok(pairs),
            }
        }
    }

    fn rate_of(&self, (from, to): (String, String), sql: &str, until: Option<&str>) -> Result<Option<Rate>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).reading()?;
        let bound: Vec<&str> = [from.as_str(), to.as_str()].into_iter().chain(until).collect();
        let found: Option<(String, String)> =
            statement.query_row(rusqlite::params_from_iter(bound), |row| Ok((row.get(0)?, row.get(1)?))).optional().reading()?;
        found.map(|(on, rate)| read((&from, &to), &on, &rate)).transpose()
    }
}

fn read((from, to): (&str, &str), on: &str, rate: &str) -> Result<Rate, StoreError> {
    let damaged = || StoreError::Damaged(format!("the rate {from} {to} {on} is {rate:?}"));
    let currencies = Currency::from_code(from).zip(Currency::from_code(to)).ok_or_else(damaged)?;
    let (on, rate) = Date::iso(on).ok().zip(Factor::parse(rate).ok()).ok_or_else(damaged)?;
    Rate::new(on, currencies.0, currencies.1, rate).map_err(|_| damaged())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Settings;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn rate(on: &str, from: &str, to: &str, rate: &str) -> Rate {
        Rate::new(Date::iso(on).unwrap(), currency(from), currency(to), Factor::parse(rate).unwrap()).unwrap()
    }

    fn counts(stocked: Stocked) -> (u64, u64, u64) {
        (stocked.new, stocked.changed, stocked.unchanged)
    }

    fn known() -> [Rate; 4] {
        [
            rate("2026-11-18", "EUR", "USD", "1.08"),
            rate("2026-11-20", "EUR", "USD", "1.0842"),
            rate("2026-11-20", "EUR", "KRW", "1502.61"),
            rate("2026-11-19", "GBP", "EUR", "1.19"),
        ]
    }

    fn store() -> Store {
        let mut store = Store::in_memory(Settings::default()).unwrap();
        let rates = known();
        assert_eq!(counts(store.put_rates(&rates, Mode::DryRun).unwrap()), (4, 0, 0));
        assert!(store.courses().unwrap().is_empty(), "a dry run keeps nothing");
        assert_eq!(counts(store.put_rates(&rates, Mode::Import).unwrap()), (4, 0, 0));
        store
    }

    #[test]
    fn a_rate_of_the_same_day_takes_the_place_of_the_one_that_was_there() {
        let mut store = store();
        let again = [rate("2026-11-18", "EUR", "USD", "1.080"), rate("2026-11-20", "EUR", "USD", "1.09")];
        assert_eq!(counts(store.put_rates(&again, Mode::Import).unwrap()), (0, 1, 1));
        let courses = store.courses().unwrap();
        let told: Vec<String> = courses
            .iter()
            .map(|Course { first, last }| format!("{}{} {} {} {}", last.from, last.to, first.on, last.on, last.rate))
            .collect();
        assert_eq!(
            told,
            ["EURKRW 2026-11-20 2026-11-20 1502.61", "EURUSD 2026-11-18 2026-11-20 1.09", "GBPEUR 2026-11-19 2026-11-19 1.19"]
        );
        assert!(matches!(store.undo(crate::store::tests::now()), Err(StoreError::NothingToUndo)), "no step");
    }

    #[test]
    fn the_rates_of_a_day_convert_as_all_of_them_do() {
        let store = store();
        let all: Rates = known().into_iter().collect();
        for on in ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2030-01-01"].map(|on| Date::iso(on).unwrap()) {
            let few = store.rates_on(on).unwrap();
            for (from, to) in [("EUR", "USD"), ("USD", "EUR"), ("GBP", "USD"), ("KRW", "GBP"), ("USD", "CHF")] {
                let convert = |rates: &Rates| rates.convert_minor(1_000_000, currency(from), currency(to), on);
                assert_eq!(convert(&few), convert(&all), "{from} {to} {on}");
            }
        }
    }

    #[test]
    fn rates_are_removed_by_the_day_or_all_of_a_pair() {
        let mut store = store();
        let (euro, dollar) = (currency("EUR"), currency("USD"));
        assert_eq!(store.remove_rates(euro, dollar, Date::iso("2026-11-20").ok()).unwrap(), 1);
        assert_eq!(store.remove_rates(euro, dollar, Date::iso("2026-11-20").ok()).unwrap(), 0);
        assert_eq!(store.remove_rates(euro, dollar, None).unwrap(), 1);
        assert_eq!(store.courses().unwrap().len(), 2);
    }

    #[test]
    fn each_look_at_a_rate_is_one_seek_of_the_key() {
        let store = store();
        for (sql, bound) in [(NEXT_PAIR, 2), (LATEST, 3), (FIRST, 2)] {
            let mut plan = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let steps = plan.query_map(rusqlite::params_from_iter(vec![""; bound]), |row| row.get::<_, String>(3)).unwrap();
            let steps: Vec<String> = steps.map(Result::unwrap).collect();
            assert!(steps.len() == 1 && steps[0].starts_with("SEARCH rate USING PRIMARY KEY"), "{steps:?}");
        }
    }
}

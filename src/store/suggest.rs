//! Finds entries of the directory and the catalogue while somebody types: one short walk of the index for each kind of match.

use std::collections::HashSet;

use super::error::StoreError;
use super::keys::{head, word};
use super::open::Store;
use super::protocol::{Suggest, Suggested};
use crate::domain::directory::Rank;
use crate::domain::suggest::{Place, Query, Span, Squeezed, cut, may_be_cut, spans};

/// An entry that was found, and how well it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub id: i64,
    pub rank: Rank,
}

/// Returns the names of an entry.
pub(super) type Names<'a> = &'a dyn Fn(i64) -> Result<Vec<String>, StoreError>;

/// Most entries that are looked at one by one, where the index cannot tell: names longer than their words, several words.
pub(super) const LOOKS: usize = 300;
/// Fewest of them on each shelf, however many shelves there are.
const LEAST_LOOKS: usize = 12;
/// Most names that are read through for a text inside a word of letters (`soft` in `Microsoft`); beyond these it is not found.
const READ_THROUGH: usize = 4_000;
/// Fewest letters that are looked for inside a word.
const INSIDE_MIN: usize = 3;

/// One search on its way.
pub(super) struct Search<'a> {
    pub(super) store: &'a Store,
    /// Where used entries stand, and where others.
    shelves: [Vec<String>; 2],
    pub(super) names: Names<'a>,
    pub(super) query: &'a Query,
    limit: usize,
    hits: Vec<Hit>,
    seen: HashSet<i64>,
}

impl Store {
    /// Returns what fits a text that is being typed.
    pub(super) fn suggest(&self, what: &Suggest, limit: usize) -> Result<Suggested, StoreError> {
        Ok(match what {
            Suggest::Customers { typed, country } => Suggested::Customers(self.suggest_customers(typed, *country, limit)?),
            Suggest::Listed { typed } => Suggested::Listed(self.customers_to_choose(typed, limit)?),
            Suggest::Solutions { typed } => Suggested::Solutions(self.suggest_solutions(typed, limit)?),
            Suggest::Held { key, begun } => Suggested::Held(self.held_values(*key, begun, limit)?),
        })
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(
        store: &'a Store,
        shelves: &[String],
        names: Names<'a>,
        query: &'a Query,
        limit: usize,
    ) -> Result<Self, StoreError> {
        let filled = |used: bool| -> Result<Vec<String>, StoreError> {
            let mut filled = Vec::new();
            for shelf in shelves {
                let head = head(shelf, used, Place::Start);
                store.scan_keys(&head, &format!("{head}\u{10FFFF}"), |_, _| {
                    filled.push(shelf.clone());
                    Ok(false)
                })?;
            }
            Ok(filled)
        };
        let shelves = [filled(true)?, filled(false)?];
        Ok(Self { store, shelves, names, query, limit, hits: Vec::new(), seen: HashSet::new() })
    }

    /// Returns the shelves that hold entries of a kind.
    pub(super) fn shelves(&self, used: bool) -> Vec<String> {
        self.shelves[usize::from(!used)].clone()
    }

    /// Returns how many entries of each shelf may be looked at one by one.
    fn looks(&self, all: usize) -> usize {
        (all / self.shelves[0].len().max(self.shelves[1].len()).max(1)).max(LEAST_LOOKS)
    }

    /// Returns what was found: exact ones, then what deals have, then the rest, and what is one letter off at the end.
    pub(super) fn run(mut self) -> Result<Vec<Hit>, StoreError> {
        if !self.query.is_initials() {
            self.exact()?;
        }
        for used in [true, false] {
            self.tier(used, Place::Start, Rank::Prefix)?;
            self.tier(used, Place::Word, Rank::Word)?;
            self.several(used)?;
            // One character alone says too little to look for it everywhere.
            if self.query.is_cjk() && self.query.text.chars().nth(1).is_some() {
                self.tier(used, Place::Inside, Rank::Inside)?;
            }
            self.within(used)?;
        }
        self.fuzzy()?;
        Ok(self.hits)
    }

    /// Returns only those whose name begins so, the used ones first.
    pub(super) fn beginnings(mut self) -> Result<Vec<Hit>, StoreError> {
        self.tier(true, Place::Start, Rank::Prefix)?;
        self.tier(false, Place::Start, Rank::Prefix)?;
        Ok(self.hits)
    }

    pub(super) fn is_full(&self) -> bool {
        self.hits.len() >= self.limit
    }

    pub(super) fn has_none(&self) -> bool {
        self.hits.is_empty()
    }

    fn exact(&mut self) -> Result<(), StoreError> {
        for text in self.query.texts() {
            let kept = cut(text);
            let span = Span { from: kept.to_owned(), to: format!("{kept}\0") };
            let names = self.names;
            let same =
                |_: &str, id: i64| Ok(!may_be_cut(text) || names(id)?.iter().any(|name| Squeezed::of_name(name).text == text));
            for used in [true, false] {
                let looks = if may_be_cut(text) { self.looks(LOOKS) } else { usize::MAX };
                self.take((used, Place::Start), &span, Rank::Exact, looks, &same)?;
            }
        }
        Ok(())
    }

    fn tier(&mut self, used: bool, place: Place, rank: Rank) -> Result<(), StoreError> {
        for text in self.query.texts() {
            if text.len() == cut(text).len() {
                for span in spans(text) {
                    self.take((used, place), &span, rank, usize::MAX, &|_, _| Ok(true))?;
                }
                continue;
            }
            let names = self.names;
            let goes_on = |_: &str, id: i64| Ok(names(id)?.iter().any(|name| Squeezed::of_name(name).has(text)));
            self.take((used, place), &Span::beginning(cut(text)), rank, self.looks(LOOKS), &goes_on)?;
        }
        Ok(())
    }

    /// Finds names in which each of several words begins somewhere.
    fn several(&mut self, used: bool) -> Result<(), StoreError> {
        let words = &self.query.words;
        let Some(longest) = words.iter().max_by_key(|word| word.chars().count()) else { return Ok(()) };
        let names = self.names;
        let has_all = |_: &str, id: i64| Ok(names(id)?.iter().any(|name| Squeezed::of_name(name).has_words(words)));
        for place in Place::ALL.into_iter().take(if self.query.is_cjk() { 3 } else { 2 }) {
            for span in spans(longest) {
                self.take((used, place), &span, Rank::Word, self.looks(LOOKS), &has_all)?;
            }
        }
        Ok(())
    }

    /// Finds letters inside a word, among the first names there are.
    fn within(&mut self, used: bool) -> Result<(), StoreError> {
        let text = self.query.text.as_str();
        if self.query.is_cjk() || !self.query.words.is_empty() || text.len() < INSIDE_MIN {
            return Ok(());
        }
        let all = Span::beginning("");
        self.take((used, Place::Start), &all, Rank::Inside, self.looks(READ_THROUGH), &|word, _| Ok(word.contains(text)))
    }

    /// Takes the entries of a range that are new and that `fits` accepts, as long as there is room; at most `looks` a shelf.
    pub(super) fn take(
        &mut self,
        (used, place): (bool, Place),
        span: &Span,
        rank: Rank,
        looks: usize,
        fits: &dyn Fn(&str, i64) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let room = self.limit.saturating_sub(self.hits.len());
        if room == 0 {
            return Ok(());
        }
        let mut fresh: Vec<(String, i64)> = Vec::new();
        let shelves = &self.shelves[usize::from(!used)];
        for shelf in shelves {
            let head = head(shelf, used, place);
            let (mut looks, mut room) = (looks, room);
            let (from, to) = (format!("{head}{}", span.from), format!("{head}{}", span.to));
            let known = fresh.len();
            self.store.scan_keys(&from, &to, |key, id| {
                let is_new = !self.seen.contains(&id) && !fresh[known..].iter().any(|(_, other)| *other == id);
                if is_new && fits(word(key), id)? {
                    fresh.push((word(key).to_owned(), id));
                    room -= 1;
                }
                looks = looks.saturating_sub(1);
                Ok(room > 0 && looks > 0)
            })?;
        }
        if shelves.len() > 1 {
            fresh.sort_unstable();
            fresh.truncate(room);
        }
        for (_, id) in fresh {
            self.seen.insert(id);
            self.hits.push(Hit { id, rank });
        }
        Ok(())
    }
}

//! Copies that are not whole: a download that says nothing but what an earlier one said, with rows or columns less, or without the zeros
//! that codes begin with. A whole one is known by its picture, in `imported`.
//!
//! What is not known as a copy, and counts as news: a single row out of several, since a seller may have set its deal back to what it
//! was; a file with less than half of what its rows said, or without the IDs that its deals are known by; one with a row or a value that
//! was in none of the downloads from before, or rows of several of them of which no one had all; one with two columns of one name; one
//! that comes in one command with what it is a copy of; and copies of what came before this was kept.

use std::collections::BTreeSet;

use super::error::{StoreError, While};
use super::imported::{Known, STANDS};
use super::open::Store;
use crate::domain::incoming::{Incoming, Mark, Piece};
use crate::domain::instant::Timestamp;

/// So many downloads are looked through, the last ones.
const LOOKED_THROUGH: usize = 1_000;

impl Store {
    /// Returns the last download that said all that these rows say.
    pub(super) fn copied_from(&self, rows: &[Incoming]) -> Result<Option<Known>, StoreError> {
        let Some(mut order) = rows.iter().map(|row| row.mark.as_ref()).collect::<Option<Vec<&Mark>>>() else { return Ok(None) };
        let sql = format!(
            "SELECT id, at, as_of, file, rows, left, marks FROM imported \
             WHERE marks IS NOT NULL AND rows >= ? AND {STANDS} ORDER BY id DESC LIMIT {LOOKED_THROUGH}"
        );
        let mut statement = self.connection.prepare_cached(&sql).reading()?;
        let mut found = statement.query([rows.len() as u64]).reading()?;
        let mut looked_for = BTreeSet::new();
        while let Some(row) = found.next().reading()? {
            // One row alone may well have been set back.
            let of: u64 = row.get(4).reading()?;
            if rows.len() < 2 && of > 1 {
                continue;
            }
            let marks: BTreeSet<u64> = numbers(row.get_ref(6).reading()?.as_blob().unwrap_or_default()).collect();
            match self.origins_among(&order, &marks)? {
                Ok(origins) => {
                    let left = super::imported::left(row.get(5).reading()?)?;
                    let is_left = |origins: &Vec<u64>| origins.iter().all(|mark| left.contains(mark));
                    let left = order.iter().zip(&origins).filter(|(_, origins)| is_left(origins)).map(|(mark, _)| mark.whole);
                    return Ok(Some(Known {
                        id: None,
                        is_part: true,
                        at: Timestamp::from_micros(row.get(1).reading()?),
                        as_of: row.get::<_, Option<i64>>(2).reading()?.map(Timestamp::from_micros),
                        file: row.get(3).reading()?,
                        left: left.collect(),
                    }));
                }
                Err(at) => {
                    // What no download said is news; what this one did not say, the next one hardly did.
                    let mark = order.remove(at);
                    if looked_for.insert(mark.whole) && !self.is_known_row(mark)? {
                        return Ok(None);
                    }
                    order.insert(0, mark);
                }
            }
        }
        Ok(None)
    }

    /// Returns, for each row, those of a download that said all that it says, and at most as much again; the place of the first row of
    /// which it has none. What is read is no more than the rows of that download.
    fn origins_among(&self, rows: &[&Mark], marks: &BTreeSet<u64>) -> Result<Result<Vec<Vec<u64>>, usize>, StoreError> {
        let mut of_deal = self.connection.prepare_cached("SELECT mark FROM imported_row WHERE deal = ?").reading()?;
        let mut of_mark = self.connection.prepare_cached("SELECT pieces FROM imported_row WHERE mark = ?").reading()?;
        let mut all = Vec::with_capacity(rows.len());
        for (at, mark) in rows.iter().enumerate() {
            let mut origins = Vec::new();
            let mut found = of_deal.query([mark.deal.cast_signed()]).reading()?;
            while let Some(row) = found.next().reading()? {
                let whole: i64 = row.get(0).reading()?;
                if marks.contains(&whole.cast_unsigned()) {
                    let pieces: Vec<u8> = of_mark.query_row([whole], |row| row.get(0)).reading()?;
                    origins.extend(is_copy(mark, &pieces).then_some(whole.cast_unsigned()));
                }
            }
            if origins.is_empty() {
                return Ok(Err(at));
            }
            all.push(origins);
        }
        Ok(Ok(all))
    }

    /// Returns whether any row that was taken over said all that this one says.
    fn is_known_row(&self, mark: &Mark) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT pieces FROM imported_row WHERE deal = ?").reading()?;
        let mut rows = statement.query([mark.deal.cast_signed()]).reading()?;
        while let Some(row) = rows.next().reading()? {
            if is_copy(mark, row.get_ref(0).reading()?.as_blob().unwrap_or_default()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Keeps what the rows of a download said.
    pub(super) fn keep_rows(&self, rows: &[Mark]) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO imported_row (mark, deal, pieces) VALUES (?, ?, ?)";
        let mut statement = self.connection.prepare_cached(sql).writing()?;
        for row in rows {
            let pieces = bytes(row.pieces.iter().filter(|piece| piece.says > 0).map(|piece| number(*piece)));
            statement.execute((row.whole.cast_signed(), row.deal.cast_signed(), pieces)).writing()?;
        }
        Ok(())
    }
}

/// As [`is_of`], of a row as it is kept.
fn is_copy(mark: &Mark, kept: &[u8]) -> bool {
    is_of(mark, &numbers(kept).map(piece).collect::<Vec<_>>())
}

/// Returns whether a row is one that was taken over, `known` by its cells that said something: it says the same in each column that its
/// file has, and at least half of it.
fn is_of(mark: &Mark, known: &[Piece]) -> bool {
    let said = |column: u32| known.iter().find(|piece| piece.column == column).map_or(0, |piece| piece.says);
    let is_same = mark.pieces.iter().all(|piece| said(piece.column) == piece.says);
    is_same && mark.pieces.iter().filter(|piece| piece.says > 0).count() * 2 >= known.len()
}

/// Returns marks as they are kept.
pub(super) fn bytes(numbers: impl Iterator<Item = u64>) -> Vec<u8> {
    numbers.flat_map(u64::to_le_bytes).collect()
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.as_chunks().0.iter().map(|eight| u64::from_le_bytes(*eight))
}

const fn number(piece: Piece) -> u64 {
    (piece.column as u64) << 32 | piece.says as u64
}

const fn piece(number: u64) -> Piece {
    Piece { column: (number >> 32) as u32, says: number as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_copy_where_it_says_the_same_in_what_its_file_has_and_at_least_half_of_it() {
        let pieces = |said: &[(u32, u32)]| said.iter().map(|(column, says)| Piece { column: *column, says: *says }).collect();
        let known: Vec<Piece> = pieces(&[(1, 9), (2, 8), (3, 7), (4, 6)]);
        for (said, is_copy) in [
            (&[(1, 9), (2, 8), (3, 7), (4, 6)][..], true),
            (&[(1, 9), (2, 8), (3, 7)], true),
            // An empty column that it had not, and one that says otherwise.
            (&[(1, 9), (2, 8), (3, 7), (5, 0)], true),
            (&[(1, 9), (2, 8), (3, 5)], false),
            (&[(1, 9), (2, 8), (3, 0)], false),
            (&[(1, 9), (2, 8), (3, 7), (5, 1)], false),
            // Too little of it.
            (&[(1, 9)], false),
        ] {
            assert_eq!(is_of(&Mark { pieces: pieces(said), ..Mark::default() }, &known), is_copy, "{said:?}");
        }
        let kept = bytes(known.iter().map(|piece| number(*piece)));
        assert_eq!(numbers(&kept).map(piece).collect::<Vec<_>>(), known);
    }
}

//! Which rows of a list of several-row entries are seen: those around the cursor, its entry whole where it can be.

/// Returns the rows that fit, from the cursor upwards as much as half of the room takes, then on below it; `of` makes those of an entry.
pub(super) fn around<R>(cursor: usize, count: usize, high: usize, of: impl Fn(usize) -> Vec<R>) -> Vec<R> {
    let mut first = cursor.min(count.saturating_sub(1));
    let mut shown = of(first);
    while first > 0 {
        let mut above = of(first - 1);
        if above.len() + shown.len() > high.div_ceil(2) {
            break;
        }
        above.append(&mut shown);
        (first, shown) = (first - 1, above);
    }
    for entry in cursor + 1..count {
        if shown.len() >= high {
            break;
        }
        shown.extend(of(entry));
    }
    shown.truncate(high);
    shown
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn the_entry_of_the_cursor_is_seen_with_what_stands_around_it() {
        // Entry 2 has three rows, the others one.
        let of = |entry: usize| vec![entry; if entry == 2 { 3 } else { 1 }];
        for (cursor, high, rows) in [
            (0, 4, vec![0, 1, 2, 2]),
            (1, 4, vec![0, 1, 2, 2]),
            (2, 4, vec![2, 2, 2, 3]),
            (2, 9, vec![0, 1, 2, 2, 2, 3, 4]),
            (4, 4, vec![3, 4]),
            (9, 2, vec![4]),
        ] {
            assert_eq!(around(cursor, 5, high, of), rows, "{cursor} in {high}");
        }
    }
}

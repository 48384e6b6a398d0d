//! Units and words of numbers in the five languages, as amounts are counted in them; digits and their marks are read in `amount.rs`.

/// The units by which numbers of East Asia are read in parts: each of the next counts ten thousand of it.
const LARGE: [(char, u32); 8] = [('조', 12), ('兆', 12), ('억', 8), ('億', 8), ('亿', 8), ('만', 4), ('万', 4), ('萬', 4)];

/// Units inside such a part.
const SMALL: [(char, u32); 6] = [('천', 3), ('千', 3), ('백', 2), ('百', 2), ('십', 1), ('十', 1)];

const INDIAN: [(&str, u32); 7] = [("crores", 7), ("crore", 7), ("cr", 7), ("lakhs", 5), ("lakh", 5), ("lacs", 5), ("lac", 5)];

/// What may stand behind a number with marks; what ends as another does stands before it.
const UNITS: [(&str, u32); 25] = [
    ("bn", 9),
    ("mn", 6),
    ("k", 3),
    ("m", 6),
    ("b", 9),
    ("t", 12),
    ("천만", 7),
    ("백만", 6),
    ("천", 3),
    ("百万", 6),
    ("百萬", 6),
    ("千万", 7),
    ("千萬", 7),
    ("十万", 5),
    ("十萬", 5),
    ("만", 4),
    ("억", 8),
    ("조", 12),
    ("千", 3),
    ("万", 4),
    ("萬", 4),
    ("億", 8),
    ("亿", 8),
    ("兆", 12),
    ("", 0),
];

/// Words for the digits from one on.
const DIGITS: [(&str, &[char]); 9] = [
    ("1", &['일', '一', '壹']),
    ("2", &['이', '二', '两', '兩']),
    ("3", &['삼', '三']),
    ("4", &['사', '四']),
    ("5", &['오', '五']),
    ("6", &['육', '六']),
    ("7", &['칠', '七']),
    ("8", &['팔', '八']),
    ("9", &['구', '九']),
];

/// What says in Chinese and Korean that a unit is passed over.
const PASSED_OVER: [char; 3] = ['零', '〇', '영'];

/// A number, and the unit that it is counted in: ten to a power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted<'a> {
    pub number: &'a str,
    pub power: u32,
    /// Whether the unit is one of South Asia.
    pub is_indian: bool,
}

/// Returns what an amount of plain characters counts, part by part; `is_number` tells what is a number of digits. `None` where it is none.
pub(super) fn counted<'a>(text: &'a str, is_number: impl Fn(&str) -> bool) -> Option<Vec<Counted<'a>>> {
    let parts = text.split_inclusive(LARGE.map(|(unit, _)| unit));
    let counted: Vec<Counted<'a>> = parts.map(|part| units(part, &is_number)).collect::<Option<Vec<_>>>()?.concat();
    // A digit in words by itself is no amount.
    let alone = matches!(counted[..], [Counted { power: 0, .. }]) && !is_number(text);
    Some(counted).filter(|_| !alone)
}

/// Returns the numbers of a part with the units that they are counted in: of `2천5백만` two thousand and five hundred ten-thousands. A unit
/// without a number counts one.
fn units<'a>(part: &'a str, is_number: &impl Fn(&str) -> bool) -> Option<Vec<Counted<'a>>> {
    let at_once = split_unit(part).filter(|counted| is_number(counted.number));
    if let Some(counted) = at_once {
        return Some(vec![counted]);
    }
    let (rest, large) = before_unit(part, &LARGE);
    if rest.is_empty() {
        return Some(vec![Counted { number: "1", power: large, is_indian: false }]).filter(|_| large > 0);
    }
    let pieces = rest.split_inclusive(SMALL.map(|(unit, _)| unit));
    let each = pieces.map(|piece| {
        let (number, small) = before_unit(piece, &SMALL);
        let number = number.trim_start_matches(PASSED_OVER);
        let number = if number.is_empty() && small > 0 { "1" } else { digit(number).unwrap_or(number) };
        is_number(number).then_some(Counted { number, power: large + small, is_indian: false })
    });
    each.collect()
}

fn before_unit<'a>(text: &'a str, units: &[(char, u32)]) -> (&'a str, u32) {
    units.iter().find_map(|(unit, power)| Some((text.strip_suffix(*unit)?, *power))).unwrap_or((text, 0))
}

fn digit(word: &str) -> Option<&'static str> {
    let mut chars = word.chars();
    let (only, None) = (chars.next()?, chars.next()) else { return None };
    DIGITS.iter().find(|(_, words)| words.contains(&only)).map(|(digit, _)| *digit)
}

/// Takes the unit off the end: `k`, `m`, `bn`, `천`, `만`, `억`, `万`, `億`, `lakh` …
fn split_unit(text: &str) -> Option<Counted<'_>> {
    if text.ends_with(|c: char| c.is_ascii_digit()) {
        return Some(Counted { number: text, power: 0, is_indian: false });
    }
    let lower = text.to_lowercase();
    let indian = INDIAN.iter().find(|(unit, _)| lower.ends_with(unit));
    let (unit, power) = indian.or_else(|| UNITS.iter().find(|(unit, _)| lower.ends_with(unit)))?;
    Some(Counted { number: text.get(..text.len() - unit.len())?, power: *power, is_indian: indian.is_some() })
}

/// Returns what an amount counts as people speak, who leave out its last unit: `1억 2천` is 1억 2천만, `一万五` is 15,000. `None` where
/// it leaves out none.
pub(super) fn spoken<'a>(counted: &[Counted<'a>]) -> Option<Vec<Counted<'a>>> {
    let raised = |from: usize, by: u32| {
        let raise = |(at, one): (usize, &Counted<'a>)| Counted { power: one.power + if at < from { 0 } else { by }, ..*one };
        counted.iter().enumerate().map(raise).collect()
    };
    let (last, before) = counted.split_last()?;
    let digit = before.last().filter(|above| above.power >= 2 && last.power == 0 && last.number.len() == 1);
    if let Some(above) = digit {
        let longer: Vec<Counted<'a>> = raised(before.len(), above.power - 1);
        return Some(spoken(&longer).unwrap_or(longer));
    }
    let small = counted.iter().position(|one| one.power < 4)?;
    let above = counted.get(small.checked_sub(1)?).filter(|above| above.power >= 8 && counted[small].power > 0)?;
    Some(raised(small, above.power / 4 * 4 - 4))
}

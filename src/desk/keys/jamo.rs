//! Keys typed while a Korean or a full-width input method is on, as the Latin keys they lie on; for command keys only.

/// The two-set Korean layout, by the Latin letter of each key.
const TWO_SET: [(char, char); 33] = [
    ('ㅂ', 'q'),
    ('ㅈ', 'w'),
    ('ㄷ', 'e'),
    ('ㄱ', 'r'),
    ('ㅅ', 't'),
    ('ㅛ', 'y'),
    ('ㅕ', 'u'),
    ('ㅑ', 'i'),
    ('ㅐ', 'o'),
    ('ㅔ', 'p'),
    ('ㅁ', 'a'),
    ('ㄴ', 's'),
    ('ㅇ', 'd'),
    ('ㄹ', 'f'),
    ('ㅎ', 'g'),
    ('ㅗ', 'h'),
    ('ㅓ', 'j'),
    ('ㅏ', 'k'),
    ('ㅣ', 'l'),
    ('ㅋ', 'z'),
    ('ㅌ', 'x'),
    ('ㅊ', 'c'),
    ('ㅍ', 'v'),
    ('ㅠ', 'b'),
    ('ㅜ', 'n'),
    ('ㅡ', 'm'),
    ('ㅃ', 'Q'),
    ('ㅉ', 'W'),
    ('ㄸ', 'E'),
    ('ㄲ', 'R'),
    ('ㅆ', 'T'),
    ('ㅒ', 'O'),
    ('ㅖ', 'P'),
];

/// Returns the Latin character of the key that types `c`.
pub(super) fn latin(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => TWO_SET.iter().find(|(jamo, _)| *jamo == c).map_or(c, |(_, latin)| *latin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_keys_work_while_an_input_method_is_on() {
        for (typed, key) in
            [('ㅂ', 'q'), ('ㅁ', 'a'), ('ㅓ', 'j'), ('ㅆ', 'T'), ('ｊ', 'j'), ('？', '?'), ('　', ' '), ('a', 'a'), ('한', '한')]
        {
            assert_eq!(latin(typed), key);
        }
    }
}

//! Which Han characters are variants of one another when names are looked for: simplified and traditional, old and new forms.

/// A line for each character that has variants: the one that stands for all, and the others.
static VARIANTS: &str = include_str!("../../../assets/han-variants.txt");

const FIRST: u32 = 0x3400;
const AFTER: u32 = 0xA000;

/// For each character from `FIRST` on the one that stands for it, or 0.
static STANDS_FOR: [u16; (AFTER - FIRST) as usize] = table(VARIANTS.as_bytes());

/// Reads the lines; compile time pays for it.
const fn table(text: &[u8]) -> [u16; (AFTER - FIRST) as usize] {
    let mut table = [0; (AFTER - FIRST) as usize];
    let mut at = 0;
    let mut first = 0;
    while at < text.len() {
        let byte = text[at];
        if byte == b'#' {
            while text[at] != b'\n' {
                at += 1;
            }
        } else if byte == b'\n' {
            first = 0;
            at += 1;
        } else if byte >= 0xF0 {
            // Beyond the first plane: looked up in the text itself.
            at += 4;
        } else {
            let code = ((byte as u32 & 0x0F) << 12) | ((text[at + 1] as u32 & 0x3F) << 6) | (text[at + 2] as u32 & 0x3F);
            if first == 0 {
                first = code;
            } else if FIRST <= code && code < AFTER {
                table[(code - FIRST) as usize] = first as u16;
            }
            at += 3;
        }
    }
    table
}

/// Returns the character that stands for a Han character and all its variants when names are looked for.
pub(super) fn common(c: char) -> char {
    let code = u32::from(c);
    if (FIRST..AFTER).contains(&code) {
        let other = STANDS_FOR[(code - FIRST) as usize];
        return if other == 0 { c } else { char::from_u32(other.into()).unwrap_or(c) };
    }
    if code < 0x20000 && !('\u{F900}'..='\u{FAFF}').contains(&c) {
        return c;
    }
    let line = VARIANTS.lines().filter(|line| !line.starts_with('#')).find(|line| line.contains(c));
    line.and_then(|line| line.chars().next()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn each_character_stands_in_one_line_and_is_found_there() {
        let mut lines = HashMap::new();
        for line in VARIANTS.lines().filter(|line| !line.starts_with('#')) {
            let first = line.chars().next().unwrap();
            assert!(line.chars().nth(1).is_some() && ('一'..='鿿').contains(&first), "{line}");
            for c in line.chars() {
                assert_eq!(lines.insert(c, first), None, "{c} stands in two lines");
                assert_eq!(common(c), first, "{c}");
            }
        }
        assert!(lines.len() > 6_000);
        assert_eq!(common('一'), '一');
        assert_eq!(common('\u{2A6DF}'), '\u{2A6DF}');
    }

    #[test]
    fn the_usual_variants_of_names_are_one_character() {
        for group in [
            "高髙",
            "崎﨑嵜",
            "辺邊邉边",
            "島嶋嶌岛",
            "沢澤泽",
            "台臺",
            "湾灣",
            "斉齊斎齋",
            "浜濱滨",
            "広廣广",
            "国國",
            "富冨",
            "吉𠮷",
            "橋𣘺桥",
            "万萬",
            "積积",
            "電电",
            "龍竜龙",
            "発發发",
            "芸藝艺",
            "学學",
            "桜櫻樱",
            "鉄鐵铁",
            "関關关",
            "恵惠",
            "徳德",
            "黒黑",
            "晋晉",
            "韓韩",
        ] {
            let mut chars = group.chars();
            let first = common(chars.next().unwrap());
            chars.for_each(|c| assert_eq!(common(c), first, "{c} in {group}"));
        }
        for (a, b) in [('大', '太'), ('田', '由'), ('東', '車'), ('日', '曰'), ('未', '末'), ('崎', '埼')] {
            assert_ne!(common(a), common(b), "{a} is not {b}");
        }
    }
}

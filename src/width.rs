//! How many terminal cells text takes, and how it is cut, padded and wrapped to fit; the only place that measures text.

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::text::is_bidi_control;

/// Returns the cells `text` takes on screen. Measured as the screen is painted, so that columns meet.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { usize::from(drawn(Cow::Borrowed(text)).cell_width()) }
}

/// Returns `text` in at most `cells`, with an ellipsis where something was cut off; never half a character.
pub fn cut(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let mut kept = String::with_capacity(cells * 3);
    let mut taken = 0;
    for cluster in text.graphemes(true) {
        taken += width(cluster);
        if taken > room {
            break;
        }
        kept.push_str(cluster);
    }
    kept.push('…');
    Cow::Owned(kept)
}

/// Returns `text` cut or filled up to exactly `cells`, standing left.
pub fn left(text: &str, cells: usize) -> String {
    let mut text = cut(text, cells).into_owned();
    text.extend(std::iter::repeat_n(' ', cells.saturating_sub(width(&text))));
    text
}

/// Returns `text` cut or filled up to exactly `cells`, standing right.
pub fn right(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    " ".repeat(cells.saturating_sub(width(&text))) + &text
}

/// Returns `text` with what cannot be seen shown as a mark: control characters, those that steer direction, and the ends of lines and
/// paragraphs, which terminals count each in their own way.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let hidden = |c: char| (c.is_control() && c != '\n') || is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}');
    if text.chars().any(hidden) {
        return Cow::Owned(text.chars().map(|c| if hidden(c) { '␣' } else { c }).collect());
    }
    Cow::Borrowed(text)
}

/// Returns [`visible`] text without what shows nothing and makes terminals disagree about where the next character stands: joiners
/// where nothing joins, and marks that steer notes and hieroglyphs.
pub fn steady(text: &str) -> Cow<'_, str> {
    drawn(visible(text))
}

fn drawn(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(is_unsteady) {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_unsteady(c) || (is_joiner(c) && kept.ends_with(joins)) {
            kept.push(c);
        }
    }
    Cow::Owned(kept)
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

const fn is_unsteady(c: char) -> bool {
    is_joiner(c) || matches!(c, '\u{FFF9}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}' | '\u{1D173}'..='\u{1D17A}')
}

/// Returns whether a joiner behind it shapes what is seen: in the scripts from Arabic to Myanmar, in Khmer and Mongolian, and between
/// pictures.
fn joins(c: char) -> bool {
    let letter = matches!(c, '\u{600}'..='\u{109F}' | '\u{1780}'..='\u{18AF}');
    let picture = matches!(c, '\u{2190}'..='\u{24FF}' | '\u{25A0}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}');
    letter || picture
}

/// Breaks `text` into lines of at most `cells`: at blanks, between CJK characters, and inside a word only where it must.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, cells.max(2), &mut lines);
    }
    lines
}

fn wrap_paragraph(paragraph: &str, cells: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut taken = 0;
    // Where the line may break last, in bytes.
    let mut chance: Option<usize> = None;
    let clusters: Vec<&str> = paragraph.graphemes(true).collect();
    for (index, cluster) in clusters.iter().enumerate() {
        let wide = width(cluster);
        let blank = is_blank(cluster) && !is_in_an_amount(&clusters, index);
        if blank && taken + wide > cells {
            // The line is full, and this is where it ends.
            (chance, taken) = (Some(line.len()), cells);
            continue;
        }
        while taken + wide > cells && !line.is_empty() {
            let rest = chance.filter(|at| *at > 0).map_or(String::new(), |at| line.split_off(at));
            lines.push(line.trim_end().to_owned());
            line = rest.trim_start().to_owned();
            taken = width(&line);
            chance = None;
        }
        line.push_str(cluster);
        taken += wide;
        let next = clusters.get(index + 1).copied().unwrap_or(" ");
        let inside = (*cluster == "-" && is_in_a_number(&clusters, index)) || is_in_an_amount(&clusters, index);
        if may_break_between(cluster, next) && !inside {
            chance = Some(line.len());
        }
    }
    lines.push(line.trim_end().to_owned());
}

/// Returns whether nothing but digits and what stands between them is written around a place without blank: a date, a phone number.
fn is_in_a_number(clusters: &[&str], index: usize) -> bool {
    let (before, behind) = clusters.split_at(index);
    let blank = |cluster: &&&str| !cluster.chars().all(char::is_whitespace);
    let word = before.iter().rev().take_while(blank).chain(behind.iter().take_while(blank));
    let numeric = |cluster: &&str| cluster.bytes().all(|byte| byte.is_ascii_digit() || b"-+.,:;/()".contains(&byte));
    word.copied().all(|cluster| numeric(&cluster))
}

/// Returns whether a blank stands between the sign or code of a currency and its number: `₩ 84M`, `CHF 1,200`.
fn is_in_an_amount(clusters: &[&str], index: usize) -> bool {
    let numeric = |cluster: &&str| cluster.starts_with(|c: char| c.is_ascii_digit());
    let negative = |at: usize| clusters.get(at).is_some_and(|sign| *sign == "-") && clusters.get(at + 1).is_some_and(numeric);
    if clusters[index] != " " || !(clusters.get(index + 1).is_some_and(numeric) || negative(index + 1)) {
        return false;
    }
    let before = &clusters[..index];
    let code = before.iter().rev().take_while(|cluster| cluster.bytes().all(|byte| byte.is_ascii_uppercase())).count();
    let joined = before.iter().rev().nth(3).is_some_and(|cluster| cluster.chars().any(char::is_alphanumeric));
    before.last().is_some_and(|sign| SIGNS.contains(sign)) || (code == 3 && !joined)
}

/// Signs of currencies as amounts are written with them.
const SIGNS: [&str; 5] = ["$", "€", "£", "₩", "¥"];

/// What no line begins with: closing marks, small kana, marks of length and repetition, signs that belong to the number before.
const NOT_FIRST: &str = "、。，．・：；？！゛゜）］｝〕〉》」』】〙〗〟’”»›…‥｡｣､･ﾞﾟ,.;:?!)]}ーｰ〜～–—々〻ゝゞヽヾ％％%‰℃℉°′″￠\
    ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ‼⁇⁈⁉";
/// What no line ends with: opening marks, signs that belong to the number behind.
const NOT_LAST: &str = "（［｛〔〈《「『【〘〖〝‘“«‹｢([{￥＄￡￦№＃";

/// The blank at which no line breaks.
const NO_BREAK: &str = "\u{a0}";

fn is_blank(cluster: &str) -> bool {
    cluster != NO_BREAK && cluster.chars().all(char::is_whitespace)
}

/// Lines break at blanks and between characters of Chinese and Japanese; words of Korean have blanks between them and stay whole.
fn may_break_between(before: &str, after: &str) -> bool {
    let wide = |cluster: &str| width(cluster) == 2;
    let (last, first) = (before.chars().next().unwrap_or(' '), after.chars().next().unwrap_or(' '));
    if is_blank(before) {
        return true;
    }
    if before == NO_BREAK || after == NO_BREAK {
        return false;
    }
    let hangul = |c: char| matches!(c, '가'..='힣' | '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}');
    // `１２０` is one number.
    let whole = hangul(last) || hangul(first) || (last.is_numeric() && first.is_numeric());
    let allowed = !NOT_FIRST.contains(first) && !NOT_LAST.contains(last);
    before == "-" || ((wide(before) || wide(after)) && allowed && !whole)
}

/// Wraps into at most so many lines. Of a longer text those hold whole sentences, or else words, and end with `more`.
pub fn wrap_within(text: &str, cells: usize, most: usize, more: &str) -> Vec<String> {
    let whole = wrap(text, cells);
    if whole.len() <= most {
        return whole;
    }
    let with_more = |end: usize| {
        let mut lines = wrap(text[..end].trim_end(), cells);
        match lines.last_mut() {
            Some(last) if width(last) + 1 + width(more) <= cells => *last = format!("{last} {more}"),
            _ => lines.push(more.to_owned()),
        }
        lines
    };
    let is_end = |before: &str| before.ends_with(['.', '!', '?', '。', '！', '？']);
    let wide = text.match_indices(['。', '！', '？']).map(|(at, mark)| at + mark.len());
    let mut ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).chain(wide).collect();
    ends.sort_unstable();
    // Nothing further on can fit.
    let reach = text.char_indices().nth(most.saturating_mul(cells)).map_or(text.len(), |(at, _)| at);
    ends.retain(|end| *end <= reach);
    let fitting = |is_end: &dyn Fn(&str) -> bool| {
        let ends = ends.iter().rev().filter(|end| !text[..**end].trim().is_empty() && is_end(text[..**end].trim_end()));
        ends.map(|end| with_more(*end)).find(|lines| lines.len() <= most && lines.iter().all(|line| width(line) <= cells))
    };
    fitting(&is_end).or_else(|| fitting(&|_| true)).unwrap_or_else(|| whole.into_iter().take(most.max(1)).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sign_and_its_amount_stay_on_one_line() {
        assert_eq!(wrap("open ₩\u{a0}84M + $\u{a0}64K", 12), ["open ₩\u{a0}84M +", "$\u{a0}64K"]);
    }

    #[test]
    fn no_line_ends_between_a_currency_and_its_number() {
        assert_eq!(wrap("It is worth ₩ 84,000,000 now.", 15), ["It is worth", "₩ 84,000,000", "now."]);
        assert_eq!(wrap("It is worth CHF 84,000 now.", 15), ["It is worth", "CHF 84,000 now."]);
        assert_eq!(wrap("down by $ -64K or so", 10), ["down by", "$ -64K or", "so"]);
        assert_eq!(wrap("The CRM 2024 and XCRM 2024", 22), ["The CRM 2024 and XCRM", "2024"], "longer words are none");
        assert_eq!(
            wrap("합계는 ₩ 84,000,000입니다.", 12),
            ["합계는", "₩ 84,000,000", "입니다."],
            "what is too long breaks behind the number"
        );
    }

    #[test]
    fn text_is_measured_in_cells() {
        for (text, cells) in [
            ("Contoso", 7),
            ("한빛정밀", 8),
            ("株式会社東雲物産", 16),
            ("ERP 마이그레이션", 16),
            ("e\u{301}", 1),
            ("👨‍👩‍👧", 2),
            ("ﾊﾞ", 2),
            ("", 0),
        ] {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn cutting_leaves_whole_characters_and_an_ellipsis() {
        for (text, cells, expected) in [
            ("Northwind Traders", 9, "Northwin…"),
            ("한빛정밀 주식회사", 8, "한빛정…"),
            ("한빛정밀", 8, "한빛정밀"),
            ("한빛정밀", 2, "…"),
            ("한빛", 1, "…"),
            ("한빛", 0, ""),
            ("a👨‍👩‍👧b", 3, "a…"),
        ] {
            assert_eq!(cut(text, cells), expected, "{text} in {cells}");
        }
        assert_eq!(left("한빛", 6), "한빛  ");
        assert_eq!(right("84", 4), "  84");
    }

    #[test]
    fn hidden_characters_become_marks() {
        assert_eq!(visible("safe\nlines"), "safe\nlines");
        for (text, seen) in [
            ("a\u{200D}b\u{200C}c", "abc"),
            ("한\u{200D}빛 東\u{200D}雲", "한빛 東雲"),
            ("👩\u{200D}💻 ❤\u{FE0F}\u{200D}🔥 👍🏽\u{200D}", "👩\u{200D}💻 ❤\u{FE0F}\u{200D}🔥 👍🏽\u{200D}"),
            ("می\u{200C}خواهم क्\u{200D}ष", "می\u{200C}خواهم क्\u{200D}ष"),
            ("a\u{FFF9}b\u{13430}c\u{1D173}d\u{202E}", "abcd␣"),
        ] {
            assert_eq!(steady(text), seen);
            assert_eq!(width(&visible(text)), width(seen), "measured as it is painted");
        }
        assert_eq!(visible("a\u{202E}b\u{1b}c\u{9b}"), "a␣b␣c␣");
        assert_eq!(visible("ab\u{2028}cd\u{2029}"), "ab␣cd␣", "what ends a line moves no row");
    }

    #[test]
    fn lines_break_at_blanks_and_between_cjk_characters() {
        assert_eq!(wrap("wants a pilot", 8), ["wants a", "pilot"]);
        assert_eq!(wrap("来期の導入を検討中。見積もり", 10), ["来期の導入", "を検討中。", "見積もり"]);
        assert_eq!(wrap("検討中。", 6), ["検討", "中。"], "no line begins with a full stop");
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("a\n\nb", 4), ["a", "", "b"]);
        assert_eq!(wrap("Esc goes back", 8), ["Esc goes", "back"], "a blank that does not fit ends the line");
        assert_eq!(wrap("日本語　a", 7), ["日本語", "a"]);
    }

    #[test]
    fn dates_and_phone_numbers_are_not_broken_at_their_hyphens() {
        assert_eq!(wrap("due on 2026-11-30 at", 12), ["due on", "2026-11-30", "at"]);
        assert_eq!(wrap("a hand-over date", 8), ["a hand-", "over", "date"]);
        assert_eq!(wrap("call +82 55-555-0109, now", 12), ["call +82", "55-555-0109,", "now"]);
        assert_eq!(wrap("9562-602bf10f1e32", 14), ["9562-", "602bf10f1e32"], "ids are broken there");
    }

    #[test]
    fn korean_breaks_at_blanks_and_not_inside_words() {
        assert_eq!(wrap("내년 초에 마이그레이션을 검토합니다", 16), ["내년 초에", "마이그레이션을", "검토합니다"]);
        assert_eq!(
            wrap("ERP시스템을 도입한(주)한빛", 12),
            ["ERP시스템을", "도입한(주)한", "빛"],
            "only what is longer than a line is broken"
        );
        assert_eq!(wrap("마이그레이션", 6), ["마이그", "레이션"]);
    }

    #[test]
    fn japanese_lines_begin_with_no_small_kana_or_closing_mark_and_end_with_no_opening_one() {
        for (text, cells, lines) in [
            ("サーバーを", 8, vec!["サーバー", "を"]),
            ("クラウドサービス", 6, vec!["クラウ", "ドサー", "ビス"]),
            ("検討しちゃった", 6, vec!["検討し", "ちゃっ", "た"]),
            ("人々の時々", 2, vec!["人", "々", "の", "時", "々"]),
            ("前年比120％増加", 8, vec!["前年比", "120％増", "加"]),
            ("室温は25℃以下", 8, vec!["室温は", "25℃以下"]),
            ("午後〜夕方に", 4, vec!["午", "後〜", "夕方", "に"]),
            ("見積「初期」を", 6, vec!["見積", "「初", "期」を"]),
            ("約（税込）です", 4, vec!["約", "（税", "込）", "です"]),
        ] {
            let found = wrap(text, cells);
            if cells > 2 {
                for line in &found {
                    assert!(!line.starts_with(|c| NOT_FIRST.contains(c)), "{found:?}");
                    assert!(!line.ends_with(|c| NOT_LAST.contains(c)), "{found:?}");
                }
            }
            assert_eq!(found, lines, "{text} in {cells}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_ever_wider_than_its_room(text in "\\PC{0,40}", cells in 0usize..30) {
            prop_assert!(width(&cut(&text, cells)) <= cells);
            prop_assert_eq!(width(&left(&text, cells)), cells);
            prop_assert_eq!(width(&right(&text, cells)), cells);
        }

        #[test]
        fn wrapping_keeps_words_whole(text in "[a-z]{1,6}( [a-z]{1,6}){0,12}", cells in 6usize..20) {
            prop_assert_eq!(wrap(&text, cells).join(" "), text);
        }

        #[test]
        fn wrapping_loses_no_letter(text in "[a-z 한글漢字、。]{0,60}", cells in 2usize..20) {
            let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let lines = wrap(&text, cells);
            prop_assert_eq!(plain(&lines.concat()), plain(&text));
            for line in lines {
                prop_assert!(width(&line) <= cells, "{} in {}", line, cells);
            }
        }
    }

    #[test]
    fn what_is_too_long_ends_with_a_sentence_or_a_word_and_what_says_so() {
        let text =
            "One deal was made. It waits in the outbox. Nothing of it has left, and nothing will before you write the file.";
        let more = "… (: messages)";
        assert_eq!(wrap_within(text, 200, 1, more), [text]);
        assert_eq!(wrap_within(text, 40, 2, more), ["One deal was made. It waits in the", "outbox. … (: messages)"]);
        assert_eq!(wrap_within(text, 40, 1, more), ["One deal was made. … (: messages)"]);
        assert_eq!(wrap_within(text, 24, 1, more), ["One deal … (: messages)"]);
        assert_eq!(wrap_within(text, 30, 3, more), ["One deal was made. It waits in", "the outbox. … (: messages)"]);
        assert_eq!(wrap_within("没有。什么也没有离开这里，也不会离开。", 10, 1, "…"), ["没有。 …"]);
        assert_eq!(wrap_within("한마디도 없이", 8, 1, more), ["한마디도"]);
    }
}

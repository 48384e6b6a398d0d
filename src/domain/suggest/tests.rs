//! Which words a name is kept under and which texts find it, in five scripts.

use proptest::prelude::*;

use super::*;

fn words(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    Squeezed::of_name(name).each_word(|place, word| out.push(format!("{}{word}", place as u8)));
    out
}

/// Returns where `typed` finds `name`, as a search over kept words would.
fn found(typed: &str, name: &str) -> Option<Place> {
    let query = Query::of(typed)?;
    let mut best: Option<Place> = None;
    for (text, span) in query.texts().flat_map(|text| spans(text).into_iter().map(move |span| (text, span))) {
        let squeezed = Squeezed::of_name(name);
        squeezed.each_word(|place, word| {
            if span.has(word) && (text.len() == cut(text).len() || squeezed.has(text)) {
                best = Some(best.map_or(place, |best| best.min(place)));
            }
        });
    }
    best
}

#[test]
fn names_are_kept_under_the_rest_from_each_place() {
    assert_eq!(words("Northwind Traders, Inc."), ["0northwindtraders", "1traders"]);
    assert_eq!(words("M365-Shop GmbH"), ["0m365shop", "1365shop", "1shop"]);
    assert_eq!(words("株式会社東雲物産"), ["0东云物产", "2云物产", "2物产", "2产"]);
    assert_eq!(words("한빛 주식회사"), ["0한빛", "0ㅎㅂ", "2빛", "2ㅂ"]);
    assert_eq!(words("SK하늘"), ["0sk하늘", "1하늘", "1ㅎㄴ", "2늘", "2ㄴ"]);
    assert_eq!(
        words("Company-with-a-name-longer-than-any"),
        [
            "0companywithanamelongerth",
            "1withanamelongerthanany",
            "1anamelongerthanany",
            "1namelongerthanany",
            "1longerthanany",
            "1thanany",
            "1any"
        ]
    );
    assert_eq!(words("..."), ["0..."]);
}

#[test]
fn what_is_typed_finds_the_name_in_every_script() {
    use Place::{Inside, Start, Word};
    for (typed, name, place) in [
        ("nort", "Northwind Traders Inc.", Some(Start)),
        ("ＮＯＲＴＨ", "Northwind Traders Inc.", Some(Start)),
        ("north wind", "Northwind Traders Inc.", Some(Start)),
        ("northwind traders, in", "Northwind Traders Inc.", None),
        ("northwind inc", "Northwind Traders Inc.", Some(Start)),
        ("Northwind Traders LLC", "Northwind Traders Inc.", Some(Start)),
        ("traders", "Northwind Traders Inc.", Some(Word)),
        ("orth", "Northwind Traders Inc.", None),
        ("muller", "Müller Maschinenbau GmbH", Some(Start)),
        ("masch", "Müller-Maschinenbau GmbH", Some(Word)),
        ("at&t", "AT & T Corp.", Some(Start)),
        ("365", "M365 Shop", Some(Word)),
        ("se", "Seaside Co", Some(Start)),
        ("cv", "Cva Aaa", Some(Start)),
        ("pt", "Ptarmigan Ltd", Some(Start)),
        ("한빛", "(주)한빛정밀", Some(Start)),
        ("㈜한빛", "한빛정밀 주식회사", Some(Start)),
        ("한빛 정밀", "한빛정밀 주식회사", Some(Start)),
        ("한빛정밀", "한빛 정밀 주식회사", Some(Start)),
        ("정밀", "한빛정밀 주식회사", Some(Inside)),
        ("정밀", "한빛 정밀 주식회사", Some(Word)),
        ("빛정", "한빛정밀 주식회사", Some(Inside)),
        ("ㅎㅂㅈㅁ", "한빛정밀 주식회사", Some(Start)),
        ("ㅈㅁ", "한빛정밀 주식회사", Some(Inside)),
        ("ㅄ", "부산 상사", Some(Start)),
        ("한구", "한국기계", Some(Start)),
        ("한ㄱ", "한국기계", Some(Start)),
        ("한ㅂ", "한국기계", None),
        ("한국긱", "한국기계", Some(Start)),
        ("달ㄱ", "달가람", Some(Start)),
        ("닭", "달가람", Some(Start)),
        ("핝", "한지물산", Some(Start)),
        ("하", "한지물산", Some(Start)),
        ("한국ㅎ", "한국힣", Some(Start)),
        ("株式会社東雲", "東雲物産㈱", Some(Start)),
        ("物産", "株式会社東雲物産", Some(Inside)),
        ("東雲物産株式", "株式会社東雲物産", Some(Start)),
        ("云帆科技股份有限", "云帆科技股份有限公司", Some(Start)),
        ("つばめ", "ツバメ薬局合同会社", Some(Start)),
        ("ﾂﾊﾞﾒ", "ツバメ薬局合同会社", Some(Start)),
        ("云帆", "云帆科技有限公司", Some(Start)),
        ("科技", "云帆科技股份有限公司", Some(Inside)),
        ("晴川電子", "晴川電子股份有限公司", Some(Start)),
        ("\u{1112}\u{1161}\u{11ab}\u{1107}\u{1175}\u{11be}", "한빛정밀", Some(Start)),
    ] {
        assert_eq!(found(typed, name), place, "{typed} in {name}");
    }
    for nothing in ["", "  ", "주식회사", "주식회", "株式会", "-", "㈱"] {
        assert_eq!(Query::of(nothing), None, "{nothing}");
    }
}

#[test]
fn several_words_may_stand_anywhere() {
    let has = |typed: &str, name: &str| Squeezed::of_name(name).has_words(&Query::of(typed).unwrap().words);
    assert!(has("trad north", "Northwind Traders"));
    assert!(has("north in", "Northwind Traders Inc."));
    assert!(!has("trad south", "Northwind Traders"));
    assert!(!has("trad", "Northwind Traders"), "one word is looked up by itself");
}

#[test]
fn digits_are_the_beginning_of_a_duns_number() {
    for (typed, digits) in [
        ("0814", Some("0814")),
        ("08-146-6849", Some("081466849")),
        ("０８１４", Some("0814")),
        ("081", None),
        ("0814668490", None),
        ("m365", None),
    ] {
        assert_eq!(Query::of(typed).unwrap().duns.as_deref(), digits, "{typed}");
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[가-힣]{2,9}", "[一-龥]{2,9}", "[ァ-ヺー]{3,9}", "[A-Z][a-z]{2,9} [A-Z][a-z]{2,9}", "[가-힣]{2,4} [A-Z0-9]{2,5}"]
}

proptest! {
    #[test]
    fn every_beginning_of_a_name_finds_it_and_so_do_any_two_characters_of_a_name_without_blanks(name in name()) {
        let text = Squeezed::of_name(&name).text;
        let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        for end in &ends {
            prop_assert_eq!(found(&text[..*end], &name), Some(Place::Start), "{} in {}", &text[..*end], name);
        }
        if text.chars().all(|c| class(c) == Class::Cjk) {
            let chars: Vec<char> = text.chars().collect();
            for pair in chars.windows(2) {
                let pair: String = pair.iter().collect();
                prop_assert!(found(&pair, &name).is_some(), "{} in {}", pair, name);
            }
        }
    }

    #[test]
    fn initials_of_a_hangul_name_of_any_length_find_it(name in "[가-힣]{2,30}") {
        let initials: String = name.chars().filter_map(initial).collect();
        prop_assert!(found(&initials, &name).is_some());
    }

    #[test]
    fn no_typed_text_and_no_name_is_too_strange(typed in "\\PC*", name in "\\PC*") {
        let _ = found(&typed, &name);
        let _ = Squeezed::of_name(&name).has_words(&[typed]);
    }
}

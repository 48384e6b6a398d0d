//! Tables of what is found by what, and of the tokens it is found by.

use super::*;

fn tokens(text: &str) -> String {
    let mut out = String::new();
    push_tokens(text, &mut out);
    out.trim_end().to_owned()
}

#[test]
fn folding_ignores_case_width_accents_and_kana_type() {
    for (text, folded) in [
        ("Contoso", "contoso"),
        ("ＣＯＮＴＯＳＯ　３６５", "contoso 365"),
        ("Größe Müller", "grosse muller"),
        ("ひらがな カタカナ", "ヒラガナ カタカナ"),
        ("㈜한빛", "(주)한빛"),
        ("한빛", "한빛"),
        ("ㅎㅂ", "ㅎㅂ"),
        ("Łódź Øre", "lodz ore"),
    ] {
        assert_eq!(fold(text), folded, "{text}");
    }
}

#[test]
fn tokens_are_words_numbers_and_pairs_of_neighbours() {
    for (text, expected) in [
        ("Azure landing-zone", "azure landingzone zone"),
        ("M365", "m365 365"),
        ("CRM-M365, ok", "crmm365 m365 365 ok"),
        ("x2y10", "x2y10 2y10 y10 10"),
        ("0a1b2c3d4e5f6a7b8c9d0e1f2a3b", "0a1b2c3d4e5f6a7b8c9d0e1f2a3b"),
        ("한빛정밀 주식회사", "한빛 빛정 정밀 밀 주식 식회 회사 사"),
        ("販売管理クラウド化", "贩卖 卖管 管理 理ク クラ ラウ ウド ド化 化"),
        ("ERP마이", "erp 마이 이"),
        ("kim@hanbit.example", "kimhanbitexample hanbitexample example"),
        ("、。！?", ""),
    ] {
        assert_eq!(tokens(text), expected, "{text}");
    }
    let mut out = String::new();
    push_initials("(주)한빛정밀 ERP", &mut out);
    assert_eq!(out.trim_end(), "ㅈ ㅎㅂ ㅂㅈ ㅈㅁ ㅁ");
}

#[test]
fn a_phrase_finds_any_two_neighbours_and_beginnings_of_words() {
    for (word, text, found) in [
        ("한빛", "한빛정밀 주식회사", true),
        ("빛정", "한빛정밀 주식회사", true),
        ("밀주", "한빛정밀 주식회사", false),
        ("빛", "한빛정밀", true),
        ("정밀erp", "한빛정밀ERP", true),
        ("land", "Azure landing zone", true),
        ("anding", "Azure landing zone", false),
        ("m36", "Microsoft M365 E5", true),
        ("365", "Microsoft M365 E5", true),
        ("opp-12", "OPP-12925", true),
        ("opp-12", "12 OPP 3", false),
        ("rep1@partner", "rep1@partner.example", true),
        ("1@part", "rep1@partner.example", true),
        ("rep1@", "rep12@partner.example", true),
        ("rep1@p", "rep12@partner.example", false),
        ("partner.ex", "rep12@partner.example", true),
        ("landing-z", "Azure landing-zone", true),
        ("zone", "Azure landing-zone", true),
        ("a-b한", "a-b한빛", true),
        ("muller", "Müller GmbH", true),
        ("クラウド", "くらうど基盤", true),
    ] {
        assert_eq!(Phrase::of(word).unwrap().is_in(&tokens(text)), found, "{word} in {text}");
    }
    assert_eq!(Phrase::of("-*\""), None);
}

#[test]
fn highlights_stand_where_the_text_was_written() {
    for (text, word, expected) in [
        ("한빛정밀 ERP", "erp", Some("ERP")),
        ("ＡＢＣ商事", "bc", Some("ＢＣ")),
        ("Größe", "grosse", Some("Größe")),
        ("㈜한빛", "주", Some("㈜")),
        ("abc", "x", None),
        ("葛\u{e0100}城商事", "葛城", Some("葛\u{e0100}城")),
        ("臺灣晨嶼", "台湾", Some("臺灣")),
        ("O’Neill Plumbing", "o'neill", Some("O’Neill")),
    ] {
        assert_eq!(find(text, word).map(|range| &text[range]), expected, "{word} in {text}");
    }
}

/// Returns whether a list would find the name by the word.
fn finds(word: &str, name: &str) -> bool {
    Phrase::of(word).unwrap().is_in(&tokens(name))
}

#[test]
fn every_dash_is_a_dash_and_every_apostrophe_an_apostrophe() {
    for (name, word) in [
        ("Queen’s Harbour Trust", "queen's"),
        ("Oʼ\u{2060}Neill Plumbing", "o'neill"),
        ("O’Neill Plumbing", "oneill"),
        ("O´Neill Plumbing", "o’neill"),
        ("Queen's Mill Ltd", "queen’s"),
        ("L’Oréa Sarl", "l'orea"),
        ("Müller–Bach GmbH", "müller-bach"),
        ("Müller-Bach GmbH", "müller−bach"),
        ("AT&T-like Co", "at&t"),
        ("A·B Lab", "a.b"),
        ("3‑2 Systems", "3-2"),
        ("Dell′Orto SpA", "dell'orto"),
        ("ERP・CRM", "crm"),
    ] {
        assert!(finds(word, name), "{word} in {name}");
    }
}

#[test]
fn variants_of_one_character_are_found_by_each_other() {
    for (name, word) in [
        ("葛\u{e0100}城商事株式会社", "葛城"),
        ("髙島製作所", "高島"),
        ("山﨑電機", "山崎"),
        ("邊見工業", "辺見"),
        ("臺灣晨嶼股份有限公司", "台灣"),
        ("臺灣晨嶼股份有限公司", "台湾"),
        ("台積電", "台积"),
        ("台积电", "台積"),
        ("万科企业", "萬科"),
        ("萬科企業", "万科"),
        ("澤井製薬", "沢井"),
        ("İSTANBUL BİLGİ A.Ş.", "istanbul"),
        ("Łódź Maszyny Sp. z o.o.", "lodz"),
        ("Đà Nẵng Thép", "da"),
        ("Ærø Værft A/S", "aero"),
        ("ΟΔΥΣΣΕΥΣ ΑΕ", "οδυσσεύς"),
        ("Strauß & Söhne", "strauss"),
        ("Þórsmörk ehf", "thorsmork"),
        ("株式会社サーバ工房", "サーバー"),
        ("株式会社サーバー工房", "サーバ"),
        ("〜波止場〜商店", "波止場"),
        ("㈱ひかり", "ひかり"),
        ("Café\u{ad}haus Linde", "cafehaus"),
        ("ラーメン・横丁", "ラーメン横丁"),
        ("ラーメン横丁", "ラーメン・横丁"),
        ("삼\u{200b}성 전자", "삼성"),
        ("\u{202a}Contoso\u{202c}", "contoso"),
    ] {
        assert!(finds(word, name), "{word} in {name}");
        assert!(find(name, word).is_some() || word.contains('横'), "{word} is underlined in {name}");
    }
    for (name, word) in [("ビル管理", "ビール"), ("キ印", "キー"), ("大田", "太田"), ("日立", "曰立")] {
        assert!(!finds(word, name), "{word} in {name}");
    }
}

#[test]
fn what_is_taken_for_the_same_entry_differs_in_no_letter() {
    for (a, b) in [
        ("CONTOSO", "Ｃｏｎｔｏｓｏ"),
        ("O’Neill", "O'Neill"),
        ("A\u{200b}B", "AB"),
        ("Mu\u{308}ller", "Muller"),
        ("ひかり", "ヒカリ"),
    ] {
        assert_eq!(recognised(a), recognised(b));
    }
    for (a, b) in [("髙島", "高島"), ("台積電", "台积电"), ("サーバー", "サーバ"), ("Ærø", "Aero")] {
        assert_ne!(recognised(a), recognised(b));
        assert_eq!(fold(a), fold(b));
    }
}

#[test]
fn initials_of_any_length_stand_in_the_tokens_of_a_name() {
    let mut initials = String::new();
    push_initials("한국마이크로소프트교육센터", &mut initials);
    for word in ["ㅎㄱㅁㅇㅋㄹㅅㅍㅌㄱㅇㅅㅌ", "ㅁㅇㅋㄹㅅㅍㅌㄱㅇ", "ㅎㄱㅁㅇㅋㄹㅅㅍㅌ", "ㄱㅁㅇ"]
    {
        assert!(Phrase::of(word).unwrap().is_in(&initials), "{word}");
    }
    initials.clear();
    push_initials("부산상사", &mut initials);
    assert!(Phrase::of("ㅄ").unwrap().is_in(&initials), "as an input method draws it together");
}

/// Pieces of text whose seams matter: punctuation in words, scripts side by side, forms that fold.
const PIECES: [&str; 31] = [
    "a", "B", "crm", "CRM", "-", "M365", "12", ".", " ", "  ", "é", "ß", "한", "빛정", "ㅎ", "販売", "カ", "ｶ", "ﾞ", "１", "㈜",
    "@x", "\t", "Д", "・", "ー", "サー", "臺", "\u{200b}", "’", "–",
];

proptest::proptest! {
    #[test]
    fn what_stands_in_the_tokens_of_a_text_may_stand_in_the_text(
        text in proptest::collection::vec(0..PIECES.len(), 0..9),
        word in proptest::collection::vec(0..PIECES.len(), 1..4),
    ) {
        let joined = |picks: &[usize]| picks.iter().map(|pick| PIECES[*pick]).collect::<String>();
        let (text, word) = (joined(&text), joined(&word));
        let mut words = String::new();
        push_tokens(&text, &mut words);
        if let Some(phrase) = Phrase::of(&word) {
            let list: Vec<&str> = words.split(' ').collect();
            let last = phrase.tokens.len() - 1;
            let stands = list.windows(phrase.tokens.len()).any(|window| {
                let mut pairs = window.iter().zip(&phrase.tokens).enumerate();
                pairs.all(|(at, (word, wanted))| if at == last && phrase.open { word.starts_with(wanted) } else { word == wanted })
            });
            proptest::prop_assert_eq!(phrase.is_in(&words), stands);
            proptest::prop_assert!(!stands || phrase.may_be_in(&text), "{} in {}", word, text);
        }
    }
}

#[test]
fn a_beginning_may_have_one_wrong_letter_and_no_more() {
    for (word, typed, nearly) in [
        ("accept", "acept", true),
        ("accept", "acecpt", true),
        ("favorite", "favrite", true),
        ("favorite", "favx", true),
        ("decline", "delete", false),
        ("stage", "save", false),
        ("won", "wno", false),
        ("한빛정밀", "한빛점밀", true),
    ] {
        assert_eq!(nearly_begins(word, typed), nearly, "{word}, {typed}");
    }
}

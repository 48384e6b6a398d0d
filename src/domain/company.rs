//! Names of companies as they are compared: without their legal form, in whatever script and place it stands.

use std::borrow::Cow;

use super::fold::fold;

/// Legal forms of companies in scripts without blanks, folded; whoever types a name may have begun one.
const COMPANIES: [&str; 14] = [
    "주식회사",
    "유한책임회사",
    "유한회사",
    "합자회사",
    "합명회사",
    "株式会社",
    "有限会社",
    "合同会社",
    "合资会社",
    "合名会社",
    "股份有限公司",
    "有限责任公司",
    "股份公司",
    "有限公司",
];
/// Other forms and their signs, folded; longer ones before those they hold.
const OTHERS: [&str; 61] = [
    "농업회사법인",
    "영농조합법인",
    "사회복지법인",
    "사단법인",
    "재단법인",
    "의료법인",
    "학교법인",
    "협동조합",
    "세무법인",
    "회계법인",
    "법무법인",
    "特定非营利活动法人",
    "一般社团法人",
    "公益社团法人",
    "一般财团法人",
    "公益财团法人",
    "医疗法人社团",
    "医疗法人财团",
    "社会医疗法人",
    "国立大学法人",
    "独立行政法人",
    "社会福祉法人",
    "辩护士法人",
    "税理士法人",
    "社团法人",
    "财团法人",
    "医疗法人",
    "学校法人",
    "宗教法人",
    "监查法人",
    "协同组合",
    "相互会社",
    "npo法人",
    "(有限合伙)",
    "有限合伙",
    "(股)公司",
    "集团",
    "(주)",
    "(유)",
    "(사)",
    "(재)",
    "(의)",
    "(학)",
    "(합)",
    "(복)",
    "(株)",
    "(有)",
    "(同)",
    "(资)",
    "(名)",
    "(医)",
    "(社)",
    "(财)",
    "(学)",
    "(福)",
    "(一社)",
    "(一财)",
    "(公社)",
    "(公财)",
    "(特非)",
    "(股)",
];
/// A company, where no branch (`分公司`, `子公司`, `总公司`) is meant.
const COMPANY: &str = "公司";
const OF_A_BRANCH: [char; 3] = ['分', '子', '总'];

/// Words of legal forms in scripts with blanks, folded and without points and strokes; sorted, as those below.
#[rustfmt::skip]
const WORDS: [&str; 123] = [
    "ab", "ad", "ae", "ag", "ans", "aps", "as", "asa", "bhd", "bt", "bv", "bvba", "cie", "cjsc", "co", "company", "corp",
    "corporation", "cos", "cv", "cva", "cvba", "dd", "doo", "eg", "ehf", "eireli", "eirl", "eood", "epe", "ev", "gbr", "ggmbh",
    "gk", "gmbh", "godo", "haftungsbeschrankt", "hf", "holdingsgmbh", "ike", "inc", "incorporated", "inkl", "jsc", "kabushiki",
    "kaisha", "kft", "kg", "kgaa", "kk", "lc", "lda", "limited", "llc", "lllp", "llp", "lp", "ltd", "ltda", "ltee", "mbb", "mbh",
    "nv", "nyrt", "oao", "ohf", "ohg", "ojsc", "oo", "ood", "ooo", "ou", "oy", "oyj", "oü", "pao", "pc", "pjsc", "plc", "pllc",
    "private", "pte", "pty", "pvt", "sa", "sapa", "sarl", "sarlu", "sas", "sasu", "sc", "scop", "sdn", "se", "sia", "sl", "slu",
    "snc", "spa", "spj", "spk", "sprl", "spzoo", "srl", "srls", "sro", "tbk", "uab", "ug", "vof", "vos", "yk", "zao", "zrt", "ао",
    "зао", "оао", "ооо", "пао", "пат", "прат", "тов", "тоо",
];
/// Words that stand between or before words of forms.
#[rustfmt::skip]
const BETWEEN: [&str; 16] = [
    "&", "and", "de", "e", "et", "i", "l", "o", "och", "og", "r", "s", "sp", "und", "y", "z",
];
/// Words of forms that stand in front.
#[rustfmt::skip]
const IN_FRONT: [&str; 14] = [
    "cv", "oao", "ooo", "pao", "pt", "zao", "ао", "зао", "ип", "оао", "ооо", "пао", "тов", "тоо",
];

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.binary_search(&word).is_ok()
}

const fn is_mark(c: char) -> bool {
    matches!(c, '.' | '/' | '(' | ')' | '"' | '\'' | '«' | '»' | ';')
}

/// Returns a word as the tables have it.
fn shape(word: &str) -> Cow<'_, str> {
    if word.contains(is_mark) { word.replace(is_mark, "").into() } else { word.into() }
}

/// Returns whether a folded word is the beginning of one that names a legal form.
pub(super) fn begins_form(word: &str) -> bool {
    let next = WORDS.partition_point(|form| *form < word);
    !word.is_empty() && WORDS.get(next).is_some_and(|form| form.starts_with(word))
}

/// Returns whether folded text is nothing but three characters or more of a legal form.
pub(super) fn is_begun_form(text: &str) -> bool {
    text.chars().nth(2).is_some() && COMPANIES.iter().any(|form| form.starts_with(text))
}

/// Returns folded text without the beginning of a legal form at its end, where one of two characters or more stands there
/// behind something else (`東雲物産株式` is on the way to `東雲物産株式会社`).
pub(super) fn without_begun_form(text: &str) -> Option<&str> {
    let ends = COMPANIES.iter().flat_map(|form| form.char_indices().skip(2).map(|(end, _)| &form[..end]));
    ends.filter_map(|begun| text.strip_suffix(begun)).filter(|rest| !rest.is_empty()).min_by_key(|rest| rest.len())
}

/// Returns a set of one character, which others may share with it.
fn bit(c: char) -> u64 {
    1 << (u32::from(c) % u64::BITS)
}

/// Returns the name folded and without its legal form, so that `한빛정밀 주식회사`, `(주)한빛정밀` and `㈜한빛정밀` are the same, and so are
/// `Müller GmbH & Co. KG` and `Muller`.
pub fn bare_name(name: &str) -> String {
    let mut bare = fold(name);
    // Accents of Latin letters hold no form of the tables.
    if bare.chars().any(|c| c >= '\u{2E80}') {
        // Most names hold none of most forms, which is seen at once by their characters.
        let held = bare.chars().fold(0, |held, c| held | bit(c));
        let may_hold = |form: &str| form.chars().all(|c| held & bit(c) != 0);
        for form in COMPANIES.iter().chain(&OTHERS) {
            if may_hold(form) && bare.contains(form) && bare.trim() != *form {
                bare = bare.replace(form, " ");
            }
        }
        let ending = bare.trim_end().strip_suffix(COMPANY).filter(|rest| !rest.trim().is_empty() && !rest.ends_with(OF_A_BRANCH));
        bare = ending.map_or_else(|| bare.clone(), str::to_owned);
    }
    let words: Vec<&str> = bare.split([' ', ',', '\u{3000}']).filter(|w| !w.is_empty()).collect();
    let mut kept = &words[..];
    // What stands between forms goes with them, and does not go without.
    let mut end = kept.len();
    for (at, word) in words.iter().enumerate().skip(1).rev() {
        let word = shape(word);
        if is_one_of(&WORDS, &word) {
            end = at;
        } else if end == words.len() || !(word.is_empty() || is_one_of(&BETWEEN, &word)) {
            break;
        }
    }
    while end > 1
        && end < words.len()
        && matches!(&*shape(words[end - 1]), "&" | "and" | "und" | "et" | "og" | "och" | "sp" | "z")
    {
        end -= 1;
    }
    kept = &kept[..end];
    if let [first, rest @ ..] = kept
        && rest.iter().any(|word| !shape(word).is_empty())
        && is_one_of(&IN_FRONT, &shape(first))
    {
        kept = rest;
    }
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::suggest::Squeezed;

    #[test]
    fn the_tables_are_folded_and_no_form_hides_a_longer_one() {
        let all: Vec<&str> = COMPANIES.iter().chain(&OTHERS).copied().collect();
        for (at, form) in all.iter().enumerate() {
            assert_eq!(fold(form), *form);
            assert!(!all[at + 1..].iter().any(|later| later.contains(form)), "{form} comes before a longer one");
        }
        for words in [&WORDS[..], &BETWEEN, &IN_FRONT] {
            assert!(words.is_sorted());
            words.iter().for_each(|word| assert!(fold(word) == *word || *word == "oü", "{word}"));
        }
    }

    #[test]
    fn names_are_compared_without_their_legal_form() {
        for (bare, names) in [
            (
                "한빛정밀",
                "한빛정밀 주식회사|㈜한빛정밀|(주) 한빛정밀|주식회사 한빛정밀|한빛정밀(주)|한빛정밀 유한회사|유한책임회사 한빛정밀|농업회사법인 주식회사 한빛정밀",
            ),
            ("푸른숲", "사단법인 푸른숲|재단법인 푸른숲|(사)푸른숲|의료법인 푸른숲|사회복지법인 푸른숲|푸른숲 협동조합"),
            (
                "東雲物産",
                "株式会社東雲物産|東雲物産㈱|東雲物産株式會社|（株）東雲物産|合資会社東雲物産|合名会社 東雲物産|東雲物産合同会社|㈲東雲物産|有限会社東雲物産",
            ),
            (
                "青空会",
                "医療法人青空会|医療法人社団青空会|社会福祉法人 青空会|一般社団法人青空会|（医）青空会|特定非営利活動法人青空会|NPO法人青空会",
            ),
            (
                "云帆科技",
                "云帆科技股份有限公司|云帆科技有限公司|云帆科技集团|云帆科技集团有限公司|雲帆科技（股）公司|雲帆科技股份有限公司|雲帆科技集團|云帆科技公司|云帆科技有限责任公司|云帆科技（有限合伙）",
            ),
            (
                "northwind traders",
                "Northwind Traders, Inc.|Northwind Traders LLC|NORTHWIND TRADERS LTD|Northwind Traders Corp.|Northwind Traders Co., Ltd.|Northwind Traders, L.P.|Northwind Traders LLP|Northwind Traders P.L.C.|Northwind Traders Company|Northwind Traders Pty Ltd|Northwind Traders (Pty) Ltd|Northwind Traders Pvt. Ltd.|Northwind Traders Sdn. Bhd.|Northwind Traders Pte. Ltd.",
            ),
            (
                "muller maschinenbau",
                "Müller Maschinenbau GmbH|Müller Maschinenbau GmbH & Co. KG|Müller Maschinenbau GmbH & Co KG|Müller Maschinenbau AG & Co.|Müller Maschinenbau mbH|Müller Maschinenbau KGaA|Müller Maschinenbau AG & Co. KGaA|Müller Maschinenbau & Co.|Müller Maschinenbau UG (haftungsbeschränkt)|Müller Maschinenbau e.V.|Müller Maschinenbau GmbH und Co. OHG",
            ),
            (
                "lumiere",
                "Lumière S.A.|Lumière SAS|Lumière S.A.R.L.|Lumière et Cie|Lumière S.A. de C.V.|Lumière S.p.A.|Lumière S.r.l.|Lumière Ltda.|Lumière S.L.U.",
            ),
            ("lodz maszyny", "Łódź Maszyny Sp. z o.o.|Łódź Maszyny S.A.|Łódź Maszyny spzoo"),
            ("aero vaerft", "Ærø Værft A/S|Ærø Værft ApS"),
            ("istanbul bilgi", "İSTANBUL BİLGİ A.Ş."),
            ("ромашка", "ООО Ромашка|Ромашка ООО|ЗАО Ромашка"),
            ("telkom", "PT Telkom Tbk|PT. Telkom"),
            ("co", "Co"),
            ("주식회사", "주식회사"),
            ("公司", "公司"),
            ("smith & jones", "Smith & Jones|Smith & Jones Ltd"),
            ("台北分公司", "台北分公司"),
            ("seaside & sons", "Seaside & Sons"),
        ] {
            for name in names.split('|') {
                assert_eq!(bare_name(name), fold(bare), "{name}");
            }
        }
    }

    /// Of names that are one company but for its form, so many are known as the same; measured on forms of 14 countries.
    #[test]
    fn hardly_a_legal_form_hides_the_same_company() {
        let korean = [
            "{} 주식회사",
            "(주){}",
            "㈜{}",
            "주식회사 {}",
            "{}(주)",
            "유한회사 {}",
            "{}㈜",
            "사단법인 {}",
            "재단법인 {}",
            "의료법인 {}",
        ];
        let japanese = [
            "株式会社{}",
            "{}株式会社",
            "㈱{}",
            "{}㈱",
            "（株）{}",
            "{}（有）",
            "有限会社{}",
            "合同会社{}",
            "合資会社{}",
            "{}株式會社",
            "医療法人{}",
            "学校法人{}",
        ];
        let chinese = [
            "{}有限公司",
            "{}股份有限公司",
            "{}（股）公司",
            "{}集團",
            "{}集团",
            "{}集团有限公司",
            "{}公司",
            "{}有限責任公司",
            "{}股份公司",
        ];
        let latin = [
            "{} Inc.",
            "{}, Inc.",
            "{} LLC",
            "{} Ltd",
            "{} Limited",
            "{} LP",
            "{} L.P.",
            "{} LLP",
            "{} Corp.",
            "{} Co., Ltd.",
            "{} GmbH",
            "{} GmbH & Co. KG",
            "{} mbH",
            "{} AG",
            "{} AG & Co. KG",
            "{} SE",
            "{} SE & Co. KGaA",
            "{} S.A.",
            "{} SARL",
            "{} B.V.",
            "{} N.V.",
            "{} S.p.A.",
            "{} S.r.l.",
            "{} Oy",
            "{} AB",
            "{} A/S",
            "{} AS",
            "{} Sp. z o.o.",
            "{} s.r.o.",
            "{} Kft.",
            "{} d.o.o.",
            "{} Pty Ltd",
            "{} Pte. Ltd.",
            "{} Sdn Bhd",
            "{} Pvt Ltd",
            "{} S.A. de C.V.",
            "{} Ltda",
        ];
        let names: [(&[&str], &[&str]); 4] = [
            (&korean, &["한빛정밀", "가온소프트", "대한철강", "새벽유통", "마루데이터"]),
            (&japanese, &["東雲物産", "ひかり電機", "サクラ商事", "青空製作所"]),
            (&chinese, &["云帆科技", "晨嶼半導體", "華新電子", "长风物流"]),
            (&latin, &["Northwind Traders", "Contoso", "Müller Maschinenbau", "Adventure Works", "Smith & Jones"]),
        ];
        let (mut same, mut all) = (0, 0);
        for (forms, names) in names {
            for name in names {
                let alone = Squeezed::of_name(name).text;
                for form in forms {
                    all += 1;
                    same += usize::from(Squeezed::of_name(&form.replace("{}", name)).text == alone);
                }
            }
        }
        assert!(same * 100 >= all * 98, "{same} of {all}");
    }
}

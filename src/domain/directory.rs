//! What is known before a deal is made: customers of the directory, solutions of the catalogue; how they are found is in `suggest`.

use super::customer::{Address, Customer, Duns};
use super::fold::{Class, class, fold, recognised};
use super::solution::{Owner, Solution};
use super::suggest::Squeezed;
use super::text::Line;

/// A customer as the directory has it: its country is the one of its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCustomer {
    pub name: Line,
    pub duns: Option<Duns>,
    pub address: Address,
    /// Whether a deal has it.
    pub used: bool,
}

/// A solution as the catalogue has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSolution {
    pub id: Line,
    pub name: Option<Line>,
    pub owner: Owner,
    /// Whether it is of a solution-assessment type.
    pub assessment: bool,
    /// Whether a deal has it.
    pub used: bool,
}

/// How well an entry fits what was typed; the better ones are less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The whole name, its legal form aside.
    Exact,
    /// The name begins so.
    Prefix,
    /// A later word of the name begins so, or each typed word begins one.
    Word,
    /// It stands somewhere in the name.
    Inside,
    /// All of it but one letter.
    Fuzzy,
}

impl Rank {
    /// Returns the word of JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Prefix => "prefix",
            Self::Word => "word",
            Self::Inside => "inside",
            Self::Fuzzy => "fuzzy",
        }
    }
}

impl KnownCustomer {
    /// Returns the entry that a deal's customer would be.
    pub fn of(customer: &Customer) -> Self {
        Self { name: customer.name.clone(), duns: customer.duns, address: customer.address.clone(), used: true }
    }

    /// Returns a number that entries of the same name, country and city share, and hardly any others.
    pub fn identity(&self) -> i64 {
        let city = self.address.city.as_ref().map_or("", Line::as_str);
        let country = self.address.country.map_or("", |country| country.code());
        let parts = [recognised(self.name.as_str()), country.to_owned(), recognised(city)];
        hash(parts.join("\u{1F}").as_bytes()).cast_signed()
    }

    /// Returns a number of the street, which tells the legal entities of one company in one city apart (MG-26); `None` where
    /// nobody knows it.
    pub fn street(&self) -> Option<u32> {
        let street = self.address.line1.as_ref()?;
        Some((hash(recognised(street.as_str()).as_bytes()) >> 32) as u32)
    }

    /// Returns whether both are at one street, or have one postal code.
    fn is_at_the_place_of(&self, other: &Self) -> bool {
        let same = |a: &Option<Line>, b: &Option<Line>| {
            a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| fold(a.as_str()) == fold(b.as_str()))
        };
        same(&self.address.line1, &other.address.line1) || same(&self.address.postal_code, &other.address.postal_code)
    }

    /// Returns this entry with what a newer source says of it; what that leaves open stays.
    pub fn updated(&self, newer: &Self) -> Self {
        let pick = |new: &Option<Line>, old: &Option<Line>| new.clone().or_else(|| old.clone());
        let (old, new) = (&self.address, &newer.address);
        Self {
            name: newer.name.clone(),
            duns: newer.duns.or(self.duns),
            address: Address {
                line1: pick(&new.line1, &old.line1),
                line2: pick(&new.line2, &old.line2),
                city: pick(&new.city, &old.city),
                state: pick(&new.state, &old.state),
                postal_code: pick(&new.postal_code, &old.postal_code),
                country: new.country.or(old.country),
            },
            used: self.used || newer.used,
        }
    }
}

impl KnownSolution {
    /// Returns the entry that a deal's solution would be.
    pub fn of(solution: &Solution) -> Self {
        Self { id: solution.id.clone(), name: solution.name.clone(), owner: solution.owner, assessment: false, used: true }
    }

    /// Returns the entry with what a deal says of it, where the catalogue leaves that open.
    pub fn filled(&self, deal: &Self) -> Self {
        Self {
            id: self.id.clone(),
            name: self.name.clone().or_else(|| deal.name.clone()),
            owner: if self.owner == Owner::Unknown { deal.owner } else { self.owner },
            assessment: self.assessment,
            used: self.used || deal.used,
        }
    }
}

/// FNV-1a: its numbers are stored, so that no library's next version may change them.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Returns whether one letter more, less or other, or two neighbours exchanged, make `a` of `b`.
pub fn one_edit_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match a.len().abs_diff(b.len()) {
        0 if a.is_empty() => false,
        0 => a[1..] == b[1..] || (a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]),
        1 if a.len() < b.len() => a == &b[1..],
        1 => &a[1..] == b,
        _ => false,
    }
}

/// Returns whether two entries may be one company written twice: the same name, its legal form aside, or one letter off.
///
/// One letter says little in a short name, where it makes another one (`삼성전자`, `삼성전기`): it counts in a long name, where two
/// letters are exchanged, or at one street or postal code. A digit always tells apart, and so do two D-U-N-S numbers.
pub fn nearly_same(one: &KnownCustomer, other: &KnownCustomer) -> bool {
    let (a, b) = (Squeezed::of_name(one.name.as_str()), Squeezed::of_name(other.name.as_str()));
    if a.text == b.text {
        return true;
    }
    if !one_edit_apart(&a.text, &b.text) || one.duns.zip(other.duns).is_some_and(|(a, b)| a != b) {
        return false;
    }
    let (x, y): (Vec<char>, Vec<char>) = (a.text.chars().collect(), b.text.chars().collect());
    let same = x.iter().zip(&y).take_while(|(x, y)| x == y).count();
    let tells = |c: Option<&char>| c.is_some_and(|c| c.is_numeric() || COUNTED.contains(c));
    if tells(x.get(same)) || tells(y.get(same)) {
        return false;
    }
    let exchanged = x.len() == y.len() && x.get(same) == y.get(same + 1) && x.get(same + 1) == y.get(same);
    let is_likely = exchanged || one.is_at_the_place_of(other);
    if x.iter().chain(&y).any(|c| class(*c) == Class::Cjk) {
        return x.len().min(y.len()) >= if is_likely { 3 } else { 8 };
    }
    // With blanks between words it is the word that is long or short.
    a.word_length(same).min(b.word_length(same)) >= if is_likely { 4 } else { 6 }
}

/// Characters that count what is otherwise called the same (`第一工業`, `第二工業`).
const COUNTED: [char; 13] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '东', '西', '南'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_makes_the_difference() {
        for (a, b, apart) in [
            ("한빛정밀", "한빛정멸", true),
            ("northwind", "norhtwind", true),
            ("northwind", "nrthwind", true),
            ("northwind", "northwinds", true),
            ("northwind", "northwind", false),
            ("northwind", "nortwhindd", false),
            ("abcd", "badc", false),
            ("", "a", true),
        ] {
            assert_eq!((one_edit_apart(a, b), one_edit_apart(b, a)), (apart, apart), "{a} {b}");
        }
    }

    fn known(name: &str, street: Option<&str>, postal: Option<&str>, duns: Option<&str>) -> KnownCustomer {
        let line = |text: &str| Line::parse(text).unwrap();
        let address = Address { line1: street.map(line), postal_code: postal.map(line), ..Address::default() };
        KnownCustomer { name: line(name), duns: duns.map(|duns| Duns::parse(duns).unwrap()), address, used: false }
    }

    fn alike(a: &str, b: &str) -> bool {
        nearly_same(&known(a, None, None, None), &known(b, None, None, None))
    }

    #[test]
    fn samsung_electronics_is_not_samsung_electro_mechanics() {
        for (a, b) in [
            ("삼성전자", "삼성전기"),
            ("현대건설", "현대건철"),
            ("東洋電機", "東洋電子"),
            ("中国建设银行", "中国建筑银行"),
            ("Bosch", "Bosco"),
            ("Plant Works 1", "Plant Works 2"),
            ("第一精密工業有限公司台北", "第二精密工業有限公司台北"),
        ] {
            assert!(!alike(a, b) && !alike(b, a), "{a} and {b}");
        }
        for (a, b) in [
            ("한빛정밀 주식회사", "㈜한빛정밀"),
            ("髙島製作所", "高島製作所"),
            ("台積電", "台积电"),
            ("Northwind Traders", "Northwind Trader Inc."),
            ("Contoso", "Contosa"),
            ("한빛정밀", "한빛밀정"),
            ("한강유역환경데이터분석연구원", "한강유역환경데이타분석연구원"),
            ("サーバー工房", "サーバ工房"),
        ] {
            assert!(alike(a, b) && alike(b, a), "{a} and {b}");
        }
    }

    #[test]
    fn one_letter_off_at_the_same_place_is_told_and_two_numbers_tell_apart() {
        let at = |name, street, postal, duns| known(name, street, postal, duns);
        let here = Some("테헤란로 1");
        assert!(nearly_same(&at("한빛정밀", here, None, None), &at("한빚정밀", here, None, None)));
        assert!(nearly_same(&at("한빛정밀", None, Some("06234"), None), &at("한빚정밀", None, Some("06234"), None)));
        assert!(!nearly_same(&at("한빛정밀", here, None, None), &at("한빚정밀", Some("세종대로 2"), None, None)));
        let (one, two) = (Some("081466849"), Some("081466850"));
        assert!(!nearly_same(&at("Northwind Traders", None, None, one), &at("Northwind Trader", None, None, two)));
        assert!(nearly_same(&at("Northwind Traders", None, None, one), &at("Northwind Traders Inc", None, None, two)));
    }

    /// Names as companies really have them, made of the words such names are made of.
    fn list(heads: &str, tails: &str) -> Vec<String> {
        let heads = heads.split(' ');
        heads.flat_map(|head| tails.split(' ').map(move |tail| format!("{}{tail}", head.replace('_', " ")))).collect()
    }

    #[test]
    fn at_most_three_names_of_a_hundred_are_told_falsely() {
        let korean = list(
            "삼성 현대 한빛 대한 동양 한국 가온 새벽 마루 청우 동아 태광 신성 우진 세아 효성 미래 한화 두산 금호",
            "전자 전기 정밀 건설 화학 중공업 물산 상사 제약 식품 통신 반도체 소프트 시스템 테크 엔지니어링 솔루션 산업 기계 철강",
        );
        let japanese = list(
            "東洋 日本 大和 富士 三和 東雲 青空 山崎 高島 北海 関西 中央 協和 共和 昭和 明和",
            "電機 電子 電気 工業 製作所 物産 商事 化学 建設 運輸 製薬 精機 精工 システム ソリューションズ サービス",
        );
        let chinese = list(
            "中国 华新 云帆 长风 晨屿 东方 东风 南方 北方 金山 银河 恒大 恒生 天成 天诚",
            "科技 电子 电器 建设 建筑 银行 保险 物流 半导体 能源 医药 食品 汽车 软件 信息 通信 证券",
        );
        let latin = list(
            "Northwind_ Contoso_ Fabrikam_ Adventure_ Tailspin_ Wingtip_ Litware_ Proseware_ Alpine_ Blue_Yonder_ Harbour_ Summit_ Delta_ Alta_ Alto_ Nova_ Novo_",
            "Traders Works Toys Group Systems Foods Energy Motors Marine Media Medical Metals Capital Labs Solutions",
        );
        for (what, names) in [("Korean", korean), ("Japanese", japanese), ("Chinese", chinese), ("Latin", latin)] {
            let known: Vec<KnownCustomer> = names.iter().map(|name| known(name, None, None, None)).collect();
            let told = |one: &KnownCustomer| known.iter().any(|other| other.name != one.name && nearly_same(one, other));
            let falsely = known.iter().filter(|one| told(one)).count();
            assert!(falsely * 100 <= known.len() * 3, "{what}: {falsely} of {}", known.len());
        }
    }
}

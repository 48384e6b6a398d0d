//! Files of offers: a line for each, columns by name, CSV and workbooks alike; a wrong row is refused with all that is wrong with it.

use std::collections::BTreeSet;

use super::bulk::rows::{fits, is_blank};
use super::error::FileError;
use super::input::Input;
use super::open::{Aside, is_hopeless};
use super::table::{Heads, Once, Role, Table, same_name};
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::programme::offer::{Offer, OfferPart, OfferType};
use crate::domain::text::Line;

use OfferPart as P;

/// What columns are called beside their own words, in five languages.
const OTHERS: [(OfferPart, &[&str]); 16] = [
    (
        P::Name,
        &[
            "offer",
            "offer name",
            "제품",
            "제품 이름",
            "이름",
            "オファー",
            "プラン",
            "名前",
            "产品",
            "产品名称",
            "名称",
            "供應專案",
            "名稱",
        ],
    ),
    (P::Type, &["offer type", "유형", "種類", "类型", "類型"]),
    (P::Nature, &["ip or service", "성격", "性質", "性质"]),
    (P::Published, &["live", "게시됨", "公開", "已发布", "已發佈"]),
    (P::Transactable, &["거래 가능", "取引可能", "可交易"]),
    (P::Csp, &["csp opt-in"]),
    (P::Countries, &["eligible countries", "국가", "国", "国家", "國家"]),
    (P::Contacts, &["sales contacts", "연락처", "連絡先", "联系人", "連絡人"]),
    (P::OnePager, &["customer one-pager", "one pager"]),
    (P::Presentation, &["customer presentation"]),
    (P::LandingPage, &["landing page url"]),
    (P::SocialOrCaseStudy, &["social or case study url"]),
    (P::BuiltOnAzure, &[]),
    (P::IpShare, &["ip share"]),
    (P::ReferenceArchitecture, &[]),
    (P::Solution, &["solution id", "솔루션 id", "ソリューション id", "解决方案 id", "解決方案 id"]),
];

/// Returns the part that a column is named after.
fn part(head: &str) -> Option<OfferPart> {
    let bare = head.replace(['_', '-'], " ");
    let is_one = |name: &str| same_name(head, name) || same_name(&bare, &name.replace('-', " "));
    let own = OfferPart::ALL.into_iter().find(|part| is_one(part.code()));
    own.or_else(|| OTHERS.into_iter().find(|(_, names)| names.iter().any(|name| is_one(name))).map(|(part, _)| part))
}

/// Parts that only files of offers have.
const ONLY: [OfferPart; 9] = [
    P::Transactable,
    P::Csp,
    P::OnePager,
    P::Presentation,
    P::LandingPage,
    P::SocialOrCaseStudy,
    P::BuiltOnAzure,
    P::IpShare,
    P::ReferenceArchitecture,
];

/// Returns whether these are the heads of a file of offers: a name, something that only offers have, and something else.
pub(super) fn is_offers(header: &csv::StringRecord) -> bool {
    let parts: BTreeSet<OfferPart> = header.iter().filter_map(part).collect();
    parts.len() > 2 && parts.contains(&P::Name) && ONLY.iter().any(|only| parts.contains(only))
}

/// Returns whether only files of offers have this head.
pub(super) fn is_only_of_offers(head: &str) -> bool {
    part(head).is_some_and(|part| ONLY.contains(&part))
}

/// A row: what it sets, in the order of the parts, so that what follows from another comes after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferRow {
    pub line: u64,
    pub name: Line,
    set: Vec<(OfferPart, String)>,
}

impl OfferRow {
    /// Returns what an offer becomes by the row; without one, the one it makes. A column that the file has says all of its part: an
    /// empty cell empties it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn on(&self, offer: Option<&Offer>) -> Result<Offer, Complaints> {
        let mut complaints = Complaints::new();
        let mut next = offer.cloned().unwrap_or_else(|| Offer::new(self.name.clone(), OfferType::Saas));
        if offer.is_none() && !self.set.iter().any(|(part, text)| *part == P::Type && !text.is_empty()) {
            complaints.push(Complaint::new(P::Type.code(), Invalid::Missing));
        }
        for (part, text) in &self.set {
            // What nobody wrote of its nature follows from its type.
            let follows = *part == P::Nature && text.is_empty();
            if *part == P::Type && !text.is_empty() {
                let kind = part.set(&mut next, text);
                complaints.extend(kind.err().into_iter().flatten());
                next.nature = Offer::new(self.name.clone(), next.kind).nature;
            } else if !follows && *part != P::Type {
                complaints.extend(part.set(&mut next, text).err().into_iter().flatten());
            }
        }
        if complaints.is_empty() {
            complaints.extend(next.complaints());
        }
        if complaints.is_empty() { Ok(next) } else { Err(complaints) }
    }
}

/// What a file of offers holds.
#[derive(Debug, Default)]
pub struct OfferFile {
    pub rows: Vec<OfferRow>,
    /// Lines that were refused, with every reason.
    pub refused: Vec<(u64, Complaints)>,
    pub unknown_columns: Vec<String>,
    pub aside: Aside,
}

/// Reads a file of offers.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read: then nothing of it is to be taken.
pub fn read(input: Input) -> Result<OfferFile, FileError> {
    let mut aside = Aside::of(&input);
    let has_name = |header: &csv::StringRecord| header.iter().any(|head| part(head) == Some(P::Name));
    let heads = Heads { known: &|head| part(head).is_some(), fits: &has_name, role: |_| Role::Other };
    let mut table = Table::open(input, Once::Known, &heads)?;
    aside.sheet = table.sheet().cloned();
    if !has_name(&table.header) {
        return Err(FileError::MissingColumns(vec![P::Name.code()]));
    }
    let header = table.header.clone();
    let columns: Vec<Option<OfferPart>> = header.iter().map(part).collect();
    let unknown = header.iter().zip(&columns).filter(|(head, part)| part.is_none() && !head.is_empty());
    let mut file =
        OfferFile { unknown_columns: unknown.map(|(head, _)| head.to_owned()).collect(), aside, ..OfferFile::default() };
    let mut names = BTreeSet::new();
    let mut lines = 0;
    while let Some(line) = table.next()? {
        let cells = table.row();
        if cells.iter().all(is_blank) {
            continue;
        }
        lines += 1;
        let read = table.faults().or(|| match fits(cells, header.len(), None) {
            true => row(line, cells, &columns, &mut names),
            false => Err(vec![Complaint::new("row", Invalid::WrongShape(Shape::Row))]),
        });
        match read {
            Ok(row) => file.rows.push(row),
            Err(complaints) => file.refused.push((line, complaints)),
        }
        if is_hopeless(lines, file.refused.len() as u64) {
            return Err(FileError::NothingFits { rows: lines });
        }
    }
    file.aside.unended = table.unended();
    Ok(file)
}

fn row(
    line: u64,
    cells: &csv::StringRecord,
    columns: &[Option<OfferPart>],
    names: &mut BTreeSet<String>,
) -> Result<OfferRow, Complaints> {
    let mut set: Vec<(OfferPart, String)> =
        cells.iter().zip(columns).filter_map(|(cell, part)| Some(((*part)?, cell.trim().to_owned()))).collect();
    set.sort_by_key(|(part, _)| *part);
    let typed = set.iter().find(|(part, _)| *part == P::Name).map_or("", |(_, text)| text);
    let name = Line::parse(typed).map_err(|why| vec![Complaint::new(P::Name.code(), why)])?;
    if !names.insert(Offer::new(name.clone(), OfferType::Saas).key()) {
        return Err(vec![Complaint::new(P::Name.code(), Invalid::Twice(name.to_string()))]);
    }
    Ok(OfferRow { line, name, set })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Reading;

    fn read_text(text: &str) -> OfferFile {
        let input = Input::piped(std::path::Path::new("offers.csv"), &mut text.as_bytes(), Reading::default()).unwrap();
        read(input).unwrap()
    }

    #[test]
    fn columns_are_known_however_they_are_joined_and_in_five_languages() {
        for (head, is) in [
            ("ip-share-percent", P::IpShare),
            ("IP_share_percent", P::IpShare),
            ("Landing Page", P::LandingPage),
            ("제품 이름", P::Name),
            ("類型", P::Type),
            ("Social or case study URL", P::SocialOrCaseStudy),
        ] {
            assert_eq!(part(head), Some(is), "{head}");
        }
        assert_eq!(part("budget"), None);
    }

    #[test]
    fn a_row_makes_an_offer_or_changes_what_its_columns_say() {
        let file = read_text(
            "name,type,published,contacts,ip-share-percent,colour\n한빛 ERP,saas,yes,KR=민준;김;+82 2-555-0100;kim@hanbit.example,62.5,red\n\
             Advice,service,no,,,\n",
        );
        assert_eq!((file.rows.len(), file.unknown_columns), (2, vec!["colour".to_owned()]));
        let made = file.rows[0].on(None).unwrap();
        assert_eq!((made.published, made.contacts.len(), made.ip_share), (true, 1, Some(6_250)));
        assert_eq!(file.rows[1].on(None).unwrap().nature.code(), "service", "its nature follows from its type");
        let again = read_text("name;published\n한빛 ERP;\n");
        let changed = again.rows[0].on(Some(&made)).unwrap();
        assert!(!changed.published && changed.contacts.len() == 1, "what the file has no column for stays");
        assert_eq!(again.rows[0].on(None).unwrap_err()[0].at.to_string(), "type");
    }

    #[test]
    fn a_wrong_row_is_refused_with_everything_and_the_others_are_taken() {
        let file =
            read_text("name,type,published,ip-share-percent\nOne,saas,maybe,200\nTwo,saas,yes,60\ntwo,saas,yes,60\n,saas,,\n");
        let one = file.rows[0].on(None).unwrap_err();
        let at: Vec<String> = one.iter().map(|complaint| complaint.at.to_string()).collect();
        assert_eq!(at, ["published", "ip-share-percent"]);
        assert!(file.rows[1].on(None).is_ok());
        let refused: Vec<u64> = file.refused.iter().map(|(line, _)| *line).collect();
        assert_eq!(refused, [4, 5]);
    }
}

//! What the heads of lists of companies and solutions mean: by their whole name in five languages, else by its parts, as CRM programs
//! put them together (`Billing State/Province`, `Address 1: Street 1`, `請求先 郵便番号`).

use super::bulk::columns::bare;
use crate::domain::fold::fold;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Country,
    City,
    Line1,
    Line2,
    State,
    PostalCode,
    Duns,
    Id,
    Owner,
    Assessment,
}

use Column as C;

/// Heads by what they mean; compared folded and without blanks and marks.
pub(super) type Names = [(Column, &'static str)];

/// The heads of lists of companies.
pub(super) const CUSTOMER: [(Column, &str); 8] = [
    (
        C::Name,
        "name,customer,company,companyname,companylegalname,legalname,legalentity,legalentityname,organization,organisation,\
         organizationname,organisationname,account,accountname,businessname,customername,thirdpartyname,thirdparty,displayname,firm,\
         firmname,회사명,회사,고객명,고객사,고객사명,고객,법인명,상호,상호명,업체명,업체,거래처명,거래처,기업명,기업,기관명,단체명,\
         계정이름,계정명,계정,이름,명칭,会社名,社名,顧客名,顧客名称,お客様名,企業名,商号,商號,法人名,取引先名,取引先,取引先会社名,\
         得意先名,得意先,貴社名,御社名,組織名,団体名,事業者名,顧客,名前,公司名称,公司名,公司全称,公司,客户名称,客户全称,客户名,客户,\
         企业名称,企业全称,企业名,企业,单位名称,单位,厂商名称,厂商,机构名称,账户名称,帐户名称,帐户名,账户名,公司名稱,公司全名,客戶名稱,\
         客戶全名,客戶,企業名稱,企業,單位名稱,單位,廠商名稱,廠商,機構名稱,帳戶名稱,帳戶,名称,名稱,全称,全稱",
    ),
    (
        C::Country,
        "country,countrycode,countryregion,countryname,countryorregion,countryid,countryregioncode,countryiso,isocountry,국가,국가코드,\
         국가명,국가지역,나라,국적,国,国名,国コード,国地域,国または地域,国家,国家代码,国家名称,国家地区,國家,國家代碼,國家名稱,國家地區,國別,国别",
    ),
    (
        C::City,
        "city,town,locality,citytown,citytownvillagelocality,towncity,suburb,도시,도시명,시군구,구군시,구군,시군,都市,市,市区町村,市区郡,\
         市町村,市区,城市,所在城市,縣市,县市,市县,鄉鎮市區,城市名稱,城市名称",
    ),
    (
        C::Line1,
        "address,addressline,addressline1,address1,street,street1,streetaddress,streetaddress1,streetname,streetroadname,line1,\
         fulladdress,postaladdress,주소,주소1,기본주소,도로명주소,지번주소,소재지,상세주소1,住所,住所1,番地,町名番地,町域番地,丁目番地,町名,\
         所在地,地址,地址1,街道,街道地址,详细地址,詳細地址,住址",
    ),
    (
        C::Line2,
        "addressline2,address2,street2,streetaddress2,line2,suite,unit,apartment,building,주소2,상세주소,나머지주소,住所2,建物名,ビル名,\
         建物,マンション名,地址2",
    ),
    (
        C::State,
        "state,province,stateprovince,stateorprovince,stateregion,statecounty,stateid,region,county,prefecture,도,시도,광역시도,도시도,주,\
         주도,都道府県,県,省,省份,省市,所在省,所在省份,省自治区,州,州省,州都道府県",
    ),
    (
        C::PostalCode,
        "postalcode,postcode,postal,zip,zipcode,zippostalcode,postalzipcode,zippostcode,우편번호,郵便番号,郵便,邮政编码,邮编,郵遞區號,\
         郵政編碼,郵編",
    ),
    (
        C::Duns,
        "duns,dunsnumber,dunsid,dunsno,dunscode,던스,던스번호,던스넘버,duns번호,duns番号,ダンズ番号,デュンズ番号,邓白氏编码,邓白氏,\
         邓氏编码,鄧白氏編碼,鄧白氏",
    ),
];

/// The heads of lists of solutions.
pub(super) const SOLUTION: [(Column, &str); 4] = [
    (
        C::Id,
        "id,solutionid,solution,offerid,productid,솔루션id,솔루션번호,솔루션,제품id,ソリューションid,ソリューション番号,ソリューション,\
         製品id,解决方案id,解决方案,产品id,解決方案id,解決方案,產品id",
    ),
    (
        C::Name,
        "name,solutionname,title,offername,offeralias,productname,이름,솔루션명,솔루션이름,제품명,名前,ソリューション名,製品名,名称,名稱,\
         解决方案名称,解決方案名稱,方案名称,方案名稱,产品名称,產品名稱",
    ),
    (C::Owner, "owner,ownedby,publisher,publishername,소유자,소유,게시자,所有者,提供者,発行元,归属,发布者,歸屬,發行者"),
    (C::Assessment, "assessment,solutionassessment,isassessment,평가,진단,評価,アセスメント,评估,評估"),
];

/// Words for where bills go, or where a company is at home: that address comes before all others.
const HOME: [&str; 24] = [
    "billing",
    "billto",
    "bill",
    "invoice",
    "registered",
    "headquarters",
    "headquarter",
    "hq",
    "head",
    "main",
    "primary",
    "address1",
    "請求先",
    "本社",
    "本店",
    "청구지",
    "청구",
    "본사",
    "注册",
    "总部",
    "开票",
    "帳單",
    "登記",
    "账单",
];
/// Words for where goods go, and for all other addresses.
const ELSEWHERE: [&str; 24] = [
    "shipping",
    "shipto",
    "ship",
    "delivery",
    "mailing",
    "other",
    "alternate",
    "secondary",
    "address2",
    "address3",
    "納入先",
    "納品先",
    "配送先",
    "出荷先",
    "배송지",
    "배송",
    "납품",
    "送货",
    "收货",
    "送貨",
    "收貨",
    "배달",
    "其他",
    "その他",
];
/// Words that say whose the rest is, and no more.
const WHOSE: [&str; 22] = [
    "customer",
    "company",
    "organization",
    "organisation",
    "account",
    "address",
    "business",
    "partner",
    "会社",
    "企業",
    "顧客",
    "取引先",
    "회사",
    "거래처",
    "고객사",
    "사업장",
    "公司",
    "企业",
    "客户",
    "客戶",
    "办公",
    "通讯",
];

/// What a head means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub column: Column,
    /// Whether it belongs to an address that counts only where a row has no other.
    pub elsewhere: bool,
    /// Of two heads with one meaning the better one counts: a bare `Name` may be a person's.
    pub rank: u8,
}

/// Reads a head; `None` for one that means nothing here.
pub(super) fn meaning(head: &str, names: &Names) -> Option<Meaning> {
    let plain = bare(head);
    let whole =
        |text: &str| names.iter().find(|(_, all)| all.split(',').any(|name| fold(name) == text)).map(|(column, _)| *column);
    if let Some(column) = whole(&plain) {
        let names_alone =
            ["name", "이름", "名前", "名称", "名稱", "全称", "全稱", "명칭", "displayname", "account", "客户", "顧客"];
        let rank = u8::from(column == C::Name && names_alone.iter().any(|name| fold(name) == plain));
        return Some(Meaning { column, elsewhere: false, rank });
    }
    let mut rest = plain.as_str();
    let mut elsewhere = false;
    // A word in front is taken off after the other, and one behind: `Street (Billing)`, `City of Address`.
    for _ in 0..4 {
        let strip = |words: &[&'static str]| {
            let mut folded = words.iter().map(|word| fold(word));
            folded
                .find_map(|word| rest.strip_prefix(word.as_str()).or_else(|| rest.strip_suffix(word.as_str())))
                .filter(|rest| !rest.is_empty())
        };
        let (less, is_elsewhere) = match (strip(&ELSEWHERE), strip(&HOME), strip(&WHOSE)) {
            (Some(less), ..) => (less, true),
            (None, Some(less), _) | (None, None, Some(less)) => (less, false),
            (None, None, None) => return None,
        };
        elsewhere |= is_elsewhere;
        rest = less.strip_suffix("of").unwrap_or(less).trim_start_matches(['の', '의', '的']);
        if let Some(column) = whole(rest) {
            // Whose name it is, is not known any more.
            let kept = !matches!(column, C::Name | C::Id | C::Owner) || !elsewhere;
            return Some(Meaning { column, elsewhere, rank: 2 }).filter(|_| kept);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str) -> Option<(Column, bool)> {
        meaning(head, &CUSTOMER).map(|meaning| (meaning.column, meaning.elsewhere))
    }

    /// The heads of lists as programs export them: each line name, street, city, state, postal code, country.
    const LISTS: [(&str, [&str; 6]); 14] = [
        (
            "Salesforce",
            [
                "Account Name",
                "Billing Street",
                "Billing City",
                "Billing State/Province",
                "Billing Zip/Postal Code",
                "Billing Country",
            ],
        ),
        ("Salesforce API", ["Name", "BillingStreet", "BillingCity", "BillingState", "BillingPostalCode", "BillingCountry"]),
        ("HubSpot", ["Company name", "Street Address", "City", "State/Region", "Postal Code", "Country/Region"]),
        (
            "Dynamics",
            [
                "Account Name",
                "Address 1: Street 1",
                "Address 1: City",
                "Address 1: State/Province",
                "Address 1: ZIP/Postal Code",
                "Address 1: Country/Region",
            ],
        ),
        (
            "Dataverse",
            ["name", "address1_line1", "address1_city", "address1_stateorprovince", "address1_postalcode", "address1_country"],
        ),
        ("Odoo", ["Name", "Street", "City", "State", "Zip", "Country"]),
        ("Odoo fields", ["name", "street", "city", "state_id", "zip", "country_id"]),
        (
            "EspoCRM",
            [
                "Name",
                "Billing Address Street",
                "Billing Address City",
                "Billing Address State",
                "Billing Address Postal Code",
                "Billing Address Country",
            ],
        ),
        (
            "SuiteCRM",
            [
                "name",
                "billing_address_street",
                "billing_address_city",
                "billing_address_state",
                "billing_address_postalcode",
                "billing_address_country",
            ],
        ),
        (
            "Pipedrive",
            [
                "Organization - Name",
                "Organization - Street/road name of Address",
                "Organization - City/town/village/locality of Address",
                "Organization - State/county of Address",
                "Organization - ZIP/Postal code of Address",
                "Organization - Country of Address",
            ],
        ),
        ("Frappe", ["Organization Name", "Address Line 1", "City/Town", "State/Province", "Postal Code", "Country"]),
        (
            "Twenty",
            ["Name", "Address / Address 1", "Address / City", "Address / State", "Address / Post Code", "Address / Country"],
        ),
        ("Dolibarr", ["Third-party name", "Address", "City", "State/Province", "Zip Code", "Country code"]),
        (
            "Salesforce in Japanese",
            ["取引先名", "請求先 町名・番地", "請求先 市区郡", "請求先 都道府県", "請求先 郵便番号", "請求先 国"],
        ),
    ];

    #[test]
    fn lists_of_ten_crm_programs_are_known_by_the_parts_of_their_heads() {
        for (program, heads) in LISTS {
            let expected = [C::Name, C::Line1, C::City, C::State, C::PostalCode, C::Country];
            for (head, column) in heads.into_iter().zip(expected) {
                assert_eq!(of(head), Some((column, false)), "{program}: {head}");
            }
        }
        for head in
            ["Shipping Street", "shipping_address_street", "Address 2: Street 1", "納入先 町名・番地", "Street (Shipping)"]
        {
            assert_eq!(of(head), Some((C::Line1, true)), "{head}");
        }
        for head in [
            "Account Owner",
            "Company owner",
            "Parent Account",
            "Account ID",
            "First Name",
            "Contact Name",
            "Phone",
            "Industry",
            "Website",
            "Record ID",
            "Create Date",
            "Company Domain Name",
            "Shipping Name",
            "전화번호",
            "担当者名",
            "电话",
            "사업자등록번호",
        ] {
            assert_eq!(of(head), None, "{head}");
        }
    }

    #[test]
    fn seventy_heads_of_five_languages_are_known() {
        for (column, heads) in [
            (
                C::Name,
                "Company,Customer,Legal Name,Business Name,거래처,거래처명,상호명,상호,회사명,업체명,고객사명,법인명,기업명,取引先,取引先名,会社名,企業名,社名,法人名,得意先名,顧客名,公司名,公司名称,公司全称,企业名称,单位名称,客户名称,厂商名称,廠商名稱,公司名稱,客戶名稱,企業名稱,單位名稱",
            ),
            (C::Country, "Country,국가,국가/지역,나라,国,国名,国/地域,国家,国家/地区,國家,國家/地區"),
            (C::City, "City,도시,시/군/구,市区町村,都市,城市,縣市"),
            (C::Line1, "Address,주소,도로명주소,본사 주소,사업장 소재지,住所,本社所在地,所在地,地址,公司地址,注册地址,詳細地址"),
            (C::State, "State,시/도,都道府県,省份,省"),
            (C::PostalCode, "ZIP,우편번호,郵便番号,邮编,邮政编码,郵遞區號"),
            (C::Line2, "Address 2,상세주소,建物名"),
        ] {
            for head in heads.split(',') {
                assert_eq!(of(head), Some((column, false)), "{head}");
            }
        }
    }

    #[test]
    fn a_companys_name_comes_before_a_bare_one() {
        let rank = |head: &str| meaning(head, &CUSTOMER).map(|meaning| meaning.rank);
        assert!(rank("Company Name") < rank("Name") && rank("会社名") < rank("名前"));
    }
}

//! Writes a deal download of any size, fictional and the same each time; what is in it matters only in its sizes, scripts and stages.

use std::io::{self, Write};

use crate::dice::Dice;

const HEADER: &str = "Engagement ID,Referral ID,Deal Name,Customer Name,Customer Address Line 1,Customer City,Customer State,Customer Postal code,\
    Customer Country,Customer D-U-N-S ID,Customer Contact First Name,Customer Contact Last Name,Customer Contact Phone number,\
    Customer Contact Email Address,Partner Referral Status,Partner Referral Substatus,Microsoft Referral Status,\
    Declined/Lost/Error reason,Estimated Deal Value,Currency,Estimated Close Date,CRM ID,Marketing Campaign ID,Notes,\
    Microsoft help required?,What specific help from Microsoft?,Share with Microsoft sales team,\
    Consent to share Customer/Partner contact,Solution 1,Solution 2,Team member 1,Team member 2";

struct Place {
    country: &'static str,
    currency: &'static str,
    unit: u64,
    cities: [&'static str; 3],
    names: [&'static str; 6],
    trades: [&'static str; 4],
    forms: [&'static str; 2],
    deals: [&'static str; 4],
    note: &'static str,
    person: (&'static str, &'static str),
}

const PLACES: [Place; 5] = [
    Place {
        country: "US",
        currency: "USD",
        unit: 1_000,
        cities: ["Harrow Falls", "Tilden", "Pine Quay"],
        names: ["Brackwater", "Cinderford", "Larkspur Bay", "Oldmoor", "Tamarack", "Quillan"],
        trades: ["Freight", "Dairy", "Optics", "Hospitals"],
        forms: ["Inc.", "LLC"],
        deals: ["Data platform", "Landing zone", "Device management", "Support desk"],
        note: "Wants a first talk before the budget closes, \"no slides\".",
        person: ("Ines", "Varga"),
    },
    Place {
        country: "KR",
        currency: "KRW",
        unit: 1_000_000,
        cities: ["수원시", "창원시", "전주시"],
        names: ["늘봄", "다솜", "여울목", "한가람", "보라매", "은하수"],
        trades: ["정공", "식품", "제약", "물류"],
        forms: ["주식회사", "(주)"],
        deals: ["데이터 플랫폼 구축", "클라우드 전환", "단말 관리 도입", "재해 복구"],
        note: "예산 확정 전에 첫 회의를 원하며, 보안 검토가 필요함.",
        person: ("가람", "윤"),
    },
    Place {
        country: "JP",
        currency: "JPY",
        unit: 100_000,
        cities: ["静岡市", "仙台市", "岡山市"],
        names: ["霜月", "若葉台", "ツバメ", "鳴瀬", "みどり野", "稲穂"],
        trades: ["工業", "食品", "薬局", "運送"],
        forms: ["株式会社", "合同会社"],
        deals: ["データ基盤の整備", "クラウド移行", "端末管理の導入", "災害対策"],
        note: "予算確定の前に最初の打ち合わせを希望。\n資料は不要とのこと。",
        person: ("遥", "長谷部"),
    },
    Place {
        country: "CN",
        currency: "CNY",
        unit: 10_000,
        cities: ["宁波市", "无锡市", "厦门市"],
        names: ["澄湖", "松岭", "百川", "银杏里", "凌云", "南屿"],
        trades: ["机械", "食品", "医药", "物流"],
        forms: ["有限公司", "股份有限公司"],
        deals: ["数据平台建设", "上云迁移", "终端管理", "容灾备份"],
        note: "希望在预算确定之前先谈一次, 需要安全评估。",
        person: ("思远", "程"),
    },
    Place {
        country: "TW",
        currency: "TWD",
        unit: 50_000,
        cities: ["臺中市", "嘉義市", "基隆市"],
        names: ["霧峰", "青禾", "海岬", "暖陽", "竹溪", "望月"],
        trades: ["精密", "食品", "藥局", "物流"],
        forms: ["股份有限公司", "有限公司"],
        deals: ["資料平台建置", "雲端移轉", "端點管理導入", "異地備援"],
        note: "希望在預算確定前先談一次。",
        person: ("宜庭", "莊"),
    },
];

/// Partner status, substatus, Microsoft status and reason; the first are the most frequent.
const STATES: [(&str, &str, &str, &str); 10] = [
    ("New", "Pending", "", ""),
    ("Active", "Accepted", "", ""),
    ("Active", "Accepted", "", ""),
    ("Closed", "Won", "", ""),
    ("Closed", "Lost", "", "1"),
    ("Closed", "Declined", "", "6"),
    ("New", "Pending", "", ""),
    ("Active", "Accepted", "New", ""),
    ("Closed", "Won", "", ""),
    ("Closed", "Expired", "", ""),
];

/// Writes a table of so many rows.
pub fn deals(out: &mut impl Write, rows: usize) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER.split(',').map(str::trim))?;
    let mut dice = Dice(20_261_121);
    for row in 0..rows {
        let place = &PLACES[[0, 1, 2, 3, 4, 1, 2, 0][dice.roll(8)]];
        let (status, substatus, microsoft, reason) = dice.of(&STATES);
        let person =
            |n: usize| format!("{}, {}, +1 555 01{:02}, rep{n}@partner.example", place.person.0, place.person.1, n % 100);
        let customer = format!("{}{} {}", dice.of(&place.names), dice.of(&place.trades), dice.of(&place.forms));
        let deal = format!("{} {}", dice.of(&place.deals), dice.roll(10_000));
        let (month, day) = (1 + dice.roll(12), 1 + dice.roll(28));
        let noted = dice.roll(3) > 0;
        let contact = dice.roll(2) > 0;
        let has = |yes: bool, text: &str| if yes { text.to_owned() } else { String::new() };
        table.write_record([
            format!("e{row:07}-{:04x}", dice.roll(65_536)),
            format!("r{row:07}-{:04x}", dice.roll(65_536)),
            deal,
            customer,
            format!("{} Mill Road", 1 + dice.roll(900)),
            dice.of(&place.cities).to_owned(),
            String::new(),
            format!("{:05}", dice.roll(100_000)),
            place.country.to_owned(),
            has(dice.roll(4) > 0, &format!("{:09}", 10_000_000 + dice.roll(900_000_000))),
            has(contact, place.person.0),
            has(contact, place.person.1),
            has(contact, "+1 555 0100"),
            has(contact, "buyer@customer.example"),
            status.to_owned(),
            substatus.to_owned(),
            microsoft.to_owned(),
            reason.to_owned(),
            (place.unit * (1 + dice.roll(900) as u64)).to_string(),
            place.currency.to_owned(),
            format!("{month}/{day}/2027"),
            has(dice.roll(3) > 0, &format!("CRM-{:06}", dice.roll(1_000_000))),
            has(dice.roll(5) == 0, &format!("campaign-{}", dice.roll(40))),
            has(noted, place.note),
            "No".to_owned(),
            String::new(),
            "No".to_owned(),
            has(contact, "Yes"),
            format!("SOL-{}", 10_000 + dice.roll(400)),
            has(dice.roll(3) == 0, &format!("SOL-{}", 10_000 + dice.roll(400))),
            person(dice.roll(60)),
            has(dice.roll(2) == 0, &person(dice.roll(60))),
        ])?;
    }
    table.flush()
}

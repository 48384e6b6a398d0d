//! Writes a customer directory of any size, fictional and the same each time: five scripts, names put together from many syllables.

use std::io::{self, Write};

use crate::dice::Dice;

struct Place {
    country: &'static str,
    cities: [&'static str; 4],
    /// What a name is put together from, how many of them, and what stands between.
    parts: &'static str,
    trades: &'static str,
    forms: [&'static str; 3],
    join: &'static str,
}

const PLACES: [Place; 5] = [
    Place {
        country: "US",
        cities: ["Harrow Falls", "Tilden", "Pine Quay", "Marrowick"],
        parts: "ba be bi bo bra bre cal cam can car cas cor dal dan del den dor ed el em er fal fen fin for gal gar gil gor hal har hel hol in \
                jas kel ken kor la lan lar lin lor ma mar mel mer mil mon mor na nel nor o pal par pel per pol ra ren ric rin ro sal san sel \
                ser sil sol tal tam tan tel tor tri ul va val van vel ver vin vor wal wen wil zan",
        trades: "Freight Dairy Optics Hospitals Foods Motors Textiles Energy Insurance Logistics Software Studios Labs Partners Systems Foundry",
        forms: ["Inc.", "LLC", "Corp."],
        join: " ",
    },
    Place {
        country: "KR",
        cities: ["수원시", "창원시", "전주시", "원주시"],
        parts: "가 강 건 경 고 광 구 국 금 기 나 남 노 누 다 달 대 덕 도 동 두 라 래 로 루 리 림 마 만 명 무 미 민 바 백 별 보 봄 부 빛 산 새 \
                서 선 성 세 소 솔 송 수 시 신 아 안 양 여 연 영 예 온 우 운 울 원 유 윤 은 이 인 일 임 자 장 재 정 제 조 종 주 준 중 지 진 찬 창 \
                천 청 초 춘 태 평 하 한 해 현 호 홍 화 환 효 희",
        trades: "정밀 식품 제약 물류 전자 건설 화학 기계 유통 소재 통신 조선 섬유 에너지 테크 시스템",
        forms: ["주식회사", "(주)", "유한회사"],
        join: "",
    },
    Place {
        country: "JP",
        cities: ["静岡市", "仙台市", "岡山市", "金沢市"],
        parts: "青 赤 秋 朝 芦 東 雨 池 石 泉 磯 稲 岩 上 海 江 岡 沖 荻 奥 小 川 河 霞 風 神 北 木 桐 金 熊 雲 栗 黒 坂 桜 里 沢 塩 潮 白 杉 鈴 \
                関 瀬 高 滝 竹 田 谷 千 月 津 土 椿 鶴 寺 中 長 夏 西 野 萩 橋 花 浜 林 春 東 平 広 福 藤 冬 星 堀 本 前 牧 松 丸 水 緑 南 宮 村 \
                森 安 矢 山 雪 湯 吉 若 ア イ カ コ サ シ タ ツ ナ ニ ハ ヒ マ ミ ラ リ",
        trades: "物産 工業 食品 薬局 運送 建設 電機 製作所 商事 化成 精機 繊維 システム 印刷 水産 農園",
        forms: ["株式会社", "合同会社", "有限会社"],
        join: "",
    },
    Place {
        country: "CN",
        cities: ["宁波市", "无锡市", "厦门市", "烟台市"],
        parts: "安 百 北 博 长 辰 诚 川 春 大 德 东 帆 方 丰 峰 福 光 广 海 汉 浩 和 恒 宏 鸿 华 汇 慧 吉 佳 嘉 建 江 金 锦 晶 景 君 凯 康 科 \
                乐 力 利 联 凌 龙 隆 美 民 明 南 宁 诺 鹏 平 启 千 清 庆 瑞 润 三 森 山 尚 圣 盛 石 世 顺 松 泰 天 通 同 万 维 伟 文 西 祥 欣 新 \
                信 兴 星 旭 轩 雅 亚 阳 银 英 永 优 宇 玉 元 远 源 云 泽 展 正 志 中 众 卓",
        trades: "机械 食品 医药 物流 科技 电子 建设 化工 贸易 软件 纺织 能源 环保 重工 精密 传媒",
        forms: ["有限公司", "股份有限公司", "有限责任公司"],
        join: "",
    },
    Place {
        country: "TW",
        cities: ["臺中市", "嘉義市", "基隆市", "屏東市"],
        parts: "安 邦 寶 北 博 昌 長 辰 誠 川 春 達 大 德 鼎 東 帆 方 豐 峰 福 富 冠 光 廣 國 海 翰 浩 和 恆 宏 鴻 華 匯 慧 吉 佳 嘉 建 江 金 錦 \
                晶 景 君 凱 康 科 樂 力 利 聯 凌 龍 隆 美 民 明 南 寧 鵬 平 啟 千 清 慶 瑞 潤 三 森 山 尚 聖 盛 石 世 順 松 泰 天 通 同 萬 維 偉 \
                文 西 祥 欣 新 信 興 星 旭 雅 亞 陽 銀 英 永 優 宇 玉 元 遠 源 雲 澤 展 正 志 中 眾 卓",
        trades: "精密 食品 藥局 物流 電子 科技 建設 化學 貿易 軟體 紡織 能源 工業 機電 光學 生技",
        forms: ["股份有限公司", "有限公司", "企業社"],
        join: "",
    },
];

/// The columns of the table.
pub const HEADER: [&str; 8] = ["Name", "D-U-N-S", "Address line 1", "Address line 2", "City", "State", "Postal code", "Country"];

/// Writes a table of so many companies; four of five have a number.
pub fn companies(out: &mut impl Write, rows: usize) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    let mut dice = Dice(26);
    let parts = PLACES.map(|place| place.parts.split_whitespace().collect::<Vec<_>>());
    let trades = PLACES.map(|place| place.trades.split_whitespace().collect::<Vec<_>>());
    for row in 0..rows {
        let index = [0, 1, 2, 3, 4][dice.roll(5)];
        let place = &PLACES[index];
        let mut name: String = (0..2 + dice.roll(2)).map(|_| dice.of(&parts[index])).collect();
        if index == 0 {
            name[..1].make_ascii_uppercase();
        }
        let name = format!("{name}{}{}", place.join, dice.of(&trades[index]));
        let form = dice.of(&place.forms);
        let name = match dice.roll(3) {
            0 if index > 0 => format!("{form}{name}"),
            _ if index == 0 || index == 1 => format!("{name} {form}"),
            _ => format!("{name}{form}"),
        };
        // 1,000,003 has no common divisor with the size of the range: no number comes twice.
        let number = (row as u64 * 1_000_003) % 999_999_937;
        table.write_record([
            name,
            if dice.roll(5) > 0 { format!("{number:09}") } else { String::new() },
            format!("{} Mill Road", 1 + dice.roll(900)),
            if dice.roll(4) == 0 { format!("{}F", 1 + dice.roll(30)) } else { String::new() },
            dice.of(&place.cities).to_owned(),
            String::new(),
            format!("{:05}", dice.roll(100_000)),
            place.country.to_owned(),
        ])?;
    }
    table.flush()
}

/// What somebody types to find a company: names of the directory letter by letter, words from inside them, initial
/// consonants, numbers, and words with a letter wrong.
pub const WHOLE: [(&str, &str); 31] = [
    ("Bracalmor", "US"),
    ("Freight", "US"),
    ("Norman Dairy", "US"),
    ("Velsanto", "US"),
    ("dairy nor", "US"),
    ("ogistic", "US"),
    ("Calmronel", "US"),
    ("한빛솔정밀", "KR"),
    ("가온누리", "KR"),
    ("정밀", "KR"),
    ("ㅎㅂㅅㅈㅁ", "KR"),
    ("시스템", "KR"),
    ("새벼", "KR"),
    ("한빗솔정밀", "KR"),
    ("株式会社青川", "JP"),
    ("東雲物産", "JP"),
    ("ツナミラ商事", "JP"),
    ("製作所", "JP"),
    ("つなみ", "JP"),
    ("云帆科技", "CN"),
    ("恒远精密", "CN"),
    ("科技", "CN"),
    ("慧通软件有限", "CN"),
    ("鼎豐光學", "TW"),
    ("雲澤科技", "TW"),
    ("生技", "TW"),
    ("聯凌龍隆", "TW"),
    ("01000", "US"),
    ("412-001", "KR"),
    ("zzqx", "US"),
    ("힣힣힣", "KR"),
];

/// The same as they are typed, letter by letter.
pub fn typed() -> Vec<(String, &'static str)> {
    let begun = WHOLE.into_iter().flat_map(|(text, country)| {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(8);
        ends.map(move |end| (text[..end].to_owned(), country)).collect::<Vec<_>>()
    });
    begun.collect()
}

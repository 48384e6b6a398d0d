//! Which of the encodings of East Asia a text of unknown encoding is in: only one that reads like names people have is taken.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::encoding::Charset;

/// What a text may be in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Guess {
    /// It reads like a text in this one and in no other.
    pub sure: Option<Charset>,
    /// The likeliest, sure or not.
    pub perhaps: Option<Charset>,
}

/// Least share of familiar signs in a text that is read rightly; read wrongly it is a tenth of that.
const FAMILIAR: f64 = 0.30;
/// How much more familiar it has to be than in any other encoding.
const LEAD: f64 = 1.6;

/// Guesses the encoding of whole lines that are no UTF-8.
pub(super) fn guess(lines: &[u8]) -> Guess {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(lines, true);
    let perhaps = Charset::of(detector.guess(None, Utf8Detection::Deny));
    let mut shares: Vec<(Charset, f64)> = Charset::EAST_ASIAN
        .into_iter()
        .filter_map(|charset| charset.decode(lines).map(|text| (charset, familiar(&text))))
        .collect();
    shares.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let sure = match shares[..] {
        [(charset, share), ref others @ ..] => {
            let next = others.first().map_or(0.0, |(_, share)| *share);
            (share >= FAMILIAR && share >= next * LEAD).then_some(charset)
        }
        [] => None,
    };
    Guess { sure, perhaps: Some(sure.unwrap_or(perhaps)) }
}

/// What a sign belongs to, as far as it tells right from wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Hangul,
    Kana,
    Han,
    /// Signs that stand between words, of any width, and letters of ASCII.
    Between,
    /// Letters that East Asian names have not, or alone: half-width kana, Greek, Cyrillic, private signs, parts of boxes.
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7A3}' => Script::Hangul,
        '\u{3041}'..='\u{30FF}' => Script::Kana,
        '\u{3005}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => Script::Han,
        '\0'..='\u{7F}' | '\u{2010}'..='\u{203B}' | '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}' => Script::Between,
        '·' | '®' | '™' | '℃' | '㈜' | '㈱' | '㈲' | '①'..='⑳' | '±' | '×' | '°' | '§' | '→' => {
            Script::Between
        }
        _ => Script::Other,
    }
}

/// Returns which share of the signs beyond ASCII is as in names of companies and places, from 0 to 1.
///
/// A word of Hangul and Han, or of Hangul and kana, is none of any name; nor is one with letters of other scripts in it.
fn familiar(text: &str) -> f64 {
    let (mut all, mut good) = (0.0_f64, 0.0_f64);
    for word in text.split(|c| script(c) == Script::Between).filter(|word| !word.is_empty()) {
        let has = |wanted| word.chars().any(|c| script(c) == wanted);
        let mixed = has(Script::Other) || (has(Script::Hangul) && (has(Script::Han) || has(Script::Kana)));
        for c in word.chars() {
            all += 1.0;
            let known = match script(c) {
                Script::Hangul => HANGUL.contains(c),
                Script::Han => HAN.contains(c),
                Script::Kana => true,
                Script::Between | Script::Other => false,
            };
            good += f64::from(u8::from(known && !mixed));
        }
    }
    if all == 0.0 { 0.0 } else { good / all }
}

/// The syllables that most Korean names of companies, people and places are made of.
const HANGUL: &str = "가각간갈감강개거건걸검게겨격견결경계고골공과관광교구국군권규균그극근글금급기길김까나난날남내너네노녹농뉴늘능니다단달담당대댁더덕데델도독동두둔드득든들등디따라락란람랑래랜량러런레렉려력련렬령례로록론료룡루류륙률르름릉리린림마만말망맞매맥머먼메면명모목몬무문물뮤미민밀바박반발방배백버번범법베벤벨벽변별병보복본봉부북분불브블비빈빌빛사산살삼상새샘생샤서석선설섬성세센셀소속손솔송수숙순술숲스슬습승시식신실심십싱썬씨아안알암압앙애액앤야약양어언얼업에엔엘여역연열염영예오온올옥완왕외요용우운울웅워원월웨웰위윈윌유육윤율융은을음응의이익인일임입잉자작잔잠장재저적전절점접정제젠조족종좌주준중즈증지직진질집짐차착찬참창채책처천철첨청체초촌총최추축춘출충치친칠카칸칼캐캠커컨컴케켐코콘콜콤쿠쿨크큰클키킹타탁탄탑태택터테텍텔템토톤톨통투튜트특티틱틴팀파판팔팜패팩퍼페펜펫편평포폴표푸품풍퓨프플피픽필하학한할함합항해핵햇행향허헌험현형혜호혼홀홈홍화확환활황회획효후훈휘휴흥희히힐힘";

/// The signs that most Chinese and Japanese names of companies and places are made of, in all ways of writing them.
const HAN: &str = "公司有限股份集团團科技贸貿易国國际際國中华華大小上下海北京深圳广廣州东東南西市区區路号號楼樓室层層县縣省镇鎮乡鄉村街道工业業电電子信息网網络絡软軟硬件系统統服务務商发發展实實投资資管理建设設计計机機械备備医醫药藥食品化学學新能源材料料环環保护護文传傳媒教育物流运運输輸汽车車金融险險银銀行香港台臺湾灣高雄竹桃园園段巷弄株式会會社合同京都府県町丁目番地阪名古屋横浜川崎福岡製制作所産产店販売贩卖本田山木林森石井野原藤佐松島岛部日三菱富士情報报研究第一二三四五六七八九十百千万萬年月人生光明和平成安长長江河天水火土正义義友联聯利丰豐美好力达達通宏泰恒恆鑫德顺順盛祥瑞兴興隆昌荣榮康龙龍凤鳳事務務房药局院病校科専门門口前後内外左右空航船舶铁鐵鉄钢鋼金属屬精密数數码碼字云雲算器仪儀表光伏半导導体體芯片智慧能移动動互联智宝寶珠石油气氣燃热熱环农農林牧渔漁酒茶饮飲餐厅廳旅游遊酒店饭飯馆館服装裝饰飾纺紡织織纸紙印刷版出包装具家居装修房地置业开開发區经經济濟技术術产控股世界全球联合远遠近太阳陽星辰月亮春夏秋冬花草树樹青红紅黄黃白黑蓝藍绿綠王李张張刘劉陈陳杨楊赵趙黄周吴吳徐孙孫胡朱林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪任姜范方姚谭譚廖邹鄒熊陆陸郝孔崔邱秦史顾顧侯邵孟樱桜東西南北雲沢澤辺辻斎斉伊加渡高橋鈴木村清池坂谷浅吉岩岸和久保武内瀬戸千葉埼玉静愛知岐阜滋賀奈良兵庫広島熊鹿児沖縄札幌仙";

#[cfg(test)]
mod tests {
    use super::*;

    const KOREAN: [&str; 8] = [
        "한빛정밀 주식회사,서울특별시 강남구 테헤란로",
        "주식회사 삼성전자서비스,경기도 수원시 영통구",
        "(주)대한물류,부산광역시 해운대구",
        "현대건설기계,울산광역시 동구",
        "두레식품,대구광역시 달서구 성서공단로",
        "코리아소프트,성남시 분당구 판교역로",
        "ERP 마이그레이션,담당자 확인 필요",
        "㈜가온테크,인천광역시 남동구",
    ];
    const JAPANESE: [&str; 8] = [
        "株式会社東雲物産,東京都千代田区丸の内",
        "有限会社さくら製作所,大阪府大阪市北区梅田",
        "富士ソフトサービス株式会社,神奈川県横浜市",
        "合同会社ミライ,福岡県福岡市博多区",
        "山田電機工業株式会社,愛知県名古屋市中区",
        "販売管理クラウド化,担当者に確認中です",
        "トヨタ自動車販売店協会,静岡県浜松市",
        "カゼ・システムズ,京都府京都市",
    ];
    const SIMPLIFIED: [&str; 8] = [
        "北京华信科技有限公司,北京市海淀区中关村大街",
        "上海东方贸易有限公司,上海市浦东新区世纪大道",
        "深圳市恒达电子股份有限公司,广东省深圳市南山区",
        "广州天河软件园管理有限公司,广州市天河区",
        "杭州云联网络科技有限公司,浙江省杭州市西湖区",
        "中国石油化工集团,北京市朝阳区",
        "成都新光环保材料厂,四川省成都市高新区",
        "数据中心迁移项目,请联系张经理",
    ];
    const TRADITIONAL: [&str; 8] = [
        "台灣積體電路製造股份有限公司,新竹市力行六路",
        "遠東貿易股份有限公司,台北市信義區松高路",
        "鴻達電子有限公司,新北市板橋區文化路",
        "香港中華煤氣有限公司,香港北角渣華道",
        "高雄港務股份有限公司,高雄市鼓山區",
        "長榮物流有限公司,桃園市蘆竹區",
        "資料中心搬遷專案,請聯絡陳經理",
        "大同世界科技股份有限公司,台中市西屯區",
    ];

    fn in_encoding(name: &str, lines: &[&str]) -> Vec<u8> {
        let text = lines.join("\r\n");
        let (bytes, _, wrong) = Charset::named(name).unwrap().encoding().encode(&text);
        assert!(!wrong, "{name} {lines:?}");
        bytes.into_owned()
    }

    const TEXTS: [(&str, [&str; 8]); 6] = [
        ("EUC-KR", KOREAN),
        ("Shift_JIS", JAPANESE),
        ("EUC-JP", JAPANESE),
        ("GBK", SIMPLIFIED),
        ("GBK", TRADITIONAL),
        ("Big5", TRADITIONAL),
    ];

    #[test]
    fn files_in_older_encodings_are_read_as_what_they_are() {
        for (name, lines) in TEXTS {
            let found = guess(&in_encoding(name, &lines)).sure.map(Charset::name);
            assert_eq!(found, Some(name), "{:?}", lines[0]);
        }
    }

    #[test]
    fn a_single_line_is_read_rightly_or_not_at_all() {
        let mut sure = 0;
        for (name, lines) in TEXTS {
            for line in lines {
                let found = guess(&in_encoding(name, &[line])).sure.map(Charset::name);
                assert!(found.is_none_or(|found| found == name), "{line} in {name} is read as {found:?}");
                sure += usize::from(found.is_some());
            }
        }
        assert!(sure >= 40, "{sure} of 48");
    }

    #[test]
    fn western_text_and_chance_are_no_names_of_east_asia() {
        for text in [
            "K\u{f6}ln,M\u{fc}ller GmbH & Co. KG,Stra\u{df}e 5",
            "D\u{ff},C",
            "Caf\u{e9} de la Gare,Orl\u{e9}ans",
            "\u{c0}\u{e9}\u{ee}",
        ] {
            let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
            assert_eq!(guess(&bytes).sure, None, "{text}");
        }
    }
}

//! What people call the keys and values of the filter language otherwise, in the five languages; each is offered and told by its own name.

use crate::domain::fold::bare;

#[rustfmt::skip]
const KEYS: &[(&str, &[&str])] = &[
    ("tab",         &["탭", "タブ", "选项卡"]),
    ("stage",       &["단계", "ステージ", "段階", "阶段"]),
    ("outcome",     &["결과", "結果", "结果"]),
    ("type",        &["유형", "종류", "種類", "类型"]),
    ("country",     &["국가", "나라", "国", "国家", "国家地区"]),
    ("city",        &["도시", "시", "市", "都市", "市区町村", "城市"]),
    ("state",       &["시도", "주", "都道府県", "省", "省份", "州"]),
    ("value",       &["금액", "값", "가치", "金額", "金额", "价值"]),
    ("currency",    &["통화", "通貨", "货币", "币种"]),
    ("close",       &["종료일", "종료", "마감일", "終了日", "结束日期", "关闭日期"]),
    ("due",         &["기한", "마감", "期限", "截止"]),
    ("received",    &["수신", "받은날", "受信", "接收"]),
    ("created",     &["생성", "생성일", "作成", "作成日", "创建", "建立"]),
    ("accepted",    &["수락", "수락일", "承認", "承認日", "接受"]),
    ("archived",    &["closed", "보관", "보관일", "アーカイブ", "存档", "封存"]),
    ("changed",     &["변경", "변경일", "変更", "変更日", "更改"]),
    ("customer",    &["고객", "고객사", "顧客", "お客様", "客户"]),
    ("solution",    &["솔루션", "ソリューション", "解决方案"]),
    ("employee",    &["직원", "従業員", "社員", "员工"]),
    ("owner",       &["담당", "담당자", "소유자", "担当", "担当者", "负责人"]),
    ("sender",      &["보낸사람", "발신자", "送信者", "発信者", "发件人"]),
    ("campaign",    &["캠페인", "キャンペーン", "活动", "市场活动"]),
    ("reason",      &["이유", "사유", "理由", "原因"]),
    ("help",        &["도움", "도움요청", "支援", "帮助"]),
    ("next",        &["다음", "다음단계", "次", "次の一手", "下一步"]),
    ("sales-stage", &["판매단계", "영업단계", "営業段階", "销售阶段"]),
    ("view",        &["보기", "ビュー", "视图"]),
    ("favorite",    &["즐겨찾기", "お気に入り", "收藏", "收藏夹", "我的最爱"]),
    ("waiting",     &["대기", "待機", "等待"]),
    ("conflict",    &["충돌", "競合", "冲突"]),
    ("new",         &["새것", "신규", "新着", "新"]),
];

/// The key, one of its values, and what that is called.
#[rustfmt::skip]
const VALUES: &[(&str, &str, &[&str])] = &[
    ("tab",     "inbound",   &["인바운드", "受信", "インバウンド", "入站", "传入"]),
    ("tab",     "outbound",  &["아웃바운드", "送信", "アウトバウンド", "出站", "传出"]),
    ("tab",     "favorites", &["즐겨찾기", "お気に入り", "收藏夹", "收藏", "我的最爱"]),
    ("stage",   "received",  &["수신", "수신됨", "받음", "受信", "受信済み", "受入済", "已接收", "收到"]),
    ("stage",   "accepted",  &["수락", "수락됨", "承認", "承認済み", "受け入れ", "接受", "已接受"]),
    ("stage",   "archived",  &["보관", "보관됨", "アーカイブ", "存档", "已存档", "封存"]),
    ("outcome", "won",       &["성공", "수주", "획득", "受注", "獲得", "已赢得", "获胜", "成交", "已拿下"]),
    ("outcome", "lost",      &["실패", "실주", "失注", "已失去", "丢失", "未成交"]),
    ("outcome", "declined",  &["거절", "거절됨", "거부", "거부됨", "辞退", "却下", "拒否", "拒绝", "已拒绝"]),
    ("outcome", "expired",   &["만료", "만료됨", "期限切れ", "过期", "已过期"]),
    ("owner",   "me",        &["나", "내", "나의", "自分", "私", "我"]),
    ("employee", "me",       &["나", "내", "나의", "自分", "私", "我"]),
    ("owner",   "none",      &["없음", "なし", "无"]),
];

/// What yes and no are called, of every key that takes them.
const YES_NO: [(&str, &[&str]); 2] =
    [("yes", &["예", "네", "はい", "是", "有"]), ("no", &["아니요", "아니오", "いいえ", "否", "无"])];

/// Returns the key that is called so otherwise.
pub(super) fn key(typed: &str) -> Option<&'static str> {
    let typed = bare(typed);
    KEYS.iter().find(|(_, words)| words.iter().any(|word| bare(word) == typed)).map(|(key, _)| *key)
}

/// Returns the keys that are called so in other words, by the beginning of these.
pub(super) fn keys(beginning: &str) -> impl Iterator<Item = &'static str> {
    let beginning = bare(beginning);
    KEYS.iter().filter(move |(_, words)| begins(words, &beginning)).map(|(key, _)| *key)
}

/// Returns the value of a key that is called so otherwise.
pub(super) fn value(key: &str, typed: &str) -> Option<&'static str> {
    let typed = bare(typed);
    of(key).find(|(_, words)| words.iter().any(|word| bare(word) == typed)).map(|(value, _)| value)
}

/// Returns the values of a key that are called so in other words, by the beginning of these.
pub(super) fn values(key: &str, beginning: &str) -> impl Iterator<Item = &'static str> {
    let beginning = bare(beginning);
    of(key).filter(move |(_, words)| begins(words, &beginning)).map(|(value, _)| value)
}

fn of(key: &str) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let yes_no = matches!(key, "help" | "next") || super::YES_NO_KEYS.contains(&key);
    let own = VALUES.iter().filter(move |(of, ..)| *of == key).map(|(_, value, words)| (*value, *words));
    own.chain(YES_NO.into_iter().filter(move |_| yes_no))
}

fn begins(words: &[&str], beginning: &str) -> bool {
    !beginning.is_empty() && words.iter().any(|word| bare(word).starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::super::keys::values;
    use super::*;

    #[test]
    fn every_word_leads_to_a_key_or_value_that_there_is_and_to_no_other() {
        for (of, words) in KEYS {
            assert!(super::super::KEYS.contains(of) || super::super::YES_NO_KEYS.contains(of), "{of}");
            words.iter().for_each(|word| assert_eq!(key(word), Some(*of), "{word}"));
        }
        for (of, code, words) in VALUES {
            assert!(values(of).contains(code), "{of}:{code}");
            words.iter().for_each(|word| assert_eq!(value(of, word), Some(*code), "{of}:{word}"));
        }
    }
}

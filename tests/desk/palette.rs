//! The palette: what is typed finds what it says and nothing dangerous, and every view, order and opportunity is in it.

use cosell::config::Config;
use cosell::desk::model::{Dialog, Menu};
use cosell::domain::ids::OpportunityId;
use cosell::domain::opportunity::{Direction, Opportunity};
use cosell::domain::query::{Order, SortKey};
use cosell::domain::stage::Stage;
use cosell::domain::tab::{Tab, View};
use cosell::store::Access;

use crate::support::driver::Driver;

fn menu(desk: &Driver) -> &Menu {
    match desk.model.dialogs.last() {
        Some(Dialog::Menu(menu)) => menu,
        other => panic!("no menu is open, but {other:?}"),
    }
}

/// Returns the texts of the lines that fit what is typed.
fn found(desk: &mut Driver, typed: &str) -> Vec<String> {
    desk.press("esc :").typed(typed);
    menu(desk).shown().iter().map(|line| line.text.clone()).collect()
}

#[test]
fn each_word_that_users_typed_finds_what_they_meant() {
    let mut desk = Driver::sample();
    desk.press("f");
    for (typed, first) in [
        ("win", "Won"),
        ("won", "Won"),
        ("close", "Won"),
        ("lose", "Lost"),
        ("demo", "Look at the sample pipeline"),
        ("example", "Look at the sample pipeline"),
        ("search", "Filter"),
        ("find", "Filter"),
        ("configuration", "Settings"),
        ("settings", "Settings"),
        ("refresh", "Read again (refresh)"),
        ("reload", "Read again (refresh)"),
        ("draft", "New deal"),
        ("drafts", "New deal"),
        ("go on with a draft", "New deal"),
        ("copy", "Copy as rows for Excel or Outlook"),
        ("clipboard", "Copy as rows for Excel or Outlook"),
        ("open file", "Import a file"),
        ("download", "Import a file"),
        ("mouse", "Mouse on or off"),
        ("log", "History of this one"),
        ("conflict", "Decide a conflict: theirs or ours"),
        ("help", "Help for this room"),
        ("sort value", "Sort by value"),
        ("value sort", "Sort by value"),
        ("archived", "Stage view: Archived"),
        ("customer", "Sort by customer"),
        ("accept", "Accept"),
        ("outb", "Outbound"),
        ("everything of history", "History of everything"),
        ("ＵＮＤＯ", "Undo: Marked “全店舗の売上ダッシュボード” as favorite"),
        ("take back", "Undo: Marked “全店舗の売上ダッシュボード” as favorite"),
        ("undo mark", "Undo: Marked “全店舗の売上ダッシュボード” as favorite"),
        ("^z", "Undo: Marked “全店舗の売上ダッシュボード” as favorite"),
        ("quit", "Close / quit"),
        ("exit", "Close / quit"),
        ("leave", "Close / quit"),
        ("acept", "Accept"),
        ("favrite", "Favorite on or off"),
        ("save", "Keep what is shown as a view"),
        ("saved", "Saved views"),
        ("port", "Import a file"),
        ("col", "Choose the columns"),
        ("columns", "Choose the columns"),
        ("colours", "Settings: Colours"),
        ("colors", "Settings: Colours"),
        ("theme", "Settings: Colours"),
        ("delete", "Decline"),
        ("todo", "Next step with a day"),
        ("remind", "Next step with a day"),
        ("duplicate", "Make a new deal like this one"),
        ("me", "Mine only, or everybody's"),
        ("currency", "Settings: Home currency"),
        ("language", "Settings: Language"),
        ("keyboard", "Help for this room"),
        ("export", "Export what is shown or marked"),
        ("excel", "Export what is shown or marked"),
        ("csv", "Export what is shown or marked"),
    ] {
        assert_eq!(found(&mut desk, typed).first().map(String::as_str), Some(first), "{typed}");
    }
}

#[test]
fn what_the_desk_cannot_do_finds_nothing_rather_than_something_else() {
    let mut desk = Driver::sample();
    desk.press("f");
    for typed in ["xyz", "全店", "한빛", "%%", "0"] {
        assert_eq!(found(&mut desk, typed), [""; 0], "{typed}");
        desk.shows("Nothing matches.").press("enter").shows("Nothing matches.");
    }
}

#[test]
fn nothing_that_takes_back_or_leaves_comes_first_unless_it_is_typed() {
    let mut desk = Driver::sample();
    desk.press("f");
    let dangerous = |line: &str| ["Undo", "Redo", "Close", "Leave", "Suspend"].iter().any(|word| line.starts_with(word));
    let all = found(&mut desk, "");
    assert!(!dangerous(&all[0]), "{all:?}");
    assert_eq!(all.last().map(String::as_str), Some("Leave; drafts are kept"));
    for a in 'a'..='z' {
        for b in ["", "e", "n"] {
            let typed = format!("{a}{b}");
            let lines = found(&mut desk, &typed);
            let said =
                ["undo", "take back", "u", "redo", "do again", "close", "quit", "exit", "leave", "suspend", "background", "q"];
            let said = said.iter().any(|word| word.starts_with(&typed));
            let first = lines.first().is_some_and(|line| dangerous(line));
            assert!(!first || (said && lines.iter().all(|line| dangerous(line))), "{typed}: {lines:?}");
        }
    }
}

#[test]
fn what_can_be_done_comes_first_of_its_kind() {
    let mut desk = Driver::sample();
    let all = found(&mut desk, "");
    let at = |text: &str| all.iter().position(|line| line == text).unwrap();
    assert_eq!(all[0], "Accept");
    assert!(at("New deal") < at("Won") && at("Won") < at("Filter") && at("Filter") < at("Stage view: Open"));
    let store = Driver::sample().store;
    let mut desk = Driver::opened(store, Config::default(), Access::ForcedReadOnly);
    let all = found(&mut desk, "");
    assert_eq!(all[0], "Mark", "where nothing can be changed");
}

#[test]
fn every_view_and_every_order_is_there_at_once() {
    let mut desk = Driver::sample();
    for view in View::ALL {
        let name = format!("stage view {view:?}");
        desk.press(":").typed(&name).press("enter");
        assert_eq!(desk.model.list().query.view, view);
    }
    for key in SortKey::ALL {
        let word = key.code().replace('-', " ").replace("changed", "change").replace("sales", "percent");
        for reversed in [false, true] {
            let reversed = if key == SortKey::TimeLeft { !reversed } else { reversed };
            desk.press(":").typed(&format!("sort {word}")).press("enter");
            assert_eq!(desk.model.list().query.order, Order { key, reversed }, "{word}");
        }
    }
    for (word, tab) in [("favorites", Tab::Favorites), ("outbound", Tab::Outbound), ("inbound", Tab::Inbound)] {
        desk.press(":").typed(&format!("tab {word}")).press("enter");
        assert_eq!(desk.model.tab, tab);
    }
}

#[test]
fn a_number_goes_to_its_opportunity_wherever_it_stands() {
    let mut desk = Driver::sample();
    let all = (1..=60).map(|id| desk.store.get(OpportunityId(id)).unwrap().opportunity);
    let ended = |one: &Opportunity| one.direction() == Direction::Outbound && matches!(one.stage, Stage::Archived { .. });
    let far = all.into_iter().find(ended).unwrap();
    for typed in [format!("#{}", far.id), far.id.to_string(), format!("＃{}", far.id)] {
        desk.press("1 / x y z enter :").typed(&typed).shows(&format!("▸Go to opportunity {}", far.id)).press("enter");
        assert_eq!((desk.selected().as_str(), desk.model.tab), (far.title().as_str(), Tab::Outbound), "{typed}");
        // It is open, and the list below stands on it.
        desk.press(":").typed(&typed).press("enter esc");
        assert!(desk.model.rooms.is_empty());
        assert_eq!(desk.selected(), far.title().as_str());
    }
}

#[test]
fn a_number_that_nothing_has_says_so() {
    let mut desk = Driver::sample();
    let before = desk.selected();
    desk.press(":").typed("#4242").press("enter");
    assert_eq!((desk.note().as_str(), desk.selected()), ("There is no opportunity 4242.", before));
    assert!(desk.model.rooms.is_empty() && desk.model.dialogs.is_empty());
    desk.press(":").typed("99999999999999999999").shows("Nothing matches.");
}

#[test]
fn one_thing_of_the_selected_deal_is_copied_by_itself_and_what_is_not_known_is_said() {
    let mut desk = Driver::sample();
    desk.press(":").typed("copy the e-mail").press("enter");
    assert_eq!(desk.copied, ["n.ishikawa@shiomidai.example"]);
    assert_eq!(desk.note(), "Copied the contact's e-mail: n.ishikawa@shiomidai.example");
    desk.press(":").typed("copy the phone").press("enter");
    desk.press(":").typed("copy the address").press("enter");
    desk.press("space").press(":").typed("copy the referral").press("enter");
    assert_eq!(
        desk.copied[1..],
        ["+81 45-555-0111", "220-0021 神奈川県 横浜市 西区みなと通り3-14-2, JP", "a3d1a22c-291e-4a15-a90b-41ff941f0e8c"]
    );
    let mut desk = Driver::empty();
    desk.press(":").typed("copy the referral").press("enter");
    assert!(desk.copied.is_empty() && desk.note().contains("selected"), "{}", desk.note());
}

#[test]
fn what_is_not_known_cannot_be_copied_and_is_named() {
    let mut desk = Driver::sample();
    let without = |desk: &Driver| desk.model.selected_detail().is_some_and(|full| full.opportunity.customer.contact.is_none());
    desk.size(120, 40);
    for _ in 0..26 {
        if without(&desk) {
            break;
        }
        desk.press("j");
    }
    assert!(without(&desk), "the sample has one without a contact");
    desk.press(":").typed("copy the e-mail").press("enter");
    assert!(desk.copied.is_empty());
    assert!(desk.note().starts_with("No e-mail of a contact is known"), "{}", desk.note());
}

#[test]
fn words_of_korean_japanese_and_chinese_find_the_commands_whatever_the_language() {
    let mut desk = Driver::sample();
    desk.press("f");
    #[rustfmt::skip]
    let table = [
        ("Accept", "수락 承諾 接受"), ("Decline", "거절 辞退 拒绝 拒絕"), ("Won", "수주 受注 赢单 贏單"), ("Lost", "실주 失注 丢单 丟單"),
        ("New deal", "신규 추가 新規 新建 新增"), ("Edit", "수정 편집 編集 编辑 編輯"), ("Filter", "검색 찾기 필터 検索 絞り込み 搜索 筛选 篩選"),
        ("Sort", "정렬 並べ替え 排序"), ("Import a file", "가져오기 取り込み インポート 导入 匯入"), ("Export what is shown or marked", "내보내기 엑셀 エクスポート 导出 匯出"),
        ("Favorite on or off", "즐겨찾기 お気に入り 收藏"), ("Settings", "설정 設定 设置"), ("Help for this room", "도움말 단축키 ヘルプ 帮助 幫助"),
        ("History of this one", "이력 기록 履歴 历史 歷史"), ("Next step with a day", "할일 予定 下一步 待办 待辦"), ("Note that stays ours", "메모 メモ 备注 備註"),
        ("Make a new deal like this one", "복제 複製 克隆"), ("Mark", "선택 選択 选择"), ("Pipeline review", "파이프라인 보고서 レポート パイプライン 报告 報告"),
        ("Choose the columns", "칼럼 カラム 栏位 欄位"), ("Look at the sample pipeline", "데모 샘플 デモ サンプル 演示"), ("Close / quit", "종료 닫기 閉じる 終了 退出 关闭"),
        ("Undo: Marked “全店舗の売上ダッシュボード” as favorite", "되돌리기 취소 元に戻す 取り消し 撤销"), ("Last messages", "메시지 メッセージ 消息"),
        ("Mouse on or off", "마우스 マウス 鼠标"), ("Read again (refresh)", "새로고침 再読み込み 刷新"), ("Copy as rows for Excel or Outlook", "복사 コピー 拷贝"),
        ("Accept", "승인 承認 批准"), ("Decline", "반려 断り 驳回 駁回"), ("Won", "낙찰 成約 中标 中標"), ("Lost", "실패 失敗 输单"),
        ("Undo: Marked “全店舗の売上ダッシュボード” as favorite", "무르기 取消 撤回"), ("New deal", "새딜 新規商談 新商机 新商機"),
        ("Import a file", "불러오기 取込 载入"), ("Export what is shown or marked", "출력 出力 输出 輸出"), ("Filter", "조회 絞込 检索 檢索"),
        ("Sort", "순서 順番 顺序"), ("Note that stays ours", "비고 コメント 备注"), ("Next step with a day", "다음 次のステップ 提醒"),
        ("Help for this room", "사용법 使い方 使用方法"), ("Settings", "옵션 オプション 选项 選項"), ("Close / quit", "나가기 やめる 离开 離開"),
        ("Copy as rows for Excel or Outlook", "클립보드 クリップボード 剪贴板"), ("Give it to me", "오너 オーナー 拥有者"),
        ("What waits for Partner Center", "보낼함 발신함 送信トレイ 待发箱 待發箱"), ("History of this one", "내역 変更履歴 日志 日誌"),
        ("Pipeline review", "리뷰 예측 レビュー 予測 回顾 预测 預測"), ("Offers of the programme", "오퍼 제안 オファー 商品 方案"),
        ("Register", "案件登録 备案 備案"), ("Settings: Home currency", "환율 為替 汇率 匯率"), ("Look at the sample pipeline", "견본 見本 样本 樣本"),
        ("Saved views", "저장된 保存したビュー 保存的视图"), ("What waits for Partner Center", "업로드 送信箱 上传"), ("Leads", "리드 リード 线索"),
    ];
    let mut wrong = Vec::new();
    for (name, words) in table {
        for word in words.split(' ') {
            let found = found(&mut desk, word);
            if !found.first().is_some_and(|first| first.starts_with(name)) {
                wrong.push((word, found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(found(&mut desk, "새 거래").first().is_some_and(|first| first == "New deal"));
    assert!(found(&mut desk, "다음 할 일").first().is_some_and(|first| first.starts_with("Next step")));
}

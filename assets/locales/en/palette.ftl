### The palette: its own entries, and the other words that find an action, with commas between them: those of Korean, Japanese and Chinese
### too, whatever the language of the desk (of Chinese characters one form stands for all).

palette-go-to = Go to opportunity { $id }
palette-no-such = There is no opportunity { $id }.
palette-view = Stage view: { $view }
palette-sort = Sort by { $sort }

palette-setting = Settings: { $setting }

messages-none = Nothing has been said yet.
# Behind the beginning of a long message; the word finds “Last messages” in the palette, which the key opens.
messages-more = … ({ $key } messages)

palette-also-views = show, stages, 단계, ステージ, 段階, 阶段
palette-also-orders = order, by column, 정렬, 순서, 並べ替え, 並び順, 排序
palette-also-tab = tab, go to, 탭, 이동, タブ, 标签页
palette-also-open = details, show, look at, 열기, 보기, 상세, 開く, 詳細, 打开, 查看, 详情
palette-also-filter = search, find, look for, narrow, 검색, 찾기, 필터, 検索, 絞り込み, 探す, フィルター, 搜索, 查找, 筛选, 过滤, 걸러내기, 조회, 검색하기, 絞込, 捜す, 检索, 寻找, 搜寻
palette-also-sort = order by, 정렬, 순서, 並べ替え, ソート, 排序, 정렬하기, 차례, 整列, 順番, 顺序, 排列
palette-also-beside = pane, preview, side, split, panel, wide, 나란히, 미리보기, プレビュー, 並べる, 预览, 并排
palette-also-sums = sum, total, totals, add up, how much, count, 합계, 총액, 총합, 합산, 合計, 総額, 総計, 合计, 总额, 总计, 汇总
palette-also-columns = col, fields, hide, 열, 칼럼, 컬럼, 列, カラム, 列, 栏位, 항목, 項目, 字段
palette-also-view = stages, show, 단계, 단계 보기, ステージ, 段階, 表示, 阶段, 视图
palette-also-copy = clipboard, yank, 복사, コピー, 复制, 拷贝, 클립보드, 복사하기, クリップボード, 写し, 剪贴板
palette-also-history = log, journal, changes, 이력, 기록, 履歴, 历史, 记录, 내역, 로그, 변경 이력, ログ, 変更履歴, 日志, 变更记录
palette-also-mark = select, tick, 선택, 표시, 選択, 印, 选择, 标记, 고르기, 체크, チェック, 勾选
palette-also-accept = take, yes, 수락, 승인, 받기, 承諾, 受諾, 受け入れ, 接受, 受理, 수용, 수락하기, 승낙, 承認, 承知, 引き受け, 同意, 批准, 接单
palette-also-decline = reject, refuse, no, delete, remove, 거절, 거부, 반려, 삭제, 辞退, 断る, 却下, 削除, 拒绝, 谢绝, 删除, 거절하기, 사양, 不採用, 断り, 见送り, 見送り, 否决, 驳回, 婉拒
palette-also-win = win, close won, signed, 수주, 성사, 受注, 成約, 赢单, 成交, 得标, 수주 성공, 계약 성사, 낙찰, 獲得, 成立, 赢得, 中标, 签单
palette-also-lose = lose, close lost, delete, remove, 실주, 실패, 삭제, 失注, 削除, 丢单, 失单, 输单, 删除, 수주 실패, 놓침, 탈락, 敗戦, 失敗, 丢失, 落标, 未中标
palette-also-favorite = star, heart, bookmark, 즐겨찾기, 별표, お気に入り, 收藏, 最爱, 관심, ハート, 星, 喜欢, 星标
palette-also-new = create, add, enter, draft, drafts, go on with a draft, 새 거래, 신규, 추가, 만들기, 생성, 등록, 新規, 作成, 追加, 登録, 新建, 新增, 创建, 添加, 새딜, 새 딜, 새거래, 새 영업 기회, 新しい商談, 新規商談, 新規案件, 新商机, 新交易, 新建商机
palette-also-edit = change, correct, modify, 수정, 편집, 변경, 編集, 変更, 修正, 编辑, 修改, 变更, 고치기, 訂正, 直す, 更改, 更正
palette-also-ask-help = support, co-sell, 도움 요청, 지원 요청, 支援依頼, 支援, 请求协助, 求助, 协助
palette-also-clone = clone, duplicate, copy, 복제, 複製, 克隆, 副本
palette-also-resolve = conflicts, both sides, 충돌, 競合, 冲突
palette-also-next-step = follow-up, reminder, task, to do, todo, 할일, 다음 할 일, 후속 조치, 次の予定, フォローアップ, 予定, 下一步, 跟进, 待办, 다음 단계, 다음 작업, 후속, 알림, 次のステップ, 次の一手, リマインダー, タスク, 下一步骤, 提醒, 任务
palette-also-note = comment, remark, 메모, 노트, メモ, ノート, 备注, 笔记, 비고, 코멘트, 覚え書き, コメント, 注釈, 注释, 评论, 便条
palette-also-reopen = reopen, refused, 다시 열기, 재개, 再開, 重新打开, 重开
palette-also-give-to-me = owner, assign, take over, 담당자, 내가 담당, 担当, 引き受ける, 负责人, 分配给我, 소유자, 오너, 오너 지정, 担当者, オーナー, 所有者, 拥有者, 归我
palette-also-mine = owner, my deals, assigned to me, 내 거래, 내 것, 自分の案件, 自分, 我的, 我的商机, 소유자, 오너, 담당자, 내 딜, オーナー, 担当者, 所有者, 拥有者, 负责人
palette-also-undo = undo, take back, 실행 취소, 되돌리기, 취소, 元に戻す, 取り消し, 取り消す, 戻す, 撤销, 撤消, 还原, 실행취소, 되돌림, 무르기, 取消, 取消し, アンドゥ, 撤回, 复原, 取消上一步
palette-also-redo = redo, do again, 다시 실행, 다시하기, やり直し, やり直す, 重做, 재실행, リドゥ, 再実行, 恢复, 再做
palette-also-brief = brief, briefing, summary, prepare, preparation, call, meeting, 브리핑, 요약, 회의 준비, ブリーフ, 要約, 打ち合わせ, 简报, 摘要, 会议
palette-also-review = pipeline, report, dashboard, figures, forecast, meeting, statistics, charts, won, lost, 파이프라인, 리뷰, 검토, 보고서, 실적, 현황, 통계, パイプライン, レビュー, レポート, 集計, 管道, 回顾, 报告, 报表, 统计, 예측, 전망, 분석, 予測, 見込み, 分析, 预测, 预估, 复盘, 展望
palette-also-last-import = results, refused, new deals, what came, 가져온 것, 가져오기 결과, 取り込み結果, 导入结果, 가져오기 내역, 最後の取り込み, 上次导入, 最近导入
palette-also-import = open file, download, load, read in, 가져오기, 불러오기, 다운로드, 取り込み, 取り込む, インポート, 読み込み, 导入, 汇入, 下载, 들여오기, 업로드 파일 읽기, 取込, 輸入, 输入, 导入文件, 载入
palette-also-demo = demo, example, examples, 데모, 샘플, 예제, デモ, サンプル, 演示, 示例, 样例, 견본, 연습, 見本, 練習, 试用, 样本, 范例
palette-also-help = keys, keyboard, shortcuts, manual, 도움말, 단축키, ヘルプ, キー, 帮助, 说明, 快捷键, 도움, 사용법, 키 목록, 使い方, 助け, キー一覧, 使用方法, 键盘, 求助说明
palette-also-reload = reload, redraw, repaint, 새로고침, 다시 읽기, 再読み込み, 更新, 刷新, 重新载入
palette-also-messages = log, notifications, what was said, 메시지, 알림, メッセージ, 通知, 消息, 通知
palette-also-mouse = settings, configuration, click, wheel, 마우스, マウス, 鼠标, 滑鼠
palette-also-looks = theme, colors, color, appearance, dark, light, 테마, 색, 다크, テーマ, 配色, 主题, 颜色
# The home currency, in which rates are told; rates themselves are told by the command.
palette-also-rates = exchange rates, rates, conversion, fx, 환율, 환산, 통화, 為替, 為替レート, レート, 通貨, 換算, 汇率, 货币, 换算
palette-also-settings = configuration, preferences, options, set, 설정, 환경설정, 設定, 设置, 设定, 옵션, 환경, 기본 설정, オプション, 環境設定, 初期設定, 选项, 偏好, 偏好设置, 配置
palette-also-suspend = suspend, background, 일시 중지, 一時停止, 中断, 挂起, 暂停
palette-also-close = close, quit, exit, leave, 닫기, 종료, 나가기, 閉じる, 終了, 关闭, 退出, 끝, 끝내기, 나가다, やめる, 抜ける, 退出程序, 离开, 结束
palette-also-leave = leave, quit, exit, 종료, 나가기, 끝내기, 終了, 退出, 离开, やめる, 抜ける, 结束

palette-copy-email = Copy the e-mail
palette-copy-phone = Copy the phone
palette-copy-address = Copy the address
palette-copy-referral-id = Copy the referral ID

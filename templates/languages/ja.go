package languages

import "strconv"

// ja is Japanese.
type ja struct{}

func (ja) Skip() string        { return "本文へ移動" }
func (ja) Pages() string       { return "ページ" }
func (ja) History() string     { return "履歴" }
func (ja) Uptime() string      { return "稼働率" }
func (ja) Postmortems() string { return "事後検証レポート" }
func (ja) Languages() string   { return "言語" }
func (ja) HowBars() string {
	return "バー 1 本は UTC での 1 日を表します。稼働率は観測できた時間に対する値で、各数値からその計算方法を確認できます。"
}
func (ja) PageOf() string             { return "このページの時点: {}" }
func (ja) TimesIn(zone string) string { return "時刻は " + zone + " で表示しています。" }
func (ja) PoweredBy() string          { return "Candor で運用" }
func (ja) Colon() string              { return ": " }
func (ja) Semicolon() string          { return "、" }
func (ja) Stop() string               { return "。" }

func (ja) YourZone() string {
	return "時刻はお使いのタイムゾーン（{}）で表示しています。"
}
func (ja) Due() string   { return "まもなく" }
func (ja) Late() string  { return "{}遅れ" }
func (ja) For() string   { return "{}" }
func (ja) Close() string { return "閉じる" }

func (ja) Works(product string) Sentence {
	return Sentence{product + " はすべて", "正常に動作しています", "。"}
}
func (ja) WorksAgain(product string) Sentence {
	return Sentence{product + " はすべて", "復旧しました", "。引き続き監視しています。"}
}
func (ja) NotWorking(product string) Sentence {
	return Sentence{product + " は", "動作していません", "。"}
}
func (ja) AllTroubled(product string) Sentence {
	return Sentence{product + " のすべての部分で", "問題が発生しています", "。"}
}
func (ja) SomeNotWorking(product string) Sentence {
	return Sentence{product + " の一部が", "動作していません", "。"}
}
func (ja) SomeSlow(product string) Sentence {
	return Sentence{product + " の一部で", "性能が低下しています", "。"}
}
func (ja) SomeMaintained(product string) Sentence {
	return Sentence{product + " の一部は", "メンテナンス中", "です。"}
}
func (ja) AllMaintained(product string) Sentence {
	return Sentence{product + " は", "メンテナンス中", "です。"}
}
func (ja) LookingInto(product string) Sentence {
	return Sentence{product + " の", "問題", "を調査しています。"}
}
func (ja) CannotSee(product string) Sentence {
	return Sentence{"現在、" + product + " が動作しているか", "確認できません", "。"}
}
func (ja) AreAffected(names string, n int) string   { return "影響あり: " + names + "。" }
func (ja) AreMaintained(names string, n int) string { return "メンテナンス中: " + names + "。" }
func (ja) AreWorking(names string, n int) string    { return "正常: " + names + "。" }
func (ja) AreUnseen(names string, n int) string {
	return "現在確認できないもの: " + names + "。"
}
func (ja) ChecksSilent() string {
	return "しばらくの間、監視から報告がありません。以下は最後に確認できた状態です。"
}
func (ja) ChecksNotYet() string {
	return "監視を開始したばかりです。少し待ってからもう一度ご確認ください。"
}
func (ja) ChecksMiss(names string) string {
	return "監視で確認できないもの: " + names + "。そのほかは正常に動作しています。"
}
func (ja) Checked() string            { return "確認: {}。" }
func (ja) AtTime(clock string) string { return clock }
func (ja) LookAgain() string          { return "再確認する" }

func (ja) Operational() string         { return "正常稼働中" }
func (ja) UnderMaintenance() string    { return "メンテナンス中" }
func (ja) DegradedPerformance() string { return "性能低下" }
func (ja) PartialOutage() string       { return "一部障害" }
func (ja) MajorOutage() string         { return "重大な障害" }
func (ja) NotKnown() string            { return "現在不明" }
func (ja) NoTrouble() string           { return "問題なし" }
func (ja) Maintenance() string         { return "メンテナンス" }
func (ja) NoData() string              { return "データなし" }
func (ja) NotSeen() string             { return "観測なし" }
func (ja) Investigating() string       { return "調査中" }
func (ja) Identified() string          { return "原因特定" }
func (ja) Monitoring() string          { return "経過観察中" }
func (ja) Resolved() string            { return "解決済み" }
func (ja) Scheduled() string           { return "予定" }
func (ja) InProgress() string          { return "実施中" }
func (ja) Verifying() string           { return "確認中" }
func (ja) Completed() string           { return "完了" }
func (ja) Cancelled() string           { return "中止" }
func (ja) Update() string              { return "続報" }

func (ja) DaysMean() string                  { return "日の表示の意味" }
func (ja) HowFarBack() string                { return "表示期間" }
func (ja) DaysLabel() string                 { return "日数" }
func (ja) Components() string                { return "コンポーネント" }
func (ja) DaysAgo(n int) string              { return strconv.Itoa(n) + " 日前" }
func (ja) Today() string                     { return "今日" }
func (ja) UptimeIs(percent string) string    { return "稼働率 " + percent }
func (ja) NoDataYet() string                 { return "データはまだありません" }
func (ja) Seen(percent string) string        { return "観測 " + percent }
func (ja) LastDays(span, list string) string { return "過去 " + span + ": " + list + "。" }
func (ja) EarlierToday() string              { return "今日これまで" }
func (ja) BeforeToday() string               { return "昨日以前" }
func (ja) NoIncidentSince(date string) string {
	return date + "のページ開設以来、インシデントはありません。"
}
func (ja) NoOtherIncidentSince(date string) string {
	return date + "のページ開設以来、ほかのインシデントはありません。"
}
func (ja) NoIncidentIn(span string) string {
	return "過去 " + span + "間、インシデントはありません。"
}
func (ja) NoOtherIncidentIn(span string) string {
	return "過去 " + span + "間、ほかのインシデントはありません。"
}
func (ja) MonthHad(n int) string             { return "{}: " + strconv.Itoa(n) + " 件。" }
func (ja) OpenSince() string                 { return "{} から継続中" }
func (ja) Lasted(span string) string         { return "継続時間 " + span }
func (ja) Postmortem() string                { return "事後検証レポート" }
func (ja) Others(names string, n int) string { return names + "、ほか " + strconv.Itoa(n) + " 件" }

func (ja) Started() string              { return "開始: {}" }
func (ja) NoticedIn(span string) string { return "監視による検知まで " + span }
func (ja) Steps() string                { return "対応状況" }
func (ja) NoLonger() string             { return "（解消済み）" }
func (ja) MayNotice() string            { return "お気づきになる可能性のある症状" }
func (ja) MayHaveNoticed() string       { return "発生していた可能性のある症状" }
func (ja) NextUpdateBy() string         { return "次回の更新: {} まで" }
func (ja) Affects(names string) string  { return "影響範囲: " + names }
func (ja) ThisAffected(names string) string {
	return "このインシデントの影響範囲: " + names + "。"
}
func (ja) Timeline() string              { return "経過" }
func (ja) NoticedAfter() string          { return "検知まで" }
func (ja) ToldAfter() string             { return "お知らせまで" }
func (ja) Open() string                  { return "継続中" }
func (ja) SinceTime(clock string) string { return clock + " から" }
func (ja) FixedAfter() string            { return "解決まで" }
func (ja) UpdatesOnTime() string         { return "予定どおりの更新" }
func (ja) KeptOf(kept, due int) string {
	return strconv.Itoa(due) + " 件中 " + strconv.Itoa(kept) + " 件"
}
func (ja) PostedAutomatically() string      { return "自動投稿" }
func (ja) ResolvedAfter(span string) string { return span + "で解決" }
func (ja) NewUpdate(title, status string) string {
	return "新しい更新: " + title + "、" + status + "。"
}
func (ja) NewUpdateAgain(title string) string { return "新しい更新: " + title + "。" }
func (ja) NewPostmortem(title string) string {
	return "新しい事後検証レポート: " + title + "。"
}

func (ja) PlannedMaintenance() string   { return "計画メンテナンス" }
func (ja) CancelledMaintenance() string { return "中止されたメンテナンス" }
func (ja) MaintainedSince() string      { return "計画メンテナンス実施中、開始: {}" }
func (ja) PlannedEnd() string           { return "終了予定: {}" }
func (ja) PlannedFor() string           { return "予定日: {}" }
func (ja) FromUntil() string            { return "{} ～ {}" }
func (ja) Planned() string              { return "予定: {} ～ {}" }
func (ja) NowPlanned() string           { return "変更後の予定: {} ～ {}" }
func (ja) Describe(status, from, until string) string {
	return "メンテナンス（" + status + "）。" + from + " ～ " + until + "。"
}
func (ja) WillAffect(names string) string { return "対象: " + names }
func (ja) ThisMaintenance(names string) string {
	return "このメンテナンスの対象: " + names + "。"
}
func (ja) CompletedAfter(span string) string { return span + "で完了" }
func (ja) AddToCalendar() string             { return "カレンダーに追加" }
func (ja) MaintenanceCalendar() string       { return "メンテナンス予定の購読用カレンダー" }

func (ja) StatusSince(status string) string { return "{} から" + status }
func (ja) MoreNotices(n int) string         { return "ほか " + strconv.Itoa(n) + " 件" }
func (ja) More() string                     { return "詳細" }
func (ja) Dismiss() string                  { return "このお知らせを閉じる" }

func (ja) PrivatePage() string   { return "非公開ページ" }
func (ja) PageIsPrivate() string { return "このページは非公開です" }
func (ja) Password() string      { return "パスワード" }
func (ja) OpenThePage() string   { return "ページを開く" }
func (ja) OpenByLink() string {
	return "受け取ったリンクから、または許可されたネットワークから開いてください。"
}
func (ja) SignInAsResponder() string { return "担当者としてログイン" }
func (ja) LinkExpired() string {
	return "このリンクは期限切れか、途中で切れています。新しいリンクを依頼してください。"
}
func (ja) WrongPassword() string {
	return "このページのパスワードではありません。もう一度お試しください。"
}
func (ja) DidNotWork() string { return "うまくいきませんでした。" }

func (ja) ToStatusPage() string { return "ステータスページへ" }
func (ja) AskUs() string {
	return "お問い合わせの際は、次のリクエスト番号をお知らせください: {}"
}
func (ja) NotFound() string { return "このページはありません" }
func (ja) NotFoundText() string {
	return "アドレスが間違っているか、ここにあったものがなくなった可能性があります。"
}
func (ja) Gone() string { return "これはもう掲載されていません" }
func (ja) GoneText() string {
	return "ここにあったものはページから外されました。インシデントは履歴に残っています。"
}
func (ja) NotAllowed() string { return "このページはその方法では利用できません" }
func (ja) NotAllowedText() string {
	return "このページへのリンクがあるページから開いてください。"
}
func (ja) Forbidden() string { return "許可されていません" }
func (ja) ForbiddenText() string {
	return "リクエストが別のサイトから送られたか、お使いのアカウントに権限がありません。"
}
func (ja) TooLarge() string { return "送信内容が大きすぎます" }
func (ja) TooLargeText(most string) string {
	return "送信された内容が " + most + " を超えています。短くしてもう一度送信してください。"
}
func (ja) TooMany() string { return "リクエストが多すぎます" }
func (ja) TooManyText() string {
	return "1 分ほど待ってから、もう一度お試しください。"
}
func (ja) NotReady() string { return "ページの準備ができていません" }
func (ja) NotReadyText() string {
	return "サーバーが起動したばかりです。数秒後にもう一度お試しください。これは監視対象の状態を示すものではありません。"
}
func (ja) BadRequest() string { return "リクエストを理解できませんでした" }
func (ja) BadRequestText() string {
	return "前のページに戻って、もう一度お試しください。"
}
func (ja) Failed() string { return "こちら側で問題が発生しました" }
func (ja) FailedText() string {
	return "問題は記録されました。これは監視対象の状態を示すものではなく、ステータスページ自体は引き続き閲覧できる場合があります。"
}

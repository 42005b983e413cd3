package languages

import "strconv"

// The words of Japanese for what one looks into.

func (ja) WhatChecksSaw() string { return "監視が捉えた内容" }
func (ja) UprightLine() string   { return "{} ～ {} · 縦線は障害の始まりを示します。" }
func (ja) RunTime() string       { return "実行時間" }
func (ja) NoResults() string     { return "この時間帯の結果はありません。" }
func (ja) ChartWords(name, first, from, last, until, low, high string) string {
	return name + ": " + from + " の " + first + " から " + until + " の " + last + " まで、範囲は " + low + " ～ " + high
}

func (ja) PastIncidents(product string) string { return product + " の過去のインシデント。" }
func (ja) AllPostmortems() string              { return "すべての事後検証レポート" }
func (ja) NoneOnRecord() string                { return "インシデントの記録はありません。" }
func (ja) OtherMonths() string                 { return "ほかの月" }
func (ja) OlderIncidents() string              { return "以前のインシデント" }
func (ja) NewerIncidents() string              { return "以後のインシデント" }
func (ja) Component() string                   { return "コンポーネント" }
func (ja) All() string                         { return "すべて" }
func (ja) AtLeast() string                     { return "影響の下限" }
func (ja) AnyImpact() string                   { return "すべての影響" }
func (ja) WithPostmortem() string              { return "事後検証レポートあり" }
func (ja) Show() string                        { return "表示" }
func (ja) ShowAll() string                     { return "すべて表示" }
func (ja) NoSuchIncident() string              { return "該当するインシデントはありません。" }
func (ja) NoIncident() string                  { return "インシデントはありません。" }

func (ja) NoCheck() string {
	return "このコンポーネントには監視がありません。ここに表示されるのは担当者が投稿した内容です。"
}
func (ja) UptimeOver(span string) string { return "稼働率（" + span + "）" }
func (ja) Calendar() string              { return "カレンダー" }
func (ja) MonthsAndComponents() string   { return "ほかの月とコンポーネント" }
func (ja) Incidents() string             { return "インシデント" }
func (ja) NoneInYear() string {
	return "過去 1 年間、またはこのコンポーネントの掲載以来、ありません。"
}
func (ja) FollowIt() string             { return "更新を受け取る" }
func (ja) Badge() string                { return "バッジ" }
func (ja) UptimeIn(month string) string { return month + "の稼働率" }
func (ja) UptimeOfIn(product, month string) string {
	return product + " の" + month + "の稼働率。"
}
func (ja) MonthBefore() string { return "前の月" }
func (ja) MonthAfter() string  { return "次の月" }
func (ja) NoComponent() string {
	return "このページにはコンポーネントがありません。"
}
func (ja) ChooseDay() string {
	return "1 日は UTC での 1 日です。日を選ぶと、その日の出来事を確認できます。"
}

func (ja) DayIsUTC() string {
	return "1 日は UTC での午前 0 時から翌日の午前 0 時までです。"
}
func (ja) DayBefore() string { return "前の日" }
func (ja) DayAfter() string  { return "次の日" }

func (ja) UptimeOf(name string) string          { return name + " の稼働率" }
func (ja) HowItCame(uptime, span string) string { return span + "の" + uptime + ": 計算方法" }
func (ja) SecondsCounted() string               { return "集計した秒数" }
func (ja) Time() string                         { return "時間" }
func (ja) Seconds() string                      { return "秒数" }
func (ja) CountsAsDown() string                 { return "停止としての算入" }
func (ja) AllTime() string                      { return "全体" }
func (ja) NotSeenLeftOut() string               { return "観測なし: 除外" }
func (ja) SeenCounted() string                  { return "観測あり: 算入" }
func (ja) OfItMajor() string                    { return "うち重大な障害" }
func (ja) OfItPartial() string                  { return "うち一部障害" }
func (ja) OfItDegraded() string                 { return "うち性能低下" }
func (ja) OfItMaintenance() string              { return "うちメンテナンス" }
func (ja) InFull() string                       { return "全部" }
func (ja) ForShare(percent string) string       { return percent }
func (ja) No() string                           { return "なし" }
func (ja) TheRule() string                      { return "計算の規則" }
func (ja) RuleFormula(weight string) string {
	return "稼働率は 1 −（重大な障害 + " + weight + " × 一部障害）÷ 観測できた時間です。これは Statuspage が公開している計算方法です。"
}
func (ja) RuleOverlap() string {
	return "インシデントが重なる場合、各秒は最も重いものとして 1 回だけ数えます。"
}
func (ja) RuleBegins() string {
	return "障害は、確認やお知らせの時点ではなく、最初に失敗した監視の時点から始まります。"
}
func (ja) RuleSeen() string {
	return "監視が結果を示した時間を観測できた時間とします。1 日については、予定された実行のうち結果が出た割合です。結果が出なかった実行と、行われなかった実行は観測に含みません。最初の実行より前の日も含みません。"
}
func (ja) RuleUnwatched() string {
	return "このコンポーネントには監視がありません。ページへの掲載以後の時間を観測できた時間とし、担当者が投稿した内容に基づきます。"
}
func (ja) RuleNotSeen() string {
	return "観測できなかった時間は、稼働とも停止とも数えません。インシデントに記録された障害は必ず数えます。"
}
func (ja) RuleRounds() string {
	return "100% 未満の値を 100% と表示しないよう、端数は切り捨てます。"
}
func (ja) IncidentsInDays() string { return "この期間のインシデント" }
func (ja) NothingKnown() string    { return "この期間の情報はありません。" }

func (ja) WhatWeLearned(product string) string {
	return product + " のインシデントから学んだこと。"
}
func (ja) WhatHappened() string {
	return "何が起き、なぜ起き、何が再発を防ぐのか。"
}
func (ja) Published() string { return "公開: {}" }
func (ja) Changed() string   { return "変更: {}" }
func (ja) Search() string    { return "検索語" }
func (ja) Find() string      { return "検索" }
func (ja) NoneYet() string   { return "まだ公開されていません。" }
func (ja) NoneHasWords() string {
	return "すべての語を含むものはありません。語を減らすか、語の一部でお試しください。"
}

func (ja) WhatWeDo() string { return "対応と再発防止策" }
func (ja) DoneOf(done, all int) string {
	return strconv.Itoa(all) + " 件中 " + strconv.Itoa(done) + " 件完了"
}
func (ja) DoneOn() string                { return "完了: {}" }
func (ja) DroppedOn() string             { return "取りやめ: {}" }
func (ja) DueOn(date string) string      { return "期限: " + date }
func (ja) DueNotDone(date string) string { return "期限: " + date + "（未完了）" }
func (ja) NotDoneYet() string            { return "未完了" }
func (ja) WatchedSince() string          { return "{} から監視中" }
func (ja) FailingSince() string          { return "{} から満たされていません" }
func (ja) CheckRemoved() string {
	return "監視は一度も報告しないまま削除されました"
}
func (ja) CheckRemovedOn() string   { return "監視は削除されました。最後の報告: {}" }
func (ja) NotReportedYet() string   { return "まだ報告がありません" }
func (ja) NotReportedSince() string { return "{} 以降、報告がありません" }
func (ja) HoldsAgain(date string) string {
	return "再び満たされています。満たされなかった日: " + date
}
func (ja) Holding() string { return "満たされています" }
func (ja) HeldOf(percent, checks string) string {
	return "監視 " + checks + " 回中 " + percent + " 成功"
}

func (ja) CorrectedTimes() string          { return "訂正された時刻" }
func (ja) CorrectedOn() string             { return "訂正: {}" }
func (ja) Was() string                     { return "訂正前: {}" }
func (ja) NoImpact() string                { return "影響なし" }
func (ja) ImpactFrom(status string) string { return "{} から" + status }
func (ja) ImpactFromUntil(status, span string) string {
	return "{} ～ {} " + status + "（" + span + "）"
}
func (ja) EditedOn() string                 { return "{} に編集 · 編集前の内容" }
func (ja) CorrectedInDays() string          { return "この期間の訂正" }
func (ja) BeforeCorrections() string        { return "訂正前の値は {} でした:" }
func (ja) OfItCorrected(span string) string { return "うち担当者が訂正: " + span }
func (ja) CorrectedByPeople() string        { return "担当者が訂正" }
func (ja) AsCorrected() string              { return "訂正どおり" }
func (ja) RuleCorrected() string {
	return "インシデントの時刻が誤っていると判明した場合は、担当者が訂正します。正しい内容で集計し、以前の発表内容も引き続き読めます。"
}

func (ja) HowFast() string        { return "応答時間" }
func (ja) MeasuredAround() string { return "インシデント前後の測定値" }
func (ja) AroundIncident(list string) string {
	return "1 時間前から 1 時間後まで: " + list + "。"
}
func (ja) Measured(name, value string) string { return name + " " + value }
func (ja) NothingMeasured() string            { return "測定なし" }
func (ja) ChartsHowFar() string               { return "グラフの表示期間" }
func (ja) NothingToDraw() string              { return "表示できるデータがまだありません。" }
func (ja) Figures() string                    { return "数値" }
func (ja) Incident() string                   { return "インシデント" }
func (ja) ChartsExplained(zone string) string {
	return "測定値の半分は中央値以下、100 件中 95 件は 95 パーセンタイル以下です（誤差 2% 以内）。線が途切れている箇所は、監視が実行されなかったか、応答が得られなかった時間帯です。網掛けの時間帯はインシデントです。グラフの下の時刻は " + zone + " です。"
}
func (ja) Percentile(p int) string {
	return percentile(p, "中央値", "最大値", "{0} パーセンタイル")
}

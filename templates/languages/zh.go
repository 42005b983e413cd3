package languages

import "strconv"

// zh is Chinese in simplified characters.
type zh struct{}

func (zh) Skip() string        { return "跳到正文" }
func (zh) Pages() string       { return "页面" }
func (zh) History() string     { return "历史记录" }
func (zh) Uptime() string      { return "可用率" }
func (zh) Postmortems() string { return "事后分析" }
func (zh) Languages() string   { return "语言" }
func (zh) HowBars() string {
	return "每个竖条代表 UTC 的一天。可用率按观测到的时间计算；点击百分比可查看其计算过程。"
}
func (zh) PageOf() string             { return "本页数据时间：{}" }
func (zh) TimesIn(zone string) string { return "时间按 " + zone + " 显示。" }
func (zh) PoweredBy() string          { return "由 Candor 提供支持" }
func (zh) Colon() string              { return "：" }
func (zh) Semicolon() string          { return "；" }
func (zh) Stop() string               { return "。" }

func (zh) YourZone() string { return "时间按您所在的时区（{}）显示。" }
func (zh) Due() string      { return "即将发布" }
func (zh) Late() string     { return "已晚 {}" }
func (zh) For() string      { return "{}" }
func (zh) Close() string    { return "关闭" }

func (zh) Works(product string) Sentence { return Sentence{product + " ", "全部正常运行", "。"} }
func (zh) WorksAgain(product string) Sentence {
	return Sentence{product + " ", "已全部恢复正常", "。我们将继续观察。"}
}
func (zh) NotWorking(product string) Sentence { return Sentence{product + " ", "无法使用", "。"} }
func (zh) AllTroubled(product string) Sentence {
	return Sentence{product + " 的所有部分", "都存在问题", "。"}
}
func (zh) SomeNotWorking(product string) Sentence {
	return Sentence{product + " 的部分功能", "无法使用", "。"}
}
func (zh) SomeSlow(product string) Sentence {
	return Sentence{product + " 的部分功能", "性能下降", "。"}
}
func (zh) SomeMaintained(product string) Sentence {
	return Sentence{product + " 的部分功能", "正在维护", "。"}
}
func (zh) AllMaintained(product string) Sentence {
	return Sentence{product + " ", "正在维护", "。"}
}
func (zh) LookingInto(product string) Sentence {
	return Sentence{"我们正在调查 " + product + " 的", "一个问题", "。"}
}
func (zh) CannotSee(product string) Sentence {
	return Sentence{"我们目前", "无法确认", " " + product + " 是否正常运行。"}
}
func (zh) AreAffected(names string, n int) string   { return "受影响：" + names + "。" }
func (zh) AreMaintained(names string, n int) string { return "维护中：" + names + "。" }
func (zh) AreWorking(names string, n int) string    { return "正常运行：" + names + "。" }
func (zh) AreUnseen(names string, n int) string     { return "目前无法看到：" + names + "。" }
func (zh) ChecksSilent() string {
	return "我们的检测已有一段时间没有结果。以下是最后已知的状态。"
}
func (zh) ChecksNotYet() string {
	return "我们的检测刚刚开始。请稍后再看。"
}
func (zh) ChecksMiss(names string) string {
	return "我们的检测无法看到：" + names + "。其余部分正常运行。"
}
func (zh) Checked() string            { return "检测时间：{}。" }
func (zh) AtTime(clock string) string { return clock }
func (zh) LookAgain() string          { return "重新查看" }

func (zh) Operational() string         { return "正常运行" }
func (zh) UnderMaintenance() string    { return "维护中" }
func (zh) DegradedPerformance() string { return "性能下降" }
func (zh) PartialOutage() string       { return "部分中断" }
func (zh) MajorOutage() string         { return "严重中断" }
func (zh) NotKnown() string            { return "目前未知" }
func (zh) NoTrouble() string           { return "无异常" }
func (zh) Maintenance() string         { return "维护" }
func (zh) NoData() string              { return "无数据" }
func (zh) NotSeen() string             { return "未观测" }
func (zh) Investigating() string       { return "调查中" }
func (zh) Identified() string          { return "已确定原因" }
func (zh) Monitoring() string          { return "观察中" }
func (zh) Resolved() string            { return "已解决" }
func (zh) Scheduled() string           { return "已安排" }
func (zh) InProgress() string          { return "进行中" }
func (zh) Verifying() string           { return "验证中" }
func (zh) Completed() string           { return "已完成" }
func (zh) Cancelled() string           { return "已取消" }
func (zh) Update() string              { return "更新" }

func (zh) DaysMean() string                  { return "日期标记的含义" }
func (zh) HowFarBack() string                { return "显示时段" }
func (zh) DaysLabel() string                 { return "天数" }
func (zh) Components() string                { return "组件" }
func (zh) DaysAgo(n int) string              { return strconv.Itoa(n) + " 天前" }
func (zh) Today() string                     { return "今天" }
func (zh) UptimeIs(percent string) string    { return "可用率 " + percent }
func (zh) NoDataYet() string                 { return "尚无数据" }
func (zh) Seen(percent string) string        { return "已观测 " + percent }
func (zh) LastDays(span, list string) string { return "过去 " + span + "：" + list + "。" }
func (zh) EarlierToday() string              { return "今天早些时候" }
func (zh) BeforeToday() string               { return "今天之前" }
func (zh) NoIncidentSince(date string) string {
	return "自本页于" + date + "启用以来，没有任何事件。"
}
func (zh) NoOtherIncidentSince(date string) string {
	return "自本页于" + date + "启用以来，没有其他事件。"
}
func (zh) NoIncidentIn(span string) string      { return "过去 " + span + "没有任何事件。" }
func (zh) NoOtherIncidentIn(span string) string { return "过去 " + span + "没有其他事件。" }
func (zh) MonthHad(n int) string                { return "{}：" + strconv.Itoa(n) + " 起事件。" }
func (zh) OpenSince() string                    { return "自 {} 起持续至今" }
func (zh) Lasted(span string) string            { return "持续 " + span }
func (zh) Postmortem() string                   { return "事后分析" }
func (zh) Others(names string, n int) string    { return names + "及其他 " + strconv.Itoa(n) + " 项" }

func (zh) Started() string                  { return "开始时间：{}" }
func (zh) NoticedIn(span string) string     { return "我们的检测在 " + span + "内发现" }
func (zh) Steps() string                    { return "处理进度" }
func (zh) NoLonger() string                 { return "（已消失）" }
func (zh) MayNotice() string                { return "您可能遇到的情况" }
func (zh) MayHaveNoticed() string           { return "您可能遇到过的情况" }
func (zh) NextUpdateBy() string             { return "下次更新不晚于 {}" }
func (zh) Affects(names string) string      { return "受影响：" + names }
func (zh) ThisAffected(names string) string { return "此事件影响了：" + names + "。" }
func (zh) Timeline() string                 { return "时间线" }
func (zh) NoticedAfter() string             { return "发现用时" }
func (zh) ToldAfter() string                { return "通知用时" }
func (zh) Open() string                     { return "持续中" }
func (zh) SinceTime(clock string) string    { return "自 " + clock + " 起" }
func (zh) FixedAfter() string               { return "解决用时" }
func (zh) UpdatesOnTime() string            { return "按时更新" }
func (zh) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + "/" + strconv.Itoa(due) + " 次" }
func (zh) PostedAutomatically() string      { return "自动发布" }
func (zh) ResolvedAfter(span string) string { return "历时 " + span + "后解决" }
func (zh) NewUpdate(title, status string) string {
	return "新的更新：" + title + "，" + status + "。"
}
func (zh) NewUpdateAgain(title string) string { return "新的更新：" + title + "。" }
func (zh) NewPostmortem(title string) string  { return "新的事后分析：" + title + "。" }

func (zh) PlannedMaintenance() string   { return "计划维护" }
func (zh) CancelledMaintenance() string { return "已取消的维护" }
func (zh) MaintainedSince() string      { return "计划维护，开始时间：{}" }
func (zh) PlannedEnd() string           { return "预计结束时间：{}" }
func (zh) PlannedFor() string           { return "计划时间：{}" }
func (zh) FromUntil() string            { return "{} 至 {}" }
func (zh) Planned() string              { return "计划时间：{} 至 {}" }
func (zh) NowPlanned() string           { return "新的计划时间：{} 至 {}" }
func (zh) Describe(status, from, until string) string {
	return "维护，" + status + "。" + from + " 至 " + until + "。"
}
func (zh) WillAffect(names string) string      { return "影响：" + names }
func (zh) ThisMaintenance(names string) string { return "此次维护涉及：" + names + "。" }
func (zh) CompletedAfter(span string) string   { return "历时 " + span + "后完成" }
func (zh) AddToCalendar() string               { return "添加到日历" }
func (zh) MaintenanceCalendar() string         { return "可订阅的维护日历" }

func (zh) StatusSince(status string) string { return "自 {} 起" + status }
func (zh) MoreNotices(n int) string         { return "另有 " + strconv.Itoa(n) + " 条通知" }
func (zh) More() string                     { return "详情" }
func (zh) Dismiss() string                  { return "关闭此通知" }

func (zh) PrivatePage() string   { return "非公开页面" }
func (zh) PageIsPrivate() string { return "此页面不公开" }
func (zh) Password() string      { return "密码" }
func (zh) OpenThePage() string   { return "打开页面" }
func (zh) OpenByLink() string {
	return "请使用您收到的链接打开，或从指定的网络访问。"
}
func (zh) SignInAsResponder() string { return "以处理人员身份登录" }
func (zh) LinkExpired() string       { return "该链接已过期或不完整。请索取新的链接。" }
func (zh) WrongPassword() string     { return "这不是此页面的密码。请重试。" }
func (zh) DidNotWork() string        { return "操作未成功。" }

func (zh) ToStatusPage() string { return "前往状态页" }
func (zh) AskUs() string        { return "如需就此联系我们，请提供请求编号：{}" }
func (zh) NotFound() string     { return "没有这个页面" }
func (zh) NotFoundText() string { return "地址可能有误，或者这里的内容已不存在。" }
func (zh) Gone() string         { return "此内容已不在本页" }
func (zh) GoneText() string {
	return "这里的内容已从本页移除。相关事件仍保留在历史记录中。"
}
func (zh) NotAllowed() string     { return "此页面不能这样使用" }
func (zh) NotAllowedText() string { return "请从链接到此处的页面打开。" }
func (zh) Forbidden() string      { return "不允许" }
func (zh) ForbiddenText() string {
	return "请求来自其他网站，或者您的账户没有此权限。"
}
func (zh) TooLarge() string { return "内容过大" }
func (zh) TooLargeText(most string) string {
	return "您发送的内容超过 " + most + "。请缩短后重新发送。"
}
func (zh) TooMany() string     { return "请求过多" }
func (zh) TooManyText() string { return "请等待一分钟后重试。" }
func (zh) NotReady() string    { return "页面尚未就绪" }
func (zh) NotReadyText() string {
	return "服务器刚刚启动。请几秒钟后重试。这并不反映本页所监测服务的状态。"
}
func (zh) BadRequest() string     { return "无法理解该请求" }
func (zh) BadRequestText() string { return "请返回后重试。" }
func (zh) Failed() string         { return "我们这边出现了故障" }
func (zh) FailedText() string {
	return "故障已记录。这并不反映本页所监测服务的状态：状态页本身可能仍可阅读。"
}

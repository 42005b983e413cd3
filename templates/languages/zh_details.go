package languages

import "strconv"

// The words of Chinese for what one looks into.

func (zh) WhatChecksSaw() string { return "我们的检测看到的情况" }
func (zh) UprightLine() string   { return "{} 至 {} · 竖线表示故障开始的时间。" }
func (zh) RunTime() string       { return "运行时间" }
func (zh) NoResults() string     { return "该时段没有结果。" }
func (zh) ChartWords(name, first, from, last, until, low, high string) string {
	return name + "：" + from + " 为 " + first + "，" + until + " 为 " + last + "，范围 " + low + " 至 " + high
}

func (zh) PastIncidents(product string) string { return product + " 过去的事件。" }
func (zh) AllPostmortems() string              { return "所有事后分析" }
func (zh) NoneOnRecord() string                { return "没有事件记录。" }
func (zh) OtherMonths() string                 { return "其他月份" }
func (zh) OlderIncidents() string              { return "较早的事件" }
func (zh) NewerIncidents() string              { return "较新的事件" }
func (zh) Component() string                   { return "组件" }
func (zh) All() string                         { return "全部" }
func (zh) AtLeast() string                     { return "影响至少为" }
func (zh) AnyImpact() string                   { return "任何影响" }
func (zh) WithPostmortem() string              { return "有事后分析" }
func (zh) Show() string                        { return "显示" }
func (zh) ShowAll() string                     { return "显示全部" }
func (zh) NoSuchIncident() string              { return "没有符合条件的事件。" }
func (zh) NoIncident() string                  { return "没有事件。" }

func (zh) NoCheck() string {
	return "没有针对此组件的检测：此处显示的是人工发布的内容。"
}
func (zh) UptimeOver(span string) string { return "可用率（" + span + "）" }
func (zh) Calendar() string              { return "日历" }
func (zh) MonthsAndComponents() string   { return "其他月份和组件" }
func (zh) Incidents() string             { return "事件" }
func (zh) NoneInYear() string {
	return "过去一年内，或自此组件上线本页以来，没有事件。"
}
func (zh) FollowIt() string             { return "关注此组件" }
func (zh) Badge() string                { return "徽章" }
func (zh) UptimeIn(month string) string { return month + "可用率" }
func (zh) UptimeOfIn(product, month string) string {
	return product + " 在" + month + "的可用率。"
}
func (zh) MonthBefore() string { return "上个月" }
func (zh) MonthAfter() string  { return "下个月" }
func (zh) NoComponent() string { return "本页没有任何组件。" }
func (zh) ChooseDay() string {
	return "一天指 UTC 的一天。选择某一天可查看当天的情况。"
}

func (zh) DayIsUTC() string  { return "一天指 UTC 的一天，从零点到零点。" }
func (zh) DayBefore() string { return "前一天" }
func (zh) DayAfter() string  { return "后一天" }

func (zh) UptimeOf(name string) string          { return name + " 的可用率" }
func (zh) HowItCame(uptime, span string) string { return span + "内" + uptime + "：计算过程" }
func (zh) SecondsCounted() string               { return "计入的秒数" }
func (zh) Time() string                         { return "时间" }
func (zh) Seconds() string                      { return "秒数" }
func (zh) CountsAsDown() string                 { return "计为中断" }
func (zh) AllTime() string                      { return "全部" }
func (zh) NotSeenLeftOut() string               { return "未观测：不计入" }
func (zh) SeenCounted() string                  { return "已观测：计入" }
func (zh) OfItMajor() string                    { return "其中严重中断" }
func (zh) OfItPartial() string                  { return "其中部分中断" }
func (zh) OfItDegraded() string                 { return "其中性能下降" }
func (zh) OfItMaintenance() string              { return "其中维护" }
func (zh) InFull() string                       { return "全部计入" }
func (zh) ForShare(percent string) string       { return "按 " + percent + " 计" }
func (zh) No() string                           { return "不计" }
func (zh) TheRule() string                      { return "计算规则" }
func (zh) RuleFormula(weight string) string {
	return "可用率 = 1 −（严重中断 + " + weight + " × 部分中断）÷ 观测到的时间。这是 Statuspage 公布的算法。"
}
func (zh) RuleOverlap() string {
	return "事件重叠时，每一秒只计一次，按其中最严重的计。"
}
func (zh) RuleBegins() string {
	return "中断从首次检测失败时算起，而不是从确认或通知时算起。"
}
func (zh) RuleSeen() string {
	return "检测给出结果的时间视为已观测：对每一天，按应执行的检测中有结果的比例计算。没有结果的检测和未执行的检测不算观测。首次检测之前的日子也不算。"
}
func (zh) RuleUnwatched() string {
	return "没有针对此组件的检测。自其上线本页以来的时间均视为已观测，以人工发布的内容为准。"
}
func (zh) RuleNotSeen() string {
	return "未观测的时间既不计为可用，也不计为中断。事件中说明的中断始终计入。"
}
func (zh) RuleRounds() string {
	return "本页向下取整，因此绝不会把不足 100% 的数值显示为 100%。"
}
func (zh) IncidentsInDays() string { return "这段时间的事件" }
func (zh) NothingKnown() string    { return "这段时间没有任何信息。" }

func (zh) WhatWeLearned(product string) string {
	return "我们从 " + product + " 的事件中学到的经验。"
}
func (zh) WhatHappened() string {
	return "发生了什么、为什么发生，以及如何防止再次发生。"
}
func (zh) Published() string { return "发布于 {}" }
func (zh) Changed() string   { return "修改于 {}" }
func (zh) Search() string    { return "搜索内容" }
func (zh) Find() string      { return "搜索" }
func (zh) NoneYet() string   { return "尚未发布任何事后分析。" }
func (zh) NoneHasWords() string {
	return "没有包含所有这些词的内容。请减少词语，或只输入词语的一部分。"
}

func (zh) WhatWeDo() string { return "我们的改进措施" }
func (zh) DoneOf(done, all int) string {
	return "已完成 " + strconv.Itoa(done) + "/" + strconv.Itoa(all) + " 项"
}
func (zh) DoneOn() string                { return "完成于 {}" }
func (zh) DroppedOn() string             { return "取消于 {}" }
func (zh) DueOn(date string) string      { return "期限：" + date }
func (zh) DueNotDone(date string) string { return "期限：" + date + "，尚未完成" }
func (zh) NotDoneYet() string            { return "尚未完成" }
func (zh) WatchedSince() string          { return "自 {} 起由检测持续监看" }
func (zh) FailingSince() string          { return "自 {} 起未达标" }
func (zh) CheckRemoved() string          { return "该检测已移除，且从未有过结果" }
func (zh) CheckRemovedOn() string        { return "该检测已移除，最后一次结果在 {}" }
func (zh) NotReportedYet() string        { return "尚无结果" }
func (zh) NotReportedSince() string      { return "自 {} 起没有结果" }
func (zh) HoldsAgain(date string) string { return "重新达标；曾于 " + date + " 未达标" }
func (zh) Holding() string               { return "达标" }
func (zh) HeldOf(percent, checks string) string {
	return checks + " 次检测中 " + percent + " 达标"
}

func (zh) CorrectedTimes() string          { return "更正的时间" }
func (zh) CorrectedOn() string             { return "更正于 {}" }
func (zh) Was() string                     { return "更正前：{}" }
func (zh) NoImpact() string                { return "无影响" }
func (zh) ImpactFrom(status string) string { return "{} 起" + status }
func (zh) ImpactFromUntil(status, span string) string {
	return "{} 至 {} " + status + "（" + span + "）"
}
func (zh) EditedOn() string                 { return "编辑于 {} · 之前的内容" }
func (zh) CorrectedInDays() string          { return "这段时间的更正" }
func (zh) BeforeCorrections() string        { return "更正前为 {}：" }
func (zh) OfItCorrected(span string) string { return "其中人工更正：" + span }
func (zh) CorrectedByPeople() string        { return "人工更正" }
func (zh) AsCorrected() string              { return "按更正计" }
func (zh) RuleCorrected() string {
	return "如果发现事件的时间有误，会由人工更正：以正确的时间为准，之前公布的内容仍可查看。"
}

func (zh) HowFast() string        { return "响应时间" }
func (zh) MeasuredAround() string { return "事件前后的测量值" }
func (zh) AroundIncident(list string) string {
	return "从一小时前到一小时后：" + list + "。"
}
func (zh) Measured(name, value string) string { return name + " " + value }
func (zh) NothingMeasured() string            { return "没有测量值" }
func (zh) ChartsHowFar() string               { return "图表时段" }
func (zh) NothingToDraw() string              { return "暂无可绘制的数据。" }
func (zh) Figures() string                    { return "数值" }
func (zh) Incident() string                   { return "事件" }
func (zh) ChartsExplained(zone string) string {
	return "一半的测量值不高于中位数，每 100 个中有 95 个不高于第 95 百分位数，误差均在 2% 以内。曲线缺失处表示没有运行检测，或检测没有得到响应。阴影时段为事件。图表下方的时间为 " + zone + " 时间。"
}
func (zh) Percentile(p int) string {
	return percentile(p, "中位数", "最大值", "第 {0} 百分位数")
}

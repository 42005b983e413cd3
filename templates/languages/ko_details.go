package languages

import "strconv"

// The words of Korean for what one looks into.

func (ko) WhatChecksSaw() string { return "점검에서 확인된 내용" }
func (ko) UprightLine() string   { return "{} ~ {} · 세로선은 장애가 시작된 시점입니다." }
func (ko) RunTime() string       { return "실행 시간" }
func (ko) NoResults() string     { return "해당 시간의 결과가 없습니다." }
func (ko) ChartWords(name, first, from, last, until, low, high string) string {
	return name + ": " + from + "에 " + first + ", " + until + "에 " + last + ", 범위 " + low + " ~ " + high
}

func (ko) PastIncidents(product string) string { return product + "의 지난 인시던트." }
func (ko) AllPostmortems() string              { return "모든 사후 분석" }
func (ko) NoneOnRecord() string                { return "기록된 인시던트가 없습니다." }
func (ko) OtherMonths() string                 { return "다른 달" }
func (ko) OlderIncidents() string              { return "이전 인시던트" }
func (ko) NewerIncidents() string              { return "이후 인시던트" }
func (ko) Component() string                   { return "구성 요소" }
func (ko) All() string                         { return "전체" }
func (ko) AtLeast() string                     { return "최소 영향" }
func (ko) AnyImpact() string                   { return "모든 영향" }
func (ko) WithPostmortem() string              { return "사후 분석 있음" }
func (ko) Show() string                        { return "보기" }
func (ko) ShowAll() string                     { return "모두 보기" }
func (ko) NoSuchIncident() string              { return "해당하는 인시던트가 없습니다." }
func (ko) NoIncident() string                  { return "인시던트가 없습니다." }

func (ko) NoCheck() string {
	return "이 구성 요소를 확인하는 점검이 없습니다. 여기에는 담당자가 게시한 내용이 표시됩니다."
}
func (ko) UptimeOver(span string) string { return "가동률(" + span + ")" }
func (ko) Calendar() string              { return "달력" }
func (ko) MonthsAndComponents() string   { return "다른 달과 구성 요소" }
func (ko) Incidents() string             { return "인시던트" }
func (ko) NoneInYear() string {
	return "지난 1년 동안 또는 이 구성 요소가 페이지에 오른 이후 없습니다."
}
func (ko) FollowIt() string                        { return "소식 받기" }
func (ko) Badge() string                           { return "배지" }
func (ko) UptimeIn(month string) string            { return month + " 가동률" }
func (ko) UptimeOfIn(product, month string) string { return product + "의 " + month + " 가동률." }
func (ko) MonthBefore() string                     { return "이전 달" }
func (ko) MonthAfter() string                      { return "다음 달" }
func (ko) NoComponent() string                     { return "이 페이지에는 구성 요소가 없습니다." }
func (ko) ChooseDay() string {
	return "하루는 UTC 기준입니다. 날짜를 선택하면 그날의 일을 볼 수 있습니다."
}

func (ko) DayIsUTC() string  { return "하루는 UTC 기준으로 자정부터 자정까지입니다." }
func (ko) DayBefore() string { return "전날" }
func (ko) DayAfter() string  { return "다음 날" }

func (ko) UptimeOf(name string) string          { return name + "의 가동률" }
func (ko) HowItCame(uptime, span string) string { return span + " " + uptime + ": 계산 방법" }
func (ko) SecondsCounted() string               { return "집계된 초" }
func (ko) Time() string                         { return "시간" }
func (ko) Seconds() string                      { return "초" }
func (ko) CountsAsDown() string                 { return "중단으로 집계" }
func (ko) AllTime() string                      { return "전체" }
func (ko) NotSeenLeftOut() string               { return "관측되지 않음: 제외" }
func (ko) SeenCounted() string                  { return "관측됨: 집계" }
func (ko) OfItMajor() string                    { return "그중 심각한 장애" }
func (ko) OfItPartial() string                  { return "그중 부분 장애" }
func (ko) OfItDegraded() string                 { return "그중 성능 저하" }
func (ko) OfItMaintenance() string              { return "그중 점검" }
func (ko) InFull() string                       { return "전부" }
func (ko) ForShare(percent string) string       { return percent + "만큼" }
func (ko) No() string                           { return "아니요" }
func (ko) TheRule() string                      { return "계산 규칙" }
func (ko) RuleFormula(weight string) string {
	return "가동률은 1 − (심각한 장애 + " + weight + " × 부분 장애) ÷ 관측된 시간입니다. Statuspage가 공개한 계산 방법입니다."
}
func (ko) RuleOverlap() string {
	return "인시던트가 겹치면 매초를 가장 심각한 것으로 한 번만 집계합니다."
}
func (ko) RuleBegins() string {
	return "장애는 확인되거나 공지된 때가 아니라 처음 실패한 점검부터 시작됩니다."
}
func (ko) RuleSeen() string {
	return "점검에서 결과가 나온 시간이 관측된 시간입니다. 하루 중 예정된 실행 가운데 결과가 나온 비율만큼입니다. 결과가 없는 실행과 이루어지지 않은 실행은 관측되지 않은 것입니다. 첫 실행 이전의 날도 마찬가지입니다."
}
func (ko) RuleUnwatched() string {
	return "이 구성 요소를 확인하는 점검이 없습니다. 페이지에 오른 이후의 시간을 관측된 시간으로 보며, 담당자가 게시한 내용을 따릅니다."
}
func (ko) RuleNotSeen() string {
	return "관측되지 않은 시간은 가동으로도 중단으로도 집계하지 않습니다. 인시던트에 기록된 장애는 항상 집계합니다."
}
func (ko) RuleRounds() string {
	return "100%에 못 미치는 값이 100%로 표시되지 않도록 내림합니다."
}
func (ko) IncidentsInDays() string { return "이 기간의 인시던트" }
func (ko) NothingKnown() string    { return "이 기간에 대해 알려진 것이 없습니다." }

func (ko) WhatWeLearned(product string) string { return product + "의 인시던트에서 배운 점." }
func (ko) WhatHappened() string {
	return "무슨 일이 왜 일어났고, 무엇이 재발을 막는지."
}
func (ko) Published() string { return "게시: {}" }
func (ko) Changed() string   { return "변경: {}" }
func (ko) Search() string    { return "검색어" }
func (ko) Find() string      { return "검색" }
func (ko) NoneYet() string   { return "아직 게시된 것이 없습니다." }
func (ko) NoneHasWords() string {
	return "이 단어를 모두 포함한 것이 없습니다. 단어를 줄이거나 단어의 일부로 검색해 보세요."
}

func (ko) WhatWeDo() string { return "재발 방지 조치" }
func (ko) DoneOf(done, all int) string {
	return strconv.Itoa(all) + "건 중 " + strconv.Itoa(done) + "건 완료"
}
func (ko) DoneOn() string                { return "완료: {}" }
func (ko) DroppedOn() string             { return "취소: {}" }
func (ko) DueOn(date string) string      { return "기한: " + date }
func (ko) DueNotDone(date string) string { return "기한: " + date + ", 아직 완료되지 않음" }
func (ko) NotDoneYet() string            { return "아직 완료되지 않음" }
func (ko) WatchedSince() string          { return "{}부터 점검으로 확인 중" }
func (ko) FailingSince() string          { return "{}부터 충족되지 않음" }
func (ko) CheckRemoved() string          { return "점검이 한 번도 보고하지 않은 채 삭제됨" }
func (ko) CheckRemovedOn() string        { return "점검이 삭제됨, 마지막 보고: {}" }
func (ko) NotReportedYet() string        { return "아직 보고가 없음" }
func (ko) NotReportedSince() string      { return "{} 이후 보고가 없음" }
func (ko) HoldsAgain(date string) string { return "다시 충족됨, 충족되지 않은 날: " + date }
func (ko) Holding() string               { return "충족됨" }
func (ko) HeldOf(percent, checks string) string {
	return "점검 " + checks + "회 중 " + percent + " 충족"
}

func (ko) CorrectedTimes() string          { return "정정된 시간" }
func (ko) CorrectedOn() string             { return "정정: {}" }
func (ko) Was() string                     { return "이전: {}" }
func (ko) NoImpact() string                { return "영향 없음" }
func (ko) ImpactFrom(status string) string { return "{}부터 " + status }
func (ko) ImpactFromUntil(status, span string) string {
	return "{} \u00a0 {} " + status + " (" + span + ")"
}
func (ko) EditedOn() string                 { return "수정: {} · 이전 내용" }
func (ko) CorrectedInDays() string          { return "이 기간의 정정" }
func (ko) BeforeCorrections() string        { return "정정 전에는 {}:" }
func (ko) OfItCorrected(span string) string { return "그중 담당자가 정정한 시간: " + span }
func (ko) CorrectedByPeople() string        { return "담당자가 정정" }
func (ko) AsCorrected() string              { return "정정된 대로" }
func (ko) RuleCorrected() string {
	return "인시던트의 시간이 잘못된 것으로 확인되면 담당자가 정정합니다. 올바른 시간으로 집계하며, 이전에 공지한 내용도 계속 볼 수 있습니다."
}

func (ko) HowFast() string        { return "응답 시간" }
func (ko) MeasuredAround() string { return "인시던트 전후의 측정값" }
func (ko) AroundIncident(list string) string {
	return "1시간 전부터 1시간 후까지: " + list + "."
}
func (ko) Measured(name, value string) string { return name + " " + value }
func (ko) NothingMeasured() string            { return "측정값 없음" }
func (ko) ChartsHowFar() string               { return "차트 표시 기간" }
func (ko) NothingToDraw() string              { return "아직 표시할 데이터가 없습니다." }
func (ko) Figures() string                    { return "수치" }
func (ko) Incident() string                   { return "인시던트" }
func (ko) ChartsExplained(zone string) string {
	return "측정값의 절반은 중앙값 이하이고, 100개 중 95개는 95번째 백분위수 이하입니다(오차 2% 이내). 선이 끊긴 곳은 점검이 실행되지 않았거나 응답을 받지 못한 시간입니다. 음영으로 표시된 시간은 인시던트입니다. 차트 아래의 시간은 " + zone + " 기준입니다."
}
func (ko) Percentile(p int) string {
	return percentile(p, "중앙값", "최댓값", "{0}번째 백분위수")
}

package languages

import "strconv"

// ko is Korean.
type ko struct{}

func (ko) Skip() string        { return "본문으로 건너뛰기" }
func (ko) Pages() string       { return "페이지" }
func (ko) History() string     { return "기록" }
func (ko) Uptime() string      { return "가동률" }
func (ko) Postmortems() string { return "사후 분석" }
func (ko) Languages() string   { return "언어" }
func (ko) HowBars() string {
	return "막대 하나는 UTC 기준 하루입니다. 가동률은 관측된 시간을 기준으로 하며, 각 수치에서 계산 방법을 확인할 수 있습니다."
}
func (ko) PageOf() string             { return "이 페이지의 기준 시각: {}" }
func (ko) TimesIn(zone string) string { return "시간은 " + zone + " 기준입니다." }
func (ko) PoweredBy() string          { return "Candor로 운영" }
func (ko) Colon() string              { return ": " }
func (ko) Semicolon() string          { return "; " }
func (ko) Stop() string               { return "." }

func (ko) YourZone() string { return "시간은 사용자의 시간대({}) 기준입니다." }
func (ko) Due() string      { return "곧" }
func (ko) Late() string     { return "{} 지연" }
func (ko) For() string      { return "{}" }
func (ko) Close() string    { return "닫기" }

func (ko) Works(product string) Sentence {
	return Sentence{product + ": 모두 ", "정상 작동 중", "입니다."}
}
func (ko) WorksAgain(product string) Sentence {
	return Sentence{product + ": 모두 ", "다시 정상 작동합니다", ". 계속 지켜보고 있습니다."}
}
func (ko) NotWorking(product string) Sentence {
	return Sentence{product + ": 현재 ", "작동하지 않습니다", "."}
}
func (ko) AllTroubled(product string) Sentence {
	return Sentence{product + ": 모든 부분에 ", "문제가 있습니다", "."}
}
func (ko) SomeNotWorking(product string) Sentence {
	return Sentence{product + ": 일부가 ", "작동하지 않습니다", "."}
}
func (ko) SomeSlow(product string) Sentence {
	return Sentence{product + ": 일부의 ", "성능이 저하되었습니다", "."}
}
func (ko) SomeMaintained(product string) Sentence {
	return Sentence{product + ": 일부가 ", "점검 중", "입니다."}
}
func (ko) AllMaintained(product string) Sentence {
	return Sentence{product + ": 현재 ", "점검 중", "입니다."}
}
func (ko) LookingInto(product string) Sentence {
	return Sentence{product + ": ", "문제", "를 조사하고 있습니다."}
}
func (ko) CannotSee(product string) Sentence {
	return Sentence{product + ": 현재 작동 여부를 ", "확인할 수 없습니다", "."}
}
func (ko) AreAffected(names string, n int) string   { return "영향 있음: " + names + "." }
func (ko) AreMaintained(names string, n int) string { return "점검 중: " + names + "." }
func (ko) AreWorking(names string, n int) string    { return "정상: " + names + "." }
func (ko) AreUnseen(names string, n int) string     { return "현재 확인할 수 없음: " + names + "." }
func (ko) ChecksSilent() string {
	return "한동안 점검 결과가 들어오지 않았습니다. 아래는 마지막으로 확인된 상태입니다."
}
func (ko) ChecksNotYet() string {
	return "점검이 이제 막 시작되었습니다. 잠시 후 다시 확인해 주세요."
}
func (ko) ChecksMiss(names string) string {
	return "점검으로 확인할 수 없는 항목: " + names + ". 나머지는 정상입니다."
}
func (ko) Checked() string            { return "확인: {}." }
func (ko) AtTime(clock string) string { return clock }
func (ko) LookAgain() string          { return "다시 확인" }

func (ko) Operational() string         { return "정상" }
func (ko) UnderMaintenance() string    { return "점검 중" }
func (ko) DegradedPerformance() string { return "성능 저하" }
func (ko) PartialOutage() string       { return "부분 장애" }
func (ko) MajorOutage() string         { return "심각한 장애" }
func (ko) NotKnown() string            { return "현재 알 수 없음" }
func (ko) NoTrouble() string           { return "문제 없음" }
func (ko) Maintenance() string         { return "점검" }
func (ko) NoData() string              { return "데이터 없음" }
func (ko) NotSeen() string             { return "관측되지 않음" }
func (ko) Investigating() string       { return "조사 중" }
func (ko) Identified() string          { return "원인 파악" }
func (ko) Monitoring() string          { return "모니터링 중" }
func (ko) Resolved() string            { return "해결됨" }
func (ko) Scheduled() string           { return "예정됨" }
func (ko) InProgress() string          { return "진행 중" }
func (ko) Verifying() string           { return "확인 중" }
func (ko) Completed() string           { return "완료됨" }
func (ko) Cancelled() string           { return "취소됨" }
func (ko) Update() string              { return "업데이트" }

func (ko) DaysMean() string                  { return "날짜 표시의 의미" }
func (ko) HowFarBack() string                { return "표시 기간" }
func (ko) DaysLabel() string                 { return "일수" }
func (ko) Components() string                { return "구성 요소" }
func (ko) DaysAgo(n int) string              { return strconv.Itoa(n) + "일 전" }
func (ko) Today() string                     { return "오늘" }
func (ko) UptimeIs(percent string) string    { return "가동률 " + percent }
func (ko) NoDataYet() string                 { return "아직 데이터 없음" }
func (ko) Seen(percent string) string        { return percent + " 관측" }
func (ko) LastDays(span, list string) string { return "지난 " + span + ": " + list + "." }
func (ko) EarlierToday() string              { return "오늘 앞서" }
func (ko) BeforeToday() string               { return "어제까지" }
func (ko) NoIncidentSince(date string) string {
	return date + "에 이 페이지가 시작된 이후 인시던트가 없습니다."
}
func (ko) NoOtherIncidentSince(date string) string {
	return date + "에 이 페이지가 시작된 이후 다른 인시던트가 없습니다."
}
func (ko) NoIncidentIn(span string) string {
	return "지난 " + span + " 동안 인시던트가 없습니다."
}
func (ko) NoOtherIncidentIn(span string) string {
	return "지난 " + span + " 동안 다른 인시던트가 없습니다."
}
func (ko) MonthHad(n int) string             { return "{}: " + strconv.Itoa(n) + "건." }
func (ko) OpenSince() string                 { return "{}부터 진행 중" }
func (ko) Lasted(span string) string         { return span + " 동안 지속" }
func (ko) Postmortem() string                { return "사후 분석" }
func (ko) Others(names string, n int) string { return names + " 외 " + strconv.Itoa(n) + "개" }

func (ko) Started() string              { return "시작: {}" }
func (ko) NoticedIn(span string) string { return "점검으로 감지하기까지 " + span }
func (ko) Steps() string                { return "진행 단계" }
func (ko) NoLonger() string             { return "(더 이상 없음)" }
func (ko) MayNotice() string            { return "겪을 수 있는 증상" }
func (ko) MayHaveNoticed() string       { return "겪었을 수 있는 증상" }
func (ko) NextUpdateBy() string         { return "다음 업데이트: {}까지" }
func (ko) Affects(names string) string  { return "영향: " + names }
func (ko) ThisAffected(names string) string {
	return "이 인시던트의 영향 범위: " + names + "."
}
func (ko) Timeline() string              { return "타임라인" }
func (ko) NoticedAfter() string          { return "감지까지" }
func (ko) ToldAfter() string             { return "공지까지" }
func (ko) Open() string                  { return "진행 중" }
func (ko) SinceTime(clock string) string { return clock + "부터" }
func (ko) FixedAfter() string            { return "해결까지" }
func (ko) UpdatesOnTime() string         { return "제때 한 업데이트" }
func (ko) KeptOf(kept, due int) string {
	return strconv.Itoa(due) + "건 중 " + strconv.Itoa(kept) + "건"
}
func (ko) PostedAutomatically() string      { return "자동 게시" }
func (ko) ResolvedAfter(span string) string { return span + " 만에 해결됨" }
func (ko) NewUpdate(title, status string) string {
	return "새 업데이트: " + title + ", " + status + "."
}
func (ko) NewUpdateAgain(title string) string { return "새 업데이트: " + title + "." }
func (ko) NewPostmortem(title string) string  { return "새 사후 분석: " + title + "." }

func (ko) PlannedMaintenance() string   { return "예정된 점검" }
func (ko) CancelledMaintenance() string { return "취소된 점검" }
func (ko) MaintainedSince() string      { return "예정된 점검, 시작: {}" }
func (ko) PlannedEnd() string           { return "종료 예정: {}" }
func (ko) PlannedFor() string           { return "예정일: {}" }
func (ko) FromUntil() string            { return "{} ~ {}" }
func (ko) Planned() string              { return "예정: {} ~ {}" }
func (ko) NowPlanned() string           { return "변경된 예정: {} ~ {}" }
func (ko) Describe(status, from, until string) string {
	return "점검, " + status + ". " + from + " ~ " + until + "."
}
func (ko) WillAffect(names string) string      { return "영향: " + names }
func (ko) ThisMaintenance(names string) string { return "이 점검의 대상: " + names + "." }
func (ko) CompletedAfter(span string) string   { return span + " 만에 완료됨" }
func (ko) AddToCalendar() string               { return "내 캘린더에 추가" }
func (ko) MaintenanceCalendar() string         { return "구독할 수 있는 점검 캘린더" }

func (ko) StatusSince(status string) string { return "{}부터 " + status }
func (ko) MoreNotices(n int) string         { return "외 " + strconv.Itoa(n) + "건" }
func (ko) More() string                     { return "자세히" }
func (ko) Dismiss() string                  { return "이 알림 닫기" }

func (ko) PrivatePage() string   { return "비공개 페이지" }
func (ko) PageIsPrivate() string { return "이 페이지는 비공개입니다" }
func (ko) Password() string      { return "비밀번호" }
func (ko) OpenThePage() string   { return "페이지 열기" }
func (ko) OpenByLink() string {
	return "받은 링크로 열거나 허용된 네트워크에서 열어 주세요."
}
func (ko) SignInAsResponder() string { return "담당자로 로그인" }
func (ko) LinkExpired() string {
	return "링크가 만료되었거나 완전하지 않습니다. 새 링크를 요청하세요."
}
func (ko) WrongPassword() string {
	return "이 페이지의 비밀번호가 아닙니다. 다시 시도하세요."
}
func (ko) DidNotWork() string { return "처리하지 못했습니다." }

func (ko) ToStatusPage() string { return "상태 페이지로" }
func (ko) AskUs() string {
	return "이에 대해 문의하실 때는 요청 번호를 알려 주세요: {}"
}
func (ko) NotFound() string { return "없는 페이지입니다" }
func (ko) NotFoundText() string {
	return "주소가 잘못되었거나 여기에 있던 내용이 없어졌을 수 있습니다."
}
func (ko) Gone() string { return "더 이상 페이지에 없습니다" }
func (ko) GoneText() string {
	return "여기에 있던 내용은 페이지에서 제외되었습니다. 인시던트는 기록에 남아 있습니다."
}
func (ko) NotAllowed() string { return "이 페이지는 그렇게 사용할 수 없습니다" }
func (ko) NotAllowedText() string {
	return "이 페이지로 연결되는 페이지에서 열어 주세요."
}
func (ko) Forbidden() string { return "허용되지 않음" }
func (ko) ForbiddenText() string {
	return "요청이 다른 사이트에서 왔거나 계정에 권한이 없습니다."
}
func (ko) TooLarge() string { return "내용이 너무 큽니다" }
func (ko) TooLargeText(most string) string {
	return "보내신 내용이 " + most + "보다 큽니다. 줄여서 다시 보내 주세요."
}
func (ko) TooMany() string     { return "요청이 너무 많습니다" }
func (ko) TooManyText() string { return "1분 후 다시 시도해 주세요." }
func (ko) NotReady() string    { return "페이지가 아직 준비되지 않았습니다" }
func (ko) NotReadyText() string {
	return "서버가 방금 시작되었습니다. 몇 초 후 다시 시도해 주세요. 이는 이 페이지가 확인하는 서비스의 상태와는 관련이 없습니다."
}
func (ko) BadRequest() string     { return "요청을 이해할 수 없습니다" }
func (ko) BadRequestText() string { return "뒤로 돌아가 다시 시도해 주세요." }
func (ko) Failed() string         { return "저희 쪽에서 문제가 발생했습니다" }
func (ko) FailedText() string {
	return "문제가 기록되었습니다. 이는 이 페이지가 확인하는 서비스의 상태와는 관련이 없으며, 상태 페이지 자체는 계속 볼 수 있을 수 있습니다."
}

package languages

import "strconv"

// The words of Arabic for what one looks into.

func (ar) WhatChecksSaw() string { return "ما رصدته فحوصاتنا" }
func (ar) UprightLine() string {
	return "من {} إلى {} · يدل الخط العمودي على بداية العطل."
}
func (ar) RunTime() string   { return "مدة التنفيذ" }
func (ar) NoResults() string { return "لا توجد نتائج من تلك الفترة." }
func (ar) ChartWords(name, first, from, last, until, low, high string) string {
	return name + ": من " + first + " في " + from + " إلى " + last + " في " + until + "، بين " + low + " و" + high
}

func (ar) PastIncidents(product string) string {
	return "الحوادث السابقة في " + product + "."
}
func (ar) AllPostmortems() string { return "كل تقارير ما بعد الحادث" }
func (ar) NoneOnRecord() string   { return "لا حوادث مسجّلة." }
func (ar) OtherMonths() string    { return "أشهر أخرى" }
func (ar) OlderIncidents() string { return "حوادث أقدم" }
func (ar) NewerIncidents() string { return "حوادث أحدث" }
func (ar) Component() string      { return "المكوّن" }
func (ar) All() string            { return "الكل" }
func (ar) AtLeast() string        { return "الحد الأدنى" }
func (ar) AnyImpact() string      { return "أي تأثير" }
func (ar) WithPostmortem() string { return "مع تقرير ما بعد الحادث" }
func (ar) Show() string           { return "عرض" }
func (ar) ShowAll() string        { return "عرض الكل" }
func (ar) NoSuchIncident() string { return "لا حوادث مطابقة." }
func (ar) NoIncident() string     { return "لا حوادث." }

func (ar) NoCheck() string {
	return "لا يوجد فحص لهذا المكوّن: ما يظهر هنا هو ما نشره أشخاص."
}
func (ar) UptimeOver(span string) string { return "نسبة التشغيل (" + span + ")" }
func (ar) Calendar() string              { return "التقويم" }
func (ar) MonthsAndComponents() string   { return "أشهر ومكوّنات أخرى" }
func (ar) Incidents() string             { return "الحوادث" }
func (ar) NoneInYear() string {
	return "لا شيء خلال العام الماضي، أو منذ ظهور هذا المكوّن على الصفحة."
}
func (ar) FollowIt() string             { return "تابِع هذا المكوّن" }
func (ar) Badge() string                { return "شارة" }
func (ar) UptimeIn(month string) string { return "نسبة التشغيل في " + month }
func (ar) UptimeOfIn(product, month string) string {
	return "نسبة تشغيل " + product + " في " + month + "."
}
func (ar) MonthBefore() string { return "الشهر السابق" }
func (ar) MonthAfter() string  { return "الشهر التالي" }
func (ar) NoComponent() string { return "لا توجد مكوّنات على هذه الصفحة." }
func (ar) ChooseDay() string {
	return "اليوم هنا هو يوم بتوقيت UTC. اختر يومًا لترى ما حدث فيه."
}

func (ar) DayIsUTC() string {
	return "اليوم هنا هو يوم بتوقيت UTC، من منتصف الليل إلى منتصف الليل."
}
func (ar) DayBefore() string { return "اليوم السابق" }
func (ar) DayAfter() string  { return "اليوم التالي" }

func (ar) UptimeOf(name string) string { return "نسبة تشغيل " + name }
func (ar) HowItCame(uptime, span string) string {
	return uptime + " خلال " + span + ": طريقة الحساب"
}
func (ar) SecondsCounted() string         { return "الثواني المحسوبة" }
func (ar) Time() string                   { return "الوقت" }
func (ar) Seconds() string                { return "الثواني" }
func (ar) CountsAsDown() string           { return "يُحسب انقطاعًا" }
func (ar) AllTime() string                { return "الإجمالي" }
func (ar) NotSeenLeftOut() string         { return "غير مرصود: مستبعد" }
func (ar) SeenCounted() string            { return "مرصود: محسوب" }
func (ar) OfItMajor() string              { return "منه انقطاع كبير" }
func (ar) OfItPartial() string            { return "منه انقطاع جزئي" }
func (ar) OfItDegraded() string           { return "منه أداء منخفض" }
func (ar) OfItMaintenance() string        { return "منه صيانة" }
func (ar) InFull() string                 { return "بالكامل" }
func (ar) ForShare(percent string) string { return "بنسبة " + percent }
func (ar) No() string                     { return "لا" }
func (ar) TheRule() string                { return "القاعدة" }
func (ar) RuleFormula(weight string) string {
	return "نسبة التشغيل هي 1 − (الانقطاع الكبير + " + weight + " × الانقطاع الجزئي) ÷ الوقت المرصود. وهي طريقة الحساب التي نشرتها Statuspage."
}
func (ar) RuleOverlap() string {
	return "عند تداخل الحوادث تُحسب كل ثانية مرة واحدة، بحسب أسوئها."
}
func (ar) RuleBegins() string {
	return "يبدأ الانقطاع من أول فحص فاشل، لا من وقت تأكيده أو الإعلان عنه."
}
func (ar) RuleSeen() string {
	return "يُعدّ الوقت مرصودًا عندما تعطي الفحوصات نتيجة: من كل يوم نسبة المرات المقررة التي أعطت نتيجة. المرات التي لم تعطِ نتيجة والتي لم تحدث غير مرصودة، وكذلك الأيام التي سبقت أول فحص."
}
func (ar) RuleUnwatched() string {
	return "لا يوجد فحص لهذا المكوّن. يُعدّ الوقت منذ ظهوره على الصفحة مرصودًا، والمرجع هو ما نشره أشخاص."
}
func (ar) RuleNotSeen() string {
	return "ما لم يُرصد لا يُحسب تشغيلًا ولا انقطاعًا. أما الانقطاع الذي يذكره حادث فيُحسب دائمًا."
}
func (ar) RuleRounds() string {
	return "تقرّب الصفحة إلى الأدنى، حتى لا تُذكر نسبة 100% لما هو أقل منها."
}
func (ar) IncidentsInDays() string { return "الحوادث في هذه الأيام" }
func (ar) NothingKnown() string    { return "لا يُعرف شيء عنها." }

func (ar) WhatWeLearned(product string) string {
	return "ما تعلمناه من حوادث " + product + "."
}
func (ar) WhatHappened() string { return "ما حدث ولماذا، وما يمنع تكراره." }
func (ar) Published() string    { return "نُشر في {}" }
func (ar) Changed() string      { return "عُدّل في {}" }
func (ar) Search() string       { return "كلمات البحث" }
func (ar) Find() string         { return "بحث" }
func (ar) NoneYet() string      { return "لم يُنشر أي تقرير بعد." }
func (ar) NoneHasWords() string {
	return "لا يوجد تقرير يحوي كل هذه الكلمات. جرّب كلمات أقل، أو جزءًا من كلمة."
}

func (ar) WhatWeDo() string { return "ما نفعله حيال ذلك" }
func (ar) DoneOf(done, all int) string {
	return "أُنجز " + strconv.Itoa(done) + " من " + strconv.Itoa(all)
}
func (ar) DoneOn() string           { return "أُنجز في {}" }
func (ar) DroppedOn() string        { return "أُلغي في {}" }
func (ar) DueOn(date string) string { return "الموعد النهائي: " + date }
func (ar) DueNotDone(date string) string {
	return "الموعد النهائي: " + date + "، لم يُنجز بعد"
}
func (ar) NotDoneYet() string   { return "لم يُنجز بعد" }
func (ar) WatchedSince() string { return "يراقبه فحص منذ {}" }
func (ar) FailingSince() string { return "غير محقق منذ {}" }
func (ar) CheckRemoved() string { return "أُزيل الفحص ولم يعطِ أي نتيجة" }
func (ar) CheckRemovedOn() string {
	return "أُزيل الفحص، وكانت آخر نتيجة في {}"
}
func (ar) NotReportedYet() string   { return "لم يعطِ أي نتيجة بعد" }
func (ar) NotReportedSince() string { return "لا نتائج منذ {}" }
func (ar) HoldsAgain(date string) string {
	return "محقق من جديد؛ لم يتحقق في " + date
}
func (ar) Holding() string { return "محقق" }
func (ar) HeldOf(percent, checks string) string {
	return "الفحوصات الناجحة: " + percent + " من " + checks
}

func (ar) CorrectedTimes() string          { return "الأوقات المصححة" }
func (ar) CorrectedOn() string             { return "صُحّح في {}" }
func (ar) Was() string                     { return "سابقًا: {}" }
func (ar) NoImpact() string                { return "بلا تأثير" }
func (ar) ImpactFrom(status string) string { return status + " منذ {}" }
func (ar) ImpactFromUntil(status, span string) string {
	return status + " من {} إلى {} (" + span + ")"
}
func (ar) EditedOn() string                 { return "عُدّل في {} · النص السابق" }
func (ar) CorrectedInDays() string          { return "التصحيحات في هذه الأيام" }
func (ar) BeforeCorrections() string        { return "كانت النسبة قبل التصحيح {}:" }
func (ar) OfItCorrected(span string) string { return "منه ما صححه أشخاص: " + span }
func (ar) CorrectedByPeople() string        { return "صححه أشخاص" }
func (ar) AsCorrected() string              { return "بحسب التصحيح" }
func (ar) RuleCorrected() string {
	return "إذا تبيّن لأشخاص أن أوقات حادث ما خاطئة فإنهم يصححونها: يُحسب الصحيح، ويبقى ما أُعلن سابقًا متاحًا للقراءة."
}

func (ar) HowFast() string        { return "أزمنة الاستجابة" }
func (ar) MeasuredAround() string { return "القياسات في محيط الحادث" }
func (ar) AroundIncident(list string) string {
	return "من ساعة قبله إلى ساعة بعده: " + list + "."
}
func (ar) Measured(name, value string) string { return value + " (" + name + ")" }
func (ar) NothingMeasured() string            { return "لا توجد قياسات" }
func (ar) ChartsHowFar() string               { return "فترة الرسوم البيانية" }
func (ar) NothingToDraw() string              { return "لا يوجد ما يُرسم بعد." }
func (ar) Figures() string                    { return "الأرقام" }
func (ar) Incident() string                   { return "الحادث" }
func (ar) ChartsExplained(zone string) string {
	return "نصف القياسات لا يتجاوز الوسيط، و95 من كل 100 لا تتجاوز المئين 95، بدقة 2%. حيث ينقطع الخط لم يُجرَ أي فحص أو لم يتلقَّ أي منها ردًا. الأوقات المظللة حوادث. الأوقات أسفل الرسم البياني بتوقيت " + zone + "."
}
func (ar) Percentile(p int) string {
	return percentile(p, "الوسيط", "الأقصى", "المئين {0}")
}

package languages

import "strconv"

// ar is Arabic.
type ar struct{ six }

func (ar) Skip() string        { return "انتقل إلى المحتوى" }
func (ar) Pages() string       { return "الصفحات" }
func (ar) History() string     { return "السجل" }
func (ar) Uptime() string      { return "نسبة التشغيل" }
func (ar) Postmortems() string { return "تقارير ما بعد الحادث" }
func (ar) Languages() string   { return "اللغة" }
func (ar) HowBars() string {
	return "يمثّل كل شريط يومًا بتوقيت UTC. تُحسب نسبة التشغيل من الوقت المرصود، وتقود كل نسبة إلى طريقة حسابها."
}
func (ar) PageOf() string             { return "حالة هذه الصفحة في {}" }
func (ar) TimesIn(zone string) string { return "الأوقات بتوقيت " + zone + "." }
func (ar) PoweredBy() string          { return "يعمل بواسطة Candor" }
func (ar) Colon() string              { return ": " }
func (ar) Semicolon() string          { return "؛ " }
func (ar) Stop() string               { return "." }

func (ar) YourZone() string { return "الأوقات بمنطقتك الزمنية ({})." }
func (ar) Due() string      { return "في أي لحظة" }
func (ar) Late() string     { return "مدة التأخر: {}" }
func (ar) For() string      { return "{}" }
func (ar) Close() string    { return "إغلاق" }

func (ar) Works(product string) Sentence {
	return Sentence{"كل أجزاء " + product + " ", "تعمل", "."}
}
func (ar) WorksAgain(product string) Sentence {
	return Sentence{"كل أجزاء " + product + " ", "عادت إلى العمل", ". نواصل المراقبة."}
}
func (ar) NotWorking(product string) Sentence { return Sentence{product + " ", "لا يعمل", "."} }
func (ar) AllTroubled(product string) Sentence {
	return Sentence{"كل أجزاء " + product + " ", "تواجه مشكلات", "."}
}
func (ar) SomeNotWorking(product string) Sentence {
	return Sentence{"بعض أجزاء " + product + " ", "لا تعمل", "."}
}
func (ar) SomeSlow(product string) Sentence {
	return Sentence{"بعض أجزاء " + product + " ", "تعمل دون المستوى المعتاد", "."}
}
func (ar) SomeMaintained(product string) Sentence {
	return Sentence{"بعض أجزاء " + product + " ", "قيد الصيانة", "."}
}
func (ar) AllMaintained(product string) Sentence {
	return Sentence{product + " ", "قيد الصيانة", "."}
}
func (ar) LookingInto(product string) Sentence {
	return Sentence{"نحقق في ", "مشكلة", " في " + product + "."}
}
func (ar) CannotSee(product string) Sentence {
	return Sentence{"", "لا يمكننا أن نرى", " حاليًا ما إذا كان " + product + " يعمل."}
}
func (ar) AreAffected(names string, n int) string   { return "المتأثر: " + names + "." }
func (ar) AreMaintained(names string, n int) string { return "قيد الصيانة: " + names + "." }
func (ar) AreWorking(names string, n int) string    { return "ما يعمل: " + names + "." }
func (ar) AreUnseen(names string, n int) string {
	return "لا يمكن رؤيته حاليًا: " + names + "."
}
func (ar) ChecksSilent() string {
	return "لم ترد نتائج من فحوصاتنا منذ مدة. ما يظهر أدناه هو آخر ما عرفناه."
}
func (ar) ChecksNotYet() string {
	return "لم تُجرَ فحوصاتنا الأولى بعد. انظر مجددًا بعد قليل."
}
func (ar) ChecksMiss(names string) string {
	return "لا تستطيع فحوصاتنا رؤية: " + names + ". وما عدا ذلك يعمل."
}
func (ar) Checked() string            { return "آخر فحص: {}." }
func (ar) AtTime(clock string) string { return "الساعة " + clock }
func (ar) LookAgain() string          { return "تحقّق مجددًا" }

func (ar) Operational() string         { return "يعمل" }
func (ar) UnderMaintenance() string    { return "قيد الصيانة" }
func (ar) DegradedPerformance() string { return "أداء منخفض" }
func (ar) PartialOutage() string       { return "انقطاع جزئي" }
func (ar) MajorOutage() string         { return "انقطاع كبير" }
func (ar) NotKnown() string            { return "غير معروف حاليًا" }
func (ar) NoTrouble() string           { return "بلا مشكلات" }
func (ar) Maintenance() string         { return "صيانة" }
func (ar) NoData() string              { return "لا توجد بيانات" }
func (ar) NotSeen() string             { return "غير مرصود" }
func (ar) Investigating() string       { return "قيد التحقيق" }
func (ar) Identified() string          { return "حُدِّد السبب" }
func (ar) Monitoring() string          { return "قيد المراقبة" }
func (ar) Resolved() string            { return "تم الحل" }
func (ar) Scheduled() string           { return "مجدولة" }
func (ar) InProgress() string          { return "جارية" }
func (ar) Verifying() string           { return "قيد التحقق" }
func (ar) Completed() string           { return "مكتملة" }
func (ar) Cancelled() string           { return "ملغاة" }
func (ar) Update() string              { return "تحديث" }

func (ar) DaysMean() string   { return "معنى علامات الأيام" }
func (ar) HowFarBack() string { return "الفترة المعروضة" }
func (ar) DaysLabel() string  { return "الأيام" }
func (ar) Components() string { return "المكوّنات" }
func (w ar) DaysAgo(n int) string {
	return w.count(n, "اليوم", "قبل يوم", "قبل يومين", "قبل {0} أيام", "قبل {0} يومًا", "قبل {0} يوم")
}
func (ar) Today() string                     { return "اليوم" }
func (ar) UptimeIs(percent string) string    { return "نسبة التشغيل " + percent }
func (ar) NoDataYet() string                 { return "لا توجد بيانات بعد" }
func (ar) Seen(percent string) string        { return "رُصد " + percent }
func (ar) LastDays(span, list string) string { return "آخر " + span + ": " + list + "." }
func (ar) EarlierToday() string              { return "في وقت سابق اليوم" }
func (ar) BeforeToday() string               { return "قبل اليوم" }
func (ar) NoIncidentSince(date string) string {
	return "لا حوادث منذ بدء هذه الصفحة في " + date + "."
}
func (ar) NoOtherIncidentSince(date string) string {
	return "لا حوادث أخرى منذ بدء هذه الصفحة في " + date + "."
}
func (ar) NoIncidentIn(span string) string { return "لا حوادث في آخر " + span + "." }
func (ar) NoOtherIncidentIn(span string) string {
	return "لا حوادث أخرى في آخر " + span + "."
}
func (w ar) MonthHad(n int) string {
	return w.count(n, "{}: لا حوادث.", "{}: حادث واحد.", "{}: حادثان.", "{}: {0} حوادث.", "{}: {0} حادثًا.", "{}: {0} حادث.")
}
func (ar) OpenSince() string         { return "مستمر منذ {}" }
func (ar) Lasted(span string) string { return "المدة: " + span }
func (ar) Postmortem() string        { return "تقرير ما بعد الحادث" }
func (w ar) Others(names string, n int) string {
	return names + w.count(n, "", " وواحد آخر", " واثنان آخران", " و{0} أخرى", " و{0} أخرى", " و{0} أخرى")
}

func (ar) Started() string              { return "البداية: {}" }
func (ar) NoticedIn(span string) string { return "رصدته فحوصاتنا خلال " + span }
func (ar) Steps() string                { return "المراحل" }
func (ar) NoLonger() string             { return "(انتهى)" }
func (ar) MayNotice() string            { return "ما قد تلاحظه" }
func (ar) MayHaveNoticed() string       { return "ما ربما لاحظته" }
func (ar) NextUpdateBy() string         { return "التحديث التالي في موعد أقصاه {}" }
func (ar) Affects(names string) string  { return "المتأثر: " + names }
func (ar) ThisAffected(names string) string {
	return "أثّر هذا الحادث في: " + names + "."
}
func (ar) Timeline() string                 { return "التسلسل الزمني" }
func (ar) NoticedAfter() string             { return "رُصد بعد" }
func (ar) ToldAfter() string                { return "أُعلن بعد" }
func (ar) Open() string                     { return "مستمر" }
func (ar) SinceTime(clock string) string    { return "منذ " + clock }
func (ar) FixedAfter() string               { return "حُلّ بعد" }
func (ar) UpdatesOnTime() string            { return "التحديثات في موعدها" }
func (ar) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + " من " + strconv.Itoa(due) }
func (ar) PostedAutomatically() string      { return "نُشر تلقائيًا" }
func (ar) ResolvedAfter(span string) string { return "تم الحل بعد " + span }
func (ar) NewUpdate(title, status string) string {
	return "تحديث جديد: " + title + "، " + status + "."
}
func (ar) NewUpdateAgain(title string) string { return "تحديث جديد: " + title + "." }
func (ar) NewPostmortem(title string) string {
	return "تقرير جديد لما بعد الحادث: " + title + "."
}

func (ar) PlannedMaintenance() string   { return "صيانة مجدولة" }
func (ar) CancelledMaintenance() string { return "صيانة ملغاة" }
func (ar) MaintainedSince() string      { return "صيانة مجدولة منذ {}" }
func (ar) PlannedEnd() string           { return "موعد الانتهاء المقرر: {}" }
func (ar) PlannedFor() string           { return "الموعد المقرر: {}" }
func (ar) FromUntil() string            { return "من {} إلى {}" }
func (ar) Planned() string              { return "الموعد: من {} إلى {}" }
func (ar) NowPlanned() string           { return "الموعد الجديد: من {} إلى {}" }
func (ar) Describe(status, from, until string) string {
	return "صيانة " + status + ". من " + from + " إلى " + until + "."
}
func (ar) WillAffect(names string) string { return "تشمل: " + names }
func (ar) ThisMaintenance(names string) string {
	return "تشمل هذه الصيانة: " + names + "."
}
func (ar) CompletedAfter(span string) string { return "اكتملت بعد " + span }
func (ar) AddToCalendar() string             { return "أضِف إلى تقويمك" }
func (ar) MaintenanceCalendar() string {
	return "مواعيد الصيانة في تقويم يمكن الاشتراك فيه"
}

func (ar) StatusSince(status string) string { return status + " منذ {}" }
func (w ar) MoreNotices(n int) string {
	return w.count(n, "ولا إشعارات أخرى", "وإشعار آخر", "وإشعاران آخران", "و{0} إشعارات أخرى", "و{0} إشعارًا آخر", "و{0} إشعار آخر")
}
func (ar) More() string    { return "المزيد" }
func (ar) Dismiss() string { return "إغلاق هذا الإشعار" }

func (ar) PrivatePage() string   { return "صفحة خاصة" }
func (ar) PageIsPrivate() string { return "هذه الصفحة خاصة" }
func (ar) Password() string      { return "كلمة المرور" }
func (ar) OpenThePage() string   { return "فتح الصفحة" }
func (ar) OpenByLink() string {
	return "افتحها بالرابط الذي أُعطي لك، أو من الشبكة المخصصة لها."
}
func (ar) SignInAsResponder() string { return "تسجيل الدخول كمسؤول" }
func (ar) LinkExpired() string {
	return "انتهت صلاحية هذا الرابط أو أنه غير مكتمل. اطلب رابطًا جديدًا."
}
func (ar) WrongPassword() string {
	return "هذه ليست كلمة مرور هذه الصفحة. حاول مرة أخرى."
}
func (ar) DidNotWork() string { return "لم ينجح ذلك." }

func (ar) ToStatusPage() string { return "إلى صفحة الحالة" }
func (ar) AskUs() string {
	return "إذا سألتنا عن هذا، فاذكر لنا رقم الطلب: {}"
}
func (ar) NotFound() string { return "لا توجد صفحة كهذه" }
func (ar) NotFoundText() string {
	return "قد يكون العنوان مكتوبًا خطأ، أو لم يعد ما كان هنا موجودًا."
}
func (ar) Gone() string { return "لم يعد هذا على الصفحة" }
func (ar) GoneText() string {
	return "أُزيل ما كان هنا من الصفحة. وتبقى حوادثه في السجل."
}
func (ar) NotAllowed() string { return "لا تُستخدم هذه الصفحة هكذا" }
func (ar) NotAllowedText() string {
	return "افتحها من الصفحة التي تحيل إليها."
}
func (ar) Forbidden() string { return "غير مسموح" }
func (ar) ForbiddenText() string {
	return "جاء الطلب من موقع آخر، أو أن حسابك لا يملك هذه الصلاحية."
}
func (ar) TooLarge() string { return "المحتوى كبير جدًا" }
func (ar) TooLargeText(most string) string {
	return "ما أرسلته أكبر من " + most + ". اختصره وأرسله مجددًا."
}
func (ar) TooMany() string     { return "طلبات كثيرة جدًا" }
func (ar) TooManyText() string { return "انتظر دقيقة ثم حاول مجددًا." }
func (ar) NotReady() string    { return "الصفحة غير جاهزة بعد" }
func (ar) NotReadyText() string {
	return "بدأ الخادم للتو. حاول مجددًا بعد ثوانٍ. لا يدل هذا على حالة ما تراقبه الصفحة."
}
func (ar) BadRequest() string     { return "تعذّر فهم الطلب" }
func (ar) BadRequestText() string { return "ارجع ثم حاول مجددًا." }
func (ar) Failed() string         { return "حدث خلل من جانبنا" }
func (ar) FailedText() string {
	return "سُجّل الخلل. لا يدل هذا على حالة ما تراقبه الصفحة: قد تظل صفحة الحالة نفسها قابلة للقراءة."
}

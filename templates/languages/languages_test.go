package languages

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// same lists the words that a language shares with English, as languages do.
var same = map[string]string{
	"de":      "Colon Stop Postmortem Postmortems Update Badge Semicolon",
	"fr":      "Stop Pages Badge Maintenance Incidents Incident Percentile",
	"es":      "Colon Stop No Semicolon",
	"pt-BR":   "Colon Stop Semicolon",
	"it":      "Colon Stop Badge No Semicolon Password",
	"nl":      "Colon Stop Postmortem Postmortems Update Badge Open Component Semicolon Incident Percentile",
	"pl":      "Colon Stop Semicolon",
	"ja":      "Colon",
	"zh-Hans": "",
	"ko":      "Colon Stop Semicolon",
	"ar":      "Colon Stop",
}

// said calls a word with arguments that are easily found again.
func said(words Words, method reflect.Method, n int) (text string, args []string) {
	call := reflect.ValueOf(words).MethodByName(method.Name)
	var in []reflect.Value
	for i := range call.Type().NumIn() {
		if call.Type().In(i).Kind() == reflect.Int {
			in = append(in, reflect.ValueOf(n))
			continue
		}
		arg := fmt.Sprintf("⟦%d⟧", i)
		in, args = append(in, reflect.ValueOf(arg)), append(args, arg)
	}
	if s, ok := call.Call(in)[0].Interface().(Sentence); ok {
		if s.Mark == "" {
			return "", args
		}
		return s.Text(), args
	}
	return call.Call(in)[0].String(), args
}

func TestEveryLanguageSaysEverything(t *testing.T) {
	kinds := reflect.TypeFor[Words]()
	for _, l := range All {
		for i := range kinds.NumMethod() {
			m := kinds.Method(i)
			for _, n := range []int{0, 1, 2, 3, 5, 11, 100} {
				english, _ := said(English.Words, m, n)
				text, args := said(l.Words, m, n)
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s(%d) says nothing", l.Code, m.Name, n)
				}
				for _, arg := range args {
					if strings.Count(text, arg) != 1 {
						t.Errorf("%s: %s says %q, which has %s not once", l.Code, m.Name, text, arg)
					}
				}
				if strings.Count(text, "{}") != strings.Count(english, "{}") || strings.Contains(strings.ReplaceAll(text, "{}", ""), "{") {
					t.Errorf("%s: %s says %q, with other places than %q", l.Code, m.Name, text, english)
				}
				if m.Name != "Colon" && m.Name != "Semicolon" && strings.TrimSpace(text) != text {
					t.Errorf("%s: %s says %q, with space around it", l.Code, m.Name, text)
				}
				if l != English && text == english && strings.Trim(text, "{}⟦0123456789⟧ –") != "" && !strings.Contains(" "+same[l.Code]+" ", " "+m.Name+" ") {
					t.Errorf("%s: %s says %q, as English does", l.Code, m.Name, text)
				}
			}
		}
	}
}

func TestPlurals(t *testing.T) {
	for _, c := range []struct {
		code string
		n    int
		want string
	}{
		{"en", 1, "1 day ago"}, {"en", 2, "2 days ago"}, {"en", 0, "0 days ago"},
		{"de", 1, "vor 1 Tag"}, {"de", 90, "vor 90 Tagen"},
		{"fr", 0, "il y a 0 jour"}, {"fr", 1, "il y a 1 jour"}, {"fr", 2, "il y a 2 jours"},
		{"pt-BR", 0, "há 0 dia"}, {"pt-BR", 2, "há 2 dias"},
		{"pl", 1, "1 dzień temu"}, {"pl", 2, "2 dni temu"}, {"pl", 5, "5 dni temu"},
		{"ja", 1, "1 日前"}, {"ko", 30, "30일 전"}, {"zh-Hans", 7, "7 天前"},
		{"ar", 1, "قبل يوم"}, {"ar", 2, "قبل يومين"}, {"ar", 7, "قبل 7 أيام"}, {"ar", 30, "قبل 30 يومًا"}, {"ar", 100, "قبل 100 يوم"}, {"ar", 103, "قبل 103 أيام"},
	} {
		if got := Find(c.code).DaysAgo(c.n); got != c.want {
			t.Errorf("%s, %d: %q, want %q", c.code, c.n, got, c.want)
		}
	}
	for n, want := range map[int]string{1: "{}: 1 incydent.", 3: "{}: 3 incydenty.", 5: "{}: 5 incydentów.", 12: "{}: 12 incydentów.", 22: "{}: 22 incydenty.", 25: "{}: 25 incydentów."} {
		if got := Find("pl").MonthHad(n); got != want {
			t.Errorf("pl, %d: %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{1: "{}: حادث واحد.", 2: "{}: حادثان.", 3: "{}: 3 حوادث.", 11: "{}: 11 حادثًا.", 100: "{}: 100 حادث."} {
		if got := Find("ar").MonthHad(n); got != want {
			t.Errorf("ar, %d: %q, want %q", n, got, want)
		}
	}
}

func TestDatesAndTimes(t *testing.T) {
	at := time.Date(2024, 5, 2, 14, 9, 7, 0, time.UTC)
	for code, want := range map[string][4]string{
		"en":      {"2 May 2024", "14:09 UTC", "May 2024", "2 May 2024, 14:09:07 UTC"},
		"de":      {"2. Mai 2024", "14:09 UTC", "Mai 2024", "2. Mai 2024, 14:09:07 UTC"},
		"fr":      {"2 mai 2024", "14:09 UTC", "mai 2024", "2 mai 2024, 14:09:07 UTC"},
		"es":      {"2 de mayo de 2024", "14:09 UTC", "mayo de 2024", "2 de mayo de 2024, 14:09:07 UTC"},
		"pt-BR":   {"2 de maio de 2024", "14:09 UTC", "maio de 2024", "2 de maio de 2024 14:09:07 UTC"},
		"it":      {"2 maggio 2024", "14:09 UTC", "maggio 2024", "2 maggio 2024, 14:09:07 UTC"},
		"nl":      {"2 mei 2024", "14:09 UTC", "mei 2024", "2 mei 2024, 14:09:07 UTC"},
		"pl":      {"2 maja 2024", "14:09 UTC", "maj 2024", "2 maja 2024, 14:09:07 UTC"},
		"ja":      {"2024年5月2日", "14:09 UTC", "2024年5月", "2024年5月2日 14:09:07 UTC"},
		"zh-Hans": {"2024年5月2日", "14:09 UTC", "2024年5月", "2024年5月2日 14:09:07 UTC"},
		"ko":      {"2024년 5월 2일", "오후 2:09 UTC", "2024년 5월", "2024년 5월 2일 오후 2:09:07 UTC"},
		"ar":      {"2 مايو 2024", "2:09 م UTC", "مايو 2024", "2 مايو 2024، 2:09:07 م UTC"},
	} {
		l := Find(code)
		if got := [4]string{l.Date(at), l.Clock(at), l.Month(at), l.Stamp(l.Date(at), l.Exact(at))}; got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if midnight := Find("ko").Clock(at.Truncate(24 * time.Hour)); midnight != "오전 12:00 UTC" {
		t.Errorf("midnight in Korean is %q", midnight)
	}
	for code, want := range map[string]time.Weekday{"en": time.Monday, "ja": time.Sunday, "ar": time.Saturday} {
		if got := Find(code).FirstDay(); got != want {
			t.Errorf("%s: a week begins on %s, want %s", code, got, want)
		}
	}
}

func TestNumbersAndLists(t *testing.T) {
	names := []string{"A", "B", "C", "D", "E"}
	for code, want := range map[string][5]string{
		"en":      {"99.95%", "7,776,000", "A, B and 3 others", "A and B", "1 h 12 min"},
		"de":      {"99,95\u00a0%", "7.776.000", "A, B und 3 weitere", "A und B", "1 Std., 12 Min."},
		"fr":      {"99,95\u00a0%", "7\u202f776\u202f000", "A, B et 3 autres", "A et B", "1\u202fh 12\u00a0min"},
		"pl":      {"99,95%", "7\u00a0776\u00a0000", "A, B i 3 inne", "A i B", "1 godz. i 12 min"},
		"ja":      {"99.95%", "7,776,000", "A、B、ほか 3 件", "A、B", "1 時間12 分"},
		"zh-Hans": {"99.95%", "7,776,000", "A、B及其他 3 项", "A和B", "1小时12分钟"},
		"ar":      {"99.95\u200e%\u200e", "7,776,000", "\u2068A\u2069 و\u2068B\u2069 و3 أخرى", "\u2068A\u2069 و\u2068B\u2069", "1 س و12 د"},
	} {
		l := Find(code)
		if got := [5]string{l.Percent(.9995, 2), l.Number(7776000), l.List(names, 3), l.List(names[:2], 3), l.Length(72*time.Minute + 40*time.Second)}; got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if got := Find("es").Number(4321); got != "4321" {
		t.Errorf("four digits in Spanish are %q, want them ungrouped", got)
	}
}

func TestWhoReadsWhat(t *testing.T) {
	all, german := NewMatcher(All...), NewMatcher(Find("de"), Find("fr"))
	for _, c := range []struct {
		matcher     *Matcher
		header, url string
		want        string
	}{
		{all, "", "", "en"},
		{all, "de", "de", "de"},
		{all, "de-AT,de;q=0.9,en;q=0.8", "de-AT", "de"},
		{all, "pt", "pt", "pt-BR"},
		{all, "pt-PT", "pt-PT", "pt-BR"},
		{all, "zh-CN", "zh-CN", "zh-Hans"},
		{all, "zh", "zh", "zh-Hans"},
		{all, "en-US,en;q=0.5", "en-US", "en"},
		{all, "es-419", "es-419", "es"},
		{all, "ar-EG", "ar-EG", "ar"},
		{all, "sv,fi;q=0.5", "", "en"},
		{all, "sv,fr;q=0.5", "", "fr"},
		{all, "en;q=0.1,ja;q=0.9", "", "ja"},
		{all, "*", "", "en"},
		{all, ";;;q=,", "", "en"},
		{all, strings.Repeat("de,", 10_000), "", "en"},
		{german, "en", "", "de"},
		{german, "fr-CA", "fr-CA", "fr"},
	} {
		if got := c.matcher.Accept(c.header).Code; got != c.want {
			t.Errorf("Accept-Language %.30q: %s, want %s", c.header, got, c.want)
		}
		if c.url == "" {
			continue
		}
		if got := c.matcher.Named(c.url); got == nil || got.Code != c.want {
			t.Errorf("?lang=%s: %v, want %s", c.url, got, c.want)
		}
	}
	for _, tag := range []string{"", "sv", "x", "de'><script>", strings.Repeat("de-", 1000)} {
		if got := all.Named(tag); got != nil {
			t.Errorf("?lang=%.20s is %s, want none", tag, got.Code)
		}
	}
}

func TestShortDates(t *testing.T) {
	at := time.Date(2024, 5, 2, 14, 9, 7, 0, time.UTC)
	for code, want := range map[string]string{"en": "2 May", "de": "2. Mai", "fr": "2 mai", "pt-BR": "2 de mai.", "ja": "5月2日", "ko": "5월 2일", "ar": "2 مايو"} {
		if got := Find(code).Day(at); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}

func TestReadings(t *testing.T) {
	de := Find("de")
	for text, want := range map[string]string{"1.2 s": "1,2 s", "-0.5": "-0,5", "98%": "98%", "3 msg.in": "3 msg.in", "7.": "7.", "": "", "12.4 M msg.in": "12,4 M msg.in"} {
		if got := de.Reading(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := Find("ar").Reading("1.2 s"); got != "\u20661.2 s\u2069" {
		t.Errorf("from right to left: %q", got)
	}
	if got := English.Reading("1.2 s"); got != "1.2 s" {
		t.Errorf("in English: %q", got)
	}
}

func TestPercentiles(t *testing.T) {
	for p, want := range map[int]string{1: "1st percentile", 11: "11th percentile", 22: "22nd percentile", 12: "12th percentile", 50: "median",
		93: "93rd percentile", 95: "95th percentile", 99: "99th percentile", 100: "maximum"} {
		if got := English.Percentile(p); got != want {
			t.Errorf("%d: got %q, want %q", p, got, want)
		}
	}
	if got := Find("de").Percentile(99); got != "99. Perzentil" {
		t.Errorf("in German: %q", got)
	}
}

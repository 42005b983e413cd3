package api

import (
	"encoding/json"
	"fmt"
	"html"
	"time"

	"candor/incidents"
)

// HistoryMonth is a calendar month of the history, in the page's zone, with the incidents that began in it, newest first.
type HistoryMonth struct {
	First     time.Time // its first day, midnight
	Incidents []incidents.PageIncident
}

type historyMonth struct {
	Name      string          `json:"name"`
	Year      int             `json:"year"`
	StartsOn  int             `json:"starts_on"` // weekday of the first day; 0 is Sunday
	Days      int             `json:"days"`
	Incidents []historyRecord `json:"incidents"`
}

type historyRecord struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	Message   string `json:"message"` // newest update
	Impact    string `json:"impact"`
	Timestamp string `json:"timestamp"` // HTML
}

// HistoryJSON answers /history.json, in the shape that Statuspage's own history page reads. The months are newest first.
func HistoryJSON(p incidents.Page, months []HistoryMonth) ([]byte, error) {
	type pageStatus struct {
		Page Page `json:"page"`
	}
	out := struct {
		PageStatus          pageStatus     `json:"page_status"`
		Components          []Component    `json:"components"`
		Months              []historyMonth `json:"months"`
		ShowComponentFilter bool           `json:"show_component_filter"`
		ShowUptimeCalendar  bool           `json:"show_uptime_calendar"`
		ComponentFilter     *string        `json:"component_filter"`
		StartTime           Time           `json:"start_time"`
		EndTime             Time           `json:"end_time"`
	}{PageStatus: pageStatus{pageOf(p)}, Components: componentsOf(p), Months: []historyMonth{}}
	for _, m := range months {
		out.Months = append(out.Months, historyMonthOf(p, m))
	}
	if len(months) > 0 {
		out.StartTime = in(p, months[len(months)-1].First)
		out.EndTime = in(p, months[0].First.AddDate(0, 1, 0).Add(-time.Millisecond))
	}
	return json.Marshal(out)
}

func historyMonthOf(p incidents.Page, m HistoryMonth) historyMonth {
	out := historyMonth{Name: m.First.Month().String(), Year: m.First.Year(), StartsOn: int(m.First.Weekday()),
		Days: m.First.AddDate(0, 1, -1).Day(), Incidents: []historyRecord{}}
	for _, inc := range m.Incidents {
		r := historyRecord{Code: inc.ID, Name: inc.Title, Impact: string(inc.Impact), Timestamp: span(p, inc)}
		if len(inc.Updates) > 0 {
			r.Message = inc.Updates[0].Body
		}
		out.Incidents = append(out.Incidents, r)
	}
	return out
}

// span writes from when until when an incident lasted, as Statuspage does: without the year, and with the day of
// the end only when it is another one.
func span(p incidents.Page, inc incidents.PageIncident) string {
	from, end := inc.StartedAt, inc.ResolvedAt
	if inc.Maintained() {
		from, end = inc.From, inc.Until
	}
	from = from.In(zoneOf(p))
	out := dateVar(from, "2") + timeVar(from)
	if !end.IsZero() {
		until := end.In(zoneOf(p))
		out += " - "
		if from.Format(time.DateOnly) != until.Format(time.DateOnly) {
			out += dateVar(until, "2")
		}
		out += timeVar(until)
	}
	return out + " " + html.EscapeString(from.Format("MST"))
}

// dateVar marks the day of a date, in a layout of package time, so that Statuspage's readers find it.
func dateVar(t time.Time, day string) string {
	return fmt.Sprintf("%s <var data-var='date'>%s</var>, ", t.Format("Jan"), t.Format(day))
}

func timeVar(t time.Time) string {
	return fmt.Sprintf("<var data-var='time'>%s</var>", t.Format("15:04"))
}

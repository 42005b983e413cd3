package api

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"candor/incidents"
)

type uptimeRecord struct {
	Component uptimeComponent `json:"component"`
	Days      []uptimeDay     `json:"days"`
}

type uptimeComponent struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	StartDate string `json:"startDate"`
}

type uptimeDay struct {
	Date    string         `json:"date"`
	Outages uptimeOutages  `json:"outages"`
	Related []relatedEvent `json:"related_events"`
}

// uptimeOutages is how many seconds of a day were an outage.
type uptimeOutages struct {
	Partial int `json:"p,omitempty"`
	Major   int `json:"m,omitempty"`
}

type relatedEvent struct {
	Name string `json:"name"`
	Code string `json:"code"`
}

// uptimeDays is how many days uptimeData tells of, as Statuspage's does.
const uptimeDays = 90

// UptimeScript answers /embed/uptime.js: the days of each component by its id, as the script of a hosted Statuspage's front page sets them.
func UptimeScript(p incidents.Page) ([]byte, error) {
	all := map[string]uptimeRecord{}
	told := slices.Concat(p.Open, p.Past)
	for _, c := range p.Components() {
		r := uptimeRecord{Component: uptimeComponent{c.ID, c.Name, c.CreatedAt.UTC().Format(time.DateOnly)}, Days: []uptimeDay{}}
		for _, d := range c.Last(uptimeDays) {
			r.Days = append(r.Days, uptimeDay{d.Date.Format(time.DateOnly),
				uptimeOutages{int(d.Partial / time.Second), int(d.Major / time.Second)}, relatedEvents(told, c, d)})
		}
		all[c.ID] = r
	}
	body, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString("window.uptimeData = ")
	out.Write(body)
	out.WriteString("; var uptimeData = window.uptimeData;\n")
	return out.Bytes(), nil
}

// relatedEvents returns the incidents that touched a component on a day.
func relatedEvents(list []incidents.PageIncident, c incidents.PageComponent, d incidents.Day) []relatedEvent {
	out := []relatedEvent{}
	for _, inc := range list {
		touches := slices.ContainsFunc(inc.Components, func(t incidents.PageComponent) bool { return t.ID == c.ID })
		over := !inc.ResolvedAt.IsZero() && !inc.ResolvedAt.After(d.Date)
		if touches && !over && inc.StartedAt.Before(d.Date.Add(24*time.Hour)) {
			out = append(out, relatedEvent{inc.Title, inc.ID})
		}
	}
	return out
}

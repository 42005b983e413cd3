package templates

import (
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
)

var ada = incidents.Person{ID: "ada", Name: "Ada Lovelace", Email: "ada@example.com", Role: incidents.Owner}

func console(current string, open ...*incidents.Incident) Console {
	return Console{Site: site, Person: ada, Current: current, Open: open, Failing: 3, Probes: 14, Now: now}
}

// row is a probe whose readings rose until it failed.
func row(key string, outcome probes.Outcome, reason probes.Reason, unit string, values ...float64) ProbeRow {
	r := ProbeRow{Key: key, Kind: "rabbitmq", Component: "Queue service", Symptom: "Test campaigns fail to send",
		Interval: 10 * time.Second, Since: at(10, 39, 0)}
	for i := len(values) - 1; i >= 0; i-- {
		result := probes.Result{Probe: key, Place: "local", At: now.Add(time.Duration(i-len(values)) * 10 * time.Second),
			Took: time.Duration(40+i) * time.Millisecond, Outcome: probes.OK}
		if i > len(values)/2 {
			result.Outcome, result.Reason = outcome, reason
			result.Detail = "expected a confirm within 5 s, the broker had blocked the connection: low on memory"
		}
		if unit != "" {
			result.Measurements = []probes.Measurement{{Name: "reading", Value: values[i], Unit: unit, Limit: 0.9}}
		} else {
			result.Took = time.Duration(values[i] * float64(time.Second))
		}
		result.Steps = []probes.Step{{Name: "connect", Took: 3 * time.Millisecond}, {Name: "publish", Took: 37 * time.Millisecond}}
		r.Recent = append(r.Recent, result)
	}
	return r
}

func failingRows() []ProbeRow {
	return []ProbeRow{
		row("queue-memory", probes.Failed, probes.Blocked, "ratio", .2, .21, .24, .33, .5, .7, .9, .98),
		row("queue-depth", probes.Failed, probes.Backlog, "messages", 10, 40, 90, 1000, 9000, 400000, 900000, 1.2e6),
		row("send-test-campaign", probes.Failed, probes.Refused, "", .2, .3, .2, .2, .3, 4, 5, 5),
		row("classic-studio-loads", probes.Degraded, probes.Slow, "", .2, .3, .2, .2, .3, 2, 3, 3),
	}
}

func choicesOf(list []incidents.Component, inc *incidents.Incident) []ComponentChoice {
	affected := inc.Affected()
	var out []ComponentChoice
	for _, c := range list {
		s := incidents.Operational.Worse(affected[c.ID])
		out = append(out, ComponentChoice{Component: c, Status: s, Now: s, Checks: s})
	}
	return out
}

func names(list []incidents.Component) map[string]string {
	out := map[string]string{}
	for _, c := range list {
		out[c.ID] = c.Name
	}
	return out
}

// room is the incident of 2 May as a responder sees it.
func room(t testing.TB) Room {
	inc := outage(t)
	return Room{Incident: inc, Statuses: incidents.Statuses, Names: names(studio), Failing: failingRows(),
		Cause:      "Likely cause: the queue service.",
		CauseNotes: []string{"campaigns started to grow 4 min before the first Studio failure.", "4 of 4 failing probes depend on it."},
		Form: UpdateForm{Version: 3, Status: incidents.Identified, Promise: "30", Components: choicesOf(studio, inc),
			Body: "One of our message queues is full. We are draining it now; nothing that you saved is lost."}}
}

// teamRoom is an incident that customers do not know of, with a first public update that lacks its title.
func teamRoom(t testing.TB) Room {
	inc := &incidents.Incident{ID: "vn4k9w2q7xv5", Title: "Message queue fails its checks", StartedAt: now.Add(-time.Minute)}
	if err := inc.Post(incidents.Update{At: now.Add(-time.Minute), Status: incidents.Investigating, Body: "Our checks see a backlog.", Team: true}); err != nil {
		t.Fatal(err)
	}
	return Room{Incident: inc, Statuses: incidents.Statuses, Names: names(studio),
		Form: UpdateForm{Version: 1, Status: incidents.Investigating, Promise: "30", Body: "Mails arrive late.", Field: "title", Problem: "Give a title of at most 255 letters, in customers' words."}}
}

// evidence is what was seen of two failures: a page that went white, and a queue that filled up.
func evidence() []incidents.Evidence {
	moment := func(probe string, since time.Time) incidents.Moment {
		return incidents.Moment{Incident: "h3k9w2q7xv5z", Probe: probe, Since: since}
	}
	page, queue := moment("classic-studio-loads", at(10, 39, 18)), moment("queue-depth", at(10, 39, 10))
	var results []probes.Result
	for n := range 60 {
		r := probes.Result{At: at(10, 39, 40).Add(time.Duration(-30*n) * time.Second), Outcome: probes.OK, Took: time.Duration(40+n%7) * time.Millisecond}
		if n < 8 {
			r.Took = time.Duration(400+100*n%300) * time.Millisecond
		}
		if n != 20 {
			r.Measurements = []probes.Measurement{{Name: "campaigns.ready", Value: float64(max(0, 30-n)) * 40000, Unit: "messages", Limit: 5e5}, {Name: "campaigns.consumers", Value: 3, Unit: "consumers"}}
		}
		results = append(results, r)
	}
	numbers := incidents.NewSeries(results).JSON()
	return []incidents.Evidence{
		{ID: "ev1", Moment: page, Sighting: incidents.AtFailure, At: page.Since, Name: "screenshot", Type: "image/jpeg", Size: 9000},
		{ID: "ev2", Moment: page, Sighting: incidents.AtFailure, At: page.Since, Name: "console and requests", Type: "text/plain",
			Body: []byte("studio.example.com/api/session: status 503\nuncaught exception: TypeError: Cannot read properties of undefined (reading 'user')\n    at boot (app.js:1:20993)")},
		{ID: "ev3", Moment: page, Sighting: incidents.LastGood, At: at(10, 2, 0), Name: "screenshot", Type: "image/jpeg", Size: 60000, Public: true,
			Caption: "Classic Studio as it should look", Alt: "The list of campaigns", Author: "Ada Lovelace", Decided: now},
		{ID: "ev4", Moment: page, Sighting: incidents.Around, At: page.Since, Name: "numbers", Type: incidents.SeriesType, Body: incidents.NewSeries(nil).JSON()},
		{ID: "ev5", Moment: queue, Sighting: incidents.AtFailure, At: queue.Since, Name: "the broker's numbers", Type: "text/plain",
			Body: []byte("queue campaigns has 1200000 messages waiting; at most 500000 expected\n\nwhat                 read              limit\ncampaigns.ready      1.2e+06 messages  500000\n")},
		{ID: "ev6", Moment: queue, Sighting: incidents.Around, At: queue.Since, Name: "numbers", Type: incidents.SeriesType, Body: numbers},
	}
}

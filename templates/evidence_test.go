package templates

import (
	"slices"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
)

func TestRoomEvidence(t *testing.T) {
	page := render(t, gallery(t)["room-evidence"])
	check(t, page, expect{
		".evidence summary strong": {"classic-studio-loads", "queue-depth"},
		".pair figcaption":         {"At the failure: screenshot 10:39:18 EDT", "Last good: screenshot 10:02:00 EDT Public"},
		".charts p":                {"run time 400 ms", "campaigns.ready 1.2 M messages", "campaigns.consumers 3 consumers"},
		".show summary":            {"Publish", "Change or withdraw · Published by Ada Lovelace", "Publish", "Publish", "Publish", "Publish"},
		".evidence .wrong":         {"Write a caption of at most 300 letters: customers read it."},
	})
	doc := parse(t, page)
	for selector, want := range map[string]string{"#ev1 img": "What classic-studio-loads saw when it failed", "#ev3 img": "What classic-studio-loads saw while all was well"} {
		img := one(t, doc, selector)
		if attr(img, "alt") != want || !strings.HasPrefix(attr(img, "src"), "/console/incidents/h3k9w2q7xv5z/evidence/ev") {
			t.Errorf("%s is %q, %q", selector, attr(img, "src"), attr(img, "alt"))
		}
	}
	for _, id := range []string{"#moment-ev1", "#moment-ev5"} {
		if !has(one(t, doc, id), "open") {
			t.Errorf("%s is closed, though it is the first or was worked on", id)
		}
	}
	if got := texts(doc, "#ev4 .soft"); !slices.Contains(got, "The probe has no results from that time.") {
		t.Errorf("an empty series says %q", got)
	}
	if got := len(find(doc, "#ev6 polyline")); got != 5 {
		t.Errorf("%d lines, want one of the run time and two of each reading with a gap", got)
	}
	if label := attr(find(doc, "#ev6 svg")[1], "aria-label"); label != "campaigns.ready from 0 messages at 10:10:10 EDT to 1.2 M messages at 10:39:40 EDT, between 0 messages and 1.2 M messages" {
		t.Errorf("the line is described as %q", label)
	}
	if got := fields(t, doc, "/console/incidents/h3k9w2q7xv5z/evidence/ev3"); !slices.Equal(got, []string{"caption=Classic Studio as it should look", "alt=The list of campaigns"}) {
		t.Errorf("the form sends %q", got)
	}
	if got := attr(one(t, doc, "#caption-ev6"), "value"); got != "Messages that waited" {
		t.Errorf("what was typed is now %q", got)
	}
	if len(find(parse(t, render(t, gallery(t)["room"])), ".evidence")) > 0 {
		t.Error("a room without evidence shows the section")
	}
}

func TestPublicEvidence(t *testing.T) {
	doc := parse(t, render(t, gallery(t)["incident-evidence"]))
	if got := len(find(doc, "figure.piece")); got != 6 {
		t.Errorf("%d pieces", got)
	}
	img := one(t, doc, "#ev1 img")
	if attr(img, "src") != "/incidents/h3k9w2q7xv5z/evidence/ev1" || attr(img, "alt") != "A white page" {
		t.Errorf("the picture is %q, %q", attr(img, "src"), attr(img, "alt"))
	}
	if got := textOf(one(t, doc, "#ev1 figcaption")); got != "What our checks saw of Classic Studio 2 May 2024, 10:39 EDT" {
		t.Errorf("the caption is %q", got)
	}
	if page := render(t, gallery(t)["incident-open"]); len(find(parse(t, page), "figure")) > 0 || strings.Contains(page, "What our checks saw") {
		t.Error("an incident without public evidence shows the section")
	}
}

func TestCharts(t *testing.T) {
	start := at(10, 0, 0)
	value := func(v float64) *float64 { return &v }
	point := func(n int, v *float64) incidents.Point {
		return incidents.Point{At: start.Add(time.Duration(n) * time.Second), Outcome: probes.OK, Took: 1, Values: []*float64{v}}
	}
	for name, c := range map[string]struct {
		points      []incidents.Point
		lines       string
		limit, mark string
	}{
		"rises past the limit": {[]incidents.Point{point(0, value(0)), point(10, value(10))}, "0.0,52.0 320.0,4.0", "28.0", "160.0"},
		"a gap":                {[]incidents.Point{point(0, value(0)), point(5, nil), point(10, value(4))}, "0.0,52.0 0.0,52.0|320.0,4.0 320.0,4.0", "", "160.0"},
		"a single point":       {[]incidents.Point{point(5, value(7))}, "160.0,28.0 160.0,28.0", "", ""},
		"before the mark":      {[]incidents.Point{point(0, value(1)), point(1, value(1))}, "0.0,28.0 320.0,28.0", "", ""},
	} {
		s := incidents.Series{Readings: []incidents.Reading{{Name: "ready", Unit: "messages", Limit: 5}}, Points: c.points}
		all := charts(in(incidents.Page{Site: site}), s, start.Add(5*time.Second))
		if len(all) != 2 {
			t.Fatalf("%s: %d charts", name, len(all))
		}
		if got := strings.Join(all[1].Lines, "|"); got != c.lines || all[1].Limit != c.limit || all[1].Mark != c.mark {
			t.Errorf("%s: %q, limit %q, mark %q", name, got, all[1].Limit, all[1].Mark)
		}
	}
	if got := charts(in(incidents.Page{Site: site}), incidents.NewSeries(nil), start); got != nil {
		t.Errorf("of nothing: %v", got)
	}
}

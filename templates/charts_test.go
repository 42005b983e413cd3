package templates

import (
	"math"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/templates/languages"
)

// charting gives a page the mail delay of a day: quarters of an hour, none from the 40th to the 59th, one alone at the 50th.
func charting(p incidents.Page) incidents.Page {
	grain := incidents.ChartGrain
	until := now.Truncate(grain).Add(grain)
	c := incidents.PageChart{ID: "kctbh9vrtdwd", Title: "Mail delay", Component: "mail", Unit: "s", Percentiles: []int{50, 95}, Range: "24h",
		From: until.Add(-24 * time.Hour), Until: until, Step: grain, Gap: grain + time.Minute, Whole: []float64{2.1, 9}}
	for i := range 96 {
		if v := 2 + math.Sin(float64(i)/9); i < 40 || i == 50 || i >= 60 {
			c.Points = append(c.Points, incidents.PagePoint{At: c.From.Add(time.Duration(i) * grain), Runs: 15, Values: []float64{v, 3 * v}})
		}
	}
	none := c
	none.ID, none.Title, none.Points, none.Whole = "kctbh9vrtdwe", "Never measured", nil, nil
	secret := c
	secret.Title, secret.Component = "SECRET", "queue"
	return p.Charting([]incidents.PageChart{c, none, secret})
}

func TestChartsOnTheFrontPage(t *testing.T) {
	doc := parse(t, render(t, StatusPage(in(charting(pages(t)["status"])))))
	list := find(doc, ".charts li")
	if len(list) != 2 || strings.Contains(textOf(doc), "SECRET") {
		t.Fatalf("%d charts", len(list))
	}
	if got := attr(one(t, list[0], "a"), "href"); got != "/components/mail#chart-kctbh9vrtdwd" {
		t.Errorf("it leads to %s", got)
	}
	svg := one(t, list[0], "svg[role=img]")
	if got := attr(svg, "aria-label"); got != "The last 24 hours: median 2.1 s, 95th percentile 9.0 s." {
		t.Errorf("it says %q", got)
	}
	if got := attr(one(t, list[1], "svg"), "aria-label"); got != "The last 24 hours: nothing was measured." || len(find(list[1], "path")) != 0 {
		t.Errorf("one without data says %q", got)
	}
	if n := len(find(parse(t, render(t, StatusPage(in(pages(t)["status"])))), "#charts")); n != 0 {
		t.Error("a page without charts has a place for them")
	}
}

func TestChartsOfAComponent(t *testing.T) {
	p := charting(incidents.NewPage(pastFacts(t, outage(t))))
	doc := parse(t, render(t, ComponentPage(in(p), p.Groups[0].Components[2])))
	figure := one(t, doc, "#chart-kctbh9vrtdwd")
	for _, line := range find(figure, ".plot .line") {
		if d := attr(line, "d"); strings.Count(d, "M") != 3 || strings.Count(d, "h1") != 1 {
			t.Errorf("the line has no gaps around a point alone: %s", d)
		}
	}
	if len(find(figure, ".plot .line")) != 2 {
		t.Error("a percentile has no line")
	}
	shade := one(t, figure, ".plot rect")
	if attr(shade, "data-s") != "major" {
		t.Errorf("the outage is shaded as %s", attr(shade, "data-s"))
	}
	rows := find(figure, "tbody tr")
	if len(rows) != 96 {
		t.Fatalf("the table has %d rows, want one for each quarter of an hour", len(rows))
	}
	if newest := textOf(rows[0]); !strings.Contains(newest, "Studio cannot send test campaigns") {
		t.Errorf("the table does not tell of the incident: %q", newest)
	}
	if gap := strings.Count(textOf(rows[95-45]), "–"); gap != 2 {
		t.Errorf("what was not measured reads %q", textOf(rows[95-45]))
	}
	ranges := find(doc, ".next .windows a")
	if len(ranges) != 4 || attr(ranges[0], "aria-current") != "page" || attr(ranges[1], "href") != "/components/mail?charts=7d#charts" {
		t.Errorf("%d ranges, the first marked %q", len(ranges), attr(ranges[0], "aria-current"))
	}
	if n := len(find(parse(t, render(t, ComponentPage(in(p), p.Groups[0].Components[0]))), "#charts")); n != 0 {
		t.Error("another component shows them too")
	}
}

func TestChartsAroundAnIncident(t *testing.T) {
	p := incidents.NewPage(pastFacts(t, resolved(t)))
	inc := p.Past[0].Charting(charting(p).Charts)
	if page := render(t, IncidentPage(in(p), inc)); strings.Contains(page, languages.English.MeasuredAround()) {
		t.Error("an incident without a postmortem shows charts")
	}
	inc.Postmortem = &incidents.PagePostmortem{Body: "What we learned.", PublishedAt: now, RevisedAt: now}
	doc := parse(t, render(t, IncidentPage(in(p), inc)))
	if n := len(find(one(t, doc, "#chart-kctbh9vrtdwd"), ".plot rect[data-s=major]")); n != 1 {
		t.Errorf("%d shades, want that of the outage", n)
	}
}

// A viewer is not woken by what is measured, but by a chart that is new.
func TestEditionOfCharts(t *testing.T) {
	p := pages(t)["status"]
	one := charting(p)
	other := charting(p)
	other.Charts[0].Points, other.Charts[0].Whole = nil, nil
	if Edition(one) != Edition(other) || Edition(one) == Edition(p) {
		t.Errorf("editions %s, %s and %s", Edition(p), Edition(one), Edition(other))
	}
}

// Twenty charts leave the first view in the budget that the other tests give it.
func TestFirstViewWithChartsIsSmall(t *testing.T) {
	p := pages(t)["status"]
	bare := zipped(t, render(t, StatusPage(in(p))))
	if more := zipped(t, render(t, StatusPage(in(charting(p))))) - bare; more > 1500 {
		t.Errorf("two charts cost %d bytes compressed", more)
	}
}

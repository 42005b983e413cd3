package incidents_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
	"candor/store/storetest"
)

// seen is a result that carries what it saw.
func seen(probe string, c rune, what string) probes.Result {
	r := result(probe, c)
	r.Took = time.Second
	r.Measurements = []probes.Measurement{{Name: "ready", Value: 7, Unit: "messages", Limit: 9}}
	r.Evidence = []probes.Evidence{{Name: "screenshot", Type: "image/jpeg", Body: []byte(what)}}
	return r
}

// frozen says what an incident's evidence shows: moment by moment, probe and each piece but the numbers.
func frozen(t *testing.T, db *store.DB, inc *incidents.Incident) string {
	t.Helper()
	list, err := db.IncidentEvidence(t.Context(), inc.ID)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		switch series, ok := e.Series(); {
		case ok && len(series.Points) == 0:
			t.Errorf("no numbers around the failure of %s", e.Probe)
		case !ok:
			e, err := db.Evidence(t.Context(), inc.ID, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, fmt.Sprintf("%s %s: %s", e.Probe, e.Sighting, e.Body))
		}
	}
	return strings.Join(out, ", ")
}

func (d *desk) shows(results ...probes.Result) {
	d.t.Helper()
	for _, r := range results {
		time.Sleep(d.pace)
		r.At = time.Now()
		d.observe(r)
	}
	time.Sleep(min(2*time.Second, d.pace))
}

func TestTrackerFreezesEvidence(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		d := start(t, db, policy(t, db, "studio", "queue"))
		d.shows(seen("studio", 'o', "well"), seen("queue", 'o', "q well"), result("studio", 'o'), seen("studio", 'x', "white"), seen("studio", 'x', "still white"))
		inc := one(t, db, "investigating")
		if got, want := frozen(t, db, inc), "studio failure: white, studio good: well"; got != want {
			t.Errorf("frozen: %s; want %s", got, want)
		}
		list, err := db.IncidentEvidence(t.Context(), inc.ID)
		if err != nil {
			t.Fatal(err)
		}
		series, _ := list[len(list)-1].Series()
		var around strings.Builder
		for _, p := range series.Points {
			fmt.Fprintf(&around, "%s %v %d; ", p.Outcome, p.Took, len(p.Values))
		}
		if got, want := around.String(), "ok 1 1; ok 0 1; failed 1 1; failed 1 1; "; got != want || series.Readings[0] != (incidents.Reading{Name: "ready", Unit: "messages", Limit: 9}) {
			t.Errorf("around: %s of %v; want %s", got, series.Readings, want)
		}
		// Later results change nothing of what is frozen.
		d.shows(seen("studio", 'x', "grey"), seen("studio", 'x', "grey"), seen("studio", 'x', "grey"), seen("studio", 'x', "grey"))
		if got, want := frozen(t, db, inc), "studio failure: white, studio good: well"; got != want {
			t.Errorf("frozen: %s; want %s", got, want)
		}
		d.stop()
	})
}

func TestTrackerFreezesWhatACrashLeftOut(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "studio")
		d := start(t, crashing{db}, p)
		d.shows(seen("studio", 'o', "well"), seen("studio", 'x', "white"), seen("studio", 'x', "still white"))
		inc := one(t, db, "investigating") // opened in time, though nothing could be frozen
		if got := frozen(t, db, inc); got != "" {
			t.Fatalf("frozen: %s", got)
		}
		d.stop()
		d = start(t, db, p)
		time.Sleep(2 * time.Second)
		if got, want := frozen(t, db, inc), "studio failure: white, studio good: well"; got != want {
			t.Errorf("frozen: %s; want %s", got, want)
		}
		d.stop()
	})
}

// crashing is a store that freezes nothing.
type crashing struct{ *store.DB }

func (crashing) Freeze(context.Context, incidents.Moment, []incidents.Evidence) error {
	return errors.New("crashed")
}

// keeping counts the results whose evidence it keeps.
type keeping struct {
	*store.DB
	kept atomic.Int64
}

func (k *keeping) KeepEvidence(ctx context.Context, kept []incidents.Kept) error {
	k.kept.Add(int64(len(kept)))
	return k.DB.KeepEvidence(ctx, kept)
}

func TestTrackerKeepsNoEvidenceOfWhatGoesOnFailing(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := &keeping{DB: storetest.Reopen(t, dsn)}
		d := start(t, db, policy(t, db.DB, "studio"))
		d.shows(seen("studio", 'x', "white"), seen("studio", 'x', "white"))
		inc := one(t, db.DB, "investigating")
		before := db.kept.Load()
		for range 20 {
			d.shows(seen("studio", 'x', "white"))
		}
		if more := db.kept.Load() - before; more > 1 {
			t.Errorf("of an incident that had its evidence, %d more results were kept", more)
		}
		// What fails anew is seen anew: after it was well, and after somebody said that it is over.
		for range 12 {
			d.shows(seen("studio", 'o', "well"))
		}
		d.shows(seen("studio", 'x', "black"), seen("studio", 'x', "black"), seen("studio", 'x', "black"))
		if got, want := frozen(t, db.DB, inc), "studio failure: white, studio failure: black, studio good: well"; got != want {
			t.Errorf("frozen: %s; want %s", got, want)
		}
		known, err := db.Incident(t.Context(), inc.ID)
		if err != nil {
			t.Fatal(err)
		}
		over := update(incidents.Resolved)
		over.At = time.Now()
		if _, err := d.Post(t.Context(), inc.ID, len(known.Timeline()), "", over); err != nil {
			t.Fatal(err)
		}
		d.shows(seen("studio", 'x', "red"), seen("studio", 'x', "red"), seen("studio", 'x', "red"))
		list, err := db.IncidentsSince(t.Context(), time.Now())
		if err != nil || len(list) != 1 || list[0].ID == inc.ID {
			t.Fatalf("%v, %v; want a new incident", list, err)
		}
		if got, want := frozen(t, db.DB, list[0]), "studio failure: red, studio good: well"; got != want {
			t.Errorf("frozen: %s; want %s", got, want)
		}
		d.stop()
	})
}

func TestTrackerOpensWithoutEvidence(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		d := start(t, hanging{db}, policy(t, db, "studio"))
		for _, r := range []probes.Result{seen("studio", 'x', "white"), seen("studio", 'x', "white")} {
			time.Sleep(interval)
			r.At = time.Now()
			d.observe(r)
		}
		time.Sleep(quick)
		one(t, db, "investigating")
		time.Sleep(time.Minute)
		d.stop()
	})
}

// hanging is a store that never ends with evidence.
type hanging struct{ *store.DB }

func (hanging) KeepEvidence(ctx context.Context, _ []incidents.Kept) error {
	<-ctx.Done()
	return ctx.Err()
}

func (hanging) Moments(ctx context.Context) (all, frozen []incidents.Moment, err error) {
	<-ctx.Done()
	return nil, nil, ctx.Err()
}

func TestSeriesIsBounded(t *testing.T) {
	var results []probes.Result
	for n := range 2 * incidents.MaxPoints {
		r := result("studio", 'o')
		r.At = r.At.Add(-time.Duration(n) * time.Second)
		for m := range 100 {
			r.Measurements = append(r.Measurements, probes.Measurement{Name: fmt.Sprint("measurement ", m), Value: float64(m) / 3, Unit: "messages"})
		}
		results = append(results, r)
	}
	text := incidents.NewSeries(results).JSON()
	if len(text) > 128<<10 {
		t.Errorf("the series has %d bytes", len(text))
	}
	s, err := incidents.ReadSeries(text)
	if err != nil || len(s.Points) != incidents.MaxPoints || len(s.Readings) != incidents.MaxReading {
		t.Errorf("%d points of %d measurements, %v", len(s.Points), len(s.Readings), err)
	}
	if !s.Points[len(s.Points)-1].At.Equal(results[0].At) {
		t.Error("the newest run is missing")
	}
	for _, bad := range []string{"", "[]", `{"readings":[{"name":"a"}],"points":[{"values":[]}]}`} {
		if s, err := incidents.ReadSeries([]byte(bad)); err == nil {
			t.Errorf("%q was read as %v", bad, s)
		}
	}
}

func TestPublishEvidence(t *testing.T) {
	now := time.Now()
	public, team := &incidents.Incident{}, &incidents.Incident{}
	for inc, secret := range map[*incidents.Incident]bool{public: false, team: true} {
		if err := inc.Post(incidents.Update{At: now, Status: incidents.Investigating, Body: "We look.", Team: secret}); err != nil {
			t.Fatal(err)
		}
	}
	long := strings.Repeat("x", incidents.MaxCaption+1)
	for _, tt := range []struct {
		name         string
		inc          *incidents.Incident
		others       int
		kind         string
		caption, alt string
		field        string // of the refusal, "-" for none in particular; empty when it is published
	}{
		{"a picture", public, 0, "image/jpeg", "What you saw", "A white page", ""},
		{"a text needs no description", public, 9, "text/plain", " What came ", "", ""},
		{"of what customers do not know", team, 0, "image/jpeg", "a", "b", "-"},
		{"too many", public, incidents.MaxShown, "image/jpeg", "a", "b", "-"},
		{"no caption", public, 0, "image/jpeg", " ", "b", "caption"},
		{"a long caption", public, 0, "text/plain", long, "", "caption"},
		{"a picture without a description", public, 0, "image/jpeg", "a", "\n", "alt"},
		{"a long description", public, 0, "image/jpeg", "a", long, "alt"},
	} {
		e := incidents.Evidence{Type: tt.kind}
		err := e.Publish(tt.inc, tt.others, incidents.Showing{Caption: tt.caption, Alt: tt.alt, Author: "Ada", At: now})
		var invalid *incidents.InvalidError
		switch {
		case tt.field == "" && (err != nil || !e.Public || e.Author != "Ada" || e.Caption != strings.TrimSpace(tt.caption)):
			t.Errorf("%s: %v, %+v", tt.name, err, e)
		case tt.field != "" && (!errors.As(err, &invalid) || invalid.Field != strings.Trim(tt.field, "-") || e.Public):
			t.Errorf("%s: %v, %+v", tt.name, err, e)
		}
	}
}

func TestPageShowsPublicEvidenceOnly(t *testing.T) {
	inc := &incidents.Incident{ID: "x"}
	if err := inc.Post(incidents.Update{At: time.Now(), Status: incidents.Investigating, Body: "We look."}); err != nil {
		t.Fatal(err)
	}
	series := incidents.NewSeries([]probes.Result{result("studio", 'x')})
	list := []incidents.Evidence{
		{ID: "hidden", Type: "image/jpeg", Caption: "CANARY", Body: []byte("CANARY")},
		{ID: "shot", Type: "image/jpeg", Caption: "A", Alt: "B", Public: true, Author: "CANARY", Moment: incidents.Moment{Probe: "CANARY"}, Name: "CANARY"},
		{ID: "head", Type: "text/plain", Caption: "A", Public: true, Body: []byte("502")},
		{ID: "line", Type: incidents.SeriesType, Caption: "A", Public: true, Sighting: incidents.Around, Body: series.JSON()},
	}
	got := incidents.NewPageIncident(incidents.PageFacts{Evidence: map[string][]incidents.Evidence{"x": list}}, inc).Evidence
	if strings.Contains(fmt.Sprintf("%+v", got), "CANARY") {
		t.Errorf("internal: %+v", got)
	}
	if len(got) != 3 || got[0].Type != "image/jpeg" || got[1].Text != "502" || got[2].Series == nil || !slices.Equal([]string{got[0].ID, got[1].ID, got[2].ID}, []string{"shot", "head", "line"}) {
		t.Errorf("got %+v", got)
	}
}

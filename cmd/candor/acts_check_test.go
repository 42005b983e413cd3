package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"slices"
	"strings"
	"time"

	"candor/incidents"
	"candor/probes"
)

// What the probes of actsConfig have in common, and how much later a busy machine may be.
const (
	actsInterval = 6 * time.Second // the longest
	actsRecheck  = 300 * time.Millisecond
	actsFailures = 2
	busy         = 5 * time.Second
)

// checkStory looks at the stored incident once it is over: that the checks told and ended it alone, when it began, and
// how soon customers knew.
func (s *stage) checkStory(a act, inc *incidents.Incident, began time.Time) {
	s.Helper()
	if !inc.Untouched() || inc.Open() {
		s.Errorf("untouched %v, open %v", inc.Untouched(), inc.Open())
	}
	var statuses []string
	for _, u := range inc.PublicTimeline() {
		statuses = append(statuses, string(u.Status))
	}
	if got := strings.Join(slices.Compact(statuses), " "); got != "investigating monitoring resolved" {
		s.Errorf("it went through %s", got)
	}
	var first incidents.Symptom
	var probes []string
	for _, sym := range inc.Symptoms {
		probes = append(probes, sym.Probe)
		s.checkBegin(sym, began)
		if !sym.Internal && (first.Probe == "" || sym.Since.Before(first.Since)) {
			first = sym
		}
	}
	slices.Sort(probes)
	want := strings.Fields(a.symptoms)
	slices.Sort(want)
	if !slices.Equal(probes, want) {
		s.Errorf("the symptoms are %v, want %v", probes, want)
	}
	if !inc.StartedAt.Equal(first.Since) {
		s.Errorf("the incident began at %v, but %s failed at %v", inc.StartedAt, first.Probe, first.Since)
	}
	s.checkSpeed(inc, began)
}

// checkBegin expects that a symptom is dated to a bad result after a good one, of a run that saw the fault.
func (s *stage) checkBegin(sym incidents.Symptom, began time.Time) {
	s.Helper()
	results, err := s.db.ResultsBetween(s.Context(), sym.Probe, began.Add(-time.Minute), sym.Since, 2)
	if err != nil {
		s.Fatal(err)
	}
	if len(results) < 2 || !results[0].At.Equal(sym.Since) || !results[0].Outcome.Bad() || results[1].Outcome.Bad() {
		s.Errorf("%s is said to fail since %v, after the results %+v", sym.Probe, sym.Since, results)
		return
	}
	if early := began.Sub(sym.Since.Add(results[0].Took)); early > 0 {
		s.Errorf("%s is said to fail %v before the fault", sym.Probe, early)
	}
}

// checkSpeed expects that customers were told as soon as the first probe could confirm what they notice: an interval and
// the rechecks after the fault, besides what its bad runs took.
func (s *stage) checkSpeed(inc *incidents.Incident, began time.Time) {
	s.Helper()
	told := inc.ToldAt()
	limit := actsInterval + (actsFailures-1)*actsRecheck + 2*time.Second
	var soonest time.Duration
	for _, sym := range inc.Symptoms {
		if took := s.confirming(sym, told); !sym.Internal && took > 0 && (soonest == 0 || took < soonest) {
			soonest = took
		}
	}
	s.Logf("customers knew %.1f s after the fault; promised is %.1f s", told.Sub(began).Seconds(), (limit + soonest).Seconds())
	if took := told.Sub(began); soonest == 0 || took > limit+soonest+busy {
		s.Errorf("customers knew %v after the fault, want %v at most", took, limit+soonest)
	}
}

// confirming returns how long the runs took that confirmed a symptom before it was told; 0 when they did not.
func (s *stage) confirming(sym incidents.Symptom, told time.Time) time.Duration {
	s.Helper()
	results, err := s.db.ResultsBetween(s.Context(), sym.Probe, sym.Since, told, 10)
	if err != nil {
		s.Fatal(err)
	}
	var took time.Duration
	bad := 0
	for _, r := range slices.Backward(results) {
		if r.Outcome.Bad() && bad < actsFailures {
			took += r.Took
			bad++
		}
	}
	if bad < actsFailures {
		return 0
	}
	return took
}

// seesWhite compares the screenshots of the white page and of the last good one, which responders see and nobody else.
func (s *stage) seesWhite(inc *incidents.Incident) {
	s.Helper()
	pictures := map[incidents.Sighting]image.Image{}
	until(s, "the incident has both screenshots", time.Minute, func() bool {
		list, err := s.db.IncidentEvidence(s.Context(), inc.ID)
		if err != nil {
			s.Fatal(err)
		}
		for _, e := range list {
			if e.Probe != "classic-studio-shows" || !e.Picture() {
				continue
			}
			path := "/incidents/" + inc.ID + "/evidence/" + e.ID
			picture, err := jpeg.Decode(bytes.NewReader([]byte(s.ada.get("/console" + path))))
			if err != nil {
				s.Fatalf("the picture is none: %v", err)
			}
			if _, code, _ := s.page.send(http.MethodGet, path, nil); code != http.StatusNotFound {
				s.Errorf("a customer who asks for the screenshot gets %d", code)
			}
			pictures[e.Sighting] = picture
		}
		return len(pictures) == 2
	})
	if ink := painted(pictures[incidents.AtFailure]); ink != 0 {
		s.Errorf("%.3f of the white screen is painted", ink)
	}
	if ink := painted(pictures[incidents.LastGood]); ink < 0.002 {
		s.Errorf("only %.4f of the last good page is painted", ink)
	}
	room := s.ada.get("/console/incidents/" + inc.ID)
	if failure, good := strings.Index(room, "At the failure: screenshot"), strings.Index(room, "Last good: screenshot"); failure < 0 || good < failure {
		s.Errorf("the room does not show the failure (%d) before the last good page (%d)", failure, good)
	}
}

// painted returns the share of a picture that is dark.
func painted(picture image.Image) float64 {
	if picture == nil {
		return -1
	}
	dark, all := 0, 0
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			if r, g, b, _ := picture.At(x, y).RGBA(); r+g+b < 3*0x8000 {
				dark++
			}
			all++
		}
	}
	return float64(dark) / float64(all)
}

// saysSlow looks that nobody is told of an outage.
func (s *stage) saysSlow(inc *incidents.Incident) {
	s.Helper()
	if got := s.summary().Status.Indicator; got != "minor" {
		s.Errorf("the indicator is %s", got)
	}
	for _, path := range []string{"/", "/incidents/" + inc.ID} {
		page := s.page.get(path)
		for _, text := range []string{"does not load", "white screen", "not working", "outage"} {
			if strings.Contains(page, text) {
				s.Errorf("of a slow Studio %s says %q", path, text)
			}
		}
	}
}

// countsBacklog looks that the worker's probe measures a queue that grows.
func (s *stage) countsBacklog(inc *incidents.Incident) {
	s.Helper()
	until(s, "the backlog is over its limit", time.Minute, func() bool {
		recent, err := s.db.RecentResults(s.Context(), []string{"worker"}, 1)
		if err != nil {
			s.Fatal(err)
		}
		newest := recent["worker"][0]
		return slices.ContainsFunc(newest.Measurements, func(m probes.Measurement) bool { return m.Name == "campaigns.ready" && m.Value > 50 }) &&
			strings.Contains(newest.Detail, "messages waiting")
	})
}

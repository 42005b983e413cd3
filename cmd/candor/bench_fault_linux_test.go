package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// pace is how a group of probes runs, and what is known of others.
type pace struct {
	what     string
	settings string
	interval time.Duration
	anchor   string
}

var faultPaces = []pace{
	{"each 10 s, 2 of 3 confirm (default)", "interval: 10s", 10 * time.Second, ""},
	{"each 60 s, 2 of 3 confirm (default)", "interval: 60s", time.Minute, ""},
	{"each 60 s, 3 of 3 confirm", "interval: 60s, failures: 3, of: 3", time.Minute, "aim 35 s; gatus 148 s in the median"},
	{"each 60 s, 3 of 3 confirm, recheck 2 s", "interval: 60s, failures: 3, of: 3, recheck: 2s", time.Minute, "aim 35 s"},
}

// benchFault breaks targets at any moment of their interval, each a component of its own, and takes the time until the
// public page tells of it.
func benchFault(b *testing.B, t *table) {
	const each = 21
	var mu sync.Mutex
	broke := map[int]time.Time{}
	s := newStub(b, func(target int) fate {
		mu.Lock()
		defer mu.Unlock()
		if broke[target].IsZero() {
			return answers
		}
		return breaks
	})
	var parts, list strings.Builder
	for i := range each * len(faultPaces) {
		fmt.Fprintf(&parts, "  - {key: c%d, name: Part %d}\n", i, i)
		fmt.Fprintf(&list, "  - {key: p%d, component: c%d, symptom: Part %d fails, http: {url: \"%s/%d\"}, %s}\n",
			i, i, i, s.url, i, faultPaces[i/each].settings)
	}
	config := write(b, "candor.yaml", fmt.Sprintf("page: {name: Faults}\ncomponents:\n%sprobes:\n%s", &parts, &list))
	p := startAs(b, append(onePinned, binary), config, "--data", b.TempDir())
	time.Sleep(15 * time.Second) // each has run once
	ran := s.visits()
	for i := range each * len(faultPaces) {
		// Each has its part of its own interval, so that chance does not let one kind wait less for its next run than another.
		interval := faultPaces[i/each].interval
		moment := ran[i][len(ran[i])-1].Add(interval + time.Duration((float64(i%each)+rand.Float64())/each*float64(interval)))
		time.AfterFunc(time.Until(moment), func() {
			mu.Lock()
			defer mu.Unlock()
			broke[i] = time.Now()
		})
	}
	published := map[int]time.Time{}
	until(b, "every fault is public", 5*time.Minute, func() bool {
		var now summary
		if err := json.Unmarshal([]byte(newBrowser(b, p.url).get("/api/v2/summary.json")), &now); err != nil {
			b.Fatal(err)
		}
		for _, inc := range now.Incidents {
			var part int
			if _, err := fmt.Sscanf(inc.Name, "Part %d fails", &part); err != nil {
				b.Fatalf("an incident called %q", inc.Name)
			}
			published[part] = inc.CreatedAt
		}
		return len(published) == each*len(faultPaces)
	})
	for g, pace := range faultPaces {
		var took []time.Duration
		for i := g * each; i < (g+1)*each; i++ {
			took = append(took, published[i].Sub(broke[i]))
		}
		slices.Sort(took)
		t.add("fault to public, "+pace.what, pace.anchor, "%.1f s in the median, %.1f to %.1f s", took[each/2].Seconds(), took[0].Seconds(), took[each-1].Seconds())
	}
	p.kill()
}

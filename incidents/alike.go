package incidents

import (
	"cmp"
	"slices"
)

// Alike returns those of the earlier incidents that looked most like one, the most alike first, at most n. How much
// two look alike is the share of their symptoms that both had (Jaccard 1901), where a symptom is what a probe found;
// the same probe with another reason counts half.
func Alike(inc *Incident, earlier []*Incident, n int) []*Incident {
	type match struct {
		inc   *Incident
		share float64
	}
	var found []match
	for _, o := range earlier {
		if share := inc.likeness(o); o.ID != inc.ID && !o.Open() && share >= 1.0/3 {
			found = append(found, match{o, share})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.share, a.share), b.inc.StartedAt.Compare(a.inc.StartedAt))
	})
	var out []*Incident
	for _, m := range found[:min(n, len(found))] {
		out = append(out, m.inc)
	}
	return out
}

// likeness is 1 when two incidents had the same symptoms and 0 when they shared none.
func (inc *Incident) likeness(o *Incident) float64 {
	shared := 0.0
	for _, s := range inc.Symptoms {
		i := slices.IndexFunc(o.Symptoms, func(t Symptom) bool { return t.Probe == s.Probe })
		switch {
		case i < 0:
		case o.Symptoms[i].Reason == s.Reason:
			shared++
		default:
			shared += 0.5
		}
	}
	all := float64(len(inc.Symptoms)+len(o.Symptoms)) - shared
	if all <= 0 {
		return 0
	}
	return shared / all
}

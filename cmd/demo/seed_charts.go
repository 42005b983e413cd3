package main

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"candor/incidents"
)

// charts adds what the charts would show of ninety days, and freezes them around the incidents that were told.
func (s seeder) charts(ctx context.Context) error {
	told, err := s.DB.Incidents(ctx, time.Time{}, 10)
	if err != nil {
		return err
	}
	past := made{told}
	grain := s.now.Truncate(incidents.ChartGrain)
	fine := s.now.Truncate(time.Hour).AddDate(0, 0, -2)
	for _, c := range s.Charts {
		days, _ := past.Buckets(ctx, c.Probe, c.Quantity, fine.AddDate(0, 0, -90), fine, time.Hour)
		quarters, _ := past.Buckets(ctx, c.Probe, c.Quantity, fine, grain, incidents.ChartGrain)
		if err := s.DB.SaveBuckets(ctx, c.Probe, c.Quantity, slices.Concat(days, quarters)); err != nil {
			return err
		}
	}
	var failed error
	for _, inc := range told {
		list, err := incidents.ChartsAround(ctx, past, s.Charts, inc.Touched(), inc.StartedAt, inc.ResolvedAt(), s.now)
		failed = errors.Join(failed, err, s.DB.FreezeCharts(ctx, inc, list))
	}
	return failed
}

// made is a past in which each probe ran every minute, and had the symptoms of the incidents.
type made struct{ told []*incidents.Incident }

// Buckets makes up what a probe measured.
func (m made) Buckets(_ context.Context, probe string, _ incidents.Quantity, from, until time.Time, step time.Duration) ([]incidents.Bucket, error) {
	var out []incidents.Bucket
	for at := from.Truncate(step); at.Before(until); at = at.Add(step) {
		b := incidents.Bucket{Start: at}
		for run := at; run.Before(at.Add(step)) && run.Before(until); run = run.Add(time.Minute) {
			if took, ok := m.took(probe, run); ok {
				b.Values.Add(took)
			}
		}
		if b.Values.Count() > 0 {
			out = append(out, b)
		}
	}
	return out, nil
}

// took makes up how many seconds a run took: about as long as the demo's Studio takes, longer by day than by night,
// and much longer while it was slow. A run that failed has no time.
func (m made) took(probe string, at time.Time) (float64, bool) {
	usual := .0013
	for _, inc := range m.told {
		for _, symptom := range inc.Symptoms {
			switch {
			case symptom.Probe != probe || at.Before(symptom.Since) || !at.Before(symptom.Until):
			case symptom.Status == incidents.DegradedPerformance:
				usual = 40
			default:
				return 0, false
			}
		}
	}
	noise := rand.New(rand.NewPCG(uint64(at.Unix()), uint64(len(probe))))
	day := math.Sin(math.Pi * float64(at.Unix()%86400) / 86400)
	return usual * (1 + .4*day) * math.Exp(.25*math.Abs(noise.NormFloat64())), true
}

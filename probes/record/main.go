// Command record runs a real program until it meets a limit and writes what the probes measured meanwhile, as the
// series that the forecasts are judged by: go run ./probes/record STORY > incidents/testdata/series/STORY.csv
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"

	"candor/probes"
)

// A story is something that happens, and the measurement that tells of it.
type story struct {
	made    string        // for the file's header
	measure string        // name of the measurement
	lasts   time.Duration // at most
	after   time.Duration // it goes on for so long once the limit is met
	run     func(ctx context.Context) (c probes.Checker, stop func(), err error)
}

var stories = map[string]story{
	"rabbitmq-fill":  rabbit(64 << 20),
	"rabbitmq-pages": rabbit(128 << 20),
	"redis-leak":     redisLeak,
	"redis-batches":  redisBatches,
	"go-leak":        goLeak,
	"go-collections": goCollections,
}

// every is how often the probe looks.
const every = 5 * time.Second

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 || stories[os.Args[1]].run == nil {
		log.Fatal("say what to record: rabbitmq-fill, rabbitmq-pages, redis-leak, redis-batches, go-leak or go-collections")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := record(ctx, os.Args[1], stories[os.Args[1]]); err != nil {
		log.Print(err)
		stop()
		os.Exit(1)
	}
}

func record(ctx context.Context, name string, s story) error {
	ctx, cancel := context.WithTimeout(ctx, s.lasts)
	defer cancel()
	checker, end, err := s.run(ctx)
	if end != nil {
		defer end()
	}
	if err != nil {
		return err
	}
	begin := time.Now()
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for headed, over := false, false; ctx.Err() == nil; {
		at := time.Since(begin)
		m, ok := measured(ctx, checker, s.measure)
		if ok && !headed {
			fmt.Printf("# name: %s\n# unit: %s\n# limit: %.0f\n# begin: %s\n# made: %s\n", name, m.Unit, m.Limit, begin.UTC().Format(time.RFC3339), s.made)
			fmt.Println("seconds,value")
			headed = true
		}
		if ok {
			fmt.Printf("%.1f,%.0f\n", at.Seconds(), m.Value)
		}
		if ok && !over && m.Value >= m.Limit {
			over = true
			time.AfterFunc(s.after, cancel)
		}
		select {
		case <-ctx.Done():
		case <-ticks.C:
		}
	}
	return nil
}

// measured looks once and returns one measurement.
func measured(ctx context.Context, checker probes.Checker, name string) (probes.Measurement, bool) {
	ctx, cancel := context.WithTimeout(ctx, every)
	defer cancel()
	for _, m := range checker.Check(ctx).Measurements {
		if m.Name == name {
			return m, true
		}
	}
	return probes.Measurement{}, false
}

package app

import (
	"errors"
	"strings"
	"testing"
	"time"

	"candor/incidents"
)

func TestChartsFillInDefaults(t *testing.T) {
	c := parse(t, `page:
  name: x
  charts:
    - {title: Response time, component: a, probe: p}
    - {title: Delay of the queue, component: a, probe: q, what: measurement queue delay, unit: messages, percentiles: [50, 99, 100]}
    - {title: Sending, component: a, probe: q, what: step send it}
components: [{key: a, name: A}]
probes:
- {key: p, component: a, symptom: s, interval: 7s, http: {url: "http://h/"}}
- {key: q, component: a, symptom: s, http: {url: "http://h/"}}
`)
	got := c.Charts([]incidents.Component{{ID: "other"}, {ID: "id-of-a", Key: "a"}})
	compare(t, "charts", got, []incidents.Chart{
		{Title: "Response time", Component: "id-of-a", Probe: "p", Interval: 7 * time.Second, Quantity: incidents.Latency, Unit: "s", Percentiles: []int{50, 95}},
		{Title: "Delay of the queue", Component: "id-of-a", Probe: "q", Interval: 30 * time.Second, Quantity: "measurement queue delay", Unit: "messages", Percentiles: []int{50, 99, 100}},
		{Title: "Sending", Component: "id-of-a", Probe: "q", Interval: 30 * time.Second, Quantity: "step send it", Unit: "s", Percentiles: []int{50, 95}},
	})
}

func TestChartsThatCannotBe(t *testing.T) {
	const chart = "{title: T, component: a, probe: p"
	tests := []struct{ name, chart, want string }{
		{"nothing", "{}", `"title" is missing: what customers read above it`},
		{"an unknown component", "{title: T, component: aa, probe: p}", `no component has the key "aa"`},
		{"a component that customers do not see", "{title: T, component: b, probe: p}", `customers do not see "b": it is internal`},
		{"an unknown probe", "{title: T, component: a, probe: pp}", `no probe has the key "pp"`},
		{"another quantity", chart + ", what: speed}", `"what" is latency, step NAME or measurement NAME`},
		{"a step without a name", chart + ", what: step}", `"what" is latency, step NAME or measurement NAME`},
		{"times in another unit", chart + ", unit: ms}", `latency and steps are measured in seconds`},
		{"no percentile", chart + ", percentiles: []}", `"percentiles" are up to 3 numbers`},
		{"percentiles out of order", chart + ", percentiles: [95, 50]}", `"percentiles" are up to 3 numbers`},
		{"a percentile twice", chart + ", percentiles: [50, 50]}", `"percentiles" are up to 3 numbers`},
		{"a percentile over a hundred", chart + ", percentiles: [101]}", `"percentiles" are up to 3 numbers`},
		{"the same title twice", chart + "}, " + chart + ", what: step send}", `this component has a chart with the title "T" already`},
		{"too many", strings.Repeat(chart+"}, ", 21), `there are 21 charts; at most 20 are allowed`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := strings.Replace(oneProbe+local, "{name: x}", "{name: x, charts: ["+strings.TrimSuffix(tt.chart, ", ")+"]}", 1)
			_, err := Parse("c.yaml", []byte(src), environment())
			var problems Problems
			if !errors.As(err, &problems) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

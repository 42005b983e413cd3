package api

import (
	"encoding/json"

	"candor/incidents"
)

// Chart is a chart that the page shows.
type Chart struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	ComponentID string `json:"component_id"`
	Unit        string `json:"unit"`
	Percentiles []int  `json:"percentiles"`
}

// chartPoint is what was measured in one step.
type chartPoint struct {
	At     Time      `json:"at"`
	Count  uint64    `json:"count"`
	Values []float64 `json:"values"`
}

func chartOf(c incidents.PageChart) Chart {
	return Chart{ID: c.ID, Title: c.Title, ComponentID: c.Component, Unit: c.Unit, Percentiles: c.Percentiles}
}

// ChartsJSON answers /charts.json: which charts there are.
func ChartsJSON(p incidents.Page) ([]byte, error) {
	out := struct {
		Page   Page    `json:"page"`
		Charts []Chart `json:"charts"`
	}{pageOf(p), []Chart{}}
	for _, c := range p.Charts {
		out.Charts = append(out.Charts, chartOf(c))
	}
	return json.Marshal(out)
}

// ChartJSON answers /charts/ID.json: the points of a chart. A step in which nothing was measured has none.
func ChartJSON(p incidents.Page, c incidents.PageChart) ([]byte, error) {
	out := struct {
		Chart
		Range         string       `json:"range"`
		From          Time         `json:"from"`
		Until         Time         `json:"until"`
		StepSeconds   float64      `json:"step_seconds"`
		RelativeError float64      `json:"relative_error"`
		Points        []chartPoint `json:"points"`
	}{chartOf(c), c.Range, in(p, c.From), in(p, c.Until), c.Step.Seconds(), incidents.SketchError, []chartPoint{}}
	for _, point := range c.Points {
		out.Points = append(out.Points, chartPoint{in(p, point.At), point.Runs, point.Values})
	}
	return json.Marshal(out)
}

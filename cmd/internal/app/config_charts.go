package app

import (
	"fmt"
	"slices"
)

// Bounds of what charts a configuration may ask for.
const (
	maxCharts      = 20
	maxPercentiles = 3
)

// charts checks what customers may see over time, and fills in what it leaves out.
func (c *checks) charts() {
	list := c.config.Page.Charts
	if len(list) > maxCharts {
		c.problem("page.charts", "there are %d charts; at most %d are allowed", len(list), maxCharts)
		return
	}
	for i := range list {
		ch, path := &list[i], fmt.Sprintf("page.charts[%d]", i)
		c.required(path+".title", ch.Title, "what customers read above it, like Response time of New Studio")
		c.line(path+".title", ch.Title)
		c.charted(path+".component", ch.Component)
		c.required(path+".probe", ch.Probe, "the key of the probe that measures it")
		if ch.Probe != "" {
			c.among(path+".probe", ch.Probe, "probe", len(c.config.Probes), func(i int) string { return c.config.Probes[i].Key })
		}
		c.quantity(path, ch)
		c.percentiles(path+".percentiles", ch)
		for _, other := range list[:i] {
			if other.Title == ch.Title && other.Component == ch.Component && ch.Title != "" {
				c.problem(path+".title", "this component has a chart with the title %q already", ch.Title)
			}
		}
	}
}

// charted checks the component that a chart is shown with: one that customers see.
func (c *checks) charted(path, key string) {
	c.required(path, key, "the key of the component that it is shown with")
	if key == "" {
		return
	}
	c.known(path, key, c.config.Parts)
	if i := slices.IndexFunc(c.config.Parts, func(p ComponentConfig) bool { return p.Key == key }); i >= 0 && c.config.Parts[i].Internal {
		c.problem(path, "customers do not see %q: it is internal; name the component that they know", key)
	}
}

func (c *checks) quantity(path string, ch *ChartConfig) {
	if !c.given(path + ".what") {
		ch.What = "latency"
	}
	if !ch.What.Valid() {
		c.problem(path+".what", `"what" is latency, step NAME or measurement NAME`)
		return
	}
	c.line(path+".what", string(ch.What))
	c.line(path+".unit", ch.Unit)
	switch {
	case !ch.What.Timed():
	case c.given(path+".unit") && ch.Unit != "s":
		c.problem(path+".unit", `latency and steps are measured in seconds: "unit" is s, or remove the line`)
	default:
		ch.Unit = "s"
	}
}

func (c *checks) percentiles(path string, ch *ChartConfig) {
	if !c.given(path) {
		ch.Percentiles = []int{50, 95}
	}
	list := ch.Percentiles
	if len(list) == 0 || len(list) > maxPercentiles || list[0] < 1 || list[len(list)-1] > 100 || !slices.IsSorted(list) ||
		len(slices.Compact(slices.Clone(list))) != len(list) {
		c.problem(path, `"percentiles" are up to %d numbers from 1 to 100, the lowest first, like [50, 95]`, maxPercentiles)
	}
}

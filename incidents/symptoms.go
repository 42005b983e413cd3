package incidents

import (
	"cmp"
	"slices"
	"time"
)

func (d *detector) name(id string) string { return cmp.Or(d.graph[id].Name, id) }

func (d *detector) clock(t time.Time) string { return words{since: t, zone: d.Zone}.fill("{since}") }

// text returns what a symptom reads like, also for an internal component that has no words for customers.
func (d *detector) text(s Symptom) string {
	return cmp.Or(s.Text, d.name(s.Component)+" fails its checks")
}

// texts returns the symptoms' texts, each once, the worst and earliest first.
func (d *detector) texts(symptoms []Symptom) []string {
	symptoms = slices.Clone(symptoms)
	slices.SortStableFunc(symptoms, func(a, b Symptom) int {
		return cmp.Or(slices.Index(ComponentStatuses, b.Status)-slices.Index(ComponentStatuses, a.Status), a.Since.Compare(b.Since))
	})
	var out []string
	for _, s := range symptoms {
		if t := d.text(s); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// names returns the names of the symptoms' components, each once.
func (d *detector) names(symptoms []Symptom) []string {
	var out []string
	for _, s := range symptoms {
		if n := d.name(s.Component); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// comesAndGoes says whether some of the symptoms is intermittent.
func comesAndGoes(symptoms []Symptom) bool {
	return slices.ContainsFunc(symptoms, Symptom.Intermittent)
}

// began returns when the first of the symptoms did.
func began(symptoms []Symptom) time.Time {
	return slices.MinFunc(symptoms, func(a, b Symptom) int { return a.Since.Compare(b.Since) }).Since
}

// public returns the symptoms that customers can feel.
func public(symptoms []Symptom) []Symptom {
	return slices.DeleteFunc(slices.Clone(symptoms), func(s Symptom) bool { return s.Internal })
}

// worst returns the worst status among the symptoms.
func worst(symptoms []Symptom) ComponentStatus {
	status := Operational
	for _, s := range symptoms {
		status = status.Worse(s.Status)
	}
	return status
}

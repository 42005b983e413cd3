package incidents

import (
	"testing"
	"time"
)

func TestLikelyCause(t *testing.T) {
	components := []Component{
		{ID: "new", DependsOn: []string{"web", "queue"}}, {ID: "mail", DependsOn: []string{"worker"}}, {ID: "worker", DependsOn: []string{"queue"}},
		{ID: "web"}, {ID: "queue"},
	}
	at := func(component string, seconds int) Symptom {
		return Symptom{Probe: component, Component: component, Since: epoch.Add(time.Duration(seconds) * time.Second)}
	}
	for _, c := range []struct {
		name     string
		symptoms []Symptom
		want     string
	}{
		{"nothing", nil, ""},
		{"the most upstream", []Symptom{at("new", 0), at("queue", 5)}, "queue"},
		{"also over another", []Symptom{at("mail", 0), at("worker", 2), at("queue", 5)}, "queue"},
		{"of two, what more of them need", []Symptom{at("web", 0), at("new", 1), at("mail", 2), at("worker", 2), at("queue", 5)}, "queue"},
		{"of two that as many need, the first", []Symptom{at("queue", 5), at("web", 0), at("new", 1)}, "web"},
		{"of two that nothing links, the first", []Symptom{at("mail", 3), at("web", 0)}, "web"},
	} {
		if got := LikelyCause(components, c.symptoms); got.Component != c.want || got.Probe != c.want {
			t.Errorf("%s: %+v, want %q", c.name, got, c.want)
		}
	}
}

package app

import (
	"strings"
	"testing"
	"time"

	"candor/incidents"
)

const judged = `page: {name: x}
components:
- {key: s, name: Studio}
- {key: m, name: Mail, publish: 5m}
- {key: b, name: Billing, publish: draft}
probes:
- key: loads
  component: s
  symptom: Studio does not load
  interval: 10s
  slow: {over: 2s}
  tcp: {address: "127.0.0.1:1"}
- key: dns
  witness: true
  interval: 20s
  tcp: {address: "127.0.0.1:2"}
- key: mails
  component: m
  symptom: Mails are late
  places: [local]
  quorum: 1
  slow: {over: 1s, until: 900ms, percentile: 50, window: 1h, step: inbox}
  tcp: {address: "127.0.0.1:3"}
`

func TestConfigSaysHowToJudge(t *testing.T) {
	c := parse(t, judged)
	components := incidents.Reconcile(nil, c.Components(), time.Now())
	p := c.Policy(components)
	compare(t, "witnesses", p.Witnesses, []incidents.Witness{{Probe: "dns", Interval: 20 * time.Second}})
	compare(t, "publish", p.Publish, map[string]incidents.Publish{components[1].ID: {After: 5 * time.Minute}, components[2].ID: {Never: true}})
	compare(t, "slow by default", p.Rules[0].Slow, incidents.Band{Percentile: 95, Over: 2 * time.Second, Until: 1600 * time.Millisecond, Window: 10 * time.Minute})
	compare(t, "slow", p.Rules[1].Slow, incidents.Band{Step: "inbox", Percentile: 50, Over: time.Second, Until: 900 * time.Millisecond, Window: time.Hour})
	compare(t, "places", []any{p.Rules[1].Places, p.Rules[1].Quorum}, []any{[]string{"local"}, 1})
	for _, r := range c.Runnable() {
		if witness := r.Key == "dns"; witness != (len(r.Upstream) == 0) {
			t.Errorf("%s hurries %v, want the witness hurried by the others", r.Key, r.Upstream)
		}
	}
}

// Thousands of probes may depend on thousands of others.
func TestProbesOfAComponentShareWhatTheyDependOn(t *testing.T) {
	c := parse(t, strings.Replace(judged, "probes:\n", "probes:\n- {key: signs-in, component: s, symptom: Nobody gets in, tcp: {address: \"127.0.0.1:4\"}}\n", 1))
	upstream := map[string][]string{} // by probe
	for _, r := range c.Runnable() {
		upstream[r.Key] = r.Upstream
	}
	compare(t, "upstream", upstream["signs-in"], upstream["loads"])
	if &upstream["signs-in"][0] != &upstream["loads"][0] {
		t.Error("each has a list of its own")
	}
}

func TestConfigRefusesWhatCannotBeJudged(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"a witness with a symptom", "witness: true", "witness: true\n  symptom: x", `a witness speaks for no component, so it has no "symptom"`},
		{"a band without a bound", "slow: {over: 2s}", "slow: {window: 10m}", `"over" is missing`},
		{"an end above the beginning", "slow: {over: 2s}", "slow: {over: 2s, until: 3s}", `"until" is from 0s to 2s`},
		{"no percentile", "slow: {over: 2s}", "slow: {over: 2s, percentile: 101}", `"percentile" is over 0 and at most 100`},
		{"a window of a few results", "slow: {over: 2s}", "slow: {over: 2s, window: 1m}", "at an interval of 10s it is at least 1m40s"},
		{"a place without checks", "places: [local]", "places: [mars]", `there is no place "mars"`},
		{"more than there are", "quorum: 1", "quorum: 2", `from 1 to 1`},
		{"another way to publish", "publish: draft", "publish: never", `"publish" is one of at once, draft, or a delay like 5m`},
		{"a delay for ever", "publish: draft", "publish: 30d", `"publish" is one of`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := strings.Replace(judged, tt.from, tt.to, 1)
			_, err := Parse("candor.yaml", []byte(src), func(string) (string, bool) { return "", false })
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

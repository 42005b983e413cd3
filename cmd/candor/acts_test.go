package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes/probetest"
	"candor/probes/sim"
	"candor/store"
)

// stage is where the acts are played: a world with a mail server, a responder and a look into the database.
type stage struct {
	*world
	mail *probetest.Mail
	db   *store.DB
	ada  *browser
}

// TestActs breaks Studio in every way, alone and together, and lets the checks tell customers and end it by themselves.
func TestActs(t *testing.T) {
	t.Parallel() // beside the slow fill
	s := newStage(t)
	for _, a := range acts {
		t.Run(a.name, func(t *testing.T) {
			on := *s
			on.world = &world{TB: t, broker: s.broker, studio: s.studio, candor: s.candor, page: newBrowser(t, s.candor.url)}
			on.play(a)
		})
	}
	s.candor.stop()
	if strings.Contains(s.candor.output.String(), `"level":"ERROR"`) {
		t.Errorf("the log has errors:\n%s", s.candor.output)
	}
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{world: &world{TB: t, broker: probetest.RabbitMQ(t, "collect_statistics_interval = 1000")}, mail: probetest.MailServer(t)}
	if err := s.broker.DeadLetter("campaigns", "campaigns.failed"); err != nil {
		t.Fatal(err)
	}
	product := s.open(sim.Options{TrafficEvery: 20 * time.Millisecond, TrafficSize: 1000, AcceptWithin: 2 * time.Second, SlowBy: 1700 * time.Millisecond,
		Relay: sim.Relay{Address: s.mail.SMTPAddr(), From: "studio@example.test", To: "anna@example.test", Lost: "lost@example.test"}})
	s.watch(fmt.Sprintf(actsConfig, product, s.broker.AMQP(), s.broker.Management(), s.mail.IMAPAddr(), s.mail.CAFile()))
	s.ada = s.candor.owner()
	var err error
	if s.db, err = store.Open(t.Context(), filepath.Join(s.folder, "candor.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.db.Close() })
	return s
}

// play breaks Studio, waits until everything is told, mends, and waits for the end.
func (s *stage) play(a act) {
	s.Helper()
	s.awaitHealth()
	began := time.Now()
	s.fail(a)
	s.awaitSymptoms(a, began)
	inc := s.only(began)
	s.checkCustomers(a, inc)
	if a.also != nil {
		a.also(s, inc)
	}
	room := "/console/incidents/" + inc.ID
	until(s, "responders read of the cause "+a.cause, time.Minute, func() bool { return strings.Contains(s.ada.get(room), "Likely cause: "+a.cause+".") })
	s.mend(a)
	until(s, "resolved", time.Minute, func() bool { return len(s.summary().Incidents) == 0 })
	if !s.says("All of Studio") {
		s.Error("at the end the page does not say that all is well")
	}
	s.checkStory(a, s.only(began), began)
	s.checkSecrecy(inc.ID)
}

func (s *stage) fail(a act) {
	s.Helper()
	s.Cleanup(func() { s.mend(a) }) // one that ends early must not spoil the next
	if a.refuses {
		if err := s.broker.Refuse(); err != nil {
			s.Fatal(err)
		}
	}
	for _, f := range a.faults {
		s.studio.Break(f)
	}
}

func (s *stage) mend(a act) {
	s.Helper()
	s.studio.MendAll()
	if a.refuses {
		if err := s.broker.Accept(); err != nil {
			s.Fatal(err)
		}
	}
	if err := s.broker.Purge("campaigns.failed"); err != nil {
		s.Fatal(err)
	}
}

// awaitHealth waits until customers are told of nothing, and the last two runs of every probe found all well.
func (s *stage) awaitHealth() {
	s.Helper()
	keys := []string{"us-platform-answers"}
	for _, a := range acts {
		keys = append(keys, strings.Fields(a.symptoms)...)
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	until(s, "every probe passes twice", time.Minute, func() bool {
		if len(s.summary().Incidents) != 0 {
			return false
		}
		recent, err := s.db.RecentResults(s.Context(), keys, 2)
		if err != nil {
			s.Fatal(err)
		}
		for _, key := range keys {
			if r := recent[key]; len(r) < 2 || r[0].Outcome != "ok" || r[1].Outcome != "ok" {
				return false
			}
		}
		return true
	})
}

// awaitSymptoms waits until the incident has every symptom and the page every text, and looks all the while that no
// component is said to be worse off than it is.
func (s *stage) awaitSymptoms(a act, began time.Time) {
	s.Helper()
	var missing []string
	defer func() { s.logResults(missing) }()
	until(s, "every symptom is told: "+a.symptoms, time.Minute, func() bool {
		for name, status := range s.statuses() {
			worst := incidents.ComponentStatus(a.statuses[name])
			if incidents.ComponentStatus(status).Worse(worst) != worst {
				s.Fatalf("%s is said to be in %s, but is in %q at worst", name, status, worst)
			}
		}
		found := s.since(began)
		if len(found) == 0 {
			return false
		}
		missing = strings.Fields(a.symptoms)
		for _, sym := range found[len(found)-1].Symptoms {
			missing = slices.DeleteFunc(missing, func(p string) bool { return p == sym.Probe })
		}
		return len(missing) == 0 && !slices.ContainsFunc(strings.Split(a.texts, "/"), func(text string) bool { return !s.says(text) })
	})
}

// logResults tells why probes had no symptom.
func (s *stage) logResults(keys []string) {
	s.Helper()
	if len(keys) == 0 {
		return
	}
	recent, err := s.db.RecentResults(s.Context(), keys, 6)
	if err != nil {
		s.Fatal(err)
	}
	for _, key := range keys {
		for _, r := range recent[key] {
			s.Logf("%s at %v: %s after %v: %s", key, r.At, r.Outcome, r.Took, r.Detail)
		}
	}
}

// since returns the stored incidents of an act, also those that only the team knows, but for what was merged into another.
func (s *stage) since(began time.Time) []*incidents.Incident {
	s.Helper()
	list, err := s.db.IncidentsSince(s.Context(), began)
	if err != nil {
		s.Fatal(err)
	}
	return slices.DeleteFunc(list, func(inc *incidents.Incident) bool { return !inc.Open() && len(inc.Symptoms) == 0 })
}

// only returns the one incident of an act.
func (s *stage) only(began time.Time) *incidents.Incident {
	s.Helper()
	list := s.since(began)
	if len(list) != 1 {
		for _, inc := range list {
			s.Logf("incident %q, public %v: %+v", inc.Title, inc.Public(), inc.Symptoms)
		}
		s.Fatalf("%d incidents for one act", len(list))
	}
	return list[0]
}

// statuses returns the components that are not well, as the public API tells.
func (s *stage) statuses() map[string]string {
	bad := map[string]string{}
	for _, c := range s.summary().Components {
		if !c.Group && c.Status != "operational" {
			bad[c.Name] = c.Status
		}
	}
	return bad
}

// checkCustomers compares what the page and the API tell while it lasts with what is so.
func (s *stage) checkCustomers(a act, inc *incidents.Incident) {
	s.Helper()
	until(s, fmt.Sprintf("the components are %v", a.statuses), time.Minute, func() bool { return maps.Equal(s.statuses(), a.statuses) })
	told := s.summary()
	if len(told.Incidents) != 1 || told.Incidents[0].ID != inc.ID || len(told.Incidents[0].Components) != len(a.statuses) {
		s.Errorf("customers are told of %+v", told.Incidents)
	}
	if first, _, _ := strings.Cut(a.texts, "/"); len(a.statuses) == 1 && told.Incidents[0].Name != first {
		s.Errorf("the incident is called %q, want %q", told.Incidents[0].Name, first)
	}
	if n := len(told.Incidents[0].Updates); n > a.updates {
		s.Errorf("%d updates to tell of it, want %d at most: %+v", n, a.updates, told.Incidents[0].Updates)
	}
	s.checkSecrecy(inc.ID)
}

// checkSecrecy looks for what is not for customers.
func (s *stage) checkSecrecy(id string) {
	s.Helper()
	for _, path := range []string{"/", "/incidents/" + id, "/history", "/history.atom", "/api/v2/summary.json", "/api/v2/incidents.json"} {
		text := strings.ToLower(s.page.get(path))
		for _, hidden := range []string{"message queue", "worker", "web servers", "127.0.0.1", "guest", "refused", "memory", "secret", "example.test",
			"consumer", "rabbit", "imap", "timed out", "dead letter", "screenshot", "likely cause", "-loads", "-arrives"} {
			if strings.Contains(text, hidden) {
				s.Errorf("%s tells customers of %q", path, hidden)
			}
		}
	}
}

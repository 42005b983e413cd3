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

// actsConfig watches Studio, its broker and its mail. Its arguments: Studio's address, the broker's two addresses, the
// mailbox's address, and the file with the authority of its certificate.
const actsConfig = `
page: {name: Studio status, product: Studio, url: "http://status.example.com"}
detection: {hold: 1s, resolve_after: 500ms, reopen: 0s}
defaults: {interval: 3s, timeout: 3s, recheck: 300ms, failures: 2, of: 3, recoveries: 2}
components:
  - {key: new-studio, name: New Studio, group: Products, depends_on: [web, queue]}
  - {key: classic-studio, name: Classic Studio, group: Products, depends_on: [web, queue]}
  - {key: test-campaigns, name: Test campaigns, group: Products, depends_on: [worker]}
  - {key: test-mail, name: Test e-mail delivery, group: Products, depends_on: [test-campaigns]}
  - {key: us-platform, name: US Platform, group: Platforms}
  - {key: web, name: Web servers, internal: true}
  - {key: worker, name: Campaign worker, internal: true, depends_on: [queue]}
  - {key: queue, name: Message queue, internal: true}
probes:
  - key: new-studio-loads
    component: new-studio
    symptom: New Studio does not load
    symptom_degraded: New Studio loads slowly
    impact: partial_outage
    http: {url: "%[1]s/new-studio/", expect: {status: 200, visible_text: 20}, degraded: {latency: < 1500ms}}
  - key: classic-studio-loads
    component: classic-studio
    symptom: Classic Studio shows a white screen
    symptom_degraded: Classic Studio loads slowly
    impact: partial_outage
    http: {url: "%[1]s/classic-studio/", expect: {status: 200, visible_text: 20}, degraded: {latency: < 1500ms}}
  - key: classic-studio-shows
    component: classic-studio
    symptom: Classic Studio shows a white screen
    impact: partial_outage
    interval: 5s
    timeout: 5s
    browser: {url: "%[1]s/classic-studio/"}
  - key: test-campaign-is-sent
    component: test-campaigns
    symptom: Test campaigns fail to send
    interval: 2s
    http:
      steps:
        - name: send
          url: "%[1]s/api/test-campaigns"
          json: {subject: A test}
          expect: {status: 202}
          capture: {id: "json:$.id"}
        - name: processed
          url: "%[1]s/api/test-campaigns/{id}"
          until: {every: 200ms}
          expect: {json: {$.state: /^(sent|delivered)$/}}
  - key: test-mail-arrives
    component: test-mail
    symptom: Test e-mails do not arrive
    interval: 4s
    timeout: 4s
    mail:
      http: {url: "%[1]s/api/test-campaigns", json: {subject: "A test {nonce}"}, expect: {status: 202}}
      imap: {address: "%[4]s", user: anna@example.test, password: secret, tls: {ca_file: "%[5]s"}}
  - key: us-platform-answers
    component: us-platform
    symptom: The US platform does not answer
    http: {url: "%[1]s/us/health", expect: {json: {$.status: ok}}}
  - key: web
    component: web
    http: {url: "%[1]s/new-studio/", expect: {status: 100..599}, degraded: {latency: < 1500ms}}
  - key: worker
    component: worker
    rabbitmq:
      url: "%[2]s"
      management: "%[3]s"
      canary: false
      queues: [{name: campaigns, warn_ready: 50, min_consumers: 1}]
      dead_letter: [{name: campaigns.failed}]
  - key: queue
    component: queue
    rabbitmq: {url: "%[2]s", management: "%[3]s", memory: 0.99}
storage: {database: candor.db}
`

// act is one way in which Studio fails, and what Candor must make of it.
type act struct {
	name     string
	faults   []sim.Fault
	refuses  bool              // the broker refuses connections
	statuses map[string]string // of the components that customers see fail
	texts    string            // what customers read, separated by slashes
	symptoms string            // the probes that tell it
	updates  int               // public ones until all is told, at most
	cause    string
	also     func(*stage, *incidents.Incident) // what else is to be seen while it lasts
}

var acts = []act{
	{name: "slow pages", faults: []sim.Fault{sim.SlowPages},
		statuses: map[string]string{"New Studio": "degraded_performance", "Classic Studio": "degraded_performance"},
		texts:    "New Studio loads slowly/Classic Studio loads slowly",
		symptoms: "new-studio-loads classic-studio-loads web", updates: 2, cause: "Web servers", also: (*stage).saysSlow},
	{name: "a white screen", faults: []sim.Fault{sim.WhiteScreen},
		statuses: map[string]string{"Classic Studio": "partial_outage"}, texts: "Classic Studio shows a white screen",
		symptoms: "classic-studio-loads classic-studio-shows", updates: 1, cause: "Classic Studio", also: (*stage).seesWhite},
	{name: "lost mail", faults: []sim.Fault{sim.LoseMail},
		statuses: map[string]string{"Test e-mail delivery": "major_outage"}, texts: "Test e-mails do not arrive",
		symptoms: "test-mail-arrives", updates: 1, cause: "Test e-mail delivery"},
	{name: "processing errors", faults: []sim.Fault{sim.ProcessingErrors},
		statuses: map[string]string{"Test campaigns": "major_outage", "Test e-mail delivery": "major_outage"},
		texts:    "Test campaigns fail to send/Test e-mails do not arrive",
		symptoms: "test-campaign-is-sent test-mail-arrives worker", updates: 2, cause: "Campaign worker"},
	{name: "a stopped worker", faults: []sim.Fault{sim.StopWorker},
		statuses: map[string]string{"Test campaigns": "major_outage", "Test e-mail delivery": "major_outage"},
		texts:    "Test campaigns fail to send/Test e-mails do not arrive",
		symptoms: "test-campaign-is-sent test-mail-arrives worker", updates: 2, cause: "Campaign worker", also: (*stage).countsBacklog},
	{name: "refused connections", refuses: true,
		statuses: everything, texts: allTexts,
		symptoms: "new-studio-loads classic-studio-loads classic-studio-shows test-campaign-is-sent test-mail-arrives worker queue", updates: 4, cause: "Message queue"},
	{name: "all at once", refuses: true, faults: []sim.Fault{sim.WhiteScreen, sim.SlowPages, sim.LoseMail, sim.ProcessingErrors, sim.StopWorker},
		statuses: everything, texts: allTexts,
		symptoms: "new-studio-loads classic-studio-loads classic-studio-shows test-campaign-is-sent test-mail-arrives web worker queue", updates: 4, cause: "Message queue"},
}

var everything = map[string]string{"New Studio": "partial_outage", "Classic Studio": "partial_outage", "Test campaigns": "major_outage", "Test e-mail delivery": "major_outage"}

const allTexts = "New Studio does not load/Classic Studio shows a white screen/Test campaigns fail to send/Test e-mails do not arrive"

// stage is where the acts are played: a world with a mail server, a responder and a look into the database.
type stage struct {
	*world
	mail *probetest.Mail
	db   *store.DB
	ada  *browser
}

// TestActs breaks Studio in every way, alone and together, and lets the checks tell customers and end it by themselves.
func TestActs(t *testing.T) {
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

// awaitHealth waits until the last two runs of every probe found all well.
func (s *stage) awaitHealth() {
	s.Helper()
	keys := []string{"us-platform-answers"}
	for _, a := range acts {
		keys = append(keys, strings.Fields(a.symptoms)...)
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	until(s, "every probe passes twice", time.Minute, func() bool {
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
		missing := strings.Fields(a.symptoms)
		for _, sym := range found[len(found)-1].Symptoms {
			missing = slices.DeleteFunc(missing, func(p string) bool { return p == sym.Probe })
		}
		return len(missing) == 0 && !slices.ContainsFunc(strings.Split(a.texts, "/"), func(text string) bool { return !s.says(text) })
	})
}

// since returns the stored incidents of an act, also those that only the team knows.
func (s *stage) since(began time.Time) []*incidents.Incident {
	s.Helper()
	list, err := s.db.IncidentsSince(s.Context(), began)
	if err != nil {
		s.Fatal(err)
	}
	return list
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

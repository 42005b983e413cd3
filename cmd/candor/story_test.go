package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/probes/probetest"
	"candor/probes/sim"
)

// storyConfig watches a Studio behind a RabbitMQ broker. Its arguments: the page's time to recover, Studio's address
// (five times), the broker's addresses.
const storyConfig = `
page: {name: Studio status, product: Studio, url: "http://status.example.com"}
detection: {hold: %[1]s, resolve_after: %[1]s, promise: 30m}
defaults: {interval: 10s, timeout: 4s, recheck: 2s, failures: 2, of: 3, recoveries: 2}
components:
  - {key: new-studio, name: New Studio, group: Products, depends_on: [queue]}
  - {key: classic-studio, name: Classic Studio, group: Products, depends_on: [queue]}
  - {key: test-campaigns, name: Test campaigns, group: Products, depends_on: [queue]}
  - {key: us-platform, name: US Platform, group: Platforms}
  - {key: queue, name: Message queue, internal: true}
probes:
  - key: new-studio-loads
    component: new-studio
    symptom: New Studio does not load
    impact: partial_outage
    http: {url: "%[2]s/new-studio/", expect: {status: 200, visible_text: 20}}
  - key: classic-studio-loads
    component: classic-studio
    symptom: Classic Studio shows a white screen
    impact: partial_outage
    http: {url: "%[2]s/classic-studio/", expect: {status: 200, visible_text: 20}}
  - key: test-campaign-is-sent
    component: test-campaigns
    symptom: Test campaigns fail to send
    http: {url: "%[2]s/api/test-campaigns", json: {subject: A test}, expect: {status: 202}}
  - key: us-platform-answers
    component: us-platform
    symptom: The US platform does not answer
    http: {url: "%[2]s/us/health", expect: {json: {$.status: ok}}}
  - key: queue
    component: queue
    rabbitmq: {url: "%[3]s", management: "%[4]s", memory: 0.99, queues: [{name: campaigns, warn_ready: 200}]}
storage: {database: candor.db}
`

// world is a broker, a Studio over it, and Candor watching both.
type world struct {
	testing.TB
	broker *probetest.Broker
	studio *sim.Studio
	candor *process
	folder string   // of the configuration and the database
	page   *browser // a customer's
}

// newWorld starts everything and waits until the page says that all is well. Recovery takes hold twice.
func newWorld(t testing.TB, hold time.Duration) *world {
	t.Helper()
	w := &world{TB: t, broker: probetest.RabbitMQ(t, "collect_statistics_interval = 1000")}
	product := w.open(sim.Options{TrafficEvery: 2 * time.Millisecond, TrafficSize: 3500, AcceptWithin: time.Second})
	w.watch(fmt.Sprintf(storyConfig, hold, product, w.broker.AMQP(), w.broker.Management()))
	return w
}

// open opens Studio over the broker and returns its address.
func (w *world) open(o sim.Options) string {
	w.Helper()
	queue, err := sim.NewAMQP(sim.AMQPOptions{URL: w.broker.AMQP(), Management: w.broker.Management()})
	if err != nil {
		w.Fatal(err)
	}
	w.studio = sim.New(queue, o)
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() { w.studio.Run(ctx) })
	product := httptest.NewServer(w.studio.Handler())
	w.Cleanup(func() {
		product.Close()
		cancel()
		work.Wait()
		queue.Close()
	})
	return product.URL
}

// watch starts Candor and waits until the page says that all is well.
func (w *world) watch(config string) {
	w.Helper()
	w.folder = filepath.Dir(write(w, "candor.yaml", config))
	w.candor = start(w, filepath.Join(w.folder, "candor.yaml"))
	w.page = newBrowser(w, w.candor.url)
	until(w, "all of Studio works", time.Minute, func() bool { return w.says("All of Studio") })
}

func (w *world) says(text string) bool { return strings.Contains(w.page.get("/"), text) }

// fill stops the worker until the broker's memory is used up, and returns when the broker began to hold back producers.
// At the brink it would let them on for moments while it tidies up, so the limit then comes down by half of what
// the backlog uses: it holds until the queue is purged.
func (w *world) fill() time.Time {
	w.Helper()
	const backlog = 32 << 20
	limit, err := w.broker.LimitMemoryAbove(backlog)
	if err != nil {
		w.Fatal(err)
	}
	w.studio.Break(sim.StopWorker)
	until(w, "the broker holds back producers", 2*time.Minute, w.alarm)
	began := time.Now()
	if err := w.broker.SetMemoryLimit(limit - backlog/2); err != nil {
		w.Fatal(err)
	}
	return began
}

// alarm says whether the broker has run out of memory, in its own words, which are fresh.
func (w *world) alarm() bool {
	resp, err := http.Get(w.broker.Management() + "/api/health/checks/alarms")
	if err != nil {
		w.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusServiceUnavailable
}

// drain purges the queue and starts the worker, as the people of 2 May did.
func (w *world) drain() {
	w.Helper()
	if err := w.broker.Purge("campaigns"); err != nil {
		w.Fatal(err)
	}
	w.studio.Mend(sim.StopWorker)
}

// summary is what the story reads of /api/v2/summary.json.
type summary struct {
	Status     struct{ Indicator string }
	Components []struct {
		Name, Status string
		Group        bool
	}
	Incidents []struct {
		ID, Name, Status, Impact string
		StartedAt                time.Time                       `json:"started_at"`
		CreatedAt                time.Time                       `json:"created_at"`
		Updates                  []struct{ Body, Status string } `json:"incident_updates"`
		Components               []struct{ Name string }
	}
}

func (w *world) summary() summary {
	w.Helper()
	var s summary
	if err := json.Unmarshal([]byte(w.page.get("/api/v2/summary.json")), &s); err != nil {
		w.Fatal(err)
	}
	return s
}

// told waits until one incident names every symptom, and returns it.
func (w *world) told() (id string, started, published time.Time) {
	w.Helper()
	symptoms := []string{"New Studio does not load", "Classic Studio shows a white screen", "Test campaigns fail to send"}
	until(w, "the page names every symptom", time.Minute, func() bool {
		page := w.page.get("/")
		for _, s := range symptoms {
			if !strings.Contains(page, s) {
				return false
			}
		}
		return true
	})
	s := w.summary()
	if len(s.Incidents) != 1 {
		w.Fatalf("%d incidents for one cause: %+v", len(s.Incidents), s.Incidents)
	}
	return s.Incidents[0].ID, s.Incidents[0].StartedAt, s.Incidents[0].CreatedAt
}

var versionField = regexp.MustCompile(`name="version" value="(\d+)"`)

// version returns what a form of the console was made from.
func (b *browser) version(path string) string {
	b.Helper()
	found := versionField.FindStringSubmatch(b.get(path))
	if found == nil {
		b.Fatalf("%s has no form", path)
	}
	return found[1]
}

// TestStory is 2 May 2024 with Candor watching: first a responder leads the incident, then nobody is there.
func TestStory(t *testing.T) {
	w := newWorld(t, 5*time.Second)
	ada := w.candor.owner()
	blocked := w.fill()
	id, started, published := w.told()
	t.Logf("the broker held back producers; %.1f s later customers were told, of a problem since %.1f s",
		published.Sub(blocked).Seconds(), started.Sub(blocked).Seconds())
	w.checkPublic(id, blocked)
	w.lead(ada, id)
	w.report(ada, id)

	blocked = w.fill()
	second, _, published := w.told()
	if second == id {
		t.Errorf("the second failure is told as part of the first")
	}
	t.Logf("with nobody there, customers were told after %.1f s", published.Sub(blocked).Seconds())
	w.drain()
	w.endsByItself(second)
	if took := w.candor.stop(); took > 10*time.Second {
		t.Errorf("candor took %v to stop", took)
	}
}

// checkPublic looks at the page, the JSON and the feed while the incident lasts.
func (w *world) checkPublic(id string, blocked time.Time) {
	w.Helper()
	page := w.page.get("/")
	for _, text := range []string{"not working", "/incidents/" + id, "Partial outage", "Major outage", "Next update by"} {
		if !strings.Contains(page, text) {
			w.Errorf("the page does not say %q", text)
		}
	}
	for _, text := range []string{"Message queue", "127.0.0.1", "guest", "refused", "memory"} {
		if strings.Contains(page, text) {
			w.Errorf("the page tells customers of %q", text)
		}
	}
	s := w.summary()
	inc := s.Incidents[0]
	want := map[string]string{"New Studio": "partial_outage", "Classic Studio": "partial_outage", "Test campaigns": "major_outage", "US Platform": "operational"}
	for _, c := range s.Components {
		if want[c.Name] != "" && want[c.Name] != c.Status {
			w.Errorf("%s is %s, want %s", c.Name, c.Status, want[c.Name])
		}
	}
	if len(inc.Components) != 3 || inc.Status != "investigating" || inc.Impact != "critical" || s.Status.Indicator != "major" {
		w.Errorf("incident %+v, indicator %s", inc, s.Status.Indicator)
	}
	if early := blocked.Sub(inc.StartedAt); early > 10*time.Second || early < -20*time.Second {
		w.Errorf("started at %v, but the broker held back producers at %v", inc.StartedAt, blocked)
	}
	if feed := w.page.get("/history.atom"); !strings.Contains(feed, "/incidents/"+id) || !strings.Contains(feed, "Test campaigns fail to send") {
		w.Errorf("the feed does not tell of the incident:\n%.1000s", feed)
	}
}

// lead lets a responder take the incident over and end it.
func (w *world) lead(ada *browser, id string) {
	w.Helper()
	path := "/console/incidents/" + id
	if room := ada.get(path); !strings.Contains(room, "Likely cause: Message queue.") {
		w.Errorf("responders are not told of the cause:\n%.3000s", room)
	}
	ada.post(path+"/updates", "version", ada.version(path), "status", "identified", "body", "A message queue that Studio depends on is full.", "promise", "30", "action", "post")
	if page := w.page.get("/"); !strings.Contains(page, "A message queue that Studio depends on is full.") || !strings.Contains(page, "Next update by") {
		w.Error("the page lacks the responder's update or promise")
	}
	w.drain()
	until(w, "the checks note that all is well", time.Minute, func() bool { return strings.Contains(ada.get(path), "Every check of this incident passes.") })
	updates := len(w.summary().Incidents[0].Updates)
	if s := w.summary().Incidents[0].Status; s != "identified" {
		w.Errorf("the checks moved a person's incident to %s", s)
	}
	fields := []string{"version", ada.version(path), "status", "monitoring", "body", "The queue is drained.", "promise", "30", "action", "post"}
	for _, c := range regexp.MustCompile(`name="(component\.\w+)"`).FindAllStringSubmatch(ada.get(path), -1) {
		fields = append(fields, c[1], "operational")
	}
	ada.post(path+"/updates", fields...)
	if !w.says("works again") {
		w.Error("while a person watches, the page does not say that all works again")
	}
	ada.post(path+"/updates", "version", ada.version(path), "status", "resolved", "body", "All queues are empty.", "promise", "none", "action", "post")
	if s := w.summary(); len(s.Incidents) != 0 || s.Status.Indicator != "none" || updates == 0 {
		w.Errorf("after the end the summary has %+v", s)
	}
}

// report writes the postmortem and publishes it.
func (w *world) report(ada *browser, id string) {
	w.Helper()
	path := "/console/incidents/" + id + "/postmortem"
	ada.post(path, "version", ada.version(path), "draft", "## Root cause\n\nOne queue had no *limit*.", "action", "save")
	if strings.Contains(w.page.get("/incidents/"+id), "had no") {
		w.Error("a draft is public")
	}
	ada.post(path, "version", ada.version(path), "draft", "## Root cause\n\nOne queue had no *limit*.", "action", "publish")
	if page := w.page.get("/incidents/" + id); !strings.Contains(page, "One queue had no <em>limit</em>.") {
		w.Errorf("the incident's page lacks the postmortem:\n%.3000s", page)
	}
	if !strings.Contains(w.page.get("/history.atom"), "One queue had no") {
		w.Error("the feed lacks the postmortem")
	}
}

// endsByItself waits until the checks have moved an incident to monitoring and then to resolved.
func (w *world) endsByItself(id string) {
	w.Helper()
	until(w, "monitoring", time.Minute, func() bool {
		s := w.summary()
		return len(s.Incidents) == 1 && s.Incidents[0].Status == "monitoring"
	})
	until(w, "resolved", time.Minute, func() bool { return len(w.summary().Incidents) == 0 })
	page := w.page.get("/incidents/" + id)
	for _, text := range []string{"Resolved", "Monitoring", "Investigating", "Posted automatically"} {
		if !strings.Contains(page, text) {
			w.Errorf("the incident's page does not say %q", text)
		}
	}
}

package web

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/probes/heartbeats"
)

// secret stands in every field that customers must not see.
const secret = "CANARY"

// person is a name long enough that no random token spells it by chance.
const person = "Ada of the first watch"

// pingSecret is a heartbeat's.
const pingSecret = secret + "-0123456789"

// guarded fills a house with secrets, and returns what no public answer may say besides, and the ids that addresses are made of.
func guarded(t *testing.T) (h *house, hidden, ids []string) {
	h = open(t, func(o *Options) {
		o.Probes[0].Kind = secret
		charting(o)
		o.Ping = heartbeats.New([]heartbeats.Heartbeat{{Probe: "new-loads", Secret: pingSecret}}, o.Store.SavePing).Take
	})
	queue := h.component("queue")
	if err := h.db.Chart(t.Context(), h.server.Charts); err != nil {
		t.Fatal(err)
	}
	h.fails("new-loads", secret+" dial tcp 10.0.0.1:5672")
	list, err := h.db.OpenIncidents(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d incidents, %v", len(list), err)
	}
	inc := list[0]
	inc.Symptoms = append(inc.Symptoms, incidents.Symptom{Probe: secret, Component: queue, Text: secret, Internal: true, Status: incidents.MajorOutage,
		Reason: secret, Detail: secret, Since: time.Now()})
	for _, u := range []incidents.Update{
		{Status: incidents.Identified, Body: "We know why.", Author: secret, Changes: []incidents.Change{{Component: queue, To: incidents.MajorOutage}}},
		{Body: secret, Author: secret, Team: true},
	} {
		u.At = time.Now()
		if err := inc.Post(u); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.db.SaveIncident(t.Context(), inc); err != nil {
		t.Fatal(err)
	}
	told := h.past("Mail was late", 48*time.Hour, false)
	pm := h.publish(told, "What we learned.")
	if err := pm.Edit(secret, secret, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := h.db.SavePostmortem(t.Context(), &pm); err != nil {
		t.Fatal(err)
	}
	teams := h.cares(told, secret)
	team := h.past(secret, time.Hour, true)
	var pieces []string
	for _, of := range []*incidents.Incident{inc, told, team} {
		shot, head, numbers := h.freezes(of.ID, secret)
		pieces = append(pieces, shot, head, numbers)
	}
	report := h.visitor()
	report.do(report.request(http.MethodPost, "/ping/"+pingSecret+"/fail", strings.NewReader(secret))).is(200)
	both := h.plan("Routers are replaced", time.Hour, time.Hour, queue, h.component("eu"))
	inside := h.plan(secret, time.Hour, time.Hour, queue)
	h.refresh()
	hidden = append(append(pieces, teams...), secret, "10.0.0.1", "new-loads", "Message queue", queue, team.ID, inside.ID, person)
	return h, hidden, append([]string{inc.ID, told.ID, team.ID, queue, h.component("new"), h.component("eu"), both.ID, inside.ID}, slices.Concat(pieces, []string{h.server.Charts[0].ID(), h.server.Charts[1].ID()})...)
}

// addresses lists every address that the server answers to a GET, with each id and ending in the place of a parameter.
func (h *house) addresses(ids []string) []string {
	now := h.server.snapshot.current.Load()
	out := slices.Concat(slices.Collect(maps.Keys(now.lazy)), slices.Collect(maps.Keys(now.pages)))
	e := echo.New()
	h.server.routes(e)
	for _, route := range e.Routes() {
		start, rest, ok := strings.Cut(route.Path, ":")
		switch {
		case route.Method != http.MethodGet:
		case !ok:
			out = append(out, route.Path)
		default:
			_, rest, _ = strings.Cut(rest+"/", "/")
			for _, id := range append(ids, "new-loads", pingSecret) {
				if of, _, two := strings.Cut(rest, ":"); two {
					for _, piece := range ids {
						out = append(out, start+id+"/"+of+piece)
					}
					continue
				}
				for _, ending := range []string{"", ".json", ".atom", ".rss", ".svg", "-plain.svg", ".png", ".ics"} {
					out = append(out, strings.TrimSuffix(start+id+ending+"/"+rest, "/"))
				}
			}
		}
	}
	today := time.Now().UTC().Format(time.DateOnly)
	for _, id := range ids {
		out = append(out, "/components/"+id+"/days/"+today, "/history?component="+id, "/components/"+id+"?days=365", "/components/"+id+"?charts=30d", "/charts/"+id+".json?range=90d")
	}
	for _, address := range slices.Clone(out) {
		if !strings.Contains(address, "?") {
			out = append(out, address+"?lang=ar")
		}
	}
	out = append(out, "/?days=7", "/uptime?month="+today[:7], "/postmortems?q="+secret, "/postmortems?q=learned", "/history?postmortem=yes&impact=degraded_performance")
	slices.Sort(out)
	return out
}

// look reads an answer, or of one that never ends its first event.
func (v *visitor) look(address string) reply {
	v.Helper()
	ctx, cancel := context.WithTimeout(v.Context(), 10*time.Second)
	defer cancel()
	resp, err := v.Do(v.request(http.MethodGet, address, nil).WithContext(ctx))
	if err != nil {
		v.Fatal(err)
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	lines := bufio.NewReader(resp.Body)
	for line := ""; err == nil; body.WriteString(line) {
		if line, err = lines.ReadString('\n'); line == "\n" && strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
			break
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		v.Fatalf("%s: %v", address, err)
	}
	return reply{v.TB, resp.StatusCode, address, resp.Header, body.String()}
}

func TestNothingInternalIsPublic(t *testing.T) {
	h, hidden, ids := guarded(t)
	v := h.visitor()
	var answered []string
	for _, address := range h.addresses(ids) {
		a := v.look(address)
		if a.code == 200 {
			answered = append(answered, address)
		}
		for _, text := range hidden {
			if strings.Contains(strings.ReplaceAll(strings.ReplaceAll(a.body, address, ""), `value="`+secret+`"`, ""), text) {
				t.Errorf("%s says %q", address, text)
			}
		}
		for name, values := range a.header {
			if strings.Contains(strings.Join(values, " "), secret) {
				t.Errorf("%s has it in %s", address, name)
			}
		}
	}
	for _, want := range []string{"/", "/history", "/incidents/" + ids[0], "/incidents/" + ids[1] + ".json", "/api/v2/incidents/" + ids[0] + ".json",
		"/components/" + ids[4] + ".rss", "/badge/" + ids[5] + ".svg", "/feed.json", "/api/v2/summary.json", "/ping/" + pingSecret,
		"/?days=7", "/?lang=ar", "/history?lang=ar", "/maintenance/" + ids[6] + "?lang=ar", "/uptime", "/postmortems", "/charts.json", "/postmortems?q=" + secret, "/components/" + ids[4], "/components/" + ids[4] + "/uptime",
		"/components/" + ids[4] + "/days/" + time.Now().UTC().Format(time.DateOnly),
		"/maintenance/" + ids[6], "/maintenance/" + ids[6] + ".ics", "/components/" + ids[5] + ".ics", "/history.ics",
		"/components/" + ids[4] + "?charts=30d", "/charts/" + ids[len(ids)-2] + ".json?range=90d"} {
		if !slices.Contains(answered, want) {
			t.Errorf("%s was not among the %d addresses that answered", want, len(answered))
		}
	}
	v.get("/incidents/"+ids[1]).says("The queue stays short", "Nothing is lost", "Limit the queue", "The logs say so.", "Another text.") // what is public of all that
	bob := h.responder("bob")
	bob.get("/console/incidents/"+ids[0]).is(200).says(secret, "Evidence") // the secrets are there
	piece := "/console/incidents/" + ids[0] + "/evidence/" + ids[8]
	bob.get(piece).is(200).says(secret)
	v.get(piece).is(404)
}

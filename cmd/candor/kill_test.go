package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"candor/store"
)

// TestKillLosesNoAcknowledgedUpdate kills the server a hundred times while a responder writes, at another moment each
// time, and looks for every update that was acknowledged.
func TestKillLosesNoAcknowledgedUpdate(t *testing.T) {
	const rounds = 100
	data := t.TempDir()
	config := write(t, "candor.yaml", "page: {name: Studio status}\ncomponents: [{key: studio, name: Studio}]\n")
	p := start(t, config, "--data", data)
	ada := p.owner()
	_, room := ada.post("/console/incidents", "title", "A long night", "status", "investigating", "body", "It begins.", "promise", "none", "action", "post")
	ada.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	acknowledged := 0
	for round := range rounds {
		if round > 0 {
			p = start(t, config, "--data", data)
		}
		ada.base = p.url
		writing := make(chan struct{})
		go func() {
			<-time.After(rand.N(60 * time.Millisecond)) // any moment will do
			p.kill()
			close(writing)
		}()
		for ada.note(room, acknowledged+1) {
			acknowledged++
		}
		<-writing
	}
	bodies := stored(t, data+"/candor.db", strings.TrimPrefix(room, "/console/incidents/"))
	for n := range acknowledged {
		if !bodies[fmt.Sprintf("Note %d.", n+1)] {
			t.Errorf("note %d of %d was acknowledged and is lost", n+1, acknowledged)
		}
	}
	t.Logf("%d acknowledged notes in %d rounds, all there", acknowledged, rounds)
	if acknowledged < rounds {
		t.Errorf("only %d notes were acknowledged in %d rounds: the test does not write enough", acknowledged, rounds)
	}
}

// note posts a numbered team note and says whether the server acknowledged it.
func (b *browser) note(room string, n int) bool {
	form := url.Values{"version": {"1000000"}, "status": {"note"}, "body": {fmt.Sprintf("Note %d.", n)}, "promise": {"none"}, "action": {"post"}}
	resp, err := b.PostForm(b.base+room+"/updates", form)
	if err != nil {
		return false
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != room {
		b.Errorf("note %d: %s to %s", n, resp.Status, resp.Header.Get("Location"))
	}
	return true
}

// stored returns the texts of an incident's updates in a database.
func stored(t *testing.T, path, incident string) map[string]bool {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	inc, err := db.Incident(t.Context(), incident)
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string]bool{}
	for _, u := range inc.Timeline() {
		bodies[u.Body] = true
	}
	return bodies
}

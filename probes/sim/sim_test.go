package sim

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// house is a running Studio with its pages.
type house struct {
	*Studio
	product, controls string
	t                 *testing.T
}

func open(t *testing.T, q Queue, o Options) *house {
	t.Helper()
	s := New(q, o)
	product, controls := httptest.NewServer(s.Handler()), httptest.NewServer(s.Controls())
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { s.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		wg.Wait()
		product.Close()
		controls.Close()
	})
	return &house{s, product.URL, controls.URL, t}
}

var quiet = Options{TrafficEvery: -1}

// busy fills 256 KiB in a fraction of a second.
var busy = Options{TrafficEvery: time.Millisecond, TrafficSize: 16 << 10}

func (h *house) get(path string) (status int, body string) {
	h.t.Helper()
	resp, err := http.Get(h.product + path)
	return h.read(resp, err)
}

func (h *house) read(resp *http.Response, err error) (int, string) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// send sends a test campaign and returns its id, empty when it was refused.
func (h *house) send(subject string) (status int, id string) {
	h.t.Helper()
	body := fmt.Sprintf(`{"subject": %q}`, subject)
	status, answer := h.read(http.Post(h.product+"/api/test-campaigns", "application/json", strings.NewReader(body)))
	var c struct{ ID string }
	if err := json.Unmarshal([]byte(answer), &c); err != nil {
		h.t.Fatalf("%d %s: %v", status, answer, err)
	}
	return status, c.ID
}

func (h *house) reaches(id string, want State) {
	h.t.Helper()
	eventually(h.t, fmt.Sprintf("campaign %s is %s", id, want), func() bool {
		_, body := h.get("/api/test-campaigns/" + id)
		var c Campaign
		return json.Unmarshal([]byte(body), &c) == nil && c.State == want
	})
}

func (h *house) mustSend(subject string) (id string) {
	h.t.Helper()
	status, id := h.send(subject)
	if status != http.StatusAccepted || id == "" {
		h.t.Fatalf("send a test campaign: got %d and id %q, want 202", status, id)
	}
	return id
}

func (h *house) opens(path string, wantStatus int, want string) {
	h.t.Helper()
	status, body := h.get(path)
	if status != wantStatus || !strings.Contains(body, want) || (want == "" && body != "") {
		h.t.Errorf("GET %s: got %d %q, want %d with %q", path, status, body, wantStatus, want)
	}
}

func (h *house) well() {
	h.t.Helper()
	h.opens("/new-studio/", 200, `data-testid="new-studio"`)
	h.opens("/classic-studio/", 200, `data-testid="classic-studio"`)
	h.reaches(h.mustSend("all is well"), Delivered)
}

func TestStudioWorks(t *testing.T) {
	h := open(t, startNATS(t, 0), Options{TrafficEvery: 5 * time.Millisecond})
	h.well()
	h.opens("/", 200, "Classic Studio")
	h.opens("/us/health", 200, `{"status":"ok"}`)
	h.opens("/eu/health", 200, `{"status":"ok"}`)
	h.opens("/mailbox", 200, "all is well")
	h.opens("/sim.css", 200, "--paper")
	h.opens("/api/test-campaigns/nobody", 404, "no such test campaign")
	_, body := h.get("/api/mailbox")
	var box struct{ Mails []Mail }
	if err := json.Unmarshal([]byte(body), &box); err != nil || len(box.Mails) != 1 || box.Mails[0].Subject != "all is well" {
		t.Errorf("got mailbox %s, %v; want one mail", body, err)
	}
}

func TestStudioPassesTheFormOn(t *testing.T) {
	h := open(t, startNATS(t, 0), quiet)
	status, body := h.read(http.PostForm(h.product+"/new-studio/test-campaigns", url.Values{"subject": {"<b>news</b>"}}))
	if status != 200 || !strings.Contains(body, "&lt;b&gt;news") {
		t.Errorf("got %d %s, want the campaign's page", status, body)
	}
	status, body = h.read(http.PostForm(h.product+"/new-studio/test-campaigns", url.Values{"subject": {" "}}))
	if status != 422 || !strings.Contains(body, errSubject.Error()) {
		t.Errorf("got %d %s, want 422 that asks for a subject", status, body)
	}
}

func TestStudioRefusesWhatItCannotSend(t *testing.T) {
	h := open(t, startNATS(t, 0), quiet)
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"no JSON":             {"subject=news", 400},
		"a body without end":  {`{"subject": "` + strings.Repeat("x", 1<<20), 400},
		"no subject":          {`{}`, 422},
		"a very long subject": {`{"subject": "` + strings.Repeat("x", 201) + `"}`, 422},
	} {
		status, body := h.read(http.Post(h.product+"/api/test-campaigns", "application/json", strings.NewReader(c.body)))
		if status != c.want || !strings.Contains(body, `{"error":`) {
			t.Errorf("%s: got %d %s, want %d with an error", name, status, body, c.want)
		}
	}
	if got := len(h.post.campaigns); got != 0 {
		t.Errorf("got %d campaigns, want none", got)
	}
}

func TestStudioFailsAsOnMay2(t *testing.T) {
	h := open(t, startNATS(t, 256<<10), busy)
	h.well()
	h.Break(StopWorker)
	eventually(t, "the full queue refuses a session", func() bool { status, _ := h.get("/new-studio/"); return status == 503 })
	eventually(t, "the full queue stays full", func() bool { status, _ := h.send("lost"); return status == 503 })
	h.opens("/new-studio/", 503, "Studio could not load")
	h.opens("/classic-studio/", 200, "")
	h.opens("/us/health", 200, `{"status":"ok"}`)
	if _, body := h.read(http.Get(h.controls)); !strings.Contains(body, "Refuses new messages") || !strings.Contains(body, "Stopped") {
		t.Errorf("the control page does not tell of the full queue and the stopped worker: %s", body)
	}

	status, _ := h.read(http.Post(h.controls+"/purge", "", nil))
	if status != 200 {
		t.Errorf("purge: got %d", status)
	}
	h.Mend(StopWorker)
	eventually(t, "Studio opens again", func() bool { status, _ := h.get("/new-studio/"); return status == 200 })
	h.well()
}

func TestStudioTrafficLeavesNoRoomForASession(t *testing.T) {
	q := startNATS(t, 256<<10)
	h := open(t, q, busy)
	h.Break(StopWorker)
	eventually(t, "less is left than a session needs", func() bool {
		d, err := q.Depth(within(t))
		return err == nil && d.Limit-d.Used < int64(len(message{Kind: forSession, ID: newID()}.encode()))
	})
	h.opens("/new-studio/", 503, "Studio could not load")
}

func TestStudioCatchesUpWithoutAPurge(t *testing.T) {
	h := open(t, startNATS(t, 0), quiet)
	h.Break(StopWorker)
	id := h.mustSend("patience")
	h.reaches(id, Queued)
	h.Mend(StopWorker)
	h.reaches(id, Delivered)
}

func TestStudioWithoutConnections(t *testing.T) {
	h := open(t, startNATS(t, 0), Options{TrafficEvery: -1, AcceptWithin: 300 * time.Millisecond})
	h.well()
	h.Break(RefuseConnections)
	h.opens("/new-studio/", 503, "Studio could not load")
	h.opens("/classic-studio/", 200, "")
	if status, _ := h.send("nowhere to go"); status != 503 {
		t.Errorf("send: got %d, want 503", status)
	}
	if got := len(h.post.campaigns); got != 1 {
		t.Errorf("got %d campaigns, want none but the first", got)
	}
	h.Mend(RefuseConnections)
	eventually(t, "Studio opens again", func() bool { status, _ := h.get("/new-studio/"); return status == 200 })
	h.well()
}

func TestStudioSmallerFaults(t *testing.T) {
	h := open(t, startNATS(t, 0), Options{TrafficEvery: -1, SlowBy: 300 * time.Millisecond})

	h.Break(WhiteScreen)
	h.opens("/classic-studio/", 200, "")
	h.opens("/new-studio/", 200, "Your campaigns")
	h.Mend(WhiteScreen)

	h.Break(LoseMail)
	lost := h.mustSend("lost")
	h.reaches(lost, Sent)
	h.Mend(LoseMail)

	h.Break(ProcessingErrors)
	h.reaches(h.mustSend("garbled"), Failed)
	eventually(t, "the message is gone", func() bool {
		d, err := h.queue.Depth(within(t))
		return err == nil && d.Messages == 0
	})
	h.Mend(ProcessingErrors)

	h.Break(SlowPages)
	began := time.Now()
	h.opens("/new-studio/", 200, "Your campaigns")
	if took := time.Since(began); took < h.options.SlowBy {
		t.Errorf("a slow page took %s, want at least %s", took, h.options.SlowBy)
	}
	h.MendAll()

	h.well()
	h.reaches(lost, Sent)
	if got := h.post.mailbox(); len(got) != 1 {
		t.Errorf("got mails %v, want the last one only", got)
	}
}

func TestStudioForgetsTheOldest(t *testing.T) {
	var p post
	var ids []string
	for i := range kept + 10 {
		c := p.add(fmt.Sprint(i))
		ids = append(ids, c.ID)
		p.deliver(c.ID, time.Now())
		p.deliver(c.ID, time.Now())
	}
	if len(p.campaigns) != kept || len(p.mails) != kept {
		t.Fatalf("got %d campaigns and %d mails, want %d each", len(p.campaigns), len(p.mails), kept)
	}
	if _, ok := p.campaign(ids[9]); ok {
		t.Error("the oldest is still there")
	}
	if got := p.mailbox()[0].Subject; got != fmt.Sprint(kept+9) {
		t.Errorf("got newest mail %s, want %d", got, kept+9)
	}
}

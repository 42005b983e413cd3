package sim

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestControls(t *testing.T) {
	h := open(t, startNATS(t, 0), Options{TrafficEvery: -1, StatusPage: "http://status.test/", Product: "http://studio.test/"})
	_, page := h.read(http.Get(h.controls))
	for _, c := range cards {
		if !strings.Contains(page, `action="break/`+string(c.Fault)+`"`) {
			t.Errorf("no way to break %s", c.Fault)
		}
	}
	for _, want := range []string{"http://status.test/", "http://studio.test/", "Accepts messages", "Running", "0 of 6"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}

	for _, c := range cards {
		h.pull("/break/"+string(c.Fault), 303)
		h.pull("/break/"+string(c.Fault), 303)
		if got, want := h.Faults(), []Fault{c.Fault}; !slices.Equal(got, want) {
			t.Errorf("got broken %v, want %v", got, want)
		}
		_, page := h.read(http.Get(h.controls))
		if !strings.Contains(page, `action="mend/`+string(c.Fault)+`"`) {
			t.Errorf("no way to mend %s", c.Fault)
		}
		h.pull("/mend/"+string(c.Fault), 303)
	}
	h.Break(LoseMail)
	h.pull("/mend-all", 303)
	if got := h.Faults(); len(got) != 0 {
		t.Errorf("got broken %v after mending everything", got)
	}
	h.pull("/break/the-bank", 404)
}

func TestControlsObeyTheirOwnPageOnly(t *testing.T) {
	h := open(t, startNATS(t, 0), quiet)
	req, err := http.NewRequest("POST", h.controls+"/break/lose-mail", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Origin", "http://elsewhere.test")
	if status, _ := h.read(http.DefaultClient.Do(req)); status != 403 || len(h.Faults()) != 0 {
		t.Errorf("got %d and broken %v, want 403 and nothing broken", status, h.Faults())
	}
	if status, _ := h.read(http.Get(h.controls + "/break/lose-mail")); status != 405 {
		t.Errorf("GET: got %d, want 405", status)
	}
}

// pull posts to the control page without following the redirect.
func (h *house) pull(path string, want int) {
	h.t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	status, body := h.read(client.Post(h.controls+path, "", nil))
	if status != want {
		h.t.Errorf("POST %s: got %d %s, want %d", path, status, body, want)
	}
}

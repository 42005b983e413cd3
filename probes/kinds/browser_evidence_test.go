package kinds

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// pictureOf decodes the screenshot of a result.
func pictureOf(t *testing.T, r probes.Result) image.Image {
	t.Helper()
	for _, e := range r.Evidence {
		if e.Name == "screenshot" && e.Type == "image/jpeg" {
			picture, err := jpeg.Decode(bytes.NewReader(e.Body))
			if err != nil {
				t.Fatal(err)
			}
			return picture
		}
	}
	t.Fatalf("%s %s: no screenshot among %d pieces of evidence", r.Outcome, r.Detail, len(r.Evidence))
	return nil
}

// near says that a colour is the other one, as far as a JPEG keeps it.
func near(a, b color.Color) bool {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	far := func(x, y uint32) bool { return max(x, y)-min(x, y) > 0x1800 }
	return !far(ar, br) && !far(ag, bg) && !far(ab, bb)
}

func TestBrowserEvidenceOfAFailure(t *testing.T) {
	const canary = "canary in the field"
	url := site(t, map[string]string{"/": `<body style="background:#ff0000"><p id=p>All is typed in here.</p><input id=i placeholder=word>
<script>console.error("no campaign for", {a: 1}); fetch("/missing?token=canary-query"); setTimeout(() => { throw new Error("it broke for ` + canary + `") }, 10);
i.oninput = () => p.textContent = "You typed " + i.value;
new MutationObserver(() => { if (p.textContent == "You typed ***") document.body.style.background = "#0000ff" }).observe(p, {childList: true, characterData: true, subtree: true})</script>`})
	r := browse(t, "url: "+url+"\nsteps: [{fill: {selector: '#i', text: "+canary+"}}]\nexpect: {text: Thank you}")
	if r.Outcome != probes.Failed {
		t.Fatalf("got %s: %s", r.Outcome, r.Detail)
	}
	picture := pictureOf(t, r)
	if size := picture.Bounds().Size(); size != image.Pt(1280, 800) {
		t.Errorf("the screenshot has %v", size)
	}
	if got := picture.At(1200, 700); !near(got, color.RGBA{B: 255, A: 255}) {
		t.Errorf("what was typed shows in the screenshot: the page is %v", got)
	}
	said := textOf(t, r, "console and requests")
	shows(t, said, "console: no campaign for", "uncaught exception: Error: it broke for ***", "/missing: status 404")
	if strings.Contains(said, "canary") {
		t.Errorf("the evidence tells a secret:\n%s", said)
	}
}

func TestBrowserKeepsAGoodPictureNowAndThen(t *testing.T) {
	url := site(t, map[string]string{"/": sentence + "<div style='position:absolute;top:5000px;height:2000px;width:100%;background:#00aa00'><a id=end>end</a></div>"})
	c := browserChecker(t, "url: "+url+"/\nviewport: {width: 2000, height: 1000}\nsteps: [{go: '"+url+"/#end'}]\nexpect: {visible_text: 0}")
	r := check(t, c, time.Minute)
	if r.Outcome != probes.OK {
		t.Fatalf("got %s: %s", r.Outcome, r.Detail)
	}
	picture := pictureOf(t, r)
	if size := picture.Bounds().Size(); size != image.Pt(1280, 640) {
		t.Errorf("the picture of a large window has %v", size)
	}
	if got := picture.At(600, 500); !near(got, color.RGBA{G: 0xaa, A: 255}) {
		t.Errorf("the picture is not of what shows: %v", got)
	}
	if r := check(t, c, time.Minute); r.Outcome != probes.OK || len(r.Evidence) > 0 {
		t.Errorf("a second good run took a picture too: %+v", r.Outcome)
	}
	c.(*browserCheck).good.Store(time.Now().Add(-goodEvery).Unix())
	pictureOf(t, check(t, c, time.Minute))
}

func TestBrowserEvidenceOfAPageThatHangs(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte("<!doctype html><p>Good morning, everything is here.</p><script>for(;;);</script>"))
	}))
	t.Cleanup(server.Close)
	r := browseWithin(t, 15*time.Second, "url: "+server.URL)
	if r.Outcome != probes.Failed {
		t.Fatalf("got %s: %s", r.Outcome, r.Detail)
	}
	shows(t, textOf(t, r, "screenshot"), "There is no screenshot")
}

package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// wanted matches what a browser fetches to show a page; the icon is fetched later, if at all.
var wanted = regexp.MustCompile(`<(?:link rel="(?:stylesheet|preload)"[^>]*href|script[^>]*src|img[^>]*src|iframe[^>]*src|source[^>]*src)="([^"]+)"`)

// The first view of a page, with all that a browser fetches for it, has a budget.
func TestFirstViewFitsItsBudget(t *testing.T) {
	for _, tt := range []struct {
		name             string
		components, told int
		coding           string
		most             int
	}{
		{"what arrives with the first packets", 30, 30, "gzip", 14 << 10},
		{"a large page", 500, 250, "gzip", 30 << 10},
		{"a large page on which much went wrong, in what browsers take over TLS", 500, 2000, "br", 30 << 10},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := crowded(t, tt.components, tt.told)
			get := func(path, coding string) *httptest.ResponseRecorder {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
				r.Header.Set("Accept-Encoding", coding)
				w := httptest.NewRecorder()
				s.ServeHTTP(w, r)
				if w.Code != http.StatusOK || coding != "" && w.Header().Get("Content-Encoding") != coding {
					t.Fatalf("%s in %q: %d %v", path, coding, w.Code, w.Header())
				}
				return w
			}
			page := get("/", "").Body.String()
			if n := strings.Count(page, `class="component"`); n != tt.components {
				t.Fatalf("the page shows %d components", n)
			}
			var assets []string
			for _, m := range wanted.FindAllStringSubmatch(page, -1) {
				assets = append(assets, m[1])
			}
			if len(assets) != 2 || !slices.ContainsFunc(assets, func(a string) bool { return strings.HasSuffix(a, ".css") }) {
				t.Errorf("the page asks for %q, want one style sheet and one script", assets)
			}
			size := get("/", tt.coding).Body.Len()
			t.Logf("the page has %d bytes, %d in %s", len(page), size, tt.coding)
			for _, a := range assets {
				w := get(a, tt.coding)
				size += w.Body.Len()
				if c := w.Header().Get("Cache-Control"); !strings.Contains(c, "immutable") || !strings.HasPrefix(a, "/static/") {
					t.Errorf("%s may be kept for %q", a, c)
				}
			}
			if size > tt.most {
				t.Errorf("the first view has %d bytes in %s, want %d at most", size, tt.coding, tt.most)
			}
			t.Logf("the first view has %d bytes", size)
		})
	}
}

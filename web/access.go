package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/labstack/echo/v4"
)

// Access says who may read a private page: whoever knows the password, has a signed link, or comes from a network.
// The zero value is a public page.
type Access struct {
	Password string         // its argon2id hash; empty: there is none
	Secret   string         // that links are signed with; empty: there are none
	Networks []netip.Prefix // of visitors; behind a proxy only when Options names it
}

// Private says whether the page is for some readers only.
func (a Access) Private() bool { return a.Password != "" || a.Secret != "" || len(a.Networks) > 0 }

// Kinds of passes.
const (
	byLink     = "link"
	byPassword = "password"
)

// passLife is how long a reader who gave the password is not asked again.
const passLife = 30 * 24 * time.Hour

// Link returns what ?access= of a link holds that lets its readers in until then.
func (a Access) Link(until time.Time) string { return a.pass(byLink, until) }

// pass returns a signed word that lets its bearer in. Another password or another secret makes it void.
func (a Access) pass(kind string, until time.Time) string {
	text := kind + "." + strconv.FormatInt(until.Unix(), 10)
	return text + "." + base64.RawURLEncoding.EncodeToString(a.sign(kind, text))
}

func (a Access) sign(kind, text string) []byte {
	key := a.Secret
	if kind == byPassword {
		key = a.Password + "\x00" + a.Secret
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte("candor access " + text))
	return mac.Sum(nil)
}

// admits says whether a pass was signed by this page, and until when it is good.
func (a Access) admits(pass string, now time.Time) (until time.Time, ok bool) {
	parts := strings.Split(pass, ".")
	if len(pass) > 200 || len(parts) != 3 || parts[0] == byLink && a.Secret == "" || parts[0] == byPassword && a.Password == "" ||
		!slices.Contains([]string{byLink, byPassword}, parts[0]) {
		return time.Time{}, false
	}
	unix, err := strconv.ParseInt(parts[1], 10, 64)
	got, err64 := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || err64 != nil || !hmac.Equal(got, a.sign(parts[0], parts[0]+"."+parts[1])) {
		return time.Time{}, false
	}
	until = time.Unix(unix, 0)
	return until, now.Before(until)
}

// CheckPassword returns what is wrong with a password's hash.
func CheckPassword(hash string) error {
	p, _, _, err := argon2id.DecodeHash(hash)
	switch {
	case err != nil:
		return errors.New("this is no argon2id hash")
	case p.Memory > 256<<10 || p.Iterations > 20:
		return errors.New("this hash would cost more than 256 MiB or 20 passes for each try")
	}
	return nil
}

// stayOpen is all that a private page answers to everybody: the way in, assets that tell nothing of the state,
// and what has a lock of its own. A path that ends in / stands for all below it.
var stayOpen = []string{accessPath, "/static/", "/healthz", "/readyz", "/metrics", "/console", "/console/", pingPath}

const accessPath = "/access"

func staysOpen(path string) bool {
	return slices.ContainsFunc(stayOpen, func(open string) bool {
		return path == open || strings.HasSuffix(open, "/") && strings.HasPrefix(path, open)
	})
}

// guard lets only those pass to a private page who may read it.
func (s *Server) guard(next http.Handler, address echo.IPExtractor) http.Handler {
	if !s.Access.Private() {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if staysOpen(r.URL.Path) && (r.URL.RawPath == "" || staysOpen(r.URL.RawPath)) {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Cross-Origin-Resource-Policy", "same-site") // no other site reads it through a reader who may
		h.Add("Vary", "Cookie")
		link := r.URL.Query().Get("access")
		until, linked := s.Access.admits(link, time.Now())
		switch {
		case linked:
			s.remember(w, link, until)
			if forPeople(r) {
				http.Redirect(w, r, without(r.URL), http.StatusSeeOther) // the link does not stay in the history
				return
			}
		case !s.holdsPass(r) && !s.isNear(r, address) && !s.isResponder(r):
			refuse(w, r, link != "")
			return
		}
		next.ServeHTTP(&privateWriter{ResponseWriter: w}, r)
	})
}

func (s *Server) holdsPass(r *http.Request) bool {
	c, err := r.Cookie(s.passName())
	if err != nil {
		return false
	}
	_, ok := s.Access.admits(c.Value, time.Now())
	return ok
}

// isNear says whether a visitor comes from an allowed network. The address of a proxy says nothing of who is behind it.
func (s *Server) isNear(r *http.Request, address echo.IPExtractor) bool {
	if len(s.Access.Networks) == 0 {
		return false
	}
	if len(s.Proxies) == 0 && (r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" || r.Header.Get("X-Real-Ip") != "") {
		return false
	}
	ip, err := netip.ParseAddr(address(r))
	if err != nil {
		return false
	}
	for _, proxy := range s.Proxies {
		if proxy.Contains(ip.AsSlice()) {
			return false
		}
	}
	return slices.ContainsFunc(s.Access.Networks, func(n netip.Prefix) bool { return n.Contains(ip.Unmap()) })
}

// isResponder says whether a visitor is signed in to the console.
func (s *Server) isResponder(r *http.Request) bool {
	c, err := r.Cookie(s.sessions.Cookie.Name)
	if err != nil {
		return false
	}
	ctx, err := s.sessions.Load(r.Context(), c.Value)
	if err != nil {
		slog.Error("read a session", "error", err)
		return false
	}
	id := s.sessions.GetString(ctx, personKey)
	if id == "" {
		return false
	}
	_, err = s.Store.Person(ctx, id)
	return err == nil
}

func (s *Server) secure() bool { return strings.HasPrefix(s.Site.URL, "https://") }

func (s *Server) passName() string {
	if s.secure() {
		return "__Host-candor-pass"
	}
	return "candor-pass"
}

// remember keeps a pass in the reader's browser.
func (s *Server) remember(w http.ResponseWriter, pass string, until time.Time) {
	http.SetCookie(w, &http.Cookie{Name: s.passName(), Value: pass, Path: "/", Expires: until, HttpOnly: true,
		Secure: s.secure(), SameSite: http.SameSiteLaxMode})
}

// forPeople says whether a browser asks for a page.
func forPeople(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && strings.Contains(r.Header.Get("Accept"), "text/html") && !forMachines(r.URL.Path)
}

// without returns the path and query of an address without the link's pass.
func without(u *url.URL) string {
	q := u.Query()
	q.Del("access")
	path := "/" + strings.TrimLeft(u.EscapedPath(), "/")
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// refuse sends people to the way in, and tells programs that there is nothing for them.
func refuse(w http.ResponseWriter, r *http.Request, void bool) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	if forPeople(r) {
		target := accessPath + "?next=" + url.QueryEscape(without(r.URL))
		if void {
			target += "&void=yes"
		}
		if lang := r.URL.Query().Get("lang"); lang != "" {
			target += "&lang=" + url.QueryEscape(lang)
		}
		http.Redirect(w, r, target, http.StatusSeeOther)
		return
	}
	h.Set("Content-Type", jsonType)
	w.WriteHeader(http.StatusForbidden)
	if r.Method != http.MethodHead {
		json.NewEncoder(w).Encode(map[string]any{"code": http.StatusForbidden, "message": "This page is private"}) // whoever hangs up does not read it
	}
}

// privateWriter keeps an answer out of shared caches, and from scripts of other sites.
type privateWriter struct {
	http.ResponseWriter
	begun bool
}

func (w *privateWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader sends the answer's head.
func (w *privateWriter) WriteHeader(code int) {
	if h := w.Header(); !w.begun {
		w.begun = true
		if !strings.Contains(h.Get("Cache-Control"), "no-store") {
			h.Set("Cache-Control", "private, no-cache")
		}
		h.Del("Access-Control-Allow-Origin")
	}
	w.ResponseWriter.WriteHeader(code)
}

// Write sends a part of the answer's body.
func (w *privateWriter) Write(b []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}

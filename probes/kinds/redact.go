package kinds

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// shortestSecret is how long a value must be to be hidden: a shorter one would tear holes into every text.
const shortestSecret = 4

// redactor replaces secret values in texts for responders.
type redactor struct{ secrets map[string]bool }

// hide adds values, with the forms in which a server might repeat them.
func (r *redactor) hide(values ...string) {
	if r.secrets == nil {
		r.secrets = map[string]bool{}
	}
	for _, v := range values {
		if len(v) < shortestSecret {
			continue
		}
		quoted, _ := json.Marshal(v) // a string always can be
		for _, form := range []string{v, url.QueryEscape(v), url.PathEscape(v), escapeURL(v), html.EscapeString(v),
			string(quoted[1 : len(quoted)-1])} {
			r.secrets[form] = true
		}
	}
}

// clean returns s with *** in the place of each secret, also of those that overlap.
func (r *redactor) clean(s string) string { return mask(s, r.find(s)) }

// cleanStart is clean for the first bytes of s, at least n of them when s is that long.
func (r *redactor) cleanStart(s string, n int) string {
	longest := 0
	for secret := range r.secrets {
		longest = max(longest, len(secret))
	}
	if len(s) <= n+longest {
		return r.clean(s)
	}
	hidden := r.find(s[:n+longest]) // so that a secret that begins before n is seen whole
	return mask(s[:n], hidden)
}

// find marks the bytes of s that belong to a secret; it returns nil when there are none.
func (r *redactor) find(s string) []bool {
	var hidden []bool
	for secret := range r.secrets {
		for from := 0; ; from += len(secret) {
			i := strings.Index(s[from:], secret)
			if i < 0 {
				break
			}
			if hidden == nil {
				hidden = make([]bool, len(s))
			}
			from += i
			for k := range len(secret) {
				hidden[from+k] = true
			}
		}
	}
	return hidden
}

// mask puts *** in the place of each hidden run of bytes.
func mask(s string, hidden []bool) string {
	if hidden == nil {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case !hidden[i]:
			b.WriteByte(s[i])
		case i == 0 || !hidden[i-1]:
			b.WriteString("***")
		}
	}
	return b.String()
}

const secretName = `[\w-]*(?:passw|secret|token|api[_-]?key|credential|csrf)[\w-]*`

var (
	namedSecret = regexp.MustCompile(`(?i)(\b` + secretName + `\\?"?\s*[:=]\s*\\?"?)[^"\\\s&,;<>{}\[\]*]+`)
	nameIsKey   = regexp.MustCompile(`(?i)^` + secretName + `$`)
)

// plainHeader says that a header's value is no secret and may go to other hosts.
func plainHeader(name string) bool {
	switch strings.ToLower(name) {
	case "accept", "accept-language", "accept-encoding", "cache-control", "content-type", "host", "pragma", "user-agent":
		return true
	}
	return false
}

// headerSecrets returns the values of headers that must not be shown.
func headerSecrets(headers map[string]string) []string {
	var all []string
	for name, value := range headers {
		if !plainHeader(name) { // a server may repeat only the token of "Bearer token" or "session=token"
			all = append(append(all, value), strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" ;,=", r) })...)
		}
	}
	return all
}

// secrets returns the values of a step's configuration that must not be shown.
func (s HTTPStep) secrets() []string {
	all := []string{s.Bearer}
	if s.BasicAuth != nil {
		login := s.BasicAuth.User + ":" + s.BasicAuth.Password
		all = append(all, s.BasicAuth.User, s.BasicAuth.Password, base64.StdEncoding.EncodeToString([]byte(login)))
	}
	all = append(all, headerSecrets(s.Headers)...)
	if u, err := url.Parse(s.URL); err == nil {
		if password, ok := u.User.Password(); ok {
			all = append(all, password, base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password)))
		}
		all = append(all, u.User.Username())
		all = append(all, namedValues(u.Query())...)
	}
	if form, err := url.ParseQuery(s.Body); err == nil {
		all = append(all, namedValues(form)...)
	}
	if doc, err := decodeJSON([]byte(s.Body)); err == nil {
		all = append(all, namedStrings("", doc)...)
	}
	return append(all, namedStrings("", s.JSON)...)
}

// namedValues returns the values of a query or form whose names say that they are secret.
func namedValues(form url.Values) []string {
	var all []string
	for name, values := range form {
		if nameIsKey.MatchString(name) {
			all = append(all, values...)
		}
	}
	return all
}

// namedStrings returns the texts of a JSON value whose names say that they are secret.
func namedStrings(name string, v any) []string {
	var all []string
	switch v := v.(type) {
	case string:
		if nameIsKey.MatchString(name) {
			all = append(all, v)
		}
	case []any:
		for _, each := range v {
			all = append(all, namedStrings(name, each)...)
		}
	case map[string]any:
		for k, each := range v {
			all = append(all, namedStrings(k, each)...)
		}
	}
	return all
}

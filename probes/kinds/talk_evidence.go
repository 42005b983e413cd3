package kinds

import (
	"cmp"
	"crypto/x509"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"candor/probes"
)

// maxChain is how many certificates of a server are kept as evidence.
const maxChain = 5

// evidence is what a run found and measured, the certificates that it was shown, and how the server began to speak.
func (t *talk) evidence(found probes.Result) probes.Evidence {
	var b strings.Builder
	if t.raw != nil {
		fmt.Fprintf(&b, "\nconnected to %s\n", t.raw.RemoteAddr())
		if began := t.raw.began(); readable(began) {
			fmt.Fprintf(&b, "the server began with %q\n", namedSecret.ReplaceAllString(t.tell.clean(began), "${1}***"))
		}
	}
	for i, c := range t.chain[:min(len(t.chain), maxChain)] {
		fmt.Fprintf(&b, "certificate %d: %s\n", i+1, described(c))
	}
	e := t.tell.numbers("what was found", found)
	e.Body = append(e.Body, t.tell.clean(b.String())...)
	return e
}

// readable says whether the beginning of what a server sent is a text; the last character may have come in part.
func readable(s string) bool {
	for i, r := range s {
		if r == utf8.RuneError && len(s)-i >= utf8.UTFMax || r != utf8.RuneError && !unicode.IsPrint(r) && !unicode.IsSpace(r) {
			return false
		}
	}
	return s != ""
}

// described says in a line for whom a certificate is, by whom, and when.
func described(c *x509.Certificate) string {
	const most = 5
	names := append([]string{}, c.DNSNames...)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	more := ""
	if n := len(names) - most; n > 0 {
		names, more = names[:most], fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("%s for %s%s, issued by %s, valid from %s until %s",
		short(cmp.Or(c.Subject.String(), "(no subject)")), short(cmp.Or(strings.Join(names, ", "), "no name")), more, short(cmp.Or(c.Issuer.String(), "(nobody)")),
		c.NotBefore.UTC().Format(time.DateTime), c.NotAfter.UTC().Format(time.DateTime))
}

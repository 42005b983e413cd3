package app

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestAccessIsConfigured(t *testing.T) {
	hash, err := PagePassword("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.Repeat("s", 32)
	c := parse(t, "page:\n  name: x\n  url: https://status.example.com\n  access: {password: '${HASH}', link_secret: '${SECRET}', networks: [10.0.0.0/8]}\n", "HASH", hash, "SECRET", secret)
	a := c.Access()
	if !a.Private() || a.Password != hash || a.Secret != secret || len(a.Networks) != 1 {
		t.Errorf("got %+v", a)
	}
	if parse(t, "page: {name: x}\n").Access().Private() {
		t.Error("a page is private without a word of it")
	}
	for src, want := range map[string]string{
		"{}":                    `"access" names no way to get in`,
		"{networks: []}":        `"access" names no way to get in`,
		"{password: hunter22}":  `"password" is not the password itself`,
		"{password: '${COST}'}": "more than 256 MiB",
		"{link_secret: short}":  `"link_secret" has at least 32 characters`,
		"{networks: [all]}":     "networks",
	} {
		_, err := Parse("c.yaml", []byte("page:\n  name: x\n  access: "+src+"\n"), environment("COST", strings.Replace(hash, "m=19456", "m=9945600", 1)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", src, err, want)
		}
		if err != nil && (strings.Contains(err.Error(), "hunter22") || strings.Contains(err.Error(), "9945600")) {
			t.Errorf("the message shows what is secret: %v", err)
		}
	}
}

func TestPageLink(t *testing.T) {
	now := time.Now()
	c := parse(t, "page:\n  name: x\n  url: https://status.example.com\n  access: {link_secret: '"+strings.Repeat("s", 32)+"'}\n")
	link, err := PageLink(c, "/history?page=2", "30d", now)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(link)
	if err != nil || u.Host != "status.example.com" || u.Path != "/history" || u.Query().Get("page") != "2" ||
		u.Query().Get("access") != c.Access().Link(now.Add(30*24*time.Hour)) {
		t.Errorf("%v: %s", err, link)
	}
	for expires, want := range map[string]string{"soon": "at least 1m", "1s": "at least 1m", "99999d": "at least 1m"} {
		if _, err := PageLink(c, "/", expires, now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", expires, err)
		}
	}
	if _, err := PageLink(parse(t, "page: {name: x}\n"), "/", "30d", now); err == nil || !strings.Contains(err.Error(), "link_secret") {
		t.Errorf("a link without a secret: %v", err)
	}
	if _, err := PagePassword("short"); err == nil {
		t.Error("a short password is taken")
	}
}

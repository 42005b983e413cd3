package main

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"candor/store/storetest"
)

var addAda = []string{"responder", "add", "--name", "Ada", "--email", "Ada@Example.com", "--password-stdin"}

// add returns the command that makes an account.
func add(name, email string, more ...string) []string {
	return append([]string{"responder", "add", "--name", name, "--email", email, "--password-stdin"}, more...)
}

// signIn signs in with a fresh browser and returns it, and whether that worked.
func signIn(t testing.TB, base, email, password string) (b *browser, ok bool) {
	t.Helper()
	b = newBrowser(t, base)
	_, code, at := b.send(http.MethodPost, "/console/sign-in", url.Values{"email": {email}, "password": {password}})
	if ok = code == http.StatusOK && at == "/console"; !ok && code != http.StatusUnprocessableEntity {
		t.Errorf("sign in: %d at %s", code, at)
	}
	return b, ok
}

// TestResponders makes accounts from a shell while the server runs.
func TestResponders(t *testing.T) {
	for _, engine := range storetest.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			sh := newShell(t)
			sh.write("candor.yaml", small+"storage: {database: \""+storetest.DSN(t, engine)+"\"}\n")
			p := start(t, filepath.Join(sh.dir, "candor.yaml"))
			sh.expect("nobody", sh.run("responder", "list"), ended{"", "", 0})
			sh.expect("the first is the owner", sh.runWith("correct horse\nnot this line\n", addAda...),
				ended{"Ada can sign in with ada@example.com, as owner.\n", "", 0})
			sh.expect("the second is not", sh.runWith("a crowbar, red", add("Ben", "ben@example.com")...),
				ended{"Ben can sign in with ben@example.com, as responder.\n", "", 0})
			sh.expect("unless it should be", sh.runWith("battery staple\r\n", add("Cem", "cem@example.com", "--role", "owner")...),
				ended{"Cem can sign in with cem@example.com, as owner.\n", "", 0})
			refuseAccounts(sh)
			sh.expect("the list", sh.run("responder", "list"), ended{
				"Ada                            ada@example.com                          owner\n" +
					"Ben                            ben@example.com                          responder\n" +
					"Cem                            cem@example.com                          owner\n", "", 0})
			passwords := map[string]string{"ADA@example.com": "correct horse", "ben@example.com": "a crowbar, red", "cem@example.com": "battery staple"}
			for email, password := range passwords {
				if _, ok := signIn(t, p.url, email, password); !ok {
					t.Errorf("%s cannot sign in", email)
				}
				if _, ok := signIn(t, p.url, email, password+" "); ok {
					t.Errorf("%s can sign in with a wrong password", email)
				}
			}
			p.stop()
		})
	}
}

// refuseAccounts tries accounts that cannot be; Ada has one.
func refuseAccounts(sh shell) {
	sh.Helper()
	tests := []struct {
		name, input string
		args        []string
		want        string
	}{
		{"an address twice, in whatever case", "correct horse", add("Eve", "ADA@EXAMPLE.COM"),
			"Somebody has an account with this e-mail address already. Use another one, or sign in with it."},
		{"no address", "correct horse", add("Eve", "eve"), "Give an e-mail address such as ada@example.com."},
		{"an address with a name", "correct horse", add("Eve", "Eve <eve@example.com>"), "Give an e-mail address such as ada@example.com."},
		{"no name", "correct horse", add(" ", "eve@example.com"), "Give a name of at most 100 letters."},
		{"a short password", "Kn4ry", add("Eve", "eve@example.com"), "Choose a password of at least 8 characters."},
		{"no password", "", add("Eve", "eve@example.com"), "Choose a password of at least 8 characters."},
		{"a long password", strings.Repeat("Kn4ry", 1000), add("Eve", "eve@example.com"), "Choose a password of at most 200 characters."},
		{"no such role", "correct horse", add("Eve", "eve@example.com", "--role", "king"), "A role is owner or responder."},
		{"no terminal", "correct horse", []string{"responder", "add", "--name", "Eve", "--email", "eve@example.com"},
			"there is no terminal to ask for the password; pass --password-stdin and give it on standard input"},
	}
	for _, tt := range tests {
		sh.expect(tt.name, sh.runWith(tt.input, tt.args...), ended{"", "candor: " + tt.want + "\n", 1})
	}
}

// TestDataFolderOfResponders makes an account where `serve --data` looks for it.
func TestDataFolderOfResponders(t *testing.T) {
	t.Parallel()
	sh := newShell(t)
	sh.write("candor.yaml", small)
	data := filepath.Join(sh.dir, "elsewhere")
	sh.expect("add", sh.runWith("correct horse", append(addAda[:len(addAda):len(addAda)], "--data", data)...),
		ended{"Ada can sign in with ada@example.com, as owner.\n", "", 0})
	p := start(t, filepath.Join(sh.dir, "candor.yaml"), "--data", data)
	if _, ok := signIn(t, p.url, "ada@example.com", "correct horse"); !ok {
		t.Error("Ada cannot sign in")
	}
	sh.expect("list", sh.run("responder", "list", "--data", data),
		ended{"Ada                            ada@example.com                          owner\n", "", 0})
}

// TestFirstLink starts the server until somebody has an account, and once more.
func TestFirstLink(t *testing.T) {
	t.Parallel()
	config, data := write(t, "candor.yaml", small), t.TempDir()
	first := start(t, config, "--data", data)
	old := <-first.links
	first.stop()
	if strings.Contains(first.output.String(), "token=") {
		t.Errorf("the log has the link:\n%s", first.output)
	}
	if !strings.HasPrefix(old, first.url+"/console/welcome?token=") {
		t.Errorf("the link is %s, want one of %s", old, first.url)
	}

	second := start(t, config, "--data", data)
	_, token, _ := strings.Cut(old, "token=")
	eve := newBrowser(t, second.url)
	if _, code, _ := eve.send(http.MethodGet, "/console/welcome?token="+token, nil); code != http.StatusNotFound {
		t.Errorf("the older link shows a page: %d", code)
	}
	form := url.Values{"token": {token}, "name": {"Eve"}, "email": {"eve@example.com"}, "password": {"correct horse"}}
	if _, code, _ := eve.send(http.MethodPost, "/console/welcome", form); code != http.StatusNotFound {
		t.Errorf("the older link makes an account: %d", code)
	}
	ada := second.owner()
	second.stop()

	third := start(t, config, "--data", data)
	ada.base = third.url
	if page := ada.get("/console"); !strings.Contains(page, "Sign out") {
		t.Errorf("the owner is not signed in any more:\n%.1000s", page)
	}
	third.stop()
	select {
	case link := <-third.links:
		t.Errorf("somebody has an account, but there is the link %s", link)
	default:
	}
}

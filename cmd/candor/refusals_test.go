package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // to hold a lock as another program does

	"candor/store/storetest"
)

// small is a configuration that watches nothing.
const small = "page: {name: Studio status}\ncomponents: [{key: studio, name: Studio}]\n"

const damaged = "candor: data/candor.db is not a Candor database or is damaged; restore it from a backup or name another file "

func TestServeRefuses(t *testing.T) {
	tests := []struct {
		name    string
		prepare func(t *testing.T, sh shell) (args []string)
		want    string // of the one line; READONLY is a folder that nobody can write
	}{
		{"a port in use", takenPort,
			"candor: another program uses ADDRESS: stop it, or choose another address with --listen"},
		{"a data folder below a file", func(_ *testing.T, sh shell) []string {
			sh.write("file", "")
			return []string{"--data", "file/data"}
		}, "candor: the data folder file/data cannot be made; name another one (mkdir file: not a directory)"},
		{"a data folder that is a file", func(_ *testing.T, sh shell) []string {
			sh.write("file", "")
			return []string{"--data", "file"}
		}, "candor: the data folder file cannot be made; name another one (mkdir file: not a directory)"},
		{"a data folder that cannot be written", func(t *testing.T, _ shell) []string { return []string{"--data", readOnly(t)} },
			"candor: READONLY/candor.db cannot be written; let this user write the file and its folder, or name another file (open READONLY/candor.db: "},
		{"a folder in the database's place", func(t *testing.T, sh shell) []string {
			makeFolder(t, filepath.Join(sh.dir, "data", "candor.db"))
			return nil
		}, "candor: data/candor.db is a folder; name a file in it for the database"},
		{"a database that is garbage", garbage, damaged + "(file is not a database (26))"},
		{"a database that was cut short", func(t *testing.T, sh shell) []string {
			path := database(t, sh)
			if err := os.Truncate(path, 20_000); err != nil {
				t.Fatal(err)
			}
			return nil
		}, damaged + "(database disk image is malformed (11))"},
		{"another program's database", func(t *testing.T, sh shell) []string {
			makeFolder(t, filepath.Join(sh.dir, "data"))
			execute(t, filepath.Join(sh.dir, "data", "candor.db"), `PRAGMA journal_mode = WAL`, `CREATE TABLE notes (text TEXT)`)()
			return nil
		}, "candor: data/candor.db holds the data of another program; name another file for the database"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sh := newShell(t)
			sh.write("candor.yaml", small)
			args := tt.prepare(t, sh)
			before := fingerprint(t, filepath.Join(sh.dir, "data", "candor.db"))
			got := sh.run(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
			want := strings.NewReplacer("ADDRESS", last(args), "READONLY", last(args)).Replace(tt.want)
			if got.code != 1 || got.stdout != "" || !strings.HasPrefix(got.stderr, want) || strings.Count(got.stderr, "\n") != 1 ||
				!strings.HasSuffix(tt.want, ": ") && got.stderr != want+"\n" {
				t.Errorf("got exit status %d, output %q and\n%s\nwant\n%s", got.code, got.stdout, got.stderr, want)
			}
			if fingerprint(t, filepath.Join(sh.dir, "data", "candor.db")) != before {
				t.Error("the database file was changed")
			}
		})
	}
}

func takenPort(t *testing.T, _ shell) []string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return []string{"--listen", l.Addr().String()}
}

func garbage(t *testing.T, sh shell) []string {
	noise := make([]byte, 64<<10)
	rand.NewChaCha8([32]byte{}).Read(noise)
	makeFolder(t, filepath.Join(sh.dir, "data"))
	sh.write("data/candor.db", string(noise))
	return nil
}

// readOnly returns a folder that this user cannot write: for root, who may write all others, one that the kernel makes.
func readOnly(t *testing.T) string {
	if os.Geteuid() == 0 {
		return "/proc/self"
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	return dir
}

// database makes a database with Ada's account where the small configuration has it, and returns its path.
func database(t *testing.T, sh shell) string {
	t.Helper()
	if got := sh.runWith("correct horse\n", addAda...); got.code != 0 {
		t.Fatalf("add Ada: %+v", got)
	}
	return filepath.Join(sh.dir, "data", "candor.db")
}

func makeFolder(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
}

// execute runs statements on one connection to a SQLite file, which stays open until the returned function is called.
func execute(t *testing.T, path string, statements ...string) (end func()) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := conn.ExecContext(context.Background(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// fingerprint tells a file's contents apart; there may be no such file.
func fingerprint(t *testing.T, path string) [sha256.Size]byte {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil || info.IsDir() {
		return [sha256.Size]byte{}
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(content)
}

func last(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

// TestLockedDatabase lets another program hold the database, first a new one and then Candor's own, and let go of it.
func TestLockedDatabase(t *testing.T) {
	tests := []struct {
		name    string
		prepare func(t *testing.T, sh shell) (path string)
		want    string
	}{
		{"a new file", func(t *testing.T, sh shell) string {
			makeFolder(t, filepath.Join(sh.dir, "data"))
			return filepath.Join(sh.dir, "data", "candor.db")
		}, "candor: data/candor.db is locked by another program; end that one and try again "},
		{"Candor's own", database, "the database is locked by another program; end that one and try again "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sh := newShell(t)
			sh.write("candor.yaml", small)
			path := tt.prepare(t, sh)
			before := fingerprint(t, path)
			unlock := execute(t, path, "BEGIN EXCLUSIVE")
			got := sh.run("serve", "--listen", "127.0.0.1:0")
			if got.code != 1 || got.stdout != "" || !strings.Contains(got.stderr, tt.want) || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("got %+v, want the error %s", got, tt.want)
			}
			if before != fingerprint(t, path) && before != [sha256.Size]byte{} {
				t.Error("the database file was changed")
			}
			unlock()
			p := start(t, filepath.Join(sh.dir, "candor.yaml"))
			if got := newBrowser(t, p.url).get("/readyz"); got != "ok\n" {
				t.Errorf("once the other program has ended, it is %q", got)
			}
			p.stop()
		})
	}
}

// TestOneServesADatabase starts a second server on one database, and a third once the first was killed.
func TestOneServesADatabase(t *testing.T) {
	for _, engine := range storetest.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			sh := newShell(t)
			sh.write("candor.yaml", small+"storage: {database: \""+storetest.DSN(t, engine)+"\"}\n")
			config := filepath.Join(sh.dir, "candor.yaml")
			first := start(t, config)
			ada := first.owner()
			refused := ended{"", "candor: another candor serve uses this database; stop it or use another one\n", 1}
			sh.expect("a second server", sh.run("serve", "--listen", "127.0.0.1:0"), refused)
			_, room := ada.post("/console/incidents", "title", "A long night", "status", "investigating", "body", "It begins.", "promise", "none", "action", "post")
			sh.expect("a second server again", sh.run("serve", "--listen", "127.0.0.1:0"), refused)
			first.kill()
			third := start(t, config)
			ada.base = third.url
			if page := ada.get(room); !strings.Contains(page, "It begins.") {
				t.Errorf("after the first was killed, the third does not know what it wrote:\n%.2000s", page)
			}
			third.stop()
		})
	}
}

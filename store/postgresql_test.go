package store_test

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"

	"candor/store"
	"candor/store/storetest"
)

func TestOpenRefusesPostgreSQL(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	running := address(t)
	tests := []struct{ name, dsn, want string }{
		{"nobody there", "postgres://candor:hunter2@" + nobody + "/candor", "PostgreSQL at " + nobody + " does not answer; start it or correct the address"},
		{"no such database", "postgres://postgres:hunter2@" + running + "/nowhere", `has no database "nowhere"; create it`},
		{"no such user", "postgresql://nobody:hunter2@" + running + "/postgres", `refuses user "nobody" or the password`},
		{"not an address", "postgres://candor:hunter2@[::1/candor", "cannot be read; write it as postgres://"},
		{"not a port", "postgres://candor:hunter2@127.0.0.1:port/candor", "cannot be read; write it as postgres://"},
		{"a setting that is none", "postgres://candor:hunter2@" + running + "/postgres?sslmode=never", "cannot be read; write it as postgres://"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			refused(t, tt.dsn, tt.want)
			_, err := store.Open(t.Context(), tt.dsn)
			if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), "hunter2") {
				t.Error("the error holds the password")
			}
		})
	}
}

func TestOpenNeedsThePrivilege(t *testing.T) {
	dsn := storetest.PostgreSQL(t)
	db := storetest.Reopen(t, dsn)
	for _, statement := range []string{
		`DROP SCHEMA public CASCADE`, `CREATE SCHEMA public`, `CREATE ROLE limited LOGIN`, `GRANT USAGE ON SCHEMA public TO limited`,
	} {
		if _, err := db.SQL().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, strings.Replace(dsn, "postgres@", "limited@", 1), `user "limited" may not create tables in database`)
}

// address returns where the tests' server listens.
func address(t *testing.T) string {
	t.Helper()
	u, err := url.Parse(storetest.PostgreSQL(t))
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}

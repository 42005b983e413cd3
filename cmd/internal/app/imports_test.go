package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "candor/"

// house is the plan of this repository: what each package may import, its test files apart.
// Imports run downward only. A new package gets a row here; a row that needs many packages is
// a sign that the package is in the wrong place.
var house = map[string]rule{
	"probes":              {},
	"probes/kinds":        {ours: "probes", theirs: "github.com/chromedp github.com/gofrs/flock github.com/emersion/go-imap/v2 github.com/rabbitmq/amqp091-go github.com/nats-io/nats.go github.com/theory/jsonpath golang.org/x/net github.com/miekg/dns github.com/jackc/pgx/v5 github.com/redis/go-redis/v9 github.com/hashicorp/cronexpr github.com/twmb/franz-go google.golang.org/protobuf/encoding/protowire github.com/coder/websocket github.com/prometheus-community/pro-bing"},
	"probes/heartbeats":   {ours: "probes", theirs: "github.com/emersion/go-smtp golang.org/x/net/netutil golang.org/x/time/rate"},
	"probes/sim":          {theirs: "github.com/rabbitmq/amqp091-go github.com/nats-io"},
	"incidents":           {ours: "probes", never: "net/http database/sql"},
	"store":               {ours: "probes incidents", theirs: "modernc.org/sqlite github.com/jackc/pgx/v5 github.com/pressly/goose/v3 github.com/gofrs/flock", sql: true},
	"static":              {theirs: "github.com/andybalholm/brotli"},
	"templates/languages": {theirs: "golang.org/x/text"},
	"templates":           {ours: "probes incidents static templates/languages", theirs: "github.com/a-h/templ github.com/yuin/goldmark github.com/microcosm-cc/bluemonday"},
	"web/api":             {ours: "incidents store templates templates/languages static", theirs: "github.com/labstack/echo/v4 github.com/arran4/golang-ical"},
	"web/pictures":        {ours: "incidents", theirs: "golang.org/x/image"},
	"web":                 {ours: "probes incidents store templates templates/languages static web/api web/pictures", theirs: "github.com/labstack/echo/v4 github.com/a-h/templ github.com/alexedwards golang.org/x/time/rate"},
	"cmd/internal/app":    {ours: "probes probes/heartbeats probes/kinds incidents store static templates templates/languages web web/api", theirs: "github.com/goccy/go-yaml github.com/prometheus/client_golang"},
	"cmd/candor":          {ours: "cmd/internal/app incidents", theirs: "github.com/spf13/cobra golang.org/x/term"},
	"cmd/demo":            {ours: "cmd/internal/app incidents probes/sim store"},
	"probes/probetest":    {ours: "probes", theirs: "github.com/rabbitmq/amqp091-go", test: true},
	"probes/record":       {ours: "probes probes/kinds probes/probetest", theirs: "github.com/rabbitmq/amqp091-go github.com/redis/go-redis/v9", test: true},
	"store/storetest":     {ours: "probes incidents store", theirs: "github.com/jackc/pgx/v5", test: true, sql: true},
}

// A rule says what one package may import. Names in a list are separated by spaces.
type rule struct {
	ours   string // packages of this module
	theirs string // packages of others, each with all that is below it
	never  string // packages it must compile without, even at second hand
	sql    bool   // it may use database/sql
	test   bool   // only test files and packages like it may import it
}

func TestImportsFollowTheHouse(t *testing.T) {
	for _, complaint := range complaints(list(t), house) {
		t.Error(complaint)
	}
}

func TestImportsTableRefuses(t *testing.T) {
	rules := map[string]rule{
		"low":     {never: "net/http"},
		"high":    {ours: "low", theirs: "example.com/a"},
		"db":      {sql: true},
		"support": {ours: "low", test: true},
		"helper":  {test: true},
	}
	tests := []struct {
		name string
		pkg  pkg
		want string // the start of the only complaint, or nothing
	}{
		{"an import downward is allowed", pkg{ImportPath: "candor/high", Imports: []string{"candor/low", "fmt"}}, ""},
		{"an import upward is not", pkg{ImportPath: "candor/low", Imports: []string{"candor/high"}}, "low may not import high"},
		{"what is below an allowed package of ours is not allowed with it", pkg{ImportPath: "candor/high", Imports: []string{"candor/low/deep"}}, "high may not import low/deep"},
		{"a listed library and what is below it", pkg{ImportPath: "candor/high", Imports: []string{"example.com/a", "example.com/a/b"}}, ""},
		{"a library of a similar name", pkg{ImportPath: "candor/high", Imports: []string{"example.com/ab"}}, "high may not import example.com/ab"},
		{"database/sql where the SQL is", pkg{ImportPath: "candor/db", Imports: []string{"database/sql"}}, ""},
		{"database/sql elsewhere", pkg{ImportPath: "candor/high", Imports: []string{"database/sql/driver"}}, "high may not import database/sql/driver"},
		{"what it must do without, at second hand", pkg{ImportPath: "candor/low", Deps: []string{"net", "net/http"}}, "low may not depend on net/http"},
		{"test support from code that ships", pkg{ImportPath: "candor/high", Imports: []string{"candor/support"}}, "high may not import support"},
		{"test support from test support", pkg{ImportPath: "candor/support", Imports: []string{"candor/helper"}}, ""},
		{"a package that is not in the table", pkg{ImportPath: "candor/new"}, "new is not in the table"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range complaints([]pkg{tt.pkg}, rules) {
				if !strings.Contains(c, "there is no package") {
					got = append(got, c)
				}
			}
			if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], tt.want)) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if got := complaints(nil, map[string]rule{"gone": {}}); len(got) != 1 {
		t.Errorf("a row without its package: got %q, want one complaint", got)
	}
}

// A pkg is what the go command tells of a package. Imports and Deps leave its test files out.
type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func list(t *testing.T) []pkg {
	t.Helper()
	var stderr strings.Builder
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Deps", "./...")
	cmd.Dir, cmd.Stderr = "../../..", &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatalf("read go list: %v", err)
		}
		pkgs = append(pkgs, p)
	}
}

// complaints compares packages with the rules, in the words of whoever has to mend it.
func complaints(pkgs []pkg, rules map[string]rule) []string {
	var all []string
	seen := map[string]bool{}
	for _, p := range pkgs {
		name := strings.TrimPrefix(p.ImportPath, module)
		seen[name] = true
		r, listed := rules[name]
		if !listed {
			all = append(all, name+" is not in the table: add it to house in cmd/internal/app/imports_test.go, with what it may import")
			continue
		}
		for _, path := range p.Imports {
			if !r.allows(path, rules) {
				all = append(all, fmt.Sprintf("%s may not import %s: see house in cmd/internal/app/imports_test.go", name, strings.TrimPrefix(path, module)))
			}
		}
		for _, path := range strings.Fields(r.never) {
			if slices.Contains(p.Deps, path) {
				all = append(all, fmt.Sprintf("%s may not depend on %s, not even through another package", name, path))
			}
		}
	}
	for name := range rules {
		if !seen[name] {
			all = append(all, name+" is in the table, but there is no package of that name: remove its row")
		}
	}
	slices.Sort(all)
	return all
}

func (r rule) allows(path string, rules map[string]rule) bool {
	if name, ours := strings.CutPrefix(path, module); ours {
		return slices.Contains(strings.Fields(r.ours), name) || r.test && rules[name].test
	}
	if path == "database/sql" || path == "database/sql/driver" {
		return r.sql
	}
	if host, _, _ := strings.Cut(path, "/"); !strings.Contains(host, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(strings.Fields(r.theirs), func(root string) bool {
		return path == root || strings.HasPrefix(path, root+"/")
	})
}

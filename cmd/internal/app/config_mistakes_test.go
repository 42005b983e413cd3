package app

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"candor/probes/kinds"
)

// Beginnings of a file that is right as far as it goes: what is wrong in a test comes after.
const (
	pageOnly = "page: {name: x}\n"
	twoParts = pageOnly + "components: [{key: a, name: A}, {key: b, name: B, internal: true}]\n"
	oneProbe = twoParts + "probes:\n- key: p\n  component: a\n  symptom: s\n"
	local    = "  http: {url: http://127.0.0.1/}\n"
)

var mistakes = []struct{ name, src, want string }{
	{"an empty file", "", `
c.yaml:1:1: "name" is missing: what the page is called, like Studio status`},
	{"a file of comments", "# nothing\n", `
c.yaml:1:1: "name" is missing: what the page is called, like Studio status
   1 | # nothing
       ^`},
	{"a file that is a list", "- page\n", `
c.yaml:1:1: the file should hold keys with values, like page, components and probes
   1 | - page
       ^`},
	{"broken YAML", "page:\n  name: [x\n", `
c.yaml:2:9: this is not YAML: sequence end token ']' not found
   2 |   name: [x
               ^`},
	{"a tab as indentation", "page:\n\tname: x\n", `
c.yaml:2:1: this is not YAML: found character '\t' that cannot start any token
   2 | 	name: x
       ^`},
	{"bytes that are no text", "page:\n  name: é\xff\n", `
c.yaml:2:10: this is not UTF-8 text
   2 |   name: é�
                ^`},
	{"two documents", pageOnly + "---\npage: {name: y}\n", `
c.yaml:3:1: a second document begins here; the file may hold only one
   3 | page: {name: y}
       ^`},
	{"an anchor and an alias", "page: &p {name: x}\nserver: *p\n", `
c.yaml:1:7: anchors, aliases and << are not supported; what all probes share stands in defaults
   1 | page: &p {name: x}
             ^
c.yaml:2:9: anchors, aliases and << are not supported; what all probes share stands in defaults
   2 | server: *p
               ^`},
	{"a tag", "page: !map {name: x}\n", `
c.yaml:1:7: tags are not supported; quote a text that begins with !
   1 | page: !map {name: x}
             ^`},
	{"a key that is nearly right", pageOnly + "servre: {listen: \":1\"}\n", `
c.yaml:2:1: unknown key "servre"; did you mean "server"?
   2 | servre: {listen: ":1"}
       ^`},
	{"a misspelt key is not missing as well", "page:\n  nmae: x\n", `
c.yaml:2:3: unknown key "nmae"; did you mean "name"?
   2 |   nmae: x
         ^`},
	{"a key that is nothing known", pageOnly + "storage: {colour: red}\n", `
c.yaml:2:11: unknown key "colour"; known here: database, keep_results
   2 | storage: {colour: red}
                 ^`},
	{"an unknown key of a probe", oneProbe + local + "  intervall: 10s\n", `
c.yaml:8:3: unknown key "intervall"; did you mean "interval"?
   8 |   intervall: 10s
         ^`},
	{"an unknown key inside the settings of a kind", oneProbe + "  http:\n    url: http://127.0.0.1/\n    expect: {lattency: 2s}\n", `
c.yaml:9:14: unknown key "lattency"; did you mean "latency"?
   9 |     expect: {lattency: 2s}
                    ^`},
	{"a key twice", oneProbe + local + "  symptom: t\n", `
c.yaml:8:3: "symptom" stands on line 6 already
   8 |   symptom: t
         ^`},
	{"a key without a value", "page:\n  name: x\n  about:\n", `
c.yaml:3:3: "about" has no value; give it one or remove the line
   3 |   about:
         ^`},
	{"an entry without a value", pageOnly + "components:\n-\n", `
c.yaml:3:2: an entry of "components" has no value; give it one or remove the line
   3 | -
        ^`},
	{"a list where one text belongs", "page:\n  name: [x]\n", `
c.yaml:2:3: "name" takes text
   2 |   name: [x]
         ^`},
	{"a text where a list belongs", pageOnly + "components: studio\n", `
c.yaml:2:13: "components" takes a list
   2 | components: studio
                   ^`},
	{"a text where keys belong", pageOnly + "server: \":80\"\n", `
c.yaml:2:9: "server" takes keys with values
   2 | server: ":80"
               ^`},
	{"a word where a number belongs", oneProbe + local + "  failures: two\n", `
c.yaml:8:13: "failures" takes a whole number
   8 |   failures: two
                   ^`},
	{"a word where true or false belongs", pageOnly + "components: [{key: a, name: A, internal: yes}]\n", `
c.yaml:2:42: "internal" takes true or false
   2 | components: [{key: a, name: A, internal: yes}]
                                                ^`},
	{"a duration without a unit", oneProbe + local + "  interval: 30\n", `
c.yaml:8:13: "interval" takes a duration with its unit, like 30s, 5m or 14d
   8 |   interval: 30
                   ^`},
	{"a duration that is negative", oneProbe + local + "  interval: -30s\n", `
c.yaml:8:13: "interval" takes a duration with its unit, like 30s, 5m or 14d
   8 |   interval: -30s
                   ^`},
	{"a duration beyond counting", pageOnly + "storage: {keep_results: 99999999999d}\n", `
c.yaml:2:25: "keep_results" takes a duration with its unit, like 30s, 5m or 14d
   2 | storage: {keep_results: 99999999999d}
                               ^`},
	{"results kept too shortly", pageOnly + "storage: {keep_results: 5m}\n", `
c.yaml:2:25: "keep_results" is from 1h to 3650d
   2 | storage: {keep_results: 5m}
                               ^`},
	{"a time zone that is not", "page: {name: x, time_zone: Mars/Base}\n", `
c.yaml:1:28: there is no such time zone; write it like America/New_York or UTC
   1 | page: {name: x, time_zone: Mars/Base}
                                  ^`},
	{"a language that is none", "page: {name: x, language: Klingonisch}\n", `
c.yaml:1:27: "Klingonisch" is not the code of a language; write it like en, de or pt-BR
   1 | page: {name: x, language: Klingonisch}
                                 ^`},
	{"a language without a translation", "page: {name: x, languages: [de, sv]}\n", `
c.yaml:1:33: the page is not translated into "sv"; there are en, de, fr, es, pt-BR, it, nl, pl, ja, zh-Hans, ko, ar
   1 | page: {name: x, languages: [de, sv]}
                                       ^`},
	{"more bars than a year has", "page: {name: x, days: 366}\n", `
c.yaml:1:23: "days" is from 1 to 365
   1 | page: {name: x, days: 366}
                             ^`},
	{"no bar at all", "page: {name: x, days: 0}\n", `
c.yaml:1:23: "days" is from 1 to 365
   1 | page: {name: x, days: 0}
                             ^`},
	{"an address that is not one", "page: {name: x, url: status.example.com}\n", `
c.yaml:1:22: "url" is where customers reach the page, like https://status.example.com
   1 | page: {name: x, url: status.example.com}
                            ^`},
	{"a port alone", pageOnly + "server: {listen: 8080}\n", `
c.yaml:2:18: "listen" is an address and a port, like 127.0.0.1:8080 or :8080
   2 | server: {listen: 8080}
                        ^`},
	{"a proxy that is a name", pageOnly + "server: {trusted_proxies: [proxy]}\n", `
c.yaml:2:28: an entry of "trusted_proxies" takes an address or network, like 192.0.2.1 or 10.0.0.0/8
   2 | server: {trusted_proxies: [proxy]}
                                  ^`},
	{"another database", pageOnly + "storage: {database: \"mysql://root:hunter2@h/d\"}\n", `
c.yaml:2:21: "database" is a file's path, or postgres://USER:PASSWORD@HOST/DATABASE
   2 | storage: {database: "mysql://************@h/d"}
                           ^`},
	{"a placeholder that is unknown", pageOnly + "detection:\n  wording: {title: \"{who}\"}\n", `
c.yaml:3:20: unknown placeholder {who}; known are {symptom}, {symptoms}, {components}, {next_update}, {since}
   3 |   wording: {title: "{who}"}
                          ^`},
	{"an empty wording", pageOnly + "detection:\n  wording: {opened: \" \"}\n", `
c.yaml:3:21: "opened" is empty; give a text, or remove the line for the usual one
   3 |   wording: {opened: " "}
                           ^`},
	{"a component's key with capitals", pageOnly + "components: [{key: Studio, name: A}]\n", `
c.yaml:2:20: "key" has 1 to 60 of the characters a-z, 0-9 and -
   2 | components: [{key: Studio, name: A}]
                          ^`},
	{"two components of one key", pageOnly + "components:\n- {key: a, name: A}\n- {key: a, name: B}\n", `
c.yaml:4:9: the component on line 3 has the key "a" already
   4 | - {key: a, name: B}
               ^`},
	{"a component without a name", pageOnly + "components:\n- key: a\n", `
c.yaml:3:3: "name" is missing: what customers call it
   3 | - key: a
         ^`},
	{"a dependency that is unknown", pageOnly + "components:\n- {key: queue, name: Q}\n- {key: a, name: A, depends_on: [queu]}\n", `
c.yaml:4:34: no component has the key "queu"; did you mean "queue"?
   4 | - {key: a, name: A, depends_on: [queu]}
                                        ^`},
	{"a dependency on itself, and one twice", pageOnly + "components:\n- {key: b, name: B}\n- {key: a, name: A, depends_on: [a, b, b]}\n", `
c.yaml:4:34: a component cannot depend on itself
   4 | - {key: a, name: A, depends_on: [a, b, b]}
                                        ^
c.yaml:4:40: "b" stands in this list already
   4 | - {key: a, name: A, depends_on: [a, b, b]}
                                              ^`},
	{"a circle", pageOnly + "components:\n- {key: a, name: A, depends_on: [b]}\n- {key: b, name: B, depends_on: [c]}\n- {key: c, name: C, depends_on: [b]}\n", `
c.yaml:5:34: these depend on each other in a circle: b → c → b
   5 | - {key: c, name: C, depends_on: [b]}
                                        ^`},
	{"a probe for no component", twoParts + "probes:\n- key: p\n  symptom: s\n" + local, `
c.yaml:4:3: "component" is missing: the key of the component that this probe speaks for
   4 | - key: p
         ^`},
	{"a probe for an unknown component", twoParts + "probes:\n- key: p\n  component: studio\n  symptom: s\n" + local, `
c.yaml:5:14: no component has the key "studio"
   5 |   component: studio
                    ^`},
	{"a probe without a symptom", twoParts + "probes:\n- key: p\n  component: a\n" + local, `
c.yaml:4:3: "symptom" is missing: the sentence a customer reads while it fails, like New Studio does not load
   4 | - key: p
         ^`},
	{"a probe with an unknown impact", oneProbe + local + "  impact: operational\n", `
c.yaml:8:11: "impact" is one of degraded_performance, partial_outage or major_outage
   8 |   impact: operational
                 ^`},
	{"two probes of one key", oneProbe + local + "- key: p\n  component: b\n" + local, `
c.yaml:8:8: the probe on line 4 has the key "p" already
   8 | - key: p
              ^`},
	{"a timeout longer than the interval", oneProbe + local + "  interval: 5s\n  timeout: 10s\n", `
c.yaml:9:12: "timeout" is longer than the interval of 5s
   9 |   timeout: 10s
                  ^`},
	{"an interval too short", oneProbe + local + "  interval: 10ms\n", `
c.yaml:8:13: "interval" is from 1s to 1d
   8 |   interval: 10ms
                   ^`},
	{"more failures than results", oneProbe + local + "  failures: 4\n  of: 3\n", `
c.yaml:8:13: 4 failures among 3 results can never be; lower failures or raise of
   8 |   failures: 4
                   ^`},
	{"no failures at all", oneProbe + local + "  failures: 0\n", `
c.yaml:8:13: "failures" is from 1 to 50
   8 |   failures: 0
                   ^`},
	{"defaults that cannot be", pageOnly + "defaults: {interval: 1s, timeout: 2s, failures: 4, of: 3, recoveries: 99}\n", `
c.yaml:2:35: "timeout" is longer than the interval of 1s
   2 | defaults: {interval: 1s, timeout: 2s, failures: 4, of: 3, recoveries: 99}
                                         ^
c.yaml:2:49: 4 failures among 3 results can never be; lower failures or raise of
   2 | defaults: {interval: 1s, timeout: 2s, failures: 4, of: 3, recoveries: 99}
                                                       ^
c.yaml:2:71: "recoveries" is from 1 to 50
   2 | defaults: {interval: 1s, timeout: 2s, failures: 4, of: 3, recoveries: 99}
                                                                             ^`},
	{"a probe of no kind", oneProbe, `
c.yaml:4:3: this probe checks nothing: add one of ` + strings.Join(slices.Sorted(maps.Keys(kinds.All())), ", ") + `
   4 | - key: p
         ^`},
	{"a misspelt kind", oneProbe + "  htpp: {}\n", `
c.yaml:7:3: unknown key "htpp"; did you mean "http"?
   7 |   htpp: {}
         ^`},
	{"two kinds", oneProbe + local + "  rabbitmq: {}\n", `
c.yaml:8:3: a probe has one kind, and this one has "http" already
   8 |   rabbitmq: {}
         ^`},
	{"a comparison that is not quoted", oneProbe + local + "  expect: {certificate: > 14d}\n", `
c.yaml:8:25: quote a value that begins with >, like "> 14d": without quotes it begins a text over several lines
   8 |   expect: {certificate: > 14d}
                               ^`},
	{"expectations that cannot be", oneProbe + "  http: {url: ftp://a/}\n  expect:\n    latency: 2\n  degraded:\n    measurements: {rows: many}\n", `
c.yaml:7:15: url: the URL begins with neither http:// nor https://; it should look like https://studio.example.com/new
   7 |   http: {url: ftp://a/}
                     ^
c.yaml:9:14: expect.latency: write a duration, or a comparison with one: 2s, < 2s
   9 |     latency: 2
                    ^`},
	{"a measurement that cannot be", oneProbe + local + "  degraded:\n    measurements: {queue depth: many}\n", `
c.yaml:9:5: degraded.measurements: "queue depth": write a number or a comparison, with a unit where there is one: 0, < 100, < 2s, < 80%, 10..20, or in quotes "> 1GB", "!= 0"
   9 |     measurements: {queue depth: many}
           ^`},
	{"an expectation that nobody knows", oneProbe + local + "  expect: {latncy: 2s}\n", `
c.yaml:8:12: unknown key "latncy"; did you mean "latency"?
   8 |   expect: {latncy: 2s}
                  ^`},
	{"a setting that the kind refuses", oneProbe + "  http:\n    url: http://127.0.0.1/\n    max_redirects: 1000\n", `
c.yaml:9:20: max_redirects: a number from 1 to 100; follow_redirects: false follows none
   9 |     max_redirects: 1000
                          ^`},
	{"a setting that the kind misses", oneProbe + "  http: {}\n", `
c.yaml:7:3: url: say which address to ask, for example https://studio.example.com/
   7 |   http: {}
         ^`},
	{"a setting inside a list that the kind refuses", oneProbe + "  http:\n    steps:\n    - url: http://127.0.0.1/\n    - url: ftp://127.0.0.1/\n", `
c.yaml:10:12: steps[1].url: the URL begins with neither http:// nor https://; it should look like https://studio.example.com/new
  10 |     - url: ftp://127.0.0.1/
                  ^`},
	{"a variable that is not set", "page:\n  name: ${NOBODY}\n", `
c.yaml:2:9: the environment has no variable NOBODY
   2 |   name: ${NOBODY}
               ^`},
	{"a reference that is not closed", "page:\n  name: \"${NOBODY\"\n", `
c.yaml:2:9: ${ begins no reference here; write ${NAME}, or $${ for the characters themselves
   2 |   name: "${NOBODY"
               ^`},
	{"a reference with a default", "page:\n  name: ${A:-b}\n", `
c.yaml:2:9: ${ begins no reference here; write ${NAME}, or $${ for the characters themselves
   2 |   name: ${A:-b}
               ^`},
	{"a line after others with Windows ends", "page:\r\n  name: x\r\n  nmae: y\r\n", `
c.yaml:3:3: unknown key "nmae"; did you mean "name"?
   3 |   nmae: y
         ^`},
	{"a line after a text over several", "page:\n  about: |\n    one\n    two\n  nmae: y\n", `
c.yaml:2:10: "about" is one line of text
   2 |   about: |
                ^
c.yaml:5:3: unknown key "nmae"; did you mean "name"?
   5 |   nmae: y
         ^`},
	{"everything at once, in the order of the lines", twoParts + "probes:\n- key: P\n  component: c\n  http: {url: x, foo: 1}\n  interval: 1\npages: 2\n", `
c.yaml:4:3: "symptom" is missing: the sentence a customer reads while it fails, like New Studio does not load
   4 | - key: P
         ^
c.yaml:4:8: "key" has 1 to 60 of the characters a-z, 0-9 and -
   4 | - key: P
              ^
c.yaml:5:14: no component has the key "c"
   5 |   component: c
                    ^
c.yaml:6:18: unknown key "foo"; known here: url, method, headers, body, json, basic_auth, bearer, follow_redirects, max_redirects, max_body, expect, degraded, tls, keep_alive, steps
   6 |   http: {url: x, foo: 1}
                        ^
c.yaml:7:13: "interval" takes a duration with its unit, like 30s, 5m or 14d
   7 |   interval: 1
                   ^
c.yaml:8:1: unknown key "pages"; did you mean "page"?
   8 | pages: 2
       ^`},
	{"a secret that can be guessed", oneProbe + "  heartbeat: {secret: Kn4ry, every: 1h}\n", `
c.yaml:7:23: secret: give 16 to 100 of the characters A-Z, a-z, 0-9, - and _ that nobody can guess, like those of: openssl rand -hex 16
   7 |   heartbeat: {secret: *****************
                             ^`},
	{"a secret for two", oneProbe + "  heartbeat: {secret: Kn4ry0123456789abc, every: 1h}\n" +
		"- {key: q, component: a, symptom: s, heartbeat: {every: 1h, secret: Kn4ry0123456789abc}}\n", `
c.yaml:8:69: another heartbeat has this secret already
   8 | - {key: q, component: a, symptom: s, heartbeat: {every: 1h, secret: ********************
                                                                           ^`},
	{"mail that nothing takes", oneProbe + "  heartbeat: {every: 1h, mail: {}, secret: Kn4ry0123456789abc}\n", `
c.yaml:7:26: nothing takes mail yet: add mail to server, with listen and domain
   7 |   heartbeat: {every: 1h, mail: {}, secret: *******************
                                ^`},
	{"mail without an address, a domain and a key", pageOnly + "server: {mail: {cert_file: x}}\n", `
c.yaml:2:10: "listen" is an address and a port, like :25 or 127.0.0.1:2525
   2 | server: {mail: {cert_file: x}}
                ^
c.yaml:2:10: "domain" is what stands behind the @ of the addresses, like status.example.com
   2 | server: {mail: {cert_file: x}}
                ^
c.yaml:2:10: give both cert_file and key_file, or neither
   2 | server: {mail: {cert_file: x}}
                ^`},
}

func TestMistakes(t *testing.T) {
	for _, tt := range mistakes {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Parse("c.yaml", []byte(tt.src), environment())
			var got Problems
			if !errors.As(err, &got) {
				t.Fatalf("got %v and %+v, want problems", err, c)
			}
			if want := strings.TrimPrefix(tt.want, "\n"); got.Error() != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

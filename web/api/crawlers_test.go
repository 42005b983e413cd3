package api

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTextsForCrawlers(t *testing.T) {
	p, _ := fixture()
	if got, want := string(Robots(p)), "User-agent: *\nAllow: /\nDisallow: /console\n\nSitemap: https://status.example.com/sitemap.xml\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.Open[0].Title = "New Studio\n# does not load"
	want := `# Studio status

> The public status page of Studio. It says now: Some of Studio is not working. New Studio and EU are affected.

Checks last saw the product at 2026-05-02T12:55:08Z.
This text is of 2026-05-02T12:55:08Z and changes with the page; read it again instead of remembering it.

## Open incidents

- New Studio # does not load: monitoring, impact critical, since 2026-05-02T10:55:08Z, https://status.example.com/incidents/80d0cs6kpsps

## Components

- Products - New Studio: Major outage
- Platforms - EU: Degraded performance
- 2 of 4 have no known problem.

## For programs

- [/api/v2/summary.json](https://status.example.com/api/v2/summary.json): components, open incidents and planned maintenance, in the shape of a hosted Statuspage
- [/api/v2/status.json](https://status.example.com/api/v2/status.json): the whole page in one word
- [/api/v2/incidents.json](https://status.example.com/api/v2/incidents.json): the 50 newest incidents with all their updates and postmortems
- [/api/v2/scheduled-maintenances.json](https://status.example.com/api/v2/scheduled-maintenances.json): the 50 newest maintenances with all their updates
- [/history.json](https://status.example.com/history.json): incidents by month; ?page=2 goes back
- [/history.atom](https://status.example.com/history.atom): incidents as an Atom feed
- [/history.ics](https://status.example.com/history.ics): maintenances as a calendar
- [/api/openapi.yaml](https://status.example.com/api/openapi.yaml): every address for programs, as an OpenAPI 3.1 document
`
	if diff := cmp.Diff(want, string(Llms(p))); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

package kinds

import (
	"fmt"
	"math"
	"net/http"
	"strings"

	"candor/probes"
)

// usual are the statuses of an answer that is well when nobody says which.
func usual(follow bool) []comparison {
	all := []comparison{statusClass(2)}
	if !follow {
		all = append(all, statusClass(3))
	}
	return all
}

func statusClass(first int) comparison {
	low := float64(100 * first)
	return comparison{text: fmt.Sprintf("%dxx", first), low: low, high: low + 99}
}

// parseStatuses reads 200, "2xx", a comparison, or a list of these.
func parseStatuses(v any) (all []comparison, problem string) {
	const help = "write a status from 100 to 599, a class like 2xx, a comparison like < 400, or a list of which one holds"
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, v := range list {
		s := fmt.Sprint(v)
		if len(s) == 3 && s[0] >= '1' && s[0] <= '5' && strings.EqualFold(s[1:], "xx") {
			all = append(all, statusClass(int(s[0]-'0')))
			continue
		}
		c, problem := plainForm.parse(s)
		for _, bound := range []float64{c.low, c.high} {
			if problem != "" || !math.IsInf(bound, 0) && !(bound >= 100 && bound <= 600) {
				return nil, help
			}
		}
		c.text = strings.TrimPrefix(c.text, "= ")
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, help
	}
	return all, ""
}

func (e *expectation) statusHolds(status int) bool {
	for _, c := range e.statuses {
		if c.holds(float64(status)) {
			return true
		}
	}
	return len(e.statuses) == 0
}

func (e *expectation) wrongStatus(a *answer, t *teller) *shortfall {
	texts := make([]string, len(e.statuses))
	for i, c := range e.statuses {
		texts[i] = c.text
	}
	s := &shortfall{probes.Unexpected, fmt.Sprintf("expected status %s, got %d%s%s", strings.Join(texts, " or "), a.status,
		spaced(http.StatusText(a.status)), t.snippet(a.body))}
	if a.status == http.StatusUnauthorized || a.status == http.StatusForbidden {
		s.reason = probes.AuthFailed
	}
	return s
}

package kinds

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// rabbitQueue is what /api/queues tells of a queue. Leader, members and those online are known of quorum queues and streams.
type rabbitQueue struct {
	Ready          figure   `json:"messages_ready"`
	Unacknowledged figure   `json:"messages_unacknowledged"`
	Consumers      figure   `json:"consumers"`
	Oldest         figure   `json:"head_message_timestamp"` // unix seconds, of a classic queue whose messages have a timestamp
	State          string   `json:"state"`
	Type           string   `json:"type"`
	Leader         string   `json:"leader"`
	Members        []string `json:"members"`
	Online         []string `json:"online"`
}

// queue asks for a queue.
func (r *manageRun) queue(ctx context.Context, name string) {
	var q rabbitQueue
	status, ok := r.get(ctx, &q, "queues", r.vhost, name)
	if !ok {
		return
	}
	sample := queueSample{at: time.Now(), ready: q.Ready.float64, unacknowledged: q.Unacknowledged.float64, consumers: q.Consumers.float64}
	switch {
	case status == http.StatusNotFound:
		sample = queueSample{missing: fmt.Sprintf("queue %s does not exist", name)}
	case status != http.StatusOK:
		r.unexpected(status)
		return
	default:
		sample.age = q.age(sample.at)
		r.available(name, q)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report.queues[name] = sample
}

// age is how long the oldest message has waited, in seconds; nil when the broker does not tell.
func (q rabbitQueue) age(now time.Time) *float64 {
	if q.Oldest.float64 == nil || *q.Oldest.float64 <= 0 {
		return nil
	}
	age := max(0, float64(now.Unix())-*q.Oldest.float64)
	return &age
}

// available says whether a queue can be used, and how many of its members are left.
func (r *manageRun) available(name string, q rabbitQueue) {
	all, online := len(q.Members), len(q.Online)
	told := q.Online != nil // as nothing is right after the start
	missing := slices.DeleteFunc(slices.Clone(q.Members), func(m string) bool { return slices.Contains(q.Online, m) })
	gone := scrub(shorten(strings.Join(missing, ", ")))
	switch {
	case told && q.Type == "quorum" && 2*online <= all:
		r.found(probes.Failed, probes.Unexpected, fmt.Sprintf("queue %s has lost its majority: %d of %d members are online, %s is not", name, online, all, gone))
	case slices.Contains([]string{"down", "stopped", "crashed", "minority"}, q.State):
		r.found(probes.Failed, probes.Unexpected, fmt.Sprintf("queue %s is not available: it is %s", name, q.State))
	case told && q.Type == "quorum" && q.Leader == "":
		r.found(probes.Failed, probes.Unexpected, fmt.Sprintf("queue %s has no leader", name))
	case told && len(missing) > 0:
		r.found(probes.Degraded, probes.Unexpected, fmt.Sprintf("queue %s: %d of %d members are online, %s is not", name, online, all, gone))
	}
}

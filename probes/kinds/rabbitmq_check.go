package kinds

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"candor/probes"
)

// report is what one of the ways to look at a node brought.
type report struct {
	looked       bool     // this way is wanted
	lost         findings // why the look ended early; another node may still do the work
	findings     findings // of the whole cluster
	steps        []probes.Step
	measurements []probes.Measurement
	queues       map[string]queueSample
	cert         certificateEnd
}

// whole says that nothing kept us from looking.
func (r report) whole() bool { return r.looked && len(r.lost) == 0 }

// Check looks at every node on fresh connections and returns when all ways have ended.
func (c *rabbitCheck) Check(ctx context.Context) probes.Result {
	overAMQP, overHTTP := make([]report, len(c.peers)), make([]report, len(c.peers))
	var wg sync.WaitGroup
	for i, p := range c.peers {
		if p.amqp != nil {
			wg.Go(func() { overAMQP[i] = p.amqp.look(ctx) })
		}
		if p.manage != nil {
			wg.Go(func() { overHTTP[i] = p.manage.look(ctx) })
		}
	}
	wg.Wait()
	var result probes.Result
	var found findings
	c.sum(overAMQP, probes.Failed, &found, &result)
	alone := probes.Failed
	if c.lenient {
		alone = probes.Degraded
	}
	c.sum(overHTTP, alone, &found, &result)
	var cert certificateEnd
	for _, r := range slices.Concat(overAMQP, overHTTP) {
		cert.earliest(r.cert.cert)
	}
	result.Measurements = append(result.Measurements, cert.measurements()...)
	counted, told := samples(overAMQP), samples(overHTTP)
	for _, q := range c.queues {
		if sample, ok := merge(counted, told, q.Name); ok {
			result.Measurements = append(result.Measurements, c.growth.judge(q, sample, &found)...)
		}
	}
	for _, d := range c.deadLetter {
		if sample, ok := merge(counted, told, d.Name); ok {
			result.Measurements = append(result.Measurements, d.judge(sample, &found)...)
		}
	}
	found.verdict(&result)
	result.Detail = c.secrets.clean(result.Detail)
	if result.Outcome.Bad() {
		result.Evidence = []probes.Evidence{c.secrets.numbers("the broker's numbers", result)}
	}
	return result
}

// sum adds what one way brought from all nodes. What ended a look is alone when it ended the look at every node,
// and degraded while another node works.
func (c *rabbitCheck) sum(reports []report, alone probes.Outcome, found *findings, result *probes.Result) {
	outcome, best := alone, slices.IndexFunc(reports, report.whole)
	if best >= 0 {
		outcome = probes.Degraded
	}
	for i, r := range reports {
		before := ""
		if len(c.peers) > 1 {
			before = c.peers[i].name + " "
		}
		for _, f := range r.findings {
			found.add(f.outcome, f.reason, f.text)
		}
		for _, f := range r.lost {
			text := f.text
			if before != "" {
				text = fmt.Sprintf("node %s: %s", c.peers[i].name, text)
			}
			found.add(outcome, f.reason, text)
		}
		for _, s := range r.steps {
			s.Name = before + s.Name
			result.Steps = append(result.Steps, s)
		}
	}
	result.Measurements = append(result.Measurements, reports[max(0, best)].measurements...)
}

// samples takes what is known of each queue from the first node that told it.
func samples(reports []report) map[string]queueSample {
	all := map[string]queueSample{}
	for _, r := range reports {
		for name, s := range r.queues {
			if _, known := all[name]; !known {
				all[name] = s
			}
		}
	}
	return all
}

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"candor/incidents"
)

// queueCare is what came after the incident of 2 May: what was done, what watches it, and what had been told wrongly.
func (s seeder) queueCare(ctx context.Context, inc *incidents.Incident) error {
	start := inc.StartedAt
	next := start.Add(26 * time.Hour)
	checked, err := s.promise(ctx, inc, "Check the queue's size before adding to it, and refuse early", "Studio messaging", start.Add(3*time.Hour), next, true)
	if err != nil {
		return err
	}
	if _, err := s.promise(ctx, inc, "Take messages from a worker that no longer acknowledges them", "Studio messaging", start.Add(4*time.Hour), s.now.AddDate(0, 0, 12), false); err != nil {
		return err
	}
	g, err := incidents.NewGuard(inc, 0, incidents.Guard{Probe: "queue-depth", FollowUp: checked, Since: next, Author: "Ada",
		Caption: "The queue stays far below its limit"}, next)
	if err != nil {
		return fmt.Errorf("watch the queue: %w", err)
	}
	mail := incidents.Correction{Component: s.ids["test-mail"], Status: incidents.MajorOutage, From: start.Add(4 * time.Second), Until: start.Add(31 * time.Minute),
		Reason: "The mail servers' logs show that the last test e-mails which were stuck left six minutes after the queue was clear.", Author: "Ada", At: next}
	timeline := inc.Timeline()
	edited := incidents.Edit{At: start.Add(9 * time.Minute), Author: "Ada",
		Body: timeline[1].Body + "\n\nCampaigns that were scheduled before 10:39 are not affected."}
	if err := errors.Join(inc.Correct(mail), inc.Reword(timeline[1].ID, edited)); err != nil {
		return fmt.Errorf("correct %q: %w", inc.Title, err)
	}
	return errors.Join(s.DB.SaveGuard(ctx, &g), s.DB.SaveIncident(ctx, inc))
}

// promise stores a public follow-up as if it had been made at its time, and returns its id. One that is done was done on
// the day when it was due.
func (s seeder) promise(ctx context.Context, inc *incidents.Incident, text, owner string, made, due time.Time, done bool) (string, error) {
	f, err := incidents.NewFollowUp(inc, 0, incidents.FollowUp{Text: text, Owner: owner, Public: true, Author: "Ada", Due: due.UTC().Truncate(24 * time.Hour)}, made)
	if err == nil && done {
		err = f.Finish("Ada", due)
	}
	if err != nil {
		return "", fmt.Errorf("promise %q: %w", text, err)
	}
	return f.ID, s.DB.SaveFollowUp(ctx, &f)
}

package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"candor/cmd/internal/app"
	"candor/incidents"
	"candor/store"
)

// seed makes up ninety days, two incidents and two maintenances for a database that is still empty. None of it happened.
func seed(ctx context.Context, a *app.App, now time.Time) error {
	known, err := a.DB.Incidents(ctx, time.Time{}, 1)
	if err != nil || len(known) > 0 {
		return err
	}
	seen := false
	if err := a.DB.EachDay(ctx, time.Time{}, func(store.Day) { seen = true }); err != nil || seen {
		return err
	}
	s := seeder{App: a, now: now, ids: map[string]string{}}
	return errors.Join(s.components(ctx), s.days(ctx), s.queueStory(ctx), s.mailStory(ctx), s.maintenances(ctx), s.charts(ctx))
}

type seeder struct {
	*app.App
	now time.Time
	ids map[string]string // component ids by key
}

const (
	seededDays = 120
	newcomer   = "eu-platform" // joined later, so that a page shows days without data
	joinedAgo  = 78            // days
)

// age returns for how many days a component has been watched.
func age(key string) int {
	if key == newcomer {
		return joinedAgo
	}
	return seededDays
}

func (s seeder) components(ctx context.Context) error {
	list, err := s.DB.Components(ctx)
	if err != nil {
		return err
	}
	for i, c := range list {
		s.ids[c.Key] = c.ID
		list[i].CreatedAt = s.now.AddDate(0, 0, -age(c.Key))
	}
	return s.DB.SaveComponents(ctx, list)
}

// days adds what the probes would have found until now.
func (s seeder) days(ctx context.Context) error {
	var days []store.Day
	for _, p := range s.Config.Probes {
		for ago := range age(p.Component) {
			perDay := int(24 * time.Hour / p.Interval)
			if ago == 0 {
				perDay = int(s.now.Sub(s.now.UTC().Truncate(24*time.Hour)) / p.Interval)
			}
			days = append(days, store.Day{Probe: p.Key, Place: "local", Day: s.now.AddDate(0, 0, -ago), Counts: store.Counts{OK: perDay},
				TookSum: time.Duration(perDay) * 40 * time.Millisecond, TookMin: 12 * time.Millisecond, TookMax: 900 * time.Millisecond})
		}
	}
	return s.DB.SaveDays(ctx, days)
}

//go:embed queue-story.md
var queuePostmortem string

//go:embed mail-story.md
var mailPostmortem string

// daysAgo returns a time of day, in New York, some days ago.
func (s seeder) daysAgo(days, hour, minute int) time.Time {
	d := s.now.In(s.Config.Site().Zone)
	return time.Date(d.Year(), d.Month(), d.Day()-days, hour, minute, 0, 0, d.Location()).UTC()
}

// clock writes a time as automatic updates do.
func (s seeder) clock(t time.Time) string { return t.In(s.Config.Site().Zone).Format("15:04 MST") }

// queueStory is the incident of 2 May 2024 as it would have gone: the same cause and cure, told within a minute.
func (s seeder) queueStory(ctx context.Context) error {
	start := s.daysAgo(41, 10, 39)
	at := func(d time.Duration) time.Time { return start.Add(d) }
	story := telling{
		title: "Studio cannot send test campaigns", cause: s.ids["queue"], start: start,
		symptoms: []incidents.Symptom{
			{Probe: "queue", Component: s.ids["queue"], Internal: true, Status: incidents.MajorOutage, Reason: "blocked",
				Detail: "the broker holds back publishers: memory alarm", Since: at(-2 * time.Second), Until: at(24 * time.Minute)},
			{Probe: "test-campaign-is-sent", Component: s.ids["test-campaigns"], Text: "Test campaigns fail to send",
				Status: incidents.MajorOutage, Reason: "unexpected", Detail: "step send: expected status 202, got 503", Since: start, Until: at(25 * time.Minute)},
			{Probe: "test-mail-arrives", Component: s.ids["test-mail"], Text: "Test e-mails do not arrive",
				Status: incidents.MajorOutage, Reason: "timed out", Since: at(4 * time.Second), Until: at(25 * time.Minute)},
			{Probe: "new-studio-loads", Component: s.ids["new-studio"], Text: "New Studio does not load",
				Status: incidents.PartialOutage, Reason: "unexpected", Since: at(3 * time.Second), Until: at(25 * time.Minute)},
			{Probe: "classic-studio-loads", Component: s.ids["classic-studio"], Text: "Classic Studio shows a white screen",
				Status: incidents.PartialOutage, Reason: "unexpected", Since: at(5 * time.Second), Until: at(25 * time.Minute)},
		},
		updates: []incidents.Update{
			{At: at(12 * time.Second), Status: incidents.Investigating, NextBy: at(21 * time.Minute),
				Body: "Our checks see a problem:\n\n- Test campaigns fail to send\n- Test e-mails do not arrive\n- New Studio does not load\n- Classic Studio shows a white screen\n\nWe are looking into it and will tell you more by " + s.clock(at(21*time.Minute)) + ".",
				Changes: []incidents.Change{
					{Component: s.ids["test-campaigns"], To: incidents.MajorOutage, Since: start},
					{Component: s.ids["test-mail"], To: incidents.MajorOutage, Since: at(4 * time.Second)},
					{Component: s.ids["new-studio"], To: incidents.PartialOutage, Since: at(3 * time.Second)},
					{Component: s.ids["classic-studio"], To: incidents.PartialOutage, Since: at(5 * time.Second)},
				}},
			{At: at(5 * time.Minute), Status: incidents.Identified, Author: "Ada", NextBy: at(35 * time.Minute),
				Body: "**A message queue that Studio depends on is full.** We are draining it now. Nothing that you saved is lost; campaigns scheduled since 10:39 will be published once the queue is clear."},
			{At: at(26 * time.Minute), Status: incidents.Monitoring, Author: "Ada", NextBy: at(56 * time.Minute),
				Body: "The queue is drained, and Studio works again. There may be slight delays while campaigns catch up.",
				Changes: []incidents.Change{
					{Component: s.ids["test-campaigns"], To: incidents.Operational, Since: at(25 * time.Minute)},
					{Component: s.ids["test-mail"], To: incidents.Operational, Since: at(25 * time.Minute)},
					{Component: s.ids["new-studio"], To: incidents.Operational, Since: at(25 * time.Minute)},
					{Component: s.ids["classic-studio"], To: incidents.Operational, Since: at(25 * time.Minute)},
				}},
			{At: at(41 * time.Minute), Status: incidents.Resolved, Author: "Ada",
				Body: "The queues are empty, and every check has passed for a quarter of an hour. Campaigns that were stuck have been published."},
		},
		postmortem: queuePostmortem, published: at(6 * 24 * time.Hour),
	}
	inc, err := s.tell(ctx, story)
	if err != nil {
		return err
	}
	return s.queueCare(ctx, inc)
}

// mailStory is a smaller one, which the checks told alone.
func (s seeder) mailStory(ctx context.Context) error {
	start := s.daysAgo(17, 3, 12)
	at := func(d time.Duration) time.Time { return start.Add(d) }
	mail := s.ids["test-mail"]
	_, err := s.tell(ctx, telling{
		title: "Test e-mails arrive late", cause: mail, start: start,
		symptoms: []incidents.Symptom{{Probe: "test-mail-arrives", Component: mail, Text: "Test e-mails arrive late",
			Status: incidents.DegradedPerformance, Reason: "slow", Since: start, Until: at(48 * time.Minute)}},
		updates: []incidents.Update{
			{At: at(21 * time.Second), Status: incidents.Investigating, NextBy: at(31 * time.Minute),
				Body:    "Our checks see a problem:\n\n- Test e-mails arrive late\n\nWe are looking into it and will tell you more by " + s.clock(at(31*time.Minute)) + ".",
				Changes: []incidents.Change{{Component: mail, To: incidents.DegradedPerformance, Since: start}}},
			{At: at(30 * time.Minute), Status: incidents.Investigating, NextBy: at(61 * time.Minute),
				Body: "Our checks still see the problem:\n\n- Test e-mails arrive late\n\nWe are working on it. Next update by " + s.clock(at(61*time.Minute)) + "."},
			{At: at(49 * time.Minute), Status: incidents.Monitoring,
				Body:    "All our checks have passed since " + s.clock(at(48*time.Minute)) + ". We keep watching.",
				Changes: []incidents.Change{{Component: mail, To: incidents.Operational, Since: at(48 * time.Minute)}}},
			{At: at(54 * time.Minute), Status: incidents.Resolved, Body: "All our checks have passed since " + s.clock(at(48*time.Minute)) + ". This incident is over."},
		},
		postmortem: mailPostmortem, published: at(2 * 24 * time.Hour),
	})
	return err
}

// telling is an incident with all its updates and its postmortem.
type telling struct {
	title, cause, postmortem string
	start, published         time.Time
	symptoms                 []incidents.Symptom
	updates                  []incidents.Update
}

// tell stores an incident as if it had been told at its time, and returns it.
func (s seeder) tell(ctx context.Context, t telling) (*incidents.Incident, error) {
	inc := &incidents.Incident{ID: incidents.NewID(), Title: t.title, Cause: t.cause, StartedAt: t.start, Symptoms: t.symptoms}
	for _, u := range t.updates {
		if err := inc.Post(u); err != nil {
			return nil, fmt.Errorf("tell %q: %w", t.title, err)
		}
	}
	if err := s.DB.SaveIncident(ctx, inc); err != nil {
		return nil, fmt.Errorf("save %q: %w", t.title, err)
	}
	report := incidents.Postmortem{Incident: inc.ID}
	if err := report.Edit(t.postmortem, "Ada", t.published); err != nil {
		return nil, err
	}
	if err := report.Publish(inc, "Ada", t.published); err != nil {
		return nil, err
	}
	return inc, s.DB.SavePostmortem(ctx, &report)
}

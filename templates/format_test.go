package templates

import (
	"math"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/templates/languages"
)

func TestUptimeText(t *testing.T) {
	for _, c := range []struct {
		name   string
		uptime incidents.Uptime
		want   string
	}{
		{"nothing was seen", incidents.Uptime{}, "no data yet"},
		{"no downtime", incidents.Uptime{Known: true, Share: 1}, "100% uptime"},
		{"a second of downtime is not 100%", incidents.Uptime{Known: true, Share: 1 - 1.0/(90*86400)}, "99.99% uptime"},
		{"the smallest step below one", incidents.Uptime{Known: true, Share: math.Nextafter(1, 0)}, "99.99% uptime"},
		{"rounds down", incidents.Uptime{Known: true, Share: .99949}, "99.94% uptime"},
		{"what is exact stays exact", incidents.Uptime{Known: true, Share: .9994}, "99.94% uptime"},
		{"keeps its places", incidents.Uptime{Known: true, Share: .999}, "99.90% uptime"},
		{"never up", incidents.Uptime{Known: true, Share: 0}, "0.00% uptime"},
	} {
		if got := uptimeText(languages.English, c.uptime); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCoverageText(t *testing.T) {
	for _, c := range []struct {
		name            string
		counted, length time.Duration
		want            string
	}{
		{"all", time.Hour, time.Hour, ""},
		{"a run missed", 999500 * time.Millisecond, 1000 * time.Second, ""},
		{"less", 99 * time.Minute, 100 * time.Minute, "99.0% seen"},
		{"rounds down", 3599 * time.Second, 5000 * time.Second, "71.9% seen"},
		{"nothing", 0, time.Hour, ""},
	} {
		if got := coverageText(languages.English, incidents.Uptime{Known: c.counted > 0, Counted: c.counted, Length: c.length}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLength(t *testing.T) {
	for _, c := range []struct {
		d           time.Duration
		short, long string
	}{
		{-time.Second, "0 s", "0 seconds"},
		{0, "0 s", "0 seconds"},
		{900 * time.Millisecond, "0 s", "0 seconds"},
		{time.Second, "1 s", "1 second"},
		{21 * time.Second, "21 s", "21 seconds"},
		{time.Minute, "1 min", "1 minute"},
		{90 * time.Second, "1 min 30 s", "1 minute 30 seconds"},
		{26*time.Minute + 40*time.Second, "26 min", "26 minutes"},
		{72 * time.Minute, "1 h 12 min", "1 hour 12 minutes"},
		{24 * time.Hour, "1 d", "1 day"},
		{24*time.Hour + time.Minute, "1 d", "1 day"},
		{51 * time.Hour, "2 d 3 h", "2 days 3 hours"},
	} {
		if short, long := languages.English.Length(c.d), languages.English.LengthWords(c.d); short != c.short || long != c.long {
			t.Errorf("%s: got %q and %q, want %q and %q", c.d, short, long, c.short, c.long)
		}
	}
}

func TestWritten(t *testing.T) {
	utc, offset := site, site
	utc.Zone = nil
	offset.Zone = zone("Asia/Kathmandu")
	for _, c := range []struct {
		name string
		site incidents.Site
		as   string
		t    time.Time
		want string
	}{
		{"a clock has its zone", site, asClock, at(10, 39, 0), "10:39 EDT"},
		{"a zone without a name has its offset", offset, asClock, at(10, 39, 0), "20:24 UTC+05:45"},
		{"no zone is UTC", utc, asClock, at(10, 39, 0), "14:39 UTC"},
		{"a date", site, asDate, at(10, 39, 0), "2 May 2024"},
		{"a date is the zone's", offset, asDate, at(22, 0, 0), "3 May 2024"},
		{"today goes without its date", site, asAuto, at(1, 0, 0), "01:00 EDT"},
		{"yesterday does not", site, asAuto, at(-1, 0, 0), "1 May 2024, 23:00 EDT"},
		{"winter time", site, asStamp, time.Date(2024, 1, 2, 15, 0, 0, 0, time.UTC), "2 January 2024, 10:00 EST"},
		{"seconds", site, asExact, at(10, 39, 21), "10:39:21 EDT"},
		{"ago", site, asAgo, now.Add(-8 * time.Second), "8 seconds ago"},
		{"one is one", site, asAgo, now.Add(-time.Minute), "1 minute ago"},
		{"just now", site, asAgo, now, "just now"},
		{"a clock that is ahead", site, asAgo, now.Add(time.Hour), "just now"},
		{"a promise", site, asUntil, now.Add(12 * time.Minute), "in 12 minutes"},
		{"a promise that is due", site, asUntil, now.Add(-time.Second), "any moment now"},
		{"a broken promise", site, asUntil, now.Add(-3 * time.Minute), "3 minutes late"},
		{"for how long", site, asFor, now.Add(-49 * time.Hour), "for 2 days"},
	} {
		if got := written(c.site, c.as, c.t, now); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestReading(t *testing.T) {
	for _, c := range []struct {
		value       float64
		unit        string
		short, full string
	}{
		{.98, "ratio", "98%", "98%"},
		{.0004, "ratio", "0.04%", "0.04%"},
		{1.2e6, "messages", "1.2 M", "1.2 M messages"},
		{0, "messages", "0", "0 messages"},
		{10, "messages", "10", "10 messages"},
		{100, "messages", "100", "100 messages"},
		{999, "messages", "999", "999 messages"},
		{12_345, "messages", "12.3 k", "12.3 k messages"},
		{1536, "bytes", "1.5 KiB", "1.5 KiB"},
		{4.1 * (1 << 30), "bytes", "4.1 GiB", "4.1 GiB"},
		{.25, "s", "250 ms", "250 ms"},
		{math.NaN(), "", "?", "?"},
		{math.Inf(1), "bytes", "? TiB", "? TiB"},
	} {
		m := probes.Measurement{Value: c.value, Unit: c.unit}
		if short, full := reading(m), readingUnit(m); short != c.short || full != c.full {
			t.Errorf("%v %s: got %q and %q, want %q and %q", c.value, c.unit, short, full, c.short, c.full)
		}
	}
}

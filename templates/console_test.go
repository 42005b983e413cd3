package templates

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"candor/incidents"
)

// fields returns what the form with that action would send as it stands: name=value.
func fields(t *testing.T, doc *html.Node, action string) []string {
	t.Helper()
	form := one(t, doc, "form[action="+action+"]")
	if attr(form, "method") != "post" {
		t.Errorf("the form of %s is not sent by post", action)
	}
	var out []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || attr(n, "name") == "" || attr(n, "form") != attr(form, "id") && !within(n, form) {
			continue
		}
		switch n.Data {
		case "textarea":
			out = append(out, attr(n, "name")+"="+textOf(n))
		case "select":
			for _, o := range find(n, "option[selected]") {
				out = append(out, attr(n, "name")+"="+attr(o, "value"))
			}
		case "input":
			if attr(n, "type") != "radio" || has(n, "checked") {
				out = append(out, attr(n, "name")+"="+attr(n, "value"))
			}
		}
	}
	return out
}

func within(n, root *html.Node) bool {
	return slices.ContainsFunc(slices.Collect(n.Ancestors()), func(a *html.Node) bool { return a == root })
}

func TestForms(t *testing.T) {
	all := gallery(t)
	for _, c := range []struct {
		page, action string
		fields       []string
		buttons      []string
	}{
		{"room", "/console/incidents/h3k9w2q7xv5z/updates", []string{"version=3",
			"body=One of our message queues is full. We are draining it now; nothing that you saved is lost.", "status=identified", "promise=30",
			"component.new=partial_outage", "component.classic=partial_outage", "component.mail=major_outage", "component.us=operational", "component.eu=operational"},
			[]string{"preview", "post"}},
		{"room-team", "/console/incidents/vn4k9w2q7xv5/updates", []string{"version=1", "title=", "body=Mails arrive late.", "status=investigating", "promise=30"}, []string{"preview", "post"}},
		{"room-resolved", "/console/incidents/h3k9w2q7xv5z/updates", []string{"version=7", "body=", "status=note"}, []string{"preview", "post"}},
		{"declare-preview", "/console/incidents", []string{"title=Campaigns fail", "body=We *look* into it.", "status=investigating", "promise=none"}, []string{"post", "preview"}},
		{"postmortem-new", "/console/incidents/h3k9w2q7xv5z/postmortem", []string{"version=0", "draft=" + strings.Join(strings.Fields(incidents.PostmortemTemplate), " ")}, []string{"preview", "save"}},
		{"sign-in-refused", "/console/sign-in", []string{"next=", "email=ada@example.com", "password="}, []string{""}},
		{"welcome", "/console/welcome", []string{"token=t", "name=", "email=", "password="}, []string{""}},
		{"now", "/console/sign-out", nil, []string{""}},
	} {
		t.Run(c.page, func(t *testing.T) {
			doc := parse(t, render(t, all[c.page]))
			if got := fields(t, doc, c.action); !slices.Equal(got, c.fields) {
				t.Errorf("the form sends\n%q, want\n%q", got, c.fields)
			}
			var buttons []string
			for _, b := range find(doc, "form[action="+c.action+"] button") {
				buttons = append(buttons, attr(b, "value"))
			}
			if !slices.Equal(buttons, c.buttons) {
				t.Errorf("the buttons mean %q, want %q", buttons, c.buttons)
			}
		})
	}
}

func TestPublishNeedsAResolvedIncident(t *testing.T) {
	if n := len(find(parse(t, render(t, gallery(t)["postmortem"])), "button[value=publish]")); n != 1 {
		t.Errorf("%d buttons publish the postmortem of a resolved incident, want one", n)
	}
}

func TestRoomPage(t *testing.T) {
	check(t, render(t, gallery(t)["room"]), expect{
		"h1": {"Studio cannot send test campaigns"}, ".above": {"Identified · opened automatically 10:39 EDT · public"},
		".cause strong": {"Likely cause: the queue service."}, ".seg label": {"Investigating", "Identified", "Monitoring", "Resolved", "Team note"},
		".timeline h3":          {"Identified · public", "Note · team only", "Note · team only", "Investigating · public"},
		".timeline .small.soft": {"Ada · promised the next update by 11:20 EDT", "Ada", "by the checks", "by the checks · promised the next update by 11:00 EDT"},
		".left":                 {"in 11 minutes"}, ".side .reading": {"98%", "1.2 M", "refused", "slow"}, ".problem": nil, ".preview": nil,
		".rail [aria-current=page] .title": {"Studio cannot send test campaigns"},
	})
	check(t, render(t, gallery(t)["room-sixty"]), expect{"summary": {"62 components without trouble"}, ".seg [checked]": {""}})
}

// After a lost race the responder sees what others wrote, and her own text still stands.
func TestRefusedUpdateIsKept(t *testing.T) {
	doc := parse(t, render(t, gallery(t)["room-conflict"]))
	if got := texts(doc, ".problem h2"); !slices.Contains(got, "Somebody posted meanwhile.") || !slices.Contains(got, "That did not work.") {
		t.Errorf("the page says %q, want that somebody posted and that it did not work", got)
	}
	if text := textOf(find(doc, ".problem .text")[0]); !strings.HasPrefix(text, "A message queue that Studio depends on") {
		t.Errorf("what somebody posted reads %q", text)
	}
	if text := textOf(one(t, doc, "textarea")); !strings.HasPrefix(text, "One of our message queues") {
		t.Errorf("the text is now %q", text)
	}
	promise := one(t, doc, "select#promise")
	if attr(promise, "aria-invalid") != "true" || textOf(one(t, doc, "#"+attr(promise, "aria-describedby"))) != "Promise the next update for a time that is still to come." {
		t.Error("the field at fault does not say what is wrong")
	}
	if attr(one(t, doc, "#problem a"), "href") != "#promise" {
		t.Error("the summary does not lead to the field")
	}
}

func TestNowPage(t *testing.T) {
	check(t, render(t, gallery(t)["now"]), expect{
		"h1": {"3 open incidents"}, ".list .end": {"next update in 11 minutes", "next update 8 minutes late", "no promise", "98%", "1.2 M", "refused", "slow"},
		".end[data-s=major]": {"next update 8 minutes late"},
	})
	check(t, render(t, gallery(t)["now-well"]), expect{"h1": {"All is well"}, "[role=status]": {"Update posted."}, "section p": {"None.", "None of 14 probes."}})
}

func TestProbePage(t *testing.T) {
	check(t, render(t, gallery(t)["probe"]), expect{
		"h1": {"queue-memory"}, "h2": {"Steps of the newest run", "Measurements of the newest run", "Last results"},
		"[aria-label=Measurements] td": {"98%", "90%"},
	})
	check(t, render(t, gallery(t)["probe-heartbeat"]), expect{
		"h2":      {"Steps of the newest run", "Measurements of the newest run", "Last reports", "Last results"},
		"summary": {"rsync: no space left on device"},
	})
	check(t, render(t, gallery(t)["probe-never"]), expect{"table": nil, "p.soft": {"Probes", "It never ran yet."}})
}

func TestSparkline(t *testing.T) {
	for name, c := range map[string]struct {
		row  ProbeRow
		want spark
	}{
		"never ran":     {ProbeRow{}, spark{"", "never ran"}},
		"a single run":  {row("a", "ok", "", "ratio", .5), spark{"", "50%"}},
		"two readings":  {row("a", "ok", "", "ratio", .5, 1), spark{"0.0,20.0 88.0,2.0", "100%"}},
		"a level line":  {row("a", "ok", "", "messages", 7, 7, 7), spark{"0.0,11.0 44.0,11.0 88.0,11.0", "7"}},
		"without units": {row("a", "ok", "", "", .2, .4), spark{"0.0,20.0 88.0,2.0", "400 ms"}},
	} {
		if got := newSpark(c.row); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

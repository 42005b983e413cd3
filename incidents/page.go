package incidents

import (
	"cmp"
	"slices"
	"time"
)

// Site is what the configuration says about the public page.
type Site struct {
	Name     string // of the page: "Studio status"
	Product  string // of what it speaks for: "Studio"
	URL      string // where customers reach it, without a trailing slash
	Zone     *time.Location
	ZoneName string // IANA name
	ID       string // of the page, in the Statuspage API
	About    string // one sentence for the foot; may be empty
	Days     int    // length of the bars, 0 for UsualDays
	Language string // BCP 47, of what the operator writes; empty for that of the page
	Brand    Brand
	Security Security // who is told of a vulnerability
}

// Page is everything that customers may see, and nothing else: each public answer (HTML, JSON, feed) is built from it.
type Page struct {
	Site      Site
	At        time.Time // when this was computed
	UpdatedAt time.Time // when anything public last changed
	CheckedAt time.Time // when the checks last saw the product; zero when they never did
	Answer    Answer
	Open      []PageIncident // newest first
	Past      []PageIncident // resolved within the window, newest first
	Planned   []PageIncident // maintenances to come or under way, soonest first
	Done      []PageIncident // maintenances that were completed or cancelled within the window, newest first
	Groups    []PageGroup    // in order; components without a group come as groups with an empty name
	Days      int            // length of the bars that are drawn; components may have more
	Charts    []PageChart    // of public components, in the order of the configuration
}

// PageGroup is a heading with its components.
type PageGroup struct {
	Name       string
	Components []PageComponent
}

// PageComponent is a component as customers see it.
type PageComponent struct {
	ID, Name, Group, Description string
	Position                     int
	Status                       ComponentStatus
	CreatedAt, UpdatedAt         time.Time
	Days                         []Day // oldest first, the last is today
	Watched                      bool  // has a check
	Blind                        bool  // no check can see it now
}

// PageIncident is an incident as customers see it, or a maintenance: an incident that was planned.
type PageIncident struct {
	ID         string
	Title      string
	Status     Status
	From       time.Time // scheduled, as Until is; zero unless it is a maintenance
	Until      time.Time
	Impact     ImpactLevel
	Worst      ComponentStatus // it ever had, while open: that it has now
	Automatic  bool            // noticed by the checks
	StartedAt  time.Time       // zero of a maintenance that has not begun
	NoticedAt  time.Time
	ToldAt     time.Time
	ResolvedAt time.Time // zero while open; of a maintenance when it was completed or cancelled
	UpdatedAt  time.Time
	Promise    time.Time // zero without
	Kept, Due  int       // promises
	Symptoms   []PageSymptom
	Components []PageComponent // touched, as they are now, without days
	Impacts    []Impact        // what it did to those over time
	Updates    []PageUpdate    // newest first
	Evidence   []PageEvidence  // that responders chose to show
	Postmortem *PagePostmortem // nil until published
	PageCare                   // what came after it
	Charts     []PageChart     // around it, beside a postmortem
}

// PageSymptom is something customers notice.
type PageSymptom struct {
	Text  string
	Lasts bool
}

// PageUpdate is an update as customers see it.
type PageUpdate struct {
	ID        string
	At        time.Time
	Status    Status
	Repeated  bool   // the status is that of the update before
	Body      string // Markdown, as it reads now
	Earlier   []EarlierWording
	Automatic bool
	NextBy    time.Time
	Changes   []PageChange
	From      time.Time // since this update it is scheduled for then, as Until is; zero when it left that as it was
	Until     time.Time
}

// PageChange says what an update did to a component.
type PageChange struct {
	Component, Name string // id; "Group - Name" as Statuspage writes it
	From, To        ComponentStatus
}

// PagePostmortem is a published postmortem.
type PagePostmortem struct {
	Body        string // Markdown
	PublishedAt time.Time
	RevisedAt   time.Time // of the last publication
}

// Find returns the page's incident with that id.
func (p Page) Find(id string) (PageIncident, bool) {
	for _, list := range [][]PageIncident{p.Open, p.Past} {
		if i := slices.IndexFunc(list, func(inc PageIncident) bool { return inc.ID == id }); i >= 0 {
			return list[i], true
		}
	}
	return PageIncident{}, false
}

// Over returns the page with bars of another length.
func (p Page) Over(days int) Page {
	p.Days = days
	return p
}

// Components returns all components in order.
func (p Page) Components() []PageComponent {
	var all []PageComponent
	for _, g := range p.Groups {
		all = append(all, g.Components...)
	}
	return all
}

// PageFacts is what a page is computed from.
type PageFacts struct {
	Site         Site
	Now          time.Time
	UpdatedAt    time.Time
	CheckedAt    time.Time
	Stale        time.Duration // how old CheckedAt may be before the page says that it cannot see
	Days         int           // to compute of each component
	Components   []Component
	Incidents    []*Incident // open, or resolved within Days; newest first
	Postmortems  map[string]Postmortem
	Evidence     map[string][]Evidence            // incident id → pieces; those that are not public stay out
	FollowUps    map[string][]FollowUp            // incident id → follow-ups; those that are not public stay out
	Guards       map[string][]Watching            // incident id → guards; those without a caption stay out
	Maintenances []*Maintenance                   // open, or ended within Days
	Covered      map[string]map[time.Time]float64 // component id → UTC day → Coverage
	Watched      map[string]bool                  // component ids that have a probe
	Blind        map[string]bool                  // component ids whose probes can tell nothing now
	Charts       []PageChart
}

// NewPage computes the public page. Internal components, team notes and every detail of a probe stay out.
func NewPage(f PageFacts) Page {
	p := Page{Site: f.Site, At: f.Now, UpdatedAt: f.UpdatedAt, CheckedAt: f.CheckedAt, Days: min(f.Days, cmp.Or(f.Site.Days, UsualDays))}
	view := pageView{facts: f, components: map[string]PageComponent{}}
	for _, c := range f.Components {
		if c.Internal {
			continue
		}
		if seen := view.component(c); c.ArchivedAt.IsZero() {
			p.place(seen)
		}
	}
	for _, inc := range f.Incidents {
		if !inc.Public() {
			continue
		}
		if seen := view.incident(inc); inc.Open() {
			p.Open = append(p.Open, seen)
		} else {
			p.Past = append(p.Past, seen)
		}
	}
	p.Charts = chartsOf(f.Charts, p.Components())
	p.plan(view)
	p.Answer = answer(p, f.Stale)
	return p
}

// NewPageIncident computes the public view of one incident, which may be older than the page's window.
func NewPageIncident(f PageFacts, inc *Incident) PageIncident {
	return newPageView(f).incident(inc)
}

// place adds a component to its group, in the order the components come.
func (p *Page) place(c PageComponent) {
	i := slices.IndexFunc(p.Groups, func(g PageGroup) bool { return c.Group != "" && g.Name == c.Group })
	if last := len(p.Groups) - 1; c.Group == "" && last >= 0 && p.Groups[last].Name == "" {
		i = last
	}
	if i < 0 {
		p.Groups = append(p.Groups, PageGroup{Name: c.Group})
		i = len(p.Groups) - 1
	}
	p.Groups[i].Components = append(p.Groups[i].Components, c)
}

// pageView turns the domain's values into public ones.
type pageView struct {
	facts      PageFacts
	components map[string]PageComponent // public ones by id
}

func (v pageView) component(c Component) PageComponent {
	out := PageComponent{ID: c.ID, Name: c.Name, Group: c.Group, Description: c.Description, Position: c.Position,
		Status: Operational, CreatedAt: c.CreatedAt, UpdatedAt: c.CreatedAt, Watched: v.facts.Watched[c.ID], Blind: v.facts.Blind[c.ID]}
	impacts := v.impacts(c.ID)
	for _, i := range impacts {
		if i.Until.IsZero() {
			out.Status = out.Status.Worse(i.Status)
		}
		for _, t := range []time.Time{i.From, i.Until} {
			if t.After(out.UpdatedAt) {
				out.UpdatedAt = t
			}
		}
	}
	if v.facts.Days > 0 {
		out.Days = days(v.facts, c, impacts)
		v.compare(out.Days, c, impacts)
	}
	v.components[c.ID] = out
	return out
}

func (v pageView) incident(inc *Incident) PageIncident {
	out := PageIncident{ID: inc.ID, Title: inc.Title, Automatic: inc.Automatic(), StartedAt: inc.StartedAt,
		NoticedAt: inc.NoticedAt(), ToldAt: inc.ToldAt(), ResolvedAt: inc.ResolvedAt(), Promise: inc.Promise()}
	out.Kept, out.Due = inc.Promises(v.facts.Now)
	public := inc.PublicTimeline()
	for i, u := range public {
		out.UpdatedAt, out.Status = latest(out.UpdatedAt, latest(u.At, u.EditedAt())), u.Status
		seen := PageUpdate{ID: u.ID, At: u.At, Status: u.Status, Body: u.Wording(), Earlier: u.Earlier(), Automatic: u.Author == "", NextBy: u.NextBy,
			Repeated: i > 0 && public[i-1].Status == u.Status}
		for _, c := range u.Changes {
			if pc, ok := v.components[c.Component]; ok {
				seen.Changes = append(seen.Changes, PageChange{Component: c.Component, Name: pc.FullName(), From: c.From, To: c.To})
			}
		}
		out.Updates = append([]PageUpdate{seen}, out.Updates...)
	}
	for _, id := range concerned(inc) {
		if pc, ok := v.components[id]; ok {
			pc.Days = nil
			out.Components = append(out.Components, pc)
		}
	}
	for _, i := range inc.Impacts() {
		if _, ok := v.components[i.Component]; ok {
			out.Impacts = append(out.Impacts, i)
		}
	}
	out.Worst = v.worst(inc)
	out.Impact = LevelOf(v.ever(inc))
	for _, s := range inc.Symptoms {
		i := slices.IndexFunc(out.Symptoms, func(p PageSymptom) bool { return p.Text == s.Text })
		switch {
		case s.Internal || s.Text == "":
		case i >= 0:
			out.Symptoms[i].Lasts = out.Symptoms[i].Lasts || s.Lasts()
		default:
			out.Symptoms = append(out.Symptoms, PageSymptom{Text: s.Text, Lasts: s.Lasts()})
		}
	}
	v.care(&out, inc)
	out.Evidence = pageEvidence(v.facts.Evidence[inc.ID])
	if pm, ok := v.facts.Postmortems[inc.ID]; ok && pm.Published() {
		out.Postmortem = &PagePostmortem{Body: pm.Body, PublishedAt: pm.PublishedAt, RevisedAt: pm.RevisedAt}
	}
	return out
}

// ever returns the worst status that the incident ever gave a public component.
func (v pageView) ever(inc *Incident) ComponentStatus {
	worst := Operational
	for _, i := range inc.Impacts() {
		if _, ok := v.components[i.Component]; ok {
			worst = worst.Worse(i.Status)
		}
	}
	return worst
}

// worst returns what colours the incident: its present worst status, or the worst it ever had once nothing is impaired.
func (v pageView) worst(inc *Incident) ComponentStatus {
	worst := Operational
	for id, s := range inc.Affected() {
		if _, ok := v.components[id]; ok {
			worst = worst.Worse(s)
		}
	}
	if worst == Operational {
		return v.ever(inc)
	}
	return worst
}

package incidents

import (
	"cmp"
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
		for i := range list { // they are large, and may be many
			if list[i].ID == id {
				return list[i], true
			}
		}
	}
	return PageIncident{}, false
}

// Over returns the page with bars of another length.
func (p Page) Over(days int) Page {
	p.Days = days
	return p
}

// Component returns the page's component with that id.
func (p Page) Component(id string) (PageComponent, bool) {
	for _, g := range p.Groups {
		for i := range g.Components {
			if g.Components[i].ID == id {
				return g.Components[i], true
			}
		}
	}
	return PageComponent{}, false
}

// Components returns all components in order.
func (p Page) Components() []PageComponent {
	n := 0
	for _, g := range p.Groups {
		n += len(g.Components)
	}
	all := make([]PageComponent, 0, n)
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
	Evidence     map[string][]Evidence // incident id → pieces; those that are not public stay out
	FollowUps    map[string][]FollowUp // incident id → follow-ups; those that are not public stay out
	Guards       map[string][]Watching // incident id → guards; those without a caption stay out
	Maintenances []*Maintenance        // open, or ended within Days
	Covered      map[string][]float64  // component id → Coverage of the days up to today; those before its first are 0
	Watched      map[string]bool       // component ids that have a probe
	Blind        map[string]bool       // component ids whose probes can tell nothing now
	Charts       []PageChart
}

// NewPage computes the public page. Internal components, team notes and every detail of a probe stay out.
func NewPage(f PageFacts) Page {
	p := Page{Site: f.Site, At: f.Now, UpdatedAt: f.UpdatedAt, CheckedAt: f.CheckedAt, Days: min(f.Days, cmp.Or(f.Site.Days, UsualDays))}
	view, groups := viewOf(f), map[string]int{}
	for _, c := range f.Components {
		if c.Internal {
			continue
		}
		if seen := view.component(c); c.ArchivedAt.IsZero() {
			p.place(seen, groups)
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

// place adds a component to its group, in the order the components come. Groups holds where those with a name stand.
func (p *Page) place(c PageComponent, groups map[string]int) {
	i, ok := groups[c.Group]
	if last := len(p.Groups) - 1; c.Group == "" && last >= 0 {
		i, ok = last, p.Groups[last].Name == ""
	}
	if !ok {
		i = len(p.Groups)
		p.Groups = append(p.Groups, PageGroup{Name: c.Group})
		if c.Group != "" {
			groups[c.Group] = i
		}
	}
	p.Groups[i].Components = append(p.Groups[i].Components, c)
}

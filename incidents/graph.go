package incidents

import "slices"

// graph answers questions about which component depends on which.
type graph map[string]Component // by id

func newGraph(components []Component) graph {
	g := graph{}
	for _, c := range components {
		g[c.ID] = c
	}
	return g
}

// needs returns everything that a component depends on, directly or not, nearest first, without itself.
func (g graph) needs(id string) []string {
	var out []string
	next := slices.Clone(g[id].DependsOn)
	for len(next) > 0 {
		dep := next[0]
		next = next[1:]
		if dep != id && !slices.Contains(out, dep) {
			out = append(out, dep)
			next = append(next, g[dep].DependsOn...)
		}
	}
	return out
}

// linked says whether two failing components probably fail for one reason: they are the same, one needs the other,
// or both need a third that is under suspicion.
func (g graph) linked(a, b string, suspect func(id string) bool) bool {
	if a == b {
		return true
	}
	needA, needB := g.needs(a), g.needs(b)
	if slices.Contains(needA, b) || slices.Contains(needB, a) {
		return true
	}
	return slices.ContainsFunc(needA, func(id string) bool { return slices.Contains(needB, id) && suspect(id) })
}

// upstream returns those of the components that need none of the others.
func (g graph) upstream(ids []string) []string {
	var out []string
	for _, id := range ids {
		needs := g.needs(id)
		if !slices.ContainsFunc(ids, func(o string) bool { return o != id && slices.Contains(needs, o) && !slices.Contains(g.needs(o), id) }) {
			out = append(out, id)
		}
	}
	return out
}

package app

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var keyForm = regexp.MustCompile(`^[a-z0-9-]{1,60}$`)

// key checks a key's form, and that no other thing of its sort has it; lines holds the line of each so far.
func (c *checks) key(path, key, what string, lines map[string]int) {
	c.required(path, key, "a short name for this "+what+" that never changes, like new-studio")
	switch line, taken := lines[key]; {
	case key == "":
	case !keyForm.MatchString(key):
		c.problem(path, `"key" has 1 to 60 of the characters a-z, 0-9 and -`)
	case taken:
		c.problem(path, "the %s on line %d has the key %q already", what, line, key)
	default:
		lines[key] = c.find(path).at.Position.Line
	}
}

func (c *checks) components() {
	parts := c.config.Parts
	if len(parts) > maxParts {
		c.problem("components", "there are %d components; at most %d are allowed", len(parts), maxParts)
		return
	}
	lines := map[string]int{}
	for i, p := range parts {
		path := fmt.Sprintf("components[%d].", i)
		c.key(path+"key", p.Key, "component", lines)
		c.required(path+"name", p.Name, "what customers call it")
		c.line(path+"name", p.Name)
		c.line(path+"group", p.Group)
		c.short(path+"description", p.Description, maxText)
		c.publish(path+"publish", &parts[i])
	}
	for i, p := range parts {
		seen := map[string]bool{}
		for j, need := range p.DependsOn {
			path := fmt.Sprintf("components[%d].depends_on[%d]", i, j)
			switch {
			case seen[need]:
				c.problem(path, "%q stands in this list already", need)
			case need == p.Key:
				c.problem(path, "a component cannot depend on itself")
			default:
				c.known(path, need, parts)
			}
			seen[need] = true
		}
	}
	c.circles(parts)
}

// publish reads when the checks tell customers of a component's failures.
func (c *checks) publish(path string, p *ComponentConfig) {
	switch after, err := parseDuration(p.Publish); {
	case !c.given(path) || p.Publish == "at once":
	case p.Publish == "draft":
		p.publish.Never = true
	case err != nil || after <= 0 || after > maxWait:
		c.problem(path, `"publish" is one of at once, draft, or a delay like 5m`)
	default:
		p.publish.After = after
	}
}

// known reports a key that no component has.
func (c *checks) known(path, key string, parts []ComponentConfig) {
	c.among(path, key, "component", len(parts), func(i int) string { return parts[i].Key })
}

// among reports a key that none of n things has.
func (c *checks) among(path, key, what string, n int, keyOf func(int) string) {
	for i := range n {
		if keyOf(i) == key {
			return
		}
	}
	more := ""
	if len(c.problems) < maxTold {
		var keys []string
		for i := range n {
			keys = append(keys, keyOf(i))
		}
		if near := nearest(key, keys); near != "" {
			more = fmt.Sprintf("; did you mean %q?", near)
		}
	}
	c.problem(path, "no %s has the key %q%s", what, key, more)
}

// circles reports components that depend on themselves through others, once for each circle.
func (c *checks) circles(parts []ComponentConfig) {
	index := map[string]int{}
	for i, p := range parts {
		index[p.Key] = i
	}
	done := make([]bool, len(parts))
	var trail []string
	var visit func(i int)
	visit = func(i int) {
		trail = append(trail, parts[i].Key)
		for j, need := range parts[i].DependsOn {
			next, ok := index[need]
			if at := slices.Index(trail, need); at >= 0 && need != parts[i].Key {
				c.problem(fmt.Sprintf("components[%d].depends_on[%d]", i, j), "these depend on each other in a circle: %s → %s",
					strings.Join(trail[at:], " → "), need)
			} else if ok && at < 0 && !done[next] {
				visit(next)
			}
		}
		trail = trail[:len(trail)-1]
		done[i] = true
	}
	for i := range parts {
		if !done[i] {
			visit(i)
		}
	}
}

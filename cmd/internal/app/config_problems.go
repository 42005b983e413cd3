package app

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

// Problem is one mistake in the configuration file, and where it stands.
type Problem struct {
	File         string
	Line, Column int // from 1; the column counts characters
	Text         string
	Source       string // the line, with what looks like a literal secret struck out
}

// Error tells the problem with the line quoted.
func (p Problem) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Text)
	if p.Source == "" {
		return s
	}
	gutter := fmt.Sprintf("%4d | ", p.Line)
	s += "\n" + gutter + p.Source
	before := []rune(p.Source)
	if p.Column-1 > len(before) {
		return s
	}
	indent := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, string(before[:p.Column-1]))
	return s + "\n" + strings.Repeat(" ", len(gutter)) + indent + "^"
}

// Problems is all that is wrong with a configuration file, in the order of its lines.
type Problems []Problem

// Bounds of what is collected and told.
const (
	maxCollected = 1000
	maxTold      = 50
	maxProblem   = 600 // characters of a text
	maxSource    = 160 // characters of a line
)

// Error tells the first problems, one below the other.
func (ps Problems) Error() string {
	var told []string
	for _, p := range ps[:min(len(ps), maxTold)] {
		told = append(told, p.Error())
	}
	if more := len(ps) - maxTold; more > 0 {
		told = append(told, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(told, "\n")
}

// report collects the problems of one file.
type report struct {
	file     string
	lines    []string
	problems Problems
	secrets  []secret
}

// secret is a value that came from the environment.
type secret struct{ name, value string }

func newReport(file string, src []byte) *report {
	return &report{file: file, lines: strings.Split(string(src), "\n")}
}

// add notes a problem. Nothing from the environment gets into its text.
func (r *report) add(line, column int, text string) {
	if len(r.problems) >= maxCollected {
		return
	}
	line = min(max(line, 1), len(r.lines))
	column = min(max(column, 1), utf8.RuneCountInString(r.lines[line-1])+1)
	r.problems = append(r.problems, Problem{File: r.file, Line: line, Column: column,
		Text: bounded(r.scrub(text), maxProblem), Source: shown(r.lines[line-1])})
}

// at notes a problem at a token.
func (r *report) at(tk *token.Token, text string) {
	if tk == nil || tk.Position == nil {
		r.add(1, 1, text)
		return
	}
	r.add(tk.Position.Line, tk.Position.Column, text)
}

// scrub replaces what came from the environment by the name it has there. Values of one or two characters stay:
// they are no secrets, and would be found in every word.
func (r *report) scrub(text string) string {
	for _, s := range r.secrets {
		if len(s.value) <= 2 {
			continue
		}
		quoted := fmt.Sprintf("%q", s.value)
		text = strings.ReplaceAll(text, s.value, "${"+s.name+"}")
		text = strings.ReplaceAll(text, quoted[1:len(quoted)-1], "${"+s.name+"}")
	}
	return text
}

// result returns what was found, in the order of the lines.
func (r *report) result() Problems {
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.CompactFunc(r.problems, func(a, b Problem) bool { return a == b })
}

var (
	secretKey = regexp.MustCompile(`(?i)[\w-]*(?:pass?w|pwd|secret|token|bearer|authorization|api-?_?key|cookie)[\w-]*["']?\s*:\s*`)
	userinfo  = regexp.MustCompile(`://[^\s/@"']*:[^\s@"']*@`)
)

// shown returns a line as it may be quoted: bounded, printable, without a secret written into the file itself.
func shown(line string) string {
	line = strings.TrimRight(bounded(line, 10*maxSource), "\r ")
	line = userinfo.ReplaceAllStringFunc(line, func(s string) string { return "://" + struck(s[3:len(s)-1]) + "@" })
	if at := secretKey.FindStringIndex(line); at != nil {
		line = line[:at[1]] + struck(line[at[1]:])
	}
	return bounded(line, maxSource)
}

// bounded returns a text without control characters, cut to so many characters.
func bounded(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' || r == '\uFEFF' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// struck returns as many asterisks as s has characters; references to the environment stay readable.
func struck(s string) string {
	out, from := "", 0
	for _, at := range reference.FindAllStringIndex(s, -1) {
		out += strings.Repeat("*", utf8.RuneCountInString(s[from:at[0]]))
		if ref := s[at[0]:at[1]]; variable.MatchString(ref) {
			out += ref
		} else {
			out += strings.Repeat("*", utf8.RuneCountInString(ref))
		}
		from = at[1]
	}
	return out + strings.Repeat("*", utf8.RuneCountInString(s[from:]))
}

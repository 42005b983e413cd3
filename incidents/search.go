package incidents

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a search.
const (
	maxQuery = 200 // characters looked at
	maxWords = 8
	passage  = 120 // characters around a hit
)

// Query is what to look for in texts: words that must all be there, in upper or lower case.
type Query struct {
	Typed string // cut to what is looked at
	words []string
}

// NewQuery reads what a visitor typed. What goes beyond the bounds is left out.
func NewQuery(typed string) Query {
	if r := []rune(typed); len(r) > maxQuery {
		typed = string(r[:maxQuery])
	}
	q := Query{Typed: strings.TrimSpace(typed)}
	for _, w := range strings.Fields(Fold(typed)) {
		if !slices.Contains(q.words, w) && len(q.words) < maxWords {
			q.words = append(q.words, w)
		}
	}
	return q
}

// Empty says whether there is nothing to look for.
func (q Query) Empty() bool { return len(q.words) == 0 }

// In says whether all words are in a text, which Fold has folded.
func (q Query) In(folded string) bool {
	return !slices.ContainsFunc(q.words, func(w string) bool { return !strings.Contains(folded, w) })
}

// Piece is a part of a text: found, or what stands around it.
type Piece struct {
	Text  string
	Found bool
}

// Passage returns the part of a text around the first word found, cut into what was found and what was not.
// Without any, that is the beginning.
func (q Query) Passage(text string) []Piece {
	text = strings.Join(strings.Fields(text), " ")
	low, original := Fold(text), []rune(text)
	first := -1
	for _, w := range q.words {
		if i := strings.Index(low, w); i >= 0 && (first < 0 || i < first) {
			first = i
		}
	}
	middle := utf8.RuneCountInString(low[:max(0, first)])
	from, until := max(0, middle-passage), min(len(original), middle+2*passage)
	out := q.pieces(original[from:until])
	if from > 0 {
		out = append([]Piece{{Text: "… "}}, out...)
	}
	if until < len(original) {
		out = append(out, Piece{Text: " …"})
	}
	return out
}

// pieces cuts a text at each word found.
func (q Query) pieces(text []rune) []Piece {
	low := []rune(Fold(string(text)))
	var out []Piece
	plain := 0
	for i := 0; i < len(low); {
		n := 0
		for _, w := range q.words {
			if strings.HasPrefix(string(low[i:]), w) {
				n = max(n, utf8.RuneCountInString(w))
			}
		}
		if n == 0 {
			i++
			continue
		}
		if i > plain {
			out = append(out, Piece{Text: string(text[plain:i])})
		}
		out = append(out, Piece{Text: string(text[i : i+n]), Found: true})
		i += n
		plain = i
	}
	if plain < len(text) {
		out = append(out, Piece{Text: string(text[plain:])})
	}
	return out
}

// Fold writes a text in lower case, character by character, so that places in it are places in the text.
func Fold(text string) string { return strings.Map(unicode.ToLower, text) }

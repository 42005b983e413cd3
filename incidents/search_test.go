package incidents

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestQuery(t *testing.T) {
	tests := []struct {
		name, typed, text string
		in                bool
		passage           []Piece
	}{
		{"nothing is in everything", " ", "A queue.", true, []Piece{{"A queue.", false}}},
		{"case does not count", "QUEUE", "A Queue.", true, []Piece{{"A ", false}, {"Queue", true}, {".", false}}},
		{"each word must be there", "queue broker", "A queue.", false, []Piece{{"A ", false}, {"queue", true}, {".", false}}},
		{"in any order", "full queue", "The queue was full", true, []Piece{{"The ", false}, {"queue", true}, {" was ", false}, {"full", true}}},
		{"a letter that is longer in lower case", "queue", "İİİ queue", true, []Piece{{"İİİ ", false}, {"queue", true}}},
		{"the longer of two words", "que queue", "queue", true, []Piece{{"queue", true}}},
		{"what looks like HTML is text", "<b>", "a <b> b", true, []Piece{{"a ", false}, {"<b>", true}, {" b", false}}},
		{"not there", "mail", "A queue.", false, []Piece{{"A queue.", false}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := NewQuery(tt.typed)
			if got := q.In(Fold(tt.text)); got != tt.in {
				t.Errorf("in the text: %v, want %v", got, tt.in)
			}
			if diff := cmp.Diff(tt.passage, q.Passage(tt.text)); diff != "" {
				t.Errorf("passage:\n%s", diff)
			}
		})
	}
}

func TestAPassageIsShort(t *testing.T) {
	text := strings.Repeat("ä ", 5000) + "queue" + strings.Repeat(" ö", 5000)
	got := NewQuery("queue").Passage(text)
	length := 0
	for _, p := range got {
		length += utf8.RuneCountInString(p.Text)
	}
	if length > 3*passage+10 || got[0].Text != "… " || got[len(got)-1].Text != " …" {
		t.Errorf("%d characters: %v", length, got)
	}
}

func TestAQueryIsBounded(t *testing.T) {
	if got := NewQuery(strings.Repeat("a b c d e f g h i j ", 1000)).words; len(got) != maxWords {
		t.Errorf("%d words, want %d", len(got), maxWords)
	}
	if got := NewQuery(strings.Repeat("x", 10_000)).words; len(got[0]) != maxQuery {
		t.Errorf("a word of %d, want %d", len(got[0]), maxQuery)
	}
}

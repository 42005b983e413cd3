package store

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// ms returns what is stored of a time: unix milliseconds UTC, and NULL for the zero time.
func ms(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// timeOf scans what ms stored.
func timeOf(t *time.Time) sql.Scanner { return scanTime{t} }

type scanTime struct{ t *time.Time }

func (s scanTime) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*s.t = time.Time{}
	case int64:
		*s.t = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("a time is stored as %T", value)
	}
	return nil
}

// toJSON returns a list as JSON; an empty one is the empty text.
func toJSON[T any](list []T) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	text, err := json.Marshal(list)
	return string(text), err
}

// jsonLists writes many lists as toJSON does.
type jsonLists struct {
	buf bytes.Buffer
	enc *json.Encoder
}

// text returns a list of so many, which is behind a pointer, as JSON.
func (l *jsonLists) text(list any, n int) (string, error) {
	if n == 0 {
		return "", nil
	}
	if l.enc == nil {
		l.enc = json.NewEncoder(&l.buf)
	}
	l.buf.Reset()
	err := l.enc.Encode(list)
	return string(bytes.TrimSuffix(l.buf.Bytes(), []byte("\n"))), err
}

// listOf scans what toJSON stored.
func listOf[T any](list *[]T) sql.Scanner { return scanList[T]{list} }

type scanList[T any] struct{ list *[]T }

func (s scanList[T]) Scan(value any) error {
	*s.list = nil
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("a list is stored as %T", value)
	}
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), s.list)
}

// text returns s as both engines take it: PostgreSQL refuses NUL and whatever is not UTF-8.
func text[S ~string](s S) string {
	return strings.ReplaceAll(strings.ToValidUTF8(string(s), "\uFFFD"), "\x00", "")
}

// idChunk is how many ids one statement looks for: SQLite finds each among all before it, and takes 32,766 at most.
const idChunk = 500

// tuples returns the placeholders of n rows with so many columns each: ($1,$2),($3,$4).
func tuples(n, columns int) string {
	var b strings.Builder
	for i := range n * columns {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%columns == 0:
			b.WriteString("),(")
		default:
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "$%d", i+1)
	}
	b.WriteString(")")
	return b.String()
}

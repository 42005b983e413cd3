package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// lookup asks for several probes: the first statement for the most at once, each after it for half as many, the last for
// one.
type lookup []string

// mostAtOnce is how many probes the first statement of a lookup asks for.
const mostAtOnce = 64

// newLookup returns what asks part of each probe: a window over the results of all of them would read them all. The
// probe's key is $%[1]d there, and what follows all parts is after.
func newLookup(part, after string) (l lookup) {
	for n := mostAtOnce; n > 0; n /= 2 {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = fmt.Sprintf(part, i+2)
		}
		l = append(l, strings.Join(parts, ` UNION ALL `)+after)
	}
	return l
}

// each calls scan for every row of the keys' probes; first is $1.
func (l lookup) each(ctx context.Context, tx *sql.Tx, first any, keys []string, scan func(*sql.Rows) error) error {
	n := mostAtOnce
	for _, query := range l {
		for len(keys) >= n {
			args := []any{first}
			for _, key := range keys[:n] {
				args = append(args, key)
			}
			if err := each(ctx, tx, scan, query, args...); err != nil {
				return err
			}
			keys = keys[n:]
		}
		n /= 2
	}
	return nil
}

package incidents

import "errors"

// ErrNotFound says that there is no such thing; ErrConflict that somebody else was first.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("changed by somebody else meanwhile")
)

// InvalidError refuses a request. Its text is for people: it says what is wrong and what to do.
type InvalidError struct {
	Field   string // the form field at fault, empty when it is none in particular
	Problem string
}

func (e *InvalidError) Error() string { return e.Problem }

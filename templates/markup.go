package templates

import (
	"bytes"
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"

	"candor/incidents"
)

// markup is HTML that Go writes, not templ: that of which a page has hundreds, where what templ does around each text
// takes longer than all else that the page needs.
type markup struct{ *bytes.Buffer }

// byHand is a component that Go writes.
func byHand(write func(markup)) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		m := markup{templ.GetBuffer()}
		defer templ.ReleaseBuffer(m.Buffer)
		write(m)
		_, err := w.Write(m.Bytes())
		return err
	})
}

// put writes HTML: constants, and what was made of numbers or has been escaped.
func (m markup) put(pieces ...string) {
	for _, s := range pieces {
		m.WriteString(s)
	}
}

// text escapes and writes a text or the value of an attribute, whoever it comes from.
func (m markup) text(s string) { m.WriteString(templ.EscapeString(s)) }

func (m markup) number(n int) { m.Write(strconv.AppendInt(m.AvailableBuffer(), int64(n), 10)) }

func (m markup) attributes(list templ.OrderedAttributes) {
	for _, a := range list {
		value, _ := a.Value.(string)
		m.put(` `, a.Key, `="`)
		m.text(value)
		m.put(`"`)
	}
}

// dot is the mark of a state: a colour and a shape. The words stand beside it.
func dot(s incidents.Sight) templ.Component { return byHand(func(m markup) { m.dot(s) }) }

func (m markup) dot(s incidents.Sight) {
	m.put(`<i class="dot" data-s="`, string(s), `" aria-hidden="true"></i>`)
}

// state is a state with its mark, in words.
func state(s incidents.Sight, words string) templ.Component {
	return byHand(func(m markup) { m.state(s, words) })
}

func (m markup) state(s incidents.Sight, words string) {
	m.put(`<span class="state small" data-s="`, string(s), `">`)
	m.dot(s)
	m.text(words)
	m.put(`</span>`)
}

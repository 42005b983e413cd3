package kinds

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// tabEvents takes what the browser tells of a page; chores are what must be done about it.
type tabEvents struct {
	watch   *pageWatch
	chores  chan any      // dialogs and held requests
	crashed chan struct{} // closed when the page's process ended
	crash   sync.Once

	mu        sync.Mutex
	navigated context.CancelCauseFunc // ends what is being asked of the document; nil when nothing is
}

var errNavigated = errors.New("another page came in the place of this one")

// asking returns a context for a question to the document: the browser may never answer it once the document is gone.
func (e *tabEvents) asking(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.navigated = cancel
	return ctx, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.navigated = nil
		cancel(nil)
	}
}

// gone ends the question to a document that is no more.
func (e *tabEvents) gone() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.navigated != nil {
		e.navigated(errNavigated)
	}
}

// take runs on the goroutine that reads from the browser, and must not wait.
func (e *tabEvents) take(event any) {
	switch event := event.(type) {
	case *network.EventRequestWillBeSent:
		r := pageRequest{address: address(event.Request.URL), kind: event.Type.String(), frame: string(event.FrameID)}
		e.watch.sent(string(event.RequestID), r)
	case *network.EventResponseReceived:
		r := pageRequest{address: address(event.Response.URL), kind: event.Type.String(), frame: string(event.FrameID)}
		e.watch.answered(string(event.RequestID), r, int(event.Response.Status))
	case *network.EventLoadingFinished:
		e.watch.ended(string(event.RequestID), "", "")
	case *network.EventLoadingFailed:
		trouble := event.ErrorText
		if event.Canceled {
			trouble = ""
		}
		e.watch.ended(string(event.RequestID), event.Type.String(), trouble)
	case *page.EventLoadEventFired:
		e.watch.complete()
	case *runtime.EventExceptionThrown:
		e.watch.threw(exceptionText(event.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if event.Type == runtime.ConsoleAPICalledTypeError {
			e.watch.note("console: " + consoleText(event.Args))
		}
	case *inspector.EventTargetCrashed:
		e.crash.Do(func() { close(e.crashed) })
	case *page.EventFrameNavigated:
		if event.Frame.ParentID == "" {
			e.gone()
		}
	case *page.EventJavascriptDialogOpening, *fetch.EventRequestPaused:
		select {
		case e.chores <- event:
		default: // a page that asks for so much at once can wait for ever
		}
	}
}

// exceptionText is what an exception says, without its stack.
func exceptionText(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	if d.Exception != nil && len(d.Exception.Value) > 0 {
		return string(d.Exception.Value)
	}
	return d.Text
}

// consoleText is what a page wrote to its console.
func consoleText(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		text := a.Description
		if json.Unmarshal(a.Value, &text) != nil && text == "" {
			text = string(a.Value)
		}
		words = append(words, text)
	}
	return strings.Join(words, " ")
}

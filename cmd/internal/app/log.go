package app

import (
	"fmt"
	"io"
	"log/slog"
)

// SetLog sends the log to w, as "text" or "json".
func SetLog(w io.Writer, format string) error {
	switch format {
	case "text":
		slog.SetDefault(slog.New(slog.NewTextHandler(w, nil)))
	case "json":
		slog.SetDefault(slog.New(slog.NewJSONHandler(w, nil)))
	default:
		return fmt.Errorf("a log is written as text or json, not as %q", format)
	}
	return nil
}

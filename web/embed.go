package web

import (
	"bytes"
	"context"
	"fmt"

	"candor/templates"
)

// frame renders what other sites show of the page in a frame.
func (r *rendered) frame() ([]byte, error) {
	var body bytes.Buffer
	if err := templates.FramePage(r.page).Render(context.Background(), &body); err != nil {
		return nil, fmt.Errorf("render the frame: %w", err)
	}
	return body.Bytes(), nil
}

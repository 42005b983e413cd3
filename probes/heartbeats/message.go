package heartbeats

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"candor/probes"
)

// Bounds of what is looked at of a message.
const (
	maxLooked = 1 << 20 // bytes
	maxParts  = 10
	maxNested = 3
)

// readMail returns a message's subject and the beginning of its text, both empty when it is no message.
func readMail(r io.Reader) (subject, text string) {
	m, err := mail.ReadMessage(io.LimitReader(r, maxLooked))
	if err != nil {
		return "", ""
	}
	subject = m.Header.Get("Subject")
	if decoded, err := new(mime.WordDecoder).DecodeHeader(subject); err == nil {
		subject = decoded
	}
	return subject, textOf(m.Header.Get, m.Body, maxNested)
}

// textOf returns the beginning of the first plain text in a part of a message.
func textOf(header func(string) string, body io.Reader, nested int) string {
	kind, params, err := mime.ParseMediaType(header("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && nested > 0 {
		parts := multipart.NewReader(body, params["boundary"])
		for range maxParts {
			part, err := parts.NextRawPart()
			if err != nil {
				return ""
			}
			if text := textOf(part.Header.Get, part, nested-1); text != "" {
				return text
			}
		}
	}
	if kind != "text/plain" {
		return ""
	}
	switch strings.ToLower(header("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	text, _ := io.ReadAll(io.LimitReader(body, probes.MaxPingBody)) // what came before an error is shown
	return string(text)
}

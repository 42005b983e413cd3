package pictures

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"

	"golang.org/x/image/draw"

	"candor/incidents"
)

// Own is the icon of the page's owner, which the state is shown at the corner of.
type Own struct {
	Type string // "image/png" or "image/svg+xml"
	Body []byte // empty without an icon of one's own
}

// iconSize is the side of a drawn icon in pixels: twice what tabs show.
const iconSize = 64

// IconPNG draws a state as the icon of a tab. An icon of one's own that is an SVG cannot be drawn: the state stands alone.
func IconPNG(s incidents.Sight, own Own) []byte {
	dst := image.NewNRGBA(image.Rect(0, 0, iconSize, iconSize))
	at := dst.Bounds()
	if src, err := png.Decode(bytes.NewReader(own.Body)); err == nil && own.Type == "image/png" {
		draw.CatmullRom.Scale(dst, at, src, src.Bounds(), draw.Over, nil)
		at = image.Rect(iconSize*9/16, iconSize*9/16, iconSize, iconSize)
		draw.Draw(dst, at.Inset(-2), image.White, image.Point{}, draw.Src)
	}
	mark(dst, at, s)
	var out bytes.Buffer
	(&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, dst) // a buffer does not fail
	return out.Bytes()
}

// IconSVG puts the mark of a state, which is an SVG document, at the corner of an icon of one's own.
func IconSVG(mark []byte, own Own) []byte {
	_, mark, _ = bytes.Cut(mark, []byte("<svg "))
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><image width="32" height="32" href="data:%s;base64,%s"/>`,
		own.Type, base64.StdEncoding.EncodeToString(own.Body))
	fmt.Fprintf(&out, `<path fill="#fff" d="M17 17h15v15H17z"/><svg x="18" y="18" width="14" height="14" %s</svg>`, bytes.TrimSpace(mark))
	return out.Bytes()
}

// ICO wraps a picture made by IconPNG for those who ask for /favicon.ico.
func ICO(picture []byte) []byte {
	head := []byte{0, 0, 1, 0, 1, 0, iconSize, iconSize, 0, 0, 1, 0, 32, 0}
	head = binary.LittleEndian.AppendUint32(head, uint32(len(picture)))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(head)+4))
	return append(head, picture...)
}

package web

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/google/go-cmp/cmp"
)

// document reads the OpenAPI document from the server, and refuses one that is not valid.
func (v *visitor) document() *openapi3.T {
	v.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(v.get("/api/openapi.yaml").is(200).body))
	if err == nil {
		err = doc.Validate(v.Context())
	}
	if err != nil {
		v.Fatal(err)
	}
	return doc
}

// TestOpenAPIDescribesTheServer asks for every documented address, and compares the answers with the document: status,
// headers, content type and every value. A key that the document lacks counts as wrong here.
func TestOpenAPIDescribesTheServer(t *testing.T) {
	h, chart := charted(t)
	told := h.past("Mail was late", 48*time.Hour, false)
	h.publish(told, "What we learned.")
	plans := h.plans()
	h.fails("new-loads", "refused")
	readAsText()
	v := h.visitor()
	doc := v.document()
	for _, schema := range doc.Components.Schemas {
		if len(schema.Value.Properties) > 0 {
			no := false
			schema.Value.AdditionalProperties = openapi3.AdditionalProperties{Has: &no}
		}
	}
	for path, item := range doc.Paths.Map() {
		id := told.ID
		if strings.HasPrefix(path, "/components/") || strings.HasPrefix(path, "/badge/") {
			id = h.component("new")
		}
		if strings.HasPrefix(path, "/maintenance/") {
			id = plans["Database upgrade"].ID
		}
		if strings.HasPrefix(path, "/charts/") {
			id = chart
		}
		t.Run(path, func(t *testing.T) {
			v := &visitor{h, v.Client}
			seen := v.fits(t, doc, path, item, id, http.StatusOK)
			v.fits(t, doc, path, item, id, http.StatusNotModified, "If-None-Match", seen.header.Get("Etag"))
			if strings.Contains(path, "{id}") {
				v.fits(t, doc, path, item, "nothing00000", http.StatusNotFound)
			}
		})
	}
}

// fits checks one answer against the document.
func (v *visitor) fits(t *testing.T, doc *openapi3.T, path string, item *openapi3.PathItem, id string, code int, header ...string) reply {
	t.Helper()
	r := v.request(http.MethodGet, strings.ReplaceAll(path, "{id}", id), nil, header...)
	a := v.do(r)
	if a.code != code {
		t.Fatalf("%s answered %d, want %d", a.url, a.code, code)
	}
	if item.Get.Responses.Status(code) == nil {
		t.Errorf("that %s answers %d is not documented", a.url, code)
	}
	asked := &openapi3filter.RequestValidationInput{Request: r, PathParams: map[string]string{"id": id},
		Route: &routers.Route{Spec: doc, Path: path, PathItem: item, Method: http.MethodGet, Operation: item.Get}}
	if err := openapi3filter.ValidateRequest(t.Context(), asked); err != nil {
		t.Errorf("the document refuses to ask for %s: %v", a.url, err)
	}
	err := openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{RequestValidationInput: asked,
		Status: a.code, Header: a.header, Body: io.NopCloser(bytes.NewReader([]byte(a.body))),
		Options: &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true}})
	if err != nil {
		t.Errorf("%s does not answer as documented: %v", a.url, err)
	}
	return a
}

// readAsText teaches the checker what is documented as text, and the JSON that is not called so.
func readAsText() {
	for _, name := range []string{"application/atom+xml", "application/rss+xml", "application/xml", "image/svg+xml", "application/yaml", "text/html", "text/calendar", "image/x-icon", "text/javascript", "image/png"} {
		openapi3filter.RegisterBodyDecoder(name, openapi3filter.RegisteredBodyDecoder("text/plain"))
	}
	openapi3filter.RegisterBodyDecoder("application/feed+json", openapi3filter.RegisteredBodyDecoder("application/json"))
}

// TestEveryAddressForMachinesIsDocumented compares the document with what the snapshot holds for programs.
func TestEveryAddressForMachinesIsDocumented(t *testing.T) {
	h := open(t, nil)
	documented := h.visitor().document().Paths.Map()
	now := h.server.snapshot.current.Load()
	var missing []string
	for _, path := range slices.Sorted(maps.Keys(now.lazy)) {
		if documented[path] == nil {
			missing = append(missing, path)
		}
	}
	if diff := cmp.Diff([]string(nil), missing); diff != "" {
		t.Errorf("not in the document: %v", missing)
	}
}

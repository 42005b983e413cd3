package api

import _ "embed"

// OpenAPI answers /api/openapi.yaml: every public address for programs, as an OpenAPI 3.1 document.
//
//go:embed openapi.yaml
var OpenAPI []byte

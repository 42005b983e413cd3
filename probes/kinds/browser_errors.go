package kinds

import (
	"strings"

	"candor/probes"
)

// netErrors are Chromium's names for trouble on the way to a page, as in its net/base/net_error_list.h, each without ERR_.
var netErrors = map[string]shortfall{
	"CONNECTION_REFUSED":             {probes.Refused, "connection refused"},
	"NAME_NOT_RESOLVED":              {probes.Unreachable, "the name could not be looked up"},
	"NAME_RESOLUTION_FAILED":         {probes.Unreachable, "the name could not be looked up"},
	"ADDRESS_UNREACHABLE":            {probes.Unreachable, "no route to the address"},
	"ADDRESS_INVALID":                {probes.Unreachable, "the address cannot be connected to"},
	"CONNECTION_TIMED_OUT":           {probes.Unreachable, "no connection within the browser's time limit"},
	"CONNECTION_FAILED":              {probes.Unreachable, "no connection"},
	"TIMED_OUT":                      {probes.TimedOut, "no answer within the browser's time limit"},
	"CONNECTION_RESET":               {probes.Unexpected, "the connection was reset by the other side"},
	"CONNECTION_CLOSED":              {probes.Unexpected, "the connection was closed before the answer was complete"},
	"CONNECTION_ABORTED":             {probes.Unexpected, "the connection was closed before the answer was complete"},
	"EMPTY_RESPONSE":                 {probes.Unexpected, "the connection was closed without an answer"},
	"TOO_MANY_REDIRECTS":             {probes.Unexpected, "too many redirects"},
	"INTERNET_DISCONNECTED":          {probes.Internal, "this machine has no network"},
	"NETWORK_CHANGED":                {probes.Internal, "this machine's network has changed"},
	"NETWORK_IO_SUSPENDED":           {probes.Internal, "this machine's network is suspended"},
	"NETWORK_ACCESS_DENIED":          {probes.Internal, "this machine does not let the browser connect"},
	"INSUFFICIENT_RESOURCES":         {probes.Internal, "this machine has too few resources for the browser"},
	"OUT_OF_MEMORY":                  {probes.Internal, "this machine has too little memory for the browser"},
	"CERT_COMMON_NAME_INVALID":       {probes.Certificate, "the certificate is for another name"},
	"CERT_DATE_INVALID":              {probes.Certificate, "the certificate has expired or is not valid yet"},
	"CERT_AUTHORITY_INVALID":         {probes.Certificate, "the certificate is signed by an unknown authority"},
	"BAD_SSL_CLIENT_AUTH_CERT":       {probes.Certificate, "the server wants a client certificate"},
	"SSL_CLIENT_AUTH_CERT_NEEDED":    {probes.Certificate, "the server wants a client certificate"},
	"SSL_PROTOCOL_ERROR":             {probes.Unexpected, "the server does not speak TLS as it should"},
	"SSL_VERSION_OR_CIPHER_MISMATCH": {probes.Certificate, "there is no version of TLS that both sides accept"},
}

// netTrouble puts Chromium's name for a failed navigation, like net::ERR_CONNECTION_REFUSED, into our words.
func netTrouble(name string) *shortfall {
	code := strings.TrimPrefix(strings.TrimPrefix(name, "net::"), "ERR_")
	if known, ok := netErrors[code]; ok {
		return &shortfall{known.reason, known.detail + " (" + short(name) + ")"}
	}
	if strings.HasPrefix(code, "CERT_") {
		return &shortfall{probes.Certificate, "the certificate is not acceptable (" + short(name) + ")"}
	}
	return &shortfall{probes.Unexpected, "the browser could not open the page (" + short(name) + ")"}
}

package kinds

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protowire"

	"candor/probes"
)

// maxGRPCMessage is how many bytes the answer of a health service may have; usually it has two.
const maxGRPCMessage = 4 << 10

// servingStatuses are HealthCheckResponse.ServingStatus by number,
// see https://github.com/grpc/grpc/blob/master/doc/health-checking.md.
var servingStatuses = []string{"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"}

// grpcCodes are the status codes of gRPC by number, see https://grpc.io/docs/guides/status-codes/.
var grpcCodes = []string{"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
	"PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL",
	"UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"}

// ask calls grpc.health.v1.Health/Check and returns the serving status; it is empty when a finding says why there is none.
// The protocol is that of https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md.
func (c *grpcCheck) ask(ctx context.Context, t *talk, client *http.ClientConn) (string, error) {
	req, err := c.request(ctx)
	if err != nil {
		return "", err
	}
	resp, err := client.RoundTrip(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 5+maxGRPCMessage+1))
	missing := func(reason probes.Reason, format string, args ...any) (string, error) {
		t.found.add(probes.Failed, reason, c.expected()+", "+fmt.Sprintf(format, args...))
		return "", nil
	}
	kind, _, _ := strings.Cut(resp.Header.Get("Content-Type"), ";")
	switch {
	case resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden:
		return missing(probes.AuthFailed, "got the HTTP status %d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	case resp.StatusCode != http.StatusOK:
		return missing(probes.Unexpected, "got the HTTP status %d%s%s", resp.StatusCode, spaced(http.StatusText(resp.StatusCode)), t.tell.snippet(body))
	case kind != "application/grpc" && kind != "application/grpc+proto":
		return missing(probes.Unexpected, "got no gRPC but %s%s", t.tell.quote(kind), t.tell.snippet(body))
	case len(body) > 5+maxGRPCMessage:
		return missing(probes.TooLarge, "got an answer of more than %d bytes", maxGRPCMessage)
	case err != nil:
		return "", err
	}
	outcome := resp.Trailer
	if resp.Header.Get("Grpc-Status") != "" { // there is no message, and the header is all
		outcome = resp.Header
	}
	if reason, text := callTrouble(&t.tell, outcome); reason != "" {
		return missing(reason, "%s", text)
	}
	status, err := servingStatus(body, resp.Header.Get("Grpc-Encoding"))
	switch {
	case errors.Is(err, errTooMuch):
		return missing(probes.TooLarge, "got an answer of more than %d bytes", maxGRPCMessage)
	case err != nil:
		return missing(probes.Unexpected, "got %s", shorten(t.tell.clean(err.Error())))
	}
	return status, nil
}

// request makes the call; a server that honours its time limit gives up a second after us.
func (c *grpcCheck) request(ctx context.Context) (*http.Request, error) {
	var message []byte
	if c.Service != "" {
		message = protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), c.Service)
	}
	body := append(binary.BigEndian.AppendUint32([]byte{0}, uint32(len(message))), message...)
	scheme := "https"
	if c.tls == nil {
		scheme = "http"
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, scheme+"://"+c.Address+"/grpc.health.v1.Health/Check", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", userAgent)
	for name, value := range c.Metadata {
		req.Header.Set(name, value)
	}
	req.Header.Set("Content-Type", "application/grpc")
	req.Header.Set("Te", "trailers")
	req.Header.Set("Grpc-Accept-Encoding", "identity,gzip")
	if deadline, ok := ctx.Deadline(); ok {
		left := min(time.Until(deadline)+time.Second, 24*time.Hour)
		req.Header.Set("Grpc-Timeout", strconv.FormatInt(left.Milliseconds(), 10)+"m")
	}
	return req, nil
}

// callTrouble says why a call brought no answer; the reason is empty when it did.
func callTrouble(tell *teller, h http.Header) (probes.Reason, string) {
	text := h.Get("Grpc-Status")
	code, err := strconv.ParseUint(text, 10, 8)
	switch {
	case text == "":
		return probes.Unexpected, "but the answer ends without a gRPC status"
	case err != nil || code >= uint64(len(grpcCodes)):
		return probes.Unexpected, "got the gRPC status " + tell.quote(text)
	case code == 0:
		return "", ""
	}
	reason, why := probes.Unexpected, "but the call failed"
	switch grpcCodes[code] {
	case "UNAUTHENTICATED", "PERMISSION_DENIED":
		reason, why = probes.AuthFailed, "but the server does not accept our credentials"
	case "DEADLINE_EXCEEDED":
		reason, why = probes.TimedOut, "but the server did not answer in time"
	case "UNIMPLEMENTED":
		why = "but the server has no health service"
	case "NOT_FOUND":
		why = "but the server does not know it"
	case "UNAVAILABLE":
		why = "but the server takes no calls now"
	}
	text = why + ": " + grpcCodes[code]
	if message, err := url.PathUnescape(h.Get("Grpc-Message")); err == nil && message != "" {
		text += tell.snippet([]byte(message))
	}
	return reason, text
}

var errNoMessage = errors.New("no complete message")

// servingStatus reads the one message of an answer.
func servingStatus(body []byte, encoding string) (string, error) {
	if len(body) < 5 {
		return "", errNoMessage
	}
	length := binary.BigEndian.Uint32(body[1:])
	message := body[5:]
	switch {
	case length > maxGRPCMessage:
		return "", errTooMuch
	case int(length) != len(message):
		return "", errNoMessage
	case body[0] == 0:
	case encoding == "gzip":
		var err error
		if message, err = unzip(message); err != nil {
			return "", err
		}
	default:
		return "", fmt.Errorf("a message compressed with %q, which was not asked for", short(encoding))
	}
	return readStatus(message)
}

func unzip(message []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(message))
	if err != nil {
		return nil, fmt.Errorf("a message that is no gzip: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxGRPCMessage+1))
	switch {
	case len(plain) > maxGRPCMessage:
		return nil, errTooMuch
	case err != nil:
		return nil, fmt.Errorf("a message that is no gzip: %w", err)
	}
	return plain, nil
}

// readStatus reads a HealthCheckResponse: its field 1 is the serving status, and others may come.
func readStatus(message []byte) (string, error) {
	var status uint64
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return "", fmt.Errorf("a message that is no HealthCheckResponse: %w", protowire.ParseError(n))
		}
		message = message[n:]
		if number == 1 && kind == protowire.VarintType {
			status, n = protowire.ConsumeVarint(message)
		} else {
			n = protowire.ConsumeFieldValue(number, kind, message)
		}
		if n < 0 {
			return "", fmt.Errorf("a message that is no HealthCheckResponse: %w", protowire.ParseError(n))
		}
		message = message[n:]
	}
	if status >= uint64(len(servingStatuses)) {
		return fmt.Sprintf("the serving status %d", status), nil
	}
	return servingStatuses[status], nil
}

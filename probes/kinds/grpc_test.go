package kinds

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	_ "google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"candor/probes"
)

// grpcServer starts a real gRPC server with a health service: all is well but the service shop.
func grpcServer(t *testing.T, options ...grpc.ServerOption) string {
	t.Helper()
	state := health.NewServer()
	state.SetServingStatus("studio.Mail", grpc_health_v1.HealthCheckResponse_SERVING)
	state.SetServingStatus("studio.Shop", grpc_health_v1.HealthCheckResponse_NOT_SERVING)
	return serveGRPC(t, state, options...)
}

func serveGRPC(t *testing.T, state grpc_health_v1.HealthServer, options ...grpc.ServerOption) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer(options...)
	if state != nil {
		grpc_health_v1.RegisterHealthServer(server, state)
	}
	served := make(chan error)
	go func() { served <- server.Serve(l) }()
	t.Cleanup(func() {
		server.Stop()
		<-served
	})
	return l.Addr().String()
}

// answeringCalls lets f answer each call instead of the service, when it has an error.
func answeringCalls(f func(context.Context) error) grpc.ServerOption {
	return grpc.UnaryInterceptor(func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		if err := f(ctx); err != nil {
			return nil, err
		}
		return handler(ctx, req)
	})
}

func TestGRPC(t *testing.T) {
	plain := grpcServer(t)
	bare := serveGRPC(t, nil)
	signedIn := grpcServer(t, answeringCalls(func(ctx context.Context) error {
		md, _ := metadata.FromIncomingContext(ctx)
		if token := md.Get("authorization"); !slices.Equal(token, []string{"Bearer hunter2-hunter2"}) {
			return status.Errorf(codes.Unauthenticated, "no such token: %s, 100 %%", strings.Join(token, ""))
		}
		return nil
	}))
	zipped := grpcServer(t, answeringCalls(func(ctx context.Context) error { return grpc.SetSendCompressor(ctx, "gzip") }))
	hangs := grpcServer(t, answeringCalls(func(ctx context.Context) error {
		<-ctx.Done()
		return status.FromContextError(ctx.Err()).Err()
	}))
	bearer := func(token string) map[string]string { return map[string]string{"authorization": "Bearer " + token} }
	const none = "none"
	for _, c := range []struct {
		name     string
		settings GRPC
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"the server as a whole", GRPC{Address: plain, Security: none}, probes.OK, "", ""},
		{"a service", GRPC{Address: plain, Security: none, Service: "studio.Mail"}, probes.OK, "", ""},
		{"a service that is down", GRPC{Address: plain, Security: none, Service: "studio.Shop"}, probes.Failed, probes.Unexpected,
			"expected service studio.Shop to be SERVING, got NOT_SERVING"},
		{"a service that shall be down", GRPC{Address: plain, Security: none, Service: "studio.Shop", Status: "NOT_SERVING"}, probes.OK, "", ""},
		{"a server that shall be down", GRPC{Address: plain, Security: none, Status: "NOT_SERVING"}, probes.Failed, probes.Unexpected,
			"expected the server to be NOT_SERVING, got SERVING"},
		{"a service that does not exist", GRPC{Address: plain, Security: none, Service: "studio.Zoo"}, probes.Failed, probes.Unexpected,
			"expected service studio.Zoo to be SERVING, but the server does not know it: NOT_FOUND: unknown service"},
		{"no health service", GRPC{Address: bare, Security: none}, probes.Failed, probes.Unexpected,
			"but the server has no health service: UNIMPLEMENTED: unknown service grpc.health.v1.Health"},
		{"a token", GRPC{Address: signedIn, Security: none, Metadata: bearer("hunter2-hunter2")}, probes.OK, "", ""},
		{"a wrong token that the server repeats", GRPC{Address: signedIn, Security: none, Metadata: bearer("hunter2-hunter3")}, probes.Failed,
			probes.AuthFailed, "but the server does not accept our credentials: UNAUTHENTICATED: no such token: ***, 100 %"},
		{"no token", GRPC{Address: signedIn, Security: none}, probes.Failed, probes.AuthFailed, "no such token: , 100 %"},
		{"an answer by gzip", GRPC{Address: zipped, Security: none}, probes.OK, "", ""},
		{"a server that hangs", GRPC{Address: hangs, Security: none}, probes.Failed, probes.TimedOut, ""},
		{"a port that is silent", GRPC{Address: mute(t), Security: none}, probes.Failed, probes.TimedOut,
			"connected, but no complete answer at health check within the time limit"},
		{"a port that is silent where TLS should be", GRPC{Address: mute(t)}, probes.Failed, probes.TimedOut, "no complete answer at TLS handshake"},
		{"no TLS where TLS should be", GRPC{Address: plain}, probes.Failed, probes.Unexpected, "TLS handshake: "},
		{"a closed port", GRPC{Address: nobody(t), Security: none}, probes.Failed, probes.Refused, "refused"},
		{"a name that does not exist", GRPC{Address: "studio.invalid:80"}, probes.Failed, probes.Unreachable, "the name studio.invalid"},
		{"too slow", GRPC{Address: plain, Security: none, Latency: 1}, probes.Degraded, probes.Slow, "expected all within 1ns, but it took"},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			r := check(t, checker(t, &c.settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if c.outcome == probes.OK {
				exactSteps(t, r, "connect", "health check")
			}
			if m, ok := figureOf(r, "latency"); ok != (c.outcome != probes.Failed) || ok && (m.Value <= 0 || m.Unit != "s") {
				t.Errorf("got latency %+v, %t", m, ok)
			}
		})
	}
}

// exactSteps compares the names of a result's steps, each of which took some time.
func exactSteps(t *testing.T, r probes.Result, want ...string) {
	t.Helper()
	var got []string
	for _, s := range r.Steps {
		got = append(got, s.Name)
		if s.Took <= 0 {
			t.Errorf("step %s took %s", s.Name, s.Took)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got steps %q, want %q", got, want)
	}
}

func TestGRPCStatuses(t *testing.T) {
	var code codes.Code
	address := grpcServer(t, answeringCalls(func(context.Context) error { return status.Error(code, "") }))
	reasons := map[codes.Code]probes.Reason{codes.OK: "", codes.Unauthenticated: probes.AuthFailed,
		codes.PermissionDenied: probes.AuthFailed, codes.DeadlineExceeded: probes.TimedOut}
	for code = range codes.Code(17) {
		reason, special := reasons[code]
		outcome, name := probes.Failed, grpcCodes[code]
		switch {
		case code == codes.OK:
			outcome, name = probes.OK, ""
		case !special:
			reason = probes.Unexpected
		}
		r := check(t, checker(t, &GRPC{Address: address, Security: "none"}), patience(""))
		expectVerdict(t, r, outcome, reason, name)
	}
	for name, number := range grpc_health_v1.HealthCheckResponse_ServingStatus_value {
		if servingStatuses[number] != name {
			t.Errorf("the serving status %d is %s, not %s", number, name, servingStatuses[number])
		}
	}
}

func TestGRPCOverTLS(t *testing.T) {
	const day = 24 * time.Hour
	now := time.Now()
	year, yearFile := certificates(t, now.Add(-day), now.Add(365*day))
	week, weekFile := certificates(t, now.Add(-day), now.Add(7*day))
	past, pastFile := certificates(t, now.Add(-9*day), now.Add(-2*day))
	over := func(cert tls.Certificate) string {
		return grpcServer(t, grpc.Creds(credentials.NewServerTLSFromCert(&cert)))
	}
	parsed, err := x509.ParseCertificate(year.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	clients := x509.NewCertPool()
	clients.AddCert(parsed)
	guarded := grpcServer(t, grpc.Creds(credentials.NewTLS(&tls.Config{Certificates: []tls.Certificate{year},
		ClientCAs: clients, ClientAuth: tls.RequireAndVerifyClientCert})))
	good, ending, expired := over(year), over(week), over(past)
	for _, c := range []struct {
		name     string
		settings GRPC
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
		days     float64
	}{
		{"a good certificate", GRPC{Address: good, TLS: HTTPTLS{CAFile: yearFile}}, probes.OK, "", "", 365},
		{"one that nobody looks at", GRPC{Address: good, Security: "tls", TLS: HTTPTLS{InsecureSkipVerify: true}}, probes.OK, "", "", 365},
		{"one that ends soon", GRPC{Address: ending, TLS: HTTPTLS{CAFile: weekFile, MinDaysLeft: 14}}, probes.Degraded, probes.Certificate,
			"at least 14 more days", 7},
		{"an expired one", GRPC{Address: expired, TLS: HTTPTLS{CAFile: pastFile}}, probes.Failed, probes.Certificate, "expired on", -2},
		{"an unknown authority", GRPC{Address: good}, probes.Failed, probes.Certificate, "unknown authority", 365},
		{"another name", GRPC{Address: good, TLS: HTTPTLS{CAFile: yearFile, ServerName: "api.example.com"}}, probes.Failed, probes.Certificate,
			"is not for api.example.com, but for studio.example.com", 365},
		{"a client's certificate", GRPC{Address: guarded, TLS: HTTPTLS{CAFile: yearFile, ClientCertFile: yearFile, ClientKeyFile: yearFile}},
			probes.OK, "", "", 365},
		{"no client's certificate", GRPC{Address: guarded, TLS: HTTPTLS{CAFile: yearFile}}, probes.Failed, probes.Certificate,
			"the server asked for a client certificate, none is configured, and then: ", 365},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			r := check(t, checker(t, &c.settings), patience(""))
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if c.outcome == probes.OK {
				exactSteps(t, r, "connect", "TLS handshake", "health check")
			}
			if m, ok := figureOf(r, "certificate_days_left"); !ok || m.Value < c.days-0.1 || m.Value > c.days+0.1 || m.Unit != "days" {
				t.Errorf("got %+v, %t; want %g days", m, ok, c.days)
			}
		})
	}
}

func TestGRPCInterruptedIsUnknown(t *testing.T) {
	noLeak(t)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	expectVerdict(t, checker(t, &GRPC{Address: mute(t), Security: "none"}).Check(ctx), probes.Unknown, probes.Internal, "interrupted")
}

func TestGRPCSettings(t *testing.T) {
	wrongField(t, &GRPC{Address: "studio:443", Service: "shop", Metadata: map[string]string{"x-api-key": "hunter2"}, Latency: time.Second}, "")
	wrongField(t, &GRPC{}, "address")
	wrongField(t, &GRPC{Address: "https://studio"}, "address")
	wrongField(t, &GRPC{Address: "studio:443", Security: "starttls"}, "security")
	wrongField(t, &GRPC{Address: "studio:443", Security: "none", TLS: HTTPTLS{MinDaysLeft: 1}}, "tls")
	wrongField(t, &GRPC{Address: "studio:443", TLS: HTTPTLS{CAFile: "/nowhere.pem"}}, "tls.ca_file")
	wrongField(t, &GRPC{Address: "studio:443", Status: "serving"}, "status")
	wrongField(t, &GRPC{Address: "studio:443", Metadata: map[string]string{"a b": "hunter2"}}, "metadata")
	wrongField(t, &GRPC{Address: "studio:443", Metadata: map[string]string{"grpc-timeout": "1S"}}, "metadata.grpc-timeout")
	wrongField(t, &GRPC{Address: "studio:443", Metadata: map[string]string{"Host": "studio"}}, "metadata.Host")
	wrongField(t, &GRPC{Address: "studio:443", Metadata: map[string]string{"x-api-key": "hunter2\n"}}, "metadata.x-api-key")
	wrongField(t, &GRPC{Address: "studio:443", Latency: -1}, "latency")
}

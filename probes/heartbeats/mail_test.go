package heartbeats

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/smtp"
	"net/textproto"
	"os/exec"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// receive runs a mailbox and returns its address; it ends with the test.
func receive(t *testing.T, m *Mailbox) (address string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- m.Serve(ctx, l) }()
	stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the mailbox ended with %v", err)
		}
		ended <- nil
	}
	t.Cleanup(stop)
	return l.Addr().String(), stop
}

// swaks sends a mail as a person would from a shell.
func swaks(t *testing.T, address, to string, args ...string) (output string, code int) {
	t.Helper()
	host, port, _ := net.SplitHostPort(address)
	cmd := exec.CommandContext(t.Context(), "swaks", append([]string{"--server", host, "--port", port, "--helo", "job.example.com",
		"--from", "root@job.example.com", "--to", to, "--timeout", "20"}, args...)...)
	all, err := cmd.CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		t.Fatal("swaks is missing: apt-get install swaks libnet-ssleay-perl")
	}
	return string(all), cmd.ProcessState.ExitCode()
}

func TestMailsAreReports(t *testing.T) {
	in, s := newIntake()
	address, _ := receive(t, &Mailbox{Intake: in, Domain: "status.example.com"})
	tests := []struct {
		name, to, subject string
		want              probes.Ping // nothing: it is taken, but is no report
	}{
		{"any mail is a success", mailSecret + "@status.example.com", "Backup", probes.Ping{Probe: "mail", Signal: probes.Succeeded}},
		{"the domain has no case", mailSecret + "@Status.Example.COM", "Backup", probes.Ping{Probe: "mail", Signal: probes.Succeeded}},
		{"a start", mailSecret + "+start@status.example.com", "Backup", probes.Ping{Probe: "mail", Signal: probes.Started}},
		{"a failure", mailSecret + "+fail@status.example.com", "Backup", probes.Ping{Probe: "mail", Signal: probes.Broke}},
		{"an exit status", mailSecret + "+7@status.example.com", "Backup", probes.Ping{Probe: "mail", Signal: probes.Broke, Exit: 7}},
		{"a subject that tells of a failure", wordsSecret + "@status.example.com", "Backup failed, not done", probes.Ping{Probe: "words", Signal: probes.Broke}},
		{"a subject that tells of a start", wordsSecret + "@status.example.com", "Backup begins", probes.Ping{Probe: "words", Signal: probes.Started}},
		{"a subject that tells of success", wordsSecret + "@status.example.com", "=?utf-8?q?Backup_d=6fne?=", probes.Ping{Probe: "words", Signal: probes.Succeeded}},
		{"a subject that tells nothing", wordsSecret + "@status.example.com", "Newsletter", probes.Ping{}},
		{"the address says more than the subject", wordsSecret + "+fail@status.example.com", "done", probes.Ping{Probe: "words", Signal: probes.Broke}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, before := s.newest()
			if out, code := swaks(t, address, tt.to, "--header", "Subject: "+tt.subject, "--body", "12 files\nfor "+tt.to); code != 0 {
				t.Fatalf("swaks ended with %d\n%s", code, out)
			}
			got, n := s.newest()
			if tt.want.Probe == "" {
				if n != before {
					t.Errorf("it is a report: %+v", got)
				}
				return
			}
			if n != before+1 || got.Probe != tt.want.Probe || got.Signal != tt.want.Signal || got.Exit != tt.want.Exit {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			if !strings.HasPrefix(got.Body, "Backup") && tt.subject != "done" || !strings.Contains(got.Body, "12 files") || strings.Contains(got.Body, "Kn4ry") {
				t.Errorf("the body is %q", got.Body)
			}
		})
	}
}

func TestNothingIsRelayed(t *testing.T) {
	in, s := newIntake()
	address, _ := receive(t, &Mailbox{Intake: in, Domain: "status.example.com"})
	for _, to := range []string{"ada@example.com", mailSecret + "@example.com", "postmaster@status.example.com", "x" + mailSecret + "@status.example.com",
		mailSecret + "+256@status.example.com", mailSecret + "+later@status.example.com", mailSecret + "%status.example.com@example.com",
		backupSecret + "@status.example.com" /* not by mail */} {
		out, code := swaks(t, address, to)
		if code != 24 || !strings.Contains(out, "550 5.1.1 There is no such recipient here") {
			t.Errorf("to %s: swaks ended with %d\n%s", to, code, out)
		}
	}
	if p, n := s.newest(); n > 0 {
		t.Errorf("stored %+v", p)
	}
}

func TestMailIsBounded(t *testing.T) {
	in, s := newIntake()
	address, _ := receive(t, &Mailbox{Intake: in, Domain: "status.example.com"})
	to := mailSecret + "@status.example.com"
	big := "Subject: Backup\r\n\r\n" + strings.Repeat(strings.Repeat("x", 98)+"\r\n", maxMail/100+1)
	err := smtp.SendMail(address, nil, "root@job.example.com", []string{to}, []byte(big))
	if code(err) != 552 {
		t.Errorf("a message that is too large: %v", err)
	}
	if err := smtp.SendMail(address, nil, "root@job.example.com", []string{to}, []byte(big[:maxMail/2])); err != nil {
		t.Errorf("a large message: %v", err)
	}
	if p, n := s.newest(); n != 1 || len(p.Body) > probes.MaxPingBody+100 {
		t.Errorf("%d reports, the last one's body has %d bytes", n, len(p.Body))
	}
	guessing, err := smtp.Dial(address)
	if err != nil {
		t.Fatal(err)
	}
	defer guessing.Close()
	if err := guessing.Mail("root@job.example.com"); err != nil {
		t.Fatal(err)
	}
	tries := 0
	for ; tries < 100 && code(guessing.Rcpt(fmt.Sprintf("guess-%d@status.example.com", tries))) == 550; tries++ {
	}
	if tries != maxStrangers {
		t.Errorf("%d guesses in one connection", tries)
	}
}

func code(err error) int {
	var reply *textproto.Error
	errors.As(err, &reply)
	if reply == nil {
		return 0
	}
	return reply.Code
}

func TestMailThatCannotBeStoredIsSentAgain(t *testing.T) {
	in, s := newIntake()
	address, _ := receive(t, &Mailbox{Intake: in, Domain: "status.example.com"})
	send := func() error {
		return smtp.SendMail(address, nil, "", []string{mailSecret + "@status.example.com"}, []byte("Subject: Backup\r\n\r\n"))
	}
	s.refuses = errors.New("the disk is gone")
	if err := send(); code(err) != 451 || strings.Contains(err.Error(), "disk") {
		t.Errorf("got %v", err)
	}
	s.refuses = nil
	for range burst {
		_ = in.Take(t.Context(), mailSecret, probes.Ping{})
	}
	if err := send(); code(err) != 452 {
		t.Errorf("got %v", err)
	}
}

func TestMailUnderTLS(t *testing.T) {
	in, s := newIntake()
	address, _ := receive(t, &Mailbox{Intake: in, Domain: "status.example.com", TLS: &tls.Config{Certificates: []tls.Certificate{certificate(t)}}})
	if out, code := swaks(t, address, mailSecret+"@status.example.com", "--tls"); code != 0 {
		t.Fatalf("swaks ended with %d\n%s", code, out)
	}
	if _, n := s.newest(); n != 1 {
		t.Errorf("%d reports", n)
	}
}

func certificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"status.example.com"}},
		&x509.Certificate{SerialNumber: big.NewInt(1)}, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func TestMailEndsWithItsServer(t *testing.T) {
	in, _ := newIntake()
	address, stop := receive(t, &Mailbox{Intake: in, Domain: "status.example.com"})
	idle, err := smtp.Dial(address)
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	began := time.Now()
	stop()
	if took := time.Since(began); took > patience {
		t.Errorf("an idle client held it up for %v", took)
	}
}

func TestTextsOfMessages(t *testing.T) {
	alternative := "Content-Type: multipart/alternative; boundary=b\r\nSubject: S\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n" +
		"--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n12 f=69les\r\n--b--\r\n"
	tests := []struct{ name, message, subject, text string }{
		{"plain", "Subject: S\r\n\r\n12 files", "S", "12 files"},
		{"quoted-printable, behind HTML", alternative, "S", "12 files"},
		{"in a part of a part", "Subject: S\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" + alternative + "\r\n--a--\r\n", "S", "12 files"},
		{"base64", "Subject: S\r\nContent-Transfer-Encoding: base64\r\n\r\nMTIgZmls\r\nZXM=\r\n", "S", "12 files"},
		{"HTML alone", "Subject: S\r\nContent-Type: text/html\r\n\r\n<p>12 files", "S", ""},
		{"no message", "nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			subject, text := readMail(strings.NewReader(tt.message))
			if subject != tt.subject || text != tt.text {
				t.Errorf("got %q, %q", subject, text)
			}
		})
	}
}

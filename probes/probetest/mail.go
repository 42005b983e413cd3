package probetest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Mail is a mail server of its own: Postfix takes messages by SMTP and Dovecot keeps them for IMAP, both on loopback
// ports that nobody else uses. It has every mailbox of example.test, each with the password secret, and sends nothing
// elsewhere. What happens to a message depends on its recipient:
//
//   - anna@ and all others: it comes into the INBOX
//   - anna+Junk@: it comes into the folder Junk of anna
//   - lost@: it is taken and thrown away
//   - late@: it is taken and held until Release
//   - signed@: it comes with the header Authentication-Results: spf=pass, dkim=fail, dmarc=pass
type Mail struct {
	dir        string
	smtp, imap int
	postfix    *process
	dovecot    *process
}

// MailServer starts a mail server for one test and stops it when the test ends. It fails the test when Postfix or
// Dovecot is not installed, or when the test does not run as root, which both need.
func MailServer(t testing.TB) *Mail {
	t.Helper()
	m := &Mail{}
	t.Cleanup(m.stop)
	if err := m.start(); err != nil {
		t.Fatal(err)
	}
	return m
}

// SMTPAddr returns host and port of the SMTP listener, which offers STARTTLS.
func (m *Mail) SMTPAddr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(m.smtp)) }

// IMAPAddr returns host and port of the IMAP listener, which offers STARTTLS.
func (m *Mail) IMAPAddr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(m.imap)) }

// IMAPSAddr returns host and port of the IMAP listener that speaks TLS at once.
func (m *Mail) IMAPSAddr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(m.imap+1)) }

// CAFile returns the PEM file of the authority that both servers' certificate, for 127.0.0.1, is to be checked with.
func (m *Mail) CAFile() string { return m.path("cert.pem") }

// Messages returns the messages that a mailbox of example.test holds, in all folders.
func (m *Mail) Messages(mailbox string) (texts []string) {
	for _, pattern := range []string{"new/*", "cur/*", ".*/new/*", ".*/cur/*"} {
		files, _ := filepath.Glob(m.path("mail/" + mailbox + "@example.test/" + pattern))
		for _, file := range files {
			if text, err := os.ReadFile(file); err == nil { // it may have been deleted or marked as read
				texts = append(texts, string(text))
			}
		}
	}
	return texts
}

// Release lets the held messages go.
func (m *Mail) Release() error {
	out, err := exec.Command("/usr/sbin/postsuper", "-c", m.path("postfix"), "-H", "ALL").CombinedOutput()
	if err == nil {
		out, err = exec.Command("/usr/sbin/postqueue", "-c", m.path("postfix"), "-f").CombinedOutput()
	}
	if err != nil {
		return fmt.Errorf("release held messages: %w: %s", err, out)
	}
	return nil
}

func (m *Mail) path(name string) string { return filepath.Join(m.dir, name) }

const (
	dovecotPath = "/usr/sbin/dovecot"
	postfixPath = "/usr/sbin/postfix"
	masterPath  = "/usr/lib/postfix/sbin/master"
)

func (m *Mail) start() error {
	if os.Getuid() != 0 {
		return errors.New("postfix and dovecot start as root only: run the tests as root")
	}
	for _, path := range []string{dovecotPath, "/usr/lib/dovecot/imap", "/usr/lib/dovecot/lmtp", postfixPath, masterPath} {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("the mail server is not installed (Debian: postfix dovecot-imapd dovecot-lmtpd): %w", err)
		}
	}
	var err error
	if m.dir, err = os.MkdirTemp("", "mail-"); err != nil { // short, because there are sockets in it
		return err
	}
	if m.smtp, err = freePorts(4); err != nil {
		return err
	}
	m.imap = m.smtp + 1
	if err := m.prepare(); err != nil {
		return fmt.Errorf("prepare the mail server: %w", err)
	}
	if m.dovecot, err = m.run(dovecotPath, "-F", "-c", m.path("dovecot.conf")); err != nil {
		return err
	}
	if err := m.greeted(m.dovecot, m.IMAPAddr(), "* OK"); err != nil { // before Postfix, which asks it for passwords
		return err
	}
	if m.postfix, err = m.run(masterPath, "-c", m.path("postfix"), "-d"); err != nil {
		return err
	}
	return m.greeted(m.postfix, m.SMTPAddr(), "220")
}

// greeted returns when a server says there what it says to new clients.
func (m *Mail) greeted(server *process, address, greeting string) error {
	for deadline := time.Now().Add(startLimit); ; time.Sleep(20 * time.Millisecond) {
		if says(address, greeting) {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("nobody answers at %s: %s", address, server.output())
		}
	}
}

func says(address, greeting string) bool {
	conn, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return false
	}
	defer conn.Close()
	got := make([]byte, len(greeting))
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return false
	}
	_, err = io.ReadFull(conn, got)
	return err == nil && string(got) == greeting
}

// stop ends both servers with their children and removes their files.
func (m *Mail) stop() {
	for _, p := range []*process{m.postfix, m.dovecot} {
		if p == nil {
			continue
		}
		_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
		select {
		case <-p.ended:
		case <-time.After(5 * time.Second):
		}
		p.kill()
	}
	if m.dir != "" {
		os.RemoveAll(m.dir)
	}
}

// run starts a program as root, which gives its privileges up where it can.
func (m *Mail) run(path string, args ...string) (*process, error) {
	out, err := os.Create(m.path(filepath.Base(path) + ".out"))
	if err != nil {
		return nil, err
	}
	defer out.Close()
	p := &process{cmd: exec.Command(path, args...), out: out.Name(), ended: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env = m.dir, []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"}
	if p.cmd.SysProcAttr, _ = attributes(); p.cmd.SysProcAttr != nil { // without the user that it may not find
		p.cmd.SysProcAttr.Credential = nil
	}
	p.cmd.Stdout, p.cmd.Stderr = out, out
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.cmd.Wait() // how it ended is in its output
		close(p.ended)
	}()
	return p, nil
}

func (m *Mail) prepare() error {
	owner, err := user.Lookup("dovecot")
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(owner.Uid)
	if err != nil {
		return err
	}
	for _, dir := range []string{"", "dovecot", "mail", "postfix", "queue", "data"} {
		if err := os.MkdirAll(m.path(dir), 0o755); err != nil {
			return err
		}
	}
	fill := strings.NewReplacer("DIR", m.dir, "UID", owner.Uid, "GID", owner.Gid, "SMTP", strconv.Itoa(m.smtp),
		"IMAPS", strconv.Itoa(m.imap+1), "IMAP", strconv.Itoa(m.imap), "LMTP", strconv.Itoa(m.imap+2))
	err = errors.Join(
		os.Chmod(m.dir, 0o755),
		os.Chown(m.path("mail"), uid, -1),
		m.certificate(),
		os.WriteFile(m.path("dovecot.conf"), []byte(fill.Replace(dovecotConf)), 0o644),
		os.WriteFile(m.path("postfix/main.cf"), []byte(fill.Replace(postfixMain)), 0o644),
		os.WriteFile(m.path("postfix/master.cf"), []byte(fill.Replace(postfixMaster)), 0o644),
	)
	if err != nil {
		return err
	}
	postfix, err := user.Lookup("postfix")
	if err != nil {
		return err
	}
	if uid, err = strconv.Atoi(postfix.Uid); err != nil {
		return err
	}
	if err := os.Chown(m.path("data"), uid, -1); err != nil {
		return err
	}
	if out, err := exec.Command(postfixPath, "-c", m.path("postfix"), "check").CombinedOutput(); err != nil {
		return fmt.Errorf("postfix check: %w: %s", err, out)
	}
	return nil
}

// certificate makes one for 127.0.0.1 that is its own authority.
func (m *Mail) certificate() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	now := time.Now()
	template := &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(0, 0, 30),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(m.path("cert.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), 0o644),
		os.WriteFile(m.path("key.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600),
	)
}

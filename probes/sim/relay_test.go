package sim

import (
	"strings"
	"testing"

	"candor/probes/probetest"
)

func TestStudioHandsItsMailOn(t *testing.T) {
	server := probetest.MailServer(t)
	relay := Relay{Address: server.SMTPAddr(), From: "studio@example.test", To: "anna@example.test", Lost: "lost@example.test"}
	h := open(t, startNATS(t, 0), Options{TrafficEvery: -1, Relay: relay})
	arrived := func(text string) bool { return strings.Contains(strings.Join(server.Messages("anna"), "\n"), text) }

	h.reaches(h.mustSend("Summer news"), Delivered)
	eventually(t, "the mail is in the mailbox", func() bool { return arrived("Subject: Summer news") })

	h.Break(LoseMail)
	h.reaches(h.mustSend("Autumn news"), Sent)
	h.Mend(LoseMail)
	h.reaches(h.mustSend("Winter\r\nBcc: ben@example.test"), Delivered)
	eventually(t, "the mail after the lost one is in the mailbox", func() bool { return arrived("Winter") })
	if arrived("Autumn news") || arrived("\nBcc:") {
		t.Errorf("a lost mail arrived, or a subject became a header:\n%s", server.Messages("anna"))
	}
}

func TestStudioWithoutItsMailServer(t *testing.T) {
	h := open(t, startNATS(t, 0), Options{TrafficEvery: -1, Relay: Relay{Address: "127.0.0.1:1", From: "studio@example.test", To: "anna@example.test"}})
	h.reaches(h.mustSend("Summer news"), Failed)
}

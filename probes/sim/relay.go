package sim

import (
	"fmt"
	"mime"
	"net"
	"net/smtp"
	"time"
)

// relayTime bounds how long the worker waits for the mail server.
const relayTime = 5 * time.Second

// Relay is a mail server that takes Studio's mail without TLS and password, as one beside it does. The zero value is none.
type Relay struct {
	Address  string // HOST:PORT
	From, To string
	Lost     string // who gets the mail in the place of To while LoseMail is broken
}

// send hands a test campaign to the mail server.
func (r Relay) send(c Campaign, lost bool) error {
	if r.Address == "" {
		return nil
	}
	conn, err := net.DialTimeout("tcp", r.Address, relayTime)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(relayTime)); err != nil {
		return err
	}
	client, err := smtp.NewClient(conn, "localhost")
	if err != nil {
		return err
	}
	if err := client.Mail(r.From); err != nil {
		return err
	}
	to := r.To
	if lost {
		to = r.Lost
	}
	if err := client.Rcpt(to); err != nil {
		return err
	}
	body, err := client.Data()
	if err != nil {
		return err
	}
	fmt.Fprintf(body, "From: Studio <%s>\r\nTo: <%s>\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s@studio.example>\r\n\r\nThis is what your readers will see.\r\n",
		r.From, r.To, mime.QEncoding.Encode("utf-8", c.Subject), time.Now().Format(time.RFC1123Z), c.ID)
	if err := body.Close(); err != nil {
		return err
	}
	_ = client.Quit() // the server has the mail already
	return nil
}

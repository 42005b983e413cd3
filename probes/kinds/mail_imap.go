package kinds

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"candor/probes"
)

// nonceHeader marks the messages that are ours to delete.
const nonceHeader = "X-Candor-Nonce"

const (
	maxFolders  = 10
	maxHeader   = 64 << 10
	maxMessages = 50        // of ours that are looked at in a folder
	staleAfter  = time.Hour // then no run waits for a message of ours any more
)

// imapBox is a mailbox that somebody has signed in to.
type imapBox struct {
	client  *imapclient.Client
	folders []string // the one where messages belong first
}

// delivery is a message that arrived.
type delivery struct {
	folder   string
	verdicts map[string][]string // of the receiving server, by method: spf, dkim, dmarc
}

// signIn opens the mailbox. The connection ends with ctx.
func (c *mailCheck) signIn(ctx context.Context, t *talk) (*imapBox, error) {
	conn, err := t.dial(ctx, c.IMAP.Address)
	if err != nil {
		return nil, err
	}
	box := &imapBox{folders: append([]string{c.IMAP.Mailbox}, c.IMAP.Spam...)}
	if c.IMAP.Security == "tls" {
		if conn, err = t.handshake(ctx, conn, c.tls); err != nil {
			return nil, err
		}
		box.client = imapclient.New(conn, nil)
	} else {
		t.begin("STARTTLS")
		if box.client, err = imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: t.cert.watch(c.tls)}); err != nil {
			return nil, err
		}
	}
	t.begin("greeting")
	if err = box.client.WaitGreeting(); err == nil {
		t.begin("sign in")
		err = box.client.Login(c.IMAP.User, c.IMAP.Password).Wait()
	}
	if err == nil {
		t.begin("mailbox")
		_, err = box.client.Select(c.IMAP.Mailbox, nil).Wait()
	}
	if err != nil {
		box.client.Close()
		return nil, err
	}
	return box, nil
}

func (b *imapBox) close() { b.client.Close() }

var spamNames = []string{"junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk mail", "bulk"}

// addSpam finds the folders that the server marks as junk, or that have a usual name; the first spam may create one.
func (b *imapBox) addSpam() error {
	all, err := b.client.List("", "*", nil).Collect()
	if err != nil {
		return err
	}
	for _, folder := range all {
		name := folder.Mailbox
		if folder.Delim != 0 {
			name = name[strings.LastIndex(name, string(folder.Delim))+1:]
		}
		spam := slices.Contains(folder.Attrs, imap.MailboxAttrJunk) || slices.Contains(spamNames, strings.ToLower(name))
		if spam && len(b.folders) < maxFolders && !slices.Contains(b.folders, folder.Mailbox) {
			b.folders = append(b.folders, folder.Mailbox)
		}
	}
	return nil
}

// find looks for the message in all folders and deletes it. With ours, the header tells it, and messages of earlier
// runs are deleted too; otherwise the nonce stands anywhere in it.
func (b *imapBox) find(nonce string, ours bool) (found *delivery, err error) {
	criteria := &imap.SearchCriteria{Text: []string{nonce}}
	if ours {
		criteria = &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: nonceHeader}}}
	}
	if err := b.addSpam(); err != nil {
		return nil, err
	}
	for i, folder := range b.folders {
		if _, err := b.client.Select(folder, nil).Wait(); err != nil {
			var refusal *imap.Error
			if i > 0 && errors.As(err, &refusal) {
				continue // there is no such folder any more
			}
			return nil, fmt.Errorf("%s: %w", folder, err)
		}
		d, err := b.take(criteria, nonce, ours)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", folder, err)
		}
		if d != nil && found == nil {
			d.folder, found = folder, d
		}
	}
	return found, nil
}

// take deletes what is found in the selected folder and returns the message with the nonce, if it is there.
func (b *imapBox) take(criteria *imap.SearchCriteria, nonce string, ours bool) (found *delivery, err error) {
	answer, err := b.client.UIDSearch(criteria, nil).Wait()
	if err != nil {
		return nil, err
	}
	uids := answer.AllUIDs()
	if len(uids) == 0 {
		return nil, nil
	}
	uids = uids[max(0, len(uids)-maxMessages):]
	header := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, Peek: true, Partial: &imap.SectionPartial{Size: maxHeader}}
	messages, err := b.client.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{
		UID: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{header}}).Collect()
	if err != nil {
		return nil, err
	}
	var used []imap.UID
	for _, m := range messages {
		if len(m.BodySection) == 0 {
			continue
		}
		text := m.BodySection[0].Bytes
		head := headerOf(text)
		switch {
		case !ours || head.Get(nonceHeader) == nonce:
			found = &delivery{verdicts: verdicts(head)}
		case head.Get(nonceHeader) == "" || time.Since(m.InternalDate) < staleAfter:
			continue // another run may wait for it
		}
		used = append(used, m.UID)
	}
	return found, b.remove(used)
}

func (b *imapBox) remove(uids []imap.UID) error {
	if len(uids) == 0 {
		return nil
	}
	set := imap.UIDSetNum(uids...)
	deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}, Silent: true}
	if err := b.client.Store(set, deleted, nil).Close(); err != nil {
		return err
	}
	if b.client.Caps().Has(imap.CapUIDPlus) || b.client.Caps().Has(imap.CapIMAP4rev2) {
		return b.client.UIDExpunge(set).Close()
	}
	return nil // without UIDPLUS, expunging would take other people's deleted messages along
}

// headerOf reads a header that may be cut off.
func headerOf(text []byte) mail.Header {
	m, err := mail.ReadMessage(strings.NewReader(strings.TrimRight(string(text), "\r\n") + "\r\n\r\n"))
	if err != nil {
		return mail.Header{}
	}
	return m.Header
}

var (
	comment = regexp.MustCompile(`\([^()]*\)`)
	verdict = regexp.MustCompile(`(?i)(?:^|[;\s])(spf|dkim|dmarc)\s*=\s*([a-z]+)`)
)

// verdicts reads the Authentication-Results (RFC 8601) of the server that wrote the topmost one: it stands nearest to the
// mailbox, while others below may come from the sender.
func verdicts(head mail.Header) map[string][]string {
	all := map[string][]string{}
	server := ""
	for i, field := range head["Authentication-Results"] {
		id, rest, _ := strings.Cut(field, ";")
		if id = strings.TrimSpace(id); i == 0 {
			server = id
		}
		if id != server {
			continue
		}
		for _, m := range verdict.FindAllStringSubmatch(comment.ReplaceAllString(rest, " "), -1) {
			method := strings.ToLower(m[1])
			all[method] = append(all[method], strings.ToLower(m[2]))
		}
	}
	return all
}

// says names the verdicts of the receiving server.
func (d *delivery) says() string {
	var parts []string
	for _, method := range []string{"spf", "dkim", "dmarc"} {
		said := strings.Join(d.verdicts[method], " and ")
		if said == "" {
			said = "not tested"
		}
		parts = append(parts, strings.ToUpper(method)+" "+short(said))
	}
	return strings.Join(parts, ", ")
}

// explainIMAP adds what ended a run at the mailbox; the server's own refusal tells most.
func explainIMAP(ctx context.Context, t *talk, err error) {
	var refusal *imap.Error
	if !errors.As(err, &refusal) || ctx.Err() != nil {
		t.fail(ctx, err)
		return
	}
	reason := probes.Unexpected
	if t.stage == "sign in" && refusal.Type == imap.StatusResponseTypeNo && refusal.Code != imap.ResponseCodeUnavailable {
		reason = probes.AuthFailed
	}
	t.found.add(probes.Failed, reason, fmt.Sprintf("expected the mailbox's server to agree at %s, got %s %s", t.stage, refusal.Type, short(t.tell.clean(refusal.Text))))
}

package probetest

// The configuration of a mail server, with DIR, UID, GID and the ports to be filled in.
const (
	dovecotConf = `base_dir = DIR/dovecot
state_dir = DIR/dovecot
protocols = imap lmtp
listen = 127.0.0.1
log_path = DIR/dovecot.log
ssl = yes
ssl_cert = <DIR/cert.pem
ssl_key = <DIR/key.pem
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:DIR/mail/%u
first_valid_uid = 1
default_login_user = dovenull
default_internal_user = dovecot
recipient_delimiter = +
lmtp_save_to_detail_mailbox = yes
lda_mailbox_autocreate = yes
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=UID gid=GID home=DIR/mail/%u allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = IMAP
  }
  inet_listener imaps {
    port = IMAPS
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = LMTP
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  unix_listener DIR/queue/auth.sock {
    mode = 0666
  }
}
namespace inbox {
  inbox = yes
}
`

	postfixMain = `compatibility_level = 3.6
queue_directory = DIR/queue
data_directory = DIR/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mail.example.test
mydestination =
recipient_delimiter = +
virtual_mailbox_domains = example.test
virtual_transport = lmtp:inet:127.0.0.1:LMTP
transport_maps = inline:{ lost@example.test=discard: }
default_transport = error:no outside mail from the test server
alias_maps =
alias_database =
local_recipient_maps =
maillog_file = DIR/postfix.log
maillog_file_prefixes = DIR
smtpd_tls_cert_file = DIR/cert.pem
smtpd_tls_key_file = DIR/key.pem
smtpd_tls_security_level = may
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = auth.sock
smtpd_recipient_restrictions =
  check_recipient_access inline:{
    { late@example.test = HOLD },
    { signed@example.test = PREPEND Authentication-Results: mail.example.test; spf=pass smtp.mailfrom=example.test; dkim=fail (it says dkim=pass); dmarc=pass } }
  permit_sasl_authenticated, permit_mynetworks, reject
`

	postfixMaster = `127.0.0.1:SMTP inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
)

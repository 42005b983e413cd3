#!/usr/bin/env bash
# Sees to it that what the tests start is on this machine, and with the argument `bench` what the benchmarks start.
# On Debian, as root, it installs what is missing and says so; elsewhere it fails and names it.
set -euo pipefail

if ! command -v go >/dev/null; then
	echo "The tests need Go (https://go.dev/dl), of the version that go.mod names or newer." >&2
	exit 1
fi

# One need a line: what it is | the command that shows it is there | its Debian packages.
needs=(
	"C compiler, for the race detector|$(go env CC | cut -d' ' -f1)|gcc libc6-dev"
	"RabbitMQ server|rabbitmq-server|rabbitmq-server"
	"PostgreSQL server|initdb|postgresql"
	"Redis server|redis-server|redis-server"
	"Prometheus server|prometheus|prometheus"
	"Chromium|chromium|chromium fonts-liberation"
	"Postfix|postfix|postfix"
	"iproute2, for networks of the tests' own|ip|iproute2"
	"Dovecot with IMAP and LMTP|dovecot|dovecot-imapd dovecot-lmtpd"
	"curl|curl|curl"
	"swaks, which sends mail|swaks|swaks libnet-ssleay-perl"
)
if [ "${1:-}" = bench ]; then
	needs+=(
		"nginx, to compare with|nginx|nginx-light"
		"wrk, which asks|wrk|wrk"
	)
fi

# Debian keeps servers off a user's PATH: the tests look in the same places.
PATH="$PATH:/usr/sbin$(printf ':%s' /usr/lib/postgresql/*/bin)"

missing() {
	local need what command packages
	for need in "${needs[@]}"; do
		IFS='|' read -r what command packages <<<"$need"
		command -v "$command" >/dev/null || echo "$what ($command; Debian: $packages)|$packages"
	done
}

lacking=$(missing)
[ -z "$lacking" ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
	read -ra packages <<<"$(cut -d'|' -f2 <<<"$lacking" | tr '\n' ' ')"
	echo "Installing what the tests need: ${packages[*]}"
	export DEBIAN_FRONTEND=noninteractive
	# The tests start servers of their own, so installing must start none: invoke-rc.d reads
	# RUNLEVEL, systemctl reads SYSTEMD_OFFLINE. The machine's own policy-rc.d still decides first.
	export RUNLEVEL=1 SYSTEMD_OFFLINE=1
	apt="apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0"
	{ $apt update && $apt install -y --no-install-recommends "${packages[@]}"; } ||
		echo "apt-get could not install them." >&2
	PATH="$PATH$(printf ':%s' /usr/lib/postgresql/*/bin)"
	hash -r
	lacking=$(missing)
	[ -z "$lacking" ] && exit 0
fi

{
	echo "The tests need what is not on this machine's PATH:"
	cut -d'|' -f1 <<<"$lacking" | sed 's/^/  /'
	echo "On Debian, \`make test\` as root installs it."
} >&2
exit 1

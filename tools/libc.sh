#!/usr/bin/env bash
# Fails if modernc.org/libc is not the exact version that modernc.org/sqlite was generated for:
# any other may build and then go wrong at run time.
set -euo pipefail
cd "$(dirname "$0")/.."

has=$(go list -m -f '{{.Version}}' modernc.org/libc)
wants=$(awk '$1 == "modernc.org/libc" { print $2 }' "$(go list -m -f '{{.GoMod}}' modernc.org/sqlite)")
if [ "$has" != "$wants" ]; then
	echo "go.mod has modernc.org/libc $has, but SQLite was generated for ${wants:-an unknown version}" >&2
	exit 1
fi

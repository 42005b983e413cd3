#!/usr/bin/env bash
# Fails if generated templ code is not what its .templ files make, or is not in git.
# What it finds stale it has brought up to date when it ends.
set -euo pipefail
cd "$(dirname "$0")/.."

sums() { find . -name '*_templ.go' -exec cksum {} + | sort -k3; }

before=$(sums)
go tool -modfile=tools/go.mod templ generate
after=$(sums)
if [ "$before" != "$after" ]; then
	echo "generated code was stale; commit what \`make generate\` has now made:" >&2
	diff <(echo "$before") <(echo "$after") | sed -n 's/^[<>] [0-9]* [0-9]* /  /p' | sort -u >&2
	exit 1
fi

if ! git rev-parse --is-inside-work-tree >/dev/null; then
	echo "not a git checkout: whether the generated code is committed was not checked" >&2
	exit 0
fi
untracked=$(git ls-files --others -- '*_templ.go')
if [ -n "$untracked" ]; then
	printf 'generated code that git does not have; add it:\n%s\n' "$untracked" >&2
	exit 1
fi

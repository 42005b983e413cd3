#!/usr/bin/env bash
# Fails if the product can reach reflect's Method or MethodByName with a name that is not a
# constant: the linker then keeps every exported method of every type, 14 MB of them.
set -euo pipefail
cd "$(dirname "$0")/.."

graph=$(mktemp)
trap 'rm -f "$graph"' EXIT
if ! CGO_ENABLED=0 go build -trimpath -ldflags=-dumpdep -o /dev/null ./cmd/candor >"$graph" 2>&1; then
	grep -v ' -> ' "$graph" >&2
	exit 1
fi
if [ ! -s "$graph" ]; then
	echo "the linker printed no dependencies: -dumpdep no longer means what this gate relies on" >&2
	exit 1
fi
if grep -q '<ReflectMethod>' "$graph"; then
	echo "dead-code elimination is off; methods are looked up by name in:" >&2
	# What package reflect itself shows is the consequence, not the cause.
	sed -n 's/^\(.*\) -> \(.*\) <ReflectMethod>$/  \2, reached from \1/p' "$graph" | sort -u | grep -v '^  reflect\.' >&2
	exit 1
fi
echo "dead-code elimination is on"

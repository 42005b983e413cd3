# What a contributor and CI run. `make` alone lists it; each gate of `check` runs alone too.

PACKAGES  ?= ./...
BENCH     ?= .
BENCHTIME ?= 1s
COUNT     ?= 1
ARGS      ?=

# The product must stay small enough to copy anywhere: stripped, in bytes. The clients of the queues and databases
# that probes speak with are half of it; Kafka's alone is 4 MB.
MAX_SIZE := 42000000

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
STATIC  := CGO_ENABLED=0 go build -trimpath
TOOL    := go tool -modfile=tools/go.mod

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help build demo test bench check format vet lint generated imports modules deadcode size vulncheck generate fmt clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build the product: bin/candor, static and stripped
	$(STATIC) -ldflags '-s -w -X main.version=$(VERSION)' -o bin/candor ./cmd/candor

demo: ## Run the product beside a small Studio to break (ARGS="--listen HOST:PORT")
	go run ./cmd/demo $(ARGS)

test: ## Run every test with the race detector; installs on Debian, as root, what they need
	@tools/needs.sh
	go test -race -p 2 -timeout 20m $(PACKAGES)

bench: ## Run the benchmarks (BENCH=regexp BENCHTIME=10x COUNT=5 PACKAGES=./store)
	@tools/needs.sh bench
	go test -run '^$$' -bench '$(BENCH)' -benchtime '$(BENCHTIME)' -count '$(COUNT)' -timeout 60m $(PACKAGES)

check: format vet lint generated imports modules deadcode size ## Run every gate that needs no server
	@echo 'check: all gates hold. Known vulnerabilities are not among them: `make vulncheck` asks for those over the network.'

format: ## Gate: gofmt has nothing to change
	@files=$$(gofmt -l .) && { test -z "$$files" || { echo "not formatted (make fmt does it):"; echo "$$files"; exit 1; }; }

vet: ## Gate: go vet
	go vet ./...
	go -C tools vet ./...

lint: ## Gate: staticcheck, errorlint, sqlclosecheck, bodyclose
	go -C tools build -o ../bin/lint ./lint
	bin/lint ./...
	cd tools && ../bin/lint ./...

generated: ## Gate: the committed templ code is what its sources make
	tools/generated.sh

imports: ## Gate: packages import only what the table of imports_test.go allows
	go test -count=1 -run '^TestImports' ./cmd/internal/app

modules: ## Gate: go.mod is tidy, and SQLite's libc is the one SQLite was generated for
	go mod tidy -diff
	go -C tools mod tidy -diff
	tools/libc.sh

deadcode: ## Gate: nothing in the product stops the linker from dropping unused methods
	tools/deadcode.sh

size: build ## Gate: the product is no larger than MAX_SIZE
	@size=$$(($$(wc -c < bin/candor))); echo "bin/candor: $$size bytes of at most $(MAX_SIZE)"; test $$size -le $(MAX_SIZE)

vulncheck: ## Look for known vulnerabilities in code that is reached (asks the Go vulnerability database)
	$(TOOL) govulncheck ./...

generate: ## Make the Go code of the .templ files
	$(TOOL) templ generate

fmt: ## Format Go and templ
	gofmt -w .
	$(TOOL) templ fmt .

clean: ## Remove what was built
	rm -rf bin

# The two commands: make demo, make test.

GO ?= go
BIN := bin/backstop

.PHONY: demo test build lint fuzz crash simulate bench clean

demo: build ## play both sides in the browser; no account, key or configuration
	@$(BIN) demo

build: ## the binary, in bin/, linked as in the image
	@test -x $(BIN) || echo "Building Backstop. The first time takes a minute or two."
	@CGO_ENABLED=0 $(GO) build -trimpath -o $(BIN) ./cmd/backstop

# SQLite, C made into Go by a program, is not watched for races and pointers: that was
# half of the tests' time. Its driver, which Go programs call, is watched.
UNWATCHED := -gcflags='modernc.org/...=-d=checkptr=0' -gcflags='modernc.org/sqlite/lib=-race=false -d=checkptr=0'

test: ## every test, with the race detector, on PostgreSQL and SQLite
	@scripts/need-chromium
	@scripts/with-postgres $(GO) test -race $(UNWATCHED) -timeout 20m ./...

lint: ## vet, golangci-lint, govulncheck where its database can be reached
	@scripts/lint

fuzz: ## a minute on each fuzz target
	@scripts/fuzz

crash: ## two minutes of kill -9, of failovers and of misbehaving connections, under load, on both databases
	@BACKSTOP_STORM_FOR=2m scripts/with-postgres $(GO) test -count=1 -timeout 15m -v -run 'TestKilled|TestWires' ./cmd/backstop

simulate: build ## a clinic's twelve weeks in virtual time, with heavy faults
	@$(BIN) simulate --patients 1000 --weeks 12 --faults heavy

bench: build ## the table of docs/benchmarks.md, and what reading a text costs
	@$(GO) build -trimpath -o bin/bench ./cmd/bench
	@scripts/with-postgres --durable sh -c 'PATH="$$PATH:$$(pg_config --bindir 2>/dev/null || ls -d /usr/lib/postgresql/*/bin | tail -1)"; bin/bench -pgbench "$$(command -v pgbench || true)"'
	@$(GO) test -run "^$$" -bench . -benchmem ./flows/...

clean:
	@rm -rf bin

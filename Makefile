# Everything a person or CI does here. `make help` lists the targets.
#
# Targets that measure print one line per figure, `name<TAB>figure<TAB>goal<TAB>ok|short`, through scripts/figures,
# and fail when anything is short. FULL=1 asks for the long form.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Every dependency version is written down; CI must not find others.
LOCKED := $(if $(CI),--locked)
CARGO_TARGET := $(or $(CARGO_TARGET_DIR),target)
# The programs with the features that the tests build them with: nothing is built twice.
PROGRAMS := cargo build $(LOCKED) --workspace --all-targets
RELEASE := cargo build $(LOCKED) --release --bin balie

.PHONY: help setup quick test e2e a11y gallery transcript faults race kills canary sim schemathesis fuzz doc lint deny demo ready drain zoo bulkhead matrix bench bench-compare

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what the tests need and what is missing (Debian and npm packages)
	scripts/setup

quick: ## Rules, story tests and URL tests on both databases
	scripts/figures.test
	scripts/with-postgres --no-fsync scripts/run-tests

test: setup quick doc e2e faults race kills sim ## Everything: quick, examples in the documentation, browser tests, FHIR validity, the README's tour, faults, race, kills, simulation

doc: ## The examples in the documentation run
	scripts/doc-examples

e2e: setup ## Browser tests against the built program
	$(PROGRAMS)
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/debug/balie" npm test

a11y: setup ## Every page and state of the portal by two engines and a validator, its weight, its keys and its transcript (FULL=1: each state in each way to look at it; also part of e2e)
	$(PROGRAMS)
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/debug/balie" node --test --test-concurrency=2 a11y/*.test.mjs

gallery: setup ## A picture of every page and state of the portal, phone and desktop, in target/gallery
	$(PROGRAMS)
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/debug/balie" node gallery.mjs

transcript: setup ## Write down anew what a screen reader says of a booking
	$(PROGRAMS)
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/debug/balie" RENEW=1 node --test a11y/transcript.test.mjs

faults: setup ## Kill the platform and fail its mail and push servers amid changes: all told, once (FULL=1: 10,000 changes; SEED=n: again)
	$(PROGRAMS)
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/debug/balie" ../scripts/with-postgres node faults.mjs | ../scripts/figures

race: setup ## Eight rivals run for each slot of a practice system: one wins (FULL=1: 10,000 slots, release; SEED=n: again)
	$(if $(FULL),$(RELEASE),$(PROGRAMS))
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/$(if $(FULL),release,debug)/balie" ../scripts/with-postgres node race.mjs | ../scripts/figures

kills: setup ## Kill platform and practice system in turn amid bookings and changes: none lost, none double, both agree (FULL=1: 10,000 of each, release; SEED=n: again)
	$(if $(FULL),$(RELEASE),$(PROGRAMS))
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/$(if $(FULL),release,debug)/balie" ../scripts/with-postgres node kills.mjs | ../scripts/figures

matrix: setup ## Every route against every principal, on both databases: 0 leaks (also part of quick)
	scripts/with-postgres --no-fsync scripts/run-tests --package platform --package xis matrix::

canary: setup ## Let patients and practice systems with marked numbers do everything, then look for the numbers in every byte (FULL=1: 10,000 calls, release; SEED=n: again)
	$(if $(FULL),$(RELEASE),$(PROGRAMS))
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/$(if $(FULL),release,debug)/balie" ../scripts/with-postgres node canary.mjs | ../scripts/figures

sim: ## Both programs on a simulated clock and network, 1,000 seeds (SEEDS=n; SEED=n: one seed with its trace)
	$(PROGRAMS)
	$(if $(SEED),$(CARGO_TARGET)/debug/sim,$(CARGO_TARGET)/debug/sim | scripts/figures)

schemathesis: ## Ask the API what its own document allows and forbids, on both databases (FULL=1: the long form; SEED=n: again)
	scripts/setup schemathesis
	$(PROGRAMS)
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/debug/balie" ../scripts/with-postgres node schemathesis.mjs | ../scripts/figures

fuzz: setup ## A fuzzer at each door that strangers knock at, three minutes each (FULL=1: ten; SECONDS_EACH=n; DOORS="token date")
	scripts/fuzz | scripts/figures

lint: setup ## Formatting, clippy with every warning an error, the arrows between crates, that the zoo's patches apply, the tables of docs/security.md, licences and bans
	cargo fmt --all --check
	cargo clippy $(LOCKED) --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc $(LOCKED) --workspace --no-deps --quiet
	cargo test $(LOCKED) --workspace --test arrows --quiet
	scripts/zoo --check
	scripts/asvs --check
	scripts/deny

deny: ## Licences, bans and sources of every dependency
	scripts/deny

demo: ## Run the demo
	cargo run $(LOCKED) --release -- demo

ready: setup ## Measure how soon the demo is ready and how soon it stops (FULL=1: 15 runs)
	$(RELEASE)
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/release/balie" node ready.mjs | ../scripts/figures

drain: setup ## Measure how fast a backlog of 100,000 notices goes out by mail (COUNT=n: another number)
	$(RELEASE)
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/release/balie" ../scripts/with-postgres node drain.mjs | ../scripts/figures

bulkhead: setup ## Let the system of one practice of 50 hang and measure what the others notice (FULL=1: 12 rounds)
	$(RELEASE)
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/release/balie" node bulkhead.mjs | ../scripts/figures

bench: ## Measure Balie beside what the disk and the wire allow, and write docs/performance.md (ROWS="put-sqlite …": those; ROUNDS=n)
	scripts/setup bench
	$(RELEASE) --bin bench
	scripts/with-postgres $(CARGO_TARGET)/release/bench | scripts/figures

bench-compare: ## Show what became of the ratios of `make bench` since the last release (SINCE=commit: since that)
	@cargo build $(LOCKED) --quiet --release --bin bench
	@scripts/bench-compare $(CARGO_TARGET)/release/bench $(SINCE)

zoo: setup ## Let the bugs of zoo/ into a copy of the tree, one at a time: the suite catches each (ONLY=07: that one)
	scripts/with-postgres --no-fsync scripts/zoo | scripts/figures

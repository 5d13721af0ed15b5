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

.PHONY: help setup quick test e2e faults race kills sim doc lint deny demo ready drain zoo bulkhead

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what the tests need and what is missing (Debian packages, npm packages)
	scripts/setup

quick: ## Rules, story tests and URL tests on both databases
	scripts/figures.test
	scripts/with-postgres scripts/run-tests

test: setup quick doc e2e faults race kills sim ## Everything: quick, examples in the documentation, browser tests, FHIR validity, the README's tour, faults, race, kills, simulation

doc: ## The examples in the documentation run
	cargo test $(LOCKED) --workspace --doc --quiet

e2e: setup ## Browser tests against the built program
	cargo build $(LOCKED) --bin balie
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/debug/balie" npm test

faults: setup ## Kill the platform and fail its mail and push servers amid changes: all told, once (FULL=1: 10,000 changes; SEED=n: again)
	cargo build $(LOCKED) --bin balie
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/debug/balie" ../scripts/with-postgres node faults.mjs | ../scripts/figures

race: setup ## Eight rivals run for each slot of a practice system: one wins (FULL=1: 10,000 slots, release; SEED=n: again)
	cargo build $(LOCKED) $(if $(FULL),--release) --bin balie
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/$(if $(FULL),release,debug)/balie" ../scripts/with-postgres node race.mjs | ../scripts/figures

kills: setup ## Kill platform and practice system in turn amid bookings and changes: none lost, none double, both agree (FULL=1: 10,000 of each, release; SEED=n: again)
	cargo build $(LOCKED) $(if $(FULL),--release) --bin balie
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/$(if $(FULL),release,debug)/balie" ../scripts/with-postgres node kills.mjs | ../scripts/figures

sim: ## Both programs on a simulated clock and network, 1,000 seeds (SEEDS=n; SEED=n: one seed with its trace)
	cargo build $(LOCKED) --bin sim
	$(if $(SEED),$(CARGO_TARGET)/debug/sim,$(CARGO_TARGET)/debug/sim | scripts/figures)

lint: ## Formatting, clippy with every warning an error, the arrows between crates, that the zoo's patches apply, licences and bans
	cargo fmt --all --check
	cargo clippy $(LOCKED) --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc $(LOCKED) --workspace --no-deps --quiet
	cargo test $(LOCKED) --package balie --test arrows --quiet
	scripts/zoo --check
	scripts/deny

deny: ## Licences, bans and sources of every dependency
	scripts/deny

demo: ## Run the demo
	cargo run $(LOCKED) --release -- demo

ready: setup ## Measure how soon the demo is ready and how soon it stops (FULL=1: 15 runs)
	cargo build $(LOCKED) --release --bin balie
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/release/balie" node ready.mjs | ../scripts/figures

drain: setup ## Measure how fast a backlog of 100,000 notices goes out by mail (COUNT=n: another number)
	cargo build $(LOCKED) --release --bin balie
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/release/balie" ../scripts/with-postgres node drain.mjs | ../scripts/figures

bulkhead: setup ## Let the system of one practice of 50 hang and measure what the others notice (FULL=1: 12 rounds)
	cargo build $(LOCKED) --release --bin balie
	cd e2e && BALIE_BIN="$(abspath $(CARGO_TARGET))/release/balie" node bulkhead.mjs | ../scripts/figures

zoo: setup ## Let the bugs of zoo/ into a copy of the tree, one at a time: the suite catches each (ONLY=07: that one)
	scripts/with-postgres scripts/zoo | scripts/figures

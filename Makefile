# The recipes that people and CI use alike. `make` alone lists them.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Outside the clone: a second clone, or a fresh one in CI, starts warm.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/dreiklang/target

.PHONY: help run dev test test-rust end2end lint fmt picture bench

help: ## list the recipes
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: ## build the release, fill an empty ./data with a demo company, serve it
	scripts/tools.sh run
	cargo build --release --package dreiklang
	scripts/run.sh "$(CARGO_TARGET_DIR)/release/dreiklang"

dev: ## build without optimisation and serve ./data
	cargo run --package dreiklang -- serve

test: ## install what is missing and run every test, on SQLite and on PostgreSQL, rules to browser
	scripts/test.sh rust end2end

test-rust: ## the tests in Rust alone
	scripts/test.sh rust

end2end: ## the journeys in a browser alone (ARGS='--project=js sign-in' picks some)
	scripts/test.sh end2end -- $(ARGS)

lint: ## formatting, clippy, licences and sources
	scripts/lint.sh

fmt: ## format the code
	cargo fmt --all

picture: ## take the README's picture anew, by the journey that shows it
	scripts/test.sh end2end -- --project=js --grep 'everything that advocate is offered, de'
	cp end2end/out/js/de-advocate-.png docs/pictures/home.png

bench: ## CPU time per request beside a bare axum redirect
	bench/run.sh $(ARGS)

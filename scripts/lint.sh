#!/usr/bin/env bash
# Formatting, lints and the rules for dependencies. Every part runs, so that one run tells everything there is to repair.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cd "$ROOT"
scripts/tools.sh lint
failed=()

say "formatting"
cargo fmt --all --check || failed+=(fmt)

say "clippy"
cargo clippy --all-targets -- -D warnings || failed+=(clippy)

say "licences, bans, sources"
# Reports duplicate versions as warnings; only what deny.toml forbids fails.
cargo deny --log-level error check licenses bans sources || failed+=(deny)

[ ${#failed[@]} = 0 ] || die "lint failed: ${failed[*]}"

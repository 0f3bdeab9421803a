#!/usr/bin/env bash
# Formatting, lints and the rules for dependencies. Every part runs, so that one run tells everything there is to repair.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cd "$ROOT"
scripts/tools.sh lint
failed=()

say "formatting"
cargo fmt --all --check || failed+=(fmt)

# The server's features and the browser's must never meet in one build, so each is looked at by itself.
say "clippy, server"
cargo clippy --all-targets -- -D warnings || failed+=(clippy-server)

if [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
  say "clippy, browser"
  cargo clippy --target wasm32-unknown-unknown -p app -p hydrate --no-default-features --features app/hydrate \
    -- -D warnings || failed+=(clippy-browser)
else
  note "clippy for the browser is left out: no wasm32-unknown-unknown target here"
fi

say "licences, bans, sources"
# Reports duplicate versions as warnings; only what deny.toml forbids fails.
cargo deny --log-level error check licenses bans sources || failed+=(deny)

[ ${#failed[@]} = 0 ] || die "lint failed: ${failed[*]}"

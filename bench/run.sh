#!/usr/bin/env bash
# Measures the product beside a bare axum redirect in the same rounds and prints tables; ends in an error where a goal is
# not kept.
#
#   bench/run.sh                     everything, on SQLite
#   bench/run.sh --postgres          everything, on a PostgreSQL of its own with durable commits
#   bench/run.sh requests growth     some of: requests growth rewards import start crash pages
#   bench/run.sh --rounds 3 --seconds 5 requests

source "$(dirname "${BASH_SOURCE[0]}")/../scripts/common.sh"

"$ROOT/scripts/tools.sh" bench
if [ "${1:-}" = --postgres ]; then
  shift
  # A click that is lost at a power cut is not durable, so here the disk is waited for.
  DREIKLANG_POSTGRES_FSYNC=on exec "$ROOT/scripts/with-postgres.sh" "${BASH_SOURCE[0]}" --on-postgres "$@"
fi
where=()
if [ "${1:-}" = --on-postgres ]; then
  shift
  where=(--postgres "${DREIKLANG_TEST_POSTGRES_URL:?}")
fi
cd "$ROOT"
cargo build --quiet --release --manifest-path bench/bare/Cargo.toml --target-dir "$CARGO_TARGET_DIR/bench-bare"
binary=${DREIKLANG_BIN:-$CARGO_TARGET_DIR/release/dreiklang}
# Together, so that what they share is built once.
packages=(--package bench-moves)
[ -n "${DREIKLANG_BIN:-}" ] || packages+=(--package dreiklang)
cargo build --release "${packages[@]}"
exec python3 bench/main.py --binary "$binary" --bare "$CARGO_TARGET_DIR/bench-bare/release/bare" \
  --bench-moves "$CARGO_TARGET_DIR/release/bench-moves" "${where[@]}" "$@"

#!/usr/bin/env bash
# Runs the tests, each runner to its end, and fails when one of them failed.
#
#   scripts/test.sh rust end2end [-- ARGUMENTS FOR PLAYWRIGHT]

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage='usage: scripts/test.sh [rust] [end2end] [-- ARGUMENTS]'
rust=false end2end=false
while [ $# -gt 0 ]; do
  case $1 in
    rust) rust=true ;;
    end2end) end2end=true ;;
    --) shift; break ;;
    *) die "$usage" ;;
  esac
  shift
done
$rust || $end2end || die "$usage"
cd "$ROOT"

# One PostgreSQL for all of it. The script calls itself inside, so that the server ends with it however it ends.
if [ -z "${DREIKLANG_TEST_POSTGRES_URL:-}" ]; then
  scripts/tools.sh test
  parts=()
  ! $rust || parts+=(rust)
  ! $end2end || parts+=(end2end)
  exec scripts/with-postgres.sh "${BASH_SOURCE[0]}" "${parts[@]}" -- "$@"
fi

# Every commit of every test reaches the disk, which none of them is about: kills end processes, not machines. In memory,
# where there is room for it.
room=$(df --output=avail --block-size=1G /dev/shm 2>/dev/null | tail -n 1 || true)
if [ "${room:-0}" -ge 3 ] && [ -w /dev/shm ]; then
  TMPDIR=$(mktemp -d /dev/shm/dreiklang.XXXXXX)
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
fi

failed=()

if $rust; then
  say "tests in Rust, stores and use cases on SQLite and on PostgreSQL"
  cargo nextest run --no-fail-fast || failed+=(rust)
fi

if $end2end; then
  if [ -z "${DREIKLANG_BIN:-}" ]; then
    # The debug build that the tests above have made for themselves; built here where they were not asked for.
    $rust || cargo build --package dreiklang
    export DREIKLANG_BIN=$CARGO_TARGET_DIR/debug/dreiklang
  fi
  if [ $# = 0 ]; then
    scripts/check-run.sh "$DREIKLANG_BIN" || failed+=(run)
  fi
  # The journeys last: they take longest, and what they say of a failure is then the end of the log.
  if [ $# = 0 ]; then
    for where in "" "--postgres=$DREIKLANG_TEST_POSTGRES_URL"; do
      say "twenty kills under load${where:+, on PostgreSQL}"
      python3 bench/main.py --binary "$DREIKLANG_BIN" --longest 1 ${where:+"$where"} crash || failed+=(crash)
    done
  fi
  say "journeys in a browser"
  (cd end2end && node_modules/.bin/tsc --noEmit && node_modules/.bin/playwright test "$@") || failed+=(end2end)
fi

[ ${#failed[@]} = 0 ] || die "failed: ${failed[*]}"

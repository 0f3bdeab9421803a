#!/usr/bin/env bash
# Measures the product beside a bare axum redirect in the same rounds and prints a table.
#
#   bench/run.sh                              the paths in BENCH_PATHS, on SQLite
#   bench/run.sh --postgres /sign-in          on a PostgreSQL of its own with durable commits
#   bench/run.sh --cookie FILE /r/ABC /       with a session: FILE holds one line, `name=value; name=value`
#
# BENCH_SEED    the command that fills the database (default: seed-demo; empty for none)
# BENCH_SETUP   a program that is called with the portal's URL and data folder once it is ready; each line it prints is
#               one more path to measure, and when it leaves a file `cookie` in the data folder, that is sent along
# BENCH_DATA    an existing data folder to measure instead (kept afterwards)
# BENCH_ROUNDS, BENCH_SECONDS, BENCH_CONNECTIONS

source "$(dirname "${BASH_SOURCE[0]}")/../scripts/common.sh"

# Whatever database the person's own environment names, it is not one to fill and load.
unset DATABASE_URL

seed=${BENCH_SEED-seed-demo}
cookie=
paths=()
while [ $# -gt 0 ]; do
  case $1 in
    --postgres)
      shift
      "$ROOT/scripts/tools.sh" bench
      # A click that is lost at a power cut is not durable, so here the disk is waited for.
      DREIKLANG_POSTGRES_FSYNC=on exec "$ROOT/scripts/with-postgres.sh" \
        "${BASH_SOURCE[0]}" --on-postgres ${cookie:+--cookie "$cookie"} "${paths[@]}" "$@"
      ;;
    --on-postgres) export DATABASE_URL=${DREIKLANG_TEST_POSTGRES_URL:?} ;;
    --cookie)
      cookie=$(realpath "${2:?--cookie FILE}")
      shift
      ;;
    -*) die "unknown option: $1" ;;
    *) paths+=("$1") ;;
  esac
  shift
done
[ ${#paths[@]} -gt 0 ] || read -ra paths <<<"${BENCH_PATHS:-/healthz /sign-in}"

"$ROOT/scripts/tools.sh" bench
cd "$ROOT"
cargo build --quiet --release --manifest-path bench/bare/Cargo.toml --target-dir "$CARGO_TARGET_DIR/bench-bare"
binary=${DREIKLANG_BIN:-$CARGO_TARGET_DIR/release/dreiklang}
[ -n "${DREIKLANG_BIN:-}" ] || cargo build --release --package dreiklang

work=$(mktemp -d "${TMPDIR:-/tmp}/dreiklang-bench.XXXXXX")
pids=()
stop() {
  local code=$?
  trap - EXIT
  local pid
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
    timeout 10 tail --pid="$pid" -f /dev/null || kill -KILL "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
  exit "$code"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# wait_for URL PID LOG: until it answers, ends, or 60 s have passed.
wait_for() {
  python3 - "$@" <<'PYTHON' || { cat "$3" >&2; die "$1 does not answer"; }
import os, sys, time, urllib.error, urllib.request
url, pid, deadline = sys.argv[1], int(sys.argv[2]), time.monotonic() + 60
while time.monotonic() < deadline:
    try:
        urllib.request.urlopen(url, timeout=2)
        sys.exit(0)
    except urllib.error.HTTPError as answer:
        if answer.code < 500:
            sys.exit(0)
    except OSError:
        pass
    os.kill(pid, 0)
    time.sleep(0.02)
sys.exit(1)
PYTHON
}

bare=http://127.0.0.1:$(free_port)
"$CARGO_TARGET_DIR/bench-bare/release/bare" "${bare#http://}" >"$work/bare.log" 2>&1 &
bare_pid=$!
pids+=("$bare_pid")
wait_for "$bare/" "$bare_pid" "$work/bare.log"

export DREIKLANG_DATA_DIR=${BENCH_DATA:-$work/data}
mkdir -p "$DREIKLANG_DATA_DIR"
port=$(free_port)
portal=http://127.0.0.1:$port
export DREIKLANG_ADDR=127.0.0.1:$port DREIKLANG_PUBLIC_URL=$portal DREIKLANG_LOG=${DREIKLANG_LOG:-warn}
if [ -z "${BENCH_DATA:-}" ]; then
  [ -z "${DATABASE_URL:-}" ] || "$binary" migrate
  if [ -n "$seed" ]; then
    say "$seed"
    # Word splitting is wanted: the command may have arguments.
    # shellcheck disable=SC2086
    "$binary" $seed
  fi
fi
"$binary" serve >"$work/portal.log" 2>&1 &
portal_pid=$!
pids+=("$portal_pid")
wait_for "$portal/readyz" "$portal_pid" "$work/portal.log"

if [ -n "${BENCH_SETUP:-}" ]; then
  "$BENCH_SETUP" "$portal" "$DREIKLANG_DATA_DIR" >"$work/paths"
  mapfile -t more <"$work/paths"
  paths+=("${more[@]}")
  [ -n "$cookie" ] || [ ! -f "$DREIKLANG_DATA_DIR/cookie" ] || cookie=$DREIKLANG_DATA_DIR/cookie
fi

arguments=(--target "bare redirect" "$bare/r/ABCDEFGH" "$bare_pid")
for path in "${paths[@]}"; do
  arguments+=(--target "$path" "$portal$path" "$portal_pid")
done
[ -z "$cookie" ] || arguments+=(--cookie "$cookie")
if [ -n "${DATABASE_URL:-}" ]; then
  database_pid=$(psql --no-psqlrc --tuples-only --no-align "$DATABASE_URL" \
    --command "SELECT pg_read_file(current_setting('data_directory') || '/postmaster.pid')" | head -n 1)
  arguments+=(--database-pid "$database_pid")
fi
python3 bench/measure.py "${arguments[@]}" --rounds "${BENCH_ROUNDS:-5}" --seconds "${BENCH_SECONDS:-10}" \
  --connections "${BENCH_CONNECTIONS:-32}"

#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own and removes every trace of it afterwards.
#
#   scripts/with-postgres.sh cargo nextest run
#
# The command finds DREIKLANG_TEST_POSTGRES_URL. For measuring, DREIKLANG_POSTGRES_FSYNC=on makes commits durable;
# tests leave it off, since a crash of the machine is not among the things they check.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# -gt 0 ] || die "usage: scripts/with-postgres.sh COMMAND [ARGUMENT…]"
fsync=${DREIKLANG_POSTGRES_FSYNC:-off}
case $fsync in on | off) ;; *) die "DREIKLANG_POSTGRES_FSYNC is on or off, not $fsync" ;; esac

bin=$(postgres_bin)
[ -n "$bin" ] || die "no PostgreSQL server here: run scripts/tools.sh test"

# PostgreSQL refuses to run as root; Debian's package brings the user postgres.
as_server=()
if [ "$(id -u)" = 0 ]; then
  id postgres >/dev/null 2>&1 || die "the user postgres is missing, and PostgreSQL does not run as root"
  as_server=(runuser -u postgres --)
fi

# In /tmp and short: a unix socket's path may have 107 bytes.
home=$(mktemp -d /tmp/dreiklang-pg.XXXXXX)
server_pid=

stop() {
  local code=$?
  trap - EXIT INT TERM HUP
  if [ -z "$server_pid" ] && [ -s "$home/data/postmaster.pid" ]; then
    server_pid=$(head -n 1 "$home/data/postmaster.pid")
  fi
  if [ -n "$server_pid" ] && kill -0 "$server_pid" 2>/dev/null; then
    # SIGINT is PostgreSQL's fast shutdown: open connections are cut, files are closed in order.
    kill -INT "$server_pid" 2>/dev/null || true
    timeout 20 tail --pid="$server_pid" -f /dev/null || kill -QUIT "$server_pid" 2>/dev/null || true
    timeout 5 tail --pid="$server_pid" -f /dev/null || kill -KILL "$server_pid" 2>/dev/null || true
  fi
  rm -rf "$home"
  exit "$code"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkdir "$home/socket"
if [ ${#as_server[@]} -gt 0 ]; then chown -R postgres "$home"; fi

cd "$home"
"${as_server[@]}" "$bin/initdb" --pgdata "$home/data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 \
  --no-sync >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; die "initdb failed"; }

# Nobody can hold a free port for a server that is not there yet: when another process takes it first, take the next.
for attempt in 1 2 3 4 5; do
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  if "${as_server[@]}" "$bin/pg_ctl" start --silent --wait --timeout 30 --pgdata "$home/data" --log "$home/server.log" \
    --options "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$home/socket \
      -c max_connections=300 -c shared_buffers=256MB -c fsync=$fsync -c synchronous_commit=$fsync \
      -c full_page_writes=$fsync -c timezone=UTC -c log_min_messages=warning" >/dev/null; then
    break
  fi
  [ "$attempt" != 5 ] || { cat "$home/server.log" >&2; die "PostgreSQL does not start"; }
done
server_pid=$(head -n 1 "$home/data/postmaster.pid")

export DREIKLANG_TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
cd "$OLDPWD"
"$@"

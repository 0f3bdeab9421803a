#!/usr/bin/env bash
# What `make run` promises, once the binary is there: an empty folder becomes a demonstration that answers, the second start finds
# it as it was, and a folder with something in it is left alone.
#
#   scripts/check-run.sh BINARY

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

binary=${1:?usage: scripts/check-run.sh BINARY}
work=$(mktemp -d)
served=
trap '[ -z "$served" ] || kill "$served" 2>/dev/null; rm -rf "$work"' EXIT
port=$(python3 -c 'import socket; probe = socket.socket(); probe.bind(("127.0.0.1", 0)); print(probe.getsockname()[1])')
# Nothing that tests or developers have set may reach it.
unset DATABASE_URL "${!DREIKLANG_@}"
export DREIKLANG_ADDR=127.0.0.1:$port DREIKLANG_PUBLIC_URL=http://127.0.0.1:$port DREIKLANG_LOG=warn

# Serves a folder until its sign-in page is there, and keeps that page.
serve() {
  DREIKLANG_DATA_DIR=$1 "$ROOT/scripts/run.sh" "$binary" >"$work/log" 2>&1 &
  served=$!
  for ((i = 0; i < 3000; i++)); do
    kill -0 "$served" 2>/dev/null || die "it ended at once: $(cat "$work/log")"
    ! python3 -c 'import sys, urllib.request as web; sys.stdout.write(web.urlopen(sys.argv[1]).read().decode())' \
      "$DREIKLANG_PUBLIC_URL/sign-in" >"$work/page" 2>/dev/null || return 0
    sleep 0.1
  done
  die "no answer: $(cat "$work/log")"
}
end() {
  kill "$served"
  wait "$served" || true
  served=
}

# How many people the page offers to sign in as.
faces() { grep -o 'name="member"' "$work/page" | wc -l; }

serve "$work/data"
offered=$(faces) || die "an empty folder shows nobody to sign in as"
end
before=$SECONDS
serve "$work/data"
[ "$(faces)" = "$offered" ] || die "the second start shows others than the first"
[ $((SECONDS - before)) -lt 10 ] || die "the second start took more than 10 s"
end

mkdir "$work/own"
echo ours >"$work/own/notes.txt"
serve "$work/own"
! faces >/dev/null || die "a folder that was not empty was filled with invented people"
[ "$(cat "$work/own/notes.txt")" = ours ] || die "a file that was there is not what it was"
end
say "make run: an empty folder becomes a demonstration, and what is there stays"

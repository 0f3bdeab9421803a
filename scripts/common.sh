# shellcheck shell=bash
# Sourced by the other scripts: where things are kept, and how to speak to the person in front.
#
# Build output and tools live outside the clone, so that a second clone, or a CI run in a fresh one, starts warm.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${DREIKLANG_CACHE:-$HOME/.cache/dreiklang}
export TOOLS=${DREIKLANG_TOOLS:-$CACHE/tools}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}
export PATH="$TOOLS/bin:$PATH"
# Tests drive the browser that the system's package manager keeps up to date; Playwright must not fetch its own.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
note() { printf 'note: %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Debian keeps the server programs of PostgreSQL out of PATH, one folder per major version; the newest wins.
postgres_bin() {
  local initdb
  if initdb=$(command -v initdb); then
    dirname "$(readlink -f "$initdb")"
    return
  fi
  find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1 | xargs -r dirname
}

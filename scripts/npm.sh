#!/usr/bin/env bash
# Installs the npm packages of end2end/ exactly as locked, and only when the lock has changed since the last time.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cd "$ROOT/end2end"
stamp=node_modules/.installed-lock
if ! cmp -s package-lock.json "$stamp"; then
  say "npm ci in end2end/"
  npm ci --no-fund --no-audit --loglevel=error >&2
  cp package-lock.json "$stamp"
fi

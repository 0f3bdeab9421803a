#!/usr/bin/env bash
# Installs npm packages exactly as locked, and only when the lock has changed since the last time.
#
#   scripts/npm.sh end2end     or bench/pages

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

folder=${1:?usage: scripts/npm.sh FOLDER}
cd "$ROOT/$folder"
stamp=node_modules/.installed-lock
if ! cmp -s package-lock.json "$stamp"; then
  say "npm ci in $folder/"
  npm ci --no-fund --no-audit --loglevel=error >&2
  cp package-lock.json "$stamp"
fi

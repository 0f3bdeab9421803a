#!/usr/bin/env bash
# Serves ./data with the given binary; an empty folder gets the generated demo company first.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

binary=${1:?usage: scripts/run.sh BINARY}
cd "$ROOT"
export DREIKLANG_DATA_DIR=${DREIKLANG_DATA_DIR:-$ROOT/data}
# Somebody's own database is never ours to fill, and a folder with anything in it is somebody's.
if [ -z "${DATABASE_URL:-}" ] && [ -z "$(ls -A "$DREIKLANG_DATA_DIR" 2>/dev/null)" ]; then
  mkdir -p "$DREIKLANG_DATA_DIR"
  say "filling $DREIKLANG_DATA_DIR with a demo company"
  # Half a demo is worse than none: after a failure the next run finds the folder empty again.
  "$binary" seed-demo || { find "$DREIKLANG_DATA_DIR" -mindepth 1 -delete; die "the demo could not be made"; }
fi
say "open ${DREIKLANG_PUBLIC_URL:-http://${DREIKLANG_ADDR:-127.0.0.1:8080}}"
exec "$binary" serve

#!/usr/bin/env bash
# Installs what is missing for a purpose and says nothing when all is there (well under a second then).
#
#   scripts/tools.sh test     browser, PostgreSQL, cargo-nextest, the npm packages of end2end/
#   scripts/tools.sh lint     cargo-deny, the wasm target
#   scripts/tools.sh bench    wrk, PostgreSQL
#   scripts/tools.sh islands  the wasm target, wasm-bindgen, wasm-opt (may be refused: see below)
#   scripts/tools.sh all      everything (default)

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Raise these on purpose only: a tool that changes by itself changes what CI accepts.
NEXTEST=0.9.151
DENY=0.20.2
BINARYEN=132.0.0

# apt <package>… : Debian and its relatives. Elsewhere the person installs the package and we say which.
apt_install() {
  have apt-get || die "please install: $*"
  local sudo=()
  if [ "$(id -u)" != 0 ]; then
    have sudo || die "please install: $* (apt-get needs root)"
    sudo=(sudo)
  fi
  say "apt-get install $*"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# cargo_tool <binary> <crate> <version> [cargo install's options] : into our own folder, never into the person's ~/.cargo.
cargo_tool() {
  local binary=$1 crate=$2 version=$3
  shift 3
  say "cargo install $crate $version (once; kept in $TOOLS)"
  # Not in CARGO_TARGET_DIR: its lock would make the installation wait for a build that is running.
  env -u CARGO_TARGET_DIR cargo install --quiet --root "$TOOLS" --version "$version" "$@" "$crate"
  have "$binary" || die "$crate was installed, but $binary cannot be run"
}

wasm_target() {
  local sysroot
  sysroot=$(rustc --print sysroot)
  [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ] && return 0
  have rustup && rustup target add wasm32-unknown-unknown >&2 && return 0
  note "no wasm32-unknown-unknown target, and it cannot be added here: the islands are left out, pages work without them"
  return 1
}

# The generated JavaScript and the wasm only fit when the command line tool is exactly the library's version.
locked_wasm_bindgen() {
  sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;q}' "$ROOT/Cargo.lock"
}

for_test() {
  local packages=()
  [ -x "$CHROMIUM" ] || packages+=(chromium)
  [ -n "$(postgres_bin)" ] || packages+=(postgresql)
  have psql || packages+=(postgresql-client)
  [ ${#packages[@]} = 0 ] || apt_install "${packages[@]}"
  # Any nextest will do: it runs tests, it does not judge them.
  have cargo-nextest || cargo_tool cargo-nextest cargo-nextest "$NEXTEST" --locked
  have npm || die "please install Node.js 20 or newer with npm"
  "$ROOT/scripts/npm.sh"
}

for_lint() {
  # 3 to 6 minutes on two cores, once.
  have cargo-deny || cargo_tool cargo-deny cargo-deny "$DENY" --locked
  wasm_target || true
}

for_bench() {
  local packages=()
  have wrk || packages+=(wrk)
  have python3 || packages+=(python3)
  [ -n "$(postgres_bin)" ] || packages+=(postgresql)
  [ ${#packages[@]} = 0 ] || apt_install "${packages[@]}"
}

for_islands() {
  wasm_target || return 1
  local version
  version=$(locked_wasm_bindgen)
  [ -n "$version" ] || die "no wasm-bindgen in Cargo.lock"
  if [ "$("$TOOLS/bin/wasm-bindgen" --version 2>/dev/null)" != "wasm-bindgen $version" ]; then
    # Without --locked: the lock file published with the tool holds versions that were withdrawn since.
    cargo_tool wasm-bindgen wasm-bindgen-cli "$version" --force
  fi
  if [ "$(cat "$TOOLS/npm/binaryen.version" 2>/dev/null)" != "$BINARYEN" ]; then
    if have npm; then
      say "npm install binaryen $BINARYEN (once; kept in $TOOLS)"
      mkdir -p "$TOOLS/npm"
      npm install --silent --no-save --no-fund --no-audit --prefix "$TOOLS/npm" "binaryen@$BINARYEN" >&2
      echo "$BINARYEN" >"$TOOLS/npm/binaryen.version"
    else
      note "no npm, so no wasm-opt: the islands work, but are about a fifth larger"
    fi
  fi
}

have cargo || die "please install Rust (rustup.rs), then run this again"
case ${1:-all} in
  test) for_test ;;
  lint) for_lint ;;
  bench) for_bench ;;
  islands) for_islands ;;
  all)
    for_test
    for_lint
    for_bench
    for_islands || true
    ;;
  *) die "unknown purpose: $1" ;;
esac

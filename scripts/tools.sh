#!/usr/bin/env bash
# Installs what is missing for a purpose and says nothing when all is there (well under a second then).
#
#   scripts/tools.sh run      a C compiler (SQLite is built from source)
#   scripts/tools.sh test     the same, browser, PostgreSQL, Node.js, cargo-nextest, the npm packages of end2end/
#   scripts/tools.sh lint     cargo-deny
#   scripts/tools.sh bench    wrk, PostgreSQL, browser, Lighthouse
#   scripts/tools.sh all      what CI needs: test and lint (default)

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Raise these on purpose only: a tool that changes by itself changes what CI accepts.
NEXTEST=0.9.151
DENY=0.20.2
# The oldest major version of Node.js that Playwright runs on.
NODE=20

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

# check_node : distributions before Debian 13 have an older one; better said here than by a package of npm.
check_node() {
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge "$NODE" ] || die "Node.js $NODE or newer is needed, and here it is $(node --version): see https://nodejs.org, then run this again"
}

for_run() {
  have cc || apt_install gcc libc6-dev
}

for_test() {
  for_run
  local packages=()
  # with-postgres.sh asks it for a free port, and it kills servers under wrk's load.
  have python3 || packages+=(python3)
  have wrk || packages+=(wrk)
  [ -x "$CHROMIUM" ] || packages+=(chromium)
  [ -n "$(postgres_bin)" ] || packages+=(postgresql)
  have node || packages+=(nodejs)
  have npm || packages+=(npm)
  have psql || packages+=(postgresql-client)
  [ ${#packages[@]} = 0 ] || apt_install "${packages[@]}"
  # Any nextest will do: it runs tests, it does not judge them.
  have cargo-nextest || cargo_tool cargo-nextest cargo-nextest "$NEXTEST" --locked
  check_node
  "$ROOT/scripts/npm.sh" end2end
}

for_lint() {
  # 3 to 6 minutes on two cores, once.
  have cargo-deny || cargo_tool cargo-deny cargo-deny "$DENY" --locked
}

for_bench() {
  local packages=()
  have wrk || packages+=(wrk)
  have python3 || packages+=(python3)
  [ -x "$CHROMIUM" ] || packages+=(chromium)
  [ -n "$(postgres_bin)" ] || packages+=(postgresql)
  have node || packages+=(nodejs)
  have npm || packages+=(npm)
  [ ${#packages[@]} = 0 ] || apt_install "${packages[@]}"
  check_node
  "$ROOT/scripts/npm.sh" bench/pages
}

# Distributions have older ones, and a toolchain is the person's own: it is not installed behind their back.
have cargo || die "Rust is missing. Install it as https://rustup.rs says:
  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh
then open a new shell and run this again."
case ${1:-all} in
  run) for_run ;;
  test) for_test ;;
  lint) for_lint ;;
  bench) for_bench ;;
  all)
    for_test
    for_lint
    ;;
  *) die "unknown purpose: $1" ;;
esac

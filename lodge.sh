#!/usr/bin/env bash
# Builds, checks and runs Lodge. It installs what it needs and says so: build tools go into a cache
# folder of their own, so that a second checkout does not build them again. `./lodge.sh help`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly RUST=1.95 NODE=20.11
readonly TRUNK=0.21.14 WASM_BINDGEN=0.2.130 CARGO_DENY=0.20.2
# Bytes of wasm and JavaScript together, after Brotli.
readonly WEIGHT_LIMIT=150000
# What must never be compiled into the browser side.
readonly SERVER_CRATES='axum|hyper|tokio|sea-orm|sqlx|lettre|argon2'

readonly CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/lodge"
readonly BUILD_TOOLS="$CACHE/tools-trunk-$TRUNK-wasm-bindgen-$WASM_BINDGEN"
readonly CHECK_TOOLS="$CACHE/tools-cargo-deny-$CARGO_DENY"
export PATH="$BUILD_TOOLS/bin:$CHECK_TOOLS/bin:$PWD/tools/node_modules/.bin:$PATH:$HOME/.cargo/bin"
# Trunk takes its tools from PATH and asks nobody for newer ones.
export TRUNK_SKIP_VERSION_CHECK=true TRUNK_OFFLINE=true

help() {
  cat <<'TEXT'
./lodge.sh COMMAND

  run            build everything and serve the demo at http://127.0.0.1:3000
  build          build for release: target/release/lodge and dist/
  test [PART]    every check and test; PART is checks, rust or browser for one of them
  torture        kill the server 200 times on each database, and the other long attacks
  watch          for developers: build and serve anew at each change
  bench          build for release and print a table of speed and weight
  fmt            format all Rust
  clean          remove what was built here (the tools in the cache folder stay)
TEXT
}

say() { printf '\033[1m== %s\033[0m\n' "$*"; }

fail() {
  printf '\nlodge.sh: %s\n' "$*" >&2
  exit 1
}

# --- What has to be there -------------------------------------------------------------------------

# is_at_least FOUND WANTED
is_at_least() { [[ "$(printf '%s\n' "$2" "$1" | sort -V | head -n 1)" == "$2" ]]; }

# has PROGRAM VERSION: whether PATH holds just that version.
has() { [[ "$("$1" --version 2>/dev/null | awk '{ print $2; exit }')" == "$2" ]]; }

# apt PACKAGE…: installs Debian packages when it may, and says which ones are missing when not.
apt() {
  command -v apt-get >/dev/null || fail "Please install by hand: $*"
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "Please install as root: apt-get install $*"
    as_root=(sudo)
  fi
  say "Installing with apt: $*"
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
    fail "apt could not install: $*"
}

needs_rust() {
  command -v cargo >/dev/null || fail "Rust is missing. Install rustup, then run this again."
  local found
  found="$(rustc --version | awk '{ print $2 }')"
  is_at_least "$found" "$RUST" || fail "Rust $RUST or newer is needed, this is $found. Run: rustup update stable"
  command -v cc >/dev/null || apt build-essential
}

needs_wasm() {
  [[ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]] && return
  say "Adding the wasm32-unknown-unknown target to Rust"
  rustup target add wasm32-unknown-unknown
}

needs_node() {
  command -v npm >/dev/null || fail "Node $NODE or newer with npm is missing."
  is_at_least "$(node --version | tr -d v)" "$NODE" || fail "Node $NODE or newer is needed, this is $(node --version)."
}

# needs_npm FOLDER: installs its npm packages by lock file, unless that has been done.
needs_npm() {
  needs_node
  [[ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ]] && return
  say "Installing the npm packages of $1"
  npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund
  touch "$1/node_modules/.package-lock.json"
}

# needs_tool CRATE PROGRAM VERSION FOLDER [FLAG…]: a build tool at just this version.
needs_tool() {
  local crate="$1" program="$2" version="$3" folder="$4"
  shift 4
  has "$program" "$version" && return
  if command -v cargo-binstall >/dev/null; then
    say "Fetching $crate $version"
    cargo binstall --no-confirm --root "$folder" "$crate@$version" && has "$program" "$version" && return
  fi
  say "Building $crate $version into $folder (once; it takes some minutes)"
  # The tools' own release profiles take many times longer to build and win us nothing.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 \
    CARGO_PROFILE_RELEASE_DEBUG=false CARGO_TARGET_DIR="$CACHE/build-$crate" \
    cargo install "$crate" --version "$version" --root "$folder" --force "$@"
  rm -rf "$CACHE/build-$crate"
}

needs_build_tools() {
  needs_rust
  needs_wasm
  needs_npm tools
  needs_tool trunk trunk "$TRUNK" "$BUILD_TOOLS" --locked
  # Without its lock file, which names a crate version that has been withdrawn.
  needs_tool wasm-bindgen-cli wasm-bindgen "$WASM_BINDGEN" "$BUILD_TOOLS" --bin wasm-bindgen
}

# A Chromium of the system's, else Playwright's own.
needs_browser() {
  [[ -x /usr/bin/chromium ]] && return
  if grep -qs '^ID=debian' /etc/os-release && { ((EUID == 0)) || command -v sudo >/dev/null; }; then
    apt chromium
  else
    say "Installing Playwright's Chromium"
    (cd end2end && npx playwright install --with-deps chromium) ||
      fail "No browser: install Chromium as /usr/bin/chromium, or let end2end's 'npx playwright install chromium' work."
  fi
}

needs_postgres() {
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || apt postgresql
}

needs_nginx() { [[ -x /usr/sbin/nginx ]] || command -v nginx >/dev/null || apt nginx; }

needs_faketime() { command -v faketime >/dev/null || apt faketime; }

needs_pdftotext() { command -v pdftotext >/dev/null || apt poppler-utils; }

needs_wrk() { command -v wrk >/dev/null || apt wrk; }

# --- Building -------------------------------------------------------------------------------------

# Where cargo builds. On a CI machine each run has a fresh checkout, so the dependencies that were
# built are kept in the cache folder. Cargo takes checkouts at different places for the same
# project and would believe an older file to be built already: hence the touch. One run at a time.
use_target_dir() {
  if [[ "${CI:-}" == true && -z "${CARGO_TARGET_DIR:-}" ]]; then
    export CARGO_TARGET_DIR="$CACHE/target"
    mkdir -p "$CARGO_TARGET_DIR"
    exec 9>"$CACHE/target.lock"
    flock 9
    find app frontend server -name '*.rs' -exec touch {} +
  fi
  TARGET="$(realpath --canonicalize-missing "${CARGO_TARGET_DIR:-target}")"
}

build_browser_side() {
  say "Building the browser side"
  # Trunk is told not to use the network, and tells cargo the same.
  cargo fetch --locked
  trunk build --release --locked
}

build_server() {
  say "Building the server (${1:-debug})"
  cargo build --locked --package server "${@:2}"
}

# --- Checks and tests -----------------------------------------------------------------------------

passed=0
failed=()

# check NAME COMMAND…: runs it, counts it, and goes on with the next one when it fails.
check() {
  local name="$1" status
  shift
  say "$name"
  set +e
  (set -e && "$@")
  status=$?
  set -e
  if ((status == 0)); then passed=$((passed + 1)); else
    failed+=("$name")
    say "FAILED: $name"
  fi
}

# Without `frontend`, which would turn on `hydrate` for the server's copy of `app` as well.
clippy_server_side() { cargo clippy --locked --workspace --exclude frontend --all-targets -- -D warnings; }

clippy_browser_side() {
  cargo clippy --locked --package frontend --target wasm32-unknown-unknown -- -D warnings
}

dependencies_are_allowed() {
  cargo deny --locked check bans licenses sources
  if timeout 60 cargo deny fetch db >/dev/null 2>&1; then
    cargo deny --locked check --disable-fetch advisories
  else
    echo "The advisory database cannot be reached from here: advisories were not checked."
  fi
}

browser_side_has_no_server_crate() {
  local tree found
  tree="$(cargo tree --locked --package frontend --target wasm32-unknown-unknown --edges normal --prefix none)"
  found="$(awk '{ print $1 }' <<<"$tree" | sort -u | grep -xE "$SERVER_CRATES" || true)"
  [[ -z "$found" ]] || { echo "The browser side depends on: $found" && return 1; }
}

rust_tests() { cargo test --locked --workspace --exclude frontend; }

types_of_end2end() { npm run --silent --prefix end2end typecheck; }

journeys() { (cd end2end && LODGE_BINARY="$TARGET/debug/lodge" npx playwright test); }

checks() {
  needs_tool cargo-deny cargo-deny "$CARGO_DENY" "$CHECK_TOOLS" --locked
  check "Rust is formatted" cargo fmt --all -- --check
  check "Clippy, server side" clippy_server_side
  check "Clippy, browser side" clippy_browser_side
  check "Dependencies are allowed" dependencies_are_allowed
  check "The browser side holds nothing of the server's" browser_side_has_no_server_crate
}

rust() {
  needs_postgres
  needs_nginx
  needs_faketime
  check "Rust tests" rust_tests
}

browser() {
  needs_npm end2end
  needs_browser
  needs_pdftotext
  check "The browser side builds" build_browser_side
  check "Its weight" node tools/weight.mjs "$WEIGHT_LIMIT"
  check "The debug server builds" build_server
  check "The end-to-end tests' types" types_of_end2end
  check "Journeys in a browser" journeys
}

report() {
  local name
  for name in "${failed[@]}"; do echo "failed: $name"; done
  echo "checks: $passed passed, ${#failed[@]} failed"
  ((${#failed[@]} == 0))
}

# --- Commands -------------------------------------------------------------------------------------

build() {
  needs_build_tools
  use_target_dir
  build_browser_side
  build_server release --release
}

run() {
  build
  say "Lodge's demo: http://127.0.0.1:3000"
  echo "It sends no mail: what it would send is at http://127.0.0.1:3000/demo/outbox"
  echo "Its data is in ${LODGE_DATA_DIR:-./data}. Stop it with Ctrl-C."
  LODGE_MODE=demo exec "$TARGET/release/lodge" serve
}

test_all() {
  needs_build_tools
  use_target_dir
  case "${1:-all}" in
    all)
      checks
      rust
      browser
      ;;
    checks | rust | browser) "$1" ;;
    *) fail "test knows checks, rust and browser, not: $1" ;;
  esac
  report
}

torture() {
  needs_rust
  needs_postgres
  needs_faketime
  use_target_dir
  say "Killing the server ${1:-200} times on each database; this takes some minutes"
  LODGE_TORTURE="${1:-200}" LODGE_CASES="${LODGE_CASES:-1000}" \
    cargo test --locked --workspace --exclude frontend --test torture --test interleavings --test cost -- --nocapture
}

watch() {
  needs_build_tools
  use_target_dir
  trap 'kill $(jobs -p) 2>/dev/null' EXIT
  cargo fetch
  trunk build
  trunk watch &
  local stamp="$TARGET/watch-stamp" server=
  while true; do
    touch "$stamp"
    if build_server debug; then
      LODGE_MODE=demo "$TARGET/debug/lodge" serve &
      server=$!
    fi
    # The server reads the names of the browser side's files when it starts.
    until [[ -n "$(find app server forms dist/index.html Cargo.toml -newer "$stamp" -print -quit 2>/dev/null)" ]]; do
      sleep 1
    done
    [[ -z "$server" ]] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    server=
  done
}

bench() {
  needs_wrk
  build
  say "Measuring"
  node tools/bench.mjs "$TARGET/release/lodge"
}

clean() { rm -rf target dist end2end/results end2end/report; }

command="${1:-help}"
shift || true
case "$command" in
  build | run | torture | watch | bench | clean) "$command" "$@" ;;
  test) test_all "$@" ;;
  fmt) cargo fmt --all ;;
  help | --help | -h) help ;;
  *) help && fail "there is no command $command" ;;
esac

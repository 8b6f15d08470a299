#!/bin/bash
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Makes the machine ready to build, and writes build/env.sh for the shell and for make:
#
#   setup.sh            what is missing, nothing when nothing is
#   setup.sh --relock   maintainers: rewrite packages.lock from what the archive serves now
#
# 1. Build tools. As root the missing ones are installed by apt; otherwise they are named. Node must be
#    20.16 or later: a release whose own is older (Debian 12: 18) is told so, and nothing is installed.
# 2. Emscripten, the first of: $EMSDK, emcc in PATH (4.0 or later), a prefix in build/toolchain
#    made from Debian packages without root (debian_prefix.sh).
#
# Environment: ASSAY_TOOLCHAIN=debian ignores EMSDK and PATH; ASSAY_TOOLCHAIN_UNPINNED=1 takes
# other compiler versions than packages.lock when the archive no longer serves those.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
build=$root/build
prefix=$build/toolchain
say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# at_least 3.25 3.25.1
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1)" = "$1" ]; }

# --- 1. Build tools -------------------------------------------------------------------------

missing_packages() {
  local pair
  for pair in cmake:cmake ninja:ninja-build c++:g++ make:make npm:npm \
    xz:xz-utils bzip2:bzip2 flock:util-linux file:file; do
    command -v "${pair%%:*}" >/dev/null || printf '%s ' "${pair#*:}"
  done
  [ -r /etc/ssl/certs/ca-certificates.crt ] || printf 'ca-certificates '
}

# Prints nothing when node is there, its package when the archive's is new enough; dies otherwise.
missing_node() {
  local served get="Get 20.16 or later from nodejs.org, put it and its npm into PATH and run again"
  if command -v node >/dev/null; then
    at_least 20.16 "$(node --version | tr -d v)" || die "node $(node --version) is too old; 20.16 or later is needed. $get"
    return
  fi
  served=$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: \([0-9][0-9.]*\).*/\1/p')
  [ -n "$served" ] || die "no node in PATH, and apt knows none. $get"
  at_least 20.16 "$served" || die "no node in PATH, and this release has node $served only. $get"
  printf 'nodejs '
}

tools() {
  local node missing
  node=$(missing_node) || exit 1
  missing=$node$(missing_packages)
  if [ -n "$missing" ]; then
    command -v apt-get >/dev/null || die "missing: $missing(names as in Debian); install them and run again"
    if [ "$(id -u)" -ne 0 ]; then
      die "missing: $missing; as root: apt-get install --no-install-recommends $missing"
    fi
    say "installing $missing"
    # shellcheck disable=SC2086
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
      apt-get -qq install -y --no-install-recommends $missing; } >&2 ||
      die "apt could not install $missing(offline?)"
  fi
  at_least 3.25 "$(cmake --version | sed -n '1s/[^0-9]*//p')" || die "cmake 3.25 or later is needed"
}

# --- 2. Emscripten --------------------------------------------------------------------------

minimum=$(sed -n 's/.*"minimum": *"\([^"]*\)".*/\1/p' "$root/wasm/toolchain.json")

emcc_version() { "$1" --version 2>/dev/null | sed -n '1s/.*) \([0-9][0-9.]*\).*/\1/p'; }

# usable FILE: an emcc that is new enough and not the one of our own prefix
usable() {
  local version
  [ -x "$1" ] || return 1
  case $(readlink -f "$1") in "$prefix"/*) return 1 ;; esac
  version=$(emcc_version "$1")
  [ -n "$version" ] || { say "$1 does not run; ignored"; return 1; }
  at_least "$minimum" "$version" || { say "$1 is $version, older than $minimum; ignored"; return 1; }
  say "using emcc $version ($1)"
}

# write_env EMSCRIPTEN_ROOT BIN_DIR [EM_CONFIG]
write_env() {
  mkdir -p "$build"
  {
    printf '# Written by wasm/toolchain/setup.sh; source it to use the toolchain in a shell.\n'
    printf 'export ASSAY_EMSCRIPTEN_ROOT="%s"\n' "$1"
    printf 'export PATH="%s:%s/js-bindings/node_modules/.bin:$PATH"\n' "$2" "$root"
    [ -z "${3:-}" ] || printf 'export EM_CONFIG="%s"\n' "$3"
  } >"$build/env.sh.new"
  # Same text, same time stamp: make does not see a change.
  if cmp -s "$build/env.sh.new" "$build/env.sh"; then rm "$build/env.sh.new"; else mv "$build/env.sh.new" "$build/env.sh"; fi
}

emscripten() {
  local found
  if [ "${ASSAY_TOOLCHAIN:-}" != debian ]; then
    if [ -n "${EMSDK:-}" ] && usable "$EMSDK/upstream/emscripten/emcc"; then
      write_env "$EMSDK/upstream/emscripten" "$EMSDK/upstream/emscripten" "${EM_CONFIG:-$EMSDK/.emscripten}"
      return
    fi
    found=$(command -v emcc || true)
    if [ -n "$found" ] && usable "$found"; then
      # Beside a real emcc lies its tree; a distribution links it into /usr/bin.
      found=$(dirname "$(readlink -f "$found")")
      write_env "$found" "$found" "${EM_CONFIG:-}"
      return
    fi
  fi
  "$here/debian_prefix.sh" "$prefix" || die "no Emscripten. Install emsdk $minimum or later and set EMSDK, or see the message above"
  write_env "$prefix/usr/share/emscripten" "$prefix/bin" "$prefix/usr/share/emscripten/.emscripten"
}

case ${1:-} in
--relock) tools && exec "$here/debian_prefix.sh" --relock "$prefix" ;;
'') ;;
*) die "usage: setup.sh [--relock]" ;;
esac
tools
emscripten
say "ready; for a shell: . build/env.sh"

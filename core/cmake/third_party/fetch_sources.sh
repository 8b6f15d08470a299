#!/bin/bash
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Brings the archives of third_party.lock into one directory and unpacks them:
#
#   fetch_sources.sh DIR [NAME…]
#
# DIR/archives/<archive> is the verified file, DIR/<name>/ its content without the top directory.
# An archive is taken from the first place that has it:
#   1. DIR/archives (an earlier run)
#   2. $ASSAY_DEPS_DIR, a directory that holds archives by the names of the lock file
#   3. Debian's source packages, through the system's apt configuration with private state
#   4. upstream's URL, where the lock file has one
# Whatever the place, the SHA-256 of the lock file decides. Running it again is cheap.
set -euo pipefail

say() { printf 'sources: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
[ $# -ge 1 ] || die "usage: fetch_sources.sh DIR [NAME…]"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
lock=$here/../third_party.lock
# shellcheck source=core/cmake/private_apt.sh
. "$here/../private_apt.sh"
mkdir -p "$1/archives"
out=$(cd "$1" && pwd -P)
shift
wanted=" $* "
suites=(trixie forky sid)

# Two configures at once must not unpack over each other.
exec 9>"$out/.lock"
flock 9

sha256_of() { sha256sum "$1" | cut -d' ' -f1; }
verified() { [ -f "$1" ] && [ "$(sha256_of "$1")" = "$2" ]; }

apt_state=
apt_ready() {
  [ "$apt_state" = ready ] && return 0
  [ "$apt_state" = failed ] && return 1
  apt_state=failed
  apt_private_setup "$out/.apt" deb-src "${suites[@]}" || return 1
  say "reading the source index of ${suites[*]}"
  private_apt_get update >&2 || {
    say "apt could not read the source index (offline?)"
    return 1
  }
  apt_state=ready
}

# The index is searched by hash: a new Debian revision of the same upstream archive still serves.
from_apt() {
  local package=$1 sha=$2 target=$3 version file
  apt_ready || return 1
  read -r version file < <(private_apt_cache showsrc --only-source "$package" |
    awk -v sha="$sha" '$1 == "Version:" { v = $2 } $1 == sha { print v, $3; exit }') || true
  [ -n "${version:-}" ] || {
    say "$package: no suite of ${suites[*]} lists an archive with SHA-256 $sha"
    return 1
  }
  say "$package $version: $file"
  # --tar-only: a mirror that lost the .dsc or the .debian.tar.xz still has the .orig.
  (cd "$out/.apt/download" && private_apt_get source --tar-only --download-only "$package=$version" >&2) || true
  [ -f "$out/.apt/download/$file" ] && mv "$out/.apt/download/$file" "$target"
}

from_url() {
  [ "$1" != - ] && command -v curl >/dev/null || return 1
  say "from upstream: $1"
  curl -fsSL --retry 2 --max-time 300 -o "$2" "$1"
}

obtain() {
  local name=$1 sha=$2 archive=$3 package=$4 url=$5 target=$out/archives/$3
  verified "$target" "$sha" && return 0
  rm -f "$target"
  if [ -n "${ASSAY_DEPS_DIR:-}" ] && [ -f "$ASSAY_DEPS_DIR/$archive" ]; then
    cp "$ASSAY_DEPS_DIR/$archive" "$target.part"
    verified "$target.part" "$sha" ||
      die "$ASSAY_DEPS_DIR/$archive has SHA-256 $(sha256_of "$target.part"), wanted $sha"
  else
    from_apt "$package" "$sha" "$target.part" || from_url "$url" "$target.part" ||
      die "$name: cannot get $archive. Online, apt must reach a Debian archive; offline, put the file into a folder and set ASSAY_DEPS_DIR to it"
    verified "$target.part" "$sha" ||
      die "$name: $archive has SHA-256 $(sha256_of "$target.part"), wanted $sha; nothing was unpacked"
  fi
  mv "$target.part" "$target"
}

# Archives differ: XNNPACK's has no top directory, the others have one.
unpack() {
  local name=$1 sha=$2 archive=$3 dir=$out/$1 top
  [ "$(cat "$dir/.sha256" 2>/dev/null)" != "$sha" ] || return 0
  rm -rf "$dir" "$dir.part"
  mkdir "$dir.part"
  tar -xf "$out/archives/$archive" -C "$dir.part"
  top=("$dir.part"/*)
  if [ "${#top[@]}" -eq 1 ] && [ -d "${top[0]}" ]; then
    mv "${top[0]}" "$dir"
    rmdir "$dir.part" 2>/dev/null || rm -rf "$dir.part"
  else
    mv "$dir.part" "$dir"
  fi
  printf '%s\n' "$sha" >"$dir/.sha256"
}

while IFS='|' read -r name _ sha archive package url _; do
  case $name in '' | '#'*) continue ;; esac
  case $wanted in '  ' | *" $name "*) ;; *) continue ;; esac
  obtain "$name" "$sha" "$archive" "$package" "$url"
  unpack "$name" "$sha" "$archive"
done <"$lock"
rm -rf "$out/.apt"

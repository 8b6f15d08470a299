#!/bin/bash
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Unpacks Debian's ONNX node tests below a directory, without root and without installing them:
#
#   fetch_testdata.sh DIR    makes DIR/usr/share/libonnx-testdata; nothing when it is there
set -euo pipefail

say() { printf 'testdata: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
[ $# -eq 1 ] || die "usage: fetch_testdata.sh DIR"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=core/cmake/private_apt.sh
. "$here/../../core/cmake/private_apt.sh"

# The corpus that run.mjs's lists of tests were made with.
suite=bookworm
package=libonnx-testdata
version=1.12.0-2
sha=7dc0912e02f79ece102331411a751b091bc0e191c9fb1287f8cdfbe5530f6027

mkdir -p "$1"
out=$(cd "$1" && pwd -P)
[ "$(cat "$out/.sha256" 2>/dev/null)" != "$sha" ] || exit 0

apt_private_setup "$out/.apt" deb "$suite" || die "see the line above"
say "reading the package index of $suite"
private_apt_get update >&2 || die "apt could not read the package index of $suite (offline?)"
(cd "$out/.apt/download" && private_apt_get download "$package=$version" >&2) || die "apt could not download $package $version"
deb=$(echo "$out/.apt/download/$package"_*.deb)
[ "$(sha256sum "$deb" | cut -d' ' -f1)" = "$sha" ] || die "${deb##*/} has another SHA-256 than $sha; nothing was unpacked"
rm -rf "$out/usr"
dpkg-deb -x "$deb" "$out"
rm -rf "$out/.apt"
printf '%s\n' "$sha" >"$out/.sha256"

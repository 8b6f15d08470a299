#!/bin/bash
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Builds every wasm module from scratch in two folders of different path length and compares the
# bytes: third-party libraries included, without compiler cache. The toolchain and the verified
# source archives are shared.
#
#   wasm/reproduce.sh [preset…]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$root/build/reproduce
[ -r "$root/build/env.sh" ] || { echo "no build/env.sh; run: make setup" >&2; exit 1; }
bash "$root/core/cmake/third_party/fetch_sources.sh" "$root/build/sources"
export CCACHE_DISABLE=1
export ASSAY_DEPS_DIR=$root/build/sources/archives

# The tree as it is, committed or not, without anything built; taken once, so that an editor that
# saves in between does not look like a compiler that differs.
mkdir -p "$work"
(cd "$root" && tar -cf "$work/tree.tar" CMakeLists.txt CMakePresets.json core wasm)

folders=("$work/a" "$work/second-folder/b")
for folder in "${folders[@]}"; do
  rm -rf "$folder"
  mkdir -p "$folder/build" "$folder/js-bindings"
  tar -xf "$work/tree.tar" -C "$folder"
  ln -s "$root/js-bindings/node_modules" "$folder/js-bindings/node_modules"
  cp "$root/build/env.sh" "$folder/build/env.sh"
  echo "reproduce: building in $folder"
  bash "$folder/wasm/build.sh" "$@"
done

status=0
count=0
for file in "${folders[0]}"/build/wasm/*; do
  name=${file##*/}
  other=${folders[1]}/build/wasm/$name
  count=$((count + 1))
  if cmp -s "$file" "$other"; then
    printf 'same       %s  %s\n' "$(sha256sum "$file" | cut -c1-16)" "$name"
  else
    printf 'DIFFERENT  %s\n' "$name"
    status=1
  fi
done
[ "$count" -gt 0 ] || { echo "nothing was built"; status=1; }
# The released bytes are those of a build in the project's own folder.
for file in "$root"/build/wasm/*.wasm; do
  [ -f "$file" ] && [ -f "${folders[0]}/build/wasm/${file##*/}" ] || continue
  cmp -s "$file" "${folders[0]}/build/wasm/${file##*/}" || echo "note: build/wasm/${file##*/} differs (older build?)"
done
exit $status

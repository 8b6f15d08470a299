#!/bin/bash
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Builds the modules that ship, into build/wasm: all, or those of the named presets.
#
#   wasm/build.sh [wasm-verify wasm-infer wasm-infer-relaxed …]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ -r build/env.sh ] || { echo "no build/env.sh; run: make setup" >&2; exit 1; }
# shellcheck source=/dev/null
. build/env.sh
# Two builds at once would link over each other's output.
exec 9>build/.wasm.lock
flock 9
# With a compiler of the user's own a new warning must not be the end of the build.
werror=()
[ -z "${CI:-}" ] || werror=(-DASSAY_WERROR=ON)
presets=("$@")
# Modules with relaxed instructions share most objects with the plain ones before them: a compiler cache has them by then.
[ $# -gt 0 ] || presets=(wasm-verify wasm-zk wasm-infer wasm-infer-relaxed wasm-infer-simd-threads wasm-infer-relaxed-threads)

# A link has one thread and takes up to two minutes: beside it the next module is compiled.
link=
linked() { [ -z "$link" ] || wait "$link"; }
trap '[ -z "$link" ] || kill "$link" 2>/dev/null || true' EXIT
for preset in "${presets[@]}"; do
  # Configured before: ninja configures again by itself when a CMake file has changed.
  [ -f "build/$preset/build.ninja" ] && [ "${#werror[@]}" -eq 0 ] || cmake --preset "$preset" "${werror[@]}"
  cmake --build --preset "$preset" --target assay_wasm_libraries
  linked
  cmake --build --preset "$preset" --target assay_wasm_module &
  link=$!
done
linked
link=

#!/bin/bash
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Builds build/bench/mbedtls.mjs, the peer `mbedtls-wasm`, from the library that the wasm presets
# built (make package comes before).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
# shellcheck source=/dev/null
. build/env.sh
source=tests/bench/mbedtls/verify.c
library=build/deps/wasm/lib/libmbedtls.a
output=build/bench/mbedtls.mjs
[ -f "$library" ] || { echo "no $library; run: make package" >&2; exit 1; }
[ "$output" -nt "$source" ] && [ "$output" -nt "$library" ] && exit 0
mkdir -p build/bench
emcc -O3 -Ibuild/deps/wasm/include/mbedtls '-DMBEDTLS_CONFIG_FILE="assay_mbedtls_config.h"' "$source" "$library" \
  --no-entry -sSTRICT=1 -sMODULARIZE=1 -sEXPORT_ES6=1 -sSINGLE_FILE=1 -sENVIRONMENT=web,worker -sFILESYSTEM=0 \
  -sEXPORTED_RUNTIME_METHODS=HEAPU8 -o "$output"

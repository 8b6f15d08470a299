#!/bin/bash
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
#   check_refused.sh FILE COMPILER FLAG…
#
# Passes when FILE compiles with ALLOWED defined and, without it, is refused at one of its own lines
# for the reason that its "// Refused: regex" line gives.
set -euo pipefail
export LC_ALL=C
file=$1
shift
wanted=$(sed -n 's|^// Refused: ||p' "$file")
[ -n "$wanted" ] || { echo "FAIL $file: no line \"// Refused: …\""; exit 1; }
if ! output=$("$@" -DALLOWED "$file" 2>&1); then
  printf 'FAIL %s: refused with ALLOWED as well\n%s\n' "$file" "$output"
  exit 1
fi
if output=$("$@" "$file" 2>&1); then
  echo "FAIL $file: compiles"
  exit 1
fi
grep -F "${file##*/}:" <<<"$output" | grep -Eq "error: .*($wanted)" || {
  printf 'FAIL %s: refused for another reason than "%s"\n%s\n' "$file" "$wanted" "$output"
  exit 1
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes printable.generated.hpp: which code points Python's str.isprintable() rejects (receipt.md §3.5).
//
//   node core/receipt/generate_printable.mjs UnicodeData.txt
//
// UnicodeData.txt is that of Unicode 15.0.0 (Debian package unicode-data 15.0.0-1; its SHA-256 is checked).
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

const SHA256 = '806e9aed65037197f1ec85e12be6e8cd870fc5608b4de0fffd990f689f376a73'
const FIRST = 0x7f // everything below is decided without the table
const END = 0x110000
const REJECTED = new Set(['Cc', 'Cf', 'Cs', 'Co', 'Cn', 'Zl', 'Zp', 'Zs'])
const RUNS_PER_MARK = 32

const file = process.argv[2]
if (!file) {
  console.error('usage: node core/receipt/generate_printable.mjs UnicodeData.txt')
  process.exit(2)
}
const data = readFileSync(file)
if (createHash('sha256').update(data).digest('hex') !== SHA256) throw new Error(`${file} is not the one of Unicode 15.0.0`)

/** Code points that are not listed are Cn. */
const printable = new Uint8Array(END)
let first = null
for (const line of data.toString('latin1').trim().split('\n')) {
  const [code, name, category] = line.split(';')
  const point = Number.parseInt(code, 16)
  if (name.endsWith(', First>')) {
    first = point
    continue
  }
  const from = name.endsWith(', Last>') ? first : point
  printable.fill(REJECTED.has(category) ? 0 : 1, from, point + 1)
}

const bytes = []
const marks = []
let count = 0
for (let at = FIRST; at < END; count += 1) {
  if (count % RUNS_PER_MARK === 0) marks.push([at, bytes.length])
  let end = at
  while (end < END && printable[end] === printable[at]) end += 1
  if (printable[at] !== count % 2) throw new Error('runs do not alternate')
  for (let length = end - at; ; length >>>= 7) {
    bytes.push((length & 0x7f) | (length > 0x7f ? 0x80 : 0))
    if (length <= 0x7f) break
  }
  at = end
}

const rows = (items, perRow) =>
  items.reduce((text, item, i) => text + (i % perRow === 0 ? '\n   ' : '') + ` ${item},`, '')
writeFileSync(
  new URL('printable.generated.hpp', import.meta.url),
  `// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Made by generate_printable.mjs from Unicode 15.0.0; do not edit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace assay::receipt::printable {

/// Lengths of the runs from U+007F on, in LEB128: not printable, printable, not printable, …
inline constexpr std::array<std::uint8_t, ${bytes.length}> RUNS = {${rows(bytes, 20)}
};

/// Where every ${RUNS_PER_MARK}th run begins: a run that is not printable.
struct Mark {
    char32_t code_point;
    std::uint16_t offset; ///< in RUNS
};

inline constexpr std::array<Mark, ${marks.length}> MARKS = {{${rows(marks.map(([point, offset]) => `{0x${point.toString(16)}, ${offset}}`), 5)}
}};

} // namespace assay::receipt::printable
`,
)
console.log(`${count} runs, ${bytes.length} bytes, ${marks.length} marks`)

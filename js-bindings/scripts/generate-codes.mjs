// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes src/errors/codes.generated.ts and docs/codes.md from core/base/error_codes.def.
//
//   node generate-codes.mjs [--check]     --check compares instead of writing; exit 1 when they differ
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SOURCE = new URL('../../core/base/error_codes.def', import.meta.url)
const TYPES = new URL('../src/errors/codes.generated.ts', import.meta.url)
const DOCS = new URL('../docs/codes.md', import.meta.url)

const CATEGORIES = {
  malformed: 'the bytes are not what they claim to be',
  rejected: 'well-formed, but a check failed: treat as an attack',
  policy: 'genuine, but stale or not what the caller asked for: the user or the application decides',
  unsupported: 'an operator, curve or version that this build does not handle',
  limit: 'a size, depth or work limit',
  usage: 'the call itself is unusable: fix the code',
  load: 'an asset could not be loaded: retry or fix the deployment',
  internal: 'a trap or a bug of Assay',
}

/**
 * Rows of the list; anything that looks like a row and is not one is an error. `reserved`: the reason that a comment
 * "// Reserved: …" on the line before gives; nothing gives such a code yet.
 */
export function readCodes(text) {
  const rows = []
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('X')) continue
    const match = /^X\(([A-Z][A-Z0-9_]*), (\d+), ([a-z]+), "((?:[^"\\])*)"\)$/.exec(line)
    if (!match) throw new Error(`error_codes.def:${index + 1}: not a row: ${line}`)
    const [, name, number, category, message] = match
    if (!(category in CATEGORIES)) throw new Error(`error_codes.def:${index + 1}: category ${category}`)
    const previous = rows.at(-1)
    if (previous && previous.number >= Number(number)) throw new Error(`error_codes.def:${index + 1}: numbers must rise`)
    if (rows.some((row) => row.name === name)) throw new Error(`error_codes.def:${index + 1}: ${name} again`)
    const reserved = /^\/\/ Reserved: (.+)$/.exec(lines[index - 1] ?? '')?.[1]
    rows.push({ name, number: Number(number), category, message, reserved })
  }
  if (rows.length === 0) throw new Error('error_codes.def has no rows')
  return rows
}

function typesOf(rows) {
  return `// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Generated from core/base/error_codes.def by scripts/generate-codes.mjs; not edited by hand.

/** Number (the same in the WebAssembly interface) and category of each code. */
export const CODE_TABLE = {
${rows.map((row) => `  ${row.name}: [${row.number}, '${row.category}'],`).join('\n')}
} as const

/** What each code means, in one line. */
export const CODE_MESSAGES: { readonly [code in keyof typeof CODE_TABLE]: string } = {
${rows.map((row) => `  ${row.name}: ${JSON.stringify(row.message).replaceAll("'", "\\'").replace(/^"|"$/g, "'")},`).join('\n')}
}
`
}

function docsOf(rows) {
  const count = new Map()
  for (const { category } of rows) count.set(category, (count.get(category) ?? 0) + 1)
  return `# Error codes

Generated from \`core/base/error_codes.def\` by \`js-bindings/scripts/generate-codes.mjs\`. A code is spelled the same in C++, JSON,
TypeScript and here, and has exactly one category; the text may change, the code may not.

| category | who acts | codes |
| --- | --- | --- |
${Object.entries(CATEGORIES).map(([name, meaning]) => `| \`${name}\` | ${meaning} | ${count.get(name) ?? 0} |`).join('\n')}

| code | category | meaning | number |
| --- | --- | --- | --- |
${rows.map((row) => `| <a id="${row.name.toLowerCase()}"></a>\`${row.name}\` | ${row.category} | ${row.message}${row.reserved ? ` (reserved: ${row.reserved})` : ''} | ${row.number} |`).join('\n')}
`
}

function main() {
  const rows = readCodes(readFileSync(SOURCE, 'utf8'))
  const outputs = [[TYPES, typesOf(rows)], [DOCS, docsOf(rows)]]
  const check = process.argv.includes('--check')
  let stale = 0
  for (const [url, text] of outputs) {
    if (!check) {
      writeFileSync(url, text)
      continue
    }
    let present = ''
    try {
      present = readFileSync(url, 'utf8')
    } catch {
      // a missing file is a stale one
    }
    if (present === text) continue
    stale += 1
    console.error(`${fileURLToPath(url)} is not what error_codes.def says; run: npm --prefix js-bindings run codes`)
  }
  if (stale > 0) process.exit(1)
  console.log(`${rows.length} codes ${check ? 'up to date' : 'written'}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()

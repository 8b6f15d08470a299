// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes the vectors of ../<family>/ and ../SHA256SUMS; `--check` compares instead and exits 1 on a difference.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as eip712 from './eip712.mjs'
import * as merkle from './merkle.mjs'
import * as nitro from './nitro.mjs'
import * as ohttp from './ohttp.mjs'
import * as receiptProfiles from './receipt_profiles.mjs'
import * as receipts from './receipts.mjs'
import * as secp256k1 from './secp256k1.mjs'

const checking = process.argv.includes('--check')
// Non-ASCII is escaped, so that any JSON reader gives the same text.
const line = (row) => JSON.stringify(row).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

const files = new Map()
for (const [name, rows] of Object.entries({ ...eip712.files, ...merkle.files, ...nitro.files, ...ohttp.files, ...receiptProfiles.files, ...receipts.files, ...secp256k1.files }))
  files.set(name, `${rows.map(line).join('\n')}\n`)
files.set('SHA256SUMS', [...files].map(([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`).sort().join(''))

for (const [name, text] of files) {
  const path = fileURLToPath(new URL(`../${name}`, import.meta.url))
  if (!checking) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`tests/vectors/${name} differs from what generate.mjs makes`)
    process.exitCode = 1
  }
}
console.log(`${files.size} files, ${[...files.values()].reduce((sum, text) => sum + text.length, 0)} bytes`)

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `bn254`: EIP-196 and EIP-197. The files hold no codes: an output, or a failure.
import { BadFile, hex, need, readJson } from '../files.mjs'
import { compare } from './compare.mjs'

export const name = 'bn254'
export const required = ['index.json']
export const ignored = /^index\.json$/

export function load(folder, file) {
  const listed = readJson(folder, 'index.json').files.find((entry) => entry.file === file)
  if (listed === undefined) throw new BadFile(`${file}: not in index.json`)
  return readJson(folder, file).map((entry, i) => {
    const { Input, Expected } = need(entry, ['Input'], `${file}, case ${i}`)
    const expect = typeof Expected === 'string' ? { ok: true } : { ok: false }
    return {
      id: entry.Name ?? String(i),
      run: async (engine) => compare(await engine.call('bn254', [Buffer.from(listed.op), new Uint8Array(hex(Input, file))]), expect, (value) => [['output', Expected, value.output]]),
    }
  })
}

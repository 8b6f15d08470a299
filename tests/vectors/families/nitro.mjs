// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the families `nitro` (real documents, index.json) and `nitro_synth` (one row a document).
// attestation.md §1; a policy of null means authenticate.
import { base64, need, readBytes, readJson, readRows } from '../files.mjs'

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const ALIASES = { pcr_hash: 'og_pcr_hash' }
/** Members of an index entry that are claims of the document. */
const CLAIMS = new Set(['timestamp_ms', 'module_id', 'pcrs', 'public_key', 'user_data', 'nonce', 'og_pcr_hash', 'debug', 'certificates', 'leaf_not_before', 'leaf_not_after'])

const plain = (value) => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object')
    return JSON.stringify(Object.entries(value).map(([key, item]) => [Number(key), plain(item)]).sort((a, b) => a[0] - b[0]))
  return typeof value === 'string' ? value.replace(/^0x/, '') : String(value)
}

/** Names the first claim that differs from the recorded one; `required` ones must be there. */
function claimFault(value, recorded, required) {
  const claims = new Map(Object.entries(value ?? {}).map(([name, item]) => [ALIASES[snake(name)] ?? snake(name), item]))
  for (const name of required) if (!claims.has(name)) return `no claim ${name}`
  for (const [name, item] of claims) {
    if (!CLAIMS.has(name) || !Object.hasOwn(recorded, name)) continue
    if (plain(item) !== plain(recorded[name])) return `${name} ${plain(item)}, want ${plain(recorded[name])}`
  }
  return null
}

function nitroCase(id, document, root, entry, recorded, required) {
  const options = {
    now: entry.now,
    ...(entry.policy === null ? {} : { policy: { ...entry.policy, ...(root ? { root } : {}) } }),
    ...(entry.policy === null && root ? { root } : {}),
  }
  const call = { document, options: new TextEncoder().encode(JSON.stringify(options)), root: root ? base64(root.der, id) : new Uint8Array(0) }
  return {
    id,
    run: async (engine) => {
      const verb = entry.policy === null ? 'authenticateNitro' : 'verifyNitro'
      for (const path of engine.nitroPaths) {
        const verdict = await engine[verb](call, path)
        const got = verdict.ok ? 'OK' : verdict.code
        if (got !== entry.expect) return { expected: entry.expect, got: `${got} (${path})` }
        const fault = verdict.ok ? claimFault(verdict.value, recorded, required) : null
        if (fault !== null) return { expected: 'OK', got: `OK with ${fault} (${path})` }
      }
      return null
    },
  }
}

function loadIndex(folder, file) {
  const index = need(readJson(folder, file), ['root', 'documents'], file)
  const root = { name: 'pinned root', der: Buffer.from(readBytes(folder, index.root)).toString('base64') }
  return index.documents.flatMap((document) => {
    need(document, ['file', 'cases'], file)
    const bytes = readBytes(folder, document.file)
    return document.cases.map((entry, i) =>
      nitroCase(`${document.file}/${i}`, bytes, root, need(entry, ['now', 'policy', 'expect'], document.file), document,
        ['timestamp_ms', 'module_id', 'pcrs']))
  })
}

const loadSynthetic = (folder, file) =>
  readRows(folder, file).map((row, i) => {
    const where = `${file}, row ${i}`
    need(row, ['id', 'doc_b64', 'root_der_b64', 'now', 'policy', 'expect'], where)
    const root = { name: 'synthetic root', der: row.root_der_b64 }
    return nitroCase(row.id, base64(row.doc_b64, where), root, row, row, ['timestamp_ms', 'pcrs'])
  })

export const nitro = {
  name: 'nitro',
  ignored: /\.(cose|der)$/,
  required: ['index.json'],
  load: (folder, file) => (file === 'index.json' ? loadIndex(folder, file) : null),
}

export const nitroSynth = {
  name: 'nitro_synth',
  load: (folder, file) => (file.endsWith('.jsonl') ? loadSynthetic(folder, file) : null),
}

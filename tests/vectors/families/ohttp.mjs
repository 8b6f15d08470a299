// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `ohttp` (receipt.md §11 heartbeat, §12).
import { base64, BadFile, hex, need, readBytes, readJson } from '../files.mjs'
import { compare } from './compare.mjs'

const text = (value) => new TextEncoder().encode(value)
const NONE = new Uint8Array(0)

function requestCase(row, where) {
  need(row, ['key_id', 'ikm_e', 'sk_r', 'pk_r', 'plaintext', 'wire', 'expect'], where)
  const id = new Uint8Array([row.key_id])
  const context = (value) => [
    ['enc', row.enc, value.context.enc],
    ['response secret', row.response_secret, value.context.responseSecret],
    ['chunked response secret', row.chunked_response_secret, value.context.chunkedResponseSecret],
  ]
  return async (engine) => {
    const sealed = await engine.call('seal_ohttp_request_to_key', [id, hex(row.pk_r, where), hex(row.plaintext, where), hex(row.ikm_e, where)])
    const fault = compare(sealed, row.expect, (value) => [['wire', row.wire, value.request], ...context(value)])
    if (fault) return fault
    const opened = await engine.call('open_ohttp_request', [id, hex(row.sk_r, where), hex(row.wire, where)])
    return compare(opened, row.expect, (value) => [['plaintext', row.plaintext, value.plaintext], ...context(value)])
  }
}

/** Rows with a wire must fail to open, rows with only a key must fail to seal. */
function badRequestCase(row, where) {
  need(row, ['expect', ...(row.wire === undefined ? ['pk_r'] : ['key_id', 'sk_r'])], where)
  const call = row.wire === undefined
    ? ['seal_ohttp_request_to_key', [new Uint8Array([row.key_id ?? 1]), hex(row.pk_r, where), text('{}'), new Uint8Array(32).fill(7)]]
    : ['open_ohttp_request', [new Uint8Array([row.key_id]), hex(row.sk_r, where), hex(row.wire, where)]]
  return async (engine) => compare(await engine.call(...call), row.expect)
}

/** receipt.md §12.4: fewer bytes than nonce and tag are malformed. Where a row says otherwise the text decides. */
const REPLY_BYTES = 48
const contradictsText = (row) =>
  row.wire?.length < 2 * REPLY_BYTES && row.expect?.code !== 'OHTTP_MALFORMED' ? `contradicts receipt.md §12.4: ${row.wire.length / 2} bytes` : null

function responseCase(row, where) {
  need(row, ['enc', 'response_secret', 'wire', 'expect'], where)
  const fields = [row.enc, row.response_secret, row.wire].map((value) => hex(value, where))
  return async (engine) =>
    compare(await engine.call('open_ohttp_response', fields), row.expect, (value) => [['plaintext', row.plaintext, value]])
}

/** The sizes in which a stream comes in: whole, byte by byte, and in pieces that differ from run to run of the table. */
function* pieces(length, how, seed) {
  let state = seed
  for (let at = 0; at < length; ) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    const size = how === 'whole' ? length : how === 'bytes' ? 1 : 1 + (state >>> 16) % 97
    yield [at, Math.min(length, at + size)]
    at += size
  }
}

/** Feeds a stream as a reader does: what was not consumed comes again, and only when it can be of use. */
async function feed(engine, context, wire, how, seed) {
  let state = NONE
  let from = 0
  let wanted = 0
  const chunks = []
  for (const [, to] of pieces(wire.length, how, seed)) {
    if (to - from < wanted) continue
    const verdict = await engine.call('open_ohttp_chunks', [...context, state, wire.subarray(from, to), text('more')])
    if (!verdict.ok) return verdict
    state = new Uint8Array(Buffer.from(verdict.value.state, 'hex'))
    from += verdict.value.consumed
    wanted = verdict.value.wanted
    chunks.push(...verdict.value.chunks)
  }
  const verdict = await engine.call('open_ohttp_chunks', [...context, state, wire.subarray(from), text('end')])
  return verdict.ok ? { ok: true, value: [...chunks, ...verdict.value.chunks] } : verdict
}

function chunkedCase(row, where, i) {
  need(row, ['enc', 'chunked_response_secret', 'wire', 'expect'], where)
  const context = [row.enc, row.chunked_response_secret].map((value) => hex(value, where))
  const wire = hex(row.wire, where)
  return async (engine) => {
    for (const how of ['whole', 'bytes', 'pieces']) {
      const verdict = await feed(engine, context, wire, how, i + 1)
      const fault = compare(verdict, row.expect, (chunks) => [['chunks', JSON.stringify(row.chunks), JSON.stringify(chunks)]])
      if (fault) return { ...fault, got: `${fault.got} (${how})` }
    }
    return null
  }
}

function keyConfigCase(row, where) {
  need(row, ['key_config', 'expect'], where)
  return async (engine) =>
    compare(await engine.call('read_ohttp_key_config', [hex(row.key_config, where)]), row.expect, (value) => [
      ['key id', row.key_id, value.keyId],
      ['public key', row.public_key, value.publicKey],
    ])
}

function configCase(row, where) {
  need(row, ['spki_der_b64', 'config', 'expect'], where)
  const fields = [text(JSON.stringify(row.config)), base64(row.spki_der_b64, where)]
  return async (engine) =>
    compare(await engine.call('verify_ohttp_config', fields), row.expect, (value) => [
      ['config hash', row.config_hash, value.configHash.slice(2)],
    ])
}

function heartbeatCase(row, where) {
  need(row, ['spki_der_b64', 'tee_id', 'timestamp', 'signature', 'ok'], where)
  const message = `{"tee_id":${JSON.stringify(row.tee_id)},"timestamp":${row.timestamp},"signature":${JSON.stringify(row.signature)}}`
  const code = /other tee_id/.test(row.note ?? '') ? 'RECEIPT_TEE_ID_MISMATCH' : 'HEARTBEAT_SIGNATURE_INVALID'
  return async (engine) => {
    const fields = [text(message), base64(row.spki_der_b64, where), text('{"now":0}')]
    return compare(await engine.call('verify_heartbeat', fields), row.ok ? { ok: true } : { ok: false, code }, (value) => [
      ['timestamp', row.timestamp, value.timestamp],
      ['tee_id', row.tee_id, value.teeId],
    ])
  }
}

/** RFC 9180 appendix A.2.1: the sender's messages and exports. */
function hpkeCase(content, file) {
  const { setup, encryptions, exports: exported } = need(content, ['setup', 'encryptions', 'exports'], file)
  const bytes = (value) => hex(value, file)
  const number = (value) => new Uint8Array([Number(value) >> 8, Number(value)])
  const sender = [bytes(setup.pkRm), bytes(setup.ikmE), bytes(setup.info)]
  return async (engine) => {
    for (const row of encryptions) {
      const verdict = await engine.call('hpke_seal', [...sender, number(row['sequence number']), bytes(row.aad), bytes(row.pt)])
      const fault = compare(verdict, { ok: true }, (value) => [['enc', setup.enc, value.enc], ['ct', row.ct, value.ct]])
      if (fault) return fault
    }
    for (const row of exported) {
      const verdict = await engine.call('hpke_export', [...sender, bytes(row.exporter_context), number(row.L)])
      const fault = compare(verdict, { ok: true }, (value) => [['export', row.exported_value, value]])
      if (fault) return fault
    }
    return null
  }
}

/** Rows whose timestamps may exceed what a JavaScript number holds: they stay as digits. */
function heartbeatRows(folder, file) {
  const source = new TextDecoder('utf-8', { fatal: true }).decode(readBytes(folder, file))
  try {
    return JSON.parse(source.replace(/("timestamp"\s*:\s*)(\d+)/g, '$1"$2"'))
  } catch (error) {
    throw new BadFile(`${file}: ${error.message}`)
  }
}

const ROWS = [
  [/^requests_bad.*\.json$/, badRequestCase],
  [/^requests.*\.json$/, requestCase],
  [/^responses.*\.json$/, responseCase],
  [/^chunked.*\.json$/, chunkedCase],
  [/^key_config.*\.json$/, keyConfigCase],
  [/^config_signature.*\.json$/, configCase],
  [/^heartbeat.*\.json$/, heartbeatCase, heartbeatRows],
]

export const name = 'ohttp'

export function load(folder, file) {
  if (/^rfc9180_.*\.json$/.test(file)) return [{ id: 'hpke', run: hpkeCase(readJson(folder, file), file) }]
  const [, make, read = readJson] = ROWS.find(([pattern]) => pattern.test(file)) ?? []
  if (!make) return null
  const rows = read(folder, file)
  if (!Array.isArray(rows)) throw new BadFile(`${file}: not a list`)
  return rows.map((row, i) => {
    const id = row.note === undefined ? i : `${i} ${row.note}`
    const disputed = make === responseCase ? contradictsText(row) : null
    return disputed ? { id, notBuilt: disputed, disputed } : { id, run: make(row, `${file}, row ${i}`, i) }
  })
}

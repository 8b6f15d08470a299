// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Receipts as a gateway signs them (receipt.md §1, §3.2, §5): an own writer of the canonical text, for
// values whose numbers this file itself spells, and the signing.
import { keccak256 } from './keccak.mjs'
import { signPss } from './rsa.mjs'

/** A number token that the canonical text shows as `text`. */
export class Token {
  constructor(text) {
    this.text = text
  }
}

const compareCodePoints = (a, b) => Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
const quote = (text) =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** json.dumps(value, sort_keys=True); integers only, other numbers as Token. */
export function canonical(value) {
  if (value instanceof Token) return value.text
  if (value === null || typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value)
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.keys(value).sort(compareCodePoints).map((name) => `${quote(name)}: ${canonical(value[name])}`).join(', ')}}`
  throw new TypeError('no canonical text')
}

const u256 = (value) => Buffer.from(BigInt(value).toString(16).padStart(64, '0'), 'hex')
export const teeId = (spki) => `0x${keccak256(spki).toString('hex')}`

/** The five receipt members. `signed` and `written` differ only where a test wants a lie. */
export function receiptMembers({ key, committed, output, timestamp, saltLength, trailer }) {
  const requestHash = keccak256(Buffer.from(committed, 'latin1'))
  const outputHash = keccak256(Buffer.from(output, 'utf8'))
  const message = keccak256(Buffer.concat([requestHash, outputHash, u256(timestamp)]))
  return {
    tee_signature: signPss(key, message, { saltLength, trailer }).toString('base64'),
    tee_request_hash: requestHash.toString('hex'),
    tee_output_hash: outputHash.toString('hex'),
    tee_timestamp: timestamp,
    tee_id: teeId(key.spki),
  }
}

/** A plain chat reply. */
export const chatReply = (message, finishReason, receipt, more = {}) => ({
  id: 'chatcmpl-assay', object: 'chat.completion', created: receipt.tee_timestamp, model: 'gpt-4.1',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finishReason }],
  usage: { prompt_tokens: 21, completion_tokens: 9, total_tokens: 30 },
  ...more,
  ...receipt,
})

/** The frames of a streamed text reply; the last carries the receipt. */
export function streamFrames(pieces, receipt, finishReason = 'stop') {
  const frame = (delta, finish, more = {}) =>
    `data: ${JSON.stringify({ id: 'chatcmpl-assay', object: 'chat.completion.chunk', created: receipt.tee_timestamp, model: 'gpt-4.1', choices: [{ index: 0, delta, finish_reason: finish }], ...more })}`
  return [
    ...pieces.map((piece, i) => frame(i === 0 ? { role: 'assistant', content: piece } : { content: piece }, null)),
    frame({}, finishReason, receipt),
    'data: [DONE]',
  ]
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rows of the family `ohttp` (receipt.md §11 heartbeat, §12): requests, replies whole and in chunks, key configurations
// and what signs them.
import { chunked, keyPair, request, response, varint } from './lib/hpke.mjs'
import { keccak256 } from './lib/keccak.mjs'
import { rsaKey, signPss } from './lib/rsa.mjs'
import { seeded } from './lib/seed.mjs'

const hex = (bytes) => Buffer.from(bytes).toString('hex')
const ok = { ok: true }
const no = (code) => ({ ok: false, code })
const flip = (bytes, at) => bytes.map((byte, i) => (i === (at + bytes.length) % bytes.length ? byte ^ 1 : byte))
const word = (value) => Buffer.from(BigInt(value).toString(16).padStart(64, '0'), 'hex')

const gateway = keyPair(seeded('ohttp gateway', 32))
const KEY_ID = 7
const sealed = (label, plaintext, keyId = KEY_ID) => ({ ikm: seeded(`ohttp ephemeral ${label}`, 32), plaintext, keyId, ...request(keyId, gateway.public, seeded(`ohttp ephemeral ${label}`, 32), plaintext) })

const requests = [['empty', 0, 0], ['short', 1, 5], ['a block', 64, KEY_ID], ['long', 5000, 255]].map(([name, length, keyId]) => {
  const { ikm, plaintext, wire, enc, responseSecret, chunkedSecret } = sealed(name, seeded(`ohttp text ${name}`, length), keyId)
  return {
    name, key_id: keyId, ikm_e: hex(ikm), sk_r: hex(gateway.secret), pk_r: hex(gateway.public), plaintext: hex(plaintext), wire: hex(wire), enc: hex(enc),
    response_secret: hex(responseSecret), chunked_response_secret: hex(chunkedSecret), expect: ok,
  }
})

const asked = sealed('asked', Buffer.from('{"model":"gpt-4.1","messages":[]}'))
const { enc, responseSecret, chunkedSecret } = asked
const badWire = (note, wire, code) => ({ note, key_id: KEY_ID, sk_r: hex(gateway.secret), wire: hex(wire), expect: no(code) })
const requestsBad = [
  ...[['key id', 0], ['KEM', 2], ['KDF', 4], ['AEAD', 6]].map(([note, at]) => badWire(note, flip(asked.wire, at), 'OHTTP_SUITE_UNSUPPORTED')),
  ...[['enc', 7], ['text', 39], ['tag', -1]].map(([note, at]) => badWire(note, flip(asked.wire, at), 'OHTTP_DECRYPT_FAILED')),
  badWire('cut by one byte', asked.wire.subarray(0, -1), 'OHTTP_DECRYPT_FAILED'),
  badWire('54 bytes', asked.wire.subarray(0, 54), 'OHTTP_MALFORMED'),
  badWire('nothing', Buffer.alloc(0), 'OHTTP_MALFORMED'),
  badWire('low-order enc', Buffer.concat([asked.wire.subarray(0, 7), Buffer.alloc(32), asked.wire.subarray(39)]), 'OHTTP_DECRYPT_FAILED'),
  ...['00', '01'].map((first) => ({ note: `low-order key ${first}`, pk_r: first.padEnd(64, '0'), expect: no('OHTTP_KEY_INVALID') })),
]

const nonce = seeded('ohttp response nonce', 32)
const replyRow = (note, wire, expect, more = {}) => ({ note, enc: hex(enc), response_secret: hex(responseSecret), wire: hex(wire), ...more, expect })
const reply = response(enc, responseSecret, nonce, Buffer.from('{"choices":[]}'))
const responses = [
  ...['', 'x', 'y'.repeat(3000)].map((text) => replyRow(`${text.length} bytes`, response(enc, responseSecret, nonce, Buffer.from(text)), ok, { plaintext: hex(Buffer.from(text)) })),
  ...[['nonce', 0], ['text', 33], ['tag', -1]].map(([note, at]) => replyRow(note, flip(reply, at), no('OHTTP_DECRYPT_FAILED'))),
  replyRow('longer by a byte', Buffer.concat([reply, Buffer.from([0])]), no('OHTTP_DECRYPT_FAILED')),
  replyRow('47 bytes', reply.subarray(0, 47), no('OHTTP_MALFORMED')),
  replyRow('sealed for chunks', response(enc, chunkedSecret, nonce, Buffer.from('{}')), no('OHTTP_DECRYPT_FAILED')),
]

const chunkRow = (note, wire, expect, chunks) => ({ note, enc: hex(enc), chunked_response_secret: hex(chunkedSecret), wire: hex(wire), ...(chunks ? { chunks: chunks.map(hex) } : {}), expect })
const CHUNKS = [seeded('ohttp chunk 0', 10), seeded('ohttp chunk 1', 100), Buffer.alloc(0), seeded('ohttp chunk 3', 20000), seeded('ohttp chunk 4', 5)]
const stream = chunked(enc, chunkedSecret, nonce, CHUNKS)
const two = chunked(enc, chunkedSecret, nonce, CHUNKS.slice(0, 2))
const swapped = Buffer.concat([nonce, stream.subarray(32 + 27, 32 + 27 + 118), stream.subarray(32, 32 + 27), stream.subarray(32 + 27 + 118)])
const chunkedRows = [
  chunkRow('five chunks', stream, ok, CHUNKS),
  chunkRow('one final chunk', chunked(enc, chunkedSecret, nonce, [CHUNKS[0]]), ok, [CHUNKS[0]]),
  chunkRow('an empty final chunk', chunked(enc, chunkedSecret, nonce, [CHUNKS[0], Buffer.alloc(0)]), ok, [CHUNKS[0], Buffer.alloc(0)]),
  chunkRow('lengths in four bytes', chunked(enc, chunkedSecret, nonce, CHUNKS, 4), ok, CHUNKS),
  chunkRow('chunks in another order', swapped, no('OHTTP_DECRYPT_FAILED')),
  ...[['nonce', 0], ['first chunk', 40], ['last tag', -1]].map(([note, at]) => chunkRow(note, flip(stream, at), no('OHTTP_DECRYPT_FAILED'))),
  chunkRow('without its final chunk', two.subarray(0, 32 + 27), no('OHTTP_TRUNCATED')),
  chunkRow('ends inside a chunk', stream.subarray(0, 50), no('OHTTP_TRUNCATED')),
  chunkRow('ends inside a length', Buffer.concat([stream.subarray(0, 32 + 27), Buffer.from([0x40])]), no('OHTTP_TRUNCATED')),
  chunkRow('the final chunk as one of the others', Buffer.concat([two.subarray(0, 32 + 27), varint(116), two.subarray(32 + 28)]), no('OHTTP_DECRYPT_FAILED')),
  chunkRow('a chunk of 15 bytes', Buffer.concat([nonce, varint(15), Buffer.alloc(15)]), no('OHTTP_MALFORMED')),
  chunkRow('a chunk above 16 MiB', Buffer.concat([nonce, varint((1 << 24) + 1, 4)]), no('OHTTP_LIMIT')),
  chunkRow('31 bytes', nonce.subarray(1), no('OHTTP_MALFORMED')),
]

const suites = (...pairs) => Buffer.concat([Buffer.from([0, 4 * pairs.length]), ...pairs.map(([kdf, aead]) => Buffer.from([0, kdf, 0, aead]))])
const config = ({ keyId = KEY_ID, kem = 0x20, key = gateway.public, tail = suites([1, 3]) } = {}) => Buffer.concat([Buffer.from([keyId, 0, kem]), key, tail])
const configRow = (note, bytes, expect = { ...ok }) => ({ note, key_config: hex(bytes), ...(expect.ok ? { key_id: KEY_ID, public_key: hex(gateway.public) } : {}), expect })
const keyConfigs = [
  configRow('one suite', config()),
  configRow('ours is the second suite', config({ tail: suites([1, 1], [1, 3]) })),
  configRow('another KEM', config({ kem: 0x10 }), no('OHTTP_SUITE_UNSUPPORTED')),
  configRow('another suite', config({ tail: suites([2, 3]) }), no('OHTTP_SUITE_UNSUPPORTED')),
  configRow('a byte too many', Buffer.concat([config(), Buffer.from([0])]), no('OHTTP_MALFORMED')),
  configRow('a byte too few', config().subarray(0, -1), no('OHTTP_MALFORMED')),
  configRow('no suites', config({ tail: Buffer.from([0, 0]) }), no('OHTTP_MALFORMED')),
  configRow('half a suite', config({ tail: Buffer.from([0, 2, 0, 1]) }), no('OHTTP_MALFORMED')),
]

const enclave = rsaKey('ohttp enclave')
const teeId = keccak256(enclave.spki)
const CONTEXT = keccak256(Buffer.from('OPENGRADIENT_TEE_OHTTP_CONFIG_V1'))
/** §12.2; `signed` replaces what is hashed, `members` what is published. */
function signedConfig(note, expect, { signed = {}, members = {} } = {}) {
  const fields = { tee: teeId, key_id: KEY_ID, kem_id: 32, kdf_id: 1, aead_id: 3, key: gateway.public, config: config(), ...signed }
  const ids = [fields.key_id, fields.kem_id, fields.kdf_id, fields.aead_id].map(word)
  const hash = keccak256(Buffer.concat([CONTEXT, fields.tee, ...ids, keccak256(fields.key), keccak256(fields.config)]))
  const published = {
    tee_id: `0x${hex(teeId)}`, key_id: KEY_ID, kem_id: 32, kdf_id: 1, aead_id: 3, public_key: hex(gateway.public), key_config: config().toString('base64'),
    signature: signPss(enclave, hash).toString('base64'), ...members,
  }
  return { note, spki_der_b64: enclave.spki.toString('base64'), config: JSON.parse(JSON.stringify(published)), ...(expect.ok ? { config_hash: hex(hash) } : {}), expect }
}
const signature = (bytes) => ({ members: { signature: bytes.toString('base64') } })
const configs = [
  signedConfig('valid', ok),
  signedConfig('without a tee id', ok, { members: { tee_id: undefined } }),
  signedConfig('another tee id', no('RECEIPT_TEE_ID_MISMATCH'), { members: { tee_id: `0x${hex(flip(teeId, 0))}` } }),
  signedConfig('signed for another tee id', no('OHTTP_CONFIG_SIGNATURE_INVALID'), { signed: { tee: flip(teeId, 0) } }),
  signedConfig('signed for another key', no('OHTTP_CONFIG_SIGNATURE_INVALID'), { signed: { key: flip(gateway.public, 0) } }),
  signedConfig('another key id in key_config', no('OHTTP_CONFIG_MISMATCH'), { members: { key_config: config({ keyId: 8 }).toString('base64') } }),
  signedConfig('another key in key_config', no('OHTTP_CONFIG_MISMATCH'), { members: { key_config: config({ key: flip(gateway.public, 3) }).toString('base64') } }),
  signedConfig('another signature hash', no('OHTTP_CONFIG_MISMATCH'), { members: { signature_hash: `0x${'11'.repeat(32)}` } }),
  signedConfig('no signature', no('OHTTP_MALFORMED'), { members: { signature: undefined } }),
  signedConfig('signature of zeros', no('OHTTP_CONFIG_SIGNATURE_INVALID'), signature(Buffer.alloc(256))),
  signedConfig('a receipt\u2019s signature', no('OHTTP_CONFIG_SIGNATURE_INVALID'), signature(signPss(enclave, seeded('ohttp receipt', 32)))),
  signedConfig('a key of 31 bytes', no('OHTTP_MALFORMED'), { members: { public_key: hex(gateway.public.subarray(1)) } }),
]

function beat(note, valid, { timestamp = 1795000000, signed = timestamp, tee = teeId } = {}) {
  return {
    note, spki_der_b64: enclave.spki.toString('base64'), tee_id: `0x${hex(tee)}`, timestamp,
    signature: signPss(enclave, keccak256(Buffer.concat([teeId, word(signed)]))).toString('base64'), ok: valid,
  }
}
const heartbeats = [
  beat('valid', true),
  beat('timestamp 0', true, { timestamp: 0 }),
  beat('timestamp changed', false, { signed: 1795000001 }),
  beat('other tee_id', false, { tee: flip(teeId, 5) }),
]

/** One list a file. */
export const files = Object.fromEntries(
  Object.entries({ requests, requests_bad: requestsBad, responses, chunked: chunkedRows, key_config: keyConfigs, config_signature: configs, heartbeat: heartbeats })
    .map(([name, rows]) => [`ohttp/${name}.json`, [rows]]),
)

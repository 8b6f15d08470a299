// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// HPKE base mode (RFC 9180) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20-Poly1305, and the OHTTP messages
// of receipt.md §12 made of it. Node does X25519 and the cipher.
import { createCipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto'

const NONE = Buffer.alloc(0)
const KEM = Buffer.from('4b454d0020', 'hex')
const SUITE = Buffer.concat([Buffer.from('HPKE'), Buffer.from('002000010003', 'hex')])
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex')
const SPKI = Buffer.from('302a300506032b656e032100', 'hex')

const u16 = (value) => Buffer.from([value >> 8, value & 255])
const extract = (salt, ikm) => createHmac('sha256', salt).update(ikm).digest()

function expand(prk, info, length) {
  const parts = []
  for (let block = NONE, i = 1; parts.length * 32 < length; i += 1) {
    block = createHmac('sha256', prk).update(Buffer.concat([block, info, Buffer.from([i])])).digest()
    parts.push(block)
  }
  return Buffer.concat(parts).subarray(0, length)
}

const labeledExtract = (suite, salt, label, ikm) => extract(salt, Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), ikm]))
const labeledExpand = (suite, prk, label, info, length) => expand(prk, Buffer.concat([u16(length), Buffer.from('HPKE-v1'), suite, Buffer.from(label), info]), length)

/** DeriveKeyPair (RFC 9180 §7.1.3). */
export function keyPair(ikm) {
  const secret = labeledExpand(KEM, labeledExtract(KEM, NONE, 'dkp_prk', ikm), 'sk', NONE, 32)
  const node = createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' })
  return { secret, node, public: createPublicKey(node).export({ format: 'der', type: 'spki' }).subarray(-32) }
}

export function seal(key, nonce, aad, plaintext) {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  cipher.setAAD(aad, { plaintextLength: plaintext.length })
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** SetupBaseS with the ephemeral pair of `ikm`; the first message sealed and what is exported. */
export function sender(recipient, ikm, info) {
  const ephemeral = keyPair(ikm)
  const shared = diffieHellman({ privateKey: ephemeral.node, publicKey: createPublicKey({ key: Buffer.concat([SPKI, recipient]), format: 'der', type: 'spki' }) })
  const secret = labeledExpand(KEM, labeledExtract(KEM, NONE, 'eae_prk', shared), 'shared_secret', Buffer.concat([ephemeral.public, recipient]), 32)
  const context = Buffer.concat([Buffer.from([0]), labeledExtract(SUITE, NONE, 'psk_id_hash', NONE), labeledExtract(SUITE, NONE, 'info_hash', info)])
  const prk = labeledExtract(SUITE, secret, 'secret', NONE)
  const [key, nonce, exporter] = [['key', 32], ['base_nonce', 12], ['exp', 32]].map(([label, length]) => labeledExpand(SUITE, prk, label, context, length))
  return {
    enc: ephemeral.public,
    seal: (plaintext) => seal(key, nonce, NONE, plaintext),
    export: (label) => labeledExpand(SUITE, exporter, 'sec', Buffer.from(label), 32),
  }
}

/** receipt.md §12.3. */
export function request(keyId, recipient, ikm, plaintext) {
  const header = Buffer.concat([Buffer.from([keyId]), Buffer.from('002000010003', 'hex')])
  const made = sender(recipient, ikm, Buffer.concat([Buffer.from('message/bhttp request'), Buffer.from([0]), header]))
  return {
    wire: Buffer.concat([header, made.enc, made.seal(plaintext)]), enc: made.enc,
    responseSecret: made.export('message/bhttp response'), chunkedSecret: made.export('message/bhttp chunked response'),
  }
}

/** Key and base nonce of a reply (§12.4). */
function replyKeys(enc, secret, responseNonce) {
  const prk = extract(Buffer.concat([enc, responseNonce]), secret)
  return { key: expand(prk, Buffer.from('key'), 32), nonce: expand(prk, Buffer.from('nonce'), 12) }
}

export function response(enc, secret, responseNonce, plaintext) {
  const { key, nonce } = replyKeys(enc, secret, responseNonce)
  return Buffer.concat([responseNonce, seal(key, nonce, NONE, plaintext)])
}

/** QUIC variable-length integer in 1, 2 or 4 bytes. */
export function varint(value, size = value < 64 ? 1 : value < 16384 ? 2 : 4) {
  const bytes = Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex')
  bytes[0] |= { 1: 0, 2: 0x40, 4: 0x80 }[size]
  return bytes
}

/** The last of `chunks` is the final one. @param size bytes of each length; default: as few as it takes. */
export function chunked(enc, secret, responseNonce, chunks, size) {
  const { key, nonce } = replyKeys(enc, secret, responseNonce)
  const parts = chunks.map((chunk, i) => {
    const own = Buffer.from(nonce)
    own.writeUInt32BE((own.readUInt32BE(8) ^ i) >>> 0, 8)
    const final = i === chunks.length - 1
    const sealed = seal(key, own, final ? Buffer.from('final') : NONE, chunk)
    return Buffer.concat([final ? Buffer.from([0]) : varint(sealed.length, size), sealed])
  })
  return Buffer.concat([responseNonce, ...parts])
}

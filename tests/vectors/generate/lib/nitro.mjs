// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Nitro attestation documents under roots of our own (attestation.md §1.4, §1.6, §1.8).
import { createHash } from 'node:crypto'

import { encode, head } from './cbor.mjs'
import { ecKey, rawSignature, signMessage } from './ecdsa.mjs'
import { keccak256 } from './keccak.mjs'
import { seeded } from './seed.mjs'
import { certificate } from './x509.mjs'

const DAY = 86400
const sha256 = (bytes) => createHash('sha256').update(bytes).digest()

/**
 * A chain root → intermediates → leaf around the moment `now`, as `links` (one object per certificate, the
 * arguments of certificate()) so that a test may change any of them before build().
 */
export function chain(label, now, intermediates = 2) {
  const names = [`${label} root`]
  for (let i = 1; i <= intermediates; i += 1) names.push(`${label} intermediate ${i}`)
  names.push(`${label} enclave`)
  const keys = names.map((name) => ecKey(name))
  const links = names.map((subject, i) => ({
    subject,
    issuer: names[Math.max(i - 1, 0)],
    key: keys[i],
    issuerKey: keys[Math.max(i - 1, 0)],
    ca: i < names.length - 1,
    ...(i > 0 && i < names.length - 1 ? { pathLength: names.length - 2 - i } : {}),
    notBefore: i === 0 ? now - 1500 * DAY : i < names.length - 1 ? now - 10 * DAY : now - 600,
    notAfter: i === 0 ? now + 9000 * DAY : i < names.length - 1 ? now + 20 * DAY : now + 10200,
  }))
  return { links, leafKey: keys.at(-1), build: () => links.map(certificate) }
}

export const pcr = (label) => seeded(`pcr ${label}`, 48)
export const ogPcrHash = (pcrs) => keccak256(Buffer.concat([pcrs.get(0), pcrs.get(1), pcrs.get(2)]))
export const ogUserData = (tlsCertificate, signingSpki) =>
  Buffer.concat([Buffer.from([0x12, 0x20]), sha256(tlsCertificate), Buffer.from([0x12, 0x20]), sha256(signingSpki)])

/** The payload map in AWS's order; `fields` replaces or (undefined) removes members. */
export function payloadMap({ certificates, pcrs, timestamp, moduleId = 'i-0a55a9000000000000-enc0a55a90000000000' }, fields = {}) {
  const map = new Map(Object.entries({
    module_id: moduleId,
    digest: 'SHA384',
    timestamp,
    pcrs,
    certificate: certificates.at(-1),
    cabundle: certificates.slice(0, -1),
    public_key: null,
    user_data: null,
    nonce: null,
    ...fields,
  }))
  for (const [name, value] of map) if (value === undefined) map.delete(name)
  return map
}

/** COSE_Sign1 over payload bytes; every part may be given by the caller. */
export function coseSign1(leafKey, payload, { protectedBytes = Buffer.from('a1013822', 'hex'), unprotected = Buffer.from([0xa0]), signature, tagged = false, tail = Buffer.alloc(0) } = {}) {
  const bytes = (value) => Buffer.concat([head(2, value.length), value])
  const toSign = Buffer.concat([Buffer.from([0x84]), encode('Signature1'), bytes(protectedBytes), Buffer.from([0x40]), bytes(payload)])
  const made = signature ?? rawSignature(leafKey, signMessage(leafKey, toSign))
  return Buffer.concat([Buffer.from(tagged ? [0xd2, 0x84] : [0x84]), bytes(protectedBytes), unprotected, bytes(payload), bytes(made), tail])
}

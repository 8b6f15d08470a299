// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// X.509 certificates as AWS Nitro issues them (attestation.md §1.5), with every member open to change.
import { createHash } from 'node:crypto'

import { bits, boolean, explicit, integer, octets, oid, sequence, set, time, tlv, utf8 } from './der.mjs'
import { derSignature, signMessage } from './ecdsa.mjs'
import { seeded, toInteger } from './seed.mjs'

export const ECDSA_SHA384 = sequence(oid('1.2.840.10045.4.3.3'))
export const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))
export const DIGITAL_SIGNATURE = Buffer.from([7, 0x80])
export const CERTIFICATE_SIGN = Buffer.from([1, 0x86])

/** Distinguished name of one organisation and one common name. */
export const distinguishedName = (common) =>
  sequence(
    set(sequence(oid('2.5.4.10'), utf8('Assay Tests'))),
    set(sequence(oid('2.5.4.3'), utf8(common))),
  )

export const keyIdentifier = (key) => createHash('sha1').update(key.point).digest()
export const extension = (name, critical, value) =>
  sequence(oid(name), ...(critical ? [boolean(true)] : []), octets(value))
export const basicConstraints = (ca, pathLength) =>
  extension('2.5.29.19', true, sequence(...(ca ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])))
/** `usage`: number of unused bits, then the bits. */
export const keyUsage = (usage, critical = true) => extension('2.5.29.15', critical, tlv(0x03, usage))
export const subjectKeyIdentifier = (id) => extension('2.5.29.14', false, octets(id))
export const authorityKeyIdentifier = (id) => extension('2.5.29.35', false, sequence(tlv(0x80, id)))

/** The extensions that a CA or a leaf of a real chain has. */
export function usualExtensions({ key, issuerKey, ca, pathLength }) {
  return [
    ca ? basicConstraints(true, pathLength) : basicConstraints(false),
    ca ? keyUsage(CERTIFICATE_SIGN) : keyUsage(DIGITAL_SIGNATURE, false),
    subjectKeyIdentifier(keyIdentifier(key)),
    ...(issuerKey === key ? [] : [authorityKeyIdentifier(keyIdentifier(issuerKey))]),
  ]
}

/**
 * @param {object} c subject and issuer (common names), key, issuerKey, notBefore, notAfter (Unix seconds), and
 *   optionally ca, pathLength, extensions, version (0-based), algorithm, outerAlgorithm, spki, hash.
 */
export function certificate(c) {
  const algorithm = c.algorithm ?? ECDSA_SHA384
  const serial = toInteger(seeded(`serial ${c.subject} ${c.notBefore}`, 15)) | (1n << 100n)
  const body = sequence(
    ...(c.version === 0 ? [] : [explicit(0, integer(c.version ?? 2))]),
    integer(serial), algorithm, distinguishedName(c.issuer),
    sequence(time(c.notBefore), time(c.notAfter)), distinguishedName(c.subject),
    c.spki ?? c.key.spki,
    ...(c.version === 0 ? [] : [explicit(3, sequence(...(c.extensions ?? usualExtensions(c))))]),
  )
  const signature = derSignature(signMessage(c.issuerKey, body, c.hash ?? 'sha384'))
  return sequence(body, c.outerAlgorithm ?? algorithm, bits(c.changeSignature ? c.changeSignature(signature) : signature))
}

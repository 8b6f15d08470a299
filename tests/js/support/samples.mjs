// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The sample evidence of demo/samples, as inputs of verifyReceipt.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from './package.mjs'

const FOLDER = join(ROOT, 'demo/samples/evidence')
const bytes = (name) => new Uint8Array(readFileSync(join(FOLDER, name)))
const text = (name) => readFileSync(join(FOLDER, name), 'utf8')

export const { samples } = JSON.parse(text('samples.json'))

/** The input for one sample; a new object with new bytes each time. */
export function inputOf(sample) {
  const { request, request_is: requestIs, response, key } = JSON.parse(text(sample.receipt))
  return {
    request,
    requestIs,
    response,
    attestation: { document: bytes(sample.attestation), key: new Uint8Array(Buffer.from(key, 'base64')) },
    policy: text(sample.policy),
    now: sample.now,
  }
}

export const honest = () => inputOf(samples.find(({ id }) => id === 'honest'))

/** The sample policy in its JavaScript form. */
export function policyObject() {
  const file = JSON.parse(text('policy.json'))
  return {
    root: { name: file.root.name, der: new Uint8Array(Buffer.from(file.root.der, 'base64')) },
    measurements: file.measurements.map((pcrs) => ({ pcrs })),
    maxAgeS: file.max_age_s,
    maxSkewS: file.max_skew_s,
    profiles: file.profiles,
    ...(file.receipt ? { receipt: { maxAgeS: file.receipt.max_age_s, futureS: file.receipt.future_s } } : {}),
    ...(file.accept ? { accept: file.accept } : {}),
  }
}

/** Input of verifyNitroAttestation for the honest sample. */
export const honestNitro = () => {
  const { attestation, now } = honest()
  return { document: attestation.document, now, policy: policyObject() }
}

/** Input of authenticateNitro for the honest sample. */
export const genuineNitro = () => {
  const { document, now, policy } = honestNitro()
  return { document, now, root: policy.root }
}

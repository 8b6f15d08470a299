// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The honest sample and a sample model, as plain data for the applications under test.
import { readFileSync } from 'node:fs'

const evidence = (name) => readFileSync(new URL(`../../demo/samples/evidence/${name}`, import.meta.url))
const models = (name) => readFileSync(new URL(`../../demo/samples/models/${name}`, import.meta.url))

const { samples } = JSON.parse(evidence('samples.json'))
const honest = samples.find(({ id }) => id === 'honest')
const { request, request_is: requestIs, response, key } = JSON.parse(evidence(honest.receipt))
const reference = JSON.parse(models('price_move.ref.json'))

export const modelBytes = models(reference.model)
export const input = {
  receipt: { request, requestIs, response, policy: evidence(honest.policy).toString('utf8'), now: honest.now },
  document: evidence(honest.attestation).toString('base64'),
  key,
  model: {
    input: reference.input.name,
    output: reference.output.name,
    dims: reference.input.dims,
    data: reference.cases[0].input,
    expected: reference.cases[0].output,
  },
}

/** The input of verifyReceipt. */
export const receiptInput = () => ({
  ...input.receipt,
  attestation: { document: new Uint8Array(Buffer.from(input.document, 'base64')), key: new Uint8Array(Buffer.from(key, 'base64')) },
})

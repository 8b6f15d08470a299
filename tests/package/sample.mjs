// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The honest sample and a sample model, as plain data for the applications under test.
import { readFileSync } from 'node:fs'

import { honest } from '../js/support/samples.mjs'

const models = (name) => readFileSync(new URL(`../../demo/samples/models/${name}`, import.meta.url))

const base64 = (bytes) => Buffer.from(bytes).toString('base64')
const { attestation, ...receipt } = honest()
const reference = JSON.parse(models('price_move.ref.json'))

export const modelBytes = models(reference.model)
export const input = {
  receipt,
  document: base64(attestation.document),
  key: base64(attestation.key),
  model: {
    input: reference.input.name,
    output: reference.output.name,
    dims: reference.input.dims,
    data: reference.cases[0].input,
    expected: reference.cases[0].output,
  },
}

/** The input of verifyReceipt. */
export { honest as receiptInput } from '../js/support/samples.mjs'

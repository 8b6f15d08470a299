// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The sample models with their reference outputs.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from './package.mjs'

const FOLDER = join(ROOT, 'demo/samples/models')

export const references = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ref.json'))
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')))

export const modelBytes = (name) => new Uint8Array(readFileSync(join(FOLDER, name)))
export const modelUrl = (name) => new URL(`../../../demo/samples/models/${name}`, import.meta.url)

/** `using` is no syntax of Node 20. */
export function using_(model, work) {
  try {
    return work(model)
  } finally {
    model[Symbol.dispose]()
  }
}

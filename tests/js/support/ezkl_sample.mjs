// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// EZKL proofs that hold, under a ceremony whose secret is known (tests/vectors/generate/ezkl.cpp). Their circuit has public
// outputs 100, -101, 102, -103 at scale 7, and several digests: one for each thread count of the prover.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const FOLDER = new URL('../../vectors/ezkl/generated/', import.meta.url)
const bytes = (name) => new Uint8Array(readFileSync(new URL(name, FOLDER)))
const text = (name) => readFileSync(new URL(name, FOLDER), 'utf8')

export const pinOf = (data) => createHash('sha256').update(data).digest('hex')

export const SAMPLE = {
  key: bytes('vk.key'),
  settings: text('settings.json'),
  srs: bytes('sample.srs'),
  /** Compiled without a proof: it holds all digests. */
  descriptor: bytes('descriptor.bin'),
  proof: text('proof.json'),
  /** Of a prover with another thread count. */
  otherThreads: text('other_threads.json'),
  /** Claims another public value. */
  otherInstance: text('other_instance.json'),
}
export const INTEGERS = [100n, -101n, 102n, -103n]
export const SCALE = 7

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A bundle whose attestation is judged at the time of the registration that its registry part proves: the same verdict when
// the page's platform checks the P-384 signatures and when the core does. tests/vectors/registry_bundles.test.mjs has what it must not be.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { dist } from './support/package.mjs'
import { keccak, plus, word } from '../vectors/generate/lib/chain.mjs'
import { SPKI, T, TEE, hex, light, makeAttested, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const verify = await import(dist('verify/index.js'))

test('a stored document at the proven time of the registration, from every form', async () => {
  const registeredAt = T - 20_000
  const attested = makeAttested(registeredAt)
  const world = makeWorld({ registry: { pcrHash: attested.pcrHash, registeredAt } })
  const base = keccak(TEE, word(7))
  const record = keccak(attested.pcrHash, keccak(word(0), word(5)))
  const proof = world.state.getProof([word(2), plus(base, 5), plus(base, 6), plus(base, 7), plus(base, 8), record].map(hex))
  const bundle = (query) => JSON.stringify({
    assay: 1, attestation: { kind: 'nitro', document: attested.document(SPKI).toString('base64'), key: SPKI.toString('base64') },
    registry: { query: { height: '199', tee_id: hex(TEE), ...query }, evidence: { trusted: light(world.anchor), path: [light(world.tip)], proof } },
  })
  const { now, ...chain } = world.config
  const policy = JSON.stringify({ root: attested.root, measurements: [Object.fromEntries([0, 1, 2].map((i) => [i, attested.pcrs.get(i).toString('hex')]))], chain })
  const sync = await verify.loadVerifier()
  const verdict = await verify.verifyEvidence(bundle({ registered_at: true }), policy, { now })
  assert.equal(verdict.code ?? 'OK', 'OK')
  assert.equal(verdict.value.registry.registeredAt, BigInt(registeredAt))
  assert.deepEqual(sync.verifyEvidence(bundle({ registered_at: true }), policy, { now }), verdict)
  assert.equal((await verify.verifyEvidence(bundle({}), policy, { now })).code, 'NITRO_CERT_EXPIRED')
})

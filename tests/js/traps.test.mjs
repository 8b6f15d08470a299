// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What happens after a trap: TRAP for the call and for those in flight, a new instance for the next.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { copyWithModule, dist, wasmBytes } from './support/package.mjs'
import { takeApart, withTrap } from './support/patch_wasm.mjs'
import { genuineNitro, honest } from './support/samples.mjs'

const verify = await import(dist('verify/index.js'))

const { InternalError } = await import(dist('errors/index.js'))

const ECDSA = { publicKey: `0x02${'79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'}`, hash: `0x${'11'.repeat(32)}`, signature: `0x${'22'.repeat(64)}` }

/** verify.wasm with one of its larger functions replaced, so that verifyEcdsa traps and nothing else does. */
let trapping
before(async () => {
  const module = takeApart(wasmBytes())
  const bySize = module.bodies.map((body, index) => [body.length, index]).sort(([a], [b]) => b - a).slice(0, 150)
  for (const [, index] of bySize) {
    const bytes = withTrap(module, index)
    const outcome = await outcomeOf(new WebAssembly.Module(bytes))
    if (outcome === 'as wanted') {
      trapping = bytes
      return
    }
  }
  throw new Error('no function found whose loss only verifyEcdsa notices')
})

async function outcomeOf(compiled) {
  try {
    const verifier = await verify.loadVerifier({ wasm: compiled })
    if (!verifier.verifyReceipt(honest()).ok || !verifier.authenticateNitro(genuineNitro()).ok) return 'broken'
    try {
      verifier.verifyEcdsa(ECDSA)
      return 'unused'
    } catch (error) {
      return error.code === 'TRAP' ? 'as wanted' : 'broken'
    }
  } catch {
    return 'broken'
  }
}

test('sync: a trap is InternalError TRAP and the next call works', async () => {
  const verifier = await verify.loadVerifier({ wasm: new WebAssembly.Module(trapping) })
  for (let round = 0; round < 5; round += 1) {
    assert.throws(() => verifier.verifyEcdsa(ECDSA), (error) => {
      assert.ok(error instanceof InternalError)
      assert.equal(error.code, 'TRAP')
      assert.equal(error.category, 'internal')
      assert.ok(error.cause instanceof WebAssembly.RuntimeError)
      return true
    })
    for (const call of [() => verifier.assertEcdsa(ECDSA), () => verifier.isValidEcdsa(ECDSA)]) assert.throws(call, { code: 'TRAP' })
    assert.equal(verifier.verifyReceipt(honest()).ok, true)
  }
})

test('async: calls in flight while another traps end with TRAP, later ones work', async (t) => {
  const { url } = copyWithModule(t, trapping)
  const patched = await import(url('verify/index.js'))
  await patched.keccak256(new Uint8Array(1)) // the module is there
  const inFlight = [patched.verifyReceipt({ ...honest(), platform: 'webcrypto' }), patched.authenticateNitro({ ...genuineNitro(), platform: 'webcrypto' })]
  const settled = Promise.allSettled(inFlight)
  await null // both have asked WebCrypto
  const trap = patched.verifyEcdsa(ECDSA)
  await assert.rejects(trap, { code: 'TRAP', name: 'InternalError' })
  for (const { status, reason } of await settled) {
    assert.equal(status, 'rejected')
    assert.equal(reason.code, 'TRAP')
  }
  assert.equal((await patched.verifyReceipt(honest())).ok, true)
  assert.equal((await patched.authenticateNitro(genuineNitro())).ok, true)
})

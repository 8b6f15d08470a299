// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Chain verifiers of the synthetic chain, as the tests ask them.
import { dist } from './package.mjs'
import { CHAIN, REGISTRY, T, TEE, hex } from '../../vectors/generate/lib/synthetic.mjs'

const { createChainVerifier } = await import(dist('web/index.js'))

/** A verifier that starts at the world's checkpoint, of servers by their modes; `more` goes into its policy. */
export const verifierFor = (servers, world, comet, evm, more = {}, options = {}) =>
  createChainVerifier({
    policy: { chainId: CHAIN, checkpoint: { height: 100, headerHash: world.anchor.hash }, registry: { address: hex(REGISTRY) }, ...more },
    endpoints: { cometbft: servers.comet(...comet), evm: servers.evm(...evm) }, timeoutMs: 3000, totalMs: 8000, retries: 0, backoffMs: 10, ...options,
  })
export const tee = (verifier, options = {}) => verifier.verifyTee(hex(TEE), { now: T + 10, ...options })
export const codeOf = (verdict) => (verdict.ok ? `OK ${verdict.trust}` : verdict.code)

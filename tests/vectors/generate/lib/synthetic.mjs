// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A ready-made world over chain.mjs: a chain with a registered TEE, and the same bent in one way.
import { encode } from './cbor.mjs'
import { keccak, makeBlock, makeState, makeValidators, registryStorage, sha256 } from './chain.mjs'
import { chain, coseSign1, ogPcrHash, ogUserData, payloadMap, pcr } from './nitro.mjs'

export const T = 1_772_000_000
export const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`
export const CHAIN = '10740'
export const REGISTRY = Buffer.alloc(20, 0x42)
export const SPKI = Buffer.from('a key that nothing parses here')
export const TEE = keccak(SPKI)
export const PCR = sha256('pcr')
export const json = (value) => new TextEncoder().encode(JSON.stringify(value))
/** A block as nodes answer. */
export const light = ({ signed_header, validators }) => ({ signed_header, validators })

/** @param bend what differs: counts, sets, heights, times, words of the registry */
export function makeWorld(bend = {}) {
  const validators = bend.validators ?? makeValidators('world', bend.count ?? 4)
  const tipValidators = bend.tipValidators ?? validators
  const words = [...registryStorage({ teeId: TEE, pcrHash: PCR, heartbeat: T - 60, ...bend.registry }), ...(bend.words ?? [])]
  const state = makeState(REGISTRY, words.filter(([slot]) => !bend.without?.(slot)), bend.code, bend.behind)
  const chainId = bend.chainId ?? CHAIN
  const anchor = makeBlock({ chainId, height: 100, time: { seconds: T - 5000, nanos: 5 }, validators, appHash: sha256('old'), ...bend.anchor })
  const tip = makeBlock({ chainId, height: 200, time: { seconds: T, nanos: 7_000_000 }, validators: tipValidators, appHash: state.appHash, ...bend.tip })
  return { validators, state, anchor, tip, config: { chain_id: CHAIN, now: T + 10, trust: { height: '100', header_hash: anchor.hash }, registry: { address: hex(REGISTRY) } } }
}

/** A TEE's attestation under a root of our own, made when it was registered; `document(spki)` is one that binds that key. */
export function makeAttested(registeredAt) {
  const made = chain('Assay registered', registeredAt, 1)
  const certificates = made.build()
  const pcrs = new Map(Array.from({ length: 16 }, (_, i) => [i, i < 3 ? pcr(`registered ${i}`) : Buffer.alloc(48)]))
  const tls = Buffer.from('a TLS certificate')
  const document = (spki) => coseSign1(made.leafKey, encode(payloadMap({ certificates, pcrs, timestamp: (registeredAt - 5) * 1000 }, { user_data: ogUserData(tls, spki) })))
  return { root: { name: 'registered root', der: certificates[0].toString('base64') }, pcrs, pcrHash: ogPcrHash(pcrs), tls, document }
}

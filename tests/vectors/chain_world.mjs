// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the tests of chain state ask and of whom. ASSAY_TARGET and ASSAY_ENGINE as in evidence.test.mjs.
import { openNative } from './engines/native.mjs'
import { openWasm } from './engines/wasm.mjs'
import { PCR, REGISTRY, T, TEE, hex, json, light, makeAttested } from './generate/lib/synthetic.mjs'

export const REGISTERED_AT = T - 20_000
export const ATTESTED = makeAttested(REGISTERED_AT)

/** The engine, the slots that it asks for, and `flow`: config, query and evidence of a world. */
export async function openChain() {
  const engine = await (process.env.ASSAY_TARGET === 'wasm' ? openWasm : openNative)({ engine: process.env.ASSAY_ENGINE })
  const asked = await engine.call('registry_slots', [json({ registry: { address: hex(REGISTRY) }, tee_id: hex(TEE), tee_type: 0, pcr_hash: hex(PCR) })])
  const slots = asked.value
  const wanted = [slots.heartbeatMaxAge, slots.pcrHash, slots.flags, slots.lastHeartbeatAt, slots.pcrRecord]
  const flow = (world) => ({
    config: structuredClone(world.config), query: { height: '199', tee_id: hex(TEE) },
    evidence: structuredClone({ trusted: light(world.anchor), path: [light(world.tip)], proof: world.state.getProof(wanted) }),
  })
  return { engine, slots, wanted, flow }
}

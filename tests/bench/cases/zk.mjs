// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proofs of computation: one pairing, the systems of snarkjs, EZKL's bundles. Everybody starts from the files' texts, as an
// application has them, and checks the points' groups; ours also the pin.
import { async, sync } from '../measure.mjs'
import { same } from './primitives.mjs'

const need = (verdict) => {
  if (!verdict.ok) throw new Error(`assay says ${verdict.code}`)
  return verdict.value
}

/** Ours has pairings as EIP-197 has them: from bytes, with all checks, to whether the product is 1. */
async function pairing({ zkMachine, peers, versions, fixtures }) {
  const { input, p, q } = fixtures.pairing
  const operation = new TextEncoder().encode('pairing')
  await peers.mcl.init(peers.mcl.BN_SNARK1)
  const ours = () => need(JSON.parse(zkMachine.call('bn254', [operation, input]))).output
  const mcl = () => {
    const [a, b] = [new peers.mcl.G1(), new peers.mcl.G2()]
    a.setStr(`1 ${p.join(' ')}`)
    b.setStr(`1 ${q.join(' ')}`)
    if (!b.isValidOrder()) throw new Error('pairing: mcl refuses')
    return peers.mcl.pairing(a, b)
  }
  const [x0, x1, y0, y1] = q.map(BigInt)
  const noble = () => {
    const a = peers.bn254.G1.Point.fromAffine({ x: BigInt(p[0]), y: BigInt(p[1]) })
    const b = peers.bn254.G2.Point.fromAffine({ x: { c0: x0, c1: x1 }, y: { c0: y0, c1: y1 } })
    b.assertValidity()
    return peers.bn254.pairing(a, b)
  }
  // One pairing that is not 1, in all three.
  same('pairing', { assay: String(BigInt(`0x${ours()}`)), 'mcl-wasm': mcl().isOne() ? '1' : '0', '@noble/curves': peers.bn254.fields.Fp12.eql(noble(), peers.bn254.fields.Fp12.ONE) ? '1' : '0' })
  return {
    work: 'pairing',
    contenders: [sync('assay', '', ours), sync('mcl-wasm', versions['mcl-wasm'], mcl), sync('@noble/curves', versions['@noble/curves'], noble)],
  }
}

/** Groth16 as one would write it on mcl-wasm: everything that can be is one product of Miller loops. */
function mclGroth16({ mcl }, { vk, publicSignals, proof }) {
  const g1 = ([x, y]) => {
    const point = new mcl.G1()
    point.setStr(`1 ${x} ${y}`)
    return point
  }
  const g2 = ([[x0, x1], [y0, y1]]) => {
    const point = new mcl.G2()
    point.setStr(`1 ${x0} ${x1} ${y0} ${y1}`)
    if (!point.isValidOrder()) throw new Error('groth16: mcl refuses')
    return point
  }
  const [key, publics, { pi_a: a, pi_b: b, pi_c: c }] = [vk, publicSignals, proof].map((file) => JSON.parse(file))
  let sum = g1(key.IC[0])
  publics.forEach((value, i) => {
    const scalar = new mcl.Fr()
    scalar.setStr(value)
    sum = mcl.add(sum, mcl.mul(g1(key.IC[i + 1]), scalar))
  })
  const loops = [[mcl.neg(g1(a)), g2(b)], [sum, g2(key.vk_gamma_2)], [g1(c), g2(key.vk_delta_2)], [g1(key.vk_alpha_1), g2(key.vk_beta_2)]].map(([p, q]) => mcl.millerLoop(p, q))
  return mcl.finalExp(loops.reduce((left, right) => mcl.mul(left, right))).isOne()
}

async function snark({ zk, peers, versions, fixtures }, system) {
  const { vk, publicSignals, proof, pin } = fixtures.snark[system]
  const verify = zk[`verify${system[0].toUpperCase()}${system.slice(1)}Proof`]
  const ours = (signals) => verify({ vk, publicSignals: signals, proof, pin })
  const snarkjs = (signals) => peers.snarkjs[system].verify(JSON.parse(vk), JSON.parse(signals), JSON.parse(proof))
  const wrong = JSON.stringify(JSON.parse(publicSignals).map((value) => String(BigInt(value) + 1n)))
  const contenders = [sync('assay', '', () => need(ours(publicSignals))), async('snarkjs', versions.snarkjs, () => snarkjs(publicSignals))]
  const answers = async (signals) => ({ assay: String(ours(signals).ok), snarkjs: String(await snarkjs(signals)) })
  for (const signals of [publicSignals, wrong]) same(system, await answers(signals))
  if (system === 'groth16') {
    await peers.mcl.init(peers.mcl.BN_SNARK1)
    for (const signals of [publicSignals, wrong]) same(system, { assay: String(ours(signals).ok), 'mcl-wasm': String(mclGroth16(peers, { vk, publicSignals: signals, proof })) })
    contenders.push(sync('mcl-wasm', versions['mcl-wasm'], () => mclGroth16(peers, { vk, publicSignals, proof })))
    // Its points are prepared once a key: here each call has another one.
    const { others } = fixtures.snark.groth16
    let turn = 0
    contenders.splice(1, 0, { ...sync('assay', '', () => need(verify(others[turn++ % others.length]))), variant: 'new-key' })
  }
  return { work: system, contenders, threaded: true }
}

/**
 * Ours three times: from key and settings, as the peer, which a module reads once while it judges proofs under them; the same
 * read in every call, as it is without a pin; and from the descriptor that an application would ship.
 */
async function ezkl({ zk, ezklEngine, versions, fixtures }, id) {
  const { key, settings, proof, srs, pin } = fixtures.ezkl[id]
  const work = `ezkl/${id}`
  const extra = srs === undefined ? {} : { srs }
  const compiled = need(zk.compileEzklKey({ key, settings, proof, ...extra }))
  const byKey = () => need(zk.verifyEzklProof({ key, settings, proof, ...extra, pin }))
  const short = { descriptor: compiled.descriptor, proof, ...extra, pin: { descriptor: compiled.digest, ...(pin.srs === undefined ? {} : { srs: pin.srs }) } }
  const byDescriptor = () => need(zk.verifyEzklProof(short))
  const anew = () => need(zk.verifyEzklProofUnpinned({ key, settings, proof, ...extra }))
  same(work, { key: anew().keyDigest, descriptor: byDescriptor().keyDigest })
  // The settings of a build from source do not name its version: under a pin of files it is refused.
  const released = JSON.parse(new TextDecoder().decode(settings)).version !== '0.0.0'
  const contenders = [
    ...(released ? [sync('assay', '', byKey)] : []),
    { ...sync('assay', '', byDescriptor), variant: 'descriptor' }, { ...sync('assay', '', anew), variant: 'new-key' },
  ]
  const engine = await ezklEngine?.()
  if (engine) {
    const points = new Uint8ClampedArray(srs ?? fixtures.publicSrs)
    const theirs = () => {
      if (engine.verify(new Uint8ClampedArray(proof), new Uint8ClampedArray(key), new Uint8ClampedArray(settings), points) !== true) throw new Error(`${work}: the engine refuses`)
    }
    theirs()
    contenders.push(sync('@ezkljs/engine', versions['@ezkljs/engine'], theirs))
  }
  return { work, contenders }
}

/** @param fixtures what zkFixtures() found */
export const zkCases = (fixtures) => ({
  pairing,
  ...Object.fromEntries(Object.keys(fixtures.snark).map((system) => [system, (env) => snark(env, system)])),
  ...Object.fromEntries(Object.keys(fixtures.ezkl).map((id) => [`ezkl/${id}`, (env) => ezkl(env, id)])),
})

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Whole pieces of evidence: a Nitro document and a receipt, beside npm verifiers and the bare platform calls.
import { async, sync } from '../measure.mjs'
import { hex, same } from './primitives.mjs'

/** Runs `work` while `new Date()` and Date.now() say the document's moment; one peer asks the clock itself. */
function withClock(seconds) {
  const Real = globalThis.Date
  const now = seconds * 1000
  globalThis.Date = class extends Real {
    constructor(...args) {
      super(...(args.length ? args : [now]))
    }
    static now() {
      return now
    }
  }
  return () => {
    globalThis.Date = Real
  }
}

async function nitroDocument({ verifier, assay, peers, versions, fixtures, evervaultWasm }) {
  const { document, now, pcrs, tasks } = fixtures.nitro
  const base64 = btoa(String.fromCharCode(...document))
  const root = { name: 'bench root', der: fixtures.nitro.rootDer }
  const input = { document, now, policy: { measurements: [{ pcrs }], root } }

  const judge = async (asked) => {
    const verdict = await verifier.verifyNitroAttestation(asked)
    if (!verdict.ok) throw new Error(`nitro-document: assay says ${verdict.code}`)
    return verdict.value
  }
  const ours = () => judge(input)
  const rootDigest = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', fixtures.nitro.rootDer)))
  const tee = async () => {
    const attestation = peers.SignedAttestation.fromDocument(base64)
    const chain = await attestation.verifyRootOfTrust(new Date(now * 1000))
    const pinned = (await attestation.rootCertFingerprint()) === rootDigest
    const signed = await attestation.verifySignature()
    const measured = [0, 1, 2].every((index) => attestation.pcrs.get(index) === pcrs[index])
    if (!chain || !pinned || !signed || !measured) throw new Error('nitro-document: tee-verifier refuses')
    return attestation
  }
  const contenders = [async('assay', '', ours), async('@0xsequence/tee-verifier', versions['@0xsequence/tee-verifier'], tee)]
  same('nitro-document', { assay: (await ours()).pcrs[0], 'tee-verifier': (await tee()).pcrs.get(0) })

  if (fixtures.nitro.real) {
    await peers.evervault.default({ module_or_path: await evervaultWasm() })
    const list = () => {
      const copy = peers.evervault.PCRs.empty() // the call takes ownership
      for (const index of [0, 1, 2]) copy[`pcr${index}`] = pcrs[index]
      copy.hashAlgorithm = 'SHA384'
      return [copy]
    }
    contenders.push({
      name: '@evervault/wasm-attestation-bindings', version: versions['@evervault/wasm-attestation-bindings'],
      run: (count) => {
        const restore = withClock(now)
        try {
          for (let i = 0; i < count; i += 1)
            if (!peers.evervault.validateAttestationDocPcrs(base64, list())) throw new Error('nitro-document: evervault refuses')
        } finally {
          restore()
        }
      },
    })
  }

  // The floor: import five keys, verify five signatures, nothing parsed.
  const algorithm = { name: 'ECDSA', hash: 'SHA-384' }
  const curve = { name: 'ECDSA', namedCurve: 'P-384' }
  const floor = async () => {
    const results = await Promise.all(tasks.map(async ({ key, message, signature }) =>
      crypto.subtle.verify(algorithm, await crypto.subtle.importKey('raw', key, curve, false, ['verify']), signature, message)))
    if (!results.every(Boolean)) throw new Error('nitro-document: webcrypto refuses')
  }
  await floor()
  contenders.push(async('webcrypto', 'platform', floor))
  // By default the module checks P-384 itself, which is faster; here the platform does it for us, to compare.
  const byPlatform = { ...input, platform: 'webcrypto' }
  await judge(byPlatform)
  contenders.push({ ...async('assay', '', () => judge(byPlatform)), variant: 'webcrypto-p384' })
  const inModule = () => assay.verifyNitroAttestation(input)
  if (!inModule().ok) throw new Error('nitro-document: the module refuses')
  contenders.push({ ...sync('assay', '', inModule), variant: 'wasm-p384' })
  return { work: 'nitro-document', contenders }
}

/** The floor of a receipt: three Keccaks in JavaScript and one PSS check by the platform, no canonical text. */
async function receiptOf(work, { input, spki, message, signature, parts }, { assay, peers, versions }) {
  const run = () => {
    const verdict = assay.verifyReceipt(input)
    if (!verdict.ok) throw new Error(`${work}: assay says ${verdict.code}`)
    return verdict
  }
  const key = await crypto.subtle.importKey('spki', spki, { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['verify'])
  const floor = async () => {
    const digest = peers.keccak_256(Uint8Array.of(...peers.keccak_256(parts.committed), ...peers.keccak_256(parts.output), ...parts.timestamp))
    if (!(await crypto.subtle.verify({ name: 'RSA-PSS', saltLength: 32 }, key, signature, digest))) throw new Error(`${work}: webcrypto refuses`)
    return digest
  }
  same(work, { 'signed message': hex(message), floor: hex(await floor()) })
  return {
    work,
    contenders: [{ ...sync('assay', '', run), bytes: new TextEncoder().encode(input.request).length }, { ...async('webcrypto', 'platform', floor), note: `with @noble/hashes ${versions['@noble/hashes']}` }],
  }
}

const receipt = (shared) => receiptOf('receipt', shared.fixtures.receipt, shared)
/** A conversation of 100 kB: canonical text and hashing weigh as much as the signature. */
const longReceipt = (shared) => receiptOf('receipt-100k', shared.fixtures.longReceipt, shared)

export const cases = { 'nitro-document': nitroDocument, receipt, 'receipt-100k': longReceipt }

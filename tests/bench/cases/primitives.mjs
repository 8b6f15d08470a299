// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Hashes and signatures beside their peers. Every contender's answer is compared before anything is timed.
import { async, sync } from '../measure.mjs'

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16))

function same(what, answers) {
  const [first, ...rest] = Object.entries(answers)
  for (const [name, answer] of rest) if (answer !== first[1]) throw new Error(`${what}: ${name} says ${answer}, ${first[0]} says ${first[1]}`)
}

async function keccak({ assay, peers, versions }, work, length) {
  const data = new Uint8Array(length).map((_, i) => (i * 31 + 7) & 255)
  const hasher = await peers.createKeccak(256)
  const contenders = {
    assay: () => assay.keccak256(data),
    'hash-wasm': () => hasher.init().update(data).digest('binary'),
    '@noble/hashes': () => peers.keccak_256(data),
  }
  same(work, Object.fromEntries(Object.entries(contenders).map(([name, run]) => [name, hex(run())])))
  return { work, contenders: Object.entries(contenders).map(([name, run]) => sync(name, versions[name], run)) }
}

async function ecdsaVerify({ assay, peers, versions, fixtures }) {
  const { key, hash, signature, wrong } = fixtures.secp256k1
  const contenders = {
    assay: (sig) => assay.verifyEcdsa({ publicKey: key, hash, signature: sig }).ok,
    'tiny-secp256k1': (sig) => peers.tiny.verify(hash, key, sig, true),
    '@noble/curves': (sig) => peers.secp256k1.verify(sig, hash, key, { prehash: false, lowS: true }),
  }
  for (const sig of [signature, wrong]) same('ecdsa-verify', Object.fromEntries(Object.entries(contenders).map(([name, run]) => [name, String(run(sig))])))
  return { work: 'ecdsa-verify', contenders: Object.entries(contenders).map(([name, run]) => sync(name, versions[name], () => run(signature))) }
}

/** Ours answers the address (one Keccak more); the peers the public key, which is what they have. */
async function ecdsaRecover({ assay, peers, versions, fixtures }) {
  const { hash, signature, recovery } = fixtures.secp256k1
  const wallet = Uint8Array.of(...signature, 27 + recovery)
  const recovered = Uint8Array.of(recovery, ...signature)
  const contenders = {
    assay: () => assay.recoverAddress({ hash, signature: wallet }),
    'tiny-secp256k1': () => peers.tiny.recover(hash, signature, recovery, false),
    '@noble/curves': () => peers.secp256k1.recoverPublicKey(recovered, hash, { prehash: false }),
  }
  const address = (publicKey) => hex(peers.keccak_256(publicKey.subarray(1)).subarray(12))
  const ours = contenders.assay()
  same('ecdsa-recover', {
    assay: ours.ok ? ours.value.address.slice(2) : ours.code,
    'tiny-secp256k1': address(contenders['tiny-secp256k1']()),
    '@noble/curves': address(peers.secp256k1.Point.fromBytes(contenders['@noble/curves']()).toBytes(false)),
  })
  return { work: 'ecdsa-recover', contenders: Object.entries(contenders).map(([name, run]) => sync(name, versions[name], run)) }
}

async function schnorrVerify({ assay, peers, versions, fixtures }) {
  const { key, message, signature, wrong } = fixtures.schnorr
  const contenders = {
    assay: (sig) => assay.verifySchnorr({ publicKey: key, message, signature: sig }).ok,
    'tiny-secp256k1': (sig) => peers.tiny.verifySchnorr(message, key, sig),
    '@noble/curves': (sig) => peers.schnorr.verify(sig, message, key),
  }
  for (const sig of [signature, wrong]) same('schnorr-verify', Object.fromEntries(Object.entries(contenders).map(([name, run]) => [name, String(run(sig))])))
  return { work: 'schnorr-verify', contenders: Object.entries(contenders).map(([name, run]) => sync(name, versions[name], () => run(signature))) }
}

/** From an object to the digest; ours also from the JSON text that a wallet is handed. */
async function eip712({ assay, peers, versions, fixtures }) {
  const { typedData } = fixtures
  const text = JSON.stringify(typedData)
  const { EIP712Domain: _, ...types } = typedData.types // which ethers makes itself
  const digest = (verdict) => (verdict.ok ? verdict.value.digest : verdict.code)
  const contenders = [
    sync('assay', '', () => assay.hashTypedData(typedData)),
    { ...sync('assay', '', () => assay.hashTypedData(text)), variant: 'text' },
    sync('ethers', versions.ethers, () => peers.TypedDataEncoder.hash(typedData.domain, types, typedData.message)),
  ]
  same('eip712', { assay: digest(assay.hashTypedData(typedData)), text: digest(assay.hashTypedData(text)), ethers: peers.TypedDataEncoder.hash(typedData.domain, types, typedData.message) })
  return { work: 'eip712', contenders }
}

async function rsaPss({ assay, peers, versions, fixtures, nodeCrypto }) {
  const { spki, message, signature } = fixtures.rsa
  const wrong = signature.map((byte, i) => (i === 9 ? byte ^ 1 : byte))
  const algorithm = { name: 'RSA-PSS', saltLength: 32 }
  const key = await crypto.subtle.importKey('spki', spki, { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['verify'])
  const mbedtls = await peers.openMbedtls()
  const contenders = {
    assay: sync('assay', '', () => assay.verifyRsaPss({ publicKey: spki, message, signature })),
    'mbedtls-wasm': sync('mbedtls-wasm', versions['mbedtls-wasm'], () => mbedtls.verifyRsaPss({ spki, message, signature })),
    webcrypto: async('webcrypto', 'platform', () => crypto.subtle.verify(algorithm, key, signature, message)),
  }
  const answers = async (sig) => ({
    assay: String(assay.verifyRsaPss({ publicKey: spki, message, signature: sig }).ok),
    'mbedtls-wasm': String(mbedtls.verifyRsaPss({ spki, message, signature: sig })),
    webcrypto: String(await crypto.subtle.verify(algorithm, key, sig, message)),
  })
  same('rsa-pss-2048', await answers(signature))
  same('rsa-pss-2048', await answers(wrong))
  if (nodeCrypto) {
    const { constants, createPublicKey, verify } = nodeCrypto
    const options = { key: createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    contenders['node:crypto'] = sync('node:crypto', process.version, () => verify('sha256', message, options, signature))
  }
  return { work: 'rsa-pss-2048', contenders: Object.values(contenders) }
}

async function p384({ assay, peers, versions, fixtures, nodeCrypto }) {
  const { point, spki, message, signature } = fixtures.p384
  const wrong = signature.map((byte, i) => (i === 9 ? byte ^ 1 : byte))
  const algorithm = { name: 'ECDSA', hash: 'SHA-384' }
  const key = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-384' }, false, ['verify'])
  const ours = (sig) => assay.verifyP384({ publicKey: point, message, signature: sig })
  const mbedtls = await peers.openMbedtls()
  const theirs = (sig) => mbedtls.verifyP384({ point, message, signature: sig })
  for (const sig of [signature, wrong])
    same('p384-verify', {
      assay: String(ours(sig).ok),
      'mbedtls-wasm': String(theirs(sig)),
      webcrypto: String(await crypto.subtle.verify(algorithm, key, sig, message)),
    })
  const contenders = [
    sync('assay', '', () => ours(signature)),
    sync('mbedtls-wasm', versions['mbedtls-wasm'], () => theirs(signature)),
    async('webcrypto', 'platform', () => crypto.subtle.verify(algorithm, key, signature, message)),
  ]
  if (nodeCrypto) {
    const options = { key: nodeCrypto.createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }), dsaEncoding: 'ieee-p1363' }
    contenders.push(sync('node:crypto', process.version, () => nodeCrypto.verify('sha384', message, options, signature)))
  }
  return { work: 'p384-verify', contenders }
}

/** Names of the works, so that a filter need not set them up. */
export const cases = {
  'keccak-32': (env) => keccak(env, 'keccak-32', 32),
  'keccak-1m': (env) => keccak(env, 'keccak-1m', 1 << 20),
  'ecdsa-verify': ecdsaVerify,
  'ecdsa-recover': ecdsaRecover,
  'schnorr-verify': schnorrVerify,
  eip712,
  'rsa-pss-2048': rsaPss,
  'p384-verify': p384,
}
export { fromHex, hex, same }

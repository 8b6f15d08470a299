// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The built npm package behind the runner's engine interface. Evidence goes two ways: `core` = the operations of
// verify.wasm, options as given; the other = the package's public functions (for documents with P-384 by WebCrypto).
// Signatures that WebCrypto may check go both ways at once.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'

const base = process.env.ASSAY_PACKAGE ? pathToFileURL(`${resolve(process.env.ASSAY_PACKAGE)}/`) : new URL('../../../js-bindings/', import.meta.url)
const load = (path) => import(new URL(`dist/${path}`, base))
const hex = (bytes) => Buffer.from(bytes).toString('hex')

/** Usage codes are thrown by the package; the vectors compare them like any other. */
async function verdictOf(call) {
  try {
    return await call()
  } catch (error) {
    if (typeof error?.code !== 'string') throw error
    return { ok: false, code: error.code, path: error.path }
  }
}

/** Operations whose function takes `platform`. */
const BY_PLATFORM = { verify_rsa_pss: 'verifyRsaPss', verify_rsa_pkcs1: 'verifyRsaPkcs1', verify_p384: 'verifyP384', verify_ed25519: 'verifyEd25519' }

export async function openWasm() {
  const [api, { Machine }, { receiptStreamNow }] = await Promise.all([load('verify/index.js'), load('verify/machine.js'), load('verify/receipt_stream.js')])
  const compiled = await WebAssembly.compile(readFileSync(new URL('dist/wasm/verify.wasm', base)))
  const machine = new Machine(compiled)
  const verifier = await api.loadVerifier()
  const ReceiptStream = receiptStreamNow(machine)
  const none = new Uint8Array(0)

  const zkMachine = await (await load('zk/release.js')).loadMachine({ wasm: readFileSync(new URL('dist/wasm/zk.wasm', base)) })
  /** Which module has the operation. */
  const ofProofs = /^(bn254|compile_ezkl_key|verify_(groth16|plonk|fflonk|ezkl).*)$/
  const module = (operation, fields) => JSON.parse((ofProofs.test(operation) ? zkMachine : machine).call(operation, fields))
  /** Another answer of WebCrypto would be a code that no vector expects. */
  const call = async (operation, fields) => {
    const verdict = module(operation, fields)
    const name = BY_PLATFORM[operation]
    if (name === undefined) return verdict
    const [publicKey, message, signature, rule] = fields.map((field) => new Uint8Array(field))
    const other = await verdictOf(() => api[name]({ publicKey, message, signature, platform: 'webcrypto', ...(rule ? { rule: Buffer.from(rule).toString() } : {}) }))
    delete other.message // the module writes none: the package has the texts
    return isDeepStrictEqual(other, verdict) ? verdict : { ok: false, code: `${verdict.code ?? 'OK'}, WebCrypto ${other.code ?? 'OK'}` }
  }

  const receiptByApi = ({ request, response, document, key, options }) => {
    const { now, policy, profile, response_is: responseIs, request_is: requestIs } = JSON.parse(Buffer.from(options))
    const anchor = document.byteLength > 0 ? { attestation: { document, key }, requestIs } : { key, profile }
    return verifier.verifyReceipt({ request, response, ...anchor, ...(responseIs ? { responseIs } : {}), now, policy: JSON.stringify(policy) })
  }
  /** In pieces of 13 bytes. */
  const receiptByStream = ({ request, response, document, key, options }) => {
    const { now, policy, profile, request_is: requestIs } = JSON.parse(Buffer.from(options))
    const anchor = document.byteLength > 0 ? { attestation: { document, key }, requestIs } : { key, profile }
    const stream = new ReceiptStream({ request, ...anchor, now, policy: JSON.stringify(policy) })
    for (let at = 0; at < response.byteLength; at += 13) stream.push(response.subarray(at, at + 13))
    return stream.finish()
  }
  const nitroByApi = ({ document, options, root }, authenticate) => {
    const { now, policy } = JSON.parse(Buffer.from(options))
    const call = { document, now, platform: 'webcrypto' }
    return authenticate
      ? api.authenticateNitro({ ...call, ...(root.byteLength > 0 ? { root: { name: 'pinned root', der: root } } : {}) })
      : api.verifyNitroAttestation({ ...call, policy: JSON.stringify(policy) })
  }

  return {
    inFlight: 1,
    nitroPaths: ['core', 'webcrypto'],
    receiptPaths: ['core', 'api'],
    call,
    verifyReceipt: (given, path = 'core') =>
      path === 'api'
        ? verdictOf(() => receiptByApi(given))
        : call('verify_receipt', [given.request, given.response, given.document, given.key, given.options, none]),
    streamReceipt: (given) => verdictOf(async () => receiptByStream(given)),
    verifyNitro: (given, path) => (path === 'webcrypto' ? verdictOf(() => nitroByApi(given, false)) : call('verify_nitro', [given.document, given.options, none])),
    authenticateNitro: (given, path) => (path === 'webcrypto' ? verdictOf(() => nitroByApi(given, true)) : call('authenticate_nitro', [given.document, given.options, none])),
    chooseProfile: (request, options) => call('choose_profile', [request, options]),
    canonicalJson: (text, mode) => call('canonical_json', [text, Buffer.from(mode)]),
    keccak256: (data) => hex(verifier.keccak256(data)),
    sha256: (data) => hex(verifier.sha256(data)),
    recoverAddress: async ({ hash, v, r, s, mode }) => {
      const verdict = await verdictOf(() => verifier.recoverAddress({ hash, v, r, s, lowS: mode }))
      return verdict.ok ? { ok: true, value: verdict.value.address.slice(2) } : verdict
    },
    verifyEcdsa: ({ key, hash, signature, mode }) => verdictOf(() => verifier.verifyEcdsa({ publicKey: key, hash, signature, lowS: mode })),
    verifyRsaPss: ({ key, message, signature }) => verdictOf(() => verifier.verifyRsaPss({ publicKey: key, message, signature })),
    verifyP384: ({ key, message, signature }) => verdictOf(() => verifier.verifyP384({ publicKey: key, message, signature })),
    close: async () => {},
  }
}

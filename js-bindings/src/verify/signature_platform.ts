// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// One signature by WebCrypto. Only its yes counts, and only for inputs that the module would not refuse by their form: a
// no, an error and every other form are the module's to judge, which also names the code. So the verdict is the same if
// WebCrypto says yes to no signature that the module refuses; what is checked here beforehand leaves no room for the
// differences between engines.
import { fromHex } from '../loader/hex.js'
import { refusePlatform } from './platform.js'
import type { PreparedCall } from './call.js'

/** What WebCrypto can decide. */
export type PlatformScheme = 'rsa-pss' | 'rsa-pkcs1' | 'p384' | 'ed25519'

type Bytes = Uint8Array<ArrayBuffer>
type Parts = { readonly key: Bytes; readonly message: Bytes; readonly signature: Bytes }
type Scheme = {
  readonly name: string
  /** Whether a yes of WebCrypto is one of the module. */
  readonly decides: (subtle: SubtleCrypto, parts: Parts) => boolean | Promise<boolean>
  readonly format: 'spki' | 'raw'
  readonly key: RsaHashedImportParams | EcKeyImportParams | AlgorithmIdentifier
  readonly verification: AlgorithmIdentifier | RsaPssParams | EcdsaParams
}

/** Head of a SubjectPublicKeyInfo of rsaEncryption, up to the modulus; lengths are filled in by `rsaHead`. */
const RSA_HEAD = /* @__PURE__ */ fromHex('30820000300d06092a864886f70d01010105000382000000308200000282000000')!
/** The exponent 65537. */
const RSA_TAIL = /* @__PURE__ */ fromHex('0203010001')!
const SMALLEST_MODULUS = 256
const LARGEST_MODULUS = 1024

const startsWith = (bytes: Uint8Array, start: Uint8Array, at: number) => start.every((byte, i) => bytes[at + i] === byte)

/** The one DER form of the head for a modulus of so many bytes, its top bit set. */
function rsaHead(modulus: number): Uint8Array {
  const head = RSA_HEAD.slice()
  const view = new DataView(head.buffer)
  view.setUint16(2, modulus + 34)
  view.setUint16(21, modulus + 15)
  view.setUint16(26, modulus + 10)
  view.setUint16(30, modulus + 1)
  return head
}

/** Big-endian numbers of the same length. */
function isBelow(a: Uint8Array, b: Uint8Array): boolean {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at >= 0 && a[at]! < b[at]!
}

/** An RSA key as practically all are: whole bytes, 2048 to 8192 bits, exponent 65537; and a signature of its length, below it. */
function isUsualRsa({ key, signature }: Parts): boolean {
  const size = key.byteLength - RSA_HEAD.byteLength - RSA_TAIL.byteLength
  if (size < SMALLEST_MODULUS || size > LARGEST_MODULUS || signature.byteLength !== size) return false
  const modulus = key.subarray(RSA_HEAD.byteLength, RSA_HEAD.byteLength + size)
  return (
    startsWith(key, rsaHead(size), 0) && startsWith(key, RSA_TAIL, RSA_HEAD.byteLength + size) &&
    modulus[0]! >= 0x80 && (modulus[size - 1]! & 1) === 1 && isBelow(signature, modulus)
  )
}

const P384_POINT = 97
const P384_SIGNATURE = 96
const ED25519_WORD = 32
/** 2^255 - 19 and the order of the base point, big-endian. */
const ED25519_FIELD = /* @__PURE__ */ fromHex('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed')!
const ED25519_ORDER = /* @__PURE__ */ fromHex('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed')!
/** The y of the points whose order divides 8, big-endian. */
const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000001',
  '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec',
  '05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826',
  '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7',
]
/**
 * Key, signature (R, s) that holds after multiplication by the cofactor and does not before it, over the message below:
 * an engine that accepts it uses an equation other than that of RFC 8032 §5.1.7 as the module does.
 */
const COFACTOR_KEY = /* @__PURE__ */ fromHex('5348379222f2c40b2544f867cf03680dfa269a3b6a2b508f8b519054d9ee9e4c')!
const COFACTOR_SIGNATURE = /* @__PURE__ */ fromHex('7c762973ecc9712aecc7e953e28a603e4b04d2d0d715e432db9c6ea2ce4fcfd40e50c6b742e8992fbcfe7cfd1a0f775ea63cb48e4040d6593aa785825ce84b02')!
const COFACTOR_MESSAGE = /* @__PURE__ */ new TextEncoder().encode('cofactor') as Bytes

/** Whether the encoding is the only one of its point, and the point not one of small order. */
function isOrdinaryPoint(encoded: Uint8Array): boolean {
  const y = encoded.slice().reverse()
  y[0]! &= 0x7f
  return isBelow(y, ED25519_FIELD) && !SMALL_ORDER.some((small) => startsWith(y, fromHex(small)!, 0))
}

let withoutCofactor: Promise<boolean> | undefined

/** Whether the engine's equation is the module's, by a signature for which the two differ. */
async function isStrictEngine(subtle: SubtleCrypto): Promise<boolean> {
  withoutCofactor ??= (async () => {
    const key = await subtle.importKey('raw', COFACTOR_KEY, 'Ed25519', false, ['verify'])
    return !(await subtle.verify('Ed25519', key, COFACTOR_SIGNATURE, COFACTOR_MESSAGE))
  })()
  return withoutCofactor
}

async function decidesEd25519(subtle: SubtleCrypto, { key, signature }: Parts): Promise<boolean> {
  return (
    key.byteLength === ED25519_WORD && signature.byteLength === 2 * ED25519_WORD && isOrdinaryPoint(key) &&
    isOrdinaryPoint(signature.subarray(0, ED25519_WORD)) && isBelow(signature.slice(ED25519_WORD).reverse(), ED25519_ORDER) &&
    (await isStrictEngine(subtle))
  )
}

const SCHEMES: { readonly [scheme in PlatformScheme]: Scheme } = {
  'rsa-pss': {
    name: 'RSA-PSS', decides: (_, parts) => isUsualRsa(parts), format: 'spki',
    key: { name: 'RSA-PSS', hash: 'SHA-256' }, verification: { name: 'RSA-PSS', saltLength: 32 },
  },
  'rsa-pkcs1': {
    name: 'RSA', decides: (_, parts) => isUsualRsa(parts), format: 'spki',
    key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, verification: 'RSASSA-PKCS1-v1_5',
  },
  p384: {
    name: 'P-384', decides: (_, { key, signature }) => key.byteLength === P384_POINT && signature.byteLength === P384_SIGNATURE, format: 'raw',
    key: { name: 'ECDSA', namedCurve: 'P-384' }, verification: { name: 'ECDSA', hash: 'SHA-384' },
  },
  ed25519: { name: 'Ed25519', decides: decidesEd25519, format: 'raw', key: 'Ed25519', verification: 'Ed25519' },
}

/** In Node the way to its thread pool and the import of a key take longer than the module takes for all. */
const inNode = (): boolean => (globalThis as { readonly process?: { readonly versions?: { readonly node?: string } } }).process?.versions?.node !== undefined

/**
 * @returns whether WebCrypto was asked and said yes, so that the signature holds. All else is the module's to judge.
 * @throws UsageError ARGUMENT_INVALID when `webcrypto` is demanded and there is none.
 */
export async function holdsByPlatform({ scheme, platform }: NonNullable<PreparedCall['signed']>, fields: PreparedCall['fields']): Promise<boolean> {
  if (scheme === undefined || platform === 'wasm' || (platform === 'auto' && (!scheme.startsWith('rsa') || inNode()))) return false
  const { name, decides, format, key: algorithm, verification } = SCHEMES[scheme]
  const subtle = globalThis.crypto?.subtle
  if (subtle === undefined) return platform === 'auto' ? false : refusePlatform(name, new Error('crypto.subtle is missing: the origin is not secure'))
  const [key, message, signature] = fields as [Bytes, Bytes, Bytes]
  try {
    if (!(await decides(subtle, { key, message, signature }))) return false
    return await subtle.verify(verification, await subtle.importKey(format, key, algorithm, false, ['verify']), signature, message)
  } catch (cause) {
    // Keys off their curve and the like are refused by an error, as are algorithms that the engine does not have.
    if (platform === 'webcrypto' && cause instanceof Error && cause.name === 'NotSupportedError') refusePlatform(name, cause)
    return false
  }
}

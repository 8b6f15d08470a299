// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Many signatures in one call of the module. The verdict is ok when every one of them holds; else its `path` is the
// index of the first that does not, and its `checks` say it of each. An empty list proves nothing and is refused.
import { UsageError } from '../errors/base.js'
import { NO_BYTES, encodeText, inputLimit, ownItems } from '../loader/input.js'
import { joinVerdicts, placeOf } from './batch_verdict.js'
import { question } from './call.js'
import { MESSAGE } from './message.js'
import { readVerdict } from './outcome.js'
import { refusePlatform } from './platform.js'
import { ECDSA, ED25519, P256, P384, RECOVER, RSA_PKCS1, RSA_PSS, SCHNORR, lowSField } from './signatures.js'
import { TYPED_DATA } from './typed_data.js'
import type { Prepared, PreparedCall, Question } from './call.js'
import type { MessageInput, SignedByAccount } from './message.js'
import type { TypedDataSignature } from './typed_data.js'
import type {
  EcdsaInput, Ed25519Input, P256Input, P384Input, RecoverInput, RecoveredAddress, RsaPkcs1Input, RsaPssInput, SchnorrInput, SignedBy,
} from './signatures.js'

/** What each signature of a batch has to say, in its order. */
export type Batch<T> = readonly T[]

const MAX_ITEMS = 65_536
const MAX_FRAME = 16 << 20
const HEAD = 4
const WORD = 32

type Fields = readonly Uint8Array<ArrayBuffer>[]

/** r‖s‖v of the words v, r, s; a v that is neither 27 nor 28 stays one that is refused. */
function walletForm(v: Uint8Array, r: Uint8Array, s: Uint8Array): Uint8Array<ArrayBuffer> {
  const signature = new Uint8Array(2 * WORD + 1)
  signature.set(r)
  signature.set(s, WORD)
  const last = v[WORD - 1]!
  if (v.every((byte, i) => i === WORD - 1 || byte === 0)) signature[2 * WORD] = last
  return signature
}

/** The fields of the operation that the item is a call of. @throws UsageError where WebCrypto is demanded: batches are the module's */
function fieldsOf(prepared: Prepared): Fields {
  if (prepared.kind === 'operation') {
    if (prepared.signed?.platform === 'webcrypto') refusePlatform('a signature of a batch')
    return prepared.fields
  }
  const mode = lowSField(prepared.mode === 1 ? 'strict' : 'malleable')
  const [first, second, third, fourth] = prepared.parts
  // Without parts the form was refused: the core refuses empty ones.
  if (prepared.name === 'verifyEcdsa') return [first ?? NO_BYTES, second ?? NO_BYTES, third ?? NO_BYTES, mode]
  if (prepared.name === 'verifySchnorr') return [first ?? NO_BYTES, second ?? NO_BYTES, third ?? NO_BYTES]
  if (prepared.name === 'recoverAddress') return [first ?? NO_BYTES, second ?? NO_BYTES, mode]
  return [first ?? NO_BYTES, fourth === undefined ? NO_BYTES : walletForm(second!, third!, fourth), mode]
}

const sizeOf = (fields: Fields): number => fields.reduce((size, field) => size + HEAD + field.byteLength, 0)

function frame(items: readonly Fields[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(items.reduce((size, fields) => size + sizeOf(fields), 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const fields of items)
    for (const field of fields) {
      view.setUint32(at, field.byteLength, true)
      bytes.set(field, at + HEAD)
      at += HEAD + field.byteLength
    }
  return bytes
}

/** Reads every item as the question about one of them does; what that objects to has the item's place. Stops where it is too much. */
function prepareItems<I>(inputs: readonly I[], prepare: (input: I) => Prepared): Fields[] {
  const items = ownItems(inputs, 'items', MAX_ITEMS, 'INPUT_LIMIT')
  if (items.length === 0) throw new UsageError('ARGUMENT_INVALID', 'items: is empty, and nothing to verify proves nothing', { path: 'items' })
  let size = 0
  return items.map((item, index) => {
    let fields: Fields
    try {
      fields = fieldsOf(prepare(item as I))
    } catch (cause) {
      if (!(cause instanceof UsageError)) throw cause
      const { code, shortMessage, path } = cause
      throw new UsageError(code, `[${index}]${path ? '.' : ''}${shortMessage}`, { path: placeOf(index, path), cause })
    }
    size += sizeOf(fields)
    if (size > MAX_FRAME) throw inputLimit('items', size, MAX_FRAME)
    return fields
  })
}

const itemsOf = <T>({ items }: { readonly items: readonly T[] }): Batch<T> => items

function batch<I, T>(operation: string, single: Question<I, T>): Question<readonly I[], Batch<T>> {
  const prepare = (inputs: readonly I[]): PreparedCall => {
    const read = frame(prepareItems(inputs, single.prepare))
    return { kind: 'operation', operation: 'verify_batch', fields: [encodeText(operation, 'operation', MAX_FRAME), read] }
  }
  return question(prepare, itemsOf<T>)
}

/** Of operations that have checks of their own: verify_batch answers with the verdict of each. */
const batchOfVerdicts = <I, T>(operation: string, single: Question<I, T>): Question<readonly I[], Batch<T>> => ({
  ...batch(operation, single),
  read: (answer) => readVerdict(joinVerdicts(answer as string), itemsOf<T>),
})

export const ECDSA_BATCH: Question<readonly EcdsaInput[], Batch<SignedBy>> = /* @__PURE__ */ batch('verify_ecdsa', ECDSA)
export const MESSAGE_BATCH: Question<readonly MessageInput[], Batch<SignedByAccount>> = /* @__PURE__ */ batchOfVerdicts('verify_message', MESSAGE)
export const TYPED_DATA_BATCH: Question<readonly TypedDataSignature[], Batch<SignedByAccount>> = /* @__PURE__ */ batchOfVerdicts('verify_typed_data', TYPED_DATA)
export const RECOVER_BATCH: Question<readonly RecoverInput[], Batch<RecoveredAddress>> = /* @__PURE__ */ batch('recover_address', RECOVER)
export const SCHNORR_BATCH: Question<readonly SchnorrInput[], Batch<SignedBy>> = /* @__PURE__ */ batch('verify_schnorr', SCHNORR)
export const ED25519_BATCH: Question<readonly Ed25519Input[], Batch<SignedBy>> = /* @__PURE__ */ batch('verify_ed25519', ED25519)
export const P256_BATCH: Question<readonly P256Input[], Batch<SignedBy>> = /* @__PURE__ */ batch('verify_p256', P256)
export const P384_BATCH: Question<readonly P384Input[], Batch<SignedBy>> = /* @__PURE__ */ batch('verify_p384', P384)
export const RSA_PSS_BATCH: Question<readonly RsaPssInput[], Batch<SignedBy>> = /* @__PURE__ */ batch('verify_rsa_pss', RSA_PSS)
export const RSA_PKCS1_BATCH: Question<readonly RsaPkcs1Input[], Batch<SignedBy>> = /* @__PURE__ */ batch('verify_rsa_pkcs1', RSA_PKCS1)

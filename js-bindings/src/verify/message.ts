// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Personal messages (EIP-191) and the question to a contract wallet (ERC-1271). attestation.md §4, §4.1.
import { UsageError } from '../errors/base.js'
import { NO_BYTES, copyBytes, copyText, readMembers } from '../loader/input.js'
import { question } from './call.js'
import { ethBytes, lowSField } from './signatures.js'
import type { PreparedCall, Question } from './call.js'
import type { EthBytes, LowS } from './signatures.js'

/** Who must have signed, and what he handed over. */
export type WalletSignature = {
  /** 20 bytes; the case of hex digits means nothing. */
  readonly address: EthBytes
  /** 65 bytes r‖s‖v, v 27 or 28. */
  readonly signature: EthBytes
  /** Default `strict`. */
  readonly lowS?: LowS
}

/** A personal message: text is taken as UTF-8, also text that looks like hex. */
export type Message = string | Uint8Array

export type MessageInput = WalletSignature & { readonly message: Message }

/** The account that signed, and the digest under its signature. */
export type SignedByAccount = {
  /** `0x` and 40 lower-case hex digits. */
  readonly address: string
  /** `0x` and 64 lower-case hex digits. */
  readonly digest: string
}

export type MessageDigest = Pick<SignedByAccount, 'digest'>

/** A digest and the signature that a contract wallet is asked about. */
export type Erc1271Input = {
  /** 32 bytes. */
  readonly hash: EthBytes
  /** Of any form that the contract understands. */
  readonly signature: EthBytes
}

/** Data of the call of isValidSignature(bytes32,bytes), `0x` and lower-case hex digits; the caller makes the call. */
export type Erc1271Call = { readonly data: string }

/** The answer was the magic value. */
export type Erc1271Answer = { readonly [member: string]: never }

const MAX_MESSAGE = 16 << 20
const MAX_RETURNED = 16_384
const ADDRESS_BYTES = 20

/** Address, signature and mode as the core reads them. @throws UsageError for an address of another form: it is the caller's anchor. */
export function walletFields(given: { readonly address?: unknown; readonly signature?: unknown; readonly lowS?: unknown }): Uint8Array<ArrayBuffer>[] {
  const address = ethBytes(given.address, 'address')
  if (address?.byteLength !== ADDRESS_BYTES) throw new UsageError('ARGUMENT_INVALID', `address: must be ${ADDRESS_BYTES} bytes`, { path: 'address' })
  return [ethBytes(given.signature, 'signature') ?? NO_BYTES, address, lowSField(given.lowS)]
}

function prepareMessage(input: MessageInput): PreparedCall {
  const given = readMembers(input, ['message', 'address', 'signature', 'lowS'], '')
  return { kind: 'operation', operation: 'verify_message', fields: [copyText(given.message, 'message', MAX_MESSAGE), ...walletFields(given)] }
}

function prepareErc1271(input: Erc1271Input): PreparedCall {
  const given = readMembers(input, ['hash', 'signature'], '')
  const part = (value: unknown, path: string) => {
    const bytes = ethBytes(value, path)
    if (bytes === undefined) throw new UsageError('ARGUMENT_INVALID', `${path}: is no hex`, { path })
    return bytes
  }
  return { kind: 'operation', operation: 'erc1271_call_data', fields: [part(given.hash, 'hash'), part(given.signature, 'signature')] }
}

/** What the contract returned, as bytes or 0x-hex; text that is no hex is no answer. */
function prepareAnswer(returned: EthBytes): PreparedCall {
  const bytes = typeof returned === 'string' ? (ethBytes(returned, 'returned') ?? NO_BYTES) : copyBytes(returned, 'returned', MAX_RETURNED)
  return { kind: 'operation', operation: 'verify_erc1271_result', fields: [bytes] }
}

export const MESSAGE: Question<MessageInput, SignedByAccount> = /* @__PURE__ */ question(prepareMessage, (json: SignedByAccount) => json)
export const MESSAGE_HASH: Question<Message, MessageDigest> = /* @__PURE__ */ question(
  (message: Message): PreparedCall => ({ kind: 'operation', operation: 'hash_message', fields: [copyText(message, 'message', MAX_MESSAGE)] }),
  (json: MessageDigest) => json,
)
export const ERC1271_CALL: Question<Erc1271Input, Erc1271Call> = /* @__PURE__ */ question(prepareErc1271, (json: Erc1271Call) => json)
export const ERC1271_RESULT: Question<EthBytes, Erc1271Answer> = /* @__PURE__ */ question(prepareAnswer, (json: Erc1271Answer) => json)

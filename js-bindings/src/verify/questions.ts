// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Every question that the package answers, by the name of its function.
import {
  ECDSA_BATCH, ED25519_BATCH, MESSAGE_BATCH, P256_BATCH, P384_BATCH, RECOVER_BATCH, RSA_PKCS1_BATCH, RSA_PSS_BATCH, SCHNORR_BATCH, TYPED_DATA_BATCH,
} from './batch.js'
import { HEADER, ICS23, MPT_PROOF, RECEIPT_PROOF, REGISTRY, REGISTRY_SLOTS, STORE_PROOF, TRUSTED_STATE } from './chain.js'
import { REGISTRATION, STORAGE_BYTES, TRIE_PROOF, TX_RESULT } from './chain_parts.js'
import { ECDSA, ED25519, P256, P384, RECOVER, RSA_PKCS1, RSA_PSS, SCHNORR } from './signatures.js'
import { EVIDENCE } from './evidence.js'
import { ERC1271_CALL, ERC1271_RESULT, MESSAGE, MESSAGE_HASH } from './message.js'
import { GENUINE_NITRO, NITRO } from './nitro.js'
import { OHTTP_CONFIG, OPEN_OHTTP, SEAL_OHTTP } from './ohttp.js'
import { RECEIPT } from './receipt.js'
import { DECODE_NUMBER, ENCODE_NUMBER, HEARTBEAT, INFERENCE_EVENT, SETTLEMENT, SETTLEMENT_EVENT } from './settlement.js'
import { GENUINE_SNP_REPORT, SNP_REPORT } from './snp.js'
import { GENUINE_TDX_QUOTE, TDX_QUOTE, TDX_SIGNATURE } from './tdx.js'
import { TYPED_DATA, TYPED_DATA_HASH } from './typed_data.js'
import type { Question } from './call.js'

export { formNames } from './forms.js'
export type { AssertName, IsName } from './forms.js'

// Functions of the asynchronous form are documented in index.ts.
export const QUESTIONS = {
  verifyReceipt: RECEIPT,
  verifyNitroAttestation: NITRO,
  authenticateNitro: GENUINE_NITRO,
  verifyTdxQuote: TDX_QUOTE,
  authenticateTdxQuote: GENUINE_TDX_QUOTE,
  checkTdxQuoteSignature: TDX_SIGNATURE,
  verifySnpReport: SNP_REPORT,
  authenticateSnpReport: GENUINE_SNP_REPORT,
  recoverAddress: RECOVER,
  verifyEcdsa: ECDSA,
  verifyRsaPss: RSA_PSS,
  verifyRsaPkcs1: RSA_PKCS1,
  verifyP256: P256,
  verifyP384: P384,
  verifySchnorr: SCHNORR,
  verifyEd25519: ED25519,
  recoverAddressBatch: RECOVER_BATCH,
  verifyEcdsaBatch: ECDSA_BATCH,
  verifySchnorrBatch: SCHNORR_BATCH,
  verifyEd25519Batch: ED25519_BATCH,
  verifyP256Batch: P256_BATCH,
  verifyP384Batch: P384_BATCH,
  verifyRsaPssBatch: RSA_PSS_BATCH,
  verifyRsaPkcs1Batch: RSA_PKCS1_BATCH,
  verifyMessageBatch: MESSAGE_BATCH,
  verifyTypedDataBatch: TYPED_DATA_BATCH,
  hashMessage: MESSAGE_HASH,
  verifyMessage: MESSAGE,
  hashTypedData: TYPED_DATA_HASH,
  verifyTypedData: TYPED_DATA,
  erc1271CallData: ERC1271_CALL,
  verifyErc1271Result: ERC1271_RESULT,
  verifySettlement: SETTLEMENT,
  decodeSettlementEvent: SETTLEMENT_EVENT,
  decodeInferenceEvent: INFERENCE_EVENT,
  decodeNumber: DECODE_NUMBER,
  encodeNumber: ENCODE_NUMBER,
  verifyHeartbeat: HEARTBEAT,
  verifyOhttpConfig: OHTTP_CONFIG,
  sealOhttpRequest: SEAL_OHTTP,
  openOhttpResponse: OPEN_OHTTP,
  verifyRegistry: REGISTRY,
  verifyHeader: HEADER,
  advanceTrustedState: TRUSTED_STATE,
  verifyIcs23: ICS23,
  verifyStoreProof: STORE_PROOF,
  verifyMptProof: MPT_PROOF,
  verifyReceiptProof: RECEIPT_PROOF,
  registrySlots: REGISTRY_SLOTS,
  verifyTrieProof: TRIE_PROOF,
  verifyTxResult: TX_RESULT,
  readStorageBytes: STORAGE_BYTES,
  decodeRegistration: REGISTRATION,
  verifyEvidence: EVIDENCE,
} as const

export type Questions = typeof QUESTIONS
export type QuestionName = keyof Questions
/** What a question takes. */
export type InputOf<N extends QuestionName> = Questions[N] extends Question<infer I, unknown> ? I : never
/** What its verdict carries. */
export type ValueOf<N extends QuestionName> = Questions[N] extends Question<never, infer T> ? T : never

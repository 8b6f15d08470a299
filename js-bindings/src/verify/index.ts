// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay-wasm/verify`: verdicts about evidence. Importing does nothing; the module is fetched on the first call, checked
// against the digest of the release and shared by all calls.
//
// Every function that answers with a verdict never rejects for bad evidence; it throws UsageError for a call or a policy
// that cannot be answered, LoadError and InternalError. Beside it stand two forms: `assert…` answers with the value and
// throws VerificationError when the verdict is not ok, `isValid…` answers whether it is.
import { ask, insist, whether } from './ask.js'
import {
  ECDSA_BATCH, ED25519_BATCH, MESSAGE_BATCH, P256_BATCH, P384_BATCH, RECOVER_BATCH, RSA_PKCS1_BATCH, RSA_PSS_BATCH, SCHNORR_BATCH, TYPED_DATA_BATCH,
} from './batch.js'
import { HEADER, ICS23, MPT_PROOF, RECEIPT_PROOF, REGISTRY, REGISTRY_SLOTS, STORE_PROOF, TRUSTED_STATE } from './chain.js'
import { REGISTRATION, STORAGE_BYTES, TRIE_PROOF, TX_RESULT } from './chain_parts.js'
import { ECDSA, ED25519, P256, P384, RECOVER, RSA_PKCS1, RSA_PSS, SCHNORR } from './signatures.js'
import { ERC1271_CALL, ERC1271_RESULT, MESSAGE, MESSAGE_HASH } from './message.js'
import { EVIDENCE_CALL, withArguments } from './evidence.js'
import { forkWith } from './fork.js'
import { GENUINE_NITRO, NITRO } from './nitro.js'
import { hashWith } from './hashes.js'
import { loadRelease as load } from './release.js'
import { OHTTP_CONFIG, OPEN_OHTTP, SEAL_OHTTP } from './ohttp.js'
import { ohttpStreamWith } from './ohttp_stream.js'
import { RECEIPT } from './receipt.js'
import { receiptStreamWith } from './receipt_stream.js'
import { DECODE_NUMBER, ENCODE_NUMBER, HEARTBEAT, INFERENCE_EVENT, SETTLEMENT, SETTLEMENT_EVENT } from './settlement.js'
import { GENUINE_SNP_REPORT, SNP_REPORT } from './snp.js'
import { storageSlotWith } from './storage_slot.js'
import { GENUINE_TDX_QUOTE, TDX_QUOTE, TDX_SIGNATURE } from './tdx.js'
import { TYPED_DATA, TYPED_DATA_HASH } from './typed_data.js'
import type { AttestationVerdict, GenuineAttestationVerdict } from './attestation.js'
import type { GenuineNitro, NitroGenuineInput, NitroInput, VerifiedNitro } from './nitro.js'
import type { GenuineSnpReport, SnpGenuineInput, SnpInput, VerifiedSnpReport } from './snp.js'
import type { GenuineTdxQuote, SignedTdxQuote, TdxGenuineInput, TdxInput, TdxSignatureInput, VerifiedTdxQuote } from './tdx.js'

export type * from './types.js'
export { loadVerifier } from './release.js'

/**
 * Verifies an inference receipt: the attestation that binds the signing key first, then the receipt (receipt.md §7).
 *
 * @returns the signed output, or the code of the first check that failed.
 */
export const verifyReceipt = /* @__PURE__ */ ask(load, RECEIPT)
/** As `verifyReceipt`. @throws VerificationError when the verdict is not ok. */
export const assertReceipt = /* @__PURE__ */ insist(verifyReceipt)
/** As `verifyReceipt`: whether the verdict is ok. */
export const isValidReceipt = /* @__PURE__ */ whether(verifyReceipt)

/**
 * A receipt whose reply is an event stream that is still coming: `push` its chunks, `finish` gives the verdict that
 * `verifyReceipt` would give for the whole. What is shown before is provisional.
 */
export const ReceiptStream = /* @__PURE__ */ receiptStreamWith(load)

/**
 * Verifies an AWS Nitro attestation document against a policy (attestation.md §1). Without measurements in the policy
 * nothing is accepted: UsageError NITRO_PCR_POLICY_EMPTY.
 *
 * @returns the claims, or the code of the first check that failed. The caller must still bind them to what he talks to.
 */
export const verifyNitroAttestation: (input: NitroInput) => Promise<AttestationVerdict<VerifiedNitro>> = /* @__PURE__ */ ask(load, NITRO)
/** As `verifyNitroAttestation`. @throws VerificationError when the verdict is not ok. */
export const assertNitroAttestation = /* @__PURE__ */ insist(verifyNitroAttestation)
/** As `verifyNitroAttestation`: whether the verdict is ok. */
export const isValidNitroAttestation = /* @__PURE__ */ whether(verifyNitroAttestation)

/**
 * Asks whether AWS hardware made a document, and nothing else (attestation.md §0): the answer is `genuine`, never
 * verified, since anyone who rents such a machine can produce one.
 */
export const authenticateNitro: (input: NitroGenuineInput) => Promise<GenuineAttestationVerdict<GenuineNitro>> = /* @__PURE__ */ ask(load, GENUINE_NITRO)
/** As `authenticateNitro`. @throws VerificationError when the verdict is not ok. */
export const assertGenuineNitro = /* @__PURE__ */ insist(authenticateNitro)
/** As `authenticateNitro`: whether the verdict is ok. */
export const isGenuineNitro = /* @__PURE__ */ whether(authenticateNitro)

/**
 * Verifies an Intel TDX (or SGX) quote with its collateral against a policy (attestation.md §2). Without measurements in the
 * policy nothing is accepted: UsageError TDX_POLICY_EMPTY. A quote has no time of its own: freshness is the caller's nonce in
 * its report data.
 */
export const verifyTdxQuote: (input: TdxInput) => Promise<AttestationVerdict<VerifiedTdxQuote>> = /* @__PURE__ */ ask(load, TDX_QUOTE)
/** As `verifyTdxQuote`. @throws VerificationError when the verdict is not ok. */
export const assertTdxQuote = /* @__PURE__ */ insist(verifyTdxQuote)
/** As `verifyTdxQuote`: whether the verdict is ok. */
export const isValidTdxQuote = /* @__PURE__ */ whether(verifyTdxQuote)

/**
 * Asks whether Intel hardware at an acceptable level made a quote, and nothing else: `genuine`, never verified.
 */
export const authenticateTdxQuote: (input: TdxGenuineInput) => Promise<GenuineAttestationVerdict<GenuineTdxQuote>> = /* @__PURE__ */ ask(load, GENUINE_TDX_QUOTE)
/** As `authenticateTdxQuote`. @throws VerificationError when the verdict is not ok. */
export const assertGenuineTdxQuote = /* @__PURE__ */ insist(authenticateTdxQuote)
/** As `authenticateTdxQuote`: whether the verdict is ok. */
export const isGenuineTdxQuote = /* @__PURE__ */ whether(authenticateTdxQuote)

/**
 * The signatures of a quote alone, without collateral: neither revocation nor the platform's level was looked at
 * (attestation.md §2). At most `genuine`.
 */
export const checkTdxQuoteSignature: (input: TdxSignatureInput) => Promise<GenuineAttestationVerdict<SignedTdxQuote>> = /* @__PURE__ */ ask(load, TDX_SIGNATURE)
/** As `checkTdxQuoteSignature`. @throws VerificationError when the verdict is not ok. */
export const assertTdxQuoteSignature = /* @__PURE__ */ insist(checkTdxQuoteSignature)

/**
 * Verifies an AMD SEV-SNP report with its certificates against a policy (attestation.md §3). Without measurements in the
 * policy nothing is accepted: UsageError SNP_POLICY_EMPTY.
 */
export const verifySnpReport: (input: SnpInput) => Promise<AttestationVerdict<VerifiedSnpReport>> = /* @__PURE__ */ ask(load, SNP_REPORT)
/** As `verifySnpReport`. @throws VerificationError when the verdict is not ok. */
export const assertSnpReport = /* @__PURE__ */ insist(verifySnpReport)
/** As `verifySnpReport`: whether the verdict is ok. */
export const isValidSnpReport = /* @__PURE__ */ whether(verifySnpReport)

/**
 * Asks whether AMD hardware made a report, and nothing else: `genuine`, never verified.
 */
export const authenticateSnpReport: (input: SnpGenuineInput) => Promise<GenuineAttestationVerdict<GenuineSnpReport>> = /* @__PURE__ */ ask(load, GENUINE_SNP_REPORT)
/** As `authenticateSnpReport`. @throws VerificationError when the verdict is not ok. */
export const assertGenuineSnpReport = /* @__PURE__ */ insist(authenticateSnpReport)
/** As `authenticateSnpReport`: whether the verdict is ok. */
export const isGenuineSnpReport = /* @__PURE__ */ whether(authenticateSnpReport)

/**
 * Recovers the Ethereum address that signed a digest (attestation.md §4.1). Low s only, unless `lowS` says otherwise.
 * The caller must compare the address with the one that he expects.
 *
 * @returns the address, or SIGNATURE_MALFORMED, SIGNATURE_INVALID.
 */
export const recoverAddress = /* @__PURE__ */ ask(load, RECOVER)
/** As `recoverAddress`. @throws VerificationError when no address can be recovered. */
export const assertRecoverAddress = /* @__PURE__ */ insist(recoverAddress)

/** Verifies an ECDSA signature over secp256k1 (attestation.md §4.1). Low s only, unless `lowS` says otherwise. */
export const verifyEcdsa = /* @__PURE__ */ ask(load, ECDSA)
/** As `verifyEcdsa`. @throws VerificationError when the verdict is not ok. */
export const assertEcdsa = /* @__PURE__ */ insist(verifyEcdsa)
/** As `verifyEcdsa`: whether the verdict is ok. */
export const isValidEcdsa = /* @__PURE__ */ whether(verifyEcdsa)

/** Verifies RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of exactly 32 bytes (attestation.md §4.1). */
export const verifyRsaPss = /* @__PURE__ */ ask(load, RSA_PSS)
/** As `verifyRsaPss`. @throws VerificationError when the verdict is not ok. */
export const assertRsaPss = /* @__PURE__ */ insist(verifyRsaPss)
/** As `verifyRsaPss`: whether the verdict is ok. */
export const isValidRsaPss = /* @__PURE__ */ whether(verifyRsaPss)

/** Verifies ECDSA over P-384 with SHA-384 (attestation.md §4.1); high s is valid. */
export const verifyP384 = /* @__PURE__ */ ask(load, P384)
/** As `verifyP384`. @throws VerificationError when the verdict is not ok. */
export const assertP384 = /* @__PURE__ */ insist(verifyP384)
/** As `verifyP384`: whether the verdict is ok. */
export const isValidP384 = /* @__PURE__ */ whether(verifyP384)

/** Verifies RSASSA-PKCS1-v1_5 with SHA-256 (attestation.md §4.1); a DigestInfo without NULL is refused. */
export const verifyRsaPkcs1 = /* @__PURE__ */ ask(load, RSA_PKCS1)
/** As `verifyRsaPkcs1`. @throws VerificationError when the verdict is not ok. */
export const assertRsaPkcs1 = /* @__PURE__ */ insist(verifyRsaPkcs1)
/** As `verifyRsaPkcs1`: whether the verdict is ok. */
export const isValidRsaPkcs1 = /* @__PURE__ */ whether(verifyRsaPkcs1)

/** Verifies ECDSA over P-256 with SHA-256 (attestation.md §4.1); high s is valid. */
export const verifyP256 = /* @__PURE__ */ ask(load, P256)
/** As `verifyP256`. @throws VerificationError when the verdict is not ok. */
export const assertP256 = /* @__PURE__ */ insist(verifyP256)
/** As `verifyP256`: whether the verdict is ok. */
export const isValidP256 = /* @__PURE__ */ whether(verifyP256)

/** Verifies a Schnorr signature over secp256k1 (BIP-340). */
export const verifySchnorr = /* @__PURE__ */ ask(load, SCHNORR)
/** As `verifySchnorr`. @throws VerificationError when the verdict is not ok. */
export const assertSchnorr = /* @__PURE__ */ insist(verifySchnorr)
/** As `verifySchnorr`: whether the verdict is ok. */
export const isValidSchnorr = /* @__PURE__ */ whether(verifySchnorr)

/**
 * Verifies an Ed25519 signature: RFC 8032, or with `rule: 'zip215'` what CometBFT chains accept (chain-state.md §4.4). Keys
 * of small order are refused by the first and accepted by the second.
 */
export const verifyEd25519 = /* @__PURE__ */ ask(load, ED25519)
/** As `verifyEd25519`. @throws VerificationError when the verdict is not ok. */
export const assertEd25519 = /* @__PURE__ */ insist(verifyEd25519)
/** As `verifyEd25519`: whether the verdict is ok. */
export const isValidEd25519 = /* @__PURE__ */ whether(verifyEd25519)

/** `recoverAddress` of many in one call of the module: the addresses, or the first that there is not. */
export const recoverAddressBatch = /* @__PURE__ */ ask(load, RECOVER_BATCH)
/** As `recoverAddressBatch`. @throws VerificationError when the verdict is not ok. */
export const assertRecoverAddressBatch = /* @__PURE__ */ insist(recoverAddressBatch)

/** `verifyEcdsa` of many in one call of the module: ok when all hold; else `path` names the first that does not, `checks` each. */
export const verifyEcdsaBatch = /* @__PURE__ */ ask(load, ECDSA_BATCH)
/** As `verifyEcdsaBatch`. @throws VerificationError when the verdict is not ok. */
export const assertEcdsaBatch = /* @__PURE__ */ insist(verifyEcdsaBatch)
/** As `verifyEcdsaBatch`: whether the verdict is ok. */
export const isValidEcdsaBatch = /* @__PURE__ */ whether(verifyEcdsaBatch)

/** `verifySchnorr` of many, as `verifyEcdsaBatch`. */
export const verifySchnorrBatch = /* @__PURE__ */ ask(load, SCHNORR_BATCH)
/** As `verifySchnorrBatch`. @throws VerificationError when the verdict is not ok. */
export const assertSchnorrBatch = /* @__PURE__ */ insist(verifySchnorrBatch)
/** As `verifySchnorrBatch`: whether the verdict is ok. */
export const isValidSchnorrBatch = /* @__PURE__ */ whether(verifySchnorrBatch)

/** `verifyEd25519` of many, as `verifyEcdsaBatch`. */
export const verifyEd25519Batch = /* @__PURE__ */ ask(load, ED25519_BATCH)
/** As `verifyEd25519Batch`. @throws VerificationError when the verdict is not ok. */
export const assertEd25519Batch = /* @__PURE__ */ insist(verifyEd25519Batch)
/** As `verifyEd25519Batch`: whether the verdict is ok. */
export const isValidEd25519Batch = /* @__PURE__ */ whether(verifyEd25519Batch)

/** `verifyP256` of many, as `verifyEcdsaBatch`. */
export const verifyP256Batch = /* @__PURE__ */ ask(load, P256_BATCH)
/** As `verifyP256Batch`. @throws VerificationError when the verdict is not ok. */
export const assertP256Batch = /* @__PURE__ */ insist(verifyP256Batch)
/** As `verifyP256Batch`: whether the verdict is ok. */
export const isValidP256Batch = /* @__PURE__ */ whether(verifyP256Batch)

/** `verifyP384` of many, as `verifyEcdsaBatch`. */
export const verifyP384Batch = /* @__PURE__ */ ask(load, P384_BATCH)
/** As `verifyP384Batch`. @throws VerificationError when the verdict is not ok. */
export const assertP384Batch = /* @__PURE__ */ insist(verifyP384Batch)
/** As `verifyP384Batch`: whether the verdict is ok. */
export const isValidP384Batch = /* @__PURE__ */ whether(verifyP384Batch)

/** `verifyRsaPss` of many, as `verifyEcdsaBatch`. */
export const verifyRsaPssBatch = /* @__PURE__ */ ask(load, RSA_PSS_BATCH)
/** As `verifyRsaPssBatch`. @throws VerificationError when the verdict is not ok. */
export const assertRsaPssBatch = /* @__PURE__ */ insist(verifyRsaPssBatch)
/** As `verifyRsaPssBatch`: whether the verdict is ok. */
export const isValidRsaPssBatch = /* @__PURE__ */ whether(verifyRsaPssBatch)

/** `verifyRsaPkcs1` of many, as `verifyEcdsaBatch`. */
export const verifyRsaPkcs1Batch = /* @__PURE__ */ ask(load, RSA_PKCS1_BATCH)
/** As `verifyRsaPkcs1Batch`. @throws VerificationError when the verdict is not ok. */
export const assertRsaPkcs1Batch = /* @__PURE__ */ insist(verifyRsaPkcs1Batch)
/** As `verifyRsaPkcs1Batch`: whether the verdict is ok. */
export const isValidRsaPkcs1Batch = /* @__PURE__ */ whether(verifyRsaPkcs1Batch)

/** The digest that a wallet signs for a personal message (EIP-191). */
export const hashMessage = /* @__PURE__ */ ask(load, MESSAGE_HASH)
/** As `hashMessage`. @throws VerificationError when the verdict is not ok. */
export const assertHashMessage = /* @__PURE__ */ insist(hashMessage)

/** Verifies that an account signed a personal message (EIP-191). Low s only, unless `lowS` says otherwise. */
export const verifyMessage = /* @__PURE__ */ ask(load, MESSAGE)
/** As `verifyMessage`. @throws VerificationError when the verdict is not ok. */
export const assertMessage = /* @__PURE__ */ insist(verifyMessage)
/** As `verifyMessage`: whether the verdict is ok. */
export const isValidMessage = /* @__PURE__ */ whether(verifyMessage)

/**
 * The digest of typed data (EIP-712) and the hashes on the way to it. Members that the types do not name are `not-covered`
 * among the checks: no signature covers them.
 *
 * @returns the hashes, or TYPED_DATA_INVALID for data that has no encoding, with the path of the member.
 */
export const hashTypedData = /* @__PURE__ */ ask(load, TYPED_DATA_HASH)
/** As `hashTypedData`. @throws VerificationError when the verdict is not ok. */
export const assertHashTypedData = /* @__PURE__ */ insist(hashTypedData)

/** Verifies that an account signed typed data (EIP-712); the checks are those of `hashTypedData` and the signature. */
export const verifyTypedData = /* @__PURE__ */ ask(load, TYPED_DATA)
/** As `verifyTypedData`. @throws VerificationError when the verdict is not ok. */
export const assertTypedData = /* @__PURE__ */ insist(verifyTypedData)
/** As `verifyTypedData`: whether the verdict is ok. */
export const isValidTypedData = /* @__PURE__ */ whether(verifyTypedData)

/** `verifyMessage` of many in one call of the module: ok when all hold; else `path` names the first that does not, `checks` each. */
export const verifyMessageBatch = /* @__PURE__ */ ask(load, MESSAGE_BATCH)
/** As `verifyMessageBatch`. @throws VerificationError when the verdict is not ok. */
export const assertMessageBatch = /* @__PURE__ */ insist(verifyMessageBatch)
/** As `verifyMessageBatch`: whether the verdict is ok. */
export const isValidMessageBatch = /* @__PURE__ */ whether(verifyMessageBatch)

/** `verifyTypedData` of many, as `verifyMessageBatch`; each item's checks, those of members that no signature covers too, stand below its row. */
export const verifyTypedDataBatch = /* @__PURE__ */ ask(load, TYPED_DATA_BATCH)
/** As `verifyTypedDataBatch`. @throws VerificationError when the verdict is not ok. */
export const assertTypedDataBatch = /* @__PURE__ */ insist(verifyTypedDataBatch)
/** As `verifyTypedDataBatch`: whether the verdict is ok. */
export const isValidTypedDataBatch = /* @__PURE__ */ whether(verifyTypedDataBatch)

/** Data of the call that asks a contract wallet about a signature (ERC-1271); the caller makes the call. */
export const erc1271CallData = /* @__PURE__ */ ask(load, ERC1271_CALL)
/** As `erc1271CallData`. @throws VerificationError when the verdict is not ok. */
export const assertErc1271CallData = /* @__PURE__ */ insist(erc1271CallData)

/** Whether what that call returned is a yes: exactly the magic word. Where the answer comes from is the caller's knowledge. */
export const verifyErc1271Result = /* @__PURE__ */ ask(load, ERC1271_RESULT)
/** As `verifyErc1271Result`. @throws VerificationError when the verdict is not ok. */
export const assertErc1271Result = /* @__PURE__ */ insist(verifyErc1271Result)
/** As `verifyErc1271Result`: whether the verdict is ok. */
export const isValidErc1271Result = /* @__PURE__ */ whether(verifyErc1271Result)

/**
 * Verifies that receipts are leaves of a settled batch, or reads an individual settlement (receipt.md §11). Where the root or
 * the event comes from is the caller's knowledge; with `key` the signature in every leaf is checked, which no contract does
 * for a batch.
 */
export const verifySettlement = /* @__PURE__ */ ask(load, SETTLEMENT)
/** As `verifySettlement`. @throws VerificationError when the verdict is not ok. */
export const assertSettlement = /* @__PURE__ */ insist(verifySettlement)
/**
 * As `verifySettlement`: whether the verdict is ok **and** the signatures in the leaves were checked (`key`) **and** an event is that
 * of a pinned contract (`emitter`). A boolean cannot show what was only assumed.
 */
export const isValidSettlement = /* @__PURE__ */ whether(verifySettlement, SETTLEMENT)

/** Reads an event of the settlement relay (receipt.md §11). A log is worth what its origin is worth: pin `emitter`. */
export const decodeSettlementEvent = /* @__PURE__ */ ask(load, SETTLEMENT_EVENT)
/** As `decodeSettlementEvent`. @throws VerificationError when the verdict is not ok. */
export const assertDecodeSettlementEvent = /* @__PURE__ */ insist(decodeSettlementEvent)

/** Reads an event of on-chain inference (receipt.md §13), with its numbers exactly and as float32. */
export const decodeInferenceEvent = /* @__PURE__ */ ask(load, INFERENCE_EVENT)
/** As `decodeInferenceEvent`. @throws VerificationError when the verdict is not ok. */
export const assertDecodeInferenceEvent = /* @__PURE__ */ insist(decodeInferenceEvent)

/** The float32 that the network's own library makes of an on-chain number, bit for bit (receipt.md §13). */
export const decodeNumber = /* @__PURE__ */ ask(load, DECODE_NUMBER)
/** As `decodeNumber`. @throws VerificationError when the verdict is not ok. */
export const assertDecodeNumber = /* @__PURE__ */ insist(decodeNumber)

/** The on-chain form of a number: its shortest decimal text as an integer and a power of ten (receipt.md §13). */
export const encodeNumber = /* @__PURE__ */ ask(load, ENCODE_NUMBER)
/** As `encodeNumber`. @throws VerificationError when the verdict is not ok. */
export const assertEncodeNumber = /* @__PURE__ */ insist(encodeNumber)

/** Verifies that an enclave said that its key was alive (receipt.md §11); nothing about any reply follows from it. */
export const verifyHeartbeat = /* @__PURE__ */ ask(load, HEARTBEAT)
/** As `verifyHeartbeat`. @throws VerificationError when the verdict is not ok. */
export const assertHeartbeat = /* @__PURE__ */ insist(verifyHeartbeat)
/** As `verifyHeartbeat`: whether the verdict is ok **and** its time was held against both limits (`maxAgeS`, `futureS`). A boolean cannot show what was only assumed. */
export const isValidHeartbeat = /* @__PURE__ */ whether(verifyHeartbeat, HEARTBEAT)

/**
 * Verifies that an enclave signed a key configuration for confidential chat (receipt.md §12.2). Without that signature whoever
 * relays the configuration could put a key of his own there and read every prompt.
 */
export const verifyOhttpConfig = /* @__PURE__ */ ask(load, OHTTP_CONFIG)
/** As `verifyOhttpConfig`. @throws VerificationError when the verdict is not ok. */
export const assertOhttpConfig = /* @__PURE__ */ insist(verifyOhttpConfig)
/** As `verifyOhttpConfig`: whether the verdict is ok. */
export const isValidOhttpConfig = /* @__PURE__ */ whether(verifyOhttpConfig)

/**
 * Seals a request for the enclave that signed the configuration, and for nobody else (receipt.md §12.3): `verifyOhttpConfig`
 * comes first. Keep `context`: it opens the reply.
 */
export const sealOhttpRequest = /* @__PURE__ */ ask(load, SEAL_OHTTP)
/** As `sealOhttpRequest`. @throws VerificationError when the verdict is not ok. */
export const assertSealOhttpRequest = /* @__PURE__ */ insist(sealOhttpRequest)

/** Opens a whole reply to a sealed request (receipt.md §12.4). The receipt inside is still to be verified. */
export const openOhttpResponse = /* @__PURE__ */ ask(load, OPEN_OHTTP)
/** As `openOhttpResponse`. @throws VerificationError when the verdict is not ok. */
export const assertOpenOhttpResponse = /* @__PURE__ */ insist(openOhttpResponse)

/** Opens a chunked reply as it comes (receipt.md §12.4). What `push` gives is provisional until `finish` says ok. */
export const OhttpResponseStream = /* @__PURE__ */ ohttpStreamWith(load)

/**
 * Verifies what the registry says of a TEE: registered, enabled, alive, running an approved measurement (chain-state.md). How the
 * evidence goes decides `trust`; weaker levels than `proven` pass only when the config lists them.
 */
export const verifyRegistry = /* @__PURE__ */ ask(load, REGISTRY)
/** As `verifyRegistry`. @throws VerificationError when the verdict is not ok. */
export const assertRegistry = /* @__PURE__ */ insist(verifyRegistry)
/** As `verifyRegistry`: whether the verdict is ok. */
export const isValidRegistry = /* @__PURE__ */ whether(verifyRegistry)

/** Verifies a path of light blocks from the checkpoint or a stored state (chain-state.md §5); fetching and bisection are the caller's. */
export const verifyHeader = /* @__PURE__ */ ask(load, HEADER)
/** As `verifyHeader`. @throws VerificationError when the verdict is not ok. */
export const assertHeader = /* @__PURE__ */ insist(verifyHeader)
/** As `verifyHeader`: whether the verdict is ok. */
export const isValidHeader = /* @__PURE__ */ whether(verifyHeader)

/** As `verifyHeader`, from a stored state only: gives the state to store in its place. */
export const advanceTrustedState = /* @__PURE__ */ ask(load, TRUSTED_STATE)
/** As `advanceTrustedState`. @throws VerificationError when the verdict is not ok. */
export const assertAdvanceTrustedState = /* @__PURE__ */ insist(advanceTrustedState)

/**
 * Whether two servers show two accepted blocks at one height (chain-state.md §5.3): each path is verified as by `verifyHeader`.
 *
 * @returns the fork, null where both end in the same block; the code of the first path that is refused, CHAIN_HEIGHT_MISMATCH for
 *   two heights.
 */
export const detectFork = /* @__PURE__ */ forkWith(verifyHeader)

/** Verifies that a key has a value, or is absent, in one tree of a Cosmos chain (chain-state.md §6). The root is the caller's knowledge. */
export const verifyIcs23 = /* @__PURE__ */ ask(load, ICS23)
/** As `verifyIcs23`. @throws VerificationError when the verdict is not ok. */
export const assertIcs23 = /* @__PURE__ */ insist(verifyIcs23)
/** As `verifyIcs23`: whether the verdict is ok. */
export const isValidIcs23 = /* @__PURE__ */ whether(verifyIcs23)

/** The same through store and multistore, as abci_query answers: under the app hash of a header that the caller trusts. */
export const verifyStoreProof = /* @__PURE__ */ ask(load, STORE_PROOF)
/** As `verifyStoreProof`. @throws VerificationError when the verdict is not ok. */
export const assertStoreProof = /* @__PURE__ */ insist(verifyStoreProof)
/** As `verifyStoreProof`: whether the verdict is ok. */
export const isValidStoreProof = /* @__PURE__ */ whether(verifyStoreProof)

/** Verifies an answer to eth_getProof under a block that the caller trusts (chain-state.md §10); `trust` is what he says of it. */
export const verifyMptProof = /* @__PURE__ */ ask(load, MPT_PROOF)
/** As `verifyMptProof`. @throws VerificationError when the verdict is not ok. */
export const assertMptProof = /* @__PURE__ */ insist(verifyMptProof)
/** As `verifyMptProof`: whether the verdict is ok. */
export const isValidMptProof = /* @__PURE__ */ whether(verifyMptProof)

/** Verifies a transaction's receipt in the receipts trie of such a block. Status, address and topics are for the caller to check. */
export const verifyReceiptProof = /* @__PURE__ */ ask(load, RECEIPT_PROOF)
/** As `verifyReceiptProof`. @throws VerificationError when the verdict is not ok. */
export const assertReceiptProof = /* @__PURE__ */ insist(verifyReceiptProof)
/** As `verifyReceiptProof`: whether the verdict is ok. */
export const isValidReceiptProof = /* @__PURE__ */ whether(verifyReceiptProof)

/** The slots that a proof for `verifyRegistry` must hold, for callers with a transport of their own. */
export const registrySlots = /* @__PURE__ */ ask(load, REGISTRY_SLOTS)
/** As `registrySlots`. @throws VerificationError when the verdict is not ok. */
export const assertRegistrySlots = /* @__PURE__ */ insist(registrySlots)

/**
 * Where Solidity keeps a value: the slot of a variable, then a mapping's key, a member's offset, an array's data, as often as they
 * are nested (chain-state.md §7.2). For eth_getProof of any contract; those of the registry's are `registrySlots`.
 *
 * @returns `0x` and 64 hex digits. @throws UsageError ARGUMENT_INVALID
 */
export const storageSlot = /* @__PURE__ */ storageSlotWith(load)

/**
 * Puts a `bytes` or `string` of a contract's storage together from its words (chain-state.md §7.2): at most 64 KiB. The words are
 * worth what the caller proved of them.
 *
 * @returns `0x` hex, or REGISTRY_SLOT_MALFORMED for a word that is missing or of no such form.
 */
export const readStorageBytes = /* @__PURE__ */ ask(load, STORAGE_BYTES)
/** As `readStorageBytes`. @throws VerificationError when the verdict is not ok. */
export const assertReadStorageBytes = /* @__PURE__ */ insist(readStorageBytes)

/**
 * Verifies that a transaction is in a block and how it ended, from the two roots of headers that the caller trusts
 * (chain-state.md §7.4): that something happened, never that it still holds.
 *
 * @returns true, or CHAIN_LIMIT_EXCEEDED, TX_PROOF_INVALID, TX_NOT_SUCCESSFUL (a reverted EVM call too, unless `execution` is `any`).
 */
export const verifyTxResult = /* @__PURE__ */ ask(load, TX_RESULT)
/** As `verifyTxResult`. @throws VerificationError when the verdict is not ok. */
export const assertTxResult = /* @__PURE__ */ insist(verifyTxResult)
/** As `verifyTxResult`: whether the verdict is ok. */
export const isValidTxResult = /* @__PURE__ */ whether(verifyTxResult)

/**
 * Reads the calldata of a registration, strict ABI (chain-state.md §8). Decoded only: the attestation in it is verified by
 * `verifyRegistry` with `{calldata}` as evidence.
 *
 * @returns its parts, or CHAIN_LIMIT_EXCEEDED above 256 KiB, CALLDATA_MALFORMED.
 */
export const decodeRegistration = /* @__PURE__ */ ask(load, REGISTRATION)
/** As `decodeRegistration`. @throws VerificationError when the verdict is not ok. */
export const assertDecodeRegistration = /* @__PURE__ */ insist(decodeRegistration)

/**
 * Walks a Merkle-Patricia trie by a key as it stands (chain-state.md §10); accounts, slots and receipts have functions of their own.
 *
 * @returns the value, `0x` hex; null where the proof shows that there is none; MPT_PROOF_MALFORMED, MPT_PROOF_INVALID.
 */
export const verifyTrieProof = /* @__PURE__ */ ask(load, TRIE_PROOF)
/** As `verifyTrieProof`. @throws VerificationError when the verdict is not ok. */
export const assertTrieProof = /* @__PURE__ */ insist(verifyTrieProof)
/** As `verifyTrieProof`: whether the verdict is ok. */
export const isValidTrieProof = /* @__PURE__ */ whether(verifyTrieProof)

const askEvidence = /* @__PURE__ */ ask(load, EVIDENCE_CALL)
/**
 * Verifies an evidence bundle, JSON text or bytes (docs/evidence.md): attestation, receipt, settlement, then what links them.
 * All that is trusted comes from the policy, nothing from the bundle. A part that this version cannot check is refused.
 *
 * @param options `now`, where the policy names no moment; `judgeProof` of `assay-wasm/zk`, for bundles with a proof of
 *   computation.
 * @returns what was shown, or the code of the first check that failed.
 */
export const verifyEvidence = /* @__PURE__ */ withArguments(askEvidence)
/** As `verifyEvidence`. @throws VerificationError when the verdict is not ok. */
export const assertEvidence = /* @__PURE__ */ withArguments(/* @__PURE__ */ insist(askEvidence))
/** As `verifyEvidence`: whether the verdict is ok **and** a request that the bundle has is covered (by a reply, or by a settled leaf) **and** the signatures of settled leaves were checked **and** none of them is above the limit of age (`receipt: {maxAgeS: null}` sets none). */
export const isValidEvidence = /* @__PURE__ */ withArguments(/* @__PURE__ */ whether(askEvidence, EVIDENCE_CALL))

/** Keccak-256 as Ethereum uses it (not SHA3-256). @returns 32 bytes. @throws UsageError above 64 MiB. */
export const keccak256 = /* @__PURE__ */ hashWith(load, 'keccak256')

/** SHA-256. @returns 32 bytes. @throws UsageError above 64 MiB. */
export const sha256 = /* @__PURE__ */ hashWith(load, 'sha256')

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
import { ECDSA, P384, RECOVER, RSA_PSS } from './signatures.js'
import { GENUINE_NITRO, NITRO } from './nitro.js'
import { hashWith } from './hashes.js'
import { loadRelease as load } from './release.js'
import { RECEIPT } from './receipt.js'

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
 * Verifies an AWS Nitro attestation document against a policy (attestation.md §1). Without measurements in the policy
 * nothing is accepted: UsageError NITRO_PCR_POLICY_EMPTY.
 *
 * @returns the claims, or the code of the first check that failed. The caller must still bind them to what he talks to.
 */
export const verifyNitroAttestation = /* @__PURE__ */ ask(load, NITRO)
/** As `verifyNitroAttestation`. @throws VerificationError when the verdict is not ok. */
export const assertNitroAttestation = /* @__PURE__ */ insist(verifyNitroAttestation)
/** As `verifyNitroAttestation`: whether the verdict is ok. */
export const isValidNitroAttestation = /* @__PURE__ */ whether(verifyNitroAttestation)

/**
 * Asks whether AWS hardware made a document, and nothing else (attestation.md §0): the answer is `genuine`, never
 * verified, since anyone who rents such a machine can produce one.
 */
export const authenticateNitro = /* @__PURE__ */ ask(load, GENUINE_NITRO)
/** As `authenticateNitro`. @throws VerificationError when the verdict is not ok. */
export const assertGenuineNitro = /* @__PURE__ */ insist(authenticateNitro)
/** As `authenticateNitro`: whether the verdict is ok. */
export const isGenuineNitro = /* @__PURE__ */ whether(authenticateNitro)

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

/** Verifies ECDSA over P-384 with SHA-384 (attestation.md §4.1), by the module; high s is valid. */
export const verifyP384 = /* @__PURE__ */ ask(load, P384)
/** As `verifyP384`. @throws VerificationError when the verdict is not ok. */
export const assertP384 = /* @__PURE__ */ insist(verifyP384)
/** As `verifyP384`: whether the verdict is ok. */
export const isValidP384 = /* @__PURE__ */ whether(verifyP384)

/** Keccak-256 as Ethereum uses it (not SHA3-256). @returns 32 bytes. @throws UsageError above 64 MiB. */
export const keccak256 = /* @__PURE__ */ hashWith(load, 'keccak256')

/** SHA-256. @returns 32 bytes. @throws UsageError above 64 MiB. */
export const sha256 = /* @__PURE__ */ hashWith(load, 'sha256')

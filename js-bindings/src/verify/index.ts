// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay-wasm/verify`: verdicts about evidence. Importing does nothing; the module is fetched on the first call, checked
// against the digest of the release and shared by all calls.
import { compileSource, expectedDigest, takeSource } from '../loader/source.js'
import { readMembers } from '../loader/input.js'
import { authenticateNitroWith, hashWith, recoverAddressWith, verifyEcdsaWith, verifyNitroWith, verifyP384With, verifyReceiptWith, verifyRsaPssWith } from './async.js'
import { valueOf } from './outcome.js'
import { loadRelease as load, releaseDigest, releaseUrl } from './release.js'
import { Verifier } from './sync.js'
import type { WasmOptions } from '../loader/source.js'
import type { GenuineNitro, NitroGenuineInput, NitroInput, VerifiedNitro } from './nitro.js'
import type { ReceiptInput, VerifiedReceipt } from './receipt.js'
import type { EcdsaInput, P384Input, RecoverInput, RecoveredAddress, RsaPssInput, SignedBy } from './signatures.js'
import type { Verdict } from './verdict.js'

export type * from './types.js'

/**
 * Loads the module for the synchronous form.
 *
 * @param options where the module comes from, and its digest; default: the package's own file. A compiled
 *   `WebAssembly.Module` is taken **unchecked**: its caller has fetched it, and answers for it.
 * @throws LoadError WASM_UNAVAILABLE, WASM_DIGEST_MISMATCH; UsageError
 */
export async function loadVerifier(options: WasmOptions = {}): Promise<Verifier> {
  const { wasm, digest } = readMembers(options, ['wasm', 'digest'], '')
  const expected = expectedDigest(digest, wasm, releaseDigest())
  return new Verifier(await compileSource(wasm === undefined ? releaseUrl() : takeSource(wasm), expected))
}

/**
 * Verifies an inference receipt: the attestation that binds the signing key first, then the receipt (receipt.md §7).
 *
 * @returns the signed output, or the code of the first check that failed; never rejects for bad evidence.
 * @throws UsageError for a call or a policy that cannot be answered, LoadError, InternalError.
 */
export function verifyReceipt(input: ReceiptInput): Promise<Verdict<VerifiedReceipt>> {
  return verifyReceiptWith(load, input)
}

/** As `verifyReceipt`. @throws VerificationError when the verdict is not ok. */
export async function assertReceipt(input: ReceiptInput): Promise<VerifiedReceipt> {
  return valueOf(await verifyReceipt(input))
}

/** As `verifyReceipt`: whether the verdict is ok. */
export async function isValidReceipt(input: ReceiptInput): Promise<boolean> {
  return (await verifyReceipt(input)).ok
}

/**
 * Verifies an AWS Nitro attestation document against a policy (attestation.md §1). Without measurements in the policy
 * nothing is accepted: UsageError NITRO_PCR_POLICY_EMPTY.
 *
 * @returns the claims, or the code of the first check that failed. The caller must still bind them to what he talks to.
 * @throws UsageError, LoadError, InternalError
 */
export function verifyNitroAttestation(input: NitroInput): Promise<Verdict<VerifiedNitro>> {
  return verifyNitroWith(load, input)
}

/** As `verifyNitroAttestation`. @throws VerificationError when the verdict is not ok. */
export async function assertNitroAttestation(input: NitroInput): Promise<VerifiedNitro> {
  return valueOf(await verifyNitroAttestation(input))
}

/** As `verifyNitroAttestation`: whether the verdict is ok. */
export async function isValidNitroAttestation(input: NitroInput): Promise<boolean> {
  return (await verifyNitroAttestation(input)).ok
}

/**
 * Asks whether AWS hardware made a document, and nothing else (attestation.md §0): the answer is `genuine`, never
 * verified, since anyone who rents such a machine can produce one.
 *
 * @throws UsageError, LoadError, InternalError
 */
export function authenticateNitro(input: NitroGenuineInput): Promise<Verdict<GenuineNitro>> {
  return authenticateNitroWith(load, input)
}

/** As `authenticateNitro`. @throws VerificationError when the verdict is not ok. */
export async function assertGenuineNitro(input: NitroGenuineInput): Promise<GenuineNitro> {
  return valueOf(await authenticateNitro(input))
}

/** As `authenticateNitro`: whether the verdict is ok. */
export async function isGenuineNitro(input: NitroGenuineInput): Promise<boolean> {
  return (await authenticateNitro(input)).ok
}

/**
 * Recovers the Ethereum address that signed a digest (attestation.md §4.1). Low s only, unless `lowS` says otherwise.
 * The caller must compare the address with the one that he expects.
 *
 * @returns the address, or SIGNATURE_MALFORMED, SIGNATURE_INVALID.
 */
export function recoverAddress(input: RecoverInput): Promise<Verdict<RecoveredAddress>> {
  return recoverAddressWith(load, input)
}

/** As `recoverAddress`. @throws VerificationError when no address can be recovered. */
export async function assertRecoverAddress(input: RecoverInput): Promise<RecoveredAddress> {
  return valueOf(await recoverAddress(input))
}

/** As `recoverAddress`: whether there is an address at all; says nothing about whose it is. */
export async function isRecoverable(input: RecoverInput): Promise<boolean> {
  return (await recoverAddress(input)).ok
}

/** Verifies an ECDSA signature over secp256k1 (attestation.md §4.1). Low s only, unless `lowS` says otherwise. */
export function verifyEcdsa(input: EcdsaInput): Promise<Verdict<SignedBy>> {
  return verifyEcdsaWith(load, input)
}

/** As `verifyEcdsa`. @throws VerificationError when the verdict is not ok. */
export async function assertEcdsa(input: EcdsaInput): Promise<SignedBy> {
  return valueOf(await verifyEcdsa(input))
}

/** As `verifyEcdsa`: whether the verdict is ok. */
export async function isValidEcdsa(input: EcdsaInput): Promise<boolean> {
  return (await verifyEcdsa(input)).ok
}

/** Verifies RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of exactly 32 bytes (attestation.md §4.1). */
export function verifyRsaPss(input: RsaPssInput): Promise<Verdict<SignedBy>> {
  return verifyRsaPssWith(load, input)
}

/** As `verifyRsaPss`. @throws VerificationError when the verdict is not ok. */
export async function assertRsaPss(input: RsaPssInput): Promise<SignedBy> {
  return valueOf(await verifyRsaPss(input))
}

/** As `verifyRsaPss`: whether the verdict is ok. */
export async function isValidRsaPss(input: RsaPssInput): Promise<boolean> {
  return (await verifyRsaPss(input)).ok
}

/** Verifies ECDSA over P-384 with SHA-384 (attestation.md §4.1), by the module; high s is valid. */
export function verifyP384(input: P384Input): Promise<Verdict<SignedBy>> {
  return verifyP384With(load, input)
}

/** As `verifyP384`. @throws VerificationError when the verdict is not ok. */
export async function assertP384(input: P384Input): Promise<SignedBy> {
  return valueOf(await verifyP384(input))
}

/** As `verifyP384`: whether the verdict is ok. */
export async function isValidP384(input: P384Input): Promise<boolean> {
  return (await verifyP384(input)).ok
}

/** Keccak-256 as Ethereum uses it (not SHA3-256). @returns 32 bytes. @throws UsageError above 64 MiB. */
export function keccak256(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return hashWith(load, 'keccak256', bytes)
}

/** SHA-256. @returns 32 bytes. @throws UsageError above 64 MiB. */
export function sha256(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return hashWith(load, 'sha256', bytes)
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The synchronous form: everything that the asynchronous functions do, once the module is there.
import { executeHash } from './hashes.js'
import { executeNitro, prepareGenuine, prepareNitro } from './nitro.js'
import { executeReceipt, prepareReceipt } from './receipt.js'
import { executeRecover, executeSigned, prepareEcdsa, prepareP384, prepareRecover, prepareRsaPss } from './signatures.js'
import { valueOf, withinLimits } from './outcome.js'
import { Machine } from './machine.js'
import type { GenuineNitro, NitroGenuineInput, NitroInput, VerifiedNitro } from './nitro.js'
import type { ReceiptInput, VerifiedReceipt } from './receipt.js'
import type { EcdsaInput, P384Input, RecoverInput, RecoveredAddress, RsaPssInput, SignedBy } from './signatures.js'
import type { Verdict } from './verdict.js'

/**
 * The functions of this package without promises. Each does what the function of the same name of
 * `assay-wasm/verify` does; P-384 is always checked by the module (`platform` is read and ignored).
 */
export class Verifier {
  readonly #machine: Machine

  /** @throws LoadError WASM_UNAVAILABLE when the module cannot be started. */
  constructor(compiled: WebAssembly.Module) {
    this.#machine = new Machine(compiled)
  }

  verifyReceipt(input: ReceiptInput): Verdict<VerifiedReceipt> {
    return withinLimits(() => prepareReceipt(input), (prepared) => executeReceipt(this.#machine, prepared))
  }
  assertReceipt(input: ReceiptInput): VerifiedReceipt {
    return valueOf(this.verifyReceipt(input))
  }
  isValidReceipt(input: ReceiptInput): boolean {
    return this.verifyReceipt(input).ok
  }

  verifyNitroAttestation(input: NitroInput): Verdict<VerifiedNitro> {
    return withinLimits(() => prepareNitro(input), (prepared) => executeNitro<VerifiedNitro>(this.#machine, prepared))
  }
  assertNitroAttestation(input: NitroInput): VerifiedNitro {
    return valueOf(this.verifyNitroAttestation(input))
  }
  isValidNitroAttestation(input: NitroInput): boolean {
    return this.verifyNitroAttestation(input).ok
  }

  authenticateNitro(input: NitroGenuineInput): Verdict<GenuineNitro> {
    return withinLimits(() => prepareGenuine(input), (prepared) => executeNitro<GenuineNitro>(this.#machine, prepared))
  }
  assertGenuineNitro(input: NitroGenuineInput): GenuineNitro {
    return valueOf(this.authenticateNitro(input))
  }
  isGenuineNitro(input: NitroGenuineInput): boolean {
    return this.authenticateNitro(input).ok
  }

  recoverAddress(input: RecoverInput): Verdict<RecoveredAddress> {
    return withinLimits(() => prepareRecover(input), (prepared) => executeRecover(this.#machine, prepared))
  }
  assertRecoverAddress(input: RecoverInput): RecoveredAddress {
    return valueOf(this.recoverAddress(input))
  }
  isRecoverable(input: RecoverInput): boolean {
    return this.recoverAddress(input).ok
  }

  verifyEcdsa(input: EcdsaInput): Verdict<SignedBy> {
    return withinLimits(() => prepareEcdsa(input), (prepared) => executeSigned(this.#machine, prepared))
  }
  assertEcdsa(input: EcdsaInput): SignedBy {
    return valueOf(this.verifyEcdsa(input))
  }
  isValidEcdsa(input: EcdsaInput): boolean {
    return this.verifyEcdsa(input).ok
  }

  verifyRsaPss(input: RsaPssInput): Verdict<SignedBy> {
    return withinLimits(() => prepareRsaPss(input), (prepared) => executeSigned(this.#machine, prepared))
  }
  assertRsaPss(input: RsaPssInput): SignedBy {
    return valueOf(this.verifyRsaPss(input))
  }
  isValidRsaPss(input: RsaPssInput): boolean {
    return this.verifyRsaPss(input).ok
  }

  verifyP384(input: P384Input): Verdict<SignedBy> {
    return withinLimits(() => prepareP384(input), (prepared) => executeSigned(this.#machine, prepared))
  }
  assertP384(input: P384Input): SignedBy {
    return valueOf(this.verifyP384(input))
  }
  isValidP384(input: P384Input): boolean {
    return this.verifyP384(input).ok
  }

  keccak256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    return executeHash(this.#machine, 'keccak256', bytes)
  }
  sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    return executeHash(this.#machine, 'sha256', bytes)
  }
}

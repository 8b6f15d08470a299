// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The asynchronous form: inputs are read and copied before the first `await`, then the module is loaded, once.
import { copyBytes } from '../loader/input.js'
import { MAX_HASHED, executeHash } from './hashes.js'
import { answerByPlatform } from './p384_platform.js'
import { executeNitro, prepareGenuine, prepareNitro } from './nitro.js'
import { executeReceipt, prepareReceipt } from './receipt.js'
import { executeRecover, executeSigned, prepareEcdsa, prepareP384, prepareRecover, prepareRsaPss } from './signatures.js'
import { limitVerdict } from './outcome.js'
import type { GenuineNitro, NitroClaims, NitroGenuineInput, NitroInput, PreparedNitro, VerifiedNitro } from './nitro.js'
import type { Machine } from './machine.js'
import type { PreparedReceipt, ReceiptInput, VerifiedReceipt } from './receipt.js'
import type { EcdsaInput, P384Input, PreparedSignature, RecoverInput, RecoveredAddress, RsaPssInput, SignedBy } from './signatures.js'
import type { Verdict } from './verdict.js'

/** Where the module of an entry point comes from; shares one promise. */
export type Load = () => Promise<Machine>

/** Reads at once, loads, executes. Sizes above a limit become a verdict. */
async function call<P, T>(load: Load, read: () => P, execute: (machine: Machine, prepared: P) => Verdict<T> | Promise<Verdict<T>>): Promise<Verdict<T>> {
  let prepared: P
  try {
    prepared = read()
  } catch (error) {
    return limitVerdict(error)
  }
  return execute(await load(), prepared)
}

/** With the platform's answers, where there are some; a trap of another call in between ends this one too. */
export async function runReceipt(machine: Machine, prepared: PreparedReceipt): Promise<Verdict<VerifiedReceipt>> {
  const epoch = machine.epoch
  const answers = await answerByPlatform(machine, prepared, epoch)
  return executeReceipt(machine, prepared, answers, epoch)
}

export async function runNitro<T extends NitroClaims>(machine: Machine, prepared: PreparedNitro): Promise<Verdict<T>> {
  const epoch = machine.epoch
  const answers = await answerByPlatform(machine, prepared, epoch)
  return executeNitro<T>(machine, prepared, answers, epoch)
}

export const verifyReceiptWith = (load: Load, input: ReceiptInput): Promise<Verdict<VerifiedReceipt>> =>
  call(load, () => prepareReceipt(input), runReceipt)

export const verifyNitroWith = (load: Load, input: NitroInput): Promise<Verdict<VerifiedNitro>> =>
  call(load, () => prepareNitro(input), runNitro<VerifiedNitro>)

export const authenticateNitroWith = (load: Load, input: NitroGenuineInput): Promise<Verdict<GenuineNitro>> =>
  call(load, () => prepareGenuine(input), runNitro<GenuineNitro>)

const signature = <T>(load: Load, read: () => PreparedSignature, execute: (machine: Machine, input: PreparedSignature) => Verdict<T>) =>
  call(load, read, execute)

export const recoverAddressWith = (load: Load, input: RecoverInput): Promise<Verdict<RecoveredAddress>> =>
  signature(load, () => prepareRecover(input), executeRecover)

export const verifyEcdsaWith = (load: Load, input: EcdsaInput): Promise<Verdict<SignedBy>> =>
  signature(load, () => prepareEcdsa(input), executeSigned)

export const verifyRsaPssWith = (load: Load, input: RsaPssInput): Promise<Verdict<SignedBy>> =>
  signature(load, () => prepareRsaPss(input), executeSigned)

export const verifyP384With = (load: Load, input: P384Input): Promise<Verdict<SignedBy>> =>
  signature(load, () => prepareP384(input), executeSigned)

export async function hashWith(load: Load, name: 'keccak256' | 'sha256', bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const copy = copyBytes(bytes, 'bytes', MAX_HASHED)
  return executeHash(await load(), name, copy)
}

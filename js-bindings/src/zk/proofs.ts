// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proofs of computation as questions to zk.wasm (snark.md, ezkl.md). Files are taken as their texts and bytes: a pin is the
// SHA-256 of exactly those.
import { UsageError } from '../errors/base.js'
import { NO_BYTES, copyBytes, copyText, cutBytes, inputLimit, ownItems, readMembers } from '../loader/input.js'
import { fromHex } from '../loader/hex.js'
import { question } from '../verify/call.js'
import { pinBytes } from '../verify/pin.js'
import { reviveEzkl, reviveSnark } from '../verify/proof_value.js'
import type { PreparedCall, Question } from '../verify/call.js'
import type { ProofTask } from '../verify/evidence.js'
import type { EzklJson, EzklProof, SnarkJson, SnarkProof } from '../verify/proof_value.js'
import type { Sha256 } from '../verify/pin.js'

export type { Sha256 } from '../verify/pin.js'
export type { EzklInstance, EzklProof, SnarkProof } from '../verify/proof_value.js'

/** The three files of snarkjs, as text. */
export type SnarkFiles = {
  readonly vk: string | Uint8Array
  readonly proof: string | Uint8Array
  readonly publicSignals: string | Uint8Array
}
export type SnarkInput = SnarkFiles & {
  /** SHA-256 of `vk`, from the application. Required: who chooses the key chooses what is proven. */
  readonly pin: Sha256
}
/** Key and settings of a circuit. */
export type EzklKey = {
  /** vk.key */
  readonly key: Uint8Array
  /** settings.json */
  readonly settings: string | Uint8Array
}
/** The same, compiled by `compileEzklKey`. */
export type EzklDescriptor = { readonly descriptor: Uint8Array }
export type EzklEvidence = (EzklKey | EzklDescriptor) & {
  /** proof.json */
  readonly proof: string | Uint8Array
  /** The ceremony's points, for a circuit that does not use the public one. */
  readonly srs?: Uint8Array
}
export type EzklInput =
  | (EzklEvidence & EzklKey & { readonly pin: { readonly key: Sha256; readonly settings: Sha256; readonly srs?: Sha256 } })
  | (EzklEvidence & EzklDescriptor & { readonly pin: { readonly descriptor: Sha256; readonly srs?: Sha256 } })

/** What a batch has in common beside its key. */
type BatchInput = {
  /**
   * 32 bytes that nobody else could foresee, from `crypto.getRandomValues`: the proofs are checked in one equation with
   * weights made of them (and of all that is verified).
   */
  readonly entropy: Uint8Array
}
export type SnarkBatchInput = BatchInput & Pick<SnarkInput, 'vk' | 'pin'> & { readonly proofs: readonly Omit<SnarkFiles, 'vk'>[] }
export type EzklBatchInput = BatchInput &
  EzklDescriptor & {
    readonly srs?: Uint8Array
    readonly pin: { readonly descriptor: Sha256; readonly srs?: Sha256 }
    /** proof.json of each */
    readonly proofs: readonly (string | Uint8Array)[]
  }

export type CompileInput = EzklKey & {
  /** A proof that is known to be good: it settles what key and settings leave open. */
  readonly proof?: string | Uint8Array
  readonly srs?: Uint8Array
}
export type CompiledEzklKey = {
  readonly descriptor: Uint8Array<ArrayBuffer>
  /** SHA-256 of the descriptor, 0x-hex: the pin. */
  readonly digest: string
}

/** One above the limits of the specifications, which the module answers with ZK_LIMIT; anything longer is ZK_LIMIT unread. */
const SNARK_CUT = (4 << 20) + 1
const SETTINGS_CUT = (1 << 20) + 1
const KEY_CUT = (64 << 20) + 1
const DESCRIPTOR_CUT = (4 << 20) + 1
const SRS_BYTES = 16 << 20

function requirePin(value: unknown): void {
  if (value === undefined) throw new UsageError('POLICY_INVALID', 'pin: required; the function without it is another one', { path: 'pin' })
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, each) => sum + each.byteLength, 0))
  let at = 0
  for (const each of parts) {
    all.set(each, at)
    at += each.byteLength
  }
  return all
}

type SnarkSystem = SnarkProof['system']
const SNARK_MEMBERS = ['vk', 'proof', 'publicSignals'] as const

function snarkFields(given: { readonly [name in (typeof SNARK_MEMBERS)[number]]?: unknown }): Uint8Array<ArrayBuffer>[] {
  return [
    copyText(given.vk, 'vk', SNARK_CUT),
    copyText(given.publicSignals, 'publicSignals', SNARK_CUT),
    copyText(given.proof, 'proof', SNARK_CUT),
  ]
}

const prepareSnark = (system: SnarkSystem) => (input: SnarkInput): PreparedCall => {
  const given = readMembers(input, [...SNARK_MEMBERS, 'pin'], '')
  requirePin(given.pin)
  return { kind: 'operation', operation: `verify_${system}`, fields: [...snarkFields(given), pinBytes(given.pin, 'pin')] }
}
const prepareSnarkUnpinned = (system: SnarkSystem) => (input: SnarkFiles): PreparedCall => ({
  kind: 'operation',
  operation: `verify_${system}_unpinned`,
  fields: snarkFields(readMembers(input, SNARK_MEMBERS, '')),
})

const MAX_ITEMS = 4096
const MAX_FRAME = 64 << 20
const ENTROPY_BYTES = 32
const HEAD = 4

function entropyBytes(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes = cutBytes(value, 'entropy', ENTROPY_BYTES + 1)
  if (bytes.byteLength !== ENTROPY_BYTES) throw new UsageError('ARGUMENT_INVALID', 'entropy: must be 32 bytes', { path: 'entropy' })
  return bytes
}

/** Every field with its length before it. `read` answers the fields of one proof. */
function framed(value: unknown, read: (item: unknown, path: string) => readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const items = ownItems(value, 'proofs', MAX_ITEMS)
  if (items.length === 0) throw new UsageError('ARGUMENT_INVALID', 'proofs: is empty, and nothing to verify proves nothing', { path: 'proofs' })
  const parts: Uint8Array[] = []
  let size = 0
  for (const [i, item] of items.entries())
    for (const field of read(item, `proofs[${i}]`)) {
      size += HEAD + field.byteLength
      if (size > MAX_FRAME) throw inputLimit('proofs', size, MAX_FRAME)
      const head = new Uint8Array(HEAD)
      new DataView(head.buffer).setUint32(0, field.byteLength, true)
      parts.push(head, field)
    }
  return joined(parts)
}

type Items<J> = { readonly items: readonly J[] }

const snark = (system: SnarkSystem): Question<SnarkInput, SnarkProof> => question(prepareSnark(system), reviveSnark)
const snarkUnpinned = (system: SnarkSystem): Question<SnarkFiles, SnarkProof> => question(prepareSnarkUnpinned(system), reviveSnark)

const snarkBatch = (system: SnarkSystem): Question<SnarkBatchInput, readonly SnarkProof[]> =>
  question(
    (input: SnarkBatchInput): PreparedCall => {
      const given = readMembers(input, ['vk', 'pin', 'entropy', 'proofs'], '')
      requirePin(given.pin)
      const proofs = framed(given.proofs, (item, path) => {
        const { publicSignals, proof } = readMembers(item, ['proof', 'publicSignals'], path)
        return [copyText(publicSignals, `${path}.publicSignals`, SNARK_CUT), copyText(proof, `${path}.proof`, SNARK_CUT)]
      })
      const fields = [copyText(given.vk, 'vk', SNARK_CUT), pinBytes(given.pin, 'pin'), entropyBytes(given.entropy), proofs]
      return { kind: 'operation', operation: `verify_${system}_batch`, fields }
    },
    ({ items }: Items<SnarkJson>) => items.map(reviveSnark),
  )

const EZKL_MEMBERS = ['key', 'settings', 'descriptor', 'proof', 'srs'] as const
type EzklMembers = { readonly [name in (typeof EZKL_MEMBERS)[number]]?: unknown }

/** An SRS that is given is never empty: to the core an empty one is the public ceremony's. */
function srsBytes(value: unknown): Uint8Array<ArrayBuffer> {
  if (value === undefined) return NO_BYTES
  const bytes = copyBytes(value, 'srs', SRS_BYTES)
  if (bytes.byteLength === 0) throw new UsageError('ARGUMENT_INVALID', 'srs: is empty', { path: 'srs' })
  return bytes
}

function ezklFields(given: EzklMembers): { readonly compiled: boolean; readonly fields: Uint8Array<ArrayBuffer>[] } {
  const compiled = given.descriptor !== undefined
  if (compiled && (given.key !== undefined || given.settings !== undefined))
    throw new UsageError('ARGUMENT_INVALID', 'descriptor: give either it, or key and settings', { path: 'descriptor' })
  const circuit = compiled
    ? [copyBytes(given.descriptor, 'descriptor', DESCRIPTOR_CUT)]
    : [copyBytes(given.key, 'key', KEY_CUT), copyText(given.settings, 'settings', SETTINGS_CUT)]
  return { compiled, fields: [...circuit, copyText(given.proof, 'proof', SNARK_CUT), srsBytes(given.srs)] }
}

/** One for each file that is given, in their order, and no other. */
function pinsOf(value: unknown, names: readonly string[]): Uint8Array<ArrayBuffer> {
  const pins = readMembers(value, ['descriptor', 'key', 'settings', 'srs'], 'pin')
  for (const name of Object.keys(pins))
    if (!names.includes(name)) throw new UsageError('POLICY_INVALID', `pin.${name}: nothing of that name is given`, { path: `pin.${name}` })
  return joined(names.map((name) => pinBytes(pins[name as keyof typeof pins] ?? '', `pin.${name}`)))
}

function prepareEzkl(input: EzklInput): PreparedCall {
  const given = readMembers(input, [...EZKL_MEMBERS, 'pin'], '')
  requirePin(given.pin)
  const { compiled, fields } = ezklFields(given)
  const pin = pinsOf(given.pin, [...(compiled ? ['descriptor'] : ['key', 'settings']), ...(given.srs === undefined ? [] : ['srs'])])
  return { kind: 'operation', operation: compiled ? 'verify_ezkl_descriptor' : 'verify_ezkl', fields: [...fields, pin] }
}

function prepareEzklUnpinned(input: EzklEvidence): PreparedCall {
  const { compiled, fields } = ezklFields(readMembers(input, EZKL_MEMBERS, ''))
  return { kind: 'operation', operation: compiled ? 'verify_ezkl_descriptor_unpinned' : 'verify_ezkl_unpinned', fields }
}

function prepareEzklBatch(input: EzklBatchInput): PreparedCall {
  const given = readMembers(input, ['descriptor', 'srs', 'pin', 'entropy', 'proofs'], '')
  requirePin(given.pin)
  const pin = pinsOf(given.pin, ['descriptor', ...(given.srs === undefined ? [] : ['srs'])])
  const proofs = framed(given.proofs, (item, path) => [copyText(item, path, SNARK_CUT)])
  const fields = [copyBytes(given.descriptor, 'descriptor', DESCRIPTOR_CUT), srsBytes(given.srs), pin, entropyBytes(given.entropy), proofs]
  return { kind: 'operation', operation: 'verify_ezkl_descriptor_batch', fields }
}

function prepareCompile(input: CompileInput): PreparedCall {
  const given = readMembers(input, ['key', 'settings', 'proof', 'srs'], '')
  return {
    kind: 'operation',
    operation: 'compile_ezkl_key',
    fields: [
      copyBytes(given.key, 'key', KEY_CUT),
      copyText(given.settings, 'settings', SETTINGS_CUT),
      given.proof === undefined ? NO_BYTES : copyText(given.proof, 'proof', SNARK_CUT),
      srsBytes(given.srs),
    ],
  }
}

const ENCODER = /* @__PURE__ */ new TextEncoder()

/** The proof of an evidence bundle, under the key that the policy names; its digest is the pin. */
export function prepareTask({ system, proof, publicSignals, key, srs, pin: digests }: ProofTask): PreparedCall {
  const [file, pin, text] = [fromHex(key)!, fromHex(digests)!, ENCODER.encode(proof)]
  return system === 'ezkl'
    ? { kind: 'operation', operation: 'verify_ezkl_descriptor', fields: [file, text, fromHex(srs)!, pin] }
    : { kind: 'operation', operation: `verify_${system}`, fields: [file, ENCODER.encode(publicSignals), text, pin] }
}

export const ZK_QUESTIONS = {
  verifyGroth16Proof: /* @__PURE__ */ snark('groth16'),
  verifyGroth16ProofUnpinned: /* @__PURE__ */ snarkUnpinned('groth16'),
  verifyGroth16ProofBatch: /* @__PURE__ */ snarkBatch('groth16'),
  verifyPlonkProof: /* @__PURE__ */ snark('plonk'),
  verifyPlonkProofUnpinned: /* @__PURE__ */ snarkUnpinned('plonk'),
  verifyPlonkProofBatch: /* @__PURE__ */ snarkBatch('plonk'),
  verifyFflonkProof: /* @__PURE__ */ snark('fflonk'),
  verifyFflonkProofUnpinned: /* @__PURE__ */ snarkUnpinned('fflonk'),
  verifyFflonkProofBatch: /* @__PURE__ */ snarkBatch('fflonk'),
  verifyEzklProof: /* @__PURE__ */ question(prepareEzkl, reviveEzkl) as Question<EzklInput, EzklProof>,
  verifyEzklProofUnpinned: /* @__PURE__ */ question(prepareEzklUnpinned, reviveEzkl) as Question<EzklEvidence, EzklProof>,
  verifyEzklProofBatch: /* @__PURE__ */ question(prepareEzklBatch, ({ items }: Items<EzklJson>) => items.map(reviveEzkl)) as Question<
    EzklBatchInput,
    readonly EzklProof[]
  >,
  compileEzklKey: /* @__PURE__ */ question(prepareCompile, (json: { readonly descriptor: string; readonly digest: string }) => ({
    descriptor: fromHex(json.descriptor)!,
    digest: json.digest,
  })) as Question<CompileInput, CompiledEzklKey>,
} as const

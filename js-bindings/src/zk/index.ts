// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay-wasm/zk`: verdicts about proofs of computation, by a module of its own. Importing does nothing; the module is
// fetched on the first call, checked against the digest of the release and shared by all calls.
//
// A pin is required: who chooses the key chooses what is proven. The functions without one are named so; their verdicts
// are unproven. Beside every function stand `assert…`, which answers with the value and throws VerificationError when the
// verdict is not ok, and `isValid…`, which answers whether it is.
import { limitVerdict, valueOf } from '../verify/outcome.js'
import { insist, whether } from '../verify/ask.js'
import { formNames } from '../verify/forms.js'
import { ZK_QUESTIONS, prepareTask } from './proofs.js'
import { loadMachine, loadRelease } from './release.js'
import type { AssertName, IsName } from '../verify/forms.js'
import type { PreparedCall, Question } from '../verify/call.js'
import type { ProofTask } from '../verify/evidence.js'
import type { Verdict } from '../verify/verdict.js'
import type { WasmOptions } from '../loader/source.js'
import type { ZkMachine } from './release.js'

export { ezklFelt } from './felt.js'
export type * from './proofs.js'
export type { Check, TrustLevel, Verdict } from '../verify/verdict.js'
export type { WasmOptions } from '../loader/source.js'

function answer<I, T>(machine: ZkMachine, { prepare, read }: Question<I, T>, input: I): Verdict<T> {
  let prepared: PreparedCall
  try {
    prepared = prepare(input) as PreparedCall
  } catch (error) {
    return limitVerdict(error, 'ZK_LIMIT')
  }
  return read(machine.call(prepared.operation, prepared.fields))
}

/** The input is read and copied before anything is waited for. */
function ask<I, T>({ prepare, read }: Question<I, T>): (input: I) => Promise<Verdict<T>> {
  return async (input) => {
    let prepared: PreparedCall
    try {
      prepared = prepare(input) as PreparedCall
    } catch (error) {
      return limitVerdict(error, 'ZK_LIMIT')
    }
    return read((await loadRelease()).call(prepared.operation, prepared.fields))
  }
}

/**
 * Verifies a Groth16 proof on BN254 in the files of snarkjs (snark.md §2). A proof can be re-randomised by anybody: it is
 * no identifier.
 */
export const verifyGroth16Proof = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyGroth16Proof)
/** As `verifyGroth16Proof`. @throws VerificationError when the verdict is not ok. */
export const assertGroth16Proof = /* @__PURE__ */ insist(verifyGroth16Proof)
/** As `verifyGroth16Proof`: whether the verdict is ok. */
export const isValidGroth16Proof = /* @__PURE__ */ whether(verifyGroth16Proof)
/** The same with the key at face value, for tests and tools. */
export const verifyGroth16ProofUnpinned = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyGroth16ProofUnpinned)
/** Many proofs under one key by one product of pairings: ok when all hold, else `path` is the index of the first that does not. */
export const verifyGroth16ProofBatch = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyGroth16ProofBatch)
/** As `verifyGroth16ProofBatch`. @throws VerificationError when the verdict is not ok. */
export const assertGroth16ProofBatch = /* @__PURE__ */ insist(verifyGroth16ProofBatch)
/** As `verifyGroth16ProofBatch`: whether the verdict is ok. */
export const isValidGroth16ProofBatch = /* @__PURE__ */ whether(verifyGroth16ProofBatch)

/** Verifies a PLONK proof on BN254 in the files of snarkjs (snark.md §3). */
export const verifyPlonkProof = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyPlonkProof)
/** As `verifyPlonkProof`. @throws VerificationError when the verdict is not ok. */
export const assertPlonkProof = /* @__PURE__ */ insist(verifyPlonkProof)
/** As `verifyPlonkProof`: whether the verdict is ok. */
export const isValidPlonkProof = /* @__PURE__ */ whether(verifyPlonkProof)
/** The same with the key at face value, for tests and tools. */
export const verifyPlonkProofUnpinned = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyPlonkProofUnpinned)
/** Many proofs under one key by one product of pairings: ok when all hold, else `path` is the index of the first that does not. */
export const verifyPlonkProofBatch = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyPlonkProofBatch)
/** As `verifyPlonkProofBatch`. @throws VerificationError when the verdict is not ok. */
export const assertPlonkProofBatch = /* @__PURE__ */ insist(verifyPlonkProofBatch)
/** As `verifyPlonkProofBatch`: whether the verdict is ok. */
export const isValidPlonkProofBatch = /* @__PURE__ */ whether(verifyPlonkProofBatch)

/** Verifies an FFLONK proof on BN254 in the files of snarkjs (snark.md §4). */
export const verifyFflonkProof = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyFflonkProof)
/** As `verifyFflonkProof`. @throws VerificationError when the verdict is not ok. */
export const assertFflonkProof = /* @__PURE__ */ insist(verifyFflonkProof)
/** As `verifyFflonkProof`: whether the verdict is ok. */
export const isValidFflonkProof = /* @__PURE__ */ whether(verifyFflonkProof)
/** The same with the key at face value, for tests and tools. */
export const verifyFflonkProofUnpinned = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyFflonkProofUnpinned)
/** Many proofs under one key by one product of pairings: ok when all hold, else `path` is the index of the first that does not. */
export const verifyFflonkProofBatch = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyFflonkProofBatch)
/** As `verifyFflonkProofBatch`. @throws VerificationError when the verdict is not ok. */
export const assertFflonkProofBatch = /* @__PURE__ */ insist(verifyFflonkProofBatch)
/** As `verifyFflonkProofBatch`: whether the verdict is ok. */
export const isValidFflonkProofBatch = /* @__PURE__ */ whether(verifyFflonkProofBatch)

/**
 * Verifies an EZKL proof of inference, releases 10.1 to 22.2 (ezkl.md), under a pinned key and settings or a pinned
 * descriptor.
 *
 * @returns the public inputs and outputs as field elements, integers and numbers. Which model the key belongs to is what
 *   the pin says.
 */
export const verifyEzklProof = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyEzklProof)
/** As `verifyEzklProof`. @throws VerificationError when the verdict is not ok. */
export const assertEzklProof = /* @__PURE__ */ insist(verifyEzklProof)
/** As `verifyEzklProof`: whether the verdict is ok. */
export const isValidEzklProof = /* @__PURE__ */ whether(verifyEzklProof)
/** The same with key, settings and SRS at face value, for tests and tools. */
export const verifyEzklProofUnpinned = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyEzklProofUnpinned)
/** Many proofs under a descriptor by one product of pairings: ok when all hold, else `path` is the index of the first that does not. */
export const verifyEzklProofBatch = /* @__PURE__ */ ask(ZK_QUESTIONS.verifyEzklProofBatch)
/** As `verifyEzklProofBatch`. @throws VerificationError when the verdict is not ok. */
export const assertEzklProofBatch = /* @__PURE__ */ insist(verifyEzklProofBatch)
/** As `verifyEzklProofBatch`: whether the verdict is ok. */
export const isValidEzklProofBatch = /* @__PURE__ */ whether(verifyEzklProofBatch)

/**
 * Turns a key and its settings into a descriptor of a few kB, once, by whoever trusts both. Its digest is the pin of later
 * verifications. With a proof that is known to be good the descriptor holds for that prover only, and one digest is tried.
 */
export const compileEzklKey = /* @__PURE__ */ ask(ZK_QUESTIONS.compileEzklKey)
/** As `compileEzklKey`. @throws VerificationError when the verdict is not ok. */
export const assertCompileEzklKey = /* @__PURE__ */ insist(compileEzklKey)

/**
 * Judges the proof of computation in an evidence bundle: `verifyEvidence(bundle, policy, { judgeProof })`. The policy names
 * the keys that proofs may be under (`policy.zk`).
 */
export const judgeProof = async (task: ProofTask): Promise<string> => callTask(await loadRelease(), task)

const callTask = (machine: ZkMachine, task: ProofTask): string => {
  const { operation, fields } = prepareTask(task)
  return machine.call(operation, fields)
}

type Questions = typeof ZK_QUESTIONS
type InputOf<N extends keyof Questions> = Questions[N] extends Question<infer I, infer _> ? I : never
type ValueOf<N extends keyof Questions> = Questions[N] extends Question<infer _, infer T> ? T : never
/** The functions without a pin have no other form. */
type Twinned<N extends string> = N extends `${string}Unpinned` ? never : N

/** The functions of this entry point without promises. */
export type ZkVerifier = { readonly [N in keyof Questions]: (input: InputOf<N>) => Verdict<ValueOf<N>> } & {
  readonly [N in keyof Questions as AssertName<Twinned<N>>]: (input: InputOf<N>) => ValueOf<N>
} & { readonly [N in keyof Questions as IsName<Twinned<N>>]: (input: InputOf<N>) => boolean } & {
  readonly judgeProof: (task: ProofTask) => string
}

/**
 * Loads the module for the synchronous form.
 *
 * @param options where the module comes from, and its digest; default: the package's own file. A compiled
 *   `WebAssembly.Module` is taken **unchecked**: its caller has fetched it, and answers for it.
 * @throws LoadError WASM_UNAVAILABLE, WASM_DIGEST_MISMATCH; UsageError
 */
export async function loadZkVerifier(options: WasmOptions = {}): Promise<ZkVerifier> {
  const machine = await loadMachine(options)
  const functions: Record<string, unknown> = { judgeProof: (task: ProofTask) => callTask(machine, task) }
  for (const [name, asked] of Object.entries(ZK_QUESTIONS)) {
    const run = (input: unknown) => answer(machine, asked as Question<unknown, unknown>, input)
    functions[name] = run
    if (name.endsWith('Unpinned')) continue
    const { assert, is } = formNames(name)
    functions[assert] = (input: unknown) => valueOf(run(input))
    if (is !== undefined) functions[is] = (input: unknown) => run(input).ok
  }
  return functions as ZkVerifier
}

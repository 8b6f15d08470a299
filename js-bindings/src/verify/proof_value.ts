// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a proof of computation has shown, as verdicts carry it.

/** What was proven. */
export type SnarkProof = { readonly system: 'groth16' | 'plonk' | 'fflonk'; readonly publicSignals: readonly bigint[] }

/** A public value of the circuit. */
export type EzklInstance = {
  /** 32 bytes, 0x-hex. */
  readonly felt: string
  /** The signed integer; left out when it does not fit 128 bits. */
  readonly integer?: bigint
  /** integer / 2^scale, rounded to a double; left out for hashes and where the settings name no scale. */
  readonly value?: number
}
/**
 * What was proven: public values in order, hashes first, then the tensors. A circuit with a hashed output and public tensors
 * has another order: nothing is labelled there (`hashes` 0, no `tensors`).
 */
export type EzklProof = {
  readonly system: 'ezkl'
  /** Of EZKL, as the settings say. */
  readonly version: string
  readonly keyDigest: string
  readonly hashes: number
  readonly tensors: readonly { readonly size: number; readonly scale: number }[]
  readonly instances: readonly EzklInstance[]
}

/** The proof of an evidence bundle. */
export type BundledProof = (SnarkProof | EzklProof) & {
  /**
   * Which key of `policy.zk` it is under, 0x-hex. A policy that names several circuits has to look here: a proof of one says
   * nothing of another. (`keyDigest` of EZKL is another value: what its transcript begins with.)
   */
  readonly keySha256: string
}

type SnarkSystem = SnarkProof['system']
export type SnarkJson = { readonly system: SnarkSystem; readonly publicSignals: readonly string[] }
export const reviveSnark = (json: SnarkJson): SnarkProof => ({ system: json.system, publicSignals: json.publicSignals.map(BigInt) })

export type EzklJson = Omit<EzklProof, 'instances'> & {
  readonly instances: readonly { readonly felt: string; readonly integer?: string; readonly value?: number }[]
}
export const reviveEzkl = (json: EzklJson): EzklProof => ({
  ...json,
  instances: json.instances.map(({ integer, ...rest }) => (integer === undefined ? rest : { ...rest, integer: BigInt(integer) })),
})

export type ProofJson = (SnarkJson | EzklJson) & { readonly keySha256: string }
export const reviveProof = ({ keySha256, ...json }: ProofJson): BundledProof => ({
  ...(json.system === 'ezkl' ? reviveEzkl(json as EzklJson) : reviveSnark(json as SnarkJson)),
  keySha256,
})

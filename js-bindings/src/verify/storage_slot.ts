// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where Solidity keeps a value (chain-state.md §7.2, as core/chain/evm/storage.hpp): what an application with a transport
// of its own asks eth_getProof for. Names of storage slots are computed, never looked up; nothing here is a verdict.
import { argumentInvalid, copyText, ownItems, readMembers, typedArrayName, copyBytes } from '../loader/input.js'
import { executeHash } from './hashes.js'
import { fromHex, toHex } from '../loader/hex.js'
import type { Load } from './ask.js'
import type { Machine } from './machine.js'

/** One step from a variable's slot to a value's. Exactly one member. */
export type StorageStep =
  /** The entry of a mapping whose keys are of a value type: an integer, a bool, an address (20 bytes) or a bytes32. Hex has `0x`. */
  | { readonly key: bigint | number | boolean | string | Uint8Array }
  /** The entry of a mapping whose keys are `string` (text) or `bytes`. */
  | { readonly keyBytes: string | Uint8Array }
  /** So many slots further: a member of a struct, an element of an array. */
  | { readonly offset: bigint | number }
  /** Where the elements of a dynamic array begin, or the content of `bytes` and `string` of more than 31 bytes. */
  | { readonly data: true }

export type StorageSlotInput = {
  /** The slot of the variable itself, as the compiler's storage layout says: a number, `0x` and 64 hex digits, or 32 bytes. */
  readonly slot: bigint | number | string | Uint8Array
  /** In order, outermost first. */
  readonly steps?: readonly StorageStep[]
}

const WORD = 32
const ADDRESS = 20
const MAX_STEPS = 16
const MAX_KEY = 1 << 16
const MODULUS = 1n << 256n

type Bytes = Uint8Array<ArrayBuffer>
/** Hashes the key before the slot, or goes on from it. */
type ReadStep = { readonly key: Bytes } | { readonly offset: bigint }
type Plan = { readonly slot: Bytes; readonly steps: readonly ReadStep[] }

const word = (value: bigint): Bytes => fromHex(((value + MODULUS) % MODULUS).toString(16).padStart(2 * WORD, '0'))!
const numberOf = (bytes: Bytes): bigint => BigInt(`0x${toHex(bytes)}`)

function integer(value: unknown, path: string, least: bigint): bigint {
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw argumentInvalid(path, 'must be a whole number')
  const whole = BigInt(value as bigint | number)
  if (whole < least || whole >= MODULUS) throw argumentInvalid(path, 'does not fit 256 bits')
  return whole
}

/** A word: numbers as two's complement, addresses padded on the left. */
function readWord(value: unknown, path: string, sizes: readonly number[], least: bigint): Bytes {
  if (typeof value === 'bigint' || typeof value === 'number') return word(integer(value, path, least))
  const bytes = typedArrayName(value) !== undefined ? copyBytes(value, path, WORD)
    : typeof value === 'string' && value.startsWith('0x') ? fromHex(value.slice(2)) : undefined
  if (bytes === undefined || !sizes.includes(bytes.length)) throw argumentInvalid(path, `must be a number or ${sizes.join(' or ')} bytes`)
  return word(numberOf(bytes))
}

function readStep(value: unknown, path: string): ReadStep {
  const { key, keyBytes, offset, data } = readMembers(value, ['key', 'keyBytes', 'offset', 'data'], path)
  if ([key, keyBytes, offset, data].filter((each) => each !== undefined).length !== 1) throw argumentInvalid(path, 'must have exactly one member')
  if (offset !== undefined) return { offset: integer(offset, `${path}.offset`, 0n) }
  if (keyBytes !== undefined) return { key: copyText(keyBytes, `${path}.keyBytes`, MAX_KEY) }
  if (data !== undefined) {
    if (data !== true) throw argumentInvalid(`${path}.data`, 'must be true')
    return { key: new Uint8Array(0) } // keccak256(slot), as if of an empty key
  }
  return { key: readWord(typeof key === 'boolean' ? Number(key) : key, `${path}.key`, [ADDRESS, WORD], -(MODULUS >> 1n)) }
}

function readPlan(input: StorageSlotInput): Plan {
  const { slot, steps = [] } = readMembers(input, ['slot', 'steps'], '')
  return { slot: readWord(slot, 'slot', [WORD], 0n), steps: ownItems(steps, 'steps', MAX_STEPS).map((step, i) => readStep(step, `steps[${i}]`)) }
}

function follow(machine: Machine, { slot, steps }: Plan): string {
  let at = slot
  for (const step of steps) {
    at = 'offset' in step ? word(numberOf(at) + step.offset) : executeHash(machine, 'keccak256', new Uint8Array([...step.key, ...at]))
  }
  return `0x${toHex(at)}`
}

/** The synchronous form. @throws UsageError ARGUMENT_INVALID */
export const storageSlotNow = (machine: Machine) => (input: StorageSlotInput): string => follow(machine, readPlan(input))

/** The asynchronous form. */
export const storageSlotWith = (load: Load) => async (input: StorageSlotInput): Promise<string> => {
  const plan = readPlan(input)
  return follow(await load(), plan)
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A number as the field element that EZKL makes of it (ezkl.md §8): what an application compares a proof's public values with.
import { argumentInvalid } from '../loader/input.js'

/** The order of BN254's scalar field. */
const R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n
/** Integers of the prover are signed and of 128 bits. */
const END = 1n << 127n
const MAX_SCALE = 128
const FRACTION_BITS = 52

/** A double as `integer · 2^exponent`, exactly. */
function partsOf(value: number): { readonly integer: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const fraction = BigInt.asUintN(FRACTION_BITS, bits)
  const exponent = Number((bits >> BigInt(FRACTION_BITS)) & 0x7ffn)
  const size = exponent === 0 ? fraction : fraction | (1n << BigInt(FRACTION_BITS))
  return { integer: bits >> 63n === 1n ? -size : size, exponent: Math.max(exponent, 1) - 1075 }
}

/**
 * The field element of a number: value · 2^scale, rounded half away from zero, negative ones below the field's order.
 *
 * @param scale of the tensor, as in a verdict's `tensors`
 * @returns 32 bytes, 0x-hex, as `felt` in a verdict
 * @throws UsageError ARGUMENT_INVALID for a value that is not finite, a scale that is no integer between -128 and 128, and a
 *   product beyond 128 bits.
 */
export function ezklFelt(value: number, scale: number): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw argumentInvalid('value', 'must be a finite number')
  if (!Number.isInteger(scale) || Math.abs(scale) > MAX_SCALE) throw argumentInvalid('scale', `must be an integer between -${MAX_SCALE} and ${MAX_SCALE}`)
  const { integer, exponent } = partsOf(value)
  const size = integer < 0n ? -integer : integer
  const shift = BigInt(exponent + scale)
  const rounded = shift < 0n ? (size + (1n << (-shift - 1n))) >> -shift : size << shift
  const product = integer < 0n ? -rounded : rounded
  if (product < -END || product >= END) throw argumentInvalid('value', 'does not fit 128 bits at this scale')
  return `0x${(product < 0n ? R + product : product).toString(16).padStart(64, '0')}`
}

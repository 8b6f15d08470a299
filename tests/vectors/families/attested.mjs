// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the families `tdx` and `snp` share: evidence with one byte changed, and verdicts compared with an index.

/** The bytes of a mutation: one byte XORed or set, or a prefix. */
export function mutate(bytes, { offset, xor, set, truncate }, where) {
  if (Number.isInteger(truncate)) return bytes.subarray(0, truncate)
  if (!Number.isInteger(offset) || offset >= bytes.length || Number.isInteger(xor) === Number.isInteger(set))
    throw new Error(`${where}: no such mutation`)
  const changed = Uint8Array.from(bytes)
  changed[offset] = Number.isInteger(set) ? set : changed[offset] ^ xor
  return changed
}

export const json = (value) => new TextEncoder().encode(JSON.stringify(value))

/**
 * A case that calls one operation. `claims` names values of the verdict, and `recorded` what the index has for them:
 * a recorded value that the API gives as well must be the same.
 */
export function attestedCase(id, operation, fields, expect, claims, recorded) {
  return {
    id,
    run: async (engine) => {
      const verdict = await engine.call(operation, fields)
      const got = verdict.ok ? 'OK' : verdict.code
      if (got !== expect) return { expected: expect, got }
      if (!verdict.ok) return null
      for (const [name, value] of Object.entries(claims(verdict.value))) {
        if (!Object.hasOwn(recorded, name) || value === undefined) continue
        const [want, have] = [recorded[name], value].map((each) => JSON.stringify(each))
        if (want !== have) return { expected: `OK with ${name} ${want}`, got: `OK with ${have}` }
      }
      return null
    },
  }
}

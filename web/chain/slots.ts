// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Answers to eth_getProof, read only to know what to ask for next, and put together. The core judges them.

type Slot = { readonly key?: unknown; readonly value?: unknown }
const slotsOf = (proof: unknown): readonly Slot[] => {
  const list = (proof as { readonly storageProof?: unknown } | null)?.storageProof
  return Array.isArray(list) ? list.filter((each): each is Slot => typeof each === 'object' && each !== null) : []
}

/** What an answer claims, only to know which slot to ask for next. */
export function readRecord(proof: unknown, flagsSlot: string, pcrSlot: string): readonly [number, string] {
  const claimed = (slot: string) => {
    const value = slotsOf(proof).find(({ key }) => typeof key === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(key) && BigInt(key) === BigInt(slot))?.value
    return typeof value === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(value) ? BigInt(value) : 0n
  }
  return [Number(claimed(flagsSlot) & 0xffn), `0x${claimed(pcrSlot).toString(16).padStart(64, '0')}`]
}

export const joined = (proof: unknown, more: unknown): object => ({ ...(proof as object), storageProof: [...slotsOf(proof), ...slotsOf(more)] })

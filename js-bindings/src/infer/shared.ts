// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Models that are loaded: another load of the same bytes in the same way starts from their packed weights.
import type { Model } from './model.js'

type Entry = { readonly how: string; readonly model: WeakRef<Model> }

const loaded = new WeakMap<WebAssembly.Module, Entry[]>()

const alive = ({ model }: Entry) => model.deref()?.isLive === true

/** Everything that makes sessions interchangeable but the bytes themselves. */
export const howLoaded = (bytes: Uint8Array, options: string) => `${bytes.byteLength} ${options}`

/** Whether it may pay to wait for the digest of the bytes. */
export function mayBeLoaded(compiled: WebAssembly.Module, how: string): boolean {
  return loaded.get(compiled)?.some((entry) => entry.how === how && alive(entry)) === true
}

/** @returns a live model of these bytes, to be forked. */
export function findLoaded(compiled: WebAssembly.Module, how: string, digest: string): Model | undefined {
  for (const { how: other, model } of loaded.get(compiled) ?? []) {
    const found = model.deref()
    if (other === how && found?.isLive === true && found.digest === digest) return found
  }
  return undefined
}

export function noteLoaded(compiled: WebAssembly.Module, how: string, model: Model): void {
  loaded.set(compiled, [...(loaded.get(compiled) ?? []).filter(alive), { how, model: new WeakRef(model) }])
}

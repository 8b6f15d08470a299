// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What crosses between a page and the worker that hosts the modules. Ids are integers, made by the page, never reused.
import type { WireError } from '../errors/wire.js'
import type { Prepared } from '../verify/call.js'
import type { Port } from '../infer/ports.js'
import type { Variant } from '../infer/variants.js'

/** A call of the verifier whose inputs were read and copied by the page. */
export type VerifyCall = Prepared | { readonly kind: 'hash'; readonly call: 'keccak256' | 'sha256'; readonly bytes: Uint8Array<ArrayBuffer> }

/** Where a model comes from; an address is absolute. */
export type WireSource = { readonly url: string } | { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly blob: Blob } | { readonly stream: ReadableStream<Uint8Array> }

export type WireLoadOptions = {
  readonly digest?: string
  readonly variant?: Variant
  readonly threads?: number
  readonly profile?: boolean
  readonly timeoutMs?: number
  readonly limits?: { readonly modelBytes?: number; readonly nodes?: number; readonly memoryBytes?: number }
}

/** A value: a tensor whose elements are nobody else's, a sequence, a map, or an absent optional. */
export type WireTensor = { readonly type: string; readonly data: ArrayBufferView<ArrayBuffer> | readonly string[]; readonly dims: readonly number[] }
export type WireMap = ReadonlyMap<string | bigint, string | number | bigint>
export type WireValue = WireTensor | readonly WireValue[] | WireMap | { readonly keys: WireTensor; readonly values: WireTensor } | null
/** A feed: a value, or the bare elements. */
export type WireFeed = readonly [name: string, feed: WireValue | ArrayBufferView<ArrayBuffer>]

/** What a page needs to know of a loaded model. */
export type WireModel = {
  readonly model: number
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  readonly digest: string
  readonly variant: Variant
  readonly threads: number
}

export type Request =
  | { readonly kind: 'verify'; readonly id: number; readonly call: VerifyCall }
  | { readonly kind: 'load'; readonly id: number; readonly source: WireSource; readonly options: WireLoadOptions; readonly progress: boolean }
  | { readonly kind: 'run'; readonly id: number; readonly model: number; readonly feeds: readonly WireFeed[]; readonly outputs?: readonly string[] }
  | { readonly kind: 'profile'; readonly id: number; readonly model: number }
  | { readonly kind: 'dispose'; readonly model: number }
  | { readonly kind: 'abort'; readonly id: number }

export type Reply =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError }
  | { readonly kind: 'progress'; readonly id: number; readonly loaded: number; readonly total: number | undefined }

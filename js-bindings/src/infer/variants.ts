// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Which of the four builds runs here. inference.md §6.
import { UsageError } from '../errors/base.js'

/**
 * `simd` runs everywhere; `relaxed` fuses multiply and add, faster, results may differ in the last bit between machines;
 * the `-threads` variants need a cross-origin isolated page.
 */
export type Variant = 'simd' | 'relaxed' | 'simd-threads' | 'relaxed-threads'

export const VARIANTS = ['simd', 'relaxed', 'simd-threads', 'relaxed-threads'] as const

/** Most threads that the runtime takes. */
export const MAX_THREADS = 4

// The smallest modules with one instruction of each feature.
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]
const RELAXED = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11]
const THREADS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11]

const compiles = (bytes: readonly number[]) => WebAssembly.validate(Uint8Array.from(bytes))

type Scope = { crossOriginIsolated?: boolean; SharedArrayBuffer?: unknown; WorkerGlobalScope?: unknown; Worker?: unknown; navigator?: { hardwareConcurrency?: number } }

// WebKitGTK 2.50 calls itself isolated and takes shared memories, but has no SharedArrayBuffer and cannot post one.
const threadsWork = (scope: Scope) =>
  scope.crossOriginIsolated === true && scope.SharedArrayBuffer !== undefined && scope.Worker !== undefined && compiles(THREADS)

/** @returns whether this variant can run here. */
export function isSupported(variant: Variant): boolean {
  return (
    compiles(SIMD) &&
    (!variant.startsWith('relaxed') || compiles(RELAXED)) &&
    (!variant.endsWith('-threads') || threadsWork(globalThis as Scope))
  )
}

/** A build and the number of threads for it. */
export type Choice = { readonly variant: Variant; readonly threads: number }

/**
 * By feature detection. Threads only inside a worker: the main thread of a page must not wait for others.
 *
 * @throws UsageError ARGUMENT_INVALID when what is asked for cannot run here.
 */
export function chooseVariant(wanted: Variant | undefined, threads: number | undefined): Choice {
  const scope = globalThis as Scope
  if (wanted !== undefined && !isSupported(wanted)) {
    throw new UsageError('ARGUMENT_INVALID', `variant: ${wanted} cannot run here`, { path: 'variant' })
  }
  const arithmetic = compiles(RELAXED) ? 'relaxed' : 'simd'
  const threaded = threads !== 1 && threadsWork(scope) && scope.WorkerGlobalScope !== undefined
  const variant = wanted ?? (threaded ? (`${arithmetic}-threads` as const) : arithmetic)
  if (!variant.endsWith('-threads')) {
    if (threads !== undefined && threads !== 1) {
      throw new UsageError('ARGUMENT_INVALID', 'threads: need a cross-origin isolated worker and a variant with threads', { path: 'threads' })
    }
    return { variant, threads: 1 }
  }
  return { variant, threads: threads ?? Math.min(scope.navigator?.hardwareConcurrency ?? 1, MAX_THREADS) }
}

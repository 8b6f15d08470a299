// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Instances of infer-*.wasm. Every model has an instance to itself but for its forks, so that disposing of it gives its memory
// back and a trap takes no other model with it; the compiled module of a variant is shared.
import { BaseError, InternalError, LoadError, ModelError, UsageError } from '../errors/base.js'
import { CODE_MESSAGES } from '../errors/codes.generated.js'
import { categoryOf, isErrorCode } from '../errors/codes.js'
import { memoize } from '../loader/memo.js'
import { compileSource, takeSource } from '../loader/source.js'
import { WASM_SHA256 } from '../wasm/manifest.js'
import createRelaxed from '../wasm/infer-relaxed.mjs'
import createRelaxedThreads from '../wasm/infer-relaxed-threads.mjs'
import createSimd from '../wasm/infer-simd.mjs'
import createSimdThreads from '../wasm/infer-simd-threads.mjs'
import type { CodeOf } from '../errors/codes.js'
import type { VerdictCode } from '../errors/base.js'
import type { InferFactory, InferModule } from '../wasm/infer.js'
import type { Port } from './ports.js'
import type { Choice, Variant } from './variants.js'

/** All imported statically: service workers take nothing later, and bundlers' classic workers cannot be split. */
const FACTORIES: { readonly [variant in Variant]: InferFactory } = {
  simd: createSimd,
  relaxed: createRelaxed,
  'simd-threads': createSimdThreads,
  'relaxed-threads': createRelaxedThreads,
}

/** The literals that bundlers recognise; never a remote address. */
const URLS: { readonly [variant in Variant]: () => URL } = {
  simd: () => new URL('../wasm/infer-simd.wasm', import.meta.url),
  relaxed: () => new URL('../wasm/infer-relaxed.wasm', import.meta.url),
  'simd-threads': () => new URL('../wasm/infer-simd-threads.wasm', import.meta.url),
  'relaxed-threads': () => new URL('../wasm/infer-relaxed-threads.wasm', import.meta.url),
}

const compiled = (variant: Variant) => memoize(() => compileSource(URLS[variant](), WASM_SHA256[`infer-${variant}.wasm`]))
const COMPILED: { readonly [variant in Variant]: () => Promise<WebAssembly.Module> } = {
  simd: /* @__PURE__ */ compiled('simd'),
  relaxed: /* @__PURE__ */ compiled('relaxed'),
  'simd-threads': /* @__PURE__ */ compiled('simd-threads'),
  'relaxed-threads': /* @__PURE__ */ compiled('relaxed-threads'),
}

/** The compiled module: the release's, or the caller's own, checked against the release's digest unless it is compiled already. */
export function compileVariant(variant: Variant, own: ReturnType<typeof takeSource> | undefined): Promise<WebAssembly.Module> {
  return own === undefined ? COMPILED[variant]() : compileSource(own, WASM_SHA256[`infer-${variant}.wasm`])
}

/** @throws LoadError WASM_UNAVAILABLE when the module cannot be started. */
export async function startInstance(module: WebAssembly.Module, { variant, threads }: Choice): Promise<InferModule> {
  try {
    return await new Promise<InferModule>((resolve, reject) => {
      FACTORIES[variant]({
        instantiateWasm(imports, done) {
          WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject)
          return {}
        },
        ...(variant.endsWith('-threads') ? { pthreadPoolSize: threads } : {}),
      }).then(resolve, reject)
    })
  } catch (cause) {
    throw new LoadError('WASM_UNAVAILABLE', 'The WebAssembly module could not be started.', { cause })
  }
}

/** A failure of the module, as it writes it. */
export type Failure = { readonly code: unknown; readonly message?: string; readonly path?: string }

/** What the module answers to a model. */
export type LoadVerdict = { ok: true; value: { handle: number; inputs: readonly Port[]; outputs: readonly Port[] } } | ({ ok: false } & Failure)

/** @returns the error to throw for a failure: by category, so that the caller knows who has to act. */
export function errorOf({ code, message, path }: Failure): BaseError {
  if (!isErrorCode(code)) return new InternalError('TRAP', `The module answered with an unknown code: ${String(code)}`)
  const text = message ?? CODE_MESSAGES[code]
  const short = path === undefined ? text : `${path}: ${text}`
  const details = path === undefined ? {} : { path }
  switch (categoryOf(code)) {
    case 'usage':
      return new UsageError(code as CodeOf<'usage'>, short, details)
    case 'load':
      return new LoadError(code as CodeOf<'load'>, short, details)
    case 'internal':
      return new InternalError(code as CodeOf<'internal'>, short, details)
    default:
      return new ModelError(code as VerdictCode, short, details)
  }
}

/** Reads the text of a result record: u32 address, u32 length. The slice is a copy out of memory that may be shared. */
export function readJson(module: InferModule, record: number): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readRecord(module, record)))
}

/** A copy of the bytes of a result record. */
export function readRecord(module: InferModule, record: number): Uint8Array<ArrayBuffer> {
  const heap = module.HEAPU8
  const view = new DataView(heap.buffer, record, 8)
  const start = view.getUint32(0, true)
  return Uint8Array.from(heap.subarray(start, start + view.getUint32(4, true)))
}

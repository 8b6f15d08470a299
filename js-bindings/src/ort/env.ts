// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// onnxruntime's global settings. Those of the wasm back end are read when a session is created; those of back ends that are
// not here can be set, because sessions refuse these back ends themselves.
import { argumentInvalid } from '../loader/input.js'
import { isSupported } from '../infer/variants.js'
import { VERSION } from '../wasm/manifest.js'
import { unsupported } from './refuse.js'
import type { Variant } from '../infer/variants.js'
import type { WasmSource } from '../loader/source.js'

export type WebAssemblyFlags = {
  /** More than 1 needs a cross-origin isolated worker; elsewhere one thread runs, as in onnxruntime. */
  numThreads?: number
  /** `fixed` and `relaxed` choose the variant; false is refused, there is no build without SIMD. */
  simd?: boolean | 'fixed' | 'relaxed'
  /** true is refused. */
  trace?: boolean
  /** Milliseconds that a session may take to be created; 0 is no limit. */
  initTimeout?: number
  /** Kept, not used: the files of this package lie beside its JavaScript, those that are named here are onnxruntime's. */
  wasmPaths?: string | { wasm?: URL | string; mjs?: URL | string }
  /** Bytes of this package's module; others are refused by their digest. */
  wasmBinary?: ArrayBufferLike | Uint8Array
  /** true is refused: `createWorkerHost` of assay-wasm/web runs models in a worker. */
  proxy?: boolean
}
export type WebGLFlags = {
  contextId?: 'webgl' | 'webgl2'
  readonly context: never
  matmulMaxBatchSize?: number
  textureCacheMode?: 'initializerOnly' | 'full'
  pack?: boolean
  async?: boolean
}
export type WebGpuFlags = {
  profilingMode?: 'off' | 'default'
  profiling: { mode?: 'off' | 'default'; ondata?(data: unknown): void }
  powerPreference?: 'low-power' | 'high-performance'
  forceFallbackAdapter?: boolean
  adapter: never
  get device(): Promise<never>
  set device(value: never)
  validateInputContent?: boolean
}
export type Env = {
  /** Nothing is logged at any level. */
  logLevel?: 'verbose' | 'info' | 'warning' | 'error' | 'fatal'
  debug?: boolean
  trace?: boolean
  readonly versions: { readonly common: string; readonly web?: string }
  readonly wasm: WebAssemblyFlags
  readonly webgl: WebGLFlags
  readonly webgpu: WebGpuFlags
  [name: string]: unknown
}

export const env: Env = {
  logLevel: 'warning',
  debug: false,
  trace: false,
  versions: { common: VERSION, web: VERSION },
  wasm: {},
  webgl: {
    get context(): never {
      throw unsupported('env.webgl.context')
    },
  },
  webgpu: {
    profiling: {},
    get adapter(): never {
      throw unsupported('env.webgpu.adapter')
    },
    set adapter(_adapter: never) {
      throw unsupported('env.webgpu.adapter')
    },
    get device(): Promise<never> {
      throw unsupported('env.webgpu.device')
    },
    set device(_device: never) {
      throw unsupported('env.webgpu.device')
    },
  },
}

export type WasmSettings = { readonly variant?: Variant; readonly threads?: number; readonly wasm?: WasmSource; readonly timeoutMs: number }

type Scope = { WorkerGlobalScope?: unknown }

/** @param wanted threads that the session's options name; undefined = by the settings. */
function chooseThreads(wanted: unknown): number | undefined {
  if (wanted === undefined || wanted === 0) return undefined
  if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 0) throw argumentInvalid('numThreads', 'a whole number')
  const canWait = (globalThis as Scope).WorkerGlobalScope !== undefined && isSupported('simd-threads')
  return canWait ? Math.min(wanted, 4) : 1
}

function chooseVariant(simd: unknown, threads: number | undefined): Variant | undefined {
  if (simd === undefined || simd === true) return undefined
  if (simd !== 'fixed' && simd !== 'relaxed') throw unsupported(`env.wasm.simd = ${String(simd)}`)
  const base = simd === 'fixed' ? 'simd' : 'relaxed'
  return threads !== undefined && threads > 1 ? `${base}-threads` : base
}

/** What the settings mean for `loadModel`. @throws UsageError ORT_UNSUPPORTED, ARGUMENT_INVALID */
export function readSettings(intraOpNumThreads: unknown): WasmSettings {
  const { numThreads, simd, trace, initTimeout, wasmBinary, proxy } = env.wasm
  if (proxy === true) throw unsupported('env.wasm.proxy', 'createWorkerHost of assay-wasm/web runs models in a worker.')
  if (trace === true) throw unsupported('env.wasm.trace')
  const threads = chooseThreads(intraOpNumThreads ?? numThreads)
  const variant = chooseVariant(simd, threads)
  if (initTimeout !== undefined && (typeof initTimeout !== 'number' || !(initTimeout >= 0))) throw argumentInvalid('env.wasm.initTimeout', 'milliseconds')
  return {
    timeoutMs: initTimeout ?? 0,
    ...(variant === undefined ? {} : { variant }),
    ...(threads === undefined ? {} : { threads }),
    ...(wasmBinary === undefined ? {} : { wasm: wasmBinary instanceof Uint8Array ? wasmBinary : new Uint8Array(new Uint8Array(wasmBinary)) }),
  }
}

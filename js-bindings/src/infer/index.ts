// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay-wasm/infer`: ONNX models on XNNPACK in WebAssembly. Importing does nothing.
import { ModelError, UsageError } from '../errors/base.js'
import { parseDigest, sha256Hex } from '../loader/digest.js'
import { readMembers, readWord } from '../loader/input.js'
import { takeSource } from '../loader/source.js'
import { compileVariant, errorOf, readJson } from './engine.js'
import { Instance } from './instance.js'
import { readModel, takeModelSource, throwIfAborted } from './model_source.js'
import { Model } from './model.js'
import { findLoaded, howLoaded, mayBeLoaded, noteLoaded } from './shared.js'
import { VARIANTS, chooseVariant } from './variants.js'
import type { WasmSource } from '../loader/source.js'
import type { LoadVerdict } from './engine.js'
import type { InferModule } from '../wasm/infer.js'
import type { ModelSource, ProgressListener } from './model_source.js'
import type { Variant } from './variants.js'

export { Tensor } from './tensor.js'
export type { TensorDataMap, TensorLike, TensorType } from './tensor.js'
export type { BatchOptions, Feeds, Model, Outputs, RunOptions, Trace } from './model.js'
export type { Port } from './ports.js'
export type { Value, ValueLike } from './value.js'
export type { ModelSource, ProgressListener } from './model_source.js'
export { isSupported } from './variants.js'
export type { Variant } from './variants.js'
export type { WasmSource } from '../loader/source.js'

export type LoadModelOptions = {
  /** SHA-256 of the model, 64 hex digits, optionally after `sha256:`; checked before anything is parsed. */
  readonly digest?: string
  /** The module of `variant`, when it is not the package's own file. Must have the digest of this release, unless compiled. */
  readonly wasm?: WasmSource
  /** Default: the best that runs here, by feature detection. */
  readonly variant?: Variant
  /** 1 to 4; more than 1 needs a variant with threads. Default: 1, or the number of processors for such a variant. */
  readonly threads?: number
  /** Records every run for `model.profile()`; costs a look at the clock for each step. Default: false. */
  readonly profile?: boolean
  readonly onProgress?: ProgressListener
  readonly signal?: AbortSignal
  /** Milliseconds that the model's bytes may take to arrive, then TIMEOUT. Default: no limit. */
  readonly timeoutMs?: number
  /** Above them loading fails with ONNX_LIMIT. */
  readonly limits?: {
    /** Bytes of the model; default 2^31 - 1. */
    readonly modelBytes?: number
    /** Nodes of its graph; default 100 000. */
    readonly nodes?: number
    /** Bytes of weights and intermediate values; default 2^31. */
    readonly memoryBytes?: number
    /** Nodes that one run may execute, those of a loop's body counted each time, of about a microsecond each; default 8 000 000. Above them the run fails with ONNX_LIMIT. */
    readonly nodeRuns?: number
  }
}

const MAX_MODEL_BYTES = 2 ** 31 - 1
/** The longest that a timer can wait. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1

function positive(value: unknown, path: string): number | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw new UsageError('ARGUMENT_INVALID', `${path}: must be a whole number above 0`, { path })
  }
  return value
}

function listener<T>(value: unknown, is: (value: unknown) => value is T, path: string): T | undefined {
  if (value === undefined || is(value)) return value
  throw new UsageError('ARGUMENT_INVALID', `${path}: is of the wrong type`, { path })
}

const isFunction = (value: unknown): value is ProgressListener => typeof value === 'function'
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
const isSignal = (value: unknown): value is AbortSignal => value instanceof AbortSignal

function readOptions(options: LoadModelOptions) {
  const given = readMembers(options, ['digest', 'wasm', 'variant', 'threads', 'profile', 'onProgress', 'signal', 'timeoutMs', 'limits'], '')
  const limits = given.limits === undefined ? {} : readMembers(given.limits, ['modelBytes', 'nodes', 'memoryBytes', 'nodeRuns'], 'limits')
  const modelBytes = positive(limits.modelBytes, 'limits.modelBytes')
  const nodes = positive(limits.nodes, 'limits.nodes')
  const memoryBytes = positive(limits.memoryBytes, 'limits.memoryBytes')
  const nodeRuns = positive(limits.nodeRuns, 'limits.nodeRuns')
  const timeoutMs = positive(given.timeoutMs, 'timeoutMs')
  return {
    digest: given.digest === undefined ? undefined : parseDigest(given.digest),
    wasm: given.wasm === undefined ? undefined : takeSource(given.wasm),
    choice: chooseVariant(given.variant === undefined ? undefined : readWord(given.variant, VARIANTS, 'variant'), positive(given.threads, 'threads')),
    profile: listener(given.profile, isBoolean, 'profile') ?? false,
    onProgress: listener(given.onProgress, isFunction, 'onProgress'),
    signal: listener(given.signal, isSignal, 'signal'),
    timeoutMs: timeoutMs === undefined ? undefined : Math.min(timeoutMs, MAX_TIMEOUT_MS),
    maxBytes: Math.min(modelBytes ?? MAX_MODEL_BYTES, MAX_MODEL_BYTES),
    limits: {
      ...(modelBytes === undefined ? {} : { modelBytes }),
      ...(nodes === undefined ? {} : { nodes }),
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(nodeRuns === undefined ? {} : { nodeRuns }),
    },
  }
}

/**
 * Loads a model: reads its bytes, checks their digest, starts an instance of the module and prepares the graph.
 *
 * While a model of the same bytes and options is loaded and not disposed of, another load of it is its fork: it starts from
 * the packed weights and shares their memory, and a trap is the end of both. Profiled models are always by themselves.
 *
 * @param source address (also relative to the page), bytes, Response, Blob or stream; bytes are copied at once.
 * @throws ModelError ONNX_…, MODEL_DIGEST_MISMATCH, MODEL_TRUNCATED for a model that is not what it should be or not
 *   supported; LoadError MODEL_UNAVAILABLE, TIMEOUT, WASM_UNAVAILABLE, WASM_DIGEST_MISMATCH; UsageError, also ABORTED; InternalError TRAP.
 */
export async function loadModel(source: ModelSource, options: LoadModelOptions = {}): Promise<Model> {
  const { digest, wasm, choice, profile, onProgress, signal, timeoutMs, maxBytes, limits } = readOptions(options)
  const taken = takeModelSource(source, maxBytes)
  throwIfAborted(signal)
  const compiling = compileVariant(choice.variant, wasm)
  compiling.catch(() => undefined) // reported below, after faults of the model's source
  const bytes = await readModel(taken, { onProgress, signal, timeoutMs, maxBytes })
  const hashing = sha256Hex(bytes)
  hashing.catch(() => undefined) // reported where it is awaited
  if (digest !== undefined) checkDigest(await hashing, digest)
  const compiled = await compiling
  const text = JSON.stringify({ limits, threads: choice.threads, profile })
  const how = howLoaded(bytes, text)
  if (!profile && mayBeLoaded(compiled, how)) {
    const same = findLoaded(compiled, how, `sha256:${await hashing}`)
    throwIfAborted(signal)
    const fork = same && tryFork(same)
    if (fork !== undefined) {
      noteLoaded(compiled, how, fork)
      return fork
    }
  }
  const instance = await Instance.start(compiled, choice)
  try {
    throwIfAborted(signal)
    const loaded = instance.guarded((module) => prepare(module, bytes, new TextEncoder().encode(text)))
    // A digest that nobody asked for is ready by now: the browser hashes in another thread.
    const model = new Model(instance, loaded, `sha256:${await hashing}`, choice)
    noteLoaded(compiled, how, model)
    return model
  } catch (error) {
    instance.leave(false)
    throw error
  }
}

/** @returns nothing where there is no room beside the first, which then stays as it is. */
function tryFork(model: Model): Model | undefined {
  try {
    return model.fork()
  } catch {
    return undefined
  }
}

function checkDigest(got: string, expected: string): void {
  if (got === expected) return
  throw new ModelError('MODEL_DIGEST_MISMATCH', 'The model is not the one that was asked for.', {
    metaMessages: [`Expected SHA-256: ${expected}`, `Got: ${got}`],
  })
}

function prepare(module: InferModule, model: Uint8Array, options: Uint8Array) {
  const place = module.reserveModel(model.byteLength)
  if (place === 0) throw new ModelError('ONNX_LIMIT', 'The model does not fit into the memory of the module.')
  module.HEAPU8.set(model, place)
  const address = module.reserve(options.byteLength)
  module.HEAPU8.set(options, address)
  const verdict = readJson(module, module.load(address, options.byteLength)) as LoadVerdict
  if (!verdict.ok) throw errorOf(verdict)
  return verdict.value
}

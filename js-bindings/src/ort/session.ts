// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// onnxruntime's InferenceSession over `loadModel`.
import { LoadError, UsageError } from '../errors/base.js'
import { loadModel } from '../infer/index.js'
import { Tensor as OwnTensor } from '../infer/tensor.js'
import { argumentInvalid, ownItems, ownMembers, reading } from '../loader/input.js'
import { readSettings } from './env.js'
import { checkRunOptions, readSessionOptions } from './options.js'
import { unsupported } from './refuse.js'
import { isOrtType, target, wrap } from './tensor.js'
import type { Feeds, Model, Trace } from '../infer/model.js'
import type { Port } from '../infer/ports.js'
import type { Value } from '../infer/value.js'
import type { Fetches, RunOptions, SessionOptions, Tensors, TypeName, TypedTensor, ValueMetadata } from './types.js'

type Overrides = ReadonlyMap<string, number>

function metadata(port: Port, overrides: Overrides): ValueMetadata {
  const { name, type, dims } = port
  if (!isOrtType(type)) return { name, isTensor: false }
  // onnxruntime gives unknown dimensions without a name as the empty name; it has no word for an unknown rank.
  return { name, isTensor: true, type, shape: (dims ?? []).map((dim) => (typeof dim === 'string' ? (overrides.get(dim) ?? dim) : (dim ?? ''))) }
}

/** Made by `InferenceSession.create`. */
class Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly inputMetadata: readonly ValueMetadata[]
  readonly outputMetadata: readonly ValueMetadata[]
  readonly #model: Model
  readonly #overrides: Overrides
  readonly #profile: boolean

  constructor(model: Model, overrides: Overrides, profile: boolean) {
    this.#model = model
    this.#overrides = overrides
    this.#profile = profile
    this.inputNames = model.inputs.filter(({ optional }) => optional !== true).map(({ name }) => name)
    this.outputNames = model.outputs.map(({ name }) => name)
    this.inputMetadata = this.inputNames.map((name) => metadata(model.inputs.find((port) => port.name === name)!, overrides))
    this.outputMetadata = model.outputs.map((port) => metadata(port, overrides))
  }

  static async create(source: unknown, ...rest: readonly unknown[]): Promise<InferenceSessionType> {
    const { model, options } = readCreate(source, rest)
    const { threads, overrides, profile } = readSessionOptions(options)
    const { timeoutMs, ...settings } = readSettings(threads)
    return new Session(await within(loadModel(model, { ...settings, profile }), timeoutMs), overrides, profile)
  }

  /** Sequences and maps, which onnxruntime-web refuses, are arrays and Map objects. */
  async run(feeds: Tensors, fetches?: Fetches | RunOptions, options?: RunOptions): Promise<Tensors> {
    const named = fetches !== undefined && this.#isFetches(fetches)
    checkRunOptions(named ? options : fetches)
    reading('feeds', () => this.#checkDims(feeds))
    const results = await this.#model.run<{ [name: string]: Value }>(feeds as unknown as Feeds, named ? this.#readFetches(fetches as Fetches) : {})
    const outputs: { [name: string]: TypedTensor<TypeName> } = {}
    for (const [name, value] of Object.entries(results)) {
      outputs[name] = (value instanceof OwnTensor ? wrap(value) : value) as unknown as TypedTensor<TypeName>
    }
    return outputs
  }

  async release(): Promise<void> {
    this.#model.dispose()
  }

  /** Runs are recorded from the start when the session was created with `enableProfiling`. */
  startProfiling(): void {
    if (!this.#profile) throw unsupported('startProfiling', 'Create the session with { enableProfiling: true }.')
  }

  /** @returns the last run's trace, where onnxruntime writes a file. */
  endProfiling(): Trace {
    this.startProfiling()
    return this.#model.profile()
  }

  /** An object none of whose keys is an output holds options, as in onnxruntime. */
  #isFetches(value: object): boolean {
    if (Array.isArray(value)) return true
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) throw argumentInvalid('fetches', 'must be names, an object or options')
    return this.outputNames.some((name) => Object.hasOwn(value, name))
  }

  #readFetches(fetches: Fetches): { outputs: readonly string[]; into?: { [name: string]: ArrayBufferView } } {
    if (Array.isArray(fetches)) {
      const outputs = ownItems(fetches, 'fetches', 65_536) as string[]
      if (outputs.length === 0) throw argumentInvalid('fetches', 'names no output')
      return { outputs }
    }
    const members = ownMembers(fetches, 'fetches')
    const into: { [name: string]: ArrayBufferView } = {}
    for (const [name, tensor] of members) if (tensor !== null) into[name] = target(tensor, `fetches.${name}`)
    return { outputs: [...members.keys()], into }
  }

  /** freeDimensionOverrides fix a dimension for all runs. */
  #checkDims(feeds: Tensors): void {
    if (this.#overrides.size === 0) return
    for (const { name, dims } of this.#model.inputs) {
      const given = feeds[name]?.dims
      dims?.forEach((dim, axis) => {
        const fixed = typeof dim === 'string' ? this.#overrides.get(dim) : undefined
        if (fixed !== undefined && given !== undefined && given[axis] !== fixed) {
          throw new UsageError('ONNX_INPUT_SHAPE', `${name}: dimension ${String(dim)} is overridden to be ${fixed}, got ${given[axis]}`, { path: name })
        }
      })
    }
  }
}

/** What `create` has to take apart: an address, bytes, or a buffer with an offset and a length. */
function readCreate(source: unknown, rest: readonly unknown[]): { model: string | Uint8Array; options: unknown } {
  if (typeof source === 'string') return { model: source, options: rest[0] }
  if (source instanceof Uint8Array) return { model: source, options: rest[0] }
  const shared = typeof SharedArrayBuffer !== 'undefined' && source instanceof SharedArrayBuffer
  if (!(source instanceof ArrayBuffer) && !shared) throw argumentInvalid('model', 'must be an address, an ArrayBuffer or a Uint8Array')
  const { byteLength: size } = source as ArrayBuffer
  const [offset, length, options] = typeof rest[0] === 'number' ? [rest[0], rest[1] ?? size - rest[0], rest[2]] : [0, size, rest[0]]
  if (!Number.isSafeInteger(offset) || offset < 0 || offset >= size) throw argumentInvalid('byteOffset', `must be from 0 to ${size - 1}`)
  if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 1 || offset + length > size) throw argumentInvalid('byteLength', `must be from 1 to ${size - offset}`)
  const view = new Uint8Array(source as ArrayBuffer, offset, length)
  return { model: shared ? Uint8Array.from(view) : view, options }
}

export type InferenceSessionType = {
  run(feeds: Tensors, options?: RunOptions): Promise<Tensors>
  run(feeds: Tensors, fetches: Fetches, options?: RunOptions): Promise<Tensors>
  release(): Promise<void>
  startProfiling(): void
  endProfiling(): Trace
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly inputMetadata: readonly ValueMetadata[]
  readonly outputMetadata: readonly ValueMetadata[]
}

export type InferenceSessionFactory = {
  create(uri: string, options?: SessionOptions): Promise<InferenceSessionType>
  create(buffer: ArrayBufferLike, options?: SessionOptions): Promise<InferenceSessionType>
  create(buffer: ArrayBufferLike, byteOffset: number, byteLength?: number, options?: SessionOptions): Promise<InferenceSessionType>
  create(buffer: Uint8Array, options?: SessionOptions): Promise<InferenceSessionType>
}

/** Rejects with TIMEOUT after so many milliseconds; what then still loads is disposed of. */
async function within(loading: Promise<Model>, timeoutMs: number): Promise<Model> {
  if (timeoutMs === 0) return loading
  let timer: ReturnType<typeof setTimeout> | undefined
  let late = false
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true
      reject(new LoadError('TIMEOUT', `The session was not created within ${timeoutMs} ms.`))
    }, timeoutMs)
  })
  loading.then((model) => late && model.dispose(), () => undefined)
  return Promise.race([loading, expired]).finally(() => clearTimeout(timer))
}

/** onnxruntime's class; sessions are made by its `create` alone. */
export const InferenceSession = Session as unknown as InferenceSessionFactory

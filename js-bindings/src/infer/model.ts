// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A loaded model and its runs. The path of a run is kept short: names and shapes are compared, bytes copied in, bytes
// copied out, and nothing is written as JSON.
/// <reference lib="esnext.disposable" preserve="true" />
import { UsageError } from '../errors/base.js'
import { argumentInvalid, bytesOf, ownItems, ownMembers, readMembers, reading, unreadable } from '../loader/input.js'
import { isStackable, stack, unstack } from './batch.js'
import { errorOf, readJson, readRecord } from './engine.js'
import { checkCode } from './instance.js'
import { throwIfAborted } from './model_source.js'
import { fixedDims, inputError, sameDims } from './ports.js'
import { ELEMENTS, Tensor, copyDims, elementCount, fitDims, holds, isTensorType, tensorTypeNumbered } from './tensor.js'
import { decodeValue, encodeValue } from './value.js'
import type { LoadVerdict } from './engine.js'
import type { Instance } from './instance.js'
import type { InferModule } from '../wasm/infer.js'
import type { InputState, OutputState, Port } from './ports.js'
import type { TensorLike, TensorType } from './tensor.js'
import type { Value, ValueLike } from './value.js'
import type { Choice, Variant } from './variants.js'

/** By input name: a tensor, the bare elements where the declared shape is fixed, an array for a sequence, null for an absent optional. */
export type Feeds = { readonly [name: string]: ValueLike | ArrayBufferView }

/** By output name. A model with outputs that are no tensors names their types: `run<{ labels: Value }>(…)`. */
export type Outputs = { [name: string]: Tensor }

export type RunOptions = {
  /** Names of the outputs to copy out; default all. */
  readonly outputs?: readonly string[]
  /** Looked at before the run starts; a run itself is not interrupted. */
  readonly signal?: AbortSignal
  /** By output name: arrays of the right type and length that take the elements; the tensors of the result are over them. */
  readonly into?: { readonly [name: string]: ArrayBufferView }
}

export type BatchOptions = Omit<RunOptions, 'into'> & {
  /** Runs up to 64 feeds as one where the model's first dimension is free, see `runBatch`. Default: false. */
  readonly stack?: boolean
}

/** What a run spent its time on, in the format that chrome://tracing and Perfetto open. */
export type Trace = {
  readonly traceEvents: readonly {
    readonly name: string
    /** What computed it: an operator's name, or XNNPACK. */
    readonly cat: string
    readonly ph: 'X'
    /** Microseconds. */
    readonly ts: number
    readonly dur: number
    readonly pid: number
    readonly tid: number
  }[]
  readonly displayTimeUnit: 'ms'
  /** Events beyond the first 100 000. */
  readonly dropped?: number
}

/** What was read of a feed: a shape with a view of the elements, or bytes that cross as a value. */
type Given = { readonly state: InputState } & (
  | { readonly dims: readonly number[]; readonly bytes: Uint8Array }
  | { readonly value: ReturnType<typeof encodeValue> }
)

type Wanted = { readonly outputs: readonly OutputState[]; readonly into: ReadonlyMap<string, unknown> | undefined }

const DIM_BYTES = 4

/** What `loadModel` gives. Runs are made one after the other; no two calls overlap. */
export class Model {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** `sha256:` and 64 hex digits, of the model's bytes. */
  readonly digest: string
  readonly variant: Variant
  readonly threads: number
  #instance: Instance | undefined
  readonly #handle: number
  readonly #inputs = new Map<string, InputState>()
  readonly #outputs = new Map<string, OutputState>()
  readonly #all: Wanted
  #required = 0

  /** @internal Use `loadModel`. */
  constructor(instance: Instance, loaded: { handle: number; inputs: readonly Port[]; outputs: readonly Port[] }, digest: string, choice: Choice) {
    this.#instance = instance
    instance.begin()
    this.#handle = loaded.handle
    this.inputs = loaded.inputs
    this.outputs = loaded.outputs
    this.digest = digest
    this.variant = choice.variant
    this.threads = choice.threads
    loaded.inputs.forEach((port, index) => {
      const fixed = fixedDims(port)
      // A required input of fixed shape is set from the start; an optional one holds its own value until it is fed.
      this.#inputs.set(port.name, { index, port, fixed, dims: port.optional ? undefined : fixed })
      if (!port.optional) this.#required += 1
    })
    loaded.outputs.forEach((port, index) => this.#outputs.set(port.name, { index, port, fixed: fixedDims(port) }))
    this.#all = { outputs: [...this.#outputs.values()], into: undefined }
  }

  /** @internal Whether it can be run and forked. */
  get isLive(): boolean {
    return this.#instance?.isLive === true
  }

  /**
   * Runs the model. Feeds are copied before this returns; the outputs are copies too.
   *
   * @throws UsageError ONNX_INPUT_NAME, ONNX_INPUT_TYPE, ONNX_INPUT_SHAPE, ONNX_RUN_SHAPE for feeds that do not fit,
   *   ONNX_DISPOSED, ABORTED; ModelError ONNX_LIMIT; InternalError TRAP, after which the model must be loaded again.
   */
  async run<T extends { [name: string]: Value } = Outputs>(feeds: Feeds, options?: RunOptions): Promise<T> {
    return this.runSync<T>(feeds, options)
  }

  /** The same without a promise; on the calling thread. */
  runSync<T extends { [name: string]: Value } = Outputs>(feeds: Feeds, options?: RunOptions): T {
    const wanted = this.#readOptions(options)
    return this.#runOnce(feeds, wanted) as T
  }

  /**
   * Runs the model on each of the feeds, in order. `into` belongs to single runs.
   *
   * With `stack` feeds go through the model together where all its inputs and outputs begin with the same free dimension.
   * That is right for a model that treats its rows by themselves, as nearly all do; not for one that looks across them
   * (dynamic quantisation takes one scale for all rows). Other models run one after the other.
   *
   * @throws as `run`; the first failure ends it.
   */
  async runBatch<T extends { [name: string]: Value } = Outputs>(feeds: readonly Feeds[], options: BatchOptions = {}): Promise<T[]> {
    const items = ownItems(feeds, 'feeds', MAX_BATCH)
    const { outputs, signal, stack: stacks } = readMembers(options, ['outputs', 'signal', 'stack'], '')
    if (stacks !== undefined && typeof stacks !== 'boolean') throw argumentInvalid('stack', 'must be a boolean')
    const wanted = this.#readOptions(outputs === undefined ? undefined : { outputs: outputs as readonly string[] })
    const single = (item: unknown) => {
      throwIfAborted(signal as AbortSignal | undefined)
      return this.#runOnce(item as Feeds, wanted) as T
    }
    if (stacks !== true || !isStackable(this.inputs, this.outputs)) return items.map(single)
    const results: T[] = []
    for (let first = 0; first < items.length; first += STACKED) {
      const part = items.slice(first, first + STACKED)
      const together = reading('feeds', () => stack(this.inputs, part))
      const parts = together && (unstack(single(together.feeds), together) as T[] | undefined)
      results.push(...(parts ?? part.map(single)))
    }
    return results
  }

  /**
   * Another model of the same weights, in the same memory: it starts from what is packed, and keeps plans of its own.
   * Each is disposed of by itself; a trap is the end of both.
   *
   * @throws UsageError ONNX_DISPOSED; ModelError ONNX_LIMIT
   */
  fork(): Model {
    const loaded = this.#live.guarded((module) => {
      const verdict = readJson(module, module.fork(this.#handle)) as LoadVerdict
      if (verdict.ok) return verdict.value
      throw errorOf(verdict)
    })
    return new Model(this.#instance as Instance, loaded, this.digest, { variant: this.variant, threads: this.threads })
  }

  /**
   * The last run, node by node. Only of a model that was loaded with `profile: true`.
   *
   * @throws UsageError ARGUMENT_INVALID for another, ONNX_DISPOSED
   */
  profile(): Trace {
    return this.#live.guarded((module) => {
      const bytes = readRecord(module, module.profile(this.#handle))
      if (bytes.byteLength === 0) throw new UsageError('ARGUMENT_INVALID', 'profile: load the model with { profile: true }', { path: 'profile' })
      return JSON.parse(new TextDecoder().decode(bytes)) as Trace
    })
  }

  /** Gives the memory back; further calls throw ONNX_DISPOSED. Disposing twice is allowed. */
  dispose(): void {
    const instance = this.#instance
    this.#instance = undefined
    instance?.end(this.#handle)
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  get #live(): Instance {
    if (this.#instance === undefined) throw new UsageError('ONNX_DISPOSED', 'The model was disposed.')
    return this.#instance
  }

  #readOptions(options: RunOptions | undefined): Wanted {
    if (options === undefined) return this.#all
    const { outputs, signal, into } = readMembers(options, ['outputs', 'signal', 'into'], '')
    throwIfAborted(signal as AbortSignal | undefined)
    const targets = into === undefined ? undefined : ownMembers(into, 'into')
    const wanted = outputs === undefined ? this.#all.outputs : this.#namedOutputs(outputs)
    for (const name of targets?.keys() ?? []) {
      if (!wanted.some(({ port }) => port.name === name)) throw argumentInvalid(`into.${name}`, 'the run returns no such output')
    }
    return { outputs: wanted, into: targets }
  }

  /** The caller's objects are read first: what they throw, or run meanwhile, is then no concern of the module's. */
  #runOnce(feeds: Feeds, { outputs, into }: Wanted): { [name: string]: Value } {
    void this.#live.module
    const given = this.#read(feeds)
    return this.#live.guarded((module) => {
      for (const feed of given) this.#write(module, feed)
      this.#resetOthers(module, given)
      checkCode(module, module.run(this.#handle))
      const results = Object.create(null) as { [name: string]: Value }
      for (const state of outputs) results[state.port.name] = this.#output(module, state, into?.get(state.port.name))
      return results
    })
  }

  #namedOutputs(names: unknown): OutputState[] {
    return ownItems(names, 'outputs', this.#outputs.size).map((name) => {
      const state = typeof name === 'string' ? this.#outputs.get(name) : undefined
      if (state === undefined) throw new UsageError('ARGUMENT_INVALID', `outputs: the model has no output ${String(name)}`, { path: 'outputs' })
      return state
    })
  }

  #read(feeds: Feeds): readonly Given[] {
    if (typeof feeds !== 'object' || feeds === null) throw new UsageError('ARGUMENT_INVALID', 'feeds: must be an object', { path: 'feeds' })
    let required = 0
    let path = 'feeds'
    const given: Given[] = []
    try {
      for (const name of Object.keys(feeds)) {
        const state = this.#inputs.get(name)
        if (state === undefined) throw inputError('ONNX_INPUT_NAME', name, 'the model has no such input')
        path = name
        given.push(readFeed(state, feeds[name]))
        if (!state.port.optional) required += 1
      }
    } catch (cause) {
      throw unreadable(path, cause)
    }
    if (required !== this.#required) {
      for (const { port } of this.#inputs.values()) {
        if (!port.optional && !given.some(({ state }) => state.port === port)) throw inputError('ONNX_INPUT_NAME', port.name, 'is missing')
      }
    }
    return given
  }

  /** Optional inputs that are not fed take their own values again. */
  #resetOthers(module: InferModule, given: readonly Given[]): void {
    if (given.length === this.#inputs.size) return
    for (const state of this.#inputs.values()) {
      if (state.dims === undefined || !state.port.optional || given.some((feed) => feed.state === state)) continue
      checkCode(module, module.resetInput(this.#handle, state.index))
      state.dims = undefined
    }
  }

  #write(module: InferModule, given: Given): void {
    const { state } = given
    if ('value' in given) return this.#writeValue(module, state, given.value)
    const { dims, bytes } = given
    if (bytes.byteLength !== elementCount(dims) * ELEMENTS[state.port.type as TensorType].bytes) {
      throw argumentInvalid(state.port.name, 'its buffer was transferred away')
    }
    if (!sameDims(state.dims, dims)) this.#setDims(module, state, dims)
    if (bytes.byteLength === 0) return
    const address = module.inputData(this.#handle, state.index)
    if (address === 0) checkCode(module, ELEMENTS_MISSING)
    module.HEAPU8.set(bytes, address)
  }

  /** Feeds what crosses as bytes: strings, sequences, maps, optionals. */
  #writeValue(module: InferModule, state: InputState, value: ReturnType<typeof encodeValue>): void {
    const address = module.reserve(value.length)
    if (address === 0) throw errorOf({ code: 'ONNX_LIMIT', path: state.port.name })
    value.copyTo(module.HEAPU8.subarray(address, address + value.length))
    state.dims = undefined
    checkCode(module, module.setValue(this.#handle, state.index, address, value.length))
  }

  #setDims(module: InferModule, state: InputState, dims: readonly number[]): void {
    state.dims = undefined
    const address = module.reserve(Math.max(dims.length, 1) * DIM_BYTES)
    new Int32Array(module.HEAPU8.buffer, address, dims.length).set(dims)
    checkCode(module, module.setInput(this.#handle, state.index, address, dims.length))
    state.dims = dims
  }

  /** Of this run: what was declared or inferred holds neither for an initializer that was fed nor for a model that declares wrongly. */
  #outputDims(module: InferModule, index: number, expected: readonly number[] | undefined): readonly number[] {
    const rank = module.outputRank(this.#handle, index)
    let same = expected?.length === rank
    for (let axis = 0; same && axis < rank; axis += 1) same = module.outputDim(this.#handle, index, axis) === expected![axis]
    return same ? expected! : Array.from({ length: rank }, (_, axis) => module.outputDim(this.#handle, index, axis))
  }

  #output(module: InferModule, { index, fixed, port }: OutputState, target: unknown): Value {
    const handle = this.#handle
    const type = tensorTypeNumbered(module.outputType(handle, index))
    if (target !== undefined && (type === undefined || type === 'string' || !holds(target, type))) {
      throw argumentInvalid(`into.${port.name}`, `cannot take ${type ?? port.type}`)
    }
    if (type === undefined || type === 'string') return decodeValue(readRecord(module, module.outputValue(handle, index)))
    const dims = this.#outputDims(module, index, fixed)
    if (!fitDims(dims)) throw errorOf({ code: 'ONNX_LIMIT', path: port.name })
    const info = ELEMENTS[type]
    const length = elementCount(dims) * info.bytes
    const address = length === 0 ? 0 : module.outputData(handle, index)
    const copy = target === undefined ? new Uint8Array(length) : bytesOf(target as ArrayBufferView, `into.${port.name}`)
    if (copy.byteLength !== length) throw argumentInvalid(`into.${port.name}`, `has ${copy.byteLength} bytes, the output ${length}`)
    copy.set(module.HEAPU8.subarray(address, address + length))
    return new Tensor(type, target === undefined ? info.view(copy.buffer) : (target as never), dims)
  }
}

/** Reads a feed, each part of it once. */
function readFeed(state: InputState, feed: unknown): Given {
  const { port } = state
  const type = port.type
  if (type === 'string' || NO_TENSOR.has(type)) return { state, value: encodeValue(feed, port.name) }
  if (!isTensorType(type)) throw inputError('ONNX_INPUT_TYPE', port.name, `${type} has no JavaScript form`)
  let data: unknown
  let dims: readonly number[]
  if (ArrayBuffer.isView(feed)) {
    data = feed
    if (state.fixed === undefined) throw inputError('ONNX_INPUT_SHAPE', port.name, 'bare elements need a fixed shape; pass a Tensor')
    dims = state.fixed
  } else {
    if (typeof feed !== 'object' || feed === null) throw inputError('ONNX_INPUT_TYPE', port.name, 'must be a tensor')
    const like = feed as TensorLike
    const given = like.type
    if (given !== type) throw inputError('ONNX_INPUT_TYPE', port.name, `is ${String(given)}, the model wants ${type}`)
    data = like.data
    dims = copyDims(like.dims, `${port.name}.dims`)
  }
  if (!holds(data, type)) throw inputError('ONNX_INPUT_TYPE', port.name, `${type} needs ${ELEMENTS[type].array}`)
  const bytes = bytesOf(data as ArrayBufferView, port.name)
  const expected = elementCount(dims) * ELEMENTS[type].bytes
  if (bytes.byteLength !== expected) {
    throw inputError('ONNX_INPUT_SHAPE', port.name, `[${dims.join(', ')}] is ${expected} bytes of ${type}, got ${bytes.byteLength}`)
  }
  return { state, dims, bytes }
}

const NO_TENSOR: ReadonlySet<string> = new Set(['sequence', 'optional', 'map'])

/** Feeds of one call. */
const MAX_BATCH = 1_000_000
/** Feeds that run as one: a plan is kept for few numbers of them. */
const STACKED = 64

/** The number of ONNX_INPUT_NAME: an input without a shape has no place for elements. */
const ELEMENTS_MISSING = 508

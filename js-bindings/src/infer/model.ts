// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A loaded model and its runs. The path of a run is kept short: names and shapes are compared, bytes copied in, bytes
// copied out, and nothing is written as JSON.
/// <reference lib="esnext.disposable" preserve="true" />
import { BaseError, InternalError, UsageError } from '../errors/base.js'
import { codeNumbered } from '../errors/codes.js'
import { bytesOf, ownItems, readMembers } from '../loader/input.js'
import { errorOf, readJson, readRecord } from './engine.js'
import { throwIfAborted } from './model_source.js'
import { ELEMENTS, Tensor, copyDims, elementCount, holds, isTensorType, tensorTypeNumbered } from './tensor.js'
import { decodeValue, encodeValue } from './value.js'
import type { Failure } from './engine.js'
import type { InferModule } from '../wasm/infer.js'
import type { TensorLike } from './tensor.js'
import type { Value, ValueLike } from './value.js'
import type { Choice, Variant } from './variants.js'

/** An input or output as the model declares it. */
export type Port = {
  readonly name: string
  /** Element type, e.g. `float32`; `sequence`, `optional` or `map` for what is no tensor. */
  readonly type: string
  /** A number, the name of a symbolic dimension, or null for an unknown one; null as a whole when the rank is open. */
  readonly dims: readonly (number | string | null)[] | null
  /** An input that has a value in the model and need not be fed. */
  readonly optional?: true
}

/** By input name: a tensor, the bare elements where the declared shape is fixed, an array for a sequence, null for an absent optional. */
export type Feeds = { readonly [name: string]: ValueLike | ArrayBufferView }

/** By output name. A model with outputs that are no tensors names their types: `run<{ labels: Value }>(…)`. */
export type Outputs = { [name: string]: Tensor }

export type RunOptions = {
  /** Names of the outputs to copy out; default all. */
  readonly outputs?: readonly string[]
  /** Looked at before the run starts; a run itself is not interrupted. */
  readonly signal?: AbortSignal
}

type InputState = {
  readonly index: number
  readonly port: Port
  /** Set when every declared dimension is a number. */
  readonly fixed: readonly number[] | undefined
  /** The shape that the module has; undefined when it has none, or when that is not known. */
  dims: readonly number[] | undefined
}

type OutputState = { readonly index: number; readonly port: Port; readonly fixed: readonly number[] | undefined }

const DIM_BYTES = 4

function fixedDims(port: Port): readonly number[] | undefined {
  return port.dims?.every((dim) => typeof dim === 'number') ? (port.dims as readonly number[]) : undefined
}

function sameDims(a: readonly number[] | undefined, b: readonly number[]): boolean {
  if (a === undefined || a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return true
}

function inputError(code: 'ONNX_INPUT_NAME' | 'ONNX_INPUT_TYPE' | 'ONNX_INPUT_SHAPE', name: string, what: string): UsageError {
  return new UsageError(code, `${name}: ${what}`, { path: name })
}

/** What `loadModel` gives. Runs are made one after the other; no two calls overlap. */
export class Model {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** `sha256:` and 64 hex digits, of the model's bytes. */
  readonly digest: string
  readonly variant: Variant
  readonly threads: number
  #module: InferModule | undefined
  readonly #handle: number
  readonly #inputs = new Map<string, InputState>()
  readonly #outputs = new Map<string, OutputState>()
  #required = 0
  #trapped = false

  /** @internal Use `loadModel`. */
  constructor(module: InferModule, loaded: { handle: number; inputs: readonly Port[]; outputs: readonly Port[] }, digest: string, choice: Choice) {
    this.#module = module
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
    const wanted = options === undefined ? undefined : this.#readOptions(options)
    return this.#guarded((module) => {
      this.#feed(module, feeds)
      this.#check(module, module.run(this.#handle))
      const results = Object.create(null) as { [name: string]: Value }
      for (const state of wanted ?? this.#outputs.values()) results[state.port.name] = this.#output(module, state)
      return results as T
    })
  }

  /** Gives the memory back; further calls throw ONNX_DISPOSED. Disposing twice is allowed. */
  dispose(): void {
    const module = this.#module
    this.#module = undefined
    if (module === undefined || this.#trapped) return
    try {
      module.unload(this.#handle)
    } finally {
      module.endThreads?.()
    }
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  #guarded<T>(work: (module: InferModule) => T): T {
    if (this.#trapped) throw new InternalError('TRAP', 'The model trapped in an earlier call; load it again.')
    const module = this.#module
    if (module === undefined) throw new UsageError('ONNX_DISPOSED', 'The model was disposed.')
    try {
      return work(module)
    } catch (cause) {
      if (cause instanceof BaseError) throw cause
      this.#trapped = true
      this.#module = undefined
      module.endThreads?.()
      throw new InternalError('TRAP', 'The WebAssembly module trapped; load the model again.', { cause })
    }
  }

  /** @returns the outputs to copy out; undefined = all. */
  #readOptions(options: RunOptions): OutputState[] | undefined {
    const { outputs, signal } = readMembers(options, ['outputs', 'signal'], '')
    throwIfAborted(signal as AbortSignal | undefined)
    return outputs === undefined ? undefined : this.#namedOutputs(outputs)
  }

  #check(module: InferModule, code: number): void {
    if (code === 0) return
    const failure = readJson(module, module.lastError()) as Failure | null
    throw errorOf(failure ?? { code: codeNumbered(code) })
  }

  #namedOutputs(names: unknown): OutputState[] {
    return ownItems(names, 'outputs', this.#outputs.size).map((name) => {
      const state = typeof name === 'string' ? this.#outputs.get(name) : undefined
      if (state === undefined) throw new UsageError('ARGUMENT_INVALID', `outputs: the model has no output ${String(name)}`, { path: 'outputs' })
      return state
    })
  }

  #feed(module: InferModule, feeds: Feeds): void {
    if (typeof feeds !== 'object' || feeds === null) throw new UsageError('ARGUMENT_INVALID', 'feeds: must be an object', { path: 'feeds' })
    let required = 0
    const names = Object.keys(feeds)
    for (const name of names) {
      const state = this.#inputs.get(name)
      if (state === undefined) throw inputError('ONNX_INPUT_NAME', name, 'the model has no such input')
      this.#write(module, state, feeds[name])
      if (!state.port.optional) required += 1
    }
    if (required !== this.#required) {
      for (const { port } of this.#inputs.values()) {
        if (!port.optional && !names.includes(port.name)) throw inputError('ONNX_INPUT_NAME', port.name, 'is missing')
      }
    }
    if (names.length === this.#inputs.size) return
    for (const state of this.#inputs.values()) {
      if (state.dims === undefined || !state.port.optional || names.includes(state.port.name)) continue
      this.#check(module, module.resetInput(this.#handle, state.index))
      state.dims = undefined
    }
  }

  /** Reads a feed, once, and copies its elements into the module. */
  #write(module: InferModule, state: InputState, feed: unknown): void {
    const { port } = state
    const type = port.type
    if (type === 'string' || NO_TENSOR.has(type)) return this.#writeValue(module, state, feed)
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
    if (!sameDims(state.dims, dims)) this.#setDims(module, state, dims)
    if (bytes.byteLength === 0) return
    const address = module.inputData(this.#handle, state.index)
    if (address === 0) this.#check(module, ELEMENTS_MISSING)
    module.HEAPU8.set(bytes, address)
  }

  /** Feeds what crosses as bytes: strings, sequences, maps, optionals. */
  #writeValue(module: InferModule, state: InputState, feed: unknown): void {
    const value = encodeValue(feed, state.port.name)
    const address = module.reserve(value.length)
    if (address === 0) throw errorOf({ code: 'ONNX_LIMIT', path: state.port.name })
    value.copyTo(module.HEAPU8.subarray(address, address + value.length))
    state.dims = undefined
    this.#check(module, module.setValue(this.#handle, state.index, address, value.length))
  }

  #setDims(module: InferModule, state: InputState, dims: readonly number[]): void {
    state.dims = undefined
    const address = module.reserve(Math.max(dims.length, 1) * DIM_BYTES)
    new Int32Array(module.HEAPU8.buffer, address, dims.length).set(dims)
    this.#check(module, module.setInput(this.#handle, state.index, address, dims.length))
    state.dims = dims
  }

  #output(module: InferModule, { index, fixed }: OutputState): Value {
    const handle = this.#handle
    const type = tensorTypeNumbered(module.outputType(handle, index))
    if (type === undefined || type === 'string') return decodeValue(readRecord(module, module.outputValue(handle, index)))
    let dims = fixed
    if (dims === undefined) {
      const rank = module.outputRank(handle, index)
      const found: number[] = []
      for (let axis = 0; axis < rank; axis += 1) found.push(module.outputDim(handle, index, axis))
      dims = found
    }
    const info = ELEMENTS[type]
    const length = elementCount(dims) * info.bytes
    const address = length === 0 ? 0 : module.outputData(handle, index)
    const copy = new Uint8Array(length)
    copy.set(module.HEAPU8.subarray(address, address + length))
    return new Tensor(type, info.view(copy.buffer), dims)
  }
}

const NO_TENSOR: ReadonlySet<string> = new Set(['sequence', 'optional', 'map'])

/** The number of ONNX_INPUT_NAME: an input without a shape has no place for elements. */
const ELEMENTS_MISSING = 508

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// One instance of verify.wasm and its replacement after a trap. A trap leaves memory in an unknown state, so the
// instance is thrown away; the compiled module stays, and the next call starts a new instance without waiting.
import { BaseError, InternalError, LoadError } from '../errors/base.js'
import { inputLimit } from './input.js'

/** Identifies an instance, for calls that wait in between. */
export type Epoch = number

const ALIGNMENT = 16
const DECODER = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Bytes of a field's length in a frame. */
const HEAD = 4

/** What every module of operations offers (wasm/bindings/boundary.hpp). */
export type FrameModule = {
  /** Renewed when the memory grows: read it again after every call. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>
  reserve(size: number): number
  /** A frame of core/api/operations.hpp; answers with the address of the verdict's text record. */
  call(frame: number, length: number): number
}

/** Emscripten's factory: fills `module` before it returns; the promise carries the failure. */
export type Factory<M extends FrameModule> = (module: { wasmModule: WebAssembly.Module } & Partial<M>) => Promise<unknown>

function start<M extends FrameModule>(createModule: Factory<M>, wasmModule: WebAssembly.Module): M {
  const module = { wasmModule } as { wasmModule: WebAssembly.Module } & Partial<M>
  let cause: unknown
  // The factory is async by form only (wasm/bindings/start_sync.js); its promise carries nothing but the failure.
  createModule(module).catch((error: unknown) => (cause = error))
  if (module.reserve === undefined) {
    throw new LoadError('WASM_UNAVAILABLE', 'The WebAssembly module could not be started.', {
      cause,
      metaMessages: ['It is not the module of this release, or there is no memory left.'],
    })
  }
  return module as unknown as M
}

export class ModuleMachine<M extends FrameModule> {
  readonly #compiled: WebAssembly.Module
  readonly #factory: Factory<M>
  #instance: M | undefined
  #epoch: Epoch = 0

  /** @throws LoadError WASM_UNAVAILABLE when the module cannot be started. */
  constructor(compiled: WebAssembly.Module, factory: Factory<M>) {
    this.#compiled = compiled
    this.#factory = factory
    this.#instance = start(factory, compiled)
  }

  get epoch(): Epoch {
    return this.#epoch
  }

  /**
   * Runs an operation of core/api/operations.hpp.
   *
   * @param epoch as for `use`.
   * @returns the text of its verdict.
   */
  call(operation: string, fields: readonly Uint8Array[], epoch?: Epoch): string {
    return this.use((module) => {
      let size = HEAD + operation.length
      for (const field of fields) size += HEAD + field.byteLength
      const base = module.reserve(size)
      if (base === 0) throw inputLimit('input', size, module.HEAPU8.byteLength)
      const heap = module.HEAPU8
      const view = new DataView(heap.buffer)
      let at = base
      const open = (length: number) => {
        view.setUint32(at, length, true)
        at += HEAD
      }
      open(operation.length)
      for (let i = 0; i < operation.length; i += 1) heap[at++] = operation.charCodeAt(i)
      for (const field of fields) {
        open(field.byteLength)
        heap.set(field, at)
        at += field.byteLength
      }
      return readText(module, module.call(base, size))
    }, epoch)
  }

  /**
   * Runs `work` on the instance, on a new one after a trap.
   *
   * @param epoch that of the call's first step; a call whose instance is gone ends with TRAP.
   * @throws InternalError TRAP when the module traps; the instance is gone then.
   */
  use<T>(work: (module: M) => T, epoch: Epoch = this.#epoch): T {
    if (epoch !== this.#epoch) throw new InternalError('TRAP', 'Another call trapped while this one was waiting.')
    const module = (this.#instance ??= start(this.#factory, this.#compiled))
    try {
      return work(module)
    } catch (cause) {
      if (cause instanceof BaseError) throw cause
      this.#instance = undefined
      this.#epoch += 1
      throw new InternalError('TRAP', 'The WebAssembly module trapped; the next call starts a new one.', { cause })
    }
  }
}

/**
 * Copies the parts into the module, 16-byte aligned, one after the other.
 *
 * @returns their addresses. An empty part has length 0, its address means nothing.
 */
export function place(module: FrameModule, parts: readonly Uint8Array[]): number[] {
  let size = 0
  const offsets: number[] = []
  for (const part of parts) {
    offsets.push(size)
    size += (part.byteLength + ALIGNMENT - 1) & -ALIGNMENT
  }
  const base = module.reserve(size)
  if (base === 0) throw inputLimit('input', size, module.HEAPU8.byteLength)
  const heap = module.HEAPU8
  for (let i = 0; i < parts.length; i += 1) heap.set(parts[i]!, base + offsets[i]!)
  return offsets.map((offset) => base + offset)
}

/** Reads the text of a result record: u32 address, u32 length. */
export function readText(module: FrameModule, record: number): string {
  return DECODER.decode(recordBytes(module, record))
}

/** What a text record points at: a view of the module's memory, valid until its next call. */
export function recordBytes(module: FrameModule, record: number): Uint8Array {
  const heap = module.HEAPU8
  const view = new DataView(heap.buffer, record, 8)
  const start = view.getUint32(0, true)
  return heap.subarray(start, start + view.getUint32(4, true))
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// An instance of the module and the sessions in it: a model and its forks. A trap is the end of all of them. Only an
// instance that is let go gives its memory back, so the last session lets it go; a small one waits for the next model
// instead, since starting another takes longer than most small models.
import { BaseError, InternalError } from '../errors/base.js'
import { codeNumbered } from '../errors/codes.js'
import { errorOf, readJson, startInstance } from './engine.js'
import type { Failure } from './engine.js'
import type { InferModule } from '../wasm/infer.js'
import type { Choice } from './variants.js'

/** The most memory of an instance that waits, in bytes. */
const SPARE_BYTES = 8 * 1024 * 1024

/** At most one waits for each compiled module. */
const spares = new WeakMap<WebAssembly.Module, InferModule>()

export class Instance {
  #module: InferModule | undefined
  readonly #compiled: WebAssembly.Module | undefined
  #sessions = 0

  private constructor(module: InferModule, compiled: WebAssembly.Module | undefined) {
    this.#module = module
    this.#compiled = compiled
  }

  /** @throws LoadError WASM_UNAVAILABLE when the module cannot be started. */
  static async start(compiled: WebAssembly.Module, choice: Choice): Promise<Instance> {
    const spare = spares.get(compiled)
    spares.delete(compiled)
    // One with threads never waits: its workers would, too.
    return new Instance(spare ?? (await startInstance(compiled, choice)), choice.variant.endsWith('-threads') ? undefined : compiled)
  }

  /** @throws InternalError TRAP after a trap. */
  get module(): InferModule {
    if (this.#module === undefined) throw new InternalError('TRAP', 'The model trapped in an earlier call; load it again.')
    return this.#module
  }

  /** `work` enters none of the caller's code. @throws InternalError TRAP, now and in all later calls, when it traps; what it throws by itself otherwise. */
  guarded<T>(work: (module: InferModule) => T): T {
    const module = this.module
    try {
      return work(module)
    } catch (cause) {
      if (cause instanceof BaseError) throw cause
      this.#module = undefined
      module.endThreads?.()
      throw new InternalError('TRAP', 'The WebAssembly module trapped; load the model again.', { cause })
    }
  }

  /** Whether it has not trapped and was not let go. */
  get isLive(): boolean {
    return this.#module !== undefined
  }

  begin(): void {
    this.#sessions += 1
  }

  /** Gives a session's memory back, and with the last one the instance. */
  end(handle: number): void {
    this.#sessions -= 1
    if (this.#module !== undefined) this.guarded((module) => module.unload(handle))
    if (this.#sessions === 0) this.leave()
  }

  /** Of an instance without sessions: it waits for the next model, or is let go. @param isSound its last model was taken */
  leave(isSound = true): void {
    const module = this.#module
    this.#module = undefined
    if (module === undefined) return
    if (isSound && this.#compiled !== undefined && module.HEAPU8.byteLength <= SPARE_BYTES) spares.set(this.#compiled, module)
    else module.endThreads?.()
  }
}

/** @throws the error of a code that is not 0. */
export function checkCode(module: InferModule, code: number): void {
  if (code === 0) return
  const failure = readJson(module, module.lastError()) as Failure | null
  throw errorOf(failure ?? { code: codeNumbered(code) })
}

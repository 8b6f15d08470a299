// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// An instance of the module and the sessions in it: a model and its forks. A trap is the end of all of them; the memory
// goes back with the last.
import { BaseError, InternalError } from '../errors/base.js'
import { codeNumbered } from '../errors/codes.js'
import { errorOf, readJson } from './engine.js'
import type { Failure } from './engine.js'
import type { InferModule } from '../wasm/infer.js'

export class Instance {
  #module: InferModule | undefined
  #sessions = 0

  constructor(module: InferModule) {
    this.#module = module
  }

  /** @throws InternalError TRAP, now and in all later calls, when `work` traps; what it throws by itself otherwise. */
  guarded<T>(work: (module: InferModule) => T): T {
    const module = this.#module
    if (module === undefined) throw new InternalError('TRAP', 'The model trapped in an earlier call; load it again.')
    try {
      return work(module)
    } catch (cause) {
      if (cause instanceof BaseError) throw cause
      this.#module = undefined
      module.endThreads?.()
      throw new InternalError('TRAP', 'The WebAssembly module trapped; load the model again.', { cause })
    }
  }

  begin(): void {
    this.#sessions += 1
  }

  /** Gives a session's memory back, and with the last one the instance. */
  end(handle: number): void {
    const module = this.#module
    this.#sessions -= 1
    if (this.#sessions === 0) this.#module = undefined
    try {
      module?.unload(handle)
    } finally {
      if (this.#sessions === 0) module?.endThreads?.()
    }
  }
}

/** @throws the error of a code that is not 0. */
export function checkCode(module: InferModule, code: number): void {
  if (code === 0) return
  const failure = readJson(module, module.lastError()) as Failure | null
  throw errorOf(failure ?? { code: codeNumbered(code) })
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The instance of verify.wasm.
import { ModuleMachine } from '../loader/module_machine.js'
import createModule from '../wasm/verify.mjs'
import type { VerifyModule } from '../wasm/verify.mjs'

export { place, readText } from '../loader/module_machine.js'
export type { Epoch } from '../loader/module_machine.js'

export class Machine extends ModuleMachine<VerifyModule> {
  /** @throws LoadError WASM_UNAVAILABLE when the module cannot be started. */
  constructor(compiled: WebAssembly.Module) {
    super(compiled, createModule)
  }
}

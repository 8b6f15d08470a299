// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The exports of infer-*.wasm (wasm/bindings/infer_bindings.cpp) behind Emscripten's factory. A code is 0 or the number
// of an error code; addresses are bytes in HEAPU8.

export type InferModule = {
  /** Renewed when the memory grows: read it again after every call. Shared memory in the variants with threads. */
  readonly HEAPU8: Uint8Array
  /** Ends the workers of the instance (wasm/bindings/end_threads.js); there only in the variants with threads. */
  readonly endThreads?: () => void
  reserve(size: number): number
  /** Where the bytes of the model that load() takes are written; 0 when there is no memory for them. */
  reserveModel(size: number): number
  load(options: number, optionsLength: number): number
  /** The verdict of load() for another session of a loaded model, which shares its weights. */
  fork(handle: number): number
  setInput(handle: number, index: number, dims: number, rank: number): number
  resetInput(handle: number, index: number): number
  inputData(handle: number, index: number): number
  run(handle: number): number
  outputRank(handle: number, index: number): number
  outputDim(handle: number, index: number, axis: number): number
  outputType(handle: number, index: number): number
  outputData(handle: number, index: number): number
  /** Feeds bytes of value.ts. */
  setValue(handle: number, index: number, value: number, length: number): number
  /** Address of a record of address and length of an output's bytes, see value.ts. */
  outputValue(handle: number, index: number): number
  /** Address of a record of the last run's trace in JSON; empty when the model was loaded without `profile`. */
  profile(handle: number): number
  lastError(): number
  unload(handle: number): number
}

export type InferFactory = (module: {
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object
  pthreadPoolSize?: number
}) => Promise<InferModule>

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The exports of zk.wasm (wasm/bindings/zk_bindings.cpp) behind Emscripten's factory. Addresses and lengths are bytes in
// HEAPU8; `reserve` gives the only block that inputs may lie in.

export type ZkModule = {
  /** Renewed when the memory grows: read it again after every call. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>
  reserve(size: number): number
  /** A frame of core/api/operations.hpp; answers with the address of the verdict's text record. */
  call(frame: number, length: number): number
}

/** Fills `module` with the exports before it returns; the promise says nothing more. */
export default function create(module: { wasmModule: WebAssembly.Module } & Partial<ZkModule>): Promise<unknown>

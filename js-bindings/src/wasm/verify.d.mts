// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The exports of verify.wasm (wasm/bindings/verify_bindings.cpp) behind Emscripten's factory. Addresses and lengths are
// bytes in HEAPU8; `reserve` gives the only block that inputs may lie in.

export type VerifyModule = {
  /** Renewed when the memory grows: read it again after every call. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>
  reserve(size: number): number
  /** A frame of core/api/operations.hpp; answers with the address of the verdict's text record. */
  call(frame: number, length: number): number
  /** An event stream's receipt in chunks: the handle, or 0 when too many are open. */
  receiptStreamOpen(
    request: number, requestLength: number, document: number, documentLength: number,
    key: number, keyLength: number, options: number, optionsLength: number, p384: number, p384Length: number, keepText: boolean,
  ): number
  /** The code of what already stands in the way of a receipt, or 0. */
  receiptStreamFault(handle: number): number
  receiptStreamPush(handle: number, chunk: number, length: number): void
  /** What has come of the last line is a line. */
  receiptStreamEnd(handle: number): void
  /** The address of the text record of what the last push, or the end, added to the reply's text. */
  receiptStreamAdded(handle: number): number
  /** The address of the verdict's text record; the handle is closed. */
  receiptStreamFinish(handle: number): number
  receiptStreamClose(handle: number): void
  keccak256(bytes: number, length: number, out: number): void
  sha256(bytes: number, length: number, out: number): void
  recoverAddress(hash: number, signature: number, mode: number, out: number): number
  recoverAddressWord(hash: number, v: number, r: number, s: number, mode: number, out: number): number
  verifyEcdsa(key: number, keyLength: number, hash: number, signature: number, mode: number): number
  verifySchnorr(key: number, message: number, messageLength: number, signature: number): number
}

/** Fills `module` with the exports before it returns; the promise says nothing more. */
export default function create(module: { wasmModule: WebAssembly.Module } & Partial<VerifyModule>): Promise<unknown>

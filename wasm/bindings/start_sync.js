// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// --pre-js of the verify module, with -sWASM_ASYNC_COMPILATION=0: starts from the compiled
// WebAssembly.Module that the loader has checked. So a new instance can replace a trapped one within
// a synchronous call; Emscripten's own synchronous start compiles the bytes each time.
if (Module['wasmModule']) {
  instantiateSync = (file, imports) => [new WebAssembly.Instance(Module['wasmModule'], imports)];
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What an application built by Vite does. Also runs in Node, without the worker.
import { Tensor, loadModel } from 'assay-wasm/infer'
import { verifyReceipt } from 'assay-wasm/verify'
import { createWorkerHost } from 'assay-wasm/web'

globalThis.assayApplication = {
  verify: (input) => verifyReceipt(input),
  run: async (source, name, data, dims) => (await loadModel(source)).run({ [name]: new Tensor('float32', data, dims) }),
  host: () => createWorkerHost(),
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The built npm package behind the runner's engine interface.
export async function openWasm() {
  throw new Error('the package is not built')
}

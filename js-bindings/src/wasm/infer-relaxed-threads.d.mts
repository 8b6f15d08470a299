// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
import type { InferFactory } from './infer.js'

declare const create: InferFactory
export default create

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Sizes in bytes: as it is, and as a server may send it. */
export const sizesOf = (bytes) => ({
  raw: bytes.length,
  gz: gzipSync(bytes, { level: 9 }).length,
  br: brotliCompressSync(bytes).length,
});

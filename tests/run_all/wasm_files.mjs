// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The built modules: all there, valid, within the glue's promises (no eval, no new Function).
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../build/wasm/', import.meta.url));
const MODULES = ['verify', 'zk', 'infer-simd', 'infer-relaxed', 'infer-simd-threads', 'infer-relaxed-threads'];
// Node 20 knows relaxed SIMD only behind a flag: the header is all that can be checked here.
const HEADER = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

let passed = 0;
let failed = 0;
const report = (ok, text) => {
  console.log(`${ok ? 'ok' : 'FAILED'} ${text}`);
  if (ok) passed += 1;
  else failed += 1;
};
for (const name of MODULES) {
  const files = ['wasm', 'mjs', 'd.ts'].map((extension) => `${folder}${name}.${extension}`);
  const there = files.every((file) => existsSync(file));
  report(there, `${name}: .wasm, .mjs and .d.ts are built`);
  if (!there) continue;
  const bytes = readFileSync(files[0]);
  const valid = name.includes('relaxed') ? bytes.subarray(0, 8).equals(HEADER) : WebAssembly.validate(bytes);
  report(valid, `${name}: valid wasm`);
  const glue = readFileSync(files[1], 'utf8');
  report(!/\beval\s*\(|new Function|[^.\w]Function\s*\(/.test(glue), `${name}: no code from strings in the glue`);
  report(!/\bimport\s*\(/.test(glue), `${name}: no dynamic import in the glue`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

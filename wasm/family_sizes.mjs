// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// node family_sizes.mjs WASM FOLDER says what each family of checks costs in verify.wasm. FOLDER has the module linked
// without the first of them (1.wasm), without the first two, and so on (without.cpp): a family costs what goes with it
// when those above it are gone already, so that what several share is counted with the last of them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { sizeLine, sizesOf } from './sizes.mjs';

/** In the order of without.cpp. */
export const FAMILIES = [
  'evidence bundles', 'chain state', 'TDX quotes', 'SEV-SNP reports', 'Nitro documents', 'receipts', 'confidential chat', 'settlement, events, numbers',
  'EIP-191, EIP-712, ERC-1271', 'P-384, RSA', 'P-256, Ed25519, batches',
];
const REST = 'secp256k1, Keccak, SHA-2, bindings';

/** Rows {family, raw, gz, br}; what is left after the last one stands in a row of its own. */
export function familySizes(modules) {
  const sizes = modules.map(sizesOf);
  const less = (a, b) => ({ raw: a.raw - b.raw, gz: a.gz - b.gz, br: a.br - b.br });
  return [...FAMILIES.map((family, i) => ({ family, ...less(sizes[i], sizes[i + 1]) })), { family: REST, ...sizes.at(-1) }];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [wasm, folder] = process.argv.slice(2);
  const files = [wasm, ...FAMILIES.map((_, i) => join(folder, `${i + 1}.wasm`))];
  for (const file of files) if (!existsSync(file)) throw new Error(`no ${file}; make sizes links it`);
  console.log(sizeLine('what verify.wasm is made of', ['raw', 'gz', 'br']));
  for (const { family, ...sizes } of familySizes(files.map((file) => readFileSync(file)))) console.log(sizeLine(family, Object.values(sizes)));
}

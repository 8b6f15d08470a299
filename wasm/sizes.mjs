// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// node sizes.mjs FOLDER prints the sizes of the modules in it and of their glue.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Sizes in bytes: as it is, and as a server may send it. */
export const sizesOf = (bytes) => ({
  raw: bytes.length,
  gz: gzipSync(bytes, { level: 9 }).length,
  br: brotliCompressSync(bytes).length,
});

/** One line of a table; `values` are numbers or column titles. */
export const sizeLine = (title, values) => `${title.padEnd(38)}${values.map((value) => String(value).padStart(9)).join('')}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  const files = readdirSync(folder).filter((file) => /\.(wasm|mjs)$/.test(file)).sort();
  if (files.length === 0) throw new Error(`no module in ${folder}`);
  console.log(sizeLine('', ['raw', 'gz', 'br']));
  for (const file of files) console.log(sizeLine(file, Object.values(sizesOf(readFileSync(join(folder, file))))));
}

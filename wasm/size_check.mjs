// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// size_check.mjs PATH_WITHOUT_EXTENSION WASM_BUDGET GLUE_BUDGET
// Prints raw, gzip and brotli sizes of PATH.wasm and PATH.mjs; fails above the budgets: the module
// in raw bytes, the glue in gzip bytes.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { sizeLine, sizesOf } from './sizes.mjs';

const [path, wasmBudget, glueBudget] = process.argv.slice(2);
const sizes = (file) => ({ file: basename(file), ...sizesOf(readFileSync(file)) });
const rows = [
  { ...sizes(`${path}.wasm`), measure: 'raw', budget: Number(wasmBudget) },
  { ...sizes(`${path}.mjs`), measure: 'gz', budget: Number(glueBudget) },
];
console.log(`${sizeLine('', ['raw', 'gz', 'br'])}  budget`);
for (const { file, raw, gz, br, measure, budget } of rows) {
  console.log(`${sizeLine(file, [raw, gz, br])}  ${budget} ${measure}`);
}
const over = rows.filter((row) => row[row.measure] > row.budget);
for (const { file, measure, budget, ...row } of over) {
  console.error(`${file}: ${row[measure]} bytes ${measure}, over its budget of ${budget}`);
}
process.exitCode = over.length > 0 ? 1 : 0;

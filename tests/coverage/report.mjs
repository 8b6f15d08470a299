// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// node tests/coverage/report.mjs [FOLDER] prints how many lines of core/ the tests in build/coverage have run, by module; of
// FOLDER (core/bytes) by file. What was built and never run counts as not run; what was not built is missing.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { filesUnder } from '../../js-bindings/scripts/files.mjs';

const BUILD = fileURLToPath(new URL('../../build/coverage/', import.meta.url));

/** By file of core/: the largest count of each line over all objects, which see the same headers. @param reports of gcov's JSON */
export function countsOf(reports) {
  const files = new Map();
  for (const { file, lines } of reports.flatMap((report) => report.files)) {
    const path = /(?:^|\/)(core\/.*)$/.exec(file)?.[1];
    if (path === undefined) continue;
    const counts = files.get(path) ?? new Map();
    for (const { line_number: line, count } of lines) counts.set(line, Math.max(count, counts.get(line) ?? 0));
    files.set(path, counts);
  }
  return files;
}

/** Rows {name, lines, run} in order of their names; `nameOf` a file, undefined leaves it out. */
export function rowsOf(files, nameOf) {
  const rows = new Map();
  for (const [path, counts] of files) {
    const name = nameOf(path);
    if (name === undefined) continue;
    const row = rows.get(name) ?? { name, lines: 0, run: 0 };
    row.lines += counts.size;
    row.run += [...counts.values()].filter((count) => count > 0).length;
    rows.set(name, row);
  }
  return [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function main(folder) {
  const objects = existsSync(`${BUILD}core`) ? filesUnder(`${BUILD}core`).filter((file) => file.endsWith('.gcno')) : [];
  if (objects.length === 0) throw new Error('nothing in build/coverage; run: cmake --preset coverage && cmake --build --preset coverage');
  const output = execFileSync('gcov', ['--json-format', '--stdout', ...objects], { cwd: BUILD, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
  const files = countsOf(output.trim().split('\n').map((line) => JSON.parse(line)));
  const rows = rowsOf(files, folder === undefined ? dirname : (path) => (path.startsWith(`${folder}/`) ? path : undefined));
  const total = rows.reduce((sum, { lines, run }) => ({ name: 'all', lines: sum.lines + lines, run: sum.run + run }), { name: 'all', lines: 0, run: 0 });
  for (const { name, lines, run } of [...rows, total]) console.log(`${name.padEnd(40)}${String(run).padStart(7)} of ${String(lines).padStart(6)} lines ${((100 * run) / lines).toFixed(1).padStart(6)} %`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv[2]);

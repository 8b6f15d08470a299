// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What libFuzzer says at its end, and the table that sums it up.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { readFinal, readTable, wasInterrupted, withRun } from './results.mjs';

const SAID = `INFO: Loaded 1 modules   (297 inline 8-bit counters): 297 [0x1, 0x2),
#2\tINITED cov: 12 ft: 30 corp: 1/28b exec/s: 0 rss: 30Mb
#8192\tNEW    cov: 170 ft: 900 corp: 280/20Kb lim: 76 exec/s: 4096 rss: 60Mb L: 8/9 MS: 1 CopyPart-
#9000\tDONE   cov: 176 ft: 956 corp: 284/22Kb lim: 76 exec/s: 3000 rss: 107Mb
Done 9000 runs in 3 second(s)
stat::number_of_executed_units: 9000
`;

test('executions, seconds, edges and corpus are read from the last lines', () => {
  assert.deepEqual(readFinal(SAID), { executions: 9000, seconds: 3, covered: 176, edges: 297, corpus: 284 });
});

test('what ran before an interruption counts, a finding does not', () => {
  const interrupted = SAID.replace(/^#9000.*\nDone .*\n/m, '==7== libFuzzer: run interrupted; exiting\n') + 'stat::average_exec_per_sec:     4500\n';
  assert.equal(wasInterrupted(interrupted), true);
  assert.deepEqual(readFinal(interrupted), { executions: 9000, seconds: 2, covered: 170, edges: 297, corpus: 280 });
  assert.equal(wasInterrupted(SAID), false);
  assert.equal(wasInterrupted(`${interrupted}SUMMARY: AddressSanitizer: heap-buffer-overflow`), false);
});

test('runs of a target add up, their coverage is the last', () => {
  const once = withRun('', 'der', readFinal(SAID), '2026-01-01');
  const other = withRun(once, 'cbor', { executions: 5, seconds: 1, covered: 2, edges: 3, corpus: 4 }, '2026-01-02');
  const twice = withRun(other, 'der', { executions: 2_000_000, seconds: 60, covered: 180, edges: 297, corpus: 300 }, '2026-01-03');
  assert.deepEqual([...readTable(twice).keys()], ['cbor', 'der']);
  assert.match(twice, /^\| der \| 2,009,000 \| 63 \| 180 \| 297 \| 300 \| 2026-01-03 \|$/m);
  assert.match(twice, /^\| cbor \| 5 \| 1 \| 2 \| 3 \| 4 \| 2026-01-02 \|$/m);
});

test('runs that end at one moment are all in the table', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-fuzz-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'results.md');
  const code = `const { record } = await import(${JSON.stringify(new URL('results.mjs', import.meta.url))});
    for (let i = 0; i < 50; i += 1) record('der', { executions: 1, seconds: 0, covered: 2, edges: 3, corpus: 4 }, new URL(${JSON.stringify(pathToFileURL(file))}));`;
  await Promise.all(Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', code])));
  assert.equal(readTable(readFileSync(file, 'utf8')).get('der').executions, 200);
});

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// node tests/fuzz/run.mjs [--seconds=60] [--runs=N] [--target=nitro,cbor] [--record]: runs the libFuzzer
// programs of the fuzz preset one after the other, each until it has run for so long or so often.
// New inputs stay in build/fuzz/corpus/<target>, findings beside it. --record adds what was run to
// results.md; SIGINT to a target's program ends its run early, and what it ran counts.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { readFinal, record, wasInterrupted } from './results.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const programs = join(root, 'build', 'fuzz', 'tests', 'fuzz');
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    runs: { type: 'string', default: '-1' },
    target: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});

/** @returns whether the target ran without a finding */
function fuzz(target) {
  const corpus = join(root, 'build', 'fuzz', 'corpus', target);
  mkdirSync(corpus, { recursive: true });
  const seeds = readFileSync(join(programs, `${target}.seeds`), 'utf8').split('\n').filter(Boolean);
  for (const seed of seeds) copyFileSync(seed, join(corpus, basename(seed)));
  const { status, stderr } = spawnSync(
    join(programs, `assay_${target}_fuzz`),
    [corpus, `-max_total_time=${options.seconds}`, `-runs=${options.runs}`, '-max_len=20000',
      `-artifact_prefix=${corpus}-finding-`, '-print_final_stats=1'],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const final = readFinal(stderr);
  const { executions, seconds, covered, edges, corpus: inputs } = final;
  const passed = status === 0 || wasInterrupted(stderr);
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${target}: ${executions} executions in ${seconds} s, ${covered} of ${edges} edges, ${inputs} inputs`);
  if (!passed) console.log(stderr.slice(-6000));
  else if (options.record) record(target, final);
  return passed;
}

if (!existsSync(programs)) {
  console.error('no fuzz targets: run `make fuzz`, which builds them');
  process.exit(1);
}
const wanted = options.target?.split(',');
const targets = readdirSync(programs)
  .filter((file) => file.endsWith('.seeds'))
  .map((file) => file.slice(0, -'.seeds'.length))
  .filter((target) => wanted?.includes(target) ?? true);
const passed = targets.filter(fuzz).length;
console.log(`${passed} passed, ${targets.length - passed} failed`);
process.exit(targets.length > 0 && passed === targets.length ? 0 : 1);

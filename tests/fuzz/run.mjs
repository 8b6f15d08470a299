// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// node tests/fuzz/run.mjs [--seconds=60] [--target=nitro]: runs the libFuzzer programs of the fuzz
// preset one after the other. New inputs stay in build/fuzz/corpus/<target>, findings too.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const programs = join(root, 'build', 'fuzz', 'tests', 'fuzz');

function option(name, fallback) {
  const found = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return found ? found.slice(name.length + 3) : fallback;
}

/** @returns whether the target ran for its time without a finding */
function fuzz(target, seconds) {
  const corpus = join(root, 'build', 'fuzz', 'corpus', target);
  mkdirSync(corpus, { recursive: true });
  const seeds = readFileSync(join(programs, `${target}.seeds`), 'utf8').split('\n').filter(Boolean);
  for (const seed of seeds) copyFileSync(seed, join(corpus, basename(seed)));
  const { status, stderr } = spawnSync(
    join(programs, `assay_${target}_fuzz`),
    [corpus, `-max_total_time=${seconds}`, '-max_len=20000', `-artifact_prefix=${corpus}-finding-`,
      '-print_final_stats=1'],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const runs = /stat::number_of_executed_units:\s*(\d+)/.exec(stderr)?.[1] ?? '0';
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${target}: ${runs} runs in ${seconds} s`);
  if (status !== 0) console.log(stderr.slice(-6000));
  return status === 0;
}

if (!existsSync(programs)) {
  console.error('no fuzz targets: run `make fuzz`, which builds them');
  process.exit(1);
}
const targets = readdirSync(programs)
  .filter((file) => file.endsWith('.seeds'))
  .map((file) => file.slice(0, -'.seeds'.length))
  .filter((target) => target === option('target', target));
const seconds = Number(option('seconds', '60'));
const passed = targets.filter((target) => fuzz(target, seconds)).length;
console.log(`${passed} passed, ${targets.length - passed} failed`);
process.exit(targets.length > 0 && passed === targets.length ? 0 : 1);

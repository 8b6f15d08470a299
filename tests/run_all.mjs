// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// run_all.mjs [suite…]: builds and runs every suite (or the named ones) and ends with one line
// "N passed, N failed". A suite whose files are missing, that cannot be built, that ends badly or
// that ran nothing counts as failed. Skipped tests and the failing lines of every failing suite are
// repeated at the end, never hidden.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closing, failures } from './run_all/closing.mjs';
import { count, skips } from './run_all/count.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const logs = join(root, 'build/test-logs');
const vectors = join(root, '../shared/vectors');
const ownVectors = 'tests/vectors';

const preset = (name, ...options) => ({
  build: [
    ['cmake', '--preset', name, ...options],
    ['cmake', '--build', '--preset', name],
  ],
});
const vectorRun = (dir, target, ...more) => ({
  needs: ['tests/vectors/run.mjs'],
  command: ['node', 'tests/vectors/run.mjs', `--dir=${dir}`, `--target=${target}`, ...more],
});
// One sanitized build serves the unit tests, the vectors and the fuzz targets where there is clang.
const clang = { where: '/usr/bin/clang++', name: 'clang++' };
const sanitized = existsSync(clang.where) ? 'fuzz' : 'asan-ubsan';
const sanitizedEngine = `build/${sanitized}/tests/vectors/assay_vector_engine`;
// Outside of the repository: where it is absent the suite is skipped, loudly.
const shared = { where: vectors, name: '../shared/vectors' };

/** In order: a suite may use what an earlier one built, up to the package. */
const SUITES = [
  { name: 'driver', command: ['node', '--test', 'tests/run_all/count.test.mjs', 'tests/run_all/closing.test.mjs', 'tests/coverage/report.test.mjs'] },
  { name: 'layers', command: ['node', 'tests/layers/check_layers.mjs'] },
  { name: 'fuzz-results', command: ['node', '--test', 'tests/fuzz/results.test.mjs', 'tests/fuzz/seeds.test.mjs'] },
  { name: 'bench-report', command: ['node', '--test', 'tests/bench/report.test.mjs', 'tests/bench/page.test.mjs'] },
  { name: 'format', command: ['node', 'tests/format/check_format.mjs'] },
  { name: 'toolchain', command: ['node', '--test', 'tests/toolchain/setup.test.mjs', 'tests/toolchain/sources.test.mjs', 'tests/toolchain/presets.test.mjs'] },
  // The optimised build, which the vectors and the command line use below as well.
  { name: 'unit', ...preset('release', '-DASSAY_WERROR=ON'), command: ['ctest', '--preset', 'release', '-j2'] },
  { name: 'unit-sanitized', ...preset(sanitized), command: ['ctest', '--preset', sanitized, '-j2'] },
  // The limbs of the shipped module, where a sanitizer sees them.
  {
    name: 'unit-wasm-limbs',
    build: [
      ['cmake', '--preset', 'wasm-limbs'],
      ['cmake', '--build', '--preset', 'wasm-limbs', '--target', 'assay_math_test', 'assay_signatures_test', 'assay_zk_test', 'assay_differential_test'],
    ],
    command: ['ctest', '--preset', 'wasm-limbs', '-j2', '-R', '^(math|signatures|zk|differential): '],
  },
  // A few seconds each; make fuzz is the campaign.
  {
    name: 'fuzz',
    build: [
      ['cmake', '--preset', 'fuzz'],
      ['cmake', '--build', '--preset', 'fuzz', '--target', 'assay_fuzz'],
    ],
    command: ['node', 'tests/fuzz/run.mjs', '--seconds=3'],
    outside: clang,
  },
  { name: 'wasm-build', build: [['bash', 'wasm/build.sh']], command: ['node', 'tests/run_all/wasm_files.mjs'] },
  { name: 'package-build', command: ['node', 'tests/run_all/package_build.mjs'], needs: ['js-bindings/package.json'] },
  { name: 'cli', command: ['build/release/assay', '--version'], counts: 'exit' },
  { name: 'own-vectors', ...vectorRun(ownVectors, 'native') },
  { name: 'own-vectors-sanitized', ...vectorRun(ownVectors, 'native', `--engine=${sanitizedEngine}`) },
  { name: 'own-vectors-wasm', ...vectorRun(ownVectors, 'wasm') },
  { name: 'wasm-native', command: ['node', '--test', 'tests/differential/wasm_native.test.mjs'] },
  {
    name: 'zk-peers', command: ['node', '--test', 'tests/differential/zk_peers.test.mjs'],
    outside: { where: join(root, 'tests/bench/node_modules/snarkjs'), name: 'tests/bench/node_modules' },
  },
  { name: 'canonical-json', command: ['node', '--test', 'tests/differential/canonical_json.test.mjs'] },
  { name: 'shared-vectors', ...vectorRun(vectors, 'native'), outside: shared },
  { name: 'shared-vectors-sanitized', ...vectorRun(vectors, 'native', `--engine=${sanitizedEngine}`), outside: shared },
  { name: 'shared-vectors-wasm', ...vectorRun(vectors, 'wasm'), outside: shared },
  { name: 'vector-runner', needs: ['tests/vectors/runner.test.mjs'], command: ['node', '--test', 'tests/vectors/runner.test.mjs', 'tests/vectors/codes.test.mjs'] },
  { name: 'evidence', command: ['node', '--test', 'tests/vectors/evidence.test.mjs'] },
  { name: 'evidence-sanitized', command: ['env', `ASSAY_ENGINE=${sanitizedEngine}`, 'node', '--test', 'tests/vectors/evidence.test.mjs'] },
  { name: 'evidence-wasm', command: ['env', 'ASSAY_TARGET=wasm', 'node', '--test', 'tests/vectors/evidence.test.mjs'] },
  { name: 'chain', command: ['node', '--test', 'tests/vectors/chain.test.mjs', 'tests/vectors/registry_bundles.test.mjs'] },
  { name: 'chain-sanitized', command: ['env', `ASSAY_ENGINE=${sanitizedEngine}`, 'node', '--test', 'tests/vectors/chain.test.mjs', 'tests/vectors/registry_bundles.test.mjs'] },
  { name: 'chain-wasm', command: ['env', 'ASSAY_TARGET=wasm', 'node', '--test', 'tests/vectors/chain.test.mjs', 'tests/vectors/registry_bundles.test.mjs'] },
  { name: 'registry-cli', command: ['node', '--test', 'tests/vectors/registry_cli.test.mjs'] },
  { name: 'bundles', command: ['node', '--test', 'tests/vectors/bundles.test.mjs'] },
  { name: 'bundles-sanitized', command: ['env', `ASSAY_ENGINE=${sanitizedEngine}`, 'node', '--test', 'tests/vectors/bundles.test.mjs'] },
  { name: 'bundles-wasm', command: ['env', 'ASSAY_TARGET=wasm', 'node', '--test', 'tests/vectors/bundles.test.mjs'] },
  { name: 'own-vectors-bundles', ...vectorRun(ownVectors, 'native', '--bundles') },
  { name: 'shared-vectors-bundles', ...vectorRun(vectors, 'native', '--bundles'), outside: shared },
  // Alone: it bounds how long the chain's servers may take.
  { name: 'js', alone: true, needs: ['js-bindings/package.json'], command: ['npm', '--prefix', 'js-bindings', 'test'] },
  { name: 'readme', command: ['node', '--test', 'tests/readme/readme.test.mjs'] },
  { name: 'package', needs: ['tests/package/run.mjs'], command: ['node', 'tests/package/run.mjs'] },
  { name: 'conformance', needs: ['tests/conformance/run.mjs'], command: ['node', 'tests/conformance/run.mjs'] },
  { name: 'browser', needs: ['tests/browser/run.mjs'], command: ['node', 'tests/browser/run.mjs'] },
];

const run = (command, log) =>
  new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ status: 127, output: `${output}${error.message}\n` }));
    child.on('close', (status, signal) => {
      writeFileSync(log, output);
      resolve({ status: status ?? 1, output: signal ? `${output}ended by ${signal}\n` : output });
    });
  });

/** {passed, failed, skipped: […], why?, output} */
const runSuite = async (suite) => {
  const bad = (why, output = '') => ({ passed: 0, failed: 1, skipped: [], why, output });
  if (suite.outside && !existsSync(suite.outside.where)) {
    return { passed: 0, failed: 0, skipped: [`${suite.name}: no ${suite.outside.name}`], output: '' };
  }
  const missing = (suite.needs ?? []).filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) return bad(`missing ${missing.join(', ')}`);
  for (const [index, command] of (suite.build ?? []).entries()) {
    const { status, output } = await run(command, join(logs, `${suite.name}.build-${index}.log`));
    if (status !== 0) return bad(`${command.join(' ')} ended with status ${status}`, output);
  }
  const { status, output } = await run(suite.command, join(logs, `${suite.name}.log`));
  const skipped = skips(output).map((line) => `${suite.name}: ${line}`);
  const counted = suite.counts === 'exit' ? { passed: status === 0 ? 1 : 0, failed: 0 } : count(output);
  if (counted === undefined) return { ...bad(`printed no result (status ${status})`, output), skipped };
  const result = { ...counted, skipped, output };
  if (status !== 0 && result.failed === 0) return { ...result, failed: 1, why: `ended with status ${status}` };
  if (result.failed === 0 && result.passed === 0 && skipped.length === 0) return { ...result, failed: 1, why: 'ran nothing' };
  return result;
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`no suite ${unknown.join(', ')}; there are: ${SUITES.map(({ name }) => name).join(' ')}`);
  process.exit(2);
}
mkdirSync(logs, { recursive: true });
const rows = [];
const judge = async (suite, alone) => {
  const started = performance.now();
  if (alone) console.log(`--- ${suite.name}`);
  const result = await runSuite(suite);
  const row = { name: suite.name, ...result, seconds: (performance.now() - started) / 1000 };
  rows.push(row);
  if (!alone) console.log(`--- ${suite.name}`);
  if (row.failed > 0) console.log([row.why ?? '', ...failures(row.output)].join('\n').trim());
  console.log(`    ${row.passed} passed, ${row.failed} failed, ${row.skipped.length} skipped, ${row.seconds.toFixed(0)} s`);
};
const chosen = SUITES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
// Once everything stands, two at a time: most have one thread.
const last = SUITES.findIndex(({ name }) => name === 'package-build');
if (last < 0) throw new Error('no suite package-build');
for (const suite of chosen.filter((each) => SUITES.indexOf(each) <= last)) await judge(suite, true);
const after = chosen.filter((each) => SUITES.indexOf(each) > last);
const rest = after.filter(({ alone }) => !alone);
const lane = async () => {
  for (let suite = rest.shift(); suite !== undefined; suite = rest.shift()) await judge(suite, false);
};
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
for (const suite of after.filter(({ alone }) => alone)) await judge(suite, true);
rows.sort((a, b) => SUITES.findIndex(({ name }) => name === a.name) - SUITES.findIndex(({ name }) => name === b.name));

console.log(closing(rows).join('\n'));
process.exitCode = rows.some((row) => row.failed > 0) ? 1 : 0;

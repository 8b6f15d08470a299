// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The counts are read from what node:test and ctest of this machine really print.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReport } from '../browser/report.mjs';
import { failures } from './closing.mjs';
import { count, skips } from './count.mjs';
import { ctestOutput, nodeTestOutput } from './fixtures.mjs';

test('the last closing line counts', () => {
  assert.deepEqual(count('1 passed, 0 failed\nmore\n12 passed, 3 failed\n'), { passed: 12, failed: 3 });
});

test('a closing line inside another line does not count', () => {
  assert.equal(count('family x: 12 passed, 3 failed\n'), undefined);
});

for (const reporter of ['tap', 'spec']) {
  const mixed = `import { test } from 'node:test';
    test('good', () => {}); test('bad', () => { throw new Error('the reason'); });
    test('later', { skip: true }, () => {}); test('wish', { todo: true }, () => { throw new Error('not yet'); });
    test('outer', async (t) => { await t.test('inner', () => {}); });`;
  const hanging = `import { test } from 'node:test';
    test('never ends', () => new Promise(() => {}));`;

  test(`node:test, ${reporter}: passed, failed, skipped, and what was cancelled is a failure`, () => {
    const output = nodeTestOutput(reporter, mixed);
    assert.deepEqual(count(output), { passed: 3, failed: 1 });
    assert.deepEqual(skips(output).map((line) => line.slice(2)), ['skipped 1', 'todo 1']);
    assert.deepEqual(count(nodeTestOutput(reporter, hanging)), { passed: 0, failed: 1 });
  });

  test(`node:test, ${reporter}: several runs in one output are summed`, () => {
    assert.deepEqual(count(nodeTestOutput(reporter, mixed) + nodeTestOutput(reporter, mixed)), { passed: 6, failed: 2 });
  });

  test(`node:test, ${reporter}: the failing lines name the test and its error, once, and nothing else`, () => {
    const lines = failures(nodeTestOutput(reporter, mixed));
    assert.equal(lines.filter((line) => /bad/.test(line)).length, 1);
    assert.ok(lines.some((line) => /the reason/.test(line)));
    assert.ok(!lines.some((line) => /wish|outer/.test(line)));
  });
}

test('ctest: passed, failed, and what it calls passed but skipped', () => {
  const output = ctestOutput({ good: 'exit 0', bad: 'echo "unit_test.cpp:12: FAILED:"; exit 1', skipped: 'exit 4', off: '' });
  assert.deepEqual(count(output), { passed: 1, failed: 1 });
  assert.deepEqual(skips(output), ['3 - skipped (Skipped)', '4 - off (Disabled)']);
  const lines = failures(output);
  assert.ok(lines.includes('unit_test.cpp:12: FAILED:'));
  assert.ok(lines.some((line) => /2 - bad \(Failed\)/.test(line)));
  assert.ok(!lines.some((line) => /good/.test(line)));
});

test('ctest: a program that is not there or crashes is a failure', () => {
  const output = ctestOutput({ gone: null, crash: 'kill -SEGV $$' });
  assert.deepEqual(count(output), { passed: 0, failed: 2 });
  assert.deepEqual(skips(output), []);
  assert.equal(failures(output).filter((line) => /^\s*\d+ - (gone|crash) \(/.test(line)).length, 2);
});

test('ctest: all passed', () => {
  assert.deepEqual(count(ctestOutput({ a: 'exit 0', b: 'exit 0' })), { passed: 2, failed: 0 });
});

test('no result is no result', () => {
  assert.equal(count('Segmentation fault\n'), undefined);
});

/** What the browser suite prints when `act` is all that happens. */
function browserSuite(act) {
  let output = '';
  const report = createReport({ write: (text) => (output += text) });
  act(report);
  const status = report.close();
  return { output, status };
}

test('the browser suite: what it skips is counted', () => {
  const { output, status } = browserSuite((report) => {
    report.pass('one');
    for (const engine of ['chromium', 'firefox', 'webkit']) report.absent(engine, { ci: false, root: true });
    report.ofPage('webkit', 'package', { name: 'infer-relaxed in the worker', outcome: 'skip', why: 'this engine cannot run relaxed' });
    report.ofPage('chromium', 'package', { name: 'Ed25519 by WebCrypto', outcome: 'skip', why: 'this engine has no Ed25519' });
  });
  assert.equal(status, 0);
  assert.deepEqual(count(output), { passed: 1, failed: 0 });
  assert.equal(skips(output).length, 5);
  assert.equal(skips(output)[0], 'skipped: chromium: no browser');
});

test('the browser suite: what must be there and is not is a failure', () => {
  const { output, status } = browserSuite((report) => {
    report.absent('chromium', { ci: true, root: true });
    report.ofPage('chromium', 'package', { name: 'infer-relaxed in the worker', outcome: 'skip', why: 'this engine cannot run relaxed' });
  });
  assert.equal(status, 1);
  assert.deepEqual(count(output), { passed: 0, failed: 2 });
  assert.deepEqual(skips(output), []);
  assert.equal(browserSuite((report) => report.absent('chromium', { ci: true, root: false })).status, 0);
});

test('skips of our suites are found', () => {
  assert.deepEqual(skips('a\nskipped: no browser\n  12 not built (counted)\n0 not built\n'), ['skipped: no browser', '12 not built (counted)']);
});

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closing, failures } from './closing.mjs';

const row = (name, more) => ({ name, passed: 0, failed: 0, skipped: [], seconds: 1, output: '', ...more });

test('failing suites and their lines come last, before the closing line', () => {
  const lines = closing([
    row('unit', { passed: 7 }),
    row('shared-vectors', { passed: 2, failed: 1, output: 'much\nFAIL family/file#3 expected OK got X\n2 passed, 1 failed\n' }),
    row('browser', { skipped: ['browser: skipped: no browser'] }),
    row('js', { failed: 1, why: 'missing js-bindings/package.json' }),
  ]);
  const at = (pattern) => lines.findIndex((line) => pattern.test(line));
  assert.equal(lines.at(-1), '9 passed, 2 failed');
  assert.ok(at(/skipped: no browser/) < at(/^FAILED SUITE shared-vectors: 1 failed$/));
  assert.ok(at(/^FAILED SUITE shared-vectors/) < at(/^ {2}FAIL family\/file#3 expected OK got X$/));
  assert.ok(at(/FAIL family/) < at(/^FAILED SUITE js: 1 failed, missing js-bindings\/package.json$/));
  assert.equal(at(/^FAILED SUITE (unit|browser)/), -1);
});

test('without failures the end is the skips and the closing line', () => {
  const lines = closing([row('unit', { passed: 7, skipped: ['unit: skipped: x'] })]);
  assert.ok(!lines.some((line) => /FAILED/.test(line)));
  assert.equal(lines.at(-1), '7 passed, 0 failed');
});

test('many failing lines: the last ones, each one line, and how many are above', () => {
  const output = Array.from({ length: 100 }, (_, i) => `FAIL case ${i}\n  detail`).join('\n');
  const lines = failures(output, 10);
  assert.deepEqual([lines[0], lines[1], lines.at(-1), lines.length], ['… 91 lines before these', 'FAIL case 91', 'FAIL case 99', 10]);
});

test('few failing lines bring what follows them', () => {
  assert.deepEqual(failures('ok\nFAIL x\n  because\n', 40), ['FAIL x', '  because']);
});

test('a compiler error is a failing line, "0 errors" is none', () => {
  const output = `${'x\n'.repeat(50)}core/a.cpp:3:5: error: no\n${'y\n'.repeat(20)}`;
  assert.equal(failures(output)[0], 'core/a.cpp:3:5: error: no');
  assert.deepEqual(failures('all fine, 0 errors\nkilled\n'), ['all fine, 0 errors', 'killed']);
});

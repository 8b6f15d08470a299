// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, skips } from './count.mjs';

test('the last closing line counts', () => {
  assert.deepEqual(count('1 passed, 0 failed\nmore\n12 passed, 3 failed\n'), { passed: 12, failed: 3 });
});

test('a closing line inside another line does not count', () => {
  assert.equal(count('family x: 12 passed, 3 failed\n'), undefined);
});

test('ctest output', () => {
  assert.deepEqual(count('96% tests passed, 2 tests failed out of 50\n'), { passed: 48, failed: 2 });
  assert.deepEqual(count('100% tests passed, 0 tests failed out of 7\n'), { passed: 7, failed: 0 });
});

test('node:test output in both reporters, cancelled tests are failures', () => {
  assert.deepEqual(count('# pass 4\n# fail 1\n# cancelled 2\n'), { passed: 4, failed: 3 });
  assert.deepEqual(count('ℹ pass 4\nℹ fail 0\nℹ pass 2\nℹ fail 1\n'), { passed: 6, failed: 1 });
});

test('no result is no result', () => {
  assert.equal(count('Segmentation fault\n'), undefined);
});

test('skips are found', () => {
  assert.deepEqual(skips('a\nskipped: no browser\nℹ skipped 2\nℹ skipped 0\n  12 not built (counted)\n'), [
    'skipped: no browser',
    'ℹ skipped 2',
    '12 not built (counted)',
  ]);
});

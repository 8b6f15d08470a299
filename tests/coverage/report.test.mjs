// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';

import { countsOf, rowsOf } from './report.mjs';

const line = (line_number, count) => ({ line_number, count });

test('a line counts when any object ran it; files beyond core/ are left out', () => {
  const files = countsOf([
    { files: [{ file: '../../core/bytes/hex.cpp', lines: [line(3, 7), line(4, 0)] }, { file: '/usr/include/c++/12/array', lines: [line(1, 1)] }] },
    { files: [{ file: '/x/core/bytes/hex.hpp', lines: [line(9, 0)] }] },
    { files: [{ file: 'core/bytes/hex.hpp', lines: [line(9, 2), line(10, 0)] }, { file: 'core/hash/sha2.cpp', lines: [line(1, 1)] }] },
  ]);
  assert.deepEqual(rowsOf(files, dirname), [{ name: 'core/bytes', lines: 4, run: 2 }, { name: 'core/hash', lines: 1, run: 1 }]);
  assert.deepEqual(rowsOf(files, (path) => (path.endsWith('.hpp') ? path : undefined)), [{ name: 'core/bytes/hex.hpp', lines: 2, run: 1 }]);
});

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The npm package builds; one result.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { status } = spawnSync('npm', ['--prefix', 'js-bindings', 'run', 'build'], { cwd: root, stdio: 'inherit' });
console.log(status === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed');
process.exitCode = status === 0 ? 0 : 1;

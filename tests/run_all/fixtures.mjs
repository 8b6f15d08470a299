// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Real output of the test programs that run_all reads.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (file, text, command) => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-run-all-'));
  try {
    writeFileSync(join(folder, file), text);
    // Without NODE_TEST_CONTEXT: a test run inside a test run reports to its parent, not to stdout.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const done = spawnSync(command[0], command.slice(1), { cwd: folder, env, encoding: 'utf8' });
    return done.stdout + done.stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What `node --test` prints for a file of this text. */
export const nodeTestOutput = (reporter, text) =>
  run('fixture.test.mjs', text, [process.execPath, '--test', `--test-reporter=${reporter}`, 'fixture.test.mjs']);

/** What ctest prints for shell scripts by name; null is a missing program, status 4 a skip, '' a disabled test. */
export const ctestOutput = (tests) => {
  const lines = Object.entries(tests).flatMap(([name, script]) => [
    script === null ? `add_test(${name} "/nonexistent/program")` : `add_test(${name} "/bin/sh" "-c" [==[${script}]==])`,
    `set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 4${script === '' ? ' DISABLED TRUE' : ''})`,
  ]);
  return run('CTestTestfile.cmake', lines.join('\n'), ['ctest', '--output-on-failure']);
};

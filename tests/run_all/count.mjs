// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Reads the result out of a suite's output.

const lastMatch = (text, pattern) => [...text.matchAll(pattern)].at(-1);

/**
 * {passed, failed} by the suite's last closing line, or undefined when it has none. Understood:
 * "N passed, N failed"; ctest's "100% tests passed, 0 tests failed out of N" (which calls a skipped
 * test passed: taken off again); node:test's "# pass N" / "ℹ pass N" (summed over several runs in
 * one output, cancelled tests are failures).
 */
export const count = (output) => {
  const closing = lastMatch(output, /^(\d+) passed, (\d+) failed\b/gm);
  if (closing) return { passed: Number(closing[1]), failed: Number(closing[2]) };
  const ctest = lastMatch(output, /^\d+% tests passed, (\d+) tests? failed out of (\d+)/gm);
  if (ctest) {
    const skipped = output.match(/^\s*\d+ - .* \(Skipped\)$/gm)?.length ?? 0;
    return { passed: Number(ctest[2]) - Number(ctest[1]) - skipped, failed: Number(ctest[1]) };
  }
  const sum = (word) =>
    [...output.matchAll(new RegExp(`^[#ℹ] ${word} (\\d+)$`, 'gm'))].reduce((all, [, n]) => all + Number(n), 0);
  if (/^[#ℹ] pass \d+$/m.test(output)) return { passed: sum('pass'), failed: sum('fail') + sum('cancelled') };
  return undefined;
};

/** Lines that speak of skipped tests or of families that are not built yet. */
export const skips = (output) => {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.filter(
    (line) =>
      /^skipped: /i.test(line) || // our suites
      /^[#ℹ] (skipped|todo) [1-9]\d*$/.test(line) || // node:test
      /^\d+ - .*\((Skipped|Disabled)\)$/.test(line) || // ctest
      /^[1-9]\d* not built\b/.test(line), // the vector runner
  );
};

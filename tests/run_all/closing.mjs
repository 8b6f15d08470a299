// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What run_all prints last: readers of a log often have its tail alone.

const LINES = 40;
const AROUND = 8;

/** The first line of a failure as our suites, node:test, ctest, Catch2 and compilers write it. */
const FAILURES = [
  /^FAIL(?:ED)?\b/,
  /^(?:✖|not ok \d+) (?!failing tests:|.*# (?:SKIP|TODO))/,
  /^\d+ - .* \((?!Skipped|Disabled)[A-Z][\w ]*\)/,
  /^\S+:\d+(?::\d+)?: (?:FAILED:|(?:fatal )?error: )/,
];

/**
 * The failing lines of an output, each with what follows it while there is room; of an output
 * without any, its last lines. Never more than `most`: summaries stand last, so the end is kept.
 */
export const failures = (output, most = LINES) => {
  const lines = output.trimEnd().split('\n');
  const seen = new Set();
  const starts = [...lines.keys()].filter((i) => {
    const line = lines[i].trim();
    if (!FAILURES.some((pattern) => pattern.test(line)) || seen.has(line)) return false;
    seen.add(line); // node's spec reporter repeats its failures
    return true;
  });
  if (starts.length === 0) return lines.slice(-most);
  const around = Math.max(1, Math.min(AROUND, Math.floor(most / starts.length)));
  const kept = new Set(starts.flatMap((start) => Array.from({ length: around }, (_, i) => start + i)));
  const shown = [...kept].filter((i) => i < lines.length).sort((a, b) => a - b).map((i) => lines[i]);
  return shown.length <= most ? shown : [`… ${shown.length - most + 1} lines before these`, ...shown.slice(1 - most)];
};

const cells = (values) => values.map((value) => String(value).padStart(9)).join('');

/** Lines of the table, the skips, every failing suite and the closing line, in this order. */
export const closing = (rows) => {
  const total = { passed: 0, failed: 0 };
  const lines = ['', `${'suite'.padEnd(28)}${cells(['passed', 'failed', 'skipped'])}${'s'.padStart(7)}`];
  for (const { name, passed, failed, skipped, seconds } of rows) {
    total.passed += passed;
    total.failed += failed;
    lines.push(`${name.padEnd(28)}${cells([passed, failed, skipped.length])}${seconds.toFixed(0).padStart(7)}`);
  }
  const skipped = rows.flatMap((row) => row.skipped);
  if (skipped.length > 0) lines.push('', 'SKIPPED (neither passed nor failed):', ...skipped.map((line) => `  ${line}`));
  lines.push('', 'logs: build/test-logs');
  for (const { name, failed, why, output } of rows.filter((row) => row.failed > 0)) {
    lines.push('', `FAILED SUITE ${name}: ${failed} failed${why ? `, ${why}` : ''}`);
    lines.push(...failures(output).map((line) => `  ${line}`));
  }
  lines.push('', `${total.passed} passed, ${total.failed} failed`);
  return lines;
};

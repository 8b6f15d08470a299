// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The table of results.md: what was fuzzed so far, one row a target. Executions and seconds of
// later runs are added, coverage and corpus are those of the last.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';

const FILE = new URL('results.md', import.meta.url);
const HEAD = `# What was fuzzed

Written by \`make fuzz\`: libFuzzer under address and undefined-behaviour sanitizers, one process a target. Executions and
seconds are sums over all recorded runs without a finding; a finding ends a run, is not counted and becomes a test.
Edges: those that the corpus of the last run reaches, of all in the program, parsers and libraries that the target
never calls included.

| target | executions | seconds | edges reached | edges | corpus | last run |
|---|--:|--:|--:|--:|--:|---|
`;

/** What libFuzzer says at its end. */
export function readFinal(text) {
  const number = (pattern) => Number(pattern.exec(text)?.[1] ?? 0);
  const executions = number(/^stat::number_of_executed_units:\s*(\d+)/m);
  const progress = [...text.matchAll(/^#\d+\s.* cov: (\d+) .*corp: (\d+)\//gm)].at(-1);
  return {
    executions,
    // One that was interrupted says its pace only.
    seconds: number(/^Done \d+ runs in (\d+) second/m) || Math.round(executions / (number(/^stat::average_exec_per_sec:\s*(\d+)/m) || 1)),
    covered: Number(progress?.[1] ?? 0),
    edges: number(/\((\d+) inline 8-bit counters\)/),
    corpus: Number(progress?.[2] ?? 0),
  };
}

/** Whether the run ended because somebody interrupted it, with nothing found until then. */
export const wasInterrupted = (text) => /^==\d+== libFuzzer: run interrupted; exiting$/m.test(text) && !/^SUMMARY: /m.test(text);

/** Rows of the table's text, by target. */
export function readTable(text) {
  const rows = new Map();
  for (const line of text.split('\n')) {
    const [, target, executions, seconds] = /^\| (\w+) \| ([\d,]+) \| ([\d,]+) \|/.exec(line) ?? [];
    if (target) rows.set(target, { line, executions: Number(executions.replaceAll(',', '')), seconds: Number(seconds.replaceAll(',', '')) });
  }
  return rows;
}

/** @returns the table's text with one more run of the target in it. */
export function withRun(text, target, final, date) {
  const rows = readTable(text);
  const before = rows.get(target) ?? { executions: 0, seconds: 0 };
  const numbers = [before.executions + final.executions, before.seconds + final.seconds, final.covered, final.edges, final.corpus];
  rows.set(target, { line: `| ${[target, ...numbers.map((value) => value.toLocaleString('en-US')), date].join(' | ')} |` });
  return HEAD + [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { line }]) => `${line}\n`).join('');
}

/** Runs `work` while no other process holds the folder `lock`. @throws Error EEXIST where one does for five seconds. */
function inTurn(lock, work) {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; ; waits += 1) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST' || waits === 100) throw error;
      Atomics.wait(clock, 0, 0, 50);
    }
  }
  try {
    work();
  } finally {
    rmdirSync(lock);
  }
}

/** Adds a run to the table. Two that end at one moment take turns. */
export function record(target, final, file = FILE) {
  inTurn(new URL('results.lock', file), () => {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    writeFileSync(file, withRun(text, target, final, new Date().toISOString().slice(0, 10)));
  });
}

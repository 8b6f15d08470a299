// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How measurements become rows, and rows the committed table; nothing is measured here.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { markdown, merge, nativeRow, rowsOf } from './report.mjs'

const ours = { name: 'assay', min: 2, median: 3, runs: 100 }
const peer = { name: 'hash-wasm', version: '4.13.0', min: 5, median: 6, runs: 90 }

test('one row for each variant of ours and each peer', () => {
  const rows = rowsOf('receipt', 'node', [ours, peer, { ...ours, min: 4, variant: 'wasm-p384' }, { ...peer, name: 'webcrypto', version: 'platform', note: 'with @noble/hashes 2.4.0' }], { variant: 'baseline' })
  assert.deepEqual(rows.map((row) => [row.variant, row.peer, row.ratio, row.runs]), [
    ['baseline', 'hash-wasm', 2.5, 90], ['baseline', 'webcrypto', 2.5, 90], ['wasm-p384', 'hash-wasm', 1.25, 90], ['wasm-p384', 'webcrypto', 1.25, 90],
  ])
  assert.deepEqual(rows.map((row) => row.note), [undefined, 'with @noble/hashes 2.4.0', undefined, 'with @noble/hashes 2.4.0'])
  assert.equal(rows[1].peer_version, 'platform')
})

test('threads come from the measurement', () => {
  const [row] = rowsOf('infer/cnn1d', 'chromium', [{ ...ours, threads: 2, variant: 'simd-threads' }, peer])
  assert.deepEqual([row.threads, row.variant], [2, 'simd-threads'])
})

const row = (work, engine, threads, variant, more = {}) => ({ work, engine, threads, variant, peer: 'x', ...more })

test('a run replaces its own rows only: same work, engine and threads', () => {
  const earlier = [
    row('a', 'node', 1, 'old name'), row('a', 'chromium', 1, 'simd'), row('a', 'chromium', 2, 'simd-threads'), row('b', 'node', 1, 'simd'),
  ]
  const fresh = [row('a', 'node', 1, 'simd', { fresh: true }), row('a', 'chromium', 2, 'simd-threads', { fresh: true })]
  assert.deepEqual(merge(earlier, fresh).map((each) => [each.work, each.engine, each.threads, each.variant, each.fresh ?? false]), [
    ['a', 'chromium', 1, 'simd', false], ['a', 'chromium', 2, 'simd-threads', true], ['a', 'node', 1, 'simd', true], ['b', 'node', 1, 'simd', false],
  ])
})

test('the order of the rows does not depend on the order of measuring', () => {
  const rows = [row('b', 'node', 1, 'simd'), row('a', 'node', 2, 'simd'), row('a', 'node', 1, 'simd')]
  assert.deepEqual(merge([], rows), merge([], [...rows].reverse()))
})

test('the table: a line for the machine of each run, notes beside the peer', () => {
  const rows = [...rowsOf('receipt', 'node', [ours, { ...peer, note: 'with b 1' }], { threads: 2 }), nativeRow('receipt', ours)].map((each, i) => ({ ...each, run: `run ${i}` }))
  const text = markdown(rows, [{ run: 'run 1', engine: 'native', machine: 'c++ 12' }, { run: 'run 0', engine: 'node', machine: 'Node v20' }])
  assert.match(text, /\n- native \(rows: 1\): c\+\+ 12\n- node \(rows: 1\): Node v20\n/)
  assert.match(text, /\n\| receipt \| node \| simd ×2 \| 2\.000 ms \| hash-wasm 4\.13\.0 \(with b 1\) \| 5\.000 ms \| 2\.50× \| 90 \|\n/)
  assert.match(text, /\n\| receipt \| native \| native \| 2\.000 ms \| – \| – \| – \| 100 \|\n/)
})

test('what a long request takes beyond a short one, by engine', () => {
  const receipt = (work, engine, min, bytes) => rowsOf(work, engine, [{ ...ours, min, bytes }, peer])
  const text = markdown([...receipt('receipt', 'node', 0.25, 500), ...receipt('receipt-100k', 'node', 1.25, 100_500), ...receipt('receipt-100k', 'chromium', 1, 100_500)], [])
  assert.match(text, /is canonical text and hashing: 100 MB\/s in node\.\n/)
  assert.doesNotMatch(markdown(receipt('receipt', 'node', 0.25, 500), []), /MB\/s/)
})

const committed = (name) => readFileSync(new URL(`results/${name}`, import.meta.url), 'utf8')

test('latest.md is the table of latest.json and machines.json', () => {
  assert.equal(committed('latest.md'), markdown(JSON.parse(committed('latest.json')), JSON.parse(committed('machines.json'))))
})

test('every committed row names the run that measured it', () => {
  const runs = new Map(JSON.parse(committed('machines.json')).map(({ run, engine }) => [run, engine]))
  for (const { work, engine, run } of JSON.parse(committed('latest.json'))) assert.equal(runs.get(run), engine, `${work} ${engine}`)
})

test('committed variants are names, peers are packages or platforms', () => {
  for (const { variant, peer: name, peer_version: version } of JSON.parse(committed('latest.json'))) {
    assert.match(variant, /^[a-z0-9-]+$/)
    assert.match(`${name} ${version}`, /^(@?[a-z0-9./:-]+ v?\d+\.\d+\.\d+|(webcrypto|copy-and-one-pass) platform|null null)$/)
  }
})

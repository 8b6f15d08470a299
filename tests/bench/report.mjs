// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Rows of the results, their merge and the table. A row: {work, engine, threads, variant, assay_ms, assay_median_ms,
// peer, peer_version, peer_ms, peer_median_ms, ratio, runs, bytes?, note?, run}; ratio = peer_ms / assay_ms, above 1 = Assay is
// faster; bytes = of a receipt's request; note = what else the peer is made of; run = the one in machines.json that measured it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const RESULTS = new URL('results/', import.meta.url)
const round = (value) => (value === null || value === undefined ? null : Number(value.toPrecision(4)))

/** One row per peer, from what measure() gave; the first entry named `assay` is ours. */
export function rowsOf(work, engine, results, { threads = 1, variant = 'simd' } = {}) {
  const mine = results.filter((entry) => entry.name === 'assay')
  const peers = results.filter((entry) => entry.name !== 'assay')
  return mine.flatMap((own) => peers.map((peer) => ({
    work, engine, threads: own.threads ?? threads, variant: own.variant ?? variant,
    assay_ms: round(own.min), assay_median_ms: round(own.median),
    peer: peer.name, peer_version: peer.version ?? null, peer_ms: round(peer.min), peer_median_ms: round(peer.median),
    ratio: round(peer.min / own.min), runs: Math.min(own.runs, peer.runs), ...(own.gflops ? { gflops: round(own.gflops) } : {}), ...(own.bytes ? { bytes: own.bytes } : {}), ...(peer.note ? { note: peer.note } : {}),
  })))
}

export const nativeRow = (work, { min, median, runs }, note) => ({
  work, engine: 'native', threads: 1, variant: 'native', assay_ms: round(min), assay_median_ms: round(median),
  peer: null, peer_version: null, peer_ms: null, peer_median_ms: null, ratio: null, runs, ...(note ? { note } : {}),
})

const keyOf = (row) => [row.work, row.engine, row.threads, row.variant, row.peer].join('|')

/** Rows of an earlier run stay, unless this run measured the same work on the same engine with as many threads. */
export function merge(earlier, fresh) {
  const groupOf = (row) => [row.work, row.engine, row.threads].join('|')
  const measured = new Set(fresh.map(groupOf))
  const kept = earlier.filter((row) => !measured.has(groupOf(row)))
  return [...kept, ...fresh].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

const readRows = (name) => (existsSync(new URL(name, RESULTS)) ? JSON.parse(readFileSync(new URL(name, RESULTS), 'utf8')) : [])

const milliseconds = (value) => (value === null ? '–' : value < 0.1 ? `${(value * 1000).toFixed(2)} µs` : `${value.toFixed(value < 10 ? 3 : 1)} ms`)

/** Canonical text and hashing of the long request by engine: what receipt-100k takes beyond receipt, whose request is short. */
function throughput(rows) {
  const of = (work) => rows.filter((row) => row.work === work && row.bytes)
  const rates = of('receipt-100k').flatMap((long) =>
    of('receipt').filter(({ engine }) => engine === long.engine).map((short) => `${((long.bytes - short.bytes) / (long.assay_ms - short.assay_ms) / 1000).toFixed(0)} MB/s in ${long.engine}`))
  return rates.length === 0 ? '' : ` Beyond \`receipt\`, \`receipt-100k\` is canonical text and hashing: ${[...new Set(rates)].join(', ')}.`
}

/** @param machines rows {run, engine, machine}: on what each run was made. */
export function markdown(rows, machines) {
  const countOf = ({ run }) => rows.filter((row) => row.run === run).length
  const peerOf = (row) => [row.peer, row.peer_version, row.note && `(${row.note})`].filter(Boolean).join(' ') || '–'
  const line = (row) =>
    `| ${row.work} | ${row.engine} | ${row.variant}${row.threads > 1 ? ` ×${row.threads}` : ''} | ${milliseconds(row.assay_ms)} | ${peerOf(row)} | ${milliseconds(row.peer_ms)} | ${row.ratio === null ? '–' : `${row.ratio.toFixed(2)}×`} | ${row.runs} |`
  return `# Benchmark results

Minimum of interleaved runs in one process or page; the medians are in \`latest.json\`. Ratio = the peer's time divided by ours, above 1 means that Assay is faster.

${machines.map((each) => `- ${each.engine} (rows: ${countOf(each)}): ${each.machine}`).join('\n')}

| work | engine | variant | assay | peer | peer's time | ratio | runs |
|---|---|---|--:|---|--:|--:|--:|
${rows.map(line).join('\n')}

- \`ecdsa-recover\`: ours answers the address (one Keccak more), the peers answer the public key.
- \`nitro-document\`: bytes to verdict with measurements pinned; \`webcrypto\` is the floor: importing the keys and checking the same signatures, nothing parsed. Ours checks them in the module, asynchronously (baseline) and synchronously (\`wasm-p384\`); in the variant \`webcrypto-p384\` WebCrypto does it.
- \`receipt\`: request and reply text to verdict; \`webcrypto\` is a floor without canonical text, parsing or structure checks.${throughput(rows)}
- \`groth16\`, \`ezkl/…\`: the same key in every call, as on a page that pins one; the variant \`new-key\` prepares a key in every call. The peers always do. \`cpu-time\`: of all threads; snarkjs works in several.
- \`eip712\`: from an object to the digest; the variant \`text\` from its JSON text.
- \`commit-150\`: the peers check the bare signatures of 101 validators, which is what it takes. Ours works in the module, with the curve of libsodium; WebCrypto's code is native.
- \`bulk-…\`: one evidence bundle of many by \`assay verify --jobs\` (×N), start of the program and output included.
- \`coldstart-…\`: a fresh process or page each; from import to the first answer.
- Rows of engine \`native\` have no peer: the same core under Google Benchmark.
`
}

/** @param machines {run, engine, machine} of the engines that were measured now. */
export function writeResults(fresh, machines) {
  const rows = merge(readRows('latest.json'), fresh)
  const runs = new Set(rows.map((row) => row.run))
  const known = writeTable('machines.json', machines, 'run', ({ run }) => runs.has(run))
  writeFileSync(new URL('latest.json', RESULTS), `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`)
  writeFileSync(new URL('latest.md', RESULTS), markdown(rows, known))
  return rows
}

/**
 * Replaces the rows whose `key` member this run made.
 *
 * @param stays whether a row that it did not make is kept
 * @returns all rows
 */
export function writeTable(name, fresh, key, stays = () => true) {
  const made = new Set(fresh.map((row) => row[key]))
  const rows = [...readRows(name).filter((row) => !made.has(row[key]) && stays(row)), ...fresh].sort((a, b) => (a[key] < b[key] ? -1 : 1))
  writeFileSync(new URL(name, RESULTS), `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`)
  return rows
}

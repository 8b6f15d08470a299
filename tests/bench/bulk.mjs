// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How many evidence bundles a second `assay verify --jobs N` judges: one bundle a line, receipts by a key of the policy,
// the same with their enclave's attestation, and long conversations.
//
//   node tests/bench/bulk.mjs [--assay=build/release/assay] [--jobs=1,2] [--runs=5] [--bundles=2000]
//
// run.mjs measures the same under the works bulk-…; its rows are milliseconds a bundle. --jobs is the row's threads.
// Runs of the different --jobs are interleaved; the figure is the best run's, start of the program included. "scaling" is
// relative to the first of --jobs, and can reach no more than the free cores give.
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { canonical, chatReply, receiptMembers, Token } from '../vectors/generate/lib/receipt.mjs'
import { rsaKey } from '../vectors/generate/lib/rsa.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SAMPLES = new URL('../../demo/samples/evidence/', import.meta.url)
export const ASSAY = join(ROOT, 'build/release/assay')
const JOBS = [...new Set([1, availableParallelism()])]
const RUNS = 5
const BUNDLES = 2000

const sample = (name) => JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8'))
const { now } = sample('bundles.json').samples[0]
const { attestation } = sample('bundle.json')
const key = rsaKey('demo gateway')
/** Signing is slow here, and the verifier remembers nothing: so many different receipts, again and again. */
const DIFFERENT = 50

function bundle(i, characters, attested) {
  const words = 'A position of sixty parts in a hundred, valued at the close. '
  const messages = [{ role: 'user', content: `${i}: ${words.repeat(Math.ceil(characters / words.length)).slice(0, characters)}` }]
  const committed = canonical({ model: 'gpt-4.1', messages, temperature: new Token('0.0') })
  const reply = chatReply({ content: `answer ${i}` }, 'stop', receiptMembers({ key, committed, output: `answer ${i}`, timestamp: now - 12 }))
  return JSON.stringify({
    assay: 1, request: { text: JSON.stringify({ model: 'gpt-4.1', messages }) }, response: { text: JSON.stringify(reply) },
    ...(attested ? { attestation } : {}),
  })
}

const pinned = { signing_key: { spki: attestation.key, profile: 'gw-stripped' }, accept: ['unproven'] }
/** `share` of the bundles that are asked for, so that the works take about as long. */
export const WORKS = {
  'bulk-receipt': { characters: 200, attested: false, policy: pinned, share: 4 },
  'bulk-attested': { characters: 200, attested: true, policy: sample('policy.json'), share: 1 },
  'bulk-100k': { characters: 100_000, attested: false, policy: pinned, share: 0.5 },
}

/** Seconds of one run. Verdicts go to a file: a reader beside it would take a core. */
function run(assay, file, policy, jobs, count) {
  const verdicts = `${file}.out`
  const out = openSync(verdicts, 'w')
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(assay, ['verify', file, '--policy', policy, '--at', String(now), '--jobs', String(jobs)], { stdio: ['ignore', out, 'inherit'] })
    child.on('error', reject)
    child.on('close', (status) => {
      const seconds = (performance.now() - started) / 1000
      closeSync(out)
      const lines = readFileSync(verdicts, 'utf8').split('\n').length - 1
      if (status !== 0 || lines !== count) reject(new Error(`status ${status}, ${lines} of ${count} verdicts`))
      else resolve(seconds)
    })
  })
}

/** @returns by number of jobs: seconds of the runs, ascending; with how many bundles and bytes a run has. */
export async function measureBulk(work, { assay = ASSAY, jobs: wanted = JOBS, runs = RUNS, bundles = BUNDLES } = {}) {
  const { characters, attested, policy, share } = WORKS[work]
  const count = Math.ceil(bundles * share)
  const folder = mkdtempSync(join(tmpdir(), 'assay-bulk-'))
  try {
    const [file, policyFile] = [join(folder, 'bundles.ndjson'), join(folder, 'policy.json')]
    const lines = Array.from({ length: DIFFERENT }, (_, i) => bundle(i, characters, attested))
    const text = Array.from({ length: count }, (_, i) => lines[i % DIFFERENT]).join('\n')
    writeFileSync(file, `${text}\n`)
    writeFileSync(policyFile, JSON.stringify(policy))
    const seconds = new Map(wanted.map((jobs) => [jobs, []]))
    for (let i = 0; i < runs; i += 1)
      for (const jobs of wanted) seconds.get(jobs).push(await run(assay, file, policyFile, jobs, count))
    for (const samples of seconds.values()) samples.sort((a, b) => a - b)
    return { seconds, count, bytes: text.length }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function main() {
  const { values: options } = parseArgs({
    options: {
      assay: { type: 'string', default: ASSAY },
      jobs: { type: 'string', default: JOBS.join(',') },
      runs: { type: 'string', default: String(RUNS) },
      bundles: { type: 'string', default: String(BUNDLES) },
    },
  })
  if (!existsSync(options.assay)) throw new Error(`no ${options.assay}; run: make cli`)
  const given = { assay: options.assay, jobs: options.jobs.split(',').map(Number), runs: Number(options.runs), bundles: Number(options.bundles) }
  console.log(`${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}`)
  for (const work of Object.keys(WORKS)) {
    const { seconds, count, bytes } = await measureBulk(work, given)
    const best = new Map([...seconds].map(([jobs, samples]) => [jobs, samples[0]]))
    for (const [jobs, spent] of best)
      console.log(`${work.padEnd(14)} --jobs ${String(jobs).padEnd(3)} ${(count / spent).toFixed(0).padStart(7)}/s ${(bytes / spent / 1e6).toFixed(1).padStart(7)} MB/s  scaling ${(best.get(given.jobs[0]) / spent).toFixed(2)}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()

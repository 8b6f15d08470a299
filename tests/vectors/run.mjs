// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs vectors of the format of the shared collection through one target and compares ok, code and values.
//
//   node run.mjs --dir=DIR --target=native|wasm [--family=F] [--engine=PATH] [--jobs=N]
//
// DIR has one folder a family. A family or file kind that the project cannot run yet is `not built`, never
// passed. Exit 1 when a case failed, a file was unreadable, or nothing ran.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { openNative } from './engines/native.mjs'
import { openWasm } from './engines/wasm.mjs'
import { filesOf, roughCount } from './files.mjs'
import { nitro, nitroSynth } from './families/nitro.mjs'
import * as receipts from './families/receipts.mjs'
import * as secp256k1 from './families/secp256k1.mjs'

const FAMILIES = [receipts, nitro, nitroSynth, secp256k1]
const MAX_SHOWN = 200

const { values: options } = parseArgs({
  options: {
    dir: { type: 'string' },
    target: { type: 'string', default: 'native' },
    family: { type: 'string' },
    engine: { type: 'string' },
    jobs: { type: 'string', default: '2' },
  },
})

function usage(message) {
  console.error(message)
  console.error('usage: node run.mjs --dir=DIR --target=native|wasm [--family=F] [--engine=PATH] [--jobs=N]')
  process.exit(2)
}

if (!options.dir) usage('--dir is missing')
const directory = resolve(options.dir)
if (!existsSync(directory) || !statSync(directory).isDirectory()) usage(`${directory} is no folder`)
if (!['native', 'wasm'].includes(options.target)) usage(`--target=${options.target}`)
const jobs = Number(options.jobs)
if (!Number.isInteger(jobs) || jobs < 1) usage(`--jobs=${options.jobs}`)

/** One line of the table: a file kind of a family. */
const table = new Map()
function tally(family, kind) {
  const key = `${family} ${kind}`
  if (!table.has(key)) table.set(key, { family, kind, passed: 0, failed: 0, notBuilt: 0 })
  return table.get(key)
}

let shown = 0
function fail(line, id, expected, got) {
  line.failed += 1
  shown += 1
  if (shown <= MAX_SHOWN) console.log(`FAIL ${line.family}/${id} expected ${expected} got ${got}`)
}

/** Cases of one family folder; files of an unknown kind and whole unknown families are counted only. */
function loadFamily(name) {
  const folder = join(directory, name)
  const family = FAMILIES.find((entry) => entry.name === name)
  const cases = []
  const files = filesOf(folder)
  for (const required of family?.required ?? [])
    if (!files.includes(required)) fail(tally(name, required), required, 'a readable file', 'no such file')
  for (const file of files) {
    if (!/\.(jsonl?|csv)$/.test(file) || family?.ignored?.test(file)) continue
    try {
      const loaded = family ? family.load(folder, file) : null
      if (loaded === null) tally(name, file).notBuilt += roughCount(folder, file)
      else for (const entry of loaded) cases.push({ ...entry, file, line: tally(name, entry.kind ?? file) })
    } catch (error) {
      fail(tally(name, file), file, 'a readable file', error.message)
    }
  }
  return cases
}

async function runCases(cases, engines) {
  const results = new Array(cases.length)
  let next = 0
  const worker = async (engine) => {
    for (let i = next; i < cases.length; i = next) {
      next += 1
      if (cases[i].notBuilt) continue
      try {
        results[i] = await cases[i].run(engine)
      } catch (error) {
        results[i] = { expected: 'a verdict', got: error.message }
      }
    }
  }
  await Promise.all(engines.flatMap((engine) => Array.from({ length: engine.inFlight }, () => worker(engine))))
  cases.forEach((entry, i) => {
    if (entry.notBuilt) entry.line.notBuilt += 1
    else if (results[i] === null) entry.line.passed += 1
    else fail(entry.line, `${entry.file}#${entry.id}`, results[i].expected, results[i].got)
  })
}

function printTable(seconds) {
  const rows = [...table.values()]
  const width = Math.max(24, ...rows.map((row) => row.kind.length + 2))
  const cells = (title, row) => `${title.padEnd(width)} ${String(row.passed).padStart(8)} ${String(row.failed).padStart(8)} ${String(row.notBuilt).padStart(10)}`
  console.log(`\n${'family'.padEnd(width)} ${'passed'.padStart(8)} ${'failed'.padStart(8)} ${'not built'.padStart(10)}`)
  const total = { passed: 0, failed: 0, notBuilt: 0 }
  for (const family of [...new Set(rows.map((row) => row.family))]) {
    const own = rows.filter((row) => row.family === family)
    const sum = { passed: 0, failed: 0, notBuilt: 0 }
    for (const row of own) for (const key of Object.keys(sum)) sum[key] += row[key]
    for (const key of Object.keys(sum)) total[key] += sum[key]
    console.log(cells(family, sum))
    if (sum.passed + sum.failed > 0) for (const row of own) console.log(cells(`  ${row.kind}`, row))
  }
  if (shown > MAX_SHOWN) console.log(`(${shown - MAX_SHOWN} more failing cases not shown)`)
  if (total.notBuilt > 0) console.log(`\n${total.notBuilt} not built (counted by rows; neither passed nor failed)`)
  console.log(`target ${options.target}, ${seconds.toFixed(1)} s\n`)
  if (total.passed + total.failed === 0) console.log('nothing ran')
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total
}

const started = performance.now()
const names = readdirSync(directory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && (!options.family || entry.name === options.family))
  .map((entry) => entry.name)
  .filter((name) => options.family || filesOf(join(directory, name)).some((file) => /\.(jsonl?|csv)$/.test(file)))
  .sort()
if (options.family && names.length === 0) console.log(`no family ${options.family} in ${directory}`)

const cases = names.flatMap(loadFamily)
if (cases.some((entry) => !entry.notBuilt)) {
  const open = options.target === 'native' ? openNative : openWasm
  const engines = await Promise.all(Array.from({ length: jobs }, () => open(options)))
  await runCases(cases, engines)
  await Promise.all(engines.map((engine) => engine.close()))
}
const total = printTable((performance.now() - started) / 1000)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)

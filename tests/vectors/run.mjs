// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs vectors of the format of the shared collection through one target and compares ok, code and values.
//
//   node run.mjs --dir=DIR --target=native|wasm|both [--family=F] [--engine=PATH] [--jobs=N] [--bundles]
//
// DIR has one folder a family. A family, file kind or sub-folder that the project cannot run yet is `not built`,
// never passed and never silent. One FAIL line for each failing case. Exit 1 when a case failed, a file was
// unreadable, or nothing ran. --bundles asks as evidence bundles whatever one can carry.
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { openNative } from './engines/native.mjs'
import { openWasm } from './engines/wasm.mjs'
import { throughBundles } from './engines/bundled.mjs'
import { filesUnder } from '../../js-bindings/scripts/files.mjs'
import { filesOf, foldersOf, roughCount } from './files.mjs'
import { nitro, nitroSynth } from './families/nitro.mjs'
import * as bn254 from './families/bn254.mjs'
import * as cometbft from './families/cometbft.mjs'
import * as ezkl from './families/ezkl.mjs'
import * as ics23 from './families/ics23.mjs'
import * as merkle from './families/merkle.mjs'
import * as mpt from './families/mpt.mjs'
import * as numbers from './families/numbers.mjs'
import * as ohttp from './families/ohttp.mjs'
import * as receipts from './families/receipts.mjs'
import * as registry from './families/registry.mjs'
import * as secp256k1 from './families/secp256k1.mjs'
import * as snarkjs from './families/snarkjs.mjs'
import * as snp from './families/snp.mjs'
import * as tdx from './families/tdx.mjs'
import * as wycheproof from './families/wycheproof.mjs'

const FAMILIES = [receipts, merkle, ohttp, numbers, nitro, nitroSynth, secp256k1, tdx, snp, wycheproof, bn254, snarkjs, ezkl, cometbft, ics23, registry, mpt]
/** Files with cases; everything else in a family folder belongs to one or explains it. */
const VECTORS = /\.(jsonl?|csv)$/
const TARGETS = { native: ['native'], wasm: ['wasm'], both: ['native', 'wasm'] }

function usage(message) {
  console.error(message)
  console.error('usage: node run.mjs --dir=DIR --target=native|wasm|both [--family=F] [--engine=PATH] [--jobs=N] [--bundles]')
  process.exit(2)
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        dir: { type: 'string' },
        target: { type: 'string', default: 'native' },
        family: { type: 'string' },
        engine: { type: 'string' },
        jobs: { type: 'string', default: '2' },
        bundles: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return usage(error.message)
  }
}
const options = readOptions()

if (!options.dir) usage('--dir is missing')
const directory = resolve(options.dir)
if (!existsSync(directory) || !statSync(directory).isDirectory()) usage(`${directory} is no folder`)
if (!Object.hasOwn(TARGETS, options.target)) usage(`--target=${options.target}`)
const jobs = Number(options.jobs)
if (!Number.isInteger(jobs) || jobs < 1) usage(`--jobs=${options.jobs}`)

/** One line of the table: a file kind of a family. */
function tally(table, family, kind) {
  const key = `${family} ${kind}`
  if (!table.has(key)) table.set(key, { family, kind, passed: 0, failed: 0, notBuilt: 0 })
  return table.get(key)
}

function fail(line, id, expected, got) {
  line.failed += 1
  console.log(`FAIL ${line.family}/${id} expected ${expected} got ${got}`)
}

/** Cases of one family folder. What no reader knows is counted as not built: files, sub-folders, whole families. */
function loadFamily(table, name) {
  const folder = join(directory, name)
  const family = FAMILIES.find((entry) => entry.name === name)
  const line = (kind) => tally(table, name, kind)
  const cases = []
  const files = filesOf(folder)
  for (const required of family?.required ?? [])
    if (!files.includes(required)) fail(line(required), required, 'a readable file', 'no such file')
  for (const file of files) {
    if (!VECTORS.test(file) || family?.ignored?.test(file)) continue
    try {
      const loaded = family ? family.load(folder, file) : null
      if (loaded === null) line(file).notBuilt += roughCount(folder, file)
      else for (const entry of loaded) cases.push({ ...entry, file, line: line(entry.kind ?? file) })
    } catch (error) {
      fail(line(file), file, 'a readable file', error.message)
    }
  }
  for (const sub of foldersOf(folder))
    for (const entry of family?.loadFolder?.(folder, sub) ?? []) cases.push({ ...entry, file: `${sub}/`, line: line(`${sub}/`) })
  for (const sub of foldersOf(folder))
    if (!family?.folders?.test(sub)) line(`${sub}/`).notBuilt += Math.max(1, filesUnder(join(folder, sub)).filter((file) => VECTORS.test(file)).length)
  if (![...table.values()].some((entry) => entry.family === name)) line('no vector file').notBuilt += 1
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
    if (entry.disputed) console.log(`skipped: ${entry.line.family}/${entry.file}#${entry.id}: ${entry.disputed}`)
    if (entry.notBuilt) entry.line.notBuilt += 1
    else if (results[i] === null) entry.line.passed += 1
    else fail(entry.line, `${entry.file}#${entry.id}`, results[i].expected, results[i].got)
  })
}

const add = (into, row) => ['passed', 'failed', 'notBuilt'].forEach((key) => (into[key] += row[key]))
const nothing = () => ({ passed: 0, failed: 0, notBuilt: 0 })

function printTable(table, target, seconds) {
  const rows = [...table.values()]
  const width = Math.max(24, ...rows.map((row) => row.kind.length + 2))
  const cells = (title, row) => `${title.padEnd(width)} ${String(row.passed).padStart(8)} ${String(row.failed).padStart(8)} ${String(row.notBuilt).padStart(10)}`
  console.log(`\n${'family'.padEnd(width)} ${'passed'.padStart(8)} ${'failed'.padStart(8)} ${'not built'.padStart(10)}`)
  const total = nothing()
  for (const family of [...new Set(rows.map((row) => row.family))]) {
    const own = rows.filter((row) => row.family === family)
    const sum = nothing()
    for (const row of own) add(sum, row)
    add(total, sum)
    console.log(cells(family, sum))
    if (sum.passed + sum.failed > 0) for (const row of own) console.log(cells(`  ${row.kind}`, row))
  }
  console.log(`target ${target}, ${seconds.toFixed(1)} s\n`)
  return total
}

/** A folder of programs without data is no family: our own vectors lie beside their generator and this runner. */
const isFamily = (name) =>
  FAMILIES.some((family) => family.name === name) ||
  !filesOf(join(directory, name)).some((file) => file.endsWith('.mjs')) ||
  filesOf(join(directory, name)).some((file) => VECTORS.test(file))

async function runTarget(target, names) {
  const started = performance.now()
  const table = new Map()
  const cases = names.flatMap((name) => loadFamily(table, name))
  // What only tests of the core may ask is not in the module (chain-state.md §13).
  if (target === 'wasm') for (const entry of cases) entry.notBuilt ??= entry.nativeOnly
  if (cases.some((entry) => !entry.notBuilt)) {
    const open = target === 'native' ? openNative : openWasm
    const engines = await Promise.all(Array.from({ length: jobs }, () => open(options)))
    await runCases(cases, options.bundles ? engines.map(throughBundles) : engines)
    await Promise.all(engines.map((engine) => engine.close()))
  }
  return printTable(table, target, (performance.now() - started) / 1000)
}

const names = foldersOf(directory).filter((name) => (options.family ? name === options.family : isFamily(name)))
if (options.family && names.length === 0) console.log(`no family ${options.family} in ${directory}`)
const total = nothing()
for (const target of TARGETS[options.target]) add(total, await runTarget(target, names))
if (total.notBuilt > 0) console.log(`${total.notBuilt} not built (counted by rows; neither passed nor failed)`)
if (total.passed + total.failed === 0) console.log('nothing ran')
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)

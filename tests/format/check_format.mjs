// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
//   node check_format.mjs [--fix]
//
// Every C++ file as .clang-format has it; --fix rewrites those that are not. Other versions of clang-format lay out
// some lines otherwise, so one is the measure: with another, or none, the suite is skipped. Generated tables are exempt.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const VERSION = '14'
const root = fileURLToPath(new URL('../..', import.meta.url))
const run = (program, args) => spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })

const program = [`clang-format-${VERSION}`, 'clang-format'].find((name) =>
  new RegExp(`version ${VERSION}\\.`).test(run(name, ['--version']).stdout ?? ''))
if (!program) {
  console.log(`skipped: no clang-format ${VERSION}`)
  console.log('0 passed, 0 failed')
  process.exit(0)
}

const listed = run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.cpp', '*.hpp'])
if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`)
const deleted = new Set(run('git', ['ls-files', '--deleted']).stdout.split('\n'))
const files = [...new Set(listed.stdout.trim().split('\n'))].filter((file) => !file.endsWith('.generated.hpp') && !deleted.has(file))

const fix = process.argv.includes('--fix')
const { stderr, status } = run(program, [...(fix ? ['-i'] : ['--dry-run']), ...files])
if (status !== 0) throw new Error(`${program}: ${stderr}`)
const wrong = new Map()
for (const [, file, line] of stderr.matchAll(/^(\S+?):(\d+):\d+: warning: /gm)) if (!wrong.has(file)) wrong.set(file, line)
for (const [file, line] of wrong) console.log(`FAIL ${file}:${line}: not as .clang-format has it; run: make format`)
console.log(`${files.length - wrong.size} passed, ${wrong.size} failed`)
process.exitCode = wrong.size > 0 ? 1 : 0

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the documents say is so: snippets are type-checked and run against the built package, commands exist, links
// lead somewhere, and the threat table names tests that are there. ASSAY_PACKAGE names another build of the package,
// ASSAY_CLI another command.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'

import { sha256 } from '../../js-bindings/scripts/files.mjs'
import { modelBytes, modelUrl } from '../js/support/models.mjs'
import { PACKAGE, ROOT } from '../js/support/package.mjs'
import { inputOf, samples } from '../js/support/samples.mjs'

const read = (file) => readFileSync(join(ROOT, file), 'utf8')
const blocksOf = (file, language) =>
  [...read(file).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language).map(([, , text]) => text)

let folder
before(() => {
  mkdirSync(join(ROOT, 'build'), { recursive: true })
  folder = mkdtempSync(join(ROOT, 'build/readme-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(PACKAGE, join(folder, 'node_modules/assay-wasm'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
})
after(() => rmSync(folder, { recursive: true, force: true }))

/** What the application around a snippet has; by what the snippet imports. */
const SURROUNDINGS = {
  'assay-wasm/verify': `
    import type { Check, Policy } from 'assay-wasm/verify'
    declare const request: string, response: string, document: Uint8Array, key: Uint8Array, policy: Policy
    declare function show(output: string, notCovered: readonly string[]): void
    declare function warn(code: string, message: string): void
    declare function renderChecks(checks: readonly Check[]): void
    void [request, response, document, key, policy, show, warn, renderChecks]`,
  'assay-wasm/infer': `
    declare const features: Float32Array
    export {}`,
}
const importOf = (snippet) => /from '(assay-wasm\/\w+)'/.exec(snippet)?.[1]

const snippets = ['README.md', 'js-bindings/README.md'].flatMap((file) => blocksOf(file, 'js').map((text, i) => ({ id: `${file}, snippet ${i + 1}`, text })))

test('the documents have snippets, each of a kind that is run here', () => {
  assert.ok(snippets.length >= 3)
  for (const { id, text } of snippets) assert.ok(Object.hasOwn(SURROUNDINGS, importOf(text)), id)
})

for (const [number, { id, text }] of snippets.entries())
  test(`${id}: compiles`, () => {
    const file = join(folder, `snippet-${number}.ts`)
    writeFileSync(file, `${text}\n${SURROUNDINGS[importOf(text)]}\n`)
    const options = '--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target ES2022 --module NodeNext --lib ES2022,DOM,ESNext.Disposable'.split(' ')
    const done = spawnSync(process.execPath, [join(ROOT, 'js-bindings/node_modules/typescript/bin/tsc'), ...options, file], { encoding: 'utf8', cwd: folder })
    assert.equal(done.status, 0, done.stdout)
  })

/** Runs a snippet after `setup`; @returns what it handed to report(). */
function run(name, setup, snippet, end = '') {
  const file = join(folder, name)
  const imports = snippet.match(/^import .*$/gm).join('\n')
  const body = snippet.replace(/^import .*$/gm, '')
  writeFileSync(file, `${imports}\nconst reported = {}\nconst report = (name) => (...values) => { reported[name] = values }\n${setup}\n${body}\n${end}\nconsole.log(JSON.stringify(reported))\n`)
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8', cwd: folder }))
}

/** The application around a verifying snippet, with a sample's evidence, at the sample's time. */
function application(id) {
  const sample = samples.find((entry) => entry.id === id)
  const { request, response, attestation, policy } = inputOf(sample)
  const bytes = (value) => `new Uint8Array(Buffer.from('${Buffer.from(value).toString('base64')}', 'base64'))`
  return `
    Date.now = () => ${sample.now}000
    const [request, response, policy] = ${JSON.stringify([request, response, policy])}
    const [document, key] = [${bytes(attestation.document)}, ${bytes(attestation.key)}]
    const [show, warn, renderChecks] = ['show', 'warn', 'renderChecks'].map(report)`
}

for (const [number, { id, text }] of snippets.entries()) {
  if (importOf(text) === 'assay-wasm/verify')
    test(`${id}: shows a signed text and warns of a changed one`, () => {
      const good = run(`verify-${number}.mjs`, application('tool-call-injected'), text)
      assert.match(good.show[0], /value at risk/)
      assert.ok(good.show[1].includes('response.tool_calls'))
      assert.equal(good.warn, undefined)
      if (text.includes('renderChecks')) assert.ok(good.renderChecks[0].length > 5)
      const bad = run(`verify-${number}-changed.mjs`, application('reply-changed'), text)
      assert.deepEqual([bad.show, bad.warn[0]], [undefined, 'RECEIPT_OUTPUT_HASH_MISMATCH'])
    })
  if (importOf(text) === 'assay-wasm/infer')
    test(`${id}: scores`, () => {
      const model = 'price_move.onnx'
      assert.match(text, /loadModel\('\/models\/\w+\.onnx', \{ digest: 'sha256:…' \}\)/)
      const made = text.replace(/'\/models\/\w+\.onnx'/, `'${modelUrl(model)}'`).replace('sha256:…', `sha256:${sha256(modelBytes(model))}`)
      const { score } = run(`infer-${number}.mjs`, 'const features = new Float32Array(8)', made, "report('score')(score.dims, score.data.length)")
      assert.deepEqual(score, [[1, 1], 1])
    })
}

const DOCUMENTS = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n').filter((file) => existsSync(join(ROOT, file)))
for (const file of DOCUMENTS)
  test(`${file}: links lead somewhere`, () => {
    for (const [, target] of read(file).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
      assert.ok(existsSync(join(ROOT, dirname(file), target)), `${file}: ${target}`)
  })

/** Commands of a shell block: continued lines joined, comments dropped, lists and groups taken apart. */
const commandsOf = (text) =>
  text.replaceAll('\\\n', ' ').split('\n').flatMap((line) => line.replace(/(^|\s)#.*$/, '').split('&&')).map((command) => command.replace(/[()]/g, '').trim()).filter(Boolean)
const commands = ['README.md', 'CONTRIBUTING.md', 'wasm/README.md'].flatMap((file) => blocksOf(file, 'sh').flatMap(commandsOf))

const CLI = process.env.ASSAY_CLI ?? join(ROOT, 'build/release/assay')
const { name, version } = JSON.parse(read('js-bindings/package.json'))
const isPath = (word) => /[./]/.test(word) && !word.startsWith('-')

/** How each program of the documents is checked. */
const CHECKS = {
  make: ([target]) => assert.match(read('Makefile'), new RegExp(`^${target}:`, 'm')),
  npm: ([verb, what]) => assert.equal(`${verb} ${what}`, verb === 'pack' ? 'pack ./js-bindings' : `install ./${name}-${version}.tgz`),
  cd: ([where]) => assert.equal(where, `node_modules/${name}`),
  sha256sum: (words) => {
    if (words[0] === '--check') execFileSync('sha256sum', words, { cwd: PACKAGE })
    else assert.match(read('wasm/reproduce.sh'), /build\/reproduce\b[\s\S]*"\$work\/a"/)
  },
  'build/release/assay': (words) => {
    const files = words.filter((word) => isPath(word) && !/^\d{4}-/.test(word))
    if (files.every((file) => existsSync(join(ROOT, file)))) return execFileSync(CLI, words, { cwd: ROOT })
    const verbs = words.slice(0, words.findIndex(isPath))
    const help = execFileSync(CLI, [...verbs, '--help'], { encoding: 'utf8' })
    for (const option of words.filter((word) => word.startsWith('--'))) assert.ok(help.includes(option), `${verbs.join(' ')} ${option}`)
  },
}

for (const command of new Set(commands))
  test(`command: ${command}`, { skip: command.startsWith('build/release/assay') && !existsSync(CLI) && 'no build/release/assay' }, () => {
    const [program, ...words] = command.split(/\s+/).filter((word) => !/^[A-Z_]+=/.test(word))
    assert.ok(Object.hasOwn(CHECKS, program), `no check for ${program}`)
    CHECKS[program](words)
  })

test('commands in the text of the documents are targets of the Makefile', () => {
  for (const file of DOCUMENTS)
    for (const [, target] of read(file).matchAll(/`(?:[A-Z_]+=\S+ )?make (\w+)/g)) assert.match(read('Makefile'), new RegExp(`^${target}:`, 'm'), `${file}: make ${target}`)
})

const threats = read('SECURITY.md').split('\n').filter((line) => /^\| (?!attacker|---)/.test(line)).map((line) => line.split(' | '))
test('every threat names what stops it and a test', () => {
  assert.ok(threats.length >= 15)
  for (const row of threats) assert.match(row[3] ?? '', /^`tests\/[^`]+`/, row[1])
})
for (const [, what, , shown] of threats)
  for (const [, file, title] of (shown ?? '').matchAll(/`(tests\/[^`]+)`(?: “([^”]+)”)?/g))
    test(`threat "${what}": ${file} ${title ?? ''}`, () => {
      assert.ok(existsSync(join(ROOT, file)), file)
      if (!title) return assert.match(file, /^tests\/compile_fail\/\w+\.cpp$/, 'a file with several tests needs the name of one')
      const text = read(file)
      assert.ok([`TEST_CASE("${title}"`, `test('${title}'`, `test("${title}"`, `test(\`${title}\``].some((start) => text.includes(start)), title)
    })

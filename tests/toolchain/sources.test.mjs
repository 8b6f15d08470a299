// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The fetchers of sources, test data and compiler packages refuse bytes that are not the pinned ones, wherever they come from.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

import { sha256 } from '../../js-bindings/scripts/files.mjs'
import { ROOT, callsOf, scratch, script, stub, toolsWithout } from './machine.mjs'

const FETCH = 'core/cmake/third_party/fetch_sources.sh'
const digestOf = (file) => sha256(readFileSync(file))

/** A copy of the fetcher whose lock pins one small archive; `files` holds the right archive and an altered one. */
function pinned(t) {
  const folder = scratch(t)
  for (const file of [FETCH, 'core/cmake/private_apt.sh']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    copyFileSync(join(ROOT, file), join(folder, file))
  }
  const archive = (place, text) => {
    mkdirSync(join(folder, place, 'thing-1'), { recursive: true })
    writeFileSync(join(folder, place, 'thing-1/source.c'), text)
    execFileSync('tar', ['-cf', 'thing_1.orig.tar', 'thing-1'], { cwd: join(folder, place) })
    return join(folder, place, 'thing_1.orig.tar')
  }
  const right = archive('right', 'int right;\n')
  const wrong = archive('wrong', 'int wrong;\n')
  writeFileSync(join(folder, 'core/cmake/third_party.lock'), `thing|1|${digestOf(right)}|thing_1.orig.tar|thing|-|MIT|LICENSE\n`)
  const out = join(folder, 'sources')
  return { folder, right, wrong, out, unpacked: join(out, 'thing/source.c'), run: (env) => script(FETCH, [out, 'thing'], { PATH: process.env.PATH, ...env }, folder) }
}

test('the pinned archive is unpacked', (t) => {
  const { right, unpacked, run } = pinned(t)
  const { status, stderr } = run({ ASSAY_DEPS_DIR: dirname(right) })
  assert.equal(status, 0, stderr)
  assert.equal(readFileSync(unpacked, 'utf8'), 'int right;\n')
})

test('another archive in ASSAY_DEPS_DIR stops set-up: both hashes are named, nothing is unpacked', (t) => {
  const { right, wrong, unpacked, run } = pinned(t)
  const { status, stderr } = run({ ASSAY_DEPS_DIR: dirname(wrong) })
  assert.equal(status, 1)
  assert.match(stderr, new RegExp(`has SHA-256 ${digestOf(wrong)}, wanted ${digestOf(right)}`))
  assert.ok(!existsSync(unpacked))
})

test('an archive that was altered after an earlier run is fetched again', (t) => {
  const { right, wrong, out, unpacked, run } = pinned(t)
  mkdirSync(join(out, 'archives'), { recursive: true })
  copyFileSync(wrong, join(out, 'archives/thing_1.orig.tar'))
  assert.equal(run({ ASSAY_DEPS_DIR: dirname(right) }).status, 0)
  assert.equal(readFileSync(unpacked, 'utf8'), 'int right;\n')
})

/** An apt that lists an archive under the wanted hash and then hands out `file`. */
function lyingApt(folder, { name, version, hash, file }) {
  const bin = toolsWithout(folder, /apt-get|apt-cache|curl/)
  // As whole words: the folder of its configuration may be called like a command.
  stub(bin, 'apt-get', `case " $* " in *' source '*|*' download '*) cp "${file}" .;; esac`)
  stub(bin, 'apt-cache', `printf 'Package: ${name}\\nVersion: ${version}\\nChecksums-Sha256:\\n ${hash} 1 ${file.split('/').at(-1)}\\n'`)
  return { PATH: bin, ASSAY_DEBIAN_ARCHIVE: 'http://archive.invalid/debian', ASSAY_DEBIAN_KEYRING: '/dev/null', bin }
}

test('an archive server that hands out other bytes than its index lists stops set-up', (t) => {
  const { folder, right, wrong, unpacked, run } = pinned(t)
  const { bin, ...env } = lyingApt(folder, { name: 'thing', version: '1-1', hash: digestOf(right), file: wrong })
  const { status, stderr } = run(env)
  assert.equal(status, 1)
  assert.match(stderr, new RegExp(`thing_1\\.orig\\.tar has SHA-256 ${digestOf(wrong)}, wanted ${digestOf(right)}; nothing was unpacked`))
  assert.ok(!existsSync(unpacked))
  assert.ok(callsOf(bin, 'apt-get').some((call) => call.endsWith('thing=1-1')))
})

test('test data with other bytes than the pinned ones are not unpacked', (t) => {
  const folder = scratch(t)
  const file = join(folder, 'libonnx-testdata_1.12.0-2_all.deb')
  writeFileSync(file, 'not the package')
  const { bin, ...env } = lyingApt(folder, { name: 'libonnx-testdata', version: '1.12.0-2', hash: digestOf(file), file })
  const out = join(folder, 'data')
  const { status, stderr } = script('tests/conformance/fetch_testdata.sh', [out], env)
  assert.equal(status, 1)
  assert.match(stderr, /has another SHA-256 than 7dc0912e[0-9a-f]{56}; nothing was unpacked/)
  assert.ok(!existsSync(join(out, 'usr')))
  assert.ok(callsOf(bin, 'apt-get').length > 0)
})

/** An apt without a network, as apt 2.6 is: update warns and ends with 0, unless its configuration asks for errors. */
function offlineApt(folder) {
  const bin = toolsWithout(folder, /apt-get|apt-cache|curl/)
  stub(bin, 'apt-get', `case " $* " in *' update '*)
    echo 'W: Some index files failed to download. They have been ignored, or old ones used instead.' >&2
    grep -q '^APT::Update::Error-Mode "any";' "$2" && exit 100;;
  esac; exit 0`)
  stub(bin, 'apt-cache', 'exit 0')
  return { PATH: bin, ASSAY_DEBIAN_ARCHIVE: 'http://archive.invalid/debian', ASSAY_DEBIAN_KEYRING: '/dev/null' }
}

for (const [path, said] of [
  ['wasm/toolchain/debian_prefix.sh', /^toolchain: apt could not read the package index of forky sid: is this machine offline\? With an Emscripten of your own, set EMSDK$/m],
  ['tests/conformance/fetch_testdata.sh', /^testdata: apt could not read the package index of bookworm \(offline\?\)$/m],
]) {
  test(`${path}: an index that cannot be read stops it and is said`, (t) => {
    const folder = scratch(t)
    const { status, stderr } = script(path, [join(folder, 'out')], offlineApt(folder))
    assert.equal(status, 1)
    assert.match(stderr, said)
    assert.doesNotMatch(stderr, /no longer serves/)
  })
}

test('sources without a network: it is said, and nothing is unpacked', (t) => {
  const { folder, unpacked, run } = pinned(t)
  const { status, stderr } = run(offlineApt(folder))
  assert.equal(status, 1)
  assert.match(stderr, /apt could not read the source index \(offline\?\)/)
  assert.ok(!existsSync(unpacked))
})

test('a compiler package that the archive no longer serves with the pinned hash stops set-up', (t) => {
  const folder = scratch(t)
  const { bin, ...env } = lyingApt(folder, { name: 'emscripten', version: '6.0.5', hash: '0'.repeat(64), file: join(folder, 'x') })
  const { status, stderr } = script('wasm/toolchain/debian_prefix.sh', [join(folder, 'prefix')], env)
  assert.equal(status, 1)
  assert.match(stderr, /no longer serves these pinned compiler packages:\n(?: {2}.*\n)*? {2}emscripten /)
  assert.match(stderr, /ASSAY_TOOLCHAIN_UNPINNED=1/)
  assert.ok(!callsOf(bin, 'apt-get').some((call) => call.includes('download')))
})

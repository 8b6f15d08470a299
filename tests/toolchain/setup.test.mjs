// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Set-up on a machine whose tools are missing, with an apt that only writes down how it was called.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { callsOf, scratch, script, stub, toolsWithout } from './machine.mjs'

const missing = /node|npm|emcc|apt-get|apt-cache|id/

function setup(t, { candidate, node, uid = 0 }) {
  const folder = scratch(t)
  const bin = toolsWithout(folder, missing)
  stub(bin, 'apt-cache', candidate === undefined ? '' : `printf 'nodejs:\\n  Installed: (none)\\n  Candidate: ${candidate}\\n'`)
  stub(bin, 'apt-get', 'exit 100')
  stub(bin, 'id', `echo ${uid}`)
  if (node) stub(bin, 'node', `echo ${node}`)
  const done = script('wasm/toolchain/setup.sh', [], { PATH: bin })
  return { ...done, calls: callsOf(bin, 'apt-get') }
}

test('without node, on a release whose own is too old: says so and installs nothing', (t) => {
  const { status, stderr, calls } = setup(t, { candidate: '18.20.4+dfsg-1~deb12u1' })
  assert.equal(status, 1)
  assert.match(stderr, /^setup: no node in PATH, and this release has node 18\.20\.4 only\. Get 20\.16 or later/)
  assert.deepEqual(calls, [])
})

test('without node, where apt knows none', (t) => {
  const { status, stderr } = setup(t, {})
  assert.equal(status, 1)
  assert.match(stderr, /^setup: no node in PATH, and apt knows none\./)
})

test('an old node is named', (t) => {
  const { status, stderr, calls } = setup(t, { node: 'v18.19.0' })
  assert.equal(status, 1)
  assert.match(stderr, /^setup: node v18\.19\.0 is too old; 20\.16 or later is needed/)
  assert.deepEqual(calls, [])
})

test('without node, as root on a release that has it: installs it with npm', (t) => {
  const { status, stderr, calls } = setup(t, { candidate: '22.22.0+dfsg-1' })
  assert.equal(status, 1) // this apt installs nothing
  assert.match(stderr, /apt could not install nodejs npm/)
  assert.deepEqual(calls, ['-qq update'])
})

test('without node, not root: names the command', (t) => {
  const { status, stderr, calls } = setup(t, { candidate: '22.22.0+dfsg-1', uid: 1000 })
  assert.equal(status, 1)
  assert.match(stderr, /as root: apt-get install --no-install-recommends nodejs npm/)
  assert.deepEqual(calls, [])
})

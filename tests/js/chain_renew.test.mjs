// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// docs/renew-checkpoint.mjs against servers that are honest, stand still, or answer without end.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { PACKAGE } from './support/package.mjs'
import { served, startServers } from './support/chain_servers.mjs'
import { CHAIN, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const now = Math.floor(Date.now() / 1000)
const worldOf = (age) => makeWorld({ anchor: { time: { seconds: now - 5000, nanos: 5 } }, tip: { time: { seconds: now - age, nanos: 7 } } })
const [current, standing] = [worldOf(5), worldOf(700)]

let servers
let folder
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-renew-'))
  servers = await startServers({ honest: served(current), standing: served(standing), endless: { ...served(current), total: '1000000000' } })
})
after(() => {
  rmSync(folder, { recursive: true, force: true })
  return servers.close()
})

async function renew(world, ...names) {
  const file = join(folder, 'checkpoint.json')
  writeFileSync(file, JSON.stringify({ chainId: CHAIN, height: '100', headerHash: world.anchor.hash }))
  const child = spawn(process.execPath, [join(PACKAGE, 'docs/renew-checkpoint.mjs'), file, ...servers.comet(...names)])
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr']) child[name].on('data', (data) => (text[name] += data))
  const [status] = await once(child, 'close')
  return { status, ...text }
}

test('a checkpoint is renewed to the newest block', async () => {
  const { status, stdout } = await renew(current, 'honest')
  assert.equal(status, 0)
  const { height, headerHash } = JSON.parse(stdout)
  assert.deepEqual([height, headerHash], ['200', current.tip.hash])
})

test('a server that stands still renews nothing', async () => {
  const { status, stdout, stderr } = await renew(standing, 'standing')
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /older than 600 s/)
})

test('a server that answers without end is left', { timeout: 60_000 }, async () => {
  const before = servers.seen.requests
  const pages = await renew(current, 'endless')
  assert.deepEqual([pages.status, pages.stdout], [1, ''])
  assert.match(pages.stderr, /more than 10 pages/)
  assert.ok(servers.seen.requests - before < 15)
  const bytes = await renew(current, 'oversized')
  assert.equal(bytes.status, 1)
  assert.match(bytes.stderr, /more than 2097152 bytes/)
  assert.equal((await renew(current, 'oversized', 'honest')).status, 0)
})

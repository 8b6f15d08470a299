// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// docs/renew-checkpoint.mjs against servers that are honest, stand still, lie, fork, or answer without end.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { PACKAGE, dist } from './support/package.mjs'
import { blockAt, served, startServers } from './support/chain_servers.mjs'
import { makeValidators, sha256 } from '../vectors/generate/lib/chain.mjs'
import { CHAIN, light, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const now = Math.floor(Date.now() / 1000)
const worldOf = (age, { anchorAge = 5000, tip = {}, ...bend } = {}) =>
  makeWorld({ ...bend, anchor: { time: { seconds: now - anchorAge, nanos: 5 } }, tip: { time: { seconds: now - age, nanos: 7 }, ...tip } })
const [current, standing] = [worldOf(5), worldOf(700)]
const expired = worldOf(5, { anchorAge: 15 * 86_400 })
const forked = worldOf(5, { tip: { dataHash: sha256('another') } })
const lying = worldOf(5, { tipValidators: makeValidators('strangers', 4) })
// No validator of the checkpoint is left at the tip: only the block between leads there.
const [old, fresh] = [makeValidators('old', 4), makeValidators('fresh', 4)]
const rotated = worldOf(5, { validators: old, tipValidators: fresh })
const between = blockAt(150, [...old.slice(0, 2), ...fresh.slice(0, 2)], { time: { seconds: now - 2000, nanos: 1 } })

let servers
let folder
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-renew-'))
  // A member that this version does not know, with a fraction.
  const chatty = ({ signed_header, validators }) => ({ signed_header: { ...signed_header, header: { ...signed_header.header, load: 1.5 } }, validators })
  const honest = served(current)
  servers = await startServers({
    honest, standing: served(standing), endless: { ...served(current), total: '1000000000' }, expired: served(expired), forked: served(forked), lying: served(lying),
    rotated: served(rotated, [between]), chatty: { ...honest, blocks: honest.blocks.map(chatty), tip: chatty(honest.tip) },
    dripping: { ...honest, latency: 400 },
    behind: { ...honest, blocks: honest.blocks.slice(0, 1), tip: light(current.anchor) },
  })
})
after(() => {
  rmSync(folder, { recursive: true, force: true })
  return servers.close()
})

const renew = (world, ...names) => renewWith([], world, ...names)
async function renewWith(options, world, ...names) {
  const file = join(folder, 'checkpoint.json')
  writeFileSync(file, JSON.stringify({ chainId: CHAIN, height: '100', headerHash: world.anchor.hash }))
  const child = spawn(process.execPath, [join(PACKAGE, 'docs/renew-checkpoint.mjs'), ...options, file, ...servers.comet(...names)])
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

test('what is printed is a checkpoint as it stands', async () => {
  const { verifyHeader } = await import(dist('verify/index.js'))
  const hosted = JSON.parse((await renew(current, 'honest')).stdout)
  const ask = (trust) => verifyHeader({ config: { chainId: CHAIN, trust }, evidence: { trusted: light(current.tip), path: [] } })
  assert.equal((await ask(hosted)).value.height, 200n)
  assert.equal((await ask({ ...hosted, headerHash: forked.tip.hash })).code, 'CHAIN_ANCHOR_MISMATCH')
})

test('blocks between are asked for where the validators changed', async () => {
  const { status, stdout } = await renew(rotated, 'rotated')
  assert.deepEqual([status, JSON.parse(stdout).headerHash], [0, rotated.tip.hash])
})

test('an expired checkpoint is not renewed', async () => {
  const { status, stdout, stderr } = await renew(expired, 'expired')
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /CHAIN_TRUST_EXPIRED/)
})

test('the trusting period is that of the policy', async () => {
  const longer = await renewWith(['--trusting-period', String(16 * 86_400)], expired, 'expired')
  assert.deepEqual([longer.status, JSON.parse(longer.stdout).headerHash], [0, expired.tip.hash])
  const shorter = await renewWith(['--trusting-period', '4000'], current, 'honest')
  assert.deepEqual([shorter.status, shorter.stdout], [1, ''])
  assert.match(shorter.stderr, /CHAIN_TRUST_EXPIRED/)
  for (const options of [['--trusting-period', '0'], ['--trusting-period', 'long'], ['--server-time', '-1'], ['--server-time', '1.5'], ['--server-time', '9999999'], ['--period', '5']]) {
    const { status, stdout, stderr } = await renewWith(options, current, 'honest')
    assert.deepEqual([status, stdout], [2, ''], options.join(' '))
    assert.match(stderr, /^usage: /)
  }
})

test('a server has one time for all that it is asked', { timeout: 60_000 }, async () => {
  const start = performance.now()
  // Each answer is slow, none too slow; or there is none at all.
  for (const names of [['dripping'], ['slow'], ['unending']]) {
    const { status, stdout, stderr } = await renewWith(['--server-time', '1'], current, ...names)
    assert.deepEqual([status, stdout], [1, ''], names.join())
    assert.match(stderr, /no usable answer within 1 s/)
  }
  const { status, stdout, stderr } = await renewWith(['--server-time', '1'], current, 'dripping', 'honest', 'slow')
  assert.deepEqual([status, JSON.parse(stdout).headerHash], [0, current.tip.hash])
  assert.ok(stderr.includes(`${servers.at('slow')}: not compared`))
  assert.ok(performance.now() - start < 15_000)
})

test('what a server adds to its answers does not matter', async () => {
  const { status, stdout } = await renew(current, 'chatty')
  assert.deepEqual([status, JSON.parse(stdout).headerHash], [0, current.tip.hash])
})

test('two servers that show different blocks at the height renew nothing, whoever is first', async () => {
  for (const names of [['forked', 'honest'], ['honest', 'forked'], ['lying', 'honest'], ['honest', 'chatty', 'lying']]) {
    const { status, stdout, stderr } = await renew(current, ...names)
    assert.deepEqual([status, stdout], [1, ''], names.join())
    assert.match(stderr, /two blocks at height 200/)
    for (const name of names.filter((each) => each !== 'chatty')) assert.ok(stderr.includes(servers.at(name)), `${names.join()}: ${name}`)
  }
  const lone = await renew(current, 'lying')
  assert.deepEqual([lone.status, lone.stdout], [1, ''])
  assert.match(lone.stderr, /CHAIN_INSUFFICIENT_TRUST|no answer/)
})

test('a server that does not know the block contradicts nobody, and is named', async () => {
  const { status, stdout, stderr } = await renew(current, 'honest', 'behind')
  assert.deepEqual([status, JSON.parse(stdout).headerHash], [0, current.tip.hash])
  assert.ok(stderr.includes(`${servers.at('behind')}: not compared`))
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

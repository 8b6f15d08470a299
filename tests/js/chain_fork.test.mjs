// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Forks (chain-state.md §5.3): a claim of one rests on two blocks of one height that the core accepted from what is trusted, and
// on nothing that a server only says; the mark that outlives the page is bound to its chain.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'

import { codeOf, tee, verifierFor } from './support/chain_calls.mjs'
import { dist } from './support/package.mjs'
import { blockAt, served, startServers } from './support/chain_servers.mjs'
import { sha256 } from '../vectors/generate/lib/chain.mjs'
import { CHAIN, T, light, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const { detectFork } = await import(dist('verify/index.js'))

const world = makeWorld()
const fork = makeWorld({ tip: { appHash: world.state.appHash, dataHash: sha256('another block') } })
const hashes = [world, fork].map(({ tip }) => tip.hash.toLowerCase())
// The other block under the signatures of the accepted one: nobody signed it.
const unsigned = { signed_header: { header: fork.tip.signed_header.header, commit: { ...fork.tip.signed_header.commit, signatures: world.tip.signed_header.commit.signatures } }, validators: fork.tip.validators }
const next = blockAt(201, world.validators, { time: { seconds: T + 1, nanos: 0 } })
const after200 = (tip) => ({ ...served({ ...world, tip }, [next]), tip: light(next) })
const signedText = (signed_header) => JSON.stringify({ result: { signed_header } })

// From when a test says so, at the height of the newest block: another header than the commit is of, or another block.
let isTurned = false
const turned = (signed) => (text, height) => (isTurned && (height ?? '200') === '200' ? signedText(signed) : text)
const invented = { header: { ...world.tip.signed_header.header, data_hash: 'AB'.repeat(32) }, commit: world.tip.signed_header.commit }

let servers
before(async () => {
  servers = await startServers({
    honest: served(world), forked: served(fork), unsigned: served({ ...world, tip: unsigned }), pruned: { ...served(fork), blocks: served(fork).blocks.slice(1) },
    other: { ...served(world), blocks: [light(blockAt(100, world.validators)), ...served(world).blocks.slice(1)] },
    invented: { ...served(world), commit: turned(invented) }, turning: { ...served(world), commit: turned(fork.tip.signed_header) },
    forkedafter: after200(fork.tip), unsignedafter: after200(unsigned), honestafter: after200(world.tip),
  })
})
after(() => servers.close())

const verifierOf = (...asked) => verifierFor(servers, world, ...asked)
const isFork = (verdict, verifier, comet) => {
  assert.deepEqual([codeOf(verdict), verdict.path], ['CHAIN_ANCHOR_MISMATCH', 'fork'], comet.join())
  assert.deepEqual(new Set(verifier.forkEvidence.hashes), new Set(hashes), comet.join())
}

let stood
/** The state of a verifier that stands on the accepted block. */
async function standing() {
  if (stood) return stood
  const verifier = verifierOf(['honest'], ['honest'])
  assert.equal(codeOf(await tee(verifier)), 'OK proven')
  return (stood = verifier.state)
}

test('a block that nobody signed stops no verifier, wherever it stands', async () => {
  const storedState = await standing()
  for (const options of [{}, { storedState }]) {
    for (const comet of [['honest', 'unsigned'], ['unsigned', 'honest'], ['unsignedafter', 'honest']]) {
      const verifier = verifierOf(comet, ['honest'], {}, options)
      for (let call = 0; call < 2; call += 1) assert.equal(codeOf(await tee(verifier)), 'OK proven', comet.join())
      assert.deepEqual([verifier.forkEvidence, verifier.state.startsWith('fork')], [undefined, false])
    }
  }
  // Alone it is refused, and the verifier stays where it was.
  const alone = verifierOf(['unsigned'], ['honest'], {}, { storedState })
  const verdict = await tee(alone)
  assert.deepEqual([codeOf(verdict), verdict.path, alone.state, alone.forkEvidence], ['CHAIN_ANCHOR_MISMATCH', 'path', storedState, undefined])
})

test('both blocks of the evidence are accepted ones', async () => {
  const config = { chainId: CHAIN, trust: { height: 100, headerHash: world.anchor.hash }, now: T + 10 }
  const shown = async (comet) => {
    isTurned = false
    const verifier = verifierOf(comet, ['honest'])
    assert.equal(codeOf(await tee(verifier)), 'OK proven')
    isTurned = true
    isFork(await tee(verifier), verifier, comet)
    const evidence = verifier.forkEvidence.blocks.map((block) => ({ trusted: light(world.anchor), path: [block] }))
    const verdict = await detectFork({ config, evidence })
    assert.deepEqual(verdict.ok && verdict.value.blocks.map(({ hash }) => hash), verifier.forkEvidence.hashes, comet.join())
  }
  // The first server says what it likes at a height that is trusted already: that is nobody's block.
  await shown(['invented', 'turning'])
  await shown(['honest', 'turning'])
  await shown(['turning', 'honest'])
})

test('a server whose words are behind shows its own block at the trusted height, too', async () => {
  const storedState = await standing()
  for (const comet of [['forkedafter'], ['forkedafter', 'honest'], ['honest', 'forkedafter']]) {
    const verifier = verifierOf(comet, ['honest'], {}, { storedState })
    isFork(await tee(verifier), verifier, comet)
  }
  assert.equal(codeOf(await tee(verifierOf(['honestafter'], ['honest'], {}, { storedState }))), 'OK proven')
  const refused = await tee(verifierOf(['unsignedafter'], ['honest'], {}, { storedState }))
  assert.deepEqual([codeOf(refused), refused.path], ['CHAIN_ANCHOR_MISMATCH', 'path'])
})

test('a fork is shown where its server keeps the checkpoint\'s block no more', async () => {
  const storedState = await standing()
  // One of the others has another block there: the next is asked.
  for (const comet of [['pruned', 'honest'], ['honest', 'pruned'], ['honest', 'pruned', 'other'], ['pruned', 'other', 'honest'], ['other', 'pruned', 'honest']]) {
    const verifier = verifierOf(comet, ['honest'], {}, { storedState })
    isFork(await tee(verifier), verifier, comet)
  }
})

const digested = (body) => `${body}:${createHash('sha256').update(body).digest('hex')}`
const markOf = (height = '200', chain = CHAIN, pair = hashes) => digested(`fork1:${chain}:${height}:${pair.join(':')}`)

test('a fork outlives the page that found it, until there is a checkpoint from there on', async () => {
  const before = await standing()
  const verifier = verifierOf(['honest', 'forked'], ['honest'], {}, { storedState: before })
  assert.equal((await tee(verifier)).path, 'fork')
  const stored = verifier.state
  assert.deepEqual([stored, verifier.forkEvidence.height, verifier.forkEvidence.hashes], [markOf(), 200n, hashes])
  // The next page asks one server only, which shows no fork.
  const page = verifierOf(['honest'], ['honest'], { accept: ['proven', 'unproven'] }, { storedState: stored })
  servers.reset()
  const verdict = await tee(page)
  assert.deepEqual([verdict.code, verdict.path, servers.seen.requests], ['CHAIN_ANCHOR_MISMATCH', 'fork', 0])
  assert.deepEqual([page.state, page.forkEvidence], [stored, { height: 200n, hashes, blocks: [null, null] }])
  const decided = verifierOf(['honest'], ['honest'], { checkpoint: { height: 200, headerHash: world.tip.hash } }, { storedState: stored })
  const begun = await tee(decided)
  assert.deepEqual([codeOf(begun), begun.checks[0].name, begun.checks[0].code], ['OK proven', 'stored state', 'CHAIN_HEIGHT_MISMATCH'])
  assert.equal(decided.forkEvidence, undefined)
  assert.ok(!decided.state.startsWith('fork'))
  assert.notEqual((await tee(decided)).checks[0].name, 'stored state')
})

test('a mark that is of another chain, damaged, old in form or of no fork is refused, and the checkpoint goes in its place', async () => {
  const mark = markOf()
  const changed = (at, text) => mark.slice(0, at) + text + mark.slice(at + text.length)
  const marks = [
    [markOf('200', '10741'), 'CHAIN_ID_MISMATCH'], [markOf('200', ''), 'CHAIN_ID_MISMATCH'], [markOf('200', `${CHAIN}%3A1`), 'CHAIN_ID_MISMATCH'], [markOf('100'), 'CHAIN_HEIGHT_MISMATCH'], [markOf('1'), 'CHAIN_HEIGHT_MISMATCH'],
    ...[mark.slice(0, -1), mark.slice(0, -65), mark.slice(0, 30), 'fork1', 'fork', `${mark}0`, ` ${mark}`, mark.toUpperCase()].map((text) => [text, 'CHAIN_STATE_CORRUPT']),
    ...[changed(mark.indexOf(hashes[0]), hashes[0][0] === '0' ? '1' : '0'), changed(mark.indexOf('200'), '201'), changed(mark.indexOf(CHAIN), '10741'), changed(mark.length - 1, mark.at(-1) === '0' ? '1' : '0')].map((text) => [text, 'CHAIN_STATE_CORRUPT']),
    // The form without a chain, another version, one block twice, a height that is none.
    ...[`fork:200:${hashes.join(':')}`, digested(`fork:200:${hashes.join(':')}`), digested(`fork2:${CHAIN}:200:${hashes.join(':')}`), markOf('200', CHAIN, [hashes[0], hashes[0]]), markOf('0200'), markOf('9223372036854775808')].map((text) => [text, 'CHAIN_STATE_CORRUPT']),
  ]
  for (const [storedState, code] of marks) {
    const verifier = verifierOf(['honest'], ['honest'], {}, { storedState })
    const verdict = await tee(verifier)
    assert.deepEqual([codeOf(verdict), verdict.checks[0].name, verdict.checks[0].code, verifier.forkEvidence], ['OK proven', 'stored state', code, undefined], storedState)
    assert.ok(!verifier.state.startsWith('fork'))
  }
  // A name with what the mark is made of.
  const odd = verifierOf(['honest'], ['honest'], { chainId: 'a:b/ü' }, { storedState: markOf('200', 'a%3Ab%2F%C3%BC') })
  assert.deepEqual([(await tee(odd)).path, odd.state], ['fork', markOf('200', 'a%3Ab%2F%C3%BC')])
})

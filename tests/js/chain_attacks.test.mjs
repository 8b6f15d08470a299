// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// createChainVerifier against servers that try to make it say more than they showed, and callers' options that would take
// its limits away.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { codeOf, tee, verifierFor } from './support/chain_calls.mjs'
import { blockAt, served, startServers } from './support/chain_servers.mjs'
import { makeValidators, sha256 } from '../vectors/generate/lib/chain.mjs'
import { REGISTRY, T, hex, light, makeWorld } from '../vectors/generate/lib/synthetic.mjs'

const CODE = sha256('code')
const world = makeWorld()
const fork = makeWorld({ tip: { appHash: world.state.appHash, dataHash: sha256('another block') } })
const pinned = makeWorld({ code: CODE })
const empty = makeWorld({ without: () => true })
const padded = makeWorld({ registry: { teeType: 1 << 16 } })
const old = makeWorld({ tip: { time: { seconds: T - 4000, nanos: 0 } } })
const odd = { ...world.tip, signed_header: { ...world.tip.signed_header, header: { ...world.tip.signed_header.header, x: [1.5, '\ud800'] } } }
const strangers = makeWorld({ validators: makeValidators('strangers', 4) })
// Half of the old set signed the block between, so that the newest one is two steps away.
const [olds, news] = [makeValidators('old', 4), makeValidators('fresh', 4)]
const moved = makeWorld({ validators: olds, tipValidators: news })
const movedFork = makeWorld({ validators: olds, tipValidators: news, tip: { appHash: moved.state.appHash, dataHash: sha256('another block') } })
const middle = blockAt(150, [...olds.slice(0, 2), ...news.slice(0, 2)])
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
const proofText = (extra) => `{"jsonrpc":"2.0","id":1,"result":{"address":"${hex(REGISTRY)}","storageProof":[],${extra}}}`

// The honest header the first time that it is asked for, another accepted one from then on.
let turned = 0
// Accepted and not too old, but nobody keeps its words any more.
const aged = blockAt(150, world.validators, { time: { seconds: T - 100, nanos: 1 } })
let held = 0
// Four of them are more than the core takes.
const pad = 'x'.repeat(1_200_000)
const dozing = makeWorld({ tip: { signers: (_, i) => i > 0 } })
dozing.tip.signed_header.commit.signatures[0].timestamp = pad.repeat(4)
const fat = Array.from({ length: 20 }, (_, i) => ({ key: hex(Buffer.alloc(32, i + 100)), value: '0x0', proof: [`0x${'00'.repeat(60_000)}`, '0x00'] }))
const turning = (text, height) => (height === '200' && turned++ > 0 ? JSON.stringify({ result: { signed_header: fork.tip.signed_header } }) : text)

let servers
before(async () => {
  servers = await startServers({
    honest: served(world), second: served(world), third: served(world), geth: served(world), old: served(old), forked: served(fork),
    future: { ...served(world), evmTime: T + 1201 }, future2: { ...served(world), evmTime: T + 1201 }, behind: { ...served(world), evmHeight: 10 }, ahead: { ...served(world), evmHeight: 1n << 70n },
    unregistered: served(empty), unregistered2: served(empty), padded: served(padded), padded2: served(padded),
    pinned: served(pinned), othercode: { ...served(makeWorld({ code: sha256('other') })) }, nocode: { ...served(pinned), codeProof: [] },
    float: { ...served(world), text: { eth_getProof: proofText('"x":1.5') } }, unsafe: { ...served(world), text: { eth_getProof: proofText('"x":1e20') } },
    surrogate: { ...served(world), text: { eth_getProof: proofText('"x":"\\ud800"') } }, deep: { ...served(world), text: { eth_getProof: proofText(`"x":${deep}`) } },
    hollow: { ...served(world), text: { eth_getProof: proofText('"y":1').replace('[]', '[null]') } },
    oddtotal: { ...served(world), total: { toString: 1, valueOf: 1 } },
    oddheader: { ...served(world), blocks: [...served(world).blocks.slice(0, 1), odd] },
    deepheader: { ...served(world), commit: (text, height) => (height === '200' ? text.replace('"header":{', `"header":{"z":${deep},`) : text) },
    strangers: { ...served(strangers) }, branch: served(makeWorld({ registry: { enabled: false } })), moved: served(moved, [middle]), movedfork: served(movedFork, [middle]), dripping: { ...served(world), latency: 850 },
    turning: { ...served(world), commit: turning },
    slowly: { ...served(world), delays: [0, 150] },
    pruned: { ...served(world), evmFrom: 180 }, pruned2: { ...served(world), evmFrom: 180 }, aged: { ...served(world, [aged]), tip: light(aged) },
    late: { ...served(world), commit: (text) => (held++ === 0 ? '' : text) },
    stuffed: { ...served(world), commit: (text) => text.replace('"header":{', `"pad":"${pad}","header":{"pad":"${pad}",`) }, dozing: served(dozing),
    padproof: { ...served(world), pad }, fatproof: { ...served(world), text: { eth_getProof: proofText('"y":1').replace('[]', JSON.stringify(fat)) } },
    mutehint: { ...served(world), faults: { eth_getStorageAt: 'slow', eth_blockNumber: 'slow' } }, headeronly: { ...served(fork), faults: { validators: 'error' } },
    hanging: { ...served(strangers), faults: { validators: 'slow' } },
    flickering: { ...served(world), script: ['geth', 'error', 'geth'] },
    crowded: { ...served(world), total: 1000, blocks: served(world).blocks.map((block) => ({ ...block, validators: Array(1700).fill(block.validators[0]) })) },
  })
})
after(() => servers.close())

const verifierOf = (...asked) => verifierFor(servers, world, ...asked)
const quorum = { accept: ['proven', 'quorum'], quorum: { needed: 2, of: 3 } }
const unproven = { accept: ['unproven'] }

test('the block\'s time is part of what a quorum agrees on, and never lies in the future', async () => {
  const now = T + 1201
  assert.equal(codeOf(await tee(verifierOf(['error'], ['honest', 'second'], quorum), { now })), 'CHAIN_STATE_TOO_OLD')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['future', 'honest', 'second'], quorum), { now })), 'QUORUM_DISAGREES')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['future', 'future2'], quorum))), 'CHAIN_HEADER_FROM_FUTURE')
  assert.equal(codeOf(await tee(verifierOf([], ['future'], unproven), { now: new Date((T + 10) * 1000).toISOString() })), 'CHAIN_HEADER_FROM_FUTURE')
  assert.equal(codeOf(await tee(verifierOf([], ['future'], unproven), { now: BigInt(T + 1191) })), 'OK unproven')
})

test('one provider moves the height of a quorum neither back nor ahead', async () => {
  for (const liar of ['behind', 'ahead']) {
    const verdict = await tee(verifierOf(['error'], [liar, 'honest', 'second'], quorum))
    assert.deepEqual([codeOf(verdict), verdict.value?.height], ['OK quorum', 199n], liar)
  }
})

test('"not registered" and words that are none are answers, not silence', async () => {
  for (const odd of ['unregistered', 'padded']) {
    const verdict = await tee(verifierOf(['error'], [odd, 'honest', 'second'], quorum))
    assert.equal(codeOf(verdict), 'QUORUM_DISAGREES', odd)
  }
  const all = await tee(verifierOf(['error'], ['unregistered', 'unregistered2'], quorum))
  assert.deepEqual([codeOf(all), all.category], ['REGISTRY_TEE_UNKNOWN', 'rejected'])
  assert.equal(codeOf(await tee(verifierOf([], ['unregistered'], unproven))), 'REGISTRY_TEE_UNKNOWN')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['unregistered', 'error'], quorum))), 'QUORUM_TOO_FEW')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['padded', 'padded2'], quorum))), 'REGISTRY_SLOT_MALFORMED')
})

test('a pinned code is proven, and nothing weaker stands in for it', async () => {
  const own = { checkpoint: { height: 100, headerHash: pinned.anchor.hash }, registry: { address: hex(REGISTRY), codeHash: hex(CODE) } }
  assert.equal(codeOf(await tee(verifierOf(['pinned'], ['pinned'], own))), 'OK proven')
  assert.deepEqual(servers.seen.queries.at(-1), `"/store/evm/key" 0x04${REGISTRY.toString('hex')} 199 true`)
  const weak = { ...own, accept: ['proven', 'quorum', 'unproven'], quorum: { needed: 2, of: 3 } }
  assert.equal(codeOf(await tee(verifierOf(['nocode'], ['pinned', 'honest'], weak))), 'REGISTRY_NOT_PROVEN')
  assert.equal(codeOf(await tee(verifierOf(['othercode'], ['othercode', 'honest'], weak))), 'REGISTRY_LAYOUT_MISMATCH')
  assert.equal(codeOf(await tee(verifierOf(['error'], ['pinned', 'honest'], weak))), 'RPC_UNAVAILABLE')
  assert.throws(() => verifierOf([], ['honest'], { ...own, accept: ['unproven'] }), { code: 'CONFIG_INVALID' })
})

test('a proof that was given and failed is not replaced by a weaker answer', async () => {
  assert.equal(codeOf(await tee(verifierOf(['old'], ['old', 'honest', 'second'], quorum))), 'CHAIN_STATE_TOO_OLD')
  assert.equal(codeOf(await tee(verifierOf(['old', 'error'], ['old', 'geth', 'second'], quorum))), 'CHAIN_STATE_TOO_OLD')
  assert.equal(codeOf(await tee(verifierOf(['honest'], ['padded'], quorum))), 'ICS23_PROOF_INVALID')
  assert.equal(codeOf(await tee(verifierOf(['padded'], ['padded', 'second', 'honest'], quorum))), 'REGISTRY_SLOT_MALFORMED')
  assert.equal(codeOf(await tee(verifierOf(['honest'], ['geth', 'geth'], { ...quorum, quorum: { needed: 2, of: 2 } }))), 'QUORUM_TOO_FEW')
})

test('calls at the same time do not change each other\'s anchor', async () => {
  const verifier = verifierOf(['slowly'], ['slowly'])
  const verdicts = await Promise.all([tee(verifier), tee(verifier), tee(verifier)])
  assert.deepEqual(verdicts.map(codeOf), ['OK proven', 'OK proven', 'OK proven'])
  const stop = new AbortController()
  const waiting = verifierOf(['slow'], ['honest'])
  const [first, second] = [tee(waiting), tee(waiting, { signal: stop.signal })]
  stop.abort()
  await assert.rejects(second, { code: 'ABORTED' })
  assert.equal(codeOf(await first), 'TIMEOUT')
})

test('the time that a call waits for others is its own', async () => {
  const verifier = verifierOf(['slow'], ['honest'], {}, { timeoutMs: 5000, totalMs: 900 })
  const start = performance.now()
  const calls = await Promise.all(Array.from({ length: 5 }, () => tee(verifier)))
  assert.deepEqual(calls.map(codeOf), Array(5).fill('TIMEOUT'))
  assert.ok(performance.now() - start < 3000, `${performance.now() - start} ms`)
  // A later one finds the verifier as it was.
  assert.equal(codeOf(await tee(verifier)), 'TIMEOUT')
  const busy = verifierOf(['dripping'], ['honest'], {}, { totalMs: 8000 })
  const [first, second] = [tee(busy), tee(busy)]
  assert.deepEqual([codeOf(await first), codeOf(await second)], ['OK proven', 'OK proven'])
})

test('a server whose block at the trusted height is another one is refused, or the other side of a fork', async () => {
  const first = verifierOf(['honest'], ['honest'])
  assert.equal(codeOf(await tee(first)), 'OK proven')
  const storedState = first.state
  // Its block has no signatures that count.
  assert.equal(codeOf(await tee(verifierOf(['strangers', 'honest'], ['honest'], {}, { storedState }))), 'OK proven')
  for (const comet of [['forked'], ['forked', 'honest'], ['honest', 'forked']]) {
    const verifier = verifierOf(comet, ['honest'], {}, { storedState })
    const verdict = await tee(verifier)
    assert.deepEqual([codeOf(verdict), verdict.path], ['CHAIN_ANCHOR_MISMATCH', 'fork'], comet.join())
    assert.deepEqual(new Set(verifier.forkEvidence.hashes), new Set([world, fork].map(({ tip }) => tip.hash.toLowerCase())), comet.join())
  }
  // The verifier that stands there already finds it when the server turns.
  const turning = verifierOf(['honest', 'turning'], ['honest'])
  assert.equal(codeOf(await tee(turning)), 'OK proven')
  assert.equal((await tee(turning)).path, 'fork')
})

test('a fork is found where its blocks need one between', async () => {
  const verifier = verifierOf(['moved', 'movedfork'], ['moved'], { checkpoint: { height: 100, headerHash: moved.anchor.hash } })
  const verdict = await tee(verifier)
  assert.deepEqual([codeOf(verdict), verdict.path, verifier.forkEvidence?.height], ['CHAIN_ANCHOR_MISMATCH', 'fork', 200n])
})

test('a fork is found where nobody can prove the words of its branch', async () => {
  for (const comet of [['branch', 'honest'], ['honest', 'branch']]) {
    assert.equal((await tee(verifierOf(comet, ['honest', 'second']))).path, 'fork', comet.join())
    assert.equal((await tee(verifierOf(comet, ['branch']))).path, 'fork', comet.join())
  }
})

test('no answer of a server is a fault of the caller', async () => {
  for (const mode of ['float', 'unsafe', 'surrogate', 'deep', 'hollow']) {
    assert.ok(!(await tee(verifierOf(['honest'], [mode]))).ok, mode)
    assert.equal(codeOf(await tee(verifierOf(['honest', 'second'], [mode, 'honest']))), 'OK proven', mode)
  }
  assert.equal(codeOf(await tee(verifierOf(['oddtotal'], ['honest']))), 'RPC_UNAVAILABLE')
  assert.equal(codeOf(await tee(verifierOf(['oddtotal', 'honest'], ['honest']))), 'OK proven')
})

test('a second server says nothing by an answer that is no evidence', async () => {
  assert.equal(codeOf(await tee(verifierOf(['honest', 'oddheader'], ['honest']))), 'OK proven')
  assert.equal(codeOf(await tee(verifierOf(['honest', 'deepheader'], ['honest']))), 'OK proven')
})

test('what one server adds to its answers costs another nothing, and who is too large is alone to blame', async () => {
  const ask = async (comet, evm, from = world) => codeOf(await tee(verifierOf(comet, evm, { checkpoint: { height: 100, headerHash: from.anchor.hash } }, { maxBytes: 8 << 20 })))
  for (const [comet, evm] of [['stuffed', 'honest'], ['honest', 'padproof'], ['stuffed', 'padproof']]) assert.equal(await ask([comet], [evm]), 'OK proven', `${comet} with ${evm}`)
  // The time of a vote that nobody cast is read by nobody.
  assert.equal(await ask(['dozing'], ['dozing'], dozing), 'OK proven')
  assert.equal(await ask(['crowded'], ['honest', 'second']), 'CHAIN_LIMIT_EXCEEDED')
  assert.equal(await ask(['crowded', 'honest'], ['honest']), 'OK proven')
  assert.equal(await ask(['honest', 'second'], ['fatproof']), 'CHAIN_LIMIT_EXCEEDED')
  assert.equal(await ask(['honest', 'second'], ['fatproof', 'honest']), 'OK proven')
})

test('the side that fails is left, not the pair', async () => {
  const cases = [[['error', 'honest'], ['honest', 'error']], [['error', 'honest'], ['honest', 'padded']], [['honest', 'error'], ['padded', 'honest']], [['error', 'error', 'honest'], ['honest', 'error']]]
  for (const [comet, evm] of cases) assert.equal(codeOf(await tee(verifierOf(comet, evm))), 'OK proven', `${comet} with ${evm}`)
  // Whose words no proof can be read with is the words' server.
  for (const mode of ['float', 'deep']) assert.equal(codeOf(await tee(verifierOf(['honest'], [mode, 'honest']))), 'OK proven', mode)
})

test('a block that is accepted but cannot be used leaves the other CometBFT servers to ask, before anything weaker', async () => {
  for (const more of [{}, { accept: ['proven', 'unproven'] }, quorum]) {
    assert.equal(codeOf(await tee(verifierOf(['aged', 'honest'], ['pruned', 'pruned2'], more))), 'OK proven')
    assert.equal(codeOf(await tee(verifierOf(['aged', 'error', 'honest'], ['geth', 'pruned'], more))), 'OK proven')
  }
  // One that is silent the first time is asked again, with servers whose words did not fit the first block.
  held = 0
  assert.equal(codeOf(await tee(verifierOf(['aged', 'late'], ['honest', 'second'], quorum, { retries: 1 }))), 'OK proven')
  // Words that were refused under the first block and came not at all under the second are asked for again.
  assert.equal(codeOf(await tee(verifierOf(['aged', 'honest'], ['flickering'], quorum, { retries: 1 }))), 'OK proven')
  // Another server with the same block changes nothing: no words are asked for twice.
  servers.reset()
  assert.equal(codeOf(await tee(verifierOf(['honest', 'second'], ['geth']))), 'REGISTRY_NOT_PROVEN')
  assert.equal(servers.seen.methods.filter((method) => method === 'eth_getProof').length, 1)
})

test('no server uses up the time of the next, nor of what comes after the proof', async () => {
  const timed = async (comet, evm, more, options) => {
    const start = performance.now()
    const code = codeOf(await tee(verifierOf(comet, evm, more, options)))
    return [code, performance.now() - start < options.totalMs + 500]
  }
  const short = { timeoutMs: 800, totalMs: 2400 }
  assert.deepEqual(await timed(['slow', 'slow', 'honest'], ['honest'], {}, { ...short, retries: 1 }), ['OK proven', true])
  assert.deepEqual(await timed(['dripping', 'honest'], ['dripping', 'honest'], {}, { timeoutMs: 900, totalMs: 3000 }), ['OK proven', true])
  assert.deepEqual(await timed(['dripping', 'honest'], ['honest'], {}, { timeoutMs: 900, totalMs: 3000 }), ['OK proven', true])
  assert.deepEqual(await timed(['slow', 'slow'], ['honest', 'second', 'third'], quorum, { ...short, retries: 1 }), ['OK quorum', true])
  assert.deepEqual(await timed(['error'], ['slow', 'honest', 'second'], quorum, short), ['OK quorum', true])
  assert.deepEqual(await timed([], ['slow', 'honest'], unproven, short), ['OK unproven', true])
})

test('every server is asked once before one is asked again', async () => {
  const asked = (mode) => servers.seen.urls.filter((url) => url.startsWith(`/${mode}/`))
  servers.reset()
  assert.equal(codeOf(await tee(verifierOf(['error', 'honest'], ['honest'], {}, { retries: 2 }))), 'OK proven')
  assert.equal(new Set(asked('error')).size, asked('error').length)
  servers.reset()
  assert.equal(codeOf(await tee(verifierOf(['error', 'slow'], ['honest'], {}, { retries: 2, timeoutMs: 500 }))), 'TIMEOUT')
  assert.equal(asked('error').filter((url) => url === '/error/commit').length, 4)
})

test('a second server that is silent, or shows another block and then hangs, delays nothing for long', async () => {
  const patient = { timeoutMs: 10_000, totalMs: 30_000, retries: 1 }
  const timed = async (comet, evm) => {
    const start = performance.now()
    assert.equal(codeOf(await tee(verifierOf(comet, evm, {}, patient))), 'OK proven', `${comet} with ${evm}`)
    return performance.now() - start
  }
  assert.ok((await timed(['honest', 'slow'], ['honest'])) < 1900)
  assert.ok((await timed(['honest'], ['mutehint'])) < 4500)
  assert.ok((await timed(['honest', 'hanging'], ['honest'])) < 6000)
})

test('a fork under the same validators is shown by the other header alone', async () => {
  const verifier = verifierOf(['honest', 'headeronly'], ['honest'])
  assert.equal((await tee(verifier)).path, 'fork')
  assert.equal(verifier.forkEvidence.height, 200n)
})

test('one server of blocks beside many of words has the time that it needs', async () => {
  const many = Array(8).fill('honest')
  assert.equal(codeOf(await tee(verifierOf(['dripping'], many, {}, { timeoutMs: 1500, totalMs: 4000 }))), 'OK proven')
})

test('options take no limit away', async () => {
  for (const name of ['timeoutMs', 'totalMs', 'retries', 'backoffMs', 'maxBytes']) {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e12, '5', null]) {
      assert.throws(() => verifierOf(['honest'], ['honest'], {}, { [name]: value }), { code: 'CONFIG_INVALID' }, `${name}: ${value}`)
    }
    assert.equal(codeOf(await tee(verifierOf(['honest'], ['honest'], {}, { timeoutMs: undefined, [name]: undefined }))), 'OK proven', name)
  }
  const unlimited = { maxBytes: undefined, retries: undefined, backoffMs: 1 }
  assert.equal(codeOf(await tee(verifierOf(['oversized'], ['honest'], {}, unlimited))), 'RPC_UNAVAILABLE')
})

test('requests carry no credentials, follow no redirect and use no cache', async () => {
  const sent = []
  const spy = (url, init) => {
    sent.push(init)
    return fetch(url, init)
  }
  assert.equal(codeOf(await tee(verifierOf(['honest'], ['honest'], {}, { fetch: spy }))), 'OK proven')
  for (const init of sent) {
    assert.deepEqual([init.redirect, init.credentials, init.cache, init.referrerPolicy], ['error', 'omit', 'no-store', 'no-referrer'])
  }
})

test('an abort ends a pause between attempts, and the question for the height', { timeout: 8000 }, async () => {
  const aborted = async (comet, evm, more, options) => {
    const stop = new AbortController()
    const pending = tee(verifierOf(comet, evm, more, options), { signal: stop.signal })
    setTimeout(() => stop.abort(), 300)
    await assert.rejects(pending, { code: 'ABORTED' })
  }
  await aborted(['error'], ['error'], {}, { retries: 1, backoffMs: 30_000, totalMs: 60_000 })
  await aborted([], ['slow'], unproven, {})
})

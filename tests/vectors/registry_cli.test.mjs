// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay verify registry` as a user runs it (api.md "CLI"), over the synthetic chain: what it exits with and prints.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'

import { enginePath } from './engines/native.mjs'
import { keccak, plus, sha256, word } from './generate/lib/chain.mjs'
import { PCR, REGISTRY, T, TEE, hex, light, makeWorld } from './generate/lib/synthetic.mjs'

const CLI = join(dirname(enginePath(process.env.ASSAY_ENGINE)), '../../assay')
const AT = ['--at', String(T + 10)]
const base = keccak(TEE, word(7))
const FLAGS = plus(base, 6)
const SLOTS = [word(2), plus(base, 5), FLAGS, plus(base, 8), keccak(PCR, keccak(word(0), word(5)))].map(hex)

let folder
before(() => (folder = mkdtempSync(join(tmpdir(), 'assay-registry-'))))
after(() => rmSync(folder, { recursive: true, force: true }))

const file = (name, content) => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const run = (...args) => spawnSync(CLI, ['verify', 'registry', ...args], { encoding: 'utf8' })

/** The configuration is the policy file: the moment stands on the command line. */
function flow(world) {
  const { now: _, ...policy } = world.config
  return { policy, given: { query: { height: '199', tee_id: hex(TEE) }, evidence: { trusted: light(world.anchor), path: [light(world.tip)], proof: world.state.getProof(SLOTS) } } }
}
/** One verdict as --json prints it, and the status. */
function verdictOf({ policy, given }) {
  const { status, stdout } = run(file('given.json', given), '--policy', file('policy.json', policy), ...AT, '--json')
  return { status, ...JSON.parse(stdout) }
}

const picked = ({ status, code, category }) => [status, code, category]

test('a registered TEE is verified: status 0', () => {
  const { policy, given } = flow(makeWorld())
  const [path, policyPath] = [file('ok.json', given), file('policy.json', policy)]
  const text = run(path, '--policy', policyPath, ...AT)
  assert.equal(text.status, 0, text.stdout + text.stderr)
  assert.ok(text.stdout.startsWith(`${path}: verified (trust: proven)\n`), text.stdout)
  const json = run(path, '--policy', policyPath, ...AT, '--json')
  assert.deepEqual([json.status, json.stdout.trimEnd().split('\n').length], [0, 1])
  const { ok, trust, value } = JSON.parse(json.stdout)
  assert.deepEqual([ok, trust, value.teeId, value.enabled, value.height], [true, 'proven', hex(TEE), true, '199'])
})

test('what the chain says against the TEE is refused: status 1', () => {
  assert.deepEqual(picked(verdictOf(flow(makeWorld({ registry: { enabled: false } })))), [1, 'REGISTRY_TEE_DISABLED', 'policy'])
  const late = flow(makeWorld())
  const { status, stdout } = run(file('late.json', late.given), '--policy', file('policy.json', late.policy), '--at', String(T + 601), '--json')
  assert.deepEqual(picked({ status, ...JSON.parse(stdout) }), [1, 'CHAIN_STATE_TOO_OLD', 'policy'])
})
/** Length-delimited fields only, as CommitmentProof has at its two upper levels. */
function* fieldsOf(bytes) {
  const varint = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      value |= (bytes[at] & 0x7f) << shift
      if (bytes[at++] < 0x80) return value
    }
  }
  let at = 0
  while (at < bytes.length) {
    const [number, length] = [varint() >> 3, varint()]
    yield [number, bytes.subarray(at, (at += length))]
  }
}
const varintOf = (value) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varintOf(value >> 7)])
const field = (number, ...content) => {
  const bytes = Buffer.concat(content)
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varintOf(bytes.length)]), bytes])
}

test('a slot whose name is a forged leaf, shown as an inner node, is refused: status 1', () => {
  // The TEE is disabled. A leaf that says it is not was hashed, and a slot of that name written: its own leaf holds the hash.
  const [prefix, key, enabled] = [Buffer.from([0, 2, 10]), Buffer.concat([Buffer.from([2]), REGISTRY, FLAGS]), word(256)]
  const forgedLeaf = sha256(prefix, Buffer.from([key.length]), key, Buffer.from([32]), sha256(enabled))
  const world = makeWorld({ registry: { enabled: false }, words: [[forgedLeaf, word(1)]] })
  const { policy, given } = flow(world)
  const slot = given.evidence.proof.storageProof.find((each) => each.key === hex(FLAGS))
  const [genuine] = world.state.getProof([hex(forgedLeaf)]).storageProof[0].proof
  const [[, existence]] = fieldsOf(Buffer.from(genuine.slice(2), 'hex'))
  const [[, ownKey], , [, leaf], ...path] = fieldsOf(existence)
  assert.deepEqual(ownKey, Buffer.concat([Buffer.from([2]), REGISTRY, forgedLeaf]))
  // The real leaf's prefix up to the slot's name is the node's, what follows the name its suffix.
  const ownPrefix = [...fieldsOf(leaf.subarray(6))].find(([number]) => number === 5)[1]
  const step = [field(2, ownPrefix, Buffer.from([key.length]), Buffer.from([2]), REGISTRY), field(3, Buffer.from([32]), sha256(word(1)))]
  const forged = field(1, field(1, key), field(2, enabled), field(3, Buffer.from([8, 1, 24, 1, 32, 1]), field(5, prefix)), field(4, Buffer.from([8, 1]), ...step),
    ...path.map(([, each]) => field(4, each)))
  slot.value = '0x100'
  slot.proof[0] = hex(forged)
  assert.deepEqual(picked(verdictOf({ policy, given })), [1, 'ICS23_SPEC_MISMATCH', 'rejected'])
})

test('what is no evidence, no policy or no file: status 2', () => {
  const { policy, given } = flow(makeWorld())
  const text = JSON.stringify(given)
  const policyPath = file('policy.json', policy)
  const verdict = (content) => {
    const { status, stdout } = run(file('bad.json', content), '--policy', policyPath, ...AT, '--json')
    return { status, ...JSON.parse(stdout) }
  }
  assert.deepEqual(picked(verdict(text.slice(0, text.length / 2))), [2, 'EVIDENCE_MALFORMED', 'malformed'])
  assert.deepEqual(picked(verdict('')), [2, 'EVIDENCE_MALFORMED', 'malformed'])
  for (const name of ['query', 'evidence']) {
    const { path, ...rest } = verdict({ ...given, [name]: undefined })
    assert.deepEqual([picked(rest), path], [[2, 'EVIDENCE_MALFORMED', 'malformed'], name])
  }
  assert.deepEqual(picked(verdict({ ...given, query: { ...given.query, tee_id: '0x00' } })), [2, 'CONFIG_INVALID', 'usage'])
  assert.deepEqual(picked(verdictOf({ policy: { ...policy, trust: undefined }, given })), [2, 'CONFIG_INVALID', 'usage'])
  const path = file('good.json', given)
  for (const args of [[path], [path, '--policy', join(folder, 'none.json')], [path, '--policy', file('no.json', '{')], [path, '--policy', file('list.json', '[]')], ['--policy', policyPath], [join(folder, 'none.json'), '--policy', policyPath]]) {
    const { status, stdout } = run(...args)
    assert.equal(status, 2, args.join(' '))
    assert.ok(!stdout.includes('verified'))
  }
})

test('several files: the worst of them decides', () => {
  const [good, bad] = [flow(makeWorld()), flow(makeWorld({ registry: { enabled: false } }))]
  // One chain each: the second is refused under the first one's checkpoint already.
  const { status, stdout } = run(file('a.json', good.given), file('b.json', bad.given), '--policy', file('policy.json', good.policy), ...AT, '--json')
  const verdicts = stdout.trimEnd().split('\n').map((line) => JSON.parse(line))
  assert.deepEqual([status, verdicts.map(({ ok }) => ok)], [1, [true, false]])
})

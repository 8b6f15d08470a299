// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Chain state over a synthetic chain of the project's own generator: one world that holds, and every way of it that must
// not, each with its code. ASSAY_TARGET and ASSAY_ENGINE as in evidence.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { ATTESTED, REGISTERED_AT, openChain } from './chain_world.mjs'
import { encode as encodeAbi } from './generate/lib/abi.mjs'
import { certificateStorage, iavl, keccak, makeValidators, multistore, ohttpStorage, plus, sha256, word } from './generate/lib/chain.mjs'
import { PCR, REGISTRY, SPKI, T, TEE, hex, json, light, makeWorld } from './generate/lib/synthetic.mjs'

let engine
let slots
let wanted
let flow
before(async () => {
  ({ engine, slots, wanted, flow } = await openChain())
})
after(() => engine?.close())

const ask = ({ config, query, evidence }) => engine.call('verify_registry', [json(config), json(query), json(evidence)])
const codeOf = async (given) => {
  const verdict = await ask(given)
  return verdict.ok ? 'OK' : verdict.code
}
/** The code of the plain world after one change. */
async function changed(change, bend) {
  const given = flow(makeWorld(bend))
  change(given)
  return codeOf(given)
}

test('a world that holds is proven, with its facts and a state to go on from', async () => {
  const given = flow(makeWorld())
  const verdict = await ask(given)
  assert.equal(verdict.ok, true, JSON.stringify(verdict))
  assert.equal(verdict.trust, 'proven')
  assert.equal(verdict.value.pcrHash, hex(PCR))
  assert.equal(verdict.value.lastHeartbeatAt, String(T - 60))
  const { trust: _, ...config } = given.config
  const next = await ask({ ...given, config: { ...config, state: verdict.value.block.state }, evidence: { path: [], proof: given.evidence.proof } })
  assert.equal(next.trust, 'proven')
  assert.deepEqual(next.value, verdict.value)
})

test('configurations and queries that cannot be answered', async () => {
  const cases = [
    ({ config }) => delete config.trust,
    ({ config }) => (config.now = 1_772_000_000_000),
    ({ config }) => (config.misspelt = 1),
    ({ config }) => (config.trust.validators_hash = config.trust.header_hash),
    ({ config }) => (config.trust_level = { numerator: 1, denominator: 4 }),
    ({ config }) => (config.trusting_period_s = 0),
    ({ query }) => delete query.tee_id,
    ({ query }) => delete query.height,
    ({ config }) => delete config.registry,
  ]
  for (const change of cases) assert.equal(await changed(change), 'CONFIG_INVALID', String(change))
})

test('blocks', async () => {
  const tip = ({ evidence }) => evidence.path[0]
  const header = (given) => tip(given).signed_header.header
  const commit = (given) => tip(given).signed_header.commit
  const cases = {
    CHAIN_HEADER_MALFORMED: (given) => (header(given).height = 200),
    CHAIN_COMMIT_MALFORMED: (given) => commit(given).signatures.pop(),
    CHAIN_VALSET_MALFORMED: (given) => (tip(given).validators[0].voting_power = '0'),
    CHAIN_KEY_UNSUPPORTED: (given) => (tip(given).validators[0].pub_key.type = 'tendermint/PubKeySecp256k1'),
    CHAIN_LIMIT_EXCEEDED: ({ evidence }) => (evidence.path = Array.from({ length: 65 }, () => evidence.path[0])),
    CHAIN_ID_MISMATCH: (given) => (given.config.chain_id = '10741'),
    CHAIN_HEIGHT_MISMATCH: ({ query }) => (query.height = '198'),
    CHAIN_ANCHOR_MISMATCH: ({ config }) => (config.trust.header_hash = '00'.repeat(32)),
    CHAIN_COMMIT_BLOCK_MISMATCH: (given) => (header(given).app_hash = '11'.repeat(32)),
    CHAIN_VALSET_MISMATCH: (given) => (tip(given).validators[3].voting_power = '11'),
    CHAIN_SIGNATURE_INVALID: (given) => {
      const [first] = commit(given).signatures
      first.signature = Buffer.from(Buffer.from(first.signature, 'base64').map((byte, i) => (i === 3 ? byte ^ 1 : byte))).toString('base64')
    },
    CHAIN_HEADER_FROM_FUTURE: ({ config }) => (config.now = T - 10),
    CHAIN_TRUST_EXPIRED: ({ config }) => (config.now = T - 5000 + 1_209_600 + 1),
    CHAIN_STATE_TOO_OLD: ({ config }) => (config.now = T + 601),
  }
  for (const [code, change] of Object.entries(cases)) assert.equal(await changed(change), code, code)
  const few = { tip: { signers: (_, i) => i < 2 } }
  assert.equal(await changed(() => {}, few), 'CHAIN_COMMIT_INSUFFICIENT_POWER')
  assert.equal(await changed(() => {}, { tipValidators: makeValidators('strangers', 4) }), 'CHAIN_INSUFFICIENT_TRUST')
  assert.equal(await changed(() => {}, { tip: { time: { seconds: T - 5000, nanos: 5 } } }), 'CHAIN_TIME_NOT_MONOTONIC')
})

test('a batch with one bad signature among many is refused, wherever it stands', async () => {
  const world = makeWorld({ count: 70 })
  assert.equal(await codeOf(flow(world)), 'OK')
  for (const at of [0, 23, 46]) {
    const given = flow(world)
    const entry = given.evidence.path[0].signed_header.commit.signatures[at]
    const other = given.evidence.path[0].signed_header.commit.signatures[at + 1]
    entry.signature = other.signature
    assert.equal(await codeOf(given), 'CHAIN_SIGNATURE_INVALID', String(at))
  }
})

test('stored states: damaged, rolled back, forked', async () => {
  const world = makeWorld()
  const given = flow(world)
  const { state } = (await ask(given)).value.block
  const stored = (change) => codeOf({ ...given, config: { ...given.config, state, ...change }, evidence: { path: [], proof: given.evidence.proof } })
  assert.equal(await stored({}), 'OK')
  const bytes = Buffer.from(state, 'base64')
  for (const at of [0, 17, 18, 40, bytes.length - 1]) {
    const bent = Buffer.from(bytes)
    bent[at] ^= 1
    assert.equal(await stored({ state: bent.toString('base64') }), 'CHAIN_STATE_CORRUPT', String(at))
  }
  assert.equal(await stored({ state: bytes.subarray(1).toString('base64') }), 'CHAIN_STATE_CORRUPT')
  assert.equal(await stored({ state: `${state}AAAA` }), 'CHAIN_STATE_CORRUPT')
  assert.equal(await stored({ trust: { height: '201', header_hash: '00'.repeat(32) } }), 'CHAIN_HEIGHT_MISMATCH')
  assert.equal(await stored({ trust: { height: '200', header_hash: '00'.repeat(32) } }), 'CHAIN_ANCHOR_MISMATCH')
  const advance = await engine.call('advance_trusted_state', [json(given.config), json({ trusted: light(world.anchor), path: [light(world.tip)] })])
  assert.equal(advance.code, 'CONFIG_INVALID')
})

test('proofs of slots', async () => {
  const proof = ({ evidence }, i = 0) => evidence.proof.storageProof[i]
  assert.equal(await changed((given) => (proof(given).proof[0] += '00')), 'ICS23_PROOF_MALFORMED')
  assert.equal(await changed((given) => proof(given).proof.reverse()), 'ICS23_SPEC_MISMATCH')
  assert.equal(await changed((given) => (proof(given).value = '0x1')), 'ICS23_PROOF_INVALID')
  assert.equal(await changed((given) => (proof(given).proof = proof(given, 1).proof)), 'ICS23_PROOF_INVALID')
  assert.equal(await changed((given) => (proof(given).proof[1] = '')), 'REGISTRY_NOT_PROVEN')
  assert.equal(await changed(({ evidence }) => evidence.proof.storageProof.pop()), 'REGISTRY_NOT_PROVEN')
  assert.equal(await changed(({ evidence }) => (evidence.calldata = '0x')), 'REGISTRY_NOT_PROVEN')
})

test('pinned code of the contract, and of what a proxy calls', async () => {
  // EIP-1967's slot of the implementation.
  const slot = word((BigInt(hex(keccak(Buffer.from('eip1967.proxy.implementation')))) - 1n))
  const behind = { address: Buffer.alloc(20, 0x77), code: sha256('the implementation') }
  const bend = { code: sha256('the proxy'), behind, words: [[slot, word(BigInt(hex(behind.address)))]] }
  const pinned = { code_hash: hex(bend.code), implementation: { slot: hex(slot), address: hex(behind.address), code_hash: hex(behind.code) } }
  const verdict = async (change = () => {}, more = {}) => {
    const world = makeWorld({ ...bend, ...more })
    const given = flow(world)
    Object.assign(given.config.registry, structuredClone(pinned))
    const codeProof = (owner) => world.state.codeProofOf(owner).map(hex)
    Object.assign(given.evidence, { proof: world.state.getProof([...wanted, hex(slot)]), code_proof: codeProof(REGISTRY), implementation_proof: codeProof(behind.address) })
    change(given, codeProof)
    const { ok, code, path, trust } = await ask(given)
    return ok ? trust : [code, path]
  }
  assert.equal(await verdict(), 'proven')
  assert.equal(await verdict(({ config, evidence }) => void (delete config.registry.implementation, delete evidence.implementation_proof)), 'proven')
  const MISMATCH = 'REGISTRY_LAYOUT_MISMATCH'
  const [OWN, BEHIND] = ['registry.code_hash', 'registry.implementation']
  assert.deepEqual(await verdict(({ config }) => (config.registry.code_hash = hex(sha256('x')))), [MISMATCH, OWN])
  assert.deepEqual(await verdict(({ evidence }) => delete evidence.code_proof), ['REGISTRY_NOT_PROVEN', OWN])
  assert.deepEqual(await verdict((given, proof) => (given.evidence.code_proof = proof(behind.address))), ['ICS23_PROOF_INVALID', OWN])
  assert.deepEqual(await verdict(({ config }) => (config.registry.implementation.code_hash = hex(sha256('x')))), [MISMATCH, BEHIND])
  assert.deepEqual(await verdict(({ config }) => (config.registry.implementation.address = hex(Buffer.alloc(20, 0x78)))), [MISMATCH, BEHIND])
  assert.deepEqual(await verdict(() => {}, { words: [[slot, word(0x77)]] }), [MISMATCH, BEHIND])
  // Upgraded: the slot names another contract, whatever proof of the old one's code is shown.
  assert.deepEqual(await verdict(() => {}, { words: [[slot, word(BigInt(hex(Buffer.alloc(20, 0x79))))]] }), [MISMATCH, BEHIND])
  // Above an address's 20 bytes nothing may stand.
  assert.deepEqual(await verdict(() => {}, { words: [[slot, word((1n << 160n) | BigInt(hex(behind.address)))]] }), [MISMATCH, BEHIND])
  assert.deepEqual(await verdict(() => {}, { words: [] }), [MISMATCH, BEHIND]) // the slot was never written
  assert.deepEqual(await verdict(({ evidence }) => evidence.proof.storageProof.pop()), ['REGISTRY_NOT_PROVEN', BEHIND])
  assert.deepEqual(await verdict(({ evidence }) => delete evidence.implementation_proof), ['REGISTRY_NOT_PROVEN', BEHIND])
  assert.deepEqual(await verdict((given, proof) => (given.evidence.implementation_proof = proof(REGISTRY))), ['ICS23_PROOF_INVALID', BEHIND])
  const invalid = ['CONFIG_INVALID', BEHIND]
  for (const name of ['slot', 'address', 'code_hash']) assert.deepEqual(await verdict(({ config }) => delete config.registry.implementation[name]), invalid, name)
  assert.deepEqual(await verdict(({ config }) => (config.registry.implementation.extra = 1)), invalid)
  assert.deepEqual(await verdict(({ config }) => (config.registry.implementation = 'proxy')), invalid)
  // A proxy whose own code nobody pinned says nothing of what it calls.
  assert.deepEqual(await verdict(({ config }) => delete config.registry.code_hash), invalid)
})

test('the slot whose name is a forged inner node', async () => {
  // Another contract's slot is the hash of a forged leaf: its own leaf, taken apart elsewhere, would be an inner node.
  const key = Buffer.concat([Buffer.from([2]), REGISTRY, word(2)])
  const forgedLeaf = sha256(Buffer.from([0, 2, 10]), Buffer.from([key.length]), key, Buffer.from([32]), sha256(word(9)))
  const attacker = Buffer.concat([Buffer.from([2]), Buffer.alloc(20, 9), forgedLeaf])
  const tree = iavl([[attacker, word(1)]])
  const one = (number, content) => Buffer.concat([Buffer.from([(number << 3) | 2, content.length]), content])
  const leaf = one(3, Buffer.concat([Buffer.from([8, 1, 24, 1, 32, 1]), one(5, Buffer.from([0, 2, 10]))]))
  const step = one(4, Buffer.concat([Buffer.from([8, 1]), one(2, Buffer.concat([Buffer.from([0, 2, 10, attacker.length]), attacker.subarray(0, 21)])), one(3, Buffer.concat([Buffer.from([32]), sha256(word(1))]))]))
  const body = Buffer.concat([one(1, key), one(2, word(9)), leaf, step])
  const forged = Buffer.concat([Buffer.from([10, 0x80 | (body.length & 0x7f), body.length >> 7]), body])
  const text = (word) => new TextEncoder().encode(word)
  const verdict = await engine.call('verify_ics23', [text('iavl'), text('present'), tree.root, key, word(9), forged])
  assert.equal(verdict.code, 'ICS23_SPEC_MISMATCH')
  const genuine = await engine.call('verify_ics23', [text('iavl'), text('present'), tree.root, attacker, word(1), tree.proof(attacker)])
  assert.equal(genuine.ok, true)
})

test('absence between neighbours, at either end, and not beside a key that is there', async () => {
  const pairs = Array.from({ length: 9 }, (_, i) => [Buffer.from([10 * (i + 1)]), Buffer.from([i + 1])])
  const tree = iavl(pairs)
  const stores = multistore({ evm: tree.root, bank: sha256('bank') })
  const text = (word) => new TextEncoder().encode(word)
  const absent = (key, proofOf = key) => engine.call('verify_store_proof', [text('evm'), text('absent'), stores.root, Buffer.from([key]), new Uint8Array(0), tree.proof(Buffer.from([proofOf])), stores.proof('evm')])
  for (const key of [5, 15, 55, 95]) assert.equal((await absent(key)).ok, true, String(key))
  for (const [key, proofOf] of [[20, 15], [35, 15], [20, 20]]) assert.equal((await absent(key, proofOf)).code, 'ICS23_PROOF_INVALID', String(key))
})

test('what the registry says', async () => {
  const registry = (bend) => changed(() => {}, { registry: bend })
  assert.equal(await registry({ enabled: false }), 'REGISTRY_TEE_DISABLED')
  assert.equal(await registry({ approved: false }), 'REGISTRY_PCR_NOT_APPROVED')
  assert.equal(await registry({ heartbeat: T - 1801 }), 'REGISTRY_HEARTBEAT_STALE')
  assert.equal(await registry({ heartbeat: T + 1 }), 'REGISTRY_SLOT_MALFORMED')
  assert.equal(await changed(() => {}, { without: (slot) => slot.equals(word(2)) }), 'REGISTRY_LAYOUT_MISMATCH')
  const base = keccak(TEE, word(7))
  assert.equal(await changed(() => {}, { without: (slot) => slot.equals(plus(base, 5)) }), 'REGISTRY_TEE_UNKNOWN')
  assert.equal(await changed(({ query }) => (query.allowed_pcr_hashes = [hex(sha256('other'))])), 'REGISTRY_PCR_NOT_ALLOWED')
  assert.equal(await changed(({ query }) => (query.spki_der = hex(Buffer.from('another')))), 'REGISTRY_KEY_MISMATCH')
  assert.equal(await changed(({ query }) => (query.spki_der = hex(SPKI))), 'OK')
  assert.equal(await changed(({ config }) => (config.accept = ['quorum'])), 'TRUST_INSUFFICIENT')
})

test('the time of the registration is read where it is asked for', async () => {
  const asked = (bend) => {
    const world = makeWorld({ registry: bend })
    const given = flow(world)
    given.query.registered_at = true
    given.evidence.proof = world.state.getProof([...wanted, slots.registeredAt])
    return ask(given)
  }
  assert.equal((await asked({ registeredAt: T - 9000 })).value.registeredAt, String(T - 9000))
  assert.equal((await asked({ registeredAt: T + 1 })).code, 'REGISTRY_SLOT_MALFORMED')
  assert.equal((await asked({ registeredAt: 0 })).code, 'REGISTRY_SLOT_MALFORMED')
})

test('the configuration for confidential chat and the certificate are read from their slots', async () => {
  const [publicKey, keyConfig, certificate] = [sha256('ohttp key'), Buffer.concat([sha256('config'), Buffer.alloc(9, 5)]), Buffer.concat([sha256('certificate'), sha256('rest'), Buffer.from([1])])]
  const stored = { teeId: TEE, publicKey, keyConfig, registeredAt: T - 500 }
  const ask = async ({ ohttp = {}, without = () => false, leave = () => false, registry = {} } = {}) => {
    const words = [...ohttpStorage({ ...stored, ...ohttp }), ...certificateStorage({ teeId: TEE, certificate })]
    const world = makeWorld({ words, without })
    const given = flow(world)
    Object.assign(given.query, { ohttp: true, tls_certificate: true })
    Object.assign(given.config.registry, registry)
    given.evidence.proof = world.state.getProof([...wanted, ...words.map(([slot]) => hex(slot)).filter((slot) => !leave(slot))])
    return engine.call('verify_registry', [json(given.config), json(given.query), json(given.evidence)])
  }
  const codeOf = async (given) => (await ask(given)).code ?? 'OK'
  const good = await ask()
  assert.equal(good.ok, true, JSON.stringify(good))
  assert.deepEqual(good.value.ohttp, {
    keyId: 7, kemId: 0x20, kdfId: 1, aeadId: 3, publicKey: publicKey.toString('hex'), keyConfig: keyConfig.toString('hex'), registeredAt: String(T - 500),
  })
  assert.equal(good.value.tlsCertificate, certificate.toString('hex'))
  // A short string stands in its own word.
  assert.equal((await ask({ ohttp: { keyConfig: Buffer.from([1, 2, 3]) } })).value.ohttp.keyConfig, '010203')
  const at = (offset) => plus(keccak(TEE, word(7)), offset)
  assert.equal(await codeOf({ ohttp: { padding: 1n } }), 'REGISTRY_SLOT_MALFORMED')
  assert.equal(await codeOf({ ohttp: { registeredAt: 1n << 64n } }), 'REGISTRY_SLOT_MALFORMED')
  for (const slot of [at(9), at(10), at(11), at(12), keccak(at(10)), plus(keccak(at(11)), 1), keccak(at(4))]) assert.equal(await codeOf({ leave: (each) => each === hex(slot) }), 'REGISTRY_NOT_PROVEN', hex(slot))
  // A string that was never written is empty.
  assert.equal((await ask({ without: (slot) => slot.equals(at(11)) })).value.ohttp.keyConfig, '')
  // Where another layout is configured, the words there are no such member.
  assert.equal(await codeOf({ registry: { fields: { ohttp_config: 8 } } }), 'REGISTRY_SLOT_MALFORMED')
})

test('answers without proof', async () => {
  const answer = { tee_id: hex(TEE), height: '199', block_hash: hex(sha256('block')), enabled: true, tee_type: 0, pcr_hash: hex(PCR), pcr_approved: true, last_heartbeat_at: String(T - 60), heartbeat_max_age: '1800' }
  const vote = (name, change = {}) => ({ provider: `https://${name}.example`, operator: name, answer: change && { ...answer, ...change } })
  const quorum = (answers, config = {}) => ask({ config: { chain_id: '10740', now: T + 10, quorum: { needed: 2, of: 3 }, accept: ['quorum', 'unproven'], ...config }, query: { height: '199', tee_id: hex(TEE) }, evidence: { answers, state_time_s: T } })
  const good = await quorum([vote('a'), vote('b'), vote('c', null)])
  assert.deepEqual([good.ok, good.trust, good.value.agree, good.value.of], [true, 'quorum', 2, 3])
  assert.equal((await quorum([vote('a'), vote('b')], { accept: undefined })).code, 'TRUST_INSUFFICIENT')
  assert.equal((await quorum([vote('a'), vote('b'), vote('c', { enabled: false })])).code, 'QUORUM_DISAGREES')
  assert.equal((await quorum([vote('a'), vote('a')])).code, 'QUORUM_TOO_FEW')
  assert.equal((await quorum([vote('a'), vote('b')], { quorum: { needed: 1, of: 3 } })).code, 'QUORUM_CONFIG_INVALID')
  assert.equal((await quorum([vote('a', { tee_id: hex(PCR) }), vote('b', { tee_id: hex(PCR) })])).code, 'REGISTRY_NOT_PROVEN')
  assert.equal((await quorum([vote('a')], { quorum: undefined })).trust, 'unproven')
})

test('a registration is verified again, up to the root that the configuration names', async () => {
  const selector = keccak(Buffer.from('registerTEEWithAttestation(bytes,bytes,bytes,address,string,uint8)')).subarray(0, 4)
  const made = ({ key = SPKI, tls = ATTESTED.tls, document = ATTESTED.document(key), type = 1 } = {}) =>
    hex(Buffer.concat([selector, encodeAbi([document, key, tls, BigInt(hex(REGISTRY)), 'https://tee.example', type])]))
  const judge = ({ calldata = made(), config = {}, query = {} } = {}) => ask({
    config: { chain_id: '10740', now: T, accept: ['calldata'], root: ATTESTED.root, ...config },
    query: { tee_id: hex(TEE), allowed_pcr_hashes: [hex(ATTESTED.pcrHash)], ...query }, evidence: { calldata },
  })
  const code = async (given) => (await judge(given)).code ?? 'OK'
  const good = await judge()
  assert.equal(good.ok, true, JSON.stringify(good))
  assert.equal(good.trust, 'calldata')
  assert.deepEqual(good.value, {
    teeId: hex(TEE), teeType: 1, pcrHash: hex(ATTESTED.pcrHash), attestedAt: String(REGISTERED_AT - 5), signingKey: SPKI.toString('hex'), tlsCertificate: ATTESTED.tls.toString('hex'),
    endpoint: 'https://tee.example',
  })
  assert.equal(await code({ config: { root: undefined } }), 'NITRO_CHAIN_UNTRUSTED')
  assert.equal(await code({ config: { root: { name: 'x' } } }), 'CONFIG_INVALID')
  assert.equal(await code({ config: { accept: undefined } }), 'TRUST_INSUFFICIENT')
  assert.equal(await code({ query: { allowed_pcr_hashes: undefined } }), 'CONFIG_INVALID')
  assert.equal(await code({ query: { allowed_pcr_hashes: [hex(PCR)] } }), 'REGISTRY_PCR_NOT_ALLOWED')
  assert.equal(await code({ calldata: made({ key: Buffer.from('another key') }) }), 'REGISTRY_KEY_MISMATCH')
  assert.equal(await code({ calldata: made({ document: ATTESTED.document(Buffer.from('another key')) }) }), 'NITRO_USER_DATA_MISMATCH')
  assert.equal(await code({ calldata: made({ tls: Buffer.from('another certificate') }) }), 'NITRO_USER_DATA_MISMATCH')
  const bent = ATTESTED.document(SPKI)
  bent[bent.length - 1] ^= 1
  assert.equal(await code({ calldata: made({ document: bent }) }), 'NITRO_SIGNATURE_INVALID')
  for (const calldata of [`${made()}00`, made().slice(0, -2), made({ type: 256 }), made().replace('0x15', '0x16')]) assert.equal(await code({ calldata }), 'CALLDATA_MALFORMED')
})

test('registrations', async () => {
  const verdict = await ask({ config: { chain_id: '10740', now: T, accept: ['calldata'] }, query: { tee_id: hex(TEE), allowed_pcr_hashes: [hex(PCR)] }, evidence: { calldata: '0x15c9bdb4' } })
  assert.equal(verdict.code, 'CALLDATA_MALFORMED')
})

test('transactions and their results', async () => {
  const tx = Buffer.from('tx')
  const leaf = (data) => sha256(Buffer.from([0]), data)
  const judge = (result, execution, tamper = {}) => engine.call('verify_tx_result', [json({
    index: 0, total: 1, tx: tx.toString('hex'), data_hash: leaf(sha256(tx)).toString('hex'), tx_aunts: [], result: result.toString('hex'), last_results_hash: leaf(result).toString('hex'), result_aunts: [], execution, ...tamper,
  })])
  const response = (vmError, type = '/cosmos.evm.vm.v1.MsgEthereumTxResponse') => {
    const message = vmError ? Buffer.from([0x22, 1, 0x78]) : Buffer.from([0x0a, 1, 0x61])
    const any = Buffer.concat([Buffer.from([0x0a, type.length]), Buffer.from(type), Buffer.from([0x12, message.length]), message])
    const data = Buffer.concat([Buffer.from([0x12, any.length]), any])
    return Buffer.concat([Buffer.from([0x12, data.length]), data])
  }
  assert.equal((await judge(response(false), 'evm')).ok, true)
  assert.equal((await judge(response(true), 'evm')).code, 'TX_NOT_SUCCESSFUL')
  assert.equal((await judge(response(true), 'any')).ok, true)
  // The response of another message says nothing of the EVM.
  assert.equal((await judge(response(false, '/cosmos.bank.v1beta1.MsgSendResponse'), 'evm')).code, 'TX_NOT_SUCCESSFUL')
  assert.equal((await judge(response(false, ''), 'evm')).code, 'TX_NOT_SUCCESSFUL')
  assert.equal((await judge(Buffer.from([8, 1]), 'any')).code, 'TX_NOT_SUCCESSFUL')
  assert.equal((await judge(response(false), 'evm', { index: 1, total: 2 })).code, 'TX_PROOF_INVALID')
})

test('tries and block headers', async () => {
  const leafNode = (key, value) => Buffer.concat([Buffer.from([0xc0 + 1 + 33 + 1 + value.length, 0xa1, 0x20]), key, Buffer.from([0x80 + value.length]), value])
  const key = keccak(Buffer.from('k'))
  const node = leafNode(key, Buffer.from('value'))
  const trie = (change) => engine.call('verify_trie_proof', [json({ root: hex(keccak(node)), key: hex(key), proof: [hex(node)], ...change })])
  assert.equal((await trie({})).value, hex(Buffer.from('value')))
  assert.equal((await trie({ key: hex(sha256('other')) })).value, null)
  assert.equal((await trie({ proof: [hex(node), hex(node)] })).code, 'MPT_PROOF_INVALID')
  const bent = Buffer.concat([node, Buffer.from([0])])
  assert.equal((await trie({ root: hex(keccak(bent)), proof: [hex(bent)] })).code, 'MPT_PROOF_MALFORMED')

  // Block 0 of Ethereum's mainnet (chain-state.md §10).
  const zeros = (size) => Buffer.alloc(size)
  const item = (content) => (content.length === 1 && content[0] < 0x80 ? content : content.length < 56 ? Buffer.concat([Buffer.from([0x80 + content.length]), content]) : Buffer.concat([Buffer.from([0xb9, content.length >> 8, content.length & 255]), content]))
  const from = (text) => Buffer.from(text, 'hex')
  const EMPTY_ROOT = '56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'
  const STATE = 'd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544'
  const fields = [
    zeros(32), from('1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'), zeros(20), from(STATE), from(EMPTY_ROOT), from(EMPTY_ROOT), zeros(256),
    from('0400000000'), zeros(0), from('1388'), zeros(0), zeros(0), from('11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa'), zeros(32), from('0000000000000042'),
  ]
  const header = (list) => {
    const payload = Buffer.concat(list.map(item))
    return Buffer.concat([Buffer.from([0xf9, payload.length >> 8, payload.length & 255]), payload])
  }
  const genesis = header(fields)
  assert.equal(hex(keccak(genesis)), '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3')
  const absent = { address: hex(zeros(20)), nonce: '0x0', balance: '0x0', storageHash: `0x${EMPTY_ROOT}`, codeHash: hex(keccak(zeros(0))), accountProof: [], storageProof: [] }
  const under = (rlp, more = {}) => engine.call('verify_mpt_proof', [json({ block_hash: hex(keccak(rlp)), header_rlp: hex(rlp), ...more }), json(absent)])
  const empty = header(fields.map((field, i) => (i === 3 ? from(EMPTY_ROOT) : field)))
  assert.deepEqual([(await under(empty, { source: 'quorum' })).ok, (await under(empty, { source: 'quorum' })).trust], [true, 'quorum'])
  assert.equal((await under(genesis)).code, 'MPT_PROOF_INVALID')
  assert.equal((await under(empty, { height: 1 })).code, 'MPT_PROOF_INVALID')
  assert.equal((await under(header(fields.slice(0, 14)))).code, 'MPT_PROOF_MALFORMED')
  assert.equal((await under(header([...fields, zeros(1), ...Array.from({ length: 6 }, () => zeros(32))]))).code, 'MPT_HEADER_UNSUPPORTED')
})

test('a checkpoint that nothing follows has its own validators', async () => {
  const world = makeWorld()
  const given = flow(world)
  given.config.trust = { height: '200', header_hash: world.tip.hash }
  given.evidence = { trusted: light(world.tip), path: [], proof: given.evidence.proof }
  assert.equal(await codeOf(given), 'OK')
  given.evidence.trusted.validators = light(makeWorld({ count: 3 }).tip).validators
  assert.equal(await codeOf(given), 'CHAIN_VALSET_MISMATCH')
})

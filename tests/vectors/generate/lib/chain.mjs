// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A synthetic chain of CometBFT with an og-evm registry in its state (chain-state.md §2 to §7), for tests: headers,
// commits, validator sets, and ICS23 proofs as nodes answer with. Encodings are written here anew, from the specification;
// keys come from a seed and control nothing.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'

import { keccak256 } from './keccak.mjs'

const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const keccak = (...parts) => Buffer.from(keccak256(Buffer.concat(parts)))
const byte = (...values) => Buffer.from(values)
export const word = (value) => Buffer.from(BigInt(value).toString(16).padStart(64, '0'), 'hex')
export const plus = (slot, offset) => word(BigInt(`0x${slot.toString('hex')}`) + BigInt(offset))

function varint(value) {
  let rest = BigInt.asUintN(64, BigInt(value))
  const out = []
  for (; rest >= 0x80n; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...out, Number(rest)])
}
const field = (number, content) => Buffer.concat([varint((number << 3) | 2), varint(content.length), content])
const bytesField = (number, content) => (content.length ? field(number, content) : byte())
const numberField = (number, value) => (BigInt(value) ? Buffer.concat([varint(number << 3), varint(value)]) : byte())
const fixedField = (number, value) => {
  if (!BigInt(value)) return byte()
  const out = Buffer.alloc(9)
  out[0] = (number << 3) | 1
  out.writeBigInt64LE(BigInt(value), 1)
  return out
}

const merkle = (leaves) => {
  if (leaves.length === 1) return sha256(byte(0), leaves[0])
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(byte(1), merkle(leaves.slice(0, split)), merkle(leaves.slice(split)))
}

/** Moments are {seconds, nanos}. */
const timeText = ({ seconds, nanos }) => new Date(seconds * 1000).toISOString().replace(/\.000Z$/, nanos ? `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}Z` : 'Z')
const timestamp = ({ seconds, nanos }) => Buffer.concat([numberField(1, seconds), numberField(2, nanos)])
const blockId = ({ hash, parts }) => Buffer.concat([bytesField(1, Buffer.from(hash, 'hex')), field(2, Buffer.concat([numberField(1, parts.total), bytesField(2, Buffer.from(parts.hash, 'hex'))]))])

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
export function makeValidators(seed, count, power = 10) {
  return Array.from({ length: count }, (_, i) => {
    const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, sha256(`${seed}/${i}`)]), format: 'der', type: 'pkcs8' })
    const key = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
    return { privateKey, key, power, address: sha256(key).subarray(0, 20) }
  })
}
const validatorsHash = (set) => merkle(set.map(({ key, power }) => Buffer.concat([field(1, bytesField(1, key)), numberField(2, power)])))
const validatorsJson = (set) =>
  set.map(({ key, power, address }) => ({
    address: address.toString('hex').toUpperCase(), pub_key: { type: 'tendermint/PubKeyEd25519', value: key.toString('base64') }, voting_power: String(power), proposer_priority: '0',
  }))

/** An immutable AVL tree over sorted [key, value] pairs; proofs lead from leaf to root. */
export function iavl(pairs, version = 5) {
  const zigzag = (value) => varint(BigInt(value) << 1n)
  const head = (node) => Buffer.concat([zigzag(node.height), zigzag(node.size), zigzag(version)])
  const build = (list) => {
    if (list.length === 1) {
      const [key, value] = list[0]
      const leaf = { height: 0, size: 1, key, value, first: key }
      return Object.assign(leaf, { hash: sha256(head(leaf), varint(key.length), key, varint(32), sha256(value)) })
    }
    const [left, right] = [build(list.slice(0, Math.ceil(list.length / 2))), build(list.slice(Math.ceil(list.length / 2)))]
    const node = { height: Math.max(left.height, right.height) + 1, size: left.size + right.size, left, right, first: left.first }
    return Object.assign(node, { hash: sha256(head(node), byte(32), left.hash, byte(32), right.hash) })
  }
  const sorted = [...pairs].sort(([a], [b]) => Buffer.compare(a, b))
  const root = build(sorted)
  const existence = (key) => {
    const steps = []
    let node = root
    while (node.height > 0) {
      const goRight = Buffer.compare(key, node.right.first) >= 0
      steps.unshift(goRight ? { prefix: Buffer.concat([head(node), byte(32), node.left.hash, byte(32)]), suffix: byte() } : { prefix: Buffer.concat([head(node), byte(32)]), suffix: Buffer.concat([byte(32), node.right.hash]) })
      node = goRight ? node.right : node.left
    }
    if (Buffer.compare(node.key, key) !== 0) return undefined
    return existenceProof(node.key, node.value, head(node), steps)
  }
  const proof = (key) => {
    const found = existence(key)
    if (found) return field(1, found)
    const below = sorted.filter(([each]) => Buffer.compare(each, key) < 0).at(-1)
    const above = sorted.find(([each]) => Buffer.compare(each, key) > 0)
    return field(2, Buffer.concat([bytesField(1, key), below ? field(2, existence(below[0])) : byte(), above ? field(3, existence(above[0])) : byte()]))
  }
  return { root: root.hash, proof }
}

/** A proof of one key in a tree of many levels, as large stores have them: the neighbours are hashes of nothing. */
export function deepIavl(key, value, levels, version = 5) {
  const zigzag = (number) => varint(BigInt(number) << 1n)
  const head = (height) => Buffer.concat([zigzag(height), zigzag(2 ** height), zigzag(version)])
  let root = sha256(head(0), varint(key.length), key, varint(32), sha256(value))
  const steps = Array.from({ length: levels }, (_, i) => {
    const beside = sha256(`beside ${i}`)
    const step = i % 2 ? { prefix: Buffer.concat([head(i + 1), byte(32), beside, byte(32)]), suffix: byte() } : { prefix: Buffer.concat([head(i + 1), byte(32)]), suffix: Buffer.concat([byte(32), beside]) }
    root = sha256(step.prefix, root, step.suffix)
    return step
  })
  return { root, proof: field(1, existenceProof(key, value, head(0), steps)) }
}

function existenceProof(key, value, prefix, steps) {
  const leaf = Buffer.concat([numberField(1, 1), numberField(3, 1), numberField(4, 1), bytesField(5, prefix)])
  const path = steps.map((step) => field(4, Buffer.concat([numberField(1, 1), bytesField(2, step.prefix), bytesField(3, step.suffix)])))
  return Buffer.concat([bytesField(1, key), bytesField(2, value), field(3, leaf), ...path])
}

/** The multistore over store roots by name. */
export function multistore(stores) {
  const names = Object.keys(stores).sort()
  const leaf = (name) => sha256(byte(0), varint(name.length), name, varint(32), sha256(stores[name]))
  const tree = (list) => {
    if (list.length === 1) return leaf(list[0])
    let split = 1
    while (split * 2 < list.length) split *= 2
    return sha256(byte(1), tree(list.slice(0, split)), tree(list.slice(split)))
  }
  const steps = (list, name) => {
    if (list.length === 1) return []
    let split = 1
    while (split * 2 < list.length) split *= 2
    const [left, right] = [list.slice(0, split), list.slice(split)]
    return left.includes(name)
      ? [...steps(left, name), { prefix: byte(1), suffix: tree(right) }]
      : [...steps(right, name), { prefix: Buffer.concat([byte(1), tree(left)]), suffix: byte() }]
  }
  return { root: tree(names), proof: (name) => field(1, existenceProof(Buffer.from(name), stores[name], byte(0), steps(names, name))) }
}

/** One TEE's words in the contract's storage (§7.2). */
export function registryStorage({ teeId, pcrHash, teeType = 0, enabled = true, approved = true, heartbeat, maxAge = 1800, registeredAt = 1 }) {
  const base = keccak(teeId, word(7))
  const record = keccak(pcrHash, keccak(word(teeType), word(5)))
  return [
    [word(2), word(maxAge)], [plus(base, 5), pcrHash], [plus(base, 6), word((enabled ? 256 : 0) + teeType)], [plus(base, 7), word(registeredAt)],
    [plus(base, 8), word(heartbeat)], [record, word(approved ? teeType * 256 + 1 : 0)],
  ]
}

/** A byte string in storage (§7.2). */
const storedBytes = (slot, bytes) =>
  bytes.length < 32
    ? [[slot, Buffer.concat([bytes, Buffer.alloc(31 - bytes.length), byte(2 * bytes.length)])]]
    : [[slot, word(2 * bytes.length + 1)], ...Array.from({ length: Math.ceil(bytes.length / 32) }, (_, i) => [plus(keccak(slot), i), Buffer.concat([bytes.subarray(32 * i, 32 * i + 32), Buffer.alloc(32)]).subarray(0, 32)])]

/** The member of a newer contract for confidential chat, and the certificate. */
export function ohttpStorage({ teeId, keyId = 7, kem = 0x20, kdf = 1, aead = 3, publicKey, keyConfig, registeredAt = 1, padding = 0n }) {
  const at = (offset) => plus(keccak(teeId, word(7)), offset)
  const ids = (((BigInt(aead) << 16n) | BigInt(kdf)) << 24n) | (BigInt(kem) << 8n) | BigInt(keyId)
  return [[at(9), word((padding << 56n) | ids)], ...storedBytes(at(10), publicKey), ...storedBytes(at(11), keyConfig), [at(12), word(registeredAt)]]
}
export const certificateStorage = ({ teeId, certificate }) => storedBytes(plus(keccak(teeId, word(7)), 4), certificate)

/**
 * A chain of blocks at given heights. Block `height` carries the state after the one before it.
 * @param blocks [{height, time: {seconds, nanos}, validators, next?, appHash, signers?}]
 */
export function makeBlock({ chainId, height, time, validators, next = validators, appHash, signers = () => true, dataHash = sha256('') }) {
  const upper = (bytes) => Buffer.from(bytes).toString('hex').toUpperCase()
  const filler = (name) => sha256(`${chainId}/${height}/${name}`)
  const header = {
    version: { block: '11', app: '1' }, chain_id: chainId, height: String(height), time: timeText(time),
    last_block_id: { hash: upper(filler('last')), parts: { total: 1, hash: upper(filler('parts')) } },
    last_commit_hash: upper(filler('commit')), data_hash: upper(dataHash), validators_hash: upper(validatorsHash(validators)), next_validators_hash: upper(validatorsHash(next)),
    consensus_hash: upper(filler('consensus')), app_hash: upper(appHash), last_results_hash: upper(sha256('')), evidence_hash: upper(sha256('')), proposer_address: upper(validators[0].address),
  }
  const wrapped = (text) => bytesField(1, Buffer.from(text, 'hex'))
  const hash = merkle([
    Buffer.concat([numberField(1, 11), numberField(2, 1)]), bytesField(1, Buffer.from(chainId)), numberField(1, height), timestamp(time), blockId(header.last_block_id),
    ...[header.last_commit_hash, header.data_hash, header.validators_hash, header.next_validators_hash, header.consensus_hash, header.app_hash, header.last_results_hash, header.evidence_hash, header.proposer_address].map(wrapped),
  ])
  const id = { hash: upper(hash), parts: { total: 1, hash: upper(filler('own parts')) } }
  const signatures = validators.map((validator, i) => {
    if (!signers(validator, i)) return { block_id_flag: 1, validator_address: '', timestamp: '0001-01-01T00:00:00Z', signature: null }
    const voted = { seconds: time.seconds + 1, nanos: i + 1 }
    const vote = Buffer.concat([numberField(1, 2), fixedField(2, height), field(4, blockId(id)), field(5, timestamp(voted)), bytesField(6, Buffer.from(chainId))])
    return {
      block_id_flag: 2, validator_address: upper(validator.address), timestamp: timeText(voted),
      signature: sign(null, Buffer.concat([varint(vote.length), vote]), validator.privateKey).toString('base64'),
    }
  })
  return { hash: upper(hash), signed_header: { header, commit: { height: String(height), round: 0, block_id: id, signatures } }, validators: validatorsJson(validators) }
}

/**
 * The state of the store `evm` with one contract's words, and eth_getProof over it; with `code`, the hash of the contract's code too,
 * with `behind` {address, code} that of another contract.
 */
export function makeState(address, words, code, behind) {
  const tree = iavl([
    ...words.map(([slot, value]) => [Buffer.concat([byte(2), address, slot]), value]),
    // Neighbours on both sides, so that absence has two.
    [Buffer.concat([byte(2), Buffer.alloc(20, 0), word(0)]), word(1)], [Buffer.concat([byte(3), address]), word(2)],
    ...(code ? [[Buffer.concat([byte(4), address]), code]] : []),
    ...(behind ? [[Buffer.concat([byte(4), behind.address]), behind.code]] : []),
  ])
  const stores = multistore({ acc: sha256('acc'), bank: sha256('bank'), evm: tree.root, gov: sha256('gov'), mint: sha256('mint') })
  const hex = (bytes) => `0x${bytes.toString('hex')}`
  const valueOf = (slot) => words.find(([each]) => each.equals(slot))?.[1] ?? word(0)
  const getProof = (slots) => ({
    address: hex(address), accountProof: [], balance: '0x0', codeHash: hex(sha256('code')), nonce: '0x1', storageHash: hex(word(0)),
    storageProof: slots.map((text) => {
      const slot = word(BigInt(text))
      return { key: hex(slot), value: `0x${BigInt(hex(valueOf(slot))).toString(16)}`, proof: [hex(tree.proof(Buffer.concat([byte(2), address, slot]))), hex(stores.proof('evm'))] }
    }),
  })
  const codeProofOf = (owner) => [tree.proof(Buffer.concat([byte(4), owner])), stores.proof('evm')]
  return { appHash: stores.root, getProof, codeProof: codeProofOf(address), codeProofOf, valueOf: (text) => hex(valueOf(word(BigInt(text)))) }
}
export { keccak, sha256 }

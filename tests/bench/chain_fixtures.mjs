// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence of chains for the cases, as deep and as wide as that of real ones.
import { sign } from 'node:crypto'

import { deepIavl, keccak, makeBlock, makeValidators, multistore, sha256, word } from '../vectors/generate/lib/chain.mjs'
import { seeded } from '../vectors/generate/lib/seed.mjs'
import { deepProof, integer, rlp } from '../vectors/generate/lib/trie.mjs'

const bytes = (value) => new Uint8Array(value)
const hex = (value) => `0x${Buffer.from(value).toString('hex')}`

/** A block of 150 validators after its anchor, of which 101 signatures count, and as many votes on their own. */
function commit() {
  const validators = makeValidators('bench', 150)
  const [anchor, next] = [1, 2].map((height) => makeBlock({ chainId: 'bench', height, validators, time: { seconds: 1_772_000_000 + height, nanos: 1 }, appHash: sha256('app') }))
  const config = { chainId: 'bench', trust: { height: 1, headerHash: anchor.hash }, now: 1_772_000_010 }
  const votes = validators.slice(0, 101).map(({ privateKey, key }, i) => {
    const message = seeded(`bench vote ${i}`, 112)
    return { key: bytes(key), message: bytes(message), signature: bytes(sign(null, message, privateKey)) }
  })
  return { config, evidence: JSON.stringify({ trusted: anchor, path: [next] }), votes }
}


/** A slot of the EVM's store, 22 levels down as among some million, and that store among twenty. */
function ics23() {
  const key = Buffer.concat([Buffer.from([2]), Buffer.alloc(20, 0x42), sha256('slot')])
  const value = seeded('bench word', 32)
  const tree = deepIavl(key, value, 22)
  const stores = multistore({ evm: tree.root, ...Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`store${i}`, sha256(`store ${i}`)])) })
  return { root: bytes(stores.root), storeRoot: bytes(tree.root), key: bytes(key), value: bytes(value), proofs: [bytes(tree.proof), bytes(stores.proof('evm'))] }
}

/** An account below eight branches and one slot below five, the depths of Ethereum's state and of a large contract; the answer as a node's text. */
function mpt() {
  const address = seeded('bench account', 20)
  const slot = word(7)
  const value = seeded('bench value', 32)
  const storage = deepProof(keccak(slot), rlp(value), 5, 'bench storage')
  const codeHash = seeded('bench code', 32)
  const account = rlp([integer(5), integer(10n ** 18n), storage.root, codeHash])
  const state = deepProof(keccak(address), account, 8, 'bench state')
  const answer = {
    address: hex(address), nonce: '0x5', balance: `0x${(10n ** 18n).toString(16)}`, storageHash: hex(storage.root), codeHash: hex(codeHash), accountProof: state.nodes.map(hex),
    storageProof: [{ key: hex(slot), value: hex(value), proof: storage.nodes.map(hex) }],
  }
  return { stateRoot: hex(state.root), answer: JSON.stringify(answer) }
}

export const chainFixtures = () => ({ commit: commit(), ics23: ics23(), mpt: mpt() })

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proofs of chain state beside the npm packages that read the same ones. Every contender's answer is compared, for a good
// and a bent proof, before anything is timed.
import { async, sync } from '../measure.mjs'
import { fromHex, hex, same } from './primitives.mjs'

const bent = (bytes, at) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

/** A block of 150 validators, from its JSON; beside it as many bare Ed25519 verifications as signatures count. */
async function commit150({ assay, peers, versions, fixtures }) {
  const { config, evidence, votes } = fixtures.commit
  const ours = () => assay.verifyHeader({ config, evidence })
  const keys = await Promise.all(votes.map(({ key }) => crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify'])))
  const webcrypto = async () => (await Promise.all(votes.map(({ message, signature }, i) => crypto.subtle.verify('Ed25519', keys[i], signature, message)))).every(Boolean)
  const sodium = await peers.openSodium()
  const libsodium = () => votes.every(({ key, message, signature }) => sodium.crypto_sign_verify_detached(signature, message, key))
  same('commit-150', { assay: String(ours().ok), 'libsodium-wrappers': String(libsodium()), webcrypto: String(await webcrypto()) })
  return {
    work: 'commit-150',
    contenders: [sync('assay', '', ours), sync('libsodium-wrappers', versions['libsodium-wrappers'], libsodium), async('webcrypto', 'platform', webcrypto)],
  }
}

/** A value in a store and the store in the multistore, as `eth_getProof` of the chain and `abci_query` prove a slot. */
function ics23Pair({ assay, peers, versions, fixtures }) {
  const { root, storeRoot, key, value, proofs } = fixtures.ics23
  const name = new TextEncoder().encode('evm')
  const { ics23, iavlSpec, tendermintSpec, verifyMembership } = peers.confio
  const ours = (given) => assay.verifyStoreProof({ store: 'evm', root, key, value, proofs: given }).ok
  const theirs = ([store, multistore]) =>
    verifyMembership(ics23.CommitmentProof.decode(multistore), tendermintSpec, root, name, storeRoot) && verifyMembership(ics23.CommitmentProof.decode(store), iavlSpec, storeRoot, key, value)
  for (const given of [proofs, [bent(proofs[0], 40), proofs[1]], [proofs[0], bent(proofs[1], 30)]]) same('ics23-pair', { assay: String(ours(given)), '@confio/ics23': String(theirs(given)) })
  return { work: 'ics23-pair', contenders: [sync('assay', '', () => ours(proofs)), sync('@confio/ics23', versions['@confio/ics23'], () => theirs(proofs))] }
}

/** An account and one of its slots, from the text that eth_getProof answers with. */
async function mptAccount({ assay, peers, versions, fixtures }) {
  const { stateRoot, answer } = fixtures.mpt
  const { RLP, verifyMerkleProof } = peers.ethereumjs
  const ours = (text) => {
    const verdict = assay.verifyMptProof({ anchor: { stateRoot }, proof: text })
    return verdict.ok ? String(verdict.value.storage[0].value) : 'refused'
  }
  const raw = (text) => fromHex(text.slice(2))
  const walk = (key, nodes, root) => verifyMerkleProof(raw(key), nodes.map(raw), { root, useKeyHashing: true })
  const theirs = async (text) => {
    try {
      const { address, nonce, balance, storageHash, codeHash, accountProof, storageProof } = JSON.parse(text)
      const account = RLP.decode(await walk(address, accountProof, raw(stateRoot)))
      if (account.map(hex).join() !== [`0${nonce.slice(2)}`, `0${balance.slice(2)}`, storageHash.slice(2), codeHash.slice(2)].join()) return 'refused'
      return String(BigInt(`0x${hex(RLP.decode(await walk(storageProof[0].key, storageProof[0].proof, account[2])))}`))
    } catch {
      return 'refused'
    }
  }
  const wrong = (index) => {
    const changed = JSON.parse(answer)
    changed.accountProof[index] = changed.accountProof[index].replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))
    return JSON.stringify(changed)
  }
  for (const text of [answer, wrong(0), wrong(8)]) same('mpt-account', { assay: ours(text), '@ethereumjs/mpt': await theirs(text) })
  return { work: 'mpt-account', contenders: [sync('assay', '', () => ours(answer)), async('@ethereumjs/mpt', versions['@ethereumjs/mpt'], () => theirs(answer))] }
}

export const cases = { 'commit-150': commit150, 'ics23-pair': ics23Pair, 'mpt-account': mptAccount }

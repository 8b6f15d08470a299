// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `merkle` (receipt.md §11): one settlement tree a file. Its proofs, its bad proofs, and the root
// rebuilt from all leaves. The files hold no codes; a value that is no uint256 is ABI_INVALID, every other bad entry
// MERKLE_PROOF_INVALID.
import { BadFile, hex, need, readJson } from '../files.mjs'
import { compare } from './compare.mjs'

const text = (value) => new TextEncoder().encode(JSON.stringify(value))
const TYPES = ['bytes32', 'bytes32', 'bytes32', 'bytes', 'uint256']

function leafOf(value, where) {
  if (!Array.isArray(value) || value.length !== TYPES.length) throw new BadFile(`${where}: not a leaf`)
  const [teeId, inputHash, outputHash, signature, timestamp] = value
  return { teeId, inputHash, outputHash, signature, timestamp: String(timestamp) }
}

const verify = (engine, root, leaf, proof) =>
  engine.call('verify_settlement', [text({ root, leaf, proof }), new Uint8Array(0), text({})])

/** One proof alone, and once more as a multiproof of one leaf. */
function goodCase(id, root, leaf, entry) {
  return {
    id,
    run: async (engine) => {
      const values = (value) => [['leaf hash', entry.leaf_hash, value.leaves[0].leafHash], ['root', root, value.root]]
      const alone = compare(await verify(engine, root, leaf, entry.proof), { ok: true }, values)
      if (alone) return alone
      const evidence = { root, leaves: [leaf], proof: entry.proof, flags: entry.proof.map(() => false) }
      return compare(await engine.call('verify_settlement', [text(evidence), new Uint8Array(0), text({})]), { ok: true }, values)
    },
  }
}

function badCase(id, entry, where) {
  const leaf = leafOf(entry.value, where)
  const number = /^\d+$/.test(leaf.timestamp) && BigInt(leaf.timestamp) < 1n << 256n
  const words = [leaf.teeId, leaf.inputHash, leaf.outputHash, entry.root, ...entry.proof]
  const typed = number && words.every((word) => /^0x[0-9a-fA-F]{64}$/.test(word)) && /^0x([0-9a-fA-F]{2})*$/.test(leaf.signature)
  const expect = { ok: false, code: typed ? 'MERKLE_PROOF_INVALID' : 'ABI_INVALID' }
  return { id, run: async (engine) => compare(await verify(engine, entry.root, leaf, entry.proof), expect) }
}

function rootCase(tree) {
  return {
    id: 'root',
    run: async (engine) => {
      let hashes = tree.leaf_hashes
      if (hashes === undefined) {
        hashes = []
        for (const value of tree.values) {
          const verdict = await engine.call('hash_settlement_leaf', [text(leafOf(value, tree.name))])
          if (!verdict.ok) return { expected: 'OK', got: verdict.code }
          hashes.push(verdict.value)
        }
      }
      const bytes = Buffer.concat(hashes.map((hash) => hex(hash, tree.name)))
      const verdict = await engine.call('settlement_root', [new Uint8Array(bytes)])
      return compare(verdict, { ok: true }, (value) => [['root', tree.root, value]])
    },
  }
}

export const name = 'merkle'

export function load(folder, file) {
  if (!file.endsWith('.json')) return null
  const tree = need(readJson(folder, file), ['types', 'root', 'proofs', 'bad'], file)
  if (JSON.stringify(tree.types) !== JSON.stringify(TYPES)) throw new BadFile(`${file}: other types`)
  const valueAt = (index) => tree.values_at?.[index] ?? tree.values?.[index]
  return [
    ...tree.proofs.map((entry, i) => {
      need(entry, ['index', 'leaf_hash', 'proof'], `${file}, proof ${i}`)
      return goodCase(`proof/${i}`, tree.root, leafOf(valueAt(entry.index), `${file}, proof ${i}`), entry)
    }),
    ...tree.bad.map((entry, i) => badCase(`bad/${i}`, need(entry, ['value', 'proof', 'root'], `${file}, bad ${i}`), `${file}, bad ${i}`)),
    rootCase(tree),
  ]
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Inputs of cases/zk.mjs. Proofs of snarkjs's systems are made here; EZKL's are all bundles of the shared collection
// that its engine accepts, and there are none where that is absent.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { R, be32, g1, g2 } from '../js/support/bn254_maker.mjs'
import { makeFflonk, makeGroth16, makePlonk } from '../js/support/snark_maker.mjs'

const EZKL = fileURLToPath(new URL('../../../shared/vectors/ezkl/', import.meta.url))

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

function pairing() {
  const [p, q] = [g1(R - 123456789n), g2(987654321n)]
  const input = Buffer.concat([...p, ...q.flatMap(([c0, c1]) => [c1, c0])].map(be32))
  return { input: new Uint8Array(input), p: p.map(String), q: q.flat().map(String) }
}

function snark() {
  const publics = [29n, 31n]
  const made = { groth16: makeGroth16({ publics }), plonk: makePlonk({ publics }), fflonk: makeFflonk({ publics }) }
  const pinned = (files) => ({ ...files, pin: sha256(files.vk) })
  const all = Object.fromEntries(Object.entries(made).map(([system, files]) => [system, pinned(files)]))
  // More keys than the module keeps the points of.
  all.groth16.others = [101n, 201n, 301n, 401n].map((beta) => pinned(makeGroth16({ publics, beta, gamma: beta + 1n, delta: beta + 2n })))
  return all
}

function ezkl() {
  if (!existsSync(EZKL)) return {}
  const read = (path) => new Uint8Array(readFileSync(EZKL + path))
  const { entries } = JSON.parse(readFileSync(`${EZKL}index.json`, 'utf8'))
  return Object.fromEntries(
    entries.filter(({ engine21, expect }) => engine21 === 'accepts' && expect === 'OK').map((entry) => {
      const [key, settings, proof, given] = [entry.vk, entry.settings, entry.proof, entry.srs].map(read)
      const srs = entry.srs === 'kzg1.srs' ? {} : { srs: given } // kzg1.srs has the built-in points
      const pin = { key: sha256(key), settings: sha256(settings), ...(srs.srs ? { srs: sha256(given) } : {}) }
      return [entry.id, { key, settings, proof, ...srs, pin }]
    }),
  )
}

export const zkFixtures = () => ({
  pairing: pairing(), snark: snark(), ezkl: ezkl(),
  ...(existsSync(EZKL) ? { publicSrs: new Uint8Array(readFileSync(`${EZKL}kzg1.srs`)) } : {}),
})

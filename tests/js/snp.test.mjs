// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// SEV-SNP reports from JavaScript: what the façade makes of the certificates. The rest is in tests/vectors/snp.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { dist } from './support/package.mjs'

const verify = await import(dist('verify/index.js'))

const FOLDER = new URL('../vectors/snp/', import.meta.url)
const bytes = (name) => new Uint8Array(readFileSync(new URL(name, FOLDER)))
const { ark_sha256: arkSha256, reports } = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8'))
const [milan] = reports
const certificates = { vek: bytes('milan_vek.der'), chain: bytes('milan_chain.pem') }
const input = (more) => ({ report: bytes(milan.file), certificates: { ...certificates, ...more }, now: milan.cases[0].now })
const policy = { arkSha256, measurements: [milan.measurement] }

test('a revocation list of no bytes is malformed, not the lack of one', async () => {
  const revocation = ({ checks }) => JSON.stringify(checks).match(/"name":"revocation of the endorsement key","status":"([a-z-]+)"/)?.[1]
  for (const more of [{}, { crls: [] }]) {
    const verdict = await verify.verifySnpReport({ ...input(more), policy })
    assert.ok(verdict.ok, verdict.code)
    assert.equal(revocation(verdict), 'not-covered')
  }
  for (const crls of [[new Uint8Array()], [new Uint8Array(), new Uint8Array()]]) {
    assert.equal((await verify.verifySnpReport({ ...input({ crls }), policy })).code, 'SNP_MALFORMED')
    assert.equal((await verify.authenticateSnpReport({ ...input({ crls }), arkSha256 })).code, 'SNP_MALFORMED')
  }
})

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The primitives of confidential chat among Wycheproof's files (receipt.md §12.1), named
// `algorithm type` of file and group.
import { hex, need } from '../files.mjs'
import { compare } from './compare.mjs'

const text = (value) => new TextEncoder().encode(value)

/** `acceptable`: an all-zero secret is refused, the rest (twist, non-canonical, edge values) is computed. */
function x25519(group, where) {
  return group.tests.map((test) => {
    need(test, ['tcId', 'public', 'private', 'shared', 'result'], where)
    const ok = test.result === 'valid' || (test.result === 'acceptable' && !/^(00)*$/.test(test.shared))
    return {
      id: test.tcId,
      run: async (engine) =>
        compare(await engine.call('x25519', [hex(test.private, where), hex(test.public, where)]), { ok }, (value) => [['shared', test.shared, value]]),
    }
  })
}

function hkdf(group, where) {
  return group.tests.map((test) => {
    need(test, ['tcId', 'ikm', 'salt', 'info', 'size', 'okm', 'result'], where)
    const fields = [...[test.ikm, test.salt, test.info].map((value) => hex(value, where)), new Uint8Array([test.size >> 8, test.size])]
    return {
      id: test.tcId,
      run: async (engine) =>
        compare(await engine.call('hkdf_sha256', fields), { ok: test.result === 'valid' }, (value) => [['okm', test.okm, value]]),
    }
  })
}

function aead(group, where) {
  return group.tests.map((test) => {
    need(test, ['tcId', 'key', 'iv', 'aad', 'msg', 'ct', 'tag', 'result'], where)
    const [key, nonce, aad, plaintext, sealed] = [test.key, test.iv, test.aad, test.msg, test.ct + test.tag].map((value) => hex(value, where))
    const expect = { ok: test.result === 'valid' }
    return {
      id: test.tcId,
      run: async (engine) => {
        const opened = compare(await engine.call('chacha20_poly1305', [text('open'), key, nonce, aad, sealed]), expect, (value) => [['msg', test.msg, value]])
        if (opened || !expect.ok) return opened
        return compare(await engine.call('chacha20_poly1305', [text('seal'), key, nonce, aad, plaintext]), expect, (value) => [['ct and tag', test.ct + test.tag, value]])
      },
    }
  })
}

export const PRIMITIVES = {
  'XDH XdhComp curve25519': x25519,
  'HKDF-SHA-256 HkdfTest': hkdf,
  'CHACHA20-POLY1305 AeadTest': aead,
}

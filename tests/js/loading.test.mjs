// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where the module comes from and how its digest is enforced.
import assert from 'node:assert/strict'
import { readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'

import { sha256 } from '../../js-bindings/scripts/files.mjs'
import { PACKAGE, copyWithModule, dist, wasmBytes } from './support/package.mjs'
import { honest } from './support/samples.mjs'

const verify = await import(dist('verify/index.js'))
const { VERSION, WASM_SHA256, SOURCE_COMMIT } = await import(dist('index.js'))
const { LoadError, UsageError } = await import(dist('errors/index.js'))

const changed = () => {
  const bytes = wasmBytes()
  bytes[bytes.length - 1] ^= 1
  return bytes
}

test('the name tag tells version, commit and digests', () => {
  assert.equal(VERSION, JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version)
  assert.match(SOURCE_COMMIT, /^([0-9a-f]{40}(-dirty)?|unknown)$/)
  const sums = readFileSync(join(PACKAGE, 'SHA256SUMS'), 'utf8')
  for (const [name, digest] of Object.entries(WASM_SHA256)) {
    assert.equal(sha256(wasmBytes(name)), digest, name)
    assert.ok(sums.includes(`${digest}  dist/wasm/${name}\n`), name)
  }
})

test('importing reads nothing and touches no global', () => {
  const { exports } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  const entries = Object.values(exports).flatMap((entry) => (entry.default ? [entry.default.replace('./dist/', '')] : []))
  for (const name of ['verify/inline', 'zk/index', 'ort/index', 'preprocess/index', 'web/index']) assert.ok(entries.includes(`${name}.js`), name)
  const script = `
    const touched = []
    for (const name of ['fetch', 'document', 'window', 'self', 'Worker', 'location'])
      Object.defineProperty(globalThis, name, { configurable: true, get: () => { touched.push(name); return undefined } })
    for (const name of ['compile', 'instantiate', 'validate']) WebAssembly[name] = () => { touched.push(name) }
    process.getBuiltinModule = () => { touched.push('getBuiltinModule') }
    for (const file of ${JSON.stringify(entries)}) await import(${JSON.stringify(new URL('.', dist('index.js')).href)} + file)
    if (touched.length) { console.log(touched); process.exit(1) }`
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' })
})

test('all sources of the module work and are checked', async () => {
  const bytes = wasmBytes()
  const sources = {
    bytes: () => bytes,
    buffer: () => bytes.slice().buffer,
    response: () => new Response(bytes, { headers: { 'content-type': 'application/wasm' } }),
    url: () => new URL(dist('wasm/verify.wasm')),
    text: () => dist('wasm/verify.wasm'),
    module: () => new WebAssembly.Module(bytes),
  }
  for (const [name, wasm] of Object.entries(sources)) {
    const verifier = await verify.loadVerifier({ wasm: wasm() })
    assert.equal(verifier.verifyReceipt(honest()).ok, true, name)
  }
  for (const wasm of [changed(), changed().buffer, new Response(changed()), bytes.subarray(1), new Uint8Array(0)]) {
    await assert.rejects(verify.loadVerifier({ wasm }), (error) => error instanceof LoadError && error.code === 'WASM_DIGEST_MISMATCH')
  }
})

test('a module that is compiled while it arrives is checked before it runs', async (t) => {
  const whole = wasmBytes()
  const noModule = new Uint8Array([1, 2, 3])
  const replies = {
    '/whole': (reply) => reply.end(whole),
    '/parts': (reply) => {
      reply.write(whole.subarray(0, 1000))
      setTimeout(() => reply.end(whole.subarray(1000)), 20)
    },
    '/octets': (reply) => reply.setHeader('content-type', 'application/octet-stream').end(whole),
    '/changed': (reply) => reply.end(changed()),
    '/longer': (reply) => reply.end(Buffer.concat([whole, Uint8Array.of(0)])),
    '/none': (reply) => reply.end(),
    '/nothing': (reply) => reply.end(noModule),
    '/cut': (reply) => {
      reply.setHeader('content-length', whole.length).write(whole.subarray(0, 1000))
      setTimeout(() => reply.destroy(), 20)
    },
  }
  const server = createServer((request, reply) => replies[request.url](reply.setHeader('content-type', 'application/wasm')))
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  const streamed = t.mock.method(WebAssembly, 'compileStreaming').mock
  const loaded = (path, more = {}) => verify.loadVerifier({ wasm: `http://127.0.0.1:${server.address().port}${path}`, ...more })
  for (const path of ['/whole', '/parts']) assert.equal((await loaded(path)).verifyReceipt(honest()).ok, true, path)
  assert.equal(streamed.callCount(), 2)
  assert.equal((await loaded('/octets')).verifyReceipt(honest()).ok, true)
  assert.equal(streamed.callCount(), 2, 'engines refuse to stream what is called something else')
  for (const path of ['/changed', '/longer', '/none', '/nothing']) await assert.rejects(loaded(path), { code: 'WASM_DIGEST_MISMATCH' }, path)
  await assert.rejects(loaded('/whole', { digest: '0'.repeat(64) }), { code: 'WASM_DIGEST_MISMATCH' })
  await assert.rejects(loaded('/nothing', { digest: sha256(noModule) }), { code: 'WASM_UNAVAILABLE' })
  await assert.rejects(loaded('/cut'), { code: 'WASM_UNAVAILABLE' })
})

test('a digest of the caller replaces that of the release', async () => {
  const bytes = wasmBytes()
  const digest = WASM_SHA256['verify.wasm']
  assert.ok(await verify.loadVerifier({ wasm: bytes, digest }))
  assert.ok(await verify.loadVerifier({ wasm: bytes, digest: `sha256:${digest.toUpperCase()}` }))
  await assert.rejects(verify.loadVerifier({ wasm: bytes, digest: '0'.repeat(64) }), { code: 'WASM_DIGEST_MISMATCH' })
  const other = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])
  const otherDigest = sha256(other)
  await assert.rejects(verify.loadVerifier({ wasm: other, digest: otherDigest }), { code: 'WASM_UNAVAILABLE' })
  const noModule = new Uint8Array([1, 2, 3])
  await assert.rejects(verify.loadVerifier({ wasm: noModule, digest: sha256(noModule) }), { code: 'WASM_UNAVAILABLE' })
  for (const bad of ['', 'x', 5, null, `${digest}0`]) await assert.rejects(verify.loadVerifier({ wasm: bytes, digest: bad }), { code: 'ARGUMENT_INVALID' })
  await assert.rejects(verify.loadVerifier({ digest }), (error) => error instanceof UsageError)
  await assert.rejects(verify.loadVerifier({ wasm: new WebAssembly.Module(bytes), digest }), { code: 'ARGUMENT_INVALID' })
})

test('what is no source is refused, what is not there is unavailable', async () => {
  for (const wasm of [5, {}, [], true, 'no address', new Float32Array(4)]) await assert.rejects(verify.loadVerifier({ wasm }), { code: 'ARGUMENT_INVALID' })
  await assert.rejects(verify.loadVerifier({ wasm: new URL('./missing.wasm', dist('index.js')) }), { code: 'WASM_UNAVAILABLE', name: 'LoadError' })
  await assert.rejects(verify.loadVerifier({ wasm: new Response('', { status: 404 }) }), { code: 'WASM_UNAVAILABLE' })
  const error = await verify.loadVerifier({ wasm: 'http://user:secret@127.0.0.1:9/x.wasm?token=1' }).catch((thrown) => thrown)
  assert.equal(error.code, 'WASM_UNAVAILABLE')
  assert.doesNotMatch(error.message, /secret|token/)
})

test('bytes changed while they load do not change what is compiled', async () => {
  const bytes = wasmBytes()
  const loading = verify.loadVerifier({ wasm: bytes })
  bytes.fill(0)
  assert.equal((await loading).verifyReceipt(honest()).ok, true)
})

test('a failed load is tried again, a successful one is shared', async (t) => {
  const { url, folder } = copyWithModule(t, wasmBytes())
  const copy = await import(url('verify/index.js'))
  const file = join(folder, 'wasm/verify.wasm')
  renameSync(file, `${file}.away`)
  await assert.rejects(copy.verifyReceipt(honest()), { code: 'WASM_UNAVAILABLE' })
  await assert.rejects(copy.isValidReceipt(honest()), { code: 'WASM_UNAVAILABLE' })
  renameSync(`${file}.away`, file)
  assert.equal((await copy.verifyReceipt(honest())).ok, true)
  rmSync(file)
  assert.equal((await copy.verifyReceipt(honest())).ok, true)
})

test('without crypto.subtle the digest is still enforced and the verdict is the same', () => {
  const script = `
    Object.defineProperty(globalThis, 'crypto', { value: undefined })
    const verify = await import(${JSON.stringify(dist('verify/index.js'))})
    const { honest } = await import(${JSON.stringify(new URL('./support/samples.mjs', import.meta.url).href)})
    const { readFileSync } = await import('node:fs')
    const bytes = new Uint8Array(readFileSync(new URL(${JSON.stringify(dist('wasm/verify.wasm'))})))
    bytes[9] ^= 1
    const code = await verify.loadVerifier({ wasm: bytes }).then(() => 'loaded', (error) => error.code)
    const verdict = await verify.verifyReceipt(honest())
    const demanded = await verify.verifyReceipt({ ...honest(), platform: 'webcrypto' }).then(() => 'answered', (error) => error.code)
    console.log(JSON.stringify([code, verdict.ok, demanded]))`
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.deepEqual(JSON.parse(out), ['WASM_DIGEST_MISMATCH', true, 'ARGUMENT_INVALID'])
})

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The worker host: the same verdicts and outputs through a worker, transfer, abort, loss. The worker is a thread of Node
// here; the browsers' own workers are tested in tests/browser.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { dist } from './support/package.mjs'
import { modelBytes, references } from './support/models.mjs'
import { startWorker } from './support/node_worker.mjs'
import { genuineNitro, honest, honestNitro, inputOf, samples } from './support/samples.mjs'

const { createWorkerHost } = await import(dist('web/index.js'))
const verify = await import(dist('verify/index.js'))
const { Tensor } = await import(dist('infer/index.js'))
const { InternalError, UsageError } = await import(dist('errors/index.js'))

const [reference] = references
const feeds = (index = 0) => ({ [reference.input.name]: new Tensor('float32', Float32Array.from(reference.cases[index].input), reference.input.dims) })

let worker
let host
before(() => {
  worker = startWorker(dist('web/worker.js'))
  host = createWorkerHost({ worker })
})
after(() => host.dispose())

test('verdicts are those of the page', async () => {
  for (const sample of samples) assert.deepEqual(await host.verifyReceipt(inputOf(sample)), await verify.verifyReceipt(inputOf(sample)), sample.id)
  assert.deepEqual(await host.verifyNitroAttestation(honestNitro()), await verify.verifyNitroAttestation(honestNitro()))
  assert.deepEqual(await host.authenticateNitro(genuineNitro()), await verify.authenticateNitro(genuineNitro()))
  const bytes = new Uint8Array(100).fill(7)
  assert.deepEqual(await host.keccak256(bytes), await verify.keccak256(bytes))
  assert.deepEqual(await host.sha256(bytes), await verify.sha256(bytes))
  const recover = { hash: `0x${'11'.repeat(32)}`, signature: `0x${'22'.repeat(64)}1b` }
  assert.deepEqual(await host.recoverAddress(recover), await verify.recoverAddress(recover))
  assert.deepEqual(await host.recoverAddress({ ...recover, hash: '0x' }), await verify.recoverAddress({ ...recover, hash: '0x' }))
})

test('errors cross as what they are', async () => {
  const error = await host.verifyReceipt({ ...honest(), policy: {} }).catch((thrown) => thrown)
  assert.ok(error instanceof UsageError)
  assert.equal(error.code, 'NITRO_PCR_POLICY_EMPTY')
  await assert.rejects(host.verifyReceipt({ ...honest(), request: 5 }), { code: 'ARGUMENT_INVALID' })
  assert.equal((await host.verifyReceipt({ ...honest(), request: new Uint8Array(17 * 2 ** 20) })).code, 'INPUT_LIMIT')
  await assert.rejects(host.loadModel(new Uint8Array([1, 2, 3])), { code: 'ONNX_MALFORMED', name: 'ModelError' })
})

test('inputs are copied and the copies transferred', async () => {
  const input = honest()
  const { document } = input.attestation
  const promise = host.verifyReceipt(input)
  assert.ok(document.byteLength > 0, "the caller's bytes stay his")
  document.fill(0)
  assert.equal((await promise).ok, true)
  const { message, transfer } = worker.messages.at(-1)
  assert.ok(transfer.length >= 5)
  for (const buffer of transfer) assert.equal(buffer.byteLength, 0, 'transferred away')
  assert.equal(message.kind, 'verify')
})

test('models', async () => {
  const progress = []
  const model = await host.loadModel(modelBytes(reference.model), { variant: 'simd' })
  const fromBlob = await host.loadModel(new Blob([modelBytes(reference.model)]), { onProgress: (loaded) => progress.push(loaded) })
  assert.equal(fromBlob.digest, model.digest)
  assert.ok(progress.length > 0)
  const results = await Promise.all(reference.cases.map((_, index) => model.run(feeds(index))))
  results.forEach((result, index) => {
    const { data, dims, type } = result[reference.output.name]
    assert.equal(type, 'float32')
    assert.equal(dims[0], 1)
    reference.cases[index].output.forEach((value, i) => assert.ok(Math.abs(data[i] - value) < 1e-4))
  })
  await assert.rejects(model.run({}), { code: 'ONNX_INPUT_NAME' })
  await assert.rejects(model.run({ nothing: new Float32Array(1) }), { code: 'ONNX_INPUT_NAME' })
  model.dispose()
  model.dispose()
  await assert.rejects(model.run(feeds()), { code: 'ONNX_DISPOSED' })
  assert.ok((await fromBlob.run(feeds()))[reference.output.name])
})

test('abort rejects at once', async () => {
  await assert.rejects(host.verifyReceipt(honest(), { signal: AbortSignal.abort() }), { code: 'ABORTED' })
  const abort = new AbortController()
  const call = host.verifyReceipt(honest(), { signal: abort.signal })
  const stuck = host.loadModel(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(5)) }), { signal: abort.signal })
  abort.abort()
  await assert.rejects(call, { code: 'ABORTED', name: 'UsageError' })
  await assert.rejects(stuck, { code: 'ABORTED' })
  assert.equal((await host.verifyReceipt(honest())).ok, true)
})

test('a lost worker ends the calls in flight with WORKER_LOST', async () => {
  const dying = startWorker(dist('web/worker.js'))
  const own = createWorkerHost({ worker: dying })
  const model = await own.loadModel(modelBytes(reference.model))
  dying.crash()
  const call = own.verifyReceipt(honest())
  await assert.rejects(call, (error) => error instanceof InternalError && error.code === 'WORKER_LOST')
  await assert.rejects(own.verifyReceipt(honest()), { code: 'WORKER_LOST' })
  await assert.rejects(model.run(feeds()), { code: 'WORKER_LOST' })
  own.dispose()
})

test('dispose ends the worker', async () => {
  const own = createWorkerHost({ worker: startWorker(dist('web/worker.js')) })
  const call = own.verifyReceipt(honest())
  own.dispose()
  await assert.rejects(call, { code: 'WORKER_LOST' })
  await assert.rejects(own.verifyReceipt(honest()), { code: 'WORKER_LOST' })
})

test('where no worker can be started, one must be handed in', async () => {
  assert.equal(typeof globalThis.Worker, 'undefined')
  await assert.rejects(createWorkerHost().sha256(new Uint8Array(1)), (error) => error instanceof UsageError && error.path === 'worker')
})

test('what is no signal is refused', async () => {
  const model = await host.loadModel(modelBytes(reference.model), { variant: 'simd' })
  await assert.rejects(model.run(feeds(), { signal: {} }), { code: 'ARGUMENT_INVALID', path: 'signal' })
})

test('a feed that throws while it is read is refused, and the model runs on', async () => {
  const model = await host.loadModel(modelBytes(reference.model), { variant: 'simd' })
  const name = reference.input.name
  const throwing = { type: 'float32', dims: reference.input.dims, get data() { throw new Error('no') } }
  await assert.rejects(model.run({ [name]: throwing }), { code: 'ARGUMENT_INVALID', path: name })
  await assert.rejects(model.run({ [name]: [throwing] }), { code: 'ARGUMENT_INVALID', path: name })
  assert.ok((await model.run(feeds()))[reference.output.name])
})

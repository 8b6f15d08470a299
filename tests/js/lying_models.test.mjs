// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Models, modules and feeds whose bytes change while they are read, or are not what they seem. api.md "JavaScript values that lie".
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { modelBytes, references } from './support/models.mjs'
import { startWorker } from './support/node_worker.mjs'
import { dist, wasmBytes } from './support/package.mjs'

const { Tensor, loadModel } = await import(dist('infer/index.js'))
const { loadVerifier } = await import(dist('verify/index.js'))
const { loadZkVerifier } = await import(dist('zk/index.js'))
const { createWorkerHost } = await import(dist('web/index.js'))

const [reference] = references
const tensor = (data) => ({ [reference.input.name]: new Tensor('float32', data, reference.input.dims) })
const elements = () => Float32Array.from(reference.cases[0].input)
const bytes = () => new Uint8Array(modelBytes(reference.model))

let host
before(() => (host = createWorkerHost({ worker: startWorker(dist('web/worker.js')) })))
after(() => host.dispose())

const usage = { code: 'ARGUMENT_INVALID', name: 'UsageError' }
const detach = (buffer) => structuredClone(null, { transfer: [buffer] })

/** The same bytes in memory that is not the caller's alone, or no longer there. */
function liars(honest) {
  const make = (buffer, Kind = Uint8Array) => {
    new Kind(buffer).set(honest)
    return buffer
  }
  const { byteLength } = honest
  const resizable = () => make(new ArrayBuffer(byteLength, { maxByteLength: 2 * byteLength }))
  const gone = honest.slice()
  const goneBuffer = honest.slice().buffer
  detach(gone.buffer)
  detach(goneBuffer)
  const outOfBounds = new Uint8Array(resizable(), 8, 8)
  outOfBounds.buffer.resize(4)
  return {
    'a shared view': new Uint8Array(make(new SharedArrayBuffer(byteLength))),
    'a shared buffer': make(new SharedArrayBuffer(byteLength)),
    'a resizable view': new Uint8Array(resizable()),
    'a resizable buffer': resizable(),
    'a view out of bounds': outOfBounds,
    'a detached view': gone,
    'a detached buffer': goneBuffer,
    'a DataView': new DataView(honest.slice().buffer),
    'numbers': [1, 2, 3],
    'a proxy': new Proxy(honest.slice(), {}),
  }
}

/** Whether a model is the honest one: it runs and gives what is recorded. */
async function checkModel(model) {
  const { [reference.output.name]: output } = await model.run(tensor(elements()))
  assert.ok(Math.abs(output.data[0] - reference.cases[0].output[0]) < 1e-4)
  await model.dispose()
}

for (const [name, liar] of Object.entries(liars(bytes()))) {
  test(`a model that is ${name} is refused`, async () => {
    await assert.rejects(async () => loadModel(liar), usage)
    await assert.rejects(async () => host.loadModel(liar), usage)
  })
}

for (const [file, load] of Object.entries({
  'verify.wasm': (wasm) => loadVerifier({ wasm }),
  'zk.wasm': (wasm) => loadZkVerifier({ wasm }),
  'infer-simd.wasm': (wasm) => loadModel(bytes(), { variant: 'simd', wasm }),
})) {
  for (const [name, liar] of Object.entries(liars(new Uint8Array(wasmBytes(file))))) {
    test(`${file} that is ${name} is refused`, () => assert.rejects(async () => load(liar), usage))
  }

  test(`${file} changed or transferred away after the call is the one that was given`, async () => {
    for (const act of [(view) => view.fill(0), ({ buffer }) => detach(buffer)]) {
      for (const form of [(view) => view, ({ buffer }) => buffer]) {
        const view = Uint8Array.from(wasmBytes(file))
        const loading = load(form(view))
        act(view)
        await loading
      }
    }
  })
}

test('a model changed or transferred away after the call is the one that was given', async () => {
  for (const load of [loadModel, (source) => host.loadModel(source)]) {
    for (const act of [(view) => view.fill(0), ({ buffer }) => detach(buffer)]) {
      for (const form of [(view) => view, ({ buffer }) => buffer]) {
        const view = Uint8Array.from(bytes())
        const loading = load(form(view))
        act(view)
        await checkModel(await loading)
      }
    }
  }
})

test('a stream that uses its memory again gives the bytes that it gave', async () => {
  const whole = bytes()
  const memory = new Uint8Array(1024)
  let at = 0
  const stream = new ReadableStream({
    pull(controller) {
      const part = whole.subarray(at, at + memory.length)
      at += part.length
      memory.set(part)
      controller.enqueue(memory.subarray(0, part.length))
      if (at === whole.length) controller.close()
    },
  }, { highWaterMark: 0 })
  await checkModel(await loadModel(stream))
})

test('a stream that yields memory of another kind is refused', async () => {
  for (const name of ['a shared view', 'a resizable view', 'a detached view', 'a DataView', 'numbers']) {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(liars(bytes())[name])
        controller.close()
      },
    })
    await assert.rejects(loadModel(stream), usage, name)
  }
})

test('feeds in memory that is not the caller\'s alone are refused, and the model stays usable', async () => {
  const model = await loadModel(bytes())
  const { byteLength } = elements()
  const gone = elements()
  detach(gone.buffer)
  for (const [name, data] of Object.entries({
    shared: new Float32Array(new SharedArrayBuffer(byteLength)),
    resizable: new Float32Array(new ArrayBuffer(byteLength, { maxByteLength: 2 * byteLength })),
    detached: gone,
  })) {
    const like = { [reference.input.name]: { type: 'float32', data, dims: [...reference.input.dims] } }
    assert.throws(() => model.runSync(like), { name: 'UsageError' }, name)
    await assert.rejects(async () => model.run(like), { name: 'UsageError' }, name)
  }
  await checkModel(model)
})

test('a feed changed after the call is the one that was given', async () => {
  const hosted = await host.loadModel(bytes())
  for (const model of [await loadModel(bytes()), hosted]) {
    const data = elements()
    const running = model.run(tensor(data))
    data.fill(0)
    const { [reference.output.name]: output } = await running
    assert.ok(Math.abs(output.data[0] - reference.cases[0].output[0]) < 1e-4)
    await model.dispose()
  }
})

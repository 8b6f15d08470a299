// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Feeds that throw, change or are not what they seem: a code, and the model and its forks stay usable. api.md "JavaScript
// values that lie".
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { dist } from './support/package.mjs'
import { field, graph, input, message, model as onnx, node } from './support/onnx_writer.mjs'

const { Tensor, loadModel } = await import(dist('infer/index.js'))
const ort = await import(dist('ort/index.js'))
const FLOAT = 1
const STRING = 8

const fail = () => { throw new Error('no') }
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}
const floats = () => ({ type: 'float32', data: Float32Array.of(1, 2), dims: [2] })
const texts = (data = ['a', 'b'], dims = [2]) => ({ type: 'string', data, dims })
const hole = (...items) => Object.assign([], { length: items.length }, Object.fromEntries(Object.entries(items).filter(([, item]) => item !== undefined)))
const throwing = (target, name) => Object.defineProperty(target, name, { enumerable: true, get: fail })

const listed = (name, type) => message(field(1, name), field(2, field(4, field(1, field(1, field(1, type))))))
const same = (type) => onnx(graph([node('Identity', ['x'], ['y'])], [input('x', type, ['n'])], [input('y', type, ['n'])]))
const sequence = (type) => onnx(graph([node('Identity', ['x'], ['y'])], [listed('x', type)], [listed('y', type)]))

const TENSORS = {
  'a getter of data': throwing(floats(), 'data'),
  'a getter of dims': throwing(floats(), 'dims'),
  'a getter of type': throwing(floats(), 'type'),
  'a getter of a dimension': { ...floats(), dims: throwing([2], 0) },
  'a revoked proxy': revoked({}),
  'revoked dims': { ...floats(), dims: revoked([]) },
  'revoked data': { ...floats(), data: revoked([]) },
  'a type that is no text': { ...floats(), type: { toString: fail } },
  'a symbol as type': { ...floats(), type: Symbol('x') },
  'an error of WebAssembly': Object.defineProperty(floats(), 'data', { get: () => { throw new WebAssembly.RuntimeError('unreachable') } }),
}

const TEXTS = {
  'a hole': texts(hole('a', undefined, 'c'), [3]),
  'a hole alone': texts(hole(undefined), [1]),
  'a getter of an item': texts(throwing(['a', 'b'], 1)),
  'a revoked list': texts(revoked([])),
  'an item that is no text': texts(['a', 5]),
  'a list that is none': texts({ length: 2, 0: 'a', 1: 'b' }),
}

/** Refused with a code of feeds, and the model and its fork run on. */
async function staysUsable(bytes, bad, good) {
  const model = await loadModel(bytes)
  const fork = model.fork()
  for (const [name, x] of Object.entries(bad)) {
    for (const call of [() => model.run({ x }), () => model.runBatch([{ x }]), () => model.runBatch([{ x }, { x }], { stack: true })]) {
      await assert.rejects(call(), ({ code }) => assert.match(String(code), /^(ONNX_INPUT_TYPE|ARGUMENT_INVALID)$/, name) ?? true, name)
    }
  }
  await model.run({ x: good })
  await fork.run({ x: good })
  fork.dispose()
  model.dispose()
}

test('tensors', () => staysUsable(same(FLOAT), TENSORS, floats()))
test('strings', () => staysUsable(same(STRING), TEXTS, texts()))
test('items of sequences', async () => {
  const items = (bad) => Object.fromEntries(Object.entries(bad).map(([name, item]) => [name, [item]]))
  const odd = {
    'a hole between items': hole(floats(), undefined, floats()),
    'keys that throw': [throwing({}, 'keys')],
    'a Map without its own kind': [new Proxy(new Map(), {})],
    'keys that are no tensors': [{ keys: {}, values: {} }],
    'an item that throws': throwing([floats()], 0),
  }
  await staysUsable(sequence(FLOAT), { ...items(TENSORS), ...odd }, [floats()])
  await staysUsable(sequence(STRING), items(TEXTS), [texts()])
})

test('the feeds themselves', async () => {
  const model = await loadModel(same(FLOAT))
  for (const feeds of [throwing({}, 'x'), new Proxy({}, { ownKeys: fail }), revoked({})]) await assert.rejects(model.run(feeds), { code: 'ARGUMENT_INVALID' })
  assert.deepEqual([...(await model.run({ x: floats() })).y.data], [1, 2])
  model.dispose()
})

test('each part of a feed is read once', async () => {
  for (const [bytes, make, wrap] of [[same(FLOAT), floats, (x) => x], [same(STRING), texts, (x) => x], [sequence(FLOAT), floats, (x) => [x]], [sequence(STRING), texts, (x) => [x]]]) {
    const asked = {}
    const once = (target, path) => {
      const copy = Array.isArray(target) ? [] : {}
      for (const [key, value] of Object.entries(target)) {
        const name = `${path}.${key}`
        const given = key === 'dims' || Array.isArray(value) ? once(value, name) : value
        Object.defineProperty(copy, key, { enumerable: true, get: () => { asked[name] = (asked[name] ?? 0) + 1; return asked[name] === 1 ? given : undefined } })
      }
      return copy
    }
    const model = await loadModel(bytes)
    const { y } = await model.run({ x: wrap(once(make(), 'x')) })
    assert.deepEqual([...(y.data ?? y[0].data)], [...make().data])
    for (const [name, times] of Object.entries(asked)) assert.equal(times, 1, name)
    model.dispose()
  }
})

test('a getter that runs the model, disposes of it, or takes a buffer away', async () => {
  const model = await loadModel(onnx(graph([node('Concat', ['a', 'b'], ['y'], { axis: 0 })], [input('a', FLOAT, ['n']), input('b', FLOAT, ['m'])], ['y'])))
  const twice = { a: floats(), get b() { model.runSync({ a: { ...floats(), data: Float32Array.of(9), dims: [1] }, b: floats() }); return floats() } }
  assert.deepEqual([...(await model.run(twice)).y.data], [1, 2, 1, 2])
  const a = floats()
  await assert.rejects(model.run(throwing({ a }, 'b')), { code: 'ARGUMENT_INVALID', path: 'b' })
  await assert.rejects(model.run({ a, b: throwing(floats(), 'data') }), { code: 'ARGUMENT_INVALID', path: 'b' })
  await assert.rejects(model.run({ a, get b() { structuredClone(null, { transfer: [a.data.buffer] }); return floats() } }), { code: 'ARGUMENT_INVALID' })
  assert.deepEqual([...(await model.run({ a: floats(), b: floats() })).y.data], [1, 2, 1, 2])
  await assert.rejects(model.run({ a: floats(), get b() { model.dispose(); return floats() } }), { code: 'ONNX_DISPOSED' })
})

test('arrays for outputs whose length lies', async () => {
  const model = await loadModel(same(FLOAT))
  const target = throwing(new Float32Array(2), 'length')
  const { y } = await model.run({ x: floats() }, { into: { y: target } })
  assert.equal(y.data, target)
  assert.deepEqual([target[0], target[1]], [1, 2])
  await model.run({ x: floats() })
  model.dispose()
})

test('a Tensor is not made of a list with a hole, nor of one that throws', () => {
  for (const make of [(...list) => new Tensor(...list), (...list) => new ort.Tensor(...list)]) {
    for (const { data, dims } of Object.values(TEXTS)) assert.throws(() => make('string', data, dims), { code: 'ARGUMENT_INVALID' })
    assert.throws(() => make('float32', revoked([]), [2]), { code: 'ARGUMENT_INVALID' })
    assert.throws(() => make('float32', Float32Array.of(1, 2), throwing([2], 0)), { code: 'ARGUMENT_INVALID' })
  }
  assert.throws(() => new ort.Tensor('int64', hole(1n, undefined), [2]), { code: 'ARGUMENT_INVALID' })
})

test('the same through assay-wasm/ort', async () => {
  for (const [type, bad, good] of [[FLOAT, TENSORS, floats()], [STRING, TEXTS, texts()]]) {
    const session = await ort.InferenceSession.create(same(type), { freeDimensionOverrides: { n: 2 } })
    for (const [name, x] of Object.entries(bad)) {
      await assert.rejects(session.run({ x }), ({ code }) => assert.match(String(code), /^(ONNX_INPUT_(TYPE|SHAPE)|ARGUMENT_INVALID)$/, name) ?? true, name)
    }
    await assert.rejects(session.run({ x: good }, throwing({ y: null }, 'y')), { code: 'ARGUMENT_INVALID' })
    assert.deepEqual([...(await session.run({ x: new ort.Tensor(good.type, good.data, good.dims) })).y.data], [...good.data])
    await session.release()
  }
})

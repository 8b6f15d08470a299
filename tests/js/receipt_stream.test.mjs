// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Event streams whose text is handed out as it comes, and streams whose text is not kept (receipt.md §5.2, §5.6).
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Token, canonical, receiptMembers, streamFrames } from '../vectors/generate/lib/receipt.mjs'
import { rsaKey } from '../vectors/generate/lib/rsa.mjs'
import { dist, wasmBytes } from './support/package.mjs'

const verify = await import(dist('verify/index.js'))
const { Machine } = await import(dist('verify/machine.js'))
const { receiptStreamNow } = await import(dist('verify/receipt_stream.js'))

const key = rsaKey('stream tests')
const TIME = 1795000000
const TOOLS = [{ type: 'function', function: { name: 'price', parameters: { type: 'object' } } }]
const CALL_LIST = '[{"function": {"arguments": "{}", "name": "price"}, "id": "c1", "type": "function"}]'

/** A statement, and the text of the stream that answers it with `pieces`. */
function conversation(pieces, { tools, output = pieces.join(''), frames = (lines) => lines } = {}) {
  const request = { model: 'm-1', messages: [{ role: 'user', content: 'Hello' }], ...(tools ? { tools } : {}) }
  const committed = canonical({ ...request, temperature: new Token('0.0') })
  const members = receiptMembers({ key, committed, output, timestamp: TIME })
  return {
    input: { request: JSON.stringify(request), key: new Uint8Array(key.spki), profile: 'gw-stripped', now: TIME + 30, policy: { accept: ['unproven'] } },
    stream: Buffer.from(frames(streamFrames(pieces, members)).map((line) => `${line}\n\n`).join('')),
  }
}

const verifier = await verify.loadVerifier()
const FORMS = { asynchronous: verify.ReceiptStream, synchronous: verifier.ReceiptStream }

/** @returns the verdict, and what onText was given. */
async function run(Stream, { input, stream }, size, options) {
  const texts = []
  const open = new Stream({ ...input, onText: (text) => texts.push(text), ...options })
  for (let at = 0; at < stream.length; at += size) open.push(new Uint8Array(stream.subarray(at, at + size)))
  return { verdict: await open.finish(), texts }
}

const PIECES = ['\ufeffHi', ' – ', '', '"there" 😀', '\n', 'x'.repeat(5000)]

for (const [form, Stream] of Object.entries(FORMS)) {
  test(`${form}: onText gets the signed text, kept or not`, async () => {
    const call = conversation(PIECES)
    for (const size of [1, 7, 1000, call.stream.length]) {
      const kept = await run(Stream, call, size)
      assert.equal(kept.verdict.ok, true)
      assert.equal(kept.texts.join(''), PIECES.join(''))
      assert.equal(kept.verdict.value.output, PIECES.join(''))
      const { verdict, texts } = await run(Stream, call, size, { keepOutput: false })
      assert.equal(texts.join(''), PIECES.join(''))
      assert.deepEqual(verdict, { ...kept.verdict, value: { ...kept.verdict.value, output: null } })
    }
  })

  test(`${form}: the last line may be without an end`, async () => {
    const call = conversation(PIECES, { frames: (lines) => [...lines.slice(0, -3), lines.at(-2), lines.at(-3)] })
    const cut = { ...call, stream: call.stream.subarray(0, call.stream.length - 2) }
    const { verdict, texts } = await run(Stream, cut, 100)
    assert.equal(verdict.ok, true)
    assert.equal(texts.join(''), PIECES.join(''))
    const closing = new Stream({ ...call.input, onText: (text) => text.endsWith('x') && closing.close() })
    closing.push(new Uint8Array(cut.stream))
    await assert.rejects(async () => closing.finish(), { code: 'ARGUMENT_INVALID' })
  })

  test(`${form}: streams that end by what onText throws leave nothing open`, async () => {
    const call = conversation(['a', 'b'])
    const last = { ...call, stream: call.stream.subarray(0, call.stream.indexOf('\n')) } // its text comes with the end
    for (const { stream } of [call, last]) {
      for (let i = 0; i < 1100; i += 1) {
        const failing = new Stream({ ...call.input, onText: () => { throw new Error('mine') } })
        await assert.rejects(async () => {
          failing.push(new Uint8Array(stream))
          await failing.finish()
        }, { message: 'mine' })
        failing.close()
      }
    }
    assert.equal((await run(Stream, call, 100)).verdict.ok, true)
  })

  test(`${form}: too many open streams are a wrong call, not a verdict`, async () => {
    const { input } = conversation(['a'])
    const open = []
    await assert.rejects(async () => {
      for (let i = 0; i < 1025; i += 1) open.push(new Stream(input))
      await open.at(-1).finish()
    }, { name: 'UsageError', code: 'INPUT_LIMIT' })
    for (const each of open) each.close()
    assert.equal((await run(Stream, conversation(['a']), 100)).verdict.ok, true)
  })

  test(`${form}: another text than the signed one is refused, kept or not`, async () => {
    const call = conversation(PIECES, { output: `${PIECES.join('')}.` })
    for (const keepOutput of [true, false]) {
      const { verdict } = await run(Stream, call, 50, { keepOutput })
      assert.equal(verdict.code, 'RECEIPT_OUTPUT_HASH_MISMATCH')
    }
  })

  test(`${form}: an unpaired surrogate is refused, kept or not`, async () => {
    const call = conversation(['a', 'HIGH', 'LOW', 'b'], { frames: (lines) => lines.map((line) => line.replace('HIGH', '\\ud83d').replace('LOW', '\\ude00')) })
    for (const keepOutput of [true, false]) {
      const { verdict, texts } = await run(Stream, call, 50, { keepOutput })
      assert.equal(verdict.code, 'RECEIPT_OUTPUT_UNENCODABLE')
      assert.equal(texts.join(''), 'a\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdb')
    }
  })

  test(`${form}: a text that is a list of tool calls is told, kept or not`, async () => {
    const call = conversation([CALL_LIST.slice(0, 5), CALL_LIST.slice(5)], { tools: TOOLS })
    for (const keepOutput of [true, false]) {
      for (const size of [1, 64, call.stream.length]) {
        const { verdict, texts } = await run(Stream, call, size, { keepOutput })
        assert.equal(verdict.ok, true)
        assert.equal(verdict.value.kind, 'text')
        assert.equal(verdict.value.kindAmbiguous, true)
        assert.equal(verdict.value.output, keepOutput ? CALL_LIST : null)
        assert.equal(texts.join(''), CALL_LIST)
      }
    }
    // The same text behind one more character is none.
    const other = conversation([' ', CALL_LIST], { tools: TOOLS })
    const { verdict } = await run(Stream, other, 16, { keepOutput: false })
    assert.deepEqual([verdict.ok, verdict.value.kindAmbiguous, verdict.value.output], [true, false, null])
  })

  test(`${form}: tool calls are given, and text beside them is not bound`, async () => {
    const call = conversation(['never mind'], {
      tools: TOOLS,
      output: CALL_LIST,
      frames: (lines) => [
        lines[0],
        'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"price","arguments":"{}"}}]}}]}',
        lines[1].replace('"stop"', '"tool_calls"'),
      ],
    })
    const { verdict, texts } = await run(Stream, call, 20, { keepOutput: false })
    assert.equal(verdict.ok, true)
    assert.equal(verdict.value.kind, 'tool_calls')
    assert.equal(verdict.value.output, CALL_LIST)
    assert.deepEqual(texts, ['never mind'])
    assert.ok(verdict.value.notCovered.includes('response.content'))
  })

  test(`${form}: what onText does to its stream finds it in order`, async () => {
    const call = conversation(PIECES)
    const half = call.stream.length >> 1
    const texts = []
    let fed = false
    const fed_by_text = new Stream({
      ...call.input,
      onText: (text) => {
        texts.push(text)
        if (!fed) {
          fed = true
          fed_by_text.push(new Uint8Array(call.stream.subarray(half)))
        }
      },
    })
    fed_by_text.push(new Uint8Array(call.stream.subarray(0, half)))
    while (!fed) await new Promise((resolve) => setTimeout(resolve, 1))
    assert.equal((await fed_by_text.finish()).ok, true)
    assert.equal(texts.join(''), PIECES.join(''))

    const closed = new Stream({ ...call.input, onText: () => closed.close() })
    closed.push(new Uint8Array(call.stream))
    await assert.rejects(async () => closed.finish(), { code: 'ARGUMENT_INVALID' })
    const failing = new Stream({ ...call.input, onText: () => { throw new Error('mine') } })
    await assert.rejects(async () => {
      failing.push(new Uint8Array(call.stream))
      await failing.finish()
    }, { message: 'mine' })
    assert.equal((await run(Stream, call, 100)).verdict.ok, true)
  })

  test(`${form}: wrong options are no call`, () => {
    const { input } = conversation(['a'])
    assert.throws(() => new Stream({ ...input, onText: 'x' }), { code: 'ARGUMENT_INVALID' })
    assert.throws(() => new Stream({ ...input, keepOutput: 1 }), { code: 'ARGUMENT_INVALID' })
  })
}

test('a text that is not kept takes no memory, however long', async () => {
  const piece = 'All work and no play. '.repeat(50)
  const call = conversation(Array.from({ length: 12000 }, () => piece))
  assert.ok(call.stream.length > 14 << 20)
  const machine = new Machine(await WebAssembly.compile(wasmBytes()))
  const Stream = receiptStreamNow(machine)
  const memory = () => machine.use((module) => module.HEAPU8.byteLength)
  const feed = (keepOutput) => {
    const open = new Stream({ ...call.input, keepOutput })
    for (let at = 0; at < call.stream.length; at += 4096) open.push(new Uint8Array(call.stream.subarray(at, at + 4096)))
    return open.finish()
  }
  const before = memory()
  assert.equal(feed(false).ok, true)
  const grown = memory() - before
  assert.ok(grown <= 1 << 20, `${grown} bytes`)
  assert.equal(feed(true).ok, true)
  assert.ok(memory() - before > 12 << 20, 'the measure shows a text that is kept')
})

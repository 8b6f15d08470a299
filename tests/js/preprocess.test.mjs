// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Images, series and text to tensors. The tokenizer library is a peer: present here, optional for applications.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import { dist } from './support/package.mjs'

const { LatestWindow, createTokenizer, imageToTensor, slidingWindows } = await import(dist('preprocess/index.js'))
const require = createRequire(new URL('../../js-bindings/package.json', import.meta.url))
const { Tokenizer } = require('@huggingface/tokenizers')

const invalid = { name: 'UsageError', code: 'ARGUMENT_INVALID' }
const close = (got, want) => {
  assert.equal(got.length, want.length)
  want.forEach((value, i) => assert.ok(Math.abs(got[i] - value) < 1e-5, `[${i}]: ${got[i]} for ${value}`))
}
const image = (width, height, pixel) => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i += 1) data.set(pixel(i % width, Math.floor(i / width)), i * 4)
  return { width, height, data }
}

test('pixels become elements in the order that the model wants', () => {
  const two = image(2, 1, (x) => (x === 0 ? [255, 0, 51, 9] : [0, 255, 102, 9]))
  const plain = imageToTensor(two)
  assert.deepEqual([plain.type, plain.dims], ['float32', [1, 3, 1, 2]])
  close(plain.data, [1, 0, 0, 1, 0.2, 0.4])
  close(imageToTensor(two, { layout: 'NHWC', channels: 'BGR' }).data, [0.2, 0, 1, 0.4, 1, 0])
  close(imageToTensor(two, { mean: [0.5, 0.25, 0], std: [0.5, 0.25, 2] }).data, [1, -1, -1, 3, 0.1, 0.2])
  close(imageToTensor(two, { scale: 1, mean: 127.5, std: 127.5, channels: 'gray' }).data, [0.299 * 255 + 0.114 * 51, 0.587 * 255 + 0.114 * 102].map((value) => (value - 127.5) / 127.5))
  const bytes = imageToTensor(two, { type: 'uint8', channels: 'RGBA', layout: 'NHWC' })
  assert.deepEqual([bytes.type, bytes.dims, [...bytes.data]], ['uint8', [1, 1, 2, 4], [255, 0, 51, 9, 0, 255, 102, 9]])
  assert.deepEqual(imageToTensor([two, two]).dims, [2, 3, 1, 2])
})

test('resizing is what Pillow calls BILINEAR', () => {
  const ramp = image(4, 1, (x) => [x * 10, 0, 0, 255])
  const red = (options) => [...imageToTensor(ramp, { scale: 1, channels: 'gray', ...options }).data].map((value) => value / 0.299)
  // Halved: each of the two takes a triangle of two pixels on either side.
  close(red({ width: 2, height: 1 }), [(3 * 0 + 3 * 10 + 1 * 20) / 7, (1 * 10 + 3 * 20 + 3 * 30) / 7])
  close(red({ width: 8, height: 1 }), [0, 2.5, 7.5, 12.5, 17.5, 22.5, 27.5, 30])
  close(red({ width: 4, height: 3 }), [0, 10, 20, 30, 0, 10, 20, 30, 0, 10, 20, 30])
  const tall = image(2, 6, (_, y) => [y >= 2 && y < 4 ? 255 : 0, 0, 0, 255])
  close(imageToTensor(tall, { width: 2, height: 2, fit: 'cover', scale: 1 / 255, channels: 'RGB' }).data.slice(0, 4), [1, 1, 1, 1])
})

test('images that are none, and options that are none', () => {
  const one = image(1, 1, () => [1, 2, 3, 4])
  for (const bad of [undefined, null, 5, {}, [], { width: 2, height: 2, data: new Uint8ClampedArray(4) }, { width: 0, height: 1, data: new Uint8ClampedArray(0) }, { width: 3, height: 3 }, [one, image(2, 1, () => [0, 0, 0, 0])]]) {
    assert.throws(() => imageToTensor(bad), invalid)
  }
  for (const options of [{ size: 5 }, { width: 0 }, { height: 1.5 }, { width: 40_000 }, { layout: 'CHW' }, { channels: 'HSV' }, { type: 'float16' }, { mean: [1, 2] }, { std: 0 }, { scale: NaN }, { fit: 'fill' }, { type: 'uint8', mean: 1 }]) {
    assert.throws(() => imageToTensor(one, options), invalid, JSON.stringify(options))
  }
})

test('windows of a series', () => {
  const values = [1, 10, 2, 20, 3, 30, 4, 40] // four steps of two channels
  const windows = slidingWindows(values, { length: 2, channels: 2 })
  assert.deepEqual(windows.dims, [3, 2, 2])
  assert.deepEqual([...windows.data], [1, 10, 2, 20, 2, 20, 3, 30, 3, 30, 4, 40])
  const columns = slidingWindows(Float64Array.from(values), { length: 2, channels: 2, layout: 'NCL', stride: 2 })
  assert.deepEqual([columns.dims, [...columns.data]], [[2, 2, 2], [1, 2, 10, 20, 3, 4, 30, 40]])
  close(slidingWindows([1, 2, 3], { length: 3, normalize: 'minmax' }).data, [0, 0.5, 1])
  const long = Array.from({ length: 200_000 }, (_, i) => i)
  close(slidingWindows(long, { length: long.length, normalize: 'minmax' }).data.subarray(-1), [1])
  close(slidingWindows([1, 2, 3], { length: 3, normalize: 'zscore' }).data, [-Math.sqrt(1.5), 0, Math.sqrt(1.5)])
  close(slidingWindows([2, 3, 1], { length: 3, normalize: 'first' }).data, [0, 0.5, -0.5])
  close(slidingWindows([5, 5], { length: 2, normalize: 'zscore' }).data, [0, 0])
  assert.deepEqual(slidingWindows([1, 2], { length: 3 }).dims, [0, 3, 1])
  for (const options of [{}, { length: 0 }, { length: 1, stride: 0 }, { length: 1, channels: 3 }, { length: 1, layout: 'LNC' }, { length: 1, normalize: 'l2' }, { length: 1, size: 2 }]) {
    assert.throws(() => slidingWindows(values, options), invalid, JSON.stringify(options))
  }
})

test('the newest steps of a series that goes on', () => {
  const window = new LatestWindow({ length: 2, channels: 2, layout: 'NCL' })
  window.push(1, 10)
  assert.equal(window.full, false)
  assert.throws(() => window.tensor(), invalid)
  window.push(2, 20)
  window.push(3, 30)
  assert.deepEqual([window.tensor().dims, [...window.tensor().data]], [[1, 2, 2], [2, 3, 20, 30]])
  assert.throws(() => window.push(1), invalid)
})

/** The smallest files of the two kinds. */
const wordPiece = {
  version: '1.0', added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => ({ id, content, special: true, single_word: false, lstrip: false, rstrip: false, normalized: false })),
  normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing', special_tokens: { '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] }, '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] } },
    single: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } }],
    pair: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }, { SpecialToken: { id: '[SEP]', type_id: 1 } }],
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: { '[PAD]': 0, '[UNK]': 1, '[CLS]': 2, '[SEP]': 3, price: 4, up: 5, '##s': 6 } },
}
const bpe = {
  version: '1.0', added_tokens: [], normalizer: null, pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true }, post_processor: null,
  decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
  model: { type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: '', end_of_word_suffix: '', fuse_unk: false, vocab: { h: 0, i: 1, hi: 2, 'Ġ': 3, 'Ġhi': 4 }, merges: ['h i', 'Ġ hi'] },
}
const rowsOf = ({ data, dims: [, length] }) => Array.from({ length: data.length / length }, (_, i) => [...data.slice(i * length, (i + 1) * length)].map(Number))

test('WordPiece: rows of ids, masks and types', () => {
  const tokenizer = createTokenizer({ library: Tokenizer, tokenizer: wordPiece, config: { pad_token: '[PAD]' } })
  const encoded = tokenizer.encode(['Prices up', 'up'])
  assert.equal(encoded.input_ids.type, 'int64')
  assert.deepEqual(rowsOf(encoded.input_ids), [[2, 4, 6, 5, 3], [2, 5, 3, 0, 0]])
  assert.deepEqual(rowsOf(encoded.attention_mask), [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
  const pair = tokenizer.encode([['up', 'price']], { padTo: 6 })
  assert.deepEqual(rowsOf(pair.input_ids), [[2, 5, 3, 4, 3, 0]])
  assert.deepEqual(rowsOf(pair.token_type_ids), [[0, 0, 0, 1, 1, 0]])
  assert.deepEqual(rowsOf(tokenizer.encode('prices up', { maxLength: 3 }).input_ids), [[2, 4, 3]])
  assert.equal(tokenizer.decode(encoded.input_ids.data.slice(0, 5)), 'prices up')
  for (const [texts, options] of [[[]], [[5]], ['up', { maxLength: 0 }], ['prices up', { padTo: 2 }], ['up', { pad: 5 }]]) assert.throws(() => tokenizer.encode(texts, options), invalid)
})

test('byte-level BPE', () => {
  const tokenizer = createTokenizer({ library: Tokenizer, tokenizer: bpe, padId: 3 })
  assert.deepEqual(rowsOf(tokenizer.encode(['hi hi', 'hi']).input_ids), [[2, 4], [2, 3]])
  assert.deepEqual(rowsOf(tokenizer.encode('hi hi', { maxLength: 1 }).input_ids), [[2]])
  assert.equal(tokenizer.decode([2, 4n]), 'hi hi')
})

test('without the library there is a clear code', () => {
  for (const library of [undefined, null, {}, () => 5, class {}]) {
    assert.throws(() => createTokenizer({ library, tokenizer: bpe }), { name: 'LoadError', code: 'TOKENIZER_UNAVAILABLE' })
  }
  assert.throws(() => createTokenizer({ library: Tokenizer, tokenizer: 'text' }), invalid)
  assert.throws(() => createTokenizer({ library: Tokenizer, tokenizer: { model: { type: 'none' } } }), invalid)
  assert.throws(() => createTokenizer({ library: Tokenizer, tokenizer: bpe, padId: -1 }), invalid)
})

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases of the family `numbers` (receipt.md §13): decimal numbers of on-chain inference.
import { hex, need, readJson } from '../files.mjs'
import { compare } from './compare.mjs'

const text = (value) => new TextEncoder().encode(value)

function encodeCase(row, where) {
  need(row, ['kind', 'text', 'expect', ...(row.kind === 'int' ? [] : ['bits'])], where)
  const value = row.kind === 'int' ? text(row.text) : hex(row.bits, where)
  return async (engine) =>
    compare(await engine.call('encode_number', [text(row.kind), value]), row.expect, (got) => [
      ['value', row.expect.value, got.value],
      ['decimals', String(row.expect.decimals), got.decimals],
      ['words', row.words, got.words],
    ])
}

function decodeCase(row, where) {
  need(row, ['value', 'decimals', 'expect'], where)
  return async (engine) =>
    compare(await engine.call('decode_number', [text(row.value), text(row.decimals)]), row.expect, (got) => [
      ['bits', row.expect.float32_bits, got.float32Bits],
      ['text', row.expect.text, got.text],
    ])
}

/** One word, read as the value of a number without decimals. */
function wordCase(row, where) {
  need(row, ['word', 'expect'], where)
  const words = new Uint8Array(Buffer.concat([hex(row.word, where), new Uint8Array(32)]))
  return async (engine) =>
    compare(await engine.call('decode_number_words', [words]), row.expect, (got) => [['value', row.expect.value, got.value]])
}

const LISTS = { encode: encodeCase, decode: decodeCase, int128_words: wordCase }

export const name = 'numbers'

export function load(folder, file) {
  if (!/^numbers.*\.json$/.test(file)) return null
  const lists = readJson(folder, file)
  return Object.entries(LISTS).flatMap(([list, make]) =>
    (lists[list] ?? []).map((row, i) => ({ id: `${list}/${i}`, run: make(row, `${file}, ${list} ${i}`) })))
}

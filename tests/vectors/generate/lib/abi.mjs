// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// ABI encoding of values whose shape says their type: a number or bigint is one word, a string or bytes are dynamic
// bytes, `tuple` and `list` hold members. Dynamic values stand behind their offsets.
export const word = (value) => Buffer.from(BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, '0'), 'hex')

class Group {
  constructor(members, counted, dynamic) {
    Object.assign(this, { members, counted, dynamic: dynamic ?? (counted || members.some(isDynamic)) })
  }
}
export const tuple = (...members) => new Group(members, false)
/** A tuple whose type holds something dynamic, whatever the value. */
export const dynamicTuple = (...members) => new Group(members, false, true)
export const list = (items) => new Group(items, true)

const isDynamic = (value) => (value instanceof Group ? value.dynamic : typeof value === 'string' || value instanceof Uint8Array)
const padded = (bytes) => Buffer.concat([word(bytes.length), bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)])

function encodeOne(value) {
  if (value instanceof Group) return value.counted ? Buffer.concat([word(value.members.length), encode(value.members)]) : encode(value.members)
  return isDynamic(value) ? padded(Buffer.from(value)) : word(value)
}

/** The members one after the other, as in a tuple or a log's data. */
export function encode(members) {
  const parts = members.map((value) => ({ dynamic: isDynamic(value), bytes: encodeOne(value) }))
  let at = parts.reduce((sum, { dynamic, bytes }) => sum + (dynamic ? 32 : bytes.length), 0)
  const heads = parts.map(({ dynamic, bytes }) => {
    if (!dynamic) return bytes
    at += bytes.length
    return word(at - bytes.length)
  })
  return Buffer.concat([...heads, ...parts.filter(({ dynamic }) => dynamic).map(({ bytes }) => bytes)])
}

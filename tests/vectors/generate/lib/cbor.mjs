// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// CBOR writer (RFC 8949) that can also write what a strict reader must refuse: heads of a chosen width,
// indefinite containers, raw items.
export class Raw {
  constructor(bytes) {
    this.bytes = Buffer.from(bytes)
  }
}

/** A head of major type `major`; `width` 0 = shortest, else 1, 2, 4 or 8 bytes after the first. */
export function head(major, value, width = 0) {
  const argument = BigInt(value)
  const size = width || (argument < 24n ? 0 : argument < 256n ? 1 : argument < 65536n ? 2 : argument < 1n << 32n ? 4 : 8)
  if (size === 0) return Buffer.from([(major << 5) | Number(argument)])
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(argument)
  return Buffer.concat([Buffer.from([(major << 5) | (24 + Math.log2(size))]), bytes.subarray(8 - size)])
}

/** Maps are JavaScript Maps (any key), arrays, Buffers, strings, integers, true, false, null or Raw. */
export function encode(value) {
  if (value instanceof Raw) return value.bytes
  if (value === null) return Buffer.from([0xf6])
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4])
  if (typeof value === 'number' || typeof value === 'bigint')
    return value < 0 ? head(1, -1n - BigInt(value)) : head(0, value)
  if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    return Buffer.concat([head(3, bytes.length), bytes])
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encode)])
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([name, item]) => [encode(name), encode(item)])])
  throw new TypeError('no CBOR form')
}

export const indefiniteMap = (entries) =>
  new Raw(Buffer.concat([Buffer.from([0xbf]), ...entries.flatMap(([name, item]) => [encode(name), encode(item)]), Buffer.from([0xff])]))
export const indefiniteArray = (items) => new Raw(Buffer.concat([Buffer.from([0x9f]), ...items.map(encode), Buffer.from([0xff])]))

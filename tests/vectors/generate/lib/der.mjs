// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// DER writer (X.690) for certificates and keys.
const length = (count) => {
  if (count < 0x80) return Buffer.from([count])
  const bytes = []
  for (let rest = count; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  return Buffer.from([0x80 | bytes.length, ...bytes])
}

export const tlv = (tag, ...parts) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}
export const sequence = (...parts) => tlv(0x30, ...parts)
export const set = (...parts) => tlv(0x31, ...parts)
export const explicit = (number, ...parts) => tlv(0xa0 | number, ...parts)
export const octets = (bytes) => tlv(0x04, bytes)
export const bits = (bytes, unused = 0) => tlv(0x03, Buffer.from([unused]), bytes)
export const boolean = (value) => tlv(0x01, Buffer.from([value ? 0xff : 0]))
export const nothing = () => tlv(0x05)
export const utf8 = (text) => tlv(0x0c, Buffer.from(text))
export const printable = (text) => tlv(0x13, Buffer.from(text))

/** INTEGER of a non-negative value. */
export const integer = (value) => {
  let hex = BigInt(value).toString(16)
  if (hex.length % 2) hex = `0${hex}`
  if (parseInt(hex.slice(0, 2), 16) & 0x80) hex = `00${hex}`
  return tlv(0x02, Buffer.from(hex, 'hex'))
}

export const oid = (dotted) => {
  const [first, second, ...rest] = dotted.split('.').map(Number)
  const bytes = []
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc & 0x7f]
    for (let left = arc >>> 7; left > 0; left >>>= 7) group.unshift(0x80 | (left & 0x7f))
    bytes.push(...group)
  }
  return tlv(0x06, Buffer.from(bytes))
}

/** UTCTime up to 2049, GeneralizedTime after it (RFC 5280 §4.1.2.5). */
export const time = (seconds) => {
  const text = new Date(seconds * 1000).toISOString().replace(/[-:T]|\.\d+/g, '')
  return Number(text.slice(0, 4)) < 2050 ? tlv(0x17, Buffer.from(text.slice(2))) : tlv(0x18, Buffer.from(text))
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Replaces function bodies of a WebAssembly module by `unreachable`: the only way to make a trap in a module that has
// none of its own to offer. Binary format: WebAssembly Core Specification §5.
const CODE_SECTION = 10
const UNREACHABLE = [0, 0x00, 0x0b] // no locals; opcode unreachable; end

function readU32(bytes, at) {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value |= (byte & 0x7f) << shift
    if (byte < 0x80) return [value >>> 0, at]
  }
}

function writeU32(value) {
  const out = []
  do {
    out.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0))
    value >>>= 7
  } while (value > 0)
  return out
}

/** @returns the bodies of the module and how to put it together again. */
export function takeApart(bytes) {
  let at = 8
  while (at < bytes.length) {
    const start = at
    const id = bytes[at]
    const [size, content] = readU32(bytes, at + 1)
    at = content + size
    if (id !== CODE_SECTION) continue
    let [count, next] = readU32(bytes, content)
    const bodies = []
    for (; count > 0; count -= 1) {
      const [length, body] = readU32(bytes, next)
      next = body + length
      bodies.push(bytes.subarray(body, next))
    }
    return { before: bytes.subarray(0, start), bodies, after: bytes.subarray(at) }
  }
  throw new Error('no code section')
}

/** @returns the module with the body of function number `index` replaced. */
export function withTrap({ before, bodies, after }, index) {
  const changed = bodies.with ? bodies.with(index, Uint8Array.from(UNREACHABLE)) : bodies.map((body, i) => (i === index ? Uint8Array.from(UNREACHABLE) : body))
  const parts = [Uint8Array.from(writeU32(changed.length)), ...changed.flatMap((body) => [Uint8Array.from(writeU32(body.length)), body])]
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  return new Uint8Array(Buffer.concat([before, Uint8Array.of(CODE_SECTION, ...writeU32(size)), ...parts, after]))
}

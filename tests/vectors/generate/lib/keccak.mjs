// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Keccak-256 with the original padding 0x01 (FIPS 202 permutation). Written on BigInt lanes to be short:
// it is an oracle that shares nothing with the core.
const MASK = (1n << 64n) - 1n
const RATE = 136
const rotate = (lane, count) => ((lane << BigInt(count)) | (lane >> BigInt(64 - count))) & MASK

const ROTATIONS = [0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14]

const ROUND_CONSTANTS = (() => {
  const out = []
  let lfsr = 1
  for (let round = 0; round < 24; round += 1) {
    let constant = 0n
    for (let j = 0; j < 7; j += 1) {
      if (lfsr & 1) constant |= 1n << BigInt((1 << j) - 1)
      lfsr = lfsr & 0x80 ? ((lfsr << 1) ^ 0x171) & 0xff : lfsr << 1
    }
    out.push(constant)
  }
  return out
})()

function permute(state) {
  for (const constant of ROUND_CONSTANTS) {
    const column = []
    for (let x = 0; x < 5; x += 1) column.push(state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20])
    for (let x = 0; x < 5; x += 1) {
      const d = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1)
      for (let y = 0; y < 25; y += 5) state[x + y] ^= d
    }
    const moved = new Array(25)
    for (let x = 0; x < 5; x += 1)
      for (let y = 0; y < 5; y += 1) moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(state[x + 5 * y], ROTATIONS[x + 5 * y])
    for (let y = 0; y < 25; y += 5)
      for (let x = 0; x < 5; x += 1) state[x + y] = moved[x + y] ^ (~moved[((x + 1) % 5) + y] & MASK & moved[((x + 2) % 5) + y])
    state[0] ^= constant
  }
}

export function keccak256(input) {
  const length = Math.ceil((input.length + 1) / RATE) * RATE
  const padded = Buffer.alloc(length)
  padded.set(input)
  padded[input.length] ^= 0x01
  padded[length - 1] ^= 0x80
  const state = new Array(25).fill(0n)
  for (let offset = 0; offset < length; offset += RATE) {
    for (let lane = 0; lane < RATE / 8; lane += 1) state[lane] ^= padded.readBigUInt64LE(offset + lane * 8)
    permute(state)
  }
  const out = Buffer.alloc(32)
  for (let lane = 0; lane < 4; lane += 1) out.writeBigUInt64LE(state[lane], lane * 8)
  return out
}

// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Typed data (EIP-712), for values that fit their types: numbers as decimal text, bytes as 0x-hex.
import { keccak256 } from './keccak.mjs'

const DOMAIN = { name: 'string', version: 'string', chainId: 'uint256', verifyingContract: 'address', salt: 'bytes32' }

const base = (type) => type.replace(/\[.*$/, '')
const raw = (text) => Buffer.from(text.slice(2), 'hex')

/** Structs that a struct names, itself excluded. */
function reached(types, name, seen = new Set()) {
  for (const { type } of types[name]) {
    const inner = base(type)
    if (!types[inner] || seen.has(inner)) continue
    seen.add(inner)
    reached(types, inner, seen)
  }
  return seen
}

export function encodeType(types, name) {
  const others = [...reached(types, name)].filter((other) => other !== name).sort()
  return [name, ...others].map((each) => `${each}(${types[each].map((member) => `${member.type} ${member.name}`).join(',')})`).join('')
}

function encodeValue(types, type, value) {
  const list = /^(.*)\[(\d*)\]$/.exec(type)
  if (list) return keccak256(Buffer.concat(value.map((item) => encodeValue(types, list[1], item))))
  if (types[type]) return hashStruct(types, type, value)
  if (type === 'string') return keccak256(Buffer.from(value))
  if (type === 'bytes') return keccak256(raw(value))
  if (type === 'bool') return Buffer.from((value ? '1' : '0').padStart(64, '0'), 'hex')
  if (type === 'address') return Buffer.concat([Buffer.alloc(12), raw(value)])
  if (type.startsWith('bytes')) return Buffer.concat([raw(value), Buffer.alloc(32)]).subarray(0, 32)
  return Buffer.from(BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, '0'), 'hex')
}

export const typeHash = (types, name) => keccak256(Buffer.from(encodeType(types, name)))

export const hashStruct = (types, name, value) =>
  keccak256(Buffer.concat([typeHash(types, name), ...types[name].map((member) => encodeValue(types, member.type, value[member.name]))]))

export function domainSeparator(domain) {
  const members = Object.keys(DOMAIN).filter((name) => name in domain).map((name) => ({ name, type: DOMAIN[name] }))
  return hashStruct({ EIP712Domain: members }, 'EIP712Domain', domain)
}

export const digestOf = (domain, types, name, message) =>
  keccak256(Buffer.concat([Buffer.from([0x19, 0x01]), domainSeparator(domain), hashStruct(types, name, message)]))
